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
