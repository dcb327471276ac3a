"""A run of a calculator, and what can be asked of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Union

from omsorg_cli.calculators import load
from omsorg_cli.core.errors import (
    LeftOutError,
    NoAnswerError,
    OmsorgError,
    UnknownFigureError,
    for_people,
    hint,
    nearest,
    plain,
    shown,
)
from omsorg_cli.core.language import ENGLISH, in_series, language, say, spoken
from omsorg_cli.core.numbers import exact_text
from omsorg_cli.library.given import (
    as_json,
    ends_in,
    in_python,
    items_in,
    key_text,
    name_in,
    names_in,
    not_taken,
    values_in,
)
from omsorg_cli.library.named import known_calculator, own_scenario
from omsorg_cli.library.saving import EVERY, Saved, asked_anew
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.result import Figure, Result, few, refuse_impossible, result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text, read, read_text, too_deep

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from omsorg_cli.library.begun import Begun
    from omsorg_cli.library.explanation import Explanation
    from omsorg_cli.library.rows import Sweeping, Swept, Table
    from omsorg_cli.library.shown import Chosen, Compared, Indexed, Simulated, Solved, Tornado
    from omsorg_cli.questions.compare import Comparison
    from omsorg_cli.questions.simulate import Sink
    from omsorg_cli.questions.sweep import Listed
    from omsorg_cli.render.parts import Part as Part  # noqa: PLC0414 # what a document is made of

FORMS_OF_EXPLANATIONS = ("text", "markdown", "json", "mermaid")
SHALLOW = 2
"""Steps down of an explanation that people read, where no figure is named."""
Value = bool | int | float | Decimal | str
Scenario = Union[str, Path, Mapping[str, Any], "Begun"]  # the last is imported where it is met
"""A shipped scenario's name or a path, either with +OVERLAY, the data of one, or one that is begun."""


def run(
    calculator: str,
    scenario: Scenario | None = None,
    *,
    set: Mapping[str, Value] | None = None,  # noqa: A002  # as the option is called
    overlays: str | Sequence[str] = (),
    **keys: str | float | Iterable[str | int],
) -> "Answer":
    """The calculator's answer for the scenario, or for the one that it ships with.

    `set` changes inputs by path, `keys` (such as `base="asss"`) choose rows; of `fte`, they may be the one figure that
    is converted (`hours=417_456`). Raises `OmsorgError` where something is wrong with what was asked for, in the words
    of the command line.
    """
    known = known_calculator(calculator)
    given = {key: _typed(keys.pop(key)) for key in known.bare if key in keys}  # type: ignore[arg-type]  # a wrong one is told
    unknown = [key for key in keys if key not in known.keys]
    if unknown:
        told = {"name": plain(unknown[0]), "calculator": known.name, "hint": nearest(unknown[0], known.keys)}
        raise OmsorgError(say("{name} is not a key of {calculator}. {hint}", **told))
    wanted = {key: items_in(key, items) for key, items in keys.items()}
    asked = Request(names_in("overlays", overlays), as_sets(set), known.bare_table(given), given)
    answer = Answer(as_read(scenario, known.name), asked, known.name, Selection(wanted))
    answer.refuse_impossible()
    return answer


@for_people
def typed(
    calculator: str,
    scenario: str | None,
    sets: Iterable[str] | None = (),
    overlays: Sequence[str] = (),
    keys: Mapping[str, tuple[str, ...]] | None = None,
    given: tuple[Mapping[str, Any], Mapping[str, str]] = ({}, {}),
) -> "Answer":
    """The same of what a person types: changes as PATH=VALUE, and bare figures that stand for a whole table.

    Nothing is run before it is asked for; who shows figures refuses first those that cannot be.
    """
    text = read(named(calculator, scenario or ""))
    return Answer(text, Request(tuple(overlays), tuple(sets or ()), *given), calculator, Selection(keys or {}))


def named(calculator: str, scenario: str) -> str:
    """What the scenario is called: where there is no name, or nothing before a +, that of the calculator's own."""
    return own_scenario(load(calculator)) + scenario if not scenario or scenario.startswith("+") else scenario


def as_read(scenario: "Scenario | None", calculator: str = "") -> Text:
    """The text of the scenario that is named, or of its data; where there is none, of the calculator's own."""
    from omsorg_cli.library.begun import Begun

    if isinstance(scenario, Begun):
        return read_text(scenario.text)
    if isinstance(scenario, Mapping):
        return read_text(_json(scenario))
    if scenario is not None and not str(scenario):
        raise not_taken("scenario", scenario, say("a path, the name of a shipped scenario, or data"))
    name = "" if scenario is None else str(scenario)
    return read(named(calculator, name) if calculator else name)


def _json(scenario: Mapping[str, Any]) -> str:
    """The data of a scenario as text."""
    import json

    try:
        return json.dumps(scenario, default=as_json)
    except (TypeError, ValueError) as error:
        told = say("the scenario's data are more than JSON holds: {fault}.", fault=plain(str(error)))
        raise OmsorgError(told) from None
    except RecursionError:
        raise OmsorgError(too_deep(say("text"))) from None


def as_sets(changed: Mapping[str, Value] | None) -> tuple[str, ...]:
    """The changes as a person types them."""
    if not isinstance(changed, Mapping | None):
        allowed = say("inputs by path, such as {example}", example="{'savings.population': 130_000}")
        raise not_taken("set", changed, allowed)
    return tuple(f"{path}={_typed(value)}" for path, value in (changed or {}).items())


def _options(**given: Any) -> list[str]:
    """The options as a person types them, one that is given several times each time; none that is not given."""
    every = ((name, one if isinstance(one, tuple) else (one,)) for name, one in given.items() if one is not None)
    return [word for name, values in every for value in values for word in (f"--{name}", str(value))]


def _typed(value: Value) -> str:
    value = in_python(value)
    if isinstance(value, list | tuple):  # the two ends of a range
        ends = ('"' + one + '"' if isinstance(one, str) else _typed(one) for one in value)
        return f"[{', '.join(ends)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return exact_text(value) if isinstance(value, float) else f"{value:f}" if isinstance(value, Decimal) else str(value)


class Answer(Saved):
    """A run of a calculator: its figures, and what can be asked of them."""

    forms: ClassVar[dict[str, str]] = EVERY

    def __init__(self, text: Text, request: Request, calculator: str, selection: Selection) -> None:
        self._text, self._request, self._calculator, self._selection = text, request, calculator, selection
        self._read_from = text.read_from
        self._results: dict[str, Result] = {}

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_"):
            raise AttributeError(f"{name} of an answer cannot be changed")
        super().__setattr__(name, value)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_results": {}}

    @property
    def calculator(self) -> str:
        """What the calculator is called."""
        return self._calculator

    @property
    def result(self) -> Result:
        """The run, with names in the language that is spoken now."""
        if language() not in self._results:
            self._results[language()] = result_of(self._text, self._request, self.calculator)
        return self._results[language()]

    @property
    def shown_by(self) -> Mapping[str, tuple[str, ...]]:
        """Which rows were asked for: of each key, the items; of one that is not there, all."""
        return self._selection.wanted

    @cached_property
    @for_people
    def figures(self) -> tuple[Figure, ...]:
        """The figures that are shown."""
        return self._selection.of(self.result)

    @for_people
    def refuse_impossible(self) -> None:
        """Raises every figure that cannot be and that the figures rest on."""
        refuse_impossible(self.result, self.figures)

    def showing(self, figures: Iterable[Figure]) -> "Answer":
        """The same run with those figures alone."""
        made = Answer(self._text, self._request, self.calculator, self._selection)
        made._results = self._results
        vars(made)["figures"] = tuple(figures)
        return made

    @for_people
    def __getitem__(self, key: str | tuple[str | float, ...]) -> float:
        """The value of a figure: by its name, and the keys of its row in their order.

        Where there is none, why is told by an `OmsorgError` that is a `KeyError` too.
        """
        place = _place_of(key)
        if place not in self._values:
            raise self._why_without(*place)
        return self._values[place]

    def __contains__(self, key: object) -> bool:
        """Whether it has the figure, by its name and the keys of its row or as `figures` has it."""
        return key in self.figures if isinstance(key, Figure) else _place_of(key) in self._values

    @cached_property
    def _values(self) -> dict[tuple[str, ...], float]:
        """The value of each figure, by its name and the keys of its row."""
        found: dict[tuple[str, ...], float] = {}
        for one in self.figures:
            row = (key_text(key) for key in one.keys.values() if key is not None)
            found.setdefault((one.figure, *row), one.value)
        return found

    def _why_without(self, name: str = "", *row: str) -> OmsorgError:
        """Why there is no such figure: there never is one, or not in that row, or it is not calculated."""
        known, typed = self.result.calculator.figures, ", ".join(row)
        if name not in known:
            told = {"name": plain(name), "calculator": self.calculator, "hint": nearest(name, known)}
            return UnknownFigureError(say("{name} is not a figure of {calculator}. {hint}", **told))
        rows = [", ".join(others) for known_name, *others in self._values if known_name == name]
        lacking = [one for one in self.result.not_calculated if name in one.figures]
        if not rows or any("/".join(row) in one.rows for one in lacking):
            why = [one.sentence for one in lacking if not rows or "/".join(row) in one.rows]
            asked = say("Not calculated for the rows that are asked for: {figures}.", figures=name)
            return LeftOutError("\n".join(why) or asked)
        near = [one for one in rows if typed and one.startswith(f"{typed}, ")] or rows
        told = {"figure": name, "hint": hint(typed, near) or say("Known: {names}.", names=few([*filter(None, near)]))}
        if not row:
            return UnknownFigureError(say("{figure} has no value for all rows together. {hint}", **told))
        return UnknownFigureError(say("{figure} has no row {row}. {hint}", row=shown(typed), **told))

    def __iter__(self) -> Iterator[Figure]:
        """Each figure."""
        return iter(self.figures)

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self.figures)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the run noticed."""
        return self.result.warnings

    @property
    def missing(self) -> tuple[str, ...]:
        """A sentence for each figure that is not calculated, with what it lacks."""
        return self.result.missing

    @property
    def name(self) -> str:
        """What the scenario is called, with overlays and changes."""
        return "+".join((self._text.name, *self._text.overlays, *self._request.overlays)) + (
            f" ({', '.join(self._request.sets)})" if self._request.sets else ""
        )

    # ------------------------------------------------------------------------------------------------- the figures

    def records(self) -> list[dict[str, Any]]:
        """The figures as data, a row each: name, value, unit and keys."""
        return [{"figure": one.figure, **one.keys, "value": one.value, "unit": one.unit} for one in self.figures]

    def to_frame(self) -> Any:
        """The figures as a data frame, of pandas or else of Polars."""
        from omsorg_cli.library.frames import frame

        return frame(self.records(), ("figure", *self.result.calculator.keys, "value", "unit"))

    @for_people
    def of_name(self, name: str) -> tuple[Figure, ...]:
        """The records of the figure; where it is one for all rows and no rows are asked for, that one alone."""
        known = self.result.calculator.figures
        if name not in known:
            told = {"name": name, "calculator": self.calculator, "hint": nearest(name, known)}
            raise OmsorgError(say("{name} is not a figure of {calculator}. {hint}", **told))
        found = tuple(figure for figure in self.figures if figure.figure == name)
        levels = self.result.record.plan.figure_levels[self.calculator].get(name, ())
        if () not in levels or len(self.figures) < len(self.result.figures):
            return found
        return tuple(figure for figure in found if not any(key is not None for key in figure.keys.values()))

    @for_people
    def opened(self, names: Sequence[str] = (), *, first: bool = False) -> tuple[Figure, ...]:
        """The records of those figures, or of the headline figures, over the fewest rows; with `first`, of the first.

        Raises `OmsorgError` where there is no such figure, and `NoAnswerError` where it is left out.
        """
        wanted = names or self.result.headlines or self.result.calculator.headlines
        found = opened(self.result, self.figures, wanted)
        return tuple(one for one in found if one.figure == found[0].figure) if first and not names else found

    def reasons(self, name: str) -> tuple[str, ...]:
        """Why records of the figure are left out, a sentence for each reason."""
        return tuple(self.result.reasons([name]))

    def beside(self, figures: Sequence[Figure], *, every: bool = False) -> Iterator[str]:
        """What must be said beside the figures: warnings, and how many points to note, or with `every` each of them."""
        from omsorg_cli.render.typed import beside

        return beside(self.result, figures, self._selection, every=every)

    # ------------------------------------------------------------------------------------------------ the questions

    @for_people
    def explain(
        self,
        figure: str | None = None,
        *,
        depth: int | None = None,
        quotes: bool = False,
        form: str = "text",
        typed: bool = False,
    ) -> "Explanation":
        """How a figure came about, as a tree of lines: a string, which shows itself as the lines that it has.

        `depth` is how many steps it goes down: by default all; without a figure the headline figures are told, text
        and Markdown of them two steps down. `form` is text, markdown, json or mermaid; `quotes` adds the words of the
        documents. `typed` names what comes next as the command line does.
        """
        from omsorg_cli.library.explanation import Explanation
        from omsorg_cli.render import explain as explanation
        from omsorg_cli.render.typed import asked, called

        if form not in FORMS_OF_EXPLANATIONS:
            allowed = ", ".join(FORMS_OF_EXPLANATIONS)
            raise OmsorgError(say("form: found {found}; allowed: {allowed}.", found=shown(form), allowed=allowed))
        depth = in_python(depth)
        if depth is not None and (not isinstance(depth, int) or isinstance(depth, bool) or depth < 0):
            allowed = say("a whole number from 0")
            raise not_taken("depth", depth, allowed)
        figures = self.opened(names_in("figure", figure))
        if form == "json":
            with spoken(ENGLISH):
                return Explanation(explanation.render_json(self.result, figures, depth))
        if form == "mermaid":
            return Explanation(explanation.render_mermaid(self.result, figures, depth))
        told = explanation.render_text if form == "text" else explanation.render_markdown
        short = self._selection if figure is None and depth is None else None
        naming = asked if typed else called
        levels = depth if short is None else SHALLOW
        return Explanation(told(self.result, figures, levels, quotes=quotes, in_short=short, naming=naming))

    @for_people
    def explained(
        self, figure: str | None = None, *, depth: int | None = None, quotes: bool = False, as_pdf: bool = False
    ) -> bytes:
        """The same as a page, or printed; without a figure and a depth, two steps down."""
        from omsorg_cli.render.explain import beside
        from omsorg_cli.render.report import render_explained
        from omsorg_cli.render.typed import asked
        from omsorg_cli.writing.printing import printed

        figures = self.opened(names_in("figure", figure))
        said = beside(self.result, figures)
        words = _options(figure=names_in("figure", figure), depth=depth)
        command = asked("explain", self.result, self._selection, *words, *(["--quote"] if quotes else []))
        levels = SHALLOW if figure is None and depth is None else depth
        page = render_explained(self.result, figures, levels, said, quotes=quotes, command=command)
        return printed(page) if as_pdf else page

    @asked_anew
    @for_people
    def simulate(
        self,
        figure: str | Sequence[str] | None = None,
        *,
        draws: int = 100_000,
        seed: int = 1,
        jobs: int = 0,
        sink: "Sink | None" = None,
    ) -> "Simulated":
        """How uncertain a figure, or the headline figures, are: percentiles from the ranges of the inputs.

        `sink` is called with each chunk of draws.
        """
        from omsorg_cli.library.shown import Simulated
        from omsorg_cli.questions.simulate import Options, simulate

        names = names_in("figure", figure)
        figures, draws, seed, jobs = self.opened(names), *map(in_python, (draws, seed, jobs))
        options = Options(draws, seed, jobs)
        again = partial(self._asked, simulate, figures, options)
        found = Simulated(simulate(self.result, figures, options, sink), figures, (draws, seed), again)
        found.typed = self._selection, _options(figure=names, draws=draws, seed=seed)
        return found

    @for_people
    def draws_to(
        self, path: Path | None, figure: str | Sequence[str] | None = None
    ) -> "AbstractContextManager[Callable[[Any], None]]":
        """What takes the chunks of draws of a simulation of the figures and writes them to the file, if there is one.

        Raises `NoAnswerError` where nothing has a range to draw from.
        """
        from omsorg_cli.library.draws import draws_to
        from omsorg_cli.questions.simulate import ranged

        figures = self.opened(names_in("figure", figure))
        return draws_to(path, figures, ranged(self.result, figures), self._read_from)

    @asked_anew
    @for_people
    def sensitivity(
        self, figure: str | Sequence[str] | None = None, *, only_ranged: bool = False, all_inputs: bool = False
    ) -> "Tornado":
        """What matters most for a figure, or for the first headline figure; with `all_inputs`, told of every input."""
        from omsorg_cli.library.shown import Tornado
        from omsorg_cli.questions.sensitivity import sensitivity

        names = names_in("figure", figure)
        figures = self.opened(names, first=True)
        ask = partial(self._asked, of_each, partial(sensitivity, only_ranged=only_ranged), figures)
        made = Tornado(ask(), figures, all_inputs=all_inputs, only_ranged=only_ranged, again=ask)
        flags = [*(["--only-ranged"] if only_ranged else []), *(["--all"] if all_inputs else [])]
        made.typed = self._selection, [*_options(figure=names), *flags]
        return made

    @asked_anew
    @for_people
    def indices(
        self, figure: str | Sequence[str] | None = None, *, samples: int | None = None, seed: int | None = None
    ) -> "Indexed":
        """How much of a figure's spread each input explains, all varied at once: Sobol indices. Needs SALib."""
        from omsorg_cli.library.shown import Indexed
        from omsorg_cli.questions.indices import SAMPLES, sobol

        samples, seed = in_python(samples), in_python(seed)
        asked = SAMPLES if samples is None else samples, 1 if seed is None else seed
        names = names_in("figure", figure)
        ask = partial(self._asked, of_each, sobol, self.opened(names, first=True), *asked)
        found = Indexed(ask(), ask)
        found.typed = self._selection, ["--global", *_options(figure=names, samples=samples, seed=seed)]
        return found

    @asked_anew
    @for_people
    def solve(
        self,
        input: str,  # noqa: A002  # as the option is called
        figure: str,
        *,
        target: Value = 0,
        between: Iterable[Value] | None = None,
    ) -> "Solved":
        """The values of an input at which a figure reaches a target."""
        from omsorg_cli.library.shown import Solved
        from omsorg_cli.questions.solve import Question, solve

        ends = None
        if between is not None:
            low, high = ends_in("between", between)
            ends = _typed(low), _typed(high)
        question = Question(name_in("input", input), name_in("figure", figure), _typed(target), ends)
        ask = partial(solve, self._text, self._request, self.calculator, self._selection, question)
        found = Solved(ask(), ask)
        asked = {"input": input, "figure": figure, "target": _typed(target)}
        found.typed = self._selection, _options(**asked, between=ends and ";".join(ends))
        return found

    @asked_anew
    def compare(self, *others: "Answer") -> "Compared":
        """What differs between this answer and others of the same calculator.

        Answers for another item of one key each, such as two comparators, are set side by side by it; so are the items
        of this answer alone, where it is for several.
        """
        for one in others:
            if not isinstance(one, Answer):
                raise not_taken("compare", one, say("answers of the same calculator"))
        answers = (self, *others)
        key = _told_apart_by([one.shown_by for one in answers])
        if not key:
            return compared([(one.name, one, None) for one in answers])
        alike = len({one.name for one in answers}) == 1
        return compared([("" if alike else one.name, one, (key, one.shown_by[key])) for one in answers])

    @asked_anew
    @for_people
    def choose(self, limits: Sequence[str]) -> "Chosen":
        """The rows that are worth most together within the limits, each NAME=AMOUNT."""
        from omsorg_cli.library.shown import Chosen
        from omsorg_cli.questions.choice import choose, limits_of

        if self.result.calculator.choice is None:
            raise OmsorgError(say("{calculator} has nothing to choose from.", calculator=self.calculator))
        ask = partial(self._asked, choose, limits_of(self.result.calculator, names_in("limits", limits)))
        return Chosen(ask(), ask)

    def _asked(self, question: Callable[..., Any], *given: Any) -> Any:
        """What the question finds of the run, in the language that is spoken now."""
        return question(self.result, *given)

    @asked_anew
    @for_people
    def sweep(
        self,
        grid: Mapping[str, Iterable[Value]] | None = None,
        figures: str | Sequence[str] = (),
        *,
        rows: "str | Path | Table | None" = None,
    ) -> "Swept":
        """A row for each combination of the inputs' values, with the figures, or the headline figures.

        With `rows`, a row for each row of that CSV file or workbook instead, whose headings name inputs; `omsorg.Table`
        says more of how it is read.
        """
        from omsorg_cli.library.rows import Swept, SweptRows
        from omsorg_cli.questions.sweep import MOST_VALUES, Listed

        if rows is not None:
            if grid is not None:
                raise OmsorgError(say("A sweep is over a grid or over the rows of a table, and not over both."))
            over = partial(self.over_rows, rows, names_in("figures", figures))
            return SweptRows(over(), over)
        if not isinstance(grid, Mapping) or not grid:
            raise OmsorgError(say("A sweep needs an input that varies, with its values."))
        values = {str(path): values_in(str(path), held, MOST_VALUES) for path, held in grid.items()}
        asked = [Listed(path, tuple(map(_typed, held))) for path, held in values.items()]
        ask = partial(self.sweeping, asked, names_in("figures", figures))
        return Swept(ask(), ask)

    @for_people
    def sweeping(self, grid: "Sequence[str | Listed]", figures: Sequence[str] = ()) -> "Sweeping":
        """The same as what writes a table: each input as PATH=FROM:TO:COUNT or PATH=a,b,c, or with its values."""
        from omsorg_cli.library.rows import Sweeping
        from omsorg_cli.questions.sweep import Sweep

        found = Sweep(self._text, self._request, self.calculator, grid, self._selection, figures)
        return Sweeping(found, self.calculator, self._read_from)

    @for_people
    def over_rows(
        self, rows: "str | Path | Table", figures: Sequence[str] = (), *, drawing: tuple[int, int] | None = None
    ) -> "Sweeping":
        """The same with a row for each row of a table; with so many draws and a seed, the percentiles of each."""
        from omsorg_cli.library.rows import Sweeping, Table

        table = rows if isinstance(rows, Table) else Table(rows)
        return Sweeping.over(table, (self._text, self._request, self.calculator, self._selection), figures, drawing)

    # ---------------------------------------------------------------------------------------------------- the forms

    def parts(self, *, full: bool = False) -> "list[Part]":
        """The answer as a document; with `full`, everything that goes with it."""
        from omsorg_cli.render.document import document

        return list(document(self.result, self.figures, self._selection, full=full))

    def json(self, moment: str | None = None) -> str:
        """The record of the answer, the same in every language; `moment` is the time of the run, where it is told."""
        from omsorg_cli.render.data import render_json

        with spoken(ENGLISH):
            return render_json(self.result, self.figures, moment, self.shown_by)

    def csv(self, *, for_people: bool = False) -> str:
        """A row for each figure, the same in every language; `for_people`, as a Norwegian spreadsheet opens it."""
        if for_people:
            from omsorg_cli.render.people_csv import people_csv

            return people_csv(self.result, self.figures)
        from omsorg_cli.render.data import render_csv

        with spoken(ENGLISH):
            return render_csv(self.result, self.figures)

    def xlsx(self, moment: str | None = None) -> bytes:
        """The answer as a workbook whose cells calculate."""
        from omsorg_cli.render.workbook import render

        return render(self.result, self.figures, moment, shown_by=self.shown_by)

    def html(self) -> bytes:
        """The answer as a page whose inputs move."""
        from omsorg_cli.render.report import render

        return render(self.result, self.figures, self._selection)

    def picture(self, suffix: str) -> bytes:
        """The picture of the answer; as PDF, the page printed."""
        if suffix == ".pdf":
            from omsorg_cli.writing.printing import printed

            return printed(self.html())
        from omsorg_cli.render.pictures.svg import drawn

        return drawn(self.result, self.figures, suffix)

    def text(self) -> str:
        """Everything that goes with the answer, as text."""
        from omsorg_cli.library.shown import as_table

        return as_table(self.parts(full=True))

    def markdown(self) -> str:
        """Everything that goes with the answer, as Markdown."""
        from omsorg_cli.render import markdown

        return markdown.render(self.parts(full=True))

    def __repr__(self) -> str:
        """The answer as text."""
        from omsorg_cli.render.table import render

        return render(self._in_python(), width=100)

    def _repr_html_(self) -> str:
        """The answer with its picture, in a notebook."""
        from omsorg_cli.render.report import chart, fragment

        return fragment(self._in_python(), chart(self.result, self.figures))

    def _in_python(self) -> "list[Part]":
        """The answer as a document that names the next questions as a program asks them."""
        from omsorg_cli.render.document import document
        from omsorg_cli.render.typed import called

        return list(document(self.result, self.figures, full=False, naming=called))


def of_each(result: Result, question: Callable[..., Any], figures: Iterable[Figure], *given: Any) -> list[Any]:
    """What the question finds of each of the figures."""
    return [question(result, one, *given) for one in figures]


def _place_of(key: object) -> tuple[str, ...]:
    """The name of a figure and the keys of its row."""
    return tuple(map(key_text, key if isinstance(key, tuple) else (key,)))


def _told_apart_by(wanted: Sequence[Mapping[str, tuple[str, ...]]]) -> str:
    """The key by whose items the answers are set side by side; none where they are of the same rows.

    Raises where they are of other rows by more than one item of one key, so that no figure stands beside another.
    """
    if len(wanted) == 1:
        return next((key for key, items in wanted[0].items() if len(items) > 1), "")
    keys = dict.fromkeys(key for one in wanted for key in one)
    apart = [key for key in keys if len({one.get(key, ()) for one in wanted}) > 1]
    if any(len(one.get(key, ())) != 1 for key in apart for one in wanted):
        return ""
    if len(apart) > 1:
        told = say("compare: the answers are for other items of {keys}; allowed: of one key.", keys=in_series(apart))
        raise OmsorgError(told)
    return next(iter(apart), "")


@for_people
def compared(sides: Sequence[tuple[str, Answer, tuple[str, Sequence[str]] | None]]) -> "Compared":
    """What differs between answers, each with its name; one with a key and items of it is a side for each item."""
    from omsorg_cli.library.shown import Compared

    ask = partial(_compared, sides)
    return Compared(ask(), ask).made_by(read_from={place for _, one, _ in sides for place in one.read_from})


def _compared(sides: Sequence[tuple[str, Answer, tuple[str, Sequence[str]] | None]]) -> "Comparison":
    from omsorg_cli.questions.compare import Column, by_item, compare

    columns: list[Column] = []
    for name, answer, several in sides:
        if answer.calculator != sides[0][1].calculator:
            told = {"first": sides[0][1].calculator, "other": answer.calculator}
            raise OmsorgError(say("{first} and {other}: answers of one calculator are compared.", **told))
        if several is None:
            columns.append(Column(name, answer.result, answer.figures))
            continue
        found = by_item(answer.result, answer.figures, *several)
        columns += [one._replace(name=f"{name}: {one.name}" if name else one.name) for one in found]
    return compare(columns)


__all__ = ["Answer", "Figure", "NoAnswerError", "OmsorgError", "compared", "run", "typed"]
