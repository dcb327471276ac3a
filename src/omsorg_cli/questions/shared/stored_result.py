"""Whether a stored result still holds: its seal, and the whole record recomputed as it was asked for.

The digest is of the record's content, not of its layout: a file that was only indented anew is the same record. It is
no signature; who changes a record can work out another. That is why everything is recomputed as well.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import ENGLISH, Said, say, spoken
from omsorg_cli.core.letters import brief
from omsorg_cli.core.seal import digest_of, is_sealed
from omsorg_cli.questions.shared.differing import Differences, close, identical
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.questions.shared.stored_record import ScenarioAsked, Stored, called, checked, too_deep
from omsorg_cli.result import Figure, Result, result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import STANDARD_INPUT, Text, read

MOST_TOLD = 100
"""Fields that are told one by one."""
MADE_BY = ("version", "made_with")
SET_APART = ("digest", "time")
"""What is no outcome of the run: the seal itself, and when it was."""
MOST_LINES = 12
"""Lines that a verdict shows of itself where nobody asks for all of them."""

RecordOf = Callable[[Result, tuple[Figure, ...], Mapping[str, tuple[str, ...]], str | None], dict[str, Any]]
"""What makes the record of a result: of the figures that are shown, by which keys, and when."""


class Again(NamedTuple):
    """A stored result that was run again."""

    result: Result
    figures: tuple[Figure, ...]
    stored: Stored
    text: Text


@dataclass(frozen=True, slots=True, repr=False)
class Recomputed:
    """What a stored result says, and in what the record differs that comes out now."""

    name: str
    sealed: bool
    same_scenario: bool
    exact: bool
    made_by: str
    differing: tuple[str, ...]
    """Each field that differs, the first of them."""
    more: int = 0
    besides: tuple[str, ...] = ()
    """The overlays of the scenario that was named, with which the record was not made."""
    again: Again | None = None
    """The run that it was recomputed by; none where it cannot be."""

    @property
    def count(self) -> int:
        """How many figures were recomputed."""
        return 0 if self.again is None else len(self.again.figures)

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
        if not self.sealed or (self.exact and self.same_scenario and self.differing and not self.besides):
            yield say("The record was changed after it was made.")
        if not self.same_scenario:
            yield say("The scenario's text has changed since.")
        if self.besides:
            named = brief(", ".join(self.besides))
            yield say("It was recalculated with {overlays} as well, which it was made without.", overlays=named)
        if self.again is not None:
            yield self._how()
        yield from self.differing
        if self.more:
            yield say("Fields that differ besides: {number}.", number=self.more)

    def _how(self) -> Said:
        if self.exact:
            return say("Every field was compared, to the last digit.")
        return say("Every field was compared, numbers to a billionth: it was made by {made_by}.", made_by=self.made_by)

    def __repr__(self) -> str:
        """What is told, in short."""
        return in_short(self.lines())

    def _verdict(self) -> Said:
        if self.again is None:
            return say("{name} no longer holds.", name=self.name)
        if self.holds:
            return say("{name} holds. Figures recomputed: {number}.", name=self.name, number=self.count)
        return say("{name} no longer holds. Figures recomputed: {number}.", name=self.name, number=self.count)


def in_short(lines: Iterable[str]) -> str:
    """The first of the lines, and whether there are more."""
    told = list(lines)
    return "\n".join((*told[:MOST_LINES], *("…" for _ in told[MOST_LINES : MOST_LINES + 1])))


def recompute(
    path: Path, record: dict[str, Any], scenario: str | None, record_of: RecordOf, *, in_workbook: bool = False
) -> Recomputed:
    """Recomputes the record of the file, from the scenario that it names or another one."""
    told = called(path)
    try:
        stored = checked(told, record, in_workbook=in_workbook)
        if stored.scenario.name == STANDARD_INPUT and scenario is None:
            raise OmsorgError(say("{path} was made from standard input or from data; name the scenario.", path=told))
        return _compared(plain(Path(told).name), record, stored, scenario, record_of)
    except RecursionError:
        raise OmsorgError(too_deep(told)) from None


def _compared(
    name: str, record: dict[str, Any], stored: Stored, scenario: str | None, record_of: RecordOf
) -> Recomputed:
    text = read(scenario or stored.scenario.name)
    besides = tuple(one for one in text.overlays if one not in stored.scenario.overlays)
    sealed, same = is_sealed(record), _same_text(text, stored.scenario)
    try:
        now, again = _recomputed(stored, text._replace(overlays=besides), record_of)
    except OmsorgError as error:
        if sealed and same:
            raise
        why = say("It cannot be recomputed as it stands: {why}", why=brief(str(error).splitlines()[0]))
        return Recomputed(name, sealed, same, False, _maker(stored), (why,), 0, besides)
    exact = all(record[key] == now[key] for key in MADE_BY)
    left = {*SET_APART, *(() if exact else MADE_BY)}
    is_same = text.sha256 == stored.scenario.sha256
    before, after = (_without(one, left, named=scenario is None, same=is_same) for one in (record, now))
    differences = Differences(again.result.calculator.keys, identical if exact else close)
    found = differences.between(before, after)
    told = tuple(one.told() for one in islice(found, MOST_TOLD))
    if not told and not sealed:
        told = (_other_digest(stored.digest, digest_of(record)),)
    return Recomputed(name, sealed, same, exact, _maker(stored), told, sum(1 for _ in found), besides, again)


def _other_digest(stored: str, content: str) -> Said:
    return say("digest was {before}, that of the content is {now}", before=shown(stored), now=shown(content))


def _same_text(text: Text, asked: ScenarioAsked) -> bool:
    """Whether the scenario, and each file that it has rows from, has the bytes that the record was made from."""
    files = [(one.file, one.sha256) for one in asked.files]
    return text.sha256 == asked.sha256 and [(one.name, one.sha256) for one in text.files] == files


def _recomputed(stored: Stored, text: Text, record_of: RecordOf) -> tuple[dict[str, Any], Again]:
    """The record that comes out now, as a file would have it, and the run that it is of."""
    with spoken(ENGLISH):  # as every record is made
        again = run_again(stored, text)
        shown_by = {key: tuple(items) for key, items in stored.shown.items()}
        record = record_of(again.result, again.figures, shown_by, stored.time)
    if stored.question is not None:
        record["question"] = stored.question.model_dump(exclude_unset=True)
    found: dict[str, Any] = json.loads(json.dumps(record))
    return found, again


def run_again(stored: Stored, text: Text) -> Again:
    """The result as it was asked for, with the figures that were shown, in the language that is spoken."""
    asked = stored.scenario
    bare = load(stored.calculator).bare_table(asked.given)
    result = result_of(text, Request(tuple(asked.overlays), tuple(asked.set), bare, asked.given), stored.calculator)
    return Again(result, _shown(stored, result), stored, text)


def _shown(stored: Stored, result: Result) -> tuple[Figure, ...]:
    """The figures that were asked for; of a question, those that it was asked of."""
    if stored.question is None:
        every = Selection({key: tuple(items) for key, items in stored.shown.items()}).of(result)
        only = set(stored.only)
        return tuple(figure for figure in every if not only or figure.figure in only)
    named = {(figure.figure, *figure.keys.values()): figure for figure in result.figures}
    asked = ((one["figure"], *(one.get(key) for key in result.calculator.keys)) for one in stored.figures)
    return tuple(named[one] for one in dict.fromkeys(asked) if one in named)


def _without(record: Mapping[str, Any], left: Iterable[str], *, named: bool, same: bool) -> dict[str, Any]:
    """The record without what is not compared: bytes are told apart, and so is what another scenario is called.

    The names of the files that it has rows from are compared where it is the same scenario, which names them.
    """
    apart = {"sha256", "files", *(() if named else ("name", "file"))}
    found = {key: value for key, value in record.items() if key not in set(left)}
    found["scenario"] = {key: value for key, value in record["scenario"].items() if key not in apart}
    if same and "files" in record["scenario"]:
        found["scenario"]["files"] = [{"file": one["file"]} for one in record["scenario"]["files"]]
    return found


def _maker(stored: Stored) -> str:
    return plain(f"omsorg {stored.version} {stored.made_with.python} {stored.made_with.machine}")
