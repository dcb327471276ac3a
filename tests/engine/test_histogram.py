import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.engine import histogram as module
from omsorg_cli.engine.histogram import Tally


def filled(draws, chunk=1_000):
    tally = Tally()
    for at in range(0, len(draws), chunk):
        tally.add(draws[at : at + chunk])
    return tally


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_up_to_a_million_draws_percentiles_are_numpys(values):
    found = filled(np.array(values), 7)
    assert found.is_exact
    np.testing.assert_allclose(found.percentiles(), np.quantile(values, (0.01, 0.1, 0.5, 0.9, 0.99)))
    assert found.mean == pytest.approx(np.mean(values), abs=1e-6)


@pytest.fixture
def small(monkeypatch):
    """The bars for exact values and buffers, lowered so that the fine histogram is used soon."""
    monkeypatch.setattr(module, "EXACT", 20_000)


@pytest.mark.parametrize("draw", ["normal", "exponential", "lognormal", "cauchy"])
def test_beyond_that_they_are_within_a_ten_thousandth_of_the_spread(small, draw):
    generator = np.random.default_rng(3)
    draws = getattr(generator, {"cauchy": "standard_cauchy"}.get(draw, draw))(size=300_000)
    found = filled(draws)
    assert not found.is_exact
    p10, p50, p90 = np.quantile(draws, (0.1, 0.5, 0.9))
    told = found.percentiles()[1:4]
    assert np.max(np.abs(np.array(told) - [p10, p50, p90])) < 1e-4 * (p90 - p10)
    assert found.mean == pytest.approx(draws.mean(), rel=1e-9)


def test_beyond_that_few_values_are_told_as_they_are(small):
    draws = np.random.default_rng(3).choice([2020.0, 2021.0, np.nan], 100_000, p=[0.5, 0.3, 0.2])
    found = filled(draws)
    assert found.percentiles()[1:4] == (2020.0, 2020.0, 2021.0)
    assert found.without_answer == np.isnan(draws).sum()


@pytest.mark.parametrize("count", [5_000, 60_000])
def test_the_histogram_counts_every_draw_once(small, count):
    draws = np.random.default_rng(4).normal(size=count)
    found = filled(draws)
    low, high = -1.0, 2.0
    counts = found.histogram(low, high).counts
    edges = np.linspace(low, high, 17)
    wanted = np.histogram(np.clip(draws, low, high), edges)[0]
    assert sum(counts) == count
    assert np.max(np.abs(np.array(counts) - wanted)) <= count * 1e-3


def test_without_an_answer_there_are_no_percentiles():
    found = filled(np.full(10, np.nan))
    assert (found.mean, found.percentiles(), found.without_answer) == (None, (None,) * 5, 10)
    assert found.histogram(None, None).counts == ()


def test_one_value_is_one_bin():
    found = filled(np.full(10, 7.0))
    assert found.histogram(7.0, 7.0) == ((7.0, 7.0), (10,))


def test_savings_are_counted():
    assert filled(np.array([-1.0, 0.0, 2.0, 3.0, np.nan])).positive == 2


# sixteen bins from 0 to 16, each one wide
PLACES = {
    "the lowest edge is in the first bin": (0.0, 0),
    "just below an inner edge": (math.nextafter(1.0, 0.0), 0),
    "an inner edge begins a bin": (1.0, 1),
    "so does the last one": (15.0, 15),
    "just below the last inner edge": (math.nextafter(15.0, 0.0), 14),
    "the highest edge is in the last bin": (16.0, 15),
    "what lies above is in the last bin": (1e9, 15),
    "what lies below is in the first": (-1e9, 0),
}


@pytest.mark.parametrize(("value", "place"), PLACES.values(), ids=PLACES.keys())
def test_a_value_is_in_the_bin_whose_edges_hold_it(value, place):
    edges, counts = filled(np.array([value])).histogram(0.0, 16.0)
    assert edges == tuple(map(float, range(17)))
    assert counts == tuple(int(index == place) for index in range(16))


# P10 is 0 and P90 is 1: the fine bins begin at −2, and 131 072 of them lie in the five up to 3, so that one begins at 0.5
WIDTH = 5 / 131_072
FINE_PLACES = {
    "just below an inner edge": (0.5 - WIDTH / 2, 7),
    "an inner edge begins a bin": (0.5, 8),
    "just above it": (0.5 + WIDTH / 2, 8),
    "an edge within a fine bin begins a bin too": (-1.75 + 5 * 9 / 32, 5),
    "just below that edge": (-1.75 + 5 * 9 / 32 - WIDTH / 10, 4),
    "above all": (1e9, 15),
    "below all": (-1e9, 0),
    "as far above all as numbers go": (1.7e308, 15),
    "as far below all as numbers go": (-1.7e308, 0),
}


@pytest.fixture
def fine(monkeypatch):
    """A fine histogram between −2 and 3, with ten draws of 0 and ten of 1."""
    monkeypatch.setattr(module, "EXACT", 19)
    tally = Tally()
    tally.add(np.array([0.0, 1.0] * 10))
    assert not tally.is_exact
    return tally


@pytest.mark.parametrize(("value", "place"), FINE_PLACES.values(), ids=FINE_PLACES.keys())
def test_beyond_that_too_a_value_is_in_the_bin_whose_edges_hold_it(fine, value, place):
    # bins of 9/32, eight of them on either side of 0.5: 1.75 and 2.75 are 6.2 and 9.8 of them
    before = fine.histogram(-1.75, 2.75).counts
    assert before == (0,) * 6 + (10, 0, 0, 10) + (0,) * 6
    fine.add(np.array([value]))
    found = np.array(fine.histogram(-1.75, 2.75).counts) - before
    assert found.tolist() == [int(index == place) for index in range(16)]


def test_draws_on_an_edge_begin_a_bin_though_their_sum_is_rounded(fine):
    # ten times 0.1 add up to a little less than 1; bins of 0.05, so that one of them begins at 0.1
    assert sum([0.1] * 10) < 1
    before = np.array(fine.histogram(-0.3, 0.5).counts)
    fine.add(np.array([0.1] * 10))
    assert (np.array(fine.histogram(-0.3, 0.5).counts) - before).tolist() == [0] * 8 + [10] + [0] * 7


def test_what_lies_beyond_the_fine_bins_is_in_its_own_bin(fine):
    fine.add(np.array([4.5, 9.5, 9.5, 14.5, -4.5, -9.5, -14.5, -14.5]))
    # bins of one: the ten draws of 1 and those above it, the others being in the first
    assert fine.histogram(0.0, 16.0).counts == (14, 10, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0)
    assert fine.histogram(-16.0, 0.0).counts == (0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 24)


def test_far_out_too_what_is_half_as_far_away_is_apart(fine):
    # the even bins are five long, and the last of the others begins 10^12 times as far away
    fine.add(np.array([2.5e12, 4.5e12, 4.5e12]))
    assert fine.histogram(0.0, 16e12).counts == (20, 0, 1, 0, 2) + (0,) * 11


def test_beyond_all_bins_draws_are_counted_and_their_mean_is_told(fine):
    fine.add(np.array([1e300] * 20))
    assert fine.percentiles()[1:] == (0.0, 1.0, pytest.approx(1e300), pytest.approx(1e300))


def test_draws_on_either_side_of_the_edge_of_a_fine_bin_are_apart(fine):
    before = np.array(fine.histogram(-1.75, 2.75).counts)
    fine.add(np.array([0.5 - WIDTH / 4, 0.5 + WIDTH / 4]))
    assert np.flatnonzero(fine.histogram(-1.75, 2.75).counts - before).tolist() == [7, 8]


def test_a_million_draws_are_kept_and_no_more():
    tally = Tally()
    tally.add(np.zeros(1_000_000))
    assert tally.is_exact
    tally.add(np.zeros(1))
    assert not tally.is_exact


@pytest.mark.parametrize("sign", [1, -1])
def test_a_long_tail_is_counted_as_it_lies(small, sign):
    draws = sign * np.random.default_rng(3).standard_cauchy(300_000)
    found = filled(draws)
    low, high = np.quantile(draws, (0.01, 0.99))
    told = found.percentiles()
    assert (told[0], told[4]) == pytest.approx((low, high), rel=0.01)
    counts = found.histogram(low, high).counts
    wanted = np.histogram(np.clip(draws, low, high), np.linspace(low, high, 17))[0]
    assert np.max(np.abs(np.array(counts) - wanted)) <= 300_000 * 1e-3
