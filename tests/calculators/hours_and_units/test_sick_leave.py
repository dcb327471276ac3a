import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.hours_and_units import sick_leave as formulas

# From computations.csv, C.baerum2017.W17 and so on, and capabilities A5; else the arithmetic is in the sentence.
AUDIT = {
    "W17: 91 000 − 80 000": ("effect_per_fte", "kristiansand", 11_000),
    "11 000 × 2 872": ("absence_effect", "kristiansand", 31_592_000),
    "W18: 10 000 × 2 872": ("absence_effect", "kristiansand_rounded", 28_720_000),
    "W19: 11 797 × 2 872": ("absence_effect", "own_2015", 33_880_984),
    "785 606 × (0.917 − 0.908) / 0.917": ("proportional_effect_per_fte", "kristiansand", 7_070_454 / 917),
    "785 606 × (0.919 − 0.908) / 0.919": ("proportional_effect_per_fte", "own_2015", 8_641_666 / 919),
    "7 710.42 × 2 872: 22.1 million": ("proportional_effect", "kristiansand", 7_070_454 / 917 * 2_872),
    "9 403.34 × 2 872: 27.0 million": ("proportional_effect", "own_2015", 8_641_666 / 919 * 2_872),
    "31 592 000 − 22 144 332": ("method_difference", "kristiansand", 31_592_000 - 7_070_454 / 917 * 2_872),
    "33 880 984 − 27 006 404": ("method_difference", "own_2015", 33_880_984 - 8_641_666 / 919 * 2_872),
    "the note of W19: 32.6 million / 11 797": ("implied_fte", "own_2015", 32_600_000 / 11_797),
    "28.5 million / 10 000": ("implied_fte", "kristiansand_rounded", 2_850),
    "the note of W18: 28.5 million / 2 872 = 9 923": (
        "implied_effect_per_fte",
        "kristiansand_rounded",
        28_500_000 / 2_872,
    ),
    "drammen2017.9: 85 % of 8.9 %": ("base_absence", "drammen", 0.07565),
    "less absence than others': 785 606 × (0.911 − 0.919) / 0.911": (
        "proportional_effect_per_fte",
        "asss_2011_2015",
        -6_284_848 / 911,
    ),
    "9.2 − 8.3 points": ("absence_gap", "kristiansand", 0.009),
    "9.2 / 8.3": ("absence_ratio", "kristiansand", 1.10843373493976),
    "8.1 / 8.9": ("absence_ratio", "asss_2011_2015", 0.910112359550562),
    "no gap is printed for ASSS": ("absence_effect", "asss_2011_2015", None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("sick-leave", "baerum2016")


@pytest.mark.parametrize(("figure", "base", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, base, value):
    assert audit(figure, base=base) == (value if value is None else pytest.approx(value, rel=1e-9))


def test_the_amounts_people_quote_are_as_the_capabilities_have_them(audit):
    assert round(audit("proportional_effect_per_fte", base="kristiansand")) == 7_710
    assert round(audit("proportional_effect_per_fte", base="own_2015")) == 9_403
    assert round(audit("proportional_effect", base="kristiansand") / 1e6, 1) == 22.1
    assert round(audit("proportional_effect", base="own_2015") / 1e6, 1) == 27.0
    assert round(audit("implied_fte", base="own_2015")) == 2_763


def test_with_the_fte_that_the_annex_implies_both_totals_come_out(shipped):
    # 11 797 × 2 763 = 32 595 111; 28.5 million / 2 763 = 10 315, a little over 10 000
    found = shipped("sick-leave", "baerum2016", "sick_leave.fte=2763")
    assert found("absence_effect", base="own_2015") == 32_595_111
    assert found("implied_effect_per_fte", base="kristiansand_rounded") == pytest.approx(28_500_000 / 2_763)


def test_absence_above_the_bases_saves_and_below_it_costs(audit):
    directions = {f.keys["base"]: f.direction for f in audit.result.figures if f.figure == "proportional_effect"}
    assert directions["kristiansand"] == "saves"
    assert directions["asss_2011_2015"] == "costs"


@pytest.fixture
def absent(answers):
    def of(row, **table):
        held = {"fte": 100, "wage_per_fte": 900_000, **table, "comparisons": [{"base": "b", **row}]}
        return answers("sick-leave", {"sick_leave": held})

    return of


def test_absence_alone_gives_the_proportional_way_alone(absent):
    # 900 000 × (1 − 0.90 / 0.95) = 47 368.42
    found = absent({"own_absence": 0.1, "base_absence": 0.05})
    assert found("proportional_effect", base="b") == pytest.approx(4_736_842.105263158)
    assert found("absence_effect", base="b") is None


def test_gaps_alone_give_the_way_by_gaps_alone(absent):
    found = absent({"gap_per_fte": 5_000, "gap_with_absence": 7_000})
    assert found("absence_effect", base="b") == -200_000
    assert found("proportional_effect", base="b") is None


def test_a_published_effect_on_nobody_has_no_fte(absent):
    found = absent({"effect_per_fte": 0, "published_effect": 5_000_000})
    assert found("implied_fte", base="b") is None
    assert "implied_fte" in found.missing
    assert found("implied_effect_per_fte", base="b") == 50_000


absences = st.floats(0, 0.5)


@given(own=absences, base=absences, wage=st.floats(1e5, 2e6))
def test_in_proportion_the_more_absent_pays_more_and_never_more_than_its_wages(own, base, wage):
    effect = formulas.proportional_effect_per_fte(wage, own, base)
    assert effect <= wage
    assert (effect > 1e-6) <= (own > base)
    assert (effect < -1e-6) <= (own < base)


@given(own=absences, base=absences, more=st.floats(0.001, 0.3))
def test_in_proportion_it_grows_with_the_own_absence(own, base, more):
    effect = formulas.proportional_effect_per_fte
    assert effect(900_000, own + more, base) > effect(900_000, own, base)


@given(own=absences, base=absences)
def test_turned_round_the_wages_that_would_be_paid_turn_round(own, base):
    # w → w(1 − own)/(1 − base) there, and back again
    there = 1 - formulas.proportional_effect_per_fte(1.0, own, base)
    back = 1 - formulas.proportional_effect_per_fte(1.0, base, own)
    assert there * back == pytest.approx(1)


FAULTS = {
    "one gap of two": ({"gap_per_fte": 1}, "found gap_per_fte; allowed is exactly one of 11 ways"),
    "a gap and an effect": ({"gap_per_fte": 1, "gap_with_absence": 1, "effect_per_fte": 1}, "allowed is exactly one"),
    "nothing": ({}, "found none of them; allowed is exactly one of"),
    "per cent without its sign": ({"own_absence": 9.2, "base_absence": 0.08}, "found 9.2; allowed: a number (share)"),
    "nobody at work": (
        {"own_absence": 0.1, "base_absence": 1},
        "found 1, which means that nobody is at work; allowed: under 1",
    ),
    "nobody at work here": (
        {"own_absence": 1, "base_absence": 0.08},
        "own_absence: found 1, which means that nobody is at work",
    ),
    "an index too high": (
        {"own_absence": 0.1, "absence_index": 9, "network_absence": 0.2},
        "found sick leave of 180% in the comparator; allowed: under 100%",
    ),
}


@pytest.mark.parametrize(("row", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_told(absent, row, told):
    with pytest.raises(Exception, match="found") as caught:
        absent(row)
    assert told in str(caught.value)


def test_sick_leave_may_be_stated_in_days(answers):
    row = {"base": "x", "own_days": 23, "base_days": 18.4}
    found = answers("sick-leave", {"sick_leave": {"working_days": 230, "comparisons": [row]}})
    # 23 and 18.4 of 230 are 10 and 8 per cent
    assert (found("own_absence", base="x"), found("base_absence", base="x")) == pytest.approx((0.1, 0.08))
    assert found("absence_gap", base="x") == pytest.approx(0.02)
    assert found("gap_in_days", base="x") == pytest.approx(4.6)


def test_one_percentage_point_has_a_price(answers):
    table = {
        "fte": 100,
        "wage_per_fte": 800_000,
        "comparisons": [{"base": "x", "own_absence": 0.09, "base_absence": 0.08}],
    }
    found = answers("sick-leave", {"sick_leave": table})
    # 0.01 of 0.92 of 80 million, which is what the step down to 8 per cent saves
    assert found("effect_of_one_point", base="x") == pytest.approx(80_000_000 * 0.01 / 0.92)
    assert found("proportional_effect", base="x") == pytest.approx(found("effect_of_one_point", base="x"))


IN_DAYS = """
title = "T"
municipality = "Home"
year = 2024
[sick_leave]
fte = 100
wage_per_fte = 920_000
working_days = 230
comparisons = [{ base = "other", own_days = 18.4, base_days = 23 }]
"""


def test_days_are_shown_as_shares_with_the_price_of_one_point(omsorg):
    shown = " ".join(omsorg("sick-leave", "-", text=IN_DAYS).stdout.split())
    assert "Sick leave was 8% in Home in 2024 and 10% in Other." in shown
    # one point fewer saves 92 million × 0.01 / 0.93; at 10 per cent, 92 million buy 0.9 / 0.92 as much work
    assert "own sick leave comparator proportional method each point" in shown
    assert re.search(r"Other 8(.0)?% 10(.0)?% costs 2.0 1.0 ", shown)
