"""Users and places beside kroner: phases as places or as users, what each user costs, and buildings for each phase."""

import pytest

from omsorg_cli.core.errors import ScenarioError

MILLION = 1_000_000
PLAN = {2024: 40, 2025: 3, 2026: 8, 2027: 8, 2028: 15, 2029: 17, 2030: 11}
"""A housing plan: the places that are taken into use in each year, 102 together."""
SO_FAR = {2024: 40, 2025: 43, 2026: 51, 2027: 59, 2028: 74, 2029: 91, 2030: 102}
SCHEDULE = [{"from": f"{year}-01", "places": places} for year, places in PLAN.items()]
BASE = {"programme": "P1", "annual_cost": 102 * MILLION, "repatriable_share": 1, "phases": SCHEDULE}
BY_RATIO = {"own_cost_ratio": 0.8}
BY_PLACE = {"places": 102, "own_cost_per_place": 900_000}
HORIZON = {"first_year": 2024, "years": 7}
NOW = {"programme": "P1", "repatriable_share": 0.5, "own_cost_ratio": 0.8, "phases": [{"share": 1, "from": "2020-01"}]}


@pytest.mark.parametrize(("own", "price"), [(BY_RATIO, 800_000), (BY_PLACE, 900_000)], ids=["ratio", "place"])
def test_a_housing_plan_is_a_schedule_of_places(insourced, own, price):
    found = insourced({**BASE, **own}, **HORIZON)
    by_year = found.series("purchase_avoided", "year")
    assert by_year == {year: pytest.approx(places * MILLION) for year, places in SO_FAR.items()}
    assert found.series("own_cost", "year") == {year: pytest.approx(SO_FAR[year] * price) for year in SO_FAR}
    assert found("saving_at_full_effect") == pytest.approx(102 * (MILLION - price))


def test_places_that_come_within_a_year_count_for_its_months(insourced):
    # 30 places from July in six steps: (1 + … + 6) / 6 / 12 × 30 = 8.75 places of 60
    phases = [{"from": "2024-07", "places": 30, "over_months": 6}, {"from": "2026-01", "places": 30}]
    found = insourced({**BASE, **BY_RATIO, "phases": phases}, first_year=2024)
    wanted = {2024: 8.75 / 60, 2025: 0.5, 2026: 1}
    assert found.series("purchase_avoided", "year") == {
        year: pytest.approx(102 * MILLION * part) for year, part in wanted.items()
    }


def test_phases_may_be_users(insourced):
    # 6 of 10 users can come: 2 in 2020 and 3 more from 2021, so that one never does
    phases = [{"from": "2020-01", "users": 2}, {"from": "2021-01", "users": 3}]
    found = insourced({**NOW, "annual_cost": 10 * MILLION, "users": 10, "repatriable_share": 0.6, "phases": phases})
    assert found.series("users_in_house", "year") == {
        2020: pytest.approx(2),
        2021: pytest.approx(5),
        2022: pytest.approx(5),
    }
    assert found("purchase_avoided", year=2022) == pytest.approx(5 * MILLION)
    assert found("saving_at_full_effect") == pytest.approx(MILLION)


def test_users_follow_from_shares_too(insourced):
    found = insourced({**NOW, "annual_cost": 10 * MILLION, "users": 8})
    assert found("users_in_house", year=2021) == 4
    assert (found("users_in_house", programme="P1", year=2021), found("users_in_house", programme="P1")) == (4, None)


def test_what_is_bought_for_each_user_is_a_figure_or_makes_the_cost(insourced):
    assert insourced({**NOW, "annual_cost": 10 * MILLION, "users": 8})("cost_per_user", programme="P1") == 1_250_000
    found = insourced({**NOW, "users": 8, "cost_per_user": 1_250_000})
    assert (found("total_purchased"), found("purchase_avoided", year=2020)) == (10 * MILLION, 5 * MILLION)


def test_categories_have_their_own_users(insourced):
    parts = [
        {"category": "a", "share_of_cost": 0.6, "users": 4},
        {"category": "b", "share_of_cost": 0.4, "users": 10, "repatriable_share": 1},
    ]
    found = insourced({**NOW, "annual_cost": 10 * MILLION, "categories": parts})
    users = [found("users_in_house", programme="P1", category=key, year=2020) for key in ("a", "b", None)]
    assert users == [2, 10, 12]
    assert [found("cost_per_user", programme="P1", category=key) for key in ("a", "b")] == [1_500_000, 400_000]


def test_without_users_nothing_is_said_of_users(insourced):
    found = insourced({**NOW, "annual_cost": 10 * MILLION})
    assert "user" not in found.missing
    assert found("users_in_house", year=2020) is None


BUILT = {**BASE, **BY_RATIO, "lifetime": 10, "interest_rate": 0}


def test_each_phase_may_have_its_own_building(insourced):
    # 12 million from January 2024 and 6 million from July 2026, over ten years without interest
    phases = [{"from": "2024-01", "places": 40}, {"from": "2026-07", "places": 62}]
    built = [{"from": "2024-01", "amount": 12 * MILLION}, {"from": "2026-07", "amount": 6 * MILLION}]
    found = insourced({**BUILT, "phases": phases, "investments": built}, first_year=2024)
    assert found.series("capital_cost", "year") == {2024: 1.2 * MILLION, 2025: 1.2 * MILLION, 2026: 1.5 * MILLION}
    assert found.series("investment_paid", "year") == {2024: 12 * MILLION, 2025: 0, 2026: 6 * MILLION}
    # 12 − 3 × 1.2 = 8.4 million, and 6 − 0.3 = 5.7 million
    assert found("remaining_debt") == pytest.approx(14.1 * MILLION)
    assert found("saving_at_full_effect") == pytest.approx(102 * 200_000 - 1.8 * MILLION)


def test_a_building_in_the_month_of_the_first_phase_costs_what_the_first_investment_does(insourced):
    base = {**NOW, "annual_cost": 10 * MILLION, "lifetime": 3, "interest_rate": 0.04}
    base["phases"] = [{"share": 1, "from": "2020-09", "over_months": 5}]
    listed = insourced(
        {**base, "investments": [{"from": "2020-09", "amount": 7 * MILLION}]}, discount_rate=0.04, years=5
    )
    first = insourced({**base, "investment": 7 * MILLION}, discount_rate=0.04, years=5)
    assert listed.held == pytest.approx(first.held)


def test_where_nothing_is_brought_in_house_nothing_is_built(insourced):
    base = {**NOW, "annual_cost": MILLION, "lifetime": 10, "interest_rate": 0, "repatriable_share": 0}
    found = insourced({**base, "investments": [{"from": "2021-01", "amount": 5 * MILLION}]})
    figures = ("capital_cost", "investment_paid", "remaining_debt", "saving_at_full_effect")
    assert [found(figure) for figure in figures] == [0, 0, 0, 0]


TWO = [{"category": "a", "share_of_cost": 0.6}, {"category": "b", "share_of_cost": 0.4}]
REFUSED = {
    "a phase in two ways": (
        {"phases": [{"from": "2020-01", "share": 1, "places": 3}]},
        "exactly one of: share; places; users",
    ),
    "a phase in no way": ({"phases": [{"from": "2020-01"}]}, "exactly one of: share; places; users"),
    "a schedule that falls": ({"phases": [{"from": "2020-01", "places": -3}]}, "at least 0"),
    "users below zero": ({"users": -1}, "at least 0"),
    "phases counted differently": (
        {"phases": [{"from": "2020-01", "share": 0.5}, {"from": "2021-01", "places": 3}]},
        "phases counted in different ways; allowed: all in shares, in places or in users",
    ),
    "more places in the phases than there are": (
        {"own_cost_ratio": None, "places": 3, "own_cost_per_place": 9, "phases": [{"from": "2020-01", "places": 4}]},
        "phases whose places add up to 4 of 3",
    ),
    "more users in the phases than there are": (
        {"users": 3, "phases": [{"from": "2020-01", "users": 4}]},
        "phases whose users add up to 4 of 3",
    ),
    "more users in the phases than can come": (
        {"users": 8, "phases": [{"from": "2020-01", "users": 5}]},
        "found 5 users in the phases; allowed: at most the 4 who can come",
    ),
    "more places than users": (
        {"own_cost_ratio": None, "places": 4, "own_cost_per_place": 9, "users": 3},
        "found 4 places for 3 users; allowed: at most one each",
    ),
    "two ways to the cost": ({"users": 3, "cost_per_user": 9}, "found cost_per_user beside annual_cost"),
    "users of a whole that has parts": ({"users": 3, "categories": TWO}, "found users beside categories"),
    "buildings of a whole that has parts": (
        {"categories": TWO, "investments": [{"from": "2020-01", "amount": 5}]},
        "found investments beside categories",
    ),
    "a building before the first year": (
        {"investments": [{"from": "2019-12", "amount": 5}]},
        "found 2019-12, before first_year; allowed: from 2020-01",
    ),
}


@pytest.mark.parametrize(("changes", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused(insourced, changes, told):
    purchase = {**NOW, "annual_cost": MILLION, **changes}
    with pytest.raises(ScenarioError, match=told):
        insourced({key: value for key, value in purchase.items() if value is not None})


MONEY = {"annual_cost": 10 * MILLION, "own_cost_ratio": 0.9, "repatriable_share": 1}
ALL = {"category": "a", "share_of_cost": 1, "users": 10}
OWN_PHASES = {
    "users, beside one by share": ([{"share": 0.5, "from": "2020"}], [{"users": 10, "from": "2020"}], (10, 10, 10)),
    "users, fewer than those by share": (
        [{"share": 0.5, "from": "2020"}, {"share": 0.5, "from": "2021"}],
        [{"users": 10, "from": "2021-07"}],
        (0, 5, 10),
    ),
    "places, more than those by share": (
        [{"share": 1, "from": "2020", "over_months": 6}],
        [{"places": 2, "from": "2020"}, {"places": 8, "from": "2022"}],
        (2, 2, 10),
    ),
    "one share, beside two": (
        [{"share": 0.5, "from": "2020"}, {"share": 0.5, "from": "2021"}],
        [{"share": 1, "from": "2022"}],
        (0, 0, 10),
    ),
    "none": ([{"share": 0.5, "from": "2021"}], [], (0, 5, 5)),
}


@pytest.mark.parametrize(("phases", "own", "users"), OWN_PHASES.values(), ids=OWN_PHASES.keys())
def test_a_category_comes_in_its_own_phases_and_in_none_of_the_purchases(insourced, phases, own, users):
    part = {**ALL, "phases": own} if own else ALL
    found = insourced({"programme": "P1", **MONEY, "phases": phases, "categories": [part]})
    assert list(found.series("users_in_house", "year").values()) == pytest.approx(users)
    assert list(found.series("purchase_avoided", "year").values()) == pytest.approx([one * MILLION for one in users])
    assert found("total_net_saving") == pytest.approx(sum(users) * 100_000)


def test_the_other_category_keeps_the_phases_of_the_purchase(insourced):
    parts = [
        {**ALL, "share_of_cost": 0.5, "phases": [{"users": 4, "from": "2021"}]},
        {"category": "b", "share_of_cost": 0.5},
    ]
    found = insourced({"programme": "P1", **MONEY, "phases": [{"share": 1, "from": "2022"}], "categories": parts})
    came = {
        key: [found("purchase_avoided", programme="P1", category=key, year=year) for year in (2020, 2021, 2022)]
        for key in "ab"
    }
    assert came == {"a": pytest.approx([0, 2 * MILLION, 2 * MILLION]), "b": pytest.approx([0, 0, 5 * MILLION])}


BY_PLACES = {"programme": "P1", "annual_cost": 10 * MILLION, "users": 10, "own_cost_per_place": 700_000}
BY_PLACES |= {"phases": [{"share": 1, "from": "2020"}]}
TOO_MANY = {
    "users for a purchase of parts": (
        {**MONEY, "phases": [{"users": 6, "from": "2020"}], "categories": [ALL]},
        "phases: found phases counted in users beside categories, .*; state phases in the categories, or phases as shares",
    ),
    "places for a purchase of parts": (
        {**MONEY, "phases": [{"places": 6, "from": "2020"}], "categories": [ALL]},
        "found phases counted in places beside categories",
    ),
    "places for those who stay": (
        {**BY_PLACES, "repatriable_share": 0.5, "places": 6},
        "places: found 6 places for the 5 users who can come; allowed: at most one each",
    ),
    "places of a category for those who stay by the share of the purchase": (
        {
            "annual_cost": 10 * MILLION,
            "repatriable_share": 0.5,
            "categories": [{**ALL, "places": 6, "own_cost_per_place": 700_000}],
        },
        "P1/a.places: found 6 places for the 5 users who can come",
    ),
    "users of a category who stay by the share of the purchase": (
        {**MONEY, "repatriable_share": 0.5, "categories": [{**ALL, "phases": [{"users": 6, "from": "2020"}]}]},
        "P1/a.phases: found 6 users in the phases; allowed: at most the 5 who can come",
    ),
}


@pytest.mark.parametrize(("purchase", "told"), TOO_MANY.values(), ids=TOO_MANY.keys())
def test_more_than_can_come_is_refused(insourced, purchase, told):
    with pytest.raises(ScenarioError, match=told):
        insourced({"programme": "P1", **purchase})


def test_places_for_all_who_can_come_but_for_the_rounding_of_the_share_are_no_fault(insourced):
    assert insourced({**BY_PLACES, "users": 12, "repatriable_share": 0.33, "places": 4})("total_purchased") > 0


def test_fewer_places_than_users_are_told_of(insourced):
    told = "P1 has 3 places for 5 users once all phases are in place"
    found = insourced({**BY_PLACES, "repatriable_share": 0.5, "places": 3})
    assert [text for text in found.result.remarks if text.startswith(told)]
    enough = insourced({**BY_PLACES, "repatriable_share": 0.5, "places": 5}).result.remarks
    assert not [text for text in enough if " places for " in text]
