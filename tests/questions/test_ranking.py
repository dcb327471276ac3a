"""The rows of a table by a figure: ranks that equal rows share, the own row marked, nothing left unsaid."""

import csv
import io
import json

import pytest

ASK = ("sweep", "savings", "baerum2016", "--base", "asss", "--service", "total")
TABLE = """navn;savings.population
Asker;300
Bærum;100
Drammen;300
Eidsvoll;-1
Frogn;200
Gjerdrum;400
"""


@pytest.fixture
def ranked(tmp_path, omsorg):
    """Ranks the table."""
    (tmp_path / "rows.csv").write_text(TABLE, encoding="utf-8")

    def run(*words, ask=ASK):
        return omsorg(*ask, "--rows", "rows.csv", *words, cwd=tmp_path)

    return run


TOP = ("--top", "3", "--by", "savings_potential")


def test_the_largest_come_first_equal_rows_share_a_rank_and_the_own_row_is_there_too(ranked):
    done = ranked(*TOP, "--format", "csv")
    # 939 kroner for each inhabitant; the scenario is of Bærum
    assert list(csv.reader(io.StringIO(done.stdout))) == [
        ["rank", "navn", "savings_potential", "own"],
        ["1", "Gjerdrum", "375600", "false"],
        ["2", "Asker", "281700", "false"],
        ["2", "Drammen", "281700", "false"],
        ["5", "Bærum", "93900", "true"],
    ]


def test_rows_without_an_answer_are_counted_and_make_exit_code_1(ranked):
    done = ranked(*TOP)
    assert done.returncode == 1
    assert "1 row is not ranked: it was refused or has no answer." in done.stdout
    assert ranked(*TOP, "--keep-going").returncode == 0


def test_the_record_names_the_table_the_figure_and_its_row(ranked):
    found = json.loads(ranked(*TOP, "--mark", "frogn", "--format", "json").stdout)
    assert (found["figure"], found["base"], found["unit"], found["ranked"], found["not_ranked"]) == (
        "savings_potential", "asss", "NOK/year", 5, 1,
    )  # fmt: skip
    assert found["rows"][-1] == {"rank": 4, "keys": {"navn": "Frogn"}, "value": 187_800, "own": True}


def test_the_picture_has_a_dot_for_each_row(ranked, tmp_path):
    assert ranked(*TOP, "--keep-going", "--output", "top.svg").returncode == 0
    drawn = (tmp_path / "top.svg").read_text(encoding="utf-8")
    assert all(text in drawn for text in ("1. Gjerdrum", "2. Asker", "2. Drammen", "5. Bærum"))


def test_without_its_keys_the_first_record_ranks_and_the_others_are_told(ranked, tmp_path):
    (tmp_path / "rows.csv").write_text("navn;savings.population\nAsker;90 000\nMoss;100 000\n", encoding="utf-8")
    done = ranked(*TOP, ask=ASK[:3])
    assert "the largest need-adjusted saving (ASSS (mean of the ten largest cities), all care) of 2 rows" in done.stdout
    assert "Other rankings: --base kristiansand --service total; --base drammen --service total; " in done.stdout
    # 939 kroner for each inhabitant
    assert json.loads(ranked(*TOP, "--format", "json", ask=ASK[:3]).stdout)["rows"][0]["value"] == 93_900_000


def test_one_row_is_a_row(ranked, tmp_path):
    (tmp_path / "rows.csv").write_text("navn;savings.population\nAsker;90 000\n", encoding="utf-8")
    assert "(ASSS (mean of the ten largest cities), all care) of 1 row\n" in ranked(*TOP, ask=ASK[:3]).stdout


@pytest.mark.parametrize(
    ("words", "ask", "told"),
    [
        (
            ("--top", "3"),
            ASK,
            "A ranking needs --rows FILE, --top N, and one figure by --by FIGURE or --figure FIGURE.",
        ),
        (
            ("--by", "savings_potential"),
            ASK,
            "A ranking needs --rows FILE, --top N, and one figure by --by FIGURE or --figure FIGURE.",
        ),
        ((*TOP, "--figure", "fte_equivalent"), ASK, "and one figure by --by FIGURE or --figure FIGURE."),
        (("--top", "3", "--by", "savings"), ASK, "savings is not a figure of savings. Known: base_per_inhabitant"),
        ((*TOP, "--output", "a.parquet"), ASK, "the suffix names no format"),
    ],
)
def test_a_ranking_that_cannot_be_made_is_told(ranked, words, ask, told):
    done = ranked(*words, ask=ask)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_ranking_is_by_figure_where_by_is_a_key_of_the_calculator(ranked, tmp_path):
    (tmp_path / "rows.csv").write_text("navn;bridge.hours_per_fte\nA;1 600\nB;1 800\n", encoding="utf-8")
    words = ("--top", "2", "--figure", "alone_hours", "--format", "csv")
    done = ranked(*words, ask=("sweep", "bridge", "baerum2016"))
    # the same hours are fewer FTE, and so less of a saving, where each FTE works more of them
    assert [row[:2] for row in csv.reader(io.StringIO(done.stdout))] == [["rank", "navn"], ["1", "A"], ["2", "B"]]
