"""Which rows of a table come first by a figure, and where the own municipality stands among them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest, plain
from omsorg_cli.core.language import say
from omsorg_cli.questions.row_sweep import Entry, RowSweep
from omsorg_cli.result import Figure


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

    @property
    def without(self) -> int:
        """How many rows have no answer, or were refused."""
        return self.sweep.count - self.counted


def ranked(sweep: RowSweep, by: str, top: int, own: str, jobs: int) -> Ranking:
    """The ranking of the table by the figure; rows that are called `own` are in it, however far down they stand."""
    place = _place(sweep, by)
    values = np.concatenate([piece.figures[place] for piece in sweep.pieces(0, jobs)])
    counted = int(np.isfinite(values).sum())
    if not counted:
        raise NoAnswerError(say("{figure}: no row has an answer.", figure=by))
    order = np.argsort(-values, kind="stable")[:counted]
    ranks = 1 + np.searchsorted(-values[order], -values[order], side="left")
    mine = {at for at, entry in enumerate(sweep.entries) if _is_own(sweep, entry, own)}
    chosen = [
        (int(rank), int(at))
        for number, (rank, at) in enumerate(zip(ranks, order, strict=True))
        if number < top or at in mine
    ]
    rows = tuple(Ranked(rank, _keys(sweep, sweep.entries[at]), float(values[at]), at in mine) for rank, at in chosen)
    return Ranking(sweep, sweep.figures[place], rows, counted)


def _place(sweep: RowSweep, by: str) -> int:
    """The one record of the figure among the columns."""
    found = [at for at, figure in enumerate(sweep.figures) if figure.figure == by]
    if not found:
        known = nearest(by, (figure.figure for figure in sweep.figures))
        raise OmsorgError(say("--by {name}: is no figure of the sweep. {known}", name=plain(by), known=known))
    if len(found) > 1:
        rows = "; ".join(
            " ".join(f"--{key} {value}" for key, value in sweep.figures[at].keys.items() if value is not None)
            for at in found
        )
        raise OmsorgError(say("--by {name}: has several records; choose one by its keys: {rows}.", name=by, rows=rows))
    return found[0]


def _keys(sweep: RowSweep, entry: Entry) -> tuple[str, ...]:
    return tuple(_text(entry.cells, place) for place in sweep.keys)


def _text(cells: Sequence[object], place: int) -> str:
    return str(cells[place]).strip() if place < len(cells) and cells[place] is not None else ""


def _is_own(sweep: RowSweep, entry: Entry, own: str) -> bool:
    """Whether some cell that is carried through is what the own row is called."""
    return own.strip().casefold() in {text.casefold() for text in _keys(sweep, entry) if text}
