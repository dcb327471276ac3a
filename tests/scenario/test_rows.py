"""Tables that stand in a CSV file or in a sheet of a workbook beside the scenario."""

import hashlib
import io
import json
import os
import zipfile

import openpyxl
import pytest
import xlsxwriter

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.scenario import sheets

BASE = """
title = "Home"
municipality = "Home"
year = 2025
sources.accounts.title = "Accounts"

[insource]
first_year = 2025
years = 2
discount_rate = 0.04
purchases = { rows = "FILE"MORE, each = { own_cost_ratio = 0.9, phases = [{ share = 1, from = "2025-01" }] } }
"""
PLAIN = "programme,annual_cost,repatriable_share\nP05,20000000,0.5\nP07,39000000,0.25\n"
NORWEGIAN = "Område;Kostnad (1000 kr);Andel\nP05;20 000;50 %\nRus og psykisk helse;39 000,5;0,25\n"
NAMED = ', columns = { programme = "Område", annual_cost = "Kostnad (1000 kr)", repatriable_share = "Andel" }, unit = "kNOK"'


@pytest.fixture
def beside(tmp_path, omsorg):
    """Runs the calculator on a scenario with a file beside it."""

    def run(content, *words, more="", name="rows.csv", base=BASE):
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        (tmp_path / "base.toml").write_text(base.replace("FILE", name).replace("MORE", more), encoding="utf-8")
        return omsorg("insource", str(tmp_path / "base.toml"), *(words or ("--format", "json")))

    return run


def volumes(done):
    assert done.returncode == 0, done.stderr
    return {
        one["programme"]: one["value"]
        for one in json.loads(done.stdout)["figures"]
        if one["figure"] == "repatriable_volume" and one["category"] is None
    }


def workbook(rows, name="Ark1", more=()):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    for title, held in ((name, rows), *more):
        sheet = book.add_worksheet(title)
        for at, row in enumerate(held):
            sheet.write_row(at, 0, row)
    book.close()
    return file.getvalue()


def test_each_row_of_the_file_is_an_item(beside):
    # 20 million × 0.5 and 39 million × 0.25
    assert volumes(beside(PLAIN)) == {None: 19_750_000, "P05": 10_000_000, "P07": 9_750_000}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_headings_units_and_norwegian_numbers_are_read_in_every_usual_encoding(beside, encoding, end):
    found = volumes(beside(NORWEGIAN.replace("\n", end).encode(encoding), more=NAMED))
    # 20 000 thousand × 50 % and 39 000.5 thousand × 0.25
    assert found == {None: 19_750_125, "P05": 10_000_000, "rus_og_psykisk_helse": 9_750_125}


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (PLAIN, "", "rows.csv: UTF-8, columns separated by commas, decimal point."),
        (NORWEGIAN.encode("cp1252"), NAMED, "rows.csv: Windows-1252, columns separated by semicolons, decimal comma."),
        (PLAIN.replace(",", "\t").encode("utf-16"), "", "rows.csv: UTF-16, columns separated by tabs, decimal point."),
        (
            "\ufeff" + PLAIN.replace(",", "|"),
            "",
            "rows.csv: UTF-8 with a byte order mark, columns separated by vertical bars, decimal point.",
        ),
        ("sep=;\n" + PLAIN.replace(",", ";"), "", "rows.csv: UTF-8, columns separated by semicolons, decimal point."),
    ],
)
def test_how_the_file_was_read_is_said(beside, content, more, said):
    assert said in json.loads(beside(content, more=more).stdout)["warnings"]


def test_the_bytes_of_the_file_are_in_the_record_and_a_stored_result_says_that_they_changed(beside, omsorg, tmp_path):
    done = beside(PLAIN)
    sha = hashlib.sha256(PLAIN.encode()).hexdigest()
    assert json.loads(done.stdout)["scenario"]["files"] == [{"file": "rows.csv", "sha256": sha}]
    stored = tmp_path / "stored.json"
    stored.write_text(done.stdout, encoding="utf-8")
    assert omsorg("verify", "--result", str(stored)).stdout.startswith("stored.json holds.")
    (tmp_path / "rows.csv").write_text(PLAIN + "\n", encoding="utf-8")
    assert "The scenario's text has changed since." in omsorg("verify", "--result", str(stored)).stdout


def test_every_value_has_the_source_that_is_stated_for_the_rows_unless_its_own_column_has_one(beside, omsorg, tmp_path):
    rows = 'programme;annual_cost;annual_cost.assumption;repatriable_share\nP05;20000000;"a guess";0.5\n'
    beside(rows, more=', source = "accounts, page 3"')
    found = omsorg(
        "explain", "insource", str(tmp_path / "base.toml"), "--figure", "repatriable_volume", "--format", "json"
    )
    assert "accounts, page 3" in found.stdout
    assert "a guess" in found.stdout


def test_columns_reach_into_rows_without_keys_and_say_ranges(beside):
    rows = "programme;annual_cost;repatriable_share;repatriable_share.low;repatriable_share.high;phases.0.share;phases.0.from\n"
    base = BASE.replace(', phases = [{ share = 1, from = "2025-01" }]', "")
    done = beside(rows + "P05;20000000;0,5;0,4;0,6;1;juli 2025\n", "--value", "total_net_saving", base=base)
    # half of 20 million from July: 5 million in 2025 and 10 in 2026, of which a tenth is saved
    assert (done.returncode, float(done.stdout)) == (0, pytest.approx(1_500_000))


def test_a_file_beside_a_scenario_on_standard_input_is_looked_for_in_the_folder(tmp_path, omsorg):
    (tmp_path / "rows.csv").write_text(PLAIN, encoding="utf-8")
    text = BASE.replace("FILE", "rows.csv").replace("MORE", "")
    assert omsorg("insource", "-", "--value", "present_value", text=text, cwd=tmp_path).returncode == 0


def test_a_sheet_of_a_workbook_is_read_with_its_title_lines_above(beside):
    rows = [["Kjøp 2025"], [], ["Område", "Kostnad (1000 kr)", "Andel"], ["P05", 20_000, 0.5], ["P07", 39_000, 0.25]]
    content = workbook(rows, "Kjøp", [("Annet", [["x"]])])
    done = beside(content, more=f'{NAMED}, sheet = "Kjøp"', name="rows.xlsx")
    assert volumes(done) == {None: 19_750_000, "P05": 10_000_000, "P07": 9_750_000}


def test_a_unit_may_be_stated_for_one_column_only(beside):
    rows = "programme;annual_cost;repatriable_share;wage_per_fte;wage_share\nP05;20000;0,5;800000;0,7\n"
    done = beside(rows, more=', unit = { annual_cost = "kNOK" }')
    # 10 million × 0.9 × 0.7 / 800 000
    needed = [one["value"] for one in json.loads(done.stdout)["figures"] if one["figure"] == "fte_needed"]
    assert needed[0] == pytest.approx(7.875)


def test_rows_that_have_names_instead_of_keys_are_named_by_a_column(tmp_path, omsorg):
    (tmp_path / "members.csv").write_text(
        "member;per_inhabitant;population\nAsker;10000;100\nNordre Follo;12000;300\n", encoding="utf-8"
    )
    (tmp_path / "base.toml").write_text(
        'title = "T"\nmunicipality = "M"\nyear = 2020\n[savings]\npopulation = 1000\n[[savings.comparisons]]\nbase = "a"\n'
        'statistic = "weighted_mean"\nown_per_inhabitant = 12_000\nmembers = { rows = "members.csv" }\n',
        encoding="utf-8",
    )
    done = omsorg("savings", str(tmp_path / "base.toml"), "--value", "savings_potential")
    # the mean is 11 500 kroner, weighted by inhabitants: 500 kroner above it, for 1 000 inhabitants
    assert (done.stdout, done.stderr.splitlines()[0]) == (
        "500000\n",
        "omsorg: members.csv: UTF-8, columns separated by semicolons.",
    )


def test_columns_that_are_not_read_are_named(beside):
    done = beside(
        PLAIN.replace("repatriable_share", "repatriable_share,Remark").replace("0.5", "0.5,x").replace("0.25", "0.25,")
    )
    assert 'rows.csv: columns that are not read: "Remark".' in json.loads(done.stdout)["warnings"]


@pytest.mark.parametrize(
    ("content", "more", "told"),
    [
        (PLAIN.replace("0.5", "1.5"), "", "rows.csv, row 2, column C (repatriable_share): insource.purchases.P05.repatriable_share: found"),
        (PLAIN.replace("20000000", "27.759"), "", 'row 2, column B (annual_cost): insource.purchases.P05.annual_cost: found "27.759", which has a comma or a point before exactly three digits'),
        (PLAIN.replace("P07", "P05"), "", "rows.csv, row 3: insource.purchases.P05 has the same programme as an earlier item"),
        (PLAIN.replace("P07", "Sum"), "", 'rows.csv, row 3, column A (programme): found "Sum", a row that adds up others; leave it out'),
        (PLAIN.replace("0.25", "0.25,9"), "", "rows.csv: row 3 has 4 cells, and the headings are 3. Where commas are decimal signs"),
        (PLAIN.replace(",0.5", ",0").replace(",0.25", ""), "", "rows.csv: row 3 has 2 cells, and the headings are 3"),
        ("programme;annual_cost;annual_cost\nP05;1;2\n", "", 'rows.csv, row 1: two columns have the heading "annual_cost"'),
        ("programme;annual_cost;\nP05;1;2\n", "", "rows.csv, row 2, column C stands in a column without a heading"),
        ("programme;annual_cost;repatriable_shar\nP05;1;2\n", "", 'found the column "repatriable_shar", which is no input here. Did you mean "repatriable_share"?'),
        ("programme;annual_cost;repatriable_share\nP05;12,5;0.5\n", "", "rows.csv has decimal commas (rows.csv, row 2, column B) and decimal points (rows.csv, row 2, column C)"),
        ("programme;annual_cost;repatriable_share\nP05;1.234;0,5\n", "", "has a comma or a point before exactly three digits"),
        (PLAIN.replace("P05", "P\0"), "", "rows.csv: row 2 holds a null character"),
        (PLAIN.replace("P05", '"P05'), "", "rows.csv: row 2 is not CSV"),
        ("\n\n", "", "rows.csv has no rows"),
        (b"programme;annual_cost\nP\x81;1", "", "rows.csv is text in neither UTF-8 nor Windows-1252 (byte 24)"),
        ("x;y\n1;2\n", "", "rows.csv: no column is an input. Inputs are: programme, label, contract_followup"),
        ("a,b;c\n1,2;3\n", "", 'rows.csv: its columns may be separated by any of ";" ","; say which (separator)'),
        (PLAIN, ', columns = { annual_cost = "Kostnad" }', 'rows.csv has no column "Kostnad". It has: "programme", "annual_cost", "repatriable_share"'),
        (PLAIN, ', columns = { anual_cost = "annual_cost" }', 'found the column "anual_cost", which is no input here. Did you mean "annual_cost"?'),
        (PLAIN, ', unit = "kilo"', 'unit: "kilo" ends in the unknown unit'),
        (PLAIN, ', unit = "h"', 'unit: found "h", which no column of the file is measured in'),
        (PLAIN.partition("\n")[0], "", "insource.purchases: rows.csv has headings and no rows."),
        (PLAIN, ', sheet = "A"', "rows.csv is not a workbook, and so has no sheets"),
        (PLAIN, ', colums = { a = "b" }', 'colums is an unknown key beside rows. Did you mean "columns"?'),
        (PLAIN, ', separator = "x"', 'rows.csv: found the separator "x"'),
        (PLAIN, ', decimal = "x"', 'decimal: found "x"; allowed: "," or "."'),
        (PLAIN, ', source = "nowhere"', 'found the unknown source "nowhere"'),
        (workbook([["programme"], ["P05"]], more=[("B", [["x"]])]), "", 'rows.csv: sheets with cells: "Ark1", "B"; name the one that is meant'),
        (workbook([["programme"], ["P05"]]), ', sheet = "Ark"', 'rows.csv has no sheet "Ark". Did you mean "Ark1"?'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_with_its_place(beside, content, more, told):
    done = beside(content, more=more)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_stated_decimal_sign_settles_what_can_be_read_in_two_ways(beside):
    rows = "programme;annual_cost;repatriable_share\nP05;20.000.000;0,5\nP06;1.234;0,125\n"
    found = volumes(beside(rows, more=', decimal = ","'))
    assert found == {None: 10_000_154.25, "P05": 10_000_000, "P06": 154.25}


def test_a_number_that_goes_against_the_stated_decimal_sign_is_refused(beside):
    done = beside("programme;annual_cost;repatriable_share\nP05;12.5;0,5\n", more=', decimal = ","')
    assert 'rows.csv, row 2, column B (annual_cost): found "12.5", where the decimal sign is ","' in done.stderr


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1 234,567", ",", 1234.567),
        ("12,567 mill. kr", ",", 12_567_000),
        ("-1.234,5", ",", -1234.5),
        ("1,234,567.5", ".", 1_234_567.5),
        ("1 234,567", ".", None),
        ("1.5", ",", None),
        ("0.25/0.5", ",", None),
        ("ukjent", ",", "ukjent"),
    ],
)
def test_a_number_is_read_by_the_decimal_sign_of_its_file_or_refused(cell, decimal, value):
    from omsorg_cli.core.input_types import Kind
    from omsorg_cli.core.numbers import parse_number
    from omsorg_cli.scenario.columns import Column, raw_of

    column = Column(("x",), Kind("NOK"))
    if value is None:
        with pytest.raises(ValueError, match="where the decimal sign is"):
            raw_of(cell, column, decimal)
    else:
        raw = raw_of(cell, column, decimal)
        assert (raw if raw == cell == value else parse_number(raw)[0]) == value


def test_titles_above_the_headings_may_be_merged(beside, tmp_path):
    book = openpyxl.Workbook()
    for row in (["Kjøp 2025", None, None], ["programme", "annual_cost", "repatriable_share"], ["P05", 100_000, 0.5]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.save(tmp_path / "made.xlsx")
    words = ', columns = { programme = "programme", annual_cost = "annual_cost" }'
    assert volumes(beside((tmp_path / "made.xlsx").read_bytes(), name="rows.xlsx", more=words))["P05"] == 50_000


def test_an_error_in_a_cell_is_no_empty_cell(beside, tmp_path):
    book = openpyxl.Workbook()
    for row in (["programme", "annual_cost", "repatriable_share"], ["P05", 100_000, 0.5]):
        book.active.append(row)
    book.active["C2"] = "#DIV/0!"
    book.active["C2"].data_type = "e"
    book.save(tmp_path / "made.xlsx")
    told = beside((tmp_path / "made.xlsx").read_bytes(), name="rows.xlsx").stderr
    assert "rows.xlsx: Sheet!C2: found an error such as #N/A; allowed: a value, or an empty cell" in told


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
><office:body><office:spreadsheet><table:table table:name="Ark &amp; mer">
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/></table:table-row>
<table:table-row><table:table-cell/>{heads}</table:table-row>
<table:table-row><table:table-cell/>{cells}</table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"""
HEADS = ("programme", "annual_cost", "repatriable_share")


def ods(*cells):
    """A sheet whose headings stand in C3:E3, above the cells."""
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' for one in HEADS
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr(
            "content.xml", ODS.format(heads=f"<table:table-cell/>{texts}", cells="<table:table-cell/>" + "".join(cells))
        )
        packed.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return file.getvalue()


NAME = '<table:table-cell office:value-type="string"><text:p>P05</text:p></table:table-cell>'
COST = '<table:table-cell office:value-type="float" office:value="5"/>'


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((NAME, COST, '<table:table-cell table:formula="of:=1/2"/>'), "E4: found a formula without a stored value"),
        ((NAME, '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" office:value-type="float" office:value="5"/>', "<table:covered-table-cell/>"), "D4:E6: found merged cells"),
        ((NAME, COST, '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'), "E4: found an error such as #N/A"),
    ],
)  # fmt: skip
def test_cells_of_an_opendocument_file_that_say_nothing_are_told_by_their_place(beside, cells, told):
    done = beside(ods(*cells), name="rows.ods")
    assert (done.returncode, f"rows.ods: Ark & mer!{told}" in done.stderr) == (2, True), done.stderr


def test_a_cell_of_an_opendocument_file_beyond_the_last_column_is_refused_and_empty_ones_are_not(beside):
    shares = '<table:table-cell office:value-type="float" office:value="0.5"/>'
    between = '<table:table-cell table:number-columns-repeated="16379"/>'
    done = beside(ods(NAME, COST, shares, between, COST), name="rows.ods")
    assert "rows.ods, sheet Ark & mer: found more than 16384 columns, the most of a sheet." in done.stderr
    assert beside(ods(NAME, COST, shares, between), name="rows.ods").returncode == 0


def test_a_missing_file_is_told(beside, tmp_path, omsorg):
    beside(PLAIN)
    (tmp_path / "rows.csv").unlink()
    assert "There is no file rows.csv." in omsorg("insource", str(tmp_path / "base.toml")).stderr


def test_a_file_that_is_too_large_is_refused_without_reading_it(beside, tmp_path, omsorg):
    beside(PLAIN)
    os.truncate(tmp_path / "rows.csv", 1_000_000_000)
    done = omsorg("insource", str(tmp_path / "base.toml"))
    assert "rows.csv is larger than 200 MB, the most that a file with rows may be." in done.stderr


def test_cells_of_a_workbook_that_say_nothing_clear_are_told_by_sheet_and_cell(beside, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kjøp"
    for row in (["programme", "annual_cost", "repatriable_share"], ["P05", "=2*10000000", 0.5], ["P06", 1_000, 0.5]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "made.xlsx")
    told = beside((tmp_path / "made.xlsx").read_bytes(), name="rows.xlsx").stderr
    assert "rows.xlsx: Kjøp!B2: found a formula without a stored value; open the file in a spreadsheet program" in told
    assert "rows.xlsx: Kjøp!A3:A4: found merged cells" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 and no more", "rows.xlsx is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "rows.xlsx is protected by a password"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_read_is_told(beside, content, told):
    done = beside(content, name="rows.xlsx")
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_a_workbook_whose_directory_points_before_its_beginning_is_told(beside):
    content = bytearray(workbook([["programme", "annual_cost", "repatriable_share"], ["P05", 1, 0]]))
    end = content.rindex(b"PK\x05\x06")
    offset = int.from_bytes(content[end + 16 : end + 20], "little")
    content[end + 16 : end + 20] = (offset + 7).to_bytes(4, "little")  # every part then begins seven bytes too early
    done = beside(bytes(content), name="rows.xlsx")
    assert (done.returncode, "rows.xlsx is damaged" in done.stderr) == (2, True), done.stderr


def test_a_workbook_that_unpacks_to_more_than_is_allowed_is_refused(beside):
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(201):
            part.write(bytes(1_000_000))
    assert "rows.xlsx unpacks to 201 MB; allowed: at most 200 MB." in beside(bomb.getvalue(), name="rows.xlsx").stderr


def test_a_workbook_whose_directory_says_that_it_unpacks_to_little_is_measured(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_BYTES", 1_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(3_000_000))
    lying = bytearray(content.getvalue())
    directory = lying.index(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = (1_000).to_bytes(4, "little")
    with pytest.raises(OmsorgError, match="unpacks to 1 MB; allowed: at most 1 MB"):
        sheets.workbook(bytes(lying), "rows.xlsx")


def test_more_rows_than_are_allowed_are_refused(beside, monkeypatch):
    monkeypatch.setattr("omsorg_cli.scenario.sheets.MOST_ROWS", 2)
    assert "rows.csv has more than 2 rows." in beside(f"{PLAIN}P08,1,0\n").stderr
    rows = [["programme", "annual_cost", "repatriable_share"], ["P05", 1, 0], ["P06", 1, 0], ["P07", 1, 0]]
    assert "rows.xlsx has more than 2 rows." in beside(workbook(rows), name="rows.xlsx").stderr


def test_macros_in_the_workbook_of_a_table_are_not_run(beside, tmp_path):
    content = io.BytesIO(workbook([["programme", "annual_cost", "repatriable_share"], ["P05", 100_000, 0.5]]))
    with zipfile.ZipFile(content, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    done = beside(content.getvalue(), name="rows.xlsm")
    assert volumes(done) == {None: 50_000, "P05": 50_000}
    assert "rows.xlsm has macros; they are not run." in done.stdout


def test_numbers_that_are_text_in_a_workbook_are_read_as_typed_and_a_date_is_no_number(beside):
    head = ["programme", "annual_cost", "repatriable_share"]
    assert volumes(beside(workbook([head, ["P05", "12,5 mill. kr", "50 %"]]), name="rows.xlsx"))["P05"] == 6_250_000
    from datetime import date

    told = beside(workbook([head, ["P05", date(2025, 5, 1), 0.5]]), name="rows.xlsx").stderr
    assert "rows.xlsx: Ark1!B2: found the date 2025-05-01, which a spreadsheet may have made of a number" in told
