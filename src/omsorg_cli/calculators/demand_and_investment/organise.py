"""Which ways to organise a joint service meet what is asked.

It is a table to look things up in, and a filter: what speaks for and against each model, which requirements it meets,
and which of them are asked. A model fits when it meets all that are asked; of two asked, one that meets one does not.

>>> fits(requirements_met=1, requirements_asked=2), fits(requirements_met=2, requirements_asked=2)
(0.0, 1.0)

Ask with `--set organise.requirements.investment.asked=true`, and change what a model is judged to meet with
`--set organise.models.company.requirements.democratic_control.meets=true`. Weights are the user's, for no source has
any; with one for each requirement asked, the score is the part of the weight that a model meets.

Beside it stands how municipalities deliver services. They may use several channels, so that the shares of a service
add up to more than 1; where they add up to less, some municipalities have none: of crisis centres (Gardermoen) 4.6,
71.6, 1.8, 6.7 and 9.6 per cent are 94.3, and at least 5.7 per cent have no channel.

>>> round(without_channel(channel_sum([0.046, 0.716, 0.018, 0.067, 0.096])), 3)
0.057

Left out: law, what a model costs to set up and to run, and how many municipalities it suits, which the source does
not say.
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
    """What people read for the model."""
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
    """Which requirements it meets, by requirement."""


class Requirement(Row):
    """Something that may be asked of a model."""

    keys: ClassVar[tuple[str, ...]] = ("requirement",)
    optional: ClassVar[tuple[str, ...]] = ("weight",)

    requirement: Key
    """The requirement."""
    label: Label = None
    """What people read for the requirement."""
    asked: Switch = default(False)
    """Whether it is asked."""
    weight: Weight = None
    """How much it counts beside the others."""


class Channel(Row):
    """A channel through which municipalities deliver a service."""

    keys: ClassVar[tuple[str, ...]] = ("service", "channel")

    service: Key
    """The service."""
    channel: Key
    """The channel: the own organisation, other municipalities, private providers."""
    label: Label = None
    """What people read for the service."""
    delivered_share: ShareInput = Field(None, alias="share")
    """The share of municipalities that deliver the service through it; they may use several."""


class Organise(Inputs):
    """Inputs of the choice between ways to organise."""

    models: list[Model] = Field(min_length=1)
    """The models."""
    requirements: list[Requirement] = Field(min_length=1)
    """What may be asked of them."""
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
                yield place, unknown(name, known, "no requirement")
        lacking = [name for name in known if name not in model.requirements]
        if lacking:
            told = f"found nothing of {', '.join(lacking)}; allowed: a table for each requirement"
            yield ("models", index, "requirements"), told


MODEL, REQUIREMENT, PAIR = ("model",), ("requirement",), ("model", "requirement")
NOTHING_ASKED = "nothing is asked"
ASKED, NOT_ASKED = {"asked": True}, {"asked": False}


@figure(per=[PAIR])
def meets_requirement(meets: Num) -> YesNo:
    """Whether the model meets the requirement, asked or not: 1 or 0."""
    return 1.0 * meets


@figure("met", per=[PAIR], when=NOT_ASKED, step=True)
def met_if_not_asked() -> Requirements:
    """It is not asked, so it does not count."""
    return 0.0


@figure(per=[PAIR], when=ASKED, step=True)
def met(meets_requirement: Num) -> Requirements:
    """Whether it is asked and met."""
    return meets_requirement


@figure(per=[REQUIREMENT], step=True)
def counts(asked: Num) -> Requirements:
    """Whether it is asked: 1 or 0."""
    return 1.0 * asked


@figure(per=[()])
def requirements_asked(counts: Series) -> Requirements:
    """How many requirements are asked."""
    return total(counts)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[MODEL], no_answer=NOTHING_ASKED)
def requirements_met(met: Series, requirements_asked: Num) -> Requirements:
    """How many of the requirements that are asked the model meets."""
    return where(requirements_asked > 0, total(met), None)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[MODEL], no_answer=NOTHING_ASKED)
def fits(requirements_met: Num, requirements_asked: Num) -> YesNo:
    """Whether the model meets all that is asked: 1 or 0; of nothing asked, nobody can tell."""
    met_all = where(requirements_met >= requirements_asked, 1.0, 0.0)
    return where(requirements_asked > 0, met_all, None)  # type: ignore[no-any-return]  # as above


@figure("weight_asked", per=[REQUIREMENT], when=NOT_ASKED, step=True)
def no_weight_asked() -> Ratio:
    """It is not asked, so it has no weight."""
    return 0.0


@figure(per=[REQUIREMENT], when=ASKED, step=True)
def weight_asked(weight: Num) -> Ratio:
    """The weight of a requirement that is asked."""
    return weight


@figure(per=[PAIR], step=True)
def weight_met(met: Num, weight_asked: Num) -> Ratio:
    """The weight that the model meets."""
    return met * weight_asked


@figure(per=[MODEL], no_answer="no requirement that is asked has a weight")
def score(weight_met: Series, weight_asked: Series) -> Share:
    """The part of the weight asked that the model meets."""
    return ratio(total(weight_met), total(weight_asked))  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[("service",)])
def channel_sum(delivered_share: Series) -> Share:
    """What the channels add up to: how many a municipality uses on average."""
    return total(delivered_share)  # type: ignore[no-any-return]  # as above


@figure(per=[("service", "channel")])
def part_of_channels(delivered_share: Num, channel_sum: Num) -> Share:
    """The channel's part of all that are used."""
    return ratio(delivered_share, channel_sum)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[("service",)])
def without_channel(channel_sum: Num) -> Share:
    """The share of municipalities that have none of the channels, at the least."""
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
    views=(
        Lines(
            templates=(
                BySign(
                    "requirements_asked",
                    above="Asked of the models: {requirements_asked}.",
                    below="",
                    zero="Nothing is asked, so no model is held against it: "
                    "--set organise.requirements.NAME.asked=true asks for one.",
                ),
            ),
        ),
        Grid(
            heading="What is asked",
            rows=MODEL,
            columns=(
                Column("model", "{model}"),
                Column("fits", "{fits}"),
                Column("meets of what is asked", "{requirements_met}"),
                Column("score by the weights", "{score}"),
            ),
        ),
        Grid(
            heading="What the models meet",
            rows=PAIR,
            columns=(
                Column("model", "{model}"),
                Column("requirement", "{requirement}"),
                Column("asked", "{asked}"),
                Column("meets it", "{meets_requirement}"),
            ),
        ),
        _spoken("Steering and control", "control"),
        _spoken("Investment and risk", "investment"),
        _spoken("Time and complexity", "time"),
        Grid(
            heading="How municipalities deliver services",
            rows=("service", "channel"),
            columns=(
                Column("service", "{service}"),
                Column("channel", "{channel}"),
                Column("of municipalities", "{delivered_share}", right=True),
                Column("of all channels", "{part_of_channels}", right=True),
            ),
        ),
        Grid(
            heading="All channels together",
            rows=("service",),
            columns=(
                Column("service", "{service}"),
                Column("of municipalities", "{channel_sum}", right=True),
                Column("with none, at least", "{without_channel}", right=True),
            ),
        ),
    ),
    caveats=(
        "What a model meets is read out of a short table whose cell borders are lost: a judgement, not a rule.",
        "Law, cost and the number of municipalities are not weighed.",
        "A municipality may use several channels, so that shares of a service do not add up to 100 %.",
    ),
)
