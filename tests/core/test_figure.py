from typing import Annotated

import pytest

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.figure import AsStated, Series, ToDate, elsewhere, figure, formula, naming, same_as, summed
from omsorg_cli.core.units import Nok, Num, Saving, Unit


def cost(price: Num, amount: Num) -> Nok:
    """What it costs.

    More of it.
    """
    return price * amount


@figure("cost", per=[("shop",), ()], when={"free": True}, step=True, no_answer="nothing is sold", table="shops")
def cost_by_list(
    prices: Series,
    spent: ToDate,
    price: AsStated,
    other: Annotated[float, elsewhere("savings", service="total")],
    own: Annotated[float, elsewhere(at_input={"base": "own_from"})],
    names: Annotated[list[float], naming(base="same_as")],
) -> Saving:
    """What it costs, over
    all."""
    return price


def test_a_plain_function_is_a_figure_of_its_name_that_needs_its_parameters():
    read = formula(cost)
    assert (read.figure, [parameter.name for parameter in read.parameters]) == ("cost", ["price", "amount"])


def test_a_plain_function_is_worked_out_where_its_parameters_are_and_is_no_step():
    read = formula(cost)
    assert (read.levels, dict(read.when), read.step, read.no_answer, read.table) == ((), {}, False, "", "")


def test_the_unit_is_that_of_the_type_it_returns():
    assert (formula(cost).unit, formula(cost_by_list).unit) == (Unit("NOK"), Unit("NOK", either_way=True))


def test_the_summary_is_the_first_paragraph_on_one_line():
    assert (formula(cost).summary, formula(cost_by_list).summary) == ("What it costs.", "What it costs, over all.")


def test_local_names_are_no_parameters():
    assert [parameter.name for parameter in formula(cost_by_list).parameters] == [
        "prices",
        "spent",
        "price",
        "other",
        "own",
        "names",
    ]


def test_the_role_of_a_parameter_is_in_its_type():
    roles = [parameter.role for parameter in formula(cost_by_list).parameters]
    assert [(r.series, r.to_date, r.stated) for r in roles[:3]] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert (roles[3].calculator, dict(roles[3].at)) == ("savings", {"service": "total"})
    assert (roles[4].calculator, dict(roles[4].at_input)) == (None, {"base": "own_from"})
    assert (roles[5].series, dict(roles[5].at_input)) == (True, {"base": "same_as"})


def test_what_is_said_of_a_formula_is_read_off_with_it():
    read = formula(cost_by_list)
    assert (read.figure, read.levels, read.when, read.step) == ("cost", (("shop",), ()), {"free": True}, True)
    assert (read.no_answer, read.table) == ("nothing is sold", "shops")


def test_a_marked_function_still_answers_as_before():
    assert figure("other")(cost)(3, 4) == 12


def test_a_function_without_a_unit_is_refused():
    def bare(price: Num) -> float:
        return price

    with pytest.raises(OmsorgError, match="bare does not say its unit"):
        formula(bare)


def test_a_sum_adds_up_the_figure_of_its_own_name():
    added = summed("cost", Nok, ("shop",), ())
    assert (added.figure, added.parameters[0].name, added.parameters[0].role.series) == ("cost", "cost", True)
    assert added.function([1.0, 2.5, 4.0]) == 7.5


def test_another_name_for_a_figure_passes_it_on():
    other = same_as("total", "cost", Nok, (), when={"free": False})
    assert (other.figure, other.parameters[0].name, other.when) == ("total", "cost", {"free": False})
    assert other.function(7.5) == 7.5
