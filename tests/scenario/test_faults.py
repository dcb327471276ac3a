"""Every fault of a file at once, each with file, line, path, what was found, what is allowed."""

import pytest

HEAD = 'title = "T"\nmunicipality = "M"\nyear = 2020\n'  # lines 1 to 3
SAVINGS = HEAD + "[savings]\npopulation = 1_000\n[[savings.comparisons]]\nbase = 'a'\ngap_per_inhabitant = 5\n"
INSOURCE = HEAD + "[insource]\nfirst_year = 2020\nyears = 3\n[[insource.purchases]]\nprogramme = 'P1'\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            SAVINGS.replace("1_000", "-5"),
            "test.toml:5: savings.population: found -5; allowed: a whole number (inhabitants), over 0, such as 50_000",
        ),
        (SAVINGS.replace("1_000", "nan"), "savings.population: found nan; allowed: a whole number"),
        (SAVINGS.replace("1_000", "-inf"), "savings.population: found -inf;"),
        (SAVINGS.replace("1_000", "1e400"), "savings.population: found inf;"),
        (SAVINGS.replace("1_000", "1" + "0" * 400), "savings.population: found 10000"),
        (SAVINGS.replace("1_000", "true"), "savings.population: found true; allowed: a whole number"),
        (SAVINGS.replace("1_000", '"5 MNOK"'), 'found "5 MNOK", which has the wrong unit'),
        (SAVINGS.replace("1_000", '"1,234"'), "has a comma or a point before exactly three digits"),
        (SAVINGS.replace("1_000", '"12 tonn"'), "ends in the unknown unit tonn"),
        (SAVINGS.replace("1_000", "[1]"), "found a list;"),
        (SAVINGS.replace("1_000", "{ source = 'x' }"), "found a table without a value"),
        (
            SAVINGS.replace("1_000", "{ value = 1, sorce = 'x' }"),
            'population.sorce is an unknown key. Did you mean "source"?',
        ),
        (SAVINGS.replace("1_000", "{ value = 1, source = 'x, 1' }"), 'found the unknown source "x"'),
        (SAVINGS.replace("1_000", "{ value = 9, range = [5, 2] }"), "range: found 5 to 2; allowed: the low end first"),
        (SAVINGS.replace("1_000", "{ value = 9, range = [1, 2] }"), "found 1 to 2, which does not include the value 9"),
        (SAVINGS.replace("1_000", "{ value = 9, range = [-1, 20] }"), "range: found -1;"),
        (SAVINGS.replace("1_000", "{ value = 9, range = [1] }"), "allowed: two numbers"),
        (SAVINGS.replace("1_000", "{ value = 9, shape = 'normal' }"), "shape has no effect without a range"),
        (SAVINGS.replace("1_000", "{ value = 9, range = [1, 20], shape = 'norml' }"), 'Did you mean "normal"?'),
        (SAVINGS.replace("1_000", "{ value = 9, rounded_to = 0 }"), "rounded_to: found 0; allowed: a number over 0"),
        (
            SAVINGS.replace("population", "populaton"),
            'test.toml:5: savings.populaton is an unknown key. Did you mean "population"?',
        ),
        (
            SAVINGS.replace("[savings]", "[saving]\n[savings]"),
            'test.toml:4: saving is an unknown key. Did you mean "savings"?',
        ),
        (
            SAVINGS.replace("gap_per_inhabitant = 5", "potential = 5\ngap_per_inhabitant = 5"),
            "found gap_per_inhabitant + potential;",
        ),
        (SAVINGS.replace("gap_per_inhabitant = 5", ""), "found none of them; allowed is exactly one of"),
        (
            SAVINGS + "[[savings.comparisons]]\nbase = 'A'\nindex = 1\n",
            "test.toml:9: savings.comparisons.A/total has the same base",
        ),
        (
            SAVINGS + "own_from = 'b'\n",
            'savings.comparisons.a/total.own_from: found "b", which is not another comparator of the service total',
        ),
        (SAVINGS + "own_from = 'a'\n", "which is not another comparator"),
        (SAVINGS + "service = 'hme'\n", "savings.comparisons.a/hme.service: found"),
        (SAVINGS + "statistic = 'avg'\n", "allowed: one of mean, weighted_mean, median, best_quartile"),
        (SAVINGS + "group_size = 1\n", "group_size: found 1; allowed: a whole number (municipalities), at least 2"),
        (SAVINGS.replace("base = 'a'", "base = 'a b'"), 'found "a b"; allowed: letters, digits, _ and -'),
        (
            SAVINGS.replace("gap_per_inhabitant", "levels = 'raw'\nown_per_inhabitant = 1\nbase_per_inhabitant"),
            "without need_index, base_need_index",
        ),
        (SAVINGS.replace("year = 2020", ""), "year is missing"),
        (SAVINGS.replace('title = "T"', "title = ''"), "test.toml:1: title: found"),
        (
            HEAD + "[common]\nwage_per_ftee = 1\n" + SAVINGS[len(HEAD) :],
            'test.toml:5: common.wage_per_ftee is an unknown key. Did you mean "wage_per_fte"?',
        ),
        (
            INSOURCE.replace("years = 3", "years = 0"),
            "insource.years: found 0; allowed: a whole number (years), at least 1 and at most 100",
        ),
        (INSOURCE.replace("years = 3", "years = 10_000"), "insource.years: found 10000"),
        (INSOURCE.replace("years = 3", "years = 2.5"), "insource.years: found 2.5"),
        (INSOURCE.replace("years = 3", ""), "insource.years is missing; allowed: a whole number (years)"),
        (
            INSOURCE + "repatriable_share = 1.2\n",
            "test.toml:9: insource.purchases.P1.repatriable_share: found 1.2; allowed: a number (share), at least 0 and at most 1",
        ),
        (INSOURCE + "own_cost_ratio = 0\n", "own_cost_ratio: found 0; allowed: a number (ratio), over 0"),
        (INSOURCE + "own_cost_ratio = 1\nplaces = 3\n", "allowed: one way to the own cost"),
        (
            INSOURCE + "phases = [{ share = 0.6, from = '2020-01' }, { share = 0.6, from = '2020-02' }]\n",
            "phases whose shares add up to 1.2",
        ),
        (
            INSOURCE + "phases = [{ share = 0.6, from = '2019-12' }]\n",
            "test.toml:9: insource.purchases.P1.phases.0.from: found 2019-12, before first_year; allowed: from 2020-01",
        ),
        (
            INSOURCE + "phases = [{ share = 0.6, from = '2020-13' }]\n",
            'insource.purchases.P1.phases.0.from: found "2020-13"',
        ),
        (
            INSOURCE + "phases = [{ share = 0.6, from = { value = '2020-03', range = [1, 2] } }]\n",
            "found 1; allowed: a month such as 2020-07",
        ),
        (INSOURCE + "categories = [{ category = 'a' }]\n", "insource.purchases.P1/a: found none of them"),
        (
            INSOURCE
            + "categories = [{ category = 'a', share_of_cost = 1 }, { category = 'b', share_of_cost = 0.1 }]\n",
            "categories whose shares of the cost add up to 1.1",
        ),
        (HEAD + "savings = 3\n", "savings: found 3; allowed: a table"),
        (HEAD + "[[published]]\ncalculator = 'savings'\n[savings]\n", "published.0.value is missing"),
        (
            HEAD + "[sources]\nx = { titel = 'T' }\n[savings]\n",
            'sources.x.titel is an unknown key. Did you mean "title"?',
        ),
    ],
)
def test_a_fault_is_told_with_its_place_what_was_found_and_what_is_allowed(faults, text, told):
    assert any(told in line for line in faults(text)), faults(text)


def test_all_faults_of_a_file_are_told_at_once(faults):
    text = INSOURCE.replace("years = 3", "yeas = 3") + (
        "repatriable_share = 1.2\nown_cost_ratio = -1\nlabel = 7\n"
        "phases = [{ share = 0.6, from = '2020-01' }, { share = 0.6, from = 'soon' }]\n"
        "[[insource.purchases]]\nprogramme = 'p1'\nannual_cost = '5 %'\nphases = [{ share = 0.7, from = '2020-01' }, { share = 0.7, from = '2020-01' }]\n"
        "[savings]\npopulation = -1\n[wage_gap]\nfte = 'many'\n"
    )
    told = "\n".join(faults(text, calculators=("insource",)))
    for part in (
        "insource.yeas is an unknown key",
        "insource.years is missing",
        "P1.repatriable_share: found 1.2",
        "P1.own_cost_ratio: found -1",
        "P1.label: found 7",
        'P1.phases.1.from: found "soon"',
        "has the same programme",
        "p1.annual_cost: found",
        "p1.phases: found phases whose shares add up to 1.4",
        "savings.population: found -1",
        'wage_gap.fte: found "many"',
    ):
        assert part in told, part


def test_a_plain_run_checks_the_tables_that_it_uses_and_check_all(opened, faults):
    text = SAVINGS + "[wage_gap]\nfte = -1\n"
    assert opened(text, calculators=("savings",)).inputs.keys() == {"savings"}
    assert any("wage_gap.fte" in line for line in faults(text))


def test_faults_come_in_the_order_of_the_file(faults):
    text = SAVINGS.replace("1_000", "-1").replace("gap_per_inhabitant = 5", "gap_per_inhabitant = 'x'")
    places = [int(line.split(":")[1]) for line in faults(text)]
    assert places == sorted(places)
    assert len(places) == 2


@pytest.mark.parametrize(
    "text",
    [
        SAVINGS.replace("gap_per_inhabitant = 5", "potential = 5\ngap_per_inhabitant = 5"),
        INSOURCE + "own_cost_ratio = 1\nplaces = 3\n",
        INSOURCE + "phases = [{ share = 0.6, from = '2020-01' }, { share = 0.6, from = '2020-02' }]\n",
        INSOURCE + "phases = [{ share = 0.6, from = '2019-12' }]\n",
        HEAD + "[savings]\ncomparisons = [1]\n",
        HEAD + "[savings]\npopulation = 5\n",
        SAVINGS + "own_from = 'b'\n",
        SAVINGS + "gap_share = -0.1\n",
        SAVINGS + "base_need_index = 1\n",
        SAVINGS + "members = {}\n",
    ],
    ids=lambda text: text.splitlines()[-1],
)
def test_one_fault_is_told_once(faults, text):
    assert len(faults(text)) == 1


def test_faults_of_a_whole_table_are_told_at_the_item_that_has_them(faults):
    text = SAVINGS + (
        "[[savings.comparisons]]\nbase = 'b'\nown_from = 'c'\nindex = 1\n"
        "[[savings.comparisons]]\nbase = 'c'\nown_from = 'b'\nindex = 1\n"
        "[[savings.comparisons]]\nbase = 'd'\nown_per_inhabitant = 1\ngroup_size = 7\nincludes_own = true\n"
        "[savings.comparisons.members]\nm = { per_inhabitant = 1 }\no = { per_inhabitant = 1, need_index = 1 }\n"
    )
    lines = text.splitlines()
    told = "\n".join(faults(text))
    for written, sentence in (
        ("own_from = 'c'", "savings.comparisons.b/total.own_from: found a circle of own_from through b, c"),
        ("own_from = 'b'", "savings.comparisons.c/total.own_from: found a circle"),
        (
            "group_size = 7",
            "savings.comparisons.d/total.group_size: found 7, but there are 2 members and the municipality itself; allowed: 3",
        ),
        ("m = { per_inhabitant = 1 }", "savings.comparisons.d/total.members.m is the municipality itself"),
        (
            "o = { per_inhabitant = 1, need_index = 1 }",
            "savings.comparisons.d/total.members.o.need_index has no effect",
        ),
    ):
        assert f"test.toml:{lines.index(written) + 1}: {sentence}" in told, told
