"""How concentrated the market of private providers is.

Municipalities name the providers that they buy from. The calculator shows each provider's share of all mentions and of
the municipalities that name any provider, the share of the largest providers, and the Herfindahl–Hirschman index: the
sum of the squared percentage shares, which is 10 000 where one provider has all. In the survey of 2023 (table 18.12)
140 municipalities mention 70 providers 251 times: Stendi 55 times, the five largest 114 times.

>>> round(share_of_namings(namings=55, total_namings=251), 3)
0.219
>>> round(largest_share(namings=[55, 22, 15, 11, 11, 9], largest=5, total_namings=251), 3)
0.454

A provider with two names is merged by `same_as`; the figures are shown with and without merging. Kroner and users are
not included: a mention counts the same whether the municipality buys one place or fifty. The shares are therefore of
mentions, not of revenue, and the index is not the measure that competition authorities use.
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
from omsorg_cli.core.language import say
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
    """A provider that municipalities buy from."""

    keys: ClassVar[tuple[str, ...]] = ("provider",)
    optional: ClassVar[tuple[str, ...]] = ("same_as",)

    provider: Key
    """The provider."""
    label: Label = None
    """The provider's name in tables."""
    namings: NamingsInput = Field()
    """The number of municipalities that mention the provider."""
    same_as: Reference = None
    """The provider that this is another name for."""


class Market(Inputs):
    """Inputs of the provider market."""

    municipalities: Asked = None
    """The number of municipalities that mention at least one provider."""
    largest: ProvidersInput = None
    """The number of providers that count as the largest."""
    decimals: Decimals = default(0)
    """Decimals in the published percentages."""
    providers: list[Provider] = Field(min_length=1, max_length=500)
    """The providers that municipalities buy from."""

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
                found = f"{item.namings.number:g}"
                told = say("found {found}; allowed: at most the {most} municipalities", found=found, most=f"{most:g}")
                yield (*at, "namings"), told
    if table.largest is not None and table.largest.number > len(known):
        found = f"{table.largest.number:g}"
        yield ("largest",), say("found {found}; allowed: at most the {most} providers", found=found, most=len(known))


def _faults_of_same(item: Provider, name: str, known: dict[str, Provider]) -> Iterator[str]:
    others = {key: one for key, one in known.items() if key != item.provider}
    if name not in others:
        yield unknown(name, others, say("not another provider"))
    elif others[name].same_as is not None:
        yield say('found "{name}", which is another name itself; allowed: a provider without same_as', name=name)


PROVIDER = ("provider",)


@figure(per=[()])
def total_namings(namings: Series) -> Namings:
    """The number of mentions: one for each municipality and provider that it buys from."""
    return total(namings)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure(per=[()])
def providers(namings: Series) -> Providers:
    """The number of names."""
    return count(namings)


@figure(per=[PROVIDER])
def share_of_namings(namings: Num, total_namings: Num) -> Share:
    """The provider's share of all mentions, not of municipalities or revenue."""
    return namings / total_namings


@figure(per=[PROVIDER], step=True)
def rounded_share(share_of_namings: Num, decimals: Num) -> Share:
    """The share as rounded in print."""
    return rounded(share_of_namings, decimals + 2)  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def sum_of_rounded_shares(rounded_share: Series) -> Share:
    """The sum of the rounded shares."""
    return total(rounded_share)  # type: ignore[no-any-return]  # as above


@figure(per=[PROVIDER])
def share_of_municipalities(namings: Num, municipalities: Num) -> Share:
    """The share of the municipalities that mention the provider."""
    return namings / municipalities


@figure("merged_namings", per=[PROVIDER])
def counted_under_another_name(same_as: Num) -> Namings:
    """The mentions of another name of a provider, once merged: zero, as they count for that provider."""
    return 0.0


@figure(per=[PROVIDER], step=True)
def own_namings(namings: Num) -> Namings:
    """The number of mentions under this name."""
    return namings


NamesOfIt = Annotated[Sequence[float], naming(provider="same_as")]


@figure("merged_namings", per=[PROVIDER])
def with_other_names(namings: Num, own_namings: NamesOfIt) -> Namings:
    """The number of mentions under any of the provider's names."""
    return namings + total(own_namings)  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def merged_providers(merged_namings: Series) -> Providers:
    """The number of providers when those with several names count once."""
    return total([where(namings > 0, 1.0, 0.0) for namings in merged_namings])  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def named_once(namings: Series) -> Providers:
    """The number of providers mentioned by one municipality only."""
    return total([where(one > 1, 0.0, 1.0) for one in namings])  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def share_named_once(named_once: Num, providers: Num) -> Share:
    """The share of the providers that are mentioned by one municipality only."""
    return named_once / providers


@figure(per=[()])
def largest_share(namings: Series, largest: Num, total_namings: Num) -> Share:
    """The largest providers' share of the mentions."""
    return sum_of_largest(namings, largest) / total_namings  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def merged_largest_share(merged_namings: Series, largest: Num, total_namings: Num) -> Share:
    """The largest providers' share of the mentions when those with several names count once."""
    return sum_of_largest(merged_namings, largest) / total_namings  # type: ignore[no-any-return]  # as above


@figure(per=[()])
def concentration_index(share_of_namings: Series) -> Points:
    """The Herfindahl–Hirschman index of the mentions: 10 000 where one provider has all."""
    return concentration(share_of_namings)


@figure(per=[()])
def merged_concentration_index(merged_namings: Series, total_namings: Num) -> Points:
    """The Herfindahl–Hirschman index when providers with several names count once."""
    return concentration([namings / total_namings for namings in merged_namings])


@figure(per=[()])
def namings_per_municipality(total_namings: Num, municipalities: Num) -> NamingsPerMunicipality:
    """The number of providers that a municipality mentions on average, among those that mention any."""
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
    subject="{municipality} {year}: concentration among private providers",
    answer=(
        Lines(
            templates=(
                "The {largest:numeral} providers mentioned most have {largest_share} of all mentions.",
                "There are {total_namings} of {providers}; {share_named_once} of them are mentioned only once.",
                "The Herfindahl–Hirschman index is {concentration_index:whole} of 10 000.",
            ),
        ),
    ),
    views=(
        Grid(
            heading="Mentions by provider",
            rows=PROVIDER,
            largest="namings",
            columns=(
                Column("provider", "{provider}"),
                Column("mentions", "{namings:figures}", right=True),
                Column("share of mentions", "{share_of_namings}", right=True),
                Column("share of municipalities", "{share_of_municipalities}", right=True),
                Column("", "", bar="share_of_namings", shape="together"),
            ),
        ),
    ),
    details=(
        Lines(
            heading="Other ways to calculate it",
            templates=(
                "A municipality that mentions any provider mentions {namings_per_municipality:number1} on average.",
                "With other names merged, {merged_providers}; the largest have {merged_largest_share} of all mentions.",
                "With other names merged, the Herfindahl–Hirschman index is {merged_concentration_index:whole}.",
            ),
        ),
    ),
    labels={
        "concentration_index": "Herfindahl–Hirschman index",
        "largest": "number of largest providers",
        "largest_share": "largest providers' share",
        "merged_concentration_index": "Herfindahl–Hirschman index, merged",
        "merged_largest_share": "largest providers' share, merged",
        "merged_namings": "mentions, merged",
        "merged_providers": "providers, merged",
        "named_once": "providers mentioned once",
        "namings": "mentions",
        "namings_per_municipality": "mentions per municipality",
        "own_namings": "mentions under this name",
        "providers": "number of providers",
        "same_as": "another name for",
        "share_named_once": "share mentioned once",
        "share_of_namings": "share of mentions",
        "sum_of_rounded_shares": "sum of rounded shares",
        "total_namings": "total mentions",
    },
    caveats=(
        "Shares are of mentions, not of kroner or users, and not of all municipalities that buy.",
        "Municipalities that referred only to a framework agreement mentioned no provider.",
        "A municipality that mentions one provider by two names counts twice where the names are merged.",
    ),
)
