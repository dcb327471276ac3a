"""An explanation as a tree of lines, Markdown, a graph, and data: name = formula = with the numbers = result unit."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from omsorg_cli import __version__
from omsorg_cli.core.errors import plain
from omsorg_cli.core.language import phrase, say
from omsorg_cli.core.numbers import month_said, month_text
from omsorg_cli.core.operation import is_symbolic
from omsorg_cli.core.symbol import Name, expression
from omsorg_cli.engine.explain import (
    Line,
    arguments,
    explain,
    in_arithmetic,
    looks_through_series,
    mentioned,
    written,
)
from omsorg_cli.engine.graph import Step
from omsorg_cli.engine.layout import Input
from omsorg_cli.formulas.money import NEVER
from omsorg_cli.questions.shared.notices import notices_of, sentences, stale
from omsorg_cli.questions.shared.selection import Selection
from omsorg_cli.render import words
from omsorg_cli.render.data import dumps, notice_record, scenario_record
from omsorg_cli.render.document import changes_said
from omsorg_cli.render.markdown import escape
from omsorg_cli.render.naming import (
    between_arguments,
    constant_text,
    label_of,
    labelled_at,
    names_in,
    operation_text,
    with_coordinates,
)
from omsorg_cli.render.places import source_text
from omsorg_cli.render.tones import bound, untoned
from omsorg_cli.render.typed import Naming, asked
from omsorg_cli.render.units import exact_text
from omsorg_cli.render.values import item_text
from omsorg_cli.result import Figure, Result

MOST_TERMS = 6
"""Values of a series that are written out; of more, how many there are."""
ROUNDED = phrase("Numbers are shown rounded; they are calculated with every digit.")
"""Why a line may not add up to its last digit."""


def render_text(
    result: Result,
    figures: Sequence[Figure],
    depth: int | None,
    *,
    quotes: bool = False,
    in_short: Selection | None = None,
    naming: Naming = asked,
) -> str:
    """A tree for each figure; with `quotes`, the words of the sources; `in_short`, how to go on with those rows."""
    trees = [
        "\n".join(_tree(result, list(lines), quotes=quotes)) + "\n" for lines in _explained(result, figures, depth)
    ]
    changed = ["".join(lines)] if (lines := [f"{line}\n" for line in changes_said(result)]) else []
    said = result.caveats if in_short is not None else beside(result, figures)
    return "\n".join([*changed, *trees, *said, say(ROUNDED), *_next(result, figures, depth, in_short, naming)]) + "\n"


def render_markdown(
    result: Result,
    figures: Sequence[Figure],
    depth: int | None,
    *,
    quotes: bool = False,
    in_short: Selection | None = None,
    naming: Naming = asked,
) -> str:
    """A nested list for each figure, for a memo; the same otherwise."""
    heading = say("How the figures were calculated: {scenario}", scenario=result.scenario.head.title)
    parts = [f"# {escape(heading)}\n", *(f"{escape(line)}\n" for line in changes_said(result))]
    for lines in _explained(result, figures, depth):
        parts += [f"{'  ' * line.depth}- {escape(line_text(result, line, quotes=quotes))}" for line in lines]
        parts.append("")
    more = _next(result, figures, depth, in_short, naming)
    said = result.caveats if in_short is not None else beside(result, figures)
    parts += [escape(text) for text in (*said, say(ROUNDED), *more)]
    return "\n".join(parts) + "\n"


def render_mermaid(result: Result, figures: Sequence[Figure], depth: int | None) -> str:
    """One graph of all the figures: what each is made of."""
    lines = _once(result, figures, depth)
    first: dict[str, int] = {}
    nodes = {slot: first.setdefault(_id(result, slot), slot) for slot in lines}
    rows = ["flowchart LR"]
    for slot, line in lines.items():
        if nodes[slot] == slot:
            label = "<br>".join(map(_graph_text, (_named(result, line), _value_of(result, line.slot))))
            rows.append(f'  s{slot}["{label}"]')
            rows += [f"  s{nodes[use]} --> s{slot}" for use in line.uses if use in lines]
    rows += [f"  %% {_graph_comment(text)}" for text in (*changes_said(result), *beside(result, figures))]
    return "\n".join(rows) + "\n"


def render_json(result: Result, figures: Sequence[Figure], depth: int | None) -> str:
    """The steps as nodes, each id once, with the ids of those that they use."""
    return dumps(
        {
            "format": "omsorg.explanation/1",
            "version": __version__,
            "calculator": result.calculator.name,
            "scenario": scenario_record(result.scenario),
            "figures": [_id(result, next(group).slot) for group in _explained(result, figures, 0)],
            "nodes": list(_nodes(result, figures, depth)),
            "caveats": list(result.caveats),
            "notices": [notice_record(noticed) for noticed in notices_of(result, figures)],
        }
    )


def beside(result: Result, figures: Sequence[Figure]) -> list[str]:
    """What must be said with the figures: the caveats, and the notices that touch them."""
    noticed = notices_of(result, figures)
    return [*result.caveats, *stale(noticed), *(plain(sentences(one)) for one in noticed)]


def _next(
    result: Result, figures: Sequence[Figure], depth: int | None, keys: Selection | None, naming: Naming
) -> Iterator[str]:
    """How to see the steps that are not shown; nothing where all are."""
    if keys is None or depth is None:
        return
    command = naming("explain", result, keys, "--figure", figures[0].figure)
    if command is None:
        yield say(
            "The first {depth} levels are shown. Name one figure with --figure to see all of its steps.",
            depth=words.numeral(depth),
        )
    else:
        told = {"depth": words.numeral(depth), "command": command}
        yield plain(say("The first {depth} levels are shown. All steps of a figure: {command}", **told))


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
        yield plain(f"{branches}{mark}{line_text(result, line, quotes=quotes)}")


GAP = " " * 5
"""What stands between a value and where it comes from."""


def line_text(result: Result, line: Line, *, quotes: bool = False) -> str:
    """Name = formula = with the numbers = result unit; of an input, where it comes from."""
    named, value = _named(result, line), _value_of(result, line.slot)
    if line.again:
        return say("{figure} = {value} (see above)", figure=named, value=value)
    if line.input is not None:
        return f"{named} = {value}{GAP}{origin(result, line.input, quotes=quotes)}"
    assert line.step.formula is not None
    told = expression(line.step.formula)
    if not is_symbolic(told):
        return f"{named} = {value}{GAP}{say(line.step.formula.summary)}"
    parts = [named, formula_text(result, line.slot), _with_numbers(result, line, told), value]
    plainly = list(map(untoned, parts))
    return " = ".join(part for at, part in enumerate(parts) if part and (at == 0 or plainly[at] != plainly[at - 1]))


def formula_text(result: Result, slot: int) -> str:
    """The formula with the labels that the lines below have; else what it tells."""
    formula = result.record.plan.steps[slot].formula
    assert formula is not None
    return _formula(result, slot, labelled=True) if is_symbolic(expression(formula)) else say(formula.summary)


def _formula(result: Result, slot: int, *, labelled: bool) -> str:
    """The formula with names, or labels; what is another figure or input as it stands, with its row."""
    step = result.record.plan.steps[slot]
    assert step.formula is not None
    told = expression(step.formula)
    if not isinstance(told, Name):
        names = names_in(result, slot, labelled=labelled)
        if labelled:
            return _read(told, names.__getitem__)
        return written(told, names.__getitem__)
    used = arguments(result.record, slot)[told.name]
    assert isinstance(used, int)
    one = result.record.plan.steps[used]
    if labelled:
        label = label_of(result, one, told.name)
        return labelled_at(result, one, label) if one.input is None else label
    if one.conversion is not None:
        return with_coordinates(one.node.figure, one.node.point)
    return with_coordinates(told.name, one.node.point) if one.input is None else one.input.path.rpartition(".")[2]


def _with_numbers(result: Result, line: Line, told: Any) -> str:
    """The expression with the numbers put in; a sum term by term; nothing where a whole series is looked through."""
    if looks_through_series(told):
        return ""
    used = arguments(result.record, line.slot)

    counted = in_arithmetic(told)

    def values(name: str) -> list[str]:
        use, value = used[name], _factor_of if name in counted else _value_of
        return [value(result, slot) for slot in ((use,) if isinstance(use, int) else use)]

    def terms(summed: Any) -> str:
        series = {name: values(name) for name in mentioned(summed)}
        number = max(map(len, series.values()))
        if number > MOST_TERMS:
            return say("the sum of {number} terms", number=number)
        return " + ".join(
            _term(summed, {name: shown[at % len(shown)] for name, shown in series.items()}) for at in range(number)
        )

    return _read(told, lambda name: between_arguments().join(values(name)), terms)


def _term(summed: Any, numbers: dict[str, str]) -> str:
    return _read(summed, numbers.__getitem__)


def _read(told: Any, names: Callable[[str], str], terms: Callable[[Any], str] | None = None) -> str:
    """The expression as people read it."""
    return written(told, names, terms, called=operation_text, constant=constant_text, between=between_arguments())


def _factor_of(result: Result, slot: int) -> str:
    """What is multiplied or added: of what is yes or no, 1 or 0."""
    value, step = result.record.values[slot], result.record.plan.steps[slot]
    if isinstance(value, bool) or (step.unit == "yes or no" and value is not None):
        return f"{value:g}"
    return _value_of(result, slot)


def _value_of(result: Result, slot: int) -> str:
    """The step's value with its unit, bound to the step."""
    step = result.record.plan.steps[slot]
    return bound(_value_text(result, slot), slot, "month" if step.is_month else "exact", step.unit or "")


def _value_text(result: Result, slot: int) -> str:
    value, step = result.record.values[slot], result.record.plan.steps[slot]
    if value is None:
        return say("no answer")
    if isinstance(value, bool) or step.unit == "yes or no":
        return say("yes") if value else say("no")
    if step.is_month:
        return say("never") if value >= NEVER else month_said(value)
    if isinstance(value, str):
        return _text_value(result, step, value)
    return exact_text(value, step.unit)


def _text_value(result: Result, step: Step, value: str) -> str:
    """A choice, or the key of an item, by its label."""
    form = step.input.kind.form if step.input is not None else "text"
    if form == "choice":
        return say(result.calculator.label(value))
    return item_text(result, value)


def _named(result: Result, line: Line) -> str:
    """What people read for the figure or the input and its row, with what is typed for it."""
    name = line.step.node.figure if line.input is None else line.input.path
    return say("{label} [{name}]", label=_label(result, line), name=name)


def _label(result: Result, line: Line) -> str:
    return labelled_at(result, line.step, label_of(result, line.step, line.step.node.figure))


def origin(result: Result, item: Input, *, quotes: bool = False) -> str:
    """Where the input comes from, in words; with `quotes`, those of the source too."""
    stated = item.stated
    if stated.origin == "default":
        return say("default: the scenario does not state it")
    source = source_text(result, stated.source) if stated.source else ""
    if quotes and stated.quote:
        source = say("{source} «{quote}»", source=source, quote=stated.quote)
    assumed = say("assumption: {reason}", reason=stated.assumption) if stated.assumption else ""
    return "; ".join(filter(None, (source, assumed))) or say("neither source nor assumption")


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


def _nodes(result: Result, figures: Sequence[Figure], depth: int | None) -> Iterator[dict[str, Any]]:
    """The nodes; `cut` are those that use some that are not there, being deeper than asked."""
    lines = _once(result, figures, depth)
    nodes = {node["id"]: node for node in (_node(result, line) for line in lines.values())}
    for node in nodes.values():
        yield node | {"cut": not all(use in nodes for use in node["uses"])}


def _node(result: Result, line: Line) -> dict[str, Any]:
    step, value = line.step, result.record.values[line.slot]
    node: dict[str, Any] = {
        "id": _id(result, line.slot),
        "figure": step.node.figure if step.input is None else step.input.path,
        "at": {axis: key for axis, key in step.node.point if key != ""},
        "formula": None if step.formula is None else _formula(result, line.slot, labelled=False),
        "value": month_text(value) if step.is_month and value is not None else value,
        "unit": step.unit or None,
        "uses": [_id(result, use) for use in line.uses],
    }
    if step.input is not None:
        stated = step.input.stated
        node |= {key: getattr(stated, key) for key in ("source", "quote", "assumption")}
        node["default"] = stated.origin == "default"
    return node


_GRAPH_SIGNS = str.maketrans({sign: f"#{ord(sign)};" for sign in '#&"[]<>{}`%'})


def _graph_text(text: str) -> str:
    """Text that the graph's language takes for text: every label goes through here."""
    return plain(text).translate(_GRAPH_SIGNS)


def _graph_comment(text: str) -> str:
    """Text as a comment, in which two signs of per cent would begin another."""
    return re.sub("%(?=%)", "% ", plain(text)).replace("{", "(").replace("}", ")")
