"""How far a figure may lie off because the numbers that it rests on were printed rounded."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.record import Record, answer, steps_between

MOST_TOGETHER = 6
"""Rounded inputs of which every combination of ends is tried; of more, those two that each alone leads to."""
MOST = 64
"""Rounded inputs beyond which a figure's span is not worked out."""


class Span(NamedTuple):
    """The least and the most that a figure is, and the input whose rounding moves it most."""

    low: float
    high: float
    mostly: Input

    def share_of(self, value: float) -> float:
        """How wide it is, as a share of the value."""
        return (self.high - self.low) / abs(value) if value else float("inf")


def span(record: Record, node: Node) -> Span | None:
    """The span of the figure over the rounding of its inputs; None where none is rounded, or an end has no answer."""
    rounded = [item for item in record.inputs(node) if item.stated.rounded_to]
    value = record.value(node)
    if not rounded or len(rounded) > MOST or value is None:
        return None
    at = Between(record, node, rounded)
    alone = [[at({item.path: end}) for end in _ends(item)] for item in rounded]
    if any(one is None for pair in alone for one in pair):
        return None
    moved = [max(pair) - min(pair) for pair in alone]
    corners = list(_corners(rounded)) if len(rounded) <= MOST_TOGETHER else _outermost(rounded, alone)
    found = [at(corner) for corner in corners]
    if None in found:
        return None
    ends = [value, *found, *(one for pair in alone for one in pair)]
    low, high = min(ends), max(ends)
    return Span(low, high, rounded[moved.index(max(moved))]) if low < high else None


def _ends(item: Input) -> tuple[float, float]:
    half = (item.stated.rounded_to or 0.0) / 2
    return item.stated.number - half, item.stated.number + half


def _corners(rounded: Sequence[Input]) -> Iterator[dict[str, float]]:
    for ends in product(*map(_ends, rounded)):
        yield {item.path: end for item, end in zip(rounded, ends, strict=True)}


def _outermost(rounded: Sequence[Input], alone: Sequence[Sequence[float]]) -> list[dict[str, float]]:
    """The corners at which each input is at the end that alone makes the figure least, and most."""
    corners: list[dict[str, float]] = [{}, {}]
    for item, at_ends in zip(rounded, alone, strict=True):
        least = at_ends.index(min(at_ends))
        corners[0][item.path], corners[1][item.path] = _ends(item)[least], _ends(item)[1 - least]
    return corners


class Between:
    """The steps between some inputs and a figure: what it is with other values of them."""

    def __init__(self, record: Record, node: Node, inputs: Sequence[Input]) -> None:
        plan = record.plan
        self._values, self._target = record.values, plan.slots[node]
        self._slots = {item.path: plan.input_slots[item.path] for item in inputs}
        self._steps = steps_between(plan, self._slots.values(), [self._target])

    def __call__(self, given: Mapping[str, float]) -> Any:
        """The figure with these values of some of the inputs, by path."""
        values = _Over(self._values, {self._slots[path]: value for path, value in given.items()})
        for slot, step in self._steps:
            values.changed[slot] = answer(step, values)
        return values[self._target]


class _Over(Sequence[Any]):
    """The values of a record with some of them changed."""

    def __init__(self, values: Sequence[Any], changed: dict[int, Any]) -> None:
        self.values, self.changed = values, changed

    def __getitem__(self, slot: Any) -> Any:
        return self.changed[slot] if slot in self.changed else self.values[slot]

    def __len__(self) -> int:
        return len(self.values)
