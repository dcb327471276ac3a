import pytest

# From computations.csv, C.baerum2017.W1 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "W1: 91 000 × 2 872": ("wage_effect", "kristiansand", 2016, 261_352_000),
    "W2: 32 000 × 2 872": ("wage_effect", "drammen", 2016, 91_904_000),
    "the published 82 million stay": ("wage_effect", "asss", 2016, 82_000_000),
    "W3: 82 million / 2 872": ("gap_per_fte", "asss", 2016, 28_551.5320334262),
    "in 2015 the sign turns: −27 000 × 2 872": ("wage_effect", "drammen", 2015, -77_544_000),
    "62 009 × 2 872 in 2014": ("wage_effect", "kristiansand", 2014, 178_089_848),
    "46 422 × 2 872 in 2015": ("wage_effect", "kristiansand", 2015, 133_323_984),
    "W8: 82 of 116.4 million": ("share_of_potential", "asss", 2016, 0.704204112291),
    "W10: 261.4 of 398.4 million": ("share_of_potential", "kristiansand", 2016, 0.655941938668),
    "W11: 91.9 of 394 million": ("share_of_potential", "drammen", 2016, 0.233258883249),
    "W9: 116 443 512 − 82 million": ("remaining_potential", "asss", 2016, 34_443_512),
    "398 437 704 − 261 352 000": ("remaining_potential", "kristiansand", 2016, 137_085_704),
    "394 million − 91 904 000": ("remaining_potential", "drammen", 2016, 302_096_000),
    "116 443 512 × 0.932 − 82 million": ("remaining_potential_actual", "asss", 2016, 26_525_353.184),
    "394 million × 0.932 − 91 904 000": ("remaining_potential_actual", "drammen", 2016, 275_304_000),
    "785 606 / 694 606": ("wage_ratio", "kristiansand", 2016, 1.13100952194596),
    "the wage of another year is not known": ("wage_ratio", "kristiansand", 2015, None),
    "(62 009 + 46 422 + 91 000) / 3": ("mean_gap_per_fte", "kristiansand", None, 66_477),
    "66 477 × 2 872": ("mean_wage_effect", "kristiansand", None, 190_921_944),
    "(−27 000 + 32 000) / 2": ("mean_gap_per_fte", "drammen", None, 2_500),
    "three years of Kristiansand": ("years_compared", "kristiansand", None, 3),
    "a share of another year's potential is not reckoned": ("share_of_potential", "drammen", 2015, None),
    "nor what remains of it": ("remaining_potential", "kristiansand", 2015, None),
    "nor what remains of it in the accounts": ("remaining_potential_actual", "kristiansand", 2014, None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("wage-gap", "baerum2016")


@pytest.mark.parametrize(("figure", "base", "year", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, base, year, value):
    assert audit(figure, base=base, year=year) == (value if value is None else pytest.approx(value, rel=1e-9))


def test_another_year_is_not_said_to_be_missing(audit):
    assert audit.missing == ""


def test_a_gap_that_turned_costs(audit):
    directions = {
        one.keys["year"]: one.direction
        for one in audit.result.figures
        if one.figure == "wage_effect" and one.keys["base"] == "drammen"
    }
    assert directions == {2015: "costs", 2016: "saves"}


@pytest.fixture
def paid(answers):
    def of(*rows, fte=100, **tables):
        return answers("wage-gap", {"wage_gap": {"fte": fte, "comparisons": list(rows)}, **tables})

    return of


def test_a_gap_follows_from_two_wages(paid):
    # computations.csv W6 the other way: 785 606 − 753 606 = 32 000
    found = paid({"base": "b", "year": 2020, "own_wage": 785_606, "base_wage": 753_606}, fte=2_872)
    assert found("gap_per_fte", base="b", year=2020) == 32_000
    assert found("wage_effect", base="b", year=2020) == 91_904_000


SAVINGS = {"population": 1_000, "need_index": 0.5}
ROW = {"base": "b", "year": 2020, "gap_per_fte": 20_000}


def test_the_potential_is_that_of_all_care_and_of_the_same_base(paid):
    comparisons = [
        {"base": "b", "service": "home", "gap_per_inhabitant": 1},
        {"base": "c", "gap_per_inhabitant": 2},
        {"base": "b", "gap_per_inhabitant": 8_000},
    ]
    found = paid(ROW, savings={**SAVINGS, "comparisons": comparisons})
    # 20 000 × 100 = 2 million of 8 000 × 1 000 = 8 million; 8 × 0.5 − 2 = 2 million
    assert found("share_of_potential", base="b", year=2020) == 0.25
    assert found("remaining_potential", base="b", year=2020) == 6_000_000
    assert found("remaining_potential_actual", base="b", year=2020) == 2_000_000


def test_a_potential_of_zero_has_no_share_but_a_remainder(paid):
    found = paid(ROW, savings={**SAVINGS, "comparisons": [{"base": "b", "gap_per_inhabitant": 0}]})
    assert found("share_of_potential", base="b", year=2020) is None
    assert found("remaining_potential", base="b", year=2020) == -2_000_000
    assert "share_of_potential" in found.missing


def test_without_savings_the_effect_stays_and_the_rest_is_said_to_be_missing(paid):
    found = paid(ROW)
    assert found("wage_effect", base="b", year=2020) == 2_000_000
    assert found("remaining_potential", base="b", year=2020) is None
    assert "savings" in found.missing


def test_without_the_same_base_the_rest_is_said_to_be_missing(paid):
    found = paid(ROW, savings={**SAVINGS, "comparisons": [{"base": "c", "gap_per_inhabitant": 8_000}]})
    assert found("remaining_potential", base="b", year=2020) is None
    assert "remaining_potential" in found.missing


def test_a_change_of_the_savings_reaches_through(shipped):
    found = shipped("wage-gap", "baerum2016", "savings.comparisons.asss/total.gap_per_inhabitant=1000")
    assert found("remaining_potential", base="asss", year=2016) == 124_008_000 - 82_000_000


def test_wages_of_both_may_be_built_up_from_gross_pay_by_the_same_rates(answers):
    row = {"base": "x", "year": 2020, "own_gross_pay": 520_000, "base_gross_pay": 500_000}
    table = {"fte": 100, "payroll_zone": "I", "comparisons": [row]}
    found = answers("wage-gap", {"wage_gap": table})
    # 20 000 × 1.141, for 100
    assert found("gap_per_fte", base="x", year=2020) == pytest.approx(22_820)
    assert found("wage_effect", base="x", year=2020) == pytest.approx(2_282_000)
    assert found("base_wage_per_fte", base="x", year=2020) == pytest.approx(570_500)
