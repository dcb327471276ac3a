"""A picture as a file: SVG that stands alone or in a page, or the same in dots."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from omsorg_cli.core.errors import NoAnswerError, OmsorgError, plain
from omsorg_cli.core.language import say
from omsorg_cli.render.pictures.bars import bars
from omsorg_cli.render.pictures.columns import columns
from omsorg_cli.render.pictures.marks import BOLD, LETTER, MARGIN, WIDTH, Picture, svg_text
from omsorg_cli.render.pictures.views import picture_of
from omsorg_cli.result import Figure, Result


def svg(picture: Picture, *, alone: bool = True, source: str = "") -> str:
    """The picture; `alone` it stands with its title and source in a file of its own, else in a page that says them."""
    body, height = (columns if picture.kind == "columns" else bars)(picture)
    top, parts = MARGIN, []
    if alone:
        for text, size, weight in ((picture.title, 17, "bold"), (picture.subtitle, 13, "normal")):
            for line in wrap(text, int((WIDTH - 2 * MARGIN) / (size * (BOLD if weight == "bold" else LETTER) / 13))):
                top += size + 5
                parts.append(svg_text(MARGIN, top, line, size=size, weight=weight))
        top += 14
    parts.append(f'<g transform="translate(0 {top})">{body}</g>')
    top += height + MARGIN
    if alone:
        for line in wrap(source, int((WIDTH - 2 * MARGIN) / (LETTER * 11 / 13))):
            top += 14
            parts.append(svg_text(MARGIN, top, line, size=11))
        top += MARGIN
    said = escape(f"{picture.title} {picture.subtitle}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}" role="img"'
        f' font-family="sans-serif" class="picture" data-kind="{picture.kind}" data-scale="{picture.scale:g}">'
        f"<title>{said}</title>{_background(alone, top)}{''.join(parts)}</svg>"
    )


def _background(alone: bool, height: int) -> str:
    return f'<rect width="{WIDTH}" height="{height}" fill="white"/>' if alone else ""


def drawn(result: Result, figures: Sequence[Figure], suffix: str) -> bytes:
    """The picture in a file of its own, with its title above and its sources below."""
    found = picture_of(result, figures)
    if found is None:
        raise NoAnswerError(say("There is nothing to draw."))
    titles = dict.fromkeys(source.title for source in result.scenario.sources.values())
    source = say("Source: {name}", name=plain(", ".join(titles))) if titles else say("No source is stated.")
    text = svg(found, source=source)
    return text.encode() if suffix == ".svg" else as_png(text)


def as_png(text: str) -> bytes:
    """The picture in dots, twice as fine as it is wide."""
    try:
        import vl_convert
    except ImportError:
        raise OmsorgError(say("A PNG needs vl-convert: pip install 'omsorg-cli[charts]'; or write .svg.")) from None
    return bytes(vl_convert.svg_to_png(text, scale=2))
