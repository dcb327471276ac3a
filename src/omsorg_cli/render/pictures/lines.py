"""Lines by year, each with its range, from zero."""

from collections.abc import Sequence

from omsorg_cli.render.pictures.marks import Band, Bar, Picture, bound, said, slots_of, text_of
from omsorg_cli.render.pictures.plot import Plot, Series, plot


def lines(picture: Picture) -> tuple[str, int]:
    """A line for each row; its number stands at its ends, and its range around it."""
    bands = picture.bands or (Band(),) * len(picture.lines)
    series = tuple(
        _series(picture, label, line, band.ends) for (label, line), band in zip(picture.lines, bands, strict=True)
    )
    below = tuple((float(at), bar.label) for at, bar in enumerate(picture.lines[0][1]))
    return plot(Plot(series, below, str, from_zero=True))


def _series(picture: Picture, label: str, line: Sequence[Bar], band: Sequence[tuple[float, float]]) -> Series:
    ends = (line[0], line[-1])
    return Series(
        label,
        tuple((float(at), bar.value) for at, bar in enumerate(line)),
        tuple((float(at), low, high) for at, (low, high) in enumerate(band)),
        slots_of(line),
        tuple(text_of(bar, picture.scale) for bar in ends),
        tuple(bound(bar, picture.scale) for bar in ends),
        tuple(said(bar, picture.scale) for bar in ends),
    )
