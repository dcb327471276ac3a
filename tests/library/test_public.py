"""What the library offers: its names, for whoever completes them, asks for help or checks types."""

import pydoc
import re
import subprocess
import sys
from pathlib import Path

import pytest

import omsorg_cli as omsorg
from omsorg_cli import library

ROOT = Path(__file__).parents[2]


def test_what_completes_names_finds_exactly_what_there_is():
    assert dir(omsorg) == sorted(dir(omsorg)) == sorted(omsorg.__all__)
    assert set(dir(omsorg)) == {*library.__all__, "__version__"} == {*library.WHERE, "__version__"}
    assert all(getattr(omsorg, name) for name in dir(omsorg))


def test_the_help_of_the_library_says_how_to_begin():
    told = pydoc.plain(pydoc.render_doc(omsorg))
    assert 'omsorg.run("savings", "baerum2016", base="asss")' in told
    assert re.search(r"^    run\(calculator: str", told, re.MULTILINE)
    assert re.search(r"^    class Answer\(", told, re.MULTILINE)


TYPED = """
import omsorg_cli as omsorg
from omsorg_cli import Figure, Simulated, Tornado
omsorg.runn("savings")
from omsorg_cli import Figur
def mean(answer: omsorg.Answer) -> float:
    drawn: Simulated = answer.simulate()
    found: Tornado = answer.sensitivity()
    first: Figure = found.found.figure
    wrong: str = found.found.figure
    return first.value
"""


@pytest.mark.slow
def test_who_checks_types_finds_a_name_that_is_misspelt(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "script.py").write_text(TYPED, encoding="utf-8")
    options = ("--strict", "--config-file=", "--follow-imports=silent", f"--cache-dir={tmp_path / 'cache'}")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "script.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [(int(line), why) for line, why in re.findall(r"script\.py:(\d+): error: (.*)", done.stdout)]
    assert [line for line, _ in told] == [4, 5, 10], done.stdout
    assert 'no attribute "runn"' in told[0][1]
    assert 'no attribute "Figur"' in told[1][1]
