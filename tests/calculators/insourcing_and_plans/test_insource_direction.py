"""Both directions: what is bought comes in-house, or what is in-house is bought instead, from the same numbers."""

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
    "own_cost_ratio": 1.5,
    "phases": [{"share": 1, "from": "2020-07"}],
}
OUT = {**BASE, "direction": "out"}


def test_what_goes_out_costs_its_price_and_saves_what_it_cost(insourced):
    # 3 000 are bought in 2020 in the place of 4 500, then 6 000 in the place of 9 000
    found = insourced(OUT)
    assert found.series("purchase_avoided", "year") == {2020: -3_000, 2021: -6_000, 2022: -6_000}
    assert found.series("own_cost", "year") == {2020: -4_500, 2021: -9_000, 2022: -9_000}
    assert found.series("net_saving", "year") == {2020: 1_500, 2021: 3_000, 2022: 3_000}
    assert (found("saving_at_full_effect"), found("break_even_own_cost_ratio"), found("payback_year")) == (
        3_000,
        1,
        2020,
    )
    assert found("total_purchased") == 0


def test_residential_care_that_costs_less_bought_costs_21_090_more_a_place_in_house(insourced):
    # 433.62 bought against 839.20 own a week: (839.20 − 433.62) × 52 = 21 090.16
    place = {
        "programme": "P1",
        "annual_cost": 433.62 * 52,
        "repatriable_share": 1,
        "phases": [{"share": 1, "from": "2020-01"}],
    }
    place |= {"places": 1, "own_cost_per_place": 839.20 * 52}
    assert insourced(place)("net_saving", year=2021) == pytest.approx(-21_090.16)
    assert insourced({**place, "direction": "out"})("net_saving", year=2021) == pytest.approx(21_090.16)


KEPT = {
    "all can be saved at once": ({}, (0, 0, 0)),
    "a third stays for good": ({"avoidable_share": 2 / 3}, (1_500, 3_000, 3_000)),
    # a third stays until July 2021, then half of that third
    "a part can be saved later": (
        {"avoidable_share": 2 / 3, "avoidable_later": [{"share": 1 / 6, "from": "2021-07"}]},
        (1_500, 2_250, 1_500),
    ),
    # bought from July, all of it can be saved from April: nothing stays, though not all can be saved all year
    "a part can be saved before anything is bought": (
        {"avoidable_share": 0.5, "avoidable_later": [{"share": 0.5, "from": "2020-04"}]},
        (0, 0, 0),
    ),
    # the other half stays from July to September: 3 × 375
    "a part can be saved some months after": (
        {"avoidable_share": 0.5, "avoidable_later": [{"share": 0.5, "from": "2020-10"}]},
        (1_125, 0, 0),
    ),
    # both are paid for two months of 750
    "two months of both": ({"overlap_months": 2}, (1_500, 0, 0)),
    # what can be saved of them is two thirds; the rest stays anyway
    "two months of both where a third stays": (
        {"overlap_months": 2, "avoidable_share": 2 / 3},
        (1_500 + 1_000, 3_000, 3_000),
    ),
}


@pytest.mark.parametrize(("terms", "stays"), KEPT.values(), ids=KEPT.keys())
def test_what_in_house_cost_stays_by_hand(insourced, terms, stays):
    found, plain = insourced({**OUT, **terms}), insourced(OUT)
    assert found.series("own_cost_kept", "year") == {
        year: pytest.approx(amount) for year, amount in zip(YEARS, stays, strict=True)
    }
    lost = [plain("net_saving", year=year) - found("net_saving", year=year) for year in YEARS]
    assert lost == [pytest.approx(amount) for amount in stays]
    if "overlap_months" not in terms:
        assert plain("saving_at_full_effect") - found("saving_at_full_effect") == pytest.approx(stays[-1])


def test_what_comes_in_house_keeps_no_cost(insourced):
    assert insourced({**BASE, "avoidable_share": 0.1})("own_cost_kept") == 0


def test_where_nothing_can_go_out_nothing_is_kept_or_missing(insourced):
    nothing = {"programme": "P1", "direction": "out", "annual_cost": 12_000, "repatriable_share": 0}
    found = insourced(nothing)
    assert (found("own_cost_kept"), found("total_net_saving")) == (0, 0)


def test_to_tender_and_follow_up_what_goes_out_costs(insourced):
    found, plain = insourced({**OUT, "startup_cost": 700, "contract_followup": 400}), insourced(OUT)
    more = [plain("net_saving", year=year) - found("net_saving", year=year) for year in YEARS]
    assert more == [pytest.approx(700 + 100), pytest.approx(200), pytest.approx(200)]


def test_no_contract_binds_what_is_not_bought_yet(insourced):
    assert insourced({**OUT, "contract_until": "2022-12"})("paid_twice") == 0


AMOUNT = st.sampled_from((0, 500, 7_000))
SHARE = st.sampled_from((0, 0.1, 0.8))
RATE = st.sampled_from((0.0, -0.05, 0.04))
START = st.builds("{}-{:02d}".format, st.sampled_from(YEARS), st.integers(1, 12))
PHASE = st.fixed_dictionaries({"share": st.floats(0.01, 0.5), "from": START, "over_months": st.integers(0, 30)})
GROUP = st.fixed_dictionaries(
    {
        "users": st.integers(0, 9),
        "net_wage_cost": st.integers(0, 5_000),
        "net_wage_cost_in_house": st.integers(0, 5_000),
    }
)
RUNNING = st.fixed_dictionaries(
    {
        "annual_cost": st.sampled_from((12_000, 77_000)),
        "repatriable_share": st.floats(0.01, 1),
        "own_cost_ratio": st.floats(0.1, 2),
        "occupancy": st.sampled_from((1, 0.9)),
        "phases": st.lists(PHASE, min_size=1, max_size=2),
        "refund_groups": st.lists(GROUP, max_size=2),
        "contract_followup": AMOUNT,
        "overhead": AMOUNT,
        "overhead_share": SHARE,
        "user_payments": AMOUNT,
        "user_payments_in_house": AMOUNT,
        "vat_share": SHARE,
        "vat_compensated": SHARE,
        "transport": AMOUNT,
        "transport_in_house": AMOUNT,
    }
)
RULES = st.fixed_dictionaries(
    {
        "refund_threshold": st.integers(0, 5_000),
        "refund_rate": st.floats(0, 1),
        "discount_rate": RATE,
        "purchased_price_growth": RATE,
        "own_price_growth": RATE,
    }
)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(100))
@given(purchase=RUNNING, rules=RULES)
def test_to_bring_in_house_and_buy_the_same_again_comes_to_nothing(insourced, purchase, rules):
    back = {**purchase, "programme": "back", "direction": "out"}
    found = insourced({**purchase, "programme": "there"}, back, **rules)
    nothing = pytest.approx(0, abs=1e-6)
    assert found.series("net_saving", "year") == dict.fromkeys(YEARS, nothing)
    assert [found(one) for one in ("total_net_saving", "present_value", "saving_at_full_effect")] == [nothing] * 3


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def gone(phases, at):
    """How much has gone out up to and with the month."""
    steps = [(one["share"], at - month(one["from"]) + 1, one["over_months"] or 1) for one in phases]
    return sum(share * min(max(k, 0), n) / n for share, k, n in steps)


def saved_by_buying(purchase, year, rules):
    """Month by month: what in-house provision costs today, less what both cost then."""
    price, wages = ((1 + rules[f"{one}_price_growth"]) ** (year - 2020) for one in ("purchased", "own"))
    monthly = purchase["annual_cost"] / 12
    own = monthly * purchase["own_cost_ratio"] * wages
    saved = 0.0
    for at in range(year * 12, year * 12 + 12):
        out = purchase["repatriable_share"] * gone(purchase["phases"], at)
        closed = purchase["repatriable_share"] * gone(purchase["phases"], at - purchase["overlap_months"])
        later = sum(one["share"] for one in purchase["avoidable_later"] if month(one["from"]) <= at)
        saved -= monthly * out * price
        saved += own * closed * min(1, purchase["avoidable_share"] + later)
    return saved


OUTWARD = st.fixed_dictionaries(
    {
        "annual_cost": st.just(12_000),
        "repatriable_share": st.floats(0.01, 1),
        "own_cost_ratio": st.floats(0.1, 2),
        "phases": st.lists(PHASE, min_size=1, max_size=2),
        "overlap_months": st.integers(0, 14),
        "avoidable_share": st.sampled_from((0.2, 0.6)),
        "avoidable_later": st.lists(
            st.fixed_dictionaries({"share": st.just(0.2), "from": st.sampled_from(("2020-01", "2021-01", "2022-01"))}),
            max_size=2,
        ),
    }
)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(100))
@given(purchase=OUTWARD, rules=RULES)
def test_a_loop_over_months_saves_as_much_by_buying(insourced, purchase, rules):
    found = insourced({"programme": "P1", "direction": "out", **purchase}, **rules)
    for year in YEARS:
        wanted = saved_by_buying(purchase, year, rules)
        assert found("net_saving", year=year) == pytest.approx(wanted, rel=1e-9, abs=1e-6)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchase=OUTWARD, rules=RULES)
def test_at_the_break_even_ratio_buying_is_worth_nothing(insourced, purchase, rules):
    outward = {"programme": "P1", "direction": "out", **purchase}
    ratio = insourced(outward, **rules)("break_even_own_cost_ratio")
    if ratio is not None and ratio > 0:
        assert insourced({**outward, "own_cost_ratio": ratio}, **rules)("present_value") == pytest.approx(0, abs=1e-3)


REFUSED = {
    "another direction": ({"direction": "back"}, "in, out"),
    "more avoidable than there is": ({"avoidable_share": 1.1}, "at most 1"),
    "a part without a month": ({"avoidable_later": [{"share": 0.1}]}, "from"),
    "more in parts than there is": (
        {"avoidable_share": 0.5, "avoidable_later": [{"share": 0.9, "from": "2021-01"}]},
        r"avoidable_later that add up to 1\.4; allowed: at most 1, since each is a part in addition to the others",
    ),
    "something later beside all at once, which nobody stated": (
        {"avoidable_later": [{"share": 0.3, "from": "2021-01"}]},
        r"add up to 1\.3; .*; state avoidable_share, which is 1 where it is not stated",
    ),
    "more in the parts of a category": (
        {
            "avoidable_share": 0.8,
            "categories": [
                {"category": "a", "share_of_cost": 1, "avoidable_later": [{"share": 0.3, "from": "2021-01"}]}
            ],
        },
        r"P1/a\.avoidable_later: found avoidable_share and avoidable_later that add up to 1\.1",
    ),
}


def test_a_part_at_once_that_all_purchases_have_is_added_to_what_comes_later(answers):
    # a common avoidable_share of 0.7 and 0.3 from 2021: 30 per cent of 4 500 stays in 2020, and nothing after
    held = {
        "first_year": 2020,
        "years": 3,
        "purchases": [{**OUT, "avoidable_later": [{"share": 0.3, "from": "2021-01"}]}],
    }
    found = answers("insource", {"common": {"avoidable_share": 0.7}, "insource": held})
    assert found.series("own_cost_kept", "year") == {2020: pytest.approx(1_350), 2021: 0, 2022: 0}


def test_a_category_saves_later_what_it_says_itself_and_none_of_the_purchases_parts(insourced):
    # each half costs 4 500 in-house; a saves the other half from 2022, b a quarter from 2021 and a quarter never
    parts = [
        {"category": "a", "share_of_cost": 0.5, "avoidable_later": [{"share": 0.5, "from": "2022-01"}]},
        {"category": "b", "share_of_cost": 0.5},
    ]
    later = [{"share": 0.15, "from": "2021-01"}, {"share": 0.1, "from": "2021-01"}]
    found = insourced({**OUT, "avoidable_share": 0.5, "avoidable_later": later, "categories": parts})
    stays = {key: [found("own_cost_kept", programme="P1", category=key, year=year) for year in YEARS] for key in "ab"}
    assert stays == {"a": pytest.approx([1_125, 2_250, 0]), "b": pytest.approx([1_125, 1_125, 1_125])}


@pytest.mark.parametrize(("terms", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused(insourced, terms, told):
    with pytest.raises(ScenarioError, match=told):
        insourced({**OUT, **terms})


def test_two_directions_of_one_purchase_are_refused(insourced):
    with pytest.raises(ScenarioError, match="P1"):
        insourced(BASE, OUT)


def test_where_buying_saves_whatever_in_house_care_costs_it_is_said(insourced):
    # 6 000 a year are bought and 10 000 of transport saved, half of 20 000: 4 000 are left if in-house care is free
    carried = {"transport": 0, "transport_in_house": 20_000}
    remarks = insourced({**OUT, **carried, "own_cost_ratio": 0.1}).result.remarks
    assert "It saves even if in-house provision cost nothing." in remarks
    back = insourced({**BASE, **carried}).result.remarks
    assert "It does not break even, even if in-house provision cost nothing." in back
