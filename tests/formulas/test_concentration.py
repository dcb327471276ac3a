import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.formulas.concentration import concentration


@given(st.integers(1, 200))
def test_even_shares_have_the_least_concentration_there_is(number):
    assert concentration([1 / number] * number) == pytest.approx(10_000 / number)


@given(st.lists(st.floats(0.001, 1), min_size=2, max_size=20))
def test_two_that_become_one_concentrate_the_market(sizes):
    shares = [size / sum(sizes) for size in sizes]
    merged = [shares[0] + shares[1], *shares[2:]]
    gained = 2 * shares[0] * shares[1] * 10_000
    assert concentration(merged) - concentration(shares) == pytest.approx(gained, rel=1e-6, abs=1e-6)
