"""Hours, FTE and kroner, one from the other.

Users times the hours that each is granted, by the hours of one FTE: the audit of Bærum (2017, 3.3.1) turns 1 338 hours
more for each of 312 users into 246 FTE and 193 million kroner.

>>> round(fte_gap(hours_gap(users=312, gap_hours_per_user=1_338), hours_per_fte=1_695), 1)
246.3

Kroner are worked out both ways: by the wage of the FTE, and by the cost of an hour. Left out: whether granted hours
are hours delivered, and that users of a year are more than users at a time.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, among, figure
from omsorg_cli.core.helpers import count, ratio, total
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.core.quantities import (
    CostPerHour,
    FteInput,
    HolidayHours,
    HoursGapPerUser,
    HoursGapPerWeek,
    HoursInput,
    HoursPerFte,
    HoursPerUserInput,
    HoursPerWeek,
    Key,
    Label,
    NokPerYearInput,
    PaidHours,
    Persons,
    ShareInput,
    Switch,
    Wage,
    Weeks,
    default,
)
from omsorg_cli.core.units import (
    Fte,
    Hours,
    HoursPerFteUnit,
    HoursPerUser,
    HoursPerUserWeek,
    NokPerFte,
    NokPerHour,
    NokPerYear,
    Num,
    Ratio,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.view import Column, Grid, Lines
from omsorg_cli.formulas.wages import WageRates, productive_hours, wage_cost

OWN = ("hours_per_user", "hours_per_week")
BASE = ("base_hours_per_user", "base_hours_per_week")
GAP = ("gap_hours_per_user", "gap_hours_per_week")


class Service(Row):
    """A service, and what is known of it elsewhere."""

    keys: ClassVar[tuple[str, ...]] = ("service", "base")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((own,) for own in OWN),
        *product(OWN, BASE),
        *product(OWN, GAP),
        *((gap,) for gap in GAP),
        ("hours",),
        ("fte",),
        ("cost_by_wage",),
    )

    service: Key
    """The service."""
    base: Key = ""
    """What it is compared with, if anything."""
    label: Label = None
    """What people read for the service."""
    users: Persons = None
    """Who receives the service in a year."""
    hours_per_user: HoursPerUserInput = None
    """Hours granted to each user in a year."""
    hours_per_week: HoursPerWeek = None
    """Hours granted to each user in a week."""
    base_hours_per_user: HoursPerUserInput = None
    """Hours granted to each user of the base in a year."""
    base_hours_per_week: HoursPerWeek = None
    """Hours granted to each user of the base in a week."""
    gap_hours_per_user: HoursGapPerUser = None
    """Hours a year granted to each user above the base, where only the difference is known."""
    gap_hours_per_week: HoursGapPerWeek = None
    """Hours a week granted to each user above the base, where only the difference is known."""
    hours: HoursInput = None
    """Hours in a year, where users are not known."""
    fte: FteInput = None
    """FTE, where hours are not known."""
    cost_by_wage: NokPerYearInput = None
    """Wage cost in a year, where FTE are not known."""
    hourly_cost: CostPerHour = None
    """What an hour of the service costs."""
    gross_pay: Wage = None
    """Gross pay of an FTE in a year, from which the wage cost is built up."""
    gross_hours: PaidHours = None
    """Hours that an FTE of the service is paid for in a year, by its shifts."""
    holiday_hours: HolidayHours = default(0)
    """Hours of those that are holidays."""
    absence_share: ShareInput = default(0)
    """Absence as a share of the hours without holidays."""

    @model_validator(mode="after")
    def _works_some_hours(self) -> Self:
        refuse(_faults_of_hours(self))
        return self


def _faults_of_hours(item: Service) -> Iterator[tuple[Loc, str]]:
    gross, holidays = item.gross_hours, item.holiday_hours
    if gross is not None and holidays is not None and holidays.number >= gross.number:
        values = {"found": number_text(holidays.number), "gross": number_text(gross.number)}
        yield ("holiday_hours",), say("found {found} of {gross} paid hours; allowed: fewer", **values)


class FteInputs(WageRates):
    """Inputs of the conversions between hours, FTE and kroner."""

    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    care_fte: FteInput = None
    """FTE in all of the municipality's care services."""
    weeks: Weeks = default(52)
    """Weeks of service in a year."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year."""
    totals: Switch = default(False)
    """Whether the services are added up, each counted once whatever it is compared with."""
    services: list[Service] = Field(min_length=1)
    """The services."""


ROW = ("service", "base")
BESIDE = ("base_hours_per_user", "base_hours_per_week", "gap_hours_per_user", "gap_hours_per_week")
"""Inputs of which one says that the hours are compared with a base's."""


@figure(per=[ROW], only_with=("gross_hours",))
def hours_at_work(gross_hours: Num, holiday_hours: Num, absence_share: Num) -> HoursPerFteUnit:
    """Hours that an FTE of the service is at work in a year."""
    return productive_hours(gross_hours, holiday_hours, absence_share)


@figure("hours_per_fte", per=[ROW, ()], step=True, only_with=("gross_hours",))
def hours_as_built_up(hours_at_work: Num) -> HoursPerFteUnit:
    """Hours that an FTE of the service works in a year."""
    return hours_at_work


@figure(per=[ROW], only_with=("gross_pay",))
def built_up_wage(
    gross_pay: Num,
    supplement: Num,
    holiday_pay: Num,
    pension: Num,
    payroll_tax: Num,
    sick_leave: Num,
    replaced_share: Num,
) -> NokPerFte:
    """Wage cost of an FTE of the service in a year, from gross pay."""
    return wage_cost(gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)


@figure("wage_per_fte", per=[ROW, ()], step=True, only_with=("gross_pay",))
def wage_as_built_up(built_up_wage: Num) -> NokPerFte:
    """Wage cost of an FTE of the service in a year."""
    return built_up_wage


@figure(per=[ROW], only_with=("gross_pay",))
def wage_cost_per_hour(built_up_wage: Num, hours_per_fte: Num) -> NokPerHour:
    """Wage cost of an hour at work."""
    return built_up_wage / hours_per_fte


@figure("hours_per_user", step=True)
def hours_per_user_of_week(hours_per_week: Num, weeks: Num) -> HoursPerUser:
    """Hours granted to each user in a year, from those of a week."""
    return hours_per_week * weeks


@figure("base_hours_per_user", step=True)
def base_hours_per_user_of_week(base_hours_per_week: Num, weeks: Num) -> HoursPerUser:
    """Hours granted to each user of the base in a year, from those of a week."""
    return base_hours_per_week * weeks


@figure("gap_hours_per_user")
def gap_of_week(gap_hours_per_week: Num, weeks: Num) -> HoursPerUser:
    """Hours a year granted to each user above the base, from those of a week."""
    return gap_hours_per_week * weeks


@figure("gap_hours_per_user")
def gap_of_hours(hours_per_user: Num, base_hours_per_user: Num) -> HoursPerUser:
    """Hours a year granted to each user above the base."""
    return hours_per_user - base_hours_per_user


@figure("base_hours_per_user", step=True)
def base_hours_below_own(hours_per_user: Num, gap_hours_per_user: Num) -> HoursPerUser:
    """Hours granted to each user of the base in a year: the own without the difference."""
    return hours_per_user - gap_hours_per_user


@figure(only_with=BESIDE)
def hours_per_user_ratio(hours_per_user: Num, base_hours_per_user: Num) -> Ratio:
    """How many times the base's the hours granted to each user are."""
    return ratio(hours_per_user, base_hours_per_user)  # type: ignore[no-any-return]  # a number, or no answer


@figure(only_with=("hours_per_week", "base_hours_per_week"))
def base_hours_a_week(base_hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours granted to each user of the base in a week."""
    return base_hours_per_user / weeks


@figure("hours")
def hours_of_users(users: Num, hours_per_user: Num) -> Hours:
    """Hours granted in a year."""
    return users * hours_per_user


@figure("fte")
def fte_of_hours(hours: Num, hours_per_fte: Num) -> Fte:
    """FTE that the hours take, every paid hour counted as an hour with users."""
    return hours / hours_per_fte


@figure("fte")
def fte_of_cost(cost_by_wage: Num, wage_per_fte: Num) -> Fte:
    """FTE that the wage cost pays for."""
    return cost_by_wage / wage_per_fte


@figure("hours")
def hours_of_fte(fte: Num, hours_per_fte: Num) -> Hours:
    """Hours that the FTE work in a year."""
    return fte * hours_per_fte


def cost_by_wage(fte: Num, wage_per_fte: Num) -> NokPerYear:
    """What the hours cost in a year by the average wage of an FTE."""
    return fte * wage_per_fte


def cost_by_hourly_cost(hours: Num, hourly_cost: Num) -> NokPerYear:
    """What the hours cost in a year by the cost of an hour."""
    return hours * hourly_cost


def hours_gap(users: Num, gap_hours_per_user: Num) -> Hours:
    """Hours a year above what the same users would be granted in the base."""
    return users * gap_hours_per_user


def fte_gap(hours_gap: Num, hours_per_fte: Num) -> Fte:
    """FTE that the hours above the base take."""
    return hours_gap / hours_per_fte


@figure(only_with=("care_fte",))
def fte_gap_share(fte_gap: Num, care_fte: Num) -> Share:
    """The FTE that the hours above the base take, as a share of all FTE in care."""
    return fte_gap / care_fte


def cost_by_wage_gap(fte_gap: Num, wage_per_fte: Num) -> SavingPerYear:
    """What the hours above the base cost in a year by the average wage of an FTE."""
    return fte_gap * wage_per_fte


def cost_by_hourly_cost_gap(hours_gap: Num, hourly_cost: Num) -> SavingPerYear:
    """What the hours above the base cost in a year by the cost of an hour."""
    return hours_gap * hourly_cost


TOTALS: dict[str, Any] = {"totals": True}


@figure(per=[ROW], when=TOTALS, step=True)
def rows_of_service(hours: Annotated[Sequence[float], among("base")]) -> Ratio:
    """In how many rows the service stands: one for each comparator."""
    return count(hours)


@figure(per=[ROW], when=TOTALS, step=True)
def counted_hours(hours: Num, rows_of_service: Num) -> Hours:
    """The row's part of the service's hours, so that they count once."""
    return hours / rows_of_service


@figure(per=[ROW], when=TOTALS, step=True)
def counted_fte(fte: Num, rows_of_service: Num) -> Fte:
    """The row's part of the service's FTE, so that they count once."""
    return fte / rows_of_service


@figure(per=[ROW], when=TOTALS, step=True)
def counted_cost(cost_by_wage: Num, rows_of_service: Num) -> NokPerYear:
    """The row's part of the service's cost, so that it counts once."""
    return cost_by_wage / rows_of_service


@figure(per=[()], when=TOTALS)
def total_hours(counted_hours: Series) -> Hours:
    """Hours of all services in a year."""
    return total(counted_hours)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[()], when=TOTALS)
def total_fte(counted_fte: Series) -> Fte:
    """FTE of all services."""
    return total(counted_fte)  # type: ignore[no-any-return]  # as above


@figure(per=[()], when=TOTALS)
def total_cost(counted_cost: Series) -> NokPerYear:
    """Wage cost of all services in a year."""
    return total(counted_cost)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="fte",
    title="Hours, FTE and kroner",
    inputs=FteInputs,
    keys=("service", "base"),
    scenario="baerum2016",
    headlines=("fte", "fte_gap", "cost_by_wage_gap"),
    formulas=(
        hours_at_work,
        hours_as_built_up,
        built_up_wage,
        wage_as_built_up,
        wage_cost_per_hour,
        hours_per_user_of_week,
        base_hours_per_user_of_week,
        gap_of_week,
        gap_of_hours,
        base_hours_below_own,
        hours_per_user_ratio,
        base_hours_a_week,
        hours_of_users,
        fte_of_hours,
        fte_of_cost,
        hours_of_fte,
        cost_by_wage,
        cost_by_hourly_cost,
        hours_gap,
        fte_gap,
        fte_gap_share,
        cost_by_wage_gap,
        cost_by_hourly_cost_gap,
        rows_of_service,
        counted_hours,
        counted_fte,
        counted_cost,
        total_hours,
        total_fte,
        total_cost,
    ),
    views=(
        Grid(
            rows=("service", "base"),
            heading="What is granted, a year",
            columns=(
                Column("service", "{service}"),
                Column("hours", "{hours:number}", right=True),
                Column("FTE", "{fte:number}", right=True),
                Column("by wage", "{cost_by_wage:short}"),
                Column("by the hour", "{cost_by_hourly_cost:short}"),
            ),
        ),
        Grid(
            per=("base",),
            rows=("service",),
            heading="Against {base}, for the same users, a year",
            columns=(
                Column("service", "{service}"),
                Column("hours per user", "{hours_per_user_ratio:times}", right=True),
                Column("hours", "{hours_gap:above}"),
                Column("FTE", "{fte_gap:above}"),
                Column("by wage", "{cost_by_wage_gap:saving}"),
                Column("by the hour", "{cost_by_hourly_cost_gap:saving}"),
            ),
        ),
        Grid(
            rows=ROW,
            heading="Wage cost from gross pay, NOK a year",
            columns=(
                Column("service", "{service}"),
                Column("gross pay", "{gross_pay:number}", right=True),
                Column("wage cost per FTE", "{built_up_wage:number}", right=True),
                Column("hours at work", "{hours_at_work:number}", right=True),
                Column("per hour", "{wage_cost_per_hour:number}", right=True),
            ),
        ),
        Lines(
            templates=(
                "All services, each counted once: {total_hours}, {total_fte}.",
                "All services, by wage: {total_cost}.",
            ),
        ),
    ),
    caveats=("Hours granted are not hours delivered, and users of a year are more than users at a time.",),
    bare={
        "hours": ("services", "hours", "Hours a year to convert."),
        "fte": ("services", "fte", "FTE to convert."),
        "cost": ("services", "cost_by_wage", "Kroner of wages a year to convert."),
    },
)
