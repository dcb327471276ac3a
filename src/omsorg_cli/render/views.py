"""The views of a calculator: its figures in tables and sentences, as its templates name them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from string import Formatter
from typing import Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.view import BySign, Column, Grid, Lines, Listing, Sentence, SideBySide, View, Years
from omsorg_cli.engine.layout import Input
from omsorg_cli.render import words
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.values import input_text
from omsorg_cli.run import Figure, Result

SUM = "sum"
ALL = "all"
"""What a row is called that is about every item."""
NOT_THERE = "n/a"
"""What stands where a number is not known, or does not apply: an empty cell would be read as nothing."""
SCALES = ((words.MILLION, "millions of kroner"), (1_000, "thousands of kroner"), (1, "kroner"))
MOST_YEARS_ABREAST = 8


def _group_heading(result: Result, template: str, at: dict[str, Any]) -> str:
    """The heading with the labels of the group; a coordinate that the group has not leaves no gap."""
    named = {axis: "" if key is None else result.said(axis, key) for axis, key in at.items()}
    return plain(" ".join(template.format_map(named).split()).replace(" ,", ","))


def _grid(result: Result, figures: Sequence[Figure], view: Grid) -> Iterator[Part]:
    naming, columns = _columns(view)
    for group, members in _grouped(_rows(result, figures, view, columns), view.per):
        cells = _cells(result, members, view.rows, columns, naming)
        if not cells:
            continue
        if view.heading:
            yield Heading(_group_heading(result, view.heading, group), 2)
        yield _without_empty(result, columns, cells, [[column.cell for column in columns]] * len(cells))
        rows = _grouped(members, (*view.per, *view.rows))
        said = (_line(result, template, at, found) for at, found in rows for template in view.below)
        yield Sentences(tuple(filter(None, said)))


def _rows(result: Result, figures: Sequence[Figure], view: Grid, columns: Sequence[Column]) -> list[Figure]:
    """The figures that the view has a row for, in the order of their inputs; what is about all comes last."""
    named = {field for text in (*(column.cell for column in columns), *view.below) for field in _fields(text)}
    axes = (*view.per, *view.rows)
    if named & set(result.calculator.figures):
        rows = [figure for figure in figures if figure.figure in named and _has_level(figure, axes)]
    else:  # inputs alone: of every row that some figure speaks of
        rows = [figure for figure in figures if _depth(figure, axes) == len(axes)]
    return sorted(rows, key=lambda figure: (not _depth(figure, view.rows), result.row_order(figure)))


def _cells(
    result: Result, members: Sequence[Figure], rows: Sequence[str], columns: Sequence[Column], naming: int
) -> list[list[str]]:
    """The cells of each row that has something beside its name."""
    grouped = _grouped(members, rows)
    cells = [[_cell(result, column.cell, at, found) for column in columns] for at, found in grouped]
    return [row if any(row[:naming]) else [ALL, *row[1:]] for row in cells if any(row[naming:])]


def _columns(view: Grid) -> tuple[int, tuple[Column, ...]]:
    """How many columns only name the row, and all of them: where the view has none such, one for each axis."""
    naming = sum(set(_fields(column.cell)) <= set(view.rows) for column in view.columns)
    if naming:
        return naming, view.columns
    return len(view.rows), (*(Column(axis, f"{{{axis}}}") for axis in view.rows), *view.columns)


def _without_empty(
    result: Result,
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    templates: Sequence[Sequence[str]],
) -> Sheet:
    """The table of the cells, without the columns that have nothing in any row."""
    used = [index for index in range(len(columns)) if any(row[index] for row in cells)]
    return Sheet(
        tuple(columns[index].heading for index in used),
        tuple(columns[index].right for index in used),
        tuple(
            tuple(row[index] or _empty(result, told[index]) for index in used)
            for row, told in zip(cells, templates, strict=True)
        ),
    )


def _empty(result: Result, template: str) -> str:
    """What stands in the place of a cell that tells nothing: where it would tell a number, or never tells anything."""
    numbers = result.calculator.units.keys() | result.calculator.numbers
    return NOT_THERE if not template or numbers & set(_fields(template)) else ""


def _cell(result: Result, template: str, at: dict[str, Any], figures: Sequence[Figure]) -> str:
    """The template with what is there; a figure that is left out leaves its place empty."""
    said = ""
    for literal, field, way, _ in Formatter().parse(template):
        said += literal + (_field(result, field, way or "", at, figures) or "" if field else "")
    return said.strip()


def _field(result: Result, field: str, way: str, at: dict[str, Any], figures: Sequence[Figure]) -> str | None:
    if field in at:
        return plain(result.said(field, at[field])) if at[field] is not None else way
    if way == "why":
        return _why(result, field, figures)
    found = next((figure for figure in figures if figure.figure == field), None)
    if found is not None:
        return words.WAYS[way](found.value, found.unit)
    item = _own_input(result, field, figures)
    if item is None:
        return None
    return words.WAYS[way](item.stated.number, item.kind.unit) if way else _item_text(result, item)


def _own_input(result: Result, name: str, figures: Sequence[Figure]) -> Input | None:
    """The input of that name that holds in the row: one that a figure rests on, else any that is stated."""
    used = [(figure, item) for figure in figures for item in result.inputs(figure) if item.name == name]
    own = [item for figure, item in used if set(item.point) <= set(figure.keys.items())]
    finer = [item for figure, item in used if all(figure.keys.get(axis) in (None, key) for axis, key in item.point)]
    if own:
        return own[0]
    if len({item.stated.value for item in finer}) == 1 and name not in result.calculator.figures:
        return finer[0]
    points = [*(figure.node.point for figure in figures), ()]
    return next(filter(None, (result.layout.find(name, point) for point in points)), None)


def _item_text(result: Result, item: Input) -> str:
    """The input as people say it; of an item's key, what people read for the item."""
    axis = result.calculator.named_by.get(item.name)
    return plain(input_text(item) if axis is None else result.said(axis, str(item.stated.value)))


def _why(result: Result, name: str, figures: Sequence[Figure]) -> str:
    """The reason that an input's assumption gives, in brackets."""
    reasons = dict.fromkeys(
        item.stated.assumption
        for figure in figures
        for item in result.inputs(figure)
        if item.name == name and item.stated.assumption
    )
    return plain(f"({'; '.join(filter(None, reasons))})") if reasons else ""


def _listing(result: Result, figures: Sequence[Figure], view: Listing) -> Iterator[Part]:
    named = {field for _, cells in view.rows for cell in cells for field in _fields(cell)}
    fitting = [f for f in figures if f.figure in named and _has_level(f, view.per)]
    columns = [Column(heading, "") for heading in ("", *view.columns)]
    for at, found in _grouped(fitting, view.per):
        rows = [(label, *(_cell(result, cell, at, found) for cell in cells)) for label, cells in view.rows]
        told = [(row, ("", *cells)) for row, (_, cells) in zip(rows, view.rows, strict=True) if any(row[1:])]
        if view.heading:
            yield Heading(_group_heading(result, view.heading, at), 2)
        yield _without_empty(result, columns, [row for row, _ in told], [cells for _, cells in told])


def _lines(result: Result, figures: Sequence[Figure], view: Lines) -> Iterator[Part]:
    named = {field for template in view.templates for field in _fields(template)}
    fitting = [f for f in figures if f.figure in named and _has_level(f, view.per)]
    said: list[str] = []
    for at, found in _grouped(fitting, view.per) if view.per else [({}, fitting)]:
        if not view.sourced or all(item.stated.source for figure in found for item in result.inputs(figure)):
            said += filter(None, (_line(result, template, at, found) for template in view.templates))
    if said and view.heading:
        yield Heading(view.heading, 2)
    yield Sentences(tuple(said))


def _line(result: Result, sentence: Sentence, at: dict[str, Any], figures: Sequence[Figure]) -> str | None:
    """The sentence with its figures; none where one of them is not there."""
    template = _by_sign(sentence, figures) if isinstance(sentence, BySign) else sentence
    parts = []
    for literal, field, way, _ in Formatter().parse(template):
        said = _field(result, field, way or "", at, figures) if field else ""
        if said is None and way != words.IF_THERE:
            return None
        parts.append(literal + (said or ""))
    return " ".join("".join(parts).split()).replace(" .", ".")


def _by_sign(sentence: BySign, figures: Sequence[Figure]) -> str:
    """The template for the side of zero that the figure is on, as it is said; none where the figure is not there."""
    found = next((figure for figure in figures if figure.figure == sentence.figure), None)
    if found is None:
        return ""
    if words.is_nothing(words.amount(abs(found.value), found.unit)):
        return sentence.zero
    return sentence.above if found.value > 0 else sentence.below


def _years(result: Result, figures: Sequence[Figure], view: Years) -> Iterator[Part]:
    """A table for the widest coordinates shown: over all, or else each programme, or else each category."""
    yearly = [figure for figure in figures if figure.figure in {name for _, name in view.rows}]
    axes = tuple(key for key in result.calculator.keys if key != "year")
    depth = min((_depth(figure, axes) for figure in yearly), default=0)
    for at, members in _grouped([figure for figure in yearly if _depth(figure, axes) == depth], axes):
        of = " · ".join(result.said(axis, key) for axis, key in at.items() if key is not None)
        scale, unit = _scale(members)
        headings, rows = _by_year(members, view, scale, unit)
        deciding = [figure.value for figure in members if figure.figure == view.unless_zero]
        if not rows or (deciding and not any(deciding)):
            continue
        heading = view.heading.format(unit=unit)
        yield Heading(plain(f"{heading} · {of}" if of else heading), 2)
        yield _turned(headings, rows) if len(headings) > MOST_YEARS_ABREAST + 1 else _sheet(headings, rows)


def _by_year(
    figures: Sequence[Figure], view: Years, scale: float, unit: str
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A column for each year and the sum, and a row for each figure that is not zero throughout."""
    found = {(figure.figure, figure.keys["year"]): figure for figure in figures}
    held = {year for _, year in found}
    years = [*sorted(year for year in held if year is not None), *([None] if None in held else [])]
    rows = [
        (label.format(unit=unit), *(_scaled(found.get((name, year)), scale) for year in years))
        for label, name in view.rows
        if any(found[name, year].value for year in years if (name, year) in found)
    ]
    return ("", *(SUM if year is None else str(year) for year in years)), rows


def _sheet(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Sheet:
    """A table whose first column names the rows and whose others are numbers."""
    return Sheet(tuple(headings), (False, *(True for _ in headings[1:])), tuple(map(tuple, rows)))


def _turned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Sheet:
    """The same with the columns as rows, for a horizon too long to stand abreast."""
    first, *others = zip(headings, *rows, strict=True)
    return _sheet(first, others)


def _side_by_side(result: Result, figures: Sequence[Figure], view: SideBySide) -> Iterator[Part]:
    named = {field for _, own, other in view.rows for field in (*_fields(own), *_fields(other))}
    groups = _grouped((figure for figure in figures if figure.figure in named), (view.per,))
    order = result.items(view.per)
    for at, members in sorted(groups, key=lambda group: order.index(group[0][view.per])):
        items = sorted({figure.keys[view.across]: None for figure in members}, key=lambda item: item is not None)
        rows = [row for shown in view.rows for row in _abreast(result, members, shown, at, view.across, items)]
        names = (result.said(view.across, item) if item is not None else _own(result) for item in items)
        yield Heading(_group_heading(result, view.heading, at), 2)
        yield _sheet((_cell(result, view.corner, at, members), *map(plain, names)), rows)


def _own(result: Result) -> str:
    return result.scenario.head.municipality


def _abreast(
    result: Result,
    figures: Sequence[Figure],
    shown: tuple[str, str, str],
    at: dict[str, Any],
    across: str,
    items: Sequence[Any],
) -> Iterator[tuple[str, ...]]:
    """A row of the table for each year of the figures that it names."""
    label, own, other = shown
    found = [figure for figure in figures if figure.figure in (*_fields(own), *_fields(other))]
    found.sort(key=lambda figure: figure.keys["year"] or 0)
    for year, members in _grouped(found, ("year",)):
        cells = []
        for item in items:
            mine = [figure for figure in members if figure.keys[across] == item]
            cells.append(_line(result, own if item is None else other, {**at, **year, across: item}, mine) or NOT_THERE)
        yield (_cell(result, label, {**at, **year}, members), *cells)


def _depth(figure: Figure, axes: Iterable[str]) -> int:
    return sum(figure.keys[axis] is not None for axis in axes)


def _scale(figures: Sequence[Figure]) -> tuple[float, str]:
    """What amounts are divided by, so that the largest can be said aloud, and what that is called."""
    largest = max((abs(f.value) for f in figures if f.unit.startswith("NOK")), default=0)
    return next((scale, unit) for scale, unit in SCALES if largest >= scale or scale == 1)


def _scaled(figure: Figure | None, scale: float) -> str:
    if figure is None:
        return NOT_THERE
    if not figure.unit.startswith("NOK"):
        return words.number(figure.value, 1)
    said = words.number(abs(figure.value) / scale, 1 if scale > 1 else 0)
    return f"costs {said}" if figure.value < 0 else said


def _fields(sentence: Sentence) -> list[str]:
    if isinstance(sentence, BySign):
        return [sentence.figure, *(field for text in sentence.texts for field in _fields(text))]
    return [field for _, field, _, _ in Formatter().parse(sentence) if field]


def _has_level(figure: Figure, axes: Iterable[str]) -> bool:
    """Whether the figure stands at those coordinates, or at fewer where an item has none."""
    wanted = set(axes)
    return all((key in wanted) or value is None for key, value in figure.keys.items()) and (
        not wanted or any(figure.keys[axis] is not None for axis in wanted)
    )


def _grouped(figures: Iterable[Figure], axes: Sequence[str]) -> list[tuple[dict[str, Any], list[Figure]]]:
    groups: dict[tuple[Any, ...], list[Figure]] = {}
    for figure in figures:
        groups.setdefault(tuple(figure.keys[axis] for axis in axes), []).append(figure)
    return [(dict(zip(axes, at, strict=True)), members) for at, members in groups.items()]


def shown(result: Result, figures: Sequence[Figure], view: View) -> Iterator[Part]:
    """What the view shows of the figures."""
    return _SHOWN[type(view)](result, figures, view)


_SHOWN: dict[type[View], Callable[[Result, Sequence[Figure], Any], Iterator[Part]]] = {
    Grid: _grid,
    Listing: _listing,
    Lines: _lines,
    Years: _years,
    SideBySide: _side_by_side,
}
