"""The sheet of inputs: the only cells that can be changed, each with its name, its bounds and where it comes from."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.language import phrase, say
from omsorg_cli.engine.alternatives import BLANK
from omsorg_cli.engine.layout import Input
from omsorg_cli.render.places import source_text
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import input_label
from omsorg_cli.render.workbook.allowed import message
from omsorg_cli.render.workbook.book import Book, cell_text, number_format, serial
from omsorg_cli.render.workbook.names import INPUTS, reference
from omsorg_cli.render.workbook.places import Places
from omsorg_cli.result import Result

WIDTHS = (46, 16, 15, 12, 12, 16, 46, 38, 16, 46)
TOP = 1
VALUE, RANGE, REASON, AS_RUN, PATH = 1, (3, 4), 6, 8, 9
ABOUT = phrase(
    "Change the values in frames; the other sheets follow. The colours show what a value rests on. Each value is "
    "checked on its own: what must fit together, such as shares that add up to 1 at most, is checked by the program."
)
FILL_IN = phrase("fill in")
IF_NEEDED = phrase("not stated; figures that need it are not calculated")
EARLIEST = 1950
"""No month of a scenario is before this year."""
SHAPE = phrase("This value decides which rows or columns the tables have: change it by --set in a new run, not here.")
ORIGINS = {
    phrase("published"): "#E2F0D9",
    phrase("assumption"): "#FFF2CC",
    phrase("default"): "#EDEDED",
    phrase("set by the user"): "#DDEBF7",
    phrase("unexplained"): "#F8CBAD",
    FILL_IN: "#FFFFFF",
}
"""What an input may rest on, and its colour."""


def _headings() -> tuple[str, ...]:
    return (
        say("input"),
        say("value"),
        say("unit"),
        say("low"),
        say("high"),
        say("rests on"),
        say("source or reason"),
        say("what it is"),
        say("in the run"),
        say("name in the scenario"),
    )


def write(book: Book, places: Places) -> None:
    """Writes the sheet, and names its cells."""
    sheet = book.sheet(INPUTS, WIDTHS, TOP + 1)
    book.text(sheet, 0, 0, say(ABOUT))
    book.headings(sheet, TOP, _headings(), right={VALUE, *RANGE, AS_RUN})
    told, here = _told(places), reference(INPUTS)
    for index, item in enumerate(places.inputs):
        row = TOP + 1 + index
        fixed = item.path in places.fixed
        meaning = say(told[item.name])
        meaning = say("{meaning} {remark}", meaning=meaning, remark=say(SHAPE)) if fixed else meaning
        _write_row(book, sheet, row, item, places.result, meaning)
        if not fixed:
            _open(book, sheet, row, item, _calculator_of(places, item))
        book.book.define_name(places.names[item.path], f"={here}!$B${row + 1}")
    if places.inputs:
        last = TOP + len(places.inputs)
        differs = f"$B{TOP + 2}<>$I{TOP + 2}"
        shown = {"type": "formula", "criteria": f"={differs}", "format": _changed(book)}
        sheet.conditional_format(TOP + 1, VALUE, last, VALUE, shown)
        book.fade(sheet, (TOP + 1, RANGE[0], last, REASON), differs)


def differences(places: Places) -> dict[str, str]:
    """For each input by path, the test whether its cell has another value than the run had."""
    rows = enumerate(places.inputs, TOP + 2)
    here = reference(INPUTS)
    return {item.path: f"{here}!$B${row}<>{here}!$I${row}" for row, item in rows}


def changed_count(places: Places) -> str:
    """The formula for how many inputs have another value than in the run."""
    last, here = TOP + 1 + len(places.inputs), reference(INPUTS)
    return f"=SUMPRODUCT(--({here}!$B${TOP + 2}:$B${last}<>{here}!$I${TOP + 2}:$I${last}))"


def empty_count(places: Places) -> str:
    """The formula for how many inputs have no value any more that had one in the run."""
    last, here = TOP + 1 + len(places.inputs), reference(INPUTS)
    return f'=SUMPRODUCT(({here}!$B${TOP + 2}:$B${last}="")*({here}!$I${TOP + 2}:$I${last}<>""))'


def rests_on(item: Input) -> str:
    """What the input rests on, in a word."""
    stated = item.stated
    if stated is BLANK:
        return FILL_IN
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


def _write_row(book: Book, sheet: Worksheet, row: int, item: Input, result: Result, meaning: str) -> None:
    stated, word = item.stated, rests_on(item)
    shown = {"num_format": _format(item)}
    source = stated.source and source_text(result, stated.source)
    reason = "; ".join(filter(None, (stated.assumption, source, stated.note)))
    if stated is BLANK:
        reason = say(IF_NEEDED)
    texts = {0: input_label(result, item), 2: unit_text(item.kind.unit), REASON: reason, 7: meaning, PATH: item.path}
    book.texts(sheet, row, texts, WIDTHS)
    _write_value(sheet, row, VALUE, item, book.format(bg_color=ORIGINS[word], **shown))
    for column, end in zip(RANGE, stated.range or (), strict=False):
        sheet.write_number(row, column, serial(end) if item.kind.form == "month" else end, book.format(**shown))
    book.text(sheet, row, 5, say(word), bg_color=ORIGINS[word])
    _write_value(sheet, row, AS_RUN, item, book.format(font_color="#7F7F7F", **shown))


def _calculator_of(places: Places, item: Input) -> Calculator:
    """The calculator whose input it is."""
    table = item.path.partition(".")[0]
    known = (one for one in places.plan.calculators.values() if one.table == table)
    return next(known, places.result.calculator)


def _open(book: Book, sheet: Worksheet, row: int, item: Input, calculator: Calculator) -> None:
    """Makes the value one that can be changed, within what the scenario would take."""
    style = book.format(locked=False, bg_color=ORIGINS[rests_on(item)], border=1, num_format=_format(item))
    _write_value(sheet, row, VALUE, item, style)
    sheet.data_validation(row, VALUE, row, VALUE, _allowed(item.kind, calculator, f"B{row + 1}"))


def _format(item: Input) -> str:
    if item.kind.form in ("switch", "choice", "key", "text"):
        return "General"
    return number_format("month" if item.kind.form == "month" else item.kind.unit)


def _write_value(sheet: Worksheet, row: int, column: int, item: Input, style: Any) -> None:
    value = item.stated.value
    if item.stated is BLANK:
        sheet.write_blank(row, column, None, style)
    elif item.kind.form == "month":
        sheet.write_number(row, column, serial(item.stated.number), style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, cell_text(value), style)
    else:
        sheet.write_number(row, column, value, style)


def _allowed(kind: Kind, calculator: Calculator, cell: str) -> dict[str, Any]:
    """What the cell takes, as the scenario would."""
    told = message(kind._replace(may_be_unknown=False, usual=None), calculator)
    options: dict[str, Any] = {"error_title": say("Not allowed"), "error_message": told}
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
    if kind.form == "month":  # a year alone would be read as a day of 1905
        tests.append(f"{cell}>=DATE({EARLIEST},1,1)")
    if kind.low > -float("inf"):
        tests.append(f"{cell}{'>' if kind.low_open else '>='}{kind.low!r}")
    if kind.high < float("inf"):
        tests.append(f"{cell}<={kind.high!r}")
    return {"validate": "custom", "value": f"=AND({','.join(tests)})", **options}
