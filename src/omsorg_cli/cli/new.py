"""The verb `new`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import CalculatorName, named_calculator, new_path, write
from omsorg_cli.core.language import count, say
from omsorg_cli.writing.output import tell_notice


def new_command(
    calculator: CalculatorName,
    *,
    municipality: Annotated[
        str | None,
        typer.Option("--municipality", metavar="NAME|CODE|all", help="Fill it in for this one from public statistics."),
    ] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="The year of the statistics.")] = None,
    need_year: Annotated[
        str | None, typer.Option("--need-year", metavar="YEAR", help="The year of the need index, where it is another.")
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against", metavar="NAME[,NAME]", help="Compared with: country, EKG01 to EKG17, municipalities."
        ),
    ] = None,
    rows: Annotated[
        Path | None,
        typer.Option(
            "--rows",
            parser=new_path,
            metavar="FILE.csv",
            help="With all: write the rows there, and not beside --output.",
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FOLDER", help="Where statistics are kept; OMSORG_STORE sets the default."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            parser=new_path,
            metavar="FILE",
            help="Write to this file instead; .xlsx makes a workbook to fill in.",
        ),
    ] = None,
) -> None:
    """Begin a scenario.

    Prints a scenario with comments that can be run as it is.

    With --municipality, it is filled in from the public statistics in the store, each value with its source.
    """
    from omsorg_cli.library.begun import new, new_files
    from omsorg_cli.library.given import is_every

    name = named_calculator(calculator)
    rows = new_files(output, rows, every=is_every(municipality))
    begun = new(name, municipality=municipality, year=year, need_year=need_year, against=against or (), store=store)
    if rows is not None:
        write(begun.rows, rows)
        _tell_rows(rows, begun.rows_lacking)
    suffix = ".toml" if output is None else output.suffix.lower()
    write(begun.written(suffix), output, is_scenario=True)
    _tell_lacking(begun.lacking, commented=suffix == ".toml")


def _tell_rows(rows: Path, lacking: int) -> None:
    """Says where the rows of the municipalities are, and how many of them lack something."""
    tell_notice(say("The rows of the municipalities are in {file}.", file=rows))
    if lacking:
        told = count(
            lacking,
            "{number} municipality lacks something; its row says what.",
            "{number} municipalities lack something; their rows say what.",
        )
        tell_notice(told)


def _tell_lacking(lacking: Sequence[str], *, commented: bool) -> None:
    """Says what the store lacks: how much, where comments say what, or else each of it."""
    if lacking and commented:
        told = count(
            len(lacking),
            "{number} input is lacking in the store; a comment says what would bring it.",
            "{number} inputs are lacking in the store; comments say what would bring them.",
        )
        tell_notice(told)
        return
    for text in lacking:
        tell_notice(text)
