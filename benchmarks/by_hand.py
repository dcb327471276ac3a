"""The models of the benchmarks as somebody would write them by hand, in chunked NumPy and as a plain Python loop.

`insource DRAWS` draws Drammen's present value and the other headline figures; `loop DRAWS` does so one draw at a time;
`sweep SIDE` writes a table of SIDE × SIDE potentials; `rows COUNT` reads a table of municipalities and writes theirs.
The distributions are PERT with the ends that the ranges of the scenario come to.
"""

import csv
import random
import statistics
import sys
from itertools import islice
from pathlib import Path

import numpy as np

CHUNK = 8_192
PERT = {  # start, width, alpha, beta: P10 and P90 are the ends of the ranges, the mode is the value
    "ratio6": (0.603982672435, 0.592034655130, 3.0, 3.0),
    "dementia": (-0.027790532624, 1.057468355529, 3.942085325039, 2.057914674961),
    "temporary": (-0.027790532624, 1.057468355529, 3.942085325039, 2.057914674961),
    "ratio7": (0.308478029648, 0.872962969671, 4.168619950109, 1.831380049891),
    "month": (24254.050357357860, 74.482361169783, 2.178783395016, 3.821216604984),
}
HOME6 = (7 / 24, 1.0, 1.0)
HOME7 = (21 / 432, 150 / 432, 0.5)
"""What is in-house on average each year: of the first purchase all, of the second the half that has a date."""
DISCOUNT = tuple(1.04**-end for end in (1, 2, 3))
YEARS = (2020.0, 2021.0, 2022.0)


def insource(draws: int) -> None:
    """Prints mean and percentiles of the four headline figures."""
    generator = np.random.default_rng(1)
    kept: list[list[np.ndarray]] = [[], [], [], []]
    for first in range(0, draws, CHUNK):
        size = min(CHUNK, draws - first)
        ratio6, dementia, temporary, ratio7, month = (drawn(generator, size, *shape) for shape in PERT.values())
        begins = np.rint(month)
        margin6, margin7 = (
            40e6
            / 3
            * (within(generator, dementia, "dementia") + within(generator, temporary, "temporary"))
            * (1 - ratio6),
            13e6 * (1 - ratio7),
        )
        net = []
        for year, home6, home7 in zip(YEARS, HOME6, HOME7, strict=True):
            later = np.clip(year * 12 + 12 - begins, 0, 12) / 24
            net.append(margin6 * home6 + margin7 * (home7 + later))
        cumulative = np.cumsum(net, axis=0)
        present = net[0] * DISCOUNT[0] + net[1] * DISCOUNT[1] + net[2] * DISCOUNT[2]
        below = np.max([np.where(one < 0, year, 2019.0) for one, year in zip(cumulative, YEARS, strict=True)], axis=0)
        payback = np.where(below < 2022, below + 1, np.nan)
        for figures, found in zip(kept, (cumulative[2], present, payback, np.ones(size)), strict=True):
            figures.append(found)
    for figures in kept:
        whole = np.concatenate(figures)
        answered = whole[~np.isnan(whole)]
        print(answered.mean(), *np.quantile(answered, (0.01, 0.1, 0.5, 0.9, 0.99)), np.histogram(answered, 16)[0])


def drawn(generator: np.random.Generator, size: int, start: float, width: float, a: float, b: float) -> np.ndarray:
    """Draws of a PERT distribution."""
    return start + width * generator.beta(a, b, size)


def within(generator: np.random.Generator, share: np.ndarray, name: str) -> np.ndarray:
    """The shares, with those beyond nothing and all drawn again."""
    while (beyond := np.flatnonzero((share < 0) | (share > 1))).size:
        share[beyond] = drawn(generator, beyond.size, *PERT[name])
    return share


def loop(draws: int) -> None:
    """The same figures, one draw at a time: for each purchase, category and year, as the model has them."""
    generator = random.Random(1)  # noqa: S311 - a benchmark
    found: list[list[float]] = [[], [], [], []]
    for _ in range(draws):
        ratio6, dementia, temporary, ratio7, month = (
            start + width * generator.betavariate(a, b) for start, width, a, b in PERT.values()
        )
        begins = round(month)
        total = present = avoided_present = par_present = 0.0
        cumulative = []
        for year in range(3):
            later = min(max((YEARS[year] + 1) * 12 - begins, 0), 12) / 24
            net = 0.0
            for bought, repatriable, ratio, home in (
                *((40e6 / 3, min(max(share, 0), 1), ratio6, HOME6[year]) for share in (dementia, temporary)),
                *((part * 39e6, 1 / 3, ratio7, HOME7[year] + later) for part in (0.7, 0.15, 0.15)),
            ):
                avoided = bought * repatriable * home
                avoided_present += avoided * DISCOUNT[year]
                par_present += avoided * DISCOUNT[year]
                net += avoided - avoided * ratio
            total += net
            cumulative.append(total)
            present += net * DISCOUNT[year]
        below = max((year for year, left in zip(YEARS, cumulative, strict=True) if left < 0), default=2019.0)
        for figures, value in zip(found, (total, present, below + 1, avoided_present / par_present), strict=True):
            figures.append(value)
    for figures in found:
        print(statistics.fmean(figures), *statistics.quantiles(figures, n=10))


def sweep(side: int) -> None:
    """A row for each population and gap: potential, and potential in the kroner of the accounts."""
    population, gap = (
        one.ravel() for one in np.meshgrid(np.linspace(1e5, 1.3e5, side), np.linspace(900, 1000, side), indexing="ij")
    )
    potential = population * gap
    table = np.column_stack([population, gap, potential, potential * 0.932])
    np.savetxt(sys.argv[3], table, delimiter=",", fmt="%.17g", header="population,gap,potential,actual", comments="")


BASES = {"country": (25_000, 12_000, 11_000, 1.0), "drammen": (26_250, 12_600, 11_550, 1.05)}
"""Per inhabitant, as in the accounts, of each service, and the need index."""


def rows(count: int) -> None:
    """A row for each municipality and year of a table: need-adjusted and actual potential by base and service."""
    source, target = Path(sys.argv[4]), Path(sys.argv[3])
    with source.open(encoding="utf-8", newline="") as table, target.open("w", newline="") as file:
        lines, writer = csv.reader(table), csv.writer(file, lineterminator="\n")
        writer.writerow([*next(lines), *(f"{base}/{at}" for base in BASES for at in range(6))])
        for _ in range(0, count, CHUNK):
            chunk = list(islice(lines, CHUNK))
            keys, numbers = zip(*(row[:3] for row in chunk), strict=True), np.array([row[3:] for row in chunk], float)
            population, need, *own = numbers.T
            figures = []
            for *levels, index in BASES.values():
                gaps = [mine / need - theirs / index for mine, theirs in zip(own, levels, strict=True)]
                figures += [gap * population for gap in gaps] + [gap * population * need for gap in gaps]
            writer.writerows(zip(*keys, *numbers.T.tolist(), *(one.tolist() for one in figures), strict=True))


if __name__ == "__main__":
    {"insource": insource, "loop": loop, "sweep": sweep, "rows": rows}[sys.argv[1]](int(sys.argv[2]))
