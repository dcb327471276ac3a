"""A few hundred runs of the fuzzer with every test run; by hand it does as many as one likes."""

import runpy
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FUZZ = runpy.run_path(str(Path(__file__).with_name("fuzz.py")))


@pytest.mark.slow
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_whatever_is_typed_or_written_is_answered_or_refused_in_words(tmp_path, seed):
    with tempfile.TemporaryDirectory(dir=tmp_path) as name:
        why = FUZZ["wrong"](FUZZ["one"](seed, Path(name)), Path(name))
    assert not why, f"{why}; python tests/fuzz/fuzz.py --seed {seed} --runs 1"


FOUND: tuple[int, ...] = ()
"""Seeds that once ended badly, each of a kind."""


@pytest.mark.parametrize("seed", FOUND)
def test_what_once_ended_badly_ends_well(tmp_path, seed):
    assert FUZZ["wrong"](FUZZ["one"](seed, tmp_path), tmp_path) == ""
