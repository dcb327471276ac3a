"""The verb `explain`."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from omsorg_cli.cli.options import CalculatorName, Output, Overlays, Scenario, Sets, format_of, write, write_folded
from omsorg_cli.cli.shared import figures_to_open

FORMATS = ("text", "json", "markdown", "mermaid")
SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".mmd": "mermaid", ".txt": "text"}


def explain_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Annotated[
        str | None, typer.Option("--figure", metavar="NAME", help="Open this figure; without it, the headline figures.")
    ] = None,
    depth: Annotated[int | None, typer.Option("--depth", min=0, help="How many steps down; without it, all.")] = None,
    quote: Annotated[bool, typer.Option("--quote", help="Show the words of the documents too; JSON has them.")] = False,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="|".join(FORMATS), help="What is printed.")] = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Open a figure, down to the place that it came from."""
    chosen = format_of("text" if format_ == "table" else format_, output, FORMATS, SUFFIXES)
    from omsorg_cli.render import explain as explanation

    result, figures = figures_to_open(
        calculator, scenario, set_, with_, keys, (figure,) if figure else (), noticed=True
    )
    renderers: dict[str, Callable[..., str]] = {
        "text": partial(explanation.render_text, quotes=quote),
        "json": explanation.render_json,
        "markdown": partial(explanation.render_markdown, quotes=quote),
        "mermaid": explanation.render_mermaid,
    }
    text = renderers[chosen](result, figures, depth)
    if chosen == "text":
        write_folded(text, output)
    else:
        write(text, output, is_json=chosen == "json")
