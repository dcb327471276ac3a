"""Checks a scenario's data against a model."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from omsorg_cli.core.errors import shown
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, aliases, row_text, tables
from omsorg_cli.core.language import in_series, say


class Validated(NamedTuple):
    """The model of the data; or none and every fault, where in the data and a sentence, and how many are not told."""

    instance: Any
    faults: Sequence[tuple[Loc, str]] = ()
    more: int = 0


def validated(model: type[BaseModel], data: Any, context: Mapping[str, Any]) -> Validated:
    """The data checked against the model."""
    doubled = list(doubles(model, data))
    errors: list[Any] = []
    try:
        instance = model.model_validate(data, context=dict(context))
    except ValidationError as error:
        errors = list(error.errors(include_url=False))
    else:
        if not doubled:
            return Validated(instance)
    from omsorg_cli.scenario.explain import faults

    return Validated(None, *faults(model, data, context, doubled, errors))


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
                told = {"keys": in_series(table.row.keys), "item": shown(text)}
                yield (*loc, field, index), say("has the same {keys} as an earlier item: {item}", **told)
            seen[text.lower()] = index
            yield from doubles(table.row, row, (*loc, field, index))
