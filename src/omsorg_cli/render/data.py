"""A result as data: JSON and CSV, one record a figure, long form, the same in both."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.shared.notices import STALE, Noticed, notices_of, sentences
from omsorg_cli.run import Figure, Result
from omsorg_cli.scenario.load import Scenario

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")


def render_json(result: Result, figures: Sequence[Figure], moment: str | None = None) -> str:
    """The figures with everything that goes with them; `moment` is the time of the run, if it is to be told."""
    return dumps(
        {
            "format": "omsorg.result/1",
            "version": __version__,
            **({"time": moment} if moment else {}),
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
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
    )


def dumps(data: Any) -> str:
    """Data as JSON for people and programs alike."""
    parts = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False).iterencode(data)
    joined = iter(lambda: "".join(islice(parts, 10_000)), "")  # all at once, the parts take many times their text
    return "".join([*joined, "\n"])


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
        "note": STALE if noticed.stale else None,
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
        said = (*result.caveats, *(sentences(one) for one in noticed if figure in one.figures))
        ending = [figure.direction, text_cell("; ".join(figure.assumptions)), text_cell(" ".join(said))]
        rows.append([result.calculator.name, figure.figure, figure.value, figure.unit, *figure.keys.values(), *ending])
    return csv_text(rows)


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """The rows as CSV; what is None is empty."""
    stream = io.StringIO()
    cells = ([bare_text(cell) if isinstance(cell, float) else cell for cell in row] for row in rows)
    csv.writer(stream, lineterminator="\n").writerows(cells)
    return stream.getvalue()


def text_cell(text: str) -> str:
    """Free text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_LEADS) else text
