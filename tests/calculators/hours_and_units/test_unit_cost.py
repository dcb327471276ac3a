import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.hours_and_units import unit_cost as formulas

RESIDENT = {"item": "staffed_dwelling", "base": "drammen"}
TRAINED = {"item": "training_user", "base": ""}

# From computations.csv, C.baerum2017.D6 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "D6: 829 653 × 479": ("total_cost", TRAINED, 397_403_787),
    "D7: 397 403 787 / 312": ("unit_cost", TRAINED, 1_273_730.0865384615),
    "back to an hour, nearly: 1 273 730 / 2 659": ("cost_per_hour", TRAINED, 397_403_787 / 312 / 2_659),
    "D11: 1 156 000 / 2 659": ("cost_per_hour", RESIDENT, 434.7499059797),
    "1 426 000 / 1 321": ("base_cost_per_hour", RESIDENT, 1_426_000 / 1_321),
    "312 × 1 156 000": ("total_cost", RESIDENT, 360_672_000),
    "252 × 1 426 000": ("base_total_cost", RESIDENT, 359_352_000),
    "D12: 360 672 000 − 359 352 000": ("total_gap", RESIDENT, 1_320_000),
    "360 672 000 / 359 352 000": ("total_ratio", RESIDENT, 1.00367327856809),
    "D13: 1 426 000 / 1 156 000 − 1": ("base_gap_share", RESIDENT, 0.233564013841),
    "1 156 000 − 1 426 000": ("unit_cost_gap", RESIDENT, -270_000),
    "−270 000 / 1 426 000: 19 % less": ("unit_cost_gap_share", RESIDENT, -270_000 / 1_426_000),
    "312 × −270 000": ("effect_of_base_cost", RESIDENT, -84_240_000),
    "where no base is known there is no gap": ("unit_cost_gap", TRAINED, None),
}
# The scenario, the figure and the item beside the arithmetic.
ELSEWHERE = {
    "q73.8: 20 million / 1 426 000": ("drammen2020", "units_bought", "staffed_dwelling", 14.0252454418),
    "7.1 million / 10": ("drammen2017", "unit_cost", "adapted_job", 710_000),
    "1.3 billion / 5 000": ("drammen2017", "unit_cost", "programme_user", 260_000),
    "1.3 billion / 2 000": ("drammen2017", "unit_cost", "programme_employee", 650_000),
    "drammen2017.11: 1.3 billion / 68 363": ("drammen2017", "unit_cost", "inhabitant", 19_016.1344586984),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("unit-cost", "baerum2016")


@pytest.mark.parametrize(("figure", "keys", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_documents_figures_come_out(audit, figure, keys, value):
    keys = {key: name or None for key, name in keys.items()}
    assert audit(figure, **keys) == (value if value is None else pytest.approx(value, rel=1e-9))


@pytest.mark.parametrize(("scenario", "figure", "item", "value"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_those_of_drammen_do(shipped, scenario, figure, item, value):
    assert shipped("unit-cost", scenario)(figure, item=item) == pytest.approx(value, rel=1e-9)


def test_a_price_of_before_the_merger_is_warned_of(shipped):
    merged, prices = shipped("unit-cost", "drammen2020").result.warnings
    assert "values of Drammen (before 2020) and Drammen (merged 2020), which are not the same municipality: " in merged
    assert prices.startswith(
        "These figures combine amounts in the prices of different years (2015, 2020) without converting them: "
    )


def test_dearer_units_than_the_bases_save_and_cheaper_ones_cost(audit):
    directions = {f.figure: f.direction for f in audit.result.figures if f.keys["item"] == "staffed_dwelling"}
    assert directions["unit_cost_gap"] == "costs"
    assert directions["effect_of_base_cost"] == "costs"
    assert directions["total_gap"] is None


@pytest.fixture
def costed(answers):
    def of(**row):
        found = answers("unit-cost", {"unit_cost": {"items": [{"item": "i", "base": "b", **row}]}})
        return lambda figure: found(figure, item="i", base="b")

    return of


OWN = {
    "a total and a count": {"total": 600_000, "count": 3},
    "a unit cost and a count": {"unit_cost": 200_000, "count": 3},
    "hours, the cost of one and a count": {"total_hours": 1_200, "hourly_cost": 500, "count": 3},
}
BASE = {
    "a total and a count": {"base_total": 1_000_000, "base_count": 4},
    "a unit cost and a count": {"base_unit_cost": 250_000, "base_count": 4},
}


@pytest.mark.parametrize("base", BASE.values(), ids=BASE.keys())
@pytest.mark.parametrize("own", OWN.values(), ids=OWN.keys())
def test_every_form_of_the_same_says_the_same(costed, own, base):
    found = costed(**own, **base)
    # 200 000 of 250 000, three against four of them
    assert found("unit_cost_gap") == -50_000
    assert found("unit_cost_gap_share") == -0.2
    assert found("base_gap_share") == 0.25
    assert found("effect_of_base_cost") == -150_000
    assert found("total_gap") == -400_000


def test_unit_costs_alone_have_a_gap_and_no_totals(costed):
    found = costed(unit_cost=200_000, base_unit_cost=250_000)
    assert found("unit_cost_gap") == -50_000
    assert found("total_gap") is None
    assert found("effect_of_base_cost") is None


def test_units_that_cost_nothing_have_no_share_and_no_number_for_a_purchase(costed):
    found = costed(total=0, count=3, base_total=0, base_count=4, purchase=100)
    assert found("unit_cost_gap") == 0
    assert found("unit_cost_gap_share") is None
    assert found("units_bought") is None
    assert found("units_bought_at_base") is None


money, units = st.floats(1, 1e9), st.floats(0.5, 1e5)


@given(total=money, count=units)
def test_units_at_their_cost_are_the_total(total, count):
    assert formulas.total_of_units(formulas.cost_of_a_unit(total, count), count) == pytest.approx(total)


@given(own=money, base=money)
def test_the_two_shares_are_one_relation_from_both_sides(own, base):
    gap = formulas.unit_cost_gap(own, base)
    here, there = formulas.unit_cost_gap_share(gap, base), formulas.base_gap_share(gap, own)
    assert (1 + here) * (1 + there) == pytest.approx(1, rel=1e-6)


@given(total=money, count=units)
def test_what_all_units_cost_buys_as_many(total, count):
    assert formulas.units_bought(total, formulas.cost_of_a_unit(total, count)) == pytest.approx(count)


FAULTS = {
    "no users": ({"total": 5, "count": 0}, "unit_cost.items.i/b.count: found 0; allowed: a number (units), over 0"),
    "no users elsewhere": (
        {"base_total": 5, "base_count": 0},
        "base_count: found 0; allowed: a number (units), over 0",
    ),
    "a free unit": ({"unit_cost": 0}, "unit_cost: found 0; allowed: a number (NOK per unit), over 0"),
    "hours that no unit takes": ({"unit_cost": 1, "hours_per_unit": 0}, "hours_per_unit: found 0; allowed: a number"),
    "two ways": ({"total": 5, "unit_cost": 5}, "found total + unit_cost; allowed is exactly one of"),
    "a total of nobody": ({"total": 5}, "found total; allowed is exactly one of"),
    "nothing": ({}, "found none of them; allowed is exactly one of"),
}


@pytest.mark.parametrize(("row", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_told(costed, row, told):
    with pytest.raises(Exception, match="found") as caught:
        costed(**row)
    assert told in str(caught.value)


def test_an_hour_may_be_built_up_from_gross_pay(answers):
    item = {"item": "place", "total_hours": 34_000, "gross_pay": 500_000, "count": 10}
    found = answers("unit-cost", {"unit_cost": {"hours_per_fte": 1_700, "payroll_zone": "V", "items": [item]}})
    # 20 FTE at 500 000 for ten places
    assert found("unit_cost", item="place") == pytest.approx(1_000_000)


def test_a_unit_cost_that_cannot_be_is_told_as_such(omsorg):
    # 0.04% of 252 recipients is a tenth of a purchase
    shown = omsorg("unit-cost", "drammen2020").stdout
    assert "is less than one purchase, which is impossible" in shown
    assert "0.04" not in omsorg("insource", "drammen2020").stdout
