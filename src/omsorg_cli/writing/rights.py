"""Whose files are, and who may do what with them."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

BARE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened that is no link, byte for byte."""
GROUP, OTHERS = 0o070, 0o007


def own(path: Path) -> BinaryIO | None:
    """The file, open, where it is a plain one of the runner's and nobody else may write to it; else None."""
    try:
        stream = os.fdopen(os.open(path, os.O_RDWR | BARE), "r+b")
    except OSError:  # it has got its name meanwhile, is somebody else's, a link or a folder
        return None
    stated = os.fstat(stream.fileno())
    others_write = os.name != "nt" and (stated.st_uid != os.geteuid() or stated.st_mode & 0o022)
    if stat.S_ISREG(stated.st_mode) and not others_write:
        return stream
    stream.close()
    return None


def new(path: Path) -> BinaryIO:
    """A new file that is the runner's alone; raises where there is one of that name."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | BARE, 0o600), "r+b")


def is_write_protected(target: Path) -> bool:
    """Whether the file is there and not to be written to: by the runner, or by nobody, which binds root too."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    return not mode & 0o222 or not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def give(file: BinaryIO, target: Path) -> None:
    """Gives the file the owner, the group and the mode of the one that it replaces, or the mode of any new one.

    Where the owner or the group cannot be given, the mode gives nobody more than before: neither their rights while
    they run it, nor, of a group that is another, any.
    """
    try:
        old = target.stat()
    except FileNotFoundError:
        _set_mode(file, 0o666 & ~_mask())
        return
    mode = stat.S_IMODE(old.st_mode)
    if not _owned(file, -1, old.st_gid):
        mode &= ~(stat.S_ISGID | GROUP | OTHERS) | (mode & GROUP) >> 3  # who was in the group is one of the others now
    if not _owned(file, old.st_uid, -1):
        mode &= ~stat.S_ISUID
    _set_mode(file, mode)


def _owned(file: BinaryIO, user: int, group: int) -> bool:
    """Whether the file is theirs now."""
    if os.name == "nt":
        return True
    try:
        os.fchown(file.fileno(), user, group)
    except OSError:  # only root gives files away, and others only to groups of their own
        return False
    return True


def _set_mode(file: BinaryIO, mode: int) -> None:
    if os.name != "nt":
        os.fchmod(file.fileno(), mode)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
