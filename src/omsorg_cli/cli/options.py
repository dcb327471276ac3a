"""The options that commands share, what they mean, and where text goes."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omsorg_cli.cli import completion as complete
from omsorg_cli.cli.manner import in_colour
from omsorg_cli.core.errors import OmsorgError, hint, plain, shown
from omsorg_cli.core.folding import folded
from omsorg_cli.core.language import phrase, say, speak_to_machines
from omsorg_cli.writing.output import emit, save

if TYPE_CHECKING:
    from omsorg_cli.library.answer import Answer, Part
    from omsorg_cli.library.shown import Shown

FORMATS = ("table", "json", "csv", "markdown")
MACHINES = ("json", "jsonl", "csv", "parquet")
"""The formats that are the same in any language."""
WIDEST_HELP = 100
NARROWEST, WIDEST = 40, 1_000
"""Columns between which a terminal is believed: COLUMNS may say anything."""
DIALECTS = ("plain", "excel-nb")
WORKBOOK = {".xlsx": "xlsx"}
PAGES = {".html": "html", ".htm": "html"}
PICTURES = {".svg": "picture", ".png": "picture", ".pdf": "picture"}
PRINTED = {".pdf": "picture"}
"""What is printed from a page where there is nothing to draw."""
SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown", ".markdown": "markdown", ".txt": "table"}

SCENARIO, OUTPUT = phrase("Scenario"), phrase("Output")

CalculatorName = Annotated[
    str,
    typer.Argument(
        metavar="CALCULATOR",
        help="One of the calculators that omsorg --help lists.",
        autocompletion=complete.calculators,
    ),
]
Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="SCENARIO",
        help="A path, the name of a shipped scenario, either with +OVERLAY, or - for standard input.",
        show_default=False,
        autocompletion=complete.scenarios,
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one input (repeatable).",
        rich_help_panel=SCENARIO,
        autocompletion=complete.inputs,
    ),
]
Overlays = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="NAME[,NAME]",
        help="Apply variants of the scenario.",
        rich_help_panel=SCENARIO,
        autocompletion=complete.overlays,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        help="What is printed; OMSORG_FORMAT sets the default.",
        rich_help_panel=OUTPUT,
    ),
]


def new_path(text: str | Path) -> Path:
    """The path of a file to be written: it need not be readable, and is no folder."""
    from omsorg_cli.library.files import refuse_unnameable

    refuse_unnameable(text)
    return Path(text)


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        parser=new_path,
        metavar="FILE",
        help="Write to this file instead; the suffix decides the format.",
        rich_help_panel=OUTPUT,
    ),
]
Full = Annotated[
    bool,
    typer.Option(
        "--full",
        help="Show everything: assumptions, points to note, what is not calculated, sources.",
        rich_help_panel=OUTPUT,
    ),
]
CsvFor = Annotated[
    str | None,
    typer.Option(
        "--csv",
        metavar="|".join(DIALECTS),
        help="CSV for a Norwegian spreadsheet (excel-nb), or as data (plain); Norwegian output has the first.",
        rich_help_panel=OUTPUT,
    ),
]
Dated = Annotated[
    bool, typer.Option("--dated", help="Say in JSON and in a workbook when it was run.", rich_help_panel=OUTPUT)
]
ValueOf = Annotated[
    str | None,
    typer.Option(
        "--value",
        metavar="NAME",
        help="Print the bare number of one figure: over all rows, or a line for each row.",
        rich_help_panel=OUTPUT,
        autocompletion=complete.figures,
    ),
]


def whole_number(text: str | int, low: int = 0) -> int:
    """The whole number that an option is given, as people write it."""
    from omsorg_cli.core.input_types import Kind

    try:
        return int(Kind("", "count", low=low, example=100_000).read(text).number)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def number(name: str, told: str, *, low: int = 0, show_default: bool = True) -> Any:
    """An option that takes a whole number, as people write it."""

    def read(text: str | int) -> int:
        return whole_number(text, low)

    return typer.Option(name, metavar="N", parser=read, help=told, show_default=show_default)


def named_calculator(name: str) -> str:
    """The name, if it is a calculator's."""
    from omsorg_cli.library.named import calculator_of

    return calculator_of(name).name


def overlays_of(texts: list[str] | None) -> tuple[str, ...]:
    """The overlays that `--with` names, each time with commas between them."""
    return tuple(name.strip() for text in texts or () for name in text.split(","))


def format_of(
    wanted: str | None, output: Path | None, formats: Sequence[str] = FORMATS, suffixes: Mapping[str, str] = SUFFIXES
) -> str:
    """The format of what is written: by the suffix of the file, by the option, or by the environment.

    Data are in English, whatever people read.
    """
    chosen = _chosen(wanted, output, formats, suffixes)
    if chosen in MACHINES:
        speak_to_machines()
    return chosen


def _chosen(wanted: str | None, output: Path | None, formats: Sequence[str], suffixes: Mapping[str, str]) -> str:
    if wanted is not None and wanted not in formats and (suffix := f".{wanted.lower()}") in suffixes:
        told = {"format": wanted, "suffix": suffix}
        raise OmsorgError(say("--format {format} goes to a file; write --output FILE{suffix} alone.", **told))
    if wanted is not None and wanted not in formats:
        told = {"found": shown(wanted), "allowed": ", ".join(formats), "hint": hint(wanted, formats)}
        raise OmsorgError(say("--format: found {found}; allowed: {allowed}. {hint}", **told).rstrip())
    if output is not None:
        by_suffix = suffixes.get(output.suffix.lower())
        if by_suffix and wanted and by_suffix != wanted:
            told = {"file": str(output), "suffix": by_suffix, "format": wanted}
            raise OmsorgError(say("--output {file}: the suffix says {suffix}, --format says {format}.", **told))
        if not by_suffix and not wanted:
            told = {"file": str(output), "allowed": ", ".join(suffixes)}
            raise OmsorgError(say("--output {file}: the suffix names no format; allowed: {allowed}.", **told))
        return by_suffix or wanted or formats[0]
    return wanted or (_format_of_environment() if formats is FORMATS else formats[0])


def _format_of_environment() -> str:
    found = os.environ.get("OMSORG_FORMAT") or FORMATS[0]
    if found not in FORMATS:
        told = {"found": shown(found), "allowed": ", ".join(FORMATS)}
        raise OmsorgError(say("OMSORG_FORMAT: found {found}; allowed: {allowed}.", **told))
    return found


def as_text(parts: "Sequence[Part]", chosen: str, output: Path | None) -> str:
    """A document as text: Markdown, or a table that fits the terminal, if there is one."""
    from omsorg_cli.library.shown import as_markdown, as_table

    if chosen == "markdown":
        return as_markdown(parts)
    terminal = output is None and _is_screen()
    colour = output is None and in_colour(terminal=terminal)
    return as_table(parts, width=_screen() if terminal else None, colour=colour)


def write_shown(found: "Shown | Answer", chosen: str, output: Path | None) -> None:
    """Writes what was found in the format chosen."""
    if chosen in ("table", "markdown"):
        write(as_text(found.parts(), chosen, output), output, paged=chosen == "table")
    else:
        suffix = output.suffix.lower() if output else ""
        write(found.rendered(chosen, suffix), output, is_json=chosen == "json")


def write_folded(text: str, output: Path | None) -> None:
    """Writes text for people, each line as a terminal may have it: on a screen in lines that fit it."""
    text = "\n".join(map(plain, text.split("\n")))
    write(folded(text, _screen()) if output is None and _is_screen() else text, output, paged=True)


def width_of_help() -> int:
    """The columns that help is folded to."""
    return min(_screen(), WIDEST_HELP) if _is_screen() else WIDEST_HELP


def _is_screen() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _screen() -> int:
    """The columns of the terminal."""
    import shutil

    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def moment() -> str:
    """The time, as records tell it."""
    from datetime import datetime

    return datetime.now().astimezone().isoformat(timespec="seconds")


def write(
    content: str | bytes,
    output: Path | None,
    *,
    paged: bool = False,
    is_json: bool = False,
    is_scenario: bool = False,
) -> None:
    """Puts the text, or the bytes of a file, where they were asked for; what is `paged` is for reading."""
    if output is not None:
        save(content.encode(errors="replace") if isinstance(content, str) else content, output)
    elif isinstance(content, str):
        emit(content, paged=paged, is_json=is_json, is_scenario=is_scenario)
