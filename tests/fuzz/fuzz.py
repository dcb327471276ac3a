"""Mutated scenarios and arguments, run inside this process: each seed is one run, which can be had again.

    python tests/fuzz/fuzz.py --runs 1000 --seed 0

runs that many seeds from the first on, and tells those that end in a traceback, a warning, a number that is none, a
letter that a terminal obeys, half an output or late. `test_fuzz.py` does a few hundred with every test run.
"""

import argparse
import json
import random
import re
import runpy
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))

from omsorg_cli.calculators import NAMES, load  # noqa: E402 # found only once the path is set
from omsorg_cli.core.letters import is_obeyed  # noqa: E402 # as above
from omsorg_cli.engine.layout import Layout  # noqa: E402 # as above
from omsorg_cli.scenario.load import open_scenario  # noqa: E402 # as above
from omsorg_cli.scenario.read import Text  # noqa: E402 # as above

PROGRAM = runpy.run_path(str(ROOT / "tests" / "conftest.py"))
LATE = 60.0
"""Seconds of the processor after which a run is taken to hang."""
TEXTS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (*sorted((ROOT / "scenarios").glob("*.toml")), ROOT / "tests" / "made_up.toml")
}
TABLES = {scenario: tomllib.loads(text).keys() for scenario, text in TEXTS.items()}
SHIPPED = {scenario: [name for name in NAMES if name.replace("-", "_") in held] for scenario, held in TABLES.items()}
"""The calculators that each scenario has a table for."""
ODD_NUMBERS = (
    *("0", "-0.0", "-1", "1e-320", "5e-324", "1e-100", "1e100", "1e300", "1.7e307", "1e400", "nan", "inf", "-inf"),
    *("9" * 400, "1_000", "0.1", "1", "2", "100", "1e15", "99999", "3", "0.999999", "-0.5"),
)
ODD_TEXTS = (
    *("", " ", "=1+1", "\x1b[31m", "\u202e", "\ufffe", "\\ud800", "a/b", "total", "asss", "%%{init}%%", "x" * 3_000),
    *(
        "5,5 %",
        "20 MNOK",
        "1/3",
        "1/0",
        "1.234",
        "12 mill. kr",
        "2020-13",
        "2020-02",
        "unknown",
        "ja",
        "true",
        "-A1",
        "☃😀",
    ),
)
ODD_VALUES = (
    "true",
    "[]",
    "{}",
    "[1, 2]",
    "{ value = 1 }",
    "{ value = 1, range = [0, 2] }",
    "2020-01-01",
    "12:00:00",
    "null",
)
SPOTS = re.compile(r"(?<![\w\"])-?\d[\d_]*(?:\.\d+)?(?![\w\"-])|\"[^\"\n]*\"")
TOKENS = ("[", "]", "{", "}", "=", '"', ",", "\n", ".", "#", "\x00", "\ufeff", "'''", '"""')


PLAIN = ("table", "json", "csv", "markdown")
FORMATS = {
    "": (PLAIN, ("json", "csv", "md", "xlsx", "txt")),
    "explain": (("text", "json", "markdown", "mermaid"), ("json", "md", "mmd")),
    "sweep": (("csv", "json", "jsonl"), ("csv", "json", "jsonl", "parquet")),
    "simulate": (PLAIN, ("json", "csv", "xlsx")),
    "sensitivity": (PLAIN, ("json", "csv", "xlsx")),
}
"""What each verb writes: by option, and by suffix."""


class Ended(NamedTuple):
    """How a run ended: its words, its code, its streams and its seconds."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str
    seconds: float


def mutated(chance: random.Random, text: str) -> str:
    """The text of a scenario with a few things in it changed."""
    if chance.random() < 0.6:
        for _ in range(chance.choice((0, 1, 2, 5))):
            text = _scaled(chance, text)
        return text
    for _ in range(chance.choice((1, 1, 2, 4))):
        text = chance.choice((_scaled,) * 10 + (_spot, _spot, _spot, _line, _token, _extra))(chance, text)
    return text


def _odd(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(ODD_NUMBERS)
    return f'"{chance.choice(ODD_TEXTS)}"' if kind < 0.8 else chance.choice(ODD_VALUES)


def _spot(chance: random.Random, text: str) -> str:
    """Another value in the place of one."""
    spots = list(SPOTS.finditer(text))
    if not spots:
        return text
    spot = chance.choice(spots)
    return text[: spot.start()] + _odd(chance) + text[spot.end() :]


def _line(chance: random.Random, text: str) -> str:
    """A line less, a line twice, two lines in each other's place, or an end before the end."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines = lines[: max(one, 1)]
    return "\n".join(lines)


def _token(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(TOKENS) + text[at + chance.randrange(2) :]


def _scaled(chance: random.Random, text: str) -> str:
    """A number many times as large or as small, or on the other side of zero."""
    spots = [spot for spot in SPOTS.finditer(text) if spot[0][0] != '"']
    if not spots:
        return text
    spot = chance.choice(spots)
    number = float(spot[0]) * chance.choice((0, -1, 0.1, 0.5, 0.9, 1.1, 2, 10, 1000, 1e-9, 1e9, 1e60, 1e200, 1e-200))
    return (
        text[: spot.start()]
        + (f"{number:.0f}" if "." not in spot[0] and abs(number) < 1e18 else repr(number))
        + text[spot.end() :]
    )


def _extra(chance: random.Random, text: str) -> str:
    """A key, a table or a notice more."""
    name = chance.choice(("x", "savings", "common", "overlays.a.savings", "sources.z", "correlations", "published.x"))
    extra = chance.choice(
        (
            f"\n[{name}]\nvalue = {_odd(chance)}\n",
            f"\n[[{name}]]\ninputs = [{_odd(chance)}]\nvalue = {_odd(chance)}\n",
            f'\n[[notices]]\nwhat = "w"\nchanges = "c"\nwhere = ["{_some(chance)}"]\nreading = {{ "{_some(chance)}" = {_odd(chance)} }}\n',
        )
    )
    return text + extra


def _as_json(text: str) -> str:
    try:
        return json.dumps(tomllib.loads(text), default=str)
    except (ValueError, RecursionError):
        return text


def _some(chance: random.Random) -> str:
    """The path of an input of some calculator in some scenario."""
    scenario = chance.choice([name for name, has in SHIPPED.items() if has])
    return _path(chance, scenario, chance.choice(SHIPPED[scenario]))


@cache
def _paths(scenario: str, name: str) -> tuple[str, ...]:
    """The paths of the inputs that the calculator has in the scenario as it was."""
    text = TEXTS[scenario]
    opened = open_scenario(Text(scenario, scenario, tomllib.loads(text), text, "", toml=True), None, (name,))
    return tuple(Layout(load(name), opened.inputs[name], opened.common).order)


def _path(chance: random.Random, scenario: str, name: str) -> str:
    """The path of an input, or nearly."""
    path = chance.choice(_paths(scenario, name))
    if chance.random() < 0.1:
        parts = path.split(".")
        parts[chance.randrange(len(parts))] = chance.choice(("x", "0", "", "total", parts[0]))
        path = ".".join(parts)
    return path + chance.choice(("", "", "", "", "", "", ".range", ".nothing"))


def _typed(chance: random.Random) -> str:
    """A value as an option is given it; the system has no argument with a zero in it."""
    if chance.random() < 0.6:
        return chance.choice(("0", "0.5", "1", "1/3", "5 %", "2", "3", "100", "12 000", "2020-07", "0.9", "2017"))
    return _odd(chance).strip('"').replace("\x00", "")


def words_of(chance: random.Random, name: str, base: str, folder: Path) -> list[str]:
    """A command with its options, on a scenario from standard input that once was the base."""
    calculator = load(name)
    verb = chance.choice(("", "", "", *ASKED, "verify", "check"))
    if verb in ("verify", "check"):
        return [verb, "-", *chance.choice(((), ("--strict",) if verb == "check" else ("--format", "json")))]
    words = [*([verb] if verb else []), name, "-", *ASKED.get(verb, _nothing)(chance, base, name)]
    for _ in range(chance.choice((0, 0, 0, 0, 1, 1, 2))):
        words += ["--set", f"{_path(chance, base, name)}={_typed(chance)}"]
    if chance.random() < 0.1 and calculator.keys:
        words += [f"--{chance.choice(calculator.keys).replace('_', '-')}", _typed(chance) or "x"]
    return [*words, *_written(chance, verb, folder)]


def _nothing(chance: random.Random, base: str, name: str) -> list[str]:
    return ["--value", _figure(chance, name)] if chance.random() < 0.1 else []


def _one_figure(chance: random.Random, base: str, name: str) -> list[str]:
    return ["--figure", _figure(chance, name)] if chance.random() < 0.6 else []


def _drawn(chance: random.Random, base: str, name: str) -> list[str]:
    return [*_one_figure(chance, base, name), "--draws", str(chance.choice((1, 2, 50, 1000))), "--jobs", "1"]


def _solved(chance: random.Random, base: str, name: str) -> list[str]:
    target = ["--target", _typed(chance)] if chance.random() < 0.5 else []
    return ["--figure", _figure(chance, name), "--input", _path(chance, base, name), *target]


def _compared(chance: random.Random, base: str, name: str) -> list[str]:
    return [chance.choice([*TEXTS][:-1])] if chance.random() < 0.5 else []


def _swept(chance: random.Random, base: str, name: str) -> list[str]:
    steps = f"{_typed(chance)}:{_typed(chance)}:{chance.choice((2, 5, 30))}"
    grid = chance.choice((f"{_typed(chance)},{_typed(chance)}", steps))
    return [*_one_figure(chance, base, name), "--jobs", "1", "--grid", f"{_path(chance, base, name)}={grid}"]


ASKED: dict[str, Callable[[random.Random, str, str], list[str]]] = {
    "explain": _one_figure,
    "simulate": _drawn,
    "sensitivity": _one_figure,
    "solve": _solved,
    "compare": _compared,
    "sweep": _swept,
}
"""What each verb needs beside a calculator and a scenario."""


def _figure(chance: random.Random, name: str) -> str:
    return chance.choice(list(load(name).figures))


def _written(chance: random.Random, verb: str, folder: Path) -> list[str]:
    """Where it goes, and in which format; now and then in one that it does not have."""
    formats, suffixes = FORMATS.get(verb, FORMATS[""])
    if chance.random() < 0.05:
        formats, suffixes = chance.choice(list(FORMATS.values()))
    if chance.random() < 0.3:
        return ["--output", str(folder / f"out.{chance.choice(suffixes)}")]
    return ["--format", chance.choice(formats)] if chance.random() < 0.7 else []


def run(words: list[str], text: str, folder: Path) -> Ended:
    """Runs the program inside this process, with the text on its standard input."""
    streams = PROGRAM["Streams"](None, "utf-8")
    streams.stdin.buffer.write(text.encode(errors="surrogatepass"))
    streams.stdin.seek(0)
    start = time.process_time()
    with PROGRAM["as_if_started"](tuple(words), streams, folder, {}):
        code = PROGRAM["exit_code"]()
    seconds = time.process_time() - start
    return Ended(tuple(words), code, streams.told(streams.stdout), streams.told(streams.stderr), seconds)


def one(seed: int, folder: Path) -> Ended:
    """The run of the seed."""
    chance = random.Random(seed)
    scenario = chance.choice(list(TEXTS))
    name = chance.choice(SHIPPED[scenario] or NAMES)
    text = mutated(chance, TEXTS[scenario])
    if chance.random() < 0.2:
        text = _as_json(text)
    return run(words_of(chance, name, scenario, folder), text, folder)


def wrong(ended: Ended, folder: Path) -> str:
    """What is wrong with how a run ended; nothing where it is well."""
    return next(filter(None, (check(ended, folder) for check in CHECKS)), "")


def _traceback(ended: Ended, _: Path) -> str:
    last = ended.err.strip().splitlines()[-1:]
    return f"traceback: {last}" if "Traceback" in ended.err or ended.code not in (0, 1, 2) else ""


def _warning(ended: Ended, _: Path) -> str:
    return f"warning: {ended.err[:300]}" if "Warning" in ended.err else ""


def _half(ended: Ended, _: Path) -> str:
    return "exit 2 with an output, or without a word" if ended.code == 2 and (ended.out or not ended.err) else ""


def _obeyed(ended: Ended, _: Path) -> str:
    found = [letter for letter in ended.out + ended.err if letter != "\n" and is_obeyed(letter)]
    return f"a letter that is obeyed: {found[0]!r}" if found else ""


def _late(ended: Ended, _: Path) -> str:
    return f"late: {ended.seconds:.0f} s" if ended.seconds > LATE else ""


def _left(_: Ended, folder: Path) -> str:
    left = [path.name for path in folder.iterdir() if path.name.startswith(".omsorg-")]
    return f"left behind: {left}" if left else ""


def _no_number(ended: Ended, _: Path) -> str:
    """JSON that is none, or a number that is none; what the mutation itself wrote as text is not meant."""
    if ended.out.startswith("{\n"):
        try:
            json.loads(ended.out, parse_constant=_refused)
        except ValueError as error:
            return f"json: {error}"
    found = re.search(r"(?:^|(?<=[\s,]))-?(?:inf|nan|Infinity|NaN)(?=[\s,%]|$)", ended.out)
    typed = {"inf", "nan", "-inf"} & {word.rpartition("=")[2] for word in ended.words}
    return f"a number that is none: {ended.out[: found.end()][-60:]!r}" if found and not typed else ""


def _refused(text: str) -> Any:
    raise ValueError(text)


CHECKS = (_traceback, _warning, _half, _obeyed, _late, _left, _no_number)


def main() -> int:
    """Runs the seeds and tells what is wrong with any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    codes: dict[int, int] = {}
    faults, start, seed = 0, time.monotonic(), asked.seed
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while seed < asked.seed + asked.runs and time.monotonic() - start < asked.seconds:
            ended = one(seed, folder)
            codes[ended.code] = codes.get(ended.code, 0) + 1
            if why := wrong(ended, folder):
                faults += 1
                print(f"seed {seed}: {why}\n    {' '.join(ended.words)}", flush=True)
            for path in folder.iterdir():
                path.unlink()
            seed += 1
    print(f"runs: {seed - asked.seed}, by exit code: {dict(sorted(codes.items()))}, wrong: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
