"""Whether what comes in-house can be staffed: told where it cannot, or slowed to what can."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError
from turns import examples

BASE = {
    "programme": "P1",
    "annual_cost": 12_000,
    "repatriable_share": 0.5,
    "own_cost_ratio": 0.8,
    "wage_share": 0.75,
    "wage_per_fte": 100,
    "phases": [{"share": 1, "from": "2020-01"}],
}
YEARS = (2020, 2021, 2022)
# 6 000 × 0.8 × 0.75 / 100 = 36 FTE from 2020 on
SLOW = {"fte_available": 12, "limit_to_staff": True}


def texts(found):
    return [text for text in found.result.remarks if "FTE" in text]


def test_the_years_are_told_for_which_more_are_needed_than_can_be_recruited(insourced):
    found = insourced(BASE, fte_available=12)
    assert found.series("fte_recruited", "year") == {2020: 12, 2021: 24, 2022: 36}
    assert found.series("fte_short", "year") == {
        2020: pytest.approx(24),
        2021: pytest.approx(12),
        2022: pytest.approx(0),
    }
    told = "more FTE are needed than can have been recruited by then: P1, phase 1, from 2020-01, is the first phase"
    assert texts(found) == [f"In {year}, {told} without enough." for year in (2020, 2021)]
    assert found("purchase_avoided", year=2020) == 6_000


def test_what_cannot_be_staffed_waits(insourced):
    found = insourced(BASE, **SLOW)
    assert found.series("fte_needed", "year") == {
        2020: pytest.approx(12),
        2021: pytest.approx(24),
        2022: pytest.approx(36),
    }
    assert found.series("purchase_avoided", "year") == {
        2020: pytest.approx(2_000),
        2021: pytest.approx(4_000),
        2022: pytest.approx(6_000),
    }
    assert found("saving_at_full_effect") == insourced(BASE)("saving_at_full_effect")
    told = (
        "less is in-house than planned, since not enough FTE can have been recruited by then: P1, phase 1, from 2020-01"
    )
    assert texts(found) == [f"In {year}, {told}, is the first phase without enough." for year in (2020, 2021)]


# 36 FTE in all: 9 from January 2020, 18 from July 2020, and 9 from May 2021; P2 needs 24, half of it from April 2020
LATER = [{"share": 0.25, "from": "2020-01"}, {"share": 0.5, "from": "2020-07"}, {"share": 0.25, "from": "2021-05"}]
OTHER = {**BASE, "programme": "P2", "annual_cost": 8_000, "phases": [{"share": 0.5, "from": "2020-04"}]}


def first_short(recruited, *phases):
    """The first phase of each year, by its month, without enough FTE: month by month, apart from the program."""
    found = {}
    for year in YEARS:
        need = 0.0
        for name, fte, (from_year, from_month) in sorted(phases, key=lambda one: one[2]):
            months = sum((year, month) >= (from_year, from_month) for month in range(1, 13))
            need += fte * months / 12
            if months and need > recruited * (year - YEARS[0] + 1) + 1e-9:
                found[year] = name
                break
    return found


@pytest.mark.parametrize("recruited", [8, 9, 10, 15, 17, 20, 25, 40])
@pytest.mark.parametrize("limited", [True, False])
def test_the_first_phase_without_enough_is_named_with_its_month(insourced, recruited, limited):
    found = insourced({**BASE, "phases": LATER}, OTHER, fte_available=recruited, limit_to_staff=limited)
    wanted = first_short(
        recruited,
        ("P1, phase 1, from 2020-01", 9, (2020, 1)),
        ("P2, phase 1, from 2020-04", 12, (2020, 4)),
        ("P1, phase 2, from 2020-07", 18, (2020, 7)),
        ("P1, phase 3, from 2021-05", 9, (2021, 5)),
    )
    said = {int(text.split()[1].strip(",")): text for text in texts(found)}
    assert said.keys() == wanted.keys()
    assert all(f": {wanted[year]}, is the first phase without enough." in text for year, text in said.items())
    assert all(("less is in-house than planned" in text) == limited for text in said.values())


def test_a_phase_of_a_category_that_nothing_comes_of_needs_no_wages(insourced):
    parts = [{"category": "a", "share_of_cost": 0.5}, {"category": "b", "share_of_cost": 0.5, "repatriable_share": 0}]
    found = insourced({**BASE, "categories": parts}, fte_available=12)
    assert [text for text in texts(found) if "P1, A, phase 1" in text]
    assert not [text for text in texts(found) if "P1, B" in text]


def test_all_programmes_wait_alike_and_what_goes_out_does_not(insourced):
    other = {**BASE, "programme": "P2", "annual_cost": 4_000}
    out = {**BASE, "programme": "P3", "direction": "out"}
    found, alone = insourced(BASE, other, out, **SLOW), insourced(BASE, other)
    # 36 and 12 FTE, of which 12 can be recruited in 2020: a quarter
    for programme in ("P1", "P2"):
        at = {"programme": programme, "year": 2020}
        assert found("own_cost", **at) == pytest.approx(alone("own_cost", **at) / 4)
    assert found("own_cost", programme="P3", year=2020) == pytest.approx(-4_800)


def test_contracts_wait_too(insourced):
    found = insourced({**BASE, "contract_until": "2020-12", "overlap_months": 2}, **SLOW)
    # a third of what is planned: 6 000 are paid twice where all comes, two months of both and ten of the contract
    assert found("paid_twice", year=2020) == pytest.approx(2_000)


def test_the_rest_of_the_account_and_the_refunds_wait_too(insourced):
    group = {"users": 4, "net_wage_cost": 300, "net_wage_cost_in_house": 200}
    rules = {"refund_threshold": 100, "refund_rate": 0.5}
    purchase = {**BASE, "contract_followup": 900, "overhead_share": 0.1, "refund_groups": [group]}
    found = insourced(purchase, **SLOW, **rules)
    # a third of what is planned for 2020: of half of 900, of a tenth of 4 800, and of half of 4 × (50 − 100)
    assert found("followup_saved", year=2020) == pytest.approx(150)
    assert found("overhead_added", year=2020) == pytest.approx(160)
    assert found("refund_change", year=2020) == pytest.approx(-100 / 3)


def test_without_a_limit_and_without_staff_nothing_is_said(insourced):
    assert texts(insourced(BASE)) == []
    assert "recruited" not in insourced(BASE).missing
    assert insourced(BASE)("fte_recruited", year=2020) is None


def test_a_limit_without_staff_is_refused(insourced):
    with pytest.raises(ScenarioError, match="found limit_to_staff without fte_available"):
        insourced(BASE, limit_to_staff=True)


PHASE = st.fixed_dictionaries(
    {
        "share": st.floats(0.01, 0.5),
        "from": st.sampled_from(("2020-01", "2021-07", "2022-03")),
        "over_months": st.integers(0, 30),
    }
)


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(30))
@given(
    phases=st.lists(PHASE, min_size=1, max_size=2),
    ratios=st.lists(st.floats(0.1, 2), min_size=1, max_size=3),
    staff=st.floats(0.1, 90),
)
def test_no_more_is_in_house_than_planned_or_than_can_be_staffed(insourced, phases, ratios, staff):
    purchases = [
        {**BASE, "programme": f"P{index}", "own_cost_ratio": ratio, "phases": phases}
        for index, ratio in enumerate(ratios)
    ]
    free, limited = insourced(*purchases), insourced(*purchases, fte_available=staff, limit_to_staff=True)
    for year in YEARS:
        planned, found = free("fte_needed", year=year), limited("fte_needed", year=year)
        assert found == pytest.approx(min(planned, staff * (year - 2019)), abs=1e-9)
        assert limited("purchase_avoided", year=year) <= free("purchase_avoided", year=year) + 1e-6


@pytest.mark.parametrize(
    ("zone", "tax"), [("I", 0.141), ("II", 0.106), ("III", 0.064), ("IV", 0.051), ("IVa", 0.079), ("V", 0)]
)
def test_the_wage_of_an_fte_is_built_up_from_gross_pay(insourced, zone, tax):
    purchase = {**BASE, "gross_pay": 61_587}
    del purchase["wage_per_fte"]
    rates = {"payroll_zone": zone, "holiday_pay": 0.12, "pension": 0.13, "supplement": 0.08, "sick_leave": 0.1}
    found = insourced(purchase, **rates, replaced_share=0.5)
    wage = 61_587 * 1.08 * 1.25 * (1 + tax) * 1.05
    # 6 000 × 0.8 × 0.75 of wages
    assert found("fte_needed", year=2021) == pytest.approx(3_600 / wage)


def test_two_wages_of_an_fte_are_refused(insourced):
    with pytest.raises(ScenarioError, match="found gross_pay beside wage_per_fte"):
        insourced({**BASE, "gross_pay": 500_000})


@pytest.mark.parametrize("start", [2021, "2021"])
def test_a_plan_by_year_comes_in_january(insourced, start):
    by_year = insourced({**BASE, "phases": [{"share": 1, "from": start}]})
    by_month = insourced({**BASE, "phases": [{"share": 1, "from": "2021-01"}]})
    assert by_year.held == by_month.held


def test_what_is_looked_into_grows_as_the_phases_do(insourced):
    def uses(number):
        phases = [{"share": 1 / 64, "from": f"2020-{1 + index % 12:02}"} for index in range(number)]
        found = insourced({**BASE, "phases": phases}, fte_available=1)
        return sum(len(step.slots) for step in found.result.record.plan.steps)

    few, more, most = map(uses, (16, 32, 64))
    assert most - more == 2 * (more - few)


def test_staff_released_by_what_goes_out_are_shown_apart_and_fill_no_posts(insourced):
    # 800 of wages at 100 are 8 FTE that come in, 300 at 100 are 3 that go out: 4 and 8 can be recruited by then
    start = [{"share": 1, "from": "2020-01"}]
    common = {"repatriable_share": 1, "own_cost_ratio": 1, "wage_share": 1, "wage_per_fte": 100, "phases": start}
    there = {"programme": "in", "annual_cost": 800, **common}
    back = {"programme": "out", "annual_cost": 300, "direction": "out", **common}
    found = insourced(there, back, fte_available=4)
    assert found.series("fte_needed", "year") == {2020: 8, 2021: 8, 2022: 8}
    assert found.series("fte_released", "year") == {2020: 3, 2021: 3, 2022: 3}
    assert (found("fte_needed", programme="out", year=2020), found("fte_released", programme="in", year=2020)) == (0, 0)
    assert found("fte_short", year=2020) == 4
    limited = insourced(there, back, fte_available=4, limit_to_staff=True)
    assert limited.series("fte_needed", "year") == {2020: 4, 2021: 8, 2022: 8}
    assert insourced(there)("fte_released", year=2020) is None
