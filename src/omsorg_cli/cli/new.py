"""The verb `new`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import CalculatorName, named_calculator, write
from omsorg_cli.core.errors import OmsorgError


def new_command(
    calculator: CalculatorName,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Print a commented scenario that runs as it is."""
    from omsorg_cli.scenario.template import template

    if output is not None and output.exists():
        raise OmsorgError(f"--output {output}: is there already, and a new scenario replaces none.")
    write(template(named_calculator(calculator)), output)
