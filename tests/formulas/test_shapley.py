from itertools import permutations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.formulas.shapley import part_of_factor

SIZES = st.floats(0, 1e6)
PAIRS = st.tuples(SIZES, SIZES)


def by_every_order(factors):
    """Each factor's part by its definition: the mean over all orders of what changing it then changes."""
    orders = list(permutations(range(len(factors))))
    parts = [0.0] * len(factors)
    for order in orders:
        at = [base for _, base in factors]
        for index in order:
            before = prod(at)
            at[index] = factors[index][0]
            parts[index] += (prod(at) - before) / len(orders)
    return parts


def parts(one, other, third):
    return [
        part_of_factor(*one, other, third),
        part_of_factor(*other, one, third),
        part_of_factor(*third, one, other),
    ]


@given(PAIRS, PAIRS, PAIRS)
def test_the_part_is_the_mean_over_all_orders(one, other, third):
    scale = max(1.0, *(prod(max(pair) for pair in (one, other, third)) for _ in (0,)))
    assert parts(one, other, third) == pytest.approx(by_every_order([one, other, third]), abs=scale * 1e-12)


@given(PAIRS, PAIRS, PAIRS)
def test_the_parts_add_up_to_the_whole_difference(one, other, third):
    whole = one[0] * other[0] * third[0] - one[1] * other[1] * third[1]
    scale = max(1.0, max(one) * max(other) * max(third))
    assert sum(parts(one, other, third)) == pytest.approx(whole, abs=scale * 1e-12)


@given(SIZES, PAIRS, PAIRS)
def test_a_factor_that_does_not_differ_contributes_nothing(same, other, third):
    assert part_of_factor(same, same, other, third) == 0


@given(PAIRS, PAIRS, PAIRS)
def test_the_order_of_the_others_does_not_matter(one, other, third):
    assert part_of_factor(*one, other, third) == pytest.approx(part_of_factor(*one, third, other), rel=1e-12)
