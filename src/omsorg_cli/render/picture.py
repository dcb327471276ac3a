"""A picture of a result: the figures that its views draw, as bars by row or as columns by year, in SVG.

Every bar carries its number and its label, so that no colour has to be told from another; zero is marked. A page can
move the marks: each says which step of the run it shows.
"""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import NamedTuple

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.core.units import is_money
from omsorg_cli.core.view import Grid, Listing, Years
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.render import views, words
from omsorg_cli.render.document import subject
from omsorg_cli.render.templates import Row, worded
from omsorg_cli.render.tones import untoned
from omsorg_cli.render.values import labelled, row_label
from omsorg_cli.result import Figure, Result

WIDTH, MARGIN = 760, 16
LABELS, VALUES = 250, 110
"""Columns for the labels on the left, and at the least for the numbers beside the bars."""
LETTER = 7.4
"""How wide a letter of a label is at the most on average, in 13 pixels."""
BOLD = 8.3
"""The same of bold letters."""
LINE, ROW = 17, 12
HEIGHT = 220
"""Of the columns of a picture by year."""
MOST_BARS = 40
SAVED, SPENT, PLAIN, DARK = "#1b7f5c", "#b3261e", "#3f6f9f", "#222222"
MOST_YEARS_LABELLED = 12
DASHES = ("6 3", "2 3", "12 4", "12 3 2 3")
"""How the lines of a picture are told apart, without any colour."""
KEY = 34
"""How long a line is shown in the key."""


class Bar(NamedTuple):
    """One mark: its label, its figure, and the step that it shows."""

    label: str
    value: float
    slot: int
    unit: str
    direction: str | None


class Picture(NamedTuple):
    """What is drawn: bars by row, or columns by year with lines beside them."""

    title: str
    subtitle: str
    kind: str
    bars: tuple[Bar, ...]
    lines: tuple[tuple[str, tuple[Bar, ...]], ...] = ()
    scale: float = 1.0
    named: str = ""


def picture_of(result: Result, figures: Sequence[Figure]) -> Picture | None:
    """The picture of the first view that draws something; None where none does."""
    calculator = result.calculator
    for view in (*calculator.views, *calculator.details):
        found = None
        if isinstance(view, Years) and view.drawn:
            found = _by_year(result, figures, view)
        elif isinstance(view, Listing) and view.drawn:
            found = _by_part(result, figures, view)
        elif isinstance(view, Grid):
            name = next((column.bar for column in view.columns if column.bar), "")
            found = _by_row(result, figures, name) if name else None
        if found is not None:
            return found
    first = result.headlines[0]
    return _by_row(result, figures, first)


def side_by_side(sides: Sequence[tuple[str, Result, Figure]]) -> str:
    """One figure in several results, as a bar for each."""
    _, result, figure = sides[0]
    scale, unit = words.scale_of((one.unit for *_, one in sides), (one.value for *_, one in sides))
    told = say(result.calculator.label(figure.figure))
    subtitle = say("{figure}, {unit}", figure=told, unit=unit) if is_money(figure.unit) else told
    bars = tuple(_bar(own, one, name) for name, own, one in sides)
    return svg(Picture(subtitle, "", "bars", bars, (), scale if is_money(figure.unit) else 1.0), alone=False)


def finding(result: Result, figures: Sequence[Figure]) -> str:
    """The first sentence that answers."""
    for view in result.calculator.answer:
        for group in views.answers(result, figures, view):
            return untoned(group[0])
    return subject(result, figures)


def _by_row(result: Result, figures: Sequence[Figure], name: str) -> Picture | None:
    yearly = bool(result.calculator.horizon)
    fitting = [one for one in figures if one.figure == name and not (yearly and one.keys.get("year") is not None)]
    if not fitting:
        return None
    bars = tuple(
        _bar(result, one, row_label(result, one.keys) or say(result.calculator.label(name))) for one in fitting
    )
    scale, unit = words.scale_of((one.unit for one in fitting), (one.value for one in fitting))
    counted = unit if is_money(fitting[0].unit) else ""
    told = say(result.calculator.label(name))
    subtitle = say("{figure}, {unit}", figure=told, unit=counted) if counted else told
    if len(bars) > MOST_BARS:
        subtitle = say("{subtitle}: the first {shown} of {all}", subtitle=subtitle, shown=MOST_BARS, all=len(bars))
    return Picture(finding(result, figures), subtitle, "bars", bars[:MOST_BARS], (), scale if counted else 1.0)


def _by_part(result: Result, figures: Sequence[Figure], view: Listing) -> Picture | None:
    """A whole and its parts, each beginning where the one before it ends, for the coordinates that have most parts."""
    whole_rows = (one for one in figures if all(key is None for axis, key in one.keys.items() if axis not in view.per))
    drawn = [one for one in whole_rows if one.figure in view.drawn]
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in drawn:
        groups.setdefault(tuple(one.keys[axis] for axis in view.per), []).append(one)
    if not groups:
        return None
    parts = max(groups.values(), key=len)
    row = Row(result, {axis: parts[0].keys[axis] for axis in view.per}, parts)
    labels = dict(zip(view.drawn, (worded(row, label) for label, _ in view.rows), strict=True))
    ordered = sorted(parts, key=lambda one: view.drawn.index(one.figure))
    scale, unit = words.scale_of((one.unit for one in ordered), (one.value for one in ordered))
    bars = tuple(_bar(result, one, labels[one.figure]) for one in ordered)
    whole = row_label(result, row.at)
    subtitle = say("{figure}, {unit}", figure=labelled(labels[ordered[0].figure], whole), unit=unit)
    return Picture(finding(result, figures), subtitle, "steps", bars, (), scale)


def _by_year(result: Result, figures: Sequence[Figure], view: Years) -> Picture | None:
    yearly = [one for one in figures if one.figure in view.drawn and one.keys.get("year") is not None]
    shown = fewest_coordinates(yearly, view.drawn)
    columns = [one for one in shown if one.figure == view.drawn[0]]
    keys = [one.keys for one in columns]
    if len(columns) < 2 or len({key["year"] for key in keys}) < len(columns):
        return None
    scale, unit = words.scale_of((one.unit for one in shown), (one.value for one in shown))
    calculator = result.calculator
    lines = tuple(
        (
            say(calculator.label(name)),
            tuple(_bar(result, one, str(one.keys["year"])) for one in shown if one.figure == name),
        )
        for name in view.drawn[1:]
    )
    names = {name: label for label, name in view.rows}
    label = say(names.get(view.drawn[0], calculator.label(view.drawn[0]))).format(unit=unit)
    bars = tuple(_bar(result, one, str(one.keys["year"])) for one in columns)
    subtitle = say("{figure} by year, {unit}", figure=label, unit=unit)
    return Picture(finding(result, figures), subtitle, "columns", bars, lines, scale, label)


def _bar(result: Result, figure: Figure, label: str) -> Bar:
    slot = result.record.plan.slots[figure.node]
    return Bar(label, figure.value, slot, figure.unit, figure.direction)


def text_of(bar: Bar, scale: float) -> str:
    """The number beside the mark."""
    if not is_money(bar.unit):
        return words.amount(bar.value, bar.unit)
    return words.scaled(bar.value, scale, either_way=bar.direction is not None)


def svg(picture: Picture, *, alone: bool = True, source: str = "") -> str:
    """The picture; `alone` it stands with its title and source in a file of its own, else in a page that says them."""
    body, height = (_columns if picture.kind == "columns" else _bars)(picture)
    top, parts = MARGIN, []
    if alone:
        for text, size, weight in ((picture.title, 17, "bold"), (picture.subtitle, 13, "normal")):
            for line in wrap(text, int((WIDTH - 2 * MARGIN) / (size * (BOLD if weight == "bold" else LETTER) / 13))):
                top += size + 5
                parts.append(svg_text(MARGIN, top, line, size=size, weight=weight))
        top += 14
    parts.append(f'<g transform="translate(0 {top})">{body}</g>')
    top += height + MARGIN
    if alone:
        for line in wrap(source, int((WIDTH - 2 * MARGIN) / (LETTER * 11 / 13))):
            top += 14
            parts.append(svg_text(MARGIN, top, line, size=11))
        top += MARGIN
    said = escape(f"{picture.title} {picture.subtitle}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}" role="img"'
        f' font-family="sans-serif" class="picture" data-kind="{picture.kind}" data-scale="{picture.scale:g}">'
        f"<title>{said}</title>{_background(alone, top)}{''.join(parts)}</svg>"
    )


def _background(alone: bool, height: int) -> str:
    return f'<rect width="{WIDTH}" height="{height}" fill="white"/>' if alone else ""


def svg_text(
    x: float, y: float, text: str, *, size: int = 13, weight: str = "normal", anchor: str = "start", more: str = ""
) -> str:
    """A line of text in a picture."""
    bold = f' font-weight="{weight}"' if weight != "normal" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{DARK}"{bold}{more}>'
        f"{escape(text)}</text>"
    )


def _domain(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (0.0, 1.0)


def _bars(picture: Picture) -> tuple[str, int]:
    """A row for each bar: its label, the bar from zero, and its number."""
    values = max(VALUES, LETTER * max(len(text_of(bar, picture.scale)) for bar in picture.bars))
    left, room = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS - values
    starts = _starts(picture)
    low, high = _domain(
        [at for start, bar in zip(starts, picture.bars, strict=True) for at in (start, start + bar.value)]
    )
    zero, per = left - low / (high - low) * room, room / (high - low)
    parts, top = [], 0
    for start, bar in zip(starts, picture.bars, strict=True):
        lines = wrap(bar.label, int(LABELS / LETTER)) or [""]
        height = LINE * len(lines) + ROW
        for at, line in enumerate(lines):
            parts.append(svg_text(MARGIN, top + LINE * at + 16, line))
        x, width = zero + min(start, start + bar.value) * per, abs(bar.value) * per
        middle = top + (height - ROW) / 2
        parts.append(_rect(bar, x, middle - 5, width, 18, "bar"))
        parts.append(
            svg_text(
                zero + max(start, start + bar.value) * per + 6,
                middle + 9,
                text_of(bar, picture.scale),
                more=_bound(bar, picture),
            )
        )
        top += height
    line = f'<line class="zero" x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{top}" stroke="{DARK}"/>'
    return f'<g data-left="{left}" data-room="{room:.1f}">{"".join(parts)}{line}</g>', top


def _starts(picture: Picture) -> list[float]:
    """Where each bar begins: at zero, or for the parts of a whole where the one before it ends."""
    starts = [0.0] * len(picture.bars)
    if picture.kind == "steps":
        for at in range(2, len(starts)):
            starts[at] = starts[at - 1] + picture.bars[at - 1].value
    return starts


def _rect(bar: Bar, x: float, y: float, width: float, height: float, kind: str) -> str:
    colour = {"saves": SAVED, "costs": SPENT}.get(bar.direction or "", PLAIN)
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}" '
        f'data-slot="{bar.slot}"{_either(bar)}/>'
    )


def _bound(bar: Bar, picture: Picture) -> str:
    """What a page needs to say the number anew."""
    told = {"slot": bar.slot, "way": "scaled" if is_money(bar.unit) else "", "unit": bar.unit}
    told["scale"] = f"{picture.scale:g}"
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in told.items()) + _either(bar)


def _either(bar: Bar) -> str:
    return ' data-either="1"' if bar.direction is not None else ""


def _columns(picture: Picture) -> tuple[str, int]:
    """A column for each year, and a line for what goes with it."""
    left, room, plot = MARGIN, WIDTH - 2 * MARGIN, HEIGHT
    every = [*picture.bars, *(bar for _, line in picture.lines for bar in line)]
    low, high = _domain([bar.value for bar in every])
    per = plot / (high - low)
    zero, step = 24 + high * per, room / len(picture.bars)
    parts = []
    labelled = len(picture.bars) <= MOST_YEARS_LABELLED
    for at, bar in enumerate(picture.bars):
        x, width = left + step * at + step * 0.15, step * 0.7
        y, height = min(zero, zero - bar.value * per), abs(bar.value) * per
        parts.append(_rect(bar, x, y, width, height, "column"))
        if labelled:
            parts.append(
                svg_text(x + width / 2, y - 6, text_of(bar, picture.scale), anchor="middle", more=_bound(bar, picture))
            )
        if labelled or at % 5 == 0:
            parts.append(svg_text(x + width / 2, plot + 46, bar.label, anchor="middle"))
    for at, (label, line) in enumerate(picture.lines):
        points = " ".join(f"{left + step * (at + 0.5):.1f},{zero - bar.value * per:.1f}" for at, bar in enumerate(line))
        slots = " ".join(str(bar.slot) for bar in line)
        y, dash = plot + 68 + LINE * at, DASHES[at % len(DASHES)]
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{DARK}" stroke-width="2" stroke-dasharray="{dash}" '
            f'data-slots="{slots}"/>'
        )
        key = f'x1="{left}" x2="{left + KEY}" y1="{y - 4}" y2="{y - 4}" stroke="{DARK}" stroke-width="2"'
        parts.append(f'<line {key} stroke-dasharray="{dash}"/>')
        parts.append(svg_text(left + KEY + 8, y, label, size=12))
    parts.append(f'<line class="zero" x1="{left}" x2="{left + room}" y1="{zero:.1f}" y2="{zero:.1f}" stroke="{DARK}"/>')
    data = f'data-top="24" data-plot="{plot}" data-left="{left}" data-room="{room:.1f}"'
    return f"<g {data}>{''.join(parts)}</g>", plot + 54 + (5 + LINE * len(picture.lines) if picture.lines else 0)


def drawn(result: Result, figures: Sequence[Figure], suffix: str) -> bytes:
    """The picture in a file of its own, with its title above and its sources below."""
    found = picture_of(result, figures)
    if found is None:
        raise NoAnswerError(say("There is nothing to draw."))
    titles = dict.fromkeys(source.title for source in result.scenario.sources.values())
    source = say("Source: {name}", name=plain(", ".join(titles))) if titles else say("No source is stated.")
    text = svg(found, source=source)
    return text.encode() if suffix == ".svg" else as_png(text)


def as_png(text: str) -> bytes:
    """The picture in dots, twice as fine as it is wide."""
    try:
        import vl_convert
    except ImportError:
        raise OmsorgError(say("A PNG needs vl-convert: pip install 'omsorg-cli[charts]'; or write .svg.")) from None
    return bytes(vl_convert.svg_to_png(text, scale=2))


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
