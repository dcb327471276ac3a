"""What a projection of inhabitants by age means for a service: users, places, hours, FTE and kroner, year by year."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import elsewhere, figure, in_prices, summed
from omsorg_cli.core.helpers import maximum, minimum, ratio
from omsorg_cli.core.input_types import Loc, Stated
from omsorg_cli.core.inputs import Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    CostPerHour,
    CostPerUser,
    HoursPerUserInput,
    Inhabitants,
    Key,
    Label,
    Persons,
    PersonsToday,
    ShareInput,
    YearInput,
)
from omsorg_cli.core.units import (
    Fte,
    Hours,
    HoursPerUser,
    NokPerHour,
    NokPerYear,
    Num,
    People,
    Places,
    Ratio,
    Share,
)
from omsorg_cli.core.units import Inhabitants as InhabitantsUnit
from omsorg_cli.core.view import Column, Grid, Years
from omsorg_cli.formulas.money import grown
from omsorg_cli.formulas.shapley import part_of_one_of_four

OVERSHOT = (
    "Projections at constant coverage have been too high: in Oslo, Stavanger, Haugesund and Sandnes, there were "
    "17% to 31% fewer home-care users aged over 80 in 2025 than the coverage of 2015 implied."
)
"""What has become of the most common assumption."""


class Population(Row):
    """Inhabitants of an age group in one year, known or projected."""

    keys: ClassVar[tuple[str, ...]] = ("age", "year")

    age: Key
    """The age group."""
    year: int = Field(ge=1900, le=2200)
    """The year."""
    inhabitants: Inhabitants = None
    """Inhabitants of the age group in the year."""


class AgeGroup(Row):
    """One age group's use of a service, and its cost."""

    keys: ClassVar[tuple[str, ...]] = ("service", "age")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("users_now",), ("coverage_now",))
    optional: ClassVar[tuple[str, ...]] = (
        "target_coverage",
        "coverage_year",
        "hours_now",
        "target_hours",
        "hour_cost",
        "user_cost",
        "places_per_user",
        "past_users",
        "expected_users",
    )

    service: Key
    """The service."""
    age: Key
    """The age group."""
    label: Label = None
    """The service's name in tables and sentences."""
    users_now: PersonsToday = Field(None, alias="users")
    """Users in the base year."""
    coverage_now: ShareInput = Field(None, alias="coverage")
    """Users per inhabitant in the base year."""
    target_coverage: ShareInput = None
    """Users per inhabitant in the target year; without it, coverage stays as it is."""
    target_hours: HoursPerUserInput = Field(None, alias="target_hours_per_user")
    """Hours per user in the target year; without it, they stay as they are."""
    coverage_year: YearInput = Field(None, alias="target_year")
    """The year in which coverage and hours per user reach their targets, in even steps."""
    hours_now: HoursPerUserInput = Field(None, alias="hours_per_user")
    """Hours per user in a year, in the base year."""
    hour_cost: CostPerHour = Field(None, alias="hourly_cost")
    """Cost per hour in the first year."""
    user_cost: CostPerUser = Field(None, alias="cost_per_user")
    """Yearly cost per user in the first year, where hours are not known."""
    places_per_user: ShareInput = None
    """Places per user, where the service is one with places."""
    past_users: Persons = None
    """Users in the past year, to test constant coverage."""
    expected_users: PersonsToday = None
    """Users that constant coverage gave for the base year, where the inhabitants of the past year are not stated."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        refuse(_faults_of_group(self))
        return self


def _faults_of_group(item: AgeGroup) -> Iterator[tuple[Loc, str]]:
    targets = [name for name in ("target_coverage", "target_hours") if getattr(item, name) is not None]
    if targets and item.coverage_year is None:
        yield ("target_year",), say("is missing beside a target; say in which year it is reached")
    if item.coverage_year is not None and not targets:
        yield ("target_year",), say("found a target year without a target; allowed: both or neither")
    if item.target_hours is not None and item.hours_now is None:
        yield ("target_hours_per_user",), say("found a target without hours_per_user; allowed: both or neither")
    if item.hour_cost is not None and item.hours_now is None:
        yield ("hourly_cost",), say("found hourly_cost without hours_per_user; allowed: both, or cost_per_user")
    if item.user_cost is not None and item.hour_cost is not None:
        yield (), say("found cost_per_user and hourly_cost; allowed: one way to the cost")
    if item.user_cost is not None and item.target_hours is not None:
        yield (), say("found cost_per_user beside hours that change; allowed: hourly_cost")
    if item.past_users is not None and item.expected_users is not None:
        yield (), say("found past_users and expected_users; allowed: one way to what constant coverage gave")


def faults_of_groups(
    groups: Sequence[AgeGroup], populations: Sequence[Population], base_year: Stated | None
) -> Iterator[tuple[Loc, str]]:
    """A group needs inhabitants, and a target that comes after the base year."""
    ages = {row.age for row in populations}
    for index, item in enumerate(groups):
        if populations and item.age not in ages:
            yield ("groups", index, "age"), say("{age} has no rows under populations", age=item.age)
        if base_year is not None and item.coverage_year is not None and item.coverage_year.number <= base_year.number:
            years = {"found": f"{item.coverage_year.number:.0f}", "year": f"{base_year.number:.0f}"}
            told = say("found {found}, not after the base year {year}; allowed: a later year", **years)
            yield ("groups", index, "target_year"), told


GROUP, GROUP_YEAR = ("service", "age"), ("service", "age", "year")
AtBase = elsewhere(at_input={"year": "base_year"})
AtPast = elsewhere(at_input={"year": "past_year"})
AtStart = elsewhere(at_input={"year": "first_year"})


@figure(per=[GROUP], step=True)
def base_inhabitants(inhabitants: Annotated[float, AtBase]) -> InhabitantsUnit:
    """Inhabitants of the age group in the base year."""
    return inhabitants


@figure(per=[GROUP], step=True, only_with=("past_users",))
def past_inhabitants(inhabitants: Annotated[float, AtPast]) -> InhabitantsUnit:
    """Inhabitants of the age group in the past year."""
    return inhabitants


@figure("coverage_at_base", per=[GROUP])
def coverage_as_stated(coverage_now: Num) -> Share:
    """Users per inhabitant in the base year."""
    return coverage_now


@figure("coverage_at_base", per=[GROUP])
def coverage_of_users(users_now: Num, base_inhabitants: Num) -> Share:
    """Users per inhabitant in the base year."""
    return users_now / base_inhabitants


@figure("users_at_base", per=[GROUP])
def users_as_stated(users_now: Num) -> People:
    """Users in the base year."""
    return users_now


@figure("users_at_base", per=[GROUP])
def users_of_coverage(coverage_now: Num, base_inhabitants: Num) -> People:
    """Users in the base year."""
    return coverage_now * base_inhabitants


@figure("expected_users", per=[GROUP], only_with=("past_users",))
def users_at_past_coverage(past_users: Num, past_inhabitants: Num, base_inhabitants: Num) -> People:
    """Users that the coverage of the past year gives for the base year."""
    return past_users / past_inhabitants * base_inhabitants


@figure(per=[GROUP], only_with=("past_users", "expected_users"))
def backtest_gap(users_at_base: Num, expected_users: Num) -> People:
    """Users in the base year above what constant coverage gave; negative where there were fewer."""
    return users_at_base - expected_users


@figure(per=[GROUP], only_with=("past_users", "expected_users"), no_answer="constant coverage gave no users")
def backtest_gap_share(backtest_gap: Num, expected_users: Num) -> Share:
    """Users in the base year above what constant coverage gave, as a share."""
    return ratio(backtest_gap, expected_users)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[GROUP_YEAR], step=True)
def way_to_target(coverage_year: Num, base_year: Num, year: Num) -> Share:
    """The share of the way from the base year to the target year."""
    way = ratio(year - base_year, coverage_year - base_year)
    return minimum(maximum(way, 0), 1)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("coverage_in_year", per=[GROUP_YEAR])
def coverage_towards_target(coverage_at_base: Num, target_coverage: Num, way_to_target: Num) -> Share:
    """Users per inhabitant in the year, in even steps to the target."""
    return coverage_at_base + (target_coverage - coverage_at_base) * way_to_target


@figure("coverage_in_year", per=[GROUP_YEAR])
def constant_coverage(coverage_at_base: Num) -> Share:
    """Users per inhabitant in the year: as in the base year."""
    return coverage_at_base


@figure("hours_per_user", per=[GROUP_YEAR])
def hours_towards_target(hours_now: Num, target_hours: Num, way_to_target: Num) -> HoursPerUser:
    """Hours per user in the year, in even steps to the target."""
    return hours_now + (target_hours - hours_now) * way_to_target


@figure("hours_per_user", per=[GROUP_YEAR])
def constant_hours(hours_now: Num) -> HoursPerUser:
    """Hours per user in the year: as in the base year."""
    return hours_now


@figure("price_of_unit", per=[GROUP_YEAR], step=True)
def price_of_hour(hour_cost: Num, price_growth: Num, year: Num, first_year: Num) -> NokPerHour:
    """Cost per hour in the year."""
    return hour_cost * grown(price_growth, year, first_year)


@figure("price_of_unit", per=[GROUP_YEAR], step=True)
def price_of_user_by_hour(
    user_cost: Num, hours_per_user: Num, price_growth: Num, year: Num, first_year: Num
) -> NokPerHour:
    """Cost per hour in the year, from the cost per user."""
    return user_cost * grown(price_growth, year, first_year) / hours_per_user


@figure("price_of_unit", per=[GROUP_YEAR], step=True)
def price_of_user(user_cost: Num, price_growth: Num, year: Num, first_year: Num) -> NokPerHour:
    """Cost per user in the year."""
    return user_cost * grown(price_growth, year, first_year)


@figure("units_per_user", per=[GROUP_YEAR], step=True)
def hours_as_units(hours_per_user: Num) -> HoursPerUser:
    """The hours per user that the price is paid for."""
    return hours_per_user


@figure("units_per_user", per=[GROUP_YEAR], step=True)
def user_as_unit() -> HoursPerUser:
    """One user, where hours are not known."""
    return 1.0


@figure(per=[GROUP_YEAR])
def users(inhabitants: Num, coverage_in_year: Num) -> People:
    """Users in the year."""
    return inhabitants * coverage_in_year


@figure(per=[GROUP_YEAR], only_with=("places_per_user",))
def places(users: Num, places_per_user: Num) -> Places:
    """Places that the users need in the year."""
    return users * places_per_user


@figure(per=[GROUP_YEAR], only_with=("hours_now",))
def hours(users: Num, hours_per_user: Num) -> Hours:
    """Hours granted in the year."""
    return users * hours_per_user


@figure(per=[GROUP_YEAR], only_with=("hours_now",))
def fte(hours: Num, hours_per_fte: Num) -> Fte:
    """FTE that the hours take in the year."""
    return hours / hours_per_fte


@figure(per=[GROUP_YEAR], only_with=("user_cost", "hour_cost"))
def care_cost(users: Num, units_per_user: Num, price_of_unit: Num) -> NokPerYear:
    """The cost of the service in the year."""
    return users * units_per_user * price_of_unit


PRICED = ("user_cost", "hour_cost")


@figure(per=[GROUP], step=True, only_with=PRICED)
def care_price_factor_at_start(price_factor: Annotated[float, in_prices(*PRICED, year="first_year")]) -> Ratio:
    """Prices in the first year relative to the base year of the indexes, by what the cost follows."""
    return price_factor


@figure("current_care_cost", per=[GROUP_YEAR], only_with=PRICED)
def care_cost_in_current_prices(
    care_cost: Num, price_factor: Annotated[float, in_prices(*PRICED)], care_price_factor_at_start: Num
) -> NokPerYear:
    """The cost of the service in the year, in current prices."""
    return care_cost * price_factor / care_price_factor_at_start


@figure(per=[GROUP], step=True, only_with=PRICED)
def inhabitants_at_start(inhabitants: Annotated[float, AtStart]) -> InhabitantsUnit:
    """Inhabitants of the age group in the first year."""
    return inhabitants


@figure(per=[GROUP], step=True, only_with=PRICED)
def coverage_at_start(coverage_in_year: Annotated[float, AtStart]) -> Share:
    """Users per inhabitant in the first year."""
    return coverage_in_year


@figure(per=[GROUP], step=True, only_with=PRICED)
def units_at_start(units_per_user: Annotated[float, AtStart]) -> HoursPerUser:
    """The hours per user that the price is paid for, in the first year."""
    return units_per_user


@figure(per=[GROUP], step=True, only_with=PRICED)
def price_at_start(price_of_unit: Annotated[float, AtStart]) -> NokPerHour:
    """Cost per hour or per user in the first year."""
    return price_of_unit


@figure("part_of_population", per=[GROUP_YEAR], only_with=PRICED)
def by_population(
    inhabitants: Num,
    inhabitants_at_start: Num,
    coverage_in_year: Num,
    coverage_at_start: Num,
    units_per_user: Num,
    units_at_start: Num,
    price_of_unit: Num,
    price_at_start: Num,
) -> NokPerYear:
    """The part of the change in cost since the first year that is due to the number of inhabitants."""
    coverage, intensity = (coverage_in_year, coverage_at_start), (units_per_user, units_at_start)
    price = price_of_unit, price_at_start
    return part_of_one_of_four(inhabitants, inhabitants_at_start, coverage, intensity, price)


@figure("part_of_coverage", per=[GROUP_YEAR], only_with=PRICED)
def by_coverage(
    coverage_in_year: Num,
    coverage_at_start: Num,
    inhabitants: Num,
    inhabitants_at_start: Num,
    units_per_user: Num,
    units_at_start: Num,
    price_of_unit: Num,
    price_at_start: Num,
) -> NokPerYear:
    """The part of the change in cost since the first year that is due to coverage."""
    population, intensity = (inhabitants, inhabitants_at_start), (units_per_user, units_at_start)
    price = price_of_unit, price_at_start
    return part_of_one_of_four(coverage_in_year, coverage_at_start, population, intensity, price)


@figure("part_of_intensity", per=[GROUP_YEAR], only_with=PRICED)
def by_intensity(
    units_per_user: Num,
    units_at_start: Num,
    inhabitants: Num,
    inhabitants_at_start: Num,
    coverage_in_year: Num,
    coverage_at_start: Num,
    price_of_unit: Num,
    price_at_start: Num,
) -> NokPerYear:
    """The part of the change in cost since the first year that is due to hours per user."""
    population, coverage = (inhabitants, inhabitants_at_start), (coverage_in_year, coverage_at_start)
    price = price_of_unit, price_at_start
    return part_of_one_of_four(units_per_user, units_at_start, population, coverage, price)


@figure("part_of_price", per=[GROUP_YEAR], only_with=PRICED)
def by_price(
    price_of_unit: Num,
    price_at_start: Num,
    inhabitants: Num,
    inhabitants_at_start: Num,
    coverage_in_year: Num,
    coverage_at_start: Num,
    units_per_user: Num,
    units_at_start: Num,
) -> NokPerYear:
    """The part of the change in cost since the first year that is due to prices."""
    population, coverage = (inhabitants, inhabitants_at_start), (coverage_in_year, coverage_at_start)
    intensity = units_per_user, units_at_start
    return part_of_one_of_four(price_of_unit, price_at_start, population, coverage, intensity)


FORMULAS = (
    base_inhabitants,
    past_inhabitants,
    coverage_as_stated,
    coverage_of_users,
    users_as_stated,
    users_of_coverage,
    users_at_past_coverage,
    backtest_gap,
    backtest_gap_share,
    way_to_target,
    coverage_towards_target,
    constant_coverage,
    hours_towards_target,
    constant_hours,
    hours_as_units,
    user_as_unit,
    price_of_hour,
    price_of_user_by_hour,
    price_of_user,
    users,
    summed("users", People, ("service", "year")),
    places,
    summed("places", Places, ("service", "year"), ("year",)),
    hours,
    summed("hours", Hours, ("service", "year"), ("year",)),
    fte,
    summed("fte", Fte, ("service", "year"), ("year",)),
    care_cost,
    summed("care_cost", NokPerYear, ("service", "year"), ("year",)),
    care_price_factor_at_start,
    care_cost_in_current_prices,
    summed("current_care_cost", NokPerYear, ("service", "year"), ("year",)),
    inhabitants_at_start,
    coverage_at_start,
    units_at_start,
    price_at_start,
    by_population,
    summed("part_of_population", NokPerYear, ("service", "year"), ("year",)),
    by_coverage,
    summed("part_of_coverage", NokPerYear, ("service", "year"), ("year",)),
    by_intensity,
    summed("part_of_intensity", NokPerYear, ("service", "year"), ("year",)),
    by_price,
    summed("part_of_price", NokPerYear, ("service", "year"), ("year",)),
)

VIEWS = (
    Years(heading="Users", rows=(("users", "users"),), drawn=("users",), lines=True),
    Years(heading="Places and FTE", rows=(("places", "places"), ("FTE", "fte")), drawn=("fte",)),
    Years(
        heading="Cost, {unit}",
        rows=(
            ("cost", "care_cost"),
            ("cost in current prices", "current_care_cost"),
            ("cost, present value", "present_care_cost"),
            ("change: inhabitants", "part_of_population"),
            ("change: coverage", "part_of_coverage"),
            ("change: hours per user", "part_of_intensity"),
            ("change: prices", "part_of_price"),
        ),
        drawn=("care_cost",),
    ),
    Grid(
        heading="Back-test of constant coverage",
        rows=("service", "age"),
        columns=(
            Column("service", "{service}"),
            Column("age", "{age}"),
            Column("past users", "{past_users:number}", right=True),
            Column("expected users", "{expected_users:number}", right=True),
            Column("actual users", "{users_at_base:number}", right=True),
            Column("difference", "{backtest_gap_share:change}", right=True),
        ),
    ),
)
"""What is shown of age groups."""
