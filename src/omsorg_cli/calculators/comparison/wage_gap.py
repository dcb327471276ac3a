"""How much of the gap to others is only wages.

The wage cost of one FTE above the base's, times the FTE: the audit of Bærum (2017, 3.2.1) reckons 32 000 × 2 872
to nearly 92 million kroner against Drammen.

>>> wage_effect(gap_per_fte=32_000, fte=2_872)
91904000

The sign may turn: in 2015 Drammen paid more. Left out: sick leave, age, education and how tasks are shared, which all
show up as wages; and the need correction, which the effect does not have.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure
from omsorg_cli.core.helpers import count, ratio
from omsorg_cli.core.inputs import Row
from omsorg_cli.core.quantities import FteInput, GapPerFte, GapPerYear, Key, Wage
from omsorg_cli.core.units import (
    NokPerFte,
    NokPerYear,
    Num,
    PerThousand,
    Ratio,
    SavingPerFte,
    SavingPerYear,
    Share,
    Years,
)
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas import averages
from omsorg_cli.formulas.wages import WageRates, wage_cost


class WageComparison(Row):
    """What the municipality's wages are compared with, for one year."""

    keys: ClassVar[tuple[str, ...]] = ("base", "year")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("gap_per_fte",),
        ("own_wage", "base_wage"),
        ("own_gross_pay", "base_gross_pay"),
        ("wage_effect",),
    )

    base: Key
    """What is compared with: a network's mean, a municipality, a group."""
    year: int = Field(ge=1900, le=2200)
    """The year of the wages."""
    label: str | None = None
    """What people read for the base."""
    gap_per_fte: GapPerFte = None
    """Wage cost of one FTE above the base's; below zero where the base pays more."""
    own_wage: Wage = None
    """Wage cost of one FTE in the municipality."""
    base_wage: Wage = None
    """Wage cost of one FTE in the base."""
    own_gross_pay: Wage = None
    """Gross pay of one FTE in the municipality, from which its wage cost is built up."""
    base_gross_pay: Wage = None
    """Gross pay of one FTE in the comparator, from which its wage cost is built up by the same rates."""
    wage_effect: GapPerYear = Field(None, alias="effect")
    """The published effect, where no gap per FTE is printed."""


class WageGap(WageRates):
    """Inputs of the wage gap."""

    fte: FteInput = None
    """FTE in the municipality's care services."""
    comparisons: list[WageComparison] = Field(min_length=1)
    """What the municipality's wages are compared with."""


COMPARISON = ("base", "year")


@figure("own_wage", per=[COMPARISON], step=True, only_with=("own_gross_pay",))
def own_wage_built_up(
    own_gross_pay: Num,
    supplement: Num,
    holiday_pay: Num,
    pension: Num,
    payroll_tax: Num,
    sick_leave: Num,
    replaced_share: Num,
) -> NokPerFte:
    """Wage cost of one FTE in the municipality, from gross pay."""
    return wage_cost(own_gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)


@figure("base_wage", per=[COMPARISON], step=True, only_with=("base_gross_pay",))
def base_wage_built_up(
    base_gross_pay: Num,
    supplement: Num,
    holiday_pay: Num,
    pension: Num,
    payroll_tax: Num,
    sick_leave: Num,
    replaced_share: Num,
) -> NokPerFte:
    """Wage cost of one FTE in the comparator, from gross pay."""
    return wage_cost(base_gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)


@figure("gap_per_fte")
def gap_from_wages(own_wage: Num, base_wage: Num) -> SavingPerFte:
    """Wage cost of one FTE above the base's."""
    return own_wage - base_wage


@figure("gap_per_fte")
def gap_from_effect(wage_effect: AsStated, fte: Num) -> SavingPerFte:
    """Wage cost of one FTE above the base's, from the published effect."""
    return wage_effect / fte


def wage_effect(gap_per_fte: Num, fte: Num) -> SavingPerYear:
    """What the wage gap amounts to in a year: gross, not need-adjusted, and a part of the potential."""
    return gap_per_fte * fte


InSavings = Annotated[float, elsewhere("savings")]


@figure("base_wage_per_fte", only_with=("base_wage", "base_gross_pay"))
def base_wage_as_stated(base_wage: Num) -> NokPerFte:
    """Wage cost of one FTE in the base."""
    return base_wage


@figure("base_wage_per_fte")
def base_wage_below_own(wage_per_fte: InSavings, gap_per_fte: Num) -> NokPerFte:
    """Wage cost of one FTE in the base: the municipality's, as the savings have it, without the gap."""
    return wage_per_fte - gap_per_fte


@figure(only_with=("base_wage", "base_gross_pay"))
def wage_ratio(gap_per_fte: Num, base_wage_per_fte: Num) -> Ratio:
    """How many times the base's the wage cost of one FTE is.

    >>> round(wage_ratio(gap_per_fte=91_000, base_wage_per_fte=694_606), 3)
    1.131
    """
    return 1 + gap_per_fte / base_wage_per_fte


BASE = ("base",)


@figure(per=[BASE])
def years_compared(gap_per_fte: Series) -> Years:
    """The years for which the wages are compared with the base's."""
    return count(gap_per_fte)


@figure(per=[BASE])
def mean_gap_per_fte(gap_per_fte: Series) -> SavingPerFte:
    """Wage cost of one FTE above the base's, as the plain mean of the years: the gap of one year may be chance.

    >>> mean_gap_per_fte([62_009, 46_422, 91_000])
    66477.0
    """
    return averages.mean(gap_per_fte)


@figure(per=[BASE])
def mean_wage_effect(mean_gap_per_fte: Num, fte: Num) -> SavingPerYear:
    """What the wage gap amounts to in a year at its mean over the years."""
    return mean_gap_per_fte * fte


@figure(per=[()])
def wage_bill(fte: Num, wage_per_fte: InSavings) -> NokPerYear:
    """Wage cost of all FTE in a year: gross, and at the wage that the savings have."""
    return fte * wage_per_fte


@figure(per=[()])
def fte_per_1000(fte: Num, population: InSavings) -> PerThousand:
    """FTE for every thousand inhabitants."""
    return fte / population * 1_000


Potential = Annotated[float, elsewhere("savings", service="total")]


def share_of_potential(wage_effect: Num, savings_potential: Potential) -> Share:
    """The effect as a share of the savings potential against the same base."""
    return ratio(wage_effect, savings_potential)  # type: ignore[no-any-return]  # a number, or no answer


def remaining_potential(savings_potential: Potential, wage_effect: Num) -> SavingPerYear:
    """What remains of the potential against the same base without the wage effect: an order of magnitude."""
    return savings_potential - wage_effect


def remaining_potential_actual(savings_potential_actual: Potential, wage_effect: Num) -> SavingPerYear:
    """What remains without the wage effect, the potential being in the kroner of the accounts, as the wages are."""
    return savings_potential_actual - wage_effect


CALCULATOR = Calculator(
    name="wage-gap",
    title="Wage gap",
    inputs=WageGap,
    keys=("base", "year"),
    scenario="baerum2016",
    headlines=("wage_effect", "remaining_potential"),
    uses=("savings",),
    formulas=(
        own_wage_built_up,
        base_wage_built_up,
        gap_from_wages,
        gap_from_effect,
        base_wage_as_stated,
        base_wage_below_own,
        wage_ratio,
        wage_effect,
        years_compared,
        mean_gap_per_fte,
        mean_wage_effect,
        share_of_potential,
        remaining_potential,
        remaining_potential_actual,
        wage_bill,
        fte_per_1000,
    ),
    views=(
        Grid(
            per=("base",),
            heading="Against {base}",
            rows=("year",),
            columns=(
                Column("year", "{year}"),
                Column("wage cost per FTE", "{gap_per_fte:above}"),
                Column("ratio", "{wage_ratio:times}", right=True),
                Column("effect of their wage cost per FTE", "{wage_effect:saves}"),
                Column("which leaves the base", "{base_wage_per_fte}"),
            ),
            below=(
                BySign(
                    "share_of_potential",
                    above="Wages are {share_of_potential:size} of the potential in {year}.",
                    below="Wages go against the potential in {year}: they are {share_of_potential:size} of its size.",
                    zero="Wages are no part of the potential in {year}.",
                ),
                "Without them, the potential: {remaining_potential:saves}.",
                "Without them, in the accounts: {remaining_potential_actual:saves}.",
            ),
        ),
        Lines(
            per=BASE,
            templates=(
                "{base}, mean of {years_compared:several}: {mean_gap_per_fte:above}.",
                "{base}, at the mean of {years_compared:several}: {mean_wage_effect:saves}.",
            ),
        ),
    ),
    caveats=(
        "The effect lies inside the savings potential and is not to be added to it.",
        "It is gross and not need-adjusted, so that what remains is an order of magnitude.",
        "Other years use this year's FTE.",
    ),
)
