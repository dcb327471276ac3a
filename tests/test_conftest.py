"""The program inside this process does as the program in a process of its own, and leaves nothing behind."""

import gc
import os
import sys

import pytest

CASES = {
    "a table": (("savings", "--base", "asss"), {}),
    "data": (("insource", "--format", "csv"), {}),
    "a figure that is left out": (("insource", "drammen2020", "--value", "fte_needed"), {}),
    "an option that is not there": (("savings", "--bas", "x"), {}),
    "a scenario that is not there": (("savings", "baerum2061"), {}),
    "help": (("--help",), {}),
    "nothing typed": ((), {}),
    "the version": (("--version",), {}),
    "standard input that is no scenario": (("savings", "-"), {"text": "title = "}),
    "an environment of its own": (("savings",), {"OMSORG_FORMAT": "csv"}),
    "an encoding that lacks letters": (("savings",), {"PYTHONIOENCODING": "ascii"}),
}


@pytest.mark.slow
@pytest.mark.parametrize(("words", "keys"), CASES.values(), ids=CASES.keys())
def test_inside_and_outside_are_the_same(omsorg, process, words, keys):
    inside, outside = omsorg(*words, **keys), process(*words, **keys)
    assert (inside.returncode, inside.stdout, inside.stderr) == (outside.returncode, outside.stdout, outside.stderr)


def state():
    return os.environ.copy(), sys.argv, sys.stdin, sys.stdout, sys.stderr, os.getcwd(), gc.get_threshold()  # noqa: PTH109


def test_nothing_stays_behind(omsorg, tmp_path):
    before = state()
    assert omsorg("savings", "--output", "x.json", cwd=tmp_path, OMSORG_FORMAT="csv").returncode == 0
    assert omsorg("savings", "--bas", cwd=tmp_path).returncode == 2
    assert state() == before
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_an_error_that_nobody_caught_is_seen(omsorg, monkeypatch):
    monkeypatch.setattr("omsorg_cli.cli.run_program", lambda: 1 / 0)
    ended = omsorg("savings")
    assert ended.returncode == 1
    assert "ZeroDivisionError" in ended.stderr
