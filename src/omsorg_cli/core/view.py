"""What a calculator shows to people, as data: renderers turn it into text, and compute nothing.

A template names figures in braces, with the way to say them: `{savings_potential:saves}`. The ways are in
`omsorg_cli.render.words`; `why` gives the reason of an input's assumption, and after an axis, as in `{group:in all}`,
stands what is said in a row without a coordinate on it; `{base!s}` is short, without what a label says in brackets. A
template with a figure that is not there is left out. It may name inputs too, such as texts, and `{municipality}`,
`{year}` and `{years}`.

In a grid or a listing, figures said `scaled`, or `scaled_more` where they lie above or below another amount, share the
scale that a heading names as `{unit}`.
"""

from typing import NamedTuple

from omsorg_cli.core.figure import Level

Wording = str | tuple[str, ...]
"""A text, or several of which the first is said that can be."""


class BySign(NamedTuple):
    """A sentence in three, by the side of zero that a figure is on: none of them takes a sign to be understood.

    Zero is what is said as zero; an empty template says nothing.
    """

    figure: str
    above: Wording
    below: Wording
    zero: Wording = ""

    @property
    def texts(self) -> tuple[Wording, ...]:
        """The three templates."""
        return self.above, self.below, self.zero


Sentence = Wording | BySign | tuple[str | BySign, ...]


class Column(NamedTuple):
    """A column of a grid: its heading and the template of its cells, or the figure that a screen draws as bars.

    The heading may name the `{unit}` and inputs. Where the figure or switch of `unless_zero` is zero or off in every
    row, the column is left out.
    A picture draws it in the `shape`: bars; dots, for comparators; or together, columns by size with the line of their
    sum.
    """

    heading: str
    cell: str
    right: bool = False
    bar: str = ""
    unless_zero: str = ""
    shape: str = "bars"


class Grid(NamedTuple):
    """A table for each coordinate of `per`, a row for each coordinate of `rows`; below it, sentences for each row.

    With `once`, the sentences are said of the first row alone that they can be said of. The rows stand in the order of
    the inputs, or with the one first in which the figure `largest` is.
    """

    rows: Level
    columns: tuple[Column, ...]
    per: Level = ()
    heading: str = ""
    below: tuple[Sentence, ...] = ()
    once: bool = False
    largest: str = ""


class Listing(NamedTuple):
    """A table for each coordinate of `per`, whose rows are figures: a label and the template of each cell.

    With `drawn`, the figure of each row that a screen draws as bars. The corner is said above the labels. A label may
    be several templates, of which the first is said that the table has everything for.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Wording, tuple[str, ...]], ...]
    per: Level = ()
    heading: str = ""
    corner: str = ""
    drawn: tuple[str, ...] = ()


class Lines(NamedTuple):
    """Sentences, printed for each coordinate of `per` for which every figure in them is there.

    Of an answer, what is `otherwise` is said only where nothing before it could be.
    """

    templates: tuple[Sentence, ...]
    per: Level = ()
    heading: str = ""
    otherwise: bool = False


class Years(NamedTuple):
    """Figures by year with their sum: label and figure. The heading, or a label, names the `{unit}` of the amounts.

    A row that is `restating` is left out where it is the same as one above. One that is below zero throughout has its
    label from `turned`, if it is there, and then its amounts are sizes.
    Of a chart, the first figure of `drawn` is columns and the others are lines; with `lines`, the first is a line for
    each row, with its range. Where the figure of `unless_zero` is
    zero throughout, the table says nothing new and is left out.
    """

    rows: tuple[tuple[str, str], ...]
    heading: str
    drawn: tuple[str, ...] = ()
    unless_zero: str = ""
    lines: bool = False
    restating: tuple[str, ...] = ()
    turned: tuple[tuple[str, str], ...] = ()


class Matrix(NamedTuple):
    """One figure by row and year, with sums: a row for each coordinate of `rows`, and `whole` for all of them.

    The heading names the `{unit}` of the amounts.
    """

    heading: str
    rows: Level
    figure: str
    whole: str


class SideBySide(NamedTuple):
    """A table for each coordinate of `per`: a column for what has no coordinate on `across`, and one for each that has.

    Its rows are a label and the templates of the first and of the other columns; a row that names figures of several
    years stands once for each of them. The corner is said above the labels.
    """

    heading: str
    corner: str
    per: str
    across: str
    rows: tuple[tuple[str, str, str], ...]


View = Grid | Listing | Lines | Years | Matrix | SideBySide
