"""The verb `check`."""

from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import Overlays, Sets, overlays_of, write_folded
from omsorg_cli.writing.output import settings


def check_command(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A path, a shipped scenario, or - for standard input.",
            autocompletion=complete.scenarios,
        ),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Require a source or an assumption for every value, and usual values.")
    ] = False,
    set_: Sets = None,
    with_: Overlays = None,
) -> None:
    """Find faults in a scenario.

    Says whether a scenario is valid, with every fault at once.
    """
    from omsorg_cli.library.scenarios import checked

    found = checked(scenario, set_ or (), overlays_of(with_))
    write_folded(found.text(strict=strict, figures=settings.verbose) + "\n", None)
    if strict and not found.passes:
        raise typer.Exit(1)
