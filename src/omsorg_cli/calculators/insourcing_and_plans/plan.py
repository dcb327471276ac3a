"""What an action plan's measures cost, year by year.

Each measure has an amount in one of four forms: the same every year, a total over the plan, once in a year, or an
amount for each of some years. A total is spread evenly: Drammen's plan (2017–2020) has 28 million kroner for welfare
technology in the plan period, which is 7 million a year.

>>> amount_of_total(plan_total=28_000_000, from_year=2017, to_year=2020, year=2018)
7000000.0

Running, one-off and transferred amounts are added up apart. New spending is what runs and what comes once: a transfer
moves a frame from one programme to another, and costs nobody anything new. A measure may have parts: adapted
workplaces cost 2 million a year to run and 4 million once to establish, 12 million over four years.

>>> 4 * amount_yearly(2_000_000, 2017, 2020, 2017) + 4 * amount_of_total(4_000_000, 2017, 2020, 2017)
12000000.0

Where it is known how many jobs or places an amount pays for, it is told what each costs: 7.1 million for ten.

>>> cost_per_unit(amount=7_100_000, units=10)
710000.0

Nothing is discounted: amounts of several years are added up as they are, and investments count when they are paid.
Left out: what the measures save or achieve, how a total is really spread, price growth, and what comes after the plan.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Formula, Series, figure, same_as, summed
from omsorg_cli.core.helpers import total
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import Horizon, Key, Label, NokInput, NokPerYearInput, UnitCount, YearInput, no_rows
from omsorg_cli.core.units import Nok, NokPerUnit, NokPerYear, Num, Year
from omsorg_cli.core.view import Column, Grid, Lines, Years
from omsorg_cli.formulas.money import in_years

NATURES = ("running", "one_off", "transfer")
Nature = Annotated[StatedInput | None, Kind("", "choice", choices=NATURES, example="running")]
SPANS = ((), ("from_year",), ("to_year",), ("from_year", "to_year"))


class Amount(Row):
    """An amount for one of the plan's years."""

    amount_year: YearInput = Field(alias="year")
    """The year."""
    amount_in_year: NokInput = Field(alias="amount")
    """What the measure costs in that year."""


class Measure(Row):
    """A measure of the plan, or a part of one."""

    keys: ClassVar[tuple[str, ...]] = ("measure", "part")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        *((amount, *span) for amount, span in product(("yearly", "plan_total"), SPANS)),
        ("once", "in_year"),
        ("named_years",),
    )
    optional: ClassVar[tuple[str, ...]] = ("units",)

    measure: Key
    """The measure."""
    part: Key = ""
    """A part of the measure, where it has several."""
    label: Label = None
    """What people read for the measure."""
    nature: Nature = Field()
    """Whether it is paid every year (running), once (one_off), or moved from another programme (transfer)."""
    yearly: NokPerYearInput = None
    """What it costs in each year, all of the plan's unless from_year and to_year say otherwise."""
    plan_total: NokInput = Field(None, alias="total")
    """What it costs in all those years together, spread evenly."""
    from_year: YearInput = None
    """The first year of the amount, if not the plan's."""
    to_year: YearInput = None
    """The last year of the amount, if not the plan's."""
    once: NokInput = None
    """What it costs in one year."""
    in_year: YearInput = None
    """That year."""
    named_years: list[Amount] = Field(default_factory=no_rows, alias="amounts", min_length=1)
    """What it costs in each of some years."""
    units: UnitCount = Field(None, alias="count")
    """How many jobs, places or the like the amount pays for."""


class Plan(Inputs):
    """Inputs of an action plan."""

    first_year: YearInput = Field()
    """The first year of the plan."""
    years: Horizon = Field()
    """How many years the plan is for."""
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
PART_YEAR = ("measure", "part", "year")


@figure("from_year", per=[PART], step=True)
def from_first_year(first_year: Num) -> Year:
    """The first year of the amount: the plan's."""
    return first_year


@figure("to_year", per=[PART], step=True)
def to_last_year(first_year: Num, years: Num) -> Year:
    """The last year of the amount: the plan's."""
    return first_year + years - 1


@figure("amount", per=[PART_YEAR])
def amount_yearly(yearly: Num, from_year: Num, to_year: Num, year: Num) -> NokPerYear:
    """What the measure costs in the year."""
    return yearly * in_years(year, from_year, to_year)


@figure("amount", per=[PART_YEAR])
def amount_of_total(plan_total: Num, from_year: Num, to_year: Num, year: Num) -> NokPerYear:
    """What the measure costs in the year, the total being spread evenly over its years."""
    return plan_total / (to_year - from_year + 1) * in_years(year, from_year, to_year)


@figure("amount", per=[PART_YEAR])
def amount_once(once: Num, in_year: Num, year: Num) -> NokPerYear:
    """What the measure costs in the year, all of it in one."""
    return once * in_years(year, in_year, in_year)


@figure(step=True)
def amount_of_named_year(amount_in_year: Num, amount_year: Num, year: Num) -> NokPerYear:
    """What the measure costs in the year by one of its amounts."""
    return amount_in_year * in_years(year, amount_year, amount_year)


@figure("amount", per=[PART_YEAR])
def amount_of_named_years(amount_of_named_year: Series) -> NokPerYear:
    """What the measure costs in the year, each of its years having an amount of its own."""
    return total(amount_of_named_year)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


def _nothing(name: str, nature: str) -> Callable[..., float]:
    @figure(name, per=[PART_YEAR], when={"nature": nature}, step=True)
    def nothing(year: Num) -> NokPerYear:
        """The part is of another nature."""
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
    """What measures that are paid every year cost."""
    return total(running_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def one_off(one_off_of_part: Series) -> NokPerYear:
    """What measures that are paid once cost."""
    return total(one_off_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def new_spending(new_spending_of_part: Series) -> NokPerYear:
    """What the measures cost anew: running and one-off, without transfers."""
    return total(new_spending_of_part)  # type: ignore[no-any-return]  # as above


@figure("new_spending", per=[MEASURE])
def new_spending_of_measure(new_spending_of_part: Series) -> Nok:
    """What the measure costs anew over the plan: its running and one-off parts, without transfers."""
    return total(new_spending_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[YEAR])
def transfers(transfer_of_part: Series) -> NokPerYear:
    """What is moved between programmes: no new spending."""
    return total(transfer_of_part)  # type: ignore[no-any-return]  # as above


@figure(per=[MEASURE, ()])
def new_spending_per_year(new_spending: Num, years: Num) -> NokPerYear:
    """What is spent anew in a year of the plan on average."""
    return new_spending / years


@figure(per=[PART], only_with=("units",))
def cost_per_unit(amount: Num, units: Num) -> NokPerUnit:
    """What each of the jobs, places or the like costs that the amount pays for."""
    return amount / units


CALCULATOR = Calculator(
    name="plan",
    title="Action plan",
    inputs=Plan,
    keys=PART_YEAR,
    scenario="drammen2017",
    headlines=("new_spending", "running", "one_off", "transfers"),
    horizon=("first_year", "years"),
    formulas=(
        from_first_year,
        to_last_year,
        amount_yearly,
        amount_of_total,
        amount_once,
        amount_of_named_year,
        amount_of_named_years,
        summed("amount", Nok, PART),
        *_of_natures("running_of_part", "running"),
        *_of_natures("one_off_of_part", "one_off"),
        *_of_natures("new_spending_of_part", "running", "one_off"),
        *_of_natures("transfer_of_part", "transfer"),
        running,
        summed("running", Nok, ()),
        one_off,
        summed("one_off", Nok, ()),
        new_spending,
        new_spending_of_measure,
        summed("new_spending", Nok, ()),
        transfers,
        summed("transfers", Nok, ()),
        new_spending_per_year,
        cost_per_unit,
    ),
    views=(
        Years(
            heading="By year, in {unit}",
            rows=(
                ("running", "running"),
                ("one-off", "one_off"),
                ("new spending", "new_spending"),
                ("transfers between programmes", "transfers"),
                ("amount", "amount"),
            ),
            drawn=("new_spending", "running", "transfers"),
        ),
        Lines(
            templates=(
                "Over the plan: {new_spending} of new spending, {new_spending_per_year} on average.",
                "Of it {running} running and {one_off} one-off; beside it {transfers} moved between programmes.",
            ),
        ),
        Grid(
            heading="New spending by measure",
            rows=MEASURE,
            columns=(
                Column("measure", "{measure}"),
                Column("over the plan", "{new_spending}"),
                Column("on average", "{new_spending_per_year}"),
            ),
        ),
        Grid(
            heading="What the measures are made of",
            rows=PART,
            columns=(
                Column("measure", "{measure}"),
                Column("part", "{part}"),
                Column("nature", "{nature}"),
                Column("over the plan", "{amount}"),
                Column("pays for", "{units}"),
                Column("each", "{cost_per_unit}"),
            ),
        ),
    ),
    caveats=(
        "A transfer between programmes is no new spending, and is not added to it.",
        "A total over several years is spread evenly over them; the plan may mean otherwise.",
        "What the measures save or achieve is not counted.",
    ),
)
