"""Which purchases come first within limits: every choice of them, looked at one by one, is worth no more."""

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.questions.choice import Candidate, _best
from turns import examples

HEAD = """
title = "T"
municipality = "M"
year = 2020
[insource]
first_year = 2020
years = 1
discount_rate = 0
"""
ROW = """
[[insource.purchases]]
programme = "{name}"
annual_cost = {cost}
repatriable_share = 1
own_cost_ratio = {ratio}
startup_cost = {startup}
wage_share = 0.5
wage_per_fte = 500_000
phases = [{{ share = 1, from = "2020-01" }}]
"""
# worth 1.5, 1.4, 1.4 and −2 million after what is paid once: 2.5, 1.6, 1.6 and 0 million
ROWS = (("A", 10, 0.6, 2.5), ("B", 10, 0.7, 1.6), ("C", 10, 0.7, 1.6), ("D", 10, 1.2, 0))
TEXT = HEAD + "".join(
    ROW.format(name=name, cost=cost * 1_000_000, ratio=ratio, startup=startup * 1_000_000)
    for name, cost, ratio, startup in ROWS
)


def chosen(done):
    data = json.loads(done.stdout)
    return {one["programme"] for one in data["rows"] if one["chosen"]}, data["value"]


LIMITS = {
    "enough for all that gain": ("investment=6MNOK", {"A", "B", "C"}, 4_300_000),
    # A and B take 4.1, B and C 3.2: the two that are worth less each are worth more together than A alone
    "too little for the best with another": ("investment=3.5 MNOK", {"B", "C"}, 2_800_000),
    "for one alone": ("investment=2_500_000", {"A"}, 1_500_000),
    "for none": ("investment=1 MNOK", set(), 0),
    # 6 million of own cost at 0.5 / 500 000 is 6 FTE for A, 7 for B and C
    "of staff": ("fte=13", {"A", "B"}, 2_900_000),
}


@pytest.mark.parametrize(("limit", "names", "value"), LIMITS.values(), ids=LIMITS.keys())
def test_what_is_worth_most_within_a_limit_by_hand(omsorg, limit, names, value):
    found, worth = chosen(omsorg("insource", "-", "--limit", limit, "--format", "json", text=TEXT))
    assert found == names
    assert worth == pytest.approx(value)


def test_two_limits_hold_together(omsorg):
    words = ("--limit", "investment=6 MNOK", "--limit", "fte=13")
    assert chosen(omsorg("insource", "-", *words, "--format", "json", text=TEXT))[0] == {"A", "B"}


def test_rows_stand_in_the_order_of_what_they_are_worth_for_each_krone(omsorg):
    rows = json.loads(omsorg("insource", "-", "--limit", "investment=6MNOK", "--format", "json", text=TEXT).stdout)[
        "rows"
    ]
    # 1.4 / 1.6 is more than 1.5 / 2.5; what takes nothing and costs more stands last
    assert [one["programme"] for one in rows] == ["B", "C", "A", "D"]


def test_the_answer_is_a_sentence_and_a_table(omsorg):
    shown = omsorg("insource", "-", "--limit", "investment=3.5 MNOK", text=TEXT).stdout
    assert "Within the limit, choose B, C: present value 2.8 million NOK." in shown
    assert "present value per krone" in shown
    assert "0.88" in next(line for line in shown.splitlines() if line.split()[:1] == ["B"])
    by_staff = omsorg("insource", "-", "--limit", "fte=13", text=TEXT).stdout
    assert "present value per FTE" in by_staff
    assert "saves 250 000 NOK" in by_staff  # 1.5 million for 6 FTE
    shown = omsorg("insource", "-", "--limit", "investment=1 MNOK", text=TEXT).stdout
    assert "Within the limit, nothing is worth choosing." in shown


WRONG = {
    "no such limit": (("--limit", "investments=1"), 'Did you mean "investment"?', 2),
    "no number": (("--limit", "investment=much"), "--limit investment: ", 2),
    "a format for files": (("--limit", "fte=1", "--output", "x.xlsx"), "--limit is written as table", 2),
}


@pytest.mark.parametrize(("words", "told", "code"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told(omsorg, words, told, code):
    done = omsorg("insource", "-", *words, text=TEXT)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr


def test_a_row_without_an_answer_is_told(omsorg):
    done = omsorg("insource", "-", "--limit", "fte=1", text=TEXT.replace("wage_share = 0.5", "", 1))
    assert done.returncode == 1
    assert "FTE at most is not calculated for A, so there is nothing to hold against the limit" in done.stderr


AMOUNT = st.integers(-20, 50)
CANDIDATES = st.lists(st.tuples(AMOUNT, st.integers(0, 30), st.integers(0, 30)), max_size=8)


@settings(deadline=None, max_examples=examples(100))
@given(rows=CANDIDATES, limits=st.tuples(st.integers(0, 90), st.integers(0, 90)))
def test_no_choice_within_the_limits_is_worth_more(rows, limits):
    candidates = [Candidate(at, value, (one, two)) for at, (value, one, two) in enumerate(rows)]
    picked = _best(candidates, limits)
    fits = [
        sum(one.value for one in some)
        for size in range(len(candidates) + 1)
        for some in combinations(candidates, size)
        if all(sum(one.takes[at] for one in some) <= limits[at] for at in (0, 1))
    ]
    assert sum(one.value for one in picked) == max(fits)
    assert all(sum(one.takes[at] for one in picked) <= limits[at] for at in (0, 1))


def test_two_limits_of_one_name_are_refused(omsorg):
    done = omsorg("insource", "-", "--limit", "investment=6 MNOK", "--limit", "investment=1 MNOK", text=TEXT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--limit investment is given twice; allowed: once." in done.stderr


def test_a_limit_below_what_any_purchase_takes_is_told_of(omsorg):
    told = "--limit investment is 20 NOK, less than any of them takes (paid once: 1.6 million NOK or more)."
    assert told in " ".join(omsorg("insource", "-", "--limit", "investment=20", text=TEXT).stdout.split())
    data = json.loads(omsorg("insource", "-", "--limit", "investment=20", "--format", "json", text=TEXT).stdout)
    assert [" ".join(one.split()) for one in data["warnings"]] == [told]
    enough = omsorg("insource", "-", "--limit", "investment=1.6 MNOK", "--format", "json", text=TEXT)
    assert json.loads(enough.stdout)["warnings"] == []


def test_the_help_says_what_each_limit_counts(omsorg):
    told = " ".join(omsorg("insource", "--help").stdout.split())
    assert "all that is paid once, for start-up, exit and investments, in the period or after it" in told
