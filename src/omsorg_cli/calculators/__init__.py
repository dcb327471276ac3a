"""The list of calculators. A new one is a file of its name in one of the folders here, and a line in the list."""

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import say

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


class Names(Sequence[str]):
    """The names of all calculators, those of other packages among them once they have joined."""

    def __getitem__(self, at: Any) -> Any:
        return (*ROOMS, *_joined)[at]

    def __len__(self) -> int:
        return len(ROOMS) + len(_joined)

    def __contains__(self, name: object) -> bool:
        return name in ROOMS or name in _joined


_joined: dict[str, "Calculator"] = {}
"""The calculators of other packages, by name."""
left_out: list[str] = []
"""A sentence for each calculator of another package that cannot be used."""
NAMES = Names()
GROUP = "omsorg.calculators"
"""The entry points by which another package offers calculators: each names one."""


@cache
def join_others() -> None:
    """Takes in the calculators that other packages offer; looking takes a while: only where one may be meant."""
    from contextlib import redirect_stdout
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        try:
            with redirect_stdout(sys.stderr):  # what it prints is no part of an answer
                _joined[entry.name] = _offered(entry.name, entry.load())
        except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever is wrong in somebody else's code
            told = {"name": entry.name, "package": entry.value, "why": plain(str(error) or type(error).__name__)}
            left_out.append(say("The calculator {name} of {package} cannot be used: {why}.", **told))


def _offered(name: str, found: Any) -> "Calculator":
    """The calculator that the entry point names; raises where it is none, or has another name or one of ours."""
    from omsorg_cli.core.calculator import Calculator

    if not isinstance(found, Calculator):
        raise TypeError(say("it is no calculator"))
    if found.name != name or name in ROOMS:
        raise ValueError(say("its name is {found}", found=found.name))
    return found


@cache
def load(name: str) -> "Calculator":
    """The calculator of that name; only its own module is imported."""
    if name in _joined:
        return _joined[name]
    calculator: Calculator = _module(name).CALCULATOR
    return calculator


def about(name: str) -> str:
    """The calculator's docstring: what it answers, with examples."""
    return (sys.modules[_joined[name].inputs.__module__] if name in _joined else _module(name)).__doc__ or ""


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{ROOMS[name]}.{name.replace('-', '_')}")


def summary(name: str) -> str:
    """The first line of the calculator's docstring, read without importing it."""
    if name in _joined:
        return about(name).strip().partition("\n")[0]
    path = Path(__file__).parent / ROOMS[name] / f"{name.replace('-', '_')}.py"
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')
