"""A file that is being written has another name until it is whole: who writes it, and what a killed run has left.

The hidden name begins with a digest of the name that the file will have, so that a later run to the same target finds
it again. Whoever writes holds a lock on it, which ends with the process however that ends: a hidden file that nobody
has locked was left by a run that was killed.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, NamedTuple

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.reading import is_read

try:
    import fcntl
except ImportError:  # elsewhere than on POSIX there are no such locks, and no run tells another apart from one killed
    fcntl = None  # type: ignore[assignment]

DATA, NOTE, NEW_NOTE = ".partial", ".note", ".new"


class Claim(NamedTuple):
    """The hidden file of a target, open and locked; `found` where an earlier run has left it."""

    target: Path
    path: Path
    stream: BinaryIO
    found: bool

    @property
    def note(self) -> Path:
        """Where it is noted what the file is of, and how far it is right."""
        return self.path.with_suffix(NOTE)

    def finish(self) -> None:
        """All is written: the file gets its name, and the mode of the file that it replaces or of any new one."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.path.chmod(_mode(self.target))
        if os.name == "nt":
            self.stream.close()  # a file that is open is not renamed there
        self.path.replace(self.target)
        self.note.unlink(missing_ok=True)
        self.stream.close()  # and with it the lock, once nobody can take the file for one that was left

    def drop(self) -> None:
        """Takes away what was written."""
        with suppress(OSError):  # on a full disk
            self.stream.close()
        _remove(self.path)


def claim(path: Path, goes_on: Callable[[Path], bool] | None = None, purpose: str = "") -> Claim:
    """The hidden file for the target, or for something on the way to it.

    What a killed run has left is taken where `goes_on` says so of its note, and else removed; without `goes_on`, what
    has a note stays, for the run that can go on with it. Raises where another run is writing to the target, or where it
    cannot be replaced.
    """
    target = resolved(path)
    _refuse_kept(target, path)
    begin = f".omsorg-{hashlib.sha256(f'{target.name}{purpose}'.encode(errors='surrogatepass')).hexdigest()[:16]}-"
    with _alone_in(target.parent):
        for left in _left(target.parent, begin):
            stream = _taken(left, path)
            if stream is None:
                continue
            note = left.with_suffix(NOTE)
            if goes_on is not None and goes_on(note):
                return Claim(target, left, stream, found=True)
            stream.close()
            if goes_on is not None or not note.exists():
                _remove(left)
        handle, name = mkstemp(prefix=begin, suffix=DATA, dir=target.parent)
        stream = os.fdopen(handle, "r+b")
        _lock(stream)
        return Claim(target, Path(name), stream, found=False)


def resolved(path: Path) -> Path:
    """The file itself, at the end of all links."""
    with suppress(RuntimeError):  # of links that lead in a circle, until Python 3.12
        found = path.resolve()
        if not found.is_symlink():
            return found
    raise OmsorgError(say("{path} cannot be written: its links lead in a circle.", path=plain(str(path))))


def _refuse_kept(target: Path, path: Path) -> None:
    """A file that the run reads, or that is write-protected, is not replaced."""
    told = plain(str(path))
    if is_read(target):
        raise OmsorgError(say("{path} is read by this run and would be written over; name another file.", path=told))
    with suppress(FileNotFoundError):
        if not stat.S_IMODE(target.stat().st_mode) & 0o222:
            raise OmsorgError(say("{path} cannot be written: it is write-protected.", path=told))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Only one run at a time looks in the folder for what is left; where folders cannot be locked, it looks anyway."""
    handle = None
    if fcntl is not None:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _left(folder: Path, begin: str) -> list[Path]:
    """The hidden files of the target; notes and links of that name that have no file are taken away."""
    found: list[Path] = []
    with suppress(PermissionError):  # a folder may be written to and not be read
        found += [path for path in folder.iterdir() if path.name.startswith(begin)]
    data = [path for path in found if path.suffix == DATA and not path.is_symlink() and path.is_file()]
    for path in found:
        if path.suffix in (NOTE, NEW_NOTE) and path.with_suffix(DATA) not in data:
            path.unlink(missing_ok=True)
    return data


def _taken(left: Path, path: Path) -> BinaryIO | None:
    """The file that was left, open and locked; None where it has got its name meanwhile; raises where one writes it."""
    try:
        stream = left.open("r+b")
    except (FileNotFoundError, PermissionError):  # it has got its name, or is somebody else's
        return None
    if not _lock(stream):
        stream.close()
        raise OmsorgError(
            say("{path}: another run is writing it; wait for it, or name another file.", path=plain(str(path)))
        )
    with suppress(FileNotFoundError):
        if os.path.samestat(left.stat(), os.fstat(stream.fileno())):
            return stream
    stream.close()
    return None


def _lock(stream: BinaryIO) -> bool:
    """Whether the file is ours alone now; where the system has no locks, it is."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _remove(path: Path) -> None:
    for suffix in (DATA, NOTE, NEW_NOTE):
        path.with_suffix(suffix).unlink(missing_ok=True)


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
