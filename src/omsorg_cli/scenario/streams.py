"""Rows of a table that may be long, read from the file as they are needed, so that memory does not grow with them.

The rules are those of `sheets`. Of a workbook, all rows are in memory.
"""

import codecs
import csv
import hashlib
import io
import os
import re
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO
from unicodedata import normalize

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say
from omsorg_cli.core.reading import remember
from omsorg_cli.scenario.sheets import (
    MOST_BYTES,
    MOST_ROWS,
    SEPARATORS,
    File,
    Sheet,
    first_filled,
    is_filled,
    is_workbook,
    no_text,
    not_csv,
    null_character,
    ragged,
    refuse_sheet,
    separator_of,
    table,
    too_large,
    unreadable,
)

BLOCK = 1 << 20
LINES = 1 << 17
"""Characters that are read at a time, to the end of a line."""
MOST_LINE = 1_000_000
"""Characters of one line."""
LOOK = 30
"""Filled rows among which the headings are looked for."""

Numbered = tuple[int, list[Any]]
"""A row with its number, from 0."""


class Stream:
    """The rows of a table: `head` has the first of them, or all of a workbook's."""

    def __init__(self, head: Sheet, file: File) -> None:
        self.head, self.file = head, file

    def rows(self, first: int = 0) -> Iterator[Numbered]:
        """The rows that have a cell, from that number on."""
        return ((at, row) for at, row in enumerate(self.head.rows) if at >= first and is_filled(row))

    def close(self) -> None:
        """Lets go of the file."""


class _Csv(Stream):
    def __init__(self, source: BinaryIO, said: str, separator: str | None) -> None:
        self._source, self._said = source, said
        weakref.finalize(self, source.close)
        self._state = _state(source)
        digest, self._codec, encoding = _looked_through(source, said)
        first = next(iter(next(self._blocks(), ())), "")
        named = re.fullmatch(r"sep=(.)\r?\n", first)
        self._is_named = named is not None
        stated = separator or (named[1] if named else None)
        self._separator = separator_of(stated, first_filled(self._lines()), self._is_even, said)
        head = self._first_rows()
        told = say(
            "{file}: {encoding}, columns separated by {separator}.",
            file=said,
            encoding=encoding,
            separator=say(SEPARATORS[self._separator]),
        )
        super().__init__(Sheet(said, "", head), File(said, digest, told))

    def rows(self, first: int = 0) -> Iterator[Numbered]:
        """The same; each is as wide as the first of all, which is known once the last was taken."""
        width, wrong, number, found, at = self._width, 0, 0, 0, 0
        for at, row in enumerate(self._parsed(self._separator)):
            if not row or not (row[0].strip() or is_filled(row)):
                continue
            if at > MOST_ROWS:
                raise _many_rows(self._said)
            if len(row) != width:
                if len(row) < width or is_filled(row[width:]):
                    number, found = (number, found) if wrong else (at + 1, len(row))
                    wrong += 1
                    continue
                del row[width:]
            if at >= first:
                yield at, row
        if wrong:
            raise ragged(self._said, self._separator, wrong, number, found, width)
        if at > MOST_ROWS:
            raise _many_rows(self._said)
        if _state(self._source) != self._state:
            raise OmsorgError(say("{file} changed while it was read.", file=self._said))

    def close(self) -> None:
        self._source.close()

    def _lines(self) -> Iterator[str]:
        """The lines with their ends, from the beginning."""
        return chain.from_iterable(self._blocks())

    def _blocks(self) -> Iterator[list[str]]:
        """Some lines at a time."""
        self._source.seek(0)
        text = io.TextIOWrapper(self._source, self._codec, newline="")
        try:
            while lines := text.readlines(LINES):
                yield lines if all(map(str.isascii, lines)) else [normalize("NFC", line) for line in lines]
        finally:
            text.detach()

    def _parsed(self, separator: str) -> Iterator[list[Any]]:
        """Every row; of a first line that names the separator, none of its cells."""
        try:
            yield from self._reader(separator)
        except csv.Error as error:
            row = 1
            with suppress(csv.Error):
                for _ in self._reader(separator):
                    row += 1
            raise not_csv(self._said, row, error) from None

    def _reader(self, separator: str) -> Iterator[list[Any]]:
        lines = self._lines()
        if self._is_named:
            lines = chain(["\n"], _but_first(lines))
        return csv.reader(lines, delimiter=separator, strict=True)

    def _is_even(self, separator: str) -> bool:
        widths: set[int] = set()
        for row in self._parsed(separator):
            if row:
                widths.add(len(row))
        return len(widths) == 1

    def _first_rows(self) -> list[list[Any]]:
        """The rows among which the headings are looked for."""
        head: list[list[Any]] = []
        filled = 0
        for row in self._parsed(self._separator):
            head.append(row)
            filled += is_filled(row)
            if filled == LOOK:
                break
        self._width = len(next(filter(is_filled, head), []))
        return [row[: self._width] for row in head]


def opened(path: Path, said: str, sheet: str | None = None, separator: str | None = None) -> Stream:
    """The rows of a CSV file, or of a sheet of a workbook."""
    source = _source(path, said)
    try:
        beginning = source.read(8)
        if is_workbook(beginning):
            source.seek(0)
            stream = Stream(*table(source.read(), said, sheet, separator))
            source.close()
            return stream
        refuse_sheet(said, sheet)
        return _Csv(source, said, separator)
    except BaseException:
        source.close()
        raise


def _source(path: Path, said: str) -> BinaryIO:
    """The file, which can be read again from its beginning; what is no file of the system is copied first."""
    try:
        file = path.open("rb")
        remember(file)
        if path.is_file():
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                file.close()
                raise too_large(said)
            return file
        with file:
            copy: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the stream
            while block := file.read(BLOCK):
                copy.write(block)
                if copy.tell() > MOST_BYTES:
                    copy.close()
                    raise too_large(said)
    except (OSError, ValueError) as error:
        raise unreadable(said, error) from None
    copy.seek(0)
    return copy


def _state(source: BinaryIO) -> tuple[int, int]:
    found = os.fstat(source.fileno())
    return found.st_size, found.st_mtime_ns


def _looked_through(source: BinaryIO, said: str) -> tuple[str, str, str]:
    """The sha256 of the bytes, the codec that reads all of them, and what people call it."""
    source.seek(0)
    digest, beginning = hashlib.sha256(), source.read(4)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        ways = [("utf-16", "UTF-16")]
    elif beginning.startswith(codecs.BOM_UTF8):
        ways = [("utf-8-sig", say("UTF-8 with a byte order mark"))]
    else:
        ways = [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]
    source.seek(0)
    while block := source.read(BLOCK):
        digest.update(block)
    at = 0
    for codec, name in ways:
        at = _first_undecodable(source, codec, said)
        if at < 0:
            return digest.hexdigest(), codec, name
    raise no_text(said, at)


def _first_undecodable(source: BinaryIO, codec: str, said: str) -> int:
    """Where the bytes are no text of the codec; below zero where all are. Too much is refused."""
    source.seek(0)
    decoder, rows, done, open_line, has_quotes = codecs.getincrementaldecoder(codec)(), 0, 0, 0, False
    while True:
        block = source.read(BLOCK)
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            return done - pending + error.start
        if "\0" in text:
            raise null_character(said, rows + text.count("\n", 0, text.index("\0")) + 1)
        rows += text.count("\n")
        has_quotes = has_quotes or '"' in text
        if rows > MOST_ROWS + 1 and not has_quotes:  # between quotation marks a line is no row
            raise _many_rows(said)
        done += len(block)
        *ended, last = text.replace("\r", "\n").split("\n")
        if ended and max(open_line + len(ended[0]), *map(len, ended)) > MOST_LINE:
            raise _long_line(said)
        open_line = len(last) + (0 if ended else open_line)
        if open_line > MOST_LINE:
            raise _long_line(said)
        if not block:
            return -1


def _many_rows(said: str) -> OmsorgError:
    return OmsorgError(say("{file} has more than {most} rows.", file=said, most=MOST_ROWS))


def _long_line(said: str) -> OmsorgError:
    return OmsorgError(say("{file} has a line of more than {most} characters.", file=said, most=MOST_LINE))


def _but_first(lines: Iterator[str]) -> Iterator[str]:
    next(lines, None)
    yield from lines


def columns_of(rows: Sequence[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    """The cells of some rows by column; None where a row of a workbook is shorter."""
    if all(len(row) == width for row in rows):
        return list(zip(*rows, strict=True))
    return [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
