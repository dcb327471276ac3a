import re
from itertools import pairwise

import pytest

from omsorg_cli.core.folding import folded, held
from omsorg_cli.core.language import FOLDER, entries
from omsorg_cli.render import table
from omsorg_cli.render.parts import Sheet


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("saves 13 896 NOK a year", ["saves", "13_896_NOK", "a", "year"]),
        ("116.4 million NOK a year", ["116.4_million_NOK", "a", "year"]),
        ("10 %, 138.1 FTE", ["10_%,", "138.1_FTE"]),
        ("2020 2021", ["2020", "2021"]),
        ("in 2016 million", ["in", "2016_million"]),
        ("5 persons 3", ["5_persons", "3"]),
    ],
)
def test_spaces_inside_a_number_and_before_its_unit_are_held(text, wanted):
    assert held(text).replace("\ue000", "_").split(" ") == wanted


def test_lines_break_between_words_and_long_words_stay_whole():
    text = "omsorg: insource.purchases.P06.own_cost_ratio costs 13 896 NOK more\nthan before"
    assert folded(text, 20).split("\n") == [
        "omsorg:",
        "insource.purchases.P06.own_cost_ratio",
        "costs 13 896 NOK",
        "more",
        "than before",
    ]


def test_a_no_break_space_never_breaks_and_stays_as_it_is():
    text = "sparer 116\u00a0mill.\u00a0kroner i året"
    assert folded(text, 20).split("\n") == ["sparer", "116\u00a0mill.\u00a0kroner i", "året"]
    lines = table.render([Sheet(("a",), (False,), ((text,),))], width=20).split("\n")
    assert [line.strip() for line in lines[1:4]] == ["sparer", "116\u00a0mill.\u00a0kroner i", "året"]


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_text_breaks_inside_a_number_or_before_its_unit(width):
    catalogue = entries((FOLDER / "nb.po").read_text(encoding="utf-8"))
    texts = [text for pair in catalogue.items() for text in pair if re.search(r"\d", text)]
    for text in texts:
        lines = folded(text, width).split("\n")
        for line, following in pairwise(lines):
            assert not (line[-1:].isdigit() and re.match(r"\d{3}(?!\d)|%|[^\W\d_]", following)), text
            assert not (
                re.search(r"\d (mill\.|mrd\.|million|billion)$", line) and following.startswith(("kroner", "NOK"))
            ), text
