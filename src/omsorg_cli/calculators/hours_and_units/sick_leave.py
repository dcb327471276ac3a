"""What higher sick leave than elsewhere costs in wages.

There are two methods, shown side by side. The wage-gap method compares two gaps in the wage cost per FTE: one with
absence taken out of the FTEs, one without. The difference between them is attributed to absence. The annex of the
audit of Bærum (2017) does this: 91 000 NOK against 80 000 NOK above Kristiansand.

>>> effect_from_gaps(gap_per_fte=91_000, gap_with_absence=80_000)
11000

The proportional method asks how many more FTEs at work the same wages would pay for at the comparator's sick leave:
each would then cost w × (1 − own) / (1 − comparator). Going from 9.2 to 8.3% makes an FTE of 785 606 NOK 7 710 NOK
cheaper.

>>> round(proportional_effect_per_fte(wage_per_fte=785_606, own_absence=0.092, base_absence=0.083))
7710

Either effect, multiplied by the FTEs, is an amount a year. A published amount shows which number of FTEs was used:
32.6 million at 11 797 NOK each is 2 763 FTE, not the 2 872 of the audit's main text.

>>> round(implied_fte(published_effect=32_600_000, effect_per_fte=11_797))
2763

Not included: temporary staff and overtime, sick pay refunded by the state, and errors in how absence is recorded.
"""

from collections.abc import Iterator
from itertools import product
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import figure
from omsorg_cli.core.helpers import ratio
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text
from omsorg_cli.core.quantities import (
    DaysInput,
    FteInput,
    GapPerFte,
    GapPerYear,
    IndexOfLevel,
    Key,
    Label,
    Wage,
    Words,
)
from omsorg_cli.core.units import DaysUnit, Fte, NokPerYear, Num, Ratio, SavingPerFte, SavingPerYear, Share
from omsorg_cli.core.view import BySign, Column, Grid, Lines

Absence = Annotated[Stated | None, Kind("share", low=0, high=1, example=0.09, usual=(0, 1))]
BaseAbsence = Annotated[Stated | None, Kind("share", low=0, high=1, example=0.08, usual=(0, 1))]
WAGES = (("gap_per_fte", "gap_with_absence"), ("effect_per_fte",))
ABSENCES = (
    ("own_absence", "base_absence"),
    ("own_days", "base_days"),
    ("own_absence", "absence_index", "network_absence"),
)


class AbsenceComparison(Row):
    """Whom the municipality's sick leave and wages are compared with."""

    keys: ClassVar[tuple[str, ...]] = ("base",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((*wage, *absence) for wage, absence in product(WAGES, ABSENCES)),
        *WAGES,
        *ABSENCES,
    )
    optional: ClassVar[tuple[str, ...]] = ("published_effect", "year")

    base: Key
    """The comparator: a municipality, the average of a network, or the municipality itself in another year."""
    label: Label = None
    """The name that people read for the comparator."""
    year: Words = Field(None, alias="period")
    """The period that the municipality's sick leave is of, where that is not the scenario's year."""
    own_absence: Absence = None
    """The municipality's sick leave as a share of working time."""
    base_absence: BaseAbsence = None
    """The comparator's sick leave as a share of working time."""
    own_days: DaysInput = None
    """The municipality's days of sick leave per FTE in a year."""
    base_days: DaysInput = None
    """The comparator's days of sick leave per FTE in a year."""
    absence_index: IndexOfLevel = None
    """The comparator's sick leave relative to a network's (network = 1), where its own level is not known."""
    network_absence: BaseAbsence = None
    """The sick leave of the network that the index refers to."""
    gap_per_fte: GapPerFte = None
    """Wage cost per FTE above the comparator's, with absence taken out of the FTEs."""
    gap_with_absence: GapPerFte = None
    """Wage cost per FTE above the comparator's, with absence left in the FTEs."""
    effect_per_fte: GapPerFte = None
    """The published effect per FTE, where the two wage gaps are not published."""
    published_effect: GapPerYear = None
    """The published yearly effect, to show which number of FTEs it was calculated with."""

    @model_validator(mode="after")
    def _absence_leaves_somebody_at_work(self) -> Self:
        refuse(_faults_of_absence(self))
        return self


def _faults_of_absence(item: AbsenceComparison) -> Iterator[tuple[Loc, str]]:
    if item.absence_index is not None and item.network_absence is not None:
        absence = item.absence_index.number * item.network_absence.number
        if absence >= 1:
            found = number_text(round(absence * 100))
            told = say("found sick leave of {found}% in the comparator; allowed: under 100%", found=found)
            yield ("absence_index",), told
    for name in ("own_absence", "base_absence"):
        stated = getattr(item, name)
        if stated is not None and stated.number == 1:
            yield (name,), say("found 1, which means that nobody is at work; allowed: under 1")


class SickLeave(Inputs):
    """Inputs to the cost of sick leave."""

    fte: FteInput = None
    """FTEs in the municipality's care services."""
    wage_per_fte: Wage = None
    """Wage cost per FTE in a year, with absence taken out of the FTEs."""
    working_days: DaysInput = None
    """Working days of an FTE in a year, where sick leave is stated in days."""
    comparisons: list[AbsenceComparison] = Field(min_length=1)
    """Whom the municipality's sick leave and wages are compared with."""


@figure("own_absence", per=[("base",)], only_with=("own_days",))
def own_absence_of_days(own_days: Num, working_days: Num) -> Share:
    """The municipality's sick leave as a share of working days."""
    return own_days / working_days


@figure("base_absence", only_with=("base_days",))
def base_absence_of_days(base_days: Num, working_days: Num) -> Share:
    """The comparator's sick leave as a share of working days."""
    return base_days / working_days


@figure(per=[("base",)], only_with=("working_days",))
def gap_in_days(absence_gap: Num, working_days: Num) -> DaysUnit:
    """Days of sick leave per FTE in a year above the comparator's."""
    return absence_gap * working_days


@figure("base_absence")
def base_absence_by_index(absence_index: Num, network_absence: Num) -> Share:
    """The comparator's sick leave, from its index and the network's level."""
    return absence_index * network_absence


def absence_gap(own_absence: Num, base_absence: Num) -> Share:
    """The municipality's sick leave minus the comparator's, as a share of working time."""
    return own_absence - base_absence


def absence_ratio(own_absence: Num, base_absence: Num) -> Ratio:
    """The municipality's sick leave divided by the comparator's.

    >>> round(absence_ratio(own_absence=0.092, base_absence=0.083), 2)
    1.11
    """
    return ratio(own_absence, base_absence)  # type: ignore[no-any-return]  # a number, or no answer


@figure("effect_per_fte")
def effect_from_gaps(gap_per_fte: Num, gap_with_absence: Num) -> SavingPerFte:
    """Cost of absence per FTE by the wage-gap method: the gap excluding absence minus the gap including it."""
    return gap_per_fte - gap_with_absence


def absence_effect(effect_per_fte: Num, fte: Num) -> SavingPerYear:
    """Yearly wage cost of sick leave above the comparator's, by the wage-gap method."""
    return effect_per_fte * fte


def proportional_effect_per_fte(wage_per_fte: Num, own_absence: Num, base_absence: Num) -> SavingPerFte:
    """Cost of absence per FTE by the proportional method, which compares time at work.

    >>> round(proportional_effect_per_fte(785_606, 0.092, 0.081))
    9403
    """
    return wage_per_fte - wage_per_fte * ratio(1 - own_absence, 1 - base_absence)  # type: ignore[no-any-return]  # a number: the base's absence is under 1


@figure(per=[("base",)])
def effect_of_one_point(wage_per_fte: Num, own_absence: Num, fte: Num) -> SavingPerYear:
    """Yearly wage cost saved if sick leave were one percentage point lower, by the proportional method.

    >>> round(effect_of_one_point(wage_per_fte=800_000, own_absence=0.09, fte=100))
    869565
    """
    return fte * wage_per_fte * (1 - (1 - own_absence) / (1 - own_absence + 0.01))


def proportional_effect(proportional_effect_per_fte: Num, fte: Num) -> SavingPerYear:
    """Yearly wage cost of sick leave above the comparator's, by the proportional method."""
    return proportional_effect_per_fte * fte


def method_difference(absence_effect: Num, proportional_effect: Num) -> NokPerYear:
    """The effect by the wage-gap method minus the effect by the proportional method."""
    return absence_effect - proportional_effect


@figure(no_answer="the effect per FTE is zero")
def implied_fte(published_effect: Num, effect_per_fte: Num) -> Fte:
    """The number of FTEs behind the published effect, if the effect per FTE is the one here."""
    return ratio(published_effect, effect_per_fte)  # type: ignore[no-any-return]  # a number, or no answer


def implied_effect_per_fte(published_effect: Num, fte: Num) -> SavingPerFte:
    """The published effect divided by the number of FTEs here."""
    return published_effect / fte


CALCULATOR = Calculator(
    name="sick-leave",
    title="Sick leave",
    inputs=SickLeave,
    keys=("base",),
    scenario="baerum2016",
    headlines=("absence_effect", "proportional_effect"),
    drawn=("absence_effect",),
    formulas=(
        own_absence_of_days,
        base_absence_of_days,
        base_absence_by_index,
        absence_gap,
        gap_in_days,
        absence_ratio,
        effect_from_gaps,
        absence_effect,
        proportional_effect_per_fte,
        proportional_effect,
        effect_of_one_point,
        method_difference,
        implied_fte,
        implied_effect_per_fte,
    ),
    subject="{municipality} {year}: sick leave compared with {base}",
    answer=(
        Lines(
            per=("base",),
            templates=(
                "Sick leave was {own_absence} in {municipality} in {year} and {base_absence} in {base!s}.",
                BySign(
                    "absence_effect",
                    above="By the wage-gap method, wage costs with {base!s}'s sick leave would be "
                    "{absence_effect:prose} "
                    "lower in the accounts.",
                    below="By the wage-gap method, wage costs with {base!s}'s sick leave would be "
                    "{absence_effect:prose} higher in the accounts.",
                    zero="By the wage-gap method, wage costs with {base!s}'s sick leave would be the same.",
                ),
                BySign(
                    "proportional_effect",
                    above="By the proportional method, they would be {proportional_effect:prose} lower.",
                    below="By the proportional method, they would be {proportional_effect:prose} higher.",
                    zero="By the proportional method, they would be the same.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            heading="Saving at the comparator's sick leave",
            rows=("base",),
            columns=(
                Column("{unit}", "{base}"),
                Column("own sick leave", "{own_absence}", right=True),
                Column("comparator", "{base_absence}", right=True),
                Column("wage-gap method", "{absence_effect:scaled}", right=True),
                Column("proportional method", "{proportional_effect:scaled}", right=True),
                Column("each point", "{effect_of_one_point:scaled}", right=True),
            ),
        ),
    ),
    details=(
        Grid(
            heading="Saving per FTE at the comparator's sick leave",
            rows=("base",),
            columns=(
                Column("comparator", "{base}"),
                Column("wage-gap method", "{effect_per_fte:saving}", right=True),
                Column("proportional method", "{proportional_effect_per_fte:saving}", right=True),
                Column("difference in sick leave", "{absence_gap:apart}", right=True),
                Column("relative to comparator", "{absence_ratio:times}", right=True),
            ),
            below=(
                BySign(
                    "method_difference",
                    above="{base}: the effect is {method_difference:size} larger by the wage-gap method than by the "
                    "proportional one.",
                    below="{base}: the effect is {method_difference:size} smaller by the wage-gap method than by the "
                    "proportional one.",
                ),
                "{base}, as published: {published_effect:saves}.",
                BySign(
                    "implied_fte",
                    above="{base}: with the effect per FTE, the published effect implies {implied_fte:prose}.",
                    below="{base}: the published effect goes the other way than the effect per FTE.",
                ),
                "{base}, as published, with {fte}: {implied_effect_per_fte:saves}.",
            ),
        ),
    ),
    labels={
        "year": "period of own sick leave",
        "base_days": "comparator's days of sick leave",
        "effect_of_one_point": "price of one percentage point",
        "gap_in_days": "extra days of sick leave",
        "own_days": "own days of sick leave",
        "absence_effect": "effect, wage-gap method",
        "absence_gap": "difference in sick leave",
        "absence_index": "comparator's sick leave index",
        "absence_ratio": "sick leave relative to comparator",
        "base_absence": "comparator's sick leave",
        "effect_per_fte": "effect per FTE, wage-gap method",
        "gap_per_fte": "wage gap excluding absence",
        "gap_with_absence": "wage gap including absence",
        "implied_effect_per_fte": "published effect per FTE",
        "implied_fte": "FTE behind published effect",
        "method_difference": "difference between the methods",
        "network_absence": "network's sick leave",
        "own_absence": "own sick leave",
        "proportional_effect": "effect, proportional method",
        "proportional_effect_per_fte": "effect per FTE, proportional method",
    },
    caveats=(
        "The wage-gap method attributes the whole difference between two ways of counting FTEs to absence.",
        "The proportional method counts time at work only and keeps wages fixed, so the two methods differ.",
        "Either effect is part of the wage gap: do not add them. Refunded sick pay is not counted.",
    ),
)
