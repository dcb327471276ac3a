"""The picture of a result: the figures that its views draw, as bars by row or as columns by year."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import in_sentence, phrase, say
from omsorg_cli.core.units import is_money
from omsorg_cli.core.view import Grid, Listing, Years
from omsorg_cli.engine.rounding import Between
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.render import views, words
from omsorg_cli.render.document import subject
from omsorg_cli.render.pictures.marks import Band, Bar, Picture
from omsorg_cli.render.pictures.pareto import MOST as MOST_COLUMNS
from omsorg_cli.render.templates import Row, fields, worded
from omsorg_cli.render.tones import untoned
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import capital, figure_label, labelled, row_label
from omsorg_cli.result import Figure, Result

MOST_BARS = 40
MOST_LINES = 6
MOST_RANGES = 6
"""Assumptions with a range of which every combination of ends is tried; of more, each on its own."""


def picture_of(result: Result, figures: Sequence[Figure]) -> Picture | None:
    """The picture of the first view that draws something; None where none does."""
    calculator = result.calculator
    for view in (*calculator.views, *calculator.details):
        found = None
        if isinstance(view, Years) and view.drawn:
            found = (_in_lines if view.lines else _by_year)(result, figures, view)
        elif isinstance(view, Listing) and view.drawn:
            found = _by_part(result, figures, view)
        elif isinstance(view, Grid):
            drawn = next((column for column in view.columns if column.bar), None)
            found = _by_row(result, figures, drawn.bar, kind=drawn.shape) if drawn else None
        if found is not None:
            return found
    by_row = _by_row(result, figures, *calculator.drawn) if calculator.drawn else None
    return by_row or next(filter(None, (_by_row(result, figures, name) for name in result.headlines[:1])), None)


def side_by_side(sides: Sequence[tuple[str, Result, Figure]]) -> Picture:
    """One figure in several results, as a bar for each."""
    _, result, figure = sides[0]
    scale, unit = words.scale_of((one.unit for *_, one in sides), (one.value for *_, one in sides))
    told = say(result.calculator.label(figure.figure))
    subtitle = say("{figure}, {unit}", figure=told, unit=unit) if is_money(figure.unit) else told
    bars = tuple(_bar(own, one, name) for name, own, one in sides)
    return Picture("", subtitle, "bars", bars, (), scale if is_money(figure.unit) else 1.0)


def finding(result: Result, figures: Sequence[Figure], name: str = "") -> str:
    """The first sentence that answers; of a picture of one figure, the first that speaks of it."""
    for view in result.calculator.answer:
        asked = view._replace(templates=tuple(one for one in view.templates if name in ("", *fields(one))))
        for group in views.answers(result, views.of_last_year(figures, view), asked):
            return in_sentence(untoned(group[0]))
    return subject(result, figures) if not name else ""


def _found_in(result: Result, name: str, bars: Sequence[Bar]) -> str:
    """What the bars show, where no sentence of the answer speaks of their figure: the highest of them."""
    label, highest = capital(say(result.calculator.label(name))), max(bars, key=lambda bar: bar.value)
    size, unit = highest.value, highest.unit
    value = words.level(size, unit, highest.told) if highest.told else words.amount(size, unit)
    told = {"figure": label, "value": value, "row": highest.label}
    if len(bars) == 1:
        return plain(say("{label}: {value}", label=label, value=value))
    return plain(say("{figure} is highest for {row}: {value}", **told))


def _by_row(result: Result, figures: Sequence[Figure], name: str, *beside: str, kind: str = "bars") -> Picture | None:
    """A bar for each row that has the figure, and with figures `beside` it one for each of them."""
    yearly = bool(result.calculator.horizon)
    shown = [one for one in figures if not (yearly and one.keys.get("year") is not None)]
    fitting = [one for one in shown if one.figure == name]
    if kind == "together":  # the whole is what the parts come to, and no part
        fitting = [one for one in fitting if _depth(one)]
    if not fitting:
        return None
    whole = say("total") if len(fitting) > 1 else say(result.calculator.label(name))
    bars = tuple(_bar(result, one, row_label(result, one.keys) or whole) for one in fitting)
    if beside:
        held = [one for own in fitting for one in (own, *_of_row(shown, own, beside))]
        bars = tuple(_bar(result, one, figure_label(result, one)) for one in held)
    scale, unit = words.scale_of((one.unit for one in fitting), (one.value for one in fitting))
    counted = unit if is_money(fitting[0].unit) else ""
    told = say(result.calculator.label(name))
    subtitle = named = say("{figure}, {unit}", figure=told, unit=counted) if counted else told
    most = MOST_BARS
    if kind == "together":
        bars, most = tuple(sorted(bars, key=lambda bar: -bar.value)), MOST_COLUMNS
        subtitle = say("{figure}, the largest first, and the line of their share together", figure=subtitle)
    if len(bars) > most:
        subtitle = say("{subtitle}: the first {shown} of {all}", subtitle=subtitle, shown=most, all=len(bars))
    kept = bars if kind == "together" else bars[:most]
    speaks_of_all = kind == "together" or any(bar.own for bar in bars)
    title = finding(result, figures, name) or (
        finding(result, figures) if speaks_of_all else _found_in(result, name, bars)
    )
    return Picture(title, subtitle, kind, kept, (), scale if counted else 1.0, named)


def _of_row(figures: Sequence[Figure], own: Figure, names: Sequence[str]) -> Iterator[Figure]:
    """The figures of these names in the same row."""
    return (one for name in names for one in figures if one.figure == name and one.keys == own.keys)


def _by_part(result: Result, figures: Sequence[Figure], view: Listing) -> Picture | None:
    """A whole and its parts, each beginning where the one before it ends, for the coordinates that have most parts."""
    whole_rows = (one for one in figures if all(key is None for axis, key in one.keys.items() if axis not in view.per))
    drawn = [one for one in whole_rows if one.figure in view.drawn]
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in drawn:
        groups.setdefault(tuple(one.keys[axis] for axis in view.per), []).append(one)
    if not groups:
        return None
    parts = max(groups.values(), key=len)
    row = Row(result, {axis: parts[0].keys[axis] for axis in view.per}, parts)
    labels = dict(zip(view.drawn, (worded(row, label) for label, _ in view.rows), strict=True))
    ordered = sorted(parts, key=lambda one: view.drawn.index(one.figure))
    scale, unit = words.scale_of((one.unit for one in ordered), (one.value for one in ordered))
    bars = tuple(_bar(result, one, labels[one.figure]) for one in ordered)
    whole = row_label(result, row.at)
    subtitle = say("{figure}, {unit}", figure=labelled(labels[ordered[0].figure], whole), unit=unit)
    title = finding(result, figures, view.drawn[0]) or finding(result, figures)
    return Picture(title, subtitle, "steps", bars, (), scale)


def _by_year(result: Result, figures: Sequence[Figure], view: Years) -> Picture | None:
    yearly = [one for one in figures if one.figure in view.drawn and one.keys.get("year") is not None]
    shown = fewest_coordinates(yearly, view.drawn)
    columns = [one for one in shown if one.figure == view.drawn[0]]
    keys = [one.keys for one in columns]
    if len(columns) < 2 or len({key["year"] for key in keys}) < len(columns):
        return None
    scale, unit = words.scale_of((one.unit for one in shown), (one.value for one in shown))
    calculator = result.calculator
    lines = tuple(
        (
            say(calculator.label(name)),
            tuple(_bar(result, one, str(one.keys["year"])) for one in shown if one.figure == name),
        )
        for name in view.drawn[1:]
    )
    label = _label(result, view)
    bars = tuple(_bar(result, one, str(one.keys["year"])) for one in columns)
    subtitle = say("{figure} by year, {unit}", figure=label, unit=unit)
    named = say("{figure}, {unit}", figure=label, unit=unit)
    return Picture(finding(result, figures), subtitle, "columns", bars, lines, scale, named)


def _in_lines(result: Result, figures: Sequence[Figure], view: Years) -> Picture | None:
    """A line over the years for each row that has the fewest coordinates; of many rows, the first."""
    yearly = [one for one in figures if one.figure == view.drawn[0] and one.keys.get("year") is not None]
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in yearly:
        groups.setdefault(tuple(key for axis, key in one.keys.items() if axis != "year"), []).append(one)
    rows = [group for group in groups.values() if len(group) > 1]
    fewest = min((_depth(group[0]) for group in rows), default=0)
    years = {one.keys["year"] for group in rows for one in group}
    rows = [group for group in rows if _depth(group[0]) == fewest and len(group) == len(years)][:MOST_LINES]
    if not rows:
        return None
    ordered = [sorted(group, key=lambda one: one.keys["year"] or 0) for group in rows]
    every = [one for group in ordered for one in group]
    scale, unit = words.scale_of((one.unit for one in every), (one.value for one in every))
    lines = tuple(
        (_row_of(result, group[0]), tuple(_bar(result, one, str(one.keys["year"])) for one in group))
        for group in ordered
    )
    bands = tuple(map(partial(_range, result), ordered))
    is_ranged = any(band.ranged for band in bands)
    label = _label(result, view)
    counted = unit if is_money(every[0].unit) else unit_text(every[0].unit)
    text = say(BY_YEAR_WITH_RANGE if is_ranged else BY_YEAR, figure=capital(label), unit=counted)
    return Picture(
        finding(result, figures), text, "lines", lines[0][1], lines, scale, label, bands if is_ranged else ()
    )


def _label(result: Result, view: Years) -> str:
    """What the view calls the figure that is drawn; its own name where that names a unit."""
    names = {name: label for label, name in view.rows}
    called = names.get(view.drawn[0], "{")
    return say(result.calculator.label(view.drawn[0]) if "{" in called else called)


BY_YEAR = phrase("{figure} by year, {unit}")
BY_YEAR_WITH_RANGE = phrase("{figure} by year, {unit}; shaded: the assumptions at the ends of their ranges")


def _depth(figure: Figure) -> int:
    return sum(key is not None for key in figure.keys.values())


def _row_of(result: Result, figure: Figure) -> str:
    keys = {axis: key for axis, key in figure.keys.items() if axis != "year"}
    return row_label(result, keys) or say(result.calculator.label(figure.figure))


def _range(result: Result, figures: Sequence[Figure]) -> Band:
    """The least and the most of each figure where its assumptions are at the ends of their ranges; nothing without."""
    plan = result.record.plan
    ranged = tuple(one for one in result.assumed_by(figures) if one.stated.range and plan.is_free(one.path))
    if not ranged:
        return Band()
    ends = [[(one.path, end) for end in one.stated.range or ()] for one in ranged]
    together = product(*ends) if len(ranged) <= MOST_RANGES else ([one] for pair in ends for one in pair)
    cases = list(map(dict, together))
    found = []
    for figure in figures:
        between = Between(result.record, figure.node, ranged)
        values = [figure.value, *(value for case in cases if (value := between(case)) is not None)]
        found.append((min(values), max(values)))
    return Band(ranged, tuple(found))


def _bar(result: Result, figure: Figure, label: str) -> Bar:
    slot = result.record.plan.slots[figure.node]
    named = result.layout.find("own", ())
    own = named is not None and named.stated.value in figure.keys.values()
    return Bar(label, figure.value, slot, figure.unit, figure.saved, figure.told, own)
