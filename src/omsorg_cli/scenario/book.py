"""A scenario that is a workbook: one that was filled in, or a result in which cells were changed."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from omsorg_cli.calculators import NAMES, join_others, load
from omsorg_cli.core.errors import Fault, OmsorgError, ScenarioError, nearest, plain, shown
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.inputs import Table, aliases, kinds, row_text
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import Written, typed
from omsorg_cli.scenario.columns import (
    ATTRIBUTES,
    Cell,
    Column,
    column_in,
    item_of,
    key_text,
    name_of,
    raw_of,
    unknown_column,
)
from omsorg_cli.scenario.forms import (
    HEAD,
    HEAD_COLUMNS,
    HEAD_FIELDS,
    PARTS_FROM,
    REST,
    RESULT,
    SOURCE_FIELDS,
    SOURCES,
    Form,
    forms,
    key_names,
)
from omsorg_cli.scenario.rows import LOOK
from omsorg_cli.scenario.sheets import Sheet, is_empty, is_filled, unread, workbook
from omsorg_cli.scenario.toml_faults import fault_text

VALUE, AS_RUN, PATH = 1, 8, 9
"""The columns of a result's inputs: the value, what it was in the run, and the path."""


class Put(NamedTuple):
    """An input that was changed in a result workbook: its path, its value, and its cell."""

    path: str
    value: Any
    place: str


class Read(NamedTuple):
    """What a workbook says: the data, where each part stands, what must be said of it, and what was changed in it."""

    data: dict[str, Any]
    places: dict[Loc, str]
    remarks: tuple[str, ...] = ()
    puts: tuple[Put, ...] = ()


def read_book(content: bytes, said: str) -> Read:
    """The scenario that the workbook is; raises every fault of its sheets at once."""
    opened = workbook(content, said)
    marked = _marked(opened.sheets.values(), said)
    if RESULT in marked:
        return _result(marked[RESULT], opened.sheets, opened.remarks)
    if HEAD not in marked:
        told = say(
            "{file} is a workbook that omsorg did not begin. Begin one by omsorg new CALCULATOR --output FILE.xlsx, "
            "or name it in a scenario, such as purchases = {{ rows = {name} }}.",
            file=said,
            name=shown(said),
        )
        raise OmsorgError(told)
    reader = _Reader()
    for mark in sorted(marked, key=lambda one: one.count(".")):
        reader.take(mark, marked[mark])
    unknown = [shown(one.name) for one in opened.sheets.values() if one not in marked.values() and not _is_ours(one)]
    left = (say("{file}: sheets that are not read: {names}.", file=said, names=", ".join(unknown)),) if unknown else ()
    if reader.faults:
        raise ScenarioError([*reader.faults, *(Fault("", told) for told in left)])
    first = (*HEAD_FIELDS, "sources", "common")
    ordered = {key: reader.data[key] for key in (*first, *reader.data) if key in reader.data}
    return Read(ordered, reader.places, (*opened.remarks, *left))


def _mark(sheet: Sheet) -> str:
    """What the first cell says."""
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else ""
    return str(first).strip()


def _is_ours(sheet: Sheet) -> bool:
    return not any(map(is_filled, sheet.rows)) or _mark(sheet).startswith("omsorg")


def _marked(sheets: Any, said: str) -> dict[str, Sheet]:
    """The sheets that say what they hold; that two hold the same is refused."""
    known = {HEAD, SOURCES, REST, RESULT, *forms(NAMES)}
    if any("." in mark and " " not in mark and mark not in known for mark in map(_mark, sheets)):
        join_others()
        known |= {*forms(NAMES)}
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        mark = _mark(sheet)
        if mark in found:
            two = (shown(found[mark].name), shown(sheet.name))
            told = say(
                "{file}: two sheets hold {what}: {one} and {other}.", file=said, what=mark, one=two[0], other=two[1]
            )
            raise OmsorgError(told)
        if mark in known:
            found[mark] = sheet
        elif mark.partition(".")[0] in {load(name).table for name in NAMES} and "." in mark and " " not in mark:
            told = say("is no table of a scenario. {known}", known=nearest(mark, known))
            raise ScenarioError([Fault(plain(mark), told, sheet.place(0, 0))])
    return found


class _Reader:
    """Puts a scenario's data together, sheet by sheet."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.places: dict[Loc, str] = {}
        self.faults: list[Fault] = []
        self._forms = forms(NAMES)
        self._rows: dict[str, dict[tuple[str, ...], tuple[dict[str, Any], Loc, str]]] = {}
        """The rows of each table that was read, by what they are called, each with its place in the data."""

    def take(self, mark: str, sheet: Sheet) -> None:
        """Reads one sheet."""
        if mark in self._forms:
            self._take_table(mark, sheet)
        elif mark == REST:
            self._take_rest(sheet)
        elif mark == HEAD:
            self._take_head(sheet)
        elif mark == SOURCES:
            self._take_sources(sheet)

    # -------------------------------------------------------------------------------------------- single inputs

    def _take_head(self, sheet: Sheet) -> None:
        found = self._headings(sheet, HEAD_COLUMNS, ("input", "value"))
        if found is None:
            return
        at, columns = found
        seen: dict[str, int] = {}
        for number, row in self._body(sheet, at):
            cells = {
                name: row[place] for place, name in columns.items() if place < len(row) and not is_empty(row[place])
            }
            name = str(cells.pop("input", "")).strip()
            cells.pop("what", None)
            value_at = sheet.place(number, next(place for place, one in columns.items() if one == "value"))
            if not name and "value" not in cells:
                continue
            if name in seen:
                self.faults.append(
                    Fault(name, say("stands in row {row} too", row=seen[name] + 1), sheet.place(number, 0))
                )
            seen[name] = number
            self.places[tuple(name.split(".", 1))] = value_at
            if set(cells) - {"unit"}:
                self._take_single(name, cells, value_at)

    def _take_single(self, name: str, cells: dict[str, Any], place: str) -> None:
        table, _, field = name.partition(".")
        if not field:
            self._take_head_field(name, cells.get("value"), place)
            return
        kind = kind_of(table, field)
        if kind is None:
            known = [*HEAD_FIELDS, *(f"{load(one).table}.{key}" for one in NAMES for key in _kinds(one))]
            self.faults.append(
                Fault(plain(name), say("is no single input. {known}", known=nearest(name, known)), place)
            )
            return
        unit = self._unit(kind, cells.pop("unit", ""), place)
        made = item_of(
            Cell(Column((field,), kind, "" if key == "value" else key, unit=unit), value, place)
            for key, value in cells.items()
        )
        self.faults += [one._replace(path=plain(name)) for one in made.faults]
        self.data.setdefault(table, {}).update(made.row)

    def _take_head_field(self, name: str, value: Any, place: str) -> None:
        if name not in HEAD_FIELDS:
            told = say("is no input. {known}", known=nearest(name, HEAD_FIELDS))
            self.faults.append(Fault(plain(name), told, place))
        elif value is not None:
            self.data[name] = raw_of(value, Column((name,), counts=name == "year"))

    def _unit(self, kind: Kind, said: Any, place: str) -> str:
        """The unit that was written in place of the input's own."""
        unit = str(said).strip()
        if unit in ("", kind.unit) or kind.form not in ("number", "count"):
            return ""
        try:
            typed(f"1 {unit}")
        except ValueError as error:
            self.faults.append(Fault("", say("unit: {unit} {why}", unit=shown(unit), why=str(error)), place))
            return ""
        if not kind.takes(unit):
            told = say("unit: found {unit}; allowed: {own}, or what measures the same", unit=shown(unit), own=kind.unit)
            self.faults.append(Fault("", told, place))
            return ""
        return unit

    # ---------------------------------------------------------------------------------------------------- tables

    def _take_table(self, mark: str, sheet: Sheet) -> None:
        form = self._forms[mark]
        known = [*form.names, *(f"{name}.{one}" for name in form.names for one in ATTRIBUTES)]
        found = self._headings(sheet, known, (*form.parents, *_required(form.table)))
        if found is None:
            return
        at, names = found
        columns = {place: self._column(form, name, sheet, at, place) for place, name in names.items()}
        rows = self._rows.setdefault(mark, {})
        for number, row in self._body(sheet, at):
            cells = {p: row[p] for p in names if p < len(row) and not is_empty(row[p])}
            parents = {names[p]: str(raw_of(cells.pop(p), Column(()))) for p in [*cells] if names[p] in form.parents}
            held = [Cell(columns[place], cell, sheet.place(number, place)) for place, cell in cells.items()]
            made = item_of(held, labelled="label" in form.table.row.model_fields)
            self.faults += made.faults
            if lacking := [name for name in _required(form.table) if name not in made.row]:
                self.faults.append(Fault("", say("lacks its {names}", names=", ".join(lacking)), sheet.place(number)))
                continue
            self._place_row(form, made.row, made.places, parents, sheet, number, rows)

    def _column(self, form: Form, name: str, sheet: Sheet, at: int, place: int) -> Column:
        """The column, with the unit that stands above its name where that is another than the input's own."""
        column = Column((), attribute=name) if name in form.parents else column_in(form.table, name)
        assert column is not None
        above = sheet.rows[at - 1][place] if at and place < len(sheet.rows[at - 1]) else ""
        if column.kind is None or column.attribute not in ("", "low", "high"):
            return column
        return column._replace(unit=self._unit(column.kind, above, sheet.place(at - 1, place)))

    def _place_row(
        self,
        form: Form,
        row: dict[str, Any],
        places: Mapping[Loc, str],
        parents: Mapping[str, str],
        sheet: Sheet,
        number: int,
        rows: dict[tuple[str, ...], tuple[dict[str, Any], Loc, str]],
    ) -> None:
        """Puts a row in the row around it."""
        around = self._around(form, parents, sheet, number)
        if around is None:
            return
        holder, loc, way = around
        loc = (*loc, form.name)
        if form.table.named:
            held = holder.setdefault(form.name, {})
            key = name_of(form.table, row, len(held))
            if key in held:
                told = say("has the same {key} as an earlier row: {name}", key=form.table.axes[0], name=shown(key))
                self.faults.append(Fault(form.path, told, sheet.place(number)))
            held[key] = row
            text = str(key)
        else:
            held = holder.setdefault(form.name, [])
            key, text = len(held), row_text(form.table, row, len(held))
            held.append(row)
        loc = (*loc, key)
        rows.setdefault((*way, text.lower()), (row, loc, text))
        self.places[loc] = sheet.place(number)
        self.places |= {(*loc, *inside): place for inside, place in places.items()}

    def _around(
        self, form: Form, parents: Mapping[str, str], sheet: Sheet, number: int
    ) -> tuple[dict[str, Any], Loc, tuple[str, ...]] | None:
        """The row around, its place in the data, and what the rows on the way to it are called."""
        top = form.path.partition(".")[0]
        holder: dict[str, Any] = self.data.setdefault(top, {})
        loc: Loc = (top,)
        way: tuple[str, ...] = ()
        path = top
        for name, table in form.around:
            path = f"{path}.{name}"
            text = _called(table, parents)
            way = (*way, text.lower())
            found = self._rows.get(path, {}).get(way)
            if found is None:
                known = [one for *_, one in self._rows.get(path, {}).values()]
                told = say(
                    "found {found}, which is no row of {table}. {known}",
                    found=shown(text), table=path, known=nearest(text, known),
                )  # fmt: skip
                self.faults.append(Fault(form.path, told, sheet.place(number, 0)))
                return None
            holder, loc, _ = found
        return holder, loc, way

    # ------------------------------------------------------------------------------------------- sources, the rest

    def _take_sources(self, sheet: Sheet) -> None:
        found = self._headings(sheet, SOURCE_FIELDS, ("id",))
        if found is None:
            return
        at, columns = found
        sources = self.data.setdefault("sources", {})
        for number, row in self._body(sheet, at):
            cells = {name: row[p] for p, name in columns.items() if p < len(row) and not is_empty(row[p])}
            held = {name: raw_of(cell, Column((name,), counts=name == "year")) for name, cell in cells.items()}
            name = str(held.pop("id", ""))
            if not name or name in sources:
                told = say("found {found}; allowed: an id of its own for each source", found=shown(name))
                self.faults.append(Fault("sources", told, sheet.place(number, 0)))
            sources[name] = held
            self.places["sources", name] = sheet.place(number)
        if not sources:
            del self.data["sources"]

    def _take_rest(self, sheet: Sheet) -> None:
        data = toml_of(sheet)
        for key, value in data.items():
            if isinstance(value, dict) and isinstance(self.data.get(key), dict):
                self.data[key] = {**value, **self.data[key]}
            else:
                self.data.setdefault(key, value)
            self.places.setdefault((key,), sheet.place(PARTS_FROM))

    # --------------------------------------------------------------------------------------------------- headings

    def _headings(self, sheet: Sheet, known: Sequence[str], needed: Iterable[str]) -> tuple[int, dict[int, str]] | None:
        """The row of the columns' names, and the name of each place; None where something is wrong with them."""
        texts = [[str(one).strip() for one in row] for row in sheet.rows[:LOOK]]
        shares = [sum(one in known for one in row) - sum(map(bool, row)) / 2 for row in texts]
        at = max(range(len(texts)), key=lambda number: (shares[number], -number), default=0)
        if not texts or shares[at] <= 0:
            told = say("has no row with the names of its columns: {names}", names=", ".join(known[:3]))
            self.faults.append(Fault(_mark(sheet), told, sheet.place(0)))
            return None
        faults = [*unread(sheet, at)]
        found: dict[int, str] = {}
        for place, text in enumerate(texts[at]):
            if text in found.values():
                faults.append(
                    Fault("", say("two columns have the name {text}", text=shown(text)), sheet.place(at, place))
                )
            elif text in known:
                found[place] = text
            elif text or any(place < len(row) and not is_empty(row[place]) for row in sheet.rows[at + 1 :]):
                faults.append(Fault("", unknown_column(text, known), sheet.place(at, place)))
        missing = [name for name in needed if name not in found.values()]
        faults += [Fault("", say("has no column {name}", name=name), sheet.place(at)) for name in missing]
        self.faults += faults
        return None if faults else (at, found)

    def _body(self, sheet: Sheet, at: int) -> Iterator[tuple[int, list[Any]]]:
        return ((number, row) for number, row in enumerate(sheet.rows) if number > at and is_filled(row))


def _kinds(calculator: str) -> dict[str, Kind]:
    model = load(calculator).inputs
    return {aliases(model)[name]: kind for name, kind in kinds(model).items()}


def kind_of(table: str, field: str) -> Kind | None:
    """What the single input may be; of a common one, what the first calculator that has it says."""
    if table == "common":
        from omsorg_cli.scenario.load import common_kind

        return common_kind(field)
    return next((_kinds(name).get(field) for name in NAMES if load(name).table == table), None)


def _required(table: Table) -> tuple[str, ...]:
    """The columns without which no row of the table has a name of its own."""
    fields = table.row.model_fields
    return tuple(name for name in key_names(table) if table.named or fields[name].is_required())


def _called(table: Table, parents: Mapping[str, str]) -> str:
    """What the row is called that the cells name."""
    keys = {name: key_text(parents[name])[0] for name in key_names(table) if name in parents}
    return next(iter(keys.values()), "") if table.named else row_text(table, keys, 0)


# ---------------------------------------------------------------------------------------------------------- results


def toml_of(sheet: Sheet) -> dict[str, Any]:
    """The data of the TOML whose lines stand in the sheet; a long line goes on in the cells beside it."""
    lines = ("".join(str(cell) for cell in row if cell is not None) for row in sheet.rows[PARTS_FROM:])
    try:
        return tomllib.loads("\n".join(lines), parse_float=Written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = fault_text(error) if isinstance(error, tomllib.TOMLDecodeError) else plain(str(error))
        told = say("is not valid TOML: {why}", why=why)
        raise ScenarioError([Fault("", told, f"{sheet.file}: {plain(sheet.name)}")]) from None


def _result(sheet: Sheet, sheets: Mapping[str, Sheet], remarks: tuple[str, ...]) -> Read:
    """The scenario that the result was made from, with the inputs that were changed since."""
    name = str(sheet.rows[0][1]) if len(sheet.rows[0]) > 1 else ""
    if name not in sheets:
        told = say("{file} lacks the sheet {name}, in which its inputs stand.", file=sheet.file, name=shown(name))
        raise OmsorgError(told)
    inputs = sheets[name]
    puts, faults = [], []
    for number, row in enumerate(inputs.rows):
        path = str(row[PATH]).strip() if len(row) > PATH else ""
        if "." not in path or " " in path:
            continue
        now, before = row[VALUE], row[AS_RUN]
        place = inputs.place(number, VALUE)
        if is_empty(now) and not is_empty(before):
            told = say("is empty, and was {before} in the run; write a value", before=shown(_raw(before)))
            faults.append(Fault(path, told, place))
        elif now != before:
            puts.append(Put(path, now, place))
    if faults:
        raise ScenarioError(faults)
    return Read(toml_of(sheet), {}, remarks, tuple(puts))


def _raw(cell: Any) -> Any:
    """What a scenario would have in place of the cell of an input."""
    if isinstance(cell, date):
        return cell.isoformat()[: 7 if cell.day == 1 else 10]
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
