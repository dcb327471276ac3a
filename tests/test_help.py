"""Help as people read it, what holds for every command, and what shells complete."""

import os
import shlex

import pytest
import shellingham

from omsorg_cli.calculators import NAMES, about
from omsorg_cli.cli.ask import ON_SCENARIOS, VERBS
from omsorg_cli.cli.examples import EXAMPLES

ELSEWHERE = ("omsorg data fetch", "omsorg data import", "omsorg data show", "omsorg data verify")
"""Examples that need the network, or a file or a store that a test does not have."""


def test_the_help_names_every_command_in_groups_on_one_screen(omsorg):
    told = omsorg("--help").stdout
    assert len(told.splitlines()) <= 45
    for name in (*NAMES, *VERBS, *ON_SCENARIOS, "data"):
        assert f" {name} " in told
    groups = ("Compare", "Insource and plan", "Hours, FTE and unit costs", "Demand and investment", "Survey and market")
    for group in (*groups, "Ask more of a result", "Scenarios and data"):
        assert f"\n{group}\n" in told
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize("name", [*NAMES, *VERBS, *ON_SCENARIOS])
def test_each_help_begins_with_two_examples_and_shows_its_options(omsorg, name):
    told = omsorg(name, "--help").stdout
    first, second = (typed for typed, _ in EXAMPLES[name])
    assert told.index("Examples") < told.index(first) < told.index(second) < told.index("Usage")
    assert "--lang nb|en" in told
    assert omsorg("help", name).stdout == told


@pytest.mark.parametrize("name", NAMES)
def test_each_paragraph_ends_its_sentence_before_an_example_in_python_that_help_leaves_out(name):
    paragraphs = about(name).strip().split("\n\n")
    read = [one for one in paragraphs if not one.startswith(">>>")]
    for one, following in zip(read, [*read[1:], ""], strict=True):
        assert one.endswith(".") or (one.endswith(":") and following.startswith("1. ")), one
        assert one[0].isupper() or one.startswith("1. "), one


def test_the_help_of_a_verb_shows_its_options_without_a_calculator(omsorg):
    assert "--draws N" in omsorg("simulate", "--help").stdout


@pytest.mark.walk
@pytest.mark.parametrize("typed", [typed for two in EXAMPLES.values() for typed, _ in two])
def test_each_example_runs(omsorg, tmp_path, typed):
    if typed.startswith(ELSEWHERE):
        pytest.skip("it needs the network, a file or a store")
    done = omsorg(*shlex.split(typed)[1:], cwd=tmp_path, OMSORG_STORE=str(tmp_path / "store"))
    assert done.returncode == 0, done.stderr


def test_nobody_who_wants_quiet_hears_notices_but_errors_are_said(omsorg):
    assert "shipped scenario" in omsorg("savings", "--format", "json").stderr
    assert omsorg("savings", "--format", "json", "-q").stderr == ""
    assert "There is no option" in omsorg("savings", "-q", "--bsae").stderr


def test_who_wants_more_reads_each_point_to_note_and_the_time(omsorg):
    few, many = (
        omsorg("insource", "--value", "present_value", *more).stderr.splitlines() for more in ((), ("--verbose",))
    )
    assert len(few) < len(many)
    assert "8 points to note" in " ".join(few)
    assert "Done in" in many[-1]


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_asked_for_by_the_option_or_else_by_the_environment(omsorg, words, environment, coloured):
    assert ("\x1b[" in omsorg("savings", *words, **environment).stdout) is coloured


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("savings", "--color", "red"), '--color: found "red"; allowed: auto, always, never.'),
        (("savings", "--lang", "nb", "--lang", "en"), "--lang is given twice; allowed: once."),
        (("--lang", "xx", "savings"), "allowed: en, nb."),
        (("savigns",), '"savigns" is not a command. Did you mean "savings"?'),
        (("savings", "--set"), "--set needs a value."),
        (("savings", "--full=yes"), "--full takes no value."),
        (("savings", "one", "two"), "Not expected here: two."),
        (("explain",), "CALCULATOR is missing."),
        (("simulate", "insource", "--draws", "many"), '--draws: found "many"'),
    ],
)
def test_what_is_typed_wrongly_is_said_in_a_sentence_with_the_way_to_the_help(omsorg, words, told):
    done = omsorg(*words)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("omsorg sav", {"savings"}),
        ("omsorg savings --base a", {"asss"}),
        ("omsorg explain savings --figure fte_equivalent_", {"fte_equivalent_actual"}),
        ("omsorg insource dr", {"drammen2017", "drammen2020"}),
        ("omsorg insource drammen2020 --with p", {"p07_as_joint_housing"}),
        ("omsorg savings --set savings.need", {"savings.need_index="}),
        ("omsorg solve savings --input savings.pop", {"savings.population"}),
    ],
)
def test_a_shell_completes_what_the_scenario_has(process, typed, expected):
    words = typed.split()
    done = process(
        _OMSORG_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1), PATH=os.environ["PATH"]
    )
    assert set(done.stdout.split()) == expected


SHELLS = {"bash": "complete -o default", "zsh": "#compdef omsorg", "fish": "complete --command omsorg", "powershell": "Register-ArgumentCompleter"}  # fmt: skip


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_its_script(omsorg, shell):
    assert SHELLS[shell] in omsorg("--show-completion", shell).stdout
    assert SHELLS[shell] in omsorg(f"--show-completion={shell}").stdout


@pytest.mark.parametrize("words", [["--show-completion", "tcsh"], ["--install-completion=tcsh"]])
def test_another_shell_is_refused_as_any_choice_is(omsorg, words):
    done = omsorg(*words)
    told = f'omsorg: {words[0].partition("=")[0]}: found "tcsh"; allowed: bash, zsh, fish, powershell, pwsh.\n'
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_where_no_shell_is_found_one_is_to_be_named(omsorg, monkeypatch):
    def found():
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", found)
    done = omsorg("--show-completion")
    told = "omsorg: No shell was found; name yours: omsorg --show-completion bash, zsh, fish or powershell.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
