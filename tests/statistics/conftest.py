"""A small made-up service on the loopback, in the forms of Statistics Norway's, that also misbehaves when told to."""

import contextlib
import io
import json
import math
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from omsorg_cli.statistics import client

SHARED = Path(__file__).parents[3] / "shared" / "data"
"""Real answers beside the checkout, where somebody has them."""
AGES = (*(f"{age:03}" for age in range(105)), "105+")
NAMES = {
    "0301": "Oslo - Oslove",
    "1508": "Ålesund",
    "1580": "Haram",
    "3103": "Moss",
    "3114": "Våler (Østfold)",
    "3222": "Lørenskog",
    "3301": "Drammen",
    "3419": "Våler (Innlandet)",
    "9999": "Uoppgitt",
}
CHANGES = [
    ("0602", "Drammen", "3005", "2020-01-01"),
    ("0625", "Nedre Eiker", "3005", "2020-01-01"),
    ("0711", "Svelvik", "3005", "2020-01-01"),
    ("3005", "Drammen", "3301", "2024-01-01"),
    ("0230", "Lørenskog", "3029", "2020-01-01"),
    ("3029", "Lørenskog", "3222", "2024-01-01"),
    ("1507", "Ålesund", "1508", "2024-01-01"),
    ("1507", "Ålesund", "1580", "2024-01-01"),
    ("3002", "Moss", "3103", "2024-01-01"),
]
GROUPS = {"3301": "02", "3103": "02", "0301": "13", "3222": "09"}
NEED = {"0301": 1.0071, "3103": 1.1, "3222": 0.8, "3301": 1.0}
"""By their inhabitants, the mean is (0.8 × 50 + 1.0 × 100 + 1.1 × 50 + 1.0071 × 700) ÷ 900 = 0.99997."""
INHABITANTS = {
    ("0301", "2026"): 700_000,
    ("3103", "2026"): 50_000,
    ("3222", "2026"): 50_000,
    ("3301", "2026"): 100_000,
    ("3114", "2026"): 6_000,
    ("0602", "2020"): 0,
    ("3005", "2020"): 100_000,
    **{
        (code, "2025"): count
        for code, count in (("0301", 700_000), ("3103", 50_000), ("3222", 50_000), ("3301", 100_000))
    },
}
ACCOUNTS = {
    ("3222", "2025"): {"234": 50_000, "253": 400_000, "254": 500_000, "261": 50_000, "FGK9": 1_250_000},
    ("3301", "2025"): {"234": 100_000, "253": 800_000, "254": 900_000, "261": 100_000, "FGK9": 2_400_000},
    ("EAK", "2025"): {"234": 5e6, "253": 40e6, "254": 50e6, "261": 5e6, "FGK9": 125e6},
    ("EKG02", "2025"): {"234": 500, "253": 4_500, "254": 4_500, "261": 500, "FGK9": 12_500},
    ("0301", "2025"): {"234": ":", "253": 4_000_000, "254": 5_000_000, "261": 500_000, "FGK9": 15_000_000},
    ("0602", "2019"): {"234": 10_000, "253": 200_000, "254": 300_000, "261": 10_000, "FGK9": 700_000},
    ("0625", "2019"): {"234": 10_000, "253": 100_000, "254": 100_000, "261": 10_000, "FGK9": 300_000},
    ("0711", "2019"): {"234": 5_000, "253": 20_000, "254": 30_000, "261": 5_000, "FGK9": 80_000},
}
WAGES = {
    ("3222", "234"): 40_000, ("3222", "253"): 260_000, ("3222", "254"): 300_000,
    ("3301", "234"): 60_000, ("3301", "253"): 500_000, ("3301", "254"): 580_000,
    ("3103", "234"): 10_000, ("3103", "253"): 200_000, ("3103", "254"): 190_000,
    ("EAK", "234"): 4e6, ("EAK", "253"): 40e6, ("EAK", "254"): 46e6,
    ("EKG02", "234"): 35_000, ("EKG02", "253"): 350_000, ("EKG02", "254"): 385_000,
    ("0301", "253"): 2_000_000, ("0301", "254"): ":", ("0301", "234"): 500_000,
}  # fmt: skip
"""Wage expenditure in thousands of kroner; that of a group is a mean of its members, as the service has it."""
FTE = {"3222": 800, "3301": 1_500, "3103": 500, "EAK": 120_000, "EKG02": 2_000, "0301": 4_000}
PURCHASES = {("253", "370"): 20_000, ("254", "370"): 80_000, ("254", "380"): 4_000, ("254", "270"): ":"}
HOME, NURSING = "KOShjtj80aarover0001", "KOSsykhjand80aar0000"
SHARES = {("3222", HOME): 28.5, ("EAK", HOME): 30, ("3222", NURSING): 11, ("3301", HOME): 25}
Value = float | str | None
Dimensions = dict[str, dict[str, str]]


HEADS = [
    "0 år", "1-5 år", "6-12 år", "13-15 år", "16-22 år", "23-24 år", "25-66 år", "67-79 år", "80-89 år", "Over 90 år",
    "Basistillegg", "Reiseavstand innen sone", "Reiseavstand til nabokrets", "Psykisk utviklingshemmede 16 år og over",
    "Dødelighet", "Ikke-gifte 67 år og over",
]  # fmt: skip


def ods(*rows):
    """A sheet as OpenDocument has it."""

    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'

    told = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="E-k">{told}</table:table></office:spreadsheet></office:body></office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def table(
    number: str, title: str, dimensions: Dimensions, cell: Callable[..., Value], updated: str
) -> dict[str, object]:
    """A table as json-stat2; a symbol in the place of a number is a status."""
    values: list[float | None] = []
    status: dict[str, str] = {}
    for at, codes in enumerate(product(*dimensions.values())):
        found = cell(dict(zip(dimensions, codes, strict=True)))
        if isinstance(found, str):
            status[str(at)] = found
        values.append(None if isinstance(found, str) else found)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{number}: {title}",
        "source": "Statistisk sentralbyrå",
        "updated": updated,
        "note": ["En merknad.", "En merknad som må vises."],
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {
            name: {
                "label": name.lower(),
                "category": {"index": {code: at for at, code in enumerate(codes)}, "label": codes},
                "extension": {"elimination": name == "Kjonn"},
            }
            for name, codes in dimensions.items()
        },
        "value": values,
        "status": status,
        "extension": {"noteMandatory": {"1": True}, "px": {"tableid": number}},
    }


def _accounts(where: Mapping[str, str]) -> Value:
    region, function, art = (where[name] for name in ("KOKkommuneregion0000", "KOKfunksjon0000", "KOKart0000"))
    told = ACCOUNTS.get((region, where["Tid"]))
    if art == "AG16":
        return WAGES.get((region, function), ".") if where["Tid"] == "2025" else "."
    if art != "AGD2":
        return PURCHASES.get((function, art[-3:]), 0) if region == "3222" and where["Tid"] == "2025" else "."
    return "." if told is None else told.get(function, ".")


def _people(where: Mapping[str, str]) -> Value:
    """All of them stand in two cells, so that whoever leaves out an age or a sex is wrong."""
    told = INHABITANTS.get((where["Region"], where["Tid"]))
    if told is None:
        return 0
    share = {"050": 0.75, "080": 0.25}.get(where["Alder"], 0)
    return told * share / (2 if where.get("Kjonn") else 1)


def _coded(*codes: str) -> dict[str, str]:
    return {code: f"label {code}" for code in codes}


REGIONS = {
    "EAK": "Landet",
    "EKG02": "KOSTRA-gruppe 2",
    **{code: code for code, _ in (*ACCOUNTS, ("3103", "2025")) if code[0] != "E"},
}
DIMENSIONS: dict[str, Dimensions] = {
    "12367": {
        "KOKkommuneregion0000": REGIONS,
        "KOKregnskapsomfa0000": _coded("A", "B"),
        "KOKfunksjon0000": _coded("120", "234", "253", "254", "261", "FGK9"),
        "KOKart0000": _coded("AGD10", "AGD2", "AG16", "270", "370", "380"),
        "ContentsCode": {"KOSbelop0000": "Beløp (1000 kr)"},
        "Tid": _coded("2019", "2025"),
    },
    "12362": {
        "KOKkommuneregion0000": REGIONS,
        "KOKfunksjon0000": _coded("FGK9"),
        "KOKart0000": _coded("AGD10", "AGD2"),
        "ContentsCode": _coded("KOSbelop0000", "KOSbelopinnbygge0000"),
        "Tid": _coded("2019", "2025"),
    },
    "12209": {
        "KOKkommuneregion0000": REGIONS,
        "ContentsCode": _coded("KOShjtj80aarover0001", "KOSsykhjand80aar0000", "KOSannet"),
        "Tid": _coded("2019", "2025"),
    },
    "14533": {
        "KOKkommuneregion0000": REGIONS,
        "KOKyrker0000": _coded("TOT", "01", "02"),
        "ContentsCode": {"KOSARBAARSVERKST0000": "Avtalte årsverk"},
        "Tid": _coded("2019", "2025"),
    },
    "11418": {
        "MaaleMetode": _coded("01", "02"),
        "Yrke": _coded("0-9", "2221"),
        "Sektor": _coded("ALLE", "6500"),
        "ContentsCode": _coded("Manedslonn"),
        "Tid": _coded("2025"),
    },
    "11875": {"KOKkommuneregion0000": REGIONS, "ContentsCode": _coded("KOSinstdispplass0000"), "Tid": _coded("2025")},
    "12292": {"KOKkommuneregion0000": REGIONS, "ContentsCode": _coded("KOSlangtid0000"), "Tid": _coded("2025")},
    "14746": {
        "Region": {"3222": "Lørenskog"},
        "Kjonn": {"2": "Kvinner", "1": "Menn"},
        "Alder": _coded(*AGES),
        "ContentsCode": {"Personer": "Hovedalternativet (MMMM)", "Personer1": "Lav nasjonal vekst"},
        "Tid": _coded("2026", "2035", "2040", "2050"),
    },
    "07459": {
        "Region": {"0": "Hele landet", **{code: NAMES.get(code, code) for code, _ in INHABITANTS}},
        "Kjonn": {"2": "Kvinner", "1": "Menn"},
        "Alder": _coded(*AGES),
        "ContentsCode": {"Personer1": "Personer"},
        "Tid": _coded("2019", "2020", "2025", "2026"),
    },
}
CELLS: dict[str, Callable[..., Value]] = {
    "12367": _accounts,
    "12362": lambda where: {"EAK": 25_000, "EKG02": 22_500}.get(where["KOKkommuneregion0000"], 24_000),
    "12209": lambda where: SHARES.get((where["KOKkommuneregion0000"], where["ContentsCode"]), ".."),
    "14533": lambda where: FTE.get(where["KOKkommuneregion0000"], ".") if where["KOKyrker0000"] == "TOT" else 1,
    "11418": lambda _: 50_000,
    "11875": lambda _: 10,
    "12292": lambda _: 20,
    "07459": _people,
    "14746": lambda where: {"070": 2_000, "085": 1_500, "105+": 5}.get(where["Alder"], 0),
}
TITLES = {
    "12367": "Detaljerte regnskapstall",
    "12362": "Utgifter",
    "07459": "Befolkning",
    "12209": "Nøkkeltall",
    "14533": "Årsverk i omsorgstjenesten",
    "11418": "Månedslønn",
    "11875": "Plasser",
    "12292": "Brukere",
    "14746": "Framskrevet folkemengde",
}


class Service:
    """What is asked of the service, and how it is to misbehave next."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.updated = "2026-03-16T07:00:00Z"
        self.asked: list[str] = []
        self.queries: list[dict[str, list[str]]] = []
        self.next: list[str] = []
        """What is done to the next answers on data, before it answers as it should."""


class Handler(BaseHTTPRequestHandler):
    """Answers as the service does."""

    service: Service

    def log_message(self, *args: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.service.asked.append(f"GET {self.path}")
        if parts.path.endswith(".ods"):
            rows = [[code, *([1.0] * len(HEADS))] for code in NEED]
            self._answer(ods(["Kommune", *HEADS], *rows))
        elif "/klass/" in parts.path:
            self._answer(json.dumps(_klass(parts.path)).encode())
        else:
            number = parts.path.split("/")[-2]
            self._answer(json.dumps(_metadata(number)).encode())

    def do_POST(self) -> None:
        self.service.asked.append(f"POST {self.path}")
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.service.next:
            getattr(self, f"_{self.service.next.pop(0)}")()
            return
        assert parse_qs(urlsplit(self.path).query)["outputFormat"] == ["json-stat2"]
        selected = {one["variableCode"]: one["valueCodes"] for one in query["selection"]}
        self.service.queries.append(selected)
        self._data(urlsplit(self.path).path.split("/")[-2], selected)

    def _data(self, number: str, selected: dict[str, list[str]]) -> None:
        dimensions = DIMENSIONS[number]
        if any(len({*codes}) < len(codes) for codes in selected.values()):
            self._answer(b"", 500)
        elif any(code not in dimensions[name] for name, codes in selected.items() for code in codes):
            self._answer(b'{"type": "Parameter error", "title": "Non-existent value", "status": 400}', 400)
        elif {*dimensions} - {"Kjonn"} - {*selected}:
            told = '{"type": "Parameter error", "title": "Missing selection for mandantory variable", "status": 400}'
            self._answer(told.encode(), 400)
        elif math.prod(map(len, selected.values())) > 800_000:
            self._answer(b'{"type": "Parameter error", "title": "Too many cells selected", "status": 400}', 400)
        else:
            shown = {name: {code: dimensions[name][code] for code in codes} for name, codes in selected.items()}
            found = table(number, TITLES[number], shown, CELLS[number], self.service.updated)
            self._answer(json.dumps(found).encode())

    def _answer(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("x-ratelimit-policy", "100000;w=1")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _busy(self) -> None:
        self._answer(b"", 429, Retry_After="7")

    def _busy_for_an_hour(self) -> None:
        self._answer(b"", 429, Retry_After="3600")

    def _down(self) -> None:
        self._answer(b"<html>down</html>", 503, Retry_After="3")

    def _empty(self) -> None:
        self._answer(b"", 500)

    def _truncated(self) -> None:
        self._answer(b'{"class": "dataset", "va', length=5_000)

    def _short(self) -> None:
        self._answer(b'{"class": "dataset", "value": [1, 2, 3]}', length=20)

    def _page(self) -> None:
        self._answer(b"<!DOCTYPE html><title>Log in</title>")

    def _blank(self) -> None:
        self._answer(b"")

    def _slow(self) -> None:
        threading.Event().wait(0.5)

    def _elsewhere(self) -> None:
        self._answer(b"", 302, Location="http://127.0.0.1:9/elsewhere")

    def _huge(self) -> None:
        self._answer(b" " * 300_000)

    def _other(self) -> None:
        self._answer(json.dumps(table("07459", "Befolkning", {"Tid": _coded("2025")}, lambda _: 1, "")).encode())

    def _fewer(self) -> None:
        self._answer(json.dumps(table("12367", "Regnskap", {"Tid": _coded("2025")}, lambda _: 1, "")).encode())

    def _wrong(self) -> None:
        self._answer(b'{"type": "Parameter error", "title": "Non-existent variable", "status": 400}', 400)


def _klass(path: str) -> dict[str, object]:
    if path.endswith("changes"):
        keys = ("oldCode", "oldName", "newCode", "changeOccurred")
        return {"codeChanges": [dict(zip(keys, one, strict=True)) for one in CHANGES]}
    if "/112/" in path:
        return {"codes": [{"code": code, "parentCode": group, "name": NAMES[code]} for code, group in GROUPS.items()]}
    return {"codes": [{"code": code, "parentCode": None, "name": name} for code, name in NAMES.items()]}


def _metadata(number: str) -> dict[str, object]:
    found = table(number, TITLES[number], DIMENSIONS[number], lambda _: None, "")
    del found["value"], found["status"]
    return found


class Server(ThreadingHTTPServer):
    """Says nothing of a client that has hung up."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: standard error is the program's here."""


@contextlib.contextmanager
def serving() -> Iterator[Service]:
    """The service, as long as it runs."""
    handler = type("Bound", (Handler,), {})
    with Server(("127.0.0.1", 0), handler) as server:
        handler.service = Service(f"http://127.0.0.1:{server.server_address[1]}/api")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield handler.service
        server.shutdown()
        thread.join()


@pytest.fixture
def service() -> Iterator[Service]:
    """The service, as it answers now."""
    with serving() as running:
        yield running


@pytest.fixture
def waited(monkeypatch) -> list[float]:
    """How long the client waited, each time; it does not really."""
    found: list[float] = []
    monkeypatch.setattr(client.time, "sleep", found.append)
    return found


@pytest.fixture(scope="session")
def filled(omsorg, tmp_path_factory) -> Path:
    """A store with what savings need of 2025, and a need index as others derive it."""
    folder = tmp_path_factory.mktemp("filled")
    told = {"år": 2025, "kilde": "Grønt hefte 2025", "kommuner": {code: {"pleie": one} for code, one in NEED.items()}}
    (folder / "need.json").write_text(json.dumps(told), encoding="utf-8")
    store = ("--store", str(folder / "store"))
    with serving() as running:
        words = ("data", "fetch", "savings", "--year", "2025", "--address", running.address)
        assert omsorg(*words, *store).returncode == 0
    assert omsorg("data", "import", str(folder / "need.json"), *store).returncode == 0
    return folder / "store"


@pytest.fixture
def stocked(filled, tmp_path) -> Path:
    """A copy of that store."""
    return Path(shutil.copytree(filled, tmp_path / "store"))
