"""The verb `help`."""

from typing import Annotated

import typer


def help_command(
    command: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND", help="The command; without it, all of them with a line.")
    ] = None,
) -> None:
    """Show the help of a command."""
    from omsorg_cli.cli import run_words

    run_words([*(command or []), "--help"])
