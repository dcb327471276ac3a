"""A figure over two inputs: a cell for each combination, the darker the larger, with its number if it fits."""

from collections.abc import Callable, Sequence

from omsorg_cli.render.pictures.frame import lines_of
from omsorg_cli.render.pictures.marks import DARK, LETTER, MARGIN, WIDTH, svg_text

LIGHTEST, DARKEST = (238, 243, 248), (31, 58, 95)
CELL = 26
SMALL = 12
HALF = 0.66
"""How dark a cell is from which on its number is white."""
NONE = "#ffffff"


def heat(
    across: tuple[str, Sequence[str]],
    down: tuple[str, Sequence[str]],
    cells: Sequence[Sequence[float | None]],
    said: Callable[[float], str],
) -> tuple[str, int]:
    """The picture and how high it is; each axis is a name and its values, and no answer is an empty cell."""
    known = [one for row in cells for one in row if one is not None]
    low, high = min(known), max(known)
    left = MARGIN + max(map(len, down[1])) * LETTER * SMALL / 13 + 10
    each = (WIDTH - MARGIN - left) / len(across[1])
    numbered = max((len(said(one)) for one in known), default=0) * LETTER * SMALL / 13 + 4 <= each
    parts, top = [svg_text(MARGIN, 14, down[0], size=SMALL)], 24
    every = _every(len(down[1]) * SMALL * 1.3, len(down[1]) * _height(len(down[1])))
    height = _height(len(down[1]))
    for at, row in enumerate(cells):
        y = top + at * height
        if at % every == 0:
            parts.append(svg_text(left - 6, y + height / 2 + 4, down[1][at], size=SMALL, anchor="end"))
        parts += [
            _cell(left + each * place, y, each, height, value, (low, high), said if numbered else None)
            for place, value in enumerate(row)
        ]
    bottom = top + len(cells) * height
    longest = max(map(len, across[1])) * LETTER * SMALL / 13 + 10
    every = _every(longest * len(across[1]), each * len(across[1]))
    for place, text in enumerate(across[1]):
        if place % every == 0:
            parts.append(svg_text(left + each * (place + 0.5), bottom + 16, text, size=SMALL, anchor="middle"))
    bottom += 20
    for line in lines_of(across[0], WIDTH - 2 * MARGIN, SMALL):
        bottom += 16
        parts.append(svg_text(MARGIN, bottom, line, size=SMALL))
    return "".join(parts) + _key(bottom + 16, (low, high), said), int(bottom + 56)


def _height(rows: int) -> float:
    return max(4.0, min(CELL, 640 / rows))


def _every(wanted: float, room: float) -> int:
    return max(1, -int(-wanted // room))


def _cell(
    x: float,
    y: float,
    width: float,
    height: float,
    value: float | None,
    ends: tuple[float, float],
    said: Callable[[float], str] | None,
) -> str:
    share = 0.0 if value is None or ends[1] == ends[0] else (value - ends[0]) / (ends[1] - ends[0])
    colour = NONE if value is None else _shade(share)
    cell = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}" stroke="white"/>'
    if value is None or said is None:
        return cell
    ink = "white" if share > HALF else "black"
    text = svg_text(x + width / 2, y + height / 2 + 4, said(value), size=SMALL, anchor="middle")
    return cell + text.replace(f'fill="{DARK}"', f'class="on-cell" fill="{ink}"')


def _shade(share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(LIGHTEST, DARKEST, strict=True))
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def _key(y: float, ends: tuple[float, float], said: Callable[[float], str]) -> str:
    """The shades from the least to the most."""
    first = svg_text(MARGIN, y + 14, said(ends[0]), size=SMALL)
    start = MARGIN + len(said(ends[0])) * LETTER * SMALL / 13 + 10
    steps = "".join(
        f'<rect x="{start + 16 * at:.1f}" y="{y}" width="16" height="18" fill="{_shade(at / 9)}"/>' for at in range(10)
    )
    return first + steps + svg_text(start + 170, y + 14, said(ends[1]), size=SMALL)
