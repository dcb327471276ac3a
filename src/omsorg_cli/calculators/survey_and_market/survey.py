"""What a survey's answers amount to: persons and shares.

Who answers "2–5 persons" is counted with the middle of the class, and "over 20" with an assumed mean. In the survey of
2023 (table 18.7), 98 municipalities with their own places so give 1 179 persons if "over 20" means 40, and 894 if it
means 25; the open class alone, 19 answers, is 760 of the 1 179.

>>> answers, middles = [10, 7, 37, 14, 11, 19], [0, 1, 3.5, 8, 15.5, 40]
>>> sum(survey_questions.persons(replies=n, persons_each=x) for n, x in zip(answers, middles))
1179.0

Those who did not answer are counted as the others are, by the ratio of asked to answered. In a table, a count is a
share of those who answered and, where the table is of all, a share of all municipalities: there who did not answer
counts as no, so that it is a minimum. Of two options, how many buy either or both follows by inclusion and exclusion:
54 buy from one kind of provider, 45 from the other, and 321 − 243 from either (table 18.10), so 21 from both.

>>> survey_pairs.both(first=54, second=45, either=321 - 243)
21

Left out: sampling. It is no random sample, so that there is no margin of error to reckon; the range of the open
class's mean is what `simulate` draws from. Persons of a year are more than persons at a time, and somebody may be
counted by two municipalities.
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
    """All municipalities and districts, whether they answered or not."""
    respondents: Asked = None
    """Those that answered the survey."""
    decimals: Decimals = default(0)
    """The decimals of per cent that shares are printed with."""
    questions: list[Question] = Field(default_factory=no_rows)
    """The questions of how many persons."""
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
        yield (), "found no questions, tables or pairs; allowed: at least one of them"
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
        yield ("respondents",), f"found {survey.respondents.number:g}; allowed: at most the {most:g} municipalities"
    for index, table in enumerate(survey.tables):
        answers = table.answers.number if table.answers else table.answers_of_groups()
        if answers > most:
            yield ("tables", index), f"found {answers:g} who answered; allowed: at most the {most:g} municipalities"


def _faults_of_compared(questions: list[Question]) -> Iterator[tuple[Loc, str]]:
    """A question is compared with another one."""
    for index, item in enumerate(questions):
        if item.compared_with is not None:
            name = str(item.compared_with.value)
            others = [one.question for one in questions if one.question != item.question]
            if name not in others:
                yield ("questions", index, "compared_with"), unknown(name, others, "no other question")


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


@figure("share_of_answers", per=[ANSWER, QUESTION])
def share_of_replies(replies: Num, answered: Num) -> Share:
    """The share of those who answered."""
    return ratio(replies, answered)  # type: ignore[no-any-return]  # helpers speak of numbers and arrays alike


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
        *survey_pairs.FORMULAS,
    ),
    views=(survey_questions.VIEW, survey_tables.VIEW, survey_pairs.VIEW),
    caveats=(
        "It is no random sample: who did not answer may differ from who did.",
        "A share of all counts who did not answer as no, so that it is a minimum.",
        "Persons of a year are more than persons at a time, and one may be counted twice.",
    ),
)
