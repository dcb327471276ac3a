"""What closing small facilities and future need come to.

Bærum's own analysis says that nine facilities of three or four dwellings each should close, as small units may drive
costs (the audit of 2017, 3.4): about 31 dwellings.

>>> dwellings_affected(facilities=9, dwellings_each=3.5)
31.5

How much less a dwelling costs in a larger facility is not published. Without it no saving is worked out; what is
worked out is what each per cent would bring, and with a building cost by how much dwellings must get cheaper to pay
for the new ones. The need until 2036 is put at about 200 dwellings more, 64 % of the 312 users:

>>> round(need_growth(more_dwellings=200, users=312), 3)
0.641
>>> round(cost_of_need(more_dwellings=200, cost_per_dwelling=397_403_787 / 312))
254746017

What is built is paid off by an annuity at the end of each year: discounted to the start at the same rate, its payments
are the cost of building. Left out: what moving means to those who live there, rents, housing grants, refunds for
resource-intensive users, and when the need comes.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from omsorg_cli.core.calculator import Calculator, Remark
from omsorg_cli.core.figure import elsewhere, figure
from omsorg_cli.core.helpers import annuity, ratio, rounded_up
from omsorg_cli.core.inputs import Inputs, Row
from omsorg_cli.core.quantities import (
    BuildingCost,
    CostPerDwelling,
    Dwellings,
    DwellingsPerFacility,
    Facilities,
    InterestRate,
    Key,
    Label,
    Lifetime,
    Persons,
    Reference,
    ShareInput,
)
from omsorg_cli.core.units import Dwellings as DwellingsUnit
from omsorg_cli.core.units import Facilities as FacilitiesUnit
from omsorg_cli.core.units import Nok, NokPerDwelling, NokPerYear, Num, SavingPerYear, Share
from omsorg_cli.core.view import Column, Grid


class HousedService(Row):
    """A service in dwellings, and what is to become of them."""

    keys: ClassVar[tuple[str, ...]] = ("service",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("cost_per_dwelling",), ("cost_from",), ())
    optional: ClassVar[tuple[str, ...]] = ("building_cost", "lifetime", "interest_rate")

    service: Key
    """The service."""
    label: Label = None
    """What people read for the service."""
    facilities: Facilities = None
    """Small facilities to close."""
    dwellings_each: DwellingsPerFacility = None
    """Dwellings in each of them."""
    new_facility_size: DwellingsPerFacility = None
    """Dwellings in a new facility."""
    cost_per_dwelling: CostPerDwelling = None
    """What the service in a dwelling costs in a year."""
    cost_from: Reference = None
    """The item of unit-cost, without a base, whose cost is that of a dwelling."""
    cost_reduction: ShareInput = None
    """How much less a dwelling costs in a new facility, as a share."""
    building_cost: BuildingCost = None
    """What it costs to build a dwelling."""
    lifetime: Lifetime = None
    """Years over which buildings are paid off."""
    interest_rate: InterestRate = None
    """Real interest on buildings."""
    more_dwellings: Dwellings = None
    """Dwellings needed beyond those of today."""
    users: Persons = None
    """Users of the service today."""


class Restructure(Inputs):
    """Inputs of closing small facilities and of future need."""

    services: list[HousedService] = Field(min_length=1)
    """The services."""


@figure("cost_per_dwelling", per=[("service",)])
def cost_as_elsewhere(
    unit_cost: Annotated[float, elsewhere("unit-cost", at_input={"item": "cost_from"}, base="")],
) -> NokPerDwelling:
    """What the service in a dwelling costs in a year, each being one unit of unit-cost."""
    return unit_cost


def dwellings_affected(facilities: Num, dwellings_each: Num) -> DwellingsUnit:
    """Dwellings in the facilities to close."""
    return facilities * dwellings_each


def new_facilities(dwellings_affected: Num, new_facility_size: Num) -> FacilitiesUnit:
    """New facilities that house as many."""
    return rounded_up(dwellings_affected / new_facility_size)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


def cost_of_affected(dwellings_affected: Num, cost_per_dwelling: Num) -> NokPerYear:
    """What the service in the dwellings affected costs in a year."""
    return dwellings_affected * cost_per_dwelling


def saving_per_percent(cost_of_affected: Num) -> SavingPerYear:
    """What is saved in a year for each per cent that a dwelling costs less."""
    return cost_of_affected / 100


def running_saving(cost_of_affected: Num, cost_reduction: Num) -> SavingPerYear:
    """What is saved in a year in the dwellings affected, before what buildings cost."""
    return cost_of_affected * cost_reduction


def investment(dwellings_affected: Num, building_cost: Num) -> Nok:
    """What it costs to build as many dwellings."""
    return dwellings_affected * building_cost


def capital_cost(investment: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What the new dwellings cost in a year: the annuity that pays them off, at the end of each year."""
    return annuity(investment, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


def net_saving(running_saving: Num, capital_cost: Num) -> SavingPerYear:
    """What is saved in a year once the new dwellings are paid for."""
    return running_saving - capital_cost


def break_even_cost_reduction(capital_cost: Num, cost_of_affected: Num) -> Share:
    """How much less a dwelling must cost for the saving to pay for the new dwellings."""
    return ratio(capital_cost, cost_of_affected)  # type: ignore[no-any-return]  # a number, or no answer


@figure(no_answer="there are no users")
def need_growth(more_dwellings: Num, users: Num) -> Share:
    """The dwellings needed beyond those of today, as a share of today's users."""
    return ratio(more_dwellings, users)  # type: ignore[no-any-return]  # as above


def cost_of_need(more_dwellings: Num, cost_per_dwelling: Num) -> NokPerYear:
    """What the service in those dwellings would cost in a year, all of them in use, at today's cost."""
    return more_dwellings * cost_per_dwelling


def facilities_of_need(more_dwellings: Num, new_facility_size: Num) -> FacilitiesUnit:
    """New facilities that those dwellings take."""
    return rounded_up(more_dwellings / new_facility_size)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="restructure",
    title="Small facilities and future need",
    inputs=Restructure,
    keys=("service",),
    scenario="baerum2016",
    headlines=("dwellings_affected", "saving_per_percent", "net_saving", "cost_of_need"),
    uses=("unit-cost",),
    formulas=(
        cost_as_elsewhere,
        dwellings_affected,
        new_facilities,
        cost_of_affected,
        saving_per_percent,
        running_saving,
        investment,
        capital_cost,
        net_saving,
        break_even_cost_reduction,
        need_growth,
        cost_of_need,
        facilities_of_need,
    ),
    views=(
        Grid(
            heading="Closing small facilities",
            rows=("service",),
            columns=(
                Column("service", "{service}"),
                Column("to close", "{facilities}"),
                Column("dwellings", "{dwellings_affected}"),
                Column("new facilities", "{new_facilities:number}", right=True),
                Column("they cost", "{cost_of_affected}"),
                Column("buildings cost", "{capital_cost}"),
                Column("saves a year", "{running_saving:saving}"),
                Column("and after buildings", "{net_saving:saving}"),
            ),
            below=(
                "{service}: each per cent that a dwelling costs less {saving_per_percent:saves}.",
                "{service}: pays for new buildings when a dwelling costs {break_even_cost_reduction:possible} less.",
            ),
        ),
        Grid(
            heading="Future need",
            rows=("service",),
            columns=(
                Column("service", "{service}"),
                Column("needed beyond today", "{more_dwellings}"),
                Column("of users today", "{need_growth}", right=True),
                Column("new facilities", "{facilities_of_need:number}", right=True),
                Column("they would cost", "{cost_of_need}"),
            ),
        ),
    ),
    caveats=(
        "Where the cost of a dwelling is taken from unit-cost, each dwelling is taken to be one of its units.",
        "That larger facilities cost less for each dwelling is a possibility the audit names, not a published result.",
        "Future need is at today's cost, every dwelling in use; refunds, rents and building grants are not counted.",
    ),
    remarks=(
        Remark(
            "break_even_cost_reduction",
            lambda value: value > 1,
            "{service} does not pay for new buildings even if the service in them cost nothing.",
            level=("service",),
        ),
    ),
)
