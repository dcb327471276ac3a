"""Sobol's indices as a document, JSON and CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.questions.indices import Index, Indices
from omsorg_cli.render.data import csv_text, dumps, scenario_record
from omsorg_cli.render.document import title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import named

COLUMNS = ("input", "first", "first_confidence", "total", "total_confidence")


def document(found: Sequence[Indices]) -> list[Part]:
    """A table for each figure."""
    result = found[0].result
    parts: list[Part] = [Heading(title(result), 1)]
    for one in found:
        parts += _table(one)
    return [*parts, Heading("What it is not", 2), Sentences(result.caveats, "–")]


def _table(found: Indices) -> Iterator[Part]:
    yield Heading(f"What {named(found.figure)} hinges on, all inputs varying at once", 2)
    headings = ("input", "alone", "with others", "95 % interval of the first", "of the second")
    rows = tuple(
        (
            plain(one.input.path),
            _estimate(one.first),
            _estimate(one.total),
            _interval(one.first, one.first_confidence),
            _interval(one.total, one.total_confidence),
        )
        for one in found.indices
    )
    yield Sheet(headings, (False, True, True, True, True), rows)
    told = ["Shares of the figure's variance. Inputs with a range are drawn independently; the others are certain."]
    told.append(f"Samples: {found.samples}; seed: {found.seed}.")
    if found.too_small:
        told.append("The sample is small: some intervals are wider than ±0.05. A larger --samples narrows them.")
    yield Sentences(tuple(told))


def _estimate(value: float) -> str:
    """The estimate, which may lie a little below zero."""
    return f"{value:.3f}".replace("-", "minus ")


def _interval(value: float, half: float) -> str:
    return f"{_estimate(value - half)} to {_estimate(value + half)}"


def render_json(found: Sequence[Indices]) -> str:
    """A record for each input of each figure, the largest total first."""
    result = found[0].result
    return dumps(
        {
            "format": "omsorg.indices/1",
            "version": __version__,
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
            "samples": found[0].samples,
            "seed": found[0].seed,
            "inputs": [_record(one, index) for one in found for index in one.indices],
            "caveats": list(result.caveats),
        }
    )


def _record(found: Indices, one: Index) -> dict[str, Any]:
    at = {"figure": found.figure.figure, "unit": found.figure.unit, **found.figure.keys}
    return at | {"input": one.input.path} | {name: getattr(one, name) for name in COLUMNS[1:]}


def render_csv(found: Sequence[Indices]) -> str:
    """A row for each input of each figure."""
    columns = ("figure", "unit", *found[0].result.calculator.keys, *COLUMNS)
    records = [_record(one, index) for one in found for index in one.indices]
    return csv_text([columns, *([record[name] for name in columns] for record in records)])
