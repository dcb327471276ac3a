"""Builds commands whose options depend on a calculator, in the form that Typer reads."""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator

Parameters = dict[str, inspect.Parameter]


def parameters_of(function: Callable[..., None]) -> Parameters:
    """The parameters of a function, by name."""
    return dict(inspect.signature(function).parameters)


def keys_of(calculator: "Calculator", told: str) -> Parameters:
    """An option for each key of the calculator's records."""
    return {
        key: option(
            key, Annotated[list[str] | None, typer.Option(f"--{key}", metavar="KEY", help=told.format(key=key))]
        )
        for key in calculator.keys
    }


def option(name: str, annotation: Any) -> inspect.Parameter:
    """A parameter that need not be given."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def signed(command: Callable[..., None], parameters: Parameters) -> Callable[..., None]:
    """The command with these parameters, as Typer sees it."""
    command.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]  # Typer reads it
    command.__annotations__ = {name: one.annotation for name, one in parameters.items()}
    return command
