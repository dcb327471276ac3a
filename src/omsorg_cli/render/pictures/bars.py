"""Bars by row: each with its label and its number, from zero, or from where the part of a whole before it ends."""

from textwrap import wrap

from omsorg_cli.render.pictures.marks import (
    BOLD,
    DARK,
    LABELS,
    LETTER,
    LINE,
    MARGIN,
    ROW,
    VALUES,
    WIDTH,
    Picture,
    bound,
    domain,
    dot,
    rect,
    stem,
    svg_text,
    text_of,
)


def bars(picture: Picture) -> tuple[str, int]:
    """A row for each bar: its label, the bar from zero, and its number."""
    values = max(VALUES, LETTER * max(len(text_of(bar, picture.scale)) for bar in picture.bars))
    left, room = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS - values
    starts = _starts(picture)
    low, high = domain(
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
        parts.append(rect(bar, x, middle - 5, width, 18, "bar"))
        end, said = zero + max(start, start + bar.value) * per, text_of(bar, picture.scale)
        parts.append(svg_text(end + 6, middle + 9, said, more=bound(bar, picture.scale)))
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


def dots(picture: Picture) -> tuple[str, int]:
    """A row for each bar, with a dot where it would end; one's own are large and in bold."""
    texts = [text_of(bar, picture.scale) for bar in picture.bars]
    left, room = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS - max(VALUES, LETTER * max(map(len, texts)))
    low, high = domain([bar.value for bar in picture.bars])
    zero, per = left - low / (high - low) * room, room / (high - low)
    parts, top = [], 0
    for bar, text in zip(picture.bars, texts, strict=True):
        lines = wrap(bar.label, int(LABELS / (BOLD if bar.own else LETTER))) or [""]
        height, weight = LINE * len(lines) + ROW // 2, "bold" if bar.own else "normal"
        parts += [svg_text(MARGIN, top + LINE * at + 14, line, weight=weight) for at, line in enumerate(lines)]
        x, y = zero + bar.value * per, top + (height - ROW // 2) / 2 + 4
        parts.append(stem(bar, min(zero, x), y, abs(x - zero)))
        parts.append(dot(bar, x, y))
        parts.append(svg_text(max(x, zero) + 11, y + 4, text, weight=weight, more=bound(bar, picture.scale)))
        top += height
    line = f'<line class="zero" x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{top}" stroke="{DARK}"/>'
    return f'<g data-left="{left}" data-room="{room:.1f}">{"".join(parts)}{line}</g>', top
