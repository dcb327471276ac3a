"""What a survey shows: persons and shares of municipalities.

An answer of "2–5 persons" counts as the midpoint of the class, and "over 20" as an assumed mean. In the survey of 2023
(table 18.7) 98 municipalities with places of their own had an estimated 1 179 persons if "over 20" means 40, and 894 if
it means 25; the open class alone, with 19 answers, is 760 of the 1 179.

>>> answers, middles = [10, 7, 37, 14, 11, 19], [0, 1, 3.5, 8, 15.5, 40]
>>> sum(survey_questions.persons(replies=n, persons_each=x) for n, x in zip(answers, middles))
1179.0

Municipalities that did not answer can be assumed to be like the others, by the ratio of asked to answered. In a table,
a count is shown as a share of those that answered and, where relevant, of all municipalities; municipalities that did
not answer then count as no, so the share is a minimum. The number that chose either or both of two options follows by
inclusion and exclusion: 54 buy from one kind of provider, 45 from the other and 321 − 243 from either (table 18.10), so
21 buy from both.

>>> survey_pairs.both(first=54, second=45, either=321 - 243)
21

Printed shares are rounded, so the counts that follow from them are whole numbers: 38.5% of 187 answers are 72, and the
other 115 answered something else.

>>> survey_tables.count_of_share(stated_share=0.385, answered=187)
72.0

The survey is not a random sample, so there is no margin of error; `simulate` draws from the range of the open class's
mean. Persons over a year are more than persons at any one time, and two municipalities may count the same person.
"""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from omsorg_cli.calculators.survey_and_market import survey_pairs, survey_questions, survey_tables
from omsorg_cli.calculators.survey_and_market.survey_pairs import PAIR, Pair
from omsorg_cli.calculators.survey_and_market.survey_questions import ANSWER, QUESTION, Question
from omsorg_cli.calculators.survey_and_market.survey_tables import GROUP, TABLE, SurveyTable
from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.errors import nearest, unknown
from omsorg_cli.core.figure import figure, same_as, summed
from omsorg_cli.core.helpers import ratio, rounded
from omsorg_cli.core.input_types import Loc
from omsorg_cli.core.inputs import Inputs, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    Asked,
    Decimals,
    default,
    no_rows,
)
from omsorg_cli.core.units import Num, Share

OF_ALL = {"of_all": True}


class Survey(Inputs):
    """Inputs of a survey."""

    municipalities: Asked = None
    """All municipalities and city districts, whether they answered or not."""
    respondents: Asked = None
    """The municipalities that answered the survey."""
    decimals: Decimals = default(0)
    """Decimals in the published percentages."""
    questions: list[Question] = Field(default_factory=no_rows)
    """The questions about numbers of persons."""
    tables: list[SurveyTable] = Field(default_factory=no_rows)
    """The tables of counts."""
    pairs: list[Pair] = Field(default_factory=no_rows)
    """The pairs of options."""

    @model_validator(mode="after")
    def _references_are_sound(self) -> Self:
        refuse(_faults_of_references(self))
        return self


def _faults_of_references(survey: Survey) -> Iterator[tuple[Loc, str]]:
    if not (survey.questions or survey.tables or survey.pairs):
        yield (), say("found no questions, tables or pairs; allowed: at least one of them")
    yield from _faults_of_respondents(survey)
    yield from _faults_of_compared(survey.questions)
    tables = {item.table: item for item in survey.tables}
    for index, table in enumerate(survey.tables):
        if table.answers_from is not None:
            for inside, told in _faults_of_answers_from(table, tables):
                yield ("tables", index, *inside), told


def _faults_of_respondents(survey: Survey) -> Iterator[tuple[Loc, str]]:
    """No more answer than there are municipalities."""
    if survey.municipalities is None:
        return
    most = survey.municipalities.number
    if survey.respondents and survey.respondents.number > most:
        found = f"{survey.respondents.number:g}"
        told = say("found {found}; allowed: at most the {most} municipalities", found=found, most=f"{most:g}")
        yield ("respondents",), told
    for index, table in enumerate(survey.tables):
        answers = table.answers.number if table.answers else table.answers_of_groups()
        if answers > most:
            told = say(
                "found {found} that answered; allowed: at most the {most} municipalities",
                found=f"{answers:g}",
                most=f"{most:g}",
            )
            yield ("tables", index), told


def _faults_of_compared(questions: list[Question]) -> Iterator[tuple[Loc, str]]:
    """A question is compared with another one."""
    for index, item in enumerate(questions):
        if item.compared_with is not None:
            name = str(item.compared_with.value)
            others = [one.question for one in questions if one.question != item.question]
            if name not in others:
                yield ("questions", index, "compared_with"), unknown(name, others, say("not another question"))


def _faults_of_answers_from(item: SurveyTable, tables: dict[str, SurveyTable]) -> Iterator[tuple[Loc, str]]:
    assert item.answers_from is not None
    name = str(item.answers_from.value)
    others = {key: one for key, one in tables.items() if key != item.table}
    if name not in others:
        yield ("answers_from",), unknown(name, others, say("not another table"))
        return
    known = {one.group: one for one in others[name].groups}
    for index, one in enumerate(item.groups):
        if one.group not in known:
            told = say(
                "found {group}, which is not in table {table}. {nearest}",
                group=one.group,
                table=name,
                nearest=nearest(one.group, known),
            )
            yield ("groups", index, "group"), told
            continue
        most = known[one.group].count
        if one.count is not None and most is not None and one.count.number > most.number:
            told = say(
                "found {found}; allowed: at most the {most} of table {table}",
                found=f"{one.count.number:g}",
                most=f"{most.number:g}",
                table=name,
            )
            yield ("groups", index, "count"), told


@figure("share_of_answers", per=[ANSWER, QUESTION])
def share_of_replies(replies: Num, answered: Num) -> Share:
    """The share of those that answered."""
    return ratio(replies, answered)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


@figure("share_of_answers", per=[GROUP])
def share_as_published(stated_share: Num) -> Share:
    """The published share of those that answered."""
    return stated_share


@figure(per=[GROUP, TABLE])
def share_of_answers(count: Num, answered: Num) -> Share:
    """The share of those that answered; for a table with several answers each it may exceed 100%."""
    return ratio(count, answered)  # type: ignore[no-any-return]  # as above


@figure("other_share", per=[GROUP])
def others_as_published(stated_share: Num) -> Share:
    """The share that answered something else: all but the published share."""
    return 1 - stated_share


@figure(per=[GROUP])
def other_share(others: Num, answered: Num) -> Share:
    """The share that answered something else."""
    return ratio(others, answered)  # type: ignore[no-any-return]  # as above


@figure(per=[ANSWER, GROUP], step=True)
def rounded_share(share_of_answers: Num, decimals: Num) -> Share:
    """The share as rounded in print."""
    return rounded(share_of_answers, decimals + 2)  # type: ignore[no-any-return]  # as above


@figure(per=[GROUP], when=OF_ALL)
def share_of_all(count: Num, municipalities: Num) -> Share:
    """The share of all municipalities, counting those that did not answer as no."""
    return count / municipalities


@figure(per=[TABLE], when=OF_ALL)
def answered_share_of_all(answered: Num, municipalities: Num) -> Share:
    """Those that answered, as a share of all municipalities."""
    return answered / municipalities


CALCULATOR = Calculator(
    name="survey",
    title="Survey",
    inputs=Survey,
    keys=(*ANSWER, *GROUP, *PAIR),
    scenario="survey2023",
    headlines=("persons", "share_of_answers", "share_of_all"),
    formulas=(
        *survey_questions.FORMULAS,
        *survey_tables.FORMULAS,
        share_of_replies,
        share_as_published,
        share_of_answers,
        others_as_published,
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
        *survey_pairs.FORMULAS,
    ),
    subject="{municipality} {year}: answers to the survey",
    answer=(survey_questions.ANSWERED, survey_tables.ANSWERED, survey_pairs.ANSWERED),
    views=(survey_questions.VIEW, survey_tables.VIEW, survey_pairs.VIEW),
    details=(survey_questions.DETAILS,),
    labels={
        "answered": "number that answered",
        "answered_share_of_all": "answers, share of municipalities",
        "answering": "how each answers",
        "answers_from": "table of those that answered",
        "asked": "number asked",
        "both": "both options",
        "both_share": "share with both options",
        "classes": "classes of answers",
        "compared_with": "question compared with",
        "count": "number of municipalities",
        "either": "either option",
        "either_share": "share with either option",
        "first": "first option",
        "first_share": "share with first option",
        "group_answers": "answers in the group",
        "grouped": "one row each",
        "high": "most persons in the class",
        "highest_persons": "most persons",
        "low": "fewest persons in the class",
        "lowest_persons": "fewest persons",
        "neither": "neither option",
        "of_all": "share of all shown",
        "one": "one answer each",
        "only_first": "first option only",
        "only_second": "second option only",
        "open_mean": "mean of the open class",
        "open_persons": "persons in the open class",
        "open_persons_at_other_mean": "open class, other mean",
        "open_replies": "answers in the open class",
        "open_share_of_persons": "open class's share of persons",
        "open_share_of_persons_at_other_mean": "open class's share, other mean",
        "other_open_mean": "other mean of the class",
        "other_share": "share with another answer",
        "others": "number with another answer",
        "pair": "pair of options",
        "pair_answers": "answers to the pair",
        "persons_at_other_mean": "persons, other mean",
        "persons_each": "persons per answer",
        "persons_each_at_other_mean": "persons per answer, other mean",
        "persons_if_all_answered": "persons if all answered",
        "persons_in_all_municipalities": "persons in all municipalities",
        "persons_per_answer": "mean persons per municipality",
        "persons_per_answer_at_other_mean": "mean per municipality, other mean",
        "persons_ratio": "ratio of persons",
        "persons_ratio_at_other_mean": "ratio of persons, other mean",
        "question_answers": "answers to the question",
        "question_persons": "persons of the question",
        "question_persons_at_other_mean": "persons of question, other mean",
        "replies": "answers in the class",
        "reply_share": "published share of the class",
        "respondents": "municipalities that answered",
        "second": "second option",
        "second_share": "share with second option",
        "several": "several answers each",
        "share_of_all": "share of all municipalities",
        "share_of_answers": "share of answers",
        "stated_share": "published share",
        "sum_of_rounded_persons": "sum of rounded persons",
        "sum_of_rounded_shares": "sum of rounded shares",
    },
    caveats=(
        "Those that answered are not a random sample: municipalities that did not answer may differ from them.",
        "Shares of all municipalities count those that did not answer as “no”.",
        "Persons over a year are more than persons at any one time, and a person may be counted twice.",
    ),
)
