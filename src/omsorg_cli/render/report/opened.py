"""A figure opened in a page: each step with its formula and numbers, down to the place in the document."""

from collections.abc import Iterator, Sequence

from omsorg_cli.core.input_types import source_id
from omsorg_cli.core.language import say
from omsorg_cli.engine.explain import Line, explain
from omsorg_cli.render import tones
from omsorg_cli.render.explain import GAP, line_text
from omsorg_cli.render.places import source_text
from omsorg_cli.render.report.marked import as_html
from omsorg_cli.render.tones import foreign, linked
from omsorg_cli.result import Figure, Result

DEPTH = 4
"""Steps that are opened; the command line opens all of them."""
MOST = 110
"""Lines of all figures together."""


def tree(result: Result, figure: Figure, most: int | None, depth: int | None, *, quotes: bool = True) -> str:
    """The steps as a list in lists, so many of them and so deep; all of them without a limit."""
    lines = list(explain(result.record, figure.node, depth))
    shown = lines[:most]
    quoted: set[str] | None = set() if quotes else None
    told = "".join(_nested(result, shown, quoted))
    cut = f"<p>{as_html(say('{number} more steps: omsorg explain shows all.', number=len(lines) - len(shown)))}</p>"
    return f'<ul class="tree">{told}</ul>{cut if len(lines) > len(shown) else ""}'


def _nested(result: Result, lines: Sequence[Line], quoted: set[str] | None) -> Iterator[str]:
    depth = 0
    for at, line in enumerate(lines):
        if at:
            yield "<ul>" if line.depth > depth else "</li>" + "</ul></li>" * (depth - line.depth)
        yield f"<li>{as_html(_with_source(result, line, quoted))}"
        depth = line.depth
    yield "</li>" + "</ul></li>" * depth


def _with_source(result: Result, line: Line, quoted: set[str] | None) -> str:
    """The line; its source as a link where that has an address; its words in their language once, or never."""
    stated = line.input.stated if line.input is not None else None
    quote = stated.quote if stated is not None and quoted is not None and stated.quote not in quoted else None
    if quoted is not None and quote:
        quoted.add(quote)
    text = line_text(result, line, quotes=quote is not None)
    if line.input is not None and not line.again:
        value, gap, origin = text.partition(GAP)
        text = value + gap + tones.stated(origin, line.slot)
    known = result.scenario.sources.get(source_id(stated.source)) if stated is not None and stated.source else None
    if known is None or stated is None or stated.source is None:
        return text
    if quote:
        text = text.replace(quote, foreign(quote, known.language))
    said = source_text(result, stated.source)
    return text.replace(said, linked(said, known.url), 1)
