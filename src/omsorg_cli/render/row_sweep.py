"""Rows of a sweep over a table, piece by piece: CSV, JSON lines, JSON, and what becomes Parquet or a workbook."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isfinite, isnan
from typing import Any

from omsorg_cli.core.errors import OmsorgError, plain, shown
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import safe_json
from omsorg_cli.core.numbers import bare_text, number_text
from omsorg_cli.questions.row_sweep import FAULT, RowPiece, RowSweep, Varying
from omsorg_cli.render.data import csv_cell, csv_text, dumps
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.draws import column, need_parquet, number_texts
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.sweep import in_total
from omsorg_cli.render.values import figure_label, figure_text
from omsorg_cli.result import Figure

PLAIN = re.compile(r"(?:(?:[0-9A-Za-zÆØÅæøå][0-9A-Za-zÆØÅæøå ._/()-]*)?\n)*")
"""Lines with texts that are the same as cells of CSV."""


def columns(sweep: RowSweep) -> list[str]:
    """The table's columns in their order, inputs by their paths, then the figures and why a row is refused."""
    named = [column(figure, sweep.figures) for figure in sweep.figures]
    added = [*(f"{one}.{part}" if part else one for one in named for part in sweep.parts), FAULT]
    varied = {one.place: one.path for one in sweep.varied}
    taken = {*added, *varied.values()} & {*sweep.keys.values()}
    if taken:
        told = say(
            "{file} has a column {name}, which the result has too.", file=sweep.file.name, name=shown(min(taken))
        )
        raise OmsorgError(told)
    held = {**sweep.keys, **varied}
    return [*(held[place] for place in sorted(held)), *added]


def values(sweep: RowSweep, piece: RowPiece) -> Iterator[tuple[Any, ...]]:
    """Each row as data has it: what could not be read as it stands in the table, and None where there is nothing."""
    varied = {one.place: at for at, one in enumerate(sweep.varied)}
    held = [
        _inputs(sweep.varied[varied[place]], piece.values[varied[place]], piece.cells[place])
        if place in varied
        else _keys(piece.cells[place])
        for place in sorted({*sweep.keys, *varied})
    ]
    figures = [[None if isnan(value) else value for value in one.tolist()] for one in piece.figures]
    return zip(*held, *figures, [fault or None for fault in piece.faults], strict=True)


def document(sweep: RowSweep, rows: Sequence[Mapping[str, Any]], told: Sequence[str]) -> list[Part]:
    """Some of the rows as a table for people, with what must be said of them."""
    names = [name for name in columns(sweep) if name != FAULT or any(row[FAULT] for row in rows)]
    figures = {column(figure, sweep.figures): figure for figure in sweep.figures}
    labels = tuple(_label(sweep, name, figures.get(name)) for name in names)
    shown_rows = tuple(tuple(_told(figures.get(name), row[name]) for name in names) for row in rows)
    sheet = Sheet(labels, tuple(name in figures for name in names), shown_rows)
    top = Heading(title(sweep.base, sweep.figures), 1), *changes(sweep.base)
    noted = Sentences((*in_total(sweep.count, len(rows)), *told))
    return [*top, sheet, noted, *caveats(sweep.base)]


def _label(sweep: RowSweep, name: str, figure: Figure | None) -> str:
    """What people read above the column: of a figure its name, with its row where its column has one."""
    if figure is None:
        return name
    return sweep.base.name_of(name) if name == figure.figure else figure_label(sweep.base, figure)


def _told(figure: Figure | None, value: Any) -> str:
    if value is None:
        return "" if figure is None else say("no answer")
    if figure is not None:
        return figure_text(figure, value)
    return number_text(value) if isinstance(value, int | float) and not isinstance(value, bool) else plain(str(value))


def _keys(cells: Sequence[Any]) -> Sequence[str | None]:
    """What is carried through, as text."""
    if set(map(type, cells)) == {str} and all(told := list(map(str.strip, cells))):
        return told
    return list(map(_key, cells))


def _key(cell: Any) -> str | None:
    if isinstance(cell, float):
        return bare_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return None if cell is None else str(cell).strip() or None


def _inputs(varying: Varying, values: Any, cells: Sequence[Any]) -> list[Any]:
    told = map(varying.plain, values if isinstance(values, list) else values.tolist())
    return [_input(varying, value, cell) for value, cell in zip(told, cells, strict=True)]


def _input(varying: Varying, value: Any, cell: Any) -> Any:
    if value is None:
        return _key(cell)
    return value if isinstance(value, str | bool) else varying.kind.plain(value)


def _line(row: Any) -> str:
    """A row as JSON in one line."""
    return safe_json(json.dumps(row, ensure_ascii=False))


class Csv:
    """A row each; no answer is an empty cell."""

    def __init__(self, sweep: RowSweep) -> None:
        self._sweep = sweep
        self.head = csv_text([columns(sweep)]).encode()

    @property
    def tail(self) -> bytes:
        """Nothing."""
        return b""

    def rows(self, piece: RowPiece) -> bytes:
        """The rows of the piece."""
        varied = {one.place: at for at, one in enumerate(self._sweep.varied)}
        texts = [
            _number_texts(self._sweep.varied[varied[place]], piece.values[varied[place]], piece.cells[place])
            if place in varied
            else _texts(_keys(piece.cells[place]))
            for place in sorted({*self._sweep.keys, *varied})
        ]
        texts += [number_texts(figure, "", bare_text) for figure in piece.figures]
        texts.append(_texts(piece.faults))
        return "".join([f"{','.join(row)}\n" for row in zip(*texts, strict=True)]).encode()


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
    arrow = need_parquet()
    return [
        arrow.array([_typed(one, number=number) for one in cells], arrow.float64() if number else arrow.string())
        for number, cells in zip(numeric, held, strict=True)
    ]


def _typed(value: Any, *, number: bool) -> Any:
    if value is None:
        return None
    if number:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number_texts(varying: Varying, values: Any, cells: Sequence[Any]) -> Sequence[str]:
    """The cells of an input: numbers as they were read, what could not be read as it stands in the table."""
    if isinstance(values, list) or varying.kind.form == "month" or not isfinite(values.sum()):
        return _texts(_inputs(varying, values, cells))
    return number_texts(values, "", str_of_count if varying.kind.form == "count" else bare_text)


def str_of_count(value: float) -> str:
    """A whole number with all its digits."""
    return str(int(value))


def _texts(cells: Sequence[Any]) -> Sequence[str]:
    """Each as a cell of CSV."""
    if set(map(type, cells)) == {str}:
        text = "\n".join(cells)
        if text.count("\n") == len(cells) - 1 and PLAIN.fullmatch(f"{text}\n"):
            return cells
    return [csv_cell(str(cell).lower() if isinstance(cell, bool) else cell) for cell in cells]
