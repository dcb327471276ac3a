"""Whatever a scenario says, nothing that shows it obeys it: every text of every model goes into every output."""

import copy
import csv
import io
import json
import re
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.letters import is_obeyed, plain, safe_json
from omsorg_cli.render.markdown import escape
from omsorg_cli.scenario.load import TABLES
from omsorg_cli.scenario.model import Head
from omsorg_cli.scenario.validate import validated

MADE_UP = tomllib.loads((Path(__file__).parents[1] / "made_up.toml").read_text(encoding="utf-8"))
EVIL = (
    '=1+1\x1b[31m\u009b31m\u202eevil;=7*6;,=7*6,;"=7*6";\r=2+2\n@SUM(A1)\n    code\n```\n---\n# big\n'
    '[x](javascript:1)\t%%{init: {}}%%\ufffe\ufdd0\u2028"];<script>`_a_`\x7f\x00_x0022_'
    "\ue004https://evil.example/\ue007in\ue008\ue001\ue007green\ue008\ue006swallowed\ue007kept\ue008\ue008"
)
TEXTS = ("source", "quote", "assumption", "note")


def leaves(value, way=()):
    """The way to each text."""
    if isinstance(value, str):
        yield way
    elif isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*way, key))


def at(data, way):
    for key in way:
        data = data[key]
    return data


def accepted(data, table):
    """Whether the model of the table, or of what stands around the tables, has no fault to tell."""
    context = {"sources": data["sources"], "common": data["common"], "municipality": data["municipality"]}
    model, part = (load(TABLES[table]).inputs, data[table]) if table in TABLES else (Head, data)
    return not validated(model, part, context)[1]


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """The made-up scenario with the payload in every text that its models take, and how many those are."""
    data = copy.deepcopy(MADE_UP)
    data["note"] = "a note"
    data["sources"]["book"] |= {"municipality": "Nowhere (before)", "note": "a note"}
    source = {"source": "book, 1", "quote": "words", "assumption": "why", "note": "more"}
    data["savings"]["population"] = {**data["savings"]["population"], **source}
    data["notices"] = [{"what": "odd", "where": [name.replace("-", "_") for name in NAMES], "changes": "much"}]
    where = {"base": "gap", "service": "total"}
    entry = {"calculator": "savings", "figure": "savings_potential", "where": where, "value": 9e6, "rounded_to": 1}
    data["published"] = [*data.get("published", []), entry | source | {"because": "why"}]
    del data["published"][-1]["assumption"]
    changed = 0
    for way in list(leaves(data)):
        if way[0] in ("common", "overlays") or way[-1] == "follows":  # which names an index, and is checked as a whole
            continue
        before, holder = at(data, way), at(data, way[:-1])
        for payload in (f"\ud800{EVIL}", EVIL):  # models of texts refuse half a letter, those of values do not
            holder[way[-1]] = f"{before}{payload}" if way[-1] == "source" else f"{payload}{before}"
            if accepted(data, way[0]):
                changed += 1
                break
            holder[way[-1]] = before
    path = tmp_path_factory.mktemp("evil") / "evil.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path), data, changed


def test_the_payload_is_in_many_texts(evil):
    _, data, changed = evil
    assert changed > 60
    assert data["title"].startswith(EVIL)
    assert EVIL in data["notices"][0]["what"]


def is_safe(text):
    return not [letter for letter in {*text} - {"\n"} if is_obeyed(letter)]


def shown(done):
    assert "Traceback" not in done.stderr
    assert is_safe(done.stderr)
    assert is_safe(done.stdout)
    return done.stdout


NO_NUMBER = re.compile(r"""(?![\s"]*[+-]?[0-9]+(?:[.,][0-9]+)?(?:e[+-]?[0-9]+)?$)[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]""")


def are_safe_cells(text, separator=","):
    """Each line as spreadsheets take it, whichever separator they have: no cell is a formula, and each row is a line."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert len(rows) == text.count("\n")
    read = [csv.reader(io.StringIO(text, newline=""), delimiter=one) for one in ",;\t"]
    return not [cell for rows in read for row in rows for cell in row if NO_NUMBER.match(cell)]


def is_safe_markdown(text):
    for line in text.splitlines():
        assert not re.match(r"\s*(```|~~~|===|---+$)|    \S", re.sub(r"^\s*- ", "", line))
    return not re.search(r"(?<!\\)\]\(|(?<!\\)<|(?<!\\)`", text)


def is_safe_graph(text):
    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    assert "%%{" not in text
    wrong = [
        line
        for line in lines
        if not re.fullmatch(r'  (s\d+\["[^"\[\]{}]*"\]|s\d+ --> s\d+|%% [^{}]*)', line.replace("<br>", ""))
    ]
    assert wrong == []
    return True


@pytest.mark.parametrize("name", [name for name in NAMES if name.replace("-", "_") in MADE_UP])
def test_a_result_obeys_nothing_in_any_format(omsorg, evil, tmp_path, name):
    path, data, _ = evil
    assert shown(omsorg(name, path))
    assert are_safe_cells(shown(omsorg(name, path, "--format", "csv")))
    target = tmp_path / "people.csv"
    assert omsorg(name, path, "--csv", "excel-nb", "--output", str(target)).returncode == 0
    assert are_safe_cells(target.read_bytes().decode("utf-8-sig"), ";")
    assert is_safe_markdown(shown(omsorg(name, path, "--format", "markdown")))
    assert json.loads(shown(omsorg(name, path, "--format", "json")))["scenario"]["title"] == data["title"]
    assert is_safe_graph(shown(omsorg("explain", name, path, "--format", "mermaid")))
    assert is_safe_markdown(shown(omsorg("explain", name, path, "--format", "markdown", "--quote")))
    assert shown(omsorg("explain", name, path, "--quote"))
    assert json.loads(shown(omsorg("explain", name, path, "--format", "json")))
    assert are_safe_cells(shown(omsorg("compare", name, path, "--format", "csv")))
    target = tmp_path / "result.xlsx"
    assert omsorg(name, path, "--output", str(target)).returncode == 0
    with zipfile.ZipFile(target) as book:
        assert [part for part in book.namelist() if not is_safe(book.read(part).decode().replace("\r", ""))] == []
    written = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(target)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert not [one for one in written if re.search("_x[0-9A-F]{4}_", one)]
    formulas = [re.sub('"[^"]*"', "", one) for one in written]
    assert not [one for one in formulas if "evil" in one or "SUM(A1)" in one]
    page = tmp_path / "page.html"
    assert omsorg(name, path, "--output", str(page)).returncode == 0
    assert not re.search('href="[^"]*evil[.]example|<span[^>]*>green', page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("words", "is_safe_text"),
    [
        (("check", "{}"), is_safe),
        (("verify", "{}"), is_safe),
        (("verify", "{}", "--format", "csv"), are_safe_cells),
        (("verify", "{}", "--format", "markdown"), is_safe_markdown),
        (("simulate", "savings", "{}", "--draws", "100"), is_safe),
        (("simulate", "savings", "{}", "--draws", "100", "--format", "csv"), are_safe_cells),
        (("simulate", "savings", "{}", "--draws", "100", "--format", "markdown"), is_safe_markdown),
        (("sensitivity", "savings", "{}"), is_safe),
        (("sensitivity", "savings", "{}", "--format", "csv"), are_safe_cells),
        (("sensitivity", "savings", "{}", "--format", "markdown"), is_safe_markdown),
        (("sweep", "savings", "{}", "--grid", "savings.population=9000,11000"), are_safe_cells),
    ],
)
def test_a_verb_obeys_nothing(omsorg, evil, words, is_safe_text):
    assert is_safe_text(shown(omsorg(*(word.format(evil[0]) for word in words))))


def is_safe_json(text):
    for line in [text] if text.startswith("{\n") else text.splitlines():
        json.loads(line)
    return is_safe(text)


@pytest.mark.parametrize(
    ("words", "is_safe_text"),
    [
        ((), are_safe_cells),
        (("--format", "json"), is_safe_json),
        (("--format", "jsonl"), is_safe_json),
        (("--base", "gap", "--service", "total", "--top", "2", "--by", "savings_potential"), is_safe),
        (
            ("--base", "gap", "--service", "total", "--top", "2", "--by", "savings_potential", "--format", "json"),
            is_safe_json,
        ),
        (
            ("--base", "gap", "--service", "total", "--top", "2", "--by", "savings_potential", "--format", "csv"),
            are_safe_cells,
        ),
        (
            ("--base", "gap", "--service", "total", "--top", "2", "--by", "savings_potential", "--format", "markdown"),
            is_safe_markdown,
        ),
    ],
)
@pytest.mark.parametrize("verb", ["sweep", "simulate"])
def test_rows_of_a_table_obey_nothing(omsorg, evil, tmp_path, verb, words, is_safe_text):
    if verb == "simulate" and "--top" in words:
        return
    told = io.StringIO()
    payload = EVIL.replace("\x00", "")
    csv.writer(told).writerows(
        [[f"{payload} name", "savings.population"], [f"{payload}x", "9000"], [payload, payload], ["=1", "10 000"]]
    )
    (tmp_path / "rows.csv").write_text(told.getvalue(), encoding="utf-8", newline="")
    done = omsorg(verb, "savings", evil[0], "--rows", str(tmp_path / "rows.csv"), "--separator", ",", *words)
    assert done.returncode in (0, 1), done.stderr
    assert is_safe(done.stderr)
    assert is_safe_text(done.stdout)
    assert is_safe(done.stdout)


@pytest.mark.parametrize("suffix", ["json", "toml", "html", "svg", "csv", "md"])
def test_a_file_obeys_nothing(omsorg, evil, tmp_path, suffix):
    target = tmp_path / f"x.{suffix}"
    if suffix in ("json", "toml"):
        assert omsorg("convert", evil[0], str(target)).returncode == 0
    else:
        assert omsorg("savings", evil[0], "--output", str(target)).returncode == 0
    text = target.read_bytes().decode()
    assert is_safe(text.replace("\r\n", "\n"))
    if suffix == "html":
        assert "<script>`" not in text


@pytest.mark.parametrize("verb", ["simulate", "sensitivity", "solve", "compare", "explain"])
def test_json_of_a_verb_obeys_nothing(omsorg, evil, verb):
    more = {"solve": ("--input", "savings.population", "--figure", "savings_potential", "--base", "gap")}
    words = (verb, "savings", evil[0], *more.get(verb, ()), *(("--draws", "5") if verb == "simulate" else ()))
    done = omsorg(*words, *((evil[0],) if verb == "compare" else ()), "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert is_safe(done.stderr)
    if done.stdout:
        assert is_safe_json(done.stdout)


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture_is_drawn_whatever_its_title_is(process, evil, tmp_path, suffix):
    words = ("sensitivity", "savings", evil[0], "--base", "gap", "--figure", "savings_potential")
    done = process(*words, "--output", str(tmp_path / f"x.{suffix}"))
    assert (done.returncode, done.stderr) == (0, "") or "uses the" in done.stderr or "omsorg:" in done.stderr
    assert (tmp_path / f"x.{suffix}").stat().st_size > 1_000


def test_keys_that_begin_as_formulas_do_are_text_in_csv(omsorg):
    text = (Path(__file__).parents[2] / "scenarios" / "baerum2016.toml").read_text(encoding="utf-8")
    done = omsorg("savings", "-", "--format", "csv", text=text.replace('"kristiansand"', '"-A1"'))
    assert done.returncode == 0
    assert ",'-A1," in done.stdout
    assert are_safe_cells(done.stdout)


def test_json_has_every_letter_or_its_escape(omsorg):
    name = "æ\u009b\u202e\ufffe\U0001fffe\ud800😀\x7f"
    written = safe_json(json.dumps(name, ensure_ascii=False))
    assert written == '"æ\\u009b\\u202e\\ufffe\\ud83f\\udffe\\ud800😀\\u007f"'
    assert json.loads(written) == name
    done = omsorg("savings", "--format", "json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert json.loads(done.stdout)["scenario"]["municipality"] == "Bærum"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("    code", "code"),
        ("---", r"\---"),
        ("=== ", r"\=== "),
        ("1. one", r"1\. one"),
        ("12 000", "12 000"),
        ("-0.65", "-0.65"),
        ("a\n# b", r"a \# b"),
        ("a\u009bb", "a�b"),
    ],
)
def test_markdown_that_would_be_a_rule_a_list_or_a_heading_is_text(text, written):
    assert escape(text) == written


def test_what_stands_between_lines_is_a_space_and_what_is_obeyed_a_mark():
    assert plain("a\r\nb\tc\x85d\u2028e") == "a  b c d e"
    assert plain("a\x1bb\u202ec\ud800d\uffffe\ufdd0f") == "a�b�c�d�e�f"
    assert plain("124\u00a0008 «æ» – 😀") == "124\u00a0008 «æ» – 😀"


def test_what_is_typed_is_not_obeyed_either(omsorg):
    done = omsorg("savings", "baerum2016", "\x1b[31mtoo much")
    assert (done.returncode, is_safe(done.stderr)) == (2, True)
