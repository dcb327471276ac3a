"""What beginning and building cost: start-up, the investment as an annuity and in cash, the debt that is left."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    INVESTMENT,
    NOT_REPATRIABLE,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import AnySeries, Series, figure, summed
from omsorg_cli.core.helpers import annuity, maximum, smallest, total, where
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

INVESTMENT_YEAR = (*INVESTMENT, "year")


@figure(step=True)
def month_of_phase(phase_begins: Num, share_of_phase: Num, repatriable_share: Num, counted: Num) -> MonthUnit:
    """The month in which the phase begins; the last of all months where it brings nothing in-house."""
    return where(share_of_phase * repatriable_share * counted > 0, phase_begins, NEVER)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[CATEGORY], table="phases", step=True)
def first_month(month_of_phase: Series) -> MonthUnit:
    """The month in which the earliest phase begins that brings anything in-house."""
    return smallest(month_of_phase)  # type: ignore[no-any-return]  # as above


@figure("first_month", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def no_first_month() -> MonthUnit:
    """Nothing can be brought in-house: the last of all months."""
    return NEVER


@figure("first_month", per=[PROGRAMME], step=True)
def first_month_of_programme(first_month: Series) -> MonthUnit:
    """The month in which the earliest phase of the programme begins that brings anything in-house."""
    return smallest(first_month)  # type: ignore[no-any-return]  # as above


@figure("startup_cost", per=[PROGRAMME_YEAR], when={"startup_once": 0})
def no_startup_cost(year: Num) -> NokPerYear:
    """The cost of starting: zero where none is stated."""
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


@figure("capital_at_start", per=[PROGRAMME_YEAR], when={"investment": 0}, step=True)
def no_capital_at_start(year: Num) -> NokPerYear:
    """Nothing is invested at the start, so it costs nothing."""
    return 0.0


@figure(per=[PROGRAMME_YEAR], step=True)
def capital_at_start(annuity_of_investment: Num, lifetime: Num, first_month: Num, year: Num) -> NokPerYear:
    """What the investment costs in the year: its annuity, by the months from the earliest phase on."""
    return annuity_of_investment * months_in_year(first_month, lifetime * 12, year) / 12


@figure(per=[INVESTMENT], step=True)
def month_of_investment(paid_from: Num, first_month: Num, first_year: Num) -> MonthUnit:
    """The month in which a later investment is paid; the last of all months where nothing is brought in-house."""
    return where(first_month < NEVER, maximum(paid_from, first_year * MONTHS), NEVER)  # type: ignore[no-any-return]  # as above


@figure(per=[INVESTMENT], step=True)
def later_annuity(amount: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What a later investment costs in a full year."""
    return annuity(amount, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure(per=[INVESTMENT_YEAR], step=True)
def later_capital(later_annuity: Num, lifetime: Num, month_of_investment: Num, year: Num) -> NokPerYear:
    """What a later investment costs in the year: its annuity, by the months from its own on."""
    return later_annuity * months_in_year(month_of_investment, lifetime * MONTHS, year) / MONTHS


@figure(per=[PROGRAMME_YEAR])
def capital_cost(capital_at_start: Num, later_capital: AnySeries) -> NokPerYear:
    """What is invested costs in the year: the annuities, by the months from when each is paid."""
    return capital_at_start + total(later_capital)  # type: ignore[no-any-return]  # as above


@figure(per=[INVESTMENT_YEAR], step=True)
def later_paid(amount: Num, month_of_investment: Num, year: Num) -> NokPerYear:
    """What is paid in the year for a later investment: all of it in its month."""
    return where(months_in_year(month_of_investment, 1, year) > 0, amount, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[INVESTMENT], step=True)
def later_paid_in_all(amount: Num, month_of_investment: Num) -> Nok:
    """What is paid for a later investment, in the horizon or after it; nothing where nothing is brought in-house."""
    return where(month_of_investment < NEVER, amount, 0.0)  # type: ignore[no-any-return]  # as above


@figure("paid_at_start", per=[PROGRAMME_YEAR], when={"investment": 0}, step=True)
def nothing_paid_at_start(year: Num) -> NokPerYear:
    """Nothing is invested at the start."""
    return 0.0


@figure(per=[PROGRAMME_YEAR], step=True)
def paid_at_start(investment: Num, first_month: Num, year: Num) -> NokPerYear:
    """What is paid for the investment in the year: all of it when the earliest phase begins."""
    return where(months_in_year(first_month, 1, year) > 0, investment, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME_YEAR])
def investment_paid(paid_at_start: Num, later_paid: AnySeries) -> NokPerYear:
    """What is paid for investments in the year."""
    return paid_at_start + total(later_paid)  # type: ignore[no-any-return]  # as above


@figure("debt_of_start", per=[PROGRAMME], when={"investment": 0}, step=True)
def no_debt_of_start() -> Nok:
    """Nothing is invested, so nothing is owed."""
    return 0.0


@figure(per=[PROGRAMME], step=True)
def debt_of_start(
    annuity_of_investment: Num, interest_rate: Num, lifetime: Num, first_month: Num, first_year: Num, years: Num
) -> Nok:
    """What is left to pay off of the investment when the horizon ends, without the interest to come."""
    paid = (first_year + years) * MONTHS - first_month
    return debt_left(annuity_of_investment, interest_rate, lifetime * MONTHS, paid)


@figure(per=[INVESTMENT], step=True)
def later_debt(
    later_annuity: Num, interest_rate: Num, lifetime: Num, month_of_investment: Num, first_year: Num, years: Num
) -> Nok:
    """What is left to pay off of a later investment when the horizon ends, without the interest to come."""
    paid = (first_year + years) * MONTHS - month_of_investment
    return debt_left(later_annuity, interest_rate, lifetime * MONTHS, paid)


@figure(per=[PROGRAMME])
def remaining_debt(debt_of_start: Num, later_debt: AnySeries) -> Nok:
    """What is left to pay off of all investments when the horizon ends, without the interest to come."""
    return debt_of_start + total(later_debt)  # type: ignore[no-any-return]  # as above


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
    no_capital_at_start,
    capital_at_start,
    month_of_investment,
    later_annuity,
    later_capital,
    capital_cost,
    summed("capital_cost", NokPerYear, YEAR),
    summed("capital_cost", Nok, PROGRAMME, ()),
    nothing_paid_at_start,
    paid_at_start,
    later_paid,
    later_paid_in_all,
    investment_paid,
    summed("investment_paid", NokPerYear, YEAR),
    summed("investment_paid", Nok, PROGRAMME, ()),
    no_debt_of_start,
    debt_of_start,
    later_debt,
    remaining_debt,
    summed("remaining_debt", Nok, ()),
)
