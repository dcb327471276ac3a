"""A ranking as a document, JSON and CSV."""

from collections.abc import Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import count, say
from omsorg_cli.questions.ranking import Ranked, Ranking
from omsorg_cli.render.data import dumps, scenario_record
from omsorg_cli.render.document import caveats, changes
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import figure_text


def document(found: Ranking) -> list[Part]:
    """The rows, the largest first, the own ones marked; then what is not among them."""
    sweep = found.sweep
    title = count(
        found.counted,
        "{title}: the largest {figure} of {number} row",
        "{title}: the largest {figure} of {number} rows",
        title=say(sweep.base.calculator.title),
        figure=label(found),
    )
    keys = tuple(map(plain, sweep.keys.values()))
    rows = tuple(
        (str(one.rank), *map(plain, one.keys), figure_text(found.figure, one.value), say("own") if one.own else "")
        for one in found.rows
    )
    headings = (say("rank"), *keys, label(found), "")
    right = (True, *(False for _ in keys), True, False)
    top = (Heading(title, 1), *changes(sweep.base), Sheet(headings, right, rows))
    return [*top, *_others(found), *_left_out(found), *caveats(sweep.base)]


def label(found: Ranking) -> str:
    """What the figure is called by people, with its row where it has others."""
    if not found.others:
        return found.sweep.base.name_of(found.figure.figure)
    return found.sweep.base.name_in_row(found.figure.figure, found.figure.node.point)


def _others(found: Ranking) -> list[Part]:
    """What else could be ranked by, as it is typed."""
    ways = [
        " ".join(f"--{key} {value}" for key, value in one.keys.items() if value is not None) for one in found.others
    ]
    return [Sentences((say("Other rankings: {ways}.", ways="; ".join(ways)),))] if ways else []


def _left_out(found: Ranking) -> list[Part]:
    if not found.without:
        return []
    told = count(
        found.without,
        "{number} row is not ranked: it was refused or has no answer.",
        "{number} rows are not ranked: they were refused or have no answer.",
    )
    return [Sentences((told,))]


def render_json(found: Ranking) -> str:
    """The rows, with the scenario and the table that they come from."""
    sweep = found.sweep
    return dumps(
        {
            "format": "omsorg.ranking/1",
            "version": __version__,
            "calculator": sweep.name,
            "scenario": scenario_record(sweep.scenario),
            "table": {"file": sweep.file.name, "sha256": sweep.file.sha256},
            "figure": found.figure.figure,
            "unit": found.figure.unit,
            **{key: value for key, value in found.figure.keys.items() if value is not None},
            "ranked": found.counted,
            "not_ranked": found.without,
            "rows": [_record(found, one) for one in found.rows],
        }
    )


def _record(found: Ranking, one: Ranked) -> dict[str, object]:
    keys = dict(zip(found.sweep.keys.values(), one.keys, strict=True))
    return {"rank": one.rank, "keys": keys, "value": one.value, "own": one.own}


def rows(found: Ranking) -> list[Sequence[Any]]:
    """The names of the columns, and a row each."""
    headings: Sequence[str] = ["rank", *found.sweep.keys.values(), found.figure.figure, "own"]
    return [headings, *([one.rank, *one.keys, one.value, str(one.own).lower()] for one in found.rows)]
