"""An input, a figure and their values, as people say them."""

from typing import Any

from omsorg_cli.core.errors import plain
from omsorg_cli.core.input_types import Kind
from omsorg_cli.core.numbers import month_text
from omsorg_cli.engine.layout import Input
from omsorg_cli.render import words
from omsorg_cli.run import Figure


def input_text(item: Input, value: Any = None) -> str:
    """The input's value, or another one of its kind, as people say it."""
    return value_text(item.kind, item.stated.value if value is None else value)


def value_text(kind: Kind, value: Any) -> str:
    """A value of the kind as people say it."""
    if kind.form == "month":
        return month_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("_", " ") if kind.form == "choice" else value
    said = _size_text(kind, abs(value))
    return said if value >= 0 else f"minus {said}"


def _size_text(kind: Kind, size: float) -> str:
    if kind.unit in ("share", "rate/year"):
        return words.percent(size)
    if kind.unit in ("ratio", "index"):
        return f"{size:g}"
    return f"{size:.0f}" if kind.unit == "year" else words.amount(size, kind.unit)


def named(figure: Figure) -> str:
    """The figure with its row."""
    keys = ", ".join(str(key) for key in figure.keys.values() if key is not None)
    return plain(f"{figure.figure}[{keys}]" if keys else figure.figure)


def figure_text(figure: Figure, value: float | None = None) -> str:
    """The figure's value, or another one in its place, as people say it."""
    value = figure.value if value is None else value
    return words.saves(value, figure.unit) if figure.direction is not None else words.amount(value, figure.unit)
