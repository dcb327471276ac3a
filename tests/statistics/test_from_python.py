"""Scenarios from the store and the store itself, asked for in Python: what the command line has, in the same words."""

import csv

import pytest

import omsorg_cli as library
from omsorg_cli.library.begun import Begun

WHOSE = {"municipality": "Lørenskog", "year": 2025, "against": ["country", "EKG02,Drammen"]}


def test_a_scenario_that_is_begun_is_that_of_the_command_line(omsorg, stocked):
    words = ("--municipality", "Lørenskog", "--year", "2025", "--against", "country,EKG02,Drammen")
    told = omsorg("new", "savings", *words, "--store", str(stocked)).stdout
    begun = library.new("savings", **WHOSE, store=stocked)
    assert (begun.text, str(begun), begun.lacking, begun.rows) == (told, told, (), "")
    answer = library.run("savings", begun.data, base="drammen")
    assert answer["savings_potential", "drammen", "total"] == pytest.approx(300_000_000, abs=200)


def test_what_the_store_lacks_is_told(omsorg, stocked):
    begun = library.new("savings", municipality="3222", year="2025", against="country,Oslo", store=str(stocked))
    assert len(begun.lacking) == 1
    assert begun.lacking[0].startswith("0301, total: confidential (:) in table 12367")


@pytest.mark.parametrize("suffix", [".toml", ".json", ".xlsx"])
def test_it_is_saved_as_a_new_file_that_has_the_same_figures(stocked, tmp_path, suffix):
    begun = library.new("savings", **WHOSE, store=stocked)
    path = begun.save(tmp_path / f"mine{suffix}")
    assert library.run("savings", path).records() == library.run("savings", begun.data).records()
    with pytest.raises(library.OmsorgError, match="is there already, and a new scenario replaces none"):
        begun.save(path)


@pytest.mark.parametrize("suffix", [".toml", ".json", ".xlsx"])
def test_the_file_of_the_command_line_is_that_of_python(omsorg, tmp_path, suffix):
    told, saved = tmp_path / f"told{suffix}", tmp_path / f"saved{suffix}"
    assert omsorg("new", "insource", "--output", str(told)).returncode == 0
    library.new("insource").save(saved)
    assert library.run("insource", told).records() == library.run("insource", saved).records()
    if suffix != ".xlsx":  # which says when it was made
        assert told.read_bytes() == saved.read_bytes()


def test_the_rows_of_all_municipalities_are_data_and_a_file_beside_the_scenario(stocked, tmp_path):
    begun = library.new("savings", municipality="all", year=2025, against="country", store=stocked)
    found = {row["code"]: row for row in begun.records()}
    assert found["3222"]["savings.population"] == "50000"
    assert "confidential" in found["0301"]["remark"]
    assert 0 < begun.rows_lacking < len(found)
    begun.save(tmp_path / "landet.toml")
    with (tmp_path / "landet.csv").open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == begun.records()
    with pytest.raises(library.OmsorgError, match="landet.csv is there already"):
        begun.save(tmp_path / "other.toml", tmp_path / "landet.csv")
    assert not (tmp_path / "other.toml").exists()


def test_a_name_that_no_file_and_no_line_can_hold_is_still_one_row(tmp_path):
    begun = Begun('title = "A\ud800"', rows='code,name\n1,"A\u2028\ud800"\n')
    assert [row["code"] for row in begun.records()] == ["1"]
    begun.save(tmp_path / "a.toml")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[0] == "code,name"


WRONG = {
    "no year": ({"municipality": "3222"}, ("--municipality", "3222")),
    "a year in letters": ({"municipality": "3222", "year": "MMXXV"}, ("--municipality", "3222", "--year", "MMXXV")),
    "a year alone": ({"year": 2025}, ("--year", "2025")),
    "others alone": ({"against": "country"}, ("--against", "country")),
    "no such name": (
        {"municipality": "Lørenskogg", "year": 2025},
        ("--municipality", "Lørenskogg", "--year", "2025"),
    ),
    "itself": (
        {"municipality": "3222", "year": 2025, "against": "3222"},
        ("--municipality", "3222", "--year", "2025", "--against", "3222"),
    ),
}


@pytest.mark.parametrize(("given", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_asked_is_told_as_on_the_command_line(omsorg, stocked, monkeypatch, given, words):
    monkeypatch.setenv("OMSORG_STORE", str(stocked))
    with pytest.raises(library.OmsorgError) as said:
        library.new("savings", **given)
    assert omsorg("new", "savings", *words).stderr == "".join(
        f"omsorg: {line}\n" for line in str(said.value).splitlines()
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"municipality": 3222, "year": 2025}, 'found 3222; allowed: a name, a code, or "all"'),
        ({"municipality": "3222", "year": 2025, "against": 3301}, "against: found 3301; allowed: a name, or several"),
        ({"municipality": "3222", "year": 2025.5}, "--year: found 2025.5; allowed: a year"),
        ({"municipality": "3222", "year": True}, "--year: found True; allowed: a year"),
    ],
)
def test_what_is_of_another_kind_is_told_in_words(stocked, given, told):
    with pytest.raises(library.OmsorgError, match=told):
        library.new("savings", **given, store=stocked)


@pytest.mark.parametrize(
    ("path", "rows", "told"),
    [
        ("mine.txt", None, "the suffix tells no format; allowed: .toml, .json, .xlsx"),
        ("mine\0.toml", None, "is a name that no file can have"),
        ("mine.toml", "mine\ud800.csv", "is a name that no file can have"),
        ("mine.toml", "rows.csv", "--municipality all writes its rows beside"),
    ],
)
def test_a_file_that_cannot_be_made_is_told(tmp_path, monkeypatch, path, rows, told):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(library.OmsorgError, match=told):
        library.new("fte").save(path, rows)
    assert not list(tmp_path.iterdir())


def test_what_the_store_has_has_the_forms_of_the_command_line(omsorg, stocked):
    kept, where = library.data(stocked), ("--store", str(stocked))
    for form in ("json", "csv"):
        assert getattr(kept.list(), form)() == omsorg("data", "list", "--format", form, *where).stdout
        assert getattr(kept.show("12367"), form)() == omsorg("data", "show", "12367", "--format", form, *where).stdout
    assert len(kept.list()) == len(kept.list().records()) == len(list(kept.list()))
    assert {one["table"] for one in kept.show("12367")} == {"12367"}
    assert str(kept) == str(kept.list())
    assert kept.folder == stocked


def test_the_store_is_verified_with_every_fault(omsorg, stocked):
    assert library.data(stocked).verify().holds
    next(stocked.glob("12367*.body")).write_bytes(b"something else")
    found = library.data(stocked).verify()
    assert (found.holds, len(found.faults)) == (False, 1)
    assert f"{found}\n" == omsorg("data", "verify", "--store", str(stocked)).stdout


def test_a_table_is_fetched_and_kept_with_what_was_noticed(service, filled, tmp_path):
    kept = library.data(tmp_path / "new")
    whose = {"municipality": ["Lørenskog", "EKG02"], "year": 2025}
    heard = []
    found = kept.fetch("savings", **whose, address=service.address, tell=heard.append)
    assert {one["table"] for one in found} == {"12367", "12362", "07459"}
    again = kept.fetch("savings", **whose, address=service.address)
    assert again.records() == found.records()
    assert [told for told in again.remarks if "is in the store already" in told]
    assert list(found.remarks) == heard
    index = kept.fetch("need-index", year="2026", address=f"{service.address}/need.ods")
    assert [one["table"] for one in index] == ["need-index"]
    kept.take(filled.parent / "need.json")
    begun = library.new("savings", municipality="Lørenskog", year=2025, store=kept.folder)
    assert library.run("savings", begun.data, base="country").figures


def test_a_file_is_taken_into_the_store_or_refused(filled, tmp_path):
    kept = library.data(tmp_path / "new")
    assert [one["table"] for one in kept.take(filled.parent / "need.json")] == ["need-index"]
    (tmp_path / "page.html").write_text("<html></html>", encoding="utf-8")
    with pytest.raises(library.OmsorgError, match="is a web page"):
        kept.take(tmp_path / "page.html")
    with pytest.raises(library.OmsorgError, match="cannot be read"):
        kept.take(5)
    assert len(kept.list()) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"what": "savigns"}, 'Did you mean "savings"'),
        ({"what": 5}, 'found "5"; allowed'),
        ({"what": "savings", "year": "x"}, "--year: found x"),
        ({"what": "savings", "year": [2025, None]}, "--year: found None"),
        ({"what": "need-index"}, "need-index needs --address"),
        ({"what": "savings", "address": "http://example.org"}, "begins with https"),
    ],
)
def test_what_cannot_be_fetched_is_told(tmp_path, given, told):
    with pytest.raises(library.OmsorgError, match=told):
        library.data(tmp_path).fetch(**given)
    assert not list(tmp_path.iterdir())


def test_a_data_frame_without_a_row_has_its_columns(stocked, tmp_path):
    pytest.importorskip("pandas")
    nothing, some = library.data(tmp_path).list().to_frame(), library.data(stocked).list().to_frame()
    assert (len(nothing), list(nothing)) == (0, list(some))


def test_the_rows_and_the_answers_are_data_frames_where_pandas_is_installed(stocked):
    pytest.importorskip("pandas")
    assert list(library.data(stocked).list().to_frame()["name"])
    assert list(library.new("savings", municipality="all", year=2025, store=stocked).to_frame()["code"])
