"""What is far from usual: whether a value looks mistyped, and what was probably meant by it."""

import math
from typing import Any

from omsorg_cli.core.input_types import PARTS_OF_ONE, Kind
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import Written, number_text
from omsorg_cli.core.units import unit_label

SLIPS = (1_000, 1_000_000, 0.001, 0.000_001)
"""What mends a number that was typed in thousands or millions, or in kroner where thousands are asked for."""
SLIPS_IN_PARTS = (0.01, 0.001, 100)
"""What mends per cent, or per mille, typed as a whole number."""
BELOW = phrase("{value} is far below the usual range ({usual})")
ABOVE = phrase("{value} is far above the usual range ({usual})")
BEYOND = phrase("{value} is far beyond the usual range ({usual})")


def unusual(kind: Kind, value: float, typed: Any = None) -> str:
    """What is said of a value outside what is usual: how far, what is usual, what was probably meant; else nothing.

    Zero is nothing at all, and no slip; of what may lie below zero, the size counts. A point before three digits that
    was `typed` bare is a decimal point, and may have been meant to set thousands apart.
    """
    if isinstance(typed, Written) and typed.looks_grouped and _is_usual(kind, value * 1_000):
        thousands = said(kind, float(f"{value * 1_000:.12g}"))
        found = {"text": typed.text, "value": said(kind, value), "thousands": thousands}
        return say("{text} is read as a decimal, {value}; did you mean {thousands}?", **found)
    if kind.usual is None or not value or kind.usual[0] <= abs(value) <= kind.usual[1]:
        return ""
    side = BELOW if abs(value) < kind.usual[0] else ABOVE if value > 0 else BEYOND
    told = say(side, value=said(kind, value), usual=_usual_and_why(kind))
    meant = likely(kind, value)
    return told if meant is None else say("{told}; did you mean {value}?", told=told, value=said(kind, meant))


def _usual_and_why(kind: Kind) -> str:
    if not kind.usual_because:
        return usual(kind)
    return say("{usual}: {why}", usual=usual(kind), why=say(kind.usual_because))


def _is_usual(kind: Kind, value: float) -> bool:
    low, high = kind.usual or (math.inf, -math.inf)
    return kind.unit.split("/", maxsplit=1)[0] not in PARTS_OF_ONE and low <= abs(value) <= high


def usual(kind: Kind) -> str:
    """What is usual, from and to; nothing for what is no number."""
    if kind.usual is None:
        return ""
    return say("{low} to {high}", low=_bare(kind, kind.usual[0]), high=said(kind, kind.usual[1]))


def likely(kind: Kind, value: float) -> float | None:
    """The value that was probably meant: what one of the usual slips makes of it, where that is usual."""
    low, high = kind.usual or (kind.low, kind.high)
    in_parts = kind.unit.split("/", maxsplit=1)[0] in PARTS_OF_ONE
    if in_parts and 0.01 < abs(value) < 1:
        return None  # a share that is too large or too small is no per cent typed as a whole number
    mended = (float(f"{value * factor:.12g}") for factor in (SLIPS_IN_PARTS if in_parts else SLIPS))
    return next((one for one in mended if low <= abs(one) <= high and kind.holds(one)), None)


def said(kind: Kind, value: float) -> str:
    """The value with its unit; a share and a rate in per cent."""
    number = _bare(kind, value)
    if kind.unit == "rate/year":
        return say("{amount} a year", amount=number)
    if kind.unit in ("", "year", *PARTS_OF_ONE):
        return number
    return say("{number} {unit}", number=number, unit=unit_label(kind.unit, value))


def _bare(kind: Kind, value: float) -> str:
    """The value without its unit, in per cent where it is a share; years are not grouped."""
    if kind.unit.split("/", maxsplit=1)[0] in ("share", "rate"):
        return say("{number}%", number=number_text(float(f"{value * 100:.12g}")))
    return f"{value:.0f}" if kind.unit == "year" else number_text(value)
