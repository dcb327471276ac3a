"""Work on many pieces at once, with the answers in the order of the pieces."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
AHEAD = 2
"""Pieces that each job may be ahead of what has been taken."""


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
        yield from _taken(lambda piece: pool.submit(work, piece), pieces, jobs)
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
