"""What a document is made of: headings, sentences and tables, whatever format writes them out."""

from collections.abc import Callable
import re
from dataclasses import dataclass

from omsorg_cli.core.language import in_sentence, language, percent_signs, separators


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

    `drawn` are the columns that only draw what others say: a screen alone shows them.
    """

    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    drawn: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Gives the shares of a column to the right as many decimals as the one that has most."""
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
        return Sheet(tuple(map(change, self.headings)), self.right, rows, self.drawn)


def _even(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells with a decimal each where some have one, if every number among them is of per cent."""
    sign, point = re.escape(percent_signs(language())[0]), separators(language())[1]
    numbers = [one for one in cells if re.search(r"\d", one)]
    decimal = rf"\d{re.escape(point)}\d{sign}"
    if not all(len(re.findall(rf"\d{sign}", one)) == 1 for one in numbers) or not any(
        re.search(decimal, one) for one in numbers
    ):
        return cells
    return tuple(one if re.search(decimal, one) else re.sub(rf"(\d)({sign})", rf"\g<1>{point}0\2", one) for one in cells)


Part = Heading | Sentences | Sheet
