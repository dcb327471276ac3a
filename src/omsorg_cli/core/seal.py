"""The digest that a record carries of itself."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record's content without its digest, in whatever order its objects have their keys."""
    return _sha256(canonical(_content(record)))


def is_sealed(record: Mapping[str, Any]) -> bool:
    """Whether the record carries the digest of its content, maybe of before 939.0 and 939 were one number."""
    digest = record["digest"]
    return bool(digest == digest_of(record) or digest == _sha256(_written(_content(record))))


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "digest"}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """The data in the one text that it has, however a file lays it out; JSON tells no 939.0 from 939."""
    return _written(_with_whole_numbers(value))


def _with_whole_numbers(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {key: _with_whole_numbers(one) for key, one in value.items()}
    return list(map(_with_whole_numbers, value)) if isinstance(value, list | tuple) else value
