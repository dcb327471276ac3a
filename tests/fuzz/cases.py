"""The ways in which the fuzzer puts a question: each makes the words of one run, with what it reads beside it."""

import csv
import io
import json
import random
import re
import runpy
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from mutations import (
    ODD_TEXTS,
    as_json,
    mutated_bytes,
    mutated_data,
    mutated_text,
    odd_word,
    text_as_json,
)

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.inputs import aliases, tables
from omsorg_cli.core.seal import digest_of
from omsorg_cli.engine.layout import Layout
from omsorg_cli.scenario.load import open_scenario
from omsorg_cli.scenario.read import Text

ROOT = Path(__file__).parents[2]
SERVICE = runpy.run_path(str(ROOT / "tests" / "statistics" / "conftest.py"))
FILES = (*sorted((ROOT / "scenarios").glob("*.toml")), ROOT / "tests" / "made_up.toml")
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
TABLE = {name: name.replace("-", "_") for name in NAMES}
SHIPPED = {scenario: [name for name in NAMES if TABLE[name] in tomllib.loads(text)] for scenario, text in TEXTS.items()}
"""The calculators that each scenario has a table for."""
PAIRS = [(scenario, name) for scenario, names in SHIPPED.items() for name in names]
SLOW = ("insource", "plan", "survey", "growth", "change", "market", "need")
"""Calculators that take many times as long as others."""
WEIGHTS = [1 if name in SLOW or (scenario, name) == ("made_up", "savings") else 5 for scenario, name in PAIRS]
PLAIN = ("table", "json", "csv", "markdown")
FORMATS = {
    "": (PLAIN, ("json", "csv", "md", "xlsx", "txt", "html")),
    "explain": (("text", "json", "markdown", "mermaid"), ("json", "md", "mmd")),
    "sweep": (("csv", "json", "jsonl"), ("csv", "json", "jsonl", "parquet")),
    "simulate": (PLAIN, ("json", "csv", "xlsx")),
    "sensitivity": (PLAIN, ("json", "csv", "xlsx")),
}
"""What each verb writes: by option, and by suffix."""
TYPED = ("0", "0.5", "1", "1/3", "5 %", "2", "3", "100", "12 000", "2020-07", "0.9", "2017")


class Case(NamedTuple):
    """What is typed, and what stands on standard input."""

    words: list[str]
    given: bytes = b""


# --- scenarios ---------------------------------------------------------------------------------------------------


@cache
def cut(scenario: str, name: str) -> str:
    """The scenario with what the calculator reads, the sources that it names, and little else: read in no time."""
    head, *parts = re.split(r"(?m)^(?=\[)", TEXTS[scenario])
    used = {TABLE[name], "common", "unit_cost", "hours", "prices", "overlays"}
    kept = [part for part in parts if (found := re.match(r"\[\[?([\w-]+)", part)) and found[1] in used]
    notices = [part for part in parts if part.startswith(("[[notices", "[[published"))][:2]
    told = "".join(kept)
    named = [
        part
        for part in parts
        if (found := re.match(r"\[sources\.([\w-]+)", part)) and re.search(rf'"{found[1]}\b', told)
    ]
    wanted = {*kept, *notices, *named}
    return head + "".join(part for part in parts if part in wanted)


@cache
def cut_data(scenario: str, name: str) -> Any:
    """The same as data."""
    return json.loads(text_as_json(cut(scenario, name)))


def scenario_bytes(chance: random.Random, scenario: str, name: str) -> bytes:
    """A mutation of the scenario, as text or as data; now and then of the whole."""
    if chance.random() < 0.6:
        return as_json(chance, mutated_data(chance, cut_data(scenario, name))).encode(errors="surrogatepass")
    text = mutated_text(chance, TEXTS[scenario] if chance.random() < 0.02 else cut(scenario, name))
    if chance.random() < 0.2:
        text = text_as_json(text)
    content = text.encode(errors="surrogatepass")
    return mutated_bytes(chance, content) if chance.random() < 0.05 else content


@cache
def paths(scenario: str, name: str) -> tuple[str, ...]:
    """The paths of the inputs that the calculator has in the scenario as it was."""
    text = TEXTS[scenario]
    opened = open_scenario(Text(scenario, scenario, tomllib.loads(text), text, "", toml=True))
    return tuple(Layout(load(name), opened.inputs[name], opened.common).order)


def path_of(chance: random.Random, scenario: str, name: str) -> str:
    """The path of an input, or nearly."""
    path = chance.choice(paths(scenario, name))
    if chance.random() < 0.1:
        parts = path.split(".")
        parts[chance.randrange(len(parts))] = chance.choice(("x", "0", "", "total", parts[0]))
        path = ".".join(parts)
    return path + chance.choice(("", "", "", "", "", "", "", ".range", ".nothing", ".coverage"))


def a_pair(chance: random.Random) -> tuple[str, str]:
    """A scenario, and a calculator that it has a table for."""
    return chance.choices(PAIRS, WEIGHTS)[0]


def _typed(chance: random.Random) -> str:
    return chance.choice(TYPED) if chance.random() < 0.8 else odd_word(chance)


def _figure(chance: random.Random, name: str) -> str:
    return chance.choice(list(load(name).figures))


def of_scenario(chance: random.Random, folder: Path) -> Case:
    """A command with its options, on a mutated scenario from standard input."""
    scenario, name = a_pair(chance)
    given = scenario_bytes(chance, scenario, name)
    verb = chance.choice(("", "", "", "", "", *ASKED, *ON_SCENARIOS))
    if verb in ON_SCENARIOS:
        return Case([verb, "-", *chance.choice(ON_SCENARIOS[verb])], given)
    words = [*([verb] if verb else []), name, "-", *ASKED.get(verb, _bare)(chance, scenario, name)]
    (folder / "other.toml").write_text(cut(scenario, name), encoding="utf-8")
    return Case([*words, *_changes(chance, scenario, name), *_written(chance, verb, folder)], given)


def _changes(chance: random.Random, scenario: str, name: str) -> Iterable[str]:
    """Inputs that are changed, rows that are chosen, and how it is told."""
    for _ in range(chance.choice((0, 0, 0, 0, 1, 1, 2))):
        yield from ("--set", f"{path_of(chance, scenario, name)}={_typed(chance)}")
    keys = load(name).keys
    if chance.random() < 0.08 and keys:
        yield from (f"--{chance.choice(keys).replace('_', '-')}", _typed(chance) or "x")
    if chance.random() < 0.15:
        yield from ("--lang", "nb")
    if chance.random() < 0.05:
        yield from ("--with", chance.choice((_typed(chance), "x", *ODD_TEXTS)))
    if chance.random() < 0.05:
        yield chance.choice(("-v", "-q", "--full", "--dated", "--include-quality"))


def _bare(chance: random.Random, scenario: str, name: str) -> list[str]:
    return ["--value", _figure(chance, name)] if chance.random() < 0.1 else []


def _one_figure(chance: random.Random, scenario: str, name: str) -> list[str]:
    return ["--figure", _figure(chance, name)] if chance.random() < 0.6 else []


def _drawn(chance: random.Random, scenario: str, name: str) -> list[str]:
    return [*_one_figure(chance, scenario, name), "--draws", str(chance.choice((1, 2, 50))), "--jobs", "1"]


def _solved(chance: random.Random, scenario: str, name: str) -> list[str]:
    words = ["--figure", _figure(chance, name), "--input", path_of(chance, scenario, name)]
    if chance.random() < 0.5:
        words += ["--target", _typed(chance)]
    return [*words, "--between", f"{_typed(chance)},{_typed(chance)}"] if chance.random() < 0.3 else words


def _compared(chance: random.Random, scenario: str, name: str) -> list[str]:
    return [chance.choice(("other.toml", "other.toml", "norway2016"))] if chance.random() < 0.8 else []


def _swept(chance: random.Random, scenario: str, name: str) -> list[str]:
    steps = f"{_typed(chance)}:{_typed(chance)}:{chance.choice((2, 5, 30))}"
    grid = chance.choice((f"{_typed(chance)},{_typed(chance)}", steps))
    return [*_one_figure(chance, scenario, name), "--jobs", "1", "--grid", f"{path_of(chance, scenario, name)}={grid}"]


ASKED: dict[str, Callable[[random.Random, str, str], list[str]]] = {
    "explain": _one_figure,
    "simulate": _drawn,
    "sensitivity": _one_figure,
    "solve": _solved,
    "compare": _compared,
    "sweep": _swept,
}
"""What each verb needs beside a calculator and a scenario."""
ON_SCENARIOS: dict[str, tuple[tuple[str, ...], ...]] = {
    "verify": ((), ("--format", "json"), ("--format", "csv")),
    "check": ((), ("--strict",)),
    "convert": ((), ("out.json",), ("out.toml",), ("out.xlsx",)),
}


def _written(chance: random.Random, verb: str, folder: Path) -> list[str]:
    """Where it goes, and in which format; now and then in one that it does not have."""
    formats, suffixes = FORMATS.get(verb, FORMATS[""])
    if chance.random() < 0.05:
        formats, suffixes = chance.choice(list(FORMATS.values()))
    if chance.random() < 0.12:
        return ["--output", f"out.{chance.choice(suffixes)}"]
    return ["--format", chance.choice(formats)] if chance.random() < 0.8 else []


# --- words -------------------------------------------------------------------------------------------------------

COMMANDS = (*NAMES, *ASKED, *ON_SCENARIOS, "list", "figures", "new", "schema", "help", "data", "x", "--help", "")
OPTIONS = (
    *("--set", "--with", "--format", "--output", "--value", "--dated", "--full", "--csv", "--base", "--service"),
    *("--year", "--limit", "--prices", "--figure", "--draws", "--seed", "--rows", "--columns", "--unit", "--sheet"),
    *("--separator", "--decimal", "--keep-going", "--top", "--by", "--mark", "--grid", "--input", "--target"),
    *("--between", "--only-ranged", "--all", "--depth", "--quote", "--strict", "--result", "--draft", "--lang"),
    *("--color", "--no-pager", "-q", "-v", "-h", "--help", "--", "--nonsense", "-x", "--store", "--table", "--samples"),
)


def of_words(chance: random.Random, folder: Path) -> Case:
    """A line of words, most of which mean something somewhere."""
    scenario, name = a_pair(chance)
    words = [chance.choice(COMMANDS)]
    words += [chance.choice((name, "-", "-", "norway2016", chance.choice(COMMANDS)))] if chance.random() < 0.8 else []
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5))):
        kind = chance.random()
        if kind < 0.5:
            words.append(chance.choice(OPTIONS))
        elif kind < 0.7:
            words.append(f"{path_of(chance, scenario, name)}={_typed(chance)}")
        elif kind < 0.8:
            words.append(chance.choice((_figure(chance, name), *PLAIN, "out.json", "nb", "1", "2025")))
        else:
            words.append(_typed(chance))
    if "--all" in words and "verify" in words:  # which takes a second each time, and is the same each time
        words.remove("--all")
    if chance.random() < 0.1:
        at = chance.randrange(len(words))
        words[at] = mutated_text(chance, words[at]).replace("\x00", "")
    return Case(words, cut(scenario, name).encode() if "-" in words else b"")


# --- rows --------------------------------------------------------------------------------------------------------

CELLS = ("", "1", "2 000", "1.5", "0,25", "12 %", "3 MNOK", "2020", "total", "asss", "Bærum", "n/a", "–", "#REF!", ":")


def _cell(chance: random.Random) -> str:
    return chance.choice(CELLS) if chance.random() < 0.8 else odd_word(chance)


def _grid(chance: random.Random, headings: list[str]) -> list[list[str]]:
    rows = [[_cell(chance) for _ in headings] for _ in range(chance.choice((0, 1, 2, 5)))]
    if chance.random() < 0.1:
        rows.append(rows[0][:-1] if rows else ["x"])
    if chance.random() < 0.1:
        rows.insert(0, ["A title", *[""] * (len(headings) - 1)])
    return [headings, *rows] if chance.random() < 0.9 else [*rows, headings]


def _rows_file(chance: random.Random, folder: Path, headings: list[str]) -> str:
    """A table in a file, as CSV in some dialect or as a workbook."""
    rows = _grid(chance, headings)
    if chance.random() < 0.15:
        content, name = _sheet(rows), "x.xlsx"
    else:
        told = io.StringIO()
        csv.writer(told, delimiter=chance.choice(",,;;\t"), lineterminator=chance.choice(("\n", "\r\n"))).writerows(
            rows
        )
        content, name = told.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "cp1252")), "replace"), "x.csv"
    (folder / name).write_bytes(mutated_bytes(chance, content) if chance.random() < 0.2 else content)
    return name


def _sheet(rows: list[list[str]]) -> bytes:
    """A workbook with the rows, numbers as numbers."""
    told = io.BytesIO()
    with xlsxwriter.Workbook(told, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                if re.fullmatch(r"-?\d{1,15}(\.\d+)?", text):
                    sheet.write_number(at, place, float(text))
                else:
                    sheet.write_string(at, place, re.sub("[\ud800-\udfff\ufffe]", "?", text))
    return told.getvalue()


def of_rows(chance: random.Random, folder: Path) -> Case:
    """Rows of a table in a file: one run for each, or the rows of a scenario."""
    scenario, name = a_pair(chance)
    if chance.random() < 0.5:
        inputs = [path_of(chance, scenario, name) for _ in range(chance.choice((1, 2, 3)))]
        file = _rows_file(chance, folder, ["code", "name", *inputs])
        words = [chance.choice(("sweep", "sweep", "simulate")), name, "-", "--rows", file, "--jobs", "1"]
        if words[0] == "simulate":
            words += ["--draws", "2"]
        more = [("--unit", f"{inputs[0]}={_typed(chance)}"), ("--columns", f"{inputs[0]}={_cell(chance)}")]
        more += [("--decimal", chance.choice((",", ".", "x"))), ("--separator", chance.choice((",", ";", "|")))]
        for pair in more:
            words += pair if chance.random() < 0.1 else ()
        if chance.random() < 0.1:
            words += ["--top", "1", "--by", _figure(chance, name)]
        return Case([*words, *_written(chance, words[0], folder)], cut(scenario, name).encode())
    held = tables(load(name).inputs)
    field = chance.choice(list(held) or ["x"])
    row = held[field].row if held else load(name).inputs
    file = _rows_file(chance, folder, [chance.choice((one, one.replace("_", " "))) for one in aliases(row).values()])
    data = mutated_data(chance, cut_data(scenario, name)) if chance.random() < 0.2 else {**cut_data(scenario, name)}
    key = aliases(load(name).inputs).get(field, field)
    more = chance.choice(({}, {}, {"decimal": ","}, {"unit": "kNOK"}, {"source": "x, y"}, {"columns": {"x": "y"}}))
    if isinstance(data.get(TABLE[name]), dict):
        data[TABLE[name]] = {**data[TABLE[name]], key: {"rows": file, **more}}
    return Case([name, "-", *_written(chance, "", folder)], as_json(chance, data).encode(errors="surrogatepass"))


# --- workbooks ---------------------------------------------------------------------------------------------------


def _repacked(chance: random.Random, content: bytes) -> bytes:
    """A workbook with something else in one of its parts."""
    if chance.random() < 0.1:
        return mutated_bytes(chance, content)
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(told, "w") as new:
        names = old.namelist()
        wanted = [name for name in names if "sheet" in name or "Strings" in name] if chance.random() < 0.9 else names
        chosen = chance.choice(wanted)
        for name in names:
            part = old.read(name)
            if name == chosen:
                part = mutated_bytes(chance, part) if chance.random() < 0.2 else _other_cells(chance, part)
            if name != chosen or chance.random() < 0.98:
                new.writestr(name, part)
    return told.getvalue()


def _other_cells(chance: random.Random, part: bytes) -> bytes:
    """Other numbers or texts in some cells of a sheet."""
    text = part.decode(errors="replace")
    for _ in range(chance.choice((1, 1, 2, 4))):
        spots = list(re.finditer(r"(?<=<v>)[^<]*(?=</v>)|(?<=<t>)[^<]*(?=</t>)", text))
        if not spots:
            break
        spot = chance.choice(spots)
        new = odd_word(chance) if chance.random() < 0.6 else str(chance.randrange(50))
        new = re.sub("[<>&\x00-\x1f]|[\ud800-\udfff]", "?", new)
        text = text[: spot.start()] + new + text[spot.end() :]
    return text.encode()


@cache
def _book(scenario: str, name: str, kind: str) -> bytes:
    """A workbook that the program wrote: one to fill in, or one of a result."""
    from omsorg_cli.render.workbook import fill_in, render
    from omsorg_cli.result import result_of
    from omsorg_cli.scenario.load import Request, changed_data
    from omsorg_cli.scenario.read import read_text

    text = read_text(cut(scenario, name))
    if kind == "filled":
        return fill_in.render(changed_data(open_scenario(text)))
    result = result_of(text, Request(), name)
    return render(result, result.figures, None)


BOOKS = [pair for pair in PAIRS if pair[0] != "made_up" or pair[1] in ("savings", "fte", "plan", "invest")]


def of_books(chance: random.Random, folder: Path) -> Case:
    """A workbook in the place of a scenario, that somebody has worked in."""
    scenario, name = chance.choice(BOOKS)
    content = _book(scenario, name, chance.choice(("filled", "filled", "result")))
    (folder / "x.xlsx").write_bytes(_repacked(chance, content))
    verb = chance.choice(("", "", "", "explain", "check", "convert", "verify"))
    if verb in ON_SCENARIOS:
        return Case([verb, "x.xlsx", *chance.choice(ON_SCENARIOS[verb])])
    words = [*([verb] if verb else []), name, "x.xlsx", *_written(chance, verb, folder)]
    return Case(words)


# --- stored results ----------------------------------------------------------------------------------------------


@cache
def _stored(scenario: str, name: str) -> str:
    """The record of a result of the scenario cut, as it is stored."""
    from omsorg_cli.render.data import render_json
    from omsorg_cli.result import result_of
    from omsorg_cli.scenario.load import Request
    from omsorg_cli.scenario.read import read_text

    text = read_text(cut(scenario, name))._replace(name="s.toml", file="s.toml")
    result = result_of(text, Request(), name)
    return str(render_json(result, result.figures))


def of_results(chance: random.Random, folder: Path) -> Case:
    """A stored result that somebody has changed, now and then with a digest worked out anew."""
    scenario, name = chance.choice(BOOKS)
    (folder / "s.toml").write_text(cut(scenario, name), encoding="utf-8")
    text = _stored(scenario, name)
    if chance.random() < 0.3:
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice('0123456789xX.-+eE"{}[],: \n\\æ') + text[at + chance.choice((0, 1)) :]
        content = text.encode()
    else:
        data = mutated_data(chance, json.loads(text))
        if chance.random() < 0.5 and isinstance(data, dict):
            data["digest"] = digest_of(data)
        content = as_json(chance, data).encode(errors="surrogatepass")
    if chance.random() < 0.05:
        content = mutated_bytes(chance, content)
    (folder / "r.json").write_bytes(content)
    return Case(["verify", "--result", "r.json", *chance.choice(((), (), ("--format", "json"), ("--lang", "nb")))])


# --- the store ---------------------------------------------------------------------------------------------------


@cache
def _answers() -> dict[str, bytes]:
    """Answers of public services, made up, by the name of a file."""
    made = {}
    for number, dimensions in SERVICE["DIMENSIONS"].items():
        few = {name: dict(list(codes.items())[-4:]) for name, codes in dimensions.items()}
        told = SERVICE["table"](
            number, SERVICE["TITLES"][number], few, SERVICE["CELLS"][number], "2026-03-16T07:00:00Z"
        )
        made[f"{number}.json"] = json.dumps(told).encode()
    rows = [[code, *([1.0] * len(SERVICE["HEADS"]))] for code in SERVICE["NEED"]]
    made["need.ods"] = SERVICE["ods"](["Kommune", *SERVICE["HEADS"]], *rows)
    made["klass.json"] = json.dumps(SERVICE["_klass"]("/codesAt")).encode()
    made["changes.json"] = json.dumps(SERVICE["_klass"]("/131/changes")).encode()
    made["07459.csv"] = '"07459: Befolkning"\n\n"region";"år";"Personer"\n"0301 Oslo";"2025";"700000"\n'.encode(
        "cp1252"
    )
    return made


@cache
def _store() -> Path:
    """A store with the answers in it."""
    import tempfile

    from omsorg_cli.statistics import forms
    from omsorg_cli.statistics.store import Store

    folder = Path(tempfile.mkdtemp(prefix="fuzz-store-"))
    for name, content in _answers().items():
        found = forms.known(content, name, year=2026, table="07459" if name.endswith("csv") else "")
        Store(folder).keep(content, **found.told, form=found.form, address="x", query=name, fetched="2026-03-16T07:00")
    return folder


def of_store(chance: random.Random, folder: Path) -> Case:
    """An answer of a public service that is odd: imported, or in the store."""
    if chance.random() < 0.5:
        name = chance.choice(list(_answers()))
        content = _answers()[name]
        if name.endswith("ods") or chance.random() < 0.2:
            content = mutated_bytes(chance, content)
        elif name.endswith("csv"):
            content = mutated_text(chance, content.decode("cp1252")).encode("cp1252", "replace")
        else:
            content = as_json(chance, mutated_data(chance, json.loads(content))).encode(errors="surrogatepass")
        (folder / name).write_bytes(content)
        more = chance.choice(((), ("--year", "2026"), ("--year", _typed(chance)), ("--table", _typed(chance) or "x")))
        return Case(["data", "import", name, "--store", "st", *more])
    shutil.copytree(_store(), folder / "st")
    path = chance.choice(sorted((folder / "st").iterdir()))
    _damaged(chance, path)
    municipality = chance.choice(("Lørenskog", "3222", "Drammen", "0301", _typed(chance) or "x"))
    calculator = chance.choice(("savings", "need", "growth", "wage-gap", chance.choice(NAMES)))
    asked = ["new", calculator, "--municipality", municipality, "--year", chance.choice(("2025", "2025", "2026", "x"))]
    told = [["data", "list"], ["data", "verify"], ["data", "show", path.stem], asked, asked, asked]
    return Case([*chance.choice(told), "--store", "st"])


def _damaged(chance: random.Random, path: Path) -> None:
    """Changes a file of a store; a body's record is made to fit it, so that it is read."""
    import hashlib

    content = path.read_bytes()
    try:
        data = json.loads(content)
    except ValueError:
        new = mutated_bytes(chance, content)
    else:
        new = as_json(chance, mutated_data(chance, data)).encode(errors="surrogatepass")
    path.write_bytes(new)
    if path.suffix == ".body":
        record = path.with_suffix(".json")
        told = json.loads(record.read_text(encoding="utf-8")) | {"sha256": hashlib.sha256(new).hexdigest()}
        record.write_text(json.dumps(told), encoding="utf-8")


WAYS: dict[Callable[[random.Random, Path], Case], int] = {
    of_scenario: 60,
    of_words: 20,
    of_results: 6,
    of_rows: 8,
    of_books: 3,
    of_store: 3,
}
"""Each way, and how many in a hundred runs go it."""


def case(chance: random.Random, folder: Path) -> tuple[str, Case]:
    """A question, and the way in which it is put."""
    way = chance.choices(list(WAYS), list(WAYS.values()))[0]
    return way.__name__.removeprefix("of_"), way(chance, folder)
