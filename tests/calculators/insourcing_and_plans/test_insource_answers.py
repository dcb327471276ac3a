import pytest

AT_ONCE = [{"share": 1, "from": "2020-01", "over_months": 0}]
BASE = {"programme": "P1", "annual_cost": 1_000, "repatriable_share": 1, "own_cost_ratio": 0.5, "phases": AT_ONCE}
LATER = [{"share": 1, "from": "2021-01"}]

PAYBACK = {
    "it saves from the first year on": ({}, {}, 2020),
    "what begins later pays for itself later, though nothing is owed before": ({"phases": LATER}, {}, 2021),
    "500 a year against 900: −400, 100": ({"startup_cost": 900}, {}, 2021),
    "500 a year against 1 000: zero is enough": ({"startup_cost": 1_000}, {}, 2021),
    "500 a year against 1 001: in the third year": ({"startup_cost": 1_001}, {}, 2022),
    "500 a year against 1 501: never within the horizon": ({"startup_cost": 1_501}, {}, None),
    "500 a year against 1 501 in four years": ({"startup_cost": 1_501}, {"years": 4}, 2023),
    "it costs more each year": ({"own_cost_ratio": 1.1}, {}, None),
    # 1 000 × (1, 1.5, 2.25) less 500 × (1, 2.5, 6.25): 500, 250, −875
    "it saves first and then no more": ({}, {"purchased_price_growth": 0.5, "own_price_growth": 1.5}, None),
    # 1 000 − 900 and then 1 000 − 900 × 1.2 = −80: 100, 20
    "it falls but stays above zero": ({"own_cost_ratio": 0.9}, {"years": 2, "own_price_growth": 0.2}, 2020),
    "costs and savings are equal, so that nothing is saved that could pay": ({"own_cost_ratio": 1}, {}, None),
    "a ratio of 0.9 at an occupancy of 0.9 saves nothing": ({"own_cost_ratio": 0.9, "occupancy": 0.9}, {}, None),
    # 500 a year against 1 400 at once, though its annuity of 35 leaves 465 in each year: −900, −400, 100
    "500 a year against an investment of 1 400": (
        {"investment": 1_400, "lifetime": 40, "interest_rate": 0},
        {},
        2022,
    ),
    "500 a year against an investment of 1 600": (
        {"investment": 1_600, "lifetime": 40, "interest_rate": 0},
        {},
        None,
    ),
    "nothing comes home within the horizon": ({"phases": [{"share": 1, "from": "2030-01"}]}, {}, None),
}


@pytest.mark.parametrize(("changes", "table", "year"), PAYBACK.values(), ids=PAYBACK.keys())
def test_it_pays_for_itself_from_the_year_from_which_it_stays_at_or_above_zero(insourced, changes, table, year):
    found = insourced({**BASE, **changes}, **table)
    assert found("payback_year") == year
    assert ("payback_year" in found.missing) is (year is None)


def test_the_programmes_together_pay_for_themselves(insourced):
    # P1 −500, +500, +500; P2 +500 each: 0, 1 000, 2 000
    found = insourced({**BASE, "startup_cost": 1_000}, {**BASE, "programme": "P2"})
    assert found("payback_year") == 2020


BREAK_EVEN = {
    "only running costs: what is bought": ({}, 1),
    "only running costs, phased in": ({"phases": [{"share": 0.7, "from": "2020-05", "over_months": 17}]}, 1),
    "start-up of 300 of 3 000": ({"startup_cost": 300}, 0.9),
    "a ratio of a place built, 0.8 of which are in use": ({"occupancy": 0.8}, 0.8),
    "start-up that eats it all": ({"startup_cost": 3_000}, 0),
    "start-up beyond it": ({"startup_cost": 4_500}, -0.5),
    # 600 over 20 years without interest: 30 a year of 1 000
    "capital of 90 of 3 000": ({"investment": 600, "lifetime": 20, "interest_rate": 0}, 0.97),
}


@pytest.mark.parametrize(("changes", "ratio"), BREAK_EVEN.values(), ids=BREAK_EVEN.keys())
def test_it_breaks_even_at_a_ratio(insourced, changes, ratio):
    found = insourced({**BASE, **changes})
    exactly = ratio if ratio == 1 else pytest.approx(ratio, abs=1e-12)
    assert found("break_even_own_cost_ratio") == exactly
    assert found("break_even_own_cost_ratio", programme="P1") == exactly


def test_only_running_costs_is_exactly_one_whatever_the_rates_and_the_run_says_so(insourced):
    phases = [{"share": 0.3, "from": "2020-03", "over_months": 7}, {"share": 0.6, "from": "2021-11", "over_months": 11}]
    two = [{**BASE, "phases": phases, "repatriable_share": 1 / 3}, {**BASE, "programme": "P2", "annual_cost": 777}]
    found = insourced(*two, discount_rate=0.037)
    assert found("break_even_own_cost_ratio") == 1
    assert any("running costs" in text for text in found.result.remarks)


@pytest.mark.parametrize("startup", [3_000, 4_500])
def test_a_ratio_at_or_below_zero_is_said_to_be_none(insourced, startup):
    found = insourced({**BASE, "startup_cost": startup})
    assert any("even if in-house provision cost nothing" in text for text in found.result.remarks)


def test_an_ordinary_ratio_asks_for_no_remark(insourced):
    (told,) = insourced({**BASE, "startup_cost": 300}).result.remarks
    assert told.startswith("Refunds are not counted for any purchase")


def test_a_programme_has_its_own_break_even_and_all_have_one(insourced):
    found = insourced({**BASE, "startup_cost": 300}, {**BASE, "programme": "P2", "annual_cost": 2_000})
    assert found("break_even_own_cost_ratio", programme="P1") == pytest.approx(0.9)
    assert found("break_even_own_cost_ratio", programme="P2") == 1
    # (3 000 + 6 000 − 300) / 9 000
    assert found("break_even_own_cost_ratio") == pytest.approx(8_700 / 9_000)


def test_prices_that_grow_apart_move_the_break_even(insourced):
    # (1 000 + 1 100 + 1 210) / 3 000
    assert insourced(BASE, purchased_price_growth=0.1)("break_even_own_cost_ratio") == pytest.approx(3_310 / 3_000)


def test_nothing_brought_home_has_no_break_even_and_the_run_says_why(insourced):
    found = insourced({"programme": "P1", "annual_cost": 1_000, "repatriable_share": 0})
    assert found("break_even_own_cost_ratio") is None
    assert found("total_net_saving") == 0
    assert "nothing is brought in-house" in found.missing


def without(*keys, **changes):
    return {key: value for key, value in {**BASE, "programme": "P2", **changes}.items() if key not in keys}


LACKING = {
    "no ratio": (without("own_cost_ratio"), "own_cost_ratio", {"own_cost", "net_saving"}),
    "no phases": (without("phases"), "phases", {"purchase_avoided", "own_cost", "net_saving"}),
    "no annual cost": (
        without("annual_cost"),
        "annual_cost",
        {"repatriable_volume", "purchase_avoided", "own_cost", "net_saving"},
    ),
    "no share": (
        without("repatriable_share"),
        "repatriable_share",
        {"repatriable_volume", "purchase_avoided", "own_cost", "net_saving"},
    ),
    "places without their cost": (
        without("own_cost_ratio", places=3),
        "own_cost_per_place",
        {"own_cost", "net_saving"},
    ),
    "an investment without a lifetime": (
        without(investment=5, interest_rate=0),
        "lifetime",
        {"capital_cost", "net_saving"},
    ),
    "an investment without interest": (
        without(investment=5, lifetime=9),
        "interest_rate",
        {"capital_cost", "net_saving"},
    ),
}
TOTALS = ("total_net_saving", "present_value", "payback_year", "break_even_own_cost_ratio", "saving_at_full_effect")


@pytest.mark.parametrize(("purchase", "lacks", "gone"), LACKING.values(), ids=LACKING.keys())
def test_a_purchase_that_lacks_an_input_takes_the_totals_with_it_but_not_the_others(insourced, purchase, lacks, gone):
    found = insourced(BASE, purchase)
    assert lacks in found.missing
    for figure in gone - {"repatriable_volume"}:
        assert found(figure, programme="P2", year=2021) is None
        assert found(figure, year=2021) is None
        assert found(figure, programme="P1", year=2021) is not None
        assert found(figure, programme="P1") is not None
    if "repatriable_volume" in gone:
        assert (found("repatriable_volume", programme="P2"), found("repatriable_volume")) == (None, None)
        assert found("repatriable_volume", programme="P1") == 1_000


@pytest.mark.parametrize(("purchase", "lacks", "gone"), LACKING.values(), ids=LACKING.keys())
def test_the_totals_are_left_out_and_each_is_said_to_be_missing(insourced, purchase, lacks, gone):
    found = insourced(BASE, purchase)
    kept = {"break_even_own_cost_ratio"} if not gone - {"own_cost", "net_saving"} else set()
    kept |= {"payback_year"} if "capital_cost" in gone else set()  # what is invested is counted when it is paid
    expected = [name for name in TOTALS if name not in kept]
    assert [found(name) for name in expected] == [None] * len(expected)
    assert [name for name in expected if name not in found.missing] == []


def test_a_category_that_lacks_an_input_leaves_out_its_programme_and_the_other_category_stays(insourced):
    categories = [
        {"category": "a", "share_of_cost": 0.5, "own_cost_ratio": 0.5},
        {"category": "b", "share_of_cost": 0.5},
    ]
    found = insourced({**without("own_cost_ratio"), "categories": categories})
    assert found("net_saving", programme="P2", category="a", year=2020) == 250
    assert found("net_saving", programme="P2", category="b", year=2020) is None
    assert found("net_saving", programme="P2", year=2020) is None
    assert found("purchase_avoided", programme="P2", year=2020) == 1_000


def test_without_a_discount_rate_only_what_is_discounted_is_left_out(answers):
    found = answers("insource", {"insource": {"first_year": 2020, "years": 3, "purchases": [BASE]}})
    assert (found("present_value"), found("total_net_saving"), found("payback_year")) == (None, 1_500, 2020)
    assert "discount_rate" in found.missing
