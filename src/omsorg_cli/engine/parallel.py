"""Work on many pieces at once, with the answers in the order of the pieces."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
MOST_JOBS = 256
AHEAD = 2
"""Pieces that each job may be ahead of what has been taken."""


def checked_jobs(jobs: int) -> int:
    """The number of threads, or one for each processor where it is zero; more than are of use are refused."""
    if not 0 <= jobs <= MOST_JOBS:
        raise OmsorgError(say("--jobs: found {jobs}; allowed: from 1 to {most}.", jobs=jobs, most=MOST_JOBS))
    return jobs or os.cpu_count() or 1


def in_order(
    work: Callable[[Piece], Answer],
    pieces: Iterable[Piece],
    jobs: int,
    submit: Callable[[Piece], Any] | None = None,
) -> Iterator[Answer]:
    """The answers in their order, whoever worked them out; no more are held than the jobs need.

    `submit` sends a piece elsewhere, instead of to a thread.
    """
    if submit is not None:
        yield from _taken(submit, pieces, jobs)
        return
    if jobs == 1:
        yield from map(work, pieces)
        return
    pool = ThreadPoolExecutor(jobs)
    try:
        yield from _taken(lambda piece: pool.submit(copy_context().run, work, piece), pieces, jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _taken(submit: Callable[[Piece], Any], pieces: Iterable[Piece], jobs: int) -> Iterator[Any]:
    waiting: list[Any] = []
    for piece in pieces:
        waiting.append(submit(piece))
        if len(waiting) > AHEAD * jobs:
            yield waiting.pop(0).result()
    for one in waiting:
        yield one.result()
