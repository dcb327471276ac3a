"""Published results against recomputed ones, over the shipped scenario and made-up entries."""

import csv
import json
from pathlib import Path

import pytest

from omsorg_cli.engine.judge import CANNOT, FAILS, REPRODUCES, WITHIN_ROUNDING
from omsorg_cli.questions.verify import verify
from omsorg_cli.scenario.load import open_scenario
from omsorg_cli.scenario.read import read, shipped

FACTS = Path(__file__).parents[1].joinpath("published.csv")
"""The computations of the documents that have a published result and that the calculators reach: the id in the list,
the figure here, and the recomputed value there, which was worked out by another program."""

TEXT = """
title = "T"
municipality = "M"
year = 2016
[savings]
population = 124_008
[[savings.comparisons]]
base = "a"
gap_per_inhabitant = { value = 939, rounded_to = 1 }
[[published]]
calculator = "savings"
figure = "savings_potential"
where = { base = "a", service = "total" }
"""


@pytest.fixture(scope="module")
def verdicts():
    return verify(open_scenario(read("baerum2016")))


@pytest.mark.parametrize(
    "row", list(csv.DictReader(FACTS.read_text(encoding="utf-8").splitlines())), ids=lambda row: row["id"]
)
def test_each_published_result_is_recomputed_as_the_list_has_it(verdicts, row):
    found = [
        one
        for one in verdicts
        if (one.published.figure, " ".join(map(str, one.published.where.values())), f"{one.published.value.number:g}")
        == (row["figure"], row["where"], f"{float(row['published']):g}")
    ]
    assert len(found) == 1
    assert found[0].recomputed == pytest.approx(float(row["recomputed"]), rel=1e-9)
    assert found[0].verdict == row["verdict"]


def test_every_published_result_of_the_scenario_is_in_the_list(verdicts):
    assert len(verdicts) == len(FACTS.read_text(encoding="utf-8").splitlines()) - 1


def test_what_does_not_reproduce_says_why(verdicts):
    assert all(one.published.because for one in verdicts if one.verdict == FAILS)


@pytest.mark.parametrize(
    ("entry", "verdict", "code"),
    [
        ("value = '116 MNOK'\nrounded_to = '1 MNOK'\nwording = 'ca.'", REPRODUCES, 0),
        # 938.5 x 124 008 = 116 381 508 lies within 116.38 +- 0.005 million, 939 x 124 008 = 116 443 512 does not
        ("value = '116.38 MNOK'\nrounded_to = '0.01 MNOK'", WITHIN_ROUNDING, 0),
        ("value = '118 MNOK'\nrounded_to = '1 MNOK'", FAILS, 1),
        ("value = '118 MNOK'\nrounded_to = '1 MNOK'\nbecause = 'why'", FAILS, 0),
        ("value = '117 MNOK'\nrounded_to = '1 MNOK'\nwording = 'nesten'", REPRODUCES, 0),
        ("value = '116 MNOK'\nrounded_to = '1 MNOK'\nwording = 'drøyt'", REPRODUCES, 0),
        ("value = '116 MNOK'\nrounded_to = '1 MNOK'\nwording = 'under'", FAILS, 1),
    ],
)
def test_the_verdict_and_the_exit_code(omsorg, entry, verdict, code):
    done = omsorg("verify", "-", "--format", "json", text=TEXT + entry)
    assert done.returncode == code, done.stderr
    assert [one["verdict"] for one in json.loads(done.stdout)["published"]] == [verdict]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('figure = "savings_potential"', 'figure = "savings_potental"'), 'Did you mean "savings_potential"?'),
        (('calculator = "savings"', 'calculator = "saving"'), 'Did you mean "savings"?'),
        (('{ base = "a", service = "total" }', '{ bas = "a" }'), 'Did you mean "base"?'),
        (('calculator = "savings"', 'calculator = "fte"'), "has no table [fte]"),
        (("rounded_to = 1\n", ""), "published.0.rounded_to is missing"),
        (("value = 1\n", "value = 'x'\n"), "published.0.value: found"),
        (("wording = 'ca.'", "wording = 'circa'"), "published.0.wording: found"),
        (('base = "a", service', 'base = "b", service'), 'where.base: found "b". Known: a.'),
        (("value = 1\n", "value = '116 h'\n"), "which has the wrong unit"),
    ],
)
def test_an_entry_that_names_nothing_is_a_fault(omsorg, change, told):
    text = (TEXT + "value = 1\nrounded_to = 1\nwording = 'ca.'\n").replace(*change)
    done = omsorg("verify", "-", text=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_an_entry_must_pick_one_record(omsorg):
    text = TEXT.replace(', service = "total"', "") + "value = 1\nrounded_to = 1\n"
    more = text.replace(
        "[[published]]",
        "[[savings.comparisons]]\nbase = 'a'\nservice = 'home'\nindex = 1\nown_per_inhabitant = 1\n[[published]]",
    )
    done = omsorg("verify", "-", text=more)
    assert done.returncode == 2
    assert "picks 2 records" in done.stderr


def test_an_input_is_never_verified_against_itself(omsorg):
    text = TEXT.replace('"savings_potential"', '"gap_per_inhabitant"') + "value = 939\nrounded_to = 1\n"
    published = json.loads(omsorg("verify", "-", "--format", "json", text=text).stdout)["published"]
    assert published[0]["verdict"] == CANNOT
    assert "It is an input" in published[0]["because"]


def test_a_figure_that_only_tells_an_input_is_not_verified_against_it(omsorg):
    text = """
title = "T"
municipality = "M"
year = 2016
[survey]
[[survey.tables]]
table = "a"
answering = "several"
answers = 102
groups = [{ group = "x", count = 44 }]
[[published]]
calculator = "survey"
figure = "answered"
where = { table = "a" }
value = 102
rounded_to = 1
"""
    published = json.loads(omsorg("verify", "-", "--format", "json", text=text).stdout)["published"]
    assert published[0]["verdict"] == CANNOT
    assert "It is an input" in published[0]["because"]


# Bærum's annex 2 prints 28.5 and 32.6 million, which take 2 763 FTE, where the main text has 2 872; footnote 44 prints
# "18 prosent høyere i Bærum", where the text has "høyere i Drammen"; 3.3 prints "nesten en fordobling", where the summary
# has 105 %. Nothing else that is printed fails.
FAILING = {
    ("baerum2016", "change", "growth", 1.0),
    ("baerum2016", "coverage", "coverage_above_base", 0.18),
    ("baerum2016", "sick-leave", "absence_effect", 28_500_000.0),
    ("baerum2016", "sick-leave", "absence_effect", 32_600_000.0),
}


def test_what_does_not_reproduce_is_printed_so_and_is_few():
    found = [(name, one) for name in shipped() for one in verify(open_scenario(read(name)))]
    assert not [one for _, one in found if one.verdict == CANNOT]
    assert {
        (name, one.published.calculator, one.published.figure, one.published.value.number)
        for name, one in found
        if one.verdict == FAILS
    } == FAILING


def test_what_lacks_an_input_cannot_be_computed_and_says_what_is_missing(omsorg):
    text = TEXT.replace('"savings_potential"', '"fte_equivalent"') + "value = 1\nrounded_to = 1\n"
    done = omsorg("verify", "-", "--format", "json", text=text)
    published = json.loads(done.stdout)["published"]
    assert done.returncode == 1
    assert omsorg("verify", "-", text=text + "because = 'no wage is printed'\n").returncode == 0
    assert published[0]["verdict"] == CANNOT
    assert "wage_per_fte" in published[0]["because"]


def test_free_text_of_the_scenario_is_no_formula_in_csv(omsorg):
    entry = "value = 118_000_000\nrounded_to = 1_000_000\nbecause = '=1+1'\nnote = '@x'\n"
    rows = list(csv.DictReader(omsorg("verify", "-", "--format", "csv", text=TEXT + entry).stdout.splitlines()))
    assert [(row["because"], row["note"]) for row in rows] == [("'=1+1", "'@x")]


def test_the_whole_account_counts_every_verdict_and_says_why_some_do_not(omsorg):
    done = omsorg("verify", "--all")
    assert done.returncode == 0
    counted = json.loads(omsorg("verify", "--all", "--format", "json").stdout)
    verdicts = [one["verdict"] for one in counted["published"]]
    assert counted["counts"] == {verdict: verdicts.count(verdict) for verdict in set(verdicts)}
    assert {one["name"] for one in counted["scenarios"]} == set(shipped())
    (last,) = (line.split() for line in done.stdout.splitlines() if line.split()[:1] == ["all"])
    assert int(last[-1]) == len(verdicts) == sum(map(int, last[1:-1]))
    assert all(one["because"] in done.stdout for one in counted["published"] if one["verdict"] in (FAILS, CANNOT))


def test_the_whole_account_is_of_no_one_scenario(omsorg):
    done = omsorg("verify", "baerum2016", "--all")
    assert (done.returncode, done.stdout) == (2, "")
    assert "omit the scenario" in done.stderr
