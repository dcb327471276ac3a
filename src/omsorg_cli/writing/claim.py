"""A file that is being written has another name until it is whole: who writes it, and what a killed run has left.

The hidden name begins with a digest of the name that the file will have, so that a later run to the same target finds
it again. Whoever writes holds a lock on it, which ends with the process however that ends: a hidden file that nobody
has locked was left by a run that was killed. Only the runner's own are taken: others may have put there what they like.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, NamedTuple

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.reading import is_read
from omsorg_cli.writing.output import unwritable
from omsorg_cli.writing.rights import give, is_write_protected, own

try:
    import fcntl
except ImportError:  # elsewhere than on POSIX there are no such locks, and no run tells another apart from one killed
    fcntl = None  # type: ignore[assignment]

DATA, NOTE = ".partial", ".note"
PATIENCE = 1.0
"""Seconds until a lock on the folder is somebody else's: a run holds it for as long as it takes to look around."""


class Claim(NamedTuple):
    """The hidden file of a target, open and locked; with its note where an earlier run has left it."""

    target: Path
    path: Path
    stream: BinaryIO
    note: BinaryIO | None = None
    """What says of what work the file is, and how far it is right."""

    def finish(self) -> None:
        """All is written: the file gets its name, and owner, group and mode of the file that it replaces."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        give(self.stream, self.target)
        if os.name == "nt":
            self.stream.close()  # a file that is open is not renamed there
        self.path.replace(self.target)
        _unlink(self.path.with_suffix(NOTE))
        self.stream.close()  # and with it the lock, once nobody can take the file for one that was left

    def drop(self) -> None:
        """Takes away what was written."""
        with suppress(OSError):  # on a full disk
            self.stream.close()
        _remove(self.path)


def claim(path: Path, goes_on: Callable[[BinaryIO, int], bool] | None = None, purpose: str = "") -> Claim:
    """The hidden file for the target, or for something on the way to it.

    What a killed run has left is taken where `goes_on` says so of its note and its size, and else removed; without
    `goes_on`, what has a note stays, for the run that can go on with it. Raises where another run is writing to the
    target, or where it cannot be replaced.
    """
    target = resolved(path)
    _refuse_kept(target, path)
    begin = f".omsorg-{hashlib.sha256(f'{target.name}{purpose}'.encode(errors='surrogatepass')).hexdigest()[:16]}-"
    with _alone_in(target.parent):
        for left in _left(target.parent, begin):
            stream = _taken(left, path)
            if stream is None:
                continue
            note = own(left.with_suffix(NOTE))
            if note and goes_on and goes_on(note, os.fstat(stream.fileno()).st_size):
                return Claim(target, left, stream, note)
            stream.close()
            if note:
                note.close()
            if goes_on or not note:
                _remove(left)
        handle, name = mkstemp(prefix=begin, suffix=DATA, dir=target.parent)
        stream = os.fdopen(handle, "r+b")
        if not _lock(stream):
            stream.close()
            raise _another(path)
        return Claim(target, Path(name), stream)


def resolved(path: Path) -> Path:
    """The file itself, at the end of all links."""
    try:
        with suppress(RuntimeError):  # of links that lead in a circle, until Python 3.12
            found = path.resolve()
            if not found.is_symlink():
                return found
    except OSError as error:
        raise unwritable(path, error) from None
    raise OmsorgError(say("{path} cannot be written: its links lead in a circle.", path=plain(str(path))))


def _refuse_kept(target: Path, path: Path) -> None:
    """A file that the run reads, or that is write-protected, is not replaced."""
    told = plain(str(path))
    if is_read(target):
        raise OmsorgError(say("{path} is read by this run and would be written over; name another file.", path=told))
    if is_write_protected(target):
        raise OmsorgError(say("{path} cannot be written: it is write-protected.", path=told))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Only one run at a time looks in the folder for what is left; where it cannot be locked, it looks anyway."""
    handle = None
    if fcntl is not None:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            until = time.monotonic() + PATIENCE
            while not _lock(handle) and time.monotonic() < until:
                time.sleep(0.01)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _left(folder: Path, begin: str) -> list[Path]:
    """The hidden files of the target; notes that have no file are taken away."""
    found: list[Path] = []
    with suppress(PermissionError):  # a folder may be written to and not be read
        found += [path for path in folder.iterdir() if path.name.startswith(begin)]
    for path in found:
        if path.suffix == NOTE and not path.with_suffix(DATA).exists() and (note := own(path)):
            note.close()
            _unlink(path)
    return [path for path in found if path.suffix == DATA]


def _taken(left: Path, path: Path) -> BinaryIO | None:
    """The file that was left, open and locked; None where it is not ours or not there; raises where a run writes it."""
    stream = own(left)
    if stream is None:
        return None
    if not _lock(stream):
        stream.close()
        raise _another(path)
    with suppress(FileNotFoundError):
        if os.path.samestat(left.stat(), os.fstat(stream.fileno())):
            return stream
    stream.close()
    return None


def _another(path: Path) -> OmsorgError:
    return OmsorgError(
        say("{path}: another run is writing it; wait for it, or name another file.", path=plain(str(path)))
    )


def _lock(file: BinaryIO | int) -> bool:
    """Whether the file or the folder is ours alone now; where the system has no locks, it is."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _remove(path: Path) -> None:
    for suffix in (DATA, NOTE):
        _unlink(path.with_suffix(suffix))


def _unlink(path: Path) -> None:
    with suppress(OSError):  # what is somebody else's, or gone, matters to nobody
        path.unlink()
