import pytest

from omsorg_cli.formulas.wages import PAYROLL_TAX, cost_of_an_hour, productive_hours, wage_cost

ZONES = {"I": 70_271, "II": 68_115, "III": 65_529, "IV": 64_728, "IVa": 66_452, "V": 61_587}
"""61 587 NOK and the payroll tax of each zone on top."""


def test_an_hour_costs_what_an_fte_does_by_its_hours():
    # 850 000 / 1 700
    assert cost_of_an_hour(850_000, 1_700) == 500


@pytest.mark.parametrize(("zone", "cost"), ZONES.items())
def test_payroll_tax_follows_the_zone(zone, cost):
    assert wage_cost(61_587, 0, 0, 0, PAYROLL_TAX[zone], 0, 1) == pytest.approx(cost, abs=0.5)


def test_gross_pay_is_built_up_in_steps():
    # 500 000 × 1.1 = 550 000; × 1.26 = 693 000; × 1.141 = 790 713; half of 10 % sick leave is covered: × 1.05
    assert wage_cost(500_000, 0.1, 0.12, 0.14, 0.141, 0.1, 0.5) == pytest.approx(830_248.65)


def test_hours_at_work_are_those_paid_without_holidays_and_absence():
    # 1 950 − 187.5 = 1 762.5, of which nine tenths
    assert productive_hours(1_950, 187.5, 0.1) == pytest.approx(1_586.25)
