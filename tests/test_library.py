"""omsorg in Python: the same figures, errors and words as on the command line."""

import copy
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import count
from pathlib import Path
from types import MappingProxyType

import numpy as np
import openpyxl
import pytest

import omsorg_cli as omsorg
from omsorg_cli.core.language import spoken
from omsorg_cli.library.rows import Table
from omsorg_cli.result import refuses
from omsorg_cli.scenario.load import Put

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def savings():
    return omsorg.run("savings", "baerum2016", base="asss")


def test_a_figure_is_found_by_its_name_and_keys(savings):
    assert savings["savings_potential", "asss", "total"] == 939 * 124_008


def test_an_input_is_changed_by_its_path():
    answer = omsorg.run("savings", set={"savings.population": 130_000}, base="asss")
    assert answer["savings_potential", "asss", "total"] == 939 * 130_000


def test_a_scenario_may_be_data():
    data = {
        "title": "Home",
        "municipality": "Home",
        "year": 2016,
        "savings": {"population": 1_000, "comparisons": [{"base": "others", "gap_per_inhabitant": 500}]},
    }
    assert omsorg.run("savings", data)["savings_potential", "others", "total"] == 500_000


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda: omsorg.run("sawings"), 'Did you mean "savings"'),
        (lambda: omsorg.run("savings", bsae="asss"), 'Did you mean "base"'),
        (lambda: omsorg.run("savings", base="nobody"), "nobody"),
        (lambda: omsorg.run("savings", set={"savings.populatoin": 5}), "population"),
        (lambda: omsorg.run("savings").save("x.docx"), ".xlsx"),
    ],
)
def test_what_is_wrong_is_said_as_on_the_command_line(asked, told):
    with pytest.raises(omsorg.OmsorgError, match=told):
        asked()


def test_a_figure_that_is_not_there_is_a_key_that_is_not_there(savings):
    with pytest.raises(KeyError):
        savings["savings_potential", "nobody"]


def test_an_answer_is_opened_and_asked_more_of(savings):
    assert "124 008" in savings.explain("savings_potential")
    insource = omsorg.run("insource")
    assert insource.simulate("present_value", draws=2_000).outcomes[0].p10 < insource["present_value"]
    first = insource.sensitivity("present_value").swings[0]
    assert first["input"] == "insource.purchases.P06.own_cost_ratio"
    rows = insource.sweep({"insource.discount_rate": [0.02, 0.04]}, ["present_value"])
    assert [row["insource.discount_rate"] for row in rows] == [0.02, 0.04]
    assert rows[1]["present_value"] == insource["present_value"]
    solved = insource.solve("insource.purchases.P06.own_cost_ratio", "total_net_saving")
    assert solved.values


def test_two_answers_are_compared():
    found = omsorg.run("insource").compare(omsorg.run("insource", overlays=["own_respite"]))
    assert [column.name for column in found.columns] == ["drammen2020", "drammen2020+own_respite"]
    assert found.inputs


def sides(found):
    """Each side and its need-adjusted saving."""
    (saving,) = (one for one in found.figures if one.any.figure == "savings_potential")
    return {column.name: one.value for column, one in zip(found.columns, saving.figures, strict=True)}


def test_comparators_are_compared_as_the_command_line_does():
    asss, drammen = (omsorg.run("savings", "baerum2016", base=base, service="total") for base in ("asss", "drammen"))
    both = omsorg.run("savings", "baerum2016", base=["asss", "drammen"], service="total").compare()
    # 939 × 124 008, and what the audit states for Drammen
    wanted = {"ASSS (mean of the ten largest cities)": 116_443_512, "Drammen (before 2020)": 394_000_000}
    assert sides(asss.compare(drammen)) == sides(both) == wanted
    assert asss.compare(drammen).records() == both.records()


def test_a_comparator_of_a_changed_scenario_is_called_by_both():
    changed = omsorg.run("savings", "baerum2016", base="asss", service="total", set={"savings.population": 130_000})
    found = changed.compare(omsorg.run("savings", "baerum2016", base="drammen", service="total"))
    assert [*sides(found).values()] == [939 * 130_000, 394_000_000]
    first, second = sides(found)
    assert (first.startswith("baerum2016 (savings.population=130000): ASSS"), second.startswith("baerum2016: Dr")) == (
        True, True,
    )  # fmt: skip


def test_what_one_side_alone_has_changed_is_not_said_of_all():
    one = {"savings.population": 130_000}
    found = omsorg.run("savings", set={**one, "savings.wage_per_fte": 800_000}).compare(omsorg.run("savings", set=one))
    assert "Changed on every side: savings.population=130000." in found.text()
    assert "Changed on every side" not in omsorg.run("savings", set=one).compare(omsorg.run("savings")).text()


def test_answers_that_have_no_row_in_common_are_not_compared():
    asss = omsorg.run("savings", "baerum2016", base="asss", service="total")
    other = omsorg.run("savings", "baerum2016", base="drammen", service="home")
    with pytest.raises(omsorg.OmsorgError, match="the answers are for other items of base and service; allowed: of on"):
        asss.compare(other)


@pytest.mark.parametrize("suffix", [".json", ".csv", ".md", ".xlsx", ".html", ".svg", ".png"])
def test_an_answer_is_saved_in_the_format_of_the_suffix(savings, tmp_path, suffix):
    path = savings.save(tmp_path / f"answer{suffix}")
    assert path.stat().st_size > 100
    if suffix == ".json":
        assert json.loads(path.read_text(encoding="utf-8"))["calculator"] == "savings"


def test_a_notebook_shows_the_answer_and_the_tornado(savings):
    assert "<table>" in savings._repr_html_()
    assert "116 million NOK a year" in repr(savings)
    assert omsorg.run("insource").sensitivity()._repr_svg_().startswith("<svg")


def test_the_figures_are_a_data_frame_where_pandas_is_installed(savings):
    pytest.importorskip("pandas")
    assert list(savings.to_frame()["figure"])[:1] == [savings.figures[0].figure]


def test_importing_costs_nothing_until_it_is_used():
    code = "import sys, omsorg_cli; print([name for name in sys.modules if name.startswith('omsorg_cli')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['omsorg_cli']"


def test_the_notebook_goes_from_a_scenario_to_a_tornado_in_ten_lines(tmp_path, monkeypatch):
    notebook = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert sum(1 for cell in cells for line in cell.splitlines() if line.strip()) <= 10
    monkeypatch.chdir(tmp_path)
    names = {}
    for cell in cells:
        exec(cell, names)  # noqa: S102  # the notebook is ours
    assert (tmp_path / "tornado.svg").read_text(encoding="utf-8").startswith("<svg")
    assert names["tornado"].swings[0]["input"] == "insource.purchases.P06.own_cost_ratio"


def test_a_tornado_is_drawn_saved_and_a_frame(savings, tmp_path):
    found = omsorg.run("insource").sensitivity("present_value")
    assert found._repr_svg_().startswith("<svg")
    saved = found.save(tmp_path / "tornado.svg").read_text(encoding="utf-8")
    titles = "Present value at the lowest and highest value of each input, million NOK</title>"
    assert titles in found._repr_svg_()
    assert f"<title>{titles}" in found._repr_html_()
    assert "In-house cost relative to price (Institutions and home services) matters" in saved
    assert "Source: " in saved
    assert len(list(savings)) == len(savings)
    assert savings.warnings == savings.result.warnings
    assert savings.missing == savings.result.missing


def test_without_a_library_of_frames_it_is_told(savings, monkeypatch):
    monkeypatch.setattr("omsorg_cli.library.frames.FRAMES", ("no_such_library",))
    with pytest.raises(omsorg.OmsorgError, match="needs pandas or Polars"):
        savings.to_frame()


@pytest.mark.parametrize("suffix", [".json", ".csv", ".md", ".txt", ".html"])
def test_what_is_asked_of_an_answer_is_saved_in_the_formats_of_its_command(tmp_path, process, suffix):
    found = omsorg.run("insource").simulate("present_value", draws=500)
    path = found.save(tmp_path / f"found{suffix}")
    words = ("simulate", "insource", "--figure", "present_value", "--draws", "500", "--output", f"told{suffix}")
    assert process(*words, cwd=tmp_path).returncode == 0
    told = (tmp_path / f"told{suffix}").read_text(encoding="utf-8")
    if suffix in (".json", ".csv", ".md"):
        assert path.read_text(encoding="utf-8") == told
    assert path.stat().st_size > 100


def test_a_stored_result_and_published_results_are_verified(savings, tmp_path):
    found = omsorg.verify_result(savings.save(tmp_path / "r.json"))
    assert (found.holds, found.differing) == (True, ())
    assert omsorg.verify("norway2016").explained
    with pytest.raises(omsorg.OmsorgError, match="suffix names no format"):
        omsorg.verify("norway2016").save(tmp_path / "x.docx")


@pytest.fixture
def command(request):
    """The command line; `omsorg` is the library here."""
    return request.getfixturevalue("omsorg")


def test_a_scenario_is_checked_as_on_the_command_line(command):
    found = omsorg.check("baerum2016")
    assert f"{found}\n" == command("check", "baerum2016").stdout
    assert found.passes
    assert found.unexplained == ()
    with pytest.raises(omsorg.OmsorgError, match='savings.population: found "-1"; allowed'):
        omsorg.check("baerum2016", set={"savings.population": -1})


def test_what_nothing_explains_does_not_pass():
    data = {"title": "t", "municipality": "m", "year": 2020}
    row = {"base": "a", "gap_per_inhabitant": 900}
    found = omsorg.check({**data, "savings": {"population": 1_000, "comparisons": [row]}})
    assert not found.passes
    assert found.unexplained == ("savings.population", "savings.comparisons.a/total.gap_per_inhabitant")


@pytest.mark.parametrize(
    ("words", "made"),
    {
        "list": (("list",), omsorg.shipped),
        "figures": (("figures", "savings"), lambda: omsorg.figures("savings")),
    }.values(),
)
def test_what_there_is_has_the_forms_of_the_command_line(command, words, made):
    assert made().json() == command(*words, "--format", "json").stdout
    assert made().csv() == command(*words, "--format", "csv").stdout
    assert made().markdown() == command(*words, "--format", "markdown").stdout


def test_the_schema_is_that_of_the_command_line(command):
    assert omsorg.schema("4") == json.loads(command("schema").stdout)
    with pytest.raises(omsorg.OmsorgError, match="--draft: found"):
        omsorg.schema("3")


@pytest.mark.parametrize("suffix", [".toml", ".json", ".xlsx"])
def test_a_scenario_in_another_format_has_the_same_figures(tmp_path, suffix):
    target = omsorg.convert("drammen2020", tmp_path / f"x{suffix}")
    again, first = omsorg.run("insource", target), omsorg.run("insource", "drammen2020")
    assert again.records() == first.records()
    with pytest.raises(omsorg.OmsorgError, match="is there already"):
        omsorg.convert("drammen2020", target)


def test_a_format_that_no_scenario_has_is_refused(tmp_path):
    with pytest.raises(omsorg.OmsorgError, match="the suffix tells no format; allowed: .toml, .json, .xlsx"):
        omsorg.convert("drammen2020", tmp_path / "x.csv")


WRONG = {
    "a calculator that is a number": (lambda: omsorg.run(5), "5 is not a calculator"),
    "data with what JSON has not": (lambda: omsorg.run("savings", {"title": object()}), "more than JSON holds"),
    "data in themselves": (
        lambda: omsorg.run("savings", {"title": [None] * 2} | {"a": CIRCLE}),
        "more than JSON holds",
    ),
    "a form of explanation": (lambda: omsorg.run("savings").explain(form="pdf"), 'form: found "pdf"; allowed: text, '),
    "draws of a half": (
        lambda: omsorg.run("insource").simulate(draws=1.5),
        "--draws: found 1.5; allowed: a whole number",
    ),
    "no seed": (
        lambda: omsorg.run("insource").simulate(draws=5, seed=None),
        "--seed: found null; allowed: a whole number",
    ),
    "one end": (lambda: solved(between=(1,)), "between: found 1 ends; allowed: two"),
    "two calculators": (lambda: omsorg.run("savings").compare(omsorg.run("insource")), "answers of one calculator"),
    "no grid": (lambda: omsorg.run("insource").sweep({}), "A sweep needs an input that varies"),
    "nothing to choose from": (
        lambda: omsorg.run("savings").choose(["investment=5"]),
        "savings has nothing to choose from",
    ),
    "a name with a zero": (lambda: omsorg.run("savings").save("a\0.json"), "is a name that no file can have"),
    "changes in a list": (
        lambda: omsorg.run("savings", set=["savings.population=5"]),
        "set: found a list; allowed: inputs by path",
    ),
    "changes in a text": (lambda: omsorg.check("baerum2016", set="a=5"), 'set: found "a=5"; allowed: inputs by path'),
    "a key that is a number": (lambda: omsorg.run("savings", base=5), "--base 5 is not in the scenario. Known: asss"),
    "a key that is a fraction": (
        lambda: omsorg.run("savings", base=5.5),
        "base: found 5.5; allowed: a name, or several",
    ),
    "keys that are fractions": (lambda: omsorg.run("savings", base=[5.5]), "base: found a list; allowed: a name"),
    "overlays that are a number": (lambda: omsorg.run("savings", overlays=5), "overlays: found 5; allowed: a name"),
    "a figure that is a number": (lambda: omsorg.run("savings").sensitivity(5), "figure: found 5; allowed: a name"),
    "a depth in words": (lambda: omsorg.run("savings").explain(depth="x"), 'depth: found "x"; allowed: a whole number'),
    "a depth below the first": (lambda: omsorg.run("savings").explain(depth=-1), "depth: found -1; allowed: a whole"),
    "one value of a grid": (
        lambda: omsorg.run("savings").sweep({"savings.population": 5}),
        "savings.population: found 5; allowed: several values in a list",
    ),
    "a grid that is a number": (lambda: omsorg.run("savings").sweep(5), "A sweep needs an input that varies"),
    "an end alone": (lambda: solved(between=5), "between: found 5; allowed: two ends"),
    "another than an answer": (lambda: omsorg.run("savings").compare(5), "compare: found 5; allowed: answers"),
    "a file that is a number": (lambda: omsorg.verify_result(5), "5 cannot be read"),
    "names of no calculator": (lambda: omsorg.names("sawings").figures, 'Did you mean "savings"'),
    "names of none at all": (lambda: omsorg.names().figures, "No calculator is named. Known: "),
    "items of no key": (lambda: omsorg.names("savings").items("bsae"), 'Did you mean "base"'),
    "a calculator in a list": (lambda: omsorg.run(["savings"]), "['savings'] is not a calculator"),
    "no scenario": (lambda: omsorg.run("savings", ""), 'scenario: found ""; allowed: a path, the name of a shipped'),
    "names of no scenario": (lambda: omsorg.names("savings", "").inputs, 'scenario: found ""'),
    "an empty scenario": (lambda: omsorg.run("savings", {}), "text: title is missing and must be stated"),
    "names of an empty scenario": (lambda: omsorg.names("savings", {}).inputs, "text: title is missing"),
    "data without an end": (lambda: omsorg.run("fte", NESTED), "text is nested too deeply to be a scenario"),
    "a key that a terminal obeys": (lambda: omsorg.run("savings", **{"ba\x1b[31mse": "x"}), "ba�[31mse is not a key"),
    "a grid that is an array": (lambda: omsorg.run("savings").sweep(np.array([1, 2])), "A sweep needs an input"),
    "an input that is a number": (lambda: omsorg.run("savings").solve(5, "gap"), "input: found 5; allowed: a name"),
    "figures to solve": (
        lambda: omsorg.run("savings").solve("savings.population", ["gap"]),
        "figure: found a list; allowed: a name.",
    ),
    "a figure to solve that is a number": (
        lambda: omsorg.run("savings").solve("savings.population", 5),
        "figure: found 5",
    ),
    "ends in one word": (lambda: solved(between="01"), 'between: found "01"; allowed: two ends'),
    "no file": (lambda: omsorg.run("savings").save(None), "path: found null; allowed: the name of a file"),
    "a file to save that is a number": (
        lambda: omsorg.run("savings").save(5),
        "path: found 5; allowed: the name of a file",
    ),
    "no file for a scenario": (lambda: omsorg.new("fte").save(None), "path: found null; allowed: the name of a file"),
    "no file to convert to": (
        lambda: omsorg.convert("fte_example", None),
        "path: found null; allowed: the name of a file",
    ),
    "a scenario as CSV": (
        lambda: omsorg.new("fte").written(".csv"),
        ".csv: the suffix tells no format; allowed: .toml",
    ),
    "too many values": (
        lambda: omsorg.run("savings").sweep({"savings.population": range(10**9)}),
        "savings.population: found more than 100 000 values",
    ),
    "values without an end": (
        lambda: omsorg.run("savings").sweep({"savings.population": count()}),
        "savings.population: found more than 100 000 values",
    ),
    "steps among the values": (
        lambda: omsorg.run("insource").sweep({"insource.discount_rate": ["0.02:0.04:3"]}),
        '--grid insource.discount_rate: found "0.02:0.04:3"',
    ),
    "half a letter": (lambda: omsorg.run("savings").save("a\ud800.json"), "is a name that no file can have"),
}
CIRCLE = {}
CIRCLE["a"] = CIRCLE
NESTED = reduce(lambda inner, _: {"a": inner}, range(5_000), {})


def solved(**words):
    return omsorg.run("insource").solve("insource.discount_rate", "present_value", **words)


@pytest.mark.parametrize(("ask", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_asked_wrongly_in_python_is_told_in_words(ask, told):
    with pytest.raises(omsorg.OmsorgError, match=re.escape(told)):
        ask()


def test_what_may_be_named_is_what_everything_else_takes(savings):
    known = omsorg.names("savings", "baerum2016")
    assert {one.figure for one in omsorg.run("savings").figures} <= set(known.figures)
    assert (known.keys, "asss" in known.items("base")) == (("base", "service"), True)
    assert "savings.population" in known.inputs
    assert omsorg.names("savings").overlays == known.overlays == ("within_buffer",)
    assert {"savings", "insource"} < set(omsorg.names().calculators)
    assert "baerum2016" in omsorg.names().scenarios


def test_what_may_be_named_is_found_in_data_too():
    data = {"title": "A", "municipality": "A", "year": 2016, "overlays": {"more": {}}, "fte": {"hours": 5}}
    assert omsorg.names("fte", data).overlays == ("more",)


@pytest.mark.parametrize("words", [("figures", "sawings"), ("new", "sawings"), ("explain", "sawings")])
def test_a_calculator_that_is_none_is_said_alike_everywhere(command, words):
    with pytest.raises(omsorg.OmsorgError) as said:
        omsorg.figures("sawings")
    assert command(*words).stderr.strip() == f"omsorg: {said.value}"


@pytest.mark.parametrize("key", [0, (), "nosuch", ("savings_potential", "nosuch")])
def test_a_figure_that_is_not_there_is_no_key(savings, key):
    with pytest.raises(KeyError):
        savings[key]


def test_one_overlay_need_not_stand_in_a_list():
    assert omsorg.run("savings", overlays="within_buffer").result.scenario.overlays == ("within_buffer",)


def test_without_docstrings_the_library_refuses_too():
    code = "import omsorg_cli as o\ntry: o.run('savings')\nexcept o.OmsorgError as error: print(error)"
    done = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Python runs without docstrings (PYTHONOPTIMIZE=2 or -OO)")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a scenario of one's own in each format, and with a table of runs."""
    folder = tmp_path_factory.mktemp("made")
    for suffix in ("toml", "json", "xlsx"):
        omsorg.convert("drammen2020", folder / f"own.{suffix}")
    omsorg.run("insource").save(folder / "result.xlsx")
    (folder / "rows.csv").write_text("insource.discount_rate\n0.02\n0.03\n", encoding="utf-8")
    return folder


@pytest.fixture
def own(made, tmp_path, monkeypatch):
    """A copy of that folder, and other names for a file in it."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    Path("link.json").symlink_to("own.json")
    os.link("own.json", "hard.json")
    return tmp_path


def sent(found):
    """The same as another process has it."""
    return pickle.loads(pickle.dumps(found))  # noqa: S301 # of our own


def asked_of(name):
    return omsorg.run("insource", name)


def over_rows():
    return asked_of("own.json").over_rows(Table(Path("rows.csv")), ["present_value"])


WRITTEN_OVER = {
    "an answer": ("own.json", lambda: asked_of("own.json").save("own.json")),
    "a workbook": ("own.xlsx", lambda: asked_of("own.xlsx").save("own.xlsx")),
    "a result that was read": ("result.xlsx", lambda: asked_of("result.xlsx").save("result.xlsx")),
    "with an overlay": ("own.json", lambda: asked_of("own.json+own_respite").save("own.json")),
    "by another spelling": ("own.json", lambda: asked_of("own.json").save("../" + Path.cwd().name + "/own.json")),
    "by a symbolic link": ("own.json", lambda: asked_of("own.json").save("link.json")),
    "by a hard link": ("own.json", lambda: asked_of("own.json").save("hard.json")),
    "read by a link": ("own.json", lambda: asked_of("link.json").save("own.json")),
    "some of the figures": ("own.json", lambda: asked_of("own.json").showing([]).save("own.json")),
    "a simulation": ("own.json", lambda: asked_of("own.json").simulate("present_value", draws=50).save("own.json")),
    "a tornado": ("own.json", lambda: asked_of("own.json").sensitivity().save("own.json")),
    "a solution": ("own.json", lambda: own_solved().save("own.json")),
    "a comparison": ("own.json", lambda: asked_of("drammen2020").compare(asked_of("own.json")).save("own.json")),
    "a sweep": ("own.json", lambda: asked_of("own.json").sweep({"insource.discount_rate": [0, 0.1]}).save("own.json")),
    "what is verified": ("own.json", lambda: omsorg.verify("own.json").save("own.json")),
    "a table of runs": ("rows.csv", lambda: over_rows().write("csv", Path("rows.csv"), [])),
    "the scenario of a table": ("own.json", lambda: over_rows().write("json", Path("own.json"), [])),
    "a copy": ("own.json", lambda: sent(asked_of("own.json")).save("own.json")),
}


def own_solved():
    return asked_of("own.json").solve("insource.purchases.P06.own_cost_ratio", "present_value")


@pytest.mark.parametrize(("file", "save"), WRITTEN_OVER.values(), ids=WRITTEN_OVER.keys())
def test_what_was_read_is_not_written_over(own, file, save):
    before = Path(file).read_bytes()
    with pytest.raises(omsorg.OmsorgError, match="is read by this run and would be written over; name another file"):
        save()
    assert Path(file).read_bytes() == before


def test_a_file_that_took_the_place_of_what_was_read_is_not_written_over(own):
    answer = asked_of("own.json")
    Path("new.json").write_text("{}", encoding="utf-8")
    Path("new.json").replace("own.json")
    with pytest.raises(omsorg.OmsorgError, match="is read by this run"):
        answer.save("own.json")
    assert answer.save("other.json") == answer.save("other.json") == Path("other.json")


def test_a_new_file_is_not_taken_for_one_that_was_read_and_is_gone(tmp_path):
    gone = tmp_path / "own.json"
    omsorg.convert("drammen2020", gone)
    answer = omsorg.run("insource", gone)
    number = gone.stat().st_ino
    gone.unlink()
    others = [tmp_path / f"{at}.json" for at in range(50)]
    for other in others:  # the system gives the number of a file that is gone to a new one
        other.write_text("{}", encoding="utf-8")
    for other in [one for one in others if one.stat().st_ino == number] or others[:1]:
        assert answer.save(other) == other


def test_draws_are_not_written_over_what_was_read(own):
    Path("own.csv").write_bytes(Path("own.json").read_bytes())
    answer = asked_of("own.csv")
    with (
        pytest.raises(omsorg.OmsorgError, match="is read by this run"),
        answer.draws_to(Path("own.csv"), "present_value"),
    ):
        pass
    assert len(asked_of("own.csv")) == len(answer)


def test_a_sweep_has_a_row_for_each_value_and_says_what_is_unusual(tmp_path):
    rows = omsorg.run("insource").sweep({"insource.discount_rate": ["2,5 %", "3 %", "200 %"]}, "present_value")
    assert [row["insource.discount_rate"] for row in rows] == [0.025, 0.03, 2.0]
    assert (len(rows), rows[1], list(rows)) == (3, rows.records()[1], rows.records())
    (told,) = rows.warnings
    assert told.startswith("--grid insource.discount_rate: 200% a year is far above the usual range")
    assert repr(rows).endswith(told)
    lines = rows.save(tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines()
    assert lines == rows.csv().splitlines()
    assert lines[0] == "insource.discount_rate,present_value"
    assert json.loads(rows.json())["rows"] == rows.records()
    assert [json.loads(line) for line in rows.jsonl().splitlines()] == rows.records()
    assert rows.save(tmp_path / "rows.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_long_sweep_is_shown_by_its_first_rows():
    rows = omsorg.run("savings").sweep({"savings.population": range(124_000, 124_100)}, "savings_potential")
    assert repr(rows).splitlines()[60:62] == [rows.csv().splitlines()[60], "100 rows in total"]
    page = rows._repr_html_()
    assert (page.count("<tr>"), "100 rows in total" in page) == (61, True)


@pytest.fixture
def municipalities(tmp_path, monkeypatch):
    """A table of municipalities, of which one has no number."""
    monkeypatch.chdir(tmp_path)
    text = "navn;savings.population\nAsker;90 000\nMoss;100 000\nFeil;abc\n"
    Path("rows.csv").write_text(text, encoding="utf-8")
    return omsorg.run("savings", "baerum2016", base="asss", service="total")


def test_a_table_has_a_run_for_each_row(municipalities):
    found = municipalities.sweep(rows="rows.csv", figures="savings_potential")
    # 939 kroner for each inhabitant
    assert [(row["navn"], row["savings_potential"]) for row in found] == [
        ("Asker", 84_510_000), ("Moss", 93_900_000), ("Feil", None),
    ]  # fmt: skip
    assert found[2]["fault"].startswith('rows.csv, row 4, column B: savings.population: found "abc"')
    assert [row.value for row in found.top(1, "savings_potential").found.rows] == [93_900_000]
    table = found._repr_html_().partition("<table>")[2]
    assert re.findall("<th scope=.col[^>]*>([^<]*)", table) == [
        "navn", "savings.population", "need-adjusted saving", "fault",
    ]  # fmt: skip
    assert found.warnings[-1] == "1 of 3 rows was refused; the column fault says why.", "however often it is shown"


def test_a_ranking_is_the_same_data_in_every_language_and_can_be_sent_elsewhere(municipalities):
    first = municipalities.sweep(rows="rows.csv", figures="savings_potential").top(1, "savings_potential")
    with spoken("nb"):
        other = municipalities.sweep(rows="rows.csv", figures="savings_potential").top(1, "savings_potential")
        assert other.json() == first.json()
        assert repr(first) == repr(other)
    assert sent(first).records() == first.records()


def test_a_table_of_runs_is_saved(municipalities):
    found = municipalities.sweep(rows=omsorg.Table("rows.csv", separator=";"), figures=["savings_potential"])
    found.save("found.xlsx")
    (headings, *_, last) = openpyxl.load_workbook("found.xlsx").active.iter_rows(values_only=True)
    assert (headings, last[:3]) == (("navn", "savings.population", "savings_potential", "fault"), ("Feil", "abc", None))
    assert found.save("found.csv").read_text(encoding="utf-8") == found.csv()
    with pytest.raises(omsorg.OmsorgError, match="the suffix names no format; allowed: .csv, .json, .jsonl, .ndjson, "):
        found.save("found.html")


NO_TABLE = {
    "a number": (5, "path: found 5; allowed: the name of a file."),
    "no file": ("none.csv", "There is no file none.csv."),
    "columns without a path": (omsorg.Table("rows.csv", columns=["navn"]), "columns: found a list; allowed: texts by"),
}


@pytest.mark.parametrize(("rows", "told"), NO_TABLE.values(), ids=NO_TABLE.keys())
def test_what_is_no_table_is_told(municipalities, rows, told):
    with pytest.raises(omsorg.OmsorgError, match=re.escape(told)):
        municipalities.sweep(rows=rows)


def test_a_sweep_is_over_one_thing(municipalities):
    with pytest.raises(omsorg.OmsorgError, match="over a grid or over the rows of a table, and not over both"):
        municipalities.sweep({"savings.population": [1]}, rows="rows.csv")


PICKLED = {
    "an answer": lambda: omsorg.run("insource"),
    "some figures": lambda: omsorg.run("insource").showing(omsorg.run("insource").figures[:2]),
    "a run": lambda: omsorg.run("insource").result,
    "a figure": lambda: omsorg.run("insource").figures[0],
    "a simulation": lambda: omsorg.run("insource").simulate("present_value", draws=100),
    "a tornado": lambda: omsorg.run("insource").sensitivity(),
    "a solution": lambda: omsorg.run("insource").solve("insource.purchases.P06.own_cost_ratio", "present_value"),
    "a comparison": lambda: omsorg.run("insource").compare(omsorg.run("insource", overlays="own_respite")),
    "a sweep": lambda: omsorg.run("insource").sweep({"insource.discount_rate": [0, 0.1]}),
    "what is shipped": omsorg.shipped,
    "what a calculator takes": lambda: omsorg.figures("savings"),
    "what is verified": lambda: omsorg.verify("norway2016"),
    "a scenario that is begun": lambda: omsorg.new("fte"),
    "cases of a sweep": lambda: omsorg.run("insource").sweeping(["insource.discount_rate=0;0.1"]).cases(),
    "what is checked": lambda: omsorg.check("drammen2020"),
}


@pytest.mark.parametrize("made", PICKLED.values(), ids=PICKLED.keys())
def test_what_is_found_can_be_copied_and_sent_to_another_process(made):
    found = made()
    for other in (sent(found), copy.deepcopy(found)):
        assert type(other) is type(found)
        if hasattr(found, "save") or hasattr(found, "passes"):
            assert repr(other) == repr(found)
        elif hasattr(found, "figures"):
            assert other.figures == found.figures
        else:
            assert other == found


UNTOLD = {
    "a calculator": lambda: omsorg.run("sawings"),
    "a scenario": lambda: omsorg.run("savings", {}),
    "an input": lambda: omsorg.run("savings", set={"savings.population": -1}),
    "no figure": lambda: omsorg.run("savings")["nope"],
    "no answer": lambda: omsorg.run("insource")["fte_needed"],
}


@pytest.mark.parametrize("ask", UNTOLD.values(), ids=UNTOLD.keys())
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_comes_whole_from_another_process(ask, protocol):
    with pytest.raises(omsorg.OmsorgError) as raised:
        ask()
    error = raised.value
    other = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 # of our own
    assert (type(other), str(other), vars(other)) == (type(error), str(error), vars(error))
    assert (
        other.args[0].again() == error.args[0].again() if hasattr(error.args[0], "again") else other.args == error.args
    )


def test_threads_may_run_while_another_imports_numpy():
    code = """
import threading, omsorg_cli as omsorg
def plain():
    for _ in range(40):
        omsorg.run("savings").records()
threads = [threading.Thread(target=plain), threading.Thread(target=lambda: omsorg.run("insource").simulate(draws=100))]
[one.start() for one in threads]
[one.join() for one in threads]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_figure_that_is_not_calculated_says_why_as_on_the_command_line(command):
    answer = omsorg.run("insource")
    with pytest.raises(omsorg.NoAnswerError) as raised:
        answer["fte_needed"]
    assert command("insource", "--value", "fte_needed").stderr.splitlines()[-1] == f"omsorg: {raised.value}"
    assert isinstance(raised.value, KeyError)
    assert "fte_needed" not in answer


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("savings_potentail", 'savings_potentail is not a figure of savings. Did you mean "savings_potential"?'),
        (("savings_potential", "asss"), 'savings_potential has no row "asss". Known: asss, total; asss, home.'),
        (("savings_potential", "ass", "total"), 'has no row "ass, total". Did you mean "asss, total"?'),
        ("savings_potential", "savings_potential has no value for all rows together. Known: asss, total"),
        (0, "0 is not a figure of savings"),
        (np.array([1, 2]), "[1 2] is not a figure of savings"),
    ],
)
def test_a_key_that_is_not_there_says_what_is(key, told):
    answer = omsorg.run("savings")
    with pytest.raises(KeyError) as raised:
        answer[key]
    assert told in str(raised.value)
    assert isinstance(raised.value, omsorg.OmsorgError)
    assert key not in answer


def test_a_year_is_found_however_its_number_is_held():
    answer = omsorg.run("wage-gap", year=2015)
    keys = next(one.keys for one in answer.figures if one.figure == "wage_effect")
    assert keys["year"] == 2015
    values = {
        answer["wage_effect", keys["base"], year] for year in (2015, 2015.0, "2015", np.int64(2015), np.float32(2015))
    }
    assert len(values) == 1
    assert ("wage_effect", keys["base"], 2015.0) in answer
    assert ("wage_effect", keys["base"], 2015.5) not in answer
    assert answer.figures[0] in answer


def test_what_an_answer_hands_out_does_not_change_it(savings):
    with pytest.raises(TypeError):
        savings.figures[0].keys["base"] = "other"
    with pytest.raises(TypeError):
        savings.figures[0].keys.update(base="other")
    for name in ("figures", "calculator"):
        with pytest.raises(AttributeError):
            setattr(savings, name, "other")
    savings.records()[0]["figure"] = "other"
    assert savings.records()[0]["figure"] == "own_per_inhabitant"


def test_numbers_of_other_libraries_are_taken():
    insource = omsorg.run("insource")
    same = insource.simulate("present_value", draws=100, seed=3).json()
    assert insource.simulate("present_value", draws=np.int64(100), seed=np.int64(3)).json() == same
    assert insource.explain("present_value", depth=np.int64(1)) == insource.explain("present_value", depth=1)
    ratio = "insource.purchases.P06.own_cost_ratio"
    between = insource.solve(ratio, "present_value", between=np.array([0.5, 1.5]))
    assert between.values == insource.solve(ratio, "present_value", between=(0.5, 1.5)).values
    assert len(omsorg.run("savings", base=np.array(["asss", "drammen"]))) > len(omsorg.run("savings", base="asss"))
    values = np.array([0.02, 0.03])
    assert insource.sweep({"insource.discount_rate": values})[1]["insource.discount_rate"] == 0.03


def test_a_switch_of_another_library_is_taken():
    counted = omsorg.run(
        "insource", set={"insource.include_quality": np.True_, "insource.discount_rate": np.float64(0.1)}
    )
    assert counted.result.scenario.request.sets == ("insource.include_quality=true", "insource.discount_rate=0.1")


def test_data_may_hold_what_other_libraries_have():
    row = MappingProxyType({"base": "others", "gap_per_inhabitant": np.float64(500)})
    table = MappingProxyType({"population": Decimal(1000), "comparisons": [row]})
    data = {"title": "Home", "municipality": "Home", "year": np.int64(2016), "savings": table}
    assert omsorg.run("savings", MappingProxyType(data))["savings_potential", "others", "total"] == 500_000


def test_a_month_in_data_may_be_a_date():
    data = tomllib.loads((ROOT / "scenarios" / "drammen2020.toml").read_text(encoding="utf-8"))
    began = [one for bought in data["insource"]["purchases"] for one in bought.get("phases", []) if "from" in one]
    as_text = omsorg.run("insource", data).records()
    for one in began:
        one["from"]["value"] = date.fromisoformat(f"{one['from']['value']}-01")
    assert began
    assert omsorg.run("insource", data).records() == as_text


def test_a_scenario_that_is_begun_can_be_run():
    begun = omsorg.new("fte")
    assert omsorg.run("fte", begun).records() == omsorg.run("fte", begun.data).records()
    assert omsorg.names("fte", begun).inputs == omsorg.names("fte", begun.data).inputs


def test_an_overlay_alone_is_of_the_calculators_own_scenario():
    assert omsorg.run("savings", "+within_buffer").name == "baerum2016+within_buffer"
    assert omsorg.names("savings", "+within_buffer").items("base") == omsorg.names("savings").items("base")


def test_a_result_of_data_says_what_verifying_it_takes(tmp_path):
    begun = omsorg.new("fte")
    stored = omsorg.run("fte", begun).save(tmp_path / "r.json")
    with pytest.raises(omsorg.OmsorgError, match="r.json was made from standard input or from data; name the scenario"):
        omsorg.verify_result(stored)
    begun.save(tmp_path / "b.toml")
    assert omsorg.verify_result(stored, tmp_path / "b.toml").holds


@pytest.mark.parametrize("suffix", [".markdown", ".htm", ".txt"])
def test_an_answer_has_every_suffix_that_its_command_has(savings, tmp_path, suffix):
    assert savings.save(tmp_path / f"answer{suffix}").stat().st_size > 100


def test_what_is_far_from_usual_is_said_beside_what_rests_on_it():
    far = omsorg.run("insource", set={"insource.discount_rate": "200 %"})
    for found in (far.sensitivity("present_value"), far.simulate("present_value", draws=50)):
        (told,) = found.warnings
        assert told.startswith("insource.discount_rate: 200% a year is far above the usual range")
        assert repr(found).endswith(told)
    ratio = "insource.purchases.P06.own_cost_ratio"
    assert "far above the usual range" in repr(far.solve(ratio, "present_value"))


def test_whole_numbers_stay_whole_in_a_frame_of_pandas():
    pytest.importorskip("pandas")
    answer = omsorg.run("growth")
    found = answer.to_frame()
    assert str(found["year"].dtype) == "Int64"
    assert found["year"].isna().any()
    row = next(one for one in found.to_dict("records") if one["year"] == 2025)
    keys = [row[key] for key in answer.result.calculator.keys if isinstance(row[key], str)]
    assert answer[row["figure"], *keys, float(row["year"])] == row["value"]
    assert list(answer.showing([]).to_frame().columns) == list(found.columns)


def test_a_frame_of_polars_looks_at_every_row(monkeypatch):
    polars = pytest.importorskip("polars")
    monkeypatch.setattr("omsorg_cli.library.frames.FRAMES", ("polars",))
    answer = omsorg.run("survey")
    assert answer.to_frame().rows(named=True) == answer.records()
    assert answer.showing([]).to_frame().columns == answer.to_frame().columns
    assert omsorg.run("growth").to_frame()["year"].dtype == polars.Int64


def test_threads_may_ask_for_different_inputs_of_one_scenario():
    scenario = omsorg.run("insource").result.scenario
    inputs = ("insource.discount_rate", "insource.purchases.P06.own_cost_ratio")
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            puts = [Put(inputs[at % 2], 0.5 + at / 1e6) for at in range(8)]
            asked = [threads.submit(refuse_all, scenario, one) for one in puts]
            assert not any(one.result() for one in asked)
    finally:
        sys.setswitchinterval(interval)


def refuse_all(scenario, first):
    return any(refuses(scenario, "insource", first._replace(value=first.value + at / 1e4)) for at in range(400))


def test_names_can_be_sent_to_another_process_once_they_were_asked_for():
    known = omsorg.names("savings", "baerum2016")
    assert sent(known).inputs == known.inputs == sent(known).inputs


def test_a_change_may_be_a_decimal():
    answer = omsorg.run("savings", set={"savings.population": Decimal("1.3E+5")}, base="asss")
    assert answer["savings_potential", "asss", "total"] == 939 * 130_000


def test_a_sweep_is_saved_as_parquet(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = omsorg.run("insource").sweep({"insource.discount_rate": [0.02, 0.04]}, ["present_value", "payback_year"])
    assert parquet.read_table(rows.save(tmp_path / "rows.parquet")).to_pylist() == rows.records()


def test_one_figure_is_converted_as_on_the_command_line(tmp_path):
    converted = omsorg.run("fte", hours=417_456)
    assert converted["hours", "conversion"] == 417_456
    assert omsorg.verify_result(converted.save(tmp_path / "converted.json")).holds
    assert omsorg.run("fte", cost="5 MNOK")["cost_by_wage", "conversion"] == 5_000_000
    with pytest.raises(omsorg.OmsorgError, match="--hours and --fte cannot be used together. Give one number"):
        omsorg.run("fte", hours=1, fte=2)


ENDS = {
    "a list": [120_000, 130_000],
    "a tuple": (120_000, 130_000),
    "an array": np.array([120_000.0, 130_000.0]),
    "numbers of other kinds": [np.int64(120_000), Decimal(130_000)],
    "as they are typed": ["120 000", "130 000"],
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS.keys())
def test_a_range_is_set_by_its_two_ends(ends):
    changed = omsorg.run("savings", "baerum2016", set={"savings.population.range": ends})
    found = next(one for one in changed.sensitivity("savings_potential").swings if one["input"] == "savings.population")
    assert (found["low"], found["high"]) == (120_000, 130_000)


def test_what_was_found_can_be_sent_elsewhere_after_it_was_shown():
    for found in (omsorg.shipped(), omsorg.verify()):
        assert found._repr_html_()
        sent = pickle.loads(pickle.dumps(found))  # noqa: S301 # of our own
        assert copy.deepcopy(sent).records() == found.records()


def test_figures_can_stand_in_a_set(savings):
    assert {*omsorg.run("savings", "baerum2016", base="asss").figures} == {*savings.figures}
