"""Faults that people are told about, and the exceptions that carry them."""

import copyreg
import errno
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from omsorg_cli.core.language import Said, again, count, language, language_of_people, phrase, say, spoken_by_people
from omsorg_cli.core.letters import plain as plain  # noqa: PLC0414 # messages are made of it

Asked = ParamSpec("Asked")
Answered = TypeVar("Answered")
REASONS = {
    errno.ENOENT: phrase("the file or the folder does not exist"),
    errno.EACCES: phrase("access is denied"),
    errno.EPERM: phrase("access is denied"),
    errno.EBADF: phrase("it is not open for writing"),
    errno.EISDIR: phrase("it is a folder"),
    errno.ENOTDIR: phrase("a part of the path is not a folder"),
    errno.ENAMETOOLONG: phrase("the name is too long"),
    errno.ENOSPC: phrase("the disk is full"),
    errno.EROFS: phrase("the disk is write-protected"),
}
"""Why the system refuses a file; what else there is stands in the system's own words."""
PREDICATE = re.compile(r"(?:is|has|does|would|stands|belongs|cannot|picks|ends|begins)\b")
"""How a message begins that goes on from what it is about, in any language."""
MOST_TOLD = 100
"""Faults of one scenario that are told one by one."""
TYPE_NAMES = {dict: phrase("a table"), list: phrase("a list")}


class OmsorgError(Exception):
    """Something the user can mend: it is printed as one message, without a traceback."""

    exit_code = 2

    def __reduce__(self) -> tuple[Any, ...]:
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]  # whole, as it was said


class NoAnswerError(OmsorgError):
    """The question is well put but has no answer."""

    exit_code = 1


class UnknownFigureError(OmsorgError, KeyError):
    """An answer has no figure of that name, or none in that row."""

    __str__ = Exception.__str__


class LeftOutError(NoAnswerError, KeyError):
    """An answer has no value of a figure, since it is not calculated."""

    __str__ = Exception.__str__


class Fault(NamedTuple):
    """One thing that is wrong in a scenario: where, what was found, what is allowed, what to do."""

    path: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        told = self.message.template if isinstance(self.message, Said) else self.message
        about = ": ".join(filter(None, (self.place, self.path)))
        return (" " if PREDICATE.match(told) else ": ").join(filter(None, (about, self.message)))

    def again(self) -> str:
        """The same in the language that is spoken now."""
        return str(Fault(*map(again, self)))


class ScenarioError(OmsorgError):
    """Every fault of a scenario at once; of very many the first are told, and `more` of them only counted."""

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults, self.more = tuple(faults), more
        super().__init__(self.said())

    def said(self) -> str:
        """The faults, a line each, in the language that is spoken now."""
        lines = [fault.again() for fault in self.faults[:MOST_TOLD]]
        if more := self.more + len(self.faults) - len(lines):
            lines.append(count(more, "{number} more fault is not told.", "{number} more faults are not told."))
        return "\n".join(lines)


class Ended(SystemExit):
    """A signal ends the program."""


def refuse_without_docstrings() -> None:
    """Help, explanations and workbooks are made of docstrings; without them they would say something else."""
    if sys.flags.optimize > 1:
        raise OmsorgError(
            say("Python runs without docstrings (PYTHONOPTIMIZE=2 or -OO), of which help is made; unset it.")
        )


def for_people(asked: Callable[Asked, Answered]) -> Callable[Asked, Answered]:
    """The same, with what it refuses said in the language of people, also where data are made in another.

    It is asked once more for that: the numbers and names in a message are of the language that it was made in.
    """

    @wraps(asked)
    def answered(*given: Asked.args, **named: Asked.kwargs) -> Answered:
        try:
            return asked(*given, **named)
        except OmsorgError:
            if language() != language_of_people():
                with spoken_by_people():
                    asked(*given, **named)
            raise

    return answered


def why_of(error: BaseException) -> str:
    """Why it went wrong, in the language that is spoken where the system is known to say it."""
    if isinstance(error, OSError):
        return say(REASONS[error.errno]) if error.errno in REASONS else plain(str(error.strerror or error))
    return plain(str(error))


def shown(value: object) -> str:
    """The value as a message may show it: short, one line, nothing that a terminal obeys."""
    if isinstance(value, dict | list):
        return say(TYPE_NAMES[type(value)])
    if isinstance(value, str):
        return say('"{text}"', text=plain(value if len(value) <= 58 else f"{value[:56]}…"))
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return plain(text if len(text) <= 60 else f"{text[:57]}…")


def unknown(name: object, known: Iterable[object], what: str) -> str:
    """The sentence of a name that is not there: what it is not, and the nearest that is."""
    return say('found "{name}", which is {what}. {hint}', name=name, what=what, hint=nearest(str(name), known))


def nearest(word: str, known: Iterable[object]) -> str:
    """A sentence that names the nearest known name, or all of them where none is near."""
    names = sorted({str(name) for name in known})
    return hint(word, names) or (say("Known: {names}.", names=", ".join(names)) if names else say("There is none."))


def hint(word: str, known: Iterable[str], before: str = "") -> str:
    """A sentence that names the nearest known name, if one is near, with what is typed before it."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(word[:200], names, n=1, cutoff=0.65)
    found = [name for name in names if name.lower() == word.lower()] or close
    return say("Did you mean {name}?", name=shown(f"{before}{found[0]}")) if found else ""
