"""Who gains when hours change, by how districts are paid.

A district that is paid for a part of an hour (Drammen: 35 %) bears the rest of an hour more and keeps the rest of an
hour less; one that is paid in full neither bears nor keeps anything. The district's costs change by cost × hours, its
budget by cost × (coverage × hours registered + hours of users financed outside the model). The district gains what its
budget changes beyond its costs, the municipality what it pays less. In Drammen, of 417 456 hours less at 479 kroner:

>>> budget = budget_change(cost_per_hour=479, coverage=0.35, hours_registered=-417_456, heavy_hours=0)
>>> round(municipality_effect(budget))
69986498
>>> unpaid = hours_unpaid(coverage=0.35, hours_inside=-417_456, hours_registered=-417_456)
>>> round(district_effect(cost_per_hour=479, hours_unpaid=unpaid))
129974926

With a buffer (Kristiansand: 25 % of the hours before), a change within it is not registered. Of one beyond it, either
the whole is, or only what exceeds the buffer; the audit does not say which, so both can be asked for. Very heavy users
may be financed directly: `heavy_share` of the change is theirs and paid in full. Hours are counted to the year:

>>> threshold_hours(threshold=15, weeks=52)
780

Left out: whether the price is what an hour really costs the district, how fast costs follow hours, what districts do
because of the model, and what preventive work done with the gain brings.
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
    Hours,
    HoursPerUser,
    HoursPerUserWeek,
    NokPerYear,
    Num,
    SavingPerHour,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.view import BySign, Column, Grid

MODES = ("whole", "excess")
BufferMode = Annotated[StatedInput | None, Kind("", "choice", choices=MODES, example="whole")]


class ChangeOfHours(Inputs):
    """What changes, and at what cost."""

    cost_per_hour: CostPerHour = None
    """What an hour costs the district."""
    hours_change: HoursChange = None
    """Hours a year more; below zero where they are fewer."""
    hours: HoursInput = None
    """Hours a year before the change, of which a buffer is a share."""
    heavy_share: ShareInput = None
    """The share of the change that belongs to users financed directly, outside the model."""
    reinvested_share: ShareInput = None
    """The share of its gain that the district puts into preventive work."""
    hours_per_user: HoursPerUserInput = None
    """Hours a year of a user of the service, to hold against the threshold."""


class Model(ChangeOfHours, Row):
    """A way to pay districts; what it does not say of the change, it has from the table."""

    keys: ClassVar[tuple[str, ...]] = ("model",)
    optional: ClassVar[tuple[str, ...]] = (*ChangeOfHours.model_fields, "buffer_mode", "threshold")

    model: Key
    """The model."""
    label: Label = None
    """What people read for the model."""
    coverage: Coverage = None
    """What the district is paid for an hour more, as a share of its cost; and loses for an hour less."""
    buffer: ShareInput = default(0)
    """The change that is not registered, as a share of the hours before."""
    buffer_mode: BufferMode = None
    """Whether of a change beyond the buffer the whole is registered or only the excess."""
    threshold: HoursPerWeek = None
    """Hours a week from which users are financed directly, outside the model."""


class BudgetModel(ChangeOfHours):
    """Inputs of the budget models."""

    heavy_share: ShareInput = default(0)
    """The share of the change that belongs to users financed directly, outside the model."""
    weeks: Weeks = default(52)
    """Weeks of service in a year."""
    models: list[Model] = Field(min_length=1)
    """The ways to pay districts."""

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
        yield at, f"found {-change.number:g} hours less of {hours.number:g}; allowed: at most as many as there are"
    if item.buffer_mode is not None and (item.buffer is None or item.buffer.origin == "default"):
        yield ("buffer_mode",), "has no effect without a buffer"


@figure(step=True)
def heavy_hours(hours_change: Num, heavy_share: Num) -> Hours:
    """The change in hours of users who are financed directly, outside the model."""
    return hours_change * heavy_share


def hours_inside(hours_change: Num, heavy_share: Num) -> Hours:
    """The change in hours of users inside the model."""
    return hours_change * (1 - heavy_share)


def buffer_hours(buffer: Num, hours: Num) -> Hours:
    """The change in hours, up or down, that is not registered."""
    return buffer * hours


@figure("hours_registered", when={"buffer_mode": "whole"})
def registered_whole(hours_inside: Num, buffer_hours: Num) -> Hours:
    """The change in hours that the model registers: the whole once it is beyond the buffer.

    >>> registered_whole(-417_456, 207_413.25), registered_whole(-200_000, 207_413.25)
    (-417456, 0.0)
    """
    size = maximum(hours_inside, 0 - hours_inside)
    return where(size > buffer_hours, hours_inside, 0.0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("hours_registered", when={"buffer_mode": "excess"})
def registered_excess(hours_inside: Num, buffer_hours: Num) -> Hours:
    """The change in hours that the model registers: what is beyond the buffer.

    >>> registered_excess(-417_456, 207_413.25), registered_excess(-200_000, 207_413.25)
    (-210042.75, 0)
    """
    return hours_inside - maximum(minimum(hours_inside, buffer_hours), 0 - buffer_hours)  # type: ignore[no-any-return]  # as above


def budget_change(cost_per_hour: Num, coverage: Num, hours_registered: Num, heavy_hours: Num) -> NokPerYear:
    """What the district's budget rises by in a year; below zero where it falls."""
    return cost_per_hour * (coverage * hours_registered + heavy_hours)


def cost_change(cost_per_hour: Num, hours_change: Num) -> NokPerYear:
    """What the district's costs rise by in a year; below zero where they fall."""
    return cost_per_hour * hours_change


@figure(step=True)
def hours_unpaid(coverage: Num, hours_inside: Num, hours_registered: Num) -> Hours:
    """The change in hours that the budget does not follow: what an hour is not paid for, and what is not registered."""
    return (1 - coverage) * hours_registered + (hours_inside - hours_registered)


def district_effect(cost_per_hour: Num, hours_unpaid: Num) -> SavingPerYear:
    """What the district gains in a year: what its budget rises by beyond its costs."""
    return 0 - cost_per_hour * hours_unpaid


def municipality_effect(budget_change: Num) -> SavingPerYear:
    """What the municipality saves in a year: what it pays the district less."""
    return 0 - budget_change


@figure(only_with=("reinvested_share",))
def reinvested(district_effect: Num, reinvested_share: Num) -> NokPerYear:
    """What the district puts into preventive work in a year; nothing where it loses."""
    return maximum(district_effect, 0) * reinvested_share  # type: ignore[no-any-return]  # as above


def kept_share(coverage: Num) -> Share:
    """What the district keeps of the cost of an hour less, where the model registers it."""
    return 1 - coverage


def extra_hour_net(coverage: Num) -> Share:
    """What an hour more leaves the district, as a share of its cost; below zero where it bears a part."""
    return coverage - 1


def extra_hour_effect(cost_per_hour: Num, extra_hour_net: Num) -> SavingPerHour:
    """What an hour more leaves the district, where the model registers it."""
    return cost_per_hour * extra_hour_net


def threshold_hours(threshold: Num, weeks: Num) -> HoursPerUser:
    """Hours a year from which users are financed directly, outside the model."""
    return threshold * weeks


def user_hours_per_week(hours_per_user: Num, weeks: Num) -> HoursPerUserWeek:
    """Hours a week of a user of the service."""
    return hours_per_user / weeks


@figure(only_with=("threshold",))
def hours_above_threshold(user_hours_per_week: Num, threshold: Num) -> HoursPerUserWeek:
    """Hours a week of a user of the service above the threshold."""
    return user_hours_per_week - threshold


CALCULATOR = Calculator(
    name="budget-model",
    title="Budget model",
    inputs=BudgetModel,
    keys=("model",),
    scenario="baerum2016",
    headlines=("district_effect", "municipality_effect"),
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
    views=(
        Grid(
            heading="When hours change, a year",
            rows=("model",),
            columns=(
                Column("model", "{model}"),
                Column("the change", "{hours_change:more}"),
                Column("of it registered", "{hours_registered:more}"),
                Column("the district's costs", "{cost_change:more}"),
                Column("its budget", "{budget_change:more}"),
                Column("so the district", "{district_effect:gains}"),
                Column("and the municipality", "{municipality_effect:saves}"),
            ),
        ),
        Grid(
            heading="What an hour is to the district, where the model registers it",
            rows=("model",),
            columns=(
                Column("model", "{model}"),
                Column("paid for an hour", "{coverage}", right=True),
                Column("an hour more", "{extra_hour_effect:gains}"),
                Column("an hour less, of its cost", "{kept_share:gains}"),
                Column("into prevention", "{reinvested}"),
            ),
            below=(
                (
                    "{model}: users from {threshold} on ({threshold_hours}) are financed directly; "
                    "{heavy_share:any} of the change is theirs."
                ),
                BySign(
                    "hours_above_threshold",
                    above="{model}: the service's users have {user_hours_per_week}, {hours_above_threshold:size} more.",
                    below="{model}: the service's users have {user_hours_per_week}, {hours_above_threshold:size} less.",
                    zero="{model}: the service's users have just that, {user_hours_per_week}.",
                ),
            ),
        ),
    ),
    caveats=(
        "It shows who gains by a given change in hours, not that hours change because of the model.",
        "An hour is taken to cost the district the same, registered or not, and costs to follow hours at once.",
        "Which hours belong to users financed directly is not published; the two readings are all and none.",
    ),
)
