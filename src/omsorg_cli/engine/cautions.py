"""What a run takes as it is and says: values far from usual, shares that miss 1 by rounding, prices of other years."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from omsorg_cli.core.inputs import Inputs, every_whole
from omsorg_cli.core.language import say
from omsorg_cli.core.plausibility import unusual
from omsorg_cli.core.units import is_money
from omsorg_cli.engine.conversion import price_year
from omsorg_cli.engine.graph import Plan, Step, flat
from omsorg_cli.engine.layout import Input


class Meeting(NamedTuple):
    """A step in which amounts in the prices of several years meet."""

    slot: int
    years: tuple[int, ...]


def price_meetings(plan: Plan, usual: int) -> Iterator[Meeting]:
    """Each step in which amounts first meet that are in the prices of different years.

    An amount that says no year is in the prices of the first year of its calculator, or of the usual one.
    """
    own = {name: price_year(layout, usual) for name, layout in plan.layouts.items()}
    stated = (step.input.stated.price_year for step in plan.steps if step.input is not None)
    if {*own.values()} <= {usual} and all(year in (None, usual) for year in stated):
        return
    years: list[frozenset[int]] = []
    for slot, step in enumerate(plan.steps):
        used = [years[use] for use in flat(step.uses) if not _is_current(plan, plan.steps[use], step.node.calculator)]
        together = frozenset[int]().union(*used)
        if len(together) > 1 and all(len(one) < 2 for one in used):
            yield Meeting(slot, tuple(sorted(together)))
        years.append(_price_years(step, together, own.get(step.node.calculator, usual)))


def _is_current(plan: Plan, step: Step, calculator: str) -> bool:
    """Whether the step is in current prices and another calculator's: in the kroner of each year, as all such are."""
    there = plan.calculators.get(step.node.calculator)
    return there is not None and there.name != calculator and step.node.figure in there.current.values()


def _price_years(step: Step, used: frozenset[int], usual: int) -> frozenset[int]:
    """The years whose prices the step's value is in; none where it is no amount of kroner."""
    if step.conversion is not None:
        return frozenset([step.conversion.to_year])
    if step.formula is not None and step.formula.converts_from:
        return frozenset([usual] if is_money(step.unit) else [])
    if step.input is not None:
        return frozenset([step.input.stated.price_year or usual] if step.input.kind.is_money else [])
    return used if is_money(step.unit) else frozenset()


def slips(items: Iterable[Input]) -> Iterator[tuple[str, str]]:
    """The path of each input that is far from usual, at its value or an end of its range, and a sentence."""
    for item in items:
        if item.kind.usual is None or item.stated.origin == "default" or isinstance(item.stated.value, str):
            continue
        for value in (item.stated.number, *(item.stated.range or ())):
            said = unusual(item.kind, value, item.stated.typed if value == item.stated.value else None)
            if said:
                yield item.path, say("{input}: {remark}", input=item.path, remark=said)
                break


def roundings(tables: Mapping[str, Inputs]) -> Iterator[str]:
    """The path and a sentence for each whole that its shares make only within their rounding, by table."""
    wholes = (pair for name, table in tables.items() for pair in every_whole(table, name))
    return (
        say("{input}: {remark}", input=path, remark=whole.remark)
        for path, whole in wholes
        if whole.is_rounded and not whole.is_of_several_years
    )
