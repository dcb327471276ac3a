"""Who needs more care than the country, and than others.

The need index counts what inhabitants are expected to need by age, health and the like, the country being 1: what
they need and not what they get. Each member of a group is held against the country, against the plain mean of the
group, and against the own municipality, and has its place in it, the one with the most need being the first. So the
audit of Bærum (2017, table 3-1) has Bærum at 93.2 % of the country's need in 2016, nearly 7 % below it, and yet above
the ten largest cities, whose mean is 88.3 %:

>>> round(need_above_country(need_index=0.932), 3)
-0.068
>>> round(need_above_mean(need_index=0.932, mean_need_index=0.883), 4)
0.0555

Spending is corrected for need by dividing it by the index. The change since a year is in points of the index, and for
a year before that one it is how much more or less was needed then. A group of one is its own mean. Left out: where the
index comes from, and that the country changes too.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, among, elsewhere, figure
from omsorg_cli.core.helpers import count, rank
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import Index as IndexInput
from omsorg_cli.core.quantities import Key, Label, LevelPerInhabitant, OwnMunicipality, Population, YearInput
from omsorg_cli.core.units import Index, Municipalities, NokPerInhabitant, Num, Rank, Share
from omsorg_cli.core.view import Column, Grid
from omsorg_cli.formulas import averages


class NeedMember(Row):
    """A municipality of the group in one year, the own one too."""

    keys: ClassVar[tuple[str, ...]] = ("municipality", "year")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("member_need_index",),)
    optional: ClassVar[tuple[str, ...]] = ("member_population", "raw_per_inhabitant")

    municipality: Key
    """The municipality."""
    year: int = Field(ge=1900, le=2200)
    """The year of its figures."""
    label: Label = None
    """What people read for the municipality."""
    member_need_index: IndexInput = Field(None, alias="need_index")
    """Its need per inhabitant, the country being 1."""
    member_population: Population = Field(None, alias="population")
    """Its inhabitants: its weight in the weighted mean."""
    raw_per_inhabitant: LevelPerInhabitant = Field(None, alias="per_inhabitant")
    """What it spends per inhabitant in a year, not corrected for need."""


class Need(Inputs):
    """Inputs of the comparison of need."""

    own: OwnMunicipality = None
    """The member that is the own municipality."""
    since: YearInput = None
    """The year since which changes are counted."""
    members: list[NeedMember] = Field(min_length=1)
    """The municipalities of the group by year, the own one too."""

    @model_validator(mode="after")
    def _names_are_members(self) -> Self:
        refuse(self._unknown())
        return self

    def _unknown(self) -> Iterator[tuple[Loc, str]]:
        names = dict.fromkeys(member.municipality for member in self.members)
        if self.own is not None and self.own.value not in names:
            yield ("own",), unknown(self.own.value, names, "no member")
        years = sorted({member.year for member in self.members})
        if self.since is not None and self.since.value not in years:
            told = ", ".join(map(str, years))
            yield ("since",), f"found {self.since.value}, of which there is no member; allowed: one of {told}"


def need_index(member_need_index: Num) -> Index:
    """Need per inhabitant, the country being 1."""
    return member_need_index


YEAR = ("year",)


@figure(per=[YEAR])
def group_size(need_index: Series) -> Municipalities:
    """How many municipalities are compared in the year."""
    return count(need_index)


@figure(per=[YEAR])
def mean_need_index(need_index: Series) -> Index:
    """The plain mean of the group in the year: each municipality counts the same."""
    return averages.mean(need_index)


@figure(per=[YEAR])
def weighted_mean_need_index(need_index: Series, member_population: Series) -> Index:
    """The mean of the group in the year with each municipality counted by its inhabitants."""
    return averages.weighted_mean(need_index, member_population)


def mean_above_country(mean_need_index: Num) -> Share:
    """How much more the group needs in the mean than the country; below zero where it needs less."""
    return mean_need_index - 1


def need_above_country(need_index: Num) -> Share:
    """How much more is needed than in the country; below zero where less is."""
    return need_index - 1


def need_above_mean(need_index: Num, mean_need_index: Num) -> Share:
    """How much more is needed than in the plain mean of the group, as a share of that."""
    return need_index / mean_need_index - 1


def need_above_own(
    member_need_index: Num, need_index: Annotated[float, elsewhere(at_input={"municipality": "own"})]
) -> Share:
    """How much more is needed than in the own municipality in the same year, as a share of that."""
    return member_need_index / need_index - 1


def need_rank(member_need_index: Num, need_index: Annotated[list[float], among("municipality")]) -> Rank:
    """The place in the group in the year, the one with the most need being the first."""
    return rank(member_need_index, need_index)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays


def change_since(member_need_index: Num, need_index: Annotated[float, elsewhere(at_input={"year": "since"})]) -> Index:
    """How much the index has risen since the year that is named; below zero where it has fallen."""
    return member_need_index - need_index


@figure(per=[YEAR])
def mean_change_since(
    mean_need_index: Num, mean_above_country: Annotated[float, elsewhere(at_input={"year": "since"})]
) -> Index:
    """How much the plain mean of the group has risen since the year that is named."""
    return mean_need_index - (1 + mean_above_country)


def adjusted_per_inhabitant(raw_per_inhabitant: Num, need_index: Num) -> NokPerInhabitant:
    """What is spent per inhabitant in a year, corrected for need.

    >>> adjusted_per_inhabitant(raw_per_inhabitant=18_000, need_index=0.9)
    20000.0
    """
    return raw_per_inhabitant / need_index


CALCULATOR = Calculator(
    name="need",
    title="Need",
    inputs=Need,
    keys=("municipality", "year"),
    scenario="baerum2016",
    headlines=("mean_need_index", "need_above_mean", "need_rank"),
    formulas=(
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
        adjusted_per_inhabitant,
    ),
    views=(
        Grid(
            per=("year",),
            heading="{year}, the country being 100 %",
            rows=("municipality",),
            columns=(
                Column("municipality", "{municipality}"),
                Column("place", "{need_rank:number}", right=True),
                Column("need", "{need_index:percent}", right=True),
                Column("against the country", "{need_above_country:above}"),
                Column("against the mean", "{need_above_mean:above}"),
                Column("against the own", "{need_above_own:above}"),
                Column("since then", "{change_since:points}"),
                Column("spent per inhabitant, corrected", "{adjusted_per_inhabitant:short}"),
            ),
            below=(
                "The plain mean is {mean_need_index:percent}; beside the country: {mean_above_country:above}.",
                "Each by its inhabitants, the mean is {weighted_mean_need_index:percent}.",
                "The mean since {since}: {mean_change_since:points}.",
            ),
        ),
    ),
    caveats=(
        "The index is an estimate by age, health and the like: what inhabitants may need, not what users get.",
        "The mean counts each municipality the same, whatever its size.",
    ),
)
