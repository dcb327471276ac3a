"""The workbook as a file: sheets that print well, formats by unit, text that stays text."""

import io
import textwrap
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import say
from omsorg_cli.render.words import DIRECTIONS

EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count days."""
GROUPED = r"#\ ###\ ###\ ##0"
COUNTED = ("inhabitants", "persons", "municipalities", "months")
A4 = 9
LINE, HIGHEST = 15, 405
"""The height of a line of text, and of the highest row."""
MOST_TEXT = 32_000
"""Letters of a cell."""
DARK, PALE = "#1F3A4D", "#E4ECF1"
FADED = "#A6A6A6"
"""The colour of what no longer holds."""
HEADING = {"bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}


class Book:
    """A workbook that is being written."""

    def __init__(self, footer: str) -> None:
        self._file = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self.book.set_properties({"created": datetime(2000, 1, 1), "title": cell_text(footer)})  # noqa: DTZ001 - the same bytes each time
        self.book.set_calc_mode("auto")
        self.changed = "FALSE"
        """The test of whether an input was changed in the workbook; the summary tells it."""
        self._footer = cell_text(footer).replace("&", "＆")[:200]
        self._faded = self.book.add_format({"font_color": FADED, "italic": True})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        """The format with the properties; each is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def sheet(self, name: str, widths: Sequence[float], heading_rows: int = 0, *, locked: bool = True) -> Worksheet:
        """A new sheet, A4 landscape, its headings kept in sight; only cells that are unlocked can be changed."""
        sheet = self.book.add_worksheet(say(name))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&L{self._footer}&C&A&R&P / &N")
        sheet.hide_gridlines(2)
        if locked:
            sheet.protect(options={"format_columns": True, "format_rows": True})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.format())
        if heading_rows:
            sheet.freeze_panes(heading_rows, 0)
            sheet.repeat_rows(heading_rows - 1)
        return sheet

    def headings(self, sheet: Worksheet, row: int, texts: Sequence[str], right: Container[int] = ()) -> None:
        """The headings of a table, those over numbers set to the right."""
        for column, text in enumerate(texts):
            align = "right" if column in right else "left"
            sheet.write_string(row, column, cell_text(text), self.format(indent=1, align=align, **HEADING))

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **properties: Any) -> None:
        """Text from anywhere, as text."""
        if text:
            style = self.format(**{"align": "left", "indent": 1, **properties})
            sheet.write_string(row, column, cell_text(text), style)

    def texts(self, sheet: Worksheet, row: int, texts: Mapping[int, str], widths: Sequence[float]) -> None:
        """Texts by column, folded to the columns' widths, the row as high as the longest needs."""
        for column, text in texts.items():
            self.text(sheet, row, column, text, text_wrap=True)
        height = max((lines(text, widths[column]) for column, text in texts.items()), default=1)
        if height > 1:
            sheet.set_row(row, min(LINE * height, HIGHEST))

    def fade(self, sheet: Worksheet, cells: tuple[int, int, int, int], when: str) -> None:
        """The cells stand back where the test holds, or where they have `errors`; the text stays as it is."""
        rule = {"type": "errors"} if when == "errors" else {"type": "formula", "criteria": f"={when}"}
        sheet.conditional_format(*cells, {**rule, "format": self._faded})

    def done(self) -> bytes:
        """The file."""
        self.book.close()
        return self._file.getvalue()


def cell_text(text: str) -> str:
    """The text as a workbook may have it, whoever wrote it: all that is no formula of ours goes through here."""
    return plain(text) if len(text) <= MOST_TEXT else f"{plain(text[:MOST_TEXT])}…"


def series_name(text: str) -> str:
    """The name of a row of a chart, which a formula in its place would be taken for."""
    return f"'{cell_text(text)}" if text.startswith("=") else cell_text(text)


def number_format(unit: str, told: str = "") -> str:
    """How a value in the unit is shown: thousands apart as in Norwegian, and words where the direction matters."""
    if unit == "month":
        return "yyyy\\-mm"
    if unit in ("year", ""):
        return "0"
    if told == "saving":
        saves, costs, nothing = say("saves"), say("costs"), say("no change")
        return rf'"{saves} "* {GROUPED};"{costs} "* {GROUPED};"{nothing}"'
    if told:
        return ";".join(_with_number(say(text)) for text in DIRECTIONS[told].side)
    if unit in ("share", "rate/year"):
        shown = r"0.0##\ %"
    elif unit in ("ratio", "index"):
        shown = "0.0###"
    elif unit == "FTE":
        shown = f"{GROUPED}.0"
    elif unit == "NOK/hour":
        shown = f"{GROUPED}.00"
    elif unit.startswith(("NOK", *COUNTED)):
        shown = GROUPED
    else:
        shown = f"{GROUPED}.0##"
    minus = say("minus")
    return f'{shown};"{minus} "* {shown}'


def _with_number(template: str) -> str:
    """The format of a number in the place of the amount, with the words around it."""
    before, amount, after = template.partition("{amount}")
    return "".join((f'"{before}"' if before else "", GROUPED if amount else "", f'"{after}"' if after else ""))


def serial(month: float) -> int:
    """The first day of the month, as a spreadsheet counts days."""
    year, index = divmod(int(month), 12)
    return (date(year, index + 1, 1) - EPOCH).days


def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column of that width, broken between words."""
    return max(1, len(textwrap.wrap(text, max(int(width) - 2, 8))))


def fitted(texts: Iterable[str], most: int) -> int:
    """The width of a column for the texts, up to the most."""
    return min(max(map(len, texts), default=0) + 3, most)
