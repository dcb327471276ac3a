"""Some changes of stored results, with every test run; by hand as many as one likes."""

import random
import runpy
from pathlib import Path

import pytest

TAMPER = runpy.run_path(str(Path(__file__).with_name("tamper.py")))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Every result that is changed."""
    return TAMPER["every"](tmp_path_factory.mktemp("stored"))


@pytest.mark.parametrize("seed", range(0, 60, 20))
def test_nothing_of_a_stored_result_can_be_changed_unseen(results, tmp_path, seed):
    for number in range(seed, seed + 20):
        chance = random.Random(number)
        one = TAMPER["changed"](chance, chance.choice(results))
        assert TAMPER["wrong"](one, tmp_path) == "", (number, one.how)


def test_a_record_that_was_not_changed_is_put_back_as_it_was(results):
    books = [one.parts for one in results if one.parts]
    assert len(books) > 2
    for parts in books:
        assert TAMPER["_with_line"](parts, TAMPER["_kept"](parts)) == parts[TAMPER["STRINGS"]]
