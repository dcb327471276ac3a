import re

import pytest

from omsorg_cli.core.errors import OmsorgError, ScenarioError
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text

ASSS, KRISTIANSAND, DRAMMEN = ({"base": base, "service": "total"} for base in ("asss", "kristiansand", "drammen"))
ASSS_HOME, DRAMMEN_HOME = ({"base": base, "service": "home"} for base in ("asss", "drammen"))

# From computations.csv, where S and H stand for the ids C.baerum2017.S1 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "S1: 939 × 124 008": ("savings_potential", ASSS, 116_443_512),
    "S2: 3 213 × 124 008": ("savings_potential", KRISTIANSAND, 398_437_704),
    "the published 394 million stay": ("savings_potential", DRAMMEN, 394_000_000),
    "S3: 394 million / 124 008": ("gap_per_inhabitant", DRAMMEN, 3_177.2143732662),
    "S4: 939 / 5.5 %": ("base_per_inhabitant", ASSS, 17_072.7272727273),
    "S5: the base's level and the gap": ("own_per_inhabitant", ASSS, 18_011.7272727273),
    "S5 again: Kristiansand is compared with the same own level": (
        "own_per_inhabitant",
        KRISTIANSAND,
        18_011.7272727273,
    ),
    "S6: that level less 3 213": ("base_per_inhabitant", KRISTIANSAND, 14_798.7272727273),
    "S7: 3 213 / 14 798.73": ("gap_share", KRISTIANSAND, 0.217113265269),
    "S8: 3 177.21 / 14 834.51": ("gap_share", DRAMMEN, 0.21417719576),
    "the published 5.5 % come out again": ("gap_share", ASSS, 0.055),
    "H1: 277 million / 124 008": ("gap_per_inhabitant", DRAMMEN_HOME, 2_233.7268563318),
    "H2: 2 233.73 / 32 %": ("base_per_inhabitant", DRAMMEN_HOME, 6_980.396426037),
    "H3: the sum of both": ("own_per_inhabitant", DRAMMEN_HOME, 9_214.1232823689),
    "H3 again: home services have one own level": ("own_per_inhabitant", ASSS_HOME, 9_214.1232823689),
    "H4: 9 214.12 / 1.10": ("base_per_inhabitant", ASSS_HOME, 8_376.4757112444),
    "H3 less H4": ("gap_per_inhabitant", ASSS_HOME, 837.6475711245),
    # 277 million × 1.32 / 0.32 = 1 142.625 million of own cost; / 1.1 × 0.1 = 103.875 million
    "277 million × 1.32 / 0.32 / 11": ("savings_potential", ASSS_HOME, 103_875_000),
    "116 443 512 × 0.932, in the kroner of the accounts": ("savings_potential_actual", ASSS, 108_525_353.184),
    "116 443 512 / 785 606": ("fte_equivalent", ASSS, 148.221261039),
    "108 525 353 / 785 606": ("fte_equivalent_actual", ASSS, 138.142215289),
    "116 443 512 × 10 / 9": ("savings_potential_excluding_own", ASSS, 129_381_680),
    "103 875 000 × 10 / 9": ("savings_potential_excluding_own", ASSS_HOME, 115_416_666.6666667),
    "939 × 10 / 9": ("gap_per_inhabitant_excluding_own", ASSS, 1_043.33333333333),
    "1 043.33 / (18 011.73 − 1 043.33)": ("gap_share_excluding_own", ASSS, 0.06148686416993),
    "837.65 × 10 / 9": ("gap_per_inhabitant_excluding_own", ASSS_HOME, 930.719523471667),
    "a municipality's gap hides nothing of itself": ("gap_per_inhabitant_excluding_own", KRISTIANSAND, None),
    "S5 less H3": ("own_beside_service", ASSS_HOME, 8_797.6039903584),
    "277 / 394": ("share_of_all_care", DRAMMEN_HOME, 0.703045685279),
    "a municipality is no mean to leave oneself out of": ("savings_potential_excluding_own", DRAMMEN, None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("savings", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, keys, value):
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-9))


def test_nothing_of_the_audit_is_missing(audit):
    assert audit.missing == ""


@pytest.fixture
def compared(answers):
    """The answers for one comparison of a municipality of 1 000 inhabitants with an index of 0.8."""

    def of(*rows, **table):
        held = {"population": 1_000, "need_index": 0.8, "wage_per_fte": 500_000, **table}
        return answers("savings", {"savings": {**held, "comparisons": list(rows)}})

    return of


LEVELS = {
    "two levels: 20 000 − 16 000": ({"own_per_inhabitant": 20_000, "base_per_inhabitant": 16_000}, 4_000, 0.25),
    "an index of 1.25: the base is 20 000 / 1.25": ({"own_per_inhabitant": 20_000, "index": 1.25}, 4_000, 0.25),
    "an index under 1 costs: 20 000 / 0.8 = 25 000": ({"own_per_inhabitant": 20_000, "index": 0.8}, -5_000, -0.2),
    "an own level and a share: 20 000 / 1.25": ({"own_per_inhabitant": 20_000, "gap_share": 0.25}, 4_000, 0.25),
    "a gap and a share: 4 000 / 0.25": ({"gap_per_inhabitant": 4_000, "gap_share": 0.25}, 4_000, 0.25),
    "a potential and a share: 4 million / 1 000": ({"potential": 4_000_000, "gap_share": 0.25}, 4_000, 0.25),
    "a gap below zero: −5 000 / −0.2": ({"gap_per_inhabitant": -5_000, "gap_share": -0.2}, -5_000, -0.2),
    # raw: 20 000 / 0.8 = 25 000 and 16 000 / 0.9; the gap 7 222.22
    "raw levels are each divided by their own index": (
        {"own_per_inhabitant": 20_000, "base_per_inhabitant": 16_000, "levels": "raw", "base_need_index": 0.9},
        25_000 - 16_000 / 0.9,
        25_000 / (16_000 / 0.9) - 1,
    ),
    "a raw own level and an index: 25 000 / 1.25": (
        {"own_per_inhabitant": 20_000, "index": 1.25, "levels": "raw"},
        5_000,
        0.25,
    ),
    "spending in the accounts: 20 million ÷ 1 000 ÷ 0.8 − 16 000 ÷ 0.9": (
        {"own_spending": 20_000_000, "base_per_inhabitant": 16_000, "levels": "raw", "base_need_index": 0.9},
        25_000 - 16_000 / 0.9,
        25_000 / (16_000 / 0.9) - 1,
    ),
    "spending in the accounts and a mean of adjusted members: 25 000 − (14 000 ÷ 0.7 + 27 000 ÷ 0.9) ÷ 2": (
        {
            "own_spending": 20_000_000,
            "levels": "raw",
            "members": {
                "c": {"per_inhabitant": 14_000, "need_index": 0.7},
                "d": {"per_inhabitant": 27_000, "need_index": 0.9},
            },
        },
        0,
        0,
    ),
}


@pytest.mark.parametrize(("row", "gap", "share"), LEVELS.values(), ids=LEVELS.keys())
def test_a_gap_follows_from_levels(compared, row, gap, share):
    found = compared({"base": "b", **row})
    at = {"base": "b", "service": "total"}
    assert found("gap_per_inhabitant", **at) == pytest.approx(gap)
    assert found("gap_share", **at) == pytest.approx(share)
    assert found("savings_potential", **at) == pytest.approx(gap * 1_000)
    assert found("savings_potential_actual", **at) == pytest.approx(gap * 1_000 * 0.8)
    assert found("fte_equivalent", **at) == pytest.approx(gap * 1_000 / 500_000)
    assert found("own_per_inhabitant", **at) - found("base_per_inhabitant", **at) == pytest.approx(gap)


def test_an_own_level_is_taken_from_the_comparison_that_is_named_of_the_same_service(compared):
    rows = [
        {"base": "a", "own_per_inhabitant": 20_000, "base_per_inhabitant": 16_000},
        {"base": "a", "service": "home", "own_per_inhabitant": 9_000, "base_per_inhabitant": 8_000},
        {"base": "b", "service": "home", "own_from": "a", "base_per_inhabitant": 5_000},
        {"base": "c", "service": "home", "own_from": "b", "index": 1.5},
    ]
    found = compared(*rows)
    assert found("gap_per_inhabitant", base="b", service="home") == 4_000
    assert found("base_per_inhabitant", base="c", service="home") == 6_000


def test_own_levels_that_name_each_other_are_refused(compared):
    rows = [{"base": a, "own_from": b, "gap_per_inhabitant": 5} for a, b in (("x", "y"), ("y", "x"))]
    with pytest.raises(ScenarioError, match="own_from"):
        compared(*rows)


MEMBERS = {name: {"per_inhabitant": 10_000} for name in ("c", "d", "e")}
REFUSED = {
    "no comparison": ((), "savings.comparisons"),
    "a group of none": (({"base": "b", "own_per_inhabitant": 1, "members": {}},), "members"),
    "raw levels without an index": (
        ({"base": "b", "own_per_inhabitant": 1, "base_per_inhabitant": 1, "levels": "raw"},),
        'found "raw" without need_index, base_need_index; allowed: each level with its need index',
    ),
    "raw spending without an index": (
        ({"base": "b", "own_spending": 1, "base_per_inhabitant": 1, "levels": "raw", "base_need_index": 1},),
        'found "raw" without need_index; allowed: each level with its need index',
    ),
    "raw levels without the municipality's own": (
        ({"base": "b", "base_per_inhabitant": 1, "index": 1.1, "levels": "raw", "base_need_index": 1},),
        'found "raw" without the municipality\'s own level of spending; allowed: own_per_inhabitant or own_spending',
    ),
    "a group that is not its members and the own one": (
        ({"base": "b", "own_per_inhabitant": 1, "members": MEMBERS, "group_size": 3},),
        "found 3, but there are 3 members and the municipality itself; allowed: 4",
    ),
    "a circle, with the bases in it": (
        tuple({"base": one, "own_from": other, "index": 1.1} for one, other in (("x", "y"), ("y", "x"))),
        "found a circle of own_from through x, y; allowed: a chain that ends at a level of spending",
    ),
}


@pytest.mark.parametrize(("rows", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_compared_is_refused(answers, rows, told):
    with pytest.raises(ScenarioError, match=re.escape(told)):
        answers("savings", {"savings": {"population": 1_000, "comparisons": list(rows)}})


def test_a_raw_base_alone_lacks_only_its_own_index(answers):
    row = {"base": "b", "own_from": "c", "base_per_inhabitant": 1, "levels": "raw"}
    other = {"base": "c", "own_per_inhabitant": 2, "base_per_inhabitant": 1}
    with pytest.raises(ScenarioError, match=re.escape('found "raw" without base_need_index;')):
        answers("savings", {"savings": {"population": 1_000, "comparisons": [row, other]}})


def test_without_a_wage_only_the_fte_are_left_out_and_the_run_says_so(answers):
    table = {"population": 1_000, "comparisons": [{"base": "b", "gap_per_inhabitant": 5}]}
    found = answers("savings", {"savings": table})
    assert found("savings_potential", base="b", service="total") == 5_000
    assert found("fte_equivalent", base="b", service="total") is None
    assert found("savings_potential_actual", base="b", service="total") is None
    assert "wage_per_fte" in found.missing
    assert "need_index" in found.missing


def test_a_published_potential_stays_when_the_population_changes_and_the_run_says_so(shipped):
    found = shipped("savings", "baerum2016", "savings.population=62004")
    assert found("savings_potential", **DRAMMEN) == 394_000_000
    assert found("savings_potential", **ASSS) == pytest.approx(116_443_512 / 2)
    assert found("gap_per_inhabitant", **DRAMMEN) == pytest.approx(2 * 3_177.2143732662)
    assert "The scenario states need-adjusted saving (Drammen (before 2020), all care)" in "\n".join(
        found.result.warnings
    )


IN_DOUBT = {"base": "a", "own_per_inhabitant": 20_000, "base_per_inhabitant": 16_000}
STATED = {"base": "b", "own_per_inhabitant": 30_000, "base_per_inhabitant": 20_000, "levels": "adjusted"}


def test_levels_that_may_be_raw_are_read_as_raw_too_and_those_that_are_stated_are_not(compared):
    # 20 000 / 0.8 − 16 000 is 9 000, beside 20 000 − 16 000; 30 000 − 20 000 stays
    (warning,) = compared(IN_DOUBT, STATED).result.warnings
    assert "need-adjusted saving saves 9 000 000 NOK a year (now: saves 4 000 000 NOK a year)" in warning
    assert "[b, total]" not in warning


def test_spending_that_may_be_of_the_accounts_is_read_so_too(answers):
    # 650 million ÷ 20 000 − 31 000 is 1 500; ÷ 0.9 too, it is 5 111.11, times 20 000 is 102 222 222, × 0.9 is 92 million
    row = {"base": "x", "own_spending": 650_000_000, "base_per_inhabitant": 31_000}
    found = answers("savings", {"savings": {"population": 20_000, "need_index": 0.9, "comparisons": [row]}})
    assert found("savings_potential", base="x", service="total") == 30_000_000
    (warning,) = found.result.warnings
    assert "whether own_spending and base_per_inhabitant are need-adjusted" in warning
    assert "saves 102 222 222.22 NOK a year (now: saves 30 000 000 NOK a year)" in warning
    assert "saves 92 000 000 NOK a year (now: saves 27 000 000 NOK a year)" in warning


def test_each_of_two_rows_in_doubt_is_told_by_its_own_input(compared):
    told = compared(IN_DOUBT, {"base": "b", "own_spending": 20_000_000, "base_per_inhabitant": 16_000}).result.warnings
    assert ["own_spending" in text for text in told] == [False, True]


@pytest.mark.parametrize("row", [STATED, {"base": "a", "own_per_inhabitant": 20_000, "index": 1.25}])
def test_nothing_is_in_doubt_that_is_stated_or_has_no_two_levels(compared, row):
    assert compared(row).result.warnings == ()


def test_levels_without_a_need_index_have_one_reading(answers):
    table = {"population": 1_000, "comparisons": [IN_DOUBT]}
    assert answers("savings", {"savings": table}).result.warnings == ()
    common = {"need_index": 0.8}
    assert len(answers("savings", {"savings": table, "common": common}).result.warnings) == 1


def test_no_gap_has_no_direction_to_go(compared):
    found = compared({"base": "b", "gap_per_inhabitant": 0})
    assert [one.direction for one in found.result.figures if one.figure == "savings_potential"] == ["none"]


POTENTIAL = {"base": "a", "potential": 4_000_000}
SET = {
    "on the command line": ({}, ("savings.comparisons.a/total.potential=5_000_000",), 5_000_000),
    "in an overlay": ({"more": {"savings": {"comparisons": {"a/total": {"potential": 6_000_000}}}}}, (), 6_000_000),
    "to what it was": ({}, ("savings.comparisons.a/total.potential=4_000_000",), 4_000_000),
}


@pytest.mark.parametrize(("overlays", "sets", "value"), SET.values(), ids=SET.keys())
def test_nobody_is_warned_that_what_they_set_themselves_stays(overlays, sets, value):
    table = {"population": 10_000, "comparisons": [POTENTIAL]}
    data = {"title": "Made up", "municipality": "Nowhere", "year": 2020, "savings": table, "overlays": overlays}
    text = Text("test", "test.toml", data, "", "0" * 64, False)
    request = Request(sets=("savings.population=20_000", *sets), overlays=tuple(overlays))
    found = run(prepare(text, request, "savings"), "savings")
    assert found.warnings == ()
    assert {one.figure: one.value for one in found.figures}["gap_per_inhabitant"] == value / 20_000
    (warning,) = run(prepare(text, Request(sets=("savings.population=20_000",)), "savings"), "savings").warnings
    assert warning == (
        "The scenario states need-adjusted saving (A, all care), which stays as it is when population changes."
    )


WAYS = {
    "spending ÷ inhabitants: 19 million ÷ 1 000": ({"own_spending": 19_000_000}, 1_000),
    "a reference cost and a deviation: 18 000 × 5 %": ({"gap_share": 0.05}, 900),
    "a base and an index: 18 000 × 6 %": ({"index": 1.06}, 1_080),
}


@pytest.mark.parametrize(("row", "gap"), WAYS.values(), ids=WAYS.keys())
def test_more_ways_to_the_own_level(answers, row, gap):
    comparison = {"base": "x", "service": "total", "base_per_inhabitant": 18_000, **row}
    found = answers("savings", {"savings": {"population": 1_000, "comparisons": [comparison]}})
    assert found("gap_per_inhabitant", base="x", service="total") == pytest.approx(gap)
    assert found("savings_potential", base="x", service="total") == pytest.approx(gap * 1_000)


def test_of_many_ways_the_nearest_is_named(answers):
    row = {"base": "x", "own_per_inhabitant": 18_000, "index": 1.06, "gap_share": 0.06}
    with pytest.raises(OmsorgError) as raised:
        answers("savings", {"savings": {"population": 1_000, "comparisons": [row]}})
    told = "found gap_share + own_per_inhabitant + index; allowed is exactly one of 20 ways, the nearest of which is"
    assert f"{told} own_per_inhabitant + index" in str(raised.value)


RAW = {
    "a deviation": (
        {"gap_share": 0.1, "base_per_inhabitant": 18_000, "base_need_index": 1},
        "without the municipality's",
    ),
    "an index of a level": (
        {"index": 1.1, "base_per_inhabitant": 18_000, "base_need_index": 1},
        "own level of spending",
    ),
}


@pytest.mark.parametrize(("row", "told"), RAW.values(), ids=RAW.keys())
def test_what_is_no_level_cannot_be_raw(answers, row, told):
    with pytest.raises(OmsorgError) as raised:
        answers(
            "savings",
            {"savings": {"population": 1, "need_index": 1, "comparisons": [{"base": "x", "levels": "raw", **row}]}},
        )
    assert told in str(raised.value)
