"""What the store of statistics has, as a document, JSON and CSV."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import phrase, say
from omsorg_cli.render.data import dumps
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet

COLUMNS = ("name", "table", "title", "updated", "fetched", "bytes")
HEADINGS = (phrase("answer"), phrase("table"), phrase("title"), phrase("updated"), phrase("fetched"), phrase("bytes"))
FIELDS = {
    "table": phrase("table"),
    "title": phrase("title"),
    "address": phrase("address"),
    "query": phrase("query"),
    "fetched": phrase("fetched"),
    "updated": phrase("updated"),
    "sha256": phrase("sha256"),
    "symbols": phrase("symbols"),
    "words": phrase("kind"),
    "publisher": phrase("source"),
    "licence": phrase("licence"),
}
"""What is told of an answer, and how it is called."""
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of a store."""

    folder: str
    records: Sequence[Record]


def document(listing: Listing) -> list[Part]:
    """A row for each answer."""
    heading = Heading(say("Statistics kept in {folder}", folder=plain(listing.folder)), 1)
    if not listing.records:
        return [heading, Sentences((say("Nothing yet. To fetch some: omsorg data fetch savings"),))]
    rows = tuple(_row(one) for one in listing.records)
    return [heading, Sheet(tuple(map(say, HEADINGS)), (False, False, False, False, False, True), rows)]


def render_json(listing: Listing) -> str:
    """A record for each answer."""
    return dumps({"format": "omsorg.data/1", "folder": listing.folder, "answers": list(listing.records)})


def rows(listing: Listing) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each answer."""
    return [COLUMNS, *(_row(one) for one in listing.records)]


def _row(record: Record) -> tuple[str, ...]:
    return tuple(plain(str(record[name]))[: 19 if name == "fetched" else 80] for name in COLUMNS)


class Details:
    """Everything that is known of some answers."""

    @staticmethod
    def document(listing: Listing) -> list[Part]:
        """A part for each answer."""
        parts: list[Part] = []
        for record in listing.records:
            told = tuple((str(say(label)), _told(record[name])) for name, label in FIELDS.items() if record[name])
            parts += [Heading(record["name"], 1), Sheet((say("field"), say("value")), (False, False), told)]
            parts.append(Sentences(tuple(plain(one) for one in record["notes"]), "–"))
        return parts

    @staticmethod
    def render_json(listing: Listing) -> str:
        """A record for each answer."""
        return dumps({"format": "omsorg.data/1", "answers": list(listing.records)})

    @staticmethod
    def rows(listing: Listing) -> list[Sequence[Any]]:
        """The names of the columns, and a row for each answer."""
        return rows(listing)


def _told(value: Any) -> str:
    if isinstance(value, dict) and "selection" in value:
        return "; ".join(f"{one['variableCode']} {_several(one['valueCodes'])}" for one in value["selection"])
    if isinstance(value, dict):
        return ", ".join(f"{name} × {number}" for name, number in value.items())
    return plain(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _several(codes: Sequence[str]) -> str:
    return (
        " ".join(codes)
        if len(codes) <= 8
        else say("{first} … {last} ({number})", first=codes[0], last=codes[-1], number=len(codes))
    )
