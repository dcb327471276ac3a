"""What one place, resident, user or job costs.

A total divided by the number of units, compared with another's: the audit of Bærum (2017, 3.2.5) has 1.156 million
kroner for a resident of a dwelling staffed round the clock, against 1.426 million in Drammen, 19 per cent less.

>>> gap = unit_cost_gap(unit_cost=1_156_000, base_unit_cost=1_426_000)
>>> gap, round(unit_cost_gap_share(gap, base_unit_cost=1_426_000), 3)
(-270000, -0.189)

With hours per unit, it also gives the cost per hour. The same residents are granted twice the hours of Drammen's, so
that an hour appears to cost 435 kroner against 1 079: unit costs and hours do not tell the same story, and one of the
two counts something else.

>>> (
...     round(cost_per_hour(1_156_000, hours_per_unit=2_659)),
...     round(base_cost_per_hour(1_426_000, base_hours_per_unit=1_321)),
... )
(435, 1079)

A total may also be hours times the cost per hour: 829 653 at 479 kroner for 312 users are 1.27 million for each.

>>> round(cost_of_a_unit(total_of_hours(total_hours=829_653, hourly_cost=479), count=312))
1273730

Not included: whether units are alike, what users need, and refunds and user charges unless the totals have them.
"""

from itertools import product
from typing import ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import figure
from omsorg_cli.core.helpers import ratio
from omsorg_cli.core.inputs import Row
from omsorg_cli.core.quantities import (
    CostPerHour,
    HoursInput,
    HoursPerFte,
    HoursPerUnit,
    Key,
    Label,
    NokInput,
    ShareInput,
    UnitCost,
    UnitCount,
    Wage,
)
from omsorg_cli.core.units import AbovePerUnit, Nok, NokPerHour, NokPerUnit, Num, Ratio, Saving, Share, Units
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas.wages import WageRates, wage_cost

OWN = (
    ("total_cost", "count"),
    ("total_cost", "count_share", "count_of"),
    ("unit_cost",),
    ("unit_cost", "count"),
    ("total_hours", "hourly_cost", "count"),
    ("total_hours", "gross_pay", "count"),
)
BASE = (("base_total_cost", "base_count"), ("base_unit_cost",), ("base_unit_cost", "base_count"))


class Item(Row):
    """A kind of unit, and its cost here and for a comparator."""

    keys: ClassVar[tuple[str, ...]] = ("item", "base")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((*own, *base) for own, base in product(OWN, BASE)),
        *OWN,
        *BASE,
    )
    optional: ClassVar[tuple[str, ...]] = ("hours_per_unit", "base_hours_per_unit", "purchase")

    item: Key
    """The unit: a resident, a place, a user or a job."""
    base: Key = ""
    """The comparator, if there is one."""
    label: Label = None
    """The unit's name in tables and sentences."""
    total_cost: NokInput = Field(None, alias="total")
    """Total cost of all units."""
    count: UnitCount = None
    """The number of units."""
    count_share: ShareInput = None
    """The number of units as a share of another number, where only that is published."""
    count_of: UnitCount = None
    """The number that it is a share of."""
    unit_cost: UnitCost = None
    """Unit cost, where it is published."""
    total_hours: HoursInput = None
    """Hours of all units, where the total is calculated from hours."""
    hourly_cost: CostPerHour = None
    """Cost per hour, where the total is calculated from hours."""
    gross_pay: Wage = None
    """Gross pay per FTE per year, from which the cost per hour is built up."""
    base_total_cost: NokInput = Field(None, alias="base_total")
    """Total cost of the comparator's units."""
    base_count: UnitCount = None
    """The number of the comparator's units."""
    base_unit_cost: UnitCost = None
    """The comparator's unit cost, where it is published."""
    hours_per_unit: HoursPerUnit = None
    """Hours per unit."""
    base_hours_per_unit: HoursPerUnit = None
    """The comparator's hours per unit."""
    purchase: NokInput = None
    """An amount, to calculate how many units it pays for."""


class UnitCosts(WageRates):
    """Inputs of unit costs."""

    hours_per_fte: HoursPerFte = None
    """Hours per FTE per year."""
    items: list[Item] = Field(min_length=1)
    """The units, one row for each comparator."""


ROW = ("item", "base")
BESIDE = ("base_unit_cost", "base_total_cost", "base_count")
"""Inputs of which one says that a unit is compared with a base."""


@figure("count")
def count_of_share(count_share: Num, count_of: Num) -> Units:
    """The number of units, as a share of another number."""
    return count_share * count_of


@figure("hourly_cost", per=[ROW], step=True, only_with=("gross_pay",))
def hourly_cost_built_up(
    gross_pay: Num,
    supplement: Num,
    holiday_pay: Num,
    pension: Num,
    payroll_tax: Num,
    sick_leave: Num,
    replaced_share: Num,
    hours_per_fte: Num,
) -> NokPerHour:
    """Wage cost per hour, built up from gross pay."""
    wage = wage_cost(gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)
    return wage / hours_per_fte


@figure("total_cost")
def total_of_hours(total_hours: Num, hourly_cost: Num) -> Nok:
    """Total cost of all units: their hours at the cost per hour."""
    return total_hours * hourly_cost


@figure("unit_cost")
def cost_of_a_unit(total_cost: Num, count: Num) -> NokPerUnit:
    """Unit cost: total cost divided by the number of units."""
    return total_cost / count


@figure("total_cost")
def total_of_units(unit_cost: Num, count: Num) -> Nok:
    """Total cost of all units."""
    return unit_cost * count


@figure("base_unit_cost")
def cost_of_a_base_unit(base_total_cost: Num, base_count: Num) -> NokPerUnit:
    """The comparator's unit cost."""
    return base_total_cost / base_count


@figure("base_total_cost")
def total_of_base_units(base_unit_cost: Num, base_count: Num) -> Nok:
    """Total cost of the comparator's units."""
    return base_unit_cost * base_count


@figure(only_with=BESIDE)
def unit_cost_gap(unit_cost: Num, base_unit_cost: Num) -> AbovePerUnit:
    """Unit cost above the comparator's."""
    return unit_cost - base_unit_cost


@figure(only_with=BESIDE)
def unit_cost_gap_share(unit_cost_gap: Num, base_unit_cost: Num) -> Share:
    """Unit cost above the comparator's, as a share of the comparator's."""
    return ratio(unit_cost_gap, base_unit_cost)  # type: ignore[no-any-return]  # a number, or no answer


@figure(only_with=BESIDE)
def base_gap_share(unit_cost_gap: Num, unit_cost: Num) -> Share:
    """The comparator's unit cost above the municipality's own, as a share of its own.

    >>> round(base_gap_share(-270_000, 1_156_000), 3)
    0.234
    """
    return ratio(0 - unit_cost_gap, unit_cost)  # type: ignore[no-any-return]  # as above


@figure(only_with=BESIDE)
def effect_of_base_cost(unit_cost_gap: Num, count: Num) -> Saving:
    """Saving if the municipality's units cost as much as the comparator's."""
    return unit_cost_gap * count


@figure(only_with=BESIDE)
def total_gap(total_cost: Num, base_total_cost: Num) -> Nok:
    """Total cost above the comparator's total cost."""
    return total_cost - base_total_cost


@figure(only_with=BESIDE)
def total_ratio(total_cost: Num, base_total_cost: Num) -> Ratio:
    """Total cost as a multiple of the comparator's total cost."""
    return ratio(total_cost, base_total_cost)  # type: ignore[no-any-return]  # as above


@figure(only_with=("hours_per_unit",))
def cost_per_hour(unit_cost: Num, hours_per_unit: Num) -> NokPerHour:
    """Cost per hour, from the hours per unit."""
    return unit_cost / hours_per_unit


@figure(only_with=("base_hours_per_unit",))
def base_cost_per_hour(base_unit_cost: Num, base_hours_per_unit: Num) -> NokPerHour:
    """The comparator's cost per hour, from its hours per unit."""
    return base_unit_cost / base_hours_per_unit


@figure(only_with=("purchase",))
def units_bought(purchase: Num, unit_cost: Num) -> Units:
    """Units that the amount pays for at the municipality's unit cost."""
    return ratio(purchase, unit_cost)  # type: ignore[no-any-return]  # as above


@figure(only_with=BESIDE)
def units_bought_at_base(purchase: Num, base_unit_cost: Num) -> Units:
    """Units that the amount pays for at the comparator's unit cost.

    >>> round(units_bought_at_base(20_000_000, 1_426_000), 1)
    14.0
    """
    return ratio(purchase, base_unit_cost)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="unit-cost",
    title="Unit cost",
    inputs=UnitCosts,
    keys=("item", "base"),
    scenario="baerum2016",
    headlines=("unit_cost", "unit_cost_gap", "total_gap"),
    drawn=("unit_cost", "base_unit_cost"),
    formulas=(
        hourly_cost_built_up,
        count_of_share,
        total_of_hours,
        cost_of_a_unit,
        total_of_units,
        cost_of_a_base_unit,
        total_of_base_units,
        unit_cost_gap,
        unit_cost_gap_share,
        base_gap_share,
        effect_of_base_cost,
        total_gap,
        total_ratio,
        cost_per_hour,
        base_cost_per_hour,
        units_bought,
        units_bought_at_base,
    ),
    subject="{municipality} {year}: unit costs",
    answer=(
        Lines(
            per=ROW,
            templates=(
                (
                    BySign(
                        "unit_cost_gap_share",
                        above="{item!s}: {unit_cost:sum}, which is {unit_cost_gap_share:share} higher than in "
                        "{base!s}.",
                        below="{item!s}: {unit_cost:sum}, which is {unit_cost_gap_share:share} lower than in {base!s}.",
                        zero="{item!s}: {unit_cost:sum}, as in {base!s}.",
                    ),
                    "{item!s}: {unit_cost:sum}.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            heading="Cost per unit, NOK",
            rows=ROW,
            columns=(
                Column("unit", "{item!s}"),
                Column("compared with", "{base!s}"),
                Column("{municipality}", "{unit_cost:number}", right=True),
                Column("comparator's cost", "{base_unit_cost:number}", right=True),
                Column("difference", "{unit_cost_gap:higher}", right=True),
                Column("per hour, {municipality}", "{cost_per_hour:number}", right=True),
                Column("per hour, comparator", "{base_cost_per_hour:number}", right=True),
            ),
            below=(
                "{item!s}: {purchase} pays for {units_bought:counted} at the municipality's unit cost.",
                "{item!s}: {purchase} pays for {units_bought_at_base:counted} at {base!s}'s unit cost.",
            ),
        ),
    ),
    details=(
        Grid(
            heading="Total cost",
            rows=ROW,
            columns=(
                Column("{unit}", "{item!s}"),
                Column("compared with", "{base!s}"),
                Column("{municipality}", "{total_cost:scaled}", right=True),
                Column("comparator's cost", "{base_total_cost:scaled}", right=True),
                Column("ratio", "{total_ratio:times}", right=True),
                Column("saving at comparator's unit cost", "{effect_of_base_cost:scaled}", right=True),
            ),
        ),
    ),
    labels={
        "base_cost_per_hour": "comparator's cost per hour",
        "base_count": "comparator's units",
        "base_gap_share": "comparator's difference in per cent",
        "base_hours_per_unit": "comparator's hours per unit",
        "base_total_cost": "comparator's total cost",
        "base_unit_cost": "comparator's unit cost",
        "count": "units",
        "count_of": "number it is a share of",
        "count_share": "units as a share",
        "effect_of_base_cost": "saving at comparator's cost",
        "gross_pay": "gross pay per FTE",
        "hourly_cost": "cost per hour",
        "item": "unit",
        "pension": "pension contribution",
        "purchase": "amount to spend",
        "replaced_share": "sick leave that is covered",
        "supplement": "overtime and shift supplements",
        "total_cost": "total cost",
        "total_gap": "difference in total cost",
        "total_hours": "hours of all units",
        "total_ratio": "ratio of total costs",
        "unit_cost": "unit cost",
        "unit_cost_gap": "difference in unit cost",
        "unit_cost_gap_share": "difference in per cent",
        "units_bought": "units at the own cost",
        "units_bought_at_base": "units at comparator's cost",
    },
    caveats=(
        "Units are assumed to be alike: users, their needs and the quality of services are not compared.",
        "Unit costs from accounts and from hours need not agree: they may count different people and costs.",
    ),
)
