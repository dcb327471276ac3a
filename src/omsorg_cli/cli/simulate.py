"""The verb `simulate`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.calculators import load
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
    number,
    write_rendered,
)
from omsorg_cli.cli.progress import progress
from omsorg_cli.cli.shared import Cluster, Figures, drawn, figures_to_open, name_shipped, page, request_of, workbook
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
    at_work,
    options_of,
    record_of,
    refuse_without_rows,
    tell_refused,
    write_sweep,
)
from omsorg_cli.cli.sweep import SUFFIXES as ROW_SUFFIXES
from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say

if TYPE_CHECKING:
    from omsorg_cli.engine.layout import Input
    from omsorg_cli.questions.simulate import Simulation
    from omsorg_cli.result import Figure, Result

DRAWS_SUFFIXES = (".csv", ".parquet")


def simulate_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Figures = None,
    draws: Annotated[int, number("--draws", "Number of draws.")] = 100_000,
    seed: Annotated[
        int,
        number("--seed", "Random seed: the same seed repeats the result."),
    ] = 1,
    jobs: Annotated[
        int,
        number("--jobs", "Threads; by default one for each processor.", show_default=False),
    ] = 0,
    draws_output: Annotated[
        Path | None, typer.Option("--draws-output", metavar="FILE", help="Write the draws there (.csv or .parquet).")
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

    Draws the inputs from their ranges and gives the percentiles of the figures.
    """
    read_so = (columns, unit, sheet, separator, decimal)
    refuse_without_rows(rows, any(one is not None for one in (*read_so, cluster)) or keep_going)
    if rows is not None:
        if draws_output is not None:
            raise OmsorgError(say("--draws-output: goes with one scenario, not with --rows."))
        asked = (calculator, scenario, set_, with_, keys, tuple(figure or ()))
        _simulate_rows(asked, rows, read_so, (draws, seed), jobs, cluster, format_, output, keep_going=keep_going)
        return
    chosen = format_of(format_, output, suffixes=SUFFIXES | WORKBOOK | PICTURES | PAGES)
    from omsorg_cli.writing.claim import resolved

    if output is not None and draws_output is not None and resolved(output) == resolved(draws_output):
        file = str(draws_output)
        raise OmsorgError(say("--draws-output {file}: is the file of --output; allowed: another one.", file=file))
    from omsorg_cli.engine.parallel import checked_jobs
    from omsorg_cli.questions.simulate import Options, ranged, simulate
    from omsorg_cli.render import simulate as renderer

    checked_jobs(jobs)
    result, figures = figures_to_open(calculator, scenario, set_, with_, keys, figure or (), shown=chosen == "table")
    inputs = ranged(result, figures)
    with progress(draws, say("drawing")) as shown, _draws_to(draws_output, figures, inputs) as take:

        def sink(chunk: Any) -> None:
            take(chunk)
            shown.add(len(chunk.figures[0]))

        found = simulate(result, figures, Options(draws, seed, jobs), sink)
    files = {
        "xlsx": lambda: workbook(result, figures, lambda answers: answers.simulation(found)),
        "html": lambda: page(
            result,
            renderer.document(found),
            lambda: _histograms(result, found),
            [(say("draws"), str(draws)), (say("random seed"), str(seed))],
        ),
        "picture": lambda: drawn(output, lambda pictures: pictures.simulation(found)),
    }
    write_rendered(renderer, found, chosen, output, files)


def _histograms(result: "Result", found: "Simulation") -> Iterator[str]:
    from omsorg_cli.render.pictures.histogram import histogram
    from omsorg_cli.render.values import capital, figure_label

    for one in found.outcomes:
        picture = histogram(one, figure_label(result, one.figure))
        if picture:
            yield f"<figcaption>{escape(capital(figure_label(result, one.figure)))}</figcaption>{picture}"


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
    from omsorg_cli.engine.parallel import checked_jobs
    from omsorg_cli.questions.row_simulation import RowSimulation
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.questions.simulate import Options
    from omsorg_cli.scenario.read import read
    from omsorg_cli.scenario.sheets import file_bytes

    text, said = read(scenario or load(calculator).scenario), plain(str(path))
    table = (file_bytes(path, said), said, options_of(*read_so))
    ranges = Options(*drawing)
    found = RowSimulation(text, request_of(set_, with_), calculator, *table, Selection(keys), names, ranges)
    name_shipped(calculator, scenario)
    record = record_of(found, calculator, "omsorg.simulate-rows/1") | {"draws": drawing[0], "seed": drawing[1]}
    with at_work(found, cluster, checked_jobs(jobs)) as workers:
        write_sweep(found, chosen, record, output, workers, [record, list(read_so), keys, names, chosen])
    tell_refused(found, keep_going=keep_going)


@contextmanager
def _draws_to(
    path: Path | None, figures: "tuple[Figure, ...]", inputs: "tuple[Input, ...]"
) -> Iterator[Callable[[Any], None]]:
    """What takes each chunk of draws: the file, if there is to be one."""
    if path is None:
        yield lambda _: None
        return
    import numpy as np

    from omsorg_cli.render.draws import column, month_texts, rows_to, suffix_of
    from omsorg_cli.writing.output import saving

    suffix = suffix_of(path, DRAWS_SUFFIXES)
    columns = ["draw", *(item.path for item in inputs), *(column(figure, figures) for figure in figures)]
    with saving(path) as file, rows_to(file, columns, suffix) as rows:

        def take(chunk: Any) -> None:
            numbers = np.arange(chunk.first, chunk.first + len(chunk.figures[0]))
            values = [(item.kind.form, chunk.inputs[item.path]) for item in inputs]
            rows([numbers, *(month_texts(one) if form == "month" else one for form, one in values), *chunk.figures])

        yield take
