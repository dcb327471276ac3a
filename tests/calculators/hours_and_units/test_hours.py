import pytest

from omsorg_cli.core.errors import ScenarioError

# From computations.csv, C.baerum2017.T… and so on; else the arithmetic is in the sentence.
OWN = {
    "T.pa.baerum: 1 982 × 38": ("hours", "practical_assistance", 75_316),
    "T.bpa.baerum: 141 × 1 702": ("hours", "personal_assistance", 239_982),
    "T.dd.baerum: 312 × 2 659": ("hours", "developmental_disability", 829_608),
    "T.sum.baerum": ("hours", None, 1_144_906),
    "T.share.pa.baerum": ("share_of_hours", "practical_assistance", 0.065783566511),
    "T.share.bpa.baerum": ("share_of_hours", "personal_assistance", 0.209608474408),
    "T.share.dd.baerum": ("share_of_hours", "developmental_disability", 0.724607959081),
    "T.cov.pa.baerum": ("users_per_1000", "practical_assistance", 15.9828398168),
    "T.cov.bpa.baerum": ("users_per_1000", "personal_assistance", 1.1370234178),
    "T.cov.dd.baerum": ("users_per_1000", "developmental_disability", 2.5159667118),
    "T.perinh.baerum": ("hours_per_inhabitant", None, 9.232517257),
    "K16.dd.baerum: 2 659 / 52": ("hours_per_user_week", "developmental_disability", 51.1346153846),
    "K16.pa.baerum: 38 / 52": ("hours_per_user_week", "practical_assistance", 0.7307692308),
    "1 982 + 141 + 312": ("all_users", None, 2_435),
    "2 435 − 190 − 6 (fn. 37)": ("unique_users", None, 2_239),
}
BESIDE = {
    "T.sum.drammen": ("base_hours", None, 494_466),
    "T.pa.drammen": ("base_hours", "practical_assistance", 32_934),
    "T.share.bpa.drammen": ("base_share_of_hours", "personal_assistance", 0.260159444734),
    "T.cov.dd.drammen": ("base_users_per_1000", "developmental_disability", 3.6862045258),
    "T.perinh.drammen": ("base_hours_per_inhabitant", None, 7.2329476471),
    "K16.bpa.drammen: 2 144 / 52": ("base_hours_per_user_week", "personal_assistance", 41.2307692308),
    "D2: 312 × 1 338": ("gap_at_base_hours_per_user", "developmental_disability", 417_456),
    "B1 the other way: 141 × (1 702 − 2 144)": ("gap_at_base_hours_per_user", "personal_assistance", -62_322),
    "252 × 124 008 / 68 363": ("users_at_base_coverage", "developmental_disability", 457.118850840),
    "829 608 − 332 892 × 124 008 / 68 363": ("gap_at_both", "developmental_disability", 225_753.998039),
    "(312 − 457.11885084) × 2 659": ("gap_at_base_coverage", "developmental_disability", -385_871.0244),
    "summary, twice as many: 2 659 / 1 321": ("hours_per_user_ratio", "developmental_disability", 2.01286903860712),
    "1 702 / 2 144": ("hours_per_user_ratio", "personal_assistance", 0.793843283582090),
    "312 / 124 008 over 252 / 68 363": ("users_per_1000_ratio", "developmental_disability", 0.6825358425416),
    "9.2325 / 7.2329": ("hours_per_inhabitant_ratio", None, 1.276452935565),
    "D4: 417 456 / 1 695 × 785 606": ("saving_at_base_hours_per_user", "developmental_disability", 193_484_329.4017),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("hours", "baerum2016")


@pytest.mark.parametrize(("figure", "service", "value"), OWN.values(), ids=OWN.keys())
def test_the_audits_hours_come_out(audit, figure, service, value):
    assert audit(figure, service=service) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(("figure", "service", "value"), BESIDE.values(), ids=BESIDE.keys())
def test_and_those_beside_drammen(audit, figure, service, value):
    assert audit(figure, base="drammen", service=service) == pytest.approx(value, rel=1e-8)


SERVICE = {"service": "s", "users": 10, "hours_per_user": 100}
ELSEWHERE = {"base": "b", "population": 500, "services": [{"service": "s", "users": 20, "hours_per_user": 40}]}


@pytest.fixture
def granted(answers):
    def of(*services, bases=(), **table):
        held = {"population": 1_000, "services": list(services), "bases": list(bases), **table}
        return answers("hours", {"hours": held})

    return of


def test_an_hour_counts_at_its_own_cost_where_that_is_known_else_at_the_wage(granted):
    # 10 × (100 − 40) = 600 hours: at 7 kroner 4 200; at 1 000 / 50 = 20 kroner 12 000
    wage = {"wage_per_fte": 1_000, "hours_per_fte": 50}
    stated = granted({**SERVICE, "hourly_cost": 7}, bases=[ELSEWHERE], **wage)
    assert stated("saving_at_base_hours_per_user", base="b", service="s") == 4_200
    by_wage = granted(SERVICE, bases=[ELSEWHERE], **wage)
    assert by_wage("saving_at_base_hours_per_user", base="b", service="s") == 12_000


def test_coverage_and_hours_per_user_meet_in_each_user(granted):
    # as in b, 20 × 1 000 / 500 = 40 users: both: 1 000 − 40 × 40 = −600; hours alone 600, coverage alone −3 000
    found = granted(SERVICE, bases=[ELSEWHERE])
    asked = ("gap_at_both", "gap_at_base_hours_per_user", "gap_at_base_coverage")
    assert [found(name, base="b", service="s") for name in asked] == [-600, 600, -3_000]


def test_a_base_like_the_own_municipality_changes_nothing(granted):
    same = {"base": "b", "population": 1_000, "services": [SERVICE]}
    found = granted(SERVICE, bases=[same])
    for name in ("gap_at_both", "gap_at_base_hours_per_user", "gap_at_base_coverage"):
        assert found(name, base="b", service="s") == 0


def test_no_users_are_no_hours_and_no_share(granted):
    found = granted({**SERVICE, "users": 0})
    assert found("hours", service="s") == 0
    assert found("share_of_hours", service="s") is None
    assert "share_of_hours" in found.missing


def test_without_a_base_the_own_hours_stand_alone(granted):
    found = granted(SERVICE)
    assert found("hours") == 1_000
    assert "base" not in found.missing


def test_a_service_that_is_not_known_here_is_named(granted):
    with pytest.raises(ScenarioError, match='found "t", which is none of the municipality\'s own services') as caught:
        granted(SERVICE, bases=[{**ELSEWHERE, "services": [{"service": "t", "users": 1}]}])
    assert "hours.bases.b/t.service" in str(caught.value)


SLIPS = {
    "more users than inhabitants": (
        {"population": 5},
        "services.s.users: found 10; allowed: at most the 5 inhabitants",
    ),
    "more users than inhabitants of the base": (
        {"bases": [{**ELSEWHERE, "population": 15}]},
        "bases.b/s.users: found 20; allowed: at most the 15 inhabitants",
    ),
    "more counted twice than there could be": ({"users_twice": 1}, "users_twice: found 1; allowed: at most 0"),
}


@pytest.mark.parametrize(("table", "told"), SLIPS.values(), ids=SLIPS.keys())
def test_it_refuses(granted, table, told):
    with pytest.raises(ScenarioError) as caught:
        granted(SERVICE, **table)
    assert told in str(caught.value)


def test_hours_per_person_count_each_once(answers):
    services = [{"service": name, "users": 10, "hours_per_user": 90} for name in ("a", "b")]
    found = answers("hours", {"hours": {"population": 100, "users_twice": 2, "services": services}})
    # 1 800 hours for 18 persons
    assert found("hours_per_person") == 100
