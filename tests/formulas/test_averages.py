import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.formulas.averages import best_quartile, mean, median, weighted_mean

LEVEL = st.floats(1_000, 50_000)
LEVELS = st.lists(LEVEL, min_size=1, max_size=12)


@given(LEVELS)
def test_averages_are_what_the_standard_library_says(levels):
    assert mean(levels) == pytest.approx(statistics.fmean(levels), rel=1e-14)
    assert median(levels) == pytest.approx(statistics.median(levels), rel=1e-14)


@given(st.lists(LEVEL, min_size=2, max_size=12))
def test_the_best_quartile_is_the_lower_one_of_the_standard_library(levels):
    wanted = statistics.quantiles(levels, n=4, method="inclusive")[0]
    assert best_quartile(levels) == pytest.approx(wanted, rel=1e-14)


@given(st.lists(st.tuples(LEVEL, st.floats(1, 1e6)), min_size=1, max_size=12))
def test_a_weighted_mean_is_what_numpy_says(pairs):
    levels, weights = zip(*pairs, strict=True)
    assert weighted_mean(levels, weights) == pytest.approx(np.average(levels, weights=weights), rel=1e-12)


@given(LEVELS, st.floats(1, 1e6))
def test_with_even_weights_it_is_the_plain_mean(levels, weight):
    assert weighted_mean(levels, [weight] * len(levels)) == pytest.approx(mean(levels), rel=1e-12)


def test_a_weight_for_each_level_is_asked_for():
    with pytest.raises(ValueError, match="zip"):
        weighted_mean([1.0, 2.0], [1.0])


@pytest.mark.parametrize("average", [mean, median, best_quartile], ids=lambda one: one.__name__)
@given(rows=st.lists(st.lists(LEVEL, min_size=2, max_size=2), min_size=1, max_size=6))
def test_an_average_gives_the_same_on_arrays(average, rows):
    arrays = [np.array(row) for row in rows]
    np.testing.assert_allclose(average(arrays), [average(column) for column in zip(*rows, strict=True)], rtol=1e-12)
