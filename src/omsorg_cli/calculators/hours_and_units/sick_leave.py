"""What more sick leave than elsewhere costs in wages.

Two ways, printed side by side. By the wage gaps: what one FTE costs above the base is larger where absence is taken
out of the FTE than where it is not, and the difference between the two gaps is put down to absence. The annex of the
audit of Bærum (2017) does so: 91 000 against 80 000 kroner more than Kristiansand.

>>> effect_from_gaps(gap_per_fte=91_000, gap_with_absence=80_000)
11000

In proportion: with the base's absence, the same wages would pay for more FTE at work, so that each would cost
w × (1 − own) / (1 − base). From 9.2 to 8.3 % that is less:

>>> round(proportional_effect_per_fte(wage_per_fte=785_606, own_absence=0.092, base_absence=0.083))
7710

Times the FTE, either is an amount a year. A published amount tells which number of FTE it was reckoned with: 32.6
million at 11 797 kroner each are 2 763 FTE, not the 2 872 of the audit's main text.

>>> round(implied_fte(published_effect=32_600_000, effect_per_fte=11_797))
2763

Left out: stand-ins and overtime, what the state refunds, and errors in how absence is registered.
"""

from collections.abc import Iterator
from itertools import product
from typing import ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import figure
from omsorg_cli.core.helpers import ratio
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import FteInput, GapPerFte, GapPerYear, IndexOfLevel, Key, Label, ShareInput, Wage
from omsorg_cli.core.units import Fte, NokPerYear, Num, Ratio, SavingPerFte, SavingPerYear, Share
from omsorg_cli.core.view import BySign, Column, Grid

WAGES = (("gap_per_fte", "gap_with_absence"), ("effect_per_fte",))
ABSENCES = (("own_absence", "base_absence"), ("own_absence", "absence_index", "network_absence"))


class AbsenceComparison(Row):
    """Whose sick leave and wages the municipality's are compared with."""

    keys: ClassVar[tuple[str, ...]] = ("base",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((*wage, *absence) for wage, absence in product(WAGES, ABSENCES)),
        *WAGES,
        *ABSENCES,
    )
    optional: ClassVar[tuple[str, ...]] = ("published_effect",)

    base: Key
    """What is compared with: a municipality, a network's mean, the municipality itself in another year."""
    label: Label = None
    """What people read for the base."""
    own_absence: ShareInput = None
    """The municipality's sick leave, as a share of working time."""
    base_absence: ShareInput = None
    """The base's sick leave, as a share of working time."""
    absence_index: IndexOfLevel = None
    """The base's sick leave where only its relation to a network's is known, the network being 1."""
    network_absence: ShareInput = None
    """The sick leave of the network that the index is of."""
    gap_per_fte: GapPerFte = None
    """Wage cost of one FTE above the base's, absence taken out of the FTE."""
    gap_with_absence: GapPerFte = None
    """Wage cost of one FTE above the base's, absence not taken out of the FTE."""
    effect_per_fte: GapPerFte = None
    """The published effect on the cost of one FTE, where no two gaps are printed."""
    published_effect: GapPerYear = None
    """The published effect in a year, to see which FTE it was reckoned with."""

    @model_validator(mode="after")
    def _absence_leaves_somebody_at_work(self) -> Self:
        refuse(_faults_of_absence(self))
        return self


def _faults_of_absence(item: AbsenceComparison) -> Iterator[tuple[Loc, str]]:
    if item.absence_index is not None and item.network_absence is not None:
        absence = item.absence_index.number * item.network_absence.number
        if absence >= 1:
            yield ("absence_index",), f"found an absence of {absence:.0%} in the base; allowed: under 100 %"
    for name in ("own_absence", "base_absence"):
        stated = getattr(item, name)
        if stated is not None and stated.number == 1:
            yield (name,), "found 1, so that nobody is at work; allowed: under 1"


class SickLeave(Inputs):
    """Inputs of the cost of sick leave."""

    fte: FteInput = None
    """FTE in the municipality's care services."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year, absence taken out of the FTE."""
    comparisons: list[AbsenceComparison] = Field(min_length=1)
    """Whose sick leave and wages the municipality's are compared with."""


@figure("base_absence")
def base_absence_by_index(absence_index: Num, network_absence: Num) -> Share:
    """The base's sick leave, from its relation to a network's."""
    return absence_index * network_absence


def absence_gap(own_absence: Num, base_absence: Num) -> Share:
    """The municipality's sick leave above the base's, as a share of working time; below zero where below."""
    return own_absence - base_absence


def absence_ratio(own_absence: Num, base_absence: Num) -> Ratio:
    """How many times the base's the municipality's sick leave is.

    >>> round(absence_ratio(own_absence=0.092, base_absence=0.083), 2)
    1.11
    """
    return ratio(own_absence, base_absence)  # type: ignore[no-any-return]  # a number, or no answer


@figure("effect_per_fte")
def effect_from_gaps(gap_per_fte: Num, gap_with_absence: Num) -> SavingPerFte:
    """What absence adds to the cost of one FTE, by the wage gaps: the gap without absence beyond that with it."""
    return gap_per_fte - gap_with_absence


def absence_effect(effect_per_fte: Num, fte: Num) -> SavingPerYear:
    """What absence above the base's costs in a year, by the wage gaps."""
    return effect_per_fte * fte


def proportional_effect_per_fte(wage_per_fte: Num, own_absence: Num, base_absence: Num) -> SavingPerFte:
    """What absence adds to the cost of one FTE, in proportion to the time at work.

    >>> round(proportional_effect_per_fte(785_606, 0.092, 0.081))
    9403
    """
    return wage_per_fte - wage_per_fte * ratio(1 - own_absence, 1 - base_absence)  # type: ignore[no-any-return]  # a number: the base's absence is under 1


def proportional_effect(proportional_effect_per_fte: Num, fte: Num) -> SavingPerYear:
    """What absence above the base's costs in a year, in proportion to the time at work."""
    return proportional_effect_per_fte * fte


def method_difference(absence_effect: Num, proportional_effect: Num) -> NokPerYear:
    """How far the effect by the wage gaps lies above the one in proportion."""
    return absence_effect - proportional_effect


@figure(no_answer="the effect on one FTE is zero")
def implied_fte(published_effect: Num, effect_per_fte: Num) -> Fte:
    """The FTE with which the published effect was reckoned, if the effect on one FTE is the one here."""
    return ratio(published_effect, effect_per_fte)  # type: ignore[no-any-return]  # a number, or no answer


def implied_effect_per_fte(published_effect: Num, fte: Num) -> SavingPerFte:
    """The effect on one FTE that the published effect comes to with the FTE here."""
    return published_effect / fte


CALCULATOR = Calculator(
    name="sick-leave",
    title="Sick leave",
    inputs=SickLeave,
    keys=("base",),
    scenario="baerum2016",
    headlines=("absence_effect", "proportional_effect"),
    formulas=(
        base_absence_by_index,
        absence_gap,
        absence_ratio,
        effect_from_gaps,
        absence_effect,
        proportional_effect_per_fte,
        proportional_effect,
        method_difference,
        implied_fte,
        implied_effect_per_fte,
    ),
    views=(
        Grid(
            heading="With the absence of the base",
            rows=("base",),
            columns=(
                Column("base", "{base}"),
                Column("own absence", "{own_absence}", right=True),
                Column("the base's", "{base_absence}", right=True),
                Column("by the wage gaps, per FTE", "{effect_per_fte:saving}"),
                Column("a year", "{absence_effect:saving}"),
                Column("in proportion, per FTE", "{proportional_effect_per_fte:saving}"),
                Column("a year", "{proportional_effect:saving}"),
            ),
            below=(
                "Own absence against {base}: {absence_gap:apart}, {absence_ratio:times} as much.",
                "{base}, the effect by the wage gaps beside the one in proportion: {method_difference:above}.",
                "{base}, as published: {published_effect:saves}.",
                BySign(
                    "implied_fte",
                    above="{base}: at the effect on one FTE, the published effect is that of {implied_fte}.",
                    below="{base}: the published effect goes the other way than the effect on one FTE.",
                ),
                "{base}, as published, with {fte}: {implied_effect_per_fte:saves}.",
            ),
        ),
    ),
    caveats=(
        "By the wage gaps, all that two ways of counting FTE differ by is put down to absence, errors too.",
        "In proportion, only time at work counts and wages are taken to stay; so the two ways differ.",
        "Either way it is a part of the wage gap and not to be added to it; refunds of sick pay are not counted.",
    ),
)
