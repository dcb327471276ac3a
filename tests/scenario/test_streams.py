"""Long tables: the same rows as when a table is read at once, refused for the same reasons, in memory that stays flat."""

import contextlib
import os
import tracemalloc

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.scenario.sheets import is_filled, table
from omsorg_cli.scenario.streams import columns_of, opened

TABLES = [
    b"a;b\n1;2\n\n3;4\n",
    b"sep=,\r\na,b\r\n1,2\r\n",
    "﻿navn,tall\nBærum,1\n".encode(),
    "navn\ttall\nBærum\t1\n".encode("cp1252"),
    "navn;tall\nBærum;1\n".encode("utf-16"),
    b'a,b\n"1,5","two\nlines"\n',
    b"a;b\n1;2;;\n ; \n3;4\n",
    "a;b\nA\u030arsverk;2\n".encode(),  # a letter and its ring are one letter, as elsewhere
    b"",
]


@contextlib.contextmanager
def streamed(tmp_path, content, **asked):
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with contextlib.closing(opened(path, "rows.csv", **asked)) as stream:
        yield stream


@pytest.mark.parametrize("content", TABLES)
def test_a_stream_has_the_rows_of_the_table_each_time_it_is_read(tmp_path, content):
    sheet, file = table(content, "rows.csv")
    wanted = [(at, row) for at, row in enumerate(sheet.rows) if is_filled(row)]
    with streamed(tmp_path, content) as stream:
        assert list(stream.rows()) == wanted
        assert list(stream.rows(2)) == [one for one in wanted if one[0] >= 2]
        assert stream.file == file


FAULTS = [
    (b"a;b\n1;\0 2\n", {}, "row 2 holds a null character, so it is not CSV"),
    (b"a;b\n1;2\n" + b'"1;2\n' * 30_000, {}, "row 3 is not CSV: "),
    (b"a;b\n1;" + b"2" * 2_500_000, {}, "has a line of more than 1000000 characters"),
    (b"a;b\n1\n2\n3;4;5\n", {}, "3 rows have other than 2 cells, the first of them row 2 with 1"),
    (b"a;b\nB\x81;2\n", {}, "is text in neither UTF-8 nor Windows-1252 (byte 6)"),  # after a;b and a line's end
    (b"a,b;c\n1,2;3\n", {}, "may be separated by any of"),
    (b"a;b\n1;2\n", {"separator": "x"}, 'found the separator "x"'),
    (b"a;b\n1;2\n", {"sheet": "Data"}, "is not a workbook, and so has no sheets"),
]


@pytest.mark.parametrize(("content", "asked", "told"), FAULTS)
def test_what_is_no_table_is_told_without_reading_more_than_needed(tmp_path, content, asked, told):
    with pytest.raises(OmsorgError) as found, streamed(tmp_path, content, **asked) as stream:
        list(stream.rows())
    assert told in str(found.value)


def test_a_table_that_is_too_long_or_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("omsorg_cli.scenario.streams.MOST_ROWS", 2)
    with pytest.raises(OmsorgError, match="more than 2 rows"), streamed(tmp_path, b"a\n1\n2\n3\n") as stream:
        list(stream.rows())
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)  # a hole, which takes no room
    with pytest.raises(OmsorgError, match="is larger than 200 MB"):
        opened(path, "large.csv")


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path):
    with streamed(tmp_path, b"a\n1\n2\n") as stream:
        rows = stream.rows()
        next(rows)
        (tmp_path / "rows.csv").write_bytes(b"a\n1\n2\n3\n")
        with pytest.raises(OmsorgError, match="changed while it was read"):
            list(rows)


def test_a_pipe_is_read_as_a_file_is(tmp_path):
    here, there = os.pipe()
    with os.fdopen(there, "wb") as end:
        end.write(b"a;b\n1;2\n")
    with (
        os.fdopen(here, "rb"),
        contextlib.closing(opened(type(tmp_path)(f"/dev/fd/{here}"), "-")) as stream,
    ):
        assert [row for _, row in stream.rows(1)] == [["1", "2"]]
        assert [row for _, row in stream.rows(1)] == [["1", "2"]]


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OmsorgError, match="There is no file"):
        opened(tmp_path / "none.csv", "none.csv")


def test_rows_of_a_workbook_that_end_early_are_filled_up():
    assert columns_of([[1, 2], [3]], 2) == [[1, 3], [2, None]]


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def most(count):
        with streamed(tmp_path, b"a;b;c\n" + b"Bergen;1234;5.5\n" * count) as stream:
            tracemalloc.start()
            assert sum(1 for _ in stream.rows()) == count + 1
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    most(1_000)
    assert most(160_000) < 1.2 * most(80_000)
