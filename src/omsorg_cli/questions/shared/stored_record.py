"""What a stored record must be so that it can be recomputed: whole, of the right kinds, and not more than is read."""

import json
import math
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    ValidationError,
    model_validator,
)

from omsorg_cli.calculators import NAMES, join_others, load
from omsorg_cli.core.errors import OmsorgError, nearest, shown, why_of
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import brief
from omsorg_cli.core.numbers import number_text
from omsorg_cli.core.reading import gone, nowhere, remember
from omsorg_cli.scenario.read import STANDARD_INPUT, whole_object

FORMAT = "omsorg.result/1"
MAX_BYTES = 32_000_000
MAX_VALUES = 1_000_000
"""Values of a record: as many as its bytes hold where they are laid out as they are written."""
MAX_ASKED, MAX_LETTERS = 1_000, 4_096
"""What may be changed by one list, and the letters of what is asked for."""
MAX_SHORT = 100
"""Letters of a short text, and keys of a small table."""
MAX_DRAWS = 10_000_000
TOO_MUCH = ("too_long", "string_too_long", "less_than_equal")
"""What Pydantic calls more than is allowed."""


def _short(text: str) -> str:
    if len(text) > MAX_SHORT:
        raise ValueError(MAX_SHORT)
    return text


def _small(table: Any) -> Any:
    """The table as it is, before each of its keys is a fault."""
    if isinstance(table, dict) and len(table) > MAX_SHORT:
        raise ValueError(MAX_SHORT)
    return table


Short = Annotated[str, AfterValidator(_short)]
Small = BeforeValidator(_small)


def _named(found: Any) -> str:
    """A text, which may be the name of a file that is no Unicode: pydantic's own texts may not."""
    if not isinstance(found, str) or len(found) > MAX_LETTERS:
        raise ValueError("no text, or too long")
    return found


Named = Annotated[Any, AfterValidator(_named)]
Asked = Annotated[str, Field(max_length=MAX_LETTERS)]
ListAsked = Annotated[list[Asked], Field(max_length=MAX_ASKED), FailFast()]


class _Part(BaseModel):
    """A part of a record; what else it has is found when it is compared."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _File(BaseModel):
    """A file that the scenario had rows from."""

    model_config = ConfigDict(strict=True, extra="forbid")

    file: Asked
    sha256: Short


class ScenarioAsked(_Part):
    """What was asked of which scenario."""

    name: Named
    file: Asked
    sha256: Short
    overlays: ListAsked
    set: ListAsked
    given: Annotated[dict[str, Asked], Field(max_length=1), Small]
    files: Annotated[list[_File], FailFast()] = []


class _MadeWith(BaseModel):
    """What the last digit of a figure depends on."""

    model_config = ConfigDict(strict=True, extra="forbid")

    python: Short
    machine: Short


class Question(BaseModel):
    """What was asked of the figures beside what they are, where a workbook has a sheet of it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    verb: Literal["simulate", "sensitivity", "compare"]
    numpy: Short
    draws: int = Field(1, ge=1, le=MAX_DRAWS)
    seed: int = Field(1, ge=0)
    only_ranged: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> "Question":
        """Whether it says what its verb asks for, and nothing that it does not."""
        if self.model_fields_set != {"verb", "numpy", *OF_VERBS[self.verb]}:
            raise ValueError(self.verb)
        return self


OF_VERBS = {"simulate": ("draws", "seed"), "sensitivity": ("only_ranged",), "compare": ()}


def _known(name: str) -> str:
    if name not in NAMES:
        join_others()
    if name not in NAMES:
        raise ValueError(nearest(name, NAMES))
    return name


def _moment(text: str) -> str:
    datetime.fromisoformat(text)
    return text


class Stored(_Part):
    """The parts of a record from which it can be recomputed."""

    format: Literal["omsorg.result/1"]
    version: Short
    made_with: Annotated[_MadeWith, Small]
    calculator: Annotated[Short, AfterValidator(_known)]
    scenario: ScenarioAsked
    shown: Annotated[dict[str, Annotated[list[Asked], FailFast()]], Small]
    only: Annotated[list[Asked], FailFast()] = []
    question: Annotated[Question | None, Small] = None
    figures: Annotated[list[dict[str, Any]], FailFast()]
    digest: Short
    time: Annotated[Short, AfterValidator(_moment)] | None = None


def called(path: Path) -> str:
    """What the file is called in messages."""
    return say("standard input") if str(path) == STANDARD_INPUT else brief(str(path))


def content_of(path: Path) -> bytes:
    """The bytes of the file, or of standard input for `-`, if they are not too many."""
    told = called(path)
    try:
        if str(path) == STANDARD_INPUT and sys.stdin is not None:
            remember(sys.stdin.buffer)
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as file:
                remember(file)
                content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and not path.is_absolute() and nowhere():
            raise OmsorgError(gone(told)) from None
        raise OmsorgError(say("{path} cannot be read: {why}.", path=told, why=why_of(error))) from None
    if len(content) > MAX_BYTES:
        raise _too_large(told)
    return content


def _too_large(told: str) -> OmsorgError:
    most = MAX_BYTES // 1_000_000
    return OmsorgError(say("{path} is larger than {most} MB, the most that a result may be.", path=told, most=most))


def record_in(content: bytes, told: str) -> dict[str, Any]:
    """The record that the bytes are in JSON."""
    try:
        found = loaded(content.decode("utf-8-sig"), told)
    except RecursionError:
        raise OmsorgError(too_deep(told)) from None
    except ValueError:
        raise OmsorgError(say("{path} is not a result in JSON.", path=told)) from None
    if not isinstance(found, dict):
        raise OmsorgError(say("{path} is not a result in JSON.", path=told))
    if (kind := found.get("format")) != FORMAT:
        raise OmsorgError(
            say("{path}: found the format {found}; allowed: {allowed}.", path=told, found=shown(kind), allowed=FORMAT)
        )
    return found


def loaded(text: str, told: str) -> Any:
    """The JSON as it stands: no number that is none, no key that hides another, and not more than is read."""
    if len(text) > MAX_BYTES:
        raise _too_large(told)
    if text.count(",") > MAX_VALUES:
        most = number_text(MAX_VALUES)
        raise OmsorgError(
            say("{path} has more than {most} values, the most that a result may have.", path=told, most=most)
        )
    return json.loads(text, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=whole_object)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    return number if math.isfinite(number := float(text)) else _no_number(text)


def too_deep(told: str) -> str:
    """What is told of a record whose parts stand inside each other without an end."""
    return say("{path} is nested too deeply to be a result.", path=told)


def checked(told: str, record: Mapping[str, Any], *, in_workbook: bool) -> Stored:
    """The parts of the record from which it can be recomputed; that it has others is no result.

    Only the record of a workbook has a question: that of a sheet, which is compared with it.
    """
    try:
        stored = Stored.model_validate({key: record[key] for key in record if in_workbook or key != "question"})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where, limits = ".".join(map(str, first["loc"])), first.get("ctx", {})
        if first["type"] in TOO_MUCH:
            most = number_text(limits["le" if "le" in limits else "max_length"])
            raise OmsorgError(
                say("{path}: {part} is more than is recalculated ({most} at most).", path=told, part=where, most=most)
            ) from None
        raise _not_whole(told, where) from None
    if "time" in record and stored.time is None:
        raise _not_whole(told, "time")
    if where := _unknown_part(stored):
        raise _not_whole(told, where)
    return stored


def _not_whole(told: str, where: str) -> OmsorgError:
    return OmsorgError(
        say(
            "{path} is not a whole result: {part} is not there or not as omsorg writes it.",
            path=told,
            part=brief(where),
        )
    )


def _unknown_part(stored: Stored) -> str:
    """The part that the calculator does not know, if there is one."""
    known = load(stored.calculator)
    if not set(stored.scenario.given) <= set(known.bare):
        return "scenario.given"
    if not set(stored.shown) <= set(known.keys):
        return "shown"
    wrong = (at for at, row in enumerate(stored.figures) if not _is_figure(row, known.keys))
    return next((f"figures.{at}" for at in wrong), "")


def _is_figure(row: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    """Whether the row says which figure it is, and of which row."""
    return isinstance(row.get("figure"), str) and all(isinstance(row.get(key), str | int | None) for key in keys)
