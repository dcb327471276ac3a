"""What a building project costs per place and per year.

Target cost and cost cap per place, the reserve in the cap, how far the estimate has risen, and the yearly annuity over
the lifetime at an interest rate, paid at the end of each year: discounted to the start at the same rate, the payments
equal the cost. Dronning Ingrids hage in Oslo (Gardermoen presentation) has 130 places, a target of 896 million NOK and
a cap of 988 million; the early estimate had risen by 332 million.

>>> round(target_per_place(target_cost=896_000_000, places=130))
6892308
>>> round(reserve_share(reserve=988_000_000 - 896_000_000, target_cost=896_000_000), 3)
0.103
>>> earlier = earlier_before_rise(target_cost=896_000_000, rise=332_000_000)
>>> earlier, round(rise_over_earlier(rise=332_000_000, earlier_estimate=earlier), 3)
(564000000, 0.589)

Places may be given in parts (`kinds`), each marked as counted or not (`counted`): Carpe Diem in Bærum costs 4.65
million NOK for each of 158 places, and less per place if its 22 long-term places or its 20 day places are counted as
well. Of target, earlier estimate, rise and rise share, any two give the others. A project may be compared with another,
place by place (`compared_with`). Not included: differences in price year between projects (unless the scenario has
removed them), the cost of running the places, state grants, and the value of the land.
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
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import number_text
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
from omsorg_cli.core.view import Column, Grid, Lines

ESTIMATES = ("target_cost", "earlier_estimate", "rise", "rise_share")
"""Any two of these give the others."""
NO_PLACES = "no places are counted"


class KindOfPlace(Row):
    """One kind of place in a project."""

    keys: ClassVar[tuple[str, ...]] = ("kind",)

    kind: Key
    """The kind of place."""
    label: Label = None
    """The name that people read for the kind of place."""
    places_of_kind: Places = Field(None, alias="places")
    """The number of places of this kind."""
    counted: Switch = default(True)
    """Whether the cost is spread over these places too."""


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
    """The name that people read for the project."""
    target_cost: NokInput = None
    """The planned cost."""
    cost_cap: NokInput = None
    """The most that it may cost, reserve included."""
    places: Places = None
    """The number of places."""
    kinds: list[KindOfPlace] = Field(default_factory=no_rows, min_length=1)
    """The places by kind."""
    earlier_estimate: NokInput = None
    """The planned cost in an earlier estimate."""
    rise: NokChange = None
    """How much the target cost has risen since the earlier estimate."""
    rise_share: GapShare = None
    """The rise as a share of the earlier estimate."""
    lifetime: Lifetime = None
    """The years over which this project is paid off, if it has its own lifetime."""
    interest_rate: InterestRate = None
    """The real interest rate on this project, if it has its own rate."""
    compared_with: Reference = None
    """Another project to compare the cost per place with."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse(_faults_of_estimates(self))
        return self


def _faults_of_estimates(item: Project) -> Iterator[tuple[Loc, str]]:
    given = [name for name in ESTIMATES if getattr(item, name) is not None]
    if len(given) > 2:
        told = {"found": " + ".join(given), "all": ", ".join(ESTIMATES)}
        yield (), say("found {found}; allowed: at most two of {all}, which give the others", **told)
    target, rise, share = item.target_cost, item.rise, item.rise_share
    if target is not None and rise is not None and rise.number >= target.number:
        numbers = {"rise": number_text(rise.number), "target": number_text(target.number)}
        yield ("rise",), say("found {rise} of a target cost of {target}; allowed: less than the target cost", **numbers)
    if rise is not None and share is not None and rise.number * share.number < 0:
        yield ("rise_share",), say("found opposite signs in the rise and its share; allowed: the same sign in both")


class Invest(Inputs):
    """Inputs to capital costs."""

    lifetime: Lifetime = None
    """The years over which the projects are paid off."""
    interest_rate: InterestRate = None
    """The real interest rate on the projects."""
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
            yield ("projects", index, "compared_with"), unknown(name, others, say("no other project"))


PROJECT, KIND = ("project",), ("project", "kind")
OTHER = elsewhere(at_input={"project": "compared_with"})


@figure("counted_places", per=[KIND], when={"counted": True}, step=True)
def places_that_count(places_of_kind: Num) -> PlacesUnit:
    """The places of this kind, which are counted."""
    return places_of_kind


@figure("counted_places", per=[KIND], when={"counted": False}, step=True)
def places_that_do_not_count() -> PlacesUnit:
    """None: places of this kind are not counted."""
    return 0.0


@figure("places", per=[PROJECT], table="kinds")
def places_of_kinds(counted_places: Series) -> PlacesUnit:
    """The places that the cost is spread over."""
    return total(counted_places)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("earlier_estimate", per=[PROJECT])
def earlier_before_rise(target_cost: Num, rise: Num) -> Nok:
    """Planned cost before the rise."""
    return target_cost - rise


@figure("earlier_estimate", per=[PROJECT])
def earlier_before_share(target_cost: Num, rise_share: Num) -> Nok:
    """Planned cost before a rise by that share."""
    return target_cost / (1 + rise_share)


@figure("earlier_estimate", per=[PROJECT], no_answer="no earlier estimate follows from a rise of zero")
def earlier_of_rise_and_share(rise: Num, rise_share: Num) -> Nok:
    """Planned cost earlier: the rise is that share of it."""
    return ratio(rise, rise_share)  # type: ignore[no-any-return]  # a number, or no answer


@figure("rise", per=[PROJECT])
def rise_since_earlier(target_cost: Num, earlier_estimate: Num) -> Nok:
    """How much the target cost has risen since the earlier estimate."""
    return target_cost - earlier_estimate


@figure("rise", per=[PROJECT])
def rise_by_share(earlier_estimate: Num, rise_share: Num) -> Nok:
    """How much the target cost has risen: that share of the earlier estimate."""
    return earlier_estimate * rise_share


@figure("rise_share", per=[PROJECT], no_answer="the earlier estimate is zero")
def rise_over_earlier(rise: Num, earlier_estimate: Num) -> Share:
    """The rise as a share of the earlier estimate."""
    return ratio(rise, earlier_estimate)  # type: ignore[no-any-return]  # as above


@figure("target_cost", per=[PROJECT])
def target_after_rise(earlier_estimate: Num, rise: Num) -> Nok:
    """Planned cost after the rise."""
    return earlier_estimate + rise


@figure(per=[PROJECT])
def reserve(cost_cap: Num, target_cost: Num) -> Nok:
    """The cost cap minus the target cost; below zero when the target is above the cap."""
    return cost_cap - target_cost


@figure(per=[PROJECT], no_answer="the target cost is zero")
def reserve_share(reserve: Num, target_cost: Num) -> Share:
    """The reserve as a share of the target cost."""
    return ratio(reserve, target_cost)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def target_per_place(target_cost: Num, places: Num) -> NokPerPlace:
    """Target cost per place."""
    return ratio(target_cost, places)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def cap_per_place(cost_cap: Num, places: Num) -> NokPerPlace:
    """Cost cap per place."""
    return ratio(cost_cap, places)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], step=True)
def other_target_per_place(target_per_place: Annotated[float, OTHER]) -> NokPerPlace:
    """Target cost per place in the project compared with."""
    return target_per_place


@figure(per=[PROJECT], step=True)
def other_cap_per_place(cap_per_place: Annotated[float, OTHER]) -> NokPerPlace:
    """Cost cap per place in the project compared with."""
    return cap_per_place


@figure(per=[PROJECT], no_answer="no places are counted, or the other project has a target cost of zero")
def target_ratio(target_per_place: Num, other_target_per_place: Num) -> Ratio:
    """Target cost per place divided by the other project's."""
    return ratio(target_per_place, other_target_per_place)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer="no places are counted, or the other project has a cost cap of zero")
def cap_ratio(cap_per_place: Num, other_cap_per_place: Num) -> Ratio:
    """Cost cap per place divided by the other project's."""
    return ratio(cap_per_place, other_cap_per_place)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT])
def annuity_at_target(target_cost: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """Yearly capital cost at the target cost: the annuity over the lifetime, at the end of each year."""
    return annuity(target_cost, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT])
def annuity_at_cap(cost_cap: Num, interest_rate: Num, lifetime: Num) -> NokPerYear:
    """Yearly capital cost at the cost cap: the annuity over the lifetime, at the end of each year."""
    return annuity(cost_cap, interest_rate, lifetime)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def annuity_per_place_at_target(annuity_at_target: Num, places: Num) -> NokPerPlaceYear:
    """Yearly capital cost per place at the target cost."""
    return ratio(annuity_at_target, places)  # type: ignore[no-any-return]  # as above


@figure(per=[PROJECT], no_answer=NO_PLACES)
def annuity_per_place_at_cap(annuity_at_cap: Num, places: Num) -> NokPerPlaceYear:
    """Yearly capital cost per place at the cost cap."""
    return ratio(annuity_at_cap, places)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="invest",
    title="Capital cost of places",
    inputs=Invest,
    keys=("project", "kind"),
    scenario="gardermoen",
    headlines=("target_per_place", "cap_per_place", "annuity_per_place_at_cap"),
    drawn=("target_per_place",),
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
    subject="{municipality} {year}: capital cost of {project}",
    answer=(
        Lines(
            per=PROJECT,
            templates=(
                "{project!s}: the cost cap is {cap_per_place:prose}, for {places}.",
                "As an annuity, that is {annuity_per_place_at_cap:prose}, or {annuity_at_cap:prose} for the project.",
                "Its cost cap per place is {cap_ratio:times} that of {compared_with!s}.",
            ),
        ),
    ),
    views=(
        Grid(
            heading="Cost per place",
            rows=PROJECT,
            columns=(
                Column("{unit}", "{project}"),
                Column("places", "{places:number}", right=True),
                Column("target", "{target_per_place:scaled}", right=True),
                Column("cap", "{cap_per_place:scaled}", right=True),
            ),
        ),
        Grid(
            heading="The whole project",
            rows=PROJECT,
            columns=(
                Column("{unit}", "{project}"),
                Column("earlier estimate", "{earlier_estimate:scaled}", right=True),
                Column("rise", "{rise_share:percent}", right=True),
                Column("target", "{target_cost:scaled}", right=True),
                Column("cap", "{cost_cap:scaled}", right=True),
                Column("reserve", "{reserve:scaled}", right=True),
                Column("reserve, % of target", "{reserve_share:percent}", right=True),
            ),
        ),
        Grid(
            heading="Yearly capital cost",
            rows=PROJECT,
            columns=(
                Column("{unit}", "{project}"),
                Column("at target", "{annuity_at_target:scaled}", right=True),
                Column("at cap", "{annuity_at_cap:scaled}", right=True),
            ),
        ),
    ),
    details=(
        Grid(
            heading="Yearly capital cost per place",
            rows=PROJECT,
            columns=(
                Column("project", "{project}"),
                Column("at target", "{annuity_per_place_at_target:short}", right=True),
                Column("at cap", "{annuity_per_place_at_cap:short}", right=True),
            ),
        ),
        Grid(
            heading="Cost per place relative to another project",
            rows=PROJECT,
            columns=(
                Column("project", "{project}"),
                Column("target", "{target_ratio:times}", right=True),
                Column("cap", "{cap_ratio:times}", right=True),
                Column("compared with", "{compared_with}"),
            ),
        ),
    ),
    labels={
        "annuity_at_cap": "yearly capital cost, cap",
        "annuity_at_target": "yearly capital cost, target",
        "annuity_per_place_at_cap": "capital cost per place, cap",
        "annuity_per_place_at_target": "capital cost per place, target",
        "cap_per_place": "cost cap per place",
        "cap_ratio": "relative cost cap per place",
        "counted": "places are counted",
        "counted_places": "places counted",
        "interest_rate": "real interest rate",
        "kind": "kind of place",
        "other_cap_per_place": "other project's cap per place",
        "other_target_per_place": "other project's target per place",
        "places_of_kind": "places of this kind",
        "reserve_share": "reserve, of target cost",
        "rise": "rise in target cost",
        "rise_share": "rise, of earlier estimate",
        "target_per_place": "target cost per place",
        "target_ratio": "relative target cost per place",
    },
    caveats=(
        "The projects' price years may differ; no adjustment is made for that.",
        "Capital only: the cost of running the places and state grants are not counted.",
    ),
    remarks=(
        Remark(
            "reserve",
            lambda value: value < 0,
            "The target cost of {project} is above its cost cap, so there is no reserve.",
            level=PROJECT,
        ),
    ),
)
