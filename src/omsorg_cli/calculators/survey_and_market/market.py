"""How concentrated the providers are that are named.

Municipalities name whom they buy from. Each provider's namings give its share of all namings, its share of the
municipalities that name anybody, the share of the k largest, and the Herfindahl–Hirschman index: the sum of the
squared shares in per cent, 10 000 where one provider has all. In the survey of 2023 (table 18.12), 140 municipalities
name 70 providers 251 times; Stendi 55 times, the five largest 114 times.

>>> round(share_of_namings(namings=55, total_namings=251), 3)
0.219
>>> round(largest_share(namings=[55, 22, 15, 11, 11, 9], largest=5, total_namings=251), 3)
0.454

A provider that stands twice under two names is merged by `same_as`, and the figures are there with and without that.
Left out: kroner and users. A naming counts the same whether one place is bought or fifty, so that these are shares of
namings and not of revenue, and the index is no measure of the kind that competition authorities use.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, figure, naming, same_as, summed
from omsorg_cli.core.helpers import count, rounded, sum_of_largest, total, where
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import (
    Asked,
    Decimals,
    Key,
    Label,
    NamingsInput,
    ProvidersInput,
    Reference,
    default,
)
from omsorg_cli.core.units import Namings, NamingsPerMunicipality, Num, Points, Providers, Share
from omsorg_cli.core.view import Column, Grid, Lines
from omsorg_cli.formulas.concentration import concentration


class Provider(Row):
    """Who is bought from."""

    keys: ClassVar[tuple[str, ...]] = ("provider",)
    optional: ClassVar[tuple[str, ...]] = ("same_as",)

    provider: Key
    """The provider."""
    label: Label = None
    """What people read."""
    namings: NamingsInput = Field()
    """How many municipalities name it."""
    same_as: Reference = None
    """The provider of which this is another name."""


class Market(Inputs):
    """Inputs of the market."""

    municipalities: Asked = None
    """Municipalities that name at least one provider."""
    largest: ProvidersInput = None
    """How many providers count as the largest."""
    decimals: Decimals = default(0)
    """The decimals of per cent that shares are printed with."""
    providers: list[Provider] = Field(min_length=1)
    """Who is bought from."""

    @model_validator(mode="after")
    def _providers_are_sound(self) -> Self:
        refuse(_faults(self))
        return self


def _faults(table: Market) -> Iterator[tuple[Loc, str]]:
    known = {item.provider: item for item in table.providers}
    for index, item in enumerate(table.providers):
        at: Loc = ("providers", index)
        if item.same_as is not None:
            yield from ((((*at, "same_as"), told)) for told in _faults_of_same(item, str(item.same_as.value), known))
        if table.municipalities is not None and item.namings is not None:
            most = table.municipalities.number
            if item.namings.number > most:
                yield (*at, "namings"), f"found {item.namings.number:g}; allowed: at most the {most:g} municipalities"
    if table.largest is not None and table.largest.number > len(known):
        yield ("largest",), f"found {table.largest.number:g}; allowed: at most the {len(known)} providers"


def _faults_of_same(item: Provider, name: str, known: dict[str, Provider]) -> Iterator[str]:
    others = {key: one for key, one in known.items() if key != item.provider}
    if name not in others:
        yield unknown(name, others, "no other provider")
    elif others[name].same_as is not None:
        yield f'found "{name}", which is itself the same as another; allowed: a provider without same_as'


PROVIDER = ("provider",)


@figure(per=[()])
def total_namings(namings: Series) -> Namings:
    """How often providers are named: once by each municipality that buys from it."""
    return total(namings)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[()])
def providers(namings: Series) -> Providers:
    """How many names there are."""
    return count(namings)


@figure(per=[PROVIDER])
def share_of_namings(namings: Num, total_namings: Num) -> Share:
    """The provider's share of all namings: not of municipalities, and not of revenue."""
    return namings / total_namings


@figure(per=[PROVIDER], step=True)
def rounded_share(share_of_namings: Num, decimals: Num) -> Share:
    """The share as it is printed."""
    return rounded(share_of_namings, decimals + 2)  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def sum_of_rounded_shares(rounded_share: Series) -> Share:
    """What the printed shares add up to."""
    return total(rounded_share)  # type: ignore[no-any-return]  # as above


@figure(per=[PROVIDER])
def share_of_municipalities(namings: Num, municipalities: Num) -> Share:
    """The share of the municipalities that name the provider."""
    return namings / municipalities


@figure("merged_namings", per=[PROVIDER])
def counted_under_another_name(same_as: Num) -> Namings:
    """None of its own: they count with the provider that this is another name of."""
    return 0.0


@figure(per=[PROVIDER], step=True)
def own_namings(namings: Num) -> Namings:
    """How often the provider is named under this name."""
    return namings


NamesOfIt = Annotated[Sequence[float], naming(provider="same_as")]


@figure("merged_namings", per=[PROVIDER])
def with_other_names(namings: Num, own_namings: NamesOfIt) -> Namings:
    """How often the provider is named under any of its names."""
    return namings + total(own_namings)  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def merged_providers(merged_namings: Series) -> Providers:
    """How many providers there are when those with several names count once."""
    return total([where(namings > 0, 1.0, 0.0) for namings in merged_namings])  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def named_once(namings: Series) -> Providers:
    """How many are named by a single municipality."""
    return total([where(one > 1, 0.0, 1.0) for one in namings])  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def share_named_once(named_once: Num, providers: Num) -> Share:
    """The share of the names that a single municipality gives."""
    return named_once / providers


@figure(per=[()])
def largest_share(namings: Series, largest: Num, total_namings: Num) -> Share:
    """The share of the namings that the largest providers have."""
    return sum_of_largest(namings, largest) / total_namings  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def merged_largest_share(merged_namings: Series, largest: Num, total_namings: Num) -> Share:
    """The same when providers with several names count once."""
    return sum_of_largest(merged_namings, largest) / total_namings  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def concentration_index(share_of_namings: Series) -> Points:
    """The Herfindahl–Hirschman index of the namings: 10 000 where one provider has all."""
    return concentration(share_of_namings)


@figure(per=[()])
def merged_concentration_index(merged_namings: Series, total_namings: Num) -> Points:
    """The same when providers with several names count once."""
    return concentration([namings / total_namings for namings in merged_namings])


@figure(per=[()])
def namings_per_municipality(total_namings: Num, municipalities: Num) -> NamingsPerMunicipality:
    """How many providers a municipality that names any buys from."""
    return total_namings / municipalities


CALCULATOR = Calculator(
    name="market",
    title="Provider market",
    inputs=Market,
    keys=PROVIDER,
    scenario="survey2023",
    headlines=("largest_share", "concentration_index"),
    formulas=(
        total_namings,
        providers,
        share_of_namings,
        summed("share_of_namings", Share, ()),
        rounded_share,
        sum_of_rounded_shares,
        share_of_municipalities,
        counted_under_another_name,
        own_namings,
        with_other_names,
        same_as("merged_namings", "namings", Namings, PROVIDER),
        merged_providers,
        named_once,
        share_named_once,
        largest_share,
        merged_largest_share,
        concentration_index,
        merged_concentration_index,
        namings_per_municipality,
    ),
    views=(
        Lines(
            heading="The market as municipalities name it",
            templates=(
                "{providers} with {total_namings}; {named_once:number} of them ({share_named_once}) are named once.",
                "A municipality that names any has {namings_per_municipality:short} on average.",
                "The {largest} with the most namings have {largest_share} of them.",
                "Concentration (Herfindahl–Hirschman): {concentration_index} of 10 000.",
                "With other names merged, {merged_providers}; the largest of them have {merged_largest_share}.",
                "With other names merged, the concentration is {merged_concentration_index}.",
            ),
        ),
        Grid(
            heading="By provider",
            rows=PROVIDER,
            columns=(
                Column("provider", "{provider}"),
                Column("named", "{namings}", right=True),
                Column("of all namings", "{share_of_namings}", right=True),
                Column("of the municipalities", "{share_of_municipalities}", right=True),
            ),
        ),
    ),
    caveats=(
        "Shares are of namings: neither of kroner nor of users, and not of all buyers.",
        "Who answered only with a framework agreement named nobody.",
        "A municipality that names one provider by two names counts twice where names are merged.",
    ),
)
