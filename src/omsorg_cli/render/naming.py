"""What each name in a shown formula is, and whose: two quantities never stand in it under one name."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from omsorg_cli.core.figure import Parameter
from omsorg_cli.core.language import phrase, say, with_separators
from omsorg_cli.core.numbers import number_text
from omsorg_cli.engine.explain import arguments
from omsorg_cli.engine.graph import Step
from omsorg_cli.engine.layout import level_of
from omsorg_cli.formulas.money import NEVER
from omsorg_cli.render.values import in_row
from omsorg_cli.result import Result

OWNED = phrase("{whose}'s {name}")
EACH = phrase("each {axis}")
AS_STATED = phrase("{name} as stated")
IN_PRICES = phrase("{amount} in {year} prices")
OPERATIONS = {
    "annuity": phrase("annuity"),
    "annuity_value": phrase("present value of annuity"),
    "count": phrase("number"),
    "debt_left": phrase("debt left"),
    "in_years": phrase("in years"),
    "largest": phrase("largest"),
    "lasting_year": phrase("first year from which it stays above zero"),
    "maximum": phrase("maximum"),
    "mean": phrase("mean"),
    "minimum": phrase("minimum"),
    "months_in_year": phrase("months in year"),
    "phased": phrase("phased in"),
    "phased_until": phrase("phased in until the contract ends"),
    "productive_hours": phrase("productive hours"),
    "quantile": phrase("quantile"),
    "rank": phrase("rank"),
    "ratio": phrase("ratio"),
    "reached": phrase("first at which the sum is above"),
    "refund": phrase("refund"),
    "rounded": phrase("rounded"),
    "rounded_up": phrase("rounded up"),
    "smallest": phrase("smallest"),
    "sum_of_largest": phrase("sum of largest"),
    "total": phrase("sum"),
    "wage_cost": phrase("wage cost"),
    "weighted_mean": phrase("weighted mean"),
    "where": phrase("if"),
    "within": phrase("within"),
    "year_recovered": phrase("year recovered"),
}
"""What people read for the operations that have no sign."""


class Quantity(NamedTuple):
    """What stands in a formula: its steps, its name and coordinates; those that a series goes over are None.

    `said` is what is read for the name.
    """

    slots: Sequence[int]
    name: str
    said: str
    at: dict[str, Any]
    stated: bool = False


def operation_text(name: str) -> str:
    """What people read for an operation that has no sign."""
    return say(OPERATIONS.get(name) or name)


def between_arguments() -> str:
    """What stands between the arguments of an operation: no comma where decimals have one."""
    return "; " if with_separators("0.5") == "0,5" else ", "


def constant_text(value: Any) -> str:
    """What people read for a constant: neither the month that never comes nor the lack of an answer is a number."""
    if value is None:
        return say("no answer")
    if value == NEVER:
        return say("never")
    if not isinstance(value, int | float):
        return str(value)
    return number_text(value) if abs(value) >= 1e-4 or not value else with_separators(f"{value:.10f}".rstrip("0"))


def names_in(result: Result, slot: int, *, labelled: bool) -> dict[str, str]:
    """What each parameter of the step's formula is called, with whose it is where that is not plain.

    With `labelled`, by what people read; else by what scripts know.
    """
    plan = result.record.plan
    step, used = plan.steps[slot], arguments(result.record, slot)
    assert step.formula is not None
    found = {
        one.name: _quantity(result, step, one, used[one.name], labelled=labelled) for one in step.formula.parameters
    }
    own = Quantity((slot,), step.node.figure, "", dict(step.node.point))
    held = [own, *found.values()]
    called = {}
    for name, one in found.items():
        others = [other for other in held if other.name == one.name and other.slots != one.slots]
        called[name] = _called(result, one, [*others, *_namesakes(result, one)])
    return {
        name: _in_full(result, found[name], labelled=labelled) if _is_shared(name, called, found) else text
        for name, text in called.items()
    }


def with_coordinates(name: str, point: Sequence[tuple[str, Any]]) -> str:
    """The name with its row."""
    keys = ", ".join(str(key) for _, key in point if key != "")
    return f"{name}[{keys}]" if keys else name


def _quantity(
    result: Result, step: Step, parameter: Parameter, use: int | Sequence[int], *, labelled: bool
) -> Quantity:
    slots = (use,) if isinstance(use, int) else use
    first = result.record.plan.steps[slots[0]]
    at: dict[str, Any] = dict(first.node.point)
    if not isinstance(use, int):
        role = parameter.role
        across = {*role.across, *role.at_input, *(("year",) if role.to_date else ())}
        at |= {axis: None for axis in at if axis in across or axis not in level_of(step.node.point)}
    name = parameter.name if first.conversion is None else first.node.figure
    name = name if first.input is None else first.input.path.rpartition(".")[2]
    said = label_of(result, first, parameter.name) if labelled else name
    return Quantity(slots, name, said, at, first.input is not None)


def label_of(result: Result, step: Step, name: str) -> str:
    """What people read for the figure of that name, or for the input that the step is, as the scenario calls it."""
    calculator = result.record.plan.calculators.get(step.node.calculator, result.calculator)
    if step.conversion is not None:
        amount = say(calculator.label(step.conversion.item.name))
        return say(IN_PRICES, amount=amount, year=str(step.conversion.to_year))
    if step.input is not None:
        called = step.input.path.rpartition(".")[2]
        known = calculator.input_levels.keys() | calculator.units.keys()
        name = called if called in known else step.input.name
    return say(calculator.label(name))


def _namesakes(result: Result, one: Quantity) -> Iterator[Quantity]:
    """The input of a row above that a scenario calls by the same key, as the own population is beside the base's."""
    step = result.record.plan.steps[one.slots[0]]
    if step.input is not None and step.input.name != one.name:
        level = result.record.plan.calculators[step.node.calculator].input_levels.get(one.name)
        if level is not None and set(level) < set(one.at):
            yield Quantity((), one.name, one.said, {axis: one.at[axis] for axis in level}, True)


def _called(result: Result, one: Quantity, others: Sequence[Quantity]) -> str:
    """The name; with whose it is, where others of that name are of other rows, or that it is the stated one."""
    apart = [axes for other in others if (axes := _axes_apart(one, other))]
    if apart:
        told = [axis for axis in one.at if any(axis == axes[-1] for axes in apart)]
        return say(OWNED, whose=", ".join(_label(result, axis, one.at[axis]) for axis in told), name=one.said)
    return say(AS_STATED, name=one.said) if one.stated and not all(other.stated for other in others) else one.said


def _axes_apart(one: Quantity, other: Quantity) -> list[str]:
    """The axes on which the two are of different rows."""
    return [axis for axis, key in one.at.items() if key != "" and _differs(one, other, axis)]


def _differs(one: Quantity, other: Quantity, axis: str) -> bool:
    """Whether the other is of another row on that axis; a figure beside an input may just be of more rows."""
    if axis in other.at:
        return bool(other.at[axis] != one.at[axis])
    return one.at[axis] is None or other.stated == one.stated


def _label(result: Result, axis: str, key: Any) -> str:
    """What people call the row, without what its label says in brackets."""
    if key is None:
        return say(EACH, axis=say(result.calculator.label(axis)))
    return result.said(axis, key).partition(" (")[0]


def _is_shared(name: str, called: dict[str, str], found: dict[str, Quantity]) -> bool:
    return any(called[other] == called[name] and one.slots != found[name].slots for other, one in found.items())


def _in_full(result: Result, one: Quantity, *, labelled: bool) -> str:
    step = result.record.plan.steps[one.slots[0]]
    if labelled:
        return labelled_at(result, step, one.said)
    return with_coordinates(one.name, step.node.point) if step.input is None else step.input.path


def labelled_at(result: Result, step: Step, label: str) -> str:
    """The label with the row that the step stands in."""
    return in_row(result, label, dict(step.node.point if step.input is None else step.input.point))
