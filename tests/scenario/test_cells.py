"""A column read at once: the values and the faults of one cell after the other, in whatever way the cells are written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg_cli.core.input_types import Kind
from omsorg_cli.scenario.cells import Reader
from omsorg_cli.scenario.columns import Column, raw_of
from omsorg_cli.scenario.sheets import is_empty

KINDS = {
    "persons": Kind("persons", low=0, low_open=True),
    "whole": Kind("persons", low=0, whole=True),
    "money": Kind("NOK/year", low=-1e6, high=1e12),
    "share": Kind("share", low=0, high=1),
    "years": Kind("years", "count", low=1, high=100),
    "unknown": Kind("NOK/year", may_be_unknown=True),
    "month": Kind("", "month"),
    "choice": Kind("", "choice", choices=("raw", "adjusted")),
}
CELLS = [
    "1", "0", "-0", "12,5", "12.5", "1.234", "1,234", "0,123", "1234,567", "1 234,5", "1.234.567", "1,234.5", "007", "",
    "..", "5 %", "12 kNOK", "1/3", "−5", "-5", "1e3", " 7 ", "1\n2", "1234567890123456789", "0.1234567890123456", "nan",
    "2020-07", "juli 2020", "raw", "unknown", 5, 5.5, -1.0, math.nan, True, None,
]  # fmt: skip


def one_by_one(kind, unit, decimal):
    def read(cell):
        if is_empty(cell):
            raise ValueError("is empty")
        return kind.read(raw_of(cell, Column(("x",), kind, unit=unit), decimal)).value

    return read


def compared(kind, unit, decimal, cells):
    read = one_by_one(kind, unit, decimal)
    found = Reader(kind, unit, decimal, read)(cells)
    for at, cell in enumerate(cells):
        try:
            wanted, fault = read(cell), None
        except ValueError as error:
            wanted, fault = None, str(error)
        value = found.values[at]
        assert found.faults.get(at) == fault, cell
        if fault is None:
            assert value == wanted, cell
            assert not isinstance(wanted, float) or math.copysign(1, value) == math.copysign(1, wanted), cell
        else:
            assert value is None or math.isnan(value), cell


WAYS = [(name, unit) for name, kind in KINDS.items() for unit in ("", "kNOK", "%") if not unit or kind.takes(unit)]


@pytest.mark.parametrize("decimal", ["", ",", "."])
@pytest.mark.parametrize(("name", "unit"), WAYS)
def test_cells_of_every_kind_are_read_as_one_by_one(name, unit, decimal):
    compared(KINDS[name], unit, decimal, CELLS)


NUMBERS = st.from_regex(r"-?[0-9]{1,6}([.,][0-9]{1,5})?", fullmatch=True)


@given(st.lists(NUMBERS, min_size=1), st.sampled_from(["", ",", "."]), st.sampled_from(["", "kNOK"]))
def test_numbers_are_read_together_as_one_by_one(cells, decimal, unit):
    compared(KINDS["money"], unit, decimal, cells)
