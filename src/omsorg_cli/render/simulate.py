"""A simulation as a document, JSON and CSV: how likely each figure is to be how large."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import count, phrase, say, with_separators
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.simulate import Outcome, Simulation
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, input_record, scenario_record
from omsorg_cli.render.document import caveats, changes, title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.places import source_text
from omsorg_cli.render.values import capital, figure_name, figure_text, input_name, input_text, level_text, outcome_text
from omsorg_cli.render.views import NOT_THERE
from omsorg_cli.render.widths import BAR
from omsorg_cli.result import Result

BAR_WIDTH = 40
MOST_ANSWERS = 3
"""Figures that the answer is given for."""
MOST_DRAWN = 10
"""Inputs that are listed."""
SHAPES = {
    "pert": phrase("PERT distribution"),
    "normal": phrase("normal distribution"),
    "lognormal": phrase("lognormal distribution"),
    "triangular": phrase("triangular distribution"),
    "uniform": phrase("uniform distribution"),
}
"""What people read for the shape of a distribution."""
STATISTICS = ("mean", "p10", "p50", "p90", "probability_of_saving", "without_answer")


def document(simulation: Simulation, *, on_page: bool = False) -> list[Part]:
    """How sure each figure is in words, its percentiles, how the draws of the first are spread, and what was drawn.

    A page has a histogram of each figure, and nothing to type.
    """
    result, outcomes = simulation.result, _varying(simulation.outcomes)
    still = len(simulation.outcomes) - len(outcomes)
    parts: list[Part] = [
        Heading(title(result, [one.figure for one in outcomes]), 1),
        *changes(result),
        Sentences(tuple(_answer(result, one) for one in outcomes[:MOST_ANSWERS])),
        _percentiles(result, outcomes),
        Sentences(tuple(_unmoved(still, on_page=on_page)), dim=True),
        *([] if on_page else _spread(result, outcomes[0])),
        Heading(say("Inputs drawn"), 2),
        Sentences(tuple(_drawn(result, one) for one in simulation.inputs[:MOST_DRAWN]), "*"),
    ]
    parts.append(Sentences(tuple(_more_drawn(len(simulation.inputs) - MOST_DRAWN, on_page=on_page)), dim=True))
    parts += [Sentences(tuple(_correlated(simulation))), Sentences(tuple(_method(simulation)))]
    parts += caveats(result)
    return [part for part in parts if not isinstance(part, Sentences) or part.lines]


def _varying(outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """The figures that the inputs drawn move; all of them, where they move none."""
    return [one for one in outcomes if len(one.histogram.counts) > 1 or one.without_answer] or outcomes


def _more_drawn(more: int, *, on_page: bool) -> Iterator[str]:
    """How many inputs the list does not have."""
    if more > 0 and on_page:
        yield count(
            more,
            "{number} more input was drawn and is not listed here.",
            "{number} more inputs were drawn and are not listed here.",
        )
    elif more > 0:
        yield count(
            more,
            "{number} more input was drawn; --format json lists it.",
            "{number} more inputs were drawn; --format json lists them.",
        )


def _unmoved(still: int, *, on_page: bool) -> Iterator[str]:
    """How many figures the table does not have."""
    if still and on_page:
        yield count(
            still,
            "{number} more figure is the same in every draw and is not shown here.",
            "{number} more figures are the same in every draw and are not shown here.",
        )
    elif still:
        yield count(
            still,
            "{number} more figure is the same in every draw; --format json shows it.",
            "{number} more figures are the same in every draw; --format json shows them.",
        )


def _answer(result: Result, outcome: Outcome) -> str:
    """Between what the figure most likely lies, and how likely a saving is."""
    figure = outcome.figure
    name = capital(figure_name(result, figure))
    if outcome.p10 is None or outcome.p50 is None or outcome.p90 is None:
        return plain(say("{figure}: no draw has an answer.", figure=name))
    low, high = (outcome_text(figure, value) for value in (outcome.p10, outcome.p90))
    middle = level_text(figure, outcome.p50)
    told = {"figure": name, "low": low, "middle": middle, "high": high}
    if low == high and outcome.without_answer:
        share = words.percent(outcome.without_answer)
        return plain(
            say(
                "{figure}: {middle} in at least eight in ten of the draws that have a result; {share} have none.",
                figure=name,
                middle=middle,
                share=share,
            )
        )
    if low == high:
        return plain(say("{figure}: {middle} in at least eight draws in ten.", figure=name, middle=middle))
    likely = _chance(outcome)
    if likely is None:
        return plain(say("{figure}: {middle} (median); eight draws in ten lie between {low} and {high}.", **told))
    chance = words.percent(likely)
    return plain(
        say(
            "{figure}: {middle} (median); eight draws in ten lie between {low} and {high}. "
            "The chance of a saving is {chance}.",
            chance=chance,
            **told,
        )
    )


def _method(simulation: Simulation) -> Iterator[str]:
    """How it was drawn, and what the percentiles are of."""
    asked, outcomes = simulation.options, simulation.outcomes
    told = {"draws": words.number(asked.draws), "seed": asked.seed}
    yield say("Draws: {draws}; random seed: {seed}. All other inputs are taken as certain.", **told)
    if any(one.without_answer for one in outcomes):
        yield say("The mean and percentiles cover the draws that have a result; the share without one is shown.")
    if not all(one.exact for one in outcomes):
        yield say("Percentiles come from a fine histogram: they are within 1/10 000 of the spread from P10 to P90.")


def _percentiles(result: Result, outcomes: Sequence[Outcome]) -> Sheet:
    headings = (
        say("figure"),
        say("as stated"),
        say("mean"),
        "P10",
        "P50",
        "P90",
        say("chance of a saving"),
        say("draws without a result"),
    )
    unused = {
        6: all(_chance(one) is None for one in outcomes),
        7: not any(one.without_answer for one in outcomes),
    }
    used = [at for at in range(len(headings)) if not unused.get(at)]
    found = (_row(result, outcome) for outcome in outcomes)
    rows = tuple(tuple(row[at] for at in used) for row in found)
    return Sheet(tuple(headings[at] for at in used), tuple(at >= 6 for at in used), rows)


def _chance(outcome: Outcome) -> float | None:
    """How likely a saving is; of what is no saving, nothing."""
    return outcome.probability_of_saving if outcome.figure.told == "saving" else None


def _row(result: Result, outcome: Outcome) -> tuple[str, ...]:
    figure = outcome.figure
    values = (figure.value, outcome.mean, outcome.p10, outcome.p50, outcome.p90)
    chance = _chance(outcome)
    return (
        figure_name(result, figure),
        *(say("no answer") if value is None else figure_text(figure, value) for value in values),
        say(NOT_THERE) if chance is None else words.percent(chance),
        words.percent(outcome.without_answer),
    )


def _spread(result: Result, outcome: Outcome) -> Iterator[Part]:
    """The histogram: a row for each bin."""
    counts, edges = outcome.histogram.counts, outcome.histogram.edges
    if len(counts) < 2 or outcome.figure.unit == "year":
        return
    whole, most = sum(counts), max(counts)
    scale, unit = _scale(outcome)
    rows = tuple(
        (_edge(outcome, low, scale), words.percent(number / whole), BAR * round(BAR_WIDTH * number / most))
        for low, number in zip(edges, counts, strict=False)
    )
    yield Heading(say("How the draws are spread: {figure}", figure=figure_name(result, outcome.figure)), 2)
    start = say("from, {unit}", unit=unit) if unit else say("from")
    yield Sheet((start, say("share of the draws"), ""), (scale != 1, True, False), rows)


def spread(outcome: Outcome) -> Sheet | None:
    """The numbers of the histogram: how many of the draws lie from where to where; none where all are alike."""
    counts, edges = outcome.histogram.counts, outcome.histogram.edges
    if len(counts) < 2:
        return None
    whole = sum(counts)
    scale, unit = _scale(outcome)
    ends = [_edge(outcome, edge, scale) for edge in edges]
    rows = tuple(
        (low, high, words.percent(number / whole)) for low, high, number in zip(ends, ends[1:], counts, strict=False)
    )
    headings = (say("from, {unit}", unit=unit), say("to, {unit}", unit=unit)) if unit else (say("from"), say("to"))
    return Sheet((*headings, say("share of the draws")), (scale != 1, scale != 1, True), rows)


def _scale(outcome: Outcome) -> tuple[float, str]:
    """What the amounts of the histogram are divided by, and what that is called; kroner alone are."""
    edges = outcome.histogram.edges
    if not outcome.figure.unit.startswith("NOK") or max(map(abs, edges)) < words.MILLION:
        return 1, ""
    return words.scale_of([outcome.figure.unit], edges)


def _edge(outcome: Outcome, low: float, scale: float) -> str:
    """Where the bin begins; in a table of millions, without what its heading says."""
    if scale == 1:
        return figure_text(outcome.figure, low)
    return words.scaled(low, scale, outcome.figure.told)


def _whose(result: Result, item: Input) -> str:
    """Where the range comes from: one that was given with the question is not that of the scenario's source."""
    if any(
        change.input == f"{item.path}.range" and change.by.startswith("--set") for change in result.scenario.changes
    ):
        return say("range set by the user")
    source = item.stated.source
    return item.stated.assumption or (source_text(result, source) if source else say("no source"))


def _drawn(result: Result, item: Input) -> str:
    low, high = item.stated.range or (0.0, 0.0)
    tail = (1 - item.stated.coverage) * 50
    told = {
        "input": input_name(result, item),
        "shape": say(SHAPES[item.stated.shape]),
        "low": input_text(item, low),
        "p_low": f"P{tail:g}",
        "high": input_text(item, high),
        "p_high": f"P{100 - tail:g}",
        "why": _whose(result, item),
    }
    return plain(say("{input}: {low} ({p_low}) to {high} ({p_high}), {shape}; {why}", **told))


def _correlated(simulation: Simulation) -> Iterator[str]:
    items = {item.path: item for item in simulation.inputs}
    for group, value in simulation.result.scenario.correlated:
        together = [input_name(simulation.result, items[path]) for path in group if path in items]
        if len(together) > 1:
            told = {"correlation": with_separators(f"{value:g}"), "inputs": "; ".join(together)}
            yield plain(say("Drawn together with a correlation of {correlation}: {inputs}.", **told))


def render_json(simulation: Simulation) -> str:
    """Every figure with its percentiles and histogram."""
    result, asked = simulation.result, simulation.options
    return dumps(
        {
            "format": "omsorg.simulation/1",
            "version": __version__,
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
            "seed": asked.seed,
            "draws": asked.draws,
            "figures": [_record(outcome) for outcome in simulation.outcomes],
            "inputs": [input_record(item) for item in simulation.inputs],
            "correlations": [{"inputs": list(group), "value": value} for group, value in result.scenario.correlated],
            "caveats": list(result.caveats),
        }
    )


def _record(outcome: Outcome) -> dict[str, Any]:
    figure = outcome.figure
    return {
        "figure": figure.figure,
        "unit": figure.unit,
        **figure.keys,
        "value": figure.value,
        **{name: getattr(outcome, name) for name in STATISTICS},
        "exact": outcome.exact,
        "histogram": outcome.histogram._asdict(),
    }


def rows(simulation: Simulation) -> list[Sequence[Any]]:
    """The names of the columns, and a row for each figure."""
    keys = simulation.result.calculator.keys
    columns, name = ("figure", "unit", *keys, "value", *STATISTICS), simulation.result.calculator.name
    records = map(_record, simulation.outcomes)
    return [("calculator", *columns), *([name, *(one[column] for column in columns)] for one in records)]
