"""The tables of a survey: counts, and how many answered what they are counts of."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure, summed
from omsorg_cli.core.helpers import ratio, total
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Row, Whole, refuse
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
from omsorg_cli.core.view import Column, Grid

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
    """What people read."""
    count: Respondents = None
    """How many chose the option, or said yes in the group."""
    group_answers: Asked = Field(None, alias="answers")
    """How many answered in the group, where the rows are groups."""
    stated_share: ShareInput = Field(None, alias="share")
    """The printed share, where the count or the number of answers is not known."""


class SurveyTable(Row):
    """A table of counts, and what they are shares of."""

    keys: ClassVar[tuple[str, ...]] = ("table",)
    optional: ClassVar[tuple[str, ...]] = ("answers_from",)

    table: Key
    """The table."""
    label: Label = None
    """What people read."""
    answering: Answering = default("one")
    """Whether each gives one answer (one), may give several (several), or belongs to one row (grouped)."""
    answers: Asked = None
    """How many answered: what the counts are shares of."""
    answers_from: Reference = None
    """The table whose counts are how many answered, row by row."""
    of_all: Switch = default(False)
    """Whether the shares of all municipalities are told too."""
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
        yield ("answers",), 'found beside answering = "grouped"; allowed: answers in each row'
    if not grouped and item.answers_from is not None:
        yield ("answers_from",), 'has no effect without answering = "grouped"'
    for index, one in enumerate(item.groups):
        if not grouped and one.group_answers is not None:
            yield ("groups", index, "answers"), 'found without answering = "grouped"; allowed: answers in the table'
        for name, told in _faults_of_group(one, item):
            yield ("groups", index, name), told
    yield from _faults_of_sum(item)


def _faults_of_group(one: Group, table: SurveyTable) -> Iterator[tuple[str, str]]:
    """What is wrong in a row, by the input that is at fault."""
    answers = one.group_answers or table.answers
    if one.group_answers is not None and table.answers_from is not None:
        yield "answers", "found beside answers_from; allowed: one way to the answers"
    if one.count is None:
        return
    if one.stated_share is not None and (answers or table.answers_from):
        yield "share", "found beside count and answers; allowed: two of the three"
    if answers is not None and one.count.number > answers.number:
        yield "count", f"found {one.count.number:g}; allowed: at most the {answers.number:g} answers"


def _faults_of_sum(item: SurveyTable) -> Iterator[tuple[Loc, str]]:
    """Where each gives one answer, there are no more answers than who answered."""
    if item.answering is None or item.answering.value != "one":
        return
    counts = sum(one.count.number for one in item.groups if one.count)
    if item.answers is not None and counts > item.answers.number:
        told = f"found counts that add up to {counts:g}; allowed: at most the {item.answers.number:g} answers"
        yield ("groups",), f'{told}, or answering = "several"'


@figure("answered", per=[GROUP])
def counted_elsewhere(count: Annotated[float, elsewhere(at_input={"table": "answers_from"})]) -> Municipalities:
    """How many could answer: the count of the same row in another table."""
    return count


@figure("answered", per=[GROUP])
def answered_in_group(group_answers: Num) -> Municipalities:
    """How many answered in the group."""
    return group_answers


@figure("answered", per=[GROUP, TABLE])
def answered_in_table(answers: Num) -> Municipalities:
    """How many answered."""
    return answers


@figure("answered", per=[GROUP])
def answered_by_share(count: Num, stated_share: Num) -> Municipalities:
    """How many there are to be a share of: the count is that share of them."""
    return ratio(count, stated_share)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("answered", per=[TABLE], when=GROUPED)
def answered_in_groups(answered: Series) -> Municipalities:
    """How many answered in all groups."""
    return total(answered)  # type: ignore[no-any-return]  # as above


@figure("count", per=[GROUP])
def count_of_share(stated_share: AsStated, answered: Num) -> Municipalities:
    """How many it is, from the printed share."""
    return stated_share * answered


@figure(per=[GROUP])
def others(answered: Num, count: Num) -> Municipalities:
    """How many answered something else."""
    return answered - count


@figure("others", per=[TABLE], when=GROUPED)
def others_in_groups(answered: Num, count: Num) -> Municipalities:
    """How many answered something else in all groups."""
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
        Column("", "{group:in all}"),
        Column("count", "{count:figures}", right=True),
        Column("of", "{answered:figures}", right=True),
        Column("share", "{share_of_answers}", right=True),
        Column("of all", "{share_of_all}", right=True),
    ),
    below=(
        "Who answered are {answered_share_of_all} of all municipalities.",
        "As printed, the shares add up to {sum_of_rounded_shares}.",
    ),
)
