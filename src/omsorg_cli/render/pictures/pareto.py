"""Columns by size, the largest first, with the line of what they come to together."""

import math
from collections.abc import Sequence
from html import escape

from omsorg_cli.render.pictures.marks import (
    DARK,
    LETTER,
    MARGIN,
    WIDTH,
    Bar,
    Picture,
    bound,
    rect,
    svg_text,
    text_of,
)
from omsorg_cli.render.tones import drawn_by
from omsorg_cli.render.words import percent

HEIGHT = 260
TOP = 20
SMALL = 11
STEEP = 60
"""How steeply the labels below the columns stand, in degrees."""
MOST = 30
EVERY = 5
"""The line says its share at every so many columns."""


def pareto(picture: Picture) -> tuple[str, int]:
    """The columns with label and number below them; the line says what share the columns up to there have together.

    In a page whose inputs move, those beyond the first are there too, unseen: they may become larger.
    """
    shown = picture.bars[:MOST]
    longest = max(len(f"{bar.label} {text_of(bar, picture.scale)}") for bar in shown) * LETTER * SMALL / 13
    slope = math.radians(STEEP)
    left = MARGIN + longest * math.cos(slope) * 0.7
    room = WIDTH - MARGIN - 30 - left
    step, base = room / len(shown), TOP + HEIGHT
    is_live = bool(drawn_by(shown[0].slot))
    parts = [
        _column(picture, bar, left + step * at, step, base, hidden=at >= MOST)
        for at, bar in enumerate(picture.bars if is_live else shown)
    ]
    parts += _line(shown, left, step, base)
    parts.append(f'<line class="zero" x1="{left:.1f}" x2="{WIDTH - MARGIN}" y1="{base}" y2="{base}" stroke="{DARK}"/>')
    data = f'data-left="{left:.1f}" data-room="{room:.1f}" data-top="{TOP}" data-plot="{HEIGHT}"'
    return f"<g {data}>{''.join(parts)}</g>", int(base + 24 + longest * math.sin(slope))


def _column(picture: Picture, bar: Bar, x: float, step: float, base: float, *, hidden: bool) -> str:
    height, middle, away = bar.value * HEIGHT, step / 2, ' display="none"' if hidden else ""
    turned = f'transform="rotate(-{STEEP} {middle:.1f} {base + 14:.1f})"'
    number = f"<tspan{bound(bar, picture.scale)}>{escape(text_of(bar, picture.scale))}</tspan>"
    return (
        f'<g class="part" transform="translate({x:.1f} 0)"{away}>'
        f"{rect(bar, step * 0.12, base - height, step * 0.76, height, 'column')}"
        f'<text x="{middle:.1f}" y="{base + 14:.1f}" font-size="{SMALL}" text-anchor="end" fill="{DARK}" {turned}>'
        f"{escape(bar.label)} {number}</text></g>"
    )


def _line(shown: Sequence[Bar], left: float, step: float, base: float) -> list[str]:
    """The line of what the columns come to, with its share marked at every so many."""
    parts, points, together = [], [], 0.0
    for at, bar in enumerate(shown):
        together += bar.value
        x, y = left + step * (at + 0.5), base - together * HEIGHT
        points.append(f"{x:.1f},{y:.1f}")
        if at % EVERY == EVERY - 1 or at == len(shown) - 1:
            mark = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{DARK}" data-at="{at}"/>'
            parts.append(mark + svg_text(x - 5, y - 7, percent(together), size=SMALL, anchor="end"))
    return [*parts, f'<polyline points="{" ".join(points)}" fill="none" stroke="{DARK}" stroke-width="2"/>']
