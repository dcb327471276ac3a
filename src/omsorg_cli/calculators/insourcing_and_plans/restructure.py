"""What closing small facilities saves, and what future need costs.

Bærum's own analysis says that nine facilities of three or four dwellings each should close, since small units may
drive up costs (the audit of 2017, 3.4): about 31 dwellings.

>>> dwellings_affected(facilities=9, dwellings_each=3.5)
31.5

How much cheaper a dwelling is in a larger facility is not published, so no saving is calculated. What is calculated is
the saving for each per cent and, with a building cost, how much cheaper dwellings must become to pay for the new ones.
The need until 2036 is estimated at about 200 more dwellings, 64% of the 312 users; at today's cost they would cost 255
million NOK a year.

>>> round(need_growth(more_dwellings=200, users=312), 3)
0.641
>>> round(cost_of_need(more_dwellings=200, cost_per_dwelling=397_403_787 / 312))
254746017

Buildings are paid off by an annuity at the end of each year: discounted to the start at the same rate, the payments
equal the building cost. Not included: what moving means to residents, rents, housing grants, refunds for
resource-intensive users, and when the need arises.
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
from omsorg_cli.core.view import BySign, Column, Grid, Lines


class HousedService(Row):
    """A service provided in dwellings, and the plans for them."""

    keys: ClassVar[tuple[str, ...]] = ("service",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("cost_per_dwelling",), ("cost_from",), ())
    optional: ClassVar[tuple[str, ...]] = ("building_cost", "lifetime", "interest_rate")

    service: Key
    """The service."""
    label: Label = None
    """The name that people read for the service."""
    facilities: Facilities = None
    """Small facilities to close."""
    dwellings_each: DwellingsPerFacility = None
    """Dwellings in each small facility."""
    new_facility_size: DwellingsPerFacility = None
    """Dwellings in a new facility."""
    cost_per_dwelling: CostPerDwelling = None
    """Yearly cost of the service per dwelling."""
    cost_from: Reference = None
    """The item of unit-cost, without a comparator, whose unit cost is used per dwelling."""
    cost_reduction: ShareInput = None
    """How much cheaper the service is per dwelling in a new facility, as a share."""
    building_cost: BuildingCost = None
    """Building cost per dwelling."""
    lifetime: Lifetime = None
    """Years over which buildings are paid off."""
    interest_rate: InterestRate = None
    """Real interest rate on buildings."""
    more_dwellings: Dwellings = None
    """Dwellings needed in addition to today's."""
    users: Persons = None
    """Users of the service today."""


class Restructure(Inputs):
    """Inputs to closing small facilities and to future need."""

    services: list[HousedService] = Field(min_length=1)
    """The services."""


@figure("cost_per_dwelling", per=[("service",)])
def cost_as_elsewhere(
    unit_cost: Annotated[float, elsewhere("unit-cost", at_input={"item": "cost_from"}, base="")],
) -> NokPerDwelling:
    """Yearly cost of the service per dwelling, each counted as one unit of unit-cost."""
    return unit_cost


def dwellings_affected(facilities: Num, dwellings_each: Num) -> DwellingsUnit:
    """Dwellings in the facilities to close."""
    return facilities * dwellings_each


def new_facilities(dwellings_affected: Num, new_facility_size: Num) -> FacilitiesUnit:
    """New facilities needed to house as many."""
    return rounded_up(dwellings_affected / new_facility_size)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


def cost_of_affected(dwellings_affected: Num, cost_per_dwelling: Num) -> NokPerYear:
    """Yearly cost of the service in the dwellings affected."""
    return dwellings_affected * cost_per_dwelling


def saving_per_percent(cost_of_affected: Num) -> SavingPerYear:
    """Yearly saving for each per cent by which a dwelling becomes cheaper."""
    return cost_of_affected / 100


def running_saving(cost_of_affected: Num, cost_reduction: Num) -> SavingPerYear:
    """Yearly saving in the dwellings affected, before building costs."""
    return cost_of_affected * cost_reduction


def investment(dwellings_affected: Num, building_cost: Num) -> Nok:
    """Cost of building as many dwellings."""
    return dwellings_affected * building_cost


def capital_cost(investment: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """Yearly capital cost of the new dwellings: the annuity that pays them off at the end of each year."""
    return annuity(investment, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


def net_saving(running_saving: Num, capital_cost: Num) -> SavingPerYear:
    """Yearly saving after the capital cost of the new dwellings."""
    return running_saving - capital_cost


def break_even_cost_reduction(capital_cost: Num, cost_of_affected: Num) -> Share:
    """How much cheaper a dwelling must become for the saving to pay for the new dwellings."""
    return ratio(capital_cost, cost_of_affected)  # type: ignore[no-any-return]  # a number, or no answer


@figure(no_answer="there are no users")
def need_growth(more_dwellings: Num, users: Num) -> Share:
    """Additional dwellings needed as a share of today's users."""
    return ratio(more_dwellings, users)  # type: ignore[no-any-return]  # as above


def cost_of_need(more_dwellings: Num, cost_per_dwelling: Num) -> NokPerYear:
    """Yearly cost of the service in the additional dwellings, all in use, at today's cost."""
    return more_dwellings * cost_per_dwelling


def facilities_of_need(more_dwellings: Num, new_facility_size: Num) -> FacilitiesUnit:
    """New facilities needed for the additional dwellings."""
    return rounded_up(more_dwellings / new_facility_size)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="restructure",
    title="Small facilities and future need",
    inputs=Restructure,
    keys=("service",),
    scenario="baerum2016",
    headlines=("dwellings_affected", "saving_per_percent", "net_saving", "cost_of_need"),
    drawn=("dwellings_affected",),
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
    subject="{municipality} {year}: small facilities and future need",
    answer=(
        Lines(
            per=("service",),
            templates=(
                (
                    "{service}: closing {facilities:spelled} would affect {dwellings_affected:about}, which cost "
                    "{cost_of_affected:prose}."
                ),
                BySign(
                    "net_saving",
                    above="After building costs, that would save {net_saving:prose} in the accounts.",
                    below="After building costs, that would cost {net_saving:sum} more a year in the accounts.",
                    zero="After building costs, that would save nothing.",
                ),
                "Each 1% off the cost of a dwelling would save {saving_per_percent:prose} in the accounts.",
                "An additional {more_dwellings} would cost {cost_of_need:prose} at today's cost.",
            ),
        ),
    ),
    views=(
        Grid(
            heading="Closing small facilities",
            rows=("service",),
            columns=(
                Column("{unit}", "{service}"),
                Column("dwellings", "{dwellings_affected:counted}", right=True),
                Column("new facilities", "{new_facilities:number}", right=True),
                Column("cost today", "{cost_of_affected:scaled}", right=True),
                Column("saving", "{running_saving:scaled}", right=True),
                Column("capital cost", "{capital_cost:scaled}", right=True),
                Column("net saving", "{net_saving:scaled}", right=True),
            ),
            below=(
                "{service}: pays for new buildings if a dwelling becomes {break_even_cost_reduction:possible} cheaper.",
            ),
        ),
        Grid(
            heading="Future need",
            rows=("service",),
            columns=(
                Column("{unit}", "{service}"),
                Column("more dwellings", "{more_dwellings:figures}", right=True),
                Column("increase on today's users", "{need_growth}", right=True),
                Column("new facilities", "{facilities_of_need:number}", right=True),
                Column("cost", "{cost_of_need:scaled}", right=True),
            ),
        ),
    ),
    labels={
        "break_even_cost_reduction": "break-even cost reduction",
        "building_cost": "building cost per dwelling",
        "capital_cost": "yearly capital cost",
        "cost_from": "unit cost used",
        "cost_of_affected": "cost of dwellings affected",
        "cost_of_need": "cost of future need",
        "dwellings_each": "dwellings per small facility",
        "facilities": "facilities to close",
        "facilities_of_need": "new facilities for future need",
        "interest_rate": "real interest rate",
        "investment": "total building cost",
        "more_dwellings": "additional dwellings needed",
        "need_growth": "growth in need",
        "new_facility_size": "dwellings per new facility",
        "running_saving": "saving before building costs",
        "saving_per_percent": "saving per 1% lower cost",
        "users": "users today",
    },
    caveats=(
        "Where the cost per dwelling is the unit cost per user (unit-cost), one user per dwelling is assumed.",
        "That larger facilities cost less per dwelling is an assumption.",
        "Future need is at today's cost, with every dwelling in use, before refunds, rents and building grants.",
    ),
    remarks=(
        Remark(
            "break_even_cost_reduction",
            lambda value: value > 1,
            "{service} would not pay for new buildings even if the service in them cost nothing.",
            level=("service",),
        ),
    ),
)
