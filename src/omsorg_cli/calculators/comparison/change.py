"""How a quantity has changed, here and elsewhere.

The calculator takes two or more years of one quantity, for the municipality and its comparators. It shows the
difference and the ratio between them in each year, and the growth of each from the first year of the period to the
last. In the audit of Bærum (2017, summary) users of home services had 5.7 hours a week in 2007 and 12.7 in 2016; in
Drammen the hours went from 9.8 to 7.2. That is growth of 123% against a fall of 27%: from 0.58 to 1.76 times
Drammen's hours.

>>> round(growth(change=12.7 - 5.7, first_value=5.7), 3), round(base_growth(7.2 - 9.8, base_first_value=9.8), 3)
(1.228, -0.265)
>>> round(ratio_to_base(value=5.7, base_value=9.8), 2), round(ratio_to_base(12.7, 7.2), 2)
(0.58, 1.76)

Growth per year is compound, like interest: the constant rate that leads from the first year to the last. Growth of 105%
in hours of practical assistance from 2011 to 2016 is 15.4% a year, not 21%.

>>> round(growth_per_year(growth=1.05, years_between=5), 3)
0.154

Where growth is published with only one of the two years, the other year is calculated: 141 users of personal assistance
in 2016 after growth of 34% were 105 in 2012. The growth of one series per unit of another is also calculated: 55% more
hours for 34% more users is 16% more per user.

>>> round(back_cast(value=141, growth_stated=0.34)), round(growth_per_unit(0.55, growth_of_divisor=0.34), 3)
(105, 0.157)

The period runs from the first to the last year that everyone with at least two years has, unless `from` and `to` say
otherwise. Causes, breaks in the series and differences in need are not included.
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
from omsorg_cli.core.language import say
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
from omsorg_cli.core.view import BySign, Lines, SideBySide
from omsorg_cli.formulas.averages import weighted_mean
from omsorg_cli.formulas.money import in_years

SERIES, YEAR, BASE, BASE_YEAR = ("series",), ("series", "year"), ("series", "base"), ("series", "base", "year")
FROM_ZERO = "the value in the first year is zero"
VALUES = ("stated", "base_stated", "growth_stated", "base_growth_stated", "mean_stated", "base_mean_stated")
"""The values that a period consists of; where none is stated, no figure of the period is missed."""
BESIDE = ("base_stated",)
ONE_VALUE = "fewer than two years in the period have a value"


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
    """Growth from the first year of the period to this one, where it is published."""
    mean_stated: InRowsUnit = Field(None, alias="mean")
    """The mean from the first year of the period to this one, where it is published."""


class YearOfBase(Row):
    """A comparator's value in one year."""

    keys: ClassVar[tuple[str, ...]] = ("base", "year")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = _any_of("base_stated", "base_growth_stated", "base_mean_stated")

    base: Key
    """The comparator: the mean of a network, a municipality or a group."""
    year: int = Field(ge=1900, le=2200)
    """The year."""
    label: Label = None
    """The comparator's name in tables and sentences."""
    base_stated: InRowsUnit = Field(None, alias="value")
    """The comparator's value in the year."""
    base_growth_stated: GapShare = Field(None, alias="growth")
    """Growth from the first year of the period to this one, where it is published."""
    base_mean_stated: InRowsUnit = Field(None, alias="mean")
    """The mean from the first year of the period to this one, where it is published."""


class OneSeries(Row):
    """One quantity over the years."""

    keys: ClassVar[tuple[str, ...]] = ("series",)
    optional: ClassVar[tuple[str, ...]] = ("from_year", "to_year", "price_year", "per")

    series: Key
    """The quantity."""
    label: Label = None
    """The quantity's name in tables and sentences."""
    unit: UnitOfRow = None
    """The unit of the quantity."""
    price_year: YearInput = None
    """The price year of all amounts; by default amounts are in current prices."""
    from_year: YearInput = Field(None, alias="from")
    """The first year of the period; the default is the first year that everyone with at least two years has."""
    to_year: YearInput = Field(None, alias="to")
    """The last year of the period; the default is the last year that everyone with at least two years has."""
    per: Reference = None
    """Another series: the growth of this one is shown per unit of that one."""
    own: list[YearOfOwn] = Field(default_factory=no_rows)
    """The municipality's values by year."""
    bases: list[YearOfBase] = Field(default_factory=no_rows)
    """The comparators' values by year."""

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
        yield (), say("unit is missing; allowed: one of {units}", units=", ".join(MEASURED))
        return
    unit = str(item.unit.value)
    if item.price_year is not None and not unit.startswith("NOK"):
        yield ("price_year",), say("has no effect with the unit {unit}", unit=unit)
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
        yield say("found a range to {high}; allowed: {allowed}", high=f"{stated.range[1]:g}", allowed=kind.allowed)


def _faults_of_entries(item: OneSeries, entries: Sequence[Entry]) -> Iterator[tuple[Loc, str]]:
    """A series of which nothing follows, and a growth that is said in two ways or from no year."""
    if len(entries) < 2 and not any(entry.is_of_period for entry in entries):
        yield (), "found one year of one municipality; allowed: two years or more, or a base beside it"
    first = None if item.from_year is None else item.from_year.value
    begun = {entry.whose for entry in entries if entry.year == first and entry.value is not None}
    for entry in entries:
        if entry.is_of_period and first is None:
            yield entry.at, say("found growth or a mean without its first year; allowed: growth or a mean with from")
        if entry.growth is not None and entry.value is not None and entry.whose in begun:
            yield entry.at, say("found growth and the values of both years; allowed: the growth or one of the values")


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
            told = say(
                "found {year}, a year without a value; allowed: one of {years}",
                year=year,
                years=", ".join(map(str, known)),
            )
            yield (name,), told
    if last <= first:
        yield (
            ("to" if item.to_year.origin != "default" else "from",),
            say("found {first} to {last}; allowed: the earlier year first", first=first, last=last),
        )


class ChangeInputs(Inputs):
    """Inputs of change over the years."""

    series: list[OneSeries] = Field(min_length=1)
    """The quantities over the years."""

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
            told = unknown(str(item.per.value), set(known) - {item.series}, say("not another series"))
            yield ("series", index, "per"), told
        elif other is not None and _period(other) != _period(item):
            told = say(
                "found a series of the period {found}; allowed: one of the same period, {allowed}",
                found=_period(other),
                allowed=_period(item),
            )
            yield ("series", index, "per"), told


def _period(item: OneSeries) -> str:
    return "–".join("?" if end is None else str(end.value) for end in (item.from_year, item.to_year))


AtFirst = Annotated[float, elsewhere(at_input={"year": "from_year"})]
AtLast = Annotated[float, elsewhere(at_input={"year": "to_year"})]


@figure(per=[YEAR])
def value(stated: Num) -> Measured:
    """The municipality's value in the year."""
    return stated


@figure(per=[BASE_YEAR])
def base_value(base_stated: Num) -> Measured:
    """The comparator's value in the year."""
    return base_stated


@figure(per=[BASE_YEAR], only_with=BESIDE)
def difference(value: Num, base_value: Num) -> Measured:
    """The municipality's value above the comparator's in the year; negative where it is below."""
    return value - base_value


@figure(per=[BASE_YEAR], no_answer="the comparator's value is zero", only_with=BESIDE)
def difference_share(difference: Num, base_value: Num) -> Share:
    """The municipality's value above the comparator's in the year, as a share of the comparator's."""
    return ratio(difference, base_value)  # type: ignore[no-any-return]  # a number, or no answer


@figure("ratio", per=[BASE_YEAR], no_answer="the comparator's value is zero", only_with=BESIDE)
def ratio_to_base(value: Num, base_value: Num) -> Ratio:
    """The municipality's value as a multiple of the comparator's in the year."""
    return ratio(value, base_value)  # type: ignore[no-any-return]  # as above


@figure(per=[SERIES], step=True, no_answer="the last year of the period is not after the first")
def years_between(from_year: Num, to_year: Num) -> YearsUnit:
    """The number of years from the first of the period to the last."""
    return where(to_year > from_year, to_year - from_year, None)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR, BASE_YEAR], step=True)
def in_period(year: Num, from_year: Num, to_year: Num) -> Ratio:
    """Whether the year is in the period: 1 if it is, otherwise 0."""
    return in_years(year, from_year, to_year)


@figure("growth", per=[SERIES], only_with=VALUES)
def growth_as_stated(growth_stated: AtLast) -> Share:
    """Growth over the period, as published."""
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
    """The municipality's value in the first year of the period, from the last year's and the published growth."""
    return value / (1 + growth_stated)


@figure(per=[SERIES], only_with=VALUES)
def carried_forward(value: AtFirst, growth_stated: AtLast) -> Measured:
    """The municipality's value in the last year of the period, from the first year's and the published growth."""
    return value * (1 + growth_stated)


@figure(per=[SERIES], only_with=VALUES)
def change(first_value: Num, last_value: Num) -> Measured:
    """The rise in the municipality's value over the period; negative where it has fallen."""
    return last_value - first_value


@figure("growth", per=[SERIES], no_answer=FROM_ZERO, only_with=VALUES)
def growth(change: Num, first_value: Num) -> Share:
    """Growth over the period, as a share of the value in the first year."""
    return ratio(change, first_value)  # type: ignore[no-any-return]  # as above


@figure(per=[SERIES], no_answer=FROM_ZERO, only_with=VALUES)
def growth_per_year(growth: Num, years_between: Num) -> Growth:
    """Compound growth per year: the constant rate that leads from the first year's value to the last year's."""
    return (1 + growth) ** (1 / years_between) - 1  # type: ignore[no-any-return]  # float ** float is Any to mypy


@figure("mean_over_years", per=[SERIES], only_with=VALUES)
def mean_as_stated(mean_stated: AtLast) -> Measured:
    """The mean of the municipality's values in the period, as published."""
    return mean_stated


@figure("mean_over_years", per=[SERIES], no_answer=ONE_VALUE, only_with=VALUES)
def mean_over_years(value: Series, in_period: Series) -> Measured:
    """The mean of the municipality's values in the years of the period that have a value."""
    return where(total(in_period) > 1, weighted_mean(value, in_period), None)  # type: ignore[no-any-return]  # as above


@figure("base_growth", per=[BASE], only_with=VALUES)
def base_growth_as_stated(base_growth_stated: AtLast) -> Share:
    """The growth of the comparator's value over the period, as published."""
    return base_growth_stated


@figure("base_first_value", per=[BASE], only_with=VALUES)
def base_first_value_of_year(base_value: AtFirst) -> Measured:
    """The comparator's value in the first year of the period."""
    return base_value


@figure("base_last_value", per=[BASE], only_with=VALUES)
def base_last_value_of_year(base_value: AtLast) -> Measured:
    """The comparator's value in the last year of the period."""
    return base_value


@figure(per=[BASE], only_with=VALUES)
def base_back_cast(base_value: AtLast, base_growth_stated: AtLast) -> Measured:
    """The comparator's value in the first year of the period, from the last year's and the published growth."""
    return base_value / (1 + base_growth_stated)


@figure(per=[BASE], only_with=VALUES)
def base_carried_forward(base_value: AtFirst, base_growth_stated: AtLast) -> Measured:
    """The comparator's value in the last year of the period, from the first year's and the published growth."""
    return base_value * (1 + base_growth_stated)


@figure(per=[BASE], only_with=VALUES)
def base_change(base_first_value: Num, base_last_value: Num) -> Measured:
    """The rise in the comparator's value over the period; negative where it has fallen."""
    return base_last_value - base_first_value


@figure("base_growth", per=[BASE], no_answer=FROM_ZERO, only_with=VALUES)
def base_growth(base_change: Num, base_first_value: Num) -> Share:
    """The growth of the comparator's value over the period, as a share of the first year's."""
    return ratio(base_change, base_first_value)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE], no_answer=FROM_ZERO, only_with=VALUES)
def base_growth_per_year(base_growth: Num, years_between: Num) -> Growth:
    """The compound growth per year of the comparator's value over the period."""
    return (1 + base_growth) ** (1 / years_between) - 1  # type: ignore[no-any-return]  # as above


@figure("base_mean_over_years", per=[BASE], only_with=VALUES)
def base_mean_as_stated(base_mean_stated: AtLast) -> Measured:
    """The mean of the comparator's values in the period, as published."""
    return base_mean_stated


@figure("base_mean_over_years", per=[BASE], no_answer=ONE_VALUE, only_with=VALUES)
def base_mean_over_years(base_value: Series, in_period: Series) -> Measured:
    """The mean of the comparator's values in the years of the period that have a value."""
    return where(total(in_period) > 1, weighted_mean(base_value, in_period), None)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE], only_with=VALUES)
def mean_difference(mean_stated: AtLast, base_mean_stated: AtLast) -> Measured:
    """The municipality's published mean above the comparator's of the same years; negative where it is below."""
    return mean_stated - base_mean_stated


@figure(per=[BASE], no_answer="the comparator's mean is zero", only_with=VALUES)
def mean_ratio(mean_stated: AtLast, base_mean_stated: AtLast) -> Ratio:
    """The municipality's published mean as a multiple of the comparator's of the same years."""
    return ratio(mean_stated, base_mean_stated)  # type: ignore[no-any-return]  # as above


@figure(per=[SERIES], step=True)
def growth_of_divisor(growth: Annotated[float, elsewhere(at_input={"series": "per"})]) -> Share:
    """The growth of the series that this one is divided by."""
    return growth


@figure(per=[SERIES], no_answer="the other series has fallen to zero", only_with=("per",))
def growth_per_unit(growth: Num, growth_of_divisor: Num) -> Share:
    """Growth per unit of the other series: both may have grown."""
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
    drawn=("growth",),
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
    subject="{municipality} {year}: change over the years",
    answer=(
        Lines(
            per=SERIES,
            templates=(
                BySign(
                    "growth",
                    (
                        (
                            "{series} rose by {change:if_share}{change:in_points}, from {first_value} in {from_year} "
                            "to {last_value} in {to_year}."
                        ),
                        "{series} rose by {growth:size} from {from_year} to {to_year}, or {growth_per_year:size}.",
                    ),
                    (
                        (
                            "{series} fell by {change:if_share}{change:in_points}, from {first_value} in {from_year} "
                            "to {last_value} in {to_year}."
                        ),
                        "{series} fell by {growth:size} from {from_year} to {to_year}, or {growth_per_year:size}.",
                    ),
                    "{series} did not change from {from_year} to {to_year}.",
                ),
            ),
        ),
    ),
    views=(
        SideBySide(
            heading="{series}",
            corner="{unit}",
            per="series",
            across="base",
            rows=(
                _cells("{year}", "{value:short}"),
                _cells("{from_year}, calculated", "{back_cast:short}"),
                _cells("{to_year}, calculated", "{carried_forward:short}"),
                _cells("change {from_year}–{to_year}", "{change:rises}"),
                _cells("growth", "{growth:change}"),
                _cells("compound growth per year", "{growth_per_year:change}"),
                _cells("mean of the years stated", "{mean_over_years:short}"),
                ("gap to comparator, {year}", "", "{difference:apart}"),
                ("ratio to comparator, {year}", "", "{ratio:times}"),
                ("gap between published means", "", "{mean_difference:apart}"),
                ("ratio of published means", "", "{mean_ratio:times}"),
            ),
        ),
    ),
    details=(
        Lines(
            per=SERIES,
            heading="Other ways to calculate it",
            templates=(
                "{series}, relative to {per!l}: {growth_per_unit:change} from {from_year} to {to_year}.",
                "{series}: {first_value} in {from_year} and {last_value} in {to_year}, in {price_year} prices.",
            ),
        ),
    ),
    labels={
        "back_cast": "calculated first value",
        "base_back_cast": "comparator's calculated first value",
        "base_carried_forward": "comparator's calculated last value",
        "base_change": "change for the comparator",
        "base_first_value": "comparator's first value",
        "base_growth": "comparator's growth",
        "base_growth_per_year": "comparator's growth per year",
        "base_growth_stated": "comparator's published growth",
        "base_last_value": "comparator's last value",
        "base_mean_over_years": "comparator's mean of the years",
        "base_mean_stated": "comparator's published mean",
        "base_stated": "comparator's stated value",
        "base_value": "comparator's value",
        "bases": "comparators",
        "carried_forward": "calculated last value",
        "difference": "difference from comparator",
        "difference_share": "difference in per cent",
        "from_year": "first year of the period",
        "growth_of_divisor": "growth of the other series",
        "growth_stated": "published growth",
        "mean_difference": "difference between means",
        "mean_over_years": "mean of the years",
        "mean_ratio": "ratio of the means",
        "mean_stated": "published mean",
        "own": "own values",
        "per": "series to divide by",
        "ratio": "ratio to comparator",
        "stated": "stated value",
        "to_year": "last year of the period",
    },
    caveats=(
        "The figures do not explain a change: the way of counting, or who is counted, may have changed.",
        "Growth per year is compound and does not describe the years in between.",
        "Amounts without a price year are in current prices, so price changes are part of their growth.",
    ),
)
