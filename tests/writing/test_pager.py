"""Long text goes through a pager in a terminal, and nowhere else."""

import os
import sys

import pytest

from omsorg_cli.writing import output

LONG = "line\n" * 100


@pytest.fixture
def in_a_terminal(monkeypatch, capfd):
    """What a terminal of 24 lines shows when the text is written to it."""

    def shown(text):
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((80, 24)))
        output.emit(text, paged=True)
        sys.stdout.flush()
        return capfd.readouterr().out.strip()

    return shown


@pytest.mark.parametrize(
    ("pager", "text", "shown"),
    [
        ("wc -l", LONG, "100\n"),
        ("wc -l", "short\n", "short\n"),
        ("cat", LONG, LONG),
        ("no-such-pager", LONG, LONG),
        ("'", LONG, LONG),
    ],
)
def test_only_long_text_is_paged_and_only_by_a_pager_that_is_there(in_a_terminal, monkeypatch, pager, text, shown):
    monkeypatch.setenv("PAGER", pager)
    assert in_a_terminal(text) == shown.strip()


def test_nothing_is_paged_where_it_is_asked_not_to_be(in_a_terminal, monkeypatch):
    monkeypatch.setenv("PAGER", "wc -l")
    monkeypatch.setattr(output.settings, "pages", False)
    assert in_a_terminal(LONG) == LONG.strip()


def test_a_pager_that_is_no_program_is_none(in_a_terminal, monkeypatch, tmp_path):
    pager = tmp_path / "pager"
    pager.write_bytes(b"\x7fELF, and no more")
    pager.chmod(0o755)
    monkeypatch.setenv("PAGER", str(pager))
    assert in_a_terminal(LONG) == LONG.strip()
