"""What is typed wrongly, said in whole sentences in the language of people."""

import re
from ast import literal_eval
from collections.abc import Sequence
from typing import Any

from omsorg_cli.core.errors import OmsorgError, hint, plain, shown
from omsorg_cli.core.language import phrase, say

_LITERAL = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
"""A text as Python writes it."""


def usage_fault(error: Any, words: Sequence[str] = ()) -> OmsorgError:
    """The error of the command line's parser as a message that says what is wrong and where help is."""
    told = _told(error)
    named = (word for word in words[:1] if not word.startswith("-"))
    path = error.ctx.command_path if error.ctx else " ".join(("omsorg", *named))
    return OmsorgError(say("{fault} Help: {command} --help", fault=told, command=path))


def _told(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        option, params = plain(error.option_name), error.ctx.command.params if error.ctx else []
        arguments = {one.name: _name(one) for one in params if one.param_type_name == "argument"}
        if option.lstrip("-") in arguments:
            usage = " ".join((error.ctx.command_path, *arguments.values()))
            told = phrase('There is no option {option}: type {name} without it, as in "{usage}".')
            return say(told, option=option, name=arguments[option.lstrip("-")], usage=usage)
        known = [name.lstrip("-") for one in params if one.name not in arguments for name in one.opts]
        near = hint(option.lstrip("-"), known, "--")
        return say("There is no option {option}. {hint}", option=option, hint=near).rstrip()
    if kind == "NoArgsIsHelpError":
        return say("The command is missing.")
    if kind == "MissingParameter":
        return say("{name} is missing.", name=_name(error.param))
    if kind == "BadParameter":
        return say("{name}: {fault}.", name=_name(error.param), fault=plain(error.message).rstrip("."))
    return _of_message(error)


def _name(parameter: Any) -> str:
    """How the parameter is typed."""
    if parameter is None:
        return ""
    named = parameter.param_type_name == "option"
    return str(parameter.opts[0] if named else parameter.metavar or parameter.name.upper())


def _of_message(error: Any) -> str:
    """Faults that the parser tells in words alone."""
    message = plain(error.message)
    if found := re.match(rf"No such command ({_LITERAL})", message):
        name, known = literal_eval(found[1]), list(getattr(error.ctx.command, "commands", {}))
        return say("{name} is not a command. {hint}", name=shown(name), hint=hint(plain(name), known)).rstrip()
    if found := re.fullmatch(r"Got unexpected extra arguments? ?\(?s?\)? ?\((.*)\)", message, re.DOTALL):
        return say("Not expected here: {words}.", words=found[1])
    if found := re.fullmatch(r"Option '(.*)' does not take a value\.", message):
        return say("{option} takes no value.", option=found[1])
    if found := re.fullmatch(r"Option '(.*)' requires .*argument.*", message):
        return say("{option} needs a value.", option=found[1])
    if message.startswith("Missing command"):
        return say("The command is missing.")
    return message
