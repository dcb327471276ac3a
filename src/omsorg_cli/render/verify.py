"""What became of the published results, as a document, JSON and CSV."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.questions.verify import Verdict
from omsorg_cli.render import words
from omsorg_cli.render.data import csv_text, dumps, scenario_record
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.views import NOT_THERE
from omsorg_cli.scenario.load import Scenario

Found = Sequence[tuple[Scenario, Sequence[Verdict]]]
COLUMNS = (
    "scenario",
    "calculator",
    "figure",
    "where",
    "value",
    "unit",
    "wording",
    "recomputed",
    "relative_deviation",
    "verdict",
    "because",
    "note",
    "source",
)


def document(found: Found) -> list[Part]:
    """A table for each scenario, the reasons below it, and how many of each verdict there are."""
    parts: list[Part] = [Heading("Published results against recomputed ones", 1)]
    for scenario, verdicts in found:
        parts.append(Heading(plain(f"{scenario.text.name} · {scenario.head.title}"), 2))
        if not verdicts:
            parts.append(Sentences(("No published result is stated in it.",)))
            continue
        parts.append(_sheet(verdicts))
        said = [(one, one.because or one.published.note) for one in verdicts]
        reasons = tuple(plain(f"{where_text(one)}: {why}") for one, why in said if why)
        parts.append(Sentences(reasons, "–"))
        counts = Counter(one.verdict for one in verdicts)
        parts.append(Sentences(("; ".join(f"{verdict}: {count}" for verdict, count in counts.items()) + ".",)))
    return [part for part in parts if not isinstance(part, Sentences) or part.lines]


def _sheet(verdicts: Sequence[Verdict]) -> Sheet:
    headings = ("figure", "published", "recomputed", "deviation", "verdict")
    rows = tuple(
        (
            plain(where_text(one)),
            plain(f"{one.published.wording} {_said(one.published.value.number, one.unit)}".removeprefix("exact ")),
            NOT_THERE if one.recomputed is None else _said(one.recomputed, one.unit),
            NOT_THERE if one.relative_deviation is None else _deviation(one.relative_deviation),
            one.verdict
            + (" (explained)" if one.published.because and not one.verdict.startswith("reproduces") else ""),
        )
        for one in verdicts
    )
    return Sheet(headings, (False, False, False, True, False), rows)


def _said(value: float, unit: str) -> str:
    if value >= 0:
        return words.amount(value, unit)
    return words.saves(value, unit) if unit.startswith("NOK") else f"minus {words.amount(-value, unit)}"


def _deviation(share: float) -> str:
    if abs(share) < 5e-6:
        return "none"
    size = abs(share) * 100
    return f"{words.number(size) if size >= 100 else f'{size:.2g}'} % {'above' if share > 0 else 'below'}"


def where_text(one: Verdict) -> str:
    """The figure that the published result is of, with its coordinates."""
    keys = " ".join(str(key) for key in one.published.where.values())
    return f"{one.published.calculator} {one.published.figure} {keys}".strip()


def render_json(found: Found) -> str:
    """Every verdict with its scenario."""
    return dumps(
        {
            "format": "omsorg.verify/1",
            "version": __version__,
            "scenarios": [scenario_record(scenario) for scenario, _ in found],
            "counts": dict(Counter(one.verdict for _, verdicts in found for one in verdicts)),
            "published": [_record(scenario, one) for scenario, verdicts in found for one in verdicts],
        }
    )


def render_csv(found: Found) -> str:
    """A row for each verdict."""
    rows: list[Sequence[Any]] = [COLUMNS]
    for scenario, verdicts in found:
        for one in verdicts:
            record = _record(scenario, one)
            record["where"] = " ".join(f"{key}={value}" for key, value in record["where"].items())
            rows.append([record[column] for column in COLUMNS])
    return csv_text(rows)


def _record(scenario: Scenario, one: Verdict) -> dict[str, Any]:
    return {
        "scenario": scenario.text.name,
        "calculator": one.published.calculator,
        "figure": one.published.figure,
        "where": one.published.where,
        "value": one.published.value.value,
        "unit": one.unit,
        "wording": one.published.wording,
        "rounded_to": one.published.rounded_to.value,
        "recomputed": one.recomputed,
        "relative_deviation": one.relative_deviation,
        "verdict": one.verdict,
        "because": one.because,
        "note": one.published.note,
        "source": one.published.source,
        "quote": one.published.quote,
    }
