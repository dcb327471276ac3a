"""A comparison as a document, JSON and CSV: a column for each side."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import count, in_series, phrase, say
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.compare import Beside, Comparison, Difference
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, input_record, scenario_record
from omsorg_cli.render.document import caveats
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.places import source_text
from omsorg_cli.render.values import (
    capital,
    figure_name,
    figure_text,
    input_label,
    input_text,
    level_text,
    shortened_apart,
    stated_text,
    way_of_tables,
)
from omsorg_cli.render.views import NOT_THERE
from omsorg_cli.result import Figure, Result

STEPS = {
    "year": ("years", phrase("{amount} later"), phrase("{amount} earlier")),
    "month": ("months", phrase("{amount} later"), phrase("{amount} earlier")),
    "rank": ("places", phrase("{amount} down"), phrase("{amount} up")),
}
"""Units of which a difference is of another unit, and what is said of it."""
IN_PER_CENT = ("share", "ratio", "rate/year")
"""Units that are said in per cent: a difference is in points of it."""
COSTING = phrase("costs {amount} less"), phrase("costs {amount} more"), phrase("no difference")
LEVEL = phrase("{amount} more"), phrase("{amount} less"), phrase("no difference")
LEVEL_COUNTED = phrase("{amount} more"), phrase("{amount} fewer"), phrase("no difference")
MOST_ANSWERS = 3
"""Figures that the answer is given for."""


def document(comparison: Comparison) -> list[Part]:
    """The headline figures beside each other, what to note, the inputs that differ, and every figure."""
    columns = comparison.columns
    result = columns[0].result
    names = tuple(plain(column.called) for column in columns)
    told = {"calculator": say(result.calculator.title), "first": names[0], "others": in_series(names[1:])}
    parts: list[Part] = [Heading(plain(say("{calculator}: {others} compared with {first}", **told)), 1)]
    comparable = _comparable(comparison)
    shown = [one for one in comparable if _differs(one)]
    parts.append(Sentences(tuple(answers(comparison)) or (_nothing(comparison),)))
    first, *others = (column.result.scenario.request.sets for column in columns)
    sets = [one for one in first if all(one in other for other in others)]
    if sets:
        parts.append(Sentences((plain(say("Changed on every side: {changes}.", changes="; ".join(sets))),)))
    if comparison.warnings:
        parts += [Heading(say("Points to note"), 2), Sentences(tuple(map(plain, comparison.warnings)), "–")]
    parts += _inputs(comparison, names)
    against = tuple(say("{name} compared with {first}", name=name, first=names[0]) for name in names[1:])
    rows = tuple(_figure_row(one, comparison) for one in shown)
    headings = (say("figure"), *names, *against)
    if rows:
        parts += [Heading(say("Figures"), 2), Sheet(headings, (False,) * len(headings), rows)]
    alike, alone = len(comparable) - len(shown), len(comparison.figures) - len(comparable)
    parts.append(Sentences(tuple(_counted(alike, alone, some=bool(comparable))), dim=True))
    return [*parts, *caveats(result)]


def _comparable(comparison: Comparison) -> list[Beside]:
    """The figures that stand side by side: of items of one scenario those that every item has."""
    by_item = bool(_own(comparison))
    return [one for one in comparison.figures if not (by_item and None in one.figures)]


def _differs(one: Beside) -> bool:
    return len({None if figure is None else figure.value for figure in one.figures}) > 1


def _nothing(comparison: Comparison) -> str:
    """Why there is no answer: nothing stands on both sides."""
    names = in_series([column.called for column in comparison.columns])
    return plain(say("{names} have no figure in common, so there is nothing to compare.", names=names))


def _counted(alike: int, alone: int, *, some: bool) -> Iterator[str]:
    """How many figures are the same everywhere, and how many are left out for want of another side.

    With `some`, they are more than those that are told.
    """
    if alike:
        yield count(alike, "{number} more figure is the same.", "{number} more figures are the same.")
    if alone and not some:
        yield count(
            alone,
            "{number} figure is not calculated for all of them.",
            "{number} figures are not calculated for all of them.",
        )
    elif alone:
        yield count(
            alone,
            "{number} more figure is not calculated for all of them.",
            "{number} more figures are not calculated for all of them.",
        )


def answers(comparison: Comparison) -> Iterator[str]:
    """The headline figures, each on every side, with the difference where there are two."""
    names = tuple(plain(column.called) for column in comparison.columns)
    wanted = comparison.columns[0].result.calculator.headlines
    beside = {one.any.node: one for one in comparison.figures}
    whole = [one.any for one in _comparable(comparison)]
    shown = fewest_coordinates(whole, wanted) or fewest_coordinates(
        whole, list(dict.fromkeys(one.figure for one in whole))
    )
    short = shortened_apart(names)
    for figure in shown[:MOST_ANSWERS]:
        sides = beside[figure.node].figures
        told = {"figure": capital(row_of_figure(beside[figure.node], comparison))}
        values = [say("not calculated") if one is None else level_text(one) for one in sides]
        if len(names) == 2 and None not in sides:
            first, second = sides
            if values[0] == values[1]:
                yield plain(say("{figure}: {value} on both sides.", value=values[0], **told))
                continue
            told |= {"value": values[0], "name": short[0], "other": values[1], "other_name": short[1]}
            difference = _against(first, second)
            yield plain(
                say(
                    "{figure}: {value} ({name}), {other} ({other_name}). Difference: {difference}.",
                    difference=difference,
                    **told,
                )
            )
        else:
            each = (say("{value} ({name})", value=value, name=name) for value, name in zip(values, short, strict=True))
            yield plain(say("{figure}: {values}.", values="; ".join(each), **told))


def _inputs(comparison: Comparison, names: Sequence[str]) -> list[Part]:
    if not comparison.inputs:
        return [Sentences((say("The inputs behind these figures are the same."),))]
    rows = tuple(
        (
            row_of_input(one, comparison),
            *(
                _input_cell(column.result, item, used=used)
                for column, item, used in zip(comparison.columns, one.inputs, one.used, strict=True)
            ),
        )
        for one in comparison.inputs
    )
    headings = (say("input"), *names)
    return [Heading(say("Inputs that differ"), 2), Sheet(headings, (False,) * len(headings), rows)]


def _own(comparison: Comparison) -> set[str]:
    """The keys that tell columns apart, which are not part of the name of a row."""
    return {column.item[0] for column in comparison.columns if column.item is not None}


def row_of_input(one: Difference, comparison: Comparison) -> str:
    """What people read for the input and its row, without the keys that tell columns apart."""
    item, column = next(pair for pair in zip(one.inputs, comparison.columns, strict=True) if pair[0] is not None)
    assert item is not None
    own = _own(comparison)
    return input_label(column.result, item._replace(point=tuple(pair for pair in item.point if pair[0] not in own)))


def _input_cell(result: Result, item: Input | None, *, used: bool) -> str:
    if item is None:
        return say("not in the scenario")
    if item.stated.value == "":
        return say("not stated")
    low, high = item.stated.range or (None, None)
    told = {"value": _in_its_prices(stated_text(result, item), item), "origin": _origin(result, item)}
    if low is None or high is None:
        cell = say("{value}, {origin}", **told)
    else:
        ends = {"low": input_text(item, low), "high": input_text(item, high)}
        cell = say("{value} ({low} to {high}), {origin}", **told, **ends)
    return plain(cell if used else say("{value_and_origin}, not used", value_and_origin=cell))


def _in_its_prices(value: str, item: Input) -> str:
    """The value, with the year of its prices and the index that it follows, as far as they are stated."""
    year, index = item.stated.price_year, item.stated.follows
    if index and not year:
        return say("{value}, by the index {index}", value=value, index=index)
    if index:
        return say("{value} in {year} prices by the index {index}", value=value, year=str(year), index=index)
    return say("{value} in {year} prices", value=value, year=str(year)) if year else value


def _origin(result: Result, item: Input) -> str:
    if item.stated.origin == "user":
        return say("set by the user")
    if item.stated.assumption:
        return say("assumed")
    if item.stated.source:
        return source_text(result, item.stated.source)
    return say("default") if item.stated.origin == "default" else say("no source")


def row_of_figure(one: Beside, comparison: Comparison) -> str:
    """The figure and its row, without the keys that tell columns apart."""
    own = _own(comparison)
    keys = {key: value for key, value in one.any.keys.items() if key not in own}
    return figure_name(comparison.columns[0].result, one.any._replace(keys=keys))


def _value(figure: Figure | None) -> str:
    return say("not calculated") if figure is None else figure_text(figure)


def _figure_row(one: Beside, comparison: Comparison) -> tuple[str, ...]:
    """The figure in each column, and how the others differ from the first."""
    first = one.figures[0]
    differences = (_against(first, figure) for figure in one.figures[1:])
    return (row_of_figure(one, comparison), *map(_value, one.figures), *differences)


def _against(first: Figure | None, other: Figure | None) -> str:
    """The difference in words."""
    if first is None or other is None:
        return say(NOT_THERE)
    difference = other.value - first.value
    if other.unit in STEPS and difference:
        unit, after, before = STEPS[other.unit]
        return words.either(difference, words.amount(abs(difference), unit), after, before, LEVEL[2])
    if other.unit == "yes or no":
        return say("not the same") if difference else say("no difference")
    if way_of_tables(other) == "times":
        return words.either(difference, words.number(abs(difference), 2), *words.HIGHER)
    in_points = other.unit in IN_PER_CENT and not other.told
    unit = "percentage points" if in_points else other.unit
    size = _size(abs(difference) * (100 if in_points else 1), unit, max(abs(first.value), abs(other.value)))
    said = words.either(difference, size, *_templates(first, other))
    return said if words.is_nothing(size) or unit in words.SAID else words.per(said, unit)


def _templates(first: Figure, other: Figure) -> tuple[str, str, str]:
    """What is said of a difference above zero, below it and of none."""
    if other.told == "saving" and first.value < 0 and other.value < 0:
        return COSTING
    if other.told:
        return words.DIRECTIONS[other.told].difference
    return LEVEL_COUNTED if words.is_many(other.unit) else LEVEL


def _size(difference: float, unit: str, beside: float) -> str:
    """The size of the difference; of kroner in the millions of the amounts themselves, where that leaves a digit."""
    if unit.startswith("NOK") and beside >= words.MILLION > difference >= words.MILLION / 10:
        return say("{number} million NOK", number=words.number(difference / words.MILLION, 1))
    return words.size(difference, unit)


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


def rows(comparison: Comparison) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each figure; a column for each side."""
    names = [column.name for column in comparison.columns]
    keys = comparison.columns[0].result.calculator.keys
    records = (_record(one, comparison) for one in comparison.figures)
    return [("figure", "unit", *keys, *names), *(list(one.values()) for one in records)]
