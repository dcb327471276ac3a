"""How a figure came about: each step of the record with its formula, down to the inputs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from omsorg_cli.core.symbol import INFIX, Name, Operation, Values
from omsorg_cli.engine.graph import Node, Step
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.record import Record

ARITHMETIC = ("+", "−", "×", "÷", "^")
"""The signs that make numbers of numbers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step as an explanation tells it: with the steps that it opens to.

    `depth` is how far below the figure it stands; `again` says that it was told before.
    """

    slot: int
    step: Step
    uses: tuple[int, ...]
    depth: int
    again: bool

    @property
    def input(self) -> Input | None:
        """The input that it is, if it is one."""
        return self.step.input


def explain(record: Record, node: Node, depth: int | None = None) -> Iterator[Line]:
    """The steps of the figure, each before what it uses, no deeper than asked; one that is used twice is told once."""
    yield from _below(record, record.plan.slots[node], 0, depth, set())


def _below(record: Record, slot: int, level: int, depth: int | None, told: set[int]) -> Iterator[Line]:
    slot = _within(record, slot)
    step = record.plan.steps[slot]
    uses = _opened(record, step)
    again = slot in told and bool(uses)
    yield Line(slot, step, uses, level, again)
    told.add(slot)
    if not again and (depth is None or level < depth):
        for use in uses:
            yield from _below(record, use, level + 1, depth, told)


def _within(record: Record, slot: int) -> int:
    """The step itself; of a sum with one part that no input decides on, the part."""
    step = record.plan.steps[slot]
    match step.uses:
        case ((int(part),),) if not step.guards and _is_same_figure(step, record.plan.steps[part]):
            return _within(record, part)
    return slot


def _is_same_figure(one: Step, other: Step) -> bool:
    return one.node[:2] == other.node[:2]


def _opened(record: Record, step: Step) -> tuple[int, ...]:
    """The steps that the step uses, each once, without coordinates, which open to nothing."""
    slots = [_within(record, slot) for slot in step.slots]
    return tuple(dict.fromkeys(slot for slot in slots if not _is_coordinate(record.plan.steps[slot])))


def _is_coordinate(step: Step) -> bool:
    return step.formula is None and step.input is None


def _bare(part: Any) -> str:
    """A number of the formula as data have it."""
    return f"{part:g}".replace("-", "−") if isinstance(part, int | float) else str(part)


def written(
    part: Any,
    names: Callable[[str], str],
    terms: Callable[[Any], str] | None = None,
    around: int = 0,
    *,
    called: Callable[[str], str] = str,
    constant: Callable[[Any], str] = _bare,
    between: str = ", ",
) -> str:
    """The expression as text.

    `names` gives what stands for each parameter, `terms` what stands for what is summed, `called` what an operation is
    called that has no sign, `constant` what stands for what is in the formula itself, and `between` what stands
    between two arguments.
    """
    one_by_one = partial(written, names=names, terms=terms, called=called, constant=constant, between=between)
    if isinstance(part, Name | Values):
        return names(part.name)
    if isinstance(part, list | tuple):
        return between.join(map(one_by_one, part))
    if not isinstance(part, Operation):
        return constant(part)
    if part.sign == "total" and terms is not None:
        text = terms(part.arguments[0])
        return f"({text})" if around else text
    sign = "÷" if part.sign == "ratio" else part.sign
    if sign not in INFIX:
        return f"{called(part.sign)}({between.join(map(one_by_one, part.arguments))})"
    tightness = INFIX[sign]
    left, right = (one_by_one(one, around=tightness + side) for side, one in enumerate(part.arguments))
    return f"({left} {sign} {right})" if tightness < around else f"{left} {sign} {right}"


def in_arithmetic(part: Any) -> set[str]:
    """The parameters that are added, multiplied or the like: of what is yes or no, a number then."""
    if not isinstance(part, Operation):
        return {name for one in part for name in in_arithmetic(one)} if isinstance(part, list | tuple) else set()
    counted = {one.name for one in part.arguments if isinstance(one, Name)} if part.sign in ARITHMETIC else set()
    return counted.union(*map(in_arithmetic, part.arguments))


def mentioned(part: Any) -> list[str]:
    """The parameters that the expression names, each once, in order."""
    if isinstance(part, Name | Values):
        return [part.name]
    inner = part.arguments if isinstance(part, Operation) else part if isinstance(part, list | tuple) else ()
    return list(dict.fromkeys(name for one in inner for name in mentioned(one)))


def looks_through_series(part: Any) -> bool:
    """Whether the expression takes a series otherwise than by summing it, so that its numbers would be a long list."""
    if isinstance(part, Values):
        return True
    if not isinstance(part, Operation) or part.sign == "total":
        return False
    return any(isinstance(one, list) or looks_through_series(one) for one in part.arguments)


def arguments(record: Record, slot: int) -> Mapping[str, int | Sequence[int]]:
    """The steps that stand for each parameter of the step's formula."""
    step = record.plan.steps[slot]
    assert step.formula is not None
    return {parameter.name: use for parameter, use in zip(step.formula.parameters, step.uses, strict=True)}
