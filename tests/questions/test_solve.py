import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg_cli.engine.roots import crossings, scan
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.questions.solve import Question, solve
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read


def solved(calculator, scenario, path, figure, target="0", between=None, sets=(), **keys):
    return solve(
        read(scenario), Request(sets=sets), calculator, Selection(keys), Question(path, figure, target, between)
    )


BY_HAND = {
    # potential = 939 × population
    "a factor": ("savings", "baerum2016", "savings.population", "savings_potential", "93.9 MNOK", {"base": ("asss",), "service": ("total",)}, [100_000]),
    # effect = gap × 2 872; 50 million / 2 872
    "a gap": ("wage-gap", "baerum2016", "wage_gap.comparisons.drammen/2016.gap_per_fte", "wage_effect", "50 MNOK", {"base": ("drammen",), "year": ("2016",)}, [50e6 / 2_872]),
    # with running costs alone, own provision breaks even at the price paid
    "one ratio for all purchases": ("insource", "drammen2020", "insource.purchases.own_cost_ratio", "present_value", "0", {}, [1.0]),
    # a start-up cost in 2020 counts in full: it may be as large as the present value, 4 355 522.68
    "a cost that is zero now": ("insource", "drammen2020", "insource.purchases.P06.startup_cost", "present_value", "0", {}, [4355522.682445759]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("calculator", "scenario", "path", "figure", "target", "keys", "wanted"), BY_HAND.values(), ids=BY_HAND.keys()
)
def test_the_value_is_the_one_worked_out_by_hand(calculator, scenario, path, figure, target, keys, wanted):
    found = solved(calculator, scenario, path, figure, target, **keys).values
    assert [low for low, _ in found] == pytest.approx(wanted, rel=1e-9)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.floats(0.3, 0.98), st.sampled_from(["P06", "P07"]))
def test_a_run_with_the_value_comes_to_the_target(share, programme):
    target = 3_000_000 + 4_000_000 * share
    path = f"insource.purchases.{programme}.own_cost_ratio"
    ((value, until),) = solved("insource", "drammen2020", path, "present_value", repr(target)).values
    assert value == until
    result = result_of(read("drammen2020"), Request(sets=(f"{path}={value!r}",)), "insource")
    assert opened(result, result.figures, ("present_value",))[0].value == pytest.approx(target, rel=1e-9)


def test_every_item_gets_the_same_value():
    found = solved("insource", "drammen2020", "insource.purchases.own_cost_ratio", "present_value", "5 MNOK")
    result = result_of(
        read("drammen2020"), Request(sets=(f"insource.purchases.own_cost_ratio={found.values[0][0]!r}",)), "insource"
    )
    assert opened(result, result.figures, ("present_value",))[0].value == pytest.approx(5_000_000)
    assert len(found.inputs) == 3


def test_every_crossing_is_found():
    # (x − 1)(x − 2)(x − 3.5)
    found = crossings(lambda x: (x - 1) * (x - 2) * (x - 3.5), scan(0, 5, 1))
    assert [low for low, _ in found] == pytest.approx([1, 2, 3.5], abs=1e-12)
    assert all(low == high for low, high in found)


def test_a_jump_past_zero_is_no_crossing():
    assert crossings(lambda x: np.where(x < 1.23, -1.0, 2.0), scan(0, 3, 1)) == ()


def test_where_there_is_no_answer_nothing_crosses():
    found = crossings(lambda x: np.where(x < 1.23, np.nan, x - 2), scan(0, 3, 1))
    assert found[0] == pytest.approx((2, 2))


@pytest.mark.parametrize("root", [1e-7, 3.0, 4e8, -5e4])
def test_without_bounds_it_is_looked_for_near_and_far(root):
    assert crossings(lambda x: x - root, scan(-np.inf, np.inf, 1.0))[0] == pytest.approx((root, root))


def test_a_plateau_is_told_from_end_to_end():
    # the year is 2020 up to the ratio at which the saving of 2020 turns: (583 333.33 / 0.1 + 189 583.33) / 5 833 333.33
    scenario, path = "drammen2020+p07_as_joint_housing", "insource.purchases.P06.own_cost_ratio"
    found = solved("insource", scenario, path, "payback_year", "2020", ("0.5", "2"))
    ((low, high),) = found.values
    assert low == 0.5
    assert high == pytest.approx(1 + 189_583.3333333333 / 5_833_333.3333333, rel=1e-9)


def test_a_narrow_plateau_is_found_too():
    found = crossings(lambda x: np.sign(np.round((x - 1.0405) * 40)), scan(0, 3, 1))
    assert found[0] == pytest.approx((1.0405 - 0.0125, 1.0405 + 0.0125), rel=1e-6)


def test_of_counts_only_whole_numbers_are_solutions():
    found = solved(
        "insource",
        "drammen2020",
        "insource.purchases.P06.phases.0.over_months",
        "net_saving",
        "2 MNOK",
        programme=("P06",),
        year=("2022",),
    )
    # all is home in 2022 as long as the last step comes in December 2021 or before: 18 months from July 2020, or one more
    # in January
    assert found.values == ((0, 19),)


def test_the_command_says_it_in_a_sentence_and_as_data(omsorg):
    words = (
        "solve",
        "insource",
        "drammen2020",
        "--input",
        "insource.purchases.own_cost_ratio",
        "--figure",
        "present_value",
        "--target",
        "0",
    )
    assert " [insource.purchases.own_cost_ratio] at 100%." in omsorg(*words).stdout
    record = json.loads(omsorg(*words, "--format", "json").stdout)
    assert record["solutions"] == [
        {"input": "insource.purchases.own_cost_ratio", "value": pytest.approx(1), "unit": "ratio"}
    ]
    assert record["scenario"]["changed"] == []
    assert omsorg(*words, "--format", "csv").stdout.splitlines()[0] == "input,value,unit,until"


WRONG = {
    "never": (["--input", "insource.discount_rate", "--figure", "present_value"], 1, "Present value is never 0 NOK, whatever discount rate is: the closest is "),
    "not there": (["--input", "insource.discount_rat", "--figure", "present_value"], 2, 'Did you mean "discount_rate"?'),
    "does not depend": (["--input", "insource.purchases.P05.annual_cost", "--figure", "present_value"], 1, "Present value does not depend on yearly cost of purchases (People with disabilities): it is "),
    "a date": (["--input", "insource.purchases.P06.phases.0.from", "--figure", "present_value"], 2, "is not a number that can be solved for"),
    "the horizon": (["--input", "insource.years", "--figure", "present_value"], 2, "is not a number that can be solved for"),
    "no such figure": (["--input", "insource.discount_rate", "--figure", "present"], 2, "is not a figure of insource"),
    "many records": (["--input", "insource.discount_rate", "--figure", "cumulative_saving"], 2, "has 3 rows. Choose one with --programme"),
    "ends the wrong way": (["--input", "insource.discount_rate", "--figure", "present_value", "--between", "1,0"], 2, "the low end first"),
    "beyond the bounds": (["--input", "insource.purchases.P06.occupancy", "--figure", "present_value", "--between", "0.5,2"], 2, '--between: found "2"'),
    "what the scenario refuses": (["--input", "insource.purchases.P07.phases.0.share", "--figure", "present_value", "--target", "9 MNOK"], 1, "which the rest of the scenario rules out"),
    "no number": (["--input", "insource.discount_rate", "--figure", "present_value", "--target", "much"], 2, '--target: found "much"'),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_has_no_answer_or_is_wrong_is_told(omsorg, words, code, told):
    ended = omsorg("solve", "insource", "drammen2020+p07_as_joint_housing", *words)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert told in ended.stderr


def test_a_figure_that_has_no_answer_everywhere_depends_on_the_input(omsorg):
    """At 0.9 of the price P06 pays for itself from 2020, and above the price never does."""
    words = ("--input", "insource.purchases.P06.own_cost_ratio", "--figure", "payback_year", "--target", "2022")
    told = omsorg("solve", "insource", "drammen2020", *words).stderr
    assert "Payback year is 2020, or has no answer, whatever in-house cost relative to price" in told


# In 13 even steps from July 2020, 1/13 + … + 6/13 of a month are at home in 2020 and 12 − 21/13 … in all: of 2 million a
# year saved, 21/13 + (7 + … + 12)/13 + 6 + 12 months, which is 24, are 4 million.
WHOLE = {
    "among months, but for binary fractions": (("insource", "drammen2020", "insource.purchases.P06.phases.0.over_months", "total_net_saving", "4000000"), (), "13 months"),
    "without an upper bound: 55 of 110": (("market", "survey2023", "market.municipalities", "share_of_municipalities", "0.5"), ("--provider", "stendi_ambea_ab"), "110 municipalities"),
    "far from where it is: 328 less 214": (("survey", "survey2023", "survey.pairs.buy_for_mental_health.neither", "either", "114"), ("--pair", "buy_for_mental_health"), "214 municipalities"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "keys", "told"), WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_number_is_found_wherever_it_lies(omsorg, asked, keys, told):
    calculator, scenario, path, figure, target = asked
    done = omsorg("solve", calculator, scenario, "--input", path, "--figure", figure, "--target", target, *keys)
    assert done.returncode == 0, done.stderr
    assert f"[{path}] at {told}" in done.stdout


SMALL = (
    "title='t'\nmunicipality='m'\nyear=2020\n[savings]\npopulation=1000\n"
    "[[savings.comparisons]]\nbase='a'\ngap_per_inhabitant=900\n"
)


# Population is looked for up to 10⁹ times its example, 50 000: 5e13 × 900 = 4.5e16.
@pytest.mark.parametrize("target", ["1e18", "1e30", "1e40"])
def test_where_an_input_without_a_bound_was_looked_for_is_told_with_the_closest(omsorg, target):
    words = ("--figure", "savings_potential", "--input", "savings.population", "--target", target)
    done = omsorg("solve", "savings", "-", *words, text=SMALL)
    assert (done.returncode, done.stdout) == (1, "")
    digits = f"{10 ** int(target[2:]):,}".replace(",", " ")
    assert done.stderr == (
        f"omsorg: Need-adjusted saving (A, all care) is never {digits} NOK a year with population from 0 to 50 000 000 000 000 "
        "inhabitants, where it was looked for: the closest is 45 000 000 000 000 000 NOK a year.\n"
    )


@pytest.mark.parametrize("target", ["1e-40", "1e-90", "7e-99"])
def test_a_value_that_is_too_long_to_be_read_back_is_a_power_of_ten(omsorg, target):
    path = "savings.comparisons.a/total.gap_per_inhabitant"
    words = ("--figure", "savings_potential", "--input", path, "--target", target)
    done = omsorg("solve", "savings", "-", *words, text=SMALL)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "is far below the usual range" in done.stderr
    value = f"{float(target) / 1_000:.3g}"
    assert f"[{path}] at {value} NOK per inhabitant." in done.stdout
