from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

TRAINING = {"service": "developmental_disability", "base": "drammen"}
BPA = {"service": "personal_assistance", "base": "drammen"}
PRACTICAL = {"service": "practical_assistance", "base": "drammen"}
NURSING = {"service": "home_nursing", "base": "not_named"}
NURSING_ASSS = {"service": "home_nursing", "base": "asss"}

# From computations.csv, C.baerum2017.D1 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "D1: 2 659 − 1 321": ("gap_hours_per_user", TRAINING, 1_338),
    "2 659 / 1 321": ("hours_per_user_ratio", TRAINING, 2.01286903860712),
    "5.2 / (5.2 − 1)": ("hours_per_user_ratio", NURSING, 1.23809523809524),
    "5.2 / 4.6": ("hours_per_user_ratio", NURSING_ASSS, 1.13043478260870),
    "D2: 1 338 × 312": ("hours_gap", TRAINING, 417_456),
    "D3: 417 456 / 1 695": ("fte_gap", TRAINING, 246.2867256637),
    "D4: at 785 606 for an FTE": ("cost_by_wage_gap", TRAINING, 193_484_329.4017699),
    "D5: at 479 for an hour": ("cost_by_hourly_cost_gap", TRAINING, 199_961_424),
    "T.dd.baerum: 312 × 2 659": ("hours", TRAINING, 829_608),
    "829 608 × 479": ("cost_by_hourly_cost", TRAINING, 397_382_232),
    "829 608 / 1 695": ("fte", TRAINING, 489.44424778761),
    "829 608 / 1 695 × 785 606": ("cost_by_wage", TRAINING, 384_510_337.7274336),
    "T.bpa.baerum: 141 × 1 702": ("hours", BPA, 239_982),
    "B1 with the sign of what is saved: (1 702 − 2 144) × 141": ("hours_gap", BPA, -62_322),
    "no cost of an hour is known": ("cost_by_hourly_cost_gap", BPA, None),
    "T.pa.baerum: 1 982 × 38": ("hours", PRACTICAL, 75_316),
    "1 982 × 5": ("hours_gap", PRACTICAL, 9_910),
    "K1: 3 565 × 1 × 52": ("hours_gap", NURSING, 185_380),
    "K2: 185 380 / 1 695": ("fte_gap", NURSING, 109.3687315634),
    "K3: at 785 606 for an FTE": ("cost_by_wage_gap", NURSING, 85_920_731.72861357),
    "K4: at 600 for an hour": ("cost_by_hourly_cost_gap", NURSING, 111_228_000),
    "K9 again: the own hours are those of the summary": ("hours", NURSING, 963_976),
    "K8: 5.2 − 1": ("base_hours_a_week", NURSING, 4.2),
    "S18: 246.2867 of 2 872": ("fte_gap_share", TRAINING, 0.085754430941),
    "K6: (5.2 − 4.6) × 52 × 3 565": ("hours_gap", NURSING_ASSS, 111_228),
    "K7: at 785 606 for an FTE": ("cost_by_wage_gap", NURSING_ASSS, 51_552_439.03716818),
    "K9: 5.2 × 52 × 3 565": ("hours", NURSING_ASSS, 963_976),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("fte", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, keys, value):
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-9))


def test_the_services_of_table_3_2_add_up(audit):
    # T.sum.baerum
    assert sum(audit("hours", **keys) for keys in (TRAINING, BPA, PRACTICAL)) == 1_144_906


def test_more_hours_in_the_base_cost_more(audit):
    directions = {tuple(f.keys.values()): f.direction for f in audit.result.figures if f.figure == "cost_by_wage_gap"}
    assert directions[tuple(BPA.values())] == "costs"
    assert directions[tuple(TRAINING.values())] == "saves"


@pytest.fixture
def served(answers):
    def of(*rows, **table):
        held = {"hours_per_fte": 1_700, "wage_per_fte": 850_000, **table, "services": list(rows)}
        return answers("fte", {"fte": held})

    return of


GAPS = {
    "both a year": ({"hours_per_user": 520, "base_hours_per_user": 416}, 104),
    "both a week": ({"hours_per_week": 10, "base_hours_per_week": 8}, 104),
    "own a week, base a year": ({"hours_per_week": 10, "base_hours_per_user": 416}, 104),
    "own a year, base a week": ({"hours_per_user": 520, "base_hours_per_week": 8}, 104),
    "the difference a year": ({"gap_hours_per_user": 104}, 104),
    "the difference a week": ({"gap_hours_per_week": 2}, 104),
    "less than the base": ({"gap_hours_per_week": -2}, -104),
    "own hours and the difference": ({"hours_per_user": 520, "gap_hours_per_week": 2}, 104),
}


@pytest.mark.parametrize(("row", "gap"), GAPS.values(), ids=GAPS.keys())
def test_a_gap_comes_from_years_and_weeks_alike(served, row, gap):
    found = served({"service": "s", "base": "b", "users": 10, **row})
    assert found("hours_gap", service="s", base="b") == pytest.approx(gap * 10)
    assert found("fte_gap", service="s", base="b") == pytest.approx(gap * 10 / 1_700)
    assert found("cost_by_wage_gap", service="s", base="b") == pytest.approx(gap * 10 * 500)


def test_weeks_that_are_not_52_count(served):
    found = served({"service": "s", "users": 10, "hours_per_week": 2}, weeks=46)
    assert found("hours", service="s") == 920


def test_a_service_without_users_is_left_out_and_the_others_stay(served):
    found = served({"service": "s", "hours_per_user": 2}, {"service": "t", "users": 3, "hours_per_user": 2})
    assert (found("hours", service="s"), found("hours", service="t")) == (None, 6)
    assert "users" in found.missing


@cache
def text():
    return read("baerum2016")


def converted(option, amount):
    calculator = load("fte")
    table, field, *_ = calculator.bare[option]
    row = calculator.bare_row(table, field, repr(amount), f"--{option}")
    result = run(prepare(text(), Request(bare={"fte": {table: [row]}}), "fte"), "fte")
    return {one.figure: one.value for one in result.figures}


# D2, D3 and D4: 417 456 hours, 246.29 FTE and 193.5 million kroner are the same
SAME = {"hours": 417_456, "fte": 417_456 / 1_695, "cost_by_wage": 417_456 / 1_695 * 785_606}


@pytest.mark.parametrize(("option", "figure"), [("hours", "hours"), ("fte", "fte"), ("cost", "cost_by_wage")])
def test_a_bare_conversion_gives_hours_fte_and_cost_and_runs_no_services(option, figure):
    assert converted(option, SAME[figure]) == {name: pytest.approx(value, rel=1e-12) for name, value in SAME.items()}


@given(hours=st.floats(1, 1e8))
def test_a_bare_conversion_there_and_back_changes_nothing(hours):
    fte = converted("hours", hours)["fte"]
    cost = converted("fte", fte)["cost_by_wage"]
    assert converted("cost", cost)["hours"] == pytest.approx(hours, rel=1e-12)


def test_an_amount_that_is_typed_is_not_called_published():
    calculator = load("fte")
    table, field, *_ = calculator.bare["hours"]
    row = calculator.bare_row(table, field, "1700", "--hours")
    request = Request(bare={"fte": {table: [row]}}, sets=("fte.hours_per_fte=1700",))
    found = run(prepare(text(), request, "fte"), "fte")
    assert {one.figure: one.value for one in found.figures}["fte"] == 1  # 1 700 / 1 700
    assert found.warnings == ()


RATES = {"holiday_pay": 0.12, "pension": 0.14, "payroll_zone": "II"}


@pytest.fixture(scope="module")
def paid(answers):
    """The answers for services whose wages are built up in zone II: 1.26 × 1.106."""

    def of(*services, **table):
        named = [{"service": f"s{index}", **one} for index, one in enumerate(services)]
        return answers("fte", {"fte": {"hours_per_fte": 1_700, **RATES, **table, "services": named}})

    return of


def test_a_wage_cost_is_built_up_from_gross_pay(paid):
    found = paid({"hours": 17_000, "gross_pay": 500_000})
    assert found("built_up_wage", service="s0") == pytest.approx(696_780)
    assert found("wage_cost_per_hour", service="s0") == pytest.approx(409.87, abs=0.005)
    assert found("cost_by_wage", service="s0") == pytest.approx(6_967_800)


def test_each_service_has_its_own_hours_at_work_and_the_others_those_of_all(paid):
    shift = {"gross_hours": 1_950, "holiday_hours": 187.5, "absence_share": 0.1}
    found = paid({"hours": 15_862.5, **shift}, {"hours": 17_000})
    assert (found("fte", service="s0"), found("fte", service="s1")) == (pytest.approx(10), 10)


def test_services_add_up_with_each_counted_once(paid):
    row = {"service": "a", "users": 10, "hours_per_user": 170, "gross_pay": 400_000}
    rows = [{**row, "base": base, "gap_hours_per_user": 1} for base in ("x", "y")]
    found = paid(*rows, {"service": "b", "hours": 3_400, "gross_pay": 400_000}, totals=True)
    assert (found("total_hours"), found("total_fte")) == (5_100, 3)
    # 3 FTE at 400 000 × 1.26 × 1.106
    assert found("total_cost") == pytest.approx(1_672_272)


WAGE_FAULTS = {
    "zone and tax": (
        {"payroll_tax": 0.1},
        {},
        "payroll_tax: found beside payroll_zone, which has its own tax; allowed: one of the two",
    ),
    "an unknown zone": ({"payroll_zone": "VI"}, {}, "allowed: one of I, II, III, IV, IVa, V"),
    "a zone that is a table": (
        {"payroll_zone": {"value": {"II": 1}}},
        {},
        "payroll_zone.value: found a table; allowed: one of I, II",
    ),
    "a zone that is a list": ({"payroll_zone": ["II"]}, {}, "payroll_zone: found a list; allowed: one of I, II"),
    "holidays all year": ({}, {"gross_hours": 1_000, "holiday_hours": 1_000}, "found 1 000 of 1 000 paid hours"),
}


@pytest.mark.parametrize(("table", "service", "told"), WAGE_FAULTS.values(), ids=WAGE_FAULTS.keys())
def test_wages_that_cannot_be_are_refused(paid, table, service, told):
    with pytest.raises(OmsorgError) as raised:
        paid({"hours": 1, **service}, **table)
    assert told in str(raised.value).replace("\u202f", " ").replace("\xa0", " ")


def test_without_a_payroll_tax_the_wage_cost_is_not_known(answers):
    found = answers("fte", {"fte": {"services": [{"service": "s", "fte": 1, "gross_pay": 500_000}]}})
    assert found("built_up_wage", service="s") is None
    assert "payroll_tax" in found.missing


def test_a_zone_and_a_tax_that_are_both_set_are_refused(answers):
    table = {"services": [{"service": "s", "fte": 1, "gross_pay": 500_000}]}
    with pytest.raises(OmsorgError, match="payroll_tax: found beside payroll_zone"):
        answers("fte", {"fte": table}, "fte.payroll_zone=II", "fte.payroll_tax=0.2")


def test_a_payroll_tax_that_is_set_counts_instead_of_the_zones(answers):
    table = {"payroll_zone": "II", "services": [{"service": "s", "fte": 1, "gross_pay": 500_000}]}
    found = answers("fte", {"fte": table}, "fte.payroll_tax=0.2")
    assert found("built_up_wage", service="s") == pytest.approx(600_000)
