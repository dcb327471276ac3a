"""Some changes of one letter in a stored result, with every test run; by hand as many as one likes."""

import random
import runpy
from pathlib import Path

TAMPER = runpy.run_path(str(Path(__file__).with_name("tamper.py")))


def test_no_letter_of_a_stored_result_can_be_changed_unseen(tmp_path):
    chance, original = random.Random(7), TAMPER["stored"](tmp_path)
    for _ in range(60):
        text = TAMPER["changed"](chance, original)
        assert TAMPER["wrong"](original, text, tmp_path) == "", text
