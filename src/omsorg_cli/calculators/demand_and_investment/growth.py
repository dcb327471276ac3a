"""How many will need care, year by year, and what it will cost.

From a number today and its growth until a target year, it calculates the number in every year between, at the constant
growth that leads there, and their cost. The Gardermoen presentation assumes that 5 000 recipients grow by about 50 per
cent by 2040: 7 500, which from 2023 is 2.41 per cent a year.

>>> number_at_target(now=5_000, multiplier=multiplier_by(increase_by=0.5))
7500.0
>>> round(yearly_growth(multiplier=1.5, years_to_target=2040 - 2023), 4)
0.0241

From a projection by age group: inhabitants times users per inhabitant, constant or on its way to a target, times hours
per user, times their cost. The change in cost since the first year is shared between population, coverage, hours per
user and prices, which add up to it. `--backtest` tests constant coverage on a past: Oslo had 5 589 home-care users aged
over 80 where it gave 7 080, a fifth fewer.

>>> gap = growth_by_age.backtest_gap(users_at_base=5_589, expected_users=7_080)
>>> round(growth_by_age.backtest_gap_share(gap, expected_users=7_080), 3)
-0.211

Growth BY 200 per cent (`increase_by`) is three times as many, and TO 200 per cent (`increase_to`) twice as many. Where
a document leaves open which it means, state a row for each. Growth may also be a number added (`added`: about 200 more
dwellings in Bærum by 2036), or the number in the target year. A saving, by technology or a joint service, is a share of
the cost. Years before the base year and after the target year are not calculated. With a discount rate, the cost of all
services has a present value: a real rate counts on fixed prices, a nominal one on current prices. Not included: uneven
growth, changes in need per user, and refunds.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.calculators.demand_and_investment import growth_by_age
from omsorg_cli.calculators.demand_and_investment.growth_by_age import (
    AgeGroup,
    Population,
    faults_of_groups,
)
from omsorg_cli.core.calculator import Calculator, Caveat
from omsorg_cli.core.discounting import RATES, faults_of_discounting
from omsorg_cli.core.figure import figure, in_prices, summed
from omsorg_cli.core.helpers import where, within
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    CostPerUser,
    CostRatio,
    GapShare,
    Horizon,
    HoursPerFte,
    Inhabitants,
    Key,
    Label,
    NokPerYearInput,
    PlacesCovered,
    Rate,
    ShareInput,
    TargetYear,
    YearInput,
    default,
    no_rows,
)
from omsorg_cli.core.units import (
    Growth,
    InRowsUnit,
    Nok,
    NokPerUser,
    NokPerYear,
    Num,
    Places,
    Ratio,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.units import (
    Years as YearsUnit,
)
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Years
from omsorg_cli.formulas.money import discounted, grown

BETWEEN = "only the years from the base year to the target year are calculated"


COUNTED = ("persons", "dwellings", "places")
CountedIn = Annotated[Stated | None, Kind("", "choice", choices=COUNTED, example="persons")]
Counted = Annotated[
    Stated | None, Kind("persons", low=0, low_open=True, example=300, usual=(1, 6_000_000), whole=True, by_row=True)
]
CountedMore = Annotated[Stated | None, Kind("persons", example=100, usual=(1, 1_000_000), whole=True, by_row=True)]


class Demand(Row):
    """A group that needs care, and how it grows."""

    keys: ClassVar[tuple[str, ...]] = ("demand",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("increase_by",),
        ("increase_to",),
        ("added_number",),
        ("stated_at_target",),
    )
    optional: ClassVar[tuple[str, ...]] = ("unit_cost", "cost_now", "population_growth")

    demand: Key
    """The group."""
    label: Label = None
    """The group's name in tables and sentences."""
    unit: CountedIn = default("persons")
    """What is counted: persons, dwellings or places."""
    now: Counted = None
    """The number in the base year."""
    base_year: YearInput = None
    """The base year."""
    target_year: TargetYear = None
    """The target year."""
    increase_by: GapShare = None
    """The growth until the target year, as a share of the number now: growth by 200 per cent is three times as many."""
    increase_to: CostRatio = None
    """The number in the target year, relative to the number now: growth to 200 per cent is twice as many."""
    added_number: CountedMore = Field(None, alias="added")
    """The increase until the target year."""
    stated_at_target: Counted = Field(None, alias="number_at_target")
    """The number in the target year."""
    unit_cost: CostPerUser = None
    """The yearly cost of each."""
    cost_now: NokPerYearInput = None
    """The yearly cost of all of them today, where the cost of each is not known."""
    saving_share: ShareInput = default(0)
    """The share of the cost saved by technology or a joint service."""
    population_growth: GapShare = None
    """Population growth from the base year to the target year."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse(_faults_of_demand(self))
        return self


def _faults_of_demand(item: Demand) -> Iterator[tuple[Loc, str]]:
    if item.unit_cost is not None and item.cost_now is not None:
        yield (), "found unit_cost + cost_now; allowed: one way to the cost"
    now, added = item.now, item.added_number
    if now is not None and added is not None and added.number <= -now.number:
        yield ("added",), f"found {added.number:g} beside {now.number:g} now; allowed: over {-now.number:g}"


class Coverage(Row):
    """A coverage rate that has changed."""

    keys: ClassVar[tuple[str, ...]] = ("coverage",)
    optional: ClassVar[tuple[str, ...]] = ("covered_population",)

    coverage: Key
    """The places."""
    label: Label = None
    """The name in tables and sentences."""
    before: PlacesCovered = None
    """Places per so many inhabitants, before."""
    after: PlacesCovered = None
    """Places per so many inhabitants, after."""
    per: Inhabitants = None
    """The number of inhabitants that coverage is stated for, such as 1 000."""
    covered_population: Inhabitants = Field(None, alias="population")
    """The inhabitants to calculate places for."""


class GrowthInputs(Inputs):
    """Inputs of the growth of demand."""

    optional: ClassVar[tuple[str, ...]] = RATES

    first_year: YearInput = Field()
    """The first year shown."""
    years: Horizon = Field()
    """The number of years shown."""
    discount_rate: Rate = None
    """A real rate at which later years count less, on fixed prices; without it, no present value is shown."""
    nominal_discount_rate: Rate = None
    """A nominal rate in its place, on current prices by the indexes in the table [prices]."""
    base_year: YearInput = None
    """The base year, where a row does not state its own."""
    past_year: YearInput = None
    """A past year whose coverage is tested against the users of the base year."""
    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    price_growth: Rate = default(0)
    """Yearly growth of what an hour or a user costs, from the first year on."""
    demands: list[Demand] = Field(default_factory=no_rows)
    """Groups that need care, with a stated growth."""
    populations: list[Population] = Field(default_factory=no_rows)
    """Inhabitants by age group and year, known or projected."""
    groups: list[AgeGroup] = Field(default_factory=no_rows)
    """Use of services by age group."""
    coverages: list[Coverage] = Field(default_factory=no_rows)
    """Coverages that have changed."""

    @model_validator(mode="after")
    def _targets_come_later(self) -> Self:
        refuse((*_faults_of_targets(self), *faults_of_discounting(self)))
        return self


def _faults_of_targets(table: GrowthInputs) -> Iterator[tuple[Loc, str]]:
    if not (table.demands or table.groups):
        yield (), say("has neither demands nor groups; allowed: rows of one or both")
    yield from faults_of_groups(table.groups, table.populations, table.base_year)
    for index, item in enumerate(table.demands):
        base = item.base_year or table.base_year
        if base is not None and item.target_year is not None and item.target_year.number <= base.number:
            found = f"found {item.target_year.number:g}, not after the base year {base.number:g}"
            yield ("demands", index, "target_year"), f"{found}; allowed: from {base.number + 1:g}"


DEMAND_YEAR = ("demand", "year")


@figure("multiplier")
def multiplier_by(increase_by: Num) -> Ratio:
    """The number in the target year as a multiple of the number now, from the growth."""
    return 1 + increase_by


@figure("multiplier")
def multiplier_to(increase_to: Num) -> Ratio:
    """The number in the target year as a multiple of the number now, as stated."""
    return increase_to


@figure("multiplier")
def multiplier_with_added(now: Num, added_number: Num) -> Ratio:
    """The number in the target year as a multiple of the number now, from the increase."""
    return (now + added_number) / now


@figure("multiplier")
def multiplier_of_numbers(stated_at_target: Num, now: Num) -> Ratio:
    """The number in the target year as a multiple of the number now."""
    return stated_at_target / now


def number_at_target(now: Num, multiplier: Num) -> InRowsUnit:
    """The number in the target year."""
    return now * multiplier


def added(number_at_target: Num, now: Num) -> InRowsUnit:
    """The increase until the target year."""
    return number_at_target - now


def growth_share(multiplier: Num) -> Share:
    """The growth until the target year, as a share of the number now."""
    return multiplier - 1


@figure(step=True, no_answer="the target year is not after the base year")
def years_to_target(base_year: Num, target_year: Num) -> YearsUnit:
    """The years from the base year to the target year."""
    return where(target_year > base_year, target_year - base_year, None)  # type: ignore[no-any-return]  # a number, or no answer


def yearly_growth(multiplier: Num, years_to_target: Num) -> Growth:
    """The constant yearly growth that leads to the target."""
    return multiplier ** (1 / years_to_target) - 1  # type: ignore[no-any-return]  # float ** float is Any to mypy


@figure(no_answer=BETWEEN)
def number(now: Num, yearly_growth: Num, base_year: Num, year: Num, target_year: Num) -> InRowsUnit:
    """The number in the year, at constant growth."""
    reached = now * grown(yearly_growth, year, base_year)
    return within(reached, year, base_year, target_year)  # type: ignore[no-any-return]  # as above


@figure("unit_cost")
def unit_cost_of_all(cost_now: Num, now: Num) -> NokPerUser:
    """The yearly cost of each, from the cost of all."""
    return cost_now / now


@figure("cost_now")
def cost_of_all(now: Num, unit_cost: Num) -> NokPerYear:
    """The yearly cost of the number now, before the saving."""
    return now * unit_cost


def added_cost(added: Num, unit_cost: Num) -> NokPerYear:
    """The yearly cost of the increase, before the saving.

    >>> added_cost(added=200, unit_cost=1_273_730)
    254746000
    """
    return added * unit_cost


def cost_at_target(number_at_target: Num, unit_cost: Num, saving_share: Num) -> NokPerYear:
    """The cost in the target year, after the saving."""
    return number_at_target * unit_cost * (1 - saving_share)


def saving_at_target(number_at_target: Num, unit_cost: Num, saving_share: Num) -> SavingPerYear:
    """The saving by technology or a joint service in the target year."""
    return number_at_target * unit_cost * saving_share


@figure(no_answer=BETWEEN)
def cost(number: Num, unit_cost: Num, saving_share: Num) -> NokPerYear:
    """The cost in the year, after the saving."""
    return number * unit_cost * (1 - saving_share)


@figure(no_answer=BETWEEN)
def saving(number: Num, unit_cost: Num, saving_share: Num) -> SavingPerYear:
    """The saving by technology or a joint service in the year."""
    return number * unit_cost * saving_share


COSTS = ("unit_cost", "cost_now")
InPrices = Annotated[float, in_prices(*COSTS)]
AtStart = Annotated[float, in_prices(*COSTS, year="first_year")]


@figure(per=[("demand",)], step=True)
def first_price_factor(price_factor: AtStart) -> Ratio:
    """Prices in the first year relative to the base year of the indexes."""
    return price_factor


@figure("current_cost", per=[DEMAND_YEAR], no_answer=BETWEEN)
def cost_in_current_prices(cost: Num, price_factor: InPrices, first_price_factor: Num) -> NokPerYear:
    """The cost in the year in current prices, after the saving."""
    return cost * price_factor / first_price_factor


@figure("present_care_cost", per=[("year",)], only_with=RATES)
def present_cost_of_fixed_prices(care_cost: Num, discount_rate: Num, year: Num, first_year: Num) -> NokPerYear:
    """What the cost of all services in the year, in fixed prices, is worth at the start at the real rate."""
    return care_cost * discounted(discount_rate, year, first_year)


@figure("present_care_cost", per=[("year",)], only_with=RATES)
def present_cost_of_current_prices(
    current_care_cost: Num, nominal_discount_rate: Num, year: Num, first_year: Num
) -> NokPerYear:
    """What the cost of all services in the year, in current prices, is worth at the start at the nominal rate."""
    return current_care_cost * discounted(nominal_discount_rate, year, first_year)


@figure(step=True)
def number_at_constant_coverage(now: Num, population_growth: Num) -> InRowsUnit:
    """The number in the target year if it grew with the population."""
    return now * (1 + population_growth)


def beyond_constant_coverage(number_at_target: Num, number_at_constant_coverage: Num) -> InRowsUnit:
    """The number in the target year above what constant coverage gives."""
    return number_at_target - number_at_constant_coverage


def coverage_change(after: Num, before: Num) -> Share:
    """The change in coverage; negative where it has fallen.

    >>> round(coverage_change(after=7.4, before=11.4), 3)
    -0.351
    """
    return after / before - 1


def places_before(covered_population: Num, before: Num, per: Num) -> Places:
    """Places for the inhabitants at the coverage before."""
    return covered_population * before / per


def places_after(covered_population: Num, after: Num, per: Num) -> Places:
    """Places for the inhabitants at the coverage after."""
    return covered_population * after / per


def places_gone(places_before: Num, places_after: Num) -> Places:
    """Places lost by the change in coverage."""
    return places_before - places_after


CALCULATOR = Calculator(
    name="growth",
    title="Growth of demand",
    inputs=GrowthInputs,
    keys=("demand", "coverage", "service", "age", "year"),
    scenario="gardermoen",
    headlines=("number_at_target", "cost_at_target"),
    horizon=("first_year", "years"),
    uses=("prices",),
    current={"cost": "current_cost", "care_cost": "current_care_cost"},
    present=("present_care_cost",),
    parts={
        "backtest": (
            "Show only how constant coverage from a past year fits what happened.",
            ("expected_users", "users_at_base", "backtest_gap", "backtest_gap_share"),
        )
    },
    formulas=(
        multiplier_by,
        multiplier_to,
        multiplier_with_added,
        multiplier_of_numbers,
        number_at_target,
        added,
        growth_share,
        years_to_target,
        yearly_growth,
        number,
        unit_cost_of_all,
        cost_of_all,
        added_cost,
        cost_at_target,
        saving_at_target,
        cost,
        saving,
        first_price_factor,
        cost_in_current_prices,
        number_at_constant_coverage,
        beyond_constant_coverage,
        coverage_change,
        places_before,
        places_after,
        places_gone,
        *growth_by_age.FORMULAS,
        present_cost_of_fixed_prices,
        present_cost_of_current_prices,
        summed("care_cost", Nok, ()),
        summed("current_care_cost", Nok, ()),
        summed("present_care_cost", Nok, ()),
    ),
    subject="{municipality}: growth of demand",
    answer=(
        Lines(
            per=("demand",),
            templates=(
                BySign(
                    "added",
                    above="{demand!s}: {number_at_target:prose} in {target_year}, an increase of {added:prose}.",
                    below="{demand!s}: {number_at_target:prose} in {target_year}, a decrease of {added:prose}.",
                    zero="{demand!s}: {number_at_target:prose} in {target_year}, as many as today.",
                ),
            ),
        ),
        Lines(
            per=("service", "age"),
            templates=(
                BySign(
                    "backtest_gap_share",
                    above="{service}, {age}: {backtest_gap_share:share} more users than constant coverage gave.",
                    below="{service}, {age}: {backtest_gap_share:share} fewer users than constant coverage gave.",
                    zero="{service}, {age}: as many users as constant coverage gave.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            heading="Until the target year",
            rows=("demand",),
            columns=(
                Column("group", "{demand!s}"),
                Column("base year", "{base_year}"),
                Column("number", "{now}", right=True),
                Column("target year", "{target_year}"),
                Column("number", "{number_at_target}", right=True),
                Column("growth", "{growth_share:change}", right=True),
                Column("per year", "{yearly_growth:change}", right=True),
            ),
        ),
        Grid(
            heading="Cost",
            rows=("demand",),
            columns=(
                Column("{unit}", "{demand!s}"),
                Column("today", "{cost_now:scaled}", right=True),
                Column("increase", "{added_cost:scaled}", right=True),
                Column("saving", "{saving_at_target:scaled}", right=True, unless_zero="saving_at_target"),
                Column("in the target year", "{cost_at_target:scaled}", right=True),
            ),
        ),
        *growth_by_age.VIEWS,
    ),
    details=(
        Lines(
            per=("demand",),
            templates=(
                BySign(
                    "beyond_constant_coverage",
                    above="{demand!s}: {beyond_constant_coverage:prose} more than at constant coverage.",
                    below="{demand!s}: {beyond_constant_coverage:prose} fewer than at constant coverage.",
                    zero="{demand!s}: as many as at constant coverage.",
                ),
            ),
        ),
        Years(
            heading="By year, at constant growth",
            rows=(
                ("number, {counted}", "number"),
                ("cost, {unit}", "cost"),
                ("cost in current prices, {unit}", "current_cost"),
                ("saving, {unit}", "saving"),
            ),
            drawn=("number",),
            lines=True,
        ),
        Grid(
            heading="Coverage",
            rows=("coverage",),
            columns=(
                Column("what", "{coverage}"),
                Column("before", "{before}", right=True),
                Column("after", "{after}", right=True),
                Column("per", "{per}", right=True),
                Column("change", "{coverage_change:changed}"),
                Column("places", "{places_gone:fewer}"),
            ),
        ),
    ),
    labels={
        "unit": "what is counted",
        "added": "increase",
        "added_cost": "cost of the increase",
        "added_number": "increase",
        "after": "coverage after",
        "age": "age group",
        "backtest_gap": "difference from constant coverage",
        "backtest_gap_share": "difference in per cent",
        "base_inhabitants": "inhabitants in the base year",
        "before": "coverage before",
        "beyond_constant_coverage": "beyond constant coverage",
        "care_cost": "cost, all services",
        "care_price_factor_at_start": "price factor, first year",
        "cost_at_target": "cost in the target year",
        "cost_now": "cost now",
        "coverage_at_base": "coverage in the base year",
        "coverage_at_start": "coverage in the first year",
        "coverage_change": "change in coverage",
        "coverage_in_year": "coverage in the year",
        "coverage_now": "coverage in the base year",
        "coverage_year": "target year",
        "covered_population": "inhabitants covered",
        "current_care_cost": "cost in current prices",
        "current_cost": "cost in current prices",
        "demand": "group",
        "expected_users": "users at constant coverage",
        "first_price_factor": "price factor, first year",
        "growth_share": "growth until the target year",
        "hour_cost": "cost per hour",
        "hours_now": "hours per user",
        "increase_by": "growth until the target year",
        "increase_to": "level in the target year",
        "inhabitants_at_start": "inhabitants in the first year",
        "multiplier": "number relative to base year",
        "now": "number now",
        "number_at_constant_coverage": "number at constant coverage",
        "nominal_discount_rate": "nominal discount rate",
        "number_at_target": "number in the target year",
        "part_of_coverage": "change: coverage",
        "part_of_intensity": "change: hours per user",
        "part_of_population": "change: inhabitants",
        "part_of_price": "change: prices",
        "past_inhabitants": "inhabitants in the past year",
        "past_users": "users in the past year",
        "per": "inhabitants counted on",
        "places_gone": "places lost",
        "present_care_cost": "cost, present value",
        "price_at_start": "price in the first year",
        "price_growth": "price growth per year",
        "price_of_unit": "price in the year",
        "saving_at_target": "saving in the target year",
        "saving_share": "saving by technology",
        "stated_at_target": "number in the target year",
        "target_coverage": "coverage in the target year",
        "target_hours": "target hours per user",
        "unit_cost": "cost of each",
        "units_at_start": "hours in the first year",
        "units_per_user": "hours per user",
        "user_cost": "cost per user",
        "users_at_base": "users in the base year",
        "users_now": "users in the base year",
        "way_to_target": "way to the target",
        "yearly_growth": "growth per year",
        "years_to_target": "years to the target",
    },
    caveats=(
        Caveat(
            "Growth is assumed to be even from year to year; the years in between have not been projected.",
            "yearly_growth",
            "number",
        ),
        "Need per user, refunds and the cost of recruiting more staff are assumed not to change.",
        growth_by_age.OVERSHOT,
    ),
)
