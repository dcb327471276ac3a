"""Fitted distributions against SciPy's own of the same parameters, and against closed forms."""

import math

import numpy as np
import pytest
import scipy
from hypothesis import assume, given
from hypothesis import strategies as st

from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.engine.distributions import NoFitError, fitted

FREE = Kind("x")
SHARE = Kind("share", low=0, high=1)
POSITIVE = Kind("x", low=0, low_open=True)
Z90 = 1.2815515655446004  # the 90th percentile of the standard normal distribution


def shape(name, low, high, value=None, kind=FREE, coverage=0.8):
    middle = (low + high) / 2 if value is None else value
    return fitted(Stated(middle, range=(low, high), shape=name, coverage=coverage), kind)


PROBABILITIES = np.array([0.001, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.999])


def test_a_normal_has_the_middle_as_its_mean_and_the_range_as_its_spread():
    # P10 and P90 are the mean −/+ 1.2816 deviations
    wanted = scipy.stats.norm(10, 3 / Z90).ppf(PROBABILITIES)
    np.testing.assert_allclose(shape("normal", 7, 13).quantile(PROBABILITIES), wanted, rtol=1e-9)


def test_a_lognormal_is_normal_in_its_logarithms():
    wanted = scipy.stats.lognorm(s=math.log(4) / (2 * Z90), scale=4).ppf(PROBABILITIES)
    np.testing.assert_allclose(shape("lognormal", 2, 8).quantile(PROBABILITIES), wanted, rtol=1e-9)


def test_a_uniform_reaches_an_eighth_of_the_range_beyond_it():
    # 0.8 of the whole is the range of 8, so the whole is 10: a tenth on each side
    found = shape("uniform", 1, 9)
    np.testing.assert_allclose(found.quantile(PROBABILITIES), scipy.stats.uniform(0, 10).ppf(PROBABILITIES), rtol=1e-9)


def test_a_coverage_of_nine_tenths_makes_the_range_the_5th_and_95th_percentile():
    found = shape("normal", -1, 1, coverage=0.9)
    np.testing.assert_allclose(found.quantile(np.array([0.05, 0.95])), [-1, 1], atol=1e-9)


def test_a_symmetric_pert_has_its_ends_where_scipy_finds_them():
    # a symmetric PERT is a beta(3, 3) from a to b, whose P10 lies at 0.24663 of the way (SciPy)
    share = scipy.stats.beta(3, 3).ppf(0.1)
    width = 0.5 / (1 - 2 * share)
    wanted = scipy.stats.beta(3, 3, loc=0.5 - width / 2, scale=width).ppf(PROBABILITIES)
    np.testing.assert_allclose(shape("pert", 0.25, 0.75).quantile(PROBABILITIES), wanted, rtol=1e-8)


def test_a_triangular_with_its_mode_at_the_low_end_is_scipys():
    # mode m = P10: (m − a)² / ((b − a)(m − a)) = 0.1, so m = a + 0.1 (b − a); (b − P90)² = 0.1 · 0.9 (b − a)²
    found = shape("triangular", 0.1, 0.7, value=0.1)
    wanted = scipy.stats.triang(c=0.1, loc=0, scale=1).ppf(PROBABILITIES)
    np.testing.assert_allclose(found.quantile(PROBABILITIES), wanted, rtol=1e-9)


@pytest.mark.parametrize("tail", [0.1, 0.25])
def test_a_symmetric_triangular_has_its_tails_where_squares_are(tail):
    # from −1 to 1 around 0, (x + 1)² / 2 lies below x < 0; of the half in the middle, each end is 1.2 ranges away
    high = 1 - math.sqrt(2 * tail)
    found = shape("triangular", -high, high, value=0, coverage=1 - 2 * tail)
    wanted = scipy.stats.triang(c=0.5, loc=-1, scale=2).ppf(PROBABILITIES)
    np.testing.assert_allclose(found.quantile(PROBABILITIES), wanted, rtol=1e-8, atol=1e-9)


def test_a_pert_whose_ends_are_far_from_the_range_is_scipys():
    low, high = scipy.stats.beta(3, 3).ppf([0.25, 0.75])  # 0.36 and 0.64: each end is 1.3 ranges away
    found = shape("pert", low, high, coverage=0.5)
    np.testing.assert_allclose(found.quantile(PROBABILITIES), scipy.stats.beta(3, 3).ppf(PROBABILITIES), rtol=1e-8)


def test_bounds_truncate_a_normal_as_scipy_does():
    # the half of the standard normal above 0 has its P10 and P90 at the 55th and 95th percentile of the whole
    low, high = scipy.stats.norm.ppf([0.55, 0.95])
    found = shape("normal", low, high, kind=Kind("x", low=0))
    np.testing.assert_allclose(
        found.quantile(PROBABILITIES), scipy.stats.truncnorm(0, np.inf).ppf(PROBABILITIES), rtol=1e-6
    )


def test_a_bound_on_one_side_moves_the_mean_of_a_range_around_zero():
    # cut off below −2, more lies within −2 and −1 by the curve than above 1: its mean lies below zero
    found = shape("normal", -1, 1, kind=Kind("x", low=-2))
    np.testing.assert_allclose(found.quantile(np.array([0.1, 0.9])), [-1, 1], atol=1e-9)


SHAPES = st.sampled_from(["pert", "triangular", "normal", "lognormal", "uniform"])


@given(SHAPES, st.floats(0.01, 0.6), st.floats(0.05, 0.39), st.floats(0, 1), st.sampled_from([0.5, 0.8, 0.9]))
def test_whatever_is_fitted_has_the_range_as_its_percentiles_and_keeps_within_bounds(name, low, width, place, coverage):
    try:
        found = shape(name, low, low + width, low + place * width, SHARE, coverage)
    except NoFitError:
        assume(False)
    tail = (1 - coverage) / 2
    np.testing.assert_allclose(found.quantile(np.array([tail, 1 - tail])), [low, low + width], atol=1e-7)
    drawn = found.draw(np.random.default_rng(1), 500)
    assert drawn.min() >= 0
    assert drawn.max() <= 1


@pytest.mark.parametrize("name", ["pert", "triangular", "normal", "lognormal", "uniform"])
@pytest.mark.parametrize("kind", [FREE, SHARE], ids=["free", "bounded"])
def test_draws_come_from_what_was_fitted(name, kind):
    # Kolmogorov–Smirnov at 1e-6 with a fixed seed: false alarms once in a million seeds
    found = shape(name, 0.3, 0.6, value=0.4, kind=kind)
    drawn = np.sort(found.draw(np.random.default_rng(5), 20_000))
    places = (np.arange(20_000) + 0.5) / 20_000
    grid = found.quantile(places)
    distance = np.max(np.abs(np.searchsorted(grid, drawn) / 20_000 - places))
    assert distance < math.sqrt(-math.log(1e-6 / 2) / 2 / 20_000)


@pytest.mark.parametrize("name", ["pert", "triangular", "normal", "lognormal"])
def test_what_the_bounds_cut_off_is_drawn_again_rather_than_found_by_the_inverse(name, monkeypatch):
    # as above, of ranges that the bounds cut off; the inverse of 10⁶ draws takes ten times as long as the draws
    found = shape(name, 0.4, 0.9, value=0.75, kind=SHARE)
    assert found.above < 0.999
    grid = found.quantile((np.arange(20_000) + 0.5) / 20_000)
    monkeypatch.setattr(type(found), "quantile", None)
    drawn = np.sort(found.draw(np.random.default_rng(6), 20_000))
    distance = np.max(np.abs(np.searchsorted(grid, drawn) / 20_000 - (np.arange(20_000) + 0.5) / 20_000))
    assert distance < math.sqrt(-math.log(1e-6 / 2) / 2 / 20_000)
    assert drawn[-1] <= 1


def test_counts_are_drawn_as_whole_numbers():
    drawn = shape("pert", 3, 12, 6, Kind("months", "count", low=0)).draw(np.random.default_rng(1), 1_000)
    assert set(drawn % 1) == {0.0}


NO_FIT = {
    "a uniform that would reach below zero": ("uniform", 0.05, 0.75, SHARE),
    "a lognormal from zero": ("lognormal", 0, 1, FREE),
    "a range that ends at the bound": ("normal", 0.2, 1, SHARE),
    "a tenth of the whole above its mode, in less than a tenth of the way": ("pert", 0.8, 0.99, SHARE),
}


@pytest.mark.parametrize(("name", "low", "high", "kind"), NO_FIT.values(), ids=NO_FIT.keys())
def test_where_no_distribution_fits_that_is_told(name, low, high, kind):
    with pytest.raises(NoFitError, match=f"no {name} distribution within the input's bounds has"):
        shape(name, low, high, kind=kind)


PERCENTILES = {0.98: ("P1", "P99"), 0.8: ("P10", "P90"), 0.95: ("P2.5", "P97.5")}


@pytest.mark.parametrize(("coverage", "told"), PERCENTILES.items())
def test_percentiles_are_told_by_their_number(coverage, told):
    low, high = told
    with pytest.raises(NoFitError, match=f"has 0 as {low} and 1 as {high}; allowed"):
        shape("lognormal", 0, 1, coverage=coverage)


@pytest.mark.parametrize("coverage", [0.002, 0.8, 0.999999])
def test_what_a_lognormal_has_beyond_all_numbers_is_infinite_without_a_warning(coverage):
    # the 90th percentile is 1e300 and its logarithm is far more than 0.2 deviations from that of the largest number
    found = shape("lognormal", 1e-300, 1e300, value=1e299, coverage=coverage)
    assert found.quantile(np.array([1 - 1e-12])).tolist() == [math.inf]
    assert not np.isnan(found.draw(np.random.default_rng(1), 1_000)).any()


def test_what_a_triangular_multiplies_beyond_all_numbers_warns_nobody():
    found = shape("triangular", 1e154, 2e154, coverage=0.999999999999999)
    assert not np.isnan(found.quantile(PROBABILITIES)).any()
