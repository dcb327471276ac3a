"""A stored result is recomputed as it was asked for, and what differs is told."""

import json
import re
from pathlib import Path

import pytest

from omsorg_cli.calculators import load

SCENARIO = Path(__file__).parents[3] / "scenarios" / "drammen2020.toml"


@pytest.mark.parametrize(
    "words",
    [
        ["savings", "--base", "asss"],
        ["insource", "drammen2020+optimistic", "--set", "insource.years=4", "--with", "without_farms"],
        ["fte", "--cost", "5 MNOK"],
        ["wage-gap", "--set", "wage_gap.fte=3000"],
    ],
    ids=" ".join,
)
def test_a_result_holds_as_it_was_asked_for(omsorg, tmp_path, words):
    path = tmp_path / "result.json"
    assert omsorg(*words, "--output", str(path)).returncode == 0
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(json.loads(path.read_text(encoding="utf-8"))["figures"])
    assert done.stdout == f"result.json: holds. Figures recomputed: {count}.\n"


def test_a_scenario_that_has_changed_is_told_with_what_comes_out_now(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.json"
    text = SCENARIO.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    omsorg("insource", str(scenario), "--output", str(path))
    scenario.write_text(text.replace('"20 MNOK"', '"21 MNOK"'), encoding="utf-8")
    count = len(json.loads(path.read_text(encoding="utf-8"))["figures"])
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"result.json: no longer holds. Figures recomputed: {count}.",
        "The scenario's text has changed since.",
        "purchased[P05]: was 20000000.0, now comes out as 21000000.0",
        "total_purchased[]: was 99000000.0, now comes out as 100000000.0",
    ]


def test_a_figure_that_is_left_out_now_is_told(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.json"
    text = SCENARIO.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    omsorg("insource", str(scenario), "--output", str(path))
    scenario.write_text(re.sub(r"discount_rate = .*\n", "", text), encoding="utf-8")
    told = omsorg("verify", "--result", str(path)).stdout
    assert re.search(r"^present_value\[\]: was 4188002\.57\d+, now is left out$", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not a result in JSON"),
        ("[1]", "found the format a list"),
        ('{"format": "omsorg.verify/1"}', 'found the format "omsorg.verify/1"; allowed: omsorg.result/1'),
        ('{"format": "omsorg.result/1"}', "lacks parts of a result"),
    ],
)
def test_a_file_that_is_no_result_is_told(omsorg, tmp_path, content, told):
    path = tmp_path / "result.json"
    path.write_text(content, encoding="utf-8")
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "cannot be read" in omsorg("verify", "--result", str(tmp_path / "none.json")).stderr


def test_a_result_from_standard_input_needs_its_scenario_named(omsorg, tmp_path):
    path = tmp_path / "result.json"
    omsorg("insource", "-", "--output", str(path), text=SCENARIO.read_text(encoding="utf-8"))
    assert "name the scenario" in omsorg("verify", "--result", str(path)).stderr
    assert omsorg("verify", "drammen2020", "--result", str(path)).returncode == 0


def test_check_tells_which_figures_rest_on_each_assumption(omsorg):
    told = omsorg("check", "drammen2020").stdout.splitlines()
    place = next(index for index, line in enumerate(told) if "insource.discount_rate" in line)
    names = ", ".join(map(load("insource").label, ("present_value", "break_even_own_cost_ratio")))
    assert told[place + 1] == f"  figures that rest on it: {load('insource').title}: {names}"
