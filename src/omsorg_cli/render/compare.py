"""A comparison as a document, JSON and CSV: a column for each side."""

from collections.abc import Collection, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.compare import Beside, Comparison, Difference
from omsorg_cli.render import words
from omsorg_cli.render.data import csv_text, dumps, input_record, scenario_record
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import figure_text, input_text, named
from omsorg_cli.render.views import NOT_THERE
from omsorg_cli.run import Figure

STEPS = {
    "year": ("years", "later", "earlier"),
    "month": ("months", "later", "earlier"),
    "rank": ("places", "down", "up"),
}
"""Units of which a difference is of another unit, and its words."""
IN_PER_CENT = ("share", "ratio", "rate/year")
"""Units that are said in per cent: a difference is in points of it."""


def document(comparison: Comparison) -> list[Part]:
    """What to take care of, the inputs that differ, and the figures with their differences in words."""
    columns = comparison.columns
    result = columns[0].result
    names = tuple(plain(column.name) for column in columns)
    parts: list[Part] = [Heading(plain(f"{result.calculator.title} · {' and '.join(names)}"), 1)]
    sets = columns[0].result.scenario.request.sets
    if sets:
        parts.append(Sentences((plain(f"Changed on every side: {'; '.join(sets)}."),)))
    if comparison.warnings:
        parts += [Heading("Take care", 2), Sentences(tuple(map(plain, comparison.warnings)), "–")]
    parts += _inputs(comparison, names)
    against = tuple(f"{name} against {names[0]}" for name in names[1:])
    own = {column.item[0] for column in columns if column.item is not None}
    rows = tuple(_figure_row(one, own) for one in comparison.figures)
    headings = ("figure", *names, *against)
    parts += [Heading("Figures", 2), Sheet(headings, (False,) * len(headings), rows)]
    return [*parts, Heading("What it is not", 2), Sentences(result.caveats, "–")]


def _inputs(comparison: Comparison, names: Sequence[str]) -> list[Part]:
    if not comparison.inputs:
        return [Sentences(("No input that these figures rest on differs.",))]
    rows = tuple(
        (plain(one.path), *(_input_cell(item, used=used) for item, used in zip(one.inputs, one.used, strict=True)))
        for one in comparison.inputs
    )
    headings = ("input", *names)
    return [Heading("Inputs that differ", 2), Sheet(headings, (False,) * len(headings), rows)]


def _input_cell(item: Input | None, *, used: bool) -> str:
    if item is None:
        return "not stated"
    low, high = item.stated.range or (None, None)
    span = "" if low is None or high is None else f" ({input_text(item, low)} to {input_text(item, high)})"
    origin = "assumed" if item.stated.assumption else item.stated.source or item.stated.origin
    return plain(f"{input_text(item)}{span}, {origin}{'' if used else ', not used'}")


def _figure_row(one: Beside, own: Collection[str]) -> tuple[str, ...]:
    """The figure in each column; the keys that tell columns apart are not part of its name."""
    first = one.figures[0]
    values = ("left out" if figure is None else figure_text(figure) for figure in one.figures)
    name = named(one.any._replace(keys={key: value for key, value in one.any.keys.items() if key not in own}))
    return (name, *values, *(_against(first, figure) for figure in one.figures[1:]))


def _against(first: Figure | None, other: Figure | None) -> str:
    """The difference in words."""
    if first is None or other is None:
        return NOT_THERE
    difference = other.value - first.value
    if other.unit in STEPS and difference:
        unit, after, before = STEPS[other.unit]
        return f"{words.amount(abs(difference), unit)} {after if difference > 0 else before}"
    if other.unit == "yes or no":
        return "not the same" if difference else "no difference"
    amount = words.amount(abs(difference), other.unit)
    if words.is_nothing(amount):
        return "no difference"
    if other.direction is None or first.direction is None:
        said = f"{words.number(abs(difference) * 100, 1)} percentage points" if other.unit in IN_PER_CENT else amount
        return f"{said} {'more' if difference > 0 else 'less'}"
    both_cost = first.value < 0 and other.value < 0
    more = (difference < 0) if both_cost else (difference > 0)
    return f"{'costs' if both_cost else 'saves'} {amount} {'more' if more else 'less'}"


def render_json(comparison: Comparison) -> str:
    """The inputs that differ and the figures, one value for each column."""
    columns = comparison.columns
    names = [column.name for column in columns]
    return dumps(
        {
            "format": "omsorg.comparison/1",
            "version": __version__,
            "calculator": columns[0].result.calculator.name,
            "columns": names,
            "scenarios": [scenario_record(column.result.scenario) for column in columns],
            "inputs": [_input_record(one, names) for one in comparison.inputs],
            "figures": [_record(one, comparison) for one in comparison.figures],
            "warnings": list(comparison.warnings),
            "caveats": list(columns[0].result.caveats),
        }
    )


def _input_record(one: Difference, names: Sequence[str]) -> dict[str, Any]:
    values = [None if item is None else input_record(item) for item in one.inputs]
    return {"input": one.path, "unit": one.unit or None, **dict(zip(names, values, strict=True))}


def _record(one: Beside, comparison: Comparison) -> dict[str, Any]:
    """The figure in each column; a key that tells columns apart is not part of it."""
    figure = one.any
    own = {column.item[0] for column in comparison.columns if column.item is not None}
    keys = {key: None if key in own else value for key, value in figure.keys.items()}
    values = [None if other is None else other.value for other in one.figures]
    names = [column.name for column in comparison.columns]
    return {"figure": figure.figure, "unit": figure.unit, **keys, **dict(zip(names, values, strict=True))}


def render_csv(comparison: Comparison) -> str:
    """A row for each figure, a column for each side."""
    names = [column.name for column in comparison.columns]
    keys = comparison.columns[0].result.calculator.keys
    rows: list[Sequence[Any]] = [["figure", "unit", *keys, *names]]
    rows += [list(_record(one, comparison).values()) for one in comparison.figures]
    return csv_text(rows)
