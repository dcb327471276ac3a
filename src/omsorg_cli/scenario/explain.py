"""Tells every fault of a scenario's data at once, in sentences. Imported only when there is one."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from omsorg_cli.core.errors import MOST_TOLD, nearest, shown
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, aliases, kinds
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import number_text

ROUNDS = 5
TOLD = ("inputs", "form", "unsound")
"""The kinds of faults that our own models tell."""
SENTENCES = {
    "string_type": phrase("found {found}; allowed: text"),
    "string_too_short": phrase("found {found}; allowed: text that is not empty"),
    "string_too_long": phrase("found {found}; allowed: shorter text"),
    "string_pattern_mismatch": phrase(
        "found {found}; allowed: letters, digits, _ and - (what people read goes into label)"
    ),
    "int_type": phrase("found {found}; allowed: a whole number"),
    "int_parsing": phrase("found {found}; allowed: a whole number"),
    "int_from_float": phrase("found {found}; allowed: a whole number"),
    "list_type": phrase("found {found}; allowed: a list"),
    "too_short": phrase("found {found}; allowed: at least one item"),
    "dict_type": phrase("found {found}; allowed: a table"),
    "model_type": phrase("found {found}; allowed: a table"),
    "model_attributes_type": phrase("found {found}; allowed: a table"),
}


def faults(
    model: type[BaseModel],
    data: Any,
    context: Mapping[str, Any],
    doubled: Sequence[tuple[Loc, str]],
    errors: Sequence[Any],
) -> tuple[list[tuple[Loc, str]], int]:
    """Every fault of the data, the doubled rows with them: where in it, and a sentence; and how many are not told.

    What one fault hides shows when the faulty part is taken out, so that is done until nothing new comes up, or so
    much is told that nobody would read more.
    """
    found: dict[Loc, list[str]] = {}
    attempt = copy.deepcopy(data)
    for loc, text in doubled[:MOST_TOLD]:
        found.setdefault(loc, []).append(text)
    more = len(doubled) - len(found)
    removed: set[Loc] = set()
    for number in range(ROUNDS):
        new = [one for one in (_errors(model, attempt, context) if number else errors) if not _follows(one, removed)]
        more += max(0, len(new) - MOST_TOLD)
        del new[MOST_TOLD:]
        faulty: set[Loc] = set()
        for one in new:
            loc = tuple(part for part in one["loc"] if part != "[key]")
            for inside, text in _told(model, one):
                found.setdefault((*loc, *inside), []).append(text)
                faulty.add(loc if one["type"] == "inputs" else (*loc, *inside))
        for loc in sorted(faulty, key=lambda loc: [str(part) for part in loc], reverse=True):
            _remove(attempt, loc)
        removed |= faulty
        if more or not new:
            break
    return [(loc, text) for loc, texts in found.items() for text in dict.fromkeys(texts)], more


def _errors(model: type[BaseModel], data: Any, context: Mapping[str, Any]) -> list[Any]:
    try:
        model.model_validate(data, context=dict(context))
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []


def _follows(one: Any, removed: set[Loc]) -> bool:
    """Whether the fault only comes from what was taken out before."""
    loc = tuple(one["loc"])
    if one["type"] == "missing":
        return loc in removed or loc[:-1] in removed
    if one["type"] == "form":
        return any(gone[: len(loc)] == loc for gone in removed)
    return one["type"] == "unsound" and all((*loc, *inside) in removed for inside, _ in one["ctx"]["faults"])


def _told(model: type[BaseModel], one: Any) -> Iterator[tuple[Loc, str]]:
    kind, loc = one["type"], tuple(one["loc"])
    if kind in TOLD:
        yield from one["ctx"]["faults"]
    elif kind == "extra_forbidden":
        yield (), say("is an unknown key. {hint}", hint=nearest(str(loc[-1]), _known(model, loc[:-1])))
    elif kind == "missing":
        yield (), _missing(model, loc)
    elif kind == "too_long":
        most = number_text(one["ctx"]["max_length"])
        yield (), say("found {found} of them; allowed: at most {most}", found=number_text(len(one["input"])), most=most)
    elif kind == "literal_error":
        yield (), say("found {found}; allowed: {allowed}", found=shown(one["input"]), allowed=one["ctx"]["expected"])
    else:
        yield (), _found(one)


def _found(one: Any) -> str:
    """What was found and what is allowed, with what would be right where that is plain."""
    found, template = shown(one["input"]), SENTENCES.get(one["type"])
    if template is None:
        return say("found {found}; allowed: {allowed}", found=found, allowed=_lowered(one["msg"]))
    return say("{fault}{hint}", fault=say(template, found=found), hint=_as_key(one))


def _as_key(one: Any) -> str:
    """What a name would be as a key, or a number as text."""
    if one["type"] == "string_pattern_mismatch":
        key = re.sub(r"[^A-Za-zÆØÅæøå0-9_-]+", "_", one["input"].strip()).strip("_").lower()
        return say('. Did you mean "{key}"?', key=key) if key else ""
    is_number = one["type"] == "string_type" and isinstance(one["input"], int) and not isinstance(one["input"], bool)
    return say(', such as "{code}"; a code keeps its zero as text', code=one["input"]) if is_number else ""


def _lowered(message: str) -> str:
    return message.removeprefix("Input should be ").removeprefix("Value should be ")


def _known(model: type[BaseModel], loc: Loc) -> list[str]:
    owner = _model_at(model, loc)
    return [field.alias or name for name, field in owner.model_fields.items()] if owner else []


def _missing(model: type[BaseModel], loc: Loc) -> str:
    owner = _model_at(model, loc[:-1])
    if owner is not None and issubclass(owner, Inputs):
        for name, kind in kinds(owner).items():
            if aliases(owner)[name] == loc[-1]:
                return say("is missing; allowed: {allowed}", allowed=kind.allowed_with_example)
    return say("is missing and must be stated")


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model that checks the place."""
    for part in loc:
        if isinstance(part, int) or not issubclass(model, BaseModel):
            continue
        inner = next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
        if inner is None:
            continue
        models = [arg for arg in getattr(inner.annotation, "__args__", ()) if isinstance(arg, type)]
        model = next((arg for arg in models if issubclass(arg, BaseModel)), model)
    return model


def _remove(data: Any, loc: Loc) -> None:
    if not loc:
        return
    *way, last = loc
    for part in way:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict):
        data.pop(last, None)
    elif isinstance(data, list) and isinstance(last, int) and last < len(data):
        data[last] = {}
