"""The steps of a run as data, for a page that takes them again with other inputs: a renderer of the same symbols."""

import json
from collections.abc import Sequence
from typing import Any

from omsorg_cli.core.symbol import INFIX, Name, Operation, Values
from omsorg_cli.engine.explain import expression
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.record import steps_below
from omsorg_cli.result import Figure, Result

KNOWN = (
    "total",
    "smallest",
    "largest",
    "count",
    "mean",
    "weighted_mean",
    "quantile",
    "rank",
    "ratio",
    "maximum",
    "minimum",
    "rounded",
    "sum_of_largest",
    "where",
    "rounded_up",
    "annuity",
    "annuity_value",
)
"""The named operations that the page's script has; what is not here is written out in these."""
MOST_SLIDERS = 60
REACH = 0.5
"""How far an assumption without a range can be moved to either side, as a share of itself."""


class Program:
    """The steps that some figures rest on, numbered anew, and the inputs that may be moved."""

    def __init__(self, result: Result, figures: Sequence[Figure]) -> None:
        self.result = result
        self.plan = result.record.plan
        slots = [self.plan.slots[figure.node] for figure in figures]
        self.steps = sorted(steps_below(self.plan.steps, slots))
        self.number = {slot: at for at, slot in enumerate(self.steps)}
        self._formulas: dict[int, int] = {}
        self._numbered: dict[str, int] = {}
        self._written: list[Any] = []

    @property
    def movable(self) -> list[Input]:
        """The assumptions that a page can move without another formula or row being taken, in the scenario's order."""
        held = {one.path for slot in self.steps if (one := self.plan.steps[slot].input) is not None}
        return [
            item
            for item in self.result.assumed_by(self.result.figures)
            if item.path in held and self.plan.is_free(item.path) and ends(item)[0] < ends(item)[1]
        ][:MOST_SLIDERS]

    def as_data(self) -> dict[str, Any]:
        """Formulas once each, then each step: a value as it is, or a formula and the steps that it uses."""
        steps = [self._step(slot) for slot in self.steps]
        inputs = {item.path: self.number[self.plan.input_slots[item.path]] for item in self.movable}
        return {"formulas": self._written, "steps": steps, "inputs": inputs}

    def _step(self, slot: int) -> Any:
        step = self.plan.steps[slot]
        if step.formula is None:
            value = self.result.record.values[slot]
            return value if isinstance(value, int | float) or value is None else 0
        uses = [self.number[use] if isinstance(use, int) else [self.number[one] for one in use] for use in step.uses]
        return [self._formula(step.formula), *uses]

    def _formula(self, formula: Any) -> int:
        if id(formula) not in self._formulas:
            places = {parameter.name: at for at, parameter in enumerate(formula.parameters)}
            written = _as_data(expression(formula), places)
            told = json.dumps(written)
            if told not in self._numbered:
                self._numbered[told] = len(self._written)
                self._written.append(written)
            self._formulas[id(formula)] = self._numbered[told]
        return self._formulas[id(formula)]


def ends(item: Input) -> tuple[float, float]:
    """Between what an assumption can be moved: its range, or half to either side within its bounds."""
    if item.stated.range:
        return item.stated.range
    value = float(item.stated.number)
    return max(value * (1 - REACH), item.kind.low), min(value * (1 + REACH), item.kind.high)


def _as_data(part: Any, places: dict[str, int]) -> Any:
    """The expression as lists: a sign with its sides, a place of a parameter, a list of terms, a number."""
    if isinstance(part, Name | Values):
        return {"p": places[part.name]}
    if isinstance(part, list | tuple):
        return {"l": [_as_data(one, places) for one in part]}
    if not isinstance(part, Operation):
        return part
    if part.sign in INFIX or part.sign in KNOWN:
        return [part.sign, *(_as_data(one, places) for one in part.arguments)]
    assert part.function is not None
    return _as_data(part.function(*part.arguments), places)
