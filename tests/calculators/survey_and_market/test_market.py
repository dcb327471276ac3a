"""Shares of namings, and how concentrated they are, with other names merged and without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError

# From computations.csv, where 18.12 stands for C.survey2023.18.12; else the arithmetic is in the sentence.
TABLE = {
    "18.12.sum.n": ("total_namings", None, 251),
    "18.12.sum.pct: the printed shares": ("sum_of_rounded_shares", None, 1.003),
    "18.12.pct.stendi_ambea_ab: 55 / 251": ("share_of_namings", "stendi_ambea_ab", 0.219123505976),
    "survey2023-12: 55 / 140": ("share_of_municipalities", "stendi_ambea_ab", 0.392857142857),
    "all of them": ("share_of_namings", None, 1),
    "A13: the five largest, (55 + 22 + 15 + 11 + 11) / 251": ("largest_share", None, 114 / 251),
    # 55² + 22² + 15² + 2 × 11² + 9² + 8² + 3 × 7² + 3 × 6² + 3 × 5² + 4² + 3² + 7 × 2² + 45 × 1² = 4 549; / 251²
    "A13: the sum of squares 4 549 / 63 001 × 10 000": ("concentration_index", None, 4_549 / 63_001 * 10_000),
    # 4² for 2² + 2², and 2² for 1² + 1²
    "merged: 4 549 + 8 + 2": ("merged_concentration_index", None, 4_559 / 63_001 * 10_000),
    "A13: the long tail": ("named_once", None, 45),
    "45 / 70": ("share_named_once", None, 45 / 70),
    "as the text counts": ("providers", None, 70),
    "without Stiftelsen Guts and Hålogaland Helse og Omsorg": ("merged_providers", None, 68),
    "Guts twice": ("merged_namings", "guts", 4),
    "its other name counts there": ("merged_namings", "stiftelsen_guts", 0),
    "251 / 140": ("namings_per_municipality", None, 251 / 140),
}  # fmt: skip


@pytest.mark.parametrize(("figure", "provider", "value"), TABLE.values(), ids=TABLE.keys())
def test_the_tables_figures_come_out(shipped, figure, provider, value):
    assert shipped("market", "survey2023")(figure, provider=provider) == pytest.approx(value, rel=1e-9)


def test_nothing_of_the_table_is_missing(shipped):
    assert shipped("market", "survey2023").missing == ""


def test_the_index_of_the_document_rounds_to_722(shipped):
    assert round(shipped("market", "survey2023")("concentration_index")) == 722


# k largest: 55, + 22, + 15
@pytest.mark.parametrize(("largest", "namings"), [(1, 55), (2, 77), (3, 92), (70, 251)])
def test_the_number_of_the_largest_is_an_input(shipped, largest, namings):
    found = shipped("market", "survey2023", f"market.largest={largest}")
    assert found("largest_share") == pytest.approx(namings / 251)


@pytest.fixture(scope="session")
def sold(answers):
    def of(*namings, same=(), **table):
        rows = [{"provider": f"p{i}", "namings": one} for i, one in enumerate(namings)]
        for index, other in same:
            rows[index]["same_as"] = other
        return answers("market", {"market": {**table, "providers": rows}})

    return of


NAMINGS = st.lists(st.integers(1, 60), min_size=1, max_size=12)


@given(NAMINGS, st.integers(1, 12))
def test_the_index_lies_between_even_shares_and_one_provider_and_the_largest_have_the_most(sold, namings, largest):
    largest = min(largest, len(namings))
    found = sold(*namings, largest=largest)
    assert 10_000 / len(namings) - 1e-6 <= found("concentration_index") <= 10_000 + 1e-6
    assert largest / len(namings) - 1e-12 <= found("largest_share") <= 1 + 1e-12
    assert found("largest_share") == pytest.approx(sum(sorted(namings)[-largest:]) / sum(namings))


@given(NAMINGS.filter(lambda namings: len(namings) > 1), st.data())
def test_merging_adds_up_to_the_same_and_never_lowers_the_concentration(sold, namings, data):
    main = data.draw(st.integers(0, len(namings) - 1))
    others = data.draw(st.sets(st.integers(0, len(namings) - 1).filter(lambda one: one != main), min_size=1))
    found = sold(*namings, same=[(one, f"p{main}") for one in others], largest=1)
    merged = found.series("merged_namings", "provider")
    assert sum(merged.values()) == sum(namings)
    assert merged[f"p{main}"] == namings[main] + sum(namings[one] for one in others)
    assert found("merged_providers") == len(namings) - len(others)
    assert found("merged_concentration_index") >= found("concentration_index")
    assert found("merged_largest_share") >= found("largest_share")


FAULTS = {
    "another name of nobody": ({"same": [(0, "p9")]}, 'p0.same_as: found "p9", which is not another provider'),
    "another name of itself": ({"same": [(0, "p0")]}, 'p0.same_as: found "p0", which is not another provider'),
    "another name of another name": (
        {"same": [(0, "p1"), (1, "p2")]},
        'p0.same_as: found "p1", which is another name itself; allowed: a provider without same_as',
    ),
    "named by more than name any": ({"municipalities": 4}, "p0.namings: found 5; allowed: at most the 4"),
    "more of the largest than providers": ({"largest": 4}, "largest: found 4; allowed: at most the 3 providers"),
    "none of the largest": ({"largest": 0}, "market.largest: found 0; allowed: a whole number (providers), at least 1"),
}


@pytest.mark.parametrize(("more", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_does_not_fit_is_refused(sold, more, told):
    with pytest.raises(ScenarioError) as refused:
        sold(5, 2, 1, **more)
    assert told in str(refused.value)


def test_a_provider_that_nobody_names_is_refused(sold):
    with pytest.raises(ScenarioError, match=r"p1.namings: found 0; allowed: a whole number \(mentions\), at least 1"):
        sold(5, 0)


def test_without_who_names_the_shares_of_them_are_said_to_be_missing(sold):
    found = sold(3, 1, largest=1)
    assert found("share_of_namings", provider="p0") == 0.75
    assert found("namings_per_municipality") is None
    assert "municipalities" in found.missing
