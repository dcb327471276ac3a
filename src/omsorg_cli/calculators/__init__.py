"""The list of calculators. A new one is a file of its name in one of the folders here, and a line in the list."""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator

ROOMS = {
    "savings": "comparison",
    "wage-gap": "comparison",
    "bridge": "comparison",
    "need": "comparison",
    "needs-profile": "comparison",
    "index": "comparison",
    "change": "comparison",
    "sick-leave": "hours_and_units",
    "hours": "hours_and_units",
    "coverage": "hours_and_units",
    "fte": "hours_and_units",
    "unit-cost": "hours_and_units",
    "budget-model": "hours_and_units",
    "restructure": "insourcing_and_plans",
    "insource": "insourcing_and_plans",
    "refund": "insourcing_and_plans",
    "growth": "demand_and_investment",
    "invest": "demand_and_investment",
    "joint-service": "demand_and_investment",
    "organise": "demand_and_investment",
    "plan": "insourcing_and_plans",
    "prices": "demand_and_investment",
    "survey": "survey_and_market",
    "market": "survey_and_market",
}
"""The folder of each calculator, in the order in which people are shown them."""

NAMES = tuple(ROOMS)


@cache
def load(name: str) -> "Calculator":
    """The calculator of that name; only its own module is imported."""
    calculator: Calculator = _module(name).CALCULATOR
    return calculator


def about(name: str) -> str:
    """The calculator's docstring: what it answers, with examples."""
    return _module(name).__doc__ or ""


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{ROOMS[name]}.{name.replace('-', '_')}")


def summary(name: str) -> str:
    """The first line of the calculator's docstring, read without importing it."""
    path = Path(__file__).parent / ROOMS[name] / f"{name.replace('-', '_')}.py"
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')
