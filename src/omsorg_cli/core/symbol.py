"""A formula as it is written: the same function, run on symbols in the place of numbers, gives its own expression."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from omsorg_cli.core.operation import Symbolic, Term

if TYPE_CHECKING:
    from omsorg_cli.core.figure import Formula

INFIX = {"+": 1, "−": 1, "×": 2, "÷": 2, "^": 3, ">": 0, "<": 0, ">=": 0, "<=": 0}
"""The signs that stand between their sides, and how tightly they hold them."""


class UndecidedError(TypeError):
    """A formula asks with `if` or `==` which way to go, and an expression has every way: `where` says both."""


class Symbol(Symbolic):
    """What stands for a number in an expression; arithmetic and comparison give expressions.

    What is true, equal or how long, only numbers say.
    """

    __slots__ = ()
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise UndecidedError

    def __eq__(self, other: object) -> bool:
        raise UndecidedError

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


@dataclass(frozen=True, slots=True, eq=False)
class Name(Symbol):
    """A parameter of the formula; of a series, one of its values for all."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Operation(Symbol):
    """A sign between two sides, or a named operation on its arguments, with the function that it names."""

    sign: str
    arguments: tuple[Term, ...]
    function: Callable[..., Term] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Values(Symbolic):
    """A series: going through it gives one symbol, which speaks for all of its values."""

    name: str

    def __iter__(self) -> Iterator[Name]:
        yield Name(self.name)

    def __len__(self) -> int:
        raise UndecidedError

    def __getitem__(self, index: Term) -> Name:
        return Name(self.name)


def expression(formula: "Formula") -> Term:
    """The formula on symbols in the place of its parameters."""
    series = [Values(p.name) if p.role.series or p.role.to_date else Name(p.name) for p in formula.parameters]
    return formula.function(*series)


def taken_apart(part: Term, series: Container[str]) -> Iterator[str]:
    """The series of which the expression takes one value for all, where no operation goes through them."""
    if isinstance(part, Name) and part.name in series:
        yield part.name
    if isinstance(part, Operation):
        for one in part.arguments:
            yield from taken_apart(one, series)
