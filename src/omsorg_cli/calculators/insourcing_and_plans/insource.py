"""What it would save to bring privately bought care home.

For each purchase: what is bought, which share of it can be brought home, when, and at what cost compared with the
price. Drammen (question 73, 2020) buys for 99 million kroner a year; of P07, 39 million, a third can be brought home.

>>> repatriable_volume(purchased=39_000_000, repatriable_share=1 / 3)
13000000.0

A month counts for as much as is home in it. What own provision costs is stated for each place built, in use or empty:
`own_cost_ratio` compares it with the price of a bought place, and below full occupancy the places in use bear the
empty ones too. `places` are places in use. At a ratio of 0.9 and an occupancy of 90 per cent nothing is saved, nothing
is paid back, and 0.9 is where it breaks even.

Money is shown in two ways. The yearly budget has capital costs, an annuity from when the first phase begins
(`net_saving`, `present_value`, `saving_at_full_effect`). The cash has the investment in the year in which it is paid
(`cash_flow`), and tells when what was paid out has come back (`payback_year`); beyond the horizon that is worked out at
the saving of full effect. The debt that is left when the horizon ends stands beside both.

The amounts of a year stand at its end and are discounted to the start of the first year, and annuities are paid at the
end of each year: 100 million invested over 10 years at 4 per cent, discounted at 4 per cent, are 100 million.

>>> capital = annuity_of_investment(investment=100_000_000, interest_rate=0.04, lifetime=10)
>>> round(sum(capital * discount_factor(0.04, year, 2020) for year in range(2020, 2030)))
100000000

Left out: refunds for resource-intensive users, user payments, and notice periods in contracts.
"""

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator, Remark
from omsorg_cli.core.figure import Series, ToDate, figure, same_as, summed
from omsorg_cli.core.helpers import annuity, largest, maximum, ratio, smallest, total, where
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, Whole, refuse
from omsorg_cli.core.numbers import month_text
from omsorg_cli.core.quantities import (
    AddedCost,
    CostPerPlace,
    CostRatio,
    Horizon,
    InterestRate,
    Key,
    Lifetime,
    Month,
    Months,
    NokPerYearInput,
    Occupancy,
    Places,
    Rate,
    ShareInput,
    Wage,
    YearInput,
    default,
    no_rows,
)
from omsorg_cli.core.units import (
    Fte,
    Nok,
    NokPerYear,
    Num,
    Ratio,
    Saving,
    SavingPerYear,
    Share,
    Year,
)
from omsorg_cli.core.units import (
    Month as MonthUnit,
)
from omsorg_cli.core.units import (
    Places as PlacesUnit,
)
from omsorg_cli.core.units import (
    Years as YearsUnit,
)
from omsorg_cli.core.view import Column, Grid, Lines, Years
from omsorg_cli.formulas.money import HALF_AN_OERE as NOTHING
from omsorg_cli.formulas.money import (
    MONTHS,
    NEVER,
    debt_left,
    discounted,
    grown,
    lasting_year,
    months_in_year,
    phased,
    year_recovered,
)


class Phase(Row):
    """A part of what can be brought home, and when it comes."""

    phase_share: ShareInput = Field(alias="share")
    """The part of what can be brought home."""
    start: Month = Field(alias="from")
    """The first month in which some of it is home."""
    over_months: Months = default(0)
    """The months over which it comes home in even steps; 0 is at once."""


class Provision(Row):
    """What is bought, what of it can be brought home, and what it would cost there."""

    optional: ClassVar[tuple[str, ...]] = ("places", "own_cost_per_place", "lifetime", "interest_rate", "categories")

    label: str | None = None
    """What people read."""
    annual_cost: NokPerYearInput = None
    """What is bought for in a year."""
    repatriable_share: ShareInput = None
    """The share of the cost that can be brought home."""
    own_cost_ratio: CostRatio = None
    """What a place of own provision costs, in use or empty and without capital, the price of a bought place being 1."""
    places: Places = None
    """Places in use once all of it is home, where the cost of own provision is known by place."""
    own_cost_per_place: CostPerPlace = None
    """What a place of own provision costs in a year, in use or empty and without capital."""
    occupancy: Occupancy = None
    """The share of the places built that are in use."""
    wage_share: ShareInput = None
    """The share of the cost of own provision that is wages."""
    wage_per_fte: Wage = None
    """Wage cost of one FTE in a year."""
    phases: list[Phase] = Field(default_factory=no_rows)
    """When it comes home."""

    def wholes(self) -> Iterator[Whole]:
        """The phases' shares of what can be brought home."""
        shares = [phase.phase_share for phase in self.phases if phase.phase_share]
        yield Whole("phases whose shares", ("phases",), shares)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse((*_faults_of_provision(self), *self.faults_of_shares()))
        return self


def _faults_of_provision(item: Provision) -> Iterator[tuple[Loc, str]]:
    if item.own_cost_ratio is not None and (item.places is not None or item.own_cost_per_place is not None):
        yield (), "found own_cost_ratio beside places or own_cost_per_place; allowed: one way to the own cost"


class Category(Provision):
    """A part of a purchase; what it does not say, it has from the purchase."""

    keys: ClassVar[tuple[str, ...]] = ("category",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("share_of_cost",), ("annual_cost",))

    category: Key
    """The category."""
    share_of_cost: ShareInput = None
    """Its share of the purchase's annual cost."""


class Purchase(Provision):
    """A programme's purchases from private providers."""

    keys: ClassVar[tuple[str, ...]] = ("programme",)

    programme: Key
    """The programme area."""
    occupancy: Occupancy = default(1)
    """The share of the places built that are in use."""
    startup_once: AddedCost = Field(default(0), alias="startup_cost")
    """What it costs once to begin, in the year of the earliest phase that brings anything home."""
    investment: AddedCost = default(0)
    """What is invested when the earliest phase begins that brings anything home."""
    lifetime: Lifetime = None
    """The years over which the investment is paid off."""
    interest_rate: InterestRate = None
    """The real interest on the investment."""
    categories: list[Category] = Field(default_factory=no_rows)
    """The parts of the purchase."""

    def wholes(self) -> Iterator[Whole]:
        """The phases' shares, and the categories' parts of the cost."""
        yield from super().wholes()
        shares = [part.share_of_cost for part in self.categories if part.share_of_cost]
        amounts = [part.annual_cost for part in self.categories if part.annual_cost]
        if amounts and self.annual_cost is not None:
            yield Whole("categories whose costs", ("categories",), shares, amounts=amounts, of=self.annual_cost)
        else:
            yield Whole("categories whose shares of the cost", ("categories",), shares)

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        refuse(_faults_of_parts(self))
        return self


def _faults_of_parts(item: Purchase) -> Iterator[tuple[Loc, str]]:
    if item.categories and item.places is not None:
        yield (
            ("places",),
            "found places beside categories, which would each have all of them; state them in the categories",
        )
    for index, part in enumerate(item.categories):
        if item.own_cost_ratio is not None and (part.places is not None or part.own_cost_per_place is not None):
            told = "found places in a category beside the purchase's own_cost_ratio; allowed: one way to the own cost"
            yield ("categories", index), told


class Insource(Inputs):
    """Inputs of bringing purchases home."""

    first_year: YearInput = Field()
    """The first year, whose prices all amounts are in."""
    years: Horizon = Field()
    """How many years are looked at."""
    discount_rate: Rate = None
    """The real rate at which later years count less."""
    purchased_price_growth: Rate = default(0)
    """The real yearly growth of the prices paid."""
    own_price_growth: Rate = default(0)
    """The real yearly growth of the cost of own provision."""
    purchases: list[Purchase] = Field(min_length=1)
    """What is bought."""

    @model_validator(mode="after")
    def _begins_in_time(self) -> Self:
        refuse(_faults_of_start(self))
        return self


def _faults_of_start(table: Insource) -> Iterator[tuple[Loc, str]]:
    assert table.first_year is not None
    january = int(table.first_year.number) * 12
    for place, holder in _holders(table):
        for index, phase in enumerate(holder.phases):
            earliest = None if phase.start is None else min([phase.start.number, *(phase.start.range or ())])
            if earliest is not None and earliest < january:
                found = f"found {month_text(earliest)}, before first_year"
                yield (*place, "phases", index, "from"), f"{found}; allowed: from {month_text(january)}"


def _holders(table: Insource) -> Iterator[tuple[Loc, Provision]]:
    for index, purchase in enumerate(table.purchases):
        yield ("purchases", index), purchase
        for part, category in enumerate(purchase.categories):
            yield ("purchases", index, "categories", part), category


PROGRAMME, CATEGORY, YEAR = ("programme",), ("programme", "category"), ("year",)
PROGRAMME_YEAR, CATEGORY_YEAR = ("programme", "year"), ("programme", "category", "year")
SUMS = (PROGRAMME_YEAR, CATEGORY, YEAR, PROGRAMME, ())
NOT_REPATRIABLE = {"repatriable_share": 0}


@figure(step=True)
def discount_factor(discount_rate: Num, year: Num, first_year: Num) -> Ratio:
    """What a krone at the end of the year is worth at the start of the first year."""
    return discounted(discount_rate, year, first_year)


@figure(step=True)
def purchased_price_factor(purchased_price_growth: Num, year: Num, first_year: Num) -> Ratio:
    """What is paid in the year for what cost one krone in the first year."""
    return grown(purchased_price_growth, year, first_year)


@figure(step=True)
def own_price_factor(own_price_growth: Num, year: Num, first_year: Num) -> Ratio:
    """What own provision costs in the year, having cost one krone in the first year."""
    return grown(own_price_growth, year, first_year)


@figure("purchased", per=[CATEGORY])
def purchased_of_category(annual_cost: Num, share_of_cost: Num) -> NokPerYear:
    """What is bought in the category in a year."""
    return annual_cost * share_of_cost


@figure("purchased", per=[PROGRAMME, CATEGORY])
def purchased_as_stated(annual_cost: Num) -> NokPerYear:
    """What is bought in a year."""
    return annual_cost


@figure(per=[PROGRAMME], step=True)
def outside_categories(annual_cost: Num, purchased: Series) -> NokPerYear:
    """What is bought in a year beside the categories."""
    return annual_cost - total(purchased)  # type: ignore[no-any-return]  # as below


@figure(per=[()])
def total_purchased(purchased: Series) -> NokPerYear:
    """What is bought from private providers in a year, over all programmes."""
    return total(purchased)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[CATEGORY])
def repatriable_volume(purchased: Num, repatriable_share: Num) -> NokPerYear:
    """What of the purchases can be brought home, in first-year prices."""
    return purchased * repatriable_share


@figure(step=True)
def home_of_phase(phase_share: Num, start: Num, over_months: Num, year: Num) -> Share:
    """How much of what can be brought home is home in the year by this phase: the mean over the year's months."""
    return phase_share * phased(start, over_months, year)


@figure(per=[CATEGORY_YEAR], table="phases", step=True)
def home(home_of_phase: Series) -> Share:
    """How much of what can be brought home is home in the year, over all phases."""
    return total(home_of_phase)  # type: ignore[no-any-return]  # as above


@figure("home", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE, step=True)
def nothing_home(year: Num) -> Share:
    """Nothing can be brought home, so none of it is."""
    return 0.0


@figure(per=[CATEGORY_YEAR])
def purchase_avoided(repatriable_volume: Num, home: Num, purchased_price_factor: Num) -> NokPerYear:
    """What need not be bought in the year."""
    return repatriable_volume * home * purchased_price_factor


@figure(per=[CATEGORY_YEAR], step=True)
def own_cost_at_par(repatriable_volume: Num, home: Num, occupancy: Num, own_price_factor: Num) -> NokPerYear:
    """What own provision would cost in the year if it cost as much as what is bought."""
    return repatriable_volume * home / occupancy * own_price_factor


@figure("own_cost", per=[CATEGORY_YEAR])
def own_cost_by_ratio(own_cost_at_par: Num, own_cost_ratio: Num) -> NokPerYear:
    """What own provision costs in the year."""
    return own_cost_at_par * own_cost_ratio


@figure(per=[CATEGORY_YEAR], step=True)
def places_built(places: Num, repatriable_share: Num, home: Num, occupancy: Num) -> PlacesUnit:
    """The places for what is home in the year, in use or empty: none where nothing can be brought home."""
    return where(repatriable_share > 0, places * home / occupancy, 0.0)  # type: ignore[no-any-return]  # as above


@figure("own_cost", per=[CATEGORY_YEAR])
def own_cost_by_places(places_built: Num, own_cost_per_place: Num, own_price_factor: Num) -> NokPerYear:
    """What own provision costs in the year, by place."""
    return places_built * own_cost_per_place * own_price_factor


@figure("own_cost", per=[CATEGORY_YEAR], when=NOT_REPATRIABLE)
def no_own_cost(year: Num) -> NokPerYear:
    """Nothing is brought home, so it costs nothing."""
    return 0.0


@figure(step=True)
def month_of_phase(start: Num, phase_share: Num, repatriable_share: Num) -> MonthUnit:
    """The month in which the phase begins; the last of all months where it brings nothing home."""
    return where(phase_share * repatriable_share > 0, start, NEVER)  # type: ignore[no-any-return]  # as above


@figure(per=[CATEGORY], table="phases", step=True)
def first_month(month_of_phase: Series, first_year: Num) -> MonthUnit:
    """The month in which the earliest phase begins that brings anything home: no draw is before the first year."""
    return maximum(smallest(month_of_phase), first_year * MONTHS)  # type: ignore[no-any-return]  # as above


@figure("first_month", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def no_first_month() -> MonthUnit:
    """Nothing can be brought home: the last of all months."""
    return NEVER


@figure("first_month", per=[PROGRAMME], step=True)
def first_month_of_programme(first_month: Series) -> MonthUnit:
    """The month in which the earliest phase of the programme begins that brings anything home."""
    return smallest(first_month)  # type: ignore[no-any-return]  # as above


@figure("startup_cost", per=[PROGRAMME_YEAR], when={"startup_once": 0})
def no_startup_cost(year: Num) -> NokPerYear:
    """Beginning costs nothing."""
    return 0.0


@figure(per=[PROGRAMME_YEAR])
def startup_cost(startup_once: Num, first_month: Num, year: Num) -> NokPerYear:
    """What it costs once to begin, in the year in which the earliest phase does."""
    return where(months_in_year(first_month, 1, year) > 0, startup_once, 0.0)  # type: ignore[no-any-return]  # as above


@figure("annuity_of_investment", per=[PROGRAMME], when={"investment": 0}, step=True)
def no_annuity() -> NokPerYear:
    """Nothing is invested."""
    return 0.0


@figure(per=[PROGRAMME], step=True)
def annuity_of_investment(investment: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What the investment costs in a full year: the annuity over its lifetime."""
    return annuity(investment, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure("capital_cost", per=[PROGRAMME_YEAR], when={"investment": 0})
def no_capital_cost(year: Num) -> NokPerYear:
    """Nothing is invested, so it costs nothing."""
    return 0.0


@figure(per=[PROGRAMME_YEAR])
def capital_cost(annuity_of_investment: Num, lifetime: Num, first_month: Num, year: Num) -> NokPerYear:
    """What the investment costs in the year: its annuity, by the months from the earliest phase on."""
    return annuity_of_investment * months_in_year(first_month, lifetime * 12, year) / 12


@figure("investment_paid", per=[PROGRAMME_YEAR], when={"investment": 0})
def no_investment_paid(year: Num) -> NokPerYear:
    """Nothing is invested."""
    return 0.0


@figure(per=[PROGRAMME_YEAR])
def investment_paid(investment: Num, first_month: Num, year: Num) -> NokPerYear:
    """What is paid for the investment in the year: all of it when the earliest phase begins."""
    return where(months_in_year(first_month, 1, year) > 0, investment, 0.0)  # type: ignore[no-any-return]  # as above


@figure("remaining_debt", per=[PROGRAMME], when={"investment": 0})
def no_debt() -> Nok:
    """Nothing is invested, so nothing is owed."""
    return 0.0


@figure(per=[PROGRAMME])
def remaining_debt(
    annuity_of_investment: Num, interest_rate: Num, lifetime: Num, first_month: Num, first_year: Num, years: Num
) -> Nok:
    """What is left to pay off of the investment when the horizon ends, without the interest to come."""
    paid = (first_year + years) * MONTHS - first_month
    return debt_left(annuity_of_investment, interest_rate, lifetime * MONTHS, paid)


@figure("net_saving", per=[CATEGORY_YEAR])
def running_saving(purchase_avoided: Num, own_cost: Num) -> SavingPerYear:
    """What the category saves in the year; start-up and capital belong to the programme."""
    return purchase_avoided - own_cost


@figure(per=[PROGRAMME_YEAR])
def net_saving(purchase_avoided: Num, own_cost: Num, startup_cost: Num, capital_cost: Num) -> SavingPerYear:
    """What is saved in the year: the purchases avoided without all costs of own provision."""
    return purchase_avoided - own_cost - startup_cost - capital_cost


@figure(per=[CATEGORY_YEAR, PROGRAMME_YEAR, YEAR])
def cumulative_saving(net_saving: ToDate) -> Saving:
    """What has been saved up to and with the year."""
    return total(net_saving)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME_YEAR])
def cash_flow(purchase_avoided: Num, own_cost: Num, startup_cost: Num, investment_paid: Num) -> SavingPerYear:
    """What the year leaves in cash: the purchases avoided without what is paid, the investment when it is paid."""
    return purchase_avoided - own_cost - startup_cost - investment_paid


@figure(per=[PROGRAMME_YEAR, YEAR])
def cumulative_cash(cash_flow: ToDate) -> Saving:
    """What all years up to and with this one leave in cash."""
    return total(cash_flow)  # type: ignore[no-any-return]  # as above


@figure("full_share", per=[CATEGORY], table="phases", step=True)
def full_share(phase_share: Series) -> Share:
    """How much of what can be brought home is home once every phase is."""
    return total(phase_share)  # type: ignore[no-any-return]  # as above


@figure("full_share", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def nothing_at_full_effect() -> Share:
    """Nothing can be brought home."""
    return 0.0


@figure(per=[CATEGORY], step=True)
def purchase_avoided_at_full_effect(repatriable_volume: Num, full_share: Num) -> NokPerYear:
    """What need not be bought in a year once every phase is home."""
    return repatriable_volume * full_share


@figure("own_cost_at_full_effect", per=[CATEGORY], step=True)
def own_cost_at_full_effect_by_ratio(
    repatriable_volume: Num, full_share: Num, own_cost_ratio: Num, occupancy: Num
) -> NokPerYear:
    """What own provision costs in a year once every phase is home."""
    return repatriable_volume * full_share * own_cost_ratio / occupancy


@figure(per=[CATEGORY], step=True)
def places_built_at_full_effect(places: Num, repatriable_share: Num, full_share: Num, occupancy: Num) -> PlacesUnit:
    """The places once every phase is home, in use or empty: none where nothing can be brought home."""
    return where(repatriable_share > 0, places * full_share / occupancy, 0.0)  # type: ignore[no-any-return]  # as above


@figure("own_cost_at_full_effect", per=[CATEGORY], step=True)
def own_cost_at_full_effect_by_places(places_built_at_full_effect: Num, own_cost_per_place: Num) -> NokPerYear:
    """What own provision costs in a year once every phase is home, by place."""
    return places_built_at_full_effect * own_cost_per_place


@figure("own_cost_at_full_effect", per=[CATEGORY], when=NOT_REPATRIABLE, step=True)
def no_own_cost_at_full_effect() -> NokPerYear:
    """Nothing is brought home."""
    return 0.0


@figure(per=[CATEGORY], step=True)
def running_at_full_effect(purchase_avoided_at_full_effect: Num, own_cost_at_full_effect: Num) -> SavingPerYear:
    """What is saved in a year once every phase is home, before what is invested."""
    return purchase_avoided_at_full_effect - own_cost_at_full_effect


@figure(per=[PROGRAMME], step=True)
def capital_at_full_effect(annuity_of_investment: Num, first_month: Num) -> NokPerYear:
    """What the investment costs in a full year; nothing where nothing is ever brought home."""
    return where(first_month < NEVER, annuity_of_investment, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME, ()])
def saving_at_full_effect(running_at_full_effect: Num, capital_at_full_effect: Num) -> SavingPerYear:
    """What is saved in a year once every phase is home, in first-year prices and without start-up costs."""
    return running_at_full_effect - capital_at_full_effect


@figure(per=[PROGRAMME, ()])
def present_value(net_saving: Series, discount_factor: Series) -> Saving:
    """What the saving over the horizon is worth at the start of the first year."""
    return _present_value(net_saving, discount_factor)


def _present_value(amounts: Series, discount_factor: Series) -> Num:
    return total([amount * factor for amount, factor in zip(amounts, discount_factor, strict=True)])  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR], step=True)
def money_moved(purchase_avoided: Num, own_cost: Num, startup_cost: Num, investment_paid: Num) -> NokPerYear:
    """What is paid in the year and what need not be, added up: nothing as long as nothing has begun."""
    return purchase_avoided + own_cost + startup_cost + investment_paid


@figure(per=[()], no_answer="within the horizon nothing is saved, or less than what is paid out")
def payback_year(calendar_year: Series, cumulative_cash: Series, cash_flow: Series, money_moved: Series) -> Year:
    """The first year, from the first phase or cost on, from which the cumulative cash stays at or above zero."""
    return lasting_year(calendar_year, cumulative_cash, cash_flow, money_moved)  # type: ignore[no-any-return]  # a year, or no answer


@figure(per=[PROGRAMME], step=True)
def paid_once(startup_once: Num, investment: Num, first_month: Num) -> Nok:
    """What is paid once, in the horizon or after it; nothing where nothing is ever brought home."""
    return where(first_month < NEVER, startup_once + investment, 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[()], step=True)
def not_recovered(paid_once: Num, purchase_avoided: Num, own_cost: Num) -> Nok:
    """What is paid once and has not come back when the horizon ends."""
    return paid_once - (purchase_avoided - own_cost)


NEVER_PAID_BACK = "a year at full effect saves nothing, so that what is paid out does not come back"


@figure(per=[()], no_answer=NEVER_PAID_BACK)
def payback_year_at_full_effect(
    calendar_year: Series,
    cumulative_cash: Series,
    cash_flow: Series,
    money_moved: Series,
    not_recovered: Num,
    running_at_full_effect: Num,
    saving_at_full_effect: Num,
) -> Year:
    """The payback year; where it lies beyond the horizon, at what full effect leaves in cash, in first-year prices.

    There is none where a year at full effect, with its capital cost, saves nothing.
    """
    yearly = where(saving_at_full_effect > NOTHING, running_at_full_effect, 0.0)
    within = lasting_year(calendar_year, cumulative_cash, cash_flow, money_moved)
    beyond = year_recovered(largest(calendar_year), not_recovered, yearly)
    return where(total(cash_flow) < -NOTHING, beyond, within)  # type: ignore[no-any-return]  # a year, or no answer


@figure(per=[()], no_answer=NEVER_PAID_BACK)
def payback_years_beyond_horizon(payback_year_at_full_effect: Num, first_year: Num, years: Num) -> YearsUnit:
    """How many years after the horizon it is paid back; none where it is within."""
    return maximum(payback_year_at_full_effect - (first_year + years - 1), 0)  # type: ignore[no-any-return]  # as above


@figure(step=True)
def calendar_year(year: Num) -> Year:
    """The year."""
    return year


@figure(per=[PROGRAMME], step=True)
def years_after_lifetime(
    annuity_of_investment: Num, lifetime: Num, first_month: Num, first_year: Num, years: Num
) -> YearsUnit:
    """How many years of the horizon come after what is invested has had its lifetime."""
    after = first_year + years - first_month / MONTHS - lifetime
    return where(annuity_of_investment > 0, maximum(after, 0), 0.0)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME, ()], step=True)
def present_purchase_avoided(purchase_avoided: Series, discount_factor: Series) -> Nok:
    """What the purchases avoided over the horizon are worth at the start of the first year."""
    return _present_value(purchase_avoided, discount_factor)


@figure(per=[PROGRAMME, ()], step=True)
def present_own_cost_at_par(own_cost_at_par: Series, discount_factor: Series) -> Nok:
    """What own provision at the price of what is bought would be worth at the start of the first year."""
    return _present_value(own_cost_at_par, discount_factor)


@figure(per=[PROGRAMME, ()], step=True)
def present_fixed_cost(startup_cost: Series, capital_cost: Series, discount_factor: Series) -> Nok:
    """What start-up and capital costs over the horizon are worth at the start of the first year."""
    costs = [start + capital for start, capital in zip(startup_cost, capital_cost, strict=True)]
    return _present_value(costs, discount_factor)


@figure(per=[PROGRAMME, ()], no_answer="nothing is brought home within the horizon")
def break_even_own_cost_ratio(
    present_purchase_avoided: Num, present_fixed_cost: Num, present_own_cost_at_par: Num
) -> Ratio:
    """The one own cost ratio, for each place built and used for every purchase, at which the present value is zero."""
    return ratio(present_purchase_avoided - present_fixed_cost, present_own_cost_at_par)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[CATEGORY_YEAR])
def fte_needed(own_cost: Num, own_price_factor: Num, wage_share: Num, wage_per_fte: Num) -> Fte:
    """How many FTE own provision takes in the year: dearer people are not more people."""
    return own_cost / own_price_factor * wage_share / wage_per_fte


CALCULATOR = Calculator(
    name="insource",
    title="Insourcing",
    inputs=Insource,
    keys=("programme", "category", "year"),
    scenario="drammen2020",
    headlines=("total_net_saving", "present_value", "payback_year", "break_even_own_cost_ratio"),
    horizon=("first_year", "years"),
    formulas=(
        discount_factor,
        purchased_price_factor,
        own_price_factor,
        purchased_of_category,
        purchased_as_stated,
        summed("purchased", NokPerYear, PROGRAMME, step=True),
        total_purchased,
        outside_categories,
        repatriable_volume,
        summed("repatriable_volume", NokPerYear, PROGRAMME, ()),
        home_of_phase,
        home,
        nothing_home,
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
        month_of_phase,
        first_month,
        no_first_month,
        first_month_of_programme,
        no_startup_cost,
        startup_cost,
        summed("startup_cost", NokPerYear, YEAR),
        summed("startup_cost", Nok, PROGRAMME, ()),
        no_annuity,
        annuity_of_investment,
        no_capital_cost,
        capital_cost,
        summed("capital_cost", NokPerYear, YEAR),
        summed("capital_cost", Nok, PROGRAMME, ()),
        no_investment_paid,
        investment_paid,
        summed("investment_paid", NokPerYear, YEAR),
        summed("investment_paid", Nok, PROGRAMME, ()),
        no_debt,
        remaining_debt,
        summed("remaining_debt", Nok, ()),
        running_saving,
        net_saving,
        summed("net_saving", SavingPerYear, YEAR),
        summed("net_saving", Saving, CATEGORY, PROGRAMME, ()),
        cumulative_saving,
        cash_flow,
        summed("cash_flow", SavingPerYear, YEAR),
        summed("cash_flow", Saving, PROGRAMME, ()),
        cumulative_cash,
        full_share,
        nothing_at_full_effect,
        purchase_avoided_at_full_effect,
        own_cost_at_full_effect_by_ratio,
        places_built_at_full_effect,
        own_cost_at_full_effect_by_places,
        no_own_cost_at_full_effect,
        running_at_full_effect,
        summed("running_at_full_effect", SavingPerYear, PROGRAMME, (), step=True),
        capital_at_full_effect,
        summed("capital_at_full_effect", NokPerYear, (), step=True),
        saving_at_full_effect,
        same_as("total_net_saving", "net_saving", Saving, ()),
        present_value,
        calendar_year,
        money_moved,
        payback_year,
        paid_once,
        summed("paid_once", Nok, (), step=True),
        not_recovered,
        payback_year_at_full_effect,
        payback_years_beyond_horizon,
        years_after_lifetime,
        present_purchase_avoided,
        present_own_cost_at_par,
        present_fixed_cost,
        break_even_own_cost_ratio,
        fte_needed,
        summed("fte_needed", Fte, PROGRAMME_YEAR, YEAR),
    ),
    views=(
        Lines(
            heading="What the document states",
            sourced=True,
            templates=("bought from private providers: {total_purchased}",),
        ),
        Lines(
            heading="What the document states",
            per=PROGRAMME,
            sourced=True,
            templates=("of {programme}, can be brought home: {repatriable_volume} {repatriable_share:why}",),
        ),
        Years(
            heading="Over the horizon, in {unit}",
            rows=(
                ("purchases avoided", "purchase_avoided"),
                ("own provision", "own_cost"),
                ("start-up", "startup_cost"),
                ("capital", "capital_cost"),
                ("saving", "net_saving"),
                ("saving so far", "cumulative_saving"),
                ("FTE needed", "fte_needed"),
            ),
            drawn=("net_saving", "cumulative_saving"),
        ),
        Years(
            heading="In cash, the investment when it is paid, in {unit}",
            rows=(
                ("investment", "investment_paid"),
                ("cash", "cash_flow"),
                ("cash so far", "cumulative_cash"),
            ),
            unless_zero="investment_paid",
        ),
        Lines(
            templates=(
                "Over the horizon: {total_net_saving:saves}; present value at {discount_rate}: {present_value:saves}.",
                "Once every phase is home: {saving_at_full_effect:saves}, without start-up costs.",
                "Pays for itself from {payback_year}, counting what is invested when it is paid.",
                (
                    "Does not pay for itself within the horizon; at the saving of full effect it would from "
                    "{payback_year_at_full_effect}, {payback_years_beyond_horizon:any} later."
                ),
                "Debt that is left when the horizon ends: {remaining_debt:any}.",
                (
                    "Breaks even when a place of own provision, in use or empty, costs "
                    "{break_even_own_cost_ratio:positive} of what a bought place costs."
                ),
            ),
        ),
        Grid(
            heading="By programme",
            rows=PROGRAMME,
            columns=(
                Column("programme", "{programme}"),
                Column("can be brought home", "{repatriable_volume}"),
                Column("a year at full effect", "{saving_at_full_effect:saving}"),
                Column("over the horizon", "{net_saving:saves}"),
                Column("present value", "{present_value:saves}"),
                Column("breaks even at", "{break_even_own_cost_ratio:break_even}", right=True),
            ),
        ),
    ),
    caveats=("Refunds for resource-intensive users, user payments and notice periods are not counted.",),
    remarks=(
        Remark(
            "outside_categories",
            lambda value: value > 1,
            "The categories of {programme} are not all that is bought; the rest is taken to stay bought.",
            level=PROGRAMME,
        ),
        Remark(
            "break_even_own_cost_ratio",
            lambda value: value <= 0,
            "It does not break even even if own provision cost nothing.",
        ),
        Remark(
            "years_after_lifetime",
            lambda value: value > 0,
            "What is invested in {programme} has had its lifetime before the horizon ends; renewing it is not counted.",
            level=PROGRAMME,
        ),
        Remark(
            "break_even_own_cost_ratio",
            lambda value: value == 1,
            "Only running costs are counted, so it breaks even at 100 % of what is bought.",
        ),
    ),
)
