"""Every formula of every workbook, reckoned by a spreadsheet program that nobody here wrote, against the run."""

import os
import re
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from spreadsheet import CALC, CASES, MADE_UP, in_cell, is_same, needs_calc, run, sets
from xlsxwriter.utility import xl_rowcol_to_cell

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.engine.alternatives import BLANK, Alternatives
from omsorg_cli.render.workbook import render
from omsorg_cli.render.workbook.book import serial
from omsorg_cli.render.workbook.names import CALCULATION as SHEET
from omsorg_cli.render.workbook.places import Places
from turns import in_turn

CACHED = re.compile(rb"(</f>)<v>[^<]*</v>")
NAMED = re.compile(r'<definedName name="(\w+)">Inputs!([$A-Z0-9]+)<')
INPUTS = "xl/worksheets/sheet2.xml"
WITH_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f')
CELL = re.compile(r'<c r="(B\d+)"( s="\d+")?[^>]*>.*?</c>')
MOST_BOOKS = 70
"""For one start of the spreadsheet program."""


IDS = [f"{name} {Path(reference).stem}" for name, reference in CASES]
MADE = [index for index, (_, reference) in enumerate(CASES) if reference == MADE_UP]
WALKED = sorted({*MADE, *in_turn(range(len(CASES)), lambda index: IDS[index])})
"""Those of the made-up scenario, which use every formula, and of the others those that have their turn."""


def stripped(data, inputs=bytes):
    """The workbook without the values beside its formulas, which the program would keep instead of reckoning."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            content = inputs(content) if name == INPUTS else content
            after.writestr(name, CACHED.sub(rb"\1", content) if name.startswith("xl/worksheets/") else content)
    return made.getvalue()


def with_inputs(data, changed):
    """The workbook with other values in the cells that have these names; its formulas keep no values."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        named = dict(NAMED.findall(file.read("xl/workbook.xml").decode()))
    cells = {named[name].replace("$", ""): value for name, value in changed.items()}
    written = []

    def other(found):
        if found[1] not in cells:
            return found[0]
        written.append(found[1])
        return f'<c r="{found[1]}"{found[2] or ""} {typed_in(cells[found[1]])}</c>'

    made = stripped(data, lambda content: CELL.sub(other, content.decode()).encode())
    assert sorted(written) == sorted(cells)
    return made


def typed_in(value):
    """The value as a file holds it that somebody typed it into."""
    if isinstance(value, bool):
        return f't="b"><v>{value:d}</v>'
    return f't="inlineStr"><is><t>{value}</t></is>' if isinstance(value, str) else f"><v>{value!r}</v>"


def recalculated(books, folder):
    """The workbooks as LibreOffice Calc reckons them; one start of the program for many, more than it bears is a crash."""

    def reckon(place):
        words = [CALC, f"-env:UserInstallation={(folder / f'profile{place}').as_uri()}", "--headless"]
        words += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), *files[place::starts]]
        subprocess.run(words, check=True, capture_output=True, timeout=1_800)

    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    files = [str(folder / f"{name}.xlsx") for name in books]
    starts = -(-len(files) // MOST_BOOKS)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(reckon, range(starts)))
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in books}


def values(data, *sheets):
    """The values of the cells that hold something: by sheet and address."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {
        (sheet, xl_rowcol_to_cell(row, column)): value
        for sheet in sheets or book.sheet_names
        for row, line in enumerate(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
        for column, value in enumerate(line)
        if value != ""
    }


ADDED = {"municipalities": 100, "users": 2}
"""What is added to some: all municipalities are more than answer, and users no fewer than their places."""
WHOLES = ("share", "weight", "part_weight")
"""Inputs that make a whole together, so that none changes alone."""


def other_number(item):
    """Another value than the scenario's; None where the kind of number does not change alone."""
    value, unit = item.stated.value, item.kind.unit
    if item.kind.form == "month" or item.name in ADDED:
        return value + (5 if item.kind.form == "month" else ADDED[item.name])
    if (unit in ("year", "years") and item.kind.form == "count") or item.name in WHOLES:
        return None  # the shares of all make a whole
    if item.kind.unit == "municipalities" and item.kind.low == 0:
        return value - 1 if value else None  # fewer, so that they still fit among those who answered
    if item.kind.form == "count":
        return value + 3
    if item.kind.form != "number" or value == 0:
        return None
    return round(value * 0.97) if item.kind.whole else value * 0.97


def what_was_nothing(item):
    if item.name == "rate_change":
        return None  # it is refused beside a group whose wages are not known
    if item.kind.form != "number" or item.stated.value != 0:
        return None
    return {"rate/year": 0.01, "NOK": 300_000, "share": 0.2}.get(item.kind.unit)


def other_choice(item):
    if item.kind.form == "switch":
        return not item.stated.value
    if item.name == "nature" and item.stated.origin == "default":
        return None  # what comes from another calculator is a saving
    if item.name in ("statistic", "nature"):
        return item.kind.choices[(item.kind.choices.index(item.stated.value) + 1) % len(item.kind.choices)]
    return None


def other_levels(item):
    """Raw levels without the indexes that adjusted ones may not have."""
    return "adjusted" if item.path.endswith("raw_index/institution.levels") else None


VARIATIONS = {
    "levels": other_levels,
    "numbers": other_number,
    "what was nothing": what_was_nothing,
    "choices": other_choice,
}


def variations(reference):
    """All of the made-up scenario, which uses every formula; of the others, other numbers."""
    return tuple(VARIATIONS) if reference == MADE_UP else ("numbers",)


VARIED = [(index, what) for index in WALKED for what in variations(CASES[index][1])]


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory):
    """For each case and variation: the places of the unchanged run, the changed run, the book, and it as reckoned.

    What a variation changes nothing of is the book of the unchanged run.
    """
    held, books = {}, {}
    for index in WALKED:
        name, reference = CASES[index]
        result = run(name, reference)
        data, places = render(result, result.figures), Places(result, result.figures)
        held[index, ""] = (places, result, data, f"{index} ")
        books[f"{index} "] = stripped(data)
        for variation in variations(reference):
            other, stated = VARIATIONS[variation], [item for item in places.inputs if item.stated is not BLANK]
            changed = [(item, value) for item in stated if (value := other(item)) is not None]
            book = f"{index} {variation}" if changed else f"{index} "
            held[index, variation] = (places, run(name, reference, *sets(stated, changed)), data, book)
            if changed:
                books[book] = with_inputs(
                    data, {places.names[item.path]: in_cell(item, value) for item, value in changed}
                )
    found = recalculated(books, tmp_path_factory.mktemp("books"))
    return {at: (*all_of_it, found[book]) for at, (*all_of_it, book) in held.items()}


def formulas(data):
    """Every formula cell: sheet and address."""
    names = CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names
    with zipfile.ZipFile(BytesIO(data)) as file:
        sheets = {name: file.read(f"xl/worksheets/sheet{number}.xml") for number, name in enumerate(names, 1)}
    return [(name, at.decode()) for name, content in sheets.items() for at in WITH_FORMULA.findall(content)]


@pytest.mark.slow
@needs_calc
@pytest.mark.parametrize("index", WALKED, ids=[IDS[index] for index in WALKED])
def test_every_formula_gives_what_the_run_gave(reckoned, index):
    _, result, data, book = reckoned[index, ""]
    kept, found, asked = values(data), values(book), formulas(data)
    wrong = {at: (kept.get(at), found.get(at)) for at in asked if not is_same(kept.get(at), found.get(at))}
    assert wrong == {}
    assert len(asked) > len(result.figures)


@pytest.mark.slow
@needs_calc
@pytest.mark.parametrize(("index", "variation"), VARIED, ids=[f"{IDS[index]} {what}" for index, what in VARIED])
def test_with_other_inputs_every_cell_follows_as_a_run_with_the_same_changes(reckoned, index, variation):
    places, result, _, book = reckoned[index, variation]
    told, wrong = values(book, SHEET), {}
    for slot, (row, column) in places.cells.items():
        node = places.plan.steps[slot].node
        if node not in places.plan.slots:
            continue  # an input that is only repeated
        wanted = result.record.value(node)
        wanted = serial(wanted) if wanted is not None and places.is_month(slot) else wanted
        found = told.get((SHEET, xl_rowcol_to_cell(row, column)))
        if not is_same(wanted, found):
            wrong[node] = (wanted, found)
    assert wrong == {}


@pytest.mark.slow
@needs_calc
@pytest.mark.parametrize("index", MADE)
def test_the_changes_do_change_something(reckoned, index):
    moved = set()
    for variation in ("numbers", "choices"):
        places, changed, *_ = reckoned[index, variation]
        before = {node: places.record.value(node) for node, slot in places.plan.slots.items() if slot in places.cells}
        moved |= {node for node, value in before.items() if changed.record.value(node) != value}
    assert len(moved) > len(before) / 3


@needs_calc
def test_a_file_with_the_values_taken_out_has_none_left():
    result = run("savings", "baerum2016")
    data = stripped(render(result, result.figures))
    asked = formulas(data)
    assert len(asked) > len(result.figures)
    assert set(asked).isdisjoint(values(data))


@pytest.mark.slow
def test_the_cases_use_every_formula_of_every_calculator():
    used = {
        way.formula.function
        for case in CASES
        for found in Alternatives(run(*case).record).ways.values()
        for way in found
    }
    all_of_them = {item.function: f"{name} {item.figure}" for name in NAMES for item in load(name).known}
    assert sorted(what for function, what in all_of_them.items() if function not in used) == []
