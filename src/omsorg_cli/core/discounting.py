"""Which rate belongs to which prices: a real one to fixed prices, a nominal one to current prices, and never a mix."""

from collections.abc import Iterator
from typing import Any

from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.language import say

REAL, NOMINAL = "discount_rate", "nominal_discount_rate"
"""What the inputs are called that say at which rate later years count less."""
RATES = (REAL, NOMINAL)


def faults_of_discounting(table: Any) -> Iterator[tuple[Loc, str]]:
    """A real and a nominal rate in one table of inputs."""
    if getattr(table, REAL) is not None and getattr(table, NOMINAL) is not None:
        told = say(
            "found {nominal} beside {real}; allowed: a real rate, on fixed prices, or a nominal one, on current prices",
            nominal=NOMINAL,
            real=REAL,
        )
        yield (NOMINAL,), told


def faults_without_prices(table: Any) -> Iterator[tuple[Loc, str]]:
    """A nominal rate in the table of a scenario without indexes, which would count on fixed prices."""
    if getattr(table, NOMINAL, None) is not None:
        told = say(
            "belongs to current prices, for which the scenario has no table [prices]; state one, or {real}", real=REAL
        )
        yield (NOMINAL,), told
