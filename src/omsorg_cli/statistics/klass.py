"""Municipalities by Statistics Norway's KLASS: their codes and names, and what became of a code.

A name is found with or without its Sami doublet; one that two municipalities have is asked about. A municipality of
today is followed back to the codes of another year: a merger is the sum of its parts, a split has no answer.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest, shown
from omsorg_cli.core.language import Said, say
from omsorg_cli.statistics import jsonstat
from omsorg_cli.statistics.dataset import UnreadableError

UNKNOWN = "9999"
"""The code of what is not stated."""


class Change(NamedTuple):
    """One code became another, on a date; there are several for a merger or a split."""

    old: str
    new: str
    date: str


class Past(NamedTuple):
    """The codes that a municipality had in a year, and what is to be said of them."""

    codes: tuple[str, ...]
    remark: Said | None = None


@dataclass(frozen=True, slots=True)
class Municipalities:
    """The municipalities of today, by code, and every change of a code that is known."""

    names: Mapping[str, str]
    """Each code with its name, as KLASS writes it."""
    changes: Sequence[Change] = ()
    old_names: Mapping[str, str] = field(default_factory=dict)

    def find(self, wanted: str) -> str:
        """The code of the municipality of that name or code."""
        if wanted.isdigit():
            return self._by_code(wanted)
        found = [code for code, name in self.names.items() if _simple(wanted) in _spellings(name)]
        if len(found) == 1:
            return found[0]
        if found:
            told = ", ".join(f"{code} {self.names[code]}" for code in found)
            raise OmsorgError(
                say(
                    "{name} is the name of several municipalities: {told}. Give the code.",
                    name=shown(wanted),
                    told=told,
                )
            )
        gone = [f"{code} {name}" for code, name in self.old_names.items() if _simple(wanted) in _spellings(name)]
        if gone:
            raise NoAnswerError(
                say(
                    "{name}: there is no such municipality now; there was {told}.",
                    name=shown(wanted),
                    told=", ".join(gone),
                )
            )
        near = nearest(wanted, [short(name) for name in self.names.values()])
        raise OmsorgError(say("{name} is not a municipality. {near}", name=shown(wanted), near=near))

    def _by_code(self, code: str) -> str:
        if len(code) == 3 and f"0{code}" in self.names:
            raise OmsorgError(say("{code} has three digits; allowed: four, 0{code}.", code=code))
        if code in self.names and code != UNKNOWN:
            return code
        after = [one for one in self.changes if one.old == code]
        if after:
            told = ", ".join(f"{one.new} {self.names.get(one.new, '')}".strip() for one in after)
            raise NoAnswerError(
                say(
                    "{code} is no municipality any more: on {date} it became {told}. Give the code of today.",
                    code=code,
                    date=after[0].date,
                    told=told,
                )
            )
        raise OmsorgError(say("{code} is the code of no municipality.", code=code))

    def name(self, code: str) -> str:
        """The name without its doublets in other languages."""
        return short(self.names.get(code, self.old_names.get(code, code)))

    def in_year(self, code: str, year: int) -> Past:
        """The codes that it had on 1 January of that year; a merger is told, a split refused."""
        codes, merged, split = self._back(code, f"{year}-01-01")
        if split:
            raise NoAnswerError(split)
        if codes == (code,):
            return Past(codes)
        told = " + ".join(f"{one} {self.old_names.get(one, '')}".strip() for one in codes)
        if merged:
            return Past(
                codes,
                say(
                    "{code} {name} did not exist in {year}: the sum of {told}",
                    code=code,
                    name=self.name(code),
                    year=year,
                    told=told,
                ),
            )
        return Past(
            codes,
            say("{code} {name} had the code {told} in {year}", code=code, name=self.name(code), year=year, told=told),
        )

    def _back(self, code: str, date: str) -> tuple[tuple[str, ...], bool, Said | None]:
        """The codes before that date's changes, whether any were merged, and why there is no answer, if none."""
        codes, merged = [code], False
        for day in sorted({one.date for one in self.changes if one.date > date}, reverse=True):
            before: list[str] = []
            for one in codes:
                sources = sorted({change.old for change in self.changes if change.date == day and change.new == one})
                for source in sources:
                    if fault := self._split(source, day):
                        return (), False, fault
                merged = merged or len(sources) > 1
                before += sources or [one]
            codes = list(dict.fromkeys(before))
        return tuple(codes), merged, None

    def _split(self, source: str, day: str) -> Said | None:
        parts = sorted({one.new for one in self.changes if one.date == day and one.old == source} - {source})
        stays = any(one.date == day and one.old == one.new == source for one in self.changes)
        if len(parts) + stays < 2:
            return None
        told = ", ".join(f"{one} {self.name(one)}" for one in parts)
        return say(
            "{code} {name} was split on {date} into {told}: what it was before cannot be shared among them.",
            code=source,
            name=self.old_names.get(source, ""),
            date=day,
            told=told,
        )


def read_codes(content: bytes, name: str) -> dict[str, str]:
    """The codes of a classification with their names."""
    data = jsonstat.load(content, name)
    codes = data.get("codes") if isinstance(data, dict) else None
    if not isinstance(codes, list) or not all(isinstance(one, dict) and {"code", "name"} <= {*one} for one in codes):
        raise UnreadableError(say("{name} is not a list of codes from KLASS.", name=name))
    return {str(one["code"]): str(one["name"]) for one in codes}


def read_groups(content: bytes, name: str) -> dict[str, str]:
    """The KOSTRA group of each municipality, such as EKG02."""
    read_codes(content, name)
    found = {}
    for one in jsonstat.load(content, name)["codes"]:
        group = re.search(r"(\d+)$", str(one.get("parentCode") or ""))
        if group and str(one["code"]).isdigit() and len(str(one["code"])) == 4:
            found[str(one["code"])] = f"EKG{int(group[1]):02}"
    return found


def read_changes(content: bytes, name: str) -> tuple[list[Change], dict[str, str]]:
    """Each change of a code, and the names of codes that are gone."""
    data = jsonstat.load(content, name)
    changes: Any = data.get("codeChanges") if isinstance(data, dict) else None
    keys = {"oldCode", "newCode", "changeOccurred"}
    if not isinstance(changes, list) or not all(isinstance(one, dict) and keys <= {*one} for one in changes):
        raise UnreadableError(say("{name} is not a list of changes from KLASS.", name=name))
    sound = [one for one in changes if one["oldCode"] and one["newCode"]]
    found = [Change(str(one["oldCode"]), str(one["newCode"]), str(one["changeOccurred"])[:10]) for one in sound]
    return found, {str(one["oldCode"]): str(one.get("oldName") or "") for one in sound}


def short(name: str) -> str:
    """The name without its doublets in other languages; a county in brackets, which tells two apart, is kept."""
    return name.partition(" - ")[0]


def key_of(name: str) -> str:
    """The name as a key in a scenario."""
    return re.sub(r"[^a-zæøå0-9]+", "_", normalize("NFC", short(name)).lower()).strip("_") or "municipality"


def _spellings(name: str) -> set[str]:
    bare = re.sub(r"\s*\(.*\)$", "", name)
    return {_simple(one) for one in (name, bare, *bare.split(" - "))}


def _simple(name: str) -> str:
    return normalize("NFC", " ".join(name.split())).casefold()


def joined(parts: Iterable[tuple[list[Change], dict[str, str]]]) -> tuple[tuple[Change, ...], dict[str, str]]:
    """The changes of several answers, each once."""
    changes: dict[Change, None] = {}
    names: dict[str, str] = {}
    for found, old in parts:
        changes |= dict.fromkeys(found)
        names |= old
    return tuple(changes), names
