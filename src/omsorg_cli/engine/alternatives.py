"""Every way to a step that the values of inputs decide between, so that a spreadsheet can follow when they change.

A way may need inputs that the scenario does not state: they are blanks, which somebody may fill in.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from omsorg_cli.core.calculator import rows
from omsorg_cli.core.figure import Formula, Parameter, same_as
from omsorg_cli.core.input_types import Stated, Value
from omsorg_cli.core.inputs import aliases, kinds
from omsorg_cli.engine.graph import Node, Step, Uses, flat
from omsorg_cli.engine.layout import Input, Layout, Point, level_of, restrict
from omsorg_cli.engine.missing import Missing
from omsorg_cli.engine.record import Record

BLANK = Stated(None)  # type: ignore[arg-type]  # nothing is stated
"""What stands for the value of an input that may be filled in."""
NAMING = ("key", "text")
"""Forms of inputs that name rows, or are read by people alone: nobody fills them in for a number."""

Guards = tuple[tuple[int, Value], ...]


class Way(NamedTuple):
    """A formula for a step and the steps that it uses.

    It holds where the guards have these values and no blank is empty; `slot` is a step that tells of it.
    """

    formula: Formula
    uses: Uses
    guards: Guards = ()
    blanks: tuple[int, ...] = ()
    slot: int = -1

    @property
    def slots(self) -> list[int]:
        """Every step that it uses, those of series one by one, then its guards and blanks."""
        return [*flat(self.uses), *(slot for slot, _ in self.guards), *self.blanks]

    @property
    def always_holds(self) -> bool:
        """Whether no input decides on it."""
        return not self.guards and not self.blanks


class Lack(NamedTuple):
    """What is missing where the guards have these values: blanks to fill in, or what no cell can take."""

    guards: Guards
    blanks: tuple[int, ...]
    names: str = ""


class Alternatives:
    """The ways to each step of a record, and what is missing where none holds.

    `plan` is the record's, with the steps and inputs that only other ways use: what they add, `added`, has no value
    as the inputs are.
    """

    def __init__(self, record: Record) -> None:
        self.plan = record.plan.widened()
        self.ways: dict[int, tuple[Way, ...]] = {}
        self.lacks: dict[int, tuple[Lack, ...]] = {}
        self.added: set[int] = set()
        self._missing = Missing(self.plan)
        self._under_way: set[Node] = set()
        self._rows = {name: _paths(layout) for name, layout in self.plan.layouts.items()}
        for slot, step in list(enumerate(self.plan.steps)):
            if step.formula is not None and step.conversion is None:
                self._decide(slot, step)
        self.ways |= dict(self._conversions())
        record.follow()
        for slot in self.added:
            record.values[slot] = None

    def _conversions(self) -> Iterator[tuple[int, tuple[Way, ...]]]:
        """The way of each step that converts an amount, which no input decides on; other ways use some of them."""
        for slot in self.plan.converted.values():
            step = self.plan.steps[slot]
            assert step.formula is not None
            yield slot, (Way(step.formula, step.uses, slot=slot),)

    def _decide(self, slot: int, step: Step) -> None:
        """The chosen formula, after those that another value of an input would put before it."""
        hidden = self.plan.slots.pop(step.node, None)  # nothing that is added may rest on the figure itself
        self._under_way.add(step.node)
        found = dict(self._known(slot, step))
        if not any(way.always_holds for way in found.values()):
            self._fill_in(slot, step, found)
        self._under_way.remove(step.node)
        if hidden is not None:
            self.plan.slots[step.node] = hidden
        last = len(self.plan.formulas_at(step.node))
        ordered = [found[place] for place in (*range(last), -1) if place in found]
        ordered.sort(key=lambda way: bool(way.blanks))  # what is filled in counts where nothing that is stated holds
        self.ways[slot] = tuple(
            self._told(step.node, way, slot if way.formula is step.formula else -1) for way in ordered
        )

    def _known(self, slot: int, step: Step) -> Iterator[tuple[int, Way]]:
        """The ways of which every input is stated, by the place of the formula; what is stated itself comes last."""
        chosen_passed = False
        for place, item in enumerate(self.plan.formulas_at(step.node)):
            if item is step.formula:
                chosen_passed = True
                yield place, Way(item, step.uses, self._guards(step.node, item, fill_in=False) or ())
            elif item.when or chosen_passed:
                way = self._way(step.node, item, fill_in=False)
                if way is None or self._leads_to(slot, way.slots):
                    continue
                yield place, way
            if chosen_passed and not item.when:
                return
        yield from ((-1, way) for way in self._as_stated(step))

    def _as_stated(self, step: Step) -> Iterator[Way]:
        """The value as it is stated, where the formula made another one of it."""
        assert step.formula is not None
        for parameter in step.formula.parameters:
            stated = self.plan.fill(step.node, parameter)
            if parameter.role.stated and parameter.name == step.node.figure and stated is not None:
                name = parameter.name
                yield Way(same_as(name, name, Annotated[float, step.formula.unit]), (stated,))

    def _fill_in(self, slot: int, step: Step, found: dict[int, Way]) -> None:
        """Adds the ways that blanks open, the first for each value that decides, and notes what is missing without."""
        items = self.plan.formulas_at(step.node)
        held, lacks = [items[place].when for place in found if place >= 0], list[Lack]()
        for place, item in enumerate(items):
            if place not in found and item.when not in held:
                way = self._way(step.node, item, fill_in=True)
                if way is not None and not self._leads_to(slot, way.slots):
                    found[place] = way
                    held.append(item.when)
                else:
                    lacks += self._not_there(step.node, item)
            if place in found and found[place].blanks:
                way = found[place]
                stated = tuple(guard for guard in way.guards if guard[0] not in way.blanks)
                lacks.append(Lack(stated, way.blanks))
        self.lacks[slot] = tuple(lacks)

    def _not_there(self, node: Node, item: Formula) -> Iterator[Lack]:
        """What the formula lacks that no cell can take."""
        guards, names = self._guards(node, item, fill_in=True), self._missing.lacks_of(node, item)
        if guards is not None and names:
            yield Lack(guards, (), names)

    def _told(self, node: Node, way: Way, slot: int) -> Way:
        """The way with a step that tells of it: its own, or the one whose formula was chosen."""
        if slot < 0:
            self.plan.steps.append(Step(node, way.formula, way.uses, tuple(at for at, _ in way.guards)))
            slot = len(self.plan.steps) - 1
            self.added.add(slot)
        return way._replace(slot=slot)

    def _way(self, node: Node, item: Formula, *, fill_in: bool) -> Way | None:
        """The formula as a way to the figure; None where it lacks something that cannot be filled in."""
        uses: list[int | tuple[int, ...]] = []
        for parameter in item.parameters:
            use = self.plan.fill(node, parameter)
            if use is None or use == ():
                use = self._supplied(node, parameter, fill_in=fill_in)
            if use is None or use == ():
                return None
            uses.append(use)
        guards = self._guards(node, item, fill_in=fill_in)
        if guards is None:
            return None
        used = [*flat(tuple(uses)), *(slot for slot, _ in guards)]
        blanks = dict.fromkeys(blank for slot in used for blank in self._blanks_of(slot))
        return Way(item, tuple(uses), guards, tuple(blanks))

    def _blanks_of(self, slot: int) -> Iterator[int]:
        """The blanks without which the step has no value: itself, or those of a figure that was added."""
        if self.is_blank(slot):
            yield slot
        elif slot in self.added:
            yield from (blank for way in self.ways[slot] for blank in way.blanks)

    def is_blank(self, slot: int) -> bool:
        """Whether the step is an input that the scenario does not state."""
        item = self.plan.steps[slot].input
        return item is not None and item.stated is BLANK

    def _guards(self, node: Node, item: Formula, *, fill_in: bool) -> Guards | None:
        """The inputs that the formula asks for a value of, with that value; None where one is not stated."""
        for name in item.when if fill_in else ():
            if self.plan.layouts[node.calculator].find(name, node.point) is None:
                self._blank(node.calculator, name, node.point)
        slots = self.plan.guards(node, item)
        return None if len(slots) < len(item.when) else tuple(zip(slots, item.when.values(), strict=True))

    def _supplied(self, node: Node, parameter: Parameter, *, fill_in: bool) -> int | tuple[int, ...] | None:
        """What the parameter takes once more is there: a figure that the run has no use for, or a blank."""
        role = parameter.role
        if role.series or role.to_date:
            series = [self._in_series(one, fill_in=fill_in) for one in self.plan.series(node, parameter)]
            return None if None in series else tuple(slot for slot in series if slot is not None)
        target = node if role.stated else self.plan.target(node, role)
        if target is None or parameter.name in self.plan.calculators[target.calculator].axes:
            return None
        if role.stated or parameter.name not in self.plan.figure_levels[target.calculator]:
            return self._blank(target.calculator, parameter.name, target.point) if fill_in else None
        layout = self.plan.layouts[target.calculator]
        nodes = (one for one in self.plan.holding(target, parameter.name) if _has(layout, one.point))
        return next((slot for one in nodes if (slot := self._figure(one, fill_in=fill_in)) is not None), None)

    def _in_series(self, node: Node, *, fill_in: bool) -> int | None:
        """The step of the figure or input at that very point, there or added."""
        found = self.plan.exactly(node)
        if found is not None or node.figure in self.plan.figure_levels[node.calculator]:
            return self._figure(node, fill_in=fill_in) if found is None else found
        return self._blank(node.calculator, node.figure, node.point) if fill_in else None

    def _figure(self, node: Node, *, fill_in: bool) -> int | None:
        """The step of a figure that the run has no use for; None where it lacks something."""
        if node in self.plan.slots or node in self._under_way:
            return self.plan.slots.get(node)
        self._under_way.add(node)
        items = self.plan.formulas_at(node)
        ways = [way for item in items if (way := self._way(node, item, fill_in=False)) is not None]
        slot = None if ways or not fill_in else self._blank(node.calculator, node.figure, node.point)
        if slot is None and not ways and fill_in:
            ways = [way for item in items if (way := self._way(node, item, fill_in=True)) is not None][:1]
        self._under_way.remove(node)
        if ways:
            ways = [self._told(node, way, -1) for way in ways]
            slot = ways[0].slot
            self.ways[slot] = tuple(ways)
        if slot is not None:
            self.plan.slots[node] = slot
        return slot

    def _blank(self, calculator: str, name: str, point: Point) -> int | None:
        """The input as a blank, in the finest row that may state it; None where there is no such row."""
        known = rows(self.plan.calculators[calculator].inputs)
        for axes, model in sorted(known, key=lambda one: -len(one[0])):
            spot = restrict(point, axes)
            if name not in kinds(model) or level_of(spot) != axes or (row := self._row(calculator, spot)) is None:
                continue
            if kinds(model)[name].form in NAMING:
                return None
            path, place = row
            item = Input(name, f"{path}.{aliases(model)[name]}", spot, BLANK, kinds(model)[name])
            self.plan.layouts[calculator].add(item, place)
            return self.plan.input_slot(calculator, item)
        return None

    def _row(self, calculator: str, spot: Point) -> tuple[str, int] | None:
        """The path of the row and its place; of one in which nothing is stated, by the path of another such row."""
        known, layout = self._rows[calculator], self.plan.layouts[calculator]
        if spot in known or not spot or not _has(layout, spot) or spot[-1][1] == "":
            return known.get(spot)
        above = known.get(spot[:-1])
        for other, (path, _) in known.items():
            if above is not None and level_of(other) == level_of(spot) and other[:-1] in known:
                between = path.removeprefix(known[other[:-1]][0]).removesuffix(str(other[-1][1]))
                return f"{above[0]}{between}{spot[-1][1]}", above[1]
        return None

    def _leads_to(self, target: int, slots: Sequence[int]) -> bool:
        """Whether one of the steps rests on the target, by any way."""
        waiting, seen = list(slots), set(slots)
        while waiting:
            slot = waiting.pop()
            if slot == target:
                return True
            step = self.plan.steps[slot]
            below = {use for way in self.ways.get(slot, ()) for use in way.slots} | set(step.slots)
            waiting += below - seen
            seen |= below
        return False


def _paths(layout: Layout) -> dict[Point, tuple[str, int]]:
    """The path of each row, and where the last of its inputs stands."""
    found: dict[Point, tuple[str, int]] = {(): (layout.calculator.table, 0)}
    for at in layout.stated.values():
        for item in at.values():
            path = item.path.rpartition(".")[0]
            if path != "common":
                place = max(layout.order[item.path], found.get(item.point, ("", 0))[1])
                found[item.point] = (path, place)
    return found


def _has(layout: Layout, point: Point) -> bool:
    """Whether there is such a row."""
    level = level_of(point)
    return point in layout.grouped(level, level)
