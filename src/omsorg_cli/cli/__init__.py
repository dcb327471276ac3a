"""The command `omsorg`: parses what is typed, calls, writes, and gives the exit code.

Everything heavy is imported inside the commands, so that help and a plain result are quick.
"""

import re
import sys
import time
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from omsorg_cli import __version__
from omsorg_cli.calculators import NAMES, OTHERS, about, failed_elsewhere, join_others, load, summary
from omsorg_cli.cli import manner
from omsorg_cli.cli.completion import ASKING, asked_for, half_asked, with_shell, words_to_complete
from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say, with_separators
from omsorg_cli.writing import output

EMPTY_OPTION = re.compile(r"--[a-z-]+=\s*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
DATA = "Fetch public statistics."


def _show_help(context: Any, _: Any, asked: bool) -> None:
    """Writes the help as any result: Click would write UTF-8 to what has letters of ASCII only."""
    if asked and not context.resilient_parsing:
        output.emit(f"{context.get_help()}\n")
        context.exit()


def _written_by_us(option: Any) -> Any:
    """The option for help, if there is one, with our way of writing."""
    if option is not None:
        option.callback = _show_help
    return option


class Command(typer.core.TyperCommand):
    """A command whose help is ours."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option, which writes as we do."""
        return _written_by_us(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """What its help says."""
        from omsorg_cli.cli.help import of_command

        return of_command(self, ctx).rstrip()


class Group(typer.core.TyperGroup):
    """The program, or a group of commands, whose help is ours."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option, which writes as we do."""
        return _written_by_us(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """What its help says."""
        from omsorg_cli.cli.help import of_group, of_program

        whole = ctx.parent is None
        return (of_program(self.commands) if whole else of_group(self, ctx.command_path)).rstrip()


def run_program() -> None:
    """Runs the command line."""
    asked = manner.taken_from(sys.argv[1:])
    manner.follow(asked)
    run_words(asked.words)


def run_words(words: Sequence[str]) -> None:
    """Runs what the words ask for."""
    words = list(words)
    if words[:1] == ["--"]:
        del words[0]
    _refuse_odd(words)
    started, said = time.monotonic(), ""
    try:
        code = code_of(words or ["--help"])
    except OmsorgError as error:
        said = str(error)
        raise
    finally:
        for text in OTHERS.left_out.values():
            if text not in said:
                output.tell_notice(text)
    if output.settings.verbose:
        output.tell_notice(
            say("Done in {seconds} seconds.", seconds=with_separators(f"{time.monotonic() - started:.2f}"))
        )
    if code:
        raise SystemExit(code)


def _refuse_odd(words: Sequence[str]) -> None:
    """Words that nobody means to type: empty ones, and controls."""
    for word in words:
        if word.startswith("-") and plain(word) != word:
            raise OmsorgError(say("{option} holds letters that cannot be shown.", option=plain(word)))
        if not word.isprintable() and CONTROL.search(word):
            raise OmsorgError(say("{word} holds controls, which no argument needs.", word=plain(word)))
        if not word.strip():
            raise OmsorgError(
                say("An argument is empty; leave it out, or give it a value (is a shell variable unset?).")
            )
        if EMPTY_OPTION.fullmatch(word):
            told = say("{option} is empty; leave it out, or give it a value (is a shell variable unset?).", option=word)
            raise OmsorgError(told)


def code_of(words: Sequence[str]) -> Any:
    """Runs the command that the words name; what is typed wrongly is said by us, and so is what others' code does."""
    if words[0].partition("=")[0] in ASKING:
        words = with_shell(words)
    made = program(words)
    refuse_twice(made, words)
    try:
        return typer.main.get_command(made).main(words, prog_name="omsorg", standalone_mode=False)
    except typer.Abort:
        raise SystemExit(130) from None
    except Exception as error:
        if hasattr(error, "format_message"):
            from omsorg_cli.cli.usage import usage_fault

            raise usage_fault(error, words) from None
        if isinstance(error, OmsorgError):
            raise
        told = half_asked(error) or failed_elsewhere(error, words)
        if told is None:
            raise
        raise told from None


def program(words: Sequence[str]) -> typer.Typer:
    """The program: with the command that the words begin with, or else with all, a line each."""
    completing = asked_for(words)
    made = typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        add_completion=completing,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_root)
    words = words_to_complete() if completing else words
    first = words[0] if words else ""
    if completing or _may_mean_another(words):
        join_others()
    if first in NAMES:
        from omsorg_cli.cli import calculate

        made.command(first, cls=Command, help=about(first))(calculate.command_of(load(first)))
        return made
    named = next((word for word in words if word in NAMES), None)
    if _add_verb(made, first, named):
        return made
    for name in NAMES:
        made.command(name, cls=Command, help=summary(name))(_listed)
    from omsorg_cli.cli import ask

    for name in (*ask.VERBS, *ask.ON_SCENARIOS):
        _add_verb(made, name, None)
    made.command("data", cls=Command, help=DATA)(_listed)
    return made


def _may_mean_another(words: Sequence[str]) -> bool:
    """Whether the words may mean a calculator of another package: what they name is none of ours, or all are listed."""
    first = words[0] if words else ""
    if first in NAMES:
        return False
    from omsorg_cli.cli import ask

    if first in ask.VERBS:
        return not any(word in NAMES for word in words)
    return first not in (*ask.ON_SCENARIOS, "data", "--version")


def _add_verb(made: typer.Typer, verb: str, named: str | None) -> bool:
    """Adds the verb, with the options of the calculator that is named; whether there is such a verb."""
    from omsorg_cli.cli import ask

    if verb in ask.VERBS:
        calculator = None if named is None else load(named)
        made.command(verb, cls=Command, help=ask.VERBS[verb].__doc__)(ask.command_of(verb, calculator))
    elif verb in ask.ON_SCENARIOS:
        made.command(verb, cls=Command)(ask.ON_SCENARIOS[verb])
    elif verb == "data":
        from omsorg_cli.cli.data import data_command

        made.add_typer(data_command(), name="data", cls=Group)
    return verb in (*ask.VERBS, *ask.ON_SCENARIOS, "data")


def refuse_twice(made: typer.Typer, words: Sequence[str]) -> None:
    """An option that takes one value and is given twice is refused: only one of them could count."""
    words = words[: words.index("--")] if "--" in words else words
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    twice = [name for name in dict.fromkeys(options) if options.count(name) > 1]
    if not twice:
        return
    group: Any = typer.main.get_command(made)
    command = group
    for word in words:
        command = getattr(command, "commands", {}).get(word, command)
    for parameter in command.params:
        for name in {*parameter.opts} & {*twice}:
            if not (parameter.multiple or parameter.is_flag):
                told = say("{option} is given {number} times; allowed: once.", option=name, number=options.count(name))
                raise OmsorgError(told)


def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        print(f"omsorg {__version__}")
        raise typer.Exit


def _listed() -> None:
    """Stands for a command that is only listed."""
