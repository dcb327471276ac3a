"""What is left of a gap per user, after coverage and refunds.

A user of one municipality may be granted twice the hours of a user elsewhere although the municipality spends little
more: elsewhere more of the inhabitants are users. The gap is followed in three steps, for each service and base, from
the users and hours of the calculator `hours`:

1. per user: what the own users' hours above those of the base's users cost,
2. per inhabitant: what the own hours above the base's hours cost, those scaled to the own number of inhabitants,
3. after refunds: the same without what the state refunds for resource-intensive users above the base, scaled alike.

The audit of Bærum (2017, 3.3.1) takes the first step, 193 million kroner against Drammen, and says that a higher
coverage in Drammen and higher refunds to Bærum make it less, by how much it says for the refunds alone:

>>> round(refund_difference(refunds=167e6, base_refunds=62e6, population=124_008, base_population=68_363))
54534251

Followed to the end, a quarter is left: 193.5, then 104.6, then 50.1 million. An hour counts at the average wage, and
beside it at the accounts' cost of an hour. Coverage is also held against those who might be users, where their share
of the inhabitants is known, and against the recipients in each age group. Left out: which users the refunds are for,
and what users need.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import elsewhere, figure
from omsorg_cli.core.helpers import ratio
from omsorg_cli.core.inputs import Inputs, Row
from omsorg_cli.core.quantities import (
    CostPerHour,
    HoursPerFte,
    Key,
    Label,
    NokPerYearInput,
    PerThousandInput,
    ShareInput,
    Wage,
    no_rows,
)
from omsorg_cli.core.units import Num, People, Ratio, SavingPerYear, Share
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Listing
from omsorg_cli.formulas.wages import cost_of_an_hour

BASE, BOTH, AGE = ("base",), ("base", "service"), ("base", "age")


class BaseService(Row):
    """A service in the base."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, as the table hours has it."""
    base_target_share: ShareInput = Field(None, alias="target_share")
    """Those who might be users, as a share of the base's inhabitants."""
    base_refunds: NokPerYearInput = Field(None, alias="refunds")
    """What the state refunds the base in a year for resource-intensive users of the service."""
    base_share_in_target: ShareInput = Field(None, alias="share_in_target")
    """The share of the base's users who belong to those who might be users."""
    base_staffed_share: ShareInput = Field(None, alias="staffed_share")
    """The share of those who might be users that live in dwellings staffed day and night in the base."""


class Age(Row):
    """An age group, and how many of it receive the services."""

    keys: ClassVar[tuple[str, ...]] = ("age",)

    age: Key
    """The age group."""
    label: Label = None
    """What people read for the age group."""
    recipients_per_1000: PerThousandInput = Field(None, alias="per_1000")
    """Recipients for every thousand inhabitants of the age group."""
    base_recipients_per_1000: PerThousandInput = Field(None, alias="base_per_1000")
    """The same in the base."""


class Base(Row):
    """A municipality that is compared with."""

    keys: ClassVar[tuple[str, ...]] = BASE

    base: Key
    """What is compared with, as the table hours has it."""
    label: Label = None
    """What people read for the base."""
    services: list[BaseService] = Field(default_factory=no_rows)
    """The services in the base."""
    ages: list[Age] = Field(default_factory=no_rows)
    """The age groups that are compared."""


class Service(Row):
    """A service in the own municipality."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, as the table hours has it."""
    label: Label = None
    """What people read for the service."""
    target_share: ShareInput = None
    """Those who might be users, as a share of the inhabitants."""
    refunds: NokPerYearInput = None
    """What the state refunds in a year for resource-intensive users of the service."""
    share_in_target: ShareInput = None
    """The share of the users who belong to those who might be users; the others are users for other reasons."""
    staffed_share: ShareInput = None
    """The share of those who might be users that live in dwellings staffed day and night."""
    hourly_cost: CostPerHour = None
    """What an hour of the service costs by the accounts."""


class CoverageInputs(Inputs):
    """Inputs of the steps from the gap per user to the gap after refunds."""

    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year."""
    bases: list[Base] = Field(min_length=1)
    """What the municipality is compared with."""
    services: list[Service] = Field(default_factory=no_rows)
    """The services."""


InHours = Annotated[float, elsewhere("hours")]


@figure(per=[BOTH])
def gap_per_user_by_wage(gap_at_base_hours_per_user: InHours, cost_of_an_hour: Num) -> SavingPerYear:
    """Step 1, per user: what the same users' hours above the base's hours per user cost in a year by the wage."""
    return gap_at_base_hours_per_user * cost_of_an_hour


@figure(per=[BOTH])
def gap_per_inhabitant_by_wage(gap_at_both: InHours, cost_of_an_hour: Num) -> SavingPerYear:
    """Step 2, per inhabitant: what the hours above the base's coverage and hours cost in a year by the wage."""
    return gap_at_both * cost_of_an_hour


@figure(per=[BOTH])
def gap_after_refunds_by_wage(gap_per_inhabitant_by_wage: Num, refund_difference: Num) -> SavingPerYear:
    """Step 3, after refunds: what is left when the state has refunded its part, by the wage."""
    return gap_per_inhabitant_by_wage - refund_difference


@figure(per=[BOTH])
def gap_per_user_by_hour(gap_at_base_hours_per_user: InHours, hourly_cost: Num) -> SavingPerYear:
    """Step 1, per user, by the cost of an hour."""
    return gap_at_base_hours_per_user * hourly_cost


@figure(per=[BOTH])
def gap_per_inhabitant_by_hour(gap_at_both: InHours, hourly_cost: Num) -> SavingPerYear:
    """Step 2, per inhabitant, by the cost of an hour."""
    return gap_at_both * hourly_cost


@figure(per=[BOTH])
def gap_after_refunds_by_hour(gap_per_inhabitant_by_hour: Num, refund_difference: Num) -> SavingPerYear:
    """Step 3, after refunds, by the cost of an hour."""
    return gap_per_inhabitant_by_hour - refund_difference


@figure(per=[BOTH])
def coverage_effect_by_wage(gap_per_inhabitant_by_wage: Num, gap_per_user_by_wage: Num) -> SavingPerYear:
    """What the step from users to inhabitants changes in a year by the wage."""
    return gap_per_inhabitant_by_wage - gap_per_user_by_wage


@figure(per=[BOTH])
def coverage_effect_by_hour(gap_per_inhabitant_by_hour: Num, gap_per_user_by_hour: Num) -> SavingPerYear:
    """What the step from users to inhabitants changes in a year by the cost of an hour."""
    return gap_per_inhabitant_by_hour - gap_per_user_by_hour


@figure(per=[BOTH])
def gap_per_user_after_refunds_by_wage(gap_per_user_by_wage: Num, refund_difference: Num) -> SavingPerYear:
    """The gap per user without the refunds, and without the step to inhabitants, by the wage."""
    return gap_per_user_by_wage - refund_difference


@figure(per=[BOTH])
def gap_per_user_after_refunds_by_hour(gap_per_user_by_hour: Num, refund_difference: Num) -> SavingPerYear:
    """The gap per user without the refunds, and without the step to inhabitants, by the cost of an hour."""
    return gap_per_user_by_hour - refund_difference


@figure(per=[BOTH])
def refund_difference(refunds: Num, base_refunds: Num, population: InHours, base_population: InHours) -> SavingPerYear:
    """What the state refunds in a year above the base, its refunds scaled to the own number of inhabitants."""
    return refunds - base_refunds * population / base_population


@figure(per=[BOTH])
def refund_gap_share(refunds: Num, base_refunds: Num) -> Share:
    """The refunds above the base's, as a share of those, whatever the number of inhabitants."""
    return ratio(refunds - base_refunds, base_refunds)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[BOTH])
def refund_ratio(refunds: Num, base_refunds: Num, population: InHours, base_population: InHours) -> Ratio:
    """How many times the base's the refunds for each inhabitant are."""
    return ratio(refunds / population, base_refunds / base_population)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE])
def population_gap_share(population: InHours, base_population: InHours) -> Share:
    """The inhabitants above the base's, as a share of those."""
    return population / base_population - 1


@figure(per=[("service",)])
def target_group(target_share: Num, population: InHours) -> People:
    """Those who might be users."""
    return target_share * population


@figure(per=[BOTH])
def base_target_group(base_target_share: Num, base_population: InHours) -> People:
    """Those who might be users in the base."""
    return base_target_share * base_population


@figure(per=[("service",)])
def target_group_staffed(target_group: Num, staffed_share: Num) -> People:
    """Those who might be users and live in dwellings staffed day and night."""
    return target_group * staffed_share


@figure(per=[BOTH])
def base_target_group_staffed(base_target_group: Num, base_staffed_share: Num) -> People:
    """Those who might be users and live in dwellings staffed day and night in the base."""
    return base_target_group * base_staffed_share


@figure(per=[("service",)])
def coverage(users: InHours, target_group: Num) -> Share:
    """Users as a share of those who might be users."""
    return ratio(users, target_group)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_coverage(base_users: InHours, base_target_group: Num) -> Share:
    """Users as a share of those who might be users in the base."""
    return ratio(base_users, base_target_group)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def coverage_above_base(coverage: Num, base_coverage: Num) -> Share:
    """How much higher the coverage is than the base's, as a share of that."""
    return ratio(coverage - base_coverage, base_coverage)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_coverage_above(coverage: Num, base_coverage: Num) -> Share:
    """How much higher the base's coverage is, as a share of the own."""
    return ratio(base_coverage - coverage, coverage)  # type: ignore[no-any-return]  # as above


@figure(per=[("service",)])
def coverage_in_target(coverage: Num, share_in_target: Num) -> Share:
    """Users as a share of those who might be users, without users for other reasons."""
    return coverage * share_in_target


@figure(per=[BOTH])
def base_coverage_in_target(base_coverage: Num, base_share_in_target: Num) -> Share:
    """Users as a share of those who might be users in the base, without users for other reasons."""
    return base_coverage * base_share_in_target


@figure(per=[BOTH])
def base_coverage_in_target_above(coverage_in_target: Num, base_coverage_in_target: Num) -> Share:
    """How much higher the base's coverage is without users for other reasons, as a share of the own."""
    return ratio(base_coverage_in_target - coverage_in_target, coverage_in_target)  # type: ignore[no-any-return]  # as above


@figure(per=[AGE])
def recipients_ratio(recipients_per_1000: Num, base_recipients_per_1000: Num) -> Ratio:
    """Recipients in the age group, those of the base being 1."""
    return ratio(recipients_per_1000, base_recipients_per_1000)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="coverage",
    title="Coverage and refunds",
    inputs=CoverageInputs,
    keys=("base", "service", "age"),
    scenario="baerum2016",
    headlines=("gap_per_user_by_wage", "gap_per_inhabitant_by_wage", "gap_after_refunds_by_wage"),
    uses=("hours",),
    formulas=(
        cost_of_an_hour,
        gap_per_user_by_wage,
        coverage_effect_by_wage,
        gap_per_inhabitant_by_wage,
        gap_after_refunds_by_wage,
        gap_per_user_after_refunds_by_wage,
        gap_per_user_by_hour,
        coverage_effect_by_hour,
        gap_per_inhabitant_by_hour,
        gap_after_refunds_by_hour,
        gap_per_user_after_refunds_by_hour,
        refund_difference,
        refund_gap_share,
        refund_ratio,
        population_gap_share,
        target_group,
        target_group_staffed,
        coverage,
        base_target_group,
        base_target_group_staffed,
        base_coverage,
        coverage_above_base,
        base_coverage_above,
        coverage_in_target,
        base_coverage_in_target,
        base_coverage_in_target_above,
        recipients_ratio,
    ),
    views=(
        Listing(
            per=BOTH,
            heading="{service} against {base}, a year",
            columns=("by wage", "by the hour"),
            rows=(
                ("1. per user", ("{gap_per_user_by_wage:saving}", "{gap_per_user_by_hour:saving}")),
                ("from users to inhabitants", ("{coverage_effect_by_wage:step}", "{coverage_effect_by_hour:step}")),
                ("2. per inhabitant", ("{gap_per_inhabitant_by_wage:saving}", "{gap_per_inhabitant_by_hour:saving}")),
                ("difference in refunds", ("{refund_difference:taken}", "{refund_difference:taken}")),
                ("3. after refunds", ("{gap_after_refunds_by_wage:saving}", "{gap_after_refunds_by_hour:saving}")),
            ),
        ),
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "population_gap_share",
                    above="Inhabitants: {population_gap_share:size} more than {base}.",
                    below="Inhabitants: {population_gap_share:size} fewer than {base}.",
                    zero="Inhabitants: as many as {base}.",
                ),
            ),
        ),
        Lines(
            per=BOTH,
            templates=(
                BySign(
                    "refund_gap_share",
                    above="Refunds: {refund_gap_share:size} more than {base}, whatever the number of inhabitants.",
                    below="Refunds: {refund_gap_share:size} less than {base}, whatever the number of inhabitants.",
                    zero="Refunds: as much as {base}, whatever the number of inhabitants.",
                ),
                "Refunds for each inhabitant: {refund_ratio:times} those of {base}.",
                BySign(
                    "coverage_above_base",
                    above="Coverage: {coverage_above_base:size} higher than {base_coverage} in {base}.",
                    below="Coverage: {coverage_above_base:size} lower than {base_coverage} in {base}.",
                    zero="Coverage: {base_coverage}, as in {base}.",
                ),
                BySign(
                    "base_coverage_in_target_above",
                    above="Without other users, that of {base} is {base_coverage_in_target_above:size} higher.",
                    below="Without other users, that of {base} is {base_coverage_in_target_above:size} lower.",
                    zero="Without other users, that of {base} is the same.",
                ),
            ),
        ),
        Grid(
            per=BASE,
            rows=("age",),
            heading="Recipients in each age group, beside {base}",
            columns=(
                Column("age", "{age}"),
                Column("per 1 000", "{recipients_per_1000}"),
                Column("in the base", "{base_recipients_per_1000}"),
                Column("ratio", "{recipients_ratio}"),
            ),
        ),
    ),
    caveats=(
        "Hours granted are not hours delivered; hours by the wage and refunds are not corrected for need.",
        "Refunds are for all resource-intensive users; which of them receive the service is not known.",
        "Those who might be users are reckoned of all inhabitants; over 100 %, others are users too.",
    ),
)
