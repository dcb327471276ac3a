"""What insourcing takes beside prices can be solved for, moved and drawn as any other input."""

import json

import pytest

TEXT = """
title = "T"
municipality = "M"
year = 2020
[insource]
first_year = 2020
years = 3
discount_rate = 0
refund_threshold = 1_080_000
refund_rate = RATE
[[insource.purchases]]
programme = "P1"
annual_cost = 3_000_000
repatriable_share = 1
own_cost_ratio = 0.8
exit_cost = 100_000
overlap_months = 1
phases = [{ share = 1, from = "2020-01" }]
refund_groups = [{ users = 1, net_wage_cost = 3_000_000, net_wage_cost_in_house = 2_400_000 }]
"""
PLAIN = TEXT.replace("RATE", "0.8")
# three years save 600 000 each, of which the state keeps its rate; 100 000 of exit and a month of 250 000 are paid once:
# 1 800 000 × (1 − 0.8) − 350 000 = 10 000
SOLVED = {
    "the rate at which nothing is left": ("insource.refund_rate", "0", (1_800_000 - 350_000) / 1_800_000),
    "the exit that leaves 50 000": ("insource.purchases.P1.exit_cost", "50_000", 60_000),
}


def test_the_saving_by_hand(omsorg):
    assert float(omsorg("insource", "-", "--value", "total_net_saving", text=PLAIN).stdout) == pytest.approx(10_000)


@pytest.mark.parametrize(("path", "target", "value"), SOLVED.values(), ids=SOLVED.keys())
def test_a_term_is_found_that_gives_a_saving(omsorg, path, target, value):
    words = ("--input", path, "--figure", "total_net_saving", "--target", target, "--format", "json")
    (found,) = json.loads(omsorg("solve", "insource", "-", *words, text=PLAIN).stdout)["solutions"]
    assert found["value"] == pytest.approx(value)


def test_a_term_with_a_range_is_drawn(omsorg):
    ranged = TEXT.replace("RATE", '{ value = 0.8, range = [0.7, 0.9], shape = "uniform", assumption = "a rate" }')
    words = ("--draws", "4000", "--seed", "1", "--figure", "total_net_saving", "--format", "json")
    (drawn,) = json.loads(omsorg("simulate", "insource", "-", *words, text=ranged).stdout)["figures"]
    # the saving is a straight line in the rate: its ends at the 10th and 90th percentile are 190 000 and −170 000
    assert drawn["p90"] == pytest.approx(190_000, rel=0.05)
    assert drawn["p10"] == pytest.approx(-170_000, rel=0.05)


def test_a_term_is_moved(omsorg):
    ranged = TEXT.replace("RATE", '{ value = 0.8, range = [0.7, 0.9], assumption = "a rate" }')
    words = ("--figure", "total_net_saving", "--format", "json")
    moved = json.loads(omsorg("sensitivity", "insource", "-", *words, text=ranged).stdout)["inputs"]
    rate = next(one for one in moved if one["input"] == "insource.refund_rate")
    assert (rate["figure_at_low"], rate["figure_at_high"]) == (pytest.approx(190_000), pytest.approx(-170_000))
