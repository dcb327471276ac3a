"""What a result says to people, as headings, tables and sentences; the text formats write it out.

The answer comes first: who is compared with what, the sentences that answer, the tables, what must be said with them,
and what is not shown. In full, everything else follows in the same order.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.input_types import UNKNOWN, source_parts
from omsorg_cli.core.language import count, in_sentence, in_series, language, phrase, say, separators
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.shared.mattering import Mattering, mattering
from omsorg_cli.questions.shared.notices import Noticed, OtherReading, notices_of, sentences, stale, written
from omsorg_cli.questions.shared.selection import Selection, fewest_coordinates
from omsorg_cli.render import views, words
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.places import places_text, source_text
from omsorg_cli.render.templates import Row, common, line
from omsorg_cli.render.tones import foreign, linked
from omsorg_cli.render.typed import Naming, asked
from omsorg_cli.render.values import (
    capital,
    figure_label,
    figure_name,
    figure_text,
    input_label,
    input_name,
    input_text,
    item_text,
    level_text,
    outcome_text,
    shortened,
    stated_text,
)
from omsorg_cli.result import Figure, Result
from omsorg_cli.scenario.change import Change

WIDE = 0.02
"""How wide the rounding of the sources makes a figure, as a share of it, before it is said."""
MOST_READINGS = 3
"""Figures of which the other reading is told beside a notice."""
MOST_ANSWERS = 3
"""Sentences that answer, where not everything is shown."""
MOST_WARNINGS = 3
"""Warnings that are told, where not everything is shown."""
MOST_LINES = 26
"""Lines of tables, where not everything is shown."""
MOST_ROWS = 18
"""Rows of the first table, where not everything is shown."""
MOST_NAMED = 3
"""Items that the first line names one by one."""


def document(
    result: Result, figures: Sequence[Figure], keys: Selection | None = None, *, full: bool, naming: Naming = asked
) -> list[Part]:
    """What the result says of the figures that are shown; a heading that stands already is not said again.

    Without the keys that were asked for, the full document names no next question: a file says the same everywhere.
    `naming` is how next questions are named: as they are typed, or as a program calls them.
    """
    told: list[Part] = []
    heading: Part | None = None
    if result.scenario.is_bare:
        parts = _converted(result, figures)
    else:
        parts = _in_full(result, figures, keys) if full else _in_short(result, figures, keys or Selection({}), naming)
    for part in parts:
        if part == heading or (isinstance(part, Sentences) and not part.lines):
            continue
        heading = part if isinstance(part, Heading) else heading
        told.append(part)
    return told


def _in_short(result: Result, figures: Sequence[Figure], keys: Selection, naming: Naming) -> Iterator[Part]:
    answered = list(_answered(result, figures, MOST_ANSWERS))
    yield from answered
    said = " ".join(line for part in answered if isinstance(part, Sentences) for line in part.lines)
    yield Sentences(tuple(_unanswered(result, figures, said.casefold())))
    told, rows = _fitting(result, figures)
    yield from told
    tables = _tables(every_view(result, figures)) + _tables(spans(result, figures)) - _tables(told)
    noticed = notices_of(result, figures)
    always = [one for one in noticed if one.notice.always]
    shown = (*(notice_text(result, one) for one in always), *stale(always))
    beside = (*remarks(result, figures), *shown, *result.warnings[:MOST_WARNINGS], *result.caveats)
    yield Sentences((*rounding(told), *beside, *_mattering(result, figures)))
    whole = naming("", result, keys, "--full")
    not_shown = _not_shown(result, figures, noticed, whole, tables=tables, rows=rows)
    yield Sentences((*not_shown, *_next_questions(result, keys, naming)), dim=True)


def _fitting(result: Result, figures: Sequence[Figure]) -> tuple[list[Part], int]:
    """The tables that a screen has room for, of the last year where each year has one.

    The first is shown always, cut to what there is room for; second, how many of its rows are left.
    """
    tables: list[list[Part]] = []
    for view in result.calculator.views:
        tables += _by_heading(views.shown(result, views.of_last_year(figures, view), view))
    if not tables:
        return [], 0
    told, rows = _cut(tables[0])
    shown = 1
    while shown < len(tables) and sum(map(_height, (*told, *tables[shown]))) <= MOST_LINES:
        told += tables[shown]
        shown += 1
    return told, rows


def every_view(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    """Every table and sentence about the figures."""
    for view in (*result.calculator.views, *result.calculator.details):
        yield from views.shown(result, figures, view)


def rounding(parts: Iterable[Part]) -> Iterator[str]:
    """What is said once of tables whose numbers do not add up as they are printed."""
    if any(part.uneven for part in parts if isinstance(part, Sheet)):
        yield say("Figures are rounded separately and may not add up.")


def _tables(parts: Iterable[Part]) -> int:
    return sum(isinstance(part, Sheet) for part in parts)


def _by_heading(parts: Iterator[Part]) -> list[list[Part]]:
    """The parts in stretches, each of which begins with a heading; empty ones are left out."""
    stretches: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Heading):
            stretches.append([])
        if not isinstance(part, Sentences) or part.lines:
            stretches[-1].append(part)
    return [stretch for stretch in stretches if stretch]


def _cut(parts: Sequence[Part]) -> tuple[list[Part], int]:
    """The parts with no more rows than there is room for, and how many rows are left."""
    cut = [replace(part, rows=part.rows[:MOST_ROWS]) if isinstance(part, Sheet) else part for part in parts]
    return cut, sum(max(0, len(part.rows) - MOST_ROWS) for part in parts if isinstance(part, Sheet))


def _height(part: Part) -> int:
    """How many lines the part takes on a screen, the empty one after it included."""
    if isinstance(part, Heading):
        return 1
    return 1 + (len(part.lines) if isinstance(part, Sentences) else len(part.rows) + 1)


def _in_full(result: Result, figures: Sequence[Figure], keys: Selection | None) -> Iterator[Part]:
    yield from _answered(result, figures, None)
    shown = list(every_view(result, figures))
    yield from shown
    yield Sentences((*rounding(shown), *remarks(result, figures), *_mattering(result, figures)))
    yield from spans(result, figures)
    yield from _resting_on(result, figures)
    if lacking := result.not_calculated_beside(figures):
        yield Heading(say("Not calculated"), 2)
        yield Sentences(tuple(one.told for one in lacking), "–")
    noticed = notices_of(result, figures)
    told = (*result.warnings, *stale(noticed), *(notice_text(result, one) for one in noticed))
    if told:
        yield Heading(say("Points to note"), 2)
        yield Sentences(told, "–")
    yield from caveats(result)
    yield Sentences(tuple(sources(result, figures)))
    if keys is not None:
        yield Sentences(tuple(_next_questions(result, keys)), dim=True)


def _converted(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    """What a figure that was typed is in the others, and the constants that it was converted with."""
    (option,) = result.scenario.request.given
    said = line(Row(result, {}, figures, strong=True), result.calculator.bare[option][-1])
    yield Heading(subject(result, figures), 1)
    yield from changes(result)
    yield Sentences((*((said,) if said else ()), *result.missing))
    yield Sentences(result.warnings)
    yield Heading(say("Constants"), 2)
    used = (item for item in result.used_by(figures) if item.stated.origin == "scenario")
    yield Sentences(tuple(plain(_constant(result, item)) for item in used), "–")


def _answered(result: Result, figures: Sequence[Figure], most: int | None) -> Iterator[Part]:
    """Who is compared with what, what was changed of the scenario, and the sentences that answer."""
    yield Heading(subject(result, figures), 1)
    yield from changes(result)
    yield Sentences(tuple(answer(result, figures, most)))


def answer(result: Result, figures: Sequence[Figure], most: int | None) -> list[str]:
    """The sentences that answer; `most` of them, of the last year where each year has some."""
    lines: list[str] = []
    opened: set[str] = set()
    for view in result.calculator.answer:
        if view.otherwise and lines:
            continue
        asked_for = figures if most is None else views.of_last_year(figures, view)
        for whole in views.answers(result, asked_for, view):
            group = whole[whole[0] in opened :]
            opened.add(whole[0])
            if most is None or not lines or len(lines) + len(group) <= most:
                lines += group
    return lines


def _unanswered(result: Result, figures: Sequence[Figure], said: str) -> Iterator[str]:
    """Why a headline figure stands in none of the rows that are shown: it has no answer, or the first lacks inputs.

    A reason that the answer says already is not said again.
    """
    headlines = result.calculator.headlines
    asked = {axis: {one.keys[axis] for one in figures} for axis in result.calculator.keys}
    answered = {
        one.figure for one in result.figures if all(key is None or key in asked[axis] for axis, key in one.keys.items())
    }
    lacks = [name for name in headlines if name not in answered]
    told: dict[bool, list[str]] = {True: [], False: []}
    for one in result.not_calculated_beside(figures):
        among = headlines[:1] if one.is_lacking else headlines
        names = [result.name_of(name) for name in lacks if name in one.figures and name in among]
        if names and one.why.partition(",")[0].casefold() not in said:
            told[one.is_lacking].append(_not_calculated(names, one.why))
    lacking = told[True] if len(told[True]) == 1 else []  # rows that each lack something else are counted
    yield from (*lacking, *told[False])[:MOST_ANSWERS]


def _not_calculated(names: Sequence[str], why: str) -> str:
    told = {"figures": capital(", ".join(names)), "why": why}
    return plain(
        count(len(names), "{figures} is not calculated: {why}.", "{figures} are not calculated: {why}.", **told)
    )


def title(result: Result, figures: Sequence[Figure]) -> str:
    """What is asked, of whom, over which years: the first line of what a verb says of the figures."""
    return capital(subject(result, figures))


def subject(result: Result, figures: Sequence[Figure]) -> str:
    """Who is compared with what, and when."""
    calculator = result.calculator
    if not calculator.subject:
        return plain(result.scenario.head.title)
    named = {axis: _joined(result, figures, axis) for axis in calculator.keys}
    asked_for = result.asked_for(calculator.other_subjects)
    text = next((one.text for one, _ in asked_for), calculator.subject)
    return plain(say(text).format_map({**named, **common(result)}))


def _joined(result: Result, figures: Sequence[Figure], axis: str) -> str:
    """The items of the axis that are shown, or of many the first ones and how many more."""
    shown = [key for figure in figures if (key := figure.keys.get(axis)) is not None]
    every = (key for figure in result.figures if (key := figure.keys.get(axis)) is not None)
    keys = dict.fromkeys(shown or every)  # a figure for the whole has no item of its own
    names = list(dict.fromkeys(result.said(axis, key) for key in keys))
    if len(names) == 1:
        return names[0]
    short = list(dict.fromkeys(map(shortened, names)))
    more = len(short) - MOST_NAMED
    first = ", ".join(short[: MOST_NAMED - 1 if more > 0 else MOST_NAMED])
    if more <= 0:
        return in_series(short)
    return say("{first} and {number} others", first=first, number=words.numeral(more + 1))


def caveats(result: Result) -> list[Part]:
    """What the figures do not tell, last of what a verb says."""
    return [Heading(say("What this does not tell you"), 2), Sentences(result.caveats, "–")]


def changes(result: Result) -> list[Part]:
    """What differs from the scenario as it is shipped or stored, below the title; nothing where nothing does."""
    lines = tuple(changes_said(result))
    return [Sentences(lines, dim=True)] if lines else []


def changes_said(result: Result) -> Iterator[str]:
    """What differs from the scenario as it is shipped or stored."""
    scenario = result.scenario
    if scenario.overlays:
        name = "+".join((scenario.text.name, *scenario.overlays))
        yield in_sentence(plain(say("Variant of the scenario: {name}.", name=name)))
    concerning = [one for one in scenario.changes if _concerns(result, one)]
    if concerning:
        told = "; ".join(change_text(result, one) for one in concerning)
        yield in_sentence(plain(say("Changed from the scenario: {changes}.", changes=told)))
    if others := len(scenario.changes) - len(concerning):
        yield count(
            others,
            "One change to the scenario does not concern these figures.",
            "{number} changes to the scenario do not concern these figures.",
        )


def _concerns(result: Result, change: Change) -> bool:
    """Whether what is changed is an input of the calculator, of one whose figures it names, or of all of them."""
    layouts = result.record.plan.layouts
    return change.input.partition(".")[0] in {"common", *(name.replace("-", "_") for name in layouts)}


def change_text(result: Result, change: Change) -> str:
    """The input that was changed, from what to what, and its path as it is typed."""
    name, before, after = changed(result, change)
    if name == change.input:
        return say("{path} from {before} to {after}", path=name, before=before, after=after)
    return say("{input} from {before} to {after} [{path}]", input=name, before=before, after=after, path=change.input)


def changed(result: Result, change: Change) -> tuple[str, str, str]:
    """What was changed, by its path where it is no input and no range of one; what it was; and what it is."""
    item = next((one for one in result.stated_inputs if one.path == change.input), None)
    path, _, attribute = change.input.rpartition(".")
    ranged = next((one for one in result.stated_inputs if one.path == path), None) if attribute == "range" else None
    if item is None and ranged is not None:
        before, after = (_range_text(ranged, one) for one in (change.before, change.after))
        return say("range of {input}", input=input_name(result, ranged)), before, after
    before, after = (_changed_text(result, item, one) for one in (change.before, change.after))
    return change.input if item is None else input_name(result, item), before, after


def _range_text(item: Input, ends: Any) -> str:
    if ends is None:
        return say("not stated")
    if not isinstance(ends, list | tuple) or len(ends) != 2:  # a later change took its place before it was read
        return written(ends) if isinstance(ends, bool | float | int | str) else str(ends)
    low, high = (input_text(item, item.kind.value(end) if isinstance(end, str) else end) for end in ends)
    return say("{low} to {high}", low=low, high=high)


def _changed_text(result: Result, item: Input | None, value: Any) -> str:
    """The value as people say it; of what cannot be read as the input's kind, as the scenario writes it."""
    if value is None:
        return say("not stated")
    if item is not None and item.kind.form == "key":
        return item_text(result, str(value))
    if value == UNKNOWN:
        return say("unknown")
    if item is None or (isinstance(value, str) and item.kind.form not in ("choice", "text")):
        return written(value)
    return input_text(item, value)


def remarks(result: Result, figures: Sequence[Figure]) -> Sequence[str]:
    """What the values of some figures ask to be said, and whose prices the amounts are in."""
    whole = len(figures) == len(result.figures) or any(not any(one.keys.values()) for one in figures)
    return (*_prices(result, figures), *(result.remarks if whole else ()))


def _prices(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """The year whose prices the amounts are in, where that is not the year that is asked about."""
    years = result.price_years(figures)
    if len(years) == 1 and years != (result.first_price_year,):
        yield say("Amounts are in {year} prices.", year=str(years[0]))


def _mattering(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """The assumptions that matter most for the answer, each with its range and what it makes of the answer."""
    for one in mattering(result, figures):
        yield plain(_mattering_text(result, one))


def _mattering_text(result: Result, one: Mattering) -> str:
    return capital(
        say(
            "{figure} depends on {input}: at {low}, {at_low}; at {high}, {at_high}.",
            figure=say(result.calculator.label(one.figure.figure)),
            input=input_name(result, one.input),
            low=input_text(one.input, one.low),
            high=input_text(one.input, one.high),
            at_low=outcome_text(one.figure, one.at_low),
            at_high=outcome_text(one.figure, one.at_high),
        )
    )


def _not_shown(
    result: Result,
    figures: Sequence[Figure],
    noticed: Sequence[Noticed],
    command: str | None,
    *,
    tables: int,
    rows: int,
) -> Iterator[str]:
    """What only the full output says, counted, and the command that shows it."""
    points = sum(not one.notice.always for one in noticed) + max(0, len(result.warnings) - MOST_WARNINGS)
    places = sum(map(len, _places(result, figures).values()))
    left = len({name for one in result.not_calculated_beside(figures) for name in one.figures})
    counted = (
        (rows, phrase("{number} more row"), phrase("{number} more rows")),
        (tables, phrase("{number} more table"), phrase("{number} more tables")),
        (len(result.assumed_by(figures)), phrase("{number} assumption"), phrase("{number} assumptions")),
        (points, phrase("{number} point to note"), phrase("{number} points to note")),
        (len(_defaults(result)), phrase("{number} default used"), phrase("{number} defaults used")),
        (
            left,
            phrase("{number} figure not calculated"),
            phrase("{number} figures not calculated"),
        ),
        (places, phrase("{number} source reference"), phrase("{number} source references")),
    )
    told = [count(number, one, many) for number, one, many in counted if number]
    if not told:
        return
    if command is None:
        yield say("{counts}: add --full", counts=", ".join(told))
    else:
        yield plain(say("{counts}: {command}", counts=", ".join(told), command=command))


def _next_questions(result: Result, keys: Selection, naming: Naming = asked) -> Iterator[str]:
    """The next questions: the calculator, the scenario, the rows and the changes as they are typed."""
    explain, sensitivity = naming("explain", result, keys), naming("sensitivity", result, keys)
    if explain is None or sensitivity is None:
        return
    moved = (item for item in result.used_by(_first(result)) if item.kind.form in ("number", "count"))
    if any(item.kind.unit != "year" for item in moved):
        told = {"explain": explain, "sensitivity": sensitivity}
        yield plain(say("Where it comes from: {explain} · What matters most: {sensitivity}", **told))
    else:
        yield plain(say("Where it comes from: {command}", command=explain))


def _first(result: Result) -> list[Figure]:
    """The figures that people ask for first."""
    return [figure for figure in result.figures if figure.figure in result.calculator.headlines]


def spans(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    """The headline figures that may lie far off, because what they rest on was printed rounded."""
    rows = []
    for figure in fewest_coordinates(figures, result.calculator.headlines):
        found = result.span(figure)
        if found is not None and found.share_of(figure.value) > WIDE:
            ends = (figure_text(figure, found.low), figure_text(figure, found.high))
            because = say("{input}, {value}", input=input_label(result, found.mostly), value=input_text(found.mostly))
            rows.append((figure_label(result, figure), *ends, plain(because)))
    if rows:
        yield Heading(say("Uncertainty from rounding in the sources"), 2)
        headings = say("figure"), say("from"), say("to"), say("main cause")
        yield Sheet(headings, (False, True, True, False), tuple(rows))


def _resting_on(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    assumed = tuple(_assumption(result, item) for item in result.assumed_by(figures))
    if assumed:
        yield Heading(count(len(assumed), "Assumptions: {number}", "Assumptions: {number}"), 2)
        yield Sentences(assumed, "*")
    yield Sentences(tuple(defaults_used(result)))


def defaults_used(result: Result) -> Iterator[str]:
    """The defaults in a line, if there are any."""
    if defaults := _defaults(result):
        yield say("Defaults used: {defaults}.", defaults="; ".join(defaults))


def _defaults(result: Result) -> list[str]:
    """Each default that is used, once for all rows."""
    return list(dict.fromkeys(_default(result, item) for item in result.defaults))


def _default(result: Result, item: Input) -> str:
    return say("{input}: {value}", input=say(result.calculator.label(item.name)), value=stated_text(result, item))


def _assumption(result: Result, item: Input) -> str:
    """The input with its value, range and reason, and what is typed to change it."""
    low, high = item.stated.range or (None, None)
    told = {"input": input_label(result, item), "value": stated_text(result, item), "why": item.stated.assumption}
    if low is None or high is None:
        said = say("{input}: {value}; {why} [{path}]", path=item.path, **told)
    else:
        ends = {"low": input_text(item, low), "high": input_text(item, high)}
        said = say("{input}: {value} ({low} to {high}); {why} [{path}]", path=item.path, **told, **ends)
    return plain(said)


def _places(result: Result, figures: Sequence[Figure]) -> dict[str, dict[str, None]]:
    """The documents and places that the figures shown rest on, each document once."""
    places: dict[str, dict[str, None]] = {}
    for item in result.used_by(figures):
        if item.stated.source:
            name, place = source_parts(item.stated.source)
            places.setdefault(name, {})[places_text(result, place)] = None
    return places


def sources(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    """The documents and places that the figures rest on, each document once, with its address."""
    for name, found in _places(result, figures).items():
        source = result.scenario.sources.get(name)
        title = plain(source.title if source else name)
        named = foreign(title, source.language) if source else title
        told = {"name": linked(named, source.url if source else None), "places": plain("; ".join(filter(None, found)))}
        yield say("Source: {name}: {places}", **told) if told["places"] else say("Source: {name}", **told)


def notice_text(result: Result, noticed: Noticed) -> str:
    """The notice, with what the other reading gives of the figures asked for first, as far as it does not say that."""
    said = sentences(noticed)
    first = [one for one in noticed.otherwise if one.figure.figure in result.calculator.headlines] or noticed.otherwise
    told = [values for one in first if not _is_said(said, values := _read_otherwise(result, one))][:MOST_READINGS]
    if not told:
        return _held(plain(said))
    reading = [_reading(result, path, value) for path, value in noticed.reading.items()]
    return _held(plain(" ".join((said, _first_otherwise(" · ".join(reading), told[0]), *map(_otherwise, told[1:])))))


def _held(text: str) -> str:
    """The text with thousands set apart as in numbers that are worked out."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", separators(language())[0], text)


def _is_said(notice: str, told: dict[str, str]) -> bool:
    """Whether the notice has both values already."""
    return "other" in told and all(
        " ".join(told[name].split()) in " ".join(notice.split()) for name in ("other", "now")
    )


def _reading(result: Result, path: str, value: bool | float | str) -> str:
    """What the input is by the other reading."""
    item = next((one for one in result.used_by(result.figures) if one.path == path), None)
    if item is None:
        return f"{path} = {written(value)}"
    return say("{input} set to {value}", input=input_name(result, item), value=input_text(item, value))


def _read_otherwise(result: Result, one: OtherReading) -> dict[str, str]:
    """What the figure is called, its value by the other reading where it has one, and its value now."""
    told = {"figure": figure_name(result, one.figure)}
    if one.value is None:
        return told
    return told | {"other": level_text(one.figure, one.value), "now": level_text(one.figure)}


def _first_otherwise(reading: str, told: dict[str, str]) -> str:
    if "other" not in told:
        return say("With {reading}, {figure} is not calculated.", reading=reading, **told)
    return say("With {reading}, {figure} is {other} rather than {now}.", reading=reading, **told)


def _otherwise(told: dict[str, str]) -> str:
    if "other" not in told:
        return capital(say("{figure} is not calculated.", **told))
    return capital(say("{figure} is {other} rather than {now}.", **told))


def _constant(result: Result, item: Input) -> str:
    source = item.stated.source and source_text(result, item.stated.source)
    whose = source or item.stated.assumption or say("no source")
    label = say(result.calculator.label(item.name))
    return say("{input}: {value} ({source})", input=label, value=input_text(item), source=whose)
