"""Fetching from a service that behaves, and from one that does not: nothing half-written, a clear sentence, a whole store."""

import socket
import subprocess
import sys
import time

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.statistics import client as clients
from omsorg_cli.statistics.client import Client
from omsorg_cli.statistics.fetch import Call, split
from omsorg_cli.statistics.store import Store


@pytest.fixture
def fetch(omsorg, service, tmp_path, waited):
    """Fetches into a new store."""

    def run(*words, **env):
        return omsorg("data", "fetch", *words, "--address", service.address, "--store", str(tmp_path / "store"), **env)

    return run


def tables(folder):
    return sorted(one.table for one in Store(folder).records() if not one.table.startswith("klass"))


def test_a_preset_is_fetched_with_its_record(fetch, service, tmp_path):
    done = fetch("savings", "--municipality", "Lørenskog", "--year", "2025")
    assert (done.returncode, done.stdout) == (0, "")
    assert tables(tmp_path / "store") == ["07459", "12362", "12367"]
    record = Store(tmp_path / "store").record("12367")[0]
    assert record.query["selection"][0] == {"variableCode": "KOKkommuneregion0000", "valueCodes": ["EAK", "3222"]}
    assert (record.updated, record.licence, record.notes) == (
        service.updated,
        "CC BY 4.0",
        ["En merknad som må vises."],
    )
    assert service.queries[0]["KOKregnskapsomfa0000"] == ["A"]
    assert service.queries[2]["Tid"] == ["2025", "2026"]


def test_symbols_are_counted_and_shown(fetch, omsorg, tmp_path):
    fetch("savings", "--year", "2025")
    told = omsorg("data", "show", "12367", "--store", str(tmp_path / "store")).stdout
    assert ": × 1" in told  # Oslo's function 234
    assert "CC BY 4.0" in told
    assert "En merknad som må vises." in told


def test_without_a_year_the_newest_is_fetched(fetch, service):
    assert fetch("12362").returncode == 0
    assert service.queries[0]["Tid"] == ["2025"]


def test_one_table_is_fetched_whole(fetch, service):
    assert fetch("12362", "--municipality", "all", "--year", "2019").returncode == 0
    assert service.queries[0]["ContentsCode"] == ["KOSbelop0000", "KOSbelopinnbygge0000"]
    assert "EAK" in service.queries[0]["KOKkommuneregion0000"]


MENDED = [
    (["busy"], [7.0]),
    (["down", "busy"], [3.0, 7.0]),
    (["empty"], [2.0]),
    (["empty", "empty"], [2.0, 4.0]),
    (["truncated"], [2.0]),
]


@pytest.mark.parametrize(("faults", "waits"), MENDED)
def test_what_passes_is_asked_again_after_the_wait_that_was_told(fetch, service, tmp_path, waited, faults, waits):
    service.next = list(faults)
    assert fetch("12362", "--year", "2025").returncode == 0
    assert [one for one in waited if one > 1.9] == waits
    assert tables(tmp_path / "store") == ["12362"]


GIVEN_UP = [
    (["busy"] * 9, 1, "is still overloaded (status 429) after several attempts"),
    (["busy_for_an_hour"], 1, "accepts no requests for 3600 seconds"),
    (["down"] * 9, 1, "is still overloaded (status 503) after several attempts"),
    (["empty"] * 9, 1, "still fails (status 500) after several attempts"),
    (["truncated"] * 9, 1, "the answer was cut short in several attempts"),
    (["slow"] * 9, 1, "does not answer within"),
    (["short"], 1, "is not whole JSON; it may have been cut off"),
    (["page"], 1, "is a web page (HTML), not data"),
    (["blank"], 1, "is empty"),
    (["elsewhere"], 1, "redirects to another host, 127.0.0.1:9"),
    (["huge"], 1, "larger than"),
    (["other"], 1, "is not what was asked for, and is not kept"),
    (["fewer"], 1, "is not what was asked for, and is not kept"),
    (["wrong"], 2, "refused the question (status 400): Non-existent variable"),
]


@pytest.mark.parametrize(("faults", "code", "told"), GIVEN_UP)
def test_what_does_not_pass_is_one_sentence_and_leaves_the_store_whole(
    omsorg, fetch, service, tmp_path, monkeypatch, faults, code, told
):
    assert fetch("savings", "--year", "2019").returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()}
    monkeypatch.setattr(clients, "SILENCE", 0.1)
    monkeypatch.setattr(clients, "MOST_BYTES", 200_000)
    service.next = list(faults)
    done = fetch("savings", "--year", "2025")
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "store").iterdir()} == before
    assert omsorg("data", "verify", "--store", str(tmp_path / "store")).returncode == 0


def test_a_long_wait_is_told(fetch, service):
    service.next = ["busy"]
    assert "asks to wait 7 seconds" in fetch("12362", "--year", "2025").stderr


def test_the_need_index_is_fetched_from_the_address_that_is_given(omsorg, service, tmp_path, waited):
    words = ("data", "fetch", "need-index", "--year", "2026", "--store", str(tmp_path / "store"))
    done = omsorg(*words, "--address", f"{service.address}/ek.ods")
    assert (done.returncode, done.stdout) == (0, "")
    record = Store(tmp_path / "store").record("need-index")[0]
    assert (record.form, record.updated, record.words) == ("need-index-ods", "2026", ["derived index"])
    assert omsorg(*words).returncode == 2
    done = omsorg(*words, "--address", f"{service.address}/klass/v1/classifications/131/codesAt")
    assert (done.returncode, "is not an ods file" in done.stderr) == (1, True)


def test_what_was_broken_off_is_gone_on_with(fetch, service, tmp_path):
    service.next = ["wrong"]
    assert fetch("savings", "--year", "2025").returncode == 2
    service.next, service.asked = [], []
    done = fetch("savings", "--year", "2025")
    assert done.returncode == 0
    assert not [one for one in service.asked if "/klass/" in one]
    service.asked = []
    done = fetch("savings", "--year", "2025")
    assert "12367" in done.stderr
    assert "is in the store already" in done.stderr
    assert not [one for one in service.asked if one.startswith("POST")]


def test_again_asks_anew_and_keeps_both_answers(fetch, service, tmp_path):
    fetch("12362", "--year", "2025")
    service.updated = "2026-06-15T06:00:00Z"
    assert fetch("12362", "--year", "2025", "--again").returncode == 0
    assert [one.updated[:10] for one in Store(tmp_path / "store").record("12362")] == ["2026-06-15", "2026-03-16"]


FAULTS = [
    (("savigns",), 2, 'Did you mean "savings"?'),
    (("1236",), 2, "allowed: a table's number"),
    (("savings", "--year", "2031"), 1, "Table 12367 has no 2031; it has 2019–2025"),
    (("savings", "--municipality", "Våler"), 2, "Give the code"),
    (("savings", "--municipality", "Haram", "--year", "2019"), 1, "was split on 2024-01-01"),
    (("12362", "--municipality", "3114", "--year", "2025"), 0, "Table 12362 has no such municipality as 3114"),
]


@pytest.mark.parametrize(("words", "code", "told"), FAULTS)
def test_what_cannot_be_fetched_is_told(fetch, words, code, told):
    done = fetch(*words)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr


def test_a_call_too_large_is_split_below_the_limit_and_nothing_is_asked_twice(monkeypatch):
    monkeypatch.setattr("omsorg_cli.statistics.fetch.MOST_CELLS", 100)
    call = Call("x", "/x", (("a", tuple(map(str, range(30)))), ("b", tuple(map(str, range(20))))))
    parts = list(split(call))
    asked = [(a, b) for part in parts for a in part.selection[0][1] for b in part.selection[1][1]]
    assert all(part.cells < 100 for part in parts)
    assert sorted(asked) == sorted((a, b) for a in call.selection[0][1] for b in call.selection[1][1])


def test_calls_are_paced_below_the_limit_of_the_header(monkeypatch):
    waits = []
    client = Client("https://example.org", print, waits.append)
    client._keep_pace({"x-ratelimit-policy": "40;w=60"})
    client._wait_for_turn()
    client._wait_for_turn()
    assert waits == [pytest.approx(2.0, abs=0.1)]  # 60 s ÷ 40 ÷ 0.75


@pytest.mark.parametrize(
    "address", ["http://example.org/api", "file:///etc/passwd", "ftp://data.ssb.no", "data.ssb.no"]
)
def test_only_encrypted_addresses_are_asked(address):
    with pytest.raises(OmsorgError, match="begins with https://"):
        Client(address, print)


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_a_machine_that_is_offline_is_told_so(omsorg, tmp_path, waited, monkeypatch):
    def nowhere(*_args, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    done = omsorg("data", "fetch", "savings", "--store", str(tmp_path), HTTPS_PROXY="", https_proxy="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("omsorg: data.ssb.no cannot be found. Is this machine online?")
    assert not list(tmp_path.iterdir())


def test_a_service_that_is_not_there_is_told_so(omsorg, tmp_path, waited):
    done = omsorg("data", "fetch", "savings", "--address", f"http://127.0.0.1:{_free_port()}", "--store", str(tmp_path))
    assert done.returncode == 1
    assert "cannot be reached: Connection refused" in done.stderr


def test_a_proxy_that_refuses_is_told_without_its_password(omsorg, service, tmp_path, waited):
    proxy = service.address.removesuffix("/api").replace("http://", "http://me:secret@")
    done = omsorg(
        "data",
        "fetch",
        "savings",
        "--store",
        str(tmp_path),
        HTTPS_PROXY=proxy,
        https_proxy=proxy,
        NO_PROXY="",
        no_proxy="",
    )
    assert done.returncode == 1
    assert "The proxy that HTTPS_PROXY names refused the connection" in done.stderr
    assert "secret" not in done.stderr


QUIET = [
    ("savings",),
    ("savings", "--help"),
    ("explain", "savings", "--figure", "savings_potential"),
    ("simulate", "insource", "--draws", "10"),
    ("sensitivity", "insource"),
    ("compare", "savings", "baerum2016", "baerum2016"),
    ("verify", "baerum2016"),
    ("check", "survey2023"),
    ("list",),
    ("figures", "savings"),
    ("new", "savings"),
    ("data", "list"),
    ("data", "verify"),
    ("new", "savings", "--municipality", "Lørenskog", "--year", "2025"),
]


@pytest.fixture
def blocked(monkeypatch):
    """No socket leads anywhere."""

    def refuse(*_args, **_more):
        raise AssertionError("touches the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.mark.parametrize("words", QUIET, ids=" ".join)
def test_no_other_command_touches_the_network(omsorg, stocked, blocked, words):
    done = omsorg(*words, OMSORG_STORE=str(stocked))
    assert (done.returncode, "network" in done.stderr) == (0, False)


def test_fetching_does_touch_the_network(omsorg, stocked, blocked):
    done = omsorg("data", "fetch", "12362", "--again", "--address", "http://127.0.0.1:9", "--store", str(stocked))
    assert "touches the network" in done.stderr


def test_a_plain_result_imports_nothing_of_it():
    code = "import sys; sys.argv = ['omsorg', 'savings', '--format', 'json']\nfrom omsorg_cli.__main__ import main\nmain()\n"
    code += "print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {one.partition(".")[0] for one in done.stderr.split()}
    assert loaded.isdisjoint({"urllib", "http", "ssl", "truststore", "python_calamine", "platformdirs"} - {"urllib"})
    assert not [one for one in done.stderr.split() if one.startswith(("omsorg_cli.statistics", "urllib.request"))]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal")
def test_a_fetch_that_is_interrupted_leaves_whole_answers(service, tmp_path):
    service.next = ["slow"] * 9
    words = [sys.executable, "-m", "omsorg_cli", "data", "fetch", "savings", "--address", service.address]
    with subprocess.Popen([*words, "--store", str(tmp_path)], stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 20
        while not [one for one in service.asked if one.startswith("POST")] and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(2)
        _, told = running.communicate(timeout=20)
    assert running.returncode == 130
    assert told == ""
    assert not [fault for _, fault in Store(tmp_path).verified() if fault]
    assert {path.suffix for path in tmp_path.iterdir()} <= {".json", ".body"}


@pytest.mark.parametrize(
    ("told", "seconds"),
    [(None, -1), ("7", 7), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("soon", -1)],
)
def test_how_long_a_service_asks_to_wait_is_seconds_or_a_date(told, seconds):
    assert clients._seconds(told) == seconds


@pytest.mark.parametrize(
    ("body", "told"), [(b'{"title": "Bad \\u001b query"}', "Bad"), (b"<html>", ""), (b"[1]", ""), (b"{}", "")]
)
def test_what_a_service_says_is_wrong_is_plain_text(body, told):
    assert clients._problem(body).startswith(told)
    assert "\x1b" not in clients._problem(body)
