from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.formulas.money import (
    debt_left,
    discounted,
    grown,
    in_years,
    lasting_year,
    months_in_year,
    phased,
    year_recovered,
)

YEAR = st.integers(2018, 2032)
START = st.integers(2020 * 12, 2025 * 12 + 11)


def there(start, over, month):
    """How much is there in the month: k/n in the k-th, all at once if n is 0."""
    k = month - start + 1
    if k <= 0:
        return Fraction(0)
    return min(Fraction(k, over), Fraction(1)) if over else Fraction(1)


@given(START, st.integers(0, 120), YEAR)
def test_what_is_phased_in_is_the_mean_over_the_months_of_the_year(start, over, year):
    months = range(year * 12, year * 12 + 12)
    assert phased(start, over, year) == pytest.approx(float(sum(there(start, over, m) for m in months) / 12), abs=1e-12)


CASES = {
    # (1 + 2 + 3 + 4 + 5 + 6) / 6 / 12 = 21 / 72
    "six steps from July": (2020 * 12 + 6, 6, 2020, 21 / 72),
    # (1 + … + 6) / 18 / 12 = 21 / 216; then (7 + … + 18) / 18 / 12 = 150 / 216
    "eighteen steps from July, the first year": (2020 * 12 + 6, 18, 2020, 21 / 216),
    "eighteen steps from July, the second year": (2020 * 12 + 6, 18, 2021, 150 / 216),
    "one step is at once": (2020 * 12 + 6, 1, 2020, 0.5),
    "at once in December is one month": (2020 * 12 + 11, 0, 2020, 1 / 12),
    "nothing in the year before": (2021 * 12, 0, 2020, 0),
}


@pytest.mark.parametrize(("start", "over", "year", "value"), CASES.values(), ids=CASES.keys())
def test_what_is_phased_in_by_hand(start, over, year, value):
    assert phased(start, over, year) == pytest.approx(value, abs=1e-15)


@given(START, st.integers(0, 120))
def test_what_is_phased_in_never_falls_and_ends_at_all(start, over):
    years = [phased(start, over, year) for year in range(2019, 2038)]
    assert years == sorted(years)
    assert (years[0], years[-1]) == (0, pytest.approx(1, abs=1e-15))


@given(st.lists(START, min_size=1, max_size=6), st.integers(0, 60), YEAR)
def test_phasing_and_months_give_the_same_on_arrays(starts, over, year):
    array = np.array(starts, dtype=float)
    np.testing.assert_allclose(phased(array, over, year), [phased(one, over, year) for one in starts], atol=1e-12)
    counted = [months_in_year(one, over, year) for one in starts]
    np.testing.assert_array_equal(months_in_year(array, over, year), counted)


@given(START, st.integers(0, 120), YEAR)
def test_months_of_a_stretch_are_counted_one_by_one(start, months, year):
    stretch = set(range(start, start + months))
    assert months_in_year(start, months, year) == len(stretch & set(range(year * 12, year * 12 + 12)))


def test_a_stretch_may_end_within_a_month():
    # 1.25 years = 15 months from July 2020: 6 of 2020 and 9 of 2021; 15.5 months end in the middle of October 2021
    start = 2020 * 12 + 6
    assert [months_in_year(start, 15.5, year) for year in (2020, 2021, 2022)] == [6, 9.5, 0]


DISCOUNTED = {
    "the first year is a year away at its end": (0.25, 2020, 0.8),
    "the third is three": (0.25, 2022, 0.512),
    "without a rate nothing is": (0.0, 2050, 1.0),
}


@pytest.mark.parametrize(("rate", "year", "worth"), DISCOUNTED.values(), ids=DISCOUNTED.keys())
def test_a_year_is_discounted_from_its_end(rate, year, worth):
    assert discounted(rate, year, 2020) == pytest.approx(worth, rel=1e-15)


RECOVERED = {
    "three years of 30": (90, 30, 2025),
    "a fourth for the last krone": (91, 30, 2026),
    "nothing comes in": (90, 0, None),
    "more goes out": (90, -30, None),
    "what binary fractions leave of zero": (90, 1e-9, None),
}


@pytest.mark.parametrize(("owed", "yearly", "year"), RECOVERED.values(), ids=RECOVERED.keys())
def test_what_is_owed_is_recovered_in_whole_years(owed, yearly, year):
    assert year_recovered(2022, owed, yearly) == year
    on_array = year_recovered(2022, np.array([owed, owed]), np.array([yearly, yearly]))
    np.testing.assert_array_equal(on_array, [np.nan if year is None else year] * 2)


@given(st.sampled_from((0.0, 0.04)), st.integers(1, 40), st.lists(st.integers(-30, 500), min_size=1, max_size=6))
def test_a_debt_is_the_same_on_arrays_and_never_below_zero(rate, lifetime, paid):
    one_by_one = [debt_left(1_000.0, rate, lifetime * 12, months) for months in paid]
    np.testing.assert_allclose(debt_left(1_000.0, rate, lifetime * 12, np.array(paid)), one_by_one, atol=1e-9)
    assert min(one_by_one) > -1e-6
    assert all(
        owed == pytest.approx(0, abs=1e-9)
        for owed, months in zip(one_by_one, paid, strict=True)
        if months <= 0 or months >= lifetime * 12
    )


LASTING = {
    "what is saved at once": ([1, 2, 3], [1, 1, 1], 2020),
    "what is owed first": ([-5, 1, 2], [-5, 6, 1], 2021),
    "what is owed at the end": ([5, 1, -1], [5, -4, -2], None),
    "what binary fractions leave of zero": ([-1e-9, 1, 2], [-1e-9, 1, 1], 2020),
    "nothing": ([0, 0, 0], [0, 0, 0], None),
    "nothing but what binary fractions leave": ([1e-9, 0, 1e-9], [1e-9, -1e-9, 1e-9], None),
}


@pytest.mark.parametrize(("balance", "flow", "year"), LASTING.values(), ids=LASTING.keys())
def test_it_lasts_from_the_year_after_the_last_that_owes(balance, flow, year):
    years, moved = [2020, 2021, 2022], [9, 9, 9]
    assert lasting_year(years, balance, flow, moved) == year
    on_arrays = lasting_year(years, [np.array([one]) for one in balance], [np.array([one]) for one in flow], moved)
    np.testing.assert_array_equal(on_arrays, [np.nan if year is None else year])


GROWN = {
    "nothing in the first year, whatever the rate": (0.5, 2020, 1.0),
    "2 % for two years": (0.02, 2022, 1.0404),
    "a fall of 10 % for three years": (-0.1, 2023, 0.729),
    "no growth": (0.0, 2050, 1.0),
}


@pytest.mark.parametrize(("rate", "year", "factor"), GROWN.values(), ids=GROWN.keys())
def test_prices_grow_from_the_first_year(rate, year, factor):
    assert grown(rate, year, 2020) == pytest.approx(factor, rel=1e-15)


YEARS = [2020, 2021, 2022]
BEGUN = {
    "from the year after the last one below zero": ([-5, -1, 0], [9, 9, 9], 2022),
    "what is never below zero, from the first year": ([5, 6, 7], [5, 1, 1], 2020),
    "but not before anything moved": ([0, 0, 5], [0, 0, 5], 2022),
    "nothing ever moved": ([0, 0, 0], [0, 0, 0], None),
    "below zero at the end": ([5, 6, -1], [5, 1, 7], None),
    "it may sink again": ([-1, 5, -2], [1, 6, 7], None),
}


@pytest.mark.parametrize(("balance", "moved", "year"), BEGUN.values(), ids=BEGUN.keys())
def test_a_balance_lasts_from_the_first_year_that_it_stays_at_or_above_zero(balance, moved, year):
    flow = [left - before for before, left in zip([0, *balance], balance, strict=False)]
    assert lasting_year(YEARS, balance, flow, moved) == year


@pytest.mark.parametrize(("year", "inside"), [(2016, 0), (2017, 1), (2018, 1), (2019, 0)])
def test_a_year_lies_within_from_the_first_to_the_last(year, inside):
    assert in_years(year, 2017, 2018) == inside
