"""The command of a calculator: one run, shown or written in one format."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.cli.options import (
    SUFFIXES,
    WORKBOOK,
    Dated,
    Format,
    Output,
    Overlays,
    Scenario,
    Sets,
    ValueOf,
    as_text,
    format_of,
    moment,
    overlays_of,
    write,
)
from omsorg_cli.cli.signature import keys_of, option, parameters_of, signed
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.writing.output import tell

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator
    from omsorg_cli.run import Figure, Result


DATED = ("json", "xlsx")
"""The formats that carry a record of the run."""


def command_of(calculator: "Calculator") -> Callable[..., None]:
    """The calculator's command: the common options, one for each key of its records, one for each bare figure."""
    parameters = parameters_of(_common) | keys_of(calculator, "Show only this {key} (repeatable).")
    for key, (_, _, told) in calculator.bare.items():
        typed = Annotated[str | None, typer.Option(f"--{key}", metavar="NUMBER", help=told)]
        parameters[f"bare_{key}"] = option(f"bare_{key}", typed)

    def command(**given: Any) -> None:
        _calculate(calculator, given)

    return signed(command, parameters)


def _common(
    *,
    scenario: Scenario = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    value: ValueOf = None,
    dated: Dated = False,
) -> None:
    """The options that every calculator has."""


def _calculate(calculator: "Calculator", given: dict[str, Any]) -> None:
    """Runs the calculator on the scenario and writes what was asked for."""
    chosen = _format(given)
    bare = given["value"] is not None
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.run import refuse_impossible, result_of
    from omsorg_cli.scenario.read import read

    reference = given["scenario"] or calculator.scenario
    request = _request(calculator, given)
    result = result_of(read(reference), request, calculator.name)
    selection = Selection({key: tuple(given[key] or ()) for key in calculator.keys})
    figures = selection.of(result)
    refuse_impossible(result, figures)
    if given["scenario"] is None and (chosen != "table" or bare):
        tell(f"omsorg: uses the shipped scenario {reference}.")
    _tell(result, figures, chosen, given["value"])
    if bare:
        write(_bare_numbers(result, figures, given["value"]), given["output"])
    else:
        told = moment() if given["dated"] else None
        rendered = _rendered(result, figures, chosen, given["output"], told, selection.wanted)
        write(rendered, given["output"], is_json=chosen == "json")


def _tell(result: "Result", figures: "Sequence[Figure]", chosen: str, value: str | None) -> None:
    """Says beside bare numbers and CSV what the other formats say with the figures."""
    if value is not None:
        from omsorg_cli.questions.shared.notices import told_with

        for text in told_with(result, _asked_for(result, figures, value)):
            tell(f"omsorg: {text}")
    elif chosen == "csv":
        for text in (*result.missing, *result.warnings):
            tell(f"omsorg: {text}")


def _format(given: dict[str, Any]) -> str:
    """The format that was asked for; options that exclude each other are an error."""
    if given["format_"] == "xlsx":
        raise OmsorgError("--format xlsx: a workbook is a file; write --output FILE.xlsx alone.")
    chosen = format_of(given["format_"], given["output"], suffixes=SUFFIXES | WORKBOOK)
    if given["value"] is not None and (given["format_"] or chosen == "xlsx"):
        raise OmsorgError("--value and a format exclude each other: --value prints bare numbers.")
    if given["dated"] and (given["value"] is not None or chosen not in DATED):
        raise OmsorgError("--dated goes with JSON and with workbooks; the other formats carry no record.")
    return chosen


def _request(calculator: "Calculator", given: dict[str, Any]) -> Any:
    """What was asked for in place of what the scenario has."""
    from omsorg_cli.scenario.load import Request

    stated = {key: text for key in calculator.bare if (text := given[f"bare_{key}"]) is not None}
    if len(stated) > 1:
        options = " and ".join(f"--{key}" for key in stated)
        raise OmsorgError(f"{options} exclude each other: one is converted to the others.")
    return Request(overlays_of(given["with_"]), tuple(given["set_"] or ()), calculator.bare_table(stated), stated)


def _rendered(
    result: "Result",
    figures: "Sequence[Figure]",
    chosen: str,
    output: Path | None,
    told: str | None,
    shown_by: "Mapping[str, Sequence[str]]",
) -> str | bytes:
    """The figures in the format; with the time of the run, if that is told."""
    if chosen == "xlsx":
        from omsorg_cli.render.workbook import render

        return render(result, figures, told, shown_by=shown_by)
    if chosen == "json":
        from omsorg_cli.render.data import render_json

        return render_json(result, figures, told, shown_by)
    if chosen == "csv":
        from omsorg_cli.render.data import render_csv

        return render_csv(result, figures)
    from omsorg_cli.render.document import document

    return as_text(document(result, figures), chosen, output)


def _bare_numbers(result: "Result", figures: "Sequence[Figure]", name: str) -> str:
    """The values of the figure, a line each; a figure that is left out is no answer."""
    known = result.calculator.figures
    if name not in known:
        raise OmsorgError(f"--value {name}: is no figure of {result.calculator.name}. {nearest(name, known)}")
    values = [figure.value for figure in _asked_for(result, figures, name)]
    why = result.reasons([name])
    if not values:
        raise NoAnswerError("\n".join(why) or f"{name}: does not apply to the records that are asked for.")
    for text in why:
        tell(f"omsorg: {text}")
    return "".join(f"{bare_text(value)}\n" for value in values)


def _asked_for(result: "Result", figures: "Sequence[Figure]", name: str) -> "list[Figure]":
    """The records of the figure; where it is one for all rows and no rows are asked for, that one, not a part of it."""
    found = [figure for figure in figures if figure.figure == name]
    levels = result.record.plan.figure_levels[result.calculator.name].get(name, ())
    if () not in levels or len(figures) < len(result.figures):
        return found
    return [figure for figure in found if not any(key is not None for key in figure.keys.values())]
