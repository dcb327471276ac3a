"""The page: the answer, its picture and tables, the assumptions to move, and everything that the answer rests on.

One file without any other: style and script stand in it and are named by their hashes, and nothing else may run. Every
figure is in the page itself; the script only takes the steps again when an assumption is moved.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from html import escape
from pathlib import Path
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import language, phrase, say
from omsorg_cli.core.letters import safe_json
from omsorg_cli.core.numbers import bare_text
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.sensitivity import NEAR, Sensitivity, Swing, sensitivity
from omsorg_cli.questions.shared.notices import notices_of, stale
from omsorg_cli.questions.shared.selection import Selection, fewest_coordinates
from omsorg_cli.questions.verify import Verdict, verdicts_of
from omsorg_cli.render import document, words
from omsorg_cli.render.parts import Chart, Heading, Part, Sentences, Sheet
from omsorg_cli.render.pictures import tornado
from omsorg_cli.render.pictures.frame import on_paper
from omsorg_cli.render.pictures.marks import PLAIN, SAVED, SPENT, Band, Picture, told_of
from omsorg_cli.render.pictures.svg import svg
from omsorg_cli.render.pictures.views import MOST_RANGES, picture_of
from omsorg_cli.render.report import opened, vocabulary
from omsorg_cli.render.report.live import Program
from omsorg_cli.render.report.marked import as_html
from omsorg_cli.render.tones import Binding, binding, bound, bound_at, stated, untoned
from omsorg_cli.render.typed import asked, command_row
from omsorg_cli.render.values import (
    capital,
    figure_label,
    figure_name,
    figure_text,
    input_label,
    input_name,
    input_text,
    level_text,
    said_in,
    value_text,
    way_of_tables,
)
from omsorg_cli.render.verify import published_text
from omsorg_cli.render.views import NOT_THERE
from omsorg_cli.render.widths import without_bars
from omsorg_cli.result import Figure, Result
from omsorg_cli.scenario.load import Scenario

HERE = Path(__file__).parent
MOST_SWINGS = 10
"""Inputs in the picture of what matters most."""
SPARE = re.compile(r"^\s+|\s*// .*$|\s*/\* .*? \*/", re.MULTILINE)
"""What only who reads the script needs: indents and comments."""
MOST_FIGURES = 10_000
"""Figures of a page: what more would take is minutes, and nobody reads it."""
MOST_OPENED = 100
"""Headline figures that are opened."""
LEAST_LINES = 3
"""Of the steps of a headline figure, however many there are of them."""
OF_FRAGMENT = (
    ".omsorg th, .omsorg td { text-align: left; vertical-align: top; } "
    ".omsorg th.right, .omsorg td.right { text-align: right; white-space: nowrap; } "
    ".omsorg .scroll { overflow-x: auto; } .omsorg table { margin: .6em 0 1em; } "
    ".omsorg figure { margin: 1em 0; } .omsorg figcaption { margin-bottom: .4em; }"
)
"""How the tables of a piece of a page are set; colours are those of whose page it is."""


def render(result: Result, figures: Sequence[Figure], keys: Selection | None = None) -> bytes:
    """The page of the figures; so many that nobody reads them are refused."""
    if len(figures) > MOST_FIGURES:
        found, most = words.number(len(figures)), words.number(MOST_FIGURES)
        raise OmsorgError(
            say(
                "A page has at most {most} figures; found {found}. Show fewer, or write .csv, .json or .xlsx.",
                most=most,
                found=found,
            )
        )
    selection = keys or Selection({})
    swings = _swings(result, figures)
    shown = tornado.moving(swings, MOST_SWINGS) if swings else ()
    picture = picture_of(result, figures)
    bands = picture.bands if picture is not None else ()
    ends = [one.input.path for one in shown] + [one.path for band in bands for one in band.ranged]
    program = Program(result, figures, list(dict.fromkeys(ends)))
    held = Binding(program.live)
    with binding(held) if program.movable else nullcontext():
        body = "".join(_body(result, figures, selection, program, swings, picture))
    data = _data(result, selection, program, held, swings, bands) if program.movable else None
    return _page(document.subject(result, figures), body, data).encode()


def render_parts(
    question: str,
    parts: Sequence[Part],
    drawn: Sequence[Chart],
    scenarios: Sequence[Scenario],
    more: Sequence[tuple[str, str]] = (),
    sources: str = "",
    between: str = "",
    about: Result | None = None,
) -> bytes:
    """The page of what a verb answers: the question, the answer, its pictures with their captions, and the rest.

    Nothing in it moves. `more` is what the record says beside the scenarios, and `between` stands before the rest.
    What was changed is a table where the page is about one run.
    """
    titles = [part for part in parts if isinstance(part, Heading) and part.level == 1]
    title = titles[0].text if titles else question
    lines = document.changes(about) if about else []
    rest = [part for part in parts if part not in titles and part not in lines]
    first = rest.pop(0) if rest and isinstance(rest[0], Sentences) else None
    said = "".join(f"<p>{_text(line)}</p>" for line in first.lines) if isinstance(first, Sentences) else ""
    answer = f'<section id="answer" class="answer">{said}</section>' if said else ""
    pictures = "".join(map(_chart, drawn))
    shown = _section(say("Chart"), pictures) if pictures else ""
    whose = f'<p class="dim">{_text(_scenario_line(about))}</p>' if about else ""
    body = (
        f"<header>{f'<p>{_text(question)}</p>' if titles else ''}<h1>{_text(title)}</h1>{whose}</header>"
        f"<main>{answer}{_changed(about) if about else ''}{shown}{between}{''.join(map(_part, rest))}</main>"
        f"<footer>{sources}{_made(_made_by(scenarios, more))}</footer>"
    )
    return _page(plain(untoned(title)), body, None).encode()


def render_verb(
    question: str,
    result: Result,
    parts: Sequence[Part],
    drawn: Sequence[Chart] = (),
    more: Sequence[tuple[str, str]] = (),
    others: Sequence[Result] = (),
) -> bytes:
    """The page of what a verb answers about a run, or about one and `others`, whose scenarios it records too."""
    titled = parts if isinstance(parts[0], Heading) else [Heading(document.subject(result, result.figures), 1), *parts]
    scenarios = {one.scenario.text.sha256: one.scenario for one in (result, *others)}
    about = None if others else result
    return render_parts(question, titled, drawn, list(scenarios.values()), more, _sources(result), about=about)


def _chart(one: Chart) -> str:
    """A picture with its numbers, which are left out on paper."""
    told = "" if one.data is None else _details(say("Data for the chart"), _table(one.data))
    return _figure(one.caption, one.picture) + told


def _changed(result: Result) -> str:
    """What was changed in the scenario, as a table; nothing where nothing was."""
    rows = tuple(tuple(map(plain, document.changed(result, one))) for one in result.scenario.changes)
    headings = (say("input"), say("in the scenario"), say("here"))
    return (
        _section(say("Changed from the scenario"), _table(Sheet(headings, (False, True, True), rows))) if rows else ""
    )


def render_explained(
    result: Result,
    figures: Sequence[Figure],
    depth: int | None,
    said: Sequence[str],
    *,
    quotes: bool,
    command: str | None = None,
) -> bytes:
    """The page of where figures come from: the steps of each, down to the place in the document."""
    trees = "".join(
        _section(_summary(result, one), opened.tree(result, one, None, depth, quotes=quotes)) for one in figures
    )
    parts: list[Part] = [
        Heading(document.subject(result, figures), 1),
        Heading(say("Points to note"), 2),
        Sentences(tuple(said), "–"),
    ]
    question, sources = say("Where do the figures come from?"), _sources(result)
    shown = parts if said else parts[:1]
    more = command_row(command)
    return render_parts(question, shown, (), [result.scenario], more, sources, between=trees, about=result)


def fragment(parts: Sequence[Part], drawn: Iterable[Chart]) -> str:
    """A document, its pictures after what it answers first, as a piece of a page with a style and colours of its own.

    It says itself how its tables are set, since such pages set them otherwise.
    """
    said = (at for at, part in enumerate(parts, 1) if isinstance(part, Sentences) and not part.dim)
    first = next(said, len(parts))
    pictures = (_chart(one._replace(picture=on_paper(one.picture))) for one in drawn)
    pieces = (*map(_part, parts[:first]), *pictures, *map(_part, parts[first:]))
    return f'<div class="omsorg" lang="{language()}"><style>{OF_FRAGMENT}</style>{"".join(pieces)}</div>'


def chart(result: Result, figures: Sequence[Figure]) -> Iterator[Chart]:
    """The picture of the figures, with its numbers, if they have one."""
    found = picture_of(result, figures)
    if found is not None:
        yield _charted(found)


def _page(title: str, body: str, data: dict[str, Any] | None) -> str:
    style = (HERE / "style.css").read_text(encoding="utf-8")
    script = SPARE.sub("", (HERE / "script.js").read_text(encoding="utf-8"))
    runs = f"script-src 'sha256-{_hash(script)}'; " if data is not None else ""
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; {runs}base-uri 'none'; form-action 'none'"
    told = safe_json(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).replace("<", "\\u003c")
    live = f'<script type="application/json" id="run">{told}</script>\n<script>{script}</script>\n' if data else ""
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="omsorg {__version__}">\n<title>{escape(plain(title))}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n{body}\n"
        f"{live}</body>\n</html>\n"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _swings(result: Result, figures: Sequence[Figure]) -> Sensitivity | None:
    """What the first headline figure hinges on, of those that are not stated themselves."""
    for name in result.headlines:
        for first in fewest_coordinates(figures, (name,))[:1]:
            with suppress(OmsorgError):
                found = sensitivity(result, first)
                if not found.is_stated:
                    return found
    return None


def _data(
    result: Result,
    keys: Selection,
    program: Program,
    held: Binding,
    swings: Sensitivity | None,
    bands: Sequence[Band],
) -> dict[str, Any]:
    """What the script works with."""
    written = program.as_data(held.slots)
    return {
        "program": written,
        "ways": list(held.ways),
        "words": vocabulary.as_data({str(unit) for way, unit, *_ in held.ways if way == "exact"}),
        "colours": [PLAIN, SAVED, SPENT],
        "command": asked("", result, keys) or f"omsorg {result.calculator.name} -",
        "ends": _ends(program, swings) if swings else None,
        "bands": [[_end(program, one) for one in band.ranged] for band in bands],
        "together": MOST_RANGES,
    }


def _ends(program: Program, swings: Sensitivity) -> dict[str, Any]:
    """The inputs of the picture of what matters most: its step, its ends, and what is said where it is first."""
    slots, number = program.plan.input_slots, program.number
    rows = [
        (number[slots[one.input.path]], one.low, one.high, input_name(swings.result, one.input))
        for one in tornado.moving(swings, MOST_SWINGS)
    ]
    figure = swings.figure
    return {
        "of": number.get(program.plan.slots[figure.node]),
        "either": figure.direction is not None,
        "rows": rows,
        "near": NEAR,
        "titles": tornado.titles(swings, "{input}"),
        "alike": say(tornado.ALIKE, input="{input}", other="{other}", figure=figure_name(swings.result, figure)),
    }


def _end(program: Program, item: Input) -> tuple[float, ...]:
    """The step of an assumption, and its ends."""
    return (program.number[program.plan.input_slots[item.path]], *(item.stated.range or ()))


def _body(
    result: Result,
    figures: Sequence[Figure],
    keys: Selection,
    program: Program,
    swings: Sensitivity | None,
    picture: Picture | None,
) -> Iterator[str]:
    yield f'<a class="skip" href="#answer">{_text(say("Skip to the answer"))}</a>'
    yield f"<header><p>{_text(say(result.calculator.title))}</p><h1>{_text(document.subject(result, figures))}</h1>"
    yield f'<p class="dim">{_text(_scenario_line(result))}</p></header><main>'
    yield from _answer(result, figures)
    yield from _drawn(picture)
    yield from map(_part, _tables(result, figures))
    yield _as_it_was("".join(map(_part, document.spans(result, figures))))
    yield from _assumptions(result, figures, program)
    if swings is not None and tornado.moving(swings):
        yield _what_matters(swings)
    yield from _points(result, figures)
    yield from _changes(result, program)
    yield from _opened(result, figures)
    yield from _published(result, figures)
    yield "</main>"
    command = asked("", result, keys)
    more = command_row(command)
    yield f"<footer>{_sources(result)}{_made(_made_by([result.scenario], more))}</footer>"


def _tables(result: Result, figures: Sequence[Figure]) -> Iterator[Part]:
    """Every view, and that its numbers may not add up."""
    shown = list(document.every_view(result, figures))
    yield from shown
    yield Sentences(tuple(document.rounding(shown)))


def _text(text: str) -> str:
    return as_html(text)


def _section(title: str, *parts: str, key: str = "") -> str:
    named = f' id="{key}"' if key else ""
    return f"<section{named}><h2>{_text(title)}</h2>{''.join(parts)}</section>"


def _scenario_line(result: Result) -> str:
    head = result.scenario.head
    told = {"title": plain(head.title), "name": plain("+".join((result.scenario.text.name, *result.scenario.overlays)))}
    return say("Scenario: {title} ({name})", **told)


def _answer(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    shown = document.answer(result, figures, document.MOST_ANSWERS)
    more = [line for line in document.answer(result, figures, None) if line not in shown]
    yield f'<section id="answer" class="answer" aria-live="polite">{_paragraphs(shown)}</section>'
    if more:
        yield f"<details><summary>{_text(say('More of the answer'))}</summary>{_paragraphs(more)}</details>"
    yield f'<p class="stale">{_text(say(CHANGED))}</p>'
    yield _paragraphs(result.caveats)
    yield _as_it_was(_paragraphs((*document.remarks(result, figures), *result.warnings)))


CHANGED = phrase(
    "You have changed an assumption. All figures that depend on it are updated, except those marked as in the scenario."
)
AS_IT_WAS = phrase("As in the scenario:")


def _as_it_was(content: str) -> str:
    """What does not follow an assumption that is moved, which is then said before it."""
    return f'<div class="kept"><p class="stale">{_text(say(AS_IT_WAS))}</p>{content}</div>' if content else ""


def _drawn(found: Picture | None) -> Iterator[str]:
    if found is not None:
        yield _section(say("Chart"), _chart(_charted(found)), key="picture")


def _charted(found: Picture) -> Chart:
    return Chart(found.subtitle, svg(found, alone=False), _numbers(found))


def _figure(caption: str, drawn: str) -> str:
    """A picture below what it shows; on a narrow screen it is moved sideways, by the keyboard too."""
    label = escape(plain(untoned(caption)))
    return (
        f"<figure><figcaption>{_text(caption)}</figcaption>"
        f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{drawn}</div></figure>'
    )


def _numbers(found: Picture) -> Sheet:
    """The numbers of the picture, as a table."""
    if found.kind == "lines":
        years = [bar.label for bar in found.bars]
        rows = tuple(
            (year, *(told_of(line[at], found.scale) for _, line in found.lines)) for at, year in enumerate(years)
        )
        labels = tuple(label for label, _ in found.lines)
        return Sheet((say("year"), *labels), (False, *(True for _ in labels)), rows)
    first = say("year") if found.kind == "columns" else ""
    labels = (found.named or found.subtitle, *(label for label, _ in found.lines))
    drawn = [found.bars, *(line for _, line in found.lines)]
    numbers = (
        (bar.label, *(told_of(line[at], found.scale) if at < len(line) else say(NOT_THERE) for line in drawn))
        for at, bar in enumerate(found.bars)
    )
    return Sheet((first, *labels), (False, *(True for _ in labels)), tuple(numbers))


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"<h2>{_text(part.text)}</h2>" if part.level <= 2 else f"<h3>{_text(part.text)}</h3>"
    if isinstance(part, Sheet):
        return _table(part)
    return _sentences(part)


def _sentences(part: Sentences) -> str:
    if part.mark:
        return f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in part.lines)}</ul>" if part.lines else ""
    return "".join(f"<p>{_text(line)}</p>" for line in part.lines)


def _paragraphs(lines: Sequence[str]) -> str:
    return _sentences(Sentences(tuple(lines)))


def _table(sheet: Sheet) -> str:
    """The table, with its headings as such; the first column names the rows."""
    sheet = without_bars(sheet.as_read())
    right = [' class="right"' if one else "" for one in sheet.right]
    heads = zip(sheet.headings, right, strict=True)
    head = "".join(f'<th scope="col"{at}>{_text(text)}</th>' if text else f"<td{at}></td>" for text, at in heads)
    rows = []
    for row in sheet.rows:
        first = f'<th scope="row">{_text(row[0])}</th>'
        cells = (f"<td{at}>{_text(text)}</td>" for text, at in zip(row[1:], right[1:], strict=True))
        rows.append(f"<tr>{first}{''.join(cells)}</tr>")
    label = escape(say("Table"))
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _assumptions(result: Result, figures: Sequence[Figure], program: Program) -> Iterator[str]:
    """Every assumption; those that can be moved with a slider, which on paper are a table of values."""
    assumed = result.assumed_by(figures)
    used = _paragraphs(tuple(document.defaults_used(result)))
    if not assumed:
        yield _section(say("Assumptions"), used, key="assumptions") if used else ""
        return
    rows = tuple((input_label(result, item), *_values(result, item), _reason(result, item)) for item in assumed)
    headings = (say("assumption"), say("value"), say("range"), say("reason"))
    table = _table(Sheet(headings, (False, True, True, False), rows))
    sliders = "".join(_slider(result, at, item, program.ends[item.path]) for at, item in enumerate(program.movable))
    buttons = (
        f'<div class="bar live-only"><button id="reset" type="button" disabled>{_text(say("As in the scenario"))}'
        f'</button><button id="copy" type="button" disabled>{_text(say("Copy the command"))}</button>'
        f'<code id="command"></code><span id="copied" role="status"></span></div>'
    )
    told = f"<p>{_text(say('Change an assumption and see how the answer changes.'))}</p>" if program.movable else ""
    first = next(iter(document.answer(result, figures, document.MOST_ANSWERS)), "")
    beside = f'<div class="beside">{_paragraphs([first])}</div>' if first and program.movable else ""
    moving = f'<div class="live-only">{told}{buttons}{beside}{sliders}</div>'
    yield _section(
        say("Assumptions"),
        moving,
        _details(say("All assumptions as a table"), table, on_paper=True),
        used,
        key="assumptions",
    )


def _values(result: Result, item: Input) -> tuple[str, str]:
    """The value, which is the one that is moved to, and the range."""
    low, high = item.stated.range or (None, None)
    span = "" if low is None else say("{low} to {high}", low=input_text(item, low), high=input_text(item, high))
    slot = result.record.plan.input_slots.get(item.path, -1)
    return bound(input_text(item), slot, "input", said_in(item)), span


def _reason(result: Result, item: Input) -> str:
    """Why the scenario has the value, which holds for no other one."""
    slot = result.record.plan.input_slots.get(item.path, -1)
    return stated(plain(item.stated.assumption or ""), slot)


def _slider(result: Result, at: int, item: Input, between: tuple[float, float]) -> str:
    value = float(item.stated.number)
    low, high = min(between[0], value), max(between[1], value)
    step = "1" if item.kind.is_whole else "any"
    told = {"path": item.path, "unit": said_in(item), "start": bare_text(value)}
    data = "".join(f' data-{name}="{escape(str(one))}"' for name, one in told.items())
    span = phrase("range {low} to {high}") if item.stated.range else phrase("slider from {low} to {high}")
    span = say(span, low=value_text(item.kind, low), high=value_text(item.kind, high))
    reason = escape(plain(f"{span}; {item.stated.assumption or ''} [{item.path}]"))
    back = say("As in the scenario: {value}", value=input_text(item))
    return (
        f'<div class="control"><label id="l{at}" for="a{at}">{_text(input_label(result, item))}</label>'
        f'<output for="a{at}" aria-live="off">{_text(input_text(item))}</output>'
        f'<input id="a{at}" type="range" min="{bare_text(low)}" max="{bare_text(high)}" step="{step}" '
        f'value="{bare_text(value)}" aria-describedby="r{at}"{data}>'
        f'<p class="reason" id="r{at}">{reason}</p>'
        f'<button class="undo" type="button" hidden aria-describedby="l{at}">{_text(back)}</button></div>'
    )


def _details(title: str, content: str, *, on_paper: bool = False) -> str:
    """What is opened by a click; on paper it is left out, or whole."""
    kind = ' class="on-paper"' if on_paper else ""
    return f"<details{kind}><summary>{_text(title)}</summary>{content}</details>"


def _what_matters(found: Sensitivity) -> str:
    """The first headline figure at the ends of each input, the largest difference first."""
    first, result = found.figure, found.result
    shown = tornado.moving(found, MOST_SWINGS)
    rows = tuple(_ends_of(found, at, one) for at, one in enumerate(shown))
    headings = (say("input"), say("range"), say("at the lowest value"), say("at the highest value"))
    named = {"figure": capital(figure_label(result, first)), "value": _bound(result, first)}
    told = say("{figure}: {value}. One input is changed at a time.", **named)
    most = [say(MOST_MATTERING, number=words.numeral(len(shown)))] if len(tornado.moving(found)) > len(shown) else []
    data = Sheet(headings, (False, False, True, True), rows)
    return _section(
        say("What matters most"),
        f'<p id="finding"><strong>{_text(tornado.finding(found))}</strong></p>',
        _paragraphs([told, *most]),
        _chart(Chart(tornado.subtitle(found), tornado.tornado(found, MOST_SWINGS), data)),
        key="matters",
    )


MOST_MATTERING = phrase("The {number} inputs that matter most in the scenario are shown.")


def _ends_of(found: Sensitivity, at: int, one: Swing) -> tuple[str, ...]:
    """The input, from where to where it is moved, and what the figure is at each end."""
    first = found.figure
    ends = (("L", one.figure_at_low), ("H", one.figure_at_high))
    told = ((side, say("no answer") if value is None else level_text(first, value)) for side, value in ends)
    return (
        input_label(found.result, one.input),
        say("{low} to {high}", low=input_text(one.input, one.low), high=input_text(one.input, one.high)),
        *(bound_at(text, f"{side}{at}", _way(first), first.unit, told=first.told) for side, text in told),
    )


def _bound(result: Result, figure: Figure) -> str:
    """The figure's value, bound to its step."""
    slot = result.record.plan.slots[figure.node]
    return bound(level_text(figure), slot, _way(figure), figure.unit, told=figure.told)


def _way(figure: Figure) -> str:
    """The way in which the page's script says the figure where its name stands beside it."""
    return way_of_tables(figure) or ("level" if figure.told else "")


def _points(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    noticed = notices_of(result, figures)
    notices = [*stale(noticed), *(document.notice_text(result, one) for one in noticed)]
    if notices:
        yield _section(say("Points to note"), _as_it_was(_sentences(Sentences(tuple(notices), "–"))))
    lacking = _sentences(Sentences(tuple(result.missing), "–"))
    told = _sentences(Sentences(tuple(result.caveats), "–"))
    yield _section(say("What this does not tell you"), told, _as_it_was(lacking))


def _changes(result: Result, program: Program) -> Iterator[str]:
    """What differs from the scenario: in the run, and of what has been moved in the page since."""
    if program.movable:
        heads = "".join(f'<th scope="col">{_text(say(one))}</th>' for one in ("assumption", "in the scenario", "here"))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody></tbody></table>"
        yield f'<section id="moved" hidden><h2>{_text(say("Changed in this page"))}</h2>{table}</section>'
    yield _changed(result)


def _opened(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    every = fewest_coordinates(figures, result.headlines)
    headline = every[:MOST_OPENED]
    most = max(opened.MOST // max(len(headline), 1), LEAST_LINES)
    trees = ((_summary(result, one), opened.tree(result, one, most, opened.DEPTH)) for one in headline)
    told = "".join(_details(summary, tree) for summary, tree in trees)
    if len(every) > len(headline):
        told += (
            f"<p>{_text(say('{number} more figures: omsorg explain shows them.', number=len(every) - MOST_OPENED))}</p>"
        )
    yield f'<div class="explained">{_section(say("Where the figures come from"), told, key="explained")}</div>'


def _summary(result: Result, figure: Figure) -> str:
    return say("{label}: {value}", label=figure_label(result, figure), value=_bound(result, figure))


def _published(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    shown = {figure.node for figure in figures}
    verdicts = [one for one in verdicts_of(result) if one.figure is None or one.figure.node in shown]
    if verdicts:
        headings = (say("figure"), say("published"), say("recalculated"), say("verdict"))
        rows = tuple(_verdict(result, one) for one in verdicts)
        table = _as_it_was(_table(Sheet(headings, (False, True, True, False), rows)))
        yield _section(say("Published and recalculated"), table)


def _verdict(result: Result, one: Verdict) -> tuple[str, ...]:
    figure = one.figure
    name = say(result.calculator.label(one.published.figure)) if figure is None else figure_label(result, figure)
    if figure is None:
        return name, bare_text(one.published.value.number), say("not calculated"), say(one.verdict)
    return name, published_text(one), figure_text(figure), say(one.verdict)


def _made_by(scenarios: Sequence[Scenario], more: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What made the answer: the program, the scenarios, and more."""
    rows = [(say("program"), f"omsorg {__version__}")]
    for one in scenarios:
        rows += [(say("scenario"), plain(one.text.file)), (say("sha256 of the scenario"), one.text.sha256)]
    return [*rows, *more]


def _sources(result: Result) -> str:
    """The documents that the page rests on."""
    items = "".join(f"<li>{_text(line)}</li>" for line in document.sources(result, result.figures))
    return _section(say("Sources"), f"<ul>{items}</ul>") if items else ""


def _made(rows: Sequence[tuple[str, str]]) -> str:
    """What made the page."""
    items = "".join(
        f'<tr><th scope="row">{_text(name)}</th><td><code>{escape(text)}</code></td></tr>' for name, text in rows
    )
    return _section(say("What made this page"), f"<table><tbody>{items}</tbody></table>")
