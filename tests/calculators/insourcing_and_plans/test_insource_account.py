"""The rest of the account by hand, and the whole account by a loop over the months of the horizon."""

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
    "phases": [{"share": 1, "from": "2020-07"}],
}
# a quarter of what is bought is in-house in 2020, and half from 2021: 3 000 and 6 000 at 2 400 and 4 800
CASES = {
    "follow-up of contracts": ({"contract_followup": 400}, "followup_saved", (100, 200)),
    "overhead in kroner": ({"overhead": 400}, "overhead_added", (-100, -200)),
    "overhead as a share of own cost": ({"overhead_share": 0.1}, "overhead_added", (-240, -480)),
    "overhead in both ways": ({"overhead": 400, "overhead_share": 0.1}, "overhead_added", (-340, -680)),
    "users who pay less": (
        {"user_payments": 1_000, "user_payments_in_house": 600},
        "user_payment_change",
        (-100, -200),
    ),
    "tax that is compensated by half": ({"vat_share": 0.2, "vat_compensated": 0.5}, "vat_lost", (-300, -600)),
    "transport that grows": ({"transport": 100, "transport_in_house": 300}, "transport_change", (-50, -100)),
    "transport that goes away": ({"transport": 100}, "transport_change", (25, 50)),
    # 3 000 are paid twice until the end of 2020, so that no compensation is lost of them
    "tax and a contract": (
        {"vat_share": 0.2, "vat_compensated": 0.5, "notice_months": 6},
        "vat_lost",
        (-3_000, -600),
    ),
}
COSTS = ("overhead_added", "vat_lost")


@pytest.mark.parametrize(("terms", "figure", "saved"), CASES.values(), ids=CASES.keys())
def test_the_rest_of_the_account_by_hand(insourced, terms, figure, saved):
    found, plain = insourced({**BASE, **terms}), insourced(BASE)
    more = [found("net_saving", year=year) - plain("net_saving", year=year) for year in (2020, 2021)]
    assert more == [pytest.approx(amount) for amount in saved]
    told = [found(figure, year=year) * (-1 if figure in COSTS else 1) for year in (2020, 2021)]
    if "notice_months" not in terms:
        assert told == [pytest.approx(amount) for amount in saved]
        assert found("saving_at_full_effect") - plain("saving_at_full_effect") == pytest.approx(saved[1])
    else:
        assert told == [0, pytest.approx(-600)]


def test_only_what_is_stated_is_told(insourced):
    figures = {one.figure for one in insourced({**BASE, "contract_followup": 400}).result.figures}
    others = {"overhead_added", "user_payment_change", "vat_lost", "transport_change", "refund_change", "paid_twice"}
    assert "followup_saved" in figures
    assert not others & figures


def test_the_account_grows_with_own_prices_but_what_users_pay_does_not(insourced):
    found = insourced(
        {**BASE, "contract_followup": 400, "user_payments": 1_000, "user_payments_in_house": 600}, own_price_growth=0.1
    )
    assert found("followup_saved", year=2021) == pytest.approx(220)
    assert found("user_payment_change", year=2021) == pytest.approx(-200)


REFUSED = {
    "payments on one side": (
        {"user_payments": 1_000},
        "found user_payments without user_payments_in_house; state both",
    ),
    "a tax that nobody says what is compensated of": ({"vat_share": 0.2}, "found vat_share without vat_compensated"),
    "overhead below zero": ({"overhead": -1}, "at least 0"),
    "a share above all": ({"vat_share": 1.2, "vat_compensated": 1}, "at most 1"),
}


@pytest.mark.parametrize(("terms", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_meant_is_refused(insourced, terms, told):
    with pytest.raises(ScenarioError, match=told):
        insourced({**BASE, **terms})


def test_a_cost_that_is_unknown_leaves_the_saving_out(insourced):
    found = insourced({**BASE, "overhead": "unknown"})
    assert found("net_saving") is None
    assert any("overhead" in text for text in found.result.missing)


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def arrived(phases, at):
    """How much has come up to and with the month."""
    steps = [(one["share"], at - month(one["from"]) + 1, one["over_months"] or 1) for one in phases]
    return sum(share * min(max(k, 0), n) / n for share, k, n in steps)


def refunded(cost, rules, threshold, deductions):
    return max(cost - threshold - deductions, 0) * rules["refund_rate"]


class Books:
    """The accounts of a purchase in one year, kept month by month: the municipality's own, and the supplier's."""

    def __init__(self, purchase, rules, year):
        self.purchase, self.rules, self.year = purchase, rules, year
        after = year - 2020
        self.price = (1 + rules["purchased_price_growth"]) ** after
        self.wages = (1 + rules["own_price_growth"]) ** after
        self.threshold = rules["refund_threshold"] * (1 + rules["threshold_growth"]) ** after

    def invoice(self, used):
        """What the supplier is paid in the month, tax compensated."""
        tax = 1 - self.purchase["vat_share"] * self.purchase["vat_compensated"]
        return self.purchase["annual_cost"] / 12 * used * self.price * tax

    def alongside(self, bought, own):
        """Follow-up, overhead, transport and payments for the shares of all users that are bought and in-house."""
        one = self.purchase
        administration = (one["contract_followup"] * bought + one["overhead"] * own) * self.wages
        moving = (one["transport"] * bought + one["transport_in_house"] * own) * self.wages
        return (administration + moving - one["user_payments"] * bought - one["user_payments_in_house"] * own) / 12

    def refunds(self, bought, own):
        """What the state pays back for the shares of the users."""
        total = 0.0
        for group in self.purchase["refund_groups"]:
            for share, cost, price in (
                (bought, group["net_wage_cost"], self.price),
                (own, group["net_wage_cost_in_house"], self.wages),
            ):
                total += (
                    group["users"]
                    * share
                    * refunded(cost * price, self.rules, self.threshold, group["deductions"])
                    / 12
                )
        return total

    def month_with(self, at, own):
        """What the month costs with that share in-house, the rest still in bought places that are all used."""
        one = self.purchase
        left = one["repatriable_share"] * arrived(one["phases"], at - one["overlap_months"]) if own else 0.0
        own_cost = one["annual_cost"] / 12 * own * one["own_cost_ratio"] * self.wages * (1 + one["overhead_share"])
        return self.invoice(1 - left) + own_cost + self.alongside(1 - own, own) - self.refunds(1 - own, own)

    def saved(self):
        months = range(self.year * 12, self.year * 12 + 12)
        one = self.purchase
        running = sum(
            self.month_with(at, 0.0) - self.month_with(at, one["repatriable_share"] * arrived(one["phases"], at))
            for at in months
        )
        begins = min(month(phase["from"]) for phase in one["phases"])
        return running - (begins in months) * (one["exit_cost"] + one["startup_cost"]) - self.capital(months)

    def capital(self, months):
        one = self.purchase
        return sum(
            built["amount"] / one["lifetime"] / 12
            for built in one["investments"]
            for at in months
            if month(built["from"]) <= at < month(built["from"]) + one["lifetime"] * 12
        )


START = st.builds("{}-{:02d}".format, st.sampled_from(YEARS), st.integers(1, 12))
PHASE = st.fixed_dictionaries({"share": st.floats(0.01, 0.5), "from": START, "over_months": st.integers(0, 30)})
AMOUNT = st.sampled_from((0, 500, 7_000))
SHARE = st.sampled_from((0, 0.1, 0.8))
KRONER = st.integers(0, 5_000)
GROUP = st.fixed_dictionaries(
    {
        "users": st.integers(0, 9),
        "net_wage_cost": KRONER,
        "net_wage_cost_in_house": KRONER,
        "deductions": st.integers(0, 900),
    }
)
PURCHASE = st.fixed_dictionaries(
    {
        "annual_cost": st.sampled_from((12_000, 77_000)),
        "repatriable_share": st.floats(0.01, 1),
        "own_cost_ratio": st.floats(0.1, 2),
        "phases": st.lists(PHASE, min_size=1, max_size=2),
        "refund_groups": st.lists(GROUP, max_size=2),
        "investments": st.lists(
            st.fixed_dictionaries({"from": START, "amount": st.sampled_from((900, 5e6))}), max_size=2
        ),
        "lifetime": st.sampled_from((1, 40)),
        "interest_rate": st.just(0),
        "overlap_months": st.integers(0, 14),
        "startup_cost": AMOUNT,
        "exit_cost": AMOUNT,
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
RATE = st.sampled_from((0.0, -0.05, 0.04))
RULES = st.fixed_dictionaries(
    {
        "refund_threshold": KRONER,
        "refund_rate": st.floats(0, 1),
        "threshold_growth": RATE,
        "purchased_price_growth": RATE,
        "own_price_growth": RATE,
    }
)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-6)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(100))
@given(purchase=PURCHASE, rules=RULES)
def test_books_kept_month_by_month_give_the_same_saving(insourced, purchase, rules):
    found = insourced({"programme": "P1", **purchase}, **rules)
    wanted = {year: Books(purchase, rules, year).saved() for year in YEARS}
    assert found.series("net_saving", "year") == {year: close(value) for year, value in wanted.items()}


LINES = (
    *("purchase_avoided", "own_cost", "startup_cost", "exit_cost", "capital_cost", "paid_twice", "refund_change"),
    *("followup_saved", "overhead_added", "user_payment_change", "vat_lost", "transport_change"),
    *("net_saving", "cash_flow", "investment_paid"),
)
SAVES = ("purchase_avoided", "refund_change", "followup_saved", "user_payment_change", "transport_change")
SPENDS = ("own_cost", "startup_cost", "exit_cost", "capital_cost", "paid_twice", "overhead_added", "vat_lost")


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchases=st.lists(PURCHASE, min_size=1, max_size=2), rules=RULES)
def test_the_lines_add_up_to_the_saving_and_programmes_and_years_to_the_same(insourced, purchases, rules):
    found = insourced(*({"programme": f"P{index}", **one} for index, one in enumerate(purchases)), **rules)
    for line in LINES:
        whole = found(line) or 0
        assert sum(found.series(line, "year").values()) == close(whole)
        assert sum(found.series(line, "programme").values()) == close(whole)
    for year in YEARS:
        held = {line: found(line, year=year) or 0 for line in LINES}
        assert sum(held[one] for one in SAVES) - sum(held[one] for one in SPENDS) == close(held["net_saving"])
    assert found("cumulative_saving", year=2022) == close(found("total_net_saving"))


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchase=PURCHASE, rules=RULES)
def test_once_all_is_in_house_a_year_saves_what_full_effect_says(insourced, purchase, rules):
    still = {**rules, "purchased_price_growth": 0, "own_price_growth": 0, "threshold_growth": 0}
    lasting = {**purchase, "lifetime": 40}
    found = insourced({"programme": "P1", **lasting}, **still, years=12)
    assert found("net_saving", year=2031) == close(found("saving_at_full_effect"))


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchase=PURCHASE, rules=RULES)
def test_at_the_break_even_ratio_the_whole_account_is_worth_nothing(insourced, purchase, rules):
    found = insourced({"programme": "P1", **purchase}, **rules, discount_rate=0.03)
    ratio = found("break_even_own_cost_ratio")
    if ratio is not None and ratio > 0:
        again = insourced({"programme": "P1", **purchase, "own_cost_ratio": ratio}, **rules, discount_rate=0.03)
        assert again("present_value") == pytest.approx(0, abs=1e-6 * max(1, abs(found("own_cost"))) + 1e-3)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchase=PURCHASE, rules=RULES)
def test_nothing_comes_of_nothing(insourced, purchase, rules):
    found = insourced({"programme": "P1", **purchase, "repatriable_share": 0}, **rules)
    assert {line: found(line) or 0 for line in LINES} == dict.fromkeys(LINES, 0)
    assert (found("saving_at_full_effect"), found("remaining_debt")) == (0, 0)


def test_compensation_that_is_lost_is_a_cost_and_has_no_direction(insourced):
    found = insourced({**BASE, "vat_share": 0.2, "vat_compensated": 0.5})
    told = [(one.value, one.unit, one.direction) for one in found.result.figures if one.figure == "vat_lost"]
    assert (pytest.approx(300), "NOK/year", None) in told
    assert {direction for _, _, direction in told} == {None}


OUT = """
title = "Home"
municipality = "Home"
year = 2020
[insource]
first_year = 2020
years = 2
[[insource.purchases]]
programme = "p"
direction = "out"
annual_cost = 12_000_000
repatriable_share = 0.5
own_cost_ratio = 1.5
overhead_share = 0.1
vat_share = 0.2
vat_compensated = 0.5
phases = [{ share = 1, from = "2020-07" }]
"""


@pytest.mark.parametrize(
    ("words", "gained", "saved"),
    [
        ((), "VAT compensation gained", "overhead saved"),
        (("--lang", "nb"), "økt momskompensasjon", "spart administrasjon"),
    ],
)
def test_what_is_gained_by_buying_has_its_own_name_and_no_sign(omsorg, words, gained, saved):
    # 3 and then 6 million are bought in the place of 4.5 and 9: a tenth of each is VAT, or overhead: 0.45 is rounded up
    done = omsorg("insource", "-", *words, text=OUT)
    rows = {line.strip().rstrip("▁▂▃▄▅▆▇█ ") for line in done.stdout.splitlines()}
    mark = "," if words else "."
    told = [" ".join(row.split()) for row in rows if row.startswith((gained, saved))]
    assert sorted(told) == sorted([f"{gained} 0{mark}3 0{mark}6 0{mark}9", f"{saved} 0{mark}5 0{mark}9 1{mark}4"]), (
        done.stdout
    )
