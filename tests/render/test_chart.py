import re
import struct
from itertools import pairwise
from pathlib import Path

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.questions.sensitivity import sensitivity
from omsorg_cli.questions.shared.selection import opened
from omsorg_cli.questions.simulate import Options, simulate
from omsorg_cli.render import chart
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read

pytest.importorskip("vl_convert")
MADE_UP = str(Path(__file__).parents[1] / "made_up.toml")


def result(reference="drammen2020"):
    return result_of(read(reference), Request(), "insource")


def tornado(reference="drammen2020", suffix=".svg"):
    found = result(reference)
    (figure,) = opened(found, found.figures, ("present_value",))
    return chart.tornado([sensitivity(found, figure)], suffix)


def simulated(*names, suffix=".svg"):
    found = result()
    return chart.simulation(simulate(found, opened(found, found.figures, names), Options(5_000)), suffix)


def texts(svg):
    return re.findall(r">([^<>]+)</text>", svg.decode())


def test_a_tornado_has_its_title_unit_source_and_the_inputs_in_order():
    found = texts(tornado())
    assert "What matters most: present value" in found
    assert result().scenario.head.title in found
    assert "million NOK (above zero: saved)" in found
    assert any(text.startswith("Source: Spørsmål 73 (2020)") for text in found)
    assert not [text for text in found if "insource." in text]
    inputs = [text for text in found if " to " in text]
    assert inputs[0].endswith("in-house cost relative to price (Institutions and home services) (75% to 105%)")
    assert inputs[1].endswith("in-house cost relative to price (Substance use and mental health) (70% to 110%)")


def test_a_histogram_names_its_percentiles():
    assert {"P10", "P50", "P90", "share of the draws"} <= set(texts(simulated("present_value")))


def test_figures_by_year_are_a_fan():
    found = texts(simulated("cumulative_saving"))
    assert {"2020", "2021", "2022"} <= set(found)
    assert any(text.startswith("Net saving to date by year") for text in found)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_same_gives_the_same_bytes(suffix):
    assert tornado(suffix=suffix) == tornado(suffix=suffix)
    assert simulated("present_value", suffix=suffix) == simulated("present_value", suffix=suffix)


@pytest.mark.slow
def test_a_png_is_one_of_a_size_to_print_and_a_pdf_one_to_send():
    png = tornado(suffix=".png")
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width > 1_000
    assert height > 500
    assert tornado(suffix=".pdf").startswith(b"%PDF")


def test_its_shades_stay_apart_in_grey():
    drawn = simulated("cumulative_saving").decode() + tornado().decode()
    shades = {one for one in re.findall(r"#[0-9A-Fa-f]{6}", drawn) if one in (chart.DARK, chart.MIDDLE, chart.LIGHT)}
    assert len(shades) == 3
    parts = (bytes.fromhex(one[1:]) for one in shades)
    greys = sorted(round(0.299 * r + 0.587 * g + 0.114 * b) for r, g, b in parts)
    assert min(after - before for before, after in pairwise(greys)) > 50


def test_text_from_a_scenario_is_text():
    svg = tornado(MADE_UP)
    assert b"<b>" not in svg
    assert any("@A book, &lt;b&gt;of&lt;/b&gt; figures &amp; more" in text for text in texts(svg))


def test_a_picture_shows_one_figure():
    with pytest.raises(OmsorgError, match="A picture shows one figure; found: total_net_saving, present_value"):
        simulated("total_net_saving", "present_value")


def test_one_value_has_no_histogram():
    with pytest.raises(OmsorgError, match="has one value in all draws"):
        simulated("break_even_own_cost_ratio")


def test_without_the_library_that_is_told(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    with pytest.raises(OmsorgError, match=r"pip install 'omsorg-cli\[charts\]'"):
        tornado()


@pytest.mark.slow
def test_the_commands_write_pictures_and_nothing_where_there_is_none(process, tmp_path):
    words = ("sensitivity", "insource", "drammen2020", "--figure", "present_value", "--output", "t.svg")
    assert process(*words, cwd=tmp_path).returncode == 0
    assert (tmp_path / "t.svg").read_bytes() == tornado()
    ended = process("insource", "drammen2020", "--output", "run.abc", cwd=tmp_path)
    assert (ended.returncode, "suffix" in ended.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["t.svg"]
