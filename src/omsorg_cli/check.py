"""What can be told of scenarios without a run: their assumptions, what is unexplained, which are shipped."""

from collections.abc import Iterator
from dataclasses import dataclass

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import Fault, ScenarioError, plain
from omsorg_cli.engine.layout import Input, Layout
from omsorg_cli.scenario.load import TABLES, Scenario, Wish, open_scenario
from omsorg_cli.scenario.read import Text, read, shipped


@dataclass(frozen=True, slots=True)
class Checked:
    """A valid scenario's inputs, and those with neither source nor assumption."""

    name: str
    inputs: tuple[Input, ...]
    unexplained: tuple[str, ...]

    def lines(self, *, strict: bool) -> Iterator[str]:
        """What is told of it, a line each."""
        assumed = [item for item in self.inputs if item.stated.assumption]
        yield f"{self.name}: valid. {len(self.inputs)} values, {len(assumed)} of them assumptions."
        for item in assumed:
            yield plain(f"assumption: {item.path}: {item.stated.assumption}")
        if strict or self.unexplained:
            yield f"{len(self.unexplained)} values have neither source nor assumption."
        yield from (f"unexplained: {path}" for path in self.unexplained)


def overlay_faults(text: Text) -> list[Fault]:
    """What is wrong in each overlay, applied alone."""
    faults: dict[Fault, None] = {}
    for name in text.data.get("overlays", {}):
        try:
            open_scenario(text, Wish(overlays=(name,)))
        except ScenarioError as error:
            faults.update(dict.fromkeys(error.faults))
    return list(faults)


def check(scenario: Scenario) -> Checked:
    """The scenario's inputs, each once, in the order of the calculators."""
    found: dict[str, Input] = {}
    for name in NAMES:
        if name in scenario.inputs:
            layout = Layout(load(name), scenario.inputs[name], {})
            items = (item for at in layout.stated.values() for item in at.values())
            found |= {item.path: item for item in items if item.stated.origin != "default"}
    common = {f"common.{name}": stated for name, stated in scenario.common.items()}
    stated = {path: item.stated for path, item in found.items()} | common
    unexplained = tuple(path for path, one in stated.items() if one.source is None and one.assumption is None)
    return Checked(scenario.text.file, tuple(found.values()), unexplained)


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
