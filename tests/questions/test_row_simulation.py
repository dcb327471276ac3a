"""A simulation for each row of a table: the same as the scenario of the row alone."""

import csv
import io
import json

import pytest

ASK = ("simulate", "insource", "drammen2020", "--figure", "present_value", "--draws", "2000", "--seed", "7")
TABLE = "navn;insource.purchases.P07.annual_cost\nA;39 mill. kr\nB;-1\nC;50 mill. kr\n"


@pytest.fixture
def simulated(tmp_path, omsorg):
    """Simulates over the table."""
    (tmp_path / "rows.csv").write_text(TABLE, encoding="utf-8")

    def run(*words):
        return omsorg(*ASK, "--rows", "rows.csv", *words, cwd=tmp_path)

    return run


def test_each_row_has_the_percentiles_of_a_simulation_of_its_own(simulated, omsorg):
    done = simulated()
    assert done.returncode == 1
    head, *rows = csv.reader(io.StringIO(done.stdout))
    assert head[2:] == [*(f"present_value.{part}" for part in ("mean", "p10", "p50", "p90")), "fault"]
    assert rows[1][2:6] == [""] * 4
    assert 'found "-1"' in rows[1][6]
    for row in (rows[0], rows[2]):
        words = ("--set", f"insource.purchases.P07.annual_cost={row[1]}", "--format", "json")
        (alone,) = json.loads(omsorg(*ASK, *words).stdout)["figures"]
        wanted = [alone[part] for part in ("mean", "p10", "p50", "p90")]
        assert [float(cell) for cell in row[2:6]] == pytest.approx(wanted, rel=1e-12)


def test_the_bytes_are_the_same_for_any_number_of_jobs(simulated, tmp_path, monkeypatch):
    monkeypatch.setattr("omsorg_cli.questions.row_simulation.CHUNK", 1)
    for jobs in ("1", "3"):
        assert simulated("--jobs", jobs, "--keep-going", "--output", f"out{jobs}.csv").returncode == 0
    assert (tmp_path / "out1.csv").read_bytes() == (tmp_path / "out3.csv").read_bytes()


def test_what_does_not_go_with_rows_is_told(simulated, omsorg):
    done = simulated("--draws-output", "d.csv")
    assert (done.returncode, "--draws-output: goes with one scenario, not with --rows" in done.stderr) == (2, True)
    done = omsorg(*ASK, "--keep-going")
    assert (done.returncode, "go with --rows FILE" in done.stderr) == (2, True)
