"""Checks a scenario's data against a model."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from omsorg_cli.core.errors import shown
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, aliases, row_text, tables
from omsorg_cli.core.language import say


def validated(model: type[BaseModel], data: Any, context: Mapping[str, Any]) -> tuple[Any, list[tuple[Loc, str]]]:
    """The model of the data, or None and every fault: where in the data, and a sentence."""
    doubled = list(doubles(model, data))
    try:
        instance = model.model_validate(data, context=dict(context))
    except ValidationError:
        instance = None
    if instance is not None and not doubled:
        return instance, []
    from omsorg_cli.scenario.explain import faults

    return None, faults(model, data, context, doubled)


def _and(names: Sequence[str]) -> str:
    *before, last = names
    return say("{first} and {last}", first=", ".join(before), last=last) if before else last


def doubles(model: type[BaseModel], data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Rows with the same keys as an earlier one."""
    if not issubclass(model, Inputs) or not isinstance(data, dict):
        return
    for name, table in tables(model).items():
        field = aliases(model)[name]
        held = data.get(field)
        seen: dict[str, int] = {}
        for index, row in enumerate(held if isinstance(held, list) else ()):
            if not isinstance(row, dict):
                continue
            text = row_text(table, row, index)
            if text.lower() in seen:
                told = {"keys": _and(table.row.keys), "item": shown(text)}
                yield (*loc, field, index), say("has the same {keys} as an earlier item: {item}", **told)
            seen[text.lower()] = index
            yield from doubles(table.row, row, (*loc, field, index))
