"""How sure a figure is: its inputs drawn from their ranges, again and again.

Each input has its own stream for each chunk of draws, from the seed, the input's path and the chunk's number, so that
neither another input nor the number of jobs moves a draw. Correlated inputs are drawn from a Gaussian copula.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import special

from omsorg_cli.engine.arrays import Array
from omsorg_cli.engine.distributions import Shape
from omsorg_cli.engine.memory import keep_memory
from omsorg_cli.engine.parallel import in_order
from omsorg_cli.engine.vectorised import Varied

CHUNK = 32_768
"""Draws of a chunk."""
MANY_INPUTS, FEWEST = 128, 256
"""Inputs from which a chunk has fewer draws, so that it takes no more memory, and how many it has at the least."""
MOST = 1_000_000_000


class Copula(NamedTuple):
    """Inputs that are drawn together: their paths, and a root of their correlation matrix."""

    paths: tuple[str, ...]
    root: Array


class Sampler:
    """Draws the inputs, chunk for chunk."""

    def __init__(self, shapes: Mapping[str, Shape], copula: Copula, seed: int) -> None:
        self.shapes, self.copula, self.seed = shapes, copula, seed
        self.size = min(CHUNK, max(FEWEST, CHUNK * MANY_INPUTS // max(len(shapes), 1)))
        """How many draws a chunk has."""
        self._words = {path: _words(path) for path in shapes}

    def chunk(self, number: int, size: int) -> dict[str, Array]:
        """The draws of the chunk by path."""
        with np.errstate(all="ignore"):  # what is drawn beyond all numbers has no answer, and is counted
            return self._drawn(number, size)

    def _drawn(self, number: int, size: int) -> dict[str, Array]:
        generators = {path: self._generator(path, number) for path in self.shapes}
        drawn = {
            path: shape.draw(generators[path], size)
            for path, shape in self.shapes.items()
            if path not in self.copula.paths
        }
        if self.copula.paths:
            independent = np.stack([generators[path].standard_normal(size) for path in self.copula.paths])
            together = special.ndtr(self.copula.root @ independent)
            drawn |= {
                path: self.shapes[path].quantile(row) for path, row in zip(self.copula.paths, together, strict=True)
            }
        return drawn

    def _generator(self, path: str, number: int) -> np.random.Generator:
        key = (*self._words[path], number)
        return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(self.seed, spawn_key=key)))


def _words(path: str) -> tuple[int, ...]:
    digest = hashlib.sha256(path.encode()).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))


class Drawn(NamedTuple):
    """One chunk: the number of its first draw, its inputs by path, if they are wanted, and its figures."""

    first: int
    inputs: Mapping[str, Array]
    figures: Sequence[Array]


def drawn(sampler: Sampler, varied: Varied, draws: int, jobs: int, *, with_inputs: bool = True) -> Iterator[Drawn]:
    """The chunks in their order, whoever worked them out; no more are held than the jobs need."""

    def work(first: int) -> Drawn:
        inputs = sampler.chunk(first // sampler.size, min(sampler.size, draws - first))
        return Drawn(first, inputs if with_inputs else {}, varied(inputs))

    keep_memory()
    yield from in_order(work, range(0, draws, sampler.size), jobs)
