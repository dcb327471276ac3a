"""What a figure hinges on when all inputs vary at once: Sobol's first-order and total indices, by SALib."""

from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.core.errors import NoAnswerError, OmsorgError
from omsorg_cli.core.language import say
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.simulate import placed_shapes, ranged
from omsorg_cli.result import Figure, Result

SAMPLES = 4_096
MOST = 1 << 17
"""Samples: SALib resamples all of them a hundred times at once to tell how sure an index is."""
MOST_PLACES = 50_000_000
"""Values of all inputs in all runs, which are held at once."""
CHUNK = 8_192
"""Runs that are worked out at a time."""
STATISTICS = ("S1", "S1_conf", "ST", "ST_conf")
WIDE = 0.05
"""Half an interval of confidence beyond which the sample is called small."""


class Index(NamedTuple):
    """How much of the figure's variance an input makes: alone, and with all that it does together with others.

    The `confidence` values are half the width of 95 % intervals.
    """

    input: Input
    first: float
    first_confidence: float
    total: float
    total_confidence: float


class Indices(NamedTuple):
    """The indices of one figure, the largest total first."""

    result: Result
    figure: Figure
    samples: int
    seed: int
    indices: tuple[Index, ...]

    @property
    def too_small(self) -> bool:
        """Whether the sample leaves an interval wide."""
        return any(max(one.first_confidence, one.total_confidence) > WIDE for one in self.indices)


def sobol(result: Result, figure: Figure, samples: int = SAMPLES, seed: int = 1) -> Indices:
    """Draws every input with a range, independently; needs a figure with an answer for each draw."""
    library = _library()
    if samples < 2 or samples > MOST or samples & (samples - 1):
        raise OmsorgError(
            say("--samples: found {found}; allowed: a power of 2 up to {most}.", found=samples, most=MOST)
        )
    inputs = ranged(result, [figure])
    _refuse_correlated(result, inputs)
    _refuse_too_many(samples, len(inputs))
    problem = {"num_vars": len(inputs), "names": [item.path for item in inputs], "bounds": [[0.0, 1.0]] * len(inputs)}
    places = library.sample(problem, samples, calc_second_order=False, seed=seed)
    values = _worked_out(result, figure, inputs, places)
    if np.isnan(values).any():
        raise NoAnswerError(
            say("{figure} has no answer for some draws, so its variance cannot be divided.", figure=figure.figure)
        )
    if np.ptp(values) == 0:
        raise NoAnswerError(
            say("{figure} is the same for all draws, so there is no variance to divide.", figure=figure.figure)
        )
    with np.errstate(all="ignore"):
        found = library.analyze(problem, values, calc_second_order=False, seed=seed)
    if not all(np.isfinite(found[name]).all() for name in STATISTICS):
        raise NoAnswerError(say("{figure} varies too little for its variance to be divided.", figure=figure.figure))
    indices = (Index(item, *(float(found[name][at]) for name in STATISTICS)) for at, item in enumerate(inputs))
    return Indices(result, figure, samples, seed, tuple(sorted(indices, key=lambda one: one.total, reverse=True)))


def _worked_out(result: Result, figure: Figure, inputs: tuple[Input, ...], places: Any) -> Any:
    """The figure where each input lies at those places of its distribution, from 0 to 1, a column each."""
    shapes = placed_shapes(result, inputs)
    varied = Varied(result.record, [figure.node], [item.path for item in inputs])
    found = []
    for first in range(0, len(places), CHUNK):
        inside = np.clip(places[first : first + CHUNK], 1e-12, 1 - 1e-12)
        given = {item.path: shapes[item.path].quantile(inside[:, at]) for at, item in enumerate(inputs)}
        found += varied(given)
    return np.concatenate(found)


def _refuse_too_many(samples: int, inputs: int) -> None:
    """Of many inputs fewer samples are drawn: each is run with every input moved by itself."""
    most = MOST_PLACES // (inputs * (inputs + 2))
    if samples > most:
        told = say(
            "--samples: found {found}; allowed: of {inputs} inputs a power of 2 up to {most}.",
            found=samples,
            inputs=inputs,
            most=1 << (most.bit_length() - 1) if most else 0,
        )
        raise OmsorgError(told)


class _Library(NamedTuple):
    sample: Any
    analyze: Any


def _library() -> _Library:
    try:
        from SALib.analyze.sobol import analyze
        from SALib.sample.sobol import sample
    except ImportError:
        raise OmsorgError(say("--global needs SALib: pip install 'omsorg-cli[global]'.")) from None
    return _Library(sample, analyze)


def _refuse_correlated(result: Result, inputs: tuple[Input, ...]) -> None:
    paths = {item.path for item in inputs}
    for group, _ in result.scenario.correlated:
        together = [path for path in group if path in paths]
        if len(together) > 1:
            raise OmsorgError(
                say(
                    "--global: {inputs} are correlated; these indices need independent inputs.",
                    inputs=", ".join(together),
                )
            )
