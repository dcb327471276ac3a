"""The verbs: those that ask more of a calculator's run, and those on a scenario as a whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from omsorg_cli.cli.check import check_command
from omsorg_cli.cli.compare import compare_command
from omsorg_cli.cli.convert import convert_command
from omsorg_cli.cli.explain import explain_command
from omsorg_cli.cli.figures import figures_command
from omsorg_cli.cli.helping import help_command
from omsorg_cli.cli.listing import list_command
from omsorg_cli.cli.new import new_command
from omsorg_cli.cli.options import named_calculator
from omsorg_cli.cli.schema import schema_command
from omsorg_cli.cli.sensitivity import sensitivity_command
from omsorg_cli.cli.signature import keys_of, parameters_of, signed
from omsorg_cli.cli.simulate import simulate_command
from omsorg_cli.cli.solve import solve_command
from omsorg_cli.cli.sweep import sweep_command
from omsorg_cli.cli.verify import verify_command

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator

VERBS: dict[str, Callable[..., None]] = {
    "explain": explain_command,
    "simulate": simulate_command,
    "sensitivity": sensitivity_command,
    "solve": solve_command,
    "compare": compare_command,
    "sweep": sweep_command,
}
"""What is asked of a calculator's run: they have the calculator's keys as options."""

ON_SCENARIOS: dict[str, Callable[..., None]] = {
    "verify": verify_command,
    "check": check_command,
    "list": list_command,
    "figures": figures_command,
    "new": new_command,
    "convert": convert_command,
    "schema": schema_command,
    "help": help_command,
}


def command_of(verb: str, calculator: "Calculator | None") -> Callable[..., None]:
    """The verb's command: its options and the calculator's keys; without a calculator, it tells which there are."""
    ask = VERBS[verb]
    parameters = parameters_of(ask)
    del parameters["keys"]
    if calculator is None:
        return signed(lambda **given: _unasked(given), parameters)
    parameters |= keys_of(calculator)
    names = calculator.keys

    def command(**given: Any) -> None:
        ask(keys={name: tuple(given.pop(name) or ()) for name in names}, **given)

    return signed(command, parameters)


def _unasked(given: dict[str, Any]) -> None:
    named_calculator(given["calculator"])
