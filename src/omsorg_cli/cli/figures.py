"""The verb `figures`."""

from omsorg_cli.cli.options import CalculatorName, Format, Output, format_of, named_calculator, write_shown


def figures_command(calculator: CalculatorName, format_: Format = None, output: Output = None) -> None:
    """List inputs and figures.

    What a calculator takes and gives, with units and bounds, by the names that --figure, --value, --set and --grid
    take.
    """
    chosen = format_of(format_, output)
    from omsorg_cli.library.scenarios import figures

    write_shown(figures(named_calculator(calculator)), chosen, output)
