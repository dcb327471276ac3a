import re
import struct
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("vl_convert")
ROOT = Path(__file__).parents[2]
TORNADO = ("sensitivity", "insource", "drammen2020", "--figure", "present_value")
SIMULATED = ("simulate", "insource", "drammen2020", "--draws", "5000")


def drawn(omsorg, tmp_path, *words, suffix="svg"):
    target = tmp_path / f"picture.{suffix}"
    ended = omsorg(*words, "--output", str(target))
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    return target.read_bytes()


def texts(svg):
    return re.findall(r">([^<>]+)</text>", svg.decode())


def test_a_tornado_has_its_title_unit_source_and_the_inputs_in_order(omsorg, tmp_path):
    found = texts(drawn(omsorg, tmp_path, *TORNADO))
    assert "What present_value hinges on" in found
    assert "Drammen 2020: bring purchased care home" in found
    assert "million NOK (above zero: saved)" in found
    assert any(text.startswith("Source: Spørsmål 73 (2020)") for text in found)
    inputs = [text for text in found if text.startswith("insource.")]
    assert inputs[0] == "insource.purchases.P06.own_cost_ratio (0.75 to 1.05)"
    assert inputs[1] == "insource.purchases.P07.own_cost_ratio (0.6 to 1)"


def test_a_histogram_names_its_percentiles(omsorg, tmp_path):
    found = texts(drawn(omsorg, tmp_path, *SIMULATED, "--figure", "present_value"))
    assert {"P10", "P50", "P90", "share of the draws"} <= set(found)


def test_figures_by_year_are_a_fan(omsorg, tmp_path):
    found = texts(drawn(omsorg, tmp_path, *SIMULATED, "--figure", "cumulative_saving"))
    assert {"2020", "2021", "2022"} <= set(found)
    assert any(text.startswith("cumulative_saving by year") for text in found)


@pytest.mark.parametrize("suffix", ["svg", "png"])
@pytest.mark.parametrize("words", [TORNADO, (*SIMULATED, "--figure", "present_value")], ids=["tornado", "histogram"])
def test_the_same_gives_the_same_bytes(omsorg, tmp_path, words, suffix):
    assert drawn(omsorg, tmp_path, *words, suffix=suffix) == drawn(omsorg, tmp_path, *words, suffix=suffix)


def test_a_png_is_one_of_a_size_to_print_and_a_pdf_one_to_send(omsorg, tmp_path):
    png = drawn(omsorg, tmp_path, *TORNADO, suffix="png")
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width > 1_000
    assert height > 500
    assert drawn(omsorg, tmp_path, *TORNADO, suffix="pdf").startswith(b"%PDF")


def test_its_shades_stay_apart_in_grey(omsorg, tmp_path):
    colours = set(
        re.findall(r"#[0-9A-Fa-f]{6}", drawn(omsorg, tmp_path, *SIMULATED, "--figure", "cumulative_saving").decode())
    )
    greys = sorted(
        round(0.299 * r + 0.587 * g + 0.114 * b)
        for r, g, b in (bytes.fromhex(one[1:]) for one in colours & {"#1F3A4D", "#6B8799", "#C5D3DC"})
    )
    assert len(greys) == 3
    assert min(after - before for before, after in pairwise(greys)) > 50


def test_text_from_a_scenario_is_text(omsorg, tmp_path):
    svg = drawn(
        omsorg, tmp_path, "sensitivity", "insource", str(ROOT / "tests" / "made_up.toml"), "--figure", "present_value"
    )
    assert b"<b>" not in svg
    assert any("@A book, &lt;b&gt;of&lt;/b&gt; figures &amp; more" in text for text in texts(svg))


WRONG = {
    "several figures": ((*SIMULATED,), "h.svg", "A picture shows one figure"),
    "no picture of a run": (("insource", "drammen2020"), "h.svg", "the suffix tells no format"),
    "one value": ((*SIMULATED, "--figure", "break_even_own_cost_ratio"), "h.svg", "takes one value in all draws"),
}


@pytest.mark.parametrize(("words", "name", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_drawn_is_told_and_nothing_written(omsorg, tmp_path, words, name, told):
    ended = omsorg(*words, "--output", name, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert list(tmp_path.iterdir()) == []
