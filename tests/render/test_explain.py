"""What an explanation shows: name = formula = with the numbers = result unit, and where each input is from."""

import json
import re
from pathlib import Path

import pytest

from omsorg_cli.calculators import NAMES, load

MADE_UP = str(Path(__file__).parents[1] / "made_up.toml")


def _lines(done):
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_audits_figure_opens_down_to_its_places(omsorg):
    done = omsorg("explain", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential")
    *told, notice, rounded = _lines(done)
    assert rounded == "Numbers are shown rounded; they are calculated with every digit."
    assert notice.startswith("Footnote 12 says ")
    assert told == [
        (
            "need-adjusted saving (ASSS, all care) [savings_potential] = gap per inhabitant × population"
            " = 939 NOK per inhabitant × 124 008 inhabitants = 116 443 512 NOK a year"
        ),
        (
            "├─ gap per inhabitant (ASSS, all care) [savings.comparisons.asss/total.gap_per_inhabitant]"
            " = 939 NOK per inhabitant     Forvaltningsrevisjon: hjemmebaserte tjenester i Bærum kommune, 3.1.2, paragraph 2"
        ),
        (
            "└─ population [savings.population] = 124 008 inhabitants"
            "     Forvaltningsrevisjon: hjemmebaserte tjenester i Bærum kommune, fn. 15"
        ),
        "",
        *load("savings").caveats,
    ]


def test_a_sum_of_products_is_told_term_by_term(omsorg):
    told = omsorg(
        "explain", "insource", "drammen2020", "--figure", "present_value", "--depth", "0"
    ).stdout.splitlines()[0]
    # 1 / 1.04 = 0.961538, 1 / 1.04² = 0.924556 and 1 / 1.04³ = 0.888996; the savings are worked out beside the calculator
    terms = "583 333.33 NOK a year × 0.961538 + 2 000 000 NOK a year × 0.924556 + 2 000 000 NOK a year × 0.888996"
    assert told.startswith("present value [present_value] = sum(net saving × ")
    assert told.endswith(f") = {terms} = 4 188 002.58 NOK")


POTENTIAL = ("explain", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_words_of_the_documents_are_shown_on_request(omsorg, form):
    told = omsorg(*POTENTIAL, "--format", form, "--quote").stdout
    assert "i Bærum kommune, fn. 15 «På dette tidspunkt 124 008 innbyggere.»" in told
    assert "«" not in omsorg(*POTENTIAL, "--format", form).stdout


def test_json_has_the_words_of_the_documents_always(omsorg):
    words = "På dette tidspunkt 124 008 innbyggere."
    nodes = json.loads(omsorg(*POTENTIAL, "--format", "json").stdout)["nodes"]
    assert {node["id"]: node["quote"] for node in nodes if "quote" in node}["savings.population"] == words
    inputs = json.loads(omsorg("savings", "--base", "asss", "--format", "json").stdout)["inputs"]
    assert {one["input"]: one.get("quote") for one in inputs}["savings.population"] == words


def test_an_assumption_is_told_with_its_reason_and_a_default_as_one(omsorg):
    text = omsorg(
        "explain", "insource", "drammen2020", "--figure", "own_cost", "--programme", "P06", "--year", "2021"
    ).stdout
    assert re.search(r"P06\.own_cost_ratio\] = 0\.9 +assumption: \w+", text)
    assert re.search(r"P06\.occupancy\] = 100% +default: the scenario does not state it", text)


def test_what_is_used_twice_is_told_once(omsorg):
    text = omsorg("explain", "savings", "--base", "asss", "--service", "home", "--figure", "gap_per_inhabitant").stdout
    lines = [line for line in text.splitlines() if "(Drammen, home services) [own_per_inhabitant] = " in line]
    assert len(lines) == 1
    assert "(ASSS, home services) [own_per_inhabitant] = 9 214.12 NOK per inhabitant (see above)" in text


def test_without_a_figure_the_headline_figures_are_opened(omsorg):
    text = omsorg("explain", "insource", "--depth", "0").stdout
    heads = [line.split(" = ")[0].partition("[")[2].rstrip("]") for line in text.splitlines() if " = " in line]
    assert heads == ["total_net_saving", "present_value", "payback_year", "break_even_own_cost_ratio"]


def test_without_a_figure_two_steps_down_are_shown_and_how_to_go_on(omsorg):
    done = omsorg("explain", "insource")
    trees = [line for line in done.stdout.splitlines() if " = " in line]
    assert max(re.match("[│├└─ ]*", line)[0].count("  ") for line in trees) <= 2
    assert done.stdout.endswith("All steps of a figure: omsorg explain insource --figure total_net_saving\n")
    assert "Answer 2 says" not in done.stdout
    assert "8 points to note: omsorg insource --full" in done.stderr


def test_json_has_each_step_as_a_node_with_what_it_uses(omsorg):
    done = omsorg("explain", "wage-gap", "--base", "asss", "--figure", "remaining_potential", "--format", "json")
    data = json.loads(done.stdout)
    nodes = {node["id"]: node for node in data["nodes"]}
    assert data["format"] == "omsorg.explanation/1"
    root = nodes[data["figures"][0]]
    assert root["uses"] == [
        "savings.savings_potential[base=asss,service=total]",
        "wage_gap.comparisons.asss/2016.effect",
    ]
    assert root["value"] == pytest.approx(34_443_512)
    assert nodes["savings.population"]["source"] == "baerum2017, fn. 15"
    assert all(use in nodes for node in nodes.values() for use in node["uses"])
    assert not any(node["cut"] for node in nodes.values())


@pytest.mark.parametrize(
    ("words", "is_root_cut", "is_any_cut"),
    [
        ((), False, False),
        (("--figure", "net_saving", "--programme", "P06", "--year", "2021", "--depth", "0"), True, True),
        (("--figure", "present_value", "--depth", "1"), False, True),
    ],
    ids=["all", "a figure alone", "one step down"],
)
def test_a_node_of_json_stands_once_and_is_cut_where_what_it_uses_is_deeper(omsorg, words, is_root_cut, is_any_cut):
    data = json.loads(omsorg("explain", "insource", "drammen2020", *words, "--format", "json").stdout)
    nodes = {node["id"]: node for node in data["nodes"]}
    assert len(nodes) == len(data["nodes"])
    cut = {name for name, node in nodes.items() if node["cut"]}
    assert (data["figures"][0] in cut, bool(cut)) == (is_root_cut, is_any_cut)
    assert all(node["cut"] != all(use in nodes for use in node["uses"]) for node in nodes.values())


def test_markdown_is_a_nested_list_and_mermaid_a_graph(omsorg):
    words = ("explain", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential")
    text = omsorg(*words, "--format", "markdown").stdout
    assert "\n- need-adjusted saving \\(ASSS, all care\\) \\[savings\\_potential\\]" in text
    assert "\n  - population \\[savings.population\\] = 124 008 inhabitants" in text
    graph = omsorg(*words, "--format", "mermaid").stdout.splitlines()
    assert graph[0] == "flowchart LR"
    assert sum(" --> " in line for line in graph) == 2


def test_the_file_decides_the_form(omsorg, tmp_path):
    path = tmp_path / "memo.md"
    assert omsorg("explain", "savings", "--output", str(path)).returncode == 0
    assert path.read_text(encoding="utf-8").startswith("# How the figures were calculated: Bærum 2016")
    assert omsorg("explain", "savings", "--output", str(path), "--format", "json").returncode == 2


def test_what_is_left_out_is_no_answer_and_says_what_it_lacks(omsorg):
    done = omsorg("explain", "insource", "--figure", "fte_needed")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the scenario does not give wage share of in-house cost [wage_share] or wage cost per FTE" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["savings", "--figure", "savings_potental"], 'Did you mean "savings_potential"?'),
        (["insource", "--figure", "net_saving", "--year", "2035"], "--year 2035 is not in the scenario"),
        (["saving"], 'Did you mean "savings"?'),
        (["savings", "--format", "svg"], "text, json, markdown, mermaid"),
        (["savings", "--output", "nowhere/x.json"], "cannot be written"),
        (["savings", "--output", "x.abc"], "names no format"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_what_cannot_be_opened_is_told(omsorg, words, told):
    done = omsorg("explain", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_table_tells_how_to_follow_a_figure(omsorg):
    assert "Where it comes from: omsorg explain savings · " in omsorg("savings").stdout
    assert "omsorg explain insource drammen2020+optimistic" in omsorg("insource", "drammen2020+optimistic").stdout


def test_a_formula_that_holds_for_an_input_alone_tells_that_input(omsorg):
    text = omsorg(
        "explain", "insource", "drammen2020", "--figure", "startup_cost", "--programme", "P06", "--year", "2020"
    ).stdout
    assert "[startup_cost] = 0 NOK a year     " in text
    assert "[insource.purchases.P06.startup_cost] = 0 NOK     default: the scenario does not state it" in text


def test_inputs_are_named_as_the_scenario_names_them(omsorg):
    words = (
        "explain",
        "insource",
        "drammen2020",
        "--figure",
        "purchase_avoided",
        "--programme",
        "P06",
        "--year",
        "2020",
    )
    assert " = 100% × phased in(July 2020, 6 months, 2020) = 29.1667%" in omsorg(*words).stdout
    assert "[insource.purchases.P06.phases.0.from] = July 2020" in omsorg(*words).stdout


def test_what_is_taken_from_another_row_names_that_row(omsorg):
    text = omsorg("explain", "savings", "--base", "asss", "--service", "home", "--figure", "own_per_inhabitant").stdout
    first = text.splitlines()[0]
    assert re.fullmatch(
        r"(.+) \(ASSS, home services\) \[own_per_inhabitant\] = \1 \(Drammen, home services\) = 9 214.12 NOK per inhabitant",
        first,
    )


@pytest.mark.parametrize("format_", ["text", "markdown", "mermaid", "json"])
def test_caveats_go_with_an_explanation_too(omsorg, format_):
    assert "compares the municipality with others" in omsorg("explain", "savings", "--format", format_).stdout


@pytest.mark.walk
@pytest.mark.parametrize("name", NAMES)
def test_each_root_of_an_explanation_is_one_of_its_nodes(omsorg, name):
    result = omsorg(name, MADE_UP, "--format", "json")
    for figure in dict.fromkeys(one["figure"] for one in json.loads(result.stdout)["figures"]):
        found = json.loads(omsorg("explain", name, MADE_UP, "--figure", figure, "--format", "json").stdout)
        assert set(found["figures"]) <= {node["id"] for node in found["nodes"]}, figure
