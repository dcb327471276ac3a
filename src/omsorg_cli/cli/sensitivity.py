"""The verb `sensitivity`."""

from typing import Annotated

import typer

from omsorg_cli.cli.options import (
    FORMATS,
    PAGES,
    PICTURES,
    PRINTED,
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
    write_shown,
)
from omsorg_cli.cli.shared import Figures, run_of, tell_beside
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say


def sensitivity_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Figures = None,
    only_ranged: Annotated[bool, typer.Option("--only-ranged", help="Only inputs that have a range.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Every input, not only the ten that matter most.")] = False,
    global_: Annotated[
        bool, typer.Option("--global", help="Vary all inputs at once: Sobol indices instead of a tornado.")
    ] = False,
    samples: Annotated[
        int | None,
        number("--samples", "Points of --global, a power of 2; by default 4096."),
    ] = None,
    seed: Annotated[
        int | None,
        number("--seed", "Random seed of --global; by default 1."),
    ] = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Show what matters most.

    Shows how much a figure changes with each input, the most important input first.
    """
    chosen = format_of(format_, output, suffixes=SUFFIXES | WORKBOOK | PICTURES | PAGES)
    if not global_ and (samples is not None or seed is not None):
        raise OmsorgError(say("--samples and --seed go with --global: a tornado draws nothing."))
    answer = run_of(calculator, scenario, set_, with_, keys)
    tell_beside(answer, scenario, figure or (), shown=chosen == "table", first=True)
    if not global_:
        write_shown(answer.sensitivity(figure, only_ranged=only_ranged, all_inputs=all_), chosen, output)
        return
    if chosen not in (*FORMATS, *PAGES.values()) and (output is None or output.suffix.lower() not in PRINTED):
        allowed = ", ".join((*FORMATS, "html", "pdf"))
        told = say("--global is written as {formats}; pictures and workbooks show the tornado.", formats=allowed)
        raise OmsorgError(told)
    write_shown(answer.indices(figure, samples=samples, seed=seed), chosen, output)
