"""What is far from usual: whether a value looks mistyped, and what was probably meant by it."""

from omsorg_cli.core.input_types import PARTS_OF_ONE, Kind
from omsorg_cli.core.numbers import number_text

SLIPS = (1_000, 1_000_000, 0.001, 0.000_001)
"""What mends a number that was typed in thousands or millions, or in kroner where thousands are asked for."""
SLIPS_IN_PARTS = (0.01, 0.001, 100)
"""What mends per cent, or per mille, typed as a whole number."""


def unusual(kind: Kind, value: float) -> str:
    """What is said of a value outside what is usual: how far, what is usual, what was probably meant; else nothing.

    Zero is nothing at all, and no slip; of what may lie below zero, the size counts.
    """
    if kind.usual is None or not value or kind.usual[0] <= abs(value) <= kind.usual[1]:
        return ""
    side = "below" if abs(value) < kind.usual[0] else "above"
    why = f": {kind.usual_because}" if kind.usual_because else ""
    meant = likely(kind, value)
    hint = "" if meant is None else f"; did you mean {said(kind, meant)}?"
    return f"{said(kind, value)} is far {side} what is usual ({usual(kind)}{why}){hint}"


def usual(kind: Kind) -> str:
    """What is usual, from and to; nothing for what is no number."""
    return "" if kind.usual is None else f"{_bare(kind, kind.usual[0])} to {said(kind, kind.usual[1])}"


def likely(kind: Kind, value: float) -> float | None:
    """The value that was probably meant: what one of the usual slips makes of it, where that is usual."""
    low, high = kind.usual or (kind.low, kind.high)
    in_parts = kind.unit.split("/", maxsplit=1)[0] in PARTS_OF_ONE
    mended = (float(f"{value * factor:.12g}") for factor in (SLIPS_IN_PARTS if in_parts else SLIPS))
    return next((one for one in mended if low <= abs(one) <= high and kind.holds(one)), None)


def said(kind: Kind, value: float) -> str:
    """The value with its unit; a share and a rate in per cent."""
    first, *per = kind.unit.split("/")
    number = _bare(kind, value)
    if kind.unit == "year" or not kind.unit:
        return number
    unit = "" if first in PARTS_OF_ONE else first
    return " ".join(filter(None, (number, unit, *(f"per {one}" for one in per))))


def _bare(kind: Kind, value: float) -> str:
    """The value without its unit, in per cent where it is a share; years are not grouped."""
    if kind.unit.split("/", maxsplit=1)[0] in ("share", "rate"):
        return f"{number_text(float(f'{value * 100:.12g}'))} %"
    return f"{value:.0f}" if kind.unit == "year" else number_text(value)
