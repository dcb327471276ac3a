import json

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.inputs import aliases, kinds
from omsorg_cli.questions.figures import catalogue


@pytest.mark.parametrize("name", NAMES)
def test_every_input_and_figure_of_a_calculator_is_listed_with_what_it_means(name):
    found = catalogue(load(name))
    names = {aliases(model)[field] for _, model in rows(load(name).inputs) for field in kinds(model)}
    assert {one.path.rpartition(".")[2] for one in found.inputs} == names
    assert {one.figure for one in found.figures} == set(load(name).figures)
    assert all(one.meaning for one in (*found.inputs, *found.figures))
    assert len({one.path for one in found.inputs}) == len(found.inputs)


@pytest.mark.parametrize(
    ("calculator", "path"),
    [
        ("savings", "savings.population"),
        ("savings", "savings.comparisons.BASE/SERVICE.gap_per_inhabitant"),
        ("insource", "insource.purchases.PROGRAMME.annual_cost"),
        ("insource", "insource.purchases.PROGRAMME/CATEGORY.share_of_cost"),
        ("insource", "insource.purchases.PROGRAMME.phases.PHASE.from"),
        ("insource", "insource.purchases.PROGRAMME/CATEGORY.phases.PHASE.from"),
    ],
)
def test_a_path_is_what_is_typed_with_the_keys_of_the_row_in_capitals(calculator, path):
    assert path in {one.path for one in catalogue(load(calculator)).inputs}


def test_the_command_tells_units_bounds_and_defaults(omsorg):
    text = omsorg("figures", "savings").stdout
    (line,) = [one for one in text.splitlines() if one.strip().startswith("savings.wage_per_fte")]
    assert "a number (NOK per FTE), over 0" in line
    assert "300 000 to 1 800 000 NOK per FTE" in line
    record = json.loads(omsorg("figures", "savings", "--format", "json").stdout)
    assert record["format"] == "omsorg.figures/1"
    assert {one["figure"]: one["unit"] for one in record["figures"]}["savings_potential"] == "NOK/year"
    head, *lines = omsorg("figures", "savings", "--format", "csv").stdout.splitlines()
    assert head == "kind,name,unit,meaning,allowed,usual,default"
    assert len(lines) == len(record["inputs"]) + len({one["figure"] for one in record["figures"]})


def test_an_unknown_calculator_is_answered_with_the_nearest(omsorg):
    done = omsorg("figures", "saving")
    assert done.returncode == 2
    assert 'Did you mean "savings"?' in done.stderr
