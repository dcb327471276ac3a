import json

import pytest

from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.numbers import Written
from omsorg_cli.engine.cautions import slips
from omsorg_cli.engine.layout import Input

WAGE = Kind("NOK/FTE", low=0, usual=(300_000, 1_800_000))
FAR = "x.wage: 785 NOK per FTE is far below the usual range"
CASES = {
    "nothing of what is usual": (Stated(785_000.0), WAGE, []),
    "a value in thousands": (Stated(785.0), WAGE, [FAR]),
    "the lower end of a range in thousands": (Stated(700_000.0, range=(785.0, 900_000.0)), WAGE, [FAR]),
    "the upper end of a range": (
        Stated(700_000.0, range=(600_000.0, 900_000_000.0)),
        WAGE,
        ["x.wage: 900 000 000 NOK per FTE is far above the usual range"],
    ),
    "the value alone where all three are far": (Stated(785.0, range=(700.0, 900.0)), WAGE, [FAR]),
    "nothing of a default": (Stated(785.0, origin="default"), WAGE, []),
    "what was set by the user": (Stated(785.0, origin="user"), WAGE, [FAR]),
    "nothing of text": (Stated("785"), WAGE, []),
    "nothing where nothing is usual": (Stated(785.0), WAGE._replace(usual=None), []),
    "a point as it was typed": (
        Stated(785.125, typed=Written("785.125")),
        WAGE,
        ["x.wage: 785.125 is read as a decimal"],
    ),
    "a point of the value and not of the end of its range": (
        Stated(785_000.0, range=(785.125, 900_000.0), typed=Written("785.125")),
        WAGE,
        ["x.wage: 785.13 NOK per FTE is far below the usual range"],
    ),
}


@pytest.mark.parametrize(("stated", "kind", "told"), CASES.values(), ids=CASES.keys())
def test_what_is_far_from_usual_is_told_once_of_each_input(stated, kind, told):
    found = list(slips([Input("wage", "x.wage", (), stated, kind)]))
    assert [path for path, _ in found] == ["x.wage"] * len(told)
    assert all(sentence.startswith(start) for (_, sentence), start in zip(found, told, strict=True))


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
    told = "These figures combine amounts in the prices of different years (2015, 2020) without converting them: "
    assert told in " ".join((done.stdout + done.stderr).replace("\\", "").split())


def test_amounts_in_prices_of_one_year_meet_unsaid(omsorg):
    # five million kroner at a million each are five, whose prices nobody asks about
    record = json.loads(omsorg("unit-cost", "-", "--format", "json", text=TWO_YEARS.replace("YEAR", "2020")).stdout)
    assert not [text for text in record["warnings"] if "prices" in text]
    assert [one["value"] for one in record["figures"] if one["figure"] == "units_bought"] == [5]


@pytest.mark.parametrize("more", [(), ("--full",)])
def test_prices_of_another_year_than_the_one_asked_about_are_said(omsorg, more):
    assert "Amounts are in 2016 prices." in omsorg("growth", "-", *more, text=GROWTH).stdout
    assert "prices." not in omsorg("growth", "-", *more, text=GROWTH.replace("2016", "2023")).stdout


def test_only_amounts_of_kroner_have_a_price_year(omsorg):
    text = GROWTH.replace("now = 100", "now = { value = 100, price_year = 2016 }")
    done = omsorg("growth", "-", text=text)
    assert done.returncode == 2
    assert "growth.demands.d.now.price_year has no effect on what is not an amount in kroner" in done.stderr


def test_a_price_year_may_be_set_and_stands_in_the_record(omsorg):
    words = ("--set", "unit_cost.items.place.unit_cost.price_year=2014", "--format", "json")
    record = json.loads(omsorg("unit-cost", "-", *words, text=TWO_YEARS.replace("YEAR", "2020")).stdout)
    held = {one["input"]: one.get("price_year") for one in record["inputs"]}
    assert held["unit_cost.items.place.unit_cost"] == 2014
    assert held["unit_cost.items.place.purchase"] is None


PLAN = """
title = "Home"
municipality = "Home"
year = 2024
[plan]
first_year = FIRST
years = 2
[[plan.measures]]
measure = "home"
from = "insource"
[[plan.measures]]
measure = "posts"
nature = "running"
yearly = 500_000
[insource]
first_year = 2024
years = 4
[[insource.purchases]]
programme = "day"
annual_cost = 10_000_000
repatriable_share = 1
own_cost_ratio = 0.9
phases = [{ share = 1, from = "2024-01" }]
"""


@pytest.mark.parametrize(("first", "told"), [("2025", True), ("2024", False)])
def test_calculators_that_begin_in_different_years_are_told_where_their_amounts_meet(omsorg, first, told):
    done = omsorg("plan", "-", text=PLAN.replace("FIRST", first))
    assert ("prices of different years (2024, 2025) without converting" in " ".join(done.stdout.split())) == told


PRICES = """
[prices]
base_year = BASE
years = 4
deflator = "all"
[[prices.indexes]]
index = "all"
rate = 0.025
"""


def plan_of(omsorg, *words, base=2024):
    text = PLAN.replace("FIRST", "2025") + PRICES.replace("BASE", str(base))
    return json.loads(omsorg("plan", "-", "--format", "json", *words, text=text).stdout)


def test_what_comes_from_another_calculator_is_converted_to_the_prices_of_the_plan(omsorg):
    # a tenth of 10 million is saved each year in 2024 prices: 1 025 000 in those of 2025, less 500 000 for posts
    record = plan_of(omsorg)
    figures = {(one["figure"], one.get("measure"), one.get("year")): one for one in record["figures"]}
    assert figures["measure_cost", "home", 2026]["value"] == pytest.approx(-1_025_000, rel=1e-12)
    assert figures["net_cost", None, 2026]["value"] == pytest.approx(-525_000, rel=1e-12)
    # in the kroner of 2026, a million is 1 050 625, and 500 000 of 2025 are 512 500
    assert figures["current_net_cost", None, 2026]["value"] == pytest.approx(-538_125, rel=1e-12)
    told = [text for text in record["warnings"] if "prices" in text]
    assert told == ["Converted from 2024 to 2025 prices by All (× 1.0250): home services."]


def test_what_is_counted_twice_is_told_in_the_prices_of_the_plan(omsorg):
    # 0.7 + 0.5 of a million a year in 2024 prices is 0.2 of 1 025 000 too much, in each of two years
    more = '[[plan.measures]]\nmeasure = "again"\nfrom = "insource"\nshare = 0.5\n[insource]'
    text = (
        PLAN.replace("FIRST", "2025")
        .replace("[insource]", more)
        .replace('"insource"\n', '"insource"\nshare = 0.7\n', 1)
    )
    done = omsorg("plan", "-", text=text + PRICES.replace("BASE", "2024"))
    assert "home services and Again overlap by 410 000 NOK, which is counted twice." in " ".join(done.stdout.split())


def test_what_cannot_be_converted_is_told_of_the_figures_that_are_mixed(omsorg):
    told = [text for text in plan_of(omsorg, base=2025)["warnings"] if "prices" in text]
    (mixed,) = told
    assert mixed.startswith("These figures combine amounts in the prices of different years (2024, 2025) without")


RESTRUCTURED = """
title = "Home"
municipality = "Home"
year = 2024
[plan]
first_year = 2025
years = 2
[[plan.measures]]
measure = "home"
from = "restructure"
item = "s"
[[restructure.services]]
service = "s"
facilities = 2
dwellings_each = 5
cost_per_dwelling = 1_000_000
cost_reduction = 0.1
"""


def test_what_has_no_years_is_converted_from_the_scenarios_year(omsorg):
    # a tenth of 10 million in 2024 prices
    text = RESTRUCTURED + PRICES.replace("BASE", "2024")
    done = omsorg("plan", "-", "--value", "savings", "--year", "2026", text=text)
    assert float(done.stdout) == pytest.approx(1_025_000, rel=1e-12), done.stderr
