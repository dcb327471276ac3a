"""What the tests of workbooks in a spreadsheet program share: the cases, the runs, and when two values are one."""

import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from omsorg_cli.calculators import NAMES
from omsorg_cli.core.numbers import exact_text
from omsorg_cli.render.workbook.book import EPOCH, serial
from omsorg_cli.result import result_of
from omsorg_cli.scenario.load import Request
from omsorg_cli.scenario.read import read, shipped

CALC = shutil.which("soffice")
MADE_UP = str(Path(__file__).parents[2] / "made_up.toml")
CLOSE = 1e-9
NOISE = 1e-8
"""What is left, in kroner, where equal amounts of millions are taken from each other."""

needs_calc = pytest.mark.skipif(CALC is None, reason="LibreOffice Calc (soffice) is not installed")


def cases():
    """Every calculator with every shipped scenario that it can run, overlays of its table too, and the made-up one."""
    for reference in (*shipped(), MADE_UP):
        data = read(reference).data
        for name in NAMES:
            table = name.replace("-", "_")
            if table in data:
                yield name, reference
                overlays = (overlay for overlay, held in data.get("overlays", {}).items() if table in held)
                yield from ((name, f"{reference}+{overlay}") for overlay in overlays)


CASES = list(cases())


text_of = cache(read)


def run(name, reference, *sets):
    return result_of(text_of(reference), Request(sets=sets), name)


def typed(item, value):
    """The value as `--set` takes it."""
    if item.kind.form == "month":
        return f"{value // 12:04d}-{value % 12 + 1:02d}"
    if isinstance(value, float):
        return exact_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_cell(item, value):
    return serial(value) if item.kind.form == "month" else value


def sets(inputs, changed):
    """The changes as options; what a change of a whole item would change in its parts beside, stays as it is."""
    values, names = {item.path: value for item, value in changed}, {item.name for item, _ in changed}
    return [
        f"{item.path}={typed(item, values.get(item.path, item.stated.value))}" for item in inputs if item.name in names
    ]


def serial_day(value):
    """The number of the day, as a cell holds it."""
    return ((value.date() if isinstance(value, datetime) else value) - EPOCH).days


def is_same(wanted, found):
    wanted, found = (serial_day(one) if isinstance(one, date) else one for one in (wanted, found))
    if wanted in (None, ""):
        return found in (None, "") or str(found).startswith("#")
    if isinstance(wanted, str):
        return found == wanted
    return isinstance(found, int | float) and abs(wanted - found) <= max(CLOSE * max(abs(wanted), abs(found)), NOISE)
