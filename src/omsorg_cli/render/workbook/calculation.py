"""The sheet of the calculation: a table for each figure, in the order of the explanation, with live formulas."""

from xlsxwriter.worksheet import Worksheet

from omsorg_cli.core.language import phrase, say
from omsorg_cli.engine.layout import Point
from omsorg_cli.render.naming import label_of
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import capital
from omsorg_cli.render.workbook.book import DARK, MOST_TEXT, PALE, Book, cell_text, fitted, number_format
from omsorg_cli.render.workbook.described import SUM, Descriptions
from omsorg_cli.render.workbook.formula import written
from omsorg_cli.render.workbook.inputs import differences
from omsorg_cli.render.workbook.names import CALCULATION, INPUTS
from omsorg_cli.render.workbook.places import HOW, TOP, VALUE, Places, Row

MOST = (34, 44, 24, 70)
"""How wide the columns of text may be."""
NUMBER_WIDTH = 18
ABOUT = phrase(
    "Each figure with what it is made of. Nothing is typed here: change the cells of the sheet {inputs}. An empty cell "
    "means that the figure cannot be calculated with these inputs; #N/A means that an input is missing, or that the "
    "row is not used."
)


def headings() -> tuple[str, ...]:
    """The headings of the sheet."""
    return say("figure"), say("for"), say("unit"), say("how it is calculated"), say("value")


class CalculationSheet:
    """Writes the sheet, row for row as the places have it."""

    def __init__(self, book: Book, places: Places) -> None:
        self.book, self.places, self.plan = book, places, places.plan
        self.differences = differences(places)
        told = Descriptions(places)
        self.told = {id(row): told.of(row) for rows in places.tables.values() for row in rows}
        self.texts = {id(row): self._texts(name, row) for (_, name), rows in places.tables.items() for row in rows}
        columns = zip(headings()[:VALUE], *self.texts.values(), strict=True)
        fitting = (fitted(column, most) for column, most in zip(columns, MOST, strict=True))
        self.widths = (*fitting, *(NUMBER_WIDTH for _ in (VALUE, *places.years)))
        self.sheet: Worksheet = book.sheet(CALCULATION, self.widths, TOP + 1)

    def write(self) -> None:
        """Writes everything."""
        self.book.text(self.sheet, 0, 0, say(ABOUT, inputs=say(INPUTS)))
        self.book.headings(self.sheet, TOP, headings(), right={VALUE})
        self._write_years()
        for (calculator, name), rows in self.places.tables.items():
            self._write_heading(self.places.row_of(rows[0]) - 1, calculator, self._called(name, rows[0]))
            for row in rows:
                self._write_row(self.places.row_of(row), row)
        self._fade_errors()

    def _fade_errors(self) -> None:
        """What is missing or not used stands back."""
        last = max((row for row, _ in self.places.cells.values()), default=TOP)
        self.book.fade(self.sheet, (TOP + 1, VALUE, last, len(self.widths) - 1), "errors")

    def _write_years(self) -> None:
        """The years as headings: the first as Inputs has it, each other one after the one before it."""
        style = self.book.format(bold=True, bg_color=DARK, font_color="#FFFFFF", num_format="0")
        for index, year in enumerate(self.places.years):
            before = f"{self.places.year_heading(index - 1)}+1" if index else self.places.first_year
            self.sheet.write_formula(TOP, VALUE + 1 + index, f"={before}", style, year)

    def _called(self, name: str, row: Row) -> str:
        """What people read for the figure of the row."""
        step = self.plan.steps[next(iter(row.steps.values()))]
        if step.conversion is not None:
            return label_of(self.places.result, step, name)
        return say(self.plan.calculators[step.node.calculator].label(name))

    def _write_heading(self, at: int, calculator: str, called: str) -> None:
        for column in range(len(self.widths)):
            self.sheet.write_blank(at, column, None, self.book.format(bg_color=PALE))
        known = self.plan.calculators[calculator]
        label = capital(called)
        if known is not self.places.result.calculator:
            label = say("{figure} ({calculator})", figure=label, calculator=say(known.title))
        self.book.text(self.sheet, at, 0, label, bg_color=PALE, bold=True)

    def _texts(self, name: str, row: Row) -> tuple[str, ...]:
        """What stands before the numbers: figure, row, unit and formula, of the years where there are such."""
        slots = [row.steps[column] for column in sorted(row.steps, reverse=True)]
        units = dict.fromkeys(unit_text(self.plan.steps[slot].unit) for slot in slots)
        return self._called(name, row), self._label(row.point), say(SUM).join(units), self.told[id(row)].text

    def _label(self, point: Point) -> str:
        """What people call the row."""
        if not point:
            return say("all")
        said = self.places.result.said
        return ", ".join(said(axis, key) if key != "" else say("undivided") for axis, key in point)

    def _write_row(self, at: int, row: Row) -> None:
        how = self.told[id(row)]
        self.book.texts(self.sheet, at, dict(enumerate(self.texts[id(row)])), self.widths)
        if how.expression:
            style = self.book.format(align="left", indent=1, text_wrap=True)
            self.sheet.write_formula(at, HOW, f"={how.expression}", style, how.text[:MOST_TEXT])
        for column, slot in row.steps.items():
            self._write_cell(at, column, slot)
        passed_on = [item for slot in row.steps.values() if (item := self.plan.steps[slot].input) is not None]
        if passed_on:  # whose source is of the value that the run had
            changed = ",".join(self.differences[item.path] for item in passed_on)
            self.book.fade(self.sheet, (at, HOW, at, HOW), f"OR({changed})")

    def _write_cell(self, at: int, column: int, slot: int) -> None:
        step, value = self.plan.steps[slot], self.places.value(slot)
        known = self.plan.calculators[step.node.calculator].units.get(step.node.figure)
        told = known.unit.told if known is not None and known.unit.either_way else ""
        unit = "month" if self.places.is_month(slot) else step.unit
        style = self.book.format(num_format=number_format(unit, told))
        shown = "" if value is None else cell_text(value) if isinstance(value, str) else value
        if step.input is not None:
            name = self.places.names[step.input.path]
            repeated = f'=IF({name}="","",{name})' if self.places.is_blank(slot) else f"={name}"
            self.sheet.write_formula(at, column, repeated, style, shown)
            return
        formula = written(self.places.ways[slot], self.places)
        if formula.spilled:
            self.sheet.write_array_formula(at, column, at, column, f"{{{formula.text}}}", style, shown)
        else:
            self.sheet.write_formula(at, column, formula.text, style, shown)
