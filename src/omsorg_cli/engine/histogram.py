"""The draws of one figure, counted: exact up to a million, beyond that in a fine histogram of fixed size."""

import math
from typing import Any, NamedTuple

import numpy as np

EXACT = 1_000_000
"""Draws up to which every value is kept."""
TOGETHER = 1 << 25
"""Draws of all figures together up to which every value is kept: a quarter of a gigabyte."""
FINE = 1 << 17
"""Even bins of the fine histogram: over five times the spread from P10 to P90, each is 4e-5 of it."""
OF_TAIL = 8
"""How many times as many those are as the bins on either side of them, each wider than the one before it."""
REACH = 27.6
"""How much wider all of those make the last one: it begins 10^12 times the length of the even ones away."""
CLOSE = 1e-3
"""How far the mean of a bin may miss the one value in it by the errors of sums, as a share of an even bin."""
SHARES = (0.01, 0.1, 0.5, 0.9, 0.99)
"""The percentiles that are told, and those between which the histogram lies."""
BINS = 16
"""Bins of the histogram that people see."""


class Histogram(NamedTuple):
    """How many draws lie between each two edges."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


class Tally:
    """Takes draws in, chunk for chunk; a draw without an answer is only counted.

    Beside many other figures it keeps fewer draws, and counts them in wider bins, so that all take no more memory.
    """

    def __init__(self, figures: int = 1) -> None:
        self._exact = min(EXACT, TOGETHER // figures)
        self._bins = FINE if self._exact == EXACT else min(FINE, 1 << max(10, (self._exact // 4).bit_length() - 1))
        self.count = 0
        self.without_answer = 0
        self.positive = 0
        self._sums: list[float] = []
        self._kept: list[Any] = []
        self._held = 0
        self._fine: _Fine | None = None

    def add(self, draws: Any) -> None:
        """Takes the draws in."""
        lacking = np.isnan(draws)
        answered = draws[~lacking] if lacking.any() else draws
        self.without_answer += len(draws) - len(answered)
        self.count += len(answered)
        self.positive += int(np.count_nonzero(answered > 0))
        self._sums.append(float(answered.sum()))
        self._kept.append(answered)
        self._held += len(answered)
        if self._held > (self._exact if self._fine is None else self._bins):
            self._count()

    @property
    def mean(self) -> float | None:
        """The mean of the draws with an answer."""
        return math.fsum(self._sums) / self.count if self.count else None

    @property
    def is_exact(self) -> bool:
        """Whether percentiles are those of the very draws."""
        return self._fine is None

    def percentiles(self) -> tuple[float | None, ...]:
        """The values that the shares in `SHARES` of the draws do not exceed; None where no draw has an answer."""
        if not self.count:
            return (None,) * len(SHARES)
        if self._fine is not None:
            self._count()
            return tuple(map(self._fine.quantile, SHARES))
        return tuple(map(float, np.quantile(self._values(), SHARES)))

    def histogram(self, low: float | None, high: float | None) -> Histogram:
        """Even bins from low to high; what lies outside is counted in the bins at the ends."""
        if low is None or high is None or math.isclose(low, high, rel_tol=1e-9):
            return Histogram(() if low is None else (low, low), (self.count,) if self.count else ())
        edges = np.linspace(low, high, BINS + 1)
        if self._fine is not None:
            self._count()
            below = [self._fine.below(edge) for edge in edges[1:-1]]
            counts = np.diff([0, *below, self.count])
        else:
            places = (self._values() - low) * (BINS / (high - low))
            counts = np.bincount(np.clip(places, 0, BINS - 1).astype(np.int64), minlength=BINS)
        return Histogram(tuple(map(float, edges)), tuple(map(int, counts)))

    def _count(self) -> None:
        """Moves what is kept into the fine histogram."""
        kept = self._values()
        if self._fine is None:
            self._fine = _Fine(kept, self._bins)
        self._fine.add(kept)
        self._kept, self._held = [kept[:0]], 0

    def _values(self) -> Any:
        if len(self._kept) > 1:
            self._kept = [np.concatenate(self._kept)]
        return self._kept[0]


class _Fine:
    """Even bins from two spreads below P10 to two above P90 of the first draws, and widening ones on either side."""

    def __init__(self, first: Any, bins: int) -> None:
        self.even, self.tail = bins, bins // OF_TAIL
        p10, p90 = (float(one) for one in np.quantile(first, (0.1, 0.9)))
        spread = p90 - p10 or abs(p90) or 1.0
        self.low, self.width = p10 - 2 * spread, 5 * spread / bins
        self.counts = np.zeros(bins + 2 * self.tail, dtype=np.int64)
        self.sums = np.zeros(bins + 2 * self.tail)

    def add(self, draws: Any) -> None:
        bins = self._places(draws)
        self.counts += np.bincount(bins, minlength=len(self.counts))
        self.sums += np.bincount(bins, draws, len(self.sums))

    def _places(self, draws: Any) -> Any:
        """The bin of each draw; a higher draw is never in a lower bin."""
        with np.errstate(over="ignore"):
            even = (draws - self.low) / self.width
        bins = np.clip(np.floor(even), -1, self.even) + self.tail
        outside = np.nonzero((bins < self.tail) | (bins == self.tail + self.even))[0]
        past = np.maximum(-even[outside], even[outside] - self.even) / self.even
        steps = np.minimum(np.floor(np.log1p(past) / (REACH / self.tail)), self.tail - 1)
        bins[outside] += np.where(bins[outside] < self.tail, -steps, steps)
        return bins.astype(np.int64)

    def quantile(self, share: float) -> float:
        """The mean of the bin that holds it, so that what takes few values is told as it is."""
        reached = np.cumsum(self.counts)
        at = int(np.searchsorted(reached, share * float(reached[-1])))
        return float(self.sums[at] / self.counts[at])

    def below(self, edge: float) -> int:
        """How many draws lie below the edge; those in its own bin do if their mean does, but for errors of sums."""
        place = int(self._places(np.array([edge]))[0])
        own, total = self.counts[place], self.sums[place]
        lies_below = total < own * (edge - CLOSE * self.width)
        return int(self.counts[:place].sum() + own * lies_below)
