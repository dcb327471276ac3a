"""Tables of many runs: of every combination of inputs, or of each row of a file; written as they come."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import ENGLISH, count, say, spoken
from omsorg_cli.core.reading import Place, remembered
from omsorg_cli.engine.parallel import checked_jobs as checked_jobs  # noqa: PLC0414 # whoever asks names the threads
from omsorg_cli.library.files import path_of
from omsorg_cli.library.given import not_taken
from omsorg_cli.library.saving import PAGES, PICTURES, WORKBOOKS, Saved, asked_anew
from omsorg_cli.library.speaking import InEach
from omsorg_cli.writing.output import emit, flows, saving, tell_notice

if TYPE_CHECKING:
    from omsorg_cli.library.shown import Cases, Ranked
    from omsorg_cli.questions.ranking import Ranking
    from omsorg_cli.questions.row_sweep import RowSweep
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.questions.sweep import Sweep
    from omsorg_cli.scenario.load import Request
    from omsorg_cli.scenario.read import Text
    from omsorg_cli.writing.resumable import Partial

NUMBER = 8
"""Bytes of a figure on the way to Parquet."""
MANY = 16_000
"""Rows of a table from which processes are quicker than threads."""
GROUP = 1 << 20
"""Rows of numbers that are written to Parquet at a time."""
OF_TEXT = 20_000
"""Rows with text that are."""
PURPOSES = {"parquet": "numbers", "xlsx": "rows"}
"""What the file on the way to another one holds, where it is not what the other one will hold."""


class Table(NamedTuple):
    """A file with a row for each run, and how it is read.

    `columns` has the heading of an input's column, by its path; `units` the unit of bare numbers, by path too; `sheet`
    is that of a workbook, `separator` and `decimal` the signs of a CSV file. Without them, headings name inputs, and
    the signs are found.
    """

    path: str | Path
    columns: Mapping[str, str] = {}
    units: Mapping[str, str] = {}
    sheet: str | None = None
    separator: str | None = None
    decimal: str = ""


class Counted:
    """Takes note of nothing; who shows how far a run has come does more."""

    def add(self, count: int) -> None:
        """Some more is done."""


Progress = Callable[[int, str], AbstractContextManager[Any]]
"""What shows how far a run has come, of how many and doing what."""


def unseen(_whole: int, _what: str) -> AbstractContextManager[Any]:
    """Shows nothing."""
    return nullcontext(Counted())


class Swept(Saved, Sequence[dict[str, Any]]):
    """A row for each combination of inputs: their values, and the figures."""

    forms: ClassVar[dict[str, str]] = {
        ".csv": "csv",
        ".json": "json",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".parquet": "parquet",
        **PICTURES,
        **PAGES,
    }

    def __init__(self, sweeping: "Sweeping", again: "Callable[[], Sweeping]") -> None:
        self._sweeping, self._rows = InEach(sweeping, again), sweeping.records()

    def __getitem__(self, at: Any) -> Any:
        """A row, or several."""
        return self._rows[at]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said of the figures and of the inputs' values, and why rows have no answer."""
        return *self._sweeping.first.warnings, *self._sweeping.first.lacking

    def records(self) -> list[dict[str, Any]]:
        """Each row as data."""
        return [dict(one) for one in self._rows]

    def to_frame(self) -> Any:
        """The rows as a data frame, of pandas or else of Polars."""
        from omsorg_cli.library.frames import frame

        return frame(self._rows)

    def _cases(self) -> "Cases":
        """The same as a picture and a page."""
        return self._sweeping.now().cases()

    def csv(self) -> str:
        """A line for each row."""
        return self._sweeping.first.written("csv")

    def json(self) -> str:
        """The rows with everything that goes with them; the same in every language."""
        with spoken(ENGLISH):
            return self._sweeping.now().written("json")

    def jsonl(self) -> str:
        """An object for each row, on a line of its own."""
        return self._sweeping.first.written("jsonl")

    def parquet(self) -> bytes:
        """The rows in columns, as Parquet. Needs pyarrow."""
        import io

        content = io.BytesIO()
        columns = {name: [row[name] for row in self._rows] for name in self._rows[0]}
        _to_parquet(content, list(columns), iter([[*columns.values()]]))
        return content.getvalue()

    def html(self) -> bytes:
        """The rows as a page."""
        return self._cases().html()

    def picture(self, suffix: str) -> bytes:
        """A line over one input, or a heat map over two; as PDF, the page printed."""
        return self._cases().picture(suffix)

    def _repr_html_(self) -> str:
        """The rows as a table with their pictures, in a notebook; of very many the first."""
        return self._cases()._repr_html_()

    def __repr__(self) -> str:
        """The rows, of very many the first, and what must be said of them."""
        from omsorg_cli.library.shown import MOST_SHOWN

        lines = self.csv().splitlines()
        more = [say("{number} rows in total", number=len(self))] if len(self) > MOST_SHOWN else []
        return "\n".join((*lines[: MOST_SHOWN + 1], *more, *self.warnings))


class SweptRows(Swept):
    """A row for each row of a table: its columns, the figures, and why it was refused."""

    forms: ClassVar[dict[str, str]] = {
        suffix: form for suffix, form in Swept.forms.items() if form not in ("picture", "html")
    } | WORKBOOKS

    @asked_anew
    def top(self, most: int, figure: str, *, mark: str = "") -> "Ranked":
        """The first rows by a figure, the largest first; the row of the scenario's municipality is marked, or another.

        The figure is one of those that were asked for.
        """
        from omsorg_cli.library.shown import Ranked

        ask = partial(self._ranking, figure, most, mark)
        return Ranked(ask(), ask)

    def _ranking(self, figure: str, most: int, mark: str) -> "Ranking":
        now = self._sweeping.now()
        return now.ranking(figure, most, mark or now.municipality)

    def parquet(self) -> bytes:
        """The rows in columns, as Parquet. Needs pyarrow."""
        import io

        from omsorg_cli.render.row_sweep import typed_columns

        content, rows = io.BytesIO(), [list(row.values()) for row in self._rows]
        _to_parquet(content, list(self._rows[0]), iter([typed_columns(self._sweeping.first.over_rows, rows)]))
        return content.getvalue()

    def xlsx(self) -> bytes:
        """The rows as a sheet of a workbook."""
        import io

        from omsorg_cli.render.workbook.table_sheet import write_rows

        content = io.BytesIO()
        write_rows(content, list(self._rows[0]), ([*row.values()] for row in self._rows), len(self._rows))
        return content.getvalue()

    def _repr_html_(self) -> str:
        """The rows as a table, in a notebook; of very many the first."""
        from omsorg_cli.library.shown import MOST_SHOWN
        from omsorg_cli.render.report import fragment
        from omsorg_cli.render.row_sweep import document

        over = self._sweeping.now().over_rows
        return fragment(document(over, self._rows[:MOST_SHOWN], self.warnings), [])


class Sweeping:
    """A table of runs, ready to go."""

    def __init__(
        self,
        sweep: "Sweep | RowSweep",
        calculator: str,
        read_from: frozenset[Place],
        drawing: tuple[int, int] | None = None,
    ) -> None:
        self.sweep, self.calculator, self._read_from, self._drawing = sweep, calculator, read_from, drawing

    @classmethod
    def over(
        cls,
        table: Table,
        asked: "tuple[Text, Request, str, Selection]",
        figures: Sequence[str],
        drawing: tuple[int, int] | None,
    ) -> "Sweeping":
        """A run for each row of the table, or a simulation of so many draws with a seed."""
        from omsorg_cli.questions.row_sweep import Options, RowSweep
        from omsorg_cli.scenario.streams import opened

        text, request, calculator, selection = asked
        for option, one in (("columns", table.columns), ("units", table.units)):
            if not isinstance(one, Mapping):
                raise not_taken(option, one, say("texts by path"))
        path = path_of(table.path)
        if table.decimal not in ("", ",", "."):
            raise OmsorgError(say('--decimal: found {found}; allowed: "," or "."', found=shown(table.decimal)))
        said = plain(str(path))
        options = Options(table.sheet, table.columns, table.units, table.separator, table.decimal)
        with remembered(text.read_from) as found:
            source = opened(path, said, table.sheet, table.separator)
        read_from = frozenset(found)
        given = (text, request, calculator, source, said, options, selection, figures)
        if drawing is None:
            return cls(RowSweep(*given), calculator, read_from)
        from omsorg_cli.questions.row_simulation import RowSimulation
        from omsorg_cli.questions.simulate import Options as Drawing

        return cls(RowSimulation(*given, Drawing(*drawing)), calculator, read_from, drawing)

    def cases(self) -> "Cases":
        """The combinations of one or two inputs, to be shown as a picture."""
        from omsorg_cli.library.shown import Cases

        return Cases(self.sweep).made_by(read_from=self._read_from)

    @property
    def over_rows(self) -> "RowSweep":
        """The runs, which are over the rows of a table."""
        from omsorg_cli.questions.row_sweep import RowSweep

        assert isinstance(self.sweep, RowSweep)
        return self.sweep

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self.sweep.count)

    @property
    def refused(self) -> int:
        """How many rows of the table were refused."""
        return int(getattr(self.sweep, "refused", 0))

    @property
    def municipality(self) -> str:
        """Whose scenario it is."""
        return str(self.sweep.scenario.head.municipality)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said of the table and of the scenario."""
        return tuple(self.sweep.warnings)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Why some of the rows that were worked out lack a figure, and how many were refused."""
        from omsorg_cli.render.sweep import gaps_said

        told = count(
            self.refused,
            "{number} of {whole} rows was refused; the column fault says why.",
            "{number} of {whole} rows were refused; the column fault says why.",
            whole=self.count,
        )
        return *gaps_said(self.sweep), *([told] if self.refused else [])

    def record(self) -> dict[str, Any]:
        """What was asked for, as data has it."""
        from omsorg_cli import __version__
        from omsorg_cli.render.data import scenario_record

        file = getattr(self.sweep, "file", None)
        return {
            "format": "omsorg.sweep/1" if self._drawing is None else "omsorg.simulate-rows/1",
            "version": __version__,
            "calculator": self.calculator,
            "scenario": scenario_record(self.sweep.scenario),
            **({} if file is None else {"table": {"file": file.name, "sha256": file.sha256}}),
            "warnings": list(self.warnings),
            **({} if self._drawing is None else {"draws": self._drawing[0], "seed": self._drawing[1]}),
        }

    def records(self) -> list[dict[str, Any]]:
        """Each row as data."""
        return [json.loads(line) for line in self.written("jsonl").splitlines()]

    def written(self, form: str) -> str:
        """The rows as csv, jsonl or json."""
        writer = _writer(self.sweep, form, self.record())
        rows = b"".join(writer.rows(piece) for piece in self.sweep.pieces(0, 1))
        return (writer.head + rows + writer.tail).decode()  # type: ignore[no-any-return]  # of any writer

    def ranking(self, by: str, most: int, mark: str, workers: int = 1) -> "Ranking":
        """The first rows by a figure, the largest first."""
        from omsorg_cli.questions.ranking import ranked

        return ranked(self.over_rows, by, most, mark, workers)

    def ranked(self, by: str, most: int, mark: str, workers: int = 1) -> "Ranked":
        """The same, to be shown and saved."""
        from omsorg_cli.library.shown import Ranked

        return Ranked(self.ranking(by, most, mark, workers)).made_by(read_from=self._read_from)

    @contextmanager
    def at_work(self, address: str | None, jobs: int) -> Iterator[int]:
        """Sends the pieces to a cluster, or to processes where that is quicker; with how many at work."""
        from omsorg_cli.questions.row_sweep import RowSweep
        from omsorg_cli.questions.shared import elsewhere

        sweep = self.sweep
        asked = elsewhere.packed(type(sweep), *sweep.asked) if address or isinstance(sweep, RowSweep) else b""
        if address is not None:
            with elsewhere.cluster(address, asked) as (sweep.submit, workers):
                yield workers
        elif isinstance(sweep, RowSweep) and jobs > 1 and sweep.count >= MANY and sweep.works_by_row:
            with elsewhere.processes(asked, jobs) as sweep.submit:
                yield jobs
        else:
            yield jobs

    def write(
        self, form: str, output: Path | None, told: Sequence[Any], workers: int = 1, progress: Progress = unseen
    ) -> None:
        """Writes the rows to standard output or a file, going on with what an earlier run left that was asked the same.

        `told` is what was asked for beside the record, of which a file that is gone on with must be.
        """
        with remembered(self._read_from):
            self._write(form, output, told, workers, progress)

    def _write(self, form: str, output: Path | None, told: Sequence[Any], workers: int, progress: Progress) -> None:
        record = self.record()
        if output is None or flows(output):
            _stream(self.sweep, form, record, workers, output)
            return
        from omsorg_cli.writing.resumable import Partial

        fingerprint = hashlib.sha256(json.dumps([record, *told]).encode()).hexdigest()
        with Partial(output, fingerprint, PURPOSES.get(form, "")) as partial:
            if partial.done:
                numbers = {"have": min(partial.done, self.sweep.count), "all": self.sweep.count}
                tell_notice(say("Resumes what an earlier run left, which has {have} of {all} rows.", **numbers))
            _to_file(self.sweep, form, record, partial, workers, progress)


def _writer(sweep: "Sweep | RowSweep", chosen: str, record: dict[str, Any]) -> Any:
    from omsorg_cli.questions.row_sweep import RowSweep
    from omsorg_cli.render import row_sweep as of_rows
    from omsorg_cli.render import sweep as of_grids

    if isinstance(sweep, RowSweep):
        if chosen in ("parquet", "xlsx"):
            return of_rows.Lines(sweep)
        by_name = {"csv": of_rows.Csv, "jsonl": of_rows.JsonLines}
        return by_name[chosen](sweep) if chosen in by_name else of_rows.Json(sweep, record)
    if chosen == "json":
        return of_grids.Json(sweep, record)
    return of_grids.Csv(sweep) if chosen == "csv" else of_grids.JsonLines(sweep)


def _stream(sweep: "Sweep | RowSweep", chosen: str, record: dict[str, Any], jobs: int, output: Path | None) -> None:
    """Writes to standard output, or to a device."""
    if chosen in ("parquet", "xlsx"):
        raise OmsorgError(
            say(
                "--format {format} goes to a file; write --output FILE{suffix} alone.",
                format=chosen,
                suffix=f".{chosen}",
            )
        )
    writer = _writer(sweep, chosen, record)
    pieces = (writer.rows(piece) for piece in sweep.pieces(0, jobs))
    if output is not None:
        with saving(output) as device:
            device.write(writer.head)
            for data in pieces:
                device.write(data)
            device.write(writer.tail)
        return
    for data in (writer.head, *pieces, writer.tail):
        emit(data.decode(), is_json=chosen != "csv")


def _to_file(
    sweep: "Sweep | RowSweep",
    chosen: str,
    record: dict[str, Any],
    partial: "Partial",
    jobs: int,
    progress: Progress,
) -> None:
    """Writes to the file, going on where it was broken off."""
    from omsorg_cli.questions.row_sweep import RowSweep

    if isinstance(sweep, RowSweep):
        sweep.refused = partial.refused
        _refuse_format(sweep, chosen)
        writer = _writer(sweep, chosen, record)
        _write_pieces(sweep, writer, partial, jobs, progress)
        if chosen in ("parquet", "xlsx"):
            _from_lines(sweep, chosen, partial)
            return
        _end(sweep, writer, partial)
    elif chosen == "parquet":
        _parquet(sweep, partial, jobs, progress)
    else:
        writer = _writer(sweep, chosen, record)
        _write_pieces(sweep, writer, partial, jobs, progress)
        _end(sweep, writer, partial)


def _refuse_format(sweep: "RowSweep", chosen: str) -> None:
    """What cannot be written in the end is refused before the work."""
    if chosen == "parquet":
        from omsorg_cli.render.draws import need_parquet

        need_parquet()
    elif chosen == "xlsx":
        from omsorg_cli.render.workbook.table_sheet import refuse_too_many

        refuse_too_many(sweep.count)


def _write_pieces(sweep: "Sweep | RowSweep", writer: Any, partial: "Partial", jobs: int, progress: Progress) -> None:
    with progress(sweep.count, say("sweeping")) as shown_progress:
        shown_progress.add(partial.done)
        for piece in sweep.pieces(partial.done, jobs):
            data = writer.rows(piece)
            partial.refused = getattr(sweep, "refused", 0)
            partial.write(data if piece.first else writer.head + data, piece.first + piece.size)
            shown_progress.add(piece.size)


def _end(sweep: "Sweep | RowSweep", writer: Any, partial: "Partial") -> None:
    if partial.done <= sweep.count:
        partial.write(writer.tail, sweep.count + 1)  # one row more than there are: the end is there too
    partial.finish()


def _from_lines(sweep: "RowSweep", chosen: str, partial: "Partial") -> None:
    """The rows that the partial file keeps go to Parquet, or to a workbook."""
    from omsorg_cli.render.row_sweep import columns, typed_columns

    names = columns(sweep)
    with saving(partial.path) as file, partial.reading() as lines:
        rows = map(json.loads, lines)
        if chosen == "xlsx":
            from omsorg_cli.render.workbook.table_sheet import write_rows

            write_rows(file, names, rows, sweep.count)
        else:
            _to_parquet(file, names, (typed_columns(sweep, held) for held in _grouped(rows)))
    partial.drop()


def _grouped(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    """So many rows at a time."""
    while held := list(islice(rows, OF_TEXT)):
        yield held


def _to_parquet(file: Any, names: list[str], groups: Iterator[list[Any]]) -> None:
    from omsorg_cli.render.draws import rows_to

    with rows_to(file, names, ".parquet") as rows:
        for held in groups:
            rows(held)


def _parquet(sweep: "Sweep", partial: "Partial", jobs: int, progress: Progress) -> None:
    """The figures go to the partial file as bare numbers, and from there, with the grids, to Parquet."""
    import numpy as np

    from omsorg_cli.render.draws import need_parquet, rows_to
    from omsorg_cli.render.sweep import columns, values

    need_parquet()
    with progress(sweep.count, say("sweeping")) as shown_progress:
        shown_progress.add(partial.done)
        for piece in sweep.pieces(partial.done, jobs):
            data = np.stack(piece.figures, axis=1).astype("<f8").tobytes()
            partial.write(data, piece.first + piece.size)
            shown_progress.add(piece.size)
    with (
        saving(partial.path) as file,
        rows_to(file, columns(sweep), ".parquet") as rows,
        partial.reading() as numbers,
    ):
        for first in range(0, sweep.count, GROUP):
            held_count = min(GROUP, sweep.count - first)
            held = np.frombuffer(numbers.read(held_count * NUMBER * len(sweep.figures)), "<f8")
            places = np.unravel_index(np.arange(first, first + held_count), sweep.shape)
            grids = [values(one, at) for one, at in zip(sweep.grids, places, strict=True)]
            rows([*grids, *held.reshape(held_count, -1).T])
    partial.drop()
