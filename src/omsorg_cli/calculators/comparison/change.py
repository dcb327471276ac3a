"""How a quantity changed over the years, here and elsewhere.

Two or more years of one quantity, for the municipality and for those it is compared with: the difference and the ratio
between them in each year, and each one's growth from the first year of the period to the last. The audit of Bærum
(2017, summary) has 5.7 hours a week for each user of home services in 2007 and 12.7 in 2016, where Drammen went from
9.8 to 7.2: 123 % more against 27 % less, and what was 0.58 times Drammen's hours is 1.76 times.

>>> round(growth(change=12.7 - 5.7, first_value=5.7), 3), round(base_growth(7.2 - 9.8, base_first_value=9.8), 3)
(1.228, -0.265)
>>> round(ratio_to_base(value=5.7, base_value=9.8), 2), round(ratio_to_base(12.7, 7.2), 2)
(0.58, 1.76)

Growth per year is compound, as interest is: the constant growth that leads from the first year to the last. So 105 %
more hours of practical assistance from 2011 to 2016 is 15.4 % a year, not 21.

>>> round(growth_per_year(growth=1.05, years_between=5), 3)
0.154

Where a growth is printed and only one of its ends, the other end follows: 141 users of personal assistance in 2016
after a growth of 34 % were 105 in 2012. And the growth of one series for each unit of another: 55 % more hours for
34 % more users is 16 % more for each.

>>> round(back_cast(value=141, growth_stated=0.34)), round(growth_per_unit(0.55, growth_of_divisor=0.34), 3)
(105, 0.157)

The period is from the first to the last year that all have who have two, unless `from` and `to` say otherwise. Left
out: why it changed, breaks in how it was counted, and whether those who are compared need the same.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, elsewhere, figure, same_as
from omsorg_cli.core.helpers import ratio, total, where
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import (
    MEASURED,
    GapShare,
    InRowsUnit,
    Key,
    Label,
    Reference,
    UnitOfRow,
    YearInput,
    default,
    no_rows,
)
from omsorg_cli.core.units import Growth, Num, Ratio, Share
from omsorg_cli.core.units import InRowsUnit as Measured
from omsorg_cli.core.units import Years as YearsUnit
from omsorg_cli.core.view import Lines, SideBySide
from omsorg_cli.formulas.averages import weighted_mean
from omsorg_cli.formulas.money import in_years

SERIES, YEAR, BASE, BASE_YEAR = ("series",), ("series", "year"), ("series", "base"), ("series", "base", "year")
FROM_ZERO = "the first year's value is zero"
VALUES = ("stated", "base_stated", "growth_stated", "base_growth_stated", "mean_stated", "base_mean_stated")
"""What a period is made of; where a year of it is not stated, or only one is, nobody asks what it has come to."""
BESIDE = ("base_stated",)
ONE_VALUE = "fewer than two years of the period have a value"


def _any_of(*names: str) -> tuple[tuple[str, ...], ...]:
    """Every way to fill in one of them or more."""
    return tuple(chosen for size in range(1, len(names) + 1) for chosen in combinations(names, size))


class YearOfOwn(Row):
    """The municipality's value in one year."""

    keys: ClassVar[tuple[str, ...]] = ("year",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = _any_of("stated", "growth_stated", "mean_stated")

    year: int = Field(ge=1900, le=2200)
    """The year."""
    stated: InRowsUnit = Field(None, alias="value")
    """The municipality's value in the year."""
    growth_stated: GapShare = Field(None, alias="growth")
    """By how much it has grown from the first year of the period to this one, where that is printed."""
    mean_stated: InRowsUnit = Field(None, alias="mean")
    """The mean of the years from the first of the period to this one, where that is printed."""


class YearOfBase(Row):
    """The value of another in one year."""

    keys: ClassVar[tuple[str, ...]] = ("base", "year")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = _any_of("base_stated", "base_growth_stated", "base_mean_stated")

    base: Key
    """What is compared with: a municipality, a network's mean, a group."""
    year: int = Field(ge=1900, le=2200)
    """The year."""
    label: Label = None
    """What people read for the base."""
    base_stated: InRowsUnit = Field(None, alias="value")
    """The base's value in the year."""
    base_growth_stated: GapShare = Field(None, alias="growth")
    """By how much it has grown from the first year of the period to this one, where that is printed."""
    base_mean_stated: InRowsUnit = Field(None, alias="mean")
    """The mean of the years from the first of the period to this one, where that is printed."""


class OneSeries(Row):
    """One quantity over the years."""

    keys: ClassVar[tuple[str, ...]] = ("series",)
    optional: ClassVar[tuple[str, ...]] = ("from_year", "to_year", "price_year", "per")

    series: Key
    """The quantity."""
    label: Label = None
    """What people read for the quantity."""
    unit: UnitOfRow = None
    """What it is counted in."""
    price_year: YearInput = None
    """The year whose prices all amounts are in; without it, amounts are in the kroner of each year."""
    from_year: YearInput = Field(None, alias="from")
    """The first year of the period; without it, the first that all have who have two years."""
    to_year: YearInput = Field(None, alias="to")
    """The last year of the period; without it, the last that all have who have two years."""
    per: Reference = None
    """Another series, to see the growth of this one for each unit of that."""
    own: list[YearOfOwn] = Field(default_factory=no_rows)
    """The municipality's values by year."""
    bases: list[YearOfBase] = Field(default_factory=no_rows)
    """The values of those that it is compared with, by year."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        entries = list(_entries(self))
        refuse([*_faults_of_units(self, entries), *_faults_of_entries(self, entries)])
        item = self.model_copy(update=_usual_ends(self, entries))
        refuse(_faults_of_ends(item, entries))
        return item


class Entry(NamedTuple):
    """A row of the municipality's, or of a base's: where it stands, whose it is, and what it says of the year."""

    at: Loc
    whose: str
    year: int
    value: Stated | None
    growth: Stated | None
    mean: Stated | None

    @property
    def is_of_period(self) -> bool:
        """Whether it says something of all the years up to its own."""
        return self.growth is not None or self.mean is not None


def _entries(item: OneSeries) -> Iterator[Entry]:
    for at, own in enumerate(item.own):
        yield Entry(("own", at), "", own.year, own.stated, own.growth_stated, own.mean_stated)
    for at, base in enumerate(item.bases):
        stated = (base.base_stated, base.base_growth_stated, base.base_mean_stated)
        yield Entry(("bases", at), base.base, base.year, *stated)


def _faults_of_units(item: OneSeries, entries: Sequence[Entry]) -> Iterator[tuple[Loc, str]]:
    """What is counted in no unit, or in another than the series."""
    if item.unit is None:
        yield (), f"lacks unit; allowed: one of {', '.join(MEASURED)}"
        return
    unit = str(item.unit.value)
    if item.price_year is not None and not unit.startswith("NOK"):
        yield ("price_year",), f"has no effect on {unit}"
    for entry in entries:
        for name, stated in (("value", entry.value), ("mean", entry.mean)):
            yield from (((*entry.at, name), told) for told in _faults_of_unit(MEASURED[unit], stated))


def _faults_of_unit(kind: Kind, stated: Stated | None) -> Iterator[str]:
    """What the value may not be in the unit of the series."""
    if stated is None:
        return
    exact = kind._replace(whole=kind.whole and stated.origin == "scenario")  # what a question tries may have halves
    try:
        exact.value(stated.typed)
    except ValueError as error:
        yield str(error)
    if stated.range is not None and not all(map(kind.holds, stated.range)):
        yield f"found a range to {stated.range[1]:g}; allowed: {kind.allowed}"


def _faults_of_entries(item: OneSeries, entries: Sequence[Entry]) -> Iterator[tuple[Loc, str]]:
    """A series of which nothing follows, and a growth that is said in two ways or from no year."""
    if len(entries) < 2 and not any(entry.is_of_period for entry in entries):
        yield (), "found one year of one municipality; allowed: two years or more, or a base beside it"
    first = None if item.from_year is None else item.from_year.value
    begun = {entry.whose for entry in entries if entry.year == first and entry.value is not None}
    for entry in entries:
        if entry.is_of_period and first is None:
            yield entry.at, "found a growth or a mean without the year that it counts from; allowed: with from"
        if entry.growth is not None and entry.value is not None and entry.whose in begun:
            yield entry.at, "found a growth beside the values of both years; allowed: one of them or the growth"


def _usual_ends(item: OneSeries, entries: Sequence[Entry]) -> dict[str, Stated]:
    """The ends of the period that are not stated: the first and the last year that all have who have two."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        years.setdefault(entry.whose, set()).add(entry.year)
    spans = [one for one in years.values() if len(one) > 1]
    shared = set.intersection(*spans) if spans else set().union(*years.values())
    known = shared if len(shared) > 1 or not spans else spans[0]
    if len(known) < 2 and item.from_year is None:
        return {}
    ends = {"from_year": min(known), "to_year": max(known)}
    return {name: default(year) for name, year in ends.items() if getattr(item, name) is None}


def _faults_of_ends(item: OneSeries, entries: Sequence[Entry]) -> Iterator[tuple[Loc, str]]:
    """Ends of the period that have no value, or are the wrong way round."""
    if item.from_year is None or item.to_year is None:
        return
    first, last = int(item.from_year.number), int(item.to_year.number)
    before = [first] if any(entry.is_of_period for entry in entries) else []
    known = sorted({*before, *(entry.year for entry in entries)})
    for name, year in (("from", first), ("to", last)):
        if year not in known:
            yield (name,), f"found {year}, of which there is no value; allowed: one of {', '.join(map(str, known))}"
    if last <= first:
        yield (
            ("to" if item.to_year.origin != "default" else "from",),
            f"found {first} to {last}; allowed: the earlier year first",
        )


class ChangeInputs(Inputs):
    """Inputs of how quantities have changed."""

    series: list[OneSeries] = Field(min_length=1)
    """The quantities."""

    @model_validator(mode="after")
    def _others_are_series(self) -> Self:
        refuse(_faults_of_others(self))
        return self


def _faults_of_others(table: ChangeInputs) -> Iterator[tuple[Loc, str]]:
    """Series for each unit of one that is not there, is the same, or has another period."""
    known = {item.series: item for item in table.series}
    for index, item in enumerate(table.series):
        other = None if item.per is None else known.get(str(item.per.value))
        if item.per is not None and (other is None or other is item):
            yield ("series", index, "per"), unknown(str(item.per.value), set(known) - {item.series}, "no other series")
        elif other is not None and _period(other) != _period(item):
            told = f"found a series from {_period(other)}; allowed: one of the same period, from {_period(item)}"
            yield ("series", index, "per"), told


def _period(item: OneSeries) -> str:
    return " to ".join("no year" if end is None else str(end.value) for end in (item.from_year, item.to_year))


AtFirst = Annotated[float, elsewhere(at_input={"year": "from_year"})]
AtLast = Annotated[float, elsewhere(at_input={"year": "to_year"})]


@figure(per=[YEAR])
def value(stated: Num) -> Measured:
    """The municipality's value in the year."""
    return stated


@figure(per=[BASE_YEAR])
def base_value(base_stated: Num) -> Measured:
    """The base's value in the year."""
    return base_stated


@figure(per=[BASE_YEAR], only_with=BESIDE)
def difference(value: Num, base_value: Num) -> Measured:
    """How far the municipality's value lies above the base's in the year; below zero where below."""
    return value - base_value


@figure(per=[BASE_YEAR], no_answer="the base's value is zero", only_with=BESIDE)
def difference_share(difference: Num, base_value: Num) -> Share:
    """How far the municipality's value lies above the base's in the year, as a share of the base's."""
    return ratio(difference, base_value)  # type: ignore[no-any-return]  # a number, or no answer


@figure("ratio", per=[BASE_YEAR], no_answer="the base's value is zero", only_with=BESIDE)
def ratio_to_base(value: Num, base_value: Num) -> Ratio:
    """How many times the base's value the municipality's is in the year."""
    return ratio(value, base_value)  # type: ignore[no-any-return]  # as above


@figure(per=[SERIES], step=True, no_answer="the last year of the period is not after the first")
def years_between(from_year: Num, to_year: Num) -> YearsUnit:
    """The years from the first of the period to the last."""
    return where(to_year > from_year, to_year - from_year, None)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR, BASE_YEAR], step=True)
def in_period(year: Num, from_year: Num, to_year: Num) -> Ratio:
    """Whether the year lies in the period: 1, else 0."""
    return in_years(year, from_year, to_year)


@figure("growth", per=[SERIES], only_with=VALUES)
def growth_as_stated(growth_stated: AtLast) -> Share:
    """By how much it has grown over the period, as a share of the first year's value."""
    return growth_stated


@figure("first_value", per=[SERIES], only_with=VALUES)
def first_value_of_year(value: AtFirst) -> Measured:
    """The municipality's value in the first year of the period."""
    return value


@figure("last_value", per=[SERIES], only_with=VALUES)
def last_value_of_year(value: AtLast) -> Measured:
    """The municipality's value in the last year of the period."""
    return value


@figure(per=[SERIES], only_with=VALUES)
def back_cast(value: AtLast, growth_stated: AtLast) -> Measured:
    """The municipality's value in the first year of the period: the last year's before the printed growth."""
    return value / (1 + growth_stated)


@figure(per=[SERIES], only_with=VALUES)
def carried_forward(value: AtFirst, growth_stated: AtLast) -> Measured:
    """The municipality's value in the last year of the period: the first year's after the printed growth."""
    return value * (1 + growth_stated)


@figure(per=[SERIES], only_with=VALUES)
def change(first_value: Num, last_value: Num) -> Measured:
    """How much the municipality's value has risen over the period; below zero where it has fallen."""
    return last_value - first_value


@figure("growth", per=[SERIES], no_answer=FROM_ZERO, only_with=VALUES)
def growth(change: Num, first_value: Num) -> Share:
    """By how much it has grown over the period, as a share of the first year's value."""
    return ratio(change, first_value)  # type: ignore[no-any-return]  # as above


@figure(per=[SERIES], no_answer=FROM_ZERO, only_with=VALUES)
def growth_per_year(growth: Num, years_between: Num) -> Growth:
    """The constant growth per year that leads from the first year's value to the last's: compound, as interest is."""
    return (1 + growth) ** (1 / years_between) - 1  # type: ignore[no-any-return]  # float ** float is Any to mypy


@figure("mean_over_years", per=[SERIES], only_with=VALUES)
def mean_as_stated(mean_stated: AtLast) -> Measured:
    """The plain mean of the municipality's values in the years of the period."""
    return mean_stated


@figure("mean_over_years", per=[SERIES], no_answer=ONE_VALUE, only_with=VALUES)
def mean_over_years(value: Series, in_period: Series) -> Measured:
    """The plain mean of the municipality's values in the years of the period that have one."""
    return where(total(in_period) > 1, weighted_mean(value, in_period), None)  # type: ignore[no-any-return]  # as above


@figure("base_growth", per=[BASE], only_with=VALUES)
def base_growth_as_stated(base_growth_stated: AtLast) -> Share:
    """By how much the base's value has grown over the period, as a share of the first year's."""
    return base_growth_stated


@figure("base_first_value", per=[BASE], only_with=VALUES)
def base_first_value_of_year(base_value: AtFirst) -> Measured:
    """The base's value in the first year of the period."""
    return base_value


@figure("base_last_value", per=[BASE], only_with=VALUES)
def base_last_value_of_year(base_value: AtLast) -> Measured:
    """The base's value in the last year of the period."""
    return base_value


@figure(per=[BASE], only_with=VALUES)
def base_back_cast(base_value: AtLast, base_growth_stated: AtLast) -> Measured:
    """The base's value in the first year of the period: the last year's before the printed growth."""
    return base_value / (1 + base_growth_stated)


@figure(per=[BASE], only_with=VALUES)
def base_carried_forward(base_value: AtFirst, base_growth_stated: AtLast) -> Measured:
    """The base's value in the last year of the period: the first year's after the printed growth."""
    return base_value * (1 + base_growth_stated)


@figure(per=[BASE], only_with=VALUES)
def base_change(base_first_value: Num, base_last_value: Num) -> Measured:
    """How much the base's value has risen over the period; below zero where it has fallen."""
    return base_last_value - base_first_value


@figure("base_growth", per=[BASE], no_answer=FROM_ZERO, only_with=VALUES)
def base_growth(base_change: Num, base_first_value: Num) -> Share:
    """By how much the base's value has grown over the period, as a share of the first year's."""
    return ratio(base_change, base_first_value)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE], no_answer=FROM_ZERO, only_with=VALUES)
def base_growth_per_year(base_growth: Num, years_between: Num) -> Growth:
    """The constant growth per year of the base's value over the period: compound, as interest is."""
    return (1 + base_growth) ** (1 / years_between) - 1  # type: ignore[no-any-return]  # as above


@figure("base_mean_over_years", per=[BASE], only_with=VALUES)
def base_mean_as_stated(base_mean_stated: AtLast) -> Measured:
    """The plain mean of the base's values in the years of the period."""
    return base_mean_stated


@figure("base_mean_over_years", per=[BASE], no_answer=ONE_VALUE, only_with=VALUES)
def base_mean_over_years(base_value: Series, in_period: Series) -> Measured:
    """The plain mean of the base's values in the years of the period that have one."""
    return where(total(in_period) > 1, weighted_mean(base_value, in_period), None)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE], only_with=VALUES)
def mean_difference(mean_stated: AtLast, base_mean_stated: AtLast) -> Measured:
    """How far the municipality's printed mean lies above the base's of the same years; below zero where below."""
    return mean_stated - base_mean_stated


@figure(per=[BASE], no_answer="the base's mean is zero", only_with=VALUES)
def mean_ratio(mean_stated: AtLast, base_mean_stated: AtLast) -> Ratio:
    """How many times the base's printed mean of the same years the municipality's is."""
    return ratio(mean_stated, base_mean_stated)  # type: ignore[no-any-return]  # as above


@figure(per=[SERIES], step=True)
def growth_of_divisor(growth: Annotated[float, elsewhere(at_input={"series": "per"})]) -> Share:
    """By how much the series has grown for each unit of which this one is counted."""
    return growth


@figure(per=[SERIES], no_answer="of the other series nothing is left", only_with=("per",))
def growth_per_unit(growth: Num, growth_of_divisor: Num) -> Share:
    """By how much it has grown for each unit of the other series: both may have grown."""
    return ratio(growth - growth_of_divisor, 1 + growth_of_divisor)  # type: ignore[no-any-return]  # as above


def _cells(label: str, own: str, base: str | None = None) -> tuple[str, str, str]:
    """A row of the table: its label, the cell of the municipality, and that of a base, whose figures begin with it."""
    return label, own, own.replace("{", "{base_") if base is None else base


CALCULATOR = Calculator(
    name="change",
    title="Change over the years",
    inputs=ChangeInputs,
    keys=("series", "base", "year"),
    scenario="baerum2016",
    headlines=("growth", "growth_per_year", "ratio"),
    formulas=(
        value,
        base_value,
        difference,
        difference_share,
        ratio_to_base,
        years_between,
        in_period,
        growth_as_stated,
        first_value_of_year,
        last_value_of_year,
        back_cast,
        carried_forward,
        same_as("first_value", "back_cast", Measured, SERIES),
        same_as("last_value", "carried_forward", Measured, SERIES),
        change,
        growth,
        growth_per_year,
        mean_as_stated,
        mean_over_years,
        base_growth_as_stated,
        base_first_value_of_year,
        base_last_value_of_year,
        base_back_cast,
        base_carried_forward,
        same_as("base_first_value", "base_back_cast", Measured, BASE),
        same_as("base_last_value", "base_carried_forward", Measured, BASE),
        base_change,
        base_growth,
        base_growth_per_year,
        base_mean_as_stated,
        base_mean_over_years,
        mean_difference,
        mean_ratio,
        growth_of_divisor,
        growth_per_unit,
    ),
    views=(
        SideBySide(
            heading="{series}",
            corner="{unit}",
            per="series",
            across="base",
            rows=(
                _cells("{year}", "{value:short}"),
                _cells("{from_year}, before the growth", "{back_cast:short}"),
                _cells("{to_year}, after the growth", "{carried_forward:short}"),
                _cells("change {from_year}–{to_year}", "{change:rises}"),
                _cells("growth", "{growth:change}"),
                _cells("compound growth per year", "{growth_per_year:change}"),
                _cells("mean of the years stated", "{mean_over_years:short}"),
                ("own compared, {year}", "", "{difference:apart}"),
                ("own as a multiple, {year}", "", "{ratio:times}"),
                ("own mean compared", "", "{mean_difference:apart}"),
                ("own mean as a multiple", "", "{mean_ratio:times}"),
            ),
        ),
        Lines(
            per=SERIES,
            templates=(
                "{series}, divided by {per}: {growth_per_unit:change} from {from_year} to {to_year}.",
                "{series}: {first_value} in {from_year} and {last_value} in {to_year}, in the prices of {price_year}.",
            ),
        ),
    ),
    caveats=(
        "A change is not explained by itself: how it was counted may have changed, and so may those who are counted.",
        "Growth per year is compound, and says nothing of the years between; of one year there is no growth.",
        "Amounts without a price year are in the kroner of each year, so that prices are part of their growth.",
    ),
)
