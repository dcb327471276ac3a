"""A calculator's inputs and figures, as a document, JSON and CSV."""

from collections.abc import Sequence

from omsorg_cli.core.language import say
from omsorg_cli.questions.figures import Catalogue
from omsorg_cli.render.data import dumps
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.units import unit_text


def document(found: Catalogue) -> list[Part]:
    """A row for each figure, then one for each input."""
    calculator = found.calculator
    title = say(calculator.title)
    labels = [
        (name, say(calculator.label(name)), unit_text(unit), say(meaning)) for name, unit, meaning in _figures(found)
    ]
    inputs = [
        (one.path, say(one.meaning), *rest) for one, (_, _, *rest) in zip(found.inputs, _inputs(found), strict=True)
    ]
    return [
        Heading(say("{calculator}: figures", calculator=title), 1),
        _sheet((say("figure"), say("label"), say("unit"), say("what it tells you")), labels),
        Heading(say("{calculator}: inputs", calculator=title), 1),
        Sentences((say("In a scenario they stand in the table [{table}].", table=calculator.table),)),
        _sheet((say("input"), say("what it is"), say("allowed"), say("usual"), say("default")), inputs),
    ]


def _sheet(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Sheet:
    return Sheet(headings, (False,) * len(headings), tuple(rows))


def _figures(found: Catalogue) -> list[tuple[str, ...]]:
    """Each figure once, as its first formula has it."""
    first = {one.figure: one for one in reversed(found.figures)}
    return [(name, first[name].unit, first[name].meaning) for name in found.calculator.figures]


def _inputs(found: Catalogue) -> list[tuple[str, ...]]:
    return [(one.path, one.meaning, one.allowed, one.usual, one.default) for one in found.inputs]


def render_json(found: Catalogue) -> str:
    """A record for each input, and for each way to each figure."""
    calculator = found.calculator
    return dumps(
        {
            "format": "omsorg.figures/1",
            "calculator": calculator.name,
            "table": calculator.table,
            "keys": list(calculator.keys),
            "inputs": [one._asdict() for one in found.inputs],
            "figures": [one._asdict() for one in found.figures],
        }
    )


def rows(found: Catalogue) -> list[Sequence[str]]:
    """The names of the columns, and a row for each figure and each input."""
    return [
        ("kind", "name", "unit", "meaning", "allowed", "usual", "default"),
        *(("figure", name, unit, meaning, "", "", "") for name, unit, meaning in _figures(found)),
        *(("input", one.path, one.unit, one.meaning, one.allowed, one.usual, one.default) for one in found.inputs),
    ]
