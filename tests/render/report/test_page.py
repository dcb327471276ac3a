"""The page itself: whole in one file, accessible, printable, and text is text."""

import json
import re
import tomllib
from html.parser import HTMLParser

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import spoken
from omsorg_cli.render.pictures.svg import drawn as picture_file
from omsorg_cli.render.pictures.views import picture_of
from omsorg_cli.render.report import render
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read, shipped_folder

AXED = ("savings", "wage-gap", "insource", "fte", "growth", "joint-service", "market")
"""One page of each shape: they are made of the same parts."""
LARGE = ("survey", "market")
"""The calculators whose shipped scenario is larger than any municipality's."""
PRICED = ("The municipal deflator", "The municipal deflator in a year of high growth", "Wages")
HOSTILE = "</script><script>alert(1)</script><b>x</b> \" ' & \u202e{figure}"


def _result(name, reference=None):
    return result_of(read(reference or load(name).scenario), Request(), name)


@pytest.mark.parametrize("tongue", ["en", "nb"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_small_and_asks_for_nothing(name, tongue):
    with spoken(tongue):
        result = _result(name)
        page = render(result, result.figures)
    assert len(page) < (1_000_000 if name in LARGE else 150_000)
    text = page.decode()
    assert "default-src 'none'" in text
    outside = re.findall(r'(?:src|href)="([^"#][^"]*)"', text)
    assert all(address.startswith("https://") for address in outside)
    assert " style=" not in text
    assert " onclick" not in text


@pytest.mark.parametrize("overlay", sorted(read("drammen2020").data["overlays"]))
def test_a_page_of_a_shipped_variant_is_small(overlay):
    with spoken("nb"):
        result = result_of(read("drammen2020"), Request(overlays=(overlay,)), "insource")
        assert len(render(result, result.figures)) < 150_000


class Seen(HTMLParser):
    """The paragraphs of an answer, without what is hidden in them."""

    def __init__(self, page):
        super().__init__()
        self.said, self._open = [], []
        self.feed(re.search(r'<section id="answer".*?</section>', page, re.DOTALL)[0])

    def handle_starttag(self, tag, attrs):
        self._open.append("hidden" in dict(attrs))
        if tag == "p":
            self.said.append("")

    def handle_endtag(self, tag):  # noqa: ARG002 - what the parser calls it with
        self._open.pop()

    def handle_data(self, data):
        if self.said and not any(self._open):
            self.said[-1] += data.strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_of_an_answer_says_something(name):
    result = _result(name)
    said = Seen(render(result, result.figures).decode()).said
    assert said
    assert all(said)


def test_outsourcing_of_some_and_of_all_is_answered_too(tmp_path):
    for paths in (["P06"], ["P05", "P06", "P07"]):
        request = Request(sets=tuple(f"insource.purchases.{one}.direction=out" for one in paths))
        result = result_of(read("drammen2020"), request, "insource")
        assert Seen(render(result, result.figures).decode()).said[0].startswith("On the scenario's assumptions, b")


@pytest.mark.slow
def test_a_page_of_all_municipalities_is_small(tmp_path):
    """357 comparators, each of them an assumption with a range: at most 1 MB, with the first hundred figures opened."""
    row = '[[savings.comparisons]]\nbase = "m{0}"\nlabel = "Municipality {0}"\nservice = "total"\n'
    row += 'gap_per_inhabitant = {{ value = {0}, range = [0, {1}], assumption = "guess" }}\n'
    text = 'title = "All"\nmunicipality = "Lillevik"\nyear = 2025\n[savings]\npopulation = 52400\nneed_index = 1.04\n'
    file = tmp_path / "all.toml"
    file.write_text(text + "".join(row.format(at, at + 5) for at in range(1, 358)), encoding="utf-8")
    result = _result("savings", str(file))
    page = render(result, result.figures)
    assert len(page) < 1_000_000
    assert page.count(b"<summary>saving") + page.count(b"<summary>Municipality") == 100


@pytest.mark.slow
@pytest.mark.parametrize("width", [400, 1000])
@pytest.mark.parametrize("name", AXED)
def test_a_page_has_no_fault_that_axe_finds(opened, name, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe checks the pages")
    result = _result(name)
    for scheme in ("light", "dark") if name == "insource" else ("light",):
        page = opened(render(result, result.figures), color_scheme=scheme, viewport={"width": width, "height": 800})
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
        told = [(one["id"], [node["html"][:150] for node in one["nodes"][:2]]) for one in found.response["violations"]]
        assert told == []
        assert page.told == []
        page.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [400, 1000, 1600])
def test_a_page_fits_the_screen(opened, width):
    result = _result("insource")
    page = opened(render(result, result.figures), viewport={"width": width, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_picture_leaves_it(opened, name):
    result = _result(name)
    drawn = picture_file(result, result.figures, ".svg").decode()
    page = opened(f"<!doctype html><body>{drawn}</body>".encode())
    outside = page.evaluate(
        "() => { const svg = document.querySelector('svg'), box = svg.getBoundingClientRect();"
        "return [...svg.querySelectorAll('text, rect, line, polyline')].filter((one) => { const its = one.getBoundingClientRect();"
        "return its.left < box.left - 0.5 || its.right > box.right + 0.5 || its.top < box.top - 0.5 || (its.bottom > box.bottom + 0.5);"
        "}).map((one) => one.outerHTML); }"
    )
    assert outside == []


@pytest.mark.slow
def test_no_name_of_a_row_is_broken_into_letters_on_a_telephone(opened):
    """On 400 pixels a table is moved sideways, and its first column holds a word."""
    result = _result("insource")
    page = opened(render(result, result.figures), viewport={"width": 400, "height": 800})
    widths = page.evaluate(
        "() => [...document.querySelectorAll('main tbody th')].map((one) => one.offsetWidth).filter(Boolean)"
    )
    assert min(widths) >= 100


def test_a_page_on_which_nothing_can_be_moved_has_no_script():
    result = _result("need")
    page = render(result, result.figures).decode()
    assert "<script" not in page
    assert "data-slot=" not in page
    assert "data-say=" not in page


@pytest.mark.slow
def test_without_scripts_every_figure_is_there(browser, tmp_path):
    result = _result("savings")
    file = tmp_path / "page.html"
    file.write_bytes(render(result, result.figures))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    shown = page.text_content("main")
    assert "116 million NOK a year" in shown
    assert "0.932" in shown
    context.close()


@pytest.mark.slow
def test_a_page_prints_on_two_to_four_sheets(opened):
    result = _result("insource")
    page = opened(render(result, result.figures))
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 4


@pytest.mark.slow
def test_text_of_a_scenario_is_text(opened, tmp_path):
    scenario = tomllib.loads((shipped_folder() / "baerum2016.toml").read_text(encoding="utf-8"))
    scenario["title"] = scenario["municipality"] = HOSTILE
    scenario["savings"]["comparisons"][0]["label"] = HOSTILE + "x" * 1_900
    scenario["sources"]["baerum2017"]["url"] = "javascript:alert(1)"
    scenario["sources"]["baerum2017"]["title"] = HOSTILE
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(scenario), encoding="utf-8")
    result = _result("savings", str(file))
    page = opened(render(result, result.figures), viewport={"width": 1000, "height": 900})
    page.on("dialog", lambda one: page.told.append(one.message))
    page.wait_for_timeout(100)
    assert page.told == []
    assert page.evaluate("() => document.scripts.length") == 2
    assert page.evaluate("() => document.querySelectorAll('main b').length") == 0
    assert page.evaluate("() => [...document.links].filter((one) => one.protocol === 'javascript:').length") == 0
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1000


QUOTE = "Per i dag er det vurdert at disse får et kvalitativt best tilbud der de er i dag"
TITLE = "Spørsmål 73 (2020): Kjøp av eksterne tjenester"


def test_words_of_a_source_say_their_language_where_the_page_has_another():
    """What the document of Drammen says is Norwegian; in a Norwegian page no word stands out."""
    result = _result("insource")
    page = render(result, result.figures).decode()
    assert f'<span lang="nb">{QUOTE}' in page
    assert f'<span lang="nb">{TITLE}</span>' in page
    with spoken("nb"):
        norwegian = render(result, result.figures).decode()
    assert QUOTE in norwegian
    assert '<span lang="' not in norwegian


def test_a_source_in_english_says_so_in_a_norwegian_page(tmp_path):
    scenario = tomllib.loads((shipped_folder() / "drammen2020.toml").read_text(encoding="utf-8"))
    scenario["sources"]["q73"] |= {"language": "en", "title": "Question 73"}
    file = tmp_path / "english.json"
    file.write_text(json.dumps(scenario), encoding="utf-8")
    with spoken("nb"):
        result = _result("insource", str(file))
        assert '<span lang="en">Question 73</span>' in render(result, result.figures).decode()


def test_the_lines_of_a_picture_are_told_apart_without_colour_and_each_has_its_row_in_the_key():
    result = _result("prices")
    drawn = picture_file(result, result.figures, ".svg").decode()
    lines = [re.search('stroke-dasharray="([^"]*)"|$', one)[1] for one in re.findall("<polyline[^>]*>", drawn)]
    assert len(lines) == len(set(lines)) == 3
    rows = [re.search(rf'y="([^"]*)"[^>]*>{label}<', drawn)[1] for label in PRICED]
    assert len(set(rows)) == 3


def test_the_columns_of_a_plan_have_the_line_of_what_they_come_to():
    """26.35 + 16.25 + 10 + 10 million are 62.6."""
    result = _result("plan")
    ((label, line),) = picture_of(result, result.figures).lines
    assert label == "new spending to date"
    assert [round(one.value / 1e6, 2) for one in line] == [26.35, 42.6, 52.6, 62.6]
    assert ">62.6</text>" in picture_file(result, result.figures, ".svg").decode()


def test_the_own_municipality_stands_out_among_the_others_without_colour():
    """Bærum's need in each of four years, in bold with a larger dot."""
    result = _result("need")
    drawn = picture_file(result, result.figures, ".svg").decode()
    assert re.findall(r'font-weight="bold"[^>]*>(Bærum, \d+)<', drawn) == [
        f"Bærum, {year}" for year in range(2013, 2017)
    ]
    assert drawn.count('r="7"') == 4


def test_own_and_comparators_unit_cost_are_drawn_beside_each_other():
    """1.156 million in Bærum and 1.426 in Drammen (3.2.5)."""
    result = _result("unit-cost")
    bars = picture_of(result, result.figures).bars
    assert [(round(one.value), one.label.rpartition(": ")[2]) for one in bars[:2]] == [
        (1_156_000, "unit cost"),
        (1_426_000, "comparator's unit cost"),
    ]


@pytest.mark.slow
def test_the_answer_is_in_sight_while_an_assumption_is_moved(opened):
    """The last slider is far below the answer; the first sentence stands above it and follows."""
    result = _result("insource")
    page = opened(render(result, result.figures), viewport={"width": 1000, "height": 700})
    page.locator("input[type=range]").last.scroll_into_view_if_needed()
    assert not page.evaluate("() => document.querySelector('#answer').getBoundingClientRect().bottom > 0")
    place = page.evaluate("() => document.querySelector('.beside').getBoundingClientRect().top")
    assert 0 <= place < 700
    path = "insource.purchases.P06.own_cost_ratio"
    page.evaluate(
        "(path) => { const box = document.querySelector(`input[data-path='${path}']`);"
        "box.value = 0.8; box.dispatchEvent(new Event('input')); }",
        path,
    )
    assert page.text_content(".beside") == page.text_content("#answer p")


def test_a_picture_says_how_many_of_its_rows_it_shows():
    result = _result("market")
    shown = picture_of(result, result.figures)
    everything = [one for one in result.figures if one.figure == "share_of_namings" and one.keys["provider"]]
    drawn = picture_file(result, result.figures, ".svg").decode().count('class="column"')
    assert drawn < len(everything)
    assert f"the first {drawn} of {len(everything)}" in shown.subtitle


def test_the_market_is_drawn_by_size_with_what_the_largest_have_together():
    """The five providers mentioned most have 45.4% of all mentions (chapter 18 of the survey's report, recalculated)."""
    result = _result("market")
    drawn = picture_file(result, result.figures, ".svg").decode()
    sizes = [bar.value for bar in picture_of(result, result.figures).bars]
    assert sizes == sorted(sizes, reverse=True)
    assert ">45.4%</text>" in drawn


def test_growth_is_a_line_from_the_first_year_to_the_last_with_its_range():
    """5 000 recipients in 2023 and 7 500 in 2040; the range is widest in the last year (an increase of 40% to 60%)."""
    result = _result("growth")
    shown = picture_of(result, result.figures)
    (_, line), (band,) = shown.lines[0], shown.bands
    assert (line[0].label, line[-1].label) == ("2023", "2040")
    assert (round(line[0].value), round(line[-1].value)) == (5_000, 7_500)
    widths = [high - low for low, high in band.ends]
    assert widths == sorted(widths)
    assert all(low <= bar.value <= high for bar, (low, high) in zip(line, band.ends, strict=True))


def test_the_page_of_a_simulation_says_its_seed_and_how_often_it_drew(omsorg, tmp_path):
    file = tmp_path / "simulated.html"
    run = omsorg("simulate", "insource", "--draws", "500", "--seed", "7", "--lang", "en", "--output", str(file))
    assert run.returncode == 0
    record = re.findall(r'<th scope="row">([^<]*)</th><td><code>([^<]*)', file.read_text(encoding="utf-8"))
    assert dict(record)["draws"] == "500"
    assert dict(record)["random seed"] == "7"


def test_the_page_of_a_comparison_draws_what_it_compares(omsorg, tmp_path):
    """The net saving of both variants, each a bar with its name and its number."""
    file = tmp_path / "compared.html"
    sides = ("drammen2020", "drammen2020+optimistic")
    run = omsorg("compare", "insource", *sides, "--lang", "en", "--output", str(file))
    assert run.returncode == 0
    drawn = re.search("<svg.*?</svg>", file.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert drawn.count('<rect class="bar"') == 2
    assert re.findall(r">(Drammen[^<]*|4\.6)</text>", drawn)[1] == "4.6"


@pytest.mark.slow
@pytest.mark.parametrize("tongue", ["en", "nb"])
def test_on_paper_the_assumptions_are_a_table_of_values_and_no_table_is_cut(opened, tongue):
    """The discount rate with its range stands on paper; A4 less its margins is 178 mm, 673 pixels."""
    with spoken(tongue):
        result = _result("insource")
        page = opened(render(result, result.figures), viewport={"width": 673, "height": 900})
    page.emulate_media(media="print")
    assert page.is_visible("details.on-paper table")
    assert not page.is_visible("input[type=range]")
    assert not page.is_visible("summary >> text=/Data for the chart|Tallene i figuren/ >> nth=0")
    widths = page.evaluate(
        "() => [...document.querySelectorAll('table')].map((one) => one.getBoundingClientRect().right)"
    )
    assert max(widths) <= 673


def test_a_page_of_more_figures_than_anybody_reads_is_refused(monkeypatch):
    monkeypatch.setattr("omsorg_cli.render.report.page.MOST_FIGURES", 3)
    result = _result("savings")
    with pytest.raises(OmsorgError, match=r"A page has at most 3 figures; found \d+\. Show fewer, or write \.csv"):
        render(result, result.figures)
    assert render(result, result.figures[:3])


def test_a_page_says_what_is_not_counted_and_which_defaults_were_used():
    """As the full text of the run does: its remarks, its defaults and how far rounding in the sources reaches."""
    result = _result("insource")
    page = render(result, result.figures).decode()
    assert "Refunds are not counted for any purchase" in page
    assert "Defaults used: growth of purchase prices: 0%;" in page
    assert "Uncertainty from rounding in the sources" in page


def test_per_cent_is_a_word_in_the_sentences_of_a_norwegian_page_and_a_sign_in_its_tables():
    with spoken("nb"):
        result = _result("savings")
        page = render(result, result.figures).decode()
    answer = re.search(r'<section id="answer".*?</section>', page, re.DOTALL)[0]
    assert "5,5\u00a0prosent" in answer
    assert "%" not in answer
    assert re.search(r"<td[^>]*>(<[^>]*>)*5,5\u00a0%", page)
