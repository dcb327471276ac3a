"""Times `simulate` and `sweep` as whole commands, in turn with the same models written by hand, start-up taken off.

`--check` fails where a bar is missed. `--large` also draws 10⁸ times and measures the memory; `--plot FILE.svg` draws
how each grows from 10⁴ to 10⁷.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from by_hand import BASES

OMSORG = (sys.executable, "-m", "omsorg_cli")
BY_HAND = (sys.executable, str(Path(__file__).with_name("by_hand.py")))
FOLDER = Path(tempfile.mkdtemp())
LOOP_DRAWS = 20_000
LEAST_SIMULATE, LEAST_LOOP, LEAST_SWEEP, LEAST_ROWS = 0.8, 50, 0.5, 0.7
MUNICIPALITIES = 357
SERVICES = ("total", "home", "institution")
MOST_MEMORY = 300


def simulate(draws: int) -> tuple[str, ...]:
    """The simulation as its user types it."""
    return (*OMSORG, "simulate", "insource", "drammen2020", "--draws", str(draws))


def sweep(side: int) -> tuple[str, ...]:
    """A grid of side × side potentials, written as CSV."""
    grids = (("population", "100000:130000"), ("comparisons.asss/total.gap_per_inhabitant", "900:1000"))
    words = [word for path, ends in grids for word in ("--grid", f"savings.{path}={ends}:{side}")]
    shown = ("--base", "asss", "--service", "total", "--output", str(FOLDER / "sweep.csv"))
    return (*OMSORG, "sweep", "savings", "baerum2016", *shown, *words)


def by_hand(what: str, size: int) -> tuple[str, ...]:
    """The same, written by hand."""
    return (*BY_HAND, what, str(size), str(FOLDER / "by_hand.csv"), str(FOLDER / f"rows{size}.csv"))


def rows(count: int) -> tuple[str, ...]:
    """Every municipality in many years, compared with two others in three services."""
    scenario, table = FOLDER / "country.toml", FOLDER / f"rows{count}.csv"
    if not table.exists():
        scenario.write_text(_country(), encoding="utf-8")
        with table.open("w", encoding="utf-8") as file:
            file.writelines(_municipalities(count))
    target = str(FOLDER / "swept.csv")
    return (*OMSORG, "sweep", "savings", str(scenario), "--rows", str(table), "--output", target, "--jobs", "1")


def _country() -> str:
    lines = ['title = "Every municipality"', 'municipality = "A"', "year = 2025", "[savings]", "population = 50_000"]
    lines.append("need_index = 0.95")
    for base, (*levels, index) in BASES.items():
        for service, level in zip(SERVICES, levels, strict=True):
            own = "own_per_inhabitant = 12_000" if base == "country" else 'own_from = "country"'
            lines += ["[[savings.comparisons]]", f'base = "{base}"', f'service = "{service}"', 'levels = "raw"', own]
            lines += [f"base_per_inhabitant = {level}", f"base_need_index = {index}"]
    return "\n".join(lines) + "\n"


def _municipalities(count: int) -> Iterator[str]:
    own = [f"savings.comparisons.country/{service}.own_per_inhabitant" for service in SERVICES]
    yield ",".join(["code", "name", "year", "savings.population", "savings.need_index", *own]) + "\n"
    chance = random.Random(1)  # noqa: S311 - a benchmark
    for at in range(count):
        levels = ",".join(f"{chance.uniform(low, 2 * low):.2f}" for low in (20_000, 9_000, 9_000))
        code, year = 1000 + at % MUNICIPALITIES, 2015 + at // MUNICIPALITIES % 11
        yield f"{code},Kommune {code},{year},{chance.randint(2_000, 200_000)},{chance.uniform(0.8, 1.9):.4f},{levels}\n"


def main() -> None:
    """Prints what each takes, and the ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--check", action="store_true")
    options.add_argument("--large", action="store_true")
    options.add_argument("--plot", type=Path)
    asked = options.parse_args()
    missed = [not _simulations(asked.runs), not _sweeps(asked.runs)]
    missed.append(not _rows(asked.runs))
    if asked.large:
        missed.append(not _memory())
    if asked.plot:
        _plot(asked.plot)
    if asked.check and any(missed):
        sys.exit("over a bar")


def _simulations(runs: int) -> bool:
    pairs = [(simulate(1_000_000), simulate(2)), (by_hand("insource", 1_000_000), by_hand("insource", 2))]
    ours, theirs = _net(pairs, runs)
    (loop,) = _net([(by_hand("loop", LOOP_DRAWS), by_hand("loop", 2))], runs)
    against_loop = loop / LOOP_DRAWS * 1_000_000 / ours
    print(
        f"simulate  10^6 draws {ours:6.2f} s   by hand {theirs:6.2f} s   {theirs / ours:.2f} x (bar {LEAST_SIMULATE})"
    )
    print(f"          a Python loop {loop / LOOP_DRAWS * 1e6:6.1f} s   {against_loop:.0f} x (bar {LEAST_LOOP})")
    return theirs / ours >= LEAST_SIMULATE and against_loop >= LEAST_LOOP


def _sweeps(runs: int) -> bool:
    ours, theirs = _net([(sweep(1_000), sweep(2)), (by_hand("sweep", 1_000), by_hand("sweep", 2))], runs)
    print(f"sweep     10^6 rows  {ours:6.2f} s   by hand {theirs:6.2f} s   {theirs / ours:.2f} x (bar {LEAST_SWEEP})")
    return theirs / ours >= LEAST_SWEEP


def _rows(runs: int) -> bool:
    """The rows of a table; and the memory of few and of many."""
    size = 100_000
    ours, theirs = _net(
        [(rows(size), rows(MUNICIPALITIES)), (by_hand("rows", size), by_hand("rows", MUNICIPALITIES))], runs
    )
    print(f"rows      10^5 rows  {ours:6.2f} s   by hand {theirs:6.2f} s   {theirs / ours:.2f} x (bar {LEAST_ROWS})")
    few, many = (_most_memory(rows(count)) for count in (10_000, 1_000_000))
    print(f"          10^4 rows {few:.0f} MB, 10^6 rows {many:.0f} MB")
    return theirs / ours >= LEAST_ROWS


def _most_memory(command: tuple[str, ...]) -> float:
    """MB that the command takes at most; asked of a process of its own, since the system tells the most of all."""
    tell = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL); "
    tell += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    return float(subprocess.run([sys.executable, "-c", tell, *command], check=True, capture_output=True).stdout)


def _memory() -> bool:
    start = time.perf_counter()
    subprocess.run(simulate(100_000_000), check=True, stdout=subprocess.DEVNULL)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"simulate  10^8 draws {time.perf_counter() - start:6.1f} s   {most:.0f} MB (under {MOST_MEMORY})")
    return most < MOST_MEMORY


def _net(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]], runs: int) -> list[float]:
    """The median of each command's time without that of its start, all timed in turn."""
    found: list[list[float]] = [[] for _ in pairs]
    for _ in range(runs):
        for times, (command, start) in zip(found, pairs, strict=True):
            times.append(_timed(command) - _timed(start))
    return [statistics.median(times) for times in found]


def _timed(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    return time.perf_counter() - start


def _plot(target: Path) -> None:
    """Seconds by size, both axes by powers of ten."""
    import vl_convert

    rows = []
    for power in (4, 5, 6, 7):
        size, side = 10**power, round(10 ** (power / 2))
        for name, ours, theirs in (
            ("simulate", simulate(size), by_hand("insource", size)),
            ("sweep", sweep(side), by_hand("sweep", side)),
        ):
            rows += [
                {"command": name, "size": size, "seconds": _timed(ours), "who": "omsorg"},
                {"command": name, "size": size, "seconds": _timed(theirs), "who": "by hand in NumPy"},
            ]
    print(json.dumps(rows))
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": "Whole commands with start-up: seconds by draws or rows",
        "data": {"values": rows},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "size", "type": "quantitative", "scale": {"type": "log"}, "title": "draws or rows"},
            "y": {"field": "seconds", "type": "quantitative", "scale": {"type": "log"}},
            "color": {"field": "command", "type": "nominal", "scale": {"range": ["#1F3A4D", "#A86A2B"]}},
            "strokeDash": {"field": "who", "type": "nominal"},
        },
    }
    target.write_text(vl_convert.vegalite_to_svg(spec, vl_version="5.20"))


if __name__ == "__main__":
    main()
