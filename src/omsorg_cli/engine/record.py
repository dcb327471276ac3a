"""The record of a run: every step with its value. A second run may put arrays in the place of inputs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from omsorg_cli.core.numbers import LARGEST, SMALLEST
from omsorg_cli.engine.graph import Node, Plan, Step, flat
from omsorg_cli.engine.layout import Input


def evaluate(plan: Plan, changed: Mapping[str, Any] | None = None) -> list[Any]:
    """The value of each step; `changed` puts other values, or arrays of draws, in the place of inputs by path."""
    values: list[Any] = []
    for step in plan.steps:
        values.append(_value(step, values, changed or {}))
    return values


def _value(step: Step, values: Sequence[Any], changed: Mapping[str, Any]) -> Any:
    if step.formula is None:
        if step.input is None:
            return step.constant
        return changed.get(step.input.path, step.input.stated.value)
    return answer(step, values)


def answer(step: Step, values: Sequence[Any]) -> Any:
    """What the step's formula gives; None where it, or something that it uses, has no answer."""
    assert step.formula is not None
    arguments: list[Any] = []
    for use in step.uses:
        argument = values[use] if isinstance(use, int) else [values[slot] for slot in use]
        if argument is None or (isinstance(argument, list) and any(one is None for one in argument)):
            return None
        arguments.append(argument)
    try:
        value = step.formula.function(*arguments)
    except (ZeroDivisionError, OverflowError):
        return None
    return _calculated(value) if isinstance(value, int | float) else value


def _calculated(value: float) -> float | None:
    """The number, as far as numbers are calculated with: none where it is too large, zero where it is too small."""
    size = abs(value)
    return value if SMALLEST <= size <= LARGEST or value == 0 else 0.0 if size < SMALLEST else None


class Record:
    """A plan and the values of one run over it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.values: list[Any] = []
        self._inputs: list[tuple[int, ...]] = []
        self._shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._too_large: dict[int, bool] = {}
        self.follow()

    def follow(self) -> None:
        """Works out the steps that the plan has and the record has not."""
        for slot, step in enumerate(self.plan.steps[len(self.values) :], len(self.values)):
            self.values.append(_value(step, self.values, {}))
            self._inputs.append((slot,) if step.input is not None else self._together(step.slots))

    def value(self, node: Node) -> Any:
        """The figure's value; None where it is left out or has no answer."""
        slot = self.plan.slots.get(node)
        return None if slot is None else self.values[slot]

    def is_too_large(self, slot: int) -> bool:
        """Whether the step has no value because it, or something that it uses, is larger than what is calculated."""
        if slot not in self._too_large:
            self._too_large[slot] = self.values[slot] is None and self._comes_out_too_large(self.plan.steps[slot])
        return self._too_large[slot]

    def _comes_out_too_large(self, step: Step) -> bool:
        if step.formula is None:
            return False
        lacking = [use for use in flat(step.uses) if self.values[use] is None]
        if lacking:
            return any(self.is_too_large(use) for use in lacking)
        used = [self.values[use] if isinstance(use, int) else [self.values[one] for one in use] for use in step.uses]
        try:
            value = step.formula.function(*used)
        except OverflowError:
            return True
        except ZeroDivisionError:
            return False
        return isinstance(value, int | float) and abs(value) > LARGEST

    def inputs(self, *nodes: Node) -> tuple[Input, ...]:
        """Every input that one of the figures rests on, in the order in which they are used."""
        found = self._together([slot for node in nodes if (slot := self.plan.slots.get(node)) is not None])
        return tuple([item for slot in found if (item := self.plan.steps[slot].input) is not None])

    def _together(self, slots: Iterable[int]) -> tuple[int, ...]:
        """The inputs that some of the steps rest on, in order; kept once for all steps that rest on the same."""
        parts = {self._inputs[slot] for slot in slots}
        if len(parts) == 1:
            return parts.pop()
        found = tuple(sorted(set().union(*parts)))
        return self._shared.setdefault(found, found)


def steps_between(plan: Plan, inputs: Iterable[int], targets: Iterable[int]) -> list[tuple[int, Step]]:
    """The formulas that rest on one of the inputs and that one of the targets rests on, in order, with their slots."""
    needed, touched = steps_below(plan.steps, targets), set(inputs)
    found: list[tuple[int, Step]] = []
    for slot in sorted(needed):
        step = plan.steps[slot]
        if step.formula is not None and not touched.isdisjoint(step.slots):
            touched.add(slot)
            found.append((slot, step))
    return found


def steps_below(steps: Sequence[Step], targets: Iterable[int]) -> set[int]:
    """The targets and every step that they rest on."""
    needed, waiting = set(targets), list(targets)
    while waiting:
        below = set(steps[waiting.pop()].slots) - needed
        needed |= below
        waiting += below
    return needed
