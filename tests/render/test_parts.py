"""Numbers in one column have as many decimals, and per cent is a word in a Norwegian sentence."""

import pytest

from omsorg_cli.core.language import spoken
from omsorg_cli.render.parts import Sentences, Sheet
from omsorg_cli.render.tones import GOOD, toned

COLUMNS = {
    "shares": (("5.5%", "10%"), ("5.5%", "10.0%")),
    "whole shares": (("5%", "10%"), ("5%", "10%")),
    "bare numbers": (("1.036", "0.88", "n/a"), ("1.036", "0.880", "n/a")),
    "thousands": (("1 179", "3.5"), ("1 179.0", "3.5")),
    "units that differ": (("5.7 hours", "12%"), ("5.7 hours", "12%")),
    "two numbers in a cell": (("1 to 2.5", "3"), ("1 to 2.5", "3")),
    "a word before": (("costs 2.5", "3"), ("costs 2.5", "3.0")),
    "in colour": ((toned("5.5%", GOOD), toned("10%", GOOD)), (toned("5.5%", GOOD), toned("10.0%", GOOD))),
}


@pytest.mark.parametrize(("cells", "shown"), COLUMNS.values(), ids=COLUMNS)
def test_numbers_of_a_column_have_as_many_decimals(cells, shown):
    sheet = Sheet(("what", "how much"), (False, True), tuple((cell, cell) for cell in cells))
    assert tuple(row[1] for row in sheet.rows) == shown
    assert tuple(row[0] for row in sheet.rows) == cells  # what stands to the left is text


def test_per_cent_is_a_word_in_a_norwegian_sentence_and_a_sign_in_what_is_typed():
    text = "Andelen er 5,5\u00a0% i år"
    with spoken("nb"):
        assert Sentences((text,)).lines == ("Andelen er 5,5\u00a0prosent i år",)
        assert Sentences((text,), dim=True).lines == (text,)
        assert Sheet(("andel",), (True,), (("5,5\u00a0%",),)).rows == (("5,5\u00a0%",),)
    assert Sentences(("It is 5.5% now",)).lines == ("It is 5.5% now",)
