"""From a scenario to a result: figures with units and assumptions, what is missing, what must be said with them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from string import Formatter
from threading import Lock
from typing import Any, NamedTuple

from omsorg_cli.calculators import load
from omsorg_cli.core.calculator import Calculator, Caveat, Doubt, Remark
from omsorg_cli.core.errors import Fault, OmsorgError, ScenarioError
from omsorg_cli.core.fixed import Fixed
from omsorg_cli.core.input_types import Kind, Value, source_id
from omsorg_cli.core.labels import worded
from omsorg_cli.core.language import again, in_series, phrase, say
from omsorg_cli.core.numbers import month_text, number_text
from omsorg_cli.core.plausibility import said
from omsorg_cli.core.units import is_money
from omsorg_cli.engine.cautions import Meeting, price_meetings, roundings, slips
from omsorg_cli.engine.conversion import FACTOR, PRICES, Conversion, conversions, factor_point, price_year
from omsorg_cli.engine.defaults import deciding_defaults
from omsorg_cli.engine.graph import Node, Plan
from omsorg_cli.engine.impossible import Impossible, impossible
from omsorg_cli.engine.layout import Input, Layout, Point, level_of
from omsorg_cli.engine.missing import Missing
from omsorg_cli.engine.record import Record, steps_below
from omsorg_cli.engine.rounding import Span, span
from omsorg_cli.scenario.load import TABLES, Put, Recheck, Request, Scenario, open_scenario
from omsorg_cli.scenario.price_years import SAYS, says_price_year
from omsorg_cli.scenario.read import Text

Keys = dict[str, str | int | None]

CONVERTED = phrase("Converted from {from_year} to {to_year} prices by {index} (× {factor}): {inputs}.")
TOO_LARGE = phrase("it is too large to calculate with")
LEVELS = ("gap", "part")
"""The kinds of money that say how much more there is, and not that it is saved."""
MOST_DOUBTED = 3
"""Figures that are shown as they would be otherwise."""
MOST_ROWS = 5
"""Rows that are named one by one where they lack the same."""


class Figure(NamedTuple):
    """One computed number: its name, its value in its unit, its row, and what it rests on."""

    figure: str
    value: float
    unit: str
    keys: Keys
    direction: str | None
    assumptions: tuple[str, ...]
    node: Node
    told: str = ""
    """How people are told which way it goes, where it goes either way."""

    @property
    def saved(self) -> str | None:
        """Whether it is saved or costs more, where it says that: what lies above another amount is neither."""
        return None if self.told in LEVELS else self.direction


class NotCalculated(NamedTuple):
    """Figures that are not calculated for the same reason, in the same rows."""

    figures: tuple[str, ...]
    rows: tuple[str, ...]
    """The rows, as they are typed; empty for what is of no row."""
    why: str
    told: str
    """What people read: the figures, the rows and the reason."""
    points: tuple[Point, ...] = ()
    """The rows, as the plan has them."""
    is_lacking: bool = False
    """Whether inputs are not given; else they give no value."""

    @property
    def sentence(self) -> str:
        """The same where nothing says above it that the figures are not calculated."""
        return say("Not calculated: {figures_and_reason}", figures_and_reason=self.told)


class Result:
    """What one calculator says of one scenario."""

    def __init__(self, calculator: Calculator, scenario: Scenario, record: Record) -> None:
        self.calculator = calculator
        self.scenario = scenario
        self.record = record
        self.layout = record.plan.layouts[calculator.name]
        self._spans: dict[Node, Span | None] = {}
        self._orders: dict[tuple[str, ...], dict[Point, int]] = {}
        self._stated_any: dict[tuple[str, ...], bool] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return result_of, (self.scenario.text, self.scenario.request, self.calculator.name)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the calculator, in its order; those over more coordinates first."""
        found: dict[tuple[str, tuple[Any, ...]], Figure] = {}
        for node in sorted(self._nodes(), key=self.place):
            figure = self._figure(node)
            if figure is not None:
                found[figure.figure, tuple(figure.keys.values())] = figure
        return tuple(found.values())

    @cached_property
    def without_answer(self) -> tuple[Node, ...]:
        """The figures that are worked out, and have no answer with these inputs."""
        return tuple(node for node in self._nodes() if self.record.value(node) is None and self._is_told(node))

    @cached_property
    def defaults(self) -> tuple[Input, ...]:
        """Every default that a figure rests on: nobody stated it."""
        deciding = {item.path for item in deciding_defaults(self.record.plan)}
        named = (item for item in self.used_by(self.figures) if item.stated.value != "")
        used = {item.path: item for item in named if item.stated.origin == "default"}
        found = used | {item.path: item for item in self.stated_inputs if item.path in deciding}
        return tuple(sorted(found.values(), key=self.input_order))

    @cached_property
    def not_calculated(self) -> tuple[NotCalculated, ...]:
        """The figures that are not calculated, with what they lack, or why they have no value."""
        return (*self._lacking(), *self._unanswered())

    @property
    def missing(self) -> tuple[str, ...]:
        """A sentence for each group of figures that are not calculated."""
        return tuple(one.sentence for one in self.not_calculated)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be said with the figures."""
        if self.scenario.is_bare:
            return ()
        names = {one.figure for one in self.figures}
        caveats = self.calculator.caveats
        return tuple(say(one) for one in caveats if not isinstance(one, Caveat) or names & set(one.figures))

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What the values of some figures ask to be said."""
        return tuple(self._remark(remark.text, point) for remark, point in self.asked_for(self.calculator.remarks))

    def asked_for(self, remarks: Iterable[Remark]) -> Iterator[tuple[Remark, Point]]:
        """Those of the remarks that the value of their figure asks for, each with its row."""
        for remark in remarks:
            for point in self.layout.points(remark.level):
                value = self.record.value(Node(self.calculator.name, remark.figure, point))
                if value is not None and remark.when(value):
                    yield remark, point

    def _remark(self, text: str, point: Point) -> str:
        """The sentence with the coordinates and the figures that it names."""
        at = {axis: self.said(axis, key) for axis, key in point} | {"row": self._row(point)}
        named = {name for _, name, _, _ in Formatter().parse(text) if name} - at.keys()
        return say(text, **at, **{name: self._number(Node(self.calculator.name, name, point)) for name in named})

    def _number(self, node: Node) -> str:
        """The value of the figure as people read it; a month by its name."""
        value = self.record.value(node)
        return month_text(value) if self.record.plan.step(node).is_month else number_text(value)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What the run noticed: published figures that stay, and municipalities that are not the same."""
        said = (*self._staying, *self._slips)
        return (*self._as_read, *(text for _, text in said), *self._roundings, *self._about(self.figures))

    def warnings_of(self, figures: Iterable[Figure]) -> tuple[str, ...]:
        """The warnings about the figures, and about inputs that they rest on."""
        shown = tuple(figures)
        used = {item.path for item in self.used_by(shown)}
        said = (*self._staying, *self._slips)
        return (
            *self._as_read,
            *(text for path, text in said if path in used),
            *self._roundings,
            *self._about(shown),
        )

    @property
    def _as_read(self) -> Iterator[str]:
        """How files with rows were read, and what in them was not."""
        yield from (one.read_as for one in self.scenario.text.files)
        yield from map(again, self.scenario.text.remarks)

    def _about(self, figures: Sequence[Figure]) -> Iterator[str]:
        """What is said of how figures came about."""
        yield from self._converted(figures)
        yield from self._overlapping()
        yield from self._mixed(figures)
        yield from self._prices(figures)
        yield from self._doubts(figures)

    def _overlapping(self) -> Iterator[str]:
        """Rows that count the same amount of another calculator."""
        rule = self.calculator.counted_once
        if rule is None:
            return
        from omsorg_cli.engine.overlaps import overlaps

        for rows, amount in overlaps(self.record, self.calculator.name, rule):
            named, told = [self.said(rule.row, row) for row in rows], number_text(round(amount))
            if len(named) > 2:
                text = phrase("{rows} overlap: together they count {amount} NOK too much.")
                yield say(text, rows=in_series(named), amount=told)
            else:
                one, other = named
                text = phrase("{one} and {other} overlap by {amount} NOK, which is counted twice.")
                yield say(text, one=one, other=other, amount=told)

    @property
    def unusual(self) -> tuple[str, ...]:
        """A sentence for each input that is far from usual."""
        return tuple(text for _, text in self._slips)

    @cached_property
    def _slips(self) -> tuple[tuple[str, str], ...]:
        """Inputs that are far from usual: the input and a sentence."""
        used = self.used_by(self.figures)
        own = (item for item in self.stated_inputs if item.path in self.layout.order)
        typed = self.scenario.is_bare  # any amount may be converted
        return tuple(slips({item.path: item for item in (*own, *used) if not typed or not item.point}.values()))

    @cached_property
    def _roundings(self) -> tuple[str, ...]:
        """Shares that make a whole only within their rounding."""
        return tuple(roundings({load(name).table: self.scenario.inputs[name] for name in self.record.plan.layouts}))

    def _doubts(self, figures: Iterable[Figure]) -> Iterator[str]:
        """What other figures come out where a default may not be what is meant."""
        for doubt, other in self._in_doubt:
            changed = list(self._changed(figures, other))
            if changed:
                told = "; ".join(changed[:MOST_DOUBTED])
                yield say("{doubt} Otherwise: {figures}.", doubt=say(doubt.text), figures=told)

    @cached_property
    def _in_doubt(self) -> tuple[tuple[Doubt, Record], ...]:
        """What is in doubt, each with the run that takes it otherwise."""
        name, scenario = self.calculator.name, self.scenario
        read = ((doubt, doubt.reading(scenario.inputs[name], scenario.common)) for doubt in self.calculator.doubts)
        return tuple(
            (doubt, Record(plan(replace(scenario, inputs={**scenario.inputs, name: inputs}), name)))
            for doubt, inputs in read
            if inputs is not None
        )

    @property
    def stated_inputs(self) -> Iterator[Input]:
        """Every input of the calculator and of those whose figures it names."""
        for layout in self.record.plan.layouts.values():
            for at in layout.stated.values():
                yield from at.values()

    @cached_property
    def _staying(self) -> tuple[tuple[str, str], ...]:
        """Published figures that stay although what they would follow from was changed: the input and a sentence."""
        changed = {change.input for change in self.scenario.changes}
        if not changed:
            return ()
        names = {item.path: self.name_in_row(item.name, item.point) for item in self.stated_inputs}
        return tuple(
            (
                step.input.path,
                say(
                    "The scenario states {input}, which stays as it is when {changed} changes.",
                    input=names.get(step.input.path, step.input.path),
                    changed=", ".join(names.get(path, path) for path in told),
                ),
            )
            for node in self._nodes()
            if (step := self.record.plan.step(node)).input is not None
            and step.input.path not in changed
            and step.input.stated.origin != "user"
            and (told := sorted(changed & set(self._could_use(node, frozenset()))))
        )

    def _mixed(self, figures: Iterable[Figure]) -> Iterator[str]:
        """Figures in which two versions of one municipality meet, such as before and after a merger."""
        about = {name: source.municipality for name, source in self.scenario.sources.items() if source.municipality}
        if len({name.partition(" (")[0] for name in about.values()}) == len(set(about.values())):
            return
        found: dict[tuple[str, ...], dict[str, None]] = {}
        for figure in figures:
            texts = (item.stated.source or "" for item in self.inputs(figure))
            names = {about[one] for text in texts if (one := source_id(text)) in about}
            versions = tuple(sorted(names))
            if len({name.partition(" (")[0] for name in versions}) < len(versions):
                found.setdefault(versions, {})[self.name_of(figure.figure)] = None
        for versions, told in found.items():
            yield say(
                "These figures combine values of {municipalities}, which are not the same municipality: {figures}.",
                figures=", ".join(told),
                municipalities=in_series(versions),
            )

    @property
    def first_price_year(self) -> int:
        """The year whose prices an amount is in that says none: the first of a horizon, or the scenario's."""
        return price_year(self.layout, self.scenario.head.year)

    @cached_property
    def _meetings(self) -> tuple[Meeting, ...]:
        return tuple(price_meetings(self.record.plan, self.first_price_year))

    def _prices(self, figures: Iterable[Figure]) -> Iterator[str]:
        """Figures in which amounts meet that are in the prices of different years."""
        if not self._meetings:
            return
        plan = self.record.plan
        below = steps_below(plan.steps, [plan.slots[figure.node] for figure in figures])
        found: dict[tuple[int, ...], dict[str, None]] = {}
        for one in self._meetings:
            if one.slot in below:
                found.setdefault(one.years, {})[self.name_of(plan.steps[one.slot].node.figure)] = None
        for years, names in found.items():
            yield say(
                "These figures combine amounts in the prices of different years ({years}) without converting them: "
                "{figures}.",
                figures=", ".join(names),
                years=", ".join(map(str, years)),
            )

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """The headline figures that it has; where all of them are left out, every figure."""
        has = {figure.figure for figure in self.figures}
        return tuple(name for name in self.calculator.headlines if name in has) or tuple(
            name for name in self.calculator.figures if name in has
        )

    def span(self, figure: Figure) -> Span | None:
        """Between what a headline figure lies, its inputs having been printed rounded."""
        if figure.figure not in self.calculator.headlines or figure.unit == "year":
            return None
        if figure.node not in self._spans:
            self._spans[figure.node] = span(self.record, figure.node)
        return self._spans[figure.node]

    def price_years(self, figures: Iterable[Figure]) -> tuple[int, ...]:
        """The years whose prices the amounts are in that the figures rest on."""
        used = (item for item in self.used_by(figures) if item.kind.is_money)
        to_years = {one.item.path: one.to_year for one in self._conversions}
        return tuple(sorted({to_years.get(item.path) or item.stated.price_year or self._own(item) for item in used}))

    def _own(self, item: Input) -> int:
        """The year whose prices the amount is in where it says none: the first of its own calculator's years."""
        return price_year(self._layout_of(item), self.first_price_year)

    def _layout_of(self, item: Input) -> Layout:
        """The layout of the calculator in whose table the input stands; of a common one, that of this calculator."""
        table = item.path.partition(".")[0]
        layouts = self.record.plan.layouts.values()
        return next((one for one in layouts if one.calculator.table == table), self.layout)

    @cached_property
    def _conversions(self) -> tuple[Conversion, ...]:
        """Every amount that was converted from the prices of another year."""
        steps = (self.record.plan.steps[slot] for slot in self.record.plan.converted.values())
        return tuple(one.conversion for one in steps if one.conversion is not None)

    def _converted(self, figures: Iterable[Figure]) -> Iterator[str]:
        """Which amounts that the figures rest on were converted, from which prices to which, and by what."""
        used = {item.path for item in self.used_by(figures)} if self._conversions else set()
        found: dict[tuple[int, int, str], dict[str, dict[str, None]]] = {}
        for one in self._conversions:
            if one.item.path in used:
                rows = found.setdefault((one.from_year, one.to_year, one.by), {})
                label = self._layout_of(one.item).calculator.label(one.item.name)
                rows.setdefault(say(label), {})[self._row(one.item.point)] = None
        for (from_year, to_year, index), inputs in found.items():
            years = {"from_year": str(from_year), "to_year": str(to_year)}
            told = "; ".join(_with_rows(name, [row for row in rows if row]) for name, rows in inputs.items())
            factor = number_text(float(f"{self._price_change(index, from_year, to_year):.6g}"))
            label = self.said("index", index or str(self._deflator))
            yield say(CONVERTED, inputs=told, index=label, factor=factor, **years)
        yield from self._taken_over(figures)

    def _taken_over(self, figures: Iterable[Figure]) -> Iterator[str]:
        """Which rows take amounts of another calculator that were converted to the prices of this one."""
        plan, found = self.record.plan, dict[int, dict[str, None]]()
        steps = [(slot, step) for slot, step in enumerate(plan.steps) if step.formula and step.formula.converts_from]
        below = steps_below(plan.steps, [plan.slots[one.node] for one in figures]) if steps else set()
        amounts = [step for slot, step in steps if slot in below and is_money(step.unit)]
        for step in sorted(amounts, key=lambda step: self.place(step.node)):
            assert step.formula is not None
            year = price_year(plan.layouts[step.formula.converts_from], self.scenario.head.year)
            row = self._row(tuple(pair for pair in step.node.point if pair[0] != "year"))
            found.setdefault(year, {})[row] = None
        for year, rows in found.items():
            factor = number_text(float(f"{self._price_change('', year, self.first_price_year):.6g}"))
            label, to_year = self.said("index", str(self._deflator)), str(self.first_price_year)
            told = ", ".join(rows)
            yield say(CONVERTED, inputs=told, index=label, factor=factor, from_year=str(year), to_year=to_year)

    @property
    def _deflator(self) -> Value:
        found = self.record.plan.layouts[PRICES].find("deflator", ())
        assert found is not None
        return found.stated.value

    def _price_change(self, index: str, from_year: int, to_year: int) -> float:
        """The factor by which prices have grown between the years."""
        values = (self.record.value(Node(PRICES, FACTOR, factor_point(index, year))) for year in (to_year, from_year))
        return next(values) / next(values)  # type: ignore[no-any-return]  # values of steps are of any kind

    def items(self, key: str) -> list[str | int]:
        """Every item of a key that the scenario has, in its order."""
        levels = [axes for axes in self.layout.levels if key in axes] or [(key,)]
        found = dict.fromkeys(dict(point)[key] for level in levels for point in self.layout.points(level))
        return [item for item in found if item != ""]

    def label(self, axis: str, key: str | int) -> str:
        """What people read for an item."""
        layouts = (self.layout, *self.record.plan.layouts.values())
        return next((one.labels[axis, key] for one in layouts if (axis, key) in one.labels), str(key))

    def said(self, axis: str, key: str | int) -> str:
        """The same in a sentence or a table: of a key without a label, its words."""
        found = self.label(axis, key)
        if found != str(key):
            return found
        if isinstance(key, int):
            axis_said = say(self.calculator.label(axis))
            return str(key) if axis == "year" else say("{axis} {number}", axis=axis_said, number=key + 1)
        label = self.calculator.label(key)
        said = say(label)
        return said[:1].upper() + said[1:] if label == worded(key) else said

    def name_of(self, name: str) -> str:
        """What people read for the figure or input of that name."""
        return say(self.calculator.label(name))

    def name_in_row(self, name: str, point: Iterable[tuple[str, Any]]) -> str:
        """The same with the row that it stands in."""
        row = ", ".join(self.said(axis, key) for axis, key in point if key != "")
        label = self.name_of(name)
        return say("{label} ({row})", label=label, row=row) if row else label

    def inputs(self, figure: Figure) -> tuple[Input, ...]:
        """Every input that the figure rests on."""
        return self.record.inputs(figure.node)

    def reasons(self, names: Iterable[str]) -> list[str]:
        """Why figures of those names are not calculated."""
        wanted = set(names)
        return [one.sentence for one in self.not_calculated if wanted & {*one.figures}]

    def why_not(self, figure: Figure) -> str:
        """Why the figure is not calculated."""
        row = tuple(self._told_keys(figure.node.point))
        found = [one for one in self.not_calculated if figure.figure in one.figures]
        return next((one.why for one in found if row in one.points), found[0].why if found else self.why(""))

    def used_by(self, figures: Iterable[Figure]) -> tuple[Input, ...]:
        """Every input that some of the figures rest on, each once, in the order of the scenario."""
        found = self.record.inputs(*(figure.node for figure in figures))
        return tuple(sorted(found, key=self.input_order))

    def assumed_by(self, figures: Iterable[Figure]) -> tuple[Input, ...]:
        """Every assumption that some of the figures rest on, each once, in the order of the scenario."""
        return tuple(item for item in self.used_by(figures) if item.stated.assumption is not None)

    def row_order(self, figure: Figure) -> int:
        """Where the figure's row stands among the rows of its level, as the scenario has them."""
        return self._point_order(level_of(figure.node.point))[figure.node.point]

    def input_order(self, item: Input) -> tuple[int, int]:
        """Where the input stands in the scenario."""
        return self._input_places[item.path]

    @cached_property
    def _input_places(self) -> dict[str, tuple[int, int]]:
        layouts = enumerate(self.record.plan.layouts.values())
        return {path: (index, place) for index, one in layouts for path, place in one.order.items()}

    def _nodes(self) -> Iterator[Node]:
        shown = set(self.calculator.figures)
        for node in self.record.plan.slots:
            if node.calculator == self.calculator.name and node.figure in shown:
                yield node

    def place(self, node: Node) -> tuple[int, int, int]:
        """Where the figure is told: in the order of figures, then finer before coarser, then as the scenario has it."""
        level = level_of(node.point)
        return self._figure_order[node.figure], -len(level), self._point_order(level)[node.point]

    @cached_property
    def _figure_order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.calculator.figures)}

    def _point_order(self, level: tuple[str, ...]) -> dict[Point, int]:
        if level not in self._orders:
            self._orders[level] = {point: index for index, point in enumerate(self.layout.points(level))}
        return self._orders[level]

    def _figure(self, node: Node) -> Figure | None:
        value = self.record.value(node)
        if value is None or not self._is_told(node):
            return None
        step = self.record.plan.step(node)
        unit = step.formula.unit if step.formula is not None else self.calculator.units[node.figure].unit
        keys = self._keys(node.point)
        assumed = tuple([i.path for i in self.record.inputs(node) if i.stated.assumption is not None])
        counted_in, direction = step.unit_of_row or unit.name, _direction(value) if unit.either_way else None
        told = unit.told if unit.either_way else ""
        return Figure(node.figure, value, counted_in, keys, direction, assumed, node, told)

    def _is_told(self, node: Node) -> bool:
        """Whether the results have the figure there: it is no step on the way, and stands in a row of its own."""
        formula = self.record.plan.step(node).formula
        is_step = formula is not None and (formula.step or not self._states_any(formula.told_with))
        return not is_step and not self._stands_for_its_whole(node)

    def _states_any(self, names: tuple[str, ...]) -> bool:
        """Whether somebody states one of the inputs in some row; so too where none is named."""
        if names not in self._stated_any:  # asked of each row, and the same for all
            held = (item for name in names for item in self.layout.stated.get(name, {}).values())
            self._stated_any[names] = not names or any(item.stated.origin != "default" for item in held)
        return self._stated_any[names]

    def _stands_for_its_whole(self, node: Node) -> bool:
        """Whether the row is an item without parts, whose figure is told, or left out, for the item itself."""
        level = {axis for axis, key in node.point if key != ""}
        return len(level) < len(node.point) and any(set(known) == level for known in self.record.plan.levels(node))

    def _keys(self, point: Point) -> Keys:
        at = dict(point)
        return Fixed({key: at.get(key) if at.get(key) != "" else None for key in self.calculator.keys})

    def _lacking(self) -> Iterator[NotCalculated]:
        """Figures that lack the same inputs are told together, with the rows that they are not calculated for."""
        groups: dict[str, dict[str, None]] = {}
        rows: dict[str, dict[Point, None]] = {}
        known = self.calculator.known
        shown = {one.figure for one in known if not one.step and self._states_any(one.told_with)}
        if self.scenario.is_bare:  # nobody asked for more than the conversion
            shown &= {name for _, name, *_ in self.calculator.bare.values()}
        for left in Missing(self.record.plan).left_out():
            if left.node.calculator == self.calculator.name and left.node.figure in shown:
                groups.setdefault(left.lacks, {})[left.node.figure] = None
                rows.setdefault(left.lacks, {})[tuple(self._told_keys(left.node.point))] = None
        for lacks, figures in groups.items():
            why = say("the scenario does not give {inputs}", inputs=lacks)
            yield self._not_calculated(figures, rows[lacks], why)._replace(is_lacking=True)

    def not_calculated_beside(self, figures: Sequence[Figure]) -> tuple[NotCalculated, ...]:
        """What is not calculated in the rows of some figures; of all of them, everything."""
        if len(figures) == len(self.figures):
            return self.not_calculated
        shown = {axis: {one.keys[axis] for one in figures} for axis in self.calculator.keys}
        found = []
        for one in self.not_calculated:
            points = [point for point in one.points if all(key in shown.get(axis, {key}) for axis, key in point)]
            if points:
                beside = self._not_calculated(one.figures, points, one.why)
                found.append(beside._replace(is_lacking=one.is_lacking))
        return tuple(found)

    def _not_calculated(self, figures: Iterable[str], points: Iterable[Point], why: str) -> NotCalculated:
        rows = {self._typed(point): self._row(point) for point in points}
        names, places = tuple(figures), few([row for row in rows.values() if row])
        labels = list(map(self.name_of, names))
        apart = "; " if any("," in label for label in labels) else ", "
        told = {"figures": apart.join(labels), "why": why}
        said = say("{figures} ({rows}): {why}.", rows=places, **told) if places else say("{figures}: {why}.", **told)
        return NotCalculated(names, tuple(rows), why, said, tuple(points))

    def _typed(self, point: Point) -> str:
        return "/".join(str(key) for _, key in self._told_keys(point))

    def _told_keys(self, point: Point) -> list[tuple[str, str | int]]:
        """The coordinates of the row, without the year of a horizon."""
        return [(axis, key) for axis, key in point if key != "" and not (axis == "year" and self.calculator.horizon)]

    def _row(self, point: Point) -> str:
        return ", ".join(self.said(axis, key) for axis, key in self._told_keys(point))

    def _unanswered(self) -> Iterator[NotCalculated]:
        """Figures without a value for the same reason are told together, with their rows."""
        held: dict[tuple[Point, str], dict[str, None]] = {}
        for node in self._nodes():
            if self.record.value(node) is None:
                step = self.record.plan.step(node)
                why = step.formula.no_answer if step.formula is not None else ""
                if self.record.is_too_large(self.record.plan.slots[node]):
                    why = TOO_LARGE
                held.setdefault((tuple(self._told_keys(node.point)), why), {})[node.figure] = None
        groups: dict[tuple[tuple[str, ...], str], list[Point]] = {}
        for (row, why), figures in held.items():
            groups.setdefault((tuple(figures), why), []).append(row)
        for (names, why), rows in groups.items():
            yield self._not_calculated(names, rows, self.why(why))

    def why(self, no_answer: str) -> str:
        """Why a formula gives no value; with a horizon, its reason may name the `{first}` and the `{last}` year."""
        if not no_answer:
            return say("it has no value with these inputs")
        years = self.layout.years if self.calculator.horizon else ()
        return say(no_answer, first=str(years[0]), last=str(years[-1])) if years else say(no_answer)

    def _changed(self, figures: Iterable[Figure], other: Record) -> Iterator[str]:
        """What the headline figures are in the other run, as far as that differs."""
        for figure in figures:
            value = other.value(figure.node) if figure.figure in self.calculator.headlines else figure.value
            if value is not None and value != figure.value:
                row = ", ".join(self.said(axis, key) for axis, key in figure.keys.items() if key is not None)
                told = {"other": _amount(value, figure.unit), "now": _amount(figure.value, figure.unit)}
                label = self.name_of(figure.figure)
                if row:
                    yield say("{row}: {figure} {other} (now: {now})", row=row, figure=label, **told)
                else:
                    yield say("{figure} {other} (now: {now})", figure=label, **told)

    def _could_use(self, node: Node, seen: frozenset[Node]) -> Iterator[str]:
        """The inputs that the figure would follow from, were it not given."""
        plan = self.record.plan
        if node in seen:
            return
        for item in plan.formulas_for(node):
            stated = [p.name for p in item.parameters if p.role.stated]
            if any(self.layout.find(name, node.point) is None for name in stated):
                continue
            for parameter in item.parameters:
                found = self.layout.find(parameter.name, node.point)
                if found is not None:
                    yield found.path
                yield from self._could_use(node._replace(figure=parameter.name), seen | {node})


def _amount(value: float, unit: str) -> str:
    """What is saved, or what it costs more, to the last digit."""
    amount = said(Kind(unit), abs(value))
    return say("costs {amount} more", amount=amount) if value < 0 else say("saves {amount}", amount=amount)


def _with_rows(name: str, rows: Sequence[str]) -> str:
    """The input, with the rows that it stands in."""
    return say("{input} ({rows})", input=name, rows=few(rows)) if rows else name


def few(rows: Sequence[str]) -> str:
    """The rows, or of many the first ones and how many there are."""
    if len(rows) <= MOST_ROWS:
        return "; ".join(rows)
    return say("{first}; {number} in total", first="; ".join(rows[:3]), number=len(rows))


def _direction(value: float) -> str:
    return "saves" if value > 0 else "costs" if value < 0 else "none"


def prepare(text: Text, request: Request, name: str) -> Scenario:
    """The scenario as the calculator needs it; a table that it lacks is an error."""
    calculator = load(name)
    scenario = open_scenario(text, request, _needed(text, request, name))
    if name not in scenario.inputs or (request.bare and calculator.table not in text.data):
        told = {"file": text.file, "table": calculator.table, "calculator": name, "for": _is_for(text)}
        raise OmsorgError(say("{file} has no inputs for {calculator}: it has no table [{table}]. {for}", **told))
    return scenario


def _needed(text: Text, request: Request, name: str) -> list[str]:
    """The calculators whose tables are read for the one that is asked for."""
    there = [TABLES[one] for one in text.data if one in TABLES]
    names = _with_used(name, there)
    if _speaks_of_prices(text, request):  # amounts in the prices of other years are converted by the indexes
        names = list(dict.fromkeys((*names, *({PRICES} & {*there}))))
    return names


def _with_used(name: str, there: Collection[str]) -> list[str]:
    """The calculator, and of those that have a table each whose figures it names, or another of these does."""
    found = [name]
    for one in found:
        found += [other for other in load(one).uses if other in there and other not in found]
    return found


def _speaks_of_prices(text: Text, request: Request) -> bool:
    """Whether an amount says in which year's prices it is: in the scenario, or in a change to it."""
    typed = (*request.sets, *(one.path for one in request.puts))
    return says_price_year(text.data) or any(f".{name}" in one for one in typed for name in SAYS)


def _is_for(text: Text) -> str:
    """Which calculators the scenario has tables for."""
    found = [name for table, name in TABLES.items() if table in text.data]
    if found:
        return say("The scenario can be used with: {calculators}.", calculators=", ".join(found))
    return say("The scenario has no calculator's table; allowed: {tables}.", tables=", ".join(TABLES))


def refuses(scenario: Scenario, name: str, *changes: Put) -> bool:
    """Whether the scenario would refuse the values of the inputs, as they stand beside the others."""
    return not _allows(scenario, name)(changes)


@lru_cache(maxsize=4)
def _allows(scenario: Scenario, name: str) -> Callable[[tuple[Put, ...]], bool]:
    """What says whether the scenario, which is opened once, allows the values of inputs."""
    recheck = Recheck(scenario.text, scenario.request, _needed(scenario.text, scenario.request, name))
    paths: list[str] = []
    one_at_a_time = Lock()

    def allows(changes: tuple[Put, ...]) -> bool:
        wanted = [one.path for one in changes]
        with one_at_a_time:
            if paths != wanted:
                paths[:] = wanted
                recheck.look_around(wanted)
            return recheck.allows(changes)

    return cache(allows)


@lru_cache(maxsize=4_096)
def is_impossible(scenario: Scenario, name: str, change: Put) -> bool:
    """Whether the scenario would refuse the value, or what the run makes of it."""
    changed = scenario.request._replace(puts=(*scenario.request.puts, change))
    try:
        result = run(prepare(scenario.text, changed, name), name)
        refuse_impossible(result, result.figures)
    except OmsorgError:
        return True
    return False


def result_of(text: Text, request: Request, name: str) -> Result:
    """The calculator's result for the scenario's text and what is wanted of it."""
    return run(prepare(text, request, name), name)


def refuse_impossible(result: Result, figures: Sequence[Figure]) -> None:
    """Raises every figure that cannot be and that the figures rest on, with the inputs that it follows from."""
    found = list(impossible(result.record))
    if not found:
        return
    below = steps_below(result.record.plan.steps, [result.record.plan.slots[figure.node] for figure in figures])
    faults = [_impossible_fault(result, one) for one in found if one.slot in below]
    if faults:
        slips = (Fault("", text, result.scenario.text.file) for text in result.unusual)
        raise ScenarioError([*faults, *slips])


def _impossible_fault(result: Result, one: Impossible) -> Fault:
    row = ", ".join(result.said(axis, key) for axis, key in one.node.point if key != "")
    inputs = (item for item in result.record.inputs(one.node) if item.kind.form in ("number", "count"))
    told = say(
        "would be {value}; allowed: {allowed}. It follows from {inputs}",
        value=said(one.kind, one.value),
        allowed=one.kind.allowed,
        inputs=", ".join(f"{item.path} = {said(item.kind, item.stated.number)}" for item in inputs),
    )
    label = result.name_of(one.node.figure)
    return Fault(say("{label} ({row})", label=label, row=row) if row else label, told, result.scenario.text.file)


def run(scenario: Scenario, name: str, varied: Collection[str] = ()) -> Result:
    """The calculator's result for the scenario, by formulas that hold for any value of the inputs that are varied."""
    calculator = load(name)
    return Result(calculator, scenario, Record(plan(scenario, name, varied)))


def plan(scenario: Scenario, name: str, varied: Collection[str] = ()) -> Plan:
    """The plan of the calculator and of those whose figures it names, for the scenario."""
    used, year = _with_used(name, scenario.inputs), scenario.head.year
    layouts = {one: Layout(load(one), scenario.inputs[one], scenario.common) for one in used}
    if PRICES in scenario.inputs and any(conversions(layouts, year)):
        layouts[PRICES] = Layout(load(PRICES), scenario.inputs[PRICES], scenario.common)
    calculators = [load(one) for one in layouts]
    return Plan(calculators, layouts, scenario.head.year, varied)
