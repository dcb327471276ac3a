"""Sobol's indices as a document, JSON and CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.language import say, with_separators
from omsorg_cli.core.numbers import half_up
from omsorg_cli.questions.indices import Index, Indices
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, scenario_record
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import capital, figure_name, input_name

COLUMNS = ("input", "first", "first_confidence", "total", "total_confidence")


def document(found: Sequence[Indices]) -> list[Part]:
    """What matters most, and a table, for each figure."""
    result = found[0].result
    parts: list[Part] = [Heading(title(result, [one.figure for one in found]), 1), *changes(result)]
    for one in found:
        parts += _table(one)
    return [*parts, *caveats(result)]


def _table(found: Indices) -> Iterator[Part]:
    figure = capital(figure_name(found.result, found.figure))
    for first in found.indices[:1]:
        told = {"figure": figure, "input": input_name(found.result, first.input), "share": words.percent(first.total)}
        yield Sentences((say("{figure}: {input} accounts for {share} of the uncertainty.", **told),))
    yield Heading(say("{figure}: what matters most when all inputs vary at once", figure=figure), 2)
    headings = (
        say("input"),
        say("alone"),
        say("with others"),
        say("95% interval, alone"),
        say("95% interval, with others"),
    )
    rows = tuple(
        (
            input_name(found.result, one.input),
            _estimate(one.first),
            _estimate(one.total),
            _interval(one.first, one.first_confidence),
            _interval(one.total, one.total_confidence),
        )
        for one in found.indices
    )
    yield Sheet(headings, (False, True, True, True, True), rows)
    notes = [
        say(
            "Shares of the figure's variance. Inputs with a range are drawn independently; the others stay as they are."
        )
    ]
    notes.append(say("Samples: {samples}; random seed: {seed}.", samples=found.samples, seed=found.seed))
    if found.too_small:
        notes.append(say("The sample is small: some intervals are wider than ±0.05. A larger --samples narrows them."))
    yield Sentences(tuple(notes))


def _estimate(value: float) -> str:
    """The estimate, which may lie a little below zero."""
    said = with_separators(f"{half_up(abs(value)):.3f}")
    return say("minus {number}", number=said) if value < 0 else said


def _interval(value: float, half: float) -> str:
    return say("{low} to {high}", low=_estimate(value - half), high=_estimate(value + half))


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


def rows(found: Sequence[Indices]) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each input of each figure."""
    columns = ("figure", "unit", *found[0].result.calculator.keys, *COLUMNS)
    records = [_record(one, index) for one in found for index in one.indices]
    return [columns, *([record[name] for name in columns] for record in records)]
