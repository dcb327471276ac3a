"""Times `simulate` and `sweep` as whole commands, in turn with the same models written by hand, start-up taken off.

`--check` fails where a bar is missed. `--large` also draws 10⁸ times and measures the memory; `--plot FILE.svg` draws
how each grows from 10⁴ to 10⁷.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OMSORG = (sys.executable, "-m", "omsorg_cli")
BY_HAND = (sys.executable, str(Path(__file__).with_name("by_hand.py")))
FOLDER = Path(tempfile.mkdtemp())
LOOP_DRAWS = 20_000
LEAST_SIMULATE, LEAST_LOOP, LEAST_SWEEP = 0.8, 50, 0.5
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
    return (*BY_HAND, what, str(size), str(FOLDER / "by_hand.csv"))


def main() -> None:
    """Prints what each takes, and the ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--check", action="store_true")
    options.add_argument("--large", action="store_true")
    options.add_argument("--plot", type=Path)
    asked = options.parse_args()
    missed = [not _simulations(asked.runs), not _sweeps(asked.runs)]
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
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "0"})
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
