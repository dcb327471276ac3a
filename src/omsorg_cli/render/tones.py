"""Marks inside a text: how it stands out, where it leads, which figure it says.

A terminal shows tones as colour and links as links, a page binds figures to the steps that they come from and says
which words are of another language, and every other format drops the marks. They are letters of a private range with
a key that each process draws anew: no text that comes from outside can have it, and so none can bring a mark in.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple

from omsorg_cli.core.language import language
from omsorg_cli.core.units import TOLD

FOREIGN, STATED, GOOD, BAD, STRONG, LINK, BOUND, VARIANT = "\ue00c\ue00d\ue001\ue002\ue003\ue004\ue005\ue006"
"""The kinds of marks."""
_KEY = "".join(chr(0xF0000 + byte) for byte in os.urandom(8))
_END = f"\ue008{_KEY}"
STYLES = {GOOD: "green", BAD: "red", STRONG: "bold"}
_KINDS = f"[{FOREIGN}{STATED}{GOOD}-{VARIANT}]"
_MARKS = re.compile(f"({_KINDS}){_KEY}(.*?){_KEY}|{_END}")
MARKED = re.compile(f"({_KINDS}{_KEY}.*?{_KEY}|{_END})")
"""What splits a text at its marks: every other piece is one."""


class Mark(NamedTuple):
    """The beginning of a marked stretch, and what goes with it; the end has neither."""

    kind: str = ""
    told: str = ""


def _marked(text: str, kind: str, told: str = "") -> str:
    return f"{kind}{_KEY}{told}{_KEY}{text}{_END}"


def toned(text: str, tone: str) -> str:
    """The text in that tone; nothing stays nothing."""
    return _marked(text, tone) if text and tone else text


def by_direction(text: str, direction: str | None) -> str:
    """What is saved and what it costs more, told apart by colour too."""
    return toned(text, {"saves": GOOD, "costs": BAD}.get(direction or "", ""))


def linked(text: str, address: str | None) -> str:
    """The text as a link to the address, where that is one of the web."""
    if address is None or not re.fullmatch(r"https?://[!-~]+", address):
        return text
    return _marked(text, LINK, address)


def foreign(text: str, tongue: str) -> str:
    """The text, marked as one of that language where another one is spoken."""
    return _marked(text, FOREIGN, tongue) if text and tongue != language() else text


@dataclass
class Binding:
    """What a page that moves needs to know of what it says: which steps it says or draws, and in which ways.

    `live` are the steps that move; what rests on no assumption is said as it stands.
    """

    live: frozenset[int]
    ways: dict[tuple[object, ...], int] = field(default_factory=dict)
    slots: set[int] = field(default_factory=set)

    def said(self, key: object, *way: object) -> str:
        """What stands for what is said, and how: the way, the unit, the scale, and whether it saves or costs."""
        if isinstance(key, int):
            self.slots.add(key)
        return f"{key}.{self.ways.setdefault(way, len(self.ways))}"


_binding: ContextVar[Binding | None] = ContextVar("binding", default=None)


def _place_of(told: str) -> int:
    """What a page knows the kind of money by: its place, from one; zero for what does not go either way."""
    return TOLD.index(told) + 1 if told else 0


def bound(text: str, slot: int, way: str, unit: str, scale: float = 1, *, told: str = "") -> str:
    """The text of a figure, bound to its step where a page asks for that and the step moves."""
    key = said_by(slot, way, unit, scale, told=told)
    return _marked(text, BOUND, key) if key and text else text


def said_by(slot: int, way: str, unit: str, scale: float = 1, *, told: str = "") -> str:
    """What a page calls the step and the way it is said; nothing where nothing moves."""
    held = _binding.get()
    return held.said(slot, way, unit, scale, _place_of(told)) if held is not None and slot in held.live else ""


def said_at(place: str, way: str, unit: str, scale: float = 1, *, told: str = "") -> str:
    """The same of what a page works out itself: a figure at an end of an input."""
    held = _binding.get()
    return held.said(place, way, unit, scale, _place_of(told)) if held is not None else ""


def bound_at(text: str, place: str, way: str, unit: str, *, told: str = "") -> str:
    """The text of a figure at an end of an input, bound to that."""
    key = said_at(place, way, unit, told=told)
    return _marked(text, BOUND, key) if key else text


def variant(text: str, slot: int, side: int, unit: str, *, shown: bool) -> str:
    """One of several sentences of which a figure's side of zero decides."""
    held = _binding.get()
    if held is not None:
        held.slots.add(slot)
    return _marked(text, VARIANT, f"{slot};{side};{unit};{int(shown)}")


def stated(text: str, slot: int) -> str:
    """What the scenario says of the input of that step, which a page takes back where it is moved."""
    return _marked(text, STATED, str(slot)) if text and moves(slot) else text


def drawn_by(slot: int) -> str:
    """What a page calls the step that a mark shows; nothing where no page moves."""
    held = _binding.get()
    if held is None:
        return ""
    held.slots.add(slot)
    return str(slot)


def moves(slot: int) -> bool:
    """Whether the step is one that the page moves."""
    held = _binding.get()
    return held is not None and slot in held.live


@contextmanager
def binding(held: Binding) -> Iterator[None]:
    """Binds the figures of what is said meanwhile."""
    token = _binding.set(held)
    try:
        yield
    finally:
        _binding.reset(token)


def untoned(text: str) -> str:
    """The text alone."""
    return _MARKS.sub("", text)


def between(text: str, change: Callable[[str], str]) -> str:
    """The text, changed between its marks."""
    return "".join(piece if at % 2 else change(piece) for at, piece in enumerate(MARKED.split(text)))


def is_bound(text: str) -> bool:
    """Whether a page says a figure in the text anew."""
    return f"{BOUND}{_KEY}" in text


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
