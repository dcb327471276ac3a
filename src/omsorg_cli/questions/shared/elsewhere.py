"""Pieces of a question that are worked out elsewhere: in other processes of this machine, or on a Dask cluster.

What is sent is what was asked, once, and then the number of each piece; whoever works one out gives the same bytes.
"""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import say

LOCAL = "local:"
PATIENCE = 20
"""Seconds in which a scheduler has to answer."""
Submit = Callable[[int], Any]
"""Sends a piece, and gives what will have its answer."""


def packed(make: Callable[..., Any], *given: Any) -> bytes:
    """What was asked, to be made anew by whoever works a piece out."""
    return pickle.dumps((make, given))


@lru_cache(maxsize=2)
def _made(asked: bytes) -> Any:
    make, given = pickle.loads(asked)  # noqa: S301 - made by `packed`, in this process or the one that sends it
    return make(*given)


def piece_of(asked: bytes, version: str, number: int) -> Any:
    """The answer of one piece, if this program is of that version."""
    if version != __version__:
        raise OmsorgError(another_version(__version__, version))
    return _made(asked).piece(number)


def another_version(found: str, version: str) -> str:
    """The sentence of a cluster with another version of the program."""
    return say(
        "--cluster: its workers have omsorg {found}, and this is omsorg {version}; allowed: the same on all.",
        found=found,
        version=version,
    )


@contextmanager
def processes(asked: bytes, jobs: int) -> Iterator[Submit]:
    """So many processes of this machine."""
    pool = ProcessPoolExecutor(jobs)
    try:
        yield lambda number: pool.submit(piece_of, asked, __version__, number)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def cluster(address: str, asked: bytes) -> Iterator[tuple[Submit, int]]:
    """The cluster at the address of its scheduler, or one of `local:N` workers; with how many workers it has."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise OmsorgError(say("--cluster needs Dask: pip install 'omsorg-cli[cluster]'.")) from None
    with ExitStack() as stack:
        if address.startswith(LOCAL):
            count = _count(address)
            local = LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
            )  # type: ignore[no-untyped-call]
            address = stack.enter_context(local).scheduler_address
        try:
            client = stack.enter_context(Client(address, timeout=PATIENCE))  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            told = say(
                "--cluster {address}: no scheduler answers: {why}.", address=plain(address), why=plain(str(error))
            )
            raise OmsorgError(told) from None
        _refuse_other_versions(client)
        shared = client.submit(bytes, asked, pure=False)  # made again where the worker that has it is lost
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        yield lambda number: client.submit(piece_of, shared, __version__, number, pure=False), workers


def _count(address: str) -> int:
    text = address.removeprefix(LOCAL)
    if not text.isdecimal() or not 1 <= int(text) <= 1_000:
        raise OmsorgError(say("--cluster: found {found}; allowed: tcp://HOST:PORT or local:N.", found=shown(address)))
    return int(text)


def version_here() -> str:
    """The version of the program where this is called."""
    return __version__


def _refuse_other_versions(client: Any) -> None:
    """Every worker has this version of the program; one that comes later is asked with each piece."""
    try:
        found = client.run(version_here)
    except ImportError:
        raise OmsorgError(another_version(say("not installed"), __version__)) from None
    if not found:
        raise OmsorgError(say("--cluster: the scheduler has no workers; start some, each with: dask worker ADDRESS."))
    for version in found.values():
        if version != __version__:
            raise OmsorgError(another_version(str(version), __version__))
