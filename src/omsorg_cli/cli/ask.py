"""The verbs that ask more of a calculator's run."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.calculators import load
from omsorg_cli.cli.options import (
    CalculatorName,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    named_calculator,
    overlays_of,
    write,
)
from omsorg_cli.cli.signature import keys_of, parameters_of, signed
from omsorg_cli.output import tell

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator

EXPLANATIONS = ("text", "json", "markdown", "mermaid")
SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".mmd": "mermaid", ".txt": "text"}


def command_of(verb: str, calculator: "Calculator | None") -> Callable[..., None]:
    """The verb's command: its options and the calculator's keys; without a calculator, it tells which there are."""
    ask = VERBS[verb]
    if calculator is None:
        return _unasked
    parameters = parameters_of(ask) | keys_of(calculator, "Only this {key} (repeatable).")
    del parameters["keys"]
    names = calculator.keys

    def command(**given: Any) -> None:
        ask(keys={name: tuple(given.pop(name) or ()) for name in names}, **given)

    return signed(command, parameters)


def _unasked(calculator: CalculatorName) -> None:
    named_calculator(calculator)


def explain_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Annotated[
        str | None, typer.Option("--figure", metavar="NAME", help="Open this figure; without it, the headline figures.")
    ] = None,
    depth: Annotated[int | None, typer.Option("--depth", min=0, help="How many steps down; without it, all.")] = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Annotated[
        str | None, typer.Option("--format", metavar="|".join(EXPLANATIONS), help="What is printed.")
    ] = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Open a figure, down to the page that it came from."""
    chosen = format_of("text" if format_ == "table" else format_, output, EXPLANATIONS, SUFFIXES)
    from omsorg_cli.render import explanation
    from omsorg_cli.run import result_of
    from omsorg_cli.scenario.load import Wish
    from omsorg_cli.scenario.read import read
    from omsorg_cli.selection import Selection, opened

    known = load(calculator)
    reference = scenario or known.scenario
    wish = Wish(overlays_of(with_), tuple(set_ or ()))
    result = result_of(read(reference), wish, calculator)
    figures = opened(result, Selection(keys).of(result), (figure,) if figure else known.headlines)
    if scenario is None:
        tell(f"omsorg: uses the shipped scenario {reference}.")
    renderers = {
        "text": explanation.render_text,
        "json": explanation.render_json,
        "markdown": explanation.render_markdown,
        "mermaid": explanation.render_mermaid,
    }
    write(renderers[chosen](result, figures, depth), output)


VERBS: dict[str, Callable[..., None]] = {"explain": explain_command}
