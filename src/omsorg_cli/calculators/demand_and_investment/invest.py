"""What a building project costs for each place and year.

Target cost and cost cap for each place, what the cap holds in reserve, how far the estimate has risen, and the yearly
annuity over a lifetime at an interest rate, paid at the end of each year: discounted to the start at the same rate,
its payments are the cost. Dronning Ingrids hage in Oslo (Gardermoen presentation) has 130 places,
a target of 896 million and a cap of 988 million; the early estimate had risen by 332 million.

>>> round(target_per_place(target_cost=896_000_000, places=130))
6892308
>>> round(reserve_share(reserve=988_000_000 - 896_000_000, target_cost=896_000_000), 3)
0.103
>>> earlier = earlier_before_rise(target_cost=896_000_000, rise=332_000_000)
>>> earlier, round(rise_over_earlier(rise=332_000_000, earlier_estimate=earlier), 3)
(564000000, 0.589)

Places may be stated in parts (`kinds`), each with whether it counts as a place (`counted`): Carpe Diem in Bærum costs
4.65 million for each of 158 places, and less for each if its 22 or its 20 day places are counted on top. Of target,
earlier estimate, rise and its share, two give the others. A project may be compared with another, place by place
(`compared_with`). Left out: that price years differ between projects unless the scenario has made them one, what
running the places costs, state grants, and the value of the ground.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator, Remark
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import Series, elsewhere, figure
from omsorg_cli.core.helpers import annuity, ratio, total
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.quantities import (
    GapShare,
    InterestRate,
    Key,
    Label,
    Lifetime,
    NokChange,
    NokInput,
    Places,
    Reference,
    Switch,
    default,
    no_rows,
)
from omsorg_cli.core.units import Nok, NokPerPlace, NokPerPlaceYear, NokPerYear, Num, Ratio, Share
from omsorg_cli.core.units import Places as PlacesUnit
from omsorg_cli.core.view import Column, Grid

ESTIMATES = ("target_cost", "earlier_estimate", "rise", "rise_share")
"""Any two of these give the others."""
NO_PLACES = "no places are counted"


class KindOfPlace(Row):
    """A part of the places."""

    keys: ClassVar[tuple[str, ...]] = ("kind",)

    kind: Key
    """The kind of place."""
    label: Label = None
    """What people read."""
    places_of_kind: Places = Field(None, alias="places")
    """The places of the kind."""
    counted: Switch = default(True)
    """Whether the cost is spread over them too."""


class Project(Row):
    """A building project."""

    keys: ClassVar[tuple[str, ...]] = ("project",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("places",), ("kinds",))
    optional: ClassVar[tuple[str, ...]] = (
        "earlier_estimate",
        "rise",
        "rise_share",
        "lifetime",
        "interest_rate",
        "compared_with",
    )

    project: Key
    """The project."""
    label: Label = None
    """What people read."""
    target_cost: NokInput = None
    """What it is planned to cost."""
    cost_cap: NokInput = None
    """What it may cost at most, with the reserve."""
    places: Places = None
    """The places it has."""
    kinds: list[KindOfPlace] = Field(default_factory=no_rows, min_length=1)
    """The places by kind."""
    earlier_estimate: NokInput = None
    """What it was planned to cost earlier."""
    rise: NokChange = None
    """How much the target cost has risen since."""
    rise_share: GapShare = None
    """The rise as a share of the earlier estimate."""
    lifetime: Lifetime = None
    """The years over which it is paid off, where it has its own."""
    interest_rate: InterestRate = None
    """The real interest on it, where it has its own."""
    compared_with: Reference = None
    """Another project, whose cost for each place it is compared with."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse(_faults_of_estimates(self))
        return self


def _faults_of_estimates(item: Project) -> Iterator[tuple[Loc, str]]:
    given = [name for name in ESTIMATES if getattr(item, name) is not None]
    if len(given) > 2:
        yield (), f"found {' + '.join(given)}; allowed: at most two of {', '.join(ESTIMATES)}, which give the others"
    target, rise, share = item.target_cost, item.rise, item.rise_share
    if target is not None and rise is not None and rise.number >= target.number:
        yield ("rise",), f"found {rise.number:g} of a target cost of {target.number:g}; allowed: less than all of it"
    if rise is not None and share is not None and rise.number * share.number < 0:
        yield ("rise_share",), "found one below zero and one above in the rise and its share; allowed: the same side"


class Invest(Inputs):
    """Inputs of capital costs."""

    lifetime: Lifetime = None
    """The years over which the projects are paid off."""
    interest_rate: InterestRate = None
    """The real interest on them."""
    projects: list[Project] = Field(min_length=1)
    """The projects."""

    @model_validator(mode="after")
    def _compared_with_others(self) -> Self:
        refuse(_faults_of_comparisons(self))
        return self


def _faults_of_comparisons(table: Invest) -> Iterator[tuple[Loc, str]]:
    for index, item in enumerate(table.projects):
        if item.compared_with is None:
            continue
        others = [one.project for one in table.projects if one.project != item.project]
        name = str(item.compared_with.value)
        if name not in others:
            yield ("projects", index, "compared_with"), unknown(name, others, "no other project")


PROJECT, KIND = ("project",), ("project", "kind")
OTHER = elsewhere(at_input={"project": "compared_with"})


@figure("counted_places", per=[KIND], when={"counted": True}, step=True)
def places_that_count(places_of_kind: Num) -> PlacesUnit:
    """The places of the kind, which count."""
    return places_of_kind


@figure("counted_places", per=[KIND], when={"counted": False}, step=True)
def places_that_do_not_count() -> PlacesUnit:
    """None: the places of the kind do not count."""
    return 0.0


@figure("places", per=[PROJECT], table="kinds")
def places_of_kinds(counted_places: Series) -> PlacesUnit:
    """The places that the cost is spread over."""
    return total(counted_places)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("earlier_estimate", per=[PROJECT])
def earlier_before_rise(target_cost: Num, rise: Num) -> Nok:
    """What it was planned to cost before the rise."""
    return target_cost - rise


@figure("earlier_estimate", per=[PROJECT])
def earlier_before_share(target_cost: Num, rise_share: Num) -> Nok:
    """What it was planned to cost before a rise by that share of it."""
    return target_cost / (1 + rise_share)


@figure("earlier_estimate", per=[PROJECT], no_answer="a rise of nothing tells no earlier estimate")
def earlier_of_rise_and_share(rise: Num, rise_share: Num) -> Nok:
    """What it was planned to cost: the rise is that share of it."""
    return ratio(rise, rise_share)  # type: ignore[no-any-return]  # a number, or no answer


@figure("rise", per=[PROJECT])
def rise_since_earlier(target_cost: Num, earlier_estimate: Num) -> Nok:
    """How much the target cost has risen since the earlier estimate."""
    return target_cost - earlier_estimate


@figure("rise", per=[PROJECT])
def rise_by_share(earlier_estimate: Num, rise_share: Num) -> Nok:
    """How much the target cost has risen: that share of the earlier estimate."""
    return earlier_estimate * rise_share


@figure("rise_share", per=[PROJECT], no_answer="the earlier estimate is nothing")
def rise_over_earlier(rise: Num, earlier_estimate: Num) -> Share:
    """The rise as a share of the earlier estimate."""
    return ratio(rise, earlier_estimate)  # type: ignore[no-any-return]  # as above


@figure("target_cost", per=[PROJECT])
def target_after_rise(earlier_estimate: Num, rise: Num) -> Nok:
    """What it is planned to cost after the rise."""
    return earlier_estimate + rise


@figure(per=[PROJECT])
def reserve(cost_cap: Num, target_cost: Num) -> Nok:
    """What the cap holds above the target cost; below zero, what the target cost is above it."""
    return cost_cap - target_cost


@figure(per=[PROJECT], no_answer="the target cost is nothing")
def reserve_share(reserve: Num, target_cost: Num) -> Share:
    """The reserve as a share of the target cost."""
    return ratio(reserve, target_cost)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def target_per_place(target_cost: Num, places: Num) -> NokPerPlace:
    """What each place is planned to cost."""
    return ratio(target_cost, places)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def cap_per_place(cost_cap: Num, places: Num) -> NokPerPlace:
    """What each place may cost at most."""
    return ratio(cost_cap, places)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], step=True)
def other_target_per_place(target_per_place: Annotated[float, OTHER]) -> NokPerPlace:
    """What each place of the project that it is compared with is planned to cost."""
    return target_per_place


@figure(per=[PROJECT], step=True)
def other_cap_per_place(cap_per_place: Annotated[float, OTHER]) -> NokPerPlace:
    """What each place of the project that it is compared with may cost at most."""
    return cap_per_place


@figure(per=[PROJECT], no_answer="no places are counted, or the other's are planned to cost nothing")
def target_ratio(target_per_place: Num, other_target_per_place: Num) -> Ratio:
    """The target cost of each place, that of the other project being 1."""
    return ratio(target_per_place, other_target_per_place)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer="no places are counted, or the other's may cost nothing")
def cap_ratio(cap_per_place: Num, other_cap_per_place: Num) -> Ratio:
    """The cost cap of each place, that of the other project being 1."""
    return ratio(cap_per_place, other_cap_per_place)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT])
def annuity_at_target(target_cost: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What the target cost comes to in a year: the annuity over the lifetime, at the end of each year."""
    return annuity(target_cost, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT])
def annuity_at_cap(cost_cap: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """What the cost cap comes to in a year: the annuity over the lifetime, at the end of each year."""
    return annuity(cost_cap, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def annuity_per_place_at_target(annuity_at_target: Num, places: Num) -> NokPerPlaceYear:
    """What each place costs in capital in a year, at the target cost."""
    return ratio(annuity_at_target, places)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def annuity_per_place_at_cap(annuity_at_cap: Num, places: Num) -> NokPerPlaceYear:
    """What each place costs in capital in a year, at the cost cap."""
    return ratio(annuity_at_cap, places)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="invest",
    title="Capital cost of places",
    inputs=Invest,
    keys=("project", "kind"),
    scenario="gardermoen",
    headlines=("target_per_place", "cap_per_place", "annuity_per_place_at_cap"),
    formulas=(
        places_that_count,
        places_that_do_not_count,
        places_of_kinds,
        earlier_before_rise,
        earlier_before_share,
        earlier_of_rise_and_share,
        rise_since_earlier,
        rise_by_share,
        target_after_rise,
        rise_over_earlier,
        reserve,
        reserve_share,
        target_per_place,
        cap_per_place,
        other_target_per_place,
        other_cap_per_place,
        target_ratio,
        cap_ratio,
        annuity_at_target,
        annuity_at_cap,
        annuity_per_place_at_target,
        annuity_per_place_at_cap,
    ),
    views=(
        Grid(
            heading="For each place",
            rows=PROJECT,
            columns=(
                Column("project", "{project}"),
                Column("places", "{places:number}", right=True),
                Column("target", "{target_per_place:short}"),
                Column("cap", "{cap_per_place:short}"),
                Column("target is", "{target_ratio:times}"),
                Column("cap is", "{cap_ratio:times}"),
                Column("that of", "{compared_with}"),
            ),
        ),
        Grid(
            heading="The whole project",
            rows=PROJECT,
            columns=(
                Column("project", "{project}"),
                Column("earlier estimate", "{earlier_estimate}"),
                Column("rise", "{rise_share:changed}"),
                Column("target", "{target_cost}"),
                Column("cap", "{cost_cap}"),
                Column("which is", "{reserve:above} {reserve_share:aside}"),
            ),
        ),
        Grid(
            heading="In a year, as an annuity",
            rows=PROJECT,
            columns=(
                Column("project", "{project}"),
                Column("at the target", "{annuity_at_target:short}"),
                Column("each place", "{annuity_per_place_at_target:short}"),
                Column("at the cap", "{annuity_at_cap:short}"),
                Column("each place", "{annuity_per_place_at_cap:short}"),
            ),
        ),
    ),
    caveats=(
        "Costs of projects in different price years are not made comparable.",
        "Capital only: neither what running the places costs nor state grants are counted.",
    ),
    remarks=(
        Remark(
            "reserve",
            lambda value: value < 0,
            "The target cost of {project} is above its cap, so that there is no reserve.",
            level=PROJECT,
        ),
    ),
)
