"""The files that a run reads, so that it does not write over one of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from omsorg_cli.core.language import say

_read: ContextVar[set[tuple[int, int]] | None] = ContextVar("files that are read", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """For as long as a run lasts, what it reads is remembered."""
    token = _read.set(set())
    try:
        yield
    finally:
        _read.reset(token)


def remember(file: BinaryIO) -> None:
    """This file is read."""
    found = _read.get()
    if found is not None:
        with suppress(OSError, ValueError):  # what is no file of the system is nothing that could be written over
            stated = os.fstat(file.fileno())
            found.add((stated.st_dev, stated.st_ino))


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
    """Whether the run has read the file, by whatever name or link."""
    try:
        stated = path.stat()
    except (OSError, ValueError):
        return False
    return (stated.st_dev, stated.st_ino) in (_read.get() or ())
