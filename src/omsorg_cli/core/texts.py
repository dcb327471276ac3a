"""A text that people read, as a scenario states it: in one language, or a table of it in several."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from omsorg_cli.core.errors import shown
from omsorg_cli.core.language import ENGLISH, language, say

CODE = re.compile(r"[a-z]{2,3}")
"""What a language is called: by the codes of ISO 639."""


def is_in_languages(raw: object) -> bool:
    """Whether it is a table of texts, each by the code of its language."""
    return isinstance(raw, dict) and bool(raw) and all(CODE.fullmatch(str(key)) for key in raw)


def in_language(raw: Any) -> Any:
    """Of a table of languages the text in the one that is spoken, else in English, else the first; all else as it is.

    >>> in_language({"nb": "Heldøgns omsorg", "en": "Round the clock"}), in_language("As it is")
    ('Round the clock', 'As it is')
    """
    if not is_in_languages(raw):
        return raw
    return raw.get(language(), raw.get(ENGLISH, next(iter(raw.values()))))


def read_text(raw: Any) -> str:
    """The text that is spoken; raises `ValueError` where something is no text, in whichever language."""
    held = raw.values() if is_in_languages(raw) else (raw,)
    for one in held:
        if not isinstance(one, str) or not one.strip():
            raise ValueError(say("found {found}; allowed: text, or a table of texts by language", found=shown(one)))
    return str(in_language(raw))


def _spoken(raw: Any) -> Any:
    """Of a table of languages, the text that is spoken."""
    try:
        return read_text(raw) if isinstance(raw, dict) else raw
    except ValueError as error:
        raise PydanticCustomError("inputs", "{faults}", {"faults": [((), str(error))]}) from None


Plain = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
"""A text in one language: a name, a place, or the words of a document."""
LANGUAGES_SCHEMA = {
    "type": "object",
    "minProperties": 1,
    "patternProperties": {"^[a-z]{2,3}$": {"type": "string"}},
    "additionalProperties": False,
}
TEXT_SCHEMA = {"anyOf": [{"type": "string"}, LANGUAGES_SCHEMA]}
"""The JSON Schema of a text that people read."""
Text = Annotated[Plain, BeforeValidator(_spoken), WithJsonSchema(TEXT_SCHEMA)]
"""A text that people read: in one language, or in several."""
