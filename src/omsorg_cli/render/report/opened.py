"""A figure opened in a page: each step with its formula and numbers, down to the place in the document."""

from collections.abc import Iterator, Sequence

from omsorg_cli.core.input_types import source_id
from omsorg_cli.core.language import say
from omsorg_cli.engine.explain import Line, explain
from omsorg_cli.render.explain import line_text
from omsorg_cli.render.places import source_text
from omsorg_cli.render.report.marked import as_html
from omsorg_cli.render.tones import foreign, linked
from omsorg_cli.result import Figure, Result

DEPTH = 4
"""Steps that are opened; the command line opens all of them."""
MOST = 180
"""Lines of all figures together."""


def tree(result: Result, figure: Figure, most: int) -> str:
    """The steps as a list in lists, so many of them."""
    lines = list(explain(result.record, figure.node, DEPTH))
    shown = lines[:most]
    quoted: set[str] = set()
    told = "".join(_nested(result, shown, quoted))
    cut = f"<p>{as_html(say('{number} more steps: omsorg explain shows all.', number=len(lines) - most))}</p>"
    return f'<ul class="tree">{told}</ul>{cut if len(lines) > most else ""}'


def _nested(result: Result, lines: Sequence[Line], quoted: set[str]) -> Iterator[str]:
    depth = 0
    for at, line in enumerate(lines):
        if at:
            yield "<ul>" if line.depth > depth else "</li>" + "</ul></li>" * (depth - line.depth)
        yield f"<li>{as_html(_with_source(result, line, quoted))}"
        depth = line.depth
    yield "</li>" + "</ul></li>" * depth


def _with_source(result: Result, line: Line, quoted: set[str]) -> str:
    """The line; its source as a link where that has an address, its words in their language, said once."""
    stated = line.input.stated if line.input is not None else None
    quote = stated.quote if stated is not None and stated.quote not in quoted else None
    quoted.update({quote} if quote else ())
    text = line_text(result, line, quotes=quote is not None)
    known = result.scenario.sources.get(source_id(stated.source)) if stated is not None and stated.source else None
    if known is None or stated is None or stated.source is None:
        return text
    if quote:
        text = text.replace(quote, foreign(quote, known.language))
    said = source_text(result, stated.source)
    return text.replace(said, linked(said, known.url), 1)
