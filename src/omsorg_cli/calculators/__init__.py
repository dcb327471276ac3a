"""The list of calculators. A new one is a file here, of the same name, and its name in the list."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator

NAMES = (
    "savings",
    "wage-gap",
    "bridge",
    "need",
    "needs-profile",
    "index",
    "sick-leave",
    "hours",
    "coverage",
    "fte",
    "unit-cost",
    "budget-model",
    "restructure",
    "insource",
    "growth",
    "invest",
    "joint-service",
    "organise",
    "plan",
    "survey",
    "market",
)


@cache
def load(name: str) -> "Calculator":
    """The calculator of that name; only its own module is imported."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    calculator: Calculator = module.CALCULATOR
    return calculator


def summary(name: str) -> str:
    """The first line of the calculator's docstring, read without importing it."""
    path = Path(__file__).with_name(f"{name.replace('-', '_')}.py")
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')
