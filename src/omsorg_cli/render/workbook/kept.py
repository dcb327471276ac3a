"""The last sheet: the scenario as the run had it, from which a changed workbook is read as a scenario again."""

import json
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from omsorg_cli.core.language import language, phrase, say
from omsorg_cli.render.workbook.book import Book
from omsorg_cli.render.workbook.fill_in import write_lines
from omsorg_cli.render.workbook.names import INPUTS
from omsorg_cli.render.workbook.places import Places
from omsorg_cli.scenario.forms import RECORD, RESULT
from omsorg_cli.scenario.load import changed_data
from omsorg_cli.scenario.toml import dumps

SHEET = phrase("Scenario")
ABOUT = phrase("The scenario as the run had it. omsorg runs this workbook with the inputs that you change.")


def write_scenario(book: Book, places: Places, record: Mapping[str, Any]) -> None:
    """The mark by which it is known, the sheet of its inputs, the scenario's text, and the record of the run."""
    sheet = book.sheet(SHEET, (120,))
    book.text(sheet, 0, 0, RESULT)
    book.text(sheet, 0, 1, say(INPUTS))
    book.text(sheet, 0, 2, say(ABOUT), italic=True)
    write_lines(book, sheet, f"{dumps(changed_data(places.result.scenario))}\n{_kept(record)}")


def _kept(record: Mapping[str, Any]) -> str:
    """The line from which the workbook can be made again."""
    kept = {"language": language(), "written_with": xlsxwriter.__version__, "record": record}
    return f"{RECORD}{json.dumps(kept, separators=(',', ':'))}"
