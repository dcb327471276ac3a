"""What a row of the calculation tells of how its figures came about: it follows the inputs as the figures do."""

from collections.abc import Sequence
from typing import NamedTuple

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import in_series, phrase, say
from omsorg_cli.core.symbol import Operation, Values, expression
from omsorg_cli.engine.alternatives import Lack, Way
from omsorg_cli.engine.graph import Step
from omsorg_cli.render.explain import formula_text, origin
from omsorg_cli.render.values import input_name, row_label
from omsorg_cli.render.workbook.formula import condition, first_that_holds, literal
from omsorg_cli.render.workbook.names import INPUTS
from omsorg_cli.render.workbook.places import VALUE, Places, Row

MOST_FORMULA = 8_000
"""Letters of a formula."""
NOT_CALCULATED = phrase("not calculated")
"""What a reason begins with, before a colon: other cells find it by that."""
FILL_IN = phrase("fill in {inputs} on the sheet {sheet}")
NOT_THERE = phrase("the scenario does not give {names} for {row}; state it there and make the workbook again")
ONLY_WHERE = phrase("only where {inputs}")
NOT_USED = phrase("not used with these inputs")
SUM = phrase("; sum: ")
BLANK_ROW = phrase("to be filled in on the sheet {sheet}")


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
            return _joined(list(dict.fromkeys(self._how(slot, f"{say(SUM)}{beside[0].text}") for slot in years)))
        return _joined([*told, *(one for one in beside if one not in told)])

    def _how(self, slot: int, tail: str = "") -> Told:
        """How the figure came about, by the way that holds; the tail goes with each way."""
        step = self.plan.steps[slot]
        if step.input is not None:
            blank = say(BLANK_ROW, sheet=say(INPUTS))
            return Told(
                _with(tail, blank if self.places.is_blank(slot) else plain(origin(self.places.result, step.input)))
            )
        ways = self.places.ways[slot]
        told = (self._way_text(way) for way in ways)
        texts = [(condition(way, self.places), _with(tail, text)) for way, text in zip(ways, told, strict=True)]
        if ways[0].always_holds:
            return Told(texts[0][1])
        if slot in self.places.alternatives.added:
            return Told(say(NOT_USED), first_that_holds(texts, say(NOT_USED)))
        chosen = next(text for way, (_, text) in zip(ways, texts, strict=True) if way.slot == slot)
        texts += [(condition(lack, self.places), self._lack_text(lack, step)) for lack in self._lacks(slot)]
        return Told(chosen, first_that_holds(texts, self._only_where(ways)))

    def _lacks(self, slot: int) -> Sequence[Lack]:
        return self.places.alternatives.lacks.get(slot, ())

    def _way_text(self, way: Way) -> str:
        """What the way tells, and its formula."""
        summary, told = say(way.formula.summary), formula_text(self.places.result, way.slot)
        if told == summary or _is_sum_below(way):
            return summary  # it says all: a bare number, or the sum of the same figure in other rows
        return plain(f"{summary.removesuffix('.')} = {told}")

    def _lack_text(self, lack: Lack, step: Step) -> str:
        """What is missing, and where it can be stated."""
        if lack.names:
            row = row_label(self.places.result, {axis: key for axis, key in step.node.point if axis != "year"})
            return _not_calculated(say(NOT_THERE, names=lack.names, row=row or say("all")))
        inputs = "; ".join(map(self._named, lack.blanks))
        return _not_calculated(say(FILL_IN, inputs=inputs, sheet=say(INPUTS)))

    def _only_where(self, ways: Sequence[Way]) -> str:
        """The values of inputs with one of which there would be a figure."""
        known = (in_series([self._guard(slot, value) for slot, value in way.guards]) for way in ways)
        return _not_calculated(say(ONLY_WHERE, inputs="; ".join(dict.fromkeys(filter(None, known)))))

    def _guard(self, slot: int, value: object) -> str:
        return say("{input} is {value}", input=self._named(slot), value=self._said(slot, value))

    def _said(self, slot: int, value: object) -> str:
        """The value of an input as people read it; a choice, which is typed as it stands, with that in brackets."""
        item = self.plan.steps[slot].input
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if item is None or item.kind.form != "choice":
            return str(value)
        calculator = self.plan.calculators.get(self.plan.steps[slot].node.calculator, self.places.result.calculator)
        return f"{say(calculator.label(str(value)))} ({value})"

    def _named(self, slot: int) -> str:
        item = self.plan.steps[slot].input
        assert item is not None
        return input_name(self.places.result, item)


def _is_sum_below(way: Way) -> bool:
    """Whether it is the sum of the same figure in other rows."""
    told = expression(way.formula)
    if not isinstance(told, Operation) or told.sign != "total":
        return False
    (series,) = told.arguments
    return isinstance(series, Values) and series.name == way.formula.figure


def _not_calculated(why: str) -> str:
    return plain(f"{say(NOT_CALCULATED)}: {why}")


def _with(tail: str, text: str) -> str:
    """The text with what comes after it."""
    return f"{text.removesuffix('.')}{tail}" if tail else text


def _joined(told: Sequence[Told]) -> Told:
    """All of it in one cell; the text alone, where the expression would be longer than a formula may be."""
    text = say(SUM).join(one.text for one in told)
    if not any(one.expression for one in told):
        return Told(text)
    whole = f"&{literal(say(SUM))}&".join(one.expression or literal(one.text) for one in told)
    return Told(text, whole if len(whole) <= MOST_FORMULA else "")
