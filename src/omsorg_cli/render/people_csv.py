"""A result as CSV for people, as a spreadsheet with Norwegian settings opens it: labels, decimal comma, semicolons."""

import math
from collections.abc import Iterator, Sequence

from omsorg_cli.core.directions import EITHER_WAY
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.questions.shared.notices import notices_of, sentences, stale
from omsorg_cli.render.data import csv_text
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import capital
from omsorg_cli.result import Figure, Result

BYTE_ORDER_MARK = "\ufeff"
"""What spreadsheets know UTF-8 by."""
IN_PER_CENT = {"share": phrase("per cent"), "rate/year": phrase("per cent a year")}
"""Units whose numbers people read in per cent, and what is then read for them."""


def people_csv(result: Result, figures: Sequence[Figure]) -> str:
    """A row for each figure, then once what must be said with them; the mark of UTF-8 stands first."""
    headings = [capital(one) for one in _headings(result)]
    by_year = {figure.figure for figure in figures if figure.keys.get("year") is not None}
    rows = [_row(result, figure, figure.figure in by_year) for figure in _in_order(figures)]
    said = [[text] for text in _said(result, figures)]
    return BYTE_ORDER_MARK + csv_text([headings, *rows, [], *said], ";", "\r\n")


DIRECTION = {
    "saving": (phrase("saving"), phrase("additional cost")),
    "gap": (phrase("higher"), phrase("lower")),
    "gain": (phrase("gain"), phrase("loss")),
    "flow": (phrase("received"), phrase("paid")),
    "part": (phrase("more"), phrase("less")),
    "count": (phrase("additional"), phrase("fewer")),
    "change": (phrase("increase"), phrase("decrease")),
    "freed": (phrase("saved"), phrase("extra")),
    "cost": (phrase("additional cost"), phrase("saving")),
}
"""What is said of a figure that goes either way, above zero and below it."""


def _headings(result: Result) -> Iterator[str]:
    yield say("figure")
    yield from (say(result.calculator.label(key)) for key in result.calculator.keys)
    yield say("value")
    yield say("unit")
    yield say("direction")


def _in_order(figures: Sequence[Figure]) -> list[Figure]:
    """The figures one by one, those over most coordinates first, and the years of a row before their total."""
    names = list(dict.fromkeys(figure.figure for figure in figures))
    rows = list(dict.fromkeys(_items(figure) for figure in figures))

    def place(figure: Figure) -> tuple[float, ...]:
        items, year = _items(figure), figure.keys.get("year")
        level = sum(key is not None for key in items)
        return names.index(figure.figure), -level, rows.index(items), math.inf if year is None else float(year)

    return sorted(figures, key=place)


def _items(figure: Figure) -> tuple[str | int | None, ...]:
    """The coordinates without the year."""
    return tuple(key for axis, key in figure.keys.items() if axis != "year")


def _row(result: Result, figure: Figure, by_year: bool) -> list[str]:
    rows = ["" if key is None else result.said(axis, key) for axis, key in figure.keys.items()]
    if by_year and figure.keys["year"] is None:
        rows[list(figure.keys).index("year")] = say("all years")
    value, unit = _as_read(figure)
    return [capital(result.name_of(figure.figure)), *rows, _number(value), unit, _direction(figure)]


def _as_read(figure: Figure) -> tuple[float, str]:
    """The value and what people read for its unit: shares are in per cent."""
    if figure.unit in IN_PER_CENT:
        return figure.value * 100, say(IN_PER_CENT[figure.unit])
    return figure.value, say("calendar year") if figure.unit == "year" else unit_text(figure.unit)


def _number(value: float) -> str:
    """The value with a decimal comma, and nothing between thousands."""
    return bare_text(value).replace(".", ",")


def _direction(figure: Figure) -> str:
    told = figure.told or EITHER_WAY.get(figure.figure)
    if not told:
        return ""
    if not figure.value:
        return say("no change")
    above, below = DIRECTION[told]
    return say(above if figure.value > 0 else below)


def _said(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """What is not calculated, the warnings, the points to note and the caveats."""
    yield from result.missing
    yield from result.warnings_of(figures)
    noticed = notices_of(result, figures)
    yield from (*stale(noticed), *(sentences(one) for one in noticed))
    yield from result.caveats
