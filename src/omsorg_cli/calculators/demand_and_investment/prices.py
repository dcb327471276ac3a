"""How prices and wages grow, and what a deflator is made of.

Amounts in a scenario are in fixed prices. With indexes, calculators with years show them in current prices too, in the
kroner of each year: a plan's measure, the amounts of insourcing, and the cost of a user, a place or an hour by the
index that the amount follows (`{ value = 11_000_000, follows = "wages" }`), all else by the deflator.

A deflator is weighted from its parts: wages that grow 3.2 per cent with a weight of 59 per cent, and goods that grow
1.6 per cent, are 2.54 per cent. At 5.2 and 3.7 per cent it is 4.585.

>>> round(weighted_rate([0.59, 0.41], [0.032, 0.016]), 5), round(weighted_rate([0.59, 0.41], [0.052, 0.037]), 5)
(0.02544, 0.04585)

An index is a yearly rate, a number for each year, or weighted parts. What counts is how it grows: amounts are in the
prices of the first year of their own table, or of the scenario where it has no years. An amount in other prices says so
(`{ value = 11_000_000, price_year = 2022, follows = "wages" }`), and is converted before anything is calculated with
it.

A real discount rate (`discount_rate`) belongs to fixed prices, a nominal one (`nominal_discount_rate`) to current
prices, and a mix is refused. `nominal_rate` is what a real rate becomes. A real present value is in the prices of the
first year, a nominal one in the kroner of its start: between them lies the inflation of one year. Not included: that
some costs follow no index.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import Series, elsewhere, figure
from omsorg_cli.core.helpers import total
from omsorg_cli.core.input_types import Kind, Loc, Stated
from omsorg_cli.core.inputs import Inputs, Row, Whole, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    Horizon,
    IndexNumber,
    Key,
    Label,
    Rate,
    ShareInput,
    Words,
    YearInput,
    no_rows,
)
from omsorg_cli.core.units import Growth, Num, Points, Ratio
from omsorg_cli.core.view import BySign, Lines, Years
from omsorg_cli.formulas.averages import weighted_mean
from omsorg_cli.formulas.money import grown, in_years


class IndexYear(Row):
    """The value of an index in a year."""

    index_year: YearInput = Field(alias="year")
    """The year."""
    index_value: IndexNumber = Field(alias="value")
    """The index in that year, on any base."""


class IndexPart(Row):
    """A part of what an index is weighted from."""

    of: Words = None
    """What the part is of, such as wages."""
    weight: ShareInput = Field()
    """Its weight; the weights of an index add up to 1."""
    part_rate: Rate = Field(alias="rate")
    """Growth per year."""


class PriceIndex(Row):
    """How the price of something grows."""

    keys: ClassVar[tuple[str, ...]] = ("index",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("stated_rate",), ("by_year",), ("parts",))

    index: Key
    """The index."""
    label: Label = None
    """The index's name in tables and sentences."""
    stated_rate: Rate = Field(None, alias="rate")
    """Growth per year."""
    by_year: list[IndexYear] = Field(default_factory=no_rows, alias="values", min_length=1)
    """The index in each year, the base year among them."""
    parts: list[IndexPart] = Field(default_factory=no_rows, min_length=1)
    """What it is weighted from."""

    def wholes(self) -> Iterator[Whole]:
        """The weights of the parts, which make all of the index."""
        if self.parts:
            shares = [item.weight for item in self.parts if item.weight is not None]
            yield Whole("weights", ("parts",), shares, exactly=True)

    @model_validator(mode="after")
    def _weights_make_a_whole(self) -> Self:
        refuse(self.faults_of_shares())
        return self


class Prices(Inputs):
    """Inputs on prices and wages."""

    base_year: YearInput = Field()
    """The first year of the indexes."""
    years: Horizon = Field()
    """Number of years, from the base year."""
    deflator: Annotated[Stated | None, Kind("", "key", example="index_1")] = Field()
    """The index for amounts that do not name one."""
    real_rate: Rate = None
    """A real discount rate, to calculate the nominal one."""
    indexes: list[PriceIndex] = Field(min_length=1)
    """The indexes."""

    @model_validator(mode="after")
    def _years_are_known(self) -> Self:
        refuse(_faults_of_indexes(self))
        return self


def _faults_of_indexes(table: Prices) -> Iterator[tuple[Loc, str]]:
    """The deflator is one of the indexes, and an index by year has every year, the base year first of all."""
    assert table.base_year is not None
    assert table.years is not None
    assert table.deflator is not None
    known = [item.index for item in table.indexes]
    if table.deflator.value not in known:
        told = say("found {found}; allowed: one of {known}", found=table.deflator.value, known=", ".join(known))
        yield ("deflator",), told
    first = int(table.base_year.number)
    wanted = range(first, first + int(table.years.number))
    for index, item in enumerate(table.indexes):
        held = [int(one.index_year.number) for one in item.by_year if one.index_year is not None]
        if len(set(held)) < len(held):
            yield ("indexes", index, "values"), say("has a year twice; allowed: each year once")
        lacking = [str(year) for year in wanted if year not in held]
        if held and str(first) in lacking:
            yield ("indexes", index, "values"), say("has no value for the base year {year}", year=str(first))
        elif held and lacking:
            yield ("indexes", index, "values"), say("has no value for {years}", years=", ".join(lacking))


INDEX, INDEX_YEAR, YEAR = ("index",), ("index", "year"), ("year",)


@figure("yearly_rate", per=[INDEX])
def rate_as_stated(stated_rate: Num) -> Growth:
    """Growth of the index per year."""
    return stated_rate


@figure("yearly_rate", per=[INDEX], only_with=("weight",))
def weighted_rate(weight: Series, part_rate: Series) -> Growth:
    """Growth of the index per year, weighted from its parts."""
    return weighted_mean(part_rate, weight)


@figure(step=True)
def index_of_row(index_value: Num, index_year: Num, year: Num) -> Ratio:
    """The index in the year by one of its values."""
    return index_value * in_years(year, index_year, index_year)


@figure(per=[INDEX_YEAR], step=True)
def index_in_year(index_of_row: Series) -> Ratio:
    """The index in the year."""
    return total(index_of_row)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[INDEX], step=True)
def index_at_base(index_in_year: Annotated[float, elsewhere(at_input={"year": "base_year"})]) -> Ratio:
    """The index in the base year."""
    return index_in_year


@figure("price_factor", per=[INDEX_YEAR])
def factor_of_values(index_in_year: Num, index_at_base: Num) -> Ratio:
    """Prices in the year relative to the base year."""
    return index_in_year / index_at_base


@figure("price_factor", per=[INDEX_YEAR])
def factor_of_rate(yearly_rate: Num, year: Num, base_year: Num) -> Ratio:
    """Prices in the year relative to the base year."""
    return grown(yearly_rate, year, base_year)


@figure("price_factor", per=[YEAR])
def factor_of_deflator(price_factor: Annotated[float, elsewhere(at_input={"index": "deflator"})]) -> Ratio:
    """Prices in the year relative to the base year, by the deflator."""
    return price_factor


@figure(per=[INDEX_YEAR])
def price_level(price_factor: Num) -> Points:
    """Price level in the year, where the base year is 100."""
    return price_factor * 100


@figure(per=[()], step=True)
def deflator_rate(yearly_rate: Annotated[float, elsewhere(at_input={"index": "deflator"})]) -> Growth:
    """Growth of the deflator per year."""
    return yearly_rate


@figure(per=[()], only_with=("real_rate",))
def nominal_rate(real_rate: Num, deflator_rate: Num) -> Growth:
    """The nominal discount rate for current prices that corresponds to the real one.

    >>> round(nominal_rate(0.04, 0.025), 4)
    0.066
    """
    return (1 + real_rate) * (1 + deflator_rate) - 1


CALCULATOR = Calculator(
    name="prices",
    title="Prices and wages",
    inputs=Prices,
    keys=("index", "year"),
    scenario="norway2016",
    headlines=("yearly_rate", "price_factor"),
    horizon=("base_year", "years"),
    formulas=(
        rate_as_stated,
        weighted_rate,
        index_of_row,
        index_in_year,
        index_at_base,
        factor_of_values,
        factor_of_rate,
        factor_of_deflator,
        price_level,
        deflator_rate,
        nominal_rate,
    ),
    subject="Prices and wages, {years}",
    answer=(
        Lines(
            per=INDEX,
            templates=(
                BySign(
                    "yearly_rate",
                    above="{index}: growth of {yearly_rate:size}.",
                    below="{index}: a decline of {yearly_rate:size}.",
                    zero="{index}: no growth.",
                ),
            ),
        ),
    ),
    views=(
        Years(
            heading="Index by year (base year = 100)",
            rows=(("index", "price_level"),),
            drawn=("price_level",),
            lines=True,
        ),
        Lines(
            templates=(
                BySign(
                    "nominal_rate",
                    above="A real discount rate of {real_rate:percent} is {nominal_rate:share} in current prices.",
                    below=(
                        "A real discount rate of {real_rate:percent} is {nominal_rate:share} below zero in current "
                        "prices."
                    ),
                    zero="A real discount rate of {real_rate:percent} is zero in current prices.",
                ),
            ),
        ),
    ),
    labels={
        "base_year": "base year",
        "by_year": "values by year",
        "index_at_base": "index in the base year",
        "index_in_year": "index in the year",
        "index_of_row": "index in the year",
        "index_value": "index value",
        "index_year": "year of the index",
        "nominal_rate": "nominal discount rate",
        "of": "part",
        "part_rate": "growth per year of part",
        "price_factor": "price factor",
        "price_factor_then": "price factor, price year of the amount",
        "price_level": "price level",
        "real_rate": "real discount rate",
        "stated_rate": "stated growth per year",
        "yearly_rate": "growth per year",
    },
    caveats=("Future indexes are assumptions, and amounts in current prices depend on them.",),
)
