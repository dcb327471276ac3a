"""Checks a scenario's data against a model."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from omsorg_cli.core.inputs import Inputs, row_text, tables
from omsorg_cli.core.kinds import Loc


def validated(model: type[BaseModel], data: Any, context: Mapping[str, Any]) -> tuple[Any, list[tuple[Loc, str]]]:
    """The model of the data, or None and every fault: where in the data, and a sentence."""
    try:
        instance = model.model_validate(data, context=dict(context))
    except ValidationError:
        instance = None
    if instance is not None and not has_doubles(instance):
        return instance, []
    from omsorg_cli.scenario.explain import faults

    return None, faults(model, data, context)


def has_doubles(model: BaseModel) -> bool:
    """Whether rows have the same keys."""
    if not isinstance(model, Inputs):
        return False
    for name, table in tables(type(model)).items():
        held = getattr(model, name)
        rows = list(held.values()) if table.named else held
        texts = [row_text(table, {key: getattr(row, key) for key in table.row.keys}, i) for i, row in enumerate(rows)]
        if len({text.lower() for text in texts}) < len(texts) or any(map(has_doubles, rows)):
            return True
    return False
