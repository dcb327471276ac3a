"""The page of a verb: the question, the answer, the picture, the rest, and what made it."""

import re

import pytest

RATIO = "insource.purchases.P06.own_cost_ratio"
BOTH = ("drammen2020", "drammen2020+optimistic")
VERBS = {
    "explain": ("explain", "savings", "--base", "asss"),
    "simulate": ("simulate", "insource", "--draws", "500"),
    "sensitivity": ("sensitivity", "insource"),
    "solve": ("solve", "insource", "--figure", "total_net_saving", "--input", RATIO),
    "compare": ("compare", "insource", *BOTH),
    "line": ("sweep", "insource", "--grid", f"{RATIO}=0.8,0.9,1.0"),
    "heat": ("sweep", "insource", "--grid", f"{RATIO}=0.8,0.9", "--grid", "insource.discount_rate=0.02,0.04"),
    "verify": ("verify", "baerum2016"),
    "account": ("verify", "--all"),
}


@pytest.fixture
def written(omsorg, tmp_path):
    """What a command writes to a file of the suffix."""

    def write(*words, suffix="html", tongue="en"):
        file = tmp_path / f"page.{suffix}"
        run = omsorg(*words, "--lang", tongue, "--output", str(file))
        assert run.returncode == 0, run.stderr
        return file.read_bytes()

    return write


@pytest.fixture
def table(tmp_path):
    """Three municipalities, of which the second would save most."""
    file = tmp_path / "all.csv"
    file.write_text("name;savings.population\nBærum;124008\nOslo;709000\nHole;6800\n", encoding="utf-8")
    return file


def _ranking(table):
    rows = ("--rows", str(table), "--top", "3", "--by", "savings_potential")
    return "sweep", "savings", "baerum2016", "--base", "asss", "--service", "total", *rows


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("tongue", ["en", "nb"])
def test_a_page_has_the_question_the_answer_and_what_made_it(written, name, tongue):
    page = written(*VERBS[name], tongue=tongue).decode()
    assert f'<html lang="{tongue}">' in page
    assert re.search(r"<header><p>[^<]+</p><h1>", page)
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "█" not in page
    assert re.search(r"<td><code>[0-9a-f]{64}</code></td>", page)


@pytest.mark.parametrize("name", ["simulate", "sensitivity", "solve", "compare"])
def test_the_answer_stands_before_the_picture_and_each_picture_says_what_it_shows(written, name):
    page = written(*VERBS[name]).decode()
    assert page.index('id="answer"') < page.index("<svg") < page.index("<footer>")
    assert page.count("<figcaption>") == page.count("<svg")
    assert "<figcaption></figcaption>" not in page
    assert "<title></title>" not in page


def test_a_sweep_of_the_headline_figures_draws_each(written):
    """Net saving, present value, payback year and break-even ratio, over three ratios: a line each."""
    page = written(*VERBS["line"]).decode()
    assert page.count("<svg") == 4


def test_a_ranking_is_a_page_of_the_rows(written, table):
    """With 939 kroner more per inhabitant than the comparator, the largest municipality would save most."""
    page = written(*_ranking(table)).decode()
    assert re.findall(r'<tr><th scope="row">(\d)</th><td>(\w+)', page) == [("1", "Oslo"), ("2", "Bærum"), ("3", "Hole")]
    assert page.count("<circle") == 3


def test_a_ranking_of_more_rows_than_anybody_reads_is_refused_as_a_page(omsorg, tmp_path):
    file = tmp_path / "many.csv"
    file.write_text(
        "name;savings.population\n" + "".join(f"M{at};{at + 1000}\n" for at in range(1_001)), encoding="utf-8"
    )
    rows = ("--rows", str(file), "--top", "1001", "--by", "savings_potential", "--output", str(tmp_path / "page.html"))
    run = omsorg("sweep", "savings", "baerum2016", "--base", "asss", "--service", "total", "--lang", "en", *rows)
    assert run.returncode == 2
    assert "shows up to 1000 rows, found 1001; a .csv has more" in run.stderr
    assert not (tmp_path / "page.html").exists()


def test_an_explanation_has_each_figure_down_to_the_place_in_the_document(written):
    """939 kroner per inhabitant, from paragraph 2 of section 3.1.2."""
    page = written("explain", "savings", "--base", "asss", "--service", "total", "--quote").decode()
    plain = re.sub("<[^>]*>", "", page)
    assert "= 939 NOK per inhabitant × 124 008 inhabitants = 116 443 512 NOK a year" in plain.replace("\u00a0", " ")
    assert "3.1.2, paragraph 2" in plain
    assert '<span lang="nb">' in page


def test_a_comparison_is_a_picture_too(written):
    """Total net saving, of both sides; the title says the difference."""
    drawn = written(*VERBS["compare"], suffix="svg").decode()
    assert "Total net saving: 4.6 million NOK (drammen2020)" in re.sub(r"</text><text[^>]*>", " ", drawn)
    assert drawn.count('<rect class="bar"') == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", VERBS)
def test_a_page_has_no_fault_that_axe_finds_on_a_telephone(written, opened, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe checks the pages")
    page = opened(written(*VERBS[name]), viewport={"width": 400, "height": 800})
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    assert [one["id"] for one in found.response["violations"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 400


@pytest.mark.slow
@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("name", ["explain", "simulate", "compare", "verify"])
def test_a_page_is_printed_where_a_pdf_is_asked_for(written, name):
    """Four figures are simulated, which no single picture shows: what is printed is the page."""
    assert written(*VERBS[name], suffix="pdf").startswith(b"%PDF")
