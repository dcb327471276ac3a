"""Whose files are: what is somebody else's stays so, and what others may have put there is not believed."""

import json
import os
import shutil
import stat
import subprocess
import sys

import pytest

from omsorg_cli.writing.output import save
from omsorg_cli.writing.resumable import Partial

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are those of POSIX")
ROOT_ALONE = "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown"
"""What root may do beyond others: without it, it is a runner as others are."""
SWEEP = ("savings", "--base", "asss", "--figure", "savings_potential", "--grid", "savings.population=100000,110000")
needs_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root makes files of others, and only setpriv takes its power away",
)


def as_others_run(words, folder):
    """Runs the program without the power of root."""
    command = ["setpriv", ROOT_ALONE, sys.executable, "-m", "omsorg_cli", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def of(path):
    """Owner, group and mode."""
    stated = path.stat()
    return stated.st_uid, stated.st_gid, stat.S_IMODE(stated.st_mode)


@needs_root
@pytest.mark.parametrize("words", [["savings"], ["sweep", *SWEEP]], ids=["savings", "sweep"])
def test_a_file_that_the_runner_may_not_write_to_is_not_replaced(tmp_path, words):
    target = tmp_path / "x.csv"
    target.write_text("old")
    os.chown(target, 1000, 1000)
    target.chmod(0o644)
    done = as_others_run([*words, "--output", "x.csv"], tmp_path)
    assert (done.returncode, target.read_text(), of(target)) == (2, "old", (1000, 1000, 0o644))
    assert "x.csv cannot be written: it is write-protected." in done.stderr
    assert list(tmp_path.iterdir()) == [target]


@needs_root
@pytest.mark.parametrize("mode", [0o640, 0o2664, 0o600])
def test_what_root_writes_over_keeps_owner_group_and_mode(tmp_path, mode):
    target = tmp_path / "x.csv"
    target.write_text("old")
    os.chown(target, 1000, 1001)
    target.chmod(mode)
    save(b"new", target)
    assert (target.read_text(), of(target)) == ("new", (1000, 1001, mode))


@needs_root
def test_a_file_of_another_group_that_its_owner_is_not_in_is_closed_to_the_new_group(tmp_path):
    target = tmp_path / "x.csv"
    target.write_text("old")
    os.chown(target, 0, 1001)
    target.chmod(0o640)
    assert as_others_run(["savings", "--output", "x.csv"], tmp_path).returncode == 0
    assert of(target) == (0, 0, 0o600)


@pytest.mark.parametrize(("mode", "left"), [(0o640, 0o600), (0o664, 0o604), (0o2664, 0o604), (0o604, 0o600)])
def test_where_the_group_cannot_be_kept_nobody_may_do_more_than_before(tmp_path, monkeypatch, mode, left):
    target = tmp_path / "x.csv"
    target.write_text("old")
    target.chmod(mode)

    def refuse(*_: int) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    save(b"new", target)
    assert of(target)[2] == left


@needs_root
@pytest.mark.parametrize("words", [["savings"], ["sweep", *SWEEP]], ids=["savings", "sweep"])
def test_a_target_need_not_be_readable(tmp_path, words):
    target = tmp_path / "x.csv"
    target.write_text("old")
    target.chmod(0o200)
    done = as_others_run([*words, "--output", "x.csv"], tmp_path)
    assert (done.returncode, of(target)[2]) == (0, 0o200)
    assert target.read_text().startswith(("calculator,", "savings.population,"))


@needs_root
def test_a_folder_that_may_not_be_entered_is_told_of_the_file(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o600)
    for words in (["savings"], ["sweep", *SWEEP], ["new", "savings"]):
        suffix = "toml" if words[0] == "new" else "csv"
        done = as_others_run([*words, "--output", f"closed/x.{suffix}"], tmp_path)
        assert done.returncode == 2
        assert f"closed/x.{suffix} cannot be written: access is denied." in done.stderr


@pytest.fixture
def broken_off(tmp_path):
    """The hidden file and its note, of a run to rows.csv that was broken off after a row."""
    with Partial(tmp_path / "rows.csv", "one") as partial:
        partial.write(b"x\n", 1)
    return sorted(tmp_path.glob(".omsorg-*"), key=lambda path: path.suffix, reverse=True)


def written_anew(folder):
    """What a run writes that begins anew."""
    with Partial(folder / "rows.csv", "one") as partial:
        assert partial.done == 0
        partial.write(b"y\n", 1)
        partial.finish()
    return (folder / "rows.csv").read_bytes()


@pytest.mark.parametrize("at", [0, 1], ids=["file", "note"])
@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_what_others_may_write_to_is_not_gone_on_with(tmp_path, broken_off, at, mode):
    broken_off[at].chmod(mode)
    assert written_anew(tmp_path) == b"y\n"


@needs_root
@pytest.mark.parametrize("at", [0, 1], ids=["file", "note"])
def test_what_others_have_put_there_is_left_and_not_gone_on_with(tmp_path, broken_off, at):
    tmp_path.chmod(0o1777)
    os.chown(broken_off[at], 1000, 1000)
    assert written_anew(tmp_path) == b"y\n"


@needs_root
def test_what_others_have_put_there_stops_no_run(tmp_path, broken_off):
    tmp_path.chmod(0o1777)
    os.chown(tmp_path, 1000, 1000)
    (tmp_path / broken_off[1].name).unlink()
    broken_off[0].rename(tmp_path / broken_off[1].name)  # a note without its file
    os.chown(broken_off[1], 1000, 1000)
    done = as_others_run(["sweep", *SWEEP, "--output", "rows.csv"], tmp_path)
    assert (done.returncode, broken_off[1].exists()) == (0, True)


@pytest.mark.parametrize("at", [0, 1], ids=["file", "note"])
def test_a_link_is_not_gone_on_with_and_what_it_leads_to_stays(tmp_path, broken_off, at):
    elsewhere = tmp_path / "elsewhere"
    before = broken_off[at].read_bytes()
    broken_off[at].rename(elsewhere)
    broken_off[at].symlink_to(elsewhere)
    assert written_anew(tmp_path) == b"y\n"
    assert elsewhere.read_bytes() == before


def test_a_note_is_the_runners_alone_whatever_new_files_are(tmp_path):
    mask = os.umask(0)
    try:
        with Partial(tmp_path / "rows.csv", "one") as partial:
            partial.write(b"x\n", 1)
    finally:
        os.umask(mask)
    assert {of(path)[2] for path in tmp_path.iterdir()} == {0o600}
    (note,) = tmp_path.glob("*.note")
    assert json.loads(note.read_text())["rows"] == 1
    with Partial(tmp_path / "rows.csv", "one") as again:
        assert again.done == 1
