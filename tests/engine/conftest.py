from functools import cache
from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, ToDate, among, figure, summed
from omsorg_cli.core.helpers import rank, total
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.inputs import Inputs, Row
from omsorg_cli.core.quantities import Horizon, Key, NokInput, NokPerYearInput, Persons, Rate, YearInput, default
from omsorg_cli.core.units import Nok, NokPerYear, Num, Rank, Ratio
from omsorg_cli.engine.graph import Plan
from omsorg_cli.engine.layout import Layout
from omsorg_cli.engine.record import Record
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text, read


class Part(Row):
    keys: ClassVar[tuple[str, ...]] = ("part",)
    part: Key
    price: NokInput = None
    amount: Persons = None
    fee: NokInput = default(5)


class Shop(Row):
    keys: ClassVar[tuple[str, ...]] = ("shop",)
    shop: Key
    label: str | None = None
    price: NokInput = None
    amount: Persons = None
    cost: NokPerYearInput = None
    fee: NokInput = default(0)
    parts: list[Part] = Field(default_factory=list)


class Trade(Inputs):
    first_year: YearInput = default(2020)
    years: Horizon = default(2)
    growth: Rate = None
    price: NokInput = None
    shops: list[Shop] = Field(default_factory=list)


def cost(price: Num, amount: Num) -> NokPerYear:
    """What a part costs in a year."""
    return price * amount


@figure(step=True)
def factor(growth: Num, year: Num, first_year: Num) -> Ratio:
    """How much prices have grown."""
    return (1 + growth) ** (year - first_year)


@figure(per=[("shop", "year")])
def yearly_cost(cost: Num, factor: Num) -> NokPerYear:
    """What a shop costs in the year."""
    return cost * factor


@figure(per=[("shop", "year")])
def cost_to_date(yearly_cost: ToDate) -> Nok:
    """What a shop has cost up to the year."""
    return total(yearly_cost)


@figure(per=[()])
def whole_cost(yearly_cost: Series) -> Nok:
    """What all shops cost over the years."""
    return total(yearly_cost)


def fee_share(fee: Num, cost: Num) -> Ratio:
    """The fee as a share of the cost."""
    return fee / cost


def place(yearly_cost: Num, cost_in_year: Annotated[list[float], among("shop")]) -> Rank:
    """The place of a shop among all in the year."""
    return rank(yearly_cost, cost_in_year)


@figure(per=[("shop", "year")], step=True)
def cost_in_year(yearly_cost: Num) -> NokPerYear:
    """What a shop costs in the year."""
    return yearly_cost


FORMULAS = (
    cost,
    summed("cost", NokPerYear, ("shop",)),
    factor,
    yearly_cost,
    cost_to_date,
    summed("yearly_cost", NokPerYear, ("year",)),
    whole_cost,
    fee_share,
    cost_in_year,
    place,
)


def calculator(formulas=FORMULAS):
    return Calculator(
        name="trade",
        title="Trade",
        inputs=Trade,
        formulas=formulas,
        keys=("shop", "part", "year"),
        scenario="",
        headlines=(),
        views=(),
        caveats=(),
        horizon=("first_year", "years"),
    )


@pytest.fixture(scope="session")
def trade():
    """The record of a made-up calculator: shops with parts, over years."""

    def of(shops, *, common=None, formulas=FORMULAS, **inputs):
        made = calculator(formulas)
        stated = {name: Kind("").read(value) for name, value in (common or {}).items()}
        layout = Layout(made, Trade.model_validate({"shops": shops, **inputs}), stated)
        return Record(Plan([made], {"trade": layout}, 2020))

    return of


@pytest.fixture(scope="session")
def shipped():
    """The result of a calculator for its shipped scenario, with changes."""
    text_of = cache(read)

    def of(name, scenario, *sets):
        return run(prepare(text_of(scenario), Request(sets=sets), name), name)

    return of


@pytest.fixture(scope="session")
def result_of():
    """The result of a calculator for a made-up scenario."""

    def of(name, data, *sets, overlays=()):
        head = {"title": "Made up", "municipality": "Nowhere", "year": 2020}
        text = Text("test", "test.toml", {**head, **data}, "", "0" * 64, False)
        return run(prepare(text, Request(sets=sets, overlays=overlays), name), name)

    return of
