"""What the state refunds for resource-intensive services.

The municipality pays the wages up to a threshold for each user, the state a share of the rest. Of 2.46 million NOK for
one user, at 80 per cent above 1.08 million, the state refunds 1.104 million.

>>> refund_per_user_of_cost(net_wage_cost=2_460_000, threshold=1_080_000, rate=0.8, deductions=0, eligible=1)
1104000.0

Where only the total is known, it works the other way round: 8.6 billion NOK for 7 781 recipients is 1.105 million for
each, and so 2.46 million NOK in wages.

>>> per_user = refund_per_user_of_total(refund=8_600_000_000, users=7_781)
>>> round(per_user), round(net_wage_cost_of_refund(per_user, threshold=1_080_000, rate=0.8, deductions=0))
(1105256, 2461570)

A changed threshold or rate shows what the municipality gains or loses: a threshold that is 50 000 NOK higher for 7 781
recipients, at 80 per cent, costs municipalities 311 million NOK.

>>> effect_above_threshold(users=7_781, rate=0.8, threshold_change=50_000)
-311240000.0

Wages are net of what other grants pay for. Every user in a group is assumed to cost the group's average; a group with
users on both sides of the threshold should be split. Not included: the additional compensation for small
municipalities, and that the refund is paid the year after.
"""

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import maximum, ratio, total, where
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.core.quantities import (
    AgeInput,
    CostChangePerUser,
    CostPerUser,
    Key,
    Label,
    NokPerYearInput,
    PersonsToday,
    PointsOfRate,
    ShareInput,
    default,
)
from omsorg_cli.core.units import NokPerUser, NokPerYear, Num, People, SavingPerYear, Share, YesNo
from omsorg_cli.core.units import Years as YearsUnit
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas.refunds import refund as refunded

USUAL = (1_000, 20_000_000)
Threshold = Annotated[Stated | None, Kind("NOK/user/year", low=0, example=1_700_000, usual=USUAL)]
WageCostPerUser = Annotated[Stated | None, Kind("NOK/user/year", low=0, example=2_500_000, usual=USUAL)]


class RefundGroup(Row):
    """Users whose services cost about the same."""

    keys: ClassVar[tuple[str, ...]] = ("group",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("users", "net_wage_cost"),
        ("users", "refund"),
        ("net_wage_cost",),
        ("refund",),
        ("users",),
    )
    optional: ClassVar[tuple[str, ...]] = ("age",)

    group: Key
    """The group of users."""
    label: Label = None
    """The group's name in tables and sentences."""
    users: PersonsToday = None
    """Users in the group."""
    net_wage_cost: WageCostPerUser = None
    """Direct wage cost per user in a year, net of other grants."""
    refund: NokPerYearInput = None
    """The refund for the whole group in a year, where wages per user are not known."""
    age: AgeInput = None
    """The age that the users reach in the year."""
    threshold: Threshold = None
    """Wage cost per user that the municipality pays itself, if not the same for all groups."""
    deductions: CostPerUser = None
    """Other deductions from the wages of each user, if not the same for all groups."""

    @model_validator(mode="after")
    def _pays_something(self) -> Self:
        refuse(_faults_of_refund(self))
        return self


def _faults_of_refund(item: RefundGroup) -> Iterator[tuple[Loc, str]]:
    if item.refund is not None and item.age is not None:
        yield ("age",), say("found an age beside a refund that is paid; allowed: an age beside net_wage_cost")


class RefundInputs(Inputs):
    """Inputs of the refund for resource-intensive services."""

    threshold: Threshold = None
    """Wage cost per user that the municipality pays itself."""
    rate: ShareInput = None
    """The share of wages above the threshold that the state pays."""
    deductions: CostPerUser = default(0)
    """Other deductions from the wages of each user."""
    age_limit: AgeInput = None
    """The highest age at which a user qualifies."""
    threshold_change: CostChangePerUser = default(0)
    """The increase in the threshold per user; negative for a decrease."""
    rate_change: PointsOfRate = default(0)
    """The increase in the rate; negative for a decrease."""
    groups: list[RefundGroup] = Field(min_length=1)
    """The groups of users."""

    @model_validator(mode="after")
    def _a_whole_scheme(self) -> Self:
        refuse(_faults_of_scheme(self))
        return self


def _faults_of_scheme(table: RefundInputs) -> Iterator[tuple[Loc, str]]:
    """A threshold goes with a rate, an age with a limit, and a change leaves both where they can be."""
    thresholds = [
        one.number for one in (table.threshold, *(item.threshold for item in table.groups)) if one is not None
    ]
    if thresholds and table.rate is None:
        yield ("threshold",), say("found a threshold without a rate; allowed: both, such as rate = 0.8")
    yield from _faults_of_change("threshold_change", table.threshold_change, min(thresholds, default=0), math.inf)
    yield from _faults_of_change("rate_change", table.rate_change, 0 if table.rate is None else table.rate.number, 1)
    for index, item in enumerate(table.groups):
        if item.age is not None and table.age_limit is None:
            yield ("groups", index, "age"), say("found an age without an age_limit; allowed: both or neither")
        if item.net_wage_cost is None and item.refund is None and _may_change(table.rate_change):
            yield (
                ("groups", index),
                say("the effect of another rate depends on the wages; state net_wage_cost or refund"),
            )


def _may_change(rate_change: Stated | None) -> bool:
    return rate_change is not None and bool(rate_change.number or rate_change.range)


def _faults_of_change(name: str, change: Stated | None, now: float, most: float) -> Iterator[tuple[Loc, str]]:
    """What changes ends at zero or above, and at the most that it may be."""
    if change is not None and not 0 <= now + change.number <= most:
        values = {"found": number_text(change.number), "now": number_text(now), "least": number_text(-now)}
        if most == math.inf:
            yield (name,), say("found {found} beside {now} today; allowed: at least {least}", **values)
        else:
            told = phrase("found {found} beside {now} today; allowed: {least} to {most}")
            yield (name,), say(told, **values, most=number_text(most - now))


GROUP = ("group",)


@figure("eligible", step=True)
def eligible_by_age(age: Num, age_limit: Num) -> YesNo:
    """Whether the users are young enough for a refund."""
    return where(age <= age_limit, 1.0, 0.0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("eligible", per=[GROUP], step=True)
def eligible_at_any_age() -> YesNo:
    """Whether the users are young enough for a refund; where no age is stated, they are taken to be."""
    return 1.0


@figure("refund_per_user")
def refund_per_user_of_cost(
    net_wage_cost: Num, threshold: Num, rate: Num, deductions: Num, eligible: Num
) -> NokPerUser:
    """Refund per user in a year: the rate times the wage cost above the threshold, and never below zero."""
    return refunded(net_wage_cost, threshold, rate, deductions) * eligible


@figure("refund_per_user")
def refund_per_user_of_total(refund: Num, users: Num) -> NokPerUser:
    """Refund per user in a year, from the refund for all."""
    return refund / users


@figure("net_wage_cost", no_answer="without a refund, wages may lie anywhere up to the threshold")
def net_wage_cost_of_refund(refund_per_user: Num, threshold: Num, rate: Num, deductions: Num) -> NokPerUser:
    """Direct wage cost per user that leads to the refund."""
    cost = refund_per_user / rate + threshold + deductions
    return where(refund_per_user > 0, cost, None)  # type: ignore[no-any-return]  # a number, or no answer


@figure("refund")
def refund_of_users(refund_per_user: Num, users: Num) -> NokPerYear:
    """The refund for the whole group in a year."""
    return refund_per_user * users


def years_over_age_limit(age: Num, age_limit: Num) -> YearsUnit:
    """How many years too old for a refund the users are; zero where they are young enough.

    >>> years_over_age_limit(age=70, age_limit=67), years_over_age_limit(age=50, age_limit=67)
    (3, 0)
    """
    return maximum(age - age_limit, 0)  # type: ignore[no-any-return]  # as above


@figure(no_answer="a rate of zero refunds nothing")
def cost_above_threshold(refund: Num, rate: Num) -> NokPerYear:
    """Wage cost above the threshold that the refund is a share of."""
    return ratio(refund, rate)  # type: ignore[no-any-return]  # a number, or no answer


def net_cost_per_user(net_wage_cost: Num, refund_per_user: Num) -> NokPerUser:
    """Wage cost per user in a year that the municipality pays itself."""
    return net_wage_cost - refund_per_user


def wage_cost(net_wage_cost: Num, users: Num) -> NokPerYear:
    """Direct wage cost of the group in a year."""
    return net_wage_cost * users


def net_cost(wage_cost: Num, refund: Num) -> NokPerYear:
    """Wage cost in a year that the municipality pays itself."""
    return wage_cost - refund


@figure(per=[GROUP, ()], no_answer="there is no wage cost")
def state_share(refund: Num, wage_cost: Num) -> Share:
    """The share of the wage cost that the state pays."""
    return ratio(refund, wage_cost)  # type: ignore[no-any-return]  # as above


@figure(step=True)
def changed_refund_per_user(
    net_wage_cost: Num,
    threshold: Num,
    rate: Num,
    deductions: Num,
    eligible: Num,
    threshold_change: Num,
    rate_change: Num,
) -> NokPerUser:
    """Refund per user in a year once threshold and rate have changed."""
    return refunded(net_wage_cost, threshold + threshold_change, rate + rate_change, deductions) * eligible


@figure("effect_of_change")
def effect_by_cost(changed_refund_per_user: Num, refund_per_user: Num, users: Num) -> SavingPerYear:
    """What the changed threshold and rate bring municipalities in a year; negative where they cost them money."""
    return (changed_refund_per_user - refund_per_user) * users


@figure("effect_of_change")
def effect_above_threshold(users: Num, rate: Num, threshold_change: Num) -> SavingPerYear:
    """What the changed threshold brings municipalities in a year, if all users remain above it."""
    return 0 - rate * threshold_change * users


@figure(per=[()], only_with=("threshold_change",))
def changed_threshold(threshold: Num, threshold_change: Num) -> NokPerUser:
    """The threshold per user once it has changed."""
    return threshold + threshold_change


@figure(per=[()], only_with=("rate_change",))
def changed_rate(rate: Num, rate_change: Num) -> Share:
    """The rate once it has changed."""
    return rate + rate_change


@figure(per=[()])
def all_users(users: Series) -> People:
    """Users in all groups."""
    return total(users)  # type: ignore[no-any-return]  # as above


ABOVE_THRESHOLD = phrase("{group}: {cost_above_threshold:prose} of the wage cost is above the threshold.")

CALCULATOR = Calculator(
    name="refund",
    title="Refund for resource-intensive services",
    inputs=RefundInputs,
    keys=GROUP,
    scenario="norway2016",
    headlines=("refund", "net_cost", "effect_of_change"),
    drawn=("refund",),
    formulas=(
        eligible_by_age,
        eligible_at_any_age,
        years_over_age_limit,
        refund_per_user_of_cost,
        refund_per_user_of_total,
        net_wage_cost_of_refund,
        refund_of_users,
        cost_above_threshold,
        net_cost_per_user,
        wage_cost,
        net_cost,
        all_users,
        summed("refund", NokPerYear, ()),
        summed("cost_above_threshold", NokPerYear, ()),
        summed("wage_cost", NokPerYear, ()),
        summed("net_cost", NokPerYear, ()),
        state_share,
        changed_refund_per_user,
        changed_threshold,
        changed_rate,
        effect_by_cost,
        effect_above_threshold,
        summed("effect_of_change", SavingPerYear, ()),
    ),
    subject="{municipality} {year}: refund for resource-intensive services",
    answer=(
        Lines(
            templates=(
                "The state refunds {refund:prose}, {state_share} of wage costs; municipalities pay {net_cost:prose}.",
                BySign(
                    "effect_of_change",
                    above=(
                        (
                            "With a threshold of {changed_threshold:sum} per user ({threshold_change:rises}) and a "
                            "rate of {changed_rate} ({rate_change:points}), the state would pay municipalities an "
                            "extra {effect_of_change:prose}."
                        ),
                        (
                            "With the threshold per user {threshold_change:rises} and the rate {rate_change:points}, "
                            "the state would pay municipalities an extra "
                            "{effect_of_change:prose}."
                        ),
                    ),
                    below=(
                        (
                            "With a threshold of {changed_threshold:sum} per user ({threshold_change:rises}) and a "
                            "rate of {changed_rate} ({rate_change:points}), municipalities would pay an extra "
                            "{effect_of_change:prose}."
                        ),
                        (
                            "With the threshold per user {threshold_change:rises} and the rate {rate_change:points}, "
                            "municipalities would pay an extra "
                            "{effect_of_change:prose}."
                        ),
                    ),
                ),
            ),
        ),
    ),
    views=(
        Grid(
            rows=GROUP,
            columns=(
                Column("{unit}", "{group}"),
                Column("users", "{users:number}", right=True),
                Column("wage cost", "{wage_cost:scaled}", right=True),
                Column("refund", "{refund:scaled}", right=True),
                Column("municipalities pay", "{net_cost:scaled}", right=True),
                Column("state's share", "{state_share}", right=True),
                Column("effect on municipalities", "{effect_of_change:scaled}", right=True),
            ),
        ),
        Grid(
            heading="Per user, NOK a year",
            rows=GROUP,
            columns=(
                Column("group", "{group}"),
                Column("wage cost", "{net_wage_cost:number}", right=True),
                Column("refund", "{refund_per_user:number}", right=True),
                Column("municipality pays", "{net_cost_per_user:number}", right=True),
            ),
        ),
    ),
    details=(
        Lines(
            per=GROUP,
            templates=(
                (
                    BySign("years_over_age_limit", "{group}: not eligible: over the age limit.", "", ABOVE_THRESHOLD),
                    ABOVE_THRESHOLD,
                ),
            ),
        ),
    ),
    labels={
        "age": "age in the year",
        "age_limit": "age limit",
        "all_users": "users, all groups",
        "changed_rate": "rate after change",
        "changed_threshold": "threshold after change",
        "changed_refund_per_user": "refund per user after change",
        "cost_above_threshold": "wage cost above the threshold",
        "deductions": "other deductions per user",
        "effect_of_change": "effect of the change",
        "eligible": "within the age limit",
        "net_cost": "municipality's cost",
        "net_cost_per_user": "municipality's cost per user",
        "net_wage_cost": "wage cost per user",
        "rate_change": "change in the rate",
        "refund_per_user": "refund per user",
        "state_share": "state's share",
        "threshold_change": "change in the threshold",
        "wage_cost": "wage cost",
        "years_over_age_limit": "years over the age limit",
    },
    caveats=(
        (
            "Every user in a group is assumed to cost the group's average; a group with users on both sides of the "
            "threshold should be split."
        ),
        "The additional compensation for small municipalities is not included.",
    ),
)
