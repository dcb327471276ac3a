"""Two results or more beside each other: every input that differs, every figure, and where they are not alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.labels import worded
from omsorg_cli.core.language import say
from omsorg_cli.engine.layout import Input
from omsorg_cli.result import Figure, Result

Key = tuple[Any, ...]


class Column(NamedTuple):
    """One side: a result, and the records of it that are compared; `item` where it is one item of a key.

    `name` is what data call it, and `called` what people do.
    """

    name: str
    result: Result
    figures: tuple[Figure, ...]
    item: tuple[str, str] | None = None
    called: str = ""


class Difference(NamedTuple):
    """An input that the columns do not agree on; None where a column has none, and whether its figures use it."""

    path: str
    unit: str
    inputs: tuple[Input | None, ...]
    used: tuple[bool, ...]


class Beside(NamedTuple):
    """A figure in each column; None where it is left out."""

    figures: tuple[Figure | None, ...]

    @property
    def any(self) -> Figure:
        """The figure in the first column that has it."""
        return next(one for one in self.figures if one is not None)


class Comparison(NamedTuple):
    """What differs, side by side."""

    columns: tuple[Column, ...]
    inputs: tuple[Difference, ...]
    figures: tuple[Beside, ...]
    warnings: tuple[str, ...]


def compare(columns: Sequence[Column]) -> Comparison:
    """Compares the columns with each other; one alone is an error."""
    if len(columns) < 2:
        raise OmsorgError(
            say("There is only one thing to compare; name at least two scenarios, overlays or items of a key.")
        )
    columns = _called(_told_apart(columns))
    inputs = tuple(_differing(columns))
    return Comparison(tuple(columns), inputs, tuple(_beside(columns)), tuple(_unlike(columns, inputs)))


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns with names of their own: none that another column, or a field of the records, has."""
    taken = {"figure", "unit", "input", *columns[0].result.calculator.keys}
    found = []
    for column in columns:
        name, count = column.name, 1
        while name in taken:
            count += 1
            name = f"{column.name} ({count})"
        taken.add(name)
        found.append(column._replace(name=name))
    return found


def _called(columns: Sequence[Column]) -> list[Column]:
    """The columns by the titles of their scenarios, as short as they are told apart, or else by their names."""
    for short in (True, False):
        found = [_title(one, short=short) for one in columns]
        if len(set(found)) == len(found):
            return [one._replace(called=called) for one, called in zip(columns, found, strict=True)]
    return [one._replace(called=one.name) for one in columns]


def _title(column: Column, *, short: bool) -> str:
    """The column's name with the scenario and its overlays in words; `short` leaves out what follows a colon."""
    scenario = column.result.scenario
    typed = "+".join((scenario.text.name, *scenario.overlays))
    if not column.name.startswith(typed):
        return column.name
    title = scenario.head.title.partition(": ")[0] if short else scenario.head.title
    said = ", ".join((title, *map(worded, scenario.overlays)))
    more = column.name.removeprefix(typed)
    return say("{name} (changed)", name=said) if more == " (changed)" else f"{said}{more}"


def by_item(result: Result, figures: Sequence[Figure], key: str, items: Iterable[str]) -> list[Column]:
    """A column for each item of the key, in one scenario."""
    found = []
    for item in items:
        own = tuple(one for one in figures if str(one.keys[key]).lower() == item.lower())
        known = own[0].keys[key] if own else None
        found.append(Column(item if known is None else result.said(key, known), result, own, (key, item.lower())))
    return found


def _differing(columns: Sequence[Column]) -> Iterator[Difference]:
    held = [_inputs(column) for column in columns]
    for key in dict.fromkeys(key for one in held for key in one):
        inputs = tuple(one.get(key) or _unused(key, column) for one, column in zip(held, columns, strict=True))
        if len(set(map(_compared, inputs))) > 1:
            first, column = next(pair for pair in zip(inputs, columns, strict=True) if pair[0] is not None)
            assert first is not None
            used = tuple(
                key in one or (item is not None and item.kind.form in ("choice", "switch"))
                for one, item in zip(held, inputs, strict=True)
            )
            yield Difference(_path(first, column), first.kind.unit, inputs, used)


def _compared(item: Input | None) -> Any:
    """What makes an input another one: its value, its range, the year of its prices and the index that it follows."""
    if item is None:
        return None
    return item.stated.value, item.stated.range, item.stated.price_year, item.stated.follows


def _unused(key: Key, column: Column) -> Input | None:
    """An input that stands in the column though its figures do not use it."""
    table, name, point = key
    own = tuple(pair for pair in column.figures[0].node.point if column.item and pair[0] == column.item[0])
    layouts = column.result.record.plan.layouts.values()
    found = (layout.find(name, (*own, *point)) for layout in layouts if table in ("common", layout.calculator.table))
    return next((item for item in found if item is not None), None) if column.figures else None


def _inputs(column: Column) -> dict[Key, Input]:
    """The inputs that the column's figures rest on, without the key that tells the columns apart."""
    horizon = (column.result.layout.find(name, ()) for name in column.result.calculator.horizon or ())
    used = (*column.result.used_by(column.figures), *(item for item in horizon if item is not None))
    return {_key(item, column): item for item in used}


def _key(item: Input, column: Column) -> Key:
    own = column.item
    point = tuple(pair for pair in item.point if own is None or pair[0] != own[0] or str(pair[1]).lower() != own[1])
    return item.path.split(".")[0], item.name, point


def _path(item: Input, column: Column) -> str:
    """The path; of one that stands in another row in each column, with a mark in the place of the key."""
    if column.item is None:
        return item.path
    axis, own = column.item
    key = next((str(value) for one, value in item.point if one == axis and str(value).lower() == own), None)
    return item.path if key is None else item.path.replace(f".{key}/", ".…/").replace(f".{key}.", ".….")


def _beside(columns: Sequence[Column]) -> Iterator[Beside]:
    held = [{_record(one, column): one for one in column.figures} for column in columns]
    for key in dict.fromkeys(key for one in held for key in one):
        yield Beside(tuple(one.get(key) for one in held))


def _record(figure: Figure, column: Column) -> Key:
    keys: Mapping[str, Any] = figure.keys
    return figure.figure, *(value for key, value in keys.items() if column.item is None or key != column.item[0])


def _unlike(columns: Sequence[Column], inputs: Sequence[Difference]) -> Iterator[str]:
    """Why what stands side by side is not the same kind of thing."""
    for one, other in pairwise(columns):
        head, next_head = one.result.scenario.head, other.result.scenario.head
        if head.year != next_head.year:
            told = {"first": one.called, "year": head.year, "other": other.called, "other_year": next_head.year}
            yield say("{first} is in {year} prices, {other} in {other_year} prices.", **told)
        if head.municipality != next_head.municipality:
            names = {"first": head.municipality, "other": next_head.municipality}
            if head.municipality.split()[:1] == next_head.municipality.split()[:1]:
                yield say("{first} and {other} share a name but do not cover the same area.", **names)
            else:
                yield say("{first} and {other} are municipalities that differ in size and need.", **names)
    spans = dict.fromkeys(
        say("{name} covers {years}", name=column.called, years=_years(column)) for column in columns if _years(column)
    )
    if len({_years(column) for column in columns}) > 1:
        yield say("{spans}: totals over the years are not comparable.", spans="; ".join(spans))
    for difference in inputs:
        values = dict.fromkeys(_said(columns[0].result, item) for item in difference.inputs if item is not None)
        if len(values) > 1 and any(item and item.kind.form in ("choice", "switch") for item in difference.inputs):
            named = _named(difference, columns)
            told = {"input": named[:1].upper() + named[1:], "values": "; ".join(values)}
            yield say("{input} differs ({values}), so the figures based on it are not fully comparable.", **told)


def _named(difference: Difference, columns: Sequence[Column]) -> str:
    """What people read for the input and its row, without the key that tells the columns apart."""
    item, column = next((item, one) for item, one in zip(difference.inputs, columns, strict=True) if item is not None)
    apart = column.item[0] if column.item else ""
    row = ", ".join(column.result.said(axis, key) for axis, key in item.point if axis != apart and key != "")
    label = say(column.result.calculator.label(item.name))
    return say("{label} ({row})", label=label, row=row) if row else label


def _years(column: Column) -> str:
    years = column.result.layout.years if column.result.calculator.horizon else ()
    return f"{years[0]}–{years[-1]}" if years else ""


def _said(result: Result, item: Input) -> str:
    value = item.stated.value
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return say(result.calculator.label(str(value))) if item.kind.form == "choice" else str(value)
