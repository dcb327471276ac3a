"""What would take long, or much memory, is refused before the work begins, with the limit."""

import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BAERUM = (ROOT / "scenarios" / "baerum2016.toml").read_text(encoding="utf-8")
DOTS = ".".join(["a"] * 20_000)
SHORT = 5.0
"""Seconds that no machine needs to refuse; the work itself took longer, and memory by the gigabyte."""

TOO_MUCH = {
    "values of a grid": (["sweep", "savings", "--grid", "savings.population=1000:2000:5000000"], "", "found 5000000 values; allowed: at most 100000."),
    "threads that draw": (["simulate", "insource", "--jobs", "1000000"], "", "--jobs: found 1000000; allowed: from 1 to 256."),
    "threads that sweep": (
        ["sweep", "savings", "--grid", "savings.population=100000,110000", "--jobs", "1000000"],
        "",
        "--jobs: found 1000000; allowed: from 1 to 256.",
    ),
    "parts of a key": (["savings", "-"], f"{BAERUM}\n{DOTS} = 1\n", "is nested too deeply"),
    "parts of a table's name": (["savings", "-"], f"{BAERUM}\n[{DOTS}]\n", "is nested too deeply"),
    "parts of a key in a table in a line": (["savings", "-"], f"{BAERUM}\nx = {{ {DOTS} = 1 }}\n", "is nested too deeply"),
    "parts of a quoted key": (["savings", "-"], f"{BAERUM}\n{DOTS.replace('a', chr(39) + '=' + chr(39))} = 1\n", "is nested too deeply"),
    "parts of a path": (["savings", "--set", f"savings.{DOTS}=1"], "", "is not there"),
    "values of a list": (["savings", "-"], f"x = [{'1,' * 1_800_000}]\n", "has more than 200 000 values or lines"),
    "lists in a list": (["savings", "-"], f"x = [{'[],' * 1_200_000}]\n", "has more than 200 000 values or lines"),
    "lines": (["savings", "-"], "\n" * 3_900_000, "has more than 200 000 values or lines"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "text", "told"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_is_refused_before_the_work_begins(omsorg, words, text, told):
    start = time.monotonic()
    done = omsorg(*words, text=text)
    assert time.monotonic() - start < SHORT
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_dots_in_a_text_are_no_key(omsorg):
    text = BAERUM.replace("title = ", f'note = "{"a, " + DOTS[:500]} …"\ntitle = ', 1)
    assert omsorg("savings", "-", text=text).returncode == 0


@pytest.mark.parametrize("table", ["", "[common]\n"])
def test_of_many_unknown_keys_a_hundred_are_told_one_by_one(omsorg, table):
    keys = "\n".join(f"x{number} = 1" for number in range(20_000))
    done = omsorg("savings", "-", text=f"title = 't'\nmunicipality = 'm'\nyear = 2020\n{table}{keys}\n")
    assert done.returncode == 2
    assert done.stderr.count("is an unknown key") == 100
    assert "19900 more keys are unknown." in done.stderr
