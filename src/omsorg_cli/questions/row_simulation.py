"""How sure the figures are in each row of a table: a simulation for each, with the same draws for the same inputs."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.input_types import Value
from omsorg_cli.engine.histogram import Tally
from omsorg_cli.engine.simulate import Sampler
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.row_sweep import Entry, RowSweep
from omsorg_cli.questions.shared.gaps import told_on_one_line
from omsorg_cli.questions.simulate import Options, copula, placed_shapes, ranged
from omsorg_cli.result import Result

AT_ONCE = 2_000_000
"""Draws of a figure in all rows of a piece: what is drawn is drawn once for all of them."""
MOST_ROWS = 32


class RowSimulation(RowSweep):
    """A simulation for each row, ready to go."""

    parts = ("mean", "p10", "p50", "p90")

    def __init__(self, *given: Any) -> None:
        """As a sweep over the table, and how it is drawn."""
        *table, drawing = given
        self.drawing: Options = drawing._replace(jobs=1)
        super().__init__(*table)
        self.asked = (*self.asked, drawing)
        ranged(self.base, self.selection.of(self.base))

    @property
    def chunk(self) -> int:
        """How many rows a piece has."""
        return max(1, min(MOST_ROWS, AT_ONCE // self.drawing.draws))

    def _plan(self, case: Sequence[Value | None], result: Result) -> Any:
        held = {figure.node: figure for figure in result.figures}
        nodes = [one.node for one in self.figures]
        varied = Varied(result.record, nodes, self._shared(case))
        try:
            inputs = ranged(result, [held[node] for node in nodes if node in held])
            shapes = placed_shapes(result, inputs)
            together = copula(result.scenario, [*shapes])
        except OmsorgError as error:
            return _NoDraws(told_on_one_line(error), len(nodes) * len(self.parts))
        return _Draws(Sampler(shapes, together, self.drawing.seed), Varied(result.record, nodes, shapes), varied, self)

    def _impossible(self, entry: Entry) -> str:
        return super()._impossible(entry) or getattr(self._plans.get(self._case(entry)), "fault", "")


class _NoDraws:
    """Rows of a case that cannot be drawn."""

    def __init__(self, fault: str, columns: int) -> None:
        self.fault, self._columns = fault, columns

    def checked(self, _given: Mapping[str, Any], size: int) -> tuple[list[Any], Any]:
        """No figures."""
        return [np.full(size, np.nan)] * self._columns, np.full(size, fill_value=False)


class _Draws:
    """The rows of a case: what does not rest on the row is worked out once for all of them."""

    fault = ""

    def __init__(self, sampler: Sampler, drawn: Varied, varied: Varied, asked: RowSimulation) -> None:
        self._sampler, self._drawn, self._varied, self._asked = sampler, drawn, varied, asked

    def checked(self, given: Mapping[str, Any], size: int) -> tuple[list[Any], Any]:
        """The mean and the percentiles of each figure in each row, and which rows are possible."""
        _, possible = self._varied.followed(given, size)
        tallies = [[Tally() for _ in self._asked.figures] for _ in range(size)]
        for first in range(0, self._asked.drawing.draws, self._sampler.size):
            count = min(self._sampler.size, self._asked.drawing.draws - first)
            begun, _ = self._drawn.followed(self._sampler.chunk(first // self._sampler.size, count), count)
            for at in np.flatnonzero(possible):
                row = {path: array[at] for path, array in given.items()}
                values, _ = self._varied.followed(row, count, begun)
                for tally, draws in zip(tallies[at], self._varied.answers(values, count), strict=True):
                    tally.add(draws)
        told = np.full((size, len(self._asked.figures) * len(self._asked.parts)), np.nan)
        for at in np.flatnonzero(possible):
            told[at] = [number for tally in tallies[at] for number in _told(tally)]
        return list(told.T), possible


def _told(tally: Tally) -> list[float]:
    """The mean and the percentiles; NaN where no draw has an answer."""
    _, p10, p50, p90, _ = tally.percentiles()
    return [np.nan if one is None else one for one in (tally.mean, p10, p50, p90)]
