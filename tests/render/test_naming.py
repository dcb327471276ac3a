"""Shown formulas keep whose figure each name is: read back, no two quantities stand under one name."""

import re
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.language import spoken
from omsorg_cli.core.operation import is_symbolic
from omsorg_cli.core.symbol import INFIX, Operation, expression
from omsorg_cli.engine.explain import arguments, mentioned, written
from omsorg_cli.render.naming import (
    OPERATIONS,
    between_arguments,
    constant_text,
    label_of,
    names_in,
    operation_text,
)
from omsorg_cli.result import run
from omsorg_cli.scenario.load import open_scenario
from omsorg_cli.scenario.read import read, shipped

MADE_UP = str(Path(__file__).parents[1] / "made_up.toml")
opened = cache(lambda name: open_scenario(read(name)))
RUNS = [(scenario, calculator) for scenario in (*shipped(), MADE_UP) for calculator in opened(scenario).inputs]


def stands_for(result, use, name):
    """The steps that the name stands for; series of no rows share a zero, and each is told by its own name."""
    first = result.record.plan.steps[use if isinstance(use, int) else use[0]]
    return name if first.node.figure == "none" else use


@pytest.mark.walk
@pytest.mark.parametrize(("scenario", "calculator"), RUNS, ids=lambda part: Path(part).stem)
def test_no_two_quantities_stand_under_one_name_in_a_shown_formula(scenario, calculator):
    result = run(opened(scenario), calculator)
    for slot, step in enumerate(result.record.plan.steps):
        told = step.formula and expression(step.formula)
        if told is None or not is_symbolic(told):
            continue
        used = arguments(result.record, slot)
        called = names_in(result, slot, labelled=True)
        shown = {called[name] for name in mentioned(told)}
        assert len(shown) == len({stands_for(result, used[name], name) for name in mentioned(told)}), shown
        if len(shown) > 1:  # a figure that is another one as it stands may have its name
            assert label_of(result, step, step.node.figure) not in shown


@pytest.mark.walk
@pytest.mark.parametrize(("scenario", "calculator"), RUNS, ids=lambda part: Path(part).stem)
def test_no_two_lines_of_an_explanation_have_one_name(omsorg, scenario, calculator):
    graph = omsorg("explain", calculator, scenario, "--format", "mermaid").stdout
    names = re.findall(r'^  s\d+\["(.*)<br>', graph, re.MULTILINE)
    assert names
    assert len(set(names)) == len(names)


# The audit's refunds: 167 − 62 × 124 008 ÷ 68 363 million; the hours of the own users beside those of the base's.
@pytest.mark.parametrize(
    ("words", "formula"),
    [
        (
            "coverage refund_difference --base drammen",
            "refunds − Drammen's refunds × population ÷ Drammen's population",
        ),
        ("coverage base_target_group --base drammen", "Drammen's target_share × Drammen's population"),
        ("need change_since --municipality baerum --year 2016", "2016's need_index − 2013's need_index"),
        ("need need_above_own --municipality oslo --year 2016", "Oslo's need_index ÷ Bærum's need_index − 1"),
        ("plan transfers", "total(each year's transfers)"),
        (f"savings own_per_inhabitant {MADE_UP} --base raw_levels", "own_per_inhabitant as stated ÷ need_index"),
        (f"savings base_per_inhabitant {MADE_UP} --base mean --service home", "members_mean[mean, home]"),
    ],
)
@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_shown_formula_says_whose_figure_it_is(omsorg, words, formula, format_):
    calculator, figure, *rest = words.split()
    done = omsorg("explain", calculator, *rest, "--figure", figure, "--format", format_)
    assert done.returncode == 0, done.stderr
    assert (formula if format_ == "json" else labelled(calculator, formula)) in done.stdout.replace("\\", "")


def labelled(calculator, formula):
    """The formula as people read it: each name by its label."""
    known = load(calculator)
    used = (known, *map(load, known.uses))
    names = {name for one in used for name in (*one.units, *one.numbers, *one.said.values())}
    text = formula.replace("total(", "sum(").replace("members_mean[mean, home]", "members_mean (Mean, home services)")
    return re.sub(r"[a-z]+(_[a-z]+)*", lambda one: known.label(one[0]) if one[0] in names else one[0], text)


def test_a_workbook_describes_formulas_in_the_same_words(omsorg, tmp_path):
    path = tmp_path / "coverage.xlsx"
    assert omsorg("coverage", "--output", path).returncode == 0
    texts = {str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row if cell.value}
    formula = labelled("coverage", "refunds − Drammen's refunds × population ÷ Drammen's population")
    assert any(text.endswith(f" = {formula}") for text in texts)


def _operations(part):
    """The signs of the operations in an expression."""
    if isinstance(part, Operation):
        yield part.sign
    inner = part.arguments if isinstance(part, Operation) else part if isinstance(part, list | tuple) else ()
    for one in inner:
        yield from _operations(one)


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_of_a_formula_has_words_in_both_languages(name):
    found = {sign for one in load(name).known for sign in _operations(expression(one))} - {*INFIX}
    assert found <= {*OPERATIONS}
    with spoken("nb"):
        assert not {sign for sign in found if "_" in operation_text(sign)}


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "if(0.5 > 0, 1.5, 2)"), ("nb", "hvis(0,5 > 0; 1,5; 2)")],
)
def test_no_comma_stands_between_arguments_where_decimals_have_one(language, told):
    part = Operation("where", (Operation(">", (0.5, 0)), 1.5, 2))
    with spoken(language):
        said = {"called": operation_text, "constant": constant_text, "between": between_arguments()}
        assert written(part, str, **said) == told


def test_an_explanation_in_norwegian_has_semicolons_between_arguments(omsorg):
    shown = omsorg("explain", "insource", "drammen2020", "--lang", "nb", "--figure", "own_cost").stdout
    assert "innfaset(juli 2020; 6 måneder; 2020)" in shown.replace("\u00a0", " ")
