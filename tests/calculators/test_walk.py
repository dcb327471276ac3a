import math
import random
from pathlib import Path

import numpy as np
import pytest

from omsorg_cli import calculators
from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.describe import descriptions
from omsorg_cli.core.inputs import aliases, kinds


def fields(calculator):
    """Each input of the calculator: its model, its name and its kind."""
    return [(model, name, kind) for _, model in rows(load(calculator).inputs) for name, kind in kinds(model).items()]


def test_the_list_of_calculators_is_the_folders():
    folder = Path(calculators.__file__).parent
    files = {path.stem: path.parent.name for path in folder.glob("*/*.py") if "\nCALCULATOR = " in path.read_text()}
    assert files == {name.replace("-", "_"): room for name, room in calculators.ROOMS.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_calculator_has_the_name_of_its_file(name):
    assert load(name).name == name
    assert calculators.summary(name).endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_calculator_says_what_its_records_are_told_apart_by(name):
    assert set(load(name).keys) <= {*load(name).axes, "year"}
    assert load(name).caveats


def known(calculator):
    return {*calculator.figures, *calculator.units, *calculator.input_levels, *calculator.axes}


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_is_an_input_a_figure_an_axis_or_anothers_figure(name):
    calculator = load(name)
    for figure, parameter in ((item.figure, one) for item in calculator.known for one in item.parameters):
        role, where = parameter.role, f"{parameter.name} of {figure}"
        assert role.calculator is None or role.calculator in calculator.uses, where
        other = calculator if role.calculator is None else load(role.calculator)
        assert parameter.name in known(other), where
        assert set(role.at) <= set(other.axes), where
        assert set(role.at_input) <= set(other.axes), where
        assert set(role.at_input.values()) <= set(calculator.input_levels), where


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_waits_for_itself_alone(name):
    calculator = load(name)
    there = set(calculator.input_levels) | set(calculator.axes)
    waiting = list(calculator.known)
    while True:
        ready = [item for item in waiting if all(p.name in there or p.role.calculator for p in item.parameters)]
        if not ready:
            break
        there |= {item.figure for item in ready}
        waiting = [item for item in waiting if item not in ready]
    assert [item.figure for item in waiting] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_formula_has_a_docstring_a_unit_and_known_levels(name):
    calculator = load(name)
    for item in calculator.known:
        assert item.summary.endswith("."), item.figure
        assert item.unit.name, item.figure
        assert all(set(level) <= set(calculator.axes) for level in item.levels), item.figure
        assert set(item.when) <= set(calculator.input_levels), item.figure


@pytest.mark.parametrize("name", NAMES)
def test_the_ways_to_a_figure_have_one_kind_of_money(name):
    for figure, item in load(name).units.items():
        units = {other.unit.name.split("/")[0] for other in load(name).known if other.figure == figure}
        assert units == {item.unit.name.split("/")[0]}


@pytest.mark.parametrize("calculator", NAMES)
def test_each_input_has_a_description_and_a_unit_or_another_form(calculator):
    for model, name, kind in fields(calculator):
        assert descriptions(model)[name].endswith("."), name
        assert kind.unit or kind.form in ("month", "switch", "choice", "key", "text"), name


@pytest.mark.slow
@pytest.mark.parametrize("calculator", NAMES)
def test_the_example_of_each_input_is_one_that_it_takes(calculator):
    for model, name, kind in fields(calculator):
        assert kind.read(kind.example).value is not None, name
        assert aliases(model)[name].isidentifier(), name


@pytest.mark.slow
@pytest.mark.parametrize("calculator", NAMES)
def test_no_input_takes_what_is_no_number(calculator):
    for raw in (math.nan, math.inf, -math.inf, None, []):
        assert [name for _, name, kind in fields(calculator) if taken(kind, raw)] == []


def taken(kind, raw):
    """Whether the kind reads it, and does not say what it found instead."""
    try:
        kind.read(raw)
    except ValueError as refused:
        return "found" not in str(refused)
    return True


DRAWS = 40
COUNTS = ("municipalities", "respondents", "pair_answers", "total_namings", "providers")
"""What is never none, and divided by."""


YEARS = ("year", "first_year", "calendar_year", "from_year", "to_year", "in_year", "amount_year")
WHOLE = {
    **dict.fromkeys(YEARS, (2020, 2024)),
    **dict.fromkeys(("start", "first_month"), (2020 * 12, 2024 * 12)),
    **dict.fromkeys(("base_year", "target_year"), (2015, 2030)),
    **dict.fromkeys(("over_months", "lifetime", "group_size", "years_to_target"), (2, 30)),
    **dict.fromkeys(("decimals", "largest"), (0, 4)),
}
"""Whole numbers, and what they lie between."""
SIZES = ("hours_per_fte", "population", "wage_per_fte", "occupancy", "index", "fte", "multiplier", *COUNTS)


def draw(name, rng):
    """A value such as the parameter may have."""
    if name in WHOLE:
        return rng.randint(*WHOLE[name])
    if name in SIZES:
        return rng.uniform(0.1, 5)
    return rng.choice((0.0, rng.uniform(0.01, 1), rng.uniform(0.01, 1))) * rng.choice(
        (1, -1) if "saving" in name else (1,)
    )


def arguments(item, rng):
    return [
        [draw(p.name, rng) for _ in range(3)] if p.role.series or p.role.to_date else draw(p.name, rng)
        for p in item.parameters
    ]


def together(drawn):
    """The draws of each parameter as one array, or one array for each of its series."""
    first = drawn[0]
    if isinstance(first, list):
        return [np.array(column, dtype=float) for column in zip(*drawn, strict=True)]
    return np.array(drawn, dtype=float)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_formula_gives_on_arrays_what_it_gives_on_numbers(name):
    for item in load(name).known:
        rng = random.Random(item.figure)
        drawn = [one for one in (arguments(item, rng) for _ in range(DRAWS)) if answerable(item, one)]
        wanted = [item.function(*one) for one in drawn]
        found = item.function(*(together(column) for column in zip(*drawn, strict=True)))
        plain = [math.nan if one is None else one for one in wanted]
        told = np.broadcast_to(found, len(plain))
        np.testing.assert_allclose(told, plain, rtol=1e-10, atol=1e-9, err_msg=item.figure)
        assert len(drawn) > DRAWS / 4, item.figure


def answerable(item, drawn):
    """Whether plain numbers have an answer: the engine makes no answer of a division by zero."""
    try:
        item.function(*drawn)
    except ZeroDivisionError:
        return False
    return True
