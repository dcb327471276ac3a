"""Rows of a sweep, piece by piece: CSV, JSON lines or JSON."""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import in_series, say
from omsorg_cli.core.letters import safe_json
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.questions.row_sweep import RowSweep
from omsorg_cli.questions.sweep import Grid, Piece, Sweep
from omsorg_cli.render import words
from omsorg_cli.render.data import csv_cell, csv_text, dumps
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.draws import column, number_texts
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import (
    capital,
    figure_label,
    figure_name,
    figure_text,
    input_name,
    outcome_text,
    value_text,
)
from omsorg_cli.result import Result, few

MOST_LISTED = 2_000
"""Cases that a page lists."""
MOST_ANSWERS = 4
"""Figures that the answer is given for."""


def document(sweep: Sweep, result: Result, first: int | None = None) -> list[Part]:
    """The cases as a table: all for a page, which has room for so many, or the first ones."""
    if sweep.count > MOST_LISTED and first is None:
        told = {"found": sweep.count, "most": MOST_LISTED}
        raise OmsorgError(say("A page lists up to {most} cases; found {found}. Write .csv for more.", **told))
    named = [
        next((input_name(result, one) for one in result.stated_inputs if one.path in grid.inputs), grid.path)
        for grid in sweep.grids
    ]
    headings = (*named, *(figure_label(result, figure) for figure in sweep.figures))
    rows: list[tuple[str, ...]] = []
    for piece in sweep.pieces(0, 1):  # of each, as those without an answer are counted
        rows += islice(_told(sweep, piece), None if first is None else first - len(rows))
    right = (*(False for _ in sweep.grids), *(True for _ in sweep.figures))
    table = Sheet(headings, right, tuple(rows))
    answers = range(min(len(sweep.figures), MOST_ANSWERS)) if sweep.count <= MOST_LISTED else ()
    said = Sentences(tuple(_answer(sweep, result, at, named) for at in answers))
    noted = Sentences((*in_total(sweep.count, len(rows)), *sweep.warnings, *gaps_said(sweep)))
    top = Heading(title(result, sweep.figures), 1), *changes(result), said
    return [*top, table, noted, *caveats(result)]


def in_total(count: int, shown: int) -> Iterator[str]:
    """How many rows there are, where not all of them are shown."""
    if shown < count:
        yield say("{number} rows in total", number=words.numeral(count))


def _answer(sweep: Sweep, result: Result, at: int, named: Sequence[str]) -> str:
    """Over which inputs the figure was calculated, where it is lowest and where highest."""
    figure = sweep.figures[at]
    found = [(float(value), cells) for piece in sweep.pieces(0, 1) for value, cells in _cases(sweep, piece, at)]
    known = [one for one in found if not math.isnan(one[0])]
    inputs = in_series([_span(grid, name) for grid, name in zip(sweep.grids, named, strict=True)])
    told = {"figure": capital(figure_name(result, figure)), "inputs": inputs}
    if not known:
        return plain(say("{figure} with {inputs}: no combination has an answer.", **told))
    (low, lowest), (high, highest) = (pick(known, key=lambda one: one[0]) for pick in (min, max))
    least, most = outcome_text(figure, low), outcome_text(figure, high)
    if least == most and len(known) < len(found):
        return plain(say("{figure} with {inputs}: {value} wherever there is an answer.", value=most, **told))
    if least == most:
        return plain(say("{figure} with {inputs}: {value} throughout.", value=most, **told))
    ends = {"low": least, "at_low": in_series(lowest), "high": most, "at_high": in_series(highest)}
    return plain(
        say("{figure} with {inputs}: lowest at {at_low}, {low}; highest at {at_high}, {high}.", **told, **ends)
    )


def _span(grid: Grid, name: str) -> str:
    """The input with the values that it takes: the ends of numbers, and of others how many."""
    numbers = [value for value in grid.values if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) < len(grid.values):
        return say("{number} values of {input}", input=name, number=words.numeral(len(grid.values)))
    low, high = value_text(grid.kind, min(numbers)), value_text(grid.kind, max(numbers))
    return say("{input} from {low} to {high}", input=name, low=low, high=high)


def _cases(sweep: Sweep, piece: Piece, figure: int) -> Iterator[tuple[float, tuple[str, ...]]]:
    """The figure in each row of the piece, with the row's values."""
    for at in range(piece.size):
        cells = (cell(grid, places[at]) for grid, places in zip(sweep.grids, piece.places, strict=True))
        yield piece.figures[figure][at], tuple(cells)


def cell(grid: Grid, at: int) -> str:
    """A value of the grid as people say it."""
    value = grid.values[at]
    return grid.cells[at] if isinstance(value, str) else value_text(grid.kind, value)


def _told(sweep: Sweep, piece: Piece) -> Iterator[tuple[str, ...]]:
    for at in range(piece.size):
        pairs = zip(sweep.grids, piece.places, strict=True)
        cells = [cell(grid, places[at]) for grid, places in pairs]
        found = ((figure, float(values[at])) for figure, values in zip(sweep.figures, piece.figures, strict=True))
        yield (*cells, *(say("no answer") if math.isnan(one) else figure_text(figure, one) for figure, one in found))


def gaps_said(sweep: Sweep | RowSweep) -> Iterator[str]:
    """A sentence for each reason why columns of figures have no answer in some rows, unless it was told before."""
    told_before = sweep.warnings
    for gap in sweep.gaps():
        if any(gap.why in text for text in told_before):
            continue
        told = {"columns": few([column(one, sweep.figures) for one in gap.figures]), "first": gap.first, "why": gap.why}
        told |= {"number": words.number(gap.rows), "whole": words.number(sweep.worked_out)}
        yield plain(say("{columns}: no answer in {number} of {whole} rows (first: {first}): {why}.", **told))


def columns(sweep: Sweep) -> list[str]:
    """The grids' paths, then the figures."""
    return [*(grid.path for grid in sweep.grids), *(column(figure, sweep.figures) for figure in sweep.figures)]


class Csv:
    """A row each; no answer is an empty cell."""

    def __init__(self, sweep: Sweep) -> None:
        self.head = csv_text([columns(sweep)]).encode()
        self.tail = b""
        self._texts = [_csv_texts(grid) for grid in sweep.grids]

    def rows(self, piece: Piece) -> bytes:
        """The rows of the piece."""
        cells = [_picked(texts, at) for texts, at in zip(self._texts, piece.places, strict=True)]
        cells += [number_texts(values, "", bare_text) for values in piece.figures]
        return "".join([f"{','.join(row)}\n" for row in zip(*cells, strict=True)]).encode()


class JsonLines:
    """An object each, on a line of its own; no answer is null."""

    def __init__(self, sweep: Sweep) -> None:
        self.head, self.tail = b"", b""
        self._names = [safe_json(json.dumps(name, ensure_ascii=False)) for name in columns(sweep)]
        self._texts = [_json_texts(grid) for grid in sweep.grids]

    def rows(self, piece: Piece) -> bytes:
        """The rows of the piece."""
        return "".join([f"{row}\n" for row in self.objects(piece)]).encode()

    def objects(self, piece: Piece) -> Iterator[str]:
        """Each row as an object."""
        cells = [_picked(texts, at) for texts, at in zip(self._texts, piece.places, strict=True)]
        cells += [number_texts(values, "null") for values in piece.figures]
        named = [[f"{name}: {cell}" for cell in held] for name, held in zip(self._names, cells, strict=True)]
        return (f"{{{', '.join(row)}}}" for row in zip(*named, strict=True))


class Json:
    """All rows in one object."""

    def __init__(self, sweep: Sweep, record: dict[str, Any]) -> None:
        self._lines = JsonLines(sweep)
        self.head = (dumps(record).rstrip()[:-2] + ',\n  "rows": [\n').encode()
        self.tail = b"\n  ]\n}\n"

    def rows(self, piece: Piece) -> bytes:
        """The rows of the piece, after a comma where there are rows before them."""
        text = ",\n".join(f"    {row}" for row in self._lines.objects(piece))
        return f"{',' if piece.first else ''}{chr(10) if piece.first else ''}{text}".encode()


def _picked(texts: Sequence[str], places: Any) -> list[str]:
    return [texts[at] for at in places.tolist()]


def _csv_texts(grid: Grid) -> list[str]:
    if grid.kind.form in ("number", "count"):
        return list(grid.cells)
    return list(map(csv_cell, grid.cells))


def _json_texts(grid: Grid) -> list[str]:
    quoted = grid.kind.form in ("choice", "key", "text", "month")
    if not quoted:
        return [json.dumps(value) for value in grid.values]
    return [safe_json(json.dumps(text, ensure_ascii=False)) for text in grid.cells]


def values(grid: Grid, places: Any) -> list[Any]:
    """The grid's values in some rows, as data has them."""
    held: Sequence[Any] = grid.cells if grid.kind.form == "month" else grid.values
    return [held[at] for at in places.tolist()]
