"""What a document is made of: headings, sentences and tables, whatever format writes them out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from omsorg_cli.core.language import in_sentence, language, separators
from omsorg_cli.render.tones import MARKED, is_bound, untoned


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, or the heading of a part."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """Lines of text, one below the other; with a mark before each, a list. What is `dim` is beside the answer."""

    lines: tuple[str, ...]
    mark: str = ""
    dim: bool = False

    def __post_init__(self) -> None:
        """Writes per cent as a sentence does, but for what is beside the answer: there stands what is typed."""
        if not self.dim:
            object.__setattr__(self, "lines", tuple(map(in_sentence, self.lines)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the headings of its columns, whether each is set to the right, and its rows.

    `drawn` are the columns that only draw what others say: a screen alone shows them. Of an `uneven` table, numbers do
    not add up as they are printed.
    """

    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    drawn: frozenset[int] = frozenset()
    uneven: bool = False

    def __post_init__(self) -> None:
        """Gives the numbers of a column to the right as many decimals as the one that has most."""
        columns = list(zip(*self.rows, strict=True))
        even = [_even(column) if right else column for column, right in zip(columns, self.right, strict=True)]
        if even != columns:
            object.__setattr__(self, "rows", tuple(zip(*even, strict=True)))

    def as_read(self) -> "Sheet":
        """The table without what is only drawn."""
        at = [index for index in range(len(self.headings)) if index not in self.drawn]
        rows = tuple(tuple(row[index] for index in at) for row in self.rows)
        return Sheet(tuple(self.headings[index] for index in at), tuple(self.right[index] for index in at), rows)

    def with_cells(self, change: Callable[[str], str]) -> "Sheet":
        """The same with each heading and each cell changed."""
        rows = tuple(tuple(map(change, row)) for row in self.rows)
        return Sheet(tuple(map(change, self.headings)), self.right, rows, self.drawn, self.uneven)


def _even(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells with as many decimals as the one that has most of those with the same words around their number."""
    point = separators(language())[1]
    found = [_Number.of(one, point) for one in cells]
    most: dict[str, int] = {}
    for one in found:
        if one is not None:
            most[one.around] = max(most.get(one.around, 0), one.decimals)
    return tuple(
        cell if one is None else one.with_decimals(most[one.around]) for cell, one in zip(cells, found, strict=True)
    )


class _Number(NamedTuple):
    """The one number of a cell: what stands before and after it, and how many decimals it has."""

    before: str
    number: str
    after: str
    point: str

    @classmethod
    def of(cls, cell: str, point: str) -> "_Number | None":
        """The number of the cell, where it has one alone; none that is bound, as a page says it anew by itself."""
        if is_bound(cell):
            return None
        pieces = MARKED.split(cell)
        held = [at for at, piece in enumerate(pieces) if at % 2 == 0 and re.search(r"\d", piece)]
        numbers = re.findall(rf"\d(?:[\d\s]*\d)?(?:{re.escape(point)}\d+)?", pieces[held[0]]) if len(held) == 1 else []
        if len(numbers) != 1:
            return None
        before, after = pieces[held[0]].split(numbers[0])
        return cls("".join((*pieces[: held[0]], before)), numbers[0], "".join((after, *pieces[held[0] + 1 :])), point)

    @property
    def around(self) -> str:
        """What follows the number: the words of its unit."""
        return untoned(self.after).strip()

    @property
    def decimals(self) -> int:
        """How many decimals the number has."""
        return len(self.number.partition(self.point)[2])

    def with_decimals(self, wanted: int) -> str:
        """The cell, its number with that many decimals."""
        more = "0" * (wanted - self.decimals)
        point = self.point if more and not self.decimals else ""
        return f"{self.before}{self.number}{point}{more}{self.after}"


Part = Heading | Sentences | Sheet


class Chart(NamedTuple):
    """A picture of a page: what stands above it, and its numbers where no table of the page has them."""

    caption: str
    picture: str
    data: Sheet | None = None
