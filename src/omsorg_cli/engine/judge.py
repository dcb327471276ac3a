"""Judges a published result: does the recomputed figure lie where the printed number and its wording say?"""

import math
from dataclasses import dataclass
from itertools import product
from typing import Any

from omsorg_cli.core.language import phrase
from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.record import Record, evaluate

REPRODUCES = phrase("reproduces")
WITHIN_ROUNDING = phrase("reproduces within the inputs' rounding")
FAILS = phrase("does not reproduce")
CANNOT = phrase("cannot be computed")

ABOUT = ("ca.", "om lag", "rundt")
BELOW = ("nesten", "knapt", "under")
ABOVE = ("drøyt", "over", "minst")

MOST_ROUNDED = 16
"""Inputs with a rounding whose corners are all looked at: 65 536 of them."""
SLACK = 1e-12
"""How far floats may miss an end of the interval, as a share of the value."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the figure must lie; an end may be out."""

    low: float
    high: float
    high_open: bool = False
    low_open: bool = False

    def meets(self, low: float, high: float) -> bool:
        """Whether the stretch from low to high has a point in the interval."""
        slack = SLACK * max(abs(self.low), abs(self.high))
        below_end = low < self.high - slack if self.high_open else low <= self.high + slack
        above_start = high > self.low + slack if self.low_open else high >= self.low - slack
        return below_end and above_start


def interval(value: float, rounded_to: float, wording: str) -> Interval:
    """Where a figure must lie that was printed as the value, rounded so, with that wording.

    The wording speaks of the size: nearly 7 % below zero is less than that below.

    >>> interval(260e6, 1e6, "nesten")
    Interval(low=259000000.0, high=260000000.0, high_open=True, low_open=False)
    """
    if value < 0:
        size = interval(-value, rounded_to, wording)
        return Interval(-size.high, -size.low, high_open=size.low_open, low_open=size.high_open)
    if wording in ABOUT:
        return Interval(value - rounded_to, value + rounded_to)
    if wording in BELOW:
        return Interval(value - rounded_to, value, high_open=True)
    if wording in ABOVE:
        return Interval(value, value + rounded_to)
    return Interval(value - rounded_to / 2, value + rounded_to / 2)


def judge(record: Record, node: Node, wanted: Interval) -> str:
    """The verdict on a figure that has a value."""
    value = record.value(node)
    if wanted.meets(value, value):
        return REPRODUCES
    low, high = corners(record, node)
    return WITHIN_ROUNDING if wanted.meets(low, high) else FAILS


def corners(record: Record, node: Node) -> tuple[float, float]:
    """The least and the most that the figure is when its rounded inputs are at either end of their rounding."""
    rounded = [item for item in record.inputs(node) if item.stated.rounded_to is not None]
    if not rounded or len(rounded) > MOST_ROUNDED:
        value = float(record.value(node))
        return value, value
    import numpy as np

    signs = np.array(list(product((-0.5, 0.5), repeat=len(rounded)))).T
    changed: dict[str, Any] = {
        item.path: item.stated.number + sign * (item.stated.rounded_to or 0.0)
        for item, sign in zip(rounded, signs, strict=True)
    }
    with np.errstate(all="ignore"):
        values = evaluate(record.plan, changed)[record.plan.slots[node]]
    if values is None or not np.isfinite(values).any():
        return (float(record.value(node)),) * 2
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return (low, high) if math.isfinite(low + high) else (float(record.value(node)),) * 2
