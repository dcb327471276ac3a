"""Overlays and --set: what a path means, what it replaces, what contradicts."""

import json

import pytest

from omsorg_cli.core.errors import OmsorgError, ScenarioError

TEXT = """
title = "T"
municipality = "M"
year = 2020
[sources.s]
title = "S"
[common]
wage_per_fte = 800_000
[insource]
first_year = 2020
years = 3
[[insource.purchases]]
programme = "P1"
annual_cost = 100
repatriable_share = 0.5
own_cost_ratio = { value = 0.8, range = [0.6, 0.9], source = "s, 1" }
phases = [{ share = 0.5, from = "2020-01" }, { share = 0.5, from = "2021-01" }]
[[insource.purchases.categories]]
category = "a"
share_of_cost = 0.5
[[insource.purchases.categories]]
category = "b"
share_of_cost = 0.5
own_cost_ratio = 0.7
[[insource.purchases]]
programme = "P2"
annual_cost = 50
repatriable_share = 0
[overlays.low.insource.purchases.P1]
own_cost_ratio = 0.5
[overlays.high.insource.purchases.P1]
own_cost_ratio = 1.5
[overlays.same.insource.purchases.P1]
own_cost_ratio = 0.5
[overlays.part.insource.purchases."P1/a"]
own_cost_ratio = { value = 0.4, range = [0.3, 0.5], assumption = "why" }
[overlays.typo.insource.purchases.P9]
own_cost_ratio = 0.5
"""


def _ratios(scenario):
    first, second = scenario.inputs["insource"].purchases
    held = (first, *first.categories, second)
    return [None if one.own_cost_ratio is None else one.own_cost_ratio.value for one in held]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("insource.purchases.P1.own_cost_ratio", [0.1, None, 0.1, None]),
        ("insource.purchases.p1.own_cost_ratio", [0.1, None, 0.1, None]),
        ("insource.purchases.P1/a.own_cost_ratio", [0.8, 0.1, 0.7, None]),
        ("insource.purchases.P1/b.own_cost_ratio", [0.8, None, 0.1, None]),
        ("insource.purchases.own_cost_ratio", [0.1, None, 0.1, 0.1]),
    ],
    ids=["a programme is every category of it", "in any case", "one category", "its own value", "every item"],
)
def test_what_a_path_means(opened, path, expected):
    assert _ratios(opened(TEXT, sets=(f"{path}=0.1",))) == expected


def test_a_path_reaches_the_row_of_two_keys_beside_one_of_the_first_alone(opened):
    rows = """[fte]
services = [{ service = "s", users = 1, hours_per_week = 1 }, { service = "s", base = "b", users = 2, hours_per_week = 1 }]
"""
    found = opened(TEXT.partition("[insource]")[0] + rows, sets=("fte.services.s/b.users=3",))
    assert [one.users.value for one in found.inputs["fte"].services] == [1, 3]


def test_set_leaves_no_range_and_no_source(opened):
    scenario = opened(TEXT, sets=("insource.purchases.P1.own_cost_ratio=0.1",))
    stated = scenario.inputs["insource"].purchases[0].own_cost_ratio
    assert (stated.range, stated.source, stated.assumption, stated.origin) == (None, None, "set by the user", "user")


def test_set_of_a_range_keeps_the_value_and_its_source(opened):
    scenario = opened(TEXT, sets=("insource.purchases.P1.own_cost_ratio.range=[0.7,1]",))
    first = scenario.inputs["insource"].purchases[0]
    assert (first.own_cost_ratio.value, first.own_cost_ratio.range, first.own_cost_ratio.source) == (
        0.8,
        (0.7, 1.0),
        "s, 1",
    )
    change = scenario.changes[0]
    assert (change.input, change.before, change.after) == (
        "insource.purchases.P1.own_cost_ratio.range",
        [0.6, 0.9],
        [0.7, 1],
    )


def test_phases_go_by_their_place_and_values_of_every_kind_can_be_set(opened):
    sets = (
        "insource.purchases.P1.phases.1.from=2021-06",
        "insource.purchases.P1.phases.0.share=1/4",
        "insource.years=5",
        "common.wage_per_fte=900 000",
        "insource.purchases.P1.repatriable_share=12,5 %",
        "insource.purchases.P1.startup_cost=1,5 MNOK",
    )
    scenario = opened(TEXT, sets=sets)
    insource = scenario.inputs["insource"]
    first = insource.purchases[0]
    assert first.phases[1].start.value == 2021 * 12 + 5
    assert first.phases[0].phase_share.value == 0.25
    assert (insource.years.value, scenario.common["wage_per_fte"].value) == (5, 900_000)
    assert (first.repatriable_share.value, first.startup_once.value) == (0.125, 1_500_000)


def test_the_later_of_two_sets_wins_and_set_wins_over_an_overlay(opened):
    path = "insource.purchases.P1.own_cost_ratio"
    assert _ratios(opened(TEXT, overlays=("low",), sets=(f"{path}=0.2", f"{path}=0.3")))[0] == 0.3


def test_overlays_apply_and_are_told(opened):
    scenario = opened(TEXT, overlays=("low", "same"))
    assert _ratios(scenario) == [0.5, None, 0.5, None]
    assert {(one.input, one.before, one.after) for one in scenario.changes} == {
        ("insource.purchases.P1.own_cost_ratio", 0.8, 0.5),
        ("insource.purchases.P1.own_cost_ratio", 0.5, 0.5),
        ("insource.purchases.P1/b.own_cost_ratio", 0.7, 0.5),
        ("insource.purchases.P1/b.own_cost_ratio", 0.5, 0.5),
    }


def test_an_overlay_may_state_a_range_and_a_reason(opened):
    stated = opened(TEXT, overlays=("part",)).inputs["insource"].purchases[0].categories[0].own_cost_ratio
    assert (stated.value, stated.range, stated.assumption) == (0.4, (0.3, 0.5), "why")


def test_overlays_agree_where_they_set_the_same_value_for_other_reasons(opened):
    text = (
        TEXT
        + "[overlays.again.insource.purchases.P1]\nown_cost_ratio = { value = '50 %', assumption = 'said elsewhere' }\n"
    )
    assert _ratios(opened(text, overlays=("low", "again"))) == [0.5, None, 0.5, None]


def test_two_overlays_that_set_one_input_differently_are_an_error(opened):
    with pytest.raises(
        OmsorgError, match=r"P1\.own_cost_ratio is set differently by overlay low \(0\.5\) and overlay high"
    ):
        opened(TEXT, overlays=("low", "high"))


def test_an_overlay_that_changes_nothing_known_is_an_error(opened):
    with pytest.raises(OmsorgError, match=r"There is no input insource\.purchases\.P9\. Known: P1, P2,"):
        opened(TEXT, overlays=("typo",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("insource.purchases.P3.own_cost_ratio=1", "There is no input insource.purchases.P3."),
        ("insource.purchases.P1/c.own_cost_ratio=1", "There is no input insource.purchases.P1/c."),
        ("insource.purchases.P1=1", "is an item; name an input in it"),
        ("insource.purchases=1", "is a table; name an input in it"),
        ("insource=1", "is a table; name an input in it"),
        ("insource.purchases.P1.label=x", "is a name, which cannot be changed"),
        (
            "insource.purchases.P1.own_cost_ratio.value=1",
            "There is no input insource.purchases.P1.own_cost_ratio.value.",
        ),
        ("insource.purchases.P2.own_cost_ratio.range=[1,2]", "has no value here, so it can have no range"),
        ("insource.purchases.P1.phases.2.share=1", "There is no input insource.purchases.P1.phases.2."),
        ("insorce.years=1", 'Did you mean "insource"?'),
        ("common.x=1", "is not an input of any calculator"),
        ("insource.years=three", "is not a number (write for example"),
        ("", "PATH=VALUE"),
        ("=1", "is not there"),
        ("insource..years=1", "There is no input insource."),
    ],
)
def test_a_path_that_is_not_there_is_told(opened, text, told):
    with pytest.raises(ScenarioError) as caught:
        opened(TEXT, sets=(text,))
    assert told in str(caught.value)
    assert str(caught.value).startswith("--set")


HEAD = 'title = "t"\nmunicipality = "m"\nyear = 2020\n'


@pytest.mark.parametrize("held", ["true", '"words"', "5", "2020-01-01", "[{ x = 1 }]"])
@pytest.mark.parametrize(("table", "path"), [("fte", "fte.care_fte"), ("common", "common.wage_per_fte")])
def test_what_stands_where_a_table_should_be_has_nothing_to_change(opened, table, path, held):
    with pytest.raises(ScenarioError, match=f"{table}: found .*; allowed: a table"):
        opened(f"{HEAD}{table} = {held}\n", sets=(f"{path}=1",))
    overlay = f"[overlays.a.{table}]\n{path.partition('.')[2]} = 1\n"
    with pytest.raises(ScenarioError, match=f"{table}: found .*; allowed: a table"):
        opened(f"{HEAD}{table} = {held}\n{overlay}", overlays=("a",))


def test_a_fault_that_set_makes_is_told_as_its_own(faults):
    told = faults(TEXT, sets=("insource.purchases.P1.phases.1.from=2019-01",))
    assert any("before first_year" in line for line in told)
    told = faults(TEXT, sets=("insource.purchases.P1.own_cost_ratio.range=[0.9,2]",))
    assert any(line.startswith("--set insource.purchases.P1.own_cost_ratio.range=[0.9,2]: ") for line in told)


@pytest.mark.parametrize("overlays", [("low", "part"), ("part", "low")])
def test_an_overlay_of_an_item_and_one_of_its_part_contradict_each_other_in_either_order(opened, overlays):
    with pytest.raises(OmsorgError, match="is set differently by overlay"):
        opened(TEXT, overlays=overlays)


def test_faults_in_overlays_are_told_where_they_are_written(faults):
    text = TEXT + "[overlays.bad.insource.purchases.P1]\nown_cost_ratio = -1\nown_cost_rati = 1\n"
    line = text.splitlines().index("own_cost_ratio = -1") + 1
    told = faults(text, overlays=("bad",))
    assert told[0].startswith(f"test.toml:{line} overlay bad: insource.purchases.P1.own_cost_ratio: found -1")
    assert told[1].startswith(f"test.toml:{line} overlay bad: insource.purchases.P1/b.own_cost_ratio: found -1")
    assert told[2].startswith(f"test.toml:{line + 1}: overlays.bad.insource.purchases.P1.own_cost_rati: ")
    assert len(told) == 3


def test_every_item_passes_over_those_without_such_rows(opened):
    scenario = opened(TEXT, sets=("insource.purchases.phases.share=0.2",))
    assert [phase.phase_share.value for phase in scenario.inputs["insource"].purchases[0].phases] == [0.2, 0.2]


PARTS = """
title = "t"
municipality = "m"
year = 2020
[insource]
first_year = 2020
years = 2
[[insource.purchases]]
programme = "P1"
annual_cost = 10_000_000
repatriable_share = 1
own_cost_ratio = 0.9
phases = [{ share = 0.5, from = "2020" }, { share = { value = 0.5, range = [0.3, 0.5] }, from = "2021" }]
categories = [
    { category = "a", share_of_cost = 0.5, users = 4, phases = [{ users = 4, from = "2020-07" }] },
    { category = "b", share_of_cost = 0.5 },
]
"""


ASKED = {
    "check": ("check", "SCENARIO"),
    "what matters most": ("sensitivity", "insource", "SCENARIO"),
    "draws": ("simulate", "insource", "SCENARIO", "--draws", "50"),
    "a page": ("insource", "SCENARIO", "--output", "parts.html"),
    "what it takes": (
        *("solve", "insource", "SCENARIO", "--figure", "total_net_saving", "--target", "1_400_000"),
        *("--input", "insource.purchases.P1.phases.1.share"),
    ),
}


@pytest.mark.parametrize("words", ASKED.values(), ids=ASKED.keys())
def test_a_category_with_fewer_phases_than_its_purchase_is_asked_like_any_other(omsorg, tmp_path, words):
    (tmp_path / "parts.toml").write_text(PARTS, encoding="utf-8")
    done = omsorg(*("parts.toml" if word == "SCENARIO" else word for word in words), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_phase_of_a_purchase_is_none_of_a_category_that_has_its_own(omsorg, tmp_path):
    (tmp_path / "parts.toml").write_text(PARTS, encoding="utf-8")
    path = "insource.purchases.P1.phases.0.share"
    done = omsorg("insource", "parts.toml", "--set", f"{path}=0.4", "--format", "json", cwd=tmp_path)
    assert [one["input"] for one in json.loads(done.stdout)["scenario"]["changed"]] == [path]
