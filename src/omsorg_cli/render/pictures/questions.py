"""Pictures of what verbs answer: many cases as a line or a heat map, what it takes, how draws spread, who is first."""

import math
from collections.abc import Callable, Iterator, Sequence

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, plain
from omsorg_cli.core.language import count, say
from omsorg_cli.core.units import is_money
from omsorg_cli.questions.compare import Comparison
from omsorg_cli.questions.ranking import Ranking
from omsorg_cli.questions.shared.selection import fewest_coordinates
from omsorg_cli.questions.simulate import Simulation
from omsorg_cli.questions.solve import Solution
from omsorg_cli.questions.sweep import Grid, Sweep
from omsorg_cli.render import words
from omsorg_cli.render.pictures.bars import dots
from omsorg_cli.render.pictures.frame import framed, one_of, source_of
from omsorg_cli.render.pictures.heat import heat
from omsorg_cli.render.pictures.histogram import histogram
from omsorg_cli.render.pictures.marks import Bar, Picture, amount_of
from omsorg_cli.render.pictures.plot import Plot, Series, plot
from omsorg_cli.render.pictures.svg import svg
from omsorg_cli.render.pictures.views import side_by_side
from omsorg_cli.render.units import BARE, unit_text
from omsorg_cli.render.values import capital, figure_name, figure_text, input_name, uncapitalised, value_text
from omsorg_cli.result import Figure, Result

MOST_CELLS = 3_600
"""Combinations that a picture shows."""
MOST_RANKED = 1_000
"""Rows of a ranking that a picture shows."""
MOST_ACROSS = 60
"""Of them along one side of a heat map."""
AROUND = 0.4
"""How far beside the answer and the present value the line of a solution goes, as a share of what is between them."""
POINTS = 60


def sweep(found: Sweep, result: Result) -> str:
    """The figure over one input as a line, or over two as a heat map."""
    one_of(found.figures)
    return next(sweeps(found, result, alone=True))


def sweeps(found: Sweep, result: Result, *, alone: bool = False) -> Iterator[str]:
    """The same of each figure, for a page."""
    if len(found.grids) > 2 or found.count > MOST_CELLS or (len(found.grids) == 2 and max(found.shape) > MOST_ACROSS):
        raise OmsorgError(
            say(
                "A picture shows one input with up to {most} values, or two with up to {across} each; a .csv has more.",
                most=MOST_CELLS,
                across=MOST_ACROSS,
            )
        )
    pieces = list(found.pieces(0, 1))
    for at, figure in enumerate(found.figures):
        values = [float(one) for piece in pieces for one in piece.figures[at]]
        yield _over(found, result, figure, values, alone=alone)


def _over(found: Sweep, result: Result, figure: Figure, values: Sequence[float], *, alone: bool) -> str:
    known = [value for value in values if not math.isnan(value)]
    if not known:
        raise OmsorgError(say("{figure}: no combination has an answer.", figure=figure_name(result, figure)))
    said, unit = _way(figure, known)
    names = [_input(result, grid) for grid in found.grids]
    if len(found.grids) == 1:
        (grid,) = found.grids
        body, height = plot(_swept(grid, names[0], values, said))
        title = say("{figure} as {input} changes", figure=capital(figure_name(result, figure)), input=names[0])
    else:
        texts = [[_at(grid, at) for at in range(len(grid.values))] for grid in found.grids]
        width = len(texts[1])
        cells = [[_known(one) for one in values[at : at + width]] for at in range(0, len(values), width)]
        body, height = heat((names[1], texts[1]), (names[0], texts[0]), cells, said)
        told = {"figure": capital(figure_name(result, figure)), "one": names[0], "other": names[1]}
        title = say("{figure} by {one} and {other}", **told)
    return _framed(body, height, title, unit, source_of([(result, [figure])]), alone=alone)


def _framed(body: str, height: float, title: str, unit: str, source: str, *, alone: bool) -> str:
    """The picture; in a page its title says the unit too."""
    if alone:
        return framed(body, height, plain(title), unit, source=source)
    told = say("{title} ({unit})", title=title, unit=uncapitalised(unit)) if unit else title
    return framed(body, height, plain(told), "", alone=False)


def _swept(grid: Grid, name: str, values: Sequence[float], said: Callable[[float], str]) -> Plot:
    """The line; values that are no numbers stand in their order."""
    is_number = all(isinstance(value, int | float) and not isinstance(value, bool) for value in grid.values)
    places = [float(value) for value in grid.values] if is_number else [float(at) for at in range(len(grid.values))]
    below = tuple((place, _at(grid, at)) for at, place in enumerate(places))
    points = sorted((place, _known(value)) for place, value in zip(places, values, strict=True))
    return Plot((Series("", tuple(points)),), tuple(sorted(below)), said, name)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _at(grid: Grid, at: int) -> str:
    value = grid.values[at]
    return grid.cells[at] if isinstance(value, str) else value_text(grid.kind, value)


def _input(result: Result, grid: Grid) -> str:
    item = next((one for one in result.stated_inputs if one.path in grid.inputs), None)
    if item is None:
        return grid.path
    return input_name(result, item) if len(grid.inputs) == 1 else say(result.calculator.label(item.name))


def _way(figure: Figure, values: Sequence[float]) -> tuple[Callable[[float], str], str]:
    """How amounts are said in the picture, and the unit that goes above them, where they do not say it."""
    scale, unit = words.scale_of([figure.unit], values)
    if not is_money(figure.unit):
        unit = "" if figure.unit in BARE else unit_text(figure.unit)
    return (lambda value: amount_of(value, figure.unit, scale, figure.told)), capital(unit)


def solution(found: Solution, *, alone: bool = True) -> str:
    """The figure over the input, the target as a line across, and a mark at each value that gives it."""
    drawn = points(found)
    at = [one for one, _ in drawn]
    known = [value for _, value in drawn if value is not None]
    said, unit = _way(found.figure, [*known, found.target])
    ends = dict.fromkeys(end for stretch in found.values for end in stretch)
    marks = tuple(
        (end, value, value_text(found.kind, few(end))) for end in ends if (value := found.at(end)) is not None
    )
    item = next((one for one in found.result.stated_inputs if one.path in found.inputs), None)
    name = found.question.path if item is None else input_name(found.result, item)
    levels = ((found.target, say("target: {amount}", amount=said(found.target))),)
    below = tuple((one, value_text(found.kind, few(one))) for one in at[:: max(1, len(at) // 6)])
    body, height = plot(Plot((Series("", drawn),), below, said, capital(name), levels, marks))
    told = {"figure": capital(figure_name(found.result, found.figure)), "input": name}
    values, target = ", ".join(text for *_, text in marks), figure_text(found.figure, found.target)
    title = say("{figure}: {target} with {input} at {values}", target=target, values=values, **told)
    return _framed(body, height, title, unit, source_of([(found.result, [found.figure])]), alone=alone)


def points(found: Solution) -> tuple[tuple[float, float | None], ...]:
    """The values of the input that the line goes through, each with the figure."""
    low, high = _around(found)
    at = [low + (high - low) * place / POINTS for place in range(POINTS + 1)]
    if found.kind.counts:
        at = sorted({float(round(one)) for one in at})
    return tuple((one, found.at(one)) for one in at)


def few(value: float) -> float:
    """The value with as many digits as an axis has room for."""
    return float(f"{value:.4g}")


def _around(found: Solution) -> tuple[float, float]:
    """From somewhat below the answers and the present value to somewhat above them, within the bounds."""
    now = [float(one.stated.number) for one in found.result.stated_inputs if one.path in found.inputs]
    ends = [*(end for stretch in found.values for end in stretch), *now]
    low, high = min(ends), max(ends)
    beside = (high - low) * AROUND or abs(high) * AROUND or 1.0
    return max(low - beside, found.kind.low), min(high + beside, found.kind.high)


def comparison(found: Comparison, title: str, *, alone: bool = True) -> str:
    """The first headline figure of every side; in a page nothing where none is there, in a file an error."""
    beside = {one.any.node: one.figures for one in found.figures}
    result = found.columns[0].result
    shown = fewest_coordinates([one.any for one in found.figures], result.calculator.headlines)
    first = next(iter(shown or [one.any for one in found.figures]), None)
    if first is None:
        if alone:
            raise NoAnswerError(say("There is nothing to draw."))
        return ""
    sides = zip(found.columns, beside[first.node], strict=True)
    known = [(plain(at.called), at.result, one) for at, one in sides if one is not None]
    picture = side_by_side(known)
    source = source_of((side, [one]) for _, side, one in known)
    return svg(picture._replace(title=title or picture.subtitle), alone=alone, source=source)


def simulation(found: Simulation) -> str:
    """The figures by year with P10 to P90, or else the histogram of one figure."""
    outcomes = found.outcomes
    if len({one.figure.figure for one in outcomes}) == 1 and all(one.figure.keys.get("year") for one in outcomes):
        return _fan(found)
    one_of([one.figure for one in outcomes])
    (one,) = outcomes
    label = figure_name(found.result, one.figure)
    title = say("How {draws} draws are spread: {figure}", draws=words.number(found.options.draws), figure=label)
    drawn = histogram(one, title, alone=True, source=source_of([(found.result, [one.figure])]))
    if not drawn:
        raise OmsorgError(say("{figure} has one value in all draws, so there is no histogram to draw.", figure=label))
    return drawn


def _fan(found: Simulation) -> str:
    outcomes = sorted(found.outcomes, key=lambda one: one.figure.keys["year"] or 0)
    known = [value for one in outcomes for value in (one.p10, one.p50, one.p90) if value is not None]
    said, unit = _way(outcomes[0].figure, known)
    label = capital(found.result.name_of(outcomes[0].figure.figure))
    points = tuple((float(at), one.p50) for at, one in enumerate(outcomes))
    band = tuple(
        (float(at), one.p10, one.p90) for at, one in enumerate(outcomes) if one.p10 is not None and one.p90 is not None
    )
    below = tuple((float(at), str(one.figure.keys["year"])) for at, one in enumerate(outcomes))
    body, height = plot(Plot((Series(label, points, band),), below, said))
    title = say("{figure} by year: median and P10 to P90", figure=label)
    source = source_of([(found.result, [one.figure for one in outcomes])])
    return framed(body, height, title, unit, source=source)


def ranking(found: Ranking, *, alone: bool = True) -> str:
    """A dot for each row, the largest first; the own ones are large and their label is marked."""
    result, figure = found.sweep.base, found.figure
    if len(found.rows) > MOST_RANKED:
        told = {"most": MOST_RANKED, "found": len(found.rows)}
        raise OmsorgError(say("A picture or a page shows up to {most} rows, found {found}; a .csv has more.", **told))
    scale, unit = words.scale_of([figure.unit], [one.value for one in found.rows])
    bars = tuple(
        Bar(
            plain(f"{one.rank}. {' '.join(filter(None, one.keys))}"),
            one.value,
            -1,
            figure.unit,
            None,
            figure.told,
            one.own,
        )
        for one in found.rows
    )
    money = is_money(figure.unit)
    whole = Picture("", "", "dots", bars, (), scale if money else 1.0)
    body, height = dots(whole)
    name = figure_name(result, figure)
    title = count(
        found.counted, "The largest {figure} of {number} row", "The largest {figure} of {number} rows", figure=name
    )
    counted = capital(unit if money else unit_text(figure.unit))
    source = source_of([(result, [figure])], found.sweep.file.name)
    return _framed(body, height, title, counted, source, alone=alone)
