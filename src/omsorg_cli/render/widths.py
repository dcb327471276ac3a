"""How wide the columns of a table are on a screen, so that nothing breaks inside a word, a number or its unit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from omsorg_cli.render.parts import Sheet
from omsorg_cli.render.tones import STYLES, toned, untoned

BAR, MIDDLE = "█", "│"
LEAST_BAR = 10
"""A bar that is shorter than this tells nothing, and is left out."""
GAP = 3
"""Columns between two columns of a table."""


def without_bars(sheet: Sheet) -> Sheet:
    """The table without the columns that are bars of letters, which cannot be read aloud."""
    columns = [tuple(map(untoned, column)) for column in zip(sheet.headings, *sheet.rows, strict=True)]
    bars = frozenset(at for at, column in enumerate(columns) if _draws(column))
    return replace(sheet, drawn=bars).as_read() if bars else sheet


def widths(sheet: Sheet, room: int) -> list[int] | None:
    """The width of each column; none for a bar that does not fit, and None where the columns do not fit abreast."""
    columns = [tuple(map(untoned, column)) for column in zip(sheet.headings, *sheet.rows, strict=True)]
    bars = {at for at, column in enumerate(columns) if _draws(column)}
    found = [0 if at in bars else max(map(len, column)) for at, column in enumerate(columns)]
    least = [0 if at in bars else max(map(_longest_word, column)) for at, column in enumerate(columns)]
    for at in bars:
        left = room - sum(found) - GAP * (len(columns) - 1)
        found[at] = min(max(map(len, columns[at])), left) if left >= LEAST_BAR else 0
    room -= GAP * (sum(1 for at in range(len(columns)) if found[at] or at not in bars) - 1)
    if sum(least) > room:
        return None
    headed = [max(low, *map(len, column[1:]), 0) for low, column in zip(least, columns, strict=True)]
    for floor in (headed, least):  # headings are folded before what stands below them
        _narrow(found, [0 if at in bars else low for at, low in enumerate(floor)], room)
    return found


def _narrow(found: list[int], floor: Sequence[int], room: int) -> None:
    """Takes from the widest columns until they fit, from none more than down to its floor."""
    while (excess := sum(found) - room) > 0 and (wide := [at for at in range(len(found)) if found[at] > floor[at]]):
        widest = max(wide, key=lambda at: found[at])
        found[widest] = max(floor[widest], found[widest] - max(1, excess // 2))


def shrunk(bar: str, whole: int, width: int) -> str:
    """The bar, drawn so that what was as long as the whole is as long as the width; its mark stays."""
    if width >= whole:
        return bar
    drawn, tone = untoned(bar), bar[0] if bar[0] in STYLES else ""
    cells = (
        drawn[at * whole // width : max((at + 1) * whole // width, at * whole // width + 1)] for at in range(width)
    )
    return toned("".join(MIDDLE if MIDDLE in one else BAR if BAR in one else " " for one in cells).rstrip(), tone)


def _draws(column: Iterable[str]) -> bool:
    return any(BAR in cell for cell in column)


def _longest_word(text: str) -> int:
    return max(map(len, text.split(" ")))


def blocks(sheet: Sheet) -> Sequence[Sequence[tuple[str, str]]]:
    """Each row as lines of a heading and a cell, without bars and without what is empty."""
    return [
        [(heading, cell) for heading, cell in zip(sheet.headings, row, strict=True) if cell and BAR not in cell]
        for row in sheet.rows
    ]
