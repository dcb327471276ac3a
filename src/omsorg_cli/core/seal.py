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
    """The data in the one text that it has, however a file lays it out."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
