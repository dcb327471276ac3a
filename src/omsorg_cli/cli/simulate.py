"""The verb `simulate`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from omsorg_cli.cli.options import (
    PAGES,
    PICTURES,
    SUFFIXES,
    WORKBOOK,
    CalculatorName,
    Format,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    new_path,
    number,
    write_shown,
)
from omsorg_cli.cli.progress import progress
from omsorg_cli.cli.shared import Cluster, Figures, name_shipped, run_of, tell_beside
from omsorg_cli.cli.sweep import FORMATS as ROW_FORMATS
from omsorg_cli.cli.sweep import (
    OF_ROWS,
    Columns,
    Decimal,
    KeepGoing,
    Rows,
    Separator,
    SheetName,
    Units,
    refuse_without_rows,
    table_of,
    tell_lacking,
    tell_warnings,
)
from omsorg_cli.cli.sweep import SUFFIXES as ROW_SUFFIXES
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say


def simulate_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Figures = None,
    draws: Annotated[int, number("--draws", "Number of draws.", low=1)] = 100_000,
    seed: Annotated[
        int,
        number("--seed", "Random seed: the same seed repeats the result."),
    ] = 1,
    jobs: Annotated[
        int,
        number("--jobs", "Threads; by default one for each processor.", show_default=False),
    ] = 0,
    draws_output: Annotated[
        Path | None,
        typer.Option(
            "--draws-output", parser=new_path, metavar="FILE", help="Write the draws there (.csv or .parquet)."
        ),
    ] = None,
    rows: Rows = None,
    columns: Columns = None,
    unit: Units = None,
    sheet: SheetName = None,
    separator: Separator = None,
    decimal: Decimal = None,
    keep_going: KeepGoing = False,
    cluster: Cluster = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Show how uncertain an answer is.

    Draws values at random from the ranges of the inputs and shows the percentiles of the figures.
    """
    read_so = (columns, unit, sheet, separator, decimal)
    refuse_without_rows(rows, any(one is not None for one in (*read_so, cluster)) or keep_going)
    if rows is not None:
        if draws_output is not None:
            raise OmsorgError(say("--draws-output goes with one scenario, not with --rows."))
        asked = (calculator, scenario, set_, with_, keys, tuple(figure or ()))
        _simulate_rows(asked, rows, read_so, (draws, seed), jobs, cluster, format_, output, keep_going=keep_going)
        return
    chosen = format_of(format_, output, suffixes=SUFFIXES | WORKBOOK | PICTURES | PAGES)
    from omsorg_cli.library.rows import checked_jobs
    from omsorg_cli.writing.claim import resolved

    if output is not None and draws_output is not None and resolved(output) == resolved(draws_output):
        file = str(draws_output)
        raise OmsorgError(say("--draws-output {file} is the file of --output; allowed: another one.", file=file))
    checked_jobs(jobs)
    answer = run_of(calculator, scenario, set_, with_, keys)
    tell_beside(answer, scenario, figure or (), shown=chosen == "table")
    with progress(draws, say("drawing")) as shown, answer.draws_to(draws_output, figure) as take:

        def sink(chunk: Any) -> None:
            take(chunk)
            shown.add(len(chunk.figures[0]))

        found = answer.simulate(figure, draws=draws, seed=seed, jobs=jobs, sink=sink)
    write_shown(found, chosen, output)


def _simulate_rows(
    asked: tuple[Any, ...],
    path: Path,
    read_so: tuple[Any, ...],
    drawing: tuple[int, int],
    jobs: int,
    cluster: str | None,
    format_: str | None,
    output: Path | None,
    *,
    keep_going: bool,
) -> None:
    """The percentiles of each row of a table."""
    calculator, scenario, set_, with_, keys, names = asked
    chosen = format_of(format_, output, (*ROW_FORMATS, *OF_ROWS.values()), ROW_SUFFIXES | OF_ROWS)
    from omsorg_cli.library.rows import checked_jobs

    answer = run_of(calculator, scenario, set_, with_, keys)
    found = answer.over_rows(table_of(path, *read_so), names, drawing=drawing)
    name_shipped(calculator, scenario)
    tell_warnings(found)
    with found.at_work(cluster, checked_jobs(jobs)) as workers:
        found.write(chosen, output, [list(read_so), keys, names, chosen], workers, progress)
    tell_lacking(found, keep_going=keep_going)
