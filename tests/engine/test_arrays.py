import math
from collections import Counter

import numpy as np
import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import ScenarioError
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.numbers import month_text
from omsorg_cli.engine.record import evaluate
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read, shipped

FACTORS = ((0.75, 0.9, 1.0), (1.0, 1.1, 1.25))
STEPS = {"count": ((0, 1, 3), (-3, -1, 0)), "month": ((-3, -1, 0),)}
"""How a value is moved: the first of these that the scenario does not refuse."""
MOST_ROWS = 4
"""Of an input in more rows than these, the first rows are walked."""
SPREAD = 1e-9


def cases():
    """Every number, count and month that a calculator of a shipped scenario uses, but for years and their number."""
    for scenario in shipped():
        text = read(scenario)
        for name in NAMES:
            if load(name).table in text.data:
                record = run(prepare(text, Request(), name), name).record
                rows = Counter()
                for path, slot in record.plan.input_slots.items():
                    item = record.plan.steps[slot].input
                    rows[item.name] += 1
                    years = item.kind.unit == "year" or item.name in (load(name).horizon or ())
                    if rows[item.name] > MOST_ROWS or years:
                        continue
                    if item.kind.form in ("number", "count", "month"):
                        yield pytest.param(name, scenario, path, item, id=f"{name} {scenario} {path}")


CASES = list(cases())


def test_every_scenario_and_calculator_with_inputs_is_walked():
    assert {case.values[1] for case in CASES} == set(shipped())
    assert {case.values[0] for case in CASES} == set(NAMES)


def points(item):
    """Three values that the input may have, away from a zero that a formula is chosen by; in turn, all such threes."""
    value, kind = item.stated.value, item.kind
    if kind.form == "number":
        yield from (sorted(value * factor for factor in factors) if value else [0.05, 0.1, 0.25] for factors in FACTORS)
    else:
        yield from ([value + step for step in steps] for steps in STEPS[kind.form])


def written(item, value):
    return month_text(value) if item.kind.form == "month" else repr(value)


def sets(path, item, values, value):
    """The change, with a range for a number, so that no formula is chosen by its value."""
    change = f"{path}={written(item, value)}"
    if item.kind.form == "month":
        return (change,)
    return change, f"{path}.range={[values[0], values[-1]]}"


def moved(shipped, name, scenario, path, item):
    """Three values that the scenario takes, and the record of each; skipped where the input only moves with others."""
    for values in points(item):
        try:
            return values, [shipped(name, scenario, *sets(path, item, values, value)).record for value in values]
        except ScenarioError:
            continue
    pytest.skip("with the other inputs as they are, the scenario takes no other value of it")


@pytest.mark.walk
@pytest.mark.parametrize(("name", "scenario", "path", "item"), CASES)
def test_a_run_over_an_array_gives_what_a_run_for_each_of_its_values_gives(shipped, name, scenario, path, item):
    values, single = moved(shipped, name, scenario, path, item)
    plan = single[0].plan
    together = evaluate(plan, {path: np.array(values, dtype=float)})
    changed = False
    for node, slot in plan.slots.items():
        wanted = [math.nan if record.value(node) is None else record.value(node) for record in single]
        found = together[slot]
        if found is None:
            found = math.nan
        np.testing.assert_allclose(np.broadcast_to(found, 3), wanted, rtol=SPREAD, atol=1e-6, err_msg=str(node))
        changed = changed or (np.ndim(found) and np.ptp(found) > 0)
    assert changed or item.stated.value in (0, 1)


ONCE = {
    "start-up cost": ("startup_cost", ["1e6", "2e6", "0"]),
    "investment": ("investment", ["1e7", "2e7", "0"]),
    "lifetime": ("lifetime", ["1.5", "2", "20"]),
    "interest": ("interest_rate", ["0.04", "1e-12", "0"]),
}
PROGRAMME = ("startup_cost=1e6", "investment=1e7", "lifetime=20", "interest_rate=0.04")


@pytest.mark.parametrize(("key", "texts"), ONCE.values(), ids=ONCE.keys())
def test_what_a_programme_costs_once_may_be_an_array_too(shipped, key, texts):
    begun = [f"insource.purchases.P06.{one}" for one in PROGRAMME]
    path = f"insource.purchases.P06.{key}"
    single = [shipped("insource", "drammen2020", *begun, f"{path}={text}").record for text in texts]
    together = evaluate(single[0].plan, {path: np.array([float(text) for text in texts])})
    for node, slot in single[0].plan.slots.items():
        if node in single[2].plan.slots:
            wanted = [math.nan if record.value(node) is None else record.value(node) for record in single]
            found = math.nan if together[slot] is None else together[slot]
            np.testing.assert_allclose(np.broadcast_to(found, 3), wanted, rtol=SPREAD, atol=1e-6, err_msg=str(node))


def test_kinds_of_the_walk_are_those_of_the_models():
    known = {of_any_row(kind) for name in NAMES for kind in every_kind(name)}
    assert all(of_any_row(case.values[3].kind) in known for case in CASES)


def of_any_row(kind):
    """The kind without the unit, where each row has one of its own."""
    return kind._replace(unit="") if kind.by_row else kind


def every_kind(name):
    from omsorg_cli.core.calculator import rows

    return {kind for _, model in rows(load(name).inputs) for kind in kinds(model).values()}
