"""What a page recalculates is what a run with the same change gives."""

import math
import re

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.numbers import exact_text
from omsorg_cli.engine.record import evaluate
from omsorg_cli.render.report import render
from omsorg_cli.render.report.live import Program, ends
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

SET = """([path, one]) => {
    const box = document.querySelector(`input[data-path='${path}']`);
    box.value = one;
    box.dispatchEvent(new Event('input'));
    return Number(box.value);
}"""
MOST_MOVED = 12
"""Sliders of one page: those of a survey are all alike."""
SAID = "() => [...document.querySelectorAll('span[data-way]')].map((one) => one.textContent)"


def _result(name, *sets):
    return result_of(read(load(name).scenario), Request(sets=sets), name)


def _near(one, other):
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_slider_at_each_end_gives_every_figure_of_the_run_with_that_value(opened, name):
    result = _result(name)
    program = Program(result, result.figures)
    page = opened(render(result, result.figures))
    slots = [result.record.plan.slots[figure.node] for figure in result.figures]
    for item in program.movable[:MOST_MOVED]:
        for end in ends(item):
            set_to = page.evaluate(SET, [item.path, end])
            shown = page.evaluate("() => window.omsorg.values()")
            values = evaluate(result.record.plan, {item.path: set_to})
            wrong = [
                (
                    item.path,
                    set_to,
                    program.result.record.plan.steps[slot].node,
                    shown[program.number[slot]],
                    values[slot],
                )
                for slot in slots
                if not _near(shown[program.number[slot]], values[slot])
            ]
            assert not wrong
        page.evaluate("() => document.getElementById('reset').click()")
    assert page.told == []
    assert len(page.asked) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["savings", "insource", "growth", "coverage", "plan"])
def test_the_words_of_a_moved_page_are_those_of_the_run_with_that_value(opened, name):
    result = _result(name)
    moved = Program(result, result.figures).movable
    if not moved:
        pytest.skip("it has no assumption that can be moved")
    page = opened(render(result, result.figures))
    value = page.evaluate(SET, [moved[0].path, sum(ends(moved[0])) / 2 * 1.01])
    other = _result(name, f"{moved[0].path}={exact_text(value)}")
    expected = re.findall(
        r'<span data-slot="\d+" data-way[^>]*>(?:<[^>]*>)*([^<]*)', render(other, other.figures).decode()
    )
    assert page.evaluate(SAID) == [one.replace("&#x27;", "'") for one in expected]
