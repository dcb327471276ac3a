import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.comparison.needs_profile import cost_gap_net_of_need, coverage_from_gaps
from omsorg_cli.core.errors import ScenarioError


def at(profile, group=None):
    return {"profile": profile, "group": group}


# From computations.csv, C.baerum2017.A1 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "A1": ("profile_growth", at("extensive_2007"), 0.6255),
    "0.57 × 1.38 / 1.6255": ("grown_share", at("extensive_2007", "0-66"), 0.483912642264),
    "0.14 × 1.58 / 1.6255": ("grown_share", at("extensive_2007", "67-79"), 0.136081205783),
    "0.29 × 2.13 / 1.6255": ("grown_share", at("extensive_2007", "80_plus"), 0.380006151953),
    "0.57 × 0.38": ("growth_contribution", at("extensive_2007", "0-66"), 0.2166),
    "A5: 100 − 48 − 38": ("share", at("extensive_2016", "67-79"), 0.14),
    "A5 of ASSS: 100 − 58 − 26": ("share", at("extensive_asss_2016", "67-79"), 0.16),
    "A6, the weights assumed": ("profile_growth", at("inhabitants"), 0.14895),
    "A6b, the weights assumed": ("profile_growth", at("inhabitants_asss"), 0.1325),
    "A7: 100 − 28.5 − 30": ("share", at("users_2016", "medium"), 0.415),
    "A8: 9 / 3.9": ("hours_ratio", {"municipality": "drammen"}, 2.3076923077),
    "A9: 10 / 5": ("hours_ratio", {"municipality": "kristiansand"}, 2),
    "A10: 69 + 31": ("share_sum", at("limited_2009"), 1),
    "A11: 63 + 37": ("share_sum", at("limited_2016"), 1),
    "A15": ("coverage_gap", {"base": "asss", "group": "67_plus"}, -0.038461538462),
    "A16": ("cost_gap_net_of_need", {"base": "asss", "group": "0-66"}, 0.37962962963),
    "A17": ("cost_gap_net_of_need", {"base": "asss", "group": "67_plus"}, 0.140350877193),
    "A18.0_66": ("coverage_ratio", {"base": "drammen", "group": "0-66"}, 0.5384615385),
    "A18.67_79": ("coverage_ratio", {"base": "drammen", "group": "67-79"}, 0.6486486486),
    "A18.80": ("coverage_ratio", {"base": "drammen", "group": "80_plus"}, 0.8834951456),
    "per inhabitant under 67 is not printed": ("coverage_ratio", {"base": "asss", "group": "0-66"}, None),
    "growth to 2016 is not asked of 2016": ("profile_growth", at("extensive_2016"), None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("needs-profile", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, keys, value):
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-9))


def test_with_the_summarys_31_per_cent_the_middle_is_40_and_a_half(shipped):
    # A7, note
    found = shipped("needs-profile", "baerum2016", "needs_profile.profiles.users_2016/extensive.share=0.31")
    assert found("share", **at("users_2016", "medium")) == pytest.approx(0.405)


@pytest.fixture
def profiled(answers):
    def of(*groups, **tables):
        rows = [{"profile": "p", "group": f"g{index}", **group} for index, group in enumerate(groups)]
        return answers("needs-profile", {"needs_profile": {"profiles": rows, **tables}})

    return of


def test_shares_below_the_whole_are_those_of_the_groups_that_are_stated(profiled):
    # 0.4 × 1.5 + 0.4 × 1.0 = 1.0 of 0.8: up 25 %, and then 0.6 and 0.4
    found = profiled({"share": 0.4, "growth": 0.5}, {"share": 0.4, "growth": 0})
    assert found("share_sum", **at("p")) == pytest.approx(0.8)
    assert found("profile_growth", **at("p")) == pytest.approx(0.25)
    assert found("grown_share", **at("p", "g0")) == pytest.approx(0.6)
    assert found("growth_contribution", **at("p", "g0")) == pytest.approx(0.25)


def test_the_rest_grows_too(profiled):
    # 0.25 × 2 + 0.75 × 1 = 1.25
    found = profiled({"share": 0.25, "growth": 1}, {"rest": True, "growth": 0})
    assert found("share", **at("p", "g1")) == 0.75
    assert found("profile_growth", **at("p")) == pytest.approx(0.25)


def test_what_is_no_rest_and_has_no_share_is_left_out(profiled):
    found = profiled({"share": 0.25, "growth": 1}, {"rest": False, "growth": 0})
    assert found("share", **at("p", "g1")) is None
    assert found("profile_growth", **at("p")) is None
    assert "does not give share" in found.missing


def test_where_all_vanish_there_are_no_shares(profiled):
    found = profiled({"share": 0.25, "growth": -1}, {"rest": True, "growth": -1})
    assert found("profile_growth", **at("p")) == -1
    assert found("grown_share", **at("p", "g0")) is None


def test_without_a_growth_the_profile_does_not_grow_and_the_run_says_so(profiled):
    found = profiled({"share": 0.25, "growth": 1}, {"share": 0.75})
    assert found("profile_growth", **at("p")) is None
    assert found("share_sum", **at("p")) == 1
    assert "does not give growth" in found.missing


def test_profiles_are_each_for_itself(answers):
    rows = [{"profile": name, "group": "g", "share": 1, "growth": growth} for name, growth in (("a", 0.1), ("b", 0.2))]
    found = answers("needs-profile", {"needs_profile": {"profiles": rows}})
    assert [found("profile_growth", **at(name)) for name in "ab"] == pytest.approx([0.1, 0.2])


def test_no_hours_of_the_older_give_no_ratio(profiled):
    found = profiled(hours=[{"municipality": "m", "under_67": 4, "from_67": 0}])
    assert found("hours_ratio", municipality="m") is None
    assert "hours_ratio (m): it has no value" in found.missing


def test_hours_of_one_age_alone_are_said_to_lack_the_other(profiled):
    found = profiled(hours=[{"municipality": "m", "under_67": 4}])
    assert "hours_ratio (m): the scenario does not give hours, 67 and from_67." in found.missing


ROUNDED = {"value": 0.335, "rounded_to": 0.01}


def test_shares_may_add_up_to_more_by_how_they_are_rounded(profiled):
    # 3 × 0.335 = 1.005, of 3 × 0.005 of rounding
    assert profiled(ROUNDED_ROW, ROUNDED_ROW, ROUNDED_ROW)("share_sum", **at("p")) == pytest.approx(1.005)


ROUNDED_ROW = {"share": ROUNDED}
PROFILES = {
    "shares of more than the whole": (
        [{"share": 0.6}, {"share": 0.5}],
        "found shares of p that add up to 1.1; allowed: at most 1",
    ),
    "more than rounding explains": (
        [{"share": {"value": 0.345, "rounded_to": 0.01}}] * 3,
        "add up to 1.035; allowed: at most 1, plus 0.015 for rounding",
    ),
    "a whole beside a rest, however rounded": (
        [ROUNDED_ROW] * 3 + [{"rest": True}],
        "add up to 1.005; allowed: at most 1",
    ),
    "two rests": (
        [{"rest": True}, {"rest": True}],
        "p/g1.rest: found a second group that is the rest of p; allowed: one",
    ),
    "a share of the rest": (
        [{"share": 0.5, "rest": True}],
        "found share + rest; allowed is exactly one of: share; rest",
    ),
    "neither": ([{"growth": 0.5}], "found none of them; allowed is exactly one of: share; rest"),
    "less than nothing left": ([{"share": 0.5, "growth": -1.1}], "growth: found -1.1"),
    "a share of more than 1": ([{"share": 1.2}], "share: found 1.2"),
}


@pytest.mark.parametrize(("groups", "told"), PROFILES.values(), ids=PROFILES.keys())
def test_a_fault_of_a_profile_says_what_is_allowed(profiled, groups, told):
    with pytest.raises(ScenarioError) as caught:
        profiled(*groups)
    assert any(told in str(fault) for fault in caught.value.faults), caught.value.faults


GAPS = {
    "two ways to the coverage": (
        {"cost_gap_per_user": 0.1, "cost_gap_per_inhabitant": 0.1, "own_coverage": 4, "base_coverage": 5},
        "allowed is exactly one of",
    ),
    "a need without a cost": ({"need_gap_per_user": 0.1}, "found need_gap_per_user; allowed is exactly one of"),
    "a user who costs nothing": ({"cost_gap_per_user": -1, "need_gap_per_user": 0}, "cost_gap_per_user: found -1"),
    "nobody covered in the base": ({"own_coverage": 4, "base_coverage": 0}, "base_coverage: found 0"),
}


@pytest.mark.parametrize(("gap", "told"), GAPS.values(), ids=GAPS.keys())
def test_a_fault_of_a_gap_says_what_is_allowed(profiled, gap, told):
    with pytest.raises(ScenarioError) as caught:
        profiled(gaps=[{"base": "b", "group": "g", **gap}])
    assert any(told in str(fault) for fault in caught.value.faults), caught.value.faults


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(-0.9, 3)), min_size=1, max_size=5))
def test_the_parts_of_a_profile_make_up_the_whole(answers, groups):
    whole = sum(share for share, _ in groups)
    rows = [
        {"profile": "p", "group": f"g{index}", "share": share / whole * 0.999, "growth": growth}
        for index, (share, growth) in enumerate(groups)
    ]
    found = answers("needs-profile", {"needs_profile": {"profiles": rows}})
    shares = found.series("grown_share", "group", profile="p")
    parts = found.series("growth_contribution", "group", profile="p")
    assert sum(shares.values()) == pytest.approx(1)
    assert sum(parts.values()) == pytest.approx(found("profile_growth", **at("p")), abs=1e-9)


GAP = st.floats(-0.9, 3)


@given(GAP, GAP)
def test_cost_net_of_need_and_need_make_up_the_cost(cost, need):
    assert (1 + cost_gap_net_of_need(cost, need)) * (1 + need) == pytest.approx(1 + cost)
    assert coverage_from_gaps(cost, need) * (1 + need) == pytest.approx(1 + cost)


def test_a_profile_that_does_not_grow_is_not_asked_for_growth_and_has_no_caveat_of_it(omsorg):
    shown = omsorg("needs-profile", "gardermoen", "--lang", "nb").stdout.replace("\u00a0", " ")
    assert "Med demens     84 %" in shown
    assert "ikke beregnet" not in shown
    assert "aldersgruppe" not in shown
    assert "aldersgruppe" in omsorg("needs-profile", "--lang", "nb").stdout
