"""A run for each row of a table: its columns are inputs, the others are carried through.

Each row is checked as a scenario of its own would be; what all rows share is worked out once, over arrays.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from math import isnan
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError, nearest, shown
from omsorg_cli.core.input_types import Kind, Value
from omsorg_cli.core.language import language, say
from omsorg_cli.engine.parallel import in_order
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.shared.gaps import Gap, Gaps, told_on_one_line, why_without
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.questions.shared.structure import held_values, is_structural
from omsorg_cli.questions.sweep import MOST_PLANS, figures_of
from omsorg_cli.result import Figure, Result, prepare, refuse_impossible, run
from omsorg_cli.scenario.cells import Reader
from omsorg_cli.scenario.columns import Column, raw_of
from omsorg_cli.scenario.load import TABLES, Put, Recheck, Request, Scenario, looks_at, put, targets_of
from omsorg_cli.scenario.read import Text
from omsorg_cli.scenario.rows import Signs, heading_row, refuse_without_heading
from omsorg_cli.scenario.sheets import File, Sheet, is_empty
from omsorg_cli.scenario.streams import Stream, columns_of

CHUNK = 2_000
SAMPLED = 20
"""Rows that tell which figures there are, at most."""
TRIED = 20
"""Rows of one case that are tried for its plan before any is worked out."""
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
        return value if self.structural or isinstance(value, str) or value in self.held else None

    def cases(self, values: Any) -> list[Value | None] | None:
        """The same of many values; None where all of all rows share one plan."""
        if not self.structural and not self.held and not isinstance(values, list):
            return None
        told = map(self.plain, values if isinstance(values, list) else values.tolist())
        return [None if value is None else self.case(value) for value in told]

    def plain(self, value: Any) -> Value | None:
        """The value of a row as one would state it; None where the cell means none."""
        if value is None or (isinstance(value, float) and isnan(value)):
            return None
        return int(value) if self.kind.form == "count" else value if isinstance(value, str | bool) else float(value)


class Entry(NamedTuple):
    """A row of the table that is looked at by itself: its number, its cells, and its values by column."""

    number: int
    cells: Sequence[Any]
    values: tuple[Value | None, ...]
    fault: str = ""


class Batch(NamedTuple):
    """Some rows as the file has them: the place of the first among all, their numbers in the file, and their cells."""

    first: int
    numbers: Sequence[int]
    rows: Sequence[Sequence[Any]]


class RowPiece(NamedTuple):
    """Some rows: the place of the first, their cells by column, values by input, figures, and why each is refused."""

    first: int
    cells: Sequence[Sequence[Any]]
    values: Sequence[Any]
    figures: tuple[Any, ...]
    faults: Sequence[str]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.faults)


class Known(NamedTuple):
    """What is known of a table once it was looked through: enough to work out any of its rows, wherever that is."""

    file: File
    sheet: str
    at: int
    texts: Mapping[int, str]
    width: int
    decimal: str
    rows: int
    by_case: Mapping[tuple[Value | None, ...], Sequence[Entry]]
    """The first rows of each case."""
    sampled: Sequence[Entry]


class RowSweep:
    """A run for each row, ready to go; `file` is what was read, `varied` its inputs, `keys` what is carried through.

    `source` is the table itself, or what is known of it where somebody else reads it.
    """

    parts: tuple[str, ...] = ("",)
    """What is told of each figure: itself, or, where it is drawn, its mean and percentiles."""

    def __init__(
        self,
        text: Text,
        request: Request,
        name: str,
        source: Stream | Known,
        said: str,
        options: Options,
        selection: Selection,
        names: Sequence[str],
    ) -> None:
        self.request, self.name, self.selection = request, name, selection
        self.text = text._replace(toml=False)  # no line of it is told of a row, so that none is looked for
        self.submit: Any = None
        self.scenario = prepare(text, request, name)
        self.base = run(self.scenario, name)
        """The scenario as it is, without a row of the table."""
        self._spoken = language()
        self.decimal = options.decimal
        self._stream = source if isinstance(source, Stream) else None
        at, texts = (
            (source.at, source.texts)
            if isinstance(source, Known)
            else heading_row(source.head, list(options.columns.values()))
        )
        self._headings = at, texts
        self.varied = tuple(self._varied(said, texts, options))
        varied = {one.place for one in self.varied}
        self.keys = {place: text for place, text in texts.items() if place not in varied}
        self._readers = [Reader(one.kind, one.column.unit, self.decimal, self._one(one)) for one in self.varied]
        self.said = said
        known = source if isinstance(source, Known) else self._looked_through(source)
        self.asked: tuple[Any, ...] = (text, request, name, known, said, options, selection, names)
        """What makes it anew elsewhere."""
        self._known = known
        self.file, self.count = known.file, known.rows
        self.refused = 0
        self._checked_alike: dict[tuple[Value | None, ...], bool] = {}
        """For each case, whether a row that was allowed says that all are whose values are allowed alone."""
        self._results = self._results_by_case()
        self.figures = self._figures(names)
        self._plans = {case: self._plan(case, result) for case, result in self._results.items()}
        self._gaps = Gaps(self.figures)

    @property
    def has_one_case(self) -> bool:
        """Whether one plan holds for every row."""
        return not any(one.structural or one.held or one.kind.may_be_unknown for one in self.varied)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return self._known.width

    def _one(self, varying: Varying) -> Callable[[Any], Value]:
        return lambda cell: varying.read(cell, self.decimal)

    def batches(self, start: int) -> Iterator[Batch]:
        """The rows from the start on, as many at a time as a piece has."""
        assert self._stream is not None
        below, first = self._stream.rows(self._headings[0] + 1), 0
        while found := list(islice(below, self.chunk)):
            numbers, rows = zip(*found, strict=True)
            left = max(start - first, 0)
            if left < len(rows):
                yield Batch(first + left, numbers[left:], rows[left:])
            first += len(rows)

    def _looked_through(self, stream: Stream) -> Known:
        """What is known once every row was seen: how many there are, the cases, the decimal sign."""
        at, texts = self._headings
        seen = _Seen(self)
        sheet, width = stream.head, max(map(len, stream.head.rows))
        blank = [place for place in range(width) if place not in texts]
        for batch in self.batches(0):
            cells = columns_of(batch.rows, width)
            for place in blank:
                refuse_without_heading(sheet, batch.numbers, place, cells[place])
            for one in self.varied:
                if one.column.is_number:
                    seen.signs.look_down(batch.numbers, one.place, cells[one.place])
            seen.take(batch, cells)
        sign = seen.signs.sign(sheet, self.decimal)
        if not seen.count:
            raise OmsorgError(say("{file} has headings and no rows.", file=self.said))
        file = stream.file._replace(sign=sign)
        return Known(file, sheet.name, at, texts, width, sign, seen.count, seen.by_case, list(seen.sampled(width)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said of the table, and of the scenario that it changes."""
        inputs = ", ".join(one.path for one in self.varied)
        keys = ", ".join(map(shown, self.keys.values())) or say("none")
        told = say("Inputs from the table: {inputs}. Columns carried through: {keys}.", inputs=inputs, keys=keys)
        base = self.base if self._spoken == language() else run(prepare(self.text, self.request, self.name), self.name)
        return (self.file.read_as, told, *base.warnings_of(()))

    @property
    def works_by_row(self) -> bool:
        """Whether each row takes work of its own, so that processes are quicker than threads."""
        return not all(self._checked_alike.values())

    @property
    def chunk(self) -> int:
        """How many rows a piece has."""
        return CHUNK

    def pieces(self, start: int, jobs: int) -> Iterator[RowPiece]:
        """The rows from the start on, in order, whoever works them out; counts those refused and without a figure."""
        self._gaps = Gaps(self.figures)
        self.refused = self.refused if start else 0
        for piece in in_order(self.piece, self.batches(start), jobs, self.submit):
            refused = np.array([bool(fault) for fault in piece.faults])
            self.refused += int(np.count_nonzero(refused))
            self._gaps.take(piece.figures[:: len(self.parts)], ~refused, partial(self._entry, piece))
            yield piece

    @property
    def worked_out(self) -> int:
        """How many rows were worked out."""
        return self._gaps.rows

    def gaps(self) -> list[Gap]:
        """Which of the rows that were worked out lack a figure, and why."""
        return [
            gap._replace(first=say("row {row} of the table", row=gap.first.number))
            for gap in self._gaps.told(
                lambda entry, figure: why_without(lambda: run(self._prepared(entry), self.name), figure)
            )
        ]

    def _entry(self, piece: RowPiece, at: int) -> Entry:
        """A row by itself, numbered from the first below the headings."""
        told = (one.plain(held[at]) for one, held in zip(self.varied, piece.values, strict=True))
        return Entry(piece.first + at + 1, (), tuple(told))

    def _varied(self, said: str, texts: Mapping[int, str], options: Options) -> Iterator[Varying]:
        """The columns that are inputs: those named for a path, and those whose heading is one."""
        by_heading = {heading.strip(): path for path, heading in options.columns.items()}
        missing = [heading for heading in by_heading if heading not in texts.values()]
        if missing:
            known = ", ".join(map(shown, texts.values()))
            told = say("{file} has no column {name}. It has: {known}.", file=said, name=shown(missing[0]), known=known)
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
                say("--unit {path} has no column. {known}", path=unknown[0], known=nearest(unknown[0], paths.values()))
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
            raise OmsorgError(say("{path} is not an input.", path=path))
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

    def read(self, batch: Batch, cells: Sequence[Sequence[Any]]) -> tuple[list[Any], list[str]]:
        """The values of the rows by input, and what is wrong with each row by itself."""
        faults = [""] * len(batch.rows)
        values = []
        sheet = Sheet(self.said, self._sheet_name, [])
        for one, reader in zip(self.varied, self._readers, strict=True):
            found, wrong = reader(cells[one.place])
            values.append(found)
            for at, told in wrong.items():
                place = sheet.place(batch.numbers[at], one.place)
                faults[at] = "; ".join(filter(None, (faults[at], f"{place}: {one.path}: {told}")))
        return values, faults

    @property
    def _sheet_name(self) -> str:
        return self._stream.head.name if self._stream is not None else self._known.sheet

    def cases(self, values: Sequence[Any], size: int) -> list[tuple[Value | None, ...]]:
        """What decides the plan of each row."""
        columns = [one.cases(held) for one, held in zip(self.varied, values, strict=True)]
        if all(column is None for column in columns):
            return [(None,) * len(columns)] * size
        return list(zip(*([None] * size if column is None else column for column in columns), strict=True))

    def entry(self, batch: Batch, values: Sequence[Any], at: int, fault: str = "") -> Entry:
        """One of the rows by itself."""
        told = (one.plain(held[at]) for one, held in zip(self.varied, values, strict=True))
        return Entry(batch.numbers[at], batch.rows[at], tuple(told), fault)

    def _case(self, entry: Entry) -> tuple[Value | None, ...]:
        return tuple(
            None if value is None else one.case(value) for one, value in zip(self.varied, entry.values, strict=True)
        )

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
        """A run for each case that an allowed row has, among the first of them."""
        found: dict[tuple[Value | None, ...], Result] = {}
        for case, entries in self._known.by_case.items():
            tried = ((entry, self._result(entry)) for entry in entries)
            for entry, result in tried:
                if result is not None:
                    found[case] = result
                    self._checked_alike[case] = not self._is_looked_at(entry, case)
                    break
        return found

    def _has_plan(self, entry: Entry, case: tuple[Value | None, ...]) -> bool:
        """Whether there is a plan of the case, if only by this row, where none of the first of the case was allowed."""
        if case not in self._plans and (result := self._result(entry)) is not None:
            self._plans[case] = self._plan(case, result)
        return case in self._plans

    def _plan(self, case: Sequence[Value | None], result: Result) -> Any:
        """What works out the rows of a case, of which this is a run."""
        return Varied(result.record, [one.node for one in self.figures], self._shared(case))

    def _figures(self, names: Sequence[str]) -> tuple[Figure, ...]:
        """The records that some rows have: what has no answer in one may have in another."""
        sampled = map(self._result, self._known.sampled)
        results = tuple(self._results.values()) or (self.base,)
        return figures_of(results, [self.base, *filter(None, sampled)], self.selection, names)

    def piece(self, batch: Batch) -> RowPiece:
        """The rows worked out."""
        cells, size = columns_of(batch.rows, self.width), len(batch.rows)
        values, faults = self.read(batch, cells)
        figures = tuple(np.full(size, np.nan) for _ in self.figures for _ in self.parts)
        by_case: dict[tuple[Value | None, ...], list[int]] = {}
        for at, case in enumerate(self.cases(values, size)):
            if not faults[at] and not self._checked_alike.get(case):
                faults[at] = self._refusal(self.entry(batch, values, at))
            if not faults[at]:
                by_case.setdefault(case, []).append(at)
        for case, rows in by_case.items():
            places = np.array(rows)
            found, possible = self._plans[case].checked(self._given(case, values, places), len(rows))
            for target, numbers in zip(figures, found, strict=True):
                target[places] = numbers
            for at in places[~possible].tolist():
                faults[at] = self._impossible(self.entry(batch, values, at))
        refused = [at for at, fault in enumerate(faults) if fault]
        for target in figures:
            target[refused] = np.nan
        return RowPiece(batch.first, cells, values, figures, faults)

    def _given(self, case: Sequence[Value | None], values: Sequence[Any], rows: Any) -> dict[str, Any]:
        """The arrays of the inputs that vary inside the plan of the case."""
        return {
            path: np.array([held[at] for at in rows.tolist()], dtype=float) if isinstance(held, list) else held[rows]
            for one, held, value in zip(self.varied, values, case, strict=True)
            if value is None
            for path in one.inputs
        }

    def _is_looked_at(self, entry: Entry, case: Sequence[Value | None]) -> bool:
        """Whether the scenario's checks look at the values that rows of the case differ in."""
        request = self.request._replace(puts=(*self.request.puts, *self._puts(entry)))
        return looks_at(self.text, request, (self.name, *load(self.name).uses), self._shared(case))

    def _refusal(self, entry: Entry) -> str:
        """Why the scenario refuses the row; nothing where it does not."""
        if not self._recheck.allows(self._puts(entry)):
            try:
                self._prepared(entry)
            except OmsorgError as error:
                return told_on_one_line(error)
        if self._has_plan(entry, self._case(entry)):
            return ""
        return self._impossible(entry) or say("has no answer: no formula holds for the row")

    @cached_property
    def _recheck(self) -> Recheck:
        return Recheck(self.text, self.request, tuple(self.scenario.inputs), [one.path for one in self.varied])

    def _impossible(self, entry: Entry) -> str:
        """Why the figures of the row cannot be; nothing where only other figures cannot."""
        try:
            result = run(self._prepared(entry), self.name)
            refuse_impossible(result, self.selection.of(result))
        except OmsorgError as error:
            return told_on_one_line(error)
        return ""


class _Seen:
    """What was seen of the rows so far: how many, the first of each case, some throughout, and the decimal signs."""

    def __init__(self, sweep: RowSweep) -> None:
        self._sweep, self._step = sweep, 1
        self.count, self.signs = 0, Signs()
        self.by_case: dict[tuple[Value | None, ...], list[Entry]] = {}
        self.some: list[Batch] = []

    def take(self, batch: Batch, cells: Sequence[Sequence[Any]]) -> None:
        """Takes in some more rows."""
        self.count += len(batch.rows)
        self._sample(batch)
        if self._sweep.has_one_case and any(len(held) >= TRIED for held in self.by_case.values()):
            return
        values, faults = self._sweep.read(batch, cells)
        for at, case in enumerate(self._sweep.cases(values, len(faults))):
            if not faults[at] and len(held := self.by_case.setdefault(case, [])) < TRIED:
                held.append(self._sweep.entry(batch, values, at))
        if len(self.by_case) > MOST_PLANS:
            told = say(
                "{file} has more than {most} combinations of dates, choices, switches and years.",
                file=self._sweep.said,
                most=MOST_PLANS,
            )
            raise OmsorgError(told)

    def _sample(self, batch: Batch) -> None:
        """Keeps every so many rows, and of those only some again when they are too many."""
        for at, (number, row) in enumerate(zip(batch.numbers, batch.rows, strict=True)):
            if (batch.first + at) % self._step == 0:
                self.some.append(Batch(batch.first + at, [number], [row]))
                if len(self.some) > SAMPLED:
                    self._step *= 2
                    del self.some[1::2]

    def sampled(self, width: int) -> Iterator[Entry]:
        """Those of the kept rows that can be read."""
        for batch in self.some:
            values, faults = self._sweep.read(batch, columns_of(batch.rows, width))
            if not faults[0]:
                yield self._sweep.entry(batch, values, 0)
