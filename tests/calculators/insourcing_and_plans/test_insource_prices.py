"""Insourcing in current prices, what is bought and what is in-house each by its own index: by hand."""

import pytest

from omsorg_cli.core.errors import ScenarioError

INDEXES = [{"index": "d", "rate": 0.02}, {"index": "wages", "rate": 0.05}, {"index": "contracts", "rate": 0.1}]
PRICES = {"base_year": 2020, "years": 3, "deflator": "d", "indexes": INDEXES}
BASE = {
    "programme": "P1",
    "annual_cost": {"value": 1_000_000, "price_year": 2020, "follows": "contracts"},
    "repatriable_share": 1,
    "own_cost_ratio": 0.9,
    "own_follows": "wages",
    "startup_cost": 100_000,
    "phases": [{"share": 1, "from": "2020-01"}],
}
# 1 000 000, 1 100 000 and 1 210 000 need not be bought; 900 000, 945 000 and 992 250 are paid in their place
SAVED = (0, 155_000, 217_750)


@pytest.fixture(scope="module")
def priced(answers):
    """The answers for purchases over three years from 2020, beside indexes."""

    def of(*purchases, **table):
        rate = {} if "nominal_discount_rate" in table else {"discount_rate": 0}
        held = {"first_year": 2020, "years": 3, **rate, **table, "purchases": list(purchases)}
        return answers("insource", {"insource": held, "prices": PRICES})

    return of


def by_year(found, figure):
    return list(found.series(figure, "year").values())


def test_what_is_bought_and_what_is_in_house_follow_their_own_indexes(priced):
    found = priced(BASE)
    assert by_year(found, "current_purchase_avoided") == pytest.approx([1_000_000, 1_100_000, 1_210_000])
    assert by_year(found, "current_own_cost") == pytest.approx([900_000, 945_000, 992_250])
    assert by_year(found, "current_net_saving") == pytest.approx(SAVED)
    assert found("current_net_saving") == pytest.approx(sum(SAVED))


def test_fixed_prices_are_as_without_indexes(priced, insourced):
    plain = {**BASE, "annual_cost": 1_000_000, "own_follows": ""}
    assert by_year(priced(BASE), "net_saving") == by_year(insourced(plain), "net_saving") == [0, 100_000, 100_000]


def test_a_cost_by_place_follows_what_it_says(priced):
    place = {"value": 90_000, "price_year": 2020, "follows": "wages"}
    by_place = {key: value for key, value in BASE.items() if not key.startswith("own_")}
    found = priced({**by_place, "places": 10, "own_cost_per_place": place})
    assert by_year(found, "current_net_saving") == pytest.approx(SAVED)
    found = priced({**by_place, "places": 10, "own_cost_per_place": place, "own_follows": "contracts"})
    assert by_year(found, "current_net_saving") == pytest.approx(SAVED)
    found = priced({**by_place, "places": 10, "own_cost_per_place": 90_000, "own_follows": "wages"})
    assert by_year(found, "current_net_saving") == pytest.approx(SAVED)


def test_a_price_per_user_follows_what_it_says(priced):
    user = {"users": 4, "cost_per_user": {"value": 250_000, "price_year": 2020, "follows": "contracts"}}
    found = priced({**{key: value for key, value in BASE.items() if key != "annual_cost"}, **user})
    assert by_year(found, "current_net_saving") == pytest.approx(SAVED)


def test_what_is_paid_twice_and_its_tax_follow_what_is_bought_and_overhead_what_is_in_house(priced):
    terms = {"overlap_months": 12, "vat_share": 0.2, "vat_compensated": 0.5, "overhead_share": 0.1}
    found = priced({**BASE, "startup_cost": 0, "phases": [{"share": 1, "from": "2021-01"}], **terms})
    # 2021: both are paid for, 945 000 and a tenth of it more; 2022: 1 210 000 less a tenth of tax, less 1.1 × 992 250
    assert by_year(found, "current_net_saving") == pytest.approx([0, -1_039_500, 1_089_000 - 1_091_475])


def test_what_stays_in_house_follows_what_is_in_house(priced):
    found = priced({**BASE, "startup_cost": 0, "direction": "out", "avoidable_share": 0.5})
    # half of 900 000, 945 000 and 992 250 is saved by what costs 1 000 000, 1 100 000 and 1 210 000
    assert by_year(found, "current_net_saving") == pytest.approx([-550_000, -627_500, -713_875])


def test_categories_follow_indexes_of_their_own(priced):
    parts = [
        {"category": "a", "annual_cost": {"value": 600_000, "price_year": 2020, "follows": "contracts"}},
        {"category": "b", "annual_cost": 400_000},
    ]
    without = {key: value for key, value in BASE.items() if key != "annual_cost"}
    found = priced({**without, "categories": parts})
    assert found("current_purchase_avoided", year=2021) == pytest.approx(660_000 + 408_000)


PARTS = [
    {"category": key, "annual_cost": {"value": cost, "price_year": 2021}} for key, cost in (("a", 600), ("b", 420))
]
# what is 1 020 in the prices of 2021 is 1 000 in those of 2020


@pytest.mark.parametrize("whole", [1_000, {"value": 1_020, "price_year": 2021}, {"value": 1_040.4, "price_year": 2022}])
def test_categories_fit_into_the_purchase_in_the_prices_of_one_year(priced, whole):
    without = {key: value for key, value in BASE.items() if key not in ("annual_cost", "startup_cost")}
    found = priced({**without, "annual_cost": whole, "categories": PARTS})
    assert found("purchase_avoided", year=2020) == pytest.approx(1_000)


@pytest.mark.parametrize("whole", [990, {"value": 1_010, "price_year": 2021}, {"value": 1_030, "price_year": 2022}])
def test_categories_that_are_more_than_the_purchase_in_the_prices_of_one_year_are_refused(priced, whole):
    with pytest.raises(ScenarioError, match=r"P1.categories: found categories whose costs add up to 1"):
        priced({**BASE, "annual_cost": whole, "categories": PARTS})


@pytest.mark.parametrize(
    ("index", "grown"),
    [
        ({"rate": 0.05}, 1.05),
        ({"parts": [{"weight": 0.6, "rate": 0.05}, {"weight": 0.4, "rate": 0.1}]}, 1.07),
        ({"values": [{"year": 2020, "value": 80}, {"year": 2021, "value": 100}, {"year": 2022, "value": 99}]}, 1.25),
    ],
    ids=["rate", "parts", "values"],
)
def test_parts_are_converted_by_the_index_that_each_follows(answers, index, grown):
    part = {"category": "a", "annual_cost": {"value": 1_000 * grown, "price_year": 2021, "follows": "i"}}
    prices = {**PRICES, "indexes": [*INDEXES, {"index": "i", **index}]}

    def bought(cost):
        purchase = {**BASE, "annual_cost": cost, "categories": [part]}
        held = {"first_year": 2020, "years": 2, "discount_rate": 0, "purchases": [purchase]}
        return answers("insource", {"insource": held, "prices": prices})

    assert bought(1_000)("purchase_avoided", year=2020) == pytest.approx(1_000)
    with pytest.raises(ScenarioError, match="categories whose costs add up to 1 000 of 999"):
        bought(999)


def test_a_nominal_rate_discounts_what_is_paid_by_each_index(priced):
    found = priced(BASE, nominal_discount_rate=0.06)
    worth = [amount / 1.06 ** (after + 1) for after, amount in enumerate(SAVED)]
    assert by_year(found, "present_net_saving") == pytest.approx(worth)
    assert found("present_value") == pytest.approx(sum(worth))


def test_at_the_break_even_ratio_current_prices_are_worth_nothing(priced):
    terms = {"overlap_months": 5, "vat_share": 0.2, "vat_compensated": 0.5, "overhead_share": 0.1, "overhead": 9_000}
    nominal = {"nominal_discount_rate": 0.06}
    for direction in ("in", "out"):
        purchase = {**BASE, **terms, "direction": direction, "avoidable_share": 0.8}
        ratio = priced(purchase, **nominal)("break_even_own_cost_ratio")
        again = priced({**purchase, "own_cost_ratio": ratio}, **nominal)
        assert again("present_value") == pytest.approx(0, abs=1e-3)


def test_a_plan_takes_the_saving_in_current_prices_as_insourcing_has_it(answers):
    held = {"first_year": 2020, "years": 3, "discount_rate": 0, "purchases": [BASE]}
    measures = [{"measure": "home", "from": "insource", "share": 0.5, "starts": 2021}]
    plan = {"first_year": 2020, "years": 3, "measures": measures}
    found = answers("plan", {"insource": held, "plan": plan, "prices": PRICES})
    assert by_year(found, "net_cost") == [0, -50_000, -50_000]
    assert by_year(found, "current_net_cost") == pytest.approx([0, -77_500, -108_875])
    measures[0]["follows"] = "wages"
    found = answers("plan", {"insource": held, "plan": plan, "prices": PRICES})
    assert by_year(found, "current_net_cost") == pytest.approx([0, -52_500, -55_125])


# without a difference in running cost, all that is left in the net saving is the one amount: all moves at once in 2020
EVEN = {"programme": "P1", "annual_cost": 1_000_000, "repatriable_share": 1, "own_cost_ratio": 1}
AT_ONCE = {**EVEN, "phases": [{"share": 1, "from": "2020-01"}]}
WAGES = {"value": 1_000, "follows": "wages"}
CONTRACTS = {"value": 1_000, "follows": "contracts"}
DEFLATOR = (1_000, 1_020, 1_040.4)
BY_WAGES = (1_000, 1_050, 1_102.5)
BY_CONTRACTS = (1_000, 1_100, 1_210)
ACCOUNT = {
    "contract follow-up is saved": ({"contract_followup": WAGES}, BY_WAGES),
    "contract follow-up that says nothing": ({"contract_followup": 1_000}, DEFLATOR),
    "overhead is a cost": ({"overhead": WAGES}, [-one for one in BY_WAGES]),
    "overhead that says nothing": ({"overhead": 1_000}, [-one for one in DEFLATOR]),
    # 1 000 by contracts in-house less 1 000 by wages today: 0, 50 and 107.5
    "user payments": ({"user_payments": WAGES, "user_payments_in_house": CONTRACTS}, (0, 50, 107.5)),
    # 1 000, 1 100 and 1 210 less 1 000, 1 020 and 1 040.4
    "user payments today that say nothing": (
        {"user_payments": 1_000, "user_payments_in_house": CONTRACTS},
        (0, 80, 169.6),
    ),
    "transport that is saved": ({"transport": CONTRACTS}, BY_CONTRACTS),
    "transport today and in-house": ({"transport": WAGES, "transport_in_house": CONTRACTS}, (0, -50, -107.5)),
}


@pytest.mark.parametrize(("stated", "saved"), ACCOUNT.values(), ids=ACCOUNT)
def test_each_amount_of_the_account_follows_the_index_that_it_says(priced, stated, saved):
    assert by_year(priced({**AT_ONCE, **stated}), "current_net_saving") == pytest.approx(saved)


@pytest.mark.parametrize("amount", ["startup_cost", "exit_cost"])
def test_what_is_paid_once_follows_the_index_that_it_says_up_to_its_year(priced, amount):
    late = {**EVEN, "phases": [{"share": 1, "from": "2022-01"}]}
    found = priced({**late, amount: WAGES})
    assert by_year(found, "current_net_saving") == pytest.approx([0, 0, -1_102.5])
    assert by_year(found, "net_saving") == pytest.approx([0, 0, -1_000])
    assert by_year(priced({**late, amount: 1_000}), "current_net_saving") == pytest.approx([0, 0, -1_040.4])


def test_amounts_follow_their_index_beside_a_real_growth_of_own_cost(priced):
    found = priced({**AT_ONCE, "contract_followup": WAGES}, own_price_growth=0.1, purchased_price_growth=0.1)
    assert by_year(found, "current_net_saving") == pytest.approx([1_000, 1_050 * 1.1, 1_102.5 * 1.21])


LOAN = {"lifetime": 10, "interest_rate": 0}


def _from(month):
    return {"phases": [{"share": 1, "from": month}]}


def test_an_investment_is_paid_in_the_prices_of_its_year_and_paid_off_as_prices_in_general_rise(priced):
    # 100 000 of 2020 are 110 000 in 2021: a tenth a year, half of it in 2021, and 2 per cent more in 2022
    found = priced({**EVEN, **LOAN, "investment": {"value": 100_000, "follows": "contracts"}, **_from("2021-07")})
    assert by_year(found, "current_net_saving") == pytest.approx([0, -5_500, -11_000 * 1.02])
    assert by_year(found, "capital_cost") == pytest.approx([0, 5_000, 10_000])
    assert by_year(found, "investment_paid") == pytest.approx([0, 100_000, 0])


def test_an_investment_that_says_nothing_follows_the_deflator(priced):
    found = priced({**EVEN, **LOAN, "investment": 100_000, **_from("2021-07")})
    assert by_year(found, "current_net_saving") == pytest.approx([0, -5_000 * 1.02, -10_000 * 1.0404])


def test_each_later_investment_follows_the_index_that_it_says(priced):
    # 10 000 a year at once; 100 000 of 2020 by wages are 110 250 in 2022, a tenth of that
    later = [
        {"from": "2022-01", "amount": {"value": 100_000, "follows": "wages"}},
        {"from": "2021-01", "amount": 1_000},
    ]
    found = priced({**AT_ONCE, **LOAN, "investment": 100_000, "investments": later})
    assert by_year(found, "current_net_saving") == pytest.approx([-10_000, -10_200 - 102, -10_404 - 104.04 - 11_025])


def test_an_investment_after_the_horizon_costs_nothing_within_it(priced):
    found = priced({**EVEN, **LOAN, "investment": {"value": 100_000, "follows": "wages"}, **_from("2030-01")})
    assert by_year(found, "current_net_saving") == [0, 0, 0]


def test_what_is_paid_once_is_discounted_at_a_nominal_rate_in_the_kroner_of_its_year(priced):
    found = priced({**EVEN, "startup_cost": WAGES, **_from("2021-01")}, nominal_discount_rate=0.06)
    assert found("present_value") == pytest.approx(-1_050 / 1.06**2)


def test_refunds_follow_the_indexes_of_wages_threshold_and_deductions(priced):
    group = {
        "users": 2,
        "net_wage_cost": {"value": 2_000, "follows": "contracts"},
        "net_wage_cost_in_house": {"value": 2_000, "follows": "wages"},
        "deductions": 100,
    }
    people = {"users": 2, "refund_groups": [group]}
    table = {"refund_threshold": {"value": 1_000, "follows": "wages"}, "refund_rate": 0.5}
    found = priced({**AT_ONCE, **people}, **table)
    # half of what wages are above threshold and deductions, for two users: 2022: 2 205 in-house, 2 420 bought
    assert by_year(found, "current_net_saving") == pytest.approx([0, 2_100 - 2_200, 2_205 - 2_420])
    assert by_year(found, "net_saving") == [0, 0, 0]
    # below the threshold in-house from the start: 2021: 2 200 − 1 050 − 102 = 1 048 is lost; 2022: 2 420 − 1 102.5 − 104.04
    found = priced({**AT_ONCE, "users": 2, "refund_groups": [{**group, "net_wage_cost_in_house": 0}]}, **table)
    assert by_year(found, "current_net_saving") == pytest.approx([-900, -1_048, -1_213.46])


def test_the_ratio_that_breaks_even_counts_each_amount_by_its_index(priced):
    stated = {"startup_cost": WAGES, "overhead": CONTRACTS, **LOAN, "investment": CONTRACTS}
    purchase, nominal = {**BASE, **stated}, {"nominal_discount_rate": 0.06}
    ratio = priced(purchase, **nominal)("break_even_own_cost_ratio")
    assert priced({**purchase, "own_cost_ratio": ratio}, **nominal)("present_value") == pytest.approx(0, abs=1e-3)


SIGNS = {
    **dict.fromkeys(
        ("purchase_avoided", "refund_change", "followup_saved", "user_payment_change", "transport_change"), 1
    ),
    **dict.fromkeys(("own_cost", "startup_cost", "exit_cost", "capital_cost", "paid_twice", "overhead_added"), -1),
    **dict.fromkeys(("vat_lost", "own_cost_kept"), -1),
}
"""Every line between what need not be bought and the net saving, and how it counts."""
LINES_TERMS = {
    "startup_cost": {"value": 100_000, "follows": "wages"},
    "exit_cost": 50_000,
    "investment": 300_000,
    "lifetime": 10,
    "interest_rate": 0,
    "contract_followup": {"value": 20_000, "follows": "wages"},
    "overhead": 10_000,
    "overhead_share": 0.01,
    "user_payments": 40_000,
    "user_payments_in_house": {"value": 60_000, "follows": "contracts"},
    "vat_share": 0.2,
    "vat_compensated": 0.5,
    "transport": {"value": 30_000, "follows": "wages"},
    "transport_in_house": 10_000,
    "overlap_months": 6,
    "refund_groups": [{"users": 1, "net_wage_cost": 200_000, "net_wage_cost_in_house": 300_000}],
    "phases": [{"share": 1, "from": "2021-01"}],
}
IN_2021 = {
    "startup_cost": 105_000,  # 100 000 × 1.05
    "exit_cost": 51_000,
    "capital_cost": 30_600,  # a tenth of 300 000 × 1.02
    "paid_twice": 550_000,  # half a year of 1 100 000
    "followup_saved": 21_000,
    "overhead_added": 19_650,  # 10 200, and a hundredth of 945 000
    "user_payment_change": 25_200,  # 66 000 less 40 800
    "vat_lost": 55_000,  # a tenth of what is no longer paid, 550 000
    "transport_change": 21_300,  # 31 500 less 10 200
    "refund_change": 81_600,  # 80 per cent of 100 000 × 1.02
    "own_cost_kept": 0,
}


@pytest.fixture(scope="module")
def all_lines(priced):
    """A purchase with every line of the account, and one that goes out."""
    out = {**BASE, "programme": "P2", "direction": "out", "avoidable_share": 0.5, "startup_cost": 0}
    return priced({**BASE, **LINES_TERMS}, out, refund_threshold=100_000, refund_rate=0.8)


@pytest.mark.parametrize(("line", "amount"), IN_2021.items(), ids=IN_2021.keys())
def test_each_line_is_told_in_current_prices_by_hand(all_lines, line, amount):
    assert all_lines(f"current_{line}", programme="P1", year=2021) == pytest.approx(amount)


def test_the_lines_of_each_year_add_up_to_the_net_saving_in_current_prices(all_lines):
    for where in (
        {"year": 2020},
        {"year": 2021},
        {"year": 2022},
        {"programme": "P2"},
        {"programme": "P1", "year": 2022},
        {},
    ):
        added = sum(sign * all_lines(f"current_{line}", **where) for line, sign in SIGNS.items())
        assert added == pytest.approx(all_lines("current_net_saving", **where))


def test_lines_that_nobody_uses_are_not_told_in_current_prices_either(priced):
    told = {one.figure for one in priced(BASE).result.figures if one.figure.startswith("current_")}
    always = ("purchase_avoided", "own_cost", "startup_cost", "capital_cost", "net_saving")
    assert told == {f"current_{line}" for line in always}
