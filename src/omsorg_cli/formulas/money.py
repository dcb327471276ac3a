"""Money over time: all rates are real, all amounts in the prices of the first year.

One convention for all calculators: the amounts of a year stand at its end, and are discounted to the start of the first
year; an annuity is paid at the end of each year. What is lent at the start is then worth what its annuity is.

>>> from omsorg_cli.core.helpers import annuity
>>> payment = annuity(100_000_000, 0.04, 10)
>>> round(sum(payment * discounted(0.04, year, 2020) for year in range(2020, 2030)))
100000000
"""

from collections.abc import Sequence
from typing import Any

from omsorg_cli.core.helpers import annuity_value, largest, maximum, minimum, rounded_up, smallest, total, where
from omsorg_cli.core.operation import operation
from omsorg_cli.core.units import Num

MONTHS = 12
NEVER = 9999 * MONTHS + 11
"""The month of what does not come, after every month that does."""
HALF_AN_OERE = 0.005
"""An amount below it is no money: it is what binary fractions leave of zero."""


def grown(rate: Num, year: Num, first_year: Num) -> Num:
    """The factor by which a price has grown since the first year.

    >>> grown(0.02, 2022, 2020)
    1.0404
    """
    return (1 + rate) ** (year - first_year)  # type: ignore[no-any-return]  # float ** float is Any to mypy


def discounted(rate: Num, year: Num, first_year: Num) -> Num:
    """What a krone at the end of the year is worth at the start of the first.

    >>> round(discounted(0.25, 2020, 2020), 2), round(discounted(0.25, 2021, 2020), 2)
    (0.8, 0.64)
    """
    return 1 / (1 + rate) ** (year - first_year + 1)  # type: ignore[no-any-return]  # as above


def worth(amounts: Sequence[Any], factors: Sequence[Any]) -> Num:
    """What amounts of several years are worth together, each times the factor of its year.

    >>> worth([100, 200], [0.5, 0.25])
    100.0
    """
    return total([amount * factor for amount, factor in zip(amounts, factors, strict=True)])  # type: ignore[no-any-return]  # as below


@operation
def in_years(year: Num, first: Num, last: Num) -> Num:
    """1 from the first of the years to the last, 0 before and after.

    >>> [in_years(year, 2017, 2018) for year in (2016, 2017, 2018, 2019)]
    [0.0, 1.0, 1.0, 0.0]
    """
    return where(year >= first, where(year <= last, 1.0, 0.0), 0.0)  # type: ignore[no-any-return]  # as below


@operation
def months_in_year(start: Num, months: Num, year: Num) -> Num:
    """How many months of the year lie in the stretch of months that begins with the month `start`.

    >>> months_in_year(2020 * 12 + 6, 24, 2020), months_in_year(2020 * 12 + 6, 24, 2022)
    (6, 6)
    """
    january = year * MONTHS
    begins = maximum(start, january)
    ends = minimum(start + months, january + MONTHS)
    return maximum(ends - begins, 0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@operation
def phased(start: Num, over_months: Num, year: Num) -> Num:
    """How much of something that comes in even monthly steps is there in the year, as the mean over its months.

    In the k-th month, the first being the month `start`, k/n of it is there, n being `over_months`; at once if 0.

    >>> phased(2020 * 12 + 6, 6, 2020) == sum(k / 6 for k in range(1, 7)) / 12
    True
    >>> phased(2020 * 12 + 6, 0, 2020), phased(2020 * 12 + 6, 6, 2021)
    (0.5, 1.0)
    """
    steps = maximum(over_months, 1)
    december = year * MONTHS + MONTHS - start
    return (_months_arrived(december, steps) - _months_arrived(december - MONTHS, steps)) / MONTHS


@operation
def phased_until(start: Num, over_months: Num, year: Num, end: Num) -> Num:
    """The same as `phased`, of the months before the month `end` alone: after it nothing counts.

    >>> phased_until(2020 * 12, 0, 2020, 2020 * 12 + 6), phased_until(2020 * 12, 0, 2021, 2020 * 12 + 6)
    (0.5, 0.0)
    """
    steps = maximum(over_months, 1)
    last = minimum(year * MONTHS + MONTHS, end) - start
    first = minimum(year * MONTHS, end) - start
    return (_months_arrived(last, steps) - _months_arrived(first, steps)) / MONTHS


def _months_arrived(k: Num, steps: Num) -> Num:
    """What has been there up to and with the k-th month, added up: 1/n + 2/n + … while it comes, then 1 a month."""
    coming = minimum(maximum(k, 0), steps)
    return coming * (coming + 1) / 2 / steps + maximum(k - steps, 0)  # type: ignore[no-any-return]  # as above


@operation
def lasting_year(years: Sequence[Num], balance: Sequence[Num], flow: Sequence[Num], moved: Sequence[Num]) -> Any:
    """The first year from which the balance stays at or above zero, at the earliest the first in which something moved.

    Where no year's flow brings anything, there is no such year.

    >>> lasting_year([2020, 2021, 2022, 2023], [0, -5, 1, 3], [0, -5, 6, 2], [0, 9, 9, 9])
    2022
    """
    first, last = smallest(years), largest(years)
    begun = smallest([where(one > 0, year, last + 1) for year, one in zip(years, moved, strict=True)])
    below = largest([where(left < -HALF_AN_OERE, year, first - 1) for year, left in zip(years, balance, strict=True)])
    answer = maximum(begun, below + 1)
    return where(answer <= last, where(largest(flow) > HALF_AN_OERE, answer, None), None)


@operation
def year_recovered(last: Num, owed: Num, yearly: Num) -> Any:
    """The year in which what is owed after the last one is recovered, so much a year; none where nothing comes in.

    >>> year_recovered(2022, 90, 30), year_recovered(2022, 91, 30), year_recovered(2022, 90, 0)
    (2025, 2026, None)
    """
    comes = yearly > HALF_AN_OERE
    return where(comes, last + rounded_up(owed / where(comes, yearly, 1)), None)


@operation
def debt_left(payment: Num, rate: Num, months: Num, paid: Num) -> Num:
    """What is owed on a loan that is paid off over the months, after so many of them at the end of a year.

    It is what the payments to come are worth then, the last of them a part of a year where the first one was.

    >>> round(debt_left(73_581.75, 0.04, 240, 228)), round(debt_left(73_581.75, 0.04, 240, 240))
    (70752, 0)
    """
    years = minimum(maximum(months - paid, 0), months) / MONTHS
    whole = rounded_up(years)
    part = whole - years
    owed = annuity_value(payment, rate, whole) * (1 - part) + annuity_value(payment, rate, whole - 1) * part
    return where(paid > 0, owed, 0.0)  # type: ignore[no-any-return]  # as above
