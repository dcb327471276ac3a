"""Convert hours to FTEs and kroner, and back.

Users times hours per user, divided by the hours of an FTE: the audit of Bærum (2017, 3.3.1) converts 1 338 extra hours
for each of 312 users into 246 FTEs and 193 million NOK.

>>> round(fte_gap(hours_gap(users=312, gap_hours_per_user=1_338), hours_per_fte=1_695), 1)
246.3

The cost is calculated both by the wage cost per FTE and by the cost per hour. A wage cost may be built up from gross
pay. Not included: whether the hours granted are delivered, and that there are more users over a year than at any one
time.
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
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas.wages import WageRates, productive_hours, wage_cost

OWN = ("hours_per_user", "hours_per_week")
BASE = ("base_hours_per_user", "base_hours_per_week")
GAP = ("gap_hours_per_user", "gap_hours_per_week")


class Service(Row):
    """A service, and the hours granted by a comparator."""

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
    """The comparator, if there is one."""
    label: Label = None
    """The service's name in tables and sentences."""
    users: Persons = None
    """Users of the service in a year."""
    hours_per_user: HoursPerUserInput = None
    """Hours granted per user per year."""
    hours_per_week: HoursPerWeek = None
    """Hours granted per user per week."""
    base_hours_per_user: HoursPerUserInput = None
    """The comparator's hours granted per user per year."""
    base_hours_per_week: HoursPerWeek = None
    """The comparator's hours granted per user per week."""
    gap_hours_per_user: HoursGapPerUser = None
    """Hours granted per user per year above the comparator's, where only the difference is known."""
    gap_hours_per_week: HoursGapPerWeek = None
    """Hours granted per user per week above the comparator's, where only the difference is known."""
    hours: HoursInput = None
    """Hours per year, where users are not known."""
    fte: FteInput = None
    """FTE, where hours are not known."""
    cost_by_wage: NokPerYearInput = None
    """Wage cost per year, where FTE are not known."""
    hourly_cost: CostPerHour = None
    """Cost per hour of the service."""
    gross_pay: Wage = None
    """Gross pay per FTE per year, from which the wage cost is built up."""
    gross_hours: PaidHours = None
    """Paid hours per FTE per year, by the shifts of the service."""
    holiday_hours: HolidayHours = default(0)
    """Holiday hours per FTE per year, among the paid hours."""
    absence_share: ShareInput = default(0)
    """Absence as a share of the hours, excluding holidays."""

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
    """Inputs of the conversion between hours, FTE and kroner."""

    hours_per_fte: HoursPerFte = None
    """Hours per FTE per year."""
    care_fte: FteInput = None
    """FTE in all care services of the municipality."""
    weeks: Weeks = default(52)
    """Weeks of service per year."""
    wage_per_fte: Wage = None
    """Wage cost per FTE per year."""
    totals: Switch = default(False)
    """Whether to add the services up, each counted once however many comparators it has."""
    services: list[Service] = Field(min_length=1)
    """The services."""


ROW = ("service", "base")
BESIDE = ("base_hours_per_user", "base_hours_per_week", "gap_hours_per_user", "gap_hours_per_week")
"""Inputs of which one says that the hours are compared with a base's."""


@figure(per=[ROW], only_with=("gross_hours",))
def hours_at_work(gross_hours: Num, holiday_hours: Num, absence_share: Num) -> HoursPerFteUnit:
    """Hours at work per FTE per year."""
    return productive_hours(gross_hours, holiday_hours, absence_share)


@figure("hours_per_fte", per=[ROW, ()], step=True, only_with=("gross_hours",))
def hours_as_built_up(hours_at_work: Num) -> HoursPerFteUnit:
    """Hours per FTE per year."""
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
    """Wage cost per FTE per year, built up from gross pay."""
    return wage_cost(gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)


@figure("wage_per_fte", per=[ROW, ()], step=True, only_with=("gross_pay",))
def wage_as_built_up(built_up_wage: Num) -> NokPerFte:
    """Wage cost per FTE per year."""
    return built_up_wage


@figure(per=[ROW], only_with=("gross_pay",))
def wage_cost_per_hour(built_up_wage: Num, hours_per_fte: Num) -> NokPerHour:
    """Wage cost per hour at work."""
    return built_up_wage / hours_per_fte


@figure("hours_per_user", step=True)
def hours_per_user_of_week(hours_per_week: Num, weeks: Num) -> HoursPerUser:
    """Hours granted per user per year, from weekly hours."""
    return hours_per_week * weeks


@figure("base_hours_per_user", step=True)
def base_hours_per_user_of_week(base_hours_per_week: Num, weeks: Num) -> HoursPerUser:
    """The comparator's hours granted per user per year, from weekly hours."""
    return base_hours_per_week * weeks


@figure("gap_hours_per_user")
def gap_of_week(gap_hours_per_week: Num, weeks: Num) -> HoursPerUser:
    """Hours granted per user per year above the comparator's, from weekly hours."""
    return gap_hours_per_week * weeks


@figure("gap_hours_per_user")
def gap_of_hours(hours_per_user: Num, base_hours_per_user: Num) -> HoursPerUser:
    """Hours granted per user per year above the comparator's."""
    return hours_per_user - base_hours_per_user


@figure("base_hours_per_user", step=True)
def base_hours_below_own(hours_per_user: Num, gap_hours_per_user: Num) -> HoursPerUser:
    """The comparator's hours granted per user per year: the municipality's own less the difference."""
    return hours_per_user - gap_hours_per_user


@figure(only_with=BESIDE)
def hours_per_user_ratio(hours_per_user: Num, base_hours_per_user: Num) -> Ratio:
    """Hours granted per user as a multiple of the comparator's."""
    return ratio(hours_per_user, base_hours_per_user)  # type: ignore[no-any-return]  # a number, or no answer


@figure(only_with=("hours_per_week", "base_hours_per_week"))
def base_hours_a_week(base_hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """The comparator's hours granted per user per week."""
    return base_hours_per_user / weeks


@figure("hours")
def hours_of_users(users: Num, hours_per_user: Num) -> Hours:
    """Hours granted in a year."""
    return users * hours_per_user


@figure("fte")
def fte_of_hours(hours: Num, hours_per_fte: Num) -> Fte:
    """FTE needed for the hours, if every working hour is spent with users."""
    return hours / hours_per_fte


@figure("fte")
def fte_of_cost(cost_by_wage: Num, wage_per_fte: Num) -> Fte:
    """FTE that the wage cost pays for."""
    return cost_by_wage / wage_per_fte


@figure("hours")
def hours_of_fte(fte: Num, hours_per_fte: Num) -> Hours:
    """Hours of the FTE in a year."""
    return fte * hours_per_fte


def cost_by_wage(fte: Num, wage_per_fte: Num) -> NokPerYear:
    """Yearly cost of the hours at the average wage cost per FTE."""
    return fte * wage_per_fte


def cost_by_hourly_cost(hours: Num, hourly_cost: Num) -> NokPerYear:
    """Yearly cost of the hours at the cost per hour."""
    return hours * hourly_cost


def hours_gap(users: Num, gap_hours_per_user: Num) -> Hours:
    """Hours per year above what the same users would be granted by the comparator."""
    return users * gap_hours_per_user


def fte_gap(hours_gap: Num, hours_per_fte: Num) -> Fte:
    """FTE needed for the hours above the comparator's."""
    return hours_gap / hours_per_fte


@figure(only_with=("care_fte",))
def fte_gap_share(fte_gap: Num, care_fte: Num) -> Share:
    """FTE needed for the hours above the comparator's, as a share of all FTE in care."""
    return fte_gap / care_fte


def cost_by_wage_gap(fte_gap: Num, wage_per_fte: Num) -> SavingPerYear:
    """Yearly cost of the hours above the comparator's, at the average wage cost per FTE."""
    return fte_gap * wage_per_fte


def cost_by_hourly_cost_gap(hours_gap: Num, hourly_cost: Num) -> SavingPerYear:
    """Yearly cost of the hours above the comparator's, at the cost per hour."""
    return hours_gap * hourly_cost


TOTALS: dict[str, Any] = {"totals": True}


@figure(per=[ROW], when=TOTALS, step=True)
def rows_of_service(hours: Annotated[Sequence[float], among("base")]) -> Ratio:
    """The number of rows of the service: one for each comparator."""
    return count(hours)


@figure(per=[ROW], when=TOTALS, step=True)
def counted_hours(hours: Num, rows_of_service: Num) -> Hours:
    """The row's part of the hours of the service, so that they are counted once."""
    return hours / rows_of_service


@figure(per=[ROW], when=TOTALS, step=True)
def counted_fte(fte: Num, rows_of_service: Num) -> Fte:
    """The row's part of the FTE of the service, so that they are counted once."""
    return fte / rows_of_service


@figure(per=[ROW], when=TOTALS, step=True)
def counted_cost(cost_by_wage: Num, rows_of_service: Num) -> NokPerYear:
    """The row's part of the cost of the service, so that it is counted once."""
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
    drawn=("fte_gap",),
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
    subject="{municipality} {year}: hours, FTE and kroner",
    answer=(
        Lines(
            per=ROW,
            templates=(
                BySign(
                    "cost_by_wage_gap",
                    above=(
                        (
                            "{service!s}: with {base!s}'s hours per user, {fte_gap:rounded_any} fewer FTEs would be "
                            "needed, saving {cost_by_wage_gap:prose}."
                        ),
                        "{service!s}: {base!s}'s hours per user would save {cost_by_wage_gap:prose}.",
                    ),
                    below=(
                        (
                            "{service!s}: with {base!s}'s hours per user, {fte_gap:rounded_any} more FTEs would be "
                            "needed, costing {cost_by_wage_gap:prose}."
                        ),
                        "{service!s}: {base!s}'s hours per user would cost {cost_by_wage_gap:prose} more.",
                    ),
                    zero=(
                        "{users:if_none}{service!s}: {municipality} has no users, so there is no difference.",
                        "{service!s}: {municipality} grants as many hours per user as {base!s}.",
                    ),
                ),
            ),
        ),
    ),
    views=(
        Grid(
            rows=ROW,
            columns=(
                Column("{unit}", "{service!s}"),
                Column("comparator", "{base!s}"),
                Column("hours", "{hours:number}", right=True),
                Column("FTE", "{fte:number}", right=True),
                Column("cost", "{cost_by_wage:scaled}", right=True),
                Column("FTEs saved", "{fte_gap:freed}", right=True),
                Column("saving", "{cost_by_wage_gap:scaled}", right=True),
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
                "All services, each counted once: {total_hours:prose} and {total_fte:prose}.",
                "Wage cost of all services: {total_cost:prose}.",
            ),
        ),
    ),
    details=(
        Grid(
            rows=ROW,
            heading="At the cost per hour",
            columns=(
                Column("{unit}", "{service!s}"),
                Column("comparator", "{base!s}"),
                Column("relative hours per user", "{hours_per_user_ratio:percent}", right=True),
                Column("difference in hours", "{hours_gap:step}", right=True),
                Column("cost", "{cost_by_hourly_cost:scaled}", right=True),
                Column("saving", "{cost_by_hourly_cost_gap:scaled}", right=True),
            ),
        ),
    ),
    labels={
        "not_named": "another municipality",
        "absence_share": "absence",
        "base_hours_a_week": "comparator's weekly hours per user",
        "base_hours_per_user": "comparator's hours per user",
        "base_hours_per_week": "comparator's weekly hours per user",
        "built_up_wage": "wage cost from gross pay",
        "care_fte": "FTE in care",
        "cost_by_hourly_cost": "own cost at hourly rate",
        "cost_by_hourly_cost_gap": "saving at the hourly rate",
        "cost_by_wage": "own cost at average wage",
        "cost_by_wage_gap": "saving at the average wage",
        "counted_cost": "cost, counted once",
        "counted_fte": "FTE, counted once",
        "counted_hours": "hours, counted once",
        "fte": "own FTE",
        "users": "own users",
        "hours_per_user": "own hours per user",
        "fte_gap": "FTEs above the comparator",
        "fte_gap_share": "difference in FTE, share",
        "gap_hours_per_user": "difference in hours per user",
        "gap_hours_per_week": "difference in weekly hours",
        "gross_hours": "paid hours per FTE",
        "holiday_hours": "holiday hours per FTE",
        "hourly_cost": "cost per hour",
        "hours": "own hours granted",
        "hours_at_work": "hours at work per FTE",
        "hours_gap": "difference in hours",
        "hours_per_user_ratio": "relative hours per user",
        "hours_per_week": "own weekly hours per user",
        "pension": "pension contribution",
        "replaced_share": "sick leave that is covered",
        "rows_of_service": "rows of the service",
        "supplement": "overtime and shift supplements",
        "total_cost": "wage cost, all services",
        "total_fte": "FTE, all services",
        "total_hours": "hours, all services",
        "totals": "services added up",
        "wage_cost_per_hour": "wage cost per hour",
        "weeks": "weeks of service",
    },
    caveats=("Hours granted are not hours delivered, and there are more users over a year than at any one time.",),
    bare={
        "hours": (
            "services",
            "hours",
            "Hours per year to convert.",
            ("{hours:exactly} is {fte:exactly} and costs {cost_by_wage:exactly}.", "{hours:exactly} is {fte:exactly}."),
        ),
        "fte": (
            "services",
            "fte",
            "FTE to convert.",
            ("{fte:exactly} is {hours:exactly} and costs {cost_by_wage:exactly}.", "{fte:exactly} is {hours:exactly}."),
        ),
        "cost": (
            "services",
            "cost_by_wage",
            "Wage cost in NOK per year to convert.",
            (
                "{cost_by_wage:exactly} pays for {fte:exactly}, or {hours:exactly}.",
                "{cost_by_wage:exactly} pays for {fte:exactly}.",
            ),
        ),
    },
)
