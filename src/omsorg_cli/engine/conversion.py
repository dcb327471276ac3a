"""Amounts in the prices of another year than is calculated in: each is converted by a step that can be seen."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from omsorg_cli.core.figure import Formula, Parameter, Role
from omsorg_cli.core.input_types import Stated
from omsorg_cli.core.language import phrase
from omsorg_cli.core.units import Num, Unit
from omsorg_cli.engine.layout import Input, Layout, Point

PRICES, FACTOR = "prices", "price_factor"
"""The calculator of indexes, and its figure: prices in a year relative to the base year."""
PARAMETERS = tuple(Parameter(name, Role()) for name in ("amount", FACTOR, "price_factor_then"))


class Conversion(NamedTuple):
    """What was converted, from the prices of one year to those of another.

    `by` is the index that it follows; "" is the deflator.
    """

    item: Input
    by: str
    from_year: int
    to_year: int


def converted(amount: Num, price_factor: Num, price_factor_then: Num) -> Num:
    """The amount in the prices that are calculated in."""
    return amount * price_factor / price_factor_then


converted.__doc__ = phrase("The amount converted to the prices of the year that is calculated in.")


def price_year(layout: Layout, usual: int) -> int:
    """The year whose prices a calculator calculates in: the first of its horizon, or the scenario's."""
    return layout.years[0] if layout.calculator.horizon else usual


def conversion(layout: Layout, item: Input, usual: int) -> Conversion | None:
    """How the amount is converted; None where it is in the prices that are calculated in, or is no amount."""
    stated, to_year = item.stated, price_year(layout, usual)
    if not item.kind.is_money or stated.price_year in (None, to_year):
        return None
    assert stated.price_year is not None
    return Conversion(item, index_of(layout, item, stated), stated.price_year, to_year)


def index_of(layout: Layout, item: Input, stated: Stated) -> str:
    """The index that the amount follows: its own, or that of its row; "" is the deflator."""
    row = layout.find("follows", item.point)
    return stated.follows or ("" if row is None else str(row.stated.value))


def conversions(layouts: Mapping[str, Layout], usual: int) -> Iterator[Conversion]:
    """Every conversion that the inputs of the calculators ask for."""
    for layout in layouts.values():
        for at in layout.stated.values():
            for item in at.values():
                found = conversion(layout, item, usual)
                if found is not None:
                    yield found


def factor_point(index: str, year: int) -> Point:
    """Where the price factor of the index in the year stands; of the deflator, that of the year alone."""
    return (("index", index), ("year", year)) if index else (("year", year),)


def formula_of(one: Conversion, *, either_way: bool) -> Formula:
    """The formula of the step that converts."""
    name = f"{one.item.name}_in_{one.to_year}_prices"
    unit = Unit(one.item.kind.unit, either_way)
    return Formula(name, converted, PARAMETERS, unit, (), {}, False, "", "")
