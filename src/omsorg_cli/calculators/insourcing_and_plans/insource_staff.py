"""Whether what is to come in-house can be staffed, and how much of it can where it waits for staff.

Those who must be recruited are all whom it takes: staff whom the same plan releases elsewhere do not fill its posts.
"""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    NOT_REPATRIABLE,
    PHASE,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import maximum, reached, total, where
from omsorg_cli.core.units import Fte, Month, NokPerFte, Num, Share
from omsorg_cli.formulas.money import NEVER
from omsorg_cli.formulas.wages import wage_cost

PHASE_YEAR = (*PHASE, "year")
SLACK = 1e-9
"""FTE that are no lack: what binary fractions leave of none."""
STAFF = ("fte_available",)
LIMITED, UNLIMITED = {"limit_to_staff": True}, {"limit_to_staff": False}


@figure("wage_of_fte", per=[CATEGORY], only_with=("gross_pay",), step=True)
def wage_built_up(
    gross_pay: Num,
    supplement: Num,
    holiday_pay: Num,
    pension: Num,
    payroll_tax: Num,
    sick_leave: Num,
    replaced_share: Num,
) -> NokPerFte:
    """Wage cost of one FTE in a year, built up from gross pay."""
    return wage_cost(gross_pay, supplement, holiday_pay, pension, payroll_tax, sick_leave, replaced_share)


@figure("wage_of_fte", per=[CATEGORY], step=True)
def wage_as_stated(wage_per_fte: Num) -> NokPerFte:
    """Wage cost of one FTE in a year, as it is stated."""
    return wage_per_fte


@figure(per=[CATEGORY], only_with=STAFF, step=True)
def fte_of_all(own_cost_of_all: Num, wage_share: Num, wage_of_fte: Num, inward: Num, counted: Num) -> Fte:
    """How many FTE it takes to have all in-house that can come: none where it goes out or is not counted."""
    return own_cost_of_all * wage_share / wage_of_fte * maximum(inward, 0) * counted  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


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


@figure(per=[PHASE_YEAR], only_with=STAFF, step=True)
def fte_of_phase(fte_of_all: Num, home_of_phase: Num) -> Fte:
    """How many FTE the phase takes in the year, as it is planned."""
    return fte_of_all * home_of_phase


@figure("fte_of_phase", per=[PHASE_YEAR], when=NOT_REPATRIABLE, step=True)
def no_fte_of_phase(year: Num) -> Fte:
    """Nothing can be brought in-house."""
    return 0.0


@figure(per=[PHASE_YEAR], only_with=STAFF, step=True)
def month_of_need(phase_begins: Num) -> Month:
    """The month in which the phase begins."""
    return phase_begins


@figure(per=[YEAR], only_with=STAFF, step=True)
def month_without_staff(phase_begins: Series, fte_of_phase: Series, fte_recruited: Num) -> Month:
    """The first month in which phases begin that, with those before, take more FTE in the year than are recruited."""
    return reached(phase_begins, fte_of_phase, fte_recruited + SLACK, NEVER)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR], only_with=STAFF, step=True)
def short_by_then(phase_begins: Series, fte_of_phase: Series, month_without_staff: Num, fte_recruited: Num) -> Fte:
    """How many more FTE all phases up to and with that month take in the year than can have been recruited."""
    phases = zip(fte_of_phase, phase_begins, strict=True)
    return total([where(begins <= month_without_staff, fte, 0.0) for fte, begins in phases]) - fte_recruited  # type: ignore[no-any-return]  # as above


@figure(per=[PHASE_YEAR], only_with=STAFF, step=True)
def short_from_phase(fte_of_phase: Num, month_of_need: Num, month_without_staff: Num, short_by_then: Num) -> Fte:
    """How many FTE are short in the year from this phase on; nothing where an earlier one is short already."""
    first = where(month_of_need < month_without_staff, 0.0, short_by_then)
    return where(fte_of_phase > 0, where(month_of_need > month_without_staff, 0.0, first), 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PHASE_YEAR], only_with=STAFF, step=True)
def slowed_from_phase(short_from_phase: Num, limit_to_staff: Num) -> Fte:
    """How many FTE wait in the year from this phase on; none where nothing waits for staff."""
    return where(limit_to_staff, short_from_phase, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PHASE_YEAR], only_with=STAFF, step=True)
def unstaffed_from_phase(short_from_phase: Num, slowed_from_phase: Num) -> Fte:
    """How many FTE are counted on in the year from this phase on although they cannot have been recruited."""
    return short_from_phase - slowed_from_phase


@figure(per=[YEAR], only_with=STAFF, step=True)
def unstaffed(fte_short: Num, slowed: Num) -> Fte:
    """How many FTE are counted on although they cannot have been recruited."""
    return fte_short - slowed


FORMULAS = (
    wage_built_up,
    wage_as_stated,
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
    fte_of_phase,
    no_fte_of_phase,
    month_of_need,
    month_without_staff,
    short_by_then,
    short_from_phase,
    slowed_from_phase,
    unstaffed_from_phase,
)
