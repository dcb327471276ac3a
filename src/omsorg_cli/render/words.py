"""How numbers are said: with units, in amounts that people can say aloud, never with a bare sign.

Templates name a way after the figure: `{gap_share:percent}`. Without one, the unit decides.
"""

import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from omsorg_cli.core.language import count, phrase, say, with_separators
from omsorg_cli.core.numbers import grouped, half_up, number_text

MILLION = 1_000_000
BILLION = 1_000_000_000
MOST_LETTERS = 30
"""Letters of a number that is given back as an input: with its unit they are not more than are read."""
KRONER = (
    (999_950_000, BILLION, 2, phrase("{number} billion NOK")),
    (999_500, MILLION, 1, phrase("{number} million NOK")),
    (0, 1, 0, phrase("{number} NOK")),
)
"""From which size on kroner are said in a scale, with how many decimals."""
ONE_KRONE = phrase("1 NOK")
COUNTED = {
    "FTE": (phrase("{number} FTE"), phrase("{number} FTE")),
    "months": (phrase("{number} month"), phrase("{number} months")),
    "years": (phrase("{number} year"), phrase("{number} years")),
    "persons": (phrase("{number} person"), phrase("{number} persons")),
    "places": (phrase("{number} place"), phrase("{number} places")),
    "hours": (phrase("{number} hour"), phrase("{number} hours")),
    "inhabitants": (phrase("{number} inhabitant"), phrase("{number} inhabitants")),
    "units": (phrase("{number} unit"), phrase("{number} units")),
    "requirements": (phrase("{number} requirement"), phrase("{number} requirements")),
    "dwellings": (phrase("{number} dwelling"), phrase("{number} dwellings")),
    "facilities": (phrase("{number} facility"), phrase("{number} facilities")),
    "points": (phrase("{number} point"), phrase("{number} points")),
    "times": (phrase("{number} time"), phrase("{number} times")),
    "municipalities": (phrase("{number} municipality"), phrase("{number} municipalities")),
    "providers": (phrase("{number} provider"), phrase("{number} providers")),
    "namings": (phrase("{number} mention"), phrase("{number} mentions")),
    "percentage points": (phrase("{number} percentage point"), phrase("{number} percentage points")),
    "decimals": (phrase("{number} decimal"), phrase("{number} decimals")),
    "days": (phrase("{number} day"), phrase("{number} days")),
    "weeks": (phrase("{number} week"), phrase("{number} weeks")),
    "users": (phrase("{number} user"), phrase("{number} users")),
    "per 1000": (phrase("{number} per 1 000"), phrase("{number} per 1 000")),
}
"""What is counted, beside a one and beside any other number."""
COUNTED_IN = {"hours/inhabitant/year": "hours"}
PER = {
    "NOK/year": phrase("{amount} a year"),
    "hours/year": phrase("{amount} a year"),
    "FTE/year": phrase("{amount} a year"),
    "hours/user/week": phrase("{amount} a week"),
    "hours/inhabitant/year": phrase("{amount} a year per inhabitant"),
    "rate/year": phrase("{amount} a year"),
    "NOK/inhabitant": phrase("{amount} per inhabitant"),
    "NOK/FTE": phrase("{amount} per FTE"),
    "NOK/hour": phrase("{amount} per hour"),
    "NOK/dwelling/year": phrase("{amount} a year"),
    "NOK/user/year": phrase("{amount} per user per year"),
    "NOK/place": phrase("{amount} per place"),
    "NOK/place/year": phrase("{amount} per place per year"),
    "persons/municipality": phrase("{amount} per municipality"),
    "namings/municipality": phrase("{amount} per municipality"),
}
"""What is said after the size of an amount; a heading may say it instead."""


def number(value: float, decimals: int = 0) -> str:
    """The number with spaces between thousands; below zero with a word, never a bare sign.

    >>> number(124_008), number(148.22, 1), number(-5)
    ('124 008', '148.2', 'minus 5')
    """
    text = grouped(abs(value), decimals)
    said = with_separators(text)
    return say("minus {number}", number=said) if value < 0 and re.search("[1-9]", text) else said


def size(value: float, unit: str) -> str:
    """The value with what it counts and without its period, for a column whose heading has it."""
    if unit in SAID:
        return SAID[unit](value)
    if unit.startswith("NOK"):
        scale, decimals, template = next(one[1:] for one in KRONER if abs(value) >= one[0])
        text = number(value / scale, _decimals(value, decimals) if scale == 1 else decimals)
        return in_kroner(text) if scale == 1 else say(template, number=text)
    one, many = counted(unit)
    return say(one if value == 1 else many, number=number(value, 1 if unit == "FTE" else _decimals(value)))


def in_kroner(text: str) -> str:
    """The number that is said, in kroner."""
    return say(ONE_KRONE) if text == "1" else say(KRONER[-1][3], number=text)


def counted(unit: str) -> tuple[str, str]:
    """The templates that say what the unit counts, beside a one and beside any other number."""
    noun = unit.split("/", maxsplit=1)[0]
    return COUNTED.get(noun) or (f"{{number}} {noun}",) * 2


def _decimals(value: float, decimals: int = 0) -> int:
    """Small amounts that are not whole have one."""
    return 1 if abs(value) < 100 and value != int(value) else decimals


def per(said: str, unit: str) -> str:
    """What is said of the size, with the period of the unit."""
    return say(PER[unit], amount=said) if unit in PER else said


def amount(value: float, unit: str) -> str:
    """The value with its unit, as people say it; the sign is left to the words around it.

    >>> amount(116_443_512, "NOK/year"), amount(939, "NOK/inhabitant")
    ('116.4 million NOK a year', '939 NOK per inhabitant')
    """
    return size(value, unit) if unit in SAID else per(size(value, unit), unit)


def stated(value: float, unit: str) -> str:
    """What is stated, with its unit: of kroner in a scale at least three figures, where there are as many.

    >>> stated(1_080_000, "NOK/user/year"), stated(1_156_000, "NOK/unit"), stated(2_000_000, "NOK")
    ('1.08 million NOK per user per year', '1.16 million NOK', '2.0 million NOK')
    """
    return amount(value, unit) if unit in SAID else per(stated_size(value, unit), unit)


def stated_size(value: float, unit: str) -> str:
    """The same without its period, for a column whose heading has it."""
    scale, decimals, template = next(one[1:] for one in KRONER if abs(value) >= one[0])
    if unit in SAID or not unit.startswith("NOK") or scale != MILLION or abs(value) >= 10 * MILLION:
        return size(value, unit)
    return say(
        template, number=number(value / scale, decimals if round(half_up(value / scale), 2) * 10 % 1 == 0 else 2)
    )


def printed(value: float, unit: str) -> str:
    """The amount as a document prints it: a whole number of its scale has no decimal.

    >>> printed(116_000_000, "NOK/year"), printed(41_500_000, "NOK/year"), printed(246, "FTE")
    ('116 million NOK a year', '41.5 million NOK a year', '246 FTE')
    """
    return re.sub(r"(?<=\d)[.,]0(?=\D)", "", amount(value, unit))


def prose(value: float, unit: str) -> str:
    """The size of the amount in three significant figures, for a sentence that somebody reads aloud.

    >>> prose(116_443_512, "NOK/year"), prose(-1_243_700, "NOK"), prose(138.04, "FTE"), prose(0.7, "FTE")
    ('116 million NOK a year', '1.24 million NOK', '138 FTE', '0.7 FTE')
    >>> prose(1_144_906, "hours/year")
    '1.14 million hours a year'
    """
    if unit in SAID:
        return SAID[unit](abs(value))
    size = _three_figures(value)
    if unit.startswith("NOK"):
        scale, _, template = next(one[1:] for one in KRONER if size >= one[0])
        said = _in_three(size / scale) if scale > 1 else number(size, _decimals(size))
        return per(say(template, number=said), unit)
    one, many = counted(unit)
    if size >= MILLION:
        return per(say(many, number=say("{number} million", number=_in_three(size / MILLION))), unit)
    return per(say(one if size == 1 else many, number=number(size, _decimals(size))), unit)


def _three_figures(value: float) -> float:
    """The size of the number; from a thousand on in three significant figures."""
    return abs(value) if abs(value) < 1_000 else float(f"{half_up(abs(value)):.3g}")


def _in_three(scaled_down: float) -> str:
    """The number in three figures, decimals included."""
    return number(scaled_down, max(0, 3 - len(str(int(scaled_down)))))


SCALES = ((MILLION, phrase("million NOK")), (1_000, phrase("thousand NOK")), (1, phrase("NOK")))
SCALED_PER = {
    "NOK/year": phrase("{amount} a year"),
    "NOK/inhabitant": phrase("{amount} per inhabitant"),
    "NOK/FTE": phrase("{amount} per FTE"),
}


def scale_of(units: Iterable[str], values: Iterable[float]) -> tuple[float, str]:
    """What the amounts of a table are divided by, so that the largest can be said aloud, and what that is called.

    >>> scale_of(["NOK/year"], [2_500_000]), scale_of(["NOK"], [700])
    ((1000000, 'million NOK a year'), (1, 'NOK'))
    """
    largest = max(map(abs, values), default=0)
    found = set(units)
    scale, said = next((scale, say(text)) for scale, text in SCALES if largest >= scale or scale == 1)
    unit = found.pop() if len(found) == 1 else ""
    return scale, say(SCALED_PER[unit], amount=said) if unit in SCALED_PER else said


class Directions(NamedTuple):
    """How a kind of money that goes either way is told: by a verb or a side, as a noun, and in a table below zero.

    Each with the template above zero, below it, and at zero.
    """

    side: tuple[str, str, str]
    noun: tuple[str, str, str]
    in_scale: tuple[str, str, str]
    difference: tuple[str, str, str]


LEVEL = phrase("{amount} more"), phrase("{amount} less"), phrase("no difference")
HIGHER = phrase("{amount} higher"), phrase("{amount} lower"), phrase("no difference")
"""How a figure that is no saving differs from another one: the same words on both sides of zero."""
NEITHER = phrase("neither a saving nor an extra cost")
DIRECTIONS = {
    "saving": Directions(
        (phrase("saves {amount}"), phrase("costs {amount} more"), phrase("no change")),
        (phrase("a saving of {amount}"), phrase("an extra cost of {amount}"), NEITHER),
        ("{amount}", phrase("costs {amount}"), "{amount}"),
        (phrase("saves {amount} more"), phrase("saves {amount} less"), phrase("no difference")),
    ),
    "gap": Directions(
        LEVEL,
        LEVEL,
        ("{amount}", phrase("{amount} less"), "{amount}"),
        HIGHER,
    ),
    "gain": Directions(
        (phrase("gains {amount}"), phrase("loses {amount}"), phrase("gains nothing")),
        (phrase("a gain of {amount}"), phrase("a loss of {amount}"), phrase("no gain")),
        ("{amount}", phrase("loses {amount}"), "{amount}"),
        HIGHER,
    ),
    "part": Directions(LEVEL, LEVEL, LEVEL, HIGHER),
    "flow": Directions(
        (phrase("receives {amount}"), phrase("pays {amount}"), phrase("pays nothing")),
        (phrase("net receipts of {amount}"), phrase("net payments of {amount}"), phrase("no net payments")),
        ("{amount}", phrase("pays {amount}"), "{amount}"),
        HIGHER,
    ),
}
"""The words for each kind of money that goes either way."""


def of_year(value: float, unit: str) -> str:
    """What is no money, in a table of years: of what has no halves, a tenth only where there are few.

    >>> of_year(5_120.7, "persons"), of_year(7.5, "persons"), of_year(148.22, "FTE")
    ('5 121', '7.5', '148.2')
    """
    return number(value, 0 if unit in WITHOUT_HALVES and abs(value) >= 100 else 1)


def scaled(value: float, scale: float, told: str = "") -> str:
    """The amount in the scale of its table; of money that goes either way, in the words of its kind.

    >>> scaled(116_443_512, 1_000_000), scaled(-2_000_000, 1_000_000, "saving"), scaled(-2_000_000, 1_000_000, "gap")
    ('116.4', 'costs 2.0', '2.0 less')
    """
    if not told:
        return number(value / scale, 1 if scale > 1 else 0)
    return either(value, number(abs(value) / scale, 1 if scale > 1 else 0), *DIRECTIONS[told].in_scale)


def net(value: float, scale: float) -> str:
    """The amount in the scale of its table; below zero, that it is saved.

    >>> net(2_000_000, 1_000_000), net(-2_000_000, 1_000_000)
    ('2.0', 'saves 2.0')
    """
    said = scaled(abs(value), scale)
    return say("saves {amount}", amount=said) if value < 0 and not is_nothing(said) else said


def scaled_more(value: float, scale: float) -> str:
    """How far the amount lies above or below another, in the scale of its table.

    >>> scaled_more(-2_000_000, 1_000_000)
    '2.0 lower'
    """
    return either(value, number(abs(value) / scale, 1 if scale > 1 else 0), *HIGHER)


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
    text = number(value)
    return per(in_kroner(text) if unit.startswith("NOK") else say(counted(unit)[1], number=text), unit)


def precise(value: float, unit: str, digits: int) -> str:
    """The value with that many significant digits, and its unit: as it can be given back as an input.

    >>> precise(2_461_603.2, "NOK", 5), precise(0.0100489, "share", 6), precise(1.0756, "ratio", 4)
    ('2 461 600 NOK', '1.00489%', '1.0760')
    >>> precise(1.25e-43, "NOK", 5)
    '1.25e-43 NOK'
    """
    in_percent = unit in ("share", "rate/year")
    rounded = Decimal(f"{half_up(value * 100 if in_percent else value):.{digits}g}")
    text = with_separators(_few_letters(abs(rounded), in_percent=in_percent))
    said = say("minus {number}", number=text) if rounded < 0 else text
    if in_percent:
        return per(say("{number}%", number=said), unit)
    if unit in ("ratio", "index", ""):
        return said
    one, many = counted(unit)
    whole = in_kroner(said) if unit.startswith("NOK") else say(one if said == "1" else many, number=said)
    return per(whole, unit)


def _few_letters(size: Decimal, *, in_percent: bool) -> str:
    """The number, not negative, in Python's signs: as a power of ten where it would have more letters than are read."""
    whole, _, decimals = f"{size:,f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) + len(decimals) > MOST_LETTERS:
        return f"{size.normalize():e}".replace("E", "e")
    if len(decimals) == 3 and not in_percent and whole != "0":
        decimals += "0"
    return f"{whole}{'.' if decimals else ''}{decimals}"


def exactly(value: float, unit: str) -> str:
    """The size of the amount, to the last whole number and with three significant digits at the least.

    >>> exactly(417_456, "hours/year"), exactly(0.589971, "FTE"), exactly(246.287, "FTE"), exactly(1, "hours/year")
    ('417 456 hours a year', '0.59 FTE', '246.3 FTE', '1 hour a year')
    """
    size = half_up(abs(value))
    return precise(size, unit, 3 if size < 100 else max(4, len(f"{size:.0f}")))


def percent(value: float) -> str:
    """The share in per cent, with a decimal where it has one.

    >>> percent(0.055), percent(1.0)
    ('5.5%', '100%')
    """
    return say("{number}%", number=_hundredths(value))


def excess(value: float) -> str:
    """How far a level lies above another, in per cent; below it, with the word.

    >>> excess(0.055), excess(-0.03)
    ('5.5%', '3% below')
    """
    said = percent(abs(value))
    return say(ABOVE[1], amount=said) if value < 0 and not is_nothing(said) else said


def _hundredths(value: float) -> str:
    rounded = round(half_up(value * 100), 1)
    return number(rounded, 0 if rounded == int(rounded) else 1)


def _significant(value: float) -> str:
    text = with_separators(f"{half_up(abs(value)):.4g}")
    return say("minus {number}", number=text) if value < 0 else text


SAID: dict[str, Callable[[float], str]] = {
    "share": percent,
    "ratio": percent,
    "rate/year": lambda value: say("{amount} a year", amount=percent(value)),
    "year": "{:.0f}".format,
    "month": "{:.0f}".format,
    "yes or no": lambda value: say("yes") if value else say("no"),
    "index": _significant,
    "rank": lambda value: say("no. {number}", number=f"{value:.4g}"),
}
"""How values are said of which the unit is not."""


def saves(value: float, unit: str) -> str:
    """Whether the amount is saved or spent."""
    return per(saving(value, unit), unit) if not is_nothing(size(abs(value), unit)) else say("no change")


def saving(value: float, unit: str) -> str:
    """The same without the period, for a column whose heading has it."""
    said = size(abs(value), unit)
    if is_nothing(said):
        return say("no change")
    return say("saves {amount}", amount=said) if value > 0 else say("costs {amount} more", amount=said)


def directed(value: float, unit: str, told: str) -> str:
    """The amount with the side of zero that it is on, in the words of its kind.

    >>> directed(939, "NOK/inhabitant", "gap"), directed(40_000_000, "NOK/year", "gain")
    ('939 NOK more per inhabitant', 'gains 40.0 million NOK a year')
    """
    return _directed(value, unit, DIRECTIONS[told].side)


def outcome(value: float, unit: str, told: str = "saving") -> str:
    """The same as a noun, such as the saving or the extra cost, for a sentence that has a verb already.

    >>> outcome(-291_667, "NOK"), outcome(4_583_333, "NOK")
    ('an extra cost of 292 000 NOK', 'a saving of 4.6 million NOK')
    """
    size = abs(value) if abs(value) >= MILLION else _three_figures(value)
    return _directed(math.copysign(size, value), unit, DIRECTIONS[told].noun)


def level(value: float, unit: str, told: str = "saving") -> str:
    """The same where the sentence names it: what is above zero is as large as the name says."""
    return amount(value, unit) if value >= 0 else outcome(value, unit, told)


def _directed(value: float, unit: str, templates: tuple[str, str, str]) -> str:
    said = size(abs(value), unit)
    return say(templates[2]) if is_nothing(said) else per(either(value, said, *templates), unit)


def either(value: float, said: str, above: str, below: str, same: str) -> str:
    """What is said of the size, in the template for the side of zero that the value is on."""
    return say(same if is_nothing(said) else above if value > 0 else below, amount=said)


def is_nothing(said: str) -> bool:
    """Whether the amount, as it is said, is zero: below the last digit that is said there is no change.

    >>> is_nothing("0.0 NOK"), is_nothing("0 per 1 000"), is_nothing("0.1 NOK")
    (True, True, False)
    """
    found = re.search(r"\d[\d.,\s]*", said)
    return found is None or not re.search("[1-9]", found[0])


def short(value: float, unit: str) -> str:
    """The amount without its period, for a column whose heading has it."""
    return size(value, unit)


def above(value: float, unit: str) -> str:
    """Whether the amount lies above or below what is compared with; a share is higher or lower."""
    return either(value, size(abs(value), unit), *(HIGHER if unit in SAID else ABOVE))


NUMERALS = (
    phrase("two"),
    phrase("three"),
    phrase("four"),
    phrase("five"),
    phrase("six"),
    phrase("seven"),
    phrase("eight"),
    phrase("nine"),
    phrase("ten"),
    phrase("eleven"),
    phrase("twelve"),
)
"""Small numbers as a sentence has them; one has a gender in some languages, and is said with what it counts."""
ONE = {"years": phrase("one year"), "months": phrase("one month")}


def numeral(value: float) -> str:
    """The number as a sentence has it: small ones as words.

    >>> numeral(5), numeral(20)
    ('five', '20')
    """
    return say(NUMERALS[int(value) - 2]) if value in range(2, 2 + len(NUMERALS)) else number(value)


def spelled(value: float, unit: str) -> str:
    """What is counted, small numbers as words: for a sentence.

    >>> spelled(3, "years"), spelled(20, "years"), spelled(1, "years")
    ('three years', '20 years', 'one year')
    """
    if value == 1 and unit in ONE:
        return say(ONE[unit])
    if value not in range(2, 2 + len(NUMERALS)):
        return amount(value, unit)
    return per(say(counted(unit)[1], number=numeral(value)), unit)


ORDINALS = (
    phrase("the highest"),
    phrase("the second highest"),
    phrase("the third highest"),
    phrase("the fourth highest"),
    phrase("the fifth highest"),
    phrase("the sixth highest"),
    phrase("the seventh highest"),
    phrase("the eighth highest"),
    phrase("the ninth highest"),
    phrase("the tenth highest"),
)


def place(value: float) -> str:
    """The rank as a sentence has it, counted from the highest.

    >>> place(1), place(4), place(4.5), place(20)
    ('the highest', 'the fourth highest', 'number 4.5 from the top', 'number 20 from the top')
    """
    if value in range(1, 1 + len(ORDINALS)):
        return say(ORDINALS[int(value) - 1])
    return say("number {number} from the top", number=number(value, _decimals(value)))


def freed(value: float, unit: str) -> str:
    """How many fewer are needed, without the unit; below zero, how many more.

    >>> freed(246.3, "FTE"), freed(-36.8, "FTE")
    ('246.3', 'needs 36.8')
    """
    said = bare(abs(value), unit)
    return said if value > 0 or is_nothing(said) else say("needs {amount}", amount=said)


def rounded(value: float) -> str:
    """The size in three significant figures without its unit, where the sentence says what is counted.

    >>> rounded(246.3), rounded(-36.84), rounded(417_456)
    ('246', '36.8', '417 000')
    """
    size = _three_figures(value)
    return number(size, _decimals(size))


def fewer(value: float, unit: str) -> str:
    """How much less it would be; where the value is below zero, how much more."""
    return step(-value, unit)


MORE = phrase("{amount} more"), phrase("{amount} less"), phrase("no difference")
MORE_COUNTED = phrase("{number} more"), phrase("{number} fewer")
MANY = frozenset(COUNTED) - {"months", "years", "points", "percentage points", "times", "decimals", "per 1000"}
"""What there are fewer of, where it falls."""
WITHOUT_HALVES = ("persons", "dwellings", "places", "users")
UP = phrase("{amount} up"), phrase("{amount} down"), phrase("unchanged")
ABOVE = phrase("{amount} above"), phrase("{amount} below"), phrase("no difference")


def more(value: float, unit: str) -> str:
    """Whether the amount is an additional one or falls away.

    >>> more(-417_456, "hours/year"), more(-5_000_000, "NOK/year")
    ('417 456 fewer hours a year', '5.0 million NOK less a year')
    """
    if is_nothing(size(abs(value), unit)):
        return say("no change")
    said = step(value, unit)
    return said if unit in SAID else per(said, unit)


def step(value: float, unit: str) -> str:
    """The same without the period, of a step from one amount to another."""
    said = size(abs(value), unit)
    if not is_many(unit) or is_nothing(said):
        return either(value, said, *MORE)
    more, fewer_ = MORE_COUNTED
    one, many = counted(unit)
    how_many = number(abs(value), 1 if unit == "FTE" else _decimals(abs(value)))
    return say(one if abs(value) == 1 else many, number=say(more if value > 0 else fewer_, number=how_many))


def is_many(unit: str) -> bool:
    """Whether the unit is of what there are more or fewer of, rather than more or less."""
    return unit.split("/", maxsplit=1)[0] in MANY


def change(value: float) -> str:
    """The share that something grew or shrank by."""
    return either(value, percent(abs(value)), *UP)


def points(value: float) -> str:
    """The change of a share or an index, in percentage points, for a column.

    >>> points(-0.008), points(0.01)
    ('0.8 points down', '1.0 points up')
    """
    return _in_points(value, UP)


def in_points(value: float) -> str:
    """The size of a change in percentage points, for a sentence.

    >>> in_points(-0.003), in_points(0.01)
    ('0.3 percentage points', '1 percentage point')
    """
    said = _hundredths(abs(value))
    return count(1 if said == "1" else 2, "1 percentage point", "{points} percentage points", points=said)


def _in_points(value: float, templates: tuple[str, str, str]) -> str:
    return either(value, say("{points} points", points=number(abs(value) * 100, 1)), *templates)


def apart(value: float, unit: str) -> str:
    """How far a level lies above or below another: of shares in percentage points."""
    return _in_points(value, HIGHER) if unit == "share" else above(value, unit)


def rises(value: float, unit: str) -> str:
    """How much a level has risen or fallen: of shares in percentage points, of people whole ones."""
    if unit == "share":
        return points(value)
    return either(value, size(round(half_up(abs(value))) if unit in WITHOUT_HALVES else abs(value), unit), *UP)


def gains(value: float, unit: str) -> str:
    """Whether somebody gains or loses the amount."""
    templates = phrase("gains {amount}"), phrase("loses {amount}"), phrase("gains nothing")
    return either(value, amount(abs(value), unit), *templates)


def changed(value: float, unit: str) -> str:
    """How much higher or lower it has become."""
    templates = phrase("{amount} higher"), phrase("{amount} lower"), phrase("no change")
    return either(value, size(abs(value), unit), *templates)


def bare(value: float, unit: str) -> str:
    """The number without its unit, for a column whose heading has it."""
    return number(value, 1 if unit == "FTE" else 0)


def aside(value: float, unit: str) -> str:
    """The size in brackets, beside an amount that says the direction; nothing beside an amount of nothing."""
    said = prose(value, unit)
    return "" if is_nothing(said) else f"({said})"


def counted_number(value: float) -> str:
    """How many there are; what is calculated from a share is no whole number, and is said as about one.

    >>> counted_number(102), counted_number(49.98)
    ('102', 'about 50')
    """
    said = number(value)
    return said if value == round(value) else say("about {number}", number=said)


def about(value: float, unit: str) -> str:
    """How many there are, in whole ones: of what is calculated and no whole number, about how many.

    >>> about(31.5, "dwellings"), about(27, "dwellings")
    ('about 32 dwellings', '27 dwellings')
    """
    said = amount(round(half_up(value)), unit)
    return said if value == round(value) else say("about {number}", number=said)


def times(value: float) -> str:
    """How many times as much, where a share of it would be taken for what comes on top.

    >>> times(3.0), times(1.6337)
    ('3.00 times', '1.63 times')
    """
    return say("{number} times", number=number(value, 2))


def positive(value: float) -> str | None:
    """The share in per cent; nothing to say where it is not above zero."""
    return percent(value) if value > 0 else None


IF_THERE = ("aside",)
"""The ways of a figure in a sentence that is said without it where it is not calculated."""
WAYS: dict[str, Callable[[float, str], str | None]] = {
    "": amount,
    "prose": prose,
    "some": lambda value, unit: prose(value, unit) if value > 0 else None,
    "sum": lambda value, unit: prose(value, unit.split("/", maxsplit=1)[0]),
    "saves": saves,
    "saving": saving,
    "above": above,
    "excess": lambda value, _: excess(value),
    "freed": freed,
    "rounded": lambda value, _: rounded(value),
    "rounded_any": lambda value, _: None if is_nothing(rounded(value)) else rounded(value),
    "fewer": fewer,
    "step": step,
    "size": lambda value, unit: amount(abs(value), unit),
    "apart": apart,
    "rises": rises,
    "gains": gains,
    "more": more,
    "changed": changed,
    "higher": lambda value, unit: either(value, bare(abs(value), unit), *HIGHER),
    "higher_by": lambda value, unit: either(value, size(abs(value), unit), *HIGHER),
    "bare": lambda value, unit: bare(abs(value), unit),
    "number": bare,
    "spelled": spelled,
    "number1": lambda value, _: number(value, 1),
    "whole": lambda value, _: number(value),
    "counted": lambda value, _: counted_number(value),
    "figures": lambda value, _: number_text(value),
    "exactly": exactly,
    "short": short,
    "aside": aside,
    "percent": lambda value, _: percent(value),
    "share": lambda value, _: percent(abs(value)),
    "change": lambda value, _: change(value),
    "points": lambda value, _: points(value),
    "in_points": lambda value, _: in_points(value),
    "beyond_one": lambda value, _: percent(abs(value - 1)),
    "level": level,
    "spelled_any": lambda value, unit: spelled(value, unit) if value > 0 else None,
    "times": lambda value, _: times(value),
    "several": lambda value, unit: spelled(value, unit) if value > 1 else None,
    "if_all": lambda value, _: "" if value == 1 else None,
    "if_any": lambda value, _: "" if value > 0 else None,
    "if_none": lambda value, _: "" if value == 0 else None,
    "if_share": lambda _, unit: "" if unit == "share" else None,
    "unless_whole": lambda value, _: None if percent(value) == percent(1) else percent(value),
    "place": lambda value, _: place(value),
    "numeral": lambda value, _: numeral(value) if value > 1 else None,
    "about": about,
    "any": lambda value, unit: None if is_nothing(amount(value, unit)) else amount(value, unit),
    "possible": lambda value, _: percent(value) if value <= 1 else None,
    "positive": lambda value, _: positive(value),
    "break_even": lambda value, _: positive(value) or say("does not, even at no cost"),
}
