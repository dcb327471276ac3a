"""What can be told of scenarios: their assumptions and what rests on them, what is unexplained."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import Fault, NoAnswerError, OmsorgError, ScenarioError, nearest
from omsorg_cli.core.input_types import Stated
from omsorg_cli.core.language import known, say, spoken
from omsorg_cli.engine.layout import Input, Layout
from omsorg_cli.questions.shared.notices import as_changes, means, named
from omsorg_cli.result import Figure, Result, refuse_impossible, run
from omsorg_cli.scenario.load import Places, Request, Scenario, open_scenario, placed, targets_of
from omsorg_cli.scenario.read import Text
from omsorg_cli.scenario.template import EXAMPLE


@dataclass(frozen=True, slots=True)
class Checked:
    """A valid scenario's stated values by path."""

    name: str
    stated: dict[str, Stated]
    unusual: tuple[str, ...]
    resting: dict[str, list[tuple[Result, tuple[str, ...]]]]
    weights: dict[str, float]
    inputs: dict[str, tuple[Result, Input]]
    """Each input with a result that has it: people read it by the label that it has there."""

    @property
    def unexplained(self) -> list[str]:
        """The paths of the values with neither source nor assumption, or with one that is an example to be replaced."""
        examples = {None, *_examples()}
        return [path for path, one in self.stated.items() if one.source is None and one.assumption in examples]

    @property
    def examples(self) -> list[str]:
        """The paths of the values that a template has filled in, to be replaced."""
        examples = _examples()
        return [path for path, one in self.stated.items() if one.source is None and one.assumption in examples]

    @property
    def unquoted(self) -> int:
        """How many values have a source whose words are not quoted."""
        return sum(one.source is not None and one.quote is None for one in self.stated.values())

    @property
    def passes(self) -> bool:
        """Whether each value is explained, and none is far from usual."""
        return not self.unexplained and not self.unusual

    def by_weight(self) -> list[str]:
        """The paths, those first on which headline figures depend most."""
        return sorted(self.stated, key=lambda path: -self.weights.get(path, 0))


@cache
def _examples() -> frozenset[str]:
    """What a template says of a value that it has filled in, in whichever language it was written."""
    found = set()
    for name in known():
        with spoken(name):
            found.add(str(say(EXAMPLE)))
    return frozenset(found)


def overlay_faults(text: Text) -> list[Fault]:
    """What is wrong in each overlay, applied alone."""
    faults: dict[Fault, None] = {}
    for name in text.data.get("overlays", {}):
        try:
            runs(open_scenario(text, Request(overlays=(name,))))
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
    results = runs(scenario)
    unusual = dict.fromkeys(said for result in results for said in result.unusual)
    held = {item.path: (result, item) for result in reversed(results) for item in result.stated_inputs}
    return Checked(scenario.text.file, found, tuple(unusual), _resting(results), _weights(results), held)


def runs(scenario: Scenario) -> list[Result]:
    """The result of each calculator; raises what a run, or a question about one, would refuse of the scenario."""
    results = [run(scenario, name) for name in scenario.inputs]
    for result in results:
        refuse_impossible(result, result.figures)
    faults = dict.fromkeys(fault for result in results for fault in _faults_of_ranges(result))
    if faults:
        raise ScenarioError(placed(scenario, faults))
    return results


def _faults_of_ranges(result: Result) -> Iterable[Fault]:
    """What a simulation would refuse of the ranges; what draws is imported only where there are some."""
    ranged = [item for item in result.stated_inputs if item.stated.range is not None]
    if not ranged:
        return ()
    from omsorg_cli.questions.simulate import faults_of_ranges

    return faults_of_ranges(result, ranged)


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


def _resting(results: Iterable[Result]) -> dict[str, list[tuple[Result, tuple[str, ...]]]]:
    """For each assumption, the results and those of their figures that rest on it."""
    found: dict[str, list[tuple[Result, tuple[str, ...]]]] = {}
    for result in results:
        figures: dict[str, dict[str, None]] = {}
        for one in result.figures:
            for path in one.assumptions:
                figures.setdefault(path, {})[one.figure] = None
        for path, names in figures.items():
            found.setdefault(path, []).append((result, tuple(names)))
    return found


def notice_faults(scenario: Scenario) -> list[Fault]:
    """Every place that a notice names and that is neither an input nor a figure; every reading that cannot be set."""
    found = []
    paths, places = _paths(scenario), Places(scenario.text)
    for index, notice in enumerate(scenario.head.notices):
        for place in notice.where:
            if named(place) is None:
                told = _where_fault(scenario, place, paths)
                at = places.place(("notices", index, "where"))
                found += [Fault(f"notices.{index}.where", told, at)] if told else []
        try:
            open_scenario(scenario.text, scenario.request._replace(sets=as_changes(notice.reading)))
        except ScenarioError as error:
            found += [
                fault._replace(path=f"notices.{index}.reading", place=places.place(("notices", index, "reading")))
                for fault in error.faults
            ]
    return found


def _paths(scenario: Scenario) -> list[str]:
    """What every input is called that the scenario has."""
    layouts = (Layout(load(name), inputs, scenario.common) for name, inputs in scenario.inputs.items())
    return list(dict.fromkeys(path for layout in layouts for path in layout.order))


def _where_fault(scenario: Scenario, place: str, paths: Sequence[str]) -> str:
    """What is wrong with a notice's place that names an input: there is none, or none is called so."""
    try:
        targets_of(scenario, place)
    except OmsorgError as error:
        return str(error)
    if any(means(place, path) for path in paths):
        return ""
    alike = [path for path in paths if path.rpartition(".")[2] == place.rpartition(".")[2]]
    return say("There is no input {place}. {hint}", place=place, hint=nearest(place, alike))
