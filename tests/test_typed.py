"""What somebody types, from a scenario to the answer: nothing is misread, and what looks mistyped is said."""

import json
import re
import shlex

import pytest

from omsorg_cli.calculators import NAMES, load
from omsorg_cli.core.calculator import rows
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.inputs import kinds
from omsorg_cli.core.plausibility import likely, unusual
from omsorg_cli.core.quantities import MEASURED
from omsorg_cli.core.units import ROWS_UNIT
from omsorg_cli.scenario.read import shipped

HEAD = 'title = "T"\nmunicipality = "M"\nyear = 2024\n'
SAVINGS = """
[savings]
population = {population}
need_index = {need_index}
[[savings.comparisons]]
base = "x"
gap_per_inhabitant = {gap}
"""
ORDINARY = {"population": "50_000", "need_index": "0.93", "gap": "900"}


def scenario(**typed):
    return HEAD + SAVINGS.format_map(ORDINARY | typed)


REFUSED = {
    "people in thousands with a point": ({"population": "124.008"}, 'Did you mean "124 008"?'),
    "people in thousands whose zeros TOML drops": ({"population": "130.000"}, 'Did you mean "130 000"?'),
    "people in thousands as text": ({"population": '"84.276"'}, 'Did you mean "84 276"?'),
    "text with a point before three digits": ({"gap": '"27.759"'}, 'write "27 759" or "27.7590"'),
    "text with a comma before three digits": ({"gap": '"1,234"'}, 'write "1 234" or "1.2340"'),
    "a need index in per cent": ({"need_index": "93.2"}, 'Did you mean "0.932"?'),
    "kroner for people": ({"population": '"20 MNOK"'}, "such as 50_000"),
    "a decimal comma without quotes": ({"need_index": "0,93"}, 'a decimal is written 0.93, or as text "0,93"'),
    "thousands set apart without quotes": ({"population": "50 000"}, 'thousands are written 50_000, or as text "50 000"'),
    "per cent without quotes": ({"need_index": "93 %"}, 'a number with a unit is text: "93 %"'),
    "a comma before three digits without quotes": ({"gap": "1,234"}, "write 1_234 or 1.234"),
    "a code without quotes": ({"gap": "0301"}, 'text: "0301"'),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_be_misread_is_refused_with_what_was_probably_meant(omsorg, typed, told):
    done = omsorg("savings", "-", text=scenario(**typed))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


# the potential is 900 NOK × the inhabitants, worked out by hand
READ = {
    "people with a space": ({"population": '"124 008"'}, 111_607_200),
    "people with a no-break space": ({"population": '"124\u00a0008"'}, 111_607_200),
    "people with points for millions": ({"population": '"1.240.080"'}, 1_116_072_000),
    "people in words": ({"population": '"50 000 innbyggere"'}, 45_000_000),
    "kroner per inhabitant": ({"gap": '"kr 1 100,50 per innbygger"'}, 55_025_000),
    "kroner": ({"gap": '"1100,50 kr"'}, 55_025_000),
    "a fraction": ({"gap": '"4600/2"'}, 115_000_000),
    "a true minus": ({"gap": '"−900"'}, -45_000_000),
}


@pytest.mark.parametrize(("typed", "potential"), READ.values(), ids=READ.keys())
def test_numbers_as_people_write_them_are_read(omsorg, typed, potential):
    assert float(omsorg("savings", "-", "--value", "savings_potential", text=scenario(**typed)).stdout) == potential


# 785 NOK an FTE is 785 000 typed in thousands; the others are per cent as whole numbers
UNUSUAL = {
    "a rate in per cent": (["insource", "drammen2020", "--set", "insource.discount_rate=4"], "insource.discount_rate: 400% a year", "did you mean 4% a year?"),
    "a growth of prices in per cent": (["insource", "drammen2020", "--set", "insource.purchased_price_growth=3"], "insource.purchased_price_growth: 300% a year", "did you mean 3% a year?"),
    "interest in per cent": (["invest", "gardermoen", "--set", "invest.interest_rate=4"], "invest.interest_rate: 400% a year", "did you mean 4% a year?"),
    "a ratio in per cent": (["insource", "drammen2020", "--set", "insource.purchases.P06.own_cost_ratio=75"], "insource.purchases.P06.own_cost_ratio: 75", "did you mean 0.75?"),
    "a growth in per cent": (["growth", "gardermoen", "--set", "growth.demands.dementia_by_200.increase_by=200"], "increase_by: 20 000%", "did you mean 200%?"),
    "wages in thousands": (["savings", "--set", "savings.wage_per_fte=785"], "wage_per_fte: 785 NOK per FTE", "did you mean 785 000 NOK per FTE?"),
    "a level in thousands": (["savings", "--set", "savings.comparisons.kristiansand/total.gap_per_inhabitant=0.939"], "gap_per_inhabitant: 0.939 NOK per inhabitant", "did you mean 939 NOK per inhabitant?"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("words", "what", "meant"), UNUSUAL.values(), ids=UNUSUAL.keys())
def test_what_is_far_from_usual_is_said_once_in_every_format(omsorg, words, what, meant, tmp_path):
    told = json.loads(omsorg(*words, "--format", "json").stdout)["warnings"]
    fitting = [one for one in told if what in one and meant in one]
    assert len(fitting) == 1
    assert re.search(r"\(.* to .*\)", fitting[0]), "the usual bounds are told"
    for format_ in ("table", "markdown"):
        text = omsorg(*words, "--format", format_).stdout.replace("\\", "")
        assert text.count(what) == 1
        assert meant in text
    assert omsorg(*words, "--format", "csv").stderr.count(what) == 1
    path = tmp_path / "book.xlsx"
    assert omsorg(*words, "--output", str(path)).returncode == 0
    import openpyxl

    cells = [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert any(meant in str(value) for value in cells)


def test_strict_fails_on_what_is_far_from_usual(omsorg):
    text = (
        scenario()
        .replace("900", '{ value = 900, assumption = "chosen" }')
        .replace("50_000", '{ value = 50_000, assumption = "chosen" }')
    )
    usual = text.replace("need_index = 0.93", 'need_index = { value = 0.93, assumption = "chosen" }')
    far = text.replace("need_index = 0.93", 'need_index = { value = 5, assumption = "chosen" }')
    assert omsorg("check", "-", "--strict", text=usual).returncode == 0
    done = omsorg("check", "-", "--strict", text=far)
    assert (done.returncode, "unusual: savings.need_index: 5 is far above the usual range" in done.stdout) == (1, True)
    assert omsorg("check", "-", text=far).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_no_shipped_scenario_is_far_from_usual(omsorg, name):
    assert "unusual" not in omsorg("check", name).stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_every_calculator_has_what_is_usual_within_what_is_allowed(name):
    for _, model in rows(load(name).inputs):
        for field, one in kinds(model).items():
            for kind in MEASURED.values() if one.unit == ROWS_UNIT else (one,):
                if kind.form not in ("number", "count"):
                    continue
                assert kind.usual is not None, field
                low, high = kind.usual
                assert low < high, field
                assert kind.low <= low or kind.low < 0, field
                assert high <= kind.high, field
                assert kind.example == 0 or low <= abs(kind.example) <= high, field
                assert not unusual(kind, kind.example), field


def test_the_likely_meaning_is_the_slip_that_leads_to_what_is_usual():
    rate, wage = Kind("rate/year", low=-1, usual=(0, 0.15)), Kind("NOK/FTE", low=0, usual=(300_000, 1_800_000))
    assert (likely(rate, 4), likely(rate, 40), likely(wage, 785), likely(wage, 0.785)) == (0.04, 0.04, 785_000, 785_000)
    assert likely(wage, 5) is None


def test_zero_is_no_slip_and_a_size_counts_on_either_side():
    kind = Kind("NOK/inhabitant", usual=(1, 50_000))
    assert not unusual(kind, 0)
    assert not unusual(kind, -1)
    assert "−60 000 NOK per inhabitant is far beyond" in unusual(kind, -60_000)


IMPOSSIBLE = (
    HEAD
    + """
[savings]
population = 1000
[[savings.comparisons]]
base = "a"
own_per_inhabitant = 20_000
base_per_inhabitant = 19_000
[[savings.comparisons]]
base = "b"
own_from = "a"
gap_per_inhabitant = 30_000
"""
)


def test_two_values_that_give_an_impossible_third_are_refused(omsorg):
    done = omsorg("savings", "-", text=IMPOSSIBLE)  # 20 000 − 30 000 is a level below zero
    assert (done.returncode, done.stdout) == (2, "")
    assert "comparator's spending per inhabitant (B, all care) would be −10 000 NOK per inhabitant" in done.stderr
    assert "over 0" in done.stderr
    assert omsorg("check", "-", text=IMPOSSIBLE).returncode == 2


DOUBTFUL = (
    HEAD
    + """
[savings]
population = 1245
need_index = 1.6
[[savings.comparisons]]
base = "x"
own_per_inhabitant = 27_000
base_per_inhabitant = 17_000
"""
)


def test_a_default_that_decides_the_answer_is_told_with_the_other_answer(omsorg):
    # adjusted: (27 000 − 17 000) × 1 245 = 12 450 000; raw: (27 000 / 1.6 − 17 000) × 1 245 = −155 625
    data = json.loads(omsorg("savings", "-", "--format", "json", text=DOUBTFUL).stdout)
    assert {"input": "savings.comparisons.x/total.levels", "value": "adjusted"} in data["defaults"]
    (warning,) = data["warnings"]
    assert (
        "Otherwise: X, all care: need-adjusted saving costs 155 625 NOK a year more (now: saves 12 450 000 NOK a year)"
        in warning
    )
    assert "155 625" in omsorg("savings", "-", text=DOUBTFUL).stdout
    full = omsorg("savings", "-", "--full", text=DOUBTFUL).stdout
    assert "adjusted or unadjusted levels: need-adjusted" in full


@pytest.mark.parametrize("levels", ['"adjusted"', '"raw"\nbase_need_index = 1'])
def test_who_states_the_levels_is_not_asked(omsorg, levels):
    data = json.loads(omsorg("savings", "-", "--format", "json", text=f"{DOUBTFUL}levels = {levels}\n").stdout)
    assert data["warnings"] == []
    assert [one["input"] for one in data["defaults"] if "levels" in one["input"]] == []


def test_the_headline_names_its_kroner_and_the_accounts_stand_beside_it_without_wages(omsorg):
    text = omsorg("savings", "-", text=scenario()).stdout
    assert "Spending as X does on all care would save 45.0 million NOK a year, need-adjusted." in text
    heading, row = (re.split(r" {2,}", line.strip()) for line in text.splitlines()[5:7])
    assert dict(zip(heading, row, strict=True)) == {
        "million NOK a year": "all care",
        "gap per inhabitant": "900 NOK above",
        "saving, need-adjusted": "45.0",
        "in the accounts": "41.9",  # × 0.93 = 41 850 000
    }


ROUNDED = {
    "a third each, in per cent": (('"33,33 %"', '"33,33 %"', '"33,33 %"'), 0),
    "a third and two rounded ones": (('"1/3"', "0.3333", "0.3334"), 0),
    "more than a whole": (("0.7", "0.4", "0"), 2),
    "more than a whole by more than the rounding": (('"33,4 %"', '"33,4 %"', '"33,4 %"'), 2),
}
CATEGORIES = (
    HEAD
    + """
[insource]
first_year = 2024
years = 1
discount_rate = 0.04
[[insource.purchases]]
programme = "P1"
annual_cost = 30_000_000
repatriable_share = 0.5
own_cost_ratio = 0.9
phases = [{{ share = 1, from = "2024-01" }}]
categories = [
  {{ category = "a", share_of_cost = {} }},
  {{ category = "b", share_of_cost = {} }},
  {{ category = "c", share_of_cost = {} }},
]
"""
)


@pytest.mark.parametrize(("shares", "code"), ROUNDED.values(), ids=ROUNDED.keys())
def test_shares_may_miss_the_whole_by_their_own_rounding_and_it_is_said(omsorg, shares, code):
    done = omsorg("insource", "-", "--format", "json", text=CATEGORIES.format(*shares))
    assert done.returncode == code
    if code == 0:
        (warning,) = json.loads(done.stdout)["warnings"]
        assert warning.startswith("insource.purchases.P1.categories: categories whose shares of the cost add up to ")
        assert warning.endswith("%: a whole within their rounding.")
    else:
        assert "add up to" in done.stderr


TWICE = {
    "an empty argument": (["savings", ""], "is empty"),
    "an empty option": (["savings", "--set", ""], "is empty"),
    "an empty option with its sign": (["savings", "--base="], "--base= is empty"),
    "an empty file": (["savings", "--output", ""], "is empty"),
    "a figure asked for twice": (["savings", "--value", "gap_share", "--value", "savings_potential"], "--value is given 2 times"),
    "two formats": (["savings", "--format", "json", "--format", "csv"], "--format is given 2 times"),
    "two targets": (["solve", "savings", "--target", "1", "--target=2"], "--target is given 2 times"),
    "two grids of one input": (["sweep", "savings", "--grid", "savings.need_index=0.9", "--grid", "savings.need_index=1"], "varies savings.need_index, as --grid savings.need_index does; allowed: once"),
    "two grids, one of them of every item": (["sweep", "insource", "--grid", "insource.purchases.P06.own_cost_ratio=1", "--grid", "insource.purchases.own_cost_ratio=0.9"], "varies insource.purchases.P06.own_cost_ratio, as --grid insource.purchases.P06.own_cost_ratio does; allowed: once"),
    "a decimal comma in a grid": (["sweep", "savings", "--grid", "savings.need_index=0,04"], "which can be read in several ways: 0 and 04 | 0.04"),
    "a decimal comma before a unit": (["sweep", "insource", "--grid", "insource.discount_rate=0,5 %"], 'write "0; 5 %" | "0.5 %"'),
    "a decimal comma before a scale": (["sweep", "insource", "--grid", "insource.purchases.P06.annual_cost=1,5 mill. kr"], "| 1.5 mill. kr"),
    "a decimal comma below zero": (["sweep", "savings", "--grid", "savings.comparisons.asss/total.gap_per_inhabitant=-1,2"], 'write "-1; 2" | "-1.2"'),
    "thousands by a comma": (["sweep", "savings", "--grid", "savings.population=224,208"], 'write "224; 208" | "224208"'),
    "one reading only is one value": (["sweep", "savings", "--grid", "savings.need_index=0,932"], 'write "0.932"'),
    "a cost that nobody knows in a grid": (["sweep", "insource", "--grid", "insource.purchases.P06.investment=0,unknown"], 'found "unknown"; allowed in a grid'),
    "a range with decimal commas": (["insource", "--set", "insource.purchases.P06.own_cost_ratio.range=[0,75, 1,05]"], "allowed: [LOW, HIGH], each a number (ratio)"),
    "a range with a point before three digits": (["savings", "--set", "savings.comparisons.asss/total.gap_per_inhabitant.range=[700.123, 950.456]"], "exactly three digits"),
    "two decimals or four values": (["sweep", "savings", "--grid", "savings.need_index=0,9,0,95"], 'which can be read in several ways: 0 and 9 and 0 and 95 | 0.9 and 0.95; write "0.9; 0.95"'),
    "a scenario of another calculator": (["savings", "drammen2020"], "The scenario can be used with: unit-cost, insource."),
    "an input without its table": (["savings", "--set", "population=1"], 'Did you mean "savings.population"'),
    "an input without its table and list": (["insource", "--set", "own_cost_ratio=1"], 'Did you mean "insource.purchases.own_cost_ratio"?'),
}  # fmt: skip


@pytest.mark.parametrize(("words", "told"), TWICE.values(), ids=TWICE.keys())
def test_what_cannot_be_meant_is_told(omsorg, words, told):
    done = omsorg(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


MEANING = {
    "the later of two changes counts": (["--set", "savings.population=100_000", "--set", "savings.population=200_000"], "187800000"),
    "a key twice is once": (["--base", "asss", "--base", "asss"], "116443512"),
    "keys add up": (["--base", "asss", "--base", "ASSS"], "116443512"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "value"), MEANING.values(), ids=MEANING.keys())
def test_what_may_be_given_twice_has_a_meaning(omsorg, words, value):
    asked = ["--base", "asss"] if "--base" not in words else []
    done = omsorg("savings", *asked, "--service", "total", "--value", "savings_potential", *words)
    assert done.stdout == f"{value}\n"  # 939 × 200 000; 939 × 124 008


def test_semicolons_set_decimals_apart_in_a_grid(omsorg):
    words = ["sweep", "savings", "--base", "asss", "--service", "total", "--figure", "savings_potential_actual"]
    done = omsorg(*words, "--grid", "savings.need_index=0,9;1")
    assert done.stdout.splitlines()[1:] == ["0.9,104799160.8", "1,116443512"]  # 116 443 512 × 0.9


SOLVED = {
    "money": (["insource", "drammen2020", "--input", "insource.purchases.P06.startup_cost", "--figure", "present_value"], "insource", "present_value"),
    "a ratio": (["insource", "drammen2020", "--input", "insource.purchases.P06.own_cost_ratio", "--figure", "present_value"], "insource", "present_value"),
    "a rate": (["insource", "drammen2020", "--input", "insource.discount_rate", "--figure", "present_value", "--target", "7,5 mill. kr"], "insource", "present_value"),
    "an amount per inhabitant": (["savings", "baerum2016", "--base", "asss", "--service", "total", "--input", "savings.comparisons.asss/total.gap_per_inhabitant", "--figure", "savings_potential", "--target", "100 MNOK"], "savings", "savings_potential"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "calculator", "figure"), SOLVED.values(), ids=SOLVED.keys())
def test_an_answer_put_back_gives_the_target_as_it_is_said(omsorg, words, calculator, figure):
    told = omsorg("solve", *words).stdout
    path = words[words.index("--input") + 1]
    answer = told.splitlines()[2].partition(f" [{path}] at ")[2].removesuffix(".")
    if "--set " in told:
        answer = shlex.split(told.partition("--set ")[2].splitlines()[0])[0].partition("=")[2]
    where = [
        word
        for word in words[2:]
        if words[words.index(word) - 1] in ("--base", "--service") or word in ("--base", "--service")
    ]
    value = float(omsorg(calculator, words[1], *where, "--set", f"{path}={answer}", "--value", figure).stdout)
    target = {"7,5 mill. kr": 7_500_000, "100 MNOK": 100_000_000}.get(words[-1], 0)
    assert abs(value - target) < 50_000 if target else abs(value) < 0.05
    if "inhabitant" in path:
        assert answer == "806 NOK per inhabitant"  # 100 000 000 / 124 008 = 806.4


def test_a_result_is_no_scenario(omsorg, tmp_path):
    path = tmp_path / "r.json"
    omsorg("savings", "--output", str(path))
    done = omsorg("savings", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "is a result, not a scenario. To check it: omsorg verify --result" in done.stderr


@pytest.mark.parametrize("key", ["østre_toten", "Bærum", "ås"])
def test_keys_have_the_letters_of_the_norwegian_alphabet(omsorg, key):
    text = scenario().replace('"x"', f'"{key}"')
    assert omsorg("savings", "-", "--base", key, "--value", "savings_potential", text=text).stdout == "45000000\n"


def test_a_letter_in_two_parts_is_the_letter(omsorg):
    apart = scenario().replace('"x"', '"A\u030as"')  # a file from a system that stores å as a and a ring
    assert omsorg("savings", "-", "--base", "ås", "--value", "savings_potential", text=apart).stdout == "45000000\n"


def test_a_key_that_cannot_be_one_says_where_words_go(omsorg):
    done = omsorg("savings", "-", text=scenario().replace('"x"', '"Østre Toten kommune"'))
    assert 'label). Did you mean "østre_toten_kommune"?' in done.stderr


def test_a_code_keeps_its_zero(omsorg):
    text = scenario().replace('"x"', '"0301"')
    (record, *_) = json.loads(omsorg("savings", "-", "--format", "json", text=text).stdout)["figures"]
    assert record["base"] == "0301"
    done = omsorg("savings", "-", text=scenario().replace('"x"', "301"))
    assert "a code keeps its zero as text" in done.stderr


def test_what_is_stated_and_not_used_is_not_called_not_stated(omsorg, tmp_path):
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    invested = "lifetime = 20\ninterest_rate = 0.04\ninvestment = 1e6\nphases"
    text = CATEGORIES.format("0.2", "0.3", "0.5").replace("phases", invested)
    one.write_text(text, encoding="utf-8")
    # nothing is invested, so that the lifetime is stated and not used
    other.write_text(text.replace("1e6", "0").replace("lifetime = 20", "lifetime = 30"), encoding="utf-8")
    done = omsorg("compare", "insource", str(one), str(other))
    (line,) = [line for line in done.stdout.splitlines() if "lifetime" in line and "20 years" in line]
    assert "30 years" in line
    assert "not used" in line
    assert "not stated" not in line


def test_a_cost_that_is_known_to_exist_leaves_out_what_rests_on_it(omsorg):
    text = CATEGORIES.format("0.2", "0.3", "0.5")
    known = omsorg("insource", "-", "--format", "json", text=text)
    assert "total_net_saving" in {one["figure"] for one in json.loads(known.stdout)["figures"]}
    unknown = text.replace("repatriable_share", 'investment = "unknown"\nrepatriable_share')
    data = json.loads(omsorg("insource", "-", "--format", "json", text=unknown).stdout)
    assert "total_net_saving" not in {one["figure"] for one in data["figures"]}
    (told,) = [one for one in data["missing"] if one.startswith("Not calculated: investment paid")]
    assert told.endswith("(P1): the scenario does not give investment.")
    assert "purchase_avoided" in {one["figure"] for one in data["figures"]}


def test_a_share_of_a_range_is_read_as_any_number(omsorg):
    ranged = ["insource", "drammen2020", "--set", "insource.purchases.P06.own_cost_ratio.range=[0.8, 1]"]
    done = omsorg(*ranged, "--set", "insource.purchases.P06.own_cost_ratio.coverage=90 %", "--format", "json")
    inputs = {one["input"]: one for one in json.loads(done.stdout)["inputs"]}
    assert inputs["insource.purchases.P06.own_cost_ratio"]["coverage"] == 0.9
    wrong = omsorg(*ranged, "--set", "insource.purchases.P06.own_cost_ratio.coverage=90 kr")
    assert "has the wrong unit; allowed: a number (share)" in wrong.stderr


BARE = {
    "hours": ("417.456", "hours", "did you mean 417 456 hours a year?"),
    "FTE": ("12.345", "fte", "did you mean 12 345 FTE?"),
}


@pytest.mark.parametrize(("typed", "name", "meant"), BARE.values(), ids=BARE.keys())
def test_a_bare_decimal_of_three_digits_is_taken_and_asked_about(omsorg, typed, name, meant):
    constants = "hours_per_fte = 1_695\nwage_per_fte = 800_000\n"
    text = f'{HEAD}[fte]\n{constants}[[fte.services]]\nservice = "s"\n{name} = {typed}\n'
    done = omsorg("fte", "-", "--format", "json", text=text)
    assert [one for one in json.loads(done.stdout)["warnings"] if meant in one]
    assert (
        json.loads(omsorg("fte", "-", "--format", "json", text=text.replace(typed, f"{typed}0")).stdout)["warnings"]
        == []
    )


def test_an_impossible_pair_is_refused_by_every_verb(omsorg):
    possible = IMPOSSIBLE.replace("30_000", "5_000")
    gap = "savings.comparisons.b/total.gap_per_inhabitant"
    asked = ["--base", "b", "--figure", "savings_potential"]
    assert omsorg("explain", "savings", "-", *asked, text=IMPOSSIBLE).returncode == 2
    assert omsorg("sweep", "savings", "-", *asked, "--grid", f"{gap}=10_000;30_000", text=possible).returncode == 2
    assert omsorg("sensitivity", "savings", "-", *asked, text=IMPOSSIBLE).returncode == 2
    solved = omsorg("solve", "savings", "-", *asked, "--input", gap, "--target", "32 MNOK", text=possible)
    told = f"{gap} would have to be 32 000 NOK per inhabitant, which the rest of the scenario rules out."
    assert (solved.returncode, told in solved.stderr) == (1, True)  # 32 000 NOK each


def test_a_whole_number_that_only_comes_close_says_what_it_gives(omsorg):
    words = ["solve", "savings", "-", "--input", "savings.population", "--figure", "savings_potential"]
    done = omsorg(*words, "--target", "1_000", text=scenario())
    assert (
        "comes closest to the target (1 000 NOK a year) with population [savings.population] at 1 inhabitant: 900 NOK a year."
        in done.stdout
    )
    assert "savings.population: 1 inhabitant is far below the usual range" in done.stderr


def test_the_figures_of_an_answer_are_no_float_noise(omsorg):
    text = scenario(gap="1000").replace("[[savings", "wage_per_fte = 800_000\n[[savings")
    done = omsorg(
        "solve",
        "savings",
        "-",
        "--input",
        "savings.wage_per_fte",
        "--figure",
        "fte_equivalent",
        "--target",
        "70 000",
        text=text,
    )
    assert re.search(r"at 71[34](\.\d{1,4})? NOK per FTE\.", done.stdout)  # 50 000 000 / 70 000 = 714.2857


LINES = {
    "under the head of a table": "population = 1.234.567",
    "thousands and decimals": "wage_per_fte = 785.000,50",
    "millions by commas": "population = 1,234,567",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_a_line_that_is_no_toml_is_answered_about_itself(omsorg, line):
    done = omsorg("savings", "-", text=f"{HEAD}[savings]\n{line}\n")
    assert f'a number with thousands set apart is text: "{line.split(" = ")[1]}"' in done.stderr


def test_the_head_of_a_table_is_no_list_of_words(omsorg):
    done = omsorg("savings", "-", text=f"{HEAD}[savings]\nwage per fte = 5\n")
    assert "words are text" not in done.stderr


def test_a_table_that_stands_twice_is_no_list_of_words(omsorg):
    done = omsorg("savings", "-", text=f"{HEAD}[savings]\npopulation = 5\n[savings]\npopulation = 6\n")
    assert "The table savings stands twice; one may hold both" in done.stderr
    assert "words are text" not in done.stderr
