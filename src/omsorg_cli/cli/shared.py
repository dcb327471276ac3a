"""What the verbs on a calculator's run have in common: the run, and the figures that are asked for."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import overlays_of
from omsorg_cli.core.language import say, spoken_by_people
from omsorg_cli.writing.output import settings, tell_notice

if TYPE_CHECKING:
    from omsorg_cli.library.answer import Answer

Figures = Annotated[
    list[str] | None,
    typer.Option(
        "--figure",
        metavar="NAME",
        help="This figure (repeatable); by default the headline figures.",
        autocompletion=complete.figures,
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="tcp://HOST:PORT|local:N", help="Work on a Dask cluster, or on one started here."
    ),
]
Keys = Mapping[str, tuple[str, ...]]


def run_of(
    calculator: str,
    scenario: str | None,
    set_: list[str] | None,
    with_: list[str] | None,
    keys: Keys,
) -> "Answer":
    """The run that is asked about."""
    from omsorg_cli.library.answer import typed

    return typed(calculator, scenario, set_, overlays_of(with_), keys)


def name_shipped(calculator: str, scenario: str | None) -> None:
    """Names the calculator's shipped scenario, where none was named."""
    if scenario is None:
        from omsorg_cli.library.answer import named

        tell_notice(say("Uses the shipped scenario {name}.", name=named(calculator, "")))


def tell_beside(
    answer: "Answer",
    scenario: str | None,
    names: Sequence[str],
    *,
    shown: bool = False,
    noticed: bool = False,
    first: bool = False,
) -> None:
    """Says beside an answer what must be said of the figures named, or of the headline figures, if they can be.

    `shown` says that what is printed names the scenario, `noticed` that it tells the notices: nobody has to beside it.
    With `first`, of the headline figures only the first that the scenario gives.
    """
    figures = answer.opened(names, first=first)
    answer.refuse_impossible()
    if not shown:
        name_shipped(answer.calculator, scenario)
    with spoken_by_people():
        told = answer.result.warnings_of(figures) if noticed else answer.beside(figures, every=settings.verbose)
        for text in told:
            tell_notice(text)
