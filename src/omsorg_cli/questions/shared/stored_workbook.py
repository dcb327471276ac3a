"""Whether a result workbook still holds: its record as one in JSON, and every cell as the workbook is written anew."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from shlex import quote
from typing import Any, NamedTuple

from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import known, say, spoken
from omsorg_cli.questions.shared.stored_record import FORMAT, Question, called, loaded
from omsorg_cli.questions.shared.stored_result import Again, Recomputed, RecordOf, in_short, run_again
from omsorg_cli.questions.shared.stored_result import recompute as recompute_record
from omsorg_cli.scenario.book import AS_RUN, PATH, VALUE
from omsorg_cli.scenario.forms import COMPARISON, RECORD, RESULT
from omsorg_cli.scenario.sheets import ZIPPED, letters
from omsorg_cli.scenario.xlsx import BOOK, STRINGS, STYLES, Cell, Value, Xlsx, spelled

CLOSE, NOISE = 1e-9, 1e-8
"""By how much of itself a number may differ that another program calculated, and what it may leave of nothing."""
MOST_TOLD = 100
MOST_UNPACKED = 64_000_000
"""Bytes of a workbook that are compared, cell by cell."""
MOST_CELLS = 1_000_000
"""Cells of a comparison that are written again."""


class Table(NamedTuple):
    """What stands on the sheet of a comparison: in its rows texts, and numbers with their number formats."""

    about: str
    headings: list[str]
    rows: list[list[str | tuple[float, str]]]


BookOf = Callable[[Again, Mapping[str, Any], Table | None], bytes]
"""What writes the workbook of a run anew, with the record that it carries and the table of a comparison."""


class Kept(NamedTuple):
    """What a workbook keeps of its run: the record, the language, who wrote it, and the sheet of its inputs."""

    record: dict[str, Any]
    language: str
    written_with: str
    inputs: str


class Differing(NamedTuple):
    """In what a workbook differs from the one that is written now."""

    inputs: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    """Each cell, name and other part that differs, the first of them."""
    more: int = 0
    respelled: tuple[str, ...] = ()
    compared: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class RecomputedBook:
    """What a result workbook says, and in what it differs from the one that comes out now."""

    record: Recomputed
    differing: Differing
    how: tuple[str, ...]
    """How it was compared."""
    run: str
    """What runs it as a scenario."""

    @property
    def holds(self) -> bool:
        """Whether its record holds, and each cell is as it comes out."""
        return self.record.holds and not self.differing.cells and not self.differing.inputs

    def lines(self) -> Iterator[str]:
        """What is told, a line each."""
        told = {"name": self.record.name, "number": self.record.count, "cells": self.differing.compared}
        if self.record.again is None:
            yield from self.record.lines()
            return
        if self.holds:
            yield say("{name} holds. Figures recomputed: {number}; cells compared: {cells}.", **told)
        else:
            yield say("{name} no longer holds. Figures recomputed: {number}; cells compared: {cells}.", **told)
        if self.differing.inputs:
            yield say("Inputs were changed in it: it is a scenario now. To run it: {command}", command=self.run)
        if self.differing.cells and self.record.holds and self.record.same_scenario:
            yield say("The workbook was changed after it was made.")
        yield from self.record.reasons()
        yield from self.how
        if self.differing.respelled:
            places = _first(self.differing.respelled)
            yield say("Formulas that read otherwise, of which only the values were compared: {places}.", places=places)
        yield from self.differing.inputs
        yield from self.differing.cells
        if self.differing.more:
            yield say("Cells that differ besides: {number}.", number=self.differing.more)

    def __repr__(self) -> str:
        """What is told, in short."""
        return in_short(self.lines())


def recompute(path: Path, content: bytes, scenario: str | None, record_of: RecordOf, book_of: BookOf) -> RecomputedBook:
    """Recomputes the workbook, from the scenario that its record names or another one."""
    told = called(path)
    if not content.startswith(ZIPPED):
        raise OmsorgError(say("{file} is not a workbook in Excel's form of today (.xlsx).", file=told))
    given = Xlsx(content, told, MOST_UNPACKED)
    kept = kept_in(given)
    record = recompute_record(path, kept.record, scenario, record_of, in_workbook=True)
    run = f"omsorg {kept.record['calculator']} {quote(plain(path.name))}"
    if record.again is None:
        return RecomputedBook(record, Differing(), (), run)
    with spoken(kept.language):
        again = run_again(record.again.stored, record.again.text)
        several = _of_several(given, again.stored.question)
        table = _table(given, several) if several else None
        written = Xlsx(book_of(again, kept.record, table), told, MOST_UNPACKED)
    as_written = _as_written(given, written)
    alike = as_written and record.exact and _same_numpy(record.again.stored.question)
    comparison = _Comparison(given, written, kept, several, numbers_alike=alike, as_written=as_written)
    return RecomputedBook(record, comparison.differing(), tuple(comparison.how()), run)


def _as_written(given: Xlsx, written: Xlsx) -> bool:
    """Whether no other program has saved the file: one that does writes each of these parts anew."""
    parts = (BOOK, STYLES, *written.sheets.values())
    return any(given.parts.get(part) == written.parts[part] for part in parts)


def _of_several(given: Xlsx, question: Question | None) -> str:
    """The sheet of a comparison; empty where there is none."""
    name = say(COMPARISON)
    return name if question is not None and question.verb == "compare" and name in given.sheets else ""


def _table(given: Xlsx, sheet: str) -> Table:
    """What stands on the sheet of a comparison, which is written anew with it: its values are of several scenarios."""
    rows = _rows(given, sheet)
    about, headings = next(rows, {}), next(rows, {}) or {"A": NOTHING}
    held = islice(rows, MOST_CELLS // len(headings))
    return Table(
        str(about.get("A", NOTHING).value or ""),
        [str(one.value or "") for one in headings.values()],
        [[_with_format(given, row.get(column, NOTHING)) for column in headings] for row in held],
    )


def _with_format(given: Xlsx, cell: Cell) -> str | tuple[float, str]:
    if isinstance(cell.value, float) and math.isfinite(cell.value):
        return cell.value, given.number_formats.get(cell.style, "")
    return "" if cell.value is None else str(cell.value)


def _same_numpy(question: Question | None) -> bool:
    """Whether what a question's sheet was calculated with calculates it now."""
    if question is None:
        return True
    import numpy as np

    return question.numpy == np.__version__


def kept_in(given: Xlsx) -> Kept:
    """What the workbook keeps; that it keeps nothing is no result workbook."""
    found: dict[str, Any] = {}
    inputs = ""
    for sheet in given.sheets:
        rows = _rows(given, sheet)
        first = next(rows, {})
        if first.get("A", NOTHING).value != RESULT:
            continue
        inputs = str(first.get("B", NOTHING).value)
        for row in rows:
            if str(row.get("A", NOTHING).value).startswith(RECORD):
                found = _loaded("".join(str(cell.value) for cell in row.values())[len(RECORD) :], given.said)
    record, language = found.get("record"), found.get("language")
    if isinstance(record, dict) and record.get("format") == FORMAT and language in known():
        return Kept(record, str(language), str(found.get("written_with")), inputs)
    raise OmsorgError(say("{file} is not a result workbook of omsorg with the record of its run.", file=given.said))


def _rows(given: Xlsx, sheet: str) -> Iterator[dict[str, Cell]]:
    """The cells of each row by column, as they come."""
    row: dict[str, Cell] = {}
    number = ""
    for place, cell in given.cells(sheet):
        column = place.rstrip("0123456789")
        if place[len(column) :] != number and row:
            yield row
            row = {}
        number = place[len(column) :]
        row[column] = cell
    if row:
        yield row


def _loaded(text: str, told: str) -> dict[str, Any]:
    try:
        found = loaded(text, told)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


class _Comparison:
    """Holds a workbook against the one that is written now."""

    def __init__(
        self, given: Xlsx, written: Xlsx, kept: Kept, several: str, *, numbers_alike: bool, as_written: bool
    ) -> None:
        self.given, self.written, self.kept, self.several = given, written, kept, several
        self.numbers_alike, self.as_written = numbers_alike, as_written
        self.changed = dict(self._changed_inputs())
        self.respelled: list[str] = []
        self.count = 0

    def differing(self) -> Differing:
        """Each input that was changed, and each cell, name and other part that differs."""
        found = chain(self._sheets(), self._names())
        cells = [*islice(found, MOST_TOLD)]
        more = sum(1 for _ in found)
        cells += self._parts(are_cells_alike=not cells and not self.changed)
        return Differing(tuple(self.changed.values()), tuple(cells), more, tuple(self.respelled), self.count)

    def how(self) -> Iterator[str]:
        """How it was compared."""
        if not self.as_written:
            yield say(
                "The file was saved by another program ({program}): numbers were compared to a billionth, formulas but "
                "for their spelling, formats not.",
                program=self.given.program,
            )
        elif self._is_alike_beside_cells and self.numbers_alike:
            yield say("The file was compared with the one that omsorg writes, cells and all other parts.")
        else:
            yield say("Every cell was compared; how cells look was not.")
        if self.changed:
            yield say("What formulas give was not compared, since it follows the changed inputs.")
        if self.several:
            sheet = shown(self.several)
            yield say("The values of the sheet {sheet} were not compared: they are of several scenarios.", sheet=sheet)

    def _changed_inputs(self) -> Iterator[tuple[str, str]]:
        """The place of each input whose value is another than it was in the run, and what is told of it."""
        name = self.kept.inputs
        if name not in self.written.sheets or name not in self.given.sheets:
            return
        value, as_run, path = letters(VALUE), letters(AS_RUN), letters(PATH)
        then = dict(self.written.cells(name))
        now = {place: cell for place, cell in self.given.cells(name) if place in then}
        for place, cell in then.items():
            row = place.removeprefix(path)
            if row == place or "." not in str(cell.value):
                continue
            before, after = now.get(f"{as_run}{row}", NOTHING), now.get(f"{value}{row}", NOTHING)
            if not self._same_value(before.value, after.value):
                told = {"path": plain(str(cell.value)), "before": _said(before), "after": _said(after)}
                at = _place(name, f"{value}{row}")
                yield f"{value}{row}", say("{place}: {path} was {before} in the run, now {after}", place=at, **told)

    def _sheets(self) -> Iterator[str]:
        for name in self.written.sheets:
            if name in self.given.sheets:
                yield from self._cells(name)
            elif name not in self.given.sheets:
                yield say("The sheet {sheet} is not in the workbook", sheet=shown(name))
        for name in self.given.sheets:
            if name not in self.written.sheets:
                yield say("{sheet} is a sheet that omsorg has not written", sheet=shown(name))

    def _cells(self, sheet: str) -> Iterator[str]:
        then = dict(self.written.cells(sheet))
        self.count += len(then) if sheet != self.several else 0
        open_ = self.changed if sheet == self.kept.inputs else {}
        seen: set[str] = set()
        for place, cell in self.given.cells(sheet):
            if place in seen:
                yield say("{place} stands twice", place=_place(sheet, place))
            elif place not in then:
                yield say("{place} was empty, now {after}", place=_place(sheet, place), after=_said(cell))
            elif place not in open_:
                yield from self._cell(_place(sheet, place), then[place], cell)
            if place in then:
                seen.add(place)
        for place, was in then.items():
            if place not in seen and place not in open_:
                yield from self._cell(_place(sheet, place), was, NOTHING)

    def _cell(self, place: str, then: Cell, now: Cell) -> Iterator[str]:
        if bool(then.formula) != bool(now.formula):
            what = say("a formula") if now.formula else _said(now)
            before = say("a formula") if then.formula else _said(then)
            yield say("{place} was {before}, now {after}", place=place, before=before, after=what)
            return
        if then.formula != now.formula:
            if self.as_written:
                told = {"before": shown(then.formula), "after": shown(now.formula)}
                yield say("{place}: its formula was {before}, now {after}", place=place, **told)
            elif spelled(then.formula) != spelled(now.formula):
                self.respelled.append(place)
        if not (then.formula and self.changed) and not self._same_value(then.value, now.value):
            yield say("{place} was {before}, now {after}", place=place, before=_said(then), after=_said(now))

    def _names(self) -> Iterator[str]:
        """The names of cells, by which formulas call inputs."""
        then, now = self.written.names(), self.given.names()
        for name in {**then, **now}:
            if spelled(then.get(name, "")) != spelled(now.get(name, "")):
                told = {"before": shown(then.get(name, "")), "after": shown(now.get(name, ""))}
                yield say("{name} stood for {before}, now for {after}", name=plain(name), **told)

    @cached_property
    def _is_alike_beside_cells(self) -> bool:
        """Whether the same library wrote it."""
        return self.kept.written_with == kept_in(self.written).written_with

    def _parts(self, *, are_cells_alike: bool) -> Iterator[str]:
        """The parts of the file that differ though no cell does, where nothing but omsorg has written it."""
        if not self.as_written or not self._is_alike_beside_cells:
            return
        of_cells = {*self.written.sheets.values(), STRINGS}
        if are_cells_alike and self.numbers_alike:
            of_cells = set()
        for part in {**self.written.parts, **self.given.parts}:
            if part not in of_cells and self.written.parts.get(part) != self.given.parts.get(part):
                yield say("{part}: this part of the file is another one, which may change how cells look", part=part)

    def _same_value(self, then: Value, now: Value) -> bool:
        if isinstance(then, float) and isinstance(now, float):
            if self.numbers_alike:
                return then == now
            return math.isclose(then, now, rel_tol=CLOSE, abs_tol=NOISE)
        return type(then) is type(now) and then == now


NOTHING = Cell("", None)


def _place(sheet: str, place: str) -> str:
    return f"{plain(sheet)}!{plain(place)}"


def _said(cell: Cell) -> str:
    if cell.value is None:
        return say("empty")
    return shown(cell.value) if isinstance(cell.value, str | bool) else f"{cell.value:.15g}"


def _first(places: tuple[str, ...]) -> str:
    first = ", ".join(places[:MOST_TOLD])
    return first if len(places) <= MOST_TOLD else f"{first}, …"
