import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.comparison.index import effect_of_efficiency, unit_cost_deviation
from omsorg_cli.core.errors import ScenarioError


def at(indicator, base="asss"):
    return {"indicator": indicator, "base": base}


RESOURCES, EFFICIENCY, PER_USER, DRAMMEN = map(
    at, ("resource_use", "efficiency", "cost_per_user", "resource_use_drammen")
)

# From computations.csv, C.baerum2017.S9 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "S9": ("implied_index", DRAMMEN, 0.8689011815),
    "S14": ("effect", RESOURCES, 76_217_571.49090908),
    "S15": ("effect_of_potential", PER_USER, 3.2633849106),
    "S16": ("effect_per_inhabitant", PER_USER, 3_064.318431069),
    "S17": ("unit_cost_deviation", EFFICIENCY, 0.04821802935),
    "drammen2017.1": ("index", DRAMMEN, 0.88),
    "drammen2017.12": ("above_implied", DRAMMEN, 0.01277339552),
    "1 + 3.6 %": ("index", RESOURCES, 1.036),
    "76 217 571.49 / 116 443 512": ("effect_of_potential", RESOURCES, 0.654545454545),
    "18 011.727 / 17 072.727": ("implied_index", RESOURCES, 1.055),
    "4.6 % of 18 011.727 × 124 008": ("effect", EFFICIENCY, 102_745_520.679),
    "−12 % of 17 072.727 × 68 363": ("effect", DRAMMEN, -140_057_142.545455),
    "0.88 × 17 072.727": ("own_per_inhabitant", DRAMMEN, 15_024.0),
    "Drammen is not held against the potential of Bærum": ("effect_of_potential", DRAMMEN, None),
    "the index behind 380 million is not printed": ("index", PER_USER, None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("index", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, keys, value):
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-9))


def test_less_than_the_base_costs_to_be_as_it(audit):
    directions = {one.keys["indicator"]: one.direction for one in audit.result.figures if one.figure == "effect"}
    assert directions == {
        "resource_use": "saves",
        "efficiency": "saves",
        "cost_per_user": "saves",
        "resource_use_drammen": "costs",
    }


SAVINGS = {
    "population": 1_000,
    "comparisons": [{"base": "b", "own_per_inhabitant": 21_000, "base_per_inhabitant": 20_000}],
}


@pytest.fixture
def indexed(answers):
    def of(*rows, savings=None):
        held = [{"indicator": "i", "base": "b", **row} for row in rows]
        return answers("index", {"index": {"indicators": held}, **({"savings": savings} if savings else {})})

    return of


ROW = at("i", "b")
STATED = {"base_per_inhabitant": 10_000, "population": 500}
ROWS = {
    "an index: 0.1 × 10 000 × 500": ({"measures": "spending", "index": 1.1, **STATED}, 500_000),
    "a deviation: −0.2 × 10 000 × 500": ({"measures": "spending", "deviation": -0.2, **STATED}, -1_000_000),
    "no deviation": ({"measures": "spending", "index": 1, **STATED}, 0),
    "efficiency of 0.8 on 10 000 × 500: a fifth of it": (
        {"measures": "efficiency", "index": 0.8, "own_per_inhabitant": 10_000, "population": 500},
        1_000_000,
    ),
    "efficiency over 1 costs: −0.25 of it": (
        {"measures": "efficiency", "deviation": 0.25, "own_per_inhabitant": 10_000, "population": 500},
        -1_250_000,
    ),
}


@pytest.mark.parametrize(("row", "effect"), ROWS.values(), ids=ROWS.keys())
def test_levels_and_inhabitants_of_the_row_are_enough(indexed, row, effect):
    found = indexed(row)
    assert found("effect", **ROW) == pytest.approx(effect)
    assert found("effect_per_inhabitant", **ROW) == pytest.approx(effect / 500)


FROM_SAVINGS = {
    "the base's level: 0.1 × 20 000 × 1 000": ({"measures": "spending", "index": 1.1}, 2_000_000),
    "the own level: 0.2 × 21 000 × 1 000": ({"measures": "efficiency", "index": 0.8}, 4_200_000),
    "the row's level wins: 0.1 × 10 000 × 1 000": (
        {"measures": "spending", "index": 1.1, "base_per_inhabitant": 10_000},
        1_000_000,
    ),
    "the row's inhabitants win: 0.1 × 20 000 × 500": (
        {"measures": "spending", "index": 1.1, "population": 500},
        1_000_000,
    ),
}


@pytest.mark.parametrize(("row", "effect"), FROM_SAVINGS.values(), ids=FROM_SAVINGS.keys())
def test_what_a_row_does_not_state_is_that_of_savings(indexed, row, effect):
    found = indexed(row, savings=SAVINGS)
    assert found("effect", **ROW) == pytest.approx(effect)
    assert found("effect_of_potential", **ROW) == pytest.approx(effect / 1_000_000)


def test_drammen_can_be_reckoned_without_savings(indexed):
    # −12 % of 17 072.73 NOK for 68 363 inhabitants: −140.1 million
    row = {"measures": "spending", "deviation": -0.12, "base_per_inhabitant": 17_072.7272727273, "population": 68_363}
    found = indexed(row)
    assert found("effect", **ROW) == pytest.approx(-140_057_142.5455, rel=1e-9)
    assert "savings" in found.missing


def test_an_index_of_another_municipality_does_not_take_the_own_inhabitants(indexed):
    found = indexed({"measures": "spending", "index": 1.1, "whose": "b"}, savings=SAVINGS)
    assert found("effect", **ROW) is None
    assert "the scenario does not give one or more of effect, population." in found.missing


def test_a_municipality_that_savings_do_not_know_implies_no_index_and_the_run_says_so(indexed):
    found = indexed({"measures": "spending", "index": 1.1, "whose": "c"}, savings=SAVINGS)
    assert found("implied_index", **ROW) is None
    assert any("c/total in the table [savings]" in text for text in found.result.missing)


def test_an_index_of_a_share_gives_the_share_and_no_kroner(indexed):
    # drammen2017.9: 85 % of 8.9 %
    found = indexed({"measures": "other", "index": 0.85, "base_share": 0.089})
    assert found("own_share", **ROW) == pytest.approx(0.07565)
    assert found("deviation", **ROW) == pytest.approx(-0.15)
    assert found("effect", **ROW) is None
    assert found.missing == ""


FAULTS = {
    "an index and its deviation": (
        {"measures": "spending", "index": 1.1, "deviation": 0.1},
        "found index + deviation; allowed is exactly one of: index; deviation; effect",
    ),
    "neither": ({"measures": "spending"}, "found none of them"),
    "an index of what is not said": (
        {"index": 1.1},
        "measures is missing; allowed: one of spending, efficiency, other",
    ),
    "an index of what there is not": ({"measures": "spend", "index": 1.1}, 'Did you mean "spending"?'),
    "an index of 0": ({"measures": "spending", "index": 0}, "index: found 0"),
    "a deviation of −100 %": ({"measures": "efficiency", "deviation": -1}, "deviation: found -1"),
    "the base's level for efficiency": (
        {"measures": "efficiency", "index": 1.1, "base_per_inhabitant": 5},
        'base_per_inhabitant has no effect with measures = "efficiency"',
    ),
    "the own level for spending": (
        {"measures": "spending", "index": 1.1, "own_per_inhabitant": 5},
        'own_per_inhabitant has no effect with measures = "spending"',
    ),
    "a share for spending": (
        {"measures": "spending", "index": 1.1, "base_share": 0.5},
        'base_share has no effect with measures = "spending"',
    ),
}


@pytest.mark.parametrize(("row", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_says_what_was_found_and_what_is_allowed(indexed, row, told):
    with pytest.raises(ScenarioError) as caught:
        indexed(row)
    assert any(told in str(fault) for fault in caught.value.faults), caught.value.faults


@given(st.floats(0.1, 5), st.floats(1, 1e5), st.floats(1, 1e6))
def test_at_the_bases_unit_cost_what_is_spent_is_the_index_times_as_much(index, level, population):
    effect = effect_of_efficiency(unit_cost_deviation(index), level, population)
    assert level * population - effect == pytest.approx(index * level * population)
