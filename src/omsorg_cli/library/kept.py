"""Public statistics on this machine: fetched or taken from files, each answer as it came, with where it is from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from omsorg_cli.core.errors import OmsorgError, plain, why_of
from omsorg_cli.core.language import count, say
from omsorg_cli.core.reading import gone, nowhere
from omsorg_cli.library.given import is_every, names_in, year_of
from omsorg_cli.library.shown import Shown

if TYPE_CHECKING:
    from omsorg_cli.library.rows import Progress
    from omsorg_cli.render.statistics import Listing
    from omsorg_cli.statistics.store import Record

LARGEST = 100_000_000
"""Bytes that a file to be taken in may have."""


class Kept(Shown):
    """Answers of the store, a row each."""

    renderer: ClassVar[str] = "statistics"
    found: "Listing"

    def records(self) -> list[dict[str, Any]]:
        """What is known of each answer: its name and table, where it is from, when, its notes and its licence."""
        return [dict(one) for one in self.found.records]

    def _columns(self) -> Sequence[str]:
        from omsorg_cli.statistics.store import Record

        return [one.name for one in fields(Record)]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """What is known of each answer."""
        return iter(self.records())

    def __len__(self) -> int:
        """How many there are."""
        return len(self.found.records)


class Sourced(Kept):
    """Answers of the store, each with its source and terms."""

    @cached_property
    def _rendering(self) -> Any:
        from omsorg_cli.render.statistics import Details

        return Details


class Fetched(Kept):
    """Answers that came, with what was noticed on the way."""

    def __init__(self, found: "Listing", remarks: Sequence[str]) -> None:
        super().__init__(found)
        self.remarks = tuple(remarks)


class Soundness:
    """Whether the answers of a store are those that came."""

    def __init__(self, found: Sequence[tuple[str, str | None]]) -> None:
        self.faults = tuple(fault for _, fault in found if fault)
        self.whole = len(found) - len(self.faults)

    faults: tuple[str, ...]
    """A sentence for each answer that is damaged."""
    whole: int
    """How many are not."""

    @property
    def holds(self) -> bool:
        """Whether none is damaged."""
        return not self.faults

    def lines(self) -> list[str]:
        """The faults, and how many answers are whole."""
        return [*self.faults, count(self.whole, "{number} answer is whole.", "{number} answers are whole.")]

    def __repr__(self) -> str:
        """The same as text."""
        return "\n".join(self.lines())


class Data:
    """A store of public statistics, from which `new` writes scenarios."""

    def __init__(self, store: str | Path | None = None) -> None:
        from omsorg_cli.statistics.store import store_in

        self._store = store_in(store)

    @property
    def folder(self) -> Path:
        """Where the store is."""
        return self._store.folder

    def list(self) -> Kept:
        """Every answer of the store, the newest first."""
        return Kept(self._listing(self._store.records()))

    def show(self, name: str) -> Sourced:
        """The answers of that name or on that table, with their sources and terms."""
        return Sourced(self._listing(self._store.record(str(name))))

    def verify(self) -> Soundness:
        """Whether every answer is as it came."""
        return Soundness(tuple(self._store.verified()))

    def fetch(
        self,
        what: str,
        *,
        municipality: str | Sequence[str] = (),
        year: int | str | Sequence[int | str] = (),
        again: bool = False,
        address: str | None = None,
        tell: Callable[[str], None] | None = None,
        progress: "Progress | None" = None,
    ) -> Fetched:
        """Fetches a table or a preset from Statistics Norway, of some municipalities and years or of all.

        What was fetched today is not fetched again unless it is asked for. `tell` hears at once what the remarks keep,
        and `progress` how far it has come. Raises `OmsorgError` where the service does not answer.
        """
        from omsorg_cli.library.rows import unseen
        from omsorg_cli.statistics.client import Client
        from omsorg_cli.statistics.fetch import ADDRESS, NEED_INDEX, Fetcher, Request, regions_of, wanted_of

        years = _years(year)
        wanted = () if what == NEED_INDEX else wanted_of(str(what))
        remarks: list[str] = []

        def noticed(text: str) -> None:
            remarks.append(text)
            if tell is not None:
                tell(text)

        fetcher = Fetcher(self._store, Client(address or ADDRESS, noticed), noticed, again=again)
        if what == NEED_INDEX:
            if address is None or len(years) != 1:
                raise OmsorgError(say("need-index needs --address, of the ministry's ods file, and one --year."))
            return Fetched(self._listing([fetcher.need_index(years[0])]), remarks)
        fetcher.lists()
        names = names_in("--municipality", municipality)
        regions = None if not names or any(map(is_every, names)) else regions_of(self._store, names, years)
        calls = fetcher.calls(Request(wanted, years, regions))
        with (progress or unseen)(len(calls), say("fetching")) as shown:
            found = fetcher.fetch(calls, shown.add)
        return Fetched(self._listing(found), remarks)

    def take(self, file: str | Path, *, year: int | str | None = None, table: str | None = None) -> Kept:
        """Adds a file that was downloaded by hand: json-stat2, csv, xlsx, KLASS, or the need index as ods.

        Raises `OmsorgError` where it is none of these, and then keeps nothing.
        """
        from omsorg_cli.statistics.statistics import Statistics

        path = Path(str(file))
        told = year_of("--year", year) if year is not None else None
        record = Statistics(self._store).take(_content(path), plain(path.name), year=told, table=table or "")
        return Kept(self._listing([record]))

    def _listing(self, records: "Sequence[Record]") -> "Listing":
        from omsorg_cli.render.statistics import Listing

        return Listing(str(self.folder), [asdict(one) for one in records])

    def __repr__(self) -> str:
        """What the store has."""
        return repr(self.list())


def data(store: str | Path | None = None) -> Data:
    """The store of public statistics in that folder, by OMSORG_STORE, or where this system keeps such data.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     data(folder).verify().holds, len(data(folder).list())
    (True, 0)
    """
    return Data(store)


def _years(found: int | str | Sequence[int | str]) -> tuple[int, ...]:
    """The year, or each of several."""
    several = found if isinstance(found, Sequence) and not isinstance(found, str) else (found,)
    return tuple(year_of("--year", one) for one in several)


def _content(file: Path) -> bytes:
    """What a file holds, of a size that a table may have."""
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
