"""A text with marks as HTML: everything from a scenario is text, never markup and never an address that runs."""

import re
from html import escape

from omsorg_cli.core.letters import plain
from omsorg_cli.render import tones
from omsorg_cli.render.tones import BAD, BOUND, FOREIGN, GOOD, LINK, STATED, STRONG, VARIANT, Mark

_TAGS = {
    GOOD: "span",
    BAD: "span",
    STRONG: "strong",
    LINK: "a",
    BOUND: "span",
    VARIANT: "span",
    FOREIGN: "span",
    STATED: "span",
}
_NAMED = {FOREIGN: "lang", STATED: "data-from"}
_CLASSES = {GOOD: "good", BAD: "bad"}


def as_html(text: str) -> str:
    """The text with its marks as tags."""
    open_tags: list[str] = []
    found = []
    for part in tones.parts(text):
        if isinstance(part, str):
            found.append(escape(plain(part)))
        elif part.kind:
            open_tags.append(_TAGS[part.kind])
            found.append(f"<{_TAGS[part.kind]}{_attributes(part)}>")
        elif open_tags:
            found.append(f"</{open_tags.pop()}>")
    found += [f"</{tag}>" for tag in reversed(open_tags)]
    return "".join(found)


def _attributes(mark: Mark) -> str:
    if mark.kind in _CLASSES:
        return f' class="{_CLASSES[mark.kind]}"'
    if mark.kind in _NAMED:
        return f' {_NAMED[mark.kind]}="{escape(mark.told)}"'
    if mark.kind == LINK:
        return (
            f' href="{escape(mark.told)}" rel="noopener noreferrer"'
            if re.fullmatch(r"https?://[!-~]+", mark.told)
            else ""
        )
    told = [escape(one) for one in mark.told.split(";")]
    if mark.kind == BOUND and re.fullmatch(r"[LH]?[0-9]+\.[0-9]+", mark.told):
        return f" data-say={mark.told}"
    if mark.kind == VARIANT and len(told) == 4:
        slot, side, unit, shown = told
        return f' data-slot="{slot}" data-side="{side}" data-unit="{unit}"{"" if shown == "1" else " hidden"}'
    return ""
