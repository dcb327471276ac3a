"""The verb `sweep`."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.calculators import load
from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import CalculatorName, Output, Overlays, Scenario, Sets, format_of, number
from omsorg_cli.cli.progress import progress
from omsorg_cli.cli.shared import Figures, name_shipped, request_of
from omsorg_cli.core.language import say
from omsorg_cli.writing.output import emit, tell_notice

if TYPE_CHECKING:
    from omsorg_cli.questions.sweep import Sweep
    from omsorg_cli.writing.resumable import Partial

FORMATS = ("csv", "jsonl", "json", "parquet")
SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet"}
NUMBER = 8
"""Bytes of a figure on the way to Parquet."""
GROUP = 1 << 20
"""Rows that are written to Parquet at a time."""


def sweep_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    grid: Annotated[
        list[str],
        typer.Option(
            "--grid",
            metavar="PATH=…",
            help="PATH=FROM:TO:COUNT, both ends included, or PATH=a,b,c (repeatable).",
            autocompletion=complete.inputs,
        ),
    ],
    figure: Figures = None,
    jobs: Annotated[
        int,
        number("--jobs", "Threads; by default one for each processor."),
    ] = 0,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="csv|jsonl|json", help="What is printed.")] = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Run many cases as one table.

    One row for each combination of inputs. An interrupted run resumes in the same file.
    """
    chosen = format_of(format_, output, FORMATS, SUFFIXES)
    from omsorg_cli import __version__
    from omsorg_cli.engine.parallel import checked_jobs
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.questions.sweep import Sweep
    from omsorg_cli.render.data import scenario_record
    from omsorg_cli.scenario.read import read

    known, workers = load(calculator), checked_jobs(jobs)
    text, request = read(scenario or known.scenario), request_of(set_, with_)
    sweep = Sweep(text, request, calculator, grid, Selection(keys), figure or ())
    name_shipped(calculator, scenario)
    for warning in sweep.warnings:
        tell_notice(warning)
    record = {
        "format": "omsorg.sweep/1",
        "version": __version__,
        "calculator": calculator,
        "scenario": scenario_record(sweep.scenario),
        "warnings": list(sweep.warnings),
    }
    if output is None or (output.exists() and not output.is_file()):
        _stream(sweep, chosen, record, workers, output)
        return
    from omsorg_cli.writing.resumable import Partial

    asked = [record, grid, {key: list(items) for key, items in keys.items()}, figure, chosen]
    fingerprint = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
    with Partial(output, fingerprint, "numbers" if chosen == "parquet" else "") as partial:
        if partial.done:
            have = min(partial.done, sweep.count)
            told = {"have": have, "all": sweep.count}
            tell_notice(say("Resumes what an earlier run left, which has {have} of {all} rows.", **told))
        if chosen == "parquet":
            _parquet(sweep, partial, workers)
        else:
            _file(sweep, _writer(sweep, chosen, record), partial, workers)


def _writer(sweep: "Sweep", chosen: str, record: dict[str, Any]) -> Any:
    from omsorg_cli.render.sweep import Csv, Json, JsonLines

    return Csv(sweep) if chosen == "csv" else JsonLines(sweep) if chosen == "jsonl" else Json(sweep, record)


def _stream(sweep: "Sweep", chosen: str, record: dict[str, Any], jobs: int, output: Path | None) -> None:
    """Writes to standard output, or to a device."""
    from omsorg_cli.core.errors import OmsorgError
    from omsorg_cli.writing.output import saving

    if chosen == "parquet":
        raise OmsorgError(say("--format parquet: goes to a file; write --output FILE.parquet."))
    writer = _writer(sweep, chosen, record)
    pieces = (writer.rows(piece) for piece in sweep.pieces(0, jobs))
    if output is not None:
        with saving(output) as device:
            for data in (writer.head, *pieces, writer.tail):
                device.write(data)
        return
    for data in (writer.head, *pieces, writer.tail):
        emit(data.decode(), is_json=chosen != "csv")


def _file(sweep: "Sweep", writer: Any, partial: "Partial", jobs: int) -> None:
    with progress(sweep.count, say("sweeping")) as shown:
        shown.add(partial.done)
        for piece in sweep.pieces(partial.done, jobs):
            data, rows = writer.rows(piece), len(piece.places[0])
            partial.write(data if piece.first else writer.head + data, piece.first + rows)
            shown.add(rows)
    if partial.done <= sweep.count:
        partial.write(writer.tail, sweep.count + 1)  # one row more than there are: the end is there too
    partial.finish()


def _parquet(sweep: "Sweep", partial: "Partial", jobs: int) -> None:
    """The figures go to the partial file as bare numbers, and from there, with the grids, to Parquet."""
    import numpy as np

    from omsorg_cli.render.draws import need_parquet, rows_to
    from omsorg_cli.render.sweep import columns, values
    from omsorg_cli.writing.output import saving

    need_parquet()
    with progress(sweep.count, say("sweeping")) as shown:
        shown.add(partial.done)
        for piece in sweep.pieces(partial.done, jobs):
            count = len(piece.places[0])
            partial.write(np.stack(piece.figures, axis=1).astype("<f8").tobytes(), piece.first + count)
            shown.add(count)
    with (
        saving(partial.path) as file,
        rows_to(file, columns(sweep), ".parquet") as rows,
        partial.reading() as numbers,
    ):
        for first in range(0, sweep.count, GROUP):
            count = min(GROUP, sweep.count - first)
            held = np.frombuffer(numbers.read(count * NUMBER * len(sweep.figures)), "<f8")
            places = np.unravel_index(np.arange(first, first + count), sweep.shape)
            grids = [values(one, at) for one, at in zip(sweep.grids, places, strict=True)]
            rows([*grids, *held.reshape(count, -1).T])
    partial.drop()
