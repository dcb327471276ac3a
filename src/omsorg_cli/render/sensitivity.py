"""What a figure hinges on as a document, JSON and CSV: a tornado, the input that matters most first."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.questions.sensitivity import Sensitivity, Swing
from omsorg_cli.render import words
from omsorg_cli.render.data import csv_text, dumps, scenario_record
from omsorg_cli.render.document import title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import figure_text, input_text, named
from omsorg_cli.render.widths import BAR, MIDDLE
from omsorg_cli.run import Figure

BAR_WIDTH = 40
COLUMNS = ("input", "low", "high", "ranged", "figure_at_low", "figure_at_high", "swing", "held")


def document(found: Sequence[Sensitivity]) -> list[Part]:
    """A tornado for each figure."""
    result = found[0].result
    parts: list[Part] = [Heading(title(result), 1)]
    for one in found:
        parts += _tornado(one)
    parts += [Heading("What it is not", 2), Sentences(result.caveats, "–")]
    return parts


def _tornado(found: Sensitivity) -> Iterator[Part]:
    ends = [value for one in found.swings for value in (one.figure_at_low, one.figure_at_high) if value is not None]
    span = min([*ends, found.figure.value]), max([*ends, found.figure.value])
    scale, unit = words.in_millions(found.figure.unit, span)
    counted = f", {unit}" if scale > 1 else ""
    yield Heading(f"{named(found.figure)}{counted}: now {_said(found.figure, found.figure.value, scale)}", 2)
    shown = [one for one in found.swings if one.swing != 0]
    rows = tuple(_row(found, one, span, scale) for one in shown)
    yield Sheet(("input", "from … to", "at least", "", "at most"), (False, False, True, False, True), rows)
    told = ["Each input is moved alone, the others stay as they are."]
    if any(not one.ranged for one in shown):
        told.append(
            "Inputs marked with ~ have no range: they are moved by a tenth to either side, within their bounds."
        )
    if any(one.held for one in shown):
        told.append("Inputs marked with ! are not moved to one side, where the scenario would be refused.")
    idle = ", ".join(_short(found, one) for one in found.swings if one.swing == 0)
    yield Sentences((*told, *([plain(f"Without effect: {idle}.")] if idle else ())))


def _said(figure: Figure, value: float, scale: float) -> str:
    """The figure as people say it; in a table of millions, without what its heading says."""
    if scale == 1:
        return figure_text(figure, value)
    if figure.direction is None:
        return words.number(value / scale, 1)
    number = words.number(abs(value) / scale, 1)
    return f"costs {number}" if value < 0 else number


def _short(found: Sensitivity, one: Swing) -> str:
    """The path of the input in the table of its calculator."""
    return one.input.path.removeprefix(f"{found.result.calculator.table}.")


def _row(found: Sensitivity, one: Swing, span: tuple[float, float], scale: float) -> tuple[str, ...]:
    """The end of the input that gives the lesser figure stands first."""
    ends = [(one.figure_at_low, one.low), (one.figure_at_high, one.high)]
    if one.swing is not None and (one.figure_at_low or 0) > (one.figure_at_high or 0):
        ends.reverse()
    (least, first), (most, second) = ends
    path = f"{'' if one.ranged else '~ '}{'! ' if one.held else ''}{_short(found, one)}"
    bar = "" if least is None or most is None else _bar(found.figure.value, least, most, span)
    texts = ("no answer" if value is None else _said(found.figure, value, scale) for value in (least, most))
    at_least, at_most = texts
    moved = " … ".join(input_text(one.input, end).removesuffix(" a year") for end in (first, second))
    return plain(path), moved, at_least, bar, at_most


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


def render_csv(found: Sequence[Sensitivity]) -> str:
    """A row for each input of each figure."""
    keys = found[0].result.calculator.keys
    columns = ("figure", "unit", *keys, "value", *COLUMNS)
    records = [_record(one, swing) for one in found for swing in one.swings]
    return csv_text([columns, *([record[name] for name in columns] for record in records)])
