"""Files are written whole or not at all; a full or closed output is said plainly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.writing.output import save

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
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OmsorgError, match="No space left"):
        save(b"new", target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


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
        assert "No space left" in done.stderr
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
