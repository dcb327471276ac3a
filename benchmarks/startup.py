"""Times whole commands in turn, each against another, and prints medians and ratios.

The floor is what any tool of this kind must do: start Python, read the scenario's TOML into one Pydantic model, print
JSON. A workbook is held against the same run to JSON. `--instructions` counts instructions with Valgrind instead, which
no other process disturbs. `--check` fails where a bar is missed.
"""

import argparse
import os
import re
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
    title: dict[str, str]
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
COUNTED = {
    "floor": COMMANDS["floor"],
    "result": COMMANDS["result"],
    "help": COMMANDS["help"],
    "table": (*OMSORG, "savings", "--base", "asss"),
    "survey": (*OMSORG, "survey", "--format", "json"),
    "verify": (*OMSORG, "verify"),
}
MOST_INSTRUCTIONS = {"result": 1.3}
"""How many times the floor's instructions a command may take."""
VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
BARS = {"result": ("floor", 1.5), "help": ("floor", 0.8), "workbook": ("insource", 3.0)}
"""What each command is held against, and how many times as long it may take."""


def main() -> None:
    """Times or counts, as asked, and says what is over its bar."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=21)
    options.add_argument("--check", action="store_true")
    options.add_argument("--instructions", action="store_true")
    asked = options.parse_args()
    missed = _counted() if asked.instructions else _compared(asked.runs)
    if missed and asked.check:
        sys.exit(f"over the bar: {', '.join(missed)}")


def _counted() -> list[str]:
    """Prints the instructions of each command, and as times the floor's; the commands over their bar."""
    counts = {name: _instructions(command) for name, command in COUNTED.items()}
    for name, count in counts.items():
        print(f"{name:8} {count / 1e6:6.0f} million instructions   {count / counts['floor']:.2f} x floor")
    return [name for name, most in MOST_INSTRUCTIONS.items() if counts[name] > most * counts["floor"]]


def _instructions(command: tuple[str, ...]) -> int:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONHASHSEED"] = "0"
    subprocess.run(command, check=False, capture_output=True, env=env)  # warms the caches
    done = subprocess.run([*VALGRIND, *command], check=False, capture_output=True, text=True, env=env)
    found = re.search(r"I\s+refs:\s+([0-9,]+)", done.stderr)
    if found is None or done.returncode:
        sys.exit(done.stderr)
    return int(found[1].replace(",", ""))


def _compared(runs: int) -> list[str]:
    """Times each command in turn, so that all meet the machine in the same moods; the commands over their bar."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, command in COMMANDS.items():
            seconds = _timed(command)
            if turn:  # the first turn warms the caches
                times[name].append(seconds)
    return [name for name in COMMANDS if _told(name, times)]


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
