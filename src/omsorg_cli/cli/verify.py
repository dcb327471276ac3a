"""The verb `verify`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import Format, Output, Scenario, format_of, write_folded, write_rendered
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say


def verify_command(
    scenario: Scenario = None,
    result: Annotated[
        Path | None, typer.Option("--result", metavar="FILE", help="Recalculate this JSON result: does it still hold?")
    ] = None,
    all_: Annotated[
        bool,
        typer.Option("--all", help="All shipped scenarios: how many reproduce, and why the others do not."),
    ] = False,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Check published results.

    Compares each published result with a recalculated one; without a scenario, those of all shipped scenarios.
    """
    if all_ and (scenario or result):
        raise OmsorgError(say("--all means every shipped scenario; omit the scenario and --result."))
    if result is not None:
        _verify_result(result, scenario, output)
        return
    from omsorg_cli.questions.verify import verify
    from omsorg_cli.render import verify as verification
    from omsorg_cli.render import verify_all as account
    from omsorg_cli.scenario.load import open_scenario
    from omsorg_cli.scenario.read import read, shipped

    chosen = format_of(format_, output)
    found = []
    for name in [scenario] if scenario else shipped():
        opened = open_scenario(read(name))
        found.append((opened, verify(opened)))
    write_rendered(account if all_ else verification, found, chosen, output)
    if not all(verdict.explained for _, verdicts in found for verdict in verdicts):
        raise typer.Exit(1)


def _verify_result(path: Path, scenario: str | None, output: Path | None) -> None:
    """Recomputes a stored result and tells what no longer holds."""
    from omsorg_cli.questions.shared.stored_result import recompute
    from omsorg_cli.render.data import result_record

    found = recompute(path, scenario, result_record)
    write_folded("\n".join(found.lines()) + "\n", output)
    if not found.holds:
        raise typer.Exit(1)
