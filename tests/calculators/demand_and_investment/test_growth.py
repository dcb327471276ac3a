from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError

ROW = {"demand": "d", "now": 200, "target_year": 2030, "increase_by": 0.5}


@pytest.fixture(scope="module")
def grown(answers):
    """The answers for one demand that grows from 2020; 2020 to 2031 unless said otherwise."""

    def of(changes=None, **table):
        row = {key: value for key, value in {**ROW, **(changes or {})}.items() if value is not None}
        held = {"first_year": 2020, "years": 12, "base_year": 2020, "demands": [row], **table}
        return answers("growth", {"growth": held})

    return of


@pytest.fixture(scope="module")
def gardermoen(shipped):
    return shipped("growth", "gardermoen")


PRINTED = {
    "C.gardermoen.13: 5 000 and half of it": ("recipients", "number_at_target", 7_500),
    "C.gardermoen.14: 1.5 by the 17th root": ("recipients", "yearly_growth", 0.024137596029),
    "C.gardermoen.16: by 200 per cent is 3 times": ("dementia_by_200", "growth_share", 2.0),
    "by 250 per cent is 3.5 times": ("dementia_by_250", "multiplier", 3.5),
    "to 200 per cent is 2 times": ("dementia_to_200", "multiplier", 2.0),
    "to 250 per cent is 2.5 times": ("dementia_to_250", "multiplier", 2.5),
    "C.baerum2017.A20: 200 of them at 397 403 787 / 312": ("dwellings", "added_cost", 254_746_017.3076923),
    "C.baerum2017.A21: 200 / 312": ("dwellings", "growth_share", 0.641025641026),
}


@pytest.mark.parametrize(("demand", "figure", "value"), PRINTED.values(), ids=PRINTED.keys())
def test_gardermoen(gardermoen, demand, figure, value):
    assert gardermoen(figure, demand=demand) == pytest.approx(value, rel=1e-10)


def test_three_times_as_many(gardermoen):
    assert gardermoen("multiplier", demand="dementia_by_200") == 3  # C.gardermoen.16


def test_the_coverage_of_beds_falls_by_a_third(gardermoen):
    # C.gardermoen.15: 7.4 / 11.4 is 0.649
    assert gardermoen("coverage_change", coverage="hospital_beds") == pytest.approx(-0.350877192982)


def test_every_year_between_is_there_and_none_beyond(gardermoen):
    numbers = gardermoen.series("number", "year", demand="recipients")
    assert list(numbers) == list(range(2023, 2041))
    assert (numbers[2023], numbers[2040]) == (5_000, pytest.approx(7_500))
    # 5 000 × 1.024137596029²
    assert numbers[2025] == pytest.approx(5_244.289, abs=0.001)
    assert list(gardermoen.series("number", "year", demand="dwellings")) == list(range(2023, 2037))
    assert "number, cost, saving (dwellings): only the years from the base year" in gardermoen.missing


def test_what_the_presentation_does_not_print_is_missing(gardermoen):
    assert gardermoen("number_at_target", demand="dementia_by_200") is None
    assert "dementia_to_250): the scenario does not give now." in gardermoen.missing
    assert "places_gone (hospital_beds): the scenario does not give population." in gardermoen.missing


FORMS = {
    "by half: 200 + 100": ({}, 1.5, 300),
    "to half": ({"increase_by": None, "increase_to": 0.5}, 0.5, 100),
    "50 on top": ({"increase_by": None, "added": 50}, 1.25, 250),
    "50 fewer": ({"increase_by": None, "added": -50}, 0.75, 150),
    "500 then": ({"increase_by": None, "number_at_target": 500}, 2.5, 500),
    "by 100 per cent, in text": ({"increase_by": "100 %"}, 2, 400),
    "to 250 per cent, in text": ({"increase_by": None, "increase_to": "250 %"}, 2.5, 500),
    "no growth": ({"increase_by": 0}, 1, 200),
}


@pytest.mark.parametrize(("changes", "times", "then"), FORMS.values(), ids=FORMS.keys())
def test_ways_to_say_the_growth(grown, changes, times, then):
    found = grown(changes)
    assert found("multiplier", demand="d") == pytest.approx(times)
    assert found("number_at_target", demand="d") == pytest.approx(then)
    assert found("added", demand="d") == pytest.approx(then - 200)
    # ten years of constant growth
    assert (1 + found("yearly_growth", demand="d")) ** 10 == pytest.approx(times)


def test_costs_with_and_without_a_saving(grown):
    # 200 at 10 is 2 000; 300 are 3 000, of which a fifth is saved
    found = grown({"unit_cost": 10, "saving_share": 0.2})
    names = ("cost_now", "added_cost", "cost_at_target", "saving_at_target")
    assert [found(name, demand="d") for name in names] == pytest.approx([2_000, 1_000, 2_400, 600])
    assert found("cost", demand="d", year=2030) == pytest.approx(2_400)
    assert found("saving", demand="d", year=2020) == pytest.approx(400)
    assert (found("cost", demand="d", year=2031), found("saving", demand="d", year=2031)) == (None, None)
    # the cost of all of them gives that of each
    assert grown({"cost_now": 2_000})("cost_at_target", demand="d") == pytest.approx(3_000)


def test_what_constant_coverage_misses(grown):
    # a population that grows by a tenth takes 200 to 220; 80 of the 300 are beyond it
    assert grown({"population_growth": 0.1})("beyond_constant_coverage", demand="d") == pytest.approx(80)
    assert grown({"population_growth": 0.6})("beyond_constant_coverage", demand="d") == pytest.approx(-20)


def test_places_of_a_coverage_that_changes(grown):
    # 20 000 inhabitants: 11.4 and 7.4 for 10 000 are 22.8 and 14.8 places
    row = {"coverage": "beds", "before": 11.4, "after": 7.4, "per": 10_000, "population": 20_000}
    found = grown(coverages=[row])
    names = ("places_before", "places_after", "places_gone")
    assert [found(name, coverage="beds") for name in names] == pytest.approx([22.8, 14.8, 8])


def test_a_base_year_of_its_own_goes_before_that_of_all(grown):
    found = grown({"base_year": 2025})
    assert list(found.series("number", "year", demand="d")) == [2025, 2026, 2027, 2028, 2029, 2030]
    assert (1 + found("yearly_growth", demand="d")) ** 5 == pytest.approx(1.5)


@pytest.mark.slow
@given(
    now=st.integers(1, 10**6),
    multiplier=st.floats(0.05, 20),
    base=st.integers(2015, 2025),
    span=st.integers(1, 30),
)
def test_the_years_lead_from_now_to_the_target(grown, now, multiplier, base, span):
    row = {"now": now, "increase_by": None, "increase_to": multiplier, "base_year": base, "target_year": base + span}
    found = grown(row, first_year=2015, years=41)
    numbers = list(found.series("number", "year", demand="d").values())
    assert len(numbers) == span + 1
    assert (numbers[0], numbers[-1]) == (pytest.approx(now), pytest.approx(now * multiplier))
    steps = [later / earlier for earlier, later in pairwise(numbers)]
    assert steps == pytest.approx([multiplier ** (1 / span)] * span)


FAULTS = {
    "a target before the base year": (
        {"target_year": 2019},
        r"growth.demands.d.target_year: found 2019, not after the base year 2020; allowed: from 2021",
    ),
    "a target in the base year": ({"target_year": 2020}, "found 2020, not after the base year 2020"),
    "a base year of its own after the target": ({"base_year": 2040}, "found 2030, not after the base year 2040"),
    "two ways to grow": ({"increase_to": 2}, r"found increase_by \+ increase_to; allowed is exactly one of"),
    "no way to grow": ({"increase_by": None}, "found none of them; allowed is exactly one of"),
    "two costs": ({"unit_cost": 1, "cost_now": 1}, r"found unit_cost \+ cost_now; allowed: one way"),
    "nobody left": ({"increase_by": None, "added": -200}, "added: found -200 beside 200 now; allowed: over -200"),
    "a growth to nothing": ({"increase_by": -1}, r"found -1; allowed: a number \(share\), over −1"),
    "nobody now": ({"now": 0}, r"found 0; allowed: a whole number \(persons\), over 0"),
    "a saving of more than all": ({"saving_share": 1.2}, "saving_share: found 1.2"),
}


@pytest.mark.parametrize(("changes", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_refused(grown, changes, told):
    with pytest.raises(OmsorgError, match=told):
        grown(changes)


def test_a_common_base_year_after_the_target_leaves_the_years_out(answers):
    held = {"first_year": 2020, "years": 2, "demands": [ROW]}
    found = answers("growth", {"common": {"base_year": 2030}, "growth": held})
    assert found("number_at_target", demand="d") == 300
    assert found("yearly_growth", demand="d") is None
    assert "yearly_growth" in found.missing
