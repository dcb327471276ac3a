"""Simulations against closed forms. Seeds are fixed, so that a test that passes once passes always; the tolerance is
five standard errors: one seed in two million would fail it."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from omsorg_cli.core.errors import NoAnswerError, OmsorgError
from omsorg_cli.questions.shared.selection import opened
from omsorg_cli.questions.simulate import Options, simulate
from omsorg_cli.result import prepare, run
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text

Z90 = stats.norm.ppf(0.9)
HEAD = {"title": "Made up", "municipality": "Nowhere", "year": 2020}
DRAWS = 200_000


def wages(correlations=(), **inputs):
    """A wage gap to one base; `fte` stands above the row."""
    row = {"base": "a", "year": 2020, **{key: value for key, value in inputs.items() if key != "fte"}}
    data = {**HEAD, "wage_gap": {"fte": inputs.get("fte", 1), "comparisons": [row]}}
    if correlations:
        data["correlations"] = list(correlations)
    text = Text("test", "test.toml", data, "", "0" * 64, False)
    return run(prepare(text, Request(), "wage-gap"), "wage-gap")


def ranged(low, high, shape, value=None):
    return {"value": (low + high) / 2 if value is None else value, "range": [low, high], "shape": shape}


def outcome(result, name, **options):
    figures = opened(result, result.figures, (name,))
    return simulate(result, figures, Options(draws=DRAWS, **options)).outcomes[0]


def close(found, wanted, deviation):
    return abs(found - wanted) < 5 * deviation / math.sqrt(DRAWS)


def quantile_close(found, share, distribution):
    """The standard error of a quantile: √(p(1−p)/n) over the density there."""
    wanted = distribution.ppf(share)
    return abs(found - wanted) < 5 * math.sqrt(share * (1 - share) / DRAWS) / distribution.pdf(wanted)


def test_a_product_of_lognormals_is_lognormal():
    result = wages(fte=ranged(400, 900, "lognormal"), gap_per_fte=ranged(10_000, 40_000, "lognormal"))
    found = outcome(result, "wage_effect")
    logs = [
        (math.log(low * high) / 2, math.log(high / low) / (2 * Z90)) for low, high in ((400, 900), (10_000, 40_000))
    ]
    mean, deviation = sum(mean for mean, _ in logs), math.hypot(*(deviation for _, deviation in logs))
    wanted = stats.lognorm(s=deviation, scale=math.exp(mean))
    assert close(found.mean, wanted.mean(), wanted.std())
    assert all(quantile_close(value, p, wanted) for p, value in ((0.1, found.p10), (0.5, found.p50), (0.9, found.p90)))
    assert found.probability_of_saving == 1


def test_a_difference_of_normals_is_normal():
    result = wages(own_wage=ranged(780_000, 820_000, "normal"), base_wage=ranged(760_000, 820_000, "normal"))
    found = outcome(result, "gap_per_fte")
    wanted = stats.norm(10_000, math.hypot(20_000, 30_000) / Z90)
    assert close(found.mean, 10_000, wanted.std())
    assert all(quantile_close(value, p, wanted) for p, value in ((0.1, found.p10), (0.5, found.p50), (0.9, found.p90)))
    chance = wanted.sf(0)
    assert close(found.probability_of_saving, chance, math.sqrt(chance * (1 - chance)))


@pytest.mark.parametrize("correlation", [-0.9, 0.5, 0.95])
def test_correlated_normals_differ_by_what_is_not_common(correlation):
    entry = {
        "inputs": ["wage_gap.comparisons.a/2020.own_wage", "wage_gap.comparisons.a/2020.base_wage"],
        "value": correlation,
    }
    inputs = {"own_wage": ranged(780_000, 820_000, "normal"), "base_wage": ranged(760_000, 820_000, "normal")}
    found = outcome(wages([entry], **inputs), "gap_per_fte")
    one, other = 20_000 / Z90, 30_000 / Z90
    wanted = stats.norm(10_000, math.sqrt(one**2 + other**2 - 2 * correlation * one * other))
    assert all(quantile_close(value, p, wanted) for p, value in ((0.1, found.p10), (0.5, found.p50), (0.9, found.p90)))


def test_a_correlation_leaves_each_input_as_it_is():
    entry = {"inputs": ["wage_gap.comparisons.a/2020.own_wage", "wage_gap.comparisons.a/2020.base_wage"], "value": 0.7}
    result = wages([entry], own_wage=ranged(780_000, 820_000, "pert"), base_wage=ranged(760_000, 820_000, "uniform"))
    drawn = []
    simulate(
        result,
        opened(result, result.figures, ("gap_per_fte",)),
        Options(draws=DRAWS),
        lambda chunk: drawn.append(chunk.inputs),
    )
    own, base = (np.concatenate([one[path] for one in drawn]) for path in drawn[0])
    assert np.quantile(own, (0.1, 0.9)) == pytest.approx([780_000, 820_000], abs=300)
    assert np.quantile(base, (0.1, 0.9)) == pytest.approx([760_000, 820_000], abs=600)
    assert stats.spearmanr(own, base).statistic == pytest.approx(6 / math.pi * math.asin(0.35), abs=0.01)


def test_a_pert_has_the_mean_of_its_ends_and_four_times_its_mode():
    # symmetric: the mean is the mode, and the variance of a beta(3, 3) is 1/28 of its squared width
    result = wages(fte=ranged(400, 600, "pert"), gap_per_fte=1_000)
    found = outcome(result, "wage_effect")
    width = 200_000 / (1 - 2 * stats.beta(3, 3).ppf(0.1))
    assert close(found.mean, 500_000, width / math.sqrt(28))


def test_where_nothing_is_uncertain_nothing_is_drawn():
    result = wages(fte=ranged(400, 600, "pert"), own_wage=2_000, base_wage=1_000)
    with pytest.raises(NoAnswerError, match="No input of these figures has a range"):
        outcome(result, "gap_per_fte")


def numbers(simulation):
    return [one[1:] for one in simulation.outcomes]


def test_the_same_seed_gives_the_same_whatever_the_jobs_and_another_seed_another():
    result = wages(fte=ranged(400, 900, "lognormal"), gap_per_fte=ranged(10_000, 40_000, "pert"))
    figures = opened(result, result.figures, ("wage_effect",))
    first = numbers(simulate(result, figures, Options(50_000, 0, 1)))
    assert numbers(simulate(result, figures, Options(50_000, 0, 3))) == first
    assert numbers(simulate(result, figures, Options(50_000, 1, 1))) != first


def test_another_input_moves_no_draw_of_the_first():
    def drawn(**inputs):
        result, found = wages(**inputs), []
        simulate(
            result,
            opened(result, result.figures, ("wage_effect",)),
            Options(20_000),
            lambda chunk: found.append(chunk.inputs["wage_gap.fte"]),
        )
        return np.concatenate(found)

    alone = drawn(fte=ranged(400, 900, "pert"), gap_per_fte=1_000)
    beside = drawn(fte=ranged(400, 900, "pert"), gap_per_fte=ranged(10_000, 40_000, "pert"))
    assert (alone == beside).all()


REFUSED = {
    "no draws": ({"draws": 0}, "--draws: found 0; allowed: 1 to 1 000 000 000"),
    "too many draws": ({"draws": 10**13}, "--draws: found 10 000 000 000 000; allowed"),
    "a seed below zero": ({"seed": -1}, "--seed: found -1; allowed: 0 and above"),
    "jobs below zero": ({"jobs": -1}, "--jobs: found -1"),
}


@pytest.mark.parametrize(("options", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_drawn_is_refused(options, told):
    result = wages(fte=ranged(400, 900, "pert"), gap_per_fte=1_000)
    with pytest.raises(OmsorgError, match=told):
        simulate(result, opened(result, result.figures, ("wage_effect",)), Options(**options))


CORRELATIONS = {
    "beyond one": ([{"inputs": ["wage_gap.comparisons.wage"], "value": 1.2}], "found 1.2; allowed: a number"),
    "with nothing": ([{"inputs": ["wage_gap.fte"], "value": 0.2}], "allowed: two inputs or more"),
    "of what is not there": ([{"inputs": ["wage_gap.fte", "wage_gap.ftes"], "value": 0.2}], "There is no input wage_gap.ftes"),
    "that contradict each other": (
        [
            {"inputs": ["wage_gap.fte", "wage_gap.comparisons.a/2020.own_wage"], "value": 0.9},
            {"inputs": ["wage_gap.fte", "wage_gap.comparisons.a/2020.base_wage"], "value": 0.9},
            {"inputs": ["wage_gap.comparisons.a/2020.own_wage", "wage_gap.comparisons.a/2020.base_wage"], "value": -0.9},
        ],
        "contradict each other",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "told"), CORRELATIONS.values(), ids=CORRELATIONS.keys())
def test_correlations_that_cannot_be_are_refused(entries, told):
    inputs = {
        "fte": ranged(400, 900, "pert"),
        "own_wage": ranged(7e5, 8e5, "pert"),
        "base_wage": ranged(7e5, 8e5, "pert"),
    }
    with pytest.raises(OmsorgError, match=told):
        outcome(wages(entries, **inputs), "wage_effect")


def test_the_command_tells_percentiles_and_writes_the_draws(omsorg, tmp_path):
    target = tmp_path / "draws.csv"
    words = ("simulate", "insource", "drammen2020", "--draws", "20000", "--figure", "present_value")
    ended = omsorg(*words, "--draws-output", str(target), "--format", "json")
    record = json.loads(ended.stdout)
    assert (record["format"], record["seed"], record["draws"]) == ("omsorg.simulation/1", 1, 20_000)
    rows = target.read_text().splitlines()
    assert rows[0].split(",")[0] == "draw"
    assert rows[0].endswith(",present_value")
    values = [float(row.rsplit(",", 1)[1]) for row in rows[1:]]
    assert len(values) == 20_000
    (figure,) = record["figures"]
    assert [figure["p10"], figure["p50"], figure["p90"]] == pytest.approx(np.quantile(values, (0.1, 0.5, 0.9)))
    assert figure["mean"] == pytest.approx(np.mean(values))
    assert figure["probability_of_saving"] == np.mean(np.array(values) > 0)
    assert omsorg(*words, "--format", "json", "--jobs", "1").stdout == ended.stdout


def test_draws_may_be_parquet(omsorg, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "draws.parquet"
    omsorg(
        "simulate",
        "savings",
        "baerum2016",
        "--base",
        "asss",
        "--set",
        "savings.population.range=[120000,130000]",
        "--draws",
        "9000",
        "--draws-output",
        str(target),
    )
    table = parquet.read_table(target).to_pydict()
    assert list(table)[:2] == ["draw", "savings.population"]
    assert table["savings_potential[base=asss,service=total]"][:3] == pytest.approx(
        [939 * one for one in table["savings.population"][:3]]
    )


HOME = """
title = "Home"
municipality = "Home"
year = 2020

[insource]
first_year = 2020
years = 2
discount_rate = 0

[[insource.purchases]]
programme = "P"
annual_cost = 12_000_000
repatriable_share = 1
own_cost_ratio = 0.5

[[insource.purchases.phases]]
share = 1
from = { value = "2021-01", range = ["2020-07", "2021-07"], shape = "uniform", coverage = 0.8, assumption = "no date is known" }
"""


def test_a_date_may_be_uncertain_and_is_drawn_in_whole_months(omsorg, tmp_path):
    # half of 12 million a year is saved from the month on: in each of 24 months that are left, half a million
    target = tmp_path / "draws.csv"
    words = ("--figure", "total_net_saving", "--draws", "2000", "--draws-output", str(target))
    ended = omsorg("simulate", "insource", "-", *words, text=HOME)
    assert ": July 2020 (P10) to July 2021 (P90), uniform distribution" in ended.stdout
    rows = [row.split(",") for row in target.read_text().splitlines()[1:]]
    months = {month: (int(month[:4]) - 2020) * 12 + int(month[5:]) - 1 for _, month, _ in rows}
    assert len(months) > 12
    for _, month, saved in rows:
        assert float(saved) == pytest.approx(500_000 * (24 - max(months[month], 0)))
    moved = json.loads(
        omsorg("sensitivity", "insource", "-", *words[:2], "--only-ranged", "--format", "json", text=HOME).stdout
    )
    (swing,) = moved["inputs"]
    assert [swing[key] for key in ("low", "high", "figure_at_low", "figure_at_high")] == [
        "2020-07",
        "2021-07",
        9e6,
        3e6,
    ]


WRONG = {
    "no draws": (["--draws", "0"], 2, '--draws: found "0"; allowed: a whole number, at least 1'),
    "a figure that is none": (["--figure", "present_valu"], 2, 'Did you mean "present_value"?'),
    "a range of numbers on a date": (["--set", "insource.purchases.P06.phases.0.from.range=[1,2]"], 2, "allowed: a month such as 2020-07"),
    "a range on the horizon": (["--set", "insource.years.range=[2,4]"], 2, "insource.years has a range, but decides which rows or years there are"),
    "a range that nothing fits": (["--set", "insource.purchases.P06.repatriable_share.range=[0,1]"], 2, "no pert distribution within"),
    "draws as nothing known": (["--draws-output", "draws.txt"], 2, "allowed: .csv, .parquet"),
    "draws where nothing can be": (["--draws-output", "none/draws.csv"], 2, "cannot be written"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_and_nothing_written(omsorg, tmp_path, words, code, told):
    ended = omsorg("simulate", "insource", "drammen2020", *words, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_range_there_is_no_answer(omsorg):
    ended = omsorg("simulate", "fte", "baerum2016")
    assert ended.returncode == 1
    assert "--set PATH.range=[LOW,HIGH]" in ended.stderr


def test_a_date_is_never_drawn_out_of_the_horizon_and_start_up_counts_in_every_draw(omsorg, tmp_path):
    # nothing is saved at a ratio of 1, so that every draw costs the million of starting and nothing else
    target = tmp_path / "draws.csv"
    text = HOME.replace("own_cost_ratio = 0.5", "own_cost_ratio = 1\nstartup_cost = 1_000_000")
    text = text.replace(
        'value = "2021-01", range = ["2020-07", "2021-07"]', 'value = "2020-02", range = ["2020-01", "2020-07"]'
    )
    words = ("--figure", "total_net_saving", "--draws", "2000", "--draws-output", str(target))
    assert omsorg("simulate", "insource", "-", *words, text=text).returncode == 0
    rows = [row.split(",") for row in target.read_text().splitlines()[1:]]
    assert min(month for _, month, _ in rows) < "2020-01"
    assert {round(float(saved)) for _, _, saved in rows} == {-1_000_000}
    # at a half, whoever is drawn before January 2020 saves 24 months of half a million, as who begins then
    text = text.replace("own_cost_ratio = 1", "own_cost_ratio = 0.5")
    text = text.replace("share = 1\nfrom", "share = 1\nover_months = 6\nfrom")
    assert omsorg("simulate", "insource", "-", *words, text=text).returncode == 0
    rows = [row.split(",") for row in target.read_text().splitlines()[1:]]
    begun = {round(float(saved)) for _, month, saved in rows if month <= "2020-01"}
    assert begun == {round(500_000 * (24 - 2.5) - 1_000_000)}


def test_a_range_of_dates_may_not_begin_before_the_first_year(omsorg):
    text = HOME.replace('range = ["2020-07", "2021-07"]', 'range = ["2019-07", "2021-07"]')
    done = omsorg("insource", "-", text=text)
    assert done.returncode == 2
    assert "phases.0.from: found 2019-07, before first_year; allowed: from 2020-01" in done.stderr
