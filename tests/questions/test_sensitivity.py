import json
from functools import cache

import pytest

from omsorg_cli.core.errors import NoAnswerError
from omsorg_cli.questions import sensitivity as sensitivity_of
from omsorg_cli.questions.sensitivity import sensitivity
from omsorg_cli.questions.shared.selection import opened
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read


@cache
def unmoved(calculator, scenario, *sets):
    return result_of(read(scenario), Request(sets=sets), calculator)


def swings(calculator, scenario, name, *sets, only_ranged=False, **keys):
    result = unmoved(calculator, scenario, *sets)
    figures = [one for one in result.figures if all(one.keys[key] == value for key, value in keys.items())]
    (figure,) = opened(result, figures, (name,))
    return {one.input.path: one for one in sensitivity(result, figure, only_ranged=only_ranged).swings}


def test_each_input_is_moved_over_its_range_and_the_one_that_matters_most_stands_first():
    # P07 saves 3.168 million, P06 41.880 × (1 − ratio): 13.6 and 1.1 million at 0.75 and 1.05; of either kind of P06
    # 2.094 million, 8/15 and 6/5 of it at 0.4 and 0.9
    found = swings("insource", "drammen2020+p07_as_joint_housing", "present_value", only_ranged=True)
    assert list(found) == [
        "insource.purchases.P06.own_cost_ratio",
        "insource.purchases.P07.own_cost_ratio",
        "insource.purchases.P07.phases.1.from",
        "insource.purchases.P06/dementia_long_term.repatriable_share",
        "insource.purchases.P06/temporary_stay.repatriable_share",
    ]
    ratio = found["insource.purchases.P06.own_cost_ratio"]
    assert (ratio.low, ratio.high) == (0.75, 1.05)
    assert [round(ratio.figure_at_low / 1e6, 1), round(ratio.figure_at_high / 1e6, 1)] == [13.6, 1.1]
    share = found["insource.purchases.P06/temporary_stay.repatriable_share"]
    assert [round(share.figure_at_low / 1e6, 1), round(share.figure_at_high / 1e6, 1)] == [6.4, 7.8]
    assert all(one.ranged for one in found.values())
    # from January 2022, half of 13 million is at home in all of 2022 at 0.7: 1.95 million, discounted by 1.04³
    date = found["insource.purchases.P07.phases.1.from"]
    assert date.figure_at_low - date.figure_at_high == pytest.approx(1_950_000 / 1.04**3)


def test_inputs_are_moved_some_at_a_time_and_each_as_if_alone(monkeypatch):
    together = swings("insource", "drammen2020", "present_value")
    monkeypatch.setattr(sensitivity_of, "TOGETHER", 2)
    apart = swings("insource", "drammen2020", "present_value")
    assert list(apart) == list(together)
    for path, one in apart.items():
        ends = together[path].figure_at_low, together[path].figure_at_high
        assert (one.figure_at_low, one.figure_at_high) == pytest.approx(ends, rel=1e-12)


def test_an_end_is_what_a_run_with_that_value_gives():
    found = swings("insource", "drammen2020", "present_value")
    for path in (
        "insource.discount_rate",
        "insource.purchases.P07.phases.0.over_months",
        "insource.purchases.P06.occupancy",
    ):
        for end, value in (
            (found[path].low, found[path].figure_at_low),
            (found[path].high, found[path].figure_at_high),
        ):
            result = result_of(read("drammen2020"), Request(sets=(f"{path}={end!r}",)), "insource")
            assert value == pytest.approx(opened(result, result.figures, ("present_value",))[0].value, rel=1e-12)


ENDS = {
    "a number by a tenth: 0.04": ("insource.discount_rate", 0.036, 0.044),
    "a count by whole numbers: a tenth of 18": ("insource.purchases.P07.phases.0.over_months", 16, 20),
    "and by one at the least": ("insource.purchases.P06.phases.0.over_months", 5, 7),
    "not beyond a bound": ("insource.purchases.P06.occupancy", 0.9, 1),
    "not where the scenario would be refused: two halves": ("insource.purchases.P07.phases.0.share", 0.45, 0.5),
}


@pytest.mark.parametrize(("path", "low", "high"), ENDS.values(), ids=ENDS.keys())
def test_an_input_without_a_range_is_moved(path, low, high):
    one = swings("insource", "drammen2020", "present_value")[path]
    assert (one.low, one.high) == pytest.approx((low, high))
    assert not one.ranged
    assert one.held is (path.endswith("phases.0.share"))


def test_dates_and_years_without_a_range_are_not_moved():
    paths = swings("insource", "drammen2020", "present_value")
    assert not any(path.endswith(("phases.0.from", "first_year", "years")) for path in paths)


def test_the_horizon_is_not_moved_for_the_rows_of_a_run_are_fixed():
    assert "plan.years" not in swings("plan", "drammen2017", "new_spending")


@pytest.mark.slow
def test_the_assumed_mean_of_an_open_class_matters_most_to_the_persons():
    # 685 is not the low end: 25 × 19 and 40 × 19 beside 419 persons in the closed classes
    found = swings("survey", "survey2023", "persons", question="own_places")
    first = found[next(iter(found))]
    assert first.input.path == "survey.questions.own_places.open_mean"
    assert (first.figure_at_low, first.figure_at_high) == (894, 1_179)


def test_what_has_no_answer_at_an_end_stands_first_without_a_swing():
    # at half as much again as the price, what P06 costs exceeds what P07 saves
    wide = "insource.purchases.P06.own_cost_ratio.range=[0.75,1.5]"
    found = swings("insource", "drammen2020", "payback_year", wide)
    first = next(iter(found.values()))
    assert first.swing is None
    assert first.input.path == "insource.purchases.P06.own_cost_ratio"


def test_without_a_range_there_is_nothing_to_move_over_ranges():
    with pytest.raises(NoAnswerError, match="none of its inputs has a range"):
        swings("savings", "baerum2016", "savings_potential", only_ranged=True, base="asss", service="total")


def test_a_potential_moves_as_its_factors_do():
    # 939 × 124 008 = 116 443 512: a tenth of a gap is a tenth of the potential; of whole inhabitants, 12 401 × 939
    found = swings("savings", "baerum2016", "savings_potential", base="asss", service="total")
    assert [one.swing for one in found.values()] == pytest.approx([2 * 12_401 * 939, 0.2 * 116_443_512])


def test_whole_numbers_are_moved_by_whole_numbers(omsorg):
    # a tenth of 6 places is 0.6: they are moved to 5 and 7, as `--set` takes them
    text = """
title = "Home"
municipality = "Home"
year = 2025
[insource]
first_year = 2025
years = 2
[[insource.purchases]]
programme = "day"
annual_cost = 10_000_000
repatriable_share = 1
places = 8
own_cost_per_place = 1_000_000
phases = [{ places = 6, from = "2025-01" }]
"""
    done = omsorg("sensitivity", "insource", "-", "--figure", "total_net_saving", "--format", "json", text=text)
    ends = {one["input"]: (one["low"], one["high"]) for one in json.loads(done.stdout)["inputs"]}
    assert ends["insource.purchases.day.phases.0.places"] == (5, 7)


@pytest.mark.slow
def test_two_factors_matter_equally_though_one_is_moved_by_whole_numbers(omsorg):
    said = omsorg(
        "sensitivity", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential"
    ).stdout
    assert "matter equally" in said


def test_the_tornado_in_a_pipe_is_plain_and_its_bars_are_as_long_as_the_swings(omsorg):
    scenario = "drammen2020+p07_as_joint_housing"
    ended = omsorg("sensitivity", "insource", scenario, "--figure", "present_value", "--only-ranged")
    rows = [line for line in ended.stdout.splitlines() if "|" in line]
    lengths = [sum(row.count(mark) for mark in "#|") for row in rows]
    # 13.07 and 4.39 million out of 13.07, in 24 places
    assert lengths[:2] == [24, pytest.approx(24 * 4.39 / 13.07, abs=1.5)]
    assert 0 < lengths[3] <= lengths[2] < lengths[1]
    assert ended.stdout.isprintable() or "█" not in ended.stdout
    assert "costs" not in rows[0]


def test_the_data_has_the_promised_columns(omsorg):
    record = json.loads(
        omsorg("sensitivity", "insource", "drammen2020", "--figure", "present_value", "--format", "json").stdout
    )
    assert record["format"] == "omsorg.sensitivity/1"
    assert {"input", "low", "high", "figure_at_low", "figure_at_high", "swing"} <= set(record["inputs"][0])
    swings = [one["swing"] for one in record["inputs"]]
    assert swings == sorted(swings, reverse=True)


def test_check_names_the_assumptions_first_that_matter_most(omsorg):
    lines = [line for line in omsorg("check", "drammen2020").stdout.splitlines() if line.startswith("assumption")]
    assert [line.split("[")[1].split("]")[0] for line in lines[:3]] == [
        "insource.purchases.P06.own_cost_ratio",
        "insource.purchases.P07.own_cost_ratio",
        "insource.purchases.P06/dementia_long_term.repatriable_share",
    ]


@pytest.mark.parametrize("words", [("--samples", "64"), ("--seed", "0")])
def test_what_only_draws_use_is_refused_without_them(omsorg, words):
    ended = omsorg("sensitivity", "insource", "drammen2020", *words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "go with --global" in ended.stderr
