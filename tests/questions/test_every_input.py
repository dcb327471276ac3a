"""Every input whose values decide formulas, rows or years: a cell of a sweep is the run with that value.

That numbers which decide nothing give the same over an array as one by one is held in `tests/engine`.
"""

from contextlib import suppress

import numpy as np
import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.numbers import month_text
from omsorg_cli.questions.sensitivity import sensitivity
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.questions.shared.structure import is_structural
from omsorg_cli.questions.simulate import ranged
from omsorg_cli.questions.sweep import Sweep
from omsorg_cli.result import prepare, result_of, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read, shipped

MOST_ROWS = 3
"""Of an input in more rows than these, the first rows are walked."""


def results():
    for scenario in shipped():
        text = read(scenario)
        for name in NAMES:
            if load(name).table in text.data:
                yield scenario, name, run(prepare(text, Request(), name), name)


def others(result, item):
    """Values of the input beside its own: neighbouring years, every other choice, the other items of its axis."""
    value, kind = item.stated.value, item.kind
    match kind.form:
        case "switch":
            return [str(not value).lower()]
        case "choice":
            return [one for one in kind.choices if one != value]
        case "key":
            axis = result.calculator.named_by.get(item.name)
            known = result.items(axis) if axis in result.layout.axes else []
            return [str(one) for one in known if one != value][:2]
        case "month":
            return [month_text(value + step) for step in (-6, 5)]
        case "count" if kind.unit == "year" or is_structural(result.record.plan.calculators.values(), item.path):
            return [str(value + step) for step in (-2, -1, 1) if value + step >= 0]
    return []


def cases():
    for scenario, name, result in results():
        seen = {}
        for item in result.stated_inputs:
            seen[item.name] = seen.get(item.name, 0) + 1
            if seen[item.name] <= MOST_ROWS and (values := others(result, item)):
                yield pytest.param(scenario, name, item.path, values, id=f"{name} {scenario} {item.path}")


CASES = list(cases())


def test_inputs_of_every_form_are_walked():
    names = {case.values[2].rpartition(".")[2] for case in CASES}
    assert {"since", "wage_year", "years", "target_year", "statistic", "from", "own", "includes_own"} <= names


def by_run(text, name, path, value):
    return {one.node: one.value for one in result_of(text, Request(sets=(f"{path}={value}",)), name).figures}


def swept(text, name, path, values):
    return Sweep(text, Request(), name, [f"{path}={'; '.join(values)}"], Selection({}), list(load(name).figures))


def taken(text, name, path, values):
    """The values that the scenario takes, with the figures of the run with each, and the sweep over them."""
    found = {}
    for value in values:
        with suppress(OmsorgError):
            found[value] = by_run(text, name, path, value)
    for tried in (list(found), *([value] for value in found)):  # what a run takes, a sweep may still refuse
        with suppress(OmsorgError):
            if tried:
                return {value: found[value] for value in tried}, swept(text, name, path, tried)
    return {}, None


@pytest.mark.walk
@pytest.mark.parametrize(("scenario", "name", "path", "values"), CASES)
def test_a_cell_of_a_sweep_is_what_the_run_with_its_value_gives(scenario, name, path, values):
    text = read(scenario)
    wanted, sweep = taken(text, name, path, values)
    if sweep is None:
        pytest.skip("with the other inputs as they are, the scenario takes no other value of it")
    (piece,) = sweep.pieces(0, 1)
    for column, figure in zip(piece.figures, sweep.figures, strict=True):
        runs = [one.get(figure.node, np.nan) for one in wanted.values()]
        np.testing.assert_allclose(column, runs, rtol=1e-9, atol=1e-6, err_msg=str(figure.node))


STRUCTURAL = {
    "a year that picks rows": ("need", "baerum2016", "need.since.range=[2013,2016]"),
    "a year of another table": ("bridge", "baerum2016", "bridge.wage_year.range=[2013,2016]"),
    "the number of years": ("insource", "drammen2020", "insource.years.range=[2,4]"),
    "the first year": ("growth", "gardermoen", "growth.first_year.range=[2021,2025]"),
}


@pytest.mark.parametrize(("name", "scenario", "change"), STRUCTURAL.values(), ids=STRUCTURAL.keys())
def test_what_names_rows_or_years_is_never_drawn_nor_moved(name, scenario, change):
    result = result_of(read(scenario), Request(sets=(change,)), name)
    with pytest.raises(OmsorgError, match="decides which rows or years there are; allowed: no range"):
        ranged(result, result.figures)
    path = change.partition(".range")[0]
    moved = {swing.input.path for figure in result.figures[-3:] for swing in sensitivity(result, figure).swings}
    assert moved
    assert path not in moved
