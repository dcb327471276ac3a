"""The verb `new`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import WORKBOOK, CalculatorName, named_calculator, write
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say


def new_command(
    calculator: CalculatorName,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write there instead; .xlsx is a workbook to fill in."),
    ] = None,
) -> None:
    """Print a commented scenario that runs as it is."""
    from omsorg_cli.scenario.template import template

    refuse_existing(output)
    text = template(named_calculator(calculator))
    if output is not None and output.suffix.lower() in WORKBOOK:
        import tomllib

        from omsorg_cli.core.numbers import Written
        from omsorg_cli.render.workbook.fill_in import render

        write(render(tomllib.loads(text, parse_float=Written), examples=True), output)
        return
    write(text, output)


def refuse_existing(output: Path | None) -> None:
    """A new scenario replaces none."""
    if output is not None and output.exists():
        raise OmsorgError(say("{path}: is there already, and a new scenario replaces none.", path=f"--output {output}"))
