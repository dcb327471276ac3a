"""Users by group, and their cost after adjusting for need.

The three tables are independent. A profile is the shares of groups, such as age groups: each group grows, and the
shares are recalculated. In the audit of Bærum (2017, fn. 53 and 3.5.2) 57%, 14% and 29% of users with extensive need in
2007 were in three age groups, which grew by 38%, 58% and 113%. In 2016 the shares are 48%, 14% and 38%, and there are
63% more users.

>>> grown = [grown_part(share, growth) for share, growth in ((0.57, 0.38), (0.14, 0.58), (0.29, 1.13))]
>>> [round(grown_share(one, sum(grown)), 2) for one in grown], round(profile_growth(sum(grown), share_sum=1), 2)
([0.48, 0.14, 0.38], 0.63)

One group may be the remainder of its profile. Shares that add up to less than 1 are treated as covering the stated
groups only; shares that add up to more than 1, beyond rounding, are refused. A gap in cost per user consists of a gap
in need per user and a remainder; a gap per inhabitant consists of the gap per user and the gap in coverage. Hours of
younger users are compared with hours of older users. The number of users and the causes of growth are not included.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator, Caveat
from omsorg_cli.core.figure import AsStated, Series, figure
from omsorg_cli.core.helpers import ratio, total
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import TOLERANCE, Inputs, Row, Whole, refuse
from omsorg_cli.core.language import say
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
from omsorg_cli.core.view import BySign, Column, Grid, Lines


class ProfileGroup(Row):
    """A group of a profile, such as an age."""

    keys: ClassVar[tuple[str, ...]] = ("profile", "group")
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("share",), ("rest",))

    profile: Key
    """The profile."""
    group: Key
    """The group, such as an age group."""
    label: Label = None
    """The profile's name in tables and sentences."""
    share: ShareInput = None
    """The group's share of the profile."""
    rest: Switch = None
    """Whether the group is the remainder of the profile."""
    growth: Growth = None
    """The group's growth, as a share of its size before; negative where it shrinks."""


USERS = "cost_gap_per_user"


class UserGap(Row):
    """Cost, need and coverage of a group's users compared with a comparator."""

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
    """The comparator: the mean of a network, a municipality or a group."""
    group: Key
    """The group, such as an age group."""
    label: Label = None
    """The comparator's name in tables and sentences."""
    cost_gap_per_user: GapShare = None
    """Cost per user above the comparator's, as a share of the comparator's."""
    need_gap_per_user: GapShare = None
    """Need per user above the comparator's, as a share of the comparator's."""
    cost_gap_per_inhabitant: GapShare = None
    """Cost per inhabitant of the group above the comparator's, as a share of the comparator's."""
    own_coverage: UsersPerThousand = None
    """The municipality's users per 1 000 inhabitants of the group."""
    base_coverage: UsersPerThousand = None
    """The comparator's users per 1 000 inhabitants of the group."""


class HoursByAge(Row):
    """The hours granted in a municipality, by age."""

    keys: ClassVar[tuple[str, ...]] = ("municipality",)

    municipality: Key
    """The municipality."""
    label: Label = None
    """The municipality's name in tables and sentences."""
    hours_under_67: HoursPerWeek = Field(None, alias="under_67")
    """Hours granted per user under 67 per week."""
    hours_from_67: HoursPerWeek = Field(None, alias="from_67")
    """Hours granted per user aged 67 and over per week."""


class NeedsProfile(Inputs):
    """Inputs of the needs profile."""

    profiles: list[ProfileGroup] = Field(default_factory=no_rows)
    """The groups of the profiles."""
    gaps: list[UserGap] = Field(default_factory=no_rows)
    """The gaps to a comparator, by group."""
    hours: list[HoursByAge] = Field(default_factory=no_rows)
    """Hours by age, for each municipality."""

    @model_validator(mode="after")
    def _profiles_are_sound(self) -> Self:
        profiles: defaultdict[str, list[tuple[int, ProfileGroup]]] = defaultdict(list)
        for index, item in enumerate(self.profiles):
            profiles[item.profile].append((index, item))
        if not (self.profiles or self.gaps or self.hours):
            refuse([((), say("found no profiles, gaps or hours; allowed: at least one of them"))])
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
        found = {"profile": item.profile, "sum": f"{whole.sum:.6g}", "rounding": f"{rounding:g}"}
        told = (
            say(
                "found shares of {profile} that add up to {sum}; allowed: at most 1, plus {rounding} for rounding",
                **found,
            )
            if rounding
            else say("found shares of {profile} that add up to {sum}; allowed: at most 1", **found)
        )
        yield ("profiles", last, "share"), told
    for index in rests[1:]:
        told = say("found a second group that is the rest of {profile}; allowed: one", profile=item.profile)
        yield ("profiles", index, "rest"), told


PROFILE, GROUP = ("profile",), ("profile", "group")


@figure(step=True)
def known_share(share: AsStated) -> Share:
    """The share as stated."""
    return share


@figure("known_share", per=[GROUP], when={"rest": True}, step=True)
def nothing_known() -> Share:
    """No share is stated for the remainder."""
    return 0.0


@figure(per=[PROFILE], step=True)
def known_sum(known_share: Series) -> Share:
    """The sum of the stated shares."""
    return total(known_share)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("share", per=[GROUP], when={"rest": True})
def rest_of_profile(known_sum: Num) -> Share:
    """The group's share of the profile: the remainder after the other groups."""
    return 1 - known_sum


@figure(per=[PROFILE])
def share_sum(share: Series) -> Share:
    """The sum of the shares of the profile: 1, except for rounding, where all groups are included."""
    return total(share)  # type: ignore[no-any-return]  # as above


@figure(step=True)
def grown_part(share: Num, growth: Num) -> Share:
    """The group after growth, as a share of the profile before growth."""
    return share * (1 + growth)


@figure(per=[PROFILE], step=True)
def grown_sum(grown_part: Series) -> Share:
    """The profile after growth, as a share of the profile before growth."""
    return total(grown_part)  # type: ignore[no-any-return]  # as above


@figure(only_with=("growth",))
def grown_share(grown_part: Num, grown_sum: Num) -> Share:
    """The group's share of the profile after growth."""
    return ratio(grown_part, grown_sum)  # type: ignore[no-any-return]  # a number, or no answer


@figure(only_with=("growth",))
def growth_contribution(share: Num, growth: Num, share_sum: Num) -> Share:
    """The group's contribution to the growth of the profile."""
    return share * growth / share_sum


@figure(per=[PROFILE], only_with=("growth",))
def profile_growth(grown_sum: Num, share_sum: Num) -> Share:
    """The growth of the whole profile: the growth of each group weighted by its share."""
    return grown_sum / share_sum - 1


def cost_gap_net_of_need(cost_gap_per_user: Num, need_gap_per_user: Num) -> Share:
    """Cost per user above the comparator's for the same need, as a share of the comparator's.

    >>> round(cost_gap_net_of_need(cost_gap_per_user=0.49, need_gap_per_user=0.08), 4)
    0.3796
    """
    return (1 + cost_gap_per_user) / (1 + need_gap_per_user) - 1


@figure("coverage_ratio")
def coverage_from_gaps(cost_gap_per_inhabitant: Num, cost_gap_per_user: Num) -> Ratio:
    """The coverage rate of the group relative to the comparator's: cost per inhabitant divided by cost per user."""
    return (1 + cost_gap_per_inhabitant) / (1 + cost_gap_per_user)


@figure("coverage_ratio")
def coverage_from_users(own_coverage: Num, base_coverage: Num) -> Ratio:
    """The coverage rate of the group relative to the comparator's."""
    return own_coverage / base_coverage


def coverage_gap(coverage_ratio: Num) -> Share:
    """The coverage rate of the group above the comparator's, as a share; negative where it is below."""
    return coverage_ratio - 1


def hours_ratio(hours_under_67: Num, hours_from_67: Num) -> Times:
    """Hours granted to younger users as a multiple of the hours granted to older users."""
    return ratio(hours_under_67, hours_from_67)  # type: ignore[no-any-return]  # as above


CALCULATOR = Calculator(
    name="needs-profile",
    title="Needs profile",
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
    subject="{municipality} {year}: users and cost by group",
    answer=(
        Lines(
            per=("base", "group"),
            templates=(
                BySign(
                    "cost_gap_net_of_need",
                    "{group}: for the same need, a user costs {cost_gap_net_of_need:size} more than in {base!s}.",
                    "{group}: for the same need, a user costs {cost_gap_net_of_need:size} less than in {base!s}.",
                    "{group}: for the same need, a user costs as much as in {base!s}.",
                ),
            ),
        ),
        Lines(
            per=PROFILE,
            templates=(
                BySign(
                    "profile_growth",
                    "{profile}: the number of users grew by {profile_growth:size}.",
                    "{profile}: the number of users fell by {profile_growth:size}.",
                    "{profile}: the number of users did not change.",
                ),
            ),
        ),
    ),
    views=(
        Grid(
            per=("base",),
            heading="Compared with {base}",
            rows=("group",),
            columns=(
                Column("group", "{group}"),
                Column("cost per user", "{cost_gap_per_user:above}", right=True),
                Column("for the same need", "{cost_gap_net_of_need:above}", right=True),
                Column("coverage rate", "{coverage_gap:above}", right=True),
            ),
        ),
        Grid(
            heading="Hours a week per user",
            rows=("municipality",),
            columns=(
                Column("municipality", "{municipality}"),
                Column("under 67", "{hours_under_67:number1}", right=True),
                Column("67 and over", "{hours_from_67:number1}", right=True),
                Column("under 67, relative to 67 and over", "{hours_ratio}", right=True),
            ),
        ),
        Grid(
            per=("profile",),
            heading="{profile}",
            rows=("group",),
            columns=(
                Column("group", "{group}"),
                Column("share", "{share}", right=True),
                Column("growth", "{growth:change}", right=True),
                Column("share after growth", "{grown_share}", right=True),
                Column("contribution to growth", "{growth_contribution:points}", right=True),
                Column("", "", bar="share"),
            ),
            below=("The shares add up to {share_sum:unless_whole}.",),
        ),
    ),
    labels={
        "0-66": "0–66 years",
        "67-79": "67–79 years",
        "67_plus": "67 years and over",
        "80_plus": "80 years and over",
        "base_coverage": "comparator's coverage rate",
        "cost_gap_net_of_need": "cost gap for same need",
        "cost_gap_per_inhabitant": "cost gap per inhabitant",
        "cost_gap_per_user": "cost gap per user",
        "coverage_gap": "gap in coverage rate",
        "coverage_ratio": "coverage relative to comparator",
        "dementia": "With dementia",
        "extensive": "extensive need",
        "gaps": "gaps by group",
        "grown_part": "group after growth",
        "grown_share": "share after growth",
        "grown_sum": "profile after growth",
        "growth_contribution": "contribution to growth",
        "hours": "hours by age",
        "hours_from_67": "hours, 67 and over",
        "hours_ratio": "younger users' hours, relative",
        "hours_under_67": "hours, under 67",
        "known_share": "stated share",
        "known_sum": "sum of stated shares",
        "limited": "limited need",
        "medium": "medium need",
        "need_gap_per_user": "need gap per user",
        "own_coverage": "own coverage rate",
        "profile_growth": "growth in all users",
        "rest": "remainder of the profile",
        "share_sum": "sum of the shares",
        "without_dementia": "Without dementia",
    },
    caveats=(
        Caveat(
            "The share of an age group among users is not the share of that age group who are users: it also depends "
            "on the size of the age group.",
            "grown_share",
            "coverage_gap",
        ),
        Caveat(
            "Need per user is as registered; a cost gap that remains for the same need is not all inefficiency.",
            "cost_gap_net_of_need",
        ),
    ),
)
