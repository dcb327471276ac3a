"""The verb `verify`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import (
    PAGES,
    PRINTED,
    SUFFIXES,
    Format,
    Output,
    Scenario,
    format_of,
    write_folded,
    write_shown,
)
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say


def verify_command(
    scenario: Scenario = None,
    result: Annotated[
        Path | None,
        typer.Option(
            "--result",
            metavar="FILE",
            help="Recalculate this result, JSON or workbook, or - for standard input, and say whether it still holds.",
        ),
    ] = None,
    all_: Annotated[
        bool,
        typer.Option(
            "--all", help="All shipped scenarios: how many results are reproduced, and why the others are not."
        ),
    ] = False,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Check published results.

    Compares each published result with a recalculated one; without a scenario, those of all shipped scenarios.
    """
    if all_ and (scenario or result):
        raise OmsorgError(say("--all means every shipped scenario; omit the scenario and --result."))
    if result is not None and format_ is not None:
        raise OmsorgError(say("--format goes with published results; of a stored result, lines are told."))
    if result is not None:
        _verify_result(result, scenario, output)
        return
    from omsorg_cli.library.stored import verify

    chosen = format_of(format_, output, suffixes=SUFFIXES | PAGES | PRINTED)
    found = verify(scenario, in_all=all_)
    write_shown(found, chosen, output)
    if not found.explained:
        raise typer.Exit(1)


def _verify_result(path: Path, scenario: str | None, output: Path | None) -> None:
    """Recomputes a stored result and tells what no longer holds."""
    from omsorg_cli.library.stored import verify_result

    found = verify_result(path, scenario)
    write_folded("\n".join(found.lines()) + "\n", output)
    if not found.holds:
        raise typer.Exit(1)
