"""What the verbs say of their answers, in each format."""

import csv
import io
import json
import re

import pytest

from omsorg_cli.calculators import load
from omsorg_cli.questions.compare import Column, compare
from omsorg_cli.questions.indices import sobol
from omsorg_cli.questions.sensitivity import sensitivity as sensitivity_of
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.questions.simulate import Options, simulate
from omsorg_cli.questions.solve import Question, solve
from omsorg_cli.render import compare as comparison
from omsorg_cli.render import indices, markdown, sensitivity, table
from omsorg_cli.render import simulate as simulation
from omsorg_cli.render import solve as solution
from omsorg_cli.render.data import csv_text
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

WIDE = "insource.purchases.P06.own_cost_ratio.range=[0.75,1.5]"


def run(*sets):
    return result_of(read("drammen2020"), Request(sets=sets), "insource")


def figures(result, *names):
    return opened(result, result.figures, names or load("insource").headlines)


def simulated():
    result = run(WIDE)
    return simulate(result, figures(result), Options(3_000))


def tornado():
    result = run(WIDE)
    return [sensitivity_of(result, one) for one in figures(result, "present_value", "payback_year")]


def sobol_indices():
    result = run()
    return [sobol(result, figures(result, "present_value")[0], samples=64)]


def solved():
    question = Question("insource.purchases.own_cost_ratio", "present_value", "0")
    return solve(read("drammen2020"), Request(), "insource", Selection({}), question)


def compared():
    one, other = run(), run("insource.purchases.P06.own_cost_ratio=1.4")
    names = load("insource").figures
    return compare([Column("one", one, figures(one, *names)), Column("other", other, figures(other, *names))])


ANSWERS = {
    "simulation": (simulation, simulated),
    "sensitivity": (sensitivity, tornado),
    "indices": (indices, sobol_indices),
    "solution": (solution, solved),
    "comparison": (comparison, compared),
}


@pytest.fixture(scope="module")
def answers():
    return {name: (renderer, make()) for name, (renderer, make) in ANSWERS.items()}


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_has_its_data(answers, name):
    renderer, found = answers[name]
    record = json.loads(renderer.render_json(found))
    assert record["format"] == f"omsorg.{name}/1"
    assert record["caveats"] == list(load("insource").caveats)
    assert record["version"]
    rows = list(csv.DictReader(io.StringIO(csv_text(renderer.rows(found)))))
    held = record[
        "figures" if name in ("simulation", "comparison") else "solutions" if name == "solution" else "inputs"
    ]
    assert len(rows) == len(held)
    for row, one in zip(rows, held, strict=True):
        assert all(row[key] == _cell(value) for key, value in one.items() if key in row)


def _cell(value):
    """A value of the data as a cell has it: at fifteen digits."""
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_is_told_with_its_caveats_and_no_bare_sign(answers, name):
    renderer, found = answers[name]
    parts = renderer.document(found)
    text = table.render(parts)
    assert load("insource").caveats[0] in text
    assert " -" not in re.sub(" --(samples|all|format|set)", "", text)
    assert "█" not in text
    assert markdown.render(parts).startswith("# ")


SAID = {
    "simulation": ("chance of a saving", "draws without a result", "Draws: 3 000; random seed: 1.", "eight draws in ten lie between"),
    "sensitivity": ("Inputs marked ~ have no stated range", "no answer", "What matters most is ", "no effect."),
    "indices": ("The sample is small", "95% interval", "of the uncertainty"),
    "solution": ("Present value is zero with ", " [insource.purchases.own_cost_ratio] at 100%."),
    "comparison": ("not calculated", "saves 20.9 million NOK less", "costs", "Total net saving: 4.6 million NOK (one)"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_says_what_matters(answers, name):
    renderer, found = answers[name]
    text = table.render(renderer.document(found))
    for words in SAID[name]:
        assert words in text


def test_in_a_terminal_bars_are_drawn(answers):
    renderer, found = answers["sensitivity"]
    assert "█" in table.render(renderer.document(found), width=200)


def test_correlated_inputs_are_named(tmp_path):
    path = tmp_path / "correlated.toml"
    entry = '\n[[correlations]]\ninputs = ["insource.purchases.P06.own_cost_ratio", "insource.purchases.P07.own_cost_ratio"]\nvalue = 0.5\n'
    path.write_text(read("drammen2020").content + entry)
    result = result_of(read(str(path)), Request(), "insource")
    text = table.render(simulation.document(simulate(result, figures(result, "present_value"), Options(100))))
    assert "Drawn together with a correlation of 0.5: " in text
