"""Whether the numbers of a table add up as they are printed: each is rounded by itself, their sum as well."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import fsum, isclose
from typing import NamedTuple

from omsorg_cli.core.numbers import half_up
from omsorg_cli.core.units import is_money
from omsorg_cli.result import Figure

MOST_RELATED = 20
"""Numbers on a line in which parts are looked for that make up another one, or the whole."""
EXACTLY = 1e-9
"""How far numbers may lie apart, as a share of their size, that are the same but for how a computer calculates."""
LEAST_STEP = 0.05
"""Half of the last decimal that is printed."""
SHARES = frozenset({"percent", "share", "points", "in_points"})
COUNTS = frozenset({"number", "bare"})


class Printed(NamedTuple):
    """A number of a table: what it is, as it is printed, and what it counts; all in the same unit."""

    value: float
    shown: float
    counts: str


Line = Sequence[Printed | None]


def printed(figure: Figure, way: str, scale: float, scaled: Iterable[str]) -> Printed | None:
    """The figure as the way prints it; None where that says no number that can be added."""
    if way in scaled and is_money(figure.unit):
        return _rounded(figure.value, scale, 1 if scale > 1 else 0, "NOK")
    if way in SHARES or (not way and figure.unit == "share"):
        return _rounded(figure.value, 0.01, 1, "share")
    if way in COUNTS:
        return _rounded(figure.value, 1, 1 if figure.unit == "FTE" else 0, figure.unit)
    return None


def _rounded(value: float, scale: float, decimals: int, counts: str) -> Printed:
    whole = value / scale
    return Printed(whole, round(half_up(whole), decimals), counts)


def fails(rows: Sequence[Line]) -> bool:
    """Whether some row or column has a sum, or parts of one, that do not add up as they are printed."""
    return any(map(_fails, (*rows, *zip(*rows, strict=True))))


def _fails(line: Line) -> bool:
    """Whether numbers of the line that make up another one do not as they are printed."""
    told = [one for one in line if one is not None and one.value]
    for counts in dict.fromkeys(one.counts for one in told):
        alike = [one for one in told if one.counts == counts]
        if any(abs(one - other) > LEAST_STEP for one, other in _related(alike)):
            return True
    return False


def _related(line: Sequence[Printed]) -> Iterator[tuple[float, float]]:
    """As they are printed, both sides of each sum that the numbers make: a total, a whole, or two that make a third."""
    total, shown = fsum(one.value for one in line), fsum(one.shown for one in line)
    yield from ((2 * one.shown, shown) for one in line if len(line) > 2 and _equal(2 * one.value, total, one.value))
    if len(line) > MOST_RELATED:
        return
    if line[0].counts == "share" and len(line) > 1 and _equal(total, 100, 100):
        yield shown, 100
    by_size = sorted(line, key=lambda one: abs(one.value))
    for small, middle, large in combinations(by_size, 3):
        if _equal(abs(small.value) + abs(middle.value), abs(large.value), large.value):
            yield abs(small.shown) + abs(middle.shown), abs(large.shown)


def _equal(one: float, other: float, size: float) -> bool:
    return isclose(one, other, rel_tol=0, abs_tol=EXACTLY * abs(size))
