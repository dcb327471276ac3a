"""A table of statistics, whatever form it came in: dimensions, and a number or a symbol in each cell."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import NamedTuple

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import phrase, say

SYMBOLS = {
    ":": phrase("confidential"),
    "..": phrase("missing"),
    ".": phrase("not applicable"),
}
"""What stands in a cell instead of a number; it is never nought."""
MOST_CELLS = 5_000_000
"""More cells than any answer has: a file that claims more is not read."""
ROLES = {
    "region": ("kokkommuneregion0000", "region"),
    "time": ("tid", "år", "year"),
    "contents": ("contentscode", "statistikkvariabel", "contents"),
    "function": ("kokfunksjon0000", "funksjon", "function"),
    "art": ("kokart0000", "art", "type of expenditure"),
    "scope": ("kokregnskapsomfa0000", "regnskapsomfang", "accounting scope"),
    "sex": ("kjonn", "kjønn", "sex"),
    "age": ("alder", "age"),
}
"""What a dimension is of, by the names that Statistics Norway gives it."""
LETTERED = ("function", "art")
"""The dimensions whose codes of three digits may have letters before them."""


class UnreadableError(OmsorgError):
    """A file is not what it is taken for, or is damaged."""


class Cell(NamedTuple):
    """A number, or the symbol that stands in its place."""

    value: float | None
    symbol: str = ""


@dataclass(frozen=True)
class Dimension:
    """One way in which the cells are told apart: each code with its label, in the order of the cells."""

    code: str
    label: str
    labels: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def role(self) -> str:
        """What it is of: a region, a year …; its own code where that is none of the known."""
        for role, names in ROLES.items():
            if self.code.lower() in names or self.label.lower() in names:
                return role
        return self.code

    def code_of(self, wanted: str) -> str | None:
        """The code as this table writes it: of a function or an art, perhaps with letters before it, such as A370."""
        if wanted in self.labels:
            return wanted
        if self.role not in LETTERED or not re.fullmatch(r"\d{3}", wanted):
            return None
        found = [one for one in self.labels if re.fullmatch(f"[A-Z]{{1,3}}{wanted}", one, re.IGNORECASE)]
        return found[0] if len(found) == 1 else None

    def place(self, wanted: str) -> int | None:
        """Where that code stands, or the label where there are no codes; nothing where there is neither."""
        if wanted in self._places:
            return self._places[wanted]
        return self._places.get(self.code_of(wanted) or "")

    @cached_property
    def _places(self) -> dict[str, int]:
        by_label = {label: place for place, label in enumerate(self.labels.values())}
        return by_label | {code: place for place, code in enumerate(self.labels)}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table; `values` are in the order of the dimensions, the last one running fastest."""

    table: str
    title: str
    dimensions: tuple[Dimension, ...]
    values: Sequence[float | None]
    symbols: Mapping[int, str]
    updated: str = ""
    notes: tuple[str, ...] = ()
    """Those that must be shown with the numbers."""

    def cell(self, where: Mapping[str, str]) -> Cell | None:
        """The cell of these codes by role, those with one code left out; nothing where the table has none of it."""
        at = 0
        for dimension in self.dimensions:
            wanted = where.get(dimension.role)
            size = len(dimension.labels)
            place = dimension.place(wanted) if wanted is not None else 0 if size == 1 else None
            if place is None:
                return None
            at = at * size + place
        symbol = self.symbols.get(at, "")
        return Cell(None if symbol in SYMBOLS else self.values[at], symbol)

    def codes(self, role: str) -> tuple[str, ...]:
        """The codes of the dimension with that role; none where the table is not told apart by it."""
        return next((tuple(one.labels) for one in self.dimensions if one.role == role), ())

    def counted(self) -> dict[str, int]:
        """How often each symbol stands in the table."""
        found: dict[str, int] = {}
        for symbol in self.symbols.values():
            found[symbol] = found.get(symbol, 0) + 1
        return found

    @property
    def size(self) -> int:
        """How many cells there are."""
        return math.prod(len(one.labels) for one in self.dimensions)


def from_cells(
    title: str, dimensions: Sequence[Dimension], cells: Mapping[tuple[str, ...], Cell], updated: str = ""
) -> Dataset:
    """A table from cells by their codes; a cell that is not there is empty."""
    if math.prod(len(one.labels) for one in dimensions) > MOST_CELLS:
        raise UnreadableError(say("{name} has too many different labels for one table.", name=title or "csv"))
    values: list[float | None] = []
    symbols: dict[int, str] = {}
    for at, codes in enumerate(product(*(one.labels for one in dimensions))):
        cell = cells.get(codes, Cell(None))
        values.append(cell.value)
        if cell.symbol:
            symbols[at] = cell.symbol
    return Dataset(table_of(title), title, tuple(dimensions), values, symbols, updated)


def table_of(title: str) -> str:
    """The number of the table that a title begins with, such as 12367; nothing where it begins with none."""
    number = title.strip().partition(":")[0].strip()
    return number if number.isdigit() and len(number) == 5 else ""
