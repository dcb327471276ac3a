import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from omsorg_cli import __version__
from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.language import spoken
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.render.values import capital
from omsorg_cli.render.workbook import render
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

MADE_UP = str(Path(__file__).parents[2] / "made_up.toml")
SHEETS = ["Summary", "Inputs", "Calculation", "Published", "Sources", "Scenario"]


def made(name, reference, *sets, moment=None, **keys):
    result = result_of(read(reference), Request(sets=sets), name)
    return render(result, Selection(keys).of(result), moment)


@pytest.fixture(scope="module")
def book():
    held = {}

    def of(name, reference, *sets, **keys):
        key = (name, reference, sets, *keys.items())
        if key not in held:
            held[key] = openpyxl.load_workbook(BytesIO(made(name, reference, *sets, **keys)))
        return held[key]

    return of


def cells(book):
    return ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row)


def formula(cell):
    return cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value


def line(book, figure, of, column="value"):
    """The formula of a figure's row in the calculation, and the number of its row."""
    labels = {load(name).label(figure) for name in NAMES}
    sheet = book["Calculation"]
    headings = [str(cell.value) for cell in sheet[2]]
    years = [heading for heading in headings if heading.startswith("=")]
    at = headings.index(column) if isinstance(column, str) else headings.index(years[column])
    for row in sheet.iter_rows(min_row=3):
        if row[0].value in labels and row[1].value == of:
            return formula(row[at]), row[at].row
    raise AssertionError(f"no row {figure} {of}")


@pytest.mark.walk
@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_has_its_six_sheets_on_a4_across_with_headings_in_sight(book, name):
    found = book(name, MADE_UP)
    assert found.sheetnames == SHEETS
    for sheet in found:
        assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == ("9", "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.protection.sheet
        if sheet.title not in ("Summary", "Scenario"):
            assert sheet.freeze_panes == "A3"


def test_in_another_language_formulas_call_sheets_by_the_names_that_they_have_there():
    with spoken("nb"):
        found = openpyxl.load_workbook(BytesIO(made("insource", "drammen2020")))
    assert found.sheetnames == ["Sammendrag", "Inndata", "Beregning", "Publisert", "Kilder", "Scenario"]
    called = {
        name for _, cell in cells(found) if cell.data_type == "f" for name in re.findall(r"([\w']+)!", formula(cell))
    }
    assert called == {"Sammendrag", "Inndata", "Beregning"}
    assert found.defined_names["insource_first_year"].attr_text.startswith("Inndata!$B$")


@pytest.mark.walk
@pytest.mark.parametrize("name", NAMES)
def test_only_the_values_of_inputs_can_be_changed(book, name):
    unlocked = {(sheet, cell.column_letter) for sheet, cell in cells(book(name, MADE_UP)) if not cell.protection.locked}
    assert unlocked == {("Inputs", "B")}


@pytest.mark.walk
@pytest.mark.parametrize("name", NAMES)
def test_each_input_is_named_as_its_path(book, name):
    found = book(name, MADE_UP)
    rows = list(found["Inputs"].iter_rows(min_row=3))
    assert rows
    for row in rows:
        path = row[9].value
        defined = found.defined_names[re.sub(r"[^A-Za-z0-9_]", "_", path)]
        assert defined.attr_text == f"Inputs!$B${row[1].row}"
    assert len(found.defined_names) - sum("Print" in one for one in found.defined_names) == len(rows)


HOSTILE = ("=HYPERLINK", "@A book", "+Nobody", "=1+1", "-A base", "+By ratio", "https://")


@pytest.mark.walk
@pytest.mark.parametrize("name", NAMES)
def test_text_from_a_scenario_is_text(book, name):
    found = book(name, MADE_UP)
    texts = [
        cell for _, cell in cells(found) if isinstance(cell.value, str) and any(one in cell.value for one in HOSTILE)
    ]
    assert texts
    for cell in texts:
        beside_texts = re.sub(r'"(?:[^"]|"")*"', "", cell.value) if cell.data_type == "f" else ""
        assert not any(one.lstrip("=@+-") in beside_texts for one in HOSTILE)
        assert cell.hyperlink is None
    with zipfile.ZipFile(BytesIO(made(name, MADE_UP))) as file:
        assert not any("external" in part or b'TargetMode="External"' in file.read(part) for part in file.namelist())


def test_the_potential_is_the_gap_times_the_inhabitants(book):
    found = book("savings", "baerum2016")
    gap, row = line(found, "gap_per_inhabitant", "ASSS (mean of the ten largest cities), all care")
    assert gap == "=savings_comparisons_asss_total_gap_per_inhabitant"
    assert (
        line(found, "savings_potential", "ASSS (mean of the ten largest cities), all care")[0]
        == f"=E{row}*savings_population"
    )


def test_sums_are_over_ranges_and_years_stand_side_by_side(book):
    found = book("insource", "drammen2020")
    first = line(found, "net_saving", "People with disabilities")[1]
    assert line(found, "net_saving", "all", 0)[0] == f"=SUM(F{first}:F{first + 2})"
    assert line(found, "net_saving", "all", 2)[0] == f"=SUM(H{first}:H{first + 2})"
    assert line(found, "net_saving", "all")[0] == f"=SUM(F{first - 1}:H{first - 1})"
    factors = line(found, "discount_factor", "all")[1]
    assert line(found, "present_value", "all")[0] == f"=SUMPRODUCT(F{first - 1}:H{first - 1}*F{factors}:H{factors})"


def test_the_years_follow_the_first_year(book):
    headings = [cell.value for cell in book("insource", "drammen2020")["Calculation"][2]]
    assert headings[5:] == ["=insource_first_year", "=F$2+1", "=G$2+1"]


def input_row(book, path):
    return next(row for row in book["Inputs"].iter_rows(min_row=3) if row[9].value == path)


NEEDED_BESIDE = {
    "an investment is paid off": ("insource", "drammen2020", "insource.purchases.P06.lifetime"),
    "at an interest": ("insource", "drammen2020", "insource.purchases.P06.interest_rate"),
    "what is brought home costs something": ("insource", "drammen2020", "insource.purchases.P05.own_cost_ratio"),
    "a buffer works in one way or the other": ("budget-model", "baerum2016", "budget_model.models.baerum.buffer_mode"),
    "what is asked is met or not": ("organise", "gardermoen", "organise.models.joint_contract.requirements.investment.meets"),
    "each counts as one, of so many": ("survey", "survey2023", "survey.tables.18_2.answers"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "reference", "path"), NEEDED_BESIDE.values(), ids=NEEDED_BESIDE.keys())
def test_what_an_input_needs_beside_it_has_a_cell_to_fill_in(book, name, reference, path):
    row = input_row(book(name, reference), path)
    assert (row[1].value, row[5].value, row[8].value) == (None, "fill in", None)
    assert not row[1].protection.locked
    rules = {str(rule.sqref) for rule in book(name, reference)["Inputs"].data_validations.dataValidation}
    assert row[1].coordinate in rules


SHAPE = {
    "how many years": ("plan", "drammen2017", "plan.years"),
    "whose row": ("index", "baerum2016", "index.indicators.efficiency/asss.whose"),
    "which row is meant": ("market", "survey2023", "market.providers.stiftelsen_guts.same_as"),
}


@pytest.mark.parametrize(("name", "reference", "path"), SHAPE.values(), ids=SHAPE.keys())
def test_what_decides_the_shape_of_a_table_is_not_changed_in_it_and_says_so(book, name, reference, path):
    row = input_row(book(name, reference), path)
    assert row[1].protection.locked
    assert row[7].value.endswith("change it by --set in a new run, not here.")


def test_a_year_that_has_no_answer_yet_has_its_cell(book):
    found = book("growth", "gardermoen")
    reached, at = line(found, "number", "Dwellings for people with developmental disabilities, Bærum", 14)
    assert found["Calculation"].cell(at, 20).value == reached  # 2037, the year after the target
    assert reached.startswith("=IF(")
    assert line(found, "cost", "Dwellings for people with developmental disabilities, Bærum", 17)[0]


SUM = "The sum of the rows below."
WAYS = {
    "of a programme": (
        "Institutions and home services",
        "purchase_avoided − own_cost − startup_cost − exit_cost − capital_cost + other_effects",
    ),
    "of a category": (
        "Substance use and mental health, Short stays with round-the-clock care",
        "purchase_avoided − own_cost",
    ),
    "of all": ("all", ""),
}


@pytest.mark.parametrize(("of", "told"), WAYS.values(), ids=WAYS.keys())
def test_a_row_tells_the_way_that_was_taken_for_it(book, of, told):
    found = line(book("insource", "drammen2020"), "net_saving", of, "how it is calculated")[0]
    formula = re.sub(r"\w+", lambda one: load("insource").label(one[0]), told)
    assert found.endswith(f" = {formula}; sum: {SUM}" if told else SUM)


def test_a_row_tells_another_way_once_an_input_chooses_it(book):
    told, _ = line(book("insource", "drammen2020"), "annuity_of_investment", "Institutions and home services", "how it is calculated")  # fmt: skip
    name = load("insource").label
    row = "(Institutions and home services)"
    assert re.fullmatch(
        r'=IF\(insource_purchases_P06_investment=0,"[^"]+",'
        r'IF\(AND\(insource_purchases_P06_interest_rate<>"",insource_purchases_P06_lifetime<>""\),'
        rf'"[^"]+ = annuity\({name("investment")}, {name("interest_rate")}, {name("lifetime")}\)",'
        rf'"not calculated: fill in {re.escape(name("interest_rate"))} {re.escape(row)}; '
        rf'{re.escape(name("lifetime"))} {re.escape(row)} on the sheet Inputs"\)\)',
        told,
    )


def test_a_row_asks_for_what_it_needs_though_another_row_asks_for_it_too(book):
    told, _ = line(book("insource", "drammen2020"), "capital_at_start", "Institutions and home services", "how it is calculated")  # fmt: skip
    lifetime = load("insource").label("lifetime")
    assert f'"not calculated: fill in {lifetime} (Institutions and home services) on the sheet Inputs"' in told


def test_a_headline_says_in_words_what_is_missing(book):
    sheet = book("insource", "drammen2020")["Summary"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Present value")
    assert row[2].value.startswith("=IF(ISNUMBER(Calculation!")
    assert row[2].value.endswith(',"not calculated")')
    assert row[4].value.count('="not calculated"') > 3


def test_a_headline_without_an_answer_stands_there_with_the_reason(book):
    ratio = "insource.purchases.P06.own_cost_ratio=1.05"
    sheet = book("insource", "drammen2020", ratio, "insource.purchases.P07.own_cost_ratio=1.05")["Summary"]
    row = next(row for row in sheet.iter_rows() if row[0].value == capital(load("insource").label("payback_year")))
    assert f',"{load("insource").units["payback_year"].no_answer}"' in row[4].value


def faded(sheet):
    """The ranges that stand back, with the test for it."""
    rules = sheet.conditional_formatting
    return {str(at.sqref): rule.formula[0] for at in rules for rule in at.rules if rule.type == "expression"}


def test_words_stand_back_once_an_input_is_changed(book):
    sheet = book("savings", "baerum2016")["Summary"]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    at = rows["Inputs changed in this workbook"]
    held = {place for place, test in faded(sheet).items() if test == f"Summary!$C${at}>0"}
    spans = [tuple(int(end[1:]) for end in place.split(":")) for place in held]

    def stands_back(text):
        return any(first <= rows[text] <= last for first, last in spans)

    assert stands_back(next(text for text in rows if "116 million NOK" in str(text)))
    assert not stands_back(f"– {load('savings').caveats[-1]}")
    assert f"=IF(Summary!$C${at}>0," in next(text for text in rows if "as the scenario had it" in str(text))


def test_what_a_changed_value_rested_on_stands_back(book):
    sheet = book("savings", "baerum2016")["Inputs"]
    assert faded(sheet)[f"D3:G{sheet.max_row}"] == "$B3<>$I3"


WORDS = {
    "insource.purchases.P06/temporary_stay.repatriable_share": ("assumption", "FFFFF2CC"),
    "insource.purchases.P06.annual_cost": ("published", "FFE2F0D9"),
    "insource.purchases.P06.occupancy": ("default", "FFEDEDED"),
    "insource.discount_rate": ("set by the user", "FFDDEBF7"),
}


@pytest.mark.parametrize(("path", "looks"), WORDS.items(), ids=WORDS.keys())
def test_what_a_value_rests_on_stands_out_by_a_word_and_a_colour(book, path, looks):
    sheet = book("insource", "drammen2020", "insource.discount_rate=0.05")["Inputs"]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[9].value == path)
    assert (row[5].value, row[1].fill.start_color.rgb) == looks


def test_ranges_and_reasons_stand_beside_the_values(book):
    sheet = book("insource", "drammen2020")["Inputs"]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[9].value == "insource.purchases.P06.own_cost_ratio")
    assert [cell.value for cell in row[1:7]] == [
        0.9,
        "ratio",
        0.75,
        1.05,
        "assumption",
        "answer 3 says the cost is lower, but not by how much",
    ]


def test_cells_take_what_the_scenario_would(book):
    found = book("insource", "drammen2020")["Inputs"].data_validations.dataValidation
    rules = {str(rule.sqref): rule.formula1 for rule in found}
    sheet = book("insource", "drammen2020")["Inputs"]
    row = next(row[0].row for row in sheet.iter_rows(min_row=3) if row[9].value.endswith("P06.own_cost_ratio"))
    assert rules[f"B{row}"] == f"AND(ISNUMBER(B{row}),B{row}>0)"


def test_the_published_stand_beside_what_the_calculation_gives(book):
    found = book("savings", "baerum2016")
    sheet = found["Published"]
    row = next(
        row
        for row in sheet.iter_rows(min_row=3)
        if row[0].value == "need-adjusted saving" and row[1].value == "ASSS (mean of the ten largest cities), all care"
    )
    at = line(found, "savings_potential", "ASSS (mean of the ten largest cities), all care")[1]
    assert (row[2].value, row[4].value, row[6].value) == (116_000_000, "about", f"=Calculation!$E${at}")
    assert (
        row[7].value
        == f'=IF(OR(C{row[0].row}=0,NOT(ISNUMBER(G{row[0].row}))),"",(G{row[0].row}-C{row[0].row})/ABS(C{row[0].row}))'
    )


def test_the_sources_are_those_that_are_used_with_their_places_and_words(book):
    rows = list(
        book("savings", "baerum2016", base=("asss",), service=("total",))["Sources"].iter_rows(
            min_row=3, values_only=True
        )
    )
    assert {row[0] for row in rows} == {"baerum2017"}
    words = {place: quoted for *_, place, quoted in rows}
    start = {
        "fn. 15": "«På dette tidspunkt 124 008 innbyggere.»",
        "table 3-1 (2016)": "«Bærum 94,0 %",
        "3.1.2, paragraph 2": "«Bærum bruker 939 kroner eller 5,5 % mer",
        "summary, Innsparingspotensial, paragraph 1": "«Av de ti største kommunene",
        "fn. 12": "«Vi har beregnet snittet for de ti største",
        "3.3.1 after table 3-2, paragraph 1": "«I 2016 var gjennomsnittlig lønnsutgift",
    }
    assert set(words) == set(start)
    assert all(words[place].startswith(begins) for place, begins in start.items())


def test_a_filter_leaves_only_what_the_shown_figures_rest_on(book):
    rows = [row[9].value for row in book("fte", MADE_UP, service=("s1",))["Inputs"].iter_rows(min_row=3)]
    shown = {path.rpartition(".")[0] for path in rows}
    assert shown == {"common", "fte", "fte.services.s1/others"}


def test_the_summary_says_what_was_changed_and_what_made_it(book):
    texts = [
        cell.value
        for row in book("insource", "drammen2020", "insource.discount_rate=0.05")["Summary"].iter_rows()
        for cell in row
    ]
    assert "– discount rate from 4% to 5% [insource.discount_rate]" in texts
    assert f"omsorg {__version__}" in texts
    assert read("drammen2020").sha256 in texts
    assert "insource.discount_rate=0.05" in texts
    assert "time" not in texts


def test_two_runs_give_the_same_bytes_and_the_time_only_if_it_is_told():
    assert made("insource", "drammen2020") == made("insource", "drammen2020")
    timed = made("insource", "drammen2020", moment="2026-01-02T03:04:05+01:00")
    texts = [cell.value for _, cell in cells(openpyxl.load_workbook(BytesIO(timed)))]
    assert "2026-01-02T03:04:05+01:00" in texts


@pytest.mark.slow
def test_figures_by_year_are_drawn(book):
    with zipfile.ZipFile(BytesIO(made("insource", "drammen2020"))) as file:
        chart = file.read("xl/charts/chart1.xml").decode()
    at = line(book("insource", "drammen2020"), "net_saving", "all")[1]
    assert f"Calculation!$F${at}:$H${at}" in chart
    with zipfile.ZipFile(BytesIO(made("savings", "baerum2016"))) as file:
        assert not any("chart" in part for part in file.namelist())


def test_signs_of_the_footers_language_are_text(book, tmp_path):
    path = tmp_path / "footer.toml"
    path.write_text(Path(MADE_UP).read_text().replace("http://example.org", "R&G &[Picture]"))
    footer = openpyxl.load_workbook(BytesIO(made("fte", str(path))))["Summary"].oddFooter
    assert "R＆G ＆[Picture]" in footer.left.text


@pytest.mark.slow
def test_many_years_and_rows_fit(book):
    found = book("insource", "drammen2020", "insource.years=60")
    assert found["Calculation"].max_column == 5 + 60


REFUSED = {
    "another suffix": (["--output", "{}/result.xls"], "the suffix names no format"),
    "no suffix": (["--output", "{}/result"], "the suffix names no format"),
    "as a format": (["--format", "xlsx"], "write --output FILE.xlsx alone"),
    "another format beside it": (["--output", "{}/result.xlsx", "--format", "json"], "the suffix says xlsx, --format says json"),
    "bare numbers": (["--output", "{}/result.xlsx", "--value", "savings_potential"], "cannot be used together"),
    "a folder that is not there": (["--output", "{}/none/result.xlsx"], "cannot be written: the file or the folder does not exist"),
    "a folder": (["--output", "{}"], "the suffix names no format"),
    "a time without a record": (["--dated"], "--dated goes with JSON and with workbooks"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_written_is_refused_and_nothing_is(omsorg, tmp_path, words, told):
    ended = omsorg("savings", *(word.format(tmp_path) for word in words))
    assert ended.returncode == 2
    assert told in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_workbook(process, tmp_path):
    target = tmp_path / "result.XLSX"
    ended = process("insource", "drammen2020", "--output", str(target))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert target.read_bytes() == made("insource", "drammen2020")


def test_a_dated_result_says_when(omsorg, tmp_path):
    ended = omsorg("savings", "baerum2016", "--format", "json", "--dated")
    assert re.search(r'"time": "20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"', ended.stdout)
    assert '"time"' not in omsorg("savings", "baerum2016", "--format", "json").stdout


def test_only_a_workbook_costs_its_library(process):
    ended = process("savings", "baerum2016", "--format", "json", PYTHONVERBOSE="1")
    assert "import 'omsorg_cli" in ended.stderr
    assert "xlsxwriter" not in ended.stderr


def test_a_conversion_that_is_typed_has_a_workbook_without_results_of_other_rows(omsorg, tmp_path):
    path = tmp_path / "fte.xlsx"
    done = omsorg("fte", "--hours", "1000", "--output", path)
    assert done.returncode == 0, done.stderr
    assert "Calculation" in openpyxl.load_workbook(path).sheetnames


def test_the_workbook_of_a_comparison_has_the_years_of_the_first_side(omsorg, tmp_path):
    path = tmp_path / "c.xlsx"
    assert omsorg("compare", "insource", "drammen2020", "drammen2020+optimistic", "--output", path).returncode == 0
    texts = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Summary"]]
    assert ["6.5", "24.5", "26.5", "57.5"] in [row[1:5] for row in texts]


def test_the_source_of_a_number_that_is_passed_on_stands_back_once_its_cell_is_changed(omsorg, tmp_path):
    path = tmp_path / "s.xlsx"
    assert omsorg("savings", "baerum2016", "--output", path).returncode == 0
    sheet = openpyxl.load_workbook(path)["Calculation"]
    (row,) = [
        r
        for r in range(1, sheet.max_row)
        if sheet.cell(r, 4).value == "Forvaltningsrevisjon: hjemmebaserte tjenester i Bærum kommune, 3.2.2, paragraph 1"
        and "home services" in str(sheet.cell(r, 2).value)
        and "ASSS" in str(sheet.cell(r, 2).value)
        and sheet.cell(r, 1).value == load("savings").label("gap_share")
    ]
    rules = [
        rule.formula[0]
        for held in sheet.conditional_formatting
        if f"D{row}" in held.cells
        for rule in held.rules
        if rule.formula
    ]
    (rule,) = rules
    cell = sheet.cell(row, 5).value.removeprefix("=")
    names = openpyxl.load_workbook(path).defined_names
    place = names[cell].attr_text
    assert rule == f"OR({place}<>{place.replace('$B$', '$I$')})"


def test_a_date_is_refused_where_a_year_is_typed_for_it(omsorg, tmp_path):
    path = tmp_path / "i.xlsx"
    assert omsorg("insource", "drammen2020", "--output", path).returncode == 0
    sheet = openpyxl.load_workbook(path)["Inputs"]
    (row,) = [
        r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 10).value == "insource.purchases.P06.phases.0.from"
    ]
    (rule,) = [one.formula1 for one in sheet.data_validations.dataValidation if f"B{row}" in one.sqref]
    assert rule == f"AND(ISNUMBER(B{row}),B{row}>=DATE(1950,1,1))"
