"""Marks inside a text: how it stands out, where it leads, which figure it says.

A terminal shows tones as colour and links as links, a page binds figures to the steps that they come from, and every
other format drops the marks. They are letters of a private range, which no scenario can bring in.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

GOOD, BAD, STRONG, LINK, BOUND, VARIANT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
BEGIN, END = "\ue007", "\ue008"
ALL = f"{GOOD}{BAD}{STRONG}{LINK}{BOUND}{VARIANT}{BEGIN}{END}"
STYLES = {GOOD: "green", BAD: "red", STRONG: "bold"}
_MARKS = re.compile(f"([{GOOD}-{VARIANT}])([^{BEGIN}]*){BEGIN}|{END}")
MARKED = re.compile(f"([{GOOD}-{VARIANT}][^{BEGIN}]*{BEGIN}|{END})")
"""What splits a text at its marks: every other piece is one."""
_binds: ContextVar[bool] = ContextVar("binds", default=False)


class Mark(NamedTuple):
    """The beginning of a marked stretch, and what goes with it; the end has neither."""

    kind: str = ""
    told: str = ""


def toned(text: str, tone: str) -> str:
    """The text in that tone; nothing stays nothing."""
    return f"{tone}{BEGIN}{text}{END}" if text and tone else text


def by_direction(text: str, direction: str | None) -> str:
    """What is saved and what it costs more, told apart by colour too."""
    return toned(text, {"saves": GOOD, "costs": BAD}.get(direction or "", ""))


def linked(text: str, address: str | None) -> str:
    """The text as a link to the address, where that is one of the web."""
    if address is None or not re.fullmatch(r"https?://[!-~]+", address):
        return text
    return f"{LINK}{address}{BEGIN}{text}{END}"


def bound(text: str, *told: object) -> str:
    """The text of a figure, bound to what it says where a page asks for that."""
    return f"{BOUND}{';'.join(map(str, told))}{BEGIN}{text}{END}" if _binds.get() and text else text


def variant(text: str, *told: object) -> str:
    """One of several sentences of which a figure's side of zero decides."""
    return f"{VARIANT}{';'.join(map(str, told))}{BEGIN}{text}{END}"


def binds() -> bool:
    """Whether figures are bound."""
    return _binds.get()


@contextmanager
def binding() -> Iterator[None]:
    """Binds the figures of what is said meanwhile."""
    token = _binds.set(True)
    try:
        yield
    finally:
        _binds.reset(token)


def untoned(text: str) -> str:
    """The text alone."""
    return _MARKS.sub("", text)


def parts(text: str) -> Iterator[str | Mark]:
    """The text in stretches, with the marks between them."""
    at = 0
    for found in _MARKS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield Mark(found[1] or "", found[2] or "")
        at = found.end()
    if at < len(text):
        yield text[at:]


def stretches(text: str, *, links: bool = False) -> Iterator[tuple[str, str]]:
    """The text in stretches, each with its style; tones may lie inside each other."""
    open_marks: list[str] = []
    for part in parts(text):
        if isinstance(part, str):
            yield part, " ".join(filter(None, open_marks))
        elif part.kind:
            open_marks.append(f"link {part.told}" if part.kind == LINK and links else STYLES.get(part.kind, ""))
        else:
            open_marks = open_marks[:-1]
