"""Times whole commands over scenarios of ever more rows, and fits how time and memory grow with the rows.

Each command runs as a process of its own, to JSON, as a table and as a workbook; what a scenario of one row takes is
the start-up and is taken off. Time is that of the processor, so that others on the machine count for little. The
exponent is the slope of the logarithms: 1 where twice the rows take twice as long. `--check` fails where a bar is
missed.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SIZES = (100, 200, 400, 800, 1_600, 3_200, 6_400)
BAR = 1.15
"""The exponent that time and memory may have at most."""
FLOOR_ROWS, FLOORS = 1_600, 40
"""How many purchases to JSON may take how many times the floor of `startup.py`."""
HEAD = 'title = "Made up"\nmunicipality = "Nowhere"\nyear = 2020\nsources.audit.title = "An audit"\n'
SAVINGS = "[savings]\npopulation = 124_008\nneed_index = 0.932\nwage_per_fte = 785_000\n"
INSOURCE = "[insource]\nfirst_year = 2020\nyears = 4\ndiscount_rate = 0.04\n"
FORMATS = {"json": "result.json", "table": "result.txt", "workbook": "result.xlsx"}


class Spent(NamedTuple):
    """What a command took: seconds of the processor, and MB at most."""

    seconds: float
    memory: float


def savings(rows: int) -> str:
    """A scenario of that many comparisons, in six forms; of six, two take their own level from a third."""
    return HEAD + SAVINGS + "".join(_comparison(row) for row in range(rows))


def _comparison(row: int) -> str:
    base, service = row // 12 * 6 + row % 6, ("total", "home")[row % 12 > 5]
    named = f'[[savings.comparisons]]\nbase = "base{base}"\nservice = "{service}"\nlabel = "Base {base}"\n'
    level, own = 15_000 + row % 700, f'own_from = "base{base - row % 6 + 2}"\n'
    members = "".join(f"members.place{at} = {{ per_inhabitant = {level + at} }}\n" for at in range(3))
    forms = (
        f'gap_per_inhabitant = {{ value = {row % 900 + 1}, source = "audit, page {row}" }}\n',
        f'potential = {{ value = "{row + 1} MNOK", assumption = "as in row {row}" }}\n',
        f"own_per_inhabitant = 17_000\nbase_per_inhabitant = {level}\n",
        f"{own}index = {{ value = 1.0{row % 9 + 1}, range = [1, 1.2] }}\n",
        f"{own}includes_own = true\n{members}",
        f'own_per_inhabitant = 16_500\nstatistic = "median"\n{members}',
    )
    return named + forms[row % 6]


def insource(rows: int) -> str:
    """A scenario of that many purchases over four years, in one phase or two; every eighth has categories."""
    return HEAD + INSOURCE + "".join(_purchase(row) for row in range(rows))


def _purchase(row: int) -> str:
    named = f'[[insource.purchases]]\nprogramme = "P{row}"\nlabel = "Programme {row}"\n'
    bought = f'annual_cost = {{ value = "{row % 90 + 1} MNOK", source = "audit, page {row}" }}\n'
    share = f'repatriable_share = {{ value = 0.{row % 8 + 1}, range = [0, 1], assumption = "as in row {row}" }}\n'
    cost = ("own_cost_ratio = 0.9\n", "places = 12\nown_cost_per_place = 900_000\n")[row % 4 == 1]
    invested = ("", "startup_cost = 90_000\ninvestment = 5e6\nlifetime = 20\ninterest_rate = 0.03\n")[row % 3 == 2]
    phase = "[[insource.purchases.phases]]\nshare = 0.5\nfrom = "
    phases = f'{phase}"2020-07"\nover_months = 6\n', f'{phase}"2021-0{row % 9 + 1}"\n'
    part = "[[insource.purchases.categories]]\nshare_of_cost = 0.5\ncategory = "
    parts = (f'{part}"day"\n', f'{part}"night"\n')[: 2 * (row % 8 == 0)]
    return "".join((named, bought, share, cost, invested, *phases[: 1 + row % 2], *parts))


MAKERS: dict[str, Callable[[int], str]] = {"savings": savings, "insource": insource}


def main() -> None:
    """Runs each calculator in each format at each size, and prints what it took and how it grows."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=1)
    options.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of rows")
    options.add_argument("--check", action="store_true")
    asked = options.parse_args()
    sizes = [size for size in SIZES if size <= asked.most]
    with tempfile.TemporaryDirectory() as folder:
        missed = [name for name in MAKERS for name in _told(name, sizes, asked.runs, Path(folder))]
        missed += _held_against_floor(asked.runs, Path(folder))
    if missed and asked.check:
        sys.exit(f"over the bar: {', '.join(missed)}")


def _told(name: str, sizes: Sequence[int], runs: int, folder: Path) -> Iterator[str]:
    """Prints what each size takes and the exponents of each format; gives those over the bar."""
    for shape, output in FORMATS.items():
        least = _spent(_command(name, 1, folder / output), max(runs, 5))
        spent = [_spent(_command(name, rows, folder / output), runs) for rows in sizes]
        print(f"{name} as {shape}: start-up {least.seconds:.2f} s, {least.memory:.0f} MB")
        for rows, one in zip(sizes, spent, strict=True):
            print(f"  {rows:5} rows {one.seconds:7.2f} s {one.memory:7.1f} MB")
        for what, values in zip(Spent._fields, zip(*spent, strict=True), strict=True):
            exponent = _exponent(sizes, [value - getattr(least, what) for value in values])
            print(f"  {what}: as rows to the power of {exponent:.2f} (bar {BAR})")
            if exponent > BAR:
                yield f"{what} of {name} as {shape}"


def _held_against_floor(runs: int, folder: Path) -> Iterator[str]:
    """Prints how many floors a large scenario takes; gives it where that is over the bar."""
    from startup import COMMANDS

    floor = _spent(COMMANDS["floor"], max(runs, 5))
    spent = _spent(_command("insource", FLOOR_ROWS, folder / FORMATS["json"]), runs)
    ratio = spent.seconds / floor.seconds
    print(f"insource, {FLOOR_ROWS} rows to JSON: {ratio:.1f} x the floor of {floor.seconds:.3f} s (bar {FLOORS})")
    if ratio > FLOORS:
        yield f"insource of {FLOOR_ROWS} rows"


def _command(name: str, rows: int, output: Path) -> tuple[str, ...]:
    scenario = output.with_name(f"{name}{rows}.toml")
    scenario.write_text(MAKERS[name](rows), encoding="utf-8")
    shape = () if output.suffix in (".json", ".xlsx") else ("--format", "table")
    return (sys.executable, "-m", "omsorg_cli", name, str(scenario), *shape, "--output", str(output))


def _spent(command: Sequence[str], runs: int) -> Spent:
    """What the command takes: of some runs, the median of time and of memory."""
    return Spent(*map(statistics.median, zip(*(_run(command) for _ in range(runs)), strict=True)))


def _run(command: Sequence[str]) -> Spent:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1_000)


def _exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The slope of the logarithms, by least squares."""
    return statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, values)]).slope


if __name__ == "__main__":
    main()
