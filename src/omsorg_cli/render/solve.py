"""A solution as a document, JSON and CSV."""

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import ENGLISH, say, spoken
from omsorg_cli.core.numbers import parse_number
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.solve import Solution
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, scenario_record
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.pictures.questions import few, points
from omsorg_cli.render.values import (
    capital,
    figure_label,
    figure_name,
    figure_text,
    input_label,
    input_name,
    input_text,
    level_text,
    value_text,
)

FEWEST, MOST, EVERY = 3, 5, 15
"""Significant digits of an answer: of a number in a sentence, and of one that is given back."""
CHARTED = 12
"""Values of the input that the table beside the picture has, with those that reach the target."""


def document(solution: Solution) -> list[Part]:
    """Each value that gives the target, in a sentence."""
    said = tuple(_answer(solution, *one) for one in solution.values)
    several = (say("There are {number} such values.", number=len(said)),) if len(said) > 1 else ()
    inputs = ", ".join(solution.inputs)
    given = _given(solution)
    now = (say("The scenario has {value}.", value=input_text(given)),) if given else ()
    every = (
        (plain(say("It is one value for all of these: {inputs}.", inputs=inputs)),) if len(solution.inputs) > 1 else ()
    )
    return [
        Heading(title(solution.result, [solution.figure]), 1),
        *changes(solution.result),
        Sentences((*said, *several, *now, *every)),
        Sentences(tuple(_to_be_given_back(solution)), dim=True),
        *caveats(solution.result),
    ]


def _answer(solution: Solution, low: float, high: float) -> str:
    """What the figure is at which value of the input, or stretch of values."""
    told = {
        "figure": capital(figure_name(solution.result, solution.figure)),
        "target": _target(solution),
        "input": _input(solution),
    }
    if not _reaches(solution, low):
        given = solution.at(low)
        closest = {
            "value": words.amount(low, solution.kind.unit),
            "closest": "" if given is None else level_text(solution.figure, given),
        }
        return plain(
            say(
                "{figure} comes closest to the target ({target}) with {input} at {value}: {closest}.", **told, **closest
            )
        )
    ends = [_end(solution, one) for one in dict.fromkeys((low, high))]
    at = ends[0] if len(ends) == 1 else say("{low} to {high}", low=ends[0], high=ends[1])
    if solution.figure.told and words.is_nothing(words.size(abs(solution.target), solution.figure.unit)):
        return plain(say("{figure} is zero with {input} at {value}.", value=at, **told))
    return plain(say("{figure} is {target} with {input} at {value}.", value=at, **told))


def _given(solution: Solution) -> Input | None:
    """The input that is solved for, as the scenario states it; none where it is several, or not stated."""
    found = [one for one in solution.result.stated_inputs if one.path in solution.inputs]
    return found[0] if len(found) == len(solution.inputs) == 1 else None


def _input(solution: Solution) -> str:
    """What people read for the input, with what is typed for it."""
    path = solution.question.path
    item = next((one for one in solution.result.stated_inputs if one.path in solution.inputs), None)
    if item is None:
        return path
    name = input_name(solution.result, item)
    if len(solution.inputs) > 1:
        name = say(solution.result.calculator.label(item.name))
    return say("{label} [{name}]", label=name, name=path)


def _reaches(solution: Solution, value: float) -> bool:
    """Whether the value gives the target as it is said: a whole number may only come close."""
    given = solution.at(value)
    return not solution.kind.whole or (given is not None and _says(solution, given, _target(solution)))


def _target(solution: Solution) -> str:
    return level_text(solution.figure, solution.target)


def _end(solution: Solution, value: float) -> str:
    """The value as a sentence has it."""
    return words.precise(value, _unit(solution), min(_digits(solution, value), MOST))


def _to_be_given_back(solution: Solution) -> Iterator[str]:
    """What is typed to come to the target, as that is said, where a sentence has too few digits for that."""
    for value in dict.fromkeys(end for stretch in solution.values for end in stretch):
        typed = words.precise(value, _unit(solution), _digits(solution, value))
        if typed != _end(solution, value):
            change = f"{solution.question.path}={typed}"
            yield say("With all digits that it takes: --set {change}", change=quote(plain(change)))


def _digits(solution: Solution, value: float) -> int:
    """How many digits of the value it takes to come to the target, as that is said, when it is given back."""
    for digits in range(FEWEST, EVERY):
        with spoken(ENGLISH):  # as it is read back
            typed = words.precise(value, _unit(solution), digits)
        given = solution.at(solution.kind.value(typed)) if solution.kind.holds(parse_number(typed)[0]) else None
        if given is not None and _says(solution, given, _target(solution)):
            return digits
    return EVERY


def _unit(solution: Solution) -> str:
    """The unit that the value is said in."""
    in_percent = any(one.kind.in_percent for one in solution.result.stated_inputs if one.path in solution.inputs)
    return "share" if in_percent else solution.kind.unit


def charted(solution: Solution) -> Sheet:
    """The numbers of the picture: the figure at some values of the input, those that reach the target among them."""
    drawn = points(solution)
    some = {value for value, _ in drawn[:: max(1, len(drawn) // CHARTED)]}
    reached = {end for stretch in solution.values for end in stretch}
    rows = tuple(
        (
            _end(solution, value) if value in reached else value_text(solution.kind, few(value)),
            say("no answer") if (found := solution.at(value)) is None else figure_text(solution.figure, found),
        )
        for value in sorted(some | reached)
    )
    item = next((one for one in solution.result.stated_inputs if one.path in solution.inputs), None)
    name = solution.question.path if item is None else input_label(solution.result, item)
    return Sheet((name, figure_label(solution.result, solution.figure)), (True, True), rows)


def _says(solution: Solution, value: float, target: str) -> bool:
    return level_text(solution.figure, value) == target


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
            "warnings": list(solution.warnings),
            "caveats": list(result.caveats),
        }
    )


def _solutions(solution: Solution) -> list[dict[str, Any]]:
    path, unit = solution.question.path, solution.kind.unit
    return [
        {"input": path, "value": low, "unit": unit} | ({"until": high} if high != low else {})
        for low, high in solution.values
    ]


def rows(solution: Solution) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each value."""
    columns = ("input", "value", "unit", "until")
    return [columns, *([one.get(name) for name in columns] for one in _solutions(solution))]
