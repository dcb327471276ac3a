"""Every cell that can be changed, each changed alone in a spreadsheet program, against a run with the same change."""

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
import spreadsheet as books

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.engine.alternatives import BLANK
from omsorg_cli.render.workbook import render
from omsorg_cli.render.workbook.described import NOT_CALCULATED
from omsorg_cli.render.workbook.places import HOW, Places
from omsorg_cli.render.workbook.summary import AS_IT_WAS, IN_WORDS
from omsorg_cli.result import Result
from turns import in_turn

MACRO = Path(__file__).with_name("every_cell.bas")
PROFILE = {
    "script.xlc": '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">\n<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>',
    "Standard/script.xlb": '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>',
    "Standard/Module1.xba": '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>',
}
"""What a profile of the program must hold for it to know a macro."""
ZERO_OTHERWISE = {"rate/year": 0.03, "share": 0.2, "ratio": 0.9, "index": 1.1, "years": 20}
CASES = [(name, reference) for name, reference in books.CASES if "+" not in reference]
IDS = [f"{name} {Path(reference).stem}" for name, reference in CASES]


class Change(NamedTuple):
    """Inputs with other values, the places of the workbook, and the run with the same; None where it is refused."""

    case: int
    values: tuple
    places: Places
    run: Result | None

    def __str__(self):
        return ", ".join(f"{item.path}={value}" for item, value in self.values)


class Found(NamedTuple):
    """What the spreadsheet program shows: the cells of each sheet, and where there are errors."""

    cells: dict
    errors: dict

    def cell(self, sheet, row, column):
        line = self.cells[sheet][row] if row < len(self.cells[sheet]) else []
        return line[column] if column < len(line) else ""


def others(item):
    """Other values that are plausible, those that leave the rest of a scenario valid perhaps not the first."""
    kind, value = item.kind, item.stated.value
    if kind.form == "switch":
        return [not value] if value is not None else [True]
    if kind.form == "choice":
        return [choice for choice in kind.choices if choice != value]
    if kind.form == "month":
        return [value + 5, value - 5]
    if not value:
        return [ZERO_OTHERWISE.get(kind.unit, 300_000.0 if kind.unit.startswith("NOK") else 4)]
    if kind.form == "count" or kind.whole:
        return [one for one in (value + 1, value - 1) if kind.holds(one)]
    return [one for one in (value * 0.97, value * 1.03) if kind.holds(one)]


def run_with(case, places, values):
    """The run with the values typed; None where the program refuses them."""
    paths = {item.path for item, _ in values}
    sets = [f"{item.path}={books.typed(item, value)}" for item, value in values]
    for part in places.inputs:  # what a change of a whole item would change in its parts beside, stays as it is
        whole = [
            item
            for item, _ in values
            if part.name == item.name and part.path.startswith(item.path.rpartition(".")[0] + "/")
        ]
        if whole and part.path not in paths and part.stated.value is not None:
            sets.append(f"{part.path}={books.typed(part, part.stated.value)}")
    try:
        return books.run(*CASES[case], *sets)
    except OmsorgError:
        return None


def changes_of(case, places):
    """Each cell changed alone: choices to every other, of other values the first that the program takes."""
    for item in in_turn(places.inputs, lambda item: f"{CASES[case]} {item.path}"):
        if item.path in places.fixed or (CASES[case][1] == books.MADE_UP and places.plan.is_free(item.path)):
            continue
        tried = (one_change(case, places, item, value) for value in others(item))
        if item.kind.form == "choice":
            yield from tried
        else:
            yield next(
                (change for change in tried if change.run is not None),
                Change(case, ((item, others(item)[0]),), places, None),
            )


def one_change(case, places, item, value):
    values = ((item, value),)
    return Change(case, values, places, run_with(case, places, values))


def fillings_of(case, places):
    """Each input that decides changed so that blanks are needed, together with the blanks filled in."""
    done = set()
    steps = places.plan.steps
    for slot, lacks in in_turn(places.alternatives.lacks.items(), lambda pair: f"{CASES[case]} {steps[pair[0]].node}"):
        for lack in lacks if slot in places.cells else ():
            for values in filled_in(places, slot, lack):
                run = None if values in done else run_with(case, places, values)
                done.add(values)
                if run is not None:
                    yield Change(case, values, places, run)


def filled_in(places, slot, lack):
    """The blanks filled in, with another value of each input that decides, or the one that the lack is for."""
    inputs = {at: places.plan.steps[at].input for way in places.ways[slot] for at in (*dict(way.guards), *lack.blanks)}
    blanks = tuple((inputs[at], others(inputs[at])[0]) for at in lack.blanks)
    for at, item in inputs.items():
        if blanks and at not in lack.blanks and item.path not in places.fixed:
            yield ((item, dict(lack.guards).get(at, others(item)[0])), *blanks)


def job(book, change):
    """The line of the change, as the macro reads it."""
    rows = {item.path: row for row, item in enumerate(change.places.inputs, 3)}
    parts = [book.as_uri()]
    for item, value in change.values:
        held = books.in_cell(item, value)
        parts += [
            f"B{rows[item.path]}",
            "text" if isinstance(held, str) else "number",
            str(int(held) if isinstance(held, bool) else held),
        ]
    return "\t".join(parts)


def reckoned(jobs, folder):
    """What LibreOffice Calc shows after each job; one start of the program for all, after one that makes a profile."""
    start = [books.CALC, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=100)
    for name, text in PROFILE.items():
        held = folder / "profile" / "user" / "basic" / name
        held.parent.mkdir(parents=True, exist_ok=True)
        held.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.replace("{}", escape(MACRO.read_text())))
    (folder / "jobs").write_text("".join(f"{one}\n" for one in jobs))
    told = {"OMSORG_JOBS": str(folder / "jobs"), "OMSORG_FOUND": str(folder / "found")}
    words = [*start, "macro:///Standard.Module1.Main"]
    subprocess.run(words, check=True, capture_output=True, timeout=1_800, env={**os.environ, **told})
    found = []
    for line in (folder / "found").read_text().splitlines():
        row = row_of(line)
        assert row[0] != "failed", line
        if row[0] == "sheet":
            if row[1] == "Summary":
                found.append(Found({}, {}))
            lines = found[-1].cells.setdefault(row[1], [])
            found[-1].errors[row[1]] = row[2]
        else:
            lines.append(row)
    return found


@cache
def row_of(line):
    """The cells of a line as it was told; most lines are the same after most changes, and are held once."""
    return tuple(line.split("\t"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """For each case the changes with what the spreadsheet program shows."""
    folder, changes, jobs = tmp_path_factory.mktemp("every_cell"), [], []
    for case, (name, reference) in enumerate(CASES):
        result = books.run(name, reference)
        book = folder / f"{case}.xlsx"
        book.write_bytes(render(result, result.figures))
        places = Places(result, result.figures)
        own = [*changes_of(case, places), *fillings_of(case, places)]
        changes += own
        jobs += [job(book, one) for one in own]
    found = reckoned(jobs, folder)
    assert len(found) == len(changes)
    return [
        [(change, one) for change, one in zip(changes, found, strict=True) if change.case == case]
        for case in range(len(CASES))
    ]


def moved(change, node):
    """The node in the year that stands in the same column when the first year is another."""
    if not change.places.years or change.run is None:
        return node
    by = change.run.layout.years[0] - change.places.years[0]
    return node._replace(point=tuple((axis, key + by if axis == "year" else key) for axis, key in node.point))


def every_cell_of(change, found):
    """Each cell of the calculation: the figure, what the run has of it, what stands there, and how it came about."""
    held = {slot: node for node, slot in change.places.plan.slots.items()}
    for slot, (row, column) in change.places.cells.items():
        if slot not in held or change.places.plan.steps[slot].input is not None:
            continue
        node = moved(change, held[slot])
        value = change.run.record.value(node)
        value = books.serial(value) if value is not None and change.places.is_month(slot) else value
        told = found.cell("Calculation", row, column)
        yield node, value, number(told), found.cell("Calculation", row, HOW)


def without_year(node):
    return node._replace(point=tuple(pair for pair in node.point if pair[0] != "year"))


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


every_case = pytest.mark.parametrize("case", range(len(CASES)), ids=IDS)
pytestmark = [pytest.mark.slow, books.needs_calc]


@every_case
def test_no_headline_shows_an_error_whichever_cell_is_changed(changed, case):
    wrong = {str(change): found.errors["Summary"] for change, found in changed[case] if found.errors["Summary"]}
    assert wrong == {}


@every_case
def test_the_calculation_follows_each_cell_as_a_run_with_the_same_change(changed, case):
    wrong = {}
    for change, found in changed[case]:
        for node, wanted, told, _ in every_cell_of(change, found) if change.run is not None else ():
            if not books.is_same(None if wanted is None else float(wanted), told):
                wrong[str(change), node] = (wanted, told)
    assert wrong == {}


@every_case
def test_each_row_tells_the_way_by_which_the_figure_came_about(changed, case):
    wrong = {}
    for change, found in changed[case]:
        if change.run is None or change.values[0][0].stated is BLANK:
            continue  # what is filled in unasked counts where nothing that is stated holds; a run may take it first
        for node, wanted, _, how in every_cell_of(change, found):
            formula = None if wanted is None else change.run.record.plan.step(node).formula
            if formula is not None and formula.summary.removesuffix(".") not in how:
                wrong[str(change), node] = (formula.summary, how)
    assert wrong == {}


@every_case
def test_a_headline_without_a_number_says_why(changed, case):
    wrong = {}
    for change, found in changed[case]:
        for row, line in enumerate(found.cells["Summary"]):
            if line[2:3] == (NOT_CALCULATED,) and not found.cell("Summary", row, 4):
                wrong[str(change)] = line
    assert wrong == {}


@every_case
def test_no_figure_of_the_run_has_no_cell(changed, case):
    wrong = {}
    for change, _ in changed[case]:
        held = {moved(change, node) for node in change.places.shown}
        rows = {without_year(node) for node in held}
        for figure in change.run.figures if change.run is not None else ():
            if without_year(figure.node) in rows and figure.node not in held:
                wrong[str(change)] = figure.node
    assert wrong == {}


@every_case
def test_the_words_say_that_they_are_of_the_scenario_as_it_was(changed, case):
    for _, found in changed[case]:
        headings = [line[0] for line in found.cells["Summary"]]
        assert AS_IT_WAS in headings
        assert IN_WORDS not in headings
