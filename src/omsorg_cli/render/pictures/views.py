"""The picture of a result: the figures that its views draw, as bars by row or as columns by year."""

from collections.abc import Sequence

from omsorg_cli.core.language import say
from omsorg_cli.core.units import is_money
from omsorg_cli.core.view import Grid, Listing, Years
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.render import views, words
from omsorg_cli.render.document import subject
from omsorg_cli.render.pictures.marks import Bar, Picture
from omsorg_cli.render.templates import Row, worded
from omsorg_cli.render.tones import untoned
from omsorg_cli.render.values import labelled, row_label
from omsorg_cli.result import Figure, Result

MOST_BARS = 40


def picture_of(result: Result, figures: Sequence[Figure]) -> Picture | None:
    """The picture of the first view that draws something; None where none does."""
    calculator = result.calculator
    for view in (*calculator.views, *calculator.details):
        found = None
        if isinstance(view, Years) and view.drawn:
            found = _by_year(result, figures, view)
        elif isinstance(view, Listing) and view.drawn:
            found = _by_part(result, figures, view)
        elif isinstance(view, Grid):
            name = next((column.bar for column in view.columns if column.bar), "")
            found = _by_row(result, figures, name) if name else None
        if found is not None:
            return found
    first = result.headlines[0]
    return _by_row(result, figures, first)


def side_by_side(sides: Sequence[tuple[str, Result, Figure]]) -> Picture:
    """One figure in several results, as a bar for each."""
    _, result, figure = sides[0]
    scale, unit = words.scale_of((one.unit for *_, one in sides), (one.value for *_, one in sides))
    told = say(result.calculator.label(figure.figure))
    subtitle = say("{figure}, {unit}", figure=told, unit=unit) if is_money(figure.unit) else told
    bars = tuple(_bar(own, one, name) for name, own, one in sides)
    return Picture(subtitle, "", "bars", bars, (), scale if is_money(figure.unit) else 1.0)


def finding(result: Result, figures: Sequence[Figure]) -> str:
    """The first sentence that answers."""
    for view in result.calculator.answer:
        for group in views.answers(result, figures, view):
            return untoned(group[0])
    return subject(result, figures)


def _by_row(result: Result, figures: Sequence[Figure], name: str) -> Picture | None:
    yearly = bool(result.calculator.horizon)
    fitting = [one for one in figures if one.figure == name and not (yearly and one.keys.get("year") is not None)]
    if not fitting:
        return None
    bars = tuple(
        _bar(result, one, row_label(result, one.keys) or say(result.calculator.label(name))) for one in fitting
    )
    scale, unit = words.scale_of((one.unit for one in fitting), (one.value for one in fitting))
    counted = unit if is_money(fitting[0].unit) else ""
    told = say(result.calculator.label(name))
    subtitle = say("{figure}, {unit}", figure=told, unit=counted) if counted else told
    if len(bars) > MOST_BARS:
        subtitle = say("{subtitle}: the first {shown} of {all}", subtitle=subtitle, shown=MOST_BARS, all=len(bars))
    return Picture(finding(result, figures), subtitle, "bars", bars[:MOST_BARS], (), scale if counted else 1.0)


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
    return Picture(finding(result, figures), subtitle, "steps", bars, (), scale)


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
    names = {name: label for label, name in view.rows}
    label = say(names.get(view.drawn[0], calculator.label(view.drawn[0]))).format(unit=unit)
    bars = tuple(_bar(result, one, str(one.keys["year"])) for one in columns)
    subtitle = say("{figure} by year, {unit}", figure=label, unit=unit)
    return Picture(finding(result, figures), subtitle, "columns", bars, lines, scale, label)


def _bar(result: Result, figure: Figure, label: str) -> Bar:
    slot = result.record.plan.slots[figure.node]
    return Bar(label, figure.value, slot, figure.unit, figure.direction, figure.told)
