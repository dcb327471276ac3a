"""Numbers as people write them: `124 008`, `5,5 %`, `20 MNOK`, `1/3`, and months as `2020-07`."""

import math
import re
from fractions import Fraction

UNITS = {
    "": ("", Fraction(1)),
    "NOK": ("NOK", Fraction(1)),
    "kNOK": ("NOK", Fraction(1_000)),
    "MNOK": ("NOK", Fraction(1_000_000)),
    "%": ("share", Fraction(1, 100)),
    "h": ("hours", Fraction(1)),
}
"""Each unit that text may end in: what it measures, and what it multiplies by."""

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?P<sign>[-+−]?)(?P<whole>\d+|\d{{1,3}}(?:[{_SPACES}_]\d{{3}})+)"
    rf"(?:(?P<mark>[.,])(?P<decimals>\d+)|/(?P<below>\d+))?"
    rf"(?:[eE](?P<exponent>[-+]?\d{{1,4}}))?[{_SPACES}]*(?P<unit>[A-Za-zÆØÅæøå%]*)"
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
MAX_LENGTH = 60


def parse_number(text: str) -> tuple[float, str]:
    """The number that the text states, and what its unit measures (empty without one).

    >>> parse_number("5,5 %")
    (0.055, 'share')
    >>> parse_number("20 MNOK")
    (20000000.0, 'NOK')

    Raises `ValueError` with a sentence that says what is wrong.
    """
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise ValueError("is not a number such as 124 008, 5.5 %, 20 MNOK or 1/3")
    if match["unit"] not in UNITS:
        raise ValueError(f"ends in the unknown unit {match['unit']}; units are NOK, kNOK, MNOK, % and h")
    if match["mark"] == "," and len(match["decimals"]) == 3:
        raise ValueError("has a comma before exactly three digits: write a space for thousands, or a decimal point")
    if match["below"] and not int(match["below"]):
        raise ValueError("divides by zero")
    measures, factor = UNITS[match["unit"]]
    return _float(_fraction(match) * factor), measures


def _fraction(match: re.Match[str]) -> Fraction:
    whole = re.sub(rf"[{_SPACES}_]", "", match["whole"])
    number = Fraction(f"{whole}.{match['decimals'] or 0}") / int(match["below"] or 1)
    sign = -1 if match["sign"] in ("-", "−") else 1
    return sign * number * Fraction(10) ** int(match["exponent"] or 0)


def _float(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def parse_month(text: str) -> int:
    """The month as a count of months since year 0, so that differences are months.

    >>> parse_month("2020-07") - parse_month("2020-01")
    6
    """
    match = _MONTH.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        raise ValueError("is not a month such as 2020-07")
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(month: float) -> str:
    """The month as people write it: the inverse of `parse_month`."""
    year, index = divmod(int(month), 12)
    return f"{year:04d}-{index + 1:02d}"
