"""Amounts that people can say aloud, with units and without bare signs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.units import ROWS_UNIT
from omsorg_cli.render import words
from omsorg_cli.scenario.read import shipped


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (116_443_512, "NOK/year", "116.4 million NOK a year"),
        (999_499, "NOK/year", "999 499 NOK a year"),
        (999_500, "NOK/year", "1.0 million NOK a year"),
        (1_234_567_890, "NOK", "1.23 billion NOK"),
        (999_950_000, "NOK", "1.00 billion NOK"),
        (939, "NOK/inhabitant", "939 NOK per inhabitant"),
        (91_000, "NOK/FTE", "91 000 NOK per FTE"),
        (148.2213, "FTE", "148.2 FTE"),
        (31.2, "hours/user/year", "31.2 hours"),
        (417_456, "hours/year", "417 456 hours a year"),
        (0.055, "share", "5.5%"),
        (0.21711, "share", "21.7%"),
        (1.0, "ratio", "100%"),
        (2020, "year", "2020"),
        (0.8835, "index", "0.8835"),
        (4, "rank", "no. 4"),
        (2.3077, "times", "2.3 times"),
        (0, "NOK", "0 NOK"),
        (710_000, "NOK/unit", "710 000 NOK"),
        (1, "requirements", "1 requirement"),
        (1.0, "yes or no", "yes"),
        (0.0, "yes or no", "no"),
        (1, "facilities", "1 facility"),
        (31.5, "dwellings", "31.5 dwellings"),
        (51.134, "hours/user/week", "51.1 hours a week"),
        (1_273_730, "NOK/dwelling/year", "1.3 million NOK a year"),
        (1, "municipalities", "1 municipality"),
        (1, "namings", "1 mention"),
        (1_179, "persons", "1 179 persons"),
        (9.146, "persons/municipality", "9.1 persons per municipality"),
        (1, "persons/municipality", "1 person per municipality"),
    ],
)
def test_an_amount_is_said_with_its_unit(value, unit, said):
    assert words.amount(value, unit) == said


@pytest.mark.parametrize(
    ("way", "value", "unit", "said"),
    [
        ("saves", 8_077_083.3, "NOK", "saves 8.1 million NOK"),
        ("saves", -77_544_000, "NOK/year", "costs 77.5 million NOK more a year"),
        ("saves", 0, "NOK", "no change"),
        ("gains", 129_974_925.6, "NOK/year", "gains 130.0 million NOK a year"),
        ("gains", -311.35, "NOK/hour", "loses 311 NOK per hour"),
        ("gains", 0, "NOK", "gains nothing"),
        ("more", -417_456, "hours/year", "417 456 fewer hours a year"),
        ("more", 5, "hours/year", "5 more hours a year"),
        ("more", 0, "hours/year", "no change"),
        ("figures", 15.5, "persons/municipality", "15.5"),
        ("saving", 193_484_329, "NOK/year", "saves 193.5 million NOK"),
        ("above", 939, "NOK/inhabitant", "939 NOK above"),
        ("above", -442, "hours/user/year", "442 hours below"),
        ("above", 0, "NOK/inhabitant", "no difference"),
        ("aside", -0.055, "share", "(5.5%)"),
        ("number", 148.2213, "FTE", "148.2"),
        ("short", 384_510_337, "NOK/year", "384.5 million NOK"),
        ("percent", 0.9375, "ratio", "93.8%"),
        ("change", 0.62, "share", "62% up"),
        ("change", -0.1, "share", "10% down"),
        ("change", 0, "share", "unchanged"),
        ("any", 96_700_000, "NOK", "96.7 million NOK"),
        ("any", 0.4, "NOK/year", "0.4 NOK a year"),
        ("any", 0, "NOK", None),
        ("possible", 1.0, "share", "100%"),
        ("possible", 1.2, "share", None),
        ("points", 0.026, "index", "2.6 points up"),
        ("points", -0.008, "index", "0.8 points down"),
        ("apart", 0.045, "share", "4.5 points higher"),
        ("apart", -0.01, "share", "1.0 points lower"),
        ("apart", 0.0, "share", "no difference"),
        ("apart", -4.1, "hours/user/week", "4.1 hours below"),
        ("apart", 0, "persons", "no difference"),
        ("rises", 0.011, "share", "1.1 points up"),
        ("rises", -2.6, "hours/user/week", "2.6 hours down"),
        ("rises", 0.0, "persons", "unchanged"),
        ("several", 3, "years", "three years"),
        ("above", -0.144, "share", "14.4% lower"),
        ("higher", -270_000, "NOK/unit", "270 000 lower"),
        ("points", 0.01, "index", "1.0 points up"),
        ("in_points", 0.01, "index", "1 percentage point"),
        ("times", 1.2, "ratio", "1.20 times"),
        ("place", 4, "rank", "the fourth highest"),
        ("numeral", 5, "providers", "five"),
        ("about", 31.5, "dwellings", "about 32 dwellings"),
        ("rises", 35.8, "persons", "36 persons up"),
        ("unless_whole", 1.0, "share", None),
        ("unless_whole", 0.999, "share", "99.9%"),
        ("prose", 1_144_906, "hours/year", "1.14 million hours a year"),
        ("several", 1, "years", None),
    ],
)
def test_a_way_says_the_direction_in_words(way, value, unit, said):
    assert words.WAYS[way](value, unit) == said


@pytest.mark.parametrize(
    ("told", "value", "said", "noun", "in_table"),
    [
        ("saving", 116e6, "saves 116.0 million NOK a year", "a saving of 116.0 million NOK a year", "116.0"),
        ("gap", 116e6, "116.0 million NOK more a year", "116.0 million NOK more a year", "116.0"),
        ("gap", -2e6, "2.0 million NOK less a year", "2.0 million NOK less a year", "2.0 less"),
        ("gain", 40e6, "gains 40.0 million NOK a year", "a gain of 40.0 million NOK a year", "40.0"),
        ("gain", -40e6, "loses 40.0 million NOK a year", "a loss of 40.0 million NOK a year", "loses 40.0"),
        ("part", 14.1e6, "14.1 million NOK more a year", "14.1 million NOK more a year", "14.1 more"),
        ("part", -54.5e6, "54.5 million NOK less a year", "54.5 million NOK less a year", "54.5 less"),
        ("part", 0.0, "no difference", "no difference", "no difference"),
    ],
)
def test_what_is_no_saving_is_not_told_as_one(told, value, said, noun, in_table):
    assert words.directed(value, "NOK/year", told) == said
    assert words.outcome(value, "NOK/year", told) == noun
    assert words.scaled(value, 1_000_000, told) == in_table


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from(["NOK", "NOK/year", "NOK/FTE", "FTE"]))
def test_what_has_a_direction_never_shows_a_sign(value, unit):
    for way in ("saves", "saving", "above", "aside"):
        said = words.WAYS[way](value, unit)
        assert "−" not in said
        assert "-" not in said


NUMBERS = {
    kind.unit: kind
    for name in NAMES
    for _, model in rows(load(name).inputs)
    for kind in kinds(model).values()
    if kind.form in ("number", "count") and kind.unit != ROWS_UNIT
}
BARE = ("share", "ratio", "index", "rate/year", "year")
"""Units that people do not write behind the number."""


@pytest.mark.parametrize("unit", NUMBERS)
def test_what_is_said_of_an_input_is_read_and_so_is_its_unit(unit):
    kind = NUMBERS[unit]
    assert kind.read(words.amount(float(kind.example), unit)).number == pytest.approx(kind.example)
    if unit not in BARE:
        assert kind.read(f"{kind.example} {unit}").number == kind.example


@pytest.mark.parametrize("unit", sorted({item.unit.name for name in NAMES for item in load(name).known} - {ROWS_UNIT}))
def test_an_amount_is_said_in_words_and_not_in_signs_of_units(unit):
    assert "/" not in words.amount(12.0, unit)
    assert "/" not in words.amount(12_000_000.0, unit)


def test_every_shipped_scenario_is_named_in_the_readme():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [name for name in shipped() if f"`{name}`" not in readme] == []
