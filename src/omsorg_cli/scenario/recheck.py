"""A table of a scenario once more with other values in it, of which only what lies around these is checked anew."""

from collections.abc import Callable, Sequence
from typing import Any

from omsorg_cli.core.input_types import Loc, Stated
from omsorg_cli.core.inputs import Inputs, aliases, tables


def kept(data: Any, checked: Inputs, locs: Sequence[Loc]) -> Any:
    """The data with rows as they were checked, but for those on the way to the places, which stay data."""
    if not locs or not isinstance(data, dict):
        return data if locs else checked
    fields = {alias: name for name, alias in aliases(type(checked)).items()}
    found = {}
    for key, held in data.items():
        name = fields[key]
        inside = [loc[1:] for loc in locs if loc[0] == key]
        if name in tables(type(checked)):
            found[key] = _rows(held, getattr(checked, name), inside)
        else:
            stated = getattr(checked, name)
            found[key] = stated if isinstance(stated, Stated) else held
    return found


def _rows(data: Any, checked: Any, locs: Sequence[Loc]) -> Any:
    """The same of the rows of a table."""

    def row(key: Any) -> Any:
        return kept(data[key], checked[key], [loc[1:] for loc in locs if loc[0] == key])

    return {key: row(key) for key in data} if isinstance(data, dict) else [row(at) for at in range(len(data))]


def replaced(data: Any, loc: Loc, change: Callable[[Any], Any]) -> Any:
    """The data with what stands in that place changed, and all beside the way to it shared."""
    if not loc:
        return change(data)
    first, rest = loc[0], loc[1:]
    if isinstance(data, list):
        return [*data[: int(first)], replaced(data[int(first)], rest, change), *data[int(first) + 1 :]]
    held = data or {}
    return {**held, first: replaced(held.get(first), rest, change)}
