"""Insourcing in current prices: each amount by the index that it follows, or else the deflator.

An investment is paid in the prices of the year in which it is built. What is owed from then on no longer grows with
the cost of building: its interest is real, so that the annuity grows with the deflator. What is paid twice and value-
added tax follow what is bought; overhead as a share, and in-house cost that stays, follow in-house provision.
"""

from typing import Annotated

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    OUT,
    PAID_TWICE,
    PROGRAMME,
    PROGRAMME_YEAR,
    TAX,
    YEAR,
)
from omsorg_cli.core.discounting import NOMINAL, RATES
from omsorg_cli.core.figure import Series, elsewhere, figure, in_prices, summed
from omsorg_cli.core.helpers import where
from omsorg_cli.core.units import Nok, NokPerYear, Num, Ratio, Saving, SavingPerYear
from omsorg_cli.formulas.money import discounted, worth

BOUGHT = ("annual_cost", "cost_per_user")
OWN = ("own_cost_per_place",)


@figure(per=[()], step=True)
def first_price_factor(
    price_factor: Annotated[float, elsewhere("prices", at_input={"year": "first_year"}, if_there=True)],
) -> Ratio:
    """Prices in the first year relative to the base year of the indexes."""
    return price_factor


@figure(per=[YEAR], step=True)
def inflation(price_factor: Annotated[float, elsewhere("prices", if_there=True)], first_price_factor: Num) -> Ratio:
    """Prices in the year relative to the first year, by the deflator."""
    return price_factor / first_price_factor


@figure(per=[CATEGORY], step=True)
def purchase_price_at_start(price_factor: Annotated[float, in_prices(*BOUGHT, year="first_year")]) -> Ratio:
    """Prices of what is bought in the first year relative to the base year of the indexes."""
    return price_factor


@figure(per=[CATEGORY_YEAR], step=True)
def purchase_inflation(price_factor: Annotated[float, in_prices(*BOUGHT)], purchase_price_at_start: Num) -> Ratio:
    """Prices of what is bought relative to the first year: by the index that it follows, or else the deflator."""
    return price_factor / purchase_price_at_start


@figure(per=[CATEGORY], step=True)
def own_price_at_start(
    price_factor: Annotated[float, in_prices(*OWN, index="own_follows", year="first_year")],
) -> Ratio:
    """Prices of in-house provision in the first year relative to the base year of the indexes."""
    return price_factor


@figure(per=[CATEGORY_YEAR], step=True)
def own_inflation(
    price_factor: Annotated[float, in_prices(*OWN, index="own_follows")], own_price_at_start: Num
) -> Ratio:
    """Prices of in-house provision relative to the first year: by the index that it follows, or else the deflator."""
    return price_factor / own_price_at_start


@figure("current_purchase_avoided", per=[CATEGORY_YEAR])
def purchase_avoided_in_current_prices(purchase_avoided: Num, purchase_inflation: Num) -> NokPerYear:
    """What need not be bought in the year, in current prices."""
    return purchase_avoided * purchase_inflation


@figure("current_own_cost", per=[CATEGORY_YEAR])
def own_cost_in_current_prices(own_cost: Num, own_inflation: Num) -> NokPerYear:
    """What in-house provision costs in the year, in current prices."""
    return own_cost * own_inflation


@figure("current_own_cost_kept", per=[CATEGORY_YEAR], told_with=OUT)
def own_cost_kept_in_current_prices(own_cost_kept: Num, own_inflation: Num) -> NokPerYear:
    """What in-house cost stays in the year although it is bought, in current prices."""
    return own_cost_kept * own_inflation


@figure("current_purchased", per=[CATEGORY_YEAR], step=True)
def purchased_in_current_prices(purchased: Num, purchase_inflation: Num) -> NokPerYear:
    """What is bought in a year, in the prices that are paid then."""
    return purchased * purchase_inflation


@figure("current_paid_twice", per=[PROGRAMME_YEAR], told_with=PAID_TWICE)
def paid_twice_in_current_prices(paid_twice: Num, current_purchased: Num, purchased: Num, inflation: Num) -> NokPerYear:
    """What is paid in the year for bought places that have been left, in current prices."""
    grown = where(purchased > 0, current_purchased / where(purchased > 0, purchased, 1), inflation)
    return paid_twice * grown  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("current_vat_lost", per=[PROGRAMME_YEAR], told_with=TAX)
def vat_lost_in_current_prices(
    current_purchase_avoided: Num, current_paid_twice: Num, vat_share: Num, vat_compensated: Num
) -> NokPerYear:
    """What the state no longer compensates of value-added tax in the year, in current prices."""
    return (current_purchase_avoided - current_paid_twice) * vat_share * vat_compensated


@figure("current_following_own_cost", per=[PROGRAMME_YEAR], step=True)
def following_own_cost_in_current_prices(
    current_own_cost: Num, overhead_share: Num, current_own_cost_kept: Num
) -> NokPerYear:
    """What in-house provision costs in the year with all that follows from it, in current prices."""
    return current_own_cost * (1 + overhead_share) + current_own_cost_kept


@figure("current_net_saving", per=[PROGRAMME_YEAR])
def net_saving_in_current_prices(
    current_purchase_avoided: Num,
    current_paid_twice: Num,
    current_vat_lost: Num,
    current_following_own_cost: Num,
    current_paid_once: Num,
    current_capital_cost: Num,
    current_account: Num,
) -> SavingPerYear:
    """Net saving in the year, in current prices."""
    bought = current_purchase_avoided - current_paid_twice - current_vat_lost
    return bought - current_following_own_cost - current_paid_once - current_capital_cost + current_account


@figure(per=[YEAR], only_with=(NOMINAL,), step=True)
def nominal_discount_factor(nominal_discount_rate: Num, year: Num, first_year: Num) -> Ratio:
    """What a krone of the year, at its end, is worth at the start of the first year."""
    return discounted(nominal_discount_rate, year, first_year)


@figure("present_net_saving", per=[PROGRAMME_YEAR, YEAR], only_with=RATES)
def present_saving_of_current_prices(current_net_saving: Num, nominal_discount_factor: Num) -> SavingPerYear:
    """What the net saving of the year, in current prices, is worth at the start of the first year."""
    return current_net_saving * nominal_discount_factor


@figure("present_value", per=[PROGRAMME, ()], only_with=RATES)
def present_value_of_current_prices(current_net_saving: Series, nominal_discount_factor: Series) -> Saving:
    """What the saving over the horizon, in current prices, is worth at the start of the first year."""
    return worth(current_net_saving, nominal_discount_factor)


@figure("present_purchase_avoided", per=[PROGRAMME, ()], step=True)
def present_purchases_of_current_prices(current_purchase_avoided: Series, nominal_discount_factor: Series) -> Nok:
    """What the purchases avoided over the horizon, in current prices, are worth at the start of the first year."""
    return worth(current_purchase_avoided, nominal_discount_factor)


@figure("current_own_cost_at_par", per=[CATEGORY_YEAR], step=True)
def own_cost_at_par_in_current_prices(own_cost_at_par: Num, own_inflation: Num) -> NokPerYear:
    """What in-house provision would cost in the year, in current prices, if it cost as much as what is bought."""
    return own_cost_at_par * own_inflation


@figure("current_own_cost_kept_at_par", per=[CATEGORY_YEAR], step=True)
def own_cost_kept_at_par_in_current_prices(own_cost_kept_at_par: Num, own_inflation: Num) -> NokPerYear:
    """What in-house cost would stay in the year, in current prices, if it cost as much as what is bought."""
    return own_cost_kept_at_par * own_inflation


@figure("current_cost_at_par", per=[PROGRAMME_YEAR], step=True)
def cost_at_par_in_current_prices(
    current_own_cost_at_par: Num, overhead_share: Num, current_own_cost_kept_at_par: Num
) -> NokPerYear:
    """What follows from own cost in the year, in current prices, if it cost as much as what is bought."""
    return current_own_cost_at_par * (1 + overhead_share) + current_own_cost_kept_at_par


@figure("present_own_cost_at_par", per=[PROGRAMME, ()], step=True)
def present_cost_at_par_of_current_prices(current_cost_at_par: Series, nominal_discount_factor: Series) -> Nok:
    """What in-house provision at the price of what is bought would be worth, in current prices, at the start."""
    return worth(current_cost_at_par, nominal_discount_factor)


@figure("current_fixed_cost", per=[PROGRAMME_YEAR], step=True)
def fixed_cost_in_current_prices(
    current_purchase_avoided: Num, current_following_own_cost: Num, current_net_saving: Num
) -> NokPerYear:
    """All costs of the year but those of in-house provision, in current prices."""
    return current_purchase_avoided - current_following_own_cost - current_net_saving


@figure("present_fixed_cost", per=[PROGRAMME, ()], step=True)
def present_fixed_cost_of_current_prices(current_fixed_cost: Series, nominal_discount_factor: Series) -> Nok:
    """What all costs but those of in-house provision, in current prices, are worth at the start of the first year."""
    return worth(current_fixed_cost, nominal_discount_factor)


CURRENT = (
    first_price_factor,
    inflation,
    purchase_price_at_start,
    purchase_inflation,
    own_price_at_start,
    own_inflation,
    purchase_avoided_in_current_prices,
    summed("current_purchase_avoided", NokPerYear, PROGRAMME_YEAR, YEAR),
    summed("current_purchase_avoided", Nok, PROGRAMME, ()),
    own_cost_in_current_prices,
    summed("current_own_cost", NokPerYear, PROGRAMME_YEAR, YEAR),
    summed("current_own_cost", Nok, PROGRAMME, ()),
    own_cost_kept_in_current_prices,
    summed("current_own_cost_kept", NokPerYear, PROGRAMME_YEAR, YEAR, told_with=OUT),
    summed("current_own_cost_kept", Nok, PROGRAMME, (), told_with=OUT),
    purchased_in_current_prices,
    summed("current_purchased", NokPerYear, PROGRAMME_YEAR, step=True),
    paid_twice_in_current_prices,
    summed("current_paid_twice", NokPerYear, YEAR, told_with=PAID_TWICE),
    summed("current_paid_twice", Nok, PROGRAMME, (), told_with=PAID_TWICE),
    vat_lost_in_current_prices,
    summed("current_vat_lost", NokPerYear, YEAR, told_with=TAX),
    summed("current_vat_lost", Nok, PROGRAMME, (), told_with=TAX),
    following_own_cost_in_current_prices,
    net_saving_in_current_prices,
    summed("current_net_saving", SavingPerYear, YEAR),
    summed("current_net_saving", Saving, PROGRAMME, ()),
    nominal_discount_factor,
    present_saving_of_current_prices,
)
"""The figures of each year in current prices."""

PRESENT = (
    present_value_of_current_prices,
    present_purchases_of_current_prices,
    own_cost_at_par_in_current_prices,
    summed("current_own_cost_at_par", NokPerYear, PROGRAMME_YEAR, step=True),
    own_cost_kept_at_par_in_current_prices,
    summed("current_own_cost_kept_at_par", NokPerYear, PROGRAMME_YEAR, step=True),
    cost_at_par_in_current_prices,
    summed("current_cost_at_par", NokPerYear, YEAR, step=True),
    present_cost_at_par_of_current_prices,
    fixed_cost_in_current_prices,
    summed("current_fixed_cost", NokPerYear, YEAR, step=True),
    present_fixed_cost_of_current_prices,
)
"""What current prices are worth at a nominal rate."""
