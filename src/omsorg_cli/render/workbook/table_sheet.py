"""Rows as a workbook with one sheet that can be filtered and sorted, written as they come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import phrase, say
from omsorg_cli.render.workbook.book import DARK, MOST_TEXT

MOST_ROWS = 1_048_575
"""Rows of a sheet below the headings."""
SHEET = phrase("Rows")
WIDTH = 20


def write_rows(file: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Any]], count: int) -> None:
    """The workbook; nothing is a formula, whatever a text begins with."""
    refuse_too_many(count)
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - the same bytes each time
        sheet = book.add_worksheet(say(SHEET))
        sheet.set_column(0, len(headings) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(headings) - 1)
        style = book.add_format({"bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "text_wrap": True})
        for place, text in enumerate(headings):
            sheet.write_string(0, place, plain(text), style)
        for at, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(at, place, value)
                elif isinstance(value, str):
                    sheet.write_string(at, place, plain(value)[:MOST_TEXT])
                elif value is not None:
                    sheet.write_number(at, place, value)


def refuse_too_many(count: int) -> None:
    """A sheet holds so many rows and no more."""
    if count > MOST_ROWS:
        raise OmsorgError(say("A workbook holds {most} rows; write .csv or .parquet.", most=MOST_ROWS))
