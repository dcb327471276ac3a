"""The verb `sensitivity`."""

from typing import Annotated

import typer

from omsorg_cli.calculators import load
from omsorg_cli.cli.asked import Figures, asked
from omsorg_cli.cli.options import CalculatorName, Format, Output, Overlays, Scenario, Sets, format_of, write_rendered


def sensitivity_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Figures = None,
    only_ranged: Annotated[bool, typer.Option("--only-ranged", help="Leave out inputs without a range.")] = False,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """What does it hinge on: a tornado, the input that matters most first."""
    chosen = format_of(format_, output)
    from omsorg_cli.render import sensitivity as renderer
    from omsorg_cli.sensitivity import sensitivity

    names = figure or load(calculator).headlines[:1]
    result, figures = asked(calculator, scenario, set_, with_, keys, names)
    found = [sensitivity(result, one, only_ranged=only_ranged) for one in figures]
    write_rendered(renderer, found, chosen, output)
