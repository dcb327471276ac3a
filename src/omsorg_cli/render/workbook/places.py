"""Where each step of a calculation stands in the workbook: a table for each figure, years side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from omsorg_cli.core.figure import Level
from omsorg_cli.core.symbol import expression
from omsorg_cli.engine.alternatives import BLANK, NAMING, Alternatives
from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.layout import Input, Point, level_of
from omsorg_cli.render.workbook.book import serial
from omsorg_cli.render.workbook.formula import may_lack
from omsorg_cli.render.workbook.names import CALCULATION, names, reference
from omsorg_cli.result import Figure, Result

HOW = 3
"""The column that says how a figure is worked out."""
VALUE = 4
"""The column of what has no year, behind those of text; the years stand beside it."""
TOP = 1
"""The row of the headings."""


@dataclass
class Row:
    """One row of a table: the steps that stand in it, by column."""

    point: Point
    steps: dict[int, int] = field(default_factory=dict)


class Places:
    """Every step that the figures rest on, each with its cell."""

    def __init__(self, result: Result, figures: Sequence[Figure]) -> None:
        self.result = result
        self.record = result.record
        self.alternatives = Alternatives(result.record)
        self.plan, self.ways = self.alternatives.plan, self.alternatives.ways
        self.years = result.layout.years if result.calculator.horizon else ()
        self.shown = tuple(_with_unanswered(result, figures))
        self._reached: dict[int, None] = {}
        for node in (*self.headlines, *self.shown):
            self._reach(self.plan.slots[node])
        self._lacking = self._may_lack()
        self._missing = self._resting_on([slot for slot in self._reached if self._may_be_undecided(slot)])
        self.inputs = tuple(self._inputs())
        self.names = names(item.path for item in self.inputs)
        self.fixed = {item.path for item in self.inputs if self._is_fixed(item)}
        """The inputs that decide which rows or columns there are."""
        self._given = {slot for slot in self.plan.slots.values() if self.plan.steps[slot].input is not None}
        self._orders: dict[tuple[str, Level], dict[Point, int]] = {}
        self.tables = self._tables()
        self.cells = dict(self._cells())

    @property
    def headlines(self) -> list[Node]:
        """The figures that people ask for first, in their order."""
        return [node for name in self.result.calculator.headlines for node in self.shown if node.figure == name]

    def _reach(self, slot: int) -> None:
        """Takes in the step and all that it rests on, each before what it uses."""
        waiting = [slot]
        while waiting:
            at = waiting.pop()
            if at not in self._reached:
                self._reached[at] = None
                waiting += [use for way in self.ways.get(at, ()) for use in way.slots][::-1]

    def _may_lack(self) -> set[int]:
        """The steps whose formula, or one that they rest on, may have no answer."""
        formulas = {id(way.formula): way.formula for slot in self._reached for way in self.ways.get(slot, ())}
        lacking = {key for key, formula in formulas.items() if may_lack(expression(formula))}
        return self._resting_on(
            [s for s in self._reached if any(id(w.formula) in lacking for w in self.ways.get(s, ()))]
        )

    def _resting_on(self, slots: Sequence[int]) -> set[int]:
        """The steps and all that rest on them."""
        used_by: dict[int, list[int]] = {}
        for slot in self._reached:
            for way in self.ways.get(slot, ()):
                for use in way.slots:
                    used_by.setdefault(use, []).append(slot)
        found: set[int] = set()
        waiting = list(slots)
        while waiting:
            slot = waiting.pop()
            if slot not in found:
                found.add(slot)
                waiting += used_by.get(slot, ())
        return found

    def _inputs(self) -> Iterator[Input]:
        """Every input that a figure, or another way to it, rests on, in the order of the scenario."""
        layouts = enumerate(self.plan.layouts.values())
        places = {path: (index, place) for index, one in layouts for path, place in one.order.items()}
        found = [item for slot in self._reached if (item := self.plan.steps[slot].input) is not None]
        yield from sorted(found, key=lambda item: (*places[item.path], item.stated is BLANK))

    def _is_fixed(self, item: Input) -> bool:
        """Whether the input says how many years there are, or from when where amounts are converted, or names a row."""
        known = self.plan.calculators.values()
        deciding = slice(0 if self.plan.converted else 1, 2)
        counts = any(item.name in (one.horizon or ("", ""))[deciding] for one in known)
        return counts or item.kind.form in NAMING or any(item.name in one.named_by for one in known)

    def _tables(self) -> dict[tuple[str, str], list[Row]]:
        """The rows of each figure, coarser before finer, in the order in which an explanation tells the figures."""
        found: dict[tuple[str, str], dict[Point, Row]] = {}
        series = {
            slot
            for one in self._reached
            for way in self.ways.get(one, ())
            for use in way.uses
            if not isinstance(use, int)
            for slot in use
        }
        for slot in self._reached:
            step = self.plan.steps[slot]
            if step.formula is None and slot not in self._given and (slot not in series or step.input is None):
                continue
            point, column = self._place(slot)
            rows = found.setdefault(step.node[:2], {})
            rows.setdefault(point, Row(point)).steps[column] = slot
        return {key: sorted(rows.values(), key=lambda row: self._rank(key[0], row)) for key, rows in found.items()}

    def _place(self, slot: int) -> tuple[Point, int]:
        """The row and the column of a step in its table: the years of the horizon stand side by side."""
        calculator, _, point = self.plan.steps[slot].node
        year = dict(point).get("year")
        if year not in self.years or not self.plan.calculators[calculator].horizon:
            return point, VALUE
        return tuple(pair for pair in point if pair[0] != "year"), VALUE + 1 + self.years.index(int(year))

    def _rank(self, calculator: str, row: Row) -> tuple[int, int]:
        layout = self.plan.layouts[calculator]
        slot = next(iter(row.steps.values()))
        step = self.plan.steps[slot]
        if step.input is not None and slot not in self._given:
            return len(row.point), layout.order[step.input.path]
        level = level_of(row.point)
        if (calculator, level) not in self._orders:
            self._orders[calculator, level] = {point: index for index, point in enumerate(layout.points(level))}
        return len(row.point), self._orders[calculator, level][row.point]

    @property
    def first_year(self) -> str:
        """What the heading of the first year is: the input where there is one, else the year."""
        name, _ = self.result.calculator.horizon or ("", "")
        return self.names.get(f"{self.result.calculator.table}.{name}", str(self.years[0]))

    def row_of(self, row: Row) -> int:
        """The row of the sheet that it stands in."""
        return self.cells[next(iter(row.steps.values()))][0]

    def _cells(self) -> Iterator[tuple[int, tuple[int, int]]]:
        at = TOP
        for rows in self.tables.values():
            at += 2  # an empty row, and the table's heading
            for row in rows:
                at += 1
                for column, slot in row.steps.items():
                    yield slot, (at, column)

    def reference(self, slot: int) -> str:
        """The cell of the step; of an input, its name; of a year, its heading."""
        step = self.plan.steps[slot]
        if step.input is not None and slot not in self._given:
            return self.names[step.input.path]
        if slot in self.cells:
            return str(xl_rowcol_to_cell(*self.cells[slot]))
        if step.constant in self.years:
            return self.year_heading(self.years.index(step.constant))
        return str(step.constant)

    def ranges(self, slots: Sequence[int]) -> list[str]:
        """The cells of the steps, row by row, as few ranges as there are; what stands in no cell as it is."""
        constants = [str(step.constant) for slot in slots if (step := self.plan.steps[slot]).constant is not None]
        found: list[list[int]] = []
        for row, column in (self.cells[slot] for slot in slots if slot in self.cells):
            last = found[-1] if found else [-9, -9, -9, -9]
            if last[0] == last[2] == row and column == last[3] + 1:
                last[3] = column
            elif last[1] == last[3] == column and row == last[2] + 1:
                last[2] = row
            else:
                found.append([row, column, row, column])
        return [*constants, *(_range(*one) for one in _stacked(found))]

    def is_month(self, slot: int) -> bool:
        """Whether the cell holds the first day of a month."""
        return self.plan.steps[slot].is_month

    def is_blank(self, slot: int) -> bool:
        """Whether the cell is one to fill in."""
        return self.alternatives.is_blank(slot)

    def may_lack(self, slot: int) -> bool:
        """Whether the cell may be empty: the formula, or one that it rests on, may have no answer."""
        return slot in self._lacking

    def may_be_missing(self, slot: int) -> bool:
        """Whether the cell may be in error, because no way to the step holds or none to one that it rests on."""
        return slot in self._missing

    def _may_be_undecided(self, slot: int) -> bool:
        return slot in self.ways and not any(way.always_holds for way in self.ways[slot])

    def cell_of(self, figure: Figure | Node) -> str:
        """Where the figure stands, as other sheets call it."""
        node = figure.node if isinstance(figure, Figure) else figure
        row, column = self.cells[self.plan.slots[node]]
        return f"{reference(CALCULATION)}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def undecided(self, node: Node) -> list[int]:
        """The steps below the figure for which there is no way with other values of inputs, in the order of the run."""
        waiting, seen = [self.plan.slots[node]], set[int]()
        while waiting:
            slot = waiting.pop()
            if slot not in seen:
                seen.add(slot)
                waiting += [use for way in self.ways.get(slot, ()) for use in way.slots]
        return sorted(slot for slot in seen & set(self.alternatives.lacks) if slot not in self.alternatives.added)

    def year_heading(self, index: int) -> str:
        """The cell that heads the column of a year."""
        return f"{xl_col_to_name(VALUE + 1 + index)}${TOP + 1}"

    def value(self, slot: int) -> Any:
        """The value of the step as a cell has it."""
        value = self.record.values[slot]
        return serial(value) if value is not None and self.is_month(slot) else value


def _with_unanswered(result: Result, figures: Sequence[Figure]) -> Iterator[Node]:
    """The figures, and in their rows those that have no answer as the inputs are, in the order of the result."""
    nodes = [figure.node for figure in figures]
    rows = {_without_year(node) for node in nodes}
    whole = len(nodes) == len(result.figures)
    others = (node for node in result.without_answer if whole or _without_year(node) in rows)
    yield from sorted((*nodes, *others), key=result.place)


def _without_year(node: Node) -> Node:
    return node._replace(point=tuple(pair for pair in node.point if pair[0] != "year"))


def _stacked(runs: Sequence[Sequence[int]]) -> list[list[int]]:
    """The runs, those below each other as one."""
    found: list[list[int]] = []
    for run in runs:
        if found and found[-1][1] == run[1] and found[-1][3] == run[3] and found[-1][2] + 1 == run[0]:
            found[-1][2] = run[2]
        else:
            found.append(list(run))
    return found


def _range(top: int, left: int, bottom: int, right: int) -> str:
    first, last = xl_rowcol_to_cell(top, left), xl_rowcol_to_cell(bottom, right)
    return first if first == last else f"{first}:{last}"
