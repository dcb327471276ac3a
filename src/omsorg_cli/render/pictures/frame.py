"""What stands around a picture: in a file of its own its title, subtitle and sources; in a page, less."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from textwrap import wrap

from omsorg_cli.core.errors import OmsorgError, plain
from omsorg_cli.core.input_types import source_parts
from omsorg_cli.core.language import say
from omsorg_cli.render.pictures.marks import BOLD, LETTER, MARGIN, WIDTH, svg_text
from omsorg_cli.render.values import named
from omsorg_cli.result import Figure, Result

DOTS = 2
"""How many dots of a PNG there are to one of the picture."""


def framed(
    body: str, height: float, title: str, subtitle: str, *, alone: bool = True, source: str = "", more: str = ""
) -> str:
    """The picture; `alone` with title, subtitle and source. In a page its text alternative says no number."""
    top, parts = float(MARGIN), []
    if alone:
        for text, size, weight in ((title, 17, "bold"), (subtitle, 13, "normal")):
            for line in lines_of(text, WIDTH - 2 * MARGIN, size, bold=weight == "bold"):
                top += size + 5
                parts.append(svg_text(MARGIN, top, line, size=size, weight=weight))
        top += 14
    parts.append(f'<g transform="translate(0 {top:g})">{body}</g>')
    top += height + MARGIN
    if alone:
        for line in lines_of(source, WIDTH - 2 * MARGIN, 11):
            top += 14
            parts.append(svg_text(MARGIN, top, line, size=11))
        top += MARGIN
    said = escape(plain(f"{title} {subtitle}" if alone else subtitle or title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:g}" width="{WIDTH}" height="{top:g}" '
        f'role="img" font-family="sans-serif" class="picture"{more}><title>{said}</title>'
        f"{_background(alone, top)}{''.join(parts)}</svg>"
    )


def caption_of(drawn: str) -> str:
    """What the picture is called aloud, which in a page stands above it too."""
    found = re.search("<title>(.*?)</title>", drawn)
    return unescape(found[1]) if found else ""


def on_paper(drawn: str) -> str:
    """The picture of a page with white behind it, for a page whose colours are not ours."""
    return drawn.replace("</title>", '</title><rect width="100%" height="100%" fill="white"/>', 1)


def lines_of(text: str, width: float, size: int = 13, *, bold: bool = False) -> Sequence[str]:
    """The text in lines that are no wider."""
    return wrap(plain(text), max(int(width / (size * (BOLD if bold else LETTER) / 13)), 1))


def source_of(drawn: Iterable[tuple[Result, Sequence[Figure]]], *before: str) -> str:
    """The documents that the drawn figures of each result rest on, after what the picture shows beside them."""
    titles = list(dict.fromkeys((*before, *(title for result, figures in drawn for title in _titles(result, figures)))))
    if not titles:
        return say("No source is stated.")
    names = plain("; ".join(titles))
    return say("Source: {name}", name=names) if len(titles) == 1 else say("Sources: {names}", names=names)


def _titles(result: Result, figures: Sequence[Figure]) -> Iterator[str]:
    for item in result.used_by(figures):
        if item.stated.source:
            name, _ = source_parts(item.stated.source)
            known = result.scenario.sources.get(name)
            yield known.title if known else name


def one_of(figures: Sequence[Figure]) -> None:
    """Refuses a picture of several figures."""
    if len(figures) > 1:
        names = ", ".join(map(named, figures))
        raise OmsorgError(
            say("A picture shows one figure; found: {names}. Name one by --figure and its keys.", names=names)
        )


def as_file(text: str, suffix: str) -> bytes:
    """The picture in the format of the suffix."""
    if suffix == ".svg":
        return text.encode()
    try:
        import vl_convert
    except ImportError:
        told = {"format": suffix.removeprefix(".").upper()}
        needs = say("A {format} needs vl-convert: pip install 'omsorg-cli[charts]'; or write .svg.", **told)
        raise OmsorgError(needs) from None
    return bytes(vl_convert.svg_to_png(text, scale=DOTS))


def _background(alone: bool, height: float) -> str:
    return f'<rect width="{WIDTH}" height="{height:g}" fill="white"/>' if alone else ""
