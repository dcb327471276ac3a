import math
import random
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.helpers import (
    annuity,
    annuity_value,
    largest,
    maximum,
    minimum,
    quantile,
    rank,
    ratio,
    reached,
    rounded,
    rounded_up,
    smallest,
    sum_of_largest,
    total,
    where,
)

SIZE = st.floats(1e-9, 1e12)
NUMBER = st.one_of(st.just(0.0), SIZE, SIZE.map(lambda size: -size))
PAIRS = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=8)
RATE = st.one_of(st.just(0.0), st.floats(1e-18, 10))
LOANS = st.lists(st.tuples(st.floats(0, 1e9), RATE, st.floats(1, 200)), min_size=1, max_size=8)


def plain(values):
    """The answers on numbers, no answer as NaN."""
    return [math.nan if value is None else value for value in values]


@pytest.mark.parametrize("helper", [maximum, minimum, ratio], ids=lambda helper: helper.__name__)
@given(pairs=PAIRS)
def test_a_helper_of_two_numbers_gives_the_same_on_arrays(helper, pairs):
    left, right = np.array(pairs).T
    np.testing.assert_array_equal(helper(left, right), plain(helper(a, b) for a, b in pairs))


@pytest.mark.parametrize("helper", [maximum, minimum, ratio], ids=lambda helper: helper.__name__)
@given(a=NUMBER, right=st.lists(NUMBER, min_size=1, max_size=8))
def test_a_number_beside_an_array_counts_for_each_of_it(helper, a, right):
    np.testing.assert_array_equal(helper(a, np.array(right)), plain(helper(a, b) for b in right))
    np.testing.assert_array_equal(helper(np.array(right), a), plain(helper(b, a) for b in right))


@given(st.lists(st.tuples(st.booleans(), NUMBER), min_size=1), st.one_of(NUMBER, st.none()))
def test_where_gives_the_same_on_arrays_and_knows_no_answer(cases, otherwise):
    conditions, then = map(np.array, zip(*cases, strict=True))
    wanted = plain(where(condition, one, otherwise) for condition, one in cases)
    np.testing.assert_array_equal(where(conditions, then, otherwise), wanted)


@given(st.lists(st.lists(NUMBER, min_size=3, max_size=3), min_size=1, max_size=6))
def test_the_ends_of_a_series_are_the_same_on_arrays(rows):
    arrays = [np.array(row) for row in rows]
    columns = list(zip(*rows, strict=True))
    assert smallest([*arrays, 7.0]).tolist() == [min(*column, 7) for column in columns]
    assert largest([*arrays, 7.0]).tolist() == [max(*column, 7) for column in columns]


@given(st.lists(st.lists(NUMBER, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from((0.25, 0.5, 0.1)))
def test_totals_and_quantiles_give_the_same_on_arrays(rows, share):
    arrays = [np.array(row) for row in rows]
    columns = list(zip(*rows, strict=True))
    np.testing.assert_allclose(total(arrays), [total(column) for column in columns], rtol=1e-12, atol=1e-2)
    np.testing.assert_allclose(
        quantile(arrays, share), [quantile(column, share) for column in columns], rtol=1e-12, atol=1e-2
    )


@given(LOANS)
def test_annuities_give_the_same_on_arrays(loans):
    principal, rate, periods = np.array(loans).T
    np.testing.assert_allclose(annuity(principal, rate, periods), [annuity(*loan) for loan in loans], rtol=1e-9)


def test_a_quotient_by_zero_has_no_answer():
    assert ratio(1.0, 0.0) is None
    assert ratio(0.0, 0) is None


def test_a_total_of_an_array_and_a_number_is_an_array():
    assert total([1.0, np.array([1.0, 2.0]), 3.0]).tolist() == [5.0, 6.0]


def test_a_total_is_exact_where_adding_in_turn_is_not():
    assert total([0.1] * 10) == 1.0
    assert total([1e16, 1.0, -1e16]) == 1.0


@given(st.lists(NUMBER), st.randoms(use_true_random=False))
def test_order_does_not_matter_to_a_total(numbers, rng: random.Random):
    shuffled = numbers.copy()
    rng.shuffle(shuffled)
    assert total(shuffled) == total(numbers)


QUARTILES = {
    # places (n-1)/4 from the lowest: of four, 0.75 of the way from the first to the second
    "of four, three quarters of the way between two": ([4.0, 1.0, 3.0, 2.0], 0.25, 1.75),
    "of five, the second": ([50.0, 10.0, 40.0, 20.0, 30.0], 0.25, 20.0),
    "of one, that one": ([7.0], 0.25, 7.0),
    "of two, the middle": ([2.0, 1.0], 0.5, 1.5),
    "the whole, the highest": ([2.0, 9.0, 1.0], 1.0, 9.0),
}


@pytest.mark.parametrize(("series", "share", "value"), QUARTILES.values(), ids=QUARTILES.keys())
def test_a_quantile_lies_between_the_ordered_values_as_in_spreadsheets(series, share, value):
    assert quantile(series, share) == value


@given(st.lists(NUMBER, min_size=1, max_size=12), st.floats(0, 1))
def test_a_quantile_is_what_numpy_says(series, share):
    assert quantile(series, share) == pytest.approx(np.quantile(series, share), rel=1e-12, abs=1e-2)


def payment(principal, rate, periods):
    """The annuity in 60 digits: principal × rate / (1 − (1 + rate)^−periods)."""
    with localcontext(prec=60):
        p, r, n = Decimal(principal), Decimal(rate), Decimal(periods)
        return float(p / n if r == 0 else p * r / (1 - (1 + r) ** -n))


LEVEL = {
    "one year at 4 %: the principal and its interest": (1_000_000, 0.04, 1, 1_040_000),
    # 100 × 0.1 / (1 − 1 / 1.21) = 10 × 1.21 / 0.21 = 57.619…
    "two years at 10 %": (100, 0.1, 2, 12.1 / 0.21),
    "without interest, an even part": (1_000_000, 0, 20, 50_000),
    "nothing costs nothing": (0, 0.04, 20, 0),
}


@pytest.mark.parametrize(("principal", "rate", "periods", "value"), LEVEL.values(), ids=LEVEL.keys())
def test_an_annuity_by_hand(principal, rate, periods, value):
    assert annuity(principal, rate, periods) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("rate", [1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 0.04, 10])
@pytest.mark.parametrize("periods", [1, 20, 33.5, 200])
def test_an_annuity_keeps_its_digits_however_small_the_rate(rate, periods):
    assert annuity(1e6, rate, periods) == pytest.approx(payment(1e6, rate, periods), rel=1e-12)
    assert annuity(1e6, np.array([rate]), periods)[0] == pytest.approx(payment(1e6, rate, periods), rel=1e-12)


@given(st.floats(1, 1e9), RATE, st.integers(1, 60))
def test_paying_the_annuity_each_year_leaves_no_debt(principal, rate, periods):
    yearly = annuity(principal, rate, periods)
    owed = principal
    for _ in range(periods):
        owed = owed * (1 + rate) - yearly
    assert abs(owed) <= 1e-9 * principal * (1 + rate) ** periods


@given(st.floats(1, 1e9), RATE, st.integers(1, 60))
def test_payments_at_the_end_of_each_year_are_worth_what_each_is_discounted_to(payment, rate, periods):
    worth = sum(payment / (1 + rate) ** end for end in range(1, periods + 1))
    assert annuity_value(payment, rate, periods) == pytest.approx(worth, rel=1e-9)
    assert annuity_value(payment, np.array([rate]), periods)[0] == pytest.approx(worth, rel=1e-9)


@given(st.lists(st.lists(NUMBER, min_size=3, max_size=3), min_size=1, max_size=6))
def test_places_are_the_same_on_arrays(rows):
    arrays = [np.array(row) for row in rows]
    wanted = [[rank(column[index], column) for column in zip(*rows, strict=True)] for index in range(len(rows))]
    assert [rank(array, arrays).tolist() for array in arrays] == wanted


@given(st.lists(NUMBER, min_size=1, max_size=6))
def test_places_are_those_of_the_sorted_values(values):
    assert [rank(value, values) for value in values] == [
        sorted(values, reverse=True).index(value) + 1 for value in values
    ]


def test_where_a_value_has_no_answer_there_are_no_places():
    np.testing.assert_array_equal(rank(np.array([1.0, np.nan]), [np.array([1.0, 2.0]), 3.0]), [2, np.nan])
    np.testing.assert_array_equal(rank(1.0, [1.0, np.array([2.0, np.nan])]), [2, np.nan])


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8))
def test_rounding_up_gives_the_same_on_arrays_and_holds_the_value(values):
    found = rounded_up(np.array(values))
    np.testing.assert_array_equal(found, [rounded_up(value) for value in values])
    assert all(value - 1e-8 <= whole < value + 1 for value, whole in zip(values, found, strict=True))


def test_rounding_up_forgives_what_floats_miss():
    assert [rounded_up(value) for value in (0, 3, 3.0000000000000004, 3.1)] == [0, 3, 3, 4]


# the tolerance is a billionth of the last place: on its near side a miss is forgiven, on its far side it is a value
HAIRS = {
    "a half that floats miss by the least that they can": (0.49999999999999994, 0, 1),
    "1.005 × 100 is 100.49999999999999 in floats": (1.005, 2, 1.01),
    "half a billionth below": (0.5 - 5e-10, 0, 1),
    "two billionths below": (0.5 - 2e-9, 0, 0),
    "below a half of the second decimal": (0.125 - 5e-12, 2, 0.13),
    "further below it": (0.125 - 2e-11, 2, 0.12),
    "a negative half": (-0.5 + 5e-10, 0, -1),
    "less than a negative half": (-0.5 + 2e-9, 0, 0),
    "above a half": (2.5 + 1e-9, 0, 3),
    "a whole number that floats miss": (2.9999999999999996, 0, 3),
}


@pytest.mark.parametrize(("value", "decimals", "wanted"), HAIRS.values(), ids=HAIRS.keys())
def test_a_half_that_is_missed_by_a_hair_is_a_half_and_nothing_else_is(value, decimals, wanted):
    assert rounded(value, decimals) == wanted
    assert rounded(np.array([value, value]), decimals).tolist() == [wanted, wanted]


UP = {"half a billionth above": (3 + 5e-10, 3), "two billionths above": (3 + 2e-9, 4), "below": (3 - 5e-10, 3)}


@pytest.mark.parametrize(("value", "wanted"), UP.values(), ids=UP.keys())
def test_rounding_up_forgives_a_billionth_and_no_more(value, wanted):
    assert rounded_up(value) == wanted
    assert rounded_up(np.array([value])).tolist() == [wanted]


@given(st.decimals(-10_000, 10_000, places=4), st.integers(0, 3))
def test_rounding_takes_halves_away_from_zero_as_decimals_do(value, decimals):
    wanted = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(float(value), decimals) == pytest.approx(float(wanted), abs=1e-9)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.integers(0, 4)), min_size=1, max_size=8))
def test_rounding_gives_the_same_on_arrays(pairs):
    values, decimals = map(np.array, zip(*pairs, strict=True))
    np.testing.assert_allclose(rounded(values, decimals), [rounded(*pair) for pair in pairs], atol=1e-9)
    np.testing.assert_allclose(rounded(values, 1), [rounded(value, 1) for value, _ in pairs], atol=1e-9)


@given(st.lists(st.lists(NUMBER, min_size=3, max_size=3), min_size=1, max_size=6), st.integers(0, 8))
def test_the_sum_of_the_largest_is_that_of_the_head_of_the_ordered_series_on_arrays_too(rows, number):
    columns = list(zip(*rows, strict=True))
    wanted = [math.fsum(sorted(column, reverse=True)[:number]) for column in columns]
    assert [sum_of_largest(column, number) for column in columns] == wanted
    arrays = [np.array(row) for row in rows]
    np.testing.assert_allclose(sum_of_largest(arrays, number), wanted, rtol=1e-12, atol=1e-2)
    numbers = np.array([number] * 3)
    np.testing.assert_allclose(sum_of_largest(columns[0], numbers), [wanted[0]] * 3, rtol=1e-12, atol=1e-2)


def first_above(keys, amounts, limit):
    """The first key by which the amounts are above the limit, by adding up anew for each of them."""
    held = list(zip(keys, amounts, strict=True))
    above = [key for key in keys if sum(amount for other, amount in held if other <= key) > limit]
    return min(above, default=99)


KEYED = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=8)


@given(st.lists(KEYED, min_size=1, max_size=4), st.integers(0, 40))
def test_the_first_key_at_which_amounts_are_above_a_limit_on_arrays_too(draws, limit):
    rows = max(map(len, draws))
    draws = [[*draw, *[(6, 0)] * (rows - len(draw))] for draw in draws]
    wanted = [first_above(*zip(*draw, strict=True), limit) for draw in draws]
    assert [reached(*zip(*draw, strict=True), limit, 99) for draw in draws] == wanted
    keys, amounts = (
        [np.array(one, float) for one in zip(*side, strict=True)] for side in zip(*map(_sides, draws), strict=True)
    )
    assert reached(keys, amounts, limit, 99).tolist() == wanted
    assert reached(keys, amounts, np.full(len(draws), limit), 99).tolist() == wanted
    assert math.isnan(reached([1, 2], [np.array([math.nan]), 3], limit, 99)[0])


def _sides(draw):
    return tuple(zip(*draw, strict=True))
