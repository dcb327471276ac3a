"""What users type, and what they get: exit codes, streams, formats, filters, changes."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from omsorg_cli.calculators import NAMES

GOOD = """
title = "Home"
municipality = "Home"
year = 2016

[savings]
population = 1_000
need_index = 0.9
wage_per_fte = 500_000

[[savings.comparisons]]
base = "others"
gap_per_inhabitant = 500
"""


def _json(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _values(data, figure):
    return [one["value"] for one in data["figures"] if one["figure"] == figure]


def test_a_scenario_from_standard_input_as_toml_and_as_json_gives_the_same(process):
    import tomllib

    as_toml = _json(process("savings", "-", "--format", "json", text=GOOD))
    as_json = _json(process("savings", "-", "--format", "json", text=json.dumps(tomllib.loads(GOOD))))
    assert as_toml["figures"] == as_json["figures"]
    assert _values(as_toml, "savings_potential") == [500_000]
    assert _values(as_toml, "savings_potential_actual") == [450_000]
    assert _values(as_toml, "fte_equivalent") == [1]


def test_csv_has_the_columns_of_the_contract_and_the_same_figures_as_json(omsorg):
    data = _json(omsorg("insource", "drammen2020", "--format", "json"))
    text = omsorg("insource", "drammen2020", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == (
        [
            "calculator",
            "figure",
            "value",
            "unit",
            "programme",
            "category",
            "year",
            "direction",
            "assumptions",
            "caveats",
        ]
    )
    values = [one["value"] for one in data["figures"]]
    assert [float(row["value"]) for row in rows] == pytest.approx(values, rel=1e-14, abs=0)
    assert all(row["caveats"].startswith(" ".join(data["caveats"])) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize("name", ["savings", "wage-gap", "insource"])
def test_the_caveat_goes_with_the_figures_in_every_format(omsorg, name, format_):
    caveat = _json(omsorg(name, "--format", "json"))["caveats"][0]
    assert caveat in omsorg(name, "--format", format_).stdout


def test_results_alone_go_to_standard_output(omsorg):
    done = omsorg("insource", "--value", "present_value")
    assert len(done.stdout.splitlines()) == 1
    assert float(done.stdout) == pytest.approx(4_188_002.58, abs=0.01)
    assert "drammen2020" in done.stderr


def test_the_shipped_scenario_is_named_once(omsorg):
    assert omsorg("savings").stderr == ""
    assert omsorg("savings").stdout.startswith("Bærum 2016: ")
    assert omsorg("savings", "--format", "json").stderr == "omsorg: Uses the shipped scenario baerum2016.\n"


def test_filters_change_what_is_shown_and_not_what_is_computed(omsorg):
    every = _json(omsorg("insource", "drammen2020", "--format", "json"))["figures"]
    shown = _json(omsorg("insource", "drammen2020", "--programme", "p07", "--year", "2021", "--format", "json"))[
        "figures"
    ]
    assert shown == [one for one in every if one["programme"] == "P07" and one["year"] == 2021]
    assert shown


def test_a_filter_may_be_repeated(omsorg):
    data = _json(omsorg("savings", "--base", "asss", "--base", "drammen", "--format", "json"))
    assert {one["base"] for one in data["figures"]} == {"asss", "drammen"}


def test_the_environment_sets_the_format_and_the_suffix_wins_over_it(omsorg, tmp_path):
    assert omsorg("savings", OMSORG_FORMAT="csv").stdout.startswith("calculator,")
    omsorg("savings", "--output", str(tmp_path / "x.json"), OMSORG_FORMAT="csv")
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["format"] == "omsorg.result/1"


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(process):
    for format_ in ("json", "csv", "markdown", "table"):
        one, other = (process("insource", "--format", format_, PYTHONHASHSEED=seed) for seed in ("1", "2"))
        assert one.stdout
        assert one.stdout == other.stdout


def test_a_bare_conversion_prints_its_constants_and_runs_no_services(omsorg):
    done = omsorg("fte", "--hours", "417 456")
    # 417 456 / 1 695 hours for each FTE; times 785 606 NOK for each
    assert done.stdout.splitlines()[2] == "  417 456 hours a year is 246.3 FTE and costs 193 484 329 NOK a year."
    assert "1 695" in done.stdout
    assert "fn. 41" in done.stdout
    assert "Home nursing" not in done.stdout


@pytest.mark.parametrize(
    ("words", "figure", "expected"),
    [
        (["--fte", "246.3"], "hours", 246.3 * 1695),
        (["--cost", "193484000"], "fte", 193_484_000 / 785_606),
        (["--hours", "1695"], "cost_by_wage", 785_606),
    ],
    ids=["hours of FTE", "FTE of kroner", "kroner of one FTE"],
)
def test_a_bare_conversion_goes_each_way(omsorg, words, figure, expected):
    assert float(omsorg("fte", *words, "--value", figure).stdout) == pytest.approx(expected)


def test_set_replaces_the_whole_input_and_is_told(omsorg):
    data = _json(
        omsorg("insource", "drammen2020", "--set", "insource.purchases.P06.own_cost_ratio=0.8", "--format", "json")
    )
    changed = [{"input": "insource.purchases.P06.own_cost_ratio", "from": 0.9, "to": 0.8}]
    assert data["scenario"]["changed"] == changed
    reasons = {one["input"]: one["reason"] for one in data["assumptions"]}
    assert reasons["insource.purchases.P06.own_cost_ratio"] == "set by the user"


def test_a_published_figure_stays_under_set_and_the_run_says_so(omsorg):
    words = ["savings", "--base", "drammen", "--service", "total", "--format", "json"]
    data = _json(omsorg(*words, "--set", "savings.population=130000"))
    assert _values(data, "savings_potential") == [394_000_000]
    assert _values(data, "gap_per_inhabitant") == [pytest.approx(394_000_000 / 130_000)]
    said = "need-adjusted saving (Drammen (before 2020), all care), which stays as it is when population changes."
    assert any(said in text for text in data["warnings"])
    assert _json(omsorg(*words))["warnings"] == []


def test_value_of_a_figure_left_out_has_no_answer(omsorg):
    done = omsorg("insource", "drammen2020", "--value", "fte_needed")
    assert (done.returncode, done.stdout) == (1, "")
    assert "wage_share" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["savings", "--value", "savings_potental"], 'Did you mean "savings_potential"?'),
        (["savings", "--base", "ass"], 'Did you mean "asss"?'),
        (["savings", "--format", "jsn"], 'Did you mean "json"?'),
        (["savings", "--output", "x.json", "--format", "csv"], "the suffix says json"),
        (["savings", "--output", "x.abc"], "the suffix names no format; allowed: .json, .csv"),
        (["savings", "--value", "gap_share", "--format", "json"], "cannot be used together"),
        (["savings", "--value", "gap_share", "--output", "x.json"], "cannot be used together"),
        (["savings", "nowhere.toml"], "There is no file nowhere.toml"),
        (["verify", "--result", "x.json", "--format", "json"], "--format goes with published results"),
        (["savings", "baerum2061"], 'Did you mean "baerum2016"?'),
        (["savings", "."], "is a folder"),
        (["savings", "drammen2020"], "has no table [savings]"),
        (["savings", "--set", "savings.populaton=1"], 'Did you mean "population"?'),
        (["savings", "--set", "savings.population"], "PATH=VALUE"),
        (["savings", "--set", "savings.population=-1"], "over 0"),
        (["savings", "--set", "savings.population=nan"], "is not a number"),
        (["savings", "--set", "savings.comparisons.as.gap_share=0.1"], 'Did you mean "asss"?'),
        (["savings", "--with", "sunny"], "is not an overlay"),
        (["insource", "--with", "optimistc"], 'Did you mean "optimistic"?'),
        (["insource", "--set", "insource.years=0"], "at least 1"),
        (["insource", "--set", "insource.years=10000"], "at most 100"),
        (["insource", "--set", "insource.purchases.P07.own_cost_ratio=1,234"], "exactly three digits"),
        (["insource", "--set", "insource.purchases.P07.phases.0.from=2019-12"], "before first_year"),
        (["insource", "--set", "insource.purchases.P07.own_cost_ratio.range=[1,0.5]"], "the low end first"),
        (["fte", "--hours", "1", "--fte", "1"], "cannot be used together"),
        (["fte", "--hours", "inf"], "is not a number"),
        (["new", "saving"], 'Did you mean "savings"?'),
        (["schema", "--draft", "7"], "2020-12"),
        (["saving"], 'is not a command. Did you mean "savings"?'),
    ],
    ids=lambda part: " ".join(part)[:60] if isinstance(part, list) else None,
)
def test_wrong_words_are_told_in_one_message_and_nothing_is_written(omsorg, words, told, tmp_path):
    done = omsorg(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a binary file", b"\x7fELF\x02\x80", "is not text in UTF-8"),
        ("invalid TOML", b"title = ", "is not valid TOML"),
        ("invalid JSON", b'{"title": ', "is not valid JSON"),
        ("50 MB", b"#" * 50_000_000, "is larger than"),
        ("10 000 levels of lists", b"a = " + b"[" * 10_000 + b"]" * 10_000, "nested too deeply"),
        ("10 000 levels of JSON", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "nested too deeply"),
        ("10 000 levels of dotted keys", b".".join([b"a"] * 10_000) + b" = 1", "nested too deeply"),
        ("nothing", b"", "title is missing"),
        ("a key that stands twice", b'{"title": "a", "title": "b"}', 'the key "title" stands twice'),
        ("JSON that is no object", b"[1, 2]", "is not valid TOML"),
    ],
    ids=lambda part: part if isinstance(part, str) and "is " not in part and "nested" not in part else "",
)
def test_a_file_that_is_no_scenario_is_told(omsorg, tmp_path, name, content, told):
    del name
    path = tmp_path / "scenario.toml"
    path.write_bytes(content)
    done = omsorg("savings", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_terminal_escapes_and_markup_are_printed_harmlessly(omsorg):
    nasty = GOOD.replace('title = "Home"', 'title = "\\u001b[31m[bold]x[/bold]\\u202e"').replace(
        'base = "others"', 'base = "others"\nlabel = "=1+1|`x`"'
    )
    for format_ in ("table", "markdown", "csv"):
        done = omsorg("savings", "-", "--format", format_, text=nasty)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout
    labelled = nasty.replace("=1+1|`x`", "[bold]x[/bold]")  # a title is not said where a subject is
    assert "[bold]x[/bold]" in omsorg("savings", "-", text=labelled).stdout
    assert r"\|\`x\`" in omsorg("savings", "-", "--format", "markdown", text=nasty).stdout


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_what_a_terminal_cannot_show_is_replaced(omsorg, process, encoding):
    for words in (["savings"], ["verify"], ["insource", "--format", "csv"], ["--help"], ["savings", "--help"]):
        done = omsorg(*words, PYTHONIOENCODING=encoding)
        assert done.returncode == 0, done.stderr
        assert done.stdout
    for words in (["savings"], ["--help"]):
        alone, inside = (run(*words, PYTHONIOENCODING=encoding) for run in (process, omsorg))
        assert (alone.returncode, alone.stdout) == (0, inside.stdout), alone.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_scenario_is_utf_8_whatever_standard_output_is(process, tmp_path, encoding):
    """It is to be read again; other text says once that letters are lacking."""
    assert process("convert", "baerum2016", str(tmp_path / "a.toml")).returncode == 0
    with (tmp_path / "b.toml").open("wb") as file:
        words = [sys.executable, "-m", "omsorg_cli", "convert", "baerum2016"]
        subprocess.run(words, stdout=file, env={**os.environ, "PYTHONIOENCODING": encoding}, check=True)
    assert (tmp_path / "b.toml").read_bytes() == (tmp_path / "a.toml").read_bytes()


def test_letters_that_standard_output_lacks_are_told_once(omsorg):
    done = omsorg("savings", "--format", "csv", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stderr.count("which lacks letters of this") == 1
    assert "lacks letters" not in omsorg("savings", "--format", "csv").stderr


def test_a_name_that_is_too_long_is_blamed_and_not_standard_output(omsorg):
    done = omsorg("data", "list", OMSORG_STORE="a" * 300)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"omsorg: {'a' * 300} cannot be used: the name is too long.\n"


def test_a_terminal_is_as_wide_as_can_be_believed(monkeypatch):
    from omsorg_cli.cli import options

    monkeypatch.setenv("COLUMNS", "9" * 20)
    assert options._screen() == 1_000
    monkeypatch.setenv("COLUMNS", "1")
    assert options._screen() == 40


def test_there_is_no_colour_in_a_pipe_unless_it_is_forced(process):
    assert "\x1b" not in process("savings", TERM="xterm-256color").stdout
    assert "\x1b" not in process("savings", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b" in process("savings", FORCE_COLOR="1").stdout


def test_crlf_and_a_byte_order_mark_are_no_fault(omsorg, tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert omsorg("savings", str(path), "--value", "savings_potential").stdout == "500000\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_new_scenario_runs_and_explains_each_value(omsorg, name):
    text = omsorg("new", name).stdout
    assert omsorg(name, "-", text=text).returncode == 0
    assert "usual" not in omsorg(name, "-", text=text).stdout
    strict = omsorg("check", "-", "--strict", text=text)
    assert (strict.returncode, "to be replaced" in strict.stdout, "unusual" in strict.stdout) == (1, True, False)
    assert "examples still to be replaced" in strict.stdout
    explained = text.replace("an example, to be replaced", "chosen for this test")
    assert omsorg("check", "-", "--strict", text=explained).returncode == 0
    every = [line.removeprefix("# ") for line in text.splitlines()]
    assert all(" = " in line or not line or line[0] in "[ARSWT#" or line[0].isalpha() for line in every)


def test_new_replaces_no_file(omsorg, tmp_path):
    path = tmp_path / "mine.toml"
    assert omsorg("new", "fte", "--output", str(path)).returncode == 0
    before = path.read_text(encoding="utf-8")
    assert omsorg("new", "savings", "--output", str(path)).returncode == 2
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.slow
def test_check_tells_the_assumptions_and_strict_fails_on_what_nobody_explains(omsorg):
    assert omsorg("check", "baerum2016", "--strict").returncode == 0
    assert omsorg("check", "drammen2020", "--strict").returncode == 0
    told = omsorg("check", "drammen2020").stdout
    assert re.search(r"^assumption: [^\[\]]+ \[insource\.discount_rate\]: .", told, re.MULTILINE)
    loose = omsorg("check", "-", "--strict", text=GOOD)
    assert loose.returncode == 1
    assert "unexplained: population [savings.population]\n" in loose.stdout
    assert omsorg("check", "-", text=GOOD).returncode == 0


def test_strict_counts_the_values_whose_source_is_not_quoted(omsorg):
    sourced = 'title = "T"\nmunicipality = "M"\nyear = 2020\n[sources.a]\ntitle = "A"\n[fte]\n'
    sourced += 'hours_per_fte = { value = 1695, source = "a, p. 1" }\n'
    sourced += '[[fte.services]]\nservice = "s"\nhours = { value = 10, source = "a, p. 2", quote = "ti timer" }\n'
    told = "Values with a source whose words are not quoted: 1."
    assert told in omsorg("check", "-", "--strict", text=sourced).stdout
    assert told not in omsorg("check", "-", text=sourced).stdout


LISTED = r"(?:^| ) {2}([a-z-]+) {2,}(\S+(?: \S+)+)"
"""A command with what it answers, in the columns of the help of the program."""


def test_the_help_says_of_each_command_what_it_answers_in_a_whole_sentence(omsorg):
    listed = re.findall(LISTED, omsorg("--help", COLUMNS="80").stdout, re.MULTILINE)
    assert len(listed) > 30
    assert [one for one in listed if not one[1][0].isupper() or not one[1].endswith(".") or "..." in one[1]] == []


def test_list_names_the_shipped_scenarios(omsorg):
    entries = _json(omsorg("list", "--format", "json"))["scenarios"]
    assert {entry["name"]: entry["overlays"] for entry in entries} == {
        "baerum2016": ["within_buffer"],
        "drammen2017": ["each_year"],
        "drammen2020": ["optimistic", "p07_as_joint_housing", "own_respite", "without_farms"],
        "gardermoen": ["with_22", "with_day_places", "of_10_million", "shared_building"],
        "norway2016": ["more_recipients"],
        "survey2023": [],
    }


def test_the_version_is_the_packages(omsorg):
    from omsorg_cli import __version__

    assert omsorg("--version").stdout == f"omsorg {__version__}\n"
    assert _json(omsorg("savings", "--format", "json"))["version"] == __version__


CAPITAL = """
title = "T"
municipality = "M"
year = 2020
[insource]
first_year = 2020
years = 3
discount_rate = 0.04
[[insource.purchases]]
programme = "A"
annual_cost = 10_000_000
repatriable_share = 0.5
own_cost_ratio = 0.9
startup_cost = 1_000_000
phases = [{ share = 1, from = "2020-01" }]
"""


def test_a_cost_that_is_not_known_is_never_taken_for_nothing(omsorg):
    done = omsorg("insource", "-", "--format", "json", text=CAPITAL.replace("startup_cost", "investment"))
    data = _json(done)
    assert {"net_saving", "cumulative_saving", "present_value", "capital_cost"}.isdisjoint(
        one["figure"] for one in data["figures"]
    )
    assert any("net saving" in text and "lifetime" in text and "interest_rate" in text for text in data["missing"])
    assert sorted(_values(data, "own_cost")) == [4_500_000] * 6 + [13_500_000] * 2


def test_a_break_even_below_zero_is_said_in_words(omsorg):
    text = CAPITAL.replace("1_000_000", "50_000_000").replace("10_000_000", "10_000_000", 1)
    shown = omsorg("insource", "-", "--full", text=text).stdout
    assert "does not break even, even if in-house provision cost nothing" in shown
    assert "does not, even at no cost" in shown
    assert "−" not in shown
    assert "pays for itself" not in shown
    assert "what is saved within the horizon is not more than what is paid out" in shown


def test_small_amounts_are_shown_in_a_unit_in_which_they_can_be_read(omsorg):
    shown = omsorg("insource", "-", text=CAPITAL.replace("10_000_000", "4_000").replace("1_000_000", "0")).stdout
    assert "in thousand NOK" in shown
    assert "2.0" in shown


def test_check_looks_into_every_overlay_and_published_result(omsorg):
    overlays = CAPITAL + "[overlays.c.insource.purchases.B]\nown_cost_ratio = 1\n[overlays.d.insource]\nyeers = 3\n"
    done = omsorg("check", "-", text=overlays)
    assert done.returncode == 2
    assert "overlays.c.insource.purchases.B.own_cost_ratio" in done.stderr
    assert 'Did you mean "years"?' in done.stderr
    published = CAPITAL + "[[published]]\ncalculator = 'insource'\nfigure = 'present_valu'\nvalue = 1\nrounded_to = 1\n"
    done = omsorg("check", "-", text=published)
    assert done.returncode == 2
    assert "standard input:18: published.0.figure" in done.stderr


def test_json_in_a_file_of_that_name_is_read_as_json(omsorg, tmp_path):
    path = tmp_path / "list.json"
    path.write_text("[1, 2]", encoding="utf-8")
    assert "holds a list" in omsorg("savings", str(path)).stderr


@pytest.mark.parametrize(
    "words", [["savings", "--base", "\x1b[31m"], ["new", "\x1b[31m"], ["savings", "--\x1b[31m"], ["\x1b[31m"]]
)
def test_words_with_escapes_are_told_harmlessly(omsorg, words):
    done = omsorg(*words)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


def test_a_figure_that_does_not_apply_has_no_answer(omsorg):
    done = omsorg("savings", "--base", "drammen", "--value", "savings_potential_excluding_own")
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not apply" in done.stderr


def test_a_value_tells_what_is_missing_of_it_and_of_nothing_else(omsorg):
    assert "ot calculated" not in omsorg("insource", "drammen2020", "--value", "present_value").stderr
    assert (
        "nothing is brought in-house"
        in omsorg("insource", "drammen2020", "--value", "break_even_own_cost_ratio").stderr
    )


def test_long_horizons_stand_below_each_other(omsorg):
    shown = omsorg("insource", "drammen2020", "--set", "insource.years=30", "--full").stdout
    assert any(line.split()[:2] == ["2049", "33.0"] for line in shown.splitlines())


def test_categories_that_are_not_all_of_a_purchase_are_told(omsorg):
    path = "insource.purchases.P07/short_stay.share_of_cost"
    assert "do not add up to all purchases" in omsorg("insource", "drammen2020", "--set", f"{path}=0.5").stdout
    assert "do not add up to all purchases" not in omsorg("insource", "drammen2020").stdout


def test_the_title_names_municipality_and_horizon(omsorg):
    title = omsorg("insource", "drammen2020").stdout.splitlines()[0]
    assert title == "Drammen (merged 2020) 2020–2022: bringing purchased care in-house"


def test_a_value_is_the_one_over_all_unless_rows_are_asked_for(omsorg):
    words = ("insource", "drammen2020+p07_as_joint_housing", "--value", "saving_at_full_effect")
    # 10 % of 20 million and 30 % of 13 million
    assert omsorg(*words).stdout == "5900000\n"
    assert omsorg(*words, "--programme", "P07").stdout == "3900000\n"
    assert omsorg(*words, "--programme", "P06", "--programme", "P07").stdout == "2000000\n3900000\n"


def test_a_value_over_all_that_is_left_out_is_not_that_of_a_part(omsorg):
    done = omsorg(
        "insource",
        "-",
        "--value",
        "present_value",
        text=CAPITAL.replace("own_cost_ratio = 0.9", "")
        + """[[insource.purchases]]
programme = "B"
annual_cost = 10_000_000
repatriable_share = 0.5
own_cost_ratio = 0.9
phases = [{ share = 1, from = "2020-01" }]
""",
    )
    assert (done.returncode, done.stdout) == (1, "")


def test_cash_is_told_beside_the_budget_where_something_is_invested(omsorg):
    text = CAPITAL.replace("startup_cost = 1_000_000", "investment = 10_000_000\nlifetime = 40\ninterest_rate = 0")
    shown = omsorg("insource", "-", "--full", text=text).stdout
    # 0.5 million a year: 9.5, 9.0 and 8.5 million are out; 10 million come back in the twentieth year
    assert "cash flow to date   pays 9.5   pays 9.0   pays 8.5" in shown
    assert "It does not pay for itself within the period; with every phase in place it would from 2039" in shown
    assert "2039, 17 years after the period." in shown
    assert "Debt after three years: 9.3 million NOK." in shown  # 37 of 40 parts: 9.25
    assert "Cash flow" not in omsorg("insource", "-", text=CAPITAL).stdout


def test_why_there_is_no_payback_is_told(omsorg):
    done = omsorg(
        "insource", "drammen2020", "--set", "insource.purchases.own_cost_ratio=1.5", "--value", "payback_year"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "what is saved within the horizon is not more than what is paid out" in done.stderr


def test_a_stated_zero_is_an_input_as_any_other(omsorg):
    text = CAPITAL.replace("startup_cost = 1_000_000", 'startup_cost = { value = 0, assumption = "none is foreseen" }')
    assert "start-up cost: 0 NOK; none is foreseen" in omsorg("insource", "-", "--full", text=text).stdout
    data = _json(omsorg("insource", "drammen2020", "--format", "json"))
    assert "insource.purchases.P06.investment" in [one["input"] for one in data["defaults"]]


def test_items_that_no_record_has_together_are_told(omsorg):
    done = omsorg("savings", "--service", "home", "--base", "kristiansand")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No row has all of these" in done.stderr


def test_a_base_that_spends_more_is_said_without_signs(omsorg):
    shown = omsorg("savings", "-", text=GOOD.replace("gap_per_inhabitant = 500", "gap_per_inhabitant = -500")).stdout
    assert "500 NOK less per inhabitant" in shown
    assert "500 NOK below" in shown
    assert "would cost 500 000 NOK a year more" in shown
    assert "costs 500" in shown
    assert "−" not in shown


def test_the_footer_opens_the_same_run(omsorg):
    shown = omsorg("insource", "drammen2020", "--set", "insource.years=5", "--with", "optimistic").stdout
    typed = "insource --with optimistic --set insource.years=5"
    assert shown.rstrip().endswith(
        f"Where it comes from: omsorg explain {typed} · What matters most: omsorg sensitivity {typed}"
    )
    assert "Where it comes from" not in omsorg("savings", "-", text=GOOD).stdout


def test_a_bare_conversion_needs_the_table_of_its_constants(omsorg):
    done = omsorg("fte", "drammen2020", "--hours", "3")
    assert done.returncode == 2
    assert "has no inputs for fte: it has no table [fte]" in done.stderr


@pytest.mark.parametrize("words", [("--csv", "excel-nb"), ("--lang", "nb"), ("--output", "x.csv", "--lang", "nb")])
def test_csv_for_a_norwegian_spreadsheet_has_semicolons_and_decimal_commas(omsorg, words, tmp_path):
    asked = words if "--output" in words else ("--format", "csv", *words)
    done = omsorg("savings", "--base", "asss", "--service", "total", *asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "x.csv").read_bytes().decode() if "--output" in words else done.stdout
    assert text.startswith("\ufeffResultat;")
    assert any(";108525353,184;" in line for line in text.splitlines())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--csv", "excel-nb"), "--csv is only used with --format csv"),
        (("--format", "csv", "--csv", "excel"), "allowed: plain, excel-nb"),
    ],
)
def test_a_kind_of_csv_goes_with_csv_alone(omsorg, words, told):
    done = omsorg("savings", *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_plain_csv_is_data_in_any_language(omsorg):
    english = omsorg("savings", "--format", "csv")
    assert omsorg("savings", "--format", "csv", "--csv", "plain", "--lang", "nb").stdout == english.stdout


def test_a_figure_that_is_left_out_is_no_answer_however_it_is_asked_for(omsorg):
    # no wages are printed for the purchases of Drammen
    codes = [
        omsorg("insource", "drammen2020", "--value", "fte_needed").returncode,
        omsorg("explain", "insource", "drammen2020", "--figure", "fte_needed").returncode,
        omsorg("sensitivity", "insource", "drammen2020", "--figure", "fte_needed").returncode,
        omsorg("simulate", "insource", "drammen2020", "--figure", "fte_needed").returncode,
    ]
    assert codes == [1, 1, 1, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that something runs in stays there")
def test_from_a_folder_that_was_taken_away_the_folder_is_blamed(tmp_path):
    source = str(Path(__file__).parents[1] / "src")
    for words in (
        "savings mine.toml",
        "savings --output x.json",
        "verify --result x.json",
        "data import x.json --store s",
    ):
        command = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m omsorg_cli {words}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": source},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert "the folder that this runs in has been taken away" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that something runs in stays there")
def test_from_a_folder_that_was_taken_away_no_other_thing_is_blamed(tmp_path):
    source = str(Path(__file__).parents[1] / "src")
    words = "new savings --municipality all --year 2025 --store . --output x.toml"
    command = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m omsorg_cli {words}"
    environment = {**os.environ, "PYTHONPATH": source}
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "has no list of municipalities" in done.stderr


def test_without_docstrings_nothing_is_said_that_would_differ(process):
    done = process("savings", PYTHONOPTIMIZE="2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "runs without docstrings" in done.stderr
    assert process("savings", "--value", "savings_potential", PYTHONOPTIMIZE="1").returncode == 0


def test_an_overlay_without_a_scenario_is_of_the_shipped_one(omsorg):
    assert omsorg("insource", "+optimistic").stdout == omsorg("insource", "drammen2020+optimistic").stdout
    told = omsorg("compare", "insource", "drammen2020", "+own_respite").stdout
    assert "Drammen 2020, own respite compared with Drammen 2020" in told


def test_a_scenario_with_what_is_no_number_is_no_json(omsorg, tmp_path):
    """An overlay that nobody applies is written as it stands."""
    text = 'title = "t"\nmunicipality = "m"\nyear = 2020\n[overlays.low.fte]\nhours_per_fte.note = -inf\n'
    target = tmp_path / "out.json"
    done = omsorg("convert", "-", str(target), text=text)
    assert (done.returncode, done.stdout, target.exists()) == (2, "", False)
    assert "which JSON lacks" in done.stderr
