"""The picture of a result as SVG, or as a file."""

from collections.abc import Sequence

from omsorg_cli.core.errors import NoAnswerError
from omsorg_cli.core.language import say
from omsorg_cli.render.document import changes_said
from omsorg_cli.render.pictures.bars import bars, dots
from omsorg_cli.render.pictures.columns import columns
from omsorg_cli.render.pictures.frame import as_file, framed, source_of
from omsorg_cli.render.pictures.lines import lines
from omsorg_cli.render.pictures.marks import Picture
from omsorg_cli.render.pictures.pareto import pareto
from omsorg_cli.render.pictures.views import picture_of
from omsorg_cli.result import Figure, Result

SHAPES = {"bars": bars, "steps": bars, "dots": dots, "columns": columns, "lines": lines, "together": pareto}


def svg(picture: Picture, *, alone: bool = True, source: str = "") -> str:
    """The picture; `alone` it stands with its title and source in a file of its own, else in a page that says them."""
    body, height = SHAPES[picture.kind](picture)
    kind = f' data-kind="{picture.kind}"'
    return framed(body, height, picture.title, picture.subtitle, alone=alone, source=source, more=kind)


def drawn(result: Result, figures: Sequence[Figure], suffix: str) -> bytes:
    """The picture in a file of its own, with its title above and its sources below."""
    found = picture_of(result, figures)
    if found is None:
        raise NoAnswerError(say("There is nothing to draw."))
    below = " ".join((*changes_said(result), source_of([(result, _shown(result, figures, found))])))
    return as_file(svg(found, source=below), suffix)


def _shown(result: Result, figures: Sequence[Figure], picture: Picture) -> Sequence[Figure]:
    """The figures that the picture has marks for."""
    marks = {bar.slot for bar in (*picture.bars, *(bar for _, line in picture.lines for bar in line))}
    return [one for one in figures if result.record.plan.slots[one.node] in marks] or figures
