"""The inputs of insourcing: what is bought, what of it can be brought home, when, and at what cost."""

from collections.abc import Iterator
from typing import ClassVar, Self

from pydantic import Field, model_validator

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
    Label,
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

    label: Label = None
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
