import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError

ROW = {
    "service": "s",
    "current_cost": 1_000,
    "saving_share": 0.3,
    "investment": 800,
    "lifetime": 40,
    "interest_rate": 0,
}
MUNICIPALITIES = [
    {"municipality": "a", "population": 1_000, "users": 30},
    {"municipality": "b", "population": 3_000, "users": 0},
    {"municipality": "c", "population": 4_000, "users": 10},
]


@pytest.fixture(scope="module")
def joined(answers):
    """The answers for a service, and others, of three municipalities that share by population unless said otherwise."""

    def of(changes=None, *others, **table):
        row = {key: value for key, value in {**ROW, **(changes or {})}.items() if value is not None}
        held = {"by": "population", "services": [row, *others], "municipalities": MUNICIPALITIES, **table}
        return answers("joint-service", {"joint_service": held})

    return of


@pytest.fixture(scope="module")
def gardermoen(shipped):
    return shipped("joint-service", "gardermoen")


def with_shares(*shares):
    return [{**one, "share": share} for one, share in zip(MUNICIPALITIES, shares, strict=True)]


def test_saving_and_capital_cost(joined):
    # 30 per cent of 1 000 is 300, 800 over 40 years 20 a year
    found = joined()
    names = ("cost_ratio", "saving", "capital_cost", "net_saving")
    assert [found(name, service="s") for name in names] == pytest.approx([0.7, 300, 20, 280])
    assert found("net_saving") == found("net_saving", service="s")


def test_a_saving_that_does_not_pay_for_the_investment(joined):
    assert joined({"saving_share": 0.01})("net_saving", service="s") == pytest.approx(-10)


def test_the_cost_of_users(joined):
    # a half of 40 users at 50 is 1 000
    changes = {"current_cost": None, "users": 40, "reached_share": 0.5, "cost_per_user": 50}
    found = joined(changes)
    assert (found("current_cost", service="s"), found("saving", service="s")) == (1_000, pytest.approx(300))


PARTS = {
    "1 000, 3 000 and 4 000 of 8 000 inhabitants": ("population", [0.125, 0.375, 0.5]),
    "30, none and 10 of 40 users": ("users", [0.75, 0, 0.25]),
    "a third each": ("equal", [1 / 3, 1 / 3, 1 / 3]),
}


@pytest.mark.parametrize(("by", "parts"), PARTS.values(), ids=PARTS.keys())
def test_each_municipalitys_part(joined, by, parts):
    for found in (joined(by=by), joined({"by": by})):
        assert [found("part", service="s", municipality=m) for m in "abc"] == pytest.approx(parts)
        saved = [found("part_of_net_saving", service="s", municipality=m) for m in "abc"]
        assert saved == pytest.approx([280 * part for part in parts])
        assert found("part_of_capital_cost", service="s", municipality="a") == pytest.approx(20 * parts[0])
        assert found("part_of_saving", service="s", municipality="a") == pytest.approx(300 * parts[0])


def test_stated_shares(joined):
    found = joined(by="share", municipalities=with_shares(0.2, 0.3, 0.5))
    assert [found("part", service="s", municipality=m) for m in "abc"] == pytest.approx([0.2, 0.3, 0.5])


def test_services_have_municipalities_in_common_and_each_its_own_way(joined):
    # 280 by inhabitants, 100 alike: the first has 35 and 33.3
    other = {"service": "t", "current_cost": 1_000, "saving_share": 0.1, "investment": 0, "by": "equal"}
    found = joined({}, other)
    assert found("net_saving") == pytest.approx(380)
    assert found("net_saving_of_all_services", municipality="a") == pytest.approx(35 + 100 / 3)


def test_no_users_anywhere(joined):
    nobody = [{**one, "users": 0} for one in MUNICIPALITIES]
    found = joined(by="users", municipalities=nobody)
    assert found("part", service="s", municipality="a") is None
    assert "no municipality has any users." in found.missing


def test_a_municipality_that_lacks_its_population_leaves_all_parts_out(joined):
    lacking = [*MUNICIPALITIES, {"municipality": "d", "users": 1}]
    found = joined(municipalities=lacking)
    assert found("net_saving", service="s") == pytest.approx(280)
    assert found("part", service="s", municipality="a") is None
    assert "does not give population" in found.missing


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**4)), min_size=1, max_size=6),
    st.floats(0, 1e9),
    st.floats(0, 1),
    st.floats(0, 1e9),
    st.sampled_from(("population", "users", "equal")),
)
def test_the_parts_add_up_to_the_whole(joined, people, cost, share, investment, by):
    rows = [{"municipality": f"m{i}", "population": p, "users": u + 1} for i, (p, u) in enumerate(people)]
    row = {"current_cost": cost, "saving_share": share, "investment": investment}
    found = joined(row, municipalities=rows, by=by)
    for name in ("saving", "capital_cost", "net_saving"):
        parts = [found(f"part_of_{name}", service="s", municipality=one["municipality"]) for one in rows]
        assert sum(parts) == pytest.approx(found(name, service="s"), rel=1e-12, abs=1e-6)
    assert sum(found("part", service="s", municipality=one["municipality"]) for one in rows) == pytest.approx(1)


def test_gardermoen_has_a_share_and_no_volume(gardermoen):
    # C.gardermoen.18: 30 per cent less, so that 70 are left
    assert gardermoen("cost_ratio", service="staffed_housing") == pytest.approx(0.7)
    for service in ("professional", "staffed_housing", "digital", "reinforced_places"):
        assert gardermoen("saving", service=service) is None
        assert gardermoen("net_saving", service=service) is None


MISSING = {
    "service 1: no cost and no share": "saving, net_saving (professional): the scenario does not give one or more of current_cost,",
    "service 2: no volume": "saving (staffed_housing): the scenario does not give one or more of current_cost, cost_per_user, reached_share, users.",
    "service 3: not whom it reaches": "current_cost (digital): the scenario does not give one or more of current_cost, cost_per_user, reached_share.",
    "service 4: nothing": "net_saving (reinforced_places): the scenario does not give one or more of current_cost, cost_per_user, reached_share,",
    "no investment": "capital_cost (staffed_housing; digital; reinforced_places): the scenario does not give investment.",
}


@pytest.mark.parametrize("told", MISSING.values(), ids=MISSING.keys())
def test_gardermoen_says_what_is_missing(gardermoen, told):
    assert told in gardermoen.missing


def test_each_krone_of_staffed_housing_saves_thirty_oere(shipped):
    # C.gardermoen.18
    found = shipped("joint-service", "gardermoen", "joint_service.services.staffed_housing.current_cost=1")
    assert found("saving", service="staffed_housing") == pytest.approx(0.3)
    found = shipped("joint-service", "gardermoen+of_10_million")
    assert found("net_saving", service="staffed_housing") == pytest.approx(3_000_000)


FAULTS = {
    "shares that do not add up": (
        {"by": "share", "municipalities": with_shares(0.2, 0.3, 0.4)},
        r"joint_service.municipalities: found shares that add up to 0.9; allowed: 1",
    ),
    "a municipality without a share": (
        {"by": "share", "municipalities": [*with_shares(0.2, 0.3, 0.5), {"municipality": "d"}]},
        'municipalities.d has no share although by = "share"; allowed: a share for each municipality',
    ),
    "shares beside another way": (
        {"municipalities": with_shares(0.2, 0.3, 0.5)},
        'municipalities.a.share has no effect without by = "share"',
    ),
    "an unknown way": ({"by": "peoples"}, "allowed: one of population, users, equal, share"),
    "one municipality twice": (
        {"municipalities": [MUNICIPALITIES[0], MUNICIPALITIES[0]]},
        "has the same municipality as an earlier item",
    ),
    "no inhabitants": (
        {"municipalities": [{"municipality": "a", "population": 0}]},
        r"found 0; allowed: a whole number \(inhabitants\), over 0",
    ),
}


@pytest.mark.parametrize(("table", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_faults_are_refused(joined, table, told):
    with pytest.raises(OmsorgError, match=told):
        joined(**table)


def test_two_ways_to_the_cost_are_refused(joined):
    with pytest.raises(OmsorgError, match=r"found current_cost \+ users; allowed: one way to state the cost"):
        joined({"users": 5})


def test_what_is_unknown_is_called_so_in_norwegian(omsorg):
    shown = omsorg("joint-service", "--with", "of_10_million", "--lang", "nb").stdout
    assert "fra ukjent til 0" in shown
    assert "unknown" not in shown
