"""What a figure hinges on: its values at the ends of each input, as bars around what it is now."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from omsorg_cli.core.language import say
from omsorg_cli.core.units import is_money
from omsorg_cli.render import words
from omsorg_cli.render.pictures.marks import DARK, LABELS, LETTER, LINE, MARGIN, PLAIN, ROW, WIDTH, svg_text
from omsorg_cli.result import Figure


def tornado(swings: Sequence[tuple[str, float | None, float | None]], figure: Figure) -> str:
    """What a figure is at the ends of each input, as bars around what it is now, the largest first."""
    known = [(label, low, high) for label, low, high in swings if low is not None and high is not None]
    scale, _ = words.scale_of([figure.unit], [end for _, low, high in known for end in (low, high)])
    left, room = MARGIN + LABELS + 60, WIDTH - 2 * MARGIN - LABELS - 60 - 60
    ends = [figure.value, *(end for _, *pair in known for end in pair)]
    low, high = min(ends), max(ends)
    per = room / (high - low) if high > low else 0.0
    parts, top = [], 0
    for label, one, other in known:
        least, most = sorted((one, other))
        lines = wrap(label, int(LABELS / LETTER))
        height = LINE * len(lines) + ROW
        parts += [svg_text(MARGIN, top + LINE * at + 16, line) for at, line in enumerate(lines)]
        x, width, y = left + (least - low) * per, max((most - least) * per, 1.0), top + (height - ROW) / 2
        parts.append(f'<rect x="{x:.1f}" y="{y - 5:.1f}" width="{width:.1f}" height="18" fill="{PLAIN}"/>')
        for value, at, anchor in ((least, x - 5, "end"), (most, x + width + 5, "start")):
            parts.append(svg_text(at, y + 9, _end_text(figure, value, scale), size=12, anchor=anchor))
        top += height
    now = left + (figure.value - low) * per
    parts.append(f'<line x1="{now:.1f}" x2="{now:.1f}" y1="0" y2="{top}" stroke="{DARK}" stroke-dasharray="3 2"/>')
    title = escape(say("What matters most"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 4}" width="{WIDTH}" height="{top + 4}" '
        f'role="img" font-family="sans-serif" class="picture"><title>{title}</title>{"".join(parts)}</svg>'
    )


def _end_text(figure: Figure, value: float, scale: float) -> str:
    if not is_money(figure.unit):
        return words.amount(value, figure.unit)
    return words.scaled(value, scale, either_way=figure.direction is not None)
