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
    write_shown,
)
from omsorg_cli.cli.signature import keys_of, option, parameters_of, signed
from omsorg_cli.core.discounting import NOMINAL, REAL
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, shown
from omsorg_cli.core.language import (
    language_of_people,
    phrase,
    say,
    speak_to,
    speak_to_machines,
    spoken_by_people,
)
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.core.units import is_money
from omsorg_cli.writing.output import settings, tell_notice

if TYPE_CHECKING:
    from pathlib import Path

    from omsorg_cli.core.calculator import Calculator
    from omsorg_cli.library.answer import Answer, Figure


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
DATED = ("json", "xlsx")
"""The formats that carry a record of the run."""
BARE = ("table", "csv")
"""What bare numbers, a line each, may be written as."""


def command_of(calculator: "Calculator") -> Callable[..., None]:
    """The calculator's command: the common options, those for its keys, bare figures and switches."""
    parameters = parameters_of(_common) | keys_of(calculator)
    for key, (_, _, told, _) in calculator.bare.items():
        typed = Annotated[str | None, typer.Option(f"--{key}", metavar="NUMBER", help=told)]
        parameters[f"bare_{key}"] = option(f"bare_{key}", typed)
    for key, (name, told) in calculator.switches.items():
        parameters[name] = option(name, Annotated[bool | None, typer.Option(f"--{key}", help=told)])
    if calculator.choice:
        typed_limits = Annotated[
            list[str] | None, typer.Option("--limit", metavar="NAME=AMOUNT", help=calculator.choice.told)
        ]
        parameters["limit"] = option("limit", typed_limits)
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
    from omsorg_cli.library.answer import typed

    overlays, sets, given_rows = _asked(calculator, given)
    keys = {key: tuple(given[key] or ()) for key in calculator.keys}
    answer = typed(calculator.name, given["scenario"], sets, overlays, keys, given_rows)
    answer = answer.showing(_part(calculator, given, _in_prices(answer, calculator, given)))
    answer.refuse_impossible()
    if given.get("limit"):
        if chosen not in FORMATS or bare:
            raise OmsorgError(say("--limit is written as table, markdown, json or csv, without --value."))
        write_shown(answer.choose(given["limit"]), chosen, given["output"])
        return
    if given["scenario"] is None and (chosen != "table" or bare):
        tell_notice(say("Uses the shipped scenario {name}.", name=calculator.scenario))
    if bare:
        _write_bare(answer, given["value"], given["output"])
        return
    if chosen == "csv":
        with spoken_by_people():
            for text in (*answer.missing, *answer.warnings):
                tell_notice(text)
    _write(answer, chosen, given)


def _write(answer: "Answer", chosen: str, given: dict[str, Any]) -> None:
    """Writes the answer in the format chosen, as the options say."""
    output = given["output"]
    told = moment() if given["dated"] else None
    if chosen in ("table", "markdown"):
        text = as_text(answer.parts(full=given["full"]), chosen, output)
        write(text, output, paged=chosen == "table")
    elif chosen == "json":
        write(answer.json(told), output, is_json=True)
    elif chosen == "csv":
        write(answer.csv(for_people=_is_for_people(given)), output)
    elif chosen == "xlsx":
        write(answer.xlsx(told), output)
    else:
        write_shown(answer, chosen, output)


def _write_bare(answer: "Answer", name: str, output: "Path | None") -> None:
    """Writes the values of the figure, a line each; a figure that is left out is no answer."""
    figures = answer.of_name(name)
    with spoken_by_people():
        why = answer.reasons(name)
        if not figures:
            none = say("{name} does not apply to the rows that are asked for.", name=name)
            raise NoAnswerError("\n".join(why) or none)
        for text in (*answer.beside(figures, every=settings.verbose), *why):
            tell_notice(text)
    write("".join(f"{bare_text(figure.value)}\n" for figure in figures), output)


def _in_prices(answer: "Answer", calculator: "Calculator", given: dict[str, Any]) -> "Sequence[Figure]":
    """The figures in the prices that were asked for; both, where the scenario has indexes and nobody asked."""
    figures = answer.figures
    wanted = given.get("prices") or "both"
    if wanted not in PRICES:
        values = {"found": shown(wanted), "allowed": ", ".join(PRICES)}
        raise OmsorgError(say("--prices: found {found}; allowed: {allowed}.", **values))
    found = {figure.figure for figure in figures}
    if given.get("prices") in ("current", "both") and found.isdisjoint(calculator.current.values()):
        raise NoAnswerError(say("--prices: the scenario has no table [prices], or no index for these years."))
    if wanted == "both":
        return figures
    nominal = answer.result.layout.find(NOMINAL, ()) is not None
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
        raise NoAnswerError(say("The scenario has no data for {option}.", option=option))
    return found


def _format(given: dict[str, Any]) -> str:
    """The format that was asked for; options that exclude each other are an error."""
    chosen = format_of(given["format_"], given["output"], suffixes=SUFFIXES | WORKBOOK | PAGES | PICTURES)
    if given["csv_"] is not None:
        if given["csv_"] not in DIALECTS:
            told = {"found": shown(given["csv_"]), "allowed": ", ".join(DIALECTS)}
            raise OmsorgError(say("--csv: found {found}; allowed: {allowed}.", **told))
        if chosen != "csv":
            raise OmsorgError(say("--csv is only used with --format csv or --output FILE.csv."))
    if chosen == "csv" and _is_for_people(given):
        speak_to("nb")
    named = given["format_"] or (given["output"] is not None and chosen not in BARE)
    if given["value"] is not None and (named or chosen not in FORMATS):
        raise OmsorgError(say("--value and a format cannot be used together: --value prints bare numbers."))
    if given["dated"] and (given["value"] is not None or chosen not in DATED):
        raise OmsorgError(say("--dated goes with JSON and with workbooks; the other formats carry no record."))
    return chosen


def _asked(calculator: "Calculator", given: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...], Any]:
    """What was asked for in place of what the scenario has: overlays, changes, and bare figures."""
    stated = {key: text for key in calculator.bare if (text := given[f"bare_{key}"]) is not None}
    turned_on = (f"{calculator.table}.{name}=true" for name, _ in calculator.switches.values() if given[name])
    return overlays_of(given["with_"]), (*turned_on, *(given["set_"] or ())), (calculator.bare_table(stated), stated)


def _is_for_people(given: dict[str, Any]) -> bool:
    """Whether CSV is for a spreadsheet of Norwegian settings: asked for, or where Norwegian is spoken."""
    return bool(given["csv_"] == SPREADSHEET or (given["csv_"] is None and language_of_people() == "nb"))
