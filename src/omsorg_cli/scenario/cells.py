"""A column of a table read all at once: numbers that are written in one usual way together, every other cell by itself.

The values, and what is wrong with a cell, are those that the reader of one cell gives.
"""

import re
from collections.abc import Callable, Sequence
from math import isnan
from typing import Any, NamedTuple

import numpy as np

from omsorg_cli.core.input_types import Kind, Value
from omsorg_cli.core.numbers import MOST_STATED, typed

_WHOLE = "(?:0|[1-9][0-9]{0,14})"
_OPEN = rf"-?(?:{_WHOLE}(?:[.,](?:[0-9]{{1,2}}|[0-9]{{4,15}}))?|0[.,][0-9]{{3}}|[1-9][0-9]{{3,14}}[.,][0-9]{{3}})\n"
"""What can be read in one way whatever the decimal sign of the file is."""
ONE_WAY = {
    "": re.compile(f"(?:{_OPEN})*"),
    **{sign: re.compile(rf"(?:-?{_WHOLE}(?:\{sign}[0-9]{{1,15}})?\n)*") for sign in ",."},
}
"""Lines with one number each, by the decimal sign that is stated of the file."""
MOST_KEPT = 10_000
"""Different texts of which what they mean is kept."""


class Read(NamedTuple):
    """The values of a column, NaN or None where a cell means none, and what is wrong with those by place."""

    values: Any
    faults: dict[int, str]


class Reader:
    """Reads the cells of one column, some rows at a time; `one` reads a cell, or raises what is wrong with it."""

    def __init__(self, kind: Kind, unit: str, decimal: str, one: Callable[[Any], Value]) -> None:
        self._kind, self._one, self._decimal = kind, one, decimal
        self._power = _power_of(unit)
        self._known: dict[str, Value] = {}
        self.is_number = kind.form in ("number", "count")

    def __call__(self, cells: Sequence[Any]) -> Read:
        """The values of the cells."""
        if not self.is_number:
            return self._by_text(cells)
        numbers, left = self._together(cells)
        wrong = ~self._fits(numbers)
        wrong[left] = True
        return self._each(cells, numbers, np.flatnonzero(wrong).tolist()) if wrong.any() else Read(numbers, {})

    def _together(self, cells: Sequence[Any]) -> tuple[Any, list[int]]:
        """The numbers of the cells that are written in one usual way, and the places of the others."""
        kinds = set(map(type, cells))
        if self._power == "" and kinds <= {float, int}:
            return np.array(cells, dtype=float) + 0.0, []
        if self._power is None or kinds != {str}:
            return np.full(len(cells), np.nan), list(range(len(cells)))
        text, pattern = "\n".join(cells), ONE_WAY[self._decimal]
        if text.count("\n") == len(cells) - 1 and pattern.fullmatch(f"{text}\n") is not None:
            return self._numbers(text.split("\n")), []
        usual = [cell.count("\n") == 0 and pattern.fullmatch(f"{cell}\n") is not None for cell in cells]
        numbers = np.full(len(cells), np.nan)
        numbers[usual] = self._numbers([cell for cell, is_usual in zip(cells, usual, strict=True) if is_usual])
        return numbers, [at for at, is_usual in enumerate(usual) if not is_usual]

    def _numbers(self, texts: Sequence[str]) -> Any:
        """What the texts say, each with all its digits."""
        if self._decimal != ".":
            texts = [text.replace(",", ".") for text in texts]
        if self._power:
            texts = [f"{text}{self._power}" for text in texts]
        return np.array(list(map(float, texts)), dtype=float) + 0.0  # which makes a zero of one with a sign

    def _fits(self, numbers: Any) -> Any:
        """Where the numbers lie within the bounds."""
        kind = self._kind
        inside = (numbers >= kind.low) & (numbers <= kind.high) & (np.abs(numbers) <= MOST_STATED)
        if kind.low_open:
            inside &= numbers != kind.low
        if kind.counts:
            inside &= np.floor(numbers) == numbers
        return inside

    def _each(self, cells: Sequence[Any], numbers: Any, places: Sequence[int]) -> Read:
        """The cells at the places read one by one."""
        faults, texts = {}, {}
        for at in places:
            try:
                value = self._one(cells[at])
            except ValueError as error:
                faults[at] = str(error)
                numbers[at] = np.nan
            else:
                numbers[at] = np.nan if isinstance(value, str) else value
                if isinstance(value, str):
                    texts[at] = value
        if not texts:
            return Read(numbers, faults)
        held: list[Any] = [None if isnan(value) else value for value in numbers.tolist()]
        for at, value in texts.items():
            held[at] = value
        return Read(held, faults)

    def _by_text(self, cells: Sequence[Any]) -> Read:
        """What is no number: each different text is read once."""
        values: list[Any] = []
        faults = {}
        for at, cell in enumerate(cells):
            found = self._known.get(cell) if isinstance(cell, str) else None
            if found is None:
                try:
                    found = self._one(cell)
                except ValueError as error:
                    faults[at] = str(error)
                if isinstance(cell, str) and found is not None and len(self._known) < MOST_KEPT:
                    self._known[cell] = found
            values.append(found)
        return Read(values, faults)


def _power_of(unit: str) -> str | None:
    """What follows the text of a bare number that is in the unit, such as e3 for thousands; None for other units."""
    if not unit:
        return ""
    factor = typed(f"1 {unit}").number
    power = round(np.log10(factor)) if factor > 0 else 0
    return f"e{power}" if float(f"1e{power}") == factor else None
