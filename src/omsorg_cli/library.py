"""omsorg in Python: a run and everything that can be asked of it, for notebooks and programs of one's own.

>>> import omsorg_cli as omsorg
>>> answer = omsorg.run("savings", "baerum2016", set={"savings.population": 130_000}, base="asss")
>>> round(answer["savings_potential", "asss", "total"])
122070000

The figures, the errors and the words are those of the command line. Nothing is imported before it is used.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from omsorg_cli.calculators import NAMES, join_others, load
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, nearest
from omsorg_cli.core.language import say
from omsorg_cli.core.numbers import exact_text
from omsorg_cli.questions.shared.selection import Selection, opened
from omsorg_cli.result import Figure, Result, refuse_impossible, result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import Text, read, read_text

if TYPE_CHECKING:
    from omsorg_cli.questions.compare import Comparison
    from omsorg_cli.questions.sensitivity import Sensitivity
    from omsorg_cli.questions.simulate import Simulation
    from omsorg_cli.questions.solve import Solution

FRAMES = ("pandas", "polars")
Value = bool | int | float | str
Scenario = str | Path | Mapping[str, Any]
"""A shipped scenario's name or a path, either with +OVERLAY, or the data of one."""


def run(
    calculator: str,
    scenario: Scenario | None = None,
    *,
    set: Mapping[str, Value] | None = None,  # noqa: A002  # as the option is called
    overlays: Sequence[str] = (),
    **keys: str | Sequence[str],
) -> "Answer":
    """The calculator's answer for the scenario, or for the one that it ships with.

    `set` changes inputs by path, `keys` (such as `base="asss"`) choose rows. Raises `OmsorgError` where something is
    wrong with what was asked for, in the words of the command line.
    """
    if calculator not in NAMES:
        join_others()
    if calculator not in NAMES:
        raise OmsorgError(say("{name}: is no calculator. {hint}", name=calculator, hint=nearest(calculator, NAMES)))
    known = load(calculator)
    unknown = [key for key in keys if key not in known.keys]
    if unknown:
        told = {"name": unknown[0], "calculator": calculator, "hint": nearest(unknown[0], known.keys)}
        raise OmsorgError(say("{name}: is no key of {calculator}. {hint}", **told))
    wanted = {key: (items,) if isinstance(items, str) else tuple(items) for key, items in keys.items()}
    sets = tuple(f"{path}={_typed(value)}" for path, value in (set or {}).items())
    return Answer(_read(scenario or known.scenario), Request(tuple(overlays), sets), calculator, Selection(wanted))


def _read(scenario: Scenario) -> Text:
    if isinstance(scenario, Mapping):
        return read_text(json.dumps(scenario))
    return read(str(scenario))


def _typed(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return exact_text(value) if isinstance(value, float) else str(value)


class Answer:
    """A run of a calculator: its figures, and what can be asked of them."""

    def __init__(self, text: Text, request: Request, calculator: str, selection: Selection) -> None:
        self._text, self._request, self._selection = text, request, selection
        self.calculator = calculator
        self.result: Result = result_of(text, request, calculator)
        self.figures: tuple[Figure, ...] = selection.of(self.result)
        refuse_impossible(self.result, self.figures)

    def __getitem__(self, key: str | tuple[str | int, ...]) -> float:
        """The value of a figure: by its name, and the keys of its row in their order."""
        name, *keys = (key,) if isinstance(key, str) else key
        for one in self.figures:
            held = [item for item in one.keys.values() if item is not None]
            if one.figure == name and list(map(str, held)) == list(map(str, keys)):
                return one.value
        raise KeyError(key)

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

    def records(self) -> list[dict[str, Any]]:
        """The figures as data, a row each: name, value, unit and keys."""
        return [{"figure": one.figure, **one.keys, "value": one.value, "unit": one.unit} for one in self.figures]

    def to_frame(self) -> Any:
        """The figures as a data frame, of pandas or else of Polars."""
        return frame(self.records())

    def explain(self, figure: str | None = None, *, depth: int | None = None, quotes: bool = False) -> str:
        """How a figure, or the headline figures, came about, as a tree of lines."""
        from omsorg_cli.render.explain import render_text

        return render_text(self.result, self._opened(figure), depth, quotes=quotes)

    def simulate(self, figure: str | None = None, *, draws: int = 100_000, seed: int = 1) -> "Simulation":
        """How uncertain a figure, or the headline figures, are: percentiles from the ranges of the inputs."""
        from omsorg_cli.questions.simulate import Options, simulate

        return simulate(self.result, self._opened(figure), Options(draws, seed))

    def sensitivity(self, figure: str | None = None) -> "Tornado":
        """What matters most for a figure, or for the first headline figure."""
        from omsorg_cli.questions.sensitivity import sensitivity

        return Tornado(sensitivity(self.result, self._opened(figure)[0]))

    def solve(
        self,
        input: str,  # noqa: A002  # as the option is called
        figure: str,
        *,
        target: Value = 0,
        between: tuple[Value, Value] | None = None,
    ) -> "Solution":
        """The values of an input at which a figure reaches a target."""
        from omsorg_cli.questions.solve import Question, solve

        ends = None if between is None else (_typed(between[0]), _typed(between[1]))
        question = Question(input, figure, _typed(target), ends)
        return solve(self._text, self._request, self.calculator, self._selection, question)

    def compare(self, *others: "Answer") -> "Comparison":
        """What differs between this answer and others of the same calculator."""
        from omsorg_cli.questions.compare import Column, compare

        every = (self, *others)
        return compare([Column(one.name, one.result, one.figures) for one in every])

    def sweep(self, grid: Mapping[str, Iterable[Value]], figures: Sequence[str] = ()) -> list[dict[str, Any]]:
        """A row for each combination of the inputs' values, with the figures, or the headline figures."""
        from omsorg_cli.questions.sweep import Sweep
        from omsorg_cli.render.sweep import JsonLines

        asked = [f"{path}={','.join(map(_typed, values))}" for path, values in grid.items()]
        sweep = Sweep(self._text, self._request, self.calculator, asked, self._selection, figures)
        lines = JsonLines(sweep)
        return [json.loads(row) for piece in sweep.pieces(0, 1) for row in lines.objects(piece)]

    def save(self, path: str | Path) -> Path:
        """Writes the answer to a file; the suffix decides the format: .json, .csv, .md, .xlsx, .html, .svg or .png."""
        from omsorg_cli.writing.output import save

        target = Path(path)
        save(_content(self, target), target)
        return target

    def _opened(self, figure: str | None) -> tuple[Figure, ...]:
        return opened(self.result, self.figures, (figure,) if figure else self.result.headlines)

    @property
    def name(self) -> str:
        """What the scenario is called, with overlays and changes."""
        return "+".join((self._text.name, *self._text.overlays, *self._request.overlays)) + (
            f" ({', '.join(self._request.sets)})" if self._request.sets else ""
        )

    def __repr__(self) -> str:
        """The answer as text."""
        from omsorg_cli.render.document import document
        from omsorg_cli.render.table import render

        return render(document(self.result, self.figures, self._selection, full=False), width=100)

    def _repr_html_(self) -> str:
        """The answer in a notebook."""
        from omsorg_cli.render.report import fragment

        return fragment(self.result, self.figures)


class Tornado(NamedTuple):
    """What matters most for a figure, as data and as a picture."""

    found: "Sensitivity"

    @property
    def swings(self) -> list[dict[str, Any]]:
        """Each input with its ends and what the figure is at them, the largest difference first."""
        return [
            {
                "input": one.input.path,
                "low": one.low,
                "high": one.high,
                "figure_at_low": one.figure_at_low,
                "figure_at_high": one.figure_at_high,
                "swing": one.swing,
            }
            for one in self.found.swings
        ]

    def to_frame(self) -> Any:
        """The swings as a data frame, of pandas or else of Polars."""
        return frame(self.swings)

    def _repr_svg_(self) -> str:
        """The picture in a notebook."""
        from omsorg_cli.render.pictures.tornado import tornado

        return tornado(self.found)

    def save(self, path: str | Path) -> Path:
        """Writes the picture to a file, .svg, .png or .pdf, with its title and its sources."""
        from omsorg_cli.render.pictures.tornado import drawn
        from omsorg_cli.writing.output import save

        target, allowed = Path(path), (".svg", ".png", ".pdf")
        if target.suffix.lower() not in allowed:
            told = {"file": str(target), "allowed": ", ".join(allowed)}
            raise OmsorgError(say("{file}: the suffix names no format; allowed: {allowed}.", **told))
        save(drawn([self.found], target.suffix.lower()), target)
        return target


def frame(records: Sequence[Mapping[str, Any]]) -> Any:
    """The records as a data frame, of pandas or else of Polars; neither comes with omsorg."""
    for name in FRAMES:
        if find_spec(name) is not None:
            return import_module(name).DataFrame(list(records))
    raise OmsorgError(say("A data frame needs pandas or Polars, and neither is installed."))


def _content(answer: Answer, path: Path) -> bytes:
    """What is written in the format of the suffix."""
    result, figures = answer.result, answer.figures
    match path.suffix.lower():
        case ".json":
            from omsorg_cli.render.data import render_json

            return render_json(result, figures).encode()
        case ".csv":
            from omsorg_cli.render.data import render_csv

            return render_csv(result, figures).encode()
        case ".md":
            from omsorg_cli.render import markdown
            from omsorg_cli.render.document import document

            return markdown.render(document(result, figures, full=True)).encode()
        case ".xlsx":
            from omsorg_cli.render.workbook import render as workbook

            return workbook(result, figures, None)
        case ".html":
            from omsorg_cli.render.report import render as page

            return page(result, figures)
        case ".svg" | ".png":
            from omsorg_cli.render.pictures.svg import drawn

            return drawn(result, figures, path.suffix.lower())
    allowed = ".json, .csv, .md, .xlsx, .html, .svg, .png"
    raise OmsorgError(say("{file}: the suffix names no format; allowed: {allowed}.", file=str(path), allowed=allowed))


__all__ = ["Answer", "Figure", "NoAnswerError", "OmsorgError", "Tornado", "run"]
