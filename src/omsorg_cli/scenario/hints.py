"""What was probably meant by a line that is no TOML: numbers, months and words as people write them."""

import re
from tomllib import TOMLDecodeError, loads

from omsorg_cli.core.language import phrase, say

_LINE = re.compile(r"line (\d+)")
_TEXT_OR_COMMENT = re.compile(r"(?P<text>\"[^\"]*\"|'[^']*')|#.*$")
_GROUPED = r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?"
_LETTERS = "A-Za-zÆØÅæøå"
VALUES = (
    (
        r"-?[0-9]{1,3}(?:[.,][0-9]{3}){2,}(?:[.,][0-9]+)?",
        phrase('a number with thousands set apart is text: "{value}"'),
    ),
    (r"-?[1-9][0-9]{0,2},[0-9]{3}", phrase("{value} can be read in two ways: write {whole} or {joined}")),
    (r"-?[0-9]{1,3}[.,][0-9]{3}[.,][0-9]+", phrase('a number with thousands set apart is text: "{value}"')),
    (r"-?[0-9]+,[0-9]+", phrase('a decimal is written {joined}, or as text "{value}"')),
    (_GROUPED, phrase('thousands are written {joined}, or as text "{value}"')),
    (rf"-?[0-9][0-9 .,]*(?:%|[{_LETTERS}][{_LETTERS}. /]*)", phrase('a number with a unit is text: "{value}"')),
    (r"(?:kr|NOK)\.? ?-?[0-9][0-9 .,]*", phrase('a number with a unit is text: "{value}"')),
    (r"[0-9.]+\s?/\s?[0-9.]+", phrase('a fraction is text: "{value}"')),
    (r"[0-9]{4}-[0-9]{1,2}|0[0-9]\.[0-9]{4}", phrase('a month is text: "{value}"')),
    (r"0[0-9]+", phrase('a code that begins with a zero is text: "{value}"')),
    (r"[−–][0-9][0-9.,]*", phrase('a number below zero has a hyphen, or is text: "{value}"')),
    (r"\.[0-9]+", phrase("a decimal is written 0{value}")),
    (r"True|TRUE|False|FALSE|ja|nei|yes|no", phrase("a switch is written true or false")),
    (rf"[{_LETTERS}][\w .-]*", phrase('words are text: "{value}"')),
)
"""Values that are no TOML, and how they are written; the first that fits is told."""
IN_QUOTES = phrase("a key with letters beyond a to z stands in quotes")
HINTS = (
    (r"^\s*\[+(?P<value>[\w.-]*[ÆØÅæøå][\w.-]*)\]+\s*$", IN_QUOTES),
    *((rf"(?:=|[\[,{{])\s*(?P<value>{value})\s*(?=$|[,\]}}])", told) for value, told in VALUES),
    (r"(?P<value>[“”„«»‘’])", phrase('quotes are straight: " and not {value}')),
    (r"^\s*(?P<value>[\w.-]*[ÆØÅæøå][\w.-]*)\s*=", IN_QUOTES),
)
"""What a line that is no TOML may hold; strings and comments are taken out before."""


def meant(text: str, error: TOMLDecodeError) -> str:
    """A sentence of what was probably meant in the line where the text stops being TOML; nothing where nobody knows."""
    lines = text.splitlines()
    found = _LINE.search(str(error))
    at = int(found[1]) if found else len(lines)
    return _meant_in(lines, at) or _meant_in(lines, at - 1)


def _is_toml(line: str) -> bool:
    """Whether the line stands alone as TOML, so that what is wrong is not in it."""
    try:
        loads(line)
    except TOMLDecodeError:
        return False
    return True


def _meant_in(lines: list[str], number: int) -> str:
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if _is_toml(line):
        return ""
    bare = _TEXT_OR_COMMENT.sub(lambda one: '""' if one["text"] else "", line)
    for pattern, told in HINTS:
        match = re.search(pattern, bare)
        if match:
            value = match["value"].strip()
            joined = re.sub(r"[ \u00a0\u202f]", "_", value).replace(",", ".")
            hint = say(told, value=value, joined=joined, whole=value.replace(",", "_"))
            return say(" Line {number}: {hint}.", number=number, hint=hint)
    return ""
