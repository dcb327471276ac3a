"""The verb `simulate`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    number,
    write_rendered,
)
from omsorg_cli.cli.progress import progress
from omsorg_cli.cli.shared import Figures, drawn, figures_to_open, page, workbook
from omsorg_cli.core.errors import OmsorgError
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
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Show how uncertain an answer is.

    Draws the inputs from their ranges and gives the percentiles of the figures.
    """
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
        "picture": lambda: drawn(output, lambda chart, suffix: chart.simulation(found, suffix)),
    }
    write_rendered(renderer, found, chosen, output, files)


def _histograms(result: "Result", found: "Simulation") -> Iterator[str]:
    from omsorg_cli.render.report.histogram import histogram
    from omsorg_cli.render.values import figure_label

    return (histogram(one, figure_label(result, one.figure)) for one in found.outcomes)


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
