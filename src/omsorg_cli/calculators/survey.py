"""What a survey's answers amount to: persons and shares.

Who answers "2–5 persons" is counted with the middle of the class, and "over 20" with an assumed mean. In the survey of
2023 (table 18.7), 98 municipalities with their own places so give 1 179 persons if "over 20" means 40, and 894 if it
means 25; the open class alone, 19 answers, is 760 of the 1 179.

>>> answers, middles = [10, 7, 37, 14, 11, 19], [0, 1, 3.5, 8, 15.5, 40]
>>> sum(persons(replies=n, persons_each=x) for n, x in zip(answers, middles))
1179.0

Those who did not answer are counted as the others are, by the ratio of asked to answered. In a table, a count is a
share of those who answered and, where the table is of all, a share of all municipalities: there who did not answer
counts as no, so that it is a minimum. Of two options, how many buy either or both follows by inclusion and exclusion:
54 buy from one kind of provider, 45 from the other, and 321 − 243 from either (table 18.10), so 21 from both.

>>> both(first=54, second=45, either=321 - 243)
21

Left out: sampling. It is no random sample, so that there is no margin of error to reckon; the range of the open
class's mean is what `simulate` draws from. Persons of a year are more than persons at a time, and somebody may be
counted by two municipalities.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import nearest, unknown
from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure, same_as, summed
from omsorg_cli.core.helpers import ratio, rounded, total
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Inputs, Row, Whole, refuse
from omsorg_cli.core.quantities import (
    Asked,
    Decimals,
    Key,
    PersonsBound,
    PersonsMean,
    Reference,
    Respondents,
    ShareInput,
    Switch,
    default,
)
from omsorg_cli.core.quantities import Persons as PersonsInput
from omsorg_cli.core.units import Municipalities, Num, People, PersonsPerMunicipality, Ratio, Share
from omsorg_cli.core.view import Column, Grid

Answering = Annotated[StatedInput | None, Kind("", "choice", choices=("one", "several", "grouped"), example="one")]


class Answer(Row):
    """One class of the answers, such as 2–5 persons."""

    keys: ClassVar[tuple[str, ...]] = ("answer",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("replies",), ("reply_share",))

    answer: Key
    """The answer."""
    label: str | None = None
    """What people read."""
    replies: Respondents = Field(None, alias="count")
    """How many gave the answer."""
    reply_share: ShareInput = Field(None, alias="share")
    """The share who gave it, where the count is not known."""
    low: PersonsBound = Field()
    """The fewest persons that the answer means."""
    high: PersonsBound = None
    """The most persons that it means; an open class has none."""


class Question(Row):
    """A question of how many persons."""

    keys: ClassVar[tuple[str, ...]] = ("question",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("classes",), ("persons",), ("persons", "persons_at_other_mean"))
    optional: ClassVar[tuple[str, ...]] = ("compared_with", "open_mean", "other_open_mean")

    question: Key
    """The question."""
    label: str | None = None
    """What people read."""
    classes: list[Answer] = Field(default_factory=list)
    """The classes of the answers, the lowest first."""
    persons: PersonsInput = None
    """The published estimate, where no classes are printed."""
    persons_at_other_mean: PersonsInput = None
    """The published estimate with the other mean of the open class."""
    question_answers: Asked = Field(None, alias="answers")
    """How many answered; without it, those in the classes."""
    asked: Asked = None
    """How many were asked."""
    open_mean: PersonsMean = None
    """The persons that an answer in the open class is taken to mean."""
    other_open_mean: PersonsMean = None
    """The same, taken otherwise."""
    compared_with: Reference = None
    """The question whose persons are compared with."""

    def wholes(self) -> Iterator[Whole]:
        """The classes' shares of the replies."""
        shares = [one.reply_share for one in self.classes if one.reply_share]
        yield Whole("classes whose shares", ("classes",), shares)

    @model_validator(mode="after")
    def _classes_are_sound(self) -> Self:
        refuse((*_faults_of_question(self), *self.faults_of_shares()))
        return self


def _faults_of_question(item: Question) -> Iterator[tuple[Loc, str]]:
    replies = [one.replies.number for one in item.classes if one.replies]
    if item.question_answers and sum(replies) > item.question_answers.number:
        found = f"found {sum(replies):g} in the classes; allowed: at most the {item.question_answers.number:g} answers"
        yield ("classes",), found
    if item.asked and item.question_answers and item.question_answers.number > item.asked.number:
        found = f"found {item.question_answers.number:g}; allowed: at most the {item.asked.number:g} asked"
        yield ("answers",), found
    yield from _faults_of_bounds(item)
    yield from _faults_of_open(item)


def _faults_of_bounds(item: Question) -> Iterator[tuple[Loc, str]]:
    placed = sorted(enumerate(item.classes), key=lambda pair: _bounds(pair[1]))
    for index, one in placed:
        low, high = _bounds(one)
        if low > high:
            yield ("classes", index, "high"), f"found {high:g}, which is below low = {low:g}; allowed: at least {low:g}"
    for (_, one), (index, other) in pairwise(placed):
        (_, high), (low, _) = _bounds(one), _bounds(other)
        if low <= high:
            until = "is open" if one.high is None else f"reaches to {high:g}"
            told = f"found {low:g}, which overlaps {one.answer}: it {until}; allowed: classes that do not overlap"
            yield ("classes", index, "low"), told


def _bounds(item: Answer) -> tuple[float, float]:
    low = item.low.number if item.low else 0.0
    return low, float("inf") if item.high is None else item.high.number


def _faults_of_open(item: Question) -> Iterator[tuple[Loc, str]]:
    opened = [(index, one) for index, one in enumerate(item.classes) if one.high is None]
    for index, one in opened:
        if item.open_mean is None:
            told = "found an open class without a mean; allowed: high, or open_mean in the question"
            yield ("classes", index), told
        for name in ("open_mean", "other_open_mean"):
            mean = getattr(item, name)
            if mean is not None and one.low is not None and mean.number < one.low.number:
                yield (name,), f"found {mean.number:g}, below the open class; allowed: at least {one.low.number:g}"
    if item.classes and not opened:
        for name in ("open_mean", "other_open_mean"):
            if getattr(item, name) is not None:
                yield (name,), "has no effect without an open class"
    estimates, means = (item.persons, item.persons_at_other_mean), (item.open_mean, item.other_open_mean)
    if None not in (*estimates, *means):
        more, wider = (one.number - other.number for one, other in (estimates, means) if one and other)
        if more * wider < 0:
            told = "found fewer persons by the larger mean of the open class; allowed: more persons by the larger mean"
            yield ("persons_at_other_mean",), told


class Group(Row):
    """A row of a table: an option, or a group of municipalities."""

    keys: ClassVar[tuple[str, ...]] = ("group",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("count",), ("stated_share",), ("count", "stated_share"))
    optional: ClassVar[tuple[str, ...]] = ("group_answers",)

    group: Key
    """The row."""
    label: str | None = None
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
    label: str | None = None
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
        answers = one.group_answers or item.answers
        if not grouped and one.group_answers is not None:
            yield ("groups", index, "answers"), 'found without answering = "grouped"; allowed: answers in the table'
        if one.group_answers is not None and item.answers_from is not None:
            yield ("groups", index, "answers"), "found beside answers_from; allowed: one way to the answers"
        if one.count is not None and one.stated_share is not None and (answers or item.answers_from):
            yield ("groups", index, "share"), "found beside count and answers; allowed: two of the three"
        if one.count is not None and answers is not None and one.count.number > answers.number:
            told = f"found {one.count.number:g}; allowed: at most the {answers.number:g} answers"
            yield ("groups", index, "count"), told
    yield from _faults_of_sum(item)


def _faults_of_sum(item: SurveyTable) -> Iterator[tuple[Loc, str]]:
    """Where each gives one answer, there are no more answers than who answered."""
    if item.answering is None or item.answering.value != "one":
        return
    counts = sum(one.count.number for one in item.groups if one.count)
    if item.answers is not None and counts > item.answers.number:
        told = f"found counts that add up to {counts:g}; allowed: at most the {item.answers.number:g} answers"
        yield ("groups",), f'{told}, or answering = "several"'


class Pair(Row):
    """Two options of which each may be chosen, and how many chose either."""

    keys: ClassVar[tuple[str, ...]] = ("pair",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = tuple(
        ("first", "second", third) for third in ("neither", "either", "both")
    )

    pair: Key
    """The two options."""
    label: str | None = None
    """What people read."""
    first: Respondents = None
    """How many chose the first."""
    second: Respondents = None
    """How many chose the second."""
    neither: Annotated[StatedInput | None, Kind("municipalities", "count", low=0, example=200, usual=(0, 430))] = None
    """How many chose none of the two."""
    either: Respondents = None
    """How many chose the one, the other or both."""
    both: Respondents = None
    """How many chose both."""
    pair_answers: Asked = Field(None, alias="answers")
    """How many answered."""

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        refuse(_faults_of_pair(self))
        return self


def _faults_of_pair(item: Pair) -> Iterator[tuple[Loc, str]]:
    if item.first is None or item.second is None:
        return
    first, second = item.first.number, item.second.number
    answers = float("inf") if item.pair_answers is None else item.pair_answers.number
    least, most = max(first, second), min(first + second, answers)
    if least > answers:
        yield ("first" if first > answers else "second",), f"found {least:g}; allowed: at most the {answers:g} answers"
    elif item.either is not None and not least <= item.either.number <= most:
        yield ("either",), f"found {item.either.number:g}; allowed: from {least:g} to {most:g}"
    elif item.both is not None and not first + second - most <= item.both.number <= min(first, second):
        allowed = f"from {first + second - most:g} to {min(first, second):g}"
        yield ("both",), f"found {item.both.number:g}; allowed: {allowed}"
    elif item.neither is not None and answers < float("inf"):
        low, high = answers - most, answers - least
        if not low <= item.neither.number <= high:
            yield ("neither",), f"found {item.neither.number:g}; allowed: from {low:g} to {high:g}"


class Survey(Inputs):
    """Inputs of a survey."""

    municipalities: Asked = None
    """All municipalities and districts, whether they answered or not."""
    respondents: Asked = None
    """Those that answered the survey."""
    decimals: Decimals = default(0)
    """The decimals of per cent that shares are printed with."""
    questions: list[Question] = Field(default_factory=list)
    """The questions of how many persons."""
    tables: list[SurveyTable] = Field(default_factory=list)
    """The tables of counts."""
    pairs: list[Pair] = Field(default_factory=list)
    """The pairs of options."""

    @model_validator(mode="after")
    def _references_are_sound(self) -> Self:
        refuse(_faults_of_references(self))
        return self


def _faults_of_references(survey: Survey) -> Iterator[tuple[Loc, str]]:
    if not (survey.questions or survey.tables or survey.pairs):
        yield (), "found no questions, tables or pairs; allowed: at least one of them"
    if survey.municipalities and survey.respondents and survey.respondents.number > survey.municipalities.number:
        most = survey.municipalities.number
        yield ("respondents",), f"found {survey.respondents.number:g}; allowed: at most the {most:g} municipalities"
    questions = [item.question for item in survey.questions]
    for index, item in enumerate(survey.questions):
        if item.compared_with is not None:
            name, others = str(item.compared_with.value), [one for one in questions if one != item.question]
            if name not in others:
                yield ("questions", index, "compared_with"), unknown(name, others, "no other question")
    tables = {item.table: item for item in survey.tables}
    for index, table in enumerate(survey.tables):
        groups = sum(one.group_answers.number for one in table.groups if one.group_answers)
        answers = table.answers.number if table.answers else groups
        if survey.municipalities and answers > survey.municipalities.number:
            most = survey.municipalities.number
            yield ("tables", index), f"found {answers:g} who answered; allowed: at most the {most:g} municipalities"
        if table.answers_from is not None:
            for inside, told in _faults_of_answers_from(table, tables):
                yield ("tables", index, *inside), told


def _faults_of_answers_from(item: SurveyTable, tables: dict[str, SurveyTable]) -> Iterator[tuple[Loc, str]]:
    assert item.answers_from is not None
    name = str(item.answers_from.value)
    others = {key: one for key, one in tables.items() if key != item.table}
    if name not in others:
        yield ("answers_from",), unknown(name, others, "no other table")
        return
    known = {one.group: one for one in others[name].groups}
    for index, one in enumerate(item.groups):
        if one.group not in known:
            yield (
                ("groups", index, "group"),
                f"found {one.group}, which table {name} has not. {nearest(one.group, known)}",
            )
            continue
        most = known[one.group].count
        if one.count is not None and most is not None and one.count.number > most.number:
            told = f"found {one.count.number:g}; allowed: at most the {most.number:g} of table {name}"
            yield ("groups", index, "count"), told


QUESTION, ANSWER = ("question",), ("question", "answer")
TABLE, GROUP = ("table",), ("table", "group")
PAIR = ("pair",)
GROUPED = {"answering": "grouped"}
OF_ALL = {"of_all": True}


@figure("answered", per=[QUESTION])
def answered_as_stated(question_answers: Num) -> Municipalities:
    """How many answered."""
    return question_answers


@figure("answered", per=[QUESTION])
def answered_as_counted(replies: Series) -> Municipalities:
    """How many answered: all in the classes."""
    return total(replies)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("replies", per=[ANSWER])
def replies_of_share(reply_share: AsStated, answered: Num) -> Municipalities:
    """How many gave the answer, from their share."""
    return reply_share * answered


@figure("persons_each", per=[ANSWER])
def middle(low: Num, high: Num) -> PersonsPerMunicipality:
    """The persons that the answer is taken to mean: the middle of the class."""
    return (low + high) / 2


@figure("persons_each", per=[ANSWER])
def mean_of_open(open_mean: Num) -> PersonsPerMunicipality:
    """The persons that the open answer is taken to mean."""
    return open_mean


@figure("persons_each_at_other_mean", per=[ANSWER], step=True)
def middle_all_the_same(low: Num, high: Num) -> PersonsPerMunicipality:
    """The persons that the answer is taken to mean: the middle, whatever the open class means."""
    return (low + high) / 2


@figure("persons_each_at_other_mean", per=[ANSWER], step=True)
def other_mean_of_open(other_open_mean: Num) -> PersonsPerMunicipality:
    """The persons that the open answer is taken to mean otherwise."""
    return other_open_mean


@figure(per=[ANSWER])
def persons(replies: Num, persons_each: Num) -> People:
    """How many persons those who gave the answer stand for."""
    return replies * persons_each


@figure(per=[ANSWER])
def persons_at_other_mean(replies: Num, persons_each_at_other_mean: Num) -> People:
    """How many persons they stand for with the other mean of the open class."""
    return replies * persons_each_at_other_mean


@figure(per=[ANSWER])
def lowest_persons(replies: Num, low: Num) -> People:
    """How many persons they stand for at least: the low end of each class."""
    return replies * low


@figure(per=[ANSWER])
def highest_persons(replies: Num, high: Num) -> People:
    """How many persons they stand for at most: the high end of each class; an open one has none."""
    return replies * high


@figure(per=[ANSWER, QUESTION])
def rounded_persons(persons: Num) -> People:
    """The persons as they are printed."""
    return rounded(persons, 0)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def sum_of_rounded_persons(rounded_persons: Series) -> People:
    """What the printed persons of the classes add up to."""
    return total(rounded_persons)  # type: ignore[no-any-return]  # as above


@figure("open_replies", per=[ANSWER], step=True)
def not_open(replies: Num, high: Num) -> Municipalities:
    """None: the class has a high end."""
    return 0.0


@figure("open_replies", per=[ANSWER], step=True)
def replies_of_open(replies: Num) -> Municipalities:
    """How many gave the open answer."""
    return replies


@figure("open_replies", per=[QUESTION], no_answer="both means of the open class are the same")
def open_replies_between(
    persons: Num, persons_at_other_mean: Num, open_mean: Num, other_open_mean: Num
) -> Municipalities:
    """How many gave the open answer: what two estimates differ by, for each person that the means differ by."""
    return ratio(persons - persons_at_other_mean, open_mean - other_open_mean)  # type: ignore[no-any-return]  # a number, or no answer


@figure("open_persons", per=[ANSWER], step=True)
def no_persons_of_open(high: Num) -> People:
    """None: the class has a high end."""
    return 0.0


@figure("open_persons", per=[ANSWER, QUESTION], step=True)
def persons_of_open(open_replies: Num, open_mean: Num) -> People:
    """The persons that the open answers stand for."""
    return open_replies * open_mean


@figure("open_persons_at_other_mean", per=[ANSWER], step=True)
def no_persons_of_open_at_other_mean(high: Num) -> People:
    """None: the class has a high end."""
    return 0.0


@figure("open_persons_at_other_mean", per=[ANSWER, QUESTION], step=True)
def persons_of_open_at_other_mean(open_replies: Num, other_open_mean: Num) -> People:
    """The persons that the open answers stand for with the other mean."""
    return open_replies * other_open_mean


@figure(per=[QUESTION])
def open_share_of_persons(open_persons: Num, persons: Num) -> Share:
    """How much of the estimate is the open class: the assumption, and no answer."""
    return ratio(open_persons, persons)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def open_share_of_persons_at_other_mean(open_persons_at_other_mean: Num, persons_at_other_mean: Num) -> Share:
    """How much of the estimate is the open class with its other mean."""
    return ratio(open_persons_at_other_mean, persons_at_other_mean)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION], step=True)
def question_persons(persons: Num) -> People:
    """The persons of the question."""
    return persons


@figure(per=[QUESTION], step=True)
def question_persons_at_other_mean(persons_at_other_mean: Num) -> People:
    """The persons of the question with the other mean of the open class."""
    return persons_at_other_mean


@figure(per=[ANSWER])
def share_of_persons(persons: Num, question_persons: Num) -> Share:
    """The class's share of the persons."""
    return ratio(persons, question_persons)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_per_answer(persons: Num, answered: Num) -> PersonsPerMunicipality:
    """How many persons there are for each who answered."""
    return ratio(persons, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_per_answer_at_other_mean(persons_at_other_mean: Num, answered: Num) -> PersonsPerMunicipality:
    """How many persons there are for each who answered, with the other mean of the open class."""
    return ratio(persons_at_other_mean, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_if_all_answered(persons: Num, asked: Num, replies: Num) -> People:
    """How many persons there are if those who were asked and did not answer are as the others."""
    return ratio(persons * asked, replies)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_in_all_municipalities(persons_if_all_answered: Num, municipalities: Num, respondents: Num) -> People:
    """How many persons there are if municipalities that did not answer the survey are as the others."""
    return persons_if_all_answered * municipalities / respondents


Compared = Annotated[float, elsewhere(at_input={"question": "compared_with"})]


@figure(per=[QUESTION])
def persons_ratio(persons: Num, question_persons: Compared) -> Ratio:
    """The persons for each one of the question that is compared with."""
    return ratio(persons, question_persons)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_ratio_at_other_mean(persons_at_other_mean: Num, question_persons_at_other_mean: Compared) -> Ratio:
    """The same with the other mean of both open classes."""
    return ratio(persons_at_other_mean, question_persons_at_other_mean)  # type: ignore[no-any-return]  # as above


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
    return ratio(count, stated_share)  # type: ignore[no-any-return]  # as above


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


@figure("share_of_answers", per=[ANSWER, QUESTION])
def share_of_replies(replies: Num, answered: Num) -> Share:
    """The share of those who answered."""
    return ratio(replies, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[GROUP, TABLE])
def share_of_answers(count: Num, answered: Num) -> Share:
    """The share of those who answered; with several answers each, a table's is above 100 %."""
    return ratio(count, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[GROUP])
def other_share(others: Num, answered: Num) -> Share:
    """The share who answered something else."""
    return ratio(others, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[ANSWER, GROUP], step=True)
def rounded_share(share_of_answers: Num, decimals: Num) -> Share:
    """The share as it is printed."""
    return rounded(share_of_answers, decimals + 2)  # type: ignore[no-any-return]  # as above


@figure(per=[GROUP], when=OF_ALL)
def share_of_all(count: Num, municipalities: Num) -> Share:
    """The share of all municipalities, who did not answer counted as no: a minimum."""
    return count / municipalities


@figure(per=[TABLE], when=OF_ALL)
def answered_share_of_all(answered: Num, municipalities: Num) -> Share:
    """The share of all municipalities that those who answered are."""
    return answered / municipalities


@figure("either", per=[PAIR])
def either_but_neither(pair_answers: Num, neither: AsStated) -> Municipalities:
    """How many chose the one, the other or both: all but those who chose none."""
    return pair_answers - neither


@figure("either", per=[PAIR])
def either_by_both(first: Num, second: Num, both: AsStated) -> Municipalities:
    """How many chose the one, the other or both: those who chose both count once."""
    return first + second - both


@figure(per=[PAIR])
def both(first: Num, second: Num, either: Num) -> Municipalities:
    """How many chose both: by how many the two exceed those who chose either."""
    return first + second - either


@figure(per=[PAIR])
def neither(pair_answers: Num, either: Num) -> Municipalities:
    """How many chose none of the two."""
    return pair_answers - either


@figure(per=[PAIR])
def only_first(either: Num, second: Num) -> Municipalities:
    """How many chose the first alone."""
    return either - second


@figure(per=[PAIR])
def only_second(either: Num, first: Num) -> Municipalities:
    """How many chose the second alone."""
    return either - first


@figure(per=[PAIR])
def first_share(first: Num, pair_answers: Num) -> Share:
    """The share who chose the first."""
    return first / pair_answers


@figure(per=[PAIR])
def second_share(second: Num, pair_answers: Num) -> Share:
    """The share who chose the second."""
    return second / pair_answers


@figure(per=[PAIR])
def either_share(either: Num, pair_answers: Num) -> Share:
    """The share who chose the one, the other or both."""
    return either / pair_answers


@figure(per=[PAIR])
def both_share(both: Num, pair_answers: Num) -> Share:
    """The share who chose both."""
    return both / pair_answers


CALCULATOR = Calculator(
    name="survey",
    title="Survey",
    inputs=Survey,
    keys=(*ANSWER, *GROUP, *PAIR),
    scenario="survey2023",
    headlines=("persons", "share_of_answers", "share_of_all"),
    formulas=(
        answered_as_stated,
        answered_as_counted,
        replies_of_share,
        summed("replies", Municipalities, QUESTION),
        middle,
        mean_of_open,
        middle_all_the_same,
        other_mean_of_open,
        persons,
        summed("persons", People, QUESTION),
        persons_at_other_mean,
        summed("persons_at_other_mean", People, QUESTION),
        lowest_persons,
        summed("lowest_persons", People, QUESTION),
        highest_persons,
        summed("highest_persons", People, QUESTION),
        rounded_persons,
        sum_of_rounded_persons,
        not_open,
        replies_of_open,
        summed("open_replies", Municipalities, QUESTION),
        open_replies_between,
        no_persons_of_open,
        summed("open_persons", People, QUESTION, step=True),
        persons_of_open,
        no_persons_of_open_at_other_mean,
        summed("open_persons_at_other_mean", People, QUESTION, step=True),
        persons_of_open_at_other_mean,
        open_share_of_persons,
        open_share_of_persons_at_other_mean,
        question_persons,
        question_persons_at_other_mean,
        share_of_persons,
        persons_per_answer,
        persons_per_answer_at_other_mean,
        persons_if_all_answered,
        persons_in_all_municipalities,
        persons_ratio,
        persons_ratio_at_other_mean,
        counted_elsewhere,
        answered_in_group,
        answered_in_groups,
        answered_in_table,
        answered_by_share,
        count_of_share,
        summed("count", Municipalities, TABLE),
        others,
        others_in_groups,
        share_of_replies,
        share_of_answers,
        other_share,
        share_of_all,
        answered_share_of_all,
        rounded_share,
        summed("rounded_share", Share, QUESTION, TABLE, step=True),
        same_as("sum_of_rounded_shares", "rounded_share", Share, QUESTION),
        *(
            same_as("sum_of_rounded_shares", "rounded_share", Share, TABLE, when={"answering": answering})
            for answering in ("one", "several")
        ),
        either_but_neither,
        either_by_both,
        both,
        neither,
        only_first,
        only_second,
        first_share,
        second_share,
        either_share,
        both_share,
    ),
    views=(
        Grid(
            per=QUESTION,
            rows=("answer",),
            heading="{question}",
            columns=(
                Column("answer", "{answer:in all}"),
                Column("answers", "{replies:figures}", right=True),
                Column("share", "{share_of_answers}", right=True),
                Column("persons each", "{persons_each:figures}", right=True),
                Column("persons", "{persons:figures}", right=True),
                Column("of the persons", "{share_of_persons}", right=True),
            ),
            below=(
                "{persons} ({persons_per_answer}) with the open class taken as {open_mean}.",
                "{persons_at_other_mean} ({persons_per_answer_at_other_mean}) with {other_open_mean}.",
                "At least {lowest_persons}; {open_share_of_persons} of the estimate is the open class.",
                "If all who were asked had answered as the others: {persons_if_all_answered}.",
                "If those who did not answer the survey are as the others too: {persons_in_all_municipalities}.",
                "The two estimates differ by {open_replies} in the open class.",
                "It is {persons_ratio} of what it is compared with, {persons_ratio_at_other_mean} with the other mean.",
            ),
        ),
        Grid(
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
        ),
        Grid(
            rows=PAIR,
            heading="Either or both of two options",
            columns=(
                Column("", "{pair}"),
                Column("first", "{first} {first_share:aside}"),
                Column("second", "{second} {second_share:aside}"),
                Column("either", "{either} {either_share:aside}"),
                Column("both", "{both} {both_share:aside}"),
            ),
        ),
    ),
    caveats=(
        "It is no random sample: who did not answer may differ from who did.",
        "A share of all counts who did not answer as no, so that it is a minimum.",
        "Persons of a year are more than persons at a time, and one may be counted twice.",
    ),
)
