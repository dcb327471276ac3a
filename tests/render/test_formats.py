"""Each renderer renders each calculator, and what it says agrees with the figures."""

import csv
import io
import json
import re
from string import Formatter

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.view import BySign, Grid, Lines, Listing, Matrix, SideBySide, Years
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.render import data, markdown, table, words
from omsorg_cli.render.document import document
from omsorg_cli.render.parts import Heading, Sentences, Sheet
from omsorg_cli.render.templates import IN_SCALE, SCALED, WHY
from omsorg_cli.render.templates import NAMES as NAMING
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request, open_scenario
from omsorg_cli.scenario.read import read, shipped

OF_THE_WHOLE = "total"
"""What stands in the row without a coordinate on an axis."""
EACH = [pytest.param(name, marks=() if name in ("savings", "insource") else pytest.mark.walk) for name in NAMES]


@pytest.fixture(scope="module", params=EACH)
def result(request):
    calculator = load(request.param)
    return run(prepare(read(calculator.scenario), Request(), request.param), request.param)


def templates(view):
    """Every template of the view: of its heading, its rows and its sentences."""
    sentences = {
        Grid: lambda view: [view.heading, *(column.cell for column in view.columns), *view.below],
        Listing: lambda view: [view.heading, *(cell for _, cells in view.rows for cell in cells)],
        Lines: lambda view: [view.heading, *view.templates],
        Matrix: lambda view: [view.heading, view.whole],
        SideBySide: lambda view: [view.heading, view.corner, *(text for row in view.rows for text in row)],
        Years: lambda view: [view.heading, *(label for label, _ in view.rows)],
    }[type(view)](view)
    return [text for one in sentences for text in texts_of(one)]


def texts_of(sentence):
    """The texts of which one is said: the first that can be, or by the sign of a figure."""
    if isinstance(sentence, str):
        return [sentence]
    texts = sentence.texts if isinstance(sentence, BySign) else sentence
    return [text for one in texts for text in texts_of(one)]


def drawn(view):
    """The figures that the view names outside its templates, and the axes."""
    match view:
        case Grid():
            return {column.bar for column in view.columns if column.bar}, {*view.rows, *view.per}
        case Listing():
            return {figure for figure in view.drawn if figure}, set(view.per)
        case Matrix():
            return {view.figure}, set(view.rows)
        case Years():
            return {*(figure for _, figure in view.rows), *view.drawn, view.unless_zero} - {""}, set()
        case SideBySide():
            return set(), {view.per, view.across}
    return set(), set(view.per)


def test_every_template_names_figures_and_ways_that_there_are(result):
    calculator = result.calculator
    common = {"municipality", "year", "years"}
    names = {*calculator.figures, *calculator.keys, *calculator.input_levels, *common}
    for view in (*calculator.answer, *calculator.views, *calculator.details):
        figures, axes = drawn(view)
        assert figures <= set(calculator.figures)
        assert axes <= set(calculator.keys)
        for _, field, way, _ in Formatter().parse(" ".join(templates(view))):
            if field in ("unit", "counted") and isinstance(view, Grid | Listing | Matrix | Years):
                continue  # of the table, in its heading or the label of a row
            if field:
                assert field in names, field
                allowed = {OF_THE_WHOLE} if field in calculator.keys else {*words.WAYS, SCALED, *IN_SCALE, WHY, NAMING}
                assert not way or way in allowed, way


def test_the_table_has_each_headline_figure_in_words(result):
    text = table.render(document(result, result.figures, full=True))
    headlines = [one for one in result.figures if one.figure in result.calculator.headlines]
    assert headlines
    for one in headlines:
        said = [way(one.value, one.unit) for way in words.WAYS.values()]
        said.append(words.number(abs(one.value) / words.MILLION, 1))  # in a table by year
        assert any(text_of_it and text_of_it in text for text_of_it in said), one


@pytest.mark.slow
def test_the_table_has_no_colour_unless_asked_and_fits_its_width(result):
    parts = document(result, result.figures, full=True)
    assert "\x1b" not in table.render(parts)
    assert "\x1b[1m" in table.render(parts, colour=True, width=100)
    assert max(map(len, table.render(parts, width=90).splitlines())) <= 90


def test_markdown_has_the_same_cells_as_the_document(result):
    parts = document(result, result.figures, full=True)
    text = markdown.render(parts)
    assert "█" not in text
    for part in parts:
        if isinstance(part, Heading):
            assert f"{'#' * part.level} {markdown.escape(part.text)}" in text.splitlines()
        elif isinstance(part, Sheet):
            assert all(markdown.escape(cell) in text for row in part.as_read().rows for cell in row)
        else:
            assert isinstance(part, Sentences)
            assert all(markdown.escape(line) in text for line in part.lines)


def test_json_has_the_records_with_each_key_and_their_assumptions(result):
    found = json.loads(data.render_json(result, result.figures))
    assert found["format"] == "omsorg.result/1"
    assert {"calculator", "scenario", "figures", "assumptions", "missing", "caveats", "warnings"} <= set(found)
    stated = {one["input"] for one in found["assumptions"]}
    for one in found["figures"]:
        span = one.pop("rounding", None)
        assert {"figure", "value", "unit", "direction", "assumptions", *result.calculator.keys} == set(one)
        if span is not None:
            assert one["figure"] in result.calculator.headlines
            assert span["low"] <= one["value"] <= span["high"]
        assert set(one["assumptions"]) <= stated
    assert found["assumptions"] == [] or stated == {path for one in found["figures"] for path in one["assumptions"]}


def test_direction_stands_on_money_that_may_be_either(result):
    for one in result.figures:
        expected = None
        if one.figure in {"net_saving", "savings_potential", "wage_effect", "cost_by_wage_gap", "gap_per_inhabitant"}:
            expected = "saves" if one.value > 0 else "costs" if one.value < 0 else "none"
            assert one.direction == expected
        elif one.figure in {"own_cost", "hours", "fte", "gap_share", "payback_year"}:
            assert one.direction is None


def test_csv_gives_the_numbers_back_as_they_are(result):
    rows = list(csv.DictReader(io.StringIO(data.render_csv(result, result.figures))))
    assert [float(row["value"]) for row in rows] == pytest.approx(
        [one.value for one in result.figures], rel=1e-14, abs=0
    )


def test_csv_text_that_begins_as_a_formula_does_stays_text():
    for text in (
        "=1+1",
        "+1+1",
        "-1-1",
        "@x",
        " =1",
        '"=1"',
        "-",
        "--5",
        "+A1",
        "-5 kroner",
        "-5|1",
        "=5",
        "﹦1",
        "＝1",
    ):
        assert data.text_cell(text) == f"'{text}"
    assert data.text_cell("P07") == "P07"


@pytest.mark.parametrize(
    "text", ["-5", "+1", "-5.5", "-5,5", "-1.5e-05", "-12 000", "-1 234,5", "-5%", "-5,5 %", "+47 22 86 10 00", "−5"]
)
def test_a_number_is_no_formula_and_stays_as_it_is(text):
    assert data.text_cell(text) == text
    assert data.csv_cell(text, ";") == text


@pytest.mark.parametrize(
    ("text", "separator", "cell"),
    [
        ("x;=7*6;y", ",", '"x;\'=7*6;y"'),
        ("x,=7*6,y", ";", '"x,\'=7*6,y"'),
        ("x,=7*6,y", ",", '"x,=7*6,y"'),
        ('x;"=7*6";y', ",", '"x;\'""=7*6"";y"'),
        ("x;y", ",", '"x;y"'),
        ("x, y", ";", '"x, y"'),
        ("-5;5", ",", '"-5;5"'),
        ("5,5", ",", '"5,5"'),
        (-5.5, ";", "-5.5"),
        (None, ";", ""),
    ],
)
def test_a_cell_stays_one_cell_and_text_where_a_spreadsheet_has_another_separator(text, separator, cell):
    assert data.csv_cell(text, separator) == cell


def test_each_figure_in_words_has_each_unit(result):
    assert all(words.amount(one.value, one.unit) for one in result.figures)


def test_a_selection_of_one_programme_shows_its_own_years():
    whole = run(prepare(read("drammen2020"), Request(), "insource"), "insource")
    shown = Selection({"programme": ("P07",), "category": (), "year": ()}).of(whole)
    text = table.render(document(whole, shown, full=True))
    assert "Substance use and mental health" in text
    assert re.search(r"purchases avoided +0\.6 +4\.5 +6\.5 +11\.6", text)
    assert "Institutions" not in text


def test_a_row_for_the_whole_is_named_and_has_no_input_of_another_row():
    whole = run(prepare(read("survey2023"), Request(), "survey"), "survey")
    only = dict.fromkeys(whole.calculator.keys, ())
    text = table.render(document(whole, Selection({**only, "question": ("own_places",)}).of(whole), full=True))
    assert re.search(
        r"Over 20 persons +19 +19\.4% +40\.0 +760\.0 +399 +64\.5%\n +total +98 +100\.0% +n/a +1 179\.0 +685 +n/a\n",
        text,
    )
    text = table.render(document(whole, Selection({**only, "question": ("bought",)}).of(whole), full=True))
    assert "total" not in text  # a sum alone is in the answer
    assert "1 500 persons if municipalities in the open class have 40 each on average" in text


PARTS = [(scenario, name) for scenario in shipped() for name in open_scenario(read(scenario)).inputs]


@pytest.mark.parametrize(("scenario", "calculator"), PARTS)
def test_no_cell_of_a_number_is_empty_and_no_key_is_shown_as_it_is_typed(scenario, calculator):
    result = run(prepare(read(scenario), Request(), calculator), calculator)
    for part in document(result, result.figures, full=True):
        if isinstance(part, Sheet) and part.headings[0] != "figure":  # a figure is named as options name it
            assert not [cell for row in part.rows for cell in row if re.search("[a-z]_[a-z0-9]", cell)]
            for column in zip(*part.rows, strict=True):
                if any(re.match(r"(saves |costs )?[0-9]", cell) for cell in column):
                    assert "" not in column, column


@pytest.mark.parametrize("name", NAMES)
def test_a_new_scenario_is_told_in_words(omsorg, name):
    told = omsorg(name, "-", text=omsorg("new", name).stdout).stdout
    assert not re.search("[a-z]_[a-z0-9]", told.partition("What it rests on")[0])


def test_what_is_nothing_is_said_and_what_is_not_known_too(omsorg):
    told = omsorg("organise").stdout
    assert re.search(r"^ *Home-based care +105\.5% +0\.0%$", told, re.MULTILINE)  # more than all have a channel
    assert re.search(
        r"^ *Cost per user \(2015\), not adjusted for coverage +n/a +n/a +n/a +380\.0$",
        omsorg("index").stdout,
        re.MULTILINE,
    )
    assert re.search(
        r"^ *net saving to date +0\.6 +2\.6 +4\.6 +n/a$", omsorg("insource", "--full").stdout, re.MULTILINE
    )
    assert "per FTE" in omsorg("sick-leave", "--full").stdout
    assert ", an FTE" not in omsorg("sick-leave", "--full").stdout
