"""What a shell may complete: scenarios, overlays, rows, figures and inputs, from what is typed already."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.language import phrase, say

if TYPE_CHECKING:
    from omsorg_cli.library.named import Names

VARIABLE = "_OMSORG_COMPLETE"
"""What a shell sets when it asks for completions."""
ASKING = ("--install-completion", "--show-completion")
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
LOOKS_FOR_NONE = "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"
"""Has Typer take the shell that is named, and look for none."""


def asked_for(words: Sequence[str]) -> bool:
    """Whether completions are asked for, or to be installed."""
    return VARIABLE in os.environ or any(word.partition("=")[0] in ASKING for word in words[:1])


def with_shell(words: Sequence[str]) -> list[str]:
    """The words with the shell that they name; where they name none, with the one that this was started from."""
    os.environ[LOOKS_FOR_NONE] = "1"
    option, named, value = words[0].partition("=")
    if named or len(words) > 1:
        shell = value if named else words[1]
        if shell not in SHELLS:
            values = {"option": option, "found": shown(shell), "allowed": ", ".join(SHELLS)}
            raise OmsorgError(say("{option}: found {found}; allowed: {allowed}.", **values))
        return [*words]
    from shellingham import ShellDetectionFailure, detect_shell

    try:
        return [*words, detect_shell()[0]]
    except ShellDetectionFailure:
        told = say("No shell was found; name yours: omsorg {option} bash, zsh, fish or powershell.", option=words[0])
        raise OmsorgError(told) from None


def half_asked(error: Exception) -> OmsorgError | None:
    """What is told where completions are asked for and no shell says of what, which the error is of."""
    if VARIABLE not in os.environ or not isinstance(error, KeyError | ValueError):
        return None
    told = phrase("{variable} is set, as a shell does that asks for completions, but not what is typed; unset it.")
    return OmsorgError(say(told, variable=VARIABLE))


def words_to_complete() -> list[str]:
    """What has been typed after the program's name, as the shell hands it over."""
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    return typed.split()[1:]


def calculators(incomplete: str) -> list[str]:
    """The calculators that begin so."""
    return _beginning(_names().calculators, incomplete)


def scenarios(incomplete: str) -> list[str]:
    """The shipped scenarios, and the scenario files here."""
    from pathlib import Path

    folder = Path(incomplete).parent if "/" in incomplete else Path()
    files = [str(path) for path in sorted(folder.glob("*.toml"))] if folder.is_dir() else []
    return _beginning([*_names().scenarios, *files], incomplete)


def overlays(context: typer.Context, incomplete: str) -> list[str]:
    """The overlays of the scenario that is named, or else of the calculator's own."""
    return _found(lambda: _names(context).overlays, incomplete)


def keys(key: str) -> Callable[[typer.Context, str], list[str]]:
    """What completes the option of a key: the items that the scenario has."""

    def items(context: typer.Context, incomplete: str) -> list[str]:
        return _found(lambda: _names(context).items(key), incomplete)

    return items


def figures(context: typer.Context, incomplete: str) -> list[str]:
    """The figures of the calculator."""
    return _found(lambda: _names(context).figures, incomplete)


def inputs(context: typer.Context, incomplete: str) -> list[str]:
    """The paths of the scenario's inputs, each to be changed."""
    return _found(lambda: [f"{path}=" for path in _names(context).inputs], incomplete)


def paths(context: typer.Context, incomplete: str) -> list[str]:
    """The same without what follows, where an input is named and not changed."""
    return _found(lambda: _names(context).inputs, incomplete)


def _found(known: Callable[[], Iterable[str]], incomplete: str) -> list[str]:
    """What begins so; nothing where the scenario cannot be read: running the command says why."""
    try:
        return _beginning(known(), incomplete)
    except OmsorgError:
        return []


def _beginning(known: Iterable[str], incomplete: str) -> list[str]:
    return [one for one in known if one.startswith(incomplete)]


def _names(context: typer.Context | None = None) -> "Names":
    """What may be named; of the calculator and the scenario that are typed already, where they are asked for."""
    from omsorg_cli.library.named import Names

    if context is None:
        return Names()
    known = Names().calculators
    typed = next((word for word in words_to_complete() if word in known), context.info_name)
    return Names(typed, context.params.get("scenario"))
