"""The record of a run: every step with its value. A second run may put arrays in the place of inputs."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.plan import Node, Plan, Step


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
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Record:
    """A plan and the values of one run over it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.values = evaluate(plan)
        self._masks: list[int] = []
        for index, step in enumerate(plan.steps):
            mask = 1 << index if step.input is not None else 0
            for use in step.uses:
                for slot in (use,) if isinstance(use, int) else use:
                    mask |= self._masks[slot]
            self._masks.append(mask)

    def value(self, node: Node) -> Any:
        """The figure's value; None where it is left out or has no answer."""
        slot = self.plan.slots.get(node)
        return None if slot is None else self.values[slot]

    def inputs(self, node: Node) -> Iterator[Input]:
        """Every input that the figure rests on, in the order in which they are used."""
        slot = self.plan.slots.get(node)
        mask = 0 if slot is None else self._masks[slot]
        for step in self._inputs_of(mask):
            assert step.input is not None
            yield step.input

    def _inputs_of(self, mask: int) -> Iterator[Step]:
        while mask:
            low = mask & -mask
            yield self.plan.steps[low.bit_length() - 1]
            mask ^= low
