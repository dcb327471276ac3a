"""Which inputs may not vary inside one run: their values name the rows or years that it has."""

from collections.abc import Iterable

from omsorg_cli.core.calculator import Calculator


def is_structural(calculators: Iterable[Calculator], path: str) -> bool:
    """Whether each value of the input makes a plan of its own in one of the calculators."""
    table, field = path.split(".", maxsplit=1)[0], path.rpartition(".")[2]
    return any(field in one.structural for one in calculators if table in (one.table, "common"))
