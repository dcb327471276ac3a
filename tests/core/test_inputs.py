import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from omsorg_cli.core.input_types import InputError, Kind
from omsorg_cli.core.inputs import Inputs, Row, aliases, kinds, tables
from omsorg_cli.core.language import spoken
from omsorg_cli.core.quantities import Persons, Wage, default

SHARE = Kind("share", low=0, high=1)
RATIO = Kind("ratio", low=0, low_open=True)
MONEY = Kind("NOK/year", low=0)
PEOPLE = Kind("persons", low=0)
COUNT = Kind("months", "count", low=0, high=1_200)
MONTH = Kind("", "month")
SWITCH = Kind("", "switch")
WORDS = Kind("", "text")
CHOICE = Kind("", "choice", choices=("mean", "median"))
FREE = Kind("NOK/inhabitant")

READ = {
    "a bare number": (SHARE, 0.5, 0.5),
    "a whole number, as a float": (SHARE, 1, 1.0),
    "the lower bound": (SHARE, 0, 0.0),
    "a percentage for a share": (SHARE, "5,5 %", 0.055),
    "a percentage for a ratio": (RATIO, "130 %", 1.3),
    "a text without a unit": (MONEY, "124 008", 124_008.0),
    "a text with the unit's first part": (MONEY, "20 MNOK", 20_000_000.0),
    "below zero where nothing forbids it": (FREE, -27_000, -27_000.0),
    "a count that is written with a decimal point": (COUNT, 6.0, 6),
    "a count as text": (COUNT, "18", 18),
    "a month, counted from year 0": (MONTH, "2020-07", 2020 * 12 + 6),
    "the first day of a month for the month": (MONTH, dt.date(2020, 7, 1), 2020 * 12 + 6),
    "a switch": (SWITCH, True, True),
    "a switch as text, as --set gives it": (SWITCH, "false", False),
    "a choice": (CHOICE, "median", "median"),
    "words, which are no number even where they look so": (WORDS, "5 %", "5 %"),
}


@pytest.mark.parametrize(("kind", "raw", "value"), READ.values(), ids=READ.keys())
def test_a_value_is_read(kind, raw, value):
    read = kind.read(raw).value
    assert read == value
    assert type(read) is type(value)


REFUSED = {
    "below the bound": (SHARE, -0.001),
    "above the bound": (SHARE, 1.001),
    "the bound itself where it is open": (RATIO, 0),
    "not a number": (SHARE, float("nan")),
    "infinity within open bounds": (FREE, float("inf")),
    "minus infinity within open bounds": (FREE, float("-inf")),
    "a text too large for a float": (FREE, "1e400"),
    "a whole number too large for a float": (FREE, 10**400),
    "kroner for persons": (PEOPLE, "20 MNOK"),
    "a percentage for persons": (PEOPLE, "5 %"),
    "a percentage for kroner": (MONEY, "5 %"),
    "hours for a share": (SHARE, "1 h"),
    "a half for a count": (COUNT, 1.5),
    "a switch for a number": (SHARE, True),
    "a number for a switch": (SWITCH, 1),
    "a list for a number": (SHARE, [0.5]),
    "nothing for a number": (SHARE, None),
    "a choice that is not there": (CHOICE, "mode"),
    "the second day of a month for the month": (MONTH, dt.date(2020, 7, 2)),
    "a year for a month": (MONTH, 2020),
}


@pytest.mark.parametrize(("kind", "raw"), REFUSED.values(), ids=REFUSED.keys())
def test_a_value_out_of_its_kind_is_refused(kind, raw):
    with pytest.raises(ValueError, match="found"):
        kind.read(raw)


def faults(kind, raw, sources=None):
    with pytest.raises(InputError) as caught:
        kind.read(raw, sources)
    return dict(caught.value.faults)


def test_a_wrong_unit_is_called_so():
    with pytest.raises(ValueError, match="wrong unit.*a number \\(persons\\), at least 0"):
        PEOPLE.read("20 MNOK")


def test_every_fault_of_one_value_is_told_at_once():
    raw = {"value": 2, "range": [1, 0], "sorce": "a", "shape": "round", "coverage": 1, "rounded_to": 0}
    assert set(faults(SHARE, raw)) == {"value", "range", "sorce", "shape", "coverage", "rounded_to"}


@pytest.mark.parametrize("coverage", [0.001, 1e-200, 0, -0.5, 1])
def test_a_range_holds_some_of_the_draws_and_not_all(coverage):
    """A tail of a half on either side leaves nothing to fit to."""
    found = faults(SHARE, {"value": 0.5, "range": [0.4, 0.6], "coverage": coverage})["coverage"]
    assert "allowed: a number over 0.001 and under 1" in found


def test_an_unknown_key_is_answered_with_the_nearest_known_one():
    assert '"source"' in faults(SHARE, {"value": 0.5, "sorce": "a"})["sorce"]


def test_a_table_needs_a_value():
    assert "" in faults(SHARE, {"source": "q73"})


def test_a_source_begins_with_a_known_id():
    stated = SHARE.read({"value": 0.5, "source": "q73, answer 3"}, {"q73": {}})
    assert stated.source == "q73, answer 3"


@pytest.mark.parametrize("source", ["q74, answer 3", "q7", "answer 3, q73"])
def test_a_source_with_an_unknown_id_is_refused(source):
    assert "q73" in faults(SHARE, {"value": 0.5, "source": source}, {"q73": {}})["source"]


def test_a_source_may_be_quoted_in_its_own_words():
    stated = SHARE.read({"value": 0.5, "source": "q73, answer 3", "quote": "omtrent halvparten"}, {"q73": {}})
    assert stated.quote == "omtrent halvparten"


def test_words_that_stand_nowhere_are_refused():
    found = faults(SHARE, {"value": 0.5, "quote": "omtrent halvparten", "assumption": "a guess"})
    assert found == {"quote": "has no source; state where the words are from"}


@pytest.mark.parametrize("key", ["source", "assumption", "note"])
@pytest.mark.parametrize("text", ["", "   ", 5])
def test_what_a_value_rests_on_is_text(key, text):
    assert set(faults(SHARE, {"value": 0.5, key: text})) == {key}


@pytest.mark.parametrize("key", [("coverage", 0.9), ("shape", "normal")], ids=["coverage", "shape"])
def test_how_a_range_is_meant_is_refused_without_a_range(key):
    name, value = key
    assert set(faults(SHARE, {"value": 0.5, name: value})) == {name}


RANGES = {
    "the wrong way round": ([0.8, 0.2], 0.5),
    "without width": ([0.5, 0.5], 0.5),
    "beside the value": ([0.6, 0.8], 0.5),
    "out of bounds": ([0.2, 1.2], 0.5),
    "of three numbers": ([0.2, 0.5, 0.8], 0.5),
    "of one number": ([0.2], 0.5),
    "as text": ("0.2-0.8", 0.5),
}


@pytest.mark.parametrize(("held", "value"), RANGES.values(), ids=RANGES.keys())
def test_a_range_is_refused(held, value):
    assert set(faults(SHARE, {"value": value, "range": held})) == {"range"}


def test_a_range_from_an_open_bound_is_refused():
    assert set(faults(RATIO, {"value": 0.5, "range": [0, 1]})) == {"range"}


def test_a_range_is_for_numbers_and_months():
    assert set(faults(SWITCH, {"value": True, "range": [False, True]})) == {"range"}
    stated = MONTH.read({"value": "2020-07", "range": ["2020-01", "desember 2020"]})
    assert [stated.value - end for end in stated.range] == [6, -5]
    assert faults(MONTH, {"value": "2021-07", "range": ["2020-01", "2020-12"]})["range"].startswith(
        'found 2020-01 to 2020-12, which does not include the value "2021-07"'
    )
    assert set(faults(MONTH, {"value": "2020-07", "range": [24240, 24251]})) == {"range"}


def test_a_range_of_text_numbers_is_read_and_its_ends_may_be_the_value():
    stated = MONEY.read({"value": "20 MNOK", "range": ["20 MNOK", "25 MNOK"]})
    assert (stated.range, stated.coverage, stated.shape) == ((20e6, 25e6), 0.8, "pert")


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_value_lies_inside_its_range_or_is_refused(value, low, high):
    raw = {"value": value, "range": [low, high]}
    if low < high and low <= value <= high:
        assert SHARE.read(raw).range == (low, high)
    else:
        assert "range" in faults(SHARE, raw)


class Choice(Row):
    forms = (("users",), ("wage", "users"), ("wage_of_row",))
    users: Persons = None
    wage: Wage = None
    wage_of_row: Wage = default(5)


class Book(Inputs):
    rows: list[Choice]
    people: dict[str, Choice]


@pytest.mark.parametrize("row", [{"users": 1}, {"users": 1, "wage": 2}, {"wage_of_row": 3}])
def test_one_form_of_a_row_is_taken(row):
    assert Choice.model_validate(row).model_fields_set == set(row)


@pytest.mark.parametrize("row", [{}, {"wage": 2}, {"users": 1, "wage_of_row": 3}])
def test_no_form_and_two_forms_of_a_row_are_refused(row):
    with pytest.raises(ValidationError, match="allowed is exactly one of: users; wage \\+ users; wage_of_row"):
        Choice.model_validate(row)


def test_a_default_says_that_it_is_one():
    row = Choice.model_validate({"users": 1})
    assert (row.wage_of_row.origin, row.users.origin) == ("default", "scenario")


def test_tables_tell_lists_from_tables_of_names():
    held = tables(Book)
    assert {name: (table.named, table.axes) for name, table in held.items()} == {
        "rows": (False, ("row",)),
        "people": (True, ("people",)),
    }


def test_kinds_and_names_are_those_of_the_fields():
    assert (set(kinds(Choice)), aliases(Choice)["wage"]) == ({"users", "wage", "wage_of_row"}, "wage")


IN_NORWEGIAN = {
    "out of bounds": (SHARE, 12, "fant 12; tillatt: et tall (andel), minst 0 og høyst 1. Mente du "),
    "a wrong unit": (PEOPLE, "20 MNOK", "fant «20 MNOK», som har feil enhet; tillatt: et tall (personer), minst 0"),
    "no number": (
        SHARE,
        "mye",
        "fant «mye», som ikke er et tall (skriv for eksempel 124 008; 5,5 %; 20 mill. kroner; 1/3); tillatt",
    ),
    "no month": (MONTH, "2020", "fant «2020», som ikke er en måned slik som 2020-07; tillatt: en måned slik som"),
    "half of a pair": (SHARE, {"value": 0.5, "range": [0.2]}, "tillatt: to tall, den laveste og den høyeste enden"),
}


@pytest.mark.parametrize(("kind", "raw", "told"), IN_NORWEGIAN.values(), ids=IN_NORWEGIAN.keys())
def test_what_is_wrong_is_said_in_norwegian_where_that_is_spoken(kind, raw, told):
    with spoken("nb"), pytest.raises(ValueError, match="fant") as caught:
        kind.read(raw)
    assert told in str(caught.value)
