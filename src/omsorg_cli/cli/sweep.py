"""The verb `sweep`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    write_shown,
)
from omsorg_cli.cli.options import SUFFIXES as TOP_SUFFIXES
from omsorg_cli.cli.progress import progress
from omsorg_cli.cli.shared import Cluster, Figures, name_shipped, run_of
from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.language import say, spoken_by_people
from omsorg_cli.writing.output import tell_notice

if TYPE_CHECKING:
    from omsorg_cli.library.rows import Sweeping, Table

FORMATS = ("csv", "jsonl", "json", "parquet")
SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet"}
OF_ROWS = {".xlsx": "xlsx"}
"""The formats that only rows of a table go to."""

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
        typer.Option(
            "--by",
            metavar="FIGURE",
            help="With --top: the figure; --figure does as well.",
            autocompletion=complete.figures,
        ),
    ] = None,
    mark: Annotated[
        str | None,
        typer.Option(
            "--mark", metavar="NAME", help="With --top: the row to mark, if not that of the scenario's municipality."
        ),
    ] = None,
    figure: Figures = None,
    jobs: Annotated[
        int,
        number(
            "--jobs",
            "Threads, or processes for many rows. By default, one for each processor.",
            show_default=False,
        ),
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
    ranks_by = _ranked_by(by, figure, top, rows) if top or by or mark else ""
    figure = [ranks_by] if ranks_by else figure
    of_rows = OF_ROWS if rows is not None else {}
    ranks = (TOP_FORMATS, TOP_SUFFIXES | PICTURES | PAGES)
    shown_as = {} if rows is not None else PICTURES | PAGES
    of_cases = ((*FORMATS, *of_rows.values()), SUFFIXES | of_rows | shown_as)
    chosen = format_of(format_, output, *(ranks if ranks_by else of_cases))
    from omsorg_cli.library.rows import checked_jobs

    read_so = (columns, unit, sheet, separator, decimal)
    _refuse_mixed(grid, rows, any(one is not None for one in read_so) or keep_going)
    threads, asked = checked_jobs(jobs), run_of(calculator, scenario, set_, with_, keys)
    table = None if rows is None else table_of(rows, *read_so)
    sweep = asked.sweeping(grid or (), figure or ()) if table is None else asked.over_rows(table, figure or ())
    name_shipped(calculator, scenario)
    tell_warnings(sweep)
    with sweep.at_work(cluster, threads) as workers:
        if ranks_by:
            write_shown(sweep.ranked(ranks_by, top, mark or sweep.municipality, workers), chosen, output)
        elif chosen in ("picture", "html"):
            write_shown(sweep.cases(), chosen, output)
        else:
            sweep.write(chosen, output, [grid, keys, figure, chosen, read_so], workers, progress)
    tell_lacking(sweep, keep_going=keep_going)


def _ranked_by(by: str | None, figures: list[str] | None, top: int, rows: Path | None) -> str:
    """The figure of a ranking, which is of a table and says how many rows; --by may be a key of the calculator."""
    named = {*filter(None, [by]), *(figures or ())}
    if not top or len(named) != 1 or rows is None:
        raise OmsorgError(
            say("A ranking needs --rows FILE, --top N, and one figure by --by FIGURE or --figure FIGURE.")
        )
    return str(named.pop())


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


def table_of(
    rows: Path,
    columns: list[str] | None,
    units: list[str] | None,
    sheet: str | None,
    separator: str | None,
    decimal: str | None,
) -> "Table":
    """The file, and how it is to be read."""
    from omsorg_cli.library.rows import Table

    tab = "\t" if separator in ("\\t", "tab") else separator
    return Table(rows, _pairs(columns, "--columns"), _pairs(units, "--unit"), sheet, tab, decimal or "")


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    """What each path is given, by path."""
    found = {}
    for text in texts or ():
        path, equals, given = (part.strip() for part in text.partition("="))
        if not path or not equals or not given:
            raise OmsorgError(say("{option} {found}: allowed: PATH=TEXT.", option=option, found=shown(text)))
        found[path] = given
    return found


def tell_warnings(sweep: "Sweeping") -> None:
    """Says what must be said beside the rows."""
    with spoken_by_people():
        for warning in sweep.warnings:
            tell_notice(warning)


def tell_lacking(sweep: "Sweeping", *, keep_going: bool) -> None:
    """Says why rows lack a figure, and how many were refused; that some were is no full answer."""
    with spoken_by_people():
        for text in sweep.lacking:
            tell_notice(text)
    if sweep.refused and not keep_going:
        raise typer.Exit(1)
