"""What rows of one calculator count more than once: amounts of another calculator that several of them rest on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from omsorg_cli.core.calculator import CountedOnce
from omsorg_cli.engine.graph import flat
from omsorg_cli.engine.record import Record


class Overlap(NamedTuple):
    """Rows, and the amount over all years that they count beyond what there is of it."""

    rows: tuple[Any, ...]
    amount: float


class _Part(NamedTuple):
    """A row's amount in one year: how much of another calculator's it is, and how much each leaf is of that.

    The leaves are in the prices of the row's own calculator, as its amount is.
    """

    row: Any
    year: Any
    value: float
    share: float
    origin: str
    leaves: Mapping[int, float]

    @property
    def whole(self) -> float:
        """All of the amount that the row takes its share of."""
        return self.value / self.share


def overlaps(record: Record, calculator: str, rule: CountedOnce) -> list[Overlap]:
    """The rows of which a part is counted more than once, in the order of the scenario."""
    found: dict[tuple[Any, ...], float] = defaultdict(float)
    by_year: dict[Any, list[_Part]] = defaultdict(list)
    for part in _parts(record, calculator, rule):
        by_year[part.year].append(part)
    for parts in by_year.values():
        within = [part for part in parts if part.origin in rule.within]
        beside = [part for part in parts if part.origin not in rule.within]
        for rows, amount in (*_beyond_the_largest(within), *_beyond_all(beside)):
            found[rows] += abs(amount)
    return [Overlap(rows, amount) for rows, amount in found.items() if len(rows) > 1]


def _parts(record: Record, calculator: str, rule: CountedOnce) -> Iterator[_Part]:
    """The amounts that come from another calculator, as far as they are there."""
    layout = record.plan.layouts[calculator]
    for node, slot in record.plan.slots.items():
        if node.calculator != calculator or node.figure != rule.figure or "year" not in dict(node.point):
            continue
        origin, share = layout.find(rule.origin, node.point), layout.find(rule.share, node.point)
        value = record.values[slot]
        if origin is None or share is None or not value:
            continue
        at, name = dict(node.point), str(origin.stated.value)
        whole = _taken_from(record, calculator, name, slot)
        if whole is not None:
            price_change = value / share.stated.number / record.values[whole]
            leaves = {leaf: (record.values[leaf] or 0) * price_change for leaf in _leaves(record, whole)}
            yield _Part(at[rule.row], at["year"], value, share.stated.number, name, leaves)


def _taken_from(record: Record, calculator: str, origin: str, slot: int) -> int | None:
    """The step of the other calculator that the amount is a share of."""
    waiting = [slot]
    while waiting:
        for use in flat(record.plan.steps[waiting.pop()].uses):
            at = record.plan.steps[use].node.calculator
            if at == origin:
                return use
            waiting += [use] if at == calculator else []
    return None


def _leaves(record: Record, slot: int) -> Iterator[int]:
    """The amounts that the step adds up, down to those that are no sum of their own figure; or the step itself."""
    step = record.plan.steps[slot]
    is_sum = step.formula is not None and [(p.name, p.role.series) for p in step.formula.parameters] == [
        (step.node.figure, True)
    ]
    if not is_sum:
        yield slot
        return
    for use in flat(step.uses):
        yield from _leaves(record, use)


def _beyond_all(parts: Sequence[_Part]) -> Iterator[tuple[tuple[Any, ...], float]]:
    """What shares of the same amount add up to above all of it, by the rows that they are of."""
    found: dict[tuple[Any, ...], float] = defaultdict(float)
    for leaf in dict.fromkeys(leaf for part in parts for leaf in part.leaves):
        of_leaf = [part for part in parts if leaf in part.leaves]
        beyond = sum(part.share for part in of_leaf) - 1
        if beyond > 1e-9:  # shares such as 0.7, 0.2 and 0.1 add up to 1 with a trace of rounding
            found[_rows(of_leaf)] += beyond * of_leaf[0].leaves[leaf]
    yield from found.items()


def _beyond_the_largest(parts: Sequence[_Part]) -> Iterator[tuple[tuple[Any, ...], float]]:
    """What amounts that lie in one another add up to above the largest that there is of them."""
    if parts:
        largest = max(abs(part.whole) for part in parts)
        beyond = abs(sum(part.value for part in parts)) - largest
        if beyond > largest * 1e-9:
            yield _rows(parts), beyond


def _rows(parts: Iterable[_Part]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(part.row for part in parts))
