"""The names that everything else takes: calculators and scenarios, and what a calculator has in a scenario."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from omsorg_cli.calculators import NAMES, OTHERS, join_others, load
from omsorg_cli.core.errors import OmsorgError, nearest, plain
from omsorg_cli.core.language import phrase, say

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator
    from omsorg_cli.library.answer import Scenario
    from omsorg_cli.result import Result
    from omsorg_cli.scenario.read import Text


OF_ALL = ("calculators", "scenarios")
OF_ONE = ("keys", "overlays", "figures", "inputs")
"""What is told of names, of a calculator and without one."""
WIDTH = 100
MOST = 40


class Names:
    """What may be named; each is looked up when it is asked for, and nothing more than it takes."""

    def __init__(self, calculator: str | None = None, scenario: "Scenario | None" = None) -> None:
        self._name, self._scenario = calculator, scenario

    def __reduce__(self) -> tuple[Any, ...]:
        return Names, (self._name, self._scenario)

    @property
    def calculators(self) -> tuple[str, ...]:
        """Every calculator, those of other packages among them."""
        join_others()
        return tuple(NAMES)

    @property
    def left_out(self) -> tuple[str, ...]:
        """A sentence for each calculator of another package that cannot be used."""
        join_others()
        return tuple(OTHERS.left_out.values())

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The shipped scenarios."""
        from omsorg_cli.scenario.read import shipped

        return tuple(shipped())

    @property
    def overlays(self) -> tuple[str, ...]:
        """The variants that the scenario has."""
        return tuple(self._text.data.get("overlays", {}))

    @property
    def figures(self) -> tuple[str, ...]:
        """The calculator's figures."""
        return tuple(self._calculator.figures)

    @property
    def keys(self) -> tuple[str, ...]:
        """What the calculator's rows are told apart by."""
        return tuple(self._calculator.keys)

    def items(self, key: str) -> tuple[str, ...]:
        """What the key is in the rows of the scenario."""
        known = self._calculator.keys
        if key not in known:
            told = {"name": plain(str(key)), "calculator": self._calculator.name, "hint": nearest(str(key), known)}
            raise OmsorgError(say("{name} is not a key of {calculator}. {hint}", **told))
        return tuple(map(str, self._result.items(key)))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The paths of the inputs that the scenario states."""
        return tuple(item.path for item in self._result.stated_inputs)

    def __repr__(self) -> str:
        """What it has, each by its name, the first of many; or why it has nothing."""
        try:
            return "\n".join(_listed(name, getattr(self, name)) for name in (OF_ONE if self._name else OF_ALL))
        except OmsorgError as error:
            return str(error)

    @cached_property
    def _calculator(self) -> "Calculator":
        if self._name is None:
            raise OmsorgError(say("No calculator is named. {hint}", hint=nearest("", NAMES)))
        return calculator_of(self._name)

    @cached_property
    def _text(self) -> "Text":
        """The scenario that is named, or else the calculator's own."""
        from omsorg_cli.library.answer import as_read

        alone = self._name is None and self._scenario is not None
        return as_read(self._scenario, "" if alone else self._calculator.name)

    @cached_property
    def _result(self) -> "Result":
        from omsorg_cli.result import result_of
        from omsorg_cli.scenario.load import Request

        return result_of(self._text, Request(), self._calculator.name)


def names(calculator: str | None = None, scenario: "Scenario | None" = None) -> Names:
    """What may be named: calculators and scenarios, and of a calculator its figures, keys, rows, inputs and overlays.

    Without a scenario, the one that the calculator ships with. Raises `OmsorgError` where one is asked for that is not
    there.

    >>> names("savings", "baerum2016").items("base")[:2]
    ('asss', 'kristiansand')
    """
    return Names(calculator, scenario)


def _listed(name: str, found: Sequence[str]) -> str:
    """The names in lines; of very many the first, and how many there are."""
    from omsorg_cli.core.folding import folded

    more = f", … ({len(found)})" if len(found) > MOST else ""
    return folded(f"{name}: {', '.join(found[:MOST])}{more}", WIDTH)


def calculator_of(name: str) -> "Calculator":
    """The calculator of that name, of ours or of another package; raises `OmsorgError` where there is none."""
    if not isinstance(name, str) or name not in NAMES:
        join_others()
    if not isinstance(name, str) or name not in NAMES:
        raise OmsorgError(
            say("{name} is not a calculator. {hint}", name=plain(str(name)), hint=nearest(str(name), NAMES))
        )
    return load(name)


def known_calculator(name: str) -> "Calculator":
    """The same for a program, which hears with the error of calculators that cannot be used."""
    try:
        return calculator_of(name)
    except OmsorgError as error:
        if not OTHERS.left_out:
            raise
        raise OmsorgError("\n".join((str(error), *OTHERS.left_out.values()))) from None


def own_scenario(calculator: "Calculator") -> str:
    """The scenario that the calculator runs on where none is named; raises `OmsorgError` where it has none."""
    if not calculator.scenario:
        told = phrase("{name} has no scenario of its own. Name one, or begin one: omsorg new {name}")
        raise OmsorgError(say(told, name=calculator.name))
    return str(calculator.scenario)
