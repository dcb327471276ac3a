"""What form an answer has, read off its content, and what a record tells of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from omsorg_cli.core.language import say
from omsorg_cli.statistics import jsonstat, klass, need_index, tabular
from omsorg_cli.statistics.dataset import Dataset, UnreadableError
from omsorg_cli.statistics.need_index import NeedIndex
from omsorg_cli.statistics.store import Record

STATISTICS_NORWAY, MINISTRY = "Statistisk sentralbyrå", "Kommunal- og distriktsdepartementet"
BY, OPEN = "CC BY 4.0", "NLOD 2.0"
TABLES: dict[str, Callable[[bytes, str], Dataset]] = {
    "json-stat2": jsonstat.read,
    "csv": tabular.read_csv,
    "xlsx": tabular.read_xlsx,
}
ZIP, ODS = b"PK\x03\x04", b"application/vnd.oasis.opendocument.spreadsheet"


class Known(NamedTuple):
    """What an answer is, and what its record tells of it."""

    form: str
    told: dict[str, Any]
    dataset: Dataset | None = None


def known(content: bytes, name: str, *, year: int | None = None, table: str = "") -> Known:
    """What the content is; it is read whole, so that nothing unsound is kept."""
    form = _form(content, name)
    if form in TABLES:
        found = TABLES[form](content, name)
        number = found.table or table
        if not number:
            raise UnreadableError(
                say("{name}: which table is it? Neither its title nor its name says so; give --table.", name=name)
            )
        told = {"table": number, "title": found.title, "updated": found.updated, "symbols": found.counted()}
        told |= {"notes": list(found.notes), "publisher": STATISTICS_NORWAY, "licence": BY}
        return Known(form, told, found)
    if form.startswith("need-index"):
        index = read_need_index(form, content, name, year)
        told = {"table": "need-index", "title": index.title, "updated": str(index.year), "words": list(index.words)}
        return Known(form, told | {"publisher": MINISTRY, "licence": OPEN})
    table, title = _classification(content, name, table)
    return Known(form, {"table": table, "title": title, "updated": "", "publisher": STATISTICS_NORWAY, "licence": BY})


def read_table(record: Record, content: bytes) -> Dataset:
    """The table in an answer of the store."""
    return TABLES[record.form](content, record.name)


def read_need_index(form: str, content: bytes, name: str, year: int | None) -> NeedIndex:
    """The need index in a file."""
    return need_index.read_ods(content, name, year) if form == "need-index-ods" else need_index.read_json(content, name)


def _form(content: bytes, name: str) -> str:
    if content.startswith(ZIP):
        return "need-index-ods" if ODS in content[:200] or name.lower().endswith(".ods") else "xlsx"
    if content.lstrip()[:1] not in (b"{", b"[", b"<", b"") and not content.startswith(b"\xef\xbb\xbf{"):
        return "csv"
    data = jsonstat.load(content, name)
    if isinstance(data, dict):
        if data.get("class") == "dataset":
            return "json-stat2"
        if "codes" in data or "codeChanges" in data:
            return "klass"
        if "kommuner" in data:
            return "need-index-json"
    raise UnreadableError(
        say(
            "{name} is none of what is read: json-stat2, csv or xlsx of Statistics Norway, codes or changes of KLASS, "
            "the need index as ods.",
            name=name,
        )
    )


def _classification(content: bytes, name: str, table: str) -> tuple[str, str]:
    """Which classification of KLASS it is: of municipalities (131), or of KOSTRA groups (112)."""
    if "codeChanges" in jsonstat.load(content, name):
        klass.read_changes(content, name)
        return table or "klass131-changes", "KLASS 131: endringer i kommuneinndelingen"
    codes = klass.read_codes(content, name)
    if table:
        return table, f"KLASS {table.removeprefix('klass')}"
    if "0301" in codes and not klass.read_groups(content, name):
        return "klass131", "KLASS 131: standard for kommuneinndeling"
    return "klass112", "KLASS 112: KOSTRA-gruppering"
