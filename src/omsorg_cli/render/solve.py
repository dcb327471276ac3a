"""A solution as a document, JSON and CSV."""

from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.questions.solve import Solution
from omsorg_cli.render import words
from omsorg_cli.render.data import csv_text, dumps, scenario_record
from omsorg_cli.render.document import Heading, Part, Sentences, figure_text, named, title

FEWEST, MOST = 3, 15
"""Significant digits of an answer."""


def document(solution: Solution) -> list[Part]:
    """Each value that gives the target, in a sentence."""
    path, target = solution.question.path, figure_text(solution.figure, solution.target)
    said = tuple(
        plain(f"{named(solution.figure)} comes to the target ({target}) when {path} is {_told(solution, *one)}.")
        for one in solution.values
    )
    several = (f"There are {len(said)} such values.",) if len(said) > 1 else ()
    every = (plain(f"It is one value for all of: {', '.join(solution.inputs)}."),) if len(solution.inputs) > 1 else ()
    return [
        Heading(title(solution.result), 1),
        Sentences((*said, *several, *every)),
        Heading("What it is not", 2),
        Sentences(solution.result.caveats, "–"),
    ]


def _told(solution: Solution, low: float, high: float) -> str:
    ends = [_end(solution, one) for one in dict.fromkeys((low, high))]
    return ends[0] if len(ends) == 1 else f"from {ends[0]} to {ends[1]}"


def _end(solution: Solution, value: float) -> str:
    """The value with as many digits as it takes to come to the target, as that is said, when it is given back."""
    target, unit = figure_text(solution.figure, solution.target), solution.kind.unit
    for digits in range(FEWEST, MOST):
        said = words.precise(value, unit, digits)
        given = solution.at(solution.kind.value(said))
        if given is not None and _says(solution, given, target):
            return said
    return words.precise(value, unit, MOST)


def _says(solution: Solution, value: float, target: str) -> bool:
    said = figure_text(solution.figure, value)
    return said == target or {said, target} <= {"saves nothing", "no change"}


def render_json(solution: Solution) -> str:
    """The values with the question that they answer."""
    result, figure = solution.result, solution.figure
    return dumps(
        {
            "format": "omsorg.solution/1",
            "version": __version__,
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
            "figure": figure.figure,
            "unit": figure.unit,
            **figure.keys,
            "target": solution.target,
            "inputs": list(solution.inputs),
            "solutions": _solutions(solution),
            "caveats": list(result.caveats),
        }
    )


def _solutions(solution: Solution) -> list[dict[str, Any]]:
    path, unit = solution.question.path, solution.kind.unit
    return [
        {"input": path, "value": low, "unit": unit} | ({"until": high} if high != low else {})
        for low, high in solution.values
    ]


def render_csv(solution: Solution) -> str:
    """A row for each value."""
    columns = ("input", "value", "unit", "until")
    return csv_text([columns, *([one.get(name) for name in columns] for one in _solutions(solution))])
