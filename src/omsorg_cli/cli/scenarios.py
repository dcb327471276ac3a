"""The verbs on a scenario as a whole, and on the shipped ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import (
    CalculatorName,
    Format,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    named_calculator,
    overlays_of,
    write,
    write_rendered,
)
from omsorg_cli.core.errors import OmsorgError, ScenarioError


def verify_command(
    scenario: Scenario = None,
    result: Annotated[
        Path | None, typer.Option("--result", metavar="FILE", help="Recompute this JSON result: does it still hold?")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Of every shipped scenario: how many reproduce, and why the others do not.")
    ] = False,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Hold published results against recomputed ones.

    Without a scenario, those of all shipped scenarios.
    """
    if all_ and (scenario or result):
        raise OmsorgError("--all is every shipped scenario; leave out the scenario and --result.")
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
    from omsorg_cli.questions.shared.stored_result import still

    found = still(path, scenario)
    write("\n".join(found.lines()) + "\n", output)
    if not found.holds:
        raise typer.Exit(1)


def check_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A path, a shipped scenario, or -.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Each value must have a source or an assumption, and be as usual.")
    ] = False,
    set_: Sets = None,
    with_: Overlays = None,
) -> None:
    """Tell whether a scenario is valid: every fault at once."""
    from omsorg_cli.questions.check import check, notice_faults, overlay_faults
    from omsorg_cli.questions.verify import verify
    from omsorg_cli.scenario.load import Request, open_scenario
    from omsorg_cli.scenario.read import read

    text = read(scenario)
    opened = open_scenario(text, Request(overlays_of(with_), tuple(set_ or ())))
    if faults := [*overlay_faults(text), *notice_faults(opened)]:
        raise ScenarioError(faults)
    verify(opened)
    found = check(opened)
    write("\n".join(found.lines(strict=strict)) + "\n", None)
    if strict and not found.passes:
        raise typer.Exit(1)


def list_command(format_: Format = None) -> None:
    """List the shipped scenarios.

    With their overlays, and the calculators that each has inputs for.
    """
    from omsorg_cli.questions.check import listing
    from omsorg_cli.render import listing as catalogue

    chosen, entries = format_of(format_, None), listing()
    write_rendered(catalogue, entries, chosen, None)


def new_command(
    calculator: CalculatorName,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Print a commented scenario that runs as it is."""
    from omsorg_cli.scenario.template import template

    if output is not None and output.exists():
        raise OmsorgError(f"--output {output}: is there already, and a new scenario replaces none.")
    write(template(named_calculator(calculator)), output)


def schema_command(
    draft: Annotated[str, typer.Option("--draft", metavar="2020-12|4", help="4 is what editors of TOML read.")] = "4",
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Print the JSON Schema of a scenario."""
    from omsorg_cli.render.data import dumps
    from omsorg_cli.scenario.schema import DRAFTS, schema

    if draft not in DRAFTS:
        raise OmsorgError(f'--draft: found "{draft}"; allowed: {", ".join(DRAFTS)}.')
    write(dumps(schema(draft)), output)


VERBS: dict[str, Callable[..., None]] = {
    "verify": verify_command,
    "check": check_command,
    "list": list_command,
    "new": new_command,
    "schema": schema_command,
}
