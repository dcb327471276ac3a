"""Pictures of a simulation and of what a figure hinges on: SVG, PNG or PDF, from a Vega-Lite specification."""

from collections.abc import Sequence
from typing import Any

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.questions.ranking import Ranking
from omsorg_cli.questions.sensitivity import Sensitivity
from omsorg_cli.questions.simulate import Outcome, Simulation
from omsorg_cli.render import words
from omsorg_cli.render.values import input_text, named
from omsorg_cli.run import Figure, Result

DARK, MIDDLE, LIGHT = "#1F3A4D", "#6B8799", "#C5D3DC"
"""Three shades that stay apart in grey."""
MOST_INPUTS = 15
WIDTH = 560
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
LOCALE = {"decimal": ".", "thousands": "\u00a0", "grouping": [3], "currency": ["", " NOK"]}


def tornado(found: Sequence[Sensitivity], suffix: str) -> bytes:
    """What one figure hinges on: a bar for each input, the one that matters most first."""
    one = _only(found)
    scale, unit = _scale(one.figure, [s.figure_at_low for s in one.swings] + [s.figure_at_high for s in one.swings])
    rows = [
        {
            "input": plain(
                f"{swing.input.path} ({input_text(swing.input, swing.low)} to {input_text(swing.input, swing.high)})"
            ),
            "one": swing.figure_at_low / scale,
            "other": swing.figure_at_high / scale,
        }
        for swing in one.swings[:MOST_INPUTS]
        if swing.figure_at_low is not None and swing.figure_at_high is not None and swing.swing
    ]
    y = {"field": "input", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 420}}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "color": MIDDLE, "height": {"band": 0.7}},
        "encoding": {"y": y, "x": _amount("one", unit), "x2": {"field": "other"}},
    }
    now = _rule("x", one.figure.value / scale, "now")
    title = f"What {named(one.figure)} hinges on"
    return _drawn({"layer": [bars, now], "height": {"step": 22}}, title, one.result, suffix)


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
    name = found.figure.figure.replace("_", " ")
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
    title = f"{outcomes[0].figure.figure} by year: the middle of the draws, and from P10 to P90"
    spec = {"data": {"values": rows}, "layer": layers, "height": 260}
    return _drawn(spec, title, found.result, suffix)


def _histogram(found: Simulation, one: Outcome, suffix: str) -> bytes:
    edges, counts = one.histogram.edges, one.histogram.counts
    if len(counts) < 2:
        raise OmsorgError(f"{named(one.figure)}: takes one value in all draws, so there is no histogram to draw.")
    scale, unit = _scale(one.figure, edges)
    whole = sum(counts)
    rows = [
        {"from": low / scale, "to": high / scale, "share": count / whole}
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    ]
    y = {"field": "share", "type": "quantitative", "title": "share of the draws", "axis": {"format": "%"}}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar", "color": MIDDLE, "stroke": "white"},
        "encoding": {"x": {**_amount("from", unit), "bin": {"binned": True}}, "x2": {"field": "to"}, "y": y},
    }
    marks = [("P10", one.p10), ("P50", one.p50), ("P90", one.p90)]
    rules = [_rule("x", value / scale, label) for label, value in marks if value is not None]
    title = f"How {named(one.figure)} is spread over {words.number(found.options.draws)} draws"
    return _drawn({"layer": [bars, *rules], "height": 260}, title, found.result, suffix)


def _only(found: Sequence[Any]) -> Any:
    if len(found) > 1:
        names = ", ".join(named(one.figure) for one in found)
        raise OmsorgError(f"A picture shows one figure, and these are {names}; name one by --figure and its keys.")
    return found[0]


def _scale(figure: Figure, values: Sequence[float | None]) -> tuple[float, str]:
    """What the amounts are divided by, so that they can be said aloud, and the unit of that."""
    scale, unit = words.in_millions(figure.unit, (value for value in values if value is not None))
    return scale, unit + (" (above zero: saved)" if figure.direction is not None else "")


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
        raise OmsorgError("Pictures need vl-convert: pip install 'omsorg-cli[charts]'.") from None
    head = result.scenario.head
    sources = (
        ", ".join(filter(None, (table, *dict.fromkeys(source.title for source in result.scenario.sources.values()))))
        or "no source stated"
    )
    whole = {
        "$schema": SCHEMA,
        "width": WIDTH,
        "background": "white",
        "padding": 14,
        "title": {"text": plain(title), "subtitle": plain(head.title), "anchor": "start"},
        "config": {"view": {"stroke": None}, "title": {"subtitlePadding": 4, "offset": 20}},
        **spec,
    }
    whole["layer"] = [*whole["layer"], _caption(plain(f"Source: {sources}; omsorg {result.calculator.name}"))]
    return _converted(vl_convert, whole, suffix)


def _caption(text: str) -> dict[str, Any]:
    """A line of small text below the picture."""
    mark = {"type": "text", "align": "left", "baseline": "top", "dy": 46, "fontSize": 9, "color": MIDDLE, "limit": 700}
    place = {"x": {"value": 0}, "y": {"value": "height"}}
    return {
        "data": {"values": [{"text": text}]},
        "mark": mark,
        "encoding": {**place, "text": {"field": "text", "type": "nominal"}},
    }


def _converted(library: Any, spec: dict[str, Any], suffix: str) -> bytes:
    options = {"vl_version": "5.20", "format_locale": LOCALE}
    if suffix == ".svg":
        return str(library.vegalite_to_svg(spec, **options)).encode()
    convert = library.vegalite_to_png if suffix == ".png" else library.vegalite_to_pdf
    return bytes(convert(spec, **options, **({"scale": 2} if suffix == ".png" else {})))
