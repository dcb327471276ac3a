"""The page of a verb: the question, the answer, the picture, the rest, and what made it."""

import re
from html import unescape
from pathlib import Path
from shlex import split

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


CHANGED = ("--set", f"{RATIO}=0.8")
ASKED = {
    "explain": (
        *VERBS["explain"][:1],
        "insource",
        "drammen2020",
        *CHANGED,
        "--figure",
        "present_value",
        "--depth",
        "1",
    ),
    "simulate": ("simulate", "insource", "drammen2020", *CHANGED, "--figure", "present_value", "--draws", "500"),
    "sensitivity": ("sensitivity", "insource", "drammen2020", *CHANGED, "--figure", "present_value"),
    "solve": (*VERBS["solve"], *CHANGED),
    "sweep": (*VERBS["line"], "--set", "insource.discount_rate=0.05"),
}


def _words(page):
    """The page as it is read, without pictures."""
    return unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<(svg|style)\b.*?</\1>", "", page, flags=re.DOTALL)))


@pytest.mark.parametrize("name", ASKED)
def test_a_page_says_what_was_changed_and_the_command_that_asks_the_same(written, omsorg, tmp_path, name):
    page = written(*ASKED[name]).decode()
    table = re.search(r"<h2>Changed from the scenario</h2>.*?</table>", page)
    assert table is not None
    row = " ".join(_words(table[0]).split())
    assert ("discount rate 4% 5%" if name == "sweep" else "(Institutions and home services) 90% 80%") in row
    assert page.index("<h2>") == table.start()
    command = re.search(r'<th scope="row">command</th><td><code>(.*?)</code>', page)
    assert command is not None
    program, *words = split(unescape(command[1]))
    assert program == "omsorg"
    assert written(*words).decode() == page


@pytest.mark.parametrize("name", ["explain", "simulate", "sensitivity", "solve", "line"])
def test_a_page_names_the_variant_of_its_scenario(written, name):
    words = [*VERBS[name][:1], "insource", "drammen2020+optimistic", *VERBS[name][2:]]
    page = written(*(one for one in words if one not in ("--base", "asss"))).decode()
    assert "Drammen 2020: bring purchased care in-house (drammen2020+optimistic)" in page
    assert "command</th><td><code>omsorg" in page


@pytest.mark.parametrize("name", ["explain", "simulate", "sensitivity", "solve"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_text_says_in_a_line_what_was_changed(omsorg, name, form):
    form = "table" if form == "text" and name != "explain" else form
    told = omsorg(*ASKED[name], "--with", "p07_as_joint_housing", "--lang", "en", "--format", form).stdout
    told = told.replace("\\", "")
    assert told.count("Variant of the scenario: drammen2020+p07_as_joint_housing.") == 1
    assert told.count("Changed from the scenario: ") == 1
    assert f"from 90% to 80% [{RATIO}]" in told


def test_on_paper_nothing_is_to_be_typed(written):
    """One figure more is simulated than is shown, and five inputs more matter: an option is of no use on a page."""
    for words in (VERBS["simulate"], VERBS["sensitivity"]):
        footless = written(*words).decode().partition("<footer>")[0]
        assert " more " in _words(footless)
        assert "--" not in _words(footless)


def test_each_histogram_has_its_unit_and_its_numbers(written):
    """Total net saving and present value come first, in the scale that their axes have."""
    page = written("simulate", "insource", "--draws", "500").decode()
    captions = re.findall("<figcaption>(.*?)</figcaption>", page)
    assert captions[:2] == ["Total net saving (million NOK)", "Present value (million NOK)"]
    assert page.count("<summary>Data for the chart</summary>") == page.count("<svg") == len(captions)
    first = re.search(r"Data for the chart</summary>.*?</table>", page)
    assert first is not None
    shares = [float(one) for one in re.findall(r"([\d.]+)%</td></tr>", first[0])]
    assert sum(shares) == pytest.approx(100, abs=1)


def test_a_solution_is_said_in_few_digits_and_its_line_has_its_numbers(written, omsorg):
    words = (*VERBS["solve"], *CHANGED, "--set", "insource.purchases.P07.own_cost_ratio=0.8")
    exact = float(omsorg(*words, "--format", "csv").stdout.splitlines()[1].split(",")[1])
    page = written(*words).decode()
    told = re.search(r"at ([\d.]+)%\.</p>", page)
    assert told is not None
    assert len(told[1].replace(".", "")) <= 5 < len(str(exact))
    assert float(told[1]) == pytest.approx(exact * 100, rel=1e-4)
    data = page.partition("<summary>Data for the chart</summary>")[2].partition("</table>")[0]
    assert f'<th scope="row">{told[1]}%</th><td class="right">no change</td>' in data
    assert data.count("<tr>") > 10


def test_a_sweep_says_where_the_figure_is_lowest_and_where_highest(written):
    """Own provision costs least at the lowest ratio, and what it saves later is worth most at the lowest rate."""
    page = written(*VERBS["heat"], "--figure", "present_value").decode()
    answer = re.search(r'<section id="answer".*?</section>', page)
    assert answer is not None
    said = _words(answer[0])
    assert "from 80% to 90% and discount rate from 2% to 4%: lowest at 90% and 4%, a saving of " in said
    assert "; highest at 80% and 2%, a saving of " in said
    caption = re.search("<figcaption>(.*?)</figcaption>", page)
    assert caption is not None
    assert caption[1].endswith("and discount rate (million NOK)")


def test_a_unit_in_capitals_keeps_them_in_a_caption(written):
    asked = ("--base", "asss", "--service", "total", "--grid", "savings.population=100000,200000")
    page = written("sweep", "savings", *asked, "--figure", "fte_equivalent", "--figure", "gap_per_inhabitant").decode()
    units = re.findall(r"as population changes \(([^<]*)\)</figcaption>", page)
    assert units == ["FTE", "NOK per inhabitant"]


def test_a_comparison_is_a_picture_too(written):
    """Total net saving, of both sides; the title says the difference."""
    drawn = written(*VERBS["compare"], suffix="svg").decode()
    assert "Total net saving: 4.6 million NOK (Drammen 2020)" in re.sub(r"</text><text[^>]*>", " ", drawn)
    assert drawn.count('<rect class="bar"') == 2


def test_a_page_of_a_comparison_records_every_scenario(written, tmp_path):
    """What is changed in the first side alone is no change of the whole page."""
    own = tmp_path / "own.toml"
    shipped = Path(__file__).parents[3] / "scenarios" / "drammen2020.toml"
    own.write_text(shipped.read_text("utf-8") + "\n# My own.\n", "utf-8")
    page = written("compare", "insource", "drammen2020+optimistic", str(own), "--figure", "present_value").decode()
    assert page.count("sha256 of the scenario") == 2
    assert "Changed from the scenario" not in page


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
