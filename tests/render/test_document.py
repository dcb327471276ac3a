"""What a screen has room for: the tables of the last year, the first rows, and what is left, counted."""

import pytest

from omsorg_cli.core.language import spoken
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.render import table
from omsorg_cli.render.document import document
from omsorg_cli.render.parts import Sheet
from omsorg_cli.render.tones import untoned
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read


def sheets(calculator, scenario, *, full=False):
    result = result_of(read(scenario), Request(), calculator)
    return [part for part in document(result, result.figures, full=full) if isinstance(part, Sheet)]


def test_a_long_table_is_cut_and_its_other_rows_are_counted(omsorg):
    # table 18.12 names 70 providers
    (shown,) = sheets("market", "survey2023")
    assert len(shown.rows) == 18
    assert "52 more rows" in omsorg("market").stdout
    assert "more row" not in omsorg("market", "--full").stdout


def test_of_a_table_for_each_year_the_last_one_is_shown_and_the_others_are_counted(omsorg):
    # table 3-1 has 2013 to 2016, each year a table of its own, of which the last is shown; rounding has one
    shown = omsorg("need").stdout
    assert "In 2016 need per inhabitant in Bærum was 6.8% below the country's." in shown
    assert "In 2015" not in shown
    assert "4 more tables" in shown
    assert len(sheets("need", "baerum2016")) == 1


def test_in_full_every_year_is_there(omsorg):
    shown = omsorg("need", "--full").stdout
    assert all(f"In {year} need per inhabitant" in shown for year in (2013, 2014, 2015, 2016))


def test_tables_that_a_screen_has_no_room_for_are_counted(omsorg):
    # a question with answers, twenty-two tables, one of pairs and one of rounding, of which two are shown
    assert len(sheets("survey", "survey2023")) == 2
    assert "23 more tables" in omsorg("survey").stdout


def test_a_table_that_is_asked_for_is_shown(omsorg):
    shown = omsorg("survey", "--table", "18_2").stdout
    assert "Under 2 000 inhabitants" in shown
    assert "more table" not in shown


def test_the_parts_of_a_gap_are_drawn_as_bars():
    first = sheets("bridge", "baerum2016")[0]
    (bars,) = first.drawn
    drawn = {row[0]: len(untoned(row[bars])) for row in first.rows}
    assert drawn["gap"] == max(drawn.values())
    assert drawn["hours per user"] > drawn["refunds"] > drawn["other drivers"] == 1


QUESTIONS = {
    "savings": ("baerum2016", {"base": ("asss",)}),
    "wage-gap": ("baerum2016", {"base": ("asss",)}),
    "insource": ("drammen2020", {}),
    "fte": ("baerum2016", {}),
}


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_questions_of_the_readme_fit_a_screen(name, language, monkeypatch):
    scenario, keys = QUESTIONS[name]
    monkeypatch.setenv("OMSORG_LANG", language)
    with spoken(language):
        result = result_of(read(scenario), Request(), name)
        selection = Selection(keys)
        text = table.render(document(result, selection.of(result), selection, full=False), width=100)
    lines = text.rstrip("\n").split("\n")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100


def test_a_range_that_was_changed_is_told_by_the_label_of_its_input(omsorg):
    path = "savings.comparisons.asss/total.gap_per_inhabitant.range"
    told = omsorg("savings", "--base", "asss", "--set", f"{path}=[800,1000]").stdout
    assert (
        "Changed from the scenario: range of gap per inhabitant (ASSS, all care) from not stated to "
        f"800 NOK per inhabitant to 1 000 NOK per inhabitant [{path}]." in told
    )


def test_a_range_that_is_none_and_is_dropped_by_a_later_change_is_told_as_it_was_typed(omsorg):
    path = "savings.comparisons.asss/total.gap_per_inhabitant"
    told = omsorg("savings", "--base", "asss", "--set", f"{path}.range=2", "--set", f"{path}=900")
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr


def test_changes_that_do_not_concern_the_figures_are_counted(omsorg):
    one = omsorg("savings", "--set", "sick_leave.fte=2000").stdout
    assert "One change to the scenario does not concern these figures." in one
    both = omsorg("growth", "--with", "of_10_million").stdout  # the cost and the investment of a joint service
    assert "2 changes to the scenario do not concern these figures." in both
