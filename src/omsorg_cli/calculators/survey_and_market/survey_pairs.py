"""The pairs of options of a survey: how many chose either, both or none."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import AsStated, figure
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Row, refuse
from omsorg_cli.core.language import say
from omsorg_cli.core.quantities import (
    Asked,
    Key,
    Label,
    Respondents,
)
from omsorg_cli.core.units import Municipalities, Num, Share
from omsorg_cli.core.view import Column, Grid, Lines

PAIR = ("pair",)


class Pair(Row):
    """Two options that may both be chosen, and the number that chose either."""

    keys: ClassVar[tuple[str, ...]] = ("pair",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = tuple(
        ("first", "second", third) for third in ("neither", "either", "both")
    )

    pair: Key
    """The two options."""
    label: Label = None
    """The pair's name in tables."""
    first: Respondents = None
    """The number that chose the first option."""
    second: Respondents = None
    """The number that chose the second option."""
    neither: Annotated[StatedInput | None, Kind("municipalities", "count", low=0, example=200, usual=(0, 430))] = None
    """The number that chose neither option."""
    either: Respondents = None
    """The number that chose either option or both."""
    both: Respondents = None
    """The number that chose both options."""
    pair_answers: Asked = Field(None, alias="answers")
    """The number that answered."""

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
        told = say("found {found}; allowed: at most the {most} answers", found=f"{least:g}", most=f"{answers:g}")
        yield ("first" if first > answers else "second",), told
    elif item.either is not None and not least <= item.either.number <= most:
        yield ("either",), _outside(item.either, least, most)
    elif item.both is not None and not first + second - most <= item.both.number <= min(first, second):
        yield ("both",), _outside(item.both, first + second - most, min(first, second))
    elif item.neither is not None and answers < float("inf"):
        low, high = answers - most, answers - least
        if not low <= item.neither.number <= high:
            yield ("neither",), _outside(item.neither, low, high)


def _outside(found: StatedInput, low: float, high: float) -> str:
    return say(
        "found {found}; allowed: from {low} to {high}", found=f"{found.number:g}", low=f"{low:g}", high=f"{high:g}"
    )


@figure("either", per=[PAIR])
def either_but_neither(pair_answers: Num, neither: AsStated) -> Municipalities:
    """The number that chose either option or both: all except those that chose neither."""
    return pair_answers - neither


@figure("either", per=[PAIR])
def either_by_both(first: Num, second: Num, both: AsStated) -> Municipalities:
    """The number that chose either option or both: those that chose both count once."""
    return first + second - both


@figure(per=[PAIR])
def both(first: Num, second: Num, either: Num) -> Municipalities:
    """The number that chose both options: the sum of the two minus those that chose either."""
    return first + second - either


@figure(per=[PAIR])
def neither(pair_answers: Num, either: Num) -> Municipalities:
    """The number that chose neither option."""
    return pair_answers - either


@figure(per=[PAIR])
def only_first(either: Num, second: Num) -> Municipalities:
    """The number that chose the first option only."""
    return either - second


@figure(per=[PAIR])
def only_second(either: Num, first: Num) -> Municipalities:
    """The number that chose the second option only."""
    return either - first


@figure(per=[PAIR])
def first_share(first: Num, pair_answers: Num) -> Share:
    """The share that chose the first option."""
    return first / pair_answers


@figure(per=[PAIR])
def second_share(second: Num, pair_answers: Num) -> Share:
    """The share that chose the second option."""
    return second / pair_answers


@figure(per=[PAIR])
def either_share(either: Num, pair_answers: Num) -> Share:
    """The share that chose either option or both."""
    return either / pair_answers


@figure(per=[PAIR])
def both_share(both: Num, pair_answers: Num) -> Share:
    """The share that chose both options."""
    return both / pair_answers


FORMULAS = (
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
)
VIEW = Grid(
    rows=PAIR,
    heading="Either or both of two options: number of municipalities and share of answers",
    columns=(
        Column("", "{pair}"),
        Column("first", "{first:figures} {first_share:aside}", right=True),
        Column("second", "{second:figures} {second_share:aside}", right=True),
        Column("either", "{either:figures} {either_share:aside}", right=True),
        Column("both", "{both:figures} {both_share:aside}", right=True),
        Column("", "", bar="either"),
    ),
)
ANSWERED = Lines(
    per=PAIR,
    templates=("{pair}: {either} chose one or both options ({either_share}), and {both:figures} chose both.",),
)
