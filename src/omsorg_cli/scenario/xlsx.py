"""What stands in each cell of an Excel file: its formula and its value, as the file has them."""

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree as ET

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.scenario.sheets import files_of_sheets, parts_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
BUILT_IN = {"0": "General", "1": "0"}
"""The number formats that a file of ours has by number alone."""
_SPELLING = re.compile(r"\s|'|_xlfn\.|_xlws\.|(?<=TRUE)\(\)|(?<=FALSE)\(\)")
"""What one program writes in a formula and another does not."""
_NUMBER = re.compile(r"(?<![\w$.])\d+(?:\.\d+)?(?:E[-+]?\d+)?(?![\w.])")
MOST_ELEMENTS = 10_000_000
"""Elements of one part of the file."""
Value = str | float | bool | None


class Cell(NamedTuple):
    """A cell: its formula, empty where it has none, and its value; an error is none, as what is empty is.

    `style` is the number of how it looks, as the file has it.
    """

    formula: str
    value: Value
    style: str = "0"


class Xlsx:
    """An Excel file that is read cell by cell; unpacked it may have so many bytes."""

    def __init__(self, content: bytes, said: str, most: int) -> None:
        self.parts, self.said = parts_of(content, said, most), said
        listed = list(files_of_sheets(self.parts))
        self.sheets = dict(listed)
        if not listed or len(listed) > len(self.sheets):
            raise OmsorgError(say("{file} is not a workbook that omsorg has written.", file=said))
        self._strings = [_text(one) for one in self._elements(STRINGS, "si")]

    def cells(self, sheet: str) -> Iterator[tuple[str, Cell]]:
        """Each cell of the sheet that has something in it, with its place."""
        for one in self._elements(self.sheets[sheet], "c"):
            formula, value = one.find(f"{MAIN}f"), self._value(one)
            text = "" if formula is None else formula.text or "?"  # a shared one stands with the first of its cells
            if isinstance(value, bool) and text.rstrip("()") == str(value).upper():
                text = ""  # as LibreOffice writes what is true or false
            if text or value is not None:
                yield one.get("r", "?"), Cell(text, value, one.get("s", "0"))

    @cached_property
    def number_formats(self) -> Mapping[str, str]:
        """The number format of each style of a cell, by the style's number."""
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in self._elements(STYLES, "numFmt")}
        codes |= BUILT_IN
        styles = (one for held in self._elements(STYLES, "cellXfs") for one in held)
        return {str(at): codes.get(one.get("numFmtId", ""), "") for at, one in enumerate(styles)}

    def names(self) -> Mapping[str, str]:
        """What each name stands for that formulas call a cell by."""
        found = ((one.get("name", ""), one.text or "") for one in self._elements(BOOK, "definedName"))
        return {name: text for name, text in found if not name.startswith("_xlnm.")}

    @property
    def program(self) -> str:
        """The program that says that it saved the file."""
        found = re.search(rb"<Application>([^<]{1,60})", self.parts.get("docProps/app.xml", b""))
        return plain(found[1].decode(errors="replace")) if found else say("unknown")

    def _value(self, cell: ET.Element) -> Value:
        held, kind = cell.find(f"{MAIN}v"), cell.get("t", "n")
        text = _text(cell.find(f"{MAIN}is")) if kind == "inlineStr" else "" if held is None else held.text or ""
        if kind == "e" or not text:
            return None
        try:
            if kind == "s":
                return self._strings[int(text)] or None
            return text == "1" if kind == "b" else float(text) if kind == "n" else text
        except (ValueError, IndexError):
            return text

    def _elements(self, part: str, tag: str) -> Iterator[ET.Element]:
        """Each element of that kind in the part; what was read is let go."""
        content = self.parts.get(part, b"<none/>")
        if content.count(b"</") + content.count(b"/>") > MOST_ELEMENTS:
            told = {"file": self.said, "part": part, "most": MOST_ELEMENTS // 1_000_000}
            raise OmsorgError(say("{file}: {part} has more than {most} million elements.", **told))
        way: list[ET.Element] = []
        inside = 0
        try:
            held = io.BytesIO(content)
            for event, one in ET.iterparse(held, ("start", "end")):  # noqa: S314 - entities do not expand far in Expat
                wanted = one.tag == f"{MAIN}{tag}"
                if event == "start":
                    way.append(one)
                    inside += wanted
                    continue
                way.pop()
                inside -= wanted
                if wanted:
                    yield one
                if way and not inside:
                    way[-1].remove(one)
        except (ET.ParseError, LookupError, ValueError) as error:  # the latter of an encoding that Expat cannot read
            raise OmsorgError(say("{file} is damaged: {why}.", file=self.said, why=plain(str(error)))) from None


def _text(element: ET.Element | None) -> str:
    return "" if element is None else "".join(one.text or "" for one in element.iter(f"{MAIN}t"))


def spelled(formula: str) -> str:
    """The formula in one spelling, whichever program wrote it: spaces between its parts and marks of names left out.

    >>> spelled('IF( x=TRUE(), "a b", A$1^2*2.5E-05)')
    'IF(x=TRUE,"a b",A$1^2.0*2.5e-05)'
    >>> spelled("2*0.000025") == spelled("2.0*2.5E-05")
    True
    """
    pieces = re.split(r'("(?:[^"]|"")*")', formula.strip("={}"))
    pieces[::2] = [_NUMBER.sub(lambda one: str(float(one[0])), _SPELLING.sub("", text)) for text in pieces[::2]]
    return "".join(pieces)
