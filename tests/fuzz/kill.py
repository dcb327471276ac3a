"""Kills runs while they write, again and again: whatever was there is whole, old or new, and a sweep goes on.

    python tests/fuzz/kill.py --kills 1000

`test_kill.py` does a few with every test run.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAVINGS = ("savings", "baerum2016", "--base", "asss")
SWEEP = ("sweep", *SAVINGS, "--figure", "savings_potential", "--jobs", "1")
GRID = (
    "--grid",
    "savings.population=100000:130000:200",
    "--grid",
    "savings.comparisons.asss/total.gap_per_inhabitant=900:1000:300",
)
KINDS = {
    "json": SAVINGS,
    "xlsx": SAVINGS,
    "csv": (*SWEEP, *GRID),
    "jsonl": (*SWEEP, *GRID),
    "parquet": (*SWEEP, *GRID),
}
"""What is written, by suffix."""
OLD = b"what was there before"


def program(words: tuple[str, ...], folder: Path) -> "subprocess.Popen[bytes]":
    """The program, in the folder."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "omsorg_cli", *words], cwd=folder, env=env, stdout=silent, stderr=silent
    )


def whole(suffix: str, folder: Path) -> tuple[bytes, float]:
    """The file as a run writes it that nobody kills, and its seconds."""
    start = time.monotonic()
    assert program((*KINDS[suffix], "--output", f"whole.{suffix}"), folder).wait() == 0
    return (folder / f"whole.{suffix}").read_bytes(), time.monotonic() - start


def killed(suffix: str, folder: Path, delay: float, number: int) -> None:
    """A run that is sent the signal after the delay, if it has not ended by then."""
    running = program((*KINDS[suffix], "--output", f"x.{suffix}"), folder)
    try:
        running.wait(delay)
    except subprocess.TimeoutExpired:
        running.send_signal(number)
        running.wait()


def wrong(suffix: str, folder: Path, wanted: bytes, *, gentle: bool) -> str:
    """What is wrong with what a killed run left, and with the run after it; nothing where it is well."""
    target = folder / f"x.{suffix}"
    if target.read_bytes() not in (OLD, wanted):
        return "the target is neither old nor new"
    is_sweep = KINDS[suffix][0] == "sweep"
    if gentle and not is_sweep and hidden(folder):
        return f"a signal left {hidden(folder)}"
    if program((*KINDS[suffix], "--output", f"x.{suffix}"), folder).wait() != 0:
        return "the run after it failed"
    if target.read_bytes() != wanted:
        return "the run after it wrote something else"
    return f"the run after it left {hidden(folder)}" if hidden(folder) else ""


def hidden(folder: Path) -> list[str]:
    """What stands in the folder beside the files that were asked for."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def one(chance: random.Random, suffix: str, folder: Path, wanted: bytes, longest: float) -> str:
    """Kills one run; what is wrong after it."""
    (folder / f"x.{suffix}").write_bytes(OLD)
    number = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP))
    killed(suffix, folder, chance.uniform(0.3, 1.0) * longest, number)
    return wrong(suffix, folder, wanted, gentle=number != signal.SIGKILL)


def main() -> int:
    """Kills that many runs, and tells after which something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    chance, start, count, faults = random.Random(asked.seed), time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {suffix: whole(suffix, folder) for suffix in KINDS}
        while count < asked.kills and time.monotonic() - start < asked.seconds:
            suffix = chance.choice(list(KINDS))
            count += 1
            if why := one(chance, suffix, folder, *made[suffix]):
                faults += 1
                print(f"kill {count}, {suffix}: {why}", flush=True)
    print(f"kills: {count}, wrong: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
