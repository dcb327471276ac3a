import pytest

from omsorg_cli.core.errors import ScenarioError

BASE = {"programme": "P1", "annual_cost": 1_200, "repatriable_share": 1, "own_cost_ratio": 0.5}


def phase(start, over=0, share=1):
    return {"share": share, "from": start, "over_months": over}


HOME = {
    "from July, six months of 100 a month": ([phase("2020-07")], [600, 1_200, 1_200]),
    # 100 × (1 + 2 + 3) / 3 in October to December = 200
    "in three steps from October": ([phase("2020-10", 3)], [200, 1_200, 1_200]),
    # 2020: 100 × (1 + … + 12) / 24 = 325; 2021: 100 × (13 + … + 24) / 24 = 925
    "in 24 steps from January": ([phase("2020-01", 24)], [325, 925, 1_200]),
    "a half in two phases": ([phase("2020-07", 0, 0.25), phase("2022-01", 0, 0.25)], [150, 300, 600]),
    "after the horizon": ([phase("2023-01")], [0, 0, 0]),
    "in the last month": ([phase("2022-12")], [0, 0, 100]),
}


@pytest.mark.parametrize(("phases", "avoided"), HOME.values(), ids=HOME.keys())
def test_what_is_home_counts_by_months(insourced, phases, avoided):
    found = insourced({**BASE, "phases": phases})
    assert list(found.series("purchase_avoided", "year").values()) == pytest.approx(avoided)
    assert list(found.series("own_cost", "year").values()) == pytest.approx([one / 2 for one in avoided])


def test_shares_of_phases_sum_to_at_most_one(insourced):
    insourced({**BASE, "phases": [phase("2020-01", 0, 0.5), phase("2020-01", 0, 0.5 + 5e-10)]})
    with pytest.raises(ScenarioError, match="phases whose shares add up"):
        insourced({**BASE, "phases": [phase("2020-01", 0, 0.5), phase("2020-01", 0, 0.5 + 1e-8)]})


def test_a_phase_before_the_first_year_is_refused(insourced):
    with pytest.raises(ScenarioError, match="2019-12"):
        insourced({**BASE, "phases": [phase("2019-12")]})


ONCE = {
    "in the first year": ([phase("2020-12")], [90, 0, 0]),
    "in the year of the earliest phase, whichever is first in the list": (
        [phase("2022-01", 0, 0.5), phase("2021-03", 0, 0.5)],
        [0, 90, 0],
    ),
    "after the horizon": ([phase("2023-01")], [0, 0, 0]),
}


@pytest.mark.parametrize(("phases", "costs"), ONCE.values(), ids=ONCE.keys())
def test_start_up_falls_in_the_year_in_which_the_first_phase_begins(insourced, phases, costs):
    found = insourced({**BASE, "phases": phases, "startup_cost": 90})
    assert list(found.series("startup_cost", "year").values()) == costs
    assert list(found.series("startup_cost", "year", programme="P1").values()) == costs


CAPITAL = {
    "from July, half of the first year": ("2020-07", 20, [500, 1_000, 1_000]),
    "from December, a twelfth": ("2020-12", 20, [1_000 / 12, 1_000, 1_000]),
    "paid off within the horizon": ("2020-07", 1, [10_000, 10_000, 0]),
    # 1.5 years = 18 months from July 2020: 6 and 12; 20 000 / 1.5 a year
    "paid off in 18 months": ("2020-07", 1.5, [20_000 / 3, 40_000 / 3, 0]),
}


@pytest.mark.parametrize(("start", "lifetime", "costs"), CAPITAL.values(), ids=CAPITAL.keys())
def test_an_investment_of_20_000_without_interest_is_paid_off_by_months(insourced, start, lifetime, costs):
    capital = {"investment": 20_000, "lifetime": lifetime, "interest_rate": 0}
    found = insourced({**BASE, "phases": [phase(start)], **capital})
    assert list(found.series("capital_cost", "year").values()) == pytest.approx(costs)


def test_interest_makes_the_annuity(insourced):
    # 121 000 at 10 % over two years: 121 000 × 0.1 × 1.21 / 0.21 = 69 719.05; half of it in the first and third year
    capital = {"investment": 121_000, "lifetime": 2, "interest_rate": 0.1}
    found = insourced({**BASE, "phases": [phase("2020-07")], **capital})
    yearly = 121_000 * 0.121 / 0.21
    assert list(found.series("capital_cost", "year").values()) == pytest.approx([yearly / 2, yearly, yearly / 2])
    # at full effect 1 200 − 600 less a whole annuity
    assert found("saving_at_full_effect") == pytest.approx(600 - yearly)


def test_start_up_and_capital_belong_to_the_programme_and_count_once(insourced):
    categories = [{"category": key, "share_of_cost": 0.5} for key in ("a", "b")]
    costs = {"startup_cost": 90, "investment": 200, "lifetime": 20, "interest_rate": 0}
    found = insourced({**BASE, "phases": [phase("2020-01")], "categories": categories, **costs})
    at = {"programme": "P1", "year": 2020}
    assert [found("net_saving", category=c, **at) for c in ("a", "b", None)] == [300, 300, 600 - 90 - 10]
    assert found("net_saving", programme="P1") == 3 * 600 - 90 - 30
    assert found("cumulative_saving", programme="P1", year=2022) == found("total_net_saving") == 3 * 600 - 90 - 30


def test_a_purchase_without_categories_has_one_record_with_all_its_costs(insourced):
    found = insourced({**BASE, "phases": [phase("2020-01")], "startup_cost": 90})
    records = [one.value for one in found.result.figures if one.figure == "net_saving" and one.keys["year"] == 2020]
    assert records == [510, 510]
    assert found("cumulative_saving", programme="P1", year=2021) == 1_110


GROWTH = {
    "prices paid grow 10 %: 1 200, 1 320, 1 452": ({"purchased_price_growth": 0.1}, [600, 720, 852]),
    "own costs grow 10 %: 600, 660, 726": ({"own_price_growth": 0.1}, [600, 540, 474]),
    "both grow alike": ({"purchased_price_growth": 0.1, "own_price_growth": 0.1}, [600, 660, 726]),
    "prices paid fall by half": ({"purchased_price_growth": -0.5}, [600, 0, -300]),
}


@pytest.mark.parametrize(("growth", "saved"), GROWTH.values(), ids=GROWTH.keys())
def test_prices_grow_from_the_first_year(insourced, growth, saved):
    found = insourced({**BASE, "phases": [phase("2020-01")]}, **growth)
    assert list(found.series("net_saving", "year").values()) == pytest.approx(saved)
    assert found("saving_at_full_effect") == pytest.approx(600)


def test_start_up_and_capital_do_not_grow(insourced):
    costs = {"startup_cost": 90, "investment": 200, "lifetime": 20, "interest_rate": 0}
    found = insourced({**BASE, "phases": [phase("2021-01")], **costs}, own_price_growth=0.5)
    assert (found("startup_cost", year=2021), found("capital_cost", year=2022)) == (90, 10)


DISCOUNT = {
    "without a rate, the sum": (0, 1_800),
    "at 25 %: 480 + 384 + 307.2": (0.25, 1_171.2),
    "at 100 %: 300 + 150 + 75": (1, 525),
    "below zero, later years count more: 1 200 + 2 400 + 4 800": (-0.5, 8_400),
}


@pytest.mark.parametrize(("rate", "value"), DISCOUNT.values(), ids=DISCOUNT.keys())
def test_the_first_year_is_discounted_once(insourced, rate, value):
    found = insourced({**BASE, "phases": [phase("2020-01")]}, discount_rate=rate)
    assert found("present_value") == pytest.approx(value)
    assert found("total_net_saving") == pytest.approx(1_800)
