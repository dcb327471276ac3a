"""A result as an Excel workbook with live formulas, from the record of the run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from omsorg_cli.core.language import ENGLISH, language, say, spoken
from omsorg_cli.questions.verify import verdicts_of
from omsorg_cli.render.data import ALL, Shown, result_record
from omsorg_cli.render.workbook import evidence, inputs, kept
from omsorg_cli.render.workbook.book import Book
from omsorg_cli.render.workbook.calculation import CalculationSheet
from omsorg_cli.render.workbook.places import Places
from omsorg_cli.render.workbook.summary import Summary
from omsorg_cli.result import Figure, Result, result_of


def render(
    result: Result,
    figures: Sequence[Figure],
    moment: str | None = None,
    answers: Sequence[Callable[[Book], None]] = (),
    shown_by: Shown = ALL,
    record: Mapping[str, Any] | None = None,
) -> bytes:
    """The figures with everything that they rest on; `moment` is the time of the run, if it is to be told.

    It carries the record that the same run has in JSON, of the items that were asked for by key, or the one given.

    `answers` write sheets of their own, after the calculation.

    Sheets: Summary, Inputs (the only cells that can be changed, each named as its path), Calculation (a live formula
    in every cell), Published, Sources, and the scenario itself, so that a changed workbook can be run as one.
    """
    kept_record = record or record_in_english(result, figures, shown_by, moment)
    places = Places(result, figures)
    told = {"calculator": say(result.calculator.title), "scenario": result.scenario.head.title}
    book = Book(say("{calculator}: {scenario}", **told))
    Summary(book, places, figures).write(kept_record)
    inputs.write(book, places)
    CalculationSheet(book, places).write()
    for write in answers:
        write(book)
    evidence.write_published(book, places, verdicts_of(result))
    evidence.write_sources(book, places)
    kept.write_scenario(book, places, kept_record)
    return book.done()


def record_in_english(
    result: Result, figures: Sequence[Figure], shown_by: Shown = ALL, moment: str | None = None
) -> dict[str, Any]:
    """The record that the run has in JSON, which is the same in every language."""
    if language() == ENGLISH:
        return result_record(result, figures, shown_by, moment)
    nodes = {figure.node for figure in figures}
    with spoken(ENGLISH):
        again = result_of(result.scenario.text, result.scenario.request, result.calculator.name)
        return result_record(again, [one for one in again.figures if one.node in nodes], shown_by, moment)
