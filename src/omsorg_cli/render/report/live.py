"""The steps of a run as data, for a page that takes them again with other inputs: a renderer of the same symbols."""

import json
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from omsorg_cli.core.symbol import INFIX, Name, Operation, Values, expression
from omsorg_cli.engine.graph import Plan
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.record import steps_below, steps_between
from omsorg_cli.questions.sensitivity import allowed
from omsorg_cli.questions.shared.structure import held_values, is_structural
from omsorg_cli.result import Figure, Result, refuses
from omsorg_cli.scenario.load import put

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
    "reached",
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
MOST_STEPS = 1_000
"""Steps of a run of which each assumption is tried at its ends alone; of more, first all of them at once."""
REACH = 0.5
"""How far an assumption without a range can be moved to either side, as a share of itself."""


class Program:
    """What a page can move, and the steps that it takes again for that, numbered anew.

    `held` are inputs of which the page shows what a figure is at their ends; they move beside the assumptions.
    """

    def __init__(self, result: Result, figures: Sequence[Figure], held: Sequence[str] = ()) -> None:
        self.result = result
        self.plan = result.record.plan
        self._figures = {self.plan.slots[figure.node] for figure in figures}
        self._held = held
        self._below = steps_below(self.plan.steps, self._figures)
        self.ends: dict[str, tuple[float, float]] = {}
        """Between what each assumption can be moved without the scenario refusing it."""
        self.movable = list(self._movable())
        self.live = frozenset(self._moved_by(item.path for item in self.movable))
        """The steps that rest on an assumption that can be moved, and those assumptions."""
        self._formulas: dict[int, int] = {}
        self._numbered: dict[str, int] = {}
        self._written: list[Any] = []
        self.number: dict[int, int] = {}

    def _movable(self) -> Iterator[Input]:
        """The assumptions that a page can move without another formula or row being taken, in the scenario's order."""
        held = {one.path for slot in self._below if (one := self.plan.steps[slot].input) is not None}
        found = (
            item
            for item in self.result.assumed_by(self.result.figures)
            if item.path in held and _is_movable(self.plan, item)
        )
        tried = list(islice(found, MOST_SLIDERS))
        alone = len(self.plan.steps) <= MOST_STEPS or self._refuses(tried)
        for item in tried:
            self.ends[item.path] = allowed(self.result, item, ends(item)) if alone else ends(item)
            if self.ends[item.path][0] < self.ends[item.path][1]:
                yield item

    def _refuses(self, items: Sequence[Input]) -> bool:
        """Whether the scenario refuses all of them at their lower ends, or at their upper ones."""
        name, scenario = self.result.calculator.name, self.result.scenario
        sides = zip(*(ends(item) for item in items), strict=True)
        return any(
            refuses(scenario, name, *(put(one.kind, one.path, end) for one, end in zip(items, side, strict=True)))
            for side in sides
        )

    def _moved_by(self, paths: Iterable[str]) -> set[int]:
        inputs = [self.plan.input_slots[path] for path in paths]
        return {*inputs, *(slot for slot, _ in steps_between(self.plan, inputs, self._figures))}

    def as_data(self, slots: Collection[int]) -> dict[str, Any]:
        """The steps that these rest on: a formula and what it uses where they move, else a value.

        Each formula is written once. The slots of the steps are written as what each is more than the one before.
        """
        moving = self.live | self._moved_by(self._held)
        needed = steps_below(self.plan.steps, slots) & moving
        uses = {use for slot in needed for use in self.plan.steps[slot].slots}
        inputs = {self.plan.input_slots[path] for path in (*(item.path for item in self.movable), *self._held)}
        ordered = sorted({*needed, *uses, *slots, *inputs})
        self.number = {slot: at for at, slot in enumerate(ordered)}
        steps = [self._step(slot, moves=slot in moving) for slot in ordered]
        paths = {item.path: self.number[self.plan.input_slots[item.path]] for item in self.movable}
        gaps = [after - before for before, after in pairwise((0, *ordered))]
        return {"formulas": self._written, "steps": steps, "inputs": paths, "slots": gaps}

    def _step(self, slot: int, *, moves: bool) -> Any:
        step = self.plan.steps[slot]
        if step.formula is None or not moves:
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


def _is_movable(plan: Plan, item: Input) -> bool:
    """Whether every value between the ends takes the same formulas on the same rows."""
    is_date = item.kind.form == "month" or item.kind.unit == "year"
    if item.kind.form not in ("number", "count", "month") or (is_date and not item.stated.range):
        return False
    calculators, (low, high) = plan.calculators.values(), ends(item)
    if low >= high or is_structural(calculators, item.path):
        return False
    return bool(item.stated.range) or not any(low <= one <= high for one in held_values(calculators, item.path))


def ends(item: Input) -> tuple[float, float]:
    """Between what an assumption can be moved: its range, or half to either side within its bounds, whole if it is."""
    value = float(item.stated.number)
    found = item.stated.range or (max(value * (1 - REACH), item.kind.low), min(value * (1 + REACH), item.kind.high))
    return (float(math.ceil(found[0])), float(math.floor(found[1]))) if item.kind.is_whole else found


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
