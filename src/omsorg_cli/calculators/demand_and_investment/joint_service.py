"""What a joint service saves municipalities, and each one.

What a service costs today, times the share that doing it jointly saves, without the yearly cost of what is invested in
it; and each municipality's part of all three, by its inhabitants, its users, a stated share, or alike. The Gardermoen
presentation proposes four joint services and supposes that staffed housing for people with severe mental illness
costs around 30 per cent less: of each krone spent on it today

>>> saving(current_cost=1, saving_share=0.30)
0.3

is saved. Nobody has studied or confirmed it, and the presentation does not know how many need it, so that what it
saves in a year cannot be told: it is left out, and the run says which input is missing. With 20 million a year today,
an investment of 40 million over 40 years at 4 per cent, and half of the inhabitants, a municipality has

>>> cost = capital_cost(investment=40_000_000, interest_rate=0.04, lifetime=40)
>>> round(part_of_net_saving(net_saving=net_saving(20_000_000 * 0.30, cost), part=0.5))
1989530

The annuity is paid at the end of each year: discounted to the start at the same rate, its payments are the investment.
Where the cost is not known, it follows from users, the share of them that the service reaches, and what each costs.
Left out: what the services are worth beside money, what it takes to begin and to leave, and who bears the risk.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import annuity, ratio, total
from omsorg_cli.core.input_types import Kind, Loc, Stated, Value
from omsorg_cli.core.inputs import Inputs, Row, Whole, refuse
from omsorg_cli.core.quantities import (
    AddedCost,
    CostPerUser,
    InterestRate,
    Key,
    Label,
    Lifetime,
    NokPerYearInput,
    Persons,
    Population,
    ShareInput,
    default,
    no_rows,
)
from omsorg_cli.core.units import NokPerYear, Num, Ratio, SavingPerYear, Share
from omsorg_cli.core.view import Column, Grid, Lines

WAYS = ("population", "users", "equal", "share")
Way = Annotated[Stated | None, Kind("", "choice", choices=WAYS, example="population")]
VOLUME = ("users", "reached_share", "cost_per_user")


class Service(Row):
    """A service that municipalities could have together."""

    keys: ClassVar[tuple[str, ...]] = ("service",)
    optional: ClassVar[tuple[str, ...]] = (*VOLUME, "by")

    service: Key
    """The service."""
    label: Label = None
    """What people read."""
    current_cost: NokPerYearInput = None
    """What all the municipalities spend on it in a year today."""
    users: Persons = None
    """Who could use it, where what is spent is not known."""
    reached_share: ShareInput = None
    """The share of the users whom it reaches."""
    cost_per_user: CostPerUser = None
    """What each user whom it reaches costs in a year today."""
    saving_share: ShareInput = None
    """The share of today's cost that doing it jointly saves."""
    investment: AddedCost = default(0)
    """What is invested in it; a size that nobody knows is stated as unknown."""
    lifetime: Lifetime = None
    """The years over which the investment is paid off."""
    interest_rate: InterestRate = None
    """The real interest on the investment."""
    by: Way = None
    """What the municipalities' parts follow, where the service has its own way."""

    @model_validator(mode="after")
    def _one_way_to_the_cost(self) -> Self:
        given = [name for name in VOLUME if getattr(self, name) is not None]
        if self.current_cost is not None and given:
            refuse([((), f"found current_cost + {' + '.join(given)}; allowed: one way to the cost")])
        return self


class Municipality(Row):
    """A municipality that takes part."""

    keys: ClassVar[tuple[str, ...]] = ("municipality",)
    optional: ClassVar[tuple[str, ...]] = ("municipality_users", "share")

    municipality: Key
    """The municipality."""
    label: Label = None
    """What people read."""
    inhabitants: Population = Field(None, alias="population")
    """Its inhabitants."""
    municipality_users: Persons = Field(None, alias="users")
    """Its users of the services."""
    share: ShareInput = None
    """Its part, where the municipalities have agreed on one."""


class JointService(Inputs):
    """Inputs of joint services."""

    by: Way = None
    """What the municipalities' parts follow: their inhabitants, their users, all alike, or stated shares."""
    services: list[Service] = Field(min_length=1)
    """The services."""
    municipalities: list[Municipality] = Field(default_factory=no_rows)
    """The municipalities that take part."""

    def wholes(self) -> Iterator[Whole]:
        """The municipalities' shares, where they follow an agreement."""
        if "share" in self.ways:
            shares = [one.share for one in self.municipalities if one.share is not None]
            yield Whole("shares that", ("municipalities",), shares, exactly=True)

    @property
    def ways(self) -> set[Value]:
        """What the municipalities' parts of the services follow."""
        return {way.value for item in self.services if (way := item.by or self.by) is not None}

    @model_validator(mode="after")
    def _shares_add_up(self) -> Self:
        refuse((*_faults_of_shares(self), *self.faults_of_shares()))
        return self


def _faults_of_shares(table: JointService) -> Iterator[tuple[Loc, str]]:
    stated = [index for index, one in enumerate(table.municipalities) if one.share is not None]
    if "share" not in table.ways:
        yield from ((("municipalities", index, "share"), 'has no effect without by = "share"') for index in stated)
        return
    for index in range(len(table.municipalities)):
        if index not in stated:
            yield ("municipalities", index), 'has no share beside by = "share"; allowed: one for each municipality'


SERVICE, PART = ("service",), ("service", "municipality")


@figure("current_cost", per=[SERVICE])
def cost_of_users(cost_per_user: Num, reached_share: Num, users: Num) -> NokPerYear:
    """What the users whom it reaches cost in a year today."""
    return cost_per_user * reached_share * users


@figure(per=[SERVICE])
def cost_ratio(saving_share: Num) -> Ratio:
    """What it costs jointly without what is invested, today's cost being 1."""
    return 1 - saving_share


@figure(per=[SERVICE])
def saving(current_cost: Num, saving_share: Num) -> SavingPerYear:
    """What doing it jointly saves in a year, before what is invested."""
    return current_cost * saving_share


@figure("capital_cost", per=[SERVICE], when={"investment": 0})
def no_capital_cost() -> NokPerYear:
    """Nothing is invested, so it costs nothing."""
    return 0.0


@figure(per=[SERVICE])
def capital_cost(investment: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What the investment costs in a year: its annuity over its lifetime, at the end of each year."""
    return annuity(investment, interest_rate, lifetime)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[SERVICE])
def net_saving(saving: Num, capital_cost: Num) -> SavingPerYear:
    """What doing it jointly saves in a year, with what is invested taken out."""
    return saving - capital_cost


@figure("weight", per=[PART], when={"by": "population"}, step=True)
def weight_of_inhabitants(inhabitants: Num) -> Ratio:
    """How much the municipality counts: its inhabitants."""
    return inhabitants


@figure("weight", per=[PART], when={"by": "users"}, step=True)
def weight_of_users(municipality_users: Num) -> Ratio:
    """How much the municipality counts: its users."""
    return municipality_users


@figure("weight", per=[PART], when={"by": "share"}, step=True)
def weight_of_share(share: Num) -> Ratio:
    """How much the municipality counts: the share that it has agreed on."""
    return share


@figure("weight", per=[PART], when={"by": "equal"}, step=True)
def same_weight() -> Ratio:
    """How much the municipality counts: as much as any other."""
    return 1.0


@figure(per=[SERVICE], table="municipalities", step=True)
def whole_weight(weight: Series) -> Ratio:
    """How much all the municipalities count."""
    return total(weight)  # type: ignore[no-any-return]  # as above


@figure(per=[PART], no_answer="no municipality has any users")
def part(weight: Num, whole_weight: Num) -> Share:
    """The municipality's part of the service."""
    return ratio(weight, whole_weight)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[PART])
def part_of_saving(saving: Num, part: Num) -> SavingPerYear:
    """The municipality's part of the yearly saving, before what is invested."""
    return saving * part


@figure(per=[PART])
def part_of_capital_cost(capital_cost: Num, part: Num) -> NokPerYear:
    """The municipality's part of what the investment costs in a year."""
    return capital_cost * part


@figure(per=[PART])
def part_of_net_saving(net_saving: Num, part: Num) -> SavingPerYear:
    """The municipality's part of the yearly saving, with what is invested taken out."""
    return net_saving * part


@figure(per=[("municipality",)])
def net_saving_of_all_services(part_of_net_saving: Series) -> SavingPerYear:
    """What the municipality saves in a year by all the services, with what is invested taken out."""
    return total(part_of_net_saving)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="joint-service",
    title="Joint services",
    inputs=JointService,
    keys=PART,
    scenario="gardermoen",
    headlines=("net_saving", "saving", "cost_ratio"),
    formulas=(
        cost_of_users,
        cost_ratio,
        saving,
        summed("saving", SavingPerYear, ()),
        no_capital_cost,
        capital_cost,
        summed("capital_cost", NokPerYear, ()),
        net_saving,
        summed("net_saving", SavingPerYear, ()),
        weight_of_inhabitants,
        weight_of_users,
        weight_of_share,
        same_weight,
        whole_weight,
        part,
        part_of_saving,
        part_of_capital_cost,
        part_of_net_saving,
        net_saving_of_all_services,
    ),
    views=(
        Grid(
            heading="In a year, for all municipalities together",
            rows=SERVICE,
            columns=(
                Column("service", "{service}"),
                Column("costs today", "{current_cost:short}"),
                Column("jointly, of that", "{cost_ratio:percent}", right=True),
                Column("doing it jointly", "{saving:saving}"),
                Column("capital cost", "{capital_cost:short}"),
                Column("in all", "{net_saving:saving}"),
            ),
        ),
        Lines(templates=("All services together: {net_saving:saves}.",)),
        Grid(
            heading="{service}: each municipality's part, a year",
            per=SERVICE,
            rows=("municipality",),
            columns=(
                Column("municipality", "{municipality}"),
                Column("part", "{part:percent}", right=True),
                Column("doing it jointly", "{part_of_saving:saving}"),
                Column("capital cost", "{part_of_capital_cost:short}"),
                Column("in all", "{part_of_net_saving:saving}"),
            ),
        ),
        Grid(
            heading="All services, for each municipality",
            rows=("municipality",),
            columns=(
                Column("municipality", "{municipality}"),
                Column("in all", "{net_saving_of_all_services:saves}"),
            ),
        ),
    ),
    caveats=(
        "That doing it jointly saves anything is supposed, not shown: it must be studied before it is counted on.",
        "Who bears the risk, and what it takes to begin and to leave, are not counted.",
    ),
)
