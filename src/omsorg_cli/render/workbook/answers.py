"""Sheets with what a simulation, a tornado or a comparison came to: values, not formulas, and marked as such."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import month_text
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.compare import Comparison
from omsorg_cli.questions.sensitivity import Sensitivity
from omsorg_cli.questions.simulate import Simulation
from omsorg_cli.render.compare import row_of_figure, row_of_input
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import figure_name, input_name, input_text
from omsorg_cli.render.workbook.book import Book, fitted, number_format
from omsorg_cli.render.workbook.names import INPUTS, SENSITIVITY, SIMULATION
from omsorg_cli.result import Figure
from omsorg_cli.scenario.forms import COMPARISON

VALUES = phrase("Values of the run, not formulas: they do not follow the cells of the sheet {inputs}.")
TOP = 1
MOST_WIDTH, NUMBER_WIDTH = 60, 20

Cell = str | tuple[float | None, str]
"""Text, or a number with its number format."""
Answer = Callable[[Book], None]


def simulation(found: Simulation) -> Answer:
    """The percentiles of each figure."""
    headings = (
        say("figure"),
        say("unit"),
        say("as stated"),
        say("mean"),
        *("P10", "P50", "P90"),
        say("chance of a saving"),
        say("without an answer"),
    )
    percent = number_format("share")

    def rows() -> Iterator[Sequence[Cell]]:
        for one in found.outcomes:
            shown = _format(one.figure)
            values = (one.figure.value, one.mean, one.p10, one.p50, one.p90)
            chances = ((one.probability_of_saving, percent), (one.without_answer, percent))
            name, unit = figure_name(found.result, one.figure), unit_text(one.figure.unit)
            yield (name, unit, *((value, shown) for value in values), *chances)

    told = {"draws": found.options.draws, "seed": found.options.seed}
    about = say("{about} Draws: {draws}; random seed: {seed}.", about=_values(), **told)
    return _sheet(SIMULATION, about, headings, rows)


def sensitivity(found: Sequence[Sensitivity]) -> Answer:
    """What each figure comes to at the ends of each input."""
    headings = (
        say("figure"),
        say("input"),
        say("low"),
        say("high"),
        say("moved over"),
        say("figure at low"),
        say("figure at high"),
        say("difference"),
    )

    def rows() -> Iterator[Sequence[Cell]]:
        for one in found:
            shown, plain_shown = _format(one.figure), number_format(one.figure.unit)
            for swing in one.swings:
                ends = (_end(swing.input.kind, end) for end in (swing.low, swing.high))
                moved = say("its range") if swing.ranged else say("a tenth either way")
                figures = ((swing.figure_at_low, shown), (swing.figure_at_high, shown), (swing.swing, plain_shown))
                name = input_name(one.result, swing.input)
                yield (figure_name(one.result, one.figure), name, *ends, moved, *figures)

    return _sheet(SENSITIVITY, _values(), headings, rows)


def comparison(found: Comparison) -> Answer:
    """The inputs that differ, then the figures, a column for each side."""
    names = [column.called for column in found.columns]
    headings = (say("input or figure"), say("unit"), *names)

    def rows() -> Iterator[Sequence[Cell]]:
        for difference in found.inputs:
            name = row_of_input(difference, found)
            yield (name, unit_text(difference.unit), *map(_stated, difference.inputs))
        for one in found.figures:
            values = (
                (say("not calculated") if figure is None else (figure.value, _format(figure))) for figure in one.figures
            )
            yield (row_of_figure(one, found), unit_text(one.any.unit), *values)

    return _sheet(COMPARISON, " ".join((_values(), *found.warnings)), headings, rows)


def comparison_again(about: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Answer:
    """The sheet of a comparison with what stands in the cells of another workbook's."""
    return _sheet(COMPARISON, about, headings, lambda: iter(rows))


def _values() -> str:
    return say(VALUES, inputs=say(INPUTS))


def _stated(item: Input | None) -> Cell:
    if item is None:
        return say("not in the scenario")
    if item.kind.form not in ("number", "count"):
        return input_text(item)
    return item.stated.number, _input_format(item.kind)


def _end(kind: Kind, end: float) -> Cell:
    return month_text(end) if kind.form == "month" else (end, _input_format(kind))


def _format(figure: Figure) -> str:
    return number_format(figure.unit, figure.told)


def _input_format(kind: Kind) -> str:
    return number_format(kind.unit)


def _sheet(name: str, about: str, headings: Sequence[str], rows: Callable[[], Iterator[Sequence[Cell]]]) -> Answer:
    """A sheet with a table."""

    def write(book: Book) -> None:
        held = list(rows())
        texts = list(zip(headings, *held, strict=True))
        sheet = book.sheet(name, [_width(column) for column in texts], TOP + 1)
        book.text(sheet, 0, 0, about, italic=True)
        book.headings(sheet, TOP, headings, {at for at, column in enumerate(texts) if not isinstance(column[-1], str)})
        for row, cells in enumerate(held, TOP + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    book.text(sheet, row, column, cell)
                elif cell[0] is not None:
                    sheet.write_number(row, column, cell[0], book.format(num_format=cell[1]))
        book.fade(sheet, (TOP + 1, 0, TOP + max(len(held), 1), len(headings) - 1), book.changed)

    return write


def _width(column: Sequence[Any]) -> int:
    texts = [cell for cell in column if isinstance(cell, str)]
    return max(fitted(texts, MOST_WIDTH), NUMBER_WIDTH if len(texts) < len(column) else 0)
