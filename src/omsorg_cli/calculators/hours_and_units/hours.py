"""How many hours are granted, and the effect of granting as others do.

Users times the hours granted to each, by service, compared with another municipality. The audit of Bærum (2017, table
3-2) finds 312 people with developmental disabilities who are granted 2 659 hours a year each; Drammen has 252 with 1
321. For the same number of users, Drammen's hours per user would be 417 456 hours fewer.

>>> gap_at_base_hours_per_user(users=312, hours_per_user=2_659, base_hours_per_user=1_321)
417456

But Drammen grants the service to a larger share of its inhabitants. With Drammen's coverage as well, the difference is
225 754 hours, little more than half of that, since 252 users among 68 363 inhabitants correspond to 457 among Bærum's
124 008.

>>> users = users_at_base_coverage(base_users=252, population=124_008, base_population=68_363)
>>> round(users), round(gap_at_both(hours=829_608, users_at_base_coverage=users, base_hours_per_user=1_321))
(457, 225754)

So there are three questions with three answers: the comparator's hours per user, its coverage, or both. In kroner,
hours are priced at the cost per hour of the service where that is known, otherwise at the average wage. Not included:
whether granted hours are delivered, whether users need the same, and that there are more users over a year than at any
one time.
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
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import number_text
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
    HoursPerUser,
    HoursPerUserWeek,
    NokPerHour,
    Num,
    People,
    PerThousand,
    Ratio,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas.wages import cost_of_an_hour

BASE, SERVICE, BOTH = ("base",), ("service",), ("base", "service")
THOUSAND = 1_000


class BaseService(Row):
    """A service in the comparator."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, by the name that the municipality uses."""
    base_users: Persons = Field(None, alias="users")
    """Recipients of the service in the comparator during a year."""
    base_hours_per_user: HoursPerUserInput = Field(None, alias="hours_per_user")
    """Hours granted per user in the comparator in a year."""


class Base(Row):
    """A municipality to compare with."""

    keys: ClassVar[tuple[str, ...]] = BASE

    base: Key
    """The comparator."""
    label: Label = None
    """The name that people read for the comparator."""
    base_population: Population = Field(None, alias="population")
    """Inhabitants of the comparator."""
    services: list[BaseService] = Field(min_length=1)
    """The services in the comparator."""


class Service(Row):
    """A service in the municipality itself."""

    keys: ClassVar[tuple[str, ...]] = SERVICE
    optional: ClassVar[tuple[str, ...]] = ("hourly_cost",)

    service: Key
    """The service."""
    label: Label = None
    """The name that people read for the service."""
    users: Persons = None
    """Recipients of the service during a year."""
    hours_per_user: HoursPerUserInput = None
    """Hours granted per user in a year."""
    hourly_cost: CostPerHour = None
    """Cost per hour of the service; if it is not given, hours are priced at the average wage."""


class HoursInputs(Inputs):
    """Inputs to the comparison of hours."""

    population: Population = None
    """Inhabitants of the municipality."""
    users_twice: Annotated[Stated | None, Kind("persons", low=0, example=0, usual=(1, 400_000), whole=True)] = None
    """Users counted once too often because they receive more than one of the services."""
    weeks: Weeks = default(52)
    """Weeks of service in a year."""
    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    wage_per_fte: Wage = None
    """Wage cost per FTE in a year."""
    bases: list[Base] = Field(default_factory=no_rows)
    """The municipalities to compare with."""
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
                told = unknown(item.service, known, say("none of the municipality's own services"))
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
                say(
                    "found {found}; allowed: at most {most}, the users of all services but the largest",
                    found=number_text(table.users_twice.number),
                    most=number_text(most),
                ),
            )


def _beyond(users: Stated | None, population: Stated | None, name: str) -> Iterator[tuple[Loc, str]]:
    if users is not None and population is not None and users.number > population.number:
        told = {"found": number_text(users.number), "most": number_text(population.number)}
        yield (name,), say("found {found}; allowed: at most the {most} inhabitants", **told)


def hours(users: Num, hours_per_user: Num) -> Hours:
    """Hours granted in a year."""
    return users * hours_per_user


@figure(per=[SERVICE])
def share_of_hours(hours: Num, all_hours: Num) -> Share:
    """The service's share of the hours in all services."""
    return ratio(hours, all_hours)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[()], step=True)
def all_hours(hours: Series) -> Hours:
    """Hours granted in a year in all services."""
    return total(hours)  # type: ignore[no-any-return]  # as above


@figure(per=[SERVICE])
def hours_per_user_week(hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours granted per user per week."""
    return hours_per_user / weeks


@figure(per=[SERVICE, ()])
def hours_per_inhabitant(hours: Num, population: Num) -> HoursPerInhabitant:
    """Hours granted in a year per inhabitant, whether a user or not."""
    return hours / population


@figure(per=[SERVICE])
def users_per_1000(users: Num, population: Num) -> PerThousand:
    """Users per 1 000 inhabitants: the coverage."""
    return users / population * THOUSAND


@figure(per=[()])
def all_users(users: Series) -> People:
    """Users of all services; those with several services are counted in each."""
    return total(users)  # type: ignore[no-any-return]  # as above


def unique_users(all_users: Num, users_twice: Num) -> People:
    """Users of all services, each counted once."""
    return all_users - users_twice


def hours_per_person(all_hours: Num, unique_users: Num) -> HoursPerUser:
    """Hours granted in a year in all services per user, each counted once."""
    return all_hours / unique_users


@figure(per=[BOTH])
def base_hours(base_users: Num, base_hours_per_user: Num) -> Hours:
    """Hours granted in the comparator in a year."""
    return base_users * base_hours_per_user


@figure(per=[BASE], step=True)
def all_base_hours(base_hours: Series) -> Hours:
    """Hours granted in the comparator in a year in all services."""
    return total(base_hours)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_share_of_hours(base_hours: Num, all_base_hours: Num) -> Share:
    """The service's share of the hours in all services in the comparator."""
    return ratio(base_hours, all_base_hours)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_hours_per_user_week(base_hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours granted per user per week in the comparator."""
    return base_hours_per_user / weeks


@figure(per=[BOTH, BASE])
def base_hours_per_inhabitant(base_hours: Num, base_population: Num) -> HoursPerInhabitant:
    """Hours granted in the comparator in a year per inhabitant."""
    return base_hours / base_population


@figure(per=[BOTH])
def base_users_per_1000(base_users: Num, base_population: Num) -> PerThousand:
    """Users per 1 000 inhabitants in the comparator."""
    return base_users / base_population * THOUSAND


@figure(per=[BOTH])
def users_at_base_coverage(base_users: Num, population: Num, base_population: Num) -> People:
    """How many users there would be at the comparator's coverage."""
    return base_users * population / base_population


@figure(per=[BOTH])
def hours_per_user_ratio(hours_per_user: Num, base_hours_per_user: Num) -> Ratio:
    """Hours granted per user divided by the comparator's.

    >>> round(hours_per_user_ratio(hours_per_user=2_659, base_hours_per_user=1_321), 2)
    2.01
    """
    return ratio(hours_per_user, base_hours_per_user)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def users_per_1000_ratio(users_per_1000: Num, base_users_per_1000: Num) -> Ratio:
    """Users per 1 000 inhabitants divided by the comparator's."""
    return ratio(users_per_1000, base_users_per_1000)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH, BASE])
def hours_per_inhabitant_ratio(hours_per_inhabitant: Num, base_hours_per_inhabitant: Num) -> Ratio:
    """Hours per inhabitant divided by the comparator's."""
    return ratio(hours_per_inhabitant, base_hours_per_inhabitant)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def gap_at_base_hours_per_user(users: Num, hours_per_user: Num, base_hours_per_user: Num) -> Hours:
    """Hours a year above what the same users would be granted at the comparator's hours per user."""
    return users * (hours_per_user - base_hours_per_user)


@figure(per=[BOTH])
def gap_at_base_coverage(users: Num, users_at_base_coverage: Num, hours_per_user: Num) -> Hours:
    """Hours a year above what the comparator's coverage would require at the municipality's own hours per user."""
    return (users - users_at_base_coverage) * hours_per_user


@figure(per=[BOTH])
def gap_at_both(hours: Num, users_at_base_coverage: Num, base_hours_per_user: Num) -> Hours:
    """Hours a year above what the comparator's coverage and hours per user would require."""
    return hours - users_at_base_coverage * base_hours_per_user


@figure("cost_of_an_hour", step=True)
def cost_of_an_hour_stated(hourly_cost: Num) -> NokPerHour:
    """Cost per hour of the service."""
    return hourly_cost


@figure("cost_of_an_hour", per=[SERVICE], step=True)
def cost_of_an_hour_by_wage(wage_per_fte: Num, hours_per_fte: Num) -> NokPerHour:
    """Cost per hour at the average wage per FTE."""
    return cost_of_an_hour(wage_per_fte, hours_per_fte)


@figure(per=[BOTH])
def saving_at_base_hours_per_user(gap_at_base_hours_per_user: Num, cost_of_an_hour: Num) -> SavingPerYear:
    """Yearly saving from granting the comparator's hours per user."""
    return gap_at_base_hours_per_user * cost_of_an_hour


@figure(per=[BOTH])
def saving_at_base_coverage(gap_at_base_coverage: Num, cost_of_an_hour: Num) -> SavingPerYear:
    """Yearly saving from having the comparator's coverage."""
    return gap_at_base_coverage * cost_of_an_hour


@figure(per=[BOTH])
def saving_at_both(gap_at_both: Num, cost_of_an_hour: Num) -> SavingPerYear:
    """Yearly saving from having the comparator's coverage and hours per user."""
    return gap_at_both * cost_of_an_hour


def _granted(naming: str, whose: str) -> tuple[Column, ...]:
    """What is granted, in the municipality's own figures or in the comparator's, whose names begin otherwise."""
    return (
        Column(naming, "{service}"),
        Column("hours a year", f"{{{whose}hours:number}}", right=True),
        Column("share", f"{{{whose}share_of_hours:percent}}", right=True),
        Column("users per 1 000 inhabitants", f"{{{whose}users_per_1000:number1}}", right=True),
        Column("hours per inhabitant", f"{{{whose}hours_per_inhabitant:number1}}", right=True),
        Column("hours per user per week", f"{{{whose}hours_per_user_week:number1}}", right=True),
    )


def _what_if(heading: str, naming: str, figure: str, way: str) -> Grid:
    """What would differ in each service if it were as in the comparator, in hours or in kroner."""
    columns = (
        Column(naming, "{service}"),
        Column(phrase("{base!s}'s hours per user"), f"{{{figure}_at_base_hours_per_user:{way}}}", right=True),
        Column(phrase("{base!s}'s coverage"), f"{{{figure}_at_base_coverage:{way}}}", right=True),
        Column("both", f"{{{figure}_at_both:{way}}}", right=True),
    )
    return Grid(per=BASE, rows=SERVICE, heading=heading, columns=columns)


CALCULATOR = Calculator(
    name="hours",
    title="Hours granted",
    inputs=HoursInputs,
    keys=BOTH,
    scenario="baerum2016",
    headlines=("hours", "gap_at_both", "saving_at_both"),
    drawn=("hours",),
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
        hours_per_person,
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
    subject="{municipality} {year}: hours granted, compared with {base}",
    answer=(
        Lines(
            templates=(
                (
                    "{municipality} grants {hours:prose} in the services compared here, or "
                    "{hours_per_inhabitant:number1} per inhabitant."
                ),
            )
        ),
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "saving_at_both",
                    above="With {base!s}'s coverage and hours per user, the cost would be {saving_at_both:prose} "
                    "lower (not "
                    "need-adjusted).",
                    below="With {base!s}'s coverage and hours per user, the cost would be {saving_at_both:prose} "
                    "higher "
                    "(not need-adjusted).",
                    zero="With {base!s}'s coverage and hours per user, the cost would be the same.",
                ),
                BySign(
                    "saving_at_base_hours_per_user",
                    above="{base!s}'s hours per user alone would save {saving_at_base_hours_per_user:prose}.",
                    below="{base!s}'s hours per user alone would cost {saving_at_base_hours_per_user:sum} more a year.",
                    zero="{base!s}'s hours per user alone would change nothing.",
                ),
            ),
        ),
    ),
    views=(
        Grid(rows=SERVICE, heading="Hours granted", columns=_granted("service", "")),
        _what_if(phrase("Saving if it were as in {base}"), phrase("saving, {unit}"), "saving", "scaled"),
        Lines(templates=("The effects of coverage and of hours per user overlap: do not add them.",)),
    ),
    details=(
        Lines(
            templates=(
                "Users: {unique_users}, each counted once; {all_users}, counted in every service that they receive.",
            ),
        ),
        Grid(
            per=BASE,
            rows=SERVICE,
            heading="Hours granted in {base}",
            columns=_granted(phrase("service in {base!s}"), "base_"),
        ),
        Grid(
            per=BASE,
            rows=SERVICE,
            heading="Compared with {base}",
            columns=(
                Column("relative to comparator", "{service}"),
                Column("users per 1 000", "{users_per_1000_ratio:times}", right=True),
                Column("hours per inhabitant", "{hours_per_inhabitant_ratio:times}", right=True),
                Column("hours per user", "{hours_per_user_ratio:times}", right=True),
            ),
        ),
        _what_if(phrase("Hours a year if it were as in {base}"), phrase("change in hours a year"), "gap", "fewer"),
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "saving_at_base_coverage",
                    above="{base!s}'s coverage alone would save {saving_at_base_coverage:prose}.",
                    below="{base!s}'s coverage alone would cost {saving_at_base_coverage:sum} more a year.",
                    zero="{base!s}'s coverage alone would change nothing.",
                ),
            ),
        ),
    ),
    labels={
        "all_base_hours": "comparator's hours, all services",
        "all_hours": "hours granted, all services",
        "all_users": "users, all services",
        "base_hours": "comparator's hours granted",
        "base_hours_per_inhabitant": "comparator's hours per inhabitant",
        "base_hours_per_user": "comparator's hours per user",
        "base_hours_per_user_week": "comparator's weekly hours per user",
        "base_population": "comparator's inhabitants",
        "base_share_of_hours": "comparator's share of hours",
        "base_users": "comparator's users",
        "base_users_per_1000": "comparator's users per 1 000",
        "cost_of_an_hour": "cost per hour",
        "gap_at_base_coverage": "extra hours: coverage",
        "gap_at_base_hours_per_user": "extra hours: hours per user",
        "gap_at_both": "extra hours: both",
        "hourly_cost": "stated cost per hour",
        "hours": "hours granted",
        "hours_per_fte": "hours per FTE",
        "hours_per_inhabitant_ratio": "relative hours per inhabitant",
        "hours_per_user_ratio": "relative hours per user",
        "hours_per_user_week": "weekly hours per user",
        "saving_at_base_coverage": "saving: coverage",
        "saving_at_base_hours_per_user": "saving: hours per user",
        "saving_at_both": "saving: both",
        "users_at_base_coverage": "users at comparator's coverage",
        "users_per_1000": "users per 1 000",
        "users_per_1000_ratio": "relative users per 1 000",
        "users_twice": "users counted twice",
        "weeks": "weeks of service",
    },
    caveats=(
        "Hours granted are not hours delivered, and users over a year outnumber users at any one time.",
        "Users' needs and quality are not compared.",
    ),
)
