"""Times whole commands in turn, each against another, and prints medians and ratios.

The floor is what any tool of this kind must do: start Python, read the scenario's TOML into one Pydantic model, print
JSON. A workbook is held against the same run to JSON. `--check` fails where a bar is missed.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = """
import json, tomllib
from pydantic import BaseModel

class Scenario(BaseModel):
    title: str
    year: int

with open({path!r}, "rb") as file:
    data = tomllib.load(file)
print(json.dumps(Scenario(title=data["title"], year=data["year"]).model_dump()))
"""
SCENARIO = Path(__file__).parents[1] / "scenarios" / "baerum2016.toml"
OMSORG = (sys.executable, "-m", "omsorg_cli")
COMMANDS = {
    "floor": (sys.executable, "-c", FLOOR.format(path=str(SCENARIO))),
    "result": (*OMSORG, "savings", "--base", "asss", "--format", "json"),
    "help": (*OMSORG, "--help"),
    "insource": (*OMSORG, "insource", "drammen2020", "--format", "json"),
    "workbook": (*OMSORG, "insource", "drammen2020", "--output", f"{tempfile.mkdtemp()}/result.xlsx"),
}
BARS = {"result": ("floor", 1.5), "help": ("floor", 0.8), "workbook": ("insource", 3.0)}
"""What each command is held against, and how many times as long it may take."""


def main() -> None:
    """Times each command in turn, so that all meet the machine in the same moods."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=21)
    options.add_argument("--check", action="store_true")
    asked = options.parse_args()
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(asked.runs + 1):
        for name, command in COMMANDS.items():
            seconds = _timed(command)
            if turn:  # the first turn warms the caches
                times[name].append(seconds)
    missed = [name for name in COMMANDS if _told(name, times)]
    if missed and asked.check:
        sys.exit(f"over the bar: {', '.join(missed)}")


def _timed(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _told(name: str, times: dict[str, list[float]]) -> bool:
    """Prints the median, and for a command with a bar its ratio to the other; whether the bar is missed."""
    median = statistics.median(times[name])
    line = f"{name:8} median {median * 1000:6.1f} ms"
    if name not in BARS:
        print(line)
        return False
    against, bar = BARS[name]
    ratio = statistics.median(one / other for one, other in zip(times[name], times[against], strict=True))
    print(f"{line}   {ratio:.2f} x {against} (bar {bar})")
    return ratio > bar


if __name__ == "__main__":
    main()
