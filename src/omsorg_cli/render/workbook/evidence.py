"""The last sheets: published results beside what is recomputed, and the documents that values come from."""

from collections.abc import Sequence

from omsorg_cli.core.input_types import source_parts
from omsorg_cli.core.language import say
from omsorg_cli.questions.verify import Verdict
from omsorg_cli.render.places import place_text, source_text
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.verify import WORDINGS
from omsorg_cli.render.workbook.book import Book, number_format
from omsorg_cli.render.workbook.names import PUBLISHED, SOURCES
from omsorg_cli.render.workbook.places import Places

PUBLISHED_WIDTHS = (30, 20, 18, 16, 11, 14, 18, 12, 24, 44, 24)
SOURCES_WIDTHS = (16, 36, 22, 8, 24, 24, 40, 60)
TOP = 1


def _published_headings() -> tuple[str, ...]:
    return (
        say("figure"),
        say("for"),
        say("published"),
        say("unit"),
        say("wording"),
        say("rounded to"),
        say("recalculated"),
        say("deviation"),
        say("verdict of the run"),
        say("reason or note"),
        say("source"),
    )


def _source_headings() -> tuple[str, ...]:
    return (
        say("id"),
        say("title"),
        say("publisher"),
        say("year"),
        say("address"),
        say("note"),
        say("place used"),
        say("quoted words"),
    )


def write_published(book: Book, places: Places, verdicts: Sequence[Verdict]) -> None:
    """A row for each published result: the recomputed value and the deviation are live, the verdict is the run's."""
    sheet = book.sheet(PUBLISHED, PUBLISHED_WIDTHS, TOP + 1)
    told = say("Published results compared with recalculated ones.") if verdicts else say("No result is published.")
    book.text(sheet, 0, 0, told)
    book.headings(sheet, TOP, _published_headings(), right={2, 5, 6, 7})
    for index, one in enumerate(verdicts):
        row, entry = TOP + 1 + index, one.published
        style = book.format(num_format=number_format(one.unit))
        why = one.because or entry.note or ""
        texts = {
            0: places.result.name_of(entry.figure),
            1: one.row or say("all"),
            3: unit_text(one.unit),
            4: say("exact") if entry.wording == "exact" else say(WORDINGS[entry.wording], amount="").strip(),
            8: say(one.verdict),
            9: why,
            10: source_text(places.result, entry.source) if entry.source else "",
        }
        book.texts(sheet, row, texts, PUBLISHED_WIDTHS)
        sheet.write_number(row, 2, entry.value.number, style)
        sheet.write_number(row, 5, entry.rounded_to.number, style)
        if one.figure is not None and places.plan.slots[one.figure.node] in places.cells:
            cell = places.cell_of(one.figure)
            sheet.write_formula(row, 6, f"={cell}", style, one.figure.value)
            minus = say("minus")
            percent = book.format(num_format=rf'0.00\ %;"{minus} "0.00\ %')
            deviation = "" if one.relative_deviation is None else one.relative_deviation
            at = row + 1
            sheet.write_formula(
                row, 7, f'=IF(OR(C{at}=0,NOT(ISNUMBER(G{at}))),"",(G{at}-C{at})/ABS(C{at}))', percent, deviation
            )


def write_sources(book: Book, places: Places) -> None:
    """A row for each place that the inputs name, document by document, with the words that are quoted from it."""
    sheet = book.sheet(SOURCES, SOURCES_WIDTHS, TOP + 1)
    book.text(sheet, 0, 0, say("The documents that values come from."))
    book.headings(sheet, TOP, _source_headings())
    known = places.result.scenario.sources
    named = _named(places)
    for index, (name, place) in enumerate(sorted(named, key=lambda at: list(known).index(at[0]))):
        source, words = known[name], " ".join(f"«{one}»" for one in named[name, place])
        texts = (name, source.title, source.publisher, source.year, source.url, source.note, place_text(place), words)
        told = {column: "" if text is None else str(text) for column, text in enumerate(texts)}
        book.texts(sheet, TOP + 1 + index, told, SOURCES_WIDTHS)


def _named(places: Places) -> dict[tuple[str, str], dict[str, None]]:
    """The words that are quoted from each place of each document, in the order of the inputs."""
    named: dict[tuple[str, str], dict[str, None]] = {}
    for item in places.inputs:
        if item.stated.source:
            quoted = named.setdefault(source_parts(item.stated.source), {})
            quoted |= {item.stated.quote: None} if item.stated.quote else {}
    return named
