"""Fetch public statistics.

Each answer is kept with its source, and scenarios are written from what is kept.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omsorg_cli.cli.options import Format, format_of, write_rendered
from omsorg_cli.cli.progress import progress
from omsorg_cli.core.errors import OmsorgError, plain, why_of
from omsorg_cli.core.language import count, say
from omsorg_cli.core.reading import gone, nowhere
from omsorg_cli.writing.output import tell_notice

if TYPE_CHECKING:
    from omsorg_cli.statistics.fetch import Fetcher, Request
    from omsorg_cli.statistics.store import Record, Store

StoreFolder = Annotated[
    Path | None,
    typer.Option("--store", metavar="FOLDER", help="Where downloaded tables are kept; OMSORG_STORE sets the default."),
]
Years = Annotated[
    list[str] | None, typer.Option("--year", metavar="YEAR", help="The year of the figures (repeatable).")
]
LARGEST = 100_000_000
"""Bytes that a file to import may have."""


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
    from omsorg_cli.statistics.client import Client
    from omsorg_cli.statistics.fetch import ADDRESS, NEED_INDEX, Fetcher, Request, wanted_of

    kept, years = _store(store), years_of(year)
    wanted = () if what == NEED_INDEX else wanted_of(what)
    fetcher = Fetcher(kept, Client(address or ADDRESS, _notice), _notice, again=again)
    if what == NEED_INDEX:
        if address is None or len(years) != 1:
            raise OmsorgError(say("need-index needs --address, of the ministry's ods file, and one --year."))
        _tell_kept(fetcher.need_index(years[0]))
        return
    fetcher.lists()
    request = Request(wanted, years, _regions(kept, municipality, years))
    _fetch(fetcher, request)
    if what in ("savings", "need"):
        told = say("The need index comes separately: omsorg data fetch need-index, or omsorg data import.")
        tell_notice(told)


def _notice(text: str) -> None:
    tell_notice(text)


def _fetch(fetcher: "Fetcher", request: "Request") -> None:
    calls = fetcher.calls(request)
    with progress(len(calls), say("fetching")) as shown:
        found = fetcher.fetch(calls, shown.add)
    for record in found:
        _tell_kept(record)


def _tell_kept(record: "Record") -> None:
    told = say(
        "Kept {name}: {title} ({size} bytes, updated {updated}).",
        name=record.name,
        title=plain(record.title),
        size=record.bytes,
        updated=record.updated or "–",
    )
    tell_notice(told)
    for note in record.notes:
        tell_notice(plain(note))


def _regions(store: "Store", wanted: list[str] | None, years: tuple[int, ...]) -> tuple[str, ...] | None:
    """The codes asked for, in every one of the years, and the country; nothing where all are."""
    from omsorg_cli.statistics.statistics import Statistics

    if not wanted or "all" in wanted:
        return None
    statistics = Statistics(store)
    codes = ["EAK"]
    for name in wanted:
        region = statistics.region(name)
        codes.append(region)
        codes += [code for code, group in statistics.groups.items() if group == region]  # whose inhabitants weigh it
        for year in years if region.isdigit() else ():
            codes += statistics.municipalities.in_year(region, year).codes
    return tuple(dict.fromkeys(codes))


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
    from datetime import UTC, datetime

    from omsorg_cli.statistics import forms
    from omsorg_cli.statistics.statistics import Statistics

    kept, years = _store(store), years_of([year] if year else None)
    content = _read(file)
    form, told, _ = forms.known(content, plain(file.name), year=years[0] if years else None, table=table or "")
    if form.startswith("need-index"):
        Statistics(kept).hold(
            forms.read_need_index(form, content, plain(file.name), years[0] if years else None), file.name
        )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    known = {"form": form, "address": f"file:{file.name}", "query": None, "fetched": now}
    _tell_kept(kept.keep(content, **told, **known))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not file.is_absolute() and nowhere():
            raise OmsorgError(gone(plain(str(file)))) from None
        raise OmsorgError(say("{file} cannot be read: {why}.", file=plain(str(file)), why=why_of(error))) from None
    if len(content) > LARGEST:
        raise OmsorgError(say("{file} is larger than {most} MB.", file=plain(str(file)), most=LARGEST // 1_000_000))
    return content


def list_command(*, format_: Format = None, store: StoreFolder = None) -> None:
    """List what is in the store."""
    from omsorg_cli.render import statistics as renderer

    chosen, kept = format_of(format_, None), _store(store)
    write_rendered(renderer, renderer.Listing(str(kept.folder), [vars_of(one) for one in kept.records()]), chosen, None)


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
    from omsorg_cli.render import statistics as renderer

    chosen, kept = format_of(format_, None), _store(store)
    found = [vars_of(one) for one in kept.record(name)]
    write_rendered(renderer.Details, found, chosen, None)


def verify_command(*, store: StoreFolder = None) -> None:
    """Check that downloaded tables are unchanged."""
    from omsorg_cli.writing.output import emit

    kept = _store(store)
    found = list(kept.verified())
    for _, fault in found:
        if fault:
            emit(f"{fault}\n")
    whole = sum(1 for _, fault in found if not fault)
    emit(f"{count(whole, '{number} answer is whole.', '{number} answers are whole.')}\n")
    if whole < len(found):
        raise typer.Exit(1)


def vars_of(record: "Record") -> dict[str, object]:
    """The record as data."""
    from dataclasses import asdict

    return asdict(record)


def _store(folder: Path | None) -> "Store":
    from omsorg_cli.statistics.store import Store, folder_of

    return Store(folder_of(folder))


def years_of(texts: list[str] | None, option: str = "--year") -> tuple[int, ...]:
    """The years that are given, as whole numbers."""
    for text in texts or ():
        if not (text.isascii() and text.isdigit() and 1970 <= int(text) <= 2200):
            raise OmsorgError(
                say("{option}: found {found}; allowed: a year, such as 2025.", option=option, found=plain(text))
            )
    return tuple(map(int, texts or ()))
