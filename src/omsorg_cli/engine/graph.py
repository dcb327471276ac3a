"""The flat plan of a run: every figure in every row and year, in an order in which each finds what it needs."""

import copy
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from heapq import heappop, heappush
from typing import Any, NamedTuple

from omsorg_cli.core.calculator import Calculator
from omsorg_cli.core.figure import SCENARIOS_YEAR, Formula, Level, Parameter, Role
from omsorg_cli.core.input_types import Kind
from omsorg_cli.engine.conversion import (
    FACTOR,
    PRICES,
    Conversion,
    conversion,
    conversions,
    factor_point,
    formula_of,
    price_year,
)
from omsorg_cli.engine.layout import Input, Layout, Point, level_of, restrict


class Node(NamedTuple):
    """A figure of a calculator at a point."""

    calculator: str
    figure: str
    point: Point


Uses = tuple[int | tuple[int, ...], ...]
"""The step of each parameter, or those of its series."""


def flat(uses: Uses) -> list[int]:
    """Every step that is used, those of series one by one."""
    return [slot for use in uses for slot in ((use,) if isinstance(use, int) else use)]


class Step(NamedTuple):
    """One value of the record: an input, a coordinate, or a formula and the steps that it uses.

    `guards` are the inputs whose values the formula holds for, `namers` those that name the rows it looks into;
    `unit_of_row` is the unit of the formula's value, as the row has it; `conversion` says what it converts.
    """

    node: Node
    formula: Formula | None = None
    uses: Uses = ()
    guards: tuple[int, ...] = ()
    namers: tuple[int, ...] = ()
    input: Input | None = None
    constant: Any = None
    unit_of_row: str = ""
    conversion: Conversion | None = None

    @property
    def slots(self) -> list[int]:
        """Every step that it rests on: those of its series one by one, then its guards and namers."""
        return [*flat(self.uses), *self.guards, *self.namers]

    @property
    def unit(self) -> str:
        """The unit of its value; none for a coordinate."""
        if self.input is not None:
            return self.input.kind.unit
        return self.unit_of_row

    @property
    def is_month(self) -> bool:
        """Whether its value is a month, as a count of months."""
        return self.unit == "month" or (self.input is not None and self.input.kind.form == "month")


class Plan:
    """Orders the formulas of a calculator, and of those it names, by what is there.

    A given figure wins over a formula; of several formulas, the first whose parameters are there. What stays without
    any is left out, with what it lacks. No formula counts that holds for one value of an input that is `varied`.
    """

    def __init__(
        self,
        calculators: Sequence[Calculator],
        layouts: Mapping[str, Layout],
        year: int,
        varied: Collection[str] = (),
    ) -> None:
        self.layouts = layouts
        self._varied = varied
        self.calculators = {item.name: item for item in calculators if item.name in layouts}
        self.year = year
        self.steps: list[Step] = []
        self.slots: dict[Node, int] = {}
        self.input_slots: dict[str, int] = {}
        self._constants: dict[tuple[str, Any], int] = {}
        self._formulas = {name: _by_figure(item) for name, item in self.calculators.items()}
        self._formulas_at: dict[tuple[str, str, Level], list[Formula]] = {}
        self.figure_levels = {name: _levels(item) for name, item in self.calculators.items()}
        self.converted: dict[tuple[str, int], int] = {}
        self._converts = PRICES in self.layouts and any(conversions(self.layouts, year))
        self._needed = self._asked_for(calculators[0].name)
        if self._converts:
            self._order(only=PRICES)
        self._take_given()
        self._order()

    def _asked_for(self, first: str) -> set[tuple[str, str]]:
        """The figures of the first calculator, and those of any that they are made of."""
        waiting = [(first, figure) for figure in self._formulas.get(first, ())]
        waiting += [(PRICES, FACTOR)] if self._converts else []
        found = set(waiting)
        while waiting:
            calculator, figure = waiting.pop()
            for item in self._formulas.get(calculator, {}).get(figure, ()):
                used = {(p.role.calculator or calculator, p.name) for p in item.parameters} - found
                found |= used
                waiting += used
        return found

    def step(self, node: Node) -> Step:
        """The step that gives the figure there."""
        return self.steps[self.slots[node]]

    def formulas_for(self, node: Node) -> list[Formula]:
        """The formulas that could give the figure there."""
        return [item for item in self.formulas_at(node) if self._holds(node.calculator, item, node.point)]

    def formulas_at(self, node: Node) -> list[Formula]:
        """The formulas that speak of the figure there, whether or not the inputs have the values that they hold for.

        What holds for one value of an input goes before what holds for any.
        """
        key = (node.calculator, node.figure, level_of(node.point))
        if key not in self._formulas_at:
            found = self._formulas[node.calculator].get(node.figure, ())
            level = set(key[-1])
            here = [item for item in found if any(set(known) == level for known in item.levels)]
            here = [item for item in here if self._has_to_convert(node.calculator, item)]
            self._formulas_at[key] = sorted(here, key=lambda item: not item.when)
        return self._formulas_at[key]

    def widened(self) -> "Plan":
        """The same plan over the same steps, to which figures and inputs can be added that this one does not have."""
        wide = copy.copy(self)
        wide.slots, wide.input_slots = dict(self.slots), dict(self.input_slots)
        wide.converted = dict(self.converted)
        wide.layouts = {name: layout.widened() for name, layout in self.layouts.items()}
        return wide

    def is_free(self, path: str) -> bool:
        """Whether the input is a number that may change without another formula or another row being taken."""
        slot = self.input_slots.get(path)
        item = None if slot is None else self.steps[slot].input
        return item is not None and item.kind.form == "number" and item.name not in self._deciding

    def kind_of(self, path: str) -> Kind:
        """What the input of that path may be."""
        item = self.steps[self.input_slots[path]].input
        assert item is not None
        return item.kind

    @cached_property
    def _deciding(self) -> set[str]:
        """The inputs whose values formulas hold for, or which name a row."""
        formulas = [item for calculator in self.calculators.values() for item in calculator.known]
        rows = (name for item in formulas for p in item.parameters for name in p.role.at_input.values())
        return {name for item in formulas for name in item.when} | set(rows)

    def levels(self, node: Node) -> tuple[Level, ...]:
        """Every level that the figure is worked out over."""
        return self.figure_levels[node.calculator][node.figure]

    def wanted(self) -> Iterator[tuple[str, Formula, Point]]:
        """Every formula that is asked for, or that another asks for, at every point that it speaks of."""
        for name, calculator in self.calculators.items():
            for item in calculator.known:
                for level in item.levels if (name, item.figure) in self._needed else ():
                    for point in self.layouts[name].points(level):
                        yield name, item, point

    def _take_given(self) -> None:
        for name, item, point in self.wanted():
            if item.figure not in self.layouts[name].stated:
                continue
            node = Node(name, item.figure, point)
            given = self.layouts[name].find(item.figure, point)
            if given is None or given.point != point or node in self.slots:
                continue
            remade = any(p.role.stated and p.name == item.figure for f in self.formulas_for(node) for p in f.parameters)
            if not remade:
                self.slots[node] = self.input_slot(name, given)

    def _order(self, only: str = "") -> None:
        """Gives each figure its formula; with `only`, those of one calculator.

        What holds for one value of an input goes before what holds for any, which has its turn once the other cannot.
        """
        wanted = (one for one in self.wanted() if only in ("", one[0]))
        entries = sorted((one for one in wanted if self._holds(*one)), key=lambda entry: not entry[1].when)
        special = {_node(entry) for entry in entries if entry[1].when}
        self._take_turns([entry for entry in entries if entry[1].when or _node(entry) not in special])
        self._take_turns([entry for entry in entries if _node(entry) not in self.slots])

    def _take_turns(self, entries: Sequence[tuple[str, Formula, Point]]) -> None:
        """Gives each formula its turn, round by round; after the first, only when a figure that it lacked is there."""
        turns = list(range(len(entries)))
        waiting: dict[Node, list[int]] = {}
        while turns:
            turn = heappop(turns)
            node, item = _node(entries[turn % len(entries)]), entries[turn % len(entries)][1]
            for lacking in self._place(node, item):
                waiting.setdefault(lacking, []).append(turn)
            for one in waiting.pop(node, ()) if node in self.slots else ():
                heappush(turns, turn + (one - turn) % len(entries))

    def _place(self, node: Node, item: Formula) -> Iterable[Node]:
        """Gives the figure its step, if it has none; else the figures of which it needs one more before it can."""
        if node in self.slots:
            return ()
        uses = []
        for parameter in item.parameters:
            found = self.fill(node, parameter)
            if found is None or found == ():
                return self._awaited(node, parameter)
            uses.append(found)
        unit = self.layouts[node.calculator].unit(item.unit.name, node.point)
        guards, namers = self.guards(node, item), self._namers(node, item)
        self.slots[node] = self._append(Step(node, item, tuple(uses), guards, namers, unit_of_row=unit))
        return ()

    def _awaited(self, node: Node, parameter: Parameter) -> Iterable[Node]:
        """The figures one of which must be there before the parameter can be; of a series, the last that is not."""
        role = parameter.role
        if role.series or role.to_date:
            return [one for one in self.series(node, parameter) if self.exactly(one) is None][-1:]
        target = None if role.stated else self.target(node, role)
        return () if target is None else self.holding(target, parameter.name)

    def guards(self, node: Node, item: Formula) -> tuple[int, ...]:
        """The inputs that the formula asks for a value of, as far as they are stated."""
        return self._stated(node, item.when)

    def _namers(self, node: Node, item: Formula) -> tuple[int, ...]:
        """The inputs that name the rows that the formula looks into."""
        roles = [role for _, role in item.parameters if role.at_input and not role.series]
        return self._stated(node, dict.fromkeys([name for role in roles for name in role.at_input.values()]))

    def _stated(self, node: Node, names: Iterable[str]) -> tuple[int, ...]:
        """Those of the inputs that are stated for the node."""
        layout = self.layouts[node.calculator]
        found = [given for name in names if (given := layout.find(name, node.point)) is not None]
        return tuple([self._stated_slot(node.calculator, given) for given in found])

    def _append(self, step: Step) -> int:
        self.steps.append(step)
        return len(self.steps) - 1

    def _has_to_convert(self, calculator: str, item: Formula) -> bool:
        """Whether the prices that a formula converts from are of another year than its own; so of any other formula."""
        if not item.converts_from:
            return True
        there = self.layouts.get(item.converts_from)
        return there is not None and price_year(there, self.year) != price_year(self.layouts[calculator], self.year)

    def _holds(self, calculator: str, item: Formula, point: Point) -> bool:
        if not self._has_to_convert(calculator, item):
            return False
        for name, value in item.when.items():
            found = self.layouts[calculator].find(name, point)
            if found is None or found.stated.range is not None or found.path in self._varied:
                return False
            if found.stated.value != value:
                return False
        return True

    def fill(self, node: Node, parameter: Parameter) -> int | tuple[int, ...] | None:
        """The step that the parameter takes, or those of its series; None where one is not there (yet)."""
        role = parameter.role
        if role.series or role.to_date:
            found = [self.exactly(one) for one in self.series(node, parameter)]
            if role.may_be_empty and not found:
                return (self._constant("none", 0.0),)
            return None if None in found else tuple(slot for slot in found if slot is not None)
        if role.stated:
            given = self.layouts[node.calculator].find(parameter.name, node.point)
            return None if given is None else self.input_slot(node.calculator, given)
        target = self.target(node, role)
        if target is None:
            return None
        if parameter.name in self.calculators[target.calculator].axes:
            return self._constant(parameter.name, dict(target.point).get(parameter.name))
        return self._plain(target, parameter.name)

    def target(self, node: Node, role: Role) -> Node | None:
        """Where the parameter is looked for: the same row, unless its role names another."""
        if role.calculator is None and not role.at_input and not role.at:
            return node
        at: dict[str, Any] = dict(node.point)
        for axis, name in role.at_input.items():
            given = self.layouts[node.calculator].find(name, node.point)
            if given is None:
                return None
            at[axis] = given.stated.value
        if role.calculator is None:
            at |= role.at
            axes = dict.fromkeys((*self.calculators[node.calculator].keys, *at))
            return Node(node.calculator, node.figure, tuple((axis, at[axis]) for axis in axes if axis in at))
        at |= self._followed(node, role)
        other = self.calculators.get(role.calculator)
        if other is None or ("year" not in other.axes and at.get("year", self.year) != self.year):
            return None
        named = (*role.at_input, *(["year"] if other.horizon and "year" in at else []))
        if any(at[axis] != "" and at[axis] not in self.layouts[other.name].items(axis) for axis in named):
            return None
        at |= {axis: self.year if key == SCENARIOS_YEAR else key for axis, key in role.at.items()}
        return Node(other.name, node.figure, tuple((axis, at[axis]) for axis in other.axes if axis in at))

    def _followed(self, node: Node, role: Role) -> dict[str, str]:
        """The index that the first of the role's amounts follows that follows one."""
        found = (self.layouts[node.calculator].find(name, node.point) for name in role.index_of)
        index = next((one.stated.follows for one in found if one is not None and one.stated.follows), None)
        return {} if index is None else {"index": index}

    def _plain(self, at: Node, name: str) -> int | None:
        if name not in self.figure_levels[at.calculator]:
            given = self.layouts[at.calculator].find(name, at.point)
            return None if given is None else self.input_slot(at.calculator, given)
        for one in self.holding(at, name):
            if one in self.slots:
                return self.slots[one]
        return None

    def holding(self, at: Node, name: str) -> Iterator[Node]:
        """The figure at every level that may hold for the point, the finest first."""
        own = level_of(at.point)
        for level in _within(self.figure_levels[at.calculator].get(name, ()), own):
            yield Node(at.calculator, name, at.point if level == own else restrict(at.point, level))

    def exactly(self, node: Node) -> int | None:
        """The slot of the figure, or of the input, at that very point."""
        if node.figure in self.figure_levels[node.calculator]:
            return self.slots.get(node)
        given = self.layouts[node.calculator].find(node.figure, node.point)
        return None if given is None else self.input_slot(node.calculator, given)

    def series(self, node: Node, parameter: Parameter) -> list[Node]:
        """The figure at every point that the node leaves open, in the years up to its own, or in rows that name it."""
        points: Iterable[Point]
        if parameter.role.to_date:
            points = self._to_date(node)
        elif parameter.role.at_input:
            points = self._naming(node, parameter.role)
        else:
            points = self._left_open(node, parameter)
        return [Node(node.calculator, parameter.name, point) for point in points]

    def _to_date(self, node: Node) -> Iterator[Point]:
        """The node's point in each year of the horizon up to its own."""
        last = int(dict(node.point)["year"])
        for year in self.layouts[node.calculator].years:
            if year <= last:
                yield tuple(("year", year) if axis == "year" else (axis, key) for axis, key in node.point)

    def _naming(self, node: Node, role: Role) -> Iterator[Point]:
        """The rows whose inputs name the node's."""
        layout = self.layouts[node.calculator]
        return (point for point in layout.points(level_of(node.point)) if _names(layout, point, node, role))

    def _left_open(self, node: Node, parameter: Parameter) -> Sequence[Point]:
        """The points below the node's, or beside it on the axes that the series goes across."""
        across = parameter.role.across
        node = node._replace(point=tuple(pair for pair in node.point if pair[0] not in across))
        level = self._finer(node, parameter.name)
        shared = tuple(axis for axis, _ in node.point if axis in level)
        return self.layouts[node.calculator].grouped(level, shared).get(restrict(node.point, shared), ())

    def _finer(self, node: Node, name: str) -> Level:
        levels = self.figure_levels[node.calculator].get(name, ())
        return _nearest_finer(levels or (self.calculators[node.calculator].input_levels[name],), level_of(node.point))

    def input_slot(self, calculator: str, item: Input) -> int:
        """The step of the input, or of the amount that it is in the prices that are calculated in."""
        slot = self._stated_slot(calculator, item)
        found = conversion(self.layouts[calculator], item, self.year) if self._converts else None
        return slot if found is None else self._converted_slot(calculator, slot, found)

    def _converted_slot(self, calculator: str, slot: int, found: Conversion) -> int:
        """The step that converts the amount, which it gets with its first use."""
        key = found.item.path, found.to_year
        if key not in self.converted:
            known = self.calculators[calculator].units.get(found.item.name)
            item = formula_of(found, either_way=known is not None and known.unit.either_way)
            years = (factor_point(found.by, year) for year in (found.to_year, found.from_year))
            factors = [self.slots[Node(PRICES, FACTOR, point)] for point in years]
            node = Node(calculator, item.figure, found.item.point)
            step = Step(node, item, (slot, *factors), unit_of_row=item.unit.name, conversion=found)
            self.converted[key] = self._append(step)
        return self.converted[key]

    def _stated_slot(self, calculator: str, item: Input) -> int:
        """The step of the input as it is stated, which it gets with its first use."""
        if item.path not in self.input_slots:
            node = Node(calculator, item.name, item.point)
            self.input_slots[item.path] = self._append(Step(node, input=item))
        return self.input_slots[item.path]

    def _constant(self, name: str, value: Any) -> int:
        key = (name, value)
        if key not in self._constants:
            self._constants[key] = self._append(Step(Node("", name, ()), constant=value))
        return self._constants[key]


def _node(entry: tuple[str, Formula, Point]) -> Node:
    """The figure that the formula gives there."""
    calculator, item, point = entry
    return Node(calculator, item.figure, point)


@cache
def _within(levels: tuple[Level, ...], own: Level) -> tuple[Level, ...]:
    """The levels all of whose axes a point of the own level has."""
    return tuple(level for level in levels if set(level) <= set(own))


@cache
def _nearest_finer(levels: tuple[Level, ...], own: Level) -> Level:
    """Of the levels that have other axes than the own one, the one with the fewest, and with most of its axes."""
    axes = set(own)
    finer = [level for level in levels if set(level) - axes]
    return min(finer, key=lambda level: (len(set(level) - axes), -len(axes & set(level))))


def _names(layout: Layout, point: Point, node: Node, role: Role) -> bool:
    """Whether the row at the point names the node's row, by the inputs of the role."""
    at = dict(node.point)
    found = {axis: layout.find(name, point) for axis, name in role.at_input.items()}
    return all(given is not None and given.stated.value == at[axis] for axis, given in found.items())


def _levels(calculator: Calculator) -> dict[str, tuple[Level, ...]]:
    """The levels of each figure, the finest first; those of one size in the order of the formulas."""
    found: dict[str, dict[Level, None]] = {}
    for item in calculator.known:
        found.setdefault(item.figure, {}).update(dict.fromkeys(item.levels))
    return {name: tuple(sorted(levels, key=len, reverse=True)) for name, levels in found.items()}


def _by_figure(calculator: Calculator) -> dict[str, list[Formula]]:
    found: dict[str, list[Formula]] = {}
    for item in calculator.known:
        found.setdefault(item.figure, []).append(item)
    return found
