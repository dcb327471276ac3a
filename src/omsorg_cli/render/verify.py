"""What became of the published results, as a document, JSON and CSV."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.calculators import load
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import count, phrase, say
from omsorg_cli.engine.judge import REPRODUCES, WITHIN_ROUNDING
from omsorg_cli.questions.verify import Verdict
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, scenario_record
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


WORDINGS = {
    "exact": "{amount}",
    "ca.": phrase("about {amount}"),
    "om lag": phrase("about {amount}"),
    "rundt": phrase("about {amount}"),
    "nesten": phrase("almost {amount}"),
    "knapt": phrase("just under {amount}"),
    "under": phrase("under {amount}"),
    "drøyt": phrase("just over {amount}"),
    "over": phrase("over {amount}"),
    "minst": phrase("at least {amount}"),
}
"""What people read for how exactly a document says a number."""


def document(found: Found) -> list[Part]:
    """How many results reproduce, a table for each scenario, and the reasons below it."""
    parts: list[Part] = [Heading(say("Published results and recalculated ones"), 1)]
    if every := [one for _, verdicts in found for one in verdicts]:
        parts.append(Sentences((answer(every),)))
    for scenario, verdicts in found:
        parts.append(Heading(plain(say("{name}: {title}", name=scenario.text.name, title=scenario.head.title)), 2))
        if not verdicts:
            parts.append(Sentences((say("The scenario states no published result."),)))
            continue
        parts.append(_sheet(verdicts))
        said = [(one, one.because or one.published.note) for one in verdicts]
        told = ({"figure": where_text(one), "why": why} for one, why in said if why)
        parts.append(Sentences(tuple(plain(say("{figure}: {why}", **one)) for one in told), "–"))
        counts = Counter(one.verdict for one in verdicts)
        each = (say("{verdict}: {number}", verdict=say(verdict), number=number) for verdict, number in counts.items())
        parts.append(Sentences((say("{counts}.", counts="; ".join(each)),)))
    return [part for part in parts if not isinstance(part, Sentences) or part.lines]


NEGLIGIBLE = 5e-6
"""The share that is no deviation."""
LEAST_SAID, LEAST_POINTS = 0.01, 0.0005
"""The least deviation that is said in figures, in per cent, and of shares."""


def answer(verdicts: Sequence[Verdict]) -> str:
    """How many of the results reproduce, and how many of the others the scenario explains."""
    reproduced = [one for one in verdicts if one.verdict in (REPRODUCES, WITHIN_ROUNDING)]
    others = [one for one in verdicts if one not in reproduced]
    told = {"reproduced": len(reproduced), "published": len(verdicts)}
    if not others:
        return say("All {published} published results are reproduced.", **told)
    explained = sum(one.explained for one in others)
    if explained == len(others):
        return count(
            len(others),
            "{reproduced} of {published} published results are reproduced; the other one is explained.",
            "{reproduced} of {published} published results are reproduced; the other {others} are explained.",
            others=len(others),
            **told,
        )
    return count(
        len(others),
        "{reproduced} of {published} published results are reproduced; the other one is not explained.",
        "{reproduced} of {published} published results are reproduced; of the other {others}, {explained} are "
        "explained.",
        others=len(others),
        explained=explained,
        **told,
    )


def _sheet(verdicts: Sequence[Verdict]) -> Sheet:
    headings = (say("figure"), say("published"), say("recalculated"), say("deviation"), say("verdict"))
    rows = tuple(
        (
            plain(where_text(one)),
            published_text(one),
            say(NOT_THERE) if one.recomputed is None else _said(one.recomputed, one.unit, words.amount),
            _deviation(one),
            _verdict(one),
        )
        for one in verdicts
    )
    return Sheet(headings, (False, False, False, True, False), rows)


def _verdict(one: Verdict) -> str:
    said = say(one.verdict)
    if one.published.because and one.verdict not in (REPRODUCES, WITHIN_ROUNDING):
        return say("{verdict} (explained)", verdict=said)
    return said


def published_text(one: Verdict) -> str:
    """The published value as the document says it: about, almost, at least."""
    amount = _said(one.published.value.number, one.unit, words.printed)
    return plain(say(WORDINGS[one.published.wording], amount=amount))


def _said(value: float, unit: str, amount: Callable[[float, str], str]) -> str:
    if value >= 0:
        return amount(value, unit)
    if unit.startswith("NOK"):
        return words.saves(value, unit)
    if words.is_many(unit):
        return words.more(value, unit)
    return say(words.ABOVE[1], amount=amount(-value, unit))


BOUNDS = ("under", "over", "minst")
"""The wordings that say a bound, from which there is no deviation on its right side."""
IN_POINTS = ("share", "rate/year")
"""Units of which a deviation is in percentage points."""


def _deviation(one: Verdict) -> str:
    """How far the recalculated value lies from the published one: of shares in points, of amounts in per cent."""
    if one.recomputed is None or one.relative_deviation is None:
        return say(NOT_THERE)
    published = one.published.value.number
    if abs(one.relative_deviation) < NEGLIGIBLE:
        return say("none")
    if one.published.wording in BOUNDS and one.verdict == REPRODUCES:
        return say("within the bound")
    if published * one.recomputed < 0:
        return say("the opposite way")
    if one.unit in IN_POINTS:
        apart = abs(one.recomputed) - abs(published)
        return say("under 0.1 points") if abs(apart) < LEAST_POINTS else words.apart(apart, "share")
    return _in_per_cent(one.relative_deviation)


def _in_per_cent(share: float) -> str:
    size = abs(share) * 100
    if size < LEAST_SAID:
        return say("under {number}%", number=words.number(LEAST_SAID, 2))
    said = say("{number}%", number=words.number(size, 2 if size < 1 else 1 if size < 10 else 0))
    return say("{amount} above", amount=said) if share > 0 else say("{amount} below", amount=said)


def where_text(one: Verdict) -> str:
    """The calculator and the figure that the published result is of, with its row."""
    calculator = load(one.published.calculator)
    title, figure = say(calculator.title), say(calculator.label(one.published.figure))
    if one.row:
        return say("{calculator}: {figure} ({row})", calculator=title, figure=figure, row=one.row)
    return say("{calculator}: {figure}", calculator=title, figure=figure)


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


def rows(found: Found) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each verdict."""
    told: list[Sequence[Any]] = [COLUMNS]
    for scenario, verdicts in found:
        for one in verdicts:
            record = _record(scenario, one)
            record["where"] = " ".join(f"{key}={value}" for key, value in record["where"].items())
            told.append([record[column] for column in COLUMNS])
    return told


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
