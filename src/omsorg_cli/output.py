"""Writes text to where it belongs: standard output, or a file that is whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from omsorg_cli.core.errors import OmsorgError, plain


def emit(text: str) -> None:
    """Writes to standard output; a reader that has gone (`| head -1`) is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        leave_quietly()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OmsorgError(f"Standard output cannot be written: {error.strerror}.") from None


def leave_quietly() -> None:
    """Ends the program when nobody reads on, so that the interpreter finds nothing to complain of."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


def save(data: bytes, path: Path) -> None:
    """Puts the data in the file: a run that is killed leaves the old file or the new one, whole."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:  # a device or a pipe cannot be replaced, only written to
                device.write(data)
            return
        _replace(data, path.resolve())
    except OSError as error:
        raise OmsorgError(f"{plain(str(path))}: cannot be written: {error.strerror}.") from None


def _replace(data: bytes, path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".partial", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
