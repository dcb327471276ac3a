"""The verb `convert`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import new_path, write
from omsorg_cli.writing.output import tell_notice


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
        typer.Argument(
            parser=new_path, metavar="FILE", help="The new file, .toml, .json or .xlsx; without it, TOML is printed."
        ),
    ] = None,
) -> None:
    """Write TOML, JSON or a workbook.

    Writes a scenario in another format. Only comments are lost. Rows kept in separate files become part of the new
    scenario.
    """
    from omsorg_cli.library.files import new_file
    from omsorg_cli.library.scenarios import Converted

    suffix = ".toml" if output is None else new_file(output).suffix.lower()
    converted = Converted(scenario)
    for text in converted.remarks:
        tell_notice(text)
    write(converted.written(suffix), output, is_scenario=True)
