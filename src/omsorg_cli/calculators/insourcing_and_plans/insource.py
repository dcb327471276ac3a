"""What it would save to bring privately bought care home.

For each purchase: what is bought, which share of it can be brought home, when, and at what cost compared with the
price. Drammen (question 73, 2020) buys for 99 million kroner a year; of P07, 39 million, a third can be brought home.

>>> insource_provision.repatriable_volume(purchased=39_000_000, repatriable_share=1 / 3)
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

>>> capital = insource_capital.annuity_of_investment(investment=100_000_000, interest_rate=0.04, lifetime=10)
>>> round(sum(capital * discount_factor(0.04, year, 2020) for year in range(2020, 2030)))
100000000

Left out: refunds for resource-intensive users, user payments, and notice periods in contracts.
"""

from typing import Annotated

from omsorg_cli.calculators.insourcing_and_plans import insource_capital, insource_provision
from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    NOT_REPATRIABLE,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
    Insource,
)
from omsorg_cli.core.calculator import Calculator, Remark
from omsorg_cli.core.figure import Series, ToDate, elsewhere, figure, same_as, summed
from omsorg_cli.core.helpers import largest, maximum, ratio, total, where
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
    discounted,
    lasting_year,
    year_recovered,
)


@figure(step=True)
def discount_factor(discount_rate: Num, year: Num, first_year: Num) -> Ratio:
    """What a krone at the end of the year is worth at the start of the first year."""
    return discounted(discount_rate, year, first_year)


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
    return total(net_saving)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


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


NEVER_PAID_BACK = (
    "a year at full effect saves nothing, so that what is paid out does not come back, or prices grow, so that the "
    "years after the horizon are not alike"
)


@figure(per=[()], no_answer=NEVER_PAID_BACK)
def payback_year_at_full_effect(
    calendar_year: Series,
    cumulative_cash: Series,
    cash_flow: Series,
    money_moved: Series,
    not_recovered: Num,
    running_at_full_effect: Num,
    saving_at_full_effect: Num,
    purchased_price_growth: Num,
    own_price_growth: Num,
) -> Year:
    """The payback year; where it lies beyond the horizon, as if every phase were home from its end on.

    There is none beyond it where a year at full effect, with its capital cost, saves nothing, or where prices grow.
    """
    alike = where(purchased_price_growth**2 + own_price_growth**2 > 0, 0.0, running_at_full_effect)
    yearly = where(saving_at_full_effect > NOTHING, alike, 0.0)
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


@figure(per=[()], step=True)
def first_price_factor(
    price_factor: Annotated[float, elsewhere("prices", at_input={"year": "first_year"}, if_there=True)],
) -> Ratio:
    """Prices in the first year relative to the base year of the indexes."""
    return price_factor


@figure("current_net_saving", per=[YEAR])
def net_saving_in_current_prices(
    net_saving: Num, price_factor: Annotated[float, elsewhere("prices", if_there=True)], first_price_factor: Num
) -> SavingPerYear:
    """Net saving in the year, in current prices."""
    return net_saving * price_factor / first_price_factor


CALCULATOR = Calculator(
    name="insource",
    title="Insourcing",
    inputs=Insource,
    keys=("programme", "category", "year"),
    scenario="drammen2020",
    headlines=("total_net_saving", "present_value", "payback_year", "break_even_own_cost_ratio"),
    horizon=("first_year", "years"),
    uses=("prices",),
    current={"net_saving": "current_net_saving"},
    formulas=(
        discount_factor,
        *insource_provision.FORMULAS,
        *insource_capital.FORMULAS,
        running_saving,
        net_saving,
        summed("net_saving", SavingPerYear, YEAR),
        summed("net_saving", Saving, CATEGORY, PROGRAMME, ()),
        first_price_factor,
        net_saving_in_current_prices,
        summed("current_net_saving", Saving, ()),
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
            heading="What is bought, and what of it is taken to come home",
            sourced=True,
            templates=("bought from private providers: {total_purchased}",),
        ),
        Lines(
            heading="What is bought, and what of it is taken to come home",
            per=PROGRAMME,
            sourced=True,
            templates=("of {programme}, is taken to come home: {repatriable_volume} {repatriable_share:why}",),
        ),
        Years(
            heading="Over the horizon, in {unit}",
            rows=(
                ("purchases avoided", "purchase_avoided"),
                ("own provision", "own_cost"),
                ("start-up", "startup_cost"),
                ("capital", "capital_cost"),
                ("saving", "net_saving"),
                ("saving in current prices", "current_net_saving"),
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
                    "Does not pay for itself within the horizon; with every phase home from then on it would from "
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
