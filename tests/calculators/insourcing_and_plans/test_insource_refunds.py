"""Refunds for users who need many resources: as services are bought and as they are in-house, by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError
from turns import examples

MILLION = 1_000_000
GROUP = {"users": 4, "net_wage_cost": 2_460_000, "net_wage_cost_in_house": 2_080_000}
BASE = {
    "programme": "P1",
    "annual_cost": 20 * MILLION,
    "repatriable_share": 0.5,
    "own_cost_ratio": 0.8,
    "phases": [{"share": 1, "from": "2020-07"}],
    "refund_groups": [GROUP],
}
RULES = {"refund_threshold": 1_080_000, "refund_rate": 0.8}


def test_what_comes_in_house_is_refunded_by_what_it_costs_there(insourced):
    # today 4 × 0.8 × 1 380 000 = 4 416 000; in-house 4 × 0.8 × 1 000 000 = 3 200 000; half of them for half of 2020
    found = insourced(BASE, **RULES)
    assert found("refund_today") == pytest.approx(4_416_000)
    assert found.series("refund_change", "year") == {
        2020: pytest.approx(-304_000),
        2021: pytest.approx(-608_000),
        2022: pytest.approx(-608_000),
    }
    # 10 million × 0.2 a year, for half of 2020
    assert found.series("net_saving", "year") == {2020: 1e6 - 304_000, 2021: 2e6 - 608_000, 2022: 2e6 - 608_000}
    assert found("saving_at_full_effect") == pytest.approx(1_392_000)
    assert found("cash_flow", year=2021) == pytest.approx(1_392_000)


def test_a_saving_may_turn_into_a_cost_since_the_state_pays_most_of_it(insourced):
    # a user at 3 million bought and 2.4 in-house saves 600 000, of which the state keeps 80 %; wages are all of the cost
    user = {"users": 1, "net_wage_cost": 3 * MILLION, "net_wage_cost_in_house": 2.4 * MILLION}
    one = {**BASE, "annual_cost": 3 * MILLION, "repatriable_share": 1, "refund_groups": [user]}
    found = insourced({**one, "phases": [{"share": 1, "from": "2020-01"}]}, **RULES)
    assert found("net_saving", year=2021) == pytest.approx(120_000)
    dear = insourced({**one, "phases": [{"share": 1, "from": "2020-01"}], "startup_cost": 400_000}, **RULES)
    assert dear("total_net_saving") == pytest.approx(3 * 120_000 - 400_000)
    # 0.6 of 3 million less 80 % of it, at which ratio of 3 million: (3 million − 480 000) / 3 million
    assert found("break_even_own_cost_ratio") == pytest.approx(0.84)


def test_the_threshold_and_the_costs_grow_by_their_own_rates(insourced):
    growth = {"purchased_price_growth": 0.1, "own_price_growth": 0.2, "threshold_growth": 0.05}
    found = insourced({**BASE, "phases": [{"share": 1, "from": "2020-01"}], "repatriable_share": 1}, **RULES, **growth)
    # 2021: 0.8 × 4 × (2 496 000 − 1 134 000) less 0.8 × 4 × (2 706 000 − 1 134 000)
    assert found("refund_change", year=2021) == pytest.approx(0.8 * 4 * (2_496_000 - 2_706_000))
    assert found("refund_today") == pytest.approx(4_416_000)


def test_below_the_threshold_nothing_is_refunded_and_nothing_changes(insourced):
    low = {"users": 9, "net_wage_cost": 1_000_000, "net_wage_cost_in_house": 600_000}
    found = insourced({**BASE, "refund_groups": [low]}, **RULES)
    assert (found("refund_today"), found("refund_change")) == (0, 0)
    # from 1.2 million to below it: what was refunded is lost, 9 × 0.8 × 120 000 a year at full effect, half of them
    low["net_wage_cost"] = 1_200_000
    assert insourced({**BASE, "refund_groups": [low]}, **RULES)("refund_change", year=2022) == pytest.approx(-432_000)


def test_deductions_are_taken_off_before_the_threshold(insourced):
    found = insourced({**BASE, "refund_groups": [{**GROUP, "deductions": 380_000}]}, **RULES)
    # 4 × 0.8 × (2 460 000 − 1 080 000 − 380 000)
    assert found("refund_today") == pytest.approx(3_200_000)


def test_groups_add_up_and_categories_have_their_own(insourced):
    found = insourced({**BASE, "refund_groups": [GROUP, {**GROUP, "users": 2}]}, **RULES)
    assert found("refund_today") == pytest.approx(1.5 * 4_416_000)
    parts = [
        {"category": "a", "share_of_cost": 0.5, "refund_groups": [GROUP]},
        {"category": "b", "share_of_cost": 0.5, "repatriable_share": 1},
    ]
    whole = {key: value for key, value in BASE.items() if key != "refund_groups"}
    found = insourced({**whole, "categories": parts}, **RULES)
    assert [found("refund_change", programme="P1", category=key, year=2021) for key in ("a", "b")] == [
        pytest.approx(-608_000),
        0,
    ]
    assert found("refund_change", programme="P1", year=2021) == pytest.approx(-608_000)


def test_how_many_purchases_state_no_users_is_told_and_where_all_do_nothing_is(insourced):
    plain = {**BASE, "refund_groups": []}
    found = insourced(BASE, {**plain, "programme": "P2"}, {**plain, "programme": "P3"}, **RULES)
    told = "Refunds are not counted for 2 of 3 purchases"
    assert [text.partition(",")[0] for text in found.result.remarks if "Refunds" in text] == [told]
    assert not any("Refunds" in text for text in insourced(BASE, **RULES).result.remarks)


@pytest.mark.parametrize("lacking", ["refund_threshold", "refund_rate"])
def test_a_threshold_without_a_rate_leaves_the_saving_out_and_says_why(insourced, lacking):
    found = insourced(BASE, **{key: value for key, value in RULES.items() if key != lacking})
    assert found("net_saving") is None
    assert found("purchase_avoided", year=2021) == 10 * MILLION
    assert lacking in found.missing


def test_without_groups_a_threshold_alone_changes_nothing(insourced):
    plain = {**BASE, "refund_groups": []}
    assert insourced(plain, refund_threshold=1).held == insourced(plain).held


REFUSED = {
    "users below zero": ([{**GROUP, "users": -1}], "at least 0"),
    "a cost below zero": ([{**GROUP, "net_wage_cost": -1}], "at least 0"),
    "groups beside categories": ([GROUP], "found refund_groups beside categories"),
    "more users than there are": ([GROUP, GROUP], "groups whose users add up to 8 of 7"),
}


@pytest.mark.parametrize(("groups", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused(insourced, groups, told):
    parts = {"categories": [{"category": "a", "share_of_cost": 1}]} if "beside" in told else {}
    more = {"users": 7} if "add up" in told else {}
    with pytest.raises(ScenarioError, match=told):
        insourced({**BASE, "refund_groups": groups, **parts, **more}, **RULES)


KRONER = st.integers(0, 5_000_000)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(bought=KRONER, low=KRONER, more=KRONER, deductions=KRONER, threshold=KRONER, rate=st.floats(0, 1))
def test_a_refund_is_never_negative_and_grows_with_what_it_costs(
    insourced, bought, low, more, deductions, threshold, rate
):
    def change(cost):
        group = {"users": 3, "net_wage_cost": bought, "net_wage_cost_in_house": cost, "deductions": deductions}
        found = insourced({**BASE, "refund_groups": [group]}, refund_threshold=threshold, refund_rate=rate)
        assert found("refund_today") >= 0
        # never less than nothing is refunded in-house: half of what is refunded today is the most that can be lost
        assert found("refund_change", year=2022) >= -found("refund_today") / 2 - 1e-6
        return found("refund_change", year=2022)

    assert change(low) <= change(low + more) + 1e-6
