from functools import cache

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.folding import HELD, NEVER_BREAKING, held, released
from omsorg_cli.render import table
from omsorg_cli.render.document import document
from omsorg_cli.render.parts import Sentences, Sheet
from omsorg_cli.render.tones import untoned
from omsorg_cli.render.widths import BAR, shrunk, widths
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read


@cache
def parts_of(name):
    result = result_of(read(load(name).scenario), Request(), name)
    return document(result, result.figures, full=True)


def texts(parts):
    for part in parts:
        if isinstance(part, Sheet):
            yield from part.headings
            yield from (cell for row in part.rows for cell in row)
        else:
            yield from part.lines if isinstance(part, Sentences) else [part.text]


@pytest.mark.parametrize("width", [80, *(pytest.param(one, marks=pytest.mark.walk) for one in (60, 100, 137, 200))])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_too_long_and_nothing_breaks_inside_a_word_or_a_number(name, width):
    parts = parts_of(name)
    lines = table.render(parts, width=width).splitlines()
    assert max(map(len, lines)) <= width
    wanted = {untoned(released(one)) for text in texts(parts) for one in held(text).split(" ")}
    whole = "\n".join(lines)
    assert [one for one in wanted if len(one) < width - 20 and BAR not in one and one not in whole] == []
    assert not {HELD, NEVER_BREAKING} & set(whole)


def test_a_bar_shrinks_first_and_goes_where_there_is_no_room():
    sheet = Sheet(("name", ""), (False, False), (("a long name", "█" * 40),))
    assert widths(sheet, 54) == [11, 40]  # 11, a gap of 3, 40
    assert widths(sheet, 34) == [11, 20]
    assert widths(sheet, 20) == [11, 0]


def test_the_widest_column_gives_way_until_its_longest_word():
    sheet = Sheet(("a", "b"), (False, False), (("one two three four", "12345"),))
    assert widths(sheet, 26) == [18, 5]
    assert widths(sheet, 14) == [6, 5]
    assert widths(sheet, 12) is None  # five letters, a gap of three, five digits


def test_a_bar_that_is_drawn_shorter_keeps_its_mark():
    assert shrunk("██│███", 6, 3) == "█│█"
    assert shrunk("   ███", 6, 3) == " ██"
    assert shrunk("███", 6, 6) == "███"


def test_columns_that_do_not_fit_become_a_block_for_each_row():
    sheet = Sheet(
        ("municipality", "expenditure", "determination"),
        (False, True, True),
        (("Kristiansand", "3213", "no"), ("Drammen", "3177", "yes")),
    )
    assert table.render([sheet], width=44).splitlines() == [
        "  municipality   expenditure   determination",
        "  Kristiansand          3213              no",
        "  Drammen               3177             yes",
    ]
    assert table.render([sheet], width=40).splitlines() == [
        "  municipality    Kristiansand",
        "  expenditure     3213",
        "  determination   no",
        "",
        "  municipality    Drammen",
        "  expenditure     3177",
        "  determination   yes",
    ]
