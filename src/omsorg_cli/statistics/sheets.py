"""Reads the cells of a workbook (xlsx, ods) as values; formulas and macros are never run."""

import io
import zipfile

from omsorg_cli.core.language import say
from omsorg_cli.statistics.dataset import UnreadableError

MOST_UNPACKED = 200_000_000
"""Bytes that a workbook may unpack to: more is no table of statistics."""

Rows = list[list[str | float]]


def read(content: bytes, name: str) -> dict[str, Rows]:
    """The rows of each sheet: numbers as they are, everything else as text."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        raise UnreadableError(say("{name}: is no whole workbook (xlsx or ods).", name=name)) from None
    if size > MOST_UNPACKED:
        raise UnreadableError(
            say("{name}: unpacks to {size} MB, which is too much.", name=name, size=size // 1_000_000)
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            one: [list(map(_value, row)) for row in book.get_sheet_by_name(one).to_python()] for one in book.sheet_names
        }
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableError(
            say("{name}: cannot be read as a workbook: {what}. Is it locked with a password?", name=name, what=error)
        ) from None


def _value(cell: object) -> str | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return str(cell).strip()
