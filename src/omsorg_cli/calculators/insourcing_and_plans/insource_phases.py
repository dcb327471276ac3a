"""When what is bought comes in-house: phases as shares, as places or as users, and what is in-house in each year."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    NOT_REPATRIABLE,
    PHASE,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import maximum, ratio, total, where
from omsorg_cli.core.units import Month as MonthUnit
from omsorg_cli.core.units import Num, People, Ratio, Share
from omsorg_cli.core.units import Places as PlacesUnit
from omsorg_cli.formulas.money import MONTHS, phased


@figure("share_of_phase", per=[PHASE], step=True)
def share_as_stated(phase_share: Num) -> Share:
    """How much of what can be brought in-house comes with the phase."""
    return phase_share


@figure("places_planned", per=[CATEGORY], step=True)
def places_as_stated(places: Num) -> PlacesUnit:
    """The places in use once all of it is in-house."""
    return places


@figure("places_planned", per=[CATEGORY], step=True)
def places_of_the_schedule(phase_places: Series) -> PlacesUnit:
    """The places of all phases together, where nothing else says how many there will be."""
    return total(phase_places)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("share_of_phase", per=[PHASE], step=True, no_answer="there are no places")
def share_by_places(phase_places: Num, places_planned: Num) -> Share:
    """How much of what can be brought in-house comes with the phase: its places of all places."""
    return ratio(phase_places, places_planned)  # type: ignore[no-any-return]  # a number, or no answer


@figure("share_of_phase", per=[PHASE], step=True, no_answer="nobody can be brought in-house")
def share_by_users(phase_users: Num, users: Num, repatriable_share: Num) -> Share:
    """How much of what can be brought in-house comes with the phase: its users of all who can be brought in-house."""
    return ratio(phase_users, users * repatriable_share)  # type: ignore[no-any-return]  # as above


@figure(step=True)
def phase_begins(start: Num, first_year: Num) -> MonthUnit:
    """The month in which the phase begins: none that is drawn is before the first year."""
    return maximum(start, first_year * MONTHS)  # type: ignore[no-any-return]  # as above


@figure(step=True)
def home_of_phase(share_of_phase: Num, phase_begins: Num, over_months: Num, year: Num) -> Share:
    """How much of what can be brought in-house the phase has in-house in the year: the mean over its months."""
    return share_of_phase * phased(phase_begins, over_months, year)


@figure("against_quality", per=[CATEGORY], when={"quality": "worse"}, step=True)
def worse_for_users() -> Share:
    """Users would be worse off."""
    return 1.0


@figure("against_quality", per=[CATEGORY], when={"quality": "not_assessed"}, step=True)
def not_assessed_for_users() -> Share:
    """Nobody has assessed how good it would be for users."""
    return 1.0


@figure("against_quality", per=[CATEGORY], step=True)
def nothing_against_quality() -> Share:
    """Nothing says that users would be worse off."""
    return 0.0


@figure(per=[CATEGORY], step=True)
def counted(against_quality: Num, include_quality: Num) -> Share:
    """1 where it counts, 0 where users may be worse off and that is not to be included."""
    return where(include_quality, 1.0, 1 - against_quality)  # type: ignore[no-any-return]  # as above


@figure("inward", per=[PROGRAMME], when={"direction": "out"}, step=True)
def outward() -> Ratio:
    """-1 where what is in-house is bought instead: all that follows from what moves turns its sign."""
    return -1.0


@figure(per=[PROGRAMME], step=True)
def inward() -> Ratio:
    """1 where what is bought comes in-house."""
    return 1.0


@figure(per=[CATEGORY_YEAR], table="phases", step=True)
def home(home_of_phase: Series, counted: Num, inward: Num, pace: Num) -> Share:
    """How much of what can be brought in-house is so in the year, over all phases; below zero where it goes out."""
    return total(home_of_phase) * counted * inward * pace  # type: ignore[no-any-return]  # as above


@figure("home", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE, step=True)
def nothing_home(year: Num) -> Share:
    """Nothing can be brought in-house, so none of it is."""
    return 0.0


@figure(per=[CATEGORY_YEAR], only_with=("users",))
def users_in_house(users: Num, repatriable_share: Num, home: Num) -> People:
    """The users who are in-house in the year, as the mean over its months."""
    return users * repatriable_share * home


@figure(per=[CATEGORY], step=True)
def left_out_for_quality(against_quality: Num, counted: Num, repatriable_share: Num) -> Share:
    """1 where what can be brought in-house is not counted because of its quality."""
    return where(repatriable_share > 0, against_quality * (1 - counted), 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], step=True)
def counted_in_spite_of_quality(against_quality: Num, counted: Num, repatriable_share: Num) -> Share:
    """1 where what can be brought in-house is counted in spite of its quality."""
    return where(repatriable_share > 0, against_quality * counted, 0.0)  # type: ignore[no-any-return]  # as above


FORMULAS = (
    share_as_stated,
    places_as_stated,
    places_of_the_schedule,
    share_by_places,
    share_by_users,
    phase_begins,
    home_of_phase,
    worse_for_users,
    not_assessed_for_users,
    nothing_against_quality,
    counted,
    left_out_for_quality,
    counted_in_spite_of_quality,
    outward,
    inward,
    home,
    nothing_home,
    users_in_house,
    summed("users_in_house", People, PROGRAMME_YEAR, YEAR),
)
