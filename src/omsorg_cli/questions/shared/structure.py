"""Which inputs may not vary inside one run: their values name the rows or years that it has, or choose its formulas."""

from collections.abc import Iterable, Iterator

from omsorg_cli.core.calculator import Calculator


def is_structural(calculators: Iterable[Calculator], path: str) -> bool:
    """Whether each value of the input makes a plan of its own in one of the calculators."""
    return any(field in one.structural for one, field in _having(calculators, path))


def held_values(calculators: Iterable[Calculator], path: str) -> frozenset[float]:
    """The values of the input that some formula of the calculators holds for alone: each makes a plan of its own."""
    found = (one.held_values.get(field, frozenset[float]()) for one, field in _having(calculators, path))
    return frozenset[float]().union(*found)


def _having(calculators: Iterable[Calculator], path: str) -> Iterator[tuple[Calculator, str]]:
    """Those of the calculators in whose table the input may be, each with what it is called there."""
    table, field = path.split(".", maxsplit=1)[0], path.rpartition(".")[2]
    return ((one, field) for one in calculators if table in (one.table, "common"))
