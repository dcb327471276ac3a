import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turns import examples

YEARS = (2020, 2021, 2022)
RATE = st.sampled_from((0.0, -0.05, 0.02, 0.04, 0.3))
SHARE = st.floats(0.01, 1)
AMOUNT = st.floats(1_000, 1e8)
MONTHS = st.integers(0, 40)
START = st.builds("{}-{:02d}".format, st.sampled_from(YEARS), st.integers(1, 12))
PHASE = st.fixed_dictionaries({"share": st.floats(0.01, 0.5), "from": START, "over_months": MONTHS})
PROVISION = {
    "repatriable_share": SHARE,
    "own_cost_ratio": st.floats(0.1, 2),
    "phases": st.lists(PHASE, min_size=1, max_size=2),
}
CATEGORY = st.fixed_dictionaries({}, optional=PROVISION)


def parted(parts, cut):
    """The parts with shares of the cost that add up to 1."""
    shares = {0: [], 1: [1], 2: [cut, 1 - cut]}[len(parts)]
    return [{**part, "share_of_cost": share} for part, share in zip(parts, shares, strict=True)]


CATEGORIES = st.builds(parted, st.lists(CATEGORY, max_size=2), st.floats(0.01, 0.99))
PURCHASE = st.fixed_dictionaries(
    {
        "annual_cost": AMOUNT,
        "occupancy": st.sampled_from((1, 0.9, 0.5)),
        "startup_cost": st.sampled_from((0, 1_000, 5e6)),
        "investment": st.sampled_from((0, 2e6)),
        "lifetime": st.sampled_from((1, 2.5, 40)),
        "interest_rate": st.sampled_from((0, 0.04)),
        "categories": CATEGORIES,
        **PROVISION,
    }
)
PURCHASES = st.lists(PURCHASE, min_size=1, max_size=2)
GROWTH = st.fixed_dictionaries({"purchased_price_growth": RATE, "own_price_growth": RATE, "discount_rate": RATE})


def named(purchases):
    return [
        {
            **one,
            "programme": f"P{index}",
            "categories": [{**part, "category": f"c{place}"} for place, part in enumerate(one["categories"])],
        }
        for index, one in enumerate(purchases)
    ]


def with_ratio(purchases, ratio):
    return [
        {
            **one,
            "own_cost_ratio": ratio,
            "categories": [{**part, "own_cost_ratio": ratio} for part in one["categories"]],
        }
        for one in purchases
    ]


def month(text):
    year, number = text.split("-")
    return int(year) * 12 + int(number) - 1


def home(phases, at):
    """How much is home in the month."""
    steps = [(one["share"], at - month(one["from"]) + 1, one["over_months"] or 1) for one in phases]
    return sum(share * min(max(k, 0), n) / n for share, k, n in steps)


def provisions(purchase):
    """The parts of a purchase, each with its cost and all that it inherits."""
    parts = purchase["categories"] or [{"share_of_cost": 1}]
    return [{**purchase, **part, "annual_cost": purchase["annual_cost"] * part["share_of_cost"]} for part in parts]


def saved(purchase, year, growth):
    """The saving of a programme in a year, month by month."""
    paid = (1 + growth["purchased_price_growth"]) ** (year - 2020)
    own = (1 + growth["own_price_growth"]) ** (year - 2020)
    months = range(year * 12, year * 12 + 12)
    running = sum(
        part["annual_cost"]
        / 12
        * part["repatriable_share"]
        * home(part["phases"], at)
        * (paid - own * part["own_cost_ratio"] / part["occupancy"])
        for part in provisions(purchase)
        for at in months
    )
    begins = beginning(purchase)
    return running - (begins in months) * purchase["startup_cost"] - capital(purchase, begins, months)


def beginning(purchase):
    return min(month(one["from"]) for part in provisions(purchase) for one in part["phases"])


def in_cash(purchase, year, growth):
    """The same with the investment when it is paid, in the place of its annuity."""
    begins, months = beginning(purchase), range(year * 12, year * 12 + 12)
    paid = (begins in months) * purchase["investment"]
    return saved(purchase, year, growth) + capital(purchase, begins, months) - paid


def capital(purchase, begins, months):
    rate, lifetime, amount = (purchase[key] for key in ("interest_rate", "lifetime", "investment"))
    yearly = amount * rate / (1 - (1 + rate) ** -lifetime) if rate else amount / lifetime
    return yearly / 12 * sum(begins <= at < begins + lifetime * 12 for at in months)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-3)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(100))
@given(purchases=PURCHASES.map(named), growth=GROWTH)
def test_a_loop_over_months_gives_the_same_savings(insourced, purchases, growth):
    found = insourced(*purchases, years=len(YEARS), **growth)
    by_year = {year: sum(saved(one, year, growth) for one in purchases) for year in YEARS}
    assert found.series("net_saving", "year") == {year: close(value) for year, value in by_year.items()}
    cash = {year: sum(in_cash(one, year, growth) for one in purchases) for year in YEARS}
    assert found.series("cash_flow", "year") == {year: close(value) for year, value in cash.items()}
    discounted = sum(value / (1 + growth["discount_rate"]) ** (year - 2019) for year, value in by_year.items())
    assert found("present_value") == close(discounted)


FIGURES = (
    "purchase_avoided",
    "own_cost",
    "startup_cost",
    "capital_cost",
    "net_saving",
    "investment_paid",
    "cash_flow",
)
FIGURES_OF_ALL_YEARS = ("repatriable_volume", "saving_at_full_effect", "present_value", "remaining_debt")


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchases=PURCHASES.map(named), growth=GROWTH)
def test_sums_over_programmes_years_and_all_are_the_same(insourced, purchases, growth):
    found = insourced(*purchases, years=len(YEARS), **growth)
    for figure in FIGURES:
        by_programme, by_year = found.series(figure, "programme"), found.series(figure, "year")
        assert sum(by_programme.values()) == close(found(figure))
        assert sum(by_year.values()) == close(found(figure))
        for year in YEARS:
            assert sum(found.series(figure, "programme", year=year).values()) == close(by_year[year])
    assert found("cumulative_saving", year=YEARS[-1]) == close(found("total_net_saving"))
    assert found("cumulative_cash", year=YEARS[-1]) == close(found("cash_flow"))
    for figure in FIGURES_OF_ALL_YEARS:
        assert sum(found.series(figure, "programme").values()) == close(found(figure))


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchases=PURCHASES.map(named), growth=GROWTH)
def test_at_a_rate_of_zero_the_present_value_is_the_saving(insourced, purchases, growth):
    found = insourced(*purchases, **{**growth, "discount_rate": 0})
    assert found("present_value") == close(found("total_net_saving"))


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(100))
@given(purchases=PURCHASES.map(named), growth=GROWTH)
def test_at_the_break_even_ratio_the_present_value_is_zero(insourced, purchases, growth):
    found = insourced(*purchases, years=len(YEARS), **growth)
    ratio = found("break_even_own_cost_ratio")
    if ratio is not None and ratio > 0:
        again = insourced(*with_ratio(purchases, ratio), years=len(YEARS), **growth)
        assert again("present_value") == pytest.approx(
            0, abs=1e-9 * sum(one["annual_cost"] for one in purchases) + 1e-3
        )
        assert again("break_even_own_cost_ratio") == pytest.approx(ratio)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchases=PURCHASES.map(named), growth=GROWTH)
def test_at_a_programmes_own_break_even_its_record_alone_comes_to_zero(insourced, purchases, growth):
    found = insourced(*purchases, years=len(YEARS), **growth)
    ratio = found("break_even_own_cost_ratio", programme="P0")
    if ratio is not None and ratio > 0:
        again = insourced(*with_ratio(purchases[:1], ratio), years=len(YEARS), **growth)
        assert again("present_value") == pytest.approx(0, abs=1e-9 * purchases[0]["annual_cost"] + 1e-3)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(50))
@given(purchases=PURCHASES.map(named), growth=GROWTH)
def test_from_the_payback_year_on_nothing_is_owed(insourced, purchases, growth):
    found = insourced(*purchases, years=len(YEARS), **growth)
    so_far, year = found.series("cumulative_cash", "year"), found("payback_year")
    if year is None:
        assert so_far[YEARS[-1]] < 0 or max(found.series("cash_flow", "year").values()) < 0.01
    else:
        assert all(so_far[one] > -0.01 for one in YEARS if one >= year)
        assert year == YEARS[0] or so_far[year - 1] < 0 or found("purchase_avoided", year=year - 1) == 0
    if so_far[YEARS[-1]] < -0.01 and found("payback_year_at_full_effect") is not None:
        assert found("payback_year_at_full_effect") > YEARS[-1]
