import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.core.errors import OmsorgError
from turns import examples

TOTALS = {
    # computations.csv
    "C.drammen2017.7: 4 × 2 + 4 million": ("new_spending", {"measure": "adapted_workplaces"}, 12_000_000),
    "C.drammen2017.8: 28 million in 4 years": ("new_spending_per_year", {"measure": "welfare_technology"}, 7_000_000),
    # the arithmetic is in the sentence
    "28 million in the plan period": ("amount", {"measure": "welfare_technology"}, 28_000_000),
    "7.1 million for 10 workplaces": ("cost_per_unit", {"measure": "workplaces_substance_use"}, 710_000),
    "12.5 million for both years": ("amount", {"measure": "district_planning"}, 12_500_000),
    "half of it in 2018": ("amount", {"measure": "district_planning", "year": 2018}, 6_250_000),
    "nothing of it in 2019": ("amount", {"measure": "district_planning", "year": 2019}, 0),
    "4 million to establish are 1 a year": (
        "amount",
        {"measure": "adapted_workplaces", "part": "establishment", "year": 2020},
        1_000_000,
    ),
    "28 + 4 × 2 run": ("running", {}, 36_000_000),
    "28 ÷ 4 + 2 run in a year": ("running", {"year": 2019}, 9_000_000),
    "12.5 + 2 + 4 + 7.1 + 1 come once": ("one_off", {}, 26_600_000),
    "6.25 + 2 + 1 + 7.1 + 1 come once in 2017": ("one_off", {"year": 2017}, 17_350_000),
    "8 million move from P13": ("transfers", {}, 8_000_000),
    "and nothing moves in 2018": ("transfers", {"year": 2018}, 0),
    "36 + 26.6 are new, without the transfer": ("new_spending", {}, 62_600_000),
    "9 + 17.35 are new in 2017": ("new_spending", {"year": 2017}, 26_350_000),
    "a transfer is not new": ("new_spending", {"measure": "transfer_to_nav"}, 0),
    "62.6 ÷ 4": ("new_spending_per_year", {}, 15_650_000),
    "a measure without a count has no cost for each": ("cost_per_unit", {"measure": "welfare_technology"}, None),
}


@pytest.mark.parametrize(("figure", "keys", "value"), TOTALS.values(), ids=TOTALS.keys())
def test_the_plan_of_drammen(shipped, figure, keys, value):
    assert shipped("plan", "drammen2017")(figure, **keys) == value


def test_what_nobody_counted_is_not_missing(shipped):
    assert shipped("plan", "drammen2017").missing == ""


def test_twelve_and_a_half_million_each_year_are_twenty_five(shipped):
    found = shipped("plan", "drammen2017+each_year")
    # 12.5 million in each of two years: 25, and 62.6 + 12.5 of new spending
    assert found("amount", measure="district_planning", year=2017) == 12_500_000
    assert found("new_spending") == 75_100_000


def test_a_change_of_nature_moves_the_amount(shipped):
    found = shipped("plan", "drammen2017", "plan.measures.transfer_to_nav.nature=one_off")
    assert (found("transfers"), found("one_off"), found("new_spending")) == (0, 34_600_000, 70_600_000)


def test_a_total_over_the_plan_follows_its_length(shipped):
    found = shipped("plan", "drammen2017", "plan.years=7")
    assert found("amount", measure="welfare_technology", year=2023) == 4_000_000
    assert found("amount", measure="district_planning", year=2018) == 6_250_000


@pytest.fixture(scope="session")
def planned(answers):
    """The answers of plan for three years from 2020; each measure has a name, and runs unless said otherwise."""

    def of(*measures):
        held = [{"measure": f"m{index}", "nature": "running", **one} for index, one in enumerate(measures)]
        return answers("plan", {"plan": {"first_year": 2020, "years": 3, "measures": held}})

    return of


FORMS = {
    "the same every year": ({"yearly": 5}, (5, 5, 5)),
    "the same from the second year": ({"yearly": 5, "from_year": 2021}, (0, 5, 5)),
    "the same to the second year": ({"yearly": 5, "to_year": 2021}, (5, 5, 0)),
    "the same in the second year": ({"yearly": 5, "from_year": 2021, "to_year": 2021}, (0, 5, 0)),
    "a total over the plan": ({"total": 6}, (2, 2, 2)),
    "a total from the second year": ({"total": 6, "from_year": 2021}, (0, 3, 3)),
    "a total to the first year": ({"total": 6, "to_year": 2020}, (6, 0, 0)),
    "a total over the first two": ({"total": 6, "from_year": 2020, "to_year": 2021}, (3, 3, 0)),
    "once": ({"once": 6, "in_year": 2022}, (0, 0, 6)),
    "in named years": ({"amounts": [{"year": 2022, "amount": 1}, {"year": 2020, "amount": 4}]}, (4, 0, 1)),
    "a total of nothing": ({"total": 0}, (0, 0, 0)),
}


@pytest.mark.parametrize(("measure", "amounts"), FORMS.values(), ids=FORMS.keys())
def test_an_amount_falls_in_its_years(planned, measure, amounts):
    found = planned(measure)
    assert found.series("amount", "year", measure="m0") == dict(zip((2020, 2021, 2022), amounts, strict=True))
    assert found("amount", measure="m0") == found("running") == sum(amounts)


FAULTS = {
    "before the first year": (
        {"once": 1, "in_year": 2019},
        "in_year: found 2019, outside the plan; allowed: 2020 to 2022",
    ),
    "after the last year": ({"total": 1, "to_year": 2023}, "to_year: found 2023, outside the plan"),
    "from before the plan": ({"yearly": 1, "from_year": 2010}, "from_year: found 2010, outside the plan"),
    "a named year outside": (
        {"amounts": [{"year": 2023, "amount": 1}]},
        "amounts.0.year: found 2023, outside the plan",
    ),
    "a year twice": ({"amounts": [{"year": 2020, "amount": 1}] * 2}, "found 2020 again; allowed: each year once"),
    "the last before the first": (
        {"total": 1, "from_year": 2022, "to_year": 2021},
        "to_year: found 2021, before from_year; allowed: from 2022",
    ),
    "a year that is not certain": (
        {"once": 1, "in_year": {"value": 2020, "range": [2020, 2021]}},
        "in_year has a range, but may not leave the plan",
    ),
    "two amounts": (
        {"total": 1, "yearly": 1},
        "found yearly + total; allowed is exactly one of 11 ways, the nearest of which is yearly",
    ),
    "no amount": ({}, "found none of them; allowed is exactly one of"),
    "once in no year": ({"once": 1}, "found once; allowed is exactly one of"),
    "a year of no amount": ({"amounts": [{"year": 2020}]}, "amount is missing"),
    "no named year": ({"amounts": []}, "amounts"),
    "less than nothing": ({"total": -1}, "total: found -1; allowed: a number (NOK), at least 0"),
    "another nature": (
        {"total": 1, "nature": "permanent"},
        'found "permanent"; allowed: one of running, one_off, transfer',
    ),
    "a count of none": ({"total": 1, "count": 0}, "count: found 0; allowed: a number (units), over 0"),
    "an unknown word": ({"total": 1, "anual": 1}, "anual is an unknown key"),
}


@pytest.mark.parametrize(("measure", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_measure_that_makes_no_sense_is_refused(planned, measure, told):
    with pytest.raises(Exception) as raised:  # noqa: PT011  # the message is what counts
        planned(measure)
    assert told in str(raised.value)


def test_a_plan_without_measures_and_a_measure_without_a_nature_are_refused(answers):
    table = {"first_year": 2020, "years": 3, "measures": []}
    with pytest.raises(Exception, match="measures"):
        answers("plan", {"plan": table})
    with pytest.raises(Exception, match="nature is missing"):
        answers("plan", {"plan": {**table, "measures": [{"measure": "m", "total": 1}]}})


def test_the_same_measure_twice_is_refused(planned):
    with pytest.raises(Exception, match="has the same measure and part as an earlier item"):
        planned({"measure": "m", "total": 1}, {"measure": "m", "total": 2})


AMOUNT = st.floats(0, 1e9)
YEAR = st.integers(2020, 2022)
SPAN = st.tuples(YEAR, YEAR).map(lambda pair: {"from_year": min(pair), "to_year": max(pair)})
FORM = st.one_of(
    st.builds(lambda amount, span: {"total": amount, **span}, AMOUNT, SPAN),
    st.builds(lambda amount, span: {"yearly": amount, **span}, AMOUNT, SPAN),
    st.builds(lambda amount, year: {"once": amount, "in_year": year}, AMOUNT, YEAR),
)
NATURES = ("running", "one_off", "transfer")


@settings(deadline=None, max_examples=examples(50))
@given(
    measures=st.lists(
        st.builds(lambda form, nature: {**form, "nature": nature}, FORM, st.sampled_from(NATURES)),
        min_size=1,
        max_size=4,
    )
)
def test_the_natures_add_up_to_all_amounts_by_year_and_over_the_plan(planned, measures):
    found = planned(*measures)
    for keys in ({}, {"year": 2020}, {"year": 2021}, {"year": 2022}):
        amounts = sum(found("amount", measure=f"m{index}", **keys) for index in range(len(measures)))
        apart = [found(name, **keys) for name in ("running", "one_off", "transfers")]
        assert sum(apart) == pytest.approx(amounts)
        assert found("new_spending", **keys) == pytest.approx(apart[0] + apart[1])
    for index, one in enumerate(measures):
        whole = one.get(
            "total", one.get("once", one.get("yearly", 0) * (one.get("to_year", 0) - one.get("from_year", 0) + 1))
        )
        assert found("amount", measure=f"m{index}") == pytest.approx(whole)


PURCHASES = [
    {
        "programme": "a",
        "annual_cost": 10_000_000,
        "repatriable_share": 0.5,
        "own_cost_ratio": 0.8,
        "phases": [{"share": 1, "from": "2020-01"}],
    },
    {
        "programme": "b",
        "annual_cost": 20_000_000,
        "repatriable_share": 0.5,
        "own_cost_ratio": 0.9,
        "phases": [{"share": 1, "from": "2021-01"}],
    },
]
INSOURCE = {"first_year": 2020, "years": 3, "discount_rate": 0, "purchases": PURCHASES}
"""A fifth of 5 million is saved from 2020 on, and a tenth of 10 million from 2021: 1, 2 and 2 million."""
SERVICE = {"facilities": 2, "dwellings_each": 5, "cost_per_dwelling": 1_000_000, "cost_reduction": 0.1}
BUILT = {"building_cost": 500_000, "lifetime": 20, "interest_rate": 0}
SAVINGS = {
    "population": 1_000,
    "need_index": 1,
    "comparisons": [{"base": "x", "service": "total", "gap_per_inhabitant": 900}],
}
WAGES = {"fte": 10, "comparisons": [{"base": "x", "year": 2020, "gap_per_fte": 20_000}]}
ELSEWHERE = {
    "insource": INSOURCE,
    "restructure": {"services": [{"service": "s", **SERVICE}, {"service": "t", **SERVICE, **BUILT}]},
    "joint_service": {
        "services": [
            {"service": name, "current_cost": cost, "saving_share": 0.1, "investment": 0}
            for name, cost in (("u", 3_000_000), ("v", 2_000_000))
        ],
        "municipalities": [],
    },
    "refund": {
        "threshold": 1_000_000,
        "rate": 0.8,
        "threshold_change": -50_000,
        "groups": [{"group": "g", "users": 10}, {"group": "h", "users": 5}],
    },
    "savings": SAVINGS,
    "wage_gap": WAGES,
}


@pytest.fixture(scope="module")
def budgeted(answers):
    """The answers for measures of a plan from 2020 to 2022 beside the other calculators' tables."""

    def of(*measures, **tables):
        named = [{"measure": f"m{index}", **one} for index, one in enumerate(measures)]
        return answers("plan", {**ELSEWHERE, **tables, "plan": {"first_year": 2020, "years": 3, "measures": named}})

    return of


def test_savings_and_income_take_from_what_the_measures_cost(budgeted):
    found = budgeted(
        {"nature": "running", "yearly": 5_000_000},
        {"nature": "saving", "yearly": 2_000_000, "from_year": 2021},
        {"nature": "income", "once": 500_000, "in_year": 2022},
        {"nature": "transfer", "yearly": 9_000_000},
    )
    assert (found("new_spending"), found("savings"), found("income")) == (15_000_000, 4_000_000, 500_000)
    assert list(found.series("net_cost", "year").values()) == [5_000_000, 3_000_000, 2_500_000]
    assert found("net_cost") == 10_500_000
    assert found("measure_cost", measure="m1", year=2022) == -2_000_000
    assert found("measure_cost", measure="m3") == 0


def test_the_operating_and_the_investment_budget_stand_apart(budgeted):
    built = {"nature": "one_off", "once": 8_000_000, "in_year": 2021, "budget": "investment"}
    found = budgeted({"nature": "running", "yearly": 1_000_000}, built)
    assert list(found.series("operating_cost", "year").values()) == [1_000_000] * 3
    assert list(found.series("investment_cost", "year").values()) == [0, 8_000_000, 0]


def test_fte_and_users_are_counted_in_the_years_of_the_measure(budgeted):
    found = budgeted(
        {"nature": "running", "yearly": 1, "fte_change": 3, "users_change": 20},
        {"nature": "saving", "yearly": 1, "from_year": 2021, "to_year": 2021, "fte_change": -5},
    )
    assert list(found.series("fte_effect", "year").values()) == [3, -2, 3]
    assert list(found.series("users_effect", "year").values()) == [20, 20, 20]


FROM = {
    "all purchases": ({"from": "insource"}, [1_000_000, 2_000_000, 2_000_000]),
    "one programme": ({"from": "insource", "item": "b"}, [0, 1_000_000, 1_000_000]),
    "half of it from 2021": ({"from": "insource", "share": 0.5, "starts": 2021}, [0, 1_000_000, 1_000_000]),
    # 10 dwellings at a tenth of a million; those built cost 250 000 a year
    "facilities that close": ({"from": "restructure", "item": "s"}, [1_000_000] * 3),
    "and are built anew": ({"from": "restructure", "item": "t"}, [750_000] * 3),
    "both joint services": ({"from": "joint-service"}, [500_000] * 3),
    "one joint service": ({"from": "joint-service", "item": "v"}, [200_000] * 3),
    "a lower threshold for 15": ({"from": "refund"}, [600_000] * 3),
    "a lower threshold for 5": ({"from": "refund", "item": "h"}, [200_000] * 3),
    "a tenth of the potential": ({"from": "savings", "item": "x", "share": 0.1}, [90_000] * 3),
    "wages": ({"from": "wage-gap", "item": "x"}, [200_000] * 3),
}


@pytest.mark.parametrize(("measure", "amounts"), FROM.values(), ids=FROM.keys())
def test_a_saving_may_come_from_another_calculator(budgeted, measure, amounts):
    found = budgeted(measure)
    assert list(found.series("savings", "year").values()) == pytest.approx(amounts)
    assert found("net_cost") == pytest.approx(-sum(amounts))


def test_a_row_that_the_other_calculator_does_not_have_is_missing_and_not_all_of_them(budgeted):
    found = budgeted({"from": "insource", "item": "z"})
    assert found("savings", year=2020) is None
    assert "does not give" in found.missing


def test_years_that_the_other_calculator_does_not_reckon_are_missing(budgeted):
    found = budgeted({"from": "insource"}, insource={**INSOURCE, "years": 2})
    assert found("savings", year=2021) == pytest.approx(2_000_000)
    assert found("savings", year=2022) is None


TWICE = {
    "all and one of them: 0.5 + 1 + 1 million of b from 2021": (
        [{"from": "insource", "share": 0.5}, {"from": "insource", "item": "b"}],
        ["M0 and M1 overlap by 1 000 000 NOK"],
    ),
    "two that have started together in 2022 alone": (
        [{"from": "insource", "starts": 2022}, {"from": "insource", "item": "a"}],
        ["M0 and M1 overlap by 1 000 000 NOK"],
    ),
    "two programmes": ([{"from": "insource", "item": "a"}, {"from": "insource", "item": "b"}], []),
    "two calculators": ([{"from": "insource"}, {"from": "restructure", "item": "s"}], []),
    "wages within a potential": (
        [{"from": "savings", "item": "x"}, {"from": "wage-gap", "item": "x"}],
        ["M0 and M1 overlap by 600 000 NOK"],
    ),
    "the same twice": (
        [{"from": "refund", "item": "h"}, {"from": "refund", "item": "h", "share": 0.5}],
        ["M0 and M1 overlap by 300 000 NOK"],
    ),
    "two halves": ([{"from": "insource", "item": "a", "share": 0.5}] * 2, []),
    "0.7 and 0.5 of 1 million in each of three years": (
        [{"from": "insource", "item": "a", "share": 0.7}, {"from": "insource", "item": "a", "share": 0.5}],
        ["M0 and M1 overlap by 600 000 NOK"],
    ),
    "a quarter of all and 0.6 of one": (
        [{"from": "insource", "share": 0.25}, {"from": "insource", "item": "a", "share": 0.6}],
        [],
    ),
    "three that are all of it": ([{"from": "refund", "share": share} for share in (0.7, 0.2, 0.1)], []),
    # 0.7 + 0.5 of a and b, 3 + 2 million, and 0.3 more of b, 2 million: 0.2 of 3 and 0.5 of 2 million
    "three, of which two go beyond in another row too": (
        [
            {"from": "insource", "share": 0.7},
            {"from": "insource", "share": 0.5},
            {"from": "insource", "item": "b", "share": 0.3},
        ],
        ["M0, M1 and M2 overlap: together they count 1 000 000 NOK too much.", "M0 and M1 overlap by 600 000 NOK"],
    ),
    "a tenth of the potential, 90 000 a year, and wages of 200 000, of 900 000": (
        [{"from": "savings", "item": "x", "share": 0.1}, {"from": "wage-gap", "item": "x"}],
        [],
    ),
    "0.9 of the potential, 810 000 a year, and wages of 200 000, of 900 000": (
        [{"from": "savings", "item": "x", "share": 0.9}, {"from": "wage-gap", "item": "x"}],
        ["M0 and M1 overlap by 330 000 NOK"],
    ),
}


@pytest.mark.parametrize(("measures", "told"), TWICE.values(), ids=TWICE.keys())
def test_what_two_measures_count_twice_is_shown(budgeted, measures, told):
    warned = [text.partition(", which")[0] for text in budgeted(*measures).result.warnings]
    assert sorted(text for text in warned if "overlap" in text) == sorted(told)


NOT_ALLOWED = {
    "no nature": ({"yearly": 1}, "nature is missing; allowed: one of running, one_off, transfer, saving, income"),
    "a cost from elsewhere": ({"from": "insource", "nature": "running"}, "found running beside from; allowed: saving"),
    "an amount beside it": ({"from": "insource", "yearly": 1}, "allowed is exactly one of"),
    "a share of nothing": ({"nature": "running", "yearly": 1, "share": 0.5}, "has no effect without from"),
    "a start of nothing": ({"nature": "running", "yearly": 1, "starts": 2021}, "has no effect without from"),
    "no row": ({"from": "savings"}, "item is missing; savings has a saving for each row: name one"),
    "an unknown calculator": ({"from": "growth"}, "allowed: one of insource, restructure"),
    "a start before the plan": ({"from": "insource", "starts": 2019}, "found 2019, outside the plan"),
    "a share of more than all": ({"from": "insource", "share": 1.5}, "found 1.5; allowed: a number (share)"),
}


@pytest.mark.parametrize(("measure", "told"), NOT_ALLOWED.values(), ids=NOT_ALLOWED.keys())
def test_a_measure_that_cannot_be_is_refused(budgeted, measure, told):
    with pytest.raises(OmsorgError) as raised:
        budgeted(measure)
    assert told in str(raised.value)


def test_two_plans_are_compared_by_measure(omsorg, tmp_path):
    head = 'title = "T"\nmunicipality = "M"\nyear = 2020\n[plan]\nfirst_year = 2020\nyears = 2\n'
    row = '[[plan.measures]]\nmeasure = "{}"\nnature = "running"\nyearly = {}\n'
    (tmp_path / "a.toml").write_text(head + row.format("stays", 1_000_000) + row.format("goes", 500_000))
    (tmp_path / "b.toml").write_text(head + row.format("stays", 3_000_000))
    done = omsorg("compare", "plan", "a.toml", "b.toml", "--format", "csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "measure_cost,NOK,stays,,,2000000,6000000\n" in done.stdout
    assert "measure_cost,NOK,goes,,,1000000,\n" in done.stdout


@pytest.mark.parametrize(("share", "hint"), [(1.2, ""), (1.99, ""), (2, "0.02"), (75, "0.75"), (101, "")])
def test_a_share_a_little_above_one_is_not_taken_for_a_little_per_cent(budgeted, share, hint):
    with pytest.raises(OmsorgError) as raised:
        budgeted({"from": "insource", "share": share})
    assert ("Did you mean" in str(raised.value)) == bool(hint)
    assert hint in str(raised.value)


def test_where_two_plans_differ_an_input_without_a_value_is_not_stated(omsorg, tmp_path):
    head = 'title = "T"\nmunicipality = "M"\nyear = 2020\n[plan]\nfirst_year = 2020\nyears = 2\n'
    row = '[[plan.measures]]\nmeasure = "{}"\nnature = "running"\nyearly = 1_000_000\n'
    prices = '[prices]\nbase_year = 2020\nyears = 2\ndeflator = "k"\nindexes = [{ index = "k", rate = 0.02 }]\n'
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(head + row.format(name) + prices)
    told = omsorg("compare", "plan", "a.toml", "b.toml", cwd=tmp_path).stdout
    (line,) = (" ".join(one.split()) for one in told.splitlines() if "A: index that it follows" in one)
    assert line == "A: index that it follows not stated not in the scenario"
