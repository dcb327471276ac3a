"""What a gap is made of: wages, coverage, hours, refunds.

The audit of Bærum (2017, 3.2 and 3.3) names what drives the gap of 394 million kroner to Drammen one at a time: wages
92 million, hours to people with developmental disabilities 193 million, refunds 55 million the other way. Taken one at
a time they overlap: a higher wage also makes each of the extra hours dearer. Here the gap is taken apart so that the
parts add up to it exactly.

What a service costs is users × hours per user × the cost of an hour, less the state's refunds, scaled to the own
number of inhabitants. Its three factors share the difference by Shapley values: each is changed from the base's value
to the own one before, between or after the others, and every order counts the same. With 312 users, 2 659 hours and
463.48 kroner an hour against 457.1, 1 321 and 444.61:

>>> users, hours_each, hour = (312, 457.12), (2_659, 1_321), (463.48, 444.61)
>>> parts = [
...     round(part_of_factor(*one, *others) / 1e6, 1)
...     for one, *others in ((users, hours_each, hour), (hours_each, users, hour), (hour, users, hours_each))
... ]
>>> parts, round((312 * 2_659 * 463.48 - 457.12 * 1_321 * 444.61) / 1e6, 1)
([-131.4, 233.3, 14.1], 116.0)

Beside each part stands what the driver amounts to alone, as the audit reckons hours, wages and refunds, and by how much
those overlap. Wages in other services, and drivers whose amount is stated (depreciation, another service's gap), are
added as they are; the rest is what none of them explains. The gap is the savings potential, or a stated one. Left out:
drivers that nobody measured, such as quality and need; and the gap is need-adjusted while most drivers are not, which
the rest has to bear.
"""

from itertools import product
from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import AnySeries, elsewhere, figure, same_as, summed
from omsorg_cli.core.helpers import total
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row
from omsorg_cli.core.quantities import (
    GapPerInhabitant,
    GapPerYear,
    GapShare,
    HoursPerFte,
    Key,
    Label,
    PartPerInhabitant,
    Switch,
    Wage,
    YearInput,
    default,
    no_rows,
)
from omsorg_cli.core.units import NokPerFte, NokPerHour, NokPerInhabitant, Num, SavingPerInhabitant, SavingPerYear
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Listing
from omsorg_cli.formulas.shapley import part_of_factor
from omsorg_cli.formulas.wages import cost_of_an_hour

BASE, SERVICE, DRIVER = ("base", "by"), ("base", "by", "service"), ("base", "by", "driver")
OfService = Annotated[StatedInput | None, Kind("", "choice", choices=("total", "home", "institution"), example="total")]


class BridgedService(Row):
    """A service whose hours are taken apart."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, as the tables hours and coverage have it."""


class Driver(Row):
    """A driver whose amount is stated, not reckoned from hours."""

    keys: ClassVar[tuple[str, ...]] = ("driver",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("amount_stated",),
        ("gap_per_head",),
        *product(("driver_gap_share", "share_of_own"), ("driver_level", "beside")),
        ("potential_of",),
    )

    driver: Key
    """The driver."""
    label: Label = None
    """What people read for the driver."""
    amount_stated: GapPerYear = Field(None, alias="amount")
    """What it amounts to in a year; below zero where it narrows the gap."""
    gap_per_head: GapPerInhabitant = Field(None, alias="gap_per_inhabitant")
    """What it amounts to per inhabitant."""
    driver_gap_share: GapShare = Field(None, alias="gap_share")
    """By how much the own level lies above the base's, as a share of the base's."""
    share_of_own: GapShare = Field(None, alias="gap_share_of_own")
    """By how much the own level lies above the base's, as a share of the own."""
    driver_level: PartPerInhabitant = Field(None, alias="own_per_inhabitant")
    """The own level per inhabitant that the share speaks of."""
    beside: OfService = None
    """The service beside which all other care is what the share speaks of, at the level that the savings have."""
    potential_of: OfService = None
    """The service whose savings potential against the same base it is."""


class Base(Row):
    """A municipality or group that the gap is to."""

    keys: ClassVar[tuple[str, ...]] = BASE

    base: Key
    """What is compared with, as the tables savings, wage_gap, hours and coverage have it."""
    by: Key = ""
    """How the gap is taken apart, where it is in several ways."""
    label: Label = None
    """What people read for the base."""
    other_wages: Switch = default(True)
    """Whether wages in other services count as a driver: their effect on all FTE, as the table wage_gap has it."""
    gap_stated: GapPerYear = Field(None, alias="gap")
    """The gap in a year; without it, the savings potential of all care against the base."""
    services: list[BridgedService] = Field(default_factory=no_rows)
    """The services whose hours are taken apart."""
    drivers: list[Driver] = Field(default_factory=no_rows)
    """Drivers whose amount is stated."""


class BridgeInputs(Inputs):
    """Inputs of what a gap is made of."""

    wage_year: YearInput = None
    """The year of the wage gap, as the table wage_gap has it."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year."""
    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    bases: list[Base] = Field(min_length=1)
    """What the gap is to."""


InHours = Annotated[float, elsewhere("hours")]
InCoverage = Annotated[float, elsewhere("coverage")]
InWageGap = Annotated[float, elsewhere("wage-gap", at_input={"year": "wage_year"})]


@figure("gap", per=[BASE])
def gap_as_stated(gap_stated: Num) -> SavingPerYear:
    """The gap that is taken apart."""
    return gap_stated


@figure("gap", per=[BASE])
def gap_of_potential(savings_potential: Annotated[float, elsewhere("savings", service="total")]) -> SavingPerYear:
    """The gap that is taken apart: the savings potential of all care against the base, need-adjusted."""
    return savings_potential


@figure(per=[BASE], step=True)
def base_wage_per_fte(wage_per_fte: Num, gap_per_fte: InWageGap) -> NokPerFte:
    """Wage cost of one FTE in the base."""
    return wage_per_fte - gap_per_fte


@figure(per=[BASE], step=True)
def base_cost_of_an_hour(base_wage_per_fte: Num, hours_per_fte: Num) -> NokPerHour:
    """What an hour costs at the base's average wage, its FTE working as many hours."""
    return base_wage_per_fte / hours_per_fte


@figure(per=[SERVICE])
def part_of_wages(
    cost_of_an_hour: Num,
    base_cost_of_an_hour: Num,
    users: InHours,
    users_at_base_coverage: InHours,
    hours_per_user: InHours,
    base_hours_per_user: InHours,
) -> SavingPerYear:
    """What the wages contribute to the gap in the service."""
    return part_of_factor(
        cost_of_an_hour, base_cost_of_an_hour, (users, users_at_base_coverage), (hours_per_user, base_hours_per_user)
    )


@figure(per=[SERVICE])
def part_of_coverage(
    users: InHours,
    users_at_base_coverage: InHours,
    hours_per_user: InHours,
    base_hours_per_user: InHours,
    cost_of_an_hour: Num,
    base_cost_of_an_hour: Num,
) -> SavingPerYear:
    """What the coverage contributes to the gap in the service: users beside as many as the base would have."""
    return part_of_factor(
        users, users_at_base_coverage, (hours_per_user, base_hours_per_user), (cost_of_an_hour, base_cost_of_an_hour)
    )


@figure(per=[SERVICE])
def part_of_hours(
    hours_per_user: InHours,
    base_hours_per_user: InHours,
    users: InHours,
    users_at_base_coverage: InHours,
    cost_of_an_hour: Num,
    base_cost_of_an_hour: Num,
) -> SavingPerYear:
    """What the hours per user contribute to the gap in the service."""
    return part_of_factor(
        hours_per_user, base_hours_per_user, (users, users_at_base_coverage), (cost_of_an_hour, base_cost_of_an_hour)
    )


@figure(per=[SERVICE])
def part_of_refunds(refund_difference: InCoverage) -> SavingPerYear:
    """What the refunds contribute to the gap in the service: those above the base's narrow it."""
    return -refund_difference


@figure(per=[SERVICE])
def alone_wages(
    users: InHours, hours_per_user: InHours, cost_of_an_hour: Num, base_cost_of_an_hour: Num
) -> SavingPerYear:
    """What the base's wages alone would save in the service, everything else as it is."""
    return users * hours_per_user * (cost_of_an_hour - base_cost_of_an_hour)


@figure(per=[SERVICE])
def alone_coverage(gap_at_base_coverage: InHours, cost_of_an_hour: Num) -> SavingPerYear:
    """What the base's coverage alone would save in the service, everything else as it is."""
    return gap_at_base_coverage * cost_of_an_hour


@figure(per=[SERVICE])
def alone_hours(gap_at_base_hours_per_user: InHours, cost_of_an_hour: Num) -> SavingPerYear:
    """What the base's hours per user alone would save in the service, as the audit reckons."""
    return gap_at_base_hours_per_user * cost_of_an_hour


@figure(per=[SERVICE])
def together(part_of_wages: Num, part_of_coverage: Num, part_of_hours: Num) -> SavingPerYear:
    """What wages, coverage and hours per user contribute to the gap in the service together."""
    return part_of_wages + part_of_coverage + part_of_hours


@figure(per=[SERVICE])
def one_at_a_time(alone_wages: Num, alone_coverage: Num, alone_hours: Num) -> SavingPerYear:
    """What wages, coverage and hours per user come to in the service when each is taken alone and they are added."""
    return alone_wages + alone_coverage + alone_hours


@figure(per=[SERVICE])
def overlap(one_at_a_time: Num, together: Num) -> SavingPerYear:
    """What adding the drivers one at a time counts too often; below zero, what it leaves out."""
    return one_at_a_time - together


@figure(per=[BASE], when={"other_wages": True})
def part_of_other_wages(wage_effect: InWageGap, alone_wages: AnySeries) -> SavingPerYear:
    """What the wages amount to outside the services: the effect on all FTE without that on the services' hours."""
    return wage_effect - total(alone_wages)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("counted_other_wages", per=[BASE], when={"other_wages": False}, step=True)
def no_other_wages() -> SavingPerYear:
    """Wages outside the services are not counted."""
    return 0.0


@figure("driver_amount", per=[DRIVER])
def amount_as_stated(amount_stated: Num) -> SavingPerYear:
    """What the driver amounts to in a year."""
    return amount_stated


@figure("driver_amount", per=[DRIVER])
def amount_per_inhabitant(gap_per_head: Num, population: InHours) -> SavingPerYear:
    """What the driver amounts to in a year: per inhabitant, times the inhabitants."""
    return gap_per_head * population


@figure("driver_amount", per=[DRIVER])
def amount_of_share(driver_gap_share: Num, driver_level: Num, population: InHours) -> SavingPerYear:
    """What the driver amounts to in a year: the own level's distance from the base's, times the inhabitants."""
    return driver_level * driver_gap_share / (1 + driver_gap_share) * population


@figure("driver_amount", per=[DRIVER])
def amount_of_share_of_own(share_of_own: Num, driver_level: Num, population: InHours) -> SavingPerYear:
    """What the driver amounts to in a year: a share of the own level, times the inhabitants."""
    return driver_level * share_of_own * population


@figure("driver_level", per=[DRIVER], step=True)
def level_beside_service(
    own_beside_service: Annotated[float, elsewhere("savings", at_input={"service": "beside"})],
) -> NokPerInhabitant:
    """What the municipality spends per inhabitant on all other care than the service."""
    return own_beside_service


@figure("driver_amount", per=[DRIVER])
def amount_of_potential(
    savings_potential: Annotated[float, elsewhere("savings", at_input={"service": "potential_of"})],
) -> SavingPerYear:
    """What the driver amounts to in a year: the savings potential of the service against the same base."""
    return savings_potential


@figure(per=[SERVICE])
def explained_of_service(together: Num, part_of_refunds: Num) -> SavingPerYear:
    """What the drivers of the service contribute to the gap: the difference of its cost after refunds."""
    return together + part_of_refunds


@figure(per=[BASE])
def explained(explained_of_service: AnySeries, counted_other_wages: Num, driver_amount: AnySeries) -> SavingPerYear:
    """What all drivers contribute to the gap together."""
    return total(explained_of_service) + counted_other_wages + total(driver_amount)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE])
def explained_per_inhabitant(explained: Num, population: InHours) -> SavingPerInhabitant:
    """What all drivers contribute to the gap together, per inhabitant."""
    return explained / population


@figure(per=[BASE])
def rest(gap: Num, explained: Num) -> SavingPerYear:
    """What of the gap none of the drivers explains; below zero where they explain more than there is."""
    return gap - explained


@figure(per=[BASE])
def rest_per_inhabitant(rest: Num, population: InHours) -> SavingPerInhabitant:
    """What none of the drivers explains, per inhabitant."""
    return rest / population


SUMMED = (
    "part_of_wages",
    "part_of_coverage",
    "part_of_hours",
    "part_of_refunds",
    "alone_wages",
    "alone_coverage",
    "alone_hours",
    "together",
    "one_at_a_time",
    "overlap",
)

CALCULATOR = Calculator(
    name="bridge",
    title="What a gap is made of",
    inputs=BridgeInputs,
    keys=("base", "by", "service", "driver"),
    scenario="baerum2016",
    headlines=("gap", "part_of_wages", "part_of_coverage", "part_of_hours", "part_of_refunds", "rest"),
    uses=("savings", "wage-gap", "hours", "coverage"),
    formulas=(
        gap_as_stated,
        gap_of_potential,
        base_wage_per_fte,
        cost_of_an_hour,
        base_cost_of_an_hour,
        part_of_wages,
        part_of_coverage,
        part_of_hours,
        part_of_refunds,
        alone_wages,
        alone_coverage,
        alone_hours,
        together,
        one_at_a_time,
        overlap,
        *(summed(name, SavingPerYear, BASE) for name in SUMMED),
        part_of_other_wages,
        same_as(
            "counted_other_wages", "part_of_other_wages", SavingPerYear, BASE, when={"other_wages": True}, step=True
        ),
        no_other_wages,
        amount_as_stated,
        amount_per_inhabitant,
        level_beside_service,
        amount_of_share,
        amount_of_share_of_own,
        amount_of_potential,
        summed("driver_amount", SavingPerYear, BASE),
        explained_of_service,
        explained,
        explained_per_inhabitant,
        rest,
        rest_per_inhabitant,
    ),
    views=(
        Listing(
            per=BASE,
            heading="The gap to {base} {by}, a year",
            columns=("part of the gap", "taken alone"),
            rows=(
                ("the gap", ("{gap:above}", "")),
                ("wages in the services", ("{part_of_wages:above}", "{alone_wages:above}")),
                ("other wages", ("{part_of_other_wages:above}", "{part_of_other_wages:above}")),
                ("coverage", ("{part_of_coverage:above}", "{alone_coverage:above}")),
                ("hours per user", ("{part_of_hours:above}", "{alone_hours:above}")),
                ("refunds", ("{part_of_refunds:above}", "{part_of_refunds:above}")),
                ("stated drivers", ("{driver_amount:above}", "{driver_amount:above}")),
                ("the rest", ("{rest:above}", "")),
            ),
        ),
        Grid(
            per=BASE,
            rows=("driver",),
            heading="Drivers whose amount is stated, beside {base} {by}, a year",
            columns=(Column("driver", "{driver}"), Column("amount", "{driver_amount:above}")),
        ),
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "together",
                    above="Wages, coverage and hours per user together cost {together:size} more than in {base}.",
                    below="Wages, coverage and hours per user together cost {together:size} less than in {base}.",
                    zero="Wages, coverage and hours per user together cost as much as in {base}.",
                ),
                BySign(
                    "overlap",
                    above="Added one at a time, the amounts are {overlap:size} too high: they are not to be added.",
                    below="Added one at a time, the amounts are {overlap:size} too low: they are not to be added.",
                    zero="Added one at a time, the amounts are the same.",
                ),
                BySign(
                    "rest_per_inhabitant",
                    above="Apart from these drivers, {rest_per_inhabitant:size} more is spent than in {base} {by}.",
                    below="Apart from these drivers, {rest_per_inhabitant:size} less is spent than in {base} {by}.",
                    zero="These drivers explain the whole gap to {base} {by}.",
                ),
            ),
        ),
    ),
    caveats=(
        "The gap is need-adjusted and net; wages and hours are neither: the rest bears the difference.",
        "Drivers are what is measured, not causes: need per user and quality are not compared.",
    ),
)
