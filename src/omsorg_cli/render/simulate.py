"""A simulation as a document, JSON and CSV: how likely each figure is to be how large."""

from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.simulate import Outcome, Simulation
from omsorg_cli.render import words
from omsorg_cli.render.data import csv_text, dumps, input_record, scenario_record
from omsorg_cli.render.document import title
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import figure_text, input_text, named
from omsorg_cli.render.views import NOT_THERE
from omsorg_cli.render.widths import BAR

BAR_WIDTH = 40
STATISTICS = ("mean", "p10", "p50", "p90", "probability_of_saving", "without_answer")


def document(simulation: Simulation) -> list[Part]:
    """The percentiles of each figure, how its draws are spread, and what was drawn."""
    result, asked = simulation.result, simulation.options
    parts: list[Part] = [Heading(title(result), 1), _percentiles(simulation)]
    for outcome in simulation.outcomes:
        parts += _spread(outcome)
    parts.append(Heading("What was drawn", 2))
    parts.append(Sentences(tuple(map(_drawn, simulation.inputs)), "*"))
    parts.append(Sentences(tuple(_correlated(simulation))))
    unanswered = any(one.without_answer for one in simulation.outcomes)
    partly = "Mean and percentiles are of the draws with an answer; how many have none stands beside them."
    method = f"Draws: {words.number(asked.draws)}; seed: {asked.seed}. All other inputs are taken as certain."
    coarse = "Percentiles come from a fine histogram: they are within 1/10 000 of the spread from P10 to P90."
    parts.append(
        Sentences(
            (
                method,
                *((partly,) if unanswered else ()),
                *(() if all(one.exact for one in simulation.outcomes) else (coarse,)),
            )
        )
    )
    parts += [Heading("What it is not", 2), Sentences(result.caveats, "–")]
    return [part for part in parts if not isinstance(part, Sentences) or part.lines]


def _percentiles(simulation: Simulation) -> Sheet:
    headings = ("figure", "as stated", "mean", "P10", "P50", "P90", "chance of a saving", "without answer")
    outcomes = simulation.outcomes
    unused = {
        6: all(one.probability_of_saving is None for one in outcomes),
        7: not any(one.without_answer for one in outcomes),
    }
    used = [at for at in range(len(headings)) if not unused.get(at)]
    rows = tuple(tuple(row[at] for at in used) for row in map(_row, outcomes))
    return Sheet(tuple(headings[at] for at in used), tuple(at >= 6 for at in used), rows)


def _row(outcome: Outcome) -> tuple[str, ...]:
    figure = outcome.figure
    values = (figure.value, outcome.mean, outcome.p10, outcome.p50, outcome.p90)
    chance = outcome.probability_of_saving
    return (
        named(figure),
        *("no answer" if value is None else figure_text(figure, value) for value in values),
        NOT_THERE if chance is None else words.percent(chance),
        words.percent(outcome.without_answer),
    )


def _spread(outcome: Outcome) -> Iterator[Part]:
    """The histogram: a row for each bin."""
    counts, edges = outcome.histogram.counts, outcome.histogram.edges
    if len(counts) < 2 or outcome.figure.unit == "year":
        return
    whole, most = sum(counts), max(counts)
    rows = tuple(
        (figure_text(outcome.figure, low), words.percent(count / whole), BAR * round(BAR_WIDTH * count / most))
        for low, count in zip(edges, counts, strict=False)
    )
    yield Heading(f"How {named(outcome.figure)} is spread", 2)
    yield Sheet(("from", "of the draws", ""), (False, True, False), rows)


def _drawn(item: Input) -> str:
    low, high = item.stated.range or (0.0, 0.0)
    tail = (1 - item.stated.coverage) * 50
    span = f"between {input_text(item, low)} (P{tail:g}) and {input_text(item, high)} (P{100 - tail:g})"
    return plain(f"{item.path}, {item.stated.shape}, {span}: {item.stated.assumption or item.stated.source or ''}")


def _correlated(simulation: Simulation) -> Iterator[str]:
    paths = {item.path for item in simulation.inputs}
    for group, value in simulation.result.scenario.correlated:
        together = [path for path in group if path in paths]
        if len(together) > 1:
            yield plain(f"Drawn together, with a correlation of {value:g}: {', '.join(together)}.")


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


def render_csv(simulation: Simulation) -> str:
    """A row for each figure."""
    keys = simulation.result.calculator.keys
    rows: list[Sequence[Any]] = [["calculator", "figure", "unit", *keys, "value", *STATISTICS]]
    for outcome in simulation.outcomes:
        record = _record(outcome)
        told = [record[name] for name in ("figure", "unit", *keys, "value", *STATISTICS)]
        rows.append([simulation.result.calculator.name, *told])
    return csv_text(rows)
