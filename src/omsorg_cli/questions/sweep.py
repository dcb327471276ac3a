"""Every combination of some inputs' values, and what the figures come to in each."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import prod
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import OmsorgError, shown
from omsorg_cli.core.input_types import UNKNOWN, Kind, Value
from omsorg_cli.core.language import language, say
from omsorg_cli.core.numbers import bare_text, month_text, set_apart
from omsorg_cli.core.plausibility import unusual
from omsorg_cli.engine.graph import Node
from omsorg_cli.engine.parallel import in_order
from omsorg_cli.engine.vectorised import Varied
from omsorg_cli.questions.shared.gaps import Gap, Gaps, why_without
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.questions.shared.structure import held_values, is_structural
from omsorg_cli.result import Figure, Result, prepare, refuse_impossible, run
from omsorg_cli.scenario.load import Put, Request, Scenario, put, targets_of
from omsorg_cli.scenario.read import Text

CHUNK = 8_192
_PAIR = re.compile(r"(?P<sign>[-+−–]?)(?P<whole>[0-9]+),(?P<decimals>[0-9]+)(?P<unit>[^0-9].*)?")
MOST = 1_000_000_000
MOST_VALUES = 100_000
"""Values of one grid: they are held, where combinations are not."""
MOST_CHECKED = 200
"""Combinations that are held against the scenario's own checks."""
MOST_PLANS = 10_000
"""Combinations of inputs that decide which formulas or years there are."""


class Grid(NamedTuple):
    """The values of one path: of all its inputs. Each case is a plan: the first place of the values that share it.

    Values that decide which formulas, rows or years there are have a case of their own; all others share one.
    """

    path: str
    inputs: tuple[str, ...]
    kind: Kind
    values: tuple[Value, ...]
    cases: tuple[int, ...]
    shared: int | None

    @property
    def structural(self) -> bool:
        """Whether each value makes a plan of its own."""
        return self.shared is None

    def put(self, at: int) -> Put:
        """One of the values, put in the place of the path."""
        return put(self.kind, self.path, self.values[at])

    @property
    def cells(self) -> tuple[str, ...]:
        """The values as data has them."""
        return tuple(bare_text(value) if isinstance(value, float) else self._said(value) for value in self.values)

    def _said(self, value: Value) -> str:
        if self.kind.form == "month":
            return month_text(float(value))
        return str(value).lower() if isinstance(value, bool) else str(value)


class Listed(NamedTuple):
    """The values of one path, each as it is typed."""

    path: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path}={'; '.join(self.values)}"


class Piece(NamedTuple):
    """Some rows: the number of the first, which value of each grid each row has, and the figures."""

    first: int
    places: tuple[Any, ...]
    figures: tuple[Any, ...]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.places[0])

    def places_at(self, row: int) -> tuple[int, ...]:
        """Which value of each grid the row has."""
        return tuple(int(one[row]) for one in self.places)


class Sweep:
    """A sweep that is ready to run; its rows are numbered, the last grid changing fastest."""

    def __init__(
        self,
        text: Text,
        request: Request,
        name: str,
        specs: Sequence[str | Listed],
        selection: Selection,
        names: Sequence[str],
    ) -> None:
        self.asked = (text, request, name, specs, selection, names)
        """What it was made of, for whoever makes it anew elsewhere."""
        self.submit: Any = None
        self.text, self.request, self.name = text, request, name
        self.scenario = prepare(text, request, name)
        self.grids = tuple(_grid(self.scenario, name, spec) for spec in specs)
        _refuse_shared(self.grids)
        self.shape = tuple(len(grid.values) for grid in self.grids)
        self.count = prod(self.shape)
        if self.count > MOST:
            raise OmsorgError(
                say("--grid: found {found} combinations; allowed: at most {most}.", found=self.count, most=MOST)
            )
        if prod(len(set(grid.cases)) for grid in self.grids) > MOST_PLANS:
            raise OmsorgError(
                say(
                    "--grid: allowed: at most {most} combinations of dates, choices, switches and years.",
                    most=MOST_PLANS,
                )
            )
        self._refuse_what_the_scenario_does()
        results = {cases: self._result(cases) for cases in product(*(dict.fromkeys(one.cases) for one in self.grids))}
        others = (run(self.scenario, name), self._result(next(iter(results)), last=True))
        for result in (*results.values(), others[1]):
            refuse_impossible(result, selection.of(result))
        self.figures = figures_of(tuple(results.values()), others, selection, names)
        first = next(iter(results))
        self._told = language(), {cases: one for cases, one in results.items() if cases == first or self._lacks(one)}
        self._plans = {cases: self._plan(cases, result) for cases, result in results.items()}
        self._gaps = Gaps(self.figures)

    def __reduce__(self) -> tuple[Any, ...]:
        return Sweep, self.asked

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said of the figures and of the grids, in the language that is spoken now."""
        spoken, results = self._told
        if spoken != language():
            results = {cases: self._result(cases) for cases in results}
        first = next(iter(results.values()))
        names = {one.figure for one in self.figures}
        without = dict.fromkeys(text for one in results.values() if self._lacks(one) for text in one.reasons(names))
        return (*first.warnings_of(self.figures), *_unusual(self.grids), *without)

    def _lacks(self, result: Result) -> bool:
        """Whether some combinations have no answer, where others have one."""
        return any(one.node not in result.record.plan.slots for one in self.figures)

    def pieces(self, start: int, jobs: int) -> Iterator[Piece]:
        """The rows from the start on, in order, whoever works them out; counts those that lack a figure."""
        self._gaps = Gaps(self.figures)
        for piece in in_order(self.piece, range(start, self.count, CHUNK), jobs, self.submit):
            self._gaps.take(piece.figures, np.full(piece.size, fill_value=True), piece.places_at)
            yield piece

    @property
    def worked_out(self) -> int:
        """How many rows were worked out."""
        return self._gaps.rows

    def gaps(self) -> list[Gap]:
        """Which of the rows that were worked out lack a figure, and why."""
        return [
            gap._replace(first=", ".join(map(str, self._puts(gap.first))))
            for gap in self._gaps.told(lambda places, figure: why_without(lambda: self._run_of(places), figure))
        ]

    def _puts(self, places: Sequence[int]) -> list[Put]:
        return [grid.put(at) for grid, at in zip(self.grids, places, strict=True)]

    def _run_of(self, places: Sequence[int]) -> Result:
        """The run of one combination by itself."""
        puts = (*self.request.puts, *self._puts(places))
        return run(prepare(self.text, self.request._replace(puts=puts), self.name), self.name)

    def piece(self, first: int) -> Piece:
        """The rows from there on, as many as one piece has."""
        places = np.unravel_index(np.arange(first, min(first + CHUNK, self.count)), self.shape)
        given = {
            path: array[at]
            for grid, array, at in zip(self.grids, self._arrays, places, strict=True)
            if not grid.structural
            for path in grid.inputs
        }
        figures = tuple(np.full(len(places[0]), np.nan) for _ in self.figures)
        for combination, rows in self._by_plan(places):
            found = self._plans[combination]({path: array[rows] for path, array in given.items()})
            for target, values in zip(figures, found, strict=True):
                target[rows] = values
        return Piece(first, places, figures)

    @cached_property
    def _arrays(self) -> list[Any]:
        return [np.array([0.0] if grid.structural else grid.values, dtype=float) for grid in self.grids]

    def _by_plan(self, places: Sequence[Any]) -> Iterator[tuple[tuple[int, ...], Any]]:
        """The rows that have one plan, for each plan."""
        if len(self._plans) == 1:
            yield next(iter(self._plans)), slice(None)
            return
        combined = np.stack([np.array(grid.cases)[at] for grid, at in zip(self.grids, places, strict=True)])
        for combination in np.unique(combined, axis=1).T:
            yield tuple(map(int, combination)), np.all(combined == combination[:, None], axis=0)

    def _refuse_what_the_scenario_does(self) -> None:
        """Holds combinations against the scenario's own checks: all of a few, of many the first and last values."""
        few = self.count <= MOST_CHECKED
        ends = (range(size) if few else sorted({0, size - 1}) for size in self.shape)
        for places in islice(product(*ends), MOST_CHECKED):
            puts = self._puts(places)
            try:
                prepare(self.text, self.request._replace(puts=(*self.request.puts, *puts)), self.name)
            except OmsorgError as error:
                why = str(error).splitlines()[0]
                told = {"values": ", ".join(map(str, puts)), "why": why}
                raise OmsorgError(say("--grid: the scenario refuses {values}: {why}", **told)) from None

    def _plan(self, cases: tuple[int, ...], result: Result) -> Varied:
        """What works out the figures as the result does."""
        return Varied(result.record, [one.node for one in self.figures], self._varied(cases))

    def _varied(self, cases: tuple[int, ...]) -> list[str]:
        """The inputs that vary inside the plan of these cases."""
        return [
            path for grid, case in zip(self.grids, cases, strict=True) if case == grid.shared for path in grid.inputs
        ]

    def _result(self, cases: tuple[int, ...], *, last: bool = False) -> Result:
        """The run with the values of these cases, or with the last of those that share one.

        Its formulas are those that hold for any value that shares the case.
        """
        places = [
            len(grid.cases) - 1 - grid.cases[::-1].index(case) if last else case
            for grid, case in zip(self.grids, cases, strict=True)
        ]
        scenario = prepare(self.text, self.request._replace(puts=(*self.request.puts, *self._puts(places))), self.name)
        return run(scenario, self.name, self._varied(cases))


def figures_of(
    results: Sequence[Result], others: Iterable[Result], selection: Selection, names: Sequence[str]
) -> tuple[Figure, ...]:
    """The records that some of the results have; that none has any is an error.

    What has no answer in one may have in another: the other results tell which records there are.
    """
    found: dict[Node, Figure] = {}
    errors = []
    for result in (*results, *others):
        try:
            for one in opened(result, selection.of(result), names or result.headlines or result.calculator.headlines):
                if any(one.node in each.record.plan.slots for each in results):
                    found.setdefault(one.node, one)
        except OmsorgError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    order = {name: at for at, name in enumerate(names or results[0].calculator.figures)}
    return tuple(sorted(found.values(), key=lambda one: order[one.figure]))


def _refuse_shared(grids: Sequence[Grid]) -> None:
    """An input that two grids vary would have the values of the last, whatever the column of the first says."""
    seen: dict[str, str] = {}
    for grid in grids:
        for path in grid.inputs:
            if path in seen:
                told = {"grid": grid.path, "input": path, "other": seen[path]}
                raise OmsorgError(say("--grid {grid} varies {input}, as --grid {other} does; allowed: once.", **told))
        seen |= dict.fromkeys(grid.inputs, grid.path)


def _unusual(grids: Iterable[Grid]) -> Iterator[str]:
    """A sentence for each grid beyond its first value, which the run tells itself, that goes far from usual."""
    for grid in grids:
        numbers = (value for value in grid.values[1:] if not isinstance(value, str))
        said = next(filter(None, (unusual(grid.kind, value) for value in numbers)), "")
        if said and not unusual(grid.kind, float(grid.values[0])):
            yield say("--grid {grid}: {remark}", grid=grid.path, remark=said)


def _grid(scenario: Scenario, name: str, spec: str | Listed) -> Grid:
    """The grid that PATH=FROM:TO:COUNT or PATH=a,b,c means, or the values that are listed."""
    path, equals, text = (part.strip() for part in str(spec).partition("="))
    if not equals or not text:
        raise OmsorgError(say("--grid {found}: allowed: PATH=FROM:TO:COUNT or PATH=a,b,c.", found=shown(spec)))
    targets = targets_of(scenario, path)
    kind = targets[0].kind
    if any(target.attribute for target in targets):
        raise OmsorgError(say("--grid {grid} is not an input.", grid=path))
    try:
        values = _values(kind, spec.values if isinstance(spec, Listed) else text)
    except ValueError as error:
        raise OmsorgError(say("--grid {grid}: {fault}", grid=path, fault=error)) from None
    if kind.form in ("number", "count") and any(isinstance(value, str) for value in values):
        allowed = kind._replace(may_be_unknown=False).allowed_with_example
        told = {"grid": path, "found": shown(UNKNOWN), "allowed": allowed}
        raise OmsorgError(say("--grid {grid}: found {found}; allowed in a grid: {allowed}.", **told))
    inputs = tuple(target.path for target in targets)
    calculators = [load(one) for one in (name, *load(name).uses)]
    structural = kind.form not in ("number", "count") or any(is_structural(calculators, one) for one in inputs)
    held = frozenset[float]().union(*(held_values(calculators, one) for one in inputs))
    return Grid(path, inputs, kind, values, *_cases(values, held, structural=structural))


def _values(kind: Kind, given: str | tuple[str, ...]) -> tuple[Value, ...]:
    """The values that are typed as steps or as a list, or one by one."""
    if isinstance(given, str) and ":" in given:
        return _steps(kind, given)
    return tuple(kind.read(one).value for one in (_listed(kind, given) if isinstance(given, str) else given))


def _cases(values: Sequence[Value], held: Collection[float], *, structural: bool) -> tuple[tuple[int, ...], int | None]:
    """The case of each value, and the one that is shared, if any."""
    if structural:
        return tuple(range(len(values))), None
    shared = next((at for at, value in enumerate(values) if value not in held), None)
    return tuple(at if value in held or shared is None else shared for at, value in enumerate(values)), shared


def _listed(kind: Kind, text: str) -> list[str]:
    """The values of a list, set apart by commas or semicolons; what can be read as decimals too is refused."""
    parts = set_apart(text)
    if len(parts) > MOST_VALUES:
        raise ValueError(
            say("found {count} values; allowed: at most {most} in one grid", count=len(parts), most=MOST_VALUES)
        )
    if kind.form not in ("number", "count") or ",".join(parts) != text.strip():
        return parts  # words, or set apart by more than a comma
    others = [other for other in (_as_decimals(kind, parts), _as_group(kind, parts)) if other]
    if not others:
        return parts
    plain = [one.lstrip("0") or "0" if one.isdecimal() else one for one in parts]
    told = {"found": shown(text), "ways": " | ".join(" and ".join(way) for way in (parts, *others))}
    written = " | ".join(f'"{"; ".join(way)}"' for way in (plain, *others) if _is_read(kind, way))
    if not written:
        raise ValueError(say("found {found}, which can be read in several ways: {ways}", **told))
    raise ValueError(
        say("found {found}, which can be read in several ways: {ways}; write {written}", written=written, **told)
    )


def _as_decimals(kind: Kind, parts: Sequence[str]) -> list[str]:
    """The values if the commas between digits are decimal marks; none where they cannot be."""
    if kind.counts or any(re.search(r"[0-9]\.[0-9]", one) for one in parts):
        return []
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    fitting = [_PAIR.fullmatch(f"{whole},{rest}") for whole, rest in pairs]
    if len(parts) % 2 and "0" not in parts[:-1]:
        return []
    if not all(one and (one["whole"] == "0" or len(one["decimals"]) <= 3) for one in fitting):
        return []
    return [*(f"{whole}.{rest}" for whole, rest in pairs), *(parts[-1:] if len(parts) % 2 else [])]


def _as_group(kind: Kind, parts: Sequence[str]) -> list[str]:
    """The one number if the commas set thousands apart; none where they cannot."""
    grouped = re.fullmatch(r"[-+−–]?[1-9][0-9]{0,2}(,[0-9]{3})+", ",".join(parts))
    way = ["".join(parts)] if grouped else []
    return way if _is_read(kind, way) else []


def _is_read(kind: Kind, way: Sequence[str]) -> bool:
    """Whether each of the values is one of the kind."""
    try:
        return bool([kind.read(one) for one in way])
    except ValueError:
        return False


def _steps(kind: Kind, text: str) -> tuple[Value, ...]:
    """Even steps from the first value to the last, both in."""
    parts = text.split(":")
    if len(parts) != 3 or kind.form not in ("number", "count"):
        raise ValueError(
            say("found {found}; allowed: FROM:TO:COUNT of numbers, or values separated by commas", found=shown(text))
        )
    low, high = (float(kind.read(part).number) for part in parts[:2])
    between = kind._replace(whole=False)
    count = int(parts[2]) if parts[2].strip().isdecimal() and len(parts[2]) < 20 else 0
    if count < 2 or low == high:
        raise ValueError(
            say(
                "found {found}, which has no step; allowed: two different ends and a count of 2 or more",
                found=shown(text),
            )
        )
    if count > MOST_VALUES:
        raise ValueError(say("found {found} values; allowed: at most {most}", found=count, most=MOST_VALUES))
    start, step = Fraction(repr(low)), (Fraction(repr(high)) - Fraction(repr(low))) / (count - 1)
    return tuple(between.read(float(start + at * step)).value for at in range(count))
