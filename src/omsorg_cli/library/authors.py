"""For those who write a calculator in a package of their own."""

from typing import TYPE_CHECKING

from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import say

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator


def check_calculator(calculator: "Calculator") -> None:
    """Raises `OmsorgError` with all that is wrong with the calculator, for a test; such a one is left out of omsorg.

    >>> from omsorg_cli.calculators.comparison import savings
    >>> check_calculator(savings.CALCULATOR)
    """
    from omsorg_cli.calculators.sound import faults
    from omsorg_cli.core.calculator import Calculator

    if not isinstance(calculator, Calculator):
        raise OmsorgError(say("{name}: {fault}.", name=shown(calculator), fault=say("it is no Calculator")))
    name = plain(calculator.name)
    try:
        found = list(faults(calculator))
    except Exception as error:
        from omsorg_cli.calculators.others import told_of

        told = say("{name}: {fault}.", name=name, fault=told_of(error, calculator.inputs.__module__))
        raise OmsorgError(told) from error
    if found:
        raise OmsorgError("\n".join(say("{name}: {fault}.", name=name, fault=told) for told in found))
