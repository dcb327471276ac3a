import random

import pytest

from omsorg_cli.calculators import load
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Formula, figure, formula
from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.inputs import Inputs
from omsorg_cli.core.quantities import NokInput, Switch, default
from omsorg_cli.core.units import Month, Nok, Num
from omsorg_cli.engine.graph import Node, Plan, Step
from omsorg_cli.engine.layout import Input, Layout
from omsorg_cli.engine.missing import Missing
from omsorg_cli.engine.record import Record

WHOLE = [
    {"shop": "a", "price": 10, "parts": [{"part": "x", "amount": 2}, {"part": "y", "amount": 3, "price": 30}]},
    {"shop": "b", "price": 4, "amount": 5},
]
LACKING = [{"shop": "a", "price": 10, "parts": [{"part": "x", "amount": 2}, {"part": "y"}]}, WHOLE[1]]
A, B = ("shop", "a"), ("shop", "b")


def at(record, figure, *point):
    return record.value(Node("trade", figure, point))


def left_out(record):
    return {(left.node.figure, left.node.point): left.lacks for left in Missing(record.plan).left_out()}


def test_figures_follow_from_their_inputs(trade):
    record = trade(WHOLE, growth=0.5)
    assert at(record, "cost", A) == 10 * 2 + 30 * 3
    assert [at(record, "yearly_cost", A, ("year", year)) for year in (2020, 2021)] == [110, 165]
    assert [at(record, "cost_to_date", A, ("year", year)) for year in (2020, 2021)] == [110, 275]
    assert at(record, "yearly_cost", ("year", 2021)) == 165 + 30
    assert at(record, "whole_cost") == 275 + 20 + 30


def test_a_figure_may_be_held_against_those_of_all_rows_in_its_year(trade):
    record = trade(WHOLE, growth=0.5)
    assert [at(record, "place", shop, ("year", 2021)) for shop in (A, B)] == [1, 2]
    assert at(trade(LACKING, growth=0), "place", B, ("year", 2020)) is None


def test_a_sum_is_left_out_if_one_part_is_missing_and_the_others_stay(trade):
    record = trade(LACKING, growth=0)
    assert at(record, "cost", A, ("part", "x")) == 20
    assert at(record, "cost", A, ("part", "y")) is None
    assert at(record, "cost", A) is None
    assert at(record, "cost", B) == 20
    assert at(record, "yearly_cost", ("year", 2020)) is None
    assert at(record, "whole_cost") is None


def test_what_is_left_out_says_what_it_lacks(trade):
    lacks = left_out(trade(LACKING, growth=0))
    assert "amount" in lacks["cost", (A, ("part", "y"))]
    assert "amount" in lacks["whole_cost", ()]
    assert not any("price" in text or "growth" in text for text in lacks.values())


def test_what_needs_nothing_that_is_lacking_is_not_told(trade):
    lacks = left_out(trade(LACKING, growth=0))
    assert ("cost", (B,)) not in lacks
    assert ("cost", (A, ("part", "x"))) not in lacks


def test_every_input_that_is_lacking_is_named(trade):
    lacks = left_out(trade([{"shop": "a", "price": 10}]))
    assert all(name in lacks["yearly_cost", (A, ("year", 2020))] for name in ("amount", "growth"))


def test_what_is_there_is_not_told_to_be_missing(trade):
    assert left_out(trade(WHOLE, growth=0)) == {}


def test_a_given_figure_wins_over_a_computed_one(trade):
    record = trade([{**WHOLE[0], "cost": 7}, WHOLE[1]], growth=0)
    assert (at(record, "cost", A), at(record, "cost", A, ("part", "x"))) == (7, 20)
    assert at(record, "whole_cost") == 2 * (7 + 20)


def test_a_given_figure_needs_nothing_else(trade):
    assert at(trade([{"shop": "a", "cost": 7}], growth=0), "whole_cost") == 14


def test_a_figure_without_answer_is_none_and_takes_with_it_what_needs_it(trade):
    record = trade([{"shop": "a", "cost": 0, "fee": 3}], growth=0)
    assert at(record, "fee_share", A) is None
    assert at(record, "whole_cost") == 0


def test_each_step_stands_after_what_it_uses(shipped):
    for index, step in enumerate(shipped("insource", "drammen2020").record.plan.steps):
        uses = [slot for use in step.uses for slot in (use if isinstance(use, tuple) else (use,))]
        assert all(slot < index for slot in uses)


def shuffled(formulas, seed):
    """The formulas in another order; several ways to one figure keep theirs, for the first that fits is taken."""
    named = [((item if isinstance(item, Formula) else formula(item)).figure, item) for item in formulas]
    ways = {name: [item for one, item in named if one == name] for name, _ in named}
    order = [name for name, _ in named]
    random.Random(seed).shuffle(order)
    return tuple(ways[name].pop(0) for name in order)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_formulas_does_not_matter(trade, seed):
    formulas = list(trade(WHOLE).plan.calculators["trade"].formulas)
    changed = trade(WHOLE, growth=0.5, formulas=shuffled(formulas, seed))
    wanted = trade(WHOLE, growth=0.5)
    assert {node: changed.value(node) for node in changed.plan.slots} == {
        node: wanted.value(node) for node in wanted.plan.slots
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("name", "scenario"),
    [("savings", "baerum2016"), ("wage-gap", "baerum2016"), ("insource", "drammen2020"), ("fte", "baerum2016")],
)
def test_the_order_of_a_calculators_formulas_does_not_matter(shipped, name, scenario, seed):
    record = shipped(name, scenario).record
    made = dict(load(name).__dict__, formulas=shuffled(load(name).formulas, seed))
    again = type(load(name))(**{key: made[key] for key in type(load(name)).__dataclass_fields__})
    others = [other for key, other in record.plan.calculators.items() if key != name]
    changed = Record(Plan([again, *others], record.plan.layouts, record.plan.year))
    assert {n: changed.value(n) for n in changed.plan.slots} == {n: record.value(n) for n in record.plan.slots}


class Bill(Inputs):
    price: NokInput = None
    fee: NokInput = None
    shown: Switch = default(True)
    waived: Switch = default(False)


@figure("cost", when={"waived": True})
def no_cost() -> Nok:
    """Nothing."""
    return 0.0


def cost(price: Num, shown: Num) -> Nok:
    """The price, where it is shown."""
    return price * shown


def cost_and_fee(cost: Num, fee: Num) -> Nok:
    """The cost and a fee."""
    return cost + fee


BILL = Calculator(
    name="bill",
    title="Bill",
    inputs=Bill,
    formulas=(no_cost, cost, cost_and_fee),
    keys=(),
    scenario="",
    headlines=(),
    views=(),
    caveats=(),
)
FREE = {
    "a number that formulas take": ("bill.price", True),
    "no switch, though a formula takes it": ("bill.shown", False),
    "no input that a formula is chosen by": ("bill.waived", False),
    "none that is not stated": ("bill.fee", False),
    "none that is not there": ("bill.nothing", False),
}


@pytest.mark.parametrize(("path", "free"), FREE.values(), ids=FREE.keys())
def test_only_a_number_that_decides_nothing_is_free_to_change(path, free):
    layout = Layout(BILL, Bill.model_validate({"price": 3}), {})
    assert Plan([BILL], {"bill": layout}, 2020).is_free(path) is free


@figure(per=[()])
def begins(price: Num) -> Month:
    """A month."""
    return price


HERE = Node("bill", "it", ())
MONTHS = {
    "an input that is written as a month": (
        Step(HERE, input=Input("it", "it", (), Stated(1), Kind("", "month"))),
        True,
    ),
    "a figure in months of the calendar": (Step(HERE, formula(begins), unit_of_row="month"), True),
    "no amount that is stated": (Step(HERE, input=Input("it", "it", (), Stated(1), Kind("NOK"))), False),
    "no count of months": (Step(HERE, input=Input("it", "it", (), Stated(1), Kind("months", "count"))), False),
    "no amount that is worked out": (Step(HERE, formula(cost), unit_of_row="NOK"), False),
    "no coordinate": (Step(HERE), False),
}


@pytest.mark.parametrize(("step", "month"), MONTHS.values(), ids=MONTHS.keys())
def test_a_month_is_what_is_written_or_worked_out_as_one(step, month):
    assert step.is_month is month
