"""Numbers as people write them: `124 008`, `5,5 %`, `12,5 mill. kr`, `1/3`, and months as `2020-07` or `juli 2020`.

The one reader of all numbers in text. What can be read in two ways is refused, with both.
"""

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple, Self

from omsorg_cli.core.language import phrase, say, with_separators

SCALES = {
    Fraction(1_000): ("tusen", "thousand"),
    Fraction(1_000_000): ("mill.", "mill", "mio.", "mio", "million", "millions", "millioner"),
    Fraction(1_000_000_000): ("mrd.", "mrd", "milliard", "milliarder", "billion", "billions"),
}
"""What a number is multiplied by, and the words that say so."""

UNITS: dict[tuple[str, Fraction], tuple[str, ...]] = {
    ("NOK", Fraction(1)): ("NOK", "kr", "kr.", "kroner", "krone"),
    ("NOK", Fraction(1_000)): ("kNOK", "TNOK", "tkr"),
    ("NOK", Fraction(1_000_000)): ("MNOK", "mkr"),
    ("share", Fraction(1, 100)): ("%", "prosent", "pst.", "pst", "pct.", "pct", "per cent", "percent"),
    ("hours", Fraction(1)): ("h", "hours", "hour", "timer", "time"),
    ("FTE", Fraction(1)): ("FTE", "årsverk"),
    ("inhabitants", Fraction(1)): ("inhabitants", "inhabitant", "innbyggere", "innbygger", "innb.", "innb"),
    ("persons", Fraction(1)): ("persons", "person", "personer"),
    ("places", Fraction(1)): ("places", "place", "plasser", "plass"),
    ("municipalities", Fraction(1)): ("municipalities", "municipality", "kommuner", "kommune"),
    ("dwellings", Fraction(1)): ("dwellings", "dwelling", "boliger", "bolig"),
    ("facilities", Fraction(1)): ("facilities", "facility"),
    ("units", Fraction(1)): ("units", "unit", "enheter", "enhet"),
    ("providers", Fraction(1)): ("providers", "provider", "leverandører", "leverandør"),
    ("namings", Fraction(1)): ("mentions", "mention", "namings", "naming", "oppføringer", "oppføring"),
    ("requirements", Fraction(1)): ("requirements", "requirement", "krav"),
    ("points", Fraction(1)): ("points", "point"),
    ("times", Fraction(1)): ("times", "ganger"),
    ("decimals", Fraction(1)): ("decimals", "decimal", "desimaler", "desimal"),
    ("days", Fraction(1)): ("days", "day", "dager", "dag"),
    ("index number", Fraction(1)): ("index number", "indekstall"),
    ("weeks", Fraction(1)): ("weeks", "week", "uker", "uke"),
    ("months", Fraction(1)): ("months", "month", "måneder", "måned"),
    ("years", Fraction(1)): ("years", "year", "år"),
    ("per 1000", Fraction(1)): ("per 1 000", "per 1000"),
    ("users", Fraction(1)): ("users", "user", "brukere", "bruker"),
}
"""What each unit measures and multiplies by, and the words that text may end in for it, in capitals or not."""

PER = {
    "year": ("year", "år", "året"),
    "week": ("week", "uke", "uka", "uken"),
    "hour": ("hour", "time", "timen"),
    "user": ("user", "bruker"),
    "inhabitant": ("inhabitant", "innbygger", "innb.", "innb"),
    "FTE": ("FTE", "årsverk"),
    "place": ("place", "plass"),
    "unit": ("unit", "enhet"),
    "dwelling": ("dwelling", "bolig"),
    "facility": ("facility",),
    "municipality": ("municipality", "kommune"),
    "1000 inhabitants": ("1000 inhabitants", "1 000 inhabitants", "1000 innbyggere", "1 000 innbyggere"),
}
"""What a unit may be counted by: `a year`, `per bruker`, `/FTE`."""

MONTHS = (
    ("january", "januar", "jan"),
    ("february", "februar", "feb"),
    ("march", "mars", "mar"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "desember", "dec", "des"),
)
"""The names of each month, in English and Norwegian."""

FORMS = (
    (
        "124 008",
        "124_008 · 1.240.080 · 1,240,080",
        "thousands, set apart by spaces; by points or commas where two stand",
    ),
    ("5,5", "5.5 · ,5 · 1,25", "a comma and a point are decimal marks alike"),
    ("0,932", "0.055 · -0,055", "after a lone zero, three digits are decimals"),
    ("1 234,5", "1.234,50 · 1,234.50 · 1 234,567", "where two signs stand, the last is the decimal mark"),
    ("5,125 %", "5.5% · 5,5 prosent · 5,5 pst. · 5.5 per cent", "per cent; three digits are decimals here too"),
    (
        "12,5 mill. kr",
        "20 MNOK · 116 million NOK a year · 1,2 mrd. kr · 850 kNOK · 850 tkr · tkr 850",
        "kroner by scale",
    ),
    ("850 000 kr", "kr 850 000 · 850 000 NOK · 939 NOK per inhabitant", "kroner"),
    ("2 / 3", "1/3 · 839.20/433.62 · 4600/7.5", "a fraction"),
    ("−5", "-5 · –5 · minus 5", "a hyphen, a minus sign, a dash or the word"),
    ("1.5e6", "1e3", "a power of ten"),
    ("450 brukere", "148.2 FTE · 300 persons · 5,2 h · 2 500 hours a year", "the unit of the input"),
)
"""Each way to write a number: an example, more of its kind, and what it is. The documentation prints this table."""

MONTH_FORMS = ("2024-07", "2024-07-01", "07.2024", "01.07.2024", "juli 2024", "July 2024", "1. juli 2024")
"""Ways to write one month."""

MAX_LENGTH = 60
MOST_STATED = 1e300
"""The largest number that a scenario may state: in per cent it is a number yet."""
LARGEST, SMALLEST = 1e100, 1e-100
"""Beyond the one a figure is not calculated, below the other it is zero: squares and sums of them are numbers."""
BILLION = 1_000_000_000
MOST_EXACT = 1e15
"""Below this, each digit before the decimal sign is one of the number."""
UNDIVIDED = Fraction(1), Fraction(1), None
THREE_DIGITS = phrase("has a comma or a point before exactly three digits")
NO_NUMBER = phrase("is not a number (write for example 124 008; 5.5%; 20 MNOK; 1/3)")
PARTS = ("year", "month", "day")
_GAP = r"[ \u00a0\u202f\u2009_]"
_BODY = rf"[0-9](?:[0-9.,]|{_GAP}(?=[0-9]))*[0-9]|[0-9]|[.,][0-9]+"
_NUMBER = (
    rf"(?i)(?:(?P<before>kr\.?|nok|tkr|knok|mnok)\s*)?(?P<sign>[-+−–]\s?|minus )?(?P<body>{_BODY})"
    rf"(?:\s?/\s?(?P<below>{_BODY}))?(?:e(?P<exponent>[-+]?[0-9]{{1,4}}))?\s*(?P<unit>[^0-9].*)?"
)
_GROUPED = rf"[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+(?:[.,][0-9]+)?"
_TWO_SIGNS = r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})"
_JOINTS = r"\s*/\s*|\s+(?:per|pr\.?|an?|i|and|for each)\s+"
_THREE_DECIMALS = r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}"
_MONTH = (
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?"
    r"|(?:(?P<day2>\d{1,2})\.)?(?P<month2>\d{1,2})[./](?P<year2>\d{4})"
    r"|(?:(?P<day3>\d{1,2})\.? ?)?(?P<name>[^\W\d]+)\.? (?P<year3>\d{4})"
)


class Written(float):
    """A number that stands bare in a scenario, with the text that it was written as."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str | float) -> Self:
        """The number of the text."""
        made = super().__new__(cls, text)
        made.text = str(text)
        return made

    @property
    def looks_grouped(self) -> bool:
        """Whether what is a decimal point may have been meant to set thousands apart."""
        return re.fullmatch(_THREE_DECIMALS, self.text) is not None


class Typed(NamedTuple):
    """A number as text states it.

    `measures` is what its unit measures (empty without one), `per` what that is counted by, `step` the size of its last
    digit (zero for a fraction), `otherwise` the number that it also can be read as, where it can.
    """

    number: float
    measures: str
    per: tuple[str, ...] = ()
    step: float = 0.0
    otherwise: float | None = None


@lru_cache(maxsize=256)
def typed(text: str) -> Typed:
    """The number that the text states, with its unit and its other reading, if it has one.

    >>> typed("116 mill. kr i året")
    Typed(number=116000000.0, measures='NOK', per=('year',), step=1000000.0, otherwise=None)

    Raises `ValueError` with a sentence that says what is wrong.
    """
    bare = text.strip().removesuffix(",-").removesuffix("(need-adjusted)").strip()
    match = re.fullmatch(_NUMBER, bare) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise ValueError(say(NO_NUMBER))
    measures, factor, per = _unit(match["before"] or "", match["unit"] or "")
    settled = bool(match["exponent"]) or measures == "share"
    above, step, other = _decimal(match["body"], settled=settled)
    below, _, other_below = _decimal(match["below"], settled=settled) if match["below"] else UNDIVIDED
    if not below:
        raise ValueError(say("divides by zero"))
    factor *= Fraction(10) ** int(match["exponent"] or 0) * (-1 if (match["sign"] or "+")[0] in "-−–mM" else 1)
    number = _float(above / below * factor)
    otherwise = (above if other is None else other) / (below if other_below is None else other_below)
    if otherwise == above / below:
        return Typed(number, measures, per, 0.0 if match["below"] else abs(_float(step * factor)))
    return Typed(number, measures, per, abs(_float(step * factor)), _float(otherwise * factor))


def parse_number(text: str) -> tuple[float, str]:
    """The number that the text states, and what its unit measures (empty without one).

    >>> parse_number("5,5 %")
    (0.055, 'share')
    >>> parse_number("20 MNOK")
    (20000000.0, 'NOK')

    Raises `ValueError` with a sentence that says what is wrong; what can be read in two ways is.
    """
    found = typed(text)
    if found.otherwise is not None:
        raise ValueError(two_ways(found))
    return found.number, found.measures


def two_ways(found: Typed) -> str:
    """The sentence of a number that can be read in two ways, with how to write each."""
    assert found.otherwise is not None
    one, other = number_text(found.otherwise), exact_text(found.number)
    return say(
        'has a comma or a point before exactly three digits and can be read as {one} or as {other}: write "{one}" or '
        '"{other}"',
        one=one,
        other=other,
    )


def _decimal(body: str, *, settled: bool) -> tuple[Fraction, Fraction, Fraction | None]:
    """The number of the digits, the size of the last one, and the other reading: one sign before three digits."""
    whole, _, decimals = body.replace(",", ".").partition(".")
    if f"{whole}{decimals}".isdecimal():
        ambiguous = len(decimals) == 3 and 1 <= len(whole) <= 3 and whole != "0" and not settled
        return *_plain(whole, decimals), Fraction(int(whole + decimals)) if ambiguous else None
    if re.fullmatch(_GROUPED, body):
        whole, _, decimals = re.sub(_GAP, "", body).replace(",", ".").partition(".")
        return *_plain(whole, decimals), None
    if re.fullmatch(_TWO_SIGNS, body):
        has_decimals = len(set(body) & set(".,")) == 2
        *groups, last = re.split(r"[.,]", body)
        whole = "".join(groups)
        return *(_plain(whole, last) if has_decimals else _plain(whole + last, "")), None
    raise ValueError(say(NO_NUMBER))


def _plain(whole: str, decimals: str) -> tuple[Fraction, Fraction]:
    """The number of the digits before and after the decimal mark, and the size of its last digit."""
    if len(whole) > 1 and whole.startswith("0"):
        raise ValueError(say("begins with a zero, as codes do and numbers do not"))
    parts = 10 ** len(decimals)
    return Fraction(int(whole + decimals), parts), Fraction(1, parts)


@cache
def _words() -> dict[str, tuple[str, Fraction]]:
    return {word.casefold(): unit for unit, words in UNITS.items() for word in words}


@lru_cache(maxsize=256)
def _unit(before: str, after: str) -> tuple[str, Fraction, tuple[str, ...]]:
    """What the words before and after a number measure, multiply by, and are counted by."""
    text = " ".join(after.casefold().split())
    factor = Fraction(1)
    for scale, words in SCALES.items():
        said = next((word for word in sorted(words, key=len, reverse=True) if f"{text} ".startswith(f"{word} ")), None)
        if said is not None:
            factor, text = scale, text[len(said) :].strip()
            break
    if before and (not text or re.match(_JOINTS, f" {text}")):
        text = f"{before.casefold()} {text}".strip()
    elif before:
        raise ValueError(say("has two units, {before} and {after}", before=before, after=after))
    if factor == BILLION and "billion" in after.casefold() and text.startswith("kr"):
        raise ValueError(say("has a billion kroner, which is 10⁹ in English and 10¹² in Norwegian: write mrd. or NOK"))
    measures, own, per = _counted(text, after)
    if factor != 1 and measures == "share":
        raise ValueError(say("has the unit {unit}, which does not exist", unit=after))
    return measures, factor * own, per


def _counted(text: str, said: str) -> tuple[str, Fraction, tuple[str, ...]]:
    """The unit at the beginning of the text, and what it is counted by."""
    words = _words()
    if not text or text in words:
        return *words.get(text, ("", Fraction(1))), ()
    unit = next((word for word in sorted(words, key=len, reverse=True) if _begins_with(text, word)), None)
    if unit is None:
        raise ValueError(
            say(
                "ends in the unknown unit {unit}; units are NOK, kr, kNOK, MNOK, mill. kr, mrd. kr, %, h, and the "
                "input's own",
                unit=said,
            )
        )
    known = {word.casefold(): name for name, names in PER.items() for word in names}
    parts = [part for part in re.split(_JOINTS, text[len(unit) :]) if part.strip()]
    if any(part.strip() not in known for part in parts):
        raise ValueError(say("ends in the unknown unit {unit}", unit=said))
    return *words[unit], tuple(known[part.strip()] for part in parts)


def _begins_with(text: str, word: str) -> bool:
    return text == word or (text.startswith(word) and text[len(word)] in " /")


def _float(number: Fraction) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def set_apart(text: str) -> list[str]:
    """The texts of a list: set apart by semicolons, by commas with a space, or by commas alone.

    >>> set_apart("0,7; 0,8"), set_apart("0,7, 0,8"), set_apart("1,2")
    (['0,7', '0,8'], ['0,7', '0,8'], ['1', '2'])
    """
    sign = r";" if ";" in text else r",\s+" if re.search(r",\s", text.strip()) else ","
    return [one.strip() for one in re.split(sign, text)]


def digit_step(raw: object) -> float:
    """The size of the last digit that was typed; zero for what is exact, such as a fraction, or is no number.

    >>> digit_step(0.3333), digit_step("33,33 %"), digit_step("1/3")
    (0.0001, 0.0001, 0.0)
    """
    if isinstance(raw, dict):
        return digit_step(raw.get("value"))
    if isinstance(raw, str):
        try:
            return typed(raw).step
        except ValueError:
            return 0.0
    if isinstance(raw, float) and math.isfinite(raw):
        text = raw.text if isinstance(raw, Written) else repr(raw)
        mantissa, _, power = text.lower().replace("_", "").partition("e")
        return float(10.0 ** (int(power or 0) - len(mantissa.partition(".")[2])))
    return 0.0


def half_up(value: float) -> float:
    """The number a whisker further from zero, so that Python's formats round what lies halfway up, as people do.

    >>> f"{6.25:.1f}", f"{half_up(6.25):.1f}", f"{half_up(2.675):.2f}", f"{half_up(-0.5):.0f}"
    ('6.2', '6.3', '2.68', '-1')
    """
    return value * (1 + 1e-15)


def grouped(size: float, decimals: int = 0) -> str:
    """A number that is not negative, in Python's signs: a large one with zeros after the digits that it has.

    >>> grouped(116_443_512.25, 1), grouped(2e22), grouped(1 / 3 * 1e18)
    ('116,443,512.3', '20,000,000,000,000,000,000,000', '333,333,333,333,333,000')
    """
    return f"{half_up(size) if size < MOST_EXACT else Decimal(f'{size:.15g}'):,.{decimals}f}"


def number_text(value: float) -> str:
    """The number as people are shown it where every digit counts: six digits, and never what could be read two ways.

    >>> number_text(116_443_512.0), number_text(0.29166666), number_text(28.125), number_text(837.6484)
    ('116 443 512', '0.291667', '28.1250', '837.65')
    """
    size = half_up(abs(value))
    text = f"{size:,.6g}" if size < 1000 else grouped(abs(value), 2).removesuffix(".00")
    whole, _, decimals = text.partition(".")
    if len(decimals) == 3 and whole != "0" and "e" not in text:
        text = f"{size:.2f}" if size >= 100 else f"{size:.4f}"
    said = with_separators(text)
    return f"−{said}" if value < 0 else said


def bare_text(value: float) -> str:
    """The shortest decimal that is the number at 15 significant digits, without noise of binary fractions.

    >>> bare_text(103875000.00000003), bare_text(66736800.0000001), bare_text(1 / 3), bare_text(-2.0)
    ('103875000', '66736800', '0.333333333333333', '-2')
    """
    short = f"{value + 0.0:.12g}"
    return short if math.isclose(float(short), value, rel_tol=1e-14) else f"{value + 0.0:.15g}"


def exact_text(value: float) -> str:
    """The number with all its digits, as the reader reads it back."""
    text = repr(float(value))
    whole, _, decimals = text.lstrip("-").partition(".")
    return f"{text}0" if len(decimals) == 3 and decimals.isdigit() and len(whole) <= 3 else text


def parse_month(text: str) -> int:
    """The month as a count of months since year 0, so that differences are months.

    >>> parse_month("juli 2020") - parse_month("2020-01")
    6
    """
    match = re.fullmatch(_MONTH, " ".join(text.casefold().split()))
    found = match.groupdict() if match else {}
    year, month, day = (
        next((found[key] for key in found if key.startswith(part) and found[key]), "") for part in PARTS
    )
    index = int(month) - 1 if month else next((at for at, names in enumerate(MONTHS) if found.get("name") in names), -1)
    if not year or not 0 <= index < 12:
        raise ValueError(say("is not a month such as 2020-07"))
    if day and int(day) != 1:
        raise ValueError(say("is a day in the middle of a month, not a month such as 2020-07"))
    return int(year) * 12 + index


MONTHS_SAID = (
    phrase("January {year}"),
    phrase("February {year}"),
    phrase("March {year}"),
    phrase("April {year}"),
    phrase("May {year}"),
    phrase("June {year}"),
    phrase("July {year}"),
    phrase("August {year}"),
    phrase("September {year}"),
    phrase("October {year}"),
    phrase("November {year}"),
    phrase("December {year}"),
)
"""What people read for a month."""


def month_said(month: float) -> str:
    """The month as people read it.

    >>> month_said(parse_month("2020-07"))
    'July 2020'
    """
    year, index = divmod(int(month), 12)
    return say(MONTHS_SAID[index], year=f"{year:04d}")


def month_text(month: float) -> str:
    """The month as scenarios and data write it: the inverse of `parse_month`."""
    year, index = divmod(int(month), 12)
    return f"{year:04d}-{index + 1:02d}"
