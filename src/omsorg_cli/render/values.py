"""An input, a figure and their values, as people say them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from string import Formatter
from typing import Any

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import plain
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.labels import LABELS, worded
from omsorg_cli.core.language import say, with_separators
from omsorg_cli.core.numbers import month_said
from omsorg_cli.engine.layout import Input
from omsorg_cli.render import words
from omsorg_cli.result import Figure, Keys, Result


def input_text(item: Input, value: Any = None) -> str:
    """The input's value, or another one of its kind, as people say it."""
    value = item.stated.value if value is None else value
    return _choice_text(item, value) if item.kind.form == "choice" else value_text(item.kind, value)


def _choice_text(item: Input, choice: str) -> str:
    """What people read for the choice, as its calculator calls it."""
    name = item.path.partition(".")[0].replace("_", "-")
    return say(load(name).label(choice) if name in NAMES else LABELS.get(choice) or worded(choice))


def stated_text(result: Result, item: Input) -> str:
    """The input's value; the key of an item by its label."""
    return item_text(result, str(item.stated.value)) if item.kind.form == "key" else input_text(item)


def item_text(result: Result, key: str) -> str:
    """What people read for the item of that key, on whichever axis it lies; a key without a label as it is typed."""
    layouts = (result.layout, *result.record.plan.layouts.values())
    found = (label for one in layouts for (_, at), label in one.labels.items() if at == key)
    return next(found, None) or say(result.calculator.labels.get(key, key))


def said_in(item: Input) -> str:
    """The unit that the input is said in: of a ratio that is said in per cent, that of a share; of a date, a month."""
    if item.kind.form == "month":
        return "month"
    return "share" if item.kind.in_percent else item.kind.unit


def input_size(item: Input, value: Any) -> str:
    """A value of the input's kind without its period, for a column."""
    unit = item.kind.unit
    if item.kind.form == "month" or unit in ("share", "rate/year", "ratio", "index", "year") or value < 0:
        return value_text(item.kind, value)
    return words.stated_size(value, unit)


def value_text(kind: Kind, value: Any) -> str:
    """A value of the kind as people say it."""
    if kind.form == "month":
        return month_said(value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return value
    said = _size_text(kind, abs(value))
    return said if value >= 0 else say("minus {number}", number=said)


def _size_text(kind: Kind, size: float) -> str:
    if kind.unit in ("share", "rate/year") or kind.in_percent:
        return words.percent(size)
    if kind.unit in ("ratio", "index"):
        return with_separators(f"{size:g}")
    if kind.unit == "FTE" and size == int(size):
        return words.full(size, kind.unit)
    return f"{size:.0f}" if kind.unit == "year" else words.stated(size, kind.unit)


def named(figure: Figure) -> str:
    """The figure with its row, as they are typed."""
    keys = ", ".join(str(key) for key in figure.keys.values() if key is not None)
    return plain(f"{figure.figure}[{keys}]" if keys else figure.figure)


def figure_label(result: Result, figure: Figure) -> str:
    """What people read for the figure and its row."""
    return labelled(say(result.calculator.label(figure.figure)), row_label(result, figure.keys))


def input_label(result: Result, item: Input) -> str:
    """What people read for the input and the row that it stands in."""
    return labelled(say(result.calculator.label(item.name)), row_label(result, dict(item.point)))


def figure_name(result: Result, figure: Figure) -> str:
    """The same inside a sentence, and short: the row after it, without what its labels say in brackets."""
    return in_row(result, say(result.calculator.label(figure.figure)), figure.keys)


def input_name(result: Result, item: Input) -> str:
    """The input inside a sentence, and short."""
    return in_row(result, say(result.calculator.label(item.name)), dict(item.point))


def in_row(result: Result, label: str, keys: Keys) -> str:
    """The label with the row after it, without what the row's labels say in brackets."""
    row = ", ".join(short_label(result, axis, key) for axis, key in keys.items() if key not in (None, ""))
    return plain(say("{label} ({row})", label=label, row=row) if row else label)


def short_label(result: Result, axis: str, key: Any) -> str:
    """The label of the item without what it says in brackets, unless another item would then be called the same."""
    said = result.said(axis, key)
    short = shortened(said)
    return short if _shared(result)[axis, short] < 2 else said


@lru_cache(maxsize=2)
def _shared(result: Result) -> Counter[tuple[str, str]]:
    """How many items of each axis are called the same once what their labels say in brackets is left out."""
    return Counter((axis, shortened(label)) for (axis, _), label in result.layout.labels.items())


def shortened(label: str) -> str:
    """The label without what it says in brackets."""
    return label.partition(" (")[0]


def shortened_apart(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels without what they say in brackets, unless two would then be the same."""
    short = tuple(map(shortened, labels))
    return short if len(set(short)) == len(short) else tuple(labels)


def capital(text: str) -> str:
    """The text as a sentence or a heading begins."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The text as it stands inside a sentence: without its capital, unless the word has more of them, or a number.

    >>> uncapitalised("Home nursing"), uncapitalised("NAV"), uncapitalised("P06"), uncapitalised("NOK a year")
    ('home nursing', 'NAV', 'P06', 'NOK a year')
    """
    first = text.partition(" ")[0][1:]
    return text if any(sign.isupper() or sign.isdigit() for sign in first) else text[:1].lower() + text[1:]


def labelled(label: str, row: str) -> str:
    """The label with the row before it, if it stands in one."""
    return say("{row}: {label}", row=row, label=label) if row else label


def row_label(result: Result, keys: Keys) -> str:
    """What people read for a row: the label of each key that it has."""
    return plain(", ".join(result.said(axis, key) for axis, key in keys.items() if key not in (None, "")))


SAID_ALIKE = ("times", "above", "change", "points", "apart", "rises")
"""The ways of a share or an index that is said in the same way wherever people read it."""


@cache
def _ways(name: str) -> Mapping[str, str]:
    """How the calculator's tables and sentences say its shares and indexes, where the unit does not say it."""
    calculator = load(name)
    views = (calculator.answer, calculator.views, calculator.details)
    places = (place for template in _texts(views) for place in Formatter().parse(template))
    return {field: way for _, field, way, _ in places if field and way in SAID_ALIKE}


def _texts(data: object) -> Iterator[str]:
    """Every text of the views."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, tuple):
        for one in data:
            yield from _texts(one)


def way_of_tables(figure: Figure) -> str | None:
    """The way in which the tables of its calculator say the figure; None where its unit says how."""
    by_tables = figure.unit in ("share", "ratio", "index", "rate/year")
    return _ways(figure.node.calculator).get(figure.figure) if by_tables else None


def _said_alike(figure: Figure, value: float) -> str | None:
    """The value as the tables of its calculator say it; None where its unit says how."""
    way = way_of_tables(figure)
    return None if way is None else words.WAYS[way](value, figure.unit)


def outcome_text(figure: Figure, value: float) -> str:
    """The figure's value as a noun, for a sentence that has a verb already."""
    if (said := _said_alike(figure, value)) is not None:
        return said
    return words.outcome(value, figure.unit, figure.told) if figure.told else words.amount(value, figure.unit)


def level_text(figure: Figure, value: float | None = None) -> str:
    """The same where the figure is named beside it: what is above zero is as large as the name says."""
    value = figure.value if value is None else value
    if (said := _said_alike(figure, value)) is not None:
        return said
    return words.level(value, figure.unit, figure.told) if figure.told else words.amount(value, figure.unit)


def figure_text(figure: Figure, value: float | None = None) -> str:
    """The figure's value, or another one in its place, as people say it."""
    value = figure.value if value is None else value
    if (said := _said_alike(figure, value)) is not None:
        return said
    return words.directed(value, figure.unit, figure.told) if figure.told else words.amount(value, figure.unit)
