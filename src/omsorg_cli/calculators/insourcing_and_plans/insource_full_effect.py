"""What a year brings once every phase is in-house, in first-year prices and without what is paid once."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    INVESTMENT,
    NOT_REPATRIABLE,
    PROGRAMME,
)
from omsorg_cli.core.figure import AnySeries, Series, figure, summed
from omsorg_cli.core.helpers import maximum, total, where
from omsorg_cli.core.units import NokPerYear, Num, People, SavingPerYear, Share
from omsorg_cli.core.units import Places as PlacesUnit
from omsorg_cli.formulas.money import NEVER

QUALITY = ("quality",)


@figure("full_share", per=[CATEGORY], table="phases", step=True)
def full_share(share_of_phase: Series, counted: Num, inward: Num) -> Share:
    """How much of what can be brought in-house is in-house once every phase is; below zero where it goes out."""
    return total(share_of_phase) * counted * inward  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("full_share", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def nothing_at_full_effect() -> Share:
    """Nothing can be brought in-house."""
    return 0.0


@figure(per=[CATEGORY], step=True)
def purchase_avoided_at_full_effect(repatriable_volume: Num, full_share: Num) -> NokPerYear:
    """What need not be bought in a year once every phase is in-house."""
    return repatriable_volume * full_share


@figure("own_cost_at_full_effect", per=[CATEGORY], step=True)
def own_cost_at_full_effect_by_ratio(
    repatriable_volume: Num, full_share: Num, own_cost_ratio: Num, occupancy: Num
) -> NokPerYear:
    """What in-house provision costs in a year once every phase is in-house."""
    return repatriable_volume * full_share * own_cost_ratio / occupancy


@figure(per=[CATEGORY], step=True)
def places_built_at_full_effect(places: Num, repatriable_share: Num, full_share: Num, occupancy: Num) -> PlacesUnit:
    """The places once every phase is in-house, in use or empty: none where nothing can be brought in-house."""
    return where(repatriable_share > 0, places * full_share / occupancy, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def places_used_at_full_effect(places: Num, full_share: Num) -> PlacesUnit:
    """The places in use in-house once every phase has come, or that are left once every phase has gone out."""
    return places * maximum(full_share, -full_share)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def users_at_full_effect(users: Num, repatriable_share: Num, full_share: Num) -> People:
    """The users who have moved once every phase has."""
    return users * repatriable_share * maximum(full_share, -full_share)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def users_without_place(users_at_full_effect: Num, places_used_at_full_effect: Num) -> People:
    """How many more users move than there are places for them."""
    return maximum(users_at_full_effect - places_used_at_full_effect, 0)  # type: ignore[no-any-return]  # as above


@figure("own_cost_at_full_effect", per=[CATEGORY], step=True)
def own_cost_at_full_effect_by_places(places_built_at_full_effect: Num, own_cost_per_place: Num) -> NokPerYear:
    """What in-house provision costs in a year once every phase is in-house, by place."""
    return places_built_at_full_effect * own_cost_per_place


@figure("own_cost_at_full_effect", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def no_own_cost_at_full_effect() -> NokPerYear:
    """Nothing is brought in-house."""
    return 0.0


@figure(per=[CATEGORY], step=True)
def running_at_full_effect(purchase_avoided_at_full_effect: Num, own_cost_at_full_effect: Num) -> SavingPerYear:
    """What is saved in a year once every phase is in-house, before what is invested."""
    return purchase_avoided_at_full_effect - own_cost_at_full_effect


@figure("own_cost_of_all", per=[CATEGORY], step=True)
def own_cost_of_all_by_ratio(repatriable_volume: Num, own_cost_ratio: Num, occupancy: Num) -> NokPerYear:
    """What in-house provision would cost in a year for all that can be brought in-house."""
    return repatriable_volume * own_cost_ratio / occupancy


@figure("own_cost_of_all", per=[CATEGORY], step=True)
def own_cost_of_all_by_places(
    places: Num, occupancy: Num, own_cost_per_place: Num, repatriable_share: Num
) -> NokPerYear:
    """What in-house provision would cost in a year for all that can be brought in-house, by place."""
    return where(repatriable_share > 0, places / occupancy * own_cost_per_place, 0.0)  # type: ignore[no-any-return]  # as above


@figure("own_cost_of_all", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def no_own_cost_of_all() -> NokPerYear:
    """Nothing can be brought in-house."""
    return 0.0


@figure(per=[CATEGORY], told_with=QUALITY)
def saving_not_counted(repatriable_volume: Num, own_cost_of_all: Num, counted: Num, inward: Num) -> SavingPerYear:
    """What a year would save, in running costs, of what is not counted because it may not be as good for users."""
    return (repatriable_volume - own_cost_of_all) * inward * (1 - counted)


@figure(per=[INVESTMENT], step=True)
def later_capital_at_full_effect(later_annuity: Num, first_month: Num) -> NokPerYear:
    """What a later investment costs in a full year; nothing where nothing is ever brought in-house."""
    return where(first_month < NEVER, later_annuity, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME], step=True)
def capital_at_full_effect(
    annuity_of_investment: Num, first_month: Num, later_capital_at_full_effect: AnySeries
) -> NokPerYear:
    """What is invested costs in a full year; nothing where nothing is ever brought in-house."""
    at_start = where(first_month < NEVER, annuity_of_investment, 0.0)
    return at_start + total(later_capital_at_full_effect)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME], step=True)
def other_effects_at_full_effect(
    refund_change_at_full_effect: Num,
    rest_of_account_at_full_effect: Num,
    account_by_cost_at_full_effect: Num,
    own_cost_kept_at_full_effect: Num,
) -> SavingPerYear:
    """What else is saved in a year once every phase is in-house, beside purchases, in-house provision and capital."""
    account = rest_of_account_at_full_effect + account_by_cost_at_full_effect
    return refund_change_at_full_effect + account - own_cost_kept_at_full_effect


@figure(per=[PROGRAMME, ()])
def saving_at_full_effect(
    running_at_full_effect: Num, capital_at_full_effect: Num, other_effects_at_full_effect: Num
) -> SavingPerYear:
    """What is saved in a year once every phase is in-house, in first-year prices and without start-up costs."""
    return running_at_full_effect - capital_at_full_effect + other_effects_at_full_effect


FORMULAS = (
    full_share,
    nothing_at_full_effect,
    purchase_avoided_at_full_effect,
    summed("purchase_avoided_at_full_effect", NokPerYear, PROGRAMME, step=True),
    own_cost_at_full_effect_by_ratio,
    places_built_at_full_effect,
    places_used_at_full_effect,
    users_at_full_effect,
    users_without_place,
    own_cost_at_full_effect_by_places,
    no_own_cost_at_full_effect,
    summed("own_cost_at_full_effect", NokPerYear, PROGRAMME, step=True),
    running_at_full_effect,
    summed("running_at_full_effect", SavingPerYear, PROGRAMME, (), step=True),
    own_cost_of_all_by_ratio,
    own_cost_of_all_by_places,
    no_own_cost_of_all,
    saving_not_counted,
    summed("saving_not_counted", SavingPerYear, PROGRAMME, (), told_with=QUALITY),
    later_capital_at_full_effect,
    capital_at_full_effect,
    summed("capital_at_full_effect", NokPerYear, (), step=True),
    other_effects_at_full_effect,
    summed("other_effects_at_full_effect", SavingPerYear, (), step=True),
    saving_at_full_effect,
)
