from typing import Annotated, ClassVar

import pytest
from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, elsewhere, figure
from omsorg_cli.core.helpers import total
from omsorg_cli.core.inputs import Inputs, Row
from omsorg_cli.core.quantities import Key, NokInput, Reference, Switch, default
from omsorg_cli.core.units import Nok, Num
from omsorg_cli.engine.defaults import deciding_defaults
from omsorg_cli.engine.graph import Plan
from omsorg_cli.engine.layout import Layout


class Part(Row):
    keys: ClassVar[tuple[str, ...]] = ("part",)
    part: Key
    price: NokInput = None
    fee: NokInput = None
    other: Reference = None
    waived: Switch = default(False)
    swapped: Switch = default(False)


class Shop(Inputs):
    parts: list[Part] = Field(default_factory=list)
    shared: Switch = default(False)


@figure("cost", when={"waived": True})
def cost_without_fee(price: Num) -> Nok:
    """The price alone."""
    return price


@figure("cost", when={"swapped": True})
def cost_of_other(price: Annotated[float, elsewhere(at_input={"part": "other"})]) -> Nok:
    """The price of another part."""
    return price


def cost(price: Num, fee: Num) -> Nok:
    """Price and fee."""
    return price + fee


@figure("bill", per=[()], when={"shared": True})
def bill_of_nobody() -> Nok:
    """Nothing."""
    return 0.0


@figure("bill", per=[()])
def bill(cost: Series) -> Nok:
    """What all parts cost."""
    return total(cost)


SHOP = Calculator(
    name="shop",
    title="Shop",
    inputs=Shop,
    formulas=(cost_without_fee, cost_of_other, cost, bill_of_nobody, bill),
    keys=("part",),
    scenario="",
    headlines=(),
    views=(),
    caveats=(),
)
A, B = {"part": "a", "price": 5}, {"part": "b", "price": 7, "fee": 1, "waived": False, "swapped": False}
WAIVED, SWAPPED, SHARED = "shop.parts.a.waived", "shop.parts.a.swapped", "shop.shared"
CASES = {
    "a default that keeps a formula from its turn": ([{**A, "fee": 1}], [WAIVED, SHARED]),
    "none that is stated": ([{**A, "fee": 1, "waived": False}], [SHARED]),
    "none with whose value the formula was taken": ([{**A, "waived": True}], [SHARED]),
    "none of a figure that is not there by any way": ([{"part": "a", "fee": 1}], []),
    "one whose formula takes from a row that is named": (
        [{**A, "fee": 1, "waived": False, "other": "b"}, B],
        [SWAPPED, SHARED],
    ),
}


@pytest.mark.parametrize(("parts", "paths"), CASES.values(), ids=CASES.keys())
def test_a_default_decides_where_another_formula_could_give_the_figure(parts, paths):
    layout = Layout(SHOP, Shop.model_validate({"parts": parts}), {})
    assert [item.path for item in deciding_defaults(Plan([SHOP], {"shop": layout}, 2020))] == paths
