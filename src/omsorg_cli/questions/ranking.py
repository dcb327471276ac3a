"""Which rows of a table come first by a figure, and where the own municipality stands among them."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest, plain
from omsorg_cli.core.language import say
from omsorg_cli.questions.row_sweep import RowSweep
from omsorg_cli.result import Figure
from omsorg_cli.scenario.streams import columns_of


class Ranked(NamedTuple):
    """One row: its rank, what is carried through of it, its value, and whether it is the own one."""

    rank: int
    keys: tuple[str, ...]
    value: float
    own: bool


class Ranking(NamedTuple):
    """The first rows by a figure, the largest first, and the own ones among all; `counted` rows have an answer."""

    sweep: RowSweep
    figure: Figure
    rows: tuple[Ranked, ...]
    counted: int
    others: tuple[Figure, ...] = ()
    """The other records of the figure, which it is not ranked by."""

    @property
    def without(self) -> int:
        """How many rows have no answer, or were refused."""
        return self.sweep.count - self.counted


def ranked(sweep: RowSweep, by: str, top: int, own: str, jobs: int) -> Ranking:
    """The ranking of the table by the figure; rows that are called `own` are in it, however far down they stand."""
    place, *rest = _places(sweep, by)
    others, found, mine = tuple(sweep.figures[at] for at in rest), [], set()
    for piece in sweep.pieces(0, jobs):
        found.append(piece.figures[place])
        mine |= {piece.first + at for at, keys in enumerate(_keys(sweep, piece.cells)) if _is_own(keys, own)}
    values = np.concatenate(found)
    counted = int(np.isfinite(values).sum())
    if not counted:
        raise NoAnswerError(say("{figure}: no row has an answer.", figure=by))
    order = np.argsort(-values, kind="stable")[:counted]
    first = order[:top].tolist()
    own_rows = np.array(sorted(mine - {*first}), dtype=int)
    own_rows = own_rows[np.isfinite(values[own_rows])]
    chosen = [*first, *own_rows[np.argsort(-values[own_rows], kind="stable")].tolist()]
    ranks = 1 + np.searchsorted(-values[order], -values[chosen], side="left")
    keys = _keys_of(sweep, {*chosen})
    rows = (Ranked(int(rank), keys[at], float(values[at]), at in mine) for rank, at in zip(ranks, chosen, strict=True))
    return Ranking(sweep, sweep.figures[place], tuple(rows), counted, others)


def _keys_of(sweep: RowSweep, places: set[int]) -> dict[int, tuple[str, ...]]:
    """What is carried through of the rows at those places."""
    found: dict[int, tuple[str, ...]] = {}
    for batch in sweep.batches(0):
        there = [at for at in range(len(batch.rows)) if batch.first + at in places]
        if there:
            texts = list(_keys(sweep, columns_of(batch.rows, sweep.width)))
            found |= {batch.first + at: texts[at] for at in there}
    return found


def _places(sweep: RowSweep, by: str) -> list[int]:
    """The records of the figure among the columns, of which the first is the calculator's first."""
    found = [at for at, figure in enumerate(sweep.figures) if figure.figure == by]
    if not found:
        known = nearest(by, (figure.figure for figure in sweep.figures))
        raise OmsorgError(say("--by {name} is not a figure of the sweep. {known}", name=plain(by), known=known))
    return found


def _keys(sweep: RowSweep, cells: Sequence[Sequence[object]]) -> Iterator[tuple[str, ...]]:
    """What is carried through of each row."""
    columns = [[_text(cell) for cell in cells[place]] for place in sweep.keys]
    return zip(*columns, strict=True) if columns else repeat((), len(cells[0]))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _is_own(keys: Sequence[str], own: str) -> bool:
    """Whether some cell that is carried through is what the own row is called."""
    return own.strip().casefold() in {text.casefold() for text in keys if text}
