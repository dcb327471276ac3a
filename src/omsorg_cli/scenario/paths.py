"""Resolves the path of an input, as options and overlays write it, to its places in a scenario's data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from omsorg_cli.core.errors import OmsorgError, nearest, plain
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Table, aliases, kinds, row_text, tables
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import MEASURED
from omsorg_cli.core.units import ROWS_UNIT

ATTRIBUTES = ("range", "shape", "coverage", "price_year", "follows")


class PathError(OmsorgError):
    """The path names nothing that can be changed."""


def _not_there(path: str, name: str, known: Iterable[str]) -> str:
    return say("There is no input {path}. {hint}", path=path, hint=nearest(name, known))


@dataclass(frozen=True, slots=True)
class Target:
    """One place that a path means: where it is, what may be there, and which part of the input is meant."""

    loc: Loc
    path: str
    kind: Kind
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    key: str | int
    text: str
    row: dict[str, Any]


def targets(model: type[Inputs], data: Any, segments: Sequence[str], loc: Loc, path: str) -> list[Target]:
    """Every place that the segments mean inside a table of that model."""
    data = data if isinstance(data, dict) else {}
    name, *rest = segments
    fields = {alias: field for field, alias in aliases(model).items()}
    if name not in fields:
        raise PathError(_not_there(f"{path}.{plain(name)}", name, fields))
    kind = kinds(model).get(fields[name])
    table = tables(model).get(fields[name])
    if kind is not None:
        return [_leaf((*loc, name), f"{path}.{name}", kind, rest)]
    if table is None:
        raise PathError(say("{path} is a name, which cannot be changed.", path=f"{path}.{name}"))
    return list(_in_table(table, data.get(name), rest, (*loc, name), f"{path}.{name}"))


def _leaf(loc: Loc, path: str, kind: Kind, rest: Sequence[str]) -> Target:
    if not rest:
        return Target(loc, path, kind)
    if len(rest) > 1 or rest[0] not in ATTRIBUTES:
        raise PathError(_not_there(f"{path}.{plain('.'.join(rest))}", rest[0], ATTRIBUTES))
    return Target(loc, path, kind, rest[0])


def _in_table(table: Table, data: Any, rest: list[str], loc: Loc, path: str) -> Iterator[Target]:
    if not rest:
        raise PathError(say("{path} is a table; name an input in it.", path=path))
    items = list(_items(table, data))
    if not items:
        raise PathError(say("{path} is not there: the scenario has no such rows.", path=path))
    first, *left = rest
    if chosen := _of_name(items, first):
        yield from _in_rows(table, chosen, rest, left, loc, path)
    elif holders := _holders(items, first):
        for item in holders:
            yield from _counted(_nested(table, item, [first[len(item.text) + 1 :], *left], loc, path), item.row)
    elif first in _fields(table):
        yield from _in_rows(table, items, rest, rest, loc, path)
    else:
        texts = [item.text for item in items]
        known = [*texts, *(text.split("/")[0] for text in texts), *_fields(table)]
        raise PathError(_not_there(f"{path}.{plain(first)}", first, known))


def _of_name(items: Sequence[_Item], name: str) -> list[_Item]:
    """The items of that name, or whose name begins with it and a slash."""
    return [item for item in items if f"{item.text}/".lower().startswith(f"{name}/".lower())]


def _holders(items: Sequence[_Item], name: str) -> list[_Item]:
    """The items that have a part of that name: of a/b/c, the item a/b and not a."""
    found = [item for item in items if name.lower().startswith(f"{item.text}/".lower())]
    longest = max((len(item.text) for item in found), default=0)
    return [item for item in found if len(item.text) == longest]


def _in_rows(
    table: Table, items: Sequence[_Item], rest: list[str], left: list[str], loc: Loc, path: str
) -> Iterator[Target]:
    """The input in each of the items; where none of them was named, in those that have it."""
    if not left:
        item = f"{path}.{plain(rest[0])}"
        if not _fields(table):
            raise PathError(say("{item} is an item, and has no input that can be changed.", item=item))
        example = f"{item}.{_fields(table)[0]}"
        raise PathError(say("{item} is an item; name an input in it, such as {example}.", item=item, example=example))
    found = [target for item in items for target in _or_none(table, item, left, loc, path, every=left is rest)]
    if not found:
        raise PathError(say("{path} is not there: no item has it.", path=f"{path}.{plain('.'.join(rest))}"))
    yield from found


def _counted(found: Iterator[Target], row: Mapping[str, Any]) -> Iterator[Target]:
    """The places in the row; what is counted in its unit may be what that unit allows."""
    raw = row.get("unit")
    unit = raw.value if isinstance(raw, Stated) else raw.get("value") if isinstance(raw, dict) else raw
    for one in found:
        kind = MEASURED.get(str(unit)) if one.kind.unit == ROWS_UNIT else None
        yield one if kind is None else replace(one, kind=kind)


def _or_none(table: Table, item: _Item, left: list[str], loc: Loc, path: str, *, every: bool) -> list[Target]:
    """The places in the item; where every item is meant, one without such rows is passed over."""
    try:
        return list(_counted(_in_row(table, item, left, loc, path), item.row))
    except PathError:
        if every and left[0] in [aliases(table.row)[name] for name in tables(table.row)]:
            return []
        raise


def _in_row(table: Table, item: _Item, left: list[str], loc: Loc, path: str) -> Iterator[Target]:
    """The input in the row, and in each row below that has its own in place of it.

    A row of a table such as the phases is its own table's alone: what a part has in place of the table has other rows.
    """
    here = (*loc, item.key)
    text = f"{path}.{item.text}"
    if _names_row(table, item, left):
        yield from targets(table.row, item.row, left, here, text)
        return
    below = [
        (name, one, inner)
        for name, inner in _keyed(table)
        for one in _items(inner, item.row.get(name))
        if left[0] in one.row or left[0] not in aliases(table.row).values()
    ]
    own = left[0] in aliases(table.row).values()
    covered = (
        bool(below)
        and left[0] not in item.row
        and all(left[0] in one.row for name, inner in _keyed(table) for one in _items(inner, item.row.get(name)))
    )
    if own and not covered:
        yield from targets(table.row, item.row, left, here, text)
    for name, one, inner in below:
        yield from targets(inner.row, one.row, left, (*here, name, one.key), f"{text}/{one.text}")
    if not own and not below:
        raise PathError(_not_there(f"{text}.{plain(left[0])}", left[0], _fields(table)))


def _names_row(table: Table, item: _Item, left: Sequence[str]) -> bool:
    """Whether a row is named of a table that the item has."""
    fields = {alias: field for field, alias in aliases(table.row).items()}
    inner = tables(table.row).get(fields.get(left[0], ""))
    return inner is not None and bool(_of_name(list(_items(inner, item.row.get(left[0]))), "".join(left[1:2])))


def _nested(table: Table, item: _Item, rest: list[str], loc: Loc, path: str) -> Iterator[Target]:
    """The input in a part of the item, in whichever of its tables the part is."""
    text = f"{path}.{item.text}"
    wanted = rest[0].lower()
    parts = [(name, inner, one) for name, inner in _keyed(table) for one in _items(inner, item.row.get(name))]
    chosen = [part for part in parts if part[2].text.lower() == wanted]
    if not chosen:
        known = [one.text for _, _, one in parts]
        there = f"{text}/{plain(rest[0])}"
        if known:
            raise PathError(_not_there(there, rest[0], known))
        raise PathError(say("{path} is not there: {item} has no parts.", path=there, item=item.text))
    for name, inner, one in chosen:
        if len(rest) < 2:
            raise PathError(say("{path} is an item; name an input in it.", path=f"{text}/{one.text}"))
        yield from targets(inner.row, one.row, rest[1:], (*loc, item.key, name, one.key), f"{text}/{one.text}")


def _keyed(table: Table) -> list[tuple[str, Table]]:
    names = aliases(table.row)
    return [(names[name], inner) for name, inner in tables(table.row).items() if inner.row.keys]


def _fields(table: Table) -> tuple[str, ...]:
    names = aliases(table.row)
    found = [names[name] for name in (*kinds(table.row), *tables(table.row))]
    for _, inner in _keyed(table):
        found += [aliases(inner.row)[name] for name in kinds(inner.row)]
    return tuple(dict.fromkeys(found))


def _items(table: Table, data: Any) -> Iterator[_Item]:
    if table.named:
        for name, row in (data if isinstance(data, dict) else {}).items():
            yield _Item(name, name, row if isinstance(row, dict) else {})
        return
    for index, row in enumerate(data if isinstance(data, list) else []):
        if isinstance(row, dict):
            yield _Item(index, row_text(table, row, index), row)


def path_of(model: type[Inputs], data: Any, loc: Loc, path: str) -> str:
    """The path that people read for a place in the data."""
    if not loc or not isinstance(data, dict):
        return ".".join((path, *map(str, loc)))
    name, *rest = loc
    by_alias = {alias: field for field, alias in aliases(model).items()}
    table = tables(model).get(by_alias.get(str(name), ""))
    held = data.get(str(name))
    if table is None or not rest or not isinstance(held, dict if table.named else list):
        return ".".join((path, *map(plain, map(str, loc))))
    key, *left = rest
    row = held.get(key) if isinstance(held, dict) else held[int(key)] if isinstance(key, int) else None
    row = row if isinstance(row, dict) else {}
    text = str(key) if table.named else row_text(table, row, int(key) if isinstance(key, int) else 0)
    nested = bool(table.row.keys) and "/" not in path and path.count(".") >= 2
    joined = f"{path}/{plain(text)}" if nested else f"{path}.{name}.{plain(text)}"
    return path_of(table.row, row, tuple(left), joined)
