"""Every shipped scenario under every verb, for each calculator that it has; and `check` finds what a verb refuses."""

import csv
import json
from functools import cache

import pytest

from omsorg_cli.result import run
from omsorg_cli.scenario.load import open_scenario
from omsorg_cli.scenario.read import read, shipped

opened = cache(lambda name: open_scenario(read(name)))
pytestmark = pytest.mark.walk
EACH = [(calculator, scenario) for scenario in shipped() for calculator in opened(scenario).inputs]


def done(ended):
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stdout


def typed(number):
    """The number as an option takes it, never with three decimals, which could be thousands."""
    text = f"{number:.0f}" if number == int(number) else repr(number)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


@pytest.mark.parametrize(("calculator", "scenario"), EACH)
@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
def test_it_runs(omsorg, calculator, scenario, format_):
    assert done(omsorg(calculator, scenario, "--format", format_))


@pytest.mark.parametrize(("calculator", "scenario"), EACH)
def test_its_figures_open_and_stand_beside_each_other(omsorg, calculator, scenario):
    assert done(omsorg("explain", calculator, scenario))
    assert done(omsorg("compare", calculator, scenario, scenario))


@pytest.mark.parametrize(("calculator", "scenario"), EACH)
def test_it_is_drawn_or_has_no_range(omsorg, calculator, scenario):
    ended = omsorg("simulate", calculator, scenario, "--draws", "20")
    result = run(opened(scenario), calculator)
    asked = [one for one in result.figures if one.figure in result.calculator.headlines]
    if any(item.stated.range is not None for item in result.used_by(asked)):
        assert done(ended)
    else:
        assert (ended.returncode, ended.stdout) == (1, "")
        assert "has a range to draw from" in ended.stderr


@pytest.mark.parametrize(("calculator", "scenario"), EACH)
def test_what_matters_most_is_moved_looked_for_and_swept_alike(omsorg, calculator, scenario):
    ended = omsorg("sensitivity", calculator, scenario, "--format", "json")
    if calculator == "organise":  # it rests on switches
        assert (ended.returncode, ended.stdout) == (1, "")
        assert "none of its inputs is a number" in ended.stderr
        return
    found = next(one for one in json.loads(done(ended))["inputs"] if one["swing"])
    keys = [
        word
        for key in run(opened(scenario), calculator).calculator.keys
        if found[key] is not None
        for word in (f"--{key}", str(found[key]))
    ]
    ends = [found[name] for name in ("low", "high")]
    figures = [found[name] for name in ("figure_at_low", "figure_at_high")]
    grid = f"{found['input']}={'; '.join(map(typed, ends))}"
    asked = (calculator, scenario, "--figure", found["figure"], *keys)
    _, *rows = csv.reader(done(omsorg("sweep", *asked, "--grid", grid, "--format", "csv")).splitlines())
    assert [float(row[-1]) for row in rows] == pytest.approx(figures, rel=1e-6)
    target = ("--input", found["input"], "--target", typed(figures[1]))
    assert done(omsorg("solve", *asked, *target))


@pytest.mark.parametrize("scenario", shipped())
def test_it_is_valid_and_verified(omsorg, scenario):
    assert done(omsorg("check", scenario))
    assert done(omsorg("verify", scenario))


SCENARIO = """
title = "Made up"
municipality = "Nowhere"
year = 2020
[insource]
first_year = 2020
years = 3
discount_rate = { value = 0.04, range = [0.02, 0.06] }
own_price_growth = { value = 0.01, range = [0, 0.02] }
[[insource.purchases]]
programme = "A"
annual_cost = 1_000_000
repatriable_share = { value = 0.5, range = [0.3, 0.7] }
own_cost_ratio = 0.9
phases = [{ share = 1, from = "2020-01" }]
[overlays.other.insource]
purchased_price_growth = 0.01
"""
SHARE = "insource.purchases.A.repatriable_share"
# what is refused of a range: what stands in the place of what, and what is told
REFUSED = {
    "that ends at a bound": (
        ("range = [0.3, 0.7]", "range = [0, 0.7]"),
        f"{SHARE}: no pert distribution within the input's bounds has 0 as P10",
    ),
    "that its shape cannot have": (
        ("range = [0.3, 0.7]", 'range = [0.3, 0.99], shape = "uniform"'),
        f"{SHARE}: no uniform distribution within the input's bounds",
    ),
    "of the years": (
        ("years = 3", "years = { value = 3, range = [2, 5] }"),
        "insource.years has a range, but decides",
    ),
    "of the first year": (
        ("first_year = 2020", "first_year = { value = 2020, range = [2018, 2020] }"),
        "insource.first_year has a range, but decides",
    ),
    "in an overlay": (
        ("purchased_price_growth = 0.01", "purchases.A.repatriable_share.range = [0, 0.7]"),
        f"{SHARE}: no pert distribution",
    ),
    "whose correlations exclude each other": (
        (
            "[overlays",
            f"""[[correlations]]
inputs = ["insource.discount_rate", "insource.own_price_growth"]
value = 0.9
[[correlations]]
inputs = ["insource.discount_rate", "{SHARE}"]
value = 0.9
[[correlations]]
inputs = ["insource.own_price_growth", "{SHARE}"]
value = -0.9
[overlays""",
        ),
        "contradict each other",
    ),
}


@pytest.mark.parametrize(("change", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_check_finds_a_range_that_a_simulation_refuses(omsorg, tmp_path, change, told):
    path = tmp_path / "ranged.toml"
    path.write_text(SCENARIO)
    assert omsorg("check", path).returncode == 0
    path.write_text(SCENARIO.replace(*change))
    drawn = omsorg("simulate", "insource", path, "--with", "other", "--draws", "10")
    checked = omsorg("check", path)
    for ended in (drawn, checked):
        assert (ended.returncode, ended.stdout) == (2, "")
        assert told in ended.stderr
