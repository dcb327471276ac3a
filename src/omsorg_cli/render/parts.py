"""What a document is made of: headings, sentences and tables, whatever format writes them out."""

from collections.abc import Callable
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the headings of its columns, whether each is set to the right, and its rows.

    `drawn` are the columns that only draw what others say: a screen alone shows them.
    """

    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    drawn: frozenset[int] = frozenset()

    def as_read(self) -> "Sheet":
        """The table without what is only drawn."""
        at = [index for index in range(len(self.headings)) if index not in self.drawn]
        rows = tuple(tuple(row[index] for index in at) for row in self.rows)
        return Sheet(tuple(self.headings[index] for index in at), tuple(self.right[index] for index in at), rows)

    def with_cells(self, change: Callable[[str], str]) -> "Sheet":
        """The same with each heading and each cell changed."""
        rows = tuple(tuple(map(change, row)) for row in self.rows)
        return Sheet(tuple(map(change, self.headings)), self.right, rows, self.drawn)


Part = Heading | Sentences | Sheet
