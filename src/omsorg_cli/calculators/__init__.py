"""The list of calculators. A new one is a file of its name in one of the folders here, and a line in the list."""

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from omsorg_cli.core.letters import plain

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
        return (*ROOMS, *OTHERS.joined)[at]

    def __len__(self) -> int:
        return len(ROOMS) + len(OTHERS.joined)

    def __contains__(self, name: object) -> bool:
        return name in ROOMS or name in OTHERS.joined


class Found(NamedTuple):
    """The calculators of other packages by name, their packages, and a sentence for each one that cannot be used."""

    joined: dict[str, "Calculator"]
    packages: dict[str, str]
    left_out: dict[str, str]


OTHERS = Found({}, {}, {})
NAMES = Names()
_looking = RLock()
GROUP = "omsorg.calculators"
"""The entry points by which another package offers calculators: each names one."""


def join_others() -> None:
    """Takes in the calculators that other packages offer; looking takes a while: only where one may be meant.

    One thread looks, and the others wait: while a package is imported, the standard output of all is set aside.
    """
    with _looking:
        _look_once()


@cache
def _look_once() -> None:
    from importlib.metadata import entry_points

    if offers := list(entry_points(group=GROUP)):
        from omsorg_cli.calculators.others import look

        look(offers, OTHERS, ROOMS)


def failed_elsewhere(error: Exception, words: Sequence[str]) -> Exception | None:
    """The error in a sentence where another package's code has failed, such as a calculator that the words name."""
    if not OTHERS.joined:
        return None
    from omsorg_cli.calculators.others import failed

    return failed(error, OTHERS, words)


def why_left_out(table: str) -> str:
    """Why the calculator of the table cannot be used, where another package offers one that cannot; else nothing."""
    found = OTHERS.left_out.items()
    return " ".join(told for name, told in found if name.replace("-", "_") == table)


@cache
def load(name: str) -> "Calculator":
    """The calculator of that name; only its own module is imported."""
    if name not in ROOMS:
        join_others()  # as where an answer of another process is read again
        return OTHERS.joined[name]
    calculator: Calculator = _module(name).CALCULATOR
    return calculator


def about(name: str) -> str:
    """The calculator's docstring: what it answers, with examples."""
    if name not in OTHERS.joined:
        return _module(name).__doc__ or ""
    told = sys.modules[OTHERS.joined[name].inputs.__module__].__doc__ or ""
    return "\n".join(map(plain, told.split("\n")))


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{ROOMS[name]}.{name.replace('-', '_')}")


def summary(name: str) -> str:
    """The first line of the calculator's docstring, read without importing it."""
    if name in OTHERS.joined:
        return about(name).strip().partition("\n")[0]
    path = Path(__file__).parent / ROOMS[name] / f"{name.replace('-', '_')}.py"
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')
