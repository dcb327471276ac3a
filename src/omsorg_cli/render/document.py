"""What a result says to people, as headings, tables and sentences; the text formats write it out."""

from collections.abc import Iterator, Sequence
from shlex import quote

from omsorg_cli.core.errors import plain
from omsorg_cli.core.input_types import source_parts
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.shared.notices import OtherReading, notices_of, sentences, written
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import figure_text, input_text, named
from omsorg_cli.render.views import shown
from omsorg_cli.run import Figure, Result
from omsorg_cli.scenario.read import STANDARD_INPUT

WIDE = 0.02
"""How wide the rounding of the sources makes a figure, as a share of it, before it is said."""
MOST_READINGS = 3
"""Figures of which the other reading is told beside a notice."""


def document(result: Result, figures: Sequence[Figure]) -> list[Part]:
    """What the result says of the figures that are shown; a heading that stands already is not said again."""
    told: list[Part] = []
    heading: Part | None = None
    for part in _parts(result, figures):
        if part == heading or (isinstance(part, Sentences) and not part.lines):
            continue
        heading = part if isinstance(part, Heading) else heading
        told.append(part)
    return told


def _parts(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    yield Heading(title(result), 1)
    for view in result.calculator.views:
        yield from shown(result, figures, view)
    whole = len(figures) == len(result.figures) or any(not any(f.keys.values()) for f in figures)
    yield Sentences(result.remarks if whole else ())
    yield from _spans(result, figures)
    yield from _resting_on(result, figures)
    if result.missing:
        yield Heading("Left out", 2)
        yield Sentences(result.missing, "–")
    told = (*result.warnings, *_noticed(result, figures))
    if told:
        yield Heading("Take care", 2)
        yield Sentences(told, "–")
    yield Heading("What it is not", 2)
    yield Sentences(result.caveats, "–")
    if result.scenario.is_bare:
        yield Heading("Constants", 2)
        yield Sentences(tuple(_constants(result, figures)), "–")
    yield Sentences((*_sources(result, figures), *_follow(result)))


def title(result: Result) -> str:
    """What is asked, of whom, over which years and by which scenario."""
    scenario, head = result.scenario, result.scenario.head
    name = "+".join((scenario.text.name, *scenario.overlays))
    parts = [result.calculator.title, head.title]
    if head.municipality.lower() not in head.title.lower():
        parts.append(head.municipality)
    if result.calculator.horizon:
        years = result.layout.years
        prices = result.price_years(result.figures)
        parts.append(f"{years[0]}–{years[-1]}" + (f", {prices[0]} prices" if len(prices) == 1 else ""))
    parts.append(f"scenario {name}{' (changed)' if scenario.changes else ''}")
    return plain(" · ".join(parts))


def _follow(result: Result) -> Iterator[str]:
    """The next questions: the calculator, the scenario and the changes as they are typed."""
    scenario = result.scenario
    if scenario.is_bare or scenario.text.name == STANDARD_INPUT:
        return
    name = "+".join((scenario.text.name, *scenario.text.overlays))
    words = [result.calculator.name, *([] if name == result.calculator.scenario else [name])]
    words += [word for one in scenario.request.overlays for word in ("--with", one)]
    words += [word for one in scenario.request.sets for word in ("--set", one)]
    typed = " ".join(map(quote, words))
    yield plain(f"Follow a figure: omsorg explain {typed}")
    if any(
        item.kind.form in ("number", "count") and item.kind.unit != "year" for item in result.used_by(_first(result))
    ):
        yield plain(f"What it hinges on: omsorg sensitivity {typed}")


def _first(result: Result) -> list[Figure]:
    """The figures that people ask for first."""
    return [figure for figure in result.figures if figure.figure in result.calculator.headlines]


def _spans(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    """The headline figures that may lie far off, because what they rest on was printed rounded."""
    rows = []
    for figure in fewest_coordinates(figures, result.calculator.headlines):
        found = result.span(figure)
        if found is not None and found.share_of(figure.value) > WIDE:
            ends = (figure_text(figure, found.low), figure_text(figure, found.high))
            rows.append((named(figure), *ends, plain(f"{_short(found.mostly)}, {input_text(found.mostly)}")))
    if rows:
        yield Heading("What the rounding of the sources leaves open", 2)
        yield Sheet(("figure", "at least", "at most", "mostly because of"), (False,) * 4, tuple(rows))


def _resting_on(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    assumed = tuple(map(_assumption, result.assumed_by(figures)))
    if assumed:
        yield Heading("What it rests on: " + _count(len(assumed), "assumption"), 2)
        yield Sentences(assumed, "*")
    defaults = tuple(f"{_short(item)} {input_text(item)}" for item in result.defaults)
    if defaults:
        yield Sentences((f"Not given, so taken as: {'; '.join(dict.fromkeys(defaults))}.",))


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _assumption(item: Input) -> str:
    low, high = item.stated.range or (None, None)
    span = "" if low is None or high is None else f" (between {input_text(item, low)} and {input_text(item, high)})"
    return plain(f"{item.path} = {input_text(item)}{span}: {item.stated.assumption}")


def _short(item: Input) -> str:
    return item.path.rsplit(".", 1)[-1].replace("_", " ")


def _sources(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """The documents and places that the figures shown rest on, each document once."""
    places: dict[str, dict[str, None]] = {}
    for item in result.used_by(figures):
        if item.stated.source:
            name, place = source_parts(item.stated.source)
            places.setdefault(name, {})[place] = None
    for name, found in places.items():
        source = result.scenario.sources.get(name)
        title = f" ({source.title})" if source else ""
        yield plain(f"Source: {name}: {'; '.join(filter(None, found))}{title}")


def _noticed(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """The notices that touch the figures, each with what the other reading gives of those asked for first."""
    for noticed in notices_of(result, figures):
        first = [one for one in noticed.otherwise if one.figure.figure in result.calculator.headlines]
        other = "; ".join(_otherwise(one) for one in (first or noticed.otherwise)[:MOST_READINGS])
        told = ", ".join(f"{path} = {written(value)}" for path, value in noticed.reading.items())
        said = sentences(noticed)
        yield plain(f"{said} With {told}: {other}." if other else said)


def _otherwise(one: OtherReading) -> str:
    if one.value is None:
        return f"{named(one.figure)} is left out"
    return f"{named(one.figure)}: {figure_text(one.figure, one.value)}, not {figure_text(one.figure)}"


def _constants(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """What a bare conversion used beside the figure that it converts, and whose it is."""
    for item in result.used_by(figures):
        if item.stated.origin == "scenario":
            yield plain(
                f"{_short(item)}: {input_text(item)}, {item.stated.source or item.stated.assumption or 'no source'}"
            )
