"""Fetch public statistics.

Each answer is kept with its source, and scenarios are written from what is kept.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omsorg_cli.cli.options import Format, format_of, write, write_shown
from omsorg_cli.cli.progress import progress
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import say
from omsorg_cli.writing.output import tell_notice

if TYPE_CHECKING:
    from omsorg_cli.library.kept import Kept

StoreFolder = Annotated[
    Path | None,
    typer.Option("--store", metavar="FOLDER", help="Where downloaded tables are kept; OMSORG_STORE sets the default."),
]
Years = Annotated[
    list[str] | None, typer.Option("--year", metavar="YEAR", help="The year of the figures (repeatable).")
]


def data_command() -> typer.Typer:
    """The sub-commands of `data`."""
    from omsorg_cli.cli import Command

    made = typer.Typer(
        help=__doc__,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    made.command("fetch", cls=Command)(fetch_command)
    made.command("import", cls=Command)(import_command)
    made.command("list", cls=Command)(list_command)
    made.command("show", cls=Command)(show_command)
    made.command("verify", cls=Command)(verify_command)
    return made


def fetch_command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="TABLE|PRESET",
            help="A table's number, or one of savings, need, coverage, growth, wages, purchases, need-index.",
        ),
    ],
    *,
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality",
            metavar="NAME|CODE|all",
            help="Whose figures (repeatable); without it, all municipalities.",
        ),
    ] = None,
    year: Years = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch again, even what was fetched today.")] = False,
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help="Another address of the service.")
    ] = None,
    store: StoreFolder = None,
) -> None:
    """Fetch tables from Statistics Norway into the store.

    One request at a time, below the service's limit. An interrupted run continues where it stopped.

    Between 05:00 and 08:15 Norwegian time, figures may be missing: the service is being updated.
    """
    from omsorg_cli.library.kept import data

    given = {"municipality": municipality or (), "year": year or ()}
    found = data(store).fetch(what, **given, again=again, address=address, tell=tell_notice, progress=progress)
    _tell_kept(found)
    if what in ("savings", "need"):
        told = say("The need index comes separately: omsorg data fetch need-index, or omsorg data import.")
        tell_notice(told)


def _tell_kept(found: "Kept") -> None:
    for one in found:
        told = say(
            "Kept {name}: {title} ({size} bytes, updated {updated}).",
            name=one["name"],
            title=plain(one["title"]),
            size=one["bytes"],
            updated=one["updated"] or "–",
        )
        tell_notice(told)
        for note in one["notes"]:
            tell_notice(plain(note))


def import_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="json-stat2, csv, xlsx, KLASS, or the need index as ods.")
    ],
    *,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="The year of a need index.")] = None,
    table: Annotated[str | None, typer.Option("--table", metavar="TABLE", help="The number of the table.")] = None,
    store: StoreFolder = None,
) -> None:
    """Add a file that was downloaded by hand to the store."""
    from omsorg_cli.library.kept import data

    _tell_kept(data(store).take(file, year=year or None, table=table))


def list_command(*, format_: Format = None, store: StoreFolder = None) -> None:
    """List what is in the store."""
    from omsorg_cli.library.kept import data

    chosen = format_of(format_, None)
    write_shown(data(store).list(), chosen, None)


def show_command(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|TABLE", help="A downloaded table by its name in the store, or a table's number."),
    ],
    *,
    format_: Format = None,
    store: StoreFolder = None,
) -> None:
    """Show the source and terms of downloaded tables.

    Address, query, time, symbols, the notes that must be shown, and the licence.
    """
    from omsorg_cli.library.kept import data

    chosen = format_of(format_, None)
    write_shown(data(store).show(name), chosen, None)


def verify_command(*, store: StoreFolder = None) -> None:
    """Check that downloaded tables are unchanged."""
    from omsorg_cli.library.kept import data

    found = data(store).verify()
    write("\n".join(found.lines()) + "\n", None)
    if not found.holds:
        raise typer.Exit(1)
