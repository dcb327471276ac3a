"""Letters that a program which shows them may obey: controls, escapes, marks of direction, and what is no letter."""

import re
import unicodedata

_OBEYED = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_BETWEEN = "\t\n\r\v\f\x85\u2028\u2029"
LONGEST = 255
"""Letters of a name that are told: as many as a file's may have."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")


def plain(text: str) -> str:
    """The text in one line, with everything a terminal would obey (escapes, controls, direction marks) replaced.

    What stands between lines is a space; what is no letter at all, by Unicode, is replaced too: no picture takes it.
    """
    if text.isprintable():  # as no letter is that is obeyed or stands between lines
        return text
    return "".join(" " if letter in _BETWEEN else "�" if is_obeyed(letter) else letter for letter in text)


def brief(text: str) -> str:
    """The text in one line, cut where it is longer than a name of a file can be."""
    return plain(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def is_obeyed(letter: str) -> bool:
    """Whether a program that shows the letter may do something else than show it."""
    return unicodedata.category(letter) in _OBEYED or ord(letter) & 0xFFFE == 0xFFFE or "\ufdd0" <= letter <= "\ufdef"


def safe_json(text: str) -> str:
    """JSON in which letters that are obeyed, or that UTF-8 has no place for, stand as escapes: nothing is lost."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _BEYOND_ASCII.sub(lambda found: _escaped(found[0]) if is_obeyed(found[0]) else found[0], text)


def ascii_json(text: str) -> str:
    """JSON in which every letter beyond ASCII stands as an escape."""
    return _BEYOND_ASCII.sub(lambda found: _escaped(found[0]), text)


def _escaped(letter: str) -> str:
    pairs = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at]:02x}{pairs[at + 1]:02x}" for at in range(0, len(pairs), 2))
