"""The command `omsorg`: parses what is typed, calls, writes, and gives the exit code.

Everything heavy is imported inside the commands, so that help and a plain result are quick.
"""

import inspect
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli import __version__
from omsorg_cli.calculators import NAMES, load, summary
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, ScenarioError, nearest, plain
from omsorg_cli.output import emit, save, tell

if TYPE_CHECKING:
    from omsorg_cli.core.calculator import Calculator
    from omsorg_cli.render.document import Part
    from omsorg_cli.run import Figure, Result

FORMATS = ("table", "json", "csv", "markdown")
SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown", ".markdown": "markdown", ".txt": "table"}
EPILOG = "Results go to standard output, notices to standard error. Exit codes: 0 done, 1 no answer, 2 wrong input."

Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="SCENARIO",
        help="A path, the name of a shipped scenario, either with +OVERLAY, or - for standard input.",
        show_default=False,
    ),
]
Sets = Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change one input (repeatable).")]
Overlays = Annotated[
    list[str] | None, typer.Option("--with", metavar="NAME[,NAME]", help="Apply overlays of the scenario.")
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="|".join(FORMATS), help="What is printed; OMSORG_FORMAT sets the default."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write there instead; the suffix decides the format."),
]
ValueOf = Annotated[
    str | None,
    typer.Option("--value", metavar="NAME", help="Print the bare number of one figure, a line for each record shown."),
]


CalculatorName = Annotated[str, typer.Argument(metavar="CALCULATOR", help=f"One of {', '.join(NAMES)}.")]
EXPLANATIONS = ("text", "json", "markdown", "mermaid")


def run_program() -> None:
    """Runs the command line."""
    for word in sys.argv[1:]:
        if word.startswith("-") and plain(word) != word:
            raise OmsorgError(f"{plain(word)}: an option holds letters that cannot be shown.")
    program(sys.argv[1:])(prog_name="omsorg")


def program(words: Sequence[str]) -> typer.Typer:
    """The program, with the options of those calculators that the words name; the others have a line in the help."""
    made = typer.Typer(
        help="A what-if calculator for municipal health and care services in Norway.",
        epilog=EPILOG,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_root)
    asked = next((name for name in NAMES if name in words), None)
    for name in NAMES:
        named = name in words and not any(verb in words for verb in ASKING)
        made.command(name, help=_help(name) if named else summary(name))(_command(name) if named else _nothing)
    for verb, ask in ASKING.items():
        is_asked = verb in words and asked is not None
        made.command(verb, help=ask.__doc__)(_asking(ask, load(asked)) if is_asked and asked else _unasked(ask))
    for verb, command in VERBS.items():
        made.command(verb)(command)
    return made


def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        print(f"omsorg {__version__}")
        raise typer.Exit


def _nothing() -> None:
    """Stands for a command that is only listed."""


def _help(name: str) -> str:
    """The calculator's docstring without its examples."""
    text = sys.modules[load(name).inputs.__module__].__doc__ or ""
    told = "\n\n".join(part for part in text.split("\n\n") if not part.lstrip().startswith(">>>"))
    encoding = (
        getattr(sys.stdout, "encoding", None) or "ascii"
    )  # the library would write UTF-8 to a terminal that has only ASCII
    return told.encode(encoding, "replace").decode(encoding)


def _command(name: str) -> Callable[..., None]:
    """The command of a calculator: the common options, one for each key of its records, one for each bare figure."""
    calculator = load(name)
    parameters = dict(inspect.signature(_common).parameters)
    for key in calculator.keys:
        option = typer.Option(f"--{key}", metavar="KEY", help=f"Show only this {key} (repeatable).")
        parameters[key] = _parameter(key, Annotated[list[str] | None, option])
    for key, (_, _, told) in calculator.bare.items():
        parameters[f"bare_{key}"] = _parameter(
            f"bare_{key}", Annotated[str | None, typer.Option(f"--{key}", metavar="NUMBER", help=told)]
        )

    def command(**given: Any) -> None:
        _calculate(calculator, given)

    command.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]  # typer reads it
    command.__annotations__ = {key: one.annotation for key, one in parameters.items()}
    return command


def _asking(ask: Callable[..., None], calculator: "Calculator") -> Callable[..., None]:
    """The command of a verb for a calculator: the verb's options and the calculator's keys."""
    parameters = dict(inspect.signature(ask).parameters)
    parameters.pop("given")
    for key in calculator.keys:
        option = typer.Option(f"--{key}", metavar="KEY", help=f"Only this {key} (repeatable).")
        parameters[key] = _parameter(key, Annotated[list[str] | None, option])

    def command(**given: Any) -> None:
        ask(**{name: given.pop(name) for name in list(given) if name not in calculator.keys}, given=given)

    command.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]  # typer reads it
    command.__annotations__ = {key: one.annotation for key, one in parameters.items()}
    return command


def _unasked(ask: Callable[..., None]) -> Callable[..., None]:
    """The command of a verb where no calculator is named: it tells which there are."""

    def command(calculator: CalculatorName) -> None:
        raise OmsorgError(f'found "{calculator}"; allowed: {", ".join(NAMES)}. {nearest(calculator, NAMES)}')

    command.__doc__ = ask.__doc__
    return command


def _common(
    *,
    scenario: Scenario = None,
    set_: Sets = None,
    with_: Overlays = None,
    format_: Format = None,
    output: Output = None,
    value: ValueOf = None,
) -> None:
    """The options that every calculator has."""


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _calculate(calculator: "Calculator", given: dict[str, Any]) -> None:
    """Runs the calculator on the scenario and writes what was asked for."""
    chosen = _format(given["format_"], given["output"])
    bare = given["value"] is not None
    if bare and given["format_"]:
        raise OmsorgError("--value and --format exclude each other: --value prints bare numbers.")
    from omsorg_cli.run import Selection, prepare, run
    from omsorg_cli.scenario.read import read

    reference = given["scenario"] or calculator.scenario
    wish = _wish(calculator, given)
    result = run(prepare(read(reference), wish, calculator.name), calculator.name)
    selection = Selection({key: tuple(given[key] or ()) for key in calculator.keys})
    figures = selection.of(result)
    if given["scenario"] is None and (chosen != "table" or bare):
        tell(f"omsorg: uses the shipped scenario {reference}.")
    for text in (
        *(() if bare or chosen != "csv" else result.missing),
        *(result.warnings if bare or chosen == "csv" else ()),
    ):
        tell(f"omsorg: {text}")
    if bare:
        _write(_bare_numbers(result, figures, given["value"]), given["output"])
    else:
        _write(_rendered(result, figures, chosen, given["output"]), given["output"])


def _wish(calculator: "Calculator", given: dict[str, Any]) -> Any:
    """What was asked for in place of what the scenario has."""
    from omsorg_cli.scenario.load import Wish

    stated = {key: text for key in calculator.bare if (text := given[f"bare_{key}"]) is not None}
    if len(stated) > 1:
        options = " and ".join(f"--{key}" for key in stated)
        raise OmsorgError(f"{options} exclude each other: one is converted to the others.")
    return Wish(_overlays(given["with_"]), tuple(given["set_"] or ()), calculator.bare_table(stated), stated)


def _overlays(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(name.strip() for text in texts or () for name in text.split(","))


def _format(wanted: str | None, output: Path | None) -> str:
    """The format of what is written: by the suffix of the file, by the option, or by the environment."""
    if wanted is not None and wanted not in FORMATS:
        raise OmsorgError(f'--format: found "{wanted}"; allowed: {", ".join(FORMATS)}. {nearest(wanted, FORMATS)}')
    if output is not None:
        by_suffix = SUFFIXES.get(output.suffix.lower())
        if by_suffix and wanted and by_suffix != wanted:
            raise OmsorgError(f"--output {output}: the suffix says {by_suffix}, --format says {wanted}.")
        if not by_suffix and not wanted:
            raise OmsorgError(f"--output {output}: the suffix tells no format; allowed: {', '.join(SUFFIXES)}.")
        return by_suffix or wanted or FORMATS[0]
    by_environment = os.environ.get("OMSORG_FORMAT") or FORMATS[0]
    if by_environment not in FORMATS:
        raise OmsorgError(f'OMSORG_FORMAT: found "{by_environment}"; allowed: {", ".join(FORMATS)}.')
    return wanted or by_environment


def _rendered(result: "Result", figures: "Sequence[Figure]", chosen: str, output: Path | None) -> str:
    if chosen == "json":
        from omsorg_cli.render.data import render_json

        return render_json(result, figures)
    if chosen == "csv":
        from omsorg_cli.render.data import render_csv

        return render_csv(result, figures)
    from omsorg_cli.render.document import document

    return _text(document(result, figures), chosen, output)


def _text(parts: "Sequence[Part]", chosen: str, output: Path | None) -> str:
    """A document as text: Markdown, or a table that fits the terminal, if there is one."""
    if chosen == "markdown":
        from omsorg_cli.render import markdown

        return markdown.render(parts)
    import shutil

    from omsorg_cli.render import table

    terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = max(shutil.get_terminal_size().columns, 40) if terminal else None
    return table.render(parts, colour=colour, width=width)


def _bare_numbers(result: "Result", figures: "Sequence[Figure]", name: str) -> str:
    """The values of the figure, a line each; a figure that is left out is no answer."""
    known = result.calculator.figures
    if name not in known:
        raise OmsorgError(f"--value {name}: is no figure of {result.calculator.name}. {nearest(name, known)}")
    values = [figure.value for figure in figures if figure.figure == name]
    why = [text for text in result.missing if name in text.partition(" (")[0].split(", ")]
    if not values:
        raise NoAnswerError("\n".join(why) or f"{name}: does not apply to the records that are asked for.")
    for text in why:
        tell(f"omsorg: {text}")
    return "".join(f"{int(value) if value == int(value) else value!r}\n" for value in values)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        emit(text)
    else:
        save(text.encode(), output)


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
    given: dict[str, Any],
) -> None:
    """Open a figure: its formula, its numbers, and what they rest on, down to the page."""
    chosen = _explanation_format(format_, output)
    from omsorg_cli.render import explanation
    from omsorg_cli.run import Selection, opened, prepare, run
    from omsorg_cli.scenario.load import Wish
    from omsorg_cli.scenario.read import read

    known = load(calculator)
    reference = scenario or known.scenario
    wish = Wish(_overlays(with_), tuple(set_ or ()))
    result = run(prepare(read(reference), wish, calculator), calculator)
    selection = Selection({key: tuple(given[key] or ()) for key in known.keys})
    figures = opened(result, selection.of(result), (figure,) if figure else known.headlines)
    if scenario is None:
        tell(f"omsorg: uses the shipped scenario {reference}.")
    renderers = {
        "text": explanation.render_text,
        "json": explanation.render_json,
        "markdown": explanation.render_markdown,
        "mermaid": explanation.render_mermaid,
    }
    _write(renderers[chosen](result, figures, depth), output)


def _explanation_format(wanted: str | None, output: Path | None) -> str:
    by_suffix = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".mmd": "mermaid", ".txt": "text"}
    if wanted is not None and wanted not in EXPLANATIONS:
        raise OmsorgError(f'--format: found "{wanted}"; allowed: {", ".join(EXPLANATIONS)}.')
    if output is None:
        return wanted or EXPLANATIONS[0]
    found = by_suffix.get(output.suffix.lower())
    if found and wanted and found != wanted:
        raise OmsorgError(f"--output {output}: the suffix says {found}, --format says {wanted}.")
    if not found and not wanted:
        raise OmsorgError(f"--output {output}: the suffix tells no format; allowed: {', '.join(by_suffix)}.")
    return found or wanted or EXPLANATIONS[0]


def verify_command(
    scenario: Scenario = None,
    result: Annotated[
        Path | None, typer.Option("--result", metavar="FILE", help="Recompute this JSON result: does it still hold?")
    ] = None,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Hold every published result of a scenario against the recomputed one; without a scenario, all shipped ones."""
    if result is not None:
        _verify_result(result, scenario, output)
        return
    from omsorg_cli.render import verification
    from omsorg_cli.scenario.load import open_scenario
    from omsorg_cli.scenario.read import read, shipped
    from omsorg_cli.verify import verify

    chosen = _format(format_, output)
    found = []
    for name in [scenario] if scenario else shipped():
        opened = open_scenario(read(name))
        found.append((opened, verify(opened)))
    if chosen == "json":
        text = verification.render_json(found)
    elif chosen == "csv":
        text = verification.render_csv(found)
    else:
        text = _text(verification.document(found), chosen, output)
    _write(text, output)
    if not all(verdict.explained for _, verdicts in found for verdict in verdicts):
        raise typer.Exit(1)


def _verify_result(path: Path, scenario: str | None, output: Path | None) -> None:
    """Recomputes a stored result and tells what no longer holds."""
    from omsorg_cli.still import still

    found = still(path, scenario)
    _write("\n".join(found.lines()) + "\n", output)
    if not found.holds:
        raise typer.Exit(1)


def check_command(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A path, a shipped scenario, or -.")],
    strict: Annotated[bool, typer.Option("--strict", help="Each value must have a source or an assumption.")] = False,
    set_: Sets = None,
    with_: Overlays = None,
) -> None:
    """Tell whether a scenario is valid: every fault at once."""
    from omsorg_cli.check import check, overlay_faults
    from omsorg_cli.scenario.load import Wish, open_scenario
    from omsorg_cli.scenario.read import read
    from omsorg_cli.verify import verify

    text = read(scenario)
    opened = open_scenario(text, Wish(_overlays(with_), tuple(set_ or ())))
    if faults := overlay_faults(text):
        raise ScenarioError(faults)
    verify(opened)
    found = check(opened)
    _write("\n".join(found.lines(strict=strict)) + "\n", None)
    if strict and found.unexplained:
        raise typer.Exit(1)


def list_command(format_: Format = None) -> None:
    """List the shipped scenarios, their overlays, and the calculators that each has inputs for."""
    from omsorg_cli.check import listing
    from omsorg_cli.render import catalogue

    chosen, entries = _format(format_, None), listing()
    if chosen == "json":
        text = catalogue.render_json(entries)
    elif chosen == "csv":
        text = catalogue.render_csv(entries)
    else:
        text = _text(catalogue.document(entries), chosen, None)
    _write(text, None)


def new_command(
    calculator: Annotated[str, typer.Argument(metavar="CALCULATOR", help=f"One of {', '.join(NAMES)}.")],
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Print a commented scenario for a calculator; it runs as it is."""
    from omsorg_cli.scenario.template import template

    if calculator not in NAMES:
        raise OmsorgError(f'found "{calculator}"; allowed: {", ".join(NAMES)}. {nearest(calculator, NAMES)}')
    if output is not None and output.exists():
        raise OmsorgError(f"--output {output}: is there already, and a new scenario replaces none.")
    _write(template(calculator), output)


def schema_command(
    draft: Annotated[str, typer.Option("--draft", metavar="2020-12|4", help="4 is what editors of TOML read.")] = "4",
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Print the JSON Schema of a scenario."""
    from omsorg_cli.render.data import dumps
    from omsorg_cli.scenario.schema import DRAFTS, schema

    if draft not in DRAFTS:
        raise OmsorgError(f'--draft: found "{draft}"; allowed: {", ".join(DRAFTS)}.')
    _write(dumps(schema(draft)), output)


ASKING: dict[str, Callable[..., None]] = {"explain": explain_command}
"""The verbs that ask more of a calculator's run."""
VERBS: dict[str, Callable[..., None]] = {
    "verify": verify_command,
    "check": check_command,
    "list": list_command,
    "new": new_command,
    "schema": schema_command,
}
