"""A bar is shown in a terminal when the work takes long, and taken away at the end."""

import io

import pytest

from omsorg_cli.cli import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("patience", "stream", "shown"), [(0, Terminal, True), (60, Terminal, False), (0, io.StringIO, False)]
)
def test_a_bar_is_for_people_who_wait(monkeypatch, patience, stream, shown):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", patience)
    told = stream()
    monkeypatch.setattr("sys.stderr", told)
    bar = progress.Progress(10, "Draws")
    for _ in range(10):
        bar.add(1)
    bar.close()
    assert bar.done == 10
    assert ("Draws" in told.getvalue()) is shown
