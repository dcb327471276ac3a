"""Which assumptions an answer hinges on most: each alone at the ends of its range, for the first headline figure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.rounding import Between
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.result import Figure, Result

MOST = 2
"""Assumptions that are told beside an answer."""
LEAST = 0.02
"""How far an assumption moves the figure, as a share of it, before it is told."""


class Mattering(NamedTuple):
    """An assumption, the ends of its range, and what the figure is at them."""

    input: Input
    low: float
    high: float
    figure: Figure
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How much the figure moves between the ends."""
        return abs(self.at_high - self.at_low)


def mattering(result: Result, figures: Sequence[Figure]) -> list[Mattering]:
    """The assumptions that move the answer most, the largest first; none where none has a range that moves it."""
    first = next(iter(fewest_coordinates(figures, result.headlines[:1])), None)
    if first is None:
        return []
    found = (one for one in _moved(result, first) if one.swing > LEAST * abs(first.value))
    return sorted(found, key=lambda one: one.swing, reverse=True)[:MOST]


def _moved(result: Result, figure: Figure) -> Iterator[Mattering]:
    plan = result.record.plan
    ranged = [item for item in result.assumed_by([figure]) if item.stated.range and plan.is_free(item.path)]
    between = Between(result.record, figure.node, ranged)
    for item in ranged:
        low, high = item.stated.range or (item.stated.number, item.stated.number)
        at_low, at_high = between({item.path: low}), between({item.path: high})
        if at_low is not None and at_high is not None:
            yield Mattering(item, low, high, figure, at_low, at_high)
