"""What a scenario's notices say of the figures of a run: which they touch, and what the other reading gives."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.engine.plan import Node
from omsorg_cli.engine.record import evaluate
from omsorg_cli.run import Figure, Result, result_of
from omsorg_cli.scenario.load import TABLES
from omsorg_cli.scenario.model import Notice


class Otherwise(NamedTuple):
    """A figure, and its value by the other reading; None where it then has no answer."""

    figure: Figure
    value: float | None


class Noticed(NamedTuple):
    """A notice, the figures that it touches, and those that the other reading changes."""

    notice: Notice
    figures: tuple[Figure, ...]
    otherwise: tuple[Otherwise, ...]


def notices_of(result: Result, figures: Sequence[Figure]) -> tuple[Noticed, ...]:
    """The notices that touch some of the figures, in the order of the scenario."""
    notices = result.scenario.head.notices
    resting = [(figure, {item.path for item in result.inputs(figure)}) for figure in figures] if notices else []
    paths = {path for _, used in resting for path in used}
    found = []
    for notice in notices:
        names = {place.partition(".")[2] for place in notice.where if _is_of(place, result)}
        meant = {path for path in paths if any(_means(place, path) for place in notice.where)}
        touched = tuple(figure for figure, used in resting if used & meant or names & {"", figure.figure})
        if touched:
            found.append(Noticed(notice, touched, tuple(_otherwise(result, notice, touched))))
    return tuple(found)


def reading_of(notice: Notice) -> tuple[str, ...]:
    """The other reading as changes to the scenario."""
    return tuple(f"{path}={written(value)}" for path, value in notice.reading.items())


def written(value: bool | float | str) -> str:
    """A value of a reading as scenarios write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def sentences(noticed: Noticed) -> str:
    """The notice as people read it: what is inconsistent, and what it changes."""
    return f"{noticed.notice.what} {noticed.notice.changes}"


def named(place: str) -> tuple[str, str] | None:
    """The calculator and its figure that the place names, or the calculator alone; None where it names an input."""
    table, _, figure = place.partition(".")
    calculator = TABLES.get(table.replace("-", "_"))
    if calculator is None or (figure and figure not in load(calculator).figures):
        return None
    return calculator, figure


def _is_of(place: str, result: Result) -> bool:
    """Whether the place begins with the calculator of the result."""
    return place.partition(".")[0].replace("-", "_") == result.calculator.table


def _means(place: str, path: str) -> bool:
    """Whether the place names the input: item by item, an item by its first key, or every item of a table."""
    wanted, held = place.split("."), path.split(".")
    if (wanted[0], wanted[-1]) != (held[0], held[-1]) or len(wanted) < 2:
        return False
    inside = iter(held[1:-1])
    return all(any(part == one or one.startswith(f"{part}/") for one in inside) for part in wanted[1:-1])


def _otherwise(result: Result, notice: Notice, touched: Sequence[Figure]) -> Iterator[Otherwise]:
    """What the figures are by the other reading, as far as they differ."""
    tables = {"common", *(name.replace("-", "_") for name in result.record.plan.layouts)}
    if not any(path.partition(".")[0] in tables for path in notice.reading):
        return
    try:
        values = _values_otherwise(result, notice)
    except OmsorgError:
        return
    for figure in touched:
        value = values(figure.node)
        if value != figure.value:
            yield Otherwise(figure, value)


def _values_otherwise(result: Result, notice: Notice) -> Callable[[Node], Any]:
    """The figures by the other reading; what the user set stays. Another plan is made only if need be."""
    changed = {change.input for change in result.scenario.changes}
    reading = {path: value for path, value in notice.reading.items() if path not in changed}
    plan = result.record.plan
    if all(plan.is_free(path) and isinstance(value, int | float) for path, value in reading.items()):
        values = evaluate(plan, reading)
        return lambda node: values[plan.slots[node]]
    wish = result.scenario.wish
    sets = (*reading_of(notice), *wish.sets)
    return result_of(result.scenario.text, wish._replace(sets=sets), result.calculator.name).record.value
