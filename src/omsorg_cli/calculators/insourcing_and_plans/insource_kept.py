"""What in-house cost stays when a service is bought instead: what cannot be saved yet, and both while users move."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    LATER,
    NOT_REPATRIABLE,
    OUT,
    PHASE,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import AnySeries, Series, figure, summed
from omsorg_cli.core.helpers import maximum, minimum, total, where
from omsorg_cli.core.units import Nok, NokPerYear, Num, Share
from omsorg_cli.formulas.money import phased, phased_until


@figure(per=[(*PHASE, "year")], step=True)
def left_of_phase(share_of_phase: Num, released_from: Num, over_months: Num, year: Num) -> Share:
    """How much of what can move has left its place with the phase in the year: the mean over its months."""
    return share_of_phase * phased(released_from, over_months, year)


@figure(per=[CATEGORY], step=True)
def later_at_most(avoidable_share: Num, later_share: AnySeries) -> Share:
    """How much counts of what can be saved later: all of it, but for draws that make it more than what is left."""
    later = total(later_share)
    return minimum((1 - avoidable_share) / where(later > 0, later, 1), 1)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[(*LATER, "year")], step=True)
def closed_later(
    later_share: Num,
    later_at_most: Num,
    avoided_from: Num,
    share_of_phase: Series,
    released_from: Series,
    over_months: Series,
    year: Num,
) -> Share:
    """How much of in-house cost this part saves in the year: in the months from its own on, by all who have left."""
    phases = zip(share_of_phase, released_from, over_months, strict=True)
    left = [
        share * (phased(start, over, year) - phased_until(start, over, year, avoided_from))
        for share, start, over in phases
    ]
    return later_share * later_at_most * total(left)  # type: ignore[no-any-return]  # as above


@figure("closed", per=[CATEGORY_YEAR], when={"direction": "out"}, step=True)
def closed_at_once_and_later(
    left_of_phase: Series, avoidable_share: Num, closed_later: AnySeries, counted: Num, pace: Num
) -> Share:
    """How much of the in-house cost of all that can move is saved in the year, over all phases."""
    return (total(left_of_phase) * avoidable_share + total(closed_later)) * counted * pace  # type: ignore[no-any-return]  # as above


@figure("closed", per=[CATEGORY_YEAR], when={"direction": "in"}, step=True)
def nothing_closed(year: Num) -> Share:
    """Nothing is bought that was in-house, so nothing is saved by it."""
    return 0.0


@figure("closed", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE, step=True)
def nothing_to_close(year: Num) -> Share:
    """Nothing can be bought that is in-house, so nothing is saved by it."""
    return 0.0


@figure(per=[CATEGORY_YEAR], step=True)
def kept(home: Num, closed: Num) -> Share:
    """How much of the in-house cost of all that can move stays in the year although it is bought."""
    return maximum(maximum(-home, 0) - closed, 0)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def avoidable_in_the_end(avoidable_share: Num, later_share: AnySeries) -> Share:
    """How much of in-house cost can be saved in the end, where it is bought instead."""
    return minimum(avoidable_share + total(later_share), 1)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY_YEAR], told_with=OUT)
def own_cost_kept(own_cost_of_all: Num, kept: Num, own_price_factor: Num) -> NokPerYear:
    """What in-house cost stays in the year although it is bought: what cannot be saved, and what both costs."""
    return own_cost_of_all * kept * own_price_factor


@figure(per=[CATEGORY_YEAR], step=True)
def own_cost_kept_at_par(repatriable_volume: Num, occupancy: Num, kept: Num, own_price_factor: Num) -> NokPerYear:
    """The same if in-house provision cost as much as what is bought."""
    return repatriable_volume / occupancy * kept * own_price_factor


@figure(per=[CATEGORY], step=True)
def own_cost_kept_at_full_effect(own_cost_at_full_effect: Num, avoidable_in_the_end: Num) -> NokPerYear:
    """What in-house cost stays in a year once every phase has gone out."""
    return maximum(-own_cost_at_full_effect, 0) * (1 - avoidable_in_the_end)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def everything_avoidable(own_cost_at_full_effect: Num, avoidable_share: Num) -> Share:
    """1 where what is in-house is bought instead and all of its cost is saved at once."""
    return where(own_cost_at_full_effect < 0, where(avoidable_share < 1, 0.0, 1.0), 0.0)  # type: ignore[no-any-return]  # as above


FORMULAS = (
    left_of_phase,
    later_at_most,
    closed_later,
    nothing_to_close,
    closed_at_once_and_later,
    nothing_closed,
    kept,
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
