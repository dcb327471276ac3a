"""A few runs that are killed while they write, with every test run; by hand it kills as many as one likes."""

import random
import runpy
import sys
from pathlib import Path

import pytest

KILL = runpy.run_path(str(Path(__file__).with_name("kill.py")))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_whatever_is_killed_leaves_the_target_whole_and_the_next_run_ends_it(tmp_path, suffix):
    wanted, longest = KILL["whole"](suffix, tmp_path)
    chance = random.Random(1)
    for _ in range(3):
        assert KILL["one"](chance, suffix, tmp_path, wanted, longest) == ""
