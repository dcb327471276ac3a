"""A stored result is recomputed as it was asked for, and what differs is told; its seal shows whether it was changed."""

import copy
import hashlib
import json
import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from omsorg_cli.calculators import load
from omsorg_cli.core.seal import digest_of
from omsorg_cli.questions.shared import stored_record

TO_THE_LAST_DIGIT = "Every field was compared, to the last digit."
CHANGED = "The record was changed after it was made."
SCENARIO = Path(__file__).parents[3] / "scenarios" / "drammen2020.toml"


@pytest.mark.parametrize(
    "words",
    [
        ["savings", "--base", "asss"],
        ["insource", "drammen2020+optimistic", "--set", "insource.years=4", "--with", "without_farms"],
        ["fte", "--cost", "5 MNOK"],
        ["wage-gap", "--set", "wage_gap.fte=3000"],
    ],
    ids=" ".join,
)
def test_a_result_holds_as_it_was_asked_for(omsorg, tmp_path, words):
    path = tmp_path / "result.json"
    assert omsorg(*words, "--output", str(path)).returncode == 0
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(json.loads(path.read_text(encoding="utf-8"))["figures"])
    assert done.stdout.splitlines() == [f"result.json holds. Figures recomputed: {count}.", TO_THE_LAST_DIGIT]


def test_a_scenario_that_has_changed_is_told_with_what_comes_out_now(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.json"
    text = SCENARIO.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    omsorg("insource", str(scenario), "--output", str(path))
    scenario.write_text(text.replace('"20 MNOK"', '"21 MNOK"'), encoding="utf-8")
    count = len(json.loads(path.read_text(encoding="utf-8"))["figures"])
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"result.json no longer holds. Figures recomputed: {count}.",
        "The scenario's text has changed since.",
        TO_THE_LAST_DIGIT,
        "purchased[P05] was 20000000.0, now comes out as 21000000.0",
        "total_purchased[] was 99000000.0, now comes out as 100000000.0",
        "inputs.insource.purchases.P05.annual_cost was 20000000.0, now comes out as 21000000.0",
    ]


def test_a_figure_that_is_left_out_now_is_told(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.json"
    text = SCENARIO.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    omsorg("insource", str(scenario), "--output", str(path))
    scenario.write_text(re.sub(r"discount_rate = .*\n", "", text), encoding="utf-8")
    told = omsorg("verify", "--result", str(path)).stdout
    assert re.search(r"^present_value\[\] was 4188002\.57\d+, now is left out$", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not a result in JSON"),
        ('{"format": "omsorg.result/1", "format": "omsorg.result/1"}', "is not a result in JSON"),
        ('{"format": "omsorg.result/1", "value": 1e999}', "is not a result in JSON"),
        ('{"format": "omsorg.result/1", "value": NaN}', "is not a result in JSON"),
        ('{"format": "omsorg.result/1", "value": ' + "9" * 5_000 + "}", "is not a result in JSON"),
        ('{"format": "omsorg.result/1", "value": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ("[1]", "is not a result in JSON"),
        ('"omsorg.result/1"', "is not a result in JSON"),
        ('{"format": "omsorg.verify/1"}', 'found the format "omsorg.verify/1"; allowed: omsorg.result/1'),
        ('{"format": "omsorg.result/1"}', "version is not there or not as omsorg writes it"),
    ],
)
def test_a_file_that_is_no_result_is_told(omsorg, tmp_path, content, told):
    path = tmp_path / "result.json"
    path.write_text(content, encoding="utf-8")
    done = omsorg("verify", "--result", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "cannot be read" in omsorg("verify", "--result", str(tmp_path / "none.json")).stderr


def test_a_result_from_standard_input_needs_its_scenario_named(omsorg, tmp_path):
    path = tmp_path / "result.json"
    omsorg("insource", "-", "--output", str(path), text=SCENARIO.read_text(encoding="utf-8"))
    assert "name the scenario" in omsorg("verify", "--result", str(path)).stderr
    assert omsorg("verify", "drammen2020", "--result", str(path)).returncode == 0


def test_check_tells_which_figures_rest_on_each_assumption(omsorg):
    told = omsorg("check", "drammen2020", "--verbose").stdout.splitlines()
    place = next(index for index, line in enumerate(told) if "insource.discount_rate" in line)
    figures = ("present_net_saving", "present_value", "break_even_own_cost_ratio")
    names = "; ".join(map(load("insource").label, figures))
    assert told[place + 1] == f"  figures based on it: {load('insource').title}: {names}"


@pytest.fixture(scope="module")
def stored(omsorg):
    """A result of few figures, with inputs, an assumption, caveats and notices."""
    return json.loads(omsorg("savings", "--base", "asss", "--service", "home", "--format", "json").stdout)


@pytest.fixture
def verified(omsorg, tmp_path):
    """Writes the record, with its own digest or one worked out anew, and holds it against what comes out."""

    def verify(record, *, forged):
        path = tmp_path / "result.json"
        path.write_text(json.dumps(record | ({"digest": digest_of(record)} if forged else {})), encoding="utf-8")
        return omsorg("verify", "--result", str(path))

    return verify


def leaves(value, way=()):
    """The way to each value that holds no others, and to each table and list."""
    if way:
        yield way
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*way, key))


def at(record, way):
    for key in way:
        record = record[key]
    return record


def another(value):
    """A value of the same kind that is another one."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return f"{value}!"
        case list():
            return [*value, *value[:1]] or ["!"]
        case dict():
            return {**value, "more": "!"}
    return "!"


RECOMPUTED_FROM = ("format", "version", "made_with", "calculator", "scenario", "shown", "digest")
"""What a record is recomputed from: changed with a digest worked out anew, it is another record."""


def test_each_field_that_is_changed_is_found_by_the_digest(stored):
    ways = [way for way in leaves(stored) if way != ("digest",)]
    assert len(ways) > 150
    for way in ways:
        record = copy.deepcopy(stored)
        at(record, way[:-1])[way[-1]] = another(at(record, way))
        assert digest_of(record) != stored["digest"], way
        del at(record, way[:-1])[way[-1]]
        assert digest_of(record) != stored["digest"], way


@pytest.mark.slow
def test_each_field_that_is_changed_is_found_though_the_digest_is_worked_out_anew(stored, verified):
    for way in leaves(stored):
        if way[0] in RECOMPUTED_FROM or way == ("figures",):
            continue
        record = copy.deepcopy(stored)
        at(record, way[:-1])[way[-1]] = another(at(record, way))
        done = verified(record, forged=True)
        assert (done.returncode, done.stdout.splitlines()[1:2]) in ((1, [CHANGED]), (2, [])), way


@pytest.mark.parametrize("forged", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        lambda record: record["figures"].pop(),
        lambda record: record["figures"].clear(),
        lambda record: record["figures"].reverse(),
        lambda record: record["figures"].insert(0, record["figures"][0] | {"value": 1.0}),
        lambda record: record["figures"][0].update(value=10**400),
        lambda record: record["figures"][0].update(value="116443512.0"),
        lambda record: record["figures"][0].update(value=int(record["figures"][0]["value"])),
        lambda record: record["figures"][0].update(direction="costs"),
        lambda record: record["inputs"][0].update(unit="FTE"),
        lambda record: record["assumptions"].clear(),
        lambda record: record["caveats"].pop(),
        lambda record: record["notices"].clear(),
        lambda record: record.update(more=1),
        lambda record: record.update(question={"verb": "simulate", "draws": 10**400}),
        lambda record: record.update(question={"verb": "compare"}, figures=[*record["figures"]] * 2),
    ],
)
def test_a_record_that_was_changed_no_longer_holds(stored, verified, change, forged):
    record = copy.deepcopy(stored)
    change(record)
    done = verified(record, forged=forged)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        f"result.json no longer holds. Figures recomputed: {len(stored['figures'])}.",
        CHANGED,
    ]


def test_a_changed_digest_of_the_scenario_is_a_changed_record(stored, verified):
    record = copy.deepcopy(stored)
    record["scenario"]["sha256"] = "0" * 64
    done = verified(record, forged=False)
    assert (done.returncode, CHANGED in done.stdout) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        {"scenario": 5},
        {"scenario": {}},
        {"scenario": None},
        {"figures": None},
        {"figures": 5},
        {"figures": [1]},
        {"calculator": "nothing"},
        {"calculator": []},
        {"shown": {"nothing": ["x"]}},
        {"shown": ["x"]},
        {"version": None},
        {"made_with": "python"},
        {"digest": None},
        {"time": 5},
        {"time": "noon"},
        {"made_with": {"python": "3.13.0"}},
        {"made_with": {"python": "3.13.0", "machine": "linux", "more": "x"}},
        {"made_with": {"python": "3.13.0", "machine": "x" * 1000}},
        {"figures": [{"figure": []}]},
        {"figures": [{"figure": {}}], "question": {"verb": "compare"}},
        {"figures": [{"figure": "gap_per_inhabitant", "base": ["ASSS"]}]},
        {"format": "omsorg.result/2"},
    ],
    ids=str,
)
def test_what_is_no_result_is_told_in_one_sentence(stored, verified, change):
    done = verified({**stored, **change}, forged=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"given": {"nothing": "5"}},
        {"given": {"hours": "417456", "fte": "2"}},
        {"given": {"cost": 5}},
        {"set": [5]},
        {"overlays": "x"},
        {"name": None},
    ],
    ids=str,
)
def test_what_was_asked_must_be_something_that_can_be_asked(stored, verified, change):
    done = verified({**stored, "scenario": {**stored["scenario"], **change}}, forged=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_of_another_version_numbers_may_differ_by_a_billionth_of_themselves_and_that_is_said(stored, verified):
    record = copy.deepcopy(stored)
    record["version"], record["made_with"]["python"] = "0.0.1", "3.10.0"
    record["figures"][0]["value"] *= 1 + 5e-10
    done = verified(record, forged=True)
    assert done.returncode == 0
    assert "numbers to a billionth: it was made by omsorg 0.0.1 3.10.0" in done.stdout
    record["figures"][0]["value"] *= 1 + 5e-9
    assert verified(record, forged=True).returncode == 1


def test_a_scenario_of_which_only_the_words_around_changed_still_holds(omsorg, tmp_path):
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.json"
    text = SCENARIO.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    omsorg("insource", str(scenario), "--output", str(path))
    scenario.write_text(f"# read again\n{text}", encoding="utf-8")
    done = omsorg("verify", "--result", str(path))
    assert done.returncode == 0
    assert "The scenario's text has changed since." in done.stdout


def test_a_result_is_of_the_rows_that_were_asked_for(omsorg, tmp_path):
    path = tmp_path / "result.json"
    omsorg("savings", "--base", "ASSS", "--service", "home", "--output", str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["shown"] == {"base": ["ASSS"], "service": ["home"]}
    assert omsorg("verify", "--result", str(path)).returncode == 0


def test_a_file_that_was_only_laid_out_anew_is_the_same_record(stored, verified):
    turned = dict(reversed(stored.items()))
    assert verified(turned, forged=False).returncode == 0
    in_order = json.loads(json.dumps(stored, sort_keys=True))
    assert [*in_order["figures"][0]] != [*stored["figures"][0]]
    assert verified(in_order, forged=False).returncode == 0


def with_whole_numbers(value):
    """The data as JavaScript and jq write them, to which 939.0 and 939 are one number."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {key: with_whole_numbers(one) for key, one in value.items()}
        case list():
            return [*map(with_whole_numbers, value)]
    return value


def test_a_record_that_another_program_wrote_anew_is_the_same(stored, verified):
    anew = with_whole_numbers(stored)
    assert json.dumps(anew) != json.dumps(stored)
    done = verified(anew, forged=False)
    assert (done.returncode, TO_THE_LAST_DIGIT in done.stdout) == (0, True), done.stdout


def test_a_record_that_was_sealed_before_whole_numbers_were_one_still_holds(stored, verified):
    content = {key: value for key, value in stored.items() if key != "digest"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    before = {**content, "digest": hashlib.sha256(text.encode()).hexdigest()}
    assert before["digest"] != stored["digest"]
    assert verified(before, forged=False).returncode == 0
    assert verified({**before, "notices": ["another"]}, forged=False).returncode == 1


WITH_ROWS = """
title = "Home"
municipality = "Home"
year = 2025
[savings]
population = 52_400
comparisons = { rows = "ROWS", unit = "NOK", assumption = "as the ten cities" }
"""


@pytest.fixture
def with_rows(tmp_path, monkeypatch):
    """A scenario whose rows stand in a file beside it, in CSV with a decimal comma or in a workbook with macros."""

    def put(rows):
        monkeypatch.chdir(tmp_path)
        cells = [["base", "service", "gap_per_inhabitant"], ["group", "total", "620,5"]]
        if rows.endswith(".csv"):
            Path(rows).write_text("\n".join(map(";".join, cells)), encoding="utf-8-sig")
        else:
            book = openpyxl.Workbook()
            for row in cells:
                book.active.append(row)
            book.save(rows)
            with zipfile.ZipFile(rows, "a") as packed:
                packed.writestr("xl/vbaProject.bin", b"")
        Path("mine.toml").write_text(WITH_ROWS.replace("ROWS", rows), encoding="utf-8")
        return ["savings", "mine.toml"]

    return put


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("suffix", ["json", "xlsx"])
@pytest.mark.parametrize("asked", ["rows.csv", "rows.xlsx", "fte"])
def test_what_was_made_in_one_language_holds_in_each(omsorg, with_rows, tmp_path, language, suffix, asked):
    words = ["fte", "--hours", "417 456"] if asked == "fte" else with_rows(asked)
    path = str(tmp_path / f"result.{suffix}")
    assert omsorg(*words, "--lang", language, "--output", path).returncode == 0
    for other in ("en", "nb"):
        done = omsorg("verify", "--result", path, "--lang", other)
        assert done.returncode == 0, done.stdout


FILES = {
    "with more said of one": (lambda files: [{**files[0], "approved_by": "the auditor"}], 2),
    "one of them twice": (lambda files: [*files, *files], 1),
    "with another before it": (lambda files: [{"file": "rows.csv", "sha256": "0"}, *files], 1),
    "called otherwise": (lambda files: [{**files[0], "file": "approved.csv"}], 1),
    "none": (lambda _: [], 1),
}


@pytest.mark.parametrize(("change", "code"), FILES.values(), ids=FILES.keys())
def test_the_files_that_a_scenario_has_rows_from_are_those_of_the_record(omsorg, with_rows, verified, change, code):
    record = json.loads(omsorg(*with_rows("rows.csv"), "--format", "json").stdout)
    assert verified(record, forged=True).returncode == 0
    record["scenario"]["files"] = change(record["scenario"]["files"])
    assert verified(record, forged=True).returncode == code


def test_what_no_record_has_is_no_part_of_one(stored, verified):
    assert verified({**stored, "time": None}, forged=True).returncode == 2
    changed = {**stored, "version": "0.0.9", "scenario": {**stored["scenario"], "year": 2016.000001}}
    assert "scenario.year was 2016.000001, now comes out as 2016" in verified(changed, forged=True).stdout


def test_a_mark_of_the_order_of_bytes_is_no_content(omsorg, tmp_path, stored):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(stored), encoding="utf-8-sig")
    assert omsorg("verify", "--result", str(path)).returncode == 0


def test_a_result_is_read_from_standard_input_too(omsorg, stored):
    done = omsorg("verify", "--result", "-", text=json.dumps(stored))
    assert (done.returncode, done.stdout.split(".")[0]) == (0, "standard input holds")
    both = omsorg("verify", "-", "--result", "-", text=json.dumps(stored))
    assert (both.returncode, both.stdout, both.stderr.count("\n")) == (2, "", 1)


def of_figures(number):
    return lambda record: record.update(figures=[record["figures"][0] | {"base": f"b{at}"} for at in range(number)])


def of_keys(number):
    return lambda record: record.update({f"key{at}": at for at in range(number)})


@pytest.mark.parametrize("change", [of_figures(20_000), of_keys(100_000)], ids=["figures", "keys"])
def test_a_hundred_fields_that_differ_are_told_and_the_others_counted(stored, verified, change):
    record = copy.deepcopy(stored)
    change(record)
    done = verified(record, forged=True)
    assert done.returncode == 1
    told = done.stdout.splitlines()
    assert len(told) == 104  # what holds, what was changed, how it was compared, and how many more there are
    more = re.fullmatch(r"Fields that differ besides: (\d+)\.", told[-1])
    assert int(more[1]) >= 20_000 - 100


@pytest.mark.parametrize(
    ("way", "more", "told"),
    [
        (("figures",), [{}] * 1_000_001, "has more than 1 000 000 values"),
        (("figures",), [{}] * 900_000, "figures.0 is not there or not as omsorg writes it"),
        (("scenario", "set"), ["savings.population=5"] * 1_001, "scenario.set is more than is recalculated (1 000 at"),
        (("scenario", "overlays"), ["x" * 10_000], "scenario.overlays.0 is more than is recalculated (4 096 at most)"),
        (("scenario", "given"), {f"key{at}": at for at in range(100_000)}, "scenario.given is not there or not as"),
        (("scenario", "name"), "a" * 3_000 + "+x", "aaa… cannot be read: the name is too long."),
    ],
    ids=["values", "figures", "set", "overlays", "given", "name"],
)
def test_more_than_a_run_can_ask_for_is_refused_in_one_short_sentence(stored, verified, way, more, told):
    record = copy.deepcopy(stored)
    at(record, way[:-1])[way[-1]] = more
    done = verified(record, forged=True)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert told in done.stderr
    assert len(done.stderr) < 500


def test_an_item_may_be_asked_for_any_number_of_times(omsorg, verified):
    record = json.loads(omsorg("survey", "--format", "json").stdout)
    start = time.process_time()
    done = verified(record | {"shown": {"table": ["all"] * 100_000}}, forged=True)
    assert time.process_time() - start < 15  # it was six seconds for each figure
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_a_record_of_which_nothing_can_be_recomputed_says_no_more_than_that(omsorg, tmp_path, verified):
    record = json.loads(omsorg("fte", "--hours", "417456", "--format", "json").stdout)
    record["scenario"]["given"] = {"hours": "nan"}
    told = verified(record, forged=False).stdout.splitlines()
    assert told[:2] == ["result.json no longer holds.", CHANGED]
    assert told[2].startswith("It cannot be recomputed as it stands: --hours: found ")
    assert len(told) == 3


@pytest.mark.parametrize("part", ["digest", "time"])
def test_where_only_the_digest_does_not_fit_it_is_named(stored, verified, part):
    record = {**stored, "digest": "0" * 64} if part == "digest" else {**stored, "time": "2020-01-01T12:00:00+01:00"}
    done = verified(record, forged=False)
    given, content = (one[:56] for one in (record["digest"], digest_of(record)))
    told = f'digest was "{given}…", that of the content is "{content}…"'
    assert (done.returncode, done.stdout.splitlines()[1:]) == (1, [CHANGED, TO_THE_LAST_DIGIT, told])


@pytest.fixture
def mine(omsorg, tmp_path):
    """A scenario of one's own with an overlay, and a result of it."""
    scenario, path = tmp_path / "mine.toml", tmp_path / "result.json"
    scenario.write_text(SCENARIO.read_text(encoding="utf-8"), encoding="utf-8")

    def made(*words):
        assert omsorg("insource", str(scenario), *words, "--output", str(path)).returncode == 0
        return scenario, path

    return made


def test_another_overlay_that_is_named_is_no_change_of_the_record(omsorg, mine):
    scenario, path = mine()
    told = omsorg("verify", f"{scenario}+optimistic", "--result", str(path)).stdout.splitlines()
    assert told[0].startswith("result.json no longer holds. Figures recomputed: ")
    assert told[1:3] == [
        "It was recalculated with optimistic as well, which it was made without.",
        TO_THE_LAST_DIGIT,
    ]
    scenario, path = mine("--with", "optimistic")
    assert omsorg("verify", f"{scenario}+optimistic", "--result", str(path)).returncode == 0


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        (("--with", "optimistic"), ("[overlays.optimistic", "[overlays.hopeful")),
        (("--set", "insource.purchases.P05.annual_cost=1 MNOK"), ('programme = "P05"', 'programme = "P99"')),
    ],
    ids=["overlay", "row"],
)
def test_a_scenario_that_no_longer_has_what_was_asked_for_has_changed(omsorg, mine, words, gone):
    scenario, path = mine(*words)
    text = scenario.read_text(encoding="utf-8")
    assert gone[0] in text
    scenario.write_text(text.replace(*gone), encoding="utf-8")
    done = omsorg("verify", "--result", str(path))
    told = done.stdout.splitlines()
    assert (done.returncode, told[:2]) == (
        1,
        ["result.json no longer holds.", "The scenario's text has changed since."],
    )
    assert told[2].startswith("It cannot be recomputed as it stands: ")


def test_a_file_without_an_end_is_read_no_further_than_a_result_may_be_long(omsorg, monkeypatch):
    monkeypatch.setattr(stored_record, "MAX_BYTES", 1_000_000)
    done = omsorg("verify", "--result", "/dev/zero")
    assert done.returncode == 2
    assert "is larger than 1 MB" in done.stderr


def test_a_workbook_carries_the_digest_of_the_same_record(omsorg, tmp_path, stored):
    path = tmp_path / "result.xlsx"
    omsorg("savings", "--base", "asss", "--service", "home", "--output", str(path))
    told = {row[0].value: row[1].value for row in openpyxl.load_workbook(path)["Summary"].iter_rows(max_col=2)}
    assert told["SHA-256 of the result"] == stored["digest"]
