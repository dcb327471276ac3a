"""Which rows to choose within limits, such as purchases within a budget: exactly, for up to twenty of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from omsorg_cli.core.calculator import Calculator, Choice
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest, shown
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import FteInput, NokInput
from omsorg_cli.engine.graph import Node
from omsorg_cli.result import Result

MOST = 20
"""Rows among which every choice is looked at."""
KINDS: Mapping[str, Kind] = {"NOK": get_args(NokInput)[1], "FTE": get_args(FteInput)[1]}


class Candidate(NamedTuple):
    """A row that may be chosen: what it is worth, and what it takes of each limit."""

    key: str | int
    value: float
    takes: tuple[float, ...]


class Chosen(NamedTuple):
    """The rows, those first that are worth most for what they take of the first limit, and those that are chosen."""

    result: Result
    choice: Choice
    limits: Mapping[str, float]
    candidates: tuple[Candidate, ...]
    chosen: frozenset[str | int]

    @property
    def value(self) -> float:
        """What the chosen rows are worth together."""
        return sum(one.value for one in self.candidates if one.key in self.chosen)

    @property
    def too_small(self) -> dict[str, float]:
        """The limits that are less than every row takes that takes anything, each with the least of these."""
        taken = ([one.takes[at] for one in self.candidates if one.takes[at] > 0] for at in range(len(self.limits)))
        least = ((name, min(takes, default=0.0)) for name, takes in zip(self.limits, taken, strict=True))
        return {name: one for name, one in least if one > self.limits[name]}


def limits_of(calculator: Calculator, typed: Sequence[str]) -> dict[str, float]:
    """The limits that are typed as `name=amount`; raises where one is none of the calculator's."""
    assert calculator.choice is not None
    found: dict[str, float] = {}
    for text in typed:
        name, _, amount = text.partition("=")
        if name not in calculator.choice.takes:
            values = {"found": shown(text), "hint": nearest(name, list(calculator.choice.takes))}
            raise OmsorgError(say("--limit: found {found}; write NAME=AMOUNT. {hint}", **values))
        if name in found:
            raise OmsorgError(say("{option} is given twice; allowed: once.", option=f"--limit {name}"))
        unit = calculator.units[calculator.choice.takes[name]].unit.name
        try:
            found[name] = KINDS[unit].read(amount).number
        except ValueError as error:
            raise OmsorgError(say("--limit {name}: {fault}", name=name, fault=str(error))) from None
    return found


def choose(result: Result, limits: Mapping[str, float]) -> Chosen:
    """The rows that are worth most together within the limits."""
    choice = result.calculator.choice
    assert choice is not None
    points = result.layout.points((choice.axis,))
    if len(points) > MOST:
        raise OmsorgError(say("--limit: found {number} rows; allowed: at most {most}.", number=len(points), most=MOST))
    candidates = [_candidate(result, choice, tuple(limits), dict(point)[choice.axis]) for point in points]
    picked = _best(candidates, tuple(limits.values()))
    ranked = sorted(candidates, key=lambda one: -_worth(one))
    return Chosen(result, choice, limits, tuple(ranked), frozenset(one.key for one in picked))


def _candidate(result: Result, choice: Choice, names: Sequence[str], key: str | int) -> Candidate:
    wanted = [choice.value, *(choice.takes[name] for name in names)]
    found = [result.record.value(Node(result.calculator.name, name, ((choice.axis, key),))) for name in wanted]
    lacking = [result.calculator.label(name) for name, value in zip(wanted, found, strict=True) if value is None]
    if lacking:
        values = {"row": result.said(choice.axis, key), "figure": say(lacking[0])}
        raise NoAnswerError(
            say(
                "--limit: {figure} is not calculated for {row}, so there is nothing to hold against the limit; "
                "--full says why.",
                **values,
            )
        )
    return Candidate(key, found[0], tuple(max(value, 0.0) for value in found[1:]))


def _worth(one: Candidate) -> float:
    """What it is worth for each unit of the first limit; more than anything where it takes none."""
    return one.value / one.takes[0] if one.takes[0] else one.value * float("inf") if one.value else 0.0


def _best(candidates: Sequence[Candidate], left: tuple[float, ...]) -> tuple[Candidate, ...]:
    """The rows worth most together within what is left: with each that fits, or without it, whichever is more."""
    gains = sorted((one for one in candidates if one.value > 0), key=lambda one: -one.value)
    hopes = [sum(one.value for one in gains[at:]) for at in range(len(gains) + 1)]
    best: tuple[float, tuple[Candidate, ...]] = (0.0, ())

    def look(at: int, value: float, picked: tuple[Candidate, ...], left: tuple[float, ...]) -> None:
        nonlocal best
        if value > best[0]:
            best = value, picked
        if at == len(gains) or value + hopes[at] <= best[0]:
            return
        one = gains[at]
        rest = tuple(have - take for have, take in zip(left, one.takes, strict=True))
        if min(rest) >= 0:
            look(at + 1, value + one.value, (*picked, one), rest)
        look(at + 1, value, picked, left)

    look(0, 0.0, (), left)
    return best[1]
