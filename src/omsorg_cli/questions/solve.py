"""What an input must be for a figure to come to a target: the break-even, and every other such question."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.core.errors import NoAnswerError, OmsorgError
from omsorg_cli.core.input_types import Kind, Value
from omsorg_cli.core.language import in_series, say, with_separators
from omsorg_cli.core.numbers import grouped, number_text
from omsorg_cli.core.plausibility import unusual
from omsorg_cli.core.units import unit_label
from omsorg_cli.engine.roots import CLOSE, Function, crossings, scan
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.result import Figure, Result, is_impossible, prepare, run
from omsorg_cli.scenario.load import Put, Request, targets_of
from omsorg_cli.scenario.paths import Target
from omsorg_cli.scenario.read import Text


class Question(NamedTuple):
    """Which input is looked for, and what which figure is to come to; `between` where the input is looked for."""

    path: str
    figure: str
    target: str
    between: tuple[str, str] | None = None


class Solution(NamedTuple):
    """Every value of the input, or stretch from one to another, at which the figure comes to the target.

    `at` tells the figure for a value of the input; None where it has no answer. `warnings` are of the inputs that the
    figure rests on, and of the answer.
    """

    result: Result
    figure: Figure
    question: Question
    target: float
    inputs: tuple[str, ...]
    kind: Kind
    values: tuple[tuple[float, float], ...]
    at: Callable[[Value], float | None]
    warnings: tuple[str, ...]


def solve(text: Text, request: Request, name: str, selection: Selection, question: Question) -> Solution:
    """Looks through the input's bounds; that there is no such value is no answer."""
    scenario = prepare(text, request, name)
    targets = _targets(targets_of(scenario, question.path), question.path)
    kind, paths = targets[0].kind, tuple(target.path for target in targets)
    low, high = _bounds(kind, question.between)
    probe = _probe(low, high, kind)
    probed = prepare(text, request._replace(puts=(*request.puts, Put(question.path, probe))), name)
    result = run(probed, name, varied=paths)
    now = run(scenario, name)
    known = any(one.figure == question.figure for one in now.figures)
    figure = _figure(now if known else result, selection, question.figure)
    target = _number(Kind(figure.unit, example=_round(figure.value)), question.target, "--target")
    varied = Varied(result.record, [figure.node], paths)
    points, whole = _points(low, high, kind, probe), kind.form == "count"
    found = crossings(_misses(varied, paths, target, exactly=not whole), points, whole=whole)
    levels = varied(dict.fromkeys(paths, points))[0]
    if not found or _is_flat(levels):
        looked = None if question.between is None and math.isfinite(high - low) else _searched(low, high, points, kind)
        raise NoAnswerError(_why_not(result, figure, question, target, levels, looked))
    roots = _whole(found) if kind.whole else found
    allowed = tuple(
        stretch
        for stretch in roots
        if not any(is_impossible(scenario, name, Put(question.path, end)) for end in stretch)
    )
    if not allowed:
        values = ", ".join(_stretch(low, high, kind.unit) for low, high in found)
        told = {"input": question.path, "values": values}
        raise NoAnswerError(say("{input} would have to be {values}, which the rest of the scenario rules out.", **told))

    def at(value: Value) -> float | None:
        answer = float(varied(dict.fromkeys(paths, np.array([value], dtype=float)))[0][0])
        return None if math.isnan(answer) else answer

    odd = (
        say("{input}: {remark}", input=question.path, remark=said)
        for stretch in allowed
        for end in stretch[:1]
        if (said := unusual(kind, end))
    )
    warnings = (*now.warnings_of([figure] if known else ()), *odd)
    return Solution(now, figure, question, target, paths, kind, allowed, at, warnings)


def _misses(varied: Varied, paths: Sequence[str], target: float, *, exactly: bool) -> Function:
    """By how much the figure misses the target; of whole numbers, by nothing where only binary fractions are left."""

    def misses(values: Any) -> Any:
        found = varied(dict.fromkeys(paths, values))[0]
        close = CLOSE * np.maximum(np.abs(found), abs(target))
        return found - target if exactly else np.where(np.abs(found - target) <= close, 0.0, found - target)

    return misses


def _round(value: float) -> float:
    """The value with few digits, as an example of its kind."""
    few = float(f"{value:.3g}")
    return int(few) if few == int(few) else few


def _whole(roots: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The roots to the nearest whole number, where the input has no halves."""
    return tuple(dict.fromkeys((float(round(low)), float(round(high))) for low, high in roots))


def _targets(targets: Sequence[Target], path: str) -> Sequence[Target]:
    for target in targets:
        if target.attribute or target.kind.form not in ("number", "count") or target.kind.unit in ("year", "years"):
            raise OmsorgError(say("--input {input} is not a number that can be solved for.", input=path))
    return targets


def _bounds(kind: Kind, between: tuple[str, str] | None) -> tuple[float, float]:
    if between is None:
        return kind.low, kind.high
    low, high = (_number(kind, text, "--between") for text in between)
    if low >= high:
        raise OmsorgError(
            say("--between: found {found}; allowed: the low end first, and below the high end.", found=_span(low, high))
        )
    return low, high


def _number(kind: Kind, text: str, option: str) -> float:
    try:
        return kind._replace(form="number").read(text).number
    except ValueError as error:
        raise OmsorgError(say("{option}: {fault}", option=option, fault=error)) from None


def _probe(low: float, high: float, kind: Kind) -> float:
    """A value inside the bounds, with which the plan is made."""
    if math.isfinite(low) and math.isfinite(high):
        middle = (low + high) / 2
        return math.floor(middle) if kind.form == "count" else middle
    return float(kind.example or 1)


def _points(low: float, high: float, kind: Kind, around: float) -> Any:
    points = scan(low, high, around)
    if kind.form == "count":
        points = np.unique(np.rint(points))
    return points[points > low] if kind.low_open and low == kind.low else points


def _figure(result: Result, selection: Selection, name: str) -> Figure:
    found = opened(result, selection.of(result), (name,))
    if len(found) > 1:
        options = in_series([f"--{key}" for key in result.calculator.keys])
        told = {"figure": name, "number": len(found), "options": options}
        raise OmsorgError(say("--figure {figure} has {number} rows. Choose one with {options}.", **told))
    return found[0]


def _is_flat(levels: Any) -> bool:
    """Whether the figure is the same wherever it has an answer."""
    known = levels[~np.isnan(levels)]
    return bool(len(known)) and bool(np.ptp(known) == 0)


def _searched(low: float, high: float, points: Any, kind: Kind) -> dict[str, str]:
    """From where to where the input was looked for: to the last points where it has no bounds."""
    ends = (low if math.isfinite(low) else points[0], high if math.isfinite(high) else points[-1])
    return {"low": _told(float(f"{ends[0]:.3g}")), "high": _told(float(f"{ends[1]:.3g}"), kind.unit)}


def _why_not(
    result: Result, figure: Figure, question: Question, target: float, levels: Any, looked: dict[str, str] | None
) -> str:
    has_answer = ~np.isnan(levels)
    known, unit = levels[has_answer], figure.unit
    item = next((one for one in result.stated_inputs if one.path == question.path), None)
    told = {
        "figure": result.name_in_row(figure.figure, ((axis, key) for axis, key in figure.keys.items() if key)),
        "input": question.path if item is None else result.name_in_row(item.name, item.point),
    }
    told["figure"] = told["figure"][:1].upper() + told["figure"][1:]
    if not len(known):
        return say("{figure} has no answer for any value of {input} that was tried.", **told)
    is_flat = _is_flat(levels)
    if is_flat and not has_answer.all():
        value = _told(known[0], unit)
        return say("{figure} is {value}, or has no answer, whatever {input} is.", value=value, **told)
    if is_flat:
        return say("{figure} does not depend on {input}: it is {value}.", value=_told(known[0], unit), **told)
    told |= {"target": _told(target, unit), "closest": _told(float(f"{_closest(known, target):.9g}"), unit)}
    if looked is None:
        return say("{figure} is never {target}, whatever {input} is: the closest is {closest}.", **told)
    return say(
        "{figure} is never {target} with {input} from {low} to {high}, where it was looked for: "
        "the closest is {closest}.",
        **looked,
        **told,
    )


def _closest(known: Any, target: float) -> float:
    """The one that misses the target least; of those that miss it alike, as numbers go, the one on its side."""
    missed = np.abs(known - target)
    alike = known[missed == missed.min()]
    return float(alike.max() if target > 0 else alike.min())


def _told(value: float, unit: str = "") -> str:
    """The number as a message has it: whole with spaces where it is large; some units go without saying."""
    if unit == "year":
        return f"{value:.0f}"
    size = abs(value)
    number = with_separators(grouped(size)) if size >= 1_000 else number_text(float(f"{size:.6g}"))
    signed = say("minus {number}", number=number) if value < 0 else number
    if unit in ("ratio", "share", "index", "rate/year", ""):
        return signed
    return say("{number} {unit}", number=signed, unit=unit_label(unit))


def _stretch(low: float, high: float, unit: str) -> str:
    """One value, or from where to where, with what it counts."""
    first, last = _told(low, unit), _told(high, unit)
    return first if low == high else say("{low} to {high}", low=first, high=last)


def _shown(value: float) -> str:
    return with_separators(f"{value:g}")


def _span(low: float, high: float) -> str:
    return say("{low} to {high}", low=_shown(low), high=_shown(high))
