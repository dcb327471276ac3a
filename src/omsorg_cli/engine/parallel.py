"""Work on many pieces at once, with the answers in the order of the pieces."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
AHEAD = 2
"""Pieces that each job may be ahead of what has been taken."""


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
