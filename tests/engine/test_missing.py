import pytest

SHORT = """
title = "Home"
municipality = "Home"
year = 2025
[insource]
first_year = 2025
years = 4
RATE
[[insource.purchases]]
programme = "day"
annual_cost = 10_000_000
repatriable_share = 1
own_cost_ratio = 0.9
phases = [{ share = 1, from = "2025-01" }]
[prices]
base_year = 2024
years = YEARS
deflator = "all"
[[prices.indexes]]
index = "all"
rate = 0.025
"""
ENDS = {
    "two years early": (
        "3",
        (
            "start-up in current prices; capital cost, current prices; purchases avoided in current prices; in-house "
            "provision in current prices; net saving in current prices; present value of net saving; present value; "
            "break-even cost ratio (Day): the scenario does not give the years 2027 and 2028 in the table [prices]."
        ),
    ),
    "one year early": ("4", "the scenario does not give the year 2028 in the table [prices]."),
}


@pytest.mark.parametrize(("years", "told"), ENDS.values(), ids=ENDS.keys())
def test_years_that_the_indexes_do_not_reach_are_named_and_no_rate_is_asked_for_beside_the_other(omsorg, years, told):
    text = SHORT.replace("RATE", "nominal_discount_rate = 0.05").replace("YEARS", years)
    said = " ".join(omsorg("insource", "-", "--full", text=text).stdout.split())
    assert told in said
    assert "discount rate [discount_rate]" not in said


def test_without_a_rate_one_is_asked_for(omsorg):
    text = SHORT.replace("RATE", "").replace("YEARS", "5")
    said = " ".join(omsorg("insource", "-", "--full", text=text).stdout.split())
    assert (
        "present value, break-even cost ratio (Day): the scenario does not give discount rate [discount_rate]." in said
    )
