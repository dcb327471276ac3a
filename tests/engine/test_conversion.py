"""Amounts in the prices of other years: converted by the index that they follow, each by a step that can be seen."""

import json

import pytest

SCENARIO = """
title = "Home"
municipality = "Home"
year = 2024

[prices]
base_year = 2020
years = 8
deflator = "deflator"

[[prices.indexes]]
index = "deflator"
label = "Municipal deflator"
values = [
    { year = 2020, value = 100 }, { year = 2021, value = 104 }, { year = 2022, value = 110 }, { year = 2023, value = 115 },
    { year = 2024, value = 121 }, { year = 2025, value = 125 }, { year = 2026, value = 128 }, { year = 2027, value = 131 },
]

[[prices.indexes]]
index = "wages"
rate = 0.04

[insource]
first_year = 2024
years = 2
discount_rate = 0.04

[[insource.purchases]]
programme = "day"
annual_cost = { value = 11_000_000, price_year = 2022, source = "budget, 3" }
repatriable_share = 1
places = 10
own_cost_per_place = { value = 800_000, price_year = 2023, follows = "wages", range = [700_000, 900_000] }
startup_cost = 300_000
phases = [{ share = 1, from = "2024-01" }]

[sources.budget]
title = "The budget"
"""
# 11 million of 2022 are 11 × 121 ÷ 110 = 12.1 million of 2024; ten places at 800 000 of 2023 are 8.32 million
PURCHASED, OWN = 12_100_000, 8_320_000
UNIT = """
title = "Home"
municipality = "Home"
year = 2024

[[unit_cost.items]]
item = "place"
unit_cost = { value = 1_000_000, price_year = 2022 }
count = 10
purchase = 5_000_000
"""
PRICES = SCENARIO[SCENARIO.index("[prices]") : SCENARIO.index("[insource]")]


def record(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def figures(held, **keys):
    return {
        one["figure"]: one["value"] for one in held["figures"] if all(one.get(key) == at for key, at in keys.items())
    }


def test_each_amount_is_converted_by_the_index_that_it_follows(omsorg):
    held = record(omsorg("insource", "-", "--format", "json", text=SCENARIO))
    second = figures(held, programme=None, category=None, year=2025)
    assert second["purchase_avoided"] == pytest.approx(PURCHASED)
    assert second["own_cost"] == pytest.approx(OWN)
    assert figures(held, programme=None, year=2024)["net_saving"] == pytest.approx(PURCHASED - OWN - 300_000)


def test_a_calculator_without_years_calculates_in_the_prices_of_the_scenario(omsorg):
    # a million of 2022 is 1.1 million of 2024, of which five million buy 50/11
    held = record(omsorg("unit-cost", "-", "--format", "json", text=UNIT + PRICES))
    assert figures(held)["units_bought"] == pytest.approx(5 / 1.1)
    assert not [text for text in held["warnings"] if "without converting" in text]


@pytest.mark.parametrize(
    "words", [(), ("--full",), ("--format", "csv"), ("--format", "markdown"), ("--format", "json")]
)
def test_no_amount_is_converted_silently(omsorg, words):
    done = omsorg("insource", "-", *words, text=SCENARIO)
    told = " ".join((done.stdout + done.stderr).replace("\\", "").split())
    assert "Converted from 2022 to 2024 prices by Municipal deflator (× 1.1): yearly cost of purchases" in told
    assert "Converted from 2023 to 2024 prices by Wages (× 1.04): unit cost per in-house place" in told


def test_what_is_not_shown_is_not_said_to_be_converted(omsorg):
    done = omsorg("insource", "-", "--value", "repatriable_volume", text=SCENARIO)
    assert float(done.stdout.split()[0]) == pytest.approx(PURCHASED)
    assert "2022" in done.stderr
    assert "2023" not in done.stderr


def test_the_record_has_the_amount_as_it_is_stated_and_its_price_year(omsorg):
    held = record(omsorg("insource", "-", "--format", "json", text=SCENARIO))
    inputs = {one["input"]: one for one in held["inputs"]}
    assert inputs["insource.purchases.day.annual_cost"]["value"] == 11_000_000
    assert inputs["insource.purchases.day.annual_cost"]["price_year"] == 2022
    assert inputs["insource.purchases.day.own_cost_per_place"]["follows"] == "wages"


def test_an_explanation_shows_the_conversion_down_to_the_index(omsorg):
    told = omsorg("explain", "insource", "-", "--figure", "repatriable_volume", text=SCENARIO).stdout
    assert "yearly cost of purchases in 2024 prices (Day) [annual_cost_in_2024_prices]" in told
    assert "11 000 000 NOK a year × 1.21 ÷ 1.1 = 12 100 000 NOK a year" in told.replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert "[prices.indexes.deflator.values.4.value]" in told


def test_the_explanation_as_data_names_each_step(omsorg):
    done = omsorg("explain", "insource", "-", "--figure", "repatriable_volume", "--format", "json", text=SCENARIO)
    nodes = {one["id"]: one for one in record(done)["nodes"]}
    step = nodes["annual_cost_in_2024_prices[programme=day]"]
    assert step["value"] == pytest.approx(PURCHASED)
    assert "insource.purchases.day.annual_cost" in step["uses"]


def test_a_change_of_the_amount_is_in_its_own_prices(omsorg):
    words = ("--set", "insource.purchases.day.annual_cost.price_year=2020", "--value", "total_purchased")
    assert float(omsorg("insource", "-", *words, text=SCENARIO).stdout) == pytest.approx(11_000_000 * 1.21)
    words = ("--set", "insource.purchases.day.annual_cost.follows=wages", "--value", "total_purchased")
    assert float(omsorg("insource", "-", *words, text=SCENARIO).stdout) == pytest.approx(11_000_000 * 1.04**2)


def test_a_range_is_in_the_prices_of_its_value(omsorg):
    # the ends of the range, 0.7 and 0.9 million of 2023, make own provision 7.28 and 9.36 million a year
    done = omsorg("sensitivity", "insource", "-", "--figure", "total_net_saving", "--format", "json", text=SCENARIO)
    (one,) = [one for one in record(done)["inputs"] if one["input"].endswith("own_cost_per_place")]
    ends = {one["figure_at_low"], one["figure_at_high"]}
    wanted = {2 * (PURCHASED - own) - 300_000 for own in (7_280_000, 9_360_000)}
    assert sorted(ends) == pytest.approx(sorted(wanted))


def test_solve_answers_in_the_prices_of_the_input(omsorg):
    # nothing is saved in a year of 12.1 million at places of 1.21 million of 2024, 1.21 ÷ 1.04 of 2023
    words = ("--input", "insource.purchases.day.own_cost_per_place", "--figure", "saving_at_full_effect")
    done = omsorg("solve", "insource", "-", *words, "--target", "0", "--format", "json", text=SCENARIO)
    assert record(done)["solutions"][0]["value"] == pytest.approx(1_210_000 / 1.04)


def test_verify_holds_the_converted_figure_against_what_was_published(omsorg):
    published = """
[[published]]
calculator = "insource"
figure = "total_purchased"
value = VALUE
rounded_to = 100_000
source = "budget, 4"
"""
    assert omsorg("verify", "-", text=SCENARIO + published.replace("VALUE", "12_100_000")).returncode == 0
    assert omsorg("verify", "-", text=SCENARIO + published.replace("VALUE", "11_000_000")).returncode == 1


def test_a_measure_of_a_plan_is_converted_by_its_own_index(omsorg):
    # 1 million of 2022 is 1.04² million of 2024 by wages, and 1.04² × 1.04 million in the kroner of 2025
    text = """
title = "Home"
municipality = "Home"
year = 2024
[plan]
first_year = 2024
years = 2
[[plan.measures]]
measure = "posts"
nature = "running"
yearly = { value = 1_000_000, price_year = 2022 }
follows = "wages"
"""
    held = record(omsorg("plan", "-", "--format", "json", text=text + PRICES))
    found = figures(held, measure="posts", part=None, year=2025)
    assert found["measure_cost"] == pytest.approx(1_081_600)
    assert found["current_measure_cost"] == pytest.approx(1_081_600 * 1.04)


def test_an_amount_of_another_calculator_is_called_as_it_calls_it(omsorg):
    plan = """
[plan]
first_year = 2024
years = 2
measures = [{ measure = "home", from = "insource" }]
"""
    done = omsorg("plan", "-", "--full", text=SCENARIO + plan)
    assert "(× 1.1): yearly cost of purchases (Day)." in " ".join(done.stdout.split())


FAULTS = {
    "a price year that no index has": (
        ("price_year = 2022", "price_year = 2015"),
        "annual_cost.price_year: found 2015, a year that the table [prices] does not have; allowed: 2020 to 2027",
    ),
    "an index that there is none of": (
        ('"wages", range', '"wage", range'),
        'own_cost_per_place.follows: found "wage"; allowed: one of deflator, wages. Did you mean "wages"?',
    ),
    "an index for an amount of the own year that counts for no money": (
        ("places = 10", 'places = 10\nwage_per_fte = { value = 700_000, follows = "wages" }'),
        "wage_per_fte.follows has no effect without a price year, since no index of its own counts for this amount",
    ),
    "an index that there is none of for an amount of the own year": (
        ("startup_cost = 300_000", 'startup_cost = { value = 300_000, follows = "wage" }'),
        'startup_cost.follows: found "wage"; allowed: one of deflator, wages. Did you mean "wages"?',
    ),
    "indexes that end before the calculation begins": (
        ("years = 8", "years = 4"),
        "annual_cost.price_year cannot be converted to 2024 prices, since the table [prices] has only 2020 to 2023",
    ),
    "no value for the base year": (
        ("base_year = 2020", "base_year = 2019"),
        "prices.indexes.deflator.values has no value for the base year 2019",
    ),
    "no value for a year": (
        ("{ year = 2022, value = 110 }, ", ""),
        "prices.indexes.deflator.values has no value for 2022",
    ),
    "an index for what is no money": (
        ("repatriable_share = 1", 'repatriable_share = { value = 1, follows = "wages" }'),
        "repatriable_share.follows has no effect on what is not an amount in kroner",
    ),
    "a base year that is not there": (("base_year = 2020", ""), "prices.base_year"),
}


@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_cannot_be_converted_is_refused(omsorg, change, told):
    text = SCENARIO.replace(*change, 1)
    assert text != SCENARIO
    done = omsorg("insource", "-", text=text)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())


def test_an_amount_that_says_its_index_alone_is_in_the_prices_that_are_calculated_in(omsorg):
    text = SCENARIO.replace("price_year = 2023, ", "")
    held = record(omsorg("insource", "-", "--format", "json", text=text))
    # ten places at 800 000 of 2024, and 4 per cent more in 2025
    second = figures(held, programme=None, category=None, year=2025)
    assert (second["own_cost"], second["current_own_cost"]) == pytest.approx((8_000_000, 8_320_000))
    assert "wages" not in " ".join(held["warnings"]).lower()


def test_an_index_alone_may_be_set_and_is_compared(omsorg, tmp_path):
    words = ("--set", "insource.purchases.day.startup_cost.follows=wages")
    held = record(omsorg("insource", "-", *words, "--format", "json", text=SCENARIO))
    inputs = {one["input"]: one for one in held["inputs"]}
    assert inputs["insource.purchases.day.startup_cost"]["follows"] == "wages"
    before, after = tmp_path / "before.toml", tmp_path / "after.toml"
    before.write_text(SCENARIO, encoding="utf-8")
    after.write_text(SCENARIO.replace("= 300_000", '= { value = 300_000, follows = "wages" }'), encoding="utf-8")
    told = " ".join(omsorg("compare", "insource", str(before), str(after)).stdout.split())
    assert ", by the index wages" in told
    assert "None" not in told


def test_an_index_alone_has_no_effect_in_a_calculator_without_current_prices(omsorg):
    done = omsorg("unit-cost", "-", text=UNIT.replace("price_year = 2022", 'follows = "wages"') + PRICES)
    assert done.returncode == 2
    assert "unit_cost.follows has no effect without a price year" in " ".join(done.stderr.split())


def test_a_common_amount_may_say_its_index_alone(omsorg):
    common = '[common]\noverhead = { value = 100_000, follows = "wages" }\n[prices]'
    held = record(omsorg("insource", "-", "--format", "json", text=SCENARIO.replace("[prices]", common, 1)))
    without = record(omsorg("insource", "-", "--format", "json", text=SCENARIO))
    year = {"programme": None, "category": None, "year": 2025}
    change = [figures(with_, **year)["current_net_saving"] for with_ in (without, held)]
    assert change[0] - change[1] == pytest.approx(104_000)


def test_an_index_without_a_table_of_indexes_is_refused(omsorg):
    done = omsorg("insource", "-", text=SCENARIO.replace(PRICES, ""))
    assert done.returncode == 2
    assert "own_cost_per_place.follows has no effect without a table [prices]" in done.stderr


def test_a_common_amount_is_converted_for_each_calculator(omsorg):
    # a wage of 832 000 in 2024 prices: two FTE cost 1 664 000
    text = """
title = "Home"
municipality = "Home"
year = 2024
[common]
wage_per_fte = { value = 800_000, price_year = 2023, follows = "wages" }
[fte]
hours_per_fte = 1_500
[[fte.services]]
service = "home"
users = 100
hours_per_user = 30
"""
    held = record(omsorg("fte", "-", "--format", "json", text=text + PRICES))
    assert figures(held)["cost_by_wage"] == pytest.approx(1_664_000)


def test_norwegian_says_it_too(omsorg):
    told = omsorg("insource", "-", "--lang", "nb", text=SCENARIO).stdout
    assert "Omregnet fra 2022- til 2024-priser med Municipal deflator (× 1,1): årlig kostnad for kjøp" in told
