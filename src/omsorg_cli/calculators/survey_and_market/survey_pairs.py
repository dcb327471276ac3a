"""The pairs of options of a survey: how many chose either, both or none."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from omsorg_cli.core.figure import AsStated, figure
from omsorg_cli.core.input_types import Kind, Loc
from omsorg_cli.core.input_types import Stated as StatedInput
from omsorg_cli.core.inputs import Row, refuse
from omsorg_cli.core.quantities import (
    Asked,
    Key,
    Label,
    Respondents,
)
from omsorg_cli.core.units import Municipalities, Num, Share
from omsorg_cli.core.view import Column, Grid

PAIR = ("pair",)


class Pair(Row):
    """Two options of which each may be chosen, and how many chose either."""

    keys: ClassVar[tuple[str, ...]] = ("pair",)
    forms: ClassVar[tuple[tuple[str, ...], ...]] = tuple(
        ("first", "second", third) for third in ("neither", "either", "both")
    )

    pair: Key
    """The two options."""
    label: Label = None
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
    heading="Either or both of two options",
    columns=(
        Column("", "{pair}"),
        Column("first", "{first} {first_share:aside}"),
        Column("second", "{second} {second_share:aside}"),
        Column("either", "{either} {either_share:aside}"),
        Column("both", "{both} {both_share:aside}"),
    ),
)
