"""The draws of a simulation as a picture: how often the figure is where, with P10, P50 and P90 marked."""

from html import escape

from omsorg_cli.core.language import say
from omsorg_cli.core.units import is_money
from omsorg_cli.questions.simulate import Outcome
from omsorg_cli.render import words
from omsorg_cli.render.pictures.marks import DARK, MARGIN, PLAIN, WIDTH, svg_text

HEIGHT = 180
TOP = 40


def histogram(outcome: Outcome, title: str) -> str:
    """The picture; nothing where all draws are alike."""
    edges, counts = outcome.histogram.edges, outcome.histogram.counts
    if len(counts) < 2:
        return ""
    scale, unit = words.scale_of([outcome.figure.unit], edges)
    per = (WIDTH - 2 * MARGIN) / (edges[-1] - edges[0])
    most = max(counts)
    parts = [
        f'<rect x="{MARGIN + (low - edges[0]) * per:.1f}" y="{TOP + HEIGHT * (1 - count / most):.1f}" '
        f'width="{(high - low) * per:.1f}" height="{HEIGHT * count / most:.1f}" fill="{PLAIN}" stroke="white"/>'
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]
    for at, (name, value) in enumerate((("P10", outcome.p10), ("P50", outcome.p50), ("P90", outcome.p90))):
        if value is None:
            continue
        x = MARGIN + (value - edges[0]) * per
        anchor = ("end", "middle", "start")[at]
        number = (
            words.scaled(value, scale) if is_money(outcome.figure.unit) else words.amount(value, outcome.figure.unit)
        )
        dashed = f'stroke="{DARK}" stroke-dasharray="4 3"'
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{TOP + HEIGHT}" {dashed}/>')
        parts.append(
            svg_text(min(max(x, 90), WIDTH - 90), 14 + 15 * (at == 1), f"{name} {number}", size=12, anchor=anchor)
        )
    counted = say("Draws by {unit}", unit=unit if is_money(outcome.figure.unit) else outcome.figure.unit)
    parts.append(svg_text(MARGIN, TOP + HEIGHT + 20, counted, size=12))
    height = TOP + HEIGHT + 28
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="sans-serif" class="picture"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
