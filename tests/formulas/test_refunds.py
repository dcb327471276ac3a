import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.formulas.refunds import refund

KRONER = st.floats(0, 1e8)
RATE = st.floats(0, 1)

CASES = {
    # (2 460 000 − 1 080 000) × 0.8 = 1 104 000
    "above the threshold": (2_460_000, 1_080_000, 0.8, 0, 1_104_000),
    # (2 460 000 − 1 080 000 − 380 000) × 0.8 = 800 000
    "with deductions": (2_460_000, 1_080_000, 0.8, 380_000, 800_000),
    "at the threshold": (1_080_000, 1_080_000, 0.8, 0, 0),
    "below the threshold": (900_000, 1_080_000, 0.8, 0, 0),
    "above the threshold but not above threshold and deductions": (1_200_000, 1_080_000, 0.8, 200_000, 0),
    "no rate": (3_000_000, 1_080_000, 0, 0, 0),
}


@pytest.mark.parametrize(("cost", "threshold", "rate", "deductions", "value"), CASES.values(), ids=CASES.keys())
def test_a_refund_by_hand(cost, threshold, rate, deductions, value):
    assert refund(cost, threshold, rate, deductions) == pytest.approx(value)


def test_the_recipients_together_make_what_the_state_paid():
    # 8.6 billion over 7 781 recipients is 1.105 million each: 2.46 million of wage cost, 1.08 million of threshold, 80 %
    net_wage_cost = 1_080_000 + 8.6e9 / 7_781 / 0.8
    assert net_wage_cost == pytest.approx(2.46e6, abs=5_000)
    assert 7_781 * refund(net_wage_cost, 1_080_000, 0.8, 0) == pytest.approx(8.6e9)


def test_a_threshold_raised_by_50_000_costs_8_140_recipients_325_600_000():
    raised = refund(3e6, 1_130_000, 0.8, 0)
    assert 8_140 * (refund(3e6, 1_080_000, 0.8, 0) - raised) == pytest.approx(325.6e6)


@given(KRONER, KRONER, RATE, KRONER)
def test_a_refund_is_never_negative_nor_more_than_the_cost(cost, threshold, rate, deductions):
    assert 0 <= refund(cost, threshold, rate, deductions) <= cost


@given(KRONER, KRONER, KRONER, RATE, KRONER)
def test_a_refund_never_falls_as_the_cost_grows(one, other, threshold, rate, deductions):
    less, more = sorted((one, other))
    assert refund(less, threshold, rate, deductions) <= refund(more, threshold, rate, deductions)


def test_a_refund_of_an_array_is_that_of_each():
    costs = np.array([500_000.0, 2_460_000.0])
    assert refund(costs, 1_080_000, 0.8, 0).tolist() == [0, pytest.approx(1_104_000)]
