"""Each key of a scenario is found on the line where it is written."""

import re
import tomllib
from pathlib import Path

import pytest

from omsorg_cli.scenario.load import Places
from omsorg_cli.scenario.locate import lines
from omsorg_cli.scenario.read import Text

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))


def _locs(data, loc=()):
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*loc, key), value
            yield from _locs(value, (*loc, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _locs(value, (*loc, index))


def _places(text):
    return Places(Text("test", "test.toml", {}, text, "", toml=True))


def _written(value):
    """How the value can be told on its line, if it is written there alone."""
    return value.replace('"', '\\"') if isinstance(value, str) else ""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_key_of_the_shipped_scenarios_is_on_its_line(path):
    text = path.read_text(encoding="utf-8")
    written, found = text.splitlines(), lines(text)
    places, held = _places(text), list(_locs(tomllib.loads(text)))
    for loc, value in held:
        line = written[places.line(loc) - 1]
        assert str(loc[-1]) in line, loc
        assert _written(value) in line, loc
    assert {loc for loc, _ in held} <= set(found)
    assert held


def test_each_item_of_a_list_of_tables_has_its_own_lines():
    text = "[[a.rows]]\nx = 1\n\n[[a.rows]]\nx = 2\n[[a.rows.parts]]\ny = 3\n[[a.rows]]\nx = 4\n"
    found = lines(text)
    assert [found["a", "rows", index, "x"] for index in range(3)] == [2, 5, 9]
    assert found["a", "rows", 1, "parts", 0, "y"] == 7


def test_dotted_quoted_and_inline_keys_and_strings_of_several_lines():
    text = 'a."b.c".d = 1\ne = """\nx = 1\n"""\nf = { g = 1, h = [\n 1,\n 2 ] }\n[o.x."P07/y"]\nz = 1\n'
    found = lines(text)
    assert found["a", "b.c", "d"] == 1
    assert found["f", "h", 1] == 7
    assert found["o", "x", "P07/y", "z"] == 9
    assert ("x",) not in found


def test_what_is_missing_is_told_at_the_table_around_it():
    places = _places("title = 1\n\n[savings]\nx = 1\n")
    assert places.place(("savings", "comparisons", 0)) == "test.toml:3"
    assert places.place(("nowhere",)) == "test.toml"


def test_a_quoted_key_is_found_by_what_it_says():
    found = lines('"a\\"b" = 1\n"c\\u0041".d = 2\n\'e\\f\' = 3\n["g.h"]\n"i" = 4\n')
    assert {loc: found[loc] for loc in [('a"b',), ("cA", "d"), ("e\\f",), ("g.h", "i")]} == {
        ('a"b',): 1,
        ("cA", "d"): 2,
        ("e\\f",): 3,
        ("g.h", "i"): 5,
    }


NOTICE = '\n[[notices]]\nwhat = "x"\nchanges = "y"\nwhere = ["{}"]\nreading = {{ "savings.population" = {} }}\n'
SHIPPED_TEXT = (SHIPPED[0].parent / "baerum2016.toml").read_text(encoding="utf-8")
DRAMMEN_TEXT = (SHIPPED[0].parent / "drammen2020.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("where", "reading", "line"), [("savings.nothing", 1, 5), ("savings.population", -1, 6)])
def test_a_fault_in_a_notice_has_its_line(omsorg, tmp_path, where, reading, line):
    path = tmp_path / "mine.toml"
    path.write_text(SHIPPED_TEXT + NOTICE.format(where, reading), encoding="utf-8")
    at = len(SHIPPED_TEXT.splitlines()) + line
    assert f"mine.toml:{at}: notices." in omsorg("check", str(path)).stderr


@pytest.mark.parametrize("words", [["check"], ["simulate", "insource"]])
def test_a_range_that_no_distribution_fits_has_its_line(omsorg, tmp_path, words):
    path = tmp_path / "mine.toml"
    first, _, rest = DRAMMEN_TEXT.partition("own_cost_ratio.value")
    rest = re.sub(r"\Aown_cost_ratio\..*\n(?:own_cost_ratio\..*\n)*", "", f"own_cost_ratio.value{rest}")
    wrong = 'own_cost_ratio = { value = 0.9, range = [0.001, 200], shape = "uniform", assumption = "x" }\n'
    path.write_text(first + wrong + rest, encoding="utf-8")
    at = len(first.splitlines()) + 1
    assert f"mine.toml:{at}: insource.purchases.P06.own_cost_ratio: no uniform" in omsorg(*words, str(path)).stderr
