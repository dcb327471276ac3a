"""Kills runs while they write, again and again: whatever was there is whole, old or new, and a sweep goes on.

    python tests/fuzz/kill.py --kills 1000

Results in five formats, sweeps in three and an import into a store are killed at a moment drawn by chance; where the
target stood before, it is a plain file, one of mode 0600 or a link; now and then two runs write to it at once. A run is
a process that is forked once all is imported, so that most moments are of the work itself; each tenth is started anew.
`test_kill.py` does a few with every test run.
"""

import argparse
import hashlib
import json
import os
import random
import runpy
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

PROGRAM = runpy.run_path(str(ROOT / "tests" / "conftest.py"))
SERVICE = runpy.run_path(str(ROOT / "tests" / "statistics" / "conftest.py"))
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
    "html": SAVINGS,
    "svg": SAVINGS,
    "md": SAVINGS,
    "csv": (*SWEEP, *GRID),
    "jsonl": (*SWEEP, *GRID),
    "parquet": (*SWEEP, *GRID),
    "store": ("data", "import", "12367.json", "--store", "store"),
}
"""What is written, by suffix."""
OLD = b"what was there before"
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
STOOD = ("plain", "plain", "private", "link", "nothing")
"""What stands where the target will be."""


class Run:
    """A run of the program, in a process of its own."""

    def __init__(self, words: tuple[str, ...], folder: Path, *, anew: bool = False) -> None:
        self.pid = _started(words, folder) if anew else _forked(words, folder)
        self.code: int | None = None

    def ended(self, within: float) -> bool:
        """Whether it ends in that time."""
        until = time.monotonic() + within
        while self.code is None and time.monotonic() < until:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
            else:
                time.sleep(0.001)
        return self.code is not None

    def wait(self) -> int:
        """How it ends."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code


def _started(words: tuple[str, ...], folder: Path) -> int:
    env, silent = {**os.environ, "PYTHONPATH": str(ROOT / "src")}, subprocess.DEVNULL
    running = subprocess.Popen([sys.executable, "-m", "omsorg_cli", *words], cwd=folder, env=env, stdout=silent, stderr=silent)  # fmt: skip
    running.returncode = 0  # so that it is waited for here alone
    return running.pid


def _forked(words: tuple[str, ...], folder: Path) -> int:
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        with PROGRAM["as_if_started"](words, PROGRAM["Streams"](None, "utf-8"), folder, {}):
            code = PROGRAM["exit_code"]()
    finally:
        os._exit(code)


def whole(suffix: str, folder: Path) -> tuple[bytes, float]:
    """What a run writes that nobody kills, and its seconds."""
    prepare(folder)
    Run(words_of(suffix), folder).wait()  # imports what the kind needs, where it is not yet
    clean(folder)
    start = time.monotonic()
    assert Run(words_of(suffix), folder).wait() == 0
    seconds = time.monotonic() - start
    found = written(suffix, folder)
    clean(folder)
    return found, seconds


def words_of(suffix: str) -> tuple[str, ...]:
    """What is typed."""
    return KINDS[suffix] if suffix == "store" else (*KINDS[suffix], "--output", f"x.{suffix}")


def prepare(folder: Path) -> None:
    """Puts what the runs read into the folder."""
    dimensions = SERVICE["DIMENSIONS"]["12367"]
    told = SERVICE["table"]("12367", "Accounts", dimensions, SERVICE["CELLS"]["12367"], "2026-03-16T07:00:00Z")
    (folder / "12367.json").write_text(json.dumps(told), encoding="utf-8")


def written(suffix: str, folder: Path) -> bytes:
    """What stands at the target; of a store, the answers that it speaks of, as digests."""
    if suffix != "store":
        path = folder / f"x.{suffix}"
        return path.read_bytes() if path.exists() else b""
    bodies = []
    for record in sorted((folder / "store").glob("*.json")):
        told = json.loads(record.read_text(encoding="utf-8"))
        body = record.with_suffix(".body").read_bytes()
        assert hashlib.sha256(body).hexdigest() == told["sha256"]
        bodies.append(told["sha256"])
    return " ".join(bodies).encode()


def clean(folder: Path) -> None:
    """Takes away what runs wrote, but not what they left hidden."""
    for path in (*folder.glob("x.*"), *folder.glob("elsewhere"), *folder.glob("store/*")):
        path.unlink()


class Kill(NamedTuple):
    """What is killed, and how."""

    suffix: str
    stood: str
    number: signal.Signals
    at: float
    anew: bool
    twice: bool


def drawn(chance: random.Random, suffix: str) -> Kill:
    """A kill by chance; of a store nothing stood before."""
    stood = "nothing" if suffix == "store" else chance.choice(STOOD)
    at = chance.uniform(0.0, 1.1)
    return Kill(suffix, stood, chance.choice(SIGNALS), at, chance.random() < 0.1, chance.random() < 0.1)


def one(chance: random.Random, suffix: str, folder: Path, wanted: bytes, longest: float) -> str:
    """Kills one run; what is wrong after it, or nothing."""
    kill = drawn(chance, suffix)
    clean(folder)
    _put(kill, folder)
    other = Run(words_of(suffix), folder) if kill.twice else None
    running = Run(words_of(suffix), folder, anew=kill.anew)
    if not running.ended(kill.at * longest + (kill.anew and 0.4)):
        os.kill(running.pid, kill.number)
    running.wait()
    if other is not None and other.wait() not in (0, 2):
        return f"{kill}: another run at the same time ended with {other.code}"
    why = wrong(kill, folder, wanted)
    return f"{kill}: {why}" if why else ""


def _put(kill: Kill, folder: Path) -> None:
    target = folder / f"x.{kill.suffix}"
    if kill.stood == "link":
        (folder / "elsewhere").write_bytes(OLD)
        target.symlink_to("elsewhere")
    elif kill.stood != "nothing":
        target.write_bytes(OLD)
        target.chmod(0o600 if kill.stood == "private" else 0o644)


def wrong(kill: Kill, folder: Path, wanted: bytes) -> str:
    """What is wrong with what a killed run left, and with the run after it; nothing where it is well."""
    old = b"" if kill.stood == "nothing" else OLD
    if written(kill.suffix, folder) not in (old, wanted):
        return "the target is neither old nor new"
    is_sweep = KINDS[kill.suffix][0] == "sweep"
    if kill.number != signal.SIGKILL and not is_sweep and hidden(folder):
        return f"a signal left {hidden(folder)}"
    if Run(words_of(kill.suffix), folder).wait() != 0:
        return "the run after it failed"
    if written(kill.suffix, folder) != wanted:
        return "the run after it wrote something else"
    return f"the run after it left {hidden(folder)}" if hidden(folder) else _moved(kill, folder)


def _moved(kill: Kill, folder: Path) -> str:
    """Whether the target is what it was before: a link, a private file."""
    target = folder / f"x.{kill.suffix}"
    if kill.stood == "link" and not target.is_symlink():
        return "the link is none any more"
    if kill.stood == "private" and stat.S_IMODE(target.stat().st_mode) != 0o600:
        return "the file is no longer private"
    return ""


def hidden(folder: Path) -> list[str]:
    """What stands in the folder, and in the store, beside the files that were asked for."""
    return [path.name for path in folder.rglob(".omsorg-*")]


def main() -> int:
    """Kills that many runs, and tells after which something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    chance, start, faults = random.Random(asked.seed), time.monotonic(), 0
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {suffix: whole(suffix, folder) for suffix in KINDS}
        while counts.total() < asked.kills and time.monotonic() - start < asked.seconds:
            suffix = chance.choice(list(KINDS))
            counts[suffix] += 1
            if why := one(chance, suffix, folder, *made[suffix]):
                faults += 1
                print(f"kill {counts.total()}: {why}", flush=True)
                for path in folder.rglob(".omsorg-*"):
                    path.unlink()
            if not counts.total() % 50:
                print(f"kills: {counts.total()}, wrong: {faults}", flush=True)
    print(f"kills: {counts.total()}, {dict(counts)}, wrong: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
