"""Calculators of other packages, by entry points: they join ours, and one that fails is named and left out."""

import importlib
import json
import sys
import textwrap
from importlib.metadata import EntryPoint

import pytest

import omsorg_cli
from omsorg_cli import calculators

OWN = '''
"""What beds cost a year.

Beds times the cost of a bed.
"""

from typing import ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.inputs import Inputs
from omsorg_cli.core.quantities import CostPerPlace, PlacesCovered
from omsorg_cli.core.units import NokPerYear, Num
from omsorg_cli.core.view import Lines


class Beds(Inputs):
    """Inputs of beds."""

    beds: PlacesCovered = None
    """Beds."""
    cost_per_bed: CostPerPlace = None
    """The cost of a bed a year."""


def cost(beds: Num, cost_per_bed: Num) -> NokPerYear:
    """Beds times the cost of a bed."""
    return beds * cost_per_bed


CALCULATOR = Calculator(
    name="beds",
    title="Beds",
    inputs=Beds,
    keys=(),
    scenario="baerum2016",
    headlines=("cost",),
    formulas=(cost,),
    answer=(Lines(templates=("The beds cost {cost:prose}.",)),),
    views=(),
    caveats=("An estimate.",),
)
'''
SCENARIO = """
title = "Home"
municipality = "Home"
year = 2020
[beds]
beds = 10
cost_per_bed = 1_200_000
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Another package with a calculator that works, and one that cannot be imported."""
    (tmp_path / "kommune_beds.py").write_text(textwrap.dedent(OWN), encoding="utf-8")
    (tmp_path / "kommune_broken.py").write_text("raise RuntimeError('no licence')", encoding="utf-8")
    (tmp_path / "kommune_ending.py").write_text("print('{')\nraise SystemExit(3)", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    entries = [
        EntryPoint("beds", "kommune_beds:CALCULATOR", calculators.GROUP),
        EntryPoint("broken", "kommune_broken:CALCULATOR", calculators.GROUP),
        EntryPoint("savings", "kommune_beds:CALCULATOR", calculators.GROUP),
        EntryPoint("ending", "kommune_ending:CALCULATOR", calculators.GROUP),
    ]
    offered = {calculators.GROUP: entries}
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: offered.get(group, []))
    calculators.join_others.cache_clear()
    yield
    calculators._joined.clear()
    calculators.left_out.clear()
    calculators.join_others.cache_clear()
    calculators.load.cache_clear()
    for name in ("kommune_beds", "kommune_broken", "kommune_ending"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


def test_a_calculator_of_another_package_answers_as_ours_do(omsorg, installed):
    done = omsorg("beds", "-", text=SCENARIO)
    assert done.returncode == 0, done.stderr
    assert "The beds cost 12 million NOK a year." in done.stdout or "12.0 million NOK a year" in done.stdout
    assert omsorg("explain", "beds", "-", "--format", "json", text=SCENARIO).returncode == 0


def test_one_that_fails_is_named_and_left_out_and_none_takes_the_name_of_ours(omsorg, installed):
    done = omsorg("--help")
    assert "beds" in done.stdout
    assert "What beds cost a year." in done.stdout
    assert "broken" not in done.stdout
    assert "The calculator broken of kommune_broken:CALCULATOR cannot be used: no licence." in done.stderr
    assert "The calculator savings of kommune_beds:CALCULATOR cannot be used" in done.stderr
    assert "116 million" in omsorg("savings", "--base", "asss").stdout


def test_one_that_ends_the_program_or_prints_leaves_the_answer_alone(omsorg, installed):
    done = omsorg("beds", "-", "--format", "json", text=SCENARIO)
    assert done.returncode == 0
    assert json.loads(done.stdout)["calculator"] == "beds"
    assert "The calculator ending of kommune_ending:CALCULATOR cannot be used: 3." in done.stderr


def test_python_says_why_one_is_left_out(installed):
    with pytest.raises(omsorg_cli.OmsorgError, match="The calculator broken of .* cannot be used: no licence"):
        omsorg_cli.run("broken")


def test_a_scenario_may_have_a_table_of_another_package_beside_ours(omsorg, installed):
    done = omsorg("check", "-", text=SCENARIO)
    assert done.returncode == 0, done.stderr


def test_without_the_package_its_table_is_an_unknown_key(omsorg):
    done = omsorg("check", "-", text=SCENARIO)
    assert done.returncode == 2
    assert "beds" in done.stderr
