"""Help of commands that have commands, and what is typed wrongly to them."""

import pytest


def test_a_command_with_commands_lists_them(omsorg):
    told = omsorg("data", "--help").stdout
    assert all(f"\n  {name} " in told for name in ("fetch", "list", "show", "verify"))
    assert "Usage: omsorg data COMMAND [OPTIONS]" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("\udcff",), 'omsorg: "�" is not a command.'),
        (("a'b",), 'omsorg: "a\'b" is not a command.'),
        (("a\\xb",), 'omsorg: "a\\xb" is not a command.'),
        (("data", "fetsh"), '"fetsh" is not a command. Did you mean "fetch"?'),
        (("data",), "The command is missing."),
        (("explain", "savings", "--depth", "-1", "--lang", "nb"), "--depth: fant «-1»; tillatt: et helt tall, minst 0"),
        (("simulate", "insource", "--draws", "many"), "--draws: "),
        (("savings", "--wholly-unknown"), "There is no option --wholly-unknown."),
        (
            ("convert", "baerum2016", "--output", "x.json"),
            'There is no option --output: type FILE without it, as in "omsorg convert SCENARIO FILE".',
        ),
    ],
)
def test_what_is_typed_wrongly_is_told(omsorg, words, told):
    done = omsorg(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_what_ends_the_options_before_all_others_ends_none(omsorg):
    assert omsorg("--", "savings", "--base", "asss").stdout == omsorg("savings", "--base", "asss").stdout


@pytest.mark.parametrize("typed", [{}, {"COMP_WORDS": "omsorg savings", "COMP_CWORD": "x"}], ids=["nothing", "half"])
def test_a_shell_that_asks_for_completions_of_nothing_is_told(omsorg, typed):
    done = omsorg("savings", _OMSORG_COMPLETE="complete_bash", **typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("omsorg: _OMSORG_COMPLETE is set, as a shell does that asks for completions, but not")


def test_a_language_that_there_is_not_is_told_in_the_one_of_the_environment(omsorg):
    assert "--lang: fant «sv»; tillatt: en, nb." in omsorg("savings", "--lang", "sv", OMSORG_LANG="nb").stderr
    assert '--lang: found "sv"; allowed: en, nb.' in omsorg("savings", "--lang", "sv").stderr
