"""A calculator: a list of formulas, a model of their inputs, and what it says to people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.figure import Formula, Level, formula
from omsorg_cli.core.inputs import Inputs, Table, aliases, kinds, tables
from omsorg_cli.core.labels import LABELS, worded
from omsorg_cli.core.language import in_series, phrase, say
from omsorg_cli.core.view import Lines, View, Wording


class Remark(NamedTuple):
    """A sentence that goes with a figure of that level when its value meets the condition.

    It may name coordinates, the whole row without its year as `{row}`, and figures of that level.
    """

    figure: str
    when: Callable[[float], bool]
    text: str
    level: Level = ()


class Doubt(NamedTuple):
    """A default that may not be what is meant, and decides the answer.

    `reading` gives the inputs as they would be otherwise, from the table and the common inputs; None where all is
    stated.
    """

    text: str
    reading: Callable[[Any, Mapping[str, Any]], Inputs | None]


class Caveat(str):
    """A caveat that is said only where one of the figures that it is about is calculated."""

    __slots__ = ("figures",)
    figures: tuple[str, ...]

    def __new__(cls, text: str, *figures: str) -> Self:
        """The text, with the figures that it is about."""
        caveat = super().__new__(cls, text)
        caveat.figures = figures
        return caveat


class CountedOnce(NamedTuple):
    """Amounts that rows take from other calculators, and that no two rows should count.

    `row` is the axis of the rows, `figure` their amount in a year, `origin` the input that names the calculator it
    comes from, `share` the one that says how much of it; amounts of two calculators of `within` lie in one another.
    """

    row: str
    figure: str
    origin: str
    share: str
    within: tuple[str, ...] = ()


class Choice(NamedTuple):
    """What is chosen among within limits: the axis of the rows, the figure to have most of, and what each row takes.

    What a row takes is a figure, by the name of the limit; `told` is the help of the option that sets limits.
    """

    axis: str
    value: str
    takes: Mapping[str, str]
    told: str


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Calculator:
    """One kind of what-if.

    `table` is its table in a scenario, `keys` what tells its records apart, `headlines` the figures that people ask for
    first, `horizon` the inputs that give the first year and the number of years, `uses` the calculators whose figures
    it names, `bare` the figures that can be given on the command line in place of the rows of a table: option → (table,
    field, help, what is said of it), `switches` are inputs of its table that an option of its own turns on: option →
    (input, help), `parts` the options that show some of its figures alone: option → (help, figures), `current` each
    figure in fixed prices with the one in current prices, `present` the present values, which are of fixed prices at a
    real rate and of current prices at a nominal one, `counted_once` what no two rows should count.

    What people read: `subject` is the first line, who is compared with what and when, `other_subjects` those that the
    value of a figure asks for instead; `answer` the sentences that
    answer, the first of them on any screen; `views` the tables, `details` those that are shown in full only; `labels`
    noun phrases for figures, inputs, choices and keys whose names are not words enough; `drawn` is the figure that a
    picture shows by row where no view draws one, and those beside it.

    `scenario` is the one that it runs on where none is named: a shipped one by name, or a file. A calculator of another
    package may have none, and may have its texts in other languages, in a folder of catalogues (`languages`).
    """

    name: str
    title: str
    inputs: type[Inputs]
    formulas: Sequence[Formula | Callable[..., Any]]
    keys: Level
    scenario: str | Path = ""
    headlines: tuple[str, ...]
    views: tuple[View, ...]
    caveats: tuple[str, ...]
    subject: str = ""
    other_subjects: tuple[Remark, ...] = ()
    answer: tuple[Lines, ...] = ()
    details: tuple[View, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    horizon: tuple[str, str] | None = None
    uses: tuple[str, ...] = ()
    bare: Mapping[str, tuple[str, str, str, Wording]] = field(default_factory=dict)
    switches: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    current: Mapping[str, str] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    choice: Choice | None = None
    remarks: tuple[Remark, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    counted_once: CountedOnce | None = None
    drawn: tuple[str, ...] = ()
    languages: Path | None = None

    def bare_table(self, given: Mapping[str, str]) -> dict[str, Any]:
        """What stands in its table for the one figure given by option; raises where it is none, or one of several."""
        if not given:
            return {}
        (option, text), *others = given.items()
        if others:
            options = in_series([f"--{one}" for one in given])
            told = phrase("{options} cannot be used together. Give one number, and it is converted to the others.")
            raise OmsorgError(say(told, options=options))
        table, name, *_ = self.bare[option]
        return {self.table: {table: [self.bare_row(table, name, text, f"--{option}")]}}

    def bare_row(self, table: str, field: str, text: str, option: str) -> dict[str, Any]:
        """The row that stands for a figure given on the command line; raises where the text is no such figure."""
        row = tables(self.inputs)[table].row
        try:
            why = say("given on the command line")
            stated = kinds(row)[field].read(text)._replace(origin="user", assumption=why)
        except ValueError as error:
            raise OmsorgError(f"{option}: {error}") from None
        return {row.keys[0]: "conversion", "label": say("Conversion"), field: stated}

    def label(self, name: str) -> str:
        """What people read for the figure, input, choice or key of that name, in English: `say` says it."""
        return self.labels.get(name) or LABELS.get(name) or worded(name)

    @property
    def table(self) -> str:
        """The name of its table in a scenario."""
        return self.name.replace("-", "_")

    @cached_property
    def known(self) -> tuple[Formula, ...]:
        """Its formulas, each with the levels it is worked out over."""
        read = [item if isinstance(item, Formula) else formula(item) for item in self.formulas]
        levels = _levels(read, self.input_levels, self.axes)
        return tuple(item if item.levels else item._replace(levels=(levels.get(item.figure, ()),)) for item in read)

    @cached_property
    def units(self) -> dict[str, Formula]:
        """What says the unit and the meaning of each figure: the first formula that always holds, or else the first."""
        general_first = sorted(self.known, key=lambda item: bool(item.when))
        return {item.figure: item for item in reversed(general_first)}

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The figures of its results, in order."""
        return tuple(dict.fromkeys(item.figure for item in self.known if not item.step))

    @cached_property
    def structural(self) -> frozenset[str]:
        """What the inputs are called whose values name rows or years: each value makes a plan of its own."""
        names = {*self.named_by, *(self.horizon or ())}
        return frozenset(aliases(model)[name] for _, model in rows(self.inputs) for name in names & kinds(model).keys())

    @cached_property
    def held_values(self) -> Mapping[str, frozenset[float]]:
        """The numbers that some formula holds for alone, by what the input is called."""
        called = {name: alias for _, model in rows(self.inputs) for name, alias in aliases(model).items()}
        found: dict[str, set[float]] = {}
        for item in self.known:
            for name, value in item.when.items():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found.setdefault(called.get(name, name), set()).add(float(value))
        return {name: frozenset(values) for name, values in found.items()}

    @cached_property
    def named_by(self) -> dict[str, str]:
        """The axis of the row that an input names, for each such input."""
        roles = (parameter.role for item in self.known for parameter in item.parameters)
        return {name: axis for role in roles for axis, name in role.at_input.items()}

    @cached_property
    def input_levels(self) -> dict[str, Level]:
        """The axes of the deepest table that may state each input."""
        found: dict[str, Level] = {}
        for axes, model in rows(self.inputs):
            for name in kinds(model):
                if len(axes) >= len(found.get(name, ())):
                    found[name] = axes
        return found

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The inputs that are numbers."""
        held = (kinds(model).items() for _, model in rows(self.inputs))
        return frozenset(name for found in held for name, kind in found if kind.form in ("number", "count"))

    @cached_property
    def said(self) -> dict[str, str]:
        """What a scenario calls each input."""
        return {name: key for _, model in rows(self.inputs) for name, key in aliases(model).items()}

    @cached_property
    def axes(self) -> Level:
        """Every axis, in order."""
        of_rows = (axis for axes, _ in rows(self.inputs) for axis in axes if not (self.horizon and axis == "year"))
        return (*dict.fromkeys(of_rows), *(("year",) if self.horizon else ()))


def rows(model: type[Inputs], axes: Level = ()) -> list[tuple[Level, type[Inputs]]]:
    """The model and every model of rows below it, with the axes that tell their rows apart."""
    found: list[tuple[Level, type[Inputs]]] = [(axes, model)]
    inner: list[tuple[Level, Table]] = []
    keyed = axes
    for table in tables(model).values():
        if table.row.keys and axes:
            keyed = axes + table.axes
            found += rows(table.row, keyed)
        else:
            inner.append((axes, table))
    for _, table in inner:
        found += rows(table.row, keyed + table.axes)
    return list(dict.fromkeys(found))


def _levels(read: Sequence[Formula], inputs: Mapping[str, Level], axes: Level) -> dict[str, Level]:
    found: dict[str, set[str]] = {}
    changed = True
    while changed:
        changed = False
        for item in read:
            level = set(item.levels[0]) if item.levels else _from_parameters(item, found, inputs, axes)
            if not level <= found.get(item.figure, set()):
                found[item.figure] = found.get(item.figure, set()) | level
                changed = True
            found.setdefault(item.figure, set())
    return {name: tuple(axis for axis in axes if axis in level) for name, level in found.items()}


def _from_parameters(
    item: Formula, found: Mapping[str, set[str]], inputs: Mapping[str, Level], axes: Level
) -> set[str]:
    level: set[str] = set()
    for parameter in item.parameters:
        if parameter.role.series or parameter.role.calculator:
            continue
        if parameter.name in axes:
            level.add(parameter.name)
        level |= found.get(parameter.name, set()) | set(inputs.get(parameter.name, ()))
    return level
