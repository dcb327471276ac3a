"""How sure the figures are in each row of a table: a simulation for each, with the same draws for the same inputs."""

from typing import Any

import numpy as np

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.questions.row_sweep import Batch, Entry, RowPiece, RowSweep, told_on_one_line
from omsorg_cli.questions.simulate import Options, ranged, simulate
from omsorg_cli.result import refuse_impossible, run
from omsorg_cli.scenario.streams import columns_of

CHUNK = 4


class RowSimulation(RowSweep):
    """A simulation for each row, ready to go."""

    parts = ("mean", "p10", "p50", "p90")

    def __init__(self, *given: Any) -> None:
        """As a sweep over the table, and how it is drawn."""
        *table, drawing = given
        super().__init__(*table)
        self.asked = (*self.asked, drawing)
        self.drawing: Options = drawing._replace(jobs=1)
        ranged(self.base, self.selection.of(self.base))

    @property
    def works_by_row(self) -> bool:
        """Each row is drawn by itself."""
        return True

    @property
    def chunk(self) -> int:
        """How many rows a piece has."""
        return CHUNK

    def piece(self, batch: Batch) -> RowPiece:
        """The rows drawn."""
        cells = columns_of(batch.rows, self.width)
        values, faults = self.read(batch, cells)
        columns = np.full((len(faults), len(self.figures) * len(self.parts)), np.nan)
        for at in (at for at, fault in enumerate(faults) if not fault):
            try:
                columns[at] = self._drawn(self.entry(batch, values, at))
            except OmsorgError as error:
                faults[at] = told_on_one_line(error)
        return RowPiece(batch.first, cells, values, tuple(columns.T), faults)

    def _drawn(self, entry: Entry) -> list[float]:
        """The mean and the percentiles of each figure in the row."""
        result = run(self._prepared(entry), self.name)
        refuse_impossible(result, self.selection.of(result))
        held = {figure.node: figure for figure in result.figures}
        found = simulate(result, [held[one.node] for one in self.figures if one.node in held], self.drawing)
        outcomes = {one.figure.node: one for one in found.outcomes}
        values = [getattr(outcomes.get(one.node), part, None) for one in self.figures for part in self.parts]
        return [np.nan if value is None else value for value in values]
