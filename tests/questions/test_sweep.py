import csv
import io
import json
import signal
import subprocess
import sys
from contextlib import contextmanager
from itertools import product

import pytest

from omsorg_cli.questions.sweep import CHUNK
from omsorg_cli.writing.resumable import Partial

GRIDS = (
    "--grid",
    "savings.population=100000:130000:4",
    "--grid",
    "savings.comparisons.asss/total.gap_per_inhabitant=900,939.5",
)
SAVINGS = ("sweep", "savings", "baerum2016", "--base", "asss", "--service", "total", "--figure", "savings_potential")
BIG = (
    "--grid",
    "savings.population=100000:130000:300",
    "--grid",
    "savings.comparisons.asss/total.gap_per_inhabitant=900:1000:100",
)


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_there_is_a_row_for_each_combination_the_last_grid_changing_fastest(omsorg):
    head, *found = rows(omsorg(*SAVINGS, *GRIDS).stdout)
    assert head == ["savings.population", "savings.comparisons.asss/total.gap_per_inhabitant", "savings_potential"]
    wanted = [[p, g, p * g] for p, g in product((100_000, 110_000, 120_000, 130_000), (900, 939.5))]
    assert [[float(cell) for cell in row] for row in found] == wanted


def test_several_records_have_a_column_each(omsorg):
    words = (
        "sweep",
        "savings",
        "baerum2016",
        "--base",
        "asss",
        "--figure",
        "savings_potential",
        "--grid",
        "savings.population=100000,200000",
    )
    head, *_ = rows(omsorg(*words).stdout)
    assert head[1:] == ["savings_potential[base=asss,service=total]", "savings_potential[base=asss,service=home]"]


def test_years_dates_and_choices_make_other_plans(omsorg):
    words = ("sweep", "insource", "drammen2020", "--figure", "present_value", "--format", "jsonl")
    grids = ("--grid", "insource.years=2,5", "--grid", "insource.purchases.P06.phases.0.from=2020-07,2021-01")
    found = [json.loads(line) for line in omsorg(*words, *grids).stdout.splitlines()]
    for one in found:
        sets = [word for path, value in one.items() if path != "present_value" for word in ("--set", f"{path}={value}")]
        alone = omsorg("insource", "drammen2020", *sets, "--value", "present_value").stdout
        assert one["present_value"] == pytest.approx(float(alone), rel=1e-12)
    assert len({one["present_value"] for one in found}) == 4


def test_json_has_the_rows_beside_the_scenario(omsorg):
    record = json.loads(omsorg(*SAVINGS, *GRIDS, "--format", "json").stdout)
    assert record["format"] == "omsorg.sweep/1"
    assert len(record["rows"]) == 8


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "parquet"])
def test_every_number_of_jobs_gives_the_same_bytes(omsorg, tmp_path, suffix):
    made = []
    for jobs in ("1", "3"):
        target = tmp_path / f"rows{jobs}.{suffix}"
        assert omsorg(*SAVINGS, *BIG, "--jobs", jobs, "--output", str(target)).returncode == 0
        made.append(target.read_bytes())
    assert made[0] == made[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"rows1.{suffix}", f"rows3.{suffix}"]


def test_parquet_has_the_same_rows(omsorg, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "rows.parquet"
    omsorg(*SAVINGS, *BIG, "--output", str(target))
    table = parquet.read_table(target).to_pydict()
    assert len(table["savings_potential"]) == 30_000
    last = {name: column[-1] for name, column in table.items()}
    assert last["savings_potential"] == pytest.approx(130_000 * 1_000)


STOPS = """
import time
from omsorg_cli.__main__ import main
from omsorg_cli.writing.resumable import Partial

write = Partial.write

def half(self, data, rows):
    if not self.done:
        return write(self, data, rows)
    self._stream.write(data[: len(data) // 2])
    self._stream.flush()
    print("half", flush=True)
    while True:
        time.sleep(0.1)

Partial.write = half
main()
"""
"""The program, which writes one piece whole and half of the next, says so, and then waits to be stopped."""


@contextmanager
def stopped(*words):
    running = subprocess.Popen([sys.executable, "-c", STOPS, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with running:
        try:
            assert running.stdout.readline() == b"half\n"
            yield running
        finally:
            running.kill()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_sweep_that_is_killed_is_gone_on_with(omsorg, tmp_path, suffix):
    target, whole = tmp_path / f"rows.{suffix}", tmp_path / f"whole.{suffix}"
    words = (*SAVINGS, *BIG, "--jobs", "1", "--output")
    with stopped(*words, str(target)) as running:
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert not target.exists()
    (note,) = tmp_path.glob(".omsorg-*.note")
    assert json.loads(note.read_text())["rows"] == CHUNK
    ended = omsorg(*words, str(target))
    assert f"which has {CHUNK} of 30000 rows" in ended.stderr
    assert ended.returncode == 0
    omsorg(*words, str(whole))
    assert target.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"rows.{suffix}", f"whole.{suffix}"]


def test_what_was_broken_off_is_gone_on_with_only_by_the_same_work(tmp_path):
    target = tmp_path / "rows.csv"
    with Partial(target, "one") as first:
        first.write(b"a\nb\n", 2)
    (left,) = tmp_path.glob(".omsorg-*.partial")
    with left.open("ab") as file:
        file.write(b"half a ro")
    with Partial(target, "one") as again:
        assert again.done == 2
        again.write(b"c\n", 3)
    with Partial(target, "other") as other:
        assert other.done == 0
        other.write(b"x\n", 1)
        other.finish()
    assert target.read_bytes() == b"x\n"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_an_interrupted_sweep_ends_with_130_and_leaves_no_half_file(tmp_path):
    target = tmp_path / "rows.csv"
    with stopped(*SAVINGS, *BIG, "--output", str(target)) as running:
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert running.returncode == 130
    assert b"Traceback" not in told
    assert not target.exists()


@pytest.mark.slow
def test_a_reader_that_goes_is_no_error(omsorg):
    words = " ".join(f"'{word}'" for word in (*SAVINGS, *BIG))
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m omsorg_cli {words} | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0
    assert ended.stdout.startswith("savings.population,")
    assert ended.stderr == ""


WRONG = {
    "no step": ("savings.population=1:1:5", "which has no step"),
    "a count of one": ("savings.population=1:2:1", "which has no step"),
    "two parts": ("savings.population=1:2", "allowed: FROM:TO:COUNT of numbers"),
    "no value": ("savings.population=", "allowed: PATH=FROM:TO:COUNT or PATH=a,b,c"),
    "no path": ("5", "allowed: PATH=FROM:TO:COUNT or PATH=a,b,c"),
    "out of bounds": ("savings.population=-1:2:4", "allowed: a whole number (inhabitants), over 0"),
    "not there": ("savings.populatio=1,2", 'Did you mean "population"?'),
    "no choice": ("savings.comparisons.asss/home.statistic=mean,mode", 'found "mode"'),
    "too many": ("savings.population=1:2:100000000000", "allowed: at most"),
    "a part of an input": ("savings.population.range=1,2", "is not an input"),
}  # fmt: skip


@pytest.mark.parametrize(("grid", "told"), WRONG.values(), ids=WRONG.keys())
def test_a_grid_that_cannot_be_is_told_and_nothing_is_written(omsorg, tmp_path, grid, told):
    ended = omsorg(*SAVINGS, "--grid", grid, "--output", "rows.csv", cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert list(tmp_path.iterdir()) == []


REFUSED = ("sweep", "insource", "drammen2020", "--figure", "present_value", "--grid")


@pytest.mark.parametrize("values", ["0.5,0.9", "0.9,0.5", "0.1:0.9:300"])
def test_what_the_scenario_refuses_is_refused_whatever_the_order(omsorg, values):
    # P07 has two phases of a half each
    ended = omsorg(*REFUSED, f"insource.purchases.P07.phases.0.share={values}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "the scenario refuses insource.purchases.P07.phases.0.share=0.9" in ended.stderr
    assert "add up to 1.4" in ended.stderr


@pytest.mark.parametrize("years", ["2,4", "4,2"])
def test_records_that_only_some_combinations_have_are_columns_too(omsorg, years):
    words = ("sweep", "insource", "drammen2020", "--figure", "cumulative_saving", "--grid", f"insource.years={years}")
    head, *found = rows(omsorg(*words).stdout)
    assert sorted(head[1:]) == [f"cumulative_saving[year={year}]" for year in (2020, 2021, 2022, 2023)]
    short = next(row for row in found if row[0] == "2")
    assert short.count("") == 2


@pytest.mark.parametrize("values", ["1.4,0.9", "0.9,1.4"])
def test_what_has_no_answer_for_one_value_has_it_for_the_other(omsorg, values):
    words = ("sweep", "insource", "drammen2020", "--figure", "payback_year", "--figure", "present_value")
    head, *found = rows(omsorg(*words, "--grid", f"insource.purchases.P06.own_cost_ratio={values}").stdout)
    assert head[1:] == ["payback_year", "present_value"]
    assert {float(row[0]): row[1] for row in found} == {1.4: "", 0.9: "2020"}


def test_what_is_published_and_stays_is_told(omsorg):
    words = ("sweep", "savings", "--base", "drammen", "--service", "total", "--figure", "savings_potential")
    ended = omsorg(*words, "--grid", "savings.population=100000,130000")
    assert (
        "The scenario states need-adjusted saving (Drammen (before 2020), all care), which stays as it is when"
        in ended.stderr
    )


@pytest.mark.slow
def test_a_sweep_that_ended_before_its_name_was_given_ends_once(omsorg, tmp_path):
    target, whole = tmp_path / "rows.json", tmp_path / "whole.json"
    omsorg(*SAVINGS, *GRIDS, "--output", str(whole))
    code = "import omsorg_cli.writing.resumable as p, sys; p.Partial.finish = lambda self: sys.exit(9); from omsorg_cli.__main__ import main; main()"
    subprocess.run([sys.executable, "-c", code, *SAVINGS, *GRIDS, "--output", str(target)], check=False)
    assert not target.exists()
    assert omsorg(*SAVINGS, *GRIDS, "--output", str(target)).returncode == 0
    assert target.read_bytes() == whole.read_bytes()


def test_parquet_goes_to_a_file(omsorg):
    assert omsorg(*SAVINGS, *GRIDS, "--format", "parquet").returncode == 2


def test_a_link_stays_a_link(omsorg, tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    assert omsorg(*SAVINGS, *GRIDS, "--output", str(link)).returncode == 0
    assert link.is_symlink()
    assert real.read_text().startswith("savings.population,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "real.csv"]


def test_a_value_for_which_a_formula_holds_alone_keeps_its_answer_beside_one_that_has_none(omsorg):
    # of P05 nothing comes home at 0; at a quarter its cost is not known. The run has 4 583 333 at 0.
    words = ("sweep", "insource", "drammen2020", "--figure", "total_net_saving", "--figure", "present_value")
    done = omsorg(*words, "--grid", "insource.purchases.P05.repatriable_share=0; 0.25")
    head, *found = rows(done.stdout)
    column = head.index("total_net_saving")
    assert [float(found[0][column]), found[1][column]] == [pytest.approx(4_583_333.33333333), ""]
    assert "does not give one or more of " in done.stderr
    assert {"present_value", "present_value[programme=P06]"} <= set(head)


def test_an_investment_of_nothing_is_a_run_without_one_in_a_grid_too(omsorg):
    # without lifetime and interest only 0 has an answer; with them all three have: 5 million over 20 years at 4 % are
    # 367 909 a year, half of it in 2020, twice in the years after
    grid = ("--grid", "insource.purchases.P06.investment=0; 5000000; 10000000", "--figure", "total_net_saving")
    alone = rows(omsorg("sweep", "insource", "drammen2020", *grid).stdout)
    assert [row[1] != "" for row in alone[1:]] == [True, False, False]
    given = ("--set", "insource.purchases.P06.lifetime=20", "--set", "insource.purchases.P06.interest_rate=0.04")
    found = [float(row[1]) for row in rows(omsorg("sweep", "insource", "drammen2020", *grid, *given).stdout)[1:]]
    payment = 5_000_000 * 0.04 / (1 - 1.04**-20)
    assert found == pytest.approx([4_583_333.33333333 - k * payment * 2.5 for k in (0, 1, 2)])
