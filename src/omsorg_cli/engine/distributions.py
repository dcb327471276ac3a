"""The distribution of an input that has a range: of its shape, within its bounds, with the range as its percentiles.

The bounds truncate, they never clamp: what is fitted is the truncated distribution, so that the low end of the range is
its 10th percentile and the high end its 90th (or what the `coverage` says), exactly.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import special
from scipy.optimize import root

from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.language import say

PERT_WEIGHT = 4
"""How much more the mode of a PERT distribution counts than each of its ends."""
CLOSE = 1e-11
"""By how much the percentiles of what is fitted may miss theirs, as a share of the whole."""
LEAST_INSIDE = 1e-4
"""How much of its curve a distribution keeps within the bounds at the least; of less, the digits would not be right."""
USUAL_INSIDE = 0.5
"""How much of its curve must lie within the bounds for the draws beyond them to be drawn again."""
STARTS = ((0.0, 0.0), (-2.0, -2.0), (1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (2.0, -2.0), (-2.0, 2.0), (3.0, 3.0))

Draw = Callable[[np.random.Generator, int], Any]


class NoFitError(ValueError):
    """No distribution of the shape has such percentiles within the bounds."""


class Curve(NamedTuple):
    """A distribution without bounds: its cumulative probability, the inverse of that, and how it is drawn."""

    cumulative: Callable[[Any], Any]
    quantile: Callable[[Any], Any]
    draw: Draw


@dataclass(frozen=True)
class Shape:
    """A fitted distribution within its bounds; outside them are `below` of its curve, and what is not `above`."""

    curve: Curve
    low: float
    high: float
    below: float
    above: float
    whole: bool

    def quantile(self, probability: Any) -> Any:
        """The value that is not exceeded with that probability."""
        with np.errstate(over="ignore"):  # beyond all numbers it is infinite, and no figure of it is calculated
            found = self.curve.quantile(self.below + probability * (self.above - self.below))
        return np.rint(found) if self.whole else found

    def draw(self, generator: np.random.Generator, count: int) -> Any:
        """That many independent draws: to draw anew is much quicker than the inverse, unless most is cut off."""
        if self.above - self.below < USUAL_INSIDE:
            return self.quantile(generator.random(count))
        with np.errstate(over="ignore"):
            found = self.curve.draw(generator, count)
            while (beyond := np.flatnonzero((found < self.low) | (found > self.high))).size:
                found[beyond] = self.curve.draw(generator, beyond.size)
        return np.rint(found) if self.whole else found


def fitted(stated: Stated, kind: Kind) -> Shape:
    """The distribution of the input; raises `NoFitError` with a sentence where there is none."""
    assert stated.range is not None
    low, high = stated.range
    tail = (1 - stated.coverage) / 2
    curve_of = _FAMILIES[stated.shape](stated.number, low, high, tail)
    if curve_of is not None:
        for parameters in _solutions(curve_of, kind, low, high, tail):
            curve = curve_of(*parameters)
            below, above = float(curve.cumulative(kind.low)), float(curve.cumulative(kind.high))
            return Shape(curve, kind.low, kind.high, below, above, kind.form in ("count", "month"))
    raise NoFitError(
        say(
            "no {shape} distribution within the input's bounds has {low} as P{p_low} and {high} as P{p_high}; allowed: "
            "another shape, or a range further from the bounds",
            shape=stated.shape,
            low=_said(kind, low),
            p_low=f"{tail * 100:g}",
            high=_said(kind, high),
            p_high=f"{(1 - tail) * 100:g}",
        )
    )


def _solutions(
    curve_of: Callable[[float, float], Curve], kind: Kind, low: float, high: float, tail: float
) -> Iterator[tuple[float, float]]:
    """The parameters for which the truncated distribution has the two percentiles."""

    def misses(parameters: Any) -> list[float]:
        curve = curve_of(*parameters)
        below, above = curve.cumulative(kind.low), curve.cumulative(kind.high)
        inside = float(above - below)
        if inside < LEAST_INSIDE:
            return [1.0, 1.0]
        return [
            float(curve.cumulative(low) - below) / inside - tail,
            float(above - curve.cumulative(high)) / inside - tail,
        ]

    for start in STARTS:
        with np.errstate(all="ignore"):
            found = root(misses, start, method="hybr", options={"xtol": 1e-14})
            if all(math.isfinite(one) and abs(one) < CLOSE for one in misses(found.x)):
                yield float(found.x[0]), float(found.x[1])


def _pert(mode: float, low: float, high: float, _: float) -> Callable[[float, float], Curve]:
    width = high - low

    def curve(left: float, right: float) -> Curve:
        start, end = low - width * math.exp(min(left, 50)), high + width * math.exp(min(right, 50))
        span = end - start
        alpha = 1 + PERT_WEIGHT * (mode - start) / span
        beta = 1 + PERT_WEIGHT * (end - mode) / span
        return Curve(
            lambda x: special.betainc(alpha, beta, np.clip((x - start) / span, 0, 1)),
            lambda u: start + span * special.betaincinv(alpha, beta, u),
            lambda generator, count: start + span * generator.beta(alpha, beta, count),
        )

    return curve


def _triangular(mode: float, low: float, high: float, _: float) -> Callable[[float, float], Curve]:
    width = high - low

    def curve(left: float, right: float) -> Curve:
        start, end = low - width * math.exp(min(left, 50)), high + width * math.exp(min(right, 50))
        span, rise, fall = end - start, mode - start, end - mode

        def cumulative(x: Any) -> Any:
            x = np.clip(x, start, end)
            return np.where(x < mode, (x - start) ** 2 / (span * rise), 1 - (end - x) ** 2 / (span * fall))

        def quantile(u: Any) -> Any:
            rising, falling = np.sqrt(u * span * rise), np.sqrt((1 - u) * span * fall)
            return np.where(u < rise / span, start + rising, end - falling)

        return Curve(cumulative, quantile, lambda generator, count: generator.triangular(start, mode, end, count))

    return curve


def _normal(_: float, low: float, high: float, tail: float) -> Callable[[float, float], Curve]:
    middle, usual = (low + high) / 2, (high - low) / (2 * -special.ndtri(tail))

    def curve(shift: float, scale: float) -> Curve:
        mean, deviation = middle + shift * usual, usual * math.exp(np.clip(scale, -50, 50))
        return Curve(
            lambda x: special.ndtr((x - mean) / deviation),
            lambda u: mean + deviation * special.ndtri(u),
            lambda generator, count: generator.normal(mean, deviation, count),
        )

    return curve


def _lognormal(value: float, low: float, high: float, tail: float) -> Callable[[float, float], Curve] | None:
    if low <= 0:
        return None
    logarithms = _normal(value, math.log(low), math.log(high), tail)

    def curve(shift: float, scale: float) -> Curve:
        inner = logarithms(shift, scale)
        return Curve(
            lambda x: inner.cumulative(math.log(x) if x > 0 else -math.inf),
            lambda u: np.exp(inner.quantile(u)),
            lambda generator, count: np.exp(inner.draw(generator, count)),
        )

    return curve


def _uniform(_: float, low: float, high: float, tail: float) -> Callable[[float, float], Curve]:
    """Cut off by bounds, a uniform distribution is another one, so that there is one for a range at most."""
    beyond = (high - low) * tail / (1 - 2 * tail)
    start, span = low - beyond, high - low + 2 * beyond

    def curve(_: float, __: float) -> Curve:
        return Curve(
            lambda x: np.clip((x - start) / span, 0, 1),
            lambda u: start + span * u,
            lambda generator, count: generator.uniform(start, start + span, count),
        )

    return curve


_FAMILIES: dict[str, Callable[[float, float, float, float], Callable[[float, float], Curve] | None]] = {
    "pert": _pert,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
    "uniform": _uniform,
}


def _said(kind: Kind, end: float) -> str:
    return str(kind.plain(end)) if kind.form == "month" else f"{end:g}"
