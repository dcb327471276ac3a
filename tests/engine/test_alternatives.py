import pytest

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import figure
from omsorg_cli.core.inputs import Inputs
from omsorg_cli.core.quantities import NokInput, Rate, Switch, default
from omsorg_cli.core.units import Nok, Num
from omsorg_cli.engine.alternatives import Alternatives, Lack
from omsorg_cli.engine.graph import Node, Plan
from omsorg_cli.engine.layout import Layout
from omsorg_cli.engine.record import Record


class Loan(Inputs):
    debt: NokInput = None
    rate: Rate = None
    paid: NokInput = None
    fee: NokInput = None
    waived: Switch = default(False)


@figure("interest", when={"rate": 0})
def no_interest() -> Nok:
    """Nothing is charged."""
    return 0.0


def interest(debt: Num, rate: Num) -> Nok:
    """What is charged."""
    return debt * rate


@figure("cost", when={"waived": True})
def cost_without_fee(interest: Num) -> Nok:
    """The interest alone."""
    return interest


def cost(interest: Num, fee: Num) -> Nok:
    """Interest and fee."""
    return interest + fee


@figure("debt", when={"waived": True})
def debt_of_cost(cost: Num, rate: Num) -> Nok:
    """The debt that the cost is of: the other way round."""
    return cost / rate


@figure("debt")
def debt_paid(paid: Num) -> Nok:
    """The debt that was paid."""
    return paid


CALCULATOR = Calculator(
    name="loan",
    title="Loan",
    inputs=Loan,
    formulas=(no_interest, interest, cost_without_fee, cost, debt_of_cost, debt_paid),
    keys=(),
    scenario="",
    headlines=("cost",),
    views=(),
    caveats=("Made up.",),
)


def found(**values):
    record = Record(Plan([CALCULATOR], {"loan": Layout(CALCULATOR, Loan.model_validate(values), {})}, 2020))
    held = Alternatives(record)

    def of(name):
        slot = record.plan.slots[Node("loan", name, ())]
        return [way.formula.function.__name__ for way in held.ways[slot]]

    return held, record, of


CASES = {
    "the value decides, whichever way it is now": ({"debt": 100, "rate": 0.1, "fee": 5}, "interest", ["no_interest", "interest"]),
    "and in the other case": ({"debt": 100, "rate": 0, "fee": 5}, "interest", ["no_interest", "interest"]),
    "a way that lacks an input is one once somebody fills it in": ({"rate": 0}, "interest", ["no_interest", "interest"]),
    "nothing decides where the inputs cannot be stated": ({"debt": 100, "rate": 0.1, "fee": 5}, "cost", ["cost_without_fee", "cost"]),
    "a way back to the figure itself is none": ({"paid": 100, "rate": 0.1, "fee": 5}, "debt", ["debt_paid"]),
}  # fmt: skip


@pytest.mark.parametrize(("values", "name", "functions"), CASES.values(), ids=CASES.keys())
def test_the_ways_to_a_figure_are_those_that_inputs_decide_between(values, name, functions):
    *_, of = found(**values)
    assert of(name) == functions


def test_the_record_takes_in_the_inputs_that_only_other_ways_use():
    _, record, _ = found(debt=100, rate=0)
    paths = [step.input.path for step in record.plan.steps if step.input is not None]
    assert "loan.debt" in paths
    assert len(record.values) == len(record.plan.steps)
    assert record.values[record.plan.input_slots["loan.debt"]] == 100


def test_an_input_that_is_not_stated_is_a_blank_beside_the_others():
    held, record, _ = found(rate=0)
    slot = record.plan.slots[Node("loan", "interest", ())]
    never, filled = held.ways[slot]
    (blank,) = filled.blanks
    assert held.is_blank(blank)
    assert held.plan.steps[blank].input.path == "loan.debt"
    assert never.blanks == ()
    assert held.lacks[slot] == (Lack((), (blank,)),)


def test_a_blank_is_not_there_for_the_run():
    held, record, _ = found(rate=0)
    assert "debt" not in record.plan.layouts["loan"].stated
    assert "loan.debt" not in record.plan.input_slots
    assert Node("loan", "debt", ()) not in record.plan.slots
    assert all(record.values[slot] is None for slot in held.added)


def test_where_a_way_always_holds_nothing_is_missing():
    held, record, _ = found(debt=100, rate=0, fee=5)
    assert record.plan.slots[Node("loan", "interest", ())] not in held.lacks
