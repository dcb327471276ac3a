"""Builds commands whose options depend on a calculator, in the form that Typer reads."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.core.language import ENGLISH, language, phrase, say

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator

ROWS = phrase("Rows")
SHOW_ONLY = phrase("Show only this {key} (repeatable).")
Parameters = dict[str, inspect.Parameter]


def parameters_of(function: Callable[..., None]) -> Parameters:
    """The parameters of a function, by name."""
    return dict(inspect.signature(function).parameters)


def keys_of(calculator: "Calculator") -> Parameters:
    """An option for each key of the calculator's records."""
    return {key: option(key, _key(calculator, key)) for key in calculator.keys}


def _key(calculator: "Calculator", key: str) -> Any:
    told = _show_only(calculator.label(key))
    typed = typer.Option(f"--{key}", metavar="KEY", help=told, rich_help_panel=ROWS, autocompletion=complete.keys(key))
    return Annotated[list[str] | None, typed]


def _show_only(label: str) -> str:
    """The sentence as the language has it for that key, whose word has a gender; else the one for any key."""
    whole = SHOW_ONLY.format(key=label)
    said = say(whole)
    return said if said != whole or language() == ENGLISH else say(SHOW_ONLY, key=say(label))


def option(name: str, annotation: Any) -> inspect.Parameter:
    """A parameter that need not be given."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def signed(command: Callable[..., None], parameters: Parameters) -> Callable[..., None]:
    """The command with these parameters, as Typer sees it."""
    command.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]  # Typer reads it
    command.__annotations__ = {name: one.annotation for name, one in parameters.items()}
    return command
