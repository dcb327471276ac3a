"""What is wrong with a text that is no TOML is said in the language of the reader."""

import tomllib

import pytest

from omsorg_cli.core.language import spoken
from omsorg_cli.scenario.toml_faults import fault_text

TEXTS = {
    "a = x": ("Invalid value (at line 1, column 5)", "Ugyldig verdi (linje 1, kolonne 5)"),
    "a 1": (
        "Expected '=' after a key in a key/value pair (at line 1, column 3)",
        "Venter «=» etter et navn (linje 1, kolonne 3)",
    ),
    "a = [1": ("Unclosed array (at end of document)", "Listen er ikke avsluttet med «]» (ved slutten av filen)"),
    "[a]\n[a.b]\n[a.b]": (
        "The table a.b stands twice; one may hold both (at line 3, column 5)",
        "Tabellen a.b står to ganger; én kan romme begge (linje 3, kolonne 5)",
    ),
    "a = 1\na = 2\nb = 3": (
        "This has a value already, further up (at line 2, column 6)",
        "Dette har alt en verdi, lenger opp (linje 2, kolonne 6)",
    ),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("at", "language"), [(0, "en"), (1, "nb")])
def test_a_fault_of_toml_is_said_with_its_place(text, at, language):
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    with spoken(language):
        assert fault_text(raised.value) == TEXTS[text][at]


def test_what_the_parser_says_seldom_is_told_as_it_stands():
    with spoken("nb"):
        assert fault_text(tomllib.TOMLDecodeError("Something new (at line 2, column 7)")) == (
            "Something new (linje 2, kolonne 7)"
        )
        assert fault_text(tomllib.TOMLDecodeError("Something else")) == "Something else"
