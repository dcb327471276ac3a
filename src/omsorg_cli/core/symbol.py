"""A formula as it is written: the same function, run on symbols in the place of numbers, gives its own expression."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from omsorg_cli.core.operation import Symbolic, Term

INFIX = {"+": 1, "−": 1, "×": 2, "÷": 2, "^": 3, ">": 0, "<": 0, ">=": 0, "<=": 0}
"""The signs that stand between their sides, and how tightly they hold them."""


class Symbol(Symbolic):
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
class Values(Symbolic):
    """A series: going through it gives one symbol, which speaks for all of its values."""

    name: str

    def __iter__(self) -> Iterator[Name]:
        yield Name(self.name)

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Term) -> Name:
        return Name(self.name)
