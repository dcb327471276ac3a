"""The verb `new`."""

from pathlib import Path
from typing import Annotated

import typer

from omsorg_cli.cli.options import CalculatorName, named_calculator, write
from omsorg_cli.core.errors import OmsorgError
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
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against", metavar="NAME[,NAME]", help="Compared with: country, EKG01 to EKG17, municipalities."
        ),
    ] = None,
    rows: Annotated[
        Path | None, typer.Option("--rows", metavar="FILE.csv", help="With all: write the municipalities' rows there.")
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FOLDER", help="Where statistics are kept; OMSORG_STORE sets the default."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write there instead.")] = None,
) -> None:
    """Begin a scenario.

    Prints a scenario with comments that runs as it is.

    With --municipality, it is filled in from the public statistics in the store, each value with its source.
    """
    name = named_calculator(calculator)
    for option, path in (("--output", output), ("--rows", rows)):
        if path is not None and path.exists():
            raise OmsorgError(
                say("{option} {path}: exists already, and a new scenario replaces none.", option=option, path=path)
            )
    if rows is not None and output is not None and rows.resolve() == output.resolve():
        raise OmsorgError(say("--rows {path}: is the file of --output; allowed: another one.", path=rows))
    if municipality is not None:
        _from_statistics(name, municipality, year, against or [], rows, store, output)
        return
    given = {"--year": year, "--against": against, "--rows": rows, "--store": store}
    for option in (one for one, value in given.items() if value):
        raise OmsorgError(say("{option}: goes with --municipality.", option=option))
    from omsorg_cli.scenario.template import template

    write(template(name), output)


def _from_statistics(
    calculator: str,
    municipality: str,
    year: str | None,
    against: list[str],
    rows: Path | None,
    store: Path | None,
    output: Path | None,
) -> None:
    """Writes the scenario, and the rows of every municipality where all are asked for."""
    from omsorg_cli.cli.data import years_of
    from omsorg_cli.statistics import scenarios
    from omsorg_cli.statistics.statistics import Statistics
    from omsorg_cli.statistics.store import Store, folder_of

    if year is None:
        raise OmsorgError(say("--municipality: needs --year, the year of the statistics."))
    every = municipality.casefold() == "all"
    if every != (rows is not None):
        raise OmsorgError(say("--municipality all and --rows FILE.csv go together."))
    statistics = Statistics(Store(folder_of(store)))
    names = [one.strip() for text in against or ["country"] for one in text.split(",") if one.strip()]
    bases = tuple(dict.fromkeys(statistics.region(one) for one in names))
    asked = scenarios.Asked("" if every else statistics.region(municipality), years_of([year])[0], bases)
    if rows is None:
        draft = scenarios.written(statistics, calculator, asked)
    else:
        draft, table, lacking = scenarios.rows(statistics, calculator, asked)
        write(table, rows)
        if lacking:
            told = count(
                lacking,
                "{number} municipality lacks something; its row says what.",
                "{number} municipalities lack something; their rows say what.",
            )
            tell_notice(told)
    write(draft.text(), output)
    if draft.lacking:
        told = count(
            len(draft.lacking),
            "{number} input is lacking in the store; a comment says what would bring it.",
            "{number} inputs are lacking in the store; comments say what would bring them.",
        )
        tell_notice(told)
