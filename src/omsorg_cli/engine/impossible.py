"""Figures that cannot be: worked out from inputs that are allowed alone and not together.

A figure that may also be stated has the bounds of that input, whichever way it comes about.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.inputs import kinds
from omsorg_cli.engine.graph import Node, Plan, Step
from omsorg_cli.engine.record import Record

SLACK = 1e-9
"""By how much of itself a figure may miss its bound by the errors of floats."""


class Impossible(NamedTuple):
    """A figure outside its bounds, and its step."""

    slot: int
    node: Node
    value: float
    kind: Kind


def impossible(record: Record) -> Iterator[Impossible]:
    """Every figure of the record that lies outside what it may be where it is stated."""
    found: set[int] = set()
    for slot, step in enumerate(record.plan.steps):
        kind = bounded(record.plan, step)
        value = record.values[slot]
        if kind is not None and value is not None and not can_be(value, kind):
            if found.isdisjoint(step.slots):  # else it only follows from one that was told
                yield Impossible(slot, step.node, value, kind)
            found.add(slot)


def bounded(plan: Plan, step: Step) -> Kind | None:
    """What the figure of the step may be, where it is worked out and could be stated."""
    if step.formula is None:
        return None
    return _bounds(plan.calculators[step.node.calculator]).get(step.node.figure)


def can_be(value: Any, kind: Kind) -> Any:
    """Whether the figure, or each of an array, lies within the bounds, but for the errors of floats."""
    slack = SLACK * (1 + abs(value))
    return (kind.low - slack <= value) & (value <= kind.high + slack)


@cache
def _bounds(calculator: Calculator) -> dict[str, Kind]:
    """The kinds of those figures that are inputs too, as far as they have bounds."""
    stated = {name: kind for _, model in rows(calculator.inputs) for name, kind in kinds(model).items()}
    found = {name: kind for name, kind in stated.items() if kind.form in ("number", "count")}
    return {name: found[name] for name in calculator.figures if name in found and _is_bounded(found[name])}


def _is_bounded(kind: Kind) -> bool:
    return (kind.low, kind.high) != (-math.inf, math.inf)
