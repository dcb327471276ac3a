"""How a helper knows that it is run on symbols. What symbols are is imported only where there are some."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

Term = Any
"""What a formula works with: a number, an array of draws, a symbol that writes it down, or no answer."""
Function = TypeVar("Function", bound=Callable[..., Term])


class Symbolic:
    """What stands for a number, or for a series of them, in an expression."""


def operation(function: Function) -> Function:
    """Makes a helper give its own name in an expression: one step to people, and one function in a spreadsheet."""

    @functools.wraps(function)
    def apply(*arguments: Term) -> Term:
        for one in arguments:
            if is_symbolic(one):
                from omsorg_cli.core.symbol import Operation

                return Operation(function.__name__, arguments, function)
        return function(*arguments)

    return apply  # type: ignore[return-value]  # the wrapper has the wrapped one's signature


def is_symbolic(value: Term) -> bool:
    """Whether the value is a symbol, or a list of symbols: lists are all of one or all of the other."""
    first = value[0] if isinstance(value, list | tuple) and value else value
    return isinstance(first, Symbolic)
