"""How much of the gap to others comes from wages alone.

The wage effect is the wage cost per FTE above the comparator's, times the municipality's FTE. The audit of Bærum
(2017, 3.2.1) calculates 32 000 × 2 872 = nearly 92 million NOK against Drammen.

>>> wage_effect(gap_per_fte=32_000, fte=2_872)
91904000

The effect may be negative: in 2015 Drammen's wage cost was higher. Sick leave, age, education and the division of tasks
all affect wages and are not separated here. The effect is not need-adjusted.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure
from omsorg_cli.core.helpers import count, ratio
from omsorg_cli.core.inputs import Row
from omsorg_cli.core.quantities import FteInput, GapPerFte, GapPerYear, Key, Label, Wage
from omsorg_cli.core.units import (
    AbovePerFte,
    NokPerFte,
    NokPerYear,
    Num,
    PerThousand,
    Ratio,
    SavingPerYear,
    Share,
    Years,
)
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas import averages
from omsorg_cli.formulas.wages import WageRates, wage_cost


class WageComparison(Row):
    """A comparison of wage costs with one comparator in one year."""

    keys: ClassVar[tuple[str, ...]] = ("base", "year")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("gap_per_fte",),
        ("own_wage", "base_wage"),
        ("own_gross_pay", "base_gross_pay"),
        ("wage_effect",),
    )

    base: Key
    """The comparator: the mean of a network, a municipality or a group."""
    year: int = Field(ge=1900, le=2200)
    """The year of the wage costs."""
    label: Label = None
    """The comparator's name in tables and sentences."""
    gap_per_fte: GapPerFte = None
    """Wage cost per FTE above the comparator's; negative where the comparator pays more."""
    own_wage: Wage = None
    """The municipality's wage cost per FTE."""
    base_wage: Wage = None
    """The comparator's wage cost per FTE."""
    own_gross_pay: Wage = None
    """Gross pay of one FTE in the municipality, from which its wage cost is built up."""
    base_gross_pay: Wage = None
    """Gross pay of one FTE in the comparator, from which its wage cost is built up by the same rates."""
    wage_effect: GapPerYear = Field(None, alias="effect")
    """The published wage effect, where the gap per FTE is not published."""


class WageGap(WageRates):
    """Inputs of the wage gap."""

    fte: FteInput = None
    """FTE in the municipality's care services."""
    comparisons: list[WageComparison] = Field(min_length=1)
    """The comparisons: one for each comparator and year."""


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
def gap_from_wages(own_wage: Num, base_wage: Num) -> AbovePerFte:
    """Wage cost per FTE above the comparator's: the difference between the two wage costs."""
    return own_wage - base_wage


@figure("gap_per_fte")
def gap_from_effect(wage_effect: AsStated, fte: Num) -> AbovePerFte:
    """Wage cost per FTE above the comparator's: the published effect divided by the FTE."""
    return wage_effect / fte


def wage_effect(gap_per_fte: Num, fte: Num) -> SavingPerYear:
    """The wage effect per year: the gap per FTE times FTE. It is gross, not need-adjusted and part of the saving."""
    return gap_per_fte * fte


InSavings = Annotated[float, elsewhere("savings")]


@figure("base_wage_per_fte", only_with=("base_wage", "base_gross_pay"))
def base_wage_as_stated(base_wage: Num) -> NokPerFte:
    """The comparator's wage cost per FTE."""
    return base_wage


@figure("base_wage_per_fte")
def base_wage_below_own(wage_per_fte: InSavings, gap_per_fte: Num) -> NokPerFte:
    """The comparator's wage cost per FTE: the municipality's, as in savings, minus the gap."""
    return wage_per_fte - gap_per_fte


@figure(only_with=("base_wage", "base_gross_pay"))
def wage_ratio(gap_per_fte: Num, base_wage_per_fte: Num) -> Ratio:
    """The municipality's wage cost per FTE as a multiple of the comparator's.

    >>> round(wage_ratio(gap_per_fte=91_000, base_wage_per_fte=694_606), 3)
    1.131
    """
    return 1 + gap_per_fte / base_wage_per_fte


BASE = ("base",)


@figure(per=[BASE])
def years_compared(gap_per_fte: Series) -> Years:
    """The number of years with a comparison of wage costs."""
    return count(gap_per_fte)


@figure(per=[BASE])
def mean_gap_per_fte(gap_per_fte: Series) -> AbovePerFte:
    """Wage cost per FTE above the comparator's, as the mean of the years: the gap in a single year may be chance.

    >>> mean_gap_per_fte([62_009, 46_422, 91_000])
    66477.0
    """
    return averages.mean(gap_per_fte)


@figure(per=[BASE])
def mean_wage_effect(mean_gap_per_fte: Num, fte: Num) -> SavingPerYear:
    """The wage effect per year at the mean gap of the years."""
    return mean_gap_per_fte * fte


@figure(per=[()])
def wage_bill(fte: Num, wage_per_fte: InSavings) -> NokPerYear:
    """Wage cost of all FTE per year: gross, at the wage cost per FTE in savings."""
    return fte * wage_per_fte


@figure(per=[()])
def fte_per_1000(fte: Num, population: InSavings) -> PerThousand:
    """FTE per 1 000 inhabitants."""
    return fte / population * 1_000


Potential = Annotated[float, elsewhere("savings", service="total")]


def share_of_potential(wage_effect: Num, savings_potential: Potential) -> Share:
    """The wage effect as a share of the need-adjusted saving against the same comparator."""
    return ratio(wage_effect, savings_potential)  # type: ignore[no-any-return]  # a number, or no answer


def remaining_potential(savings_potential: Potential, wage_effect: Num) -> SavingPerYear:
    """The need-adjusted saving without the wage effect: a rough estimate."""
    return savings_potential - wage_effect


def remaining_potential_actual(savings_potential_actual: Potential, wage_effect: Num) -> SavingPerYear:
    """The saving in the accounts without the wage effect, which is also in the accounts."""
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
    subject="{municipality} {year}: wage costs compared with {base}",
    answer=(
        Lines(
            per=("base", "year"),
            templates=(
                BySign(
                    "gap_per_fte",
                    "In {year} {municipality}'s wage cost per FTE was {gap_per_fte:sum} higher than {base!s}'s.",
                    "In {year} {municipality}'s wage cost per FTE was {gap_per_fte:sum} lower than {base!s}'s.",
                    "In {year} {municipality}'s wage cost per FTE was the same as {base!s}'s.",
                ),
                BySign(
                    "wage_effect",
                    "Paying the wage cost of {base!s} in {year} would save {wage_effect:prose} in the accounts.",
                    "Paying the wage cost of {base!s} in {year} would cost {wage_effect:prose} more in the accounts.",
                ),
                BySign(
                    "share_of_potential",
                    "The wage effect equals {share_of_potential:size} of the need-adjusted difference in spending "
                    "from {base!s}.",
                    "Wages pull the other way: their effect equals {share_of_potential:size} of the need-adjusted "
                    "difference in spending from {base!s}.",
                    "Wages are no part of the need-adjusted difference in spending from {base!s}.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            per=("base",),
            heading="Compared with {base}",
            rows=("year",),
            columns=(
                Column("year", "{year}"),
                Column("gap per FTE", "{gap_per_fte:higher_by}", right=True),
                Column("wage cost per FTE in {base!s}", "{base_wage_per_fte:short}", right=True),
                Column("wage effect, {unit}", "{wage_effect:scaled}", right=True),
                Column("", "", bar="wage_effect"),
            ),
            below=(
                BySign(
                    "remaining_potential",
                    "Without the wage effect, the need-adjusted saving in {year} would be {remaining_potential:prose}.",
                    "Without the wage effect, the need-adjusted extra cost in {year} would be "
                    "{remaining_potential:prose}.",
                    "Without the wage effect, there would be no need-adjusted saving in {year}.",
                ),
                BySign(
                    "remaining_potential_actual",
                    "In the accounts, the saving without it would be {remaining_potential_actual:prose}.",
                    "In the accounts, the extra cost without it would be {remaining_potential_actual:prose}.",
                    "In the accounts, there would be no saving without it.",
                ),
            ),
        ),
    ),
    details=(
        Lines(
            per=("base", "year"),
            heading="Other ways to calculate it",
            templates=(
                BySign(
                    "gap_per_fte",
                    "In {year}, {municipality}'s wage cost per FTE was {wage_ratio:beyond_one} higher than {base!s}'s.",
                    "In {year}, {municipality}'s wage cost per FTE was {wage_ratio:beyond_one} lower than {base!s}'s.",
                ),
            ),
        ),
        Lines(
            per=BASE,
            templates=(
                "{base!s}, mean gap per FTE over {years_compared:several}: {mean_gap_per_fte:higher_by}.",
                "{base!s}, wage effect at the mean gap of {years_compared:several}: {mean_wage_effect:saves}.",
            ),
        ),
    ),
    labels={
        "base_gross_pay": "comparator's gross pay per FTE",
        "own_gross_pay": "own gross pay per FTE",
        "pension": "pension contribution",
        "replaced_share": "sick leave that is covered",
        "supplement": "overtime and shift supplements",
        "base_wage": "comparator's stated wage cost",
        "fte_per_1000": "FTE per 1 000 inhabitants",
        "mean_gap_per_fte": "mean gap per FTE",
        "mean_wage_effect": "wage effect at mean gap",
        "own_wage": "own wage cost per FTE",
        "remaining_potential": "need-adjusted saving without wages",
        "remaining_potential_actual": "saving without wages, in accounts",
        "share_of_potential": "wages' share of the saving",
        "wage_bill": "total wage cost",
        "wage_ratio": "wage cost relative to comparator",
    },
    caveats=(
        "The wage effect is already in the difference in spending: do not add the two together.",
        "It is gross and not need-adjusted, so the amount without wages is only a rough estimate.",
        "Where the effect is calculated, the number of FTEs is the same in every year.",
    ),
)
