import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError

PEOPLE = {("old", 2015): 400, ("old", 2025): 500, ("old", 2026): 550, ("old", 2027): 600}
YOUNGER = {("young", 2025): 1_000, ("young", 2026): 1_050, ("young", 2027): 1_100}
GROUP = {"service": "home", "age": "old", "users": 100}


@pytest.fixture(scope="module")
def projected(answers):
    """The answers for groups of a projection, 2025 to 2027; 500 inhabitants today, 550 and 600 then."""

    def of(*groups, people=PEOPLE, **table):
        held = {"first_year": 2025, "years": 3, "base_year": 2025, **table}
        rows = [{"age": age, "year": year, "inhabitants": count} for (age, year), count in people.items()]
        return answers("growth", {"growth": {**held, "populations": rows, "groups": list(groups)}})

    return of


def test_users_follow_inhabitants_at_constant_coverage(projected):
    found = projected({**GROUP, "hours_per_user": 170, "hourly_cost": 500}, hours_per_fte=1_700)
    home = {"service": "home", "age": "old"}
    # 100 of 500 are a fifth: 110 of 550, 120 of 600
    assert found("coverage_at_base", **home) == 0.2
    assert list(found.series("users", "year", **home).values()) == pytest.approx([100, 110, 120])
    # × 170 hours ÷ 1 700, and × 500 NOK
    assert list(found.series("fte", "year", **home).values()) == pytest.approx([10, 11, 12])
    assert list(found.series("care_cost", "year").values()) == pytest.approx([8.5e6, 9.35e6, 10.2e6])


def test_coverage_and_hours_move_in_even_steps_to_their_targets_and_stay_there(projected):
    row = {**GROUP, "target_coverage": 0.1, "target_year": 2026, "hours_per_user": 100, "target_hours_per_user": 200}
    found = projected(row)
    # from 0.2 to 0.1 in 2026: 100, 55, 60 users; from 100 hours to 200
    home = {"service": "home", "age": "old"}
    assert list(found.series("users", "year", **home).values()) == pytest.approx([100, 55, 60])
    assert list(found.series("hours", "year", **home).values()) == pytest.approx([10_000, 11_000, 12_000])
    halfway = projected({**GROUP, "target_coverage": 0.1, "target_year": 2027})
    assert halfway("users", year=2026, **home) == pytest.approx(550 * 0.15)


def test_a_stated_coverage_gives_the_users_and_a_place_may_be_for_some_of_them(projected):
    found = projected({"service": "home", "age": "old", "coverage": 0.3, "places_per_user": 0.5})
    assert list(found.series("places", "year", service="home").values()) == pytest.approx([75, 82.5, 90])


def test_five_age_groups_give_a_total(projected):
    people = {(f"a{n}", 2025 + year): 100 * (n + 1) + 10 * year for n in range(5) for year in range(3)}
    groups = [{"service": "home", "age": f"a{n}", "coverage": 0.1, "cost_per_user": 1_000} for n in range(5)]
    found = projected(*groups, people=people)
    # 10 + 20 + 30 + 40 + 50 users, then one more of each group's ten inhabitants
    assert list(found.series("users", "year", service="home").values()) == pytest.approx([150, 155, 160])
    assert list(found.series("care_cost", "year").values()) == pytest.approx([150_000, 155_000, 160_000])


def test_a_cost_per_user_is_the_same_with_hours_beside_it(projected):
    costs = [
        projected({**GROUP, "cost_per_user": 1_000, **more}, price_growth=0.1).series("care_cost", "year")
        for more in ({}, {"hours_per_user": 7})
    ]
    assert costs[0] == pytest.approx({2025: 100_000, 2026: 121_000, 2027: 145_200})
    assert costs[1] == pytest.approx(costs[0])


def test_the_change_has_four_parts(projected):
    row = {**GROUP, "target_coverage": 0.3, "target_year": 2027, "hours_per_user": 10, "target_hours_per_user": 20}
    found = projected({**row, "hourly_cost": 100}, price_growth=0.5)
    parts = [found(f"part_of_{name}", year=2027) for name in ("population", "coverage", "intensity", "price")]
    # 500 × 0.2 × 10 × 100 is 100 000; 600 × 0.3 × 20 × 225 is 810 000
    assert sum(parts) == pytest.approx(710_000)
    # with the same factor first and last, half each: 1.2, 1.5, 2 and 2.25 times
    a, b, c, d = 1.2, 1.5, 2, 2.25
    population = (a - 1) * (3 * (1 + b * c * d) + (b + c + d) + (b * c + b * d + c * d)) / 12 * 100_000
    assert parts[0] == pytest.approx(population)
    assert [found(f"part_of_{name}", year=2025) for name in ("population", "coverage", "intensity", "price")] == [0] * 4


CITIES = {"Oslo": (7_080, 5_589, -0.211), "Stavanger": (1_628, 1_350, -0.171)}
CITIES |= {"Haugesund": (493, 392, -0.205), "Sandnes": (841, 583, -0.307)}


@pytest.mark.parametrize(("expected", "users", "share"), CITIES.values(), ids=CITIES.keys())
def test_constant_coverage_of_2015_overshot(projected, expected, users, share):
    found = projected({"service": "home", "age": "old", "users": users, "expected_users": expected})
    assert found("backtest_gap_share", service="home", age="old") == pytest.approx(share, abs=0.0005)


def test_a_past_year_is_held_against_today(projected):
    found = projected({**GROUP, "past_users": 100}, past_year=2015)
    # a quarter of 400 in 2015 gives 125 of the 500 today, where 100 are
    assert found("expected_users", service="home", age="old") == pytest.approx(125)
    assert found("backtest_gap", service="home", age="old") == pytest.approx(-25)
    assert found("backtest_gap_share", service="home", age="old") == pytest.approx(-0.2)


def test_a_year_that_is_not_projected_is_missing(projected):
    found = projected(GROUP, years=4)
    assert found("users", service="home", age="old", year=2028) is None
    assert "users" in found.missing


FAULTS = {
    "neither": ({}, [], "has neither demands nor groups"),
    "no inhabitants of that age": ({}, [{**GROUP, "age": "none"}], "none has no rows under populations"),
    "a target without a year": ({}, [{**GROUP, "target_coverage": 0.1}], "target_year is missing beside a target"),
    "a year without a target": ({}, [{**GROUP, "target_year": 2030}], "found a target year without a target"),
    "a target that is past": (
        {},
        [{**GROUP, "target_coverage": 0.1, "target_year": 2025}],
        "found 2025, not after the base year 2025",
    ),
    "two costs": ({}, [{**GROUP, "cost_per_user": 1, "hourly_cost": 1}], "found cost_per_user and hourly_cost"),
    "an hourly cost of no hours": ({}, [{**GROUP, "hourly_cost": 1}], "found hourly_cost without hours_per_user"),
    "hours from nothing": (
        {},
        [{**GROUP, "target_hours_per_user": 1, "target_year": 2030}],
        "found a target without hours_per_user",
    ),
    "a coverage of more than all": (
        {},
        [{"service": "home", "age": "old", "coverage": 1.2}],
        "found 1.2; allowed: a number (share), at least 0 and at most 1",
    ),
    "users below zero": ({}, [{**GROUP, "users": -1}], "found -1; allowed: a whole number (persons), over 0"),
    "two ways": ({}, [{**GROUP, "coverage": 0.1}], "found users + coverage; allowed is exactly one of"),
    "two pasts": ({}, [{**GROUP, "past_users": 1, "expected_users": 2}], "found past_users and expected_users"),
}


@pytest.mark.parametrize(("table", "groups", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_refused(projected, table, groups, told):
    with pytest.raises(OmsorgError, match=re.escape(told)):
        projected(*groups, **table)


sizes = st.floats(0.01, 100)


@given(people=st.tuples(sizes, sizes), coverage=st.tuples(*[st.floats(0.01, 0.9)] * 2), hours=st.tuples(sizes, sizes))
def test_the_parts_add_up_to_the_change(projected, people, coverage, hours):
    held = {("old", year): max(1, round(1_000 * people[year > 2025])) for year in (2025, 2026, 2027)}
    row = {"service": "home", "age": "old", "coverage": coverage[0], "target_coverage": coverage[1]}
    row |= {"hours_per_user": hours[0], "target_hours_per_user": hours[1], "target_year": 2027, "hourly_cost": 300}
    found = projected(row, people=held, price_growth=0.03)
    cost = found.series("care_cost", "year")
    parts = sum(found(f"part_of_{name}", year=2027) for name in ("population", "coverage", "intensity", "price"))
    assert parts == pytest.approx(cost[2027] - cost[2025], rel=1e-9, abs=1e-3)


def test_the_back_test_stands_alone_on_request(omsorg, tmp_path):
    head = 'title = "T"\nmunicipality = "M"\nyear = 2025\n[growth]\nfirst_year = 2025\nyears = 1\nbase_year = 2025\n'
    group = '[[growth.groups]]\nservice = "home"\nage = "80"\nusers = 5589\nexpected_users = 7080\n'
    done = omsorg("growth", "-", "--backtest", text=head + group)
    assert re.search(r"7 080 +5 589 +21\.1% down", done.stdout)
    assert omsorg("growth", "gardermoen", "--backtest").returncode == 1


def test_years_that_are_stated_one_by_one_are_not_said_to_grow_evenly(projected):
    told = projected({"service": "home", "age": "old", "coverage": 0.1}).result.caveats
    assert not [text for text in told if "even from year to year" in text]


def test_what_grows_towards_a_target_is_said_to_grow_evenly(shipped):
    told = shipped("growth", "gardermoen").result.caveats
    assert [text for text in told if "even from year to year" in text]
