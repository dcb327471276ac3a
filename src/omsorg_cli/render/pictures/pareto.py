"""Columns by size, the largest first, with the line of what they come to together."""

import math

from omsorg_cli.render.pictures.marks import DARK, LETTER, MARGIN, PLAIN, WIDTH, Picture, svg_text, text_of
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
    """The columns with label and number below them; the line says what share the columns up to there have together."""
    bars = picture.bars[:MOST]
    longest = max(len(f"{bar.label} {text_of(bar, picture.scale)}") for bar in bars) * LETTER * SMALL / 13
    slope = math.radians(STEEP)
    left = MARGIN + longest * math.cos(slope) * 0.7
    step, base = (WIDTH - MARGIN - 30 - left) / len(bars), TOP + HEIGHT
    parts, points, together = [], [], 0.0
    for at, bar in enumerate(bars):
        height, x, middle = bar.value * HEIGHT, left + step * at, left + step * (at + 0.5)
        parts.append(
            f'<rect x="{x + step * 0.12:.1f}" y="{base - height:.1f}" width="{step * 0.76:.1f}" height="{height:.1f}" '
            f'fill="{PLAIN}"/>'
        )
        said = f"{bar.label} {text_of(bar, picture.scale)}"
        turned = f' transform="rotate(-{STEEP} {middle:.1f} {base + 14:.1f})"'
        parts.append(svg_text(middle, base + 14, said, size=SMALL, anchor="end", more=turned))
        together += bar.value
        y = base - together * HEIGHT
        points.append(f"{middle:.1f},{y:.1f}")
        if at % EVERY == EVERY - 1 or at == len(bars) - 1:
            parts.append(f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="3" fill="{DARK}"/>')
            parts.append(svg_text(middle - 5, y - 7, percent(together), size=SMALL, anchor="end"))
    parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{DARK}" stroke-width="2"/>')
    parts.append(f'<line class="zero" x1="{left:.1f}" x2="{WIDTH - MARGIN}" y1="{base}" y2="{base}" stroke="{DARK}"/>')
    return "".join(parts), int(base + 24 + longest * math.sin(slope))
