"""What the store has to say: numbers by table, region and year, each with the answer that it is from."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from omsorg_cli.core.errors import NoAnswerError, OmsorgError
from omsorg_cli.core.language import Said, phrase, say
from omsorg_cli.statistics import forms, klass, need_index
from omsorg_cli.statistics.dataset import SYMBOLS, Dataset
from omsorg_cli.statistics.klass import Municipalities
from omsorg_cli.statistics.need_index import NeedIndex
from omsorg_cli.statistics.store import Record, Store

ESTIMATE, UNREVISED, PROJECTION = phrase("estimate"), phrase("unrevised"), phrase("projection")
UNKNOWN_REVISION = phrase("revised or not is unknown")
PROJECTIONS = ("13599", "14746")
KOSTRA = ("11875", "12191", "12209", "12292", "12293", "12362", "12367", "14533")
OPEN_AGE = re.compile(r"\d{3}\+")
"""The code of the oldest, whose age is open."""
SEXES = ("1", "2")
REVISED = "06-15"
"""The day of the year after from which KOSTRA's numbers are revised."""


class LackingError(NoAnswerError):
    """The store has no such number, or a symbol stands in its place."""


class LackingNeedError(LackingError):
    """The store has no such need index."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number from the store: the answers it is from, where in them, and what kind of number it is."""

    value: float
    records: tuple[Record, ...]
    place: str
    words: tuple[str, ...] = ()
    remark: str = ""

    def times(self, factor: float) -> "Number":
        """The same in another unit."""
        return replace(self, value=self.value * factor)


class Statistics:
    """Looks numbers up in a store; the newest answer that has the cell counts."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._read: dict[str, Dataset] = {}
        self._indexes: dict[int, tuple[Record, NeedIndex]] = {}
        self._people: dict[int, dict[str, float]] = {}

    @cached_property
    def records(self) -> list[Record]:
        """Every record of the store, the newest first."""
        return self.store.records()

    @cached_property
    def municipalities(self) -> Municipalities:
        """The municipalities by the newest list of KLASS, with every change that is known."""
        lists = [one for one in self.records if one.table == "klass131"]
        if not lists:
            raise NoAnswerError(
                say(
                    "The store {folder} has no list of municipalities; fetch it: omsorg data fetch savings.",
                    folder=self.store.folder,
                )
            )
        newest = max(lists, key=lambda one: (one.address, one.fetched))  # the address ends in the day it is of
        changes = [one for one in self.records if one.table == "klass131-changes"]
        known, old = klass.joined(klass.read_changes(self.store.content(one), one.name) for one in changes)
        return Municipalities(klass.read_codes(self.store.content(newest), newest.name), known, old)

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The KOSTRA group of each municipality; none where the store has no list of them."""
        lists = [one for one in self.records if one.table == "klass112"]
        return klass.read_groups(self.store.content(lists[0]), lists[0].name) if lists else {}

    def number(self, table: str, where: Mapping[str, str]) -> Number:
        """The number in that cell; raises where there is none, with what stands there instead."""
        told = ", ".join(where.values())
        for record, dataset in self.tables(table):
            cell = dataset.cell(where)
            if cell is not None and cell.symbol in SYMBOLS:
                raise _without_number(cell.symbol, table, told)
            if cell is not None and cell.value is not None:
                return Number(cell.value, (record,), told, words_of(table, where, record.updated))
        raise LackingError(say("not in the store: table {table}, {place}", table=table, place=told))

    def tables(self, table: str) -> list[tuple[Record, Dataset]]:
        """Every answer on that table, the newest first."""
        return [(one, self._dataset(one)) for one in self.records if one.table == table and one.form in forms.TABLES]

    def _dataset(self, record: Record) -> Dataset:
        if record.name not in self._read:
            self._read[record.name] = forms.read_table(record, self.store.content(record))
        return self._read[record.name]

    def in_year(self, table: str, region: str, year: int, where: Mapping[str, str]) -> Number:
        """The municipality's number in that year: a merger is the sum of its parts, and says so."""
        if not region.isdigit() or region == "0":
            return self.number(table, {**where, "region": region, "time": str(year)})
        past = self.municipalities.in_year(region, year)
        parts = [self.number(table, {**where, "region": code, "time": str(year)}) for code in past.codes]
        return summed(parts, str(past.remark or ""))

    def inhabitants(self, region: str, year: int) -> Number:
        """Inhabitants on 1 January of that year, of every age and both sexes."""
        return self.persons("07459", "Personer1", region, year)

    def persons(
        self, table: str, contents: str, region: str, year: int, low: int = 0, high: int | None = None
    ) -> Number:
        """Persons on 1 January of that year, both sexes, of every age from `low` to `high`, or older."""
        past = self.municipalities.in_year(region, year)
        ages = (low, high)
        return summed([self._persons(table, contents, code, year, ages) for code in past.codes], str(past.remark or ""))

    def _persons(self, table: str, contents: str, code: str, year: int, span: tuple[int, int | None]) -> Number:
        where = {"region": code, "time": str(year), "contents": contents}
        for record, dataset in self.tables(table):
            ages, sexes = _ages(dataset, *span), tuple(one for one in dataset.codes("sex") if one in SEXES)
            if ages is None or (dataset.codes("sex") and len(sexes) < len(SEXES)):
                continue  # some of the ages or one sex only: no sum of them is all
            cells = [dataset.cell(where | {"age": age, "sex": sex}) for age in ages for sex in sexes or ("",)]
            numbers = [one.value for one in cells if one is not None and one.value is not None]
            if symbol := next((one.symbol for one in cells if one is not None and one.symbol in SYMBOLS), ""):
                raise _without_number(symbol, table, _place(code, year, span))
            if len(numbers) < len(cells):
                continue
            if not sum(numbers) and span == (0, None):  # the table has nought for codes that were not in use
                raise LackingError(say("{code}: no such municipality in {year}", code=code, year=year))
            place = _place(code, year, span)
            return Number(sum(numbers), (record,), place, words_of(table, where, record.updated))
        raise LackingError(say("not in the store: table {table}, {place}", table=table, place=_place(code, year, span)))

    def need_index(self, year: int) -> tuple[Record, NeedIndex]:
        """The need index of that year, held against the inhabitants as far as they are in the store."""
        if year in self._indexes:
            return self._indexes[year]
        for record in self.records:
            if record.table == "need-index" and record.updated == str(year):
                found = forms.read_need_index(record.form, self.store.content(record), record.name, year)
                self.hold(found, record.name)
                self._indexes[year] = record, found
                return record, found
        raise LackingNeedError(say("not in the store: the need index of {year}", year=year))

    def hold(self, index: NeedIndex, name: str) -> None:
        """Refuses a need index whose mean, by the inhabitants in the store, is not 1."""
        need_index.hold_against(index, self._every_inhabitant(index.year), name)

    def take(self, content: bytes, name: str, *, year: int | None = None, table: str = "") -> Record:
        """Keeps a file that somebody downloaded, once it is read whole; a need index is held against what is there."""
        form, told, _ = forms.known(content, name, year=year, table=table)
        if form.startswith("need-index"):
            self.hold(forms.read_need_index(form, content, name, year), name)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return self.store.keep(content, **told, form=form, address=f"file:{name}", query=None, fetched=now)

    def need(self, region: str, year: int) -> Number:
        """The need index of a municipality, of a group by its members' inhabitants, or of the country, which is 1."""
        record, found = self.need_index(year)
        if region == "EAK":
            return Number(1.0, (record,), say("the country is 1 by definition"))
        if region.startswith("EKG"):
            return self._need_of_group(region, year, record, found)
        codes = self.municipalities.in_year(region, year).codes
        if len(codes) > 1 or codes[0] not in found.index:
            raise LackingNeedError(say("not in the need index of {year}: {code}", year=year, code=" + ".join(codes)))
        return Number(found.index[codes[0]], (record,), f"{codes[0]}, {year}", tuple(record.words))

    def _need_of_group(self, group: str, year: int, record: Record, found: NeedIndex) -> Number:
        members = [code for code, of in self.groups.items() if of == group]
        people = self._every_inhabitant(year)
        if not members or any(code not in people for code in members):
            raise LackingError(say("not in the store: the inhabitants of every member of {group}", group=group))
        if any(code not in found.index for code in members):
            raise LackingNeedError(
                say("not in the need index of {year}: every member of {group}", year=year, group=group)
            )
        value = sum(found.index[code] * people[code] for code in members) / sum(people[code] for code in members)
        lists = [one for one in self.records if one.table == "klass112"]
        place = say(
            "{group}: {count} municipalities by their inhabitants, {year}", group=group, count=len(members), year=year
        )
        return Number(value, (record, lists[0]), place, tuple(dict.fromkeys((need_index.DERIVED, *record.words))))

    def _every_inhabitant(self, year: int) -> dict[str, float]:
        """The inhabitants of each municipality that the store has them of."""
        if year not in self._people:
            codes = self.municipalities.names if any(one.table == "klass131" for one in self.records) else ()
            self._people[year] = {}
            for code in codes:
                with suppress(LackingError):
                    self._people[year][code] = self._persons("07459", "Personer1", code, year, (0, None)).value
        return self._people[year]

    def region(self, wanted: str) -> str:
        """The code of what people name: a municipality, a KOSTRA group, or the country."""
        if wanted.casefold() in ("country", "landet", "eak"):
            return "EAK"
        if wanted.upper().startswith("EKG"):
            number = wanted[3:]
            if not number.isdigit() or not 1 <= int(number) <= 17:
                raise OmsorgError(say("found {group}; allowed: a KOSTRA group, EKG01 to EKG17.", group=wanted))
            return f"EKG{int(number):02}"
        return self.municipalities.find(wanted)

    def label(self, region: str) -> Said | str:
        """What people read for a region."""
        if region == "EAK":
            return say("the country")
        if region.startswith("EKG"):
            return say("KOSTRA group {number}", number=int(region[3:]))
        return self.municipalities.name(region)


def _without_number(symbol: str, table: str, place: str) -> LackingError:
    """What is raised where a symbol stands for the number, whatever older answers have."""
    what = say(SYMBOLS[symbol])
    told = say("{what} ({symbol}) in table {table}: {place}", what=what, symbol=symbol, table=table, place=place)
    return LackingError(told)


def _ages(dataset: Dataset, low: int, high: int | None) -> tuple[str, ...] | None:
    """The codes of the single years of age in the span; nothing where any of them is lacking."""
    told = dataset.codes("age")
    if not told:
        return ("",) if (low, high) == (0, None) else None
    last = next((one for one in told if OPEN_AGE.fullmatch(one)), None)
    if high is None and last is None:
        return None
    top = high + 1 if high is not None else int(str(last)[:3])
    ages = (*(f"{age:03}" for age in range(low, top)), *((str(last),) if high is None else ()))
    return ages if {*ages} <= {*told} else None


def _place(code: str, year: int, span: tuple[int, int | None]) -> str:
    """Where a number of persons stands: whose, of which age, and when."""
    low, high = span
    if span == (0, None):
        return f"{code}, 1.1.{year}"
    if high is None:
        return say("{code}, {low} years and older, 1.1.{year}", code=code, low=low, year=year)
    return say("{code}, {low}–{high} years, 1.1.{year}", code=code, low=low, high=high, year=year)


def words_of(table: str, where: Mapping[str, str], updated: str) -> tuple[str, ...]:
    """What kind of number it is, where it is not a plain and final one."""
    words = []
    if where.get("region", "").startswith("E"):
        words.append(ESTIMATE)
    if table in PROJECTIONS:
        words.append(PROJECTION)
    year = where.get("time", "")[:4]
    if table in KOSTRA and year.isdigit() and updated[:10] < f"{int(year) + 1}-{REVISED}":
        words.append(UNREVISED if updated else UNKNOWN_REVISION)
    return tuple(words)


def summed(parts: Sequence[Number], remark: str = "") -> Number:
    """The sum, with everything that its parts are from."""
    return Number(
        sum(one.value for one in parts),
        _records(parts),
        " + ".join(dict.fromkeys(one.place for one in parts)),
        tuple(dict.fromkeys(word for one in parts for word in one.words)),
        remark or "; ".join(dict.fromkeys(one.remark for one in parts if one.remark)),
    )


def _records(parts: Sequence[Number]) -> tuple[Record, ...]:
    return tuple({record.name: record for one in parts for record in one.records}.values())
