"""What is left of a gap per user after coverage and refunds.

A user in one municipality may be granted twice the hours of a user elsewhere although the municipality spends little
more, because elsewhere more of the inhabitants are users. The gap is followed in three steps, for each service and
comparator, from the users and hours of the calculator `hours`.

Step 1, per user: what the municipality's users cost above the comparator's hours per user.

Step 2, per inhabitant: what its hours cost above the comparator's hours, scaled to its own number of inhabitants.

Step 3, after refunds: the same minus what the state refunds for resource-intensive users above the comparator, scaled
alike.

The audit of Bærum (2017, 3.3.1) takes the first step, 193 million NOK against Drammen. It says that higher coverage in
Drammen and higher refunds to Bærum reduce the gap, and gives an amount for the refunds only, 55 million.

>>> round(refund_difference(refunds=167e6, base_refunds=62e6, population=124_008, base_population=68_363))
54534251

Followed to the end, a quarter is left: 193.5, then 104.6, then 50.1 million. Hours are priced at the average wage and,
alongside, at the cost per hour in the accounts. Coverage is also measured against the target group, where its share of
the inhabitants is known, and by recipients in each age group. Not included: which users the refunds are for, and what
users need.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator, Caveat
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
from omsorg_cli.core.units import AbovePerYear, Num, PartOfGap, People, Ratio, SavingPerYear, Share
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Listing
from omsorg_cli.formulas.wages import cost_of_an_hour

BASE, BOTH, AGE = ("base",), ("base", "service"), ("base", "age")


class BaseService(Row):
    """A service in the comparator."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, by its name in the table hours."""
    base_target_share: ShareInput = Field(None, alias="target_share")
    """The target group as a share of the comparator's inhabitants."""
    base_refunds: NokPerYearInput = Field(None, alias="refunds")
    """What the state refunds the comparator in a year for resource-intensive users of the service."""
    base_share_in_target: ShareInput = Field(None, alias="share_in_target")
    """The share of the comparator's users who belong to the target group."""
    base_staffed_share: ShareInput = Field(None, alias="staffed_share")
    """The share of the target group who live in housing staffed day and night in the comparator."""


class Age(Row):
    """An age group, and how many in it receive the services."""

    keys: ClassVar[tuple[str, ...]] = ("age",)

    age: Key
    """The age group."""
    label: Label = None
    """The name that people read for the age group."""
    recipients_per_1000: PerThousandInput = Field(None, alias="per_1000")
    """Recipients per 1 000 inhabitants of the age group."""
    base_recipients_per_1000: PerThousandInput = Field(None, alias="base_per_1000")
    """Recipients per 1 000 inhabitants of the age group in the comparator."""


class Base(Row):
    """A municipality to compare with."""

    keys: ClassVar[tuple[str, ...]] = BASE

    base: Key
    """The comparator, by its name in the table hours."""
    label: Label = None
    """The name that people read for the comparator."""
    services: list[BaseService] = Field(default_factory=no_rows)
    """The services in the comparator."""
    ages: list[Age] = Field(default_factory=no_rows)
    """The age groups to compare."""


class Service(Row):
    """A service in the municipality itself."""

    keys: ClassVar[tuple[str, ...]] = ("service",)

    service: Key
    """The service, by its name in the table hours."""
    label: Label = None
    """The name that people read for the service."""
    target_share: ShareInput = None
    """The target group, meaning those who may need the service, as a share of the inhabitants."""
    refunds: NokPerYearInput = None
    """What the state refunds in a year for resource-intensive users of the service."""
    share_in_target: ShareInput = None
    """The share of the users who belong to the target group; the rest use the service for other reasons."""
    staffed_share: ShareInput = None
    """The share of the target group who live in housing staffed day and night."""
    hourly_cost: CostPerHour = None
    """Cost per hour of the service in the accounts."""


class CoverageInputs(Inputs):
    """Inputs to the steps from the gap per user to the gap after refunds."""

    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    wage_per_fte: Wage = None
    """Wage cost per FTE in a year."""
    bases: list[Base] = Field(min_length=1)
    """The municipalities to compare with."""
    services: list[Service] = Field(default_factory=no_rows)
    """The services."""


InHours = Annotated[float, elsewhere("hours")]


@figure(per=[BOTH])
def gap_per_user_by_wage(gap_at_base_hours_per_user: InHours, cost_of_an_hour: Num) -> SavingPerYear:
    """Step 1, per user: yearly cost of the users' hours above the comparator's hours per user, at the wage."""
    return gap_at_base_hours_per_user * cost_of_an_hour


@figure(per=[BOTH])
def gap_per_inhabitant_by_wage(gap_at_both: InHours, cost_of_an_hour: Num) -> SavingPerYear:
    """Step 2, per inhabitant: yearly cost of hours above the comparator's coverage and hours, at the wage."""
    return gap_at_both * cost_of_an_hour


@figure(per=[BOTH])
def gap_after_refunds_by_wage(gap_per_inhabitant_by_wage: Num, refund_difference: Num) -> SavingPerYear:
    """Step 3, after refunds: what is left when the state has refunded its part, at the wage."""
    return gap_per_inhabitant_by_wage - refund_difference


@figure(per=[BOTH])
def gap_per_user_by_hour(gap_at_base_hours_per_user: InHours, hourly_cost: Num) -> SavingPerYear:
    """Step 1, per user, at the cost per hour."""
    return gap_at_base_hours_per_user * hourly_cost


@figure(per=[BOTH])
def gap_per_inhabitant_by_hour(gap_at_both: InHours, hourly_cost: Num) -> SavingPerYear:
    """Step 2, per inhabitant, at the cost per hour."""
    return gap_at_both * hourly_cost


@figure(per=[BOTH])
def gap_after_refunds_by_hour(gap_per_inhabitant_by_hour: Num, refund_difference: Num) -> SavingPerYear:
    """Step 3, after refunds, at the cost per hour."""
    return gap_per_inhabitant_by_hour - refund_difference


@figure(per=[BOTH])
def coverage_effect_by_wage(gap_per_inhabitant_by_wage: Num, gap_per_user_by_wage: Num) -> PartOfGap:
    """What the step from users to inhabitants changes in a year, at the wage."""
    return gap_per_inhabitant_by_wage - gap_per_user_by_wage


@figure(per=[BOTH])
def coverage_effect_by_hour(gap_per_inhabitant_by_hour: Num, gap_per_user_by_hour: Num) -> PartOfGap:
    """What the step from users to inhabitants changes in a year, at the cost per hour."""
    return gap_per_inhabitant_by_hour - gap_per_user_by_hour


@figure(per=[BOTH])
def gap_per_user_after_refunds_by_wage(gap_per_user_by_wage: Num, refund_difference: Num) -> SavingPerYear:
    """The gap per user after refunds, without the step to inhabitants, at the wage."""
    return gap_per_user_by_wage - refund_difference


@figure(per=[BOTH])
def gap_per_user_after_refunds_by_hour(gap_per_user_by_hour: Num, refund_difference: Num) -> SavingPerYear:
    """The gap per user after refunds, without the step to inhabitants, at the cost per hour."""
    return gap_per_user_by_hour - refund_difference


@figure(per=[BOTH])
def refund_difference(refunds: Num, base_refunds: Num, population: InHours, base_population: InHours) -> AbovePerYear:
    """Yearly refunds above the comparator's, which are scaled to the municipality's own number of inhabitants."""
    return refunds - base_refunds * population / base_population


@figure(per=[BOTH])
def refund_gap_share(refunds: Num, base_refunds: Num) -> Share:
    """Refunds above the comparator's as a share of the comparator's, regardless of the number of inhabitants."""
    return ratio(refunds - base_refunds, base_refunds)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[BOTH])
def refund_ratio(refunds: Num, base_refunds: Num, population: InHours, base_population: InHours) -> Ratio:
    """Refunds per inhabitant divided by the comparator's."""
    return ratio(refunds / population, base_refunds / base_population)  # type: ignore[no-any-return]  # as above


@figure(per=[BASE])
def population_gap_share(population: InHours, base_population: InHours) -> Share:
    """Inhabitants above the comparator's, as a share of the comparator's."""
    return population / base_population - 1


@figure(per=[("service",)])
def target_group(target_share: Num, population: InHours) -> People:
    """The number of people in the target group."""
    return target_share * population


@figure(per=[BOTH])
def base_target_group(base_target_share: Num, base_population: InHours) -> People:
    """The number of people in the target group in the comparator."""
    return base_target_share * base_population


@figure(per=[("service",)])
def target_group_staffed(target_group: Num, staffed_share: Num) -> People:
    """People in the target group who live in housing staffed day and night."""
    return target_group * staffed_share


@figure(per=[BOTH])
def base_target_group_staffed(base_target_group: Num, base_staffed_share: Num) -> People:
    """People in the target group who live in housing staffed day and night in the comparator."""
    return base_target_group * base_staffed_share


@figure(per=[("service",)])
def coverage(users: InHours, target_group: Num) -> Share:
    """Users as a share of the target group."""
    return ratio(users, target_group)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_coverage(base_users: InHours, base_target_group: Num) -> Share:
    """Users as a share of the target group in the comparator."""
    return ratio(base_users, base_target_group)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def coverage_above_base(coverage: Num, base_coverage: Num) -> Share:
    """How much higher the coverage is than the comparator's, as a share of the comparator's."""
    return ratio(coverage - base_coverage, base_coverage)  # type: ignore[no-any-return]  # as above


@figure(per=[BOTH])
def base_coverage_above(coverage: Num, base_coverage: Num) -> Share:
    """How much higher the comparator's coverage is, as a share of the municipality's own."""
    return ratio(base_coverage - coverage, coverage)  # type: ignore[no-any-return]  # as above


@figure(per=[("service",)])
def coverage_in_target(coverage: Num, share_in_target: Num) -> Share:
    """Users in the target group as a share of it, excluding users for other reasons."""
    return coverage * share_in_target


@figure(per=[BOTH])
def base_coverage_in_target(base_coverage: Num, base_share_in_target: Num) -> Share:
    """Users in the target group as a share of it in the comparator, excluding users for other reasons."""
    return base_coverage * base_share_in_target


@figure(per=[BOTH])
def base_coverage_in_target_above(coverage_in_target: Num, base_coverage_in_target: Num) -> Share:
    """How much higher the comparator's coverage is within the target group, as a share of the municipality's own."""
    return ratio(base_coverage_in_target - coverage_in_target, coverage_in_target)  # type: ignore[no-any-return]  # as above


@figure(per=[AGE])
def recipients_ratio(recipients_per_1000: Num, base_recipients_per_1000: Num) -> Ratio:
    """Recipients in the age group divided by the comparator's."""
    return ratio(recipients_per_1000, base_recipients_per_1000)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="coverage",
    title="Coverage and refunds",
    inputs=CoverageInputs,
    keys=("base", "service", "age"),
    scenario="baerum2016",
    headlines=("gap_per_user_by_wage", "gap_per_inhabitant_by_wage", "gap_after_refunds_by_wage"),
    drawn=("gap_per_user_by_wage",),
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
    subject="{municipality} {year}: coverage and refunds compared with {base}",
    answer=(
        Lines(
            per=BOTH,
            templates=(
                BySign(
                    "gap_per_user_by_wage",
                    above="With {base!s}'s hours per user, {service!l} would cost {gap_per_user_by_wage:sum} less a "
                    "year "
                    "(not need-adjusted).",
                    below="With {base!s}'s hours per user, {service!l} would cost {gap_per_user_by_wage:sum} more a "
                    "year (not need-adjusted).",
                    zero="With {base!s}'s hours per user, {service!l} would cost the same.",
                ),
                BySign(
                    "gap_per_inhabitant_by_wage",
                    above="With {base!s}'s coverage as well, the service would cost {gap_per_inhabitant_by_wage:sum} "
                    "less a year.",
                    below="With {base!s}'s coverage as well, the service would cost {gap_per_inhabitant_by_wage:sum} "
                    "more a year.",
                    zero="With {base!s}'s coverage as well, the service would cost the same.",
                ),
                BySign(
                    "gap_after_refunds_by_wage",
                    above="After state refunds, the municipality would save {gap_after_refunds_by_wage:prose}.",
                    below="After state refunds, the municipality would pay {gap_after_refunds_by_wage:sum} more a "
                    "year.",
                    zero="After state refunds, nothing is left of the gap.",
                ),
            ),
        ),
    ),
    views=(
        Listing(
            per=BOTH,
            heading="{service} compared with {base}",
            corner="{unit}",
            columns=("priced at the average wage", "priced at the cost per hour"),
            rows=(
                (
                    "1. saving with {base!s}'s hours per user",
                    ("{gap_per_user_by_wage:scaled}", "{gap_per_user_by_hour:scaled}"),
                ),
                (
                    "effect of {base!s}'s coverage on the saving",
                    ("{coverage_effect_by_wage:scaled_more}", "{coverage_effect_by_hour:scaled_more}"),
                ),
                (
                    "2. saving with {base!s}'s coverage as well",
                    ("{gap_per_inhabitant_by_wage:scaled}", "{gap_per_inhabitant_by_hour:scaled}"),
                ),
                (
                    "effect of state refunds on the saving",
                    ("{refund_difference:scaled_taken}", "{refund_difference:scaled_taken}"),
                ),
                (
                    "3. saving after state refunds",
                    ("{gap_after_refunds_by_wage:scaled}", "{gap_after_refunds_by_hour:scaled}"),
                ),
            ),
        ),
        Grid(
            per=BASE,
            rows=("age",),
            heading="Recipients by age, compared with {base}",
            columns=(
                Column("recipients per 1 000 inhabitants", "{age}"),
                Column("{municipality}", "{recipients_per_1000:figures}", right=True),
                Column("{base!s}", "{base_recipients_per_1000:figures}", right=True),
                Column("relative to {base!s}", "{recipients_ratio}", right=True),
            ),
        ),
    ),
    details=(
        Lines(
            per=BASE,
            templates=(
                BySign(
                    "population_gap_share",
                    above="{municipality} has {population_gap_share:size} more inhabitants than {base}.",
                    below="{municipality} has {population_gap_share:size} fewer inhabitants than {base}.",
                    zero="{municipality} has as many inhabitants as {base}.",
                ),
            ),
        ),
        Lines(
            per=("service",),
            templates=("Coverage of the target group is {coverage} in {municipality}.",),
        ),
        Lines(
            per=BOTH,
            templates=(
                BySign(
                    "refund_gap_share",
                    above="In all, {municipality}'s refunds are {refund_gap_share:size} higher than those of {base}.",
                    below="In all, {municipality}'s refunds are {refund_gap_share:size} lower than those of {base}.",
                    zero="In all, {municipality}'s refunds are as high as those of {base}.",
                ),
                "Per inhabitant, {municipality}'s refunds are {refund_ratio:times} those of {base}.",
                BySign(
                    "coverage_above_base",
                    above="Coverage of the target group is {base_coverage} in {base}: {municipality}'s is "
                    "{coverage_above_base:size} higher.",
                    below="Coverage of the target group is {base_coverage} in {base}: {municipality}'s is "
                    "{coverage_above_base:size} lower.",
                    zero="Coverage of the target group is {base_coverage} in {base}, as in {municipality}.",
                ),
                BySign(
                    "base_coverage_in_target_above",
                    above="Within the target group, coverage in {base} is {base_coverage_in_target_above:size} higher.",
                    below="Within the target group, coverage in {base} is {base_coverage_in_target_above:size} lower.",
                    zero="Within the target group, coverage in {base} is the same.",
                ),
            ),
        ),
    ),
    labels={
        "age": "age group",
        "base_coverage": "comparator's coverage",
        "base_coverage_above": "comparator's coverage above own",
        "base_coverage_in_target": "comparator's coverage within target",
        "base_coverage_in_target_above": "comparator's lead within target",
        "base_population": "comparator's inhabitants",
        "base_recipients_per_1000": "comparator's recipients per 1 000",
        "base_refunds": "comparator's refunds",
        "base_share_in_target": "comparator's users in target",
        "base_staffed_share": "comparator's share staffed housing",
        "base_target_group": "comparator's target group",
        "base_target_group_staffed": "comparator's target in staffed housing",
        "base_target_share": "comparator's target share",
        "cost_of_an_hour": "cost per hour, wage",
        "coverage_above_base": "coverage above comparator's",
        "coverage_effect_by_hour": "coverage effect on saving, hourly",
        "coverage_effect_by_wage": "coverage effect on saving, wage",
        "coverage_in_target": "coverage within target group",
        "gap_after_refunds_by_hour": "gap after refunds, hourly cost",
        "gap_after_refunds_by_wage": "gap after refunds, wage",
        "gap_per_inhabitant_by_hour": "gap per inhabitant, hourly cost",
        "gap_per_inhabitant_by_wage": "gap per inhabitant, wage",
        "gap_per_user_after_refunds_by_hour": "user gap after refunds, hourly",
        "gap_per_user_after_refunds_by_wage": "user gap after refunds, wage",
        "gap_per_user_by_hour": "gap per user, hourly cost",
        "gap_per_user_by_wage": "gap per user, wage",
        "hourly_cost": "cost per hour, accounts",
        "hours_per_fte": "hours per FTE",
        "population_gap_share": "inhabitants above comparator's",
        "recipients_per_1000": "recipients per 1 000",
        "recipients_ratio": "recipients relative to comparator",
        "refund_difference": "refunds above comparator's",
        "refund_gap_share": "relative difference in refunds",
        "refund_ratio": "relative refunds per inhabitant",
        "refunds": "state refunds",
        "share_in_target": "users in target group",
        "staffed_share": "share in staffed housing",
        "target_group_staffed": "target group in staffed housing",
        "target_share": "target group's share",
    },
    caveats=(
        "Hours granted are not hours delivered; neither wage costs nor refunds are need-adjusted.",
        "Refunds are for all resource-intensive users; which of them receive the service is not known.",
        Caveat(
            "The target group is a share of all inhabitants; coverage over 100% means that others are users too.",
            "coverage",
        ),
    ),
)
