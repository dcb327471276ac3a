"""The verb `solve`."""

from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import (
    PAGES,
    PICTURES,
    SUFFIXES,
    CalculatorName,
    Format,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    write_shown,
)
from omsorg_cli.cli.shared import name_shipped, run_of
from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.language import say, spoken_by_people
from omsorg_cli.core.numbers import set_apart
from omsorg_cli.writing.output import tell_notice


def solve_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    input_: Annotated[
        str,
        typer.Option("--input", metavar="PATH", help="The input to find a value for.", autocompletion=complete.paths),
    ],
    figure: Annotated[
        str,
        typer.Option(
            "--figure", metavar="NAME", help="The figure that is to reach the target.", autocompletion=complete.figures
        ),
    ],
    target: Annotated[str, typer.Option("--target", metavar="N", help="The value that the figure is to reach.")] = "0",
    between: Annotated[
        str | None,
        typer.Option(
            "--between", metavar="LOW,HIGH", help="Search between these values; by default within the input's bounds."
        ),
    ] = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Find what it would take.

    Finds the value of one input at which a figure reaches a target.
    """
    chosen = format_of(format_, output, suffixes=SUFFIXES | PAGES | PICTURES)
    ends = _ends(between)
    asked = run_of(calculator, scenario, set_, with_, keys)
    found = asked.solve(input_, figure, target=target, between=ends)
    if chosen != "table":
        name_shipped(calculator, scenario)
    if found.warnings:
        with spoken_by_people():
            for warning in asked.solve(input_, figure, target=target, between=ends).warnings:
                tell_notice(warning)
    write_shown(found, chosen, output)


def _ends(between: str | None) -> tuple[str, str] | None:
    if between is None:
        return None
    parts = set_apart(between)
    if len(parts) != 2:
        raise OmsorgError(
            say("--between: found {found}; allowed: LOW,HIGH, such as 0.5,1 or 0,5;1.", found=shown(between))
        )
    return parts[0], parts[1]
