import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError

SCHEME = {"threshold": 1_080_000, "rate": 0.8}


@pytest.fixture(scope="module")
def refunded(answers):
    """The answers for groups under the scheme: 80 per cent above 1.08 million unless said otherwise."""

    def of(*groups, **table):
        held = {key: value for key, value in {**SCHEME, **table}.items() if value is not None}
        named = [{"group": f"g{index}", **group} for index, group in enumerate(groups)]
        return answers("refund", {"refund": {**held, "groups": named}})

    return of


def test_a_total_for_so_many_users_gives_what_each_costs(refunded):
    found = refunded({"users": 7_781, "refund": 8_600_000_000})
    # 8.6 billion / 7 781 is 1.105 million; / 0.8 + 1.08 million is 2.4616 million
    assert found("refund_per_user", group="g0") == pytest.approx(1_105_256.39, abs=0.01)
    assert found("net_wage_cost", group="g0") == pytest.approx(2_461_570.49, abs=0.01)
    assert found("cost_above_threshold", group="g0") == pytest.approx(10_750_000_000)
    # 7 781 × 2 461 570.49 is 19.153 billion, of which 8.6 are refunded: 44.9 %
    assert found("state_share") == pytest.approx(0.449, abs=0.0005)


def test_what_a_user_costs_gives_the_refund(refunded):
    found = refunded({"users": 3, "net_wage_cost": 2_460_000})
    assert found("refund_per_user", group="g0") == pytest.approx(0.8 * 1_380_000)
    assert found("refund") == pytest.approx(3_312_000)
    assert found("net_cost") == pytest.approx(3 * (2_460_000 - 1_104_000))


def test_the_answer_says_what_threshold_and_rate_become(omsorg):
    # 1 080 000 + 50 000 = 1 130 000, and 80 per cent of 50 000 for each of 7 781 users is 311.24 million
    told = "With a threshold of 1.13 million NOK per user (50 000 NOK up) and a rate of 80% (unchanged), "
    assert f"{told}municipalities would pay an extra 311 million NOK a year." in omsorg("refund").stdout


RAISED = {
    "8 140 recipients, whatever they cost": ({"users": 8_140}, -325_600_000),
    "10 who stay above it": ({"users": 10, "net_wage_cost": 2_000_000}, -400_000),
    "10 who are 20 000 above it and lose what those bring": ({"users": 10, "net_wage_cost": 1_100_000}, -160_000),
    "10 who are below it already": ({"users": 10, "net_wage_cost": 900_000}, 0),
}


@pytest.mark.parametrize(("group", "effect"), RAISED.values(), ids=RAISED.keys())
def test_a_threshold_raised_by_50_000_costs_80_per_cent_of_it_for_each(refunded, group, effect):
    assert refunded(group, threshold_change=50_000)("effect_of_change") == pytest.approx(effect)


def test_a_lower_rate_costs_its_share_of_what_lies_above(refunded):
    # 5 points of 10 × 920 000
    found = refunded({"users": 10, "net_wage_cost": 2_000_000}, rate_change=-0.05)
    assert found("effect_of_change") == pytest.approx(-460_000)


def test_deductions_come_off_and_a_group_may_have_its_own(refunded):
    groups = {"users": 1, "net_wage_cost": 2_000_000}, {"users": 1, "net_wage_cost": 2_000_000, "deductions": 20_000}
    found = refunded(*groups, deductions=100_000)
    assert found("refund", group="g0") == pytest.approx(0.8 * 820_000)
    assert found("refund", group="g1") == pytest.approx(0.8 * 900_000)


@pytest.mark.parametrize(("age", "refund"), [(66, 736_000), (67, 736_000), (68, 0)])
def test_a_user_counts_up_to_and_with_the_age_limit(refunded, age, refund):
    found = refunded({"users": 1, "net_wage_cost": 2_000_000, "age": age}, age_limit=67)
    assert found("refund") == pytest.approx(refund)
    assert found("net_cost") == pytest.approx(2_000_000 - refund)


def test_no_refund_says_nothing_of_the_wages(refunded):
    found = refunded({"users": 4, "refund": 0})
    assert found("net_wage_cost", group="g0") is None
    assert "without a refund, wages may lie anywhere up to the threshold" in found.missing


def test_a_sum_is_of_all_groups(refunded):
    found = refunded({"users": 2, "net_wage_cost": 2_000_000}, {"users": 1, "net_wage_cost": 500_000})
    assert (found("all_users"), found("wage_cost")) == (3, 4_500_000)
    assert found("refund") == pytest.approx(2 * 736_000)
    assert found("state_share") == pytest.approx(1_472_000 / 4_500_000)


NOT_ALLOWED = {
    "a threshold without a rate": ({"rate": None}, {}, "found a threshold without a rate"),
    "a group's threshold without a rate": (
        {"rate": None, "threshold": None},
        {"threshold": 1_000_000},
        "found a threshold without a rate",
    ),
    "users below zero": ({}, {"users": -1}, "found -1; allowed: a whole number (persons), over 0"),
    "wages below zero": ({}, {"net_wage_cost": -1}, "allowed: a number (NOK per user per year), at least 0"),
    "a rate over 1": ({"rate": 1.2}, {}, "found 1.2; allowed: a number (share), at least 0 and at most 1"),
    "a rate that becomes more than all": ({"rate_change": 0.3}, {}, "found 0.3 beside 0.8 today; allowed: −0.8 to 0.2"),
    "a threshold that becomes less than none": (
        {"threshold_change": -2_000_000},
        {},
        "found −2 000 000 beside 1 080 000 today; allowed: at least −1 080 000",
    ),
    "an age without a limit": ({}, {"age": 70}, "found an age without an age_limit"),
    "an age beside what is paid": (
        {"age_limit": 67},
        {"net_wage_cost": None, "refund": 1_000_000, "age": 70},
        "found an age beside a refund that is paid",
    ),
    "another rate without wages": (
        {"rate_change": -0.05},
        {"net_wage_cost": None},
        "the effect of another rate depends on the wages; state net_wage_cost or refund",
    ),
    "two ways": ({}, {"refund": 5_000_000}, "found users + net_wage_cost + refund; allowed is exactly one of"),
}


@pytest.mark.parametrize(("table", "group", "told"), NOT_ALLOWED.values(), ids=NOT_ALLOWED.keys())
def test_what_cannot_be_is_refused(refunded, table, group, told):
    whole = {"users": 1, "net_wage_cost": 2_000_000, **group}
    with pytest.raises(OmsorgError) as raised:
        refunded({key: value for key, value in whole.items() if value is not None}, **table)
    assert told in str(raised.value)


costs = st.floats(0, 1e7)
rates = st.floats(0, 1)


@given(low=costs, more=costs, threshold=costs, rate=rates, deductions=costs)
def test_a_refund_is_never_below_zero_never_more_than_the_cost_and_grows_with_it(
    refunded, low, more, threshold, rate, deductions
):
    groups = [{"users": 1, "net_wage_cost": cost} for cost in (low, low + more)]
    found = refunded(*groups, threshold=threshold, rate=rate, deductions=deductions)
    less, greater = (found("refund", group=name) for name in ("g0", "g1"))
    assert 0 <= less <= greater <= (low + more) * (1 + 1e-12)


@given(cost=st.floats(1_080_001, 1e7), users=st.integers(1, 10_000))
def test_the_wages_that_a_refund_comes_from_are_found_again(refunded, cost, users):
    paid = refunded({"users": users, "net_wage_cost": cost})("refund")
    if paid > 0:
        found = refunded({"users": users, "refund": paid})("net_wage_cost", group="g0")
        assert found == pytest.approx(cost, rel=1e-9)


AGES = """
title = "Home"
municipality = "Home"
year = 2025
[refund]
threshold = 1_700_000
rate = 0.8
age_limit = 67
groups = [
    { group = "young", users = 2, net_wage_cost = 2_500_000, age = 67 },
    { group = "old", users = 2, net_wage_cost = 2_500_000, age = 68 },
    { group = "any", users = 2, net_wage_cost = 2_500_000 },
]
"""


def test_who_is_over_the_age_limit_is_said_not_to_be_eligible(omsorg):
    said = omsorg("refund", "-", "--full", text=AGES).stdout
    assert "Old: not eligible: over the age limit." in said
    # 2 × (2.5 − 1.7) million
    assert "Young: 1.60 million NOK a year of the wage cost is above the threshold." in said
    assert "Any: 1.60 million NOK a year of the wage cost is above the threshold." in said
