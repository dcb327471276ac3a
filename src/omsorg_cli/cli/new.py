"""The verb `new`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omsorg_cli.cli.options import WORKBOOK, CalculatorName, named_calculator, write
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import count, say
from omsorg_cli.writing.output import tell_notice

if TYPE_CHECKING:
    from omsorg_cli.statistics.draft import Draft
    from omsorg_cli.statistics.scenarios import Asked
    from omsorg_cli.statistics.statistics import Statistics

EVERY = "all"


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
        typer.Option("--rows", metavar="FILE.csv", help="With all: write the rows there, and not beside --output."),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FOLDER", help="Where statistics are kept; OMSORG_STORE sets the default."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to this file instead; .xlsx makes a workbook to fill in."),
    ] = None,
) -> None:
    """Begin a scenario.

    Prints a scenario with comments that can be run as it is.

    With --municipality, it is filled in from the public statistics in the store, each value with its source.
    """
    name = named_calculator(calculator)
    every = municipality is not None and municipality.casefold() == EVERY
    if every and rows is None and output is not None:
        rows = output.with_suffix(".csv")
    _refuse_files(output, rows)
    if municipality is None:
        _refuse_others(
            {"--year": year, "--need-year": need_year, "--against": against, "--rows": rows, "--store": store}
        )
        from omsorg_cli.scenario.template import template

        _write_draft(template(name), output, examples=True)
        return
    if every != (rows is not None):
        raise OmsorgError(say("--municipality all writes its rows beside --output FILE, or to --rows FILE.csv."))
    from omsorg_cli.statistics import scenarios

    statistics, asked = _asked(municipality, year, need_year, against, store)
    draft = _with_rows(statistics, name, asked, rows) if rows else scenarios.written(statistics, name, asked)
    _write_draft(draft.text(), output)
    if output is not None and output.suffix.lower() in WORKBOOK:  # which has no comments
        for text in draft.lacking:
            tell_notice(text)
    elif draft.lacking:
        told = count(
            len(draft.lacking),
            "{number} input is lacking in the store; a comment says what would bring it.",
            "{number} inputs are lacking in the store; comments say what would bring them.",
        )
        tell_notice(told)


def _write_draft(text: str, output: Path | None, *, examples: bool = False) -> None:
    """Writes the scenario, as a workbook to fill in where the file is one."""
    if output is None or output.suffix.lower() not in WORKBOOK:
        write(text, output)
        return
    import tomllib

    from omsorg_cli.core.numbers import Written
    from omsorg_cli.render.workbook.fill_in import render

    write(render(tomllib.loads(text, parse_float=Written), examples=examples), output)


def _refuse_files(output: Path | None, rows: Path | None) -> None:
    """No file is replaced, and the rows and the scenario are two files."""
    for option, path in (("--output", output), ("--rows", rows)):
        if path is not None and path.exists():
            raise OmsorgError(
                say("{option} {path} exists already, and a new scenario replaces none.", option=option, path=path)
            )
    if rows is not None and output is not None and rows.resolve() == output.resolve():
        raise OmsorgError(say("--rows {path} is the file of --output; allowed: another one.", path=rows))


def _refuse_others(given: dict[str, object]) -> None:
    """What only statistics need has no place without them."""
    for option in (one for one, value in given.items() if value):
        raise OmsorgError(say("{option} goes with --municipality.", option=option))


def _asked(
    municipality: str, year: str | None, need_year: str | None, against: list[str] | None, store: Path | None
) -> "tuple[Statistics, Asked]":
    """The statistics, and what is asked of them."""
    from omsorg_cli.cli.data import years_of
    from omsorg_cli.statistics.scenarios import Asked
    from omsorg_cli.statistics.statistics import Statistics
    from omsorg_cli.statistics.store import Store, folder_of

    if year is None:
        raise OmsorgError(say("--municipality needs --year, the year of the statistics."))
    asked, of_need = years_of([year])[0], years_of([need_year or year], "--need-year")[0]
    statistics = Statistics(Store(folder_of(store)))
    names = [one.strip() for text in against or ["country"] for one in text.split(",") if one.strip()]
    bases = tuple(dict.fromkeys(statistics.region(one) for one in names))
    region = "" if municipality.casefold() == EVERY else statistics.region(municipality)
    return statistics, Asked(region, asked, bases, of_need)


def _with_rows(statistics: "Statistics", calculator: str, asked: "Asked", rows: Path) -> "Draft":
    """The scenario of all municipalities, whose rows are written beside it."""
    from omsorg_cli.statistics import scenarios

    draft, table, lacking = scenarios.rows(statistics, calculator, asked)
    write(table, rows)
    tell_notice(say("The rows of the municipalities are in {file}.", file=rows))
    if lacking:
        told = count(
            lacking,
            "{number} municipality lacks something; its row says what.",
            "{number} municipalities lack something; their rows say what.",
        )
        tell_notice(told)
    return draft
