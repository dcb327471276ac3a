import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError

MILLION = 1_000_000
ROW = {"project": "p", "places": 10, "target_cost": 80, "cost_cap": 100}


@pytest.fixture(scope="module")
def invested(answers):
    """The answers for a project, and others; paid off over 40 years without interest unless said otherwise."""

    def of(changes=None, *others, **table):
        row = {key: value for key, value in {**ROW, **(changes or {})}.items() if value is not None}
        held = {"lifetime": 40, "interest_rate": 0, "projects": [row, *others], **table}
        return answers("invest", {"invest": held})

    return of


@pytest.fixture(scope="module")
def gardermoen(shipped):
    return shipped("invest", "gardermoen")


PRINTED = {
    "gardermoen, capital costs: 332 / (896 − 332), printed as 59 %": ("rise_share", 332 / 564),
    "896 − 332": ("earlier_estimate", 564 * MILLION),
    "C.gardermoen.4: 896 / 130": ("target_per_place", 6_892_307.692307692),
    "988 / 130": ("cap_per_place", 7.6 * MILLION),
    "92 / 896": ("reserve_share", 0.102678571),
    "C.gardermoen.12: 7.6 / (735 / 158)": ("cap_ratio", 1.6337414966),
    # 1.04^40 = 4.80102063, so that the annuity is 0.04 / (1 − 1 / 4.80102063) = 5.0523489 %
    "988 million over 40 years at 4 %": ("annuity_at_cap", 49_917_207.1),
    "and for each of 130": ("annuity_per_place_at_cap", 383_978.5),
    "896 million at 5.0523489 %": ("annuity_at_target", 45_269_046.1),
}


@pytest.mark.parametrize(("figure", "value"), PRINTED.values(), ids=PRINTED.keys())
def test_dronning_ingrids_hage(gardermoen, figure, value):
    assert gardermoen(figure, project="dronning_ingrids_hage") == pytest.approx(value, rel=1e-7)


READINGS = {
    "735 / 158": ("", 158, 4_651_898.734),
    "735 / (158 + 22)": ("+with_22", 180, 4_083_333.333),
    "C.gardermoen.10: 735 / (158 + 20)": ("+with_day_places", 178, 4_129_213.4831460672),
    "C.gardermoen.11: 735 / (158 + 22 + 20)": ("+with_22+with_day_places", 200, 3_675_000),
}


@pytest.mark.parametrize(("overlays", "places", "value"), READINGS.values(), ids=READINGS.keys())
def test_readings_of_carpe_diem(shipped, overlays, places, value):
    found = shipped("invest", f"gardermoen{overlays}")
    assert found("places", project="carpe_diem") == places
    assert found("cap_per_place", project="carpe_diem") == pytest.approx(value)
    assert found("target_per_place", project="carpe_diem") is None


# Risen from 60 by 20, a third, to 80.
PAIRS = {
    "target and earlier estimate": {"earlier_estimate": 60},
    "target and rise": {"rise": 20},
    "target and share": {"rise_share": "1/3"},
    "earlier estimate and rise": {"target_cost": None, "earlier_estimate": 60, "rise": 20},
    "earlier estimate and share": {"target_cost": None, "earlier_estimate": 60, "rise_share": "1/3"},
    "rise and share": {"target_cost": None, "rise": 20, "rise_share": "1/3"},
}


@pytest.mark.parametrize("changes", PAIRS.values(), ids=PAIRS.keys())
def test_two_estimates_give_the_others(invested, changes):
    found = invested(changes)
    names = ("target_cost", "earlier_estimate", "rise", "rise_share", "reserve_share")
    assert [found(name, project="p") for name in names] == pytest.approx([80, 60, 20, 1 / 3, 0.25])


def test_the_earlier_estimate_by_the_printed_share(invested):
    # C.gardermoen.3: 332 / 0.59
    changes = {"target_cost": None, "cost_cap": 988 * MILLION, "rise": 332 * MILLION, "rise_share": 0.59}
    assert invested(changes)("earlier_estimate", project="p") == pytest.approx(562_711_864.4067796)


def test_an_estimate_that_has_fallen(invested):
    found = invested({"rise": -20})
    assert (found("earlier_estimate", project="p"), found("rise_share", project="p")) == (100, -0.2)


def test_a_rise_of_nothing_by_nothing_tells_nothing(invested):
    found = invested({"target_cost": None, "rise": 0, "rise_share": 0})
    assert found("earlier_estimate", project="p") is None
    assert "earlier_estimate (p): no earlier estimate follows from a rise of zero." in found.missing


def test_a_target_above_the_cap_has_no_reserve_and_the_run_says_so(invested):
    # 75 − 80, of 80
    found = invested({"cost_cap": 75})
    assert (found("reserve", project="p"), found("reserve_share", project="p")) == (-5, -0.0625)
    assert found.result.remarks == ("The target cost of P is above its cost cap, so there is no reserve.",)
    assert invested().result.remarks == ()


def test_without_interest_an_even_part_a_year(invested):
    # 80 / 40 and 100 / 40, for each of 10 places
    found = invested()
    names = ("annuity_at_target", "annuity_at_cap", "annuity_per_place_at_target", "annuity_per_place_at_cap")
    assert [found(name, project="p") for name in names] == pytest.approx([2, 2.5, 0.2, 0.25])


def test_a_projects_own_lifetime_goes_before_that_of_all(invested):
    assert invested({"lifetime": 20})("annuity_at_cap", project="p") == 5


def test_kinds_that_do_not_count(invested):
    kinds = [{"kind": "a", "places": 8}, {"kind": "b", "places": 2, "counted": False}]
    found = invested({"places": None, "kinds": kinds})
    assert (found("places", project="p"), found("cap_per_place", project="p")) == (8, 12.5)


def test_no_places_that_count(invested):
    found = invested({"places": None, "kinds": [{"kind": "a", "places": 8, "counted": False}]})
    assert found("cap_per_place", project="p") is None
    assert "no places are counted." in found.missing


@pytest.mark.slow
@given(st.floats(1, 1e9), st.integers(1, 10**3), st.floats(1, 1e9), st.integers(1, 10**3))
def test_ratios_of_two_projects_are_each_others_inverse(invested, cap, places, other_cap, other_places):
    other = {"project": "q", "places": other_places, "cost_cap": other_cap, "compared_with": "p"}
    found = invested({"target_cost": None, "cost_cap": cap, "places": places, "compared_with": "q"}, other)
    assert found("cap_ratio", project="p") * found("cap_ratio", project="q") == pytest.approx(1)
    assert found("cap_ratio", project="p") == pytest.approx(cap / places / (other_cap / other_places))


@given(st.floats(1, 100), st.one_of(st.just(0.0), st.floats(1e-6, 1)))
def test_the_annuity_pays_the_cost_off(invested, lifetime, rate):
    """Never less than an even part, never more than that and a year's interest on all of it."""
    found = invested({"lifetime": lifetime, "interest_rate": rate})("annuity_at_cap", project="p")
    assert 100 / lifetime * (1 - 1e-9) <= found <= (100 / lifetime + 100 * rate) * (1 + 1e-9)


KIND = {"kind": "a", "places": 1}
FAULTS = {
    "a lifetime of nothing": ({"lifetime": 0}, r"lifetime: found 0; allowed: a number \(years\), at least 1"),
    "three estimates": (
        {"rise": 20, "rise_share": 0.3},
        r"found target_cost \+ rise \+ rise_share; allowed: at most two of",
    ),
    "a rise of all of it": ({"rise": 80}, "rise: found 80 of a target cost of 80; allowed: less than the target cost"),
    "a rise and a fall": ({"target_cost": None, "rise": 5, "rise_share": -0.1}, "allowed: the same sign in both"),
    "no places": ({"places": None}, "found none of them; allowed is exactly one of: places; kinds"),
    "places twice": ({"kinds": [KIND]}, r"found places \+ kinds"),
    "one kind twice": ({"places": None, "kinds": [KIND, KIND]}, "has the same kind as an earlier item"),
    "compared with itself": ({"compared_with": "p"}, 'compared_with: found "p", which is no other project'),
    "compared with nothing known": ({"compared_with": "x"}, 'found "x", which is no other project'),
    "a negative interest": ({"interest_rate": -0.01}, "interest_rate: found -0.01"),
}


@pytest.mark.parametrize(("changes", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_refused(invested, changes, told):
    with pytest.raises(OmsorgError, match=told):
        invested(changes)


def test_a_lifetime_of_nothing_for_all_is_refused(invested):
    with pytest.raises(OmsorgError, match=r"invest.lifetime: found 0; allowed: a number \(years\), at least 1"):
        invested(lifetime=0)


def test_stated_and_computed_amounts_stand_in_the_scale_of_their_table(omsorg):
    # 896 − 332 = 564; 332 of 564; 988 − 896 = 92; 92 of 896
    told = omsorg("invest").stdout
    assert re.search(
        r"^ *Dronning Ingrids hage \(Oslo\) +564\.0 +58\.9% +896\.0 +988\.0 +92\.0 +10\.3%$", told, re.MULTILINE
    )
