from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.numbers import month_text, parse_month, parse_number

READ = {
    "a space groups thousands": ("124 008", 124_008.0, ""),
    "a no-break space groups thousands, as Norwegian programs write it": ("124\u00a0008", 124_008.0, ""),
    "a narrow no-break space groups thousands": ("124\u202f008", 124_008.0, ""),
    "a no-break space stands before the unit": ("5,5\u00a0%", 0.055, "share"),
    "an underscore groups thousands, as in TOML": ("124_008", 124_008.0, ""),
    "a comma is the decimal mark": ("5,5 %", 0.055, "share"),
    "a point is the decimal mark too": ("5.5%", 0.055, "share"),
    "a point before three digits is a decimal point": ("1.234", 1.234, ""),
    "a comma before four digits is a decimal mark": ("1,2345", 1.2345, ""),
    "groups and decimals together": ("1 234,5 kNOK", 1_234_500.0, "NOK"),
    "millions of kroner": ("20 MNOK", 20_000_000.0, "NOK"),
    "kroner as they are": ("939 NOK", 939.0, "NOK"),
    "hours": ("5,2 h", 5.2, "hours"),
    "a fraction": ("1/3", 1 / 3, ""),
    "a fraction of a million": ("3/4 MNOK", 750_000.0, "NOK"),
    "a hyphen for minus": ("-27 000", -27_000.0, ""),
    "a true minus sign": ("−27 000", -27_000.0, ""),
    "a power of ten": ("1e3", 1_000.0, ""),
    "too large for a float is infinite, for the bounds to refuse": ("1e400", float("inf"), ""),
    "spaces around are nothing": ("  7  ", 7.0, ""),
}


@pytest.mark.parametrize(("text", "number", "measures"), READ.values(), ids=READ.keys())
def test_text_is_read_as_the_number_that_people_mean(text, number, measures):
    assert parse_number(text) == (number, measures)


REFUSED = {
    "a comma before exactly three digits": ("1,234", "comma"),
    "a comma before exactly three digits after a group": ("1 234,567", "comma"),
    "a comma before exactly three digits with a unit": ("1,234 MNOK", "comma"),
    "a division by zero": ("1/0", "zero"),
    "a group of two digits": ("12 34", "not a number"),
    "a first group of four digits": ("1234 567", "not a number"),
    "a number in words": ("three", "not a number"),
    "nothing": ("", "not a number"),
    "not a number": ("nan", "not a number"),
    "infinity": ("inf", "not a number"),
    "two decimal marks": ("1,5,5", "not a number"),
    "an unknown unit": ("5 EUR", "EUR"),
    "a unit of the wrong case": ("5 mnok", "mnok"),
    "an endless text": ("1" * 61, "not a number"),
    "an exponent of five digits": ("1e99999", "not a number"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_text_that_may_mean_two_things_or_none_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        parse_number(text)


@given(st.integers(-(10**15), 10**15))
def test_grouping_by_spaces_changes_no_whole_number(number):
    assert parse_number(f"{number:,}".replace(",", " ")) == (float(number), "")


@given(st.decimals(-(10**6), 10**6, places=2))
def test_a_comma_and_a_point_mean_the_same_before_two_digits(number):
    assert parse_number(f"{number:.2f}".replace(".", ",")) == parse_number(f"{number:.2f}") == (float(number), "")


@given(st.decimals(0, 100, places=1))
def test_a_percentage_is_rounded_once_only(percent):
    assert parse_number(f"{percent} %")[0] == float(Fraction(Decimal(percent)) / 100)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_fraction_is_rounded_once_only(above, below):
    assert parse_number(f"{above}/{below}")[0] == above / below


@given(st.integers(0, 9999), st.integers(1, 12))
def test_a_month_is_written_as_it_was_read(year, month):
    assert month_text(parse_month(f"{year:04d}-{month:02d}")) == f"{year:04d}-{month:02d}"


def test_months_are_counted_over_the_turn_of_the_year():
    assert parse_month("2021-01") - parse_month("2020-12") == 1


@pytest.mark.parametrize("text", ["2020-13", "2020-00", "2020-7", "20-07", "2020", "2020-07-01", ""])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="not a month"):
        parse_month(text)
