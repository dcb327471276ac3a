"""The questions of a survey about numbers of persons: classes of answers, and the persons that they represent."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import AsStated, Series, elsewhere, figure, summed
from omsorg_cli.core.helpers import ratio, rounded, total
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Row, Whole, refuse
from omsorg_cli.core.language import say
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
from omsorg_cli.core.view import BySign, Column, Grid, Lines

QUESTION, ANSWER = ("question",), ("question", "answer")


class Answer(Row):
    """One class of answers, such as 2–5 persons."""

    keys: ClassVar[tuple[str, ...]] = ("answer",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("replies",), ("reply_share",))

    answer: Key
    """The class of answers."""
    label: Label = None
    """The class's name in tables."""
    replies: Respondents = Field(None, alias="count")
    """The number of answers in the class."""
    reply_share: ShareInput = Field(None, alias="share")
    """The published share of answers in the class, where the number is not known."""
    low: PersonsBound = Field()
    """The fewest persons in the class."""
    high: PersonsBound = None
    """The most persons in the class; an open class has no upper limit."""


class Question(Row):
    """A question about a number of persons."""

    keys: ClassVar[tuple[str, ...]] = ("question",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = (("classes",), ("persons",), ("persons", "persons_at_other_mean"))
    optional: ClassVar[tuple[str, ...]] = ("compared_with", "open_mean", "other_open_mean")

    question: Key
    """The question."""
    label: Label = None
    """The question's name in headings and sentences."""
    classes: list[Answer] = Field(default_factory=no_rows)
    """The classes of answers, the lowest first."""
    persons: PersonsInput = None
    """The published estimate, where the classes are not published."""
    persons_at_other_mean: PersonsInput = None
    """The published estimate with the other mean of the open class."""
    question_answers: Asked = Field(None, alias="answers")
    """The number that answered; the default is the sum of the classes."""
    asked: Asked = None
    """The number that were asked."""
    open_mean: PersonsMean = None
    """The assumed mean number of persons in the open class."""
    other_open_mean: PersonsMean = None
    """Another assumed mean of the open class, for comparison."""
    compared_with: Reference = None
    """The question to compare the number of persons with."""

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
        told = say(
            "found {found} in the classes; allowed: at most the {most} answers",
            found=f"{sum(replies):g}",
            most=f"{item.question_answers.number:g}",
        )
        yield ("classes",), told
    if item.asked and item.question_answers and item.question_answers.number > item.asked.number:
        answers, asked = f"{item.question_answers.number:g}", f"{item.asked.number:g}"
        yield ("answers",), say("found {found}; allowed: at most the {most} asked", found=answers, most=asked)
    yield from _faults_of_bounds(item)
    yield from _faults_of_open(item)


def _faults_of_bounds(item: Question) -> Iterator[tuple[Loc, str]]:
    placed = sorted(enumerate(item.classes), key=lambda pair: _bounds(pair[1]))
    for index, one in placed:
        low, high = _bounds(one)
        if low > high:
            told = say(
                "found {high}, which is below low = {low}; allowed: at least {low}", high=f"{high:g}", low=f"{low:g}"
            )
            yield ("classes", index, "high"), told
    for (_, one), (index, other) in pairwise(placed):
        (_, high), (low, _) = _bounds(one), _bounds(other)
        if low <= high:
            found = {"low": f"{low:g}", "other": one.answer, "high": f"{high:g}"}
            told = (
                say("found {low}, which overlaps {other}, an open class; allowed: classes that do not overlap", **found)
                if one.high is None
                else say(
                    "found {low}, which overlaps {other}, up to {high}; allowed: classes that do not overlap", **found
                )
            )
            yield ("classes", index, "low"), told


def _bounds(item: Answer) -> tuple[float, float]:
    low = item.low.number if item.low else 0.0
    return low, float("inf") if item.high is None else item.high.number


def _faults_of_open(item: Question) -> Iterator[tuple[Loc, str]]:
    opened = [(index, one) for index, one in enumerate(item.classes) if one.high is None]
    for index, one in opened:
        if item.open_mean is None:
            yield (
                ("classes", index),
                say("found an open class without a mean; allowed: high, or open_mean in the question"),
            )
        for name in ("open_mean", "other_open_mean"):
            mean = getattr(item, name)
            if mean is not None and one.low is not None and mean.number < one.low.number:
                found = {"mean": f"{mean.number:g}", "low": f"{one.low.number:g}"}
                yield (name,), say("found {mean}, which is below the open class; allowed: at least {low}", **found)
    if item.classes and not opened:
        for name in ("open_mean", "other_open_mean"):
            if getattr(item, name) is not None:
                yield (name,), say("has no effect without an open class")
    estimates, means = (item.persons, item.persons_at_other_mean), (item.open_mean, item.other_open_mean)
    if None not in (*estimates, *means):
        more, wider = (one.number - other.number for one, other in (estimates, means) if one and other)
        if more * wider < 0:
            told = say("found fewer persons with the larger mean of the open class; allowed: more with the larger mean")
            yield ("persons_at_other_mean",), told


@figure("answered", per=[QUESTION])
def answered_as_stated(question_answers: Num) -> Municipalities:
    """The number that answered."""
    return question_answers


@figure("answered", per=[QUESTION])
def answered_as_counted(replies: Series) -> Municipalities:
    """The number that answered: the sum of the classes."""
    return total(replies)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("replies", per=[ANSWER])
def replies_of_share(reply_share: AsStated, answered: Num) -> Municipalities:
    """The number of answers in the class, from the published share, which is rounded: a whole number."""
    return rounded(reply_share * answered, 0)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("persons_each", per=[ANSWER])
def middle(low: Num, high: Num) -> PersonsPerMunicipality:
    """Persons per answer: the midpoint of the class."""
    return (low + high) / 2


@figure("persons_each", per=[ANSWER])
def mean_of_open(open_mean: Num) -> PersonsPerMunicipality:
    """Persons per answer in the open class: the assumed mean."""
    return open_mean


@figure("persons_each_at_other_mean", per=[ANSWER], step=True)
def middle_all_the_same(low: Num, high: Num) -> PersonsPerMunicipality:
    """Persons per answer: the midpoint of the class, whatever the mean of the open class."""
    return (low + high) / 2


@figure("persons_each_at_other_mean", per=[ANSWER], step=True)
def other_mean_of_open(other_open_mean: Num) -> PersonsPerMunicipality:
    """Persons per answer in the open class: the other assumed mean."""
    return other_open_mean


@figure(per=[ANSWER])
def persons(replies: Num, persons_each: Num) -> People:
    """The estimated number of persons in the class: answers times persons per answer."""
    return replies * persons_each


@figure(per=[ANSWER])
def persons_at_other_mean(replies: Num, persons_each_at_other_mean: Num) -> People:
    """The estimated number of persons with the other mean of the open class."""
    return replies * persons_each_at_other_mean


@figure(per=[ANSWER])
def lowest_persons(replies: Num, low: Num) -> People:
    """The fewest possible persons: the low end of each class."""
    return replies * low


@figure(per=[ANSWER])
def highest_persons(replies: Num, high: Num) -> People:
    """The most possible persons: the high end of each class; an open class has none."""
    return replies * high


@figure(per=[ANSWER, QUESTION])
def rounded_persons(persons: Num) -> People:
    """The persons as rounded in print."""
    return rounded(persons, 0)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def sum_of_rounded_persons(rounded_persons: Series) -> People:
    """The sum of the rounded persons in the classes."""
    return total(rounded_persons)  # type: ignore[no-any-return]  # as above


@figure("open_replies", per=[ANSWER], step=True)
def not_open(replies: Num, high: Num) -> Municipalities:
    """The open class's part: zero for a class that has an upper limit."""
    return 0.0


@figure("open_replies", per=[ANSWER], step=True)
def replies_of_open(replies: Num) -> Municipalities:
    """The number of answers in the open class."""
    return replies


@figure("open_replies", per=[QUESTION], no_answer="both means of the open class are the same")
def open_replies_between(
    persons: Num, persons_at_other_mean: Num, open_mean: Num, other_open_mean: Num
) -> Municipalities:
    """The number of answers in the open class: the gap between the estimates divided by the gap between the means."""
    return ratio(persons - persons_at_other_mean, open_mean - other_open_mean)  # type: ignore[no-any-return]  # a number, or no answer


@figure("open_persons", per=[ANSWER], step=True)
def no_persons_of_open(high: Num) -> People:
    """The open class's part: zero for a class that has an upper limit."""
    return 0.0


@figure("open_persons", per=[ANSWER, QUESTION], step=True)
def persons_of_open(open_replies: Num, open_mean: Num) -> People:
    """The estimated number of persons in the open class."""
    return open_replies * open_mean


@figure("open_persons_at_other_mean", per=[ANSWER], step=True)
def no_persons_of_open_at_other_mean(high: Num) -> People:
    """The open class's part: zero for a class that has an upper limit."""
    return 0.0


@figure("open_persons_at_other_mean", per=[ANSWER, QUESTION], step=True)
def persons_of_open_at_other_mean(open_replies: Num, other_open_mean: Num) -> People:
    """The estimated number of persons in the open class with the other mean."""
    return open_replies * other_open_mean


@figure(per=[QUESTION])
def open_share_of_persons(open_persons: Num, persons: Num) -> Share:
    """The open class's share of the estimate: the part that is an assumption rather than an answer."""
    return ratio(open_persons, persons)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def open_share_of_persons_at_other_mean(open_persons_at_other_mean: Num, persons_at_other_mean: Num) -> Share:
    """The open class's share of the estimate with the other mean."""
    return ratio(open_persons_at_other_mean, persons_at_other_mean)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION], step=True)
def question_persons(persons: Num) -> People:
    """The estimated number of persons for the question."""
    return persons


@figure(per=[QUESTION], step=True)
def question_persons_at_other_mean(persons_at_other_mean: Num) -> People:
    """The estimated number of persons for the question with the other mean of the open class."""
    return persons_at_other_mean


@figure(per=[ANSWER])
def share_of_persons(persons: Num, question_persons: Num) -> Share:
    """The class's share of the persons."""
    return ratio(persons, question_persons)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_per_answer(persons: Num, answered: Num) -> PersonsPerMunicipality:
    """The estimated number of persons per municipality that answered."""
    return ratio(persons, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_per_answer_at_other_mean(persons_at_other_mean: Num, answered: Num) -> PersonsPerMunicipality:
    """The estimated number of persons per municipality that answered, with the other mean of the open class."""
    return ratio(persons_at_other_mean, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_if_all_answered(persons: Num, asked: Num, replies: Num) -> People:
    """The estimated number of persons if those that were asked and did not answer are like the others."""
    return ratio(persons * asked, replies)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_in_all_municipalities(persons_if_all_answered: Num, municipalities: Num, respondents: Num) -> People:
    """The estimated number of persons if municipalities that did not answer the survey are like the others."""
    return persons_if_all_answered * municipalities / respondents


Compared = Annotated[float, elsewhere(at_input={"question": "compared_with"})]


@figure(per=[QUESTION])
def persons_ratio(persons: Num, question_persons: Compared) -> Ratio:
    """The number of persons relative to the question compared with."""
    return ratio(persons, question_persons)  # type: ignore[no-any-return]  # as above


@figure(per=[QUESTION])
def persons_ratio_at_other_mean(persons_at_other_mean: Num, question_persons_at_other_mean: Compared) -> Ratio:
    """The number of persons relative to the question compared with, with the other mean of both open classes."""
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
        Column("answer", "{answer:total}"),
        Column("answers", "{replies:figures}", right=True),
        Column("share", "{share_of_answers}", right=True),
        Column("persons each", "{persons_each:figures}", right=True),
        Column("persons", "{persons:figures}", right=True),
        Column("at least", "{lowest_persons:figures}", right=True),
        Column("share of persons", "{share_of_persons}", right=True),
        Column("", "", bar="persons"),
    ),
    below=(
        BySign(
            "open_share_of_persons", "{question}: the open class makes up {open_share_of_persons} of the estimate.", ""
        ),
    ),
)
ANSWERED = Lines(
    per=QUESTION,
    templates=(
        (
            "{question}: {persons} if municipalities in the open class have {open_mean:figures} each on average, "
            "{persons_at_other_mean:figures} if they have {other_open_mean:figures}."
        ),
    ),
)
DETAILS = Lines(
    per=QUESTION,
    heading="Other estimates",
    templates=(
        "{question}: {persons_per_answer} with a mean of {open_mean:figures} in the open class.",
        "{question}: {persons_per_answer_at_other_mean} with a mean of {other_open_mean:figures} in the open class.",
        "{question}: {persons_if_all_answered} if all that were asked had answered like the others.",
        "{question}: {persons_in_all_municipalities} if those that did not answer the survey are like the others.",
        "{question}: the two estimates imply {open_replies:counted} answers in the open class.",
        "{question}: {persons_ratio} of {compared_with!l}, or {persons_ratio_at_other_mean} with the other mean.",
    ),
)
