"""A run over arrays in the place of some inputs: only what rests on them, for the figures that are asked for.

Rows that do not differ are worked out once, and so is what is the same all over an array: to the last digit, nothing
changes but the time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from omsorg_cli.core.numbers import LARGEST, SMALLEST
from omsorg_cli.engine.graph import Node, Step
from omsorg_cli.engine.impossible import bounded, can_be
from omsorg_cli.engine.record import Record, answer, steps_between

MANY = 4_096
"""Values from which it pays to look whether an array has one value all over."""


class Varied:
    """The steps between the inputs that vary and the figures; every other step keeps its value.

    A figure that the plan does not have has no answer.
    """

    def __init__(self, record: Record, nodes: Sequence[Node], paths: Iterable[str]) -> None:
        plan = record.plan
        self._values = record.values
        self.targets = [plan.slots.get(node) for node in nodes]
        self._inputs = {path: plan.input_slots[path] for path in paths if path in plan.input_slots}
        targets = [slot for slot in self.targets if slot is not None]
        self.steps = steps_between(plan, self._inputs.values(), targets)
        kinds = ((slot, bounded(plan, step)) for slot, step in self.steps)
        self._bounds = {slot: kind for slot, kind in kinds if kind is not None}
        self._twins = _twins(self._values, self._inputs.values(), self.steps)

    def __call__(self, given: Mapping[str, Any]) -> list[Any]:
        """The figures over the arrays, each as an array; NaN where there is no answer."""
        return self.checked(given, max((np.size(array) for array in given.values()), default=1))[0]

    def checked(self, given: Mapping[str, Any], size: int) -> tuple[list[Any], Any]:
        """The figures over the arrays of that size, and where every figure on the way can be."""
        values, possible = self.followed(given, size)
        return self.answers(values, size), possible

    def answers(self, values: Sequence[Any], size: int) -> list[Any]:
        """The figures among the values of all steps, each as an array."""
        return [_answers(None if slot is None else values[slot], size) for slot in self.targets]

    def followed(
        self, given: Mapping[str, Any], size: int, begun: Sequence[Any] | None = None
    ) -> tuple[list[Any], Any]:
        """The values of all steps, and where every figure on the way can be; `begun` has those of other inputs."""
        values = list(self._values if begun is None else begun)
        for path, array in given.items():
            if path in self._inputs:
                values[self._inputs[path]] = array
        possible = np.full(size, fill_value=True)
        with np.errstate(all="ignore"):
            for slot, step in self.steps:
                if slot in self._twins:
                    values[slot] = values[self._twins[slot]]
                    continue
                value, kind = _in_one(answer(step, values)), self._bounds.get(slot)
                if kind is not None and value is not None:
                    fits = can_be(value, kind)
                    possible &= fits | np.isnan(value)
                    value = np.where(fits, value, np.nan)
                values[slot] = value
        return values, possible


def _twins(values: Sequence[Any], inputs: Iterable[int], steps: Iterable[tuple[int, Step]]) -> dict[int, int]:
    """The steps that an earlier one does for: the same formula of the same figure, with the same arguments."""
    first, seen, found = {slot: slot for slot in inputs}, dict[Any, int](), dict[int, int]()

    def told(use: int) -> tuple[bool, Any]:
        return (True, first[use]) if use in first else (False, repr(values[use]))

    for slot, step in steps:
        assert step.formula is not None
        uses = tuple(told(use) if isinstance(use, int) else tuple(map(told, use)) for use in step.uses)
        earlier = seen.setdefault((step.node.calculator, step.node.figure, step.formula.function, uses), slot)
        first[slot] = earlier
        if earlier != slot:
            found[slot] = earlier
    return found


def _in_one(value: Any) -> Any:
    """The array, or one value of it where all have the same bits."""
    if not isinstance(value, np.ndarray) or value.size < MANY or value.ndim > 1:
        return value
    bits = value.view(np.int64) if value.dtype == np.float64 else value
    return value[:1] if bits[0] == bits[-1] and (bits == bits[0]).all() else value


def _answers(value: Any, size: int) -> Any:
    if value is None:
        return np.full(size, np.nan)
    found = np.asarray(value, dtype=float)
    if found.ndim == 0:
        return np.full(size, float(found))
    if found.size < size:
        return np.repeat(_answers(found, found.size), size)
    sizes = np.abs(found)
    if not (sizes.max(initial=0.0) <= LARGEST):  # too large, or no number, which no comparison holds for
        found = np.where(sizes <= LARGEST, found, np.nan)
    if sizes.min(initial=LARGEST) < SMALLEST:
        found = np.where(sizes < SMALLEST, 0.0, found)
    return found
