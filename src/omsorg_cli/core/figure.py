"""A formula: a plain function whose name is the figure, and whose parameters are what the figure needs."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, TypeVar

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.helpers import total
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.units import Unit

Level = tuple[str, ...]
"""The axes that a figure is worked out over, such as ("programme", "year")."""


class Role(NamedTuple):
    """How a parameter is filled, beyond the plain figure or input of its name in the same row and year."""

    series: bool = False
    may_be_empty: bool = False
    to_date: bool = False
    stated: bool = False
    across: Level = ()
    calculator: str | None = None
    at: Mapping[str, str] = MappingProxyType({})
    at_input: Mapping[str, str] = MappingProxyType({})
    if_there: bool = False
    index_of: tuple[str, ...] = ()


SCENARIOS_YEAR = "year of the scenario"
"""What stands for the year of the scenario where a formula names a coordinate of another row."""

Series = Annotated[Sequence[float], Role(series=True)]
"""The figure over every coordinate that the formula lacks, in their order."""

AnySeries = Annotated[Sequence[float], Role(series=True, may_be_empty=True)]
"""The same over items that there may be none of: then the series is a single zero."""

ToDate = Annotated[Sequence[float], Role(to_date=True)]
"""The figure over the years up to this one."""

AsStated = Annotated[float, Role(stated=True)]
"""The input as the scenario states it, where the figure of that name is made from it."""


def among(*axes: str) -> Role:
    """The figure in every row that differs from this one on those axes alone, this row among them."""
    return Role(series=True, across=axes)


def elsewhere(
    calculator: str | None = None, *, at_input: Mapping[str, str] | None = None, if_there: bool = False, **at: str
) -> Role:
    """The figure in another row: another calculator's, or with the coordinate that an input names.

    With `if_there`, nobody asks for what is made of it in a scenario without a table of that calculator.
    """
    return Role(calculator=calculator, at=at, at_input=at_input or {}, if_there=if_there)


def in_prices(*amounts: str, **at_input: str) -> Role:
    """Prices in the year by the index that the first of the amounts follows that follows one, or else the deflator.

    `at_input` are the inputs that name another year, or the index that a row follows.
    """
    return Role(calculator="prices", at_input=at_input, if_there=True, index_of=amounts)


def naming(**at_input: str) -> Role:
    """A series: the figure in every row that names this one, by the input that says so for the coordinate."""
    return Role(series=True, at_input=at_input)


class Parameter(NamedTuple):
    """One thing that a formula needs."""

    name: str
    role: Role


class Formula(NamedTuple):
    """One way to a figure."""

    figure: str
    function: Callable[..., Any]
    parameters: tuple[Parameter, ...]
    unit: Unit
    levels: tuple[Level, ...]
    when: Mapping[str, Any]
    step: bool
    no_answer: str
    table: str
    only_with: tuple[str, ...] = ()
    told_with: tuple[str, ...] = ()
    converts_from: str = ""

    @property
    def summary(self) -> str:
        """What the figure tells: the first paragraph of the function's docstring."""
        text = (self.function.__doc__ or "").strip().split("\n\n")[0]
        return " ".join(text.split())


Function = TypeVar("Function", bound=Callable[..., Any])


def figure(
    name: str | None = None,
    *,
    per: Sequence[Level] = (),
    when: Mapping[str, Any] | None = None,
    step: bool = False,
    no_answer: str = "",
    table: str = "",
    only_with: tuple[str, ...] = (),
    told_with: tuple[str, ...] = (),
    converts_from: str = "",
) -> Callable[[Function], Function]:
    """Says more of a formula than its name and parameters can.

    `name` is the figure where a function is one of several ways to it; `per` the levels it is worked out over, where
    they do not follow from its parameters; `when` the input values it holds for; `step` keeps it out of the results
    (it can still be opened); `no_answer` is what is said where it has none; `table` the rows that its series runs
    over, where it is a lack that there are none; `only_with` inputs without any of which nobody asks for the
    figure, so that it is no lack that there is none; `told_with` inputs without any of which the figure is zero and
    kept out of the results; `converts_from` the calculator whose amounts it converts to the prices of its own: it
    holds only where those are of another year.
    """

    def mark(function: Function) -> Function:
        function.__dict__["figure"] = {
            "figure": name or function.__name__,
            "levels": tuple(per),
            "when": dict(when or {}),
            "step": step,
            "no_answer": no_answer,
            "table": table,
            "only_with": tuple(only_with),
            "told_with": tuple(told_with),
            "converts_from": converts_from,
        }
        return function

    return mark


def summed(name: str, unit: Any, *levels: Level, step: bool = False, told_with: tuple[str, ...] = ()) -> Formula:
    """A figure added up from the next finer level to each of the levels."""

    def add(series: Series) -> float:
        result: float = total(series)
        return result

    add.__doc__ = phrase("The sum of the rows below.")
    parameters = (Parameter(name, Role(series=True)),)
    unit_of_sum = unit.__metadata__[0]
    return Formula(name, add, parameters, unit_of_sum, levels, {}, step, "", "", told_with=told_with)


def same_as(
    name: str, other: str, unit: Any, *levels: Level, when: Mapping[str, Any] | None = None, step: bool = False
) -> Formula:
    """A figure that is another one, where the input values are those of `when`."""

    def same(figure: float) -> float:
        return figure

    same.__doc__ = phrase("The same as the figure that it is taken from.")
    return Formula(name, same, (Parameter(other, Role()),), unit.__metadata__[0], levels, when or {}, step, "", "")


def formula(function: Callable[..., Any]) -> Formula:
    """The formula that a function is, read off its signature."""
    marks: dict[str, Any] = {
        "figure": function.__name__,
        "levels": (),
        "when": {},
        "step": False,
        "no_answer": "",
        "table": "",
        "only_with": (),
        "told_with": (),
        "converts_from": "",
    }
    marks |= function.__dict__.get("figure", {})
    code, told = function.__code__, function.__annotations__
    names = code.co_varnames[: code.co_argcount]
    if unsaid := [name for name in names if name not in told]:
        lacking = phrase("the formula {name} does not say what {parameter} is (as in {parameter}: Num)")
        raise OmsorgError(say(lacking, name=function.__name__, parameter=unsaid[0]))
    parameters = tuple(Parameter(name, _metadata(told[name], Role) or Role()) for name in names)
    unit = _metadata(told.get("return"), Unit)
    if unit is None:
        raise OmsorgError(say("the formula {name} does not say its unit (as in -> NokPerYear)", name=function.__name__))
    return Formula(function=function, parameters=parameters, unit=unit, **marks)


def _metadata(annotation: Any, wanted: type) -> Any:
    return next((mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, wanted)), None)
