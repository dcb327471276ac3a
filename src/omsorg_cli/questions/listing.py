"""Which scenarios are shipped, and what each has."""

from dataclasses import dataclass

from omsorg_cli.core.texts import in_language
from omsorg_cli.scenario.load import TABLES
from omsorg_cli.scenario.read import read, shipped


@dataclass(frozen=True, slots=True)
class Entry:
    """A shipped scenario, as the list tells it."""

    name: str
    title: str
    calculators: tuple[str, ...]
    overlays: tuple[str, ...]
    published: int


def listing() -> tuple[Entry, ...]:
    """Every shipped scenario."""
    return tuple(_entry(name) for name in shipped())


def _entry(name: str) -> Entry:
    data = read(name).data
    calculators = tuple(calculator for table, calculator in TABLES.items() if table in data)
    return Entry(
        name,
        str(in_language(data["title"])),
        calculators,
        tuple(data.get("overlays", {})),
        len(data.get("published", ())),
    )
