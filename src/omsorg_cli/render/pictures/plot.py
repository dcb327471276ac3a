"""Lines over an axis: each told apart by its dashes and its label, with its range as a band where it has one."""

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from omsorg_cli.core.language import say
from omsorg_cli.render.pictures.frame import lines_of
from omsorg_cli.render.pictures.marks import BAND, DARK, LETTER, LINE, MARGIN, WIDTH, svg_text

HEIGHT = 240
DASHES = ("", "6 3", "2 3", "12 4", "12 3 2 3", "1 5")
"""How lines are told apart, without any colour."""
KEY = 34
TOP = 26
TICKS = 5
SMALL = 12


class Series(NamedTuple):
    """A line: its label, its points, and between what it may lie; a point without a height breaks the line.

    `told` are the numbers at its ends; `said` and `keyed` tell a page which steps they say, at the line and in the key.
    """

    label: str
    points: tuple[tuple[float, float | None], ...]
    band: tuple[tuple[float, float, float], ...] = ()
    more: str = ""
    told: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    keyed: tuple[str, ...] = ()


class Plot(NamedTuple):
    """What is drawn: lines, what stands below the axis, heights that are marked across, and points that are marked."""

    series: tuple[Series, ...]
    below: tuple[tuple[float, str], ...]
    said: Callable[[float], str]
    axis: str = ""
    levels: tuple[tuple[float, str], ...] = ()
    marks: tuple[tuple[float, float, str], ...] = ()
    from_zero: bool = False


class _Room(NamedTuple):
    """Where a point lies in the picture."""

    left: float
    width: float
    first: float
    last: float
    low: float
    high: float

    def x(self, at: float) -> float:
        return self.left + (at - self.first) / ((self.last - self.first) or 1) * self.width

    def y(self, value: float) -> float:
        return TOP + (self.high - value) / (self.high - self.low) * HEIGHT


def plot(drawn: Plot) -> tuple[str, int]:
    """The picture and how high it is."""
    ticks = () if drawn.from_zero else _told_apart(_ticks(*_domain(drawn)), drawn.said)
    texts = [drawn.said(tick) for tick in ticks] or [text for one in _alone(drawn) for text in one.told[:1]]
    room = _room(drawn, max(map(len, texts), default=0))
    parts = [_tick(room, drawn, tick) for tick in ticks]
    parts += [_band(room, one) for one in drawn.series if one.band]
    parts += [_level(room, *one) for one in drawn.levels]
    if room.low <= 0 <= room.high:
        parts.append(_across(room, 0, "zero", ""))
    for at, one in enumerate(drawn.series):
        parts.append(_line(room, one, DASHES[at % len(DASHES)], labelled=len(drawn.series) == 1))
    parts += [_mark(room, *one) for one in drawn.marks]
    height = TOP + HEIGHT + 22
    parts += _below(room, drawn, height - 4)
    if drawn.axis:
        for line in lines_of(drawn.axis, WIDTH - 2 * MARGIN, SMALL):
            height += 16
            parts.append(svg_text(MARGIN, height, line, size=SMALL))
    if len(drawn.series) > 1:
        for at, one in enumerate(drawn.series):
            for index, line in enumerate(lines_of(one.label, WIDTH - 2 * MARGIN - KEY - 8, SMALL)):
                height += LINE
                parts.append(_key(height, DASHES[at % len(DASHES)]) if index == 0 else "")
                parts.append(svg_text(MARGIN + KEY + 8, height, line, size=SMALL))
            height += LINE if one.told else 0
            parts.append(_from_to(height, one) if one.told else "")
    data = f'data-top="{TOP}" data-plot="{HEIGHT}" data-left="{room.left:g}" data-room="{room.width:g}"'
    return f"<g {data}>{''.join(parts)}</g>", height + 8


def _alone(drawn: Plot) -> Sequence[Series]:
    """The line, if it is the only one and its numbers stand at its ends; those of several stand in the key."""
    return drawn.series if len(drawn.series) == 1 else ()


def _from_to(y: float, one: Series) -> str:
    """The numbers at the ends of the line, below its label."""
    first, last = (f"<tspan{more}>{escape(text)}</tspan>" for text, more in zip(one.told, one.keyed, strict=True))
    text = escape(say("from {first} to {last}", first="\ue00a", last="\ue00b"))
    shown = text.replace("\ue00a", first).replace("\ue00b", last)
    return f'<text x="{MARGIN + KEY + 8}" y="{y}" font-size="{SMALL}" fill="{DARK}">{shown}</text>'


def _domain(drawn: Plot) -> tuple[float, float]:
    every = [value for one in drawn.series for _, value in one.points if value is not None]
    every += [value for one in drawn.series for _, *ends in one.band for value in ends]
    every += [value for value, _ in drawn.levels] + [value for _, value, _ in drawn.marks]
    low, high = min(every, default=0.0), max(every, default=0.0)
    if drawn.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _room(drawn: Plot, letters: int) -> _Room:
    side = max(letters, 4) * LETTER * SMALL / 13 + 8
    ends = max((len(text) for one in _alone(drawn) for text in one.told[1:]), default=0) * LETTER * SMALL / 13 + 8
    at = [x for one in drawn.series for x, _ in one.points]
    left, low, high = MARGIN + side, *_domain(drawn)
    return _Room(left, WIDTH - MARGIN - max(ends, 40) - left, min(at), max(at), low, high)


def _ticks(low: float, high: float) -> Sequence[float]:
    """Round heights between the ends."""
    step = 10 ** math.floor(math.log10((high - low) / TICKS))
    step *= next(one for one in (1, 2, 5, 10) if (high - low) / (one * step) <= TICKS)
    return [at * step for at in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _told_apart(ticks: Sequence[float], said: Callable[[float], str]) -> Sequence[float]:
    """The heights that are said in different words: of years and other whole numbers there may be fewer."""
    return list({said(tick): tick for tick in reversed(ticks)}.values())


def _tick(room: _Room, drawn: Plot, value: float) -> str:
    y = room.y(value)
    line = f'<line x1="{room.left:.1f}" x2="{room.left + room.width:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#cccccc"/>'
    return line + svg_text(room.left - 6, y + 4, drawn.said(value), size=SMALL, anchor="end")


def _across(room: _Room, value: float, kind: str, more: str) -> str:
    y, right = room.y(value), room.left + room.width
    return (
        f'<line class="{kind}" x1="{room.left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{DARK}"{more}/>'
    )


def _level(room: _Room, value: float, label: str) -> str:
    line = _across(room, value, "level", ' stroke-dasharray="3 2"')
    return line + svg_text(room.left + room.width, room.y(value) - 5, label, size=SMALL, anchor="end")


def _band(room: _Room, one: Series) -> str:
    above = [f"{room.x(at):.1f},{room.y(high):.1f}" for at, _, high in one.band]
    under = [f"{room.x(at):.1f},{room.y(low):.1f}" for at, low, _ in reversed(one.band)]
    return f'<polygon class="band" points="{" ".join((*above, *under))}" fill="{BAND}" fill-opacity="0.5"{one.more}/>'


def _line(room: _Room, one: Series, dash: str, *, labelled: bool) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    parts, stretch = [], list[str]()
    for at, value in (*one.points, (0.0, None)):
        if value is not None:
            stretch.append(f"{room.x(at):.1f},{room.y(value):.1f}")
        elif stretch:
            points = " ".join(stretch)
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{DARK}" stroke-width="2"{dashed}{one.more}/>'
            )
            stretch = []
    ends = (one.points[0], one.points[-1])
    for (at, value), text, more, side in zip(ends, one.told, one.said, (-1, 1), strict=False):
        if value is not None and labelled:
            x, anchor = room.x(at) + 6 * side, "end" if side < 0 else "start"
            parts.append(svg_text(x, room.y(value) + 4, text, size=SMALL, anchor=anchor, more=more))
    return "".join(parts)


def _mark(room: _Room, at: float, value: float, label: str) -> str:
    x, y = room.x(at), room.y(value)
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{DARK}"/>'
    down = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{TOP + HEIGHT}" stroke="{DARK}" stroke-dasharray="2 3"/>'
    wide = len(label) * LETTER * SMALL / 13
    anchor = "end" if x + wide + 10 > WIDTH - MARGIN else "start"
    place = x - 9 if anchor == "end" else x + 9
    return dot + down + svg_text(place, max(y - 9, 12), label, size=SMALL, anchor=anchor)


def _below(room: _Room, drawn: Plot, y: float) -> list[str]:
    """What stands below the axis, as much as there is room for."""
    longest = max((len(text) for _, text in drawn.below), default=1) * LETTER * SMALL / 13 + 12
    every = max(1, math.ceil(len(drawn.below) * longest / (room.width + longest)))
    last = len(drawn.below) - 1
    shown = [one for at, one in enumerate(drawn.below) if (last - at) % every == 0]
    return [svg_text(_within(room.x(at), text), y, text, size=SMALL, anchor="middle") for at, text in shown]


def _within(x: float, text: str) -> float:
    half = len(text) * LETTER * SMALL / 13 / 2
    return min(max(x, MARGIN + half), WIDTH - MARGIN - half)


def _key(y: float, dash: str) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'x1="{MARGIN}" x2="{MARGIN + KEY}" y1="{y - 4}" y2="{y - 4}" stroke="{DARK}" stroke-width="2"'
    return f"<line {line}{dashed}/>"
