"""What a joint service saves municipalities, in total and each.

What a service costs today, times the share saved by providing it jointly, minus the yearly cost of the investment; and
each municipality's part of all three, by its inhabitants, its users, a stated share, or equally. The Gardermoen
presentation proposes four joint services and assumes that staffed housing for people with severe mental illness costs
around 30 per cent less: of each krone spent on it today, 0.30 kroner is saved.

>>> saving(current_cost=1, saving_share=0.30)
0.3

This has not been studied or confirmed, and the presentation does not know how many people need it, so the yearly saving
cannot be calculated and the run says which input is missing. With a cost of 20 million NOK a year today, an investment
of 40 million over 40 years at 4%, and half of the inhabitants, a municipality saves 1.99 million NOK a year.

>>> cost = capital_cost(investment=40_000_000, interest_rate=0.04, lifetime=40)
>>> round(part_of_net_saving(net_saving=net_saving(20_000_000 * 0.30, cost), part=0.5))
1989530

The annuity is paid at the end of each year: discounted to the start at the same rate, the payments equal the
investment. Where the cost is not known, it is calculated from the number of users, the share of them that the service
reaches, and the cost of each. Not included: what the services are worth beyond money, the cost of starting and of
leaving, and who bears the risk.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, figure, summed
from omsorg_cli.core.helpers import annuity, ratio, total
from omsorg_cli.core.input_types import Kind, Loc, Stated, Value
from omsorg_cli.core.inputs import Inputs, Row, Whole, refuse
from omsorg_cli.core.language import say
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
from omsorg_cli.core.view import BySign, Column, Grid, Lines

WAYS = ("population", "users", "equal", "share")
Way = Annotated[Stated | None, Kind("", "choice", choices=WAYS, example="population")]
VOLUME = ("users", "reached_share", "cost_per_user")


class Service(Row):
    """A service that municipalities could provide jointly."""

    keys: ClassVar[tuple[str, ...]] = ("service",)
    optional: ClassVar[tuple[str, ...]] = (*VOLUME, "by")

    service: Key
    """The service."""
    label: Label = None
    """The name that people read for the service."""
    current_cost: NokPerYearInput = None
    """What all the municipalities spend on it in a year today."""
    users: Persons = None
    """Potential users, where the cost is not known."""
    reached_share: ShareInput = None
    """The share of the users that the service reaches."""
    cost_per_user: CostPerUser = None
    """Yearly cost today per user reached."""
    saving_share: ShareInput = None
    """The share of today's cost that providing it jointly saves."""
    investment: AddedCost = default(0)
    """The investment in it; a size that nobody knows is stated as unknown."""
    lifetime: Lifetime = None
    """The years over which the investment is paid off."""
    interest_rate: InterestRate = None
    """The real interest rate on the investment."""
    by: Way = None
    """How this service is divided among the municipalities, if it has its own way."""

    @model_validator(mode="after")
    def _one_way_to_the_cost(self) -> Self:
        given = [name for name in VOLUME if getattr(self, name) is not None]
        if self.current_cost is not None and given:
            found = " + ".join(("current_cost", *given))
            refuse([((), say("found {found}; allowed: one way to state the cost", found=found))])
        return self


class Municipality(Row):
    """A municipality that takes part."""

    keys: ClassVar[tuple[str, ...]] = ("municipality",)
    optional: ClassVar[tuple[str, ...]] = ("municipality_users", "share")

    municipality: Key
    """The municipality."""
    label: Label = None
    """The name that people read for the municipality."""
    inhabitants: Population = Field(None, alias="population")
    """Its inhabitants."""
    municipality_users: Persons = Field(None, alias="users")
    """Its users of the services."""
    share: ShareInput = None
    """Its part, where the municipalities have agreed on shares."""


class JointService(Inputs):
    """Inputs to joint services."""

    by: Way = None
    """How the services are divided: by inhabitants, by users, equally, or by stated shares."""
    services: list[Service] = Field(min_length=1)
    """The services."""
    municipalities: list[Municipality] = Field(default_factory=no_rows)
    """The municipalities that take part."""

    def wholes(self) -> Iterator[Whole]:
        """The municipalities' shares, where they follow an agreement."""
        if "share" in self.ways:
            shares = [one.share for one in self.municipalities if one.share is not None]
            yield Whole(say("shares that"), ("municipalities",), shares, exactly=True)

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
        told = say('has no effect without by = "share"')
        yield from ((("municipalities", index, "share"), told) for index in stated)
        return
    for index in range(len(table.municipalities)):
        if index not in stated:
            told = say('has no share although by = "share"; allowed: a share for each municipality')
            yield ("municipalities", index), told


SERVICE, PART = ("service",), ("service", "municipality")


@figure("current_cost", per=[SERVICE])
def cost_of_users(cost_per_user: Num, reached_share: Num, users: Num) -> NokPerYear:
    """Yearly cost today of the users whom the service reaches."""
    return cost_per_user * reached_share * users


@figure(per=[SERVICE])
def cost_ratio(saving_share: Num) -> Ratio:
    """Cost of the joint service before investment, divided by today's cost."""
    return 1 - saving_share


@figure(per=[SERVICE])
def saving(current_cost: Num, saving_share: Num) -> SavingPerYear:
    """Yearly saving from providing the service jointly, before investment."""
    return current_cost * saving_share


@figure("capital_cost", per=[SERVICE], when={"investment": 0})
def no_capital_cost() -> NokPerYear:
    """The yearly capital cost: zero where nothing is invested."""
    return 0.0


@figure(per=[SERVICE])
def capital_cost(investment: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """Yearly cost of the investment: the annuity over its lifetime, at the end of each year."""
    return annuity(investment, interest_rate, lifetime)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[SERVICE])
def net_saving(saving: Num, capital_cost: Num) -> SavingPerYear:
    """Yearly saving from providing the service jointly, after the cost of the investment."""
    return saving - capital_cost


@figure("weight", per=[PART], when={"by": "population"}, step=True)
def weight_of_inhabitants(inhabitants: Num) -> Ratio:
    """The municipality's weight: its inhabitants."""
    return inhabitants


@figure("weight", per=[PART], when={"by": "users"}, step=True)
def weight_of_users(municipality_users: Num) -> Ratio:
    """The municipality's weight: its users."""
    return municipality_users


@figure("weight", per=[PART], when={"by": "share"}, step=True)
def weight_of_share(share: Num) -> Ratio:
    """The municipality's weight: the share agreed on."""
    return share


@figure("weight", per=[PART], when={"by": "equal"}, step=True)
def same_weight() -> Ratio:
    """The municipality's weight: the same for all."""
    return 1.0


@figure(per=[SERVICE], table="municipalities", step=True)
def whole_weight(weight: Series) -> Ratio:
    """The weights of all the municipalities together."""
    return total(weight)  # type: ignore[no-any-return]  # as above


@figure(per=[PART], no_answer="no municipality has any users")
def part(weight: Num, whole_weight: Num) -> Share:
    """The municipality's part of the service."""
    return ratio(weight, whole_weight)  # type: ignore[no-any-return]  # a number, or no answer


@figure(per=[PART])
def part_of_saving(saving: Num, part: Num) -> SavingPerYear:
    """The municipality's part of the yearly saving, before investment."""
    return saving * part


@figure(per=[PART])
def part_of_capital_cost(capital_cost: Num, part: Num) -> NokPerYear:
    """The municipality's part of the yearly cost of the investment."""
    return capital_cost * part


@figure(per=[PART])
def part_of_net_saving(net_saving: Num, part: Num) -> SavingPerYear:
    """The municipality's part of the yearly saving, after the cost of the investment."""
    return net_saving * part


@figure(per=[("municipality",)])
def net_saving_of_all_services(part_of_net_saving: Series) -> SavingPerYear:
    """The municipality's yearly saving from all the services, after the cost of the investments."""
    return total(part_of_net_saving)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="joint-service",
    title="Joint services",
    inputs=JointService,
    keys=PART,
    scenario="gardermoen",
    headlines=("net_saving", "saving", "cost_ratio"),
    drawn=("cost_ratio",),
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
    subject="{municipality} {year}: joint services compared with today",
    answer=(
        Lines(
            templates=(
                BySign(
                    "net_saving",
                    above="The joint services would save {net_saving:prose} in total, after the cost of investment.",
                    below="The joint services would cost {net_saving:sum} more a year in total, after investment.",
                    zero="The joint services would save nothing in total, after the cost of investment.",
                ),
            ),
        ),
        Lines(
            per=SERVICE,
            templates=(
                "{service}: the joint cost is assumed to be {cost_ratio:percent} of today's, before investment.",
                BySign(
                    "net_saving",
                    above="{service}: the municipalities save {net_saving:prose} after the cost of investment.",
                    below="{service}: the municipalities pay {net_saving:sum} more a year after the cost of "
                    "investment.",
                    zero="{service}: the municipalities save nothing after the cost of investment.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            heading="All municipalities together",
            rows=SERVICE,
            columns=(
                Column("{unit}", "{service}"),
                Column("cost today", "{current_cost:scaled}", right=True),
                Column("joint cost relative to today's", "{cost_ratio:percent}", right=True),
                Column("saving", "{saving:scaled}", right=True),
                Column("capital cost", "{capital_cost:scaled}", right=True, unless_zero="capital_cost"),
                Column("net saving", "{net_saving:scaled}", right=True),
            ),
        ),
        Grid(
            heading="All services, by municipality",
            rows=("municipality",),
            columns=(
                Column("{unit}", "{municipality}"),
                Column("net saving", "{net_saving_of_all_services:scaled}", right=True),
            ),
        ),
    ),
    details=(
        Grid(
            heading="{service}: each municipality's part",
            per=SERVICE,
            rows=("municipality",),
            columns=(
                Column("{unit}", "{municipality}"),
                Column("part", "{part:percent}", right=True),
                Column("saving", "{part_of_saving:scaled}", right=True),
                Column("capital cost", "{part_of_capital_cost:scaled}", right=True),
                Column("net saving", "{part_of_net_saving:scaled}", right=True),
            ),
        ),
    ),
    labels={
        "by": "way of dividing",
        "capital_cost": "yearly capital cost",
        "cost_ratio": "joint cost relative to today's",
        "current_cost": "cost today",
        "inhabitants": "municipality's inhabitants",
        "interest_rate": "real interest rate",
        "municipality_users": "municipality's users",
        "net_saving": "net saving",
        "net_saving_of_all_services": "net saving, all services",
        "part": "municipality's part",
        "part_of_capital_cost": "part of capital cost",
        "part_of_net_saving": "part of net saving",
        "part_of_saving": "part of saving",
        "population": "by inhabitants",
        "reached_share": "share of users reached",
        "saving": "saving before investment",
        "saving_share": "saved share of cost",
        "share": "agreed share",
        "weight": "municipality's weight",
        "whole_weight": "total weight",
    },
    caveats=(
        "That a joint service saves anything is an assumption to be studied before it is relied on.",
        "Who bears the risk, and the cost of starting and of leaving, are not counted.",
    ),
)
