"""Columns by year, with lines for what goes with them."""

from omsorg_cli.render.pictures.marks import (
    DARK,
    LINE,
    MARGIN,
    WIDTH,
    Bar,
    Picture,
    bound,
    domain,
    rect,
    slots_of,
    svg_text,
    text_of,
)

HEIGHT = 220
MOST_YEARS_LABELLED = 12
DASHES = ("6 3", "2 3", "12 4", "12 3 2 3")
"""How the lines of a picture are told apart, without any colour."""
KEY = 34
"""How long a line is shown in the key."""
ABOVE = 6
"""How far a number stands above its mark."""
APART = 16
"""How far two numbers stand from each other at the least."""
BEHIND = ' class="over" paint-order="stroke" stroke="white" stroke-width="4"'
"""Sets a number off from the line that goes behind it."""


def columns(picture: Picture) -> tuple[str, int]:
    """A column for each year, and a line for what goes with it."""
    left, room, plot = MARGIN, WIDTH - 2 * MARGIN, HEIGHT
    every = [*picture.bars, *(bar for _, line in picture.lines for bar in line)]
    low, high = domain([bar.value for bar in every])
    per = plot / (high - low)
    zero, step = 24 + high * per, room / len(picture.bars)
    parts, numbers, tops = [], [], []
    labelled = len(picture.bars) <= MOST_YEARS_LABELLED
    for at, bar in enumerate(picture.bars):
        x, width = left + step * at + step * 0.15, step * 0.7
        y, height = min(zero, zero - bar.value * per), abs(bar.value) * per
        tops.append(y - ABOVE)
        parts.append(rect(bar, x, y, width, height, "column"))
        if labelled:
            numbers.append(_number(x + width / 2, tops[-1], bar, picture.scale))
        if labelled or at % 5 == 0:
            parts.append(svg_text(x + width / 2, plot + 46, bar.label, anchor="middle"))
    for at, (label, line) in enumerate(picture.lines):
        points = " ".join(f"{left + step * (at + 0.5):.1f},{zero - bar.value * per:.1f}" for at, bar in enumerate(line))
        y, dash = plot + 68 + LINE * at, DASHES[at % len(DASHES)]
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{DARK}" stroke-width="2" stroke-dasharray="{dash}"'
            f"{slots_of(line)}/>"
        )
        end, taken = left + step * (len(line) - 0.5), tops[len(line) - 1] if labelled else None
        numbers.append(_number(end, _free(zero - line[-1].value * per - ABOVE, taken), line[-1], picture.scale))
        key = f'x1="{left}" x2="{left + KEY}" y1="{y - 4}" y2="{y - 4}" stroke="{DARK}" stroke-width="2"'
        parts.append(f'<line {key} stroke-dasharray="{dash}"/>')
        parts.append(svg_text(left + KEY + 8, y, label, size=12))
    parts.append(f'<line class="zero" x1="{left}" x2="{left + room}" y1="{zero:.1f}" y2="{zero:.1f}" stroke="{DARK}"/>')
    data = f'data-top="24" data-plot="{plot}" data-left="{left}" data-room="{room:.1f}"'
    return f"<g {data}>{''.join((*parts, *numbers))}</g>", plot + 54 + (
        5 + LINE * len(picture.lines) if picture.lines else 0
    )


def _number(x: float, y: float, bar: Bar, scale: float) -> str:
    return svg_text(x, y, text_of(bar, scale), anchor="middle", more=BEHIND + bound(bar, scale))


def _free(y: float, taken: float | None) -> float:
    """The height of a number, or as far above the one that stands there already that both can be read."""
    return y if taken is None or abs(y - taken) >= APART else min(y, taken - APART)
