"""Quality first: what is not at least as good for users is shown apart, and counted only where somebody asks for it."""

import pytest

from omsorg_cli.core.errors import ScenarioError

BASE = {
    "programme": "P1",
    "annual_cost": 12_000,
    "repatriable_share": 0.5,
    "own_cost_ratio": 0.8,
    "phases": [{"share": 1, "from": "2020-01"}],
}
OTHER = {**BASE, "programme": "P2", "annual_cost": 4_000}
COSTS = {
    "startup_cost": 500,
    "exit_cost": 300,
    "investment": 900,
    "lifetime": 3,
    "interest_rate": 0,
    "notice_months": 3,
}
LINES = ("purchase_avoided", "own_cost", "startup_cost", "capital_cost", "investment_paid", "net_saving", "cash_flow")


@pytest.mark.parametrize("quality", ["better", "as_good"])
def test_what_is_at_least_as_good_counts_as_what_nothing_is_said_of(insourced, quality):
    held = insourced({**BASE, "quality": quality}).held
    assert held.items() >= insourced(BASE).held.items()
    assert {value for (figure, *_), value in held.items() if figure == "saving_not_counted"} == {0}


@pytest.mark.parametrize("quality", ["worse", "not_assessed"])
def test_what_may_not_be_as_good_is_shown_apart_with_all_its_costs(insourced, quality):
    found, alone = insourced({**BASE, **COSTS, "quality": quality}, OTHER), insourced(OTHER)
    for line in LINES:
        assert (found(line), found(line, programme="P1")) == (pytest.approx(alone(line)), 0)
    assert found("total_net_saving") == pytest.approx(alone("total_net_saving"))
    assert found("saving_at_full_effect") == pytest.approx(alone("saving_at_full_effect"))
    # 6 000 bought at 0.8: 1 200 a year in running costs
    assert found("saving_not_counted") == found("saving_not_counted", programme="P1") == pytest.approx(1_200)
    assert found("total_purchased") == 16_000


@pytest.mark.parametrize("quality", ["worse", "not_assessed"])
def test_it_counts_where_somebody_asks_for_it(insourced, quality):
    found = insourced({**BASE, **COSTS, "quality": quality}, include_quality=True)
    held = insourced({**BASE, **COSTS}).held
    assert {key: found.held[key] for key in held} == held
    assert found("saving_not_counted") == 0


def test_a_category_has_its_own_quality_or_that_of_the_purchase(insourced):
    parts = [{"category": "a", "share_of_cost": 0.75, "quality": "better"}, {"category": "b", "share_of_cost": 0.25}]
    found = insourced({**BASE, "categories": parts, "quality": "worse"})
    # of 4 500 and 1 500 that can come, at 0.8
    assert found("saving_at_full_effect") == pytest.approx(900)
    assert [found("saving_not_counted", programme="P1", category=key) for key in "ab"] == [0, pytest.approx(300)]


def test_what_is_not_counted_by_place(insourced):
    place = {"places": 4, "own_cost_per_place": 900, "occupancy": 0.8, "own_cost_ratio": None}
    purchase = {key: value for key, value in {**BASE, **place, "quality": "worse"}.items() if value is not None}
    # 6 000 less 4 / 0.8 × 900
    assert insourced(purchase)("saving_not_counted") == pytest.approx(1_500)


def test_it_is_said_whose_saving_is_not_counted(insourced):
    found = insourced({**BASE, "quality": "not_assessed"}, OTHER)
    assert any(text.startswith("P1 is not counted") for text in found.result.remarks)
    assert not any("P2 is" in text for text in found.result.remarks)
    counted = insourced({**BASE, "quality": "not_assessed"}, include_quality=True)
    assert any(text.startswith("P1 is counted although") for text in counted.result.remarks)


def test_drammen_judges_p05_best_where_it_is_and_the_others_as_good(shipped):
    found = shipped("insource", "drammen2020")
    held = {item.path.split(".")[2]: item.stated.value for item in found.result.stated_inputs if item.name == "quality"}
    assert held == {"P05": "worse", "P06": "as_good", "P07": "as_good"}
    # as if a quarter of P05 could come at 0.9, all of it from 2021: 500 000 a year
    sets = ("insource.purchases.P05.repatriable_share=0.25", "insource.purchases.P05.own_cost_ratio=0.9")
    assert shipped("insource", "drammen2020", *sets)("total_net_saving") == found("total_net_saving")
    assert shipped("insource", "drammen2020", *sets)("saving_not_counted") == pytest.approx(500_000)
    counted = shipped("insource", "drammen2020", *sets, "insource.include_quality=true")
    assert counted("total_net_saving") == pytest.approx(found("total_net_saving") + 1_000_000)


def test_another_word_for_quality_is_refused(insourced):
    with pytest.raises(ScenarioError, match="better, as_good, worse, not_assessed"):
        insourced({**BASE, "quality": "good"})


TEXT = """
title = "Two"
municipality = "Nowhere"
year = 2020
[insource]
first_year = 2020
years = 1
[[insource.purchases]]
programme = "P1"
annual_cost = 2_000_000
repatriable_share = 0.5
own_cost_ratio = 0.8
quality = "not_assessed"
phases = [{ share = 1, from = "2020-01" }]
"""


def test_an_option_includes_it(omsorg):
    plain = omsorg("insource", "-", "--value", "total_net_saving", text=TEXT)
    counted = omsorg("insource", "-", "--include-quality", "--value", "total_net_saving", text=TEXT)
    assert (float(plain.stdout), float(counted.stdout)) == (0, 200_000)


HALVES = [{"category": "a", "share_of_cost": 0.5}, {"category": "b", "share_of_cost": 0.5, "quality": "worse"}]


@pytest.mark.parametrize(("include", "said"), [(False, "is not counted"), (True, "is counted although")])
def test_only_the_category_is_named_that_may_be_worse(insourced, include, said):
    found = insourced({**BASE, "categories": HALVES}, OTHER, include_quality=include).result.remarks
    assert [text.split(f" {said}")[0] for text in found if said in text] == ["P1, B"]
