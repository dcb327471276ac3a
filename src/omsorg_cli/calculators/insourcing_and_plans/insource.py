"""What bringing purchased care in-house, or buying in-house care, would save.

For each purchase: what is bought, how much of it can be brought in-house, when, and at what cost compared with the
price. Drammen (question 73, 2020) buys care for 99 million NOK a year. Of care for substance use and mental health, 39
million, a third can be brought in-house.

>>> insource_provision.repatriable_volume(purchased=39_000_000, repatriable_share=1 / 3)
13000000.0

Each month counts by the share that is in-house that month. The cost of in-house provision is stated per place built,
empty places included. The in-house cost relative to price (`own_cost_ratio`) compares it with the price of a bought
place. Where places stand empty, each place in use costs more: at an in-house cost of 90 per cent of the price and an
occupancy of 90 per cent, it breaks even. `places` are places in use.

A category has from its purchase what it does not state. Phases of its own stand in the place of all of the purchase's,
and so do the parts of in-house cost that can be saved only later (`avoidable_later`), which are in addition to
`avoidable_share`.

Phases are shares of what can be brought in-house, or places or users, as a housing plan lists them. State refunds for
resource-intensive users, double payment while contracts run out or users move, overhead, contract follow-up, user
charges, value-added tax and transport are included where they are stated, and are otherwise zero. What is worse for
users, or not assessed, is shown separately. With `insource.purchases.NAME.direction=out` the opposite is calculated:
that the municipality buys what it runs itself. Where more FTEs are needed than can be recruited (`fte_available`), the
run says from which phase on; with `limit_to_staff`, all that is planned in the year comes in the share that can be
staffed. FTEs needed are those of what comes in-house: staff released by what goes out (`fte_released`) are shown apart,
and do not fill its posts.

With a table `[prices]`, everything is calculated in current prices too, each amount by the index that it follows
(`startup_cost = { value = 300_000, follows = "wages" }`) or else the deflator; in-house provision may say its own in
`own_follows`. What is paid twice, a guaranteed volume and value-added tax follow what is bought; overhead as a share
follows in-house provision. An investment is paid in the prices of its year. What is owed from then on carries real
interest and grows with the deflator, whatever building comes to cost.

Money is shown in two ways. In the yearly budget, an investment is a capital cost: an annuity from when the first phase
begins (`net_saving`, `present_value`, `saving_at_full_effect`). In cash terms (`cash_flow`), it counts when it is paid,
and the payback year (`payback_year`) is when it has been recovered; beyond the horizon, that is calculated from the
saving at full effect. The debt at the end of the horizon is shown separately. With `--limit investment=AMOUNT`,
purchases are chosen within a limit on all that is paid once, for start-up, exit and investments, in the horizon or
after it.

Amounts are paid at the end of each year and are discounted to the start of the first year. An investment of 100 million
NOK over 10 years at 4 per cent therefore has a present value of 100 million NOK where the discount rate is 4 per cent
too.

>>> capital = insource_capital.annuity_of_investment(investment=100_000_000, interest_rate=0.04, lifetime=10)
>>> round(sum(capital * discount_factor(0.04, year, 2020) for year in range(2020, 2030)))
100000000
"""

from omsorg_cli.calculators.insourcing_and_plans import (
    insource_account,
    insource_capital,
    insource_contracts,
    insource_full_effect,
    insource_growth,
    insource_kept,
    insource_phases,
    insource_prices,
    insource_provision,
    insource_refunds,
    insource_staff,
    insource_words,
)
from omsorg_cli.calculators.insourcing_and_plans.insource_purchases import (
    CATEGORY,
    CATEGORY_YEAR,
    OUT,
    PROGRAMME,
    PROGRAMME_YEAR,
    YEAR,
    Insource,
)
from omsorg_cli.core.calculator import Calculator, Choice
from omsorg_cli.core.discounting import RATES
from omsorg_cli.core.figure import AnySeries, Series, ToDate, figure, same_as, summed
from omsorg_cli.core.helpers import largest, maximum, ratio, total, where
from omsorg_cli.core.units import (
    Cash,
    CashPerYear,
    Fte,
    Nok,
    NokPerYear,
    Num,
    Ratio,
    Saving,
    SavingPerYear,
    Year,
)
from omsorg_cli.core.units import (
    Years as YearsUnit,
)
from omsorg_cli.formulas.money import HALF_AN_OERE as NOTHING
from omsorg_cli.formulas.money import (
    MONTHS,
    NEVER,
    discounted,
    lasting_year,
    worth,
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


@figure(per=[PROGRAMME_YEAR], step=True)
def effects_beside_own_cost(refund_change: Num, paid_twice: Num, rest_of_account: Num) -> SavingPerYear:
    """What else is saved in the year that does not follow from own cost."""
    return refund_change - paid_twice + rest_of_account


@figure(per=[PROGRAMME_YEAR], step=True)
def other_effects(
    effects_beside_own_cost: Num, overhead_share: Num, own_cost: Num, own_cost_kept: Num
) -> SavingPerYear:
    """What else is saved in the year, beside purchases, in-house provision, capital and what is paid once."""
    return effects_beside_own_cost - overhead_share * own_cost - own_cost_kept


@figure(per=[PROGRAMME_YEAR])
def net_saving(
    purchase_avoided: Num, own_cost: Num, startup_cost: Num, exit_cost: Num, capital_cost: Num, other_effects: Num
) -> SavingPerYear:
    """What is saved in the year: the purchases avoided without all costs of in-house provision."""
    return purchase_avoided - own_cost - startup_cost - exit_cost - capital_cost + other_effects


@figure(per=[CATEGORY_YEAR, PROGRAMME_YEAR, YEAR])
def cumulative_saving(net_saving: ToDate) -> Saving:
    """What has been saved up to and with the year."""
    return total(net_saving)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[PROGRAMME_YEAR])
def cash_flow(
    purchase_avoided: Num, own_cost: Num, startup_cost: Num, exit_cost: Num, investment_paid: Num, other_effects: Num
) -> CashPerYear:
    """What the year leaves in cash: the purchases avoided without what is paid, the investment when it is paid."""
    return purchase_avoided - own_cost - startup_cost - exit_cost - investment_paid + other_effects


@figure(per=[PROGRAMME_YEAR, YEAR])
def cumulative_cash(cash_flow: ToDate) -> Cash:
    """What all years up to and with this one leave in cash."""
    return total(cash_flow)  # type: ignore[no-any-return]  # as above


@figure(per=[PROGRAMME, ()])
def present_value(net_saving: Series, discount_factor: Series) -> Saving:
    """What the saving over the horizon is worth at the start of the first year."""
    return worth(net_saving, discount_factor)


@figure(per=[YEAR], step=True)
def money_moved(purchase_avoided: Num, own_cost: Num, startup_cost: Num, investment_paid: Num) -> NokPerYear:
    """What is paid in the year and what need not be, added up: nothing as long as nothing has begun."""
    running = maximum(purchase_avoided, -purchase_avoided) + maximum(own_cost, -own_cost)
    return running + startup_cost + investment_paid  # type: ignore[no-any-return]  # as above


@figure(per=[()], no_answer="what is saved within the horizon is not more than what is paid out")
def payback_year(calendar_year: Series, cumulative_cash: Series, cash_flow: Series, money_moved: Series) -> Year:
    """The first year, from the first phase or cost on, from which the cumulative cash stays at or above zero."""
    return lasting_year(calendar_year, cumulative_cash, cash_flow, money_moved)  # type: ignore[no-any-return]  # a year, or no answer


@figure(per=[PROGRAMME], step=True)
def paid_once(
    startup_once: Num, exit_once: Num, investment: Num, first_month: Num, later_paid_in_all: AnySeries
) -> Nok:
    """What is paid once, in the horizon or after it; nothing where nothing is ever brought in-house."""
    at_start = where(first_month < NEVER, startup_once + exit_once + investment, 0.0)
    return at_start + total(later_paid_in_all)  # type: ignore[no-any-return]  # as above


@figure(per=[()], step=True)
def not_recovered(paid_once: Num, purchase_avoided: Num, own_cost: Num, other_effects: Num) -> Nok:
    """What is paid once and has not come back when the horizon ends."""
    return paid_once - (purchase_avoided - own_cost + other_effects)


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
    """The payback year; where it lies beyond the horizon, as if every phase were in-house from its end on.

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
    return worth(purchase_avoided, discount_factor)


@figure(per=[PROGRAMME_YEAR], step=True)
def cost_at_par(own_cost_at_par: Num, overhead_share: Num, own_cost_kept_at_par: Num) -> NokPerYear:
    """What follows from own cost in the year, if it cost as much as what is bought."""
    return own_cost_at_par * (1 + overhead_share) + own_cost_kept_at_par


@figure(per=[PROGRAMME, ()], step=True)
def present_own_cost_at_par(cost_at_par: Series, discount_factor: Series) -> Nok:
    """What in-house provision at the price of what is bought would be worth at the start of the first year."""
    return worth(cost_at_par, discount_factor)


@figure(per=[PROGRAMME, ()], step=True)
def present_fixed_cost(
    startup_cost: Series,
    exit_cost: Series,
    capital_cost: Series,
    effects_beside_own_cost: Series,
    discount_factor: Series,
) -> Nok:
    """What all costs but those of in-house provision are worth at the start of the first year, over the horizon."""
    costs = zip(startup_cost, exit_cost, capital_cost, effects_beside_own_cost, strict=True)
    return worth([start + leave + capital - other for start, leave, capital, other in costs], discount_factor)


@figure(per=[PROGRAMME, ()], no_answer="nothing is brought in-house within the horizon")
def break_even_own_cost_ratio(
    present_purchase_avoided: Num, present_fixed_cost: Num, present_own_cost_at_par: Num
) -> Ratio:
    """The one own cost ratio, for each place built and used for every purchase, at which the present value is zero."""
    # what is saved and what is paid twice may cancel but for rounding, and then no ratio breaks even
    own = where(present_own_cost_at_par**2 > NOTHING**2, present_own_cost_at_par, 0.0)
    return ratio(present_purchase_avoided - present_fixed_cost, own)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[CATEGORY_YEAR])
def fte_needed(own_cost: Num, own_price_factor: Num, wage_share: Num, wage_of_fte: Num) -> Fte:
    """How many FTE in-house provision takes in the year: dearer people are not more people."""
    return own_cost / own_price_factor * wage_share / wage_of_fte


@figure("fte_needed", per=[CATEGORY_YEAR], when={"direction": "out"})
def no_fte_needed(year: Num) -> Fte:
    """What is bought instead takes nobody in-house."""
    return 0.0


@figure(per=[CATEGORY_YEAR], when={"direction": "out"}, only_with=("wage_share",), told_with=OUT)
def fte_released(own_cost: Num, own_price_factor: Num, wage_share: Num, wage_of_fte: Num) -> Fte:
    """How many FTE in-house provision no longer takes in the year, where it is bought instead."""
    return -own_cost / own_price_factor * wage_share / wage_of_fte


@figure("fte_released", per=[CATEGORY_YEAR], when={"direction": "in"}, only_with=("wage_share",), told_with=OUT)
def no_fte_released(year: Num) -> Fte:
    """What comes in-house releases nobody."""
    return 0.0


@figure(per=[PROGRAMME_YEAR, YEAR], only_with=RATES)
def present_net_saving(net_saving: Num, discount_factor: Num) -> SavingPerYear:
    """What the net saving of the year is worth at the start of the first year."""
    return net_saving * discount_factor


@figure(per=[PROGRAMME], only_with=("wage_share",), step=True)
def fte_at_most(fte_needed: Series) -> Fte:
    """How many FTE in-house provision takes in the year in which it takes most."""
    return largest(fte_needed)  # type: ignore[no-any-return]  # as above


@figure(per=[()], step=True)
def ratio_below_zero(break_even_own_cost_ratio: Num, present_own_cost_at_par: Num) -> Ratio:
    """1 where in-house provision is too dear even for nothing, -1 where to buy in its place saves even then, else 0."""
    towards = where(present_own_cost_at_par > 0, 1.0, -1.0)
    return where(break_even_own_cost_ratio > 0, 0.0, towards)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="insource",
    title="Insourcing",
    inputs=Insource,
    keys=("programme", "category", "year"),
    scenario="drammen2020",
    headlines=("total_net_saving", "present_value", "payback_year", "break_even_own_cost_ratio"),
    horizon=("first_year", "years"),
    switches={"include-quality": ("include_quality", "Count purchases whose quality is worse or not assessed too.")},
    choice=Choice(
        "programme",
        "present_value",
        {"investment": "paid_once", "fte": "fte_at_most"},
        "Choose what is worth most within this limit (repeatable): investment is all that is paid once, for start-up, "
        "exit and investments, in the period or after it; fte is the FTE needed in the year that takes most.",
    ),
    uses=("prices",),
    current={name: f"current_{name}" for name in insource_growth.LINES},
    present=("present_value", "present_net_saving"),
    formulas=(
        discount_factor,
        *insource_phases.FORMULAS,
        *insource_provision.FORMULAS,
        *insource_capital.FORMULAS,
        *insource_refunds.FORMULAS,
        *insource_contracts.FORMULAS,
        *insource_account.FORMULAS,
        *insource_kept.FORMULAS,
        *insource_staff.FORMULAS,
        running_saving,
        effects_beside_own_cost,
        summed("effects_beside_own_cost", SavingPerYear, YEAR, step=True),
        other_effects,
        summed("other_effects", SavingPerYear, YEAR, step=True),
        summed("other_effects", Saving, PROGRAMME, (), step=True),
        net_saving,
        summed("net_saving", SavingPerYear, YEAR),
        summed("net_saving", Saving, CATEGORY, PROGRAMME, ()),
        *insource_growth.FORMULAS,
        *insource_prices.CURRENT,
        present_net_saving,
        same_as("present_net_saving", "present_value", Saving, PROGRAMME, ()),
        cumulative_saving,
        cash_flow,
        summed("cash_flow", CashPerYear, YEAR),
        summed("cash_flow", Cash, PROGRAMME, ()),
        cumulative_cash,
        *insource_full_effect.FORMULAS,
        same_as("total_net_saving", "net_saving", Saving, ()),
        *insource_prices.PRESENT,
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
        cost_at_par,
        summed("cost_at_par", NokPerYear, YEAR, step=True),
        present_own_cost_at_par,
        present_fixed_cost,
        break_even_own_cost_ratio,
        ratio_below_zero,
        fte_needed,
        no_fte_needed,
        summed("fte_needed", Fte, PROGRAMME_YEAR, YEAR),
        fte_released,
        no_fte_released,
        summed("fte_released", Fte, PROGRAMME_YEAR, YEAR, told_with=OUT),
        fte_at_most,
    ),
    subject=insource_words.SUBJECT,
    other_subjects=insource_words.OTHER_SUBJECTS,
    answer=insource_words.ANSWER,
    views=insource_words.VIEWS,
    details=insource_words.DETAILS,
    labels=insource_words.LABELS,
    caveats=insource_words.CAVEATS,
    remarks=insource_words.REMARKS,
)
