"""Whether a stored result still holds: its seal, and the whole record recomputed as it was asked for.

The digest is of the record's content, not of its layout: a file that was only indented anew is the same record. It is
no signature; who changes a record can work out another. That is why everything is recomputed as well.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from omsorg_cli.calculators import NAMES, join_others, load
from omsorg_cli.core.errors import OmsorgError, nearest, plain, shown, why_of
from omsorg_cli.core.language import ENGLISH, Said, say, spoken
from omsorg_cli.core.reading import gone, nowhere, remember
from omsorg_cli.core.seal import canonical, digest_of
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.result import Figure, Result, result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import STANDARD_INPUT, Text, read, whole_object

FORMAT = "omsorg.result/1"
CLOSE = 1e-9
"""By how much of itself a number may differ and still be the same, where another version or machine made it."""
MAX_BYTES = 32_000_000
MADE_BY = ("version", "made_with")
SET_APART = ("digest", "time")
"""What is no outcome of the run: the seal itself, and when it was."""
NAMES_OF_ROWS = ("figure", "input", "what")
"""What a row of a record is called by."""
MOST_LINES = 12
"""Lines that a verdict shows of itself where nobody asks for all of them."""
ABSENT = object()

RecordOf = Callable[[Result, tuple[Figure, ...], Mapping[str, tuple[str, ...]], str | None], dict[str, Any]]
"""What makes the record of a result: of the figures that are shown, by which keys, and when."""


class _File(BaseModel):
    """A file that the scenario had rows from."""

    model_config = ConfigDict(strict=True, extra="allow")

    file: str
    sha256: str


class _Scenario(BaseModel):
    """What was asked of which scenario."""

    model_config = ConfigDict(strict=True, extra="allow")

    name: str
    sha256: str
    overlays: list[str]
    set: list[str]
    given: dict[str, str]
    files: list[_File] = []


def _known(name: str) -> str:
    if name not in NAMES:
        join_others()
    if name not in NAMES:
        raise ValueError(nearest(name, NAMES))
    return name


CalculatorName = Annotated[str, AfterValidator(_known)]


class Question(BaseModel):
    """What was asked of the figures beside what they are, where a workbook has a sheet of it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    verb: Literal["simulate", "sensitivity", "compare"]
    draws: int = 1
    seed: int = 1
    only_ranged: bool = False
    numpy: str = ""


class _Stored(BaseModel):
    """The parts of a record from which it can be recomputed."""

    model_config = ConfigDict(strict=True, extra="allow")

    format: Literal["omsorg.result/1"]
    version: str
    made_with: dict[str, str]
    calculator: CalculatorName
    scenario: _Scenario
    shown: dict[str, list[str]]
    only: list[str] = []
    question: Question | None = None
    figures: list[dict[str, Any]]
    digest: str
    time: str | None = None


class Again(NamedTuple):
    """A stored result that was run again."""

    result: Result
    figures: tuple[Figure, ...]
    stored: _Stored
    text: Text


@dataclass(frozen=True, slots=True, repr=False)
class Recomputed:
    """What a stored result says, and in what the record differs that comes out now."""

    name: str
    sealed: bool
    same_scenario: bool
    exact: bool
    made_by: str
    count: int
    differing: tuple[str, ...]
    again: Again | None = None
    """The run that it was recomputed by; none where it cannot be."""

    @property
    def holds(self) -> bool:
        """Whether it is as it was written, and comes out so again."""
        return self.sealed and not self.differing

    def lines(self) -> Iterator[str]:
        """What is told, a line each."""
        yield self._verdict()
        yield from self.reasons()

    def reasons(self) -> Iterator[str]:
        """What is told after whether it holds: how it was compared, and each field that differs."""
        if not self.sealed or (self.exact and self.same_scenario and self.differing):
            yield say("The record was changed after it was made.")
        if not self.same_scenario:
            yield say("The scenario's text has changed since.")
        if self.exact:
            yield say("Every field was compared, to the last digit.")
        else:
            yield say(
                "Every field was compared, numbers to a billionth: it was made by {made_by}.", made_by=self.made_by
            )
        yield from self.differing

    def __repr__(self) -> str:
        """What is told, in short."""
        return in_short(self.lines())

    def _verdict(self) -> Said:
        if self.holds:
            return say("{name} holds. Figures recomputed: {number}.", name=self.name, number=self.count)
        return say("{name} no longer holds. Figures recomputed: {number}.", name=self.name, number=self.count)


def in_short(lines: Iterable[str]) -> str:
    """The first of the lines, and whether there are more."""
    told = list(lines)
    return "\n".join((*told[:MOST_LINES], *("…" for _ in told[MOST_LINES : MOST_LINES + 1])))


def recompute(path: Path, record: dict[str, Any], scenario: str | None, record_of: RecordOf) -> Recomputed:
    """Recomputes the record of the file, from the scenario that it names or another one."""
    told = plain(str(path))
    try:
        stored = _checked(told, record)
        if stored.scenario.name == STANDARD_INPUT and scenario is None:
            raise OmsorgError(say("{path} was made from standard input or from data; name the scenario.", path=told))
        sealed = stored.digest == digest_of(record)
        return _compared(path, record, stored, scenario, record_of, sealed=sealed)
    except RecursionError:
        raise OmsorgError(too_deep(told)) from None


def too_deep(told: str) -> str:
    """What is told of a record whose parts stand inside each other without an end."""
    return say("{path} is nested too deeply to be a result.", path=told)


def _compared(
    path: Path, record: dict[str, Any], stored: _Stored, scenario: str | None, record_of: RecordOf, *, sealed: bool
) -> Recomputed:
    text = read(scenario or stored.scenario.name)
    now, again, why = record, None, tuple[str, ...]()
    try:
        now, again = _recomputed(stored, text, record_of)
    except OmsorgError as error:
        if sealed:
            raise
        why = (say("It cannot be recomputed as it stands: {why}", why=plain(str(error).splitlines()[0])),)
    exact = all(record[key] == now[key] for key in MADE_BY)
    left = {*SET_APART, *(() if exact else MADE_BY)}
    before, after = (_without(one, left, named=scenario is None) for one in (record, now))
    found = tuple(_differences("", before, after, _identical if exact else _close))
    same, number = _same_text(text, stored.scenario), len(stored.figures)
    return Recomputed(plain(path.name), sealed, same, exact, _maker(stored), number, (*why, *found), again)


def _same_text(text: Text, asked: _Scenario) -> bool:
    """Whether the scenario, and each file that it has rows from, has the bytes that the record was made from."""
    files = {one.file: one.sha256 for one in asked.files}
    return text.sha256 == asked.sha256 and {one.name: one.sha256 for one in text.files} == files


def _recomputed(stored: _Stored, text: Text, record_of: RecordOf) -> tuple[dict[str, Any], Again]:
    """The record that comes out now, as a file would have it, and the run that it is of."""
    with spoken(ENGLISH):  # as every record is made
        again = run_again(stored, text)
        shown_by = {key: tuple(items) for key, items in stored.shown.items()}
        record = record_of(again.result, again.figures, shown_by, stored.time)
    if stored.question is not None:
        record["question"] = stored.question.model_dump(exclude_unset=True)
    found: dict[str, Any] = json.loads(json.dumps(record))
    return found, again


def run_again(stored: _Stored, text: Text) -> Again:
    """The result as it was asked for, with the figures that were shown, in the language that is spoken."""
    asked = stored.scenario
    bare = load(stored.calculator).bare_table(asked.given)
    result = result_of(text, Request(tuple(asked.overlays), tuple(asked.set), bare, asked.given), stored.calculator)
    return Again(result, _shown(stored, result), stored, text)


def _shown(stored: _Stored, result: Result) -> tuple[Figure, ...]:
    """The figures that were asked for; of a question, those that it was asked of."""
    if stored.question is None:
        every = Selection({key: tuple(items) for key, items in stored.shown.items()}).of(result)
        return tuple(figure for figure in every if not stored.only or figure.figure in stored.only)
    named = {(figure.figure, *figure.keys.values()): figure for figure in result.figures}
    asked = [(one.get("figure"), *(one.get(key) for key in result.calculator.keys)) for one in stored.figures]
    return tuple(named[one] for one in asked if one in named)


def _without(record: Mapping[str, Any], left: Iterable[str], *, named: bool) -> dict[str, Any]:
    """The record without what is not compared: the scenario's own bytes are told apart, another's name is another."""
    apart = {"sha256", "files", *(() if named else ("name", "file"))}
    found = {key: value for key, value in record.items() if key not in set(left)}
    found["scenario"] = {key: value for key, value in record["scenario"].items() if key not in apart}
    return found


def _maker(stored: _Stored) -> str:
    return plain(" ".join(("omsorg", stored.version, *stored.made_with.values())))


def content_of(path: Path) -> bytes:
    """The bytes of the file, if they are not too many."""
    told = plain(str(path))
    try:
        with path.open("rb") as file:
            remember(file)
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and not path.is_absolute() and nowhere():
            raise OmsorgError(gone(told)) from None
        raise OmsorgError(say("{path} cannot be read: {why}.", path=told, why=why_of(error))) from None
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise OmsorgError(say("{path} is larger than {most} MB, the most that a result may be.", path=told, most=most))
    return content


def record_in(content: bytes, told: str) -> dict[str, Any]:
    """The record that the bytes are in JSON."""
    try:
        found = loaded(content.decode("utf-8"))
    except RecursionError:
        raise OmsorgError(too_deep(told)) from None
    except ValueError:
        raise OmsorgError(say("{path} is not a result in JSON.", path=told)) from None
    kind = found.get("format") if isinstance(found, dict) else found
    if kind != FORMAT:
        raise OmsorgError(
            say("{path}: found the format {found}; allowed: {allowed}.", path=told, found=shown(kind), allowed=FORMAT)
        )
    return dict(found)


def loaded(text: str) -> Any:
    """The JSON as it stands: no number that is none, and no key that hides another."""
    return json.loads(text, parse_constant=_no_number, parse_float=_finite, object_pairs_hook=whole_object)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    return number if math.isfinite(number := float(text)) else _no_number(text)


def _checked(told: str, record: Mapping[str, Any]) -> _Stored:
    """The parts of the record from which it can be recomputed; that it has others is no result."""
    try:
        stored = _Stored.model_validate(record)
        known = load(stored.calculator)
        fits = set(stored.scenario.given) <= set(known.bare) and set(stored.shown) <= set(known.keys)
        where = "" if fits else "scenario.given"
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
    if where:
        raise OmsorgError(
            say("{path} is not a whole result: {part} is not there or not as omsorg writes it.", path=told, part=where)
        )
    return stored


def _differences(label: str, before: Any, now: Any, same: Callable[[Any, Any], bool]) -> Iterator[str]:
    """A sentence for each field in which the two differ; of lists, row by row."""
    if isinstance(before, list) and isinstance(now, list):
        before, now = _rows(before), _rows(now)
        if set(before) == set(now) and [*before] != [*now]:
            yield say("{field}: its rows stand in another order now", field=plain(label))
    if isinstance(before, dict) and isinstance(now, dict):
        for key in {**before, **now}:
            yield from _differences(_joined(label, key), before.get(key, ABSENT), now.get(key, ABSENT), same)
    elif before is ABSENT:
        yield say("{field} is not in the record, now comes out as {now}", field=plain(label), now=_said(now))
    elif now is ABSENT:
        yield say("{field} was {before}, now is left out", field=plain(label), before=_said(before))
    elif not same(before, now):
        yield say(
            "{field} was {before}, now comes out as {now}", field=plain(label), before=_said(before), now=_said(now)
        )


def _rows(listed: list[Any]) -> dict[str, Any]:
    """The items of a list by what they are called; of two that are called alike, the second is numbered."""
    found: dict[str, Any] = {}
    for at, row in enumerate(listed):
        name = _row_name(row) or str(at)
        found[name if name not in found else f"{name}#{at}"] = row
    return found


def _row_name(row: Any) -> str:
    if not isinstance(row, dict):
        return ""
    name = next((str(row[key]) for key in NAMES_OF_ROWS if isinstance(row.get(key), str)), "")
    return f"{name}[{', '.join(_coordinates(row))}]" if "figure" in row else name


def _coordinates(row: Mapping[str, Any]) -> Iterator[str]:
    """The row of a figure: what stands between its unit and its direction."""
    keys = [*row]
    if {"unit", "direction"} <= set(keys):
        for key in keys[keys.index("unit") + 1 : keys.index("direction")]:
            if row[key] is not None:
                yield str(row[key])


def _joined(label: str, key: str) -> str:
    """The field by its way through the record; the value of a figure goes by the figure's name."""
    if label == "figures" or (label and key == "value"):
        return key if label == "figures" else label
    return f"{label}.{key}" if label else key


def _said(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value", value)
    return shown(value) if isinstance(value, dict | list | str) or value is None else plain(_short(value))


def _short(number: Any) -> str:
    try:
        text = repr(number)
    except ValueError:  # a whole number of more digits than Python writes
        return "…"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _identical(before: Any, now: Any) -> bool:
    return canonical(before) == canonical(now)


def _close(before: Any, now: Any) -> bool:
    """Whether the two are the same, numbers to a billionth."""
    numbers = [isinstance(one, int | float) and not isinstance(one, bool) for one in (before, now)]
    if not all(numbers):
        return _identical(before, now)
    try:
        return math.isclose(before, now, rel_tol=CLOSE)
    except OverflowError:  # a whole number beyond what a float holds
        return False
