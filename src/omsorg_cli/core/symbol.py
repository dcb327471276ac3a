"""A formula as it is written: the same function, run on symbols in the place of numbers, gives its own expression."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

INFIX = {"+": 1, "−": 1, "×": 2, "÷": 2, "^": 3, ">": 0, "<": 0, ">=": 0, "<=": 0}
"""The signs that stand between their sides, and how tightly they hold them."""

Term = Any
"""What a formula reckons with: a number, an array of draws, a symbol that writes it down, or no answer."""


class Symbol:
    """What stands for a number in an expression; arithmetic and comparison give expressions."""

    def __add__(self, other: Term) -> "Symbol":
        return Operation("+", (self, other))

    def __radd__(self, other: Term) -> "Symbol":
        return self if other == 0 else Operation("+", (other, self))

    def __sub__(self, other: Term) -> "Symbol":
        return Operation("−", (self, other))

    def __rsub__(self, other: Term) -> "Symbol":
        return Operation("−", (other, self))

    def __neg__(self) -> "Symbol":
        return Operation("−", (0, self))

    def __mul__(self, other: Term) -> "Symbol":
        return Operation("×", (self, other))

    def __rmul__(self, other: Term) -> "Symbol":
        return Operation("×", (other, self))

    def __truediv__(self, other: Term) -> "Symbol":
        return Operation("÷", (self, other))

    def __rtruediv__(self, other: Term) -> "Symbol":
        return Operation("÷", (other, self))

    def __pow__(self, other: Term) -> "Symbol":
        return Operation("^", (self, other))

    def __gt__(self, other: Term) -> "Symbol":
        return Operation(">", (self, other))

    def __lt__(self, other: Term) -> "Symbol":
        return Operation("<", (self, other))

    def __ge__(self, other: Term) -> "Symbol":
        return Operation(">=", (self, other))

    def __le__(self, other: Term) -> "Symbol":
        return Operation("<=", (self, other))


@dataclass(frozen=True, slots=True)
class Name(Symbol):
    """A parameter of the formula; of a series, one of its values for all."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation(Symbol):
    """A sign between two sides, or a named operation on its arguments, with the function that it names."""

    sign: str
    arguments: tuple[Term, ...]
    function: Callable[..., Term] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Values:
    """A series: going through it gives one symbol, which speaks for all of its values."""

    name: str

    def __iter__(self) -> Iterator[Name]:
        yield Name(self.name)

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Term) -> Name:
        return Name(self.name)


Function = TypeVar("Function", bound=Callable[..., Term])


def operation(function: Function) -> Function:
    """Makes a helper give its own name in an expression: one step to people, and one function in a spreadsheet."""

    @functools.wraps(function)
    def apply(*arguments: Term) -> Term:
        for one in arguments:
            if is_symbolic(one):
                return Operation(function.__name__, arguments, function)
        return function(*arguments)

    return apply  # type: ignore[return-value]  # the wrapper has the wrapped one's signature


def is_symbolic(value: Term) -> bool:
    """Whether the value is a symbol, or a list of symbols: lists are all of one or all of the other."""
    first = value[0] if isinstance(value, list | tuple) and value else value
    return isinstance(first, Symbol | Values)
