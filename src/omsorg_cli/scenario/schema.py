"""The JSON Schema of a scenario, made from the models; for editors also in draft 4."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from omsorg_cli.calculators import load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.inputs import Inputs, aliases, kinds, tables
from omsorg_cli.scenario.load import TABLES
from omsorg_cli.scenario.model import Head, Notice, Published, Source
from omsorg_cli.scenario.rows import KEYS

DRAFTS = {"2020-12": "https://json-schema.org/draft/2020-12/schema", "4": "http://json-schema.org/draft-04/schema#"}


def schema(draft: str = "2020-12") -> dict[str, Any]:
    """The schema of a whole scenario, with every calculator's table."""
    models: dict[str, type[Inputs]] = {table: load(name).inputs for table, name in TABLES.items()}
    tops: list[type[BaseModel]] = [Head, *models.values()]
    refs, held = models_json_schema([(model, "validation") for model in tops])
    definitions: dict[str, Any] = held["$defs"]
    described: list[type[BaseModel]] = [Source, Published, Notice]
    described += [one for top in models.values() for _, one in rows(top)]
    for model in described:
        _describe(_definition(definitions, model), model)
    for _, inputs in (one for top in models.values() for one in rows(top)):
        _allow_files(_definition(definitions, inputs), inputs)
    head = definitions.pop("Head")
    properties = dict(head["properties"])
    properties |= {table: refs[model, "validation"] for table, model in models.items()}
    properties["common"] = {"type": "object", "properties": _common(models), "additionalProperties": False}
    whole: dict[str, Any] = {
        "$schema": DRAFTS[draft],
        "title": "A scenario of omsorg",
        "type": "object",
        "properties": properties,
        "required": head["required"],
        "additionalProperties": False,
        "$defs": definitions,
    }
    told: dict[str, Any] = _without_defaults(whole)
    return _draft4(told) if draft == "4" else told


def _definition(definitions: dict[str, Any], model: type[BaseModel]) -> Any:
    """The model's definition: by its name, or with its module where models of several modules have one name."""
    within_module = f"{model.__module__}.{model.__qualname__}".replace(".", "__")
    return definitions.get(within_module) or definitions[model.__name__]


def _describe(definition: dict[str, Any], model: type[BaseModel]) -> None:
    names = {name: field.alias or name for name, field in model.model_fields.items()}
    units = {name: kind.allowed for name, kind in kinds(model).items()} if issubclass(model, Inputs) else {}
    for name, text in descriptions(model).items():
        unit = f" Allowed: {units[name]}." if name in units else ""
        definition["properties"][names[name]]["description"] = text + unit


def _allow_files(definition: dict[str, Any], model: type[Inputs]) -> None:
    """The rows of a table may stand in a file instead."""
    texts = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
    special = {"columns": texts["anyOf"][1], "unit": texts, "each": {"type": "object"}}
    properties = {key: special.get(key, {"type": "string"}) for key in KEYS}
    file = {"type": "object", "properties": properties, "required": ["rows"], "additionalProperties": False}
    for name in tables(model):
        held = definition["properties"][aliases(model)[name]]
        if "anyOf" not in held:
            held["anyOf"] = [{key: held.pop(key) for key in [*held] if key not in ("description", "title")}, file]


def _common(models: dict[str, type[Inputs]]) -> dict[str, Any]:
    """The inputs that a scenario may state once for all: those that formulas and scenarios call alike."""
    found: dict[str, Any] = {}
    for top in models.values():
        for _, model in rows(top):
            for name, kind in kinds(model).items():
                if aliases(model)[name] == name and name not in tables(model):
                    found.setdefault(name, kind.json_schema())
    return found


def _without_defaults(node: Any) -> Any:
    """Defaults are told in the descriptions; as values they would be the program's own."""
    if isinstance(node, dict):
        return {key: _without_defaults(one) for key, one in node.items() if key != "default" or isinstance(one, dict)}
    return [_without_defaults(one) for one in node] if isinstance(node, list) else node


def _draft4(node: Any) -> Any:
    if isinstance(node, list):
        return [_draft4(one) for one in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
    found = {key.replace("$defs", "definitions"): _draft4(one) for key, one in node.items() if key != "propertyNames"}
    if isinstance(found.get("exclusiveMinimum"), int | float) and not isinstance(found["exclusiveMinimum"], bool):
        found |= {"minimum": found["exclusiveMinimum"], "exclusiveMinimum": True}
    if "const" in found:
        found["enum"] = [found.pop("const")]
    return found
