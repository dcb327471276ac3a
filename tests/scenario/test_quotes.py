"""The words that the shipped scenarios quote: in form, and held against the documents where somebody has them.

The documents are not part of the project. With `OMSORG_DOCUMENTS` set to a folder that has each as text, by the id of
its source (`baerum2017.txt`), every quote must stand in its document, word for word, whatever the lines and hyphens.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from omsorg_cli.core.input_types import source_id
from omsorg_cli.scenario.read import shipped, shipped_folder

MOST = 300
"""Letters of a quote: a sentence, or a row of a table."""
SENTENCE_ENDS = re.compile(r"[.!?…] (?=[A-ZÆØÅ«])")
FOLDER = Path(os.environ.get("OMSORG_DOCUMENTS", "/nowhere"))


class Sourced(NamedTuple):
    """A value, or a published result, that names its source."""

    place: str
    source: str
    quote: str | None


def sourced(held: Any, place: str) -> Iterator[Sourced]:
    """Everything below that names a source; notices cite several places at once, and quote nothing."""
    if isinstance(held, dict):
        if isinstance(held.get("source"), str) and "what" not in held:
            yield Sourced(place, held["source"], held.get("quote"))
        for name, one in held.items():
            yield from sourced(one, f"{place}.{name}")
    elif isinstance(held, list):
        for index, one in enumerate(held):
            yield from sourced(one, f"{place}.{index}")


def all_sourced() -> list[Sourced]:
    """What the shipped scenarios have with a source."""
    texts = {name: (shipped_folder() / f"{name}.toml").read_text(encoding="utf-8") for name in shipped()}
    return [one for name, text in texts.items() for one in sourced(tomllib.loads(text), name)]


QUOTED = [(one.place, one.source, one.quote) for one in all_sourced() if one.quote is not None]


def test_each_value_with_a_source_quotes_its_words():
    assert [one.place for one in all_sourced() if one.quote is None] == []


@pytest.mark.parametrize("quote", sorted({quote for _, _, quote in QUOTED}))
def test_a_quote_is_one_sentence_at_most(quote):
    assert len(quote) <= MOST
    assert quote == " ".join(quote.split())
    assert SENTENCE_ENDS.findall(quote) == []


@pytest.mark.parametrize(
    ("text", "found"), [("Det var 2 872 årsverk, dvs. flere.", 0), ("Det var 2 872 årsverk. Det er flere.", 1)]
)
def test_two_sentences_are_told_from_one(text, found):
    assert len(SENTENCE_ENDS.findall(text)) == found


@cache
def readings(document: str) -> tuple[str, ...]:
    """The document in one line; what is broken after a hyphen is joined without it, with it, and with a space."""
    text = (FOLDER / f"{document}.txt").read_text(encoding="utf-8")
    return tuple(" ".join(re.sub(r"-[^\S\n]*\n\s*", hyphen, text).split()) for hyphen in ("", "-", "- "))


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the documents are not part of the project: set OMSORG_DOCUMENTS")
def test_each_quote_stands_in_its_document():
    absent = [
        f"{place}: «{quote}»"
        for place, source, quote in QUOTED
        if not any(quote in reading for reading in readings(source_id(source)))
    ]
    assert absent == []
