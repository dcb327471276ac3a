"""What beginning and building cost: start-up, the investment as an annuity and in cash, the debt that is left."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    NOT_REPATRIABLE,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import annuity, smallest, where
from omsorg_cli.core.units import (
    Month as MonthUnit,
)
from omsorg_cli.core.units import (
    Nok,
    NokPerYear,
    Num,
)
from omsorg_cli.formulas.money import (
    MONTHS,
    NEVER,
    debt_left,
    months_in_year,
)


@figure(step=True)
def month_of_phase(phase_begins: Num, phase_share: Num, repatriable_share: Num) -> MonthUnit:
    """The month in which the phase begins; the last of all months where it brings nothing home."""
    return where(phase_share * repatriable_share > 0, phase_begins, NEVER)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[CATEGORY], table="phases", step=True)
def first_month(month_of_phase: Series) -> MonthUnit:
    """The month in which the earliest phase begins that brings anything home."""
    return smallest(month_of_phase)  # type: ignore[no-any-return]  # as above


@figure("first_month", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def no_first_month() -> MonthUnit:
    """Nothing can be brought home: the last of all months."""
    return NEVER


@figure("first_month", per=[PROGRAMME], step=True)
def first_month_of_programme(first_month: Series) -> MonthUnit:
    """The month in which the earliest phase of the programme begins that brings anything home."""
    return smallest(first_month)  # type: ignore[no-any-return]  # as above


@figure("startup_cost", per=[PROGRAMME_YEAR], when={"startup_once": 0})
def no_startup_cost(year: Num) -> NokPerYear:
    """Beginning costs nothing."""
    return 0.0


@figure(per=[PROGRAMME_YEAR])
def startup_cost(startup_once: Num, first_month: Num, year: Num) -> NokPerYear:
    """What it costs once to begin, in the year in which the earliest phase does."""
    return where(months_in_year(first_month, 1, year) > 0, startup_once, 0.0)  # type: ignore[no-any-return]  # as above


@figure("annuity_of_investment", per=[PROGRAMME], when={"investment": 0}, step=True)
def no_annuity() -> NokPerYear:
    """Nothing is invested."""
    return 0.0


@figure(per=[PROGRAMME], step=True)
def annuity_of_investment(investment: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What the investment costs in a full year: the annuity over its lifetime."""
    return annuity(investment, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure("capital_cost", per=[PROGRAMME_YEAR], when={"investment": 0})
def no_capital_cost(year: Num) -> NokPerYear:
    """Nothing is invested, so it costs nothing."""
    return 0.0


@figure(per=[PROGRAMME_YEAR])
def capital_cost(annuity_of_investment: Num, lifetime: Num, first_month: Num, year: Num) -> NokPerYear:
    """What the investment costs in the year: its annuity, by the months from the earliest phase on."""
    return annuity_of_investment * months_in_year(first_month, lifetime * 12, year) / 12


@figure("investment_paid", per=[PROGRAMME_YEAR], when={"investment": 0})
def no_investment_paid(year: Num) -> NokPerYear:
    """Nothing is invested."""
    return 0.0


@figure(per=[PROGRAMME_YEAR])
def investment_paid(investment: Num, first_month: Num, year: Num) -> NokPerYear:
    """What is paid for the investment in the year: all of it when the earliest phase begins."""
    return where(months_in_year(first_month, 1, year) > 0, investment, 0.0)  # type: ignore[no-any-return]  # as above


@figure("remaining_debt", per=[PROGRAMME], when={"investment": 0})
def no_debt() -> Nok:
    """Nothing is invested, so nothing is owed."""
    return 0.0


@figure(per=[PROGRAMME])
def remaining_debt(
    annuity_of_investment: Num, interest_rate: Num, lifetime: Num, first_month: Num, first_year: Num, years: Num
) -> Nok:
    """What is left to pay off of the investment when the horizon ends, without the interest to come."""
    paid = (first_year + years) * MONTHS - first_month
    return debt_left(annuity_of_investment, interest_rate, lifetime * MONTHS, paid)


FORMULAS = (
    month_of_phase,
    first_month,
    no_first_month,
    first_month_of_programme,
    no_startup_cost,
    startup_cost,
    summed("startup_cost", NokPerYear, YEAR),
    summed("startup_cost", Nok, PROGRAMME, ()),
    no_annuity,
    annuity_of_investment,
    no_capital_cost,
    capital_cost,
    summed("capital_cost", NokPerYear, YEAR),
    summed("capital_cost", Nok, PROGRAMME, ()),
    no_investment_paid,
    investment_paid,
    summed("investment_paid", NokPerYear, YEAR),
    summed("investment_paid", Nok, PROGRAMME, ()),
    no_debt,
    remaining_debt,
    summed("remaining_debt", Nok, ()),
)
