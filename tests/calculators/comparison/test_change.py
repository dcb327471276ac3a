import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.comparison.change import growth, growth_per_year, mean_over_years, ratio_to_base
from omsorg_cli.core.errors import ScenarioError
from omsorg_cli.core.quantities import MEASURED


def of(series, base=None, year=None):
    return {"series": series, "base": base, "year": year}


# The audit of Bærum (2017); the arithmetic is in the sentence.
AUDIT = {
    "summary: 12.7 − 5.7": ("change", of("home_hours"), 7.0),
    "7.0 / 5.7": ("growth", of("home_hours"), 1.22807017543860),
    "(12.7 / 5.7) ^ (1 / 9) − 1": ("growth_per_year", of("home_hours"), 0.093097152085),
    "Drammen: (7.2 − 9.8) / 9.8": ("base_growth", of("home_hours", "drammen"), -0.26530612244898),
    "Drammen: (7.2 / 9.8) ^ (1 / 9) − 1": ("base_growth_per_year", of("home_hours", "drammen"), -0.033675622506),
    "5.7 − 9.8": ("difference", of("home_hours", "drammen", 2007), -4.1),
    "12.7 / 7.2": ("ratio", of("home_hours", "drammen", 2016), 1.76388888888889),
    "3.3: 12.7 / 9.3": ("ratio", of("home_hours", "kristiansand", 2016), 1.36559139784946),
    "3.3: 12.7 / 10.6 − 1": ("difference_share", of("home_hours", "asss", 2016), 0.19811320754717),
    "Kristiansand has one year": ("base_growth", of("home_hours", "kristiansand"), None),
    "(9.8 + 7.2) / 2": ("base_mean_over_years", of("home_hours", "drammen"), 8.5),
    "summary: 2.05 ^ (1 / 5) − 1": ("growth_per_year", of("practical_assistance"), 0.154385258582),
    "no level is printed": ("first_value", of("practical_assistance"), None),
    "3.3.1: 141 / 1.34": ("back_cast", of("personal_assistance_users"), 105.223880597015),
    "141 × 1 702 / 1.55": ("first_value", of("personal_assistance_hours"), 154_827.096774194),
    "1.55 / 1.34 − 1": ("growth_per_unit", of("personal_assistance_hours"), 0.156716417910448),
    "3.3: 5.2 − 5.7": ("change", of("home_nursing"), -0.5),
    "(5.7 + 5.8 + 5.1 + 5.3 + 5.2) / 5": ("mean_over_years", of("home_nursing"), 5.42),
    "5.2 / 4.6": ("ratio", of("home_nursing", "asss", 2016), 1.1304347826087),
    "annex 1: 1.14 ^ (1 / 8) − 1": ("growth_per_year", of("co_located_cost"), 0.016513396252),
    "fn. 51: 124 008 / 1.14": ("back_cast", of("inhabitants"), 108_778.947368421),
    "table 3-1: 0.932 / 0.883 − 1": ("difference_share", of("need", "asss", 2016), 0.0554926387315968),
    "fn. 63: 17 − 16.5 points": ("difference", of("institution_coverage", "drammen", 2016), 0.005),
    "one year has no growth": ("growth", of("institution_coverage"), None),
    "3.2.5: 10 / 5.5": ("ratio", of("staffed_dwellings", "drammen", 2016), 1.81818181818182),
    "annex 1: 4.2 / 1.0": ("ratio", of("staffed_dwellings_80_plus", "drammen", 2016), 4.2),
    "annex 2: 35 − 37 points": ("difference", of("higher_education", "kristiansand", 2016), -0.02),
    "annex 2: 8.1 − 8.9 points": ("mean_difference", of("sick_leave_before", "asss"), -0.008),
    "annex 2: 8.1 / 8.9": ("mean_ratio", of("sick_leave_before", "asss"), 0.910112359550562),
    "annex 2: 1.1 / 8.1": ("growth", of("sick_leave"), 0.135802469135802),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("change", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_series_come_out(audit, figure, keys, value):
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-8))


def test_figures_are_in_the_unit_of_their_series(audit):
    units = {(one.figure, one.keys["series"]): one.unit for one in audit.result.figures}
    assert units["change", "home_hours"] == "hours/user/week"
    assert units["difference", "institution_coverage"] == "share"
    assert units["back_cast", "personal_assistance_users"] == "persons"
    assert units["growth_per_year", "home_hours"] == "rate/year"


@pytest.fixture
def changed(answers):
    def of_rows(own=(), bases=(), *sets, others=(), **series):
        held = {"series": "s", "unit": "persons", "own": list(own), "bases": list(bases), **series}
        stated = {key: value for key, value in held.items() if value is not None}
        return answers("change", {"change": {"series": [stated, *others]}}, *sets)

    return of_rows


def years(**values):
    return [{"year": int(year[1:]), "value": value} for year, value in values.items()]


def base(name, **values):
    return [{"base": name, **row} for row in years(**values)]


PERIODS = {
    "the first and the last year: 400 / 100 − 1": ({}, 3.0),
    "from 2012 on: 400 / 200 − 1": ({"from": 2012}, 1.0),
    "until 2012: 200 / 100 − 1": ({"to": 2012}, 1.0),
}


@pytest.mark.parametrize(("period", "wanted"), PERIODS.values(), ids=PERIODS.keys())
def test_growth_is_over_the_period(changed, period, wanted):
    found = changed(years(y2010=100, y2012=200, y2016=400), **period)
    assert found("growth", **of("s")) == pytest.approx(wanted)


def test_without_a_stated_period_it_is_what_all_have_who_have_two_years(changed):
    # 2012 to 2016 is common to the own years and to those of a; b has one year and decides nothing
    bases = [*base("a", y2012=50, y2016=75, y2018=90), *base("b", y2016=30)]
    found = changed(years(y2010=100, y2012=200, y2016=400), bases)
    assert found("growth", **of("s")) == pytest.approx(1.0)
    assert found("base_growth", **of("s", "a")) == pytest.approx(0.5)
    assert found("base_growth", **of("s", "b")) is None
    assert found("ratio", **of("s", "b", 2016)) == pytest.approx(400 / 30)


def test_a_mean_is_of_the_years_of_the_period_alone(changed):
    found = changed(years(y2010=100, y2012=200, y2016=400), **{"from": 2012})
    assert found("mean_over_years", **of("s")) == 300


def test_a_growth_leads_from_the_first_year_to_the_last_too(changed):
    # 200 × 1.1; 2 100 / 1.05
    found = changed([*years(y2010=200), {"year": 2016, "growth": 0.1}], base("a", y2016=2_100), **{"from": 2010})
    assert found("carried_forward", **of("s")) == pytest.approx(220)
    assert found("last_value", **of("s")) == pytest.approx(220)
    assert found("change", **of("s")) == pytest.approx(20)
    of_base = changed(years(y2010=1), [{"base": "a", "year": 2016, "value": 2_100, "growth": 0.05}], **{"from": 2010})
    assert of_base("base_first_value", **of("s", "a")) == pytest.approx(2_000)


def test_a_printed_mean_stands_before_that_of_the_years(changed):
    found = changed([*years(y2010=100), {"year": 2012, "value": 200, "mean": 170}], **{"from": 2010})
    assert found("mean_over_years", **of("s")) == 170


def test_a_start_from_zero_has_no_growth_and_says_why(changed):
    found = changed(years(y2010=0, y2012=5))
    assert found("change", **of("s")) == 5
    assert found("growth", **of("s")) is None
    assert "growth, growth_per_year (s): the value in the first year is zero." in found.missing


def test_beside_a_base_of_zero_there_is_a_difference_and_no_ratio(changed):
    found = changed(years(y2010=3), base("a", y2010=0))
    assert found("difference", **of("s", "a", 2010)) == 3
    assert found("ratio", **of("s", "a", 2010)) is None
    assert "the comparator's value is zero" in found.missing


def test_one_year_beside_a_base_is_compared_and_nothing_is_said_to_be_missing(changed):
    found = changed(years(y2016=30), base("a", y2016=20))
    assert found("ratio", **of("s", "a", 2016)) == pytest.approx(1.5)
    assert found("growth", **of("s")) is None
    assert found.missing == ""


def test_what_the_own_municipality_has_not_is_told(changed):
    found = changed([], [*base("a", y2010=20, y2016=30)])
    assert found("base_growth", **of("s", "a")) == pytest.approx(0.5)
    assert "difference, ratio" not in found.missing
    assert "the scenario does not give s/2010 in the table change" in found.missing


OTHER = {"series": "o", "unit": "places", "from": 2010, "own": [{"year": 2016, "growth": 0.25}]}


def test_growth_for_each_unit_of_another_series(changed):
    # 1.5 / 1.25 − 1
    found = changed(years(y2010=100, y2016=150), others=[OTHER], per="o")
    assert found("growth_per_unit", **of("s")) == pytest.approx(0.2)


TWO = years(y2010=100, y2012=200)
FAULTS = {
    "one year alone": (years(y2010=1), [], {}, "s: found one year of one municipality; allowed: two years or more"),
    "a year twice": ([*TWO, *years(y2010=7)], [], {}, "has the same year as an earlier item"),
    "a base's year twice": (TWO, [*base("a", y2010=1), *base("a", y2010=2)], {}, "has the same base and year"),
    "a year that says nothing": (
        [*TWO, {"year": 2014}],
        [],
        {},
        "found none of them; allowed is exactly one of: value",
    ),
    "no unit": (TWO, [], {"unit": None}, "unit is missing; allowed: one of hours/user/week"),
    "a unit that there is not": (TWO, [], {"unit": "litres"}, 'found "litres"'),
    "hours among persons": (years(y2010="5 h", y2012=3), [], {}, 'found "5 h", which has the wrong unit'),
    "half a person": (years(y2010=1.5, y2012=3), [], {}, "found 1.5; allowed: a whole number (persons)"),
    "a share above one": (years(y2010=0.5, y2012=1.5), [], {"unit": "share"}, "found 1.5; allowed: a number (share)"),
    "a range above one": (
        years(y2010=0.5, y2012={"value": 0.9, "range": [0.8, 1.1]}),
        [],
        {"unit": "share"},
        "found a range to 1.1; allowed: a number (share)",
    ),
    "a value below zero": (years(y2010=-1, y2012=3), [], {}, "found -1; allowed"),
    "a price year of persons": (TWO, [], {"price_year": 2020}, "price_year has no effect with the unit persons"),
    "the end before the start": (TWO, [], {"from": 2012, "to": 2010}, "found 2012 to 2010; allowed: the earlier"),
    "the last year as the start": (TWO, [], {"from": 2012}, "s.from: found 2012 to 2012"),
    "a year that nobody has": (TWO, [], {"from": 2011}, "found 2011, a year without a value; allowed: one of 2010"),
    "growth from no year": ([{"year": 2012, "growth": 0.1}], [], {}, "allowed: growth or a mean with from"),
    "growth beside both values": (
        [*years(y2010=1), {"year": 2012, "value": 2, "growth": 1}],
        [],
        {"from": 2010},
        "found growth and the values of both years",
    ),
    "per unit of itself": (TWO, [], {"per": "s"}, 'found "s", which is not another series'),
    "per unit of what there is not": (TWO, [], {"per": "x"}, 'found "x", which is not another series'),
    "per unit of another period": (
        TWO,
        [],
        {"per": "o"},
        "found a series of the period 2010–2016; allowed: one of the same",
    ),
}


@pytest.mark.parametrize(("own", "bases", "series", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_says_what_was_found_and_what_is_allowed(changed, own, bases, series, told):
    with pytest.raises(ScenarioError) as caught:
        changed(own, bases, others=[OTHER], **series)
    assert any(told in str(fault) for fault in caught.value.faults), caught.value.faults


SCENARIO = """
title = "T"
municipality = "M"
year = 2016
[[change.series]]
series = "s"
label = "Users"
unit = "persons"
own = [{ year = 2010, value = 100 }, { year = 2016, value = { value = 150, range = [120, 180] } }]
bases = [{ base = "a", label = "A", year = 2010, value = 200 }, { base = "a", year = 2016, value = 100 }]
"""


def test_one_table_has_the_years_then_what_they_come_to(omsorg):
    shown = omsorg("change", "-", text=SCENARIO).stdout
    table = shown.partition("Users\n")[2].partition("\n\n")[0].splitlines()
    assert [" ".join(line.split()) for line in table] == [
        "persons M A",
        "2010 100 persons 200 persons",
        "2016 150 persons 100 persons",
        "change 2010–2016 50 persons up 100 persons down",
        "growth 50% up 50.0% down",
        "compound growth per year 7% up 10.9% down",
        "mean of the years stated 125 persons 150 persons",
        "gap to comparator, 2010 n/a 100 persons below",
        "gap to comparator, 2016 n/a 50 persons above",
        "ratio to comparator, 2010 n/a 0.50 times",
        "ratio to comparator, 2016 n/a 1.50 times",
    ]


def test_what_is_looked_for_has_the_unit_of_the_series(omsorg):
    # 150 / (1 + 0.25)
    words = ("--input", "change.series.s/2010.value", "--figure", "growth", "--target", "25 %", "--format", "json")
    (solution,) = json.loads(omsorg("solve", "change", "-", *words, text=SCENARIO).stdout)["solutions"]
    assert (solution["value"], solution["unit"]) == (pytest.approx(120), "persons")


def test_a_value_set_by_the_user_is_held_against_the_unit(omsorg):
    done = omsorg("change", "-", "--set", "change.series.s/2010.value=12 h", text=SCENARIO)
    assert done.returncode == 2
    assert 'found "12 h", which has the wrong unit; allowed: a whole number (persons)' in done.stderr


def test_shares_differ_in_points(omsorg):
    shown = omsorg("change", "--series", "institution_coverage").stdout
    assert "0.5 points higher" in shown
    assert "0.6 points lower" in shown


@pytest.mark.parametrize("unit", MEASURED)
def test_each_unit_has_an_example_that_it_takes(unit):
    kind = MEASURED[unit]
    assert kind.unit == unit
    assert kind.holds(kind.example)
    assert kind.low >= 0


@given(st.floats(1, 1e6), st.floats(-0.9, 10), st.integers(1, 60))
def test_growth_per_year_leads_to_the_last_year(first, grown, years_between):
    yearly = growth_per_year(grown, years_between)
    assert first * (1 + yearly) ** years_between == pytest.approx(first * (1 + grown), rel=1e-9)
    assert growth(first * grown, first) == pytest.approx(grown)


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=20))
def test_a_mean_lies_between_the_least_and_the_most(values):
    mean = mean_over_years(values, [1.0] * len(values))
    assert min(values) * (1 - 1e-12) <= mean <= max(values) * (1 + 1e-12)
    assert ratio_to_base(values[0], values[0]) == 1
