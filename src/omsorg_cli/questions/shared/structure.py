"""Which inputs may not vary inside one run: their values name the rows or years that it has."""

from collections.abc import Iterable

from omsorg_cli.core.calculator import Calculator


def is_structural(calculators: Iterable[Calculator], path: str) -> bool:
    """Whether each value of the input makes a plan of its own in one of the calculators."""
    table, field = path.split(".", maxsplit=1)[0], path.rpartition(".")[2]
    return any(field in one.structural for one in calculators if table in (one.table, "common"))


def held_values(calculators: Iterable[Calculator], path: str) -> frozenset[float]:
    """The values of the input that some formula of the calculators holds for alone: each makes a plan of its own."""
    table, field = path.split(".", maxsplit=1)[0], path.rpartition(".")[2]
    found = (one.held_values.get(field, frozenset[float]()) for one in calculators if table in (one.table, "common"))
    return frozenset[float]().union(*found)
