"""What is written as a picture or a page by the command line, by the suffix of the file."""

import json

import pytest


@pytest.mark.parametrize(
    "words",
    [
        ("savings", "--base", "asss"),
        ("sensitivity", "insource"),
        ("simulate", "insource", "--draws", "1000", "--figure", "present_value"),
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize(("suffix", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!doctype html>")])
def test_the_suffix_says_what_is_written(omsorg, tmp_path, words, suffix, begins):
    pytest.importorskip("vl_convert") if suffix == "png" else None
    target = tmp_path / f"drawn.{suffix}"
    done = omsorg(*words, "--output", str(target))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert target.read_bytes().lower().startswith(begins.lower())


def test_indices_are_not_drawn_as_a_tornado(omsorg, tmp_path):
    done = omsorg("sensitivity", "insource", "--global", "--output", str(tmp_path / "a.svg"))
    assert done.returncode == 2
    assert "--global is written as" in done.stderr
    assert not list(tmp_path.iterdir())


def test_indices_have_a_page_with_their_seed_and_command(omsorg, tmp_path):
    pytest.importorskip("SALib")
    target = tmp_path / "a.html"
    words = ("sensitivity", "insource", "--global", "--samples", "64", "--seed", "7")
    done = omsorg(*words, "--lang", "en", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    page = target.read_text(encoding="utf-8")
    assert "What matters most when all inputs vary at once?" in page
    assert '<th scope="row">random seed</th><td><code>7</code>' in page
    assert "omsorg sensitivity insource --global --samples 64 --seed 7" in page


def test_indices_are_asked_for_by_number_and_seed(omsorg):
    pytest.importorskip("SALib")
    done = omsorg("sensitivity", "insource", "--global", "--figure", "present_value", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
