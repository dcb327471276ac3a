import numpy as np
import pytest

from omsorg_cli.engine.plan import Node
from omsorg_cli.engine.record import evaluate

SHOPS = [
    {"shop": "a", "price": 10, "parts": [{"part": "x", "amount": 2}, {"part": "y", "amount": 3, "price": 30}]},
    {"shop": "b", "price": 4, "amount": 5},
]
WHOLE = Node("trade", "whole_cost", ())
COST_A = Node("trade", "cost", (("shop", "a"),))


def paths(record, node):
    return {item.path for item in record.inputs(node)}


def test_a_figure_reaches_each_input_that_it_rests_on_and_no_other(trade):
    record = trade(SHOPS, growth=0)
    of_a = {"trade.shops.a.price", "trade.shops.a/x.amount", "trade.shops.a/y.amount", "trade.shops.a/y.price"}
    assert paths(record, COST_A) == of_a
    of_b = {"trade.shops.b.price", "trade.shops.b.amount"}
    assert paths(record, WHOLE) == of_a | of_b | {"trade.growth", "trade.first_year"}


def test_a_given_figure_rests_on_itself_alone(trade):
    record = trade([{**SHOPS[0], "cost": 7}], growth=0)
    assert paths(record, COST_A) == {"trade.shops.a.cost"}


def test_a_figure_that_is_left_out_has_no_inputs_and_no_value(trade):
    record = trade([{"shop": "a"}], growth=0)
    assert (paths(record, COST_A), record.value(COST_A)) == (set(), None)


def test_each_step_keeps_its_value(trade):
    record = trade(SHOPS, growth=0.5)
    held = {step.node.figure: record.values[slot] for slot, step in enumerate(record.plan.steps) if not step.node.point}
    assert {key: held[key] for key in ("growth", "first_year", "whole_cost")} == {
        "growth": 0.5,
        "first_year": 2020,
        "whole_cost": 325,
    }
    assert len(record.values) == len(record.plan.steps)


def test_each_step_is_its_formula_of_the_steps_that_it_uses(shipped):
    record = shipped("insource", "drammen2020").record
    for slot, step in enumerate(record.plan.steps):
        if step.formula is None:
            continue
        held = [record.values[u] if isinstance(u, int) else [record.values[s] for s in u] for u in step.uses]
        assert record.values[slot] == step.formula.function(*held)


def test_a_second_run_takes_other_values_by_path(trade):
    record = trade(SHOPS, growth=0)
    values = evaluate(record.plan, {"trade.shops.b.price": np.array([4.0, 5.0]), "trade.growth": np.array([0.0, 1.0])})
    # two years of 110 and of 20; then 110 + 220 and 25 + 50
    assert values[record.plan.slots[WHOLE]].tolist() == [2 * 130, 3 * 135]


def test_a_second_run_leaves_the_first_as_it_was(trade):
    record = trade(SHOPS, growth=0)
    before = list(record.values)
    evaluate(record.plan, {"trade.growth": np.array([0.5])})
    assert record.values == before


OVERFLOWS = {
    "a division by zero": ([{"shop": "a", "cost": 0, "fee": 3}], "fee_share", (("shop", "a"),), {}),
    "an overflow": ([{"shop": "a", "cost": 1e300}], "whole_cost", (), {"growth": 10, "years": 60}),
}


@pytest.mark.parametrize(("shops", "figure", "point", "inputs"), OVERFLOWS.values(), ids=OVERFLOWS.keys())
def test_what_no_number_can_hold_is_no_answer(trade, shops, figure, point, inputs):
    assert trade(shops, **{"growth": 0, **inputs}).value(Node("trade", figure, point)) is None
