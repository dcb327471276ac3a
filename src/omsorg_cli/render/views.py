"""The views of a calculator: its figures in tables and sentences, as its templates name them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import Formatter
from typing import Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.units import is_money, unit_label
from omsorg_cli.core.view import Column, Grid, Lines, Listing, Matrix, SideBySide, View, Years
from omsorg_cli.render import adding, words
from omsorg_cli.render.adding import Line, Printed
from omsorg_cli.render.parts import Heading, Part, Sentences, Sheet
from omsorg_cli.render.templates import (
    IN_SCALE,
    SCALED,
    Row,
    cell,
    fields,
    headed,
    heading,
    line,
    scaled_fields,
    worded,
)
from omsorg_cli.render.tones import bound, by_direction, moves
from omsorg_cli.render.widths import BAR
from omsorg_cli.result import Figure, Result

SUM = phrase("total")
ALL = phrase("all")
"""What a row is called that is about every item."""
NOT_THERE = phrase("n/a")
"""What stands where a number is not known, or does not apply: an empty cell would be read as nothing."""
BAR_WIDTH = 30
SPARKS = "▁▂▃▄▅▆▇"
MOST_YEARS_ABREAST = 8


def _grid(result: Result, figures: Sequence[Figure], view: Grid) -> Iterator[Part]:
    naming, columns = _columns(view)
    groups = _grouped(_rows(result, figures, view, columns), view.per)
    told = len(groups) == 1 and set(view.per) <= set(fields(result.calculator.subject)) and view.per
    for group, members in groups:
        scale, unit = _scale_of(members, columns)
        rows = _cells(result, members, view.rows, columns, naming, scale)
        if not rows:
            continue
        if view.rows and not any(_depth(one, view.rows) for one in members):  # a sum alone is in the answer
            yield Sentences(tuple(_below(result, members, view)))
            continue
        if view.heading and not told:
            yield Heading(heading(result, view.heading, group), 2)
        at = Row(result, group, members)
        titled = [column._replace(heading=headed(at, column.heading, unit)) for column in columns]
        table = _without_empty(result, titled, rows, [[column.cell for column in columns]] * len(rows))
        yield _marked(
            table, [_line(found, [one.cell for one in columns], scale) for _, found in _grouped(members, view.rows)]
        )
        yield Sentences(tuple(_below(result, members, view)))


def _below(result: Result, members: Sequence[Figure], view: Grid) -> Iterator[str]:
    """The sentences below the table, of each row or of the first one that they can be said of."""
    for at, found in _grouped(members, (*view.per, *view.rows)):
        row = Row(result, at, found)
        said = [text for template in view.below if (text := line(row, template))]
        yield from said
        if said and view.once:
            return


def _scale_of(figures: Sequence[Figure], columns: Sequence[Column]) -> tuple[float, str]:
    """The scale of the columns that share one."""
    names = {field for column in columns for field in scaled_fields(column.cell)}
    return _scale(figure for figure in figures if figure.figure in names)


def _rows(result: Result, figures: Sequence[Figure], view: Grid, columns: Sequence[Column]) -> list[Figure]:
    """The figures that the view has a row for, in the order of their inputs; what is about all comes last."""
    named = {field for text in (*(column.cell for column in columns), *view.below) for field in fields(text)}
    axes = (*view.per, *view.rows)
    if named & set(result.calculator.figures):
        rows = [figure for figure in figures if figure.figure in named and _has_level(figure, axes)]
    else:  # inputs alone: of every row that some figure speaks of
        rows = [figure for figure in figures if _depth(figure, axes) == len(axes)]
    sizes = {tuple(one.keys.items()): -one.value for one in figures if one.figure == view.largest}
    return sorted(
        rows,
        key=lambda one: (
            not _depth(one, view.rows),
            sizes.get(tuple(one.keys.items()), 0),
            result.row_order(one),
        ),
    )


def _cells(
    result: Result,
    members: Sequence[Figure],
    axes: Sequence[str],
    columns: Sequence[Column],
    naming: int,
    scale: float,
) -> list[list[str]]:
    """The cells of each row that has something beside its name; a row that says what one above says is left out.

    So is what is about every item where there is one item.
    """
    grouped = _grouped(members, axes)
    bars = _bars(members, columns)
    rows = [
        [
            bars(column.bar, found) if column.bar else cell(Row(result, at, found, scale), column.cell)
            for column in columns
        ]
        for at, found in grouped
    ]
    for index in _idle(columns, members, rows):
        rows = [[*row[:index], "", *row[index + 1 :]] for row in rows]
    told = [row if any(row[:naming]) else [say(ALL), *row[1:]] for row in rows if any(row[naming:])]
    if len(told) == len(grouped) == 2 and told[0][naming:] == told[1][naming:] and not _depth(grouped[1][1][0], axes):
        del told[1]
    return [list(row) for row in dict.fromkeys(map(tuple, told))]


def _idle(columns: Sequence[Column], members: Sequence[Figure], rows: Sequence[Sequence[str]]) -> list[int]:
    """The places of the columns whose figure is zero in every row, or that say no of it."""
    names = {one.figure for one in members}
    return [
        index
        for index, column in enumerate(columns)
        if column.unless_zero
        and not any(one.value for one in members if one.figure == column.unless_zero)
        and (column.unless_zero in names or all(row[index] in ("", say("no")) for row in rows))
    ]


def _bars(members: Sequence[Figure], columns: Sequence[Column]) -> Callable[[str, Sequence[Figure]], str]:
    """A bar as long as the figure is large beside the largest of its column."""
    drawn = {column.bar for column in columns if column.bar}
    most = {name: max((abs(one.value) for one in members if one.figure == name), default=0) for name in drawn}

    def bar(name: str, figures: Sequence[Figure]) -> str:
        found = next((one for one in figures if one.figure == name), None)
        if found is None or not most[name]:
            return ""
        return _bar(found, most[name])

    return bar


def _columns(view: Grid) -> tuple[int, tuple[Column, ...]]:
    """How many columns only name the row, and all of them: where the view has none such, one for each axis."""
    naming = sum(set(fields(column.cell)) <= set(view.rows) and not column.bar for column in view.columns)
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
            tuple(row[index] or ("" if columns[index].bar else _empty(result, told[index])) for index in used)
            for row, told in zip(cells, templates, strict=True)
        ),
        frozenset(at for at, index in enumerate(used) if columns[index].bar),
    )


def _empty(result: Result, template: str) -> str:
    """What stands in the place of a cell that tells nothing: where it would tell a number, or never tells anything."""
    numbers = result.calculator.units.keys() | result.calculator.numbers
    return say(NOT_THERE) if not template or numbers & set(fields(template)) else ""


def _listing(result: Result, figures: Sequence[Figure], view: Listing) -> Iterator[Part]:
    named = {field for _, cells in view.rows for cell in cells for field in fields(cell)}
    fitting = [f for f in figures if f.figure in named and _has_level(f, view.per)]
    for at, found in _grouped(fitting, view.per):
        scale, unit = _scale(found)
        headings = [title and say(title).format(unit=unit) for title in (view.corner, *view.columns)]
        columns = [Column(title, "", right=index > 0) for index, title in enumerate(headings)]
        filled = [
            [worded(Row(result, at, found), label), *(cell(Row(result, at, found, scale), one) for one in cells)]
            for label, cells in view.rows
        ]
        told = [index for index, row in enumerate(filled) if any(row[1:])]
        cells, templates = [filled[index] for index in told], [["", *view.rows[index][1]] for index in told]
        if view.drawn:
            columns.append(Column("", "", bar=view.drawn[0]))
            bars = _bars_of([next((one for one in found if one.figure == view.drawn[index]), None) for index in told])
            cells = [[*row, bar] for row, bar in zip(cells, bars, strict=True)]
            templates = [[*row, ""] for row in templates]
        if view.heading:
            yield Heading(heading(result, view.heading, at), 2)
        lines = [_line(found, one, scale) for _, one in view.rows]
        yield _marked(_without_empty(result, columns, cells, templates), lines)


def _marked(table: Sheet, lines: Sequence[Line]) -> Sheet:
    """The table, marked where its numbers do not add up as they are printed."""
    return replace(table, uneven=adding.fails(lines))


def _line(figures: Sequence[Figure], templates: Sequence[str], scale: float) -> Line:
    """The number that each cell of a row prints, where it prints one alone."""
    return [_number(figures, one, scale) for one in templates]


def _number(figures: Sequence[Figure], template: str, scale: float) -> Printed | None:
    ways = {field: way or "" for _, field, way, _ in Formatter().parse(template) if field}
    found = [one for one in figures if one.figure in ways]
    if len(found) != 1:
        return None
    return adding.printed(found[0], ways[found[0].figure], scale, (SCALED, *IN_SCALE))


def _bars_of(drawn: Sequence[Figure | None]) -> list[str]:
    """A bar for each figure, as long as it is large beside the largest of them."""
    most = max((abs(one.value) for one in drawn if one), default=0)
    return ["" if one is None or not most else _bar(one, most) for one in drawn]


def _bar(figure: Figure, most: float) -> str:
    return by_direction(BAR * max(1, round(BAR_WIDTH * abs(figure.value) / most)), figure.saved)


def _lines(result: Result, figures: Sequence[Figure], view: Lines) -> Iterator[Part]:
    said = [text for group in _said(result, figures, view) for text in group]
    if said and view.heading:
        yield Heading(say(view.heading), 2)
    yield Sentences(tuple(said))


def answers(result: Result, figures: Sequence[Figure], view: Lines) -> list[list[str]]:
    """The sentences of an answer, in which the figures stand out, for each coordinate that it is given for."""
    return [group for group in _said(result, figures, view, strong=True) if group]


def _said(result: Result, figures: Sequence[Figure], view: Lines, *, strong: bool = False) -> Iterator[list[str]]:
    """The sentences of each group, as far as their figures are there."""
    named = {field for template in view.templates for field in fields(template)}
    fitting = [f for f in figures if f.figure in named and _has_level(f, view.per)]
    for at, found in _grouped(fitting, view.per) if view.per else [({}, fitting)]:
        row = Row(result, at, found, strong=strong)
        yield [text for template in view.templates if (text := line(row, template))]


def _years(result: Result, figures: Sequence[Figure], view: Years) -> Iterator[Part]:
    """A table for the widest coordinates shown: over all, or else each programme, or else each category."""
    yearly = [figure for figure in figures if figure.figure in {name for _, name in view.rows}]
    axes = tuple(key for key in result.calculator.keys if key != "year")
    depth = min((_depth(figure, axes) for figure in yearly), default=0)
    for at, members in _grouped([figure for figure in yearly if _depth(figure, axes) == depth], axes):
        of = " · ".join(result.said(axis, key) for axis, key in at.items() if key is not None)
        scale, unit = _scale_of_years(members)
        headings, rows = _by_year(result, members, view, scale, unit)
        deciding = [_tells(result, figure) for figure in members if figure.figure == view.unless_zero]
        if not rows or (deciding and not any(deciding)):
            continue
        told = say(view.heading).format(unit=unit)
        yield Heading(plain(f"{told}: {of}" if of else told), 2)
        drawn = frozenset({len(headings) - 1})
        table = _turned(headings, rows) if len(headings) > MOST_YEARS_ABREAST + 2 else _sheet(headings, rows, drawn)
        yield _marked(table, _lines_of_years([(one.figure, one.keys["year"], one) for one in members], scale))


def _by_year(
    result: Result, figures: Sequence[Figure], view: Years, scale: float, unit: str
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A column for each year and the sum, and a row for each figure that is not zero throughout; a row as drawn."""
    found = {(figure.figure, figure.keys["year"]): figure for figure in figures}
    held = {year for _, year in found}
    years = [*sorted(year for year in held if year is not None), *([None] if None in held else [])]
    turned = {name: label for name, label in view.turned if _is_below(figures, name)}
    rows = [
        (
            say(turned.get(name, label)).format(unit=unit, counted=_counted(figures, name)),
            *(_scaled(result, found.get((name, year)), scale, turned=name in turned) for year in years),
            _sparkline([found.get((name, year)) for year in years if year is not None]),
        )
        for label, name in _shown_rows(view, [one for one in figures if _tells(result, one)], found)
    ]
    return ("", *(say(SUM) if year is None else str(year) for year in years), ""), rows


def _shown_rows(
    view: Years, telling: Sequence[Figure], found: Mapping[tuple[str, Any], Figure]
) -> list[tuple[str, str]]:
    """The rows that tell something: the first that is drawn always, and none that only restates one above."""
    told = {one.figure for one in telling} | ({*view.drawn[:1]} if telling else set())
    values = {name: [one.value for (of, _), one in found.items() if of == name] for _, name in view.rows}
    rows: list[tuple[str, str]] = []
    for label, name in view.rows:
        above = [values[other] for _, other in rows]
        if name in told and values[name] and not (name in view.restating and values[name] in above):
            rows.append((label, name))
    return rows


def _is_below(figures: Sequence[Figure], name: str) -> bool:
    """Whether the figure of that name is below zero, and nowhere above it."""
    values = [one.value for one in figures if one.figure == name]
    return max(values, default=1.0) <= 0 and min(values) < 0


def _counted(figures: Sequence[Figure], name: str) -> str:
    """What the figure of that name is counted in."""
    return next((unit_label(one.unit) for one in figures if one.figure == name), "")


def _tells(result: Result, figure: Figure) -> bool:
    """Whether the figure is not zero, or a page may move it from there."""
    return bool(figure.value) or moves(result.record.plan.slots[figure.node])


def _matrix(result: Result, figures: Sequence[Figure], view: Matrix) -> Iterator[Part]:
    """A row for each item and one for all of them, a column for each year and one for their sum."""
    members = [one for one in figures if one.figure in (view.figure, view.whole)]
    years = sorted({one.keys["year"] for one in members if one.keys["year"] is not None})
    if not years:
        return
    scale, unit = _scale_of_years(members)
    found = {(*(one.keys[axis] for axis in view.rows), one.keys["year"]): one for one in members}
    telling = {key[:-1]: None for key, one in found.items() if _tells(result, one)}
    items = sorted(telling, key=lambda item: item == (None,) * len(item))
    columns = [*years, None]
    cells = [
        (_row_name(result, view, item), *(_net(result, found.get((*item, year)), scale) for year in columns))
        for item in items
    ]
    yield Heading(plain(say(view.heading).format(unit=unit)), 2)
    headings = ("", *map(str, years), say(SUM))
    table = (
        _turned((*headings, ""), [(*row, "") for row in cells])
        if len(years) > MOST_YEARS_ABREAST
        else _sheet(headings, cells)
    )
    yield _marked(table, _lines_of_years([(item, year, one) for (*item, year), one in found.items()], scale))


def _lines_of_years(cells: Sequence[tuple[Any, Any, Figure]], scale: float) -> list[Line]:
    """The amounts of a table of years, a line for each row."""
    found = {(str(row), year): adding.printed(one, SCALED, scale, (SCALED,)) for row, year, one in cells}
    rows, years = (dict.fromkeys(key[at] for key in found) for at in (0, 1))
    return [[found.get((row, year)) for year in years] for row in rows]


def _row_name(result: Result, view: Matrix, item: Sequence[Any]) -> str:
    """What people read for the row; of all of them, that it is the sum."""
    names = [result.said(axis, key) for axis, key in zip(view.rows, item, strict=True) if key is not None]
    return plain(" · ".join(names)) or say(SUM)


def _net(result: Result, figure: Figure | None, scale: float) -> str:
    """The amount in the scale of its table; below zero, that it is saved."""
    if figure is None:
        return say(NOT_THERE)
    slot = result.record.plan.slots[figure.node]
    return bound(words.net(figure.value, scale), slot, "net", figure.unit, scale)


def _sparkline(figures: Sequence[Figure | None]) -> str:
    """The figures of the years as a line of small bars, the highest the largest in size."""
    sizes = [0.0 if one is None else abs(one.value) for one in figures]
    most = max(sizes, default=0) or 1
    return "".join(SPARKS[round(size / most * (len(SPARKS) - 1))] for size in sizes)


def _sheet(headings: Sequence[str], rows: Sequence[Sequence[str]], drawn: frozenset[int] = frozenset()) -> Sheet:
    """A table whose first column names the rows and whose others are numbers."""
    return Sheet(tuple(headings), (False, *(True for _ in headings[1:])), tuple(map(tuple, rows)), drawn)


def _turned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Sheet:
    """The same with the columns as rows, for a horizon too long to stand abreast."""
    first, *others, _ = zip(headings, *rows, strict=True)
    return _sheet(first, others)


def _side_by_side(result: Result, figures: Sequence[Figure], view: SideBySide) -> Iterator[Part]:
    named = {field for _, own, other in view.rows for field in (*fields(own), *fields(other))}
    groups = _grouped((figure for figure in figures if figure.figure in named), (view.per,))
    order = result.items(view.per)
    for at, members in sorted(groups, key=lambda group: order.index(group[0][view.per])):
        items = sorted({figure.keys[view.across]: None for figure in members}, key=lambda item: item is not None)
        rows = [row for shown in view.rows for row in _abreast(result, members, shown, at, view.across, items)]
        names = (result.said(view.across, item) if item is not None else _own(result) for item in items)
        yield Heading(heading(result, view.heading, at), 2)
        yield _sheet((cell(Row(result, at, members), view.corner), *map(plain, names)), rows)


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
    found = [figure for figure in figures if figure.figure in (*fields(own), *fields(other))]
    found.sort(key=lambda figure: figure.keys["year"] or 0)
    for year, members in _grouped(found, ("year",)):
        cells = []
        for item in items:
            mine = [figure for figure in members if figure.keys[across] == item]
            row = Row(result, {**at, **year, across: item}, mine)
            cells.append(worded(row, own if item is None else other) or say(NOT_THERE))
        yield (cell(Row(result, {**at, **year}, members), label), *cells)


def _depth(figure: Figure, axes: Iterable[str]) -> int:
    return sum(figure.keys[axis] is not None for axis in axes)


def _scale(figures: Iterable[Figure]) -> tuple[float, str]:
    """What amounts are divided by, so that the largest can be said aloud, and what that is called."""
    kroner = [one for one in figures if is_money(one.unit)]
    if not kroner:
        return 1, ""
    return words.scale_of((one.unit for one in kroner), (one.value for one in kroner))


def _scale_of_years(figures: Iterable[Figure]) -> tuple[float, str]:
    """The same in a table that has a column for each year: what it is called says no period."""
    return words.scale_of((), (one.value for one in figures if is_money(one.unit)))


def _scaled(result: Result, figure: Figure | None, scale: float, *, turned: bool = False) -> str:
    """The amount in the scale of its table; of a row that is `turned`, its size."""
    if figure is None:
        return say(NOT_THERE)
    slot = result.record.plan.slots[figure.node]
    if turned:
        return bound(words.scaled(abs(figure.value), scale), slot, "scaled_size", figure.unit, scale)
    if not is_money(figure.unit):
        return bound(words.of_year(figure.value, figure.unit), slot, "of_year", figure.unit)
    said = by_direction(words.scaled(figure.value, scale, figure.told), figure.saved)
    return bound(said, slot, "scaled", figure.unit, scale, told=figure.told)


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


def of_last_year(figures: Sequence[Figure], view: View) -> Sequence[Figure]:
    """Of a view that says the same of each year, the figures of the last one, and what is of no year."""
    per = getattr(view, "per", ())
    if "year" not in per:
        return figures
    others = [axis for axis in per if axis != "year"]
    last: dict[tuple[Any, ...], int] = {}
    for one in figures:
        at = tuple(one.keys[axis] for axis in others)
        last[at] = max(last.get(at, 0), int(one.keys["year"] or 0))
    return [one for one in figures if one.keys["year"] in (None, last[tuple(one.keys[axis] for axis in others)])]


def shown(result: Result, figures: Sequence[Figure], view: View) -> Iterator[Part]:
    """What the view shows of the figures."""
    return _SHOWN[type(view)](result, figures, view)


_SHOWN: dict[type[View], Callable[[Result, Sequence[Figure], Any], Iterator[Part]]] = {
    Grid: _grid,
    Listing: _listing,
    Lines: _lines,
    Years: _years,
    Matrix: _matrix,
    SideBySide: _side_by_side,
}
