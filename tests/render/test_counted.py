"""The line that counts what is not shown counts what the full output has more: read from both, as a reader would."""

import re

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.scenario.read import shipped_folder

SCENARIOS = sorted(path.stem for path in shipped_folder().glob("*.toml"))
ENGLISH = {
    "assumption": ("Assumptions: ", "*"),
    "point": ("Points to note", "–"),
}
NORWEGIAN = {
    "antakelse": ("Antakelser: ", "*"),
    "forhold": ("Vær oppmerksom på", "–"),
}


def counted(text, noun):
    """The number before the noun in the line that counts."""
    line = next((line for line in text.splitlines() if "--full" in line), "")
    found = re.search(rf"(\d+)[ \u00a0](?:more )?{noun}", line)
    return int(found[1]) if found else 0


def under(text, heading, mark):
    """How many lines with that mark stand under the heading."""
    lines = iter(text.splitlines())
    if not any(line.startswith(heading) for line in lines):
        return 0
    number = 0
    for line in lines:
        if not line.startswith(f"  {mark} "):
            break
        number += 1
    return number


def said_in_short(short, full, heading):
    """How many of the lines under the heading the short output says already."""
    lines = iter(full.splitlines())
    if not any(line.startswith(heading) for line in lines):
        return 0
    told = [line.removeprefix("  – ") for line in lines if line.startswith("  – ")]
    return sum(f"  {one}" in short.splitlines() for one in told[: under(full, heading, "–")])


def asked():
    """Every calculator of every scenario; in Norwegian, of the one that is its own."""
    for name in NAMES:
        for scenario in SCENARIOS:
            yield name, scenario, "en", ENGLISH
        yield name, load(name).scenario, "nb", NORWEGIAN


@pytest.mark.parametrize(("name", "scenario", "language", "words"), list(asked()))
def test_the_line_that_counts_has_as_many_as_the_full_output_adds(omsorg, name, scenario, language, words):
    short = omsorg(name, scenario, "--lang", language, LANG="C")
    full = omsorg(name, scenario, "--lang", language, "--full", LANG="C")
    if short.returncode or full.returncode:
        assert short.returncode == full.returncode
        return
    for noun, (heading, mark) in words.items():
        already = said_in_short(short.stdout, full.stdout, heading)
        assert counted(short.stdout, noun) == under(full.stdout, heading, mark) - already, noun


def headings(text):
    """The lines above the numbers of tables: those in the Markdown of the output."""
    return len(re.findall(r"^\| (?:-{3}:? \| ?)+$|^\|(?: -{3}:? \|)+$", text, re.MULTILINE))


@pytest.mark.parametrize("name", NAMES)
def test_tables_that_are_not_shown_are_counted(omsorg, name):
    short, full = (
        omsorg(name, load(name).scenario, "--format", "markdown", *more).stdout for more in ((), ("--full",))
    )
    assert counted(short.replace("\\", ""), "tables?") == headings(full) - headings(short)


@pytest.mark.parametrize("verb", ["explain", "sensitivity"])
def test_a_verb_counts_the_points_of_the_output_that_it_names(omsorg, verb):
    done = omsorg(verb, "savings", "--base", "asss")
    full = omsorg("savings", "--base", "asss", "--full").stdout
    assert f"{under(full, 'Points to note', '–')} points to note" in done.stderr


def test_where_something_is_counted_there_is_something():
    short = "  4 assumptions, 3 points to note: omsorg savings --full\n"
    full = "Assumptions: 2\n  * one\n  * two\n\nPoints to note\n  – a\n  – b\n\nOther\n  – c\n"
    assert (counted(short, "assumption"), counted(short, "point")) == (4, 3)
    assert (under(full, "Assumptions: ", "*"), under(full, "Points to note", "–")) == (2, 2)
    assert said_in_short("  a\n  c\n", full, "Points to note") == 1
