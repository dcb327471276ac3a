"""omsorg in Python: the same figures, errors and words as on the command line."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import omsorg_cli as omsorg
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
    assert (
        "<title>Present value at the lowest and highest value of each input, million NOK</title>" in found._repr_svg_()
    )
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
    "a key that is a number": (lambda: omsorg.run("savings", base=5), "base: found 5; allowed: a name, or several"),
    "keys that are numbers": (lambda: omsorg.run("savings", base=[5]), "base: found a list; allowed: a name"),
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
    "half a letter": (lambda: omsorg.run("savings").save("a\ud800.json"), "is a name that no file can have"),
}
CIRCLE = {}
CIRCLE["a"] = CIRCLE


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
    return any(refuses(scenario, "insource", first._replace(value=first.value + at / 1e4)) for at in range(1_500))
