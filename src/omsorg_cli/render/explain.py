"""An explanation as a tree of lines, Markdown, a graph, and data: name = formula = with the numbers = result unit."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.numbers import month_text, number_text
from omsorg_cli.core.operation import is_symbolic
from omsorg_cli.core.symbol import Name
from omsorg_cli.engine.explain import Line, arguments, explain, expression, looks_through_series, mentioned, written
from omsorg_cli.engine.layout import Input
from omsorg_cli.questions.shared.notices import notices_of, sentences
from omsorg_cli.render.data import dumps, notice_record, scenario_record
from omsorg_cli.render.markdown import escape
from omsorg_cli.render.naming import names_in, with_coordinates
from omsorg_cli.run import Figure, Result

BARE = ("share", "ratio", "index", "rate/year")
"""Units whose numbers say enough without them."""
MOST_TERMS = 6
"""Values of a series that are written out; of more, how many there are."""


def render_text(result: Result, figures: Sequence[Figure], depth: int | None, *, quotes: bool = False) -> str:
    """A tree for each figure; with `quotes`, the words of the sources."""
    trees = [
        "\n".join(_tree(result, list(lines), quotes=quotes)) + "\n" for lines in _explained(result, figures, depth)
    ]
    return "\n".join([*trees, *_said(result, figures)]) + "\n"


def render_markdown(result: Result, figures: Sequence[Figure], depth: int | None, *, quotes: bool = False) -> str:
    """A nested list for each figure, for a memo; with `quotes`, the words of the sources."""
    parts = [f"# How the figures of {escape(result.scenario.head.title)} came about\n"]
    for lines in _explained(result, figures, depth):
        parts += [f"{'  ' * line.depth}- {escape(_text(result, line, quotes=quotes))}" for line in lines]
        parts.append("")
    parts += [escape(text) for text in _said(result, figures)]
    return "\n".join(parts) + "\n"


def render_mermaid(result: Result, figures: Sequence[Figure], depth: int | None) -> str:
    """One graph of all the figures: what each is made of."""
    lines = _once(result, figures, depth)
    rows = ["flowchart LR"]
    for slot, line in lines.items():
        label = "<br>".join(map(_graph_text, (_named(line), _value_of(result, line.slot))))
        rows.append(f'  s{slot}["{label}"]')
        rows += [f"  s{use} --> s{slot}" for use in line.uses if use in lines]
    rows += [f"  %% {_graph_comment(text)}" for text in _said(result, figures)]
    return "\n".join(rows) + "\n"


def render_json(result: Result, figures: Sequence[Figure], depth: int | None) -> str:
    """The steps as nodes, each once, with the ids of those that they use."""
    lines = _once(result, figures, depth)
    return dumps(
        {
            "format": "omsorg.explanation/1",
            "version": __version__,
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
            "figures": [_id(result, next(group).slot) for group in _explained(result, figures, 0)],
            "nodes": [_node(result, line) for line in lines.values()],
            "caveats": list(result.caveats),
            "notices": [notice_record(noticed) for noticed in notices_of(result, figures)],
        }
    )


def _said(result: Result, figures: Sequence[Figure]) -> list[str]:
    """What must be said with the figures: the caveats, and the notices that touch them."""
    return [*result.caveats, *(plain(sentences(one)) for one in notices_of(result, figures))]


def _once(result: Result, figures: Sequence[Figure], depth: int | None) -> dict[int, Line]:
    """The lines of all the figures by step, each step once."""
    return {line.slot: line for group in _explained(result, figures, depth) for line in group if not line.again}


def _explained(result: Result, figures: Sequence[Figure], depth: int | None) -> Iterator[Iterator[Line]]:
    return (explain(result.record, figure.node, depth) for figure in figures)


def _tree(result: Result, lines: Sequence[Line], *, quotes: bool) -> Iterator[str]:
    """The lines with branches drawn before them."""
    last: list[bool] = []
    for index, line in enumerate(lines):
        after = (lines[at].depth for at in range(index + 1, len(lines)))
        following = next((depth for depth in after if depth <= line.depth), -1)
        del last[line.depth :]
        branches = "".join("   " if ended else "│  " for ended in last[1:])
        last.append(following < line.depth)
        mark = "" if line.depth == 0 else "└─ " if last[-1] else "├─ "
        yield plain(f"{branches}{mark}{_text(result, line, quotes=quotes)}")


def _text(result: Result, line: Line, *, quotes: bool) -> str:
    """Name = formula = with the numbers = result unit; of an input, where it comes from."""
    if line.again:
        return f"{_named(line)} = {_value_of(result, line.slot)} (see above)"
    if line.input is not None:
        return f"{_named(line)} = {_value_of(result, line.slot)}     {origin(line.input, quotes=quotes)}"
    assert line.step.formula is not None
    told = expression(line.step.formula)
    if not is_symbolic(told):
        return f"{_named(line)} = {_value_of(result, line.slot)}     {line.step.formula.summary}"
    parts = [
        _named(line),
        formula_text(result, line.slot),
        _with_numbers(result, line, told),
        _value_of(result, line.slot),
    ]
    return " = ".join(part for index, part in enumerate(parts) if part and (index == 0 or part != parts[index - 1]))


def formula_text(result: Result, slot: int) -> str:
    """The formula with the names that the lines below have, of inputs those of the scenario; else what it tells."""
    formula = result.record.plan.steps[slot].formula
    assert formula is not None
    return _formula(result, slot) if is_symbolic(expression(formula)) else formula.summary


def _formula(result: Result, slot: int) -> str:
    """The formula with names; what is another figure or input as it stands, with its row."""
    step = result.record.plan.steps[slot]
    assert step.formula is not None
    told = expression(step.formula)
    if not isinstance(told, Name):
        return written(told, names_in(result, slot).__getitem__)
    used = arguments(result.record, slot)[told.name]
    assert isinstance(used, int)
    one = result.record.plan.steps[used]
    return with_coordinates(told.name, one.node.point) if one.input is None else one.input.path.rpartition(".")[2]


def _with_numbers(result: Result, line: Line, told: Any) -> str:
    """The expression with the numbers put in; a sum term by term; nothing where a whole series is looked through."""
    if looks_through_series(told):
        return ""
    used = arguments(result.record, line.slot)

    def values(name: str) -> list[str]:
        use = used[name]
        return [_value_of(result, slot) for slot in ((use,) if isinstance(use, int) else use)]

    def terms(summed: Any) -> str:
        series = {name: values(name) for name in mentioned(summed)}
        count = max(map(len, series.values()))
        if count > MOST_TERMS:
            return f"the sum of {count} terms"
        return " + ".join(
            _term(summed, {name: shown[at % len(shown)] for name, shown in series.items()}) for at in range(count)
        )

    return written(told, lambda name: ", ".join(values(name)), terms)


def _term(summed: Any, numbers: dict[str, str]) -> str:
    return written(summed, numbers.__getitem__)


def _value_of(result: Result, slot: int) -> str:
    """The step's value with its unit."""
    value, step = result.record.values[slot], result.record.plan.steps[slot]
    if value is None:
        return "no answer"
    if isinstance(value, bool) or step.unit == "yes or no":
        return "yes" if value else "no"
    if step.is_month:
        return month_text(value)
    if isinstance(value, str):
        return value
    if step.unit in ("year", ""):
        return f"{value:g}"
    return number_text(value) if step.unit in BARE else f"{number_text(value)} {step.unit}"


def _named(line: Line) -> str:
    """The figure with its coordinates; an input by its path."""
    if line.input is not None:
        return line.input.path
    return with_coordinates(line.step.node.figure, line.step.node.point)


def origin(item: Input, *, quotes: bool = False) -> str:
    """Where the input comes from, in words; with `quotes`, those of the source too."""
    stated = item.stated
    if stated.origin == "default":
        return "a default, nobody stated it"
    words = f" «{stated.quote}»" if quotes and stated.quote else ""
    told = [f"{stated.source or ''}{words}", f"assumption: {stated.assumption}" if stated.assumption else ""]
    return "; ".join(filter(None, told)) or "neither source nor assumption"


def _id(result: Result, slot: int) -> str:
    step = result.record.plan.steps[slot]
    if step.input is not None:
        return step.input.path
    keys = ",".join(f"{axis}={key}" for axis, key in step.node.point if key != "")
    name = (
        f"{step.node.calculator}.{step.node.figure}"
        if step.node.calculator != result.calculator.name
        else step.node.figure
    )
    return f"{name}[{keys}]" if keys else name


def _node(result: Result, line: Line) -> dict[str, Any]:
    step, value = line.step, result.record.values[line.slot]
    node: dict[str, Any] = {
        "id": _id(result, line.slot),
        "figure": step.node.figure if step.input is None else step.input.path,
        "at": {axis: key for axis, key in step.node.point if key != ""},
        "formula": None if step.formula is None else _formula(result, line.slot),
        "value": month_text(value) if step.is_month and value is not None else value,
        "unit": step.unit or None,
        "uses": [_id(result, use) for use in line.uses],
    }
    if step.input is not None:
        stated = step.input.stated
        node |= {key: getattr(stated, key) for key in ("source", "quote", "assumption")}
        node["default"] = stated.origin == "default"
    return node


_GRAPH_SIGNS = str.maketrans({sign: f"#{ord(sign)};" for sign in '#&"[]<>`%'})


def _graph_text(text: str) -> str:
    """Text that the graph's language takes for text: every label goes through here."""
    return plain(text).translate(_GRAPH_SIGNS)


def _graph_comment(text: str) -> str:
    """Text as a comment, in which two signs of per cent would begin another."""
    return re.sub("%(?=%)", "% ", plain(text)).replace("{", "(").replace("}", ")")
