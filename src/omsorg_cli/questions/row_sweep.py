"""A run for each row of a table: its columns are inputs, the others are carried through.

Each row is checked as a scenario of its own would be; what all rows share is worked out once, over arrays.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError, ScenarioError, nearest, shown
from omsorg_cli.core.input_types import Kind, Value
from omsorg_cli.core.language import say
from omsorg_cli.engine.parallel import in_order
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.questions.shared.structure import held_values, is_structural
from omsorg_cli.questions.sweep import MOST_PLANS, figures_of
from omsorg_cli.result import Figure, Result, prepare, refuse_impossible, run
from omsorg_cli.scenario.columns import Column, raw_of
from omsorg_cli.scenario.load import TABLES, Put, Request, Scenario, looks_at, put, targets_of
from omsorg_cli.scenario.read import Text
from omsorg_cli.scenario.rows import Headed, decimal_sign, heading_row, read_as
from omsorg_cli.scenario.sheets import File, Sheet, is_empty, is_filled, table

CHUNK = 1_000
SAMPLED = 20
"""Rows that tell which figures there are."""
FAULT = "fault"
"""The column that says why a row was refused."""


class Options(NamedTuple):
    """How the table is read: its sheet, what inputs its columns are, their units, its separator and decimal sign."""

    sheet: str | None = None
    columns: Mapping[str, str] = {}
    units: Mapping[str, str] = {}
    separator: str | None = None
    decimal: str = ""


class Varying(NamedTuple):
    """A column of the table that is inputs: its place and heading, its path, the inputs, and what they may be."""

    place: int
    heading: str
    path: str
    inputs: tuple[str, ...]
    column: Column
    structural: bool
    held: frozenset[float]

    @property
    def kind(self) -> Kind:
        """What the input may be."""
        assert self.column.kind is not None
        return self.column.kind

    def read(self, cell: Any, decimal: str) -> Value:
        """The value that the cell means; raises `ValueError` with what is wrong."""
        if is_empty(cell):
            raise ValueError(say("is empty; allowed: {allowed}", allowed=self.kind.allowed_with_example))
        return self.kind.read(raw_of(cell, self.column, decimal)).value

    def case(self, value: Value) -> Value | None:
        """What decides the plan of the value's row; None where all values share one."""
        return value if self.structural or value in self.held else None


class Entry(NamedTuple):
    """A row of the table: its number, its cells by place, its values by column, and why it is refused."""

    number: int
    cells: Sequence[Any]
    values: tuple[Value | None, ...]
    fault: str = ""


class RowPiece(NamedTuple):
    """Some rows: the number of the first, the rows, their figures, and why each is refused."""

    first: int
    entries: Sequence[Entry]
    figures: tuple[Any, ...]
    faults: Sequence[str]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.entries)


class RowSweep:
    """A run for each row, ready to go; `file` is what was read, `varied` its inputs, `keys` what is carried through."""

    parts: tuple[str, ...] = ("",)
    """What is told of each figure: itself, or, where it is drawn, its mean and percentiles."""

    def __init__(
        self,
        text: Text,
        request: Request,
        name: str,
        content: bytes,
        said: str,
        options: Options,
        selection: Selection,
        names: Sequence[str],
    ) -> None:
        self.request, self.name, self.selection = request, name, selection
        self.text = text._replace(toml=False)  # no line of it is told of a row, so that none is looked for
        self.asked = (text, request, name, content, said, options, selection, names)
        """What it was made of, for whoever makes it anew elsewhere."""
        self.submit: Any = None
        self.scenario = prepare(text, request, name)
        self.base = run(self.scenario, name)
        """The scenario as it is, without a row of the table."""
        sheet, file = table(content, said, options.sheet, options.separator)
        at, texts = heading_row(sheet, list(options.columns.values()))
        self.varied = tuple(self._varied(said, texts, options))
        varied = {one.place for one in self.varied}
        self.keys = {place: text for place, text in texts.items() if place not in varied}
        self.decimal = options.decimal
        headed = Headed(at, {one.place: one.column for one in self.varied}, [], texts)
        sign = decimal_sign(sheet, headed, options.decimal)
        self.file: File = file._replace(read_as=read_as(file.read_as, sign))
        self.entries = list(self._entries(sheet, at))
        if not self.entries:
            raise OmsorgError(say("{file}: has headings and no rows.", file=said))
        self.count = len(self.entries)
        self.refused = 0
        self._checked_alike: dict[tuple[Value | None, ...], bool] = {}
        """For each case, whether a row that was allowed says that all are whose values are allowed alone."""
        self._results = self._results_by_case()
        self.figures = self._figures(names)
        self._plans = {
            case: Varied(result.record, [one.node for one in self.figures], self._shared(case))
            for case, result in self._results.items()
        }

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What must be said of the table, and of the scenario that it changes."""
        inputs = ", ".join(one.path for one in self.varied)
        keys = ", ".join(map(shown, self.keys.values())) or say("none")
        told = say("Inputs from the table: {inputs}. Columns carried through: {keys}.", inputs=inputs, keys=keys)
        return (self.file.read_as, told, *self.base.warnings_of(()))

    @property
    def works_by_row(self) -> bool:
        """Whether each row takes work of its own, so that processes are quicker than threads."""
        return not all(self._checked_alike.values())

    @property
    def chunk(self) -> int:
        """How many rows a piece has."""
        return CHUNK

    def pieces(self, start: int, jobs: int) -> Iterator[RowPiece]:
        """The rows from the start on, in order, whoever works them out; counts those that are refused."""
        for piece in in_order(self.piece, range(start, self.count, self.chunk), jobs, self.submit):
            self.refused += sum(map(bool, piece.faults))
            yield piece

    def _varied(self, said: str, texts: Mapping[int, str], options: Options) -> Iterator[Varying]:
        """The columns that are inputs: those named for a path, and those whose heading is one."""
        by_heading = {heading.strip(): path for path, heading in options.columns.items()}
        missing = [heading for heading in by_heading if heading not in texts.values()]
        if missing:
            known = ", ".join(map(shown, texts.values()))
            told = say("{file}: has no column {name}. It has: {known}.", file=said, name=shown(missing[0]), known=known)
            raise OmsorgError(told)
        tops = (*TABLES, "common")
        paths = {
            place: by_heading.get(text, text)
            for place, text in texts.items()
            if text in by_heading or text.partition(".")[0] in tops
        }
        if not paths:
            told = say(
                "{file}: no column is an input; name one with --columns {table}.…=HEADING, or by its heading.",
                file=said,
                table=load(self.name).table,
            )
            raise OmsorgError(told)
        if unknown := [path for path in options.units if path not in paths.values()]:
            raise OmsorgError(
                say("--unit {path}: has no column. {known}", path=unknown[0], known=nearest(unknown[0], paths.values()))
            )
        seen: dict[str, str] = {}
        for place, path in paths.items():
            one = self._column(place, texts[place], path, options.units.get(path, ""))
            for each in one.inputs:
                if each in seen:
                    raise OmsorgError(
                        say(
                            "{file}: {path} and {other} fill in one input, {input}.",
                            file=said,
                            path=path,
                            other=seen[each],
                            input=each,
                        )
                    )
                seen[each] = path
            yield one

    def _column(self, place: int, heading: str, path: str, unit: str) -> Varying:
        targets = targets_of(self.scenario, path)
        if any(target.attribute for target in targets):
            raise OmsorgError(say("{path}: is no input.", path=path))
        kind, inputs = targets[0].kind, tuple(target.path for target in targets)
        if unit and not kind.takes(unit):
            raise OmsorgError(
                say(
                    "--unit {path}: found {unit}; allowed: a unit of {allowed}.",
                    path=path,
                    unit=shown(unit),
                    allowed=kind.allowed,
                )
            )
        calculators = [load(one) for one in (self.name, *load(self.name).uses)]
        structural = kind.form not in ("number", "count") or any(is_structural(calculators, one) for one in inputs)
        held = frozenset[float]().union(*(held_values(calculators, one) for one in inputs))
        return Varying(place, heading, path, inputs, Column(tuple(path.split(".")), kind, unit=unit), structural, held)

    def _entries(self, sheet: Sheet, at: int) -> Iterator[Entry]:
        for number, row in enumerate(sheet.rows[at + 1 :], at + 1):
            if is_filled(row):
                yield self._entry(sheet, number, row)

    def _entry(self, sheet: Sheet, number: int, row: Sequence[Any]) -> Entry:
        values: list[Value | None] = []
        faults = []
        for one in self.varied:
            try:
                values.append(one.read(row[one.place] if one.place < len(row) else None, self.decimal))
            except ValueError as error:
                values.append(None)
                faults.append(f"{sheet.place(number, one.place)}: {one.path}: {error}")
        return Entry(number, row, tuple(values), "; ".join(faults))

    def _case(self, entry: Entry) -> tuple[Value | None, ...]:
        return tuple(one.case(value) for one, value in zip(self.varied, entry.values, strict=True) if value is not None)

    def _shared(self, case: Sequence[Value | None]) -> list[str]:
        """The inputs that vary inside the plan of the case."""
        return [path for one, value in zip(self.varied, case, strict=True) if value is None for path in one.inputs]

    def _puts(self, entry: Entry) -> tuple[Put, ...]:
        return tuple(
            put(one.kind, one.path, value)
            for one, value in zip(self.varied, entry.values, strict=True)
            if value is not None
        )

    def _prepared(self, entry: Entry) -> Scenario:
        return prepare(self.text, self.request._replace(puts=(*self.request.puts, *self._puts(entry))), self.name)

    def _result(self, entry: Entry) -> Result | None:
        """The run of the row by formulas that hold for its case, if the row is allowed."""
        try:
            result = run(self._prepared(entry), self.name, self._shared(self._case(entry)))
            refuse_impossible(result, self.selection.of(result))
        except OmsorgError:
            return None
        return result

    def _results_by_case(self) -> dict[tuple[Value | None, ...], Result]:
        """A run for each case that an allowed row has."""
        found: dict[tuple[Value | None, ...], Result] = {}
        for entry in self.entries:
            case = self._case(entry)
            if not entry.fault and case not in found:
                if len(found) == MOST_PLANS:
                    told = say(
                        "{file}: has more than {most} combinations of dates, choices, switches and years.",
                        file=self.file.name,
                        most=MOST_PLANS,
                    )
                    raise OmsorgError(told)
                result = self._result(entry)
                if result is not None:
                    found[case] = result
                    self._checked_alike[case] = not self._is_looked_at(entry, case)
        return found

    def _figures(self, names: Sequence[str]) -> tuple[Figure, ...]:
        """The records that some rows have: what has no answer in one may have in another."""
        step = max(1, self.count // SAMPLED)
        sampled = (self._result(entry) for entry in self.entries[::step] if not entry.fault)
        results = tuple(self._results.values()) or (self.base,)
        return figures_of(results, [self.base, *filter(None, sampled)], self.selection, names)

    def piece(self, first: int) -> RowPiece:
        """The rows from there on, as many as one piece has."""
        entries = self.entries[first : first + CHUNK]
        faults = [entry.fault or self._refusal(entry) for entry in entries]
        figures = tuple(np.full(len(entries), np.nan) for _ in self.figures)
        by_case: dict[tuple[Value | None, ...], list[int]] = {}
        for at, entry in enumerate(entries):
            if not faults[at]:
                by_case.setdefault(self._case(entry), []).append(at)
        for case, rows in by_case.items():
            given = self._given(case, [entries[at] for at in rows])
            found, possible = self._plans[case].checked(given, len(rows))
            for target, values in zip(figures, found, strict=True):
                target[rows] = values
            for at in (rows[index] for index in np.flatnonzero(~possible)):
                faults[at] = self._impossible(entries[at])
        for at in (at for at, fault in enumerate(faults) if fault):
            for target in figures:
                target[at] = np.nan
        return RowPiece(first, entries, figures, faults)

    def _given(self, case: Sequence[Value | None], entries: Sequence[Entry]) -> dict[str, Any]:
        """The arrays of the inputs that vary inside the plan of the case."""
        return {
            path: np.array([entry.values[at] for entry in entries], dtype=float)
            for at, (one, value) in enumerate(zip(self.varied, case, strict=True))
            if value is None
            for path in one.inputs
        }

    def _is_looked_at(self, entry: Entry, case: Sequence[Value | None]) -> bool:
        """Whether the scenario's checks look at the values that rows of the case differ in."""
        request = self.request._replace(puts=(*self.request.puts, *self._puts(entry)))
        return looks_at(self.text, request, (self.name, *load(self.name).uses), self._shared(case))

    def _refusal(self, entry: Entry) -> str:
        """Why the scenario refuses the row; nothing where it does not."""
        if self._checked_alike.get(self._case(entry)):
            return ""
        try:
            self._prepared(entry)
        except OmsorgError as error:
            return told_on_one_line(error)
        if self._case(entry) in self._plans:
            return ""
        return self._impossible(entry) or say("has no answer: no formula holds for the row")

    def _impossible(self, entry: Entry) -> str:
        """Why the figures of the row cannot be; nothing where only other figures cannot."""
        try:
            result = run(self._prepared(entry), self.name)
            refuse_impossible(result, self.selection.of(result))
        except OmsorgError as error:
            return told_on_one_line(error)
        return ""


def told_on_one_line(error: OmsorgError) -> str:
    """What is wrong, on one line."""
    if isinstance(error, ScenarioError):
        return "; ".join(": ".join(filter(None, (fault.path, fault.message))) for fault in error.faults)
    return "; ".join(str(error).splitlines())
