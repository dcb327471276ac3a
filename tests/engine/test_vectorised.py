"""What is worked out once, where rows or the values of an array do not differ, is what each on its own comes to."""

import numpy as np
import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.helpers import total
from omsorg_cli.engine import vectorised
from omsorg_cli.engine.vectorised import MANY, Varied

SIZE = MANY + 904


def drawn(item, chance):
    """Values around the one that is stated, all alike now and then; of zero, none and some."""
    value = float(item.stated.value)
    around = value * (1 + 0.1 * chance.standard_normal(SIZE)) if value else np.maximum(chance.random(SIZE) - 0.5, 0.0)
    return np.clip(np.full(SIZE, value) if chance.random() < 0.3 else around, item.kind.low, item.kind.high)


def over_arrays(result, share, seed):
    """The figures over arrays in the place of such a share of the inputs."""
    chance = np.random.default_rng(seed)
    numbers = [item for item in result.stated_inputs if item.kind.form == "number"]
    few = [item for item in numbers if chance.random() < share] or numbers[:1]
    given = {item.path: drawn(item, chance) for item in few}
    return Varied(result.record, [one.node for one in result.figures], given).checked(given, SIZE)


@pytest.mark.parametrize("share", [0.05, 0.5])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_worked_out_once_has_the_very_bits_of_what_is_worked_out_for_each(shipped, monkeypatch, name, share):
    result = shipped(name, load(name).scenario)
    found, possible = over_arrays(result, share, 7)
    monkeypatch.setattr(vectorised, "_twins", lambda *_: {})
    monkeypatch.setattr(vectorised, "MANY", 10**9)
    wanted, wanted_possible = over_arrays(result, share, 7)
    assert [one.tobytes() for one in found] == [one.tobytes() for one in wanted]
    assert np.array_equal(possible, wanted_possible)


def test_rows_of_the_same_inputs_are_worked_out_once(shipped, monkeypatch):
    # the three categories of P07 come in-house in the same phases: two of three are not worked out
    result = shipped("insource", "drammen2020")
    path = "insource.purchases.P07.phases.1.from"
    asked = []
    plain = vectorised.answer
    monkeypatch.setattr(vectorised, "answer", lambda step, values: asked.append(step.node) or plain(step, values))
    varied = Varied(result.record, [one.node for one in result.figures], [path])
    varied({path: np.linspace(24264, 24300, 10).round()})
    phases = [node for node in asked if node.figure == "home_of_phase" and dict(node.point)["year"] == 2022]
    assert [dict(node.point)["category"] for node in phases] == ["short_stay"]


def test_a_total_takes_an_array_of_one_value_beside_one_of_many():
    one, many = np.array([1.0]), np.array([1.0, 2.0])
    assert total([one, one, many, 3.0]).tolist() == [6.0, 7.0]
    assert total([many, one, one]).tolist() == [3.0, 4.0]
