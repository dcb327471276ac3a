"""A scenario in the making: each value names the answer that it is from, and what is lacking is a comment."""

import json
import re
from collections.abc import Callable, Iterable

from omsorg_cli.core.errors import NoAnswerError, plain
from omsorg_cli.core.language import say
from omsorg_cli.statistics.need_index import DERIVED
from omsorg_cli.statistics.statistics import ESTIMATE, PROJECTION, UNREVISED, LackingError, Number
from omsorg_cli.statistics.store import Record


class Draft:
    """The lines of a scenario and the sources that they name."""

    def __init__(self, title: str, municipality: str, year: int, table: str) -> None:
        self.title, self.municipality, self.year, self.table = title, municipality, year, table
        self.lines: list[str] = []
        self.lacking: list[str] = []
        """What could not be written, as sentences."""
        self.first: dict[str, str] = {}
        """Where a number that several rows use stands: the key of the row, by what it is of."""
        self._sources: dict[str, tuple[str, Record]] = {}

    def line(self, text: str = "") -> None:
        """A line as it stands."""
        self.lines.append(text)

    def plain(self, name: str, value: str | int) -> None:
        """A key or a choice, which has no source."""
        self.line(f"{name} = {_toml(value)}")

    def chosen(self, name: str, value: float, why: str) -> None:
        """A choice of ours, with its reason."""
        self.line(f"{name} = {{ value = {value}, assumption = {_toml(why)} }}")

    def choice(self, name: str, chosen: str | int, number: Number, place: str) -> None:
        """A choice that an answer makes for us."""
        source = f"{self._source(number.records[0])}, {place}"
        self.line(f"{name} = {{ value = {_toml(chosen)}, source = {_toml(source)} }}")

    def value(self, name: str, number: Number, *, digits: int = 2, note: str = "", assumption: str = "") -> None:
        """An input with where it is from."""
        ids = [self._source(record) for record in number.records]
        words = [str(say(word)) for word in number.words]
        fetched = max(record.fetched for record in number.records)[:10]
        place = ", ".join([number.place, *words, say("fetched {date}", date=fetched)])
        more = say("with {sources}", sources=", ".join(ids[1:])) if ids[1:] else ""
        notes = "; ".join(part for part in (note, number.remark, more) if part)
        told = {"value": _rounded(number.value, digits), "source": f"{ids[0]}, {place}"}
        told |= {"note": notes} if notes else {}
        told |= {"assumption": assumption} if assumption else {}
        self.line(f"{name} = {{ {', '.join(f'{key} = {_toml(one)}' for key, one in told.items())} }}")

    def attempt(self, name: str, number: Callable[[], Number], fetch: str, **told: object) -> bool:
        """An input, or a commented line that says what is lacking and what would bring it."""
        try:
            found = number()
        except LackingError as error:
            self.lack(name, str(error), fetch)
            return False
        self.value(name, found, **told)  # type: ignore[arg-type]  # as value has them
        return True

    def lack(self, name: str, why: str, fetch: str) -> None:
        """The commented line in the place of an input."""
        told = say("{name}: {why}. To bring it: {command}", name=name, why=plain(why), command=fetch)
        self.line(f"# {told}")
        self.lacking.append(told)

    def need_any(self, written: Iterable[bool], told: str) -> None:
        """Refuses a scenario of which nothing could be written: what it is, and what is lacking."""
        if not any(written):
            raise NoAnswerError("\n".join([told, *dict.fromkeys(self.lacking)]))

    def text(self) -> str:
        """The scenario."""
        told = say("Written from public statistics kept on this machine; each value names its table and codes.")
        head = [
            f"# {told}",
            "",
            f"title = {_toml(self.title)}",
            f"municipality = {_toml(self.municipality)}",
            f"year = {self.year}",
        ]
        for key, record in self._sources.values():
            head += ["", f"[sources.{key}]", *_source_lines(record)]
        return "\n".join([*head, *self.lines, *self._notices()]) + "\n"

    def _notices(self) -> Iterable[str]:
        """The notes that must be shown with the numbers, each once, whichever tables have it."""
        notes: dict[str, list[str]] = {}
        for key, record in self._sources.values():
            for note in record.notes:
                notes.setdefault(_unlinked(note), []).append(key)
        for note, keys in notes.items():
            told = say("{publisher} requires this note with its figures.", publisher=self._publisher(keys[0]))
            yield from ("", "[[notices]]", f"what = {_toml(plain(note)[:2000])}", f"where = [{_toml(self.table)}]")
            yield from (f"changes = {_toml(told)}", f"source = {_toml(keys[0])}", "always = true")
        yield from self._kinds()

    def _kinds(self) -> Iterable[str]:
        """What kind of numbers some of them are, so that every result says it."""
        sourced = "\n".join(line for line in self.lines if "source" in line)
        kinds = [kind for kind in (say(ESTIMATE), say(UNREVISED), say(PROJECTION), say(DERIVED)) if kind in sourced]
        if kinds:
            told = say("Among the figures used are: {kinds}.", kinds=", ".join(kinds))
            why = say("The sources say which; what is not final may still be revised.")
            yield from ("", "[[notices]]", f"what = {_toml(told)}", f"where = [{_toml(self.table)}]")
            yield from (f"changes = {_toml(why)}", "always = true")

    def _publisher(self, key: str) -> str:
        return next(record.publisher for one, record in self._sources.values() if one == key)

    def _source(self, record: Record) -> str:
        """The id of the answer among the sources; a second answer on a table has one of its own."""
        if record.name not in self._sources:
            number = "" if record.table.startswith(("klass", "need")) else "ssb"
            key = f"{number}{record.table}"
            before = sum(1 for _, one in self._sources.values() if one.table == record.table)
            self._sources[record.name] = f"{key}_{before + 1}" if before else key, record
        return self._sources[record.name][0]


def _unlinked(note: str) -> str:
    """The note with the address behind the words that lead to it."""
    return re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1 (\2)", note)


def _source_lines(record: Record) -> Iterable[str]:
    yield f"title = {_toml(plain(record.title)[:500] or record.table)}"
    yield f"publisher = {_toml(record.publisher)}"
    if record.updated[:4].isdigit():
        yield f"year = {int(record.updated[:4])}"
    yield f"url = {_toml(record.address)}"
    told = say(
        "updated {updated}, fetched {fetched}, licence {licence}, sha256 {sha256}",
        updated=record.updated or "–",
        fetched=record.fetched,
        licence=record.licence,
        sha256=record.sha256,
    )
    words = " ".join(str(say(word)) for word in record.words)
    yield f"note = {_toml(f'{told}. {words}'.strip())}"


def _rounded(value: float, digits: int) -> int | float:
    return int(value) if float(value).is_integer() else round(value, digits)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "") if isinstance(value, str) else str(value)
