import pytest

# From computations.csv, C.baerum2017.P1 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "D4: 417 456 / 1 695 × 785 606": ("gap_per_user_by_wage", 193_484_329.4017),
    "D5: 417 456 × 479": ("gap_per_user_by_hour", 199_961_424),
    "225 753.998 hours / 1 695 × 785 606": ("gap_per_inhabitant_by_wage", 104_633_448.6042),
    "225 753.998 hours × 479": ("gap_per_inhabitant_by_hour", 108_136_165.06),
    "P3: 167 − 62 × 124 008 / 68 363 million": ("refund_difference", 54_534_250.98371),
    "104 633 448.6 − 54 534 251.0": ("gap_after_refunds_by_wage", 50_099_197.6205),
    "108 136 165.1 − 54 534 251.0": ("gap_after_refunds_by_hour", 53_601_914.1),
    "104 633 448.6 − 193 484 329.4": ("coverage_effect_by_wage", -88_850_880.7975),
    "P4: 193 484 329 − 54 534 251": ("gap_per_user_after_refunds_by_wage", 138_950_078.418),
    "P5: 199 961 424 − 54 534 251": ("gap_per_user_after_refunds_by_hour", 145_427_173.0162),
    "P2: 167 / 62 − 1": ("refund_gap_share", 1.693548387097),
    "167 / 124 008 over 62 / 68 363": ("refund_ratio", 1.484896525927),
    "0.29 % of 68 363": ("base_target_group", 198.2527),
    "A23: 43 % of 198.2527": ("base_target_group_staffed", 85.248661),
    "252 / 198.2527": ("base_coverage", 1.27110501033),
    "252 × 297.6192 / (198.2527 × 312) − 1": ("base_coverage_above", 0.2125168457),
    "1 / 1.2125168457 − 1": ("coverage_above_base", -0.1752691903),
    "1.2125168457 × 183 / 252 / 0.79 − 1": ("base_coverage_in_target_above", 0.1145799817),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("coverage", "baerum2016")


@pytest.mark.parametrize(("figure", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_steps_of_the_audit_come_out(audit, figure, value):
    found = audit(figure, base="drammen", service="developmental_disability")
    assert found == pytest.approx(value, rel=1e-8)


def test_the_own_figures_need_no_base(audit):
    # 0.24 % of 124 008 = 297.6192 (V1), of them 71 % = 211.309632 (A22); 312 / 297.6192
    dd = {"service": "developmental_disability"}
    assert audit("target_group", **dd) == pytest.approx(297.6192)
    assert audit("target_group_staffed", **dd) == pytest.approx(211.309632)
    assert audit("coverage", **dd) == pytest.approx(1.048319462, rel=1e-8)


def test_inhabitants_are_compared_once_for_the_base(audit):
    assert audit("population_gap_share", base="drammen") == pytest.approx(0.813963693811)  # P1


# A18 of computations.csv: 14 / 26, 48 / 74, 273 / 309
@pytest.mark.parametrize(("age", "ratio"), [("0-66", 0.5384615385), ("67-79", 0.6486486486), ("80", 0.8834951456)])
def test_recipients_are_compared_by_age(audit, age, ratio):
    assert audit("recipients_ratio", base="drammen", age=age) == pytest.approx(ratio)


HOURS = {
    "population": 1_000,
    "services": [{"service": "s", "users": 10, "hours_per_user": 100}],
    "bases": [{"base": "b", "population": 1_000, "services": [{"service": "s", "users": 10, "hours_per_user": 100}]}],
}
TABLE = {
    "wage_per_fte": 1_000,
    "hours_per_fte": 50,
    "services": [{"service": "s", "refunds": 700}],
    "bases": [{"base": "b", "services": [{"service": "s", "refunds": 700}]}],
}


def test_a_base_like_the_own_municipality_leaves_no_gap(answers):
    found = answers("coverage", {"hours": HOURS, "coverage": TABLE})
    for name in (
        "gap_per_user_by_wage",
        "gap_per_inhabitant_by_wage",
        "gap_after_refunds_by_wage",
        "refund_difference",
    ):
        assert found(name, base="b", service="s") == 0


def test_without_refunds_the_steps_before_stand_and_the_last_is_said_to_be_missing(answers):
    table = {**TABLE, "services": [{"service": "s"}]}
    found = answers("coverage", {"hours": HOURS, "coverage": table})
    assert found("gap_per_inhabitant_by_wage", base="b", service="s") == 0
    assert found("gap_after_refunds_by_wage", base="b", service="s") is None
    assert "gap_after_refunds_by_wage" in found.missing
    assert "refunds" in found.missing


def test_without_the_table_of_hours_it_is_said_to_be_missing(answers):
    found = answers("coverage", {"coverage": TABLE})
    assert found("gap_per_user_by_wage", base="b", service="s") is None
    assert "the table hours" in found.missing


def test_refunds_of_a_base_that_gets_none_have_no_share(answers):
    table = {**TABLE, "bases": [{"base": "b", "services": [{"service": "s", "refunds": 0}]}]}
    found = answers("coverage", {"hours": HOURS, "coverage": table})
    assert found("refund_difference", base="b", service="s") == 700
    assert found("refund_gap_share", base="b", service="s") is None


def test_a_group_that_nobody_belongs_to_has_no_coverage(answers):
    table = {**TABLE, "services": [{"service": "s", "target_share": 0}]}
    found = answers("coverage", {"hours": HOURS, "coverage": table})
    assert found("coverage", service="s") is None
    assert "coverage (s)" in found.missing
