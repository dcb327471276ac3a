"""The store of answers on this machine: each as it came, beside a record of where, when and under which terms.

An answer is two files: NAME.body, the bytes, and NAME.json, its record. The body is written first, so that a record
never speaks of what is not there; each is written whole or not at all.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args, get_origin

from omsorg_cli.core.errors import OmsorgError, nearest, plain, shown, why_of
from omsorg_cli.core.language import Said, say
from omsorg_cli.writing.output import save

FORMAT = "omsorg.answer/1"
FORMATS = ("json-stat2", "csv", "xlsx", "klass", "need-index-ods", "need-index-json")


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an answer."""

    name: str
    table: str
    """The table's number, or what it is: klass131, klass131-changes, klass112, need-index."""
    title: str
    form: str
    address: str
    query: Any
    fetched: str
    updated: str
    sha256: str
    bytes: int
    symbols: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """Those that must be shown with the numbers."""
    publisher: str = ""
    licence: str = ""
    words: list[str] = field(default_factory=list)
    """What the numbers are: derived …"""


class Store:
    """The answers in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes, **known: Any) -> Record:
        """Puts an answer in the store, under its table, its query and its content."""
        sha256 = hashlib.sha256(content).hexdigest()
        asked = hashlib.sha256(_canonical(known["address"], known["query"]).encode()).hexdigest()
        name = f"{known['table'] or 'table'}-{asked[:8]}-{sha256[:8]}"
        record = Record(name=name, sha256=sha256, bytes=len(content), **known)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OmsorgError(
                say("{folder}: the store cannot be made: {why}.", folder=_said(self.folder), why=why_of(error))
            ) from None
        save(content, self._body(name))
        save(_text({"format": FORMAT} | asdict(record)).encode(), self.folder / f"{name}.json")
        return record

    def records(self) -> list[Record]:
        """Every record, the newest first; a damaged one is told."""
        if not self.folder.is_dir():
            if self.folder.exists():
                raise OmsorgError(say("{folder} is not a folder; a store is one.", folder=_said(self.folder)))
            return []
        found = [_record(path) for path in sorted(self.folder.glob("*.json"))]
        return sorted(found, key=lambda one: (one.updated, one.fetched), reverse=True)

    def record(self, name: str) -> list[Record]:
        """The records of that name, or of that table."""
        known = self.records()
        found = [one for one in known if name in (one.name, one.table)]
        if not found:
            near = nearest(name, {text for one in known for text in (one.name, one.table)})
            raise OmsorgError(
                say(
                    "{name} is not in the store {folder}. {near}",
                    name=plain(name),
                    folder=_said(self.folder),
                    near=near,
                )
            )
        return found

    def asked(self, address: str, query: Any) -> Record | None:
        """The newest answer to this very question, if there is one and it is whole."""
        wanted = _canonical(address, query)
        for one in sorted(self.records(), key=lambda one: one.fetched, reverse=True):
            if _canonical(one.address, one.query) == wanted and not self.fault(one):
                return one
        return None

    def content(self, record: Record) -> bytes:
        """The bytes of an answer, if they are those that came."""
        if fault := self.fault(record):
            raise OmsorgError(fault)
        return self._body(record.name).read_bytes()

    def fault(self, record: Record) -> Said | None:
        """What is wrong with an answer's bytes, if anything is."""
        path = self._body(record.name)
        try:
            content = path.read_bytes()
        except OSError as error:
            return say("{path} cannot be read: {why}. Fetch or import it anew.", path=_said(path), why=why_of(error))
        if hashlib.sha256(content).hexdigest() != record.sha256:
            return say(
                "{path} is not what was fetched: its sha256 differs from its record. Fetch or import it anew.",
                path=_said(path),
            )
        return None

    def verified(self) -> Iterator[tuple[str, Said | None]]:
        """Each answer, and what is wrong with it; damaged records and bodies without one are told too."""
        paths = sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []
        for path in paths:
            try:
                record = _record(path)
            except OmsorgError as error:
                yield path.stem, say("{what}", what=str(error))
            else:
                yield path.stem, self.fault(record)
        known = {path.stem for path in paths}
        for path in sorted(self.folder.glob("*.body")) if self.folder.is_dir() else []:
            if path.stem not in known:
                yield path.stem, say("{path} has no record; it may be removed.", path=_said(path))

    def _body(self, name: str) -> Path:
        return self.folder / f"{name}.body"


def store_in(folder: str | Path | None) -> Store:
    """The store in that folder, or by OMSORG_STORE, or where this system keeps such data."""
    if folder is not None:
        return Store(Path(str(folder)))
    if told := os.environ.get("OMSORG_STORE"):
        return Store(Path(told))
    from platformdirs import user_data_path

    return Store(user_data_path("omsorg", appauthor=False) / "statistics")


def _record(path: Path) -> Record:
    """The record in a file, or a sentence about what is wrong with it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not str(told.get("format", "")).startswith("omsorg.answer/"):
        raise OmsorgError(
            say(
                "{path} is not a record of an answer, or is damaged; remove it and its .body, and fetch anew.",
                path=_said(path),
            )
        )
    if told.pop("format") != FORMAT:
        raise OmsorgError(
            say(
                "{path} was written by a newer version of omsorg; use that version, or another --store.",
                path=_said(path),
            )
        )
    wrong = sorted({*told} ^ {one.name for one in fields(Record)}) or [
        one.name for one in fields(Record) if not _fits(one.type, told[one.name])
    ]
    if wrong or told["form"] not in FORMATS or path.stem != told["name"]:
        what = shown(wrong[0] if wrong else "form")
        raise OmsorgError(
            say("{path} is damaged at {what}; remove it and its .body, and fetch anew.", path=_said(path), what=what)
        )
    return Record(**told)


def _fits(kind: Any, value: Any) -> bool:
    """Whether the value is of the kind, and so are the items in it."""
    if kind is Any:
        return True
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    of_items = (get_args(kind) or (object,))[-1]
    return isinstance(value, get_origin(kind) or kind) and all(isinstance(one, of_items) for one in held)


def _canonical(address: str, query: Any) -> str:
    return json.dumps([address, query], sort_keys=True, ensure_ascii=False)


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _said(path: Path) -> str:
    return plain(str(path))
