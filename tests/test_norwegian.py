"""Norwegian output has no English in it."""

import re
import tomllib

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.cli.ask import ON_SCENARIOS, VERBS
from omsorg_cli.core.language import FOLDER, entries, say, spoken
from omsorg_cli.scenario.read import shipped_folder

WORDS = """
the this that these those of and is are was were be been being with without from not nor which who whom whose what
when where why how than then there their they them its it our your you we he she have having does did doing would
should could might may shall cannot into onto about above below between after before during until since while because
if unless although though whether either neither both each every any some such other others another same most less
least fewer many much few several only also even just already again yet very on out off one two three second
last next new own used using given gives give makes made take taken takes see shown shows show said says known
year years month months week weeks day days hour hours municipality municipalities inhabitant inhabitants user users
persons people place places saving savings saves save saved spending spends spend cost costs comparator need needs
service services staff wages figure figures input inputs value values source sources tables assumption assumptions
assumed default defaults share average growth change changes higher lower published calculated total amount amounts
number range points paragraph summary annex care nursing dwelling dwellings provider providers answer answers question
thousand million billion unit units nothing
"""
"""The commonest English words and our own terms that are no Norwegian words."""
ENGLISH = frozenset(WORDS.split())
UNTRANSLATED: frozenset[str] = frozenset()
"""Calculators of which Norwegian is not whole yet."""
OURS = [name for name in NAMES if name not in UNTRANSLATED]
ASKED = (
    ("simulate", "insource", "--draws", "200"),
    ("sensitivity", "insource"),
    ("compare", "savings", "--base", "asss", "--base", "drammen"),
    ("solve", "insource", "--figure", "total_net_saving", "--input", "insource.purchases.P06.own_cost_ratio"),
    ("verify",),
    ("check", "baerum2016"),
    ("check", "baerum2016", "--strict"),
    ("list",),
    ("help",),
    *(("help", name) for name in (*OURS, *VERBS, *ON_SCENARIOS)),
)
COMMANDS = (*NAMES, *VERBS, *ON_SCENARIOS, "data", "new", "schema", "help")
TYPED = re.compile(
    r"«[^»]*»|\[[^\]\n]*\]|`[^`]*`|omsorg [^\n]*|\w+(?:\|\w+)+|https?://\S+|[\w./…-]*[_/][\w./…-]+|-{1,2}[a-z][a-z-]+|\b[A-Z]{3,}\b|\b\w+\.\w{3,}\b"
)
"""Words of documents, paths and values of inputs, what is typed after omsorg, and the names of files and options."""


def titles():
    """What the shipped scenarios call their documents, as they call themselves."""
    found = set()
    for path in shipped_folder().glob("*.toml"):
        sources = tomllib.loads(path.read_text(encoding="utf-8")).get("sources", {})
        found |= {one["title"] for one in sources.values() if isinstance(one.get("title"), str)}
    return sorted(found, key=len, reverse=True)


TITLES = titles()


def english(text):
    """The English words of the text, but for what no language changes."""
    for title in TITLES:
        text = text.replace(title, " ")
    for command in COMMANDS:
        text = re.sub(rf"(?m)(?<![\w-]){command}(?![\w-])", " ", text)
    words = re.findall(r"[^\W\d_]+", TYPED.sub(" ", text))
    return [word for word in words if word.lower() in ENGLISH]


@pytest.mark.walk
@pytest.mark.parametrize("more", [(), ("--full",)], ids=["short", "full"])
@pytest.mark.parametrize("name", OURS)
def test_a_result_in_norwegian_has_no_english(omsorg, name, more):
    done = omsorg(name, load(name).scenario, *more, "--lang", "nb")
    assert done.returncode == 0, done.stderr
    assert english(done.stdout + done.stderr) == []


@pytest.mark.walk
@pytest.mark.parametrize("name", OURS)
def test_an_explanation_in_norwegian_has_no_english(omsorg, name):
    done = omsorg("explain", name, "--lang", "nb")
    assert done.returncode == 0, done.stderr
    assert english(done.stdout + done.stderr) == []


@pytest.mark.walk
@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_a_verb_in_norwegian_has_no_english(omsorg, words):
    done = omsorg(*words, "--lang", "nb")
    assert done.returncode in (0, 1), done.stderr
    assert english(done.stdout + done.stderr) == []


def test_english_is_found_and_norwegian_is_not():
    assert english("The saving is 116 million") == ["The", "saving", "is", "million"]
    assert english("Innsparingen er 116 mill. kroner i året [savings.population]; omsorg explain savings") == []


FINITE = (
    "er|var|har|hadde|kan|kunne|må|skal|vil|ville|blir|ble|gir|går|får|står|finnes|teller|koster|sparer|gjelder|dekker|"
    "mangler|regnes|brukes|vises|skrives|følger|avhenger|stemmer|endrer|oppgir"
)
SENTENCE = re.compile(rf": (?:det|den|de|ingen|vi|[a-zæøå]+(?:en|et|ene)) (?:{FINITE})\b")
"""After a colon a subject and its verb, which the eye reads as a sentence of its own."""


def test_a_sentence_after_a_colon_begins_with_a_capital():
    assert [
        text for text in entries((FOLDER / "nb.po").read_text(encoding="utf-8")).values() if SENTENCE.search(text)
    ] == []


def test_no_text_names_a_calculator_where_it_means_what_it_calculates():
    told = [
        text
        for text in entries((FOLDER / "nb.po").read_text(encoding="utf-8")).values()
        if re.search(r"\bi savings\b", text)
    ]
    assert told == []


@pytest.mark.parametrize(
    ("english", "norwegian"),
    [
        ("share a year", "andel per år"),
        ("number of years", "antall år"),
        (
            "not stated; figures that need it are not calculated",
            "ikke oppgitt; resultater som bygger på verdien, blir ikke beregnet",
        ),
    ],
)
def test_what_a_workbook_says_of_inputs_is_norwegian(english, norwegian):
    with spoken("nb"):
        assert say(english) == norwegian


def test_a_number_of_years_is_told_apart_from_a_year():
    assert load("insource").label("years") == "number of years"
    assert load("insource").label("year") != "number of years"
