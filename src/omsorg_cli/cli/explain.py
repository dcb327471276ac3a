"""The verb `explain`."""

from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import (
    PAGES,
    PRINTED,
    CalculatorName,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    number,
    write,
    write_folded,
)
from omsorg_cli.cli.shared import run_of, tell_beside

READ = ("text", "markdown", *PRINTED.values(), *PAGES.values())
"""The formats that people read from the beginning: the others have every step."""
FORMATS = ("text", "json", "markdown", "mermaid")
SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".mmd": "mermaid", ".txt": "text"}
AS_PAGE = PAGES | PRINTED


def explain_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Annotated[
        str | None,
        typer.Option(
            "--figure",
            metavar="NAME",
            help="This figure; by default the headline figures.",
            autocompletion=complete.figures,
        ),
    ] = None,
    depth: Annotated[
        int | None,
        number("--depth", "Steps to go down; by default all, or two where no figure is named.", show_default=False),
    ] = None,
    quote: Annotated[bool, typer.Option("--quote", help="Quote the documents too; JSON always does.")] = False,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="What is printed.")] = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Trace a figure to its sources.

    Shows each step of the calculation with its formula and numbers, down to the place in the document.
    """
    chosen = format_of("text" if format_ == "table" else format_, output, FORMATS, SUFFIXES | AS_PAGE)
    in_short = figure is None and depth is None and chosen in READ
    answer = run_of(calculator, scenario, set_, with_, keys)
    tell_beside(answer, scenario, (figure,) if figure else (), noticed=not in_short)
    if chosen in AS_PAGE.values():
        write(answer.explained(figure, depth=depth, quotes=quote, as_pdf=chosen != "html"), output)
        return
    text = answer.explain(figure, depth=depth, quotes=quote, form=chosen, typed=True)
    if chosen == "text":
        write_folded(text, output)
    else:
        write(text, output, is_json=chosen == "json")
