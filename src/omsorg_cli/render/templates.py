"""The templates of a calculator, filled with the figures, inputs and names of a row."""

import re
from collections.abc import Callable, Sequence
from string import Formatter
from typing import Any, NamedTuple

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import in_series, say
from omsorg_cli.core.view import BySign, Sentence, Wording
from omsorg_cli.engine.layout import Input
from omsorg_cli.render import words
from omsorg_cli.render.tones import STRONG, bound, by_direction, moves, toned, variant
from omsorg_cli.render.values import capital, input_text, said_in, short_label, shortened, uncapitalised
from omsorg_cli.result import Figure, Result

SCALED, SCALED_MORE = "scaled", "scaled_more"
"""The ways of a figure in the scale that its table names: an amount, and how far it lies above or below another."""
IN_SCALE: dict[str, Callable[[float, float], str]] = {
    SCALED_MORE: words.scaled_more,
    "scaled_taken": lambda value, scale: words.scaled_more(-value, scale),
}
"""The ways of a figure in that scale that say on which side of zero it is."""
WHY, NAMES = "why", "names"
"""The ways of an input said by its assumption's reason, and of a figure said by the rows in which it is above zero."""
SHORT, INSIDE = "s", "l"
"""The conversions of a name: without what its label says in brackets, and so as it stands inside a sentence."""


class Row(NamedTuple):
    """What a template is filled with: the coordinates of the row, the figures in it, and the scale of its table.

    With `strong`, figures stand out.
    """

    result: Result
    at: dict[str, Any]
    figures: Sequence[Figure]
    scale: float = 1.0
    strong: bool = False


def cell(row: Row, template: str) -> str:
    """The template with what is there; a figure that is left out leaves its place empty."""
    return "".join(one.literal + (_field(row, one) or "" if one.field else "") for one in _parsed(template)).strip()


def line(row: Row, sentence: Sentence) -> str | None:
    """The sentence with its figures; none where one of them is not there."""
    said = _first(row, sentence)
    return said and capital(said)


def worded(row: Row, wording: Wording) -> str:
    """The first of the texts for which everything is there; nothing where there is none."""
    return _first(row, wording) or ""


def _first(row: Row, wording: Sentence) -> str | None:
    texts = (wording,) if isinstance(wording, str | BySign) else wording
    return next((said for text in texts if (said := _said(row, text)) is not None), None)


def _said(row: Row, text: str | BySign) -> str | None:
    return _by_sign(row, text) if isinstance(text, BySign) else _filled(row, text)


def _filled(row: Row, template: str) -> str | None:
    parts = []
    for one in _parsed(template):
        said = _field(row, one) if one.field else ""
        if said is None and one.way not in words.IF_THERE:
            return None
        parts.append(one.literal + (said or ""))
    return re.sub(" +", " ", "".join(parts)).replace(" .", ".").replace(" ,", ",").strip()


def heading(result: Result, template: str, at: dict[str, Any]) -> str:
    """The heading with the labels of the group; a coordinate that the group has not leaves no gap."""
    named = {axis: "" if key is None else result.said(axis, key) for axis, key in at.items()}
    return plain(re.sub(" +", " ", say(template).format_map(named)).replace(" ,", ",").strip())


def headed(row: Row, template: str, unit: str) -> str:
    """The heading of a column, with the unit of the table's amounts."""
    return "".join(
        one.literal + ((unit if one.field == "unit" else _field(row, one)) or "" if one.field else "")
        for one in _parsed(template)
    )


def fields(sentence: Sentence) -> list[str]:
    """The names in the template."""
    if isinstance(sentence, BySign):
        return [sentence.figure, *(field for text in sentence.texts for field in fields(text))]
    if isinstance(sentence, tuple):
        return [field for text in sentence for field in fields(text)]
    return [field for _, field, _, _ in Formatter().parse(sentence) if field]


def scaled_fields(template: str) -> list[str]:
    """The figures of the template that are said in the scale of the table."""
    return [field for _, field, way, _ in Formatter().parse(template) if field and way in (SCALED, *IN_SCALE)]


class _Place(NamedTuple):
    """A stretch of a template and the place after it, if there is one."""

    literal: str
    field: str
    way: str
    turned: str


def _parsed(template: str) -> list[_Place]:
    found = Formatter().parse(say(template))
    return [_Place(literal, field or "", way or "", turned or "") for literal, field, way, turned in found]


def _field(row: Row, place: _Place) -> str | None:
    field, way = place.field, place.way
    if field in row.at:
        if row.at[field] is None:
            return way and say(way)
        return _item(row.result, field, row.at[field], place)
    if way in (WHY, NAMES):
        return _why(row, field) if way == WHY else _names(row.result, field)
    found = next((figure for figure in row.figures if figure.figure == field), None)
    if found is not None:
        said = _figure(row, found, way)
        return said and toned(said, STRONG) if row.strong else said
    item = _own_input(row, field)
    if item is not None:
        return _input(row, item, place)
    return common(row.result).get(field) or _items_below(row, place)


def _items_below(row: Row, place: _Place) -> str | None:
    """The items of an axis that the rows below this one lie on."""
    result, axis = row.result, place.field
    if axis not in result.calculator.keys:
        return None
    below = [one for one in result.figures if all(one.keys.get(name) == key for name, key in row.at.items())]
    keys = dict.fromkeys(key for one in below if (key := one.keys.get(axis)) is not None)
    return ", ".join(_item(result, axis, key, place) for key in keys) or None


def _names(result: Result, name: str) -> str | None:
    """The rows in which the figure is above zero; nothing to say where there are none."""
    held = [one for one in result.figures if one.figure == name and one.value > 0]
    named = [plain(result.said(axis, key)) for one in held for axis, key in one.keys.items() if key is not None]
    return in_series(named) if named else None


def _input(row: Row, item: Input, place: _Place) -> str | None:
    """The input in the way of the place; of an item's key, what people read for the item."""
    slot = row.result.record.plan.input_slots.get(item.path, -1)
    if not place.way:
        return bound(_item_text(row.result, item, place), slot, "input", said_in(item))
    value = item.stated.number
    said = words.scaled(value, row.scale) if place.way == SCALED else words.WAYS[place.way](value, item.kind.unit)
    return said and bound(said, slot, place.way, item.kind.unit, row.scale)


def _item(result: Result, axis: str, key: Any, place: _Place) -> str:
    """What people read for the item of an axis, as it stands in its place."""
    if not place.turned:
        return plain(result.said(axis, key))
    short = plain(short_label(result, axis, key))
    return uncapitalised(short) if place.turned == INSIDE else short


def _figure(row: Row, figure: Figure, way: str) -> str | None:
    if way == SCALED:
        said: str | None = words.scaled(figure.value, row.scale, figure.told)
    elif way in IN_SCALE:
        said = IN_SCALE[way](figure.value, row.scale)
    else:
        said = words.WAYS[way](figure.value, figure.unit)
    slot = row.result.record.plan.slots[figure.node]
    toned_so = said and by_direction(said, figure.saved)
    return toned_so and bound(toned_so, slot, way, figure.unit, row.scale, told=figure.told)


def common(result: Result) -> dict[str, str]:
    """What a template may say of the scenario as a whole."""
    head, told = result.scenario.head, {}
    if result.calculator.horizon:
        years = result.layout.years
        told["years"] = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return {"municipality": plain(head.municipality), "year": str(head.year), **told}


def _own_input(row: Row, name: str) -> Input | None:
    """The input of that name that holds in the row: one that a figure rests on, else any that is stated."""
    result = row.result
    used = [(figure, item) for figure in row.figures for item in result.inputs(figure) if item.name == name]
    own = [item for figure, item in used if set(item.point) <= set(figure.keys.items())]
    finer = [item for figure, item in used if all(figure.keys.get(axis) in (None, key) for axis, key in item.point)]
    if own:
        return own[0]
    if len({item.stated.value for item in finer}) == 1 and name not in result.calculator.figures:
        return finer[0]
    points = [*(figure.node.point for figure in row.figures), ()]
    return next(filter(None, (result.layout.find(name, point) for point in points)), None)


def _item_text(result: Result, item: Input, place: _Place) -> str:
    """The input as people say it; of an item's key, what people read for the item."""
    axis = result.calculator.named_by.get(item.name)
    if axis is not None:
        return _item(result, axis, str(item.stated.value), place)
    return plain(shortened(input_text(item)) if place.turned else input_text(item))


def _why(row: Row, name: str) -> str:
    """The reason that an input's assumption gives, in brackets."""
    reasons = dict.fromkeys(
        item.stated.assumption
        for figure in row.figures
        for item in row.result.inputs(figure)
        if item.name == name and item.stated.assumption
    )
    return plain(f"({'; '.join(filter(None, reasons))})") if reasons else ""


def _by_sign(row: Row, sentence: BySign) -> str | None:
    """The sentence for the side of zero that the figure is on, as it is said; none where the figure is not there.

    Where the figure moves, all three, so that a page can take another one.
    """
    found = next((figure for figure in row.figures if figure.figure == sentence.figure), None)
    if found is None:
        return None
    side = _side(found)
    slot = row.result.record.plan.slots[found.node]
    if not moves(slot):
        return _first(row, sentence.texts[side])
    told = [_first(row, text) for text in sentence.texts]
    if told[side] is None:
        return None
    return "".join(variant(text or "", slot, at, found.unit, shown=at == side) for at, text in enumerate(told))


def _side(figure: Figure) -> int:
    """The place of the sentence: above zero, below it, or what is said as zero."""
    if words.is_nothing(words.amount(abs(figure.value), figure.unit)):
        return 2
    return 0 if figure.value > 0 else 1
