from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError

RAW_MEMBERS = {
    "a": {"per_inhabitant": 10_000, "population": 1_000, "need_index": 0.8},
    "b": {"per_inhabitant": 12_000, "population": 3_000, "need_index": 1.0},
    "c": {"per_inhabitant": 20_000, "population": 6_000, "need_index": 1.25},
}
MEMBERS = {name: {key: value for key, value in row.items() if key != "need_index"} for name, row in RAW_MEMBERS.items()}
AT = {"base": "group", "service": "total"}


@pytest.fixture(scope="module")
def group(answers):
    """The answers against a group; the own municipality has 10 000 inhabitants, a level of 18 000, an index of 0.9."""

    def of(members=RAW_MEMBERS, **row):
        if members is RAW_MEMBERS and row.get("levels") != "raw":
            members = MEMBERS
        comparison = {"base": "group", "own_per_inhabitant": 18_000, "members": members, **row}
        return answers("savings", {"savings": {"population": 10_000, "need_index": 0.9, "comparisons": [comparison]}})

    return of


BASES = {
    "mean: 42 000 / 3": ("mean", False, 14_000),
    "mean with the own level: 60 000 / 4": ("mean", True, 15_000),
    "weighted: (10 + 36 + 120) million / 10 000": ("weighted_mean", False, 16_600),
    "weighted with the own level: (166 + 180) million / 20 000": ("weighted_mean", True, 17_300),
    "median": ("median", False, 12_000),
    "median of 10, 12, 18 and 20 thousand": ("median", True, 15_000),
    "best quartile of three: half way from 10 000 to 12 000": ("best_quartile", False, 11_000),
    "best quartile of four: three quarters of that way": ("best_quartile", True, 11_500),
}


@pytest.mark.parametrize(("statistic", "own", "base"), BASES.values(), ids=BASES.keys())
def test_the_base_is_the_statistic_of_its_members(group, statistic, own, base):
    found = group(statistic=statistic, includes_own=own)
    assert found("base_per_inhabitant", **AT) == pytest.approx(base)
    assert found("savings_potential", **AT) == pytest.approx((18_000 - base) * 10_000)


# Raw: a 10 000 / 0.8 = 12 500, b 12 000, c 20 000 / 1.25 = 16 000; own 18 000 / 0.9 = 20 000.
RAW = {
    "mean: 40 500 / 3": ("mean", False, 13_500),
    "mean with the own level: 60 500 / 4": ("mean", True, 15_125),
    "weighted: (12.5 + 36 + 96) million / 10 000": ("weighted_mean", False, 14_450),
    "weighted with the own level: (144.5 + 200) million / 20 000": ("weighted_mean", True, 17_225),
    "median": ("median", False, 12_500),
    "median with the own level: (12 500 + 16 000) / 2": ("median", True, 14_250),
    "best quartile: half way from 12 000 to 12 500": ("best_quartile", False, 12_250),
    "best quartile with the own level: three quarters of that way": ("best_quartile", True, 12_375),
}


@pytest.mark.parametrize(("statistic", "own", "base"), RAW.values(), ids=RAW.keys())
def test_raw_levels_are_divided_each_by_its_own_index(group, statistic, own, base):
    found = group(statistic=statistic, includes_own=own, levels="raw")
    assert found("own_per_inhabitant", **AT) == pytest.approx(20_000)
    assert found("base_per_inhabitant", **AT) == pytest.approx(base)
    assert found("savings_potential_actual", **AT) == pytest.approx((20_000 - base) * 10_000 * 0.9)


def test_the_group_size_of_members_is_counted_with_the_own_municipality(group):
    # 3 000 × 10 000 × 4 / 3: the gap to the mean of the three others is 18 000 − 14 000
    found = group(includes_own=True)
    assert found("savings_potential_excluding_own", **AT) == pytest.approx(40_000_000)
    assert found("group_size", **AT) is None  # a step on the way


@pytest.mark.parametrize(("statistic", "own"), [("mean", False), ("median", True), ("weighted_mean", True)])
def test_only_a_mean_that_includes_the_own_level_has_it_left_out(group, statistic, own):
    assert group(statistic=statistic, includes_own=own)("savings_potential_excluding_own", **AT) is None


@given(levels=st.lists(st.floats(1_000, 50_000), min_size=1, max_size=8))
def test_leaving_oneself_out_of_the_mean_is_comparing_with_the_others(group, levels):
    members = {f"m{index}": {"per_inhabitant": level} for index, level in enumerate(levels)}
    found = group(members, includes_own=True)("savings_potential_excluding_own", **AT)
    assert found == pytest.approx((18_000 - fmean(levels)) * 10_000, rel=1e-9, abs=1e-3)


def test_a_weighted_mean_without_a_population_is_left_out_and_said_to_be_missing(group):
    members = {**MEMBERS, "b": {"per_inhabitant": 12_000}}
    found = group(members, statistic="weighted_mean")
    assert found("base_per_inhabitant", **AT) is None
    assert "population" in found.missing
    assert group(members, statistic="mean")("base_per_inhabitant", **AT) == 14_000


@pytest.mark.parametrize("name", MEMBERS)
def test_raw_levels_without_an_index_are_refused(group, name):
    with pytest.raises(ScenarioError, match="need_index"):
        group({**RAW_MEMBERS, name: MEMBERS[name]}, levels="raw")


@pytest.mark.parametrize("name", MEMBERS)
def test_an_index_that_would_have_no_effect_on_an_adjusted_level_is_refused(group, name):
    with pytest.raises(ScenarioError, match=f"members.{name}.need_index"):
        group({**MEMBERS, name: RAW_MEMBERS[name]})
