import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators.hours_and_units import budget_model as formulas
from omsorg_cli.core.errors import ScenarioError

# From computations.csv, C.baerum2017.M1 and so on; else the arithmetic is in the sentence.
AUDIT = {
    "M1: 0.35 − 1": ("extra_hour_net", "drammen", -0.65),
    "M2: 1 − 0.35": ("kept_share", "drammen", 0.65),
    "M3: 0.65 × 417 456 × 479": ("district_effect", "drammen", 129_974_925.6),
    "the rest of M3: 0.35 × 417 456 × 479": ("municipality_effect", "drammen", 69_986_498.4),
    "M4: 15 × 52": ("threshold_hours", "drammen", 780),
    "D5 of the other sign: −417 456 × 479": ("cost_change", "drammen", -199_961_424),
    "0.65 × 479": ("extra_hour_effect", "drammen", -311.35),
    "all of M3 is reinvested": ("reinvested", "drammen", 129_974_925.6),
    "K16.dd.baerum: 2 659 / 52": ("user_hours_per_week", "drammen", 51.1346153846),
    "51.13 − 15": ("hours_above_threshold", "drammen", 36.1346153846),
    "paid in full, the district keeps nothing": ("district_effect", "baerum", 0),
    "and the municipality all of 199 961 424": ("municipality_effect", "baerum", 199_961_424),
    "heavy users are paid directly, whatever the model": ("district_effect", "drammen_heavy_outside", 0),
    "so that the municipality saves all": ("municipality_effect", "drammen_heavy_outside", 199_961_424),
    "a quarter of 829 653": ("buffer_hours", "kristiansand_whole", 207_413.25),
    "417 456 is more than that, so all of it is registered": ("hours_registered", "kristiansand_whole", -417_456),
    "or 417 456 − 207 413.25": ("hours_registered", "kristiansand_excess", -210_042.75),
    "then the district keeps 207 413.25 × 479": ("district_effect", "kristiansand_excess", 99_350_946.75),
    "and the municipality 210 042.75 × 479": ("municipality_effect", "kristiansand_excess", 100_610_477.25),
}


@pytest.fixture(scope="module")
def audit(shipped):
    return shipped("budget-model", "baerum2016")


@pytest.mark.parametrize(("figure", "model", "value"), AUDIT.values(), ids=AUDIT.keys())
def test_the_audits_models_come_out(audit, figure, model, value):
    assert audit(figure, model=model) == pytest.approx(value, rel=1e-9)


@pytest.fixture
def paid(answers):
    """A change of −100 hours of 1 000 at 500 kroner, by one model."""

    def of(*sets, coverage=0.4, **row):
        held = {"cost_per_hour": 500, "hours_change": -100, "hours": 1_000, "weeks": 50}
        models = [{"model": "m", "coverage": coverage, **row}]
        return answers("budget-model", {"budget_model": {**held, "models": models}}, *sets)

    return of


REGISTERED = {
    "without a buffer, all": ({}, -100),
    "beyond a buffer of 50 hours, the whole": ({"buffer": 0.05, "buffer_mode": "whole"}, -100),
    "at the buffer of 100 hours, nothing": ({"buffer": 0.1, "buffer_mode": "whole"}, 0),
    "within a buffer, nothing": ({"buffer": 0.2, "buffer_mode": "whole"}, 0),
    "the excess over 50 hours": ({"buffer": 0.05, "buffer_mode": "excess"}, -50),
    "no excess within the buffer": ({"buffer": 0.2, "buffer_mode": "excess"}, 0),
    "upwards, the whole": ({"buffer": 0.05, "buffer_mode": "whole", "hours_change": 80}, 80),
    "upwards, the excess": ({"buffer": 0.05, "buffer_mode": "excess", "hours_change": 80}, 30),
    "of the change without heavy users, the whole": (
        {"buffer": 0.05, "buffer_mode": "whole", "heavy_share": 0.4},
        -60,
    ),
    "only what is inside counts against the buffer": (
        {"buffer": 0.05, "buffer_mode": "whole", "heavy_share": 0.6},
        0,
    ),
}


@pytest.mark.parametrize(("row", "hours"), REGISTERED.values(), ids=REGISTERED.keys())
def test_a_buffer_decides_what_is_registered(paid, row, hours):
    assert paid(**row)("hours_registered", model="m") == pytest.approx(hours)


def test_a_model_may_say_another_change_and_price_than_the_table(paid):
    # 10 hours more at 300: costs 3 000, paid 0.4 × 3 000
    found = paid(hours_change=10, cost_per_hour=300)
    assert found("district_effect", model="m") == pytest.approx(-1_800)
    assert found("municipality_effect", model="m") == pytest.approx(-1_200)


def test_a_loss_is_not_reinvested(paid):
    # 100 hours less at 500, of which 60 % kept: 30 000, half of it reinvested
    assert paid(reinvested_share=0.5)("reinvested", model="m") == pytest.approx(15_000)
    assert paid(reinvested_share=0.5, hours_change=100)("reinvested", model="m") == 0


def test_heavy_users_are_paid_in_full(paid):
    # 30 heavy hours paid in full, 70 inside at 40 %: 500 × (28 + 30) less budget, 50 000 less costs
    found = paid(heavy_share=0.3)
    assert found("budget_change", model="m") == pytest.approx(-29_000)
    assert found("district_effect", model="m") == pytest.approx(21_000)


def test_a_buffer_without_a_mode_leaves_out_what_rests_on_it_and_says_so(paid):
    found = paid(buffer=0.1)
    assert found("district_effect", model="m") is None
    assert found("cost_change", model="m") == -50_000
    assert "does not give buffer_mode" in found.missing


def test_a_buffer_without_the_hours_before_leaves_out_what_rests_on_it(answers):
    held = {"cost_per_hour": 500, "hours_change": -100, "models": []}
    held["models"] = [
        {"model": "m", "coverage": 1, "buffer": 0.1, "buffer_mode": "whole"},
        {"model": "n", "coverage": 1},
    ]
    found = answers("budget-model", {"budget_model": held})
    assert found("municipality_effect", model="m") is None
    assert found("municipality_effect", model="n") == 50_000
    assert "does not give hours" in found.missing


def both(cost, change, hours, coverage, heavy, buffer, mode):
    """What district and municipality gain, by the formulas one after the other."""
    inside, outside = formulas.hours_inside(change, heavy), formulas.heavy_hours(change, heavy)
    registered = {"whole": formulas.registered_whole, "excess": formulas.registered_excess}[mode](
        inside, formulas.buffer_hours(buffer, hours)
    )
    budget = formulas.budget_change(cost, coverage, registered, outside)
    district = formulas.district_effect(cost, formulas.hours_unpaid(coverage, inside, registered))
    return district, formulas.municipality_effect(budget), budget


CHANGES = {
    "cost": st.floats(1, 2_000),
    "change": st.floats(-1e6, 1e6),
    "hours": st.floats(0, 1e6),
    "coverage": st.floats(0, 2),
    "heavy": st.floats(0, 1),
    "buffer": st.floats(0, 1),
    "mode": st.sampled_from(formulas.MODES),
}


@given(**CHANGES)
def test_what_the_change_costs_falls_to_the_district_or_the_municipality(**change):
    district, municipality, budget = both(**change)
    cost = change["cost"] * change["change"]
    assert district + municipality == pytest.approx(-cost, abs=1e-3)
    assert district == pytest.approx(budget - cost, abs=1e-3)


@given(**CHANGES)
def test_what_is_gained_by_fewer_hours_is_lost_by_as_many_more(**change):
    district, municipality, _ = both(**change)
    turned = both(**{**change, "change": -change["change"]})
    assert (-district, -municipality) == pytest.approx(turned[:2], abs=1e-3)


@given(**{**CHANGES, "coverage": st.just(1.0), "buffer": st.just(0.0)})
def test_paid_in_full_and_without_a_buffer_a_district_gains_exactly_nothing(**change):
    assert both(**change)[0] == 0


@given(change=st.floats(-1e6, 1e6), limit=st.floats(0, 1e6))
def test_the_excess_is_never_more_than_the_whole_and_of_its_sign(change, limit):
    excess, whole = formulas.registered_excess(change, limit), formulas.registered_whole(change, limit)
    assert abs(excess) <= abs(whole)
    assert excess * whole >= 0


FAULTS = {
    "more hours less than there are": (
        {"hours_change": -1_200},
        "budget_model.models.m.hours_change: found 1 200 hours fewer out of 1 000; allowed: at most as many as there are",
    ),
    "a coverage in per cent without its sign": ({"coverage": 35}, "found 35; allowed: a number (share), at least 0"),
    "another mode": ({"buffer_mode": "hole"}, 'Did you mean "whole"?'),
    "a mode without a buffer": ({"buffer_mode": "excess"}, "buffer_mode has no effect without a buffer"),
    "a share over one": ({"heavy_share": 1.5}, "found 1.5; allowed: a number (share), at least 0 and at most 1"),
}


@pytest.mark.parametrize(("row", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_told(paid, row, told):
    with pytest.raises(ScenarioError) as caught:
        paid(**row)
    assert told in str(caught.value)
