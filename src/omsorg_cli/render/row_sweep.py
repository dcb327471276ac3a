"""Rows of a sweep over a table, piece by piece: CSV, JSON lines, JSON, and what becomes Parquet or a workbook."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import safe_json
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.questions.row_sweep import FAULT, Entry, RowPiece, RowSweep, Varying
from omsorg_cli.render.data import csv_text, dumps, text_cell
from omsorg_cli.render.draws import column


def columns(sweep: RowSweep) -> list[str]:
    """The table's columns in their order, inputs by their paths, then the figures and why a row is refused."""
    named = [column(figure, sweep.figures) for figure in sweep.figures]
    added = [*(f"{one}.{part}" if part else one for one in named for part in sweep.parts), FAULT]
    varied = {one.place: one.path for one in sweep.varied}
    taken = {*added, *varied.values()} & {*sweep.keys.values()}
    if taken:
        told = say(
            "{file}: has a column {name}, which the result has too.", file=sweep.file.name, name=shown(min(taken))
        )
        raise OmsorgError(told)
    held = {**sweep.keys, **varied}
    return [*(held[place] for place in sorted(held)), *added]


def values(sweep: RowSweep, piece: RowPiece) -> Iterator[list[Any]]:
    """Each row as data has it: what could not be read as it stands in the table, and None where there is nothing."""
    varied = {one.place: (at, one) for at, one in enumerate(sweep.varied)}
    places = sorted({*sweep.keys, *varied})
    for at, entry in enumerate(piece.entries):
        held = [_input(entry, *varied[place]) if place in varied else _key(entry, place) for place in places]
        figures = [None if one[at] != one[at] else float(one[at]) for one in piece.figures]
        yield [*held, *figures, piece.faults[at] or None]


def _key(entry: Entry, place: int) -> str | None:
    cell = entry.cells[place] if place < len(entry.cells) else None
    if isinstance(cell, float):
        return bare_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return None if cell is None else str(cell).strip() or None


def _input(entry: Entry, at: int, varied: Varying) -> Any:
    value = entry.values[at]
    if value is None:
        return _key(entry, varied.place)
    return value if isinstance(value, str | bool) else varied.kind.plain(value)


def _line(row: Any) -> str:
    """A row as JSON in one line."""
    return safe_json(json.dumps(row, ensure_ascii=False))


class Csv:
    """A row each; no answer is an empty cell."""

    def __init__(self, sweep: RowSweep) -> None:
        self._sweep = sweep
        self.head = csv_text([[text_cell(one) for one in columns(sweep)]]).encode()

    @property
    def tail(self) -> bytes:
        """Nothing."""
        return b""

    def rows(self, piece: RowPiece) -> bytes:
        """The rows of the piece."""
        return csv_text([list(map(_cell, row)) for row in values(self._sweep, piece)]).encode()


class JsonLines:
    """An object each, on a line of its own; no answer is null."""

    def __init__(self, sweep: RowSweep) -> None:
        self._sweep, self._names = sweep, columns(sweep)
        self.head, self.tail = b"", b""

    def rows(self, piece: RowPiece) -> bytes:
        """The rows of the piece."""
        return "".join([f"{row}\n" for row in self.objects(piece)]).encode()

    def objects(self, piece: RowPiece) -> Iterator[str]:
        """Each row as an object."""
        for row in values(self._sweep, piece):
            yield _line(dict(zip(self._names, row, strict=True)))


class Json:
    """All rows in one object, with how many of them were refused."""

    def __init__(self, sweep: RowSweep, record: dict[str, Any]) -> None:
        self._sweep, self._lines = sweep, JsonLines(sweep)
        self.head = (dumps(record).rstrip()[:-2] + ',\n  "rows": [\n').encode()

    @property
    def tail(self) -> bytes:
        """The end, once all rows are written."""
        return f'\n  ],\n  "refused": {self._sweep.refused}\n}}\n'.encode()

    def rows(self, piece: RowPiece) -> bytes:
        """The rows of the piece, after a comma where there are rows before them."""
        text = ",\n".join(f"    {row}" for row in self._lines.objects(piece))
        return f"{',' if piece.first else ''}{chr(10) if piece.first else ''}{text}".encode()


class Lines:
    """A JSON list each, on a line of its own: what is kept on the way to Parquet or to a workbook."""

    def __init__(self, sweep: RowSweep) -> None:
        self._sweep = sweep
        columns(sweep)
        self.head, self.tail = b"", b""

    def rows(self, piece: RowPiece) -> bytes:
        """The rows of the piece."""
        return "".join([f"{_line(row)}\n" for row in values(self._sweep, piece)]).encode()


def typed_columns(sweep: RowSweep, rows: Sequence[Sequence[Any]]) -> list[Any]:
    """The rows as columns of one type each: inputs that are numbers and figures as numbers, all else as text."""
    varied = {one.place: one for one in sweep.varied}
    forms = [varied[place].kind.form if place in varied else "key" for place in sorted({*sweep.keys, *varied})]
    numeric = (
        [form in ("number", "count") for form in forms] + [True] * (len(sweep.figures) * len(sweep.parts)) + [False]
    )
    held = zip(*rows, strict=True)
    return [[_typed(one, number=number) for one in cells] for number, cells in zip(numeric, held, strict=True)]


def _typed(value: Any, *, number: bool) -> Any:
    if value is None:
        return None
    if number:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return text_cell(value) if isinstance(value, str) else value
