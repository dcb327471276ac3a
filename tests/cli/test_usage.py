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


def test_a_language_that_there_is_not_is_told_in_the_one_of_the_environment(omsorg):
    assert "--lang: fant «sv»; tillatt: en, nb." in omsorg("savings", "--lang", "sv", OMSORG_LANG="nb").stderr
    assert '--lang: found "sv"; allowed: en, nb.' in omsorg("savings", "--lang", "sv").stderr
