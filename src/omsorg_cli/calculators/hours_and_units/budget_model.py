"""Who gains when hours change, depending on how districts are paid.

A district that is paid for part of the cost of an hour (Drammen: 35%) bears the rest when hours rise and keeps the rest
when they fall; one that is paid in full neither bears nor keeps anything. The district's costs change by cost × hours,
its budget by cost × (coverage × hours registered + hours of users financed outside the model). The district gains the
change in its budget minus the change in its costs; the municipality gains what it pays less. In Drammen, with 417 456
fewer hours at 479 NOK, the municipality would pay 70.0 million NOK less and the district would keep 130.0 million.

>>> budget = budget_change(cost_per_hour=479, coverage=0.35, hours_registered=-417_456, heavy_hours=0)
>>> round(municipality_effect(budget))
69986498
>>> unpaid = hours_unpaid(coverage=0.35, hours_inside=-417_456, hours_registered=-417_456)
>>> round(district_effect(cost_per_hour=479, hours_unpaid=unpaid))
129974926

With a buffer (Kristiansand: 25% of the hours before), a change within the buffer is not registered. Of a change beyond
it, either the whole or only the excess is registered; the audit does not say which, so both can be chosen. Users with
very large needs may be financed directly: `heavy_share` of the change is theirs and is paid in full. Weekly hours are
converted to hours a year: 15 hours a week in 52 weeks are 780.

>>> threshold_hours(threshold=15, weeks=52)
780

Not included: whether the price is the district's actual cost per hour, how fast costs follow hours, what districts do
because of the model, and what preventive work paid for by the gain achieves.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import figure, same_as
from omsorg_cli.core.helpers import maximum, minimum, where
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.core.quantities import (
    CostPerHour,
    Coverage,
    HoursChange,
    HoursInput,
    HoursPerUserInput,
    HoursPerWeek,
    Key,
    Label,
    ShareInput,
    Weeks,
    default,
)
from omsorg_cli.core.units import (
    GainPerHour,
    GainPerYear,
    Hours,
    HoursPerUser,
    HoursPerUserWeek,
    NokPerYear,
    Num,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.view import BySign, Column, Grid, Lines

MODES = ("whole", "excess")
BufferMode = Annotated[StatedInput | None, Kind("", "choice", choices=MODES, example="whole")]


class ChangeOfHours(Inputs):
    """What changes, and at what cost."""

    cost_per_hour: CostPerHour = None
    """The district's cost per hour."""
    hours_change: HoursChange = None
    """Change in hours a year; below zero for fewer hours."""
    hours: HoursInput = None
    """Hours a year before the change; a buffer is a share of them."""
    heavy_share: ShareInput = None
    """The share of the change that belongs to users financed directly, outside the model."""
    reinvested_share: ShareInput = None
    """The share of its gain that the district spends on preventive work."""
    hours_per_user: HoursPerUserInput = None
    """Hours a year per user of the service, to compare with the threshold."""


class Model(ChangeOfHours, Row):
    """A way of paying districts; whatever it does not state about the change comes from the table."""

    keys: ClassVar[tuple[str, ...]] = ("model",)
    optional: ClassVar[tuple[str, ...]] = (*ChangeOfHours.model_fields, "buffer_mode", "threshold")

    model: Key
    """The model."""
    label: Label = None
    """The name that people read for the model."""
    coverage: Coverage = None
    """What the district is paid for each extra hour, and loses for each hour less, as a share of the cost."""
    buffer: ShareInput = default(0)
    """The change that is not registered, as a share of the hours before."""
    buffer_mode: BufferMode = None
    """Whether the whole of a change beyond the buffer is registered, or only the excess."""
    threshold: HoursPerWeek = None
    """Hours a week from which users are financed directly, outside the model."""


class BudgetModel(ChangeOfHours):
    """Inputs to the budget models."""

    heavy_share: ShareInput = default(0)
    """The share of the change that belongs to users financed directly, outside the model."""
    weeks: Weeks = default(52)
    """Weeks of service in a year."""
    models: list[Model] = Field(min_length=1)
    """The ways of paying districts."""

    @model_validator(mode="after")
    def _models_are_sound(self) -> Self:
        refuse(
            (("models", index, *inside), sentence)
            for index, item in enumerate(self.models)
            for inside, sentence in _faults_of(item, self)
        )
        return self


def _faults_of(item: Model, table: BudgetModel) -> Iterator[tuple[Loc, str]]:
    """No more hours go than there are, and a mode has its buffer."""
    change, hours = item.hours_change or table.hours_change, item.hours or table.hours
    if change is not None and hours is not None and change.number < -hours.number:
        at: Loc = () if item.hours_change is None and item.hours is None else ("hours_change",)
        told = {"fewer": number_text(-change.number), "hours": number_text(hours.number)}
        yield at, say("found {fewer} hours fewer out of {hours}; allowed: at most as many as there are", **told)
    if item.buffer_mode is not None and (item.buffer is None or item.buffer.origin == "default"):
        yield ("buffer_mode",), say("has no effect without a buffer")


@figure(step=True)
def heavy_hours(hours_change: Num, heavy_share: Num) -> Hours:
    """The change in hours of users financed directly, outside the model."""
    return hours_change * heavy_share


def hours_inside(hours_change: Num, heavy_share: Num) -> Hours:
    """The change in hours of users inside the model."""
    return hours_change * (1 - heavy_share)


def buffer_hours(buffer: Num, hours: Num) -> Hours:
    """The change in hours, up or down, that is not registered."""
    return buffer * hours


@figure("hours_registered", when={"buffer_mode": "whole"})
def registered_whole(hours_inside: Num, buffer_hours: Num) -> Hours:
    """The change in hours that the model registers: the whole change once it is beyond the buffer.

    >>> registered_whole(-417_456, 207_413.25), registered_whole(-200_000, 207_413.25)
    (-417456, 0.0)
    """
    size = maximum(hours_inside, 0 - hours_inside)
    return where(size > buffer_hours, hours_inside, 0.0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("hours_registered", when={"buffer_mode": "excess"})
def registered_excess(hours_inside: Num, buffer_hours: Num) -> Hours:
    """The change in hours that the model registers: the part beyond the buffer.

    >>> registered_excess(-417_456, 207_413.25), registered_excess(-200_000, 207_413.25)
    (-210042.75, 0)
    """
    return hours_inside - maximum(minimum(hours_inside, buffer_hours), 0 - buffer_hours)  # type: ignore[no-any-return]  # as above


def budget_change(cost_per_hour: Num, coverage: Num, hours_registered: Num, heavy_hours: Num) -> NokPerYear:
    """Yearly change in the district's budget; below zero when it falls."""
    return cost_per_hour * (coverage * hours_registered + heavy_hours)


def cost_change(cost_per_hour: Num, hours_change: Num) -> NokPerYear:
    """Yearly change in the district's costs; below zero when they fall."""
    return cost_per_hour * hours_change


@figure(step=True)
def hours_unpaid(coverage: Num, hours_inside: Num, hours_registered: Num) -> Hours:
    """The change in hours that the budget does not follow: the unpaid part of each hour, and hours not registered."""
    return (1 - coverage) * hours_registered + (hours_inside - hours_registered)


def district_effect(cost_per_hour: Num, hours_unpaid: Num) -> GainPerYear:
    """The district's yearly gain: the change in its budget minus the change in its costs."""
    return 0 - cost_per_hour * hours_unpaid


def municipality_effect(budget_change: Num) -> SavingPerYear:
    """Yearly saving for the municipality: what it pays the district less."""
    return 0 - budget_change


@figure(only_with=("reinvested_share",))
def reinvested(district_effect: Num, reinvested_share: Num) -> NokPerYear:
    """What the district spends on preventive work in a year; nothing when it loses."""
    return maximum(district_effect, 0) * reinvested_share  # type: ignore[no-any-return]  # as above


def kept_share(coverage: Num) -> Share:
    """The share of the cost that the district keeps for each hour less that the model registers."""
    return 1 - coverage


def extra_hour_net(coverage: Num) -> Share:
    """What each extra hour leaves the district, as a share of its cost; below zero when the district bears part."""
    return coverage - 1


def extra_hour_effect(cost_per_hour: Num, extra_hour_net: Num) -> GainPerHour:
    """What each extra hour leaves the district, where the model registers it."""
    return cost_per_hour * extra_hour_net


def threshold_hours(threshold: Num, weeks: Num) -> HoursPerUser:
    """Hours a year from which users are financed directly, outside the model."""
    return threshold * weeks


def user_hours_per_week(hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours a week per user of the service."""
    return hours_per_user / weeks


@figure(only_with=("threshold",))
def hours_above_threshold(user_hours_per_week: Num, threshold: Num) -> HoursPerUserWeek:
    """Hours a week per user of the service above the threshold."""
    return user_hours_per_week - threshold


CALCULATOR = Calculator(
    name="budget-model",
    title="Budget model",
    inputs=BudgetModel,
    keys=("model",),
    scenario="baerum2016",
    headlines=("district_effect", "municipality_effect"),
    drawn=("district_effect",),
    formulas=(
        heavy_hours,
        hours_inside,
        buffer_hours,
        same_as("hours_registered", "hours_inside", Hours, when={"buffer": 0}),
        registered_whole,
        registered_excess,
        budget_change,
        cost_change,
        hours_unpaid,
        district_effect,
        municipality_effect,
        kept_share,
        extra_hour_net,
        extra_hour_effect,
        reinvested,
        threshold_hours,
        user_hours_per_week,
        hours_above_threshold,
    ),
    subject="{municipality} {year}: who gains when hours change, by budget model",
    answer=(
        Lines(
            per=("model",),
            templates=(
                BySign(
                    "cost_change",
                    above="{model!s}: granting {hours_change:bare} more hours a year would raise the district's costs "
                    "by {cost_change:prose}.",
                    below="{model!s}: granting {hours_change:bare} fewer hours a year would cut the district's costs "
                    "by {cost_change:prose}.",
                ),
                BySign(
                    "municipality_effect",
                    above="The municipality would save {municipality_effect:prose} in the accounts.",
                    below="The municipality would pay {municipality_effect:sum} more a year in the accounts.",
                    zero="The municipality would pay the same.",
                ),
                BySign(
                    "district_effect",
                    above="The district would keep {district_effect:prose}.",
                    below="The district would have to cover {district_effect:prose} itself.",
                    zero="The district would neither gain nor lose.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            heading="When hours change",
            rows=("model",),
            columns=(
                Column("{unit}", "{model}"),
                Column("district's costs", "{cost_change:scaled_more}", right=True),
                Column("district's budget", "{budget_change:scaled_more}", right=True),
                Column("district keeps", "{district_effect:scaled}", right=True),
                Column("municipality saves", "{municipality_effect:scaled}", right=True),
            ),
        ),
    ),
    details=(
        Grid(
            heading="What the model registers",
            rows=("model",),
            columns=(
                Column("model", "{model}"),
                Column("change", "{hours_change:more}", right=True),
                Column("registered", "{hours_registered:more}", right=True),
            ),
        ),
        Grid(
            heading="The district's gain or loss per hour",
            rows=("model",),
            columns=(
                Column("model", "{model}"),
                Column("share paid", "{coverage}", right=True),
                Column("one more hour", "{extra_hour_effect:gains}", right=True),
                Column("kept of one fewer hour", "{kept_share}", right=True),
                Column("spent on prevention", "{reinvested}", right=True),
            ),
            below=(
                (
                    "{model}: users with {threshold} or more ({threshold_hours}) are funded directly; "
                    "{heavy_share:any} of the change is theirs."
                ),
                BySign(
                    "hours_above_threshold",
                    above="{model}: users of the service have {user_hours_per_week} each, {hours_above_threshold:size} "
                    "above the threshold.",
                    below="{model}: users of the service have {user_hours_per_week} each, {hours_above_threshold:size} "
                    "below the threshold.",
                    zero="{model}: users of the service have {user_hours_per_week} each, exactly at the threshold.",
                ),
            ),
        ),
    ),
    labels={
        "buffer": "buffer share",
        "buffer_hours": "hours within the buffer",
        "buffer_mode": "change beyond the buffer",
        "budget_change": "change in district's budget",
        "cost_change": "change in district's costs",
        "coverage": "paid share of an hour",
        "district_effect": "district's gain",
        "extra_hour_effect": "district's net per extra hour",
        "extra_hour_net": "district's net share, extra hour",
        "heavy_hours": "hours funded directly",
        "heavy_share": "share funded directly",
        "hours": "hours before the change",
        "hours_above_threshold": "hours above the threshold",
        "hours_change": "change in hours",
        "hours_inside": "change inside the model",
        "hours_registered": "registered change in hours",
        "hours_unpaid": "hours without payment",
        "kept_share": "share kept per hour less",
        "municipality_effect": "municipality's saving",
        "reinvested": "spent on prevention",
        "reinvested_share": "share spent on prevention",
        "threshold": "threshold, hours a week",
        "threshold_hours": "threshold, hours a year",
        "user_hours_per_week": "weekly hours per user",
        "weeks": "weeks of service",
    },
    caveats=(
        "This shows who gains from a given change in hours, not that hours change because of the model.",
        "An hour is assumed to cost the district the same, registered or not, and costs to follow hours at once.",
        "Hours of users who are funded directly, outside the model, change nothing for the district.",
    ),
)
