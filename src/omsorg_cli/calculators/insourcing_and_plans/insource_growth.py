"""What is paid once, what is invested and the rest of the account in current prices, each amount by its own index."""

from collections.abc import Callable, Iterator
from typing import Any

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY_YEAR,
    EXIT,
    FOLLOWUP,
    GROUP,
    INVESTMENT,
    OVERHEAD,
    PAYMENTS,
    PROGRAMME,
    PROGRAMME_YEAR,
    REFUNDS,
    TRANSPORT,
    YEAR,
)
from omsorg_cli.core.figure import AnySeries, Formula, Level, Parameter, Role, Series, figure, in_prices, summed
from omsorg_cli.core.helpers import total, where
from omsorg_cli.core.language import phrase
from omsorg_cli.core.units import Nok, NokPerUser, NokPerYear, Num, Ratio, Saving, SavingPerYear, Unit
from omsorg_cli.formulas.money import months_in_year
from omsorg_cli.formulas.refunds import refund

GROUP_YEAR, INVESTMENT_YEAR = (*GROUP, "year"), (*INVESTMENT, "year")
AMOUNTS: dict[str, Level] = {
    **dict.fromkeys(("startup_once", "exit_once", "investment", "contract_followup", "overhead"), PROGRAMME),
    **dict.fromkeys(("user_payments", "user_payments_in_house", "transport", "transport_in_house"), PROGRAMME),
    "amount": INVESTMENT,
    **dict.fromkeys(("net_wage_cost", "net_wage_cost_in_house", "deductions"), GROUP),
    "refund_threshold": (),
}
"""The amounts that may follow an index of their own, each with the rows that state it."""

LINES = (
    *("purchase_avoided", "own_cost", "startup_cost", "exit_cost", "capital_cost", "paid_twice", "refund_change"),
    *("followup_saved", "own_cost_kept", "overhead_added", "user_payment_change", "vat_lost", "transport_change"),
    "net_saving",
)
"""The figures of a year that are told in current prices too, the last of them being what the others add up to."""


def _growth_of(amount: str, level: Level) -> Iterator[Formula]:
    """The prices of an amount in the first year, and in each year relative to it."""

    def at_start(price_factor: float) -> float:
        return price_factor

    def growth(price_factor: float, first_price: float) -> float:
        return price_factor / first_price

    at_start.__doc__ = phrase("Prices of the amount in the first year relative to the base year of the indexes.")
    growth.__doc__ = phrase(
        "Prices of the amount relative to the first year: by the index that it follows, or else the deflator."
    )
    first, unit = f"first_price_of_{amount}", Unit("ratio")
    then = Parameter("price_factor", in_prices(amount, year="first_year"))
    now = (Parameter("price_factor", in_prices(amount)), Parameter(first, Role()))
    yield Formula(first, at_start, (then,), unit, (level,), {}, True, "", "")
    yield Formula(f"growth_of_{amount}", growth, now, unit, ((*level, "year"),), {}, True, "", "")


@figure("current_startup_cost", per=[PROGRAMME_YEAR])
def startup_cost_in_current_prices(startup_cost: Num, growth_of_startup_once: Num) -> NokPerYear:
    """What it costs once to begin, in the year in which the earliest phase does, in current prices."""
    return startup_cost * growth_of_startup_once


@figure("current_exit_cost", per=[PROGRAMME_YEAR], told_with=EXIT)
def exit_cost_in_current_prices(exit_cost: Num, growth_of_exit_once: Num) -> NokPerYear:
    """What it costs once to leave the contract, in the year of the earliest phase, in current prices."""
    return exit_cost * growth_of_exit_once


@figure("current_paid_once", per=[PROGRAMME_YEAR], step=True)
def paid_once_in_current_prices(current_startup_cost: Num, current_exit_cost: Num) -> NokPerYear:
    """What beginning and leaving the contract cost in the year, in current prices."""
    return current_startup_cost + current_exit_cost


@figure(per=[PROGRAMME_YEAR], step=True)
def price_if_paid(first_month: Num, growth_of_investment: Num, inflation: Num, year: Num) -> Ratio:
    """How much dearer building is than prices in general, where the investment is paid in the year."""
    return where(months_in_year(first_month, 1, year) > 0, growth_of_investment / inflation, 0.0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[PROGRAMME], step=True)
def price_when_paid(price_if_paid: Series) -> Ratio:
    """How much dearer building is than prices in general when the investment is paid, if that is within the horizon."""
    return total(price_if_paid)  # type: ignore[no-any-return]  # as above


@figure(per=[INVESTMENT_YEAR], step=True)
def later_price_if_paid(month_of_investment: Num, growth_of_amount: Num, inflation: Num, year: Num) -> Ratio:
    """How much dearer building is than prices in general, where the later investment is paid in the year."""
    return where(months_in_year(month_of_investment, 1, year) > 0, growth_of_amount / inflation, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[INVESTMENT], step=True)
def later_price_when_paid(later_price_if_paid: Series) -> Ratio:
    """How much dearer building is than prices in general when the later investment is paid, within the horizon."""
    return total(later_price_if_paid)  # type: ignore[no-any-return]  # as above


@figure("current_later_capital", per=[INVESTMENT_YEAR], step=True)
def later_capital_in_current_prices(later_capital: Num, later_price_when_paid: Num, inflation: Num) -> NokPerYear:
    """What a later investment costs in the year, in current prices."""
    return later_capital * later_price_when_paid * inflation


@figure("current_capital_cost", per=[PROGRAMME_YEAR])
def capital_cost_in_current_prices(
    capital_at_start: Num, price_when_paid: Num, inflation: Num, current_later_capital: AnySeries
) -> NokPerYear:
    """What is invested costs in the year, in current prices."""
    return capital_at_start * price_when_paid * inflation + total(current_later_capital)  # type: ignore[no-any-return]  # as above


@figure("current_user_payment_change", per=[PROGRAMME_YEAR], told_with=PAYMENTS)
def user_payment_change_in_current_prices(
    user_payments: Num,
    growth_of_user_payments: Num,
    user_payments_in_house: Num,
    growth_of_user_payments_in_house: Num,
    moved_share: Num,
) -> SavingPerYear:
    """How much more users pay in the year because of what is in-house, in current prices."""
    today, in_house = user_payments * growth_of_user_payments, user_payments_in_house * growth_of_user_payments_in_house
    return (in_house - today) * moved_share


@figure("current_transport_change", per=[PROGRAMME_YEAR], told_with=TRANSPORT)
def transport_change_in_current_prices(
    transport: Num,
    growth_of_transport: Num,
    transport_in_house: Num,
    growth_of_transport_in_house: Num,
    moved_share: Num,
    own_price_factor: Num,
) -> SavingPerYear:
    """How much less transport costs in the year because of what is in-house, in current prices."""
    cost, cost_in_house = transport * growth_of_transport, transport_in_house * growth_of_transport_in_house
    return (cost - cost_in_house) * moved_share * own_price_factor


@figure("current_refund_bought", per=[GROUP_YEAR], step=True)
def refund_of_bought_in_current_prices(
    group_users: Num,
    net_wage_cost: Num,
    purchased_price_factor: Num,
    growth_of_net_wage_cost: Num,
    current_refund_threshold: Num,
    refund_rate: Num,
    current_deductions: Num,
) -> NokPerYear:
    """What the state would refund in the year for the users of the group as services are bought, in current prices."""
    wages = net_wage_cost * purchased_price_factor * growth_of_net_wage_cost
    return group_users * refund(wages, current_refund_threshold, refund_rate, current_deductions)


@figure("current_refund_in_house", per=[GROUP_YEAR], step=True)
def refund_in_house_in_current_prices(
    group_users: Num,
    net_wage_cost_in_house: Num,
    own_price_factor: Num,
    growth_of_net_wage_cost_in_house: Num,
    current_refund_threshold: Num,
    refund_rate: Num,
    current_deductions: Num,
) -> NokPerYear:
    """What the state would refund in the year for the group, were all of it in-house, in current prices."""
    wages = net_wage_cost_in_house * own_price_factor * growth_of_net_wage_cost_in_house
    return group_users * refund(wages, current_refund_threshold, refund_rate, current_deductions)


@figure("current_refund_threshold", per=[("year",)], step=True)
def threshold_in_current_prices(
    refund_threshold: Num, threshold_factor: Num, growth_of_refund_threshold: Num
) -> NokPerUser:
    """The threshold for refunds in the year, in current prices."""
    return refund_threshold * threshold_factor * growth_of_refund_threshold


@figure("current_deductions", per=[GROUP_YEAR], step=True)
def deductions_in_current_prices(deductions: Num, growth_of_deductions: Num) -> NokPerUser:
    """What is deducted per user in the year, in current prices."""
    return deductions * growth_of_deductions


@figure("current_refund_gain", per=[GROUP_YEAR], step=True)
def refund_gain_in_current_prices(current_refund_in_house: Num, current_refund_bought: Num) -> SavingPerYear:
    """How much more the state would refund for the group in the year, were all of it in-house, in current prices."""
    return current_refund_in_house - current_refund_bought


@figure("current_refund_change", per=[CATEGORY_YEAR], told_with=REFUNDS)
def refund_change_in_current_prices(current_refund_gain: AnySeries, repatriable_share: Num, home: Num) -> SavingPerYear:
    """How much more the state refunds in the year because of what is in-house, in current prices."""
    return total(current_refund_gain) * repatriable_share * home  # type: ignore[no-any-return]  # as above


@figure("current_followup_saved", per=[PROGRAMME_YEAR], told_with=FOLLOWUP)
def followup_saved_in_current_prices(followup_saved: Num, growth_of_contract_followup: Num) -> SavingPerYear:
    """What need not be spent on tendering and following up contracts in the year, in current prices."""
    return followup_saved * growth_of_contract_followup


@figure("current_overhead_in_kroner", per=[PROGRAMME_YEAR], step=True)
def overhead_in_kroner_in_current_prices(overhead_in_kroner: Num, growth_of_overhead: Num) -> NokPerYear:
    """The overhead of the year that is stated in kroner, in current prices."""
    return overhead_in_kroner * growth_of_overhead


@figure("current_overhead_added", per=[PROGRAMME_YEAR], told_with=OVERHEAD)
def overhead_added_in_current_prices(
    current_overhead_in_kroner: Num, overhead_share: Num, current_own_cost: Num
) -> NokPerYear:
    """What own administration costs more in the year, in current prices."""
    return current_overhead_in_kroner + overhead_share * current_own_cost


@figure("current_account", per=[PROGRAMME_YEAR], step=True)
def account_in_current_prices(
    current_followup_saved: Num,
    current_overhead_in_kroner: Num,
    current_user_payment_change: Num,
    current_transport_change: Num,
    current_refund_change: Num,
) -> SavingPerYear:
    """What the rest of the account and refunds save in the year, but for overhead as a share, in current prices."""
    contracts = current_followup_saved - current_overhead_in_kroner
    return contracts + current_user_payment_change + current_transport_change + current_refund_change


def _sums(name: str, yearly: Any, whole: Any, told_with: tuple[str, ...] = ()) -> tuple[Formula, Formula]:
    """The sums of a line of the account over all programmes, and over the years."""
    by_year = summed(name, yearly, YEAR, told_with=told_with)
    return by_year, summed(name, whole, PROGRAMME, (), told_with=told_with)


FORMULAS: tuple[Formula | Callable[..., Any], ...] = (
    *(item for amount, level in AMOUNTS.items() for item in _growth_of(amount, level)),
    startup_cost_in_current_prices,
    *_sums("current_startup_cost", NokPerYear, Nok),
    exit_cost_in_current_prices,
    *_sums("current_exit_cost", NokPerYear, Nok, EXIT),
    paid_once_in_current_prices,
    price_if_paid,
    price_when_paid,
    later_price_if_paid,
    later_price_when_paid,
    later_capital_in_current_prices,
    capital_cost_in_current_prices,
    *_sums("current_capital_cost", NokPerYear, Nok),
    user_payment_change_in_current_prices,
    *_sums("current_user_payment_change", SavingPerYear, Saving, PAYMENTS),
    transport_change_in_current_prices,
    *_sums("current_transport_change", SavingPerYear, Saving, TRANSPORT),
    threshold_in_current_prices,
    deductions_in_current_prices,
    refund_of_bought_in_current_prices,
    refund_in_house_in_current_prices,
    refund_gain_in_current_prices,
    refund_change_in_current_prices,
    summed("current_refund_change", SavingPerYear, PROGRAMME_YEAR, told_with=REFUNDS),
    *_sums("current_refund_change", SavingPerYear, Saving, REFUNDS),
    followup_saved_in_current_prices,
    *_sums("current_followup_saved", SavingPerYear, Saving, FOLLOWUP),
    overhead_in_kroner_in_current_prices,
    overhead_added_in_current_prices,
    *_sums("current_overhead_added", NokPerYear, Nok, OVERHEAD),
    account_in_current_prices,
)
