import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.engine.graph import Node
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


def walked(record, nodes):
    """Every input below the figures, in the order of the steps: found step by step, with nothing kept."""
    plan = record.plan
    waiting, seen = [plan.slots[node] for node in nodes if node in plan.slots], set()
    while waiting:
        slot = waiting.pop()
        if slot not in seen:
            seen.add(slot)
            waiting += plan.steps[slot].slots
    return tuple(step.input for slot, step in enumerate(plan.steps) if slot in seen and step.input is not None)


AMOUNTS = st.dictionaries(st.sampled_from(("price", "amount", "cost", "fee")), st.integers(1, 9))
OF_SHOPS = st.lists(st.tuples(AMOUNTS, st.lists(AMOUNTS, max_size=2)), min_size=1, max_size=3)


@given(OF_SHOPS, st.sampled_from(({}, {"growth": 0.5})), st.data())
def test_figures_rest_on_each_input_below_them_in_the_order_of_the_steps(trade, shops, growth, data):
    rows = [
        {"shop": f"s{at}", **own, "parts": [_part(*one) for one in enumerate(parts)]}
        for at, (own, parts) in enumerate(shops)
    ]
    record = trade(rows, **growth, price=3)
    chosen = data.draw(st.lists(st.sampled_from([*record.plan.slots, Node("trade", "no_such_figure", ())])))
    for nodes in (chosen, *([node] for node in record.plan.slots)):
        assert record.inputs(*nodes) == walked(record, nodes)


def _part(at, held):
    return {"part": f"p{at}", **{key: value for key, value in held.items() if key != "cost"}}


def test_steps_that_rest_on_the_same_inputs_share_them(trade):
    record = trade([SHOPS[1]], growth=0)
    held = {id(one) for one in record._inputs if len(one) > 1}
    assert len(held) == len({one for one in record._inputs if len(one) > 1})


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
