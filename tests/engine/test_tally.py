import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.engine import tally as module
from omsorg_cli.engine.tally import Tally


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
