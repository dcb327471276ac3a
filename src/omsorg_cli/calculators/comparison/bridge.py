"""What explains a gap: wages, coverage, hours and refunds.

The audit of Bærum (2017, 3.2 and 3.3) explains the gap of 394 million NOK to Drammen by one driver at a time: wages
92 million, hours for people with developmental disabilities 193 million, and refunds 55 million the other way. Measured
one at a time, the drivers overlap: a higher wage also makes each of the extra hours more expensive. Here the gap is
split so that the parts add up to it exactly.

The cost of a service is users × hours per user × cost per hour, minus government refunds, scaled to the municipality's
population. The three factors share the difference by Shapley values: each is changed from the comparator's value to the
municipality's before, between or after the others, and every order has the same weight. For example, 312 users with 2
659 hours at 463.48 kroner cost 116.0 million more than 457.1 users with 1 321 hours at 444.61 kroner: fewer users make
it 131.4 million less, more hours per user 233.3 million more, and the cost per hour 14.1 million more.

>>> users, hours_each, hour = (312, 457.12), (2_659, 1_321), (463.48, 444.61)
>>> parts = [
...     round(part_of_factor(*one, *others) / 1e6, 1)
...     for one, *others in ((users, hours_each, hour), (hours_each, users, hour), (hour, users, hours_each))
... ]
>>> parts, round((312 * 2_659 * 463.48 - 457.12 * 1_321 * 444.61) / 1e6, 1)
([-131.4, 233.3, 14.1], 116.0)

Next to each part is the effect of the driver on its own, as the audit calculates hours, wages and refunds, and the
overlap between these effects. Wages in other services and drivers whose amount is stated (depreciation, the gap of
another service) are added as they are; the unexplained part is the remainder. The gap is the need-adjusted saving, or a
stated amount. Drivers that nobody has measured, such as quality and need per user, are not included. The gap is
need-adjusted and most drivers are not; the difference is in the unexplained part.
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
from omsorg_cli.core.units import NokPerFte, NokPerHour, NokPerInhabitant, Num, PartOfGap, PartOfGapEach
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Listing
from omsorg_cli.formulas.shapley import part_of_factor
from omsorg_cli.formulas.wages import cost_of_an_hour

BASE, SERVICE, DRIVER = ("base", "by"), ("base", "by", "service"), ("base", "by", "driver")
OfService = Annotated[StatedInput | None, Kind("", "choice", choices=("total", "home", "institution"), example="total")]


class BridgedService(Row):
    """A service whose hours explain part of the gap."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, as named in the tables hours and coverage."""


class Driver(Row):
    """A driver whose amount is stated rather than calculated from hours."""

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
    """The driver's name in tables and sentences."""
    amount_stated: GapPerYear = Field(None, alias="amount")
    """The driver's amount per year; negative where it narrows the gap."""
    gap_per_head: GapPerInhabitant = Field(None, alias="gap_per_inhabitant")
    """The driver's amount per inhabitant."""
    driver_gap_share: GapShare = Field(None, alias="gap_share")
    """The municipality's level above the comparator's, as a share of the comparator's."""
    share_of_own: GapShare = Field(None, alias="gap_share_of_own")
    """The municipality's level above the comparator's, as a share of the municipality's."""
    driver_level: PartPerInhabitant = Field(None, alias="own_per_inhabitant")
    """The municipality's level per inhabitant that the share refers to."""
    beside: OfService = None
    """The service to exclude: the share refers to all other care, at the municipality's level in savings."""
    potential_of: OfService = None
    """The service whose saving against the same comparator is the driver's amount."""


class Base(Row):
    """A comparator that the gap is measured against."""

    keys: ClassVar[tuple[str, ...]] = BASE

    base: Key
    """The comparator, as named in the tables savings, wage_gap, hours and coverage."""
    by: Key = ""
    """The name of the breakdown, where a gap is broken down in several ways."""
    label: Label = None
    """The comparator's name in tables and sentences."""
    other_wages: Switch = default(True)
    """Whether wages in other services are a driver: the effect on all FTE, as in the table wage_gap."""
    gap_stated: GapPerYear = Field(None, alias="gap")
    """The gap per year; the default is the need-adjusted saving on all care against the comparator."""
    services: list[BridgedService] = Field(default_factory=no_rows)
    """The services whose hours explain part of the gap."""
    drivers: list[Driver] = Field(default_factory=no_rows)
    """The drivers whose amount is stated."""


class BridgeInputs(Inputs):
    """Inputs of the breakdown of a gap."""

    wage_year: YearInput = None
    """The year of the wage gap, one of those in the table wage_gap."""
    wage_per_fte: Wage = None
    """Wage cost per FTE per year."""
    hours_per_fte: HoursPerFte = None
    """Hours worked per FTE per year."""
    bases: list[Base] = Field(min_length=1)
    """The comparators that the gap is measured against."""


InHours = Annotated[float, elsewhere("hours")]
InCoverage = Annotated[float, elsewhere("coverage")]
InWageGap = Annotated[float, elsewhere("wage-gap", at_input={"year": "wage_year"})]


@figure("gap", per=[BASE])
def gap_as_stated(gap_stated: Num) -> PartOfGap:
    """The gap to be explained, as stated."""
    return gap_stated


@figure("gap", per=[BASE])
def gap_of_potential(savings_potential: Annotated[float, elsewhere("savings", service="total")]) -> PartOfGap:
    """The gap to be explained: the need-adjusted saving on all care against the comparator."""
    return savings_potential


@figure(per=[BASE], step=True)
def base_wage_per_fte(wage_per_fte: Num, gap_per_fte: InWageGap) -> NokPerFte:
    """The comparator's wage cost per FTE."""
    return wage_per_fte - gap_per_fte


@figure(per=[BASE], step=True)
def base_cost_of_an_hour(base_wage_per_fte: Num, hours_per_fte: Num) -> NokPerHour:
    """Cost per hour at the comparator's wage cost per FTE, with the same hours per FTE."""
    return base_wage_per_fte / hours_per_fte


@figure(per=[SERVICE])
def part_of_wages(
    cost_of_an_hour: Num,
    base_cost_of_an_hour: Num,
    users: InHours,
    users_at_base_coverage: InHours,
    hours_per_user: InHours,
    base_hours_per_user: InHours,
) -> PartOfGap:
    """The part of the gap that wages in the service explain."""
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
) -> PartOfGap:
    """The part of the gap that coverage in the service explains: users above those at the comparator's coverage."""
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
) -> PartOfGap:
    """The part of the gap that hours per user in the service explain."""
    return part_of_factor(
        hours_per_user, base_hours_per_user, (users, users_at_base_coverage), (cost_of_an_hour, base_cost_of_an_hour)
    )


@figure(per=[SERVICE])
def part_of_refunds(refund_difference: InCoverage) -> PartOfGap:
    """The part of the gap that refunds in the service explain: refunds above the comparator's narrow it."""
    return -refund_difference


@figure(per=[SERVICE])
def alone_wages(users: InHours, hours_per_user: InHours, cost_of_an_hour: Num, base_cost_of_an_hour: Num) -> PartOfGap:
    """The effect of wages alone: the saving in the service at the comparator's wages, all else equal."""
    return users * hours_per_user * (cost_of_an_hour - base_cost_of_an_hour)


@figure(per=[SERVICE])
def alone_coverage(gap_at_base_coverage: InHours, cost_of_an_hour: Num) -> PartOfGap:
    """The effect of coverage alone: the saving in the service at the comparator's coverage, all else equal."""
    return gap_at_base_coverage * cost_of_an_hour


@figure(per=[SERVICE])
def alone_hours(gap_at_base_hours_per_user: InHours, cost_of_an_hour: Num) -> PartOfGap:
    """The effect of hours alone: the saving in the service at the comparator's hours per user, as the audit has it."""
    return gap_at_base_hours_per_user * cost_of_an_hour


@figure(per=[SERVICE])
def together(part_of_wages: Num, part_of_coverage: Num, part_of_hours: Num) -> PartOfGap:
    """The part of the gap that wages, coverage and hours per user in the service explain together."""
    return part_of_wages + part_of_coverage + part_of_hours


@figure(per=[SERVICE])
def one_at_a_time(alone_wages: Num, alone_coverage: Num, alone_hours: Num) -> PartOfGap:
    """The sum of the effects of wages, coverage and hours per user in the service, each measured on its own."""
    return alone_wages + alone_coverage + alone_hours


@figure(per=[SERVICE])
def overlap(one_at_a_time: Num, together: Num) -> PartOfGap:
    """The overlap: what adding up the effects one at a time counts twice; negative where it counts too little."""
    return one_at_a_time - together


@figure(per=[BASE], when={"other_wages": True})
def part_of_other_wages(wage_effect: InWageGap, alone_wages: AnySeries) -> PartOfGap:
    """The wage effect outside these services: the effect on all FTE minus the effect on the services' hours."""
    return wage_effect - total(alone_wages)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("counted_other_wages", per=[BASE], when={"other_wages": False}, step=True)
def no_other_wages() -> PartOfGap:
    """Wages outside these services are not counted."""
    return 0.0


@figure("driver_amount", per=[DRIVER])
def amount_as_stated(amount_stated: Num) -> PartOfGap:
    """The driver's amount per year, as stated."""
    return amount_stated


@figure("driver_amount", per=[DRIVER])
def amount_per_inhabitant(gap_per_head: Num, population: InHours) -> PartOfGap:
    """The driver's amount per year: its amount per inhabitant times the inhabitants."""
    return gap_per_head * population


@figure("driver_amount", per=[DRIVER])
def amount_of_share(driver_gap_share: Num, driver_level: Num, population: InHours) -> PartOfGap:
    """The driver's amount per year: the municipality's level above the comparator's, times the inhabitants."""
    return driver_level * driver_gap_share / (1 + driver_gap_share) * population


@figure("driver_amount", per=[DRIVER])
def amount_of_share_of_own(share_of_own: Num, driver_level: Num, population: InHours) -> PartOfGap:
    """The driver's amount per year: a share of the municipality's level, times the inhabitants."""
    return driver_level * share_of_own * population


@figure("driver_level", per=[DRIVER], step=True)
def level_beside_service(
    own_beside_service: Annotated[float, elsewhere("savings", at_input={"service": "beside"})],
) -> NokPerInhabitant:
    """The municipality's spending per inhabitant on all care except the service."""
    return own_beside_service


@figure("driver_amount", per=[DRIVER])
def amount_of_potential(
    savings_potential: Annotated[float, elsewhere("savings", at_input={"service": "potential_of"})],
) -> PartOfGap:
    """The driver's amount per year: the need-adjusted saving on the service against the same comparator."""
    return savings_potential


@figure(per=[SERVICE])
def explained_of_service(together: Num, part_of_refunds: Num) -> PartOfGap:
    """The part of the gap that the service explains: the difference in its cost after refunds."""
    return together + part_of_refunds


@figure(per=[BASE])
def explained(explained_of_service: AnySeries, counted_other_wages: Num, driver_amount: AnySeries) -> PartOfGap:
    """The part of the gap that all drivers explain together."""
    return total(explained_of_service) + counted_other_wages + total(driver_amount)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE])
def explained_per_inhabitant(explained: Num, population: InHours) -> PartOfGapEach:
    """The part of the gap that all drivers explain together, per inhabitant."""
    return explained / population


@figure(per=[BASE])
def rest(gap: Num, explained: Num) -> PartOfGap:
    """The unexplained part of the gap; negative where the drivers explain more than the whole gap."""
    return gap - explained


@figure(per=[BASE])
def rest_per_inhabitant(rest: Num, population: InHours) -> PartOfGapEach:
    """The unexplained part of the gap, per inhabitant."""
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
    title="Breakdown of a gap",
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
        *(summed(name, PartOfGap, BASE) for name in SUMMED),
        part_of_other_wages,
        same_as("counted_other_wages", "part_of_other_wages", PartOfGap, BASE, when={"other_wages": True}, step=True),
        no_other_wages,
        amount_as_stated,
        amount_per_inhabitant,
        level_beside_service,
        amount_of_share,
        amount_of_share_of_own,
        amount_of_potential,
        summed("driver_amount", PartOfGap, BASE),
        explained_of_service,
        explained,
        explained_per_inhabitant,
        rest,
        rest_per_inhabitant,
    ),
    subject="{municipality} {year}: what explains the gap to {base}",
    answer=(
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "gap",
                    "{municipality} spends {gap:prose} more than it would at the level of {base!s}, need-adjusted.",
                    "{municipality} spends {gap:prose} less than it would at the level of {base!s}, need-adjusted.",
                    "{municipality} spends as much as it would at the level of {base!s}, need-adjusted.",
                ),
                BySign(
                    "explained",
                    "The drivers {by} explain {explained:prose} of the gap to {base!s}.",
                    "The drivers {by} pull {explained:prose} the other way.",
                    "The drivers {by} explain none of the gap to {base!s}.",
                ),
                BySign(
                    "rest",
                    "Unexplained: {rest:prose}.",
                    "The drivers {by} explain {rest:prose} more than the gap to {base!s}.",
                    "Nothing is unexplained.",
                ),
            ),
        ),
    ),
    views=(
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "overlap",
                    "Measured alone, the drivers together explain {overlap:size} more of the gap to {base!s} than "
                    "their "
                    "parts do, because they overlap. To add them up, use the parts.",
                    "Measured alone, the drivers together explain {overlap:size} less of the gap to {base!s} than "
                    "their "
                    "parts do, because they overlap. To add them up, use the parts.",
                ),
            ),
        ),
        Listing(
            per=BASE,
            heading="The gap to {base} {by}",
            corner="{unit}",
            columns=("part of the gap", "measured alone"),
            rows=(
                ("gap", ("{gap:scaled}", "")),
                ("wages, {service!l}", ("{part_of_wages:scaled}", "{alone_wages:scaled}")),
                (
                    ("wages outside {service!l}", "wages, all services"),
                    ("{part_of_other_wages:scaled}", "{part_of_other_wages:scaled}"),
                ),
                ("coverage", ("{part_of_coverage:scaled}", "{alone_coverage:scaled}")),
                ("hours per user", ("{part_of_hours:scaled}", "{alone_hours:scaled}")),
                ("refunds", ("{part_of_refunds:scaled}", "{part_of_refunds:scaled}")),
                ("other drivers", ("{driver_amount:scaled}", "{driver_amount:scaled}")),
                ("unexplained", ("{rest:scaled}", "")),
            ),
            drawn=(
                "gap",
                "part_of_wages",
                "part_of_other_wages",
                "part_of_coverage",
                "part_of_hours",
                "part_of_refunds",
                "driver_amount",
                "rest",
            ),
        ),
    ),
    details=(
        Grid(
            per=BASE,
            rows=("driver",),
            heading="Other drivers of the gap to {base} {by}",
            columns=(
                Column("driver", "{driver:total}"),
                Column("{unit}", "{driver_amount:scaled}", right=True),
                Column("", "", bar="driver_amount"),
            ),
        ),
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "together",
                    above="Wages, coverage and hours per user in {service!l} together cost {together:size} more than "
                    "{base!s}'s.",
                    below="Wages, coverage and hours per user in {service!l} together cost {together:size} less than "
                    "{base!s}'s.",
                    zero="Wages, coverage and hours per user in {service!l} together cost as much as {base!s}'s.",
                ),
                BySign(
                    "rest_per_inhabitant",
                    above="Unexplained {by}, compared with {base!s}: {rest_per_inhabitant:sum} more per inhabitant.",
                    below="Unexplained {by}, compared with {base!s}: {rest_per_inhabitant:sum} less per inhabitant.",
                    zero="The drivers explain the whole gap to {base!s} {by}.",
                ),
            ),
        ),
    ),
    labels={
        "base_refunds": "comparator's refunds",
        "alone_coverage": "effect of coverage alone",
        "alone_hours": "effect of hours alone",
        "alone_wages": "effect of wages alone",
        "amount_stated": "driver's stated amount",
        "base_cost_of_an_hour": "comparator's cost per hour",
        "bases": "comparators",
        "beside": "service to exclude",
        "by": "breakdown",
        "by_service": "broken down by service",
        "counted_other_wages": "wages counted in other services",
        "driver_amount": "driver's amount",
        "driver_gap_share": "driver's gap in per cent",
        "driver_level": "own level per inhabitant",
        "explained": "explained by all drivers",
        "explained_of_service": "explained by the service",
        "explained_per_inhabitant": "explained per inhabitant",
        "gap_per_head": "driver's amount per inhabitant",
        "gap_stated": "stated gap",
        "one_at_a_time": "sum of effects measured alone",
        "other_wages": "wages in other services",
        "part_of_coverage": "part explained by coverage",
        "part_of_hours": "part explained by hours",
        "part_of_other_wages": "part explained by other wages",
        "part_of_refunds": "part explained by refunds",
        "part_of_wages": "part explained by wages",
        "potential_of": "service whose saving counts",
        "rest": "unexplained",
        "rest_per_inhabitant": "unexplained per inhabitant",
        "share_of_own": "gap as share of own",
        "together": "explained by the three factors",
        "wage_year": "year of the wage gap",
    },
    caveats=(
        "The gap is need-adjusted and net; wages and hours are neither, and the difference is in the unexplained part.",
        "The drivers are what has been measured, not causes: need per user and quality are not compared.",
    ),
)
