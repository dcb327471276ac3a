"""Walks of very many cases of one kind: of each, a part has its turn with each commit.

Whole, they take more time than all other tests. Which part has its turn follows from the commit, so that every process
of one run walks the same, and the commits together walk all. `OMSORG_TESTS=all` walks every case.
"""

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar
from zlib import crc32

Case = TypeVar("Case")
ALL = os.environ.get("OMSORG_TESTS") == "all"
PARTS = 6


def _turn() -> int:
    """The part that has its turn: by the number of the commit; the first where there is no repository."""
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    return int(told.stdout[:8], 16) % PARTS if told.returncode == 0 else 0


TURN = _turn()


def in_turn(cases: Iterable[Case], named: Callable[[Case], str] = str) -> list[Case]:
    """The cases that have their turn; each is known by its name, whatever others there are."""
    return [one for one in cases if ALL or crc32(named(one).encode()) % PARTS == TURN]


def examples(many: int) -> int:
    """How many examples are drawn of what must hold always, where so many are with everything."""
    return many if ALL else many // 4


def told() -> str:
    """Which part of the walks is done."""
    if ALL:
        return "walks: all of them"
    return f"walks: part {TURN + 1} of {PARTS}, as the commit has it; OMSORG_TESTS=all walks all"
