"""Which column of a table fills in which input of a row, and what a cell says there."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from omsorg_cli.core.errors import Fault, nearest, shown
from omsorg_cli.core.input_types import PROVENANCE, Kind, Loc
from omsorg_cli.core.inputs import Row, Table, aliases, kinds, tables
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import exact_text, typed
from omsorg_cli.core.texts import is_in_languages

ATTRIBUTES = (*(one for one in PROVENANCE if one not in ("value", "range")), "low", "high")
"""What a column may say of an input beside its value; `low` and `high` are the ends of its range."""
OF_ROW = ("source", "assumption")
"""What a column of that bare name says of every value in its row."""
SUMS = ("sum", "total sum", "totalsum", "totalt", "i alt", "delsum", "sum totalt")
"""What the row below a list is called that adds it up."""
SWITCHES: Mapping[Any, bool] = MappingProxyType(
    {"true": True, "false": False, "sann": True, "usann": False, 1: True, 0: False}
)
"""What spreadsheets make of a switch: a word in their language, and LibreOffice a number in what it saves."""
NOTHING: Mapping[str, str] = MappingProxyType({})
_KEY = re.compile(r"[A-Za-zÆØÅæøå0-9_-]{1,60}")
_NO_KEY = re.compile(r"[^A-Za-zÆØÅæøå0-9_-]+")
_DECIMAL = re.compile(r"[-+−–]?\s?([0-9][0-9 \u00a0\u202f.,]*|)([.,])([0-9]+)(?![0-9.,])")


class Column(NamedTuple):
    """What a column fills in: the way from the row to the input, what it may be, and which part of it is meant.

    Without a kind it is a key, a label, or of the whole row.
    """

    way: Loc
    kind: Kind | None = None
    attribute: str = ""
    key: bool = False
    counts: bool = False
    """Whether the key is a whole number, such as a year."""
    unit: str = ""
    """The unit of its bare numbers, where that is not the input's own."""

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind is not None and self.kind.form in ("number", "count") and self.attribute in ("", "low", "high")


def names_of(row: type[Row]) -> list[str]:
    """What columns of the row may be called: keys and labels first, as the model has them."""
    names = aliases(row)
    others = [name for name in row.model_fields if name not in kinds(row) and name not in tables(row)]
    return [*row.keys, *(names[name] for name in others if name not in row.keys), *(names[name] for name in kinds(row))]


def column_of(row: type[Row], name: str) -> Column | None:
    """The column of that name, such as `annual_cost`, `annual_cost.source` or `phases.0.share`; None for any other."""
    if name in OF_ROW and name not in aliases(row).values():
        return Column((), attribute=name)
    *way, last = name.split(".")
    attribute = last if way and last in ATTRIBUTES else ""
    found = _walk(row, way if attribute else [*way, last], ())
    if found is None or (attribute and found.kind is None):
        return None
    return found._replace(attribute=attribute)


def _walk(row: type[Row], parts: Sequence[str], way: Loc) -> Column | None:
    fields = {alias: name for name, alias in aliases(row).items()}
    if not parts or parts[0] not in fields:
        return None
    first, *rest = parts
    name = fields[first]
    table = tables(row).get(name)
    if table is None:
        counts = int in (row.model_fields[name].annotation, *get_args(row.model_fields[name].annotation))
        found = Column((*way, first), kinds(row).get(name), key=name in row.keys, counts=counts)
        return None if rest else found
    if not rest or table.row.keys or (not table.named and not rest[0].isdecimal()):
        return None
    return _walk(table.row, rest[1:], (*way, first, rest[0] if table.named else int(rest[0])))


def names_in(table: Table) -> list[str]:
    """What columns of the table may be called; where its rows have names, that of the name first."""
    return [*table.axes[: table.named], *names_of(table.row)]


def column_in(table: Table, name: str) -> Column | None:
    """The column of that name in the table."""
    if table.named and name == table.axes[0]:
        return Column((name,), key=True)
    return column_of(table.row, name)


def name_of(table: Table, row: dict[str, Any], number: int) -> str | int:
    """Where the row stands in its table: its name, which is then no part of it, or its number."""
    return str(row.pop(table.axes[0], number)) if table.named else number


def raw_of(cell: Any, column: Column, decimal: str = "") -> Any:
    """What a scenario would have in place of the cell; `decimal` is the file's decimal sign, where that is stated.

    Raises `ValueError` where the cell says nothing clear.
    """
    if isinstance(cell, date) and column.is_number:
        told = say(
            "found the date {found}, which a spreadsheet may have made of a number", found=month_or_day(cell, None)
        )
        raise ValueError(told)
    if isinstance(cell, date):  # a datetime is one too
        return month_or_day(cell, column.kind)
    if isinstance(cell, time | timedelta):
        told = say("found the time {found}; allowed: a value without a time", found=shown(str(cell)))
        raise ValueError(told)  # noqa: TRY004 - as the numbers' reader does
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, str):
        cell = cell.strip()
        if not column.is_number and not column.key and (texts := _by_language(cell)):
            return texts
    if column.kind is None:
        return _bare(cell, column)
    if column.is_number and not isinstance(cell, bool):
        return _number(cell, column, decimal)
    if column.kind.form == "switch":
        return SWITCHES.get(cell.lower() if isinstance(cell, str) else cell, cell)
    return str(cell) if column.kind.form in ("key", "text") or column.attribute in OF_ROW else cell


def _by_language(text: str) -> dict[str, Any] | None:
    """The text in several languages, where a cell has them as a scenario does: { en = "…", nb = "…" }."""
    if not text.startswith("{"):
        return None
    try:
        found = tomllib.loads(f"texts = {text}")
    except tomllib.TOMLDecodeError:
        return None
    texts = found["texts"]
    return dict(texts) if set(found) == {"texts"} and is_in_languages(texts) else None


def month_or_day(cell: date, kind: Kind | None) -> str:
    """The date as a scenario has it: of a month, without its first day."""
    is_month = kind is not None and kind.form == "month" and cell.day == 1
    return cell.isoformat()[: 7 if is_month else 10]


def _bare(cell: Any, column: Column) -> Any:
    """A key, a label or a text."""
    if column.counts and isinstance(cell, str) and re.fullmatch(r"[1-9][0-9]{0,8}", cell):
        return int(cell)
    return cell if column.counts and isinstance(cell, int) else str(cell)


def _number(cell: Any, column: Column, decimal: str) -> Any:
    if isinstance(cell, str) and decimal:
        cell = _settled(cell, decimal)
    if not column.unit:
        return cell
    if not isinstance(cell, str):
        return f"{exact_text(cell)} {column.unit}"
    try:
        return cell if typed(cell).measures else f"{cell} {column.unit}"
    except ValueError:
        return cell


def _settled(text: str, decimal: str) -> str:
    """The text of a number in a file whose decimal sign is stated, so that it can be read in one way only."""
    other = "," if decimal == "." else "."
    match = re.match(r"([^0-9.,]*)([0-9.,](?:[0-9., \u00a0\u202f]*[0-9.,])?)?(.*)", text, re.DOTALL)
    assert match is not None
    before, digits, after = match.groups(default="")
    if other in digits:
        if not re.fullmatch(rf"[0-9]{{1,3}}(\{other}[0-9]{{3}})+(\{decimal}[0-9]+)?", digits):
            raise ValueError(
                say("found {found}, where the decimal sign is {sign}", found=shown(text), sign=shown(decimal))
            )
        digits = digits.replace(other, "")
    whole, sign, decimals = digits.partition(decimal)
    return f"{before}{whole}{'.' if sign else ''}{decimals}{'0' if len(decimals) == 3 else ''}{after}"


def proven_sign(cell: Any) -> str:
    """The decimal sign that the text of a number proves: nothing where it has none, or three digits follow it."""
    match = _DECIMAL.match(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return ""
    before, sign, decimals = match.groups()
    other = "," if sign == "." else "."
    if sign in before:
        return other if len(decimals) == 3 and other not in before else ""
    whole = re.sub("[^0-9]", "", before)
    settled = other in before or len(decimals) != 3 or whole in ("", "0") or len(whole) > 3
    return sign if settled else ""


def key_text(text: str) -> tuple[str, str]:
    """The key that the text of a cell makes, and the label, where the text itself can be no key.

    >>> key_text("P07"), key_text("Rus og psykisk helse")
    (('P07', ''), ('rus_og_psykisk_helse', 'Rus og psykisk helse'))
    """
    if _KEY.fullmatch(text):
        return text, ""
    return _NO_KEY.sub("_", text.lower()).strip("_")[:60] or text, text


class Cell(NamedTuple):
    """One cell of a row: its column, what it holds, and what messages call it."""

    column: Column
    value: Any
    place: str


class Item(NamedTuple):
    """A row as a scenario has it, where each part of it stands in the file, and what is wrong with it."""

    row: dict[str, Any]
    places: dict[Loc, str]
    faults: list[Fault]


def item_of(
    cells: Iterable[Cell], *, labelled: bool = False, given: Mapping[str, str] = NOTHING, decimal: str = ""
) -> Item:
    """The row that the cells make; `given` is what is said of every value of which no cell says it.

    Where it is `labelled`, a key that is no key stays as its label.
    """
    made = Item({}, {}, [])
    of_row = dict(given)
    parts: dict[Loc, dict[str, Any]] = {}
    for cell in cells:
        try:
            raw = raw_of(cell.value, cell.column, decimal)
        except ValueError as error:
            made.faults.append(Fault("", str(error), cell.place))
            continue
        if not cell.column.way:
            of_row[cell.column.attribute] = raw
        elif cell.column.kind is None:
            _name(made, cell, raw, labelled=labelled)
        else:
            parts.setdefault(cell.column.way, {})[cell.column.attribute or "value"] = raw
            attribute = "range" if cell.column.attribute in ("low", "high") else cell.column.attribute
            made.places.setdefault(cell.column.way, cell.place)
            made.places[*cell.column.way, *filter(None, (attribute,))] = cell.place
    for way, held in parts.items():
        _put(made.row, way, _stated(held, of_row))
    return made


def _name(made: Item, cell: Cell, raw: Any, *, labelled: bool) -> None:
    """Puts a key or a label in the row."""
    made.places[cell.column.way] = cell.place
    if not cell.column.key or not isinstance(raw, str):
        made.row[str(cell.column.way[-1])] = raw
        return
    if raw.lower() in SUMS:
        told = say("found {found}, a row that adds up others; leave it out", found=shown(raw))
        made.faults.append(Fault("", told, cell.place))
    key, label = key_text(raw)
    made.row[str(cell.column.way[-1])] = key
    if label and labelled:
        made.row.setdefault("label", label)


def _stated(held: dict[str, Any], of_row: Mapping[str, str]) -> Any:
    """The value, with what is said of it."""
    low, high = held.pop("low", None), held.pop("high", None)
    if low is not None or high is not None:
        held["range"] = [one for one in (low, high) if one is not None]
    if "source" not in held and "assumption" not in held:
        held = {**held, **of_row}
    return held["value"] if set(held) == {"value"} else held


def _put(row: dict[str, Any], way: Loc, value: Any) -> None:
    """Puts the value where the way leads, with the tables and lists on it."""
    at: Any = row
    for part, then in zip(way, (*way[1:], None), strict=True):
        if then is None:
            at[part] = value
        elif isinstance(at, list):
            at.extend({} for _ in range(int(part) + 1 - len(at)))
            at = at[int(part)]
        else:
            at = at.setdefault(part, [] if isinstance(then, int) else {})


def unknown_column(heading: str, names: Iterable[str]) -> str:
    """The sentence of a column that no input has."""
    return say(
        "found the column {found}, which is no input here. {known}", found=shown(heading), known=nearest(heading, names)
    )
