"""The Ishigami function, whose indices are known in closed form."""

import math
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import pytest
from pydantic import Field

from omsorg_cli.calculators import load
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import NoAnswerError, OmsorgError
from omsorg_cli.core.figure import figure
from omsorg_cli.core.inputs import Inputs
from omsorg_cli.core.quantities import GapPerYear
from omsorg_cli.core.units import NokPerYear, Num
from omsorg_cli.engine.graph import Plan
from omsorg_cli.engine.layout import Layout
from omsorg_cli.engine.record import Record
from omsorg_cli.questions import indices
from omsorg_cli.questions.indices import sobol
from omsorg_cli.questions.shared.selection import opened
from omsorg_cli.result import Result

pytestmark = pytest.mark.skipif(find_spec("SALib") is None, reason="SALib is an extra")
A, B = 7.0, 0.1


class Three(Inputs):
    one: GapPerYear = Field()
    two: GapPerYear = Field()
    three: GapPerYear = Field()


@figure()
def ishigami(one: Num, two: Num, three: Num) -> NokPerYear:
    """The function of Ishigami and Homma."""
    return np.sin(one) + A * np.sin(two) ** 2 + B * three**4 * np.sin(one)


@figure()
def always(one: Num) -> NokPerYear:
    """The same for all."""
    return one * 0 + 3.0


CALCULATOR = Calculator(
    name="three",
    title="Three",
    inputs=Three,
    formulas=(ishigami, always),
    keys=(),
    scenario="",
    headlines=("ishigami",),
    views=(),
    caveats=("Made up.",),
)
# a uniform distribution from −π to π has its P10 and P90 at −0.8π and 0.8π
RANGED = {"value": 0.3, "range": [-0.8 * math.pi, 0.8 * math.pi], "shape": "uniform"}


def made(correlated=()):
    inputs = Three.model_validate(dict.fromkeys(("one", "two", "three"), RANGED))
    record = Record(Plan([CALCULATOR], {"three": Layout(CALCULATOR, inputs, {})}, 2020))
    return Result(CALCULATOR, SimpleNamespace(correlated=correlated), record)


def of(result, name):
    return opened(result, result.figures, (name,))[0]


def test_the_indices_are_those_of_the_closed_form():
    # Ishigami and Homma 1990: the variance is a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2
    variance = A**2 / 8 + B * math.pi**4 / 5 + B**2 * math.pi**8 / 18 + 0.5
    first_one = 0.5 * (1 + B * math.pi**4 / 5) ** 2 / variance
    first_two = A**2 / 8 / variance
    together = 8 * B**2 * math.pi**8 / 225 / variance
    wanted = {
        "three.one": (first_one, first_one + together),
        "three.two": (first_two, first_two),
        "three.three": (0, together),
    }
    result = made()
    found = sobol(result, of(result, "ishigami"), samples=1 << 14)
    assert [one.input.path for one in found.indices] == ["three.one", "three.two", "three.three"]
    for one in found.indices:
        first, total = wanted[one.input.path]
        assert one.first == pytest.approx(first, abs=0.01)
        assert one.total == pytest.approx(total, abs=0.01)
        assert abs(one.first - first) <= 2 * one.first_confidence + 1e-3
    assert not found.too_small


def test_a_small_sample_is_called_small():
    result = made()
    assert sobol(result, of(result, "ishigami"), samples=64).too_small


def test_runs_are_worked_out_some_at_a_time_and_come_to_the_same(monkeypatch):
    result = made()
    at_once = sobol(result, of(result, "ishigami"), samples=256).indices
    monkeypatch.setattr(indices, "CHUNK", 100)
    assert sobol(result, of(result, "ishigami"), samples=256).indices == at_once


def test_of_many_inputs_fewer_samples_are_drawn(monkeypatch):
    result = made()
    monkeypatch.setattr(indices, "MOST_PLACES", 3 * 5 * 600)
    told = "--samples: found 1024; allowed: of 3 inputs a power of 2 up to 512."
    with pytest.raises(OmsorgError, match=told):
        sobol(result, of(result, "ishigami"), samples=1024)
    assert sobol(result, of(result, "ishigami"), samples=512).indices


@pytest.mark.parametrize("samples", [0, 1, 1000, 1 << 18])
def test_samples_are_powers_of_two(samples):
    result = made()
    with pytest.raises(OmsorgError, match=f"--samples: found {samples}"):
        sobol(result, of(result, "ishigami"), samples=samples)


def test_without_variance_there_is_none_to_share_out():
    result = made()
    with pytest.raises(NoAnswerError, match="is the same for all draws"):
        sobol(result, of(result, "always"), samples=64)


def test_correlated_inputs_are_refused():
    result = made(correlated=((("three.one", "three.two"), 0.5),))
    with pytest.raises(OmsorgError, match=r"three.one, three.two are correlated"):
        sobol(result, of(result, "ishigami"), samples=64)


def test_the_command_tells_a_table(omsorg):
    ended = omsorg(
        "sensitivity", "insource", "drammen2020", "--figure", "present_value", "--global", "--samples", "256"
    )
    assert ended.returncode == 0
    label = f"{load('insource').label('own_cost_ratio')} (Institutions and home services)"
    assert f"Present value: {label} accounts for " in ended.stdout
    rows = [line for line in ended.stdout.splitlines() if "(Institutions and home services)   " in line]
    assert rows[0].strip().startswith(label)
