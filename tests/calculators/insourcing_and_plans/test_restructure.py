import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.insourcing_and_plans import restructure as formulas

SERVICE = {"service": "developmental_disability"}
EACH = "restructure.services.developmental_disability.dwellings_each"

# From computations.csv, C.baerum2017.A19 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "9 × 3.5": ("dwellings_affected", 31.5),
    "31.5 × D7": ("cost_of_affected", 31.5 * 397_403_787 / 312),
    "a hundredth of it": ("saving_per_percent", 0.315 * 397_403_787 / 312),
    "A20: 200 × D7": ("cost_of_need", 254_746_017.3076923),
    "A21: 200 / 312": ("need_growth", 0.641025641026),
    "by how much a dwelling gets cheaper is not published": ("running_saving", None),
    "nor what one costs to build": ("capital_cost", None),
    "nor how large a new facility is": ("new_facilities", None),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("restructure", "baerum2016")


@pytest.mark.parametrize(("figure", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_figures_come_out(audit, figure, value):
    assert audit(figure, **SERVICE) == (value if value is None else pytest.approx(value, rel=1e-9))


@pytest.mark.parametrize(("each", "dwellings"), [(3, 27), (4, 36)], ids=["A19: 9 × 3", "9 × 4"])
def test_three_or_four_dwellings_each_are_27_or_36(shipped, each, dwellings):
    assert shipped("restructure", "baerum2016", f"{EACH}={each}")("dwellings_affected", **SERVICE) == dwellings


def test_what_the_source_lacks_is_said(audit):
    for name in ("cost_reduction", "new_facility_size", "building_cost", "interest_rate", "lifetime"):
        assert name in audit.missing


def test_a_change_of_the_unit_cost_reaches_through(shipped):
    # 200 × 829 653 × 500 / 312
    found = shipped("restructure", "baerum2016", "unit_cost.items.training_user.hourly_cost=500")
    assert found("cost_of_need", **SERVICE) == pytest.approx(200 * 829_653 * 500 / 312)


@pytest.fixture
def built(answers):
    def of(**row):
        found = answers("restructure", {"restructure": {"services": [{"service": "s", **row}]}})
        return lambda figure: found.missing if figure == "missing" else found(figure, service="s")

    return of


WHOLE = {
    "facilities": 5,
    "dwellings_each": 4,
    "new_facility_size": 8,
    "cost_per_dwelling": 1_000_000,
    "cost_reduction": 0.1,
    "building_cost": 3_000_000,
    "lifetime": 30,
    "interest_rate": 0,
    "more_dwellings": 16,
    "users": 40,
}


def test_new_dwellings_that_no_saving_pays_for_are_told(answers):
    # 2 million a year of capital for a service of 20 million, and of 1 million
    said = "S would not pay for new buildings even if the service in them cost nothing."
    for cost, share, told in ((1_000_000, 0.1, False), (50_000, 2, True)):
        row = {"service": "s", **WHOLE, "cost_per_dwelling": cost}
        found = answers("restructure", {"restructure": {"services": [row]}})
        assert found("break_even_cost_reduction", service="s") == pytest.approx(share)
        assert (said in found.result.remarks) is told


def test_a_whole_case_by_hand(built):
    found = built(**WHOLE)
    assert found("dwellings_affected") == 20
    assert found("new_facilities") == 3  # 20 / 8 = 2.5
    assert found("cost_of_affected") == 20_000_000
    assert found("running_saving") == pytest.approx(2_000_000)
    assert found("investment") == 60_000_000
    assert found("capital_cost") == 2_000_000  # 60 million over 30 years without interest
    assert found("net_saving") == pytest.approx(0)
    assert found("break_even_cost_reduction") == pytest.approx(0.1)
    assert found("facilities_of_need") == 2
    assert found("need_growth") == 0.4
    assert found("cost_of_need") == 16_000_000


def test_with_interest_a_building_costs_its_annuity(built):
    # 60 million × 0.04 / (1 − 1.04^−30) = 60 million × 0.0578300991
    assert built(**{**WHOLE, "interest_rate": 0.04})("capital_cost") == pytest.approx(3_469_805.948, rel=1e-9)


def test_counts_alone_give_dwellings_and_say_what_is_missing(built):
    found = built(facilities=9, dwellings_each=3)
    assert found("dwellings_affected") == 27
    assert found("cost_of_affected") is None
    assert "cost_per_dwelling" in found("missing")


def test_nothing_to_close_has_no_cost_to_break_even_with(built):
    found = built(**{**WHOLE, "facilities": 0})
    assert found("dwellings_affected") == 0
    assert found("new_facilities") == 0
    assert found("break_even_cost_reduction") is None


def test_no_users_today_have_no_growth(built):
    assert built(**{**WHOLE, "users": 0})("need_growth") is None


def test_an_item_that_is_not_there_is_said_to_be_missing(built):
    found = built(more_dwellings=10, cost_from="nowhere")
    assert found("cost_of_need") is None
    assert "unit-cost" in found("missing") or "unit_cost" in found("missing")


@given(facilities=st.integers(0, 100), each=st.floats(0.5, 20), size=st.floats(1, 50))
def test_new_facilities_hold_all_and_one_less_would_not(facilities, each, size):
    dwellings = formulas.dwellings_affected(facilities, each)
    needed = formulas.new_facilities(dwellings, size)
    assert needed * size >= dwellings - 1e-6
    assert (needed - 1) * size < dwellings + 1e-6


@given(cost=st.floats(1, 1e9), capital=st.floats(0, 1e8))
def test_at_break_even_nothing_is_saved(cost, capital):
    share = formulas.break_even_cost_reduction(capital, cost)
    saving = formulas.net_saving(formulas.running_saving(cost, share), capital)
    assert saving == pytest.approx(0, abs=1e-6 * (cost + capital))


FAULTS = {
    "two costs": (
        {"cost_per_dwelling": 5, "cost_from": "x"},
        "found cost_per_dwelling + cost_from; allowed is exactly one of: cost_per_dwelling; cost_from; none of them",
    ),
    "half a facility": ({"facilities": 1.5}, "found 1.5; allowed: a whole number (facilities)"),
    "an empty facility": ({"new_facility_size": 0}, "found 0; allowed: a number (dwellings per facility), over 0"),
    "cheaper than nothing": ({"cost_reduction": 1.2}, "found 1.2; allowed: a number (share)"),
}


@pytest.mark.parametrize(("row", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_told(built, row, told):
    with pytest.raises(Exception, match="found") as caught:
        built(**row)
    assert told in str(caught.value)
