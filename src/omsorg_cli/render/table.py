"""A document as text for people: aligned columns, in colour only where a terminal asks for it."""

import io
from collections.abc import Sequence

from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from omsorg_cli.core.folding import held, released, with_whole_commands
from omsorg_cli.core.letters import plain
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.tones import between, stretches, untoned
from omsorg_cli.render.widths import BAR, GAP, MIDDLE, blocks, shrunk, widths

PIPE_WIDTH = 2_000
"""Columns where there is no terminal: a row and a sentence stay a line, for `grep` and the like."""
INDENT = 2
PLAIN = str.maketrans({BAR: "#", MIDDLE: "|"})
"""What bars are drawn with in a terminal, and what stands for that elsewhere."""


def render(parts: Sequence[Part], *, colour: bool = False, width: int | None = None) -> str:
    """The document as lines of text; with a terminal's width, folded to it."""
    console = Console(
        file=io.StringIO(),
        force_terminal=colour,
        force_jupyter=False,  # which shows by itself what it prints
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
            _print(console, part if width or not isinstance(part, Sheet) else part.as_read())
    text = "\n".join(line.rstrip() for line in released(capture.get()).rstrip().split("\n")) + "\n"
    return text if width else text.translate(PLAIN)


def _safe(text: str) -> str:
    """The text as a terminal may have it, whoever wrote it: all that is shown goes through here."""
    return held(between(text, plain))


def _print(console: Console, part: Part) -> None:
    if isinstance(part, Heading):
        console.print(Text(_safe(part.text), style="bold"))
        if part.level == 1:
            console.print()
    elif isinstance(part, Sheet):
        console.print(Padding(_table(part, console.width - INDENT), (0, 0, 1, INDENT)))
    else:
        console.print(Padding(_sentences(part, console.width - INDENT), (0, 0, 1, INDENT)))


def _table(sheet: Sheet, room: int) -> Table:
    """The rows under their headings; where they do not fit, each row as a block of lines."""
    sheet = sheet.with_cells(_safe)
    found = widths(sheet, room)
    if found is None:
        return _blocks(sheet)
    shown = [at for at, width in enumerate(found) if width or not any(BAR in row[at] for row in sheet.rows)]
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
    for at in shown:
        justify: JustifyMethod = "right" if sheet.right[at] else "left"
        table.add_column(Text(sheet.headings[at]), justify=justify, overflow="fold", width=found[at])
    longest = [max(len(untoned(row[at])) for row in sheet.rows) if sheet.rows else 0 for at in range(len(found))]
    for row in sheet.rows:
        cells = (shrunk(row[at], longest[at], found[at]) if BAR in row[at] else row[at] for at in shown)
        table.add_row(*map(_text, cells))
    return table


def _blocks(sheet: Sheet) -> Table:
    """Each row by itself: the headings down the side, a line between two rows."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, GAP, 0, 0))
    table.add_column(style="dim", overflow="fold")
    table.add_column(overflow="fold")
    for at, lines in enumerate(blocks(sheet)):
        if at:
            table.add_row("", "")
        for heading, cell in lines:
            table.add_row(Text(heading), _text(cell))
    return table


def _sentences(part: Sentences, width: int) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0), style="dim" if part.dim else "")
    if part.mark:
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for line in part.lines:
        table.add_row(*([Text(part.mark)] if part.mark else []), _text(with_whole_commands(_safe(line), width - 2)))
    return table


def _text(marked: str) -> Text:
    """The text with its tones as styles."""
    return Text.assemble(*stretches(marked))
