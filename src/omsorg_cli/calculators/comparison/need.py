"""How the need for care compares with the country and others.

The need index is the care that inhabitants are expected to need, by age, health and similar factors, where the country
is 1. It measures need, not use. Each member of a group is compared with the country, with the mean of the group and
with the municipality itself, and ranked: the first has the highest need. In the audit of Bærum (2017, table 3-1) need
in Bærum in 2016 was 93.2% of the country's, nearly 7% below it, yet 5.5% above the mean of the ten largest cities,
88.3%.

>>> round(need_above_country(need_index=0.932), 3)
-0.068
>>> round(need_above_mean(need_index=0.932, mean_need_index=0.883), 4)
0.0555

Spending is need-adjusted by dividing it by the index. Changes since a chosen year are in percentage points of the
index. A group of one is its own mean. The figures do not show how the index is made, nor that the country changes too.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, among, elsewhere, figure
from omsorg_cli.core.helpers import count, rank
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, Whole, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import Index as IndexInput
from omsorg_cli.core.quantities import (
    Key,
    Label,
    LevelPerInhabitant,
    OwnMunicipality,
    Population,
    ShareInput,
    Words,
    YearInput,
    no_rows,
)
from omsorg_cli.core.units import Index, Municipalities, NokPerInhabitant, Num, Rank, Share
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas import averages


class NeedPart(Row):
    """A part of what a need index is weighted from."""

    of: Words = None
    """What the part is of, such as an age group."""
    part_weight: ShareInput = Field(alias="weight")
    """Its weight; the weights of an index add up to 1."""
    part_index: IndexInput = Field(alias="index")
    """The part's index, where the country is 1."""


class NeedMember(Row):
    """A municipality of the group in one year, including the municipality itself."""

    keys: ClassVar[tuple[str, ...]] = ("municipality", "year")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("member_need_index",), ("parts",))
    optional: ClassVar[tuple[str, ...]] = ("member_population", "raw_per_inhabitant")

    municipality: Key
    """The municipality."""
    year: int = Field(ge=1900, le=2200)
    """The year of the figures."""
    label: Label = None
    """The municipality's name in tables and sentences."""
    member_need_index: IndexInput = Field(None, alias="need_index")
    """The member's need per inhabitant, where the country is 1."""
    member_population: Population = Field(None, alias="population")
    """The member's inhabitants: its weight in the weighted mean."""
    raw_per_inhabitant: LevelPerInhabitant = Field(None, alias="per_inhabitant")
    """The member's spending per inhabitant per year, not need-adjusted."""

    parts: list[NeedPart] = Field(default_factory=no_rows, min_length=1)
    """What the need index is weighted from, where the index itself is not published."""

    def wholes(self) -> Iterator[Whole]:
        """The weights of the parts, which make all of the index."""
        if self.parts:
            shares = [item.part_weight for item in self.parts if item.part_weight is not None]
            yield Whole(say("weights"), ("parts",), shares, exactly=True)

    @model_validator(mode="after")
    def _weights_make_a_whole(self) -> Self:
        refuse(self.faults_of_shares())
        return self


class Need(Inputs):
    """Inputs of the comparison of need."""

    own: OwnMunicipality = None
    """The member that is the municipality itself."""
    since: YearInput = None
    """The year from which changes are measured."""
    members: list[NeedMember] = Field(min_length=1)
    """The municipalities of the group by year, including the municipality itself."""

    @model_validator(mode="after")
    def _names_are_members(self) -> Self:
        refuse(self._unknown())
        return self

    def _unknown(self) -> Iterator[tuple[Loc, str]]:
        names = dict.fromkeys(member.municipality for member in self.members)
        if self.own is not None and self.own.value not in names:
            yield ("own",), unknown(self.own.value, names, say("not a member"))
        years = sorted({member.year for member in self.members})
        if self.since is not None and self.since.value not in years:
            told = say(
                "found {year}, a year without members; allowed: one of {years}",
                year=self.since.value,
                years=", ".join(map(str, years)),
            )
            yield ("since",), told


@figure("member_need_index", per=[("municipality", "year")], step=True, only_with=("part_weight",))
def need_index_of_parts(part_weight: Series, part_index: Series) -> Index:
    """Need per inhabitant, where the country is 1, weighted from its parts.

    >>> round(need_index_of_parts([0.6, 0.4], [0.9, 1.2]), 4)
    1.02
    """
    return averages.weighted_mean(part_index, part_weight)


def need_index(member_need_index: Num) -> Index:
    """Need per inhabitant, where the country is 1."""
    return member_need_index


YEAR = ("year",)


@figure(per=[YEAR])
def group_size(need_index: Series) -> Municipalities:
    """The number of municipalities compared in the year."""
    return count(need_index)


@figure(per=[YEAR])
def mean_need_index(need_index: Series) -> Index:
    """The mean need index of the group in the year: each municipality has the same weight."""
    return averages.mean(need_index)


@figure(per=[YEAR])
def weighted_mean_need_index(need_index: Series, member_population: Series) -> Index:
    """The mean need index of the group in the year, weighted by inhabitants."""
    return averages.weighted_mean(need_index, member_population)


def mean_above_country(mean_need_index: Num) -> Share:
    """The group's mean need above the country's; negative where it is below."""
    return mean_need_index - 1


def need_above_country(need_index: Num) -> Share:
    """Need above the country's; negative where it is below."""
    return need_index - 1


def need_above_mean(need_index: Num, mean_need_index: Num) -> Share:
    """Need above the group's mean, as a share of the mean."""
    return need_index / mean_need_index - 1


def need_above_own(
    member_need_index: Num, need_index: Annotated[float, elsewhere(at_input={"municipality": "own"})]
) -> Share:
    """Need above the municipality's own in the same year, as a share of its own."""
    return member_need_index / need_index - 1


def need_rank(member_need_index: Num, need_index: Annotated[list[float], among("municipality")]) -> Rank:
    """The rank in the group in the year: the first has the highest need."""
    return rank(member_need_index, need_index)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays


def change_since(member_need_index: Num, need_index: Annotated[float, elsewhere(at_input={"year": "since"})]) -> Index:
    """The rise in the need index since the chosen year; negative where it has fallen."""
    return member_need_index - need_index


@figure(per=[YEAR])
def mean_change_since(
    mean_need_index: Num, mean_above_country: Annotated[float, elsewhere(at_input={"year": "since"})]
) -> Index:
    """The rise in the group's mean need index since the chosen year; negative where it has fallen."""
    return mean_need_index - (1 + mean_above_country)


Own = elsewhere(at_input={"municipality": "own"})


@figure(per=[YEAR])
def own_above_country(need_above_country: Annotated[float, Own]) -> Share:
    """The municipality's own need above the country's; negative where it is below."""
    return need_above_country


@figure(per=[YEAR])
def own_above_mean(need_above_mean: Annotated[float, Own]) -> Share:
    """The municipality's own need above the group's mean, as a share of the mean."""
    return need_above_mean


@figure(per=[YEAR])
def own_rank(need_rank: Annotated[float, Own]) -> Rank:
    """The municipality's own rank in the group: the first has the highest need."""
    return need_rank


def adjusted_per_inhabitant(raw_per_inhabitant: Num, need_index: Num) -> NokPerInhabitant:
    """Need-adjusted spending per inhabitant: spending divided by the need index.

    >>> adjusted_per_inhabitant(raw_per_inhabitant=18_000, need_index=0.9)
    20000.0
    """
    return raw_per_inhabitant / need_index


CALCULATOR = Calculator(
    name="need",
    title="Need for care",
    inputs=Need,
    keys=("municipality", "year"),
    scenario="baerum2016",
    headlines=("mean_need_index", "need_above_mean", "need_rank"),
    formulas=(
        need_index_of_parts,
        need_index,
        group_size,
        mean_need_index,
        weighted_mean_need_index,
        mean_above_country,
        need_above_country,
        need_above_mean,
        need_above_own,
        need_rank,
        change_since,
        mean_change_since,
        own_above_country,
        own_above_mean,
        own_rank,
        adjusted_per_inhabitant,
    ),
    subject="{municipality} {year}: need for care compared with the country and the group",
    answer=(
        Lines(
            per=YEAR,
            templates=(
                BySign(
                    "own_above_country",
                    "In {year} need per inhabitant in {own} was {own_above_country:size} above the country's.",
                    "In {year} need per inhabitant in {own} was {own_above_country:size} below the country's.",
                    "In {year} need per inhabitant in {own} was the same as the country's.",
                ),
                BySign(
                    "own_above_mean",
                    "It was {own_above_mean:size} above the mean of the {group_size:several} and {own_rank:place}.",
                    "It was {own_above_mean:size} below the mean of the {group_size:several} and {own_rank:place}.",
                    "It was the same as the mean of the {group_size:several} and {own_rank:place}.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            per=("year",),
            heading="Need per inhabitant in {year}, country = 100%",
            rows=("municipality",),
            largest="need_index",
            columns=(
                Column("municipality", "{municipality}"),
                Column("rank", "{need_rank:number}", right=True),
                Column("need, country = 100%", "{need_index:percent}", right=True),
                Column("compared with the mean", "{need_above_mean:above}", right=True),
                Column("compared with {own}", "{need_above_own:above}", right=True),
                Column("change since {since}", "{change_since:points}", right=True, unless_zero="change_since"),
                Column("", "", bar="need_index", shape="dots"),
            ),
            below=(
                BySign(
                    "mean_change_since",
                    "The mean of the {group_size:spelled} is {mean_need_index:percent}, up "
                    "{mean_change_since:in_points} since "
                    "{since}.",
                    "The mean of the {group_size:spelled} is {mean_need_index:percent}, down "
                    "{mean_change_since:in_points} "
                    "since {since}.",
                    "The mean of the {group_size:spelled} is {mean_need_index:percent}.",
                ),
                "Weighted by inhabitants, the mean is {weighted_mean_need_index:percent}.",
            ),
        ),
    ),
    details=(
        Grid(
            per=("year",),
            heading="Need-adjusted spending in {year}",
            rows=("municipality",),
            columns=(
                Column("municipality", "{municipality}"),
                Column("spending per inhabitant", "{adjusted_per_inhabitant:short}", right=True),
            ),
        ),
    ),
    labels={
        "of": "part",
        "part_index": "index of the part",
        "part_weight": "weight of the part",
        "adjusted_per_inhabitant": "need-adjusted spending per inhabitant",
        "change_since": "change in need index",
        "mean_above_country": "mean need against the country",
        "mean_change_since": "change in mean need index",
        "member_need_index": "published need index",
        "member_population": "inhabitants of the members",
        "need_above_country": "need against the country",
        "need_above_mean": "need compared with the mean",
        "need_above_own": "need against own municipality",
        "own": "own municipality",
        "own_above_country": "own need against the country",
        "own_above_mean": "own need compared with the mean",
        "own_rank": "own rank",
        "raw_per_inhabitant": "unadjusted spending per inhabitant",
        "since": "year of comparison",
    },
    caveats=(
        "The index is an estimate by age, health and similar factors: what inhabitants may need, not what users get.",
        "The mean gives each municipality the same weight, whatever its size.",
    ),
)
