"""A result workbook is recomputed as it was asked for, and each cell that differs is told by its place."""

import json
import re
import shutil
import subprocess
import zipfile
from html import escape, unescape
from pathlib import Path

import openpyxl
import pytest

from omsorg_cli.core.seal import digest_of
from omsorg_cli.questions.shared import stored_workbook
from omsorg_cli.scenario.forms import RECORD

SCENARIO = Path(__file__).parents[3] / "scenarios" / "drammen2020.toml"
ALL_PARTS = "The file was compared with the one that omsorg writes, cells and all other parts."
CALC = shutil.which("soffice")
needs_calc = pytest.mark.skipif(CALC is None, reason="LibreOffice Calc (soffice) is not installed")
TO_THE_LAST_DIGIT = "Every field was compared, to the last digit."
CHANGED = "The workbook was changed after it was made."
ASKED = ("savings", "--base", "asss", "--service", "home")
CALCULATION, INPUTS, PUBLISHED, KEPT = (f"xl/worksheets/sheet{number}.xml" for number in (3, 2, 4, 6))
STRINGS, STYLES, BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"


@pytest.fixture(scope="module")
def parts(omsorg, tmp_path_factory):
    """The parts of a workbook of few figures."""
    path = tmp_path_factory.mktemp("made") / "result.xlsx"
    assert omsorg(*ASKED, "--output", str(path)).returncode == 0
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


@pytest.fixture
def verified(omsorg, tmp_path, parts):
    """Writes the workbook with a part in which something was replaced, and holds it against what comes out."""

    def verify(part, pattern, new):
        text, number = re.subn(pattern, new, parts[part], count=1)
        assert number == 1, pattern
        path = packed(tmp_path / "result.xlsx", {**parts, part: text})
        return omsorg("verify", "--result", str(path))

    return verify


@pytest.mark.parametrize(
    "words",
    [
        ["savings", "--base", "asss"],
        ["savings", "--lang", "nb", "--dated"],
        ["insource", "drammen2020+optimistic", "--set", "insource.years=4", "--with", "without_farms"],
        ["fte", "--cost", "5 MNOK"],
        ["simulate", "insource", "drammen2020", "--draws", "500", "--seed", "7"],
        ["sensitivity", "insource", "drammen2020", "--lang", "nb"],
    ],
    ids=" ".join,
)
def test_a_workbook_holds_as_it_was_asked_for(omsorg, tmp_path, words):
    path = tmp_path / "result.xlsx"
    assert omsorg(*words, "--output", str(path)).returncode == 0
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    first, *others = done.stdout.splitlines()
    cells = sum(cell.value not in (None, "") for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row)
    assert re.fullmatch(rf"result\.xlsx holds\. Figures recomputed: \d+; cells compared: {cells}\.", first)
    assert others == [TO_THE_LAST_DIGIT, ALL_PARTS]


OF_SEVERAL = 'The values of the sheet "Comparison" were not compared: they are of several scenarios.'
COMPARISON = "xl/worksheets/sheet4.xml"


@pytest.fixture(scope="module")
def compared(omsorg, tmp_path_factory):
    """The parts of a workbook with a comparison."""
    path = tmp_path_factory.mktemp("compared") / "result.xlsx"
    assert omsorg("compare", "insource", "drammen2020", "drammen2020+optimistic", "--output", str(path)).returncode == 0
    with zipfile.ZipFile(path) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def test_only_the_values_of_a_comparison_are_not_compared_and_that_is_said(omsorg, tmp_path, compared):
    path = packed(tmp_path / "result.xlsx", compared)
    done = omsorg("verify", "--result", str(path))
    first, *others = done.stdout.splitlines()
    sheets = [sheet for sheet in openpyxl.load_workbook(path) if sheet.title != "Comparison"]
    cells = sum(cell.value not in (None, "") for sheet in sheets for row in sheet for cell in row)
    assert first.endswith(f"cells compared: {cells}.")
    assert (done.returncode, others) == (0, [TO_THE_LAST_DIGIT, ALL_PARTS, OF_SEVERAL])
    value = re.sub(r"<v>(\d{5,}\.\d+)</v>", "<v>12345.5</v>", compared[COMPARISON], count=1)
    assert value != compared[COMPARISON]
    done = omsorg("verify", "--result", str(packed(path, {**compared, COMPARISON: value})))
    assert (done.returncode, OF_SEVERAL in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("part", "pattern", "new", "told"),
    [
        (CALCULATION, r"<f>[^<]*</f><v>2020", "<f>2020+0</f><v>2020", 'now "2020+0"'),
        (STYLES, 'formatCode="[^"]*"', 'formatCode="0"', "xl/styles.xml: this part of the file is another one"),
        (BOOK, '(<sheet name="Sources")', r'\1 state="hidden"', "xl/workbook.xml: this part"),
        (BOOK, "Comparison!\\$2:\\$2", "Comparison!$1:$2", "xl/workbook.xml: this part"),
        (COMPARISON, r"<v>(\d{5,}\.\d+)</v>", r"<f>1+1</f><v>\1</v>", "now a formula"),
        (COMPARISON, "<sheetData>", '<sheetData><row r="1" hidden="1"/>', f"{COMPARISON}: this part"),
        (
            COMPARISON,
            "</sheetData>",
            '<row r="9999"><c r="B9999"><v>1</v></c></row></sheetData>',
            "B9999 was empty, now 1",
        ),
        (COMPARISON, "(?s)<sheetData>.*</sheetData>", "<sheetData></sheetData>", f"{COMPARISON}: this part"),
        ("xl/vbaProject.bin", "$", "Sub Auto_Open()", "xl/vbaProject.bin: this part"),
    ],
)
def test_all_else_of_a_workbook_with_a_comparison_is_compared(omsorg, tmp_path, compared, part, pattern, new, told):
    text, number = re.subn(pattern, new, compared.get(part, ""))
    assert number, pattern
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", {**compared, part: text})))
    assert (done.returncode, told in done.stdout) == (1, True), done.stdout


def test_a_scenario_that_is_elsewhere_now_can_be_named(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.xlsx"
    scenario.write_bytes(SCENARIO.read_bytes())
    omsorg("insource", str(scenario), "--output", str(path))
    moved = scenario.rename(tmp_path / "moved.toml")
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, "There is no file" in done.stderr) == (2, True)
    assert omsorg("verify", str(moved), "--result", str(path)).returncode == 0


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_result_in_some_prices_holds(omsorg, tmp_path, form):
    scenario, path = tmp_path / "mine.toml", tmp_path / f"result.{form}"
    prices = '[prices]\nbase_year = 2020\nyears = 8\ndeflator = "d"\n[[prices.indexes]]\nindex = "d"\nrate = "3 %"\n'
    scenario.write_text(f"{SCENARIO.read_text(encoding='utf-8')}\n{prices}", encoding="utf-8")
    assert omsorg("insource", str(scenario), "--prices", "current", "--output", str(path)).returncode == 0
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 0, done.stdout


def test_a_norwegian_workbook_carries_the_digest_that_the_result_has_in_json(omsorg, tmp_path):
    path = tmp_path / "result.xlsx"
    omsorg(*ASKED, "--lang", "nb", "--output", str(path))
    record = json.loads(omsorg(*ASKED, "--format", "json").stdout)
    told = {row[0].value: row[1].value for row in openpyxl.load_workbook(path)["Sammendrag"].iter_rows(max_col=2)}
    assert told["SHA-256 for resultatet"] == record["digest"]


@pytest.mark.parametrize(
    ("part", "pattern", "new", "told"),
    [
        (CALCULATION, r"<v>116443512\.0</v>", "<v>116443513.0</v>", "Calculation!E5 was 116443512, now 116443513"),
        (CALCULATION, r"<v>116443512\.0</v>", "<v></v>", "Calculation!E5 was 116443512, now empty"),
        (CALCULATION, r"<f>E10\*savings_population</f>", "", "Calculation!E5 was a formula, now 116443512"),
        (
            CALCULATION,
            r"E10\*savings",
            "E10+0*savings",
            'Calculation!E5: its formula was "E10*savings_population", now ',
        ),
        (CALCULATION, r'(<c r="E5".*?</c>)', r'\1<c r="F5"><v>1</v></c>', "Calculation!F5 was empty, now 1"),
        (CALCULATION, r'(<c r="E5".*?</c>)', r"\1\1", "Calculation!E5 stands twice"),
        (PUBLISHED, r'(<c r="C3"[^>]*><v>)', r"\g<1>9", "Published!C3 was "),
        (INPUTS, r'(<c r="I3"[^>]*><v>)', r"\g<1>9", "Inputs!I3 was "),
        (STRINGS, "<t>ASSS", "<t>KOSTRA", 'now "KOSTRA'),
        (CALCULATION, '(<c r="E5" s=")28', r"\g<1>29", f"{CALCULATION}: this part of the file is another one"),
        (CALCULATION, '<row r="5" ', '<row r="5" hidden="1" ', f"{CALCULATION}: this part of the file is another one"),
        (STYLES, "saves", "costs", "xl/styles.xml: this part of the file is another one"),
        (BOOK, r"Inputs!\$B\$3<", "Inputs!$B$4<", 'now for "Inputs!$B$4"'),
        (BOOK, 'name="Published"', 'name="Printed"', 'The sheet "Published" is not in the workbook'),
        (BOOK, '(<sheet name="Sources")', r'\1 state="hidden"', f"{BOOK}: this part of the file is another one"),
    ],
)
def test_what_was_changed_is_told_by_its_place(verified, part, pattern, new, told):
    done = verified(part, pattern, new)
    assert done.returncode == 1, done.stdout
    assert "result.xlsx no longer holds." in done.stdout
    assert CHANGED in done.stdout
    assert told in done.stdout


def test_every_cell_that_was_changed_is_told(omsorg, tmp_path, parts, monkeypatch):
    monkeypatch.setattr(stored_workbook, "MOST_TOLD", 10_000)
    changed = dict(parts)
    for part in parts:
        if part.startswith("xl/worksheets/sheet") and part != KEPT:
            changed[part] = re.sub(
                r"(<c [^>]*?)( t=\"\w+\")?>(<f.*?</f>)?<v>.*?</v>", r"\1>\3<v>12345.5</v>", parts[part]
            )
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", changed)))
    told = {re.split(": | was | stands ", line)[0] for line in done.stdout.splitlines()}
    book = openpyxl.load_workbook(packed(tmp_path / "made.xlsx", parts))
    kept = {place(cell) for cell in book["Inputs"]["B"] + book["Inputs"]["I"] if cell.row > 2}
    every = {place(cell) for sheet in book.worksheets[:-1] for row in sheet for cell in row if cell.value is not None}
    assert len(every - kept) > 400
    assert every - told <= kept  # what is an input is told as one


def place(cell):
    return f"{cell.parent.title}!{cell.coordinate}"


def test_an_input_that_was_changed_makes_it_a_scenario(verified):
    done = verified(INPUTS, r'(<c r="B3"[^>]*><v>)', r"\g<1>9")
    told = done.stdout.splitlines()
    assert done.returncode == 1
    assert told[1] == "Inputs were changed in it: it is a scenario now. To run it: omsorg savings result.xlsx"
    assert CHANGED not in told
    assert [line for line in told if "!" in line] == [told[-1]]
    assert re.fullmatch(r"Inputs!B3: savings\.\S+ was (\S+) in the run, now 9\1", told[-1])


def test_beside_a_changed_input_a_changed_text_is_told(omsorg, tmp_path, parts):
    changed = {
        **parts,
        INPUTS: re.sub(r'(<c r="B3"[^>]*><v>)', r"\g<1>9", parts[INPUTS]),
        CALCULATION: parts[CALCULATION].replace("<v>116443512.0</v>", "<v>1.0</v>"),
        STRINGS: parts[STRINGS].replace("<t>The documents that", "<t>Those documents that"),
    }
    told = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", changed))).stdout
    assert 'Sources!A1 was "The documents that values come from.", now "Those documents that' in told
    assert "Calculation!" not in told  # its formulas follow the input


def record_of(parts):
    return json.loads(unescape(re.search(rf"<t[^>]*>{RECORD}(.*?)</t>", parts[STRINGS])[1]))


@pytest.mark.parametrize("change", [lambda one: one["figures"][0].update(value=1.0), lambda one: one.update(more=1)])
def test_a_record_that_was_changed_with_a_digest_worked_out_anew_is_told(omsorg, tmp_path, parts, change):
    kept = record_of(parts)
    change(kept["record"])
    kept["record"]["digest"] = digest_of(kept["record"])
    text = re.sub(rf"{RECORD}.*?</t>", lambda _: f"{RECORD}{json.dumps(kept)}</t>", parts[STRINGS])
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", {**parts, STRINGS: text})))
    assert done.returncode == 1
    assert "The record was changed after it was made." in done.stdout


def test_a_scenario_that_has_changed_since_is_told(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.xlsx"
    text = SCENARIO.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    omsorg("insource", str(scenario), "--output", str(path))
    scenario.write_text(f"# read again\n{text}", encoding="utf-8")
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, "The scenario's text has changed since." in done.stdout) == (0, True), done.stdout
    scenario.write_text(text.replace('"20 MNOK"', '"21 MNOK"'), encoding="utf-8")
    done = omsorg("verify", "--result", str(path))
    told = done.stdout.splitlines()
    assert (done.returncode, told[1]) == (1, "The scenario's text has changed since.")
    assert "purchased[P05] was 20000000.0, now comes out as 21000000.0" in told
    assert CHANGED not in told


def test_another_program_that_saved_it_is_named_and_nothing_it_wrote_anew_is_a_change(omsorg, tmp_path):
    made, path = tmp_path / "made.xlsx", tmp_path / "result.xlsx"
    omsorg(*ASKED, "--output", str(made))
    book = openpyxl.load_workbook(made)
    values = openpyxl.load_workbook(made, data_only=True)
    for sheet in book:  # openpyxl writes formulas without their values
        for row in sheet:
            for cell in row:
                if cell.data_type == "f":
                    cell.value = values[sheet.title][cell.coordinate].value
    book.save(path)
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 1
    assert "Calculation!E5 was a formula, now 116443512" in done.stdout
    assert "The file was saved by another program (Microsoft Excel" in done.stdout


@needs_calc
@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ASKED,
        ("insource", "drammen2020", "--lang", "nb"),
        ("survey",),
        ("compare", "insource", "drammen2020", "drammen2020+optimistic"),
    ],
    ids=" ".join,
)
def test_a_workbook_that_calc_has_saved_holds_until_a_cell_of_it_is_changed(omsorg, tmp_path, words):
    made, path = tmp_path / "in" / "result.xlsx", tmp_path / "result.xlsx"
    made.parent.mkdir()
    omsorg(*words, "--output", str(made))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [CALC, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(made)]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 0, done.stdout
    assert "saved by another program (LibreOffice" in done.stdout
    assert "of which only the values were compared" not in done.stdout
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    value = re.search(r'<c r="(E\d+)"[^>]*><f[^>]*>[^<]*</f><v>([1-9]\d{3,}\.?\d*)</v>', parts[CALCULATION])
    parts[CALCULATION] = parts[CALCULATION].replace(value[0], value[0].replace(f"<v>{value[2]}", f"<v>9{value[2]}"))
    done = omsorg("verify", "--result", str(packed(path, parts)))
    assert (done.returncode, f"!{value[1]} was " in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04", "is damaged"),
        (b"\xd0\xcf\x11\xe0 of old", "is not a workbook in Excel's form of today"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(omsorg, tmp_path, content, told):
    path = tmp_path / "result.xlsx"
    path.write_bytes(content)
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, done.stdout, done.stderr.count("\n"), told in done.stderr) == (2, "", 1, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: {**parts, STRINGS: re.sub(rf"{RECORD}.*?</t>", "</t>", parts[STRINGS])},
        lambda parts: {**parts, STRINGS: re.sub(rf"{RECORD}.*?</t>", f"{RECORD}[1]</t>", parts[STRINGS])},
        lambda parts: {**parts, STRINGS: parts[STRINGS].replace("language&quot;:&quot;en", "language&quot;:&quot;xx")},
        lambda parts: {**parts, STRINGS: parts[STRINGS].replace('"language":"en', '"language":"xx')},
        lambda parts: {**parts, KEPT: parts[KEPT][:-20]},
        lambda parts: {name: text for name, text in parts.items() if name != BOOK},
        lambda parts: {name: text for name, text in parts.items() if name != STRINGS},
    ],
)
def test_a_workbook_without_its_record_is_no_result(omsorg, tmp_path, parts, change):
    changed = change(parts)
    if changed == parts:
        pytest.skip("JSON is written in the other of the two ways")
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", changed)))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr


def test_a_workbook_that_is_to_be_filled_in_is_no_result(omsorg, tmp_path):
    path = tmp_path / "mine.xlsx"
    omsorg("new", "savings", "--output", str(path))
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, done.stdout, "is not a result workbook" in done.stderr) == (2, "", True)


def test_no_more_of_a_workbook_is_unpacked_than_is_compared(omsorg, tmp_path, parts):
    full = {**parts, "xl/media/image1.bin": "0" * 64_000_000}
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", full)))
    assert (done.returncode, done.stdout) == (2, "")
    assert "result.xlsx unpacks to 64 MB; allowed: at most 64 MB." in done.stderr


def test_of_two_parts_with_one_name_none_is_chosen(omsorg, tmp_path, parts):
    path = packed(tmp_path / "result.xlsx", parts)
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr(CALCULATION, parts[CALCULATION].replace("116443512", "1"))
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, "two parts have the name" in done.stderr) == (2, True)


@pytest.mark.parametrize("encoding", ["big5", "utf-7", "UTF-32", "idna", "hex", "rot13", "nothing"])
@pytest.mark.parametrize("part", [BOOK, "xl/_rels/workbook.xml.rels", STRINGS, CALCULATION, KEPT])
def test_a_part_in_an_encoding_that_is_not_read_is_told(omsorg, tmp_path, parts, part, encoding):
    text = parts[part].replace('encoding="UTF-8"', f'encoding="{encoding}"', 1)
    assert text != parts[part]
    path = packed(tmp_path / "result.xlsx", {**parts, part: text})
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert "Traceback" not in omsorg("savings", str(path)).stderr


def test_a_file_of_the_scenario_that_is_no_text_is_told(omsorg, tmp_path, parts):
    changed = with_record(parts, lambda record: record["scenario"].update(file=2020))
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", changed)))
    assert (done.returncode, done.stdout, "scenario.file is not there or not as" in done.stderr) == (2, "", True)


@pytest.fixture(scope="module")
def simulated(omsorg, tmp_path_factory):
    """The parts of a workbook with a simulation."""
    path = tmp_path_factory.mktemp("simulated") / "result.xlsx"
    words = ("simulate", "insource", "drammen2020", "--figure", "present_value", "--draws", "500")
    assert omsorg(*words, "--output", str(path)).returncode == 0
    with zipfile.ZipFile(path) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def with_record(parts, change):
    """The parts with a record that was changed, and its digest worked out anew."""
    kept = record_of(parts)
    change(kept["record"])
    kept["record"]["digest"] = digest_of(kept["record"])
    line = escape(RECORD + json.dumps(kept))
    return {**parts, STRINGS: re.sub(rf"{RECORD}.*?</t>", lambda _: f"{line}</t>", parts[STRINGS])}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"draws": 1_000_000_000}, "question.draws is more than is recalculated (10 000 000 at most)"),
        ({"draws": 10**400}, "question.draws is more than is recalculated"),
        ({"draws": 0}, "question.draws is not there or not as omsorg writes it"),
        ({"seed": -1}, "question.seed is not there or not as omsorg writes it"),
        ({"only_ranged": True}, "question is not there or not as omsorg writes it"),
        ({"verb": "compare"}, "question is not there or not as omsorg writes it"),
        ({"numpy": "2" * 1000}, "question.numpy is not there or not as omsorg writes it"),
    ],
    ids=str,
)
def test_a_question_that_is_none_is_not_asked(omsorg, tmp_path, simulated, change, told):
    parts = with_record(simulated, lambda record: record["question"].update(change))
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", parts)))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert told in done.stderr


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda record: record["figures"].append(record["figures"][0]), 1),
        (lambda record: record["figures"].clear(), 1),
        (lambda record: record["figures"][0].update(figure=[]), 2),
        (lambda record: record["figures"][0].update(figure={}), 2),
        (lambda record: record["figures"][0].pop("figure"), 2),
        (lambda record: record["figures"][0].update(programme={}), 2),
    ],
)
def test_the_figures_of_a_question_are_figures_and_each_stands_once(omsorg, tmp_path, simulated, change, code):
    done = omsorg("verify", "--result", str(packed(tmp_path / "result.xlsx", with_record(simulated, change))))
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
