"""What `check` finds in a scenario beside its values."""

NOTICED = """
title = "Home"
municipality = "Home"
year = 2020

[insource]
first_year = 2020
years = 1
discount_rate = 0

[[insource.purchases]]
programme = "P"
annual_cost = 1_000_000
repatriable_share = 1
own_cost_ratio = 0.5
categories = [{ category = "a", share_of_cost = 1 }]
phases = [{ share = 1, from = "2020-01" }]

[[notices]]
what = "Something."
changes = "Nothing."
where = ["WHERE"]
"""


def test_a_notice_whose_place_no_input_is_called_by_is_refused_with_what_they_are_called(omsorg):
    done = omsorg("check", "-", text=NOTICED.replace("WHERE", "insource.purchases.P.categories.share_of_cost"))
    assert done.returncode == 2
    assert 'Did you mean "insource.purchases.P/a.share_of_cost"?' in done.stderr


def test_a_notice_that_names_its_input_is_shown(omsorg):
    text = NOTICED.replace("WHERE", "insource.purchases.P/a.share_of_cost")
    assert omsorg("check", "-", text=text).returncode == 0
    assert "Something. Nothing." in omsorg("insource", "-", "--full", text=text).stdout
