"""The language of the library: that of the environment, or the one that is named."""

import subprocess
import sys
import threading

import pytest

import omsorg_cli as omsorg
from omsorg_cli.core.language import ENGLISH, speak, spoken


@pytest.fixture(autouse=True)
def english_again():
    """What is named stays for the whole process."""
    yield
    speak(ENGLISH)


def test_a_language_is_spoken_when_it_is_named():
    answer = omsorg.run("savings", "baerum2016", base="asss", service="total")
    assert omsorg.language() == "en"
    assert "116 million NOK a year" in repr(answer)
    assert omsorg.language("nb") == omsorg.language() == "nb"
    assert "Bærum 2016: utgifter sammenlignet med ASSS" in repr(answer)
    with pytest.raises(omsorg.OmsorgError, match="Mente du «savings»"):
        omsorg.run("sawings")


def test_every_thread_speaks_the_language_that_is_named():
    told = []
    omsorg.language("nb")
    one = threading.Thread(target=lambda: told.append(omsorg.language()))
    one.start()
    one.join()
    assert told == ["nb"]


def test_a_language_that_there_is_none_of_is_told():
    with pytest.raises(omsorg.OmsorgError, match=r'language: found "xx"; allowed: en, nb\.'):
        omsorg.language("xx")
    assert omsorg.language() == "en"


CODE = "import omsorg_cli as o\ntry: print(o.language())\nexcept o.OmsorgError as error: print(error)"
NAMED = "import omsorg_cli as o\no.language('en')\nprint(o.names('savings').keys and o.language())"


@pytest.mark.parametrize(
    ("code", "environment", "told"),
    [
        (CODE, {"OMSORG_LANG": "nb"}, "nb"),
        (CODE, {"OMSORG_LANG": "en", "LANG": "nb_NO.UTF-8"}, "en"),
        (CODE, {"LANG": "nb_NO.UTF-8"}, "nb"),
        (CODE, {}, "en"),
        (CODE, {"OMSORG_LANG": "xx"}, 'OMSORG_LANG: found "xx"; allowed: en, nb.'),
        (NAMED, {"OMSORG_LANG": "nb"}, "en"),
    ],
)
def test_the_language_is_that_of_the_environment_until_one_is_named(code, environment, told, monkeypatch):
    for name in ("OMSORG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == told


def answer():
    return omsorg.run("insource", "drammen2020")


def swept():
    """Cases of which something must be said: a discount rate of 200% is unusual."""
    return answer().sweep({"insource.discount_rate": [0.02, 2]}, "present_value")


DATA = {
    "an answer": (answer, ("json", "csv")),
    "an explanation": (lambda: Explained(answer().explain("present_value", form="json")), ("json",)),
    "a simulation": (lambda: answer().simulate("present_value", draws=300), ("json", "csv", "records")),
    "a sensitivity": (lambda: answer().sensitivity("present_value"), ("json", "csv", "records")),
    "a solution": (
        lambda: answer().solve("insource.purchases.P06.own_cost_ratio", "present_value"),
        ("json", "csv", "records"),
    ),
    "a comparison": (
        lambda: answer().compare(omsorg.run("insource", overlays="own_respite")),
        ("json", "csv", "records"),
    ),
    "a sweep": (swept, ("json", "csv", "jsonl", "records")),
    "published results": (lambda: omsorg.verify("drammen2020"), ("json", "csv", "records")),
    "a catalogue": (lambda: omsorg.figures("savings"), ("json", "csv", "records")),
    "scenarios": (omsorg.shipped, ("json", "csv", "records")),
}


class Explained:
    """An explanation in JSON, as what has it as a form."""

    def __init__(self, text):
        self.text = text

    def json(self):
        return self.text


@pytest.mark.parametrize(("make", "forms"), DATA.values(), ids=DATA.keys())
def test_data_are_the_same_in_every_language(make, forms):
    first = make()
    wanted = [getattr(first, form)() for form in forms]
    with spoken("nb"):
        again = make()
        assert [getattr(again, form)() for form in forms] == wanted
        assert [getattr(first, form)() for form in forms] == wanted


def test_a_result_that_was_stored_in_norwegian_holds(tmp_path):
    omsorg.language("nb")
    assert omsorg.verify_result(answer().save(tmp_path / "nb.json")).holds
    assert omsorg.verify_result(answer().save(tmp_path / "nb.xlsx")).holds


SHOWN = {
    "an answer": answer,
    "a simulation": lambda: answer().simulate("present_value", draws=300),
    "a sensitivity": lambda: answer().sensitivity("present_value"),
    "a solution": lambda: answer().solve("insource.purchases.P06.own_cost_ratio", "present_value"),
    "a comparison": lambda: answer().compare(omsorg.run("insource", overlays="own_respite")),
    "a sweep": swept,
    "published results": lambda: omsorg.verify("drammen2020"),
    "a catalogue": lambda: omsorg.figures("savings"),
    "scenarios": omsorg.shipped,
}


@pytest.mark.parametrize("make", SHOWN.values(), ids=SHOWN.keys())
def test_what_was_found_in_one_language_is_shown_in_another_as_if_found_in_it(make):
    found = make()
    english = repr(found)
    with spoken("nb"):
        assert repr(found) == repr(make()) != english
        assert found._repr_html_() == make()._repr_html_()
    assert repr(found) == english
