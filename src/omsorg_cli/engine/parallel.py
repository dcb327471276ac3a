"""Work on many pieces at once, with the answers in the order of the pieces."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

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


def in_order(work: Callable[[Piece], Answer], pieces: Iterable[Piece], jobs: int) -> Iterator[Answer]:
    """The answers in their order, whoever worked them out; no more are held than the jobs need."""
    if jobs == 1:
        yield from map(work, pieces)
        return
    pool = ThreadPoolExecutor(jobs)
    waiting: list[Future[Answer]] = []
    try:
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > AHEAD * jobs:
                yield waiting.pop(0).result()
        for one in waiting:
            yield one.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
