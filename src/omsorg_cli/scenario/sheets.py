"""Reads tables from files: CSV as people and programs save it, and the sheets of a workbook, as values alone.

How a file was read is said with it; what can be read in two ways is refused. The one module that knows Calamine.
"""

import codecs
import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from omsorg_cli.core.errors import Fault, OmsorgError, nearest, plain, shown, why_of
from omsorg_cli.core.language import again, count, phrase, say
from omsorg_cli.core.reading import gone, nowhere, remember

MOST_BYTES = 200_000_000
"""Bytes of a file with rows; of a workbook, of all that it holds, unpacked."""
MOST_ROWS = 1_000_000
SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384
"""Rows and columns of a sheet, as spreadsheet programs have them."""
MOST_CELLS = 20_000_000
"""Cells of one sheet, from the first to the last, empty ones included."""
MOST_DIGITS = 12
"""Digits of a row, or letters of a column, that are read: more is too far already."""
MOST_TOLD = 20
"""Rows of one file whose faults are told one by one."""
SEPARATORS = {
    ";": phrase("semicolons"),
    "\t": phrase("tabs"),
    ",": phrase("commas"),
    "|": phrase("vertical bars"),
}
ZIPPED, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks begin: of today; of old, or with a password."""
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*\s)?r=["']([A-Za-z]+)([0-9]+)["']""")
_FAR = re.compile(rb"""r=["'](?:(?:[T-Zt-z]|[A-Za-z]{2,})[0-9]|[A-Za-z]+[0-9]{7,})""")
"""A cell right of column S or below row 999 999: without any, there are no more cells than are allowed."""
_ROW_BEGINS = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_CELL_BEGINS = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*\bt="e"')
_UNDECIDED = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
_TAG = re.compile(
    rb"""<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>"""
)
_ATTRIBUTE = re.compile(rb"""([\w:-]+)=["']([^"']*)["']""")
"""What an OpenDocument file says of a sheet, a row and a cell."""


class File(NamedTuple):
    """A file that a scenario has rows from: what people call it, its bytes' sha256, and how it was read.

    `told` says what it is, `remarks` what in it was passed over, `sign` its decimal sign where that shows.
    """

    name: str
    sha256: str
    told: str
    remarks: tuple[str, ...] = ()
    sign: str = ""

    @property
    def read_as(self) -> str:
        """How it was read, in the language that is spoken now."""
        return " ".join((_with_sign(again(self.told), self.sign), *map(again, self.remarks)))


def _with_sign(told: str, sign: str) -> str:
    if not sign:
        return told
    read = told.rstrip(".")
    return say("{read}, decimal point.", read=read) if sign == "." else say("{read}, decimal comma.", read=read)


class Sheet(NamedTuple):
    """A table of cells as a file has it, from its first row on; `name` is the sheet's, empty in CSV."""

    file: str
    name: str
    rows: list[list[Any]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    undecided: frozenset[str] = frozenset()
    """Cells with a formula whose value is not stored."""
    errors: frozenset[str] = frozenset()
    """Cells with an error such as #N/A."""

    def place(self, row: int, column: int | None = None) -> str:
        """What the cell, or the row, is called in messages; both are counted from 0."""
        if self.name:
            at = f"{letters(column)}{row + 1}" if column is not None else f"{row + 1}:{row + 1}"
            return f"{self.file}: {plain(self.name)}!{at}"
        if column is None:
            return say("{file}, row {row}", file=self.file, row=row + 1)
        return say("{file}, row {row}, column {column}", file=self.file, row=row + 1, column=letters(column))


class Opened(NamedTuple):
    """A workbook that was read: its sheets by name, and what must be said of it."""

    sheets: dict[str, Sheet]
    remarks: tuple[str, ...]


def letters(column: int) -> str:
    """The letters of a column that is counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        found = chr(65 + left) + found
    return found


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a workbook's."""
    return content.startswith((ZIPPED, COMPOUND))


def file_bytes(path: Path, said: str) -> bytes:
    """The bytes of a file with rows, if they are not too many."""
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise too_large(said)
        with path.open("rb") as file:
            remember(file)
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(said, error) from None
    if len(content) > MOST_BYTES:
        raise too_large(said)
    return content


def unreadable(said: str, error: OSError | ValueError) -> OmsorgError:
    """What is raised for a file that is not there, or cannot be read."""
    if isinstance(error, FileNotFoundError) and nowhere() and not Path(said).is_absolute():
        return OmsorgError(gone(said))
    if isinstance(error, FileNotFoundError):
        return OmsorgError(say("There is no file {file}.", file=said))
    return OmsorgError(say("{file} cannot be read: {why}.", file=said, why=why_of(error)))


def too_large(said: str) -> OmsorgError:
    """What is raised for a file with more bytes than are read."""
    size = f"{MOST_BYTES // 1_000_000} MB"
    return OmsorgError(
        say("{file} is larger than {size}, the most that a file with rows may be.", file=said, size=size)
    )


def table(content: bytes, said: str, sheet: str | None = None, separator: str | None = None) -> tuple[Sheet, File]:
    """The cells of a CSV file, or of a sheet of a workbook, and how the file was read."""
    digest = hashlib.sha256(content).hexdigest()
    if is_workbook(content):
        if separator is not None:
            raise OmsorgError(say("{file} is a workbook, which has no separator.", file=said))
        opened = workbook(content, said)
        found = _chosen(opened.sheets, said, sheet)
        told = say("{file}: sheet {sheet}.", file=said, sheet=shown(found.name))
        return found, File(said, digest, told, opened.remarks)
    refuse_sheet(said, sheet)
    text, encoding = _decoded(content, said)
    rows, between = _split(text, said, separator)
    between = say(SEPARATORS[between])
    told = say("{file}: {encoding}, columns separated by {separator}.", file=said, encoding=encoding, separator=between)
    return Sheet(said, "", rows), File(said, digest, told)


def refuse_sheet(said: str, name: str | None) -> None:
    """A file that is no workbook has no sheet that could be named."""
    if name is not None:
        raise OmsorgError(say("{file} is not a workbook, and so has no sheets.", file=said))


def _chosen(sheets: dict[str, Sheet], said: str, name: str | None) -> Sheet:
    """The sheet of that name; without a name, the only one that has cells."""
    if name is not None:
        if name not in sheets:
            known = nearest(name, sheets)
            raise OmsorgError(say("{file} has no sheet {sheet}. {known}", file=said, sheet=shown(name), known=known))
        return sheets[name]
    filled = [one for one in sheets.values() if any(map(is_filled, one.rows))]
    if len(filled) != 1:
        names = ", ".join(shown(one.name) for one in filled) or say("none")
        told = say("{file}: sheets with cells: {names}; name the one that is meant.", file=said, names=names)
        raise OmsorgError(told)
    return filled[0]


def unread(sheet: Sheet, first: int = 0) -> Iterator[Fault]:
    """A fault for each cell from that row on that has a formula without its value, or is several cells merged."""
    for top, bottom in sheet.merged:
        if bottom[0] >= first:
            where = (
                f"{sheet.file}: {plain(sheet.name)}!{letters(top[1])}{top[0] + 1}:{letters(bottom[1])}{bottom[0] + 1}"
            )
            yield Fault("", say("found merged cells; allowed: cells of their own, each with its value"), where)
    for cell in sorted(sheet.errors):
        if int(re.sub("[A-Z]", "", cell)) > first:
            told = say("found an error such as #N/A; allowed: a value, or an empty cell")
            yield Fault("", told, f"{sheet.file}: {plain(sheet.name)}!{cell}")
    for cell in sorted(sheet.undecided):
        if int(re.sub("[A-Z]", "", cell)) > first:
            told = say(
                "found a formula without a stored value; open the file in a spreadsheet program and save it there"
            )
            yield Fault("", told, f"{sheet.file}: {plain(sheet.name)}!{cell}")


def is_filled(row: Sequence[Any]) -> bool:
    """Whether some cell of the row has something in it."""
    return any(not is_empty(cell) for cell in row)


def is_empty(cell: Any) -> bool:
    """Whether there is nothing in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


# ------------------------------------------------------------------------------------------------------------- CSV


def _decoded(content: bytes, said: str) -> tuple[str, str]:
    """The text, and what its encoding is called."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text, encoding = content.decode("utf-16"), "UTF-16"
        elif content.startswith(codecs.BOM_UTF8):
            text, encoding = content.decode("utf-8-sig"), say("UTF-8 with a byte order mark")
        else:
            text, encoding = _without_mark(content)
    except UnicodeDecodeError as error:
        raise no_text(said, error.start) from None
    if "\0" in text:
        raise null_character(said, text.count("\n", 0, text.index("\0")) + 1)
    return normalize("NFC", text), encoding


def no_text(said: str, at: int) -> OmsorgError:
    """What is raised for bytes that are no text, the first of them at that place."""
    return OmsorgError(say("{file} is text in neither UTF-8 nor Windows-1252 (byte {at}).", file=said, at=at + 1))


def null_character(said: str, row: int) -> OmsorgError:
    """What is raised for a file with a null character in that row."""
    return OmsorgError(say("{file}: row {row} holds a null character, so it is not CSV.", file=said, row=row))


def _without_mark(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252"), "Windows-1252"


def _split(text: str, said: str, separator: str | None) -> tuple[list[list[Any]], str]:
    """The rows of the text, and what sets its columns apart."""
    named = re.match(r"sep=(.)\r?\n", text)
    stated = named[1] if named and separator is None else separator
    chosen = separator_of(stated, first_filled(text.splitlines()), lambda one: _is_even(_rows(text, one, said)), said)
    rows = _rows(text, chosen, said)
    if named:
        rows[0] = []
    _refuse_ragged(rows, said, chosen)
    return rows, chosen


def first_filled(lines: Iterable[str]) -> str:
    """The first line that has something in it."""
    return next((line for line in lines if line.strip()), "")


def separator_of(stated: str | None, head: str, is_even: Callable[[str], bool], said: str) -> str:
    """What sets the columns apart: as stated, or what the first line has; of several, that which gives even rows."""
    if stated is not None and stated not in SEPARATORS:
        allowed = " ".join(shown(one) for one in SEPARATORS)
        told = {"file": said, "found": shown(stated), "allowed": allowed}
        raise OmsorgError(say("{file}: found the separator {found}; allowed: {allowed}", **told))
    if stated is not None:
        return stated
    likely = [one for one in SEPARATORS if len(next(csv.reader([head], delimiter=one), [])) > 1]
    if len(likely) < 2:
        return likely[0] if likely else ";"
    even = [one for one in likely if is_even(one)]
    if len(even) != 1:
        ways = " ".join(shown(one) for one in even or likely)
        raise OmsorgError(
            say("{file}: its columns may be separated by any of {ways}; say which (separator).", file=said, ways=ways)
        )
    return even[0]


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    return len({len(row) for row in rows if row}) == 1


def _rows(text: str, separator: str, said: str) -> list[list[Any]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[list[Any]] = []
    try:
        for row in reader:
            found.append(row)
            if len(found) > MOST_ROWS + 1:
                raise OmsorgError(say("{file} has more than {most} rows.", file=said, most=MOST_ROWS))
    except csv.Error as error:
        raise not_csv(said, len(found) + 1, error) from None
    return found


def not_csv(said: str, row: int, error: csv.Error) -> OmsorgError:
    """What is raised for a row that breaks the rules of CSV."""
    told = {"file": said, "row": row, "why": str(error)}
    return OmsorgError(say("{file}: row {row} is not CSV: {why} (a quotation mark that is not closed?).", **told))


def _refuse_ragged(rows: list[list[Any]], said: str, separator: str) -> None:
    """Each row has as many cells as the first that has any; what is more must be empty."""
    width = len(next((row for row in rows if is_filled(row)), []))
    for row in rows:
        if not is_filled(row[width:]):
            del row[width:]
    wrong = [at for at, row in enumerate(rows) if len(row) != width and is_filled(row)]
    if not wrong:
        return
    raise ragged(said, separator, len(wrong), wrong[0] + 1, len(rows[wrong[0]]), width)


def ragged(said: str, separator: str, wrong: int, row: int, found: int, width: int) -> OmsorgError:
    """What is raised where rows have other cells than the headings."""
    hint = say(" Where commas are decimal signs, separate the columns by semicolons.") if separator == "," else ""
    told = count(
        wrong,
        "{file}: row {row} has {found} cells, and the headings are {width}.{hint}",
        "{file}: {number} rows have other than {width} cells, the first of them row {row} with {found}.{hint}",
        file=said,
        row=row,
        found=found,
        width=width,
        hint=hint,
    )
    return OmsorgError(told)


# ------------------------------------------------------------------------------------------------------- workbooks

UNPACKABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
"""What `zipfile` raises at a file that is damaged, wherever the damage is."""


def workbook(content: bytes, said: str) -> Opened:
    """The sheets of a workbook as values: formulas are not worked out, macros and links not followed."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    parts = parts_of(content, said, MOST_BYTES) if content.startswith(ZIPPED) else {}
    _refuse_reach(parts, said)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = dict(_sheets(book, said, parts))
    except PasswordError:
        raise _protected(said) from None
    except (CalamineError, OSError, ValueError) as error:
        if content.startswith(COMPOUND) and "EncryptedPackage".encode("utf-16-le") in content:
            raise _protected(said) from None
        told = say("{file} is not a workbook that can be read: {why}.", file=said, why=plain(str(error)).rstrip("."))
        raise OmsorgError(told) from None
    return Opened(sheets, tuple(_remarks(parts, said)))


def _protected(said: str) -> OmsorgError:
    return OmsorgError(say("{file} is protected by a password; save it without one.", file=said))


def parts_of(content: bytes, said: str, most: int) -> dict[str, bytes]:
    """What the file holds, by name: whole and not more than allowed, so that a few bytes cannot fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _refuse_bomb(sum(one.file_size for one in packed.infolist()), said, most)
            parts: dict[str, bytes] = {}
            left = most
            for one in packed.infolist():
                if one.filename in parts:  # which of the two another program would show, nobody knows
                    told = say("two parts have the name {name}", name=shown(one.filename))
                    raise OmsorgError(say("{file} is damaged: {why}.", file=said, why=told))
                if not one.flag_bits & 1:
                    one.file_size = left + 2  # to the end of what is packed, whatever the directory says
                    with packed.open(one) as part:
                        parts[one.filename] = part.read(left + 1)
                    left -= len(parts[one.filename])
                    _refuse_bomb(most - left, said, most)
            return parts
    except UNPACKABLE as error:
        raise OmsorgError(say("{file} is damaged: {why}.", file=said, why=plain(str(error)))) from None


def _refuse_bomb(size: int, said: str, most: int) -> None:
    if size > most:
        told = {"size": size // 1_000_000, "most": most // 1_000_000}
        raise OmsorgError(say("{file} unpacks to {size} MB; allowed: at most {most} MB.", file=said, **told))


def _refuse_reach(parts: dict[str, bytes], said: str) -> None:
    """Refuses a sheet whose cells lie so far apart that the empty ones between them would fill the memory."""
    names = {file: name for name, file in files_of_sheets(parts)}
    for file, content in parts.items():
        sheet = plain(names.get(file, file))
        if b"sheetData" in content:
            _refuse_many(content, said, sheet)
        row, column = 0, 0
        for found in _CELL.finditer(content) if _FAR.search(content) else ():
            row, column = max(row, int(found[2][:MOST_DIGITS])), max(column, _column(found[1]))
        if row * column > MOST_CELLS:
            told = {"file": said, "sheet": sheet, "cell": f"{letters(column - 1)}{row}"}
            raise OmsorgError(
                say(
                    "{file}, sheet {sheet}: the cells reach too far, to {cell}; allowed: at most {most} million cells, "
                    "empty ones included. Delete what stands far from the table.",
                    most=MOST_CELLS // 1_000_000,
                    **told,
                )
            )
        if column > SHEET_COLUMNS:
            raise _wider(said, sheet)


def _refuse_many(content: bytes, said: str, sheet: str) -> None:
    """Refuses a sheet with more rows, or more cells in a row, than there are: cells need not say where they are."""
    number, begins = 0, 0
    for row in chain(_ROW_BEGINS.finditer(content), (None,)):
        ends = len(content) if row is None else row.start()
        if ends - begins > SHEET_COLUMNS * len("<c/>"):
            cells = _CELL_BEGINS.finditer(content, begins, ends)
            if next(islice(cells, SHEET_COLUMNS, None), None) is not None:
                raise _wider(said, sheet)
        number, begins = number + 1, ends
        if number > SHEET_ROWS + 1:
            told = {"file": said, "sheet": sheet, "most": SHEET_ROWS}
            raise OmsorgError(say("{file}, sheet {sheet}: found more than {most} rows, the most of a sheet.", **told))


def _wider(said: str, sheet: str) -> OmsorgError:
    told = {"file": said, "sheet": sheet, "most": SHEET_COLUMNS}
    return OmsorgError(say("{file}, sheet {sheet}: found more than {most} columns, the most of a sheet.", **told))


def _column(name: bytes) -> int:
    """Which column the letters name, from one; letters that no sheet has name one that is too far."""
    number = 0
    for letter in name[:MOST_DIGITS].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheets(book: Any, said: str, parts: dict[str, bytes]) -> Iterator[tuple[str, Sheet]]:
    undecided, errors, of_ods = _cells(parts, _UNDECIDED), _cells(parts, _ERROR), _marks_of_ods(parts, said)
    for one in book.sheets_metadata:
        sheet = book.get_sheet_by_name(one.name)
        if sheet.end is not None and sheet.end[0] > MOST_ROWS:
            raise OmsorgError(say("{file} has more than {most} rows.", file=said, most=MOST_ROWS))
        merged = list(getattr(sheet, "merged_cell_ranges", None) or ())
        marks = of_ods.get(one.name) or _Marks(merged, undecided.get(one.name, set()), errors.get(one.name, set()))
        found = tuple(marks.merged), frozenset(marks.undecided), frozenset(marks.errors)
        yield one.name, Sheet(said, one.name, sheet.to_python(skip_empty_area=False), *found)


class _Marks(NamedTuple):
    """What the values of a sheet do not show: which cells are merged, and which have no value of their own."""

    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    undecided: set[str]
    errors: set[str]


def _cells(parts: dict[str, bytes], pattern: re.Pattern[bytes]) -> dict[str, set[str]]:
    """The cells of each sheet that the pattern finds, as Excel's files have them."""
    sheets = files_of_sheets(parts)
    return {name: {one.decode() for one in pattern.findall(parts.get(file, b""))} for name, file in sheets}


def _marks_of_ods(parts: dict[str, bytes], file: str) -> dict[str, _Marks]:
    """The same of the sheets of an OpenDocument file, where a cell stands for as many as it says."""
    found: dict[str, _Marks] = {}
    sheet, marks, row, below, column = "", _Marks([], set(), set()), 0, 0, 0
    for tag in _TAG.finditer(parts.get("content.xml", b"")):
        name, told = tag.groups()
        said = dict(_ATTRIBUTE.findall(told))
        if name == b"table":
            sheet = unescape(said.get(b"table:name", b"").decode())
            marks = found.setdefault(sheet, _Marks([], set(), set()))
            row, below = 0, 0
        elif name == b"table-row":
            row, column, below = below, 0, below + int(said.get(b"table:number-rows-repeated", 1))
        else:
            _mark_cell(marks, said, row, column)
            column += int(said.get(b"table:number-columns-repeated", 1))
            if column > SHEET_COLUMNS and b"office:value-type" in said:  # what is empty only fills the sheet
                raise _wider(file, plain(sheet))
    return found


def _mark_cell(marks: _Marks, said: dict[bytes, bytes], row: int, column: int) -> None:
    down, across = (int(said.get(b"table:number-%s-spanned" % one, 1)) for one in (b"rows", b"columns"))
    if (down, across) != (1, 1):
        marks.merged.append(((row, column), (row + down - 1, column + across - 1)))
    if said.get(b"calcext:value-type") == b"error":
        marks.errors.add(f"{letters(column)}{row + 1}")
    elif b"table:formula" in said and b"office:value-type" not in said:
        marks.undecided.add(f"{letters(column)}{row + 1}")


def files_of_sheets(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The part of the file that each sheet is in, by the sheet's name."""
    from xml.etree import ElementTree as ET

    try:
        book = ET.fromstring(parts.get("xl/workbook.xml", b"<none/>"))  # noqa: S314 - entities do not expand far in Expat
        links = ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))  # noqa: S314
    except (ET.ParseError, LookupError, ValueError):  # the latter of an encoding that Expat cannot read
        return
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    for one in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
        relation = one.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        yield one.get("name", ""), f"xl/{targets.get(relation, '')}".replace("xl//xl/", "xl/")


def _remarks(parts: Iterable[str], said: str) -> Iterator[str]:
    """What must be said of what is in the file and not read."""
    names = list(parts)
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        yield say("{file} has macros; they are not run.", file=said)
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield say("{file} has links to other files; their last stored values are used.", file=said)
