"""The shipped scenarios, as a document, JSON and CSV."""

from collections.abc import Sequence
from dataclasses import asdict

from omsorg_cli.questions.listing import Entry
from omsorg_cli.render.data import csv_text, dumps
from omsorg_cli.render.parts import Heading, Part, Sheet

COLUMNS = ("scenario", "title", "calculators", "overlays", "published results")


def document(entries: Sequence[Entry]) -> list[Part]:
    """A row for each scenario."""
    return [Heading("Shipped scenarios", 1), Sheet(COLUMNS, (False, False, False, False, True), _rows(entries))]


def render_json(entries: Sequence[Entry]) -> str:
    """A record for each scenario."""
    return dumps({"format": "omsorg.list/1", "scenarios": [asdict(entry) for entry in entries]})


def render_csv(entries: Sequence[Entry]) -> str:
    """A row for each scenario."""
    return csv_text([COLUMNS, *_rows(entries)])


def _rows(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (one.name, one.title, ", ".join(one.calculators), ", ".join(one.overlays), str(one.published))
        for one in entries
    )
