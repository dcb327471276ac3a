"""What is paid twice: the notice period or the rest of a contract, overlap while users move, and the exit."""

from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY_YEAR,
    EXIT,
    NOT_REPATRIABLE,
    PAID_TWICE,
    PHASE,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
)
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import maximum, minimum, total, where
from omsorg_cli.core.units import Month as MonthUnit
from omsorg_cli.core.units import Nok, NokPerYear, Num, Share
from omsorg_cli.formulas.money import MONTHS, NEVER, months_in_year, phased, phased_until


@figure("contract_end", per=[PROGRAMME], step=True)
def end_as_stated(contract_until: Num) -> MonthUnit:
    """The first month for which nothing must be paid that is no longer used."""
    return contract_until + 1


@figure("contract_end", per=[PROGRAMME], step=True)
def end_of_notice(first_month: Num, notice_months: Num) -> MonthUnit:
    """The first month for which nothing must be paid that is no longer used: notice is given at the earliest phase."""
    return minimum(first_month + notice_months, NEVER)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[PHASE], step=True)
def released_from(phase_begins: Num, overlap_months: Num) -> MonthUnit:
    """The month in which the first bought place of the phase is left, after the overlap."""
    return phase_begins + overlap_months


@figure(per=[(*PHASE, "year")], step=True)
def overlap_of_phase(share_of_phase: Num, phase_begins: Num, released_from: Num, over_months: Num, year: Num) -> Share:
    """How much of what can be brought in-house is in-house and still bought: the mean over the year's months."""
    in_house, released = phased(phase_begins, over_months, year), phased(released_from, over_months, year)
    return share_of_phase * (in_house - released)


@figure(per=[(*PHASE, "year")], step=True)
def bound_of_phase(share_of_phase: Num, released_from: Num, over_months: Num, year: Num, contract_end: Num) -> Share:
    """How much of what can be brought in-house has left a bought place that the contract still binds to."""
    return share_of_phase * phased_until(released_from, over_months, year, contract_end)


@figure(per=[CATEGORY_YEAR], table="phases", step=True)
def overlap(overlap_of_phase: Series, counted: Num, inward: Num, pace: Num) -> Share:
    """How much of what can move is both in-house and bought, over all phases; below zero where it goes out."""
    return total(overlap_of_phase) * counted * inward * pace  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("overlap", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE, step=True)
def no_overlap(year: Num) -> Share:
    """Nothing can be brought in-house."""
    return 0.0


@figure(per=[CATEGORY_YEAR], table="phases", step=True)
def bound_volume(bound_of_phase: Series, repatriable_volume: Num, counted: Num, inward: Num, pace: Num) -> NokPerYear:
    """What has left a bought place that the contract still binds to, in first-year prices; nothing if it goes out."""
    return total(bound_of_phase) * repatriable_volume * counted * maximum(inward, 0) * pace  # type: ignore[no-any-return]  # as above


@figure("bound_volume", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE, step=True)
def no_bound_volume(year: Num) -> NokPerYear:
    """Nothing can be brought in-house."""
    return 0.0


@figure(per=[CATEGORY_YEAR], step=True)
def bought_in_overlap(repatriable_volume: Num, overlap: Num, purchased_price_factor: Num) -> NokPerYear:
    """What is still bought in the year for those who are in-house already."""
    return repatriable_volume * maximum(overlap, 0) * purchased_price_factor  # type: ignore[no-any-return]  # as above


@figure("guaranteed_volume", per=[PROGRAMME], step=True)
def all_is_guaranteed(purchased: Num) -> NokPerYear:
    """What must be paid in a year until the contract ends: all that is bought."""
    return purchased


@figure(per=[PROGRAMME_YEAR], step=True)
def bound_by_contract(
    bound_volume: Num,
    purchased: Num,
    guaranteed_volume: Num,
    contract_end: Num,
    first_year: Num,
    year: Num,
    purchased_price_factor: Num,
) -> NokPerYear:
    """What must be paid in the year for places that have been left: all, beyond what the contract leaves free."""
    months = months_in_year(first_year * MONTHS, contract_end - first_year * MONTHS, year)
    free = maximum(purchased - guaranteed_volume, 0) * months / MONTHS
    return maximum(bound_volume - free, 0) * purchased_price_factor  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME_YEAR], told_with=PAID_TWICE)
def paid_twice(bought_in_overlap: Num, bound_by_contract: Num) -> NokPerYear:
    """What is paid in the year for bought places although those who had them are in-house."""
    return bought_in_overlap + bound_by_contract


@figure("exit_cost", per=[PROGRAMME_YEAR], when={"exit_once": 0}, told_with=EXIT)
def no_exit_cost(year: Num) -> NokPerYear:
    """The cost of leaving the contract: zero where none is stated."""
    return 0.0


@figure(per=[PROGRAMME_YEAR], told_with=EXIT)
def exit_cost(exit_once: Num, first_month: Num, year: Num) -> NokPerYear:
    """What it costs once to leave the contract, in the year of the earliest phase."""
    return where(months_in_year(first_month, 1, year) > 0, exit_once, 0.0)  # type: ignore[no-any-return]  # as above


FORMULAS = (
    end_as_stated,
    end_of_notice,
    released_from,
    overlap_of_phase,
    bound_of_phase,
    overlap,
    no_overlap,
    bound_volume,
    no_bound_volume,
    summed("bound_volume", NokPerYear, PROGRAMME_YEAR, step=True),
    bought_in_overlap,
    summed("bought_in_overlap", NokPerYear, PROGRAMME_YEAR, step=True),
    all_is_guaranteed,
    bound_by_contract,
    paid_twice,
    summed("paid_twice", NokPerYear, YEAR, told_with=PAID_TWICE),
    summed("paid_twice", Nok, PROGRAMME, (), told_with=PAID_TWICE),
    no_exit_cost,
    exit_cost,
    summed("exit_cost", NokPerYear, YEAR, told_with=EXIT),
    summed("exit_cost", Nok, PROGRAMME, (), told_with=EXIT),
)
