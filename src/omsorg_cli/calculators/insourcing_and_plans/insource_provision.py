"""What need not be bought when a purchase is brought in-house, and what in-house provision costs in its place."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    NOT_REPATRIABLE,
    OUT,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import maximum, ratio, total, where
from omsorg_cli.core.units import (
    Nok,
    NokPerUser,
    NokPerYear,
    Num,
    Ratio,
    Share,
)
from omsorg_cli.core.units import (
    Places as PlacesUnit,
)
from omsorg_cli.formulas.money import grown


@figure(step=True)
def purchased_price_factor(purchased_price_growth: Num, year: Num, first_year: Num) -> Ratio:
    """What is paid in the year for what cost one krone in the first year."""
    return grown(purchased_price_growth, year, first_year)


@figure(step=True)
def own_price_factor(own_price_growth: Num, year: Num, first_year: Num) -> Ratio:
    """What in-house provision costs in the year, having cost one krone in the first year."""
    return grown(own_price_growth, year, first_year)


@figure("purchased", per=[CATEGORY])
def purchased_of_category(annual_cost: Num, share_of_cost: Num) -> NokPerYear:
    """What is bought in the category in a year."""
    return annual_cost * share_of_cost


@figure("purchased", per=[PROGRAMME, CATEGORY])
def purchased_as_stated(annual_cost: Num) -> NokPerYear:
    """What is bought in a year."""
    return annual_cost


@figure("purchased", per=[PROGRAMME, CATEGORY])
def purchased_by_user(users: Num, cost_per_user: Num) -> NokPerYear:
    """What is bought in a year, by the price per user."""
    return users * cost_per_user


@figure(per=[PROGRAMME, CATEGORY], only_with=("users",), no_answer="nobody has it")
def cost_per_user(purchased: Num, users: Num) -> NokPerUser:
    """What is bought per user per year."""
    return ratio(purchased, users)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[PROGRAMME], step=True)
def outside_categories(annual_cost: Num, purchased: Series) -> NokPerYear:
    """What is bought in a year beside the categories."""
    return annual_cost - total(purchased)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[PROGRAMME], step=True)
def bought_today(purchased: Num, inward: Num) -> NokPerYear:
    """What is bought in a year today: nothing of what is in-house and might be bought instead."""
    return where(inward > 0, purchased, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def total_purchased(bought_today: Series) -> NokPerYear:
    """What is bought from private providers in a year, over all programmes."""
    return total(bought_today)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[CATEGORY])
def repatriable_volume(purchased: Num, repatriable_share: Num) -> NokPerYear:
    """What of the purchases can be brought in-house, in first-year prices."""
    return purchased * repatriable_share


@figure(per=[CATEGORY], step=True)
def bought_and_repatriable(repatriable_volume: Num, inward: Num) -> NokPerYear:
    """What of the purchases can be brought in-house: nothing of what is in-house and might be bought instead."""
    return repatriable_volume * maximum(inward, 0)  # type: ignore[no-any-return]  # as above


@figure("repatriable_volume", per=[PROGRAMME, ()])
def repatriable_in_all(bought_and_repatriable: Series) -> NokPerYear:
    """What of the purchases can be brought in-house in all, in first-year prices."""
    return total(bought_and_repatriable)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], told_with=OUT)
def outsourceable_volume(repatriable_volume: Num, inward: Num) -> NokPerYear:
    """What the part of in-house provision that can be bought instead would cost, in first-year prices."""
    return repatriable_volume * maximum(-inward, 0)  # type: ignore[no-any-return]  # as above


@figure(per=[()], told_with=OUT)
def outsourced_share(outsourceable_volume: Num, repatriable_volume: Num) -> Share:
    """How much of what can change hands goes out."""
    return ratio(outsourceable_volume, outsourceable_volume + repatriable_volume)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[CATEGORY_YEAR])
def purchase_avoided(repatriable_volume: Num, home: Num, purchased_price_factor: Num) -> NokPerYear:
    """What need not be bought in the year."""
    return repatriable_volume * home * purchased_price_factor


@figure(per=[CATEGORY_YEAR], step=True)
def own_cost_at_par(repatriable_volume: Num, home: Num, occupancy: Num, own_price_factor: Num) -> NokPerYear:
    """What in-house provision would cost in the year if it cost as much as what is bought."""
    return repatriable_volume * home / occupancy * own_price_factor


@figure("own_cost", per=[CATEGORY_YEAR])
def own_cost_by_ratio(own_cost_at_par: Num, own_cost_ratio: Num) -> NokPerYear:
    """What in-house provision costs in the year."""
    return own_cost_at_par * own_cost_ratio


@figure(per=[CATEGORY_YEAR], step=True)
def places_built(places: Num, repatriable_share: Num, home: Num, occupancy: Num) -> PlacesUnit:
    """The places for what is in-house in the year, in use or empty: none where nothing can be brought in-house."""
    return where(repatriable_share > 0, places * home / occupancy, 0.0)  # type: ignore[no-any-return]  # as above


@figure("own_cost", per=[CATEGORY_YEAR])
def own_cost_by_places(places_built: Num, own_cost_per_place: Num, own_price_factor: Num) -> NokPerYear:
    """What in-house provision costs in the year, by place."""
    return places_built * own_cost_per_place * own_price_factor


@figure("own_cost", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE)
def no_own_cost(year: Num) -> NokPerYear:
    """Nothing is brought in-house, so it costs nothing."""
    return 0.0


FORMULAS = (
    purchased_price_factor,
    own_price_factor,
    purchased_of_category,
    purchased_as_stated,
    purchased_by_user,
    cost_per_user,
    summed("purchased", NokPerYear, PROGRAMME, step=True),
    bought_today,
    total_purchased,
    outside_categories,
    repatriable_volume,
    bought_and_repatriable,
    repatriable_in_all,
    outsourceable_volume,
    summed("outsourceable_volume", NokPerYear, PROGRAMME, (), told_with=OUT),
    outsourced_share,
    purchase_avoided,
    summed("purchase_avoided", NokPerYear, PROGRAMME_YEAR, YEAR),
    summed("purchase_avoided", Nok, CATEGORY, PROGRAMME, ()),
    own_cost_at_par,
    summed("own_cost_at_par", NokPerYear, PROGRAMME_YEAR, YEAR, step=True),
    own_cost_by_ratio,
    places_built,
    own_cost_by_places,
    no_own_cost,
    summed("own_cost", NokPerYear, PROGRAMME_YEAR, YEAR),
    summed("own_cost", Nok, CATEGORY, PROGRAMME, ()),
)
