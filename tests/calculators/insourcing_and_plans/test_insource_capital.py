"""What is invested, in the yearly budget and in cash, held against loans that are paid off in a loop."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError
from turns import examples

MILLION = 1_000_000
AT_ONCE = [{"share": 1, "from": "2020-01"}]
BASE = {
    "programme": "P1",
    "annual_cost": 20 * MILLION,
    "repatriable_share": 1,
    "own_cost_ratio": 0.5,
    "phases": AT_ONCE,
}
CAPITAL = {"investment": 100 * MILLION, "lifetime": 40, "interest_rate": 0.04}
BUILT = {**BASE, **CAPITAL}
NOTHING_HOME = {"repatriable_share": 0}


def payment(loan, rate, years):
    """The level payment at each year's end that leaves nothing of the loan, found by halving."""
    low, high = 0.0, loan * (1 + rate)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if owed(loan, rate, years, middle) > 0 else (low, middle)
    return low


def owed(loan, rate, years, paid):
    """What is owed after so many years: interest is added for a year, then the payment is made."""
    for _ in range(years):
        loan = loan * (1 + rate) - paid
    return loan


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(30))
@given(rate=st.sampled_from((0.0, 0.02, 0.04, 0.11)), lifetime=st.integers(1, 60), years=st.integers(1, 60))
def test_the_debt_that_is_left_is_that_of_a_loan_paid_off_year_by_year(insourced, rate, lifetime, years):
    found = insourced({**BUILT, "lifetime": lifetime, "interest_rate": rate}, years=years)
    yearly = payment(100 * MILLION, rate, lifetime)
    assert found("capital_cost", year=2020) == pytest.approx(yearly)
    left = owed(100 * MILLION, rate, years, yearly) if years < lifetime else 0
    assert found("remaining_debt") == pytest.approx(left, abs=1)
    assert found("remaining_debt", programme="P1") == found("remaining_debt")


@pytest.mark.parametrize("month", [1, 4, 7, 12])
def test_a_loan_taken_within_a_year_bears_interest_for_its_months_and_is_paid_by_them(insourced, month):
    # the first year has a part of the interest and of the payment, and so has the last
    months = 13 - month
    phases = [{"share": 1, "from": f"2020-{month:02d}"}]
    yearly = payment(100 * MILLION, 0.04, 10)
    left = 100 * MILLION * (1 + 0.04 * months / 12) - yearly * months / 12
    for years in range(1, 10):
        found = insourced({**BUILT, "lifetime": 10, "phases": phases}, years=years)
        assert found("remaining_debt") == pytest.approx(left, abs=1)
        left = left * 1.04 - yearly
    assert insourced({**BUILT, "lifetime": 10, "phases": phases}, years=11)("remaining_debt") == pytest.approx(0, abs=1)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(30))
@given(rate=st.sampled_from((0.0, 0.02, 0.04, 0.11)), lifetime=st.integers(1, 60))
def test_discounted_at_its_own_interest_an_investment_is_worth_what_it_costs(insourced, rate, lifetime):
    idle = {**BUILT, "own_cost_ratio": 1, "lifetime": lifetime, "interest_rate": rate}
    found = insourced(idle, years=lifetime, discount_rate=rate)
    assert found("present_value") == pytest.approx(-100 * MILLION)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(30))
@given(rate=st.sampled_from((0.0, 0.04, 0.11)), lifetime=st.integers(2, 60), years=st.integers(1, 60))
def test_what_is_paid_in_the_horizon_and_the_debt_after_it_are_worth_what_it_costs(insourced, rate, lifetime, years):
    idle = {**BUILT, "own_cost_ratio": 1, "lifetime": lifetime, "interest_rate": rate}
    found = insourced(idle, years=years, discount_rate=rate)
    debt = found("remaining_debt") / (1 + rate) ** years
    assert debt - found("present_value") == pytest.approx(100 * MILLION)


IDENTITY = {
    "insource": (
        {"insource": {"first_year": 2020, "years": 3, "discount_rate": 0, "purchases": [{**BUILT, "lifetime": 10}]}},
        ("capital_cost", {"programme": "P1", "year": 2021}),
    ),
    "invest": (
        {
            "invest": {
                "lifetime": 10,
                "interest_rate": 0.04,
                "projects": [{"project": "home", "target_cost": 100 * MILLION, "places": 1}],
            }
        },
        ("annuity_at_target", {"project": "home"}),
    ),
    "joint-service": (
        {
            "joint_service": {
                "by": "equal",
                "services": [
                    {
                        "service": "s",
                        "current_cost": 1,
                        "saving_share": 0,
                        "investment": 100 * MILLION,
                        "lifetime": 10,
                        "interest_rate": 0.04,
                    }
                ],
            }
        },
        ("capital_cost", {"service": "s"}),
    ),
    "restructure": (
        {
            "restructure": {
                "services": [
                    {
                        "service": "s",
                        "facilities": 1,
                        "dwellings_each": 20,
                        "building_cost": 5 * MILLION,
                        "lifetime": 10,
                        "interest_rate": 0.04,
                    }
                ]
            }
        },
        ("capital_cost", {"service": "s"}),
    ),
}


@pytest.mark.parametrize("name", IDENTITY)
def test_100_million_over_10_years_at_4_percent_discounted_at_4_percent_are_100_million(answers, name):
    scenario, (figure, keys) = IDENTITY[name]
    yearly = answers(name, scenario)(figure, **keys)
    assert sum(yearly / 1.04**end for end in range(1, 11)) == pytest.approx(100 * MILLION)


def test_what_is_invested_is_money_out_when_it_is_paid(insourced):
    # 20 million less 10 million is 10 million a year against 100 million at once
    found = insourced(BUILT)
    assert found.series("investment_paid", "year") == {2020: 100 * MILLION, 2021: 0, 2022: 0}
    assert found.series("cash_flow", "year") == {2020: -90 * MILLION, 2021: 10 * MILLION, 2022: 10 * MILLION}
    assert list(found.series("cumulative_cash", "year").values()) == [-90 * MILLION, -80 * MILLION, -70 * MILLION]
    # the yearly budget has the annuity: 100 million at 4 % over 40 years is 5.052349 million a year
    assert found("net_saving", year=2020) == pytest.approx(4_947_651, abs=0.5)


PAYBACK = {
    # 70 million are out when the horizon ends, and 10 million come back a year
    "seven years after the horizon": ({}, {}, 2029),
    "with a start-up that takes a year more": ({"startup_cost": 1}, {}, 2030),
    "within the horizon, as it is there": ({}, {"years": 10}, 2029),
    "the same, whatever the horizon": ({}, {"years": 7}, 2029),
    # the second half from 2023 brings 10 million a year too; 85 million are out
    "with a phase after the horizon": (
        {"phases": [{"share": 0.5, "from": "2020-01"}, {"share": 0.5, "from": "2023-01"}]},
        {},
        2031,
    ),
    "never, where it saves nothing": ({"own_cost_ratio": 1}, {}, None),
    # 4 million a year in cash, but 5.05 million of capital: a full year costs more
    "never, where a full year costs more than it saves": ({"own_cost_ratio": 0.8}, {}, None),
}


@pytest.mark.parametrize(("changes", "table", "year"), PAYBACK.values(), ids=PAYBACK.keys())
def test_beyond_the_horizon_it_is_paid_back_at_the_saving_of_full_effect(insourced, changes, table, year):
    found = insourced({**BUILT, **changes}, **table)
    last = 2019 + table.get("years", 3)
    assert found("payback_year_at_full_effect") == year
    assert found("payback_year") == (year if year is not None and year <= last else None)
    assert found("payback_years_beyond_horizon") == (None if year is None else max(year - last, 0))


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(30))
@given(saving=st.floats(0.26, 0.9), years=st.integers(1, 30))
def test_a_longer_horizon_does_not_move_the_payback_year_of_an_even_saving(insourced, saving, years):
    ratio = 1 - saving
    short, long = (insourced({**BUILT, "own_cost_ratio": ratio}, years=n) for n in (years, 60))
    assert short("payback_year_at_full_effect") == long("payback_year_at_full_effect") == long("payback_year")


def test_a_horizon_beyond_the_lifetime_says_that_renewal_is_not_counted(insourced):
    said = "renewal is not counted"
    assert any(said in text for text in insourced({**BUILT, "lifetime": 2}).result.remarks)
    assert not any(said in text for text in insourced({**BUILT, "lifetime": 3}).result.remarks)
    assert not any(said in text for text in insourced({**BASE, "lifetime": 2}).result.remarks)


SAME = {
    "a ratio of 0.9 at an occupancy of 0.9": {"own_cost_ratio": 0.9, "occupancy": 0.9},
    "a ratio of 1": {"own_cost_ratio": 1},
    "places in use at the price of bought ones": {
        "own_cost_ratio": None,
        "places": 20,
        "own_cost_per_place": 800_000,
        "occupancy": 0.8,
    },
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME.keys())
def test_what_saves_nothing_pays_nothing_back_and_breaks_even_where_it_is(insourced, changes):
    found = insourced({key: value for key, value in {**BASE, **changes}.items() if value is not None})
    assert found("total_net_saving") == pytest.approx(0, abs=1e-6)
    assert (found("payback_year"), found("payback_year_at_full_effect")) == (None, None)
    # 20 places at 0.8 million in use are 25 built, each of which costs 0.8 of a bought one at 1 million
    assert found("break_even_own_cost_ratio") == pytest.approx(changes.get("occupancy", 1))


NONE_HOME = {
    "by ratio": {},
    "by places": {"own_cost_ratio": None, "places": 4, "own_cost_per_place": MILLION},
    "by places and without phases": {
        "own_cost_ratio": None,
        "places": 4,
        "own_cost_per_place": MILLION,
        "phases": None,
    },
    "with capital": {**CAPITAL, "startup_cost": MILLION},
    "with capital and without phases": {**CAPITAL, "startup_cost": MILLION, "phases": None},
    "of categories, each of which stays": {
        **CAPITAL,
        "startup_cost": MILLION,
        "repatriable_share": 1,
        "categories": [
            {"category": "a", "share_of_cost": 0.5, "repatriable_share": 0},
            {"category": "b", "share_of_cost": 0.5, "repatriable_share": 0},
        ],
    },
    "of phases that bring nothing": {
        **CAPITAL,
        "startup_cost": MILLION,
        "repatriable_share": 1,
        "phases": [{"share": 0, "from": "2020-01"}],
    },
}
COSTS = ("own_cost", "startup_cost", "capital_cost", "investment_paid", "net_saving", "cash_flow", "purchase_avoided")


@pytest.mark.parametrize("varied", [False, True], ids=["as stated", "as a range"])
@pytest.mark.parametrize("changes", NONE_HOME.values(), ids=NONE_HOME.keys())
def test_nothing_comes_of_nothing(insourced, changes, varied):
    purchase = {key: value for key, value in {**BASE, **NOTHING_HOME, **changes}.items() if value is not None}
    if varied and "phases" in purchase and purchase["repatriable_share"] == 0:
        purchase["repatriable_share"] = {"value": 0, "range": [0, 0.5], "assumption": "not known", "shape": "uniform"}
    found = insourced(purchase)
    assert [found(figure) for figure in COSTS] == [0] * len(COSTS)
    assert (found("saving_at_full_effect"), found("present_value"), found("remaining_debt")) == (0, 0, 0)
    assert found("saving_at_full_effect", programme="P1") == 0


def test_what_a_programme_begins_with_waits_for_the_first_phase_that_brings_anything(insourced):
    categories = [
        {"category": "stays", "share_of_cost": 0.5, "repatriable_share": 0},
        {"category": "comes", "share_of_cost": 0.5, "phases": [{"share": 1, "from": "2021-07"}]},
    ]
    found = insourced({**BUILT, "startup_cost": 5, "interest_rate": 0, "categories": categories})
    assert list(found.series("startup_cost", "year").values()) == [0, 5, 0]
    assert list(found.series("investment_paid", "year").values()) == [0, 100 * MILLION, 0]
    # 2.5 million a year from July 2021
    assert list(found.series("capital_cost", "year").values()) == [0, 1.25 * MILLION, 2.5 * MILLION]


def parts(*amounts, whole=10 * MILLION, **more):
    categories = [{"category": f"c{index}", **amount} for index, amount in enumerate(amounts)]
    return {**BASE, "annual_cost": whole, "categories": categories, **more}


def of(amount, **more):
    return {"annual_cost": {"value": amount, **more}}


TOO_MUCH = {
    "8 and 8 of 10 million": (parts(of(8 * MILLION), of(8 * MILLION)), "16 000 000 of 10 000 000"),
    "10.2 of 10 million": (parts(of("5.1 MNOK"), of("5.1 MNOK")), "10 200 000 of 10 000 000"),
    "half by share and 6 million": (parts({"share_of_cost": 0.5}, of(6 * MILLION)), "11 000 000 of 10 000 000"),
    "anything of nothing": (parts(of(1), whole=0), "1 of 0"),
}


@pytest.mark.parametrize(("purchase", "told"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_categories_by_amount_are_no_more_than_the_purchase(insourced, purchase, told):
    with pytest.raises(ScenarioError, match=told):
        insourced(purchase)


ENOUGH = {
    "all of it": parts(of(4 * MILLION), of(6 * MILLION)),
    "a part of it": parts(of(4 * MILLION), of(5 * MILLION)),
    # each is rounded to 0.1 million: half of that twice is a per cent of 10 million
    "a per cent too much, by their rounding": parts(
        of("5.05 MNOK", rounded_to="0.1 MNOK"), of("5.05 MNOK", rounded_to="0.1 MNOK")
    ),
    "by the rounding of the whole": parts(
        of(5.2 * MILLION), of(5.2 * MILLION), whole={"value": 10 * MILLION, "rounded_to": MILLION}
    ),
    "by the digits that are typed": parts(of("3.34 MNOK"), of("3.34 MNOK"), of("3.34 MNOK"), whole="10.01 MNOK"),
    "of a purchase that is not stated": {**parts(of(8 * MILLION), of(8 * MILLION)), "annual_cost": None},
}


@pytest.mark.parametrize("purchase", ENOUGH.values(), ids=ENOUGH.keys())
def test_categories_by_amount_may_miss_the_purchase_by_their_rounding(insourced, purchase):
    found = insourced({key: value for key, value in purchase.items() if value is not None})
    assert found("total_net_saving") > 0


def test_categories_that_miss_the_purchase_by_rounding_are_told(insourced):
    found = insourced(ENOUGH["by the rounding of the whole"])
    assert any("add up to 104%: a whole within their rounding" in text for text in found.result.warnings)


@pytest.mark.parametrize(
    ("growth", "year"), [({}, 2029), ({"own_price_growth": 0.01}, None), ({"purchased_price_growth": -0.01}, None)]
)
def test_beyond_the_horizon_it_is_paid_back_only_where_prices_stay(insourced, growth, year):
    # 10 million a year saved of 20; 100 million paid in 2020: the tenth year is 2029
    purchase = {
        "programme": "P",
        "annual_cost": 20_000_000,
        "repatriable_share": 1,
        "own_cost_ratio": 0.5,
        "investment": 100_000_000,
        "lifetime": 40,
        "interest_rate": 0.04,
        "phases": [{"share": 1, "from": "2020-01"}],
    }
    found = insourced(purchase, **growth)
    assert found("payback_year_at_full_effect") == year
    assert year or "prices grow, so that the years after the horizon are not alike" in found.missing
