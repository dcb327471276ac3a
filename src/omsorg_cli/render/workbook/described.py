"""What a row of the calculation tells of how its figures came about: it follows the inputs as the figures do."""

from collections.abc import Sequence
from typing import NamedTuple

from omsorg_cli.core.errors import plain
from omsorg_cli.core.symbol import Operation, Values
from omsorg_cli.engine.alternatives import Lack, Way
from omsorg_cli.engine.explain import expression
from omsorg_cli.engine.graph import Step
from omsorg_cli.render.explain import formula_text, origin
from omsorg_cli.render.workbook.formula import condition, first_that_holds, literal
from omsorg_cli.render.workbook.places import VALUE, Places, Row

MOST_FORMULA = 8_000
"""Letters of a formula."""
NOT_CALCULATED = "not calculated"
FILL_IN = "not calculated: fill in {inputs} on the sheet Inputs"
NOT_THERE = "not calculated: missing {names} of {row}; state it in the scenario and write the workbook anew"
ONLY_WHERE = "not calculated: only where {inputs}"
NOT_USED = "not used with these inputs"
SUM = "; sum: "
BLANK_ROW = "to be filled in on the sheet Inputs"


class Told(NamedTuple):
    """What stands in a cell of text, and the expression that follows the inputs, where it may change."""

    text: str
    expression: str = ""


class Descriptions:
    """Tells how the figures of a row came about."""

    def __init__(self, places: Places) -> None:
        self.places, self.plan = places, places.plan

    def of(self, row: Row) -> Told:
        """How the figures of the row came about: those of the years, then what stands beside them."""
        years = [slot for column, slot in row.steps.items() if column != VALUE]
        told = list(dict.fromkeys(map(self._how, years)))
        beside = [self._how(slot) for column, slot in row.steps.items() if column == VALUE]
        if years and beside and not beside[0].expression and beside[0] not in told:
            return _joined(list(dict.fromkeys(self._how(slot, f"{SUM}{beside[0].text}") for slot in years)))
        return _joined([*told, *(one for one in beside if one not in told)])

    def _how(self, slot: int, tail: str = "") -> Told:
        """How the figure came about, by the way that holds; the tail goes with each way."""
        step = self.plan.steps[slot]
        if step.input is not None:
            return Told(_with(tail, BLANK_ROW if self.places.is_blank(slot) else plain(origin(step.input))))
        ways = self.places.ways[slot]
        told = (self._way_text(way) for way in ways)
        texts = [(condition(way, self.places), _with(tail, text)) for way, text in zip(ways, told, strict=True)]
        if ways[0].always_holds:
            return Told(texts[0][1])
        if slot in self.places.alternatives.added:
            return Told(NOT_USED, first_that_holds(texts, NOT_USED))
        chosen = next(text for way, (_, text) in zip(ways, texts, strict=True) if way.slot == slot)
        texts += [(condition(lack, self.places), self._lack_text(lack, step)) for lack in self._lacks(slot)]
        return Told(chosen, first_that_holds(texts, self._only_where(ways)))

    def _lacks(self, slot: int) -> Sequence[Lack]:
        return self.places.alternatives.lacks.get(slot, ())

    def _way_text(self, way: Way) -> str:
        """What the way tells, and its formula."""
        summary, told = way.formula.summary, formula_text(self.places.result, way.slot)
        if told == summary or expression(way.formula) == Operation("total", (Values(way.formula.figure),)):
            return summary  # it says all: a bare number, or the sum of the same figure in other rows
        return plain(f"{summary.removesuffix('.')} = {told}")

    def _lack_text(self, lack: Lack, step: Step) -> str:
        """What is missing, and where it can be stated."""
        if lack.names:
            row = "/".join(str(key) for axis, key in step.node.point if key != "" and axis != "year")
            return plain(NOT_THERE.format(names=lack.names, row=row or "all"))
        rows: dict[str, list[str]] = {}
        for slot in lack.blanks:
            row, _, name = self._path(slot).rpartition(".")
            rows.setdefault(row, []).append(name)
        inputs = "; ".join(f"{' and '.join(names)} of {row}" for row, names in rows.items())
        return plain(FILL_IN.format(inputs=inputs))

    def _only_where(self, ways: Sequence[Way]) -> str:
        """The values of inputs with one of which there would be a figure."""
        known = (" and ".join(f"{self._path(slot)} is {_said(value)}" for slot, value in way.guards) for way in ways)
        return plain(ONLY_WHERE.format(inputs=", or ".join(dict.fromkeys(filter(None, known)))))

    def _path(self, slot: int) -> str:
        item = self.plan.steps[slot].input
        assert item is not None
        return item.path


def _with(tail: str, text: str) -> str:
    """The text with what comes after it."""
    return f"{text.removesuffix('.')}{tail}" if tail else text


def _joined(told: Sequence[Told]) -> Told:
    """All of it in one cell; the text alone, where the expression would be longer than a formula may be."""
    text = SUM.join(one.text for one in told)
    if not any(one.expression for one in told):
        return Told(text)
    whole = f"&{literal(SUM)}&".join(one.expression or literal(one.text) for one in told)
    return Told(text, whole if len(whole) <= MOST_FORMULA else "")


def _said(value: object) -> str:
    """The value of an input as its cell shows it."""
    return str(value).upper() if isinstance(value, bool) else str(value)
