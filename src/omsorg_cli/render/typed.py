"""A command as it is typed: the calculator, the scenario, the rows and the changes of a run, for the next question."""

from collections.abc import Callable, Iterator, Sequence
from shlex import quote

from omsorg_cli.core.language import count, language, language_of_environment, say
from omsorg_cli.core.letters import plain
from omsorg_cli.questions.shared.notices import notices_of, sentences, touching
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.result import Figure, Result
from omsorg_cli.scenario.read import STANDARD_INPUT

Naming = Callable[..., str | None]
"""What names the next question: by its verb, of a result and its rows, with more words. None where it has no name."""


def asked(verb: str, result: Result, keys: Selection, *more: str) -> str | None:
    """The command that asks the verb of the same run; None where the scenario came by standard input."""
    scenario, calculator = result.scenario, result.calculator
    if scenario.text.name == STANDARD_INPUT:
        return None
    name = "+".join((scenario.text.name, *scenario.text.overlays))
    said = [verb] if verb else []
    said += [calculator.name, *([] if name == str(calculator.scenario) else [name])]
    said += [word for key, text in scenario.request.given.items() for word in (f"--{key}", text)]
    said += [word for key, items in keys.wanted.items() for item in items for word in (f"--{key}", item)]
    said += [word for one in scenario.request.overlays for word in ("--with", one)]
    said += [word for one in scenario.request.sets for word in ("--set", one)]
    said += [] if language() == language_of_environment() else ["--lang", language()]
    return " ".join(map(quote, ("omsorg", *said, *more)))


def called(verb: str, _: Result, __: Selection, *more: str) -> str:
    """The same in a program, where `answer` is what was run; without a verb, what tells everything."""
    given = ", ".join(f'"{one}"' for one in more if not one.startswith("--"))
    return f"answer.{verb}({given})" if verb else "print(answer.markdown())"


def beside(result: Result, figures: Sequence[Figure], keys: Selection, *, every: bool = False) -> Iterator[str]:
    """What is said beside an answer that does not say it itself: the warnings, and how many points to note in full.

    With `every`, each of the points about the figures.
    """
    yield from result.warnings_of(figures)
    if every:
        yield from map(sentences, notices_of(result, figures))
    elif noticed := len(touching(result, figures)):
        yield _points(result, noticed + len(result.warnings_of(figures)), keys)


def _points(result: Result, points: int, keys: Selection) -> str:
    """How many points to note there are, of those that the full output tells, and how to read them."""
    every = len(result.warnings) + len(touching(result, keys.of(result)))
    if points == every:
        told = count(points, "{number} point to note", "{number} points to note")
    else:
        told = count(
            points,
            "{number} of {every} points to note concerns what is shown",
            "{number} of {every} points to note concern what is shown",
            every=every,
        )
    command = asked("", result, keys, "--full")
    if command is None:
        return say("{points}: see --full.", points=told)
    return say("{points}: {command}", points=told, command=command)


def command_row(command: str | None) -> list[tuple[str, str]]:
    """What the record of a page says of the command, if it can be told."""
    return [(say("command"), plain(command))] if command else []
