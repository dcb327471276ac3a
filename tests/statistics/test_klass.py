"""Names and codes of municipalities, and what they were in other years."""

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.statistics import klass
from omsorg_cli.statistics.klass import Change, Municipalities
from omsorg_cli.statistics.store import Store

from .conftest import CHANGES, NAMES, SHARED

KNOWN = Municipalities(
    NAMES, [Change(old, new, date) for old, _, new, date in CHANGES], {old: name for old, name, _, _ in CHANGES}
)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("Oslo", "0301"),
        ("oslo", "0301"),
        ("Oslove", "0301"),
        ("Oslo - Oslove", "0301"),
        ("0301", "0301"),
        ("LØRENSKOG", "3222"),
        ("Våler (Østfold)", "3114"),
        ("3419", "3419"),
    ],
)
def test_a_municipality_is_found_by_code_or_by_any_of_its_names(wanted, code):
    assert KNOWN.find(wanted) == code


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Våler", "3114 Våler \\(Østfold\\), 3419 Våler \\(Innlandet\\). Give the code"),
        ("301", "allowed: four, 0301"),
        ("3005", "on 2024-01-01 it became 3301 Drammen"),
        ("1507", "on 2024-01-01 it became 1508 Ålesund, 1580 Haram"),
        ("Svelvik", "there is no such municipality now; there was 0711 Svelvik"),
        ("9999", "is the code of no municipality"),
        ("1234", "is the code of no municipality"),
        ("Drammn", 'Did you mean "Drammen"'),
    ],
)
def test_what_is_no_municipality_of_today_is_told(wanted, told):
    with pytest.raises(OmsorgError, match=told):
        KNOWN.find(wanted)


@pytest.mark.parametrize(
    ("code", "year", "codes", "remark"),
    [
        ("3301", 2025, ("3301",), "None"),
        ("3301", 2024, ("3301",), "None"),
        ("3301", 2023, ("3005",), "3301 Drammen had the code 3005 Drammen in 2023"),
        ("3301", 2019, ("0602", "0625", "0711"), "the sum of 0602 Drammen + 0625 Nedre Eiker + 0711 Svelvik"),
        ("0301", 1990, ("0301",), "None"),
        ("1508", 2024, ("1508",), "None"),
    ],
)
def test_a_municipality_is_followed_back_and_a_merger_is_the_sum_of_its_parts(code, year, codes, remark):
    past = KNOWN.in_year(code, year)
    assert past.codes == codes
    assert remark in str(past.remark)


@pytest.mark.parametrize("code", ["1508", "1580"])
def test_a_part_of_a_split_has_no_past(code):
    with pytest.raises(OmsorgError, match="1507 Ålesund was split on 2024-01-01 into 1508 Ålesund, 1580 Haram"):
        KNOWN.in_year(code, 2023)


def test_a_part_that_keeps_its_code_is_a_split_too():
    known = Municipalities({"1": "A", "2": "B"}, [Change("1", "1", "2020-01-01"), Change("1", "2", "2020-01-01")])
    with pytest.raises(OmsorgError, match="was split"):
        known.in_year("1", 2019)


def test_the_numbers_of_a_merger_are_summed_and_say_so(omsorg, service, stocked):
    from omsorg_cli.statistics.statistics import Statistics

    where = ("--address", service.address, "--store", str(stocked))
    assert omsorg("data", "fetch", "savings", "--municipality", "Drammen", "--year", "2019", *where).returncode == 0
    cell = {"scope": "A", "art": "AGD2", "contents": "KOSbelop0000", "function": "254"}
    found = Statistics(Store(stocked)).in_year("12367", "3301", 2019, cell)
    assert found.value == 300_000 + 100_000 + 30_000
    assert "the sum of 0602 Drammen + 0625 Nedre Eiker + 0711 Svelvik" in found.remark


def test_nought_inhabitants_is_no_such_municipality_then(omsorg, stocked):
    done = omsorg("new", "savings", "--municipality", "Haram", "--year", "2025", "--store", str(stocked))
    assert done.returncode == 1
    assert "0 inhabitants" not in done.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="no recorded answers of the services beside this checkout")
def test_the_recorded_list_has_every_municipality():
    codes = klass.read_codes((SHARED / "klass_131_codesAt_2026-01-01.json").read_bytes(), "klass")
    known = Municipalities(codes)
    assert len(codes) == 358
    assert [known.find(one) for one in ("Oslo", "Trondheim", "Kautokeino", "Tana", "Lørenskog")] == [
        "0301", "5001", "5612", "5628", "3222",
    ]  # fmt: skip
    with pytest.raises(OmsorgError, match="1515 Herøy .* 1818 Herøy"):
        known.find("Herøy")
