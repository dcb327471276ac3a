"""Odd questions by the hundred thousand, put to the program inside this process: each seed is one run, to be had again.

    python tests/fuzz/fuzz.py --runs 1000 --seed 0
    python tests/fuzz/fuzz.py --runs 1000000 --journal FILE

The questions are mutated scenarios, words, tables of rows, workbooks, stored results and answers of public services
(`cases.py`). Told is each run that ends in a traceback, a warning, a number that is none, a letter that a terminal
obeys, half an output, without a word, late, or not at all. The journal counts them, and a later run with it goes on
after the last seed that it counts. `test_fuzz.py` does some with every test run.
"""

import argparse
import contextlib
import json
import mmap
import os
import random
import re
import resource
import runpy
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(HERE)]

from cases import PAIRS, Case, case, cut_data, paths  # noqa: E402 # found only once the path is set

from omsorg_cli.core.letters import is_obeyed  # noqa: E402 # as above

PROGRAM = runpy.run_path(str(ROOT / "tests" / "conftest.py"))
LATE = 30.0
"""Seconds of the processor after which a run is broken off, and taken to hang."""
SILENT = 120.0
"""Seconds by the clock after which a process that goes on to no other seed is ended."""
NONE = re.compile(rb"\b(?:inf|nan|Infinity|NaN)\b")
"""An infinity, or no number, in what a run reads."""
MEMORY = 4_000_000_000
"""Bytes that a run may ask for."""
BATCH = 2_000
"""Seeds that one process does, so that none grows without end and none takes others with it."""


class LateError(BaseException):
    """Breaks a run off that takes too long; no part of the program is to catch it."""


class Ended(NamedTuple):
    """How a run ended: its words, its code, its streams, its seconds, and how its question was put."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str
    seconds: float
    way: str = ""
    odd: bool = False
    """Whether it was given an infinity or none as text, which it may then show."""


def run(words: list[str], text: str, folder: Path) -> Ended:
    """Runs the program inside this process, with the text on its standard input."""
    return put(Case(words, text.encode(errors="surrogatepass")), folder)


def put(asked: Case, folder: Path) -> Ended:
    """Puts the question to the program, inside this process."""
    streams = PROGRAM["Streams"](None, "utf-8")
    streams.stdin.buffer.write(asked.given)
    streams.stdin.seek(0)
    start = time.process_time()
    with PROGRAM["as_if_started"](tuple(asked.words), streams, folder, {"OMSORG_STORE": "no-store"}), broken_off():
        try:
            code = PROGRAM["exit_code"]()
        except LateError:
            code = 124
    seconds = time.process_time() - start
    return Ended(tuple(asked.words), code, streams.told(streams.stdout), streams.told(streams.stderr), seconds)


@contextlib.contextmanager
def broken_off() -> Iterator[None]:
    """Breaks off what takes too long."""

    def late(*_: object) -> None:
        raise LateError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, LATE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def one(seed: int, folder: Path) -> Ended:
    """The run of the seed."""
    way, asked = case(random.Random(seed), folder)
    odd = any(NONE.search(given) for given in _read(asked, folder))
    return put(asked, folder)._replace(way=way, odd=odd)


def _read(asked: Case, folder: Path) -> Iterator[bytes]:
    """All that the run may read."""
    yield " ".join(asked.words).encode(errors="surrogatepass")
    yield asked.given
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()
            yield from _packed(path)


def _packed(path: Path) -> Iterator[bytes]:
    """What a workbook has in it, as far as it can be unpacked."""
    with contextlib.suppress(Exception), zipfile.ZipFile(path) as book:
        yield from (book.read(name) for name in book.namelist())


def wrong(ended: Ended, folder: Path) -> str:
    """What is wrong with how a run ended; nothing where it is well."""
    return next(filter(None, (check(ended, folder) for check in CHECKS)), "")


def _traceback(ended: Ended, _: Path) -> str:
    last = ended.err.strip().splitlines()[-1:]
    return f"traceback: {last}" if "Traceback" in ended.err or ended.code not in (0, 1, 2, 124) else ""


def _warning(ended: Ended, _: Path) -> str:
    found = re.search(r"^.*\.py:\d+: \w*Warning.*", ended.err, re.MULTILINE)
    return f"warning: {found[0][:300]}" if found else ""


def _half(ended: Ended, folder: Path) -> str:
    if ended.code == 2 and (ended.out or not ended.err):
        return "exit 2 with an output, or without a word"
    if ended.code == 1 and not (ended.out or ended.err):
        return "exit 1 without a word"
    left = [path.name for path in folder.glob("out.*")]
    return f"exit 2 with a file: {left}" if ended.code == 2 and left else ""


def _obeyed(ended: Ended, _: Path) -> str:
    out = ended.out.removeprefix("\ufeff")  # by which a Norwegian spreadsheet knows UTF-8
    found = [letter for letter in out + ended.err if letter != "\n" and is_obeyed(letter)]
    return f"a letter that is obeyed: {found[0]!r}" if found else ""


def _late(ended: Ended, _: Path) -> str:
    return f"late: {ended.seconds:.0f} s" if ended.seconds > LATE or ended.code == 124 else ""


def _left(_: Ended, folder: Path) -> str:
    left = [path.name for path in folder.iterdir() if path.name.startswith(".omsorg-")]
    return f"left behind: {left}" if left else ""


def _no_number(ended: Ended, folder: Path) -> str:
    """JSON that is none, or a number that is none, on standard output or in a file."""
    told = [("standard output", ended.out)]
    told += [
        (path.name, path.read_text("utf-8")) for path in folder.glob("out.*") if path.suffix in (".json", ".csv", ".md")
    ]
    for name, text in told:
        if text.startswith("{\n") or name.endswith(".json"):
            try:
                json.loads(text, parse_constant=_refused)
            except ValueError as error:
                return f"json: {name}: {error}"
        found = re.search(r"(?:^|(?<=[\s,]))-?(?:inf|nan|Infinity|NaN)(?=[\s,%]|$)", text)
        if found and not ended.odd:
            return f"a number that is none: {name}: {text[: found.end()][-60:]!r}"
    return _no_book(ended, folder)


def _no_book(ended: Ended, folder: Path) -> str:
    """A workbook that is none, or holds a number that is none."""
    for path in folder.glob("out.xlsx"):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if re.search(rb"<v>-?(?:inf|nan)</v>", book.read(name)):
                    return f"a number that is none: {name}"
    return ""


def _refused(text: str) -> Any:
    raise ValueError(text)


CHECKS: tuple[Callable[[Ended, Path], str], ...] = (_traceback, _warning, _half, _obeyed, _late, _left, _no_number)


@dataclass
class Count:
    """What was counted of some seeds."""

    first: int
    after: int
    codes: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, other: "Count") -> None:
        """Counts those too."""
        self.after = max(self.after, other.after)
        self.codes.update(other.codes)
        self.ways.update(other.ways)
        self.kinds.update(other.kinds)
        self.seconds += other.seconds

    def line(self) -> str:
        """As it stands in a journal."""
        return json.dumps({**vars(self)})

    def told(self) -> str:
        """As people read it."""
        kinds = {kind: number for kind, number in self.kinds.items() if kind}
        codes, ways = dict(sorted(self.codes.items())), dict(self.ways.most_common())
        return f"runs: {self.codes.total()}, by exit code: {codes}, by way: {ways}, wrong: {kinds or 0}"


class Journal:
    """What was counted until now, a line for each batch and for each run that was wrong."""

    def __init__(self, path: Path | None, first: int) -> None:
        self.path, self.whole = path, Count(first, first)
        for line in path.read_text(encoding="utf-8").splitlines() if path and path.exists() else ():
            told = json.loads(line)
            if "codes" in told:
                self.whole.add(Count(**told))

    def write(self, line: str) -> None:
        """Adds a line, to standard output where no file keeps it."""
        if self.path is None:
            print(line, flush=True)
            return
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def count(self, made: Count) -> None:
        """Adds a batch."""
        self.whole.add(made)
        if self.path is not None:
            self.write(made.line())


def batch(seeds: range, until: float, at: Any, tell: Callable[[str], None]) -> Count:
    """Runs the seeds, and tells each that is wrong; `at` holds the seed that is at work."""
    made, start = Count(seeds.start, seeds.start), time.process_time()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        for seed in seeds:
            if time.monotonic() > until:
                break
            at[:8] = seed.to_bytes(8, "little")
            ended = one(seed, folder)
            why = wrong(ended, folder)
            made.codes[str(ended.code)] += 1
            made.ways[ended.way] += 1
            made.after = seed + 1
            if why:
                made.kinds[kind_of(why)] += 1
                tell(json.dumps({"seed": seed, "why": why, "words": ended.words}))
            emptied(folder)
    made.seconds = time.process_time() - start
    return made


def kind_of(why: str) -> str:
    """What is wrong, without what differs from run to run."""
    return re.sub(r"\d+|'[^']*'", "…", why)[:100]


def emptied(folder: Path) -> None:
    """Takes away what a run left."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def warm() -> None:
    """Imports and reads once what every process needs, before the first is forked."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        for scenario, calculator in PAIRS:
            paths(scenario, calculator)
            cut_data(scenario, calculator)
        for number in range(400):
            put(case(random.Random(f"warm {number}"), Path(name))[1], Path(name))
            emptied(Path(name))


def in_process(seeds: range, until: float, journal: Journal) -> Count:
    """A batch in a process of its own; one that dies or hangs at a seed is told, and the next goes on after it."""
    at = mmap.mmap(-1, 8)
    at[:8] = seeds.start.to_bytes(8, "little")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        made = batch(seeds, until, at, journal.write)
        with os.fdopen(writing, "w") as file:
            file.write(made.line())
        os._exit(0)
    os.close(writing)
    status = _awaited(child, at)
    with os.fdopen(reading) as file:
        told = file.read()
    if told:
        return Count(**json.loads(told))
    seed = int.from_bytes(at[:8], "little")
    why = f"the process ended at it: {status}"
    journal.write(json.dumps({"seed": seed, "why": why, "words": []}))
    return Count(seeds.start, seed + 1, Counter(dead=1), Counter(), Counter({why: 1}))


def _awaited(child: int, at: Any) -> int:
    """The status with which the process ends; one that goes on to no other seed is ended."""
    seen, since = at[:8], time.monotonic()
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if at[:8] != seen:
            seen, since = at[:8], time.monotonic()
        if time.monotonic() - since > SILENT:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.05)


def main() -> int:
    """Runs the seeds, and tells what is wrong with any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--journal", type=Path)
    asked = parser.parse_args()
    journal = Journal(asked.journal, asked.seed)
    if asked.runs > BATCH:
        warm()
    end, until = asked.seed + asked.runs, time.monotonic() + asked.seconds
    while (seed := journal.whole.after) < end and time.monotonic() < until:
        journal.count(in_process(range(seed, min(seed + BATCH, end)), until, journal))
    print(journal.whole.told())
    return 1 if journal.whole.kinds else 0


if __name__ == "__main__":
    raise SystemExit(main())
