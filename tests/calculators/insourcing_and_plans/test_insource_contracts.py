"""What is paid twice when users come in-house, by hand and by a loop over the months of the contract."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError
from turns import examples

YEARS = (2020, 2021, 2022)
BASE = {
    "programme": "P1",
    "annual_cost": 12_000,
    "repatriable_share": 0.5,
    "own_cost_ratio": 0.8,
    "phases": [{"share": 1, "from": "2020-04"}],
}
# 500 a month is no longer needed from April 2020
CASES = {
    "nothing binds": ({}, (0, 0, 0)),
    "notice of three months: April to June": ({"notice_months": 3}, (1_500, 0, 0)),
    "notice into the next year": ({"notice_months": 12}, (4_500, 1_500, 0)),
    "until September": ({"contract_until": "2020-09"}, (3_000, 0, 0)),
    "until before anyone comes": ({"contract_until": "2020-03"}, (0, 0, 0)),
    "until the end of 2021": ({"contract_until": "2021-12"}, (4_500, 6_000, 0)),
    "two months of overlap": ({"overlap_months": 2}, (1_000, 0, 0)),
    # the bought places are left in June, and bind until September: two and four months
    "overlap and then a contract": ({"overlap_months": 2, "contract_until": "2020-09"}, (3_000, 0, 0)),
    # of 1 000 a month 400 are free: 500 come in-house, so 100 a month are paid in vain, but the year is settled whole:
    # April to September leave 3 000, and January to September 9 × 400 = 3 600 free
    "a guaranteed volume, settled by the year": ({"contract_until": "2020-09", "guaranteed_volume": 7_200}, (0, 0, 0)),
    # the first year leaves 4 500, of which 12 × 300 = 3 600 are free; the second 6 000, of which 3 600
    "a guaranteed volume over two years": (
        {"contract_until": "2021-12", "guaranteed_volume": 8_400},
        (900, 2_400, 0),
    ),
    "a guarantee of nothing": ({"contract_until": "2021-12", "guaranteed_volume": 0}, (0, 0, 0)),
}


@pytest.mark.parametrize(("terms", "twice"), CASES.values(), ids=CASES.keys())
def test_what_is_paid_twice_by_hand(insourced, terms, twice):
    found, free = insourced({**BASE, **terms}), insourced(BASE)
    paid = found.series("paid_twice", "year") or dict.fromkeys(YEARS, 0)
    assert paid == {year: pytest.approx(amount) for year, amount in zip(YEARS, twice, strict=True)}
    lost = {year: free("net_saving", year=year) - found("net_saving", year=year) for year in YEARS}
    assert lost == {year: pytest.approx(amount) for year, amount in zip(YEARS, twice, strict=True)}
    assert found("saving_at_full_effect") == free("saving_at_full_effect")


def test_everyone_is_paid_for_twice_for_the_overlap_as_they_come(insourced):
    # two in the first month, two in the second: each for three months, 250 a month
    phases = [{"share": 1, "from": "2020-11", "over_months": 2}]
    found = insourced({**BASE, "phases": phases, "overlap_months": 3})
    # November 250, December 500; January 500, February 250
    assert found.series("paid_twice", "year") == {2020: 750, 2021: pytest.approx(750), 2022: pytest.approx(0)}


def test_what_leaving_costs_falls_with_the_first_phase(insourced):
    found = insourced({**BASE, "exit_cost": 900})
    assert found.series("exit_cost", "year") == {2020: 900, 2021: 0, 2022: 0}
    assert insourced(BASE)("total_net_saving") - found("total_net_saving") == pytest.approx(900)
    assert insourced({**BASE, "exit_cost": 900, "repatriable_share": 0})("exit_cost") == 0


def test_leaving_is_paid_back_before_anything_is_saved(insourced):
    # 100 a month from April: 900 in 2020, so that 1 500 come back in 2021
    found = insourced({**BASE, "exit_cost": 1_500})
    assert found("payback_year") == 2021
    assert insourced({**BASE, "exit_cost": 90_000}, years=2)("payback_year_at_full_effect") == 2020 + 75


def test_without_terms_nothing_is_said_of_them(insourced):
    assert not {"paid_twice", "exit_cost"} & {one.figure for one in insourced(BASE).result.figures}


REFUSED = {
    "an end before the beginning": (
        {"contract_until": "2019-12"},
        "found 2019-12, before first_year; allowed: from 2020-01",
    ),
    "two ends": ({"contract_until": "2021-12", "notice_months": 3}, "found notice_months beside contract_until"),
    "a guarantee without an end": ({"guaranteed_volume": 5}, "found guaranteed_volume without an end"),
    "notice before it is given": ({"notice_months": -1}, "at least 0"),
    "a cost below zero": ({"exit_cost": -1}, "at least 0"),
}


@pytest.mark.parametrize(("terms", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused(insourced, terms, told):
    with pytest.raises(ScenarioError, match=told):
        insourced({**BASE, **terms})


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def arrived(phases, at):
    """How much has come up to and with the month."""
    steps = [(one["share"], at - month(one["from"]) + 1, one["over_months"] or 1) for one in phases]
    return sum(share * min(max(k, 0), n) / n for share, k, n in steps)


def paid_in_vain(purchase, year, growth):
    """Month by month: what a place costs that nobody uses any longer, or that is used beside an own one."""
    monthly = purchase["annual_cost"] / 12 * purchase["repatriable_share"]
    overlap, end = purchase["overlap_months"], month(purchase["contract_until"]) + 1
    both = bound = free = 0.0
    for at in range(year * 12, year * 12 + 12):
        left = arrived(purchase["phases"], at - overlap)
        both += monthly * (arrived(purchase["phases"], at) - left)
        if at < end:
            bound += monthly * left
            free += (purchase["annual_cost"] - purchase["guaranteed_volume"]) / 12
    return (both + max(bound - free, 0)) * (1 + growth) ** (year - 2020)


START = st.builds("{}-{:02d}".format, st.sampled_from(YEARS), st.integers(1, 12))
PHASE = st.fixed_dictionaries({"share": st.floats(0.01, 0.5), "from": START, "over_months": st.integers(0, 30)})
TERMS = st.fixed_dictionaries(
    {
        "contract_until": START,
        "guaranteed_volume": st.integers(0, 12_000),
        "overlap_months": st.integers(0, 14),
        "repatriable_share": st.floats(0.01, 1),
        "phases": st.lists(PHASE, min_size=1, max_size=2),
    }
)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(100))
@given(terms=TERMS, growth=st.sampled_from((0.0, -0.05, 0.03)))
def test_a_loop_over_months_pays_as_much_in_vain(insourced, terms, growth):
    purchase = {**BASE, **terms}
    found = insourced(purchase, purchased_price_growth=growth)
    assert found.series("paid_twice", "year") == {
        year: pytest.approx(paid_in_vain(purchase, year, growth), rel=1e-9, abs=1e-6) for year in YEARS
    }
    assert min(found.series("paid_twice", "year").values()) >= -1e-9


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(terms=TERMS)
def test_no_more_is_paid_twice_than_what_is_in_house(insourced, terms):
    found = insourced({**BASE, **terms})
    for year in YEARS:
        assert found("paid_twice", year=year) <= found("purchase_avoided", year=year) + 1e-6
