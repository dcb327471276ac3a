"""The digest that a record carries of itself."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record's content without its digest, in whatever order its objects have their keys."""
    content = {key: value for key, value in record.items() if key != "digest"}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(value: Any) -> str:
    """The data in the one text that it has, however a file lays it out; JSON tells no 939.0 from 939."""
    return json.dumps(_with_whole_numbers(value), sort_keys=True, separators=(",", ":"))


def _with_whole_numbers(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {key: _with_whole_numbers(one) for key, one in value.items()}
    return list(map(_with_whole_numbers, value)) if isinstance(value, list | tuple) else value
