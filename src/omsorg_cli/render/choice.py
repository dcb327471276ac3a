"""What to choose within limits, as a document, JSON and CSV."""

from collections.abc import Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import count, phrase, say
from omsorg_cli.questions.choice import Candidate, Chosen
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, scenario_record
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet

PER = {"NOK": phrase("{figure} per krone"), "FTE": phrase("{figure} per FTE")}


def document(found: Chosen) -> list[Part]:
    """What is chosen, and every row with what it is worth and takes."""
    result, label = found.result, found.result.calculator.label
    named = [plain(result.said(found.choice.axis, one.key)) for one in found.candidates if one.key in found.chosen]
    value = say(label(found.choice.value))
    if named:
        amount = words.amount(found.value, _unit(found, found.choice.value))
        told = count(
            len(found.limits),
            "Within the limit, choose {rows}: {figure} {value}.",
            "Within the limits, choose {rows}: {figure} {value}.",
            rows=", ".join(named),
            figure=value,
            value=amount,
        )
    else:
        told = count(
            len(found.limits),
            "Within the limit, nothing is worth choosing.",
            "Within the limits, nothing is worth choosing.",
        )
    takes = [say(label(found.choice.takes[name])) for name in found.limits]
    per = [say(PER[_unit(found, found.choice.takes[name])], figure=value) for name in found.limits]
    headings = (say(label(found.choice.axis)), value, *takes, *per, say("chosen"))
    return [
        Heading(title(result, result.figures), 1),
        *changes(result),
        Sentences((told, *_warnings(found))),
        Sheet(headings, (False, *(True for _ in headings[1:])), tuple(_row(found, one) for one in found.candidates)),
        Sentences(result.remarks),
        *caveats(result),
    ]


def _warnings(found: Chosen) -> tuple[str, ...]:
    """What is said of limits that keep out every row that takes anything."""
    told = []
    for name, least in found.too_small.items():
        figure = found.choice.takes[name]
        amounts = {"limit": found.limits[name], "least": least}
        said = {key: words.amount(value, _unit(found, figure)) for key, value in amounts.items()}
        label = say(found.result.calculator.label(figure))
        told.append(
            say(
                "--limit {name} is {limit}, less than any of them takes ({figure}: {least} or more).",
                name=name,
                figure=label,
                **said,
            )
        )
    return tuple(told)


def _unit(found: Chosen, figure: str) -> str:
    return found.result.calculator.units[figure].unit.name


def _row(found: Chosen, one: Candidate) -> tuple[str, ...]:
    units = [_unit(found, found.choice.takes[name]) for name in found.limits]
    takes = [words.amount(value, unit) for value, unit in zip(one.takes, units, strict=True)]
    per = [_per(one.value, taken, unit) for taken, unit in zip(one.takes, units, strict=True)]
    said = plain(found.result.said(found.choice.axis, one.key))
    value = words.saves(one.value, _unit(found, found.choice.value)) or ""
    return (said, value, *takes, *per, say("yes") if one.key in found.chosen else say("no"))


def _per(value: float, taken: float, unit: str) -> str:
    """What the row is worth for each krone, or for each FTE, that it takes."""
    if not taken:
        return say("n/a")
    return words.number(value / taken, 2) if unit == "NOK" else words.saves(value / taken, "NOK") or ""


def render_json(found: Chosen) -> str:
    """Every row, with the limits and what is chosen."""
    return dumps(
        {
            "format": "omsorg.choice/1",
            "version": __version__,
            "calculator": found.result.calculator.name,
            "scenario": scenario_record(found.result.scenario),
            "figure": found.choice.value,
            "limits": dict(found.limits),
            "value": found.value,
            "rows": _records(found),
            "warnings": list(_warnings(found)),
            "caveats": list(found.result.caveats),
        }
    )


def _records(found: Chosen) -> list[dict[str, Any]]:
    return [
        {
            found.choice.axis: one.key,
            found.choice.value: one.value,
            **dict(zip(found.limits, one.takes, strict=True)),
            "chosen": one.key in found.chosen,
        }
        for one in found.candidates
    ]


def rows(found: Chosen) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each that may be chosen."""
    columns = (found.choice.axis, found.choice.value, *found.limits, "chosen")
    return [columns, *([one[name] for name in columns] for one in _records(found))]
