"""The verb `check`."""

from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import Overlays, Sets, overlays_of, write_folded
from omsorg_cli.core.errors import ScenarioError


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
    from omsorg_cli.questions.check import check, notice_faults, overlay_faults
    from omsorg_cli.questions.verify import verify
    from omsorg_cli.render.check import lines
    from omsorg_cli.scenario.load import Request, open_scenario
    from omsorg_cli.scenario.read import read

    text = read(scenario)
    opened = open_scenario(text, Request(overlays_of(with_), tuple(set_ or ())))
    if faults := [*overlay_faults(text), *notice_faults(opened)]:
        raise ScenarioError(faults)
    verify(opened)
    found = check(opened)
    write_folded("\n".join(lines(found, strict=strict)) + "\n", None)
    if strict and not found.passes:
        raise typer.Exit(1)
