"""A PDF is the page as Chromium prints it; where there is none, or it fails, people are told what to do instead."""

import stat

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.writing import printing

PAGE = b"<!doctype html><title>T</title><p>Words"


def program(folder, script):
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_what_the_browser_prints_is_given(tmp_path, monkeypatch):
    # this one copies the page to where the PDF is to be: the last word is the page's address
    script = 'for word; do case $word in --print-to-pdf=*) to=${word#*=};; esac; done; cp "${word#file://}" "$to"'
    monkeypatch.setattr(printing, "browser", lambda: program(tmp_path, script))
    assert printing.printed(PAGE) == PAGE


@pytest.mark.parametrize(("script", "told"), [("exit 0", "has not printed the page"), (None, "needs Chromium")])
def test_where_nothing_is_printed_the_way_on_is_told(tmp_path, monkeypatch, script, told):
    monkeypatch.setattr(printing, "browser", lambda: script and program(tmp_path, script))
    with pytest.raises(OmsorgError, match=told):
        printing.printed(PAGE)


@pytest.mark.slow
@pytest.mark.skipif(printing.browser() is None, reason="Chromium is not installed")
def test_a_result_is_printed(omsorg, tmp_path):
    target = tmp_path / "page.pdf"
    assert omsorg("savings", "--base", "asss", "--output", str(target)).returncode == 0
    assert target.read_bytes().startswith(b"%PDF-")
