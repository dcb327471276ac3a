"""What the state refunds for users who need many resources, as services are bought and as they are in-house."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    GROUP,
    PROGRAMME,
    PROGRAMME_YEAR,
    REFUNDS,
    YEAR,
)
from omsorg_cli.core.figure import AnySeries, Series, figure, summed
from omsorg_cli.core.helpers import count, total, where
from omsorg_cli.core.units import NokPerYear, Num, People, Ratio, Saving, SavingPerYear, Share, Units
from omsorg_cli.formulas.money import grown
from omsorg_cli.formulas.refunds import refund


@figure(step=True)
def threshold_factor(threshold_growth: Num, year: Num, first_year: Num) -> Ratio:
    """The threshold in the year, having been one krone in the first year."""
    return grown(threshold_growth, year, first_year)


@figure(per=[GROUP], step=True)
def refund_of_group_today(
    group_users: Num, net_wage_cost: Num, refund_threshold: Num, refund_rate: Num, deductions: Num
) -> NokPerYear:
    """What the state refunds in a year for the users of the group, as services are bought."""
    return group_users * refund(net_wage_cost, refund_threshold, refund_rate, deductions)


@figure(per=[GROUP], step=True)
def refund_of_group_in_house(
    group_users: Num, net_wage_cost_in_house: Num, refund_threshold: Num, refund_rate: Num, deductions: Num
) -> NokPerYear:
    """What the state would refund in a year for the users of the group, were all of them in-house."""
    return group_users * refund(net_wage_cost_in_house, refund_threshold, refund_rate, deductions)


@figure(per=[CATEGORY], told_with=REFUNDS)
def refund_today(refund_of_group_today: AnySeries) -> NokPerYear:
    """What the state refunds in a year for the users for whom it is bought."""
    return total(refund_of_group_today)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[GROUP], step=True)
def refund_gain(refund_of_group_in_house: Num, refund_of_group_today: Num) -> SavingPerYear:
    """How much more the state would refund for the group, were all of it in-house, in first-year prices."""
    return refund_of_group_in_house - refund_of_group_today


@figure("refund_gain", per=[(*GROUP, "year")], step=True)
def refund_gain_in_year(
    group_users: Num,
    net_wage_cost: Num,
    net_wage_cost_in_house: Num,
    refund_threshold: Num,
    refund_rate: Num,
    deductions: Num,
    threshold_factor: Num,
    purchased_price_factor: Num,
    own_price_factor: Num,
) -> SavingPerYear:
    """How much more the state would refund for the group in the prices of the year, were all of it in-house."""
    threshold = refund_threshold * threshold_factor
    bought = refund(net_wage_cost * purchased_price_factor, threshold, refund_rate, deductions)
    in_house = refund(net_wage_cost_in_house * own_price_factor, threshold, refund_rate, deductions)
    return group_users * (in_house - bought)


@figure(per=[CATEGORY_YEAR], told_with=REFUNDS)
def refund_change(refund_gain: AnySeries, repatriable_share: Num, home: Num) -> SavingPerYear:
    """How much more the state refunds in the year because of what is in-house; less is a cost."""
    return total(refund_gain) * repatriable_share * home  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def refund_change_at_full_effect(refund_gain: AnySeries, repatriable_share: Num, full_share: Num) -> SavingPerYear:
    """How much more the state refunds in a year once every phase is in-house."""
    return total(refund_gain) * repatriable_share * full_share  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def users_with_refunds(group_users: AnySeries) -> People:
    """The users for whom the state may refund a part."""
    return total(group_users)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME], step=True)
def without_refunds(users_with_refunds: Series) -> Units:
    """1 for a purchase of which no users with refunds are stated, 0 for others."""
    return where(total(users_with_refunds) > 0, 0.0, 1.0)  # type: ignore[no-any-return]  # as above


@figure(per=[()], step=True)
def purchases_without_refunds(without_refunds: Series) -> Units:
    """How many purchases there are of which no users with refunds are stated."""
    return total(without_refunds)  # type: ignore[no-any-return]  # as above


@figure(per=[()], step=True)
def all_purchases(without_refunds: Series) -> Units:
    """How many purchases there are."""
    return count(without_refunds)


@figure(per=[()], step=True)
def share_without_refunds(purchases_without_refunds: Num, all_purchases: Num) -> Share:
    """The share of the purchases of which no users with refunds are stated."""
    return purchases_without_refunds / all_purchases


FORMULAS = (
    threshold_factor,
    refund_of_group_today,
    refund_of_group_in_house,
    refund_today,
    summed("refund_today", NokPerYear, PROGRAMME, (), told_with=REFUNDS),
    refund_gain,
    refund_gain_in_year,
    refund_change,
    summed("refund_change", SavingPerYear, PROGRAMME_YEAR, YEAR, told_with=REFUNDS),
    summed("refund_change", Saving, CATEGORY, PROGRAMME, (), told_with=REFUNDS),
    refund_change_at_full_effect,
    summed("refund_change_at_full_effect", SavingPerYear, PROGRAMME, step=True),
    users_with_refunds,
    without_refunds,
    purchases_without_refunds,
    all_purchases,
    share_without_refunds,
)
