"""A result as data: JSON and CSV, one record a figure, long form, the same in both."""

import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.language import say
from omsorg_cli.core.letters import plain, safe_json
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.core.seal import digest_of
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.shared.notices import STALE, Noticed, notices_of, sentences, stale
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.result import Figure, Result
from omsorg_cli.scenario.load import Scenario

FORMULA = re.compile(r'[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]')
"""How a cell begins that a spreadsheet takes for a formula."""
NUMBER = re.compile(r'[\s"]*[+-]?[0-9]+([ \u00a0\u202f.,][0-9]+)*(e[+-]?[0-9]+)?[\s"%]*', re.IGNORECASE)
"""A cell that is a number as a whole, however it is written: no formula."""
SEPARATORS = {",": ";", ";": ","}
"""What stands between cells, and what another spreadsheet has there."""


Shown = Mapping[str, Sequence[str]]
"""The items that were asked for, by key."""
ALL: Shown = MappingProxyType({})


def render_json(result: Result, figures: Sequence[Figure], moment: str | None = None, shown_by: Shown = ALL) -> str:
    """The figures with everything that goes with them; `moment` is the time of the run, if it is to be told."""
    return dumps(result_record(result, figures, shown_by, moment))


def result_record(
    result: Result, figures: Sequence[Figure], shown_by: Shown = ALL, moment: str | None = None
) -> dict[str, Any]:
    """The record of the figures that are shown, by which keys, sealed with a digest of itself."""
    record = {
        "format": "omsorg.result/1",
        "version": __version__,
        "made_with": made_with(),
        **({"time": moment} if moment else {}),
        "calculator": result.calculator.name,
        "scenario": scenario_record(result.scenario),
        "shown": {key: list(items) for key, items in shown_by.items() if items},
        **_only(result, figures, shown_by),
        "figures": [_record(figure) | _span(result, figure) for figure in figures],
        "assumptions": [
            {
                "input": item.path,
                "value": _plain(item),
                "reason": item.stated.assumption,
            }
            for item in result.assumed_by(figures)
        ],
        "inputs": [input_record(item) for item in result.used_by(figures)],
        "defaults": [{"input": item.path, "value": _plain(item)} for item in result.defaults],
        "missing": list(result.missing),
        "caveats": list(result.caveats),
        "remarks": list(result.remarks),
        "warnings": list(result.warnings),
        "notices": [notice_record(noticed) for noticed in notices_of(result, figures)],
    }
    return record | {"digest": digest_of(record)}


def _only(result: Result, figures: Sequence[Figure], shown_by: Shown) -> dict[str, list[str]]:
    """The names of the figures that are shown, where others have the same keys: some prices, or a part."""
    names = dict.fromkeys(figure.figure for figure in figures)
    others = Selection({key: tuple(items) for key, items in shown_by.items()}).of(result)
    return {} if {figure.figure for figure in others} <= set(names) else {"only": [*names]}


def made_with() -> dict[str, str]:
    """What the last digit of a figure depends on beside our own version: a plain run is Python's own arithmetic."""
    return {"python": platform.python_version(), "machine": f"{sys.platform} {platform.machine()}"}


def dumps(data: Any) -> str:
    """Data as JSON for people and programs alike."""
    parts = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False).iterencode(data)
    joined = iter(lambda: "".join(islice(parts, 10_000)), "")  # all at once, the parts take many times their text
    return safe_json("".join([*joined, "\n"]))


def scenario_record(scenario: Scenario) -> dict[str, Any]:
    """Which scenario it was, with the files that it has rows from, and what was changed in it."""
    files = [{"file": one.name, "sha256": one.sha256} for one in scenario.text.files]
    return {
        "title": scenario.head.title,
        "name": scenario.text.name,
        "file": scenario.text.file,
        "sha256": scenario.text.sha256,
        **({"files": files} if files else {}),
        "municipality": scenario.head.municipality,
        "year": scenario.head.year,
        "overlays": list(scenario.overlays),
        "set": list(scenario.request.sets),
        "given": dict(scenario.request.given),
        "changed": [{"input": one.input, "from": one.before, "to": one.after} for one in scenario.changes],
    }


def _record(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.figure,
        "value": figure.value,
        "unit": figure.unit,
        **figure.keys,
        "direction": figure.direction,
        "assumptions": list(figure.assumptions),
    }


def _span(result: Result, figure: Figure) -> dict[str, Any]:
    """Between what a headline figure lies, its inputs having been printed rounded."""
    found = result.span(figure)
    return {} if found is None else {"rounding": {"low": found.low, "high": found.high, "mostly": found.mostly.path}}


def notice_record(noticed: Noticed) -> dict[str, Any]:
    """What is inconsistent, which records it touches, and what the other reading gives."""
    notice = noticed.notice
    return {
        "what": notice.what,
        "changes": notice.changes,
        "note": say(STALE) if noticed.stale else None,
        "where": list(notice.where),
        "source": notice.source,
        "figures": list(dict.fromkeys(figure.figure for figure in noticed.figures)),
        "reading": dict(noticed.reading),
        "otherwise": [{**_record(figure), "value": value} for figure, value in noticed.otherwise],
    }


def input_record(item: Input) -> dict[str, Any]:
    """An input with where it comes from and how sure it is."""
    stated = item.stated
    parts = {
        "input": item.path,
        "value": _plain(item),
        "unit": item.kind.unit or None,
    }
    given: dict[str, Any] = {
        "source": stated.source,
        "quote": stated.quote,
        "assumption": stated.assumption,
        "note": stated.note,
        "price_year": stated.price_year,
        "follows": stated.follows,
        "range": None if stated.range is None else [item.kind.plain(end) for end in stated.range],
    }
    if stated.range is not None:
        given |= {"coverage": stated.coverage, "shape": stated.shape}
    return parts | {key: value for key, value in given.items() if value is not None}


def _plain(item: Input) -> Any:
    value = item.stated.value
    return value if isinstance(value, str) else item.kind.plain(value)


def render_csv(result: Result, figures: Sequence[Figure]) -> str:
    """A row for each figure; text that a spreadsheet would take for a formula is kept text."""
    rows: list[Sequence[Any]] = [
        ["calculator", "figure", "value", "unit", *result.calculator.keys, "direction", "assumptions", "caveats"]
    ]
    noticed = notices_of(result, figures)
    for figure in figures:
        touching = [one for one in noticed if figure in one.figures]
        said = (*result.caveats, *stale(touching), *map(sentences, touching))
        ending = [figure.direction, "; ".join(figure.assumptions), " ".join(said)]
        rows.append([result.calculator.name, figure.figure, figure.value, figure.unit, *figure.keys.values(), *ending])
    return csv_text(rows)


def csv_text(rows: Iterable[Sequence[Any]], separator: str = ",", end: str = "\n") -> str:
    """The rows as CSV; what is None is empty."""
    return "".join([f"{separator.join([csv_cell(cell, separator) for cell in row])}{end}" for row in rows])


def csv_cell(value: Any, separator: str = ",") -> str:
    """The value as a cell; text is quoted where it holds a separator, be it the one of another spreadsheet."""
    if value is None:
        return ""
    text = bare_text(value) if isinstance(value, float) else text_cell(str(value), separator)
    odd = '"' in text or separator in text or (SEPARATORS[separator] in text and not NUMBER.fullmatch(text))
    return '"' + text.replace('"', '""') + '"' if odd else text


def text_cell(text: str, separator: str = ",") -> str:
    """Text in one line of which no spreadsheet takes anything for a formula: all text goes through here.

    A spreadsheet that has another separator may split it there, whether it is quoted or not.
    """
    other = SEPARATORS[separator]
    return other.join([_guarded(part) for part in plain(text).split(other)])


def _guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
