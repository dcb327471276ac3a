"""The verb `compare`."""

from typing import TYPE_CHECKING, Annotated

import typer

from omsorg_cli.calculators import load
from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import (
    PAGES,
    SUFFIXES,
    WORKBOOK,
    CalculatorName,
    Format,
    Output,
    Overlays,
    Sets,
    format_of,
    write_rendered,
)
from omsorg_cli.cli.shared import figures_to_open, page, workbook
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omsorg_cli.questions.compare import Column, Comparison

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="A B …",
        help="Scenarios, each a path or a shipped one, with or without +OVERLAY.",
        autocompletion=complete.scenarios,
    ),
]


def compare_command(
    *,
    calculator: CalculatorName,
    scenarios: Scenarios = None,
    figure: Annotated[
        list[str] | None,
        typer.Option(
            "--figure",
            metavar="NAME",
            help="This figure (repeatable); by default all.",
            autocompletion=complete.figures,
        ),
    ] = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Set scenarios side by side.

    What differs between scenarios, variants or comparators, and by how much.

    One scenario with a key that is given twice, such as --base, is compared by that key.
    """
    chosen = format_of(format_, output, suffixes=SUFFIXES | WORKBOOK | PAGES)
    from omsorg_cli.questions.compare import compare
    from omsorg_cli.render import compare as renderer

    if (scenarios or []).count("-") > 1:
        raise OmsorgError(say("compare: standard input can be read once; name the other scenario by its file."))
    columns: list[Column] = []
    for name in scenarios or [""]:
        columns += _columns(calculator, name, set_, with_, keys, figure)
    found, first = compare(columns), columns[0]
    files = {"xlsx": lambda: workbook(first.result, first.result.figures, lambda answers: answers.comparison(found))}
    files["html"] = lambda: page(first.result, renderer.document(found), lambda: _pictures(found))
    write_rendered(renderer, found, chosen, output, files)


def _pictures(found: "Comparison") -> "Iterator[str]":
    """The first headline figure of every side."""
    from omsorg_cli.questions.shared.selection import fewest_coordinates
    from omsorg_cli.render.pictures.svg import svg
    from omsorg_cli.render.pictures.views import side_by_side

    beside = {one.any.node: one.figures for one in found.figures}
    headlines = found.columns[0].result.calculator.headlines
    for first in fewest_coordinates([one.any for one in found.figures], headlines)[:1]:
        sides = zip(found.columns, beside[first.node], strict=True)
        yield svg(side_by_side([(at.name, at.result, one) for at, one in sides if one is not None]), alone=False)


def _columns(
    calculator: str,
    scenario: str,
    set_: list[str] | None,
    with_: list[str] | None,
    keys: dict[str, tuple[str, ...]],
    names: list[str] | None,
) -> "list[Column]":
    """The scenario's column, or one for each item of a key that is given several times."""
    from omsorg_cli.questions.compare import Column, by_item

    names = names or list(load(calculator).figures)
    result, figures = figures_to_open(calculator, scenario or None, set_, with_, keys, names, shown=True)
    several = next((key for key, items in keys.items() if len(items) > 1), None)
    label = "+".join((scenario or load(calculator).scenario, *result.scenario.request.overlays))
    label += " (changed)" if result.scenario.request.sets else ""
    if several is None:
        return [Column(label, result, figures)]
    found = by_item(result, figures, several, keys[several])
    return [one._replace(name=f"{label}: {one.name}") for one in found] if scenario else found
