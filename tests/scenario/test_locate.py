"""Each key of a scenario is found on the line where it is written."""

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
