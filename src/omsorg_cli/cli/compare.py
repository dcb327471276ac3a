"""The verb `compare`."""

from typing import Annotated

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.options import (
    PAGES,
    PICTURES,
    SUFFIXES,
    WORKBOOK,
    CalculatorName,
    Format,
    Output,
    Overlays,
    Sets,
    format_of,
    overlays_of,
    write_shown,
)
from omsorg_cli.cli.shared import run_of, tell_beside
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

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

    Where one scenario is given an option twice, such as --base, the two rows are compared.
    """
    chosen = format_of(format_, output, suffixes=SUFFIXES | WORKBOOK | PICTURES | PAGES)
    from omsorg_cli.library.answer import compared
    from omsorg_cli.library.named import names

    if (scenarios or []).count("-") > 1:
        raise OmsorgError(say("compare: standard input can be read once; name the other scenario by its file."))
    wanted = figure or names(calculator).figures
    several = next(((key, items) for key, items in keys.items() if len(items) > 1), None)
    sides = []
    for name in scenarios or [""]:
        answer = run_of(calculator, name or None, set_, with_, keys)
        tell_beside(answer, name or None, wanted, shown=True)
        shown = answer.showing(answer.opened(wanted))
        label = _label(calculator, name, overlays_of(with_), changed=bool(set_))
        sides.append(("" if several and not name else label, shown, several))
    write_shown(compared(sides), chosen, output)


def _label(calculator: str, scenario: str, overlays: tuple[str, ...], *, changed: bool) -> str:
    """What the side of a scenario is called."""
    from omsorg_cli.library.answer import named

    label = "+".join((named(calculator, scenario), *overlays))
    return f"{label} (changed)" if changed else label
