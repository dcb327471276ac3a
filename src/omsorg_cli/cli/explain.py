"""The verb `explain`."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import CalculatorName, Output, Overlays, Scenario, Sets, format_of, write, write_folded
from omsorg_cli.cli.shared import figures_to_open

SHALLOW = 2
"""Steps down, where no figure is named."""
READ = ("text", "markdown")
"""The formats that people read from the beginning: the others have every step."""
FORMATS = ("text", "json", "markdown", "mermaid")
SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".mmd": "mermaid", ".txt": "text"}


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
        typer.Option("--depth", min=0, help="Steps to go down; by default all, or two where no figure is named."),
    ] = None,
    quote: Annotated[bool, typer.Option("--quote", help="Quote the documents too; JSON always does.")] = False,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="What is printed.")] = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Trace a figure to its sources.

    Each step of the calculation with its formula and its numbers, down to the place in the document.
    """
    chosen = format_of("text" if format_ == "table" else format_, output, FORMATS, SUFFIXES)
    from omsorg_cli.render import explain as explanation

    in_short = figure is None and depth is None and chosen in READ
    names = (figure,) if figure else ()
    result, figures = figures_to_open(calculator, scenario, set_, with_, keys, names, noticed=not in_short)
    renderers: dict[str, Callable[..., str]] = {
        "text": partial(explanation.render_text, quotes=quote, in_short=in_short),
        "json": explanation.render_json,
        "markdown": partial(explanation.render_markdown, quotes=quote, in_short=in_short),
        "mermaid": explanation.render_mermaid,
    }
    text = renderers[chosen](result, figures, SHALLOW if in_short else depth)
    if chosen == "text":
        write_folded(text, output)
    else:
        write(text, output, is_json=chosen == "json")
