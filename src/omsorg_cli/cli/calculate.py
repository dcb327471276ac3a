"""The command of a calculator: one run, shown or written in one format."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.cli.options import (
    DIALECTS,
    FORMATS,
    PAGES,
    PICTURES,
    SUFFIXES,
    WORKBOOK,
    CsvFor,
    Dated,
    Format,
    Full,
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
    write_rendered,
)
from omsorg_cli.cli.signature import keys_of, option, parameters_of, signed
from omsorg_cli.core.discounting import NOMINAL, REAL
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest, shown
from omsorg_cli.core.language import language_of_people, phrase, say, speak_to, speak_to_machines
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.core.units import is_money
from omsorg_cli.writing.output import settings, tell_notice

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.result import Figure, Result


SPREADSHEET = "excel-nb"
PRICES = ("fixed", "current", "both")
FIXED_ALONE = phrase(
    "--prices current: {figure} is discounted at a real rate ({real}), which belongs to fixed prices; state {nominal} "
    "in its place, or ask for --prices fixed."
)
CURRENT_ALONE = phrase(
    "--prices fixed: {figure} is discounted at a nominal rate ({nominal}), which belongs to current prices; state "
    "{real} in its place, or ask for --prices current."
)
NO_PRESENT_VALUE = phrase("Present values at a real rate are of fixed prices, and are not shown with --prices current.")
NO_PRESENT_VALUE_FIXED = phrase(
    "Present values at a nominal rate are of current prices, and are not shown with --prices fixed."
)
PricesOption = Annotated[
    str | None,
    typer.Option("--prices", metavar="|".join(PRICES), help="Show amounts by year in fixed prices, current, or both."),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=AMOUNT", help="Choose what is worth most within this limit (repeatable)."),
]
DATED = ("json", "xlsx")
"""The formats that carry a record of the run."""


def command_of(calculator: "Calculator") -> Callable[..., None]:
    """The calculator's command: the common options, those for its keys, bare figures and switches."""
    parameters = parameters_of(_common) | keys_of(calculator)
    for key, (_, _, told) in calculator.bare.items():
        typed = Annotated[str | None, typer.Option(f"--{key}", metavar="NUMBER", help=told)]
        parameters[f"bare_{key}"] = option(f"bare_{key}", typed)
    for key, (name, told) in calculator.switches.items():
        parameters[name] = option(name, Annotated[bool | None, typer.Option(f"--{key}", help=told)])
    if calculator.choice:
        parameters["limit"] = option("limit", LimitOption)
    if calculator.current:
        parameters["prices"] = option("prices", PricesOption)
    for key, (told, _) in calculator.parts.items():
        parameters[f"part_{key}"] = option(f"part_{key}", Annotated[bool, typer.Option(f"--{key}", help=told)])

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
    full: Full = False,
    csv_: CsvFor = None,
) -> None:
    """The options that every calculator has."""


def _calculate(calculator: "Calculator", given: dict[str, Any]) -> None:
    """Runs the calculator on the scenario and writes what was asked for."""
    chosen = _format(given)
    bare = given["value"] is not None
    if bare:
        speak_to_machines()
    from omsorg_cli.result import refuse_impossible, result_of
    from omsorg_cli.scenario.read import read

    reference = given["scenario"] or calculator.scenario
    request = _request(calculator, given)
    result = result_of(read(reference), request, calculator.name)
    figures = _part(calculator, given, _in_prices(result, calculator, given, _selection(result, given).of(result)))
    refuse_impossible(result, figures)
    if given.get("limit"):
        _choose(result, given, chosen)
        return
    if given["scenario"] is None and (chosen != "table" or bare):
        tell_notice(say("Uses the shipped scenario {name}.", name=reference))
    _tell(result, figures, chosen, given["value"], _selection(result, given))
    if bare:
        write(_bare_numbers(result, figures, given["value"]), given["output"])
    else:
        told = moment() if given["dated"] else None
        rendered = _rendered(result, figures, chosen, given, told)
        write(rendered, given["output"], paged=chosen == "table", is_json=chosen == "json")


def _choose(result: "Result", given: dict[str, Any], chosen: str) -> None:
    """Writes which rows to choose within the limits, in the place of the figures."""
    from omsorg_cli.questions.choice import choose, limits_of
    from omsorg_cli.render import choice as renderer

    if chosen not in FORMATS or given["value"] is not None:
        raise OmsorgError(say("--limit: is written as table, markdown, json or csv, without --value."))
    write_rendered(renderer, choose(result, limits_of(result.calculator, given["limit"])), chosen, given["output"])


def _in_prices(
    result: "Result", calculator: "Calculator", given: dict[str, Any], figures: "Sequence[Figure]"
) -> "Sequence[Figure]":
    """The figures in the prices that were asked for; both, where the scenario has indexes and nobody asked."""
    wanted = given.get("prices") or "both"
    if wanted not in PRICES:
        values = {"found": shown(wanted), "allowed": ", ".join(PRICES)}
        raise OmsorgError(say("--prices: found {found}; allowed: {allowed}.", **values))
    found = {figure.figure for figure in figures}
    if given.get("prices") in ("current", "both") and found.isdisjoint(calculator.current.values()):
        raise NoAnswerError(say("--prices: the scenario has no table [prices], or no index for these years."))
    if wanted == "both":
        return figures
    nominal = result.layout.find(NOMINAL, ()) is not None
    told = set(calculator.present) if nominal == (wanted == "current") else set()
    _refuse_a_mix(given["value"], wanted, set(calculator.present) - told, found)
    if wanted == "current":
        told |= set(calculator.current.values())
        return [one for one in figures if one.figure in told or not is_money(one.unit)]
    hidden = set(calculator.current.values()) | (set(calculator.present) - told)
    return [one for one in figures if one.figure not in hidden]


def _refuse_a_mix(value: str | None, wanted: str, lacking: set[str], found: set[str]) -> None:
    """A present value at a real rate is of fixed prices, and one at a nominal rate of current prices."""
    if value in lacking:
        why = FIXED_ALONE if wanted == "current" else CURRENT_ALONE
        raise OmsorgError(say(why, figure=str(value), real=REAL, nominal=NOMINAL))
    if lacking & found:
        tell_notice(say(NO_PRESENT_VALUE if wanted == "current" else NO_PRESENT_VALUE_FIXED))


def _part(calculator: "Calculator", given: dict[str, Any], figures: "Sequence[Figure]") -> "Sequence[Figure]":
    """The figures of the parts that were asked for; all of them where none was."""
    wanted = {key: names for key, (_, names) in calculator.parts.items() if given[f"part_{key}"]}
    if not wanted:
        return figures
    found = [figure for figure in figures if any(figure.figure in names for names in wanted.values())]
    if not found:
        option = f"--{next(iter(wanted))}"
        raise NoAnswerError(say("{option}: the scenario has nothing to show for it.", option=option))
    return found


def _tell(result: "Result", figures: "Sequence[Figure]", chosen: str, value: str | None, keys: "Selection") -> None:
    """Says beside bare numbers and CSV what the other formats say with the figures."""
    if value is not None:
        from omsorg_cli.render.typed import beside

        for text in beside(result, _asked_for(result, figures, value), keys, every=settings.verbose):
            tell_notice(text)
    elif chosen == "csv":
        for text in (*result.missing, *result.warnings):
            tell_notice(text)


def _format(given: dict[str, Any]) -> str:
    """The format that was asked for; options that exclude each other are an error."""
    if given["format_"] == "xlsx":
        raise OmsorgError(say("--format xlsx: a workbook is a file; write --output FILE.xlsx alone."))
    chosen = format_of(given["format_"], given["output"], suffixes=SUFFIXES | WORKBOOK | PAGES | PICTURES)
    if given["csv_"] is not None:
        if given["csv_"] not in DIALECTS:
            told = {"found": shown(given["csv_"]), "allowed": ", ".join(DIALECTS)}
            raise OmsorgError(say("--csv: found {found}; allowed: {allowed}.", **told))
        if chosen != "csv":
            raise OmsorgError(say("--csv goes with --format csv, or with --output FILE.csv."))
    if chosen == "csv" and _is_for_people(given):
        speak_to("nb")
    if given["value"] is not None and (given["format_"] or chosen not in FORMATS):
        raise OmsorgError(say("--value and a format exclude each other: --value prints bare numbers."))
    if given["dated"] and (given["value"] is not None or chosen not in DATED):
        raise OmsorgError(say("--dated goes with JSON and with workbooks; the other formats carry no record."))
    return chosen


def _request(calculator: "Calculator", given: dict[str, Any]) -> Any:
    """What was asked for in place of what the scenario has."""
    from omsorg_cli.scenario.load import Request

    stated = {key: text for key in calculator.bare if (text := given[f"bare_{key}"]) is not None}
    if len(stated) > 1:
        options = ", ".join(f"--{key}" for key in stated)
        raise OmsorgError(say("{options} exclude each other: one is converted to the others.", options=options))
    turned_on = (f"{calculator.table}.{name}=true" for name, _ in calculator.switches.values() if given[name])
    sets = (*turned_on, *(given["set_"] or ()))
    return Request(overlays_of(given["with_"]), sets, calculator.bare_table(stated), stated)


def _rendered(
    result: "Result", figures: "Sequence[Figure]", chosen: str, given: dict[str, Any], told: str | None
) -> str | bytes:
    """The figures in the format; with the time of the run, if that is told."""
    if chosen == "xlsx":
        from omsorg_cli.render.workbook import render

        return render(result, figures, told, shown_by=_selection(result, given).wanted)
    if chosen in ("html", "picture"):
        return _drawn(result, figures, chosen, given)
    if chosen == "json":
        from omsorg_cli.render.data import render_json

        return render_json(result, figures, told, _selection(result, given).wanted)
    if chosen == "csv" and _is_for_people(given):
        from omsorg_cli.render.people_csv import people_csv

        return people_csv(result, figures)
    if chosen == "csv":
        from omsorg_cli.render.data import render_csv

        return render_csv(result, figures)
    from omsorg_cli.render.document import document

    parts = document(result, figures, _selection(result, given), full=given["full"])
    return as_text(parts, chosen, given["output"])


def _is_for_people(given: dict[str, Any]) -> bool:
    """Whether CSV is for a spreadsheet of Norwegian settings: asked for, or where Norwegian is spoken."""
    return bool(given["csv_"] == SPREADSHEET or (given["csv_"] is None and language_of_people() == "nb"))


def _drawn(result: "Result", figures: "Sequence[Figure]", chosen: str, given: dict[str, Any]) -> bytes:
    """The page, or the picture alone, of the figures; a PDF is the page printed."""
    suffix = given["output"].suffix.lower()
    if chosen == "html" or suffix == ".pdf":
        from omsorg_cli.render.report import render

        page = render(result, figures, _selection(result, given))
        if suffix != ".pdf":
            return page
        from omsorg_cli.writing.printing import printed

        return printed(page)
    from omsorg_cli.render.picture import drawn

    return drawn(result, figures, suffix)


def _selection(result: "Result", given: dict[str, Any]) -> "Selection":
    from omsorg_cli.questions.shared.selection import Selection

    return Selection({key: tuple(given[key] or ()) for key in result.calculator.keys})


def _bare_numbers(result: "Result", figures: "Sequence[Figure]", name: str) -> str:
    """The values of the figure, a line each; a figure that is left out is no answer."""
    known = result.calculator.figures
    if name not in known:
        told = {"name": name, "calculator": result.calculator.name, "hint": nearest(name, known)}
        raise OmsorgError(say("--value {name}: is no figure of {calculator}. {hint}", **told))
    values = [figure.value for figure in _asked_for(result, figures, name)]
    why = result.reasons([name])
    if not values:
        raise NoAnswerError("\n".join(why) or say("{name}: does not apply to the rows that are asked for.", name=name))
    for text in why:
        tell_notice(text)
    return "".join(f"{bare_text(value)}\n" for value in values)


def _asked_for(result: "Result", figures: "Sequence[Figure]", name: str) -> "list[Figure]":
    """The records of the figure; where it is one for all rows and no rows are asked for, that one, not a part of it."""
    found = [figure for figure in figures if figure.figure == name]
    levels = result.record.plan.figure_levels[result.calculator.name].get(name, ())
    if () not in levels or len(figures) < len(result.figures):
        return found
    return [figure for figure in found if not any(key is not None for key in figure.keys.values())]
