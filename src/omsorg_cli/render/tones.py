"""How a text stands out on a screen: marks inside it, which a terminal shows as colour and every other format drops."""

import re
from collections.abc import Iterator

GOOD, BAD, STRONG, END = "\ue001", "\ue002", "\ue003", "\ue004"
STYLES = {GOOD: "green", BAD: "red", STRONG: "bold"}
_MARKS = re.compile(f"([{GOOD}{BAD}{STRONG}{END}])")


def toned(text: str, tone: str) -> str:
    """The text in that tone; nothing stays nothing."""
    return f"{tone}{text}{END}" if text and tone else text


def by_direction(text: str, direction: str | None) -> str:
    """What is saved and what it costs more, told apart by colour too."""
    return toned(text, {"saves": GOOD, "costs": BAD}.get(direction or "", ""))


def untoned(text: str) -> str:
    """The text alone."""
    return _MARKS.sub("", text)


def stretches(text: str) -> Iterator[tuple[str, str]]:
    """The text in stretches, each with its style; tones may lie inside each other."""
    open_tones: list[str] = []
    for part in _MARKS.split(text):
        if part in STYLES:
            open_tones.append(part)
        elif part == END:
            open_tones = open_tones[:-1]
        elif part:
            yield part, " ".join(STYLES[tone] for tone in open_tones)
