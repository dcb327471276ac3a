"""What each name in a shown formula is, and whose: two quantities never stand in it under one name."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from omsorg_cli.core.figure import Parameter
from omsorg_cli.engine.explain import arguments
from omsorg_cli.engine.graph import Step
from omsorg_cli.engine.layout import level_of
from omsorg_cli.run import Result

OWNED = "{whose}'s {name}"
EACH = "each {axis}"
AS_STATED = "{name} as stated"


class Quantity(NamedTuple):
    """What stands in a formula: its steps, its name and coordinates; those that a series goes over are None."""

    slots: Sequence[int]
    name: str
    at: dict[str, Any]
    stated: bool = False


def names_in(result: Result, slot: int) -> dict[str, str]:
    """What each parameter of the step's formula is called, with whose it is where that is not plain."""
    plan = result.record.plan
    step, used = plan.steps[slot], arguments(result.record, slot)
    assert step.formula is not None
    found = {one.name: _quantity(result, step, one, used[one.name]) for one in step.formula.parameters}
    own = Quantity((slot,), step.node.figure, dict(step.node.point))
    held = [own, *found.values()]
    called = {}
    for name, one in found.items():
        others = [other for other in held if other.name == one.name and other.slots != one.slots]
        called[name] = _called(result, one, [*others, *_namesakes(result, one)])
    return {
        name: _in_full(result, found[name]) if _is_shared(name, called, found) else text
        for name, text in called.items()
    }


def with_coordinates(name: str, point: Sequence[tuple[str, Any]]) -> str:
    """The name with its row."""
    keys = ", ".join(str(key) for _, key in point if key != "")
    return f"{name}[{keys}]" if keys else name


def _quantity(result: Result, step: Step, parameter: Parameter, use: int | Sequence[int]) -> Quantity:
    slots = (use,) if isinstance(use, int) else use
    first = result.record.plan.steps[slots[0]]
    at: dict[str, Any] = dict(first.node.point)
    if not isinstance(use, int):
        role = parameter.role
        across = {*role.across, *role.at_input, *(("year",) if role.to_date else ())}
        at |= {axis: None for axis in at if axis in across or axis not in level_of(step.node.point)}
    name = parameter.name if first.input is None else first.input.path.rpartition(".")[2]
    return Quantity(slots, name, at, first.input is not None)


def _namesakes(result: Result, one: Quantity) -> Iterator[Quantity]:
    """The input of a row above that a scenario calls by the same key, as the own population is beside the base's."""
    step = result.record.plan.steps[one.slots[0]]
    if step.input is not None and step.input.name != one.name:
        level = result.record.plan.calculators[step.node.calculator].input_levels.get(one.name)
        if level is not None and set(level) < set(one.at):
            yield Quantity((), one.name, {axis: one.at[axis] for axis in level}, True)


def _called(result: Result, one: Quantity, others: Sequence[Quantity]) -> str:
    """The name; with whose it is, where others of that name are of other rows, or that it is the stated one."""
    apart = [axes for other in others if (axes := _axes_apart(one, other))]
    if apart:
        told = [axis for axis in one.at if any(axis == axes[-1] for axes in apart)]
        return OWNED.format(whose=", ".join(_label(result, axis, one.at[axis]) for axis in told), name=one.name)
    return AS_STATED.format(name=one.name) if one.stated and not all(other.stated for other in others) else one.name


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
    return EACH.format(axis=axis) if key is None else result.label(axis, key).partition(" (")[0]


def _is_shared(name: str, called: dict[str, str], found: dict[str, Quantity]) -> bool:
    return any(called[other] == called[name] and one.slots != found[name].slots for other, one in found.items())


def _in_full(result: Result, one: Quantity) -> str:
    step = result.record.plan.steps[one.slots[0]]
    return with_coordinates(one.name, step.node.point) if step.input is None else step.input.path
