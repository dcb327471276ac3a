"""The verb `help`."""

from typing import Annotated

import typer


def help_command(
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="COMMAND", help="The command; without it, all commands, one line each."),
    ] = None,
) -> None:
    """Show the help of a command."""
    from omsorg_cli.cli import code_of

    code_of([*(command or []), "--help"])
