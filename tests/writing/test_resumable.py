"""A file that grows is written with the care of one that is written at once, and two runs never share one."""

import json
import subprocess
import sys

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.writing.output import save
from omsorg_cli.writing.resumable import Partial

SWEEP = ("sweep", "savings", "--base", "asss", "--figure", "savings_potential", "--grid")


def test_what_a_user_calls_partial_is_the_users(tmp_path):
    mine, precious, link = tmp_path / "rows.csv.partial", tmp_path / "precious", tmp_path / "link.csv.partial"
    mine.write_text("mine")
    precious.write_text("precious")
    link.symlink_to(precious)
    for name in ("rows.csv", "link.csv"):
        with Partial(tmp_path / name, "one") as partial:
            partial.write(b"x\n", 1)
            partial.finish()
    assert (mine.read_text(), precious.read_text()) == ("mine", "precious")
    assert (tmp_path / "rows.csv").read_bytes() == b"x\n"


def test_a_file_keeps_its_mode_and_grows_where_nobody_else_can_read_it(tmp_path):
    target = tmp_path / "rows.csv"
    target.write_text("old")
    target.chmod(0o600)
    with Partial(target, "one") as partial:
        partial.write(b"x\n", 1)
        assert {path.stat().st_mode & 0o777 for path in tmp_path.glob(".omsorg-*.partial")} == {0o600}
        partial.finish()
    assert target.stat().st_mode & 0o777 == 0o600


def test_what_can_be_gone_on_with_stays_when_another_kind_of_run_writes_the_target(tmp_path):
    target = tmp_path / "rows.csv"
    with Partial(target, "one") as partial:
        partial.write(b"x\n", 1)
    save(b"new", target)
    with Partial(target, "one") as again:
        assert again.done == 1


@pytest.mark.parametrize(
    "note",
    ["", "{", "[]", "5", '{"fingerprint": "one"}', '{"fingerprint": "one", "rows": "x", "bytes": 2}']
    + [json.dumps({"fingerprint": "one", "rows": 1, "bytes": size}) for size in (-1, 0, 3, 1e9, "2", None)],
)
def test_a_note_that_says_nothing_that_can_be_is_gone_on_with_by_nobody(tmp_path, note):
    target = tmp_path / "rows.csv"
    with Partial(target, "one") as partial:
        partial.write(b"x\n", 1)
    (kept,) = tmp_path.glob(".omsorg-*.note")
    kept.write_text(note)
    with Partial(target, "one") as again:
        assert again.done == 0
        again.write(b"y\n", 1)
        again.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
    assert target.read_bytes() == b"y\n"


def test_a_second_run_to_the_file_that_grows_is_refused_and_the_first_ends_whole(tmp_path):
    target = tmp_path / "rows.csv"
    with Partial(target, "one") as first:
        first.write(b"a\n", 1)
        for fingerprint in ("one", "other"):
            with pytest.raises(OmsorgError, match="another run is writing it"):
                Partial(target, fingerprint)
        first.write(b"b\n", 2)
        first.finish()
    assert target.read_bytes() == b"a\nb\n"


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_of_two_sweeps_at_once_to_one_file_the_file_is_whole_one_of_the_two(omsorg, tmp_path, suffix):
    grids = ("savings.population=100000:200000:30000", "savings.population=300000:400000:30000")
    whole = []
    for at, grid in enumerate(grids):
        assert omsorg(*SWEEP, grid, "--output", f"whole{at}.{suffix}", cwd=tmp_path).returncode == 0
        whole.append((tmp_path / f"whole{at}.{suffix}").read_bytes())
    program = [sys.executable, "-m", "omsorg_cli", *SWEEP]
    for _ in range(3):
        runs = [
            subprocess.Popen([*program, grid, "--output", f"rows.{suffix}"], cwd=tmp_path, stderr=subprocess.PIPE)
            for grid in grids
        ]
        told = [run.communicate()[1] for run in runs]
        codes = [run.returncode for run in runs]
        assert set(codes) <= {0, 2}
        assert 0 in codes
        assert all(code == 0 or b"another run is writing it" in text for code, text in zip(codes, told, strict=True))
        done = (tmp_path / f"rows.{suffix}").read_bytes()
        assert done in [one for one, code in zip(whole, codes, strict=True) if code == 0]
        assert len(list(tmp_path.iterdir())) == 3
