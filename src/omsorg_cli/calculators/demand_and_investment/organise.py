"""Which ways to organise a joint service meet the requirements.

This is a table to look things up in, and a filter: what speaks for and against each model, which requirements it meets,
and which of them are set. A model fits when it meets every requirement set; with two set, one that meets one does not.

>>> fits(requirements_met=1, requirements_asked=2), fits(requirements_met=2, requirements_asked=2)
(0.0, 1.0)

Set a requirement with `--set organise.requirements.investment.asked=true`, and change what a model is judged to meet
with `--set organise.models.company.requirements.democratic_control.meets=true`. Weights are the user's, since no source
has any; with a weight for each requirement set, the score is the share of the weight that a model meets.

The run also shows how municipalities deliver services. They may use several channels, so the shares of a service can
add up to more than 1; where they add up to less, some municipalities use none: for crisis centres (Gardermoen) 4.6,
71.6, 1.8, 6.7 and 9.6 per cent make 94.3, so at least 5.7 per cent use no channel.

>>> round(without_channel(channel_sum([0.046, 0.716, 0.018, 0.067, 0.096])), 3)
0.057

Not included: the law, the cost of setting up and running a model, and how many municipalities it suits, which the
source does not say.
"""

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, figure
from omsorg_cli.core.helpers import maximum, ratio, total, where
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.quantities import Key, Label, ShareInput, Switch, Weight, Words, default, no_rows
from omsorg_cli.core.units import Num, Ratio, Requirements, Share, YesNo
from omsorg_cli.core.view import BySign, Column, Grid, Lines


class Met(Row):
    """Whether the model meets a requirement."""

    meets: Switch = None
    """Whether the model meets the requirement."""


class Model(Row):
    """A way to organise a service that municipalities share."""

    keys: ClassVar[tuple[str, ...]] = ("model",)

    model: Key
    """The model."""
    label: Label = None
    """The name that people read for the model."""
    control_for: Words = None
    """What speaks for it in steering and control."""
    control_against: Words = None
    """What speaks against it in steering and control."""
    investment_for: Words = None
    """What speaks for it in investment and risk."""
    investment_against: Words = None
    """What speaks against it in investment and risk."""
    time_for: Words = None
    """What speaks for it in time and complexity."""
    time_against: Words = None
    """What speaks against it in time and complexity."""
    requirements: dict[Key, Met] = Field(default_factory=dict, min_length=1)
    """The requirements that it meets, by requirement."""


class Requirement(Row):
    """Something that may be required of a model."""

    keys: ClassVar[tuple[str, ...]] = ("requirement",)
    optional: ClassVar[tuple[str, ...]] = ("weight",)

    requirement: Key
    """The requirement."""
    label: Label = None
    """The name that people read for the requirement."""
    asked: Switch = default(False)
    """Whether it is required."""
    weight: Weight = None
    """How much it counts relative to the other requirements."""


class Channel(Row):
    """A channel through which municipalities deliver a service."""

    keys: ClassVar[tuple[str, ...]] = ("service", "channel")

    service: Key
    """The service."""
    channel: Key
    """The channel: in-house, other municipalities, private providers."""
    label: Label = None
    """The name that people read for the service."""
    delivered_share: ShareInput = Field(None, alias="share")
    """The share of municipalities that deliver the service this way; they may use several ways."""


class Organise(Inputs):
    """Inputs to the choice between ways to organise."""

    models: list[Model] = Field(min_length=1)
    """The models."""
    requirements: list[Requirement] = Field(min_length=1)
    """What may be required of them."""
    delivery: list[Channel] = Field(default_factory=no_rows)
    """How municipalities deliver services today."""

    @model_validator(mode="after")
    def _models_are_held_against_all(self) -> Self:
        refuse(_faults_of_requirements(self))
        return self


def _faults_of_requirements(table: Organise) -> Iterator[tuple[Loc, str]]:
    """A model says something of each requirement that there is, and of no other."""
    known = [item.requirement for item in table.requirements]
    for index, model in enumerate(table.models):
        for name in model.requirements:
            if name not in known:
                place = ("models", index, "requirements", name)
                yield place, unknown(name, known, say("not a requirement"))
        lacking = [name for name in known if name not in model.requirements]
        if lacking:
            told = say("found nothing on {names}; allowed: a table for each requirement", names=", ".join(lacking))
            yield ("models", index, "requirements"), told


MODEL, REQUIREMENT, PAIR = ("model",), ("requirement",), ("model", "requirement")
NOTHING_ASKED = "no requirement is set"
ASKED, NOT_ASKED = {"asked": True}, {"asked": False}


@figure(per=[PAIR])
def meets_requirement(meets: Num) -> YesNo:
    """Whether the model meets the requirement, required or not: 1 or 0."""
    return 1.0 * meets


@figure("met", per=[PAIR], when=NOT_ASKED, step=True)
def met_if_not_asked() -> Requirements:
    """It is not required, so it does not count."""
    return 0.0


@figure(per=[PAIR], when=ASKED, step=True)
def met(meets_requirement: Num) -> Requirements:
    """Whether it is required and met."""
    return meets_requirement


@figure(per=[REQUIREMENT], step=True)
def counts(asked: Num) -> Requirements:
    """Whether it is required: 1 or 0."""
    return 1.0 * asked


@figure(per=[()])
def requirements_asked(counts: Series) -> Requirements:
    """How many requirements are set."""
    return total(counts)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[MODEL], no_answer=NOTHING_ASKED)
def requirements_met(met: Series, requirements_asked: Num) -> Requirements:
    """How many of the requirements set the model meets."""
    return where(requirements_asked > 0, total(met), None)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[MODEL], no_answer=NOTHING_ASKED)
def fits(requirements_met: Num, requirements_asked: Num) -> YesNo:
    """Whether the model meets every requirement set: 1 or 0; without requirements, there is no answer."""
    met_all = where(requirements_met >= requirements_asked, 1.0, 0.0)
    return where(requirements_asked > 0, met_all, None)  # type: ignore[no-any-return]  # as above


@figure("weight_asked", per=[REQUIREMENT], when=NOT_ASKED, step=True)
def no_weight_asked() -> Ratio:
    """It is not required, so it has no weight."""
    return 0.0


@figure(per=[REQUIREMENT], when=ASKED, step=True)
def weight_asked(weight: Num) -> Ratio:
    """The weight of a requirement that is set."""
    return weight


@figure(per=[PAIR], step=True)
def weight_met(met: Num, weight_asked: Num) -> Ratio:
    """The weight that the model meets."""
    return met * weight_asked


@figure(per=[MODEL], no_answer="no requirement is set, or none that is set has a weight")
def score(weight_met: Series, weight_asked: Series) -> Share:
    """The share of the weight that the model meets."""
    return ratio(total(weight_met), total(weight_asked))  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[("service",)])
def channel_sum(delivered_share: Series) -> Share:
    """The sum of the channels: how many a municipality uses on average."""
    return total(delivered_share)  # type: ignore[no-any-return]  # as above


@figure(per=[("service", "channel")])
def part_of_channels(delivered_share: Num, channel_sum: Num) -> Share:
    """The channel's share of all channels used."""
    return ratio(delivered_share, channel_sum)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[("service",)])
def without_channel(channel_sum: Num) -> Share:
    """The share of municipalities that use none of the channels, at least."""
    return maximum(1 - channel_sum, 0)  # type: ignore[no-any-return]  # as above


def _spoken(heading: str, criterion: str) -> Grid:
    return Grid(
        heading=heading,
        rows=MODEL,
        columns=(
            Column("model", "{model}"),
            Column("for", f"{{{criterion}_for}}"),
            Column("against", f"{{{criterion}_against}}"),
        ),
    )


CALCULATOR = Calculator(
    name="organise",
    title="Ways to organise",
    inputs=Organise,
    keys=("model", "requirement", "service", "channel"),
    scenario="gardermoen",
    headlines=("fits", "requirements_met", "score", "requirements_asked"),
    drawn=("channel_sum",),
    formulas=(
        meets_requirement,
        met_if_not_asked,
        met,
        counts,
        requirements_asked,
        requirements_met,
        fits,
        no_weight_asked,
        weight_asked,
        weight_met,
        score,
        channel_sum,
        part_of_channels,
        without_channel,
    ),
    subject="{municipality} {year}: ways to organise a joint service",
    answer=(
        Lines(
            templates=(
                "Models that meet every requirement set: {fits:names}.",
                BySign(
                    "requirements_asked",
                    above="Models that are not judged on every requirement set are left out of the first table.",
                    below="",
                    zero="No requirement is set, so no model is ruled out and none has a score. Set one with "
                    "--set organise.requirements.NAME.asked=true.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            heading="Requirements set",
            rows=MODEL,
            columns=(
                Column("model", "{model}"),
                Column("fits", "{fits}"),
                Column("requirements met", "{requirements_met:whole}", right=True),
                Column("weighted score", "{score}", right=True),
            ),
        ),
        Grid(
            heading="How the models meet requirements",
            rows=PAIR,
            columns=(
                Column("model", "{model}"),
                Column("requirement", "{requirement}"),
                Column("required", "{asked}", unless_zero="asked"),
                Column("met", "{meets_requirement}"),
            ),
        ),
        Grid(
            heading="How municipalities deliver services",
            rows=("service",),
            columns=(
                Column("service", "{service}"),
                Column("sum of shares", "{channel_sum}", right=True),
                Column("share with no channel, at least", "{without_channel}", right=True),
            ),
        ),
    ),
    details=(
        _spoken(phrase("Steering and control"), "control"),
        _spoken(phrase("Investment and risk"), "investment"),
        _spoken(phrase("Time and complexity"), "time"),
        Grid(
            heading="How municipalities deliver services, by channel",
            rows=("service", "channel"),
            columns=(
                Column("service", "{service}"),
                Column("channel", "{channel}"),
                Column("share of municipalities", "{delivered_share}", right=True),
                Column("share of all channels", "{part_of_channels}", right=True),
            ),
        ),
    ),
    labels={
        "asked": "required",
        "channel_sum": "sum of channels",
        "control_against": "steering and control: against",
        "control_for": "steering and control: for",
        "counts": "counts as a requirement",
        "delivered_share": "share of municipalities",
        "fits": "meets every requirement",
        "intermunicipal": "inter-municipal co-operation",
        "investment_against": "investment and risk: against",
        "investment_for": "investment and risk: for",
        "meets": "judged to meet it",
        "meets_requirement": "meets the requirement",
        "met": "required and met",
        "other_municipalities": "provision by other municipalities",
        "own": "in-house provision",
        "part_of_channels": "share of all channels",
        "private": "private providers",
        "requirements_asked": "requirements set",
        "score": "weighted score",
        "time_against": "time and complexity: against",
        "time_for": "time and complexity: for",
        "voluntary": "voluntary organisations",
        "weight_asked": "weight of requirements set",
        "weight_met": "weight of requirements met",
        "without_channel": "municipalities without a channel",
    },
    caveats=(
        "Whether a model meets a requirement is a judgement, not a rule.",
        "The law, cost and the number of municipalities are not considered.",
        "A municipality may use several channels, so the shares of a service do not add up to 100%.",
    ),
)
