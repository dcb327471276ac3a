"""The tables of a survey: counts, and the number that answered."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure, summed
from omsorg_cli.core.helpers import ratio, rounded, total
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Row, Whole, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    Asked,
    Key,
    Label,
    Reference,
    Respondents,
    ShareInput,
    Switch,
    default,
)
from omsorg_cli.core.units import Municipalities, Num
from omsorg_cli.core.view import BySign, Column, Grid, Lines

Answering = Annotated[StatedInput | None, Kind("", "choice", choices=("one", "several", "grouped"), example="one")]

TABLE, GROUP = ("table",), ("table", "group")
GROUPED = {"answering": "grouped"}


class Group(Row):
    """A row of a table: an option, or a group of municipalities."""

    keys: ClassVar[tuple[str, ...]] = ("group",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("count",), ("stated_share",), ("count", "stated_share"))
    optional: ClassVar[tuple[str, ...]] = ("group_answers",)

    group: Key
    """The row."""
    label: Label = None
    """The row's name in tables."""
    count: Respondents = None
    """The number that chose the option, or said yes in the group."""
    group_answers: Asked = Field(None, alias="answers")
    """The number that answered in the group, where the rows are groups."""
    stated_share: ShareInput = Field(None, alias="share")
    """The published share, where the count or the number of answers is not known."""


class SurveyTable(Row):
    """A table of counts, and the number that answered."""

    keys: ClassVar[tuple[str, ...]] = ("table",)
    optional: ClassVar[tuple[str, ...]] = ("answers_from",)

    table: Key
    """The table."""
    label: Label = None
    """The table's name in headings."""
    answering: Answering = default("one")
    """Whether each gives one answer (one), may give several answers (several) or belongs to one row (grouped)."""
    answers: Asked = None
    """The number that answered: the counts are shares of it."""
    answers_from: Reference = None
    """The table whose counts are the number that answered, row by row."""
    of_all: Switch = default(False)
    """Whether shares of all municipalities are shown too."""
    groups: list[Group] = Field(min_length=1)
    """The rows."""

    def wholes(self) -> Iterator[Whole]:
        """The rows' shares, where each who answers gives one answer."""
        if self.answering is not None and self.answering.value == "one":
            shares = [one.stated_share for one in self.groups if one.stated_share]
            yield Whole("shares that", ("groups",), shares, hint=', or answering = "several"')

    def answers_of_groups(self) -> float:
        """How many answered in all the rows that say so."""
        return sum(one.group_answers.number for one in self.groups if one.group_answers)

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        refuse((*_faults_of_table(self), *self.faults_of_shares()))
        return self


def _faults_of_table(item: SurveyTable) -> Iterator[tuple[Loc, str]]:
    grouped = item.answering is not None and item.answering.value == "grouped"
    if grouped and item.answers is not None:
        yield ("answers",), say('found with answering = "grouped"; allowed: answers in each row')
    if not grouped and item.answers_from is not None:
        yield ("answers_from",), say('has no effect without answering = "grouped"')
    for index, one in enumerate(item.groups):
        if not grouped and one.group_answers is not None:
            told = say('found without answering = "grouped"; allowed: answers in the table')
            yield ("groups", index, "answers"), told
        for name, fault in _faults_of_group(one, item):
            yield ("groups", index, name), fault
    yield from _faults_of_sum(item)


def _faults_of_group(one: Group, table: SurveyTable) -> Iterator[tuple[str, str]]:
    """What is wrong in a row, by the input that is at fault."""
    answers = one.group_answers or table.answers
    if one.group_answers is not None and table.answers_from is not None:
        yield "answers", say("found together with answers_from; allowed: one of the two")
    if one.count is None:
        return
    if one.stated_share is not None and (answers or table.answers_from):
        yield "share", say("found together with count and answers; allowed: two of the three")
    if answers is not None and one.count.number > answers.number:
        found = f"{one.count.number:g}"
        yield (
            "count",
            say("found {found}; allowed: at most the {most} answers", found=found, most=f"{answers.number:g}"),
        )


def _faults_of_sum(item: SurveyTable) -> Iterator[tuple[Loc, str]]:
    """Where each gives one answer, there are no more answers than who answered."""
    if item.answering is None or item.answering.value != "one":
        return
    counts = sum(one.count.number for one in item.groups if one.count)
    if item.answers is not None and counts > item.answers.number:
        told = say(
            'found counts that add up to {sum}; allowed: at most the {most} answers, or answering = "several"',
            sum=f"{counts:g}",
            most=f"{item.answers.number:g}",
        )
        yield ("groups",), told


@figure("answered", per=[GROUP])
def counted_elsewhere(count: Annotated[float, elsewhere(at_input={"table": "answers_from"})]) -> Municipalities:
    """The number that could answer: the count in the same row of another table."""
    return count


@figure("answered", per=[GROUP])
def answered_in_group(group_answers: Num) -> Municipalities:
    """The number that answered in the group."""
    return group_answers


@figure("answered", per=[GROUP, TABLE])
def answered_in_table(answers: Num) -> Municipalities:
    """The number that answered."""
    return answers


@figure("answered", per=[GROUP])
def answered_by_share(count: Num, stated_share: Num) -> Municipalities:
    """The number that answered: the count divided by its share."""
    return ratio(count, stated_share)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("answered", per=[TABLE], when=GROUPED)
def answered_in_groups(answered: Series) -> Municipalities:
    """The number that answered in all groups."""
    return total(answered)  # type: ignore[no-any-return]  # as above


@figure("count", per=[GROUP])
def count_of_share(stated_share: AsStated, answered: Num) -> Municipalities:
    """The number, from the published share, which is rounded: a whole number."""
    return rounded(stated_share * answered, 0)  # type: ignore[no-any-return]  # as above


@figure(per=[GROUP])
def others(answered: Num, count: Num) -> Municipalities:
    """The number that answered something else."""
    return answered - count


@figure("others", per=[TABLE], when=GROUPED)
def others_in_groups(answered: Num, count: Num) -> Municipalities:
    """The number that answered something else in all groups."""
    return answered - count


FORMULAS = (
    counted_elsewhere,
    answered_in_group,
    answered_in_groups,
    answered_in_table,
    answered_by_share,
    count_of_share,
    summed("count", Municipalities, TABLE),
    others,
    others_in_groups,
)
VIEW = Grid(
    per=TABLE,
    rows=("group",),
    heading="{table}",
    columns=(
        Column("", "{group:total}"),
        Column("number", "{count:counted}", right=True),
        Column("out of", "{answered:counted}", right=True),
        Column("share", "{share_of_answers}", right=True),
        Column("share of all", "{share_of_all}", right=True),
        Column("", "", bar="share_of_answers"),
    ),
    below=(
        "The answers are from {answered_share_of_all} of all municipalities.",
        "As rounded in print, the shares add up to {sum_of_rounded_shares:unless_whole}.",
    ),
)
ANSWERED = Lines(
    per=TABLE,
    templates=(
        BySign(
            "others",
            "{table}: {count:counted} of {answered:counted}, or {share_of_answers}.",
            "",
            "{table}: all {answered:counted}.",
        ),
    ),
)
