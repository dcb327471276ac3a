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
    monkeypatch.setattr("omsorg_cli.questions.row_simulation.MOST_ROWS", 1)
    for jobs in ("1", "3"):
        assert simulated("--jobs", jobs, "--keep-going", "--output", f"out{jobs}.csv").returncode == 0
    assert (tmp_path / "out1.csv").read_bytes() == (tmp_path / "out3.csv").read_bytes()


def test_what_does_not_go_with_rows_is_told(simulated, omsorg):
    done = simulated("--draws-output", "d.csv")
    assert (done.returncode, "--draws-output goes with one scenario, not with --rows" in done.stderr) == (2, True)
    done = omsorg(*ASK, "--keep-going")
    assert (done.returncode, "go with --rows FILE" in done.stderr) == (2, True)


def test_a_row_that_states_the_only_uncertain_input_has_nothing_to_draw(tmp_path, omsorg):
    """The range of the only input with one is the scenario's, and no longer that of a row that states the input."""
    text = (
        'title = "T"\nmunicipality = "M"\nyear = 2025\n[savings]\npopulation = 1000\n'
        "need_index = { value = 1, range = [0.8, 1.2] }\n"
        '[[savings.comparisons]]\nbase = "a"\nservice = "total"\ngap_per_inhabitant = 100\n'
    )
    (tmp_path / "base.toml").write_text(text, encoding="utf-8")
    (tmp_path / "rows.csv").write_text("savings.need_index\n0.9\n1.1\n", encoding="utf-8")
    words = ("simulate", "savings", "base.toml", "--figure", "savings_potential_actual", "--rows", "rows.csv")
    done = omsorg(*words, "--draws", "10", cwd=tmp_path)
    assert done.returncode == 1
    _, *rows = csv.reader(io.StringIO(done.stdout))
    assert [row[1:5] for row in rows] == [[""] * 4] * 2
    assert all("No input of these figures has a range to draw from" in row[5] for row in rows)


def test_rows_of_several_plans_are_drawn_as_alone(tmp_path, omsorg):
    """Each month makes a plan of its own, and what is drawn is shared by the rows of one plan only."""
    path = "insource.purchases.P07.phases.0.from"
    (tmp_path / "rows.csv").write_text(f"{path}\n2020-07\n2021-01\n2020-07\n", encoding="utf-8")
    done = omsorg(*ASK, "--rows", "rows.csv", cwd=tmp_path)
    _, *rows = csv.reader(io.StringIO(done.stdout))
    assert rows[0] == rows[2] != rows[1]
    for row in rows:
        (alone,) = json.loads(omsorg(*ASK, "--set", f"{path}={row[0]}", "--format", "json").stdout)["figures"]
        assert [float(cell) for cell in row[1:5]] == pytest.approx([alone[p] for p in ("mean", "p10", "p50", "p90")])
