"""The shipped scenarios, as a document, JSON and CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.folding import folded
from omsorg_cli.core.language import count, say
from omsorg_cli.questions.listing import Entry
from omsorg_cli.render.data import dumps
from omsorg_cli.render.parts import Heading, Part, Sentences

WIDTH = 76
"""How wide the lines are, inside a terminal of 80 columns."""
COLUMNS = ("scenario", "title", "calculators", "overlays", "published results")


def document(entries: Sequence[Entry]) -> list[Part]:
    """The name and the title of each scenario, with its calculators, overlays and published results below."""
    parts: list[Part] = [Heading(say("Shipped scenarios"), 1)]
    for one in entries:
        parts.append(Heading(plain(say("{name} – {title}", name=one.name, title=one.title)), 2))
        parts.append(Sentences(tuple(line for text in _about(one) for line in folded(text, WIDTH).split("\n"))))
    return parts


def _about(one: Entry) -> Iterator[str]:
    yield say("Calculators: {names}", names=", ".join(one.calculators))
    if one.overlays:
        yield say("Overlays: {names}", names=", ".join(one.overlays))
    if one.published:
        yield count(one.published, "{number} published result", "{number} published results")


def render_json(entries: Sequence[Entry]) -> str:
    """A record for each scenario."""
    return dumps({"format": "omsorg.list/1", "scenarios": [asdict(entry) for entry in entries]})


def rows(entries: Sequence[Entry]) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each scenario."""
    return [COLUMNS, *map(_row, entries)]


def _row(one: Entry) -> tuple[Any, ...]:
    return one.name, one.title, ", ".join(one.calculators), ", ".join(one.overlays), one.published
