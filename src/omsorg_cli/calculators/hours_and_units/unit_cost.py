"""What one place, resident, user or job costs.

A total by a count, held against another's: the audit of Bærum (2017, 3.2.5) has 1.156 million kroner for a resident of
a dwelling staffed round the clock, against 1.426 million in Drammen, 19 % less.

>>> gap = unit_cost_gap(unit_cost=1_156_000, base_unit_cost=1_426_000)
>>> gap, round(unit_cost_gap_share(gap, base_unit_cost=1_426_000), 3)
(-270000, -0.189)

With the hours that each is granted, also the cost of an hour; and what a purchase pays for at either unit cost. The
same residents are granted twice the hours of Drammen's, so that an hour seems to cost 435 kroner against 1 079: unit
costs and hours do not tell the same story, and one of the two counts something else.

>>> (
...     round(cost_per_hour(1_156_000, hours_per_unit=2_659)),
...     round(base_cost_per_hour(1_426_000, base_hours_per_unit=1_321)),
... )
(435, 1079)

A total may also be hours times the cost of an hour: 829 653 at 479 kroner for 312 users are 1.27 million for each.

>>> round(cost_of_a_unit(total_of_hours(total_hours=829_653, hourly_cost=479), count=312))
1273730

Left out: whether units are alike, what they need, and refunds and user payments unless the totals have them.
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
from omsorg_cli.core.units import Nok, NokPerHour, NokPerUnit, Num, Ratio, Saving, SavingPerUnit, Share, Units
from omsorg_cli.core.view import Column, Grid
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
    """A kind of unit, and what one costs here and elsewhere."""

    keys: ClassVar[tuple[str, ...]] = ("item", "base")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((*own, *base) for own, base in product(OWN, BASE)),
        *OWN,
        *BASE,
    )
    optional: ClassVar[tuple[str, ...]] = ("hours_per_unit", "base_hours_per_unit", "purchase")

    item: Key
    """What a unit is: a resident, a place, a user, a job."""
    base: Key = ""
    """What it is compared with, if anything."""
    label: Label = None
    """What people read for the item."""
    total_cost: NokInput = Field(None, alias="total")
    """What all units cost."""
    count: UnitCount = None
    """How many units there are."""
    count_share: ShareInput = None
    """How many units there are as a share of another number, where only that is published."""
    count_of: UnitCount = None
    """The number that it is a share of."""
    unit_cost: UnitCost = None
    """What a unit costs, where it is published."""
    total_hours: HoursInput = None
    """The hours that all units take, where the total is known by the hour."""
    hourly_cost: CostPerHour = None
    """What an hour costs, where the total is known by the hour."""
    gross_pay: Wage = None
    """Gross pay of an FTE in a year, from which what an hour costs is built up."""
    base_total_cost: NokInput = Field(None, alias="base_total")
    """What all units of the base cost."""
    base_count: UnitCount = None
    """How many units the base has."""
    base_unit_cost: UnitCost = None
    """What a unit of the base costs, where it is published."""
    hours_per_unit: HoursPerUnit = None
    """Hours that a unit takes."""
    base_hours_per_unit: HoursPerUnit = None
    """Hours that a unit of the base takes."""
    purchase: NokInput = None
    """An amount, to see how many units it pays for."""


class UnitCosts(WageRates):
    """Inputs of unit costs."""

    hours_per_fte: HoursPerFte = None
    """Hours that one FTE works in a year."""
    items: list[Item] = Field(min_length=1)
    """The kinds of units."""


BESIDE = ("base_unit_cost", "base_total_cost", "base_count")
"""Inputs of which one says that a unit is compared with a base."""


@figure("count")
def count_of_share(count_share: Num, count_of: Num) -> Units:
    """How many units there are: a share of another number."""
    return count_share * count_of


@figure("hourly_cost", per=[("item", "base")], step=True, only_with=("gross_pay",))
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
    """Wage cost of an hour, from gross pay."""
    wage = wage_cost(gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)
    return wage / hours_per_fte


@figure("total_cost")
def total_of_hours(total_hours: Num, hourly_cost: Num) -> Nok:
    """What all units cost: their hours at the cost of an hour."""
    return total_hours * hourly_cost


@figure("unit_cost")
def cost_of_a_unit(total_cost: Num, count: Num) -> NokPerUnit:
    """What a unit costs."""
    return total_cost / count


@figure("total_cost")
def total_of_units(unit_cost: Num, count: Num) -> Nok:
    """What all units cost."""
    return unit_cost * count


@figure("base_unit_cost")
def cost_of_a_base_unit(base_total_cost: Num, base_count: Num) -> NokPerUnit:
    """What a unit of the base costs."""
    return base_total_cost / base_count


@figure("base_total_cost")
def total_of_base_units(base_unit_cost: Num, base_count: Num) -> Nok:
    """What all units of the base cost."""
    return base_unit_cost * base_count


@figure(only_with=BESIDE)
def unit_cost_gap(unit_cost: Num, base_unit_cost: Num) -> SavingPerUnit:
    """What a unit costs above the base's."""
    return unit_cost - base_unit_cost


@figure(only_with=BESIDE)
def unit_cost_gap_share(unit_cost_gap: Num, base_unit_cost: Num) -> Share:
    """What a unit costs above the base's, as a share of the base's."""
    return ratio(unit_cost_gap, base_unit_cost)  # type: ignore[no-any-return]  # a number, or no answer


@figure(only_with=BESIDE)
def base_gap_share(unit_cost_gap: Num, unit_cost: Num) -> Share:
    """What a unit of the base costs above the own, as a share of the own.

    >>> round(base_gap_share(-270_000, 1_156_000), 3)
    0.234
    """
    return ratio(0 - unit_cost_gap, unit_cost)  # type: ignore[no-any-return]  # as above


@figure(only_with=BESIDE)
def effect_of_base_cost(unit_cost_gap: Num, count: Num) -> Saving:
    """What would be saved if the own units cost as much as the base's."""
    return unit_cost_gap * count


@figure(only_with=BESIDE)
def total_gap(total_cost: Num, base_total_cost: Num) -> Nok:
    """What all units cost above all of the base's."""
    return total_cost - base_total_cost


@figure(only_with=BESIDE)
def total_ratio(total_cost: Num, base_total_cost: Num) -> Ratio:
    """How many times what all of the base's units cost all own units do."""
    return ratio(total_cost, base_total_cost)  # type: ignore[no-any-return]  # as above


@figure(only_with=("hours_per_unit",))
def cost_per_hour(unit_cost: Num, hours_per_unit: Num) -> NokPerHour:
    """What an hour costs, if a unit takes those hours."""
    return unit_cost / hours_per_unit


@figure(only_with=("base_hours_per_unit",))
def base_cost_per_hour(base_unit_cost: Num, base_hours_per_unit: Num) -> NokPerHour:
    """What an hour of the base costs, if a unit takes those hours."""
    return base_unit_cost / base_hours_per_unit


@figure(only_with=("purchase",))
def units_bought(purchase: Num, unit_cost: Num) -> Units:
    """How many units the purchase pays for at the own unit cost."""
    return ratio(purchase, unit_cost)  # type: ignore[no-any-return]  # as above


@figure(only_with=BESIDE)
def units_bought_at_base(purchase: Num, base_unit_cost: Num) -> Units:
    """How many units the purchase pays for at the base's unit cost.

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
    views=(
        Grid(
            heading="What a unit costs",
            rows=("item", "base"),
            columns=(
                Column("unit", "{item}"),
                Column("base", "{base}"),
                Column("own", "{unit_cost:full}"),
                Column("the base's", "{base_unit_cost:full}"),
                Column("difference", "{unit_cost_gap:above} {unit_cost_gap_share:aside}"),
                Column("own, an hour", "{cost_per_hour}"),
                Column("the base's, an hour", "{base_cost_per_hour}"),
            ),
            below=(
                "{item}: {purchase} pays for {units_bought} at the own cost.",
                "{item}: {purchase} pays for {units_bought_at_base} at what {base} pays.",
            ),
        ),
        Grid(
            heading="What all of them cost",
            rows=("item", "base"),
            columns=(
                Column("unit", "{item}"),
                Column("base", "{base}"),
                Column("own", "{total_cost}"),
                Column("the base's", "{base_total_cost}"),
                Column("difference", "{total_gap:above}"),
                Column("ratio", "{total_ratio:times}", right=True),
                Column("own units at the base's cost", "{effect_of_base_cost:saves}"),
            ),
        ),
    ),
    caveats=(
        "Units are taken to be alike; who they are, what they need and what quality they get is not compared.",
        "A unit cost from accounts and one from hours need not agree: they may count other people and other costs.",
    ),
)
