"""Lays a calculator's inputs out by row, so that a formula for one row finds what holds for it."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, product
from typing import Any, NamedTuple

from omsorg_cli.core.calculator import Calculator, rows
from omsorg_cli.core.figure import Level
from omsorg_cli.core.input_types import Kind, Stated
from omsorg_cli.core.inputs import Inputs, Row, Table, aliases, kinds, tables
from omsorg_cli.core.quantities import MEASURED
from omsorg_cli.core.units import ROWS_UNIT

Point = tuple[tuple[str, str | int], ...]
"""Where a figure stands: its coordinate on each of its axes. An item without a category has the category ""."""


class Input(NamedTuple):
    """One stated value and its path."""

    name: str
    path: str
    point: Point
    stated: Stated
    kind: Kind


def level_of(point: Point) -> Level:
    """The axes that the point has a coordinate on."""
    return tuple([axis for axis, _ in point])


def restrict(point: Point, level: Iterable[str]) -> Point:
    """The point as a coarser level sees it."""
    return tuple([pair for pair in point if pair[0] in level])


class Layout:
    """The inputs and rows of one calculator in one scenario."""

    def __init__(self, calculator: Calculator, inputs: Inputs, common: Mapping[str, Stated]) -> None:
        self.calculator = calculator
        self.stated: dict[str, dict[Point, Input]] = {}
        self.order: dict[str, int] = {}
        self.labels: dict[tuple[str, str | int], str] = {}
        self._points: dict[Level, list[Point]] = {axes: [] for axes, _ in rows(calculator.inputs)}
        self._projected: dict[Level, list[Point]] = {}
        self._grouped: dict[tuple[Level, Level], dict[Point, list[Point]]] = {}
        self._levels: dict[str, list[Level]] = {}
        self._items: dict[str, frozenset[str | int]] = {}
        self._holders: dict[str, dict[Level, set[Point]]] = {}
        self._add(inputs, calculator.table, (), ())
        self._add_common(common)

    def find(self, name: str, point: Point) -> Input | None:
        """The input that holds for the point: the one stated nearest to it."""
        stated = self.stated.get(name)
        if stated is None:
            return None
        if name not in self._levels:
            self._levels[name] = sorted(dict.fromkeys(map(level_of, stated)), key=len, reverse=True)
        at: Any = dict(point)
        for level in self._levels[name]:
            spot = _at(at, level)
            if spot in stated and not self._is_replaced(spot, point):
                return stated[spot]
        return None

    def _is_replaced(self, spot: Point, point: Point) -> bool:
        """Whether the row at the spot is of a table in whose place a part that the point is in states one of its own.

        The rows that a part states are all that it has, whichever fields they have and however many they are.
        """
        if not spot or spot[-1][0] not in self._holders:
            return False
        at, around = dict(point), set(level_of(spot[:-1]))
        holders = self._holders[spot[-1][0]]
        return any(around < set(level) and _at(at, level) in points for level, points in holders.items())

    def unit(self, name: str, point: Point) -> str:
        """The unit; of what is counted in the row's, the one that the row states."""
        found = self.find("unit", point) if name == ROWS_UNIT else None
        return name if found is None else str(found.stated.value)

    def widened(self) -> "Layout":
        """The same layout, to which inputs can be added that this one does not have."""
        wide = copy.copy(self)
        vars(wide).update(stated=dict(self.stated), order=dict(self.order), _levels={})
        return wide

    def add(self, item: Input, place: int) -> None:
        """Takes in an input that the scenario does not state, at its place in the order."""
        self.stated[item.name] = {**self.stated.get(item.name, {}), item.point: item}
        self.order[item.path] = place
        self._levels.pop(item.name, None)

    def points(self, level: Level) -> list[Point]:
        """Every point of the level, in the order of the scenario."""
        if level in self._points:
            return self._points[level]
        if level not in self._projected:
            self._projected[level] = list(dict.fromkeys(self._project(level)))
        return self._projected[level]

    def grouped(self, level: Level, shared: Level) -> dict[Point, list[Point]]:
        """The points of the level by their coordinates on the shared axes."""
        key = (level, shared)
        if key not in self._grouped:
            groups = self._grouped.setdefault(key, {})
            for point in self.points(level):
                groups.setdefault(restrict(point, shared), []).append(point)
        return self._grouped[key]

    @property
    def levels(self) -> list[Level]:
        """The axes of each table of rows, those with the fewest axes first."""
        return sorted((level for level in self._points if level), key=len)

    @property
    def axes(self) -> Level:
        """Every axis that tells rows apart."""
        return tuple(dict.fromkeys(axis for level in self.levels for axis in level))

    def items(self, axis: str) -> frozenset[str | int]:
        """Every coordinate that some row has on the axis; of years, those of the horizon."""
        if axis not in self._items:
            levels = [level for level in self._points if axis in level]
            found = {dict(point)[axis] for level in levels for point in self._points[level]}
            self._items[axis] = frozenset(found | set(self.years if axis == "year" and self.calculator.horizon else ()))
        return self._items[axis]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the horizon."""
        first, count = (self.find(name, ()) for name in self.calculator.horizon or ())
        assert first is not None
        assert count is not None
        start = int(first.stated.number)
        return tuple(range(start, start + int(count.stated.number)))

    def _project(self, level: Level) -> Iterator[Point]:
        if self.calculator.horizon and "year" in level:
            for point in self.points(tuple(axis for axis in level if axis != "year")):
                for year in self.years:
                    yield (*point, ("year", year))
            return
        wider = next((axes for axes in self._points if set(axes) >= set(level)), None)
        for point in self._crossed(level) if wider is None else self._points[wider]:
            yield restrict(point, level)

    def _crossed(self, level: Level) -> Iterator[Point]:
        """Each row of one table with each row of another, where no one table has all the axes."""
        crossed: list[Level] = []
        for axes in sorted(self._points, key=len, reverse=True):
            if axes and set(axes) <= set(level) and not any(set(axes) & set(other) for other in crossed):
                crossed.append(axes)
        for points in product(*(self._points[axes] for axes in crossed)):
            at = dict(chain.from_iterable(points))
            yield tuple((axis, at[axis]) for axis in level)

    def _add(self, model: Inputs, path: str, point: Point, above: tuple[Inputs, ...]) -> None:
        self._state(model, path, point, above)
        self._points[level_of(point)].append(point)
        leaf = point
        for name, table in tables(type(model)).items():
            if not (table.row.keys and point):
                continue
            for child in getattr(model, name):
                keys = _keys(child)
                self._add(child, f"{path}/{_joined(keys)}", point + keys, (model, *above))
            if getattr(model, name):
                leaf = ()
            elif set(kinds(table.row)) & set(kinds(type(model))):  # an item without parts is its own part
                leaf = point + tuple((axis, "") for axis in table.axes)
                self._points[level_of(leaf)].append(leaf)
        self._add_tables(model, path, point, leaf, (model, *above))

    def _add_tables(self, model: Inputs, path: str, point: Point, leaf: Point, chain: tuple[Inputs, ...]) -> None:
        for name, table in tables(type(model)).items():
            if table.row.keys and point:
                continue
            field = aliases(type(model))[name]
            if table.row.keys:
                for child in getattr(model, name):
                    keys = _keys(child)
                    self._add(child, f"{path}.{field}.{_joined(keys)}", keys, ())
                continue
            axis = table.axes[0]
            if getattr(model, name) and any(hasattr(one, name) for one in chain[1:]):
                self._holders.setdefault(axis, {}).setdefault(level_of(point), set()).add(point)
            for key, row in _items(model, name, table):
                self._state(row, f"{path}.{field}.{key}", (*point, (axis, key)), ())
            holder = next((m for m in chain if getattr(m, name, None)), model)
            if leaf or not point:
                for key, _ in _items(holder, name, table):
                    spot = (*leaf, (axis, key))
                    self._points[level_of(spot)].append(spot)

    def _state(self, model: Inputs, path: str, point: Point, above: tuple[Inputs, ...]) -> None:
        names = aliases(type(model))
        for name, kind in kinds(type(model)).items():
            stated = getattr(model, name)
            inherited = stated is not None and stated.origin == "default" and any(hasattr(m, name) for m in above)
            if stated is not None and not inherited:
                self._keep(Input(name, f"{path}.{names[name]}", point, stated, kind))
        if isinstance(model, Row) and getattr(model, "label", None) and point:
            self.labels[_keys(model)[0]] = model.label  # type: ignore[attr-defined]  # checked just above

    def _keep(self, item: Input) -> None:
        if item.kind.by_row:
            item = item._replace(kind=item.kind._replace(unit=self.unit(ROWS_UNIT, item.point)))
        elif item.kind.unit == ROWS_UNIT:
            item = item._replace(kind=MEASURED.get(self.unit(ROWS_UNIT, item.point), item.kind))
        self.order.setdefault(item.path, len(self.order))
        self.stated.setdefault(item.name, {})[item.point] = item

    def _add_common(self, common: Mapping[str, Stated]) -> None:
        known = {name: kind for _, model in rows(self.calculator.inputs) for name, kind in kinds(model).items()}
        for name, stated in common.items():
            own = {at: item for at, item in self.stated.get(name, {}).items() if item.stated.origin != "default"}
            if name in known:
                item = Input(name, f"common.{name}", (), stated, known[name])
                self.stated[name] = {(): item} | own
                self.order.setdefault(item.path, len(self.order))


def _at(coordinates: Mapping[str, Any], level: Level) -> Point:
    """The point of the level that has those coordinates."""
    return tuple([(axis, coordinates.get(axis)) for axis in level])  # type: ignore[misc]  # an axis without one: no point


def _keys(row: Row) -> Point:
    return tuple((axis, getattr(row, axis)) for axis in type(row).keys if getattr(row, axis) is not None)


def _joined(keys: Point) -> str:
    return "/".join(str(key) for _, key in keys if key != "")


def _items(model: Inputs, name: str, table: Table) -> list[tuple[str | int, Row]]:
    held = getattr(model, name)
    return list(held.items()) if table.named else list(enumerate(held))
