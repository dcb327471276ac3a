"""The language that people read: sentences and labels stand in the code in English, a catalogue has them in another.

A catalogue is a gettext file of its own in `languages/`, such as `nb.po`, read as a translator saves it. English needs
none. Names of commands, options, inputs, figures and keys of data are the same in every language.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

ENGLISH = "en"
FOLDER = Path(__file__).parent.parent / "languages"
_for_a_while: ContextVar[str | None] = ContextVar("language", default=None)
_of_others: dict[str, dict[str, str]] = {}
"""What catalogues of other packages say, by language."""
_ENTRY = r'^msgid "(.+)"\n(?:msgid_plural "(.+)"\n)?msgstr(?:\[0\])? "(.+)"\n?(?:msgstr\[1\] "(.+)"\n?)?'
_SET_ASIDE = r"^#.*\n"
_UNESCAPED = {"n": "\n", "t": "\t"}


class _Chosen:
    """The languages that were chosen for the whole process, in every thread: of what is written, and of people."""

    written = ENGLISH
    peoples = ENGLISH


class Said(str):
    """A text that is said in one language and can be said in another."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Any]

    def again(self) -> "Said":
        """The same in the language that is spoken now."""
        return say(self.template, **{name: again(one) for name, one in self.values.items()})


def again(text: Any) -> Any:
    """The text in the language that is spoken now, if it can be said in it; anything else as it is."""
    return text.again() if isinstance(text, Said) else text


def phrase(text: str) -> str:
    """The text as it is: marks one that stands apart from where it is said, so that catalogues have it."""
    return text


def say(template: str, **values: object) -> Said:
    """The template in the language that is spoken, with the values in its braces; without values, the text as it is."""
    found = _catalogue(language()).get(template, template)
    said = Said(found.format_map(values) if values else found)
    said.template, said.values = template, values
    return said


def count(number: int, one: str, many: str, **values: object) -> Said:
    """The first template for one, the second for any other number, which stands in them as `{number}`."""
    return say(one if number == 1 else many, number=number, **values)


def in_series(items: Sequence[str]) -> str:
    """The items one after the other, the last one after an "and"."""
    if len(items) < 2:
        return "".join(items)
    return say("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])


def language() -> str:
    """The language that is spoken now."""
    return _for_a_while.get() or _Chosen.written


@contextmanager
def spoken(name: str) -> Iterator[None]:
    """Speaks that language for a while."""
    token = _for_a_while.set(name)
    try:
        yield
    finally:
        _for_a_while.reset(token)


def speak(name: str, asked_by: str = "--lang") -> None:
    """Speaks that language from now on; raises where there is none of that name, and names what asked for it."""
    if name not in known():
        from omsorg_cli.core.errors import OmsorgError, shown

        allowed = ", ".join(known())
        told = {"option": asked_by, "found": shown(name), "allowed": allowed}
        raise OmsorgError(say("{option}: found {found}; allowed: {allowed}.", **told))
    _Chosen.written = _Chosen.peoples = name


def speak_to_machines() -> None:
    """Speaks English from now on, as data do in any language; errors are still for people."""
    speak_to(ENGLISH)


def speak_to(name: str) -> None:
    """Speaks that language from now on in what is written; errors and notices stay in that of people."""
    _Chosen.written = name


def language_of_people() -> str:
    """The language that was chosen for people."""
    return _Chosen.peoples


def spoken_by_people() -> AbstractContextManager[None]:
    """Speaks the language that was chosen for people for a while."""
    return spoken(_Chosen.peoples)


def known() -> tuple[str, ...]:
    """Every language that there is."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


def language_of_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for, if it is known: by OMSORG_LANG, or by the locale."""
    if wanted := environment.get("OMSORG_LANG"):
        return wanted
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    name = re.split("[_.@-]", locale)[0].lower()
    return "nb" if name in ("nb", "no", "nn") else ENGLISH


def with_separators(text: str) -> str:
    """A number as Python groups it, with the separators of the language."""
    thousands, point = separators(language())
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands)


def add_catalogues(folder: Path) -> None:
    """Takes in the catalogues of another package, one for each language; no text of ours is said otherwise by them."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".po":
            found = entries(path.read_text(encoding="utf-8"))
            _of_others[path.stem] = _of_others.get(path.stem, {}) | found
    _catalogue.cache_clear()


def forget() -> None:
    """Reads every catalogue anew when it is asked for."""
    _catalogue.cache_clear()
    separators.cache_clear()
    percent_signs.cache_clear()


@cache
def separators(name: str) -> tuple[str, str]:
    """What stands between thousands and before decimals: a catalogue shows it on a number."""
    with spoken(name):
        found = re.search(r"1(.?)234(.)5", say("1 234.5"))
    return (found[1], found[2]) if found else (" ", ".")


def in_sentence(text: str) -> str:
    """The text with per cent written as the language writes it in a sentence: as in a table, or as a word."""
    in_table, in_words = percent_signs(language())
    return text if in_table == in_words else re.sub(rf"(?<=\d){re.escape(in_table)}", in_words, text)


@cache
def percent_signs(name: str) -> tuple[str, str]:
    """What stands after a number of per cent in a table, and in a sentence: a catalogue shows both."""
    with spoken(name):
        return say("{number}%", number=""), say("{number}% in a sentence", number="").partition(" ")[0]


@cache
def _catalogue(name: str) -> Mapping[str, str]:
    """Each template in that language; a text that has no translation is said in English."""
    if name == ENGLISH:
        return {}
    return _of_others.get(name, {}) | entries((FOLDER / f"{name}.po").read_text(encoding="utf-8"))


def entries(catalogue: str) -> dict[str, str]:
    """Each template that the catalogue translates, both forms of those that count; a later entry wins."""
    text = re.sub(_SET_ASIDE, "", catalogue, flags=re.MULTILINE).replace('"\n"', "")
    found: dict[str, str] = {}
    for one, many, said, said_of_many in re.findall(_ENTRY, text, re.MULTILINE):
        found[_unescaped(one)] = _unescaped(said)
        if many:
            found[_unescaped(many)] = _unescaped(said_of_many)
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda one: _UNESCAPED.get(one[1], one[1]), text) if "\\" in text else text
