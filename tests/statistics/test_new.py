"""Scenarios from the store: complete, with where each value is from, and right by hand."""

import csv
import json
import tomllib
from itertools import product

import pytest

from omsorg_cli.core.language import spoken
from omsorg_cli.statistics.scenarios import Asked, base_key, written
from omsorg_cli.statistics.statistics import Statistics
from omsorg_cli.statistics.store import Store

from .conftest import ACCOUNTS, CELLS, DIMENSIONS, NAMES, TITLES

CASES = [
    # Lørenskog: 1 000 million ÷ 50 000 inhabitants ÷ 0.8 = 25 000
    ("country", "total", 250_000_000),  # 25 000 × (100 of 125) = 20 000; 5 000 × 50 000
    ("drammen", "total", 300_000_000),  # 1 900 million ÷ 100 000 ÷ 1.0 = 19 000; 6 000 × 50 000
    ("drammen", "home", 175_000_000),  # 500 million ÷ 50 000 ÷ 0.8 − 900 million ÷ 100 000 = 12 500 − 9 000
    ("drammen", "institution", 112_500_000),  # 11 250 − 9 000 = 2 250
    ("ekg02", "total", 379_032_258),  # 22 500 × (10 of 12.5) ÷ (155 ÷ 150) = 17 419.35; 7 580.645 × 50 000
]


@pytest.fixture
def scenario(omsorg, stocked, tmp_path):
    path = tmp_path / "mine.toml"
    words = ("--municipality", "Lørenskog", "--year", "2025", "--against", "country,EKG02,Drammen")
    done = omsorg("new", "savings", *words, "--store", str(stocked), "--output", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return path


@pytest.mark.parametrize(("base", "part", "expected"), CASES)
def test_a_scenario_from_the_store_gives_the_savings_that_one_works_out_by_hand(omsorg, scenario, base, part, expected):
    done = omsorg("savings", str(scenario), "--base", base, "--service", part, "--format", "json")
    found = {one["figure"]: one["value"] for one in json.loads(done.stdout)["figures"]}
    assert found["savings_potential"] == pytest.approx(expected, abs=200)  # levels are written with two decimals


def test_every_value_of_the_scenario_has_a_source_or_an_assumption(omsorg, scenario):
    done = omsorg("check", str(scenario), "--strict")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_value_names_its_table_codes_date_and_what_kind_of_number_it_is(scenario):
    data = tomllib.loads(scenario.read_text(encoding="utf-8"))
    country = data["savings"]["comparisons"][0]
    source = country["base_per_inhabitant"]["source"]
    assert source.startswith(
        "ssb12367, EAK, function 234 + 253 + 254 + 261, net, 2025, estimate, unrevised, fetched 20"
    )
    assert "25 000 kroner per inhabitant" in country["base_per_inhabitant"]["note"]
    assert "1 000 000 thousand kroner ÷ 50 000 inhabitants" in country["own_per_inhabitant"]["note"]
    assert "derived" in data["savings"]["need_index"]["source"]
    assert [(one["what"], one["always"]) for one in data["notices"]] == [
        ("En merknad som må vises.", True),
        ("Among the figures used are: estimate, unrevised, derived index.", True),
    ]
    assert "CC BY 4.0" in data["sources"]["ssb12367"]["note"]


def test_what_kind_of_number_it_is_is_told_with_the_result(omsorg, scenario):
    told = omsorg("savings", str(scenario)).stdout
    assert "unrevised" in told
    assert "estimate" in told
    assert "derived index" in told


def test_a_note_that_must_be_shown_is_shown_with_the_result(omsorg, scenario):
    assert (
        "En merknad som må vises. Statistisk sentralbyrå requires this note" in omsorg("savings", str(scenario)).stdout
    )


def test_revised_numbers_are_not_called_unrevised(omsorg, service, stocked, tmp_path):
    service.updated = "2026-06-15T06:00:00Z"
    where = ("--store", str(stocked))
    assert (
        omsorg("data", "fetch", "savings", "--year", "2025", "--again", "--address", service.address, *where).returncode
        == 0
    )
    told = omsorg("new", "savings", "--municipality", "3222", "--year", "2025", *where).stdout
    assert "estimate" in told
    assert "unrevised" not in told


def test_a_confidential_number_is_a_comment_and_never_nought(omsorg, stocked):
    words = ("new", "savings", "--municipality", "3222", "--year", "2025", "--against", "country,Oslo")
    done = omsorg(*words, "--store", str(stocked))
    assert done.returncode == 0
    assert "# 0301, total: confidential (:) in table 12367" in done.stdout
    assert 'base = "oslo"\nservice = "home"' in done.stdout
    assert "1 input is lacking" in done.stderr


def test_a_number_that_has_become_confidential_is_not_taken_from_an_older_answer(omsorg, service, stocked, monkeypatch):
    service.updated = "2026-06-15T06:00:00Z"
    monkeypatch.setitem(ACCOUNTS["3301", "2025"], "254", ":")
    where = ("--store", str(stocked))
    assert omsorg("data", "fetch", "savings", "--year", "2025", "--address", service.address, *where).returncode == 0
    done = omsorg("new", "savings", "--municipality", "3222", "--year", "2025", "--against", "country,Drammen", *where)
    assert "# 3301, home: confidential (:) in table 12367" in done.stdout


def _by_hand(number):
    """The table as a csv that somebody downloaded, codes alone, one row a cell."""
    rows = [[*DIMENSIONS[number], f"{number}: {TITLES[number]}"]]
    for codes in product(*DIMENSIONS[number].values()):
        found = CELLS[number](dict(zip(DIMENSIONS[number], codes, strict=True)))
        rows.append([*codes, found if isinstance(found, str) else f"{found:.1f}"])
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


def test_files_that_were_downloaded_by_hand_give_the_same_scenario(omsorg, filled, stocked, tmp_path):
    store, words = ("--store", str(tmp_path / "other")), ("--municipality", "3222", "--year", "2025")
    for number in ("12367", "12362", "07459"):
        file = tmp_path / f"{number}.csv"
        file.write_text(_by_hand(number), encoding="iso-8859-1")
        assert omsorg("data", "import", str(file), *store).returncode == 0
    told = {"codes": [{"code": code, "name": name} for code, name in NAMES.items()]}
    (tmp_path / "codes.json").write_text(json.dumps(told), encoding="utf-8")
    for path in (tmp_path / "codes.json", filled.parent / "need.json"):
        assert omsorg("data", "import", str(path), *store).returncode == 0
    by_hand = tomllib.loads(omsorg("new", "savings", *words, *store).stdout)["savings"]
    assert "revised or not is unknown" in by_hand["comparisons"][0]["own_per_inhabitant"]["source"]  # a csv has no date
    fetched = tomllib.loads(omsorg("new", "savings", *words, "--store", str(stocked)).stdout)["savings"]
    assert _values(by_hand) == _values(fetched)


def _values(table):
    """The numbers of a scenario without where they are from."""
    if isinstance(table, dict):
        return table["value"] if "value" in table else {key: _values(one) for key, one in table.items()}
    return [_values(one) for one in table] if isinstance(table, list) else table


def test_two_of_one_name_have_keys_of_their_own(omsorg, stocked):
    statistics = Statistics(Store(stocked))
    assert [base_key(statistics, code) for code in ("3114", "3419", "0301")] == [
        "våler_østfold",
        "våler_innlandet",
        "oslo",
    ]
    assert statistics.label("3114") == "Våler (Østfold)"


def test_a_need_index_of_another_year_is_taken_only_when_it_is_asked_for_and_is_an_assumption(omsorg, stocked):
    words = ("new", "savings", "--municipality", "3222", "--year", "2024", "--store", str(stocked))
    assert "not in the store: the need index of 2024" in omsorg(*words).stderr
    words = ("new", "need", "--municipality", "3222", "--year", "2024", "--need-year", "2025", "--store", str(stocked))
    done = omsorg(*words)
    assert done.returncode == 0
    member = tomllib.loads(done.stdout)["need"]["members"][0]["need_index"]
    assert member["value"] == 0.8
    assert member["assumption"].endswith("; the need index of 2025, taken to hold for 2024")


def test_a_group_is_fetched_with_its_members_whose_inhabitants_weigh_its_need(
    omsorg, service, filled, tmp_path, waited
):
    where = ("--store", str(tmp_path / "store"))
    words = ("--municipality", "Lørenskog", "--municipality", "EKG02", "--year", "2025", "--address", service.address)
    assert omsorg("data", "fetch", "savings", *words, *where).returncode == 0
    assert omsorg("data", "import", str(filled.parent / "need.json"), *where).returncode == 0
    done = omsorg("new", "savings", "--municipality", "3222", "--year", "2025", "--against", "EKG02", *where)
    assert (done.returncode, done.stderr) == (0, "")
    assert "EKG02: 2 municipalities by their inhabitants" in done.stdout


def test_an_empty_store_says_what_would_fill_it(omsorg, service, tmp_path, waited):
    store = ("--store", str(tmp_path / "store"))
    done = omsorg("new", "savings", "--municipality", "Lørenskog", "--year", "2025", *store)
    assert done.returncode == 1
    assert "omsorg data fetch savings" in done.stderr


def test_the_year_before_a_merger_is_the_sum_of_its_parts_and_says_so(omsorg, service, stocked, tmp_path):
    where = ("--address", service.address, "--store", str(stocked))
    assert omsorg("data", "fetch", "savings", "--municipality", "Drammen", "--year", "2019", *where).returncode == 0
    index = {"år": 2019, "kilde": "x", "kommuner": {"0230": {"pleie": 1}}}
    path = tmp_path / "2019.json"
    path.write_text(json.dumps(index), encoding="utf-8")
    assert omsorg("data", "import", str(path), "--store", str(stocked)).returncode == 0
    done = omsorg(
        "new", "need", "--municipality", "3222", "--against", "Drammen", "--year", "2019", "--store", str(stocked)
    )
    assert "not in the need index of 2019: 0602 + 0625 + 0711" in done.stdout


def test_all_municipalities_are_rows_of_input_paths_and_none_is_dropped(omsorg, stocked, tmp_path):
    scenario, rows = tmp_path / "landet.toml", tmp_path / "landet.csv"
    words = ("--municipality", "all", "--against", "country,Drammen", "--year", "2025", "--store", str(stocked))
    done = omsorg("new", "savings", *words, "--rows", str(rows), "--output", str(scenario))
    assert done.returncode == 0
    with rows.open(encoding="utf-8") as file:
        found = {row["code"]: row for row in csv.DictReader(file)}
    assert sorted(found) == ["0301", "1508", "1580", "3103", "3114", "3222", "3301", "3419"]
    assert found["3222"]["savings.population"] == "50000"
    assert found["3222"]["savings.comparisons.country/total.own_per_inhabitant"] == "20000"
    assert found["3222"]["savings.comparisons.country/home.own_per_inhabitant"] == "10000"
    assert found["0301"]["savings.comparisons.country/total.own_per_inhabitant"] == ""
    assert "confidential" in found["0301"]["remark"]
    assert "municipalities lack something" in done.stderr
    assert omsorg("savings", str(scenario)).returncode == 0


def test_the_rows_of_all_municipalities_stand_beside_the_scenario_and_are_ranked_without_an_own_one(
    omsorg, stocked, tmp_path
):
    words = ("--municipality", "all", "--against", "country", "--year", "2025", "--store", str(stocked))
    done = omsorg("new", "savings", *words, "--output", "landet.toml", cwd=tmp_path)
    assert (done.returncode, "are in landet.csv." in done.stderr) == (0, True)
    ask = ("sweep", "savings", "landet.toml", "--rows", "landet.csv", "--keep-going")
    done = omsorg(*ask, "--top", "10", "--by", "savings_potential", "--format", "csv", cwd=tmp_path)
    # Lørenskog: (20 000 ÷ 0.8 − 20 000) × 50 000; Drammen: (19 000 ÷ 1 − 20 000) × 100 000
    assert [
        (row["name"], row["savings_potential"], row["own"]) for row in csv.DictReader(done.stdout.splitlines())
    ] == [
        ("Lørenskog", "250000000", "false"),
        ("Drammen", "-100000000", "false"),
    ]


def test_need_is_compared_by_the_index_in_the_store(omsorg, stocked, tmp_path):
    path = tmp_path / "need.toml"
    words = ("--municipality", "Lørenskog", "--against", "country,EKG02,Drammen", "--year", "2025")
    assert omsorg("new", "need", *words, "--store", str(stocked), "--output", str(path)).returncode == 0
    done = omsorg("need", str(path), "--municipality", "lørenskog", "--value", "need_above_country")
    assert float(done.stdout) == pytest.approx(-0.2)
    done = omsorg("need", str(path), "--municipality", "ekg02", "--value", "need_above_country")
    assert float(done.stdout) == pytest.approx(155 / 150 - 1, abs=1e-6)


def test_the_growth_of_the_old_is_between_the_inhabitants_and_the_projection(omsorg, service, stocked, tmp_path):
    where = ("--store", str(stocked))
    words = ("--municipality", "3222", "--year", "2025", "--address", service.address)
    done = omsorg("data", "fetch", "growth", *words, *where)
    assert done.returncode == 0
    assert "no such municipality" not in done.stderr  # the projection of municipalities has no country
    path = tmp_path / "growth.toml"
    assert (
        omsorg("new", "growth", "--municipality", "3222", "--year", "2025", *where, "--output", str(path)).returncode
        == 0
    )
    demands = {one["demand"]: one for one in tomllib.loads(path.read_text(encoding="utf-8"))["growth"]["demands"]}
    assert (demands["80_89"]["now"]["value"], demands["80_89"]["number_at_target"]["value"]) == (12_500, 1_500)
    assert demands["80_89"]["target_year"]["value"] == 2040  # the last of the projection within 15 years
    assert demands["80_89"]["number_at_target"]["source"].startswith(
        "ssb14746, 3222, 80–89 years, 1.1.2040, projection"
    )
    assert "projection" not in demands["80_89"]["now"]["source"]
    assert omsorg("check", str(path), "--strict").returncode == 0
    assert "projection" in omsorg("growth", str(path)).stdout
    assert omsorg("growth", str(path), "--demand", "80_89", "--value", "multiplier").stdout.strip() == "0.12"


def test_users_follow_the_inhabitants_of_each_year_at_the_coverage_of_the_year(omsorg, service, stocked, tmp_path):
    where = ("--store", str(stocked))
    words = ("--municipality", "3222", "--year", "2025", "--address", service.address)
    assert omsorg("data", "fetch", "growth", *words, *where).returncode == 0
    path = tmp_path / "growth.toml"
    new = ("new", "growth", "--municipality", "3222", "--year", "2025", *where, "--output", str(path))
    assert omsorg(*new).returncode == 0
    table = tomllib.loads(path.read_text(encoding="utf-8"))["growth"]
    numbers = {one["year"]: one["inhabitants"] for one in table["populations"]}
    # 12 500 in all are of 80 to 89 in 2025; each year of the projection has 1 500 of 85 and 5 of 105 and older
    assert {year: one["value"] for year, one in numbers.items()} == {
        2025: 12_500,
        2026: 1_505,
        2035: 1_505,
        2040: 1_505,
    }
    assert "projection" in numbers[2035]["source"]
    assert "projection" not in numbers[2025]["source"]
    shares = {one["service"]: one["coverage"]["value"] for one in table["groups"]}
    assert shares == {"home_80_plus": 0.285, "nursing_home_80_plus": 0.11}  # 28.5 and 11 per cent
    users = omsorg("growth", str(path), "--service", "home_80_plus", "--value", "users").stdout.split()
    assert users[:2] == ["3562.5", "428.925"]  # 12 500 × 0.285, 1 505 × 0.285
    assert omsorg("check", str(path), "--strict").returncode == 0


@pytest.mark.parametrize("letters", ["", "A"])
def test_purchases_are_a_frame_by_function_and_art(omsorg, service, stocked, tmp_path, monkeypatch, letters):
    """The table's codes of arts may have letters before the number: its list of codes says which."""
    arts = {code: f"label {code}" for code in ("AGD10", "AGD2", "AG16", *(f"{letters}{n}" for n in (270, 370, 380)))}
    monkeypatch.setitem(DIMENSIONS["12367"], "KOKart0000", arts)
    where = ("--store", str(stocked))
    assert (
        omsorg(
            "data",
            "fetch",
            "purchases",
            "--municipality",
            "3222",
            "--year",
            "2025",
            "--address",
            service.address,
            *where,
        ).returncode
        == 0
    )
    path = tmp_path / "frame.toml"
    assert (
        omsorg("new", "insource", "--municipality", "3222", "--year", "2025", *where, "--output", str(path)).returncode
        == 0
    )
    text = path.read_text(encoding="utf-8")
    bought = {
        (one["programme"], part["category"]): part["annual_cost"]["value"]
        for one in tomllib.loads(text)["insource"]["purchases"]
        for part in one["categories"]
    }
    assert bought == {("253", "370"): 20_000_000, ("254", "370"): 80_000_000, ("254", "380"): 4_000_000}
    assert "# 254/270: confidential (:) in table 12367" in text
    assert f'label = "label {letters}370"' in text
    assert "# own_cost_ratio: not in the statistics" in text
    assert "Purchases cost 104 million NOK a year." in omsorg("insource", str(path)).stdout


def test_coverage_is_per_thousand_of_the_old_and_what_is_missing_is_told(omsorg, service, stocked, tmp_path):
    where = ("--store", str(stocked))
    whose = ("--municipality", "3222", "--municipality", "3301", "--year", "2025")
    done = omsorg("data", "fetch", "coverage", *whose, "--address", service.address, *where)
    assert done.returncode == 0
    assert "does not have KOSkjernetotalt0000" in done.stderr
    path = tmp_path / "coverage.toml"
    words = ("--municipality", "3222", "--year", "2025", "--against", "country,Drammen")
    assert omsorg("new", "coverage", *words, *where, "--output", str(path)).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert "# country, nursing_home_80_plus: missing (..) in table 12209: KOSsykhjand80aar0000, EAK, 2025" in text
    bases = {one["base"]: one["ages"][0] for one in tomllib.loads(text)["coverage"]["bases"]}
    assert (bases["country"]["per_1000"]["value"], bases["country"]["base_per_1000"]["value"]) == (285, 300)
    assert "estimate, unrevised" in bases["country"]["base_per_1000"]["source"]
    assert omsorg("check", str(path), "--strict").returncode == 0
    assert omsorg("coverage", str(path), "--base", "drammen", "--value", "recipients_ratio").stdout.strip() == "1.14"


WAGE_COSTS = [
    # Lørenskog: (40 + 260 + 300) million ÷ 800 FTE = 750 000
    ("country", 750_000),  # (4 + 40 + 46) 1 000 million ÷ 120 000 FTE = 750 000
    ("drammen", 760_000),  # (60 + 500 + 580) million ÷ 1 500 FTE = 760 000
    ("ekg02", 770_000),  # Drammen 1 140 and Moss 400 million ÷ (1 500 + 500) FTE; the group's own row is a mean
]


@pytest.fixture
def with_wages(omsorg, service, stocked):
    where = ("--address", service.address, "--store", str(stocked))
    whose = ("--municipality", "3222", "--municipality", "3301", "--municipality", "EKG02", "--municipality", "Oslo")
    assert omsorg("data", "fetch", "wages", *whose, "--year", "2025", *where).returncode == 0
    return ("--store", str(stocked))


def test_the_wage_gap_is_between_wage_expenditure_per_fte(omsorg, with_wages, tmp_path):
    path = tmp_path / "wages.toml"
    words = ("--municipality", "3222", "--year", "2025", "--against", "country,Drammen,EKG02")
    done = omsorg("new", "wage-gap", *words, *with_wages, "--output", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    data = tomllib.loads(path.read_text(encoding="utf-8"))["wage_gap"]
    assert data["fte"]["value"] == 800
    assert [(one["base"], one["base_wage"]["value"]) for one in data["comparisons"]] == WAGE_COSTS
    assert {one["own_wage"]["value"] for one in data["comparisons"]} == {750_000}
    own = data["comparisons"][0]["own_wage"]
    assert own["source"].startswith("ssb12367, 3222, function 234 + 253 + 254, art AG16, 2025, unrevised, fetched 20")
    assert own["note"] == "600 000 thousand kroner ÷ 800 FTE; with ssb14533"
    assert "EKG02: the sum of its 2 municipalities" in data["comparisons"][2]["base_wage"]["note"]
    assert omsorg("check", str(path), "--strict").returncode == 0
    # (750 000 − 760 000) × 800 FTE
    done = omsorg("wage-gap", str(path), "--base", "drammen", "--value", "wage_effect")
    assert float(done.stdout) == -8_000_000
    assert "unrevised" in omsorg("wage-gap", str(path)).stdout


def test_a_confidential_wage_cost_is_a_comment(omsorg, with_wages):
    words = ("new", "wage-gap", "--municipality", "3222", "--year", "2025", "--against", "Drammen,Oslo")
    done = omsorg(*words, *with_wages)
    assert done.returncode == 0
    assert (
        "# oslo: confidential (:) in table 12367: A, AG16, KOSbelop0000, 254, 0301, 2025. To bring it:" in done.stdout
    )


@pytest.mark.parametrize("calculator", ["growth", "insource", "coverage", "wage-gap"])
def test_what_is_not_in_the_store_is_told_with_the_fetch_that_brings_it(omsorg, stocked, calculator):
    done = omsorg("new", calculator, "--municipality", "3222", "--year", "2025", "--store", str(stocked))
    assert (done.returncode, done.stdout) == (1, "")
    preset = {"growth": "growth", "insource": "purchases", "coverage": "coverage", "wage-gap": "wages"}[calculator]
    assert f"omsorg data fetch {preset} --municipality 3222 --year 2025" in done.stderr


def test_a_calculator_that_no_statistics_fill_says_which_they_do(omsorg, stocked):
    done = omsorg("new", "fte", "--municipality", "3222", "--year", "2025", "--store", str(stocked))
    assert done.returncode == 2
    assert "is not written from statistics; allowed: savings, need, coverage, wage-gap, growth, insource" in done.stderr


FAULTS = [
    (("--municipality", "Våler", "--year", "2025"), 2, "3114 Våler (Østfold), 3419 Våler (Innlandet). Give the code"),
    (("--municipality", "Lørenskogg", "--year", "2025"), 2, 'Did you mean "Lørenskog"?'),
    (("--municipality", "301", "--year", "2025"), 2, "allowed: four, 0301"),
    (("--municipality", "3029", "--year", "2025"), 1, "on 2024-01-01 it became 3222 Lørenskog"),
    (
        ("--municipality", "Ålesund", "--year", "2023"),
        1,
        "1507 Ålesund was split on 2024-01-01 into 1508 Ålesund, 1580 Haram",
    ),
    (("--municipality", "3222"), 2, "needs --year"),
    (("--municipality", "3222", "--year", "MMXXV"), 2, "--year: found MMXXV"),
    (("--year", "2025"), 2, "--year goes with --municipality"),
    (("--municipality", "3222", "--year", "2025", "--against", "EKG18"), 2, "EKG01 to EKG17"),
    (("--municipality", "3222", "--year", "2025", "--against", "Lørenskog"), 2, "names the municipality itself"),
    (("--municipality", "all", "--year", "2025", "--rows", "x.csv", "--output", "x.csv"), 2, "is the file of --output"),
    (("--municipality", "all", "--year", "2025"), 2, "writes its rows beside --output FILE, or to --rows FILE.csv"),
    (("--municipality", "3222", "--year", "2025", "--rows", "x.csv"), 2, "--municipality all writes its rows"),
]


@pytest.mark.parametrize(("words", "code", "told"), FAULTS)
def test_what_cannot_be_asked_is_told(omsorg, stocked, words, code, told):
    done = omsorg("new", "savings", *words, "--store", str(stocked))
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr


def test_a_scenario_is_written_in_the_language_that_is_spoken(stocked):
    statistics = Statistics(Store(stocked))
    with spoken("nb"):
        text = written(statistics, "savings", Asked("3222", 2025, ("EAK", "EKG02", "0301"), 2025)).text()
    data = tomllib.loads(text)
    assert data["title"] == "Lørenskog 2025: utgifter til pleie og omsorg sammenlignet"
    assert data["savings"]["comparisons"][0]["label"] == "landet"
    assert ", estimat, urevidert, hentet 20" in data["savings"]["comparisons"][0]["base_per_inhabitant"]["source"]
    assert "# 0301, total: konfidensielt (:) i tabell 12367" in text
