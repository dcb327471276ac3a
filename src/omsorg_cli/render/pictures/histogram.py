"""The draws of a simulation as a picture: how often the figure is where, with P10, P50 and P90 marked."""

from omsorg_cli.core.language import say
from omsorg_cli.core.units import is_money
from omsorg_cli.questions.simulate import Outcome
from omsorg_cli.render import words
from omsorg_cli.render.pictures.frame import framed
from omsorg_cli.render.pictures.marks import DARK, MARGIN, PLAIN, WIDTH, svg_text
from omsorg_cli.render.units import BARE, unit_text
from omsorg_cli.render.values import capital, figure_label
from omsorg_cli.result import Result

HEIGHT = 180
TOP = 40


def caption(result: Result, outcome: Outcome) -> str:
    """The figure and its unit, as a page has it above the picture."""
    name = capital(figure_label(result, outcome.figure))
    unit = _unit(outcome)
    return say("{title} ({unit})", title=name, unit=unit) if unit else name


def _unit(outcome: Outcome) -> str:
    """What is counted below the picture; nothing where the numbers say it."""
    unit = outcome.figure.unit
    if is_money(unit):
        return words.scale_of([unit], outcome.histogram.edges)[1]
    return "" if unit in BARE else unit_text(unit)


def histogram(outcome: Outcome, title: str, *, alone: bool = False, source: str = "") -> str:
    """The picture; nothing where all draws are alike."""
    edges, counts = outcome.histogram.edges, outcome.histogram.counts
    if len(counts) < 2:
        return ""
    scale, unit = words.scale_of([outcome.figure.unit], edges)

    def said(value: float) -> str:
        if not is_money(outcome.figure.unit):
            return words.amount(value, outcome.figure.unit)
        return words.scaled(value, scale, outcome.figure.told)

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
        anchor, aside = (("end", -4), ("middle", 0), ("start", 4))[at]
        dashed = f'stroke="{DARK}" stroke-dasharray="4 3"'
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{TOP + HEIGHT}" {dashed}/>')
        parts.append(
            svg_text(
                min(max(x, 90), WIDTH - 90) + aside,
                14 + 15 * (at == 1),
                f"{name} {said(value)}",
                size=12,
                anchor=anchor,
            )
        )
    parts += [
        svg_text(MARGIN, TOP + HEIGHT + 16, said(edges[0]), size=12),
        svg_text(WIDTH - MARGIN, TOP + HEIGHT + 16, said(edges[-1]), size=12, anchor="end"),
    ]
    if edges[0] < 0 < edges[-1]:
        zero = MARGIN - edges[0] * per
        parts.append(
            f'<line class="zero" x1="{zero:.1f}" x2="{zero:.1f}" y1="{TOP}" y2="{TOP + HEIGHT}" stroke="{DARK}"/>'
        )
        parts.append(svg_text(zero, TOP + HEIGHT + 16, say("zero"), size=12, anchor="middle"))
    money = is_money(outcome.figure.unit)
    counted = say("Draws by {unit}", unit=unit if money else unit_text(outcome.figure.unit))
    return framed("".join(parts), TOP + HEIGHT + 20, title, counted, alone=alone, source=source)
