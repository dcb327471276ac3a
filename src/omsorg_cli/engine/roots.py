"""Where a function of one number crosses zero: a scan that finds every sign change, then a bracket for each."""

from collections.abc import Callable, Iterator

import numpy as np

from omsorg_cli.engine.arrays import Array

Function = Callable[[Array], Array]
Stretch = tuple[float, float]

POINTS = 2_001
"""Points of the scan."""
NARROWING = 64
"""Parts that a bracket is cut into, again and again, until it is as narrow as numbers are."""
HALVINGS = 60
CLOSE = 1e-9
"""How wide a stretch is at the least, as a share of its ends; what is narrower is a point."""
DECADES = 9
"""How many powers of ten to either side are scanned where there is no bound."""
STEEP = 1e-6
"""By how much of its whole movement a function may miss zero at a root; where it jumps past zero there is none."""


def scan(low: float, high: float, around: float) -> Array:
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


def crossings(function: Function, points: Array, *, whole: bool = False) -> tuple[Stretch, ...]:
    """Every point or stretch, from and to, where the function is zero; no answer is NaN and crosses nothing.

    Between the points it is looked for at sign changes, among the whole numbers where only those count.
    """
    values = function(points)
    found = list(_stretches(function, points, values, whole=whole))
    known = values[~np.isnan(values)]
    scale = float(np.ptp(known)) if len(known) else 0.0
    signs = np.sign(values)
    for at in np.nonzero(signs[:-1] * signs[1:] < 0)[0]:
        ends = float(points[at]), float(points[at + 1])
        stretch = _whole_number(function, *ends) if whole else _narrowed(function, *ends, STEEP * scale)
        if stretch is not None:
            found.append(stretch)
    return tuple(sorted(found))


def _stretches(function: Function, points: Array, values: Array, *, whole: bool) -> Iterator[Stretch]:
    """The runs of points at which the function is zero, widened to where it ends to be."""
    zero = np.concatenate([[False], values == 0, [False]])
    starts, ends = np.nonzero(~zero[:-1] & zero[1:])[0], np.nonzero(zero[:-1] & ~zero[1:])[0] - 1
    for start, end in zip(starts, ends, strict=True):
        low, high = float(points[start]), float(points[end])
        if not whole and start > 0:
            low = _edge(function, low, float(points[start - 1]))
        if not whole and end + 1 < len(points):
            high = _edge(function, high, float(points[end + 1]))
        yield (low, high) if high - low > CLOSE * max(abs(low), abs(high)) else (low, low)


def _edge(function: Function, inside: float, outside: float) -> float:
    """How far from the inside, where the function is zero, towards the outside, where it is not, it still is."""
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if float(function(np.array([middle]))[0]) == 0:
            inside = middle
        else:
            outside = middle
    return inside


def _whole_number(function: Function, low: float, high: float) -> Stretch | None:
    """The whole number between the two at which the function is zero; None where it jumps past zero."""
    while high - low > 1:
        points = np.unique(np.rint(np.linspace(low, high, NARROWING + 1)))
        values = function(points)
        if (values == 0).any():
            return next(_stretches(function, points, values, whole=True))
        changes = np.nonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)[0]
        if not len(changes):
            return None
        low, high = float(points[changes[0]]), float(points[changes[0] + 1])
    return None


def _narrowed(function: Function, low: float, high: float, tolerance: float) -> Stretch | None:
    """The place or the stretch of a sign change; None where the function jumps past zero."""
    while True:
        points = np.linspace(low, high, NARROWING + 1)
        values = function(points)
        if (values == 0).any():
            return next(_stretches(function, points, values, whole=False))
        changes = np.nonzero(np.sign(values[:-1]) * np.sign(values[1:]) < 0)[0]
        if not len(changes) or (points[changes[0]], points[changes[0] + 1]) == (low, high):
            best = int(np.nanargmin(np.abs(values)))
            return (float(points[best]),) * 2 if abs(values[best]) <= tolerance else None
        low, high = float(points[changes[0]]), float(points[changes[0] + 1])
