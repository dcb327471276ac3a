"""The command `omsorg`: parses what is typed, calls, writes, and gives the exit code.

Everything heavy is imported inside the commands, so that help and a plain result are quick.
"""

import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from omsorg_cli import __version__
from omsorg_cli.calculators import NAMES, about, load, summary
from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say

EMPTY_OPTION = re.compile(r"--[a-z-]+=\s*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
EPILOG = "Results go to standard output, notices to standard error. Exit codes: 0 done, 1 no answer, 2 wrong input."


def run_program() -> None:
    """Runs the command line."""
    words = sys.argv[1:]
    for word in words:
        if word.startswith("-") and plain(word) != word:
            raise OmsorgError(f"{plain(word)}: an option holds letters that cannot be shown.")
        if not word.isprintable() and CONTROL.search(word):
            raise OmsorgError(say("{word}: holds controls, which no argument needs.", word=plain(word)))
        if not word.strip() or EMPTY_OPTION.fullmatch(word):
            what = f"{word}: is empty" if word.strip() else "An argument is empty"
            raise OmsorgError(f"{what}; leave it out, or give it a value (a shell variable may not be set).")
    made = program(words)
    refuse_twice(made, words)
    made(prog_name="omsorg")


def program(words: Sequence[str]) -> typer.Typer:
    """The program: with the command that the words begin with, or else with all, a line each."""
    made = typer.Typer(
        help="A what-if calculator for municipal health and care services in Norway.",
        epilog=EPILOG,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_root)
    first = words[0] if words else ""
    if first in NAMES:
        from omsorg_cli.cli import calculate

        made.command(first, help=_help(first))(calculate.command_of(load(first)))
        return made
    for name in NAMES:
        made.command(name, help=summary(name))(_listed)
    _add_verbs(made, first, next((word for word in words if word in NAMES), None))
    return made


def _add_verbs(made: typer.Typer, first: str, named: str | None) -> None:
    """The verbs; the one that the words begin with has the options of the calculator that they name."""
    from omsorg_cli.cli import ask

    for name, function in ask.VERBS.items():
        calculator = load(named) if name == first and named is not None else None
        made.command(name, help=function.__doc__)(ask.command_of(name, calculator))
    for name, function in ask.ON_SCENARIOS.items():
        made.command(name)(function)


def refuse_twice(made: typer.Typer, words: Sequence[str]) -> None:
    """An option that takes one value and is given twice is refused: only one of them could count."""
    words = words[: words.index("--")] if "--" in words else words
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    twice = [name for name in dict.fromkeys(options) if options.count(name) > 1]
    if not twice:
        return
    group: Any = typer.main.get_command(made)
    command = next((group.commands[word] for word in words if word in group.commands), group)
    for parameter in command.params:
        for name in {*parameter.opts} & {*twice}:
            if not (parameter.multiple or parameter.is_flag):
                raise OmsorgError(f"{name}: is given {options.count(name)} times; allowed: once.")


def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        print(f"omsorg {__version__}")
        raise typer.Exit


def _listed() -> None:
    """Stands for a command that is only listed."""


def _help(name: str) -> str:
    """The calculator's docstring without its examples, in letters that the terminal has."""
    told = "\n\n".join(part for part in about(name).split("\n\n") if not part.lstrip().startswith(">>>"))
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return told.encode(encoding, "replace").decode(encoding)
