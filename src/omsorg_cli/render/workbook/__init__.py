"""A result as an Excel workbook with live formulas, from the record of the run."""

from collections.abc import Callable, Sequence

from omsorg_cli.core.language import say
from omsorg_cli.questions.verify import verdicts_of
from omsorg_cli.render.data import ALL, Shown, result_record
from omsorg_cli.render.workbook import evidence, inputs, kept
from omsorg_cli.render.workbook.book import Book
from omsorg_cli.render.workbook.calculation import CalculationSheet
from omsorg_cli.render.workbook.places import Places
from omsorg_cli.render.workbook.summary import Summary
from omsorg_cli.result import Figure, Result


def render(
    result: Result,
    figures: Sequence[Figure],
    moment: str | None = None,
    answers: Sequence[Callable[[Book], None]] = (),
    shown_by: Shown = ALL,
) -> bytes:
    """The figures with everything that they rest on; `moment` is the time of the run, if it is to be told.

    It carries the digest of the record that the same run has in JSON, of the items that were asked for by key.

    `answers` write sheets of their own, after the calculation.

    Sheets: Summary, Inputs (the only cells that can be changed, each named as its path), Calculation (a live formula
    in every cell), Published, Sources, and the scenario itself, so that a changed workbook can be run as one.
    """
    places = Places(result, figures)
    told = {"calculator": say(result.calculator.title), "scenario": result.scenario.head.title}
    book = Book(say("{calculator}: {scenario}", **told))
    Summary(book, places, figures).write(moment, result_record(result, figures, shown_by, moment)["digest"])
    inputs.write(book, places)
    CalculationSheet(book, places).write()
    for write in answers:
        write(book)
    evidence.write_published(book, places, verdicts_of(result))
    evidence.write_sources(book, places)
    kept.write_scenario(book, places)
    return book.done()
