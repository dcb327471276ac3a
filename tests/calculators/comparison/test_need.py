import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.comparison.need import adjusted_per_inhabitant, need_above_mean
from omsorg_cli.core.errors import OmsorgError, ScenarioError
from omsorg_cli.formulas.averages import mean

BAERUM, DRAMMEN, TROMSO = ({"municipality": name, "year": 2016} for name in ("baerum", "drammen", "tromso"))

# From computations.csv, C.baerum2017.N2013 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "N2013": ("mean_need_index", {"year": 2013}, 0.8809),
    "N2014": ("mean_need_index", {"year": 2014}, 0.8781),
    "N2015": ("mean_need_index", {"year": 2015}, 0.8793),
    "N2016": ("mean_need_index", {"year": 2016}, 0.8835),
    "N5 at the unrounded mean: 88.35 − 100": ("mean_above_country", {"year": 2016}, -0.1165),
    "N6: 93.2 − 100": ("need_above_country", BAERUM, -0.068),
    "N7 at the unrounded mean: 93.2 / 88.35 − 1": ("need_above_mean", BAERUM, 0.054895302773),
    "N8: 98.5 / 93.2 − 1": ("need_above_own", DRAMMEN, 0.05686695279),
    "Bærum beside itself": ("need_above_own", BAERUM, 0),
    "Fredrikstad, Drammen and Bergen need more": ("need_rank", BAERUM, 4),
    "Sandnes alone needs less": ("need_rank", TROMSO, 9),
    "in 2013 nobody needs less": ("need_rank", {**TROMSO, "year": 2013}, 10),
    "93.2 − 94.0": ("change_since", BAERUM, -0.008),
    "76.5 − 73.9": ("change_since", TROMSO, 0.026),
    "nothing has changed yet": ("change_since", {**TROMSO, "year": 2013}, 0),
    "88.35 − 88.09": ("mean_change_since", {"year": 2016}, 0.0026),
    "Bærum's own need: 93.2 − 100": ("own_above_country", {"year": 2016}, -0.068),
    "Bærum's own need: 93.2 / 88.35 − 1": ("own_above_mean", {"year": 2016}, 0.054895302773),
    "Bærum's own rank": ("own_rank", {"year": 2016}, 4),
    "ten cities": ("group_size", {"year": 2016}, 10),
    "inhabitants of all ten are not printed": ("weighted_mean_need_index", {"year": 2016}, None),
    "spending not corrected is not printed": ("adjusted_per_inhabitant", BAERUM, None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("need", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, keys, value):
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-9, abs=1e-12))


def test_what_many_rows_lack_is_told_with_the_first_of_them(audit):
    assert (
        "(sandnes/2013; tromso/2013; oslo/2013; 40 in total): the scenario does not give per_inhabitant."
        in audit.missing
    )


def member(municipality, year, need_index, **more):
    return {"municipality": municipality, "year": year, "need_index": need_index, **more}


@pytest.fixture
def needed(answers):
    def of(*members, **table):
        return answers("need", {"need": {**table, "members": list(members)}})

    return of


def test_a_weighted_mean_counts_inhabitants(needed):
    # (0.8 × 3 000 + 1.2 × 1 000) / 4 000 = 0.9; the plain mean is 1.0
    found = needed(member("a", 2020, 0.8, population=3_000), member("b", 2020, 1.2, population=1_000))
    assert found("weighted_mean_need_index", year=2020) == pytest.approx(0.9)
    assert found("mean_need_index", year=2020) == pytest.approx(1.0)


def test_without_one_populations_only_the_weighted_mean_is_left_out_and_the_run_says_so(needed):
    found = needed(member("a", 2020, 0.8, population=3_000), member("b", 2020, 1.2))
    assert found("weighted_mean_need_index", year=2020) is None
    assert found("mean_need_index", year=2020) == pytest.approx(1.0)
    assert "weighted_mean_need_index (2020): the scenario does not give population." in found.missing


def test_spending_is_corrected_by_the_own_index(needed):
    # 18 000 / 0.9 = 20 000 and 18 000 / 1.2 = 15 000
    rows = [member(name, 2020, index, per_inhabitant=18_000) for name, index in (("a", 0.9), ("b", 1.2))]
    found = needed(*rows)
    assert found.series("adjusted_per_inhabitant", "municipality", year=2020) == pytest.approx(
        {"a": 20_000, "b": 15_000}
    )


def test_equal_need_shares_the_better_place(needed):
    found = needed(*(member(name, 2020, index) for name, index in (("a", 0.9), ("b", 1.1), ("c", 1.1), ("d", 0.8))))
    assert found.series("need_rank", "municipality", year=2020) == {"a": 3, "b": 1, "c": 1, "d": 4}


def test_a_place_is_that_of_the_year(needed):
    found = needed(member("a", 2019, 1.0), member("b", 2019, 0.9), member("a", 2020, 1.0), member("b", 2020, 1.1))
    assert [found("need_rank", municipality="a", year=year) for year in (2019, 2020)] == [1, 2]


def test_a_group_of_one_is_its_own_mean(needed):
    found = needed(member("a", 2020, 0.9))
    assert (found("group_size", year=2020), found("need_rank", municipality="a", year=2020)) == (1, 1)
    assert found("mean_need_index", year=2020) == 0.9
    assert found("need_above_mean", municipality="a", year=2020) == 0


def test_a_year_without_the_own_municipality_has_nothing_held_against_it_and_the_run_says_so(needed):
    found = needed(member("a", 2019, 1.0), member("b", 2019, 0.9), member("b", 2020, 1.1), own="a")
    assert found("need_above_own", municipality="b", year=2019) == pytest.approx(-0.1)
    assert found("need_above_own", municipality="b", year=2020) is None
    assert found("need_rank", municipality="b", year=2020) == 1
    assert found("own_rank", year=2019) == 1
    assert found("own_rank", year=2020) is None
    assert "does not give a/2020 in the table need" in found.missing


def test_a_member_without_the_year_of_since_has_no_change_and_the_run_says_so(needed):
    found = needed(member("a", 2019, 1.0), member("a", 2020, 0.9), member("b", 2020, 1.1), since=2019)
    assert found("change_since", municipality="a", year=2020) == pytest.approx(-0.1)
    assert found("change_since", municipality="b", year=2020) is None
    assert "change_since (b/2020): the scenario does not give b/2019 in the table need." in found.missing


def test_for_a_year_before_since_the_change_is_what_was_needed_more_then(needed):
    found = needed(member("a", 2018, 1.05), member("a", 2019, 1.0), since=2019)
    assert found("change_since", municipality="a", year=2018) == pytest.approx(0.05)


def test_without_own_and_since_nothing_is_held_against_them_and_the_run_says_what_is_missing(needed):
    found = needed(member("a", 2020, 0.9), member("b", 2020, 1.0))
    assert found("need_above_own", municipality="a", year=2020) is None
    assert found("change_since", municipality="a", year=2020) is None
    assert "does not give own" in found.missing
    assert "does not give since" in found.missing


FAULTS = {
    "an own municipality that is no member": (
        {"own": "alfa"},
        'need.own: found "alfa", which is not a member. Did you mean',
    ),
    "a year of which there is no member": ({"since": 2012}, "need.since: found 2012, a year without members"),
    "the years that there are": ({"since": 2012}, "allowed: one of 2019, 2020"),
    "an index below zero": ({"members": [member("a", 2020, -0.9)]}, "need_index: found -0.9"),
    "a member without an index": (
        {"members": [{"municipality": "a", "year": 2020}]},
        "found none of them; allowed is exactly one of: need_index",
    ),
    "a member twice in a year": (
        {"members": [member("a", 2020, 0.9), member("A", 2020, 1.0)]},
        "has the same municipality and year as an earlier item",
    ),
    "no member": ({"members": []}, "need.members"),
}


@pytest.mark.parametrize(("table", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_says_what_was_found_and_what_is_allowed(answers, table, told):
    members = [member("alpha", 2019, 0.9), member("alpha", 2020, 0.9)]
    with pytest.raises(ScenarioError) as caught:
        answers("need", {"need": {"members": members, **table}})
    assert any(told in str(fault) for fault in caught.value.faults), caught.value.faults


@given(st.lists(st.floats(0.5, 1.5), min_size=1, max_size=10))
def test_what_is_above_the_mean_and_what_is_below_it_make_up_for_each_other(indexes):
    middle = mean(indexes)
    assert sum(need_above_mean(index, middle) for index in indexes) == pytest.approx(0, abs=1e-12)


@given(st.floats(1, 1e6), st.floats(0.01, 10))
def test_what_is_corrected_times_the_index_is_what_was_spent(spent, index):
    assert adjusted_per_inhabitant(spent, index) * index == pytest.approx(spent, rel=1e-12)


def test_a_need_index_may_be_weighted_from_its_parts(answers):
    parts = [{"of": "old", "weight": 0.6, "index": 0.9}, {"of": "other", "weight": 0.4, "index": 1.2}]
    members = [
        {"municipality": "a", "year": 2020, "parts": parts},
        {"municipality": "b", "year": 2020, "need_index": 1},
    ]
    found = answers("need", {"need": {"own": "a", "members": members}})
    assert found("need_index", municipality="a", year=2020) == pytest.approx(1.02)
    assert found("need_rank", municipality="a", year=2020) == 1


def test_weights_that_make_no_whole_are_refused(answers):
    parts = [{"weight": 0.6, "index": 0.9}, {"weight": 0.3, "index": 1.2}]
    with pytest.raises(OmsorgError, match="found weights add up to 0.9; allowed: 1"):
        answers("need", {"need": {"members": [{"municipality": "a", "year": 2020, "parts": parts}]}})


def test_the_one_in_most_need_is_first_and_the_own_place_is_in_words(omsorg):
    shown = omsorg("need").stdout
    assert shown.index("Fredrikstad") < shown.index("Drammen (before 2020)") < shown.index("Sandnes")
    assert "It was 5.5% above the mean of the ten municipalities and the fourth highest." in shown
    told = "Det var 5,5 prosent høyere enn snittet av de ti kommunene og det fjerde høyeste."
    assert told in omsorg("need", "--lang", "nb").stdout.replace("\u00a0", " ")
