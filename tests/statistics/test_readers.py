"""Tables in every form that they come in: the same cells, symbols that are never nought, and faults that are told."""

import io
import json
from itertools import product

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.statistics import forms, jsonstat, need_index, tabular
from omsorg_cli.statistics.dataset import Cell, Dimension
from omsorg_cli.statistics.need_index import WEIGHTS

from .conftest import HEADS, SHARED, ods, table

DIMENSIONS = {
    "Region": {"0301": "Oslo - Oslove", "3222": "Lørenskog"},
    "ContentsCode": {"Personer1": "Personer", "Andel": "Andel"},
    "Tid": {"2024": "2024", "2025": "2025", "2026": "2026"},
}
KNOWN = {code: number for number, code in enumerate(product(*DIMENSIONS.values()))}


def _cell(where):
    number = KNOWN[where["Region"], where["ContentsCode"], where["Tid"]]
    return {3: ":", 4: "..", 5: "."}.get(number, number * 10)


def _made(order, *, sparse):
    data = table("07459", "Befolkning", {name: DIMENSIONS[name] for name in order}, _cell, "2026-02-25T07:00:00Z")
    if sparse:
        data["value"] = {str(at): one for at, one in enumerate(data["value"]) if one is not None}
    return jsonstat.read(json.dumps(data).encode(), "made up")


@given(st.permutations(list(DIMENSIONS)), st.booleans())
def test_a_cell_is_found_whatever_the_order_of_the_dimensions_and_dense_or_sparse(order, sparse):
    found = _made(order, sparse=sparse)
    for (region, contents, year), number in KNOWN.items():
        symbol = {3: ":", 4: "..", 5: "."}.get(number, "")
        expected = Cell(None if symbol else number * 10, symbol)
        assert found.cell({"region": region, "contents": contents, "time": year}) == expected
    assert found.counted() == {":": 1, "..": 1, ".": 1}
    assert (found.table, found.updated, found.notes) == ("07459", "2026-02-25T07:00:00Z", ("En merknad som må vises.",))


def test_nought_with_a_symbol_is_no_number():
    data = table("07459", "Befolkning", DIMENSIONS, lambda _: 0, "")
    data["status"] = {"0": ":", "1": "*"}
    found = jsonstat.read(json.dumps(data).encode(), "made up")
    assert found.cell({"region": "0301", "contents": "Personer1", "time": "2024"}) == (None, ":")
    assert found.cell({"region": "0301", "contents": "Personer1", "time": "2025"}) == (0, "*")


def test_a_code_that_is_not_there_is_no_cell_and_a_dimension_of_several_must_be_named():
    found = _made(list(DIMENSIONS), sparse=False)
    assert found.cell({"region": "9999", "contents": "Andel", "time": "2025"}) is None
    assert found.cell({"region": "0301", "time": "2025"}) is None


DAMAGED = [
    (lambda data: data.update(size=[2, 2, 2]), "size"),
    (lambda data: data["value"].pop(), "values"),
    (lambda data: data.update(value=[10**400] * 12), "OverflowError"),
    (lambda data: data.update(status=[{"a": "."}] * 12), "status"),
    (lambda data: data.update(status={"3": 5}), "status 5"),
    (lambda data: data.update(value={"12": 1}), "place"),
    (lambda data: data.update(value=["a"] * 12), 'value "a"'),
    (lambda data: data.update(value=[True] * 12), "value true"),
    (lambda data: data.pop("dimension"), "KeyError"),
    (lambda data: data["dimension"]["Tid"].pop("category"), "KeyError"),
    (lambda data: data.update({"class": "collection"}), "no table in json-stat2"),
    (lambda data: data.update(id=["Region", "Region", "Tid"], size=[2, 2, 3]), ""),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGED[:-1])
def test_a_damaged_answer_is_told(damage, told):
    data = table("07459", "Befolkning", DIMENSIONS, _cell, "")
    damage(data)
    with pytest.raises(OmsorgError, match=told):
        jsonstat.read(json.dumps(data).encode(), "made up")


CSV = {
    "one column a year": (
        '"07459: Befolkning, etter region, statistikkvariabel og år"\r\n\r\n"region","Personer 2024","Personer 2025"\r\n'
        '"0301 Oslo - Oslove",717710,724290\r\n"3222 Lørenskog",48188,:\r\n'
    ),
    "one row a cell": (
        '"07459: Befolkning"\n"region";"år";"Personer"\n"0301 Oslo - Oslove";"2024";717710\n'
        '"0301 Oslo - Oslove";"2025";724290\n"3222 Lørenskog";"2024";48188\n"3222 Lørenskog";"2025";":"\n'
    ),
    "codes alone": (
        "Region\tTid\t07459: Befolkning\n0301\t2024\t717710\n0301\t2025\t724290\n3222\t2024\t48188\n3222\t2025\t:\n"
    ),
}


@pytest.mark.parametrize("name", CSV)
@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig"])
def test_a_csv_of_statistics_norway_is_read(name, encoding):
    found = tabular.read_csv(CSV[name].encode(encoding), "07459.csv")
    assert found.cell({"region": "0301", "time": "2025"}) == (724_290, "")
    assert found.cell({"region": "3222", "time": "2024"}) == (48_188, "")
    assert found.cell({"region": "3222", "time": "2025"}) == (None, ":")
    assert "3222" in found.codes("region")


def test_codes_with_letters_and_a_label_in_one_cell_are_told_apart():
    text = "region;art;2025\n3222 Lørenskog;A370 Kjøp fra private;5\n3222 Lørenskog;AG16 Lønn;7\n"
    found = tabular.read_csv(text.encode(), "12367.csv")
    assert found.codes("art") == ("A370", "AG16")
    assert found.cell({"region": "3222", "art": "370", "time": "2025"}) == (5, "")


@pytest.mark.parametrize(
    ("codes", "wanted", "found"),
    [
        (["370"], "370", "370"),
        (["A370", "AG37"], "370", "A370"),
        (["370", "A370"], "370", "370"),
        (["A370", "B370"], "370", None),
        (["A3705", "1370"], "370", None),
        (["AGD2"], "2", None),
    ],
)
def test_an_art_is_found_by_its_number_where_one_code_has_letters_before_it(codes, wanted, found):
    assert Dimension("KOKart0000", "art", dict.fromkeys(codes, "")).code_of(wanted) == found


BAD_CSV = [
    ("region;Personer 2024\n0301;1;2\n", "row 2 has 3 columns; allowed: 2"),
    ("region;Personer\nregion;år;Personer\n0301;2025;2\n", "row 1 has 2 columns; allowed: 3"),
    ("region;Personer 2024\n0301;1\n0301;2\n", "row 3: 0301 · Personer · 2024 stands twice"),
    ("region;Personer 2024\n0301;1\n1103;many\n", "headings|many"),
    ("region;år;Andel\n0301;2024;1,234\n", "may be thousands or decimals"),
    ("region\0;x\n", "NUL bytes"),
    ('region;Personer 2024\n"0301;1\n', "not a sound csv"),
    ("just words\n", "no headings above numbers"),
    ("", "no headings above numbers"),
]


@pytest.mark.parametrize(("text", "told"), BAD_CSV)
def test_a_csv_that_is_no_table_is_told_with_its_row(text, told):
    with pytest.raises(OmsorgError, match=told):
        tabular.read_csv(text.encode(), "07459.csv")


def test_decimals_may_have_a_comma_where_that_cannot_be_thousands():
    found = tabular.read_csv("region;år;Andel\n0301;2024;12,5\n3222;2024;-1.25\n".encode(), "12362.csv")
    assert found.cell({"region": "0301"}) == (12.5, "")
    assert found.cell({"region": "3222"}) == (-1.25, "")


def _xlsx(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook_of_statistics_norway_is_read_with_two_rows_of_headings_and_notes_below():
    content = _xlsx(
        ["12367: Detaljerte regnskapstall, etter region, funksjon, statistikkvariabel og år"],
        [],
        [None, None, "Beløp (1000 kr)", None],
        [None, None, "2024", "2025"],
        ["0301 Oslo - Oslove", "253 Institusjon", 10, ":"],
        [None, "254 Hjemmetjenester", 30.5, 40],
        ["3222 Lørenskog", "253 Institusjon", "..", 60],
        [None, "254 Hjemmetjenester", 70, 80],
        [],
        ["Kilde: Statistisk sentralbyrå"],
    )
    found = tabular.read_xlsx(content, "made up.xlsx")
    assert found.table == "12367"
    assert found.cell({"region": "0301", "function": "254", "time": "2024"}) == (30.5, "")
    assert found.cell({"region": "0301", "function": "253", "time": "2025"}) == (None, ":")
    assert found.cell({"region": "3222", "function": "253", "time": "2024"}) == (None, "..")
    assert found.cell({"region": "3222", "function": "254", "time": "2025", "contents": "Beløp (1000 kr)"}) == (80, "")


def test_a_workbook_is_told_from_an_ods_by_its_content():
    xlsx = _xlsx(["12367: Detaljerte regnskapstall, etter region"], ["region", "2025"], ["0301 Oslo", 1])
    assert forms.known(xlsx, "whatever").told["table"] == "12367"
    assert forms.known(_criteria(0.9, 1.1), "whatever", year=2026).form == "need-index-ods"


def test_what_is_no_workbook_or_unpacks_too_large_is_told(monkeypatch):
    with pytest.raises(OmsorgError, match="x.xlsx is damaged"):
        forms.known(b"PK\x03\x04 and nothing", "x.xlsx")
    monkeypatch.setattr("omsorg_cli.scenario.sheets.MOST_BYTES", 100)
    with pytest.raises(OmsorgError, match="x.xlsx unpacks to 0 MB"):
        tabular.read_xlsx(_xlsx(["a"]), "x.xlsx")


# ------------------------------------------------------------------------------------------------------- need index


def _criteria(*indexes, people=(1000, 1000)):
    """Two municipalities, all criteria of each at that index."""
    rows = [
        ["301 Oslo", people[0], *([indexes[0]] * len(HEADS))],
        ["3222 Lørenskog", people[1], *([indexes[1]] * len(HEADS))],
    ]
    return ods(["Tabell E-k. Kriteriedata"], ["Kommune", "Innbyggere", *HEADS], *rows)


def test_the_weights_of_care_make_a_whole():
    assert [sum(one.values()) for one in WEIGHTS.values()] == [pytest.approx(1)]


def test_the_need_index_is_the_weighted_sum_of_the_criteria_in_the_ministrys_file():
    found = need_index.read_ods(_criteria(0.9, 1.1), "gronthefte-2026.ods")
    assert found.index == {"0301": pytest.approx(0.9), "3222": pytest.approx(1.1)}
    assert (found.year, found.words, found.inhabitants) == (2026, ("derived index",), {"0301": 1000, "3222": 1000})


def test_one_criterion_counts_by_its_weight():
    row = [1.0] * len(HEADS)
    row[8] = 2.0  # 80–89 years, weight 0.1558
    found = need_index.read_ods(ods(["Kommune", *HEADS], ["3222 Lørenskog", *row]), "x", 2026)
    assert found.index["3222"] == pytest.approx(1.1558)


def test_an_index_that_is_ready_is_not_called_derived():
    content = ods(
        ["Nr", "Navn", "Grunnskole", "Pleie og omsorg"], [301, "Oslo", 5.5, 0.9], [3222, "Lørenskog", 0.1, 0.8]
    )
    found = need_index.read_ods(content, "x.ods", 2024)
    assert (found.index, found.words) == ({"0301": 0.9, "3222": 0.8}, ())


REFUSED = [
    (lambda: _criteria(1.0, 5.5564), 2026, "found 5.5564 for 3222; allowed: a need index of care, 0.7 to 2.2"),
    (lambda: _criteria(0.69, 1.31), 2026, "found 0.6900 for 0301"),
    (lambda: _criteria(1.0, 1.1), 2026, "has a mean of 1.0500 by inhabitants; allowed: 1 within 0.01"),
    (lambda: _criteria(1.0, 1.0), 2025, "has no need index of care for 2025"),
    (lambda: _criteria(1.0, 1.0), None, "which year is it for\\? Give --year"),
    (lambda: ods(["Kommune", *HEADS[:-1]], ["3222", *([1.0] * 15)]), 2026, "nor every criterion"),
]


@pytest.mark.parametrize(("content", "year", "told"), REFUSED)
def test_what_cannot_be_a_need_index_of_care_is_refused(content, year, told):
    with pytest.raises(OmsorgError, match=told):
        need_index.read_ods(content(), "x.ods", year)


def test_a_mean_that_is_a_hundredth_off_is_the_last_that_passes():
    assert need_index.read_ods(_criteria(1.0, 1.0198), "x", 2026).index
    with pytest.raises(OmsorgError, match="mean of 1.0102"):
        need_index.read_ods(_criteria(1.0, 1.0204), "x", 2026)


# ------------------------------------------------------------------------------------------------------ real answers


@pytest.mark.skipif(not SHARED.is_dir(), reason="no recorded answers of the services beside this checkout")
class TestRecordedAnswers:
    """What the services really answered."""

    def read(self, name):
        return jsonstat.read((SHARED / name).read_bytes(), name)

    def test_accounts_have_their_symbols_and_the_country(self):
        found = self.read("ssb_12367_halden_landet_2015-2020.json")
        where = {"scope": "A", "function": "FGK9", "art": "AGD2"}
        assert found.table == "12367"
        assert sum(found.counted().values()) == 485
        assert found.cell({**where, "region": "EAK", "time": "2020"}) == (126_069_838, "")
        assert found.cell({**where, "region": "3001", "time": "2015"}) == (None, ".")

    def test_contents_may_come_first(self):
        found = self.read("ssb_12191_kommunehelse_2018-2020.json")
        assert found.dimensions[0].role == "contents"
        assert {"..", "."} <= set(found.counted())

    def test_key_figures_have_their_notes_and_the_zero_of_oslo(self):
        found = self.read("ssb_v2_12134_oslo_bergen_trondheim_2024.json")
        assert [found.cell({"region": code}).value for code in ("0301", "4601", "5001")] == [81_240, 66_605, 62_853]
        assert len(found.notes) == 2

    @pytest.mark.parametrize(
        ("region", "year", "expected"),
        [("0301", "2017", 20_949), ("0301", "2024", 22_988), ("1103", "2017", 4_523), ("1804", "2024", 2_424)],
    )
    def test_the_old_add_up(self, region, year, expected):
        found = self.read("ssb_07459_80plus_oslo_stavanger_bodo_2017_2024.json")
        cells = [
            found.cell({"region": region, "time": year, "sex": sex, "age": age})
            for sex in found.codes("sex")
            for age in found.codes("age")
        ]
        assert sum(one.value for one in cells) == expected

    def test_some_of_the_ages_are_never_taken_for_all(self, omsorg, tmp_path):
        from omsorg_cli.statistics.statistics import LackingError, Statistics
        from omsorg_cli.statistics.store import Store

        for name in ("ssb_07459_80plus_oslo_stavanger_bodo_2017_2024.json", "klass_131_codesAt_2026-01-01.json"):
            assert omsorg("data", "import", str(SHARED / name), "--store", str(tmp_path)).returncode == 0
        known = Statistics(Store(tmp_path))
        assert known.persons("07459", "Personer1", "1103", 2024, 80, 104).value == 5_408
        for low in (0, 80):
            with pytest.raises(LackingError, match="not in the store: table 07459"):
                known.persons("07459", "Personer1", "1103", 2024, low)

    def test_the_derived_need_index_is_within_its_bounds(self):
        found = need_index.read_json((SHARED / "kmd_dki-2026.json").read_bytes(), "kmd")
        assert (len(found.index), found.index["3222"], min(found.index.values())) == (352, 0.8127, 0.802)
        assert found.words == ("derived index",)

    def test_a_rename_that_is_a_split_is_not_taken_for_a_list_of_changes(self):
        name = "klass_131_changes_2024_derived_kommunebarometer.json"
        with pytest.raises(OmsorgError, match="is none of what is read"):
            forms.known((SHARED / name).read_bytes(), name)
