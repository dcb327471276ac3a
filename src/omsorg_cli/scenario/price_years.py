"""Checks the price years of amounts against the indexes that are to convert them, across the tables of a scenario."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.discounting import faults_without_prices
from omsorg_cli.core.errors import nearest, shown
from omsorg_cli.core.input_types import Loc, Stated
from omsorg_cli.core.inputs import Inputs, aliases, kinds, tables
from omsorg_cli.core.language import phrase, say
from omsorg_cli.formulas.averages import weighted_mean
from omsorg_cli.formulas.money import grown

SAYS = ("price_year", "follows")
"""What an amount may say of its prices."""

UNKNOWN_YEAR = phrase(
    "found {found}, a year that the table [prices] does not have; allowed: {first} to {last}, or {year}"
)
OUT_OF_REACH = phrase(
    "cannot be converted to {year} prices, since the table [prices] has only {first} to {last}; let base_year and "
    "years there reach {year}"
)


def says_price_year(data: Any) -> bool:
    """Whether some value in the data says in which year's prices it is, or which index it follows."""
    if isinstance(data, Stated):
        return data.price_year is not None or data.follows is not None
    if isinstance(data, dict):
        return any(name in data for name in SAYS) or any(map(says_price_year, data.values()))
    return isinstance(data, list) and any(map(says_price_year, data))


class Indexes(NamedTuple):
    """What the indexes of a scenario know: their keys, and the first and the last year."""

    keys: tuple[str, ...]
    first: int
    last: int
    table: Any

    def holds(self, year: int) -> bool:
        """Whether they have the year."""
        return self.first <= year <= self.last

    def change(self, stated: Stated, to_year: int) -> float:
        """By what the amount is multiplied to be in the prices of that year."""
        if stated.price_year in (None, to_year):
            return 1
        assert stated.price_year is not None
        name = stated.follows or self.table.deflator.value
        index = next(one for one in self.table.indexes if one.index == name)
        if index.by_year:
            values: dict[float, float] = {one.index_year.number: one.index_value.number for one in index.by_year}
            return values[to_year] / values[stated.price_year]
        rate = index.stated_rate
        parts = [(one.part_rate.number, one.weight.number) for one in index.parts]
        yearly = weighted_mean(*zip(*parts, strict=True)) if rate is None else rate.number
        return grown(yearly, to_year, stated.price_year)


def indexes_of(table: Any) -> Indexes:
    """What the table [prices] knows."""
    first = int(table.base_year.number)
    return Indexes(tuple(one.index for one in table.indexes), first, first + int(table.years.number) - 1, table)


def faults(
    calculators: Mapping[str, Calculator],
    inputs: Mapping[str, Inputs],
    indexes: Indexes | None,
    year: int,
    *,
    said: bool = True,
) -> Iterator[tuple[Loc, str]]:
    """Every amount whose price year or index cannot be what is meant: where it stands, and a sentence.

    `said` tells whether any amount says one; where none does, none is looked at.
    """
    for name, model in inputs.items():
        calculator = calculators[name]
        if indexes is None:
            yield from (((calculator.table, *loc), told) for loc, told in faults_without_prices(model))
        horizon = calculator.horizon
        first = getattr(model, horizon[0]) if horizon else None
        to_year = year if first is None else int(first.number)
        amounts = _stated(model, (calculator.table,)) if said else ()
        followed = _followed(calculator) if said else frozenset()
        found = [
            fault
            for one, loc, stated in amounts
            for fault in faults_of(stated, loc, indexes, to_year, in_current=one in followed)
        ]
        if said:
            yield from found or _faults_of_wholes(model, (calculator.table,), indexes, to_year)


def _faults_of_wholes(model: Inputs, loc: Loc, indexes: Indexes | None, to_year: int) -> Iterator[tuple[Loc, str]]:
    """Parts that are more than their whole once all are in the prices that are calculated in, as far as they can be."""
    for whole in model.wholes():
        if whole.is_of_several_years:
            held = whole.converted(lambda one: 1 if indexes is None else indexes.change(one, to_year))
            yield from [((*loc, *held.loc), held.fault)] if held.fault else []
    for inner, row in _rows(model, loc):
        yield from _faults_of_wholes(row, inner, indexes, to_year)


def _followed(calculator: Calculator) -> frozenset[str]:
    """The amounts whose own index counts in the calculator's current prices."""
    roles = (parameter.role for item in calculator.known for parameter in item.parameters)
    return frozenset(name for role in roles for name in role.index_of)


def faults_of(
    stated: Stated, loc: Loc, indexes: Indexes | None, to_year: int, *, in_current: bool = True
) -> Iterator[tuple[Loc, str]]:
    """What is wrong with the price year and the index of one amount, which is calculated with in `to_year` prices.

    `in_current` tells whether its index counts in current prices too, so that it needs no price year to have an effect.
    """
    if stated.follows is not None:
        yield from _faults_of_index(stated, (*loc, "follows"), indexes, in_current=in_current)
    if stated.price_year in (None, to_year) or indexes is None:
        return
    assert stated.price_year is not None
    told = {"first": str(indexes.first), "last": str(indexes.last), "year": str(to_year)}
    if not indexes.holds(stated.price_year):
        yield (*loc, "price_year"), say(UNKNOWN_YEAR, found=str(stated.price_year), **told)
    elif not indexes.holds(to_year):
        yield (*loc, "price_year"), say(OUT_OF_REACH, **told)


def _faults_of_index(
    stated: Stated, loc: Loc, indexes: Indexes | None, *, in_current: bool
) -> Iterator[tuple[Loc, str]]:
    if indexes is None:
        yield loc, say("has no effect without a table [prices], which has the indexes")
    elif stated.price_year is None and not in_current:
        yield (
            loc,
            say(
                "has no effect without a price year, since no index of its own counts for this amount in current "
                "prices; state price_year beside it"
            ),
        )
    elif stated.follows not in indexes.keys:
        told = {"found": shown(stated.follows), "choices": ", ".join(indexes.keys)}
        hint = nearest(str(stated.follows), indexes.keys)
        yield loc, say("found {found}; allowed: one of {choices}. {hint}", hint=hint, **told)


def _stated(model: Inputs, loc: Loc) -> Iterator[tuple[str, Loc, Stated]]:
    """Every amount of the table and of the rows below it, with its name and its place in the data."""
    names = aliases(type(model))
    for name, kind in kinds(type(model)).items():
        stated = getattr(model, name)
        if stated is not None and kind.is_money:
            yield name, (*loc, names[name]), stated
    for inner, row in _rows(model, loc):
        yield from _stated(row, inner)


def _rows(model: Inputs, loc: Loc) -> Iterator[tuple[Loc, Inputs]]:
    """Every row of the tables of the model, with its place in the data."""
    names = aliases(type(model))
    for name, table in tables(type(model)).items():
        held = getattr(model, name)
        for key, row in held.items() if table.named else enumerate(held):
            yield (*loc, names[name], key), row
