"""What a figure hinges on: each input alone over its range, or all at once by Sobol's indices."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.core.errors import NoAnswerError
from omsorg_cli.core.language import say
from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.record import steps_between
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.shared.structure import is_structural
from omsorg_cli.result import Figure, Result, refuses
from omsorg_cli.scenario.load import put

USUAL = 0.1
"""How far an input without a range is moved to either side, as a share of itself."""
CLOSE = 1e-9
"""How far apart two numbers lie at the most, as a share, that are the same but for the errors of floats."""


TOGETHER = 128
"""Inputs that are moved in one run: with more, every step of it would have an array of so many values."""
NEAR = 1e-3
"""How much more or less than another an input may be moved, as a share, that counts as moved as far."""


class Swing(NamedTuple):
    """What a figure comes to at the ends of one input; None where it has no answer there.

    `held` says that the scenario refuses one of the ends, so that the input is not moved to that side.
    """

    input: Input
    low: float
    high: float
    figure_at_low: float | None
    figure_at_high: float | None
    held: bool = False

    @property
    def ranged(self) -> bool:
        """Whether the ends are those of the input's range."""
        return self.input.stated.range is not None

    @property
    def swing(self) -> float | None:
        """How much the figure moves between the ends; None where it has no answer at one of them."""
        if self.figure_at_low is None or self.figure_at_high is None:
            return None
        return abs(self.figure_at_high - self.figure_at_low)

    def is_figure_itself(self, figure: Figure) -> bool:
        """Whether the figure is the input, and so has the input's value wherever that is moved."""
        at = (self.input.stated.number, figure.value), (self.low, self.figure_at_low), (self.high, self.figure_at_high)
        return self.input.kind.unit == figure.unit and all(moved == found for moved, found in at)


class Sensitivity(NamedTuple):
    """The swings of one figure, the largest first."""

    result: Result
    figure: Figure
    swings: tuple[Swing, ...]

    @property
    def is_stated(self) -> bool:
        """Whether the figure is an input, so that what moves it most is itself."""
        return any(one.is_figure_itself(self.figure) for one in self.swings[:1])

    @property
    def equal_to_first(self) -> Swing | None:
        """The second input, where it moves the figure exactly as the first does: such as two factors of a product."""
        if len(self.swings) < 2:
            return None
        first, second = self.swings[:2]
        alike = all(
            _is_alike(self.figure.value, (one, at_one), (other, at_other))
            for one, at_one, other, at_other in (
                (_moved(first, first.low), first.figure_at_low, _moved(second, second.low), second.figure_at_low),
                (_moved(first, first.high), first.figure_at_high, _moved(second, second.high), second.figure_at_high),
            )
        )
        return second if alike else None


def _moved(one: Swing, end: float) -> float:
    """How far the end lies from the input, as a share of it."""
    value = float(one.input.stated.number)
    return (end - value) / value if value else 0.0


def _is_alike(now: float, one: tuple[float, float | None], other: tuple[float, float | None]) -> bool:
    """Whether two inputs, each moved by a share of itself, move the figure alike.

    What is moved by whole numbers is moved by a little more or less than a tenth, and the figure with it.
    """
    (by, at), (other_by, other_at) = one, other
    if at is None or other_at is None:
        return False
    if abs(at - other_at) <= CLOSE * abs(at):
        return True
    if not by or not other_by or abs(by - other_by) > NEAR * abs(by):
        return False
    return abs((at - now) / by - (other_at - now) / other_by) <= CLOSE * abs((at - now) / by)


def sensitivity(result: Result, figure: Figure, *, only_ranged: bool = False) -> Sensitivity:
    """Moves each number that the figure rests on over its range, or by a tenth, the others as they are."""
    items = [item for item in _numbers(result, figure) if not only_ranged or item.stated.range is not None]
    ends = [(item, allowed(result, item, _ends(item))) for item in items]
    moved = [(item, pair) for item, pair in ends if pair[0] < pair[1]]
    if not moved:
        told = {"figure": result.name_of(figure.figure)}
        if only_ranged:
            raise NoAnswerError(say("{figure}: none of its inputs has a range.", **told))
        raise NoAnswerError(say("{figure}: none of its inputs is a number that can be varied.", **told))
    parts = (moved[first : first + TOGETHER] for first in range(0, len(moved), TOGETHER))
    swings = [swing for part in parts for swing in _swings(result, figure, part)]
    return Sensitivity(result, figure, tuple(sorted(swings, key=_weight, reverse=True)))


def _swings(result: Result, figure: Figure, moved: Sequence[tuple[Input, tuple[float, float]]]) -> Iterator[Swing]:
    """What the figure comes to at both ends of each of the inputs."""
    given = {item.path: np.full(2 * len(moved), float(item.stated.number)) for item, _ in moved}
    for index, (item, pair) in enumerate(moved):
        given[item.path][2 * index : 2 * index + 2] = pair
    (values,) = Varied(result.record, [figure.node], given)(given)
    for index, (item, pair) in enumerate(moved):
        at_ends = _known(values[2 * index]), _known(values[2 * index + 1])
        yield Swing(item, *pair, *at_ends, pair != _ends(item))


def _numbers(result: Result, figure: Figure) -> list[Input]:
    """The inputs of the figure that are amounts, and dates and years that have a range; nothing that names a row."""
    calculators = result.record.plan.calculators.values()
    return [
        item
        for item in result.used_by([figure])
        if item.kind.form in ("number", "count", "month")
        and (item.stated.range is not None or not (item.kind.form == "month" or item.kind.unit == "year"))
        and not is_structural(calculators, item.path)
    ]


def _ends(item: Input) -> tuple[float, float]:
    """The range; without one, a tenth to either side, within the bounds. Whole numbers are moved by whole numbers."""
    value, whole = float(item.stated.number), item.kind.form in ("count", "month")
    step = abs(value) * USUAL
    step = max(1.0, round(step)) if whole or item.kind.whole else step
    low, high = item.stated.range or (max(value - step, item.kind.low), min(value + step, item.kind.high))
    return (round(low), round(high)) if whole else (low, high)


def allowed(result: Result, item: Input, ends: tuple[float, float]) -> tuple[float, float]:
    """The ends; what the scenario refuses beside its other values is put back to the value."""
    value, name = float(item.stated.number), result.calculator.name
    puts = [put(item.kind, item.path, end) for end in ends]
    low, high = (
        value if end != value and refuses(result.scenario, name, one) else end
        for end, one in zip(ends, puts, strict=True)
    )
    return low, high


def derived_from(found: Sensitivity, item: Input) -> Node | None:
    """The first figure in the row of the one asked about that rests on the input, where the input is of another row."""
    plan, row = found.result.record.plan, dict(found.figure.node.point)
    if all(row.get(axis, key) == key for axis, key in item.point):
        return None
    inputs = [slot for slot, step in enumerate(plan.steps) if step.input is not None and step.input.path == item.path]
    between = steps_between(plan, inputs, [plan.slots[found.figure.node]])
    return next((step.node for _, step in between if dict(step.node.point) == row), None)


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def _weight(one: Swing) -> float:
    """An input at whose end the figure has no answer matters most."""
    return float("inf") if one.swing is None else one.swing
