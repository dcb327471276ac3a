"""One run for each row of a table: the same as each row alone, whatever the format, and nothing dropped silently."""

import csv
import io
import json
import tracemalloc

import openpyxl
import pyarrow.parquet
import pytest

SAVINGS = ("sweep", "savings", "baerum2016", "--base", "asss", "--service", "total", "--figure", "savings_potential")
HEAD = "kommune;Navn;savings.population;savings.comparisons.asss/total.gap_per_inhabitant"
TABLE = f"{HEAD}\n0301;Oslo;124 008;939\n3024;Bærum;10 000;12,5\n"


@pytest.fixture
def swept(tmp_path, omsorg):
    """Sweeps over a table."""

    def run(content, *words, name="rows.csv", ask=SAVINGS):
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return omsorg(*ask, "--rows", str(tmp_path / name), *words)

    return run


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_each_row_of_the_table_is_a_run_and_other_columns_are_carried_through(swept):
    done = swept(TABLE)
    assert rows(done.stdout) == [
        [*HEAD.split(";"), "savings_potential", "fault"],
        ["0301", "Oslo", "124008", "939", "116443512", ""],  # 124 008 × 939
        ["3024", "Bærum", "10000", "12.5", "125000", ""],
    ]
    assert done.returncode == 0
    assert "columns separated by semicolons, decimal comma." in done.stderr
    assert 'Columns carried through: "kommune", "Navn".' in done.stderr


def test_headings_are_mapped_to_inputs_with_their_units(swept):
    content = "Navn\tFolk\tGap\nOslo\t2000\t0.9\n"
    words = (
        "--columns",
        "savings.population=Folk",
        "--columns",
        "savings.comparisons.asss/total.gap_per_inhabitant=Gap",
    )
    done = swept(content, *words, "--unit", "savings.comparisons.asss/total.gap_per_inhabitant=kNOK")
    assert rows(done.stdout)[1] == ["Oslo", "2000", "900", "1800000", ""]  # 2 000 × 900


@pytest.mark.parametrize("unit", ["2020-13", "[]", "3", "\u202e", "99"])
@pytest.mark.parametrize("verb", ["sweep", "simulate"])
def test_a_unit_that_is_none_is_refused(swept, verb, unit):
    done = swept(TABLE, "--unit", f"savings.population={unit}", ask=(verb, *SAVINGS[1:]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--unit savings.population: found " in done.stderr


FAULTY = f"""{HEAD}
1;below;-5;939
2;empty;;939
3;missing;..;939
4;good;1000;10
5;ambiguous;1.234;1.234
"""


def test_a_row_that_is_refused_is_written_with_its_fault_and_counted(swept):
    done = swept(FAULTY)
    assert done.returncode == 1
    assert "omsorg: 4 of 5 rows were refused; the column fault says why." in done.stderr
    _, *found = rows(done.stdout)
    assert [row[4] for row in found] == ["", "", "", "10000", ""]
    faults = [row[5] for row in found]
    assert 'row 2, column C: savings.population: found "-5"; allowed: a whole number (inhabitants), over 0' in faults[0]
    assert "row 3, column C: savings.population: is empty; allowed: a whole number" in faults[1]
    assert 'row 4, column C: savings.population: found "..", which is not a number' in faults[2]
    assert faults[3] == ""
    assert 'savings.population: found "1.234"' in faults[4]
    assert 'gap_per_inhabitant: found "1.234", which has a comma or a point before exactly three digits' in faults[4]
    assert swept(FAULTY, "--keep-going").returncode == 0


def test_what_the_scenario_refuses_of_inputs_together_is_the_fault_of_the_row(swept):
    head = "insource.purchases.P07.phases.0.share,insource.purchases.P07.phases.1.share\n"
    done = swept(f"{head}0.5,0.5\n0.6,0.6\n", ask=("sweep", "insource", "drammen2020", "--figure", "present_value"))
    _, good, bad = rows(done.stdout)
    assert (good[3], bad[2]) == ("", "")
    assert "found phases whose shares add up to 1.2; allowed: at most 1" in bad[3]


def test_what_a_figure_cannot_be_is_the_fault_of_the_row(tmp_path, swept):
    (tmp_path / "base.toml").write_text(
        'title = "T"\nmunicipality = "M"\nyear = 2020\n[savings]\npopulation = 1000\n[[savings.comparisons]]\nbase = "a"\n'
        "own_per_inhabitant = 10_000\nbase_per_inhabitant = 9_000\n"
        '[[savings.comparisons]]\nbase = "b"\nown_from = "a"\ngap_per_inhabitant = 1000\n',
        encoding="utf-8",
    )
    content = "Navn,savings.comparisons.b/total.gap_per_inhabitant\na,4000\nb,20000\n"
    ask = ("sweep", "savings", str(tmp_path / "base.toml"), "--base", "b", "--figure", "base_per_inhabitant")
    _, good, bad = rows(swept(content, ask=ask).stdout)
    assert good == ["a", "4000", "6000", ""]  # 10 000 less 4 000
    assert bad[2] == ""
    assert "would be −10 000 NOK per inhabitant; allowed: a number (NOK per inhabitant), over 0" in bad[3]


def test_dates_choices_and_years_make_plans_of_their_own(swept, omsorg):
    ask = ("sweep", "insource", "drammen2020", "--figure", "present_value")
    done = swept("insource.years;insource.purchases.P06.phases.0.from\n3;juli 2020\n5;2021-01\n", ask=ask)
    _, *found = rows(done.stdout)
    sets = [
        ("--set", f"insource.years={years}", "--set", f"insource.purchases.P06.phases.0.from={start}")
        for years, start in ((3, "2020-07"), (5, "2021-01"))
    ]
    alone = [omsorg("insource", "drammen2020", *words, "--value", "present_value").stdout.strip() for words in sets]
    assert [float(row[2]) for row in found] == pytest.approx([float(one) for one in alone], rel=1e-12)


def many(count):
    lines = (f"{at};x;{1000 + at};{'oops' if at % 7 == 3 else at + 0.5}" for at in range(count))
    return "\n".join([HEAD, *lines]) + "\n"


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "parquet", "xlsx"])
def test_every_format_has_the_same_bytes_for_any_number_of_jobs_and_where_it_was_broken_off(
    swept, tmp_path, suffix, monkeypatch
):
    content = many(40)
    one, four, broken = (tmp_path / f"{name}.{suffix}" for name in ("one", "four", "broken"))
    monkeypatch.setattr("omsorg_cli.questions.row_sweep.CHUNK", 10)
    assert swept(content, "--output", str(one), "--jobs", "1").returncode == 1
    assert swept(content, "--output", str(four), "--jobs", "4").returncode == 1
    assert one.read_bytes() == four.read_bytes()
    from omsorg_cli.writing.resumable import Partial

    write = Partial.write

    def breaks_off(self, data, count):
        write(self, data, count)
        if count == 20:
            raise KeyboardInterrupt

    monkeypatch.setattr(Partial, "write", breaks_off)
    swept(content, "--output", str(broken))
    assert not broken.exists()
    monkeypatch.setattr(Partial, "write", write)
    done = swept(content, "--output", str(broken))
    assert "which has 20 of 40 rows." in done.stderr
    assert "6 of 40 rows were refused" in done.stderr  # rows 3, 10, 17, 24, 31 and 38
    assert broken.read_bytes() == one.read_bytes()


def test_a_file_that_changed_is_not_gone_on_with(swept, tmp_path, monkeypatch):
    monkeypatch.setattr("omsorg_cli.questions.row_sweep.CHUNK", 10)
    from omsorg_cli.writing.resumable import Partial

    write = Partial.write

    def breaks_off(self, data, count):
        write(self, data, count)
        raise KeyboardInterrupt

    target = tmp_path / "out.csv"
    with monkeypatch.context() as patched:
        patched.setattr(Partial, "write", breaks_off)
        swept(many(40), "--output", str(target))
    done = swept(many(41), "--output", str(target), "--keep-going")
    assert "goes on" not in done.stderr
    assert len(target.read_text(encoding="utf-8").splitlines()) == 42


def test_formats_hold_the_same(swept, tmp_path):
    names = {suffix: tmp_path / f"out.{suffix}" for suffix in ("json", "parquet", "xlsx")}
    for path in names.values():
        assert swept(FAULTY, "--output", str(path)).returncode == 1
    as_json = json.loads(names["json"].read_text(encoding="utf-8"))
    assert (as_json["refused"], as_json["table"]["file"].endswith("rows.csv")) == (4, True)
    assert as_json["rows"][3]["savings_potential"] == 10_000
    as_parquet = pyarrow.parquet.read_table(names["parquet"]).to_pylist()
    assert [row["savings_potential"] for row in as_parquet] == [None, None, None, 10_000, None]
    assert [row["savings.population"] for row in as_parquet] == [None, None, None, 1000, None]
    sheet = openpyxl.load_workbook(names["xlsx"]).active
    assert [row[4].value for row in sheet.iter_rows(min_row=2)] == [None, None, None, 10_000, None]
    assert [bool(row[5].value) for row in sheet.iter_rows(min_row=2)] == [True, True, True, False, True]


def test_text_that_a_spreadsheet_would_take_for_a_formula_stays_text(swept, tmp_path):
    content = TABLE.replace("Oslo", "=1+1")
    assert rows(swept(content).stdout)[1][1] == "'=1+1"
    swept(content, "--output", str(tmp_path / "out.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active["B2"].data_type == "s"


def test_a_negative_number_that_is_carried_through_stays_a_number(swept, tmp_path):
    content = TABLE.replace("Oslo", "-5").replace("Bærum", "-5,5")
    assert [row[1] for row in rows(swept(content).stdout)] == ["Navn", "-5", "-5,5"]
    book = openpyxl.Workbook()
    for row in (["delta", "savings.population"], [-5, 100_000], [-5.5, 100_001]):
        book.active.append(row)
    book.save(tmp_path / "rows.xlsx")
    done = swept((tmp_path / "rows.xlsx").read_bytes(), name="rows.xlsx")
    assert [row[0] for row in rows(done.stdout)] == ["delta", "-5", "-5.5"]


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        ("a;b\n1;2\n", (), "no column is an input"),
        ("savings.populaton;b\n1;2\n", (), 'There is no input savings.populaton. Did you mean "population"?'),
        (f"{HEAD}\n", (), "has headings and no rows"),
        (TABLE, ("--columns", "savings.population=Folk"), 'has no column "Folk"'),
        (TABLE, ("--columns", "savings.population"), '--columns "savings.population": allowed: PATH=TEXT'),
        (TABLE, ("--unit", "savings.need_index=%"), "--unit savings.need_index has no column"),
        (TABLE, ("--unit", "savings.population=kNOK"), '--unit savings.population: found "kNOK"'),
        (TABLE, ("--grid", "savings.population=1,2"), "name what varies, by --grid PATH=… or by --rows FILE"),
        (TABLE, ("--decimal", "x"), '--decimal: found "x"'),
        (TABLE, ("--format", "parquet"), "--format parquet goes to a file; write --output FILE.parquet"),
        (TABLE.replace("Navn", "savings_potential"), (), 'has a column "savings_potential", which the result has too'),
        ("savings.comparisons.gap_per_inhabitant;savings.comparisons.asss/total.gap_per_inhabitant\n1;1\n", (), "fill in one input"),
        (TABLE.replace("3024;Bærum", "3024"), (), "row 3 has 3 cells, and the headings are 4"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_swept_is_told_and_nothing_is_written(swept, tmp_path, content, words, told):
    done = swept(content, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_what_goes_with_a_table_is_refused_without_one(omsorg):
    done = omsorg(*SAVINGS, "--grid", "savings.population=1,2", "--keep-going")
    assert (done.returncode, "go with --rows FILE" in done.stderr) == (2, True)
    assert "name what varies" in omsorg(*SAVINGS).stderr


def test_a_plan_is_found_however_many_rows_of_its_kind_are_refused_first(swept, monkeypatch):
    monkeypatch.setattr("omsorg_cli.questions.row_sweep.TRIED", 2)
    head = "insource.years;insource.purchases.P07.phases.0.share;insource.purchases.P07.phases.1.share\n"
    content = head + "3;0.5;0.5\n" + "5;0.6;0.6\n" * 4 + "5;0.5;0.5\n"  # shares add up to 1 at most
    done = swept(content, ask=("sweep", "insource", "drammen2020", "--figure", "present_value"))
    _, *found = rows(done.stdout)
    assert [bool(row[3]) for row in found] == [True, False, False, False, False, True]
    assert found[5][4] == ""
    alone = swept(head + "5;0.5;0.5\n", ask=("sweep", "insource", "drammen2020", "--figure", "present_value"))
    assert rows(alone.stdout)[1] == found[5]


def test_a_cost_that_is_unknown_in_some_rows_only_is_no_number_in_them(swept):
    head = "insource.purchases.P07.startup_cost\n"
    ask = ("sweep", "insource", "drammen2020", "--figure", "present_value")
    _, none, unknown, some = rows(swept(f"{head}0\nunknown\n1000000\n", ask=ask).stdout)
    assert (none[0], unknown[0], some[0]) == ("0", "unknown", "1000000")
    assert float(none[1]) > float(some[1])


def test_memory_does_not_grow_with_the_rows(swept, tmp_path):
    def most(count):
        tracemalloc.start()
        done = swept(SMALL.format(rows="a;1000;1.5\n" * count), "--jobs", "1", "--output", str(tmp_path / "out.csv"))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert done.returncode == 0
        return found

    most(10)
    assert most(16_000) < 1.2 * most(8_000)


SMALL = "navn;savings.population;savings.need_index\n{rows}"
PURCHASES = "insource.purchases.P07."


@pytest.mark.parametrize(
    ("calculator", "scenario", "values", "looked_at"),
    [
        ("savings", "baerum2016", {"savings.population": 100_000, "savings.need_index": 1.1}, False),
        ("savings", "baerum2016", {"savings.comparisons.asss/total.gap_per_inhabitant": 900}, True),  # beside its share
        ("insource", "drammen2020", {f"{PURCHASES}annual_cost": 1_000_000, f"{PURCHASES}own_cost_ratio": 0.8}, False),
        ("insource", "drammen2020", {f"{PURCHASES}phases.0.share": 0.4}, True),  # they add up to 1 at most
        ("insource", "drammen2020", {f"{PURCHASES}annual_cost": 1_000_000, f"{PURCHASES}phases.0.share": 0.4}, True),
    ],
)
def test_rows_are_checked_one_by_one_where_the_checks_look_at_what_varies(calculator, scenario, values, looked_at):
    from omsorg_cli.result import prepare
    from omsorg_cli.scenario.load import Request, looks_at, put, targets_of
    from omsorg_cli.scenario.read import read

    text = read(scenario)
    opened = prepare(text, Request(), calculator)
    puts = tuple(put(targets_of(opened, path)[0].kind, path, float(value)) for path, value in values.items())
    assert looks_at(text, Request(puts=puts), (calculator,), list(values)) is looked_at
