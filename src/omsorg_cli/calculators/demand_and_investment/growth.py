"""How many will need care, year by year, and at what cost.

From how many there are and how they grow until a target year: by the constant yearly growth that leads there, the
number in every year between, and with a unit cost what they cost. The Gardermoen presentation takes 5 000 recipients
to grow by about 50 per cent towards 2040: 7 500, which from 2023 is 2.41 per cent a year.

>>> number_at_target(now=5_000, multiplier=multiplier_by(increase_by=0.5))
7500.0
>>> round(yearly_growth(multiplier=1.5, years_to_target=2040 - 2023), 4)
0.0241

From a projection by age group: inhabitants times users per inhabitant, constant or on its way to a target, times hours
per user, times their cost. The change in cost since the first year is shared between population, coverage, hours per
user and prices, which add up to it. `--backtest` tests constant coverage on a past: Oslo had 5 589 users of home care
over 80 where it gave 7 080, a fifth fewer.

>>> gap = growth_by_age.backtest_gap(users_at_base=5_589, expected_users=7_080)
>>> round(growth_by_age.backtest_gap_share(gap, expected_users=7_080), 3)
-0.211

Growth BY 200 per cent (`increase_by`) is 3 times as many, growth TO 200 per cent (`increase_to`) is 2 times: where a
document leaves open which it means, state a row for each. It may also be an amount that comes on top (`added`: about
200 more dwellings in Bærum by 2036), or the number at the target. A saving, by technology or a joint service, is a
share of the cost. Population growth alone, at constant coverage, tells what of the growth it does not explain. A
coverage that changes (places per so many inhabitants) tells the places that are gone. Years before the base year and
after the target are left out: nothing is known of them. Nothing is discounted. Left out too: that growth is not even
from year to year, that needs per user change, and refunds.
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
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import elsewhere, figure
from omsorg_cli.core.helpers import where, within
from omsorg_cli.core.input_types import Loc
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
    PersonsChange,
    PersonsToday,
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
    NokPerUser,
    NokPerYear,
    Num,
    People,
    Places,
    Ratio,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.units import (
    Years as YearsUnit,
)
from omsorg_cli.core.view import Column, Grid, Years
from omsorg_cli.formulas.money import grown

BETWEEN = "in some of the years shown: only from the base year to the target year is anything known"


class Demand(Row):
    """Who needs care, and how they grow."""

    keys: ClassVar[tuple[str, ...]] = ("demand",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("increase_by",),
        ("increase_to",),
        ("added_number",),
        ("stated_at_target",),
    )
    optional: ClassVar[tuple[str, ...]] = ("unit_cost", "cost_now", "population_growth")

    demand: Key
    """Who or what grows."""
    label: Label = None
    """What people read."""
    now: PersonsToday = None
    """How many there are in the base year; a dwelling or a place counts as the person in it."""
    base_year: YearInput = None
    """The year that it grows from."""
    target_year: TargetYear = None
    """The year until which it grows."""
    increase_by: GapShare = None
    """The growth until the target year as a share of those there are: growth by 200 per cent is 3 times as many."""
    increase_to: CostRatio = None
    """Those of the target year, those there are being 1: growth to 200 per cent is 2 times as many."""
    added_number: PersonsChange = Field(None, alias="added")
    """How many come on top until the target year."""
    stated_at_target: PersonsToday = Field(None, alias="number_at_target")
    """How many there are in the target year."""
    unit_cost: CostPerUser = None
    """What each costs in a year."""
    cost_now: NokPerYearInput = None
    """What all of them cost in a year of today, where the cost of each is not known."""
    saving_share: ShareInput = default(0)
    """The share of the cost that technology or a joint service saves."""
    population_growth: GapShare = None
    """The growth of the population that they are of, from the base year to the target year."""

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
    """A coverage that has changed: places per so many inhabitants."""

    keys: ClassVar[tuple[str, ...]] = ("coverage",)
    optional: ClassVar[tuple[str, ...]] = ("covered_population",)

    coverage: Key
    """What covers."""
    label: Label = None
    """What people read."""
    before: PlacesCovered = None
    """The coverage before: places for every `per` inhabitants."""
    after: PlacesCovered = None
    """The coverage after: places for every `per` inhabitants."""
    per: Inhabitants = None
    """The inhabitants that the coverage is counted on, such as 1 000 or 10 000."""
    covered_population: Inhabitants = Field(None, alias="population")
    """The inhabitants whose places are asked for."""


class GrowthInputs(Inputs):
    """Inputs of the growth of demand."""

    first_year: YearInput = Field()
    """The first year that is shown."""
    years: Horizon = Field()
    """How many years are shown."""
    base_year: YearInput = None
    """The year that all grow from that do not state their own."""
    past_year: YearInput = None
    """A past year whose coverage is tested against the users of the base year."""
    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    price_growth: Rate = default(0)
    """Yearly growth of what an hour or a user costs, from the first year on."""
    demands: list[Demand] = Field(default_factory=no_rows)
    """Who needs care, by a stated growth."""
    populations: list[Population] = Field(default_factory=no_rows)
    """Inhabitants by age group and year, known or projected."""
    groups: list[AgeGroup] = Field(default_factory=no_rows)
    """Who of each age group uses a service."""
    coverages: list[Coverage] = Field(default_factory=no_rows)
    """Coverages that have changed."""

    @model_validator(mode="after")
    def _targets_come_later(self) -> Self:
        refuse(_faults_of_targets(self))
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
    """How many times as many there are in the target year, from what comes on top of those there are."""
    return 1 + increase_by


@figure("multiplier")
def multiplier_to(increase_to: Num) -> Ratio:
    """How many times as many there are in the target year, as stated."""
    return increase_to


@figure("multiplier")
def multiplier_with_added(now: Num, added_number: Num) -> Ratio:
    """How many times as many there are in the target year, from how many come on top."""
    return (now + added_number) / now


@figure("multiplier")
def multiplier_of_numbers(stated_at_target: Num, now: Num) -> Ratio:
    """How many times as many there are in the target year, from how many there are then."""
    return stated_at_target / now


def number_at_target(now: Num, multiplier: Num) -> People:
    """How many there are in the target year."""
    return now * multiplier


def added(number_at_target: Num, now: Num) -> People:
    """How many come on top until the target year."""
    return number_at_target - now


def growth_share(multiplier: Num) -> Share:
    """What comes on top until the target year, as a share of those there are."""
    return multiplier - 1


@figure(step=True, no_answer="the target year is not after the base year")
def years_to_target(base_year: Num, target_year: Num) -> YearsUnit:
    """The years from the base year to the target year."""
    return where(target_year > base_year, target_year - base_year, None)  # type: ignore[no-any-return]  # a number, or no answer


def yearly_growth(multiplier: Num, years_to_target: Num) -> Growth:
    """The constant yearly growth that leads to the target."""
    return multiplier ** (1 / years_to_target) - 1  # type: ignore[no-any-return]  # float ** float is Any to mypy


@figure(no_answer=BETWEEN)
def number(now: Num, yearly_growth: Num, base_year: Num, year: Num, target_year: Num) -> People:
    """How many there are in the year, at the constant yearly growth."""
    reached = now * grown(yearly_growth, year, base_year)
    return within(reached, year, base_year, target_year)  # type: ignore[no-any-return]  # as above


@figure("unit_cost")
def unit_cost_of_all(cost_now: Num, now: Num) -> NokPerUser:
    """What each costs in a year, from what all of them cost."""
    return cost_now / now


@figure("cost_now")
def cost_of_all(now: Num, unit_cost: Num) -> NokPerYear:
    """What those there are cost in a year, without the saving."""
    return now * unit_cost


def added_cost(added: Num, unit_cost: Num) -> NokPerYear:
    """What those that come on top cost in a year, without the saving.

    >>> added_cost(added=200, unit_cost=1_273_730)
    254746000
    """
    return added * unit_cost


def cost_at_target(number_at_target: Num, unit_cost: Num, saving_share: Num) -> NokPerYear:
    """What all of them cost in the target year, with the saving taken out."""
    return number_at_target * unit_cost * (1 - saving_share)


def saving_at_target(number_at_target: Num, unit_cost: Num, saving_share: Num) -> SavingPerYear:
    """What technology or a joint service saves in the target year."""
    return number_at_target * unit_cost * saving_share


@figure(no_answer=BETWEEN)
def cost(number: Num, unit_cost: Num, saving_share: Num) -> NokPerYear:
    """What they cost in the year, with the saving taken out."""
    return number * unit_cost * (1 - saving_share)


@figure(no_answer=BETWEEN)
def saving(number: Num, unit_cost: Num, saving_share: Num) -> SavingPerYear:
    """What technology or a joint service saves in the year."""
    return number * unit_cost * saving_share


InPrices = Annotated[float, elsewhere("prices", if_there=True)]
AtStart = Annotated[float, elsewhere("prices", at_input={"year": "first_year"}, if_there=True)]


@figure(per=[()], step=True)
def first_price_factor(price_factor: AtStart) -> Ratio:
    """How many times the prices of the index's base year those of the first year are."""
    return price_factor


@figure("current_cost", per=[DEMAND_YEAR], no_answer=BETWEEN)
def cost_in_current_prices(cost: Num, price_factor: InPrices, first_price_factor: Num) -> NokPerYear:
    """What they cost in the year in current prices, with the saving taken out."""
    return cost * price_factor / first_price_factor


@figure("current_care_cost", per=[("year",)])
def care_cost_in_current_prices(care_cost: Num, price_factor: InPrices, first_price_factor: Num) -> NokPerYear:
    """What the users of all services cost in the year in current prices."""
    return care_cost * price_factor / first_price_factor


@figure(step=True)
def number_at_constant_coverage(now: Num, population_growth: Num) -> People:
    """How many there would be in the target year if they grew as the population does."""
    return now * (1 + population_growth)


def beyond_constant_coverage(number_at_target: Num, number_at_constant_coverage: Num) -> People:
    """How many of the target year constant coverage misses: they grow more than the population."""
    return number_at_target - number_at_constant_coverage


def coverage_change(after: Num, before: Num) -> Share:
    """How much of the coverage has come on top; below zero, how much is gone.

    >>> round(coverage_change(after=7.4, before=11.4), 3)
    -0.351
    """
    return after / before - 1


def places_before(covered_population: Num, before: Num, per: Num) -> Places:
    """The places that the inhabitants would have at the coverage before."""
    return covered_population * before / per


def places_after(covered_population: Num, after: Num, per: Num) -> Places:
    """The places that the inhabitants have at the coverage after."""
    return covered_population * after / per


def places_gone(places_before: Num, places_after: Num) -> Places:
    """The places that the coverage before would have had and the one after has not."""
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
        care_cost_in_current_prices,
    ),
    views=(
        *growth_by_age.VIEWS,
        Grid(
            heading="Until the target year",
            rows=("demand",),
            columns=(
                Column("demand", "{demand}"),
                Column("now", "{now}", right=True),
                Column("until", "{target_year}"),
                Column("grows", "{multiplier:times}"),
                Column("to", "{number_at_target}", right=True),
                Column("which is", "{growth_share:changed}"),
                Column("each year", "{yearly_growth:changed}"),
                Column("beyond population growth", "{beyond_constant_coverage:above}"),
            ),
        ),
        Grid(
            heading="What it costs in a year",
            rows=("demand",),
            columns=(
                Column("demand", "{demand}"),
                Column("now", "{cost_now:short}"),
                Column("on top at the target", "{added_cost:above}"),
                Column("saving", "{saving_at_target:saving}"),
                Column("then", "{cost_at_target:short}"),
            ),
        ),
        Years(
            heading="Year by year, at a constant yearly growth",
            rows=(
                ("number", "number"),
                ("cost, {unit}", "cost"),
                ("cost in current prices, {unit}", "current_cost"),
                ("saving, {unit}", "saving"),
            ),
            drawn=("number",),
        ),
        Grid(
            heading="Coverage",
            rows=("coverage",),
            columns=(
                Column("coverage", "{coverage}"),
                Column("before", "{before}", right=True),
                Column("after", "{after}", right=True),
                Column("per", "{per}", right=True),
                Column("change", "{coverage_change:changed}"),
                Column("places", "{places_gone:fewer}"),
            ),
        ),
    ),
    caveats=(
        growth_by_age.OVERSHOT,
        "Growth is taken to be even from year to year; nobody has forecast the years between.",
        "Needs per user, refunds and the price of more staff are taken to stay as they are.",
    ),
)
