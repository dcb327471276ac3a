"""A scenario as a workbook to fill in: sheets for single inputs, each table and the documents, and how to use it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.inputs import Inputs, Table, aliases
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import Written, digit_step, parse_month
from omsorg_cli.render.workbook.allowed import OFF, ON, allowed_text, message
from omsorg_cli.render.workbook.book import Book, number_format, serial
from omsorg_cli.scenario.book import kind_of
from omsorg_cli.scenario.columns import Column, column_in
from omsorg_cli.scenario.forms import (
    ALWAYS,
    HEAD,
    HEAD_FIELDS,
    IF_SAID,
    PARTS_FROM,
    REST,
    SOURCE_FIELDS,
    SOURCES,
    Form,
    forms,
    key_names,
    singles,
)
from omsorg_cli.scenario.sheets import letters
from omsorg_cli.scenario.toml import dumps, inline, is_value

LABELS, UNITS, NAMED = 1, 2, 3
"""The rows of what columns are, their units, and their names; the mark of the sheet stands above them."""
FIRST = NAMED + 1
ROOM = 500
"""Rows that are ready to be filled in."""
MOST_PIECE = 30_000
"""Letters of a line of TOML in one cell."""
WIDE, NARROW, TEXT = 18, 14, 46
EXAMPLE, MUTED = "#808080", "#9A9A9A"
EARLIEST = 1950
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
SHEETS = {
    HEAD: phrase("Scenario"),
    SOURCES: phrase("Sources"),
    REST: phrase("Other parts"),
    "readme": phrase("Read me"),
    "ages": phrase("Ages"),
    "amounts": phrase("Amounts"),
    "avoidable_later": phrase("Avoidable later"),
    "bases": phrase("Comparators"),
    "categories": phrase("Categories"),
    "classes": phrase("Classes"),
    "comparisons": phrase("Comparisons"),
    "coverages": phrase("Coverages"),
    "delivery": phrase("Delivery"),
    "demands": phrase("Demands"),
    "drivers": phrase("Drivers"),
    "gaps": phrase("Gaps"),
    "groups": phrase("Groups"),
    "hours": phrase("Hours"),
    "indexes": phrase("Indexes"),
    "indicators": phrase("Indicators"),
    "investments": phrase("Investments"),
    "items": phrase("Items"),
    "kinds": phrase("Kinds"),
    "measures": phrase("Measures"),
    "members": phrase("Members"),
    "models": phrase("Models"),
    "municipalities": phrase("Municipalities"),
    "own": phrase("Own values"),
    "pairs": phrase("Pairs"),
    "parts": phrase("Parts"),
    "phases": phrase("Phases"),
    "populations": phrase("Populations"),
    "profiles": phrase("Profiles"),
    "projects": phrase("Projects"),
    "providers": phrase("Providers"),
    "purchases": phrase("Purchases"),
    "questions": phrase("Questions"),
    "refund_groups": phrase("Refund groups"),
    "requirements": phrase("Requirements"),
    "series": phrase("Series"),
    "services": phrase("Services"),
    "tables": phrase("Tables"),
    "values": phrase("Values"),
}
"""What the sheets are called."""
BESIDE = {
    "source": phrase("Source: the id of a document in the sheet of sources, a comma, and the place in it"),
    "assumption": phrase("Assumption: why the value was chosen"),
    "quote": phrase("The words of the source"),
    "note": phrase("Note"),
    "low": phrase("Low end of the range"),
    "high": phrase("High end of the range"),
    "coverage": phrase("Share of cases that the range covers"),
    "shape": phrase("Shape of the distribution"),
    "rounded_to": phrase("Rounded to"),
    "price_year": phrase("The year whose prices it is in"),
    "follows": phrase("The index that it follows"),
}
"""What the columns beside a value are."""
OF_HEAD = {
    "title": phrase("What the scenario is about"),
    "municipality": phrase("The municipality"),
    "year": phrase("The price year"),
    "note": phrase("Note"),
}
READ_ME = (
    phrase("Fill in the sheets from the left. Grey values are examples: replace them, or empty the row."),
    phrase(
        "Each row of a table is an item, each column an input. The order of rows, columns and sheets does not matter."
    ),
    phrase("The small grey names and the first cell of each sheet are how the program finds its way: leave them."),
    phrase("Beside each value stand its source and its assumption. A value without either is reported by the program."),
    phrase("Numbers may be typed as numbers, or as text such as 12,5 mill. kr, 5,5 % or 1/3."),
    phrase(
        "To type thousands, write kNOK in place of NOK/year in the row of units: it holds for the bare numbers below."
    ),
    phrase("An empty cell is an input that is not stated. What is needed and missing is reported with its cell."),
    phrase(
        "Formulas are read as the values that they had when the workbook was saved; macros and links are never run."
    ),
    phrase("Run it: omsorg {calculator} FILE.xlsx. See whether it is complete: omsorg check FILE.xlsx."),
)
_TITLE = phrase("omsorg: a scenario to fill in")


class _Field(NamedTuple):
    """A column of a table's sheet: its name, what it is, what it may be, and where its value is in a row."""

    name: str
    label: str
    column: Column
    parent: str = ""


def render(data: Mapping[str, Any], *, examples: bool = False) -> bytes:
    """The workbook of a scenario's data, with every input of the calculators that it has tables for.

    Where the values are `examples` they are grey.
    """
    return _FillIn(data, examples=examples).written()


class _FillIn:
    def __init__(self, data: Mapping[str, Any], *, examples: bool) -> None:
        self.data = data
        self.book = Book(str(data.get("title", "")))
        self.examples = examples
        self.calculators = [name for name in NAMES if load(name).table in data]
        self.forms = forms(self.calculators)
        self.titles: dict[str, str] = {}
        self.links: dict[tuple[str, str], str] = {}
        """Where the keys of each table stand, by its path and the key."""

    def written(self) -> bytes:
        """The file."""
        self._head()
        for form in self.forms.values():
            self._table(form, list(_rows(self.data, form)))
        self._sources()
        self._rest()
        self._read_me()
        return self.book.done()

    def _sheet(self, mark: str, name: str, widths: Sequence[float], told: str, heading_rows: int) -> Worksheet:
        title = say(SHEETS.get(name, name.replace("_", " ").capitalize()))
        count = sum(one.partition(" (")[0] == title for one in self.titles.values())
        self.titles[mark] = f"{title} ({count + 1})" if count else title
        sheet = self.book.sheet(self.titles[mark], widths, heading_rows, locked=False)
        self.book.text(sheet, 0, 0, mark, font_color=MUTED, font_size=8)
        self.book.text(sheet, 0, 1, told, italic=True)
        return sheet

    def _names(self, sheet: Worksheet, row: int, names: Sequence[str]) -> None:
        """The names of the columns, by which the program finds its way."""
        for place, name in enumerate(names):
            self.book.text(sheet, row, place, name, font_color=MUTED, font_size=8)

    # ---------------------------------------------------------------------------------------------- single inputs

    def _head(self) -> None:
        paths = [*HEAD_FIELDS, *singles(self.calculators), *(f"common.{key}" for key in self.data.get("common", {}))]
        held = {path: _at(self.data, path) for path in paths}
        more = [name for name in IF_SAID if any(_part(value, name) is not None for value in held.values())]
        names = ("input", "value", "unit", *ALWAYS, *more, "what")
        widths = [30, WIDE, NARROW, *(TEXT if name != "low" else NARROW for name in (*ALWAYS, *more)), 60]
        sheet = self._sheet(HEAD, HEAD, widths, say("Single inputs, one on each row."), NAMED + 1)
        labels = [
            say("Input"),
            say("Value"),
            say("Unit"),
            *(say(BESIDE[name]) for name in (*ALWAYS, *more)),
            say("What it is, and what is allowed"),
        ]
        self.book.headings(sheet, LABELS, labels)
        self._names(sheet, NAMED, names)
        for row, (path, value) in enumerate(held.items(), FIRST):
            self._single(sheet, row, path, value, more)

    def _single(self, sheet: Worksheet, row: int, path: str, value: Any, more: Sequence[str]) -> None:
        kind = _kind(path)
        self.book.text(sheet, row, 0, path)
        if kind is None:
            self._write(sheet, row, 1, value, None)
            self.book.text(sheet, row, 3 + len(ALWAYS) + len(more), say(OF_HEAD[path]))
            return
        self._write(sheet, row, 1, _part(value, "value"), kind)
        self.book.text(sheet, row, 2, kind.unit)
        for place, name in enumerate((*ALWAYS, *more), 3):
            self._write(sheet, row, place, _part(value, name), kind if name in ("low", "high") else None)
        told, calculator = say(_description(path)), _calculator(path)
        whole = f"{told} {allowed_text(kind, calculator)}".strip()
        self.book.text(sheet, row, 3 + len(ALWAYS) + len(more), whole)
        self._validate(sheet, (row, row, 1), kind, calculator, told)

    # --------------------------------------------------------------------------------------------------- tables

    def _table(self, form: Form, rows: Sequence[tuple[dict[str, str], Any, dict[str, Any]]]) -> None:
        fields = list(self._fields(form, [row for _, _, row in rows]))
        widths = [TEXT if one.column.attribute in ("quote", "note", "assumption", "source") else WIDE for one in fields]
        told = say(descriptions(_model_around(form)).get(_field_of(form), form.name))
        sheet = self._sheet(form.path, form.name, widths, told, NAMED + 1)
        self.book.headings(sheet, LABELS, [one.label for one in fields])
        sheet.set_row(LABELS, 62)
        for place, one in enumerate(fields):
            kind = one.column.kind
            if kind is not None and one.column.attribute in ("", "low", "high"):
                self.book.text(sheet, UNITS, place, kind.unit, font_color=MUTED)
        self._names(sheet, NAMED, [one.name for one in fields])
        for at, (parents, key, row) in enumerate(rows, FIRST):
            for place, one in enumerate(fields):
                kind = one.column.kind if one.column.attribute in ("", "low", "high") else None
                self._write(sheet, at, place, _cell(form, one, parents, key, row), kind)
        last = FIRST + max(ROOM, len(rows)) - 1
        for place, one in enumerate(fields):
            self._validate_column(sheet, form, one, place, last)

    def _fields(self, form: Form, rows: Sequence[dict[str, Any]]) -> Iterator[_Field]:
        """The columns of the table, those first in which some row has a value; of IF_SAID only what some row has."""
        told = {aliases(form.table.row)[name]: text for name, text in descriptions(form.table.row).items()}
        for key, text in _parents(form):
            yield _Field(key, text, Column((key,)), key)
        columns = {name: column_in(form.table, name) for name in form.names[len(form.parents) :]}
        empty = {name for name, one in columns.items() if one and one.kind and not any(name in row for row in rows)}
        for name in sorted(columns, key=empty.__contains__):
            column = columns[name]
            assert column is not None
            label = say(told[name]) if name in told else name.replace("_", " ").capitalize()
            yield _Field(name, label, column)
            if column.kind is not None:
                said = [one for one in IF_SAID if any(_part(row.get(name), one) is not None for row in rows)]
                for one in (*ALWAYS, *said):
                    yield _Field(f"{name}.{one}", say(BESIDE[one]), column._replace(attribute=one))

    def _validate_column(self, sheet: Worksheet, form: Form, field: _Field, place: int, last: int) -> None:
        if field.parent:
            source = self.links.get((_path_of_key(form, field.parent), field.parent))
            if source is not None:
                sheet.data_validation(FIRST, place, last, place, {"validate": "list", "source": source})
            return
        if field.name in key_names(form.table):
            letter = letters(place)
            quoted = self.titles[form.path].replace("'", "''")
            self.links[form.path, field.name] = f"='{quoted}'!${letter}${FIRST + 1}:${letter}${last + 1}"
        kind = field.column.kind
        if kind is not None and not field.column.attribute:
            self._validate(sheet, (FIRST, last, place), kind, _calculator(form.path), field.label)

    # ------------------------------------------------------------------------------------------- sources, the rest

    def _sources(self) -> None:
        widths = (18, TEXT, 30, 8, 26, 30, TEXT)
        sheet = self._sheet(SOURCES, SOURCES, widths, say("The documents that values come from."), NAMED + 1)
        labels = (
            say("Id, as sources of values begin"),
            say("Title"),
            say("Publisher"),
            say("Year"),
            say("The municipality that it is about"),
            say("Address"),
            say("Note"),
        )
        self.book.headings(sheet, LABELS, labels)
        self._names(sheet, NAMED, SOURCE_FIELDS)
        for at, (name, held) in enumerate(self.data.get("sources", {}).items(), FIRST):
            for place, field in enumerate(SOURCE_FIELDS):
                self._write(sheet, at, place, name if field == "id" else held.get(field), None)

    def _rest(self) -> None:
        tables = {load(name).table for name in self.calculators}
        done = {*HEAD_FIELDS, *tables, "sources", "common"}
        rest = {key: value for key, value in self.data.items() if key not in done}
        if not rest:
            return
        told = say("What no table holds, such as overlays and published results, as the text of a scenario.")
        sheet = self._sheet(REST, REST, [100], "", 0)
        self.book.text(sheet, 0, 1, told, italic=True)
        write_lines(self.book, sheet, dumps(rest))

    def _read_me(self) -> None:
        sheet = self.book.sheet(say(SHEETS["readme"]), [110], locked=False)
        title = say(_TITLE)  # begins with the program's name in every language, by which the sheet is known as ours
        self.book.text(
            sheet, 0, 0, title if title.startswith("omsorg") else f"omsorg: {title}", bold=True, font_size=14
        )
        calculator = self.calculators[0] if self.calculators else "CALCULATOR"
        for at, text in enumerate(READ_ME, 2):
            told = say(text, calculator=calculator) if "{" in text else say(text)
            self.book.texts(sheet, at, {0: told}, [110])

    # ----------------------------------------------------------------------------------------------------- cells

    def _write(self, sheet: Worksheet, row: int, column: int, value: Any, kind: Kind | None) -> None:
        """Puts a value in its cell, so that it is read back as it is."""
        shown = {"font_color": EXAMPLE, "italic": True} if self.examples else {}
        if value is None:
            if kind is not None:
                sheet.write_blank(row, column, None, self.book.format(num_format=_format(kind)))
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self.book.format(**shown))
        elif kind is not None and kind.form == "month" and _MONTH.fullmatch(str(value)):
            style = self.book.format(num_format=_format(kind), **shown)
            sheet.write_number(row, column, serial(parse_month(str(value))), style)
        elif isinstance(value, int | float) and not _loses_digits(value):
            shown |= {"num_format": _format(kind)} if kind is not None else {}
            sheet.write_number(row, column, value, self.book.format(**shown))
        else:
            text = (
                inline(value) if isinstance(value, dict) else value.text if isinstance(value, Written) else str(value)
            )
            sheet.write_string(row, column, text, self.book.format(align="left", **shown))

    def _validate(
        self, sheet: Worksheet, cells: tuple[int, int, int], kind: Kind, calculator: Calculator | None, told: str
    ) -> None:
        """Says what cells take: from the first row to the last, in the column."""
        first, last, column = cells
        rule = _rule(kind, f"{letters(column)}{first + 1}")
        if rule is not None:
            said = {"error_message": message(kind, calculator), "input_message": message(kind, calculator, told)}
            sheet.data_validation(first, column, last, column, {**rule, **said})


def write_lines(book: Book, sheet: Worksheet, text: str) -> None:
    """The lines of a text, one on each row; what one cell cannot hold goes on in the next."""
    style = book.format(font_name="Courier New", font_size=9, align="left")
    for row, line in enumerate(text.splitlines(), PARTS_FROM):
        for place in range(0, len(line), MOST_PIECE):
            sheet.write_string(row, place // MOST_PIECE, line[place : place + MOST_PIECE], style)


def _rows(data: Mapping[str, Any], form: Form) -> Iterator[tuple[dict[str, str], Any, dict[str, Any]]]:
    """Each row of the table: the keys of the rows around it, its own name or number, and what it has."""
    top = data.get(form.path.partition(".")[0], {})
    yield from _below([({}, top)], [*form.around, (form.name, form.table)])


def _below(
    holders: Sequence[tuple[dict[str, str], Any]], way: Sequence[tuple[str, Table]]
) -> Iterator[tuple[dict[str, str], Any, dict[str, Any]]]:
    (name, table), *rest = way
    for parents, holder in holders:
        held = holder.get(name) or ()
        for key, row in held.items() if isinstance(held, dict) else enumerate(held):
            if not rest:
                yield parents, key, row
                continue
            own: dict[str, Any] = (
                {table.axes[0]: key} if table.named else {k: row[k] for k in table.row.keys if k in row}
            )
            yield from _below([({**parents, **own}, row)], rest)


def _cell(form: Form, field: _Field, parents: Mapping[str, str], key: Any, row: Mapping[str, Any]) -> Any:
    if field.parent:
        return parents.get(field.parent)
    if form.table.named and field.name == form.table.axes[0]:
        return key
    value = row.get(str(field.column.way[0]))
    return _part(value, field.column.attribute or "value")


def _part(value: Any, name: str) -> Any:
    """The value itself, or what is said of it; None where nothing is."""
    if not is_value(value):
        return value if name == "value" else None
    if name in ("low", "high"):
        ends = value.get("range")
        return None if ends is None else ends[name == "high"]
    return value.get(name)


def _at(data: Mapping[str, Any], path: str) -> Any:
    table, _, field = path.partition(".")
    return data.get(table, {}).get(field) if field else data.get(path)


def _kind(path: str) -> Kind | None:
    table, _, field = path.partition(".")
    return kind_of(table, field) if field else None


def _calculator(path: str) -> Calculator | None:
    """The calculator that the path is in the table of; what several share has none."""
    table = path.partition(".")[0]
    return next((one for one in map(load, NAMES) if one.table == table), None)


def _description(path: str) -> str:
    """What the single input is."""
    table, _, field = path.partition(".")
    models = (load(name).inputs for name in NAMES if table in ("common", load(name).table))
    found = ({aliases(model)[name]: text for name, text in descriptions(model).items()} for model in models)
    return next((told[field] for told in found if field in told), "")


def _parents(form: Form) -> Iterator[tuple[str, str]]:
    """The columns that say of which row around it a row is, and what each is."""
    for _, table in form.around:
        told = descriptions(table.row)
        for key in key_names(table):
            yield key, say(told[key]) if key in told else key.replace("_", " ").capitalize()


def _model_around(form: Form) -> type[Inputs]:
    if form.around:
        return form.around[-1][1].row
    return next(load(name).inputs for name in NAMES if load(name).table == form.path.partition(".")[0])


def _field_of(form: Form) -> str:
    return next(name for name, alias in aliases(_model_around(form)).items() if alias == form.name)


def _path_of_key(form: Form, key: str) -> str:
    """The path of the table around whose key it is."""
    path = form.path.partition(".")[0]
    for name, table in form.around:
        path = f"{path}.{name}"
        if key in key_names(table):
            return path
    return path


def _format(kind: Kind) -> str:
    if kind.form in ("switch", "choice", "key", "text"):
        return "General"
    return number_format("month" if kind.form == "month" else kind.unit)


EXACT = 2**53
"""Up to this, a cell keeps every whole number."""


def _loses_digits(value: float) -> bool:
    """Whether the number has more digits than a cell keeps: typed so, such as 0.70, or whole and very long."""
    if isinstance(value, int):
        return abs(value) > EXACT
    return (
        isinstance(value, Written)
        and value.text != repr(float(value))
        and digit_step(value) != digit_step(float(value))
    )


def _rule(kind: Kind, cell: str) -> dict[str, Any] | None:
    """What a cell takes without a warning: text is left to the program, and whoever insists may go on."""
    warning = {"error_type": "warning", "error_title": say("Unusual")}
    if kind.form == "choice":
        return {"validate": "list", "source": list(kind.choices), **warning}
    if kind.form == "switch":
        return {"validate": "list", "source": [say(ON), say(OFF)], **warning}
    if kind.form == "month":
        return {"validate": "custom", "value": f"=OR(ISTEXT({cell}),{cell}>=DATE({EARLIEST},1,1))", **warning}
    if kind.form in ("key", "text"):
        return None
    low, high = kind.usual or (kind.low, kind.high)
    tests = [f"ISNUMBER({cell})"]
    tests += [f"ABS({cell})>={low!r}"] if low > -float("inf") else []
    tests += [f"ABS({cell})<={high!r}"] if high < float("inf") else []
    return {"validate": "custom", "value": f"=OR(ISTEXT({cell}),{cell}=0,AND({','.join(tests)}))", **warning}
