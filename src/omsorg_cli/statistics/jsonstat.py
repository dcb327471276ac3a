"""Reads json-stat2: values in a list or sparse, dimensions in any order, symbols, units and notes kept."""

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from omsorg_cli.core.errors import shown
from omsorg_cli.core.language import say
from omsorg_cli.statistics.dataset import MOST_CELLS, Dataset, Dimension, UnreadableError, table_of


def read(content: bytes, name: str) -> Dataset:
    """The table in a json-stat2 answer; `name` is what messages call it."""
    data = load(content, name)
    with _sound(data, name):
        return _dataset(data, name)


def described(content: bytes, name: str) -> list[tuple[Dimension, bool]]:
    """Each dimension of a table by its metadata, and whether it may be left out of a question."""
    data = load(content, name)
    with _sound(data, name):
        return [
            (_dimension(code, data["dimension"][code]), _may_be_left_out(data["dimension"][code]))
            for code in data["id"]
        ]


def _may_be_left_out(told: Mapping[str, Any]) -> bool:
    return bool((told.get("extension") or {}).get("elimination"))


@contextmanager
def _sound(data: Any, name: str) -> Iterator[None]:
    """What is not as json-stat2 has it is told in a sentence."""
    if not isinstance(data, dict) or data.get("class") != "dataset":
        raise UnreadableError(say("{name} is JSON, but no table in json-stat2 (class dataset).", name=name))
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError) as error:
        raise _broken(name, f"{type(error).__name__} {error}") from None


def load(content: bytes, name: str) -> Any:
    """JSON, or a sentence about what came in its place."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        start = content.lstrip()[:200].lower()
    if not start:
        raise UnreadableError(say("{name} is empty.", name=name))
    if start.startswith(b"<"):
        raise UnreadableError(
            say("{name} is a web page (HTML), not data; a proxy or a login page may have answered.", name=name)
        )
    raise UnreadableError(say("{name} is not whole JSON; it may have been cut off on the way.", name=name))


def _broken(name: str, what: str) -> UnreadableError:
    return UnreadableError(say("{name} is not sound json-stat2: {what}.", name=name, what=what))


def _dataset(data: Mapping[str, Any], name: str) -> Dataset:
    dimensions = tuple(_dimension(code, data["dimension"][code]) for code in data["id"])
    sizes = [len(one.labels) for one in dimensions]
    if sizes != list(data["size"]):
        raise _broken(name, f"size {shown(str(data['size']))} ≠ {sizes}")
    count = math.prod(sizes)
    if count > MOST_CELLS:
        raise _broken(name, f"{count} > {MOST_CELLS}")
    title = str(data.get("label", ""))
    table = str(data.get("extension", {}).get("px", {}).get("tableid", "")) or table_of(title)
    return Dataset(
        table=table,
        title=title,
        dimensions=dimensions,
        values=[_number(one, name) for one in _spread(data["value"], count, name)],
        symbols={
            at: _symbol(one, name) for at, one in enumerate(_spread(data.get("status") or {}, count, name)) if one
        },
        updated=str(data.get("updated") or ""),
        notes=tuple(_notes(data, dimensions)),
    )


def _dimension(code: str, told: Mapping[str, Any]) -> Dimension:
    category = told["category"]
    labels = category.get("label") or {}
    index = category.get("index", list(labels))
    codes = index if isinstance(index, list) else sorted(index, key=index.__getitem__)
    units = {one: str(unit.get("base", "")) for one, unit in (category.get("unit") or {}).items()}
    return Dimension(code, str(told.get("label", code)), {one: str(labels.get(one, one)) for one in codes}, units)


def _spread(told: Any, count: int, name: str) -> list[Any]:
    """One for each cell: from a list, from an object by place, or one that holds of all."""
    if isinstance(told, list):
        if len(told) != count:
            raise _broken(name, f"{len(told)} values ≠ {count}")
        return told
    if isinstance(told, str):
        return [told] * count
    found: list[Any] = [None] * count
    for place, value in told.items():
        if not 0 <= int(place) < count:
            raise _broken(name, f"place {shown(place)} > {count - 1}")
        found[int(place)] = value
    return found


def _number(value: Any, name: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _broken(name, f"value {shown(value)}")
    return value


def _symbol(told: Any, name: str) -> str:
    if not isinstance(told, str):
        raise _broken(name, f"status {shown(told)}")
    return told


def _notes(data: Mapping[str, Any], dimensions: tuple[Dimension, ...]) -> list[str]:
    """The notes that must be shown: of the table, and of its dimensions."""
    places = [data, *(data["dimension"][one.code] for one in dimensions)]
    return [
        str(place["note"][int(number)])
        for place in places
        for number, must in ((place.get("extension") or {}).get("noteMandatory") or {}).items()
        if must
    ]
