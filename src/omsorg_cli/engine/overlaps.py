"""What two rows of one calculator count twice: amounts of another calculator that both rest on."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from omsorg_cli.core.calculator import CountedOnce
from omsorg_cli.engine.record import Record, steps_below

AMOUNTS = ("NOK", "NOK/year")


class Overlap(NamedTuple):
    """Two rows, and the amount over all years that stands in both."""

    rows: tuple[Any, Any]
    amount: float


class _Part(NamedTuple):
    """A row's amount in one year: what it counts of another calculator's figures, and how much of it."""

    row: Any
    year: Any
    value: float
    share: float
    origin: str
    shared: frozenset[int]


def overlaps(record: Record, calculator: str, rule: CountedOnce) -> list[Overlap]:
    """Every two rows of which a part is counted twice, in the order of the scenario."""
    found: dict[tuple[Any, Any], float] = {}
    parts = list(_parts(record, calculator, rule))
    for one, other in combinations(parts, 2):
        if one.year == other.year and one.row != other.row:
            amount = _twice(record, rule, one, other)
            if amount:
                found[one.row, other.row] = found.get((one.row, other.row), 0) + amount
    return [Overlap(rows, amount) for rows, amount in found.items()]


def _parts(record: Record, calculator: str, rule: CountedOnce) -> Iterator[_Part]:
    """The amounts that come from another calculator, as far as they are there."""
    layout = record.plan.layouts[calculator]
    for node, slot in record.plan.slots.items():
        if node.calculator != calculator or node.figure != rule.figure or "year" not in dict(node.point):
            continue
        origin, share = layout.find(rule.origin, node.point), layout.find(rule.share, node.point)
        value = record.values[slot]
        if origin is not None and share is not None and value:
            at = dict(node.point)
            yield _Part(
                at[rule.row],
                at["year"],
                value,
                share.stated.number,
                str(origin.stated.value),
                frozenset(_amounts_below(record, calculator, slot)),
            )


def _amounts_below(record: Record, calculator: str, slot: int) -> Iterator[int]:
    """The amounts of other calculators that the step rests on."""
    steps = record.plan.steps
    for below in steps_below(steps, [slot]):
        step = steps[below]
        if step.formula is not None and step.node.calculator != calculator and step.unit in AMOUNTS:
            yield below


def _twice(record: Record, rule: CountedOnce, one: _Part, other: _Part) -> float:
    """What the two amounts of a year have in common."""
    if {one.origin, other.origin} <= set(rule.within):
        return min(abs(one.value), abs(other.value))
    shared = one.shared & other.shared
    steps = record.plan.steps
    below = set().union(*(steps_below(steps, [slot]) - {slot} for slot in shared)) if shared else set()
    whole: float = sum(record.values[slot] or 0 for slot in shared - below)
    return abs(whole) * min(one.share, other.share)
