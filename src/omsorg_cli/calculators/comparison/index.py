"""What indexes of resource use and efficiency say in kroner.

An index holds a municipality against a base, which is 1; its deviation is the index less 1. Of spending per inhabitant
corrected for need, the kroner are the deviation times the base's level times the inhabitants: the annex to the audit of
Bærum (2017) says 3.6 % above the ten largest cities, which at their level of 17 073 NOK is 76 million kroner a year.

>>> round(effect_of_spending(deviation=0.036, base_per_inhabitant=939 / 0.055, population=124_008))
76217571

Of efficiency, more is better: 4.6 % less for the same money is a unit cost 4.8 % higher, and at the base's unit cost
what the municipality spends today would be less by 4.6 % of it.

>>> round(unit_cost_deviation(index=1 - 0.046), 4)
0.0482

Levels and inhabitants are those of the table savings unless a row states others; an index of another municipality
states its inhabitants itself. Other indexes tell their deviation only, and one of a share (sick leave) the share.
Left out: what moved between the year of the index and that of the level.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import elsewhere, figure, same_as
from omsorg_cli.core.helpers import ratio
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import (
    GapPerYear,
    GapShare,
    Key,
    Label,
    LevelPerInhabitant,
    Population,
    Reference,
    ShareInput,
    default,
)
from omsorg_cli.core.quantities import IndexOfLevel as IndexInput
from omsorg_cli.core.units import (
    Index,
    Inhabitants,
    NokPerInhabitant,
    Num,
    Ratio,
    SavingPerInhabitant,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.view import BySign, Column, Grid

OWN = "own"
SPENDING, EFFICIENCY, OTHER = {"measures": "spending"}, {"measures": "efficiency"}, {"measures": "other"}
Measures = Annotated[
    StatedInput | None, Kind("", "choice", choices=("spending", "efficiency", "other"), example="spending")
]
EFFECTLESS = {
    "spending": ("own_per_inhabitant", "base_share"),
    "efficiency": ("base_per_inhabitant", "base_share"),
    "other": ("own_per_inhabitant", "base_per_inhabitant"),
}
"""What a row of each kind has no use for."""


class Indicator(Row):
    """An index that holds the municipality, or another one, against a base."""

    keys: ClassVar[tuple[str, ...]] = ("indicator", "base")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("index",), ("deviation",), ("effect",))
    optional: ClassVar[tuple[str, ...]] = ("own_per_inhabitant", "base_share")

    indicator: Key
    """The index: what it is of."""
    base: Key
    """What is compared with: a network's mean, a municipality, a group."""
    label: Label = None
    """What people read for the index."""
    measures: Measures = None
    """What the index is of: spending per inhabitant corrected for need, efficiency (more is better), or another."""
    index: IndexInput = None
    """The municipality's value, the base's being 1."""
    deviation: GapShare = None
    """The index less 1: how far the municipality lies above the base, below zero where below."""
    effect: GapPerYear = None
    """The published kroner a year that being as the base would save, where no index is printed."""
    whose: Reference = default(OWN)
    """Whose index it is: the own municipality's, or that of the base in savings of this name."""
    population: Population = None
    """Inhabitants; without it, those of savings for the own municipality."""
    base_per_inhabitant: LevelPerInhabitant = None
    """What the base spends per inhabitant in a year; without it, the level of savings for all care."""
    own_per_inhabitant: LevelPerInhabitant = None
    """What the municipality spends per inhabitant in a year, for efficiency; without it, the level of savings."""
    base_share: ShareInput = None
    """The base's share, where the index is of one, such as sick leave."""


class IndexInputs(Inputs):
    """Inputs of the indexes."""

    indicators: list[Indicator] = Field(min_length=1)
    """The indexes."""

    @model_validator(mode="after")
    def _rows_are_sound(self) -> Self:
        refuse(
            (("indicators", index, *inside), sentence)
            for index, item in enumerate(self.indicators)
            for inside, sentence in _faults(item)
        )
        return self


def _faults(item: Indicator) -> Iterator[tuple[Loc, str]]:
    """An index of what is not said, and inputs that it has no use for."""
    if item.measures is None:
        yield (), "lacks measures; allowed: one of spending, efficiency, other"
        return
    kind = str(item.measures.value)
    for name in EFFECTLESS[kind]:
        if getattr(item, name) is not None:
            yield (name,), f'has no effect with measures = "{kind}"'


ROW = ("indicator", "base")


@figure("index")
def index_of_deviation(deviation: Num) -> Index:
    """The value, the base's being 1."""
    return 1 + deviation


@figure("deviation")
def deviation_of_index(index: Num) -> Share:
    """How far the value lies above the base's, as a share of it; below zero where below."""
    return index - 1


@figure("population", per=[ROW], when={"whose": OWN}, step=True)
def population_of_savings(population: Annotated[float, elsewhere("savings")]) -> Inhabitants:
    """Inhabitants of the municipality, as the savings have them."""
    return population


@figure(per=[ROW], step=True)
def base_level_in_savings(
    base_per_inhabitant: Annotated[float, elsewhere("savings", service="total")],
) -> NokPerInhabitant:
    """What the base spends per inhabitant in a year, as the savings have it."""
    return base_per_inhabitant


@figure("level_in_savings", per=[ROW], when={"whose": OWN}, step=True)
def own_level_in_savings(
    own_per_inhabitant: Annotated[float, elsewhere("savings", service="total")],
) -> NokPerInhabitant:
    """What the municipality spends per inhabitant in a year, as the savings have it."""
    return own_per_inhabitant


@figure("level_in_savings", per=[ROW], step=True)
def anothers_level_in_savings(
    base_per_inhabitant: Annotated[float, elsewhere("savings", at_input={"base": "whose"}, service="total")],
) -> NokPerInhabitant:
    """What the other municipality spends per inhabitant in a year, as the savings have it."""
    return base_per_inhabitant


@figure("own_per_inhabitant", when=SPENDING)
def own_from_index(index: Num, base_per_inhabitant: Num) -> NokPerInhabitant:
    """What the municipality spends per inhabitant in a year by the index: that times the base's level."""
    return index * base_per_inhabitant


@figure("effect", when=SPENDING)
def effect_of_spending(deviation: Num, base_per_inhabitant: Num, population: Num) -> SavingPerYear:
    """What spending as the base does would save in a year: the deviation of the base's level, for each inhabitant."""
    return deviation * base_per_inhabitant * population


@figure(when=EFFICIENCY)
def unit_cost_deviation(index: Num) -> Share:
    """How much more the same service costs than in the base, as a share of that: less for the same money."""
    return 1 / index - 1


@figure("effect", when=EFFICIENCY)
def effect_of_efficiency(unit_cost_deviation: Num, own_per_inhabitant: Num, population: Num) -> SavingPerYear:
    """What the same services would cost less in a year at the base's unit cost.

    >>> round(effect_of_efficiency(unit_cost_deviation=0.25, own_per_inhabitant=20_000, population=10))
    40000
    """
    return own_per_inhabitant * population * unit_cost_deviation / (1 + unit_cost_deviation)


def effect_per_inhabitant(effect: Num, population: Num) -> SavingPerInhabitant:
    """The effect for each inhabitant."""
    return effect / population


@figure(when={"whose": OWN})
def effect_of_potential(
    effect: Num, savings_potential: Annotated[float, elsewhere("savings", service="total")]
) -> Ratio:
    """The effect beside the savings potential against the same base."""
    return ratio(effect, savings_potential)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[ROW], when=SPENDING)
def implied_index(level_in_savings: Num, base_level_in_savings: Num) -> Index:
    """The index that the levels of the savings give."""
    return level_in_savings / base_level_in_savings


@figure(when=SPENDING)
def above_implied(index: Num, implied_index: Num) -> Share:
    """How far the index lies above the one that the levels of the savings give, as a share of that."""
    return index / implied_index - 1


@figure(when=OTHER)
def own_share(index: Num, base_share: Num) -> Share:
    """The municipality's share by the index: that times the base's.

    >>> round(own_share(index=0.85, base_share=0.089), 5)
    0.07565
    """
    return index * base_share


CALCULATOR = Calculator(
    name="index",
    title="Indexes of resource use and efficiency",
    inputs=IndexInputs,
    keys=ROW,
    scenario="baerum2016",
    headlines=("deviation", "effect"),
    uses=("savings",),
    formulas=(
        index_of_deviation,
        deviation_of_index,
        population_of_savings,
        base_level_in_savings,
        own_level_in_savings,
        anothers_level_in_savings,
        same_as("base_per_inhabitant", "base_level_in_savings", NokPerInhabitant, ROW, when=SPENDING),
        same_as("own_per_inhabitant", "level_in_savings", NokPerInhabitant, ROW, when=EFFICIENCY),
        own_from_index,
        unit_cost_deviation,
        effect_of_spending,
        effect_of_efficiency,
        effect_per_inhabitant,
        effect_of_potential,
        implied_index,
        above_implied,
        own_share,
    ),
    views=(
        Grid(
            per=("base",),
            heading="Against {base}",
            rows=("indicator",),
            columns=(
                Column("index of", "{indicator}"),
                Column("value", "{index}", right=True),
                Column("deviation", "{deviation:above}"),
                Column("unit cost", "{unit_cost_deviation:above}"),
                Column("being as the base", "{effect:saves}"),
                Column("per inhabitant", "{effect_per_inhabitant:saving}"),
            ),
            below=(
                BySign(
                    "effect_of_potential",
                    above="{indicator}: the effect is {effect_of_potential:size} of the savings potential.",
                    below="{indicator}: the effect goes against the savings potential.",
                ),
                BySign(
                    "above_implied",
                    above="{indicator}: {above_implied:size} above {implied_index}, which the levels in savings give.",
                    below="{indicator}: {above_implied:size} below {implied_index}, which the levels in savings give.",
                    zero="{indicator}: {implied_index}, as the levels in savings give.",
                ),
                "{indicator}: {own_share}, where the base has {base_share}.",
            ),
        ),
    ),
    caveats=(
        "An index of one year at the level of another mixes years: its kroner are an order of magnitude.",
        "Cost per user is no cost per inhabitant: where few are users, a user costs more at the same cost of all.",
        "Indexes overlap, and their effects are not to be added up.",
    ),
)
