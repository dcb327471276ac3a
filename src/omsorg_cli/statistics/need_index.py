"""The need index of care: each municipality's need per inhabitant, the country being 1.

The ministry publishes what it is made of: an index a criterion (the share of inhabitants of 80–89, of mortality …), and
the weight of each in care. The index is their weighted sum. It is sound if it is between 0.7 and 2.2 and its mean by
inhabitants is 1: an index of income, or of another sector, is refused by that.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import phrase, say
from omsorg_cli.statistics import jsonstat, sheets
from omsorg_cli.statistics.dataset import UnreadableError

LOWEST, HIGHEST = 0.7, 2.2
OFF = 0.01
"""By how much the mean by inhabitants may miss 1."""
COVERED = 0.9
"""The share of the municipalities whose inhabitants must be known before their mean says anything."""
WEIGHTS = {
    2026: {
        r"0 år": 0.0029,
        r"1\s*[-–]\s*5 år": 0.0157,
        r"6\s*[-–]\s*12 år": 0.0245,
        r"13\s*[-–]\s*15 år": 0.0114,
        r"16\s*[-–]\s*22 år": 0.0256,
        r"23\s*[-–]\s*24 år": 0.0078,
        r"25\s*[-–]\s*66 år": 0.1702,
        r"67\s*[-–]\s*79 år": 0.1163,
        r"80\s*[-–]\s*89 år": 0.1558,
        r"(over )?90 år.*": 0.1082,
        r"basis.*": 0.0136,
        r"(reiseavstand .*)?sone.*": 0.0090,
        r"(reiseavstand .*)?nabo.*": 0.0090,
        r".*utviklingshem.*": 0.0595,
        r"dødelighet.*": 0.1241,
        r"ikke.?gift.*67.*": 0.1464,
    }
}
"""The weight of each criterion in care, by year: how its heading reads."""
READY = r"pleie og omsorg.*|pleie- og omsorg.*"
"""The heading of an index that is ready."""
DERIVED = phrase("derived index")


@dataclass(frozen=True, slots=True)
class NeedIndex:
    """The index by municipality."""

    year: int
    index: Mapping[str, float]
    title: str
    inhabitants: Mapping[str, float]
    words: tuple[str, ...] = ()


def read_json(content: bytes, name: str) -> NeedIndex:
    """An index that others derived from the ministry's criteria."""
    data: Any = jsonstat.load(content, name)
    try:
        year = int(data["år"])
        index = {str(code).zfill(4): float(one["pleie"]) for code, one in data["kommuner"].items()}
        title = str(data.get("kilde", ""))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UnreadableError(say("{name} is not a need index by municipality.", name=name)) from None
    return _sound(NeedIndex(year, index, title, {}, (DERIVED,)), name)


def read_ods(content: bytes, name: str, year: int | None = None) -> NeedIndex:
    """The index in the ministry's workbook: one that is ready, or one worked out from the criteria."""
    year = year or _year(name)
    if year is None:
        raise OmsorgError(say("{name}: which year is it for? Give --year.", name=name))
    book = sheets.read(content, name)
    for sheet in book.values():
        for place in range(min(len(sheet), 15)):
            heads = _heads(sheet[: place + 1])
            columns = _columns(heads, {READY: 1.0})
            words: tuple[str, ...] = ()
            if not columns and year in WEIGHTS:
                columns, words = _columns(heads, WEIGHTS[year]), (DERIVED,)
                if len(columns) < len(WEIGHTS[year]):
                    continue
            if columns and (index := _index(sheet[place + 1 :], columns)):
                people = _columns(heads, {r"(antall )?innbyggere.*|folketall.*": 1.0})
                title = " ".join(str(cell) for cell in sheet[0] if cell) or name
                inhabitants = _index(sheet[place + 1 :], people) if people else {}
                return _sound(NeedIndex(year, index, title, inhabitants, words), name)
    known = ", ".join(map(str, WEIGHTS))
    raise UnreadableError(
        say(
            "{name} has no need index of care for {year}: found neither a column for care nor every criterion of it "
            "(weights are known for {known}).",
            name=name,
            year=year,
            known=known,
        )
    )


def _year(name: str) -> int | None:
    match = re.search(r"20\d\d", name)
    return int(match[0]) if match else None


def _heads(rows: Sequence[Sequence[str | float]]) -> list[str]:
    """The heading of each column: the lowest text above it, in one line and small letters."""
    width = max(map(len, rows), default=0)
    heads = [""] * width
    for row in rows:
        for column, cell in enumerate(row):
            text = " ".join(str(cell).split()).lower()
            heads[column] = text or heads[column]
    return heads


def _columns(heads: Sequence[str], weights: Mapping[str, float]) -> dict[int, float]:
    found = {}
    for pattern, weight in weights.items():
        for column, head in enumerate(heads):
            if column not in found and re.fullmatch(pattern, head):
                found[column] = weight
                break
    return found


def _index(rows: Sequence[Sequence[str | float]], columns: Mapping[int, float]) -> dict[str, float]:
    """Each municipality's weighted sum; a row with an empty cell among them is no municipality with an index."""
    found = {}
    for row in rows:
        code = _code(row)
        cells = [row[column] if column < len(row) else "" for column in columns]
        numbers = [one for one in cells if isinstance(one, int | float)]
        if code and len(numbers) == len(columns):
            found[code] = sum(one * weight for one, weight in zip(numbers, columns.values(), strict=True))
    return found


def _code(row: Sequence[str | float]) -> str:
    for cell in row[:3]:
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        match = re.match(r"(\d{3,4})(?:\s|$)", text)
        if match:
            return match[1].zfill(4)
    return ""


def _sound(found: NeedIndex, name: str) -> NeedIndex:
    """The index, if it can be one of need in care."""
    for code, one in found.index.items():
        if not LOWEST <= one <= HIGHEST:
            raise OmsorgError(
                say(
                    "{name}: found {found} for {code}; allowed: a need index of care, {low} to {high}.",
                    name=name,
                    found=f"{one:.4f}",
                    code=code,
                    low=LOWEST,
                    high=HIGHEST,
                )
            )
    hold_against(found, found.inhabitants, name)
    return found


def hold_against(found: NeedIndex, inhabitants: Mapping[str, float], name: str) -> bool:
    """Whether the mean by inhabitants could be told, which must then be 1."""
    both = [code for code in found.index if code in inhabitants]
    if len(both) < COVERED * len(found.index) or not both:
        return False
    mean = sum(found.index[code] * inhabitants[code] for code in both) / sum(inhabitants[code] for code in both)
    if abs(mean - 1) > OFF:
        raise OmsorgError(
            say(
                "{name} has a mean of {mean} by inhabitants; allowed: 1 within {off}, as a need index has.",
                name=name,
                mean=f"{mean:.4f}",
                off=OFF,
            )
        )
    return True
