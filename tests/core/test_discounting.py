"""A real rate counts on fixed prices and a nominal one on current prices; a mix is refused."""

import json

import pytest

PRICES = """
[prices]
base_year = 2022
years = 6
deflator = "deflator"
indexes = [
    { index = "deflator", values = [
        { year = 2022, value = 100 }, { year = 2023, value = 104 }, { year = 2024, value = 107 },
        { year = 2025, value = 111 }, { year = 2026, value = 113 }, { year = 2027, value = 118 },
    ] },
    { index = "wages", rate = 0.05 },
]
"""
LEVELS = {2024: 107, 2025: 111, 2026: 113}
HEAD = """
title = "Home"
municipality = "Home"
year = 2024
"""
INSOURCE = """
[insource]
first_year = 2024
years = 3
RATE
[[insource.purchases]]
programme = "day"
annual_cost = 8_000_000
repatriable_share = 0.5
own_cost_ratio = 0.8
startup_cost = 400_000
phases = [{ share = 1, from = "2024-07" }]
"""
# half of 2024 at 4 million with a fifth saved, and the start-up; then a fifth of 4 million a year
SAVED = {2024: 0.0, 2025: 800_000.0, 2026: 800_000.0}
PLAN = """
[plan]
first_year = 2024
years = 3
RATE
[[plan.measures]]
measure = "posts"
nature = "running"
yearly = 1_000_000
follows = "wages"
[[plan.measures]]
measure = "rent"
nature = "saving"
yearly = 300_000
"""
GROWTH = """
[growth]
first_year = 2024
years = 3
base_year = 2024
RATE
populations = [
    { age = "old", year = 2024, inhabitants = 1_000 },
    { age = "old", year = 2025, inhabitants = 1_100 },
    { age = "old", year = 2026, inhabitants = 1_200 },
]
groups = [{ service = "home", age = "old", users = 100, cost_per_user = 200_000 }]
"""


def record(omsorg, name, text, *words):
    done = omsorg(name, "-", "--format", "json", *words, text=HEAD + text)
    assert done.returncode == 0, done.stderr
    return {
        (one["figure"], one.get("year")): one["value"]
        for one in json.loads(done.stdout)["figures"]
        if not any(one.get(axis) for axis in ("programme", "category", "measure", "part"))
    }


def test_one_table_has_fixed_prices_current_prices_and_present_value(omsorg):
    found = record(omsorg, "insource", INSOURCE.replace("RATE", "discount_rate = 0.04") + PRICES)
    for at, year in enumerate(LEVELS):
        assert found["net_saving", year] == pytest.approx(SAVED[year])
        assert found["current_net_saving", year] == pytest.approx(SAVED[year] * LEVELS[year] / 107)
        assert found["present_net_saving", year] == pytest.approx(SAVED[year] / 1.04 ** (at + 1))
    told = omsorg("insource", "-", text=HEAD + INSOURCE.replace("RATE", "discount_rate = 0.04") + PRICES).stdout
    rows = [line.split("  ")[1] for line in told.splitlines() if "net saving" in line]
    assert rows[-3:] == ["net saving", "net saving in current prices", "present value of net saving"]
    assert found["present_net_saving", None] == found["present_value", None]


def test_a_nominal_rate_discounts_current_prices(omsorg):
    found = record(omsorg, "insource", INSOURCE.replace("RATE", "nominal_discount_rate = 0.065") + PRICES)
    wanted = sum(SAVED[year] * level / 107 / 1.065 ** (at + 1) for at, (year, level) in enumerate(LEVELS.items()))
    assert found["present_value", None] == pytest.approx(wanted)


def test_a_nominal_rate_that_is_the_real_one_and_the_deflator_gives_the_same_value(omsorg):
    # prices rise 3 per cent a year: 1.04 × 1.03 − 1
    steady = PRICES[: PRICES.index("deflator =")] + "deflator = 'd'\nindexes = [{ index = 'd', rate = 0.03 }]\n"
    real = record(omsorg, "insource", INSOURCE.replace("RATE", "discount_rate = 0.04") + steady)
    nominal = record(omsorg, "insource", INSOURCE.replace("RATE", "nominal_discount_rate = 0.0712") + steady)
    for name in ("present_value", "break_even_own_cost_ratio"):
        # the amounts of a year stand at its end, and prices count from the first year's: one year of inflation apart
        factor = 1 if name.startswith("break") else 1.03
        assert nominal[name, None] * factor == pytest.approx(real[name, None])


def test_a_plan_has_its_present_value_in_either_prices(omsorg):
    fixed = dict.fromkeys(LEVELS, 700000)
    current = {year: 1e6 * 1.05**at - 3e5 * LEVELS[year] / 107 for at, year in enumerate(LEVELS)}
    for rate, amounts in (("discount_rate", fixed), ("nominal_discount_rate", current)):
        found = record(omsorg, "plan", PLAN.replace("RATE", f"{rate} = 0.04") + PRICES)
        assert found["net_cost", None] == pytest.approx(sum(fixed.values()))
        assert found["current_net_cost", None] == pytest.approx(sum(current.values()))
        wanted = sum(amount / 1.04 ** (at + 1) for at, amount in enumerate(amounts.values()))
        assert found["present_net_cost", None] == pytest.approx(wanted)


def test_growth_has_its_total_and_its_present_value(omsorg):
    # a tenth of the inhabitants at 200 000 kroner: 20, 22 and 24 million
    fixed = [20e6, 22e6, 24e6]
    current = [amount * level / 107 for amount, level in zip(fixed, LEVELS.values(), strict=True)]
    for rate, amounts in (("discount_rate", fixed), ("nominal_discount_rate", current)):
        found = record(omsorg, "growth", GROWTH.replace("RATE", f"{rate} = 0.03") + PRICES)
        assert found["care_cost", None] == pytest.approx(66e6)
        assert found["current_care_cost", None] == pytest.approx(sum(current))
        wanted = sum(amount / 1.03 ** (at + 1) for at, amount in enumerate(amounts))
        assert found["present_care_cost", None] == pytest.approx(wanted)


def test_without_a_rate_a_plan_has_no_present_value_and_lacks_none(omsorg):
    done = omsorg("plan", "-", "--full", text=HEAD + PLAN.replace("RATE", "") + PRICES)
    assert "present value" not in done.stdout


@pytest.mark.parametrize(("name", "text"), [("insource", INSOURCE), ("plan", PLAN), ("growth", GROWTH)])
def test_two_rates_are_a_mix(omsorg, name, text):
    both = "discount_rate = 0.04\nnominal_discount_rate = 0.06"
    done = omsorg(name, "-", text=HEAD + text.replace("RATE", both) + PRICES)
    assert done.returncode == 2
    assert f"{name}.nominal_discount_rate: found nominal_discount_rate beside discount_rate" in done.stderr


@pytest.mark.parametrize(("name", "text"), [("insource", INSOURCE), ("plan", PLAN)])
def test_a_nominal_rate_on_fixed_prices_is_a_mix(omsorg, name, text):
    held = HEAD + text.replace("RATE", "nominal_discount_rate = 0.06")
    done = omsorg(name, "-", text=held)
    assert done.returncode == 2
    assert (
        "nominal_discount_rate belongs to current prices, for which the scenario has no table [prices]" in done.stderr
    )
    value = "present_value" if name == "insource" else "present_net_cost"
    done = omsorg(name, "-", "--prices", "fixed", "--value", value, text=held + PRICES)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{value} is discounted at a nominal rate" in done.stderr


@pytest.mark.parametrize(("name", "text"), [("insource", INSOURCE), ("plan", PLAN)])
def test_a_real_rate_on_current_prices_is_a_mix(omsorg, name, text):
    held = HEAD + text.replace("RATE", "discount_rate = 0.04") + PRICES
    value = "present_value" if name == "insource" else "present_net_cost"
    done = omsorg(name, "-", "--prices", "current", "--value", value, text=held)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{value} is discounted at a real rate" in done.stderr
    done = omsorg(name, "-", "--prices", "current", text=held)
    assert done.returncode == 0
    assert "present value" not in done.stdout.lower()
    assert "Present values at a real rate are of fixed prices" in done.stderr
    bare = HEAD + text.replace("RATE", "") + PRICES
    assert "Present values" not in omsorg(name, "-", "--prices", "current", text=bare).stderr


@pytest.mark.parametrize(("prices", "rate"), [("fixed", "discount_rate"), ("current", "nominal_discount_rate")])
def test_a_present_value_stands_with_its_own_prices(omsorg, prices, rate):
    found = record(omsorg, "insource", INSOURCE.replace("RATE", f"{rate} = 0.04") + PRICES, "--prices", prices)
    assert ("present_value", None) in found
    assert (("net_saving", None) in found) == (prices == "fixed")
    assert (("current_net_saving", None) in found) == (prices == "current")
