"""The last sheets: published results beside what is recomputed, and the documents that values come from."""

from collections.abc import Sequence

from omsorg_cli.core.input_types import source_parts
from omsorg_cli.questions.verify import Verdict
from omsorg_cli.render.workbook.book import Book, number_format
from omsorg_cli.render.workbook.places import Places

PUBLISHED = (
    "figure",
    "of",
    "published",
    "unit",
    "wording",
    "rounded to",
    "recomputed",
    "deviation",
    "verdict of the run",
    "why, or note",
    "source",
)
PUBLISHED_WIDTHS = (30, 20, 18, 16, 11, 14, 18, 12, 24, 44, 24)
SOURCES = ("id", "title", "publisher", "year", "address", "note", "places that are used")
SOURCES_WIDTHS = (16, 44, 26, 8, 30, 30, 60)
TOP = 1


def write_published(book: Book, places: Places, verdicts: Sequence[Verdict]) -> None:
    """A row for each published result: the recomputed value and the deviation are live, the verdict is the run's."""
    sheet = book.sheet("Published", PUBLISHED_WIDTHS, TOP + 1)
    book.text(sheet, 0, 0, "Published results against the places." if verdicts else "No result is published.")
    book.headings(sheet, TOP, PUBLISHED, right={2, 5, 6, 7})
    for index, one in enumerate(verdicts):
        row, entry = TOP + 1 + index, one.published
        style = book.format(num_format=number_format(one.unit))
        where = ", ".join(map(str, entry.where.values())) or "all"
        why = one.because or entry.note or ""
        told = {
            0: entry.figure,
            1: where,
            3: one.unit,
            4: entry.wording,
            8: one.verdict,
            9: why,
            10: entry.source or "",
        }
        book.texts(sheet, row, told, PUBLISHED_WIDTHS)
        sheet.write_number(row, 2, entry.value.number, style)
        sheet.write_number(row, 5, entry.rounded_to.number, style)
        if one.figure is not None and places.plan.slots[one.figure.node] in places.cells:
            cell = places.cell_of(one.figure)
            sheet.write_formula(row, 6, f"={cell}", style, one.figure.value)
            percent = book.format(num_format=r'0.00\ %;"minus "0.00\ %')
            deviation = "" if one.relative_deviation is None else one.relative_deviation
            at = row + 1
            sheet.write_formula(
                row, 7, f'=IF(OR(C{at}=0,NOT(ISNUMBER(G{at}))),"",(G{at}-C{at})/ABS(C{at}))', percent, deviation
            )


def write_sources(book: Book, places: Places) -> None:
    """A row for each document, with the places that the inputs name."""
    sheet = book.sheet("Sources", SOURCES_WIDTHS, TOP + 1)
    book.text(sheet, 0, 0, "The documents that values come from.")
    book.headings(sheet, TOP, SOURCES)
    named: dict[str, dict[str, None]] = {}
    for item in places.inputs:
        if item.stated.source:
            name, place = source_parts(item.stated.source)
            named.setdefault(name, {})[place] = None
    known = places.result.scenario.sources
    for index, name in enumerate(name for name in known if name in named):
        row, source = TOP + 1 + index, known[name]
        told = "; ".join(filter(None, named[name]))
        texts = (name, source.title, source.publisher, source.year, source.url, source.note, told)
        book.texts(sheet, row, {c: "" if text is None else str(text) for c, text in enumerate(texts)}, SOURCES_WIDTHS)
