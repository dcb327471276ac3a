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
    "the fine bin that begins at the edge counts as below it": (0.5, 7),
    "up to its end": (0.5 + WIDTH * 0.9, 7),
    "the fine bin after it": (0.5 + WIDTH * 1.1, 8),
    "above all": (1e9, 15),
    "below all": (-1e9, 0),
}


@pytest.mark.parametrize(("value", "place"), FINE_PLACES.values(), ids=FINE_PLACES.keys())
def test_beyond_that_a_value_may_be_a_fine_bin_off(monkeypatch, value, place):
    monkeypatch.setattr(module, "EXACT", 19)
    tally = Tally()
    tally.add(np.array([0.0, 1.0] * 10))
    assert not tally.is_exact
    # bins of 9/32, eight of them on either side of 0.5: 1.75 and 2.75 are 6.2 and 9.8 of them
    before = tally.histogram(-1.75, 2.75).counts
    assert before == (0,) * 6 + (10, 0, 0, 10) + (0,) * 6
    tally.add(np.array([value]))
    found = np.array(tally.histogram(-1.75, 2.75).counts) - before
    assert found.tolist() == [int(index == place) for index in range(16)]
