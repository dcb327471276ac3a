"""Fetches tables: asks which codes there are, splits what is too large, and keeps each answer once it is read whole.

What is fetched already today is not asked for again, so that a run that was broken off is gone on with.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest, shown
from omsorg_cli.core.language import say
from omsorg_cli.statistics import forms, jsonstat
from omsorg_cli.statistics.client import Answer, Client
from omsorg_cli.statistics.dataset import Dataset, Dimension, UnreadableError
from omsorg_cli.statistics.presets import COUNTRY, PRESETS, Wanted
from omsorg_cli.statistics.statistics import Statistics
from omsorg_cli.statistics.store import Record, Store

ADDRESS = "https://data.ssb.no/api"
MOST_CELLS = 800_000
"""Cells that one call may ask for; it stays below."""
FRESH = timedelta(hours=24)
"""How long an answer is taken for the one that would come now."""
NEED_INDEX = "need-index"
"""What the ministry's index is called among what is fetched; its file has another address each year."""
LISTS = {
    "klass131": "/klass/v1/classifications/131/codesAt?date={day}",
    "klass131-changes": "/klass/v1/classifications/131/changes?from=1990-01-01&to={day}",
}
GROUPS, KOSTRA_GROUPS = "klass112", "/klass/v1/classifications/112/codesAt?date={day}"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be fetched."""

    wanted: tuple[Wanted, ...]
    years: tuple[int, ...] = ()
    regions: tuple[str, ...] | None = None
    """Codes of municipalities and groups; nothing is every one."""


class Call(NamedTuple):
    """One question to the service."""

    table: str
    path: str
    selection: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def cells(self) -> int:
        """How many cells it asks for, the empty ones too."""
        return math.prod(len(codes) for _, codes in self.selection)

    @property
    def query(self) -> dict[str, Any]:
        """What is posted."""
        return {"selection": [{"variableCode": name, "valueCodes": list(codes)} for name, codes in self.selection]}


class Fetcher:
    """Fetches into a store, and tells what it did."""

    def __init__(self, store: Store, client: Client, tell: Callable[[str], None], *, again: bool = False) -> None:
        self.store, self.client, self.tell, self.again = store, client, tell, again

    def lists(self, day: str = "") -> list[Record]:
        """The lists of municipalities, of their changes and of their groups, as they are on that day."""
        day = day or date.today().isoformat()  # noqa: DTZ011 # a calendar's day
        found = [self._kept(name, path.format(day=day), None) for name, path in LISTS.items()]
        try:
            found.append(self._kept(GROUPS, KOSTRA_GROUPS.format(day=day), None))
        except OmsorgError as error:  # without them only the need of a group is lacking
            self.tell(str(error))
        return found

    def need_index(self, year: int) -> Record:
        """The ministry's need index, in the file that the client's address is."""
        answer = self.client.ask("")
        found = forms.known(answer.content, say("The answer on {table}", table="need-index"), year=year)
        if found.form != "need-index-ods":
            raise NoAnswerError(say("{address} is not an ods file with a need index.", address=self.client.address))
        return self.store.keep(
            answer.content,
            **found.told,
            form=found.form,
            address=self.client.address,
            query=None,
            fetched=answer.fetched,
        )

    def calls(self, request: Request) -> list[Call]:
        """The questions that the request takes, by what the tables have now."""
        return [call for wanted in request.wanted for call in self._calls(wanted, request)]

    def fetch(self, calls: Iterable[Call], done: Callable[[int], None]) -> list[Record]:
        """Asks them one by one; each answer is kept before the next is asked for."""
        found = []
        for call in calls:
            found.append(self._kept(call.table, call.path, call.query))
            done(1)
        return found

    def _kept(self, table: str, path: str, query: Any) -> Record:
        address = f"{self.client.address}{path}"
        there = None if self.again else self.store.asked(address, query)
        if there is not None and datetime.now(UTC) - datetime.fromisoformat(there.fetched) < FRESH:
            if query is not None:
                self.tell(say("{name} is in the store already, fetched {when}.", name=there.name, when=there.fetched))
            return there
        answer = self.client.ask(path, query)
        return self._keep(table, address, query, answer)

    def _keep(self, table: str, address: str, query: Any, answer: Answer) -> Record:
        """Reads the answer whole, and keeps it if it is what was asked for."""
        name = say("The answer on {table}", table=table)
        try:
            found = forms.known(answer.content, name, table=table)
        except UnreadableError as error:
            raise NoAnswerError(*error.args) from None
        if found.told["table"] != table or (found.dataset is not None and not _as_asked(found.dataset, query)):
            raise NoAnswerError(say("{name} is not what was asked for, and is not kept.", name=name))
        return self.store.keep(
            answer.content, **found.told, form=found.form, address=address, query=query, fetched=answer.fetched
        )

    def _calls(self, wanted: Wanted, request: Request) -> Iterator[Call]:
        path = f"/pxwebapi/v2/tables/{wanted.table}"
        answer = self.client.ask(f"{path}/metadata?lang=no&outputFormat=json-stat2")
        selection = []
        described = jsonstat.described(answer.content, say("The description of table {table}", table=wanted.table))
        for dimension, optional in described:
            codes = self._codes(wanted, dimension, request)
            if codes is None and not optional:
                codes = tuple(dimension.labels)
            if codes is not None:
                selection.append((dimension.code, codes))
        yield from split(Call(wanted.table, f"{path}/data?lang=no&outputFormat=json-stat2", tuple(selection)))

    def _codes(self, wanted: Wanted, dimension: Dimension, request: Request) -> tuple[str, ...] | None:
        """The codes of the dimension that are wanted and are there; nothing where the dimension does not matter."""
        if dimension.role == "region":
            return self._regions(wanted.table, dimension, request.regions)
        if dimension.role == "time":
            return self._years(wanted, dimension, request.years)
        told = wanted.codes.get(dimension.role) or wanted.codes.get(dimension.code)
        if told is None:
            return None
        if told == ("*",):
            return tuple(dimension.labels)
        as_here = {one: dimension.code_of(one) for one in told}
        found = tuple(code for code in as_here.values() if code is not None)
        if lacking := [one for one, code in as_here.items() if code is None]:
            self._without(wanted.table, dimension, lacking, found)
        return found

    def _without(self, table: str, dimension: Dimension, lacking: Sequence[str], found: Sequence[str]) -> None:
        told = say(
            "Table {table}: {label} does not have {codes}.",
            table=table,
            label=dimension.label,
            codes=", ".join(lacking),
        )
        if not found:
            raise NoAnswerError(f"{told} {nearest(lacking[0], dimension.labels)}")
        self.tell(told)

    def _regions(self, table: str, dimension: Dimension, regions: tuple[str, ...] | None) -> tuple[str, ...]:
        country = COUNTRY.get(table, "EAK")
        if regions is None:
            return tuple(
                code for code in dimension.labels if code == country or code.startswith("EKG") or _is_municipality(code)
            )
        wanted = dict.fromkeys(country if one == "EAK" else one for one in regions)
        found = tuple(one for one in wanted if one in dimension.labels)
        lacking = [one for one in wanted if one not in dimension.labels and _is_municipality(one)]
        if lacking:
            told = ", ".join(lacking)
            self.tell(say("Table {table} has no such municipality as {told}.", table=table, told=told))
        if not found:
            raise NoAnswerError(say("Table {table} has none of the municipalities asked for.", table=table))
        return found

    def _years(self, wanted: Wanted, dimension: Dimension, years: tuple[int, ...]) -> tuple[str, ...]:
        there = tuple(dimension.labels)
        if wanted.every_year:
            return there
        if not years:
            return there[-max(len(wanted.years_after), 1) :]
        asked = sorted({year + after for year in years for after in wanted.years_after})
        found = tuple(code for code in there if code[:4] in {str(year) for year in asked})
        missing = [str(year) for year in asked if not any(code.startswith(str(year)) for code in there)]
        if not found or any(str(year) in missing for year in years):
            span = f"{there[0]}–{there[-1]}" if there else "–"
            raise NoAnswerError(
                say(
                    "Table {table} has no {years}; it has {span}.",
                    table=wanted.table,
                    years=", ".join(missing),
                    span=span,
                )
            )
        if missing:
            self.tell(say("Table {table} has no {years} yet.", table=wanted.table, years=", ".join(missing)))
        return found


def wanted_of(name: str) -> tuple[Wanted, ...]:
    """The tables of a preset, or the one table of that number."""
    if name in PRESETS:
        return PRESETS[name]
    if name.isdigit() and len(name) == 5:
        return (Wanted(name),)
    raise OmsorgError(
        say(
            "found {name}; allowed: a table's number, such as 12367, or one of {presets}. {near}",
            name=shown(name),
            presets=", ".join(PRESETS),
            near=nearest(name, PRESETS),
        )
    )


def regions_of(store: Store, wanted: Iterable[str], years: Iterable[int]) -> tuple[str, ...]:
    """The codes of what people name, in every one of the years, with the country and the members of groups."""
    statistics = Statistics(store)
    codes = ["EAK"]
    for name in wanted:
        region = statistics.region(name)
        codes.append(region)
        codes += [code for code, group in statistics.groups.items() if group == region]  # whose inhabitants weigh it
        for year in years if region.isdigit() else ():
            codes += statistics.municipalities.in_year(region, year).codes
    return tuple(dict.fromkeys(codes))


def split(call: Call) -> Iterator[Call]:
    """The call, or as many parts of it as keep each below the limit: the longest dimension is halved."""
    if call.cells < MOST_CELLS:
        yield call
        return
    longest = max(range(len(call.selection)), key=lambda place: len(call.selection[place][1]))
    name, codes = call.selection[longest]
    for part in (codes[: len(codes) // 2], codes[len(codes) // 2 :]):
        yield from split(
            call._replace(selection=(*call.selection[:longest], (name, part), *call.selection[longest + 1 :]))
        )


def _as_asked(dataset: Dataset, query: Any) -> bool:
    """Whether every code that was asked for is there."""
    there = {one.code: one.labels for one in dataset.dimensions}
    return all({*one["valueCodes"]} <= {*there.get(one["variableCode"], ())} for one in query["selection"])


def _is_municipality(code: str) -> bool:
    return len(code) == 4 and code.isdigit()
