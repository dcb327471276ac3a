"""The few operations that formulas use beside + − × ÷: each gives the same answer on a number, an array and a symbol.

A number is a float; an array is the draws of a simulation or the points of a sweep. NumPy is looked for
only when an array is already there, so that a plain run never imports it. No answer is None, in arrays NaN.
"""

import math
import sys
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from omsorg_cli.core.operation import Term, operation


def _is_array(*values: Term) -> bool:
    array = getattr(sys.modules.get("numpy"), "ndarray", None)  # another thread may be importing it just now
    return array is not None and any(isinstance(value, array) for value in values)


@operation
def maximum(a: Term, b: Term) -> Term:
    """The larger of two numbers."""
    if _is_array(a, b):
        import numpy as np

        return np.maximum(a, b)
    return max(a, b)


@operation
def minimum(a: Term, b: Term) -> Term:
    """The smaller of two numbers."""
    if _is_array(a, b):
        import numpy as np

        return np.minimum(a, b)
    return min(a, b)


@operation
def where(condition: Term, then: Term, otherwise: Term) -> Term:
    """One of two answers; both have been worked out. An answer may be None."""
    if _is_array(condition, then, otherwise):
        import numpy as np

        return np.where(condition, *(np.nan if x is None else x for x in (then, otherwise)))
    return then if condition else otherwise


@operation
def within(value: Term, at: Term, first: Term, last: Term) -> Term:
    """The value from the first to the last, both in; no answer before and after.

    >>> within(7, 2030, 2023, 2040), within(7, 2041, 2023, 2040)
    (7, None)
    """
    return where(minimum(at - first, last - at) >= 0, value, None)


@operation
def ratio(numerator: Term, denominator: Term) -> Term:
    """The quotient; no answer where the denominator is zero."""
    if _is_array(numerator, denominator):
        import numpy as np

        safe = np.where(denominator == 0, np.nan, denominator)
        return numerator / safe
    return None if denominator == 0 else numerator / denominator


@operation
def total(series: Sequence[Term]) -> Term:
    """The sum of a series, exactly rounded for plain numbers, so that order does not matter."""
    if not _is_array(*series):
        return math.fsum(series)
    arrays = [one for one in series if _is_array(one)]
    rest = math.fsum(one for one in series if not _is_array(one))
    if len(arrays) == 1:
        return arrays[0] + rest if rest else arrays[0]
    whole = arrays[0] + arrays[1]
    for one in (*arrays[2:], *([rest] if rest else ())):
        if getattr(one, "size", 1) > whole.size:
            whole = whole + one
        else:
            whole += one  # in place: a sum of many arrays makes one
    return whole


@operation
def smallest(series: Sequence[Term]) -> Term:
    """The smallest of a series."""
    if _is_array(*series):
        import numpy as np

        return np.minimum.reduce(np.broadcast_arrays(*series))
    return min(series)


@operation
def largest(series: Sequence[Term]) -> Term:
    """The largest of a series."""
    if _is_array(*series):
        import numpy as np

        return np.maximum.reduce(np.broadcast_arrays(*series))
    return max(series)


@operation
def rounded_up(value: Term) -> Term:
    """The whole number that holds it, with a billionth to spare for what floats miss.

    >>> rounded_up(3.15), rounded_up(2.7 / 0.9)
    (4, 3)
    """
    if _is_array(value):
        import numpy as np

        return np.ceil(value - 1e-9)
    return math.ceil(value - 1e-9)


@operation
def count(series: Sequence[Term]) -> int:
    """How many there are."""
    return len(series)


@operation
def quantile(series: Sequence[Term], share: float) -> Term:
    """The quantile by linear interpolation between the ordered values, as spreadsheets' QUARTILE.INC reckons it."""
    if _is_array(*series):
        import numpy as np

        return np.quantile(np.stack(np.broadcast_arrays(*series)), share, axis=0)
    ordered = sorted(series)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@operation
def sum_of_largest(series: Sequence[Term], number: Term) -> Term:
    """The sum of so many of the largest of a series; of all where there are fewer.

    >>> sum_of_largest([5, 1, 3, 3], 2)
    8.0
    """
    if not _is_array(*series, number):
        return math.fsum(sorted(series, reverse=True)[: max(0, int(number))])
    import numpy as np

    *values, wanted = np.broadcast_arrays(*series, number)
    falling = -np.sort(-np.stack(values), axis=0)
    places = np.arange(1, len(values) + 1).reshape(-1, *(1 for _ in wanted.shape))
    return np.where(np.isnan(falling).any(axis=0), np.nan, np.where(places <= wanted, falling, 0.0).sum(axis=0))


@operation
def reached(keys: Sequence[Term], amounts: Sequence[Term], limit: Term, otherwise: Term) -> Term:
    """The first key at which the amounts of all keys up to and with it are more than the limit.

    >>> reached([3, 1, 2], [10, 4, 5], 8, 99), reached([3, 1, 2], [10, 4, 5], 30, 99)
    (2, 99)
    """
    if _is_array(*keys, *amounts, limit, otherwise):
        return _reached_on_arrays(keys, amounts, limit, otherwise)
    added = 0.0
    for key, held in groupby(sorted(zip(keys, amounts, strict=True), key=itemgetter(0)), key=itemgetter(0)):
        added += math.fsum(amount for _, amount in held)
        if added > limit:
            return key
    return otherwise


def _reached_on_arrays(keys: Sequence[Term], amounts: Sequence[Term], limit: Term, otherwise: Term) -> Term:
    import numpy as np

    *held, limit, otherwise = np.broadcast_arrays(*keys, *amounts, limit, otherwise)
    ordered, beside = np.stack(held[: len(keys)]), np.stack(held[len(keys) :])
    places = ordered.argsort(axis=0, kind="stable")
    ordered, added = np.take_along_axis(ordered, places, 0), np.take_along_axis(beside, places, 0).cumsum(axis=0)
    is_last = np.concatenate([ordered[1:] > ordered[:-1], np.full((1, *limit.shape), fill_value=True)])
    over = is_last & (added > limit)
    first = np.take_along_axis(ordered, over.argmax(axis=0)[np.newaxis], 0)[0]
    return np.where(np.isnan(added[-1] + limit), np.nan, np.where(over.any(axis=0), first, otherwise))


@operation
def rounded(value: Term, decimals: Term) -> Term:
    """The number to so many decimals, halves away from zero as people and spreadsheets do it.

    A half that binary fractions miss by a hair counts as a half.

    >>> rounded(129.5, 0), rounded(170.5, 0), rounded(0.075, 2), rounded(1.005, 2)
    (130.0, 171.0, 0.08, 1.01)
    """
    if _is_array(value, decimals):
        import numpy as np

        scale = np.power(10.0, decimals)
        return np.sign(value) * np.floor(np.abs(value) * scale + 0.5 + 1e-9) / scale
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


@operation
def annuity(principal: Term, rate: Term, periods: Term) -> Term:
    """The level payment at the end of each year that pays off the principal; without interest, an even part.

    >>> round(annuity(1_000_000, 0.04, 20), 2)
    73581.75
    >>> annuity(1_000_000, 0, 20)
    50000.0
    """
    if _is_array(principal, rate, periods):
        import numpy as np

        free = rate == 0
        safe = np.where(free, 1.0, rate)
        return np.where(free, principal / periods, principal * safe / -np.expm1(-periods * np.log1p(safe)))
    if rate == 0:
        return principal / periods
    return principal * rate / -math.expm1(-periods * math.log1p(rate))


@operation
def annuity_value(payment: Term, rate: Term, periods: Term) -> Term:
    """What level payments at the end of each year are worth at the start of the first: what they pay off.

    >>> round(annuity_value(73_581.75, 0.04, 20)), annuity_value(50_000.0, 0, 20)
    (1000000, 1000000.0)
    """
    if _is_array(payment, rate, periods):
        import numpy as np

        free = rate == 0
        safe = np.where(free, 1.0, rate)
        return np.where(free, payment * periods, payment * -np.expm1(-periods * np.log1p(safe)) / safe)
    if rate == 0:
        return payment * periods
    return payment * -math.expm1(-periods * math.log1p(rate)) / rate


@operation
def rank(value: Term, among: Sequence[Term]) -> Term:
    """The place of the value among all: the largest is the first, and equal ones share the better place.

    >>> [rank(one, [7, 9, 9, 2]) for one in (9, 7, 2)]
    [1, 3, 4]
    """
    if _is_array(value, *among):
        import numpy as np

        whole = np.stack(np.broadcast_arrays(value, *among))
        return np.where(np.isnan(whole).any(axis=0), np.nan, 1 + (whole[1:] > whole[0]).sum(axis=0))
    return 1 + sum(one > value for one in among)
