from itertools import permutations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.core.errors import ScenarioError
from turns import examples


def by_every_order(factors):
    """Each factor's part: the mean over all orders of what changing it from the base's value to the own one changes."""
    orders = list(permutations(range(3)))
    parts = [0.0] * 3
    for order in orders:
        at = [base for _, base in factors]
        for index in order:
            before = prod(at)
            at[index] = factors[index][0]
            parts[index] += (prod(at) - before) / 6
    return parts


# 312 users beside 252 × 124 008 / 68 363, 2 659 hours beside 1 321, 785 606 / 1 695 kroner beside (785 606 − 32 000) / 1 695
COVERAGE, HOURS, WAGES = by_every_order(
    [(312, 252 * 124_008 / 68_363), (2_659, 1_321), (785_606 / 1_695, 753_606 / 1_695)]
)
REFUNDS = -54_534_250.98371  # P3 of computations.csv
ALONE = 829_608 * 32_000 / 1_695  # what 32 000 kroner less per FTE change in the services' hours
AUDIT = {
    "the published potential": ("gap", 394_000_000),
    "by every order of the three": ("part_of_wages", WAGES),
    "as many users as Drammen has": ("part_of_coverage", COVERAGE),
    "Drammen's hours each": ("part_of_hours", HOURS),
    "refunds narrow it": ("part_of_refunds", REFUNDS),
    "W2 without the services' hours": ("part_of_other_wages", 91_904_000 - ALONE),
    "D4, as the audit has it": ("alone_hours", 193_484_329.4017),
    "what is left": (
        "rest",
        394_000_000 - (WAGES + COVERAGE + HOURS + REFUNDS) - (91_904_000 - ALONE) - 744_048,
    ),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("bridge", "baerum2016")


@pytest.mark.parametrize(("figure", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_gap_to_drammen_is_taken_apart(audit, figure, value):
    assert audit(figure, base="drammen") == pytest.approx(value, rel=1e-9)


def test_the_wages_alone_are_the_audits_in_and_outside_the_services(audit):
    # W2: 32 000 × 2 872
    found = audit("alone_wages", base="drammen") + audit("part_of_other_wages", base="drammen")
    assert found == pytest.approx(91_904_000)


def test_depreciation_is_six_kroner_per_inhabitant(audit):
    assert audit("driver_amount", base="drammen", driver="depreciation") == 744_048  # W16


def test_against_the_mean_services_leave_four_hundred_and_twenty_kroner(audit):
    # H8 of computations.csv; 939 − 518.5634885726
    keys = {"base": "asss", "by": "by_service"}
    assert audit("explained_per_inhabitant", **keys) == pytest.approx(518.5634885726)
    assert audit("rest_per_inhabitant", **keys) == pytest.approx(420.4365114274)


def test_against_the_mean_wages_leave_34_million(audit):
    assert audit("rest", base="asss") == 34_443_512  # W9


def test_and_against_drammen_nearly_as_much(audit):
    # H9: 2 233.73 + 6 % of 8 797.60; 394 million / 124 008 is 3 177.21
    keys = {"base": "drammen", "by": "by_service"}
    assert audit("explained_per_inhabitant", **keys) == pytest.approx(2_761.5830957534)
    assert audit("rest_per_inhabitant", **keys) == pytest.approx(3_177.214373266 - 2_761.5830957534)


def test_without_drivers_only_the_wages_are_taken_out(audit):
    # 398 437 704 − 261 352 000
    assert audit("rest", base="kristiansand") == 137_085_704
    assert "kristiansand" not in audit.missing


PARTS = ("part_of_wages", "part_of_coverage", "part_of_hours", "part_of_refunds")
POSITIVE = st.floats(1, 1_000)
PEOPLE = st.integers(1, 1_000)
INHABITANTS = st.integers(1_000, 10**6)


@settings(max_examples=examples(30), deadline=None)
@given(st.tuples(PEOPLE, POSITIVE, PEOPLE, POSITIVE, INHABITANTS, INHABITANTS), POSITIVE, POSITIVE)
def test_the_parts_and_the_rest_add_up_to_the_gap(answers, sizes, refunds, base_refunds):
    users, hours, base_users, base_hours, population, base_population = sizes
    of_base = [{"service": "s", "users": base_users, "hours_per_user": base_hours}]
    data = {
        "common": {"wage_per_fte": 2_000, "hours_per_fte": 100},
        "hours": {
            "population": population,
            "services": [{"service": "s", "users": users, "hours_per_user": hours}],
            "bases": [{"base": "b", "population": base_population, "services": of_base}],
        },
        "coverage": {
            "services": [{"service": "s", "refunds": refunds}],
            "bases": [{"base": "b", "services": [{"service": "s", "refunds": base_refunds}]}],
        },
        "wage_gap": {"fte": 500, "comparisons": [{"base": "b", "year": 2020, "gap_per_fte": 150}]},
        "bridge": {
            "wage_year": 2020,
            "bases": [
                {
                    "base": "b",
                    "gap": 1_000_000,
                    "services": [{"service": "s"}],
                    "drivers": [{"driver": "d", "amount": 777}],
                }
            ],
        },
    }
    found = answers("bridge", data)
    parts = [found(name, base="b") for name in (*PARTS, "part_of_other_wages", "rest")]
    assert sum(parts) + 777 == pytest.approx(1_000_000, rel=1e-9)
    # the service's parts are the difference of its cost after refunds
    cost = users * hours * 20 - base_users * population / base_population * base_hours * 18.5
    scaled = refunds - base_refunds * population / base_population
    assert sum(parts[:4]) == pytest.approx(cost - scaled, rel=1e-9, abs=1e-6 * users * hours * 20)


FORMS = {
    "neither amount nor share": {"driver": "d"},
    "two amounts": {"driver": "d", "amount": 1, "gap_per_inhabitant": 1},
    "a share without its level": {"driver": "d", "gap_share": 0.1},
}


@pytest.mark.parametrize("driver", FORMS.values(), ids=FORMS.keys())
def test_a_driver_has_one_amount(answers, driver):
    with pytest.raises(ScenarioError, match="allowed is exactly one of: amount"):
        answers("bridge", {"bridge": {"bases": [{"base": "b", "gap": 1, "drivers": [driver]}]}})


def test_a_base_that_the_wage_gap_does_not_know_is_said_to_be_missing(answers):
    found = answers("bridge", {"bridge": {"wage_year": 2020, "bases": [{"base": "b", "gap": 5}]}})
    assert found("gap", base="b") == 5
    assert found("rest", base="b") is None
    assert "wage-gap" in found.missing


def test_with_other_wages_left_aside_nothing_of_them_is_needed(answers):
    found = answers("bridge", {"bridge": {"bases": [{"base": "b", "gap": 5, "other_wages": False}]}})
    assert found("rest", base="b") == 5
