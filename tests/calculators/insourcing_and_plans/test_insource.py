from fractions import Fraction

import pytest

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import Phase
from omsorg_cli.core.errors import ScenarioError

MILLION = 1_000_000


def home(share, start, over, year):
    """The mean over the year's months of what is home: share × k / over in the k-th month, the first being `start`."""
    months = [min(max(year * 12 + m - start + 1, 0), over or 1) for m in range(12)]
    return share * Fraction(sum(months), 12 * (over or 1))


JULY = 2020 * 12 + 6
# P06: 40 million, of two of three kinds 0.75, all in six steps from July 2020, at 0.9 of the price; P07: 39 million × 1/3,
# half in 18 steps, half in 2023, at the price.
P06 = {year: 20 * MILLION * home(1, JULY, 6, year) for year in (2020, 2021, 2022)}
P07 = {
    year: 13 * MILLION * (home(Fraction(1, 2), JULY, 18, year) + home(Fraction(1, 2), 2023 * 12, 0, year))
    for year in (2020, 2021, 2022)
}
SAVED = {year: P06[year] / 10 for year in P06}


@pytest.fixture(scope="module")
def drammen(shipped):
    return shipped("insource", "drammen2020")


def test_the_loop_above_is_what_it_is_by_hand():
    # 20 million × 21 / 72 = 5.8 million; 13 million × 21 / 216 / 2 = 0.63 million and × 150 / 216 / 2 = 4.5 million
    assert [float(P06[year]) for year in P06] == pytest.approx([35e6 / 6, 20e6, 20e6])
    assert [float(P07[year]) for year in P07] == pytest.approx([13e6 * 21 / 432, 13e6 * 150 / 432, 6.5e6])


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_drammen_by_year(drammen, year):
    assert drammen("purchase_avoided", year=year) == pytest.approx(float(P06[year] + P07[year]))
    assert drammen("own_cost", year=year) == pytest.approx(float(P06[year] * 9 / 10 + P07[year]))
    assert drammen("net_saving", year=year) == pytest.approx(float(SAVED[year]))
    assert drammen("cumulative_saving", year=year) == pytest.approx(float(sum(SAVED[y] for y in SAVED if y <= year)))
    assert drammen("net_saving", programme="P07", year=year) == pytest.approx(0, abs=1e-6)
    farms = drammen("purchase_avoided", programme="P07", category="private_care_farm", year=year)
    assert farms == pytest.approx(float(P07[year] * 15 / 100))


WHOLE = {
    "q73, answer 2: 20 + 40 + 39 million": ("total_purchased", 99 * MILLION),
    "20 and 13 million": ("repatriable_volume", 33 * MILLION),
    "10 % of 45.83 million": ("total_net_saving", 4_583_333.33),
    "583 333 / 1.04 + 2 000 000 / 1.0816 + 2 000 000 / 1.124864": ("present_value", 4_188_002.58),
    "2 million of P06, and nothing of P07": ("saving_at_full_effect", 2 * MILLION),
    "it saves from the first year on": ("payback_year", 2020),
    "only running costs are counted": ("break_even_own_cost_ratio", 1),
}


@pytest.mark.parametrize(("figure", "value"), WHOLE.values(), ids=WHOLE.keys())
def test_drammen_over_all(drammen, figure, value):
    assert drammen(figure) == pytest.approx(value, abs=0.005)


def test_the_present_value_is_discounted_year_by_year(drammen):
    wanted = sum(saved / Fraction(104, 100) ** (year - 2019) for year, saved in SAVED.items())
    assert drammen("present_value") == pytest.approx(float(wanted), rel=1e-12)


BY_PROGRAMME = {
    "P05: nothing comes home": ("P05", 0, 0),
    # 583 333 / 1.04 + 2 million / 1.04² + 2 million / 1.04³
    "P06: 10 % of 20 million": ("P06", 2 * MILLION, 4_188_002.58),
    "P07: as dear at home as bought": ("P07", 0, 0),
}


@pytest.mark.parametrize(("programme", "full_effect", "worth"), BY_PROGRAMME.values(), ids=BY_PROGRAMME.keys())
def test_each_programme_has_its_full_effect_and_its_present_value(drammen, programme, full_effect, worth):
    assert drammen("saving_at_full_effect", programme=programme) == pytest.approx(full_effect, abs=0.005)
    assert drammen("present_value", programme=programme) == pytest.approx(worth, abs=0.005)


def test_nothing_of_p05_comes_home_and_nothing_is_missing(drammen):
    assert set(drammen.series("net_saving", "year", programme="P05").values()) == {0}
    assert drammen("repatriable_volume", programme="P05") == 0
    lines = [line for line in drammen.missing.split("\n") if "P05" in line]
    assert all(line.startswith(("fte_needed", "break_even_own_cost_ratio (P05)")) for line in lines)


def test_the_overlays_of_drammen(shipped):
    # 40 million × 2/3 × 0.9 at a saving of 0.25 a year, and 13 million × 0.3
    found = shipped("insource", "drammen2020+optimistic")
    assert found("saving_at_full_effect") == pytest.approx(6e6 + 3.9e6)
    # without the farms 13 million × 0.85
    found = shipped("insource", "drammen2020+without_farms")
    assert found("repatriable_volume", programme="P07") == pytest.approx(11.05e6)
    # 20 million × 0.25 × 0.1 in each of 2021 and 2022, beside 4.583 million
    found = shipped("insource", "drammen2020+own_respite")
    assert found("total_net_saving") == pytest.approx(4_583_333.33 + 1e6)


def test_the_third_of_p07_saves_only_at_the_ratio_that_another_document_supposes(shipped, drammen):
    # 30 % of 11.65 million: 3.494 of 8.077 million, 43 %; 772 917 / 1.04 + 3 354 167 / 1.0816 + 3 950 000 / 1.124864
    supposed = shipped("insource", "drammen2020+p07_as_joint_housing")
    assert supposed("total_net_saving") == pytest.approx(8_077_083.33, abs=0.005)
    assert supposed("present_value") == pytest.approx(7_355_840.35, abs=0.005)
    assert supposed("saving_at_full_effect") == pytest.approx(5.9 * MILLION)
    assert supposed("saving_at_full_effect", programme="P07") == pytest.approx(3.9 * MILLION)
    # 189 583 / 1.04 + 1 354 167 / 1.04² + 1 950 000 / 1.04³
    assert supposed("present_value", programme="P07") == pytest.approx(3_167_837.77, abs=0.005)
    assert 1 - drammen("total_net_saving") / supposed("total_net_saving") == pytest.approx(0.4325, abs=0.0001)


def test_of_p06_only_the_kinds_that_need_no_specialised_competence_come_home(drammen):
    # 40 million / 3 × 0.75 of two kinds, nothing of the third
    kinds = {"dementia_long_term": 10e6, "temporary_stay": 10e6, "specialised": 0}
    found = {kind: drammen("repatriable_volume", programme="P06", category=kind) for kind in kinds}
    assert found == pytest.approx(kinds)


ALL_AT_ONCE = [{"share": 1, "from": "2020-01"}]
BASE = {"programme": "P1", "annual_cost": 1_000, "repatriable_share": 0.5, "own_cost_ratio": 0.8, "phases": ALL_AT_ONCE}

COSTS = {
    "a ratio: 1 000 × 0.5 × 0.8": ({}, 400),
    "a ratio over 1": ({"own_cost_ratio": 1.5}, 750),
    "an occupancy: 400 / 0.8": ({"occupancy": 0.8}, 500),
    "places: 4 × 90": ({"own_cost_ratio": None, "places": 4, "own_cost_per_place": 90}, 360),
    "places and occupancy: 360 / 0.9": (
        {"own_cost_ratio": None, "places": 4, "own_cost_per_place": 90, "occupancy": 0.9},
        400,
    ),
    "places, 3 in use of 4 built: 4 × 90": (
        {"own_cost_ratio": None, "places": 3, "own_cost_per_place": 90, "occupancy": 0.75},
        360,
    ),
    "half of it home: 4 × 90 / 2": (
        {"own_cost_ratio": None, "places": 4, "own_cost_per_place": 90, "phases": [{"share": 0.5, "from": "2020-01"}]},
        180,
    ),
}


def stated(**changes):
    return {key: value for key, value in {**BASE, **changes}.items() if value is not None}


@pytest.mark.parametrize(("changes", "cost"), COSTS.values(), ids=COSTS.keys())
def test_what_own_provision_costs_a_year(insourced, changes, cost):
    found = insourced(stated(**changes))
    assert found.series("own_cost", "year", programme="P1") == {
        year: pytest.approx(cost) for year in (2020, 2021, 2022)
    }
    avoided = 250 if "phases" in changes else 500
    assert found("saving_at_full_effect") == pytest.approx(avoided - cost)


def test_fte_are_the_wage_share_of_own_cost(insourced):
    # 400 × 0.75 / 100 = 3 FTE in each year, and no sum over years
    found = insourced(stated(wage_share=0.75, wage_per_fte=100))
    assert found.series("fte_needed", "year", programme="P1") == {2020: 3, 2021: 3, 2022: 3}
    assert (found("fte_needed", year=2021), found("fte_needed", programme="P1")) == (3, None)
    # 400 × 0.75 / 160 is one FTE and seven eighths
    assert insourced(stated(wage_share=0.75, wage_per_fte=160))("fte_needed", year=2021) == 1.875


def test_dearer_people_are_not_more_people(insourced):
    found = insourced(stated(wage_share=0.75, wage_per_fte=100), own_price_growth=0.1, purchased_price_growth=0.2)
    assert found.series("own_cost", "year", programme="P1") == {
        2020: pytest.approx(400),
        2021: pytest.approx(440),
        2022: pytest.approx(484),
    }
    assert list(found.series("fte_needed", "year").values()) == pytest.approx([3, 3, 3])


CATEGORIES = [
    {"category": "a", "share_of_cost": 0.75},
    {"category": "b", "share_of_cost": 0.25, "repatriable_share": 1, "own_cost_ratio": 1.2, "occupancy": 0.5},
]


def test_a_category_overrides_what_it_states_and_inherits_the_rest(insourced):
    found = insourced(stated(categories=CATEGORIES))
    # a: 750 × 0.5 = 375 at 0.8 is 300; b: 250 × 1 = 250 at 1.2 / 0.5 is 600
    at = {"programme": "P1", "year": 2021}
    assert [found("purchase_avoided", category=c, **at) for c in ("a", "b", None)] == [375, 250, 625]
    assert [found("own_cost", category=c, **at) for c in ("a", "b", None)] == pytest.approx([300, 600, 900])
    assert found("repatriable_volume", programme="P1") == 625
    assert found("total_purchased") == 1_000


def test_a_category_may_state_its_own_cost(insourced):
    categories = [{"category": "a", "annual_cost": 600}, {"category": "b", "annual_cost": 300}]
    found = insourced(stated(annual_cost=None, categories=categories))
    assert (found("total_purchased"), found("repatriable_volume", programme="P1")) == (900, 450)


def test_a_category_of_which_nothing_comes_home_needs_no_ratio_and_no_phases(insourced):
    rest = {"own_cost_ratio": 0.8, "phases": ALL_AT_ONCE}
    categories = [
        {"category": "a", "share_of_cost": 0.5, **rest},
        {"category": "b", "share_of_cost": 0.5, "repatriable_share": 0},
    ]
    found = insourced(stated(own_cost_ratio=None, phases=None, categories=categories))
    assert found("net_saving", programme="P1", year=2020) == pytest.approx(250 - 200)
    assert found("net_saving", programme="P1", category="b", year=2020) == 0


SHOWN = """purchased total_purchased repatriable_volume purchase_avoided own_cost startup_cost capital_cost net_saving
cumulative_saving saving_at_full_effect total_net_saving present_value payback_year break_even_own_cost_ratio investment_paid
cash_flow cumulative_cash payback_year_at_full_effect payback_years_beyond_horizon remaining_debt saving_not_counted
present_net_saving"""


def test_the_figures_are_those_that_are_promised_and_no_steps_on_the_way(drammen):
    assert {one.figure for one in drammen.result.figures} == set(SHOWN.split())


def test_a_phase_that_does_not_say_how_long_it_takes_comes_at_once():
    assert Phase.model_validate({"share": 1, "from": "2020-01"}).over_months.value == 0


PLACES = {"places": 4, "own_cost_per_place": 90}
TWO_WAYS = {
    "places of a whole that has parts": ({"own_cost_ratio": None, **PLACES, "categories": CATEGORIES}, "places beside categories"),
    "places of a part beside the ratio of the whole": (
        {"categories": [{"category": "a", "share_of_cost": 1, **PLACES}]},
        "found places in a category beside the purchase's own_cost_ratio",
    ),
    "places of a part beside its own ratio": (
        {"own_cost_ratio": None, "categories": [{**CATEGORIES[1], **PLACES}]},
        "found own_cost_ratio beside places or own_cost_per_place",
    ),
    "a ratio and what a place costs": ({"own_cost_per_place": 90}, "found own_cost_ratio beside places or own_cost_per_place"),
    "a ratio and places": ({"places": 4}, "found own_cost_ratio beside places or own_cost_per_place"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), TWO_WAYS.values(), ids=TWO_WAYS.keys())
def test_two_ways_to_the_own_cost_are_refused(insourced, changes, told):
    with pytest.raises(ScenarioError, match=told):
        insourced(stated(**changes))


@pytest.mark.parametrize("changes", [{"places": 4}, {"own_cost_per_place": 90}, {"own_cost_ratio": 0.8}])
def test_a_part_of_the_way_to_the_own_cost_is_no_fault(insourced, changes):
    found = insourced(stated(own_cost_ratio=None) | changes)
    assert found("total_purchased") == 1_000
