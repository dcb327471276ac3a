"""Where a function of one number crosses zero: a scan that finds every sign change, then a bracket for each."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

POINTS = 2_001
"""Points of the scan."""
NARROWING = 64
"""Parts that a bracket is cut into, again and again, until it is as narrow as numbers are."""
DECADES = 9
"""How many powers of ten to either side are scanned where there is no bound."""
STEEP = 1e-6
"""By how much of its whole movement a function may miss zero at a root; where it jumps past zero there is none."""


class Crossing(NamedTuple):
    """Every place where the function is zero, and what it was at the points of the scan."""

    roots: tuple[float, ...]
    points: Any
    values: Any

    @property
    def is_flat(self) -> bool:
        """Whether the function is the same at all points where it has an answer."""
        known = self.values[~np.isnan(self.values)]
        return bool(len(known)) and bool(np.ptp(known) == 0)


def scan(low: float, high: float, around: float) -> Any:
    """The points of a scan: even between finite bounds, by powers of ten where a bound is missing."""
    if np.isfinite(low) and np.isfinite(high):
        return np.linspace(low, high, POINTS)
    size = abs(around) or 1.0
    steps = size * np.logspace(-DECADES, DECADES, POINTS)
    if np.isfinite(low):
        return np.concatenate([[low], low + steps])
    if np.isfinite(high):
        return np.concatenate([(high - steps)[::-1], [high]])
    return np.concatenate([-steps[::-1], [0.0], steps])


def crossings(function: Callable[[Any], Any], points: Any) -> Crossing:
    """Where the function, which takes an array, is zero between the points; no answer is NaN and crosses nothing."""
    values = function(points)
    roots = [float(point) for point in points[values == 0]]
    known = np.nonzero(~np.isnan(values))[0]
    scale = float(np.ptp(values[known])) if len(known) else 0.0
    signs = np.sign(values)
    for at in np.nonzero(signs[:-1] * signs[1:] < 0)[0]:
        root, left = _narrowed(function, float(points[at]), float(points[at + 1]))
        if abs(left) <= STEEP * scale:
            roots.append(root)
    return Crossing(tuple(sorted(roots)), points, values)


def _narrowed(function: Callable[[Any], Any], low: float, high: float) -> tuple[float, float]:
    """The place of the sign change, and what is left of the function there."""
    while True:
        points = np.linspace(low, high, NARROWING + 1)
        values = function(points)
        zeros = np.nonzero(values == 0)[0]
        if len(zeros):
            return float(points[zeros[0]]), 0.0
        changes = np.nonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)[0]
        if not len(changes) or (points[changes[0]], points[changes[0] + 1]) == (low, high):
            best = int(np.nanargmin(np.abs(values)))
            return float(points[best]), float(values[best])
        low, high = float(points[changes[0]]), float(points[changes[0] + 1])
