"""What in-house cost stays when a service is bought instead: what cannot be saved yet, and both while users move."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    LATER,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import AnySeries, figure, summed
from omsorg_cli.core.helpers import maximum, minimum, total, where
from omsorg_cli.core.units import Nok, NokPerYear, Num, Share
from omsorg_cli.formulas.money import phased

OUT = ("direction", "avoidable_share", "later_share")


@figure(per=[(*LATER, "year")], step=True)
def avoided_later(later_share: Num, avoided_from: Num, year: Num) -> Share:
    """How much of in-house cost this part makes it possible to save in the year: the mean over its months."""
    return later_share * phased(avoided_from, 0, year)


@figure(per=[CATEGORY_YEAR], step=True)
def avoidable(avoidable_share: Num, avoided_later: AnySeries) -> Share:
    """How much of in-house cost can be saved in the year, where it is bought instead."""
    return minimum(avoidable_share + total(avoided_later), 1)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[CATEGORY], step=True)
def avoidable_in_the_end(avoidable_share: Num, later_share: AnySeries) -> Share:
    """How much of in-house cost can be saved in the end, where it is bought instead."""
    return minimum(avoidable_share + total(later_share), 1)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY_YEAR], told_with=OUT)
def own_cost_kept(
    own_cost: Num, avoidable: Num, own_cost_of_all: Num, overlap: Num, own_price_factor: Num
) -> NokPerYear:
    """What in-house cost stays in the year although it is bought: what cannot be saved, and what both costs."""
    both = own_cost_of_all * maximum(-overlap, 0) * own_price_factor
    return maximum(-own_cost, 0) * (1 - avoidable) + both * avoidable  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY_YEAR], step=True)
def own_cost_kept_at_par(
    own_cost_at_par: Num,
    avoidable: Num,
    repatriable_volume: Num,
    occupancy: Num,
    overlap: Num,
    own_price_factor: Num,
) -> NokPerYear:
    """The same if in-house provision cost as much as what is bought."""
    both = repatriable_volume / occupancy * maximum(-overlap, 0) * own_price_factor
    return maximum(-own_cost_at_par, 0) * (1 - avoidable) + both * avoidable  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def own_cost_kept_at_full_effect(own_cost_at_full_effect: Num, avoidable_in_the_end: Num) -> NokPerYear:
    """What in-house cost stays in a year once every phase has gone out."""
    return maximum(-own_cost_at_full_effect, 0) * (1 - avoidable_in_the_end)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def everything_avoidable(own_cost_at_full_effect: Num, avoidable_share: Num) -> Share:
    """1 where what is in-house is bought instead and all of its cost is saved at once."""
    return where(own_cost_at_full_effect < 0, where(avoidable_share < 1, 0.0, 1.0), 0.0)  # type: ignore[no-any-return]  # as above


FORMULAS = (
    avoided_later,
    avoidable,
    avoidable_in_the_end,
    own_cost_kept,
    summed("own_cost_kept", NokPerYear, PROGRAMME_YEAR, YEAR, told_with=OUT),
    summed("own_cost_kept", Nok, CATEGORY, PROGRAMME, (), told_with=OUT),
    own_cost_kept_at_par,
    summed("own_cost_kept_at_par", NokPerYear, PROGRAMME_YEAR, step=True),
    everything_avoidable,
    summed("everything_avoidable", Share, PROGRAMME, step=True),
    own_cost_kept_at_full_effect,
    summed("own_cost_kept_at_full_effect", NokPerYear, PROGRAMME, step=True),
)
