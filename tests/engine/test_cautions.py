import json

import pytest

TWO_YEARS = """
title = "Home"
municipality = "Home"
year = 2020

[[unit_cost.items]]
item = "place"
unit_cost = { value = 1_000_000, price_year = YEAR }
count = 10
purchase = 5_000_000
"""
GROWTH = """
title = "Home"
municipality = "Home"
year = 2023

[growth]
first_year = 2023
years = 2

[[growth.demands]]
demand = "d"
now = 100
target_year = 2040
added = 20
cost_now = { value = 1_000_000, price_year = 2016 }
"""


@pytest.mark.parametrize("words", [(), ("--format", "json"), ("--format", "markdown"), ("--format", "csv")])
def test_amounts_in_prices_of_two_years_are_told_where_they_meet(omsorg, words):
    done = omsorg("unit-cost", "-", *words, text=TWO_YEARS.replace("YEAR", "2015"))
    told = "units_bought: amounts in the prices of 2015 and 2020 meet here, and nothing converts them."
    assert told in " ".join((done.stdout + done.stderr).replace("\\", "").split())


def test_amounts_in_prices_of_one_year_meet_unsaid(omsorg):
    # five million kroner at a million each are five, whose prices nobody asks about
    record = json.loads(omsorg("unit-cost", "-", "--format", "json", text=TWO_YEARS.replace("YEAR", "2020")).stdout)
    assert not [text for text in record["warnings"] if "prices" in text]
    assert [one["value"] for one in record["figures"] if one["figure"] == "units_bought"] == [5]


def test_the_heading_has_the_prices_of_the_amounts(omsorg):
    heading = omsorg("growth", "-", text=GROWTH).stdout.splitlines()[0]
    assert "2023–2024, 2016 prices" in heading


def test_only_amounts_of_kroner_have_a_price_year(omsorg):
    text = GROWTH.replace("now = 100", "now = { value = 100, price_year = 2016 }")
    done = omsorg("growth", "-", text=text)
    assert done.returncode == 2
    assert "growth.demands.d.now.price_year: has no effect on what is no amount of kroner" in done.stderr


def test_a_price_year_may_be_set_and_stands_in_the_record(omsorg):
    words = ("--set", "unit_cost.items.place.unit_cost.price_year=2014", "--format", "json")
    record = json.loads(omsorg("unit-cost", "-", *words, text=TWO_YEARS.replace("YEAR", "2020")).stdout)
    held = {one["input"]: one.get("price_year") for one in record["inputs"]}
    assert held["unit_cost.items.place.unit_cost"] == 2014
    assert held["unit_cost.items.place.purchase"] is None
