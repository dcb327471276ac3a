"""Scenarios and calculators as a whole: what there is, what it takes, whether it is sound, and its formats."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omsorg_cli.calculators import join_others
from omsorg_cli.core.errors import OmsorgError, ScenarioError
from omsorg_cli.core.errors import shown as said
from omsorg_cli.core.language import again, say
from omsorg_cli.library.answer import Scenario, Value, as_read, as_sets
from omsorg_cli.library.files import new_file, path_of, scenario_as
from omsorg_cli.library.given import names_in
from omsorg_cli.library.named import known_calculator
from omsorg_cli.library.shown import Shown
from omsorg_cli.scenario.load import Request, changed_data, open_scenario

if TYPE_CHECKING:
    from omsorg_cli.questions.check import Checked as FoundCheck
    from omsorg_cli.questions.figures import Catalogue as FoundCatalogue
    from omsorg_cli.questions.listing import Entry


class Listed(Shown):
    """The shipped scenarios."""

    renderer = "listing"
    found: "tuple[Entry, ...]"


class Catalogue(Shown):
    """What a calculator takes and gives."""

    renderer = "figures"
    found: "FoundCatalogue"


class Checked:
    """A scenario that is valid: what in it nothing explains, and what is unusual."""

    def __init__(self, found: "FoundCheck") -> None:
        self.found = found

    @property
    def passes(self) -> bool:
        """Whether each value is explained, and none is far from usual."""
        return self.found.passes

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The paths of the values with neither source nor assumption."""
        return tuple(self.found.unexplained)

    def text(self, *, strict: bool = False, figures: bool = False) -> str:
        """What is told of it, a line each; with `strict`, what is complete is counted too.

        With `figures`, those that rest on each assumption are told.
        """
        from omsorg_cli.render.check import lines

        return "\n".join(lines(self.found, strict=strict, figures=figures))

    def __repr__(self) -> str:
        """What is told of it."""
        return self.text()


def shipped() -> Listed:
    """The shipped scenarios, with their overlays and the calculators that each has inputs for."""
    from omsorg_cli.questions.listing import listing

    return Listed(listing(), listing)


def figures(calculator: str) -> Catalogue:
    """The inputs and figures of the calculator, by the names that everything else takes."""
    from omsorg_cli.questions.figures import catalogue

    known = known_calculator(calculator)
    found = Catalogue(catalogue(known), partial(catalogue, known))
    return found.made_by(figures, (calculator,), {}, read_from=())


def check(
    scenario: Scenario,
    *,
    set: Mapping[str, Value] | None = None,  # noqa: A002  # as the option is called
    overlays: str | Sequence[str] = (),
) -> Checked:
    """The scenario, where it is valid with each of its overlays; raises `OmsorgError` with every fault where not."""
    return checked(scenario, as_sets(set), names_in("overlays", overlays))


def checked(scenario: Scenario, sets: Sequence[str], overlays: Sequence[str]) -> Checked:
    """The same of what a person types: changes as PATH=VALUE."""
    from omsorg_cli.questions.check import check as checked_scenario
    from omsorg_cli.questions.check import notice_faults, overlay_faults
    from omsorg_cli.questions.verify import verify

    text = as_read(scenario)
    opened = open_scenario(text, Request(tuple(overlays), tuple(sets)))
    if faults := [*overlay_faults(text), *notice_faults(opened)]:
        raise ScenarioError(faults)
    verify(opened)
    return Checked(checked_scenario(opened))


def schema(draft: str = "2020-12") -> dict[str, Any]:
    """The JSON Schema of a scenario, with calculators of other packages; draft 4 is what editors of TOML read."""
    from omsorg_cli.scenario.schema import DRAFTS
    from omsorg_cli.scenario.schema import schema as made

    join_others()
    if draft not in DRAFTS:
        raise OmsorgError(
            say("--draft: found {found}; allowed: {allowed}.", found=said(draft), allowed=", ".join(DRAFTS))
        )
    return made(draft)


class Converted:
    """A scenario, to be written in another format; nothing is lost but comments."""

    def __init__(self, scenario: Scenario) -> None:
        self._opened = open_scenario(as_read(scenario))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be said of how it and the files beside it were read."""
        return (*(one.read_as for one in self._opened.text.files), *map(again, self._opened.text.remarks))

    def written(self, suffix: str = ".toml") -> str | bytes:
        """The scenario in the format of the suffix."""
        return scenario_as(suffix, changed_data(self._opened))


def convert(scenario: Scenario, path: str | Path) -> Path:
    """Writes the scenario to a new file, .toml, .json or .xlsx; one that is there is not replaced."""
    from omsorg_cli.writing.output import save

    target = new_file(path_of(path))
    content = Converted(scenario).written(target.suffix.lower())
    save(content.encode() if isinstance(content, str) else content, target)
    return target
