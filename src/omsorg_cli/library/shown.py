"""What was found, in each form that it can be shown, stored and saved in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.core.language import ENGLISH, phrase, say, spoken
from omsorg_cli.library.saving import EVERY, PAGES, PICTURES, PRINTED, TEXTS, Saved
from omsorg_cli.library.speaking import InEach

if TYPE_CHECKING:
    from omsorg_cli.questions.choice import Chosen as FoundChoice
    from omsorg_cli.questions.compare import Beside, Column, Comparison, Difference
    from omsorg_cli.questions.indices import Indices as FoundIndices
    from omsorg_cli.questions.ranking import Ranking
    from omsorg_cli.questions.sensitivity import Sensitivity
    from omsorg_cli.questions.shared.selection import Selection
    from omsorg_cli.questions.shared.stored_result import Again
    from omsorg_cli.questions.shared.stored_workbook import Table
    from omsorg_cli.questions.simulate import Outcome, Simulation
    from omsorg_cli.questions.solve import Solution
    from omsorg_cli.questions.sweep import Sweep
    from omsorg_cli.questions.verify import Verdict
    from omsorg_cli.render.parts import Chart, Part, Sheet
    from omsorg_cli.result import Figure, Result
    from omsorg_cli.scenario.load import Scenario

MOST_SHOWN = 60
"""Rows of a sweep that Python shows."""
WIDTH = 100
"""Columns of a table where no terminal says how many it has."""


def as_markdown(parts: "Sequence[Part]") -> str:
    """A document as Markdown."""
    from omsorg_cli.render import markdown

    return markdown.render(parts)


def as_table(parts: "Sequence[Part]", *, width: int | None = WIDTH, colour: bool = False) -> str:
    """A document as text, its tables as wide as that, or as they are."""
    from omsorg_cli.render import table

    return table.render(parts, colour=colour, width=width)


class Shown(Saved):
    """Something that was found: as a document, as JSON, as CSV, and as the files that it can be saved in."""

    forms: ClassVar[dict[str, str]] = TEXTS
    """The formats that it can be saved in, by suffix."""
    renderer: ClassVar[str]

    def __init__(self, found: Any, again: Callable[[], Any] | None = None) -> None:
        self._found = InEach(found, again)

    @property
    def found(self) -> Any:
        """What was found; asked again where another language is spoken now than then."""
        return self._found.now()

    @property
    def _rendering(self) -> Any:
        return import_module(f"omsorg_cli.render.{self.renderer}")

    def parts(self) -> "list[Part]":
        """The document: headings, sentences and tables."""
        return list(self._rendering.document(self._found.now()))

    def on_page(self) -> "list[Part]":
        """The document where nothing can be typed: of a page, and in a notebook."""
        return self.parts()

    def pictures(self) -> "Iterator[Chart]":
        """The pictures that go with it there."""
        return iter(())

    def json(self) -> str:
        """The data, with everything that goes with them; the same in every language."""
        with spoken(ENGLISH):
            return str(self._rendering.render_json(self._found.now()))

    def csv(self) -> str:
        """The data as rows; the same in every language."""
        from omsorg_cli.render.data import csv_text

        return csv_text(self._rows())

    def records(self) -> list[dict[str, Any]]:
        """The same rows, each by the names of its columns."""
        columns, *rows = self._rows()
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def to_frame(self) -> Any:
        """The same as a data frame, of pandas or else of Polars."""
        from omsorg_cli.library.frames import frame

        return frame(self.records(), self._columns())

    def _columns(self) -> Sequence[str]:
        """The names of the columns, which are there without a row too."""
        columns: Sequence[str] = self._rows()[0]
        return columns

    def _rows(self) -> Sequence[Sequence[Any]]:
        with spoken(ENGLISH):
            rows: Sequence[Sequence[Any]] = self._rendering.rows(self._found.now())
            return rows

    def markdown(self) -> str:
        """The document as Markdown."""
        return as_markdown(self.parts())

    def text(self, *, width: int | None = WIDTH, colour: bool = False) -> str:
        """The document as text, its tables as wide as that."""
        return as_table(self.parts(), width=width, colour=colour)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said beside the document."""
        return ()

    def __repr__(self) -> str:
        """The document as text, with what must be said beside it."""
        return "\n".join((self.text(), *self.warnings))

    def _repr_html_(self) -> str:
        """The document with its pictures, in a notebook."""
        from omsorg_cli.render.report import fragment

        return fragment(self.on_page(), list(self._charts()))

    def _charts(self) -> "Iterator[Chart]":
        """The pictures in which there is something."""
        return (one for one in self.pictures() if one.picture)


class Paged(Shown):
    """What has a page, and may have pictures, a file of one and a page of all; as PDF the page is printed."""

    question: ClassVar[str]
    """What the page asks, above its title."""
    verb: ClassVar[str] = ""
    """What is typed to ask it, where the renderer is called otherwise."""
    typed: "tuple[Selection, Sequence[str]] | None" = None
    """The rows that were asked for, and what was typed beside the scenario; None where nobody says."""

    def command(self) -> str | None:
        """The command that asks the same, if it can be told."""
        if self.typed is None:
            return None
        from omsorg_cli.render.typed import asked

        selection, words = self.typed
        return asked(self.verb or self.renderer, self.about(), selection, *words)

    def drawn(self) -> str:
        """The picture in a file of its own."""
        raise NotImplementedError

    def about(self) -> "Result":
        """The run that the page is about."""
        result: Result = self.found.result
        return result

    def others(self) -> "Sequence[Result]":
        """The runs that it is set beside."""
        return ()

    def recorded(self) -> Sequence[tuple[str, str]]:
        """What the record of the page says of the question."""
        return ()

    def html(self) -> bytes:
        """The page."""
        from omsorg_cli.render.report import render_verb

        pictures = list(self._charts())
        return render_verb(say(self.question), self.about(), self.on_page(), pictures, self._made(), self.others())

    def _made(self) -> Sequence[tuple[str, str]]:
        """What the record says beside the scenario: of the question, and the command."""
        from omsorg_cli.render.typed import command_row

        return (*self.recorded(), *command_row(self.command()))

    def picture(self, suffix: str) -> bytes:
        """The picture; as PDF, the page printed."""
        if suffix == ".pdf":
            from omsorg_cli.writing.printing import printed

            return printed(self.html())
        from omsorg_cli.render.pictures.frame import as_file

        return as_file(self.drawn(), suffix)


def _captioned(drawn: str, data: "Sheet | None" = None) -> "Chart":
    """A picture with what it is called above it."""
    from omsorg_cli.render.parts import Chart
    from omsorg_cli.render.pictures.frame import caption_of

    return Chart(caption_of(drawn), drawn, data)


class Pictured(Paged):
    """What has one picture, in its page and in a file."""

    def pictures(self) -> "Iterator[Chart]":
        """The picture of the file, in the page; none where there is nothing to draw."""
        drawn = self.drawn(alone=False)
        if drawn:
            yield _captioned(drawn, self.charted())

    def charted(self) -> "Sheet | None":
        """The numbers of the picture, where no table of the page has them."""
        return None

    def drawn(self, *, alone: bool = True) -> str:
        """The picture, in a file of its own or in the page."""
        raise NotImplementedError


def _workbook(
    result: "Result", figures: "Sequence[Figure]", question: Mapping[str, Any], answer: Callable[[Any], Any]
) -> bytes:
    """The workbook of the figures, with a sheet of what was asked of them, and the question in its record."""
    import numpy as np

    from omsorg_cli.core.seal import digest_of
    from omsorg_cli.render import workbook
    from omsorg_cli.render.workbook import answers

    record = workbook.record_in_english(result, figures) | {"question": {**question, "numpy": np.__version__}}
    record["digest"] = digest_of(record)
    return workbook.render(result, figures, answers=(answer(answers),), record=record)


def workbook_again(again: "Again", record: Mapping[str, Any], compared: "Table | None") -> bytes:
    """The workbook of a run that was stored, with what was asked of it asked again, and the record that it carries.

    `compared` is what stands on the sheet of a comparison, which is of several scenarios.
    """
    from omsorg_cli.render import workbook
    from omsorg_cli.render.workbook import answers

    asked = again.stored.question
    told: list[Any] = []
    if asked is not None and asked.verb == "simulate":
        from omsorg_cli.questions.simulate import Options, simulate

        told = [answers.simulation(simulate(again.result, again.figures, Options(asked.draws, asked.seed)))]
    elif asked is not None and asked.verb == "sensitivity":
        from omsorg_cli.questions.sensitivity import sensitivity

        every = [sensitivity(again.result, one, only_ranged=asked.only_ranged) for one in again.figures]
        told = [answers.sensitivity(every)]
    elif compared is not None:
        told = [answers.comparison_again(*compared)]
    return workbook.render(again.result, again.figures, answers=told, record=record)


class Simulated(Paged):
    """How uncertain figures are."""

    forms: ClassVar[dict[str, str]] = EVERY
    renderer: ClassVar[str] = "simulate"
    question: ClassVar[str] = phrase("How uncertain is the answer?")
    found: "Simulation"

    def __init__(
        self,
        found: "Simulation",
        figures: "Sequence[Figure]",
        asked: tuple[int, int],
        again: "Callable[[], Simulation] | None" = None,
    ) -> None:
        super().__init__(found, again)
        self._figures, self._asked = figures, asked

    @property
    def outcomes(self) -> "tuple[Outcome, ...]":
        """The percentiles of each figure."""
        return tuple(self.found.outcomes)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the run noticed of the figures."""
        return self.about().warnings_of(self._figures)

    def xlsx(self) -> bytes:
        """The figures' workbook, with a sheet of the percentiles."""
        draws, seed = self._asked
        question = {"verb": "simulate", "draws": draws, "seed": seed}
        return _workbook(self.found.result, self._figures, question, lambda answers: answers.simulation(self.found))

    def recorded(self) -> Sequence[tuple[str, str]]:
        """How many draws, and their seed."""
        draws, seed = self._asked
        return ((say("draws"), str(draws)), (say("random seed"), str(seed)))

    def on_page(self) -> "list[Part]":
        """The document with nothing to type, and without the table that its histogram has."""
        return list(self._rendering.document(self.found, on_page=True))

    def pictures(self) -> "Iterator[Chart]":
        """A histogram of each figure, with its numbers."""
        from omsorg_cli.render.parts import Chart
        from omsorg_cli.render.pictures.histogram import caption, histogram

        for one in self.found.outcomes:
            name = caption(self.found.result, one)
            yield Chart(name, histogram(one, name), self._rendering.spread(one))

    def drawn(self) -> str:
        """The histogram of a figure, or a fan of years."""
        from omsorg_cli.render.pictures import questions

        return questions.simulation(self.found)


class Tornado(Paged):
    """What matters most for a figure, or for the records of one, as data and as a picture."""

    forms: ClassVar[dict[str, str]] = EVERY
    renderer: ClassVar[str] = "sensitivity"
    question: ClassVar[str] = phrase("What matters most?")

    def __init__(
        self,
        every: "Sequence[Sensitivity]",
        figures: "Sequence[Figure]" = (),
        *,
        all_inputs: bool = False,
        only_ranged: bool = False,
        again: "Callable[[], Sequence[Sensitivity]] | None" = None,
    ) -> None:
        super().__init__(every, again)
        self._figures, self._all, self._only_ranged = figures, all_inputs, only_ranged

    @property
    def every(self) -> "tuple[Sensitivity, ...]":
        """What was found of each record of the figure."""
        return tuple(self._found.now())

    @property
    def found(self) -> "Sensitivity":
        """What was found of the first record."""
        return self.every[0]

    @property
    def swings(self) -> list[dict[str, Any]]:
        """Each input of each record with its ends and what the figure is at them, the largest difference first."""
        return self.records()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the run noticed of the figures."""
        return self.about().warnings_of(self._figures)

    def parts(self) -> "list[Part]":
        """The document, with the inputs that matter most or with all of them."""
        return list(self._rendering.document(self.every, every=self._all))

    def on_page(self) -> "list[Part]":
        """The same with nothing to type."""
        return list(self._rendering.document(self.every, every=self._all, on_page=True))

    def xlsx(self) -> bytes:
        """The figures' workbook, with a sheet of the swings."""
        question = {"verb": "sensitivity", "only_ranged": self._only_ranged}
        return _workbook(self.found.result, self._figures, question, lambda answers: answers.sensitivity(self.every))

    def pictures(self) -> "Iterator[Chart]":
        """The tornado of each record."""
        from omsorg_cli.render.parts import Chart
        from omsorg_cli.render.pictures.tornado import subtitle, tornado

        return (Chart(subtitle(one), tornado(one)) for one in self.every)

    def drawn(self) -> str:
        """The tornado with its title and its sources."""
        from omsorg_cli.render.pictures.tornado import of_one

        return of_one(self.every)

    def _repr_svg_(self) -> str:
        """The picture of the first record, where a front end takes no HTML."""
        from omsorg_cli.render.pictures.tornado import tornado

        return tornado(self.found, alone=True)


class Indexed(Paged):
    """How much of a figure's spread each input explains, all of them varied at once."""

    forms: ClassVar[dict[str, str]] = TEXTS | PAGES | PRINTED
    renderer: ClassVar[str] = "indices"
    question: ClassVar[str] = phrase("What matters most when all inputs vary at once?")
    verb: ClassVar[str] = "sensitivity"
    found: "list[FoundIndices]"

    def about(self) -> "Result":
        """The run that the page is about."""
        return self.found[0].result

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the run noticed of the figures."""
        return self.about().warnings_of([one.figure for one in self.found])

    def recorded(self) -> Sequence[tuple[str, str]]:
        """The random seed."""
        return [(say("random seed"), str(self.found[0].seed))]


class Solved(Pictured):
    """The values of an input at which a figure reaches a target."""

    forms: ClassVar[dict[str, str]] = TEXTS | PICTURES | PAGES
    renderer: ClassVar[str] = "solve"
    question: ClassVar[str] = phrase("What would it take?")
    found: "Solution"

    @property
    def values(self) -> tuple[tuple[float, float], ...]:
        """Each value as the narrowest interval that holds it."""
        return tuple(self.found.values)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the run noticed."""
        return tuple(self.found.warnings)

    def drawn(self, *, alone: bool = True) -> str:
        """The figure over the input, marked where it reaches the target."""
        from omsorg_cli.render.pictures import questions

        return questions.solution(self.found, alone=alone)

    def charted(self) -> "Sheet | None":
        """The figure at some values of the input, those that reach the target among them."""
        found: Sheet = self._rendering.charted(self.found)
        return found


class Compared(Pictured):
    """What differs between answers."""

    forms: ClassVar[dict[str, str]] = EVERY
    renderer: ClassVar[str] = "compare"
    question: ClassVar[str] = phrase("What differs?")
    found: "Comparison"

    @property
    def columns(self) -> "tuple[Column, ...]":
        """The answers that are compared."""
        return tuple(self.found.columns)

    @property
    def inputs(self) -> "tuple[Difference, ...]":
        """The inputs that differ."""
        return tuple(self.found.inputs)

    @property
    def figures(self) -> "tuple[Beside, ...]":
        """The figures, each with its value in every answer."""
        return tuple(self.found.figures)

    def xlsx(self) -> bytes:
        """The workbook of the first, with a sheet of what differs."""
        first = self.columns[0].result
        question = {"verb": "compare"}
        return _workbook(first, first.figures, question, lambda answers: answers.comparison(self.found))

    def about(self) -> "Result":
        """The run of the first side."""
        return self.columns[0].result

    def others(self) -> "Sequence[Result]":
        """The runs of the other sides, where they are not rows of one run."""
        return [one.result for one in self.columns if one.result is not self.columns[0].result]

    def drawn(self, *, alone: bool = True) -> str:
        """The first headline figure of every side; nothing in a page where none has one."""
        from omsorg_cli.render.pictures.questions import comparison

        return comparison(self.found, next(iter(self._rendering.answers(self.found)), ""), alone=alone)


class Chosen(Shown):
    """The rows that are worth most within limits."""

    renderer: ClassVar[str] = "choice"
    found: "FoundChoice"


class Ranked(Pictured):
    """The first rows of a table by a figure."""

    forms: ClassVar[dict[str, str]] = TEXTS | PICTURES | PAGES
    renderer: ClassVar[str] = "ranking"
    question: ClassVar[str] = phrase("Which rows are first?")
    found: "Ranking"

    def about(self) -> "Result":
        """The run of the scenario that each row changes."""
        return self.found.sweep.base

    def recorded(self) -> Sequence[tuple[str, str]]:
        """The table that the rows are of."""
        file = self.found.sweep.file
        return ((say("table"), file.name), (say("sha256 of the table"), file.sha256))

    def drawn(self, *, alone: bool = True) -> str:
        """The rows as dots."""
        from omsorg_cli.render.pictures import questions

        return questions.ranking(self.found, alone=alone)


class Cases(Paged):
    """The combinations of one input's values, or of two, as a picture and a page."""

    question: ClassVar[str] = phrase("What is it for other inputs?")

    forms: ClassVar[dict[str, str]] = PICTURES | PAGES
    renderer: ClassVar[str] = "sweep"
    found: "Sweep"

    @cached_property
    def _result(self) -> "Result":
        from omsorg_cli.result import run

        return run(self.found.scenario, self.found.name)

    def parts(self) -> "list[Part]":
        """The cases as a table."""
        return list(self._rendering.document(self.found, self._result))

    def about(self) -> "Result":
        """The run of the scenario that each case changes."""
        return self._result

    def command(self) -> str | None:
        """The command that runs the same cases, if it can be told."""
        from omsorg_cli.render.typed import asked

        *_, specs, selection, names = self.found.asked
        words = [word for one in specs for word in ("--grid", str(one))]
        words += [word for one in names for word in ("--figure", one)]
        return asked("sweep", self._result, selection, *words)

    def pictures(self) -> "Iterator[Chart]":
        """A line or a heat map of each figure."""
        from omsorg_cli.render.pictures import questions

        return map(_captioned, questions.sweeps(self.found, self._result))

    def drawn(self) -> str:
        """A line over one input, or a heat map over two."""
        from omsorg_cli.render.pictures import questions

        return questions.sweep(self.found, self._result)

    def _repr_html_(self) -> str:
        """The cases with their pictures, in a notebook; of very many the first, and none that cannot be drawn."""
        from omsorg_cli.render.report import fragment

        try:
            pictures = list(self._charts())
        except OmsorgError:
            pictures = []
        return fragment(self._rendering.document(self.found, self._result, first=MOST_SHOWN), pictures)


class Verified(Paged):
    """Published results beside recomputed ones, of one scenario or several."""

    forms: ClassVar[dict[str, str]] = TEXTS | PAGES | PRINTED
    question: ClassVar[str] = phrase("Do the published results reproduce?")
    renderer: ClassVar[str] = "verify"
    found: "list[tuple[Scenario, list[Verdict]]]"

    @property
    def explained(self) -> bool:
        """Whether each reproduces, or its scenario says why not."""
        return all(verdict.explained for _, verdicts in self.found for verdict in verdicts)

    def html(self) -> bytes:
        """The page; its record has every scenario."""
        from omsorg_cli.render.report import render_parts

        return render_parts(say(self.question), self.parts(), (), [scenario for scenario, _ in self.found])


class Account(Verified):
    """The same of all shipped scenarios: how many reproduce, and why the others do not."""

    renderer: ClassVar[str] = "verify_all"
