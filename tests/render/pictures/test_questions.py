"""What verbs draw: whole labels, a title that says the finding, and nothing outside the picture."""

import re
import struct
from pathlib import Path

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import spoken
from omsorg_cli.questions.sensitivity import sensitivity
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.questions.simulate import Options, simulate
from omsorg_cli.questions.solve import Question, solve
from omsorg_cli.questions.sweep import Sweep
from omsorg_cli.render.pictures import questions, tornado
from omsorg_cli.render.pictures.frame import as_file, source_of
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

MADE_UP = str(Path(__file__).parents[2] / "made_up.toml")
RATIO = "insource.purchases.P06.own_cost_ratio"
RATE = "insource.discount_rate"


def result(reference="drammen2020"):
    return result_of(read(reference), Request(), "insource")


def swings(reference="drammen2020"):
    found = result(reference)
    (figure,) = opened(found, found.figures, ("present_value",))
    return [sensitivity(found, figure)]


def simulated(*names):
    found = result()
    return questions.simulation(simulate(found, opened(found, found.figures, names), Options(5_000)))


def swept(*grids, figure="total_net_saving"):
    found = Sweep(read("drammen2020"), Request(), "insource", grids, Selection({}), (figure,))
    return questions.sweep(found, result())


def solved(target="0"):
    question = Question(RATIO, "total_net_saving", target)
    return questions.solution(solve(read("drammen2020"), Request(), "insource", Selection({}), question))


def texts(svg):
    return re.findall(r">([^<>]+)</(?:text|tspan)>", svg)


def test_the_title_of_what_matters_most_says_what_decides_and_its_subtitle_the_unit():
    """The saving turns into an extra cost at one end of the first input (see the table of the tornado)."""
    found = tornado.tornado(swings()[0], alone=True)
    told = " ".join(texts(found))
    assert (
        "In-house cost relative to price (Institutions and home services) matters by far the most for present value"
        in told
    )
    assert "Present value at the lowest and highest value of each input, million NOK" in told
    assert "Source: Spørsmål 73 (2020)" in told
    assert "insource." not in told
    inputs = [one for one in texts(found) if one.endswith("in-house cost relative to price")]
    assert len(inputs) == 2


def test_one_that_neither_turns_the_answer_nor_moves_it_far_beyond_the_next_matters_most():
    """With the ratio of the largest purchase as it is said, the two next inputs move the value almost alike."""
    found = swings()[0]
    equal = found._replace(swings=found.swings[4:])
    assert tornado.finding(equal).endswith(" matter most for present value, and equally")
    first, second, *rest = equal.swings
    held = equal._replace(swings=(first, second._replace(figure_at_low=second.figure_at_low * 1.001), *rest))
    sizes = [one.swing for one in held.swings[:2]]
    assert sizes[0] < 2 * sizes[1]
    assert " matters most for present value" in tornado.finding(held)
    with spoken("nb"):
        assert " betyr mest for nåverdi" in tornado.finding(held)


def test_a_histogram_names_its_percentiles_and_marks_zero():
    told = " ".join(texts(simulated("present_value")))
    assert all(name in told for name in ("P10 ", "P50 ", "P90 ", "zero", "Draws by million NOK"))


def test_figures_by_year_are_a_fan():
    found = texts(simulated("cumulative_saving"))
    assert {"2020", "2021", "2022"} <= set(found)
    assert "Net saving to date by year: median and P10 to P90" in found


def test_one_input_is_a_line_whose_axis_says_its_values():
    """The saving is 4.6 million at 0.9 and none at 1, where in-house costs what is paid today."""
    found = swept(f"{RATIO}=0.8,0.9,1.0")
    assert {"80%", "90%", "100%"} <= set(texts(found))
    heights = [float(one.split(",")[1]) for one in re.search('<polyline points="([^"]*)"', found)[1].split()]
    zero = float(re.search(r'class="zero"[^>]*y1="([^"]*)"', found)[1])
    assert heights == sorted(heights)
    assert heights[-1] == pytest.approx(zero, abs=0.2)


def test_two_inputs_are_a_heat_map_with_a_number_in_each_cell():
    found = swept(f"{RATIO}=0.8,0.9", f"{RATE}=0.03,0.04,0.05", figure="present_value")
    assert found.count('class="on-cell"') == 6
    assert {"3%", "4%", "5%", "80%", "90%", "discount rate"} <= set(texts(found))


def test_a_picture_of_more_than_two_inputs_is_refused():
    with pytest.raises(OmsorgError, match="or two with up to 60 each"):
        swept(f"{RATIO}=0.8,0.9", f"{RATE}=0.03,0.04", "insource.purchases.P06.occupancy=0.9,0.95")


def test_a_solution_is_marked_where_the_figure_crosses_the_target():
    """In-house at the price paid today saves nothing: 1 (worked out in the documents of the calculator)."""
    found = solved()
    (mark,) = re.findall(r'<circle cx="([^"]*)" cy="([^"]*)"', found)
    level = float(re.search(r'class="level"[^>]*y1="([^"]*)"', found)[1])
    assert float(mark[1]) == pytest.approx(level, abs=0.2)
    assert any(text.endswith("at 100%") for text in texts(found))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_same_gives_the_same_bytes(suffix):
    pytest.importorskip("vl_convert")
    assert as_file(tornado.of_one(swings()), suffix) == as_file(tornado.of_one(swings()), suffix)


@pytest.mark.slow
def test_a_png_is_of_a_size_to_print():
    pytest.importorskip("vl_convert")
    png = as_file(tornado.of_one(swings()), ".png")
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width > 1_000
    assert height > 500


@pytest.mark.slow
@pytest.mark.parametrize("tongue", ["en", "nb"])
def test_nothing_leaves_the_picture(outside, tongue):
    """Text is measured by the browser."""
    with spoken(tongue):
        drawn = [
            tornado.tornado(swings()[0], alone=True),
            tornado.tornado(swings(MADE_UP)[0], alone=True),
            simulated("present_value"),
            simulated("cumulative_saving"),
            swept(f"{RATIO}=0.7:1.1:9"),
            swept(f"{RATIO}=0.7:1.1:30", f"{RATE}=0.01:0.08:25", figure="present_value"),
            solved(),
        ]
    assert outside(drawn) == []


def test_text_from_a_scenario_is_text():
    svg = tornado.tornado(swings(MADE_UP)[0], alone=True)
    assert "<b>" not in svg
    assert any("&lt;b&gt;of&lt;/b&gt; figures &amp; more" in text for text in texts(svg))


def test_a_picture_shows_one_figure():
    with pytest.raises(OmsorgError, match="A picture shows one figure; found: total_net_saving, present_value"):
        simulated("total_net_saving", "present_value")


def test_one_value_has_no_histogram():
    with pytest.raises(OmsorgError, match="has one value in all draws"):
        simulated("break_even_own_cost_ratio")


def test_without_the_library_that_is_told_and_svg_needs_none(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    assert as_file(tornado.of_one(swings()), ".svg").startswith(b"<svg")
    with pytest.raises(OmsorgError, match=r"A PNG needs vl-convert: pip install 'omsorg-cli\[charts\]'"):
        as_file(tornado.of_one(swings()), ".png")


@pytest.mark.slow
def test_the_commands_write_pictures_and_nothing_where_there_is_none(process, tmp_path):
    words = ("sensitivity", "insource", "drammen2020", "--figure", "present_value", "--output", "t.svg")
    assert process(*words, cwd=tmp_path).returncode == 0
    assert (tmp_path / "t.svg").read_bytes() == as_file(tornado.of_one(swings()), ".svg")
    ended = process("insource", "drammen2020", "--output", "run.abc", cwd=tmp_path)
    assert (ended.returncode, "suffix" in ended.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["t.svg"]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".svg", ".png", ".html"])
def test_sweep_and_solve_write_pictures_and_pages(process, tmp_path, suffix):
    sweep = ("sweep", "insource", "drammen2020", "--grid", f"{RATIO}=0.8,0.9,1.0", "--figure", "total_net_saving")
    solve_ = ("solve", "insource", "drammen2020", "--input", RATIO, "--figure", "total_net_saving")
    for name, words in (("sweep", sweep), ("solve", solve_)):
        assert process(*words, "--output", f"{name}{suffix}", cwd=tmp_path).returncode == 0
        content = (tmp_path / f"{name}{suffix}").read_bytes()
        assert b"PNG" in content[:8] if suffix == ".png" else b"<polyline" in content


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("insource", "drammen2020"), ">Source: Spørsmål 73 (2020): Kjøp av eksterne tjenester<"),
        (("insource", "drammen2020", "--lang", "nb"), ">Kilde: Spørsmål 73 (2020): Kjøp av eksterne tjenester<"),
    ],
)
def test_a_picture_names_only_the_sources_of_what_it_draws(omsorg, tmp_path, words, told):
    path = tmp_path / "drawn.svg"
    assert omsorg(*words, "--output", str(path)).returncode == 0
    assert told in path.read_text(encoding="utf-8")


def test_several_sources_are_set_apart_by_semicolons():
    found = result_of(read("drammen2020"), Request(), "insource")
    used = [(found, found.figures)]
    assert source_of(used, "mine.csv") == "Sources: mine.csv; Spørsmål 73 (2020): Kjøp av eksterne tjenester"
