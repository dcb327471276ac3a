import pytest

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError

LEVELS = {
    "a price factor has no programme": ("insource", "own_price_factor", ("year",)),
    "a phase is home by programme, category, phase and year": (
        "insource",
        "home_of_phase",
        ("programme", "category", "phase", "year"),
    ),
    "an investment belongs to the programme": ("insource", "annuity_of_investment", ("programme",)),
    "a member's level has its comparison and its name": ("savings", "member_level", ("base", "service", "member")),
    "a gap has its comparison": ("savings", "gap_per_inhabitant", ("base", "service")),
    "a potential that follows from a gap has the gap's level": ("savings", "fte_equivalent", ("base", "service")),
    "another calculator's figure brings no axis of its own": ("wage-gap", "share_of_potential", ("base", "year")),
    "a mean of members has their year": ("need", "mean_need_index", ("year",)),
    "a place among members is each one's in its year": ("need", "need_rank", ("municipality", "year")),
    "hours have service and base": ("fte", "hours", ("service", "base")),
}


@pytest.mark.parametrize(("calculator", "figure", "level"), LEVELS.values(), ids=LEVELS.keys())
def test_a_figure_is_worked_out_where_its_parameters_are(calculator, figure, level):
    assert {item.levels for item in load(calculator).known if item.figure == figure} == {(level,)}


def test_a_figure_keeps_the_levels_that_it_says():
    levels = {level for item in load("insource").known if item.figure == "net_saving" for level in item.levels}
    years = {("programme", "category", "year"), ("programme", "year"), ("year",)}
    assert levels == years | {("programme", "category"), ("programme",), ()}


def test_axes_stand_in_order_and_only_a_horizon_adds_the_year():
    assert load("insource").axes == (
        *("programme", "category", "phase", "later_investment", "avoidable_later", "refund_group"),
        "year",
    )
    assert load("savings").axes == ("base", "service", "member")
    assert load("wage-gap").axes == ("base", "year")


def test_an_input_stands_at_the_deepest_table_that_may_state_it():
    levels = load("insource").input_levels
    assert levels["own_cost_ratio"] == ("programme", "category")
    assert levels["startup_once"] == ("programme",)
    assert levels["discount_rate"] == ()
    assert levels["start"] == ("programme", "category", "phase")


def test_steps_are_no_figures_of_the_results():
    figures = load("insource").figures
    assert "home" not in figures
    assert "discount_factor" not in figures
    assert len(figures) == len(set(figures))


def test_the_table_of_a_calculator_is_written_with_underscores():
    assert [load(name).table for name in ("savings", "wage-gap")] == ["savings", "wage_gap"]


def test_a_figure_of_the_command_line_becomes_a_row_that_the_user_set():
    row = load("fte").bare_row("services", "hours", "417 456", "--hours")
    assert (row["service"], row["hours"].value, row["hours"].origin) == ("conversion", 417_456.0, "user")


def test_a_figure_of_the_command_line_that_is_none_is_refused_with_its_option():
    with pytest.raises(OmsorgError, match="--fte: found .*; allowed: a number \\(FTE\\), over 0"):
        load("fte").bare_row("services", "fte", "-1", "--fte")
