"""Rows of a sweep that lack a figure: how many, and why the first of them does."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.core.errors import OmsorgError, ScenarioError
from omsorg_cli.result import Figure, Result, refuse_impossible


class Gap(NamedTuple):
    """Figures without an answer in as many of the rows, in the same first one, for the same reason there."""

    figures: tuple[Figure, ...]
    rows: int
    first: Any
    why: str


class Gaps:
    """What lacks among the rows that were worked out; of the first row that lacks a figure, what it is of is kept."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.rows = 0
        self._figures = figures
        self._lacking = [0] * len(figures)
        self._first: list[Any] = [None] * len(figures)

    def take(self, figures: Sequence[Any], expected: Any, row: Callable[[int], Any]) -> None:
        """Counts some more rows, those that answers are expected of; `row` tells what one of them is of."""
        self.rows += int(np.count_nonzero(expected))
        for at, values in enumerate(figures):
            lacks = np.isnan(values) & expected
            if found := int(np.count_nonzero(lacks)):
                self._first[at] = self._first[at] or row(int(lacks.argmax()))
                self._lacking[at] += found

    def told(self, why: Callable[[Any, Figure], str]) -> list[Gap]:
        """Each gap once, with `why` there is none of the figure in that row."""
        found: dict[tuple[int, Any, str], list[Figure]] = {}
        for figure, rows, first in zip(self._figures, self._lacking, self._first, strict=True):
            if rows:
                found.setdefault((rows, first, why(first, figure)), []).append(figure)
        return [Gap(tuple(figures), *key) for key, figures in found.items()]


def why_without(ask: Callable[[], Result], figure: Figure) -> str:
    """Why the run has no answer for the figure."""
    try:
        result = ask()
        if figure.node in result.record.plan.slots:
            refuse_impossible(result, [figure])
    except OmsorgError as error:
        return told_on_one_line(error)
    return result.why_not(figure)


def told_on_one_line(error: OmsorgError) -> str:
    """What is wrong, on one line."""
    if isinstance(error, ScenarioError):
        return "; ".join(": ".join(filter(None, (fault.path, fault.message))) for fault in error.faults)
    return "; ".join(str(error).splitlines())
