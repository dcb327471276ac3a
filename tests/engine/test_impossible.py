from typing import Annotated

import numpy as np
import pytest

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.inputs import Inputs
from omsorg_cli.core.quantities import GapPerYear, NokPerYearInput
from omsorg_cli.core.units import NokPerYear, Num, SavingPerYear, Share
from omsorg_cli.engine.graph import Plan
from omsorg_cli.engine.impossible import can_be, impossible
from omsorg_cli.engine.layout import Layout
from omsorg_cli.engine.record import Record

SHARE, LARGE = Kind("share", low=0, high=1), Kind("NOK", low=0, high=1e6)
# slack: a thousand-millionth of 1 and the size
WITHIN = {
    "between the bounds": (SHARE, 0.5, True),
    "at the lower bound": (SHARE, 0.0, True),
    "at the upper bound": (SHARE, 1.0, True),
    "below it by an error of floats": (SHARE, -1e-10, True),
    "below it by more": (SHARE, -1e-8, False),
    "above it by an error of floats": (SHARE, 1 + 1e-9, True),
    "above it by more": (SHARE, 1 + 1e-8, False),
    "far below": (SHARE, -1.0, False),
    "far above": (SHARE, 2.0, False),
    "above a large bound by an error of floats of its size": (LARGE, 1e6 + 5e-4, True),
    "above a large bound by more": (LARGE, 1e6 + 2e-3, False),
}


@pytest.mark.parametrize(("kind", "value", "possible"), WITHIN.values(), ids=WITHIN.keys())
def test_a_figure_can_be_what_its_bounds_allow(kind, value, possible):
    assert bool(can_be(value, kind)) is possible
    assert can_be(np.array([value, 0.5]), kind).tolist() == [possible, True]


class Odd(Inputs):
    amount: GapPerYear = None
    share: Annotated[Stated | None, Kind("share", high=1, example=0.5)] = None
    cost: NokPerYearInput = None
    bill: NokPerYearInput = None
    gap: GapPerYear = None


def share(amount: Num) -> Share:
    """At most 1, and as far below as may be."""
    return amount


def cost(amount: Num) -> NokPerYear:
    """At least 0."""
    return amount + 3


def bill(share: Num) -> NokPerYear:
    """At least 0, too."""
    return 1 - share


def gap(amount: Num) -> SavingPerYear:
    """Anything."""
    return amount


ODD = Calculator(
    name="odd",
    title="Odd",
    inputs=Odd,
    formulas=(share, cost, bill, gap),
    keys=(),
    scenario="",
    headlines=(),
    views=(),
    caveats=(),
)
FOUND = {
    "what lies within": ({"amount": 0.5}, []),
    "above the one bound that there is, and not the bill that only follows": ({"amount": 2}, ["share"]),
    "below a bound": ({"amount": -5}, ["cost"]),
    "what is stated is not worked out": ({"amount": 2, "share": 0.5}, []),
}


@pytest.mark.parametrize(("values", "figures"), FOUND.values(), ids=FOUND.keys())
def test_what_is_worked_out_beyond_its_bounds_is_found(values, figures):
    layout = Layout(ODD, Odd.model_validate(values), {})
    found = list(impossible(Record(Plan([ODD], {"odd": layout}, 2020))))
    assert [one.node.figure for one in found] == figures
