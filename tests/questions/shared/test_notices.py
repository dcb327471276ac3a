import json

import pytest
from openpyxl import load_workbook

from omsorg_cli.questions.shared.notices import named, notices_of
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text

SAVINGS = {
    "population": 1_000,
    "comparisons": [
        {"base": "a", "gap_per_inhabitant": 10},
        {"base": "a", "service": "home", "gap_per_inhabitant": 4},
        {"base": "b", "gap_per_inhabitant": 20},
    ],
}


def noticed(notice, *sets, **more):
    data = {"title": "Made up", "municipality": "Nowhere", "year": 2020, "savings": SAVINGS, **more}
    data["notices"] = [{"what": "This is odd.", "changes": "It matters.", **notice}]
    result = result_of(Text("test", "test.toml", data, "", "0" * 64, False), Request(sets=sets), "savings")
    return notices_of(result, result.figures)


def rows(one):
    return {(figure.figure, figure.keys["base"], figure.keys["service"]) for figure in one.figures}


A = ("savings_potential", "a", "total")
A_HOME = ("savings_potential", "a", "home")
B = ("savings_potential", "b", "total")
# what stands at `where`: the potentials that it touches
PLACES = {
    "an input of one row": ("savings.comparisons.b/total.gap_per_inhabitant", {B}),
    "an input of an item": ("savings.comparisons.a.gap_per_inhabitant", {A, A_HOME}),
    "an input of every item": ("savings.comparisons.gap_per_inhabitant", {A, A_HOME, B}),
    "an input of the table": ("savings.population", {A, A_HOME, B}),
    "a figure": ("savings.savings_potential", {A, A_HOME, B}),
    "a calculator": ("savings", {A, A_HOME, B}),
    "another figure": ("savings.fte_equivalent", set()),
    "an input that nothing uses": ("savings.wage_per_fte", set()),
    "another calculator": ("fte", set()),
    "a beginning of a key is no key": ("savings.comparisons.tot.gap_per_inhabitant", set()),
}


@pytest.mark.parametrize(("place", "touched"), PLACES.values(), ids=PLACES.keys())
def test_a_notice_touches_what_rests_on_its_place(place, touched):
    found = {row for one in noticed({"where": [place]}) for row in rows(one)}
    assert {row for row in found if row[0] == "savings_potential"} == touched


def test_the_other_reading_is_run_and_told_where_it_differs():
    reading = {"savings.comparisons.b/total.gap_per_inhabitant": 25}
    (one,) = noticed({"where": ["savings"], "reading": reading})
    found = {(other.figure.figure, other.figure.keys["base"]): other.value for other in one.otherwise}
    assert found == {("gap_per_inhabitant", "b"): 25, ("savings_potential", "b"): 25_000}  # 25 × 1 000


def test_what_the_user_sets_is_not_read_otherwise():
    reading = {"savings.population": 5}
    (one,) = noticed({"where": ["savings"], "reading": reading}, "savings.population=2000")
    assert one.otherwise == ()


OVERLAID = {
    "what an overlay changed is not read otherwise": ("savings.population", ()),
    "in whatever case it is written": ("savings.POPULATION", ()),
}


@pytest.mark.parametrize(("path", "otherwise"), OVERLAID.values(), ids=OVERLAID.keys())
def test_overlays_stay(path, otherwise):
    overlays = {"more": {"savings": {"population": 2_000}}}
    data = {"title": "Made up", "municipality": "Nowhere", "year": 2020, "savings": SAVINGS, "overlays": overlays}
    data["notices"] = [{"what": "Odd.", "changes": "Much.", "where": ["savings"], "reading": {path: 5}}]
    text = Text("test", "test.toml", data, "", "0" * 64, False)
    result = result_of(text, Request(overlays=("more",)), "savings")
    (one,) = notices_of(result, result.figures)
    assert one.otherwise == otherwise


def test_an_input_that_names_a_row_is_touched_too():
    comparisons = [
        {"base": "a", "own_per_inhabitant": 18_000, "base_per_inhabitant": 17_000},
        {"base": "b", "own_from": "a", "gap_share": 0.1},
    ]
    place = "savings.comparisons.B/total.own_from"
    (one,) = noticed({"where": [place]}, savings={**SAVINGS, "comparisons": comparisons})
    assert ("own_per_inhabitant", "b", "total") in rows(one)
    assert ("own_per_inhabitant", "a", "total") not in rows(one)


def test_a_reading_that_cannot_be_set_is_left_to_check():
    (one,) = noticed({"where": ["savings"], "reading": {"savings.nothing": 5}})
    assert one.otherwise == ()


def test_a_figure_without_an_answer_by_the_other_reading_is_told_as_left_out():
    comparisons = [{"base": "a", "gap_per_inhabitant": 5, "gap_share": 0.1}]
    reading = {"savings.comparisons.a/total.gap_share": 0}
    (one,) = noticed({"where": ["savings"], "reading": reading}, savings={**SAVINGS, "comparisons": comparisons})
    assert {other.figure.figure: other.value for other in one.otherwise}["base_per_inhabitant"] is None


NAMES = {
    "savings": ("savings", ""),
    "savings.savings_potential": ("savings", "savings_potential"),
    "wage-gap.wage_effect": ("wage-gap", "wage_effect"),
    "wage_gap.wage_effect": ("wage-gap", "wage_effect"),
    "savings.population": None,
    "nothing.savings_potential": None,
}


@pytest.mark.parametrize(("place", "name"), NAMES.items())
def test_a_place_names_a_figure_or_an_input(place, name):
    assert named(place) == name


SCENARIO = """
title = "Made up"
municipality = "Nowhere"
year = 2020
[wage_gap]
fte = 100
[[wage_gap.comparisons]]
base = "b"
year = 2020
gap_per_fte = 1_000
[[notices]]
what = "Two counts of FTE are printed."
where = ["wage_gap.fte"]
changes = "The effect differs by a tenth."
reading = { "wage_gap.fte" = 90 }
"""


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "noticed.toml"
    path.write_text(SCENARIO)
    return path


def test_the_table_tells_the_notice_and_both_readings(omsorg, scenario):
    told = omsorg("wage-gap", scenario, "--full").stdout
    # 100 × 1 000 and 90 × 1 000
    assert "Two counts of FTE are printed. The effect differs by a tenth." in told
    assert "is 90 000 NOK a year rather than 100 000 NOK a year" in told


def test_data_tell_it_too(omsorg, scenario):
    (notice,) = json.loads(omsorg("wage-gap", scenario, "--format", "json").stdout)["notices"]
    touched = ["wage_effect", "mean_wage_effect"]  # of one year, the mean is its effect
    assert notice["figures"] == touched
    assert [(one["figure"], one["value"]) for one in notice["otherwise"]] == [(name, 90_000) for name in touched]
    rows = omsorg("wage-gap", scenario, "--format", "csv").stdout.splitlines()
    assert ["Two counts" in row for row in rows] == ["wage_effect" in row for row in rows]


def test_a_bare_number_and_the_verbs_tell_it_beside_the_data(omsorg, scenario):
    told = omsorg("wage-gap", scenario, "--value", "wage_effect")
    assert told.stdout == "100000\n"
    assert f"1 point to note: omsorg wage-gap {scenario} --full" in told.stderr
    swept = omsorg("sweep", "wage-gap", scenario, "--grid", "wage_gap.fte=1,2")
    assert "Two counts" not in swept.stdout
    explained = omsorg("explain", "wage-gap", scenario, "--figure", "wage_effect")
    assert "Two counts of FTE" in explained.stdout
    assert "Two counts" not in explained.stderr


TELLING = {
    "a table": (["wage-gap"], ["--full"]),
    "Markdown": (["wage-gap"], ["--format", "markdown", "--full"]),
    "JSON": (["wage-gap"], ["--format", "json"]),
    "CSV": (["wage-gap"], ["--format", "csv"]),
    "an explanation": (["explain", "wage-gap"], ["--figure", "wage_effect"]),
    "an explanation in Markdown": (["explain", "wage-gap"], ["--figure", "wage_effect", "--format", "markdown"]),
    "an explanation in JSON": (["explain", "wage-gap"], ["--format", "json"]),
    "a graph": (["explain", "wage-gap"], ["--format", "mermaid"]),
}
COUNTING = {
    "a bare number": ("wage-gap", ["--value", "wage_effect"]),
    "an explanation in short": ("explain", []),
    "a tornado": ("sensitivity", ["--figure", "wage_effect"]),
    "a simulation": ("simulate", ["--set", "wage_gap.fte.range=[90,110]", "--draws", "10"]),
}
CHANGE = ("--set", "wage_gap.comparisons.b/2020.gap_per_fte=2000")
NOTICE, OF_UNCHANGED = (
    "Two counts of FTE are printed.",
    "The points to note describe the scenario without the changes; other readings are calculated with them.",
)


def told(done):
    assert done.returncode == 0, done.stderr
    return (done.stdout + done.stderr).replace("\\", "")


@pytest.mark.parametrize(("command", "options"), TELLING.values(), ids=TELLING.keys())
def test_a_notice_beside_changed_numbers_says_of_which_scenario_it_is(omsorg, scenario, command, options):
    changed = told(omsorg(*command, scenario, *options, *CHANGE))
    assert 0 < changed.count(NOTICE) == changed.count(OF_UNCHANGED)
    unchanged = told(omsorg(*command, scenario, *options))
    assert NOTICE in unchanged
    assert OF_UNCHANGED not in unchanged


@pytest.mark.parametrize(("verb", "options"), COUNTING.values(), ids=COUNTING.keys())
def test_beside_other_answers_points_to_note_are_counted_with_the_command_that_shows_them(
    omsorg, scenario, verb, options
):
    words = [verb] if verb == "wage-gap" else [verb, "wage-gap"]
    found = told(omsorg(*words, scenario, *options))
    assert NOTICE not in found
    assert f"1 point to note: omsorg wage-gap {scenario} " in found
    assert " --full\n" in found


def test_so_it_does_in_a_workbook(omsorg, scenario, tmp_path):
    path = tmp_path / "noticed.xlsx"
    told(omsorg("wage-gap", scenario, *CHANGE, "--output", path))
    sheets = [sheet for sheet in load_workbook(path) if sheet.title != "Scenario"]  # which keeps the scenario's text
    cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value]
    assert sum(NOTICE in text for text in cells) == sum(OF_UNCHANGED in text for text in cells) > 0


FAULTS = {
    "where is nothing": ('"wage_gap.fte"]', '"wage_gap.ftes"]', "notices.0.where: There is no input wage_gap.ftes"),
    "reads what cannot be": ("= 90", "= -90", 'notices.0.reading: found "-90"; allowed: a number (FTE), over 0'),
    "has an unknown key": ("changes", "change", "notices.0.change is an unknown key"),
}


@pytest.mark.parametrize(("old", "new", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_check_tells_a_notice_that(omsorg, scenario, old, new, told):
    scenario.write_text(SCENARIO.replace(old, new))
    found = omsorg("check", scenario)
    assert found.returncode == 2
    assert told in found.stderr


def test_a_valid_one_passes(omsorg, scenario):
    assert omsorg("check", scenario).returncode == 0


def mixed(one, other):
    sources = {
        "old": {"title": "Before", "municipality": one},
        "new": {"title": "After", "municipality": other},
    }
    table = {
        "population": {"value": 1_000, "source": "old, 1"},
        "comparisons": [{"base": "a", "gap_per_inhabitant": {"value": 10, "source": "new, 2"}}],
    }
    data = {"title": "Made up", "municipality": "Nowhere", "year": 2020, "sources": sources, "savings": table}
    return result_of(Text("test", "test.toml", data, "", "0" * 64, False), Request(), "savings").warnings


def test_two_versions_of_a_municipality_never_meet_without_a_warning():
    (warning,) = mixed("Drammen (before 2020)", "Drammen (merged 2020)")
    assert warning.startswith(
        "These figures combine values of Drammen (before 2020) and Drammen (merged 2020), which are not the same "
    )
    assert "need-adjusted saving" in warning


def test_two_municipalities_may_meet():
    assert mixed("Drammen (before 2020)", "Bærum") == ()
    assert mixed("Drammen (before 2020)", "Drammen (before 2020)") == ()
