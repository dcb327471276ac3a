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
    """Lines of text, one below the other; with a mark before each, a list."""

    lines: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the headings of its columns, whether each is set to the right, and its rows."""

    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    def with_cells(self, change: Callable[[str], str]) -> "Sheet":
        """The same with each heading and each cell changed."""
        rows = tuple(tuple(map(change, row)) for row in self.rows)
        return Sheet(tuple(map(change, self.headings)), self.right, rows)


Part = Heading | Sentences | Sheet
