"""What a picture is made of: its marks, its measures and its texts.

Every mark carries its number and its label, so that no colour has to be told from another; zero is marked. A page can
move the marks: each says which step of the run it shows.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from omsorg_cli.core.units import is_money
from omsorg_cli.engine.layout import Input
from omsorg_cli.render import words
from omsorg_cli.render.tones import bound as toned_by
from omsorg_cli.render.tones import drawn_by, said_by

WIDTH, MARGIN = 760, 16
LABELS, VALUES = 250, 110
"""Columns for the labels on the left, and at the least for the numbers beside the bars."""
LETTER = 7.4
"""How wide a letter of a label is at the most on average, in 13 pixels."""
BOLD = 8.3
"""The same of bold letters."""
LINE, ROW = 17, 12
DOT, OWN = 5, 7
"""The radius of a dot, and of one that is marked."""
SAVED, SPENT, PLAIN, DARK, BAND, STEM = "#1b7f5c", "#b3261e", "#3f6f9f", "#222222", "#a9c1d9", "#cccccc"


class Bar(NamedTuple):
    """One mark: its label, its figure, the step that it shows, and whether it is the municipality's own."""

    label: str
    value: float
    slot: int
    unit: str
    direction: str | None
    told: str = ""
    own: bool = False


class Band(NamedTuple):
    """The range of a line: the assumptions whose ends give it, and its ends at each point of the line."""

    ranged: tuple[Input, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()


class Picture(NamedTuple):
    """What is drawn: bars by row, columns by year with lines, lines with their range, or columns by size."""

    title: str
    subtitle: str
    kind: str
    bars: tuple[Bar, ...]
    lines: tuple[tuple[str, tuple[Bar, ...]], ...] = ()
    scale: float = 1.0
    named: str = ""
    bands: tuple[Band, ...] = ()
    """The range of each line, where one has any."""


def text_of(bar: Bar, scale: float) -> str:
    """The number beside the mark."""
    return amount_of(bar.value, bar.unit, scale, bar.told)


def amount_of(value: float, unit: str, scale: float, told: str) -> str:
    """The number as a picture says it: kroner in its scale, with their side of zero; anything else with its unit."""
    return words.scaled(value, scale, told) if is_money(unit) else words.amount(value, unit)


def svg_text(
    x: float, y: float, text: str, *, size: int = 13, weight: str = "normal", anchor: str = "start", more: str = ""
) -> str:
    """A line of text in a picture."""
    bold = f' font-weight="{weight}"' if weight != "normal" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{DARK}"{bold}{more}>'
        f"{escape(text)}</text>"
    )


def domain(values: Sequence[float]) -> tuple[float, float]:
    """From where to where a scale goes that has zero and all the values in it."""
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (0.0, 1.0)


def dot(bar: Bar, x: float, y: float) -> str:
    """The mark as a dot, in the same colours; one's own is large and dark."""
    radius, colour = (OWN, DARK) if bar.own else (DOT, _colour(bar))
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"{_shown(bar)}/>'


def stem(bar: Bar, x: float, y: float, width: float) -> str:
    """What leads from zero to the dot of the mark."""
    place = f'x="{x:.1f}" y="{y - 0.5:.1f}" width="{width:.1f}" height="1"'
    return f'<rect class="bar" {place} fill="{STEM}"{_shown(bar._replace(direction=None))}/>'


def _colour(bar: Bar) -> str:
    return {"saves": SAVED, "costs": SPENT}.get(bar.direction or "", PLAIN)


def _shown(bar: Bar) -> str:
    """What tells a page which step the mark shows, and whether its colour follows its side of zero."""
    slot = drawn_by(bar.slot)
    return f' data-slot="{slot}"' + (' data-either="1"' if bar.direction is not None else "") if slot else ""


def slots_of(line: Sequence[Bar]) -> str:
    """What tells a page which steps a line goes through."""
    slots = " ".join(drawn_by(bar.slot) for bar in line).strip()
    return f' data-slots="{slots}"' if slots else ""


def rect(bar: Bar, x: float, y: float, width: float, height: float, kind: str) -> str:
    """The mark, in the colour of what it says: saved, costs more, or neither."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{_colour(bar)}"'
        f"{_shown(bar)}/>"
    )


def bound(bar: Bar, scale: float) -> str:
    """What tells a page which step the number beside the mark says, where it moves."""
    slot = drawn_by(bar.slot)
    return f' data-slot="{slot}"{said(bar, scale)}' if slot else ""


def said(bar: Bar, scale: float) -> str:
    """The same of a number that stands where it stands, wherever the mark is."""
    told = said_by(bar.slot, *_way(bar, scale), told=bar.told)
    return f' data-say="{told}"' if told else ""


def _way(bar: Bar, scale: float) -> tuple[str, str, float]:
    return ("scaled", bar.unit, scale) if is_money(bar.unit) else ("", bar.unit, 1)


def told_of(bar: Bar, scale: float) -> str:
    """The number of the mark in a table, bound to its step."""
    return toned_by(text_of(bar, scale), bar.slot, *_way(bar, scale), told=bar.told)
