"""What a figure hinges on: its values at the ends of each input, as bars around what it is now."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.units import is_money
from omsorg_cli.questions.sensitivity import Sensitivity, Swing
from omsorg_cli.render import words
from omsorg_cli.render.pictures.frame import framed, lines_of, one_of, source_of
from omsorg_cli.render.pictures.marks import DARK, LABELS, LETTER, LINE, MARGIN, PLAIN, ROW, WIDTH, amount_of, svg_text
from omsorg_cli.render.tones import drawn_by, said_at, said_by
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import capital, figure_name, input_label, input_name
from omsorg_cli.result import Figure

MOST = 15
"""Inputs that are drawn."""
TIMES = 2
"""How many times as far as any other input one must move a figure to decide it."""
TOP = 24
"""Above the bars, where it says what the figure is now."""
DECIDES = phrase("{input} matters by far the most for {figure}")
MATTERS = phrase("{input} matters most for {figure}")
ALIKE = phrase("{input} and {other} matter most for {figure}, and equally")


class Shape(NamedTuple):
    """How ends are said, and how wide that is."""

    figure: Figure
    scale: float
    unit: str
    room: float

    @property
    def left(self) -> float:
        """Where the lowest end lies."""
        return MARGIN + LABELS + self.room

    @property
    def width(self) -> float:
        """From the lowest end to the highest."""
        return WIDTH - 2 * MARGIN - LABELS - 2 * self.room

    @property
    def way(self) -> tuple[str, str, float]:
        """The way that a page says an end."""
        return ("scaled", self.figure.unit, self.scale) if is_money(self.figure.unit) else ("", self.figure.unit, 1)

    @property
    def either(self) -> bool:
        """Whether an end saves or costs."""
        return self.figure.direction is not None

    def text(self, value: float | None) -> str:
        """The end as it is said."""
        if value is None:
            return say("no answer")
        return amount_of(value, self.figure.unit, self.scale, self.figure.told)


def moving(found: Sensitivity, most: int = MOST) -> Sequence[Swing]:
    """The inputs that move the figure, the one that moves it most first."""
    return [one for one in found.swings if one.swing != 0][:most]


def finding(found: Sensitivity) -> str:
    """What the picture shows, in a sentence: which input decides, or matters most."""
    shown = moving(found, 2)
    if not shown:
        return say("What matters most for {figure}", figure=figure_name(found.result, found.figure))
    if (other := found.equal_to_first) is not None:
        first, second = (input_name(found.result, one.input) for one in (shown[0], other))
        return say(ALIKE, input=capital(first), other=second, figure=figure_name(found.result, found.figure))
    decides, matters = titles(found, capital(input_name(found.result, shown[0].input)))
    return decides if decided(found.figure, shown) else matters


def titles(found: Sensitivity, name: str) -> tuple[str, str]:
    """What is said where the input of that name decides, and where it only matters most."""
    told = {"input": name, "figure": figure_name(found.result, found.figure)}
    return say(DECIDES, **told), say(MATTERS, **told)


def decided(figure: Figure, swings: Sequence[Swing]) -> bool:
    """Whether the first input decides: at an end no answer, or the other side of zero, or far beyond any other."""
    first, second = swings[0], next(iter(swings[1:]), None)
    low, high = first.figure_at_low, first.figure_at_high
    if low is None or high is None or second is None:
        return True
    if figure.direction is not None and min(low, high) < 0 < max(low, high):
        return True
    return second.swing is not None and abs(high - low) >= TIMES * second.swing


def tornado(found: Sensitivity, most: int = MOST, *, alone: bool = False) -> str:
    """The picture, the input that matters most first; the title says the finding, the subtitle the unit."""
    swings = moving(found, most)
    shape = _shape(found.figure, swings)
    low, high = _between(shape.figure, swings)
    per = shape.width / (high - low) if high > low else 0.0
    parts, top = [], float(TOP)
    for at, swing in enumerate(swings):
        drawn, height = _row(found, shape, swing, at, low, per)
        parts.append(f'<g class="swing" transform="translate(0 {top:g})" data-height="{height}">{drawn}</g>')
        top += height
    now, zero = shape.left + (shape.figure.value - low) * per, shape.left - low * per
    parts.append(_line("now", now, top, 'stroke-dasharray="3 2"', hidden=False))
    parts.append(_now(shape, now, found))
    parts.append(_line("zero", zero, top, "", hidden=not low <= 0 <= high))
    away = "" if low <= 0 <= high else ' display="none"'
    parts.append(svg_text(zero, top + 14, "0", size=12, anchor="middle", more=f' class="zero"{away}'))
    slot = drawn_by(found.result.record.plan.slots[found.figure.node])
    held = f' data-of="{slot}" data-left="{shape.left:g}" data-room="{shape.width:g}" data-top="{TOP}"' if slot else ""
    body = f"<g{held}>{''.join(parts)}</g>"
    source = source_of([(found.result, [found.figure])])
    return framed(body, top + 18, finding(found), subtitle(found), alone=alone, source=source, more=' data-kind="ends"')


def subtitle(found: Sensitivity) -> str:
    """What the bars show, and its unit."""
    shape = _shape(found.figure, moving(found))
    told = {"figure": capital(figure_name(found.result, found.figure)), "unit": shape.unit}
    if not shape.unit:
        return say("{figure} at the lowest and highest value of each input", **told)
    return say("{figure} at the lowest and highest value of each input, {unit}", **told)


def of_one(found: Sequence[Sensitivity]) -> str:
    """The picture for a file, of one figure."""
    one_of([one.figure for one in found])
    return tornado(found[0], alone=True)


def _shape(figure: Figure, swings: Sequence[Swing]) -> Shape:
    ends = [end for one in swings for end in (one.figure_at_low, one.figure_at_high) if end is not None]
    scale, unit = words.scale_of([figure.unit], [figure.value, *ends])
    said = unit if is_money(figure.unit) else unit_text(figure.unit)
    shape = Shape(figure, scale, said, 0)
    longest = max((len(shape.text(end)) for end in (figure.value, *ends)), default=0)
    return shape._replace(room=max(60.0, (longest + 2) * LETTER * 12 / 13))


def _between(figure: Figure, swings: Sequence[Swing]) -> tuple[float, float]:
    ends = [end for one in swings for end in (one.figure_at_low, one.figure_at_high) if end is not None]
    return min(figure.value, *ends, figure.value), max(figure.value, *ends, figure.value)


def _row(found: Sensitivity, shape: Shape, swing: Swing, at: int, low: float, per: float) -> tuple[str, int]:
    """The input, its bar, and what the figure is at each end."""
    lines = lines_of(input_label(found.result, swing.input), LABELS)
    height = LINE * len(lines) + ROW
    parts = [svg_text(MARGIN, LINE * index + 16, line) for index, line in enumerate(lines)]
    y = (height - ROW) / 2
    ends = [one for one in (swing.figure_at_low, swing.figure_at_high) if one is not None]
    least, most = (min(ends), max(ends)) if len(ends) == 2 else (shape.figure.value, shape.figure.value)
    x, width = shape.left + (least - low) * per, max((most - least) * per, 1.0)
    parts.append(f'<rect x="{x:.1f}" y="{y - 5:.1f}" width="{width:.1f}" height="18" fill="{PLAIN}"/>')
    sides = ("L", "H") if (swing.figure_at_low or 0) <= (swing.figure_at_high or 0) else ("H", "L")
    texts = (shape.text(least), shape.text(most)) if len(ends) == 2 else ("", say("no answer"))
    for side, text, place, anchor in zip(sides, texts, (x - 5, x + width + 5), ("end", "start"), strict=True):
        told = said_at(f"{side}{at}", *shape.way, told=shape.figure.told)
        more = f' data-say="{told}"' if told else ""
        parts.append(svg_text(place, y + 9, text, size=12, anchor=anchor, more=more))
    return "".join(parts), height


def _line(kind: str, x: float, top: float, more: str, *, hidden: bool) -> str:
    away = ' display="none"' if hidden else ""
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{top:g}" stroke="{DARK}" {more}{away}/>'


def _now(shape: Shape, x: float, found: Sensitivity) -> str:
    """What the figure is now, above its line."""
    slot = found.result.record.plan.slots[found.figure.node]
    told = said_by(slot, *shape.way, told=shape.figure.told)
    more = f' data-say="{told}"' if told else ""
    number = f"<tspan{more}>{escape(shape.text(shape.figure.value))}</tspan>"
    text = escape(say("now: {amount}", amount="\ue009")).replace("\ue009", number)
    return f'<text class="now" x="{x:.1f}" y="14" font-size="12" text-anchor="middle" fill="{DARK}">{text}</text>'
