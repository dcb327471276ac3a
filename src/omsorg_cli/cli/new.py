"""The verb `new`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import CalculatorName, named_calculator, write
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say


def new_command(
    calculator: CalculatorName,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Begin a scenario.

    Prints a scenario with comments that runs as it is.
    """
    from omsorg_cli.scenario.template import template

    if output is not None and output.exists():
        raise OmsorgError(say("--output {file}: exists already, and a new scenario replaces none.", file=str(output)))
    write(template(named_calculator(calculator)), output)
