"""The language that the library speaks."""

from collections.abc import Callable
from functools import cache
from typing import Generic, TypeVar

from omsorg_cli.core.language import language as spoken_now
from omsorg_cli.core.language import language_of_environment, speak

Found = TypeVar("Found")


class InEach(Generic[Found]):
    """What was found in one language and is asked again where another is spoken; without `again` it stays so."""

    def __init__(self, found: Found, again: Callable[[], Found] | None = None) -> None:
        self.first = found
        self._again = again
        self._found = {spoken_now(): found}

    def now(self) -> Found:
        """What was found, in the language that is spoken now."""
        if self._again is None:
            return self.first
        if spoken_now() not in self._found:
            self._found[spoken_now()] = self._again()
        return self._found[spoken_now()]


def language(name: str | None = None) -> str:
    """The language that is spoken, `en` or `nb`; with a name, that one from now on, in every thread of the process.

    Until one is named it is that of the environment, as on the command line: by OMSORG_LANG, or by the locale. What is
    shown, errors and the texts of files for people are in it; JSON, CSV, records and data frames are the same in every
    language. What was found in another language is asked again when it is shown, so that it is in one language
    throughout; a question of many draws takes its time again. A text that was made before, such as an explanation, a
    scenario that was begun or what is checked, stays in its language. Raises `OmsorgError` where there is no such
    language.

    >>> language()
    'en'
    """
    if name is not None:
        speak(str(name), "language")
    return spoken_now()


@cache
def speak_as_environment() -> None:
    """Speaks as the environment asks for; only once, so that what is named later stays."""
    speak(language_of_environment(), "OMSORG_LANG")
