from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.numbers import (
    FORMS,
    MONTH_FORMS,
    Written,
    bare_text,
    digit_step,
    exact_text,
    month_text,
    number_text,
    parse_month,
    parse_number,
    typed,
)

READ = {
    "a space groups thousands": ("124 008", 124_008.0, ""),
    "a no-break space groups thousands, as Norwegian programs write it": ("124\u00a0008", 124_008.0, ""),
    "a narrow no-break space groups thousands": ("124\u202f008", 124_008.0, ""),
    "a no-break space stands before the unit": ("5,5\u00a0%", 0.055, "share"),
    "an underscore groups thousands, as in TOML": ("124_008", 124_008.0, ""),
    "a comma is the decimal mark": ("5,5 %", 0.055, "share"),
    "a point is the decimal mark too": ("5.5%", 0.055, "share"),
    "after a lone zero, three digits are decimals, by comma": ("0,932", 0.932, ""),
    "after a lone zero, three digits are decimals, by point": ("0.055", 0.055, ""),
    "after a lone zero below zero": ("-0,055", -0.055, ""),
    "three digits of per cent are decimals": ("5,125 %", 0.05125, "share"),
    "beside a space, three digits are decimals": ("1 234,567", 1234.567, ""),
    "a space and a comma": ("1 234,5", 1234.5, ""),
    "a point for thousands and a comma for decimals": ("1.234,50", 1234.5, ""),
    "a comma for thousands and a point for decimals": ("1,234.50", 1234.5, ""),
    "points for thousands and for millions": ("1.240.080", 1_240_080.0, ""),
    "commas for thousands and for millions": ("1,240,080", 1_240_080.0, ""),
    "four digits before the sign cannot be a group": ("1234.567", 1234.567, ""),
    "a power of ten settles it": ("1.234e3", 1234.0, ""),
    "a decimal without its zero": (",5", 0.5, ""),
    "a space before the power": ("12,5 mill. kr", 12_500_000.0, "NOK"),
    "millions of kroner in words": ("20 mill. kroner", 20_000_000.0, "NOK"),
    "billions of kroner": ("1,2 mrd. kr", 1_200_000_000.0, "NOK"),
    "kroner after the number": ("850 000 kr", 850_000.0, "NOK"),
    "kroner before the number": ("kr 850 000", 850_000.0, "NOK"),
    "kroner before and millions after": ("kr 1,5 mill.", 1_500_000.0, "NOK"),
    "thousands of kroner before": ("tkr 850", 850_000.0, "NOK"),
    "a unit in small letters": ("5 mnok", 5_000_000.0, "NOK"),
    "a decimal of millions": ("1.5 MNOK", 1_500_000.0, "NOK"),
    "thousands of kroner, and not kroner in thousands": ("1 000 kr", 1_000.0, "NOK"),
    "millions of anything": ("116 million", 116_000_000.0, ""),
    "millions as the program prints them": ("116.4 million NOK a year", 116_400_000.0, "NOK"),
    "per cent in a word": ("5,5 prosent", 0.055, "share"),
    "per cent shortened": ("5,5 pst.", 0.055, "share"),
    "per cent in two words": ("5.5 per cent", 0.055, "share"),
    "a fraction with spaces": ("2 / 3", 2 / 3, ""),
    "a fraction of decimals": ("839.20/433.62", 839.20 / 433.62, ""),
    "a fraction over a decimal": ("4600/7.5", 4600 / 7.5, ""),
    "a dash for minus": ("–5", -5.0, ""),
    "the word for minus": ("minus 5", -5.0, ""),
    "a billion of the program's own": ("1.20 billion NOK", 1_200_000_000.0, "NOK"),
    "a price as shops write it": ("850 000,-", 850_000.0, ""),
    "inhabitants as the statistics shorten them": ("939 kr per innb.", 939.0, "NOK"),
    "a fraction of numbers that are both read alike in two ways": ("839.200/433.620", 839.2 / 433.62, ""),
    "the headline as it is printed": ("116.4 million NOK a year (need-adjusted)", 116_400_000.0, "NOK"),
    "users in Norwegian": ("450 brukere", 450.0, "users"),
    "FTE in Norwegian": ("148,2 årsverk", 148.2, "FTE"),
    "what a unit is counted by": ("939 NOK per inhabitant", 939.0, "NOK"),
    "what a unit is counted by, twice": ("300 000 NOK a user and year", 300_000.0, "NOK"),
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
    "a comma before exactly three digits": ("1,234", 'write "1 234" or "1.2340"'),
    "a point before exactly three digits": ("27.759", 'write "27 759" or "27.7590"'),
    "a comma before exactly three digits with a unit": ("1,234 MNOK", "exactly three digits"),
    "a point before exactly three digits with a scale": ("12.345 mill. kr", "exactly three digits"),
    "a fraction of such a number": ("1.234/2", "exactly three digits"),
    "a billion, which is another number in Norwegian": ("1 billion kroner", "10¹² in Norwegian"),
    "a code": ("0301", "begins with a zero"),
    "a code with decimals": ("04,5", "begins with a zero"),
    "per cent of millions": ("5 mill. %", "does not exist"),
    "two units": ("kr 5 %", "two units"),
    "a unit that is counted by nothing known": ("5 kr per katt", "unknown unit"),
    "a division by zero": ("1/0", "zero"),
    "a group of two digits": ("12 34", "not a number"),
    "a first group of four digits": ("1234 567", "not a number"),
    "a number in words": ("three", "not a number"),
    "nothing": ("", "not a number"),
    "not a number": ("nan", "not a number"),
    "infinity": ("inf", "not a number"),
    "two decimal marks": ("1,5,5", "not a number"),
    "an unknown unit": ("5 EUR", "EUR"),
    "an endless text": ("1" * 61, "not a number"),
    "an exponent of five digits": ("1e99999", "unknown unit"),
    "digits of another alphabet": ("١٢", "not a number"),
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


MONTHS = [
    "2024-07",
    "2024-7",
    "2024/07",
    "2024-07-01",
    "07.2024",
    "01.07.2024",
    "juli 2024",
    "Juli 2024",
    "July 2024",
    "jul. 2024",
    "1. juli 2024",
]


@pytest.mark.parametrize("text", MONTHS)
def test_each_way_to_write_a_month_is_read_as_it(text):
    assert parse_month(text) == 2024 * 12 + 6


def test_each_month_has_its_names_in_both_languages():
    english = "January February March April May June July August September October November December"
    norwegian = "januar februar mars april mai juni juli august september oktober november desember"
    for names in (english, norwegian):
        assert [parse_month(f"{name} 2020") - 2020 * 12 for name in names.split()] == list(range(12))


@pytest.mark.parametrize(
    "text", ["2020-13", "2020-00", "20-07", "2020", "2020-07-02", "2. juli 2020", "13.2020", "juli", "juli 20", ""]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="not a month"):
        parse_month(text)


@pytest.mark.parametrize("text", [one for form, more, _ in FORMS for one in (form, *more.split(" · "))])
def test_each_form_that_the_documentation_prints_is_read(text):
    assert typed(text).otherwise is None


@pytest.mark.parametrize("text", MONTH_FORMS)
def test_each_month_that_the_documentation_prints_is_read(text):
    assert parse_month(text) == parse_month("2024-07")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), st.sampled_from(["", "-", "−"]))
def test_one_sign_before_three_digits_is_never_read_in_one_way(whole, decimals, mark, sign):
    text = f"{sign}{whole}{mark}{decimals:03d}"
    size = -1 if sign else 1
    assert typed(text).otherwise == size * (whole * 1_000 + decimals)
    assert typed(text).number == size * float(f"{whole}.{decimals:03d}")


@given(st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-3))
def test_a_number_is_read_as_it_is_shown(value):
    shown = number_text(value)
    assert typed(shown).otherwise is None
    assert parse_number(shown)[0] == pytest.approx(value, rel=6e-6, abs=0.006)


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: value == 0 or abs(value) > 1e-300))
def test_a_number_with_all_its_digits_is_read_back_as_it_is(value):
    assert parse_number(exact_text(value))[0] == value


BARE = {
    "a whole number": (103_875_000.00000003, "103875000"),
    "a decimal": (0.1 + 0.2, "0.3"),
    "fifteen digits": (1 / 3, "0.333333333333333"),
    "below zero": (-2.5, "-2.5"),
    "zero below zero": (-0.0, "0"),
}


@pytest.mark.parametrize(("value", "text"), BARE.values(), ids=BARE.keys())
def test_a_bare_number_is_the_shortest_that_is_it_at_fifteen_digits(value, text):
    assert bare_text(value) == text


STEPS = {
    "a decimal in TOML": (0.3333, 0.0001),
    "a decimal whose last digit is zero": (Written("0.330"), 0.001),
    "a percentage": ("33,33 %", 0.0001),
    "a whole percentage": ("33 %", 0.01),
    "a fraction, which is exact": ("1/3", 0.0),
    "a table": ({"value": "33,33 %"}, 0.0001),
    "a number with a power": (1e-05, 1e-05),
    "a whole number of TOML, which is exact": (1, 0.0),
    "a word": ("unknown", 0.0),
}


@pytest.mark.parametrize(("raw", "step"), STEPS.values(), ids=STEPS.keys())
def test_the_last_digit_that_was_typed_has_a_size(raw, step):
    assert digit_step(raw) == pytest.approx(step, rel=1e-9, abs=0)
