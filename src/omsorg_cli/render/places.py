"""Where in its document a value stands, as people read it: the title of the document, and the place in it."""

import re

from omsorg_cli.core.errors import plain
from omsorg_cli.core.input_types import source_parts
from omsorg_cli.core.language import ENGLISH, language, phrase, say
from omsorg_cli.result import Result

NUMBERED = {
    "paragraph": phrase("paragraph {number}"),
    "paragraphs": phrase("paragraphs {number}"),
    "table": phrase("table {number}"),
    "tables": phrase("tables {number}"),
    "figure": phrase("figure {number}"),
    "fn.": phrase("fn. {number}"),
    "annex": phrase("annex {number}"),
    "question": phrase("question {number}"),
    "answer": phrase("answer {number}"),
    "slide": phrase("slide {number}"),
    "slides": phrase("slides {number}"),
    "point": phrase("point {number}"),
    "points": phrase("points {number}"),
    "to points": phrase("to points {number}"),
    "page": phrase("page {number}"),
    "p.": phrase("p. {number}"),
}
"""What is numbered, or has a name, in a document."""
ALONE = {
    "summary": phrase("the summary"),
    "heading": phrase("the heading"),
    "heading of": phrase("the heading of {table}"),
    "the table": phrase("the table"),
    "table": phrase("the table"),
    "(users)": phrase("(users)"),
}
"""What stands without a number."""
JOINING = {
    "and": phrase("{one} and {other}"),
    "after": phrase("{place} after {other}"),
    "before": phrase("{place} before {other}"),
}
"""What stands between two places."""


def _any(*words: str) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


_NUMBERED = rf"\b(?:{_any(*NUMBERED)})(?= \d| [A-ZÆØÅ]| after\b| before\b)"
_ALONE = rf"(?<![\w.])(?:{_any(*ALONE)})(?=$|,| and\b| (?:table|figure) \d)"
_JOINING = rf"\b(?:{_any(*JOINING)})\b(?= (?:{_any(*NUMBERED, *JOINING, *ALONE)}|\d)| [A-ZÆØÅ]\w+$)|(?<=[\d)] )and\b"
_PLACE = re.compile(rf"{_NUMBERED}|(?P<alone>{_ALONE})|{_JOINING}")


def _said(found: re.Match[str]) -> str:
    """What people read for the word that is found: in English it stands as it is."""
    if language() == ENGLISH:
        return found[0]
    template = (ALONE if found["alone"] else NUMBERED | JOINING)[found[0]]
    return re.sub(r" ?\{\w+\} ?", "", say(template))


def place_text(place: str) -> str:
    """The place in a document as people read it: the document's own headings stay as they are.

    >>> place_text("3.3.1 after table 3-2, paragraph 2")
    '3.3.1 after table 3-2, paragraph 2'
    """
    return _PLACE.sub(_said, place)


def source_text(result: Result, source: str) -> str:
    """The document by its title, and the place in it."""
    name, place = source_parts(source)
    if name not in result.scenario.sources:
        return plain(source)
    title = plain(result.scenario.sources[name].title)
    return say("{title}, {place}", title=title, place=plain(places_text(result, place))) if place else title


def places_text(result: Result, place: str) -> str:
    """The place as people read it, other documents that it names by their titles."""
    said = place_text(place)
    for name, source in result.scenario.sources.items():
        said = re.sub(rf"\b{re.escape(name)}\b", source.title.replace("\\", r"\\"), said)
    return said
