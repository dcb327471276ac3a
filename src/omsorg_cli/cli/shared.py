"""What the verbs on a calculator's run have in common: the run, and the figures that are asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.calculators import load
from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import overlays_of
from omsorg_cli.core.language import say
from omsorg_cli.writing.output import settings, tell_notice

if TYPE_CHECKING:
    from omsorg_cli.render.parts import Part
    from omsorg_cli.result import Figure, Result
    from omsorg_cli.scenario.load import Request

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


def request_of(set_: list[str] | None, with_: list[str] | None) -> "Request":
    """The changes and overlays that were asked for."""
    from omsorg_cli.scenario.load import Request

    return Request(overlays_of(with_), tuple(set_ or ()))


def name_shipped(calculator: str, scenario: str | None) -> None:
    """Names the calculator's shipped scenario, where none was named."""
    if scenario is None:
        tell_notice(say("Uses the shipped scenario {name}.", name=load(calculator).scenario))


def figures_to_open(
    calculator: str,
    scenario: str | None,
    set_: list[str] | None,
    with_: list[str] | None,
    keys: Keys,
    names: Sequence[str],
    *,
    shown: bool = False,
    noticed: bool = False,
    first: bool = False,
) -> tuple["Result", tuple["Figure", ...]]:
    """The run, and the records to look into: of the figures named, or else of the headline figures.

    `shown` says that what is printed names the scenario, `noticed` that it tells the notices: nobody has to beside it.
    With `first`, of the headline figures only the first that the scenario gives.
    """
    from omsorg_cli.questions.shared.selection import Selection, opened
    from omsorg_cli.render.typed import beside
    from omsorg_cli.result import refuse_impossible, result_of
    from omsorg_cli.scenario.read import read

    known = load(calculator)
    result = result_of(read(scenario or known.scenario), request_of(set_, with_), calculator)
    selection = Selection(keys)
    shown_figures = selection.of(result)
    figures = opened(result, shown_figures, names or result.headlines or known.headlines)
    if first and not names:
        figures = tuple(one for one in figures if one.figure == figures[0].figure)
    refuse_impossible(result, shown_figures)
    if not shown:
        name_shipped(calculator, scenario)
    told = beside(result, figures, selection, every=settings.verbose)
    for text in result.warnings_of(figures) if noticed else told:
        tell_notice(text)
    return result, figures


def drawn(output: Path | None, picture: Callable[[Any], str]) -> bytes:
    """The picture of what a verb says, in the format of the file's suffix."""
    from omsorg_cli.render.pictures import questions

    return questions.drawn(picture(questions), output.suffix.lower() if output else "")


def page(
    result: "Result",
    parts: "Sequence[Part]",
    pictures: Callable[[], Iterable[str]] = tuple,
    told: "Sequence[tuple[str, str]]" = (),
) -> bytes:
    """The page of what a verb says, with its pictures; `told` is what its record says of the question."""
    from omsorg_cli.render.report import render_parts

    return render_parts(result, parts, [one for one in pictures() if one], told)


def workbook(result: "Result", figures: "Sequence[Figure]", answer: Callable[[Any], Any]) -> bytes:
    """The workbook of the figures, with a sheet of what was asked of them."""
    from omsorg_cli.render import workbook as book
    from omsorg_cli.render.workbook import answers

    return book.render(result, figures, answers=(answer(answers),))
