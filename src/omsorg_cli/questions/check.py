"""What can be told of scenarios: their assumptions and what rests on them, what is unexplained, which are shipped."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import Fault, NoAnswerError, OmsorgError, ScenarioError, plain
from omsorg_cli.core.input_types import Stated
from omsorg_cli.engine.layout import Layout
from omsorg_cli.questions.shared.notices import as_changes, named
from omsorg_cli.run import Figure, Result, refuse_impossible, run
from omsorg_cli.scenario.load import TABLES, Request, Scenario, open_scenario, targets_of
from omsorg_cli.scenario.read import Text, read, shipped
from omsorg_cli.scenario.template import EXAMPLE


@dataclass(frozen=True, slots=True)
class Checked:
    """A valid scenario's stated values by path."""

    name: str
    stated: dict[str, Stated]
    unusual: tuple[str, ...]
    resting: dict[str, list[str]]
    weights: dict[str, float]

    @property
    def unexplained(self) -> list[str]:
        """The paths of the values with neither source nor assumption, or with one that is an example to be replaced."""
        return [
            path
            for path, one in self.stated.items()
            if one.source is None and (one.assumption is None or one.assumption == EXAMPLE)
        ]

    @property
    def passes(self) -> bool:
        """Whether each value is explained, and none is far from usual."""
        return not self.unexplained and not self.unusual

    def _by_weight(self) -> list[str]:
        """The paths, those first on which headline figures depend most."""
        return sorted(self.stated, key=lambda path: -self.weights.get(path, 0))

    def lines(self, *, strict: bool) -> Iterator[str]:
        """What is told of it, a line each."""
        assumed = {path: self.stated[path].assumption for path in self._by_weight() if self.stated[path].assumption}
        yield f"{self.name}: valid. Values: {len(self.stated)}; of them assumptions: {len(assumed)}."
        for path, reason in assumed.items():
            yield plain(f"assumption: {path}: {reason}")
            for figures in self.resting.get(path, ["no figure"]):
                yield plain(f"  rests on it: {figures}")
        if strict or self.unexplained:
            yield f"Values with neither source nor assumption: {len(self.unexplained)}."
        yield from (f"unexplained: {path}" for path in self.unexplained)
        yield from (plain(f"unusual: {said}") for said in self.unusual)


def overlay_faults(text: Text) -> list[Fault]:
    """What is wrong in each overlay, applied alone."""
    faults: dict[Fault, None] = {}
    for name in text.data.get("overlays", {}):
        try:
            open_scenario(text, Request(overlays=(name,)))
        except ScenarioError as error:
            faults.update(dict.fromkeys(error.faults))
    return list(faults)


def check(scenario: Scenario) -> Checked:
    """The scenario's stated values, each once: what is common, then the tables in the order of the calculators."""
    found = {f"common.{name}": stated for name, stated in scenario.common.items()}
    for name, inputs in scenario.inputs.items():
        layout = Layout(load(name), inputs, {})
        stated = {item.path: item.stated for at in layout.stated.values() for item in at.values()}
        found |= {path: stated[path] for path in layout.order if stated[path].origin != "default"}
    results = [run(scenario, name) for name in scenario.inputs]
    for result in results:
        refuse_impossible(result, result.figures)
    unusual = dict.fromkeys(said for result in results for said in result.unusual)
    return Checked(scenario.text.file, found, tuple(unusual), _resting(results), _weights(results))


def _weights(results: Iterable[Result]) -> dict[str, float]:
    """How much each input moves the headline figures, as a share of them, over its range or by a tenth of itself."""
    from omsorg_cli.questions.sensitivity import sensitivity

    found: dict[str, float] = {}
    for result in results:
        for figure in result.figures:
            if figure.figure in result.calculator.headlines and figure.value and figure.unit != "year":
                for one in _swings(sensitivity, result, figure):
                    share = math.inf if one.swing is None else one.swing / abs(figure.value)
                    found[one.input.path] = max(found.get(one.input.path, 0), share)
    return found


def _swings(sensitivity: Any, result: Result, figure: Figure) -> tuple[Any, ...]:
    try:
        return tuple(sensitivity(result, figure).swings)
    except NoAnswerError:
        return ()


def _resting(results: Iterable[Result]) -> dict[str, list[str]]:
    """For each assumption, the calculators and their figures that rest on it."""
    found: dict[str, list[str]] = {}
    for result in results:
        figures: dict[str, dict[str, None]] = {}
        for one in result.figures:
            for path in one.assumptions:
                figures.setdefault(path, {})[one.figure] = None
        for path, names in figures.items():
            found.setdefault(path, []).append(f"{result.calculator.name}: {', '.join(names)}")
    return found


def notice_faults(scenario: Scenario) -> list[Fault]:
    """Every place that a notice names and that is neither an input nor a figure; every reading that cannot be set."""
    found = []
    for index, notice in enumerate(scenario.head.notices):
        for place in notice.where:
            if named(place) is None:
                try:
                    targets_of(scenario, place)
                except OmsorgError as error:
                    found.append(Fault(f"notices.{index}.where", str(error), scenario.text.file))
        try:
            open_scenario(scenario.text, scenario.request._replace(sets=as_changes(notice.reading)))
        except ScenarioError as error:
            found += [
                fault._replace(path=f"notices.{index}.reading", place=scenario.text.file) for fault in error.faults
            ]
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """A shipped scenario, as the list tells it."""

    name: str
    title: str
    calculators: tuple[str, ...]
    overlays: tuple[str, ...]
    published: int


def listing() -> tuple[Entry, ...]:
    """Every shipped scenario."""
    return tuple(_entry(name) for name in shipped())


def _entry(name: str) -> Entry:
    data = read(name).data
    calculators = tuple(calculator for table, calculator in TABLES.items() if table in data)
    return Entry(name, data["title"], calculators, tuple(data.get("overlays", {})), len(data.get("published", ())))
