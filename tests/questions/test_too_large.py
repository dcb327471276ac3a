"""No figure is infinite or no number, in any output: what is too large to be calculated is said to be so, and counted."""

import json
import math
import os
import re
import shutil
import warnings
from pathlib import Path

import pytest

import omsorg_cli

ROOT = Path(__file__).parents[2]
BAERUM = (ROOT / "scenarios" / "baerum2016.toml").read_text(encoding="utf-8")
SHARE = "savings.comparisons.asss/home.gap_share"
POPULATION = "savings.population"


@pytest.mark.parametrize("value", ["1e301", "1.7e307"])
def test_a_number_that_is_not_calculated_with_is_refused(omsorg, value):
    done = omsorg("savings", "--set", f"{SHARE}={value}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is larger than what can be calculated with" in done.stderr


@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
def test_a_figure_that_is_too_large_is_not_calculated_and_said_to_be_so(omsorg, format_):
    # 939 kroner for each of 9e99 inhabitants is more than 1e100
    words = ("savings", "--base", "asss", "--service", "total", "--set", f"{POPULATION}=9e99")
    done = omsorg(*words, "--format", format_)
    assert done.returncode == 0
    assert "too large to calculate with" in done.stdout + done.stderr
    assert not {"inf", "nan", "Infinity", "NaN"} & set(done.stdout.replace(",", " ").split())
    alone = omsorg(*words, "--value", "savings_potential")
    assert (alone.returncode, alone.stdout) == (1, "")
    assert "need-adjusted saving" in alone.stderr
    assert "too large to calculate with" in alone.stderr


def test_what_rests_on_a_figure_that_is_too_large_is_too_large_too(omsorg):
    done = omsorg("savings", "--base", "asss", "--set", f"{POPULATION}=9e99", "--format", "json")
    (told,) = [
        one for one in json.loads(done.stdout)["missing"] if "ASSS" in one and "all care" in one and "too large" in one
    ]
    assert "saving in the accounts" in told  # the potential times the need index


@pytest.mark.parametrize("by_rows", [False, True], ids=["grid", "table"])
def test_rows_of_a_sweep_that_are_too_large_are_counted_with_the_first_of_them(omsorg, tmp_path, by_rows):
    # 939 kroner for each of 9e99 inhabitants is more than 1e100; for each of 1e97, 9.39e99, it is not
    values = ("100000", "1e97", "9e99", "8e99")
    (tmp_path / "rows.csv").write_text("\n".join((POPULATION, *values)) + "\n", encoding="utf-8")
    over = ("--rows", "rows.csv") if by_rows else ("--grid", f"{POPULATION}={','.join(values)}")
    words = ("sweep", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential")
    done = omsorg(*words, *over, cwd=tmp_path)
    assert [row.split(",")[1] for row in done.stdout.splitlines()[1:]] == ["93900000", "9.39e+99", "", ""]
    first = "row 3 of the table" if by_rows else "savings.population=9e+99"
    told = f"savings_potential: no answer in 2 of 4 rows (first: {first}): it is too large to calculate with."
    assert f"omsorg: {told}" in done.stderr.splitlines()


def test_a_sweep_from_python_says_which_rows_lack_a_figure():
    asked = omsorg_cli.run("savings", "baerum2016", base="asss", service="total")
    swept = asked.sweep({POPULATION: [100_000, 9e99]}, figures="savings_potential")
    assert swept.warnings[-1].startswith("savings_potential: no answer in 1 of 2 rows")


def test_draws_that_are_too_large_are_counted(omsorg, tmp_path):
    # 939 kroner for each of more than 1.065e97 inhabitants, most of the draws, is more than 1e100
    ranges = ("--set", f"{POPULATION}=9e96", "--set", f"{POPULATION}.range=[5e96, 2e97]")
    words = ("simulate", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential", *ranges)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = omsorg(*words, "--draws", "1000", "--format", "json", "--draws-output", str(tmp_path / "draws.csv"))
    (found,) = json.loads(done.stdout)["figures"]
    assert 0.1 < found["without_answer"] < 0.95
    assert all(math.isfinite(found[name]) for name in ("mean", "p10", "p50", "p90"))
    assert not {"inf", "nan"} & set((tmp_path / "draws.csv").read_text().replace("\n", ",").split(","))


@pytest.mark.parametrize("words", [["simulate"], ["simulate", "--draws", "2000000"], ["sensitivity", "--global"]])
@pytest.mark.parametrize("ends", ["9e99, 1e100", "9e299, 1e300", "1e-100, 3e-100", "5e-324, 1e-322"])
@pytest.mark.slow
def test_numbers_at_the_ends_of_what_is_calculated_give_numbers(omsorg, words, ends):
    pytest.importorskip("SALib")
    low, high = ends.split(", ")
    ranges = ("--set", f"{SHARE}={low}", "--set", f"{SHARE}.range=[{low}, {high}]")
    words = (words[0], "savings", "--base", "asss", "--service", "home", *words[1:])
    done = omsorg(*words, "--figure", "savings_potential", *ranges, "--format", "json")
    assert done.returncode in (0, 1, 2)
    assert not re.search("Traceback|Warning", done.stderr)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400", "1" + "0" * 400])
@pytest.mark.parametrize("words", [["savings"], ["savings", "--format", "json"], ["check"]])
def test_a_reading_is_a_number_that_can_be_calculated_with(omsorg, tmp_path, words, value):
    text = f'{BAERUM}\n[[notices]]\nwhat = "x"\nwhere = ["{POPULATION}"]\nchanges = "y"\nreading = {{ "{POPULATION}" = {value} }}\n'
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    done = omsorg(words[0], str(path), *words[1:])
    assert (done.returncode, done.stdout) == (2, "")
    assert f"mine.toml:{len(BAERUM.splitlines()) + 6}: notices." in done.stderr


def test_a_whole_number_of_more_digits_than_are_read_is_told(omsorg):
    done = omsorg("savings", "-", text=BAERUM.replace("year = 2016", f"year = {'9' * 5_000}", 1))
    assert done.stderr == "omsorg: standard input has a whole number of more digits than are read.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["bridge", "--set", "{}=1"],
        ["sweep", "bridge", "--grid", "{}=1,2"],
        ["solve", "bridge", "--input", "{}", "--figure", "part_of_wages"],
    ],
)
def test_an_item_without_inputs_is_told(omsorg, words):
    path = "bridge.bases.drammen.services.developmental_disability"
    done = omsorg(*(word.format(path) for word in words))
    assert done.returncode == 2
    assert f"{path} is an item, and has no input that can be changed." in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_file_whose_name_is_not_text_is_read_and_written(omsorg, process, tmp_path):
    name = os.fsdecode(b"caf\xe9.toml")
    try:
        shutil.copy(ROOT / "scenarios" / "baerum2016.toml", tmp_path / name)
    except OSError:
        pytest.skip("the file system has no such names")
    for words in (
        ("savings", name),
        ("savings", name, "--format", "json"),
        ("check", name),
        ("explain", "savings", name),
    ):
        assert omsorg(*words, cwd=tmp_path).returncode == 0
    for suffix in ("json", "csv", "md", "xlsx"):
        target = os.fsdecode(b"r\xe9.") + suffix
        assert omsorg("savings", name, "--output", target, cwd=tmp_path).returncode == 0
        assert (tmp_path / target).exists()
    assert omsorg("verify", "--result", os.fsdecode(b"r\xe9.json"), cwd=tmp_path).returncode == 0
    assert "There is no file" in process("savings", os.fsdecode(b"no\xe9.toml"), cwd=tmp_path).stderr
    assert process("savings", name, cwd=tmp_path).returncode == 0  # as the system hands it over
