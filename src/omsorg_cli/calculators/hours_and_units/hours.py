"""How many hours are granted, and what if it were others'.

Users times the hours that each is granted, for each service, beside another municipality. The audit of Bærum (2017,
table 3-2) finds 312 people with developmental disabilities who are granted 2 659 hours a year each, Drammen 252 with
1 321. At the same number of users, Drammen's hours per user would be 417 456 hours fewer:

>>> gap_at_base_hours_per_user(users=312, hours_per_user=2_659, base_hours_per_user=1_321)
417456

But Drammen grants the service to more of its inhabitants. With Drammen's coverage as well, the difference is little
more than half of that, since 252 users of 68 363 inhabitants are 457 of Bærum's 124 008:

>>> users = users_at_base_coverage(base_users=252, population=124_008, base_population=68_363)
>>> round(users), round(gap_at_both(hours=829_608, users_at_base_coverage=users, base_hours_per_user=1_321))
(457, 225754)

So three questions have three answers: what if each user were granted the base's hours, what if as many were users as
in the base, what if both. In kroner, hours count at what an hour of the service costs where that is known, else at the
average wage. Left out: whether granted hours are hours delivered, whether users need the same, and that users of a
year are more than users at a time.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import ratio, total
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import (
    CostPerHour,
    HoursPerFte,
    HoursPerUserInput,
    Key,
    Label,
    Persons,
    Population,
    Wage,
    Weeks,
    default,
    no_rows,
)
from omsorg_cli.core.units import (
    Hours,
    HoursPerInhabitant,
    HoursPerUserWeek,
    NokPerHour,
    Num,
    People,
    PerThousand,
    Ratio,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.view import Column, Grid, Lines
from omsorg_cli.formulas.wages import cost_of_an_hour

BASE, SERVICE, BOTH = ("base",), ("service",), ("base", "service")
THOUSAND = 1_000


class BaseService(Row):
    """A service in the base."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, as the own municipality has it."""
    base_users: Persons = Field(None, alias="users")
    """Who receives the service in the base in a year."""
    base_hours_per_user: HoursPerUserInput = Field(None, alias="hours_per_user")
    """Hours granted to each user of the base in a year."""


class Base(Row):
    """A municipality that is compared with."""

    keys: ClassVar[tuple[str, ...]] = BASE

    base: Key
    """What is compared with."""
    label: Label = None
    """What people read for the base."""
    base_population: Population = Field(None, alias="population")
    """Inhabitants of the base."""
    services: list[BaseService] = Field(min_length=1)
    """The services in the base."""


class Service(Row):
    """A service in the own municipality."""

    keys: ClassVar[tuple[str, ...]] = SERVICE
    optional: ClassVar[tuple[str, ...]] = ("hourly_cost",)

    service: Key
    """The service."""
    label: Label = None
    """What people read for the service."""
    users: Persons = None
    """Who receives the service in a year."""
    hours_per_user: HoursPerUserInput = None
    """Hours granted to each user in a year."""
    hourly_cost: CostPerHour = None
    """What an hour of the service costs; without it, an hour counts at the average wage."""


class HoursInputs(Inputs):
    """Inputs of the comparison of hours."""

    population: Population = None
    """Inhabitants of the municipality."""
    users_twice: Annotated[Stated | None, Kind("persons", low=0, example=0, usual=(1, 400_000), whole=True)] = None
    """Users counted once too often, since they receive more than one of the services."""
    weeks: Weeks = default(52)
    """Weeks of service in a year."""
    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year."""
    bases: list[Base] = Field(default_factory=no_rows)
    """What the municipality is compared with."""
    services: list[Service] = Field(min_length=1)
    """The services."""

    @model_validator(mode="after")
    def _services_are_known(self) -> Self:
        refuse([*_unknown_services(self), *_too_many(self)])
        return self


def _unknown_services(table: HoursInputs) -> Iterator[tuple[Loc, str]]:
    known = [item.service for item in table.services]
    for index, base in enumerate(table.bases):
        for place, item in enumerate(base.services):
            if item.service not in known:
                told = unknown(item.service, known, "none of the own services")
                yield ("bases", index, "services", place, "service"), told


def _too_many(table: HoursInputs) -> Iterator[tuple[Loc, str]]:
    """More users than inhabitants, and more counted twice than could be."""
    for index, item in enumerate(table.services):
        yield from (
            (("services", index, *place), told) for place, told in _beyond(item.users, table.population, "users")
        )
    for index, base in enumerate(table.bases):
        for at, one in enumerate(base.services):
            for place, told in _beyond(one.base_users, base.base_population, "users"):
                yield ("bases", index, "services", at, *place), told
    known = [item.users.number for item in table.services if item.users is not None]
    if table.users_twice is not None and len(known) == len(table.services):
        most = sum(known) - max(known)
        if table.users_twice.number > most:
            yield (
                ("users_twice",),
                f"found {table.users_twice.number:g}; allowed: at most {most:g}, all users but one service's",
            )


def _beyond(users: Stated | None, population: Stated | None, name: str) -> Iterator[tuple[Loc, str]]:
    if users is not None and population is not None and users.number > population.number:
        yield (name,), f"found {users.number:g}; allowed: at most the {population.number:g} inhabitants"


def hours(users: Num, hours_per_user: Num) -> Hours:
    """Hours granted in a year."""
    return users * hours_per_user


@figure(per=[SERVICE])
def share_of_hours(hours: Num, all_hours: Num) -> Share:
    """The service's share of the hours of all services."""
    return ratio(hours, all_hours)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[()], step=True)
def all_hours(hours: Series) -> Hours:
    """Hours granted in a year in all services."""
    return total(hours)  # type: ignore[no-any-return]  # as above


@figure(per=[SERVICE])
def hours_per_user_week(hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours granted to each user in a week."""
    return hours_per_user / weeks


@figure(per=[SERVICE, ()])
def hours_per_inhabitant(hours: Num, population: Num) -> HoursPerInhabitant:
    """Hours granted in a year for each inhabitant, whether a user or not."""
    return hours / population


@figure(per=[SERVICE])
def users_per_1000(users: Num, population: Num) -> PerThousand:
    """Users for every thousand inhabitants: the coverage."""
    return users / population * THOUSAND


@figure(per=[()])
def all_users(users: Series) -> People:
    """Users of all services, those of several counted in each."""
    return total(users)  # type: ignore[no-any-return]  # as above


def unique_users(all_users: Num, users_twice: Num) -> People:
    """Users of all services, each counted once."""
    return all_users - users_twice


@figure(per=[BOTH])
def base_hours(base_users: Num, base_hours_per_user: Num) -> Hours:
    """Hours granted in the base in a year."""
    return base_users * base_hours_per_user


@figure(per=[BASE], step=True)
def all_base_hours(base_hours: Series) -> Hours:
    """Hours granted in the base in a year in all services."""
    return total(base_hours)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_share_of_hours(base_hours: Num, all_base_hours: Num) -> Share:
    """The service's share of the hours of all services in the base."""
    return ratio(base_hours, all_base_hours)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_hours_per_user_week(base_hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours granted to each user of the base in a week."""
    return base_hours_per_user / weeks


@figure(per=[BOTH, BASE])
def base_hours_per_inhabitant(base_hours: Num, base_population: Num) -> HoursPerInhabitant:
    """Hours granted in the base in a year for each inhabitant."""
    return base_hours / base_population


@figure(per=[BOTH])
def base_users_per_1000(base_users: Num, base_population: Num) -> PerThousand:
    """Users for every thousand inhabitants of the base."""
    return base_users / base_population * THOUSAND


@figure(per=[BOTH])
def users_at_base_coverage(base_users: Num, population: Num, base_population: Num) -> People:
    """How many users there would be if as many of the inhabitants were users as in the base."""
    return base_users * population / base_population


@figure(per=[BOTH])
def hours_per_user_ratio(hours_per_user: Num, base_hours_per_user: Num) -> Ratio:
    """How many times the base's the hours granted to each user are.

    >>> round(hours_per_user_ratio(hours_per_user=2_659, base_hours_per_user=1_321), 2)
    2.01
    """
    return ratio(hours_per_user, base_hours_per_user)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def users_per_1000_ratio(users_per_1000: Num, base_users_per_1000: Num) -> Ratio:
    """How many times the base's the users for every thousand inhabitants are: its coverage being 1."""
    return ratio(users_per_1000, base_users_per_1000)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH, BASE])
def hours_per_inhabitant_ratio(hours_per_inhabitant: Num, base_hours_per_inhabitant: Num) -> Ratio:
    """How many times the base's the hours for each inhabitant are."""
    return ratio(hours_per_inhabitant, base_hours_per_inhabitant)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def gap_at_base_hours_per_user(users: Num, hours_per_user: Num, base_hours_per_user: Num) -> Hours:
    """Hours a year above what the same users would be granted in the base."""
    return users * (hours_per_user - base_hours_per_user)


@figure(per=[BOTH])
def gap_at_base_coverage(users: Num, users_at_base_coverage: Num, hours_per_user: Num) -> Hours:
    """Hours a year above what the base's coverage would take at the own hours per user."""
    return (users - users_at_base_coverage) * hours_per_user


@figure(per=[BOTH])
def gap_at_both(hours: Num, users_at_base_coverage: Num, base_hours_per_user: Num) -> Hours:
    """Hours a year above what the base's coverage and its hours per user would take."""
    return hours - users_at_base_coverage * base_hours_per_user


@figure("cost_of_an_hour", step=True)
def cost_of_an_hour_stated(hourly_cost: Num) -> NokPerHour:
    """What an hour of the service costs."""
    return hourly_cost


@figure("cost_of_an_hour", per=[SERVICE], step=True)
def cost_of_an_hour_by_wage(wage_per_fte: Num, hours_per_fte: Num) -> NokPerHour:
    """What an hour costs at the average wage of an FTE."""
    return cost_of_an_hour(wage_per_fte, hours_per_fte)


@figure(per=[BOTH])
def saving_at_base_hours_per_user(gap_at_base_hours_per_user: Num, cost_of_an_hour: Num) -> SavingPerYear:
    """What it would save in a year to grant each user the base's hours."""
    return gap_at_base_hours_per_user * cost_of_an_hour


@figure(per=[BOTH])
def saving_at_base_coverage(gap_at_base_coverage: Num, cost_of_an_hour: Num) -> SavingPerYear:
    """What it would save in a year to have the base's coverage."""
    return gap_at_base_coverage * cost_of_an_hour


@figure(per=[BOTH])
def saving_at_both(gap_at_both: Num, cost_of_an_hour: Num) -> SavingPerYear:
    """What it would save in a year to have the base's coverage and its hours per user."""
    return gap_at_both * cost_of_an_hour


def _granted(whose: str) -> tuple[Column, ...]:
    """What is granted, in the own figures or in those of the base, which begin otherwise."""
    return (
        Column("service", "{service}"),
        Column("hours", f"{{{whose}hours:number}}", right=True),
        Column("share", f"{{{whose}share_of_hours:percent}}", right=True),
        Column("users per 1 000", f"{{{whose}users_per_1000:number1}}", right=True),
        Column("hours per inhabitant", f"{{{whose}hours_per_inhabitant:number1}}", right=True),
        Column("hours a week each", f"{{{whose}hours_per_user_week:number1}}", right=True),
    )


def _what_if(counted: str, figure: str, way: str) -> Grid:
    """What each service would be as in the base, counted in hours or in kroner."""
    columns = (
        Column("service", "{service}"),
        Column("its hours per user", f"{{{figure}_at_base_hours_per_user:{way}}}"),
        Column("its coverage", f"{{{figure}_at_base_coverage:{way}}}"),
        Column("both", f"{{{figure}_at_both:{way}}}"),
    )
    return Grid(per=BASE, rows=SERVICE, heading=f"What if it were as in {{base}}: {counted} a year", columns=columns)


CALCULATOR = Calculator(
    name="hours",
    title="Hours granted",
    inputs=HoursInputs,
    keys=BOTH,
    scenario="baerum2016",
    headlines=("hours", "gap_at_both", "saving_at_both"),
    formulas=(
        hours,
        summed("hours", Hours, ()),
        all_hours,
        share_of_hours,
        hours_per_user_week,
        hours_per_inhabitant,
        users_per_1000,
        all_users,
        unique_users,
        base_hours,
        summed("base_hours", Hours, BASE),
        all_base_hours,
        base_share_of_hours,
        base_hours_per_user_week,
        base_hours_per_inhabitant,
        base_users_per_1000,
        hours_per_user_ratio,
        users_per_1000_ratio,
        hours_per_inhabitant_ratio,
        users_at_base_coverage,
        gap_at_base_hours_per_user,
        summed("gap_at_base_hours_per_user", Hours, BASE),
        gap_at_base_coverage,
        summed("gap_at_base_coverage", Hours, BASE),
        gap_at_both,
        summed("gap_at_both", Hours, BASE),
        cost_of_an_hour_stated,
        cost_of_an_hour_by_wage,
        saving_at_base_hours_per_user,
        summed("saving_at_base_hours_per_user", SavingPerYear, BASE),
        saving_at_base_coverage,
        summed("saving_at_base_coverage", SavingPerYear, BASE),
        saving_at_both,
        summed("saving_at_both", SavingPerYear, BASE),
    ),
    views=(
        Grid(rows=SERVICE, heading="What is granted, a year", columns=_granted("")),
        Lines(
            templates=(
                "All services: {hours}, {hours_per_inhabitant}.",
                "Users: {unique_users}, counted once; {all_users}, counted in each service.",
            ),
        ),
        Grid(per=BASE, rows=SERVICE, heading="In {base}, a year", columns=_granted("base_")),
        Grid(
            per=BASE,
            rows=SERVICE,
            heading="What is granted, as a multiple of that in {base}",
            columns=(
                Column("service", "{service}"),
                Column("users per 1 000", "{users_per_1000_ratio:times}", right=True),
                Column("hours per inhabitant", "{hours_per_inhabitant_ratio:times}", right=True),
                Column("hours per user", "{hours_per_user_ratio:times}", right=True),
            ),
        ),
        _what_if("hours", "gap", "fewer"),
        _what_if("kroner", "saving", "saving"),
        Lines(
            per=BASE,
            templates=(
                "All services with the hours per user and the coverage of {base}: {saving_at_both:saves}.",
                "With its hours per user alone: {saving_at_base_hours_per_user:saves}.",
                "With its coverage alone: {saving_at_base_coverage:saves}. The two are not to be added.",
            ),
        ),
    ),
    caveats=(
        "Hours granted are not hours delivered, and users of a year are more than users at a time.",
        "Need per user and quality are not compared.",
    ),
)
