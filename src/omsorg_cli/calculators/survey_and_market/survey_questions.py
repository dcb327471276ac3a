"""The questions of a survey of how many persons: classes of answers, and the persons that they stand for."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure, summed
from omsorg_cli.core.helpers import ratio, rounded, total
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Row, Whole, refuse
from omsorg_cli.core.quantities import (
    Asked,
    Key,
    Label,
    PersonsBound,
    PersonsMean,
    Reference,
    Respondents,
    ShareInput,
    no_rows,
)
from omsorg_cli.core.quantities import Persons as PersonsInput
from omsorg_cli.core.units import Municipalities, Num, People, PersonsPerMunicipality, Ratio, Share
from omsorg_cli.core.view import Column, Grid

QUESTION, ANSWER = ("question",), ("question", "answer")


class Answer(Row):
    """One class of the answers, such as 2–5 persons."""

    keys: ClassVar[tuple[str, ...]] = ("answer",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("replies",), ("reply_share",))

    answer: Key
    """The answer."""
    label: Label = None
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
    label: Label = None
    """What people read."""
    classes: list[Answer] = Field(default_factory=no_rows)
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


FORMULAS = (
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
)
VIEW = Grid(
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
)
