"""The options that hold for every command, wherever they stand: language, colour, pager, and how much is said."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.language import known, language_of_environment, phrase, say, speak
from omsorg_cli.writing import output

COLOURS = ("auto", "always", "never")
TAKING = {"--lang": "nb|en", "--color": "|".join(COLOURS)}
"""The options that take a value, with what they take."""
FLAGS = {"--no-pager": "no_pager", "-q": "quiet", "--quiet": "quiet", "-v": "verbose", "--verbose": "verbose"}
TOLD = {
    "--lang": phrase("Language of everything that people read; OMSORG_LANG or the locale sets the default."),
    "--color": phrase("Use colour in a terminal only, always or never; NO_COLOR and FORCE_COLOR are respected."),
    "--no-pager": phrase("Show long text at once, without PAGER."),
    "-q, --quiet": phrase("Do not print notices; errors are still printed."),
    "-v, --verbose": phrase("Print more: every point to note, and how long the run took."),
}
"""What the help says of each."""


class Manner(NamedTuple):
    """What was asked for."""

    words: tuple[str, ...]
    lang: str | None = None
    color: str = "auto"
    flags: frozenset[str] = frozenset()


def taken_from(words: Sequence[str]) -> Manner:
    """What the words ask for everywhere, and the words without it; each option once, and none after `--`."""
    left: list[str] = []
    found: dict[str, str] = {}
    flags: set[str] = set()
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--":
            left += [word, *rest]
        elif name in TAKING:
            if name in found:
                raise OmsorgError(say("{option} is given twice; allowed: once.", option=name))
            found[name] = value if equals else next(rest, "")
        elif word in FLAGS:
            flags.add(FLAGS[word])
        else:
            left.append(word)
    return Manner(tuple(left), found.get("--lang"), found.get("--color", "auto"), frozenset(flags))


def follow(manner: Manner) -> None:
    """Speaks and writes as asked for."""
    asked = language_of_environment()
    if manner.lang is None:
        speak(asked)
    else:
        if manner.lang not in known() and asked in known():  # to be told so in the language of the environment
            speak(asked)
        speak(manner.lang)
    if manner.color not in COLOURS:
        found, allowed = shown(manner.color), ", ".join(COLOURS)
        raise OmsorgError(
            say("{option}: found {found}; allowed: {allowed}.", option="--color", found=found, allowed=allowed)
        )
    output.settings.color = manner.color
    output.settings.pages = "no_pager" not in manner.flags
    output.settings.quiet = "quiet" in manner.flags
    output.settings.verbose = "verbose" in manner.flags


def in_colour(*, terminal: bool) -> bool:
    """Whether to print in colour: by the option, or else by the environment, or else in a terminal that can."""
    if output.settings.color != "auto":
        return output.settings.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if (forced := os.environ.get("FORCE_COLOR")) is not None:
        return forced not in ("", "0")
    return terminal and os.environ.get("TERM") != "dumb"
