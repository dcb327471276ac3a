"""The store: whole answers, told when damaged, and nothing lost when a file is no good."""

import json

import pytest

GOOD = b'{"codes": [{"code": "0301", "name": "Oslo - Oslove"}]}'


@pytest.fixture
def kept(omsorg, tmp_path):
    """A store with one answer, taken from a file."""
    file = tmp_path / "codes.json"
    file.write_bytes(GOOD)
    done = omsorg("data", "import", str(file), OMSORG_STORE=str(tmp_path / "store"))
    assert done.returncode == 0
    return tmp_path / "store"


def one(kept, suffix):
    return next(kept.glob(f"*{suffix}"))


def test_an_answer_is_kept_as_it_came_with_its_record(omsorg, kept):
    assert one(kept, ".body").read_bytes() == GOOD
    record = json.loads(one(kept, ".json").read_text(encoding="utf-8"))
    assert (record["table"], record["publisher"], record["licence"]) == (
        "klass131",
        "Statistisk sentralbyrå",
        "CC BY 4.0",
    )
    listed = json.loads(omsorg("data", "list", "--format", "json", OMSORG_STORE=str(kept)).stdout)
    assert [answer["name"] for answer in listed["answers"]] == [record["name"]]
    assert omsorg("data", "list", "--format", "csv", "--store", str(kept)).stdout.count("\n") == 2
    assert "klass131" in omsorg("data", "show", record["name"], "--store", str(kept)).stdout


def test_the_same_file_twice_is_one_answer(omsorg, kept, tmp_path):
    assert omsorg("data", "import", str(tmp_path / "codes.json"), OMSORG_STORE=str(kept)).returncode == 0
    assert len(list(kept.iterdir())) == 2


def test_an_empty_store_is_no_fault(omsorg, tmp_path):
    done = omsorg("data", "list", "--store", str(tmp_path / "none"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "omsorg data fetch" in done.stdout
    assert not (tmp_path / "none").exists()


DAMAGED = [
    (".body", b"something else", "is not what was fetched: its sha256 differs"),
    (".body", None, "cannot be read: the file or the folder does not exist"),
    (".json", b"{", "is not a record of an answer, or is damaged"),
    (".json", b"[]", "is not a record of an answer, or is damaged"),
    (".json", b'{"format": "omsorg.answer/2"}', "was written by a newer version of omsorg"),
    (".json", b'{"format": "omsorg.answer/1"}', "is damaged at"),
]


@pytest.mark.parametrize(("suffix", "content", "told"), DAMAGED)
def test_damage_is_told_by_verify_and_by_whatever_reads_it(omsorg, kept, suffix, content, told):
    path = one(kept, suffix)
    path.unlink() if content is None else path.write_bytes(content)
    done = omsorg("data", "verify", "--store", str(kept))
    assert done.returncode == 1
    assert told in done.stdout
    done = omsorg("new", "savings", "--municipality", "Oslo", "--year", "2025", "--store", str(kept))
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "change",
    [{"bytes": "many"}, {"form": "parquet"}, {"name": "other"}, {"more": 1}, {"notes": [1]}, {"symbols": {"..": "x"}}],
)
def test_a_record_with_a_wrong_field_is_told(omsorg, kept, change):
    path = one(kept, ".json")
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    done = omsorg("data", "list", "--store", str(kept))
    assert done.returncode == 2
    assert "is damaged at" in done.stderr


def test_a_body_without_a_record_is_told_and_does_no_harm(omsorg, kept):
    one(kept, ".json").unlink()
    assert omsorg("data", "list", "--store", str(kept)).returncode == 0
    done = omsorg("data", "verify", "--store", str(kept))
    assert "has no record; it may be removed" in done.stdout


FILES = [
    (b"", "is empty"),
    (b"<html></html>", "is a web page"),
    (b'{"a": 1}', "is none of what is read"),
    (b'{"codes": [1]}', "is not a list of codes"),
    (b'{"kommuner": {}, "a": 1}', "is not a need index by municipality"),
    (b'{"kommuner": {"3222": {"pleie": 5.5564}}, "\xc3\xa5r": 2025}', "found 5.5564 for 3222"),
    (b"PK\x03\x04", "is damaged"),
    (b"region;Personer 2024\n0301;1\n", "which table is it\\? Neither its title nor its name says so; give --table"),
]


@pytest.mark.parametrize(("content", "told"), FILES)
def test_a_file_that_is_no_statistics_is_told_and_not_kept(omsorg, kept, tmp_path, content, told):
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    before = sorted(kept.iterdir())
    done = omsorg("data", "import", str(file), "--store", str(kept))
    assert (done.returncode, done.stdout) == (2, "")
    assert told.replace("\\", "") in done.stderr
    assert sorted(kept.iterdir()) == before


def test_an_index_whose_mean_is_off_by_the_inhabitants_in_the_store_is_refused(omsorg, stocked, tmp_path):
    path = tmp_path / "income.json"
    index = {"0301": 1.2, "3103": 1.0, "3222": 0.9, "3301": 1.0}  # mean (840 + 50 + 45 + 100) ÷ 900 = 1.15
    told = {"år": 2025, "kilde": "x", "kommuner": {code: {"pleie": one} for code, one in index.items()}}
    path.write_text(json.dumps(told), encoding="utf-8")
    done = omsorg("data", "import", str(path), "--store", str(stocked))
    assert done.returncode == 2
    assert "has a mean of 1.1500 by inhabitants; allowed: 1 within 0.01" in done.stderr


def test_a_store_that_is_no_folder_is_told(omsorg, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = omsorg("data", "list", "--store", str(tmp_path / "file"))
    assert (done.returncode, "is not a folder" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "12367"), "12367 is not in the store"),
        (("import", "none.json"), "none.json cannot be read: the file or the folder does not exist"),
        (("import", "none.json", "--year", "soon"), "--year: found soon"),
        (("list", "--store", "a", "--store", "b"), "--store is given 2 times"),
    ],
)
def test_what_is_asked_wrongly_is_told(omsorg, kept, words, told):
    done = omsorg("data", *words, OMSORG_STORE=str(kept))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
