"""What indices of resource use and efficiency mean in kroner.

An index compares a municipality with a comparator, which is 1; the deviation is the index minus 1. For need-adjusted
spending per inhabitant, the effect is the deviation times the comparator's level times the inhabitants. The annex to
the audit of Bærum (2017) has an index 3.6% above the ten largest cities, which at their level of 17 073 NOK is 76
million NOK a year.

>>> round(effect_of_spending(deviation=0.036, base_per_inhabitant=939 / 0.055, population=124_008))
76217571

For efficiency, higher is better: 4.6% less output for the same money is a unit cost 4.8% higher. At the comparator's
unit cost, the municipality's spending would be 4.6% lower.

>>> round(unit_cost_deviation(index=1 - 0.046), 4)
0.0482

Levels of spending and inhabitants are those of the table savings unless a row states others; an index of another
municipality states that municipality's inhabitants. Other indices show the deviation only, and an index of a share,
such as sick leave, also shows the share. Changes between the year of the index and the year of the level are ignored.
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
from omsorg_cli.core.language import say
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
from omsorg_cli.core.view import BySign, Column, Grid, Lines

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
"""The inputs that have no effect in a row of each kind."""


class Indicator(Row):
    """An index that compares the municipality, or another one, with a comparator."""

    keys: ClassVar[tuple[str, ...]] = ("indicator", "base")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("index",), ("deviation",), ("effect",))
    optional: ClassVar[tuple[str, ...]] = ("own_per_inhabitant", "base_share")

    indicator: Key
    """The index."""
    base: Key
    """The comparator: the mean of a network, a municipality or a group."""
    label: Label = None
    """The index's name in tables and sentences."""
    measures: Measures = None
    """What the index measures: need-adjusted spending per inhabitant, efficiency (higher is better), or other."""
    index: IndexInput = None
    """The municipality's index, where the comparator's is 1."""
    deviation: GapShare = None
    """The index minus 1: how far the municipality is above the comparator; negative where it is below."""
    effect: GapPerYear = None
    """The published saving per year at the comparator's level, where the index is not published."""
    whose: Reference = default(OWN)
    """The municipality that the index is for: the municipality itself (own), or a comparator in savings."""
    population: Population = None
    """Inhabitants; the default for the municipality itself is the inhabitants in savings."""
    base_per_inhabitant: LevelPerInhabitant = None
    """The comparator's spending per inhabitant per year; the default is its level in savings for all care."""
    own_per_inhabitant: LevelPerInhabitant = None
    """The municipality's spending per inhabitant per year, for efficiency; the default is its level in savings."""
    base_share: ShareInput = None
    """The comparator's share, where the index is of a share, such as sick leave."""


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
    """An index that does not say what it measures, and inputs without effect."""
    if item.measures is None:
        yield (), say("measures is missing; allowed: one of spending, efficiency, other")
        return
    kind = str(item.measures.value)
    for name in EFFECTLESS[kind]:
        if getattr(item, name) is not None:
            yield (name,), say('has no effect with measures = "{kind}"', kind=kind)


ROW = ("indicator", "base")


@figure("index")
def index_of_deviation(deviation: Num) -> Index:
    """The index: one plus the deviation."""
    return 1 + deviation


@figure("deviation")
def deviation_of_index(index: Num) -> Share:
    """How far the index is above the comparator's, as a share; negative where it is below."""
    return index - 1


@figure("population", per=[ROW], when={"whose": OWN}, step=True)
def population_of_savings(population: Annotated[float, elsewhere("savings")]) -> Inhabitants:
    """Inhabitants of the municipality, as in savings."""
    return population


@figure(per=[ROW], step=True)
def base_level_in_savings(
    base_per_inhabitant: Annotated[float, elsewhere("savings", service="total")],
) -> NokPerInhabitant:
    """The comparator's spending per inhabitant per year, as in savings."""
    return base_per_inhabitant


@figure("level_in_savings", per=[ROW], when={"whose": OWN}, step=True)
def own_level_in_savings(
    own_per_inhabitant: Annotated[float, elsewhere("savings", service="total")],
) -> NokPerInhabitant:
    """The municipality's spending per inhabitant per year, as in savings."""
    return own_per_inhabitant


@figure("level_in_savings", per=[ROW], step=True)
def anothers_level_in_savings(
    base_per_inhabitant: Annotated[float, elsewhere("savings", at_input={"base": "whose"}, service="total")],
) -> NokPerInhabitant:
    """The other municipality's spending per inhabitant per year, as in savings."""
    return base_per_inhabitant


@figure("own_per_inhabitant", when=SPENDING)
def own_from_index(index: Num, base_per_inhabitant: Num) -> NokPerInhabitant:
    """The municipality's spending per inhabitant per year: the index times the comparator's level."""
    return index * base_per_inhabitant


@figure("effect", when=SPENDING)
def effect_of_spending(deviation: Num, base_per_inhabitant: Num, population: Num) -> SavingPerYear:
    """The saving per year at the comparator's level: the deviation times that level times the inhabitants."""
    return deviation * base_per_inhabitant * population


@figure(when=EFFICIENCY)
def unit_cost_deviation(index: Num) -> Share:
    """The unit cost above the comparator's, as a share of the comparator's: less output for the same money."""
    return 1 / index - 1


@figure("effect", when=EFFICIENCY)
def effect_of_efficiency(unit_cost_deviation: Num, own_per_inhabitant: Num, population: Num) -> SavingPerYear:
    """The saving per year on the same services at the comparator's unit cost.

    >>> round(effect_of_efficiency(unit_cost_deviation=0.25, own_per_inhabitant=20_000, population=10))
    40000
    """
    return own_per_inhabitant * population * unit_cost_deviation / (1 + unit_cost_deviation)


def effect_per_inhabitant(effect: Num, population: Num) -> SavingPerInhabitant:
    """The effect per inhabitant."""
    return effect / population


@figure(when={"whose": OWN})
def effect_of_potential(
    effect: Num, savings_potential: Annotated[float, elsewhere("savings", service="total")]
) -> Ratio:
    """The effect relative to the need-adjusted saving against the same comparator."""
    return ratio(effect, savings_potential)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[ROW], when=SPENDING)
def implied_index(level_in_savings: Num, base_level_in_savings: Num) -> Index:
    """The index implied by the levels of spending in savings."""
    return level_in_savings / base_level_in_savings


@figure(when=SPENDING)
def above_implied(index: Num, implied_index: Num) -> Share:
    """The index above the one implied by the levels in savings, as a share of that; negative where it is below."""
    return index / implied_index - 1


@figure(when=OTHER)
def own_share(index: Num, base_share: Num) -> Share:
    """The municipality's share: the index times the comparator's share.

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
    subject="{municipality} {year}: indexes compared with {base}",
    answer=(
        Lines(
            per=ROW,
            templates=(
                BySign(
                    "effect",
                    "{indicator}: at the level of {base!s}, spending in {whose!s} would be {effect:prose} lower.",
                    "{indicator}: at the level of {base!s}, spending in {whose!s} would be {effect:prose} higher.",
                    "{indicator}: at the level of {base!s}, spending in {whose!s} would be the same.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            per=("base",),
            heading="Compared with {base}",
            rows=("indicator",),
            columns=(
                Column("index", "{indicator}"),
                Column("value", "{index}", right=True),
                Column("deviation", "{deviation:above}", right=True),
                Column("unit cost", "{unit_cost_deviation:above}", right=True),
                Column("saving, {unit}", "{effect:scaled}", right=True),
                Column("", "", bar="effect"),
            ),
            below=("{indicator}: {own_share}, compared with {base_share} in {base!s}.",),
        ),
    ),
    details=(
        Lines(
            per=ROW,
            heading="Compared with the levels in savings",
            templates=(
                BySign(
                    "effect_of_potential",
                    above="{indicator}: the effect is {effect_of_potential:times} the need-adjusted saving.",
                    below="{indicator}: the effect has the opposite sign of the need-adjusted saving.",
                ),
                BySign(
                    "above_implied",
                    above="{indicator}: the index is {above_implied:size} above {implied_index}, the level implied "
                    "by the spending in savings.",
                    below="{indicator}: the index is {above_implied:size} below {implied_index}, the level implied "
                    "by the spending in savings.",
                    zero="{indicator}: the index is {implied_index}, as the spending in savings implies.",
                ),
                "{indicator}, per inhabitant: {effect_per_inhabitant:saving} a year.",
            ),
        ),
    ),
    labels={
        "above_implied": "deviation from implied index",
        "base_level_in_savings": "comparator's level in savings",
        "base_share": "comparator's share",
        "effect": "saving at the comparator's level",
        "effect_of_potential": "effect relative to saving",
        "effect_per_inhabitant": "effect per inhabitant",
        "implied_index": "index implied by savings",
        "indicator": "index",
        "indicators": "indexes",
        "index": "value of the index",
        "level_in_savings": "level in savings",
        "measures": "what the index measures",
        "own": "the municipality",
        "own_share": "own share",
        "spending": "need-adjusted spending per inhabitant",
        "unit_cost_deviation": "deviation in unit cost",
        "whose": "municipality of the index",
    },
    caveats=(
        "Where an index of one year is applied to the spending of another, the saving is only a rough estimate.",
        (
            "Cost per user is not cost per inhabitant: where fewer people are users, the cost per user is higher at "
            "the same total cost."
        ),
        "Indexes overlap: do not add up their effects.",
    ),
)
