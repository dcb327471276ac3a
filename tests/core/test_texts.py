"""A text that people read is given in one language or in several, and heard in the one that is spoken."""

import tomllib

import pytest

from omsorg_cli.core.errors import ScenarioError
from omsorg_cli.core.language import spoken
from omsorg_cli.core.texts import in_language
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text

SCENARIO = """
title = { en = "Home services", nb = "Hjemmetjenester" }
municipality = { en = "Bærum (merged)", nb = "Bærum (sammenslått)" }
year = 2020
[savings]
population = { value = 1_000, assumption = { en = "a guess", nb = "et anslag" } }
[[savings.comparisons]]
base = "asss"
label = { en = "the network", nb = "nettverket" }
gap_per_inhabitant = { value = 900, assumption = { nb = "bare på norsk" } }
"""

SAID = [
    ("en", "Home services", "Bærum (merged)", "the network"),
    ("nb", "Hjemmetjenester", "Bærum (sammenslått)", "nettverket"),
]


def text_of(content: str) -> Text:
    return Text("made up", "made-up.toml", tomllib.loads(content), content, "", toml=True)


@pytest.mark.parametrize(("language", "title", "municipality", "label"), SAID)
def test_a_scenario_is_heard_in_the_language_that_is_spoken(language, title, municipality, label):
    with spoken(language):
        result = result_of(text_of(SCENARIO), Request(), "savings")
    head = result.scenario.head
    assert (head.title, head.municipality, result.label("base", "asss")) == (title, municipality, label)


@pytest.mark.parametrize(("language", "reason"), [("en", "a guess"), ("nb", "et anslag")])
def test_a_reason_is_heard_in_the_language_that_is_spoken(language, reason):
    with spoken(language):
        result = result_of(text_of(SCENARIO), Request(), "savings")
    reasons = {item.path: item.stated.assumption for item in result.used_by(result.figures)}
    assert reasons["savings.population"] == reason
    assert reasons["savings.comparisons.asss/total.gap_per_inhabitant"] == "bare på norsk"


@pytest.mark.parametrize(
    ("language", "given", "heard"),
    [
        ("nb", "One for all", "One for all"),
        ("nb", {"en": "In English"}, "In English"),
        ("en", {"se": "Davvisámegillii", "nb": "På norsk"}, "Davvisámegillii"),
    ],
)
def test_where_the_language_is_not_given_what_is_there_is_heard(language, given, heard):
    with spoken(language):
        assert in_language(given) == heard


@pytest.mark.parametrize("given", ["{}", '{ en = "" }', '{ nb = "Tittel", en = 3 }', '{ Norsk = "Tittel" }'])
def test_a_table_that_holds_no_text_is_refused_whichever_language_is_spoken(given):
    scenario = SCENARIO.replace('{ en = "Home services", nb = "Hjemmetjenester" }', given)
    with pytest.raises(
        ScenarioError, match="made-up.toml:2: title: found .*allowed: text, or a table of texts by language"
    ):
        result_of(text_of(scenario), Request(), "savings")
