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
        self._values, self._target = list(record.values), plan.slots[node]
        self._inputs = {item.path: plan.input_slots[item.path] for item in inputs}
        self._stated = {path: self._values[slot] for path, slot in self._inputs.items()}
        steps = steps_between(plan, self._inputs.values(), [self._target])
        self._steps = [(slot, step, step.slots) for slot, step in steps]

    def __call__(self, given: Mapping[str, float]) -> Any:
        """The figure with these values of some of the inputs, by path; only what differs from before is worked out."""
        changed = {slot for path, slot in self._inputs.items() if self._is_put(path, slot, given)}
        for slot, step, uses in self._steps:
            if not changed.isdisjoint(uses) and (value := answer(step, self._values)) != self._values[slot]:
                self._values[slot] = value
                changed.add(slot)
        return self._values[self._target]

    def _is_put(self, path: str, slot: int, given: Mapping[str, float]) -> bool:
        """Puts the value that the input has now, and says whether it is another one than before."""
        value, before = given.get(path, self._stated[path]), self._values[slot]
        self._values[slot] = value
        return bool(value != before)
