"""Who needs how much, and what users cost net of need.

Three tables, each for itself. A profile is the shares of groups, such as ages: each share grows, and the shares are
counted anew of what they have grown to. The audit of Bærum (2017, fn. 53 and 3.5.2) has 57, 14 and 29 % of the users
with extensive need in 2007, who grow by 38, 58 and 113 %; in 2016 they are then 48, 14 and 38 %, and 63 % more.

>>> grown = [grown_part(share, growth) for share, growth in ((0.57, 0.38), (0.14, 0.58), (0.29, 1.13))]
>>> [round(grown_share(one, sum(grown)), 2) for one in grown], round(profile_growth(sum(grown), share_sum=1), 2)
([0.48, 0.14, 0.38], 0.63)

One group may be the rest of its profile. Shares that add up to less than 1 are taken as those of the groups that are
stated; of more than 1, beyond how they are rounded, they are refused. A gap in cost per user is made of a gap in need
per user and the rest; a gap per inhabitant, of the gap per user and of how many are users. Hours of the younger are
held against those of the older. Left out: how many the users are, and why a group grows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import AsStated, Series, figure
from omsorg_cli.core.helpers import ratio, total
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import TOLERANCE, Inputs, Row, Whole, refuse
from omsorg_cli.core.quantities import (
    GapShare,
    Growth,
    HoursPerWeek,
    Key,
    Label,
    ShareInput,
    Switch,
    UsersPerThousand,
    no_rows,
)
from omsorg_cli.core.units import Num, Ratio, Share, Times
from omsorg_cli.core.view import Column, Grid


class ProfileGroup(Row):
    """A group of a profile, such as an age."""

    keys: ClassVar[tuple[str, ...]] = ("profile", "group")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("share",), ("rest",))

    profile: Key
    """The profile: what is shared out."""
    group: Key
    """The group, such as an age."""
    label: Label = None
    """What people read for the profile."""
    share: ShareInput = None
    """The group's share of the profile."""
    rest: Switch = None
    """Whether the group is what the others leave of the profile."""
    growth: Growth = None
    """How much the group grows, as a share of what it was; below zero where it shrinks."""


USERS = "cost_gap_per_user"


class UserGap(Row):
    """How a group's users cost, need and are covered more than a base's."""

    keys: ClassVar[tuple[str, ...]] = ("base", "group")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (
        (USERS, "need_gap_per_user"),
        (USERS, "need_gap_per_user", "cost_gap_per_inhabitant"),
        (USERS, "need_gap_per_user", "own_coverage", "base_coverage"),
        (USERS, "cost_gap_per_inhabitant"),
        (USERS, "own_coverage", "base_coverage"),
        ("own_coverage", "base_coverage"),
    )

    base: Key
    """What is compared with: a network's mean, a municipality, a group."""
    group: Key
    """The group, such as an age."""
    label: Label = None
    """What people read for the base."""
    cost_gap_per_user: GapShare = None
    """What a user costs above the base's, as a share of that."""
    need_gap_per_user: GapShare = None
    """What a user needs above the base's, as a share of that."""
    cost_gap_per_inhabitant: GapShare = None
    """What an inhabitant of the group costs above the base's, as a share of that."""
    own_coverage: UsersPerThousand = None
    """Users of each thousand inhabitants of the group."""
    base_coverage: UsersPerThousand = None
    """The base's users of each thousand inhabitants of the group."""


class HoursByAge(Row):
    """The hours that a municipality grants by age."""

    keys: ClassVar[tuple[str, ...]] = ("municipality",)

    municipality: Key
    """The municipality."""
    label: Label = None
    """What people read for the municipality."""
    hours_under_67: HoursPerWeek = Field(None, alias="under_67")
    """Hours granted to each user under 67 in a week."""
    hours_from_67: HoursPerWeek = Field(None, alias="from_67")
    """Hours granted to each user of 67 and over in a week."""


class NeedsProfile(Inputs):
    """Inputs of the profile of needs."""

    profiles: list[ProfileGroup] = Field(default_factory=no_rows)
    """Profiles, a group each."""
    gaps: list[UserGap] = Field(default_factory=no_rows)
    """Gaps to a base, by group."""
    hours: list[HoursByAge] = Field(default_factory=no_rows)
    """Hours by age, a municipality each."""

    @model_validator(mode="after")
    def _profiles_are_sound(self) -> Self:
        profiles: defaultdict[str, list[tuple[int, ProfileGroup]]] = defaultdict(list)
        for index, item in enumerate(self.profiles):
            profiles[item.profile].append((index, item))
        if not (self.profiles or self.gaps or self.hours):
            refuse([((), "found no profiles, gaps or hours; allowed: at least one of them")])
        refuse(fault for groups in profiles.values() for fault in _faults_of_profile(groups))
        return self

    def wholes(self) -> Iterator[Whole]:
        """The groups' shares of each profile."""
        stated: defaultdict[str, list[StatedInput]] = defaultdict(list)
        for item in self.profiles:
            if item.share is not None:
                stated[item.profile].append(item.share)
        for profile, shares in stated.items():
            yield Whole(f"shares of {profile} that", (), shares)


def _faults_of_profile(groups: Sequence[tuple[int, ProfileGroup]]) -> Iterator[tuple[Loc, str]]:
    """Shares that are more than the whole, and a second group that is the rest."""
    stated = [item.share for _, item in groups if item.share is not None]
    rests = [index for index, item in groups if item.rest is not None]
    whole = Whole("shares", (), stated)
    rounding = 0 if rests else whole.rounding
    last, item = groups[-1]
    if whole.sum > 1 + rounding + TOLERANCE:
        told = f"found shares of {item.profile} that add up to {whole.sum:.6g}; allowed: at most 1"
        yield ("profiles", last, "share"), f"{told}{f', give or take {rounding:g} of rounding' if rounding else ''}"
    for index in rests[1:]:
        yield ("profiles", index, "rest"), f"found a second rest of {item.profile}; allowed: one"


PROFILE, GROUP = ("profile",), ("profile", "group")


@figure(step=True)
def known_share(share: AsStated) -> Share:
    """The share as it is stated."""
    return share


@figure("known_share", per=[GROUP], when={"rest": True}, step=True)
def nothing_known() -> Share:
    """Of the rest, no share is stated."""
    return 0.0


@figure(per=[PROFILE], step=True)
def known_sum(known_share: Series) -> Share:
    """What the stated shares add up to."""
    return total(known_share)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("share", per=[GROUP], when={"rest": True})
def rest_of_profile(known_sum: Num) -> Share:
    """The group's share of the profile, what the others leave."""
    return 1 - known_sum


@figure(per=[PROFILE])
def share_sum(share: Series) -> Share:
    """What the shares of the profile add up to: 1, but for rounding, where every group is there."""
    return total(share)  # type: ignore[no-any-return]  # as above


@figure(step=True)
def grown_part(share: Num, growth: Num) -> Share:
    """What the group has grown to, as a share of the profile as it was."""
    return share * (1 + growth)


@figure(per=[PROFILE], step=True)
def grown_sum(grown_part: Series) -> Share:
    """What the profile has grown to, as a share of what it was."""
    return total(grown_part)  # type: ignore[no-any-return]  # as above


@figure(only_with=("growth",))
def grown_share(grown_part: Num, grown_sum: Num) -> Share:
    """The group's share of the profile once all have grown."""
    return ratio(grown_part, grown_sum)  # type: ignore[no-any-return]  # a number, or no answer


@figure(only_with=("growth",))
def growth_contribution(share: Num, growth: Num, share_sum: Num) -> Share:
    """What the growth of the group adds to that of the profile."""
    return share * growth / share_sum


@figure(per=[PROFILE])
def profile_growth(grown_sum: Num, share_sum: Num) -> Share:
    """How much the whole profile grows: the growth of each group by its share."""
    return grown_sum / share_sum - 1


def cost_gap_net_of_need(cost_gap_per_user: Num, need_gap_per_user: Num) -> Share:
    """What a user costs above the base's for the same need, as a share of that.

    >>> round(cost_gap_net_of_need(cost_gap_per_user=0.49, need_gap_per_user=0.08), 4)
    0.3796
    """
    return (1 + cost_gap_per_user) / (1 + need_gap_per_user) - 1


@figure("coverage_ratio")
def coverage_from_gaps(cost_gap_per_inhabitant: Num, cost_gap_per_user: Num) -> Ratio:
    """How many of the group are users beside the base's: what an inhabitant costs, by what a user costs."""
    return (1 + cost_gap_per_inhabitant) / (1 + cost_gap_per_user)


@figure("coverage_ratio")
def coverage_from_users(own_coverage: Num, base_coverage: Num) -> Ratio:
    """How many of the group are users beside the base's."""
    return own_coverage / base_coverage


def coverage_gap(coverage_ratio: Num) -> Share:
    """How many more of the group are users than in the base, as a share of those; below zero where fewer are."""
    return coverage_ratio - 1


def hours_ratio(hours_under_67: Num, hours_from_67: Num) -> Times:
    """How many times the hours of the older the younger are granted."""
    return ratio(hours_under_67, hours_from_67)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="needs-profile",
    title="Profile of needs",
    inputs=NeedsProfile,
    keys=("profile", "base", "municipality", "group"),
    scenario="baerum2016",
    headlines=("profile_growth", "grown_share", "cost_gap_net_of_need", "coverage_gap", "hours_ratio"),
    formulas=(
        known_share,
        nothing_known,
        known_sum,
        rest_of_profile,
        share_sum,
        grown_part,
        grown_sum,
        grown_share,
        growth_contribution,
        profile_growth,
        cost_gap_net_of_need,
        coverage_from_gaps,
        coverage_from_users,
        coverage_gap,
        hours_ratio,
    ),
    views=(
        Grid(
            per=("profile",),
            heading="{profile}",
            rows=("group",),
            columns=(
                Column("group", "{group}"),
                Column("share", "{share}", right=True),
                Column("growth", "{growth:change}"),
                Column("share afterwards", "{grown_share}", right=True),
                Column("of the growth of all", "{growth_contribution:points}"),
            ),
            below=("The shares add up to {share_sum}.", "All together: {profile_growth:change}."),
        ),
        Grid(
            per=("base",),
            heading="Against {base}",
            rows=("group",),
            columns=(
                Column("group", "{group}"),
                Column("cost of a user", "{cost_gap_per_user:above}"),
                Column("for the same need", "{cost_gap_net_of_need:above}"),
                Column("users of the group", "{coverage_gap:above}"),
            ),
        ),
        Grid(
            heading="Hours a week for each user",
            rows=("municipality",),
            columns=(
                Column("municipality", "{municipality}"),
                Column("under 67", "{hours_under_67}"),
                Column("67 and over", "{hours_from_67}"),
                Column("the younger get", "{hours_ratio}"),
            ),
        ),
    ),
    caveats=(
        "The share of an age among users is no share of users within the age: it also moves with how many there are.",
        "What a user needs is measured by registration, and a gap in cost net of need is not all efficiency.",
    ),
)
