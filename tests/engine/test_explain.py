"""An explanation tells each step once, down to every input, with the formula that computed it."""

import math

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core import helpers
from omsorg_cli.core.operation import is_symbolic
from omsorg_cli.core.symbol import INFIX, Name, Operation, Values, expression
from omsorg_cli.engine.explain import explain, looks_through_series, mentioned, written
from omsorg_cli.engine.graph import Node
from omsorg_cli.formulas import averages, money, refunds, wages
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

EACH = [pytest.param(name, marks=() if name in ("savings", "insource") else pytest.mark.slow) for name in NAMES]
SIGNS = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
    "^": lambda a, b: a**b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}


@pytest.fixture(scope="module", params=EACH)
def result(request):
    return run(prepare(read(load(request.param).scenario), Request(), request.param), request.param)


def _evaluated(part, values):
    """The expression worked out again: the signs by Python, the named operations by the helpers of that name."""
    if isinstance(part, Name):
        return values[part.name]
    if not isinstance(part, Operation):
        return part
    arguments = [_evaluated(one, values) for one in part.arguments]
    if part.sign in SIGNS:
        return SIGNS[part.sign](*arguments)
    home = next(module for module in (helpers, money, averages, refunds, wages) if hasattr(module, part.sign))
    return getattr(home, part.sign)(*arguments)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_formula_names_all_its_parameters_in_its_expression(name):
    for item in load(name).known:
        told = expression(item)
        if is_symbolic(told):
            assert set(mentioned(told)) == {parameter.name for parameter in item.parameters}, item.figure
            assert written(told, str), item.figure
        else:
            assert told == 0 or not item.parameters, item.figure


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_formula_gives_on_symbols_what_it_gives_on_numbers(name):
    for item in load(name).known:
        if not any(parameter.role.series or parameter.role.to_date for parameter in item.parameters):
            numbers = {parameter.name: 2.5 + 1.25 * index for index, parameter in enumerate(item.parameters)}
            wanted, found = item.function(*numbers.values()), _evaluated(expression(item), numbers)
            assert math.isclose(found, wanted, rel_tol=1e-12), item.figure


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ((Name("a") + Name("b")) * Name("c"), "(a + b) × c"),
        (Name("a") + Name("b") * Name("c"), "a + b × c"),
        (Name("a") - (Name("b") - Name("c")), "a − (b − c)"),
        (Name("a") - Name("b") - Name("c"), "a − b − c"),
        (Name("a") / (Name("b") * Name("c")), "a ÷ (b × c)"),
        (1 / (1 + Name("r")) ** (Name("t") - 1), "1 ÷ (1 + r) ^ (t − 1)"),
        (helpers.ratio(Name("a"), Name("b") - 1), "a ÷ (b − 1)"),
        (helpers.maximum(Name("a"), 0) * 2, "maximum(a, 0) × 2"),
    ],
)
def test_brackets_stand_where_they_are_needed(told, text):
    assert written(told, str) == text
    assert {">", "<"} <= set(INFIX)


def test_an_explanation_reaches_every_input_that_the_figure_rests_on(result):
    for figure in result.figures:
        reached = {line.input.path for line in explain(result.record, figure.node) if line.input is not None}
        assert reached == {item.path for item in result.inputs(figure)}, figure


def test_a_step_is_opened_once_and_referred_to_after(result):
    for figure in result.figures[:40]:
        opened = [line.slot for line in explain(result.record, figure.node) if line.uses and not line.again]
        assert len(opened) == len(set(opened))


def test_the_depth_is_how_far_down_it_goes(result):
    figure = result.figures[-1]
    whole = list(explain(result.record, figure.node))
    for depth in (0, 1, 2):
        assert max(line.depth for line in explain(result.record, figure.node, depth)) <= depth
    assert [line.slot for line in explain(result.record, figure.node, 0)] == [whole[0].slot]


def test_a_sum_of_one_part_is_told_as_the_part_and_another_figure_of_one_as_itself(trade):
    record = trade([{"shop": "a", "parts": [{"part": "x", "amount": 2, "price": 10}]}], growth=0, years=1)
    ((first, *_), (whole, *_)) = (
        explain(record, Node("trade", name, point)) for name, point in (("cost", (("shop", "a"),)), ("whole_cost", ()))
    )
    assert first.step.node == Node("trade", "cost", (("shop", "a"), ("part", "x")))
    assert whole.step.node == Node("trade", "whole_cost", ())


THROUGH = {
    "a series by itself": (Values("a"), True),
    "one number": (Name("a"), False),
    "the sum of a series": (Operation("total", (Values("a"),)), False),
    "the sum of products": (Operation("total", ([Name("a") * Name("b")],)), False),
    "the least of a list": (Operation("smallest", ([Name("a")],)), True),
    "the least of a series": (Operation("smallest", (Values("a"),)), True),
    "what is made of such": (1 + Operation("smallest", ([Name("a")],)), True),
    "what is made of numbers": (Name("a") + Name("b"), False),
}


@pytest.mark.parametrize(("part", "through"), THROUGH.values(), ids=THROUGH.keys())
def test_only_what_looks_through_a_series_other_than_summing_it_would_be_long(part, through):
    assert looks_through_series(part) is through
