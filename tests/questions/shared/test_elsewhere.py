"""Pieces that are worked out elsewhere: the same bytes, whoever works them out and whoever is lost on the way."""

import json
import os
import subprocess
import sys

import pytest

from omsorg_cli import __version__
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.questions.shared import elsewhere

HEAD = "name;savings.population;savings.comparisons.asss/total.gap_per_inhabitant"
ASK = ("sweep", "savings", "baerum2016", "--base", "asss", "--service", "total", "--figure", "savings_potential")

ON_A_CLUSTER = """
import json, os, signal, subprocess, sys, threading, time
from distributed import LocalCluster

def main():
    words, lose = json.loads(sys.argv[1]), sys.argv[2] == "lose"
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        running = subprocess.Popen([sys.executable, "-m", "omsorg_cli", *words, "--cluster", cluster.scheduler_address])
        if lose:
            time.sleep(float(sys.argv[3]))
            os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)
        sys.exit(running.wait())

if __name__ == "__main__":
    main()
"""


class Doubled:
    """Gives twice the number that it is asked for, and so many more."""

    def __init__(self, more):
        self.more = more

    def piece(self, number):
        return 2 * number + self.more


def table(tmp_path, count):
    path = tmp_path / "rows.csv"
    lines = (f"{at};{1000 + at};{'oops' if at % 100 == 3 else at + 0.5}" for at in range(count))
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return str(path)


def test_a_piece_is_worked_out_from_what_was_asked():
    assert elsewhere.piece_of(elsewhere.packed(Doubled, 1), __version__, 20) == 41


def test_a_worker_of_another_version_refuses():
    with pytest.raises(
        OmsorgError, match=r"its workers have omsorg .*, and this is omsorg 9\.9; allowed: the same on all"
    ):
        elsewhere.piece_of(elsewhere.packed(Doubled, 1), "9.9", 20)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("local:0", 'found "local:0"; allowed: tcp://HOST:PORT or local:N'),
        ("local:x", 'found "local:x"; allowed: tcp://HOST:PORT or local:N'),
    ],
)
def test_an_address_that_is_none_is_told(omsorg, tmp_path, address, told):
    done = omsorg(*ASK, "--rows", table(tmp_path, 3), "--cluster", address)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


@pytest.mark.slow
def test_no_scheduler_at_the_address_is_told(process, tmp_path, monkeypatch):
    done = process(*ASK, "--rows", table(tmp_path, 3), "--cluster", "tcp://127.0.0.1:1")
    assert (done.returncode, "no scheduler answers" in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_many_rows_go_to_processes_with_the_same_bytes(omsorg, tmp_path, monkeypatch):
    path, found = table(tmp_path, 45), []
    monkeypatch.setattr("omsorg_cli.questions.row_sweep.CHUNK", 10)
    monkeypatch.setattr("omsorg_cli.questions.row_sweep.RowSweep.works_by_row", True)
    for many in (1, 1_000):
        monkeypatch.setattr("omsorg_cli.library.rows.MANY", many)
        target = tmp_path / f"out{many}.csv"
        assert omsorg(*ASK, "--rows", path, "--jobs", "2", "--output", str(target), "--keep-going").returncode == 0
        found.append(target.read_bytes())
    assert found[0] == found[1]


@pytest.mark.slow
@pytest.mark.parametrize("lose", ["", "lose"])
@pytest.mark.parametrize("of", ["rows", "grid"])
def test_a_cluster_gives_the_same_bytes_and_survives_the_loss_of_a_worker(omsorg, tmp_path, of, lose):
    script = tmp_path / "on_a_cluster.py"
    script.write_text(ON_A_CLUSTER, encoding="utf-8")
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    grid = ("--grid", "savings.population=1000:50000:40000", "--grid", "savings.need_index=0.8,0.9,1,1.1,1.2")
    what = ("--rows", table(tmp_path, 2_500), "--keep-going") if of == "rows" else grid
    assert omsorg(*ASK, *what, "--output", str(here)).returncode == 0
    words = json.dumps([*ASK, *what, "--output", str(there)])
    done = subprocess.run(
        [sys.executable, str(script), words, lose, "3"], capture_output=True, check=False, timeout=300, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    assert there.read_bytes() == here.read_bytes()
