import json

import pytest

HOME = """
title = "Home"
municipality = "Home"
year = 2016

[savings]
population = 100_000

[[savings.comparisons]]
base = "others"
own_per_inhabitant = OWN
gap_share = { value = "10 %", rounded_to = SHARE }
"""


def potential(omsorg, text, *words):
    record = json.loads(omsorg("savings", "-", "--format", "json", *words, text=text).stdout)
    (found,) = [one for one in record["figures"] if one["figure"] == "savings_potential"]
    return found


def test_a_headline_lies_between_what_its_rounded_share_may_be(omsorg):
    # 10 % is anything from 9.5 to 10.5: 11 000 − 11 000 / 1.095 = 954.3379 and 11 000 − 11 000 / 1.105 = 1 045.2489
    found = potential(omsorg, HOME.replace("OWN", "11_000").replace("SHARE", "0.01"))
    assert found["value"] == pytest.approx(100_000_000)
    assert found["rounding"]["low"] == pytest.approx(95_433_790, abs=1)
    assert found["rounding"]["high"] == pytest.approx(104_524_887, abs=1)
    assert found["rounding"]["mostly"] == "savings.comparisons.others/total.gap_share"


def test_the_corners_of_two_roundings_count_together(omsorg):
    # the level from 10 500 to 11 500: 10 500 × 0.095 / 1.095 and 11 500 × 0.105 / 1.105
    own = "{ value = 11_000, rounded_to = 1_000 }"
    found = potential(omsorg, HOME.replace("OWN", own).replace("SHARE", "0.01"))
    assert found["rounding"]["low"] == pytest.approx(1e5 * 10_500 * 0.095 / 1.095)
    assert found["rounding"]["high"] == pytest.approx(1e5 * 11_500 * 0.105 / 1.105)


def test_what_is_not_rounded_has_no_span(omsorg):
    text = HOME.replace("OWN", "11_000").replace('{ value = "10 %", rounded_to = SHARE }', '"10 %"')
    assert "rounding" not in potential(omsorg, text)


def test_a_wide_span_is_shown_and_a_narrow_one_is_not(omsorg):
    text = HOME.replace("OWN", "11_000")
    wide = omsorg("savings", "-", "--full", text=text.replace("SHARE", "0.01")).stdout
    assert "Uncertainty from rounding in the sources" in wide
    assert "saves 95.4 million NOK a year" in wide
    assert "saves 104.5 million NOK a year" in wide
    # 9.99 to 10.01 %: 1.8 permille of the potential
    narrow = omsorg("savings", "-", "--full", text=text.replace("SHARE", "0.0002")).stdout
    assert "Uncertainty from rounding" not in narrow


MANY = """
title = "Home"
municipality = "Home"
year = 2020

[insource]
first_year = 2020
years = 1
discount_rate = 0

"""
PURCHASE = """
[[insource.purchases]]
programme = "P{at}"
annual_cost = {{ value = 1_000_000, rounded_to = 100_000 }}
repatriable_share = 1
own_cost_ratio = 0.5
[[insource.purchases.phases]]
share = 1
from = "2020-01"
"""


def test_of_many_rounded_inputs_all_stand_at_the_end_that_alone_moves_the_figure_most(omsorg):
    # of each of eight purchases of 950 000 to 1 050 000, from 0.45 to 0.55 is saved
    text = MANY + "".join(PURCHASE.format(at=at) for at in range(8))
    text = text.replace("own_cost_ratio = 0.5", "own_cost_ratio = { value = 0.5, rounded_to = 0.1 }")
    record = json.loads(omsorg("insource", "-", "--format", "json", text=text).stdout)
    (found,) = [one for one in record["figures"] if one["figure"] == "total_net_saving" and one["programme"] is None]
    assert found["value"] == pytest.approx(4_000_000)
    assert [found["rounding"][end] for end in ("low", "high")] == pytest.approx(
        [8 * 950_000 * 0.45, 8 * 1_050_000 * 0.55]
    )
