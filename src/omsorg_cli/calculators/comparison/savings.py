"""What spending as much on care as others would save a year.

The saving is the gap per inhabitant to a comparator (the mean of a network, a municipality or a group) times the number
of inhabitants. The audit of Bærum (2017, 3.1.2) calculates it in this way against the ten largest cities: 939 × 124 008
= 116 million NOK.

>>> savings_potential(gap_per_inhabitant=939, population=124_008)
116443512

The gap may be published, or be calculated from a published saving, from two levels of spending, from an index or from
the members of a group. Levels of spending are need-adjusted, and so is the saving; multiplied by the municipality's
need index, it is the saving in the accounts. The comparison does not show whether users' needs or the quality of
services are the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from omsorg_cli.core.calculator import Calculator, Doubt
from omsorg_cli.core.errors import unknown
from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure, same_as
from omsorg_cli.core.helpers import count, ratio
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    GapPerInhabitant,
    GapPerYear,
    GapShare,
    Index,
    IndexOfLevel,
    Key,
    Label,
    LevelPerInhabitant,
    Municipalities,
    NokPerYearInput,
    Population,
    Reference,
    Switch,
    Wage,
    default,
)
from omsorg_cli.core.units import (
    AbovePerInhabitant,
    Fte,
    NokPerInhabitant,
    Num,
    SavingPerYear,
    Share,
)
from omsorg_cli.core.units import Municipalities as MunicipalitiesUnit
from omsorg_cli.core.view import BySign, Column, Grid, Lines
from omsorg_cli.formulas import averages

STATISTICS = ("mean", "weighted_mean", "median", "best_quartile")
Statistic = Annotated[StatedInput | None, Kind("", "choice", choices=STATISTICS, example="mean")]
Levels = Annotated[StatedInput | None, Kind("", "choice", choices=("adjusted", "raw"), example="adjusted")]
Service = Literal["total", "home", "institution"]


class Member(Row):
    """A municipality in the group that is the comparator; never the municipality itself."""

    optional: ClassVar[tuple[str, ...]] = ("member_need_index",)

    member_per_inhabitant: LevelPerInhabitant = Field(None, alias="per_inhabitant")
    """The member's spending per inhabitant per year."""
    member_population: Population = Field(None, alias="population")
    """The member's inhabitants: its weight in a weighted mean."""
    member_need_index: Index = Field(None, alias="need_index")
    """The member's need per inhabitant, where the country is 1; used with unadjusted levels only."""


def _forms() -> tuple[tuple[str, ...], ...]:
    gaps = [
        (gap, *more)
        for gap in ("gap_per_inhabitant", "savings_potential")
        for more in ((), ("gap_share",), ("own_from",))
    ]
    bases = ("base_per_inhabitant", "index", "members", "gap_share")
    owns = ("own_per_inhabitant", "own_from", "own_spending")
    from_base = tuple(("base_per_inhabitant", more) for more in ("index", "gap_share"))
    return (*gaps, *((own, base) for own in owns for base in bases), *from_base)


class Comparison(Row):
    """What the municipality is compared with, for one service."""

    keys: ClassVar[tuple[str, ...]] = ("base", "service")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = _forms()
    optional: ClassVar[tuple[str, ...]] = ("group_size", "base_need_index")

    base: Key
    """The comparator: the mean of a network, a municipality or a group."""
    service: Service = "total"
    """The service compared: all care (total), home services or institutions."""
    label: Label = None
    """The comparator's name in tables and sentences."""
    gap_per_inhabitant: GapPerInhabitant = None
    """Need-adjusted spending per inhabitant above the comparator's; negative where it is below."""
    savings_potential: GapPerYear = Field(None, alias="potential")
    """The published saving per year, where the gap per inhabitant is not published."""
    own_per_inhabitant: LevelPerInhabitant = None
    """The municipality's spending per inhabitant per year."""
    own_spending: NokPerYearInput = None
    """The municipality's spending per year, which is divided by its inhabitants."""
    base_per_inhabitant: LevelPerInhabitant = None
    """The comparator's spending per inhabitant per year."""
    index: IndexOfLevel = None
    """The municipality's level of spending, where the comparator's is 1."""
    members: dict[Key, Member] = Field(default_factory=dict, min_length=1)
    """The municipalities that make up the comparator, by name, except the municipality itself."""
    gap_share: GapShare = None
    """The gap as a share of the comparator's level."""
    own_from: Reference = None
    """Another comparator of the same service: the municipality's level is taken from that comparison."""
    statistic: Statistic = default("mean")
    """How the comparator's level is calculated from its members: mean, weighted mean, median or best quartile."""
    group_size: Municipalities = None
    """The number of municipalities in the mean, including the municipality itself."""
    includes_own: Switch = default(False)
    """Whether the comparator includes the municipality itself."""
    levels: Levels = default("adjusted")
    """Whether levels are already need-adjusted (adjusted) or not (raw)."""
    base_need_index: Index = None
    """The comparator's need per inhabitant, where the country is 1; used with unadjusted levels only."""


class Savings(Inputs):
    """Inputs of the savings potential."""

    population: Population = None
    """Inhabitants of the municipality."""
    need_index: Index = None
    """The municipality's need per inhabitant, where the country is 1."""
    wage_per_fte: Wage = None
    """Wage cost per FTE per year."""
    comparisons: list[Comparison] = Field(min_length=1)
    """The comparisons: one for each comparator and service."""

    @model_validator(mode="after")
    def _comparisons_are_sound(self, info: ValidationInfo) -> Self:
        context = info.context or {}
        has_need_index = self.need_index is not None or "need_index" in context.get("common", {})
        own_name = _simple(str(context.get("municipality", "")))
        rows: dict[tuple[str, str], Comparison] = {(item.service, item.base): item for item in self.comparisons}
        ending: set[tuple[str, str]] = set()
        refuse(
            (("comparisons", index, *inside), sentence)
            for index, item in enumerate(self.comparisons)
            for faults in (
                _faults_of_own_from(item, rows, ending),
                _faults_of_raw(item, has_need_index=has_need_index),
                _faults_of_group(item, own_name),
            )
            for inside, sentence in faults
        )
        return self


def _faults_of_own_from(
    item: Comparison, rows: Mapping[tuple[str, str], Comparison], ending: set[tuple[str, str]]
) -> Iterator[tuple[Loc, str]]:
    """The own level must be another comparison's, which does not itself take it from here.

    `ending` are the rows that are known to lead into no circle: each is looked at once, however many lead to it.
    """
    if item.own_from is None:
        return
    name = str(item.own_from.value)
    if name == item.base or (item.service, name) not in rows:
        others = [base for service, base in rows if service == item.service and base != item.base]
        what = say("not another comparator of the service {service}", service=item.service)
        yield ("own_from",), unknown(name, others, what)
    seen = {item.base}
    while name not in seen and (following := rows.get((item.service, name))) and (item.service, name) not in ending:
        seen.add(name)
        name = "" if following.own_from is None else str(following.own_from.value)
    if name in seen:
        circle = say(
            "found a circle of own_from through {names}; allowed: a chain that ends at a level of spending",
            names=", ".join(sorted(seen)),
        )
        yield ("own_from",), circle
    else:
        ending |= {(item.service, base) for base in seen}


def _faults_of_raw(item: Comparison, *, has_need_index: bool) -> Iterator[tuple[Loc, str]]:
    """Raw levels need their need indexes, and others have no use for them."""
    members = item.members.items()
    if item.levels is not None and item.levels.value == "raw":
        stated = item.own_per_inhabitant or item.own_spending
        if stated is None and item.own_from is None:
            told = say(
                'found "raw" without the municipality\'s own level of spending; '
                "allowed: own_per_inhabitant or own_spending, with need_index"
            )
            yield ("levels",), told
        own = stated is not None and not has_need_index
        base = item.base_per_inhabitant is not None and item.base_need_index is None
        lacking = ["need_index"] * own + ["base_need_index"] * base
        lacking += [f"members.{name}.need_index" for name, member in members if member.member_need_index is None]
        if lacking:
            told = say('found "raw" without {names}; allowed: each level with its need index', names=", ".join(lacking))
            yield ("levels",), told
        return
    told = say('has no effect without levels = "raw"')
    if item.base_need_index is not None:
        yield ("base_need_index",), told
    yield from (
        (("members", name, "need_index"), told) for name, member in members if member.member_need_index is not None
    )


def _faults_of_group(item: Comparison, own_name: str) -> Iterator[tuple[Loc, str]]:
    for name in item.members:
        if _simple(name) == own_name:
            told = say(
                "is the municipality itself; allowed: the other municipalities; to include it, set includes_own = true"
            )
            yield ("members", name), told
    if item.members and item.group_size is not None and item.group_size.value != len(item.members) + 1:
        told = say(
            "found {size}, but there are {members} members and the municipality itself; allowed: {allowed}",
            size=item.group_size.value,
            members=len(item.members),
            allowed=len(item.members) + 1,
        )
        yield ("group_size",), told
    gap = item.gap_per_inhabitant or item.savings_potential
    if gap is not None and item.gap_share is not None and gap.number * item.gap_share.number < 0:
        told = say("found a gap and a share on opposite sides of zero; allowed: both above zero or both below")
        yield ("gap_share",), told


def _simple(name: str) -> str:
    """The name as keys write it: without capitals and Norwegian letters."""
    return name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a").replace(" ", "_")


@figure("own_per_inhabitant", when={"levels": "raw"})
def own_corrected_for_need(own_per_inhabitant: AsStated, need_index: Num) -> NokPerInhabitant:
    """The municipality's need-adjusted spending per inhabitant: its spending divided by its need index."""
    return own_per_inhabitant / need_index


@figure("own_per_inhabitant", when={"levels": "raw"})
def own_of_spending_corrected_for_need(own_spending: Num, population: Num, need_index: Num) -> NokPerInhabitant:
    """The municipality's need-adjusted spending per inhabitant: its spending divided by inhabitants and need index."""
    return own_spending / population / need_index


@figure("own_per_inhabitant")
def own_of_spending(own_spending: Num, population: Num) -> NokPerInhabitant:
    """The municipality's spending per inhabitant: its spending divided by its inhabitants."""
    return own_spending / population


@figure("own_per_inhabitant")
def own_of_base_and_index(base_per_inhabitant: AsStated, index: Num) -> NokPerInhabitant:
    """The municipality's spending per inhabitant: the comparator's times the index."""
    return base_per_inhabitant * index


@figure("own_per_inhabitant")
def own_of_base_and_share(base_per_inhabitant: AsStated, gap_share: AsStated) -> NokPerInhabitant:
    """The municipality's spending per inhabitant: the comparator's and the stated share of it."""
    return base_per_inhabitant * (1 + gap_share)


@figure("own_per_inhabitant")
def own_as_elsewhere(
    own_per_inhabitant: Annotated[float, elsewhere(at_input={"base": "own_from"})],
) -> NokPerInhabitant:
    """The municipality's spending per inhabitant, taken from the comparison with another comparator."""
    return own_per_inhabitant


@figure("own_per_inhabitant")
def own_above_base(base_per_inhabitant: Num, gap_per_inhabitant: Num) -> NokPerInhabitant:
    """The municipality's spending per inhabitant: the comparator's level plus the gap."""
    return base_per_inhabitant + gap_per_inhabitant


@figure("member_level", when={"levels": "adjusted"}, step=True)
def level_of_member(member_per_inhabitant: Num) -> NokPerInhabitant:
    """Need-adjusted spending per inhabitant of a member of the comparator."""
    return member_per_inhabitant


@figure("member_level", when={"levels": "raw"}, step=True)
def level_of_member_corrected(member_per_inhabitant: Num, member_need_index: Num) -> NokPerInhabitant:
    """Need-adjusted spending per inhabitant of a member of the comparator: its spending divided by its need index."""
    return member_per_inhabitant / member_need_index


COMPARISON = ("base", "service")


@figure(per=[COMPARISON])
def members_mean(member_level: Series) -> NokPerInhabitant:
    """The unweighted mean of the members."""
    return averages.mean(member_level)


@figure(per=[COMPARISON])
def members_weighted_mean(member_level: Series, member_population: Series) -> NokPerInhabitant:
    """The mean of the members, weighted by inhabitants."""
    return averages.weighted_mean(member_level, member_population)


@figure(per=[COMPARISON])
def members_median(member_level: Series) -> NokPerInhabitant:
    """The median of the members."""
    return averages.median(member_level)


@figure(per=[COMPARISON])
def members_best_quartile(member_level: Series) -> NokPerInhabitant:
    """The level of the best quartile: a quarter of the members spend no more."""
    return averages.best_quartile(member_level)


def _with(own: Num, members: Sequence[Num]) -> list[Num]:
    return [*members, own]


@figure(per=[COMPARISON])
def members_mean_with_own(member_level: Series, own_per_inhabitant: Num) -> NokPerInhabitant:
    """The unweighted mean of the members and the municipality itself."""
    return averages.mean(_with(own_per_inhabitant, member_level))


@figure(per=[COMPARISON])
def members_weighted_mean_with_own(
    member_level: Series, member_population: Series, own_per_inhabitant: Num, population: Num
) -> NokPerInhabitant:
    """The mean of the members and the municipality itself, weighted by inhabitants."""
    return averages.weighted_mean(_with(own_per_inhabitant, member_level), _with(population, member_population))


@figure(per=[COMPARISON])
def members_median_with_own(member_level: Series, own_per_inhabitant: Num) -> NokPerInhabitant:
    """The median of the members and the municipality itself."""
    return averages.median(_with(own_per_inhabitant, member_level))


@figure(per=[COMPARISON])
def members_best_quartile_with_own(member_level: Series, own_per_inhabitant: Num) -> NokPerInhabitant:
    """The level of the best quartile: a quarter of the members and the municipality itself spend no more."""
    return averages.best_quartile(_with(own_per_inhabitant, member_level))


@figure("base_per_inhabitant", when={"levels": "raw"})
def base_corrected_for_need(base_per_inhabitant: AsStated, base_need_index: Num) -> NokPerInhabitant:
    """The comparator's need-adjusted spending per inhabitant: its spending divided by its need index."""
    return base_per_inhabitant / base_need_index


@figure("base_per_inhabitant")
def base_from_index(own_per_inhabitant: Num, index: Num) -> NokPerInhabitant:
    """The comparator's spending per inhabitant: the municipality's level divided by the index."""
    return own_per_inhabitant / index


@figure("base_per_inhabitant")
def base_from_gap_and_share(gap_per_inhabitant: Num, gap_share: AsStated) -> NokPerInhabitant:
    """The comparator's spending per inhabitant: the gap divided by its share."""
    return ratio(gap_per_inhabitant, gap_share)  # type: ignore[no-any-return]  # a number, or no answer


@figure("base_per_inhabitant")
def base_from_own_and_share(own_per_inhabitant: Num, gap_share: AsStated) -> NokPerInhabitant:
    """The comparator's spending per inhabitant: the municipality's level divided by one plus the share."""
    return own_per_inhabitant / (1 + gap_share)


@figure("base_per_inhabitant")
def base_below_own(own_per_inhabitant: Num, gap_per_inhabitant: Num) -> NokPerInhabitant:
    """The comparator's spending per inhabitant: the municipality's level minus the gap."""
    return own_per_inhabitant - gap_per_inhabitant


@figure("gap_per_inhabitant")
def gap_from_potential(savings_potential: AsStated, population: Num) -> AbovePerInhabitant:
    """Need-adjusted spending per inhabitant above the comparator's: the published saving divided by the inhabitants."""
    return savings_potential / population


@figure("gap_per_inhabitant")
def gap_from_levels(own_per_inhabitant: Num, base_per_inhabitant: Num) -> AbovePerInhabitant:
    """Need-adjusted spending per inhabitant above the comparator's: the difference between the two levels."""
    return own_per_inhabitant - base_per_inhabitant


def gap_share(gap_per_inhabitant: Num, base_per_inhabitant: Num) -> Share:
    """The gap as a share of the comparator's level."""
    return ratio(gap_per_inhabitant, base_per_inhabitant)  # type: ignore[no-any-return]  # a number, or no answer


def gap_share_of_own(gap_per_inhabitant: Num, own_per_inhabitant: Num) -> Share:
    """The gap as a share of the municipality's own spending."""
    return ratio(gap_per_inhabitant, own_per_inhabitant)  # type: ignore[no-any-return]  # a number, or no answer


@figure("own_of_all_care", step=True)
def own_of_all_care(own_per_inhabitant: Annotated[float, elsewhere(service="total")]) -> NokPerInhabitant:
    """The municipality's spending per inhabitant on all care."""
    return own_per_inhabitant


def own_beside_service(own_of_all_care: Num, own_per_inhabitant: Num) -> NokPerInhabitant:
    """The municipality's spending per inhabitant on all care except this service."""
    return own_of_all_care - own_per_inhabitant


@figure("potential_of_all_care", step=True)
def potential_of_all_care(savings_potential: Annotated[float, elsewhere(service="total")]) -> SavingPerYear:
    """The saving on all care against the same comparator."""
    return savings_potential


def share_of_all_care(savings_potential: Num, potential_of_all_care: Num) -> Share:
    """The saving on the service as a share of the saving on all care against the same comparator."""
    return ratio(savings_potential, potential_of_all_care)  # type: ignore[no-any-return]  # a number, or no answer


def savings_potential(gap_per_inhabitant: Num, population: Num) -> SavingPerYear:
    """The need-adjusted saving per year from spending as the comparator does: the gap times the inhabitants.

    >>> savings_potential(3_213, 124_008)
    398437704
    """
    return gap_per_inhabitant * population


def savings_potential_actual(savings_potential: Num, need_index: Num) -> SavingPerYear:
    """The saving in the accounts: the need-adjusted saving times the municipality's need index."""
    return savings_potential * need_index


def fte_equivalent(savings_potential: Num, wage_per_fte: Num) -> Fte:
    """The FTE that the need-adjusted saving would pay for at the average wage cost, which is not need-adjusted."""
    return savings_potential / wage_per_fte


def fte_equivalent_actual(savings_potential_actual: Num, wage_per_fte: Num) -> Fte:
    """The FTE that the saving in the accounts would pay for at the average wage cost."""
    return savings_potential_actual / wage_per_fte


@figure("group_size", per=[COMPARISON], when={"includes_own": True}, step=True)
def size_of_group(member_level: Series) -> MunicipalitiesUnit:
    """The number of municipalities in the mean: the members and the municipality itself."""
    return count(member_level) + 1


OWN_IN_MEAN = {"statistic": "mean", "includes_own": True}


@figure(when=OWN_IN_MEAN)
def gap_per_inhabitant_excluding_own(gap_per_inhabitant: Num, group_size: Num) -> AbovePerInhabitant:
    """The gap to the mean of the others: a mean of n that includes the municipality itself understates it by 1/n.

    >>> round(gap_per_inhabitant_excluding_own(939, 10), 2)
    1043.33
    """
    return gap_per_inhabitant * group_size / (group_size - 1)


@figure(when=OWN_IN_MEAN)
def gap_share_excluding_own(gap_per_inhabitant_excluding_own: Num, own_per_inhabitant: Num) -> Share:
    """The gap to the mean of the others, as a share of that mean.

    >>> round(gap_share_excluding_own(1_043.3333, own_per_inhabitant=18_011.7273), 4)
    0.0615
    """
    others = own_per_inhabitant - gap_per_inhabitant_excluding_own
    return ratio(gap_per_inhabitant_excluding_own, others)  # type: ignore[no-any-return]  # a number, or no answer


@figure(when=OWN_IN_MEAN)
def savings_potential_excluding_own(savings_potential: Num, group_size: Num) -> SavingPerYear:
    """The saving against the mean of the others: a mean of n including the municipality itself understates it by 1/n.

    >>> round(savings_potential_excluding_own(116_443_512, 10))
    129381680
    """
    return savings_potential * group_size / (group_size - 1)


def _as_raw(own: str) -> Callable[[Savings, Mapping[str, StatedInput]], Savings | None]:
    """Takes levels as raw where rows with the input `own` do not say that they are adjusted, the other index as 1."""

    def read(inputs: Savings, common: Mapping[str, StatedInput]) -> Savings | None:
        doubtful = [item for item in inputs.comparisons if _is_doubtful(item, own)]
        if not doubtful or (inputs.need_index is None and "need_index" not in common):
            return None
        raw = {"levels": StatedInput("raw"), "base_need_index": StatedInput(1.0)}
        rows = [item.model_copy(update=raw) if _is_doubtful(item, own) else item for item in inputs.comparisons]
        return inputs.model_copy(update={"comparisons": rows})

    return read


def _is_doubtful(item: Comparison, own: str) -> bool:
    stated = getattr(item, own) is not None and item.base_per_inhabitant is not None
    return stated and item.levels is not None and item.levels.origin == "default"


CALCULATOR = Calculator(
    name="savings",
    title="Savings potential",
    inputs=Savings,
    keys=COMPARISON,
    scenario="baerum2016",
    headlines=("savings_potential", "savings_potential_actual"),
    formulas=(
        own_corrected_for_need,
        own_of_spending_corrected_for_need,
        base_corrected_for_need,
        own_of_spending,
        own_of_base_and_index,
        own_of_base_and_share,
        own_as_elsewhere,
        level_of_member,
        level_of_member_corrected,
        members_mean,
        members_weighted_mean,
        members_median,
        members_best_quartile,
        members_mean_with_own,
        members_weighted_mean_with_own,
        members_median_with_own,
        members_best_quartile_with_own,
        *(
            same_as(
                "base_per_inhabitant",
                f"members_{statistic}{'_with_own' if own else ''}",
                NokPerInhabitant,
                when={"statistic": statistic, "includes_own": own},
            )
            for statistic in STATISTICS
            for own in (False, True)
        ),
        base_from_index,
        gap_from_potential,
        base_from_gap_and_share,
        base_from_own_and_share,
        gap_from_levels,
        base_below_own,
        own_above_base,
        gap_share,
        gap_share_of_own,
        own_of_all_care,
        own_beside_service,
        savings_potential,
        potential_of_all_care,
        share_of_all_care,
        savings_potential_actual,
        fte_equivalent,
        fte_equivalent_actual,
        size_of_group,
        gap_per_inhabitant_excluding_own,
        gap_share_excluding_own,
        savings_potential_excluding_own,
    ),
    subject="{municipality} {year}: spending compared with {base}",
    answer=(
        Lines(
            per=COMPARISON,
            templates=(
                BySign(
                    "gap_per_inhabitant",
                    "{municipality} spends {gap_per_inhabitant:sum} {gap_share:aside} more per inhabitant on {service} "
                    "than {base!s}, need-adjusted.",
                    "{municipality} spends {gap_per_inhabitant:sum} {gap_share:aside} less per inhabitant on {service} "
                    "than {base!s}, need-adjusted.",
                    "{municipality} spends as much per inhabitant as {base!s} on {service}, need-adjusted.",
                ),
                BySign(
                    "savings_potential",
                    "Spending as {base!s} does on {service} would save {savings_potential:prose}, need-adjusted.",
                    "Spending as {base!s} does on {service} would cost {savings_potential:prose} more, need-adjusted.",
                ),
                BySign(
                    "savings_potential_actual",
                    "In the accounts that is {savings_potential_actual:prose}, or {fte_equivalent_actual:prose}.",
                    "In the accounts that is {savings_potential_actual:prose}, or {fte_equivalent_actual:prose}.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            per=("base",),
            heading="Compared with {base}",
            rows=("service",),
            columns=(
                Column("{unit}", "{service}"),
                Column("gap per inhabitant", "{gap_per_inhabitant:above}", right=True),
                Column("per cent", "{gap_share:excess}", right=True),
                Column("saving, need-adjusted", "{savings_potential:scaled}", right=True),
                Column("in the accounts", "{savings_potential_actual:scaled}", right=True),
                Column("FTE", "{fte_equivalent_actual:freed}", right=True),
                Column("", "", bar="savings_potential", shape="dots"),
            ),
            below=(
                BySign(
                    "savings_potential_excluding_own",
                    "Compared with the mean excluding {municipality}, the need-adjusted saving on {service} would "
                    "be {savings_potential_excluding_own:prose}.",
                    "Compared with the mean excluding {municipality}, the need-adjusted extra cost of {service} would "
                    "be {savings_potential_excluding_own:prose}.",
                    "Compared with the mean excluding {municipality}, there is no difference on {service}.",
                ),
            ),
            once=True,
        ),
    ),
    details=(
        Lines(
            per=COMPARISON,
            heading="Other ways to calculate it",
            templates=(
                BySign(
                    "fte_equivalent",
                    above="{base!s}, {service}: the need-adjusted saving pays for {fte_equivalent:size} "
                    "at the average wage cost.",
                    below="{base!s}, {service}: the need-adjusted additional cost is that of {fte_equivalent:size} "
                    "at the average wage cost.",
                ),
                BySign(
                    "savings_potential_excluding_own",
                    above="{base!s}, {service}, excluding {municipality} from the mean: its spending per inhabitant is "
                    "{gap_per_inhabitant_excluding_own:sum} {gap_share_excluding_own:aside} higher, and the saving is "
                    "{savings_potential_excluding_own:size}.",
                    below="{base!s}, {service}, excluding {municipality} from the mean: its spending per inhabitant is "
                    "{gap_per_inhabitant_excluding_own:sum} {gap_share_excluding_own:aside} lower, and the extra cost "
                    "at that level is {savings_potential_excluding_own:size}.",
                ),
            ),
        ),
    ),
    labels={
        "best_quartile": "best quartile",
        "fte_equivalent": "FTE, need-adjusted",
        "fte_equivalent_actual": "FTEs, not need-adjusted",
        "gap_per_inhabitant_excluding_own": "gap excluding the municipality",
        "gap_share_excluding_own": "percentage gap excluding the municipality",
        "gap_share_of_own": "gap relative to own spending",
        "levels": "adjusted or unadjusted levels",
        "member_level": "member's need-adjusted spending",
        "member_need_index": "member's need index",
        "member_per_inhabitant": "member's spending per inhabitant",
        "member_population": "member's inhabitants",
        "members": "members of the comparator",
        "members_best_quartile": "best quartile of the members",
        "members_best_quartile_with_own": "best quartile including the municipality",
        "members_mean": "mean of the members",
        "members_mean_with_own": "mean including the municipality",
        "members_median": "median of the members",
        "members_median_with_own": "median including the municipality",
        "members_weighted_mean": "weighted mean of the members",
        "members_weighted_mean_with_own": "weighted mean including the municipality",
        "own_beside_service": "own spending on other care",
        "own_of_all_care": "own spending on all care",
        "potential_of_all_care": "saving on all care",
        "raw": "unadjusted",
        "savings_potential_excluding_own": "saving excluding the municipality",
        "share_of_all_care": "share of all-care saving",
        "weighted_mean": "weighted mean",
    },
    caveats=(
        "The amount is theoretical: it compares the municipality with others, and is not money that it has saved.",
        "Spending is adjusted for inhabitants' needs; each user's needs and the quality of services are not compared.",
    ),
    doubts=(
        Doubt(
            "The scenario does not say whether own_per_inhabitant and base_per_inhabitant are need-adjusted "
            '(levels = "adjusted") or not (levels = "raw"). They are assumed to be need-adjusted; if not, each is '
            "divided by its own need index, the comparator's being 1.",
            _as_raw("own_per_inhabitant"),
        ),
        Doubt(
            "The scenario does not say whether own_spending and base_per_inhabitant are need-adjusted "
            '(levels = "adjusted") or not (levels = "raw"). They are assumed to be need-adjusted; if not, own_spending '
            "is divided by the need index too, the comparator's being 1.",
            _as_raw("own_spending"),
        ),
    ),
)
