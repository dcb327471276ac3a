"""What the measures of a four-year plan cost and save, year by year.

Each measure has an amount in one of four forms: the same every year, a total over the plan, once in a year, or an
amount for each of some years. A total is spread evenly: Drammen's plan (2017–2020) has 28 million NOK for welfare
technology, which is 7 million a year.

>>> amount_of_total(plan_total=28_000_000, from_year=2017, to_year=2020, year=2018)
7000000.0

Running costs, one-off costs and transfers are added up separately, and so are the operating and the investment budget.
New spending is running and one-off costs: a transfer moves money from one programme to another and is not new. A
measure may have parts: adapted workplaces cost 2 million a year to run and 4 million once to establish, 12 million over
four years.

>>> 4 * amount_yearly(2_000_000, 2017, 2020, 2017) + 4 * amount_of_total(4_000_000, 2017, 2020, 2017)
12000000.0

A measure may also save or bring in money, and its saving may come from another calculator in the same scenario
(`from = "insource"`): the share of it that is included, from the year in which it starts. Where measures
together take more than all of the same figure there, what is counted twice is shown. A saving in the prices of another
year than the first of the plan is converted by the deflator, if the table [prices] has both years.

Where the number of jobs or places that an amount pays for is known, the cost of each is shown: 7.1 million for ten.

>>> cost_per_unit(amount=7_100_000, units=10)
710000.0

Amounts of several years are added up as they are. Investments that the plan states count when they are paid; those in
a saving from another calculator are a yearly capital cost in the operating budget. With a discount rate, the present
value stands beside: a real rate counts on fixed prices, a nominal one on current prices. Not included: what the
measures achieve, how a total is really spread, and what comes after the plan.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator, CountedOnce
from omsorg_cli.core.discounting import RATES, faults_of_discounting
from omsorg_cli.core.figure import (
    SCENARIOS_YEAR,
    AnySeries,
    Formula,
    Series,
    ToDate,
    elsewhere,
    figure,
    formula,
    in_prices,
    same_as,
    summed,
)
from omsorg_cli.core.helpers import total
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.quantities import (
    FteChange,
    Horizon,
    Key,
    Label,
    NokInput,
    NokPerYearInput,
    PersonsChange,
    Rate,
    Reference,
    ShareInput,
    UnitCount,
    YearInput,
    default,
    no_rows,
)
from omsorg_cli.core.units import Fte, Nok, NokPerUnit, NokPerYear, Num, People, Ratio, Year
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Matrix, Years
from omsorg_cli.formulas.money import discounted, in_years

NATURES = ("running", "one_off", "transfer", "saving", "income")
BUDGETS = ("operating", "investment")
ORIGINS = ("insource", "restructure", "joint-service", "refund", "savings", "wage-gap")
"""The calculators that a measure's saving may come from."""
OF_ONE_ITEM = ("restructure", "savings", "wage-gap")
"""Those that have no saving over all their rows."""
Nature = Annotated[StatedInput | None, Kind("", "choice", choices=NATURES, example="running")]
Budget = Annotated[StatedInput | None, Kind("", "choice", choices=BUDGETS, example="operating")]
Origin = Annotated[StatedInput | None, Kind("", "choice", choices=ORIGINS, example="insource")]
SPANS = ((), ("from_year",), ("to_year",), ("from_year", "to_year"))


class Amount(Row):
    """An amount in one year of the plan."""

    amount_year: YearInput = Field(alias="year")
    """The year."""
    amount_in_year: NokInput = Field(alias="amount")
    """The amount in that year."""


class Measure(Row):
    """A measure of the plan, or a part of one."""

    keys: ClassVar[tuple[str, ...]] = ("measure", "part")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((amount, *span) for amount, span in product(("yearly", "plan_total"), SPANS)),
        ("once", "in_year"),
        ("named_years",),
        ("comes_from",),
    )
    optional: ClassVar[tuple[str, ...]] = ("units", "fte_change", "users_change", "starts")

    measure: Key
    """The measure."""
    part: Key = ""
    """A part of the measure, where it has several."""
    label: Label = None
    """The measure's name in tables and sentences."""
    nature: Nature = None
    """The kind of amount: running cost, one-off cost, transfer between programmes, saving or income."""
    budget: Budget = default("operating")
    """The budget that the amount belongs to."""
    yearly: NokPerYearInput = None
    """The amount in each year of the plan, or from the first to the last year stated."""
    plan_total: NokInput = Field(None, alias="total")
    """The total amount over those years, spread evenly."""
    from_year: YearInput = None
    """The first year of the amount, if not the first of the plan."""
    to_year: YearInput = None
    """The last year of the amount, if not the last of the plan."""
    once: NokInput = None
    """An amount in one year only."""
    in_year: YearInput = None
    """The year of that amount."""
    named_years: list[Amount] = Field(default_factory=no_rows, alias="amounts", min_length=1)
    """Amounts in some of the years."""
    comes_from: Origin = Field(None, alias="from")
    """The calculator in this scenario whose saving the measure is."""
    item: Reference = default("")
    """The programme, service, group or comparator there; if left out, all of them."""
    share_taken: ShareInput = Field(StatedInput(1, origin="default"), alias="share")
    """The share of that saving included in the plan."""
    starts: YearInput = None
    """The first year in which the saving is included."""
    follows: Reference = default("")
    """The index that the amount follows in current prices, where it says none itself; if left out, the deflator."""
    fte_change: FteChange = default(0)
    """The change in FTE in each of its years; negative for fewer."""
    users_change: PersonsChange = default(0)
    """The change in the number of users; negative for fewer."""
    units: UnitCount = Field(None, alias="count")
    """The number of jobs, places or the like that the amount pays for."""

    @model_validator(mode="before")
    @classmethod
    def _from_elsewhere_is_a_saving(cls, data: Any) -> Any:
        if isinstance(data, dict) and "from" in data:
            return {"nature": StatedInput("saving", origin="default"), **data}
        return data

    @model_validator(mode="after")
    def _whole(self) -> Self:
        refuse(_faults_of_origin(self))
        return self


def _faults_of_origin(item: Measure) -> Iterator[tuple[Loc, str]]:
    """What comes from another calculator is a saving; what does not has no share of it."""
    if item.nature is None:
        yield ("nature",), say("is missing; allowed: one of {natures}", natures=", ".join(NATURES))
    origin = None if item.comes_from is None else str(item.comes_from.value)
    if origin is None:
        for name, key in (("item", "item"), ("share_taken", "share"), ("starts", "starts")):
            stated = getattr(item, name)
            if stated is not None and stated.origin != "default":
                yield (key,), say("has no effect without from; allowed: from = {example}", example='"insource"')
        return
    if item.nature is not None and item.nature.value != "saving":
        told = phrase("found {found} beside from; allowed: saving, which is what another calculator gives")
        yield ("nature",), say(told, found=item.nature.value)
    if origin in OF_ONE_ITEM and item.item is not None and not item.item.value:
        yield ("item",), say("is missing; {calculator} has a saving for each row: name one", calculator=origin)


class Plan(Inputs):
    """Inputs of a plan."""

    optional: ClassVar[tuple[str, ...]] = RATES

    first_year: YearInput = Field()
    """The first year of the plan."""
    years: Horizon = Field()
    """The number of years in the plan."""
    discount_rate: Rate = None
    """A real rate at which later years count less, on fixed prices; without it, no present value is shown."""
    nominal_discount_rate: Rate = None
    """A nominal rate in its place, on current prices by the indexes in the table [prices]."""
    measures: list[Measure] = Field(min_length=1)
    """The measures."""

    @model_validator(mode="after")
    def _years_are_the_plans(self) -> Self:
        refuse(
            (("measures", index, *place), sentence)
            for index, item in enumerate(self.measures)
            for faults in (_faults_of_years(self, item), _faults_of_order(item))
            for place, sentence in faults
        )
        refuse(faults_of_discounting(self))
        return self


def _faults_of_years(plan: Plan, item: Measure) -> Iterator[tuple[Loc, str]]:
    assert plan.first_year is not None
    assert plan.years is not None
    first = int(plan.first_year.number)
    last = first + int(plan.years.number) - 1
    for place, stated in _years_of(item):
        if stated is not None and not first <= stated.number <= last:
            yield place, f"found {stated.number:.0f}, outside the plan; allowed: {first} to {last}"
        if stated is not None and stated.range is not None:
            yield place, "has a range, but may not leave the plan; allowed: no range, and `sweep` for several years"


def _years_of(item: Measure) -> Iterator[tuple[Loc, StatedInput | None]]:
    yield ("from_year",), item.from_year
    yield ("starts",), item.starts
    yield ("to_year",), item.to_year
    yield ("in_year",), item.in_year
    for index, amount in enumerate(item.named_years):
        yield ("amounts", index, "year"), amount.amount_year


def _faults_of_order(item: Measure) -> Iterator[tuple[Loc, str]]:
    first, last = item.from_year, item.to_year
    if first is not None and last is not None and last.number < first.number:
        yield ("to_year",), f"found {last.number:.0f}, before from_year; allowed: from {first.number:.0f}"
    seen: set[float] = set()
    for index, amount in enumerate(item.named_years):
        assert amount.amount_year is not None
        if amount.amount_year.number in seen:
            yield ("amounts", index, "year"), f"found {amount.amount_year.number:.0f} again; allowed: each year once"
        seen.add(amount.amount_year.number)


MEASURE, PART, YEAR = ("measure",), ("measure", "part"), ("year",)
PART_YEAR, MEASURE_YEAR = ("measure", "part", "year"), ("measure", "year")
NAMED, NAMED_YEAR = (*PART, "named_year"), (*PART, "named_year", "year")


@figure("from_year", per=[PART], step=True)
def from_first_year(first_year: Num) -> Year:
    """The first year of the measure: the first of the plan."""
    return first_year


@figure("from_year", per=[PART], step=True)
def from_start(starts: Num) -> Year:
    """The first year of the measure: the first in which its saving is included."""
    return starts


@figure("to_year", per=[PART], step=True)
def to_last_year(first_year: Num, years: Num) -> Year:
    """The last year of the measure: the last of the plan."""
    return first_year + years - 1


@figure("amount", per=[PART_YEAR])
def amount_yearly(yearly: Num, from_year: Num, to_year: Num, year: Num) -> NokPerYear:
    """The amount in the year."""
    return yearly * in_years(year, from_year, to_year)


@figure("amount", per=[PART_YEAR])
def amount_of_total(plan_total: Num, from_year: Num, to_year: Num, year: Num) -> NokPerYear:
    """The amount in the year: the total, spread evenly over its years."""
    return plan_total / (to_year - from_year + 1) * in_years(year, from_year, to_year)


@figure("amount", per=[PART_YEAR])
def amount_once(once: Num, in_year: Num, year: Num) -> NokPerYear:
    """The amount in the year: all of it in one year."""
    return once * in_years(year, in_year, in_year)


@figure(step=True)
def amount_of_named_year(amount_in_year: Num, amount_year: Num, year: Num) -> NokPerYear:
    """The amount in the year, from one of the amounts by year."""
    return amount_in_year * in_years(year, amount_year, amount_year)


@figure("amount", per=[PART_YEAR])
def amount_of_named_years(amount_of_named_year: Series) -> NokPerYear:
    """The amount in the year, from the amounts by year."""
    return total(amount_of_named_year)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[()], step=True)
def prices_at_start(
    price_factor: Annotated[float, elsewhere("prices", at_input={"year": "first_year"}, if_there=True)],
) -> Ratio:
    """Prices in the first year of the plan relative to the base year of the indexes, by the deflator."""
    return price_factor


INSOURCING: dict[str, Any] = {"when": {"comes_from": "insource"}, "converts_from": "insource"}


@figure("price_change", per=[PART], step=True, **INSOURCING)
def price_change_of_insourcing(
    prices_at_start: Num, first_price_factor: Annotated[float, elsewhere("insource")]
) -> Ratio:
    """Prices in the first year of the plan relative to those that insourcing is calculated in, by the deflator."""
    return prices_at_start / first_price_factor


@figure("amount", per=[PART_YEAR], **INSOURCING)
def amount_of_insourcing_converted(
    net_saving: Annotated[float, elsewhere("insource", at_input={"programme": "item"})],
    price_change: Num,
    share_taken: Num,
    from_year: Num,
    to_year: Num,
    year: Num,
) -> NokPerYear:
    """The saving by insourcing in the year that is included in the plan, in the prices of the plan's first year."""
    return net_saving * price_change * share_taken * in_years(year, from_year, to_year)


@figure("amount", per=[PART_YEAR], when={"comes_from": "insource"})
def amount_of_insourcing(
    net_saving: Annotated[float, elsewhere("insource", at_input={"programme": "item"})],
    share_taken: Num,
    from_year: Num,
    to_year: Num,
    year: Num,
) -> NokPerYear:
    """The saving by insourcing in the year that is included in the plan."""
    return net_saving * share_taken * in_years(year, from_year, to_year)


@figure("saving_elsewhere", per=[PART], when={"comes_from": "restructure"}, step=True)
def saving_of_restructuring(
    net_saving: Annotated[float, elsewhere("restructure", at_input={"service": "item"})],
) -> NokPerYear:
    """The saving per year by closing small facilities, after the cost of new buildings."""
    return net_saving


@figure("saving_elsewhere", per=[PART], when={"comes_from": "restructure"}, step=True)
def running_saving_of_restructuring(
    running_saving: Annotated[float, elsewhere("restructure", at_input={"service": "item"})],
) -> NokPerYear:
    """The saving per year by closing small facilities, without new buildings."""
    return running_saving


@figure("saving_elsewhere", per=[PART], when={"comes_from": "joint-service"}, step=True)
def saving_of_joint_service(
    net_saving: Annotated[float, elsewhere("joint-service", at_input={"service": "item"})],
) -> NokPerYear:
    """The saving per year by a joint service."""
    return net_saving


@figure("saving_elsewhere", per=[PART], when={"comes_from": "refund"}, step=True)
def gain_of_refund(
    effect_of_change: Annotated[float, elsewhere("refund", at_input={"group": "item"})],
) -> NokPerYear:
    """The yearly effect of a changed refund."""
    return effect_of_change


@figure("saving_elsewhere", per=[PART], when={"comes_from": "savings"}, step=True)
def saving_of_comparison(
    savings_potential_actual: Annotated[float, elsewhere("savings", at_input={"base": "item"}, service="total")],
) -> NokPerYear:
    """The saving per year at the comparator's level of spending, in the accounts."""
    return savings_potential_actual


@figure("saving_elsewhere", per=[PART], when={"comes_from": "wage-gap"}, step=True)
def saving_of_wages(
    mean_wage_effect: Annotated[float, elsewhere("wage-gap", at_input={"base": "item"})],
) -> NokPerYear:
    """The saving per year at the comparator's wages, at the mean of the years compared."""
    return mean_wage_effect


@figure("amount", per=[PART_YEAR])
def amount_from_elsewhere(
    saving_elsewhere: Num, share_taken: Num, from_year: Num, to_year: Num, year: Num
) -> NokPerYear:
    """The other calculator's saving in the year that is included in the plan."""
    return saving_elsewhere * share_taken * in_years(year, from_year, to_year)


@figure("price_change", per=[PART], step=True)
def price_change(
    prices_at_start: Num, price_factor: Annotated[float, elsewhere("prices", year=SCENARIOS_YEAR, if_there=True)]
) -> Ratio:
    """Prices in the first year of the plan relative to those of the scenario's year, by the deflator."""
    return prices_at_start / price_factor


@figure("amount", per=[PART_YEAR])
def amount_converted(
    saving_elsewhere: Num, price_change: Num, share_taken: Num, from_year: Num, to_year: Num, year: Num
) -> NokPerYear:
    """The other calculator's saving that is included in the plan, in the prices of the plan's first year."""
    return saving_elsewhere * price_change * share_taken * in_years(year, from_year, to_year)


def _conversions() -> Iterator[Formula]:
    """What converts the amounts of each calculator that has no years of its own."""
    for origin in ORIGINS:
        for function in (price_change, amount_converted) if origin != "insource" else ():
            yield formula(function)._replace(when={"comes_from": origin}, converts_from=origin)


def _nothing(name: str, nature: str) -> Callable[..., float]:
    @figure(name, per=[PART_YEAR], when={"nature": nature}, step=True)
    def nothing(year: Num) -> NokPerYear:
        """The part of this kind: zero for an amount of another kind."""
        return 0.0

    return nothing


def _of_natures(name: str, *natures: str) -> Iterator[Formula | Callable[..., float]]:
    """What a part costs in the year if it is of one of the natures, and nothing if it is of another."""
    for nature in NATURES:
        if nature in natures:
            yield same_as(name, "amount", NokPerYear, PART_YEAR, when={"nature": nature}, step=True)
        else:
            yield _nothing(name, nature)


@figure(per=[YEAR])
def running(running_of_part: Series) -> NokPerYear:
    """Running costs of all measures."""
    return total(running_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def one_off(one_off_of_part: Series) -> NokPerYear:
    """One-off costs of all measures."""
    return total(one_off_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def new_spending(new_spending_of_part: Series) -> NokPerYear:
    """New spending on all measures: running and one-off costs, without transfers."""
    return total(new_spending_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def spending_to_date(new_spending: ToDate) -> Nok:
    """New spending on all measures up to and with the year."""
    return total(new_spending)  # type: ignore[no-any-return]  # as above


@figure("new_spending", per=[MEASURE])
def new_spending_of_measure(new_spending_of_part: Series) -> Nok:
    """New spending on the measure over the plan: running and one-off costs, without transfers."""
    return total(new_spending_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def savings(savings_of_part: Series) -> NokPerYear:
    """Savings of all measures."""
    return total(savings_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def income(income_of_part: Series) -> NokPerYear:
    """Income from all measures."""
    return total(income_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[PART_YEAR], step=True)
def net_cost_of_part(new_spending_of_part: Num, savings_of_part: Num, income_of_part: Num) -> NokPerYear:
    """The net cost of this part in the year: new spending less savings and income."""
    return new_spending_of_part - savings_of_part - income_of_part


@figure("measure_cost", per=[MEASURE_YEAR])
def net_cost_of_measure(net_cost_of_part: Series) -> NokPerYear:
    """The net cost of the measure in the year: new spending less savings and income; negative for a net saving."""
    return total(net_cost_of_part)  # type: ignore[no-any-return]  # as above


@figure("net_cost", per=[YEAR])
def net_cost_in_year(measure_cost: Series) -> NokPerYear:
    """The net cost of all measures in the year: new spending less savings and income."""
    return total(measure_cost)  # type: ignore[no-any-return]  # as above


AMOUNTS = ("yearly", "plan_total", "once")
InPrices = Annotated[float, in_prices(*AMOUNTS, index="follows")]
AtStart = Annotated[float, in_prices(*AMOUNTS, index="follows", year="first_year")]


@figure(per=[PART], step=True)
def first_price_factor(price_factor: AtStart) -> Ratio:
    """Prices in the first year of the plan relative to the base year of the indexes."""
    return price_factor


@figure(per=[NAMED], step=True)
def first_price_of_named_year(
    price_factor: Annotated[float, in_prices("amount_in_year", index="follows", year="first_year")],
) -> Ratio:
    """Prices in the first year of the plan relative to the base year of the indexes, by what this amount follows."""
    return price_factor


@figure(per=[NAMED_YEAR], step=True)
def growth_of_named_year(
    price_factor: Annotated[float, in_prices("amount_in_year", index="follows")], first_price_of_named_year: Num
) -> Ratio:
    """Prices in the year relative to the first of the plan, by what this amount follows."""
    return price_factor / first_price_of_named_year


@figure(per=[PART_YEAR], step=True)
def growth_of_part(price_factor: InPrices, first_price_factor: Num) -> Ratio:
    """Prices in the year relative to the first of the plan, by what the measure follows."""
    return price_factor / first_price_factor


@figure(per=[NAMED_YEAR], step=True)
def growth_beside_part(growth_of_named_year: Num, growth_of_part: Num, amount_year: Num, year: Num) -> Ratio:
    """How much more the amount of that year grows by an index of its own than by that of the measure, as a share."""
    return (growth_of_named_year / growth_of_part - 1) * in_years(year, amount_year, amount_year)


@figure(per=[PART_YEAR], step=True)
def current_net_cost_of_part(net_cost_of_part: Num, growth_of_part: Num, growth_beside_part: AnySeries) -> NokPerYear:
    """The net cost of this part in the year, in current prices."""
    return net_cost_of_part * growth_of_part * (1 + total(growth_beside_part))  # type: ignore[no-any-return]  # as above


@figure("current_net_cost_of_part", per=[PART_YEAR], when={"comes_from": "insource", "follows": ""}, step=True)
def current_net_cost_of_insourcing(
    current_net_saving: Annotated[float, elsewhere("insource", at_input={"programme": "item"}, if_there=True)],
    share_taken: Num,
    from_year: Num,
    to_year: Num,
    year: Num,
) -> NokPerYear:
    """The saving by insourcing in the year that is included in the plan, in current prices, as a cost below zero."""
    return -current_net_saving * share_taken * in_years(year, from_year, to_year)


@figure("current_measure_cost", per=[MEASURE_YEAR])
def current_net_cost_of_measure(current_net_cost_of_part: Series) -> NokPerYear:
    """The net cost of the measure in the year, in current prices."""
    return total(current_net_cost_of_part)  # type: ignore[no-any-return]  # as above


@figure("current_net_cost", per=[YEAR])
def current_net_cost_in_year(current_measure_cost: Series) -> NokPerYear:
    """The net cost of all measures in the year, in current prices."""
    return total(current_measure_cost)  # type: ignore[no-any-return]  # as above


@figure("present_net_cost", per=[YEAR], only_with=RATES)
def present_value_of_fixed_prices(net_cost: Num, discount_rate: Num, year: Num, first_year: Num) -> NokPerYear:
    """What the net cost of the year, in fixed prices, is worth at the start of the plan at the real rate."""
    return net_cost * discounted(discount_rate, year, first_year)


@figure("present_net_cost", per=[YEAR], only_with=RATES)
def present_value_of_current_prices(
    current_net_cost: Num, nominal_discount_rate: Num, year: Num, first_year: Num
) -> NokPerYear:
    """What the net cost of the year, in current prices, is worth at the start of the plan at the nominal rate."""
    return current_net_cost * discounted(nominal_discount_rate, year, first_year)


@figure("operating_of_part", per=[PART_YEAR], when={"budget": "investment"}, step=True)
def nothing_to_operate(year: Num) -> NokPerYear:
    """The part in the operating budget: zero for an amount in the investment budget."""
    return 0.0


@figure("operating_of_part", per=[PART_YEAR], step=True)
def net_cost_to_operate(net_cost_of_part: Num) -> NokPerYear:
    """The net cost of this part to the operating budget in the year."""
    return net_cost_of_part


@figure(per=[YEAR])
def operating_cost(operating_of_part: Series) -> NokPerYear:
    """The net cost of all measures to the operating budget."""
    return total(operating_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def investment_cost(net_cost: Num, operating_cost: Num) -> NokPerYear:
    """The net cost of all measures to the investment budget."""
    return net_cost - operating_cost


@figure(per=[PART_YEAR], step=True)
def fte_of_part(fte_change: Num, from_year: Num, to_year: Num, year: Num) -> Fte:
    """The change in FTE in the year by this part."""
    return fte_change * in_years(year, from_year, to_year)


@figure("fte_effect", per=[YEAR])
def fte_effect(fte_of_part: Series) -> Fte:
    """The change in FTE in the year by all measures; negative for fewer."""
    return total(fte_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[PART_YEAR], step=True)
def users_of_part(users_change: Num, from_year: Num, to_year: Num, year: Num) -> People:
    """The change in users in the year by this part."""
    return users_change * in_years(year, from_year, to_year)


@figure("users_effect", per=[YEAR])
def users_effect(users_of_part: Series) -> People:
    """The change in users in the year by all measures; negative for fewer."""
    return total(users_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def transfers(transfer_of_part: Series) -> NokPerYear:
    """Transfers between programmes, which are not new spending."""
    return total(transfer_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[MEASURE, ()])
def new_spending_per_year(new_spending: Num, years: Num) -> NokPerYear:
    """New spending per year of the plan on average."""
    return new_spending / years


@figure(per=[PART], only_with=("units",))
def cost_per_unit(amount: Num, units: Num) -> NokPerUnit:
    """The cost of each job, place or the like that the amount pays for."""
    return amount / units


CALCULATOR = Calculator(
    name="plan",
    title="Four-year plan",
    inputs=Plan,
    keys=PART_YEAR,
    scenario="drammen2017",
    headlines=("net_cost", "new_spending", "savings"),
    uses=(*ORIGINS, "prices"),
    current={"measure_cost": "current_measure_cost", "net_cost": "current_net_cost"},
    present=("present_net_cost",),
    horizon=("first_year", "years"),
    counted_once=CountedOnce("measure", "amount", "comes_from", "share_taken", within=("savings", "wage-gap")),
    formulas=(
        from_start,
        from_first_year,
        to_last_year,
        amount_yearly,
        amount_of_total,
        amount_once,
        amount_of_named_year,
        amount_of_named_years,
        prices_at_start,
        price_change_of_insourcing,
        amount_of_insourcing_converted,
        amount_of_insourcing,
        *_conversions(),
        saving_of_restructuring,
        running_saving_of_restructuring,
        saving_of_joint_service,
        gain_of_refund,
        saving_of_comparison,
        saving_of_wages,
        amount_from_elsewhere,
        summed("amount", Nok, PART),
        *_of_natures("running_of_part", "running"),
        *_of_natures("one_off_of_part", "one_off"),
        *_of_natures("new_spending_of_part", "running", "one_off"),
        *_of_natures("transfer_of_part", "transfer"),
        *_of_natures("savings_of_part", "saving"),
        *_of_natures("income_of_part", "income"),
        running,
        summed("running", Nok, ()),
        one_off,
        summed("one_off", Nok, ()),
        new_spending,
        spending_to_date,
        new_spending_of_measure,
        summed("new_spending", Nok, ()),
        transfers,
        summed("transfers", Nok, ()),
        savings,
        summed("savings", Nok, ()),
        income,
        summed("income", Nok, ()),
        net_cost_of_part,
        net_cost_of_measure,
        summed("measure_cost", Nok, MEASURE),
        net_cost_in_year,
        summed("net_cost", Nok, ()),
        first_price_factor,
        first_price_of_named_year,
        growth_of_named_year,
        growth_of_part,
        growth_beside_part,
        current_net_cost_of_part,
        current_net_cost_of_insourcing,
        current_net_cost_of_measure,
        summed("current_measure_cost", Nok, MEASURE),
        current_net_cost_in_year,
        summed("current_net_cost", Nok, ()),
        present_value_of_fixed_prices,
        present_value_of_current_prices,
        summed("present_net_cost", Nok, ()),
        nothing_to_operate,
        net_cost_to_operate,
        operating_cost,
        summed("operating_cost", Nok, ()),
        investment_cost,
        summed("investment_cost", Nok, ()),
        fte_of_part,
        fte_effect,
        users_of_part,
        users_effect,
        new_spending_per_year,
        cost_per_unit,
    ),
    subject="{municipality}: plan for {years}",
    answer=(
        Lines(
            templates=(
                BySign(
                    "net_cost",
                    "The measures cost {net_cost:prose} over the plan, net of any savings and income.",
                    "The measures save and bring in {net_cost:prose} more than they cost over the plan.",
                    "The measures save and bring in as much as they cost over the plan.",
                ),
                BySign(
                    "current_net_cost",
                    "In current prices, they cost {current_net_cost:prose}, net of any savings and income.",
                    "In current prices, they save and bring in {current_net_cost:prose} more than they cost.",
                ),
                "New spending is {new_spending:prose}, or {new_spending_per_year:prose} on average.",
            ),
        ),
    ),
    views=(
        Matrix(heading="Net cost of each measure, {unit}", rows=MEASURE, figure="measure_cost", whole="net_cost"),
        Matrix(
            heading="Net cost of each measure, current prices, {unit}",
            rows=MEASURE,
            figure="current_measure_cost",
            whole="current_net_cost",
        ),
        Years(
            heading="All measures, {unit}",
            rows=(
                ("running", "running"),
                ("one-off", "one_off"),
                ("new spending", "new_spending"),
                ("new spending to date", "spending_to_date"),
                ("savings", "savings"),
                ("income", "income"),
                ("net cost", "net_cost"),
                ("net cost, current prices", "current_net_cost"),
                ("net cost, present value", "present_net_cost"),
                ("operating budget, net", "operating_cost"),
                ("investment budget, net", "investment_cost"),
                ("transfers", "transfers"),
                ("FTE", "fte_effect"),
                ("users", "users_effect"),
            ),
            drawn=("new_spending", "spending_to_date"),
            restating=("new_spending", "net_cost", "operating_cost"),
        ),
    ),
    details=(
        Grid(
            heading="What the measures are made of",
            rows=PART,
            columns=(
                Column("measure", "{measure}"),
                Column("part", "{part}"),
                Column("type", "{nature}"),
                Column("over the plan", "{amount:short}"),
                Column("number", "{units:number}", right=True),
                Column("cost of each", "{cost_per_unit}"),
            ),
        ),
    ),
    labels={
        "amount": "amount",
        "amount_in_year": "amount in the year",
        "amount_of_named_year": "amount in the year",
        "amount_year": "year of the amount",
        "comes_from": "calculator it comes from",
        "cost_per_unit": "cost of each",
        "current_measure_cost": "net cost, current prices",
        "current_net_cost": "net cost, current prices",
        "current_net_cost_of_part": "net cost, current prices",
        "establishment": "establishment",
        "first_price_factor": "price factor, first year",
        "first_price_of_named_year": "price factor, first year",
        "follows": "index that it follows",
        "from_year": "first year of the measure",
        "fte_change": "change in FTE",
        "fte_effect": "FTE",
        "fte_of_part": "FTE",
        "growth_beside_part": "price growth beyond the measure's",
        "growth_of_named_year": "price growth of the amount",
        "growth_of_part": "price growth of the measure",
        "in_year": "year of the amount",
        "income": "income",
        "income_of_part": "income",
        "insource": "insourcing",
        "investment_cost": "investment budget, net",
        "item": "row of that calculator",
        "joint-service": "joint service",
        "measure_cost": "net cost of the measure",
        "named_years": "amounts by year",
        "net_cost": "net cost",
        "net_cost_of_part": "net cost",
        "new_spending_of_part": "new spending",
        "new_spending_per_year": "new spending per year",
        "once": "amount paid once",
        "one_off": "one-off",
        "one_off_of_part": "one-off",
        "operating_cost": "operating budget, net",
        "operation": "operation",
        "operating_of_part": "operating budget, net",
        "nominal_discount_rate": "nominal discount rate",
        "plan_total": "total over the years",
        "price_change": "price change to the plan's first year",
        "prices_at_start": "price factor, first year",
        "present_net_cost": "net cost, present value",
        "restructure": "closing small facilities",
        "running": "running costs",
        "running_of_part": "running costs",
        "saving_elsewhere": "saving per year",
        "savings_of_part": "savings",
        "share_taken": "share counted on",
        "spending_to_date": "new spending to date",
        "starts": "first year counted on",
        "to_year": "last year of the measure",
        "transfer_of_part": "transfers",
        "units": "jobs, places or the like",
        "users_change": "change in users",
        "users_effect": "users",
        "users_of_part": "users",
        "wage-gap": "wage gap",
        "yearly": "amount every year",
    },
    caveats=(
        "A transfer between programmes is not new spending and is not added to it.",
        "A total over several years is spread evenly over them; the plan may distribute it differently.",
        "Savings, income and users count only where a measure states them.",
    ),
)
