"""What was probably meant by a line that is no TOML: numbers, months and words as people write them."""

import re
from tomllib import TOMLDecodeError, loads

_LINE = re.compile(r"line (\d+)")
_TEXT_OR_COMMENT = re.compile(r"(?P<text>\"[^\"]*\"|'[^']*')|#.*$")
_GROUPED = r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?"
_LETTERS = "A-Za-zÆØÅæøå"
VALUES = (
    (r"-?[0-9]{1,3}(?:[.,][0-9]{3}){2,}(?:[.,][0-9]+)?", 'a number with thousands set apart is text: "{value}"'),
    (r"-?[1-9][0-9]{0,2},[0-9]{3}", "{value} can be read in two ways: write {whole} or {joined}"),
    (r"-?[0-9]{1,3}[.,][0-9]{3}[.,][0-9]+", 'a number with thousands set apart is text: "{value}"'),
    (r"-?[0-9]+,[0-9]+", 'a decimal is written {joined}, or as text "{value}"'),
    (_GROUPED, 'thousands are written {joined}, or as text "{value}"'),
    (rf"-?[0-9][0-9 .,]*(?:%|[{_LETTERS}][{_LETTERS}. /]*)", 'a number with a unit is text: "{value}"'),
    (r"(?:kr|NOK)\.? ?-?[0-9][0-9 .,]*", 'a number with a unit is text: "{value}"'),
    (r"[0-9.]+\s?/\s?[0-9.]+", 'a fraction is text: "{value}"'),
    (r"[0-9]{4}-[0-9]{1,2}|0[0-9]\.[0-9]{4}", 'a month is text: "{value}"'),
    (r"0[0-9]+", 'a code that begins with a zero is text: "{value}"'),
    (r"[−–][0-9][0-9.,]*", 'a number below zero has a hyphen, or is text: "{value}"'),
    (r"\.[0-9]+", "a decimal is written 0{value}"),
    (r"True|TRUE|False|FALSE|ja|nei|yes|no", "a switch is written true or false"),
    (rf"[{_LETTERS}][\w .-]*", 'words are text: "{value}"'),
)
"""Values that are no TOML, and how they are written; the first that fits is told."""
HINTS = (
    (r"^\s*\[+(?P<value>[\w.-]*[ÆØÅæøå][\w.-]*)\]+\s*$", "a key with letters beyond a to z stands in quotes"),
    *((rf"(?:=|[\[,{{])\s*(?P<value>{value})\s*(?=$|[,\]}}])", told) for value, told in VALUES),
    (r"(?P<value>[“”„«»‘’])", 'quotes are straight: " and not {value}'),
    (r"^\s*(?P<value>[\w.-]*[ÆØÅæøå][\w.-]*)\s*=", "a key with letters beyond a to z stands in quotes"),
)
"""What a line that is no TOML may hold; strings and comments are taken out before."""


def meant(text: str, error: TOMLDecodeError) -> str:
    """A sentence of what was probably meant in the line where the text stops being TOML; nothing where nobody knows."""
    lines = text.splitlines()
    found = _LINE.search(str(error))
    at = int(found[1]) if found else len(lines)
    return _meant_in(lines, at) or ("" if _is_toml(lines, at - 1) else _meant_in(lines, at - 1))


def _is_toml(lines: list[str], number: int) -> bool:
    """Whether the line stands alone as TOML, so that what is wrong is not in it."""
    try:
        loads(lines[number - 1] if 0 < number <= len(lines) else "")
    except TOMLDecodeError:
        return False
    return True


def _meant_in(lines: list[str], number: int) -> str:
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    bare = _TEXT_OR_COMMENT.sub(lambda one: '""' if one["text"] else "", line)
    for pattern, told in HINTS:
        match = re.search(pattern, bare)
        if match:
            value = match["value"].strip()
            joined = re.sub(r"[ \u00a0\u202f]", "_", value).replace(",", ".")
            return f" Line {number}: {told.format(value=value, joined=joined, whole=value.replace(',', '_'))}."
    return ""
