"""Every way to a step that the values of inputs decide between, so that a spreadsheet can follow when they change."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from omsorg_cli.core.figure import Formula, same_as
from omsorg_cli.core.input_types import Value
from omsorg_cli.engine.graph import Plan, Step, Uses, flat
from omsorg_cli.engine.record import Record


class Way(NamedTuple):
    """A formula for a step, the steps that it uses, and the inputs that must have these values for it to hold."""

    formula: Formula
    uses: Uses
    guards: tuple[tuple[int, Value], ...] = ()

    @property
    def slots(self) -> list[int]:
        """Every step that it uses, those of series one by one, then its guards."""
        return [*flat(self.uses), *(slot for slot, _ in self.guards)]


Ways = Mapping[int, tuple[Way, ...]]
"""For each step that a formula gives, its ways: the first whose guards hold is the one that counts."""


def ways(record: Record) -> Ways:
    """The ways to each step. The record takes in the inputs that only other ways use."""
    plan, found = record.plan, dict[int, tuple[Way, ...]]()
    for slot, step in list(enumerate(plan.steps)):
        if step.formula is not None:
            found[slot] = tuple(_of_step(plan, step, slot, found))
    record.follow()
    return found


def _of_step(plan: Plan, step: Step, slot: int, found: Ways) -> Iterator[Way]:
    """The chosen formula, after those that another value of an input would put before it."""
    chosen_passed = False
    for item in plan.formulas_at(step.node):
        if item is step.formula:
            chosen_passed = True
            yield Way(item, step.uses, _guards(plan, step, item) or ())
        elif item.when or chosen_passed:
            way = _other(plan, step, item)
            if way is None or _leads_to(slot, way.slots, found, plan):
                continue
            yield way
        if chosen_passed and not item.when:
            return
    yield from _as_stated(plan, step)


def _as_stated(plan: Plan, step: Step) -> Iterator[Way]:
    """The value as it is stated, where the formula made another one of it."""
    assert step.formula is not None
    for parameter in step.formula.parameters:
        stated = plan.fill(step.node, parameter)
        if parameter.role.stated and parameter.name == step.node.figure and stated is not None:
            yield Way(same_as(parameter.name, parameter.name, Annotated[float, step.formula.unit]), (stated,))


def _other(plan: Plan, step: Step, item: Formula) -> Way | None:
    """The formula as a way to the step; None where it lacks something."""
    uses: list[int | tuple[int, ...]] = []
    for parameter in item.parameters:
        use = plan.fill(step.node, parameter)
        if use is None or use == ():
            return None
        uses.append(use)
    guards = _guards(plan, step, item)
    return None if guards is None else Way(item, tuple(uses), guards)


def _guards(plan: Plan, step: Step, item: Formula) -> tuple[tuple[int, Value], ...] | None:
    """The inputs that the formula asks for a value of, with that value; None where one is not stated."""
    slots = plan.guards(step.node, item)
    return None if len(slots) < len(item.when) else tuple(zip(slots, item.when.values(), strict=True))


def _leads_to(target: int, slots: Sequence[int], found: Ways, plan: Plan) -> bool:
    """Whether one of the steps rests on the target, by any way."""
    waiting, seen = list(slots), set(slots)
    while waiting:
        slot = waiting.pop()
        if slot == target:
            return True
        step = plan.steps[slot]
        below = {use for way in found.get(slot, ()) for use in way.slots} | set(step.slots)
        waiting += below - seen
        seen |= below
    return False
