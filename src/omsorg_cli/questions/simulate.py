"""How sure the figures of a result are: what a simulation over the ranges of their inputs gives."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.core.errors import Fault, NoAnswerError, OmsorgError, ScenarioError, shown
from omsorg_cli.core.language import say, with_separators
from omsorg_cli.core.numbers import number_text
from omsorg_cli.engine.distributions import NoFitError, Shape, fitted
from omsorg_cli.engine.histogram import Histogram, Tally
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.parallel import checked_jobs
from omsorg_cli.engine.simulate import MOST, Copula, Drawn, Sampler, drawn
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.shared.structure import is_structural
from omsorg_cli.result import Figure, Result
from omsorg_cli.scenario.load import Scenario, placed

DRAWS = 100_000
SEED = 1
MOST_CORRELATED = 1_000
"""Inputs that may be drawn together: each is compared with each."""


class Options(NamedTuple):
    """How it is drawn; the number of jobs changes nothing but the time."""

    draws: int = DRAWS
    seed: int = SEED
    jobs: int = 0


class Outcome(NamedTuple):
    """What the draws of one figure come to; None where no draw has an answer."""

    figure: Figure
    mean: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    probability_of_saving: float | None
    without_answer: float
    histogram: Histogram
    exact: bool


class Simulation(NamedTuple):
    """A simulation: the figures, and the inputs that were drawn."""

    result: Result
    options: Options
    inputs: tuple[Input, ...]
    outcomes: tuple[Outcome, ...]


Sink = Callable[[Drawn], None]


def simulate(
    result: Result, figures: Sequence[Figure], options: Options | None = None, sink: Sink | None = None
) -> Simulation:
    """Draws every input with a range that the figures rest on; each chunk is also given to the sink."""
    asked = _checked(options or Options())
    jobs = checked_jobs(asked.jobs)
    inputs = ranged(result, figures)
    sampler = Sampler(
        placed_shapes(result, inputs), copula(result.scenario, [item.path for item in inputs]), asked.seed
    )
    varied = Varied(result.record, [figure.node for figure in figures], [item.path for item in inputs])
    tallies = [Tally(len(figures)) for _ in figures]
    for chunk in drawn(sampler, varied, asked.draws, jobs, with_inputs=sink is not None):
        for tally, draws in zip(tallies, chunk.figures, strict=True):
            tally.add(draws)
        if sink is not None:
            sink(chunk)
    with ThreadPoolExecutor(jobs) as pool:
        return Simulation(result, asked, inputs, tuple(pool.map(_outcome, figures, tallies)))


def ranged(result: Result, figures: Iterable[Figure]) -> tuple[Input, ...]:
    """The inputs with a range that the figures rest on; that there is none is no answer."""
    if fixed := tuple(_fixed_with_a_range(result)):
        raise ScenarioError(placed(result.scenario, fixed))
    found = tuple(item for item in result.used_by(figures) if item.stated.range is not None)
    if not found:
        raise NoAnswerError(
            say("No input of these figures has a range to draw from: give one with --set PATH.range=[LOW,HIGH].")
        )
    return found


def faults_of_ranges(result: Result, inputs: Sequence[Input]) -> Iterator[Fault]:
    """What would be refused of the ranges of the inputs, whichever figures are drawn."""
    yield from _fixed_with_a_range(result)
    try:
        shapes_of(inputs)
    except ScenarioError as error:
        yield from error.faults
    try:
        copula(result.scenario, [item.path for item in inputs])
    except OmsorgError as error:
        yield Fault("", str(error))


def _fixed_with_a_range(result: Result) -> Iterator[Fault]:
    told = say("has a range, but decides which rows or years there are; allowed: no range; use `sweep` to try several")
    fixed = (item for item in result.stated_inputs if item.stated.range is not None and _is_fixed(result, item))
    return (Fault(item.path, told) for item in fixed)


def copula(scenario: Scenario, paths: Sequence[str]) -> Copula:
    """The correlations of those of the scenario's inputs that are drawn."""
    drawn_too = set(paths)
    related = dict.fromkeys(path for group, _ in scenario.correlated for path in group if path in drawn_too)
    if len(related) > MOST_CORRELATED:
        told = {"found": number_text(len(related)), "most": number_text(MOST_CORRELATED)}
        raise OmsorgError(say("correlations: found {found} inputs; allowed: at most {most}.", **told))
    place = {path: at for at, path in enumerate(related)}
    matrix = np.eye(len(related))
    for group, value in scenario.correlated:
        places = [place[path] for path in group if path in place]
        for row in places:
            for column in places:
                if row != column:
                    matrix[row, column] = value
    try:
        return Copula(tuple(related), np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        raise OmsorgError(
            say(
                "correlations: those between {inputs} contradict each other (their matrix is not positive definite); "
                "allowed: correlations that can hold at the same time, such as smaller ones.",
                inputs=", ".join(related),
            )
        ) from None


def _checked(options: Options) -> Options:
    for option, found in (("--draws", options.draws), ("--seed", options.seed), ("--jobs", options.jobs)):
        if not isinstance(found, int | np.integer) or isinstance(found, bool):
            told = {"option": option, "found": shown(found)}
            raise OmsorgError(say("{option}: found {found}; allowed: a whole number.", **told))
    if not 1 <= options.draws <= MOST:
        raise OmsorgError(
            say(
                "--draws: found {found}; allowed: 1 to {most}.",
                found=with_separators(f"{options.draws:,}"),
                most=with_separators(f"{MOST:,}"),
            )
        )
    if options.seed < 0:
        raise OmsorgError(say("--seed: found {found}; allowed: 0 and above.", found=options.seed))
    return options


def _is_fixed(result: Result, item: Input) -> bool:
    return is_structural(result.record.plan.calculators.values(), item.path)


def shapes_of(inputs: Sequence[Input]) -> dict[str, Shape]:
    """The distribution of each input by path; every input that none fits is told at once."""
    found: dict[str, Shape] = {}
    faults = []
    for item in inputs:
        try:
            found[item.path] = fitted(item.stated, item.kind)
        except NoFitError as error:
            faults.append(Fault(item.path, str(error)))
    if faults:
        raise ScenarioError(faults)
    return found


def placed_shapes(result: Result, inputs: Sequence[Input]) -> dict[str, Shape]:
    """The same; an input that none fits is told with where it stands."""
    try:
        return shapes_of(inputs)
    except ScenarioError as error:
        raise ScenarioError(placed(result.scenario, error.faults)) from None


def _outcome(figure: Figure, tally: Tally) -> Outcome:
    draws = tally.count + tally.without_answer
    p1, p10, p50, p90, p99 = tally.percentiles()
    saves: Any = tally.positive / tally.count if figure.direction is not None and tally.count else None
    return Outcome(
        figure, tally.mean, p10, p50, p90, saves, tally.without_answer / draws, tally.histogram(p1, p99), tally.is_exact
    )
