"""The files that a run reads, so that it does not write over one of them."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from omsorg_cli.core.language import say

Place = tuple[int, int, int] | str
"""A file as the system knows it, or the path at which it was read."""
_read: ContextVar[set[Place] | None] = ContextVar("files that are read", default=None)


@contextmanager
def remembered(before: Iterable[Place] = ()) -> Iterator[set[Place]]:
    """For as long as a run lasts, what it reads is remembered, beside what was read before."""
    around = _read.get()
    found = {*(around or ()), *before}
    token = _read.set(found)
    try:
        yield found
    finally:
        _read.reset(token)
        if around is not None:
            around |= found


def remember(file: BinaryIO) -> None:
    """This file is read."""
    found = _read.get()
    if found is not None:
        with suppress(OSError, ValueError):  # what is no file of the system is nothing that could be written over
            found |= {_known_by(os.fstat(file.fileno())), os.path.realpath(file.name)}


def nowhere() -> bool:
    """Whether the folder that the run stands in has been taken away."""
    try:
        os.getcwd()  # noqa: PTH109 # the folder is all that is asked for
    except FileNotFoundError:
        return True
    return False


def gone(said: str) -> str:
    """What is told of a file that cannot be found because of that."""
    return say("{file} cannot be found, since the folder that this runs in has been taken away.", file=said)


def is_read(path: Path) -> bool:
    """Whether the run has read the file, by whatever name or link, or another one in its place."""
    try:
        stated = path.stat()
    except (OSError, ValueError):
        return False
    return not {_known_by(stated), os.path.realpath(path)}.isdisjoint(_read.get() or ())


def _known_by(stated: os.stat_result) -> Place:
    """What no two files have: the number of one that is gone is given to another, which is then of another time."""
    return stated.st_dev, stated.st_ino, stated.st_mtime_ns
