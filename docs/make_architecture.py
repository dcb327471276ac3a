"""Draws docs/architecture.svg from the code: the layers with who imports whom, and the way of one figure to a cell.

The layers are those of the import contract in pyproject.toml, the imports those that there are, and the figure is that
of a run. `--check` only says whether the picture is up to date.
"""

import inspect
import io
import json
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import grimp
import openpyxl

from omsorg_cli.core.numbers import number_text
from omsorg_cli.render.data import render_json
from omsorg_cli.render.explain import render_text
from omsorg_cli.render.words import saves
from omsorg_cli.render.workbook import render
from omsorg_cli.render.workbook.places import Places
from omsorg_cli.result import Figure, Result, result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.locate import lines
from omsorg_cli.scenario.read import read

TARGET = Path(__file__).with_name("architecture.svg")
QUOTED = re.compile(r', quote = "[^"]*"|, paragraph \d+')
"""What a line of a scenario has beside the value and its source, for which the box has no room."""
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
SCENARIO, CALCULATOR, FIGURE, ROW = "baerum2016", "savings", "savings_potential", ("asss", "total")
STATED = (("savings", "population"), ("savings", "comparisons", 0, "gap_per_inhabitant"))
"""Where the inputs of the figure stand in the scenario."""

WIDTH, MARGIN, ROW_HEIGHT, LINE = 820, 24, 44, 17
NAMES, MATRIX = MARGIN + 96, 22
"""Where the texts beside the names begin; how wide a column of the matrix is."""
STATION = MARGIN + 96
"""Where the boxes of the figure's way begin."""
LEGEND = (
    "A dot says that the part of the row imports the part of the column.",
    "Parts in one band do not import each other.",
)
STYLE = """
text { font-family: system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 13px; fill: #1c2733 }
.head { font-size: 17px; font-weight: 600 }
.name { font-weight: 600 }
.soft { font-size: 12px; fill: #4b5a68 }
.code { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 11.5px }
.page { fill: #fbfcfd }
.band { fill: #edf1f5 }
.box { fill: #ffffff; stroke: #b9c4cf }
.dot { fill: #2f5fa7 }
.self { fill: #c3cdd7 }
@media (prefers-color-scheme: dark) {
text { fill: #e3e9ef }
.soft { fill: #a9b6c3 }
.page { fill: #1b212b }
.band { fill: #252d39 }
.box { fill: #2a3340; stroke: #4b5968 }
.dot { fill: #86b1f2 }
.self { fill: #485666 }
}
"""


class Station(NamedTuple):
    """A part of the figure's way: who does it, what it then is, and the same as it stands there."""

    part: str
    what: str
    held: Sequence[str]


def layers() -> list[list[str]]:
    """The layers from the top down, each with the parts that it is made of."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layered,) = (one["layers"] for one in contracts if one.get("containers") == ["omsorg_cli"])
    return [layer.split(" | ") for layer in layered]


@cache
def imports() -> set[tuple[str, str]]:
    """Which part imports which, itself left out."""
    graph = grimp.build_graph("omsorg_cli", cache_dir=None)
    pairs = {(one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one)}
    parts = {(one.split(".")[1], other.split(".")[1]) for one, other in pairs if "." in one and "." in other}
    return {(one, other) for one, other in parts if one != other}


def purpose(part: str) -> str:
    """The first line of the part's docstring."""
    spec = find_spec(f"omsorg_cli.{part}")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text(encoding="utf-8").splitlines()[0].strip('"').replace("`", "")


@cache
def way() -> tuple[Station, ...]:
    """The way of the figure, as a run of the program takes it."""
    return tuple(_stations())


def _in_short(source: str | None) -> str:
    """The source without the paragraph, for which the box has no room."""
    return (source or "").partition(", paragraph")[0]


def _stations() -> Iterator[Station]:
    text = read(SCENARIO)
    result = result_of(text, Request(), CALCULATOR)
    (figure,) = (one for one in result.figures if one.figure == FIGURE and tuple(one.keys.values()) == ROW)
    places, written = lines(text.content), text.content.splitlines()
    stated = [QUOTED.sub("", written[places[loc] - 1]) for loc in STATED]
    yield Station("scenarios/", f"Two lines of {text.file} state two inputs.", stated)
    inputs = [
        f"{item.path} = {number_text(item.stated.number)} {item.kind.unit} · {_in_short(item.stated.source)}"
        for item in sorted(result.inputs(figure), key=result.input_order)
    ]
    yield Station("scenario", "Read and checked: each has its path, its unit, its bounds and its source.", inputs)
    yield Station("calculators", "A formula names what it needs; its name is the figure.", _formula(result, figure))
    explained = render_text(result, [figure], 0).splitlines()[0].split(" = ")
    step = [f"{explained[0]} = {explained[1]}", f"= {explained[2]}", f"= {explained[3]}"]
    yield Station("engine", "Called for each row, in order of need; the record keeps every step.", step)
    record = json.loads(render_json(result, [figure]))["figures"][0]
    shown = {key: record[key] for key in ("figure", "value", "unit", *figure.keys, "direction")}
    yield Station("run", "The figure, with what it rests on. This is the JSON.", _folded(json.dumps(shown)))
    yield Station(
        "render", "Text for people, and a workbook whose cells are the same formulas.", _shown(result, figure)
    )


def _formula(result: Result, figure: Figure) -> list[str]:
    step = result.record.plan.step(figure.node)
    assert step.formula is not None
    source = inspect.getsource(step.formula.function).splitlines()
    return [source[0], source[-1]]


def _folded(text: str) -> list[str]:
    """The text in lines, no pair of JSON on two of them."""
    tied = text.replace('": ', '":\N{NO-BREAK SPACE}')
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(tied, 84)]


def _shown(result: Result, figure: Figure) -> list[str]:
    """The figure in the table, and the cells that it and its inputs have in the workbook."""
    places = Places(result, result.figures)
    book = openpyxl.load_workbook(io.BytesIO(render(result, result.figures)))
    slot = result.record.plan.slots[figure.node]
    cells = [slot, *(use for use in result.record.plan.steps[slot].slots if use in places.cells)]
    told = {"table": saves(figure.value, figure.unit)}
    for at in cells:
        row, column = places.cells[at]
        cell = book["Calculation"].cell(row + 1, column + 1)
        told[f"Calculation!{cell.coordinate}"] = cell.value
    for item in result.inputs(figure):
        name = places.names[item.path]
        target = book.defined_names[name].attr_text.replace("$", "")
        told[target] = f"{number_text(item.stated.number)}, named {name}"
    return [f"{where:18}{text}" for where, text in told.items()]


def picture() -> str:
    """The whole picture."""
    top, first = _layers(118)
    height, second = _way(top + 44)
    size = f'viewBox="0 0 {WIDTH} {height}"'
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        '<title id="title">How omsorg is built</title>',
        f'<desc id="desc">{escape(f"{_told_layers()} {_told_way()}", quote=False)}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height}" rx="10"/>',
        *first,
        *second,
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def _told_layers() -> str:
    edges = imports()
    parts = [part for layer in layers() for part in layer]
    told = (f"{one} imports {', '.join(other for other in parts if (one, other) in edges)}" for one in parts[:-1])
    return f"The layers from the top down: {'; '.join(told)}; {parts[-1]} imports nothing of the others."


def _told_way() -> str:
    return " ".join(f"{station.part}: {station.what} {' '.join(station.held)}" for station in way())


def _layers(top: int) -> tuple[int, list[str]]:
    """A band for each layer with its parts, and beside it what each part imports."""
    parts = [part for layer in layers() for part in layer]
    edges = imports()
    left = WIDTH - MARGIN - MATRIX * len(parts)
    shapes = [_text(MARGIN, 38, "The layers: imports go down only", "head")]
    shapes += [_text(MARGIN, 62 + LINE * line, text, "soft") for line, text in enumerate(LEGEND)]
    for index, part in enumerate(parts):
        x = left + MATRIX * index + MATRIX // 2
        shapes.append(f'<g transform="translate({x + 4} {top - 6}) rotate(-45)">{_text(0, 0, part, "soft")}</g>')
    at = top
    for layer in layers():
        height = ROW_HEIGHT * len(layer)
        shapes.append(_rectangle("band", MARGIN - 10, at, WIDTH - MARGIN + 10, height - 3))
        for part in layer:
            shapes += _part(part, at, left, [(other, (part, other) in edges) for other in parts])
            at += ROW_HEIGHT
    return at, shapes


def _part(part: str, at: int, left: int, columns: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """The name of a part, its purpose, and a dot in the column of each part that it imports."""
    middle = at + ROW_HEIGHT // 2
    yield _text(MARGIN, middle + 3, part, "name")
    folded = textwrap.wrap(purpose(part), 58)[:2]
    for index, line in enumerate(folded):
        yield _text(NAMES, middle + 3 + LINE * index - 8 * (len(folded) - 1), line, "soft")
    for index, (other, imported) in enumerate(columns):
        x = left + MATRIX * index + MATRIX // 2
        if other == part:
            yield f'<rect class="self" x="{x - 5}" y="{middle - 6}" width="10" height="10" rx="2"/>'
        elif imported:
            yield f'<circle class="dot" cx="{x}" cy="{middle - 1}" r="5"/>'


def _way(top: int) -> tuple[int, list[str]]:
    """A box for each part of the figure's way, from the scenario to the cell."""
    shapes = [_text(MARGIN, top, "The way of one figure, from a line of TOML to a cell", "head")]
    at = top + 20
    for index, station in enumerate(way()):
        height = 34 + LINE * len(station.held)
        if index:
            shapes.append(f'<path class="dot" d="M{STATION + 23} {at - 17}h2v7h4l-5 7-5-7h4z"/>')
        shapes.append(_rectangle("box", STATION, at, WIDTH - MARGIN, height))
        shapes.append(_text(MARGIN, at + 21, station.part, "name"))
        shapes.append(_text(STATION + 12, at + 21, station.what))
        shapes += [
            _text(STATION + 12, at + 21 + LINE * (line + 1), held, "code") for line, held in enumerate(station.held)
        ]
        at += height + 19
    return at, shapes


def _rectangle(kind: str, left: int, top: int, right: int, height: int) -> str:
    return f'<rect class="{kind}" x="{left}" y="{top}" width="{right - left}" height="{height}" rx="5"/>'


def _text(x: int, y: int, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y}" xml:space="preserve">{escape(text, quote=False)}</text>'


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != picture() and "docs/architecture.svg is out of date")
    TARGET.write_text(picture(), encoding="utf-8")
