"""CSV for people: a spreadsheet with Norwegian settings takes every number as a number, and labels are read."""

import csv
import shutil
import subprocess
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.directions import EITHER_WAY
from omsorg_cli.core.language import spoken
from omsorg_cli.render.people_csv import _in_order, people_csv
from omsorg_cli.result import result_of, run
from omsorg_cli.scenario.load import Request, open_scenario
from omsorg_cli.scenario.read import read, shipped

MADE_UP = str(Path(__file__).parents[1] / "made_up.toml")

VALUE = 4
"""The column of the values, after the figure, the programme, the category and the year."""
SEMICOLON, UTF_8, FIRST_LINE, NORWEGIAN_BOKMAL = 59, 76, 1, 1044
OPENED_AS = f"CSV:{SEMICOLON},34,{UTF_8},{FIRST_LINE},,{NORWEGIAN_BOKMAL},false,true"


@pytest.fixture(scope="module")
def written():
    with spoken("nb"):
        result = result_of(read("drammen2020"), Request(), "insource")
        return result, people_csv(result, result.figures)


def rows_of(text):
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


def test_it_begins_with_the_mark_of_utf_8_and_headings(written):
    _, text = written
    assert text.startswith("\ufeff")
    assert len(rows_of(text)[0]) == 1 + 3 + 3  # figure, programme, category, year, value, unit, direction


def test_numbers_have_a_decimal_comma_and_nothing_between_thousands(written):
    result, text = written
    for figure, row in zip(_in_order(result.figures), rows_of(text)[1:], strict=False):
        assert float(row[VALUE].replace(",", ".")) == pytest.approx(figure.value, rel=1e-14)
        assert "." not in row[VALUE]


def test_the_caveats_stand_once_and_after_the_figures(written):
    result, text = written
    for caveat in result.calculator.caveats:
        assert text.count(caveat) <= 1
    rows = rows_of(text)
    assert rows.index([]) == len(result.figures) + 1
    assert all(len(row) == 1 for row in rows[len(result.figures) + 2 :])


def test_the_years_of_a_row_come_before_their_total_and_parts_before_the_whole(written):
    _, text = written
    avoided = [tuple(row[1:4]) for row in rows_of(text) if row and row[0] == "Sparte kjøp"]
    addiction = "Rus og psykisk helse"
    assert avoided[-8:] == [
        *((addiction, "", year) for year in ("2020", "2021", "2022", "alle år")),
        *(("", "", year) for year in ("2020", "2021", "2022", "alle år")),
    ]


def test_no_key_that_only_scripts_know_is_read(written):
    _, text = written
    for key in ("net_saving", "P06", "dementia_long_term", "NOK/year"):
        assert f";{key};" not in f";{text.replace(chr(13), ';')}", key


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_number_is_a_number_in_a_spreadsheet_with_norwegian_settings(written, tmp_path):
    result, text = written
    path = tmp_path / "result.csv"
    path.write_bytes(text.encode())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", f"--infilter={OPENED_AS}", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(path)], check=True, capture_output=True, timeout=180)
    sheet = openpyxl.load_workbook(tmp_path / "result.xlsx").active
    found = [row[VALUE].value for row in sheet.iter_rows(min_row=2, max_row=len(result.figures) + 1)]
    assert {type(value) for value in found} <= {int, float}
    assert found == pytest.approx([figure.value for figure in _in_order(result.figures)])


def test_shares_are_in_per_cent_and_say_so():
    # 5.5 % is printed; 939 and 17 073 per inhabitant
    with spoken("nb"):
        result = result_of(read("baerum2016"), Request(), "savings")
        rows = rows_of(people_csv(result, result.figures))
    (row,) = [
        row
        for row in rows
        if row[:3] == ["Forskjell i prosent", "ASSS (snittet av de ti største kommunene)", "pleie og omsorg"]
    ]
    assert (float(row[3].replace(",", ".")), row[4]) == (pytest.approx(5.5), "prosent")


NO_DIFFERENCE = {
    "amount",
    "current_own_cost",
    "current_purchase_avoided",
    "effect_of_potential",
    "extra_hour_net",
    "fte_needed",
    "kept_share",
    "own_cost",
    "purchase_avoided",
    "savings",
    "share_of_potential",
}
"""Figures below zero that are no difference or change: a part of what goes either way, or what goes out."""


@cache
def in_norwegian(scenario, calculator):
    """The rows that have a value, each as its label, value, unit and direction."""
    with spoken("nb"):
        result = result_of(read(scenario), Request(), calculator)
        rows = rows_of(people_csv(result, result.figures))
    return [(row[0], *row[-3:]) for row in rows[1:] if len(row) > 3]


@pytest.mark.parametrize(
    ("scenario", "calculator", "row"),
    [
        ("baerum2016", "fte", ("Forskjell i timer", "færre")),
        ("baerum2016", "fte", ("Forskjell i timer per bruker", "færre")),
        ("baerum2016", "fte", ("Årsverk utover sammenligningsgrunnlaget", "færre")),
        ("baerum2016", "fte", ("Forskjell i årsverk, andel", "færre")),
        ("baerum2016", "savings", ("Forskjell i prosent", "høyere")),
    ],
)
def test_a_figure_that_goes_either_way_says_which(scenario, calculator, row):
    assert row in {(told[0], told[-1]) for told in in_norwegian(scenario, calculator)}


@pytest.mark.parametrize("scenario", [*shipped(), MADE_UP], ids=lambda one: Path(one).stem)
def test_no_difference_below_zero_is_without_its_direction(scenario):
    opened = open_scenario(read(scenario))
    for name in opened.inputs:
        figures = run(opened, name).figures
        bare = {one.figure for one in figures if one.value < 0 and not one.told and one.figure not in EITHER_WAY}
        assert bare <= NO_DIFFERENCE, name


def test_each_figure_that_goes_either_way_is_one_of_a_calculator():
    assert {*EITHER_WAY} <= {figure for name in NAMES for figure in load(name).figures}


def test_a_year_is_no_number_of_years():
    units = {row[0]: row[-2] for row in in_norwegian("drammen2020", "insource")}
    assert units["Inntjeningsår"] == "årstall"
