"""The verb `sensitivity`."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.cli.options import (
    FORMATS,
    PAGES,
    PICTURES,
    SUFFIXES,
    WORKBOOK,
    CalculatorName,
    Format,
    Output,
    Overlays,
    Scenario,
    Sets,
    format_of,
    number,
    write_rendered,
)
from omsorg_cli.cli.shared import Figures, figures_to_open, page, workbook
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import say

if TYPE_CHECKING:
    from omsorg_cli.questions.sensitivity import Sensitivity
    from omsorg_cli.result import Figure, Result


def sensitivity_command(
    *,
    calculator: CalculatorName,
    scenario: Scenario = None,
    figure: Figures = None,
    only_ranged: Annotated[bool, typer.Option("--only-ranged", help="Only inputs that have a range.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Every input, not only the ten that matter most.")] = False,
    global_: Annotated[
        bool, typer.Option("--global", help="Vary all inputs at once: Sobol indices instead of a tornado.")
    ] = False,
    samples: Annotated[
        int | None,
        number("--samples", "Points of --global, a power of 2; by default 4096."),
    ] = None,
    seed: Annotated[
        int | None,
        number("--seed", "Random seed of --global; by default 1."),
    ] = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    keys: dict[str, tuple[str, ...]],
) -> None:
    """Show what matters most.

    How far a figure moves as each input does, the input that moves it most first.
    """
    chosen = format_of(format_, output, suffixes=SUFFIXES | WORKBOOK | PICTURES | PAGES)
    if not global_ and (samples is not None or seed is not None):
        raise OmsorgError(say("--samples and --seed go with --global: a tornado draws nothing."))
    from omsorg_cli.questions.sensitivity import sensitivity
    from omsorg_cli.render import sensitivity as renderer

    result, figures = figures_to_open(
        calculator, scenario, set_, with_, keys, figure or (), shown=chosen == "table", first=True
    )
    if global_:
        _global(result, figures, (samples, seed), chosen, output)
        return
    found = [sensitivity(result, one, only_ranged=only_ranged) for one in figures]
    files = {
        "xlsx": lambda: workbook(result, figures, lambda answers: answers.sensitivity(found)),
        "html": lambda: page(result, renderer.document(found), lambda: _tornadoes(found)),
        "picture": lambda: _picture(found, output),
    }
    write_rendered(_Shown(renderer, all_), found, chosen, output, files)


class _Shown:
    """The renderer, with every input or with those that matter most."""

    def __init__(self, renderer: Any, every: bool) -> None:
        self.render_json, self.render_csv = renderer.render_json, renderer.render_csv
        self.document = partial(renderer.document, every=every)


def _tornadoes(found: "Sequence[Sensitivity]") -> "Iterator[str]":
    from omsorg_cli.render.pictures.tornado import tornado

    return (tornado(one) for one in found)


def _picture(found: "Sequence[Sensitivity]", output: Path | None) -> bytes:
    from omsorg_cli.render.pictures.tornado import drawn

    return drawn(found, output.suffix.lower() if output else "")


def _global(
    result: "Result",
    figures: "Sequence[Figure]",
    drawn: tuple[int | None, int | None],
    chosen: str,
    output: Path | None,
) -> None:
    from omsorg_cli.questions.indices import SAMPLES, sobol
    from omsorg_cli.render import indices

    if chosen not in FORMATS:
        allowed = ", ".join(FORMATS)
        told = say("--global: is written as {formats}; pictures and workbooks show the tornado.", formats=allowed)
        raise OmsorgError(told)
    samples, seed = (usual if given is None else given for given, usual in zip(drawn, (SAMPLES, 1), strict=True))
    write_rendered(indices, [sobol(result, one, samples, seed) for one in figures], chosen, output)
