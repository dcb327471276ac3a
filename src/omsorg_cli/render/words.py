"""How numbers are said: with units, in amounts that people can say aloud, never with a bare sign.

Templates name a way after the figure: `{gap_share:percent}`. Without one, the unit decides.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from omsorg_cli.core.numbers import number_text

MILLION = 1_000_000
BILLION = 1_000_000_000
PER = {
    "NOK/year": " a year",
    "hours/year": " a year",
    "hours/user/week": " a week",
    "rate/year": " a year",
    "NOK/inhabitant": " per inhabitant",
    "NOK/FTE": " per FTE",
    "NOK/hour": " an hour",
    "NOK/dwelling/year": " a year",
    "NOK/user/year": " a user and year",
    "NOK/place": " a place",
    "NOK/place/year": " a place and year",
    "persons/municipality": " a municipality",
    "namings/municipality": " a municipality",
}
SINGULAR = (
    "months",
    "years",
    "persons",
    "places",
    "hours",
    "inhabitants",
    "units",
    "requirements",
    "dwellings",
    "facilities",
    "points",
    "times",
    "municipalities",
    "providers",
    "namings",
)
"""Nouns that are in the singular beside a one."""
NOUNS = {
    "NOK": "NOK",
    "NOK/year": "NOK",
    "NOK/inhabitant": "NOK",
    "NOK/FTE": "NOK",
    "NOK/unit": "NOK",
    "NOK/user/year": "NOK",
    "NOK/place": "NOK",
    "NOK/place/year": "NOK",
    "FTE": "FTE",
    "hours/year": "hours",
    "hours/user/year": "hours",
    "hours/FTE": "hours",
    "hours/inhabitant/year": "hours a year for each inhabitant",
    "per 1000": "per 1 000",
    "hours/user/week": "hours",
    "hours/unit": "hours",
    "NOK/hour": "NOK",
    "NOK/dwelling": "NOK",
    "NOK/dwelling/year": "NOK",
    "dwellings/facility": "dwellings",
    "persons/municipality": "persons",
    "namings/municipality": "namings",
}


def number(value: float, decimals: int = 0) -> str:
    """The number with spaces between thousands; below zero with a word, never a bare sign.

    >>> number(124_008), number(148.22, 1), number(-5)
    ('124 008', '148.2', 'minus 5')
    """
    text = f"{abs(value):,.{decimals}f}".replace(",", " ")
    return f"minus {text}" if value < 0 and float(text.replace(" ", "")) != 0 else text


def amount(value: float, unit: str) -> str:
    """The value with its unit, as people say it; the sign is left to the words around it.

    >>> amount(116_443_512, "NOK/year"), amount(939, "NOK/inhabitant")
    ('116.4 million NOK a year', '939 NOK per inhabitant')
    """
    if unit in SAID:
        return SAID[unit](value)
    size = abs(value)
    noun = NOUNS.get(unit, unit)
    period = PER.get(unit, "")
    if unit.startswith("NOK") and size >= 999_950_000:
        return f"{number(value / BILLION, 2)} billion {noun}{period}"
    if unit.startswith("NOK") and size >= 999_500:
        return f"{number(value / MILLION, 1)} million {noun}{period}"
    decimals = 1 if unit == "FTE" or (size < 100 and value != int(value)) else 0
    if unit == "FTE" and value < 0:
        return f"{number(size, decimals)} more FTE"
    if value == 1 and noun in SINGULAR:
        noun = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
    return f"{number(value, decimals)} {noun}{period}"


def in_millions(unit: str, values: Iterable[float]) -> tuple[float, str]:
    """What amounts are divided by, so that the largest can be said aloud, and the unit of that.

    >>> in_millions("NOK/year", [2_500_000]), in_millions("FTE", [2_500_000])
    ((1000000, 'million NOK/year'), (1, 'FTE'))
    """
    if unit.startswith("NOK") and max(map(abs, values), default=0) >= MILLION:
        return MILLION, unit.replace("NOK", "million NOK", 1)
    return 1, unit


def full(value: float, unit: str) -> str:
    """The amount to the last krone, where millions would hide what is compared.

    >>> full(1_156_000, "NOK/unit")
    '1 156 000 NOK'
    """
    return f"{number(value)} {NOUNS.get(unit, unit)}{PER.get(unit, '')}"


def precise(value: float, unit: str, digits: int) -> str:
    """The value with that many significant digits, and its unit: as it can be given back as an input.

    >>> precise(2_461_603.2, "NOK", 5), precise(0.0100489, "share", 6), precise(1.0756, "ratio", 4)
    ('2 461 600 NOK', '1.00489 %', '1.0760')
    """
    in_percent = unit in ("share", "rate/year")
    rounded = Decimal(f"{value * 100 if in_percent else value:.{digits}g}")
    whole, _, decimals = f"{abs(rounded):,f}".replace(",", " ").partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 3 and not in_percent and whole != "0":
        decimals += "0"
    text = f"{'minus ' if rounded < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"
    if in_percent:
        return f"{text} %{PER.get(unit, '')}"
    noun = "" if unit in ("ratio", "index", "") else NOUNS.get(unit, unit)
    return f"{text} {noun}{PER.get(unit, '')}".strip()


def percent(value: float) -> str:
    """The share in per cent, with a decimal where it has one.

    >>> percent(0.055), percent(1.0)
    ('5.5 %', '100 %')
    """
    rounded = round(value * 100, 1)
    return f"{number(rounded, 0 if rounded == int(rounded) else 1)} %"


SAID: dict[str, Callable[[float], str]] = {
    "share": percent,
    "ratio": percent,
    "rate/year": lambda value: f"{percent(value)} a year",
    "year": "{:.0f}".format,
    "month": "{:.0f}".format,
    "yes or no": lambda value: "yes" if value else "no",
    "index": lambda value: f"{value:.4g}".replace("-", "minus "),
    "rank": lambda value: f"no. {value:.4g}",
}
"""How values are said of which the unit is not."""


def saves(value: float, unit: str) -> str:
    """Whether the amount is saved or spent."""
    if value == 0:
        return "saves nothing"
    said = amount(abs(value), unit)
    if is_nothing(said):
        return "no change"
    if value > 0:
        return f"saves {said}"
    noun = NOUNS.get(unit, unit)
    return f"costs {said.replace(noun, f'{noun} more', 1)}"


def saving(value: float, unit: str) -> str:
    """The same without the period, for a column whose heading has it."""
    return saves(value, unit).removesuffix(PER.get(unit, ""))


def either(value: float, said: str, above: str, below: str, same: str) -> str:
    """What is said of the size, with the word for the side of zero that the value is on."""
    return same if is_nothing(said) else f"{said} {above if value > 0 else below}"


def is_nothing(said: str) -> bool:
    """Whether the amount, as it is said, is zero: below the last digit that is said there is no change.

    >>> is_nothing("0.0 NOK"), is_nothing("0 per 1 000"), is_nothing("0.1 NOK")
    (True, True, False)
    """
    return not re.search("[1-9]", re.match(r"(minus )?[0-9. ]*", said)[0])  # type: ignore[index]  # it matches nothing at the least


def short(value: float, unit: str) -> str:
    """The amount without its period, for a column whose heading has it."""
    return amount(value, unit).removesuffix(PER.get(unit, ""))


def above(value: float, unit: str) -> str:
    """Whether the amount lies above or below what is compared with."""
    return either(value, short(abs(value), unit), "above", "below", "no difference")


def fewer(value: float, unit: str) -> str:
    """How much less it would be; where the value is below zero, how much more."""
    return either(value, short(abs(value), unit), "fewer", "more", "no difference")


def more(value: float, unit: str) -> str:
    """Whether the amount comes on top or falls away."""
    return either(value, amount(abs(value), unit), "more", "less", "no change")


def step(value: float, unit: str) -> str:
    """The same without the period, of a step from one amount to another."""
    return either(value, short(abs(value), unit), "more", "less", "no change")


def change(value: float) -> str:
    """The share that something grew or shrank by."""
    return either(value, percent(abs(value)), "up", "down", "unchanged")


def points(value: float) -> str:
    """The change of a share or an index, in percentage points.

    >>> points(-0.008)
    '0.8 points down'
    """
    return _in_points(value, "up", "down", "unchanged")


def _in_points(value: float, above: str, below: str, same: str = "no difference") -> str:
    said = percent(abs(value)).removesuffix(" %")
    return either(value, f"{said} {'point' if said == '1' else 'points'}", above, below, same)


def apart(value: float, unit: str) -> str:
    """How far a level lies above or below another: of shares in percentage points."""
    return _in_points(value, "above", "below") if unit == "share" else above(value, unit)


def rises(value: float, unit: str) -> str:
    """How much a level has risen or fallen: of shares in percentage points."""
    return points(value) if unit == "share" else either(value, short(abs(value), unit), "up", "down", "unchanged")


def gains(value: float, unit: str) -> str:
    """Whether somebody gains or loses the amount."""
    said = amount(abs(value), unit)
    if is_nothing(said):
        return "gains nothing"
    return f"{'gains' if value > 0 else 'loses'} {said}"


def changed(value: float, unit: str) -> str:
    """How much higher or lower it has become."""
    return either(value, short(abs(value), unit), "higher", "lower", "no change")


def bare(value: float, unit: str) -> str:
    """The number without its unit, for a column whose heading has it."""
    return amount(value, unit).removesuffix(" FTE") if unit == "FTE" else number(value)


def aside(value: float, unit: str) -> str:
    """The size in brackets, beside an amount that says the direction; nothing beside an amount of nothing."""
    said = amount(abs(value), unit)
    return "" if is_nothing(said) else f"({said})"


def times(value: float) -> str:
    """How many times as much, where a share of it would be taken for what comes on top.

    >>> times(3.0), times(1.6337)
    ('3 times', '1.63 times')
    """
    return f"{number(value, 2).rstrip('0').rstrip('.')} times"


def positive(value: float) -> str | None:
    """The share in per cent; nothing to say where it is not above zero."""
    return percent(value) if value > 0 else None


IF_THERE = "beside"
"""The way of a figure at the end of a sentence that is said without it where it is left out."""
WAYS: dict[str, Callable[[float, str], str | None]] = {
    "": amount,
    "saves": saves,
    "saving": saving,
    "full": full,
    "above": above,
    "fewer": fewer,
    "step": step,
    "size": lambda value, unit: amount(abs(value), unit),
    "taken": lambda value, unit: step(-value, unit),
    "apart": apart,
    "rises": rises,
    "gains": gains,
    "more": more,
    "changed": changed,
    "number": bare,
    "number1": lambda value, _: number(value, 1),
    "figures": lambda value, _: number_text(value),
    "short": short,
    "aside": aside,
    "adjusted": lambda value, _: "(need-adjusted)" if value else "",
    IF_THERE: lambda value, unit: f", {amount(value, unit)}",
    "percent": lambda value, _: percent(value),
    "change": lambda value, _: change(value),
    "points": lambda value, _: points(value),
    "times": lambda value, _: times(value),
    "several": lambda value, unit: amount(value, unit) if value > 1 else None,
    "any": lambda value, unit: None if is_nothing(amount(value, unit)) else amount(value, unit),
    "possible": lambda value, _: percent(value) if value <= 1 else None,
    "positive": lambda value, _: positive(value),
    "break_even": lambda value, _: positive(value) or "does not, even at no cost",
}
