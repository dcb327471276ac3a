"""What is wrong with a text that is no TOML, in the language of the reader: its parser speaks English only."""

import re
from tomllib import TOMLDecodeError

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import phrase, say

FAULTS = (
    phrase("Invalid value"),
    phrase("Invalid statement"),
    phrase("Expected '=' after a key in a key/value pair"),
    phrase("Expected newline or end of document after a statement"),
    phrase("Expected ']' at the end of a table declaration"),
    phrase("Expected ']]' at the end of an array declaration"),
    phrase("Invalid initial character for a key part"),
    phrase("Unclosed array"),
    phrase("Unclosed inline table"),
    phrase("Unterminated string"),
    phrase("Unescaped '\\' in a string"),
    phrase("Invalid date or datetime"),
)
"""What the parser says most often, as it says it; anything else is told as it stands."""
NAMED = (
    (
        re.compile(r"Cannot declare \((?P<name>.+?),?\) twice"),
        phrase("The table {name} stands twice; one may hold both"),
    ),
    (re.compile(r"(?P<name>)Cannot overwrite a value"), phrase("This has a value already, further up")),
    (re.compile(r"Duplicate inline table key (?P<name>.+)"), phrase("Duplicate inline table key {name}")),
    (re.compile(r"Illegal character (?P<name>.+)"), phrase("Illegal character {name}")),
)
"""What the parser says with a name, or in the words of a parser."""
_PLACE = re.compile(r"(?P<fault>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)


def fault_text(error: TOMLDecodeError) -> str:
    """What is wrong, and where."""
    found = _PLACE.fullmatch(str(error))
    if found is None:
        return plain(str(error))
    fault = _said(found["fault"])
    if found["line"] is None:
        return plain(say("{fault} (at end of document)", fault=fault))
    told = {"fault": fault, "line": found["line"], "column": found["column"]}
    return plain(say("{fault} (at line {line}, column {column})", **told))


def _said(fault: str) -> str:
    if fault in FAULTS:
        return say(fault)
    for pattern, told in NAMED:
        if match := pattern.fullmatch(fault):
            return say(told, name=match["name"].replace("', '", ".").strip("'"))
    return fault
