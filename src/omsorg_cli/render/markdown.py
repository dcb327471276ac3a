"""A document as Markdown, for a memo: everything from a scenario is text, never markup."""

import re
from collections.abc import Sequence

from omsorg_cli.core.errors import plain
from omsorg_cli.render.parts import Heading, Part, Sheet
from omsorg_cli.render.tones import untoned

_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~$&@]|^=|^-(?!\d)")
_NUMBERED = re.compile(r"^(\d{1,9})\.(?=\s|$)")


def render(parts: Sequence[Part]) -> str:
    """The document as Markdown."""
    return "\n\n".join(map(_part, parts)) + "\n"


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * part.level} {escape(part.text)}"
    if isinstance(part, Sheet):
        return _table(part.as_read())
    if part.mark:
        return "\n".join(f"- {escape(line)}" for line in part.lines)
    return "\n\n".join(escape(line) for line in part.lines)


def _table(sheet: Sheet) -> str:
    rows = [sheet.headings, tuple("---:" if right else "---" for right in sheet.right)]
    lines = [f"| {' | '.join(escape(heading) or ' ' for heading in rows[0])} |", f"| {' | '.join(rows[1])} |"]
    lines += [f"| {' | '.join(escape(cell) or ' ' for cell in row)} |" for row in sheet.rows]
    return "\n".join(lines)


def escape(text: str) -> str:
    """The text with everything that Markdown or HTML would act upon made plain: all that is shown goes through here."""
    return _NUMBERED.sub(r"\1\\.", _MARKUP.sub(r"\\\g<0>", plain(untoned(text)).lstrip()))
