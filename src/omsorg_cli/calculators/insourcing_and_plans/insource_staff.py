"""Whether what is to come in-house can be staffed, and how much of it can where it waits for staff."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    NOT_REPATRIABLE,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import maximum, total, where
from omsorg_cli.core.units import Fte, Num, Share

STAFF = ("fte_available",)
LIMITED, UNLIMITED = {"limit_to_staff": True}, {"limit_to_staff": False}


@figure(per=[CATEGORY], only_with=STAFF, step=True)
def fte_of_all(own_cost_of_all: Num, wage_share: Num, wage_per_fte: Num, inward: Num, counted: Num) -> Fte:
    """How many FTE it takes to have all in-house that can come: none where it goes out or is not counted."""
    return own_cost_of_all * wage_share / wage_per_fte * maximum(inward, 0) * counted  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[CATEGORY_YEAR], only_with=STAFF, step=True)
def fte_planned(fte_of_all: Num, home_of_phase: Series) -> Fte:
    """How many FTE the phases take in the year, as they are planned."""
    return fte_of_all * total(home_of_phase)  # type: ignore[no-any-return]  # as above


@figure("fte_planned", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE, step=True)
def no_fte_planned(year: Num) -> Fte:
    """Nothing can be brought in-house."""
    return 0.0


@figure(per=[YEAR], only_with=STAFF)
def fte_recruited(fte_available: Num, year: Num, first_year: Num) -> Fte:
    """How many FTE can have been recruited by the year, as many in each."""
    return fte_available * (year - first_year + 1)


@figure(per=[YEAR], only_with=STAFF)
def fte_short(fte_planned: Num, fte_recruited: Num) -> Fte:
    """How many more FTE the phases take in the year than can have been recruited by then."""
    return maximum(fte_planned - fte_recruited, 0)  # type: ignore[no-any-return]  # as above


@figure("pace", per=[PROGRAMME_YEAR], when=LIMITED, step=True)
def pace_of_staff(fte_planned_of_all: Num, fte_recruited: Num, inward: Num) -> Share:
    """How much of what is planned to be in-house can be staffed in the year; what goes out needs no staff."""
    needed = where(inward > 0, fte_planned_of_all, 0.0)
    return fte_recruited / maximum(needed, fte_recruited)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME_YEAR], when=UNLIMITED, step=True)
def pace() -> Share:
    """All of what is planned to be in-house in the year is."""
    return 1.0


@figure(per=[YEAR], only_with=STAFF, step=True)
def fte_planned_of_all(fte_planned: Num) -> Fte:
    """How many FTE the phases of all programmes take in the year, as they are planned."""
    return fte_planned


@figure("slowed", per=[YEAR], when=LIMITED, step=True)
def slowed_by_staff(fte_short: Num) -> Fte:
    """How many FTE wait for those who can be recruited only later."""
    return fte_short


@figure(per=[YEAR], when=UNLIMITED, step=True)
def slowed(year: Num) -> Fte:
    """Nothing waits for staff."""
    return 0.0


@figure(per=[YEAR], only_with=STAFF, step=True)
def unstaffed(fte_short: Num, slowed: Num) -> Fte:
    """How many FTE are counted on although they cannot have been recruited."""
    return fte_short - slowed


FORMULAS = (
    fte_of_all,
    fte_planned,
    no_fte_planned,
    summed("fte_planned", Fte, PROGRAMME_YEAR, YEAR, step=True),
    fte_recruited,
    fte_short,
    fte_planned_of_all,
    pace_of_staff,
    pace,
    slowed_by_staff,
    slowed,
    unstaffed,
)
