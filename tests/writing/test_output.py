"""Files are written whole or not at all; a full or closed output is said plainly."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import omsorg_cli as library
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.writing.output import save

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="the system has no full device to write to")


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path):
    target = tmp_path / "result.json"
    target.write_text("old")
    target.chmod(0o600)
    save(b"new", target)
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path):
    mask = os.umask(0o027)
    try:
        save(b"new", tmp_path / "result.json")
    finally:
        os.umask(mask)
    assert (tmp_path / "result.json").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    save(b"new", link)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    target = tmp_path / "result.json"
    target.write_text("old")

    def fail(_: int) -> None:
        raise OSError(28, "the disk is full on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OmsorgError, match="the disk is full"):
        save(b"new", target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("words", [["savings"], ["sweep", "savings", "--grid", "savings.population=100000,200000"]])
def test_what_cannot_be_replaced_is_told(omsorg, tmp_path, words):
    kept, circle = tmp_path / "kept.csv", tmp_path / "circle.csv"
    kept.write_text("old")
    kept.chmod(0o444)
    circle.symlink_to(circle)
    done = omsorg(*words, "--output", str(kept))
    assert (done.returncode, kept.read_text()) == (2, "old")
    assert f"{kept} cannot be written: it is write-protected." in done.stderr
    assert "links lead in a circle" in omsorg(*words, "--output", str(circle)).stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle.csv", "kept.csv"]


@pytest.mark.parametrize(
    "words",
    [
        ["insource", "mine.json"],
        ["sweep", "insource", "mine.json", "--grid", "insource.discount_rate=0.03,0.04"],
        ["compare", "insource", "drammen2020", "mine.json"],
        ["explain", "insource", "mine.json"],
        ["verify", "mine.json"],
    ],
    ids=" ".join,
)
def test_the_scenario_that_is_read_is_not_written_over(omsorg, tmp_path, words):
    text = (ROOT / "scenarios" / "drammen2020.toml").read_text(encoding="utf-8")
    scenario = tmp_path / "mine.json"
    scenario.write_text(json.dumps(tomllib.loads(text), default=str), encoding="utf-8")
    before = scenario.read_bytes()
    link = tmp_path / "link.json"
    link.symlink_to(scenario)
    for name in ("mine.json", "link.json"):
        done = omsorg(*words, "--output", name, cwd=tmp_path)
        assert (done.returncode, scenario.read_bytes()) == (2, before)
        assert f"{name} is read by this run and would be written over" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "mine.json"]


def test_a_stored_result_that_is_verified_is_not_written_over(omsorg, tmp_path):
    omsorg("savings", "--output", str(tmp_path / "r.json"))
    done = omsorg("verify", "--result", "r.json", "--output", "r.json", cwd=tmp_path)
    assert done.returncode == 2
    assert omsorg("verify", "--result", "r.json", cwd=tmp_path).returncode == 0


def test_a_stored_result_on_standard_input_is_not_written_over(process, tmp_path):
    path = tmp_path / "result.json"
    assert process("savings", "--base", "asss", "--output", str(path)).returncode == 0
    stored = path.read_bytes()
    command = [sys.executable, "-m", "omsorg_cli", "verify", "--result", "-", "--output", str(path)]
    with path.open("rb") as given:
        done = subprocess.run(command, stdin=given, capture_output=True, text=True, check=False)
    assert (done.returncode, path.read_bytes()) == (2, stored)
    assert "result.json is read by this run and would be written over" in done.stderr


def test_too_little_memory_is_told(omsorg, monkeypatch):
    def much(*_):
        raise MemoryError

    monkeypatch.setattr("omsorg_cli.cli.code_of", much)
    done = omsorg("savings")
    told = "omsorg: There is not enough memory for this; ask for less at once.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_a_name_as_long_as_names_may_be_is_written(tmp_path):
    target = tmp_path / f"{'å' * 125}.json"
    save(b"new", target)
    assert target.read_bytes() == b"new"


STOPS = """
import sys
from omsorg_cli.writing.claim import Claim
def finish(_):
    print("written", flush=True)
    sys.stdin.read()
Claim.finish = finish
from omsorg_cli.__main__ import main
main()
"""
"""The program, which writes and stops before the file has its name."""


@contextmanager
def stopped(folder: Path, hangup: str = "SIG_DFL") -> Iterator[subprocess.Popen[bytes]]:
    signals = f"import signal; signal.signal(signal.SIGHUP, signal.{hangup}); signal.signal(signal.SIGINT, signal.default_int_handler)"
    words = [
        sys.executable,
        "-c",
        signals + STOPS,
        "savings",
        "--output",
        "rows.csv",
    ]  # whatever the tests' shell ignores
    with subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        try:
            assert running.stdout.readline() == b"written\n"
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_run_that_is_ended_takes_away_what_it_has_not_written_to_its_end(tmp_path, number):
    with stopped(tmp_path) as running:
        assert [path.suffix for path in tmp_path.iterdir()] == [".partial"]
        running.send_signal(number)
        running.wait()
    assert running.returncode == 128 + number
    assert list(tmp_path.iterdir()) == []


def test_a_hangup_that_is_ignored_stays_so(tmp_path):
    with stopped(tmp_path, "SIG_IGN") as running:
        running.send_signal(signal.SIGHUP)
        running.stdin.close()
        running.wait()
    assert running.returncode == 0


def test_a_later_run_takes_away_what_a_killed_one_left(omsorg, tmp_path):
    with stopped(tmp_path) as running:
        running.kill()
        running.wait()
    assert len(list(tmp_path.iterdir())) == 1
    assert omsorg("savings", "--output", "other.csv", cwd=tmp_path).returncode == 0
    assert len(list(tmp_path.iterdir())) == 2
    assert omsorg("savings", "--output", "rows.csv", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.csv", "rows.csv"]


@pytest.mark.parametrize("words", [["savings"], ["sweep", "savings", "--grid", "savings.population=100000,200000"]])
def test_of_two_runs_to_one_target_one_is_told_that_the_other_writes(omsorg, tmp_path, words):
    with stopped(tmp_path) as running:
        done = omsorg(*words, "--output", "rows.csv", cwd=tmp_path)
        assert done.returncode == 2
        assert "rows.csv: another run is writing it" in done.stderr
        assert [path.suffix for path in tmp_path.iterdir()] == [".partial"]
        assert omsorg(*words, "--output", "other.csv", cwd=tmp_path).returncode == 0
        running.kill()
        running.wait()
    assert omsorg(*words, "--output", "rows.csv", cwd=tmp_path).returncode == 0


def test_a_folder_that_is_not_there_is_told(omsorg, tmp_path):
    done = omsorg("savings", "--output", str(tmp_path / "none" / "x.json"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


@pytest.mark.slow
@needs_full
def test_a_full_disk_is_told_and_is_no_success(omsorg):
    for words in (["savings", "--format", "json"], ["savings"], ["list"], ["--help"], ["fte", "-h"], ["--version"]):
        with FULL.open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "omsorg_cli", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 2
        assert "the disk is full" in done.stderr
        assert "Traceback" not in done.stderr


@needs_full
def test_a_device_is_written_to_and_not_replaced(omsorg):
    done = omsorg("savings", "--format", "json", "--output", str(FULL))
    assert done.returncode == 2
    assert FULL.is_char_device()


def test_a_reader_that_leaves_early_is_no_error():
    command = f"set -o pipefail; {sys.executable} -m omsorg_cli insource --format csv | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("calculator,figure,value,unit")
    assert "Broken" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_makes_no_traceback(stream):
    command = (
        f"{sys.executable} -m omsorg_cli savings - --format json {stream} < /dev/null"
        if stream != "<&-"
        else f"{sys.executable} -m omsorg_cli savings - <&-"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_version_that_cannot_be_written_is_told():
    command = f"{sys.executable} -m omsorg_cli --version >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "omsorg: Standard output is closed.\n")


GRID = "sweep savings --base asss --service total --figure savings_potential --grid savings.population=100000,110000"
AS_CSV = "savings.population,savings_potential\n100000,93900000\n110000,103290000\n"  # 939 NOK each


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no names for open files")
@pytest.mark.parametrize(
    ("name", "redirected"),
    [
        ("/dev/stdout", ""),
        ("/dev/fd/1", ""),
        ("/proc/self/fd/1", ""),
        ("/dev/stderr", "2>&1 > no.csv"),
        ("/dev/fd/3", "3>&1 > no.csv"),
        ("link.csv", ""),
    ],
)
@pytest.mark.parametrize("words", ["savings --base asss --service total", GRID])
def test_what_is_open_already_is_written_to_and_not_replaced(tmp_path, words, name, redirected):
    if not Path(name).parent.exists():
        pytest.skip("the system has no such name")
    (tmp_path / "link.csv").symlink_to("/dev/stdout")
    program = f"{sys.executable} -m omsorg_cli {words} --format csv --quiet --output {name} {redirected}"
    script = f"echo before > log; (echo first; {program}; echo last) >> log"
    subprocess.run(["bash", "-c", script], cwd=tmp_path, check=True)
    before, first, *lines, last = (tmp_path / "log").read_text().splitlines(keepends=True)
    assert (before, first, last) == ("before\n", "first\n", "last\n")
    assert "".join(lines) == AS_CSV if words == GRID else len(lines) > 1
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".omsorg-")]


def test_what_is_open_only_to_be_read_is_told(tmp_path):
    (tmp_path / "log").write_text("before")
    command = f"{sys.executable} -m omsorg_cli savings --format csv --output /dev/fd/0 < log"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, (tmp_path / "log").read_text()) == (2, "before")
    assert "/dev/fd/0 cannot be written: it is not open for writing." in done.stderr


@pytest.mark.parametrize("name", ["/dev/fd/987", "/dev/fd/99999999999999999999", "/dev/fd/..", "/dev/fd/x"])
def test_what_is_not_open_is_told(omsorg, name):
    done = omsorg("savings", "--format", "csv", "--output", name)
    assert done.returncode == 2
    assert f"{name} cannot be written: " in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "savings --output {}.csv",
        f"{GRID} --output {{}}.csv",
        "simulate insource drammen2020 --draws 10 --output {}.csv --draws-output x.csv",
        "simulate insource drammen2020 --draws 10 --draws-output {}.csv",
        "new savings --output {}.toml",
        "convert baerum2016 {}.toml",
        "schema --output {}.json",
    ],
)
def test_a_name_that_is_too_long_is_told_of_the_file(omsorg, tmp_path, words):
    name = "a" * 252
    done = omsorg(*words.format(name).split(), cwd=tmp_path)
    assert done.returncode == 2
    assert "the name is too long" in done.stderr
    assert "Standard output" not in done.stderr
    assert f"{name}." in done.stderr.replace("\n", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        "savings --output {}",
        f"{GRID} --output {{}}",
        "simulate insource drammen2020 --draws 10 --draws-output {}",
        "new savings --output {}",
        "convert baerum2016 {}",
        "schema --output {}",
    ],
)
@pytest.mark.parametrize("end", ["/", "/."])
def test_a_slash_at_the_end_names_no_file(omsorg, tmp_path, words, end):
    name = f"x.{'toml' if words.startswith(('new', 'convert')) else 'csv'}{end}"
    done = omsorg(*words.format(name).split(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name} is a name that no file can have." in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("write", "suffix"),
    [
        (lambda path: library.run("savings").save(path), "csv"),
        (lambda path: library.new("savings").save(path), "toml"),
        (lambda path: library.convert("baerum2016", path), "toml"),
    ],
    ids=["answer", "new scenario", "convert"],
)
def test_a_slash_at_the_end_names_no_file_in_python_either(tmp_path, write, suffix):
    with pytest.raises(OmsorgError, match="a name that no file can have"):
        write(f"{tmp_path}/x.{suffix}/")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="folders are locked on POSIX")
@pytest.mark.parametrize("words", ["savings", GRID])
def test_a_lock_that_somebody_holds_on_the_folder_stops_no_run(omsorg, tmp_path, words):
    import fcntl

    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        signal.alarm(30)  # a run that waits for it waits for ever
        assert omsorg(*words.split(), "--output", "x.csv", cwd=tmp_path).returncode == 0
    finally:
        signal.alarm(0)
        os.close(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
