"""Holds every published result of a scenario against the recomputed one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import Fault, ScenarioError, nearest, shown
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.language import say
from omsorg_cli.core.symbol import Name, expression
from omsorg_cli.engine.explain import arguments
from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.judge import CANNOT, FAILS, interval, judge
from omsorg_cli.engine.layout import Input
from omsorg_cli.engine.record import Record
from omsorg_cli.result import Figure, Result, run
from omsorg_cli.scenario.load import Places, Scenario
from omsorg_cli.scenario.model import Published


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one published result."""

    published: Published
    unit: str
    figure: Figure | None
    verdict: str
    because: str | None
    row: str
    """What people read for the row that it is of."""

    @property
    def recomputed(self) -> float | None:
        """The value that the published one is held against."""
        return None if self.figure is None else self.figure.value

    @property
    def relative_deviation(self) -> float | None:
        """How far the recomputed figure lies from the published value, as a share of it."""
        value = self.published.value.number
        return None if self.recomputed is None or value == 0 else (self.recomputed - value) / abs(value)

    @property
    def explained(self) -> bool:
        """Whether it reproduces, or the scenario says why it does not."""
        return self.verdict not in (FAILS, CANNOT) or self.published.because is not None


def verify(scenario: Scenario) -> tuple[Verdict, ...]:
    """A verdict on each published result; an entry that names nothing is a fault of the scenario."""
    entries = list(enumerate(scenario.published))
    _refuse(scenario, (fault for i, entry in entries for fault in _faults(scenario, entry, i)))
    results = {name: run(scenario, name) for name in {entry.calculator for entry in scenario.published}}
    _refuse(
        scenario, (fault for index, entry in entries for fault in _unclear(results[entry.calculator], entry, index))
    )
    return tuple(_verdict(results[entry.calculator], entry) for entry in scenario.published)


def verdicts_of(result: Result) -> tuple[Verdict, ...]:
    """A verdict on each published result of the result's own calculator."""
    scenario, name = result.scenario, result.calculator.name
    if scenario.is_bare:
        return ()  # rows were typed in the place of those that the published results are of
    entries = [(index, entry) for index, entry in enumerate(scenario.published) if entry.calculator == name]
    _refuse(scenario, (fault for index, entry in entries for fault in _faults(scenario, entry, index)))
    _refuse(scenario, (fault for index, entry in entries for fault in _unclear(result, entry, index)))
    return tuple(_verdict(result, entry) for _, entry in entries)


def _refuse(scenario: Scenario, faults: Iterable[tuple[Loc, str]]) -> None:
    places = Places(scenario.text)
    told = [Fault(".".join(map(str, loc)), sentence, places.place(loc)) for loc, sentence in faults]
    if told:
        raise ScenarioError(told)


def _faults(scenario: Scenario, entry: Published, index: int) -> Iterator[tuple[Loc, str]]:
    """What the entry names and is not there, and what its numbers measure."""
    at: Loc = ("published", index)
    if entry.calculator not in NAMES:
        yield (*at, "calculator"), _found(entry.calculator, NAMES)
        return
    calculator = load(entry.calculator)
    if entry.calculator not in scenario.inputs:
        yield (*at, "calculator"), say("the scenario has no table [{table}]", table=calculator.table)
    for key in entry.where:
        if key not in calculator.keys:
            yield (*at, "where", key), say("is an unknown key. {hint}", hint=nearest(key, calculator.keys))
    if entry.figure not in calculator.figures:
        yield (*at, "figure"), _found(entry.figure, calculator.figures)
        return
    kind = Kind(calculator.units[entry.figure].unit.name)
    for key in ("value", "rounded_to"):
        try:
            kind.read(scenario.text.data["published"][index][key])
        except ValueError as error:
            yield (*at, key), str(error)


def _unclear(result: Result, entry: Published, index: int) -> Iterator[tuple[Loc, str]]:
    """An entry that picks no item, or more than one record."""
    at: Loc = ("published", index, "where")
    for key, value in entry.where.items():
        known = result.items(key)
        if value not in known:
            yield (*at, key), _found(value, map(str, known))
    found = _picked(result.figures, entry)
    if len(found) > 1:
        keys = ", ".join(result.calculator.keys)
        told = {"number": len(found), "figure": entry.figure, "keys": keys}
        yield at, say("picks {number} records of {figure}; allowed: exactly one, by {keys}", **told)


def _found(name: str | int, known: Iterable[str]) -> str:
    return say("found {found}. {hint}", found=shown(name), hint=nearest(str(name), known))


def _picked(figures: Sequence[Figure], entry: Published) -> list[Figure]:
    """The records that the entry picks: those with its keys; if some have no others, only those."""
    fitting = [
        one for one in figures if one.figure == entry.figure and all(one.keys[k] == v for k, v in entry.where.items())
    ]
    bare = [one for one in fitting if all(one.keys[key] is None for key in one.keys if key not in entry.where)]
    return bare or fitting


def _verdict(result: Result, entry: Published) -> Verdict:
    found = _picked(result.figures, entry)
    unit = result.calculator.units[entry.figure].unit.name
    row = ", ".join(result.said(key, value) for key, value in entry.where.items())
    if not found:
        why = " ".join(result.reasons([entry.figure])) or say("The figure does not apply to that record.")
        return Verdict(entry, unit, None, CANNOT, entry.because or why, row)
    figure = found[0]
    if _is_its_own_input(result.record, figure.node, entry):
        return Verdict(
            entry, unit, None, CANNOT, entry.because or say("It is an input of the scenario, not a result."), row
        )
    wanted = interval(entry.value.number, entry.rounded_to.number, entry.wording)
    verdict = judge(result.record, figure.node, wanted)
    return Verdict(entry, figure.unit, figure, verdict, entry.because if verdict == FAILS else None, row)


def _is_its_own_input(record: Record, node: Node, entry: Published) -> bool:
    """Whether the figure is an input, or tells one as that very place has it: that would be held against itself."""
    step = record.plan.step(node)
    if step.formula is None:
        return True
    told = _told(record, record.plan.slots[node])
    return told is not None and told.stated.source == entry.source


def _told(record: Record, slot: int) -> Input | None:
    """The input that the step tells as it stands, if it does."""
    step = record.plan.steps[slot]
    if step.formula is None:
        return step.input
    one = expression(step.formula)
    used = arguments(record, slot)[one.name] if isinstance(one, Name) else None
    return _told(record, used) if isinstance(used, int) else None
