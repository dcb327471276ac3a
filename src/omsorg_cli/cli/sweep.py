"""The verb `sweep`."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.calculators import load
from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import FORMATS as TOP_FORMATS
from omsorg_cli.cli.options import (
    PAGES,
    PICTURES,
    CalculatorName,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    number,
    write,
    write_rendered,
)
from omsorg_cli.cli.options import SUFFIXES as TOP_SUFFIXES
from omsorg_cli.cli.progress import progress
from omsorg_cli.cli.shared import Cluster, Figures, drawn, name_shipped, page, request_of
from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import count, say
from omsorg_cli.writing.output import emit, tell_notice

if TYPE_CHECKING:
    from omsorg_cli.questions.row_sweep import Options, RowSweep
    from omsorg_cli.questions.sweep import Sweep
    from omsorg_cli.result import Result
    from omsorg_cli.writing.resumable import Partial

FORMATS = ("csv", "jsonl", "json", "parquet")
SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet"}
OF_ROWS = {".xlsx": "xlsx"}
"""The formats that only rows of a table go to."""
NUMBER = 8
"""Bytes of a figure on the way to Parquet."""
MANY = 4_000
"""Rows of a table from which processes are quicker than threads."""
GROUP = 1 << 20
"""Rows that are written to Parquet at a time."""

Rows = Annotated[
    Path | None,
    typer.Option("--rows", metavar="FILE", help="One run for each row of this CSV file or workbook."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--columns", metavar="PATH=HEADING", help="With --rows: the column of an input (repeatable)."),
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--unit", metavar="PATH=UNIT", help="With --rows: the unit of bare numbers, such as kNOK (repeatable)."
    ),
]

SheetName = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="With --rows: the sheet of the workbook.")
]
Separator = Annotated[
    str | None, typer.Option("--separator", metavar="SIGN", help="With --rows: what separates the columns.")
]
Decimal = Annotated[
    str | None, typer.Option("--decimal", metavar=",|.", help="With --rows: the decimal sign of the file.")
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="With --rows: exit code 0 although some rows were refused.")
]


def sweep_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    grid: Annotated[
        list[str] | None,
        typer.Option(
            "--grid",
            metavar="PATH=…",
            help="PATH=FROM:TO:COUNT, both ends included, or PATH=a,b,c (repeatable).",
            autocompletion=complete.inputs,
        ),
    ] = None,
    rows: Rows = None,
    columns: Columns = None,
    unit: Units = None,
    sheet: SheetName = None,
    separator: Separator = None,
    decimal: Decimal = None,
    keep_going: KeepGoing = False,
    top: Annotated[
        int,
        number("--top", "With --rows: print the first rows by a figure, the largest first.", show_default=False),
    ] = 0,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="FIGURE", help="With --top: the figure.", autocompletion=complete.figures),
    ] = None,
    mark: Annotated[
        str | None,
        typer.Option("--mark", metavar="NAME", help="With --top: the own row, if not the scenario's municipality."),
    ] = None,
    figure: Figures = None,
    jobs: Annotated[
        int,
        number("--jobs", "Threads, or processes for many rows; by default one for each processor."),
    ] = 0,
    cluster: Cluster = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="csv|jsonl|json", help="What is printed.")] = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Run many cases as one table.

    One row for each combination of inputs, or for each row of a file. An interrupted run resumes in the same file.
    """
    if top or by or mark:
        _refuse_incomplete(top, by, rows)
        figure = [by] if by else None
    of_rows = OF_ROWS if rows is not None else {}
    ranks = (TOP_FORMATS, TOP_SUFFIXES | PICTURES)
    shown = {} if rows is not None else PICTURES | PAGES
    of_cases = ((*FORMATS, *of_rows.values()), SUFFIXES | of_rows | shown)
    chosen = format_of(format_, output, *(ranks if top else of_cases))
    from omsorg_cli.engine.parallel import checked_jobs
    from omsorg_cli.questions import row_sweep
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.questions.sweep import Sweep
    from omsorg_cli.scenario.read import read

    read_so = (columns, unit, sheet, separator, decimal)
    _refuse_mixed(grid, rows, any(one is not None for one in read_so) or keep_going)
    known, threads = load(calculator), checked_jobs(jobs)
    text, request, selection = read(scenario or known.scenario), request_of(set_, with_), Selection(keys)
    sweep: Sweep | RowSweep
    if rows is None:
        sweep = Sweep(text, request, calculator, grid or (), selection, figure or ())
    else:
        from omsorg_cli.scenario.sheets import file_bytes

        options, said = options_of(columns, unit, sheet, separator, decimal), plain(str(rows))
        sweep = row_sweep.RowSweep(
            text, request, calculator, file_bytes(rows, said), said, options, selection, figure or ()
        )
    name_shipped(calculator, scenario)
    record = record_of(sweep, calculator, "omsorg.sweep/1")
    with at_work(sweep, cluster, threads) as workers:
        if chosen in ("picture", "html") and isinstance(sweep, Sweep):
            _show(sweep, chosen, output)
        elif top and by and isinstance(sweep, row_sweep.RowSweep):
            _rank(sweep, by, top, mark or sweep.scenario.head.municipality, workers, chosen, output)
        else:
            write_sweep(sweep, chosen, record, output, workers, [record, grid, keys, figure, chosen, read_so])
    tell_refused(sweep, keep_going=keep_going)


def record_of(sweep: "Sweep | RowSweep", calculator: str, form: str) -> dict[str, Any]:
    """What the sweep was asked for, as data has it; its warnings are told."""
    from omsorg_cli import __version__
    from omsorg_cli.render.data import scenario_record

    for warning in sweep.warnings:
        tell_notice(warning)
    return {
        "format": form,
        "version": __version__,
        "calculator": calculator,
        "scenario": scenario_record(sweep.scenario),
        **table_record(sweep),
        "warnings": list(sweep.warnings),
    }


@contextmanager
def at_work(sweep: "Sweep | RowSweep", address: str | None, jobs: int) -> Iterator[int]:
    """Sends the pieces to a cluster, or to processes where that is quicker; with how many at work."""
    from omsorg_cli.questions.row_sweep import RowSweep
    from omsorg_cli.questions.shared import elsewhere

    asked = elsewhere.packed(type(sweep), *sweep.asked) if address or isinstance(sweep, RowSweep) else b""
    if address is not None:
        with elsewhere.cluster(address, asked) as (sweep.submit, workers):
            yield workers
    elif isinstance(sweep, RowSweep) and jobs > 1 and sweep.count >= MANY and sweep.works_by_row:
        with elsewhere.processes(asked, jobs) as sweep.submit:
            yield jobs
    else:
        yield jobs


def write_sweep(
    sweep: "Sweep | RowSweep",
    chosen: str,
    record: dict[str, Any],
    output: Path | None,
    workers: int,
    told: list[Any],
) -> None:
    """Writes the rows where they were asked for; `told` is what a file that is gone on with must have been asked."""
    if output is None or (output.exists() and not output.is_file()):
        _stream(sweep, chosen, record, workers, output)
        return
    from omsorg_cli.writing.resumable import Partial

    fingerprint = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    purpose = {"parquet": "numbers", "xlsx": "rows"}.get(chosen, "")
    with Partial(output, fingerprint, purpose) as partial:
        if partial.done:
            numbers = {"have": min(partial.done, sweep.count), "all": sweep.count}
            tell_notice(say("Resumes what an earlier run left, which has {have} of {all} rows.", **numbers))
        _to_file(sweep, chosen, record, partial, workers)


def _show(sweep: "Sweep", chosen: str, output: Path | None) -> None:
    """The cases as lines or as a heat map, alone or in a page with their table."""
    from omsorg_cli.render import sweep as renderer
    from omsorg_cli.result import run

    result = run(sweep.scenario, sweep.name)
    files = {
        "picture": lambda: drawn(output, lambda pictures: pictures.sweep(sweep, result)),
        "html": lambda: page(result, renderer.document(sweep, result), lambda: _picture(sweep, result)),
    }
    write(files[chosen](), output)


def _picture(sweep: "Sweep", result: "Result") -> Iterator[str]:
    from omsorg_cli.render.pictures.questions import sweep as picture

    yield picture(sweep, result, alone=False)


def _refuse_incomplete(top: int, by: str | None, rows: Path | None) -> None:
    """A ranking is of a table, and says how many rows and by which figure."""
    if not top or not by or rows is None:
        raise OmsorgError(say("A ranking needs --rows FILE, --top N and --by FIGURE, all three."))


def _rank(sweep: "RowSweep", by: str, top: int, own: str, workers: int, chosen: str, output: Path | None) -> None:
    """Prints the first rows by the figure, or draws them."""
    from omsorg_cli.questions.ranking import ranked
    from omsorg_cli.render import ranking as renderer

    found = ranked(sweep, by, top, own, workers)
    files = {"picture": lambda: drawn(output, lambda pictures: pictures.ranking(found))}
    write_rendered(renderer, found, chosen, output, files)


def _refuse_mixed(grid: list[str] | None, rows: Path | None, about_rows: bool) -> None:
    """A sweep is over a grid or over the rows of a table."""
    refuse_without_rows(rows, about_rows)
    if (rows is None) == (not grid):
        raise OmsorgError(say("sweep: name what varies, by --grid PATH=… or by --rows FILE, and not by both."))


def refuse_without_rows(rows: Path | None, about_rows: bool) -> None:
    """What says how a table is read is of no use without one."""
    if rows is None and about_rows:
        told = say("--columns, --unit, --sheet, --separator, --decimal and --keep-going go with --rows FILE.")
        raise OmsorgError(told)


def options_of(
    columns: list[str] | None, units: list[str] | None, sheet: str | None, separator: str | None, decimal: str | None
) -> "Options":
    """How the table is to be read."""
    from omsorg_cli.questions.row_sweep import Options

    if decimal not in (None, ",", "."):
        raise OmsorgError(say('--decimal: found {found}; allowed: "," or "."', found=shown(decimal)))
    tab = "\t" if separator in ("\\t", "tab") else separator
    return Options(sheet, _pairs(columns, "--columns"), _pairs(units, "--unit"), tab, decimal or "")


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    """What each path is given, by path."""
    found = {}
    for text in texts or ():
        path, equals, given = (part.strip() for part in text.partition("="))
        if not path or not equals or not given:
            raise OmsorgError(say("{option} {found}: allowed: PATH=TEXT.", option=option, found=shown(text)))
        found[path] = given
    return found


def table_record(sweep: "Sweep | RowSweep") -> dict[str, Any]:
    """The table that was read, if one was."""
    file = getattr(sweep, "file", None)
    return {} if file is None else {"table": {"file": file.name, "sha256": file.sha256}}


def tell_refused(sweep: "Sweep | RowSweep", *, keep_going: bool) -> None:
    """Says how many rows were refused; that some were is no full answer."""
    refused = getattr(sweep, "refused", 0)
    if not refused:
        return
    told = count(
        refused,
        "{number} of {whole} rows was refused; the column fault says why.",
        "{number} of {whole} rows were refused; the column fault says why.",
        whole=sweep.count,
    )
    tell_notice(told)
    if not keep_going:
        raise typer.Exit(1)


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
    from omsorg_cli.writing.output import saving

    if chosen in ("parquet", "xlsx"):
        raise OmsorgError(say("--format {format}: goes to a file; write --output FILE.{format}.", format=chosen))
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


def _to_file(sweep: "Sweep | RowSweep", chosen: str, record: dict[str, Any], partial: "Partial", jobs: int) -> None:
    """Writes to the file, going on where it was broken off."""
    from omsorg_cli.questions.row_sweep import RowSweep

    if isinstance(sweep, RowSweep):
        sweep.refused = partial.refused
        _refuse_format(sweep, chosen)
        writer = _writer(sweep, chosen, record)
        _write_pieces(sweep, writer, partial, jobs)
        if chosen in ("parquet", "xlsx"):
            _from_lines(sweep, chosen, partial)
            return
        _end(sweep, writer, partial)
    elif chosen == "parquet":
        _parquet(sweep, partial, jobs)
    else:
        writer = _writer(sweep, chosen, record)
        _write_pieces(sweep, writer, partial, jobs)
        _end(sweep, writer, partial)


def _refuse_format(sweep: "RowSweep", chosen: str) -> None:
    """What cannot be written in the end is refused before the work."""
    if chosen == "parquet":
        from omsorg_cli.render.draws import need_parquet

        need_parquet()
    elif chosen == "xlsx":
        from omsorg_cli.render.workbook.table_sheet import refuse_too_many

        refuse_too_many(sweep.count)


def _write_pieces(sweep: "Sweep | RowSweep", writer: Any, partial: "Partial", jobs: int) -> None:
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
    from omsorg_cli.writing.output import saving

    names = columns(sweep)
    with saving(partial.path) as file, partial.reading() as lines:
        rows = map(json.loads, lines)
        if chosen == "xlsx":
            from omsorg_cli.render.workbook.table_sheet import write_rows

            write_rows(file, names, rows, sweep.count)
        else:
            _to_parquet(file, names, [typed_columns(sweep, list(rows))])
    partial.drop()


def _to_parquet(file: Any, names: list[str], groups: list[list[Any]]) -> None:
    from omsorg_cli.render.draws import rows_to

    with rows_to(file, names, ".parquet") as rows:
        for held in groups:
            rows(held)


def _parquet(sweep: "Sweep", partial: "Partial", jobs: int) -> None:
    """The figures go to the partial file as bare numbers, and from there, with the grids, to Parquet."""
    import numpy as np

    from omsorg_cli.render.draws import need_parquet, rows_to
    from omsorg_cli.render.sweep import columns, values
    from omsorg_cli.writing.output import saving

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
