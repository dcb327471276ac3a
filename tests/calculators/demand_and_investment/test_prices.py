import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError

RATE = {"index": "a", "rate": 0.1}


@pytest.fixture(scope="module")
def priced(answers):
    """The answers for indexes from 2020 on; the first is the deflator, three years unless said otherwise."""

    def of(*indexes, **table):
        held = {"base_year": 2020, "years": 3, "deflator": indexes[0]["index"], **table, "indexes": list(indexes)}
        return answers("prices", {"prices": held})

    return of


WEIGHTED = {"3.2 and 1.6 per cent": (0.032, 0.016, 0.02544), "5.2 and 3.7 per cent": (0.052, 0.037, 0.04585)}


@pytest.mark.parametrize(("wages", "goods", "rate"), WEIGHTED.values(), ids=WEIGHTED.keys())
def test_a_deflator_is_weighted_from_its_parts(priced, wages, goods, rate):
    parts = [{"of": "wages", "weight": 0.59, "rate": wages}, {"of": "goods", "weight": 0.41, "rate": goods}]
    assert priced({"index": "d", "parts": parts})("yearly_rate", index="d") == pytest.approx(rate)


def test_a_rate_grows_from_the_base_year(priced):
    found = priced(RATE)
    assert list(found.series("price_factor", "year", index="a").values()) == pytest.approx([1, 1.1, 1.21])
    assert list(found.series("price_level", "year", index="a").values()) == pytest.approx([100, 110, 121])


def test_printed_values_count_from_the_base_year_whatever_they_are_100_in(priced):
    values = [{"year": 2019, "value": 100}, {"year": 2020, "value": 120}]
    values += [{"year": 2021, "value": 126}, {"year": 2022, "value": 132}]
    found = priced({"index": "p", "values": values})
    assert list(found.series("price_factor", "year", index="p").values()) == pytest.approx([1, 1.05, 1.1])
    assert found("price_factor", year=2022) == pytest.approx(1.1)


def test_a_real_discount_rate_is_higher_in_current_prices(priced):
    # 1.04 × 1.1
    assert priced(RATE, real_rate=0.04)("nominal_rate") == pytest.approx(0.144)


FAULTS = {
    "an unknown deflator": ([RATE], {"deflator": "b"}, "found b; allowed: one of a"),
    "no base year": ([{"index": "p", "values": [{"year": 2021, "value": 1}]}], {}, "no value for the base year 2020"),
    "a year that is not there": (
        [{"index": "p", "values": [{"year": 2020, "value": 1}, {"year": 2022, "value": 1}]}],
        {},
        "has no value for 2021",
    ),
    "a year twice": ([{"index": "p", "values": [{"year": 2020, "value": 1}] * 2}], {"years": 1}, "has a year twice"),
    "weights of less than all": (
        [{"index": "d", "parts": [{"weight": 0.5, "rate": 0.1}, {"weight": 0.4, "rate": 0.1}]}],
        {},
        "found weights add up to 0.9; allowed: 1",
    ),
    "two ways": ([{**RATE, "values": [{"year": 2020, "value": 1}]}], {}, "found rate + values; allowed is exactly one"),
    "an index of nothing": ([{"index": "p", "values": [{"year": 2020, "value": 0}]}], {}, "over 0"),
}


@pytest.mark.parametrize(("indexes", "table", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_an_index_that_cannot_be_is_refused(priced, indexes, table, told):
    with pytest.raises(OmsorgError) as raised:
        priced(*indexes, **table)
    assert told in str(raised.value)


MEASURES = [
    {"measure": "cost", "nature": "running", "yearly": 1_000},
    {"measure": "pay", "nature": "saving", "yearly": 500, "follows": "wages"},
]
PRICES = {
    "base_year": 2020,
    "years": 3,
    "deflator": "d",
    "indexes": [{"index": "d", "rate": 0.1}, {"index": "wages", "rate": 0.2}],
}


@pytest.fixture(scope="module")
def planned(answers):
    """The answers of a plan from 2020 beside prices that rise a tenth a year, and wages a fifth."""

    def of(**prices):
        plan = {"first_year": 2020, "years": 3, "measures": MEASURES}
        return answers("plan", {"plan": plan, "prices": {**PRICES, **prices}})

    return of


def test_a_plan_is_in_current_prices_too_each_measure_by_its_own_index(planned):
    found = planned()
    assert list(found.series("current_measure_cost", "year", measure="cost").values()) == pytest.approx(
        [1_000, 1_100, 1_210]
    )
    assert list(found.series("current_measure_cost", "year", measure="pay").values()) == pytest.approx(
        [-500, -600, -720]
    )
    assert found("current_net_cost") == pytest.approx(3_310 - 1_820)
    assert found("net_cost") == 1_500


def test_amounts_are_in_the_prices_of_the_plans_first_year_whatever_the_base_year_is(planned):
    # from 2019 on the factor of 2020 is 1.1, and that of 2021 1.21: 1.1 times
    found = planned(base_year=2019, years=4)
    assert found("current_measure_cost", measure="cost", year=2021) == pytest.approx(1_100)


def test_an_index_that_there_is_none_of_is_missing_and_not_the_deflator(answers):
    plan = {"first_year": 2020, "years": 1, "measures": [{**MEASURES[0], "follows": "none"}]}
    found = answers("plan", {"plan": plan, "prices": PRICES})
    assert found("current_net_cost") is None
    assert found("net_cost") == 1_000


def test_without_prices_nothing_is_missing(answers):
    plan = {"first_year": 2020, "years": 1, "measures": MEASURES[:1]}
    assert answers("plan", {"plan": plan}).missing == ""


def test_growth_is_in_current_prices_too(answers):
    row = {"demand": "d", "now": 100, "increase_by": 0.5, "target_year": 2030, "unit_cost": 1_000}
    growth = {"first_year": 2020, "years": 2, "base_year": 2020, "demands": [row]}
    found = answers("growth", {"growth": growth, "prices": PRICES})
    cost, current = (found(name, demand="d", year=2021) for name in ("cost", "current_cost"))
    assert current == pytest.approx(1.1 * cost)


PAID = {"value": 1_000, "price_year": 2020, "follows": "wages"}


@pytest.mark.parametrize("amount", ["unit_cost", "cost_now"])
def test_the_cost_of_a_group_that_grows_follows_its_own_index(answers, amount):
    row = {"demand": "d", "now": 100, "increase_by": 0.5, "target_year": 2030, amount: PAID}
    growth = {"first_year": 2020, "years": 3, "base_year": 2020, "demands": [row]}
    found = answers("growth", {"growth": growth, "prices": PRICES})
    fixed, current = (found.series(name, "year", demand="d") for name in ("cost", "current_cost"))
    assert [current[year] / fixed[year] for year in fixed] == pytest.approx([1, 1.2, 1.44])


def test_each_service_follows_its_own_index_and_all_add_up(answers):
    populations = [{"age": "old", "year": year, "inhabitants": 100} for year in (2020, 2021, 2022)]
    groups = [
        {"service": "home", "age": "old", "users": 10, "hours_per_user": 2, "hourly_cost": PAID},
        {"service": "day", "age": "old", "users": 5, "cost_per_user": 400},
    ]
    growth = {"first_year": 2020, "years": 3, "base_year": 2020, "populations": populations, "groups": groups}
    found = answers("growth", {"growth": growth, "prices": PRICES})
    # 20 hours at 1 000, 1 200 and 1 440 kroner; five users at 400, 440 and 484
    assert list(found.series("current_care_cost", "year").values()) == pytest.approx([22_000, 26_200, 31_220])
    assert list(found.series("care_cost", "year").values()) == [22_000] * 3
    assert found("current_care_cost", service="day", year=2022) == pytest.approx(2_420)


@pytest.mark.parametrize(
    "amount", [{"yearly": PAID}, {"total": {**PAID, "value": 3_000}}, {"once": PAID, "in_year": 2022}]
)
def test_an_amount_of_a_plan_follows_the_index_that_it_says(answers, amount):
    plan = {"first_year": 2020, "years": 3, "measures": [{"measure": "m", "nature": "running", **amount}]}
    found = answers("plan", {"plan": plan, "prices": PRICES})
    assert found("current_net_cost", year=2022) == pytest.approx(1_440)
    plan["measures"][0]["follows"] = "d"
    assert answers("plan", {"plan": plan, "prices": PRICES})("current_net_cost", year=2022) == pytest.approx(1_440)


@pytest.mark.parametrize("year", [{}, {"price_year": 2020}])
def test_each_amount_by_year_of_a_measure_may_follow_an_index_of_its_own(answers, year):
    by_wages = {"value": 1_000, "follows": "wages", **year}
    amounts = [{"year": 2021, "amount": 2_000}, {"year": 2022, "amount": by_wages}]
    plan = {"first_year": 2020, "years": 3, "measures": [{"measure": "m", "nature": "saving", "amounts": amounts}]}
    found = answers("plan", {"plan": plan, "prices": PRICES})
    assert list(found.series("current_net_cost", "year").values()) == pytest.approx([0, -2_200, -1_440])
    plan["measures"][0]["follows"] = "wages"
    amounts[1]["amount"]["follows"] = "d"
    found = answers("plan", {"plan": plan, "prices": PRICES})
    assert list(found.series("current_net_cost", "year").values()) == pytest.approx([0, -2_400, -1_210])


@pytest.mark.parametrize("amount", ["unit_cost", "cost_now"])
def test_an_index_needs_no_price_year_beside_it(answers, amount):
    row = {"demand": "d", "now": 100, "increase_by": 0.5, "target_year": 2030}
    told = []
    for year in ({}, {"price_year": 2020}):
        held = {**row, amount: {"value": 1_000, "follows": "wages", **year}}
        growth = {"first_year": 2020, "years": 3, "base_year": 2020, "demands": [held]}
        found = answers("growth", {"growth": growth, "prices": PRICES})
        told.append([found.series(name, "year", demand="d") for name in ("cost", "current_cost")])
    assert told[0] == told[1]


def test_insourcing_is_in_current_prices_too(answers):
    purchase = {"programme": "a", "annual_cost": 10_000, "repatriable_share": 1, "own_cost_ratio": 0.9}
    table = {"first_year": 2020, "years": 3, "discount_rate": 0.04}
    purchases = [{**purchase, "phases": [{"share": 1, "from": "2020-01"}]}]
    found = answers("insource", {"insource": {**table, "purchases": purchases}, "prices": PRICES})
    # a tenth of 10 000, and a tenth more each year
    assert list(found.series("current_net_saving", "year").values()) == pytest.approx([1_000, 1_100, 1_210])
    assert found("current_net_saving") == pytest.approx(3_310)


PLAN = """
title = "T"
municipality = "M"
year = 2020
[plan]
first_year = 2020
years = 2
measures = [{ measure = "m", nature = "running", yearly = 1_000 }]
"""
WITH = PLAN + "[prices]\nbase_year = 2020\nyears = 2\ndeflator = 'd'\nindexes = [{ index = 'd', rate = 0.1 }]\n"


def test_the_prices_that_are_shown_are_chosen(omsorg):
    shown = {
        wanted: omsorg("plan", "-", "--prices", wanted, "--format", "csv", text=WITH).stdout
        for wanted in ("fixed", "current", "both")
    }
    assert [",net_cost," in text for text in shown.values()] == [True, False, True]
    assert ["current_net_cost" in text for text in shown.values()] == [False, True, True]


def test_prices_that_are_not_there_are_no_answer_and_unknown_ones_an_error(omsorg):
    done = omsorg("plan", "-", "--prices", "current", text=PLAN)
    assert (done.returncode, "has no table [prices]" in done.stderr) == (1, True)
    done = omsorg("plan", "-", "--prices", "real", text=WITH)
    assert (done.returncode, 'found "real"; allowed: fixed, current, both' in done.stderr) == (2, True)


@given(rate=st.floats(-0.5, 1), share=st.floats(0, 1))
def test_a_weighted_rate_lies_between_its_parts(priced, rate, share):
    parts = [{"weight": share, "rate": rate}, {"weight": 1 - share, "rate": 0.02}]
    found = priced({"index": "d", "parts": parts})("yearly_rate", index="d")
    assert min(rate, 0.02) - 1e-12 <= found <= max(rate, 0.02) + 1e-12
