"""Reads the cells of a workbook (xlsx, ods) as values; formulas and macros are never run."""

from omsorg_cli.core.errors import OmsorgError
from omsorg_cli.scenario.sheets import workbook
from omsorg_cli.statistics.dataset import UnreadableError

Rows = list[list[str | float]]


def read(content: bytes, name: str) -> dict[str, Rows]:
    """The rows of each sheet: numbers as they are, everything else as text."""
    try:
        opened = workbook(content, name)
    except OmsorgError as error:
        raise UnreadableError(str(error)) from None
    return {one: [list(map(_value, row)) for row in sheet.rows] for one, sheet in opened.sheets.items()}


def _value(cell: object) -> str | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return str(cell).strip()
