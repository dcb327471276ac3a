import runpy
import sys
import tomllib
from pathlib import Path

import pytest

from omsorg_cli.render.data import render_json
from omsorg_cli.render.document import document
from omsorg_cli.render.workbook import render
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text

MAKERS = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "growth.py"))["MAKERS"]
FEW = 25
MOST = 4.1
"""Four times the rows may take as many times as much: four, and a little for what rows have in common."""


def result_of(name, rows):
    content = MAKERS[name](rows)
    text = Text("made_up", "made_up.toml", tomllib.loads(content), content, "0" * 64, True)
    return run(prepare(text, Request(), name), name)


def in_words(name, rows):
    result = result_of(name, rows)
    render_json(result, result.figures)
    document(result, result.figures, full=True)


def as_workbook(name, rows):
    result = result_of(name, rows)
    render(result, result.figures)


def calls(work):
    """How many functions the work calls, those of the interpreter among them: the same on any machine."""
    count = 0

    def counting(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize(("work", "few"), [(in_words, FEW), (as_workbook, FEW // 2)])
@pytest.mark.parametrize("name", MAKERS)
def test_four_times_the_rows_take_about_four_times_the_work(name, work, few):
    work(name, 1)  # what is worked out once and kept is not counted
    assert calls(lambda: work(name, 4 * few)) <= MOST * calls(lambda: work(name, few))


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_four_times_the_rows_keep_about_four_times_as_much(name):
    few, many = (kept(result_of(name, rows).record) for rows in (FEW, 4 * FEW))
    assert many <= MOST * few


def kept(record):
    """The steps with those that they use, and the inputs that each rests on, those that are kept once counted once."""
    inputs = {id(one): len(one) for one in record._inputs}
    return sum(inputs.values()) + sum(1 + len(step.slots) for step in record.plan.steps)


def chain(rows, order):
    """Comparisons of which each takes its own level from the one before it."""
    first = {"base": "b0", "own_per_inhabitant": 17_000, "base_per_inhabitant": 15_000}
    others = [{"base": f"b{row}", "own_from": f"b{row - 1}", "index": 1.1} for row in range(1, rows)]
    return {"population": 1_000, "need_index": 0.9, "comparisons": [first, *others][::order]}


@pytest.mark.parametrize("order", [1, -1], ids=["the first row first", "the first row last"])
def test_rows_that_rest_on_one_another_take_no_more_work_each_the_more_there_are(order):
    head = {"title": "Made up", "municipality": "Nowhere", "year": 2020}

    def work(rows):
        data = {**head, "savings": chain(rows, order)}
        run(prepare(Text("made_up", "made_up.toml", data, "", "0" * 64, True), Request(), "savings"), "savings")

    work(2)
    assert calls(lambda: work(4 * FEW)) <= MOST * calls(lambda: work(FEW))
