"""Pictures of a simulation and of what a figure hinges on: SVG, PNG or PDF, from a Vega-Lite specification."""

from collections.abc import Sequence
from typing import Any

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import phrase, say, with_separators
from omsorg_cli.questions.ranking import Ranking
from omsorg_cli.questions.sensitivity import Sensitivity, Swing
from omsorg_cli.questions.simulate import Outcome, Simulation
from omsorg_cli.render import words
from omsorg_cli.render.units import unit_text
from omsorg_cli.render.values import capital, figure_name, input_name, input_text, named
from omsorg_cli.result import Figure, Result

DARK, MIDDLE, LIGHT = "#1F3A4D", "#6B8799", "#C5D3DC"
"""Three shades that stay apart in grey."""
MOST_INPUTS = 15
WIDTH = 560
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def tornado(found: Sequence[Sensitivity], suffix: str) -> bytes:
    """What one figure hinges on: a bar for each input, the one that matters most first."""
    one = _only(found)
    scale, unit = _scale(one.figure, [s.figure_at_low for s in one.swings] + [s.figure_at_high for s in one.swings])
    rows = [
        {
            "input": plain(_moved(one.result, swing)),
            "one": swing.figure_at_low / scale,
            "other": swing.figure_at_high / scale,
        }
        for swing in one.swings[:MOST_INPUTS]
        if swing.figure_at_low is not None and swing.figure_at_high is not None and swing.swing
    ]
    y = {"field": "input", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 0}}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "color": MIDDLE, "height": {"band": 0.7}},
        "encoding": {"y": y, "x": _amount("one", unit), "x2": {"field": "other"}},
    }
    now = _rule("x", one.figure.value / scale, say("now"))
    title = say("What matters most: {figure}", figure=figure_name(one.result, one.figure))
    return _drawn({"layer": [bars, now], "height": {"step": 22}}, title, one.result, suffix)


def _moved(result: Result, swing: Swing) -> str:
    ends = {"low": input_text(swing.input, swing.low), "high": input_text(swing.input, swing.high)}
    return say("{input} ({low} to {high})", input=input_name(result, swing.input), **ends)


def simulation(found: Simulation, suffix: str) -> bytes:
    """A fan of figures by year, or else the histogram of one figure."""
    outcomes = found.outcomes
    if len({one.figure.figure for one in outcomes}) == 1 and all(one.figure.keys.get("year") for one in outcomes):
        return _fan(found, suffix)
    return _histogram(found, _only(outcomes), suffix)


def ranking(found: Ranking, suffix: str) -> bytes:
    """A dot for each row, the largest first, the own ones dark and with their rank."""
    scale, unit = _scale(found.figure, [one.value for one in found.rows])
    rows = [
        {"row": plain(f"{one.rank}. {' '.join(filter(None, one.keys))}"), "value": one.value / scale, "own": one.own}
        for one in found.rows
    ]
    y = {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 320, "grid": True}}
    colour = {"condition": {"test": "datum.own", "value": DARK}, "value": MIDDLE}
    size = {"condition": {"test": "datum.own", "value": 160}, "value": 60}
    dots = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {"y": y, "x": _amount("value", unit), "color": colour, "size": size},
    }
    name = figure_name(found.sweep.base, found.figure)
    title = say("The largest {figure} of {count} rows", figure=name, count=found.counted)
    table = found.sweep.file.name
    return _drawn({"layer": [dots], "height": {"step": 18}}, title, found.sweep.base, suffix, table)


def _fan(found: Simulation, suffix: str) -> bytes:
    outcomes = found.outcomes
    scale, unit = _scale(outcomes[0].figure, [value for one in outcomes for value in (one.p10, one.p90)])
    rows = [
        {
            "year": str(one.figure.keys["year"]),
            **{name: value / scale for name in ("p10", "p50", "p90") if (value := getattr(one, name)) is not None},
        }
        for one in outcomes
    ]
    x = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    layers = [
        {
            "mark": {"type": "area", "color": LIGHT},
            "encoding": {"x": x, "y": _amount("p10", unit), "y2": {"field": "p90"}},
        },
        {
            "mark": {"type": "line", "color": DARK, "point": {"color": DARK}},
            "encoding": {"x": x, "y": _amount("p50", unit)},
        },
        _rule("y", 0, ""),
    ]
    label = capital(found.result.name_of(outcomes[0].figure.figure))
    title = say("{figure} by year: median and P10 to P90", figure=label)
    spec = {"data": {"values": rows}, "layer": layers, "height": 260}
    return _drawn(spec, title, found.result, suffix)


def _histogram(found: Simulation, one: Outcome, suffix: str) -> bytes:
    edges, counts = one.histogram.edges, one.histogram.counts
    if len(counts) < 2:
        label = figure_name(found.result, one.figure)
        raise OmsorgError(say("{figure}: has one value in all draws, so there is no histogram to draw.", figure=label))
    scale, unit = _scale(one.figure, edges)
    whole = sum(counts)
    rows = [
        {"from": low / scale, "to": high / scale, "share": count / whole}
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]
    y = {"field": "share", "type": "quantitative", "title": say("share of the draws"), "axis": {"format": "%"}}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "color": MIDDLE, "stroke": "white"},
        "encoding": {"x": {**_amount("from", unit), "bin": {"binned": True}}, "x2": {"field": "to"}, "y": y},
    }
    marks = [("P10", one.p10), ("P50", one.p50), ("P90", one.p90)]
    rules = [_rule("x", value / scale, label) for label, value in marks if value is not None]
    told = {"figure": figure_name(found.result, one.figure), "draws": words.number(found.options.draws)}
    title = say("How {draws} draws are spread: {figure}", **told)
    return _drawn({"layer": [bars, *rules], "height": 260}, title, found.result, suffix)


def _only(found: Sequence[Any]) -> Any:
    if len(found) > 1:
        names = ", ".join(named(one.figure) for one in found)
        raise OmsorgError(
            say("A picture shows one figure; found: {names}. Name one by --figure and its keys.", names=names)
        )
    return found[0]


ABOVE_ZERO = {
    "saving": phrase("{unit} (above zero: saved)"),
    "gap": phrase("{unit} (above zero: above the comparator)"),
    "gain": phrase("{unit} (above zero: gained)"),
    "part": phrase("{unit} (above zero: makes the gap larger)"),
}
"""What the axis says of money that goes either way."""


def _scale(figure: Figure, values: Sequence[float | None]) -> tuple[float, str]:
    """What the amounts are divided by, so that they can be said aloud, and the unit of that."""
    known = [value for value in values if value is not None]
    scale, unit = words.scale_of([figure.unit], known) if figure.unit.startswith("NOK") else (1, unit_text(figure.unit))
    return scale, say(ABOVE_ZERO[figure.told], unit=unit) if figure.told else unit


def _amount(field: str, unit: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": unit, "axis": {"format": ",~r"}, "scale": {"zero": False}}


def _rule(channel: str, at: float, label: str) -> dict[str, Any]:
    """A line across the picture, with its label at the top."""
    data = {"values": [{"at": at, "label": label}]}
    encoding = {channel: {"field": "at", "type": "quantitative"}}
    rule = {"mark": {"type": "rule", "color": DARK, "strokeDash": [4, 3]}, "encoding": encoding}
    if not label:
        return {"data": data, **rule}
    text = {
        "mark": {"type": "text", "align": "center", "baseline": "bottom", "color": DARK},
        "encoding": {**encoding, "y": {"value": -3}, "text": {"field": "label", "type": "nominal"}},
    }
    return {"data": data, "layer": [rule, text]}


def _drawn(spec: dict[str, Any], title: str, result: Result, suffix: str, table: str = "") -> bytes:
    """The picture with its title above and its source below: the table whose rows it shows, and the scenario's."""
    try:
        import vl_convert
    except ImportError:
        raise OmsorgError(say("Pictures need vl-convert: pip install 'omsorg-cli[charts]'.")) from None
    head = result.scenario.head
    titles = dict.fromkeys(source.title for source in result.scenario.sources.values())
    sources = ", ".join(filter(None, (table, *titles))) or say("no source stated")
    whole = {
        "$schema": SCHEMA,
        "width": WIDTH,
        "background": "white",
        "padding": 14,
        "title": {"text": plain(title), "subtitle": plain(head.title), "anchor": "start"},
        "config": {"view": {"stroke": None}, "title": {"subtitlePadding": 4, "offset": 20}},
        **spec,
    }
    whole["layer"] = [*whole["layer"], _caption(plain(_source(sources, result)))]
    return _converted(vl_convert, _clean(whole), suffix)


def _clean(part: Any) -> Any:
    """The picture with each text as a picture may have it: all text goes through here."""
    if isinstance(part, dict):
        return {key: _clean(one) for key, one in part.items()}
    if isinstance(part, list):
        return [_clean(one) for one in part]
    return plain(part) if isinstance(part, str) else part


def _source(sources: str, result: Result) -> str:
    return say("Source: {sources}; omsorg {calculator}", sources=sources, calculator=result.calculator.name)


def _caption(text: str) -> dict[str, Any]:
    """A line of small text below the picture."""
    mark = {"type": "text", "align": "left", "baseline": "top", "dy": 46, "fontSize": 9, "color": MIDDLE, "limit": 700}
    place = {"x": {"value": 0}, "y": {"value": "height"}}
    return {
        "data": {"values": [{"text": text}]},
        "mark": mark,
        "encoding": {**place, "text": {"field": "text", "type": "nominal"}},
    }


def _locale() -> dict[str, Any]:
    """How numbers are written on the axes."""
    point = with_separators("1.5")[1]
    return {"decimal": point, "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]}


def _converted(library: Any, spec: dict[str, Any], suffix: str) -> bytes:
    options = {"vl_version": "5.20", "format_locale": _locale()}
    if suffix == ".svg":
        return str(library.vegalite_to_svg(spec, **options)).encode()
    convert = library.vegalite_to_png if suffix == ".png" else library.vegalite_to_pdf
    return bytes(convert(spec, **options, **({"scale": 2} if suffix == ".png" else {})))
