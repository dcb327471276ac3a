"""Everything that people read is said in their language, and a second language is one file."""

import importlib.util
import io
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.cli.ask import ON_SCENARIOS, VERBS
from omsorg_cli.core import language
from omsorg_cli.core.texts import is_in_languages
from omsorg_cli.render import words
from omsorg_cli.scenario.read import shipped, shipped_folder

ROOT = Path(__file__).parents[1]
OPEN, CLOSE = "⟦", "⟧"
TEXTS = {
    "title",
    "label",
    "municipality",
    "assumption",
    "note",
    "what",
    "changes",
    "because",
    "source",
    "quote",
    "publisher",
}
"""The keys of a scenario whose values are texts that somebody wrote."""
ASKED = (
    ("explain", "savings", "--base", "asss"),
    ("explain", "insource", "--format", "markdown", "--depth", "2"),
    ("simulate", "insource", "--draws", "2000"),
    ("sensitivity", "insource"),
    ("solve", "insource", "--figure", "total_net_saving", "--input", "insource.purchases.P06.own_cost_ratio"),
    ("compare", "savings", "--base", "asss", "--base", "drammen"),
    ("figures", "savings"),
    ("help",),
    ("help", "insource"),
    ("help", "simulate"),
    ("check", "baerum2016"),
    ("list",),
)
WRONG = (
    ("savings", "--bsae"),
    ("savings", "nowhere.toml"),
    ("savings", "--set", "savings.population=many"),
    ("savings", "--set", "savings.populatoin=5"),
    ("savings", "--base", "nobody"),
    ("savings", "--format", "word"),
    ("savings", "--value", "nothing"),
    ("explain", "savings", "--figure", "nothing"),
    ("simulate",),
    ("sawings",),
)
REFUSED = (
    ("savings", "--set", "savings.population=1", "--format", "json"),
    ("savings", "--set", "savings.population=1", "--value", "savings_potential"),
    ("savings", "--set", "savings.population=many", "--format", "csv", "--csv", "plain"),
    ("savings", "--limit", "x", "--format", "json"),
    ("explain", "savings", "--figure", "nothing", "--format", "json"),
    ("explain", "insource", "--figure", "fte_needed", "--format", "json"),
    ("simulate", "savings", "--figure", "nothing", "--format", "json"),
    ("simulate", "insource", "--draws", "0", "--format", "json"),
    ("sensitivity", "savings", "--figure", "nothing", "--format", "csv"),
    ("solve", "savings", "--figure", "savings_potential", "--input", "savings.population", "--format", "json"),
    ("solve", "savings", "--figure", "gap_share", "--input", "savings.nothing", "--format", "json"),
    ("compare", "savings", "--base", "asss", "--base", "nobody", "--format", "json"),
    ("sweep", "savings"),
    ("sweep", "savings", "--grid", "savings.population=1"),
    ("sweep", "savings", "--grid", "savings.population=5:1"),
    ("sweep", "savings", "--grid", "savings.population=1:9:2000000000"),
    ("sweep", "savings", "--grid", "savings.nothing=1"),
    ("sweep", "savings", "--grid", "savings.population=1_000", "--figure", "nothing", "--format", "json"),
    ("verify", "nowhere.toml", "--format", "json"),
    ("check", "nowhere.toml"),
    ("new", "nothing"),
    ("convert", "nowhere.toml", "x.json"),
    ("figures", "nothing"),
    ("help", "nothing"),
    ("schema", "--draft", "5"),
    ("data", "show", "nothing"),
)
"""What every verb refuses, most of it while data are made in English."""
TYPED = re.compile(
    r"omsorg [^\n]*|\[[^\]\n]*\]|«[^»]*»|\"[^\"]*\"|(?<!\w)-{1,2}[a-z-]+|\b[A-Z_]{3,}\b|\b[a-z_]+\.[\w./]+"
)
"""What is typed, paths of inputs and words of documents, which no language changes."""
CHOSEN = {"adjusted", "false", "mean"}
"""Values of inputs of savings, which are typed as they stand."""
COMMANDS = {"data", *NAMES, *VERBS, *ON_SCENARIOS}
NAMED = {
    "Bærum",
    "Drammen",
    "ASSS",
    "Kristiansand",
    "table",
    "json",
    "csv",
    "markdown",
    "excel",
    "excel-nb",
    "plain",
    "auto",
    "always",
    "never",
    "tcp",
    "local",
    "HOST",
    "PORT",
    "fixed",
    "current",
    "both",
    "P10",
    "P50",
    "P90",
    *COMMANDS,
}
"""Names of municipalities, formats, percentiles and commands."""


def _catalogues():
    spec = importlib.util.spec_from_file_location("make_catalogue", ROOT / "docs" / "make_catalogue.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", [name for name in language.known() if name != language.ENGLISH])
def test_a_catalogue_has_every_text_and_no_other_with_the_same_places(name):
    assert _catalogues().faults(language.FOLDER / f"{name}.po") == []


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory):
    """A language in which every text stands in brackets, made as one file."""
    folder = tmp_path_factory.mktemp("languages")
    catalogue = _catalogues().template()
    for one in catalogue:
        if one.id:
            said = [f"{OPEN}{text}{CLOSE}" for text in (one.id if isinstance(one.id, tuple) else (one.id,))]
            one.string = tuple(said) if isinstance(one.id, tuple) else said[0]
    out = io.BytesIO()
    write_po(out, catalogue, width=0, omit_header=True)
    (folder / "xx.po").write_bytes(out.getvalue())
    shutil.copy(language.FOLDER / "nb.po", folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(language, "FOLDER", folder)
        language.forget()
        yield folder
    language.forget()


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory):
    """The shipped scenarios, with every text that somebody wrote in brackets too."""
    folder = tmp_path_factory.mktemp("scenarios")
    for path in shipped_folder().glob("*.toml"):
        data = _in_brackets(tomllib.loads(path.read_text(encoding="utf-8")))
        (folder / f"{path.stem}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def _in_brackets(data, key=""):
    if is_in_languages(data):
        return {name: f"{OPEN}{text}{CLOSE}" for name, text in data.items()}
    if isinstance(data, dict):
        return {name: _in_brackets(value, key if key in TEXTS else name) for name, value in data.items()}
    if isinstance(data, list):
        return [_in_brackets(one, key) for one in data]
    if isinstance(data, str) and key in TEXTS and key not in ("source", "municipality"):
        return f"{OPEN}{data}{CLOSE}"
    return data


def _of_bracketed(words, scenarios):
    """The words, with the scenario in brackets where they ask of one."""
    verb, *rest = words
    if verb in VERBS and rest[:1] and rest[0] in NAMES:
        return (verb, rest[0], str(scenarios / f"{load(rest[0]).scenario}.json"), *rest[1:])
    return tuple(str(scenarios / f"{word}.json") if word in shipped() else word for word in words)


def _outside(text):
    """What stands in no brackets."""
    depth, left = 0, []
    for letter in text:
        depth += letter == OPEN
        left.append(letter if depth == 0 else " ")
        depth -= letter == CLOSE
    return "".join(left)


def _unsaid(text, typed=()):
    """The words that are in no language: outside brackets, and neither typed nor of a document."""
    outside = TYPED.sub(" ", _outside(text)).replace("omsorg:", " ")
    return [word for word in re.findall(r"[^\W\d_][\w-]{2,}", outside) if word not in NAMED and word not in typed]


def _places(file):
    """Where in the documents the scenario's values stand, which are written as they are."""
    return set(re.findall(r'"source": "([^"]*)"', file.read_text(encoding="utf-8")))


@pytest.mark.walk
@pytest.mark.parametrize("more", [(), ("--full",)], ids=["short", "full"])
@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_a_result_is_said_in_a_language_that_is_one_file(omsorg, bracketed, scenarios, name, more):
    file = scenarios / f"{load(name).scenario}.json"
    done = omsorg(name, str(file), *more, "--lang", "xx")
    assert done.returncode == 0, done.stderr
    unsaid = _unsaid(done.stdout.replace(str(file), ""))
    assert unsaid == []


@pytest.mark.walk
@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_every_text_of_a_verb_is_said(omsorg, bracketed, scenarios, words):
    asked = _of_bracketed(words, scenarios)
    done = omsorg(*asked, "--lang", "xx")
    assert done.returncode == 0, done.stderr
    told = done.stdout.replace(str(scenarios), "")
    for place in sorted((place for file in scenarios.glob("*.json") for place in _places(file)), key=len, reverse=True):
        told = told.replace(f" {place}\n", "\n")
    typed = {*load(words[1]).figures, *CHOSEN} if words[0] == "figures" else ()
    assert _unsaid(told, typed) == []


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_every_error_is_said(omsorg, bracketed, words):
    done = omsorg(*words, "--lang", "xx")
    assert done.returncode == 2
    assert OPEN in done.stderr
    assert _unsaid(re.sub(r"nowhere\.toml|\bmany\b", "", done.stderr)) == []


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_every_error_is_said_where_data_are_made_in_english_too(omsorg, bracketed, scenarios, tmp_path, words):
    asked = _of_bracketed(words, scenarios)
    if words[0] in NAMES:
        asked = (words[0], str(scenarios / f"{load(words[0]).scenario}.json"), *words[1:])
    done = omsorg(*asked, "--lang", "xx", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert OPEN in done.stderr
    assert (
        _unsaid(re.sub(r"\S*\.(json|toml)\b|\bmany\b|\bnothing\b|\bnobody\b", "", done.stderr), _names_of(words)) == []
    )


def _names_of(words):
    """The names of figures and inputs that an error lists."""
    return {name for word in words if word in NAMES for name in (*load(word).figures, *load(word).input_levels)}


def test_what_a_sweep_notices_is_said_in_the_language_of_people(omsorg):
    done = omsorg("sweep", "savings", "--grid", "savings.population=100_000:140_000:3", "--lang", "nb")
    assert "forskjell per innbygger (ASSS (snittet av de ti største kommunene), pleie og omsorg)" in done.stderr
    assert not re.search("mean of the ten|all care|inhabitants", done.stderr)


@pytest.mark.parametrize("name", NAMES)
def test_data_are_the_same_in_any_language(omsorg, name):
    said = [omsorg(name, "--format", "json", "--lang", one).stdout for one in ("en", "nb")]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LC_ALL": "nn_NO.UTF-8", "LANG": "en_US.UTF-8"}, "nb"),
        ({"LANG": "nb_NO.UTF-8", "LC_ALL": "C"}, "en"),
        ({"OMSORG_LANG": "nb", "LC_ALL": "en_GB.UTF-8"}, "nb"),
        ({"LANG": "sv_SE"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_locale(environment, expected):
    assert language.language_of_environment(environment) == expected


def test_an_unknown_language_lists_those_that_there_are(omsorg):
    done = omsorg("savings", "--lang", "sv")
    assert done.returncode == 2
    assert "en, nb" in done.stderr


def test_norwegian_numbers_have_a_comma_and_spaces_that_do_not_break(omsorg):
    done = omsorg("savings", "--base", "asss", "--lang", "nb")
    assert "116\u00a0mill.\u00a0kroner" in done.stdout
    assert "5,5\u00a0%" in done.stdout
    assert "116,4" in done.stdout


def test_norwegian_amounts_hold_their_unit_with_spaces_that_do_not_break():
    kept = _catalogues().catalogue(language.FOLDER / "nb.po")
    forms = [one.string if isinstance(one.string, tuple) else (one.string,) for one in kept if one.id]
    said = [text for texts in forms for text in texts]
    assert [text for text in said if re.match(r"\{(number|points)\} ", text) or "} %" in text] == []
    amounts = {text for _, _, _, text in words.KRONER} | {text for both in words.COUNTED.values() for text in both}
    assert [kept[text].string for text in amounts if " " in kept[text].string] == []
    assert kept["1 234.5"].string == "1\u00a0234,5"
