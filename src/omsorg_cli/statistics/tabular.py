"""Reads Statistics Norway's csv and xlsx: a title, headings, and rows of labels with numbers or symbols to the right.

The columns of numbers may be headed by contents and year ("Personer 2024"), or there is one column and every other
one is a label. Codes stand before their labels ("0301 Oslo"), or alone.
"""

import csv
import io
import re
from collections.abc import Sequence
from itertools import pairwise

from omsorg_cli.core.errors import shown
from omsorg_cli.core.language import say
from omsorg_cli.statistics import sheets
from omsorg_cli.statistics.dataset import (
    ROLES,
    SYMBOLS,
    Cell,
    Dataset,
    Dimension,
    UnreadableError,
    from_cells,
    table_of,
)

KNOWN = {name for names in ROLES.values() for name in names}
CODED = re.compile(r"((?:K-)?\d{3,4}|EAK\w*|EKG\d+|FGK\w+|KOS\w+|A(?:G\w+|\d{3})?|B)\s+(?!år)(\S.*)")
"""A code and its label in one cell."""
YEAR = re.compile(r"(.*?)\s*\b((?:19|20)\d\d)")
NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
AMBIGUOUS = re.compile(r"[-−]?\d{1,3},\d{3}")
Row = Sequence[str | float]


def read_csv(content: bytes, name: str) -> Dataset:
    """The table in a csv file in UTF-8 or, as Statistics Norway writes it, ISO-8859-1."""
    if b"\0" in content:
        raise UnreadableError(say("{name} holds NUL bytes; it is no text.", name=name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    separator = max(";\t,", key=lambda mark: max((line.count(mark) for line in text.splitlines()[:5]), default=0))
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UnreadableError(say("{name} is not a sound csv: {what}.", name=name, what=error)) from None
    return _table(rows, name)


def read_xlsx(content: bytes, name: str) -> Dataset:
    """The table on the first sheet of a workbook that Statistics Norway wrote."""
    return _table(next(iter(sheets.read(content, name).values()), []), name)


def _table(rows: Sequence[Row], name: str) -> Dataset:
    filled = [(number, [_text(one) for one in row]) for number, row in enumerate(rows, 1) if any(map(str, row))]
    title = ""
    if filled and sum(map(bool, filled[0][1])) == 1:
        title = filled.pop(0)[1][0]
    heads = _heads([row for _, row in filled])
    body = filled[heads:]
    if not heads or not body:
        raise UnreadableError(
            say("{name} is not a table of Statistics Norway's: no headings above numbers.", name=name)
        )
    if not table_of(title):
        title = f"{match[0]}: {title}" if (match := re.search(r"\d{5}", name)) else title
    body = [(number, row) for number, row in body if sum(map(bool, row)) > 1]  # what is left are notes below the table
    _same_width([*filled[:heads], *body], len(filled[heads - 1][1]), name)
    return _read(title, [row for _, row in filled[:heads]], body, name)


def _same_width(rows: Sequence[tuple[int, list[str]]], width: int, name: str) -> None:
    """Refuses a row that has more columns, or fewer, than the headings right above the numbers."""
    for number, row in rows:
        if len(row) != width:
            raise UnreadableError(
                say(
                    "{name}, row {row} has {found} columns; allowed: {allowed}, as the headings have.",
                    name=name,
                    row=number,
                    found=len(row),
                    allowed=width,
                )
            )


def _heads(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first that ends in a number or a symbol and is no row of years."""
    for place, row in enumerate(rows):
        if row[-1] and _is_value(row[-1]) and not (row[0].lower() in {"", *KNOWN} and YEAR.fullmatch(row[-1])):
            return place
    return 0


def _read(title: str, heads: list[list[str]], body: list[tuple[int, list[str]]], name: str) -> Dataset:
    width = len(heads[-1])
    stubs = _stubs(heads[-1], [row for _, row in body])
    names = _names(title, heads[-1][:stubs])
    tops = [_top([row[column] for row in _across(heads, stubs)]) for column in range(stubs, width)]
    timed = not any(one.lower() in ROLES["time"] for one in names) and all(year for _, year in tops)
    told = any(one.lower() in ROLES["contents"] for one in names)
    rest = [*([] if told else ["ContentsCode"]), *(["Tid"] if timed else [])]
    cells: dict[tuple[str, ...], Cell] = {}
    labels: list[dict[str, str]] = [{} for _ in (*names, *rest)]
    before = [""] * stubs
    for number, row in body:
        before = [one or above for one, above in zip(row, before, strict=False)]  # a label is written once for its rows
        for (contents, year), text in zip(tops, row[stubs:], strict=True):
            parts = [*before, *([] if told else [contents]), *([year] if timed else [])]
            codes = tuple(_code(part, labels[place]) for place, part in enumerate(parts))
            if codes in cells:
                raise UnreadableError(
                    say("{name}, row {row}: {what} stands twice.", name=name, row=number, what=" · ".join(codes))
                )
            cells[codes] = _cell(text, name, number)
    dimensions = [Dimension(one, one, labels[place]) for place, one in enumerate([*names, *rest])]
    return from_cells(title, dimensions, cells)


def _stubs(heads: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """How many columns to the left are labels: those with a known name, or with a cell that is no number."""
    for column, head in enumerate(heads):
        if head.lower() not in KNOWN and all(not row[column] or _is_value(row[column]) for row in body) and head:
            return column
    return len(heads) - 1


def _names(title: str, heads: Sequence[str]) -> list[str]:
    """What the columns of labels are called: by their heading, or by the title ("…, etter region, funksjon og år")."""
    told = [one.strip() for one in re.split(r",| og ", title.rpartition("etter ")[2])] if "etter " in title else []
    spare = [one for one in told if one not in heads]
    return [head or (spare.pop(0) if spare else f"column {place}") for place, head in enumerate(heads, 1)]


def _across(heads: list[list[str]], stubs: int) -> list[list[str]]:
    """The rows of headings; where a heading is written once for several columns, in each of them."""
    full = []
    for row in heads:
        done = list(row)
        for left, right in pairwise(range(stubs, len(row))):
            done[right] = done[right] or done[left]
        full.append(done)
    return full


def _top(parts: Sequence[str]) -> tuple[str, str]:
    """The contents and the year that a column of numbers is headed by."""
    text = " ".join(part for part in parts if part)
    match = YEAR.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def _code(text: str, labels: dict[str, str]) -> str:
    match = CODED.fullmatch(text)
    code, label = (match[1].removeprefix("K-"), match[2]) if match else (text, text)
    labels.setdefault(code, label)
    return code


def _text(cell: str | float) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _is_value(text: str) -> bool:
    return text in SYMBOLS or NUMBER.fullmatch(text.replace("\xa0", "").replace(" ", "")) is not None


def _cell(text: str, name: str, row: int) -> Cell:
    if not text or text in SYMBOLS:
        return Cell(None, text)
    if AMBIGUOUS.fullmatch(text):
        raise UnreadableError(
            say(
                "{name}, row {row}: found {found}, which may be thousands or decimals; allowed: a decimal point.",
                name=name,
                row=row,
                found=shown(text),
            )
        )
    bare = text.replace("\xa0", "").replace(" ", "").replace("−", "-").replace(",", ".")
    if not NUMBER.fullmatch(bare):
        raise UnreadableError(
            say(
                "{name}, row {row}: found {found}; allowed: a number, or one of : .. and .",
                name=name,
                row=row,
                found=shown(text),
            )
        )
    return Cell(float(bare))
