"""What a figure hinges on as a document, JSON and CSV: a tornado, the input that matters most first."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import count, say
from omsorg_cli.questions.sensitivity import Sensitivity, Swing, derived_from
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, scenario_record
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import (
    capital,
    figure_name,
    figure_text,
    in_row,
    input_name,
    input_size,
    input_text,
    level_text,
    outcome_text,
)
from omsorg_cli.render.widths import BAR, MIDDLE
from omsorg_cli.result import Figure

BAR_WIDTH = 24
MOST_INPUTS = 10
"""Inputs that are shown, where not every one is asked for."""
LEAST = 1e-9
"""How much of a figure an input moves at the least, before it is said to move it."""
COLUMNS = ("input", "low", "high", "ranged", "figure_at_low", "figure_at_high", "swing", "held")


def document(found: Sequence[Sensitivity], *, every: bool = False, on_page: bool = False) -> list[Part]:
    """What matters most for each figure, then a tornado; of many inputs the first ten, unless `every` one is wanted.

    On a page there is nothing to type.
    """
    result = found[0].result
    parts: list[Part] = [Heading(title(result, [one.figure for one in found]), 1), *changes(result)]
    for one in found:
        parts += _tornado(one, every=every, on_page=on_page)
    shown = [swing for one in found for swing in _shown(one, every=every)]
    parts.append(Sentences(tuple(_notes(shown))))
    parts += caveats(result)
    return [part for part in parts if not isinstance(part, Sentences) or part.lines]


def _moving(found: Sensitivity) -> list[Swing]:
    return [one for one in found.swings if _moves(found, one)]


def _shown(found: Sensitivity, *, every: bool) -> list[Swing]:
    """The inputs in the table."""
    if every:
        return _moving(found)
    return [] if found.is_stated else _moving(found)[:MOST_INPUTS]


def _tornado(found: Sensitivity, *, every: bool, on_page: bool) -> Iterator[Part]:
    moving, shown = _moving(found), _shown(found, every=every)
    if not shown:
        yield Sentences(tuple(_answer(found, moving)))
        return
    ends = [value for one in moving for value in (one.figure_at_low, one.figure_at_high) if value is not None]
    span = min([*ends, found.figure.value]), max([*ends, found.figure.value])
    scale, unit = _scale(found.figure, span)
    yield Sentences(tuple(_answer(found, moving)))
    label = capital(figure_name(found.result, found.figure))
    yield Heading(say("{figure}, {unit}", figure=label, unit=unit) if unit else label, 2)
    headings = (say("input"), say("lowest at … highest at"), say("lowest"), "", say("highest"))
    rows = tuple(_row(found, one, span, scale, every=every) for one in shown)
    yield Sheet(headings, (False, False, True, False, True), rows)
    idle = [_named(found, one, every=True) for one in found.swings if not _moves(found, one)]
    if every and idle:
        yield Sentences((plain(say("No effect: {inputs}.", inputs="; ".join(idle))),))
    more = tuple(_not_shown(len(moving) - len(shown), 0 if every else len(idle), on_page=on_page))
    yield Sentences(more, dim=True)


def _scale(figure: Figure, span: tuple[float, float]) -> tuple[float, str]:
    """What the amounts of the table are divided by, and what that is called; kroner alone are."""
    if not figure.unit.startswith("NOK") or max(map(abs, span)) < words.MILLION:
        return 1, ""
    return words.scale_of([figure.unit], span)


def _moves(found: Sensitivity, one: Swing) -> bool:
    """Whether the input moves the figure by more than the errors of floats."""
    return one.swing is None or one.swing > LEAST * abs(found.figure.value)


def _answer(found: Sensitivity, moving: Sequence[Swing]) -> Iterator[str]:
    """What the figure is, and which input it depends on most."""
    now = {"figure": capital(figure_name(found.result, found.figure)), "value": level_text(found.figure)}
    yield plain(say("{figure}: {value}.", **now))
    if not moving:
        yield say("None of its inputs affects it.")
        return
    first = moving[0]
    if found.is_stated:
        yield say("The scenario states this amount directly; no other input affects it.")
        return
    ends = ((first.low, first.figure_at_low), (first.high, first.figure_at_high))
    (low, at_low), (high, at_high) = (
        (input_text(first.input, end), say("no answer") if value is None else outcome_text(found.figure, value))
        for end, value in ends
    )
    if (equal := found.equal_to_first) is not None:
        told = {"input": capital(input_name(found.result, first.input)), "other": input_name(found.result, equal.input)}
        yield plain(
            say(
                "{input} and {other} matter equally: at one end {at_low}, at the other {at_high}.",
                at_low=at_low,
                at_high=at_high,
                **told,
            )
        )
        return
    name = input_name(found.result, first.input)
    told = {"input": name, "low": low, "high": high, "at_low": at_low, "at_high": at_high}
    yield plain(say("What matters most is {input}: at {low}, {at_low}; at {high}, {at_high}.", **told))
    if between := derived_from(found, first.input):
        name = in_row(found.result, say(found.result.calculator.label(between.figure)), dict(between.point))
        yield plain(say("The reason is that {figure} is calculated from it.", figure=name))


def _notes(shown: Sequence[Swing]) -> Iterator[str]:
    """How the inputs are moved."""
    if shown:
        yield say("Each input is varied on its own; the others stay as they are.")
    if any(not one.ranged for one in shown):
        yield say(
            "Inputs marked ~ have no stated range: they are varied by a tenth either way, and whole numbers by one at "
            "the least."
        )
    if any(one.held for one in shown):
        yield say("Inputs marked ! are varied one way only: the other way, the scenario would not be valid.")


def _not_shown(lesser: int, idle: int, *, on_page: bool) -> Iterator[str]:
    """How many inputs the table does not have."""
    if lesser and on_page:
        yield count(
            lesser,
            "{number} more input matters less and is not shown here.",
            "{number} more inputs matter less and are not shown here.",
        )
    elif lesser:
        yield count(
            lesser, "{number} more input matters less: add --all.", "{number} more inputs matter less: add --all."
        )
    if idle:
        yield count(idle, "{number} input has no effect.", "{number} inputs have no effect.")


def _said(figure: Figure, value: float, scale: float) -> str:
    """The figure as people say it; in a table of millions, without what its heading says."""
    if scale == 1:
        return figure_text(figure, value)
    return words.scaled(value, scale, figure.told)


def _named(found: Sensitivity, one: Swing, *, every: bool) -> str:
    """The input by its label; where every one is shown, with what is typed to change it."""
    label = input_name(found.result, one.input)
    return say("{label} [{path}]", label=label, path=one.input.path) if every else label


def _row(found: Sensitivity, one: Swing, span: tuple[float, float], scale: float, *, every: bool) -> tuple[str, ...]:
    """The end of the input that gives the lesser figure stands first."""
    ends = [(one.figure_at_low, one.low), (one.figure_at_high, one.high)]
    if one.swing is not None and (one.figure_at_low or 0) > (one.figure_at_high or 0):
        ends.reverse()
    (least, first), (most, second) = ends
    named = f"{'' if one.ranged else '~ '}{'! ' if one.held else ''}{_named(found, one, every=every)}"
    bar = "" if least is None or most is None else _bar(found.figure.value, least, most, span)
    at_least, at_most = (
        say("no answer") if value is None else _said(found.figure, value, scale) for value in (least, most)
    )
    moved = " … ".join(input_size(one.input, end) for end in (first, second))
    return plain(named), moved, at_least, bar, at_most


def _bar(value: float, least: float, most: float, span: tuple[float, float]) -> str:
    """The stretch between the two figures, with a line where the figure is now."""
    low, high = span
    scale = (BAR_WIDTH - 1) / (high - low) if high > low else 0.0
    start, middle, end = (round((one - low) * scale) for one in (least, value, most))
    cells = [BAR if start <= at <= end else " " for at in range(BAR_WIDTH)]
    cells[middle] = MIDDLE
    return "".join(cells).rstrip()


def render_json(found: Sequence[Sensitivity]) -> str:
    """A record for each input of each figure, largest first."""
    result = found[0].result
    return dumps(
        {
            "format": "omsorg.sensitivity/1",
            "version": __version__,
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
            "inputs": [_record(one, swing) for one in found for swing in one.swings],
            "caveats": list(result.caveats),
        }
    )


def _record(found: Sensitivity, one: Swing) -> dict[str, Any]:
    figure = found.figure
    at = {"figure": figure.figure, "unit": figure.unit, **figure.keys, "value": figure.value}
    ends = {name: one.input.kind.plain(getattr(one, name)) for name in ("low", "high")}
    return at | {"input": one.input.path} | {name: getattr(one, name) for name in COLUMNS[1:]} | ends


def rows(found: Sequence[Sensitivity]) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each input of each figure."""
    keys = found[0].result.calculator.keys
    columns = ("figure", "unit", *keys, "value", *COLUMNS)
    records = [_record(one, swing) for one in found for swing in one.swings]
    return [columns, *([record[name] for name in columns] for record in records)]
