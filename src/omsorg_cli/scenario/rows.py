"""Rows of a scenario that stand in a file beside it: `purchases = { rows = "purchases.csv" }`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import Fault, OmsorgError, ScenarioError, hint, nearest, plain, shown
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Table, aliases, tables
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import typed
from omsorg_cli.scenario.columns import (
    OF_ROW,
    Cell,
    Column,
    column_in,
    item_of,
    name_of,
    names_in,
    proven_sign,
    unknown_column,
)
from omsorg_cli.scenario.sheets import MOST_TOLD, File, Sheet, file_bytes, is_empty, is_filled, letters, table, unread

KEYS = ("rows", "sheet", "columns", "unit", "source", "assumption", "separator", "decimal", "each")
"""What may stand beside the name of the file."""
LOOK = 30
"""Rows among which the headings are looked for."""
SIGNS = {",": "comma", ".": "point"}
_IDENTIFIER = re.compile(r"[a-z0-9_.]+")


@dataclass
class Expanded:
    """A scenario's data with the rows of the files in it: where each stands, which files, and what must be said."""

    data: dict[str, Any]
    places: dict[Loc, str] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def has_rows(data: Any) -> bool:
    """Whether rows of some table stand in a file."""
    if isinstance(data, list):
        return any(map(has_rows, data))
    return isinstance(data, dict) and (isinstance(data.get("rows"), str) or any(map(has_rows, data.values())))


def expanded(data: dict[str, Any], folder: Path, said: str) -> Expanded:
    """The data with the rows of the files; raises what is wrong with the files as tables, all at once."""
    from omsorg_cli.scenario.load import TABLES

    made = Expanded(dict(data))
    for name, calculator in TABLES.items():
        if isinstance(data.get(name), dict):
            made.data[name] = _filled(load(calculator).inputs, data[name], (name,), folder, said, made)
    if made.faults:
        raise ScenarioError(made.faults)
    return made


def _filled(model: type[Inputs], held: dict[str, Any], loc: Loc, folder: Path, said: str, made: Expanded) -> Any:
    """The table with the rows of files in it, and in the rows below."""
    found = dict(held)
    for name, inner in tables(model).items():
        key = aliases(model)[name]
        rows = held.get(key)
        if isinstance(rows, dict) and isinstance(rows.get("rows"), str):
            try:
                rows = found[key] = _read(inner, rows, (*loc, key), folder, made)
            except ScenarioError as error:
                made.faults += error.faults
            except OmsorgError as error:
                made.faults.append(Fault(".".join(map(str, (*loc, key))), str(error), said))
        if isinstance(rows, list):
            found[key] = [
                _filled(inner.row, row, (*loc, key, at), folder, said, made) if isinstance(row, dict) else row
                for at, row in enumerate(rows)
            ]
    return found


def _read(inner: Table, spec: Mapping[str, Any], loc: Loc, folder: Path, made: Expanded) -> Any:
    """The rows that the file has."""
    _refuse_unknown(spec)
    path = folder / spec["rows"]
    name = plain(spec["rows"])
    sheet, file = table(file_bytes(path, name), name, spec.get("sheet"), spec.get("separator"))
    headed = _measured(headings(sheet, spec.get("columns") or {}, inner), spec.get("unit", {}))
    decimal = spec.get("decimal", "")
    sign = decimal_sign(sheet, headed, decimal)
    made.files.append(file._replace(sign=sign))
    if headed.unread:
        made.remarks.append(
            say("{file}: columns that are not read: {names}.", file=name, names=", ".join(headed.unread))
        )
    given = {key: spec[key] for key in OF_ROW if key in spec}
    rows = list(_items(inner, sheet, headed, decimal, given, spec.get("each", {}), loc, made))
    if not rows:
        raise OmsorgError(say("{file} has headings and no rows.", file=name))
    return dict(rows) if inner.named else [row for _, row in rows]


def _refuse_unknown(spec: Mapping[str, Any]) -> None:
    for key, value in spec.items():
        if key not in KEYS:
            raise OmsorgError(
                say("{key} is an unknown key beside rows. {known}", key=plain(key), known=nearest(key, KEYS))
            )
        if key == "each" or (key in ("columns", "unit") and isinstance(value, dict)):
            texts = (
                () if key == "each" and isinstance(value, dict) else value.values() if isinstance(value, dict) else (0,)
            )
            if not all(isinstance(one, str) for one in texts):
                raise OmsorgError(say("{key}: found {found}; allowed: a table", key=key, found=shown(value)))
        elif key == "columns":
            raise OmsorgError(say("{key}: found {found}; allowed: a table", key=key, found=shown(value)))
        elif not isinstance(value, str):
            raise OmsorgError(say("{key}: found {found}; allowed: text", key=key, found=shown(value)))
    if spec.get("decimal", ",") not in SIGNS:
        raise OmsorgError(say('decimal: found {found}; allowed: "," or "."', found=shown(spec["decimal"])))


def _measured(headed: "Headed", units: str | Mapping[str, str]) -> "Headed":
    """The columns with the unit of their bare numbers: one for all that are measured so, or each by its input."""
    by_name = {
        ".".join(map(str, column.way)): place for place, column in headed.columns.items() if not column.attribute
    }
    columns = dict(headed.columns)
    for name, unit in units.items() if isinstance(units, Mapping) else [("", units)] if units else []:
        try:
            typed(f"1 {unit}")
        except ValueError as error:
            raise OmsorgError(say("unit: {unit} {why}", unit=shown(unit), why=str(error))) from None
        if name and name not in by_name:
            raise OmsorgError(
                say("unit: {name} has no column. {known}", name=plain(name), known=nearest(name, by_name))
            )
        wanted = columns[by_name[name]].way if name else None
        fitting = [place for place, column in columns.items() if wanted in (None, column.way) and _takes(column, unit)]
        if not fitting:
            raise OmsorgError(say("unit: found {unit}, which no column of the file is measured in", unit=shown(unit)))
        columns |= {place: columns[place]._replace(unit=unit) for place in fitting}
    return headed._replace(columns=columns)


def _takes(column: Column, unit: str) -> bool:
    return column.is_number and column.kind is not None and column.kind.takes(unit)


class Headed(NamedTuple):
    """A table whose headings were understood: their row, the column of each place, and what is not read."""

    row: int
    columns: dict[int, Column]
    unread: list[str]
    texts: dict[int, str]


def headings(sheet: Sheet, named: Mapping[str, str], inner: Table) -> Headed:
    """Which column fills in which input: by the headings that `named` gives for inputs, or by the inputs' own names."""
    at, texts = heading_row(sheet, list(named.values()))
    by_heading = {heading.strip(): name for name, heading in named.items()}
    columns, unread = {}, []
    known = names_in(inner)
    for place, text in texts.items():
        named_so = text in by_heading
        name = by_heading.pop(text, text)
        found = None if name in named and not named_so else column_in(inner, name)
        if found is not None:
            columns[place] = found
        elif named_so or (_IDENTIFIER.fullmatch(text) and name not in named and hint(text, known)):
            raise ScenarioError([Fault("", unknown_column(name, known), sheet.place(at, place))])
        else:
            unread.append(shown(text))
    if by_heading:
        missing = ", ".join(shown(one) for one in by_heading)
        there = ", ".join(shown(one) for one in texts.values())
        raise OmsorgError(
            say("{file} has no column {missing}. It has: {known}.", file=sheet.file, missing=missing, known=there)
        )
    _refuse_two_of_one(sheet, at, columns)
    if not columns:
        raise OmsorgError(
            say("{file}: no column is an input. Inputs are: {names}.", file=sheet.file, names=", ".join(known))
        )
    return Headed(at, columns, unread, texts)


def heading_row(sheet: Sheet, wanted: Sequence[str]) -> tuple[int, dict[int, str]]:
    """The row of the headings, and each by its place: the first that has all that are wanted, or that has any cell."""
    asked = {one.strip() for one in wanted}
    filled = [at for at, row in enumerate(sheet.rows) if is_filled(row)]
    if not filled:
        raise OmsorgError(say("{file} has no rows.", file=sheet.file))
    texts = {at: [str(one).strip() for one in sheet.rows[at]] for at in filled[:LOOK]}
    at = next((at for at, held in texts.items() if asked and asked <= set(held)), filled[0])
    found = {place: text for place, text in enumerate(texts[at]) if text}
    twice = [text for text in dict.fromkeys(found.values()) if list(found.values()).count(text) > 1]
    faults = [
        Fault("", say("two columns have the heading {text}; allowed: each its own", text=shown(text)), sheet.place(at))
        for text in twice
    ]
    for place in range(max(map(len, sheet.rows))):
        below = next(
            (
                row
                for row in filled
                if row > at and place < len(sheet.rows[row]) and not is_empty(sheet.rows[row][place])
            ),
            None,
        )
        if place not in found and below is not None:
            faults.append(Fault("", say("stands in a column without a heading"), sheet.place(below, place)))
    if faults := [*unread(sheet, at), *faults]:
        raise ScenarioError(faults[:MOST_TOLD])
    return at, found


def refuse_without_heading(sheet: Sheet, numbers: Sequence[int], place: int, cells: Sequence[Any]) -> None:
    """Refuses a cell in a column that has no heading."""
    for at, cell in zip(numbers, cells, strict=True):
        if not is_empty(cell):
            told = say("stands in a column without a heading")
            raise ScenarioError([Fault("", told, sheet.place(at, place))])


def _refuse_two_of_one(sheet: Sheet, at: int, columns: Mapping[int, Column]) -> None:
    seen: dict[Any, int] = {}
    for place, column in columns.items():
        what = column.way, column.attribute
        if what in seen:
            told = say(
                "fills in what column {other} fills in; allowed: one column for each input", other=letters(seen[what])
            )
            raise ScenarioError([Fault("", told, sheet.place(at, place))])
        seen[what] = place


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str)


class Signs:
    """The decimal signs that the numbers of a file prove, each with the first cell that does."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, int]] = {}

    def look(self, at: int, place: int, cell: Any) -> None:
        """Takes the cell in."""
        if sign := proven_sign(cell):
            self._found.setdefault(sign, (at, place))

    def look_down(self, numbers: Sequence[int], place: int, cells: Sequence[Any]) -> None:
        """Takes in the cells of some rows in one column, whose rows have those numbers."""
        text = "\n".join(cells if set(map(type, cells)) == {str} else filter(_is_text, cells))
        if all(sign in self._found or sign not in text for sign in SIGNS):
            return  # nothing that is not proven yet
        for at, cell in zip(numbers, cells, strict=True):
            self.look(at, place, cell)

    def sign(self, sheet: Sheet, stated: str) -> str:
        """The decimal sign of the file: as stated, or as its numbers prove; that they prove both is refused."""
        if stated:
            return stated
        if len(self._found) > 1:
            here, there = (sheet.place(*self._found[sign]) for sign in (",", "."))
            raise OmsorgError(
                say(
                    "{file} has decimal commas ({here}) and decimal points ({there}); allowed: one decimal sign in a "
                    "file",
                    file=sheet.file,
                    here=here,
                    there=there,
                )
            )
        return next(iter(self._found), "")


def decimal_sign(sheet: Sheet, headed: Headed, stated: str) -> str:
    """The decimal sign of the file: as stated, or as its numbers prove; that they prove both is refused."""
    signs = Signs()
    numbers = [place for place, column in headed.columns.items() if column.is_number]
    for at, row in enumerate(sheet.rows[headed.row + 1 :], headed.row + 1):
        for place in numbers:
            if place < len(row):
                signs.look(at, place, row[place])
    return signs.sign(sheet, stated)


def _items(
    inner: Table,
    sheet: Sheet,
    headed: Headed,
    decimal: str,
    given: Mapping[str, str],
    each: Mapping[str, Any],
    loc: Loc,
    made: Expanded,
) -> Iterator[tuple[str | int, dict[str, Any]]]:
    """The name, or the number, and the row of the scenario for each row of the file that has a cell."""
    number = 0
    for at, row in enumerate(sheet.rows[headed.row + 1 :], headed.row + 1):
        if not is_filled(row):
            continue
        cells = [
            Cell(column, row[place], _place(sheet, at, place, headed))
            for place, column in headed.columns.items()
            if place < len(row) and not is_empty(row[place])
        ]
        item = item_of(cells, labelled="label" in inner.row.model_fields, given=given, decimal=decimal)
        if len(made.faults) < MOST_TOLD:
            made.faults += item.faults
        key = name_of(inner, item.row, number)
        if (*loc, key) in made.places:
            told = say("has the same {key} as an earlier row: {name}", key=inner.axes[0], name=shown(key))
            made.faults.append(Fault("", told, sheet.place(at)))
        made.places[*loc, key] = sheet.place(at)
        made.places |= {(*loc, key, *way): place for way, place in item.places.items()}
        yield key, {**each, **item.row}
        number += 1


def _place(sheet: Sheet, at: int, place: int, headed: Headed) -> str:
    """What messages call the cell: in CSV with its heading too."""
    where = sheet.place(at, place)
    return where if sheet.name else f"{where} ({plain(headed.texts[place])})"
