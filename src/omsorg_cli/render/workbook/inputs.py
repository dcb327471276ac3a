"""The sheet of inputs: the only cells that can be changed, each with its name, its bounds and where it comes from."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from omsorg_cli.core.calculator import rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.inputs import kinds
from omsorg_cli.engine.layout import Input
from omsorg_cli.render.workbook.book import Book, number_format, serial
from omsorg_cli.render.workbook.places import Places

SHEET = "Inputs"
HEADINGS = ("input", "value", "unit", "low", "high", "rests on", "source or reason", "what it is", "in the run")
WIDTHS = (46, 16, 15, 12, 12, 16, 46, 38, 16)
TOP = 1
VALUE, RANGE, AS_RUN = 1, (3, 4), 8
ABOUT = (
    "Change the values here; the other sheets follow. The colours say what a value rests on. Each value is checked "
    "alone: what must fit together, such as shares that add up to 1 at most, is checked by the program and not here."
)
ORIGINS = {
    "published": "#E2F0D9",
    "assumption": "#FFF2CC",
    "default": "#EDEDED",
    "set by the user": "#DDEBF7",
    "unexplained": "#F8CBAD",
}
"""What an input may rest on, and its colour."""


def write(book: Book, places: Places) -> None:
    """Writes the sheet, and names its cells."""
    sheet = book.sheet(SHEET, WIDTHS, TOP + 1)
    book.text(sheet, 0, 0, ABOUT)
    book.headings(sheet, TOP, HEADINGS, right={VALUE, *RANGE, AS_RUN})
    told = _told(places)
    for index, item in enumerate(places.inputs):
        row = TOP + 1 + index
        _write_row(book, sheet, row, item, told[item.name])
        book.book.define_name(places.names[item.path], f"={SHEET}!$B${row + 1}")
    if places.inputs:
        last = TOP + len(places.inputs)
        differs = {"type": "formula", "criteria": f"=$B{TOP + 2}<>$I{TOP + 2}", "format": _changed(book)}
        sheet.conditional_format(TOP + 1, VALUE, last, VALUE, differs)


def changed_count(places: Places) -> str:
    """The formula for how many inputs have another value than in the run."""
    last = TOP + 1 + len(places.inputs)
    return f"=SUMPRODUCT(--({SHEET}!$B${TOP + 2}:$B${last}<>{SHEET}!$I${TOP + 2}:$I${last}))"


def empty_count(places: Places) -> str:
    """The formula for how many inputs have no value."""
    return f"=COUNTBLANK({SHEET}!$B${TOP + 2}:$B${TOP + 1 + len(places.inputs)})"


def rests_on(item: Input) -> str:
    """What the input rests on, in a word."""
    stated = item.stated
    if stated.origin == "user":
        return "set by the user"
    if stated.origin == "default":
        return "default"
    if stated.assumption is not None:
        return "assumption"
    return "published" if stated.source else "unexplained"


def _changed(book: Book) -> Any:
    return book.book.add_format({"bold": True, "font_color": "#C00000"})


def _told(places: Places) -> dict[str, str]:
    """What each input is, by its name in formulas."""
    found: dict[str, str] = {}
    for calculator in places.plan.calculators.values():
        for _, model in rows(calculator.inputs):
            found |= {name: descriptions(model)[name] for name in kinds(model)} | found
    return found


def _write_row(book: Book, sheet: Worksheet, row: int, item: Input, told: str) -> None:
    stated, word = item.stated, rests_on(item)
    colour = ORIGINS[word]
    shown = {"num_format": _format(item)}
    reason = "; ".join(filter(None, (stated.assumption, stated.source, stated.note)))
    book.texts(sheet, row, {0: item.path, 2: item.kind.unit, 6: reason, 7: told}, WIDTHS)
    _write_value(sheet, row, VALUE, item, book.format(locked=False, bg_color=colour, border=1, **shown))
    for column, end in zip(RANGE, stated.range or (), strict=False):
        sheet.write_number(row, column, serial(end) if item.kind.form == "month" else end, book.format(**shown))
    book.text(sheet, row, 5, word, bg_color=colour)
    _write_value(sheet, row, AS_RUN, item, book.format(font_color="#7F7F7F", **shown))
    sheet.data_validation(row, VALUE, row, VALUE, _allowed(item.kind, f"B{row + 1}"))


def _format(item: Input) -> str:
    if item.kind.form in ("switch", "choice", "key", "text"):
        return "General"
    return number_format("month" if item.kind.form == "month" else item.kind.unit)


def _write_value(sheet: Worksheet, row: int, column: int, item: Input, style: Any) -> None:
    value = item.stated.value
    if item.kind.form == "month":
        sheet.write_number(row, column, serial(item.stated.number), style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _allowed(kind: Kind, cell: str) -> dict[str, Any]:
    """What the cell takes, as the scenario would."""
    options: dict[str, Any] = {"error_title": "Not allowed", "error_message": f"Allowed: {kind.allowed}."[:255]}
    options["ignore_blank"] = False
    if kind.form == "choice":
        return {"validate": "list", "source": list(kind.choices), **options}
    if kind.form == "switch":
        return {"validate": "custom", "value": f"=ISLOGICAL({cell})", **options}
    if kind.form in ("key", "text"):
        return {"validate": "any"}
    tests = [f"ISNUMBER({cell})"]
    if kind.form == "count" or kind.whole:
        tests.append(f"{cell}=INT({cell})")
    if kind.low > -float("inf"):
        tests.append(f"{cell}{'>' if kind.low_open else '>='}{kind.low!r}")
    if kind.high < float("inf"):
        tests.append(f"{cell}<={kind.high!r}")
    return {"validate": "custom", "value": f"=AND({','.join(tests)})", **options}
