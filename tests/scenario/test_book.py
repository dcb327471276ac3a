"""A scenario that is a workbook: filled in, saved by other programs, changed, or wrong."""

import json
import re
import shutil
import subprocess
import tomllib
import zipfile
from functools import cache
from io import BytesIO

import openpyxl
import pytest

from omsorg_cli.calculators import NAMES
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.numbers import Written
from omsorg_cli.render.workbook.fill_in import SHEETS, render
from omsorg_cli.scenario.book import read_book
from omsorg_cli.scenario.columns import Column, raw_of
from omsorg_cli.scenario.forms import forms
from omsorg_cli.scenario.read import read, shipped
from omsorg_cli.scenario.template import template
from omsorg_cli.scenario.toml import dumps

OF_THE_EXAMPLE = {"Investments", "Avoidable later"}
"""Sheets of a new workbook whose rows belong to the programme that is its example."""
CALC = shutil.which("soffice")
needs_calc = pytest.mark.skipif(CALC is None, reason="LibreOffice Calc (soffice) is not installed")


def same(data):
    """The data with numbers as numbers, however they were written, and switches as what no number equals."""
    if isinstance(data, bool):
        return str(data)
    if isinstance(data, dict):
        return {key: same(one) for key, one in data.items()}
    if isinstance(data, list):
        return [same(one) for one in data]
    return float(data) if isinstance(data, int | float) else data


def toml(text):
    return tomllib.loads(text, parse_float=Written)


def saved_by_calc(tmp_path, path, suffix):
    """The workbook as LibreOffice saves it."""
    words = [CALC, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", suffix, str(path)]
    subprocess.run([*words, "--outdir", str(tmp_path / "saved")], check=True, capture_output=True, timeout=120)
    return tmp_path / "saved" / f"{path.stem}.{suffix}"


@pytest.fixture(scope="module")
def new(omsorg, tmp_path_factory):
    """A workbook to fill in, without its example."""
    path = tmp_path_factory.mktemp("new") / "new.xlsx"
    assert omsorg("new", "insource", "--output", str(path)).returncode == 0
    return edited(path.read_bytes(), without_the_example)


@pytest.fixture
def mine(tmp_path, new):
    """A workbook to fill in, in the folder of the test."""

    def made():
        path = tmp_path / "mine.xlsx"
        path.write_bytes(new)
        return path

    return made


@cache
def edited(data, change):
    """The workbook as it is saved after the change; the same for all who make the same."""
    book, made = openpyxl.load_workbook(BytesIO(data)), BytesIO()
    change(book)
    book.save(made)
    return made.getvalue()


def without_the_example(book):
    for sheet in OF_THE_EXAMPLE & {*book.sheetnames}:
        book[sheet].delete_rows(5)


@pytest.mark.parametrize("name", NAMES)
def test_a_new_workbook_has_what_a_new_scenario_has(name):
    data = toml(template(name))
    assert same(read_book(render(data, examples=True), "new.xlsx").data) == same(data)


@pytest.mark.parametrize("name", shipped())
def test_a_scenario_goes_to_a_workbook_and_back_and_to_toml_and_back_without_a_loss(name):
    data = read(name).data
    assert same(read_book(render(data), "there.xlsx").data) == same(data)
    assert same(toml(dumps(data))) == same(data)


def test_the_same_workbook_is_written_each_time():
    data = toml(template("insource"))
    assert render(data) == render(data)


def test_what_cannot_be_seen_and_long_lines_survive_toml_in_cells():
    data = {"title": 'a "quoted" \u200b\\ tab\t ø 🙂', "municipality": "x" * 70_000, "year": 2020, "notices": [{"what": "y" * 70_000, "deep": {"a b": [0.5, True]}}]}  # fmt: skip
    assert toml(dumps(data)) == data
    assert read_book(render({**data, "municipality": "x", "notices": [], "year": 10**400}), "a.xlsx").data["year"] == str(10**400)  # fmt: skip
    short = {**data, "municipality": "x"}
    assert read_book(render(short), "a.xlsx").data["notices"] == data["notices"]


HEADINGS = {"programme": "P07", "annual_cost": 39_000_000, "repatriable_share": "1/3", "own_cost_ratio": 0.9}


def place(book, sheet, name, row=5):
    """The cell of a column, by its name, in a row."""
    found = next(cell for cell in book[sheet][4] if cell.value == name)
    return f"{found.column_letter}{row}"


def filled(mine):
    """The workbook with one purchase of P07 and its phase, all from January 2025."""
    path = mine()
    path.write_bytes(edited(path.read_bytes(), with_a_purchase))
    return path


def with_a_purchase(book):
    for name, value in HEADINGS.items():
        book["Purchases"][place(book, "Purchases", name)] = value
    for name, value in {"programme": "P07", "share": 1, "from": "2025-01"}.items():
        book["Phases"][place(book, "Phases", name)] = value


def test_a_purchases_list_in_excel_answers_without_a_line_of_toml(mine, omsorg):
    path = str(filled(mine))
    # a third of 39 million, of which a tenth is saved, in each of three years
    assert float(omsorg("insource", path, "--value", "total_net_saving").stdout) == pytest.approx(3_900_000)
    assert omsorg("check", path).returncode == 0
    assert "P07" in omsorg("explain", "insource", path, "--figure", "present_value").stdout
    assert omsorg("verify", path).returncode == 0
    changed = omsorg(
        "insource", path, "--set", "insource.purchases.P07.own_cost_ratio=1", "--value", "total_net_saving"
    )
    assert float(changed.stdout) == 0


def test_a_workbook_is_read_from_standard_input(mine, process, monkeypatch):
    import sys

    path = filled(mine)
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "omsorg_cli", "insource", "-", "--value", "total_net_saving"],
            stdin=file,
            capture_output=True,
            check=False,
        )
    assert float(done.stdout) == pytest.approx(3_900_000)


def test_thousands_are_typed_by_the_unit_above_the_column(mine, omsorg):
    path = filled(mine)
    book = openpyxl.load_workbook(path)
    cell = place(book, "Purchases", "annual_cost")
    book["Purchases"][cell] = 39_000
    book["Purchases"][place(book, "Purchases", "annual_cost", 3)] = "kNOK"
    book.save(path)
    assert float(omsorg("insource", str(path), "--value", "total_net_saving").stdout) == pytest.approx(3_900_000)


def test_sheets_rows_and_columns_may_be_moved_and_sheets_renamed(mine, omsorg):
    path = filled(mine)
    book = openpyxl.load_workbook(path)
    book["Purchases"].title = "Kjøp fra private"
    book.move_sheet("Phases", -3)
    book["Kjøp fra private"].insert_rows(2)
    book.save(path)
    done = omsorg("insource", str(path), "--value", "total_net_saving")
    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) == pytest.approx(3_900_000)


@needs_calc
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_workbooks_that_libreoffice_saved_are_read_as_they_were(mine, omsorg, tmp_path, suffix):
    path = filled(mine)
    saved = saved_by_calc(tmp_path, path, suffix)
    assert same(read_book(saved.read_bytes(), "a").data) == same(read_book(path.read_bytes(), "a").data)
    assert omsorg("convert", "baerum2016", str(tmp_path / "whole.xlsx")).returncode == 0
    whole = saved_by_calc(tmp_path, tmp_path / "whole.xlsx", suffix)
    assert same(read(str(whole)).data) == same(read("baerum2016").data)


@needs_calc
@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "place"), [("xlsx", "Sheet!B2"), ("ods", "Sheet!B2")])
def test_an_error_that_libreoffice_worked_out_is_no_empty_cell(omsorg, tmp_path, suffix, place):
    book = openpyxl.Workbook()
    for row in (["programme", "annual_cost", "repatriable_share"], ["P05", "=1/0", 0.5]):
        book.active.append(row)
    book.save(tmp_path / "made.xlsx")
    saved = saved_by_calc(tmp_path, tmp_path / "made.xlsx", suffix)
    text = f'title = "T"\nmunicipality = "M"\nyear = 2020\n[insource]\nfirst_year = 2020\nyears = 1\npurchases = {{ rows = "{saved.name}" }}\n'
    (saved.parent / "base.toml").write_text(text, encoding="utf-8")
    told = omsorg("insource", "base.toml", cwd=saved.parent).stderr
    assert f"made.{suffix}: {place}: found an error such as #N/A" in told


def broken(path, sheet, change):
    book = openpyxl.load_workbook(path)
    change(book[sheet] if sheet else book)
    book.save(path)


@pytest.mark.parametrize(
    ("sheet", "change", "told"),
    [
        ("Purchases", lambda one: one.__setitem__("D5", -1), "mine.xlsx: Purchases!D5: insource.purchases.P07"),
        ("Purchases", lambda one: one.__setitem__("B4", "annual_costs"), 'Purchases!B4: found the column "annual_costs", which is no input here'),
        ("Purchases", lambda one: one.__setitem__("B4", "annual_cost"), 'two columns have the name "annual_cost"'),
        ("Purchases", lambda one: one.merge_cells("A5:A6"), "mine.xlsx: Purchases!A5:A6: found merged cells"),
        ("Purchases", lambda one: one.__setitem__("D5", "=1+1"), "mine.xlsx: Purchases!D5: found a formula without a stored value"),
        ("Purchases", lambda one: one.delete_rows(4), "has no row with the names of its columns"),
        ("Purchases", lambda one: one.__setitem__("ZZ9", "x"), 'Purchases!ZZ4: found the column ""'),
        ("Purchases", lambda one: one.__setitem__("A1", "insource.purchase"), 'Purchases!A1: insource.purchase is no table of a scenario. Did you mean "insource.purchases"?'),
        ("Purchases", lambda one: one.__setitem__("A6", "Sum"), 'Purchases!A6: found "Sum", a row that adds up others'),
        ("Purchases", lambda one: one.__setitem__("A6", "P07"), "Purchases!6:6: insource.purchases.P07 has the same programme"),
        ("Purchases", lambda one: one.__setitem__("A5", None), "mine.xlsx: Purchases!5:5: lacks its programme"),
        ("Purchases", lambda one: one.__setitem__("A4", None), "mine.xlsx: Purchases!4:4 has no column programme"),
        ("Purchases", lambda one: one.__setitem__("A1", None), 'mine.xlsx: sheets that are not read: "Purchases".'),
        ("Phases", lambda one: one.__setitem__("A5", "P08"), 'Phases!A5: insource.purchases.phases: found "P08", which is no row of insource.purchases. Did you mean "P07"?'),
        ("Scenario", lambda one: one.__setitem__("B9", None), "mine.xlsx: Scenario!B9: insource.first_year: found a table without a value"),
        ("Scenario", lambda one: one.__setitem__("A10", "insource.jears"), 'insource.jears is no single input. Did you mean "insource.years"?'),
        ("Scenario", lambda one: one.__setitem__("A10", "insource.first_year"), "stands in row 9 too"),
        ("Scenario", lambda one: one.__setitem__("A10", "jear"), 'jear is no input. Did you mean "year"?'),
        ("Sources", lambda one: one.__setitem__("B5", "A book"), "sources: found"),
        ("", lambda one: one.remove(one["Purchases"]), "which is no row of insource.purchases. There is none."),
        ("", lambda one: one.remove(one["Scenario"]), "is a workbook that omsorg did not begin"),
        ("", lambda one: one.copy_worksheet(one["Purchases"]), 'mine.xlsx: two sheets hold insource.purchases: "Purchases" and "Purchases Copy"'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_sheet_and_cell(mine, omsorg, tmp_path, sheet, change, told):
    path = filled(mine)
    broken(path, sheet, change)
    done = omsorg("insource", "mine.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_day_without_a_date_format_is_no_month_and_a_day_within_a_month_is_told(mine, omsorg, tmp_path):
    path = filled(mine)
    cell = place(openpyxl.load_workbook(path), "Phases", "from")
    for value, shown, told in ((44_013, "General", "found 44013"), (44_040, "yyyy-mm-dd", "a day in the middle of")):
        book = openpyxl.load_workbook(path)
        book["Phases"][cell] = value
        book["Phases"][cell].number_format = shown
        book.save(path)
        done = omsorg("insource", "mine.xlsx", cwd=tmp_path)
        assert f"mine.xlsx: Phases!{cell}: insource.purchases.P07.phases.0.from" in done.stderr
        assert told in done.stderr


def test_other_sheets_are_named_and_macros_are_not_run(mine, omsorg):
    path = filled(mine)
    broken(path, "", lambda book: book.create_sheet("Utkast").__setitem__("A1", "x"))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
        packed.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
    warnings = json.loads(omsorg("insource", str(path), "--format", "json").stdout)["warnings"]
    told = " ".join(warnings)
    assert 'sheets that are not read: "Utkast".' in told
    assert "has macros; they are not run." in told
    assert "has links to other files; their last stored values are used." in told


def test_a_workbook_of_somebody_else_is_told_how_it_can_be_used(tmp_path, omsorg):
    book = openpyxl.Workbook()
    book.active["A1"] = "Kjøp"
    book.save(tmp_path / "kjop.xlsx")
    told = omsorg("insource", "kjop.xlsx", cwd=tmp_path).stderr
    assert 'or name it in a scenario, such as purchases = { rows = "kjop.xlsx" }' in told


@pytest.mark.parametrize("cell", ["XFD1048576", "A999999999999999999", "ZZZZZZ1", "g9999999"])
def test_a_cell_that_lies_too_far_for_the_memory_is_told(cell):
    """The first cell of a sheet moved there: what lies between it and the next would be filled with empty cells."""
    with zipfile.ZipFile(BytesIO(render(toml(template("insource"))))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = next(name for name in parts if name.endswith("worksheets/sheet2.xml"))
    parts[sheet] = re.sub(rb'(<c r=")[A-Z]+[0-9]+"', rb"\g<1>" + cell.encode() + b'"', parts[sheet], count=1)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    with pytest.raises(
        OmsorgError, match="sheet Purchases: the cells reach too far, to [A-Z]+[0-9]+; allowed: at most 20 million"
    ):
        read_book(packed.getvalue(), "there.xlsx")


@pytest.mark.parametrize("content", [b"PK\x03\x04x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"])
def test_a_workbook_that_is_damaged_is_told(content):
    with pytest.raises(OmsorgError, match=r"a\.xlsx is (damaged|not a workbook)"):
        read_book(content, "a.xlsx")


# ------------------------------------------------------------------------------------------------- changed results


@pytest.fixture
def result(tmp_path, omsorg):
    """The workbook of Drammen's result, with other values in cells of its inputs."""

    def made(changes, *words):
        path = tmp_path / "changed.xlsx"
        assert omsorg("insource", "drammen2020", *words, "--output", str(path)).returncode == 0
        book = openpyxl.load_workbook(path)
        sheet = book["Inputs"]
        for row in sheet.iter_rows(min_row=3):
            if row[9].value in changes:
                row[1].value = changes[row[9].value]
        book.save(path)
        return path

    return made


CHANGES = {"insource.purchases.P07.own_cost_ratio": 0.9, "insource.purchases.P06.phases.0.from": "2021-01"}


def test_a_result_whose_inputs_were_changed_runs_with_them(result, omsorg):
    sets = [word for path, value in CHANGES.items() for word in ("--set", f"{path}={value}")]
    wanted = omsorg("insource", "drammen2020", *sets, "--value", "present_value").stdout
    path = str(result(CHANGES))
    assert omsorg("insource", path, "--value", "present_value").stdout == wanted
    data = json.loads(omsorg("insource", path, "--format", "json").stdout)
    assert [one["input"] for one in data["scenario"]["changed"]] == [*reversed(CHANGES)]


def test_a_comparison_shows_exactly_the_changed_cells(result, omsorg):
    done = omsorg("compare", "insource", "drammen2020", str(result(CHANGES)), "--format", "json")
    found = {one["input"] for one in json.loads(done.stdout)["inputs"]}
    assert found == {"insource.purchases.P07.own_cost_ratio", "insource.purchases.P06.phases.0.from"}


def test_a_result_that_nobody_changed_gives_the_same_with_its_overlays_and_changes(result, omsorg):
    words = ("--with", "optimistic", "--set", "insource.years=5")
    wanted = omsorg("insource", "drammen2020", *words, "--value", "present_value").stdout
    assert omsorg("insource", str(result({}, *words)), "--value", "present_value").stdout == wanted


def test_a_cell_that_was_to_be_filled_in_adds_its_input(result, omsorg):
    changes = {
        f"insource.purchases.P07.{name}": value
        for name, value in (("investment", 10_000_000), ("lifetime", 40), ("interest_rate", 0.04))
    }
    sets = [word for path, value in changes.items() for word in ("--set", f"{path}={value}")]
    wanted = omsorg("insource", "drammen2020", *sets, "--value", "present_value").stdout
    path = str(result(changes))
    assert omsorg("insource", path, "--value", "present_value").stdout == wanted != ""
    assert wanted != omsorg("insource", "drammen2020", "--value", "present_value").stdout


def test_a_changed_result_becomes_a_scenario_that_says_so(result, omsorg, tmp_path):
    path = result(CHANGES)
    assert omsorg("convert", str(path), str(tmp_path / "kept.toml")).returncode == 0
    text = (tmp_path / "kept.toml").read_text(encoding="utf-8")
    assert re.search(r'own_cost_ratio = \{ value = 0.9, assumption = "changed in the workbook" \}', text)
    first, second = (
        omsorg("insource", str(one), "--value", "present_value").stdout for one in (path, tmp_path / "kept.toml")
    )
    assert first == second


def test_a_cell_of_a_result_that_was_emptied_or_is_not_allowed_is_told(result, omsorg, tmp_path):
    result({"insource.purchases.P07.own_cost_ratio": None})
    told = omsorg("insource", "changed.xlsx", cwd=tmp_path).stderr
    assert re.search(
        r"changed\.xlsx: Inputs!B\d+: insource\.purchases\.P07\.own_cost_ratio is empty, and was 1 in the run", told
    )
    result({"insource.purchases.P07.own_cost_ratio": -1})
    told = omsorg("insource", "changed.xlsx", cwd=tmp_path).stderr
    assert re.search(r'changed\.xlsx: Inputs!B\d+: .*own_cost_ratio: found "?-1', told)


@needs_calc
@pytest.mark.slow
@pytest.mark.parametrize("value", [True, False])
def test_a_switch_that_libreoffice_saved_as_a_number_is_a_switch(omsorg, tmp_path, value):
    path = tmp_path / "result.xlsx"
    words = ("insource", "drammen2020", "--set", f"insource.include_quality={str(not value).lower()}")
    assert omsorg(*words, "--output", str(path)).returncode == 0
    book = openpyxl.load_workbook(path)
    cell = next(row[1] for row in book["Inputs"].iter_rows() if row[9].value == "insource.include_quality")
    cell.value = value
    book.save(path)
    saved = saved_by_calc(tmp_path, path, "ods")
    data = json.loads(omsorg("insource", str(saved), "--format", "json").stdout)
    found = [one["to"] for one in data["scenario"]["changed"] if one["input"] == "insource.include_quality"]
    assert found[-1] is value


@pytest.mark.parametrize(("cell", "value"), [("SANN", True), ("usann", False), ("TRUE", True), (0.0, False), (1, True)])
def test_a_switch_is_what_spreadsheets_write_for_one(cell, value):
    column = Column(("include_quality",), Kind("", "switch"))
    assert raw_of(cell, column) is value


@needs_calc
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_changed_result_that_libreoffice_saved_runs_too(result, omsorg, tmp_path, suffix):
    path = result(CHANGES)
    saved = saved_by_calc(tmp_path, path, suffix)
    first, second = (omsorg("insource", str(one), "--value", "present_value").stdout for one in (path, saved))
    assert first == second != ""


# ------------------------------------------------------------------------------------------------------- converting


def test_converting_goes_round(omsorg, tmp_path):
    there, back = tmp_path / "a.xlsx", tmp_path / "b.toml"
    assert omsorg("convert", "drammen2020", str(there)).returncode == 0
    assert omsorg("convert", str(there), str(back)).returncode == 0
    assert same(toml(back.read_text(encoding="utf-8"))) == same(read("drammen2020").data)
    assert omsorg("convert", str(there)).stdout == back.read_text(encoding="utf-8")
    assert omsorg("convert", str(back), str(tmp_path / "c.json")).returncode == 0
    assert same(read(str(tmp_path / "c.json")).data) == same(read("drammen2020").data)


def test_converting_takes_in_the_rows_of_files(omsorg, tmp_path):
    (tmp_path / "rows.csv").write_text("programme;annual_cost;repatriable_share\nP1;100 000;0\n", encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "T"\nmunicipality = "M"\nyear = 2020\n[insource]\nfirst_year = 2020\nyears = 1\npurchases = { rows = "rows.csv" }\n', encoding="utf-8")  # fmt: skip
    done = omsorg("convert", str(tmp_path / "a.toml"))
    assert toml(done.stdout)["insource"]["purchases"] == [
        {"programme": "P1", "annual_cost": "100 000", "repatriable_share": "0"}
    ]


@pytest.mark.parametrize(
    ("target", "told"), [("a.csv", "the suffix tells no format"), ("there.toml", "is there already")]
)
def test_converting_replaces_nothing_and_knows_its_formats(omsorg, tmp_path, target, told):
    (tmp_path / "there.toml").write_text("x", encoding="utf-8")
    done = omsorg("convert", "drammen2020", target, cwd=tmp_path)
    assert (done.returncode, told in done.stderr) == (2, True)
    assert (tmp_path / "there.toml").read_text(encoding="utf-8") == "x"


def test_every_sheet_has_a_name_in_the_language_that_is_spoken():
    assert {one.name for one in forms(NAMES).values()} <= {*SHEETS}


def test_the_columns_that_a_first_scenario_fills_in_stand_first(omsorg, tmp_path):
    """What is bought, its cost, the share that can come home, and what that costs: not among sixty others."""
    assert omsorg("new", "insource", "--output", "a.xlsx", cwd=tmp_path).returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Purchases"]
    names = [cell.value for cell in sheet[4] if "." not in str(cell.value)]
    filled_in = [
        name for name in names if sheet.cell(5, [one.value for one in sheet[4]].index(name) + 1).value is not None
    ]
    assert names[: len(filled_in) + 1] == ["programme", "label", *filled_in[1:]]
    assert "annual_cost" in filled_in


def test_a_new_workbook_says_what_each_column_is_and_what_is_usual(mine):
    book = openpyxl.load_workbook(mine())
    assert book.sheetnames[:2] == ["Scenario", "Purchases"]
    assert {"Phases", "Categories", "Sources", "Read me"} <= set(book.sheetnames)
    sheet = book["Purchases"]
    column = next(cell.column for cell in sheet[4] if cell.value == "annual_cost")
    assert [sheet.cell(row, column).value for row in (2, 3)] == ["What is bought for in a year.", "NOK/year"]
    assert [sheet.cell(4, column + one).value for one in (1, 2)] == ["annual_cost.source", "annual_cost.assumption"]
    assert sheet.cell(5, column).font.color.rgb == "FF808080"
    told = [
        one.prompt for one in sheet.data_validations.dataValidation if sheet.cell(5, column).coordinate in one.sqref
    ]
    assert told[0].startswith(
        "What is bought for in a year. Usual: 50 000 to 300 000 000 000 NOK a year. Allowed: a number"
    )
    lists = [one.formula1 for one in book["Phases"].data_validations.dataValidation if one.type == "list"]
    assert lists == ["'Purchases'!$A$5:$A$504"]
