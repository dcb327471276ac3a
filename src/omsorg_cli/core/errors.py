"""Faults that people are told about, and the exceptions that carry them."""

import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from omsorg_cli.core.language import count, phrase, say
from omsorg_cli.core.letters import plain as plain  # noqa: PLC0414 # messages are made of it

MOST_TOLD = 100
"""Faults of one scenario that are told one by one."""
TYPE_NAMES = {dict: phrase("a table"), list: phrase("a list")}


class OmsorgError(Exception):
    """Something the user can mend: it is printed as one message, without a traceback."""

    exit_code = 2


class NoAnswerError(OmsorgError):
    """The question is well put but has no answer."""

    exit_code = 1


class Fault(NamedTuple):
    """One thing that is wrong in a scenario: where, what was found, what is allowed, what to do."""

    path: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.path, self.message) if part)


class ScenarioError(OmsorgError):
    """Every fault of a scenario at once; of very many the first are told, and `more` of them only counted."""

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults = tuple(faults)
        lines = list(map(str, self.faults[:MOST_TOLD]))
        if more := more + len(self.faults) - len(lines):
            lines.append(count(more, "{number} more fault is not told.", "{number} more faults are not told."))
        super().__init__("\n".join(lines))


def refuse_without_docstrings() -> None:
    """Help, explanations and workbooks are made of docstrings; without them they would say something else."""
    if sys.flags.optimize > 1:
        raise OmsorgError(
            say("Python runs without docstrings (PYTHONOPTIMIZE=2 or -OO), of which help is made; unset it.")
        )


def shown(value: object) -> str:
    """The value as a message may show it: short, one line, nothing that a terminal obeys."""
    if isinstance(value, dict | list):
        return say(TYPE_NAMES[type(value)])
    text = f'"{value}"' if isinstance(value, str) else "null" if value is None else str(value)
    if isinstance(value, bool):
        text = text.lower()
    return plain(text if len(text) <= 60 else f"{text[:57]}…")


def unknown(name: object, known: Iterable[object], what: str) -> str:
    """The sentence of a name that is not there: what it is not, and the nearest that is."""
    return say('found "{name}", which is {what}. {hint}', name=name, what=what, hint=nearest(str(name), known))


def nearest(word: str, known: Iterable[object]) -> str:
    """A sentence that names the nearest known name, or all of them where none is near."""
    names = sorted({str(name) for name in known})
    return hint(word, names) or (say("Known: {names}.", names=", ".join(names)) if names else say("There is none."))


def hint(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known name, if one is near."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(word[:200], names, n=1, cutoff=0.6)
    found = [name for name in names if name.lower() == word.lower()] or close
    return say('Did you mean "{name}"?', name=found[0]) if found else ""
