"""A document as text for people: aligned columns, in colour only where a terminal asks for it."""

import io
from collections.abc import Sequence

from rich.console import Console, OverflowMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from omsorg_cli.render.document import Heading, Part, Sentences, Sheet

PIPE_WIDTH = 2_000
"""Columns where there is no terminal: a row and a sentence stay a line, for `grep` and the like."""


BAR, MIDDLE = "█", "│"
PLAIN = str.maketrans({BAR: "#", MIDDLE: "|"})
"""What bars are drawn with in a terminal, and what stands for that elsewhere."""


def render(parts: Sequence[Part], *, colour: bool = False, width: int | None = None) -> str:
    """The document as lines of text; with a terminal's width, folded to it."""
    console = Console(
        file=io.StringIO(),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        width=width or PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for part in parts:
            _print(console, part)
    text = "\n".join(line.rstrip() for line in capture.get().split("\n"))
    return text if width else text.translate(PLAIN)


def _print(console: Console, part: Part) -> None:
    if isinstance(part, Heading):
        console.print(Text(part.text, style="bold"))
        if part.level == 1:
            console.print()
    elif isinstance(part, Sheet):
        console.print(Padding(_table(part), (0, 0, 1, 2)))
    else:
        console.print(Padding(_sentences(part), (0, 0, 1, 2)))


def _table(sheet: Sheet) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for at, (heading, right) in enumerate(zip(sheet.headings, sheet.right, strict=True)):
        drawn = any(BAR in row[at] for row in sheet.rows)  # a bar is cut rather than folded
        overflow: OverflowMethod = "crop" if drawn else "fold"
        table.add_column(Text(heading), justify="right" if right else "left", overflow=overflow, no_wrap=drawn)
    for row in sheet.rows:
        table.add_row(*map(Text, row))
    return table


def _sentences(part: Sentences) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    if part.mark:
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in part.lines:
        table.add_row(*([Text(part.mark)] if part.mark else []), Text(line))
    return table
