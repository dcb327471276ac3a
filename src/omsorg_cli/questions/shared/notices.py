"""What a scenario's notices say of the figures of a run: which they touch, and what the other reading gives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import exact_text
from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.record import evaluate
from omsorg_cli.result import Figure, Result, result_of
from omsorg_cli.scenario.load import TABLES
from omsorg_cli.scenario.model import Notice

STALE = phrase("The points to note describe the scenario without the changes; other readings are calculated with them.")
"""What is said once of notices about a scenario that was changed: their numbers are those of the documents."""


class OtherReading(NamedTuple):
    """A figure, and its value by the other reading; None where it then has no answer."""

    figure: Figure
    value: float | None


class Noticed(NamedTuple):
    """A notice, the figures that it touches, and those that the other reading, as far as it is read, changes.

    `stale` where the scenario was changed, which the notice knows nothing of.
    """

    notice: Notice
    reading: dict[str, Any]
    figures: tuple[Figure, ...]
    otherwise: tuple[OtherReading, ...]
    stale: bool


def notices_of(result: Result, figures: Sequence[Figure]) -> tuple[Noticed, ...]:
    """The notices that touch some of the figures, in the order of the scenario."""
    found = []
    for notice, touched in touching(result, figures):
        reading = _reading_here(result, notice)
        otherwise = tuple(_otherwise(result, reading, touched))
        found.append(Noticed(notice, reading, touched, otherwise, bool(result.scenario.changes)))
    return tuple(found)


def touching(result: Result, figures: Sequence[Figure]) -> list[tuple[Notice, tuple[Figure, ...]]]:
    """The same notices, each with the figures that it touches; no other reading is calculated."""
    notices = result.scenario.head.notices
    resting = [(figure, {item.path for item in result.inputs(figure)}) for figure in figures] if notices else []
    paths = {path for _, used in resting for path in used}
    found = []
    for notice in notices:
        names = {place.partition(".")[2] for place in notice.where if _is_of(place, result)}
        meant = {path for path in paths if any(means(place, path) for place in notice.where)}
        touched = tuple(figure for figure, used in resting if used & meant or names & {"", figure.figure})
        if touched:
            found.append((notice, touched))
    return found


def as_changes(reading: Mapping[str, Any]) -> tuple[str, ...]:
    """A reading as changes to the scenario."""
    return tuple(
        f"{path}={exact_text(value) if isinstance(value, float) else written(value)}" for path, value in reading.items()
    )


def written(value: bool | float | str) -> str:
    """A value of a reading as scenarios write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def sentences(noticed: Noticed) -> str:
    """The notice as people read it: what is inconsistent, and what it changes."""
    return f"{noticed.notice.what} {noticed.notice.changes}"


def stale(noticed: Sequence[Noticed]) -> tuple[str, ...]:
    """What is said once beside notices, where the scenario was changed."""
    return (say(STALE),) if any(one.stale for one in noticed) else ()


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


def means(place: str, path: str) -> bool:
    """Whether the place names the input: item by item, an item by its first key, or every item of a table."""
    wanted, held = place.lower().split("."), path.lower().split(".")
    if (wanted[0], wanted[-1]) != (held[0], held[-1]) or len(wanted) < 2:
        return False
    inside = iter(held[1:-1])
    return all(any(part == one or one.startswith(f"{part}/") for one in inside) for part in wanted[1:-1])


def _reading_here(result: Result, notice: Notice) -> dict[str, Any]:
    """The other reading of the inputs that this run has; what overlays or the user changed is not read otherwise."""
    changed = {change.input.lower() for change in result.scenario.changes}
    tables = {"common", *(name.replace("-", "_") for name in result.record.plan.layouts)}
    return {
        path: value
        for path, value in notice.reading.items()
        if path.partition(".")[0] in tables and path.lower() not in changed
    }


def _otherwise(result: Result, reading: Mapping[str, Any], touched: Sequence[Figure]) -> Iterator[OtherReading]:
    """What the figures are by the other reading, as far as they differ."""
    if not reading:
        return
    try:
        values = _values_otherwise(result, reading)
    except (OmsorgError, ValueError):  # what cannot be set is told by check
        return
    for figure in touched:
        value = values(figure.node)
        if value != figure.value:
            yield OtherReading(figure, value)


def _values_otherwise(result: Result, reading: Mapping[str, Any]) -> Callable[[Node], Any]:
    """The figures by the other reading. Another plan is made only if need be."""
    plan = result.record.plan
    if all(plan.is_free(path) for path in reading):
        values = evaluate(plan, {path: plan.kind_of(path).value(value) for path, value in reading.items()})
        return lambda node: values[plan.slots[node]]
    request = result.scenario.request
    sets = (*as_changes(reading), *request.sets)
    return result_of(result.scenario.text, request._replace(sets=sets), result.calculator.name).record.value
