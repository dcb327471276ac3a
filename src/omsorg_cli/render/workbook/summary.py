"""The first sheet: the question, the figures in words, what they are not, what was changed, and what made them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.units import Unit
from omsorg_cli.core.view import Years
from omsorg_cli.engine.graph import Node
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.render.document import change_text, document
from omsorg_cli.render.parts import Heading, Part, Sentences
from omsorg_cli.render.tones import untoned
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import capital, figure_name, row_label
from omsorg_cli.render.workbook.book import DARK, HIGHEST, LINE, MOST_TEXT, Book, lines, number_format, series_name
from omsorg_cli.render.workbook.described import NOT_CALCULATED
from omsorg_cli.render.workbook.formula import literal
from omsorg_cli.render.workbook.inputs import changed_count, empty_count
from omsorg_cli.render.workbook.names import CALCULATION, INPUTS, SUMMARY, reference
from omsorg_cli.render.workbook.places import HOW, TOP, VALUE, Places
from omsorg_cli.result import Figure

WIDTHS = (36, 30, 32, 22, 22, 22, 22)
ACROSS = len(WIDTHS) - 1
CHART_ROWS = 16
MOST_STEPS = 50
"""Conditions that a formula may hold inside each other are 64."""
IN_WORDS = phrase("In words")
AS_IT_WAS = phrase(
    "In words, as the scenario had it: what is grey was written before inputs were changed and does not follow them"
)


class Summary:
    """Writes the sheet from top to bottom; `at` is the next row."""

    def __init__(self, book: Book, places: Places, figures: Sequence[Figure]) -> None:
        self.book, self.places, self.figures = book, places, figures
        self.result = places.result
        self.at = 0
        self.sheet: Worksheet = book.sheet(SUMMARY, WIDTHS)

    def write(self, record: Mapping[str, Any]) -> None:
        """Writes the sheet; the record says how the workbook was made."""
        title, *parts = document(self.result, self.figures, full=True)
        self._part(title)
        if self.places.years:
            first = f"{reference(CALCULATION)}!{self.places.year_heading(0)}<>{self.places.years[0]}"
            self.book.fade(self.sheet, (0, 0, 0, 0), first)
        self._headlines()
        self._chart()
        self._words(parts)
        self._changes()
        self._record(record)

    def _words(self, parts: Sequence[Part]) -> None:
        """What the result says in words; what holds for the inputs as they were stands back once one is changed."""
        as_it_was, in_words = say(AS_IT_WAS), say(IN_WORDS)
        self._live_heading(f"=IF({self.book.changed},{literal(as_it_was)},{literal(in_words)})", in_words)
        for part in parts:
            top = self.at
            self._part(part)
            if not isinstance(part, Heading) and not (
                isinstance(part, Sentences) and part.lines == self.result.caveats
            ):
                self.book.fade(self.sheet, (top, 0, self.at - 1, ACROSS), self.book.changed)

    def _headlines(self) -> None:
        self._heading(say("Figures update when the sheet {inputs} changes", inputs=say(INPUTS)))
        headings = (say("figure"), say("for"), say("value"), say("unit"), say("why it is not calculated"), "", "")
        self.book.headings(self.sheet, self.at, headings, right={2})
        self.at += 1
        for node in _fewest_coordinates(self.places.headlines):
            self._headline(node)
        self.book.changed = f"{reference(SUMMARY)}!$C${self.at + 1}>0"
        self._count(say("Inputs changed in this workbook"), changed_count(self.places))
        self._count(say("Inputs left empty, which count as zero"), empty_count(self.places))
        self.at += 1

    def _headline(self, node: Node) -> None:
        """The figure, or in words why there is none."""
        row = row_label(self.result, dict(node.point))
        known = self.places.plan.step(node).formula or self.result.calculator.units[node.figure]
        cell, value = self.places.cell_of(node), self.result.record.value(node)
        why = self.result.why(known.no_answer)
        style = self.book.format(bold=True, align="right", num_format=_format(known.unit))
        self.book.text(self.sheet, self.at, 0, capital(self.result.name_of(node.figure)))
        self.book.text(self.sheet, self.at, 1, row or say("all"))
        nothing = say(NOT_CALCULATED)
        shown = nothing if value is None else value
        self.sheet.write_formula(self.at, 2, f"=IF(ISNUMBER({cell}),{cell},{literal(nothing)})", style, shown)
        self.book.text(self.sheet, self.at, 3, unit_text(known.unit.name))
        missing = f"=IF(ISNUMBER({cell}),{literal('')},{self._missing(node, why)})"
        words = self.book.format(align="left", indent=1, shrink=True)
        self.sheet.merge_range(self.at, 4, self.at, ACROSS, "", words)
        self.sheet.write_formula(self.at, 4, missing, words, why if value is None else "")
        self.at += 1

    def _missing(self, node: Node, why: str) -> str:
        """The expression that says what the figure lacks, as the first step below it says, or why it has no answer."""
        rows = dict.fromkeys(self.places.cells[slot][0] for slot in self.places.undecided(node))
        told, nothing, sheet = literal(why), say(NOT_CALCULATED), reference(CALCULATION)
        for row in [*rows][:MOST_STEPS][::-1]:
            how = f"{sheet}!{xl_rowcol_to_cell(row, HOW, row_abs=True, col_abs=True)}"
            why_not = f"MID({how},{len(nothing) + 3},{MOST_TEXT})"
            told = f"IF(LEFT({how},{len(nothing)})={literal(nothing)},{why_not},{told})"
        return told

    def _count(self, label: str, formula: str) -> None:
        self.book.text(self.sheet, self.at, 0, label)
        self.sheet.write_formula(self.at, 2, formula, self.book.format(num_format="0"), 0)
        self.at += 1

    def _chart(self) -> None:
        """The figures by year, where the calculator has such."""
        view = next((one for one in self.result.calculator.views if isinstance(one, Years)), None)
        years = len(self.places.years)
        if view is None or years < 2:
            return
        column = self._series("column", view.drawn[:1])
        line = self._series("line", view.drawn[1:])
        if column is None:
            return
        if line is not None:
            column.combine(line)
        unit = next(one.unit for one in self.figures if one.figure in view.drawn).partition("/")[0]
        column.set_title({"name": say("By year, {unit}", unit=unit_text(unit)), "name_font": {"size": 11}})
        column.set_y_axis({"num_format": r"#\ ###\ ###\ ##0", "major_gridlines": {"visible": True}})
        column.set_legend({"position": "bottom"})
        column.set_size({"width": 900, "height": 20 * (CHART_ROWS - 1)})
        self.sheet.insert_chart(self.at, 0, column, {"description": say("The figures by year")})
        self.at += CHART_ROWS

    def _series(self, kind: str, drawn: Sequence[str]) -> Any:
        """A chart of the figures over the fewest coordinates that stand in the sheet; None where there is none."""
        rows = self._rows(drawn)
        if not rows:
            return None
        chart: Any = self.book.book.add_chart({"type": kind})
        last = VALUE + len(self.places.years)
        for name, at, label in rows:
            chart.add_series(
                {
                    "name": series_name(label if len(rows) == 1 or label != name else name),
                    "categories": [say(CALCULATION), TOP, VALUE + 1, TOP, last],
                    "values": [say(CALCULATION), at, VALUE + 1, at, last],
                }
            )
        return chart

    def _rows(self, drawn: Sequence[str]) -> list[tuple[str, int, str]]:
        """Figure, row in the calculation, and label of each series."""
        shown = [one for one in self.figures if one.figure in drawn and one.keys.get("year") is not None]
        slots = self.places.plan.slots
        found: dict[int, tuple[str, int, str]] = {}
        for one in fewest_coordinates(shown, drawn):
            at = self.places.cells[slots[one.node]][0]
            keys = {axis: key for axis, key in one.keys.items() if axis != "year"}
            found[at] = (one.figure, at, capital(figure_name(self.result, one._replace(keys=keys))))
        return list(found.values())

    def _changes(self) -> None:
        self._heading(say("Changed from the scenario before this workbook was written"))
        changes = self.result.scenario.changes
        told = [plain(change_text(self.result, one)) for one in changes]
        self._sentences(told or [say("Nothing.")], "–")

    def _record(self, record: Mapping[str, Any]) -> None:
        scenario = record["scenario"]
        self._heading(say("How this workbook was made"))
        told = (
            (say("program"), f"omsorg {record['version']}"),
            (say("scenario"), scenario["file"]),
            (say("title"), self.result.scenario.head.title),
            (say("SHA-256 of the scenario"), scenario["sha256"]),
            (say("overlays"), ", ".join(scenario["overlays"]) or say("none")),
            (say("changes"), "; ".join(scenario["set"]) or say("none")),
            (say("time"), record.get("time", "")),
            (say("SHA-256 of the result"), record["digest"]),
        )
        for label, text in told:
            if text:
                self.book.text(self.sheet, self.at, 0, label)
                self.book.text(self.sheet, self.at, 1, text)
                self.at += 1

    def _part(self, part: Part) -> None:
        if isinstance(part, Heading):
            self._heading(part.text, size=14 if part.level == 1 else 11)
        elif isinstance(part, Sentences):
            self._sentences(part.lines, part.mark)
        else:
            part = part.as_read()
            right = {column for column, is_right in enumerate(part.right) if is_right}
            self.book.headings(self.sheet, self.at, part.headings, right)
            for row in part.rows:
                self.at += 1
                self.sheet.set_row(self.at, LINE * max(map(lines, row, WIDTHS)))
                for column, text in enumerate(row):
                    align = "right" if column in right else "left"
                    self.book.text(self.sheet, self.at, column, untoned(text), align=align, text_wrap=True)
            self.at += 2

    def _live_heading(self, formula: str, text: str) -> None:
        style = self.book.format(bold=True, font_color=DARK, align="left", indent=1)
        self.sheet.write_formula(self.at, 0, formula, style, text)
        self.at += 1

    def _heading(self, text: str, size: int = 11) -> None:
        self.book.text(self.sheet, self.at, 0, text, bold=True, font_size=size, font_color=DARK)
        self.at += 1 if size <= 11 else 2

    def _sentences(self, texts: Sequence[str], mark: str) -> None:
        for text in texts:
            self._line(f"{mark} {text}".strip())
        self.at += 1

    def _line(self, text: str) -> None:
        """A sentence across the sheet, as high as it needs to be."""
        self.sheet.merge_range(self.at, 0, self.at, ACROSS, "", self.book.format(text_wrap=True))
        self.book.text(self.sheet, self.at, 0, untoned(text), text_wrap=True)
        self.sheet.set_row(self.at, min(LINE * lines(text, sum(WIDTHS)), HIGHEST))
        self.at += 1


def _fewest_coordinates(nodes: Sequence[Node]) -> Iterator[Node]:
    """Of each figure in turn, the nodes over the fewest coordinates."""
    for name in dict.fromkeys(node.figure for node in nodes):
        held = [(sum(key != "" for _, key in node.point), node) for node in nodes if node.figure == name]
        fewest = min(depth for depth, _ in held)
        yield from (node for depth, node in held if depth == fewest)


def _format(unit: Unit) -> str:
    return number_format(unit.name, unit.told if unit.either_way else "")
