"""The verb `convert`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import WORKBOOK, write
from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import safe_json
from omsorg_cli.writing.output import tell_notice

SUFFIXES = (".toml", ".json", *WORKBOOK)


def convert_command(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help="A path, a shipped scenario, or - for standard input.",
            autocompletion=complete.scenarios,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The new file, .toml, .json or .xlsx; without it, TOML is printed."),
    ] = None,
) -> None:
    """Write TOML, JSON or a workbook.

    Writes a scenario in another format. Nothing is lost but comments. Rows that stand in files beside it are part of
    the new scenario.
    """
    from omsorg_cli.scenario.load import changed_data, open_scenario
    from omsorg_cli.scenario.read import read

    suffix = ".toml" if output is None else output.suffix.lower()
    if suffix not in SUFFIXES:
        allowed = ", ".join(SUFFIXES)
        told = say("{path}: the suffix tells no format; allowed: {allowed}.", path=plain(str(output)), allowed=allowed)
        raise OmsorgError(told)
    if output is not None and output.exists():
        told = say("{path}: is there already, and a new scenario replaces none.", path=plain(str(output)))
        raise OmsorgError(told)
    opened = open_scenario(read(scenario))
    for text in (*(one.read_as for one in opened.text.files), *opened.text.remarks):
        tell_notice(text)
    write(_written(changed_data(opened), suffix), output)


def _written(data: dict[str, Any], suffix: str) -> str | bytes:
    """The scenario in the format of the suffix."""
    if suffix == ".toml":
        from omsorg_cli.scenario.toml import dumps

        return dumps(data)
    if suffix == ".json":
        return safe_json(json.dumps(data, ensure_ascii=False, indent=2, default=str)) + "\n"
    from omsorg_cli.render.workbook.fill_in import render

    return render(data)
