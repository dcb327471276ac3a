"""Writes a scenario's data as TOML that is read back as the same data."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from omsorg_cli.core.input_types import PROVENANCE, Stated
from omsorg_cli.core.letters import is_obeyed
from omsorg_cli.core.numbers import Written
from omsorg_cli.core.texts import is_in_languages

INLINE = ("published", "notices", "correlations")
"""Tables whose own tables stand on one line."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""The categories of letters that are written by their numbers."""


def dumps(data: Mapping[str, Any]) -> str:
    """The data as TOML, with a line for each value."""
    return "\n".join(_table("", data)).strip("\n") + "\n"


def plain(data: Any) -> Any:
    """The data with each value that was read written again as it stood, or with what is said of it."""
    if isinstance(data, Stated):
        held = data._replace(value=data.value if data.typed is None else data.typed)
        found = {key: getattr(held, key) for key in PROVENANCE if getattr(held, key) is not None}
        return {key: plain(one) for key, one in found.items() if data.range or key not in ("coverage", "shape")}
    if isinstance(data, Mapping):
        return {key: plain(one) for key, one in data.items()}
    return [plain(one) for one in data] if isinstance(data, list | tuple) else data


def is_value(data: Any) -> bool:
    """Whether the table is a value with what is said of it."""
    return isinstance(data, dict) and "value" in data and set(data) <= set(PROVENANCE)


def _table(path: str, data: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a table: its values, then the tables in it."""
    inner = {} if path in INLINE else {key: one for key, one in data.items() if _stands_apart(one)}
    for key, one in data.items():
        if key not in inner:
            yield f"{_key(key)} = {inline(one)}"
    for key, one in inner.items():
        below = f"{path}.{_key(key)}" if path else _key(key)
        if isinstance(one, list):
            for row in one:
                yield from ("", f"[[{below}]]", *_table(below, row))
        else:
            yield from (*(("", f"[{below}]") if _has_values(one) else ()), *_table(below, one))


def _stands_apart(data: Any) -> bool:
    """Whether it is a table, or a list of tables, with headings of its own."""
    if isinstance(data, list):
        return bool(data) and all(isinstance(one, dict) for one in data)
    return isinstance(data, dict) and not is_value(data) and not _is_text(data)


def _is_text(data: dict[str, Any]) -> bool:
    """Whether it is a text in several languages."""
    return is_in_languages(data) and all(isinstance(one, str) for one in data.values())


def _has_values(data: Mapping[str, Any]) -> bool:
    return not data or any(not _stands_apart(one) for one in data.values())


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else _text(text)


def inline(value: Any) -> str:
    """The value as it stands on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {inline(one)}' for key, one in value.items())} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:_}" if abs(value) > 9999 else str(value)
    if isinstance(value, float):
        return value.text if isinstance(value, Written) else repr(value)
    return value.isoformat() if isinstance(value, date) else _text(str(value))


def _text(text: str) -> str:
    """The text in quotation marks; what cannot be seen is written by its number."""
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
    return "".join(_by_number(one) if is_obeyed(one) else one for one in quoted)


def _by_number(letter: str) -> str:
    return f"\\u{ord(letter):04X}" if ord(letter) < 0x1_0000 else f"\\U{ord(letter):08X}"
